//! The sessions of a body as a list, as the calendar of a year, and one by one with what is still to do.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use rusqlite::params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::plan::{is_ahead, name, rules_of};
use super::unusual::warnings;
use super::{Guest, Session};
use crate::agenda::AgendaItem;
use crate::attendance::Confirmation;
use crate::body::Body;
use crate::catalog;
use crate::codes::{Answer, MinutesKind, MinutesStatus, SessionKind, SessionMode, SessionStatus};
use crate::failure::{Result, Text};
use crate::ids::{BodyId, MinutesId, PersonId, SessionId};
use crate::journal::Read;
use crate::minutes::Minutes;
use crate::notice::{self, NoticeCheck};
use crate::person::Person;
use crate::rules::{Milestones, RuleSet};
use crate::{spanish, text};

/// Which sessions to list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSessions {
    /// Only of this body.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// Only of this year.
    #[serde(default)]
    #[ts(optional)]
    pub year: Option<i32>,
    /// Only in this state.
    #[serde(default)]
    #[ts(optional)]
    pub status: Option<SessionStatus>,
    /// How many to leave out, newest first.
    #[serde(default)]
    #[ts(optional)]
    pub offset: Option<i64>,
    /// At most this many, 1 to 500; 100 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}

/// A session in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionLine {
    /// The session.
    pub id: SessionId,
    /// The body.
    pub body_id: BodyId,
    /// The body's name.
    pub body: String,
    /// "Sesión ordinaria n.º 3 de 2025".
    pub name: Text,
    /// Its number; nothing of an informative one.
    pub number: Option<i64>,
    /// The year of its number.
    pub year: i32,
    /// Ordinary or extraordinary.
    pub kind: SessionKind,
    /// How people meet.
    pub mode: SessionMode,
    /// Where it stands.
    pub status: SessionStatus,
    /// The same in words.
    pub status_text: Text,
    /// The day.
    pub date: NaiveDate,
    /// Whether the day is still to be set: postponed without a new date.
    pub date_to_be_set: bool,
    /// When it begins, Bogotá, `HH:MM`.
    pub start: Option<String>,
    /// Where, or on which platform.
    pub place: Option<String>,
    /// When it was convened.
    pub convened_at: Option<DateTime<Utc>>,
    /// Whether it was kept on paper and entered afterwards.
    pub entered_afterwards: bool,
    /// How many items its agenda has, sub-items not counted.
    pub items: i64,
    /// Its minutes, when there are.
    pub minutes: Option<SessionMinutes>,
}

/// The minutes of a session, in a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionMinutes {
    /// The minutes.
    pub id: MinutesId,
    /// Their number.
    pub number: i64,
    /// Their kind.
    pub kind: MinutesKind,
    /// Where they stand.
    pub status: MinutesStatus,
}

/// A page of the list of sessions, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionList {
    /// The lines.
    pub sessions: Vec<SessionLine>,
    /// How many there are in all.
    pub total: i64,
    /// The years that have sessions, newest first.
    pub years: Vec<i32>,
}

/// The sessions, newest first.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(read: &Read<'_>, request: ListSessions) -> Result<SessionList> {
    let filter = "(?1 IS NULL OR body_id = ?1) AND (?2 IS NULL OR year = ?2) AND (?3 IS NULL OR status = ?3)";
    let (body, year, status) = (&request.body_id, request.year, request.status);
    let total = read
        .conn
        .prepare_cached(&format!("SELECT count(*) FROM session WHERE {filter}"))?
        .query_row(params![body, year, status], |row| row.get(0))?;
    let (limit, offset) = (request.limit.unwrap_or(100).clamp(1, 500), request.offset.unwrap_or(0).max(0));
    let sessions: Vec<Session> = read.select(
        &format!("WHERE {filter} ORDER BY date DESC, number DESC, id LIMIT ?4 OFFSET ?5"),
        params![body, year, status, limit, offset],
    )?;
    let mut statement = read.conn.prepare_cached(
        "SELECT DISTINCT year FROM session WHERE ?1 IS NULL OR body_id = ?1 ORDER BY year DESC",
    )?;
    let years = statement.query_map(params![body], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(SessionList { sessions: lines(read, sessions)?, total, years })
}

fn lines(read: &Read<'_>, sessions: Vec<Session>) -> Result<Vec<SessionLine>> {
    let mut bodies: BTreeMap<BodyId, String> = BTreeMap::new();
    let mut lines = Vec::with_capacity(sessions.len());
    for session in sessions {
        if !bodies.contains_key(&session.body_id) {
            bodies.insert(session.body_id.clone(), read.get::<Body>(&session.body_id)?.name);
        }
        let body = bodies.get(&session.body_id).cloned().unwrap_or_default();
        lines.push(line(read, session, body)?);
    }
    Ok(lines)
}

fn line(read: &Read<'_>, session: Session, body: String) -> Result<SessionLine> {
    let items = read
        .conn
        .prepare_cached("SELECT count(*) FROM agenda_item WHERE session_id = ?1 AND parent_id IS NULL")?
        .query_row([&session.id], |row| row.get(0))?;
    let minutes: Vec<Minutes> = read.select(
        "WHERE session_id = ?1 ORDER BY CASE kind WHEN 'correcting' THEN 1 ELSE 0 END, number LIMIT 1",
        [&session.id],
    )?;
    let minutes = minutes.into_iter().next().map(|m| SessionMinutes {
        id: m.id,
        number: m.number,
        kind: m.kind,
        status: m.status,
    });
    Ok(SessionLine {
        name: name(&session),
        body,
        number: session.number,
        year: session.year,
        kind: session.kind,
        mode: session.mode,
        status: session.status,
        status_text: super::plan::state_of(&session),
        date: session.date,
        date_to_be_set: date_to_be_set(&session),
        start: session.planned_start.map(spanish::clock24),
        place: session.place.or(session.platform),
        convened_at: session.notice.map(|notice| notice.convened_at),
        entered_afterwards: session.entered_afterwards,
        items,
        minutes,
        id: session.id,
        body_id: session.body_id,
    })
}

/// Whether a postponed session still lacks its new day.
#[must_use]
pub fn date_to_be_set(session: &Session) -> bool {
    session.status == SessionStatus::Postponed && session.postponements.last().is_some_and(|p| p.to.is_none())
}

/// A body's year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetSessionYear {
    /// The body.
    pub body_id: BodyId,
    /// The year; the current one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub year: Option<i32>,
}

/// A day of the calendar that is not a business day, beyond weekends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CalendarDayOff {
    /// The day.
    pub date: NaiveDate,
    /// Its name, or why the entity is closed.
    pub name: String,
    /// The norm behind it.
    pub norm: Option<String>,
}

/// The year of a body: its sessions, the holidays, and how the sessions stand against the minimum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionYear {
    /// The body.
    pub body_id: BodyId,
    /// Its name.
    pub body: String,
    /// The year.
    pub year: i32,
    /// Its sessions, by date.
    pub sessions: Vec<YearSession>,
    /// Holidays and closures, by date.
    pub days_off: Vec<CalendarDayOff>,
    /// Sessions held so far.
    pub held: i64,
    /// Ordinary ones held or still ahead.
    pub ordinary: i64,
    /// Sessions still ahead.
    pub ahead: i64,
    /// Least sessions a year, where a norm or the rules' frequency says so.
    pub minimum: Option<i64>,
    /// How the year stands against the minimum, in a sentence.
    pub minimum_text: Option<Text>,
    /// Whether the minimum can be reached with what is held and ahead.
    pub minimum_met: Option<bool>,
    /// Years that have sessions, newest first.
    pub years: Vec<i32>,
}

/// A session in the calendar, with the days that depend on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct YearSession {
    /// The session.
    pub line: SessionLine,
    /// Last day to file proposals for it, by the rules.
    pub proposals_until: Option<NaiveDate>,
    /// Last day on which its notice is in time, by the rules.
    pub notice_until: Option<NaiveDate>,
}

/// The calendar of a body's year.
///
/// # Errors
/// `not_found` for an unknown body.
pub fn year(read: &Read<'_>, request: GetSessionYear) -> Result<SessionYear> {
    let body: Body = read.get(&request.body_id)?;
    let year = request.year.unwrap_or(read.ctx.today().year());
    let calendar = catalog::calendar(read)?;
    let sessions: Vec<Session> =
        read.select("WHERE body_id = ?1 AND year = ?2 ORDER BY date, number", params![&body.id, year])?;
    let held = |s: &Session| {
        matches!(s.status, SessionStatus::Adjourned | SessionStatus::Open | SessionStatus::Suspended)
    };
    let held_count = sessions.iter().filter(|s| held(s)).count() as i64;
    let ahead = sessions.iter().filter(|s| is_ahead(s.status)).count() as i64;
    let ordinary = sessions
        .iter()
        .filter(|s| s.kind == SessionKind::Ordinary && (held(s) || is_ahead(s.status)))
        .count() as i64;
    let minimum = minimum_of(read, &body, NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(read.ctx.today()))?;
    let minimum_text = minimum.map(|n| {
        let (held, ahead) = (held_count, ahead);
        text!(
            "Mínimo {n} al año: {held} realizadas y {ahead} por realizar.",
            "At least {n} a year: {held} held and {ahead} ahead."
        )
    });
    let mut year_sessions = Vec::new();
    for session in sessions {
        let rules = rules_of(read, &session)?;
        let milestones = Milestones { session_date: session.date, draft_sent: None, signed: None };
        let proposals_until = rules
            .as_ref()
            .and_then(|r| r.deadlines.proposal_filing)
            .and_then(|deadline| deadline.date(&milestones, &calendar));
        let notice_until = rules
            .as_ref()
            .and_then(|r| r.notice_needed(session.kind))
            .and_then(|deadline| deadline.date(&milestones, &calendar));
        let line = line(read, session, body.name.clone())?;
        year_sessions.push(YearSession { line, proposals_until, notice_until });
    }
    let mut days_off: Vec<CalendarDayOff> = calendar
        .holidays(year)
        .into_iter()
        .map(|h| CalendarDayOff { date: h.date, name: h.name, norm: Some(h.norm).filter(|n| !n.is_empty()) })
        .collect();
    for closure in &calendar.closures {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).map_or(closure.from, |first| closure.from.max(first));
        let days = first.iter_days().take_while(|day| *day <= closure.to && day.year() <= year);
        days_off.extend(days.map(|date| CalendarDayOff {
            date,
            name: closure.reason.clone(),
            norm: closure.norm.clone(),
        }));
    }
    days_off.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
    let years =
        list(read, ListSessions { body_id: Some(body.id.clone()), limit: Some(1), ..Default::default() })?
            .years;
    Ok(SessionYear {
        minimum_met: minimum.map(|n| held_count + ahead >= n),
        body_id: body.id,
        body: body.name,
        year,
        sessions: year_sessions,
        days_off,
        held: held_count,
        ordinary,
        ahead,
        minimum,
        minimum_text,
        years,
    })
}

/// The least sessions of a body in a year, by the rules in force on a day, else as its record says, else as often as its
/// ordinary sessions are.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn minimum_of(read: &Read<'_>, body: &Body, day: NaiveDate) -> Result<Option<i64>> {
    let sessions = super::plan::rules_on(read, &body.id, day)?.map(|rules| rules.sessions);
    let by_rule = sessions.as_ref().and_then(|s| s.minimum_per_year).map(i64::from);
    let often = sessions.and_then(|s| s.ordinary_frequency).map(times_a_year);
    Ok(by_rule.or(body.minimum_meetings_per_year).or(often))
}

fn times_a_year(frequency: crate::rules::Frequency) -> i64 {
    use crate::rules::Frequency;
    match frequency {
        Frequency::Monthly => 12,
        Frequency::TwoMonthly => 6,
        Frequency::Quarterly => 4,
        Frequency::HalfYearly => 2,
        Frequency::Yearly => 1,
    }
}

/// Which session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetSession {
    /// The session.
    pub session_id: SessionId,
}

/// A session with its names resolved and what is left to prepare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionDetail {
    /// The session.
    pub session: Session,
    /// Its line.
    pub line: SessionLine,
    /// Its reference, to speak and write of it: `CII-2025-03`, the body's initials, the year and its number.
    pub reference: String,
    /// The date in words: "jueves, 27 de marzo de 2025".
    pub date_text: Text,
    /// Who acts as secretary.
    pub secretary: Option<String>,
    /// The rules it is prepared under: as cited, since when they are in force while no act is registered, or that there
    /// are none on its day.
    pub rules: Text,
    /// What is unusual about it and may be a slip, while it is ahead: a number that jumps, a holiday, another session
    /// of the body at that hour.
    pub warnings: Vec<Text>,
    /// What is done and left to do before it is convened and opened.
    pub steps: Vec<PreparationStep>,
    /// What can be done with it now, by call name.
    pub acts: Vec<String>,
    /// Guests, in order.
    pub guests: Vec<GuestLine>,
}

/// Somebody invited to a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct GuestLine {
    /// The guest.
    pub guest: Guest,
    /// Their name.
    pub name: String,
    /// Their post.
    pub position: Option<String>,
}

/// Something to have ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepCode {
    /// Day, hour and place.
    When,
    /// The agenda.
    Agenda,
    /// The previous minutes are on it.
    PreviousMinutes,
    /// Its proposals are complete.
    Proposals,
    /// The notice.
    Notice,
    /// The seats' answers.
    Answers,
}

/// A step of the preparation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PreparationStep {
    /// Which.
    pub code: StepCode,
    /// Whether it is done.
    pub done: bool,
    /// How it stands, in a sentence.
    pub text: Text,
}

/// The rules that a session is prepared under, as a person names them.
fn rules_in_words(rules: Option<&RuleSet>) -> Text {
    let Some(rules) = rules else {
        return text!("sin reglas en vigor ese día", "no rules in force on that day");
    };
    let since = rules.effective_from;
    match (rules.source(None), &rules.adopted_by.name) {
        (Some(source), _) => Text::new(source.citation.clone(), source.citation),
        (None, Some(name)) => text!("{name}, sin registrar", "{name}, not registered"),
        (None, None) => text!(
            dates since;
            "reglas en vigor desde el {since}, sin acto registrado",
            "rules in force since {since}, no act registered"
        ),
    }
}

/// The initials of a body's name, without the city that is all bodies' own: "CII".
fn initials(name: &str) -> String {
    let name = name.split(" de Bogotá").next().unwrap_or(name);
    let words =
        name.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().next().is_some_and(char::is_uppercase));
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    // One word alone would be a letter.
    if initials.chars().count() > 1 {
        return initials;
    }
    name.chars().filter(|c| c.is_alphabetic()).take(3).flat_map(char::to_uppercase).collect()
}

/// A session, with what is left to prepare.
///
/// # Errors
/// `not_found`.
pub fn get(read: &Read<'_>, request: GetSession) -> Result<SessionDetail> {
    let session: Session = read.get(&request.session_id)?;
    let body: Body = read.get(&session.body_id)?;
    let rules = rules_of(read, &session)?;
    let person =
        |id: &PersonId| -> Result<Option<String>> { Ok(read.find::<Person>(id)?.map(|p| p.full_name)) };
    let secretary = session.secretary_person_id.as_ref().map(person).transpose()?.flatten();
    let mut guests = Vec::new();
    for guest in read.select::<Guest>("WHERE session_id = ?1 ORDER BY position, id", [&session.id])? {
        let found = read.find::<Person>(&guest.person_id)?;
        let (name, position) = found.map_or((String::new(), None), |p| (p.full_name, p.position));
        guests.push(GuestLine { guest, name, position });
    }
    let acts: &[&str] = match session.status {
        SessionStatus::Scheduled => {
            &["edit_session", "convene_session", "postpone_session", "cancel_session", "delete_session"]
        }
        SessionStatus::Convened => {
            &["edit_session", "renotify_session", "postpone_session", "cancel_session"]
        }
        SessionStatus::Postponed => {
            &["edit_session", "convene_session", "postpone_session", "cancel_session"]
        }
        // The notice that went out on paper is entered with the rest.
        _ if notice::entered_afterwards(read, &session)? => &["convene_session"],
        _ => &[],
    };
    Ok(SessionDetail {
        reference: format!("{}-{}", initials(&body.name), session.stem()),
        date_text: Text {
            es: spanish::long_date(session.date),
            en: session.date.format("%A, %-d %B %Y").to_string(),
        },
        secretary,
        rules: rules_in_words(rules.as_ref()),
        warnings: if is_ahead(session.status) { warnings(read, &session)? } else { Vec::new() },
        steps: steps(read, &session)?,
        acts: acts.iter().map(|act| (*act).to_owned()).collect(),
        guests,
        line: line(read, session.clone(), body.name)?,
        session,
    })
}

/// What is done and left to do before a session is convened and opened.
pub(crate) fn steps(read: &Read<'_>, session: &Session) -> Result<Vec<PreparationStep>> {
    let mut steps = Vec::new();
    let mut step = |code, done, text| steps.push(PreparationStep { code, done, text });

    let missing = notice::unstated(session);
    let (es, en): (Vec<&str>, Vec<&str>) = missing.iter().map(|t| (t.es.as_str(), t.en.as_str())).unzip();
    let (es_list, en_list) = (spanish::list(&es), en.join(", "));
    let day = spanish::long_date(session.date);
    step(
        StepCode::When,
        missing.is_empty(),
        match missing.is_empty() {
            true => {
                let at = session.planned_start.map(spanish::at_clock).unwrap_or_default();
                let clock = session.planned_start.map(spanish::clock24).unwrap_or_default();
                let date = session.date.format("%A, %-d %B %Y");
                Text::new(spanish::sentence(format!("{day}, {at}")), format!("{date}, at {clock}."))
            }
            false => text!("Falta {es_list}.", "Missing: {en_list}."),
        },
    );

    let items: Vec<AgendaItem> = read.select("WHERE session_id = ?1", [&session.id])?;
    let count = items.iter().filter(|i| i.parent_id.is_none()).count() as u64;
    let minutes: i64 = items.iter().filter_map(|i| i.planned_minutes).sum();
    let untimed = items.iter().filter(|i| i.planned_minutes.is_none()).count();
    step(
        StepCode::Agenda,
        count > 0,
        match (count, untimed) {
            (0, _) => text!("El orden del día está vacío.", "The agenda is empty."),
            (_, 0) => {
                let (points, total) =
                    (spanish::AGENDA_ITEM.count_in_figures(count), spanish::duration(minutes.unsigned_abs()));
                text!("{points}, {total} previstos.", "{count} items, {minutes} minutes planned.")
            }
            _ => {
                let points = spanish::AGENDA_ITEM.count_in_figures(count);
                text!(
                    "{points}; {untimed} sin tiempo previsto.",
                    "{count} items; {untimed} without planned minutes."
                )
            }
        },
    );

    let pending = crate::agenda::suggest::minutes_to_approve(read, session)?;
    let listed = |id: &MinutesId| items.iter().any(|item| item.minutes_ids.contains(id));
    let left = pending.iter().filter(|m| !listed(&m.id)).count();
    step(
        StepCode::PreviousMinutes,
        left == 0,
        match (left, pending.len()) {
            (0, 0) => {
                text!("No hay actas anteriores por aprobar.", "There are no previous minutes to approve.")
            }
            (0, _) => text!(
                "Las actas por aprobar están en el orden del día.",
                "The minutes to approve are on the agenda."
            ),
            (n, _) => text!(
                "Hay actas por aprobar que no están en el orden del día: {n}.",
                "There are minutes to approve that are not on the agenda: {n}."
            ),
        },
    );

    let mut proposals = 0;
    let mut incomplete = Vec::new();
    for id in items.iter().flat_map(|item| &item.proposal_ids) {
        let proposal: crate::proposal::Proposal = read.get(id)?;
        proposals += 1;
        if !crate::proposal::profile::completeness(&proposal).complete {
            incomplete.push(proposal.code);
        }
    }
    let codes = incomplete.join(", ");
    step(
        StepCode::Proposals,
        incomplete.is_empty(),
        match (proposals, incomplete.is_empty()) {
            (0, _) => {
                text!("No hay propuestas en el orden del día.", "There are no proposals on the agenda.")
            }
            (n, true) => text!("Fichas completas: {n}.", "Complete profiles: {n}."),
            (_, false) => text!("Fichas incompletas: {codes}.", "Incomplete profiles: {codes}."),
        },
    );

    let check: NoticeCheck =
        notice::check(read, notice::CheckNotice { session_id: session.id.clone(), on: None })?;
    step(StepCode::Notice, check.sent.is_some(), check.text);

    let voting = crate::expected::voting_seats(read, session)?;
    let answered = read
        .select::<Confirmation>("WHERE session_id = ?1", [&session.id])?
        .into_iter()
        .filter(|c| c.answer != Answer::Unknown && voting.contains(&c.seat_id))
        .count();
    let all = voting.len();
    step(
        StepCode::Answers,
        answered == all && all > 0,
        text!("Respondieron {answered} de {all} puestos.", "{answered} of {all} seats have answered."),
    );
    Ok(steps)
}
