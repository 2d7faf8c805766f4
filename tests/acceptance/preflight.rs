//! Before each step: what it asks, by which norm and where it is mended; the act does what the list promises, and what is
//! gone past is printed with its reason.

use secretariat::Code;
use secretariat::api::dispatch;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::Office;
use crate::record::with_recusals;

/// Checks that the list of a step and its act agree, in an archive beside this one; gives the list.
fn agrees(office: &Office, session: &str, step: &str, more: Value, act: &str, request: Value) -> Value {
    let mut asked = json!({ "session_id": session, "step": step });
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let list = office.call("session_preflight", asked);
    let checks = list["checks"].as_array().unwrap();
    let failing = || checks.iter().filter(|c| c["ok"] == false && c["advises"] == false);
    let stops: Vec<&Value> = failing().filter(|c| c["overridable"] == false).collect();
    assert_eq!(list["ready"], stops.is_empty(), "{list}");
    for check in failing() {
        assert!(check["place"]["screen"].is_string(), "{check} has no door");
    }
    let beside = office.beside();
    let mut request = request;
    let reasons: Vec<Value> = failing()
        .filter(|c| c["overridable"] == true)
        .map(|c| json!({ "check": c["check"], "reason": "Así se resolvió." }))
        .collect();
    if !reasons.is_empty() && stops.is_empty() {
        let without = dispatch(&beside.archive, &beside.context(), act, request.clone()).unwrap_err();
        assert_eq!(without.code, Code::NeedsConfirmation, "{without}");
        if act == "convene_session" {
            request["short_notice_reason"] = json!("Así se resolvió.");
        } else {
            request["overrides"] = json!(reasons);
        }
    }
    match dispatch(&beside.archive, &beside.context(), act, request) {
        Ok(_) => assert!(stops.is_empty(), "{act} was done in spite of {stops:?}"),
        Err(failure) => {
            // What to do is said alike; the act may name the motion.
            let last = |text: &str| text.split(". ").last().map(str::to_owned);
            let said =
                stops.iter().any(|c| last(c["text"]["es"].as_str().unwrap()) == last(&failure.message.es));
            assert!(said, "{act} refused with «{failure}», and the list said {stops:?}");
        }
    }
    list
}

fn failing(list: &Value) -> Vec<(&str, &str)> {
    let kind = |c: &Value| match (&c["overridable"], &c["advises"]) {
        (Value::Bool(true), _) => "reason",
        (_, Value::Bool(true)) => "advice",
        _ => "stops",
    };
    let checks = list["checks"].as_array().unwrap().iter().filter(|c| c["ok"] == false);
    checks.map(|c| (c["check"].as_str().unwrap().split(':').next().unwrap(), kind(c))).collect()
}

#[test]
fn before_convening() {
    let office = Office::at("2025-03-03T08:00");
    let convene = |office: &Office| {
        agrees(office, "ses-1", "convene", json!({}), "convene_session", json!({ "id": "ses-1" }))
    };
    let new =
        json!({ "id": "ses-1", "body_id": crate::office::BODY, "kind": "ordinary", "date": "2025-03-27" });
    office.call("create_session", new);
    let list = convene(&office);
    assert_eq!(failing(&list)[..2], [("stated", "stops"), ("agenda", "stops")]);
    assert_eq!(list["told"]["es"], "Faltan 2 cosas para convocar.");
    assert_eq!(list["checks"][0]["norm"], "Acuerdo 001 de 2024, art. 6");
    office.call("build_agenda", json!({ "session_id": "ses-1" }));
    office.call("edit_session", json!({ "id": "ses-1", "planned_start": "08:00:00", "place": "Sala 1" }));
    let list = convene(&office);
    assert!(list["ready"] == true && failing(&list).iter().all(|(_, kind)| *kind == "advice"), "{list}");
    assert_eq!(list["told"]["es"], "Se puede convocar.");
    office.go_to("2025-03-24T09:00");
    let list = convene(&office);
    assert_eq!(failing(&list)[0], ("short_notice", "reason"));
    assert_eq!(list["told"]["es"], "Se puede convocar, con una razón que consta.");
    office.go_to("2025-03-28T09:00");
    assert_eq!(failing(&convene(&office))[0], ("ahead", "stops"));
}

#[test]
fn before_opening() {
    let opened = |run: &Run, (seat, person): (&str, &str)| {
        let presider = json!({ "seat_id": seat, "person_id": person });
        let request = json!({ "session_id": "ses-1", "seat_id": seat, "person_id": person });
        agrees(&run.office, "ses-1", "open", presider, "open_session", request)
    };
    let run = Run::convened();
    // Nobody has answered the notice: it is told, and stops nothing.
    assert_eq!(failing(&opened(&run, CHAIR)), [("expected_quorum", "advice")]);
    assert_eq!(failing(&opened(&run, ("com-hacienda", "per-004")))[0], ("presider", "reason"));
    assert_eq!(failing(&opened(&run, (CHAIR.0, "per-045")))[0], ("presider", "stops"));
    run.at("05:30");
    let list = opened(&run, ("com-hacienda", "per-004"));
    assert_eq!(failing(&list)[..2], [("hour", "reason"), ("presider", "reason")]);
    assert_eq!(list["told"]["es"], "Se puede instalar la sesión, con 2 razones que constan.");
    run.open(10);
    assert_eq!(failing(&opened(&run, CHAIR))[0], ("state", "stops"));

    // A written session opens by itself at the hour that its notice published.
    let written = crate::written::convened(|_| {});
    written.at("08:10");
    let list = written.call("session_preflight", json!({ "step": "open" }));
    assert_eq!(failing(&list), [], "{list}");

    let office = Office::at("2025-03-03T08:00");
    office.session("ses-1", "ordinary", "2025-03-27");
    office.go_to("2025-03-27T08:00");
    let run = Run { office, session: "ses-1".to_owned() };
    assert_eq!(failing(&opened(&run, CHAIR)), [("notice", "stops")]);
}

#[test]
fn before_a_vote() {
    let superior =
        json!({ "decided_by": "superior", "treatment": "stay_in_base", "ground_in_writing": true });
    let run = with_recusals(superior, None);
    run.open(9);
    let vote = |motion: &str| {
        let request = json!({ "session_id": "ses-1", "motion_id": motion, "method": "roll_call" });
        agrees(&run.office, "ses-1", "vote", json!({ "motion_id": motion }), "open_vote", request)
    };
    let first = run.item("proposal", 0);
    run.begin(&first);
    let file = |id: &str, more: Value| {
        let mut motion = json!({ "id": id, "kind": "substantive", "text": "Priorizar la propuesta" });
        motion.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        run.call("file_motion", motion);
    };
    file("m-1", json!({}));
    let list = vote("m-1");
    assert_eq!((failing(&list), &list["told"]["es"]), (vec![], &json!("Se puede votar.")));
    let norms: Vec<&Value> =
        list["checks"].as_array().unwrap().iter().filter(|c| c["check"] == "quorum").collect();
    assert_eq!(norms[0]["text"]["es"], "Quórum decisorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 10");
    file(
        "m-2",
        json!({ "kind": "amendment", "amends_motion_id": "m-1", "text": "Priorizarla con condiciones" }),
    );
    assert_eq!(failing(&vote("m-1")), [("amendments", "stops")]);
    assert_eq!(failing(&vote("m-2")), []);
    run.office.call("settle_motion", json!({ "motion_id": "m-2", "status": "withdrawn" }));
    assert_eq!(failing(&vote("m-2")), [("filed", "stops")]);
    run.event("recess_start", json!({}));
    assert_eq!(failing(&vote("m-1")), [("pause", "stops")]);
    run.event("recess_end", json!({}));
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": MEMBERS[0].0, "ground": "interés directo" }),
    );
    assert_eq!(failing(&vote("m-1")), [("recusal", "stops")]);
    run.office.call(
        "decide_recusal",
        json!({ "recusal_id": "rec-1", "outcome": "rejected", "deciding_act": "Oficio 3" }),
    );
    run.event("temporary_departure", json!({ "seat_id": CHAIR.0 }));
    assert_eq!(failing(&vote("m-1")), [("presides", "stops")]);
    run.event("departure", json!({ "seat_id": MEMBERS[4].0 }));
    assert_eq!(failing(&vote("m-1")), [("quorum", "stops"), ("presides", "stops")]);
    run.event("return", json!({ "seat_id": CHAIR.0 }));
    run.event("chair_changed", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    run.begin(&run.item("proposal", 1));
    assert_eq!(failing(&vote("m-1")), [("item_under_way", "advice")]);
    run.begin(&first);
    run.call("open_vote", json!({ "id": "v-1", "motion_id": "m-1", "method": "ordinary" }));
    assert_eq!(failing(&vote("m-1")), [("open_vote", "stops")]);
    run.office.call("close_vote", json!({ "vote_id": "v-1" }));
    assert_eq!(failing(&vote("m-1")), [("filed", "stops")]);
    run.adjourn("09:30");
    assert_eq!(failing(&vote("m-1"))[0], ("under_way", "stops"));
    let nothing = json!({ "session_id": "ses-1", "step": "vote" });
    assert_eq!(run.office.refused("session_preflight", nothing).details["field"], "motion_id");
}

#[test]
fn before_adjourning() {
    let adjourn = |run: &Run, informative: bool| {
        let request = json!({ "session_id": "ses-1", "informative": informative });
        let more = json!({ "informative": informative });
        agrees(&run.office, "ses-1", "adjourn", more, "adjourn_session", request)
    };
    let run = Run::opened(10);
    run.begin(&run.item("proposal", 0));
    assert_eq!(failing(&adjourn(&run, false)), [("items_treated", "advice")]);
    assert_eq!(failing(&adjourn(&run, true))[0], ("quorum_on_record", "stops"));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "ordinary");
    assert_eq!(failing(&adjourn(&run, false))[0], ("open_vote", "stops"));
    run.close("v-1");
    assert_eq!(
        failing(&adjourn(&run, false)),
        [("items_treated", "advice"), ("decisions_written", "advice")]
    );
    run.call("file_motion", json!({ "id": "m-2", "kind": "procedural", "text": "Invitar a la academia" }));
    run.event("recess_start", json!({}));
    let list = adjourn(&run, false);
    assert_eq!(failing(&list)[..2], [("unresolved", "reason"), ("unresolved", "reason")]);
    let asked = run.gone_past("adjourn_session", json!({}), "Se agotó el tiempo.").0;
    assert!(asked.message.es.contains("Invitar a la academia"), "{asked}");
    run.prints(&[
        "Constancias de la secretaría técnica",
        "La moción «Invitar a la academia» no se votó, ni se negó de plano, ni se retiró.",
        "Razón: Se agotó el tiempo.",
    ]);
    assert_eq!(failing(&adjourn(&run, false))[0], ("under_way", "stops"));
    let minutes = run.call("session_preflight", json!({ "step": "adopt" }));
    assert_eq!(
        minutes["checks"].as_array().unwrap().len(),
        run.minutes()["preflight"].as_array().unwrap().len()
    );

    let run = Run::opened(3);
    assert_eq!(failing(&adjourn(&run, false))[0], ("quorum_on_record", "stops"));
    assert!(failing(&adjourn(&run, true)).iter().all(|(_, kind)| *kind == "advice"));
}
