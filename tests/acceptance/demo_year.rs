//! The demonstration year through the public API: late arrivals, an early leave, a tie and its casting vote, a
//! recusal, a lost connection, a session that was not held.

use secretariat::codes::{Capacity, CommitmentStatus, EventKind, MinutesStatus, SessionStatus};
use secretariat::commitment::Commitment;
use secretariat::course::{self, Course, Facts};
use secretariat::decision::Decision;
use secretariat::ids::{SeatId, SessionId, VoteId};
use secretariat::minutes::Minutes;
use secretariat::rules::VoteResult;
use secretariat::session::Session;
use secretariat::{Actor, Code, Context, Language, Secretariat, api, load, local, verify};
use serde_json::json;

fn context(n: u8) -> Context {
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new("2026-01-15T13:00:00Z".parse().unwrap(), actor, [n; 32], Language::Es)
}

struct Year {
    archive: Secretariat,
    _folder: tempfile::TempDir,
}

impl Year {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("año 2025.actario");
        let (archive, _) = load::create_demo(&path, &context(1), "equipo").unwrap();
        Self { archive, _folder: folder }
    }

    fn course(&self, id: &str) -> (Facts, Course) {
        let facts = self
            .archive
            .query(&context(2), |read| course::facts(read, &SessionId::new(id).unwrap()))
            .unwrap();
        let course = course::course(&facts);
        (facts, course)
    }
}

fn seat(id: &str) -> SeatId {
    SeatId::new(id).unwrap()
}

fn clock(instant: chrono::DateTime<chrono::Utc>) -> String {
    local(instant).format("%H:%M").to_string()
}

#[test]
fn the_year_is_whole_and_sound() {
    let year = Year::new();
    let statuses: Vec<(i64, SessionStatus)> = year
        .archive
        .query(&context(2), |read| read.select::<Session>("ORDER BY number", []))
        .unwrap()
        .iter()
        .map(|session| (session.number.unwrap(), session.status))
        .collect();
    use SessionStatus::{Adjourned, NotHeldNoQuorum};
    assert_eq!(statuses, [(1, Adjourned), (2, Adjourned), (3, NotHeldNoQuorum), (4, Adjourned)]);
    let report = year
        .archive
        .query(&context(3), |read| verify::verify(read, None, &mut secretariat::progress::unwatched))
        .unwrap();
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
    let undone = api::dispatch(&year.archive, &context(4), "undo", json!({})).unwrap_err();
    assert_eq!(undone.code, Code::NotUndoable, "the past that came in is not undone");
    let told = &undone.message.es;
    assert!(told.contains("Corrija cada registro") && !told.contains('—'), "{told}");
}

#[test]
fn people_come_late_and_leave_early() {
    let (_, course) = Year::new().course("ses-2025-01");
    assert_eq!(course.quorum_reached_at.map(clock).as_deref(), Some("08:06"));
    for (who, from, to) in [
        ("com-consejeria", "08:05", "11:42"),
        ("com-movilidad", "08:17", "11:42"),
        ("com-habitat", "08:32", "11:42"),
        ("com-hacienda", "08:05", "10:20"),
        ("com-educacion", "08:05", "11:01"),
    ] {
        let (first, last) = {
            let who = seat(who);
            let stretches: Vec<_> = course.of_seat(&who).collect();
            (clock(stretches[0].from), stretches.last().unwrap().to.map(clock).unwrap())
        };
        assert_eq!((first.as_str(), last.as_str()), (from, to), "{who}");
    }
    // Who went out for a call was away ten minutes and came back.
    assert_eq!(course.of_seat(&seat("com-cultura")).count(), 2);
    // Whose delegation had expired spoke and never counted.
    let expired = course.now_for(&seat("com-gobierno")).unwrap();
    assert_eq!((expired.capacity, expired.counts), (Capacity::NoValidDelegation, false));
    let checks: Vec<u64> = course
        .ledger
        .iter()
        .filter(|line| line.kind == EventKind::QuorumCheck)
        .map(|line| line.verdict.have)
        .collect();
    assert_eq!(checks, [12, 14, 14, 13, 12]);
    assert!(course.ledger.iter().all(|line| line.verdict.need == 9 && line.verdict.base == 16));
}

#[test]
fn a_tie_is_settled_by_the_chair() {
    let (facts, course) = Year::new().course("ses-2025-01");
    let id = VoteId::new("vot-01-07").unwrap();
    let vote = course.vote(&id).unwrap();
    assert_eq!((vote.in_favour, vote.against, vote.abstain), (6, 6, 1));
    let verdict = vote.verdict.as_ref().unwrap();
    assert_eq!((verdict.count.tie, verdict.count.result), (Some(true), VoteResult::Approved));
    assert!(verdict.casting_vote_source.is_some(), "a casting vote cites its norm");
    let written = facts.votes.iter().find(|vote| vote.id == id).unwrap();
    assert_eq!(written.verdict.as_ref(), Some(verdict), "the verdict is kept with the vote");
    assert_eq!(written.entitled.as_ref().map(Vec::len), Some(13));
}

#[test]
fn a_recused_seat_counts_and_does_not_vote() {
    let (facts, course) = Year::new().course("ses-2025-01");
    for id in ["vot-01-05", "vot-01-06"] {
        let vote = course.vote(&VoteId::new(id).unwrap()).unwrap();
        assert_eq!((vote.present.len(), vote.entitled.len()), (14, 13), "{id}");
        assert!(!vote.entitled.contains(&seat("com-desarrollo-economico")), "{id}");
    }
    let recusal = &facts.recusals[0];
    assert_eq!(recusal.left_at.map(clock).as_deref(), Some("09:45"));
    assert!(recusal.blob_id.is_some(), "the declaration is kept");
}

#[test]
fn who_loses_the_connection_misses_the_vote() {
    let (_, course) = Year::new().course("ses-2025-02");
    let vote = course.vote(&VoteId::new("vot-02-04").unwrap()).unwrap();
    assert!(!vote.present.contains(&seat("com-seguridad")) && vote.present.len() == 13);
    // Amending the rules needs two thirds of the members: eleven of sixteen.
    let amendment = course.vote(&VoteId::new("vot-02-07").unwrap()).unwrap().verdict.as_ref().unwrap();
    assert_eq!((amendment.count.required, amendment.count.result), (Some(11), VoteResult::Rejected));
}

#[test]
fn a_session_without_quorum_is_not_held() {
    let (facts, course) = Year::new().course("ses-2025-03");
    assert_eq!(course.status, SessionStatus::NotHeldNoQuorum);
    let declared = course.ledger.iter().find(|line| line.kind == EventKind::NoQuorumDeclared).unwrap();
    assert_eq!((declared.verdict.have, declared.verdict.need, declared.verdict.met), (8, 9, false));
    let late = course.now_for(&seat("com-gobierno")).unwrap();
    assert_eq!((clock(late.from).as_str(), late.counts), ("08:40", false));
    assert!(course.votes.is_empty());
    assert_eq!(facts.session.not_held.as_ref().unwrap().reason, "no_quorum");
}

#[test]
fn decisions_commitments_and_minutes_are_on_record() {
    let year = Year::new();
    year.archive
        .query(&context(5), |read| {
            let decisions: Vec<Decision> = read.select("WHERE number IS NOT NULL ORDER BY number", [])?;
            let numbers: Vec<i64> = decisions.iter().filter_map(|d| d.number).collect();
            assert_eq!(numbers, (1..=16).collect::<Vec<_>>());
            let late: Commitment = read.get("cmp-04-03")?;
            assert_eq!(late.status_on(context(5).today()), CommitmentStatus::Overdue);
            let past: Minutes = read.get("min-2024-04")?;
            assert!(past.imported && past.blob_id.is_some());
            let last: Minutes = read.get("min-2025-04")?;
            assert_eq!(last.status, MinutesStatus::InReview);
            Ok(())
        })
        .unwrap();
}

/// The statistics against what the year's attendance lists say, written apart.
#[test]
fn each_seat_attended_what_the_lists_of_the_year_say() {
    let year = Year::new();
    let request = json!({ "body_id": "body-comision", "from": "2025-01-01" });
    let view =
        api::dispatch(&year.archive, &context(6), "attendance_statistics", request).unwrap()["value"].take();
    assert_eq!((&view["from"], &view["to"]), (&json!("2025-01-01"), &json!("2025-12-31")));
    let data = crate::office::data("demo/sessions.json");
    let ids: Vec<&serde_json::Value> =
        data["sessions"].as_array().unwrap().iter().map(|s| &s["id"]).collect();
    let counted: Vec<&serde_json::Value> =
        view["sessions"].as_array().unwrap().iter().map(|s| &s["id"]).collect();
    assert_eq!(counted, ids, "also the one that was not held: who came, came");
    for seat in view["seats"].as_array().unwrap() {
        let mut expected = std::collections::BTreeMap::new();
        for session in data["sessions"].as_array().unwrap() {
            let rows = session["attendance"].as_array().unwrap();
            let row = rows.iter().find(|r| r["seat_id"] == seat["seat_id"]).unwrap();
            let part = match row["capacity"].as_str().unwrap() {
                "holder" => "holder",
                "acting" => "acting",
                "delegate" => "represented",
                _ if row["excuse"] != true => "absent",
                _ => "excused",
            };
            *expected.entry(part).or_insert(0) += 1;
        }
        for part in ["holder", "acting", "represented", "excused", "absent", "vacant"] {
            let many = expected.get(part).copied().unwrap_or(0);
            assert_eq!(seat[part], many, "{part} of {}", seat["title"]);
        }
        assert_eq!(seat["due"], 4);
    }
}

#[test]
fn rules_being_written_are_tried_on_the_year() {
    let year = Year::new();
    let call = |name: &str, request| {
        api::dispatch(&year.archive, &context(5), name, request).unwrap()["value"].clone()
    };
    let head = || year.archive.query(&context(6), |read| read.head()).unwrap();
    let before = head();
    let body = "body-comision";
    let draft = call("begin_rule_set", json!({ "body_id": body }))["rules"].clone();
    let tried = |rules: &serde_json::Value| call("try_rules", json!({ "body_id": body, "rules": rules }));
    let same = tried(&draft);
    assert_eq!((&same["tried"], &same["older"]), (&json!(4), &json!(false)));
    assert_eq!(same["otherwise"], json!([]), "the rules in force change nothing");

    // Thirteen to debate: the first session would have opened without a quorum, later reached and lost.
    let mut more = draft.clone();
    more["quorum"]["deliberative"] = json!({ "kind": "fixed", "value": 13 });
    let first = tried(&more)["otherwise"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(first["session_id"], "ses-2025-01");
    let opening = &first["differences"][0];
    assert_eq!(opening["kind"], "opening");
    assert!(opening["was"]["es"].as_str().unwrap().ends_with("hay 12"), "{opening}");
    assert!(opening["would_be"]["es"].as_str().unwrap().contains("13 de 16"), "{opening}");
    assert_eq!(first["differences"][1]["would_be"]["es"], "se perdió a las 11:01 a. m.");

    // Unanimity of the members: no vote would have passed, and each says why.
    let mut harder = draft.clone();
    for rule in harder["rules"].as_array_mut().unwrap() {
        rule["base"] = json!("members");
        rule["threshold"] = json!({ "kind": "unanimous" });
    }
    let tried = tried(&harder);
    let vote = tried["otherwise"][0]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["kind"] == "vote")
        .unwrap();
    assert!(vote["would_be"]["es"].as_str().unwrap().starts_with("negada, con"), "{vote}");
    assert!(vote["why"]["es"].as_str().unwrap().contains("16 de 16"), "{vote}");
    assert_eq!(head(), before, "nothing was kept");
}
