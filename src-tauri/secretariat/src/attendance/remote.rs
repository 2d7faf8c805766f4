//! What a meeting platform's report would change in the record of a session, and recording what the secretary chose of it.
//!
//! [`proposals`] writes nothing. It matches each name of the report with a seat, makes drops as short as the rules let
//! pass no drops, and proposes movements. [`apply`] records the chosen ones in one act.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::report::{self, Connected, Connection, ReportPlatform, ReportProblem};
use super::{Correction, Event};
use crate::codes::{AttendanceMode, Capacity, EventKind};
use crate::course::{self, Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{EventId, PersonId, SeatId, SessionId};
use crate::journal::{Read, Tx};
use crate::live::{self, Candidate};
use crate::person::{Person, PersonContact};
use crate::session::FramePerson;
use crate::{text, typed};

/// Times of the record are typed to the minute: what is so near is the same.
const NEAR: TimeDelta = TimeDelta::minutes(2);
/// The most rows applied at once.
const MAX_APPLIED: usize = 2_000;

/// A meeting platform's report of a session that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadAttendanceReport {
    /// The session.
    pub session_id: SessionId,
    /// The report: CSV or TSV.
    pub file: CarriedFile,
}

/// How a name of a report was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// Its address is the person's.
    Email,
    /// Its words are those of one name alone.
    Name,
}

/// A seat and a person that a name of a report may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReportCandidate {
    /// The seat.
    pub seat_id: SeatId,
    /// The person.
    pub person: FramePerson,
    /// In what capacity they would attend for it.
    pub capacity: Capacity,
}

/// A movement that a report proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposedEvent {
    /// Arrival, departure, connection lost or recovered.
    pub kind: EventKind,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Whether the record has it already: then it is left out.
    pub recorded: bool,
}

/// A person of a report and what it proposes of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReportPerson {
    /// The name as in the report.
    pub name: String,
    /// The address as in the report.
    pub email: Option<String>,
    /// Who it is, when that is certain.
    pub person: Option<FramePerson>,
    /// The seat they attend for, when that is certain.
    pub seat_id: Option<SeatId>,
    /// How they were matched.
    pub by: Option<MatchedBy>,
    /// The seats and people that it may be, when it is not certain.
    pub candidates: Vec<ReportCandidate>,
    /// When they were connected, drops that the rules let pass left out.
    pub connections: Vec<Connection>,
    /// How many drops were let pass.
    pub short_drops: u32,
    /// The movements proposed.
    pub events: Vec<ProposedEvent>,
    /// Why nothing is proposed, when nothing is.
    pub dropped: Option<Text>,
}

/// A report as read, and what it proposes. Nothing of it is recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AttendanceReport {
    /// Whose report it is.
    pub platform: ReportPlatform,
    /// The zone of its times: "UTC-05:00".
    pub zone: String,
    /// Whether the report says its zone; otherwise Bogotá's was taken.
    pub zone_said: bool,
    /// Whether its dates say the day before the month.
    pub day_first: bool,
    /// The rows of its table.
    pub rows: u32,
    /// The minutes that a drop may last without being a departure, by the rules; `null` when they say nothing and every
    /// drop is one.
    pub disconnection_minutes: Option<u32>,
    /// What was understood of it, in words.
    pub text: Text,
    /// Its people.
    pub people: Vec<ReportPerson>,
    /// Rows that were not read.
    pub problems: Vec<ReportProblem>,
}

/// Reads a report and proposes what it would add to the record.
///
/// # Errors
/// `wrong_state` when the session was not opened; `invalid_input` naming `file` when the report does not read.
#[allow(clippy::needless_pass_by_value)]
pub fn proposals(read: &Read<'_>, request: ReadAttendanceReport) -> Result<AttendanceReport> {
    let facts = course::facts(read, &request.session_id)?;
    let course = course::course(&facts);
    let report = report::read(&request.file.bytes()?, &sittings(&facts))?;
    let minutes = facts.frame.rule_set.virtual_sessions.disconnection_minutes;
    let directory = Directory::new(read, &facts)?;
    let ended = report.people.iter().flat_map(|p| &p.connections).filter_map(|c| c.to).max();
    let people = report
        .people
        .iter()
        .map(|connected| proposed(read, &facts, &course, &directory, ended, connected))
        .collect::<Result<Vec<_>>>()?;
    let (rows, read_people) = (report.rows, people.len());
    let zone = &report.zone;
    let (zone_es, zone_en) = match report.zone_said {
        true => (format!("con la hora que dice ({zone})"), format!("with the zone it says ({zone})")),
        false => ("con la hora de Bogotá".to_owned(), "with Bogotá's time".to_owned()),
    };
    let (order_es, order_en) = match report.day_first {
        true => ("día, mes y año", "day, month and year"),
        false => ("mes, día y año", "month, day and year"),
    };
    let (drop_es, drop_en) = match minutes {
        Some(n) => (
            format!(
                "una desconexión de hasta {} no es retiro",
                crate::spanish::MINUTE.count_in_figures(u64::from(n))
            ),
            format!("a disconnection of up to {n} minutes is no departure"),
        ),
        None => (
            "el reglamento no dice cuánto puede durar una desconexión: se propone cada una".to_owned(),
            "the rules do not say how long a disconnection may last: each one is proposed".to_owned(),
        ),
    };
    Ok(AttendanceReport {
        platform: report.platform,
        zone: report.zone.clone(),
        zone_said: report.zone_said,
        day_first: report.day_first,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
        disconnection_minutes: minutes,
        text: text!(
            "Se leyeron {rows} filas de {read_people} personas, {zone_es}; las fechas, como {order_es}; {drop_es}.",
            "{rows} rows of {read_people} people were read, {zone_en}; dates as {order_en}; {drop_en}."
        ),
        people,
        problems: report.problems,
    })
}

/// The days on which a session sat.
fn sittings(facts: &Facts) -> Vec<NaiveDate> {
    let began = |kind| matches!(kind, EventKind::CallToOrder | EventKind::SessionResumed);
    let began = facts.events.iter().filter(|e| e.struck.is_none() && began(e.kind));
    let mut days: BTreeSet<NaiveDate> = began.map(|e| crate::local(e.occurred_at).date()).collect();
    if days.is_empty() {
        days.insert(facts.session.date);
    }
    days.into_iter().collect()
}

/// Everybody the archive knows, by the words of their names and by their address, and the seats each may attend for.
struct Directory {
    people: BTreeMap<PersonId, (Person, BTreeSet<String>)>,
    by_word: BTreeMap<String, Vec<PersonId>>,
    by_email: BTreeMap<String, PersonId>,
    seats: BTreeMap<PersonId, Vec<(SeatId, Candidate)>>,
}

/// The words of a name that tell it from others, without what a platform adds to it.
fn name_words(name: &str) -> BTreeSet<String> {
    const COMMON: [&str; 8] = ["de", "del", "la", "las", "los", "y", "dr", "dra"];
    let plain: String = name.split('(').next().unwrap_or_default().replace([',', '|', '/'], " ");
    typed::folded(&plain)
        .split(' ')
        .filter(|w| !w.is_empty() && !COMMON.contains(w))
        .map(str::to_owned)
        .collect()
}

impl Directory {
    fn new(read: &Read<'_>, facts: &Facts) -> Result<Self> {
        let mut directory = Self {
            people: BTreeMap::new(),
            by_word: BTreeMap::new(),
            by_email: BTreeMap::new(),
            seats: BTreeMap::new(),
        };
        for person in read.select::<Person>("ORDER BY id", [])? {
            let words = name_words(&person.full_name);
            for word in &words {
                directory.by_word.entry(word.clone()).or_default().push(person.id.clone());
            }
            directory.people.insert(person.id.clone(), (person, words));
        }
        for contact in read.select::<PersonContact>("WHERE email IS NOT NULL ORDER BY id", [])? {
            if let Some(email) = &contact.email {
                directory.by_email.entry(email.trim().to_lowercase()).or_insert(contact.id.clone());
            }
        }
        for seat in &facts.frame.seats {
            for candidate in live::candidates(facts, &seat.seat.id) {
                let seats = directory.seats.entry(candidate.person.id.clone()).or_default();
                seats.push((seat.seat.id.clone(), candidate));
            }
        }
        Ok(directory)
    }

    /// The people a name may be, and whether it is the one of them for certain.
    fn named(&self, connected: &Connected) -> (Vec<PersonId>, Option<MatchedBy>) {
        if let Some(id) = connected.email.as_ref().and_then(|email| self.by_email.get(email)) {
            return (vec![id.clone()], Some(MatchedBy::Email));
        }
        let words = name_words(&connected.name);
        let mut shared: BTreeMap<&PersonId, usize> = BTreeMap::new();
        for id in words.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *shared.entry(id).or_default() += 1;
        }
        let of = |id: &PersonId| self.people.get(id).map_or(0, |(_, words)| words.len());
        let whole: Vec<&PersonId> =
            shared.iter().filter(|(id, n)| **n == words.len() && **n == of(id)).map(|(id, _)| *id).collect();
        let part: Vec<&PersonId> =
            shared.iter().filter(|(_, n)| **n == words.len() && **n >= 2).map(|(id, _)| *id).collect();
        let alike: Vec<&PersonId> = shared.iter().filter(|(_, n)| **n >= 2).map(|(id, _)| *id).collect();
        let found = [whole, part].into_iter().find(|ids| !ids.is_empty());
        match found {
            Some(ids) => {
                let one = (ids.len() == 1).then_some(MatchedBy::Name);
                (ids.into_iter().cloned().collect(), one)
            }
            None => (alike.into_iter().take(5).cloned().collect(), None),
        }
    }
}

/// What a report proposes of one of its people. `ended` is the last time that anybody left.
fn proposed(
    read: &Read<'_>,
    facts: &Facts,
    course: &Course,
    directory: &Directory,
    ended: Option<DateTime<Utc>>,
    connected: &Connected,
) -> Result<ReportPerson> {
    let (named, by) = directory.named(connected);
    let mut candidates: Vec<ReportCandidate> = Vec::new();
    for id in &named {
        for (seat_id, candidate) in directory.seats.get(id).into_iter().flatten() {
            candidates.push(ReportCandidate {
                seat_id: seat_id.clone(),
                person: candidate.person.clone(),
                capacity: candidate.capacity,
            });
        }
    }
    // Of two seats of one person, the one they are recorded in; else the one they count for.
    if by.is_some() && candidates.len() > 1 {
        let recorded = |c: &ReportCandidate| course.of_seat(&c.seat_id).any(|p| p.person_id == c.person.id);
        let counts = |c: &ReportCandidate| c.capacity.counts();
        for fit in [&recorded as &dyn Fn(&ReportCandidate) -> bool, &counts] {
            if candidates.iter().filter(|c| fit(c)).count() == 1 {
                candidates.retain(|c| fit(c));
            }
        }
    }
    let certain = candidates.first().filter(|_| by.is_some() && candidates.len() == 1).cloned();
    let person = match (&certain, named.as_slice()) {
        (Some(certain), _) => Some(certain.person.clone()),
        (None, [id]) if by.is_some() => match facts.frame.person(id) {
            Some(person) => Some(person.clone()),
            None => Some(FramePerson::now(read, read.get(id)?)?),
        },
        _ => None,
    };
    let drop = facts.frame.rule_set.virtual_sessions.disconnection_minutes.unwrap_or(0);
    let (connections, short_drops) =
        report::joined(&connected.connections, TimeDelta::minutes(i64::from(drop)));
    let of = certain.as_ref().map(|c| (&c.seat_id, &c.person.id));
    let mut events = movements(course, &connections, TimeDelta::minutes(i64::from(drop)), ended);
    for event in &mut events {
        event.recorded =
            of.is_some_and(|(seat, person)| recorded(course, seat, person, event.kind, event.occurred_at));
    }
    let in_person = of.is_some_and(|(seat, person)| {
        course.of_seat(seat).any(|p| p.person_id == *person && p.mode == Some(AttendanceMode::InPerson))
    });
    let guest = person.as_ref().is_some_and(|person| {
        facts.guests.iter().any(|g| g.person_id == person.id)
            || course.secretaries.iter().any(|turn| turn.person_id == person.id)
    });
    let dropped = if in_person {
        Some(text!(
            "Consta que asistió en persona: su conexión no mueve el quórum.",
            "They are recorded as attending in person: their connection does not move the quorum."
        ))
    } else if events.is_empty() {
        Some(text!(
            "No estuvo en la sesión: su conexión fue antes de la apertura o después del cierre.",
            "They were not in the session: they were connected before it opened or after it closed."
        ))
    } else if certain.is_some() {
        None
    } else if !candidates.is_empty() {
        Some(text!(
            "El nombre puede ser de más de una persona o puesto: elija cuál, o déjelo sin registrar.",
            "The name may be of more than one person or seat: choose which, or leave it out."
        ))
    } else if guest {
        Some(text!(
            "Asiste sin puesto: no cuenta para el quórum.",
            "They attend without a seat: they do not count for the quorum."
        ))
    } else if person.is_some() {
        Some(text!(
            "No ocupa un puesto ni tiene delegación para uno. Regístrelo como asistente si corresponde.",
            "They hold no seat and have no delegation for one. Record them as a guest if they are one."
        ))
    } else {
        Some(text!(
            "Nadie con ese nombre o correo está en el directorio.",
            "Nobody of that name or e-mail is in the directory."
        ))
    };
    if in_person {
        events.clear();
    }
    Ok(ReportPerson {
        name: connected.name.clone(),
        email: connected.email.clone(),
        seat_id: certain.as_ref().map(|c| c.seat_id.clone()),
        by: by.filter(|_| person.is_some()),
        candidates: if certain.is_some() { Vec::new() } else { candidates },
        person,
        connections,
        short_drops,
        events,
        dropped,
    })
}

/// The movements that some connections are in a session: what came before its opening or after its close is none, nor is
/// leaving when the meeting ended, nor a drop while it was suspended.
fn movements(
    course: &Course,
    connections: &[Connection],
    drop: TimeDelta,
    ended: Option<DateTime<Utc>>,
) -> Vec<ProposedEvent> {
    let Some(opened) = course.opened_at else { return Vec::new() };
    let minute = TimeDelta::minutes(1);
    let end = course.closed_at.or(ended);
    // Nobody moves while a session is suspended: what happens then is seen when it resumes.
    let seen = |at: DateTime<Utc>| {
        let during = |p: &&course::Pause| {
            p.kind == EventKind::SessionSuspended && p.from < at && p.to.is_none_or(|to| at < to)
        };
        course.pauses.iter().find(during).and_then(|p| p.to).unwrap_or(at)
    };
    let inside = connections.iter().filter(|c| {
        c.to.is_none_or(|to| to > opened) && course.closed_at.is_none_or(|closed| c.from < closed)
    });
    let mut events: Vec<ProposedEvent> = Vec::new();
    let mut push = |kind, occurred_at| events.push(ProposedEvent { kind, occurred_at, recorded: false });
    let spans: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)> =
        inside.map(|c| (seen(c.from.max(opened)), c.to.map(seen))).collect();
    let mut spans = spans.into_iter().peekable();
    let mut kind = EventKind::Arrival;
    let mut here = false;
    while let Some((from, to)) = spans.next() {
        if !here {
            push(kind, from);
        }
        kind = EventKind::Reconnected;
        here = true;
        let next = spans.peek().map(|(next, _)| *next);
        match (to, next) {
            (Some(to), Some(next)) if next - to > drop => {
                push(EventKind::ConnectionLost, to);
                here = false;
            }
            (Some(to), None) if end.is_none_or(|end| to + minute < end) => push(EventKind::Departure, to),
            _ => {}
        }
    }
    events
}

/// Whether the record has a movement already: somebody who is in the session does not come in, and a departure or a
/// connection of that moment is that one.
fn recorded(course: &Course, seat: &SeatId, person: &PersonId, kind: EventKind, at: DateTime<Utc>) -> bool {
    let mut theirs = course.of_seat(seat).filter(|p| p.person_id == *person);
    match kind {
        EventKind::Arrival => theirs.any(|p| p.from - NEAR <= at && p.to.is_none_or(|to| at < to)),
        EventKind::Reconnected => theirs.any(|p| (p.from - at).abs() <= NEAR),
        _ => theirs.any(|p| p.to.is_some_and(|to| (to - at).abs() <= NEAR)),
    }
}

/// A movement to record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChosenEvent {
    /// Arrival, departure, connection lost or recovered.
    pub kind: EventKind,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// A person of a report whose movements are recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChosenAttendance {
    /// The seat.
    pub seat_id: SeatId,
    /// The person.
    pub person_id: PersonId,
    /// Their movements.
    pub events: Vec<ChosenEvent>,
}

/// Records chosen movements of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyAttendance {
    /// The session.
    pub session_id: SessionId,
    /// What to record, person by person.
    pub rows: Vec<ChosenAttendance>,
    /// Why it is entered after the session ended; asked for then, and kept with each event.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// The secretary has seen which closed votes it would change, and goes on.
    #[serde(default)]
    #[ts(optional)]
    pub accept_changed_votes: Option<bool>,
}

/// A movement that was left out because the record had it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SkippedEvent {
    /// The seat.
    pub seat_id: SeatId,
    /// The person.
    pub person_id: PersonId,
    /// What it was.
    pub kind: EventKind,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// What was recorded of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AppliedAttendance {
    /// The events recorded, in order.
    pub recorded: Vec<Event>,
    /// What the record had already.
    pub skipped: Vec<SkippedEvent>,
}

/// Records the chosen movements of a report in one act: what the record has already is left out, and either all the rest
/// is recorded or nothing is.
///
/// # Errors
/// `invalid_input` for another kind of event, too many rows, a time outside the session, or no reason once it ended;
/// `wrong_state` when its minutes are adopted, or a movement does not fit the record; `rule_forbids` when somebody would be
/// in two seats at once; `needs_confirmation` with `details.changed_votes`.
pub fn apply(tx: &mut Tx<'_>, request: ApplyAttendance) -> Result<AppliedAttendance> {
    let facts = course::facts(tx, &request.session_id)?;
    let before = course::course(&facts);
    let over = before.closed_at.is_some();
    let reason = request.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if over {
        live::refuse_adopted(tx, &facts.session.id)?;
        if reason.is_none() {
            return Err(Failure::field(
                "reason",
                text!(
                    "Escriba por qué se agrega después de la sesión.",
                    "Write why it is added after the session."
                ),
            ));
        }
    } else {
        live::under_way(tx, &request.session_id)?;
    }
    let mut chosen: Vec<(&ChosenAttendance, &ChosenEvent)> =
        request.rows.iter().flat_map(|row| row.events.iter().map(move |event| (row, event))).collect();
    if chosen.is_empty() || chosen.len() > MAX_APPLIED {
        return Err(Failure::field(
            "rows",
            text!(
                "Elija al menos un movimiento del informe, y no más de 2.000.",
                "Choose at least one movement of the report, and no more than 2,000."
            ),
        ));
    }
    // Who leaves a seat does so before another takes it in the same instant.
    let enters = |kind| matches!(kind, EventKind::Arrival | EventKind::Reconnected);
    chosen.sort_by_key(|(_, event)| (event.occurred_at, enters(event.kind)));
    let mut applied = AppliedAttendance { recorded: Vec::new(), skipped: Vec::new() };
    for (row, event) in chosen {
        if recorded(&before, &row.seat_id, &row.person_id, event.kind, event.occurred_at) {
            applied.skipped.push(SkippedEvent {
                seat_id: row.seat_id.clone(),
                person_id: row.person_id.clone(),
                kind: event.kind,
                occurred_at: event.occurred_at,
            });
            continue;
        }
        let recorded = record(tx, &facts, &before, (row, event), applied.recorded.len(), reason)?;
        applied.recorded.push(recorded);
    }
    let new: BTreeSet<&EventId> = applied.recorded.iter().map(|event| &event.id).collect();
    let after = course::course(&course::facts(tx, &facts.session.id)?);
    live::refuse_two_seats(tx, &facts.session.id, &before)?;
    if let Some(finding) =
        after.findings.iter().find(|f| f.event_id.as_ref().is_some_and(|id| new.contains(id)))
    {
        let event = applied.recorded.iter().find(|e| Some(&e.id) == finding.event_id.as_ref());
        let who = event.and_then(|e| e.person_id.as_ref()).and_then(|id| facts.frame.person(id));
        let who = who.map_or_else(String::new, |person| person.full_name.clone());
        let clock =
            event.map_or_else(String::new, |e| crate::spanish::clock(crate::local(e.occurred_at).time()));
        let (es, en) = (&finding.text.es, &finding.text.en);
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Lo que se propone de {who} a las {clock} no cabe en lo registrado. {es} No se registró nada: quítelo de lo elegido, o corrija antes la cronología.",
                "What is proposed of {who} at {clock} does not fit the record. {en} Nothing was recorded: leave it out, or correct the timeline first."
            ),
        )
        .with(json!({ "finding": finding.code, "event": event })));
    }
    let accepted = request.accept_changed_votes == Some(true);
    live::confirm_changed_votes(tx, &facts.session.id, &before, (accepted, reason))?;
    crate::minutes::renew_signers(tx, &facts, &before)?;
    Ok(applied)
}

/// Records one movement, the `nth` of the act.
fn record(
    tx: &mut Tx<'_>,
    facts: &Facts,
    before: &Course,
    (row, chosen): (&ChosenAttendance, &ChosenEvent),
    nth: usize,
    reason: Option<&str>,
) -> Result<Event> {
    use EventKind as K;
    if !matches!(chosen.kind, K::Arrival | K::Departure | K::ConnectionLost | K::Reconnected) {
        return Err(Failure::field(
            "rows",
            text!(
                "De un informe se registran llegadas, retiros y conexiones perdidas o recuperadas; lo demás, con su propia llamada.",
                "Arrivals, departures and connections lost or recovered are recorded from a report; the rest by calls of their own."
            ),
        ));
    }
    if facts.frame.seat(&row.seat_id).is_none() {
        return Err(Failure::not_found("seat", row.seat_id.as_str()));
    }
    let at = live::instant_in(tx, facts, Some(chosen.occurred_at))?;
    if let Some(closed) = before.closed_at.filter(|closed| at > *closed) {
        let clock = crate::spanish::clock(crate::local(closed).time());
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La sesión terminó a las {clock}: nada de ella ocurrió después. No se registró nada.",
                "The session ended at {clock}: nothing of it happened later. Nothing was recorded."
            ),
        ));
    }
    live::refuse_suspended(before, at)?;
    let mut event = live::new_event(tx, facts, chosen.kind, at)?;
    event.seq += i64::try_from(nth).unwrap_or(0);
    event.seat_id = Some(row.seat_id.clone());
    event.person_id = Some(row.person_id.clone());
    event.mode = Some(AttendanceMode::Virtual);
    if chosen.kind == K::Arrival {
        let (capacity, delegation) = facts.capacity(&row.seat_id, &row.person_id, at);
        event.capacity = Some(capacity);
        event.delegation_id = delegation;
        if before.no_quorum_at.is_some_and(|declared| declared <= at) {
            event.kind = K::LateArrivalAfterDeclaration;
        }
    }
    if let Some(reason) = reason.filter(|_| before.closed_at.is_some()) {
        event.corrections.push(Correction {
            at: tx.ctx.now,
            by: tx.ctx.actor.name.clone(),
            field: "missed".to_owned(),
            was: String::new(),
            reason: Some(reason.to_owned()),
        });
    }
    live::remember_person(tx, &facts.session.id, &row.person_id)?;
    tx.insert(&event)?;
    Ok(event)
}
