//! The quorum ledger as it is shown and annexed to the minutes: each movement with what was needed and what there was,
//! and the seats present over time.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Course, Facts, LedgerLine, QuorumTurn, course, facts, moves};
use crate::codes::{EventKind, VoteStatus};
use crate::failure::{Result, Text};
use crate::ids::{AgendaItemId, EventId, SeatId, VoteId};
use crate::journal::Read;
use crate::live::{SessionRef, item_numbers};
use crate::rules::{Verdict, VoteResult};
use crate::{local, spanish, text};

/// The quorum of a session from its opening to its close, or to now.
///
/// Beside each instant stands its `second`: seconds of session since the opening. The time during which the session was
/// suspended is left out of them, or a session of two days would be a picture of its night.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct QuorumLedger {
    /// When it begins: the call to order, or whatever was recorded first.
    pub from: DateTime<Utc>,
    /// When it ends: the close, or now.
    pub to: DateTime<Utc>,
    /// Seconds of session in all.
    #[ts(type = "number")]
    pub seconds: i64,
    /// Voting seats, N.
    #[ts(type = "number")]
    pub seats: u64,
    /// What the picture shows, in a sentence, for who does not see it.
    pub told: Text,
    /// Each movement and each check, in order.
    pub rows: Vec<LedgerRow>,
    /// The seats present, one stretch after the other without a gap.
    pub stretches: Vec<Stretch>,
    /// The votes that are not annulled.
    pub votes: Vec<VoteMark>,
    /// The items that were begun.
    pub items: Vec<ItemBand>,
    /// Recesses and suspensions.
    pub pauses: Vec<PauseBand>,
    /// Round hours to write under the picture.
    pub ticks: Vec<Tick>,
}

/// A line of the ledger, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LedgerRow {
    /// The event.
    pub event_id: EventId,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Seconds of session.
    #[ts(type = "number")]
    pub second: i64,
    /// What happened.
    pub movement: Text,
    /// Who moved.
    pub who: Option<String>,
    /// Their seat.
    pub seat_id: Option<SeatId>,
    /// Its number.
    pub seat_number: Option<i64>,
    /// What was voted, where it is a vote.
    pub about: Option<String>,
    /// Whether it opens a vote; its close follows.
    pub opens: bool,
    /// Have, need, base, rule and source.
    pub verdict: Verdict,
    /// What it did to the quorum.
    pub turn: QuorumTurn,
    /// How the quorum stood after it: "hay quórum", "se perdió".
    pub state: Text,
}

/// A stretch of the session with the same seats present.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Stretch {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub to: DateTime<Utc>,
    /// Seconds of session at which it begins.
    #[ts(type = "number")]
    pub second: i64,
    /// Seconds of session at which it ends.
    #[ts(type = "number")]
    pub until_second: i64,
    /// Seats counted as present.
    #[ts(type = "number")]
    pub have: u64,
    /// Seats needed to debate.
    #[ts(type = "number")]
    pub need: u64,
    /// Whether they were enough.
    pub met: bool,
}

/// A vote in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VoteMark {
    /// The vote.
    pub vote_id: VoteId,
    /// When it closed, or opened while it is open.
    pub at: DateTime<Utc>,
    /// Seconds of session.
    #[ts(type = "number")]
    pub second: i64,
    /// What was asked.
    pub question: String,
    /// The quorum it was taken with; `null` when its rule is not in the rule set.
    pub quorum: Option<Verdict>,
    /// What came of it; `null` while it is open.
    pub result: Option<VoteResult>,
}

/// An item in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ItemBand {
    /// The item.
    pub item_id: AgendaItemId,
    /// Its number as printed.
    pub number: String,
    /// Its title.
    pub title: String,
    /// When it began.
    pub from: DateTime<Utc>,
    /// Seconds of session at which it began.
    #[ts(type = "number")]
    pub second: i64,
    /// Seconds of session at which it ended, or now.
    #[ts(type = "number")]
    pub until_second: i64,
}

/// A recess or suspension in the picture. A suspension has no width: its time is left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PauseBand {
    /// Recess or suspension.
    pub kind: EventKind,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; `null` while it lasts.
    pub to: Option<DateTime<Utc>>,
    /// Seconds of session at which it begins.
    #[ts(type = "number")]
    pub second: i64,
    /// Seconds of session at which it ends.
    #[ts(type = "number")]
    pub until_second: i64,
}

/// A round hour under the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Tick {
    /// The hour.
    pub at: DateTime<Utc>,
    /// Seconds of session.
    #[ts(type = "number")]
    pub second: i64,
}

/// The quorum ledger of a session that was opened; nothing before it is.
///
/// # Errors
/// `not_found` for an unknown session.
#[allow(clippy::needless_pass_by_value)]
pub fn quorum_ledger(read: &Read<'_>, request: SessionRef) -> Result<Option<QuorumLedger>> {
    if read.find::<crate::session::SessionFrame>(&request.session_id)?.is_none() {
        read.get::<crate::session::Session>(&request.session_id)?;
        return Ok(None);
    }
    let facts = facts(read, &request.session_id)?;
    Ok(ledger(&facts, &course(&facts), read.ctx.now))
}

/// The quorum ledger of a course; `now` ends a session that is under way. Nothing when nothing was recorded.
#[must_use]
pub fn ledger(facts: &Facts, course: &Course, now: DateTime<Utc>) -> Option<QuorumLedger> {
    let first = facts.events.iter().find(|e| e.struck.is_none())?.occurred_at;
    let from = minute(course.opened_at.unwrap_or(first));
    let last = facts.events.iter().rev().find(|e| e.struck.is_none())?.occurred_at;
    let to = minute(course.closed_at.unwrap_or(now.max(last))).max(from);
    let clock = Clock::new(course, from, to);
    let mut stretches: Vec<Stretch> = Vec::with_capacity(course.counts.len());
    for count in &course.counts {
        let at = minute(count.at).clamp(from, to);
        if let Some(before) = stretches.last_mut() {
            before.to = at;
            before.until_second = clock.second(at);
        }
        // Of what changed within a minute, such as the answers to a roll, the last is shown.
        stretches.pop_if(|before| before.from >= at);
        stretches.push(Stretch {
            from: at,
            to,
            second: clock.second(at),
            until_second: clock.second(to),
            have: count.have,
            need: count.need,
            met: count.have >= count.need,
        });
    }
    let numbers = item_numbers(&facts.items);
    let item = |id: &AgendaItemId| facts.items.iter().zip(&numbers).find(|(i, _)| i.id == *id);
    let items = course.items.iter().filter_map(|i| {
        let (item, number) = item(&i.item_id)?;
        let began = i.started_at?;
        Some(ItemBand {
            item_id: i.item_id.clone(),
            number: number.clone(),
            title: item.title.clone(),
            from: began,
            second: clock.second(began),
            until_second: clock.second(i.ended_at.unwrap_or(to)),
        })
    });
    let votes = facts.votes.iter().filter(|v| v.status != VoteStatus::Annulled).map(|vote| {
        let verdict = course.vote(&vote.id).and_then(|v| v.verdict.as_ref());
        let at = vote.closed_at.unwrap_or(vote.opened_at);
        VoteMark {
            vote_id: vote.id.clone(),
            at,
            second: clock.second(at),
            question: vote.question.clone(),
            quorum: verdict.and_then(|v| v.quorum.clone()),
            result: verdict.filter(|_| vote.status == VoteStatus::Closed).map(|v| v.count.result),
        }
    });
    let pauses = course.pauses.iter().map(|pause| PauseBand {
        kind: pause.kind,
        from: pause.from,
        to: pause.to,
        second: clock.second(pause.from),
        until_second: clock.second(pause.to.unwrap_or(to)),
    });
    Some(QuorumLedger {
        from,
        to,
        seconds: clock.second(to),
        seats: facts.frame.voting_seats(),
        told: told(course, &stretches, from, to, facts.frame.voting_seats()),
        rows: rows(facts, course, &clock),
        items: items.collect(),
        votes: votes.collect(),
        pauses: pauses.collect(),
        ticks: clock.ticks(),
        stretches,
    })
}

/// The minute of an instant: times are typed and told to the minute.
fn minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at)
}

/// The time of a session without its suspensions.
struct Clock {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// In order, one apart from the other.
    suspended: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Clock {
    fn new(course: &Course, from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        let mut suspended: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
        for pause in course.pauses.iter().filter(|p| p.kind == EventKind::SessionSuspended) {
            let (begin, end) = (minute(pause.from), pause.to.map_or(to, minute));
            match suspended.last_mut() {
                // Suspended twice without going on between: one suspension.
                Some(before) if begin <= before.1 => before.1 = before.1.max(end),
                _ => suspended.push((begin, end)),
            }
        }
        Self { from, to, suspended }
    }

    /// Seconds of session from the opening to an instant.
    fn second(&self, at: DateTime<Utc>) -> i64 {
        let at = minute(at).clamp(self.from, self.to);
        let within = |t: DateTime<Utc>| t.clamp(self.from, at);
        let suspended = self.suspended.iter().map(|&(from, to)| (within(to) - within(from)).num_seconds());
        (at - self.from).num_seconds() - suspended.sum::<i64>()
    }

    /// Round hours, few enough to be read side by side.
    fn ticks(&self) -> Vec<Tick> {
        const MOST: i64 = 8;
        let minutes = self.second(self.to) / 60;
        let step =
            [5, 10, 15, 30, 60, 120, 240].into_iter().find(|step| minutes / step <= MOST).unwrap_or(480);
        let whole = step * 60;
        let begin = crate::local(self.from).and_utc().timestamp();
        let ahead = (whole - begin.rem_euclid(whole)).rem_euclid(whole);
        let mut ticks = Vec::new();
        let mut at = self.from + TimeDelta::seconds(ahead);
        while at <= self.to && ticks.len() < 64 {
            match self.suspended.iter().find(|(from, to)| *from <= at && at < *to) {
                // Nothing is written inside a suspension: the next round hour after it.
                Some(&(_, resumed)) => {
                    at += TimeDelta::seconds(((resumed - at).num_seconds() + whole - 1) / whole * whole);
                }
                None => {
                    ticks.push(Tick { at, second: self.second(at) });
                    at += TimeDelta::seconds(whole);
                }
            }
        }
        ticks
    }
}

fn rows(facts: &Facts, course: &Course, clock: &Clock) -> Vec<LedgerRow> {
    let mut had = false;
    let mut row = |line: &LedgerLine| {
        // Of what the chair does nobody is told to have moved.
        let moved = moves(line.kind)
            || matches!(
                line.kind,
                EventKind::RecusalLeftRoom
                    | EventKind::ItemStart
                    | EventKind::DelegationRevoked
                    | EventKind::ReplyReceived
            );
        // Whoever attends for some items alone is told to count in one, or not to.
        let limits = line.seat_id.as_ref().filter(|_| line.kind == EventKind::ItemStart).and_then(|seat| {
            let then = |p: &&super::Presence| {
                p.from <= line.occurred_at && p.to.is_none_or(|to| line.occurred_at < to)
            };
            course.of_seat(seat).find(then).map(|p| &p.items).filter(|items| !items.is_empty())
        });
        let seat = line.seat_id.as_ref().filter(|_| moved).and_then(|id| facts.frame.seat(id));
        let person = line.person_id.as_ref().filter(|_| moved).and_then(|id| facts.frame.person(id));
        let again = had && line.turn == QuorumTurn::Gained;
        had |= line.turn == QuorumTurn::Gained;
        LedgerRow {
            event_id: line.event_id.clone(),
            occurred_at: line.occurred_at,
            second: clock.second(line.occurred_at),
            movement: match limits {
                Some(items) if facts.covers(items, line.item_id.as_ref()) => {
                    text!("Se cuenta en el punto", "Counts in the item")
                }
                Some(_) => text!("No se cuenta en el punto", "Does not count in the item"),
                None => movement(line.kind),
            },
            who: person.map(|p| p.full_name.clone()),
            seat_id: seat.map(|s| s.seat.id.clone()),
            seat_number: seat.map(|s| s.seat.number),
            about: facts
                .votes
                .iter()
                .find(|v| Some(&v.id) == line.vote_id.as_ref())
                .map(|v| v.question.clone()),
            opens: line.kind == EventKind::VoteOpen,
            state: state(line, again),
            verdict: line.verdict.clone(),
            turn: line.turn,
        }
    };
    course.ledger.iter().map(&mut row).collect()
}

/// How the quorum stood after a line.
fn state(line: &LedgerLine, again: bool) -> Text {
    match (line.turn, line.verdict.met) {
        (QuorumTurn::Gained, _) if again => text!("se recuperó", "regained"),
        (QuorumTurn::Gained, _) => text!("hay quórum", "quorum"),
        (QuorumTurn::Lost, _) => text!("se perdió", "lost"),
        (QuorumTurn::Same, true) => text!("hay quórum", "quorum"),
        (QuorumTurn::Same, false) => text!("sin quórum", "no quorum"),
    }
}

/// What moved the count, in the words of the ledger.
fn movement(kind: EventKind) -> Text {
    match kind {
        EventKind::QuorumCheck => text!("Verificación del quórum", "Quorum checked"),
        EventKind::Arrival => text!("Llega", "Arrives"),
        EventKind::LateArrivalAfterDeclaration => {
            text!("Llega después de la declaración", "Arrives after the declaration")
        }
        EventKind::InvalidDelegation => {
            text!("Asiste sin delegación vigente", "Attends without a delegation")
        }
        EventKind::Departure => text!("Se retira", "Leaves"),
        EventKind::TemporaryDeparture => text!("Sale por un momento", "Steps out"),
        EventKind::Return => text!("Regresa", "Returns"),
        EventKind::ConnectionLost => text!("Pierde la conexión", "Loses the connection"),
        EventKind::Reconnected => text!("Recupera la conexión", "Reconnects"),
        EventKind::RecusalLeftRoom => text!("Sale por impedimento", "Leaves by recusal"),
        EventKind::DelegationRevoked => text!("Se revoca su delegación", "Their delegation is revoked"),
        EventKind::ItemStart => text!("No ha regresado", "Has not returned"),
        EventKind::ReplyReceived => text!("Responde", "Replies"),
        EventKind::TermClosed => text!("Se cierran las respuestas", "Replies closed"),
        EventKind::SecondCall => text!("Segunda convocatoria", "Second call"),
        EventKind::NoQuorumDeclared => text!("Se declara la falta de quórum", "Lack of quorum declared"),
        EventKind::VoteOpen => text!("Se abre la votación", "Vote opened"),
        EventKind::VoteClose => text!("Se cierra la votación", "Vote closed"),
        EventKind::RecessEnd => text!("Termina el receso", "Recess ends"),
        EventKind::SessionResumed => text!("Se reanuda la sesión", "Session resumed"),
        EventKind::SessionClosed => text!("Se levanta la sesión", "Session adjourned"),
        other => {
            let word = spanish::capitalized(other.label());
            text!("{word}", "{word}")
        }
    }
}

/// The picture in a sentence.
fn told(course: &Course, stretches: &[Stretch], from: DateTime<Utc>, to: DateTime<Utc>, seats: u64) -> Text {
    let clock = |at: DateTime<Utc>| spanish::clock(local(at).time());
    let (begin, end) = (clock(from), clock(to));
    // The roll being called is no quorum lost: what counts begins with the quorum.
    let counted = || stretches.iter().filter(|s| course.quorum_reached_at.is_none_or(|at| at < s.to));
    let least = counted().map(|s| s.have).min().unwrap_or(0);
    let most = stretches.iter().map(|s| s.have).max().unwrap_or(0);
    let need = stretches.last().map_or(0, |s| s.need);
    let lost = course.ledger.iter().filter(|l| l.turn == QuorumTurn::Lost).map(|l| clock(l.occurred_at));
    let lost: Vec<String> = lost.collect();
    let (es, en) = match (course.quorum_reached_at, lost.as_slice()) {
        (None, _) => ("no hubo quórum".to_owned(), "there was no quorum".to_owned()),
        (Some(_), []) => ("el quórum se mantuvo".to_owned(), "the quorum stood".to_owned()),
        (Some(_), lost) => {
            let at = spanish::list(lost);
            (format!("el quórum se perdió a las {at}"), format!("the quorum was lost at {}", lost.join(", ")))
        }
    };
    let (span_es, span_en) = if least == most {
        (format!("hubo {most}"), format!("{most} were present"))
    } else {
        (format!("hubo entre {least} y {most}"), format!("between {least} and {most} were present"))
    };
    let es = format!(
        "De {begin} a {end}: de {seats} puestos con voto {span_es}; para deliberar se necesitaban {need}, y {es}"
    );
    let en = format!(
        "From {begin} to {end}: of {seats} voting seats, {span_en}; {need} were needed to debate, and {en}"
    );
    Text { es: spanish::sentence(es), en: spanish::sentence(en) }
}
