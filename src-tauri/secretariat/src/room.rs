//! What everybody in the room sees of a session while it is held: the item, the quorum, the vote.
//!
//! It is read from a projector, by guests and the press too, so the reply is built from what the body already heard and
//! has no field for anything else: no name of a member, no ballot, no tally of a vote that is open, no narrative, note,
//! draft, statement or ground of a recusal. A motion appears when its vote opens and not before, even while it is
//! debated: until then its text is the secretary's to mend, and the mover's to withdraw. A vote that was annulled is not
//! shown.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::body::Body;
use crate::codes::{BallotValue, EventKind, MotionKind, SessionMode, SessionStatus, VoteMethod, VoteStatus};
use crate::course::{self, Course, Facts, ItemReach, VoteCourse};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, MotionId};
use crate::journal::Read;
use crate::live::{self, SessionRef};
use crate::rules::{Verdict, VoteResult};
use crate::session::{Session, SessionFrame, plan};
use crate::spanish::{at_clock, clock};
use crate::vote::{self, Ballot, Motion, Vote};
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

/// The totals of a closed vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomTally {
    /// In favour.
    #[serde(rename = "for")]
    pub in_favour: i64,
    /// Against.
    pub against: i64,
    /// Abstaining.
    pub abstain: i64,
    /// Who could and did not; `null` of a secret vote, of which the totals alone are told.
    pub not_voted: Option<i64>,
}

/// What a closed vote came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomOutcome {
    /// What it leads to.
    pub result: VoteResult,
    /// Its totals; `null` of a consensus, of which the objections alone are counted.
    pub tally: Option<RoomTally>,
    /// How many objected to a consensus; `null` of any other vote.
    #[ts(type = "number | null")]
    pub objections: Option<u64>,
    /// Votes in favour that the rule asked for.
    #[ts(type = "number | null")]
    pub required: Option<u64>,
    /// The arithmetic in a sentence, with its norm. Of a tie that waits for the chair it tells no more than the tie.
    pub sentence: Text,
    /// What is still to come of it: the casting vote, the second round; `null` when nothing is.
    pub to_come: Option<Text>,
}

/// How far a vote is. While it is open there is nothing to count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum RoomStage {
    /// It is open.
    Open {
        /// What the rule asks for, with the seats of the moment and its norm; `null` when the rule is not in the rule set.
        asks: Option<Text>,
    },
    /// It was closed.
    Closed {
        /// What it came to.
        outcome: RoomOutcome,
    },
}

/// The vote that is open, or the last one closed in the item being dealt with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomVote {
    /// Which motion of its item it is, in the order in which they were put; `null` of a vote without one.
    #[ts(type = "number | null")]
    pub number: Option<u64>,
    /// Its kind; `null` of a vote without a motion.
    pub kind: Option<MotionKind>,
    /// Its text, as put to the vote; of a vote without a motion, the question. `null` of a motion on a recusal: its words
    /// may tell the ground.
    pub text: Option<String>,
    /// The number of the motion of its item that it would change.
    #[ts(type = "number | null")]
    pub amends: Option<u64>,
    /// The numbers of the other items that it settles.
    pub block: Vec<String>,
    /// How it is taken.
    pub method: VoteMethod,
    /// 1, or 2 for a second round.
    pub round: i64,
    /// How far it is.
    #[serde(flatten)]
    pub stage: RoomStage,
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
        vote: put_to_vote(&facts, &course).filter(|_| under_way).map(|v| shown(&facts, &course, &numbers, v)),
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
    let hour = |at: Option<DateTime<Utc>>| {
        at.map_or_else(Default::default, |at| {
            let time = local(at).time();
            (format!(" {}", at_clock(time)), format!(" at {}", clock(time)))
        })
    };
    let since = |at: DateTime<Utc>| {
        let time = local(at).time();
        let article = crate::spanish::clock_article(time);
        (format!("desde {article} {}", clock(time)), format!("since {}", clock(time)))
    };
    if let Some(closed) = course.closed_at {
        let (es, en) = hour(Some(closed));
        let told = match course.status {
            SessionStatus::NotHeldNoQuorum => text!(
                "La sesión no se realizó por falta de quórum; se cerró{es}.",
                "The session was not held for lack of quorum; it was closed{en}."
            ),
            _ => text!("La sesión se levantó{es}.", "The session was adjourned{en}."),
        };
        return (RoomState::Closed, sentence(told), course.closed_at);
    }
    if let Some(declared) = course.no_quorum_at {
        let (es, en) = hour(Some(declared));
        let told = text!("Se declaró la falta de quórum{es}.", "The lack of quorum was declared{en}.");
        return (RoomState::NoQuorum, sentence(told), course.no_quorum_at);
    }
    if let Some(pause) = course.unresumed() {
        let at = Some(pause.from);
        if pause.kind == EventKind::SessionSuspended {
            let ((es, en), day) = (hour(at), local(pause.from).date());
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
            let (es, en) = hour(Some(lost));
            let told = text!(
                "Se perdió el quórum{es}: no se puede decidir.",
                "The quorum was lost{en}: nothing can be decided."
            );
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
    let resumed = course.pauses.iter().rev().find(|p| p.kind == EventKind::SessionSuspended);
    let told = match resumed.and_then(|p| p.to) {
        Some(at) => {
            let (es, en) = hour(Some(at));
            (text!("La sesión se reanudó{es}.", "The session was resumed{en}."), Some(at))
        }
        None => {
            let (es, en) = hour(course.opened_at);
            (text!("La sesión se instaló{es}.", "The session was opened{en}."), course.opened_at)
        }
    };
    (RoomState::Open, sentence(told.0), told.1)
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

/// The vote that is open; else the last one closed in the item being dealt with. Those annulled are not told.
fn put_to_vote<'a>(facts: &'a Facts, course: &Course) -> Option<&'a Vote> {
    let open = facts.votes.iter().find(|v| v.status == VoteStatus::Open);
    let in_item =
        |v: &&Vote| v.status == VoteStatus::Closed && Some(&v.item_id) == course.current_item_id.as_ref();
    open.or_else(|| facts.votes.iter().rev().find(in_item))
}

fn shown(facts: &Facts, course: &Course, numbers: &[String], vote: &Vote) -> RoomVote {
    let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
    let printed = |id: &AgendaItemId| {
        let n = facts.items.iter().position(|i| i.id == *id)?;
        numbers.get(n).cloned()
    };
    let stage = match course.vote(&vote.id).filter(|_| vote.status == VoteStatus::Closed) {
        Some(counted) => RoomStage::Closed { outcome: outcome(facts, vote, counted) },
        None => RoomStage::Open { asks: asks(facts, course, vote) },
    };
    RoomVote {
        number: motion.and_then(|m| number_of(facts, &m.id)),
        kind: motion.map(|m| m.kind),
        text: match motion {
            Some(motion) if motion.kind == MotionKind::Recusal => None,
            Some(motion) => Some(motion.text.clone()),
            None => Some(vote.question.clone()),
        },
        amends: motion.and_then(|m| m.amends_motion_id.as_ref()).and_then(|id| number_of(facts, id)),
        block: motion.map(|m| m.block_item_ids.iter().filter_map(printed).collect()).unwrap_or_default(),
        method: vote.method,
        round: vote.round,
        stage,
    }
}

/// Which motion of its item it is, in the order in which they were put.
fn number_of(facts: &Facts, id: &MotionId) -> Option<u64> {
    let motion = facts.motions.iter().find(|m| m.id == *id)?;
    let of_item = |m: &&Motion| m.item_id == motion.item_id;
    let before = facts.motions.iter().filter(of_item).position(|m| m.id == *id)?;
    Some(before as u64 + 1)
}

/// What the rule asks of a vote with the seats of the moment: nothing of it comes from the ballots.
fn asks(facts: &Facts, course: &Course, vote: &Vote) -> Option<Text> {
    let rules = course.rules_now(&facts.frame);
    let rule = rules.rule(&vote.rule_id)?;
    Some(rules.asks(rule, &vote::before_voting(facts, course, &vote.recused_seat_ids)))
}

fn outcome(facts: &Facts, vote: &Vote, counted: &VoteCourse) -> RoomOutcome {
    let consensus = vote.method == VoteMethod::Consensus;
    let objected = |b: &&Ballot| b.vote_id == vote.id && b.value == BallotValue::Against;
    let objections = facts.ballots.iter().filter(objected).count() as u64;
    let (in_favour, against, abstain) = (counted.in_favour, counted.against, counted.abstain);
    let seats = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let not_voted = match vote.method {
        VoteMethod::Secret => None,
        VoteMethod::ShowOfHands => {
            Some((seats(counted.entitled.len()) - in_favour - against - abstain).max(0))
        }
        _ => Some(seats(counted.not_voted.len())),
    };
    let sentence = match &counted.verdict {
        Some(verdict) if counted.awaits_casting_vote => {
            let (es, en) = (&verdict.rule.es, &verdict.rule.en);
            let cited = verdict.source.as_ref().map_or_else(String::new, |s| format!(" ({})", s.citation));
            text!("{es}{cited}: empate {in_favour} a {against}", "{en}{cited}: tie {in_favour} to {against}")
        }
        Some(verdict) => verdict.explanation.clone(),
        None => vote::came_to(vote, counted),
    };
    let to_come = if counted.awaits_casting_vote {
        Some(text!(
            "Hay empate: falta el voto dirimente de la presidencia.",
            "There is a tie: the chair's casting vote is to come."
        ))
    } else if vote::second_round_due(facts, vote) {
        Some(text!("Hay empate: falta la segunda vuelta.", "There is a tie: the second round is to come."))
    } else {
        None
    };
    RoomOutcome {
        result: counted.verdict.as_ref().map_or(VoteResult::Invalid, |v| v.count.result),
        tally: (!consensus).then_some(RoomTally { in_favour, against, abstain, not_voted }),
        objections: consensus.then_some(objections),
        required: counted.verdict.as_ref().and_then(|v| v.count.required),
        sentence,
        to_come,
    }
}
