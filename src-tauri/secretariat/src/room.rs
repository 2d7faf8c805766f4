//! What everybody in the room sees of a session while it is held: the item, the quorum, the vote.
//!
//! It is read from a projector, by guests and the press too, so the reply is built from what the body already heard and
//! has no field for anything else: no name of a member, no ballot, no tally of a vote that is open, no narrative, note,
//! draft, statement or ground of a recusal. A motion appears when its vote opens and not before, even while it is
//! debated: until then its text is the secretary's to mend, and the mover's to withdraw. A vote that was annulled is not
//! shown.

mod vote;

pub use vote::{RoomOutcome, RoomStage, RoomTally, RoomVote};

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::body::Body;
use crate::codes::{EventKind, SessionMode, SessionStatus};
use crate::course::{self, Course, Facts, ItemReach};
use crate::failure::{Code, Failure, Result, Text};
use crate::journal::Read;
use crate::live::{self, SessionRef};
use crate::rules::Verdict;
use crate::session::{Session, SessionFrame, plan};
use crate::spanish::{at_clock, clock};
use crate::{local, text};

/// Where a session stands, for who is in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoomState {
    /// It has not been called to order.
    Before,
    /// Called to order, and there has not been a quorum yet.
    Gathering,
    /// It is under way.
    Open,
    /// In recess.
    Recess,
    /// Suspended until another day.
    Suspended,
    /// There was a quorum to decide, and there is none.
    QuorumLost,
    /// The lack of quorum was declared.
    NoQuorum,
    /// It is over.
    Closed,
}

/// An item of the agenda, as it is named aloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomHeading {
    /// Its number as printed.
    pub number: String,
    /// Its title.
    pub title: String,
}

/// The item being dealt with, with its timer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomItem {
    /// Its number as printed.
    pub number: String,
    /// Its title.
    pub title: String,
    /// How many items the agenda has, sub-items aside.
    #[ts(type = "number")]
    pub of: u64,
    /// Planned minutes.
    pub planned_minutes: Option<i64>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// Seconds spent on it up to its last pause.
    pub seconds: i64,
    /// Since when it runs; `null` in a recess.
    pub running_since: Option<DateTime<Utc>>,
}

/// What everybody in the room sees of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomView {
    /// Name of the body.
    pub body: String,
    /// The session: "Sesión ordinaria n.º 3 de 2025".
    pub session: Text,
    /// The day it is (to be) held; `null` of one that was postponed or cancelled.
    pub date: Option<NaiveDate>,
    /// Where it stands.
    pub state: RoomState,
    /// The same in a sentence, with its hour.
    pub told: Text,
    /// Since when it stands there; before it opens, when it is to begin; `null` where no hour was set.
    pub at: Option<DateTime<Utc>>,
    /// The quorum to decide, with its norm; `null` before the session opens and once it is over.
    pub quorum: Option<Verdict>,
    /// The item being dealt with.
    pub item: Option<RoomItem>,
    /// The vote put to the body.
    pub vote: Option<RoomVote>,
    /// The item that comes next.
    pub next: Option<RoomHeading>,
}

/// What everybody in the room sees of a session, opened or about to be.
///
/// # Errors
/// `not_found` for an unknown session; `wrong_state` for one in writing, which has no room.
#[allow(clippy::needless_pass_by_value)]
pub fn room_view(read: &Read<'_>, request: SessionRef) -> Result<RoomView> {
    let session: Session = read.get(&request.session_id)?;
    if session.mode == SessionMode::Written {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión es por escrito: no hay una sala en la que mostrarla. Sus resultados se ven en Sesionar cuando se cierran las respuestas.",
                "The session is in writing: there is no room to show it in. Its results are seen in the session's screen once the replies are closed."
            ),
        ));
    }
    if read.find::<SessionFrame>(&session.id)?.is_none() {
        let body: Body = read.get(&session.body_id)?;
        return Ok(before_opening(body.name, &session));
    }
    let facts = course::facts(read, &session.id)?;
    let course = course::course(&facts);
    let (state, told, at) = standing(&facts, &course);
    let under_way = !matches!(state, RoomState::Closed | RoomState::Suspended);
    let current = facts.items.iter().position(|i| Some(&i.id) == course.current_item_id.as_ref());
    let numbers = live::item_numbers(&facts.items);
    Ok(RoomView {
        body: facts.frame.body_name.clone(),
        session: plan::name(&facts.session),
        date: Some(facts.session.date),
        state,
        told,
        at,
        quorum: under_way.then(|| course.quorum.clone()),
        item: current.filter(|_| under_way).map(|n| item(&facts, &course, &numbers, n)),
        vote: vote::put_to_vote(&facts, &course, &numbers).filter(|_| under_way),
        next: upcoming(&facts, &course, current)
            .filter(|_| under_way)
            .map(|n| RoomHeading { number: numbers[n].clone(), title: facts.items[n].title.clone() }),
    })
}

fn before_opening(body: String, session: &Session) -> RoomView {
    let told = match session.status {
        SessionStatus::Cancelled => text!("La sesión fue cancelada.", "The session was cancelled."),
        SessionStatus::Postponed => text!("La sesión fue aplazada.", "The session was postponed."),
        _ => text!("La sesión no se ha instalado.", "The session has not been opened."),
    };
    let date = Some(session.date)
        .filter(|_| !matches!(session.status, SessionStatus::Cancelled | SessionStatus::Postponed));
    RoomView {
        body,
        session: plan::name(session),
        date,
        state: RoomState::Before,
        told,
        at: date.zip(session.planned_start).map(|(day, start)| crate::instant(day.and_time(start))),
        quorum: None,
        item: None,
        vote: None,
        next: None,
    }
}

/// Where an opened session stands: in a sentence, and since when.
fn standing(facts: &Facts, course: &Course) -> (RoomState, Text, Option<DateTime<Utc>>) {
    let hour = |at: DateTime<Utc>| {
        let time = local(at).time();
        (format!(" {}", at_clock(time)), format!(" at {}", clock(time)))
    };
    let since = |at: DateTime<Utc>| {
        let time = local(at).time();
        let article = crate::spanish::clock_article(time);
        (format!("desde {article} {}", clock(time)), format!("since {}", clock(time)))
    };
    if let Some(closed) = course.closed_at {
        let (es, en) = hour(closed);
        let told = match course.status {
            SessionStatus::NotHeldNoQuorum => text!(
                "La sesión no se realizó por falta de quórum; se cerró{es}.",
                "The session was not held for lack of quorum; it was closed{en}."
            ),
            _ if facts.session.status == SessionStatus::Informative => {
                text!("La reunión, informativa, terminó{es}.", "The meeting, for information, ended{en}.")
            }
            _ => text!("La sesión se levantó{es}.", "The session was adjourned{en}."),
        };
        return (RoomState::Closed, sentence(told), course.closed_at);
    }
    if let Some(declared) = course.no_quorum_at {
        let (es, en) = hour(declared);
        let told = text!("Se declaró la falta de quórum{es}.", "The lack of quorum was declared{en}.");
        return (RoomState::NoQuorum, sentence(told), course.no_quorum_at);
    }
    if let Some(pause) = course.unresumed() {
        let at = Some(pause.from);
        if pause.kind == EventKind::SessionSuspended {
            let ((es, en), day) = (hour(pause.from), local(pause.from).date());
            let told = text!(dates day;
                "La sesión se suspendió{es} del {day} y continúa otro día.",
                "The session was suspended{en} on {day} and goes on another day."
            );
            return (RoomState::Suspended, told, at);
        }
        let (es, en) = since(pause.from);
        return (RoomState::Recess, sentence(text!("En receso {es}.", "In recess {en}.")), at);
    }
    if !course.quorum.met {
        if let Some(lost) = lost_at(course) {
            let (es, en) = hour(lost);
            let told = match course.informative_since {
                Some(_) => text!(
                    "Se perdió el quórum{es}: la sesión sigue de manera informativa.",
                    "The quorum was lost{en}: the session goes on for information only."
                ),
                None => text!(
                    "Se perdió el quórum{es}: no se puede decidir.",
                    "The quorum was lost{en}: nothing can be decided."
                ),
            };
            return (RoomState::QuorumLost, told, Some(lost));
        }
        if let (Some(_), Some(until)) = (course.waiting_since, live::grace_end(facts, course)) {
            let time = local(until).time();
            let (until, article) = (clock(time), crate::spanish::clock_article(time));
            let told = text!(
                "Se espera el quórum hasta {article} {until}.",
                "The quorum is waited for until {until}."
            );
            return (RoomState::Gathering, sentence(told), course.waiting_since);
        }
        let told = match course.opening_check() {
            Some(_) => text!("No hay quórum para decidir.", "There is no quorum to decide."),
            None => text!("Se llama a lista.", "The roll is being called."),
        };
        return (RoomState::Gathering, told, course.opened_at);
    }
    let suspended = course.pauses.iter().rev().find(|p| p.kind == EventKind::SessionSuspended);
    let resumed = suspended.and_then(|p| p.to);
    let at = resumed.or(course.opened_at);
    let (es, en) = at.map(hour).unwrap_or_default();
    let told = match resumed {
        Some(_) => text!("La sesión se reanudó{es}.", "The session was resumed{en}."),
        None => text!("La sesión se instaló{es}.", "The session was opened{en}."),
    };
    (RoomState::Open, sentence(told), at)
}

/// With one full stop, that of "a. m." too.
fn sentence(told: Text) -> Text {
    let once = |said: String| match said.strip_suffix("..") {
        Some(said) => format!("{said}."),
        None => said,
    };
    Text { es: once(told.es), en: once(told.en) }
}

/// When the seats present became fewer than decide; nothing when they never were enough.
fn lost_at(course: &Course) -> Option<DateTime<Utc>> {
    let enough = course.counts.iter().rposition(|count| count.have >= course.quorum.need)?;
    course.counts.get(enough + 1).map(|count| count.at)
}

fn item(facts: &Facts, course: &Course, numbers: &[String], n: usize) -> RoomItem {
    let item = &facts.items[n];
    let timing = course.items.iter().find(|i| i.item_id == item.id);
    RoomItem {
        number: numbers[n].clone(),
        title: item.title.clone(),
        of: facts.items.iter().filter(|i| i.parent_id.is_none()).count() as u64,
        planned_minutes: item.planned_minutes,
        started_at: timing.and_then(|t| t.started_at),
        seconds: timing.map_or(0, |t| t.seconds),
        running_since: timing.and_then(|t| t.running_since),
    }
}

/// The first item after the one being dealt with that nobody got to and that was not postponed.
fn upcoming(facts: &Facts, course: &Course, current: Option<usize>) -> Option<usize> {
    let waits = |item: &AgendaItem| item.outcome.is_none() && course.reach(&item.id) == ItemReach::Unreached;
    let from = current.map_or(0, |n| n + 1);
    (from..facts.items.len()).find(|&n| waits(&facts.items[n]))
}
