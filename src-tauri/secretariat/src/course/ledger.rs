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
        if let Some(same) = stretches.last_mut().filter(|s| (s.have, s.need) == (count.have, count.need)) {
            (same.to, same.until_second) = (to, clock.second(to));
            continue;
        }
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
        told: told(facts, course, &stretches, (from, to)),
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
    let mut had = [false, false];
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
        let vote = facts.votes.iter().find(|v| Some(&v.id) == line.vote_id.as_ref());
        // Where only the quorum to decide turned, that is the one the line is about.
        let (verdict, turn) = match &line.decision {
            Some(decision) if decision.met => (decision, QuorumTurn::Gained),
            Some(decision) => (decision, QuorumTurn::Lost),
            None => (line.verdict.as_ref(), line.turn),
        };
        let gained = turn == QuorumTurn::Gained;
        let before = &mut had[usize::from(line.decision.is_some())];
        let again = gained && std::mem::replace(before, *before || gained);
        LedgerRow {
            event_id: line.event_id.clone(),
            occurred_at: line.occurred_at,
            second: clock.second(line.occurred_at),
            movement: match limits {
                Some(items) if facts.covers(items, line.item_id.as_ref()) => {
                    text!("Se cuenta en el punto", "Counts in the item")
                }
                Some(_) => text!("No se cuenta en el punto", "Does not count in the item"),
                None if line.kind == EventKind::VoteClose
                    && vote.is_some_and(|v| v.status == VoteStatus::Annulled) =>
                {
                    text!("Se anula la votación", "Vote annulled")
                }
                // What was never installed is not adjourned.
                None if line.kind == EventKind::SessionClosed && course.quorum_reached_at.is_none() => {
                    text!("Termina la reunión", "Meeting ended")
                }
                None if line.kind == EventKind::SessionSuspended => {
                    let event = facts.events.iter().find(|e| e.id == line.event_id);
                    match event.and_then(|event| event.until) {
                        Some(until) => {
                            let local = crate::local(until);
                            let (day, clock) = (local.date(), spanish::at_clock(local.time()));
                            text!(dates day;
                                "Se suspende la sesión, que sigue el {day} {clock}",
                                "Session suspended, to go on on {day}"
                            )
                        }
                        None => movement(line.kind),
                    }
                }
                None => movement(line.kind),
            },
            who: person.map(|p| p.full_name.clone()),
            seat_id: seat.map(|s| s.seat.id.clone()),
            seat_number: seat.map(|s| s.seat.number),
            about: vote.map(|v| facts.put_in_words(v).to_owned()),
            opens: line.kind == EventKind::VoteOpen,
            state: state(verdict, turn, again),
            verdict: verdict.clone(),
            turn,
        }
    };
    course.ledger.iter().map(&mut row).collect()
}

/// How the quorum stood after a line.
fn state(verdict: &Verdict, turn: QuorumTurn, again: bool) -> Text {
    match (turn, verdict.met) {
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
        EventKind::RollAnswer => text!("Responde al llamado a lista", "Answers the roll"),
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
        EventKind::ContinuedInformative => {
            text!("Sigue de manera informativa", "Goes on for information only")
        }
        EventKind::VoteOpen => text!("Se abre la votación", "Vote opened"),
        EventKind::VoteClose => text!("Se cierra la votación", "Vote closed"),
        EventKind::RecessStart => text!("Comienza el receso", "Recess begins"),
        EventKind::RecessEnd => text!("Termina el receso", "Recess ends"),
        EventKind::SessionSuspended => text!("Se suspende la sesión", "Session suspended"),
        EventKind::SessionResumed => text!("Se reanuda la sesión", "Session resumed"),
        EventKind::SessionClosed => text!("Se levanta la sesión", "Session adjourned"),
        other => {
            let word = spanish::capitalized(other.label());
            text!("{word}", "{word}")
        }
    }
}

/// The picture in a sentence, of which the rows say no other thing.
fn told(
    facts: &Facts,
    course: &Course,
    stretches: &[Stretch],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Text {
    let seats = facts.frame.voting_seats();
    let several = local(from).date() != local(to).date() || local(from).date() != facts.session.date;
    let clock = |at: DateTime<Utc>| {
        let at = local(at);
        let hour = spanish::clock(at.time());
        let day = if several { format!(" del {}", spanish::day_and_month(at.date())) } else { String::new() };
        let day_en = if several { format!(" on {}", Text::day(at.date()).en) } else { String::new() };
        (format!("{hour}{day}"), format!("{}{day}", spanish::at_clock(at.time())), format!("{hour}{day_en}"))
    };
    let ((begin, _, begin_en), (end, _, end_en)) = (clock(from), clock(to));
    let counts = course.ledger.iter().map(|l| l.verdict.have);
    let (least, most) = match (counts.clone().min(), counts.max()) {
        (Some(least), Some(most)) => (least, most),
        _ => stretches.last().map_or((0, 0), |s| (s.have, s.have)),
    };
    let (span_es, span_en) = match (course.written.is_some(), least == most) {
        (true, _) if most == 1 => ("respondió 1".to_owned(), "1 replied".to_owned()),
        (true, _) => (format!("respondieron {most}"), format!("{most} replied")),
        (false, true) => (format!("hubo {most}"), format!("{most} were present")),
        (false, false) => {
            (format!("hubo entre {least} y {most}"), format!("between {least} and {most} were present"))
        }
    };
    let (need_es, need_en) = needed(facts, course, stretches);
    let turned: Vec<(QuorumTurn, DateTime<Utc>)> = course
        .ledger
        .iter()
        .filter(|l| l.turn != QuorumTurn::Same)
        .map(|l| (l.turn, l.occurred_at))
        .collect();
    let (es, en) = quorum_told(course, &turned, &clock);
    let decided = course.decision_lost_at.filter(|at| !turned.contains(&(QuorumTurn::Lost, *at)));
    let (then_es, then_en) = decided.map_or_else(Default::default, |at| {
        let (_, at_es, at_en) = clock(at);
        (
            format!("; el quórum para decidir se perdió {at_es}"),
            format!("; the quorum to decide was lost at {at_en}"),
        )
    });
    Text {
        es: spanish::sentence(format!(
            "De {begin} a {end}: de {seats} puestos con voto {span_es}; {need_es}, y {es}{then_es}"
        )),
        en: spanish::sentence(format!(
            "From {begin_en} to {end_en}: of {seats} voting seats, {span_en}; {need_en}, and {en}{then_en}"
        )),
    }
}

/// How many seats were needed: to debate, over the session, and to decide where that is another number.
fn needed(facts: &Facts, course: &Course, stretches: &[Stretch]) -> (String, String) {
    let needs = stretches.iter().map(|s| s.need);
    let (low, high) = (needs.clone().min().unwrap_or(0), needs.max().unwrap_or(0));
    let (span_es, span_en) = match low == high {
        true => (format!("{high}"), format!("{high}")),
        false => (format!("entre {low} y {high}"), format!("between {low} and {high}")),
    };
    let rules = course.rules_now(&facts.frame).quorum;
    let decide =
        rules.decision.required(facts.frame.voting_seats()).filter(|_| rules.decision != rules.deliberative);
    let (decide_es, decide_en) = decide
        .map_or_else(Default::default, |n| (format!(" y para decidir {n}"), format!(" and {n} to decide")));
    (
        format!("para deliberar se necesitaban {span_es}{decide_es}"),
        format!("{span_en} were needed to debate{decide_en}"),
    )
}

/// When there was a quorum: from when, when it was lost and when it was regained.
fn quorum_told(
    course: &Course,
    turned: &[(QuorumTurn, DateTime<Utc>)],
    clock: &impl Fn(DateTime<Utc>) -> (String, String, String),
) -> (String, String) {
    let Some(reached) = course.quorum_reached_at else {
        return ("no hubo quórum".to_owned(), "there was no quorum".to_owned());
    };
    let lacked = course.ledger.first().is_some_and(|l| l.turn != QuorumTurn::Gained);
    let lost: Vec<DateTime<Utc>> =
        turned.iter().filter(|(turn, _)| *turn == QuorumTurn::Lost).map(|(_, at)| *at).collect();
    let (_, since_es, since_en) = clock(reached);
    let at_es: Vec<String> = lost.iter().map(|at| clock(*at).1).collect();
    let at_en: Vec<String> = lost.iter().map(|at| clock(*at).2).collect();
    let (lost_es, lost_en) = (spanish::list(&at_es), at_en.join(", "));
    match (lacked, lost.is_empty()) {
        (false, true) => ("el quórum se mantuvo".to_owned(), "the quorum stood".to_owned()),
        (true, true) => (
            format!("hubo quórum desde {}", since_es.trim_start_matches("a ")),
            format!("there was a quorum from {since_en}"),
        ),
        (false, false) => {
            (format!("el quórum se perdió {lost_es}"), format!("the quorum was lost at {lost_en}"))
        }
        (true, false) => (
            format!("hubo quórum desde {} y se perdió {lost_es}", since_es.trim_start_matches("a ")),
            format!("there was a quorum from {since_en} and it was lost at {lost_en}"),
        ),
    }
}
