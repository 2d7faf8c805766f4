//! Sessions in writing, from the notice to the printed minutes: who replied in time and who did not, what a second reply
//! does, suspensions and extensions, what silence is. On the commission of the demonstration: sixteen seats vote, nine are a
//! quorum.

use secretariat::Code;
use secretariat::api::Op;
use secretariat::body::StoredRuleSet;
use secretariat::rules::WrittenSessions;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, Office, carried, instant};
use crate::preparation::draft;

/// The seats in roll order, the chair's first, each with its holder.
fn seats() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    std::iter::once(&CHAIR).chain(&MEMBERS)
}

/// What the rules say of written sessions in an office.
fn rules(office: &Office, say: impl Fn(&mut WrittenSessions)) {
    office
        .archive
        .transact(&office.context(), Op::Import, |tx| {
            for id in ["rs-comision-2024"] {
                let mut stored: StoredRuleSet = tx.get(id)?;
                stored.rules.sessions.written.allowed = true;
                say(&mut stored.rules.sessions.written);
                tx.put(&stored)?;
            }
            Ok(())
        })
        .unwrap();
}

fn term(opens: &str, closes: &str) -> Value {
    json!({ "opens_at": instant(opens), "closes_at": instant(closes) })
}

/// An office whose rules allow it, with two proposals ready and a written session of 27 March programmed.
fn programmed(say: impl Fn(&mut WrittenSessions)) -> Office {
    let office = Office::at("2025-03-03T08:00");
    rules(&office, say);
    for id in ["pro-a", "pro-b"] {
        draft(&office, id);
        office.call("file_proposal", json!({ "id": id }));
        office.call("review_proposal", json!({ "id": id }));
    }
    office.call(
        "create_session",
        json!({ "id": "ses-1", "body_id": BODY, "kind": "ordinary", "mode": "written", "date": "2025-03-27",
            "replies": term("2025-03-27T08:00", "2025-03-27T17:00"), "secretary_person_id": "per-032" }),
    );
    office.call("build_agenda", json!({ "session_id": "ses-1" }));
    office
}

/// Convened with a motion on each proposal, and opened on its hour.
fn opened(say: impl Fn(&mut WrittenSessions)) -> Run {
    let run = Run { office: programmed(say), session: "ses-1".to_owned() };
    run.motions();
    run.office.go_to("2025-03-18T09:00");
    run.office.call("convene_session", json!({ "id": "ses-1" }));
    run.at("08:10");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    run
}

fn at(clock: &str) -> Value {
    json!(instant(&format!("2025-03-27T{clock}")))
}

impl Run {
    fn motions(&self) {
        for (n, id) in ["m-a", "m-b"].into_iter().enumerate() {
            let text = format!("Aprobar la propuesta {}.", n + 1);
            self.call(
                "file_motion",
                json!({ "id": id, "item_id": self.item("proposal", n), "kind": "substantive", "text": text,
                    "mover_person_id": MEMBERS[3].1 }),
            );
        }
    }

    fn both(value: &str) -> Value {
        json!([{ "motion_id": "m-a", "value": value }, { "motion_id": "m-b", "value": value }])
    }

    /// A reply of a seat's holder on both motions.
    fn reply(&self, id: &str, seat: &str, clock: &str, value: &str) -> Value {
        self.reply_with(id, seat, clock, json!({ "answers": Self::both(value) }))
    }

    fn reply_with(&self, id: &str, seat: &str, clock: &str, more: Value) -> Value {
        let mut request =
            json!({ "id": id, "seat_id": seat, "received_at": at(clock), "means": "institutional_email" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call("record_reply", request)
    }

    /// The first `n` seats of the roll reply at nine, all alike.
    fn reply_all(&self, n: usize, value: &str) {
        for (i, (seat, _)) in seats().take(n).enumerate() {
            self.reply(&format!("r-{i}"), seat, "09:00", value);
        }
    }

    fn written(&self) -> Value {
        self.view()["written"].clone()
    }

    fn may(&self, act: &str) -> bool {
        let steps = self.written()["steps"].clone();
        steps.as_array().unwrap().iter().find(|s| s["act"] == act).unwrap()["blocked"].is_null()
    }

    /// What a reply comes to.
    fn class(&self, id: &str) -> Value {
        let view = self.written();
        let all =
            view["seats"].as_array().unwrap().iter().flat_map(|s| s["replies"].as_array().unwrap().clone());
        all.into_iter().find(|r| r["reply"]["id"] == id).unwrap()["course"]["class"].clone()
    }

    fn close_replies(&self, clock: &str) -> Value {
        self.at(clock);
        self.call("close_replies", json!({}))
    }

    fn vote_of(&self, motion: &str) -> Value {
        let view = self.view();
        let votes = view["votes"].as_array().unwrap();
        let vote = votes.iter().rfind(|v| v["motion_id"] == motion).cloned().unwrap();
        self.office.call("explain_vote", json!({ "vote_id": vote["id"] }))
    }
}

#[test]
fn a_session_in_writing_from_its_notice_to_its_votes() {
    let run = Run { office: programmed(|_| {}), session: "ses-1".to_owned() };
    let office = &run.office;
    // Before it opens: its motions, and what it lacks.
    office.go_to("2025-03-10T09:00");
    let bare = office.refused("convene_session", json!({ "id": "ses-1" }));
    assert_eq!((bare.code, &bare.details["acts"][0]), (Code::WrongState, &json!("file_motion")));
    run.motions();
    office.go_to("2025-03-18T09:00");
    office.call("convene_session", json!({ "id": "ses-1" }));
    let notice = run.view()["session"]["notice"]["announced"].clone();
    assert_eq!(notice["motions"][0]["text"], "Aprobar la propuesta 1.");
    assert_eq!(notice["replies"], term("2025-03-27T08:00", "2025-03-27T17:00"));
    assert_eq!(run.written()["state"], "before");
    // A motion reworded after the notice needs a new one.
    office.call("edit_motion", json!({ "motion_id": "m-b", "text": "Aprobar la propuesta 2 con su costo." }));
    let stale = office.call("check_notice", json!({ "session_id": "ses-1" }));
    assert_eq!(stale["new_notice_due"], true);
    run.at("08:10");
    let open = json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 });
    assert_eq!(run.refused("open_session", open.clone()).details["acts"][0], "renotify_session");
    office.call("edit_motion", json!({ "motion_id": "m-b", "text": "Aprobar la propuesta 2." }));
    // Opened by itself at the hour that was published, whenever that is recorded.
    run.call("open_session", open);
    let view = run.view();
    assert_eq!(view["course"]["opened_at"], at("08:00"));
    assert_eq!((&view["methods"], &view["written"]["state"]), (&json!(["written"]), &json!("running")));

    run.at("09:30");
    let first = run.reply("r-0", CHAIR.0, "08:40", "for");
    assert_eq!((&first["course"]["class"], &first["person"]["id"]), (&json!("counted"), &json!(CHAIR.1)));
    for (n, (seat, _)) in MEMBERS[..9].iter().enumerate() {
        let value = if n < 7 { "for" } else { "against" };
        run.reply(&format!("r-{}", n + 1), seat, "09:00", value);
    }
    let view = run.view();
    let written = &view["written"];
    assert_eq!((&written["quorum"]["have"], &written["quorum"]["met"]), (&json!(10), &json!(true)));
    assert_eq!((&view["votes"], &view["ballots"]), (&json!([]), &json!([])), "no partial tally");
    let line = view["course"]["ledger"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&line["kind"], &line["verdict"]["have"]), (&json!("reply_received"), &json!(10)));
    // Before the term ends it is not closed, nor adjourned.
    let early = run.refused("close_replies", json!({}));
    assert_eq!((early.code, &early.details["closes_at"]), (Code::RuleForbids, &at("17:00")));
    assert_eq!(run.refused("adjourn_session", json!({})).details["acts"][0], "close_replies");
    assert!(!run.may("close_replies") && run.may("term_extended"));

    run.at("17:15");
    assert_eq!(run.written()["state"], "term_over");
    run.reply("late", MEMBERS[10].0, "17:12", "against");
    assert_eq!(run.class("late"), "late");
    let closed = run.close_replies("17:20");
    assert_eq!(closed["written"]["state"], "closed");
    let vote = run.vote_of("m-a");
    assert_eq!(
        (&vote["vote"]["method"], &vote["vote"]["verdict"]["result"]),
        (&json!("written"), &json!("approved"))
    );
    assert_eq!(
        (&vote["course"]["in_favour"], &vote["course"]["against"], &vote["course"]["not_voted"]),
        (&json!(8), &json!(2), &json!([]))
    );
    assert_eq!(vote["vote"]["entitled"].as_array().unwrap().len(), 10);
    assert_eq!(run.view()["ballots"].as_array().unwrap().len(), 20);
    let entries = office.call("list_journal", json!({}));
    let entry = entries.as_array().unwrap().iter().find(|e| e["op"] == "close_replies").unwrap();
    assert_eq!(office.refused("undo", json!({ "entry": entry["seq"] })).code, Code::NotUndoable);

    // Corrected after the close: asked first, with what it would turn, then counted again.
    let mut in_time =
        json!({ "reply_id": "late", "received_at": at("16:59"), "reason": "El buzón dice 4:59." });
    let asked = office.refused("correct_reply", in_time.clone());
    assert_eq!(
        (asked.code, &asked.details["confirm"]),
        (Code::NeedsConfirmation, &json!("accept_changed_votes"))
    );
    in_time["accept_changed_votes"] = json!(true);
    office.call("correct_reply", in_time);
    assert_eq!(run.vote_of("m-a")["course"]["against"], 3);
    assert_eq!(run.vote_of("m-a")["vote"]["recounts"].as_array().unwrap().len(), 1);
}
