//! What was missed or wrong in the record is mended after the session ended, with trace, until its minutes are adopted.

use secretariat::Code;
use secretariat::api::Op;
use secretariat::attendance::Event;
use secretariat::session::Session;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::instant;

pub fn time(clock: &str) -> Value {
    json!(instant(&format!("2025-03-27T{clock}")))
}

impl Run {
    pub fn check(&self, name: &str) -> Value {
        let minutes = self.minutes();
        let checks = minutes["preflight"].as_array().unwrap().clone();
        let of = |c: &&Value| c["check"].as_str().unwrap().split(':').any(|part| part == name);
        checks.iter().find(of).unwrap_or_else(|| panic!("no check {name}: {checks:?}")).clone()
    }

    fn signers(&self) -> Vec<(String, String)> {
        let minutes = self.minutes();
        let listed = self.office.call("list_minutes", json!({}));
        let of = |of: &Value| -> Vec<(String, String)> {
            of.as_array()
                .unwrap()
                .iter()
                .map(|s| {
                    (s["role"].as_str().unwrap().to_owned(), s["person_id"].as_str().unwrap().to_owned())
                })
                .collect()
        };
        let id = &minutes["minutes"]["id"];
        let mine = listed["minutes"].as_array().unwrap().iter().find(|m| m["id"] == *id);
        let signatures = of(&minutes["minutes"]["signatures"]);
        assert_eq!(
            of(&mine.unwrap()["signatures"]),
            signatures,
            "the list and the view name the same signers"
        );
        signatures
    }

    /// The event of that kind that stands, first of its kind.
    pub fn event_of(&self, kind: &str) -> Value {
        let view = self.view();
        let events = view["events"].as_array().unwrap();
        events.iter().find(|e| e["kind"] == kind && e["struck"].is_null()).unwrap().clone()
    }

    /// Changes a stored row behind the calls, as an older program or a hasty import left it.
    pub fn left_so(&self, change: impl FnOnce(&mut secretariat::Tx<'_>) -> secretariat::Result<()>) {
        self.office.archive.transact(&self.office.context(), Op::Import, change).unwrap();
    }
}

#[test]
fn who_acted_as_secretary_is_recorded_after_adjourning() {
    let run = Run::convened();
    run.left_so(|tx| {
        let session: Session = tx.get("ses-1")?;
        tx.put(&Session { secretary_person_id: None, ..session })
    });
    run.open(10);
    run.adjourn("09:00");
    let check = run.check("secretary");
    assert_eq!((&check["ok"], &check["overridable"]), (&json!(false), &json!(false)));
    let opening = run.event_of("call_to_order");
    assert_eq!(check["place"], json!({ "screen": "opening", "id": opening["id"] }));
    assert_eq!(run.signers(), [("chair".to_owned(), CHAIR.1.to_owned())]);

    run.at("09:30");
    let request =
        json!({ "event_id": opening["id"], "secretary_person_id": "per-032", "reason": "No se anotó." });
    let nobody = json!({ "event_id": opening["id"], "secretary_person_id": "per-nadie" });
    assert_eq!(run.office.refused("correct_event", nobody).code, Code::NotFound);
    let elsewhere =
        json!({ "event_id": run.event_of("roll_answer")["id"], "secretary_person_id": "per-032" });
    assert_eq!(run.office.refused("correct_event", elsewhere).details["field"], "secretary_person_id");
    let corrected = run.office.undone_and_redone("correct_event", request);
    let trace = &corrected["corrections"][0];
    assert_eq!(
        (&trace["field"], &trace["was"], &trace["reason"], &trace["by"]),
        (&json!("secretary_person_id"), &json!(""), &json!("No se anotó."), &json!("Gloria Peña"))
    );
    assert_eq!(run.check("secretary")["ok"], true);
    let view = run.view();
    assert_eq!(view["course"]["secretaries"][0]["person_id"], "per-032");
    assert_eq!(run.signers()[1], ("secretariat".to_owned(), "per-032".to_owned()), "and signs the minutes");

    // It was somebody else: corrected again, and the draft that was sent follows.
    run.office.go_to("2025-03-31T09:00");
    run.office.call("send_draft", json!({ "minutes_id": run.minutes_id() }));
    run.office.call(
        "correct_event",
        json!({ "event_id": opening["id"], "secretary_person_id": "per-033", "reason": "Firmó el libro." }),
    );
    assert_eq!(run.signers()[1].1, "per-033");
    let name = run.office.call("get_person", json!({ "id": "per-033" }))["person"]["full_name"].clone();
    let told = run.minutes()["assembly"]["secretariat"].to_string();
    assert!(told.contains(name.as_str().unwrap()), "{told}");
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}

#[test]
fn who_presided_is_corrected_after_adjourning() {
    let run = Run::opened(10);
    run.adjourn("09:00");
    let opening = run.event_of("call_to_order");
    run.left_so(|tx| {
        let mut event: Event = tx.get(opening["id"].as_str().unwrap())?;
        (event.person_id, event.seat_id, event.capacity) = (None, None, None);
        tx.put(&event)
    });
    let check = run.check("presider");
    assert_eq!(check["place"], json!({ "screen": "opening", "id": opening["id"] }));
    run.office.undone_and_redone(
        "correct_event",
        json!({ "event_id": opening["id"], "seat_id": CHAIR.0, "person_id": CHAIR.1, "reason": "Lo dice la grabación." }),
    );
    assert_eq!(run.check("presider")["ok"], true);
    assert_eq!(run.signers()[0], ("chair".to_owned(), CHAIR.1.to_owned()));
    run.prints(&["la presidenta declaró instalada la sesión"]);
}

#[test]
fn what_nobody_wrote_down_is_entered_afterwards_with_its_time_and_reason() {
    let run = Run::convened();
    run.at("08:05");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    assert_eq!(run.view()["missed"], json!([]), "while it runs, facts are recorded as they happen");
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..10]) {
        run.event("arrival", json!({ "seat_id": seat }));
    }
    run.adjourn("09:00");
    let check = run.check("opening_quorum");
    assert_eq!(
        (&check["ok"], &check["place"]),
        (&json!(false), &json!({ "screen": "missed", "id": "quorum_check" }))
    );
    let view = run.view();
    assert!(view["missed"].as_array().unwrap().contains(&json!("quorum_check")), "{}", view["missed"]);

    run.at("09:30");
    let counted = |clock: Option<&str>, reason: Option<&str>| {
        let mut request = json!({ "kind": "quorum_check" });
        if let Some(clock) = clock {
            request["occurred_at"] = time(clock);
        }
        if let Some(reason) = reason {
            request["reason"] = json!(reason);
        }
        run.of_session(request)
    };
    for (request, field) in [
        (counted(None, Some("Se contó.")), "occurred_at"),
        (counted(Some("08:04"), Some("Se contó.")), "occurred_at"),
        (counted(Some("09:01"), Some("Se contó.")), "occurred_at"),
        (counted(Some("08:06"), None), "reason"),
        (counted(Some("08:06"), Some("  ")), "reason"),
    ] {
        assert_eq!(run.office.refused("record_event", request.clone()).details["field"], field, "{request}");
    }
    let late = counted(Some("08:05"), Some("Se contó y no se anotó."));
    let event = run.office.undone_and_redone("record_event", late);
    assert_eq!(
        (&event["corrections"][0]["field"], &event["corrections"][0]["reason"]),
        (&json!("missed"), &json!("Se contó y no se anotó."))
    );
    assert!(
        event["occurred_at"].as_str() > Some("2025-03-27T13:05:00Z"),
        "after the arrivals of that minute: {event}"
    );
    assert_eq!(run.check("opening_quorum")["ok"], true);
    run.prints(&["Respondieron once (11) puestos de dieciséis (16); hubo quórum"]);

    // Who leaves must be there at that time, and somebody who came is entered as any arrival.
    let leaves = |seat: &str, clock: &str| {
        run.of_session(json!({ "kind": "departure", "seat_id": seat, "occurred_at": time(clock), "reason": "Lo dice la lista." }))
    };
    assert_eq!(run.office.refused("record_event", leaves("com-mujeres", "08:30")).code, Code::WrongState);
    run.office.call("record_event", leaves("com-gobierno", "08:30"));
    assert_eq!(run.present(), 10);
    run.prints(&["A las 8:30 a. m. se retiró"]);
    // What would put off or suspend what was not is never entered afterwards.
    for kind in ["item_postponed", "session_suspended", "no_quorum_declared"] {
        let request = json!({ "kind": kind, "occurred_at": time("08:30"), "reason": "Se olvidó." });
        assert_eq!(run.refused("record_event", request).code, Code::WrongState, "{kind}");
    }
}

#[test]
fn a_missed_arrival_that_would_turn_a_vote_asks_first() {
    let run = Run::opened(10);
    run.at("08:20");
    run.begin(&run.item("procedure", 0));
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    for (n, (seat, _)) in std::iter::once(&CHAIR).chain(&MEMBERS[..10]).enumerate() {
        run.cast("v-1", seat, if n < 6 { "for" } else { "against" });
    }
    assert_eq!(run.close("v-1")["vote"]["verdict"]["result"], "approved");
    run.adjourn("09:00");
    let missed = |accept: bool| {
        run.of_session(json!({ "kind": "arrival", "seat_id": "com-mujeres", "occurred_at": time("08:15"),
            "reason": "Estaba en la sala.", "accept_changed_votes": accept }))
    };
    let told = run.office.refused("record_event", missed(false));
    assert_eq!(
        (told.code, &told.details["confirm"]),
        (Code::NeedsConfirmation, &json!("accept_changed_votes"))
    );
    run.office.call("record_event", missed(true));
    assert_eq!(
        run.view()["votes"][0]["verdict"]["result"],
        "rejected",
        "six of twelve attendees approve nothing"
    );
}

/// Nobody presided at the vote by the record: whoever did is entered, with the hour.
#[test]
fn who_presided_from_an_hour_on_is_entered_afterwards() {
    let run = Run::opened(11);
    run.at("08:20");
    run.begin(&run.item("procedure", 0));
    run.approve("v-1", "procedural", "Aprobar el orden del día");
    run.adjourn("09:00");
    run.at("09:30");
    run.office.call(
        "record_event",
        run.of_session(json!({ "kind": "departure", "seat_id": CHAIR.0, "occurred_at": time("08:15"),
            "reason": "Salió antes de votar.", "accept_changed_votes": true })),
    );
    let check = run.check("vote_without_presider");
    assert_eq!(check["place"], json!({ "screen": "missed", "id": "chair_changed" }));
    let presides = |accept: bool| {
        run.of_session(json!({ "kind": "chair_changed", "seat_id": "com-gobierno", "person_id": "per-003",
            "occurred_at": time("08:15"), "reason": "Presidió desde entonces.", "accept_presider": accept,
            "accept_changed_votes": true }))
    };
    assert_eq!(run.office.refused("record_event", presides(false)).details["confirm"], "accept_presider");
    run.office.call("record_event", presides(true));
    let failed = run.minutes()["preflight"].to_string();
    assert!(!failed.contains("vote_without_presider"), "{failed}");
    assert_eq!(run.signers()[0].1, "per-003", "whoever presided at the end signs");
    run.prints(&["Desde las 8:15 a. m. presidió"]);
}

/// A recess, the end of an item and the hour of the close, none of which anybody wrote down in time.
#[test]
fn pauses_ends_of_items_and_the_close_are_entered_afterwards() {
    let run = Run::opened(10);
    run.at("08:12");
    let (agenda, proposal) = (run.item("procedure", 0), run.item("proposal", 0));
    run.begin(&agenda);
    run.at("08:18");
    run.approve("v-agenda", "procedural", "Aprobar el orden del día");
    run.at("08:40");
    run.begin(&proposal);
    run.approve("v-a", "substantive", "Aprobar la propuesta");
    run.adjourn("11:30");
    run.at("11:40");
    let missed = run.view()["missed"].take();
    for kind in ["recess_start", "recess_end", "item_end"] {
        assert!(missed.as_array().unwrap().contains(&json!(kind)), "{missed}");
    }
    let seconds = |item: &str| {
        let view = run.view();
        let items = view["course"]["items"].as_array().unwrap();
        items.iter().find(|i| i["item_id"] == item).unwrap()["seconds"].as_i64().unwrap()
    };
    let recess = |from: &str, to: Option<&str>| {
        let mut request =
            json!({ "kind": "recess_start", "occurred_at": time(from), "reason": "Se olvidó." });
        if let Some(to) = to {
            request["ended_at"] = time(to);
        }
        run.of_session(request)
    };

    // A recess has both its hours, within the session, and nothing voted in it.
    for (request, code, field) in [
        (recess("09:00", None), Code::InvalidInput, "ended_at"),
        (recess("09:00", Some("09:00")), Code::InvalidInput, "ended_at"),
        (recess("09:00", Some("11:35")), Code::InvalidInput, "ended_at"),
        (recess("07:00", Some("09:15")), Code::InvalidInput, "occurred_at"),
        (recess("08:30", Some("09:15")), Code::WrongState, ""),
    ] {
        let refused = run.office.refused("record_event", request.clone());
        assert_eq!(
            (refused.code, refused.details["field"].as_str().unwrap_or("")),
            (code, field),
            "{request}"
        );
    }
    let before = seconds(&proposal);
    let entered = run.office.undone_and_redone("record_event", recess("09:00", Some("09:15")));
    assert_eq!(entered["corrections"][0]["field"], "missed");
    let end = run.event_of("recess_end");
    assert_eq!((&end["occurred_at"], &end["corrections"]), (&time("09:15"), &entered["corrections"]));
    assert_eq!(run.view()["course"]["pauses"][0]["to"], time("09:15"));
    assert_eq!(seconds(&proposal), before - 15 * 60, "an item's time stands still in a recess");
    run.prints(&["Se decretó un receso"]);
    assert_eq!(run.office.refused("record_event", recess("09:10", Some("09:20"))).code, Code::WrongState);
    let again = json!({ "kind": "recess_end", "occurred_at": time("09:05"), "reason": "Se olvidó." });
    assert_eq!(run.refused("record_event", again).code, Code::WrongState, "it has its end");

    // An item ends where it was under way and nothing more of it is recorded.
    let ends = |item: &str, clock: &str| {
        run.of_session(json!({ "kind": "item_end", "item_id": item, "occurred_at": time(clock), "reason": "Se olvidó." }))
    };
    for (request, field) in [
        (ends(&agenda, "09:30"), "item_id"),
        (ends(&agenda, "08:12"), "occurred_at"),
        (ends(&proposal, "11:31"), "occurred_at"),
    ] {
        assert_eq!(run.office.refused("record_event", request.clone()).details["field"], field, "{request}");
    }
    run.office.undone_and_redone("record_event", ends(&proposal, "10:00"));
    assert_eq!((seconds(&proposal) + 59) / 60, 65, "from 8:40 to 10:00, less the recess");
    run.office.call("record_event", ends(&agenda, "08:20"));
    assert_eq!((seconds(&agenda) + 59) / 60, 8);

    // The hour of the close is corrected, never before what is recorded; and nothing is moved after it.
    let close = run.event_of("session_closed")["id"].clone();
    let moved = |id: &Value, clock: &str| json!({ "event_id": id, "occurred_at": time(clock), "reason": "Se levantó a esa hora." });
    for (id, clock) in [(&close, "09:59"), (&run.event_of("recess_end")["id"], "11:31")] {
        let refused = run.office.refused("correct_event", moved(id, clock));
        assert_eq!(
            (refused.code, &refused.details["field"]),
            (Code::InvalidInput, &json!("occurred_at")),
            "{clock}"
        );
    }
    let corrected = run.office.undone_and_redone("correct_event", moved(&close, "10:00"));
    assert_eq!(corrected["corrections"][0]["field"], "occurred_at");
    run.prints(&["Se levantó la sesión a las 10:00 a. m."]);
    let later = run.office.refused("correct_event", moved(&run.event_of("recess_end")["id"], "10:05"));
    assert!(later.message.es.contains("terminó a las 10:00"), "{later}");
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}

#[test]
fn nothing_is_entered_once_the_minutes_are_adopted() {
    let (run, id) = Run::sent();
    let opening = run.event_of("call_to_order");
    run.left_so(|tx| {
        let id: secretariat::ids::MinutesId = secretariat::ids::MinutesId::new(id.clone())?;
        let minutes: secretariat::minutes::Minutes = tx.get(&id)?;
        tx.put(&secretariat::minutes::Minutes {
            status: secretariat::codes::MinutesStatus::Approved,
            ..minutes
        })
    });
    assert_eq!(run.view()["missed"], json!([]));
    let missed = json!({ "kind": "quorum_check", "occurred_at": time("08:30"), "reason": "Se contó." });
    assert_eq!(run.refused("record_event", missed).code, Code::WrongState);
    let secretary = json!({ "event_id": opening["id"], "secretary_person_id": "per-033" });
    assert_eq!(run.office.refused("correct_event", secretary).code, Code::WrongState);
}
