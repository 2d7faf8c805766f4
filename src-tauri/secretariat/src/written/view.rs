//! A written session as its screen shows it: the term, each seat's replies, and what may be done next. What the motions
//! have so far is never counted before the replies are closed.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::replying::all_replied;
use super::{Reply, ReplyCourse, Term, WrittenCourse};
use crate::codes::{SeatRole, SessionMode, VoteStatus};
use crate::course::{self, Course, Facts};
use crate::failure::{Failure, Result, Text};
use crate::ids::{MotionId, ReplyId, SeatId};
use crate::journal::Read;
use crate::rules::{QuorumKind, Verdict};
use crate::session::{FramePerson, ReplyWindow};
use crate::{spanish, text, vote};

/// Where a written session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WrittenState {
    /// Not opened yet.
    Before,
    /// Replies are received.
    Running,
    /// Suspended.
    Suspended,
    /// The term ended and the replies are to be closed.
    TermOver,
    /// The replies were closed and counted.
    Closed,
}

/// A reply with what it comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReplyLine {
    /// The reply as recorded.
    pub reply: Reply,
    /// What it comes to; `null` when it was struck out.
    pub course: Option<ReplyCourse>,
    /// Who sent it.
    pub person: Option<FramePerson>,
    /// The delegation they replied by, as cited.
    pub delegation: Option<String>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Why it was struck out.
    pub struck: Option<String>,
}

/// A seat's line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReplySeat {
    /// The seat.
    pub seat_id: SeatId,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Whether it is the chair's.
    pub chair: bool,
    /// Whether it votes.
    pub vote: bool,
    /// Who would reply for it; `null` when nobody holds it.
    pub person: Option<FramePerson>,
    /// Whether a reply of it stands in the term that runs, or ran last.
    pub replied: bool,
    /// When the first one that stands came.
    pub replied_at: Option<DateTime<Utc>>,
    /// Every reply of it, struck ones included, in the order in which they came.
    pub replies: Vec<ReplyLine>,
}

/// Something that may be done next, or why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WrittenStep {
    /// `open_session`, `record_reply`, `session_suspended`, `session_resumed`, `term_extended`, `close_replies`,
    /// `term_opened` or `adjourn_session`: a call, or a kind of event to record.
    pub act: String,
    /// Why it may not be done now; `null` when it may.
    pub blocked: Option<Text>,
}

/// A written session as its screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WrittenView {
    /// Where it stands.
    pub state: WrittenState,
    /// What the rules say of it, in words.
    pub rules: Text,
    /// The norm that allows it.
    pub norm: Option<String>,
    /// The term as it was published.
    pub published: Option<ReplyWindow>,
    /// Its terms with their changes.
    pub terms: Vec<Term>,
    /// Until when a reply is in time, of the term that runs, or ran last.
    pub closes_at: Option<DateTime<Utc>>,
    /// Each seat, in roll order.
    pub seats: Vec<ReplySeat>,
    /// How many seats replied in time, of how many, and how many make the quorum.
    pub quorum: Verdict,
    /// Whether every seat that votes replied: then the replies may be closed before the term ends.
    pub all_replied: bool,
    /// The motions that are replied to.
    pub motion_ids: Vec<MotionId>,
    /// What may be done next.
    pub steps: Vec<WrittenStep>,
}

/// The lines of a session's replies, in the order in which they came.
fn lines(facts: &Facts, folded: Option<&WrittenCourse>) -> Vec<(SeatId, ReplyLine)> {
    let of_event = |event: &crate::attendance::Event| {
        let reply = facts.replies.iter().find(|r| r.event_id == event.id)?;
        let delegation = event.delegation_id.as_ref();
        let delegation = facts.frame.delegations.iter().find(|d| Some(&d.id) == delegation);
        Some((
            event.seat_id.clone()?,
            ReplyLine {
                course: folded.and_then(|w| w.of_event(&event.id)).cloned(),
                person: event.person_id.as_ref().and_then(|p| facts.frame.person(p)).cloned(),
                delegation: delegation.map(|d| d.act.cited()),
                received_at: event.occurred_at,
                struck: event.struck.clone(),
                reply: reply.clone(),
            },
        ))
    };
    facts.events.iter().filter_map(of_event).collect()
}

/// One reply with what it comes to.
pub(super) fn line(read: &Read<'_>, id: &ReplyId) -> Result<ReplyLine> {
    let reply: Reply = read.get(id)?;
    let facts = course::facts(read, &reply.session_id)?;
    let folded = super::fold(&facts);
    let found = lines(&facts, folded.as_ref()).into_iter().find(|(_, l)| l.reply.id == *id);
    found.map(|(_, line)| line).ok_or_else(|| Failure::not_found("reply", id.as_str()))
}

/// A written session as its screen shows it; `None` for any other.
#[must_use]
pub fn view(facts: &Facts, course: &Course, now: DateTime<Utc>) -> Option<WrittenView> {
    if facts.session.mode != SessionMode::Written {
        return None;
    }
    let folded = course.written.as_ref();
    let term = folded.and_then(WrittenCourse::term);
    let all = lines(facts, folded);
    let standing = |seat: &SeatId| {
        let (folded, term) = folded.zip(term)?;
        folded.standing(term.round).find(|r| r.seat_id == *seat).map(|r| r.received_at)
    };
    let day = facts.last_sitting();
    let seat = |s: &crate::session::FrameSeat| {
        let id = &s.seat.id;
        let holder = facts.frame.holder_on(id, day).and_then(|h| facts.frame.person(&h.person_id));
        ReplySeat {
            seat_id: id.clone(),
            number: s.seat.number,
            title: s.seat.title.clone(),
            chair: s.seat.role == SeatRole::Chair,
            vote: s.seat.vote,
            person: holder.cloned(),
            replied: standing(id).is_some(),
            replied_at: standing(id),
            replies: all.iter().filter(|(of, _)| of == id).map(|(_, line)| line.clone()).collect(),
        }
    };
    let suspended = course.unresumed().is_some();
    let state = match term {
        None => WrittenState::Before,
        Some(term) if term.closed_at.is_some() || course.closed_at.is_some() => WrittenState::Closed,
        Some(_) if suspended => WrittenState::Suspended,
        Some(term) if now > term.closes_at => WrittenState::TermOver,
        Some(_) => WrittenState::Running,
    };
    let all_replied = folded.zip(term).is_some_and(|(w, t)| all_replied(facts, w, t.round));
    let rules = &facts.frame.rule_set;
    Some(WrittenView {
        state,
        rules: rules.written_text(),
        norm: rules.written_session_norm().map(|norm| norm.citation),
        published: facts.session.replies,
        terms: folded.map(|w| w.terms.clone()).unwrap_or_default(),
        closes_at: term.map(|t| t.closes_at).or(facts.session.replies.map(|r| r.closes_at)),
        seats: facts.frame.seats.iter().map(seat).collect(),
        quorum: course.rules_now(&facts.frame).check_quorum(
            QuorumKind::Deliberative,
            facts.frame.voting_seats(),
            course.present.len() as u64,
        ),
        all_replied,
        motion_ids: match term {
            Some(term) => term.motion_ids.clone(),
            None => super::course::put_in(facts, 1).map(|m| m.id.clone()).collect(),
        },
        steps: steps(facts, course, state, (term, all_replied)),
    })
}

/// What may be done next, each with why not.
fn steps(
    facts: &Facts,
    course: &Course,
    state: WrittenState,
    (term, all_replied): (Option<&Term>, bool),
) -> Vec<WrittenStep> {
    use WrittenState as S;
    let over = course.closed_at.is_some();
    let not = |es: &str, en: &str| Some(text!("{es}", "{en}"));
    let ended = || not("La sesión terminó.", "The session is over.");
    let closed = || not("Las respuestas ya se cerraron.", "The replies are closed already.");
    let unopened = || not("La sesión no se ha abierto.", "The session has not been opened.");
    let paused = || not("La sesión está suspendida.", "The session is suspended.");
    let tied = facts.votes.iter().any(|v| v.status == VoteStatus::Closed && vote::second_round_due(facts, v));
    let closing = || {
        let closes = term.map(|t| crate::local(t.closes_at));
        let at = closes.map_or_else(String::new, |at| {
            format!("{} del {}", spanish::at_clock(at.time()), spanish::date(at.date()))
        });
        let at_en =
            closes.map_or_else(String::new, |at| format!("{} on {}", spanish::clock(at.time()), at.date()));
        Some(text!(
            "El plazo termina {at}; se cierra antes si responden todos los puestos.",
            "The term ends at {at_en}; it is closed before if every seat replies."
        ))
    };
    let steps = [
        (
            "open_session",
            match state {
                S::Before => None,
                _ => not("La sesión ya se abrió.", "The session was opened already."),
            },
        ),
        ("record_reply", if state == S::Before { unopened() } else { None }),
        (
            "session_suspended",
            match state {
                _ if over => ended(),
                S::Before => unopened(),
                S::Suspended => paused(),
                S::Closed => closed(),
                S::Running | S::TermOver => None,
            },
        ),
        (
            "session_resumed",
            match state {
                S::Suspended => None,
                _ => not("La sesión no está suspendida.", "The session is not suspended."),
            },
        ),
        (
            "term_extended",
            match state {
                _ if over => ended(),
                S::Before => unopened(),
                S::Running => None,
                S::Suspended => not(
                    "La sesión está suspendida: al reanudarla se dice hasta cuándo se responde.",
                    "The session is suspended: its resumption says until when replies are received.",
                ),
                S::TermOver => {
                    not("El plazo ya venció: no se amplía.", "The term ended: it is not extended.")
                }
                S::Closed => closed(),
            },
        ),
        (
            "close_replies",
            match state {
                _ if over => ended(),
                S::Before => unopened(),
                S::Suspended => paused(),
                S::Running if all_replied => None,
                S::Running => closing(),
                S::TermOver => None,
                S::Closed => closed(),
            },
        ),
        (
            "term_opened",
            match state {
                _ if over => ended(),
                S::Closed if tied => None,
                _ => not("No hay un empate por repetir.", "No tie is to be voted again."),
            },
        ),
        (
            "adjourn_session",
            match state {
                _ if over => ended(),
                S::Before => unopened(),
                S::Closed | S::Suspended => None,
                S::Running | S::TermOver => not("Cierre antes las respuestas.", "Close the replies first."),
            },
        ),
    ];
    steps.map(|(act, blocked)| WrittenStep { act: act.to_owned(), blocked }).into()
}
