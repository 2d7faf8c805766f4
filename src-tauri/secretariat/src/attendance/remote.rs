//! What a meeting platform's report would change in the record of a session, and recording what the secretary chose of it.
//!
//! [`proposals`] writes nothing. It matches each name of the report with a seat, makes drops as short as the rules let
//! pass no drops, and proposes movements. [`apply`] records the chosen ones in one act.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::matching::{self, Directory, HandMatch, Identity, MatchedBy, ReportCandidate, ReportName};
use super::report::{self, Connection, Report, ReportColumns, ReportPlatform, ReportProblem};
use super::{Correction, Event};
use crate::codes::{AttendanceMode, EventKind};
use crate::course::{self, Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{EventId, PersonId, SeatId, SessionId};
use crate::journal::{Read, Tx};
use crate::live;
use crate::session::FramePerson;
use crate::spanish::{MINUTE, Noun, PERSON};
use crate::text;

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
    /// Who some of its names are, as the secretary says.
    #[serde(default)]
    #[ts(optional)]
    pub matches: Option<Vec<HandMatch>>,
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
    /// The other names under which the same person was connected: a telephone beside a computer.
    pub also: Vec<ReportName>,
    /// Who it is, when that is certain.
    pub person: Option<FramePerson>,
    /// The seat they attend for, when that is certain.
    pub seat_id: Option<SeatId>,
    /// How its name was matched.
    pub by: Option<MatchedBy>,
    /// The seats and people that it may be, when it is not certain.
    pub candidates: Vec<ReportCandidate>,
    /// When they were connected by any of their names, drops that the rules let pass left out.
    pub connections: Vec<Connection>,
    /// The drops of the session that the rules let pass: from when the connection was lost to when it was back.
    pub passed: Vec<Connection>,
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
    /// The heads of its columns that were read.
    pub columns: ReportColumns,
    /// The rows of its table.
    pub rows: u32,
    /// How many of them were not read.
    pub unread: u32,
    /// The minutes that a drop may last without being a departure, by the rules; `null` when they say nothing and every
    /// drop is one.
    pub disconnection_minutes: Option<u32>,
    /// The norm that says so, as it is cited: "Acuerdo 001 de 2024, art. 13"; `null` while it is not registered, and when
    /// the rules say nothing.
    pub disconnection_rule: Option<String>,
    /// What was understood of it, in words.
    pub text: Text,
    /// Its people.
    pub people: Vec<ReportPerson>,
    /// Every seat and person that a name of it may be said to be.
    pub candidates: Vec<ReportCandidate>,
    /// Rows that were not read.
    pub problems: Vec<ReportProblem>,
}

/// Reads a report and proposes what it would add to the record.
///
/// # Errors
/// `wrong_state` when the session was not opened; `invalid_input` naming `file` when the report does not read; and those of
/// [`matching`] naming `matches` when who a name is cannot be so.
pub fn proposals(read: &Read<'_>, request: ReadAttendanceReport) -> Result<AttendanceReport> {
    let facts = course::facts(read, &request.session_id)?;
    let course = course::course(&facts);
    let report = report::read(&request.file.bytes()?, &sittings(&facts))?;
    let directory = Directory::new(read, &facts, &course)?;
    let matches = request.matches.unwrap_or_default();
    let identities = matching::identified(read, &facts, &course, &directory, &report.people, &matches)?;
    let ended = report.people.iter().flat_map(|p| &p.connections).filter_map(|c| c.to).max();
    let people: Vec<ReportPerson> =
        identities.into_iter().map(|identity| proposed(&facts, &course, ended, identity)).collect();
    let rules = &facts.frame.rule_set;
    let minutes = rules.virtual_sessions.disconnection_minutes;
    let norm = minutes.and_then(|_| rules.source(rules.virtual_sessions.article.as_deref()));
    let disconnection_rule = norm.map(|norm| norm.citation);
    Ok(AttendanceReport {
        platform: report.platform,
        zone: report.zone.clone(),
        zone_said: report.zone_said,
        day_first: report.day_first,
        rows: u32::try_from(report.rows).unwrap_or(u32::MAX),
        unread: u32::try_from(report.unread).unwrap_or(u32::MAX),
        disconnection_minutes: minutes,
        text: understood(&report, people.len(), minutes, disconnection_rule.as_deref()),
        disconnection_rule,
        people,
        candidates: directory.candidates(),
        columns: report.columns,
        problems: report.problems,
    })
}

/// What was understood of a report of so many people, in words.
fn understood(report: &Report, people: usize, minutes: Option<u32>, norm: Option<&str>) -> Text {
    const ROW: Noun = Noun { singular: "fila", plural: "filas", feminine: true };
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let read = report.rows.saturating_sub(report.unread);
    let (rows, of) = (ROW.count_in_figures(count(read)), PERSON.count_in_figures(count(people)));
    let were = if read == 1 { "Se leyó" } else { "Se leyeron" };
    let rows_en = if read == 1 { "1 row".to_owned() } else { format!("{read} rows") };
    let of_en = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    let were_en = if read == 1 { "was" } else { "were" };
    let zone = &report.zone;
    let (zone_es, zone_en) = match report.zone_said {
        true => (format!("con la hora que dice ({zone})"), format!("with the zone it says ({zone})")),
        false => ("con la hora de Bogotá".to_owned(), "with Bogotá's time".to_owned()),
    };
    let (order_es, order_en) = match report.day_first {
        true => ("día, mes y año", "day, month and year"),
        false => ("mes, día y año", "month, day and year"),
    };
    let cited = norm.map_or_else(String::new, |norm| format!(" ({norm})"));
    let (drop_es, drop_en) = match minutes {
        Some(n) => {
            let long = MINUTE.count_in_figures(u64::from(n));
            let long_en = if n == 1 { "1 minute".to_owned() } else { format!("{n} minutes") };
            (
                format!("una desconexión de hasta {long} no es retiro{cited}"),
                format!("a disconnection of up to {long_en} is no departure{cited}"),
            )
        }
        None => (
            "el reglamento no dice cuánto puede durar una desconexión: se propone cada una".to_owned(),
            "the rules do not say how long a disconnection may last: each one is proposed".to_owned(),
        ),
    };
    text!(
        "{were} {rows} de {of}, {zone_es}; las fechas, como {order_es}; {drop_es}.",
        "{rows_en} of {of_en} {were_en} read, {zone_en}; dates as {order_en}; {drop_en}."
    )
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

/// What a report proposes of one of its people. `ended` is the last time that anybody left.
fn proposed(
    facts: &Facts,
    course: &Course,
    ended: Option<DateTime<Utc>>,
    identity: Identity,
) -> ReportPerson {
    let drop = facts.frame.rule_set.virtual_sessions.disconnection_minutes.unwrap_or(0);
    let drop = TimeDelta::minutes(i64::from(drop));
    let (connections, mut passed) = report::joined(&identity.connections, drop);
    passed.retain(|lost| in_session(course, lost));
    let of = identity.place();
    let mut events = movements(course, &connections, drop, ended);
    for event in &mut events {
        event.recorded =
            of.is_some_and(|(seat, person)| recorded(course, seat, person, event.kind, event.occurred_at));
    }
    let in_person = of.is_some_and(|(seat, person)| {
        course.of_seat(seat).any(|p| p.person_id == *person && p.mode == Some(AttendanceMode::InPerson))
    });
    let Identity { ref person, ref candidates, .. } = identity;
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
    } else if of.is_some() {
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
    ReportPerson {
        name: identity.name.name,
        email: identity.name.email,
        by: identity.name.by,
        also: identity.also,
        person: identity.person,
        seat_id: identity.seat_id,
        candidates: identity.candidates,
        connections,
        passed,
        events,
        dropped,
    }
}

/// Whether something of a connection was while the session sat, from its opening to its close.
fn in_session(course: &Course, connection: &Connection) -> bool {
    course.opened_at.is_some_and(|opened| connection.to.is_none_or(|to| to > opened))
        && course.closed_at.is_none_or(|closed| connection.from < closed)
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
    let inside = connections.iter().filter(|c| in_session(course, c));
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
