//! Recusals declared and challenged, their terms by the rules, and who is named ad hoc (CPACA art. 11-12). On the commission
//! of the demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::carried;
use crate::record::with_recusals;

const SEAT: &str = "com-salud";
const HOLDER: &str = "per-008";
const AD_HOC: &str = "per-025";

fn by_the_superior(treatment: &str) -> Value {
    json!({ "decided_by": "superior", "treatment": treatment, "ground_in_writing": true,
        "terms": { "send_days": 3, "answer_days": 5, "decision_days": 10, "source": "CPACA, art. 12" } })
}

impl Run {
    /// Each step to come, until when, and in words.
    fn dues(&self) -> Vec<(String, String, String)> {
        let view = self.view();
        let word = |due: &Value, key: &str| due[key].as_str().unwrap().to_owned();
        let told = |due: &Value| {
            (word(due, "step"), word(due, "due_on"), due["text"]["es"].as_str().unwrap().to_owned())
        };
        view["recusal_dues"].as_array().unwrap().iter().map(told).collect()
    }

    fn explained(&self) -> String {
        let rules = self.office.call("get_rule_set", json!({ "id": "rs-comision-2024" }));
        let told = rules["explained"].as_array().unwrap().iter().find(|e| e["topic"] == "recusal").unwrap();
        told["text"]["es"].as_str().unwrap().to_owned()
    }
}

#[test]
fn a_challenge_is_answered_decided_and_somebody_is_named_ad_hoc() {
    let run = with_recusals(by_the_superior("stay_in_base"), None);
    assert!(
        run.explained().ends_with(
            "; se envía a quien decide en 3 días hábiles, quien es recusado responde en 5 días hábiles y se decide en 10 días hábiles (CPACA, art. 12)"
        ),
        "{}",
        run.explained()
    );
    run.open(9);
    let (item, next) = (run.item("proposal", 0), run.item("proposal", 1));
    run.begin(&item);
    run.at("08:20");
    let challenge = |by: Value| {
        run.of_session(
            json!({ "id": "rec-1", "seat_id": SEAT, "ground": "interés directo", "challenged_by": by,
            "file": carried("recusacion.pdf", b"%PDF-1.7 escrito") }),
        )
    };
    for nobody in [json!({}), json!({ "name": " " }), json!({ "person_id": HOLDER })] {
        let refused = run.office.refused("declare_recusal", challenge(nobody.clone()));
        assert_eq!(
            (refused.code, &refused.details["field"]),
            (Code::InvalidInput, &json!("challenged_by")),
            "{nobody}"
        );
    }
    let made = run
        .office
        .undone_and_redone("declare_recusal", challenge(json!({ "name": "Marta Gómez, ciudadana," })));
    assert_eq!(
        (&made["kind"], &made["person_id"], &made["declared_in_writing"], &made["file"]),
        (&json!("challenged"), &json!(HOLDER), &json!(true), &json!("recusacion.pdf"))
    );
    assert_eq!(
        run.refused("declare_recusal", json!({ "seat_id": SEAT, "ground": "otra" })).code,
        Code::AlreadyExists
    );
    let steps: Vec<(String, String)> = run.dues().into_iter().map(|(step, on, _)| (step, on)).collect();
    let told = |step: &str, on: &str| (step.to_owned(), on.to_owned());
    assert_eq!(steps, [told("answer", "2025-04-03"), told("decision", "2025-04-21")]);
    assert!(
        run.dues()[0].2.ends_with("responde la recusación hasta el 3 de abril de 2025 (CPACA, art. 12)."),
        "{:?}",
        run.dues()
    );
    // The matter waits.
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let open = json!({ "id": "v-1", "motion_id": "m-1", "method": "roll_call" });
    assert_eq!(run.refused("open_vote", open.clone()).code, Code::WrongState);
    let ad_hoc = json!({ "recusal_id": "rec-1", "person_id": AD_HOC, "act": "Resolución 8 de 2025" });
    assert_eq!(run.office.refused("name_ad_hoc", ad_hoc.clone()).code, Code::WrongState, "not decided");
    let silent = json!({ "recusal_id": "rec-1", "accepts": false });
    assert_eq!(run.office.refused("answer_challenge", silent).details["field"], "words");
    let answer = json!({ "recusal_id": "rec-1", "accepts": false, "words": "No tengo ese interés." });
    run.office.undone_and_redone("answer_challenge", answer.clone());
    assert_eq!(run.office.refused("answer_challenge", answer).code, Code::WrongState, "answered once");
    assert_eq!(
        run.dues().into_iter().map(|(step, on, _)| (step, on)).collect::<Vec<_>>(),
        [told("decision", "2025-04-10")]
    );
    run.at("08:30");
    let decide =
        json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": "Resolución 8 de 2025" });
    run.office.call("decide_recusal", decide);
    assert_eq!((run.dues(), run.present()), (Vec::new(), 10));
    // Whoever left for it takes no part in the item.
    for (act, request) in [
        ("file_motion", json!({ "kind": "procedural", "text": "Aplazarla", "mover_person_id": HOLDER })),
        ("record_event", json!({ "kind": "intervention", "person_id": HOLDER })),
    ] {
        let refused = run.refused(act, request);
        assert_eq!(refused.code, Code::RuleForbids, "{refused}");
        assert!(
            refused.message.es.contains("salió por su impedimento y no participa en este punto"),
            "{refused}"
        );
    }

    run.at("08:40");
    for (more, code) in [
        (json!({ "person_id": HOLDER }), Code::InvalidInput),
        (json!({ "person_id": MEMBERS[0].1 }), Code::RuleForbids), // sits in another seat
        (json!({ "act": " " }), Code::InvalidInput),
        (json!({ "person_id": "per-nada" }), Code::NotFound),
    ] {
        let mut request = ad_hoc.clone();
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(run.office.refused("name_ad_hoc", request).code, code, "{more}");
    }
    run.office.undone_and_redone("name_ad_hoc", ad_hoc.clone());
    assert_eq!(run.office.refused("name_ad_hoc", ad_hoc).code, Code::AlreadyExists);
    let row = run.row(SEAT);
    assert_eq!(
        (
            &row["capacity"],
            &row["person"]["id"],
            &row["counts"],
            &row["recusal"]["ad_hoc_person_id"],
            run.present()
        ),
        (&json!("ad_hoc"), &json!(AD_HOC), &json!(true), &json!(AD_HOC), 10)
    );
    run.call("open_vote", open);
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        run.cast("v-1", seat, "for");
    }
    let closed = run.close("v-1");
    assert_eq!(
        (&closed["course"]["in_favour"], &closed["vote"]["recused_seat_ids"]),
        (&json!(10), &json!([]))
    );
    // In the next item nobody sits for the seat until its holder comes back.
    run.at("08:50");
    run.begin(&next);
    assert_eq!(run.present(), 9);
    run.office.undone_and_redone("return_from_recusal", json!({ "recusal_id": "rec-1" }));
    let row = run.row(SEAT);
    assert_eq!(
        (&row["person"]["id"], &row["capacity"], run.present()),
        (&json!(HOLDER), &json!("holder"), 10)
    );
    run.prints(&[
        "Marta Gómez, ciudadana, recusó a",
        "por interés directo; el punto quedó suspendido hasta la decisión de la autoridad competente, su superior o la cabeza del sector.",
        "no aceptó la causal de la recusación: «No tengo ese interés».",
        "Aceptada la recusación mediante la Resolución 8 de 2025,",
        "A las 8:40 a. m., mediante la Resolución 8 de 2025, se designó ad hoc al doctor Hernán Crisóstomo Bañol-Quintero Úsuga, en lugar de",
        "A las 8:40 a. m. ingresó el doctor Hernán Crisóstomo Bañol-Quintero Úsuga; quedaron diez (10) puestos.",
        "A las 8:50 a. m. dejó de contarse el doctor Hernán Crisóstomo Bañol-Quintero Úsuga, por tener delegación o designación solo para otro punto",
        "Ad hoc, punto",
    ]);
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}

/// One recused leaves eight of the nine that are asked for; whoever is named ad hoc gives the quorum back.
#[test]
fn an_ad_hoc_replacement_gives_back_the_quorum_that_a_recusal_broke() {
    let nine = json!({ "kind": "fixed", "value": 9 });
    let run = with_recusals(by_the_superior("leave_base"), Some(nine));
    run.open(8);
    run.begin(&run.item("proposal", 0));
    run.call("declare_recusal", json!({ "id": "rec-1", "seat_id": SEAT, "ground": "vínculo familiar" }));
    assert_eq!(run.dues()[0].0, "send");
    let decide =
        json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": "Resolución 8 de 2025" });
    run.office.call("decide_recusal", decide);
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let open = json!({ "id": "v-1", "motion_id": "m-1", "method": "ordinary" });
    let blocked = run.refused("open_vote", open.clone());
    assert!(blocked.message.es.starts_with("Sin los puestos impedidos no hay quórum"), "{blocked}");
    run.office.call(
        "name_ad_hoc",
        json!({ "recusal_id": "rec-1", "person_id": AD_HOC, "act": "Resolución 9 de 2025" }),
    );
    run.call("open_vote", open);
    assert_eq!(run.close("v-1")["vote"]["verdict"]["result"], "approved");
    // Its file comes later, until the minutes are adopted.
    let file = json!({ "recusal_id": "rec-1", "file": carried("impedimento.pdf", b"%PDF-1.7 escrito") });
    let kept = run.office.undone_and_redone("attach_recusal_file", file);
    assert_eq!((&kept["file"], &kept["declared_in_writing"]), (&json!("impedimento.pdf"), &json!(true)));
}

#[test]
fn rules_without_terms_have_none() {
    let silent = json!({ "decided_by": "superior", "treatment": "stay_in_base" });
    let run = with_recusals(silent, None);
    run.open(9);
    run.begin(&run.item("proposal", 0));
    run.call("declare_recusal", json!({ "id": "rec-1", "seat_id": SEAT, "ground": "vínculo familiar" }));
    assert_eq!(run.dues(), []);
    assert!(!run.explained().contains("días hábiles"));
    let nobody = json!({ "recusal_id": "rec-1", "accepts": true });
    assert_eq!(run.office.refused("answer_challenge", nobody).code, Code::WrongState, "nobody challenged");
}

/// Two recusals wait in one item: a motion says which one it is about, and its vote decides no other.
#[test]
fn a_motion_says_which_recusal_it_would_settle() {
    let run = Run::convened();
    run.open(11);
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    let motion = |id: &str, more: Value| {
        let mut motion = json!({ "id": id, "kind": "recusal", "text": "Aceptarlo" });
        motion.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        motion
    };
    let none = run.refused("file_motion", motion("m-0", json!({})));
    assert_eq!(none.details["field"], "recusal_id", "{none}");
    for (id, (seat, _)) in [("rec-1", MEMBERS[2]), ("rec-2", MEMBERS[3])] {
        run.call(
            "declare_recusal",
            json!({ "id": id, "seat_id": seat, "ground": "vínculo", "in_writing": true }),
        );
    }
    let which = run.refused("file_motion", motion("m-0", json!({})));
    assert_eq!((which.code, &which.details["field"]), (Code::InvalidInput, &json!("recusal_id")));
    let other = json!({ "kind": "procedural", "text": "Oír a los invitados", "recusal_id": "rec-1" });
    assert_eq!(run.refused("file_motion", other).details["field"], "recusal_id");
    run.call("file_motion", motion("m-1", json!({ "recusal_id": "rec-2" })));
    run.at("08:25");
    run.call("open_vote", json!({ "id": "v-1", "motion_id": "m-1", "method": "ordinary" }));
    run.close("v-1");
    let decide = |id: &str| json!({ "recusal_id": id, "outcome": "accepted", "vote_id": "v-1" });
    assert_eq!(run.office.refused("decide_recusal", decide("rec-1")).details["field"], "vote_id");
    assert_eq!(run.office.call("decide_recusal", decide("rec-2"))["outcome"], "accepted");
    // The one that is left needs no naming.
    run.at("08:30");
    assert_eq!(run.call("file_motion", motion("m-2", json!({})))["recusal_id"], "rec-1");
}

/// Where no registered norm gives it to the body, no motion about it is put.
#[test]
fn the_body_is_not_asked_what_its_superior_decides() {
    let run = with_recusals(by_the_superior("stay_in_base"), None);
    run.open(9);
    run.begin(&run.item("proposal", 0));
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": SEAT, "ground": "vínculo", "in_writing": true }),
    );
    let motion = json!({ "kind": "recusal", "text": "Aceptar el impedimento" });
    assert_eq!(run.refused("file_motion", motion).code, Code::RuleForbids);
}

/// The terms of the law run out days after the session: what is decided then is recorded, and Hoy tells until when.
#[test]
fn a_recusal_is_decided_when_the_session_is_over() {
    let run = with_recusals(by_the_superior("stay_in_base"), None);
    run.open(9);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.at("08:20");
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": SEAT, "ground": "vínculo familiar", "in_writing": true }),
    );
    run.at("09:00");
    run.adjourn_unresolved();
    run.office.go_to("2025-04-02T08:00");
    let due = |run: &Run| -> Vec<Value> {
        let today = run.office.call("get_today", json!({ "on": "2025-04-02" }));
        let all = today["bodies"].as_array().unwrap().iter().flat_map(|b| b["due"].as_array().unwrap());
        all.filter(|due| due["kind"] == "recusal").cloned().collect()
    };
    let told = due(&run);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!((&told[1]["due_on"], &told[1]["citation"]), (&json!("2025-04-10"), &json!("CPACA, art. 12")));
    assert!(told[1]["text"]["es"].as_str().unwrap().starts_with("Se decide sobre "), "{told:?}");
    let decide =
        json!({ "recusal_id": "rec-1", "outcome": "rejected", "deciding_act": "Resolución 9 de 2025" });
    let decided = run.office.undone_and_redone("decide_recusal", decide);
    assert_eq!((&decided["outcome"], &decided["left_at"]), (&json!("rejected"), &Value::Null));
    assert!(due(&run).is_empty());
    run.prints(&["Después de la sesión, mediante la Resolución 9 de 2025, se negó el impedimento de "]);
    run.never_prints("siguió en el punto");
}

/// Whoever is challenged may answer: deciding without it asks why, and the minutes print that.
#[test]
fn a_challenge_is_not_decided_unheard_without_saying_why() {
    let run = with_recusals(by_the_superior("stay_in_base"), None);
    run.open(9);
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": SEAT, "ground": "interés directo", "in_writing": true, "challenged_by": { "name": "Marta Gómez" } }),
    );
    run.at("08:30");
    let mut decide =
        json!({ "recusal_id": "rec-1", "outcome": "rejected", "deciding_act": "Resolución 9 de 2025" });
    let asked = run.office.refused("decide_recusal", decide.clone());
    assert_eq!((asked.code, &asked.details["confirm"]), (Code::NeedsConfirmation, &json!("unanswered")));
    decide["unanswered"] = json!("Renunció a su término");
    run.office.call("decide_recusal", decide);
    run.prints(&[
        "no había respondido la recusación, y se decidió sin su respuesta: «Renunció a su término».",
    ]);
}
