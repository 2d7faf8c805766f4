//! What hour things may have happened at: nothing of a session before its opening, nobody in two seats at once.

use secretariat::attendance::Event;
use secretariat::{Code, Failure};
use serde_json::{Value, json};

use crate::afterwards::time;
use crate::live::Run;

impl Run {
    fn refused_correction(&self, event: &Value, mut change: Value) -> Failure {
        change["event_id"] = event["id"].clone();
        change["reason"] = json!("Se anotó mal.");
        self.office.refused("correct_event", change)
    }

    fn corrected(&self, event: &Value, mut change: Value) -> Value {
        change["event_id"] = event["id"].clone();
        change["reason"] = json!("Se anotó mal.");
        self.office.undone_and_redone("correct_event", change)
    }

    /// An event at another time than the calls would take.
    fn left_at(&self, event: &Value, clock: &str) {
        let at = serde_json::from_value(time(clock)).unwrap();
        self.left_so(|tx| {
            let stored: Event = tx.get(event["id"].as_str().unwrap())?;
            tx.put(&Event { occurred_at: at, ..stored })
        });
    }

    /// The codes of what does not fit in the record.
    fn odd(&self) -> Vec<String> {
        let view = self.view();
        let findings = view["course"]["findings"].as_array().unwrap();
        findings.iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
    }
}

/// Refused for its hour, with a sentence that says the other one in both languages.
fn wrong_hour(refused: &Failure, clock: &str, what: &str) {
    assert_eq!(
        (refused.code, &refused.details["field"]),
        (Code::InvalidInput, &json!("occurred_at")),
        "{what}"
    );
    let said = &refused.message;
    assert!(said.es.contains(clock) && said.en.contains(clock), "{what}: {said:?}");
}

#[test]
fn nothing_happens_before_the_opening() {
    let run = Run::opened(10);
    run.at("08:20");
    let item = run.item("procedure", 0);
    let early = [
        (
            "record_event",
            json!({ "kind": "arrival", "seat_id": "com-mujeres", "occurred_at": time("07:05") }),
        ),
        (
            "record_event",
            json!({ "kind": "arrival", "seat_id": "com-mujeres", "occurred_at": time("08:04") }),
        ),
        ("record_event", json!({ "kind": "item_start", "item_id": item, "occurred_at": time("07:40") })),
        ("record_event", json!({ "kind": "recess_start", "occurred_at": time("07:45") })),
        (
            "file_motion",
            json!({ "item_id": item, "kind": "procedural", "text": "Aprobar", "occurred_at": time("07:50") }),
        ),
        (
            "open_vote",
            json!({ "item_id": item, "question": "¿Se aprueba?", "method": "ordinary", "occurred_at": time("07:55") }),
        ),
        (
            "declare_recusal",
            json!({ "item_id": item, "seat_id": "com-salud", "ground": "vínculo familiar", "in_writing": true, "occurred_at": time("07:55") }),
        ),
    ];
    for (call, request) in early {
        wrong_hour(&run.refused(call, request.clone()), "8:05 a. m.", &format!("{call} {request}"));
    }
    // Times are typed to the minute: somebody who came in that of the opening came with it.
    let arrival = run.event("arrival", json!({ "seat_id": "com-mujeres", "occurred_at": time("08:05") }));
    let opening = run.event_of("call_to_order");
    assert_eq!(arrival["occurred_at"], opening["occurred_at"]);
    let started = run.event("item_start", json!({ "item_id": item, "occurred_at": time("08:10") }));

    let answer = run.event_of("roll_answer");
    for (event, clock) in [(&arrival, "07:17"), (&answer, "07:30"), (&started, "07:19")] {
        let refused = run.refused_correction(event, json!({ "occurred_at": time(clock) }));
        wrong_hour(&refused, "8:05 a. m.", clock);
    }
    // The opening is moved back, and forth up to the first that happened in it.
    let late = run.refused_correction(&opening, json!({ "occurred_at": time("08:19") }));
    wrong_hour(&late, "8:05 a. m.", "the opening after the roll");
    run.corrected(&opening, json!({ "occurred_at": time("08:01") }));
    run.corrected(&arrival, json!({ "occurred_at": time("08:02") }));
    let late = run.refused_correction(&opening, json!({ "occurred_at": time("08:04") }));
    wrong_hour(&late, "8:02 a. m.", "the opening after an arrival");
    run.corrected(&opening, json!({ "occurred_at": time("08:02") }));

    run.adjourn("09:00");
    let missed = json!({ "kind": "arrival", "seat_id": "com-habitat", "occurred_at": time("07:30"), "reason": "Estaba." });
    wrong_hour(&run.refused("record_event", missed), "8:02 a. m.", "entered afterwards");
    let refused = run.refused_correction(&started, json!({ "occurred_at": time("07:19") }));
    wrong_hour(&refused, "8:02 a. m.", "corrected afterwards");

    // What is in the record already is told, with both hours, and can be mended.
    assert_eq!(run.odd(), Vec::<String>::new());
    run.left_at(&started, "07:40");
    let check = run.check("before_the_opening");
    assert_eq!(
        (&check["ok"], &check["place"]),
        (&json!(false), &json!({ "screen": "event", "id": started["id"] }))
    );
    for word in ["7:40 a. m.", "8:02 a. m."] {
        assert!(check["text"]["es"].as_str().unwrap().contains(word), "{check}");
        assert!(check["text"]["en"].as_str().unwrap().contains(word), "{check}");
    }
    run.corrected(&started, json!({ "occurred_at": time("08:10") }));
    assert_eq!(run.odd(), Vec::<String>::new());
}

/// Who answers for one seat may take another only once the first is somebody else's, or empty.
#[test]
fn nobody_sits_in_two_seats() {
    let run = Run::opened(10);
    run.at("08:30");
    let moved = |kind: &str, seat: &str, person: &str, clock: &str| json!({ "kind": kind, "seat_id": seat, "person_id": person, "occurred_at": time(clock) });
    let in_two = |refused: &Failure, what: &str| {
        assert_eq!(
            (refused.code, &refused.details["person_id"]),
            (Code::RuleForbids, &json!("per-010")),
            "{what}: {refused}"
        );
        let said = &refused.message;
        for seat in refused.details["seat_ids"].as_array().unwrap() {
            let view = run.view();
            let row =
                view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == *seat).cloned().unwrap();
            let named = format!("{} ({})", row["number"], row["title"].as_str().unwrap());
            assert!(said.es.contains(&named) && said.en.contains(&named), "{what}: {said:?}");
        }
        assert!(said.es.contains("8:05 a. m."), "since when: {said:?}");
    };
    let seated = run.refused("record_event", moved("arrival", "com-mujeres", "per-010", "08:15"));
    in_two(&seated, "still in the other");
    // Gone at ten past: before that, it is the same.
    let replaced = run.event("departure", moved("departure", "com-cultura", "per-010", "08:10"));
    in_two(&run.refused("record_event", moved("arrival", "com-mujeres", "per-010", "08:07")), "gone later");
    let arrival = run.event("arrival", moved("arrival", "com-mujeres", "per-010", "08:10"));
    assert_eq!(arrival["person_id"], "per-010", "one seat is left and the other taken at once");
    in_two(&run.refused_correction(&arrival, json!({ "occurred_at": time("08:07") })), "moved into it");
    in_two(&run.refused_correction(&replaced, json!({ "strike": "No era." })), "never gone");
    let other = run.event("arrival", moved("arrival", "com-habitat", "per-013", "08:08"));
    in_two(&run.refused_correction(&other, json!({ "person_id": "per-010" })), "named in it");
    // Who left comes back to one seat only.
    run.event("departure", json!({ "seat_id": "com-mujeres", "occurred_at": time("08:15") }));
    run.event("arrival", moved("arrival", "com-cultura", "per-010", "08:20"));
    let back = run.refused(
        "record_event",
        json!({ "kind": "return", "seat_id": "com-mujeres", "occurred_at": time("08:25") }),
    );
    assert_eq!(back.code, Code::RuleForbids, "{back}");
    run.event("departure", json!({ "seat_id": "com-cultura", "occurred_at": time("08:24") }));
    run.event("return", json!({ "seat_id": "com-mujeres", "occurred_at": time("08:25") }));

    run.adjourn("09:00");
    let mut missed = moved("arrival", "com-ambiente", "per-010", "08:40");
    missed["reason"] = json!("Lo dice la lista.");
    assert_eq!(run.refused("record_event", missed).code, Code::RuleForbids, "entered afterwards");
    assert_eq!(run.odd(), Vec::<String>::new());

    // What is in the record already is told; the rest of it may still be mended.
    run.left_at(&arrival, "08:07");
    let check = run.check("in_two_seats");
    assert_eq!(
        (&check["ok"], &check["place"]),
        (&json!(false), &json!({ "screen": "event", "id": arrival["id"] }))
    );
    assert!(check["text"]["es"].as_str().unwrap().contains("8:07 a. m."), "{check}");
    run.corrected(&other, json!({ "occurred_at": time("08:09") }));
    run.corrected(&arrival, json!({ "occurred_at": time("08:10") }));
    assert_eq!(run.odd(), Vec::<String>::new());
}
