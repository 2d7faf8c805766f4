//! What everybody in the room sees of a session, and what nobody may learn from it. On the commission of the demonstration:
//! sixteen seats vote, nine are a quorum.

use std::collections::BTreeSet;

use secretariat::Code;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::instant;
use crate::record::{repeating_ties, with_recusals};

impl Run {
    fn room(&self) -> Value {
        self.call("room_view", json!({}))
    }

    /// Where the room says that the session stands, and in which words.
    fn told(&self) -> (String, String) {
        let room = self.room();
        let word = |v: &Value| v.as_str().unwrap().to_owned();
        (word(&room["state"]), word(&room["told"]["es"]))
    }
}

fn is(state: &str, told: &str) -> (String, String) {
    (state.to_owned(), told.to_owned())
}

/// The names, seats and ids by which somebody would be known.
fn known_by(run: &Run) -> Vec<String> {
    let view = run.view();
    let word = |v: &Value| v.as_str().map(str::to_owned);
    let people =
        view["people"].as_array().unwrap().iter().flat_map(|p| [word(&p["full_name"]), word(&p["id"])]);
    let seats =
        view["roll"].as_array().unwrap().iter().flat_map(|r| [word(&r["seat_id"]), word(&r["title"])]);
    people.chain(seats).flatten().collect()
}

fn hides(room: &Value, words: &[String]) {
    let said = room.to_string();
    let found: Vec<&String> = words.iter().filter(|word| said.contains(*word)).collect();
    assert!(found.is_empty(), "the room is told {found:?}: {said}");
}

#[test]
fn the_room_learns_nothing_that_the_body_was_not_told() {
    let run = with_recusals(json!({ "decided_by": "superior", "treatment": "stay_in_base" }), None);
    run.open(11);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.at("08:20");
    run.office.call("set_narrative", json!({ "item_id": item, "narrative": "Relato oculto." }));
    run.office.call("save_draft", json!({ "key": "motion/new", "text": "Borrador oculto" }));
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": MEMBERS[4].0, "ground": "causal oculta", "in_writing": true }),
    );
    run.office.call(
        "decide_recusal",
        json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": "Resolución oculta" }),
    );
    run.office.call(
        "put_statement",
        json!({ "item_id": item, "kind": "statement", "person_id": CHAIR.1, "text": "Constancia oculta." }),
    );
    run.event("intervention", json!({ "seat_id": MEMBERS[2].0, "detail": "Palabras ocultas" }));
    run.call("file_motion", json!({ "id": "m-0", "kind": "substantive", "text": "Moción oculta" }));
    assert_eq!(run.room()["vote"], Value::Null, "debated, and not put to the vote");
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    run.at("08:30");

    // While it is open nothing moves, whoever votes and however.
    let open = run.room();
    let vote = &open["vote"];
    assert_eq!(
        (&vote["stage"], &vote["text"], &vote["number"], &vote["method"]),
        (&json!("open"), &json!("Aprobar la propuesta"), &json!(2), &json!("roll_call"))
    );
    assert_eq!(
        vote["asks"]["es"],
        "Mayoría simple de los votos emitidos: 6 de 11 votos a favor, si todos votan a favor o en contra (Acuerdo 001 de 2024, art. 11)"
    );
    let seats: Vec<&str> = std::iter::once(&CHAIR).chain(&MEMBERS[..11]).map(|(seat, _)| *seat).collect();
    for (n, seat) in seats.iter().filter(|seat| **seat != MEMBERS[4].0).enumerate() {
        run.cast("v-1", seat, ["for", "for", "against", "abstain"][n % 4]);
        assert_eq!(run.room(), open, "after {seat} voted");
    }
    let reason = json!({ "vote_id": "v-1", "seat_id": seats[2], "text": "Razón oculta." });
    run.office.call("explain_ballot", reason);
    assert_eq!(run.room(), open);
    let mut hidden = known_by(&run);
    hidden.extend(
        [
            "Relato oculto",
            "Borrador oculto",
            "causal oculta",
            "Resolución oculta",
            "Constancia oculta",
            "Palabras ocultas",
            "Moción oculta",
            "Razón oculta",
            "\"against\"",
            "\"tally\"",
        ]
        .map(str::to_owned),
    );
    assert!(hidden.len() > 60, "people and seats are searched for too: {}", hidden.len());
    hides(&open, &hidden);

    // Closed, it has its totals and its arithmetic, and still no name.
    run.close("v-1");
    let closed = run.room();
    let outcome = &closed["vote"]["outcome"];
    assert_eq!(outcome["tally"], json!({ "for": 6, "against": 3, "abstain": 2, "not_voted": 0 }));
    assert_eq!((&outcome["result"], &outcome["required"]), (&json!("approved"), &json!(5)));
    let explained = run.office.call("explain_vote", json!({ "vote_id": "v-1" }));
    assert_eq!(outcome["sentence"], explained["course"]["verdict"]["explanation"]);
    hidden.retain(|word| !word.starts_with('"'));
    hides(&closed, &hidden);

    // Put to the vote while another item is dealt with, it says of which it is.
    assert_eq!(closed["vote"]["item"], Value::Null);
    run.at("08:35");
    run.begin(&run.item("proposal", 1));
    assert_eq!(run.room()["vote"], Value::Null, "another item begins with nothing of the one before");
    run.call("open_vote", json!({ "id": "v-0", "motion_id": "m-0", "method": "ordinary" }));
    assert_eq!((&run.room()["item"]["number"], &run.room()["vote"]["item"]), (&json!("4"), &json!("3")));
    run.office.call("annul_vote", json!({ "vote_id": "v-0", "reason": "Razón oculta" }));
    run.begin(&item);
}

/// A motion on a recusal is told without its words, which may give the ground.
#[test]
fn the_room_is_not_told_the_ground_of_a_recusal() {
    let run = Run::convened();
    run.open(11);
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    let declared =
        json!({ "id": "rec-1", "seat_id": MEMBERS[4].0, "ground": "causal oculta", "in_writing": true });
    run.call("declare_recusal", declared);
    run.at("08:30");
    run.put_to_vote("v-1", "recusal", "Aceptar por causal oculta", "ordinary");
    let recusal = run.room();
    assert_eq!((&recusal["vote"]["kind"], &recusal["vote"]["text"]), (&json!("recusal"), &Value::Null));
    hides(&recusal, &["causal oculta".to_owned()]);
    // Annulled, it was never there.
    run.office.call("annul_vote", json!({ "vote_id": "v-1", "reason": "Razón oculta" }));
    assert_eq!(run.room()["vote"], Value::Null);
}

/// Every field that the reply may have, whatever the session: a new one is looked at before it is projected.
#[test]
fn the_reply_has_no_field_for_anything_else() {
    let schema = secretariat::api::schema();
    let mut fields = BTreeSet::new();
    let mut seen = BTreeSet::new();
    gather(&schema["calls"]["room_view"]["reply"], &schema["$defs"], &mut seen, &mut fields);
    let allowed = [
        "abstain",
        "against",
        "amends",
        "article",
        "asks",
        "at",
        "base",
        "block",
        "body",
        "citation",
        "date",
        "en",
        "es",
        "explanation",
        "fictitious",
        "for",
        "have",
        "item",
        "kind",
        "met",
        "method",
        "missing",
        "need",
        "next",
        "norm",
        "not_voted",
        "number",
        "objections",
        "of",
        "outcome",
        "planned_minutes",
        "quorum",
        "required",
        "result",
        "round",
        "rule",
        "running_since",
        "seconds",
        "sentence",
        "session",
        "source",
        "stage",
        "started_at",
        "state",
        "tally",
        "text",
        "title",
        "to_come",
        "told",
        "vote",
    ];
    let extra: Vec<&String> = fields.iter().filter(|field| !allowed.contains(&field.as_str())).collect();
    assert!(extra.is_empty(), "is everybody in the room to see them? {extra:?}");
    assert!(fields.contains("tally") && fields.contains("citation"), "the search can see: {fields:?}");
}

/// The names of the fields of a schema and of what it refers to.
fn gather(schema: &Value, defs: &Value, seen: &mut BTreeSet<String>, fields: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            for (key, inner) in map {
                if let ("$ref", Some(name)) =
                    (key.as_str(), inner.as_str().and_then(|to| to.strip_prefix("#/$defs/")))
                {
                    if seen.insert(name.to_owned()) {
                        gather(&defs[name], defs, seen, fields);
                    }
                } else if let ("properties", Some(properties)) = (key.as_str(), inner.as_object()) {
                    fields.extend(properties.keys().cloned());
                    properties.values().for_each(|inner| gather(inner, defs, seen, fields));
                } else {
                    gather(inner, defs, seen, fields);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| gather(inner, defs, seen, fields)),
        _ => {}
    }
}

#[test]
fn of_a_secret_vote_only_the_totals_and_of_a_consensus_only_the_objections() {
    let run = repeating_ties();
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "secret");
    let open = run.room();
    assert_eq!((&open["vote"]["stage"], &open["vote"]["outcome"]), (&json!("open"), &Value::Null));
    let seats: Vec<&str> = std::iter::once(&CHAIR).chain(&MEMBERS[..7]).map(|(seat, _)| *seat).collect();
    let papers = json!({ "vote_id": "v-1", "participant_seat_ids": seats, "counted": { "for": 4, "against": 4, "abstain": 0 } });
    run.office.call("record_secret_vote", papers);
    let room = run.room();
    let outcome = &room["vote"]["outcome"];
    assert_eq!(outcome["tally"], json!({ "for": 4, "against": 4, "abstain": 0, "not_voted": null }));
    assert_eq!(
        (&outcome["result"], &outcome["to_come"]["es"]),
        (&json!("second_round"), &json!("Hay empate: falta la segunda vuelta."))
    );
    hides(&room, &known_by(&run));
    run.at("08:30");
    run.call("open_vote", json!({ "id": "v-2", "motion_id": "mot-v-1", "method": "secret" }));
    assert_eq!((&run.room()["vote"]["round"], &run.room()["vote"]["stage"]), (&json!(2), &json!("open")));
    run.office.call("annul_vote", json!({ "vote_id": "v-2", "reason": "Se repite después." }));

    run.at("08:40");
    run.put_to_vote("v-3", "substantive", "Celebrar el foro", "consensus");
    let open = run.room();
    let objection = json!({ "vote_id": "v-3", "seat_id": MEMBERS[3].0, "reason": "Razón oculta." });
    run.office.call("record_objection", objection);
    assert_eq!(run.room(), open, "who objects is not told while it is open");
    run.close("v-3");
    let room = run.room();
    let outcome = &room["vote"]["outcome"];
    assert_eq!(
        (&outcome["result"], &outcome["objections"], &outcome["tally"]),
        (&json!("no_consensus"), &json!(1), &Value::Null)
    );
    assert!(
        outcome["sentence"]["es"].as_str().unwrap().starts_with("No hay consenso: 1 objeción"),
        "{outcome}"
    );
    let mut hidden = known_by(&run);
    hidden.push("Razón oculta".to_owned());
    hides(&room, &hidden);
}

#[test]
fn a_tie_waits_for_the_chair_and_then_says_how_it_was_settled() {
    let run = Run::opened(11);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    let seats: Vec<&str> = std::iter::once(&CHAIR).chain(&MEMBERS[..11]).map(|(seat, _)| *seat).collect();
    for (n, seat) in seats.iter().enumerate() {
        run.cast("v-1", seat, if n < 6 { "for" } else { "against" });
    }
    run.close("v-1");
    let outcome = &run.room()["vote"]["outcome"];
    assert_eq!(
        (&outcome["to_come"]["es"], &outcome["sentence"]["es"]),
        (
            &json!("Hay empate: falta el voto dirimente de la presidencia."),
            &json!("Mayoría simple de los votos emitidos (Acuerdo 001 de 2024, art. 11): empate 6 a 6")
        )
    );
    run.office.call("cast_casting_vote", json!({ "vote_id": "v-1", "value": "for" }));
    let outcome = &run.room()["vote"]["outcome"];
    assert_eq!((&outcome["to_come"], &outcome["result"]), (&Value::Null, &json!("approved")));
    let said = outcome["sentence"]["es"].as_str().unwrap();
    assert!(said.ends_with("empate 6 a 6; el voto dirimente fue a favor, aprobada"), "{said}");
    assert_eq!(outcome["tally"]["for"], 6, "the casting vote is outside the tally");
}

#[test]
fn where_the_session_stands_is_said_with_its_hour() {
    let run = Run::convened();
    let room = run.room();
    assert_eq!(run.told(), is("before", "La sesión no se ha instalado."));
    assert_eq!(room["session"]["es"], "Sesión ordinaria n.º 1 de 2025");
    assert_eq!((&room["date"], &room["at"]), (&json!("2025-03-27"), &json!(instant("2025-03-27T08:00"))));
    assert_eq!((&room["quorum"], &room["item"], &room["next"]), (&Value::Null, &Value::Null, &Value::Null));

    run.at("08:05");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    assert_eq!(run.told(), is("gathering", "Se llama a lista."));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..7]) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.event("quorum_check", json!({}));
    run.event("waiting_started", json!({}));
    assert_eq!(run.told(), is("gathering", "Se espera el quórum hasta las 8:30 a. m."));
    run.at("08:15");
    run.event("arrival", json!({ "seat_id": MEMBERS[7].0 }));
    assert_eq!(run.told(), is("open", "La sesión se instaló a las 8:05 a. m."));
    let quorum = &run.room()["quorum"];
    assert_eq!((&quorum["have"], &quorum["need"], &quorum["base"]), (&json!(9), &json!(9), &json!(16)));
    assert_eq!(quorum["explanation"]["es"], "Quórum decisorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 9");

    run.at("08:20");
    run.begin(&run.item("proposal", 0));
    let room = run.room();
    let item = &room["item"];
    assert_eq!(item["started_at"], item["running_since"]);
    let view = run.view();
    let titles: Vec<&Value> = view["items"].as_array().unwrap().iter().map(|i| &i["title"]).collect();
    let at = titles.iter().position(|title| **title == item["title"]).unwrap();
    assert_eq!(&room["next"]["title"], titles[at + 1]);
    assert_eq!(room["next"]["number"], view["item_numbers"][at + 1]);

    run.at("08:30");
    run.event("recess_start", json!({}));
    assert_eq!(run.told(), is("recess", "En receso desde las 8:30 a. m."));
    let paused = run.room()["item"].take();
    let spent = paused["seconds"].as_i64().unwrap();
    assert!(paused["running_since"].is_null() && (590..=600).contains(&spent), "{paused}");
    run.at("08:40");
    run.event("recess_end", json!({}));
    run.at("08:45");
    run.event("departure", json!({ "seat_id": MEMBERS[0].0 }));
    assert_eq!(run.told(), is("quorum_lost", "Se perdió el quórum a las 8:45 a. m.: no se puede decidir."));
    run.event("arrival", json!({ "seat_id": MEMBERS[0].0 }));

    run.at("09:00");
    run.event("session_suspended", json!({}));
    assert_eq!(
        run.told(),
        is(
            "suspended",
            "La sesión se suspendió a las 9:00 a. m. del 27 de marzo de 2025 y continúa otro día."
        )
    );
    assert_eq!(run.room()["item"], Value::Null);
    run.office.go_to("2025-03-28T09:00");
    run.event("session_resumed", json!({}));
    run.recall(8);
    assert_eq!(run.told(), is("open", "La sesión se reanudó a las 9:00 a. m."));
    run.office.go_to("2025-03-28T10:42");
    run.call("adjourn_session", json!({}));
    assert_eq!(run.told(), is("closed", "La sesión se levantó a las 10:42 a. m."));
    let room = run.room();
    assert_eq!((&room["quorum"], &room["item"], &room["next"]), (&Value::Null, &Value::Null, &Value::Null));
}

#[test]
fn the_lack_of_quorum_is_declared_and_a_session_in_writing_has_no_room() {
    let run = Run::opened(5);
    run.event("waiting_started", json!({}));
    run.at("08:40");
    run.event("no_quorum_declared", json!({}));
    assert_eq!(run.told(), is("no_quorum", "Se declaró la falta de quórum a las 8:40 a. m."));
    run.adjourn("08:42");
    assert_eq!(
        run.told(),
        is("closed", "La sesión no se realizó por falta de quórum; se cerró a las 8:42 a. m.")
    );
    let run = Run::convened();
    run.office.call("cancel_session", json!({ "id": run.session, "reason": "No hay asuntos." }));
    assert_eq!(run.told(), is("before", "La sesión fue cancelada."));
    assert_eq!((&run.room()["date"], &run.room()["at"]), (&Value::Null, &Value::Null));
    let written = crate::written::opened(|_| ());
    assert_eq!(written.refused("room_view", json!({})).code, Code::WrongState);
}
