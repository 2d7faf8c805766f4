//! What may not be, said with a code and a sentence that tells what happened, what was kept and what to do; and nothing lost:
//! every row is as it was. On the commission of the demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, instant};

fn time(clock: &str) -> Value {
    json!(instant(&format!("2025-03-27T{clock}")))
}

impl Run {
    /// A call that is refused: with that code, those words in Spanish and in English, and not a row moved.
    fn nothing_lost(&self, name: &str, request: Value, code: Code, es: &str, en: &str) {
        let before = self.office.tables();
        let refused = self.office.refused(name, request.clone());
        assert_eq!(refused.code, code, "{name} {request}: {refused}");
        assert!(refused.message.es.contains(es), "{name}: «{}»", refused.message.es);
        assert!(refused.message.en.contains(en), "{name}: “{}”", refused.message.en);
        assert_eq!(self.office.tables(), before, "{name} {request} moved something");
    }

    fn findings(&self) -> Vec<String> {
        let view = self.view();
        let found = view["course"]["findings"].as_array().unwrap().iter();
        found.map(|f| f["code"].as_str().unwrap().to_owned()).collect()
    }
}

fn ballot(seat: &str) -> Value {
    json!({ "vote_id": "v-1", "seat_id": seat, "value": "for" })
}

#[test]
fn a_vote_without_quorum_is_not_opened() {
    let run = Run::opened(7);
    run.begin(&run.item("procedure", 0));
    run.call("file_motion", json!({ "id": "m-1", "kind": "procedural", "text": "Aprobar el orden del día" }));
    let open = run.of_session(json!({ "id": "v-1", "motion_id": "m-1", "method": "roll_call" }));
    run.nothing_lost(
        "open_vote",
        open.clone(),
        Code::RuleForbids,
        "No hay quórum para decidir. ",
        "There is no quorum to decide. ",
    );
    // One more, and the very same request is heard.
    run.event("arrival", json!({ "seat_id": MEMBERS[7].0 }));
    run.office.call("open_vote", open);
}

#[test]
fn a_seat_that_may_not_vote_is_told_why() {
    let run = Run::convened();
    run.office.go_to("2025-03-26T09:00");
    // A delegation that ended, and a seat whose term did.
    run.office.call(
        "record_delegation",
        json!({ "id": "d-1", "seat_id": MEMBERS[10].0, "delegate_id": "per-018", "valid_to": "2025-03-20",
            "act": { "kind": "resolution", "number": "14", "date": "2025-03-01" } }),
    );
    run.office.call(
        "put_seat",
        json!({ "id": "s-ong", "body_id": BODY, "role": "member", "title": "Organizaciones sociales" }),
    );
    run.office.call(
        "appoint_holder",
        json!({ "seat_id": "s-ong", "person_id": "per-024", "kind": "holder", "valid_from": "2023-01-01",
            "valid_to": "2024-12-31", "accreditation": { "kind": "letter", "date": "2022-12-20" } }),
    );
    run.at("08:00");
    run.open(10);
    run.event("arrival", json!({ "seat_id": MEMBERS[10].0, "person_id": "per-018" }));
    run.event("arrival", json!({ "seat_id": "s-ong", "person_id": "per-024" }));
    let row = run.row(MEMBERS[10].0);
    assert_eq!(row["why"]["es"], "La delegación (Resolución 14 de 2025) venció.");
    run.begin(&run.item("proposal", 0));
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": "com-salud", "ground": "vínculo familiar" }),
    );
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let open = run.of_session(json!({ "id": "v-1", "motion_id": "m-1", "method": "roll_call" }));
    run.nothing_lost(
        "open_vote",
        open.clone(),
        Code::WrongState,
        "queda suspendido hasta que se decida",
        "suspended until it is",
    );
    run.put_to_vote("v-rec", "recusal", "Aceptar el impedimento", "ordinary");
    run.close("v-rec");
    run.office
        .call("decide_recusal", json!({ "recusal_id": "rec-1", "outcome": "accepted", "vote_id": "v-rec" }));
    run.event("session_suspended", json!({ "detail": "Falla eléctrica." }));
    run.at("08:20");
    run.nothing_lost(
        "open_vote",
        open.clone(),
        Code::RuleForbids,
        "la sesión está suspendida",
        "not under way",
    );
    run.at("08:30");
    run.event("session_resumed", json!({}));
    run.office.call("open_vote", open);
    for (seat, es, en) in [
        (
            MEMBERS[13].0,
            "El puesto no está presente: registre primero su ingreso.",
            "record its arrival first",
        ),
        ("com-salud", "está impedido para este asunto", "is recused for this matter"),
        ("s-ong", "El puesto está vencido o sin acreditar", "term is over or it is not accredited"),
        (MEMBERS[10].0, "Quien asiste no tiene delegación vigente", "no delegation in force"),
    ] {
        run.nothing_lost("cast_ballot", ballot(seat), Code::RuleForbids, es, en);
    }
    run.nothing_lost("cast_ballot", ballot("com-nada"), Code::NotFound, "com-nada", "com-nada");
    run.cast("v-1", CHAIR.0, "for");
    run.nothing_lost(
        "cast_ballot",
        ballot(CHAIR.0),
        Code::AlreadyExists,
        "ya votó, a favor",
        "voted already, for",
    );
    assert_eq!(run.findings(), Vec::<String>::new());
}

#[test]
fn a_movement_out_of_order_is_told_and_mended_with_its_trace() {
    let run = Run::opened(10);
    let refused = [
        (
            json!({ "kind": "departure", "seat_id": MEMBERS[12].0 }),
            Code::WrongState,
            "Registre primero su llegada",
            "Record its arrival first",
        ),
        (
            json!({ "kind": "arrival", "seat_id": MEMBERS[0].0 }),
            Code::WrongState,
            "Ya está en la sesión",
            "Already in the session",
        ),
        (
            json!({ "kind": "arrival", "seat_id": MEMBERS[12].0, "occurred_at": time("07:30") }),
            Code::InvalidInput,
            "nada de ella ocurrió antes",
            "nothing of it happened before",
        ),
        (
            json!({ "kind": "arrival", "seat_id": MEMBERS[12].0, "occurred_at": time("18:30") }),
            Code::InvalidInput,
            "está en el futuro",
            "is in the future",
        ),
    ];
    for (request, code, es, en) in refused {
        run.nothing_lost("record_event", run.of_session(request), code, es, en);
    }
    run.at("08:40");
    let arrival = run.event("arrival", json!({ "seat_id": MEMBERS[12].0, "occurred_at": time("08:20") }));
    run.event("departure", json!({ "seat_id": MEMBERS[12].0, "occurred_at": time("08:30") }));
    // Typed an hour off, the arrival comes after the departure: it is kept, told and mended, and both times stay on record.
    let moved = |clock: &str, why: &str| json!({ "event_id": arrival["id"], "occurred_at": time(clock), "reason": why });
    run.office.call("correct_event", moved("08:35", "Lo dice la lista."));
    assert_eq!(run.findings(), ["departure_of_absent"]);
    let mended = run.office.undone_and_redone("correct_event", moved("08:22", "La lista decía 8:22."));
    assert_eq!(run.findings(), Vec::<String>::new());
    let trace: Vec<&Value> = mended["corrections"].as_array().unwrap().iter().map(|c| &c["reason"]).collect();
    assert_eq!(trace, ["Lo dice la lista.", "La lista decía 8:22."]);
}

#[test]
fn rules_that_cannot_be_are_refused_and_the_others_stay() {
    let run = Run::convened();
    let office = &run.office;
    office.call("put_body", json!({ "id": "siete", "name": "Comité de siete", "kind": "other" }));
    for n in 1..=7 {
        let role = if n == 1 { "chair" } else { "member" };
        let seat = json!({ "body_id": "siete", "role": role, "title": format!("Puesto {n}") });
        office.call("put_seat", seat);
    }
    office.call(
        "create_rule_set",
        json!({ "id": "rs-siete", "body_id": "siete", "effective_from": "2025-01-01" }),
    );
    let rules = office.call("get_rule_set", json!({ "id": "rs-siete" }))["rules"].clone();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut rules = rules.clone();
        change(&mut rules);
        json!({ "id": "rs-siete", "effective_from": "2025-01-01", "rules": rules })
    };
    let nine = with(&|r| r["quorum"]["decision"] = json!({ "kind": "fixed", "value": 9 }));
    run.nothing_lost("edit_rule_set", nine.clone(), Code::InvalidInput, "no es posible", "");
    let told = office.refused("edit_rule_set", nine).details["problems"][0].clone();
    assert_eq!(
        (&told["code"], &told["message"]["es"]),
        (&json!("more_than_seats"), &json!("Se requieren 9 y la instancia tiene 7 puestos con voto."))
    );
    for (request, problem) in [
        (with(&|r| r["quorum"]["decision"] = json!({ "kind": "fixed", "value": 0 })), "zero_required"),
        (
            with(&|r| r["quorum"]["decision"] = json!({ "kind": "fraction", "num": 3, "den": 2 })),
            "impossible_fraction",
        ),
        (with(&|r| r["rules"] = json!([])), "no_rules"),
        (with(&|r| r["rules"][0]["threshold"] = json!({ "kind": "fixed", "value": 8 })), "more_than_seats"),
    ] {
        run.nothing_lost("edit_rule_set", request.clone(), Code::InvalidInput, "no es posible", "");
        let told = office.refused("edit_rule_set", request).details["problems"].clone();
        assert!(told.as_array().unwrap().iter().any(|p| p["code"] == problem), "{problem}: {told}");
    }
}
