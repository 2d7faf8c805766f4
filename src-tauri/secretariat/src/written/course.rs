//! What the replies of a written session come to, folded from what was recorded: its terms, which replies stand and why
//! the others do not, and the ballots that they are.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use super::Reply;
use crate::attendance::Event;
use crate::codes::{
    BallotValue, Capacity, EventKind, MotionStatus, RecusalOutcome, SessionMode, VoteMethod, VoteStatus,
};
use crate::course::Facts;
use crate::failure::Text;
use crate::ids::{BallotId, DelegationId, EventId, MotionId, PersonId, ReplyId, SeatId};
use crate::rules::{ChangedReply, VoteResult};
use crate::vote::{Ballot, Explanation, Motion, Vote};
use crate::{spanish, text};

/// A change of the closing of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TermChange {
    /// The event that made it.
    pub event_id: EventId,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// The closing it had.
    pub was: DateTime<Utc>,
    /// The closing it got.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: Option<String>,
    /// Whether the session was resumed with it.
    pub resumed: bool,
}

/// A term within which the seats reply: the one that the notice published, and one more for each second round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Term {
    /// 1, or 2 for a second round.
    pub round: i64,
    /// When it opened.
    pub opens_at: DateTime<Utc>,
    /// Until when a reply is in time, with its changes.
    pub closes_at: DateTime<Utc>,
    /// Its changes, in order.
    pub changes: Vec<TermChange>,
    /// When the replies were closed and counted; `null` until then.
    pub closed_at: Option<DateTime<Utc>>,
    /// The motions that are replied to in it.
    pub motion_ids: Vec<MotionId>,
}

/// Whether a reply stands, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplyClass {
    /// It stands.
    Counted,
    /// It came after the term.
    Late,
    /// It came before the term.
    BeforeOpening,
    /// It came while the session was suspended, and it has not been resumed.
    OnHold,
    /// It says again what an earlier one said.
    Duplicate,
    /// It says otherwise than another of the seat: by the rules it does not stand.
    Contradictory,
    /// A later one of the seat stands in its place.
    Superseded,
    /// Whoever sent it neither holds the seat nor has a delegation in force.
    NoCapacity,
    /// The seat has voice and no vote.
    NoVote,
    /// Whoever sent it replies for another seat already.
    OtherSeat,
    /// It stands, and answers only what the seat is recused of: it makes the seat present and is no vote.
    Recused,
}

/// A reply and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReplyCourse {
    /// The reply.
    pub reply_id: ReplyId,
    /// The event that received it.
    pub event_id: EventId,
    /// The seat.
    pub seat_id: SeatId,
    /// Who sent it.
    pub person_id: PersonId,
    /// In what capacity.
    pub capacity: Capacity,
    /// By which delegation.
    pub delegation_id: Option<DelegationId>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The round of the term it came in, or for.
    pub round: i64,
    /// Whether it stands, or why not.
    pub class: ReplyClass,
    /// Whether it makes its seat present.
    pub counts: bool,
    /// In words: "Recibida a las 5:12 p. m., después del cierre del plazo (5:00 p. m.): no se cuenta."
    pub text: Text,
}

/// The course of a written session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WrittenCourse {
    /// Its terms, in order; none before it is opened.
    pub terms: Vec<Term>,
    /// Its replies, in the order in which they came; struck ones left out.
    pub replies: Vec<ReplyCourse>,
}

impl WrittenCourse {
    /// The reply that took the place of another of its seat.
    #[must_use]
    pub(crate) fn replaced_by(&self, facts: &Facts, of: &ReplyCourse) -> Option<&ReplyCourse> {
        replaced_by(facts, &self.replies, of)
    }

    /// What a received reply comes to.
    #[must_use]
    pub fn of_event(&self, event: &EventId) -> Option<&ReplyCourse> {
        self.replies.iter().find(|r| r.event_id == *event)
    }

    /// The term that is running, or ran last.
    #[must_use]
    pub fn term(&self) -> Option<&Term> {
        self.terms.last()
    }

    /// The replies of a round that make their seats present.
    pub fn standing(&self, round: i64) -> impl Iterator<Item = &ReplyCourse> {
        self.replies.iter().filter(move |r| r.counts && r.round == round)
    }
}

/// "a las 5:12 p. m." and "5:12 p. m.": an instant, with its day where that is not the session's.
fn clock(facts: &Facts, at: DateTime<Utc>) -> (String, String) {
    let local = crate::local(at);
    let (then, time, day) = (spanish::at_clock(local.time()), spanish::clock(local.time()), local.date());
    match day == facts.session.date {
        true => (then, time),
        false => (format!("{then} del {}", spanish::day_and_month(day)), format!("{time}, {day}")),
    }
}

/// Folds the replies of a written session; `None` for any other.
#[must_use]
pub fn fold(facts: &Facts) -> Option<WrittenCourse> {
    if facts.session.mode != SessionMode::Written {
        return None;
    }
    let window = facts.session.replies?;
    let mut terms: Vec<Term> = Vec::new();
    // Suspensions, each with its end.
    let mut holds: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)> = Vec::new();
    for event in facts.events.iter().filter(|e| e.struck.is_none()) {
        let at = event.occurred_at;
        match (event.kind, terms.last_mut()) {
            (EventKind::CallToOrder, None) => {
                terms.push(term(facts, 1, at, window.closes_at));
            }
            (EventKind::TermOpened, Some(last)) => {
                let round = last.round + 1;
                terms.push(term(facts, round, at, event.until.unwrap_or(at)));
            }
            (EventKind::TermClosed, Some(last)) => last.closed_at = Some(at),
            (EventKind::SessionSuspended, Some(_)) => holds.push((at, None)),
            (EventKind::SessionResumed, Some(last)) => {
                if let Some(hold) = holds.last_mut().filter(|(_, to)| to.is_none()) {
                    hold.1 = Some(at);
                }
                change(last, event, true);
            }
            (EventKind::TermExtended, Some(last)) => change(last, event, false),
            _ => {}
        }
    }
    let mut replies: Vec<ReplyCourse> = Vec::new();
    for event in facts.events.iter().filter(|e| e.struck.is_none() && e.kind == EventKind::ReplyReceived) {
        let reply = facts.replies.iter().find(|r| r.event_id == event.id);
        let (Some(reply), Some(seat), Some(person)) = (reply, &event.seat_id, &event.person_id) else {
            continue;
        };
        let at = event.occurred_at;
        let (capacity, delegation_id) = match event.capacity {
            Some(capacity) => (capacity, event.delegation_id.clone()),
            None => facts.capacity(seat, person, at),
        };
        let term = terms.iter().rev().find(|t| t.opens_at <= at).or(terms.first());
        let votes = facts.frame.seat(seat).is_some_and(|s| s.seat.vote);
        let on_hold = holds.iter().any(|(from, to)| *from < at && to.is_none());
        let class = match term {
            None => ReplyClass::BeforeOpening,
            Some(term) if at < term.opens_at => ReplyClass::BeforeOpening,
            Some(_) if on_hold => ReplyClass::OnHold,
            Some(term) if at > term.closes_at || term.closed_at.is_some_and(|closed| at > closed) => {
                ReplyClass::Late
            }
            Some(_) if !votes => ReplyClass::NoVote,
            Some(_) if !capacity.counts() => ReplyClass::NoCapacity,
            Some(_) => ReplyClass::Counted,
        };
        replies.push(ReplyCourse {
            reply_id: reply.id.clone(),
            event_id: event.id.clone(),
            seat_id: seat.clone(),
            person_id: person.clone(),
            capacity,
            delegation_id,
            received_at: at,
            round: term.map_or(1, |t| t.round),
            class,
            counts: false,
            text: Text::default(),
        });
    }
    settle(facts, &mut replies);
    for n in 0..replies.len() {
        let counts = matches!(replies[n].class, ReplyClass::Counted | ReplyClass::Recused);
        let said = told(facts, &terms, &replies, n);
        replies[n].counts = counts;
        replies[n].text = said;
    }
    Some(WrittenCourse { terms, replies })
}

fn term(facts: &Facts, round: i64, opens_at: DateTime<Utc>, closes_at: DateTime<Utc>) -> Term {
    let motion_ids = put_in(facts, round).map(|m| m.id.clone()).collect();
    Term { round, opens_at, closes_at, changes: Vec::new(), closed_at: None, motion_ids }
}

fn change(term: &mut Term, event: &Event, resumed: bool) {
    let Some(until) = event.until else { return };
    term.changes.push(TermChange {
        event_id: event.id.clone(),
        at: event.occurred_at,
        was: term.closes_at,
        until,
        reason: event.detail.clone(),
        resumed,
    });
    term.closes_at = until;
}

/// The motions that are replied to in a round: all those of the session that were not taken back, or those whose tie is
/// voted again.
pub(super) fn put_in(facts: &Facts, round: i64) -> impl Iterator<Item = &Motion> {
    let tied = move |m: &Motion| {
        facts.votes.iter().any(|v| {
            v.motion_id.as_ref() == Some(&m.id)
                && v.round < round
                && v.status == VoteStatus::Closed
                && v.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::SecondRound)
        })
    };
    let standing = |m: &Motion| !matches!(m.status, MotionStatus::Dismissed | MotionStatus::Withdrawn);
    facts.motions.iter().filter(move |m| standing(m) && (round == 1 || tied(m)))
}

/// Whether a reply says which of the earlier ones of its seat stands.
pub(crate) fn clarifies(facts: &Facts, course: &ReplyCourse) -> bool {
    reply_of(facts, course).is_some_and(|reply| reply.clarifies)
}

/// Of the replies in order, the one that took the place of another of its seat: the one that says which stands, else the
/// next that says otherwise.
fn replaced_by<'a>(facts: &Facts, replies: &'a [ReplyCourse], of: &ReplyCourse) -> Option<&'a ReplyCourse> {
    let later = || {
        replies
            .iter()
            .filter(move |r| r.seat_id == of.seat_id && r.round == of.round && r.received_at > of.received_at)
    };
    let stands = |r: &&ReplyCourse| {
        matches!(r.class, ReplyClass::Counted | ReplyClass::Superseded | ReplyClass::Recused)
    };
    let changed = facts.frame.rule_set.sessions.written.changed_reply == ChangedReply::LastStands;
    let next = later().find(stands).filter(|_| changed);
    next.or_else(|| later().filter(stands).find(|r| clarifies(facts, r)))
}

fn reply_of<'a>(facts: &'a Facts, course: &ReplyCourse) -> Option<&'a Reply> {
    facts.replies.iter().find(|r| r.id == course.reply_id)
}

fn answers(reply: &Reply) -> BTreeMap<&MotionId, BallotValue> {
    reply.answers.iter().map(|a| (&a.motion_id, a.value)).collect()
}

/// Decides, among the replies that came in time from who may send them, which stand.
fn settle(facts: &Facts, replies: &mut [ReplyCourse]) {
    let rule = facts.frame.rule_set.sessions.written.changed_reply;
    // Of each seat and round: the replies that stand together, and whether it contradicted itself.
    let mut standing: BTreeMap<(SeatId, i64), (Vec<usize>, bool)> = BTreeMap::new();
    for n in 0..replies.len() {
        if replies[n].class != ReplyClass::Counted {
            continue;
        }
        let round = replies[n].round;
        let elsewhere = standing.iter().any(|((seat, of), (stand, _))| {
            *of == round
                && *seat != replies[n].seat_id
                && stand.iter().any(|&i| replies[i].person_id == replies[n].person_id)
        });
        if elsewhere {
            replies[n].class = ReplyClass::OtherSeat;
            continue;
        }
        let Some(reply) = reply_of(facts, &replies[n]) else { continue };
        let (stand, contradicted) = standing.entry((replies[n].seat_id.clone(), round)).or_default();
        if reply.clarifies && (!stand.is_empty() || *contradicted) {
            for earlier in 0..n {
                let of_seat =
                    replies[earlier].seat_id == replies[n].seat_id && replies[earlier].round == round;
                if of_seat
                    && matches!(
                        replies[earlier].class,
                        ReplyClass::Counted | ReplyClass::Contradictory | ReplyClass::Duplicate
                    )
                {
                    replies[earlier].class = ReplyClass::Superseded;
                }
            }
            (*stand, *contradicted) = (vec![n], false);
            continue;
        }
        if *contradicted {
            replies[n].class = ReplyClass::Contradictory;
            continue;
        }
        let said = answers(reply);
        let mut before: BTreeMap<&MotionId, BallotValue> = BTreeMap::new();
        for earlier in stand.iter().filter_map(|&i| reply_of(facts, &replies[i])) {
            before.extend(answers(earlier));
        }
        let differs = said.iter().any(|(motion, value)| before.get(motion).is_some_and(|was| was != value));
        let adds = said.keys().any(|motion| !before.contains_key(motion));
        match (stand.is_empty(), differs, rule) {
            (true, ..) => stand.push(n),
            (false, false, _) if adds => stand.push(n),
            (false, false, _) => replies[n].class = ReplyClass::Duplicate,
            (false, true, ChangedReply::FirstStands) => replies[n].class = ReplyClass::Contradictory,
            (false, true, ChangedReply::LastStands) => {
                for i in std::mem::replace(stand, vec![n]) {
                    replies[i].class = ReplyClass::Superseded;
                }
            }
            (false, true, ChangedReply::NoneStands) => {
                for i in std::mem::take(stand) {
                    replies[i].class = ReplyClass::Contradictory;
                }
                replies[n].class = ReplyClass::Contradictory;
                *contradicted = true;
            }
        }
    }
    for course in replies.iter_mut().filter(|r| r.class == ReplyClass::Counted) {
        let Some(reply) = reply_of(facts, course) else { continue };
        let recused = |motion: &MotionId| {
            let item = facts.motions.iter().find(|m| m.id == *motion).map(|m| &m.item_id);
            facts.recusals.iter().any(|r| {
                Some(&r.item_id) == item
                    && r.seat_id == course.seat_id
                    && r.outcome != RecusalOutcome::Rejected
            })
        };
        if !reply.answers.is_empty() && reply.answers.iter().all(|a| recused(&a.motion_id)) {
            course.class = ReplyClass::Recused;
        }
    }
}

/// What a reply comes to, in a sentence.
fn told(facts: &Facts, terms: &[Term], replies: &[ReplyCourse], n: usize) -> Text {
    let course = &replies[n];
    let (at, at_en) = clock(facts, course.received_at);
    let term = terms.iter().find(|t| t.round == course.round);
    let rules = &facts.frame.rule_set;
    let norm = rules.written_session_norm().map_or_else(String::new, |norm| format!(" ({})", norm.citation));
    let of_seat = |r: &&ReplyCourse| r.seat_id == course.seat_id && r.round == course.round;
    let over = facts.events.iter().any(|e| e.struck.is_none() && e.kind == EventKind::SessionClosed);
    // Once the session is over it is told as what happened: so its minutes print it.
    let (counts, is_counted, no_counts, counts_for, votes) = match over {
        true => ("Se contó", "se contó", "no se contó", "contó", "votó"),
        false => ("Se cuenta", "se cuenta", "no se cuenta", "cuenta", "vota"),
    };
    let (it_counts, it_does_not, no_vote) = match over {
        true => ("counted", "did not count", "did not vote"),
        false => ("counts", "does not count", "does not vote"),
    };
    match course.class {
        ReplyClass::Counted => {
            let suspended = terms.iter().flat_map(|t| &t.changes).any(|change| {
                let began = facts.events.iter().rev().find(|e| {
                    e.struck.is_none() && e.kind == EventKind::SessionSuspended && e.occurred_at < change.at
                });
                change.resumed
                    && began
                        .is_some_and(|e| e.occurred_at < course.received_at && course.received_at < change.at)
            });
            match suspended {
                true => text!(
                    "Recibida {at}, con la sesión suspendida, que luego se reanudó: {is_counted}.",
                    "Received at {at_en}, while the session was suspended, which was resumed later: it {it_counts}."
                ),
                false => text!("{counts}.", "It {it_counts}."),
            }
        }
        ReplyClass::Late => {
            let (closes, closes_en) = term.map_or_else(Default::default, |t| {
                clock(facts, t.closed_at.map_or(t.closes_at, |closed| closed.min(t.closes_at)))
            });
            text!(
                "Recibida {at}, después del cierre del plazo ({closes}): {no_counts}.",
                "Received at {at_en}, after the term closed ({closes_en}): it {it_does_not}."
            )
        }
        ReplyClass::BeforeOpening => text!(
            "Recibida {at}, antes de abrirse el plazo: {no_counts}.",
            "Received at {at_en}, before the term opened: it {it_does_not}."
        ),
        ReplyClass::OnHold if over => text!(
            "Recibida {at}, con la sesión suspendida, que no se reanudó: {no_counts}.",
            "Received at {at_en}, while the session was suspended, which was not resumed: it {it_does_not}."
        ),
        ReplyClass::OnHold => text!(
            "Recibida {at}, con la sesión suspendida: se cuenta si se reanuda.",
            "Received at {at_en}, while the session is suspended: it counts if it is resumed."
        ),
        ReplyClass::Duplicate => text!(
            "Dice lo mismo que la anterior: {is_counted} la primera.",
            "It says the same as the earlier one: the first {it_counts}."
        ),
        ReplyClass::Superseded
            if replaced_by(facts, replies, course).is_some_and(|by| clarifies(facts, by)) =>
        {
            let by = replaced_by(facts, replies, course).map(|by| clock(facts, by.received_at));
            let (by, by_en) = by.unwrap_or_default();
            text!(
                "La aclaró la recibida {by}: {is_counted} esa.",
                "The one received at {by_en} made it clear: that one {it_counts}."
            )
        }
        ReplyClass::Superseded => text!(
            "Otra posterior del mismo puesto la reemplaza: {is_counted} la última{norm}.",
            "A later one of the same seat replaces it: the last {it_counts}{norm}."
        ),
        ReplyClass::Contradictory => match rules.sessions.written.changed_reply {
            ChangedReply::FirstStands => text!(
                "Dice otra cosa que la anterior del mismo puesto: {is_counted} la primera{norm}.",
                "It says otherwise than the earlier one of the same seat: the first {it_counts}{norm}."
            ),
            ChangedReply::NoneStands | ChangedReply::LastStands => {
                let (times, times_en): (Vec<String>, Vec<String>) = replies
                    .iter()
                    .filter(of_seat)
                    .filter(|r| r.class == ReplyClass::Contradictory)
                    .map(|r| clock(facts, r.received_at))
                    .unzip();
                let (times, times_en) = (spanish::list(&times), times_en.join(", "));
                match over {
                    true => text!(
                        "El puesto dio respuestas distintas ({times}) y no dijo cuál valía: ninguna se contó.",
                        "The seat gave different replies ({times_en}) and did not say which stood: none counted."
                    ),
                    false => text!(
                        "El puesto dio respuestas distintas ({times}): ninguna se cuenta hasta que diga cuál vale.",
                        "The seat gave different replies ({times_en}): none counts until it says which stands."
                    ),
                }
            }
        },
        ReplyClass::NoCapacity => text!(
            "Quien la envió no es titular del puesto ni tiene delegación vigente: consta y {no_counts}.",
            "Whoever sent it neither holds the seat nor has a delegation in force: it is on record and {it_does_not}."
        ),
        ReplyClass::NoVote => text!(
            "El puesto tiene voz y no voto: consta y {no_counts}.",
            "The seat has voice and no vote: it is on record and {it_does_not}."
        ),
        ReplyClass::OtherSeat => text!(
            "Quien la envió ya respondió por otro puesto, y nadie responde por dos: consta y {no_counts}.",
            "Whoever sent it replied for another seat already, and nobody replies for two: it is on record and {it_does_not}."
        ),
        ReplyClass::Recused => text!(
            "El puesto está impedido en lo que responde: {counts_for} para el quórum y no {votes}.",
            "The seat is recused of what it answers: it {it_counts} for the quorum and {no_vote}."
        ),
    }
}

/// The ballots of the votes in writing, from the replies that stand.
#[must_use]
pub fn ballots(facts: &Facts) -> Vec<Ballot> {
    let Some(course) = fold(facts) else { return Vec::new() };
    let mut ballots: Vec<Ballot> = Vec::new();
    for vote in facts.votes.iter().filter(|v| v.method == VoteMethod::Written) {
        for standing in course.standing(vote.round) {
            let reply = reply_of(facts, standing);
            let answer =
                reply.and_then(|r| r.answers.iter().find(|a| Some(&a.motion_id) == vote.motion_id.as_ref()));
            let voted = |b: &Ballot| b.vote_id == vote.id && b.seat_id == standing.seat_id;
            let Some(answer) = answer
                .filter(|_| !vote.recused_seat_ids.contains(&standing.seat_id) && !ballots.iter().any(voted))
            else {
                continue;
            };
            let Ok(id) = ballot_id(vote, &standing.reply_id) else { continue };
            ballots.push(Ballot {
                id,
                vote_id: vote.id.clone(),
                seat_id: standing.seat_id.clone(),
                person_id: standing.person_id.clone(),
                delegation_id: standing.delegation_id.clone(),
                value: answer.value,
                cast_at: standing.received_at,
            });
        }
    }
    ballots
}

/// The id of the ballot that a reply is in a vote: the same for the same two.
fn ballot_id(vote: &Vote, reply: &ReplyId) -> crate::failure::Result<BallotId> {
    let digest = Sha256::digest(format!("{} {reply}", vote.id));
    BallotId::new(crate::journal::hex(&digest).chars().take(32).collect::<String>())
}

/// The reasons that the replies which stand give with their answers to a motion.
#[must_use]
pub(crate) fn explanations(facts: &Facts, vote: &Vote) -> Vec<Explanation> {
    let Some(course) = fold(facts) else { return Vec::new() };
    let given = |standing: &ReplyCourse| {
        let reply = reply_of(facts, standing)?;
        let answer = reply.answers.iter().find(|a| Some(&a.motion_id) == vote.motion_id.as_ref())?;
        Some(Explanation {
            person_id: standing.person_id.clone(),
            seat_id: Some(standing.seat_id.clone()),
            text: answer.reason.clone().filter(|_| !vote.recused_seat_ids.contains(&standing.seat_id))?,
        })
    };
    course.standing(vote.round).filter_map(given).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::codes::ReplyMeans;
    use crate::course::{course, tests::SESSION};
    use crate::session::ReplyWindow;
    use crate::written::ReplyAnswer;

    /// A reply: its seat, who sends it, its minute, what it says of each motion, and whether it clarifies.
    type Spec = (usize, usize, i64, [u8; 2], bool);

    fn specs() -> impl Strategy<Value = Vec<Spec>> {
        let spec = (0..5_usize, 0..6_usize, -5..70_i64, [0..4_u8, 0..4_u8], any::<bool>());
        proptest::collection::vec(spec, 0..25)
    }

    /// A session of the demonstration held in writing: an hour to reply to two motions, with a suspension in the middle
    /// that may be resumed, and closed after it.
    fn held(specs: &[Spec], rule: ChangedReply, resumed: bool) -> Facts {
        let mut facts = SESSION.clone();
        let opening = facts.opening().unwrap().clone();
        let at = |minutes: i64| opening.occurred_at + TimeDelta::minutes(minutes);
        facts.session.mode = SessionMode::Written;
        facts.session.replies = Some(ReplyWindow { opens_at: at(0), closes_at: at(60) });
        let rules = &mut facts.frame.rule_set;
        rules.sessions.written.allowed = true;
        rules.sessions.written.changed_reply = rule;
        facts.recusals.clear();
        facts.motions.truncate(2);
        for motion in &mut facts.motions {
            (motion.status, motion.vote_id) = (MotionStatus::Filed, None);
        }
        facts.votes.truncate(2);
        for (vote, motion) in facts.votes.iter_mut().zip(&facts.motions) {
            vote.method = VoteMethod::Written;
            (vote.round, vote.motion_id) = (1, Some(motion.id.clone()));
            (vote.verdict, vote.recounts, vote.casting_vote) = (None, Vec::new(), None);
            (vote.recused_seat_ids, vote.status) = (Vec::new(), VoteStatus::Closed);
        }
        let told = |n: usize, kind, minute: i64| Event {
            id: EventId::new(format!("ev-{n}")).unwrap(),
            seq: opening.seq + 1 + i64::try_from(n).unwrap(),
            occurred_at: at(minute),
            kind,
            seat_id: None,
            person_id: None,
            capacity: None,
            ..opening.clone()
        };
        let mut events = vec![opening.clone(), told(900, EventKind::SessionSuspended, 30)];
        if resumed {
            events.push(told(901, EventKind::SessionResumed, 40));
            events.push(told(902, EventKind::TermClosed, 65));
            for (n, vote) in facts.votes.iter().enumerate() {
                let of_vote = |e: Event| Event { vote_id: Some(vote.id.clone()), ..e };
                events.push(of_vote(told(910 + 2 * n, EventKind::VoteOpen, 65)));
                events.push(of_vote(told(911 + 2 * n, EventKind::VoteClose, 65)));
            }
        }
        let holders: Vec<(SeatId, PersonId)> =
            facts.frame.holders.iter().map(|h| (h.seat_id.clone(), h.person_id.clone())).collect();
        facts.replies.clear();
        for (n, (seat, who, minute, said, clarifies)) in specs.iter().copied().enumerate() {
            let event = Event {
                seat_id: Some(holders[seat].0.clone()),
                // Mostly the holder; sometimes somebody else, who holds another seat.
                person_id: Some(holders[if who == 5 { (seat + 1) % 5 } else { seat }].1.clone()),
                ..told(n, EventKind::ReplyReceived, minute)
            };
            let answer = |(motion, value): (&Motion, u8)| {
                let value = *BallotValue::ALL.get(usize::from(value))?;
                Some(ReplyAnswer { motion_id: motion.id.clone(), value, reason: None })
            };
            facts.replies.push(Reply {
                id: ReplyId::new(format!("re-{n}")).unwrap(),
                session_id: facts.session.id.clone(),
                event_id: event.id.clone(),
                means: ReplyMeans::InstitutionalEmail,
                answers: facts.motions.iter().zip(said).filter_map(answer).collect(),
                text: Some("Recibida.".to_owned()),
                clarifies,
                blob_id: None,
                file: None,
                note: None,
            });
            events.push(event);
        }
        events.sort_by(|a, b| (a.occurred_at, a.seq, &a.id).cmp(&(b.occurred_at, b.seq, &b.id)));
        facts.events = events;
        facts.ballots = ballots(&facts);
        facts
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Whatever comes: a seat votes once on a motion, only from replies in time and of who may send them; nobody is in two
        /// seats; who is present is who has a reply that stands; and each reply is told.
        #[test]
        fn whatever_comes_the_count_is_possible(specs in specs(), rule in 0..3_usize, resumed in any::<bool>()) {
            let rule = [ChangedReply::FirstStands, ChangedReply::LastStands, ChangedReply::NoneStands][rule];
            let facts = held(&specs, rule, resumed);
            let written = fold(&facts).unwrap();
            prop_assert_eq!(written.replies.len(), specs.len());
            prop_assert!(written.replies.iter().all(|r| !r.text.es.is_empty() && !r.text.en.is_empty()));
            let term = &written.terms[0];
            for reply in written.replies.iter().filter(|r| r.counts) {
                prop_assert!(term.opens_at <= reply.received_at && reply.received_at <= term.closes_at);
                prop_assert!(reply.capacity.counts());
            }
            let mut voted = BTreeSet::new();
            for ballot in &facts.ballots {
                prop_assert!(voted.insert((&ballot.vote_id, &ballot.seat_id)), "{:?}", ballot);
                prop_assert!(written.standing(1).any(|r| r.seat_id == ballot.seat_id));
            }
            let folded = course(&facts);
            let stand: BTreeSet<&SeatId> = written.standing(1).map(|r| &r.seat_id).collect();
            prop_assert_eq!(folded.present.iter().collect::<BTreeSet<_>>(), stand);
            prop_assert!(crate::course::in_two_seats(&folded.presence).is_empty());
            for vote in &folded.votes {
                prop_assert!(vote.in_favour + vote.against + vote.abstain <= vote.entitled.len() as i64);
            }
        }
    }
}
