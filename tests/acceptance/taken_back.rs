//! What an undo of one entry, from Historial, may still touch of a session's record.

use secretariat::Code;
use serde_json::{Value, json};

use crate::live::{MEMBERS, Run};

/// The newest entry of that act which touched that record, or any with `*`.
fn entry(run: &Run, act: &str, id: &str) -> Value {
    let lines = run.office.call("list_journal", json!({ "limit": 500 }));
    let of = |line: &&Value| {
        line["op"] == act && (id == "*" || line["touched"].as_array().unwrap().iter().any(|t| t["id"] == id))
    };
    lines.as_array().unwrap().iter().find(of).unwrap_or_else(|| panic!("{act} {id}")).clone()
}

/// A session held and its minutes adopted: nothing of what they tell is taken back any more, and Historial does not offer it.
#[test]
fn what_adopted_minutes_tell_is_not_undone() {
    let run = Run::approved_by_silence(|_| ());
    run.open(10);
    run.at("08:20");
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "roll_call");
    for (seat, _) in std::iter::once(&crate::live::CHAIR).chain(&MEMBERS[..10]) {
        run.cast("v-a", seat, "for");
    }
    run.close("v-a");
    let of = |name: &str, mut request: Value| {
        request["item_id"] = json!(item);
        run.office.call(name, request)
    };
    of(
        "put_decision",
        json!({ "id": "d-a", "kind": "substantive", "text": "Se prioriza la planta piloto.", "vote_id": "v-a", "proposal_id": "pro-a" }),
    );
    run.call(
        "put_commitment",
        json!({ "id": "c-a", "item_id": item, "text": "Enviar el plan", "responsible_person_id": "per-004", "due_on": "2025-04-30" }),
    );
    of(
        "put_statement",
        json!({ "id": "st-a", "kind": "statement", "person_id": "per-004", "text": "Pide el plan por escrito." }),
    );
    run.event("intervention", json!({ "id": "ev-a", "seat_id": MEMBERS[2].0 }));
    run.office.call("set_narrative", json!({ "item_id": item, "narrative": "Se presentó la propuesta." }));
    run.adjourn("09:00");

    // While the minutes are a draft a slip is taken back; the ballots of a closed vote are not.
    let intervention = entry(&run, "record_event", "ev-a");
    assert_eq!(intervention["undoable"], true);
    run.office.undone_and_redone(
        "set_narrative",
        json!({ "item_id": item, "narrative": "Se presentó y se debatió." }),
    );
    let ballot = entry(&run, "cast_ballot", "*");
    let refused = run.office.refused("undo", json!({ "entry": ballot["seq"] }));
    assert_eq!(refused.code, Code::WrongState);
    assert!(refused.message.es.contains("Aprobar la propuesta"), "{refused}");

    // Taken back before the minutes were adopted, it does not come back into them.
    run.call(
        "put_commitment",
        json!({ "id": "c-b", "item_id": item, "text": "Citar a la mesa", "responsible_person_id": "per-004", "due_on": "2025-04-30" }),
    );
    run.office.call("undo", json!({}));
    let taken_back = run.office.call("list_journal", json!({ "limit": 1 }))[0]["seq"].clone();

    let id = run.minutes_id();
    run.office.go_to("2025-03-31T09:00");
    run.office.call("send_draft", json!({ "minutes_id": id }));
    run.office.call(
        "put_remark",
        json!({ "id": "r-a", "minutes_id": id, "person_id": "per-004", "text": "Falta el anexo." }),
    );
    run.office
        .call("answer_remark", json!({ "id": "r-a", "accepted": false, "reason": "Está en los anexos." }));
    run.office.go_to("2025-04-08T08:00");
    run.office.call("adopt_minutes", json!({ "minutes_id": id }));
    let before = run.office.tables();
    for (act, record) in [
        ("put_decision", "d-a"),
        ("put_commitment", "c-a"),
        ("put_statement", "st-a"),
        ("record_event", "ev-a"),
        ("cast_ballot", "*"),
        ("set_narrative", &item),
        ("build_agenda", &item),
        ("answer_remark", "r-a"),
    ] {
        let line = entry(&run, act, record);
        assert_eq!(line["undoable"], false, "{act}");
        let refused = run.office.refused("undo", json!({ "entry": line["seq"] }));
        assert!([Code::WrongState, Code::Stale].contains(&refused.code), "{act}: {refused}");
    }
    assert_eq!(run.office.refused("undo", json!({ "entry": taken_back })).code, Code::WrongState);
    assert_eq!(run.office.tables(), before);
    // What becomes of a commitment afterwards is no part of them.
    run.office
        .undone_and_redone("report_commitment", json!({ "id": "c-a", "text": "Se envió el borrador." }));
}

/// With the session open: its agenda as it was convened stays; an arrival that a closed vote counted is corrected, with its
/// question, and not undone.
#[test]
fn under_an_open_session_only_its_own_slips_are_undone() {
    let run = Run::opened(8);
    let (seat, _) = MEMBERS[9];
    run.at("08:10");
    run.event("arrival", json!({ "id": "ev-late", "seat_id": seat }));
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "roll_call");
    for (seat, _) in std::iter::once(&crate::live::CHAIR).chain(&MEMBERS[..8]).take(5) {
        run.cast("v-a", seat, "for");
    }
    run.cast("v-a", seat, "for");
    for (seat, _) in &MEMBERS[4..8] {
        run.cast("v-a", seat, "against");
    }
    run.close("v-a");
    let arrival = entry(&run, "record_event", "ev-late");
    let refused = run.office.refused("undo", json!({ "entry": arrival["seq"] }));
    assert_eq!(refused.code, Code::NotUndoable);
    assert_eq!(refused.details["changed_votes"][0]["vote_id"], "v-a");

    let agenda = entry(&run, "build_agenda", &item);
    assert_eq!(agenda["undoable"], false);
    assert!(
        [Code::WrongState, Code::Stale]
            .contains(&run.office.refused("undo", json!({ "entry": agenda["seq"] })).code)
    );
    // An item added by mistake in the room, and a departure pressed on the wrong row.
    run.office.undone_and_redone(
        "add_agenda_item",
        json!({ "id": "it-tarde", "session_id": run.session, "kind": "other_business", "title": "Otro asunto", "late_reason": "Urgente" }),
    );
    run.office.undone_and_redone(
        "record_event",
        json!({ "session_id": run.session, "kind": "departure", "seat_id": MEMBERS[0].0 }),
    );
}
