//! A session before it is opened: created, edited, postponed, cancelled, deleted while it is only a plan.
//!
//! `programada → convocada` is [`crate::notice::convene`]'s; from there on a mistake is corrected by postponing,
//! cancelling or sending a new notice.

use chrono::{Datelike, NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::unusual::warnings;
use super::year::date_to_be_set;
use super::{NotHeld, Postponement, ReplyWindow, Session};
use crate::agenda::AgendaItem;
use crate::annex::Annex;
use crate::api::given;
use crate::attendance::Confirmation;
use crate::body::{Body, StoredRuleSet, rule_set_on};
use crate::codes::{AnnexOwner, SessionKind, SessionMode, SessionStatus};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{BodyId, PersonId, SessionId};
use crate::journal::{Read, Tx};
use crate::person::Person;
use crate::rules::RuleSet;
use crate::session::Guest;
use crate::vote::Motion;
use crate::{proposal, text, typed};

/// A session to programme, or one kept on paper to enter afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateSession {
    /// Its id; made when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<SessionId>,
    /// The body.
    pub body_id: BodyId,
    /// Its number; the next one of the body when not said.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<i64>,
    /// The year it is numbered in; the date's when not said. It must be the date's.
    #[serde(default)]
    #[ts(optional)]
    pub year: Option<i32>,
    /// Ordinary or extraordinary.
    pub kind: SessionKind,
    /// How people meet; in person when not said.
    #[serde(default)]
    #[ts(optional)]
    pub mode: Option<SessionMode>,
    /// The day.
    pub date: NaiveDate,
    /// When it begins, Bogotá.
    #[serde(default)]
    #[ts(optional)]
    pub planned_start: Option<NaiveTime>,
    /// When it is expected to end, Bogotá.
    #[serde(default)]
    #[ts(optional)]
    pub planned_end: Option<NaiveTime>,
    /// From when until when it is replied, of a written session; its hours are then those of the term.
    #[serde(default)]
    #[ts(optional)]
    pub replies: Option<ReplyWindow>,
    /// Where.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
    /// The meeting platform.
    #[serde(default)]
    #[ts(optional)]
    pub platform: Option<String>,
    /// Who acts as secretary; whoever does in the body's last session before it when not said.
    #[serde(default)]
    #[ts(optional)]
    pub secretary_person_id: Option<PersonId>,
    /// Whether it will be recorded.
    #[serde(default)]
    #[ts(optional)]
    pub recording: Option<bool>,
    /// True for one that was kept on paper and is entered afterwards.
    #[serde(default)]
    #[ts(optional)]
    pub entered_afterwards: Option<bool>,
    /// From which paper it is entered, and why afterwards.
    #[serde(default)]
    #[ts(optional)]
    pub entered_note: Option<String>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// A session as it was kept, with what is unusual about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PlannedSession {
    /// The session.
    #[serde(flatten)]
    pub session: Session,
    /// What may be a slip, in sentences: a number that jumps, a holiday, another session at that hour. Nothing of it
    /// is refused.
    pub warnings: Vec<Text>,
}

/// Programmes a session.
///
/// # Errors
/// `invalid_input` naming the field: a year that is not the date's, a past date that is not of a session kept on
/// paper, an end before the start; `already_exists` for a number taken; `rule_forbids` for a written session
/// without a registered norm; `not_found` for an unknown body or person.
pub fn create(tx: &mut Tx<'_>, request: CreateSession) -> Result<PlannedSession> {
    let body: Body = tx.get(&request.body_id)?;
    let year = request.year.unwrap_or(request.date.year());
    year_agrees(year, request.date)?;
    let afterwards = request.entered_afterwards.unwrap_or(false);
    let entered_note = typed::optional_line("entered_note", request.entered_note.as_deref())?;
    let (today, date) = (tx.ctx.today(), request.date);
    if afterwards && date > today {
        return Err(Failure::field(
            "date",
            text!(dates date;
                "Una sesión llevada en papel ya ocurrió: su fecha no puede ser {date}. Corrija la fecha o prográmela.",
                "A session kept on paper has taken place: it cannot be on {date}. Correct the date, or programme it."
            ),
        ));
    }
    if afterwards && entered_note.is_none() {
        return Err(Failure::field(
            "entered_note",
            text!(
                "Diga de qué documento se transcribe la sesión y por qué se registra después.",
                "Say from which paper the session is entered, and why afterwards."
            ),
        ));
    }
    if !afterwards {
        not_past(date, today)?;
    }
    let number = match request.number {
        Some(number) => free_number(tx, &body, year, number)?,
        None => next_number(tx, &body, year)?,
    };
    let secretary_person_id = match request.secretary_person_id {
        Some(person) => Some(person),
        None => last_secretary(tx, &body.id, date)?,
    };
    let mut session = Session {
        id: match request.id {
            Some(id) => id,
            None => SessionId::new(tx.ctx.new_id())?,
        },
        body_id: request.body_id,
        number: Some(number),
        year,
        kind: request.kind,
        mode: request.mode.unwrap_or(SessionMode::InPerson),
        status: SessionStatus::Scheduled,
        date,
        planned_start: request.planned_start,
        planned_end: request.planned_end,
        replies: request.replies,
        place: typed::optional_line("place", request.place.as_deref())?,
        platform: typed::optional_line("platform", request.platform.as_deref())?,
        rule_set_id: None,
        secretary_person_id,
        notice: None,
        recording: request.recording.unwrap_or(false),
        entered_afterwards: afterwards,
        entered_note,
        not_held: None,
        postponements: Vec::new(),
        invitees: Vec::new(),
        overrides: Vec::new(),
        next_session_on: None,
        conclusions: None,
        note: typed::optional_prose("note", request.note.as_deref())?,
    };
    keep_hours(&mut session);
    possible(tx, &session)?;
    tx.insert(&session)?;
    Ok(PlannedSession { warnings: warnings(tx, &session)?, session })
}

/// Who acts as secretary in the body's last session up to a day; nobody is asked for what seldom changes.
fn last_secretary(read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<Option<PersonId>> {
    let last: Vec<Session> = read.select(
        "WHERE body_id = ?1 AND date <= ?2 AND secretary_person_id IS NOT NULL ORDER BY date DESC, number DESC LIMIT 1",
        (body, day.to_string()),
    )?;
    Ok(last.into_iter().next().and_then(|session| session.secretary_person_id))
}

/// What to change of a session that has not been opened. An absent field stays; `null` clears it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditSession {
    /// The session.
    pub id: SessionId,
    /// Its number.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<i64>,
    /// Ordinary or extraordinary.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<SessionKind>,
    /// How people meet.
    #[serde(default)]
    #[ts(optional)]
    pub mode: Option<SessionMode>,
    /// The day; a postponed session gets its new date so.
    #[serde(default)]
    #[ts(optional)]
    pub date: Option<NaiveDate>,
    /// When it begins, Bogotá.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub planned_start: Option<Option<NaiveTime>>,
    /// When it is expected to end, Bogotá.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub planned_end: Option<Option<NaiveTime>>,
    /// From when until when it is replied, of a written session.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional)]
    pub replies: Option<Option<ReplyWindow>>,
    /// Where.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub place: Option<Option<String>>,
    /// The meeting platform.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub platform: Option<Option<String>>,
    /// Who acts as secretary.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub secretary_person_id: Option<Option<PersonId>>,
    /// Whether it will be recorded.
    #[serde(default)]
    #[ts(optional)]
    pub recording: Option<bool>,
    /// From which paper it is entered, for one kept on paper.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub entered_note: Option<Option<String>>,
    /// Remark.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub note: Option<Option<String>>,
}

/// Edits a session that has not been opened. Once convened, what the notice announced (day, time, mode, place,
/// platform, kind, number) changes only by postponing or with a new notice.
///
/// # Errors
/// As [`create`]; `wrong_state` once it has been opened, or for what the notice announced.
pub fn edit(tx: &mut Tx<'_>, request: EditSession) -> Result<PlannedSession> {
    let old: Session = tx.get(&request.id)?;
    not_opened(&old, "editar")?;
    let body: Body = tx.get(&old.body_id)?;
    let mut session = old.clone();
    if let Some(number) = request.number.filter(|n| Some(*n) != old.number) {
        session.number = Some(free_number(tx, &body, old.year, number)?);
    }
    session.kind = request.kind.unwrap_or(old.kind);
    session.mode = request.mode.unwrap_or(old.mode);
    // While it is to be set again, its former day may be the new one.
    let unset = date_to_be_set(&old);
    if let Some(date) = request.date.filter(|d| *d != old.date || unset) {
        year_agrees(old.year, date)?;
        if !old.entered_afterwards {
            not_past(date, tx.ctx.today())?;
        }
        session.date = date;
        // A postponed session whose date was still to be set gets it here.
        if let (SessionStatus::Postponed, Some(last)) = (old.status, session.postponements.last_mut()) {
            last.to = Some(date);
        }
    }
    if let Some(time) = request.planned_start {
        session.planned_start = time;
    }
    if let Some(time) = request.planned_end {
        session.planned_end = time;
    }
    if let Some(replies) = request.replies {
        session.replies = replies;
    } else if session.mode != SessionMode::Written && request.mode.is_some() {
        session.replies = None;
    }
    if let Some(place) = request.place {
        session.place = typed::optional_line("place", place.as_deref())?;
    }
    if let Some(platform) = request.platform {
        session.platform = typed::optional_line("platform", platform.as_deref())?;
    }
    if let Some(person) = request.secretary_person_id {
        session.secretary_person_id = person;
    }
    session.recording = request.recording.unwrap_or(old.recording);
    if let Some(note) = request.entered_note {
        let note = typed::optional_line("entered_note", note.as_deref())?;
        session.entered_note = note.or(old.entered_note.clone());
    }
    if let Some(note) = request.note {
        session.note = typed::optional_prose("note", note.as_deref())?;
    }
    let announced = |s: &Session| {
        let when = (s.date, s.planned_start, s.replies);
        (s.number, s.kind, s.mode, when, s.place.clone(), s.platform.clone())
    };
    if old.status == SessionStatus::Convened
        && !old.entered_afterwards
        && announced(&old) != announced(&session)
    {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión ya se convocó: la fecha, la hora, el lugar y la modalidad son los de la convocatoria. \
                 Aplácela con su razón y convoque de nuevo.",
                "The session has been convened: its day, time, place and mode are those of the notice. \
                 Postpone it with a reason and convene again."
            ),
        )
        .with(json!({ "status": old.status, "acts": ["postpone_session", "cancel_session"] })));
    }
    keep_hours(&mut session);
    possible(tx, &session)?;
    tx.put(&session)?;
    Ok(PlannedSession { warnings: warnings(tx, &session)?, session })
}

/// Which session to delete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteSession {
    /// The session.
    pub id: SessionId,
}

/// Deletes a session that is only a plan, with its agenda. Its number is free again.
///
/// # Errors
/// `wrong_state` once it was convened or postponed (cancel it instead), or while it has annexes.
pub fn delete(tx: &mut Tx<'_>, request: DeleteSession) -> Result<()> {
    let session: Session = tx.get(&request.id)?;
    if session.status != SessionStatus::Scheduled || session.notice.is_some() {
        let (word, status) = (session.status.label(), state_en(session.status));
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Solo se borra una sesión que no pasó de programada; esta está {word}. Cancélela con su razón.",
                "Only a session that is no more than programmed is deleted; this one is {status}. Cancel it with a reason."
            ),
        )
        .with(json!({ "status": session.status, "acts": ["cancel_session"] })));
    }
    let id = &request.id;
    if !tx.select::<Annex>("WHERE owner = ?1 AND owner_id = ?2", (AnnexOwner::Session, id))?.is_empty() {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión tiene anexos. Retírelos antes de borrarla, o cancélela con su razón.",
                "The session has annexes. Remove them before deleting it, or cancel it with a reason."
            ),
        ));
    }
    for proposal in proposal::of_session(tx, id)? {
        proposal::unschedule(tx, &proposal.id, id)?;
    }
    for confirmation in tx.select::<Confirmation>("WHERE session_id = ?1", [id])? {
        tx.remove::<Confirmation>(&confirmation.id)?;
    }
    for guest in tx.select::<Guest>("WHERE session_id = ?1", [id])? {
        tx.remove::<Guest>(&guest.id)?;
    }
    for motion in tx.select::<Motion>("WHERE session_id = ?1", [id])? {
        tx.remove::<Motion>(&motion.id)?;
    }
    // Sub-items first: an item is kept while another hangs from it.
    let items = crate::course::printed_order(tx.select("WHERE session_id = ?1", [id])?);
    for item in items.iter().rev() {
        tx.remove::<AgendaItem>(&item.id)?;
    }
    tx.remove::<Session>(id)
}

/// A change of date before the session is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostponeSession {
    /// The session.
    pub id: SessionId,
    /// The new day; still to be set when not said.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<NaiveDate>,
    /// Why. It is recorded and told in the new notice.
    pub reason: String,
}

/// Postpones a session. It keeps its number, its agenda and its history, and needs a new notice.
///
/// # Errors
/// `invalid_input` without a reason, with the same day, a past one or one of another year; `wrong_state` once it
/// has been opened or cancelled.
pub fn postpone(tx: &mut Tx<'_>, request: PostponeSession) -> Result<Session> {
    let mut session: Session = tx.get(&request.id)?;
    not_opened(&session, "aplazar")?;
    let reason = typed::prose(
        "reason",
        &text!("la razón del aplazamiento", "The reason of the postponement"),
        &request.reason,
    )?;
    if let Some(to) = request.to {
        if to == session.date {
            return Err(Failure::field(
                "to",
                text!(dates to;
                    "La sesión ya es el {to}. Escoja otro día, o deje la fecha por definir.",
                    "The session is on {to} already. Choose another day, or leave the date to be set."
                ),
            ));
        }
        not_past(to, tx.ctx.today()).map_err(|failure| failure.with(json!({ "field": "to" })))?;
        if to.year() != session.year {
            let year = session.year;
            return Err(Failure::field(
                "to",
                text!(
                    "La sesión está numerada en {year}: no puede pasar a otro año. Cancélela y programe una nueva.",
                    "The session is numbered in {year}: it cannot move to another year. Cancel it and programme a new one."
                ),
            ));
        }
    }
    session.postponements.push(Postponement {
        from: session.date,
        to: request.to,
        reason,
        decided_at: tx.ctx.now,
    });
    session.date = request.to.unwrap_or(session.date);
    // The new notice publishes a term of its own.
    session.replies = None;
    session.status = SessionStatus::Postponed;
    tx.put(&session)?;
    Ok(session)
}

/// Which session to cancel, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelSession {
    /// The session.
    pub id: SessionId,
    /// Why. It is recorded.
    pub reason: String,
}

/// Cancels a session that has not been opened. It stays in the record with its number.
///
/// # Errors
/// `invalid_input` without a reason; `wrong_state` once it has been opened or cancelled.
pub fn cancel(tx: &mut Tx<'_>, request: CancelSession) -> Result<Session> {
    let mut session: Session = tx.get(&request.id)?;
    not_opened(&session, "cancelar")?;
    let reason = typed::prose(
        "reason",
        &text!("la razón de la cancelación", "The reason of the cancellation"),
        &request.reason,
    )?;
    session.status = SessionStatus::Cancelled;
    session.not_held = Some(NotHeld {
        reason: "cancelled".to_owned(),
        additional_item_proposal_ids: Vec::new(),
        text: Some(reason),
        decided_at: Some(tx.ctx.now),
    });
    tx.put(&session)?;
    Ok(session)
}

/// The rules in force for a body on a day, if it has any.
///
/// # Errors
/// When the archive cannot be read.
pub fn rules_on(read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<Option<RuleSet>> {
    Ok(rule_set_on(read, body, day)?.map(|stored| stored.rules))
}

/// The rules a session is prepared under: those it was convened with, else those in force on its day.
///
/// # Errors
/// When the archive cannot be read.
pub fn rules_of(read: &Read<'_>, session: &Session) -> Result<Option<RuleSet>> {
    match (&session.rule_set_id, session.status) {
        // A postponed session will be convened again, under the rules of its new day.
        (Some(id), status) if status != SessionStatus::Postponed => {
            Ok(read.find::<StoredRuleSet>(id)?.map(|stored| stored.rules))
        }
        _ => rules_on(read, &session.body_id, session.date),
    }
}

/// Whether a session is still ahead of its opening: programmed, convened or postponed.
#[must_use]
pub fn is_ahead(status: SessionStatus) -> bool {
    matches!(status, SessionStatus::Scheduled | SessionStatus::Convened | SessionStatus::Postponed)
}

/// Refuses what can only be done before a session opens. `verb` is what was tried, in Spanish.
///
/// # Errors
/// `wrong_state`, naming the state and what can be done instead.
pub fn not_opened(session: &Session, verb: &str) -> Result<()> {
    if is_ahead(session.status) {
        return Ok(());
    }
    let (es, en) = (session.status.label(), state_en(session.status));
    let (then_es, then_en) = match session.status {
        SessionStatus::Cancelled => ("Programe una sesión nueva", "Programme a new session"),
        SessionStatus::Open | SessionStatus::Suspended => {
            ("Lo que ocurre en ella se registra en «Sesionar»", "What happens in it is recorded in “Session”")
        }
        _ => ("Lo que haya que corregir va en su acta", "What must be corrected goes in its minutes"),
    };
    Err(Failure::new(
        Code::WrongState,
        text!(
            "No se puede {verb} la sesión: ya está {es}. {then_es}.",
            "This cannot be done any more: the session is {en}. {then_en}."
        ),
    )
    .with(json!({ "status": session.status, "allowed": ["scheduled", "convened", "postponed"] })))
}

/// Where a session stands, in words: one in writing is not called to order, its replies are received.
pub fn state_of(session: &Session) -> Text {
    match (session.mode, session.status) {
        (SessionMode::Written, SessionStatus::Open) => {
            text!("en plazo de respuestas", "replies being received")
        }
        (_, status) => Text { es: status.label().to_owned(), en: state_en(status).to_owned() },
    }
}

/// A session's state in English.
#[must_use]
pub fn state_en(status: SessionStatus) -> &'static str {
    match status {
        SessionStatus::Scheduled => "programmed",
        SessionStatus::Convened => "convened",
        SessionStatus::Open => "open",
        SessionStatus::Suspended => "suspended",
        SessionStatus::Adjourned => "adjourned",
        SessionStatus::Postponed => "postponed",
        SessionStatus::Cancelled => "cancelled",
        SessionStatus::NotHeldNoQuorum => "not held for lack of quorum",
        SessionStatus::Informative => "informative",
    }
}

/// A session's name as printed: "Sesión ordinaria n.º 3 de 2025"; an informative one takes no number and is told by its
/// day: "Sesión informativa del 27 de marzo de 2025".
#[must_use]
pub fn name(session: &Session) -> Text {
    let Some(number) = session.number else {
        let Text { es, en } = session.said();
        return Text { es: crate::spanish::capitalized(&es), en: crate::spanish::capitalized(&en) };
    };
    let (year, kind) = (session.year, session.kind.label());
    let en = match session.kind {
        SessionKind::Ordinary => "Ordinary",
        SessionKind::Extraordinary => "Extraordinary",
    };
    text!("Sesión {kind} n.º {number} de {year}", "{en} session no. {number} of {year}")
}

fn year_agrees(year: i32, date: NaiveDate) -> Result<()> {
    let of = date.year();
    if year != of {
        return Err(Failure::field(
            "year",
            text!(dates date;
                "La sesión se numera en {year} y su fecha es el {date}. Corrija la fecha o el año: deben coincidir.",
                "The session is numbered in {year} and dated {date}. Correct the date or the year: they must agree."
            ),
        ));
    }
    if !(1950..=2199).contains(&of) {
        return Err(Failure::field(
            "date",
            text!(
                "El año {of} no parece correcto. Revise la fecha.",
                "The year {of} does not look right. Check the date."
            ),
        ));
    }
    Ok(())
}

fn not_past(date: NaiveDate, today: NaiveDate) -> Result<()> {
    if date >= today {
        return Ok(());
    }
    Err(Failure::field(
        "date",
        text!(dates date;
            "El {date} ya pasó. Escoja una fecha futura; si la sesión ya se hizo en papel, regístrela como tal.",
            "{date} has passed. Choose a future date; if the session was kept on paper, enter it as such."
        ),
    ))
}

fn next_number(read: &Read<'_>, body: &Body, year: i32) -> Result<i64> {
    let last: Vec<Session> = if body.numbering.sessions_yearly {
        read.select("WHERE body_id = ?1 AND year = ?2 ORDER BY number DESC LIMIT 1", (&body.id, year))?
    } else {
        read.select("WHERE body_id = ?1 ORDER BY number DESC LIMIT 1", [&body.id])?
    };
    Ok(last.first().and_then(|s| s.number).map_or(1, |last| last + 1))
}

/// Gives back the number of a session that turned out informative: the next one takes it, and so on as long as they are
/// only programmed. One that was convened keeps the number that its notice announced.
///
/// # Errors
/// When the archive cannot be written.
pub(crate) fn give_number_back(tx: &mut Tx<'_>, session: &mut Session) -> Result<()> {
    let Some(mut free) = session.number.take() else { return Ok(()) };
    tx.put(&*session)?;
    let body: Body = tx.get(&session.body_id)?;
    let later: Vec<Session> = if body.numbering.sessions_yearly {
        tx.select(
            "WHERE body_id = ?1 AND year = ?2 AND number > ?3 ORDER BY number",
            (&body.id, session.year, free),
        )?
    } else {
        tx.select("WHERE body_id = ?1 AND number > ?2 ORDER BY number", (&body.id, free))?
    };
    for mut next in later {
        if next.status != SessionStatus::Scheduled || next.entered_afterwards {
            break;
        }
        let had = next.number.replace(free);
        tx.put(&next)?;
        free = had.unwrap_or(free);
    }
    Ok(())
}

fn free_number(read: &Read<'_>, body: &Body, year: i32, number: i64) -> Result<i64> {
    if !(1..=99_999).contains(&number) {
        return Err(Failure::field(
            "number",
            text!(
                "El número de sesión debe estar entre 1 y 99999; se recibió {number}.",
                "A session's number is between 1 and 99999; got {number}."
            ),
        ));
    }
    let taken: Vec<Session> = if body.numbering.sessions_yearly {
        read.select("WHERE body_id = ?1 AND year = ?2 AND number = ?3", (&body.id, year, number))?
    } else {
        read.select("WHERE body_id = ?1 AND number = ?2", (&body.id, number))?
    };
    match taken.first() {
        None => Ok(number),
        Some(other) => {
            let (date, next) = (other.date, next_number(read, body, year)?);
            Err(Failure::new(
                Code::AlreadyExists,
                text!(
                    dates date;
                    "La sesión {number} de {year} ya existe: es la del {date}. El siguiente número libre es {next}.",
                    "Session {number} of {year} exists already: it is that of {date}. The next free number is {next}."
                ),
            )
            .with(json!({ "field": "number", "session_id": other.id, "next": next })))
        }
    }
}

/// The hours of a written session are those of its term.
fn keep_hours(session: &mut Session) {
    let Some(ReplyWindow { opens_at, closes_at }) = session.replies else { return };
    let (opens, closes) = (crate::local(opens_at), crate::local(closes_at));
    session.planned_start = Some(opens.time());
    session.planned_end = Some(closes.time()).filter(|_| opens.date() == closes.date());
}

/// What must hold of every session whatever its fields.
fn possible(read: &Read<'_>, session: &Session) -> Result<()> {
    crate::written::check_window(session)?;
    if let (Some(start), Some(end)) = (session.planned_start, session.planned_end)
        && end <= start
    {
        return Err(Failure::field(
            "planned_end",
            text!(
                "La hora de cierre prevista ({end}) no es posterior a la de inicio ({start}). Corrija una de las dos.",
                "The expected end ({end}) is not after the start ({start}). Correct one of the two."
            ),
        ));
    }
    if let Some(person) = &session.secretary_person_id {
        read.get::<Person>(person)?;
    }
    // Deciding by written replies needs a registered norm behind it.
    crate::written::refuse_without_norm(read, session)
}
