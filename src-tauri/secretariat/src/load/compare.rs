//! Snapshots of the data beside what events, ballots, delegations, holders and rule sets make of them. A
//! difference is a defect of one of the two, so it refuses the load, naming field, value and expected value.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use serde_json::{Map, Value};

use super::data::Data;
use super::format::{self, Clock, CloseResult, OpportunityStatus, SourceKind, VoteResultCode};
use super::{Difference, Log, Problem};
use crate::calendar::Calendar;
use crate::codes::{
    ActivityStatus, EventKind, MinutesStatus, MotionStatus, ProposalStatus, SessionStatus, VoteMethod,
};
use crate::commitment::Commitment;
use crate::course::{self, Course, Facts, VoteCourse};
use crate::delegation::Delegation;
use crate::failure::Result;
use crate::ids::EntityId;
use crate::journal::Read;
use crate::rules::{Deadline, Milestones, Tie, VoteResult};
use crate::{local, text};

/// Compares one file's snapshots.
struct Compare<'a> {
    file: &'a str,
    log: &'a mut Log,
}

impl Compare<'_> {
    /// A snapshot that is given must be what was recomputed; `None` recomputed means there is no such thing.
    fn same<G: Serialize, T: Serialize>(
        &mut self,
        id: impl AsRef<str>,
        field: &str,
        given: Option<G>,
        truth: Option<T>,
    ) {
        let Some(given) = given else { return };
        let json = |value: serde_json::Result<Value>| value.unwrap_or(Value::Null);
        let (got, expected) = (json(serde_json::to_value(given)), json(serde_json::to_value(truth)));
        if got == expected {
            return;
        }
        let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let (shown, computed) = (said(&got), said(&expected));
        let reason = text!(
            "«{field}» dice {shown} y al recalcularlo da {computed}. Corrija uno de los dos.",
            "“{field}” says {shown} and recomputing it gives {computed}. Correct one of the two."
        );
        let mut problem = Problem::new(self.file, id.as_ref(), reason);
        problem.difference = Some(Difference { field: field.to_owned(), got, expected });
        self.log.problems.push(problem);
    }

    fn finding(&mut self, id: impl AsRef<str>, code: &str, text: crate::Text) {
        self.log.finding(self.file, id, code, text);
    }
}

/// What needs no archive: totals, due dates, and statuses on the cut-off day.
pub(super) fn compare_data(data: &Data, today: NaiveDate, log: &mut Log) {
    let day = data.cut_off.unwrap_or(today);
    for (file, body) in &data.bodies {
        let mut at = Compare { file, log };
        let voting = body.seats.iter().filter(|seat| seat.vote).count();
        at.same(&body.id, "voting_seats", body.voting_seats, Some(voting));
        at.same(&body.id, "seats_total", body.seats_total, Some(body.seats.len()));
        for rules in &body.rule_sets {
            let required = u64::try_from(voting).ok().and_then(|seats| rules.quorum.decision.required(seats));
            at.same(
                &rules.id,
                "quorum.value_for_current_seats",
                rules.quorum.value_for_current_seats,
                required,
            );
        }
    }
    for session in &data.sessions {
        let mut at = Compare { file: "sessions.json", log };
        compare_notice(data, session, &mut at);
        compare_commitments(session, day, &mut at);
        compare_minutes(data, session, &mut at);
    }
    let mut at = Compare { file: "past_minutes.json", log };
    for past in &data.past_minutes {
        let truth = minutes_status(past.status, past.published_on, past.signed_on);
        at.same(&past.id, "status", Some(past.status), Some(truth));
    }
    let mut at = Compare { file: "proposals.json", log };
    for (proposal, _) in &data.proposals {
        compare_proposal(data, proposal, &mut at);
    }
    for (file, plan) in &data.work_plans {
        let mut at = Compare { file, log };
        for activity in &plan.activities {
            let done = activity.done_on.map(|done| match activity.due_on {
                Some(due) if done > due => ActivityStatus::FulfilledLate,
                _ => ActivityStatus::Fulfilled,
            });
            if done.is_some() {
                at.same(&activity.id, "status", activity.status, done);
            }
        }
    }
    let mut at = Compare { file: "opportunities.json", log };
    for (opportunity, _) in &data.opportunities {
        let open = opportunity.closes_on.is_none_or(|last| day <= last);
        let truth = if open { OpportunityStatus::Open } else { OpportunityStatus::Closed };
        at.same(&opportunity.id, "status_at_cut_off", opportunity.status_at_cut_off, Some(truth));
    }
    compare_indicators(data, &mut Compare { file: "indicators.json", log });
}

fn compare_notice(data: &Data, session: &format::Session, at: &mut Compare<'_>) {
    let (Some(convocation), Some(convened_at)) = (&session.convocation, session.convened_at) else { return };
    let sent_on = local(convened_at.to_utc()).date();
    let verdict = data
        .rule_set(session)
        .and_then(|rules| rules.check_notice(session.kind, session.date, sent_on, &Calendar::default()));
    at.same(
        &session.id,
        "convocation.required_business_days",
        convocation.required_business_days,
        verdict.as_ref().map(|v| v.need),
    );
    at.same(
        &session.id,
        "convocation.latest_valid_date",
        convocation.latest_valid_date,
        verdict.map(|v| v.latest_date),
    );
}

fn compare_commitments(session: &format::Session, day: NaiveDate, at: &mut Compare<'_>) {
    for given in &session.commitments {
        if let Some(rule) = &given.due_rule {
            let due = u64::try_from(rule.business_days).ok().and_then(|days| {
                Calendar::default().nth_business_day(rule.from, days, crate::calendar::Direction::Forward)
            });
            at.same(&given.id, "due_on", given.due_on, due);
        }
        let commitment = Commitment {
            id: given.id.clone(),
            body_id: session.body_id.clone(),
            session_id: session.id.clone(),
            item_id: None,
            text: String::new(),
            responsible_entity_id: None::<EntityId>,
            responsible_person_id: None,
            due_on: given.due_on,
            due_rule: None,
            status: given.status,
            closed_on: given.closed_on,
            evidence: None,
            note: None,
            blob_id: None,
            file: None,
        };
        at.same(&given.id, "status", Some(given.status), Some(commitment.status_on(day)));
    }
}

/// The status that dates of signature and publication prove; without them, the given one unless it says more.
fn minutes_status(
    given: MinutesStatus,
    published: Option<NaiveDate>,
    signed: Option<NaiveDate>,
) -> MinutesStatus {
    match (published, signed, given) {
        (Some(_), ..) => MinutesStatus::Published,
        (None, Some(_), _) => MinutesStatus::Signed,
        (None, None, MinutesStatus::Published | MinutesStatus::Signed) => MinutesStatus::Approved,
        (None, None, other) => other,
    }
}

fn compare_minutes(data: &Data, session: &format::Session, at: &mut Compare<'_>) {
    let Some(minutes) = &session.minutes else { return };
    let id = &minutes.id;
    at.same(
        id,
        "status",
        Some(minutes.status),
        Some(minutes_status(minutes.status, minutes.published_on, minutes.signed_on)),
    );
    let Some(rules) = data.rule_set(session) else { return };
    let milestones = Milestones {
        session_date: session.date,
        draft_sent: minutes.draft_sent_on,
        signed: minutes.signed_on,
    };
    let term = |deadline: Option<Deadline>| deadline.and_then(|d| d.date(&milestones, &Calendar::default()));
    let terms = &rules.deadlines;
    let (draft, signature) = (term(terms.minutes_draft), term(terms.minutes_signature));
    at.same(id, "draft_deadline", minutes.draft_deadline, draft);
    at.same(id, "remarks_until", minutes.remarks_until, term(terms.minutes_remarks));
    at.same(id, "signature_deadline", minutes.signature_deadline, signature);
    for (code, done, last, es, en) in [
        ("late_draft", minutes.draft_sent_on, draft, "El borrador se envió", "The draft was sent"),
        ("late_signature", minutes.signed_on, signature, "El acta se firmó", "The minutes were signed"),
        (
            "late_publication",
            minutes.published_on,
            term(terms.minutes_publication),
            "El acta se publicó",
            "The minutes were published",
        ),
    ] {
        if let (Some(done), Some(last)) = (done, last)
            && done > last
        {
            at.finding(
                id,
                code,
                text!(
                    "{es} el {done}; el plazo vencía el {last}.",
                    "{en} on {done}; the term ended on {last}."
                ),
            );
        }
    }
}

fn compare_proposal(data: &Data, proposal: &format::Proposal, at: &mut Compare<'_>) {
    let id = &proposal.id;
    let last = proposal.status_history.last().map_or(ProposalStatus::Draft, |change| change.status);
    at.same(id, "status", Some(proposal.status), Some(last));
    if let Some(budget) = &proposal.budget {
        let sum = |kind: Option<SourceKind>| {
            let lines = budget.lines.iter().filter(|line| kind.is_none_or(|kind| line.source_kind == kind));
            lines.map(|line| i128::from(line.amount)).sum::<i128>()
        };
        let whole = |sum: i128| i64::try_from(sum).ok();
        at.same(id, "budget.total", budget.total, whole(sum(None)));
        at.same(id, "budget.city_total", budget.city_total, whole(sum(Some(SourceKind::Entity))));
        at.same(id, "budget.partner_total", budget.partner_total, whole(sum(Some(SourceKind::Partner))));
        for (i, line) in budget.lines.iter().enumerate() {
            let pledged = line.original.as_ref().and_then(|o| o.amount.checked_mul(o.rate));
            if line.original.is_some() {
                at.same(id, &format!("budget.lines[{i}].amount"), Some(line.amount), pledged);
            }
        }
    }
    if let Some(evaluation) = &proposal.evaluation {
        let weights: BTreeMap<&str, f64> = data
            .catalogs
            .iter()
            .flat_map(|catalogs| &catalogs.project_criteria)
            .filter_map(|c| Some((c.id.as_str(), c.other.get("weight")?.as_f64()?)))
            .collect();
        let whole: f64 = weights.values().sum();
        let scale = evaluation.scale_max.unwrap_or(100.0);
        let total: Option<f64> = evaluation
            .scores
            .iter()
            .map(|s| Some(s.score / 5.0 * weights.get(s.criterion_id.as_str())?))
            .sum();
        let total =
            total.filter(|_| whole > 0.0).map(|total| (total / whole * scale * 100.0).round() / 100.0);
        at.same(id, "evaluation.total", evaluation.total, total);
    }
}

fn compare_indicators(data: &Data, at: &mut Compare<'_>) {
    let total = |id: &str, period: Option<&str>| -> f64 {
        data.measurements
            .iter()
            .filter(|(m, _)| m.indicator_id.as_str() == id && period.is_none_or(|p| m.period == p))
            .filter_map(|(m, _)| m.value)
            .sum()
    };
    for (id, expected) in &data.expected_totals {
        for (key, given) in expected.as_object().unwrap_or(&Map::new()) {
            let truth = if key == "accumulated_with_baseline" {
                let indicator = data.indicators.iter().find(|(i, _)| i.id.as_str() == id);
                let baseline = indicator.and_then(|(i, _)| i.baseline.as_ref()).and_then(|b| b.value);
                baseline.unwrap_or(0.0) + total(id, None)
            } else {
                total(id, Some(key))
            };
            at.same(id, &format!("expected_totals.{key}"), given.as_f64(), Some(truth));
        }
    }
}

// ── What needs the fold of a session ────────────────────────────────────────────────────────────────
/// Compares what was written: delegations, and each held session with its course.
pub(super) fn compare_written(read: &Read<'_>, data: &Data, log: &mut Log) -> Result<()> {
    let day = data.cut_off.unwrap_or_else(|| read.ctx.today());
    let mut at = Compare { file: "delegations.json", log };
    for given in &data.delegations {
        let written: Delegation = read.get(&given.id)?;
        at.same(&given.id, "status", given.status, Some(written.status_on(day)));
    }
    for session in data.sessions.iter().filter(|session| !session.events.is_empty()) {
        let facts = course::facts(read, &session.id)?;
        let course = course::course(&facts);
        compare_session(session, &facts, &course, &mut Compare { file: "sessions.json", log });
    }
    Ok(())
}

fn clock(instant: DateTime<Utc>) -> Clock {
    Clock(local(instant).time())
}

fn compare_session(session: &format::Session, facts: &Facts, course: &Course, at: &mut Compare<'_>) {
    let id = &session.id;
    at.same(id, "status", Some(session.status), Some(course.status));
    at.same(id, "start", session.start, course.opened_at.map(clock));
    at.same(id, "end", session.end, course.closed_at.map(clock));
    at.same(id, "voting_seats", session.voting_seats, Some(course.voting_seats));
    let rules = &facts.frame.rule_set;
    let required = rules.quorum.decision.required(facts.frame.voting_seats());
    at.same(id, "quorum_required", session.quorum_required, required);
    at.same(id, "recusal_treatment", session.recusal_treatment, Some(rules.recusal.treatment));
    if let Some(not_held) = &session.not_held {
        let line = course.ledger.iter().find(|line| line.kind == EventKind::NoQuorumDeclared);
        at.same(id, "not_held.declared_at", not_held.declared_at, course.no_quorum_at.map(clock));
        at.same(
            id,
            "not_held.present_at_declaration",
            not_held.present_at_declaration,
            line.map(|l| l.verdict.have),
        );
        at.same(id, "not_held.required", not_held.required, line.map(|l| l.verdict.need));
    } else if course.status == SessionStatus::NotHeldNoQuorum {
        at.finding(
            id,
            "no_reason",
            text!("No dice por qué no se realizó.", "It does not say why it was not held."),
        );
    }
    compare_events(session, course, at);
    for vote in &session.votes {
        compare_vote(vote, course.vote(&vote.id), at);
    }
    compare_attendance(session, course, at);
    for motion in &session.motions {
        at.same(&motion.id, "status", Some(motion.status), Some(motion_status(session, course, motion)));
    }
    for finding in &course.findings {
        let (es, en) = (&finding.text.es, &finding.text.en);
        at.finding(id, &finding.code, text!("{es}", "{en}"));
    }
}

fn compare_events(session: &format::Session, course: &Course, at: &mut Compare<'_>) {
    for event in &session.events {
        let seq = event.seq;
        let line = course.ledger.iter().find(|line| line.seq == seq);
        let verdict = line.map(|line| &line.verdict);
        let field = |name: &str| format!("events[{seq}].{name}");
        at.same(&session.id, &field("present"), event.present, verdict.map(|v| v.have));
        at.same(&session.id, &field("required"), event.required, verdict.map(|v| v.need));
        at.same(&session.id, &field("quorum_met"), event.quorum_met, verdict.map(|v| v.met));
        let vote = event.vote_id.as_ref().and_then(|vote| course.vote(vote));
        let result = match event.kind {
            EventKind::VoteClose => vote.and_then(close_result),
            _ => {
                vote.and_then(|vote| vote.verdict.as_ref()).map(|v| result_code(v.count.result)).map(as_close)
            }
        };
        at.same(&session.id, &field("result"), event.result, result);
    }
}

/// What the closing of a vote came to, before any casting vote.
fn close_result(vote: &VoteCourse) -> Option<CloseResult> {
    let verdict = vote.verdict.as_ref()?;
    Some(if verdict.count.tie == Some(true) && verdict.tie_rule == Tie::ChairCasts {
        CloseResult::Tie
    } else {
        as_close(result_code(verdict.count.result))
    })
}

fn result_code(result: VoteResult) -> VoteResultCode {
    match result {
        VoteResult::Approved => VoteResultCode::Approved,
        VoteResult::Rejected => VoteResultCode::Rejected,
        VoteResult::SecondRound => VoteResultCode::SecondRound,
        VoteResult::TieUnresolved => VoteResultCode::TieUnresolved,
        VoteResult::NoConsensus => VoteResultCode::NoConsensus,
        VoteResult::NoQuorum => VoteResultCode::NoQuorum,
        VoteResult::Invalid => VoteResultCode::Invalid,
    }
}

fn as_close(result: VoteResultCode) -> CloseResult {
    match result {
        VoteResultCode::Approved => CloseResult::Approved,
        VoteResultCode::Rejected => CloseResult::Rejected,
        VoteResultCode::SecondRound => CloseResult::SecondRound,
        VoteResultCode::TieUnresolved => CloseResult::TieUnresolved,
        VoteResultCode::NoConsensus => CloseResult::NoConsensus,
        VoteResultCode::NoQuorum => CloseResult::NoQuorum,
        VoteResultCode::Invalid => CloseResult::Invalid,
    }
}

fn compare_vote(vote: &format::Vote, now: Option<&VoteCourse>, at: &mut Compare<'_>) {
    let id = &vote.id;
    let count = now.and_then(|now| now.verdict.as_ref()).map(|verdict| verdict.count);
    at.same(id, "present", vote.present, now.map(|now| now.present.len()));
    at.same(id, "quorum_required", vote.quorum_required, count.and_then(|c| c.quorum_required));
    if !vote.ballots.is_empty() {
        let tally =
            now.map(|now| format::Tally { r#for: now.in_favour, against: now.against, abstain: now.abstain });
        at.same(id, "tally", vote.tally.as_ref(), tally);
    }
    at.same(id, "base_size", vote.base_size, count.and_then(|c| c.base_size));
    at.same(id, "required", vote.required, count.and_then(|c| c.required));
    at.same(id, "tie", vote.tie, count.and_then(|c| c.tie));
    at.same(id, "result", vote.result, count.map(|c| result_code(c.result)));
    let by_exception = vote.method == VoteMethod::Ordinary;
    if !vote.ballots.is_empty() && vote.roll_recorded_by_exception != by_exception {
        at.same(id, "roll_recorded_by_exception", Some(vote.roll_recorded_by_exception), Some(by_exception));
    }
}

fn compare_attendance(session: &format::Session, course: &Course, at: &mut Compare<'_>) {
    for row in &session.attendance {
        let field = |name: &str| format!("attendance.{}.{name}", row.seat_id);
        let stretches: Vec<_> = course
            .of_seat(&row.seat_id)
            .filter(|presence| row.person_id.as_ref() == Some(&presence.person_id))
            .collect();
        let counts = stretches.iter().any(|presence| presence.counts);
        at.same(&session.id, &field("counts_for_quorum"), row.counts_for_quorum, Some(counts));
        let arrived = stretches.first().map(|presence| presence.from);
        // Whoever does not count answers no roll: the first event that names them may come after they came in.
        let earlier = row.arrived.map(|given| session.instant(given)).is_some_and(|given| {
            !counts
                && course.opened_at.is_some_and(|opened| opened <= given)
                && arrived.is_some_and(|first| given <= first)
        });
        if !earlier {
            at.same(&session.id, &field("arrived"), row.arrived, arrived.map(clock));
        }
        at.same(
            &session.id,
            &field("left"),
            row.left,
            stretches.last().and_then(|presence| presence.to).map(clock),
        );
    }
}

fn motion_status(session: &format::Session, course: &Course, motion: &format::Motion) -> MotionStatus {
    let verdict =
        motion.vote_id.as_ref().and_then(|vote| course.vote(vote)).and_then(|vote| vote.verdict.as_ref());
    let happened = |kind: EventKind| {
        session.events.iter().any(|e| e.kind == kind && e.motion_id.as_ref() == Some(&motion.id))
    };
    match verdict.map(|verdict| verdict.count.result) {
        Some(VoteResult::Approved) => MotionStatus::Approved,
        Some(VoteResult::NoConsensus) => MotionStatus::Filed,
        Some(_) => MotionStatus::Rejected,
        None if happened(EventKind::MotionDenied) => MotionStatus::Dismissed,
        None if happened(EventKind::MotionWithdrawn) => MotionStatus::Withdrawn,
        None => MotionStatus::Filed,
    }
}
