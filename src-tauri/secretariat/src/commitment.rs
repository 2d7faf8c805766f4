//! Commitments: owner, due date, status, evidence; pending ones return in the next agenda.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::{self, AgendaItem};
use crate::body::Body;
use crate::calendar::Direction;
use crate::catalog::{self, Entity};
use crate::codes::CommitmentStatus;
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::history::{HistoryStep, Step};
use crate::ids::{AgendaItemId, BodyId, CommitmentId, EntityId, PersonId, SessionId};
use crate::journal::{Read, Tx, once};
use crate::minutes::{Minutes, NamedSession};
use crate::person::Person;
use crate::session::{Session, plan};
use crate::{course, history, record, search, spanish, text, typed};

/// A due date as a number of business days after a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct DueRule {
    /// How many business days.
    pub business_days: i64,
    /// After which date.
    pub from: NaiveDate,
}

/// A commitment (compromiso) made in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// The body.
    pub body_id: BodyId,
    /// The session.
    pub session_id: SessionId,
    /// The item it was made under.
    pub item_id: Option<AgendaItemId>,
    /// What was promised.
    pub text: String,
    /// Which entity answers for it.
    pub responsible_entity_id: Option<EntityId>,
    /// Who answers for it.
    pub responsible_person_id: Option<PersonId>,
    /// When it is due.
    pub due_on: Option<NaiveDate>,
    /// How the due date was computed.
    pub due_rule: Option<DueRule>,
    /// Where it stands, as last recorded; overdue is computed from the date of reading.
    pub status: CommitmentStatus,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Evidence of fulfilment.
    pub evidence: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// The evidence's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(Commitment, "commitment");

impl Commitment {
    /// Where it stands on a day: an unfinished one past its date is overdue, a finished one is late or not.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> CommitmentStatus {
        match (self.status, self.closed_on.filter(|closed| *closed <= day), self.due_on) {
            (CommitmentStatus::Cancelled, ..) => CommitmentStatus::Cancelled,
            (_, Some(closed), Some(due)) if closed > due => CommitmentStatus::FulfilledLate,
            (_, Some(_), _) => CommitmentStatus::Fulfilled,
            (_, None, Some(due)) if due < day => CommitmentStatus::Overdue,
            (_, None, _) => CommitmentStatus::InProgress,
        }
    }
}

/// Days before the due date at which the responsible are reminded, first one first.
pub const REMINDERS: [i64; 2] = [5, 1];

/// A due date as asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DueIn {
    /// How many business days, 1 to 400.
    pub business_days: i64,
    /// After which date; the session's when not said.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<NaiveDate>,
}

/// A commitment to create or edit. What is not said is left empty, also when editing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutCommitment {
    /// The commitment to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<CommitmentId>,
    /// The session it is made in.
    pub session_id: SessionId,
    /// The item it is made under.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
    /// What is promised.
    pub text: String,
    /// Which entity answers for it.
    #[serde(default)]
    #[ts(optional)]
    pub responsible_entity_id: Option<EntityId>,
    /// Who answers for it.
    #[serde(default)]
    #[ts(optional)]
    pub responsible_person_id: Option<PersonId>,
    /// When it is due.
    #[serde(default)]
    #[ts(optional)]
    pub due_on: Option<NaiveDate>,
    /// When it is due, in business days; instead of `due_on`.
    #[serde(default)]
    #[ts(optional)]
    pub due_in: Option<DueIn>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Creates a commitment or edits one. Once the session's minutes are adopted it is extended, closed or withdrawn, not
/// rewritten.
///
/// # Errors
/// `invalid_input` when the text is empty, both due dates are given, or it is due before its session; `wrong_state` when
/// the minutes are adopted; `not_found` for unknown ids.
pub fn put(tx: &mut Tx<'_>, request: PutCommitment) -> Result<Commitment> {
    let session: Session = tx.get(&request.session_id)?;
    let id = match request.id {
        Some(id) => id,
        None => CommitmentId::new(tx.ctx.new_id())?,
    };
    let old: Option<Commitment> = tx.find(&id)?;
    if let Some(old) = &old
        && old.session_id != session.id
    {
        return Err(Failure::field(
            "session_id",
            text!(
                "Un compromiso no pasa a otra sesión. Cree uno nuevo en esa sesión.",
                "A commitment does not move to another session. Make a new one in that session."
            ),
        ));
    }
    refuse_adopted(tx, &session)?;
    if let Some(item) = &request.item_id {
        let item: AgendaItem = tx.get(item)?;
        if item.session_id != session.id {
            return Err(Failure::not_found("agenda_item", item.id.as_str()));
        }
    }
    if let Some(entity) = &request.responsible_entity_id {
        tx.get::<Entity>(entity)?;
    }
    if let Some(person) = &request.responsible_person_id {
        tx.get::<Person>(person)?;
    }
    let (due_on, due_rule) = due(tx, &session, request.due_on, request.due_in)?;
    let commitment = Commitment {
        id,
        body_id: session.body_id,
        session_id: session.id,
        item_id: request.item_id,
        text: typed::prose("text", &text!("el compromiso", "The commitment"), &request.text)?,
        responsible_entity_id: request.responsible_entity_id,
        responsible_person_id: request.responsible_person_id,
        due_on,
        due_rule,
        status: old.as_ref().map_or(CommitmentStatus::InProgress, |o| o.status),
        closed_on: old.as_ref().and_then(|o| o.closed_on),
        evidence: old.as_ref().and_then(|o| o.evidence.clone()),
        note: typed::optional_prose("note", request.note.as_deref())?,
        blob_id: old.as_ref().and_then(|o| o.blob_id.clone()),
        file: old.and_then(|o| o.file),
    };
    tx.put(&commitment)?;
    Ok(commitment)
}

fn due(
    read: &Read<'_>,
    session: &Session,
    on: Option<NaiveDate>,
    within: Option<DueIn>,
) -> Result<(Option<NaiveDate>, Option<DueRule>)> {
    let held = session.date;
    let (on, rule) = match (on, within) {
        (Some(_), Some(_)) => {
            return Err(Failure::field(
                "due_in",
                text!(
                    "La fecha límite se da como fecha o como días hábiles, no de las dos maneras. Deje una.",
                    "The due date is given as a date or as business days, not both. Leave one."
                ),
            ));
        }
        (on, None) => (on, None),
        (None, Some(within)) => {
            let from = within.from.unwrap_or(held);
            let days = within.business_days;
            let last = u64::try_from(days)
                .ok()
                .filter(|n| (1..=400).contains(n))
                .and_then(|n| {
                    catalog::calendar(read)
                        .map(|c| c.nth_business_day(from, n, Direction::Forward))
                        .transpose()
                })
                .transpose()?;
            let Some(last) = last else {
                return Err(Failure::field(
                    "due_in",
                    text!(
                        "El plazo va de 1 a 400 días hábiles; se escribió {days}. Corríjalo o escriba una fecha.",
                        "The term goes from 1 to 400 business days; {days} was typed. Correct it or type a date."
                    ),
                ));
            };
            (Some(last), Some(DueRule { business_days: days, from }))
        }
    };
    if let Some(due) = on
        && due < held
    {
        return Err(Failure::field(
            "due_on",
            text!(
                dates due, held;
                "La fecha límite ({due}) es anterior a la sesión ({held}). Corríjala.",
                "The due date ({due}) is before the session ({held}). Correct it."
            ),
        ));
    }
    Ok((on, rule))
}

fn refuse_adopted(read: &Read<'_>, session: &Session) -> Result<()> {
    let adopted: Vec<Minutes> = read.select(
        "WHERE session_id = ?1 AND status IN ('approved', 'signed', 'published') LIMIT 1",
        [&session.id],
    )?;
    let Some(minutes) = adopted.first() else { return Ok(()) };
    let (number, year) = (minutes.number, minutes.year);
    Err(Failure::new(
        Code::WrongState,
        text!(
            "El compromiso consta en el Acta {number} de {year}, ya aprobada. Prorróguelo, ciérrelo o retírelo; su texto no se cambia.",
            "The commitment is in Minutes {number} of {year}, already adopted. Extend, close or withdraw it; its text is not changed."
        ),
    )
    .with(serde_json::json!({ "minutes_id": minutes.id })))
}

/// A new due date and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendCommitment {
    /// The commitment.
    pub id: CommitmentId,
    /// The new due date.
    pub due_on: NaiveDate,
    /// Why it is extended.
    pub reason: String,
}

/// Gives a commitment more time; the reason and the date it had are kept in its note.
///
/// # Errors
/// `invalid_input` when the new date is not later or there is no reason; `wrong_state` when it is closed.
#[allow(clippy::needless_pass_by_value)]
pub fn extend(tx: &mut Tx<'_>, request: ExtendCommitment) -> Result<Commitment> {
    let mut commitment: Commitment = tx.get(&request.id)?;
    refuse_closed(&commitment)?;
    let reason = typed::prose("reason", &text!("la razón de la prórroga", "The reason"), &request.reason)?;
    let due = request.due_on;
    if let Some(old) = commitment.due_on
        && due <= old
    {
        return Err(Failure::field(
            "due_on",
            text!(
                dates due, old;
                "La fecha nueva ({due}) no es posterior a la que tiene ({old}). Corríjala.",
                "The new date ({due}) is not after the one it has ({old}). Correct it."
            ),
        ));
    }
    let what = extension(due, commitment.due_on);
    add_note(tx, &mut commitment, &what, &reason);
    commitment.due_on = Some(due);
    commitment.due_rule = None;
    tx.put(&commitment)?;
    Ok(commitment)
}

/// The beginning of an extension's line in the note.
fn extension(due: NaiveDate, had: Option<NaiveDate>) -> String {
    let had = had.map_or_else(|| "sin fecha".to_owned(), spanish::date);
    format!("prórroga hasta el {} (antes: {had}): ", spanish::date(due))
}

const WITHDRAWN: &str = "retirado: ";
const REOPENED: &str = "reabierto: ";
const PROGRESS: &str = "avance: ";

/// Adds a dated line to the note: what was done, and why or what.
fn add_note(read: &Read<'_>, commitment: &mut Commitment, what: &str, why: &str) {
    let line = format!("{}: {what}{why}", spanish::date(read.ctx.today()));
    commitment.note = Some(match commitment.note.take() {
        Some(old) => format!("{old}\n{line}"),
        None => line,
    });
}

fn refuse_closed(commitment: &Commitment) -> Result<()> {
    let (es, en) = match (commitment.status, commitment.closed_on) {
        (CommitmentStatus::Cancelled, _) => ("retirado", "withdrawn"),
        (_, Some(_)) => ("cerrado", "closed"),
        (_, None) => return Ok(()),
    };
    Err(Failure::new(
        Code::WrongState,
        text!(
            "El compromiso está {es}. Reábralo primero si hay que cambiarlo.",
            "The commitment is {en}. Reopen it first if it must change."
        ),
    ))
}

/// A commitment fulfilled, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseCommitment {
    /// The commitment.
    pub id: CommitmentId,
    /// When it was fulfilled; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub closed_on: Option<NaiveDate>,
    /// Evidence, in words; needed when there is no file.
    #[serde(default)]
    #[ts(optional)]
    pub evidence: Option<String>,
    /// The evidence's file.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
}

/// Closes a commitment as fulfilled, in time or late.
///
/// # Errors
/// `invalid_input` without evidence, or when the day is before the session or to come; `wrong_state` when it is closed.
#[allow(clippy::needless_pass_by_value)]
pub fn close(tx: &mut Tx<'_>, request: CloseCommitment) -> Result<Commitment> {
    let mut commitment: Commitment = tx.get(&request.id)?;
    refuse_closed(&commitment)?;
    let session: Session = tx.get(&commitment.session_id)?;
    let (today, held) = (tx.ctx.today(), session.date);
    let closed = request.closed_on.unwrap_or(today);
    if closed > today || closed < held {
        return Err(Failure::field(
            "closed_on",
            text!(
                dates closed, held, today;
                "La fecha de cumplimiento ({closed}) debe estar entre la sesión ({held}) y hoy ({today}). Corríjala.",
                "The day of fulfilment ({closed}) must be between the session ({held}) and today ({today}). Correct it."
            ),
        ));
    }
    let evidence = typed::optional_prose("evidence", request.evidence.as_deref())?;
    if evidence.is_none() && request.file.is_none() {
        return Err(Failure::field(
            "evidence",
            text!(
                "Falta la evidencia del cumplimiento. Descríbala o adjunte el documento.",
                "The evidence of fulfilment is missing. Describe it or attach the document."
            ),
        ));
    }
    if let Some(file) = request.file {
        let kept = file.keep(tx)?;
        commitment.blob_id = Some(kept.blob_id);
        commitment.file = Some(kept.name);
    }
    commitment.evidence = evidence.or(commitment.evidence);
    commitment.closed_on = Some(closed);
    commitment.status = commitment.status_on(today);
    tx.put(&commitment)?;
    Ok(commitment)
}

/// A commitment and why it is withdrawn or reopened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitmentReason {
    /// The commitment.
    pub id: CommitmentId,
    /// Why.
    pub reason: String,
}

/// Withdraws a commitment that no longer makes sense; it stays in the record with its reason.
///
/// # Errors
/// `invalid_input` without a reason; `wrong_state` when it is closed or withdrawn.
#[allow(clippy::needless_pass_by_value)]
pub fn cancel(tx: &mut Tx<'_>, request: CommitmentReason) -> Result<Commitment> {
    let mut commitment: Commitment = tx.get(&request.id)?;
    refuse_closed(&commitment)?;
    let reason = typed::prose("reason", &text!("la razón del retiro", "The reason"), &request.reason)?;
    commitment.status = CommitmentStatus::Cancelled;
    add_note(tx, &mut commitment, WITHDRAWN, &reason);
    tx.put(&commitment)?;
    Ok(commitment)
}

/// Reopens a commitment that was closed or withdrawn; its evidence stays.
///
/// # Errors
/// `invalid_input` without a reason; `wrong_state` when it is open.
#[allow(clippy::needless_pass_by_value)]
pub fn reopen(tx: &mut Tx<'_>, request: CommitmentReason) -> Result<Commitment> {
    let mut commitment: Commitment = tx.get(&request.id)?;
    if refuse_closed(&commitment).is_ok() {
        return Err(Failure::new(
            Code::WrongState,
            text!("El compromiso está abierto.", "The commitment is open."),
        ));
    }
    let reason = typed::prose("reason", &text!("la razón para reabrirlo", "The reason"), &request.reason)?;
    commitment.closed_on = None;
    commitment.status = CommitmentStatus::InProgress;
    add_note(tx, &mut commitment, REOPENED, &reason);
    tx.put(&commitment)?;
    Ok(commitment)
}

/// Progress of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportCommitment {
    /// The commitment.
    pub id: CommitmentId,
    /// How far it is.
    pub text: String,
}

/// Adds what its owner reports to the note of an open commitment, dated; also once its minutes are adopted.
///
/// # Errors
/// `invalid_input` when it says nothing; `wrong_state` when it is closed or withdrawn.
#[allow(clippy::needless_pass_by_value)]
pub fn report(tx: &mut Tx<'_>, request: ReportCommitment) -> Result<Commitment> {
    let mut commitment: Commitment = tx.get(&request.id)?;
    refuse_closed(&commitment)?;
    let said = typed::prose("text", &text!("el avance", "The progress"), &request.text)?;
    add_note(tx, &mut commitment, PROGRESS, &said);
    tx.put(&commitment)?;
    Ok(commitment)
}

/// Which commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetCommitment {
    /// The commitment.
    pub id: CommitmentId,
}

/// Removes a commitment recorded by mistake, while its minutes are not adopted.
///
/// # Errors
/// `wrong_state` when the minutes are adopted; `not_found`.
#[allow(clippy::needless_pass_by_value)]
pub fn remove(tx: &mut Tx<'_>, request: GetCommitment) -> Result<()> {
    let commitment: Commitment = tx.get(&request.id)?;
    refuse_adopted(tx, &tx.get(&commitment.session_id)?)?;
    tx.remove::<Commitment>(&commitment.id)
}

/// Which part of the commitments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommitmentFilter {
    /// Neither closed nor withdrawn.
    Open,
    /// Open and past their date.
    Overdue,
    /// Open and due in five days or fewer.
    DueSoon,
    /// Fulfilled, in time or late.
    Closed,
    /// Withdrawn.
    Cancelled,
}

/// Which commitments to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListCommitments {
    /// Only those of a body.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// Only that part; all when not said.
    #[serde(default)]
    #[ts(optional)]
    pub state: Option<CommitmentFilter>,
    /// Only those an entity answers for.
    #[serde(default)]
    #[ts(optional)]
    pub entity_id: Option<EntityId>,
    /// Only those a person answers for.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// Only those of a session.
    #[serde(default)]
    #[ts(optional)]
    pub session_id: Option<SessionId>,
    /// Only those with every one of these words, or their beginnings, in the commitment, its note, its evidence or the
    /// names of who answers for it.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Only those due from this day on.
    #[serde(default)]
    #[ts(optional)]
    pub due_from: Option<NaiveDate>,
    /// Only those due up to this day.
    #[serde(default)]
    #[ts(optional)]
    pub due_to: Option<NaiveDate>,
    /// The day their status is for; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// At most this many lines, 1 to 5,000; 500 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}

/// A commitment in a line, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CommitmentLine {
    /// The commitment.
    pub commitment: Commitment,
    /// Where it stands on the day.
    pub status: CommitmentStatus,
    /// Name of the body.
    pub body: String,
    /// The session's number in its year; nothing of an informative one.
    pub session_number: Option<i64>,
    /// The session's year.
    pub session_year: i32,
    /// The session's day.
    pub session_date: NaiveDate,
    /// Short name of the entity that answers for it.
    pub entity: Option<String>,
    /// Who answers for it.
    pub person: Option<String>,
    /// Days from the day to the due date, negative when past; `null` when closed or without a date.
    pub days_left: Option<i64>,
    /// The reminder that is due: 5 or 1 days before.
    pub reminder: Option<i64>,
    /// Whether nobody answers for it or it has no date.
    pub incomplete: bool,
}

/// How many commitments of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CommitmentCounts {
    /// Neither closed nor withdrawn.
    pub open: i64,
    /// Open and past their date.
    pub overdue: i64,
    /// Open and due in five days or fewer.
    pub due_soon: i64,
    /// Fulfilled in time.
    pub fulfilled: i64,
    /// Fulfilled late.
    pub fulfilled_late: i64,
    /// Withdrawn.
    pub cancelled: i64,
}

/// The commitments as their screen shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CommitmentsView {
    /// The day.
    pub on: NaiveDate,
    /// Open ones by due date, then closed ones, newest first.
    pub commitments: Vec<CommitmentLine>,
    /// How many the request leaves, whatever the limit.
    pub total: i64,
    /// How many there are of each kind, by the same body, entity, person and session; whatever the state, the words
    /// and the days.
    pub counts: CommitmentCounts,
}

/// Days before its date from which a commitment is due soon.
const SOON: u64 = 5;

/// Open on the day `?1`: closed later than the day is open on that day.
const OPEN: &str = "(closed_on IS NULL OR closed_on > ?1) AND commitment.status <> 'cancelled'";

/// Closed on the day `?1`.
const CLOSED: &str = "closed_on <= ?1 AND commitment.status <> 'cancelled'";

/// Open and past their date on the day `?1`.
const OVERDUE: &str = "due_on < ?1";

/// Due on the day `?1` or until `?2`.
const DUE_SOON: &str = "due_on BETWEEN ?1 AND ?2";

/// What is asked for, in SQL.
struct Asked {
    /// The bodies that closed and withdrawn ones may be of; none where only open ones are asked for.
    bodies: Vec<BodyId>,
    /// What the rows must meet; every parameter is named in it.
    conditions: Vec<String>,
    /// The parameters: first the day and the last one of those that are due soon.
    values: Vec<Sql>,
}

impl Asked {
    fn on(day: NaiveDate, bodies: Vec<BodyId>) -> Self {
        let values = vec![Sql::Text(day.to_string()), Sql::Text((day + Days::new(SOON)).to_string())];
        Self { bodies, conditions: vec!["?1 <= ?2".to_owned()], values }
    }

    /// Adds a parameter and gives its place.
    fn value(&mut self, value: impl Into<Sql>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    fn is(&mut self, column: &str, id: Option<&str>) {
        if let Some(id) = id {
            let place = self.value(id.to_owned());
            self.conditions.push(format!("{column} = ?{place}"));
        }
    }

    fn conditions(&self) -> String {
        self.conditions.join(" AND ")
    }

    /// How they stand. Three questions, for each is a range of the index: a sum for each kind over every row would
    /// look at forty years to count the few that are open.
    fn counts(&self, read: &Read<'_>) -> Result<CommitmentCounts> {
        let ask = |sums: [&str; 2], which: &str| -> Result<(i64, i64, i64)> {
            let [one, other] = sums;
            let conditions = self.conditions();
            Ok(read
                .conn
                .prepare_cached(&format!(
                    "SELECT count(*), coalesce(sum({one}), 0), coalesce(sum({other}), 0)
                     FROM commitment WHERE {conditions} AND {which}"
                ))?
                .query_row(params_from_iter(&self.values), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?)
        };
        let (open, overdue, due_soon) = ask([OVERDUE, DUE_SOON], OPEN)?;
        let (closed, fulfilled_late, _) = ask(["closed_on > due_on", "0"], CLOSED)?;
        let (cancelled, ..) = ask(["0", "0"], "commitment.status = 'cancelled'")?;
        Ok(CommitmentCounts {
            open,
            overdue,
            due_soon,
            fulfilled: closed - fulfilled_late,
            fulfilled_late,
            cancelled,
        })
    }

    fn total(&self, read: &Read<'_>) -> Result<i64> {
        let conditions = self.conditions();
        Ok(read
            .conn
            .prepare_cached(&format!("SELECT count(*) FROM commitment WHERE {conditions}"))?
            .query_row(params_from_iter(&self.values), |r| r.get(0))?)
    }

    /// The first ones: those open by due date, then the others, newest first. They are found by the index alone, and
    /// only they are read.
    fn first(&self, read: &Read<'_>, limit: usize) -> Result<Vec<Commitment>> {
        let most = i64::try_from(limit).unwrap_or(i64::MAX);
        let conditions = self.conditions();
        let mut values = self.values.clone();
        values.push(Sql::Integer(most));
        let last = values.len();
        let mut rows: Vec<i64> = read
            .conn
            .prepare_cached(&format!(
                "SELECT commitment.rowid FROM commitment WHERE {conditions} AND {OPEN}
                 ORDER BY coalesce(due_on, '9999'), closed_on DESC, id LIMIT ?{last}"
            ))?
            .query_map(params_from_iter(&values), |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if rows.len() < limit {
            // One body at a time the index has them in this order.
            let mut others: Vec<(Option<String>, String, i64)> = Vec::new();
            for body in &self.bodies {
                let mut values = values.clone();
                values.push(Sql::Text(body.as_str().to_owned()));
                let mut statement = read.conn.prepare_cached(&format!(
                    "SELECT closed_on, id, commitment.rowid FROM commitment
                     WHERE {conditions} AND commitment.body_id = ?{} AND NOT ({OPEN})
                     ORDER BY closed_on DESC, id LIMIT ?{last}",
                    values.len()
                ))?;
                let found = statement
                    .query_map(params_from_iter(&values), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
                for row in found {
                    others.push(row?);
                }
            }
            others.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
            rows.extend(others.into_iter().map(|(_, _, row)| row).take(limit - rows.len()));
        }
        let rows = serde_json::to_string(&rows).map_err(Failure::internal)?;
        read.select("JOIN json_each(?1) AS page ON page.value = commitment.rowid ORDER BY page.key", [rows])
    }
}

/// The commitments that a request asks for.
///
/// # Errors
/// `not_found` for an unknown body, entity, person or session; `invalid_input` when the days are not in order.
pub fn list(read: &Read<'_>, request: ListCommitments) -> Result<CommitmentsView> {
    let limit = usize::try_from(request.limit.unwrap_or(500).clamp(1, 5_000)).unwrap_or(500);
    at_most(read, request, limit)
}

/// [`list`] with as many lines as the caller wants.
///
/// # Errors
/// Those of the list.
pub(crate) fn at_most(read: &Read<'_>, request: ListCommitments, limit: usize) -> Result<CommitmentsView> {
    if let Some(body) = &request.body_id {
        read.get::<Body>(body)?;
    }
    if let Some(entity) = &request.entity_id {
        read.get::<Entity>(entity)?;
    }
    if let Some(person) = &request.person_id {
        read.get::<Person>(person)?;
    }
    let session = request.session_id.as_ref().map(|id| read.get::<Session>(id)).transpose()?;
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    let bodies = match (&request.body_id, session) {
        (Some(body), _) => vec![body.clone()],
        (None, Some(session)) => vec![session.body_id],
        (None, None) => read
            .conn
            .prepare_cached("SELECT id FROM body")?
            .query_map([], |r| r.get::<_, String>(0))?
            .map(|id| BodyId::new(id?))
            .collect::<Result<_>>()?,
    };
    // Only what is asked becomes a condition: "any, or this one" would keep the index from answering.
    let mut asked = Asked::on(on, bodies);
    asked.is("commitment.body_id", request.body_id.as_ref().map(AsRef::as_ref));
    asked.is("responsible_entity_id", request.entity_id.as_ref().map(AsRef::as_ref));
    asked.is("responsible_person_id", request.person_id.as_ref().map(AsRef::as_ref));
    asked.is("commitment.session_id", request.session_id.as_ref().map(AsRef::as_ref));
    if request.body_id.is_none() && request.session_id.is_none() {
        // Every body, said so that the index, which begins with it, can answer.
        asked.conditions.push("commitment.body_id IN (SELECT id FROM body)".to_owned());
    }
    let counts = asked.counts(read)?;
    asked.conditions.extend(match request.state {
        None => None,
        Some(CommitmentFilter::Open) => Some(OPEN.to_owned()),
        Some(CommitmentFilter::Overdue) => Some(format!("{OPEN} AND {OVERDUE}")),
        Some(CommitmentFilter::DueSoon) => Some(format!("{OPEN} AND {DUE_SOON}")),
        Some(CommitmentFilter::Closed) => Some(CLOSED.to_owned()),
        Some(CommitmentFilter::Cancelled) => Some("commitment.status = 'cancelled'".to_owned()),
    });
    if let Some(from) = request.due_from {
        typed::in_order("due_to", from, request.due_to)?;
    }
    for (day, comparison) in [(request.due_from, ">="), (request.due_to, "<=")] {
        if let Some(day) = day {
            let place = asked.value(day.to_string());
            asked.conditions.push(format!("due_on {comparison} ?{place}"));
        }
    }
    for word in search::words(request.text.as_deref().unwrap_or_default()).iter().take(WORDS) {
        let place = asked.value(search::beginning(word));
        let found = search::found_in("commitment", &format!("?{place}"));
        let (entities, people) = answering(read, word)?;
        let (entities, people) = (asked.value(entities), asked.value(people));
        asked.conditions.push(format!(
            "(commitment.id IN ({found}) OR responsible_entity_id IN (SELECT value FROM json_each(?{entities}))
              OR responsible_person_id IN (SELECT value FROM json_each(?{people})))"
        ));
    }
    if matches!(
        request.state,
        Some(CommitmentFilter::Open | CommitmentFilter::Overdue | CommitmentFilter::DueSoon)
    ) {
        asked.bodies.clear();
    }
    let mut names = Names::default();
    let found = asked.first(read, limit)?;
    let commitments = found.into_iter().map(|c| line(read, &mut names, c, on)).collect::<Result<_>>()?;
    Ok(CommitmentsView { on, commitments, total: asked.total(read)?, counts })
}

/// How the commitments of a body stand on a day, and those that press: the overdue ones, then those due soon, by due
/// date, at most so many of each.
///
/// # Errors
/// When the archive cannot be read.
pub fn pressing(
    read: &Read<'_>,
    body: &BodyId,
    on: NaiveDate,
    most: usize,
) -> Result<(CommitmentCounts, Vec<CommitmentLine>)> {
    let mut asked = Asked::on(on, Vec::new());
    asked.is("commitment.body_id", Some(body.as_ref()));
    let counts = asked.counts(read)?;
    let (mut names, mut lines) = (Names::default(), Vec::new());
    for state in [OVERDUE, DUE_SOON] {
        asked.conditions.push(format!("{OPEN} AND {state}"));
        for commitment in asked.first(read, most)? {
            lines.push(line(read, &mut names, commitment, on)?);
        }
        asked.conditions.pop();
    }
    Ok((counts, lines))
}

/// Words of a filter that are looked at.
const WORDS: usize = 12;

/// The entities and the people with a word that begins so in their names, as JSON lists of ids; of the people, those
/// who answer for a commitment.
fn answering(read: &Read<'_>, word: &str) -> Result<(String, String)> {
    let wanted = typed::folded(word);
    let named = |sql: &str| -> Result<String> {
        let mut statement = read.conn.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
            if search::words(&name).iter().any(|word| typed::folded(word).starts_with(&wanted)) {
                ids.push(id);
            }
        }
        serde_json::to_string(&ids).map_err(Failure::internal)
    };
    Ok((
        named("SELECT id, name || ' ' || coalesce(short_name, '') FROM entity")?,
        named("SELECT id, full_name FROM person WHERE id IN (SELECT responsible_person_id FROM commitment)")?,
    ))
}

/// Which commitment, and the day its status is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetCommitmentView {
    /// The commitment.
    pub id: CommitmentId,
    /// The day; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// A commitment whole, with its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CommitmentView {
    /// The commitment as it stands on the day.
    pub line: CommitmentLine,
    /// The item it was made under, with its number: "5. Seguimiento a compromisos".
    pub item: Option<String>,
    /// The session it was made in.
    pub session: NamedSession,
    /// What was done with it, newest first.
    pub history: Vec<HistoryStep>,
}

/// A commitment with the item and session it was made in, and what was done with it.
///
/// # Errors
/// `not_found` when there is none.
#[allow(clippy::needless_pass_by_value)]
pub fn view(read: &Read<'_>, request: GetCommitmentView) -> Result<CommitmentView> {
    let commitment: Commitment = read.get(&request.id)?;
    let session: Session = read.get(&commitment.session_id)?;
    let item = match &commitment.item_id {
        Some(id) => {
            let items = read.select("WHERE session_id = ?1", [&session.id])?;
            let items: Vec<AgendaItem> = course::printed_order(items);
            let numbers = agenda::view::numbers(&items);
            items.iter().zip(numbers).find(|(i, _)| i.id == *id).map(|(i, n)| format!("{n}. {}", i.title))
        }
        None => None,
    };
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    Ok(CommitmentView {
        item,
        session: NamedSession { name: plan::name(&session), id: session.id },
        history: history::of(read, commitment.id.as_ref(), told)?,
        line: line(read, &mut Names::default(), commitment, on)?,
    })
}

/// What an act did to a commitment, in words.
fn told(step: &Step<'_, Commitment>) -> Text {
    let Some(after) = &step.after else { return text!("Eliminado", "Removed") };
    let Some(before) = &step.before else { return text!("Registrado", "Recorded") };
    // What the act added to the note, without its day and its beginning: the reason, as it was typed.
    let added = |what: &str| {
        let note = after.note.as_deref()?;
        let added = note.strip_prefix(before.note.as_deref().unwrap_or_default())?.trim_start_matches('\n');
        added.split_once(": ").and_then(|(_, line)| line.strip_prefix(what)).map(str::to_owned)
    };
    let with = |said: Text, why: Option<String>| match why {
        Some(why) => Text::new(format!("{}: {why}", said.es), format!("{}: {why}", said.en)),
        None => said,
    };
    match step.op {
        "extend_commitment" => match after.due_on {
            Some(due) => {
                let why = added(&extension(due, before.due_on));
                with(text!(dates due; "Prórroga hasta el {due}", "Extended to {due}"), why)
            }
            None => text!("Prórroga", "Extended"),
        },
        "close_commitment" => {
            let evidence = after.evidence.clone().filter(|_| after.evidence != before.evidence);
            let evidence = evidence.or_else(|| after.file.clone());
            match after.closed_on {
                Some(day) => with(
                    text!(dates day; "Cerrado con evidencia, cumplido el {day}", "Closed with evidence, fulfilled on {day}"),
                    evidence,
                ),
                None => with(text!("Cerrado con evidencia", "Closed with evidence"), evidence),
            }
        }
        "cancel_commitment" => with(text!("Retirado", "Withdrawn"), added(WITHDRAWN)),
        "reopen_commitment" => with(text!("Reabierto", "Reopened"), added(REOPENED)),
        "report_commitment" => with(text!("Avance", "Progress"), added(PROGRESS)),
        _ => history::edited(&[
            (before.text != after.text, text!("texto", "text")),
            (
                (&before.responsible_entity_id, &before.responsible_person_id)
                    != (&after.responsible_entity_id, &after.responsible_person_id),
                text!("responsable", "owner"),
            ),
            (before.due_on != after.due_on, text!("fecha límite", "due date")),
            (before.item_id != after.item_id, text!("punto", "agenda item")),
            (before.note != after.note, text!("nota", "note")),
        ]),
    }
}

/// What the lines of a list name, looked up once each.
#[derive(Default)]
struct Names {
    /// Number, year and day.
    sessions: HashMap<SessionId, (Option<i64>, i32, NaiveDate)>,
    bodies: HashMap<BodyId, String>,
    entities: HashMap<EntityId, Option<String>>,
    people: HashMap<PersonId, Option<String>>,
}

/// Number, year and day of a session: a page may name hundreds, and needs no more of them.
fn session_of(read: &Read<'_>, id: &SessionId) -> Result<(Option<i64>, i32, NaiveDate)> {
    let row: (Option<i64>, i32, String) = read
        .conn
        .prepare_cached("SELECT number, year, date FROM session WHERE id = ?1")?
        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    Ok((row.0, row.1, row.2.parse().map_err(Failure::internal)?))
}

/// A commitment in a line.
///
/// # Errors
/// When the archive cannot be read.
fn line(read: &Read<'_>, names: &mut Names, commitment: Commitment, on: NaiveDate) -> Result<CommitmentLine> {
    let (session_number, session_year, session_date) =
        once(&mut names.sessions, &commitment.session_id, || session_of(read, &commitment.session_id))?;
    let body =
        once(&mut names.bodies, &commitment.body_id, || Ok(read.get::<Body>(&commitment.body_id)?.name))?;
    let entity = match &commitment.responsible_entity_id {
        Some(id) => {
            once(&mut names.entities, id, || Ok(read.find::<Entity>(id)?.map(|e| e.short().to_owned())))?
        }
        None => None,
    };
    let person = match &commitment.responsible_person_id {
        Some(id) => once(&mut names.people, id, || Ok(read.find::<Person>(id)?.map(|p| p.full_name)))?,
        None => None,
    };
    let status = commitment.status_on(on);
    let open = matches!(status, CommitmentStatus::InProgress | CommitmentStatus::Overdue);
    let days_left = commitment.due_on.filter(|_| open).map(|due| (due - on).num_days());
    Ok(CommitmentLine {
        status,
        body,
        session_number,
        session_year,
        session_date,
        incomplete: commitment.due_on.is_none() || (entity.is_none() && person.is_none()),
        entity,
        person,
        days_left,
        reminder: days_left
            .and_then(|left| REMINDERS.into_iter().rev().find(|reminder| (0..=*reminder).contains(&left))),
        commitment,
    })
}

/// Which session's follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PendingCommitments {
    /// The session in whose agenda they return.
    pub session_id: SessionId,
}

/// The commitments that return in a session's agenda.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FollowUp {
    /// The day their status is for: the session's, or today while it has not come.
    pub on: NaiveDate,
    /// Made in earlier sessions of the body and still open, by due date.
    pub pending: Vec<CommitmentLine>,
    /// Closed since the session before this one.
    pub closed_since: Vec<CommitmentLine>,
}

/// The commitments of earlier sessions that a session follows up: those still open and those closed since the one before.
///
/// # Errors
/// `not_found` when there is no such session.
#[allow(clippy::needless_pass_by_value)]
pub fn pending(read: &Read<'_>, request: PendingCommitments) -> Result<FollowUp> {
    let session: Session = read.get(&request.session_id)?;
    let on = session.date.min(read.ctx.today());
    let date = session.date.to_string();
    let previous: Option<String> = read
        .conn
        .prepare_cached(
            "SELECT max(date) FROM session WHERE body_id = ?1 AND date < ?2 AND id <> ?3 AND status IN ('adjourned', 'informative', 'not_held_no_quorum')",
        )?
        .query_row((&session.body_id, &date, &session.id), |r| r.get(0))?;
    let earlier = "JOIN session ON session.id = commitment.session_id WHERE commitment.body_id = ?1 AND session.date < ?2
        AND commitment.session_id <> ?3 AND commitment.status <> 'cancelled'";
    let open: Vec<Commitment> = read.select(
        &format!("{earlier} AND (closed_on IS NULL OR closed_on > ?4) ORDER BY coalesce(due_on, '9999'), commitment.id"),
        (&session.body_id, &date, &session.id, on.to_string()),
    )?;
    let closed: Vec<Commitment> = read.select(
        &format!("{earlier} AND closed_on <= ?4 AND closed_on >= ?5 ORDER BY closed_on, commitment.id"),
        (&session.body_id, &date, &session.id, on.to_string(), previous.unwrap_or_default()),
    )?;
    let mut names = Names::default();
    let mut lines = |found: Vec<Commitment>| {
        found.into_iter().map(|c| line(read, &mut names, c, on)).collect::<Result<Vec<_>>>()
    };
    Ok(FollowUp { on, pending: lines(open)?, closed_since: lines(closed)? })
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use serde_json::json;

    use super::*;
    use crate::api::{self, Op};
    use crate::archive_tests::{body, context, record_of};
    use crate::{Secretariat, journal};

    /// Two bodies with commitments in every state, many on one day.
    fn archive(folder: &std::path::Path) -> (Secretariat, Vec<Commitment>) {
        let archive = Secretariat::create(&folder.join("a.actario"), &context(1), "equipo").unwrap();
        let mut other = body("Grupo de Trabajo");
        other["id"] = json!("body-y");
        for (n, body) in [(2, body("Comisión Intersectorial")), (3, other)] {
            api::dispatch(&archive, &context(n), "put_body", body).unwrap();
        }
        let all: Vec<Commitment> = (0..60)
            .map(|n| {
                let body = if n % 3 == 0 { "y" } else { "x" };
                let due =
                    [None, Some("2026-02-20"), Some("2026-03-02"), Some("2026-03-07"), Some("2026-04-01")]
                        [n % 5];
                let (status, closed) = match n % 8 {
                    0 | 1 => ("in_progress", None),
                    2..=4 => ("fulfilled", Some(format!("2026-02-{:02}", 17 + n % 6))),
                    5 => ("cancelled", None),
                    // Closed after the day: open on it.
                    _ => ("fulfilled", Some("2026-03-05".to_owned())),
                };
                record_of(json!({ "id": format!("c-{:02}", (n * 7) % 60), "body_id": format!("body-{body}"),
                    "session_id": format!("ses-{body}"), "text": "Enviar el informe", "due_on": due,
                    "status": status, "closed_on": closed }))
            })
            .collect();
        let put = |tx: &mut journal::Tx<'_>| {
            for body in ["x", "y"] {
                tx.put(&record_of::<Session>(json!({ "id": format!("ses-{body}"), "body_id": format!("body-{body}"),
                    "number": 1, "year": 2026, "kind": "ordinary", "mode": "in_person", "status": "adjourned",
                    "date": "2026-02-03", "recording": false, "entered_afterwards": false, "postponements": [], "invitees": [], "overrides": [] })))?;
            }
            all.iter().try_for_each(|commitment| tx.put(commitment))
        };
        archive.transact(&context(4), Op::PutBody, put).unwrap();
        (archive, all)
    }

    /// What the index answers is what going through every commitment gives: the same ones, in the same order, counted
    /// alike, whatever the body, the state and the limit.
    #[test]
    fn a_page_is_the_first_of_all() {
        let folder = tempfile::tempdir().unwrap();
        let (archive, all) = archive(folder.path());
        let on = context(9).today();
        let soon = on + Days::new(SOON);
        let cancelled = |c: &Commitment| c.status == CommitmentStatus::Cancelled;
        let open = |c: &Commitment| !cancelled(c) && c.closed_on.is_none_or(|day| day > on);
        let closed = |c: &Commitment| !cancelled(c) && c.closed_on.is_some_and(|day| day <= on);
        let due =
            |c: &Commitment, from: NaiveDate, to: NaiveDate| c.due_on.is_some_and(|d| from <= d && d <= to);
        let long_ago = NaiveDate::MIN;
        let late = |c: &Commitment| c.closed_on.zip(c.due_on).is_some_and(|(closed, due)| closed > due);
        let yesterday = on - Days::new(1);
        for body in [None, Some("body-x")] {
            let mut of: Vec<&Commitment> =
                all.iter().filter(|c| body.is_none_or(|id| c.body_id.as_str() == id)).collect();
            of.sort_by_key(|c| {
                let due = if open(c) { c.due_on.unwrap_or(NaiveDate::MAX) } else { NaiveDate::MIN };
                (!open(c), due, Reverse(c.closed_on), c.id.to_string())
            });
            let count = |which: &dyn Fn(&Commitment) -> bool| of.iter().filter(|c| which(c)).count() as i64;
            let counts = CommitmentCounts {
                open: count(&open),
                overdue: count(&|c| open(c) && due(c, long_ago, yesterday)),
                due_soon: count(&|c| open(c) && due(c, on, soon)),
                fulfilled: count(&|c| closed(c) && !late(c)),
                fulfilled_late: count(&|c| closed(c) && late(c)),
                cancelled: count(&cancelled),
            };
            assert!(counts.overdue > 0 && counts.due_soon > 0 && counts.fulfilled_late > 0, "{counts:?}");
            type Which<'a> = &'a dyn Fn(&Commitment) -> bool;
            let states: [(Option<CommitmentFilter>, Which<'_>); 6] = [
                (None, &|_| true),
                (Some(CommitmentFilter::Open), &open),
                (Some(CommitmentFilter::Overdue), &|c| open(c) && due(c, long_ago, yesterday)),
                (Some(CommitmentFilter::DueSoon), &|c| open(c) && due(c, on, soon)),
                (Some(CommitmentFilter::Closed), &closed),
                (Some(CommitmentFilter::Cancelled), &cancelled),
            ];
            for ((state, which), limit) in
                states.into_iter().flat_map(|s| [1, 7, 20, 35, 500].map(|n| (s, n)))
            {
                let request = ListCommitments {
                    body_id: body.map(|id| BodyId::new(id).unwrap()),
                    state,
                    limit: Some(limit),
                    ..ListCommitments::default()
                };
                let found = archive.query(&context(9), |read| list(read, request)).unwrap();
                let expected: Vec<&CommitmentId> = of.iter().filter(|c| which(c)).map(|c| &c.id).collect();
                let ids: Vec<&CommitmentId> = found.commitments.iter().map(|l| &l.commitment.id).collect();
                let first: Vec<&CommitmentId> = expected.iter().take(limit as usize).copied().collect();
                assert_eq!(ids, first, "{body:?} {state:?} {limit}");
                assert_eq!(found.total, expected.len() as i64, "{body:?} {state:?}");
                assert_eq!(found.counts, counts, "{body:?} {state:?}");
            }
            let Some(body) = body else { continue };
            let (told, lines) =
                archive.query(&context(9), |read| pressing(read, &BodyId::new(body)?, on, 3)).unwrap();
            let first = |from: NaiveDate, to: NaiveDate| {
                of.iter().filter(|c| open(c) && due(c, from, to)).take(3).map(|c| &c.id).collect::<Vec<_>>()
            };
            let expected = [first(long_ago, yesterday), first(on, soon)].concat();
            assert_eq!(lines.iter().map(|l| &l.commitment.id).collect::<Vec<_>>(), expected, "{body}");
            assert_eq!(told, counts, "{body}");
        }
    }
}
