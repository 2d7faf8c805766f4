//! The life of a proposal: drafted, filed, studied, returned and filed again, scheduled, decided.
//!
//! `borrador → radicada → en estudio → agendada → priorizada | aplazada | no priorizada`; `en estudio` or `agendada` may
//! be `devuelta → radicada`; a postponed one is scheduled again; a prioritised one goes `en ejecución → cerrada`;
//! `retirada` at any time before a decision. What was filed is frozen as a version, with its hash.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use super::profile::{Profile, checked, completeness, read_profile};
use super::{Proposal, ProposalVersion, StatusChange};
use crate::agenda::AgendaItem;
use crate::agenda::edit::{AddAgendaItem, add, link};
use crate::annex::Annex;
use crate::api::given;
use crate::body::Body;
use crate::catalog::Entity;
use crate::codes::{AgendaKind, AnnexOwner, ProposalStatus};
use crate::failure::{Code, Failure, Result};
use crate::ids::{AgendaItemId, BodyId, EntityId, PersonId, ProposalId, ProposalVersionId, SessionId};
use crate::journal::{Read, Tx};
use crate::person::Person;
use crate::session::{Session, plan};
use crate::{journal, spanish, text, typed};

use ProposalStatus as S;

/// The states a proposal may go to from each one.
#[must_use]
pub fn moves(from: ProposalStatus) -> &'static [ProposalStatus] {
    match from {
        S::Draft => &[S::Filed, S::Withdrawn],
        S::Filed => &[S::UnderReview, S::Withdrawn],
        S::UnderReview => &[S::Scheduled, S::Returned, S::Withdrawn],
        S::Returned => &[S::Filed, S::Withdrawn],
        S::Scheduled => &[
            S::Prioritized,
            S::PrioritizedWithConditions,
            S::Postponed,
            S::NotPrioritized,
            S::Returned,
            S::Withdrawn,
        ],
        S::Postponed => &[S::Scheduled, S::Withdrawn],
        S::Prioritized | S::PrioritizedWithConditions => &[S::InExecution],
        S::InExecution => &[S::Closed],
        S::NotPrioritized | S::Withdrawn | S::Closed => &[],
    }
}

/// Refuses a move that the life of a proposal does not have.
///
/// # Errors
/// `wrong_state`, naming the moves there are.
pub fn may_move(proposal: &Proposal, to: ProposalStatus) -> Result<()> {
    let allowed = moves(proposal.status);
    if allowed.contains(&to) {
        return Ok(());
    }
    let (code, from, wanted) = (&proposal.code, proposal.status.label(), to.label());
    let labels: Vec<&str> = allowed.iter().map(|s| s.label()).collect();
    let (es, en) = match labels.as_slice() {
        [] => ("ya no cambia de estado".to_owned(), "it does not change any more".to_owned()),
        _ => {
            let list = spanish::list_or(&labels);
            (format!("puede pasar a {list}"), format!("it may become {}", names_en(allowed)))
        }
    };
    let (from_en, wanted_en) = (state_en(proposal.status), state_en(to));
    Err(Failure::new(
        Code::WrongState,
        text!(
            "La propuesta {code} está {from} y no puede quedar {wanted}: {es}.",
            "Proposal {code} is {from_en} and cannot become {wanted_en}: {en}."
        ),
    )
    .with(json!({ "status": proposal.status, "allowed": allowed })))
}

fn names_en(states: &[ProposalStatus]) -> String {
    states.iter().map(|s| state_en(*s)).collect::<Vec<_>>().join(", ")
}

/// A state in English.
#[must_use]
pub fn state_en(status: ProposalStatus) -> &'static str {
    match status {
        S::Draft => "a draft",
        S::Filed => "filed",
        S::UnderReview => "under review",
        S::Returned => "returned",
        S::Scheduled => "scheduled",
        S::Prioritized => "prioritised",
        S::PrioritizedWithConditions => "prioritised with conditions",
        S::Postponed => "postponed",
        S::NotPrioritized => "not prioritised",
        S::Withdrawn => "withdrawn",
        S::InExecution => "in execution",
        S::Closed => "closed",
    }
}

/// A step with nothing but its date and state.
pub(super) fn step(date: NaiveDate, status: ProposalStatus) -> StatusChange {
    StatusChange {
        date,
        status,
        session_id: None,
        item_id: None,
        decision_id: None,
        vote_id: None,
        instrument_id: None,
        cause: None,
        note: None,
    }
}

/// Moves a proposal and writes it.
fn advance(tx: &mut Tx<'_>, proposal: &mut Proposal, change: StatusChange) -> Result<()> {
    may_move(proposal, change.status)?;
    proposal.status = change.status;
    proposal.status_history.push(change);
    proposal.updated_at = tx.ctx.now;
    tx.put(proposal)
}

/// A proposal to draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateProposal {
    /// Its id; made when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<ProposalId>,
    /// The body it is put to.
    pub body_id: BodyId,
    /// Its code; the next one of the year when not said.
    #[serde(default)]
    #[ts(optional)]
    pub code: Option<String>,
    /// Its title; at most 20 words to be filed.
    pub title: String,
    /// Title for tables.
    #[serde(default)]
    #[ts(optional)]
    pub short_title: Option<String>,
    /// The entity that proposes it.
    #[serde(default)]
    #[ts(optional)]
    pub proponent_entity_id: Option<EntityId>,
    /// Who answers questions about it.
    #[serde(default)]
    #[ts(optional)]
    pub contact_person_id: Option<PersonId>,
    /// The rest of the profile.
    #[serde(default)]
    #[ts(optional)]
    pub profile: Option<Profile>,
}

/// Drafts a proposal.
///
/// # Errors
/// `invalid_input`, `not_found`; `already_exists` for a code taken.
pub fn create(tx: &mut Tx<'_>, request: CreateProposal) -> Result<Proposal> {
    tx.get::<Body>(&request.body_id)?;
    let code = match typed::optional_line("code", request.code.as_deref())? {
        Some(code) => free_code(tx, &request.body_id, None, code)?,
        None => next_code(tx, &request.body_id)?,
    };
    let proposal = Proposal {
        id: match request.id {
            Some(id) => id,
            None => ProposalId::new(tx.ctx.new_id())?,
        },
        body_id: request.body_id,
        code,
        title: typed::line(
            "title",
            &text!("el título de la propuesta", "The title of the proposal"),
            &request.title,
        )?,
        short_title: typed::optional_line("short_title", request.short_title.as_deref())?,
        status: S::Draft,
        status_history: Vec::new(),
        reception_number: None,
        reception_year: None,
        external_filing_number: None,
        filed_on: None,
        proponent_entity_id: request.proponent_entity_id,
        target_session_id: None,
        contact_person_id: request.contact_person_id,
        profile: kept(tx, request.profile.unwrap_or_default())?,
        updated_at: tx.ctx.now,
    };
    named(tx, &proposal)?;
    tx.insert(&proposal)?;
    Ok(proposal)
}

fn kept(read: &Read<'_>, profile: Profile) -> Result<Map<String, Value>> {
    match serde_json::to_value(checked(read, profile)?) {
        Ok(Value::Object(map)) => Ok(map),
        other => Err(Failure::internal(format!("profile: {other:?}"))),
    }
}

fn named(read: &Read<'_>, proposal: &Proposal) -> Result<()> {
    if let Some(entity) = &proposal.proponent_entity_id {
        read.get::<Entity>(entity)?;
    }
    if let Some(person) = &proposal.contact_person_id {
        read.get::<Person>(person)?;
    }
    Ok(())
}

fn free_code(read: &Read<'_>, body: &BodyId, own: Option<&ProposalId>, code: String) -> Result<String> {
    let same: Vec<Proposal> = read.select("WHERE body_id = ?1 AND code = ?2", (body, &code))?;
    match same.into_iter().find(|p| Some(&p.id) != own) {
        None => Ok(code),
        Some(other) => {
            let title = other.title;
            Err(Failure::new(
                Code::AlreadyExists,
                text!(
                    "El código {code} ya es de «{title}». Use otro, o deje que se asigne solo.",
                    "Code {code} is of “{title}” already. Use another, or let it be given."
                ),
            )
            .with(json!({ "field": "code", "proposal_id": other.id })))
        }
    }
}

/// The next code of the year, in the style of the body's newest one: CIIB-2025-012 → CIIB-2026-001.
fn next_code(read: &Read<'_>, body: &BodyId) -> Result<String> {
    let year = read.ctx.today().year();
    let mut statement = read.conn.prepare_cached("SELECT code FROM proposal WHERE body_id = ?1")?;
    let codes: Vec<String> = statement.query_map([body], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let parts = |code: &str| -> Option<(String, i32, u64)> {
        let (rest, number) = code.rsplit_once('-')?;
        let (prefix, year) = rest.rsplit_once('-')?;
        Some((prefix.to_owned(), year.parse().ok()?, number.parse().ok()?))
    };
    let found: Vec<(String, i32, u64)> = codes.iter().filter_map(|code| parts(code)).collect();
    let prefix = found.iter().max_by_key(|(_, y, n)| (*y, *n)).map_or("PRO", |(prefix, ..)| prefix.as_str());
    let last =
        found.iter().filter(|(p, y, _)| p == prefix && *y == year).map(|(.., n)| *n).max().unwrap_or(0);
    Ok(format!("{prefix}-{year}-{:03}", last + 1))
}

/// What to change of a proposal. An absent field stays; `null` clears it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditProposal {
    /// The proposal.
    pub id: ProposalId,
    /// Its code.
    #[serde(default)]
    #[ts(optional)]
    pub code: Option<String>,
    /// Its title.
    #[serde(default)]
    #[ts(optional)]
    pub title: Option<String>,
    /// Title for tables.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub short_title: Option<Option<String>>,
    /// The entity that proposes it.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub proponent_entity_id: Option<Option<EntityId>>,
    /// Who answers questions about it.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub contact_person_id: Option<Option<PersonId>>,
    /// External filing number (radicado) of the correspondence unit.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub external_filing_number: Option<Option<String>>,
    /// Fields of the profile by name; each replaces the one there, `null` clears it.
    #[serde(default)]
    #[ts(optional, type = "Partial<Record<keyof import('./Profile').Profile, unknown>>")]
    pub profile: Option<Map<String, Value>>,
}

/// Fields that the secretariat fills in after filing; everything else is the proponent's.
const SECRETARIATS: &[&str] = &["evaluation", "apc_endorsement"];

/// Edits a proposal. Drafts and returned ones are edited whole; once filed, only what the secretariat adds
/// (evaluation, endorsement, contact, external number, short title).
///
/// # Errors
/// `wrong_state` for what was filed; `invalid_input`, `not_found`, `already_exists`.
pub fn edit(tx: &mut Tx<'_>, request: EditProposal) -> Result<Proposal> {
    let mut proposal: Proposal = tx.get(&request.id)?;
    let open = matches!(proposal.status, S::Draft | S::Returned);
    let filed_fields = request.code.is_some()
        || request.title.is_some()
        || request.proponent_entity_id.is_some()
        || request.profile.iter().flat_map(Map::keys).any(|key| !SECRETARIATS.contains(&key.as_str()));
    if !open && filed_fields {
        let (code, state, state_en) = (&proposal.code, proposal.status.label(), state_en(proposal.status));
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La propuesta {code} está {state}: lo que se radicó no se edita. Devuélvala con su razón para que la \
                 corrijan y la radiquen de nuevo.",
                "Proposal {code} is {state_en}: what was filed is not edited. Return it with a reason so that it is \
                 corrected and filed again."
            ),
        )
        .with(json!({ "status": proposal.status, "acts": ["return_proposal"], "editable": SECRETARIATS })));
    }
    if let Some(code) = request.code {
        let code = typed::line("code", &text!("el código", "The code"), &code)?;
        proposal.code = free_code(tx, &proposal.body_id, Some(&proposal.id), code)?;
    }
    if let Some(title) = request.title {
        proposal.title =
            typed::line("title", &text!("el título de la propuesta", "The title of the proposal"), &title)?;
    }
    if let Some(title) = request.short_title {
        proposal.short_title = typed::optional_line("short_title", title.as_deref())?;
    }
    if let Some(entity) = request.proponent_entity_id {
        proposal.proponent_entity_id = entity;
    }
    if let Some(person) = request.contact_person_id {
        proposal.contact_person_id = person;
    }
    if let Some(number) = request.external_filing_number {
        proposal.external_filing_number = typed::optional_line("external_filing_number", number.as_deref())?;
    }
    if let Some(fields) = request.profile {
        let mut merged = proposal.profile.clone();
        for (key, value) in fields {
            if value.is_null() {
                merged.remove(&key);
            } else {
                merged.insert(key, value);
            }
        }
        proposal.profile = kept(tx, read_profile(&merged)?)?;
    }
    named(tx, &proposal)?;
    proposal.updated_at = tx.ctx.now;
    tx.put(&proposal)?;
    Ok(proposal)
}

/// Which draft to delete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteProposal {
    /// The proposal.
    pub id: ProposalId,
}

/// Deletes a draft that was never filed, with its annexes.
///
/// # Errors
/// `wrong_state` once it was filed (withdraw it instead).
pub fn delete(tx: &mut Tx<'_>, request: DeleteProposal) -> Result<()> {
    let proposal: Proposal = tx.get(&request.id)?;
    if proposal.status != S::Draft || proposal.reception_number.is_some() {
        let code = &proposal.code;
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La propuesta {code} ya se radicó: queda en el registro. Retírela con su razón.",
                "Proposal {code} has been filed: it stays in the record. Withdraw it with a reason."
            ),
        )
        .with(json!({ "acts": ["withdraw_proposal"] })));
    }
    for annex in
        tx.select::<Annex>("WHERE owner = ?1 AND owner_id = ?2", (AnnexOwner::Proposal, &request.id))?
    {
        tx.remove::<Annex>(&annex.id)?;
    }
    tx.remove::<Proposal>(&request.id)
}

/// A proposal to file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileProposal {
    /// The proposal.
    pub id: ProposalId,
    /// The day it was received; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub filed_on: Option<NaiveDate>,
    /// External filing number (radicado), when the correspondence unit has given one.
    #[serde(default)]
    #[ts(optional)]
    pub external_filing_number: Option<String>,
    /// Why it is received though incomplete; asked for then, and recorded.
    #[serde(default)]
    #[ts(optional)]
    pub incomplete_reason: Option<String>,
}

/// Files a proposal: it gets the reception number of the year, and what was filed is frozen as a version. A returned one
/// keeps its number and gets a new version.
///
/// # Errors
/// `needs_confirmation` naming each missing field when it is incomplete; `wrong_state`; `invalid_input`.
pub fn file(tx: &mut Tx<'_>, request: FileProposal) -> Result<Proposal> {
    let mut proposal: Proposal = tx.get(&request.id)?;
    may_move(&proposal, S::Filed)?;
    let today = tx.ctx.today();
    let filed_on = request.filed_on.unwrap_or(today);
    if filed_on > today {
        return Err(Failure::field(
            "filed_on",
            text!(dates filed_on;
                "No se puede radicar con fecha futura ({filed_on}). Use la fecha en que se recibió.",
                "It cannot be filed on a future day ({filed_on}). Use the day it was received."
            ),
        ));
    }
    if let Some(last) = proposal.status_history.last().filter(|last| last.date > filed_on) {
        let date = last.date;
        return Err(Failure::field(
            "filed_on",
            text!(dates date;
                "La propuesta cambió de estado el {date}: no se puede radicar antes.",
                "The proposal changed state on {date}: it cannot be filed before."
            ),
        ));
    }
    let reason = typed::optional_prose("incomplete_reason", request.incomplete_reason.as_deref())?;
    let check = completeness(&proposal);
    if !check.complete && reason.is_none() {
        let es: Vec<&str> = check.missing.iter().map(|m| m.label.es.as_str()).collect();
        let en: Vec<&str> = check.missing.iter().map(|m| m.label.en.as_str()).collect();
        let (es, en) = (spanish::list(&es), en.join(", "));
        return Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "La ficha está incompleta: {es}. Complétela, o escriba por qué se recibe así.",
                "The profile is incomplete: {en}. Complete it, or write why it is received so."
            ),
        )
        .with(json!({ "confirm": "incomplete_reason", "missing": check.missing })));
    }
    if let Some(number) =
        typed::optional_line("external_filing_number", request.external_filing_number.as_deref())?
    {
        proposal.external_filing_number = Some(number);
    }
    if proposal.reception_number.is_none() {
        let year = filed_on.year();
        let last: Option<i64> = tx
            .conn
            .prepare_cached(
                "SELECT max(reception_number) FROM proposal WHERE body_id = ?1 AND reception_year = ?2",
            )?
            .query_row((&proposal.body_id, year), |row| row.get(0))?;
        proposal.reception_number = Some(last.unwrap_or(0) + 1);
        proposal.reception_year = Some(year);
        proposal.filed_on = Some(filed_on);
    }
    let note = reason.filter(|_| !check.complete);
    advance(tx, &mut proposal, StatusChange { note, ..step(filed_on, S::Filed) })?;
    freeze(tx, &proposal)?;
    Ok(proposal)
}

/// Freezes the proposal as it stands, with its annexes by hash.
fn freeze(tx: &mut Tx<'_>, proposal: &Proposal) -> Result<ProposalVersion> {
    let content = super::view::content(tx, proposal)?;
    let last: Option<i64> = tx
        .conn
        .prepare_cached("SELECT max(number) FROM proposal_version WHERE proposal_id = ?1")?
        .query_row([&proposal.id], |row| row.get(0))?;
    let version = ProposalVersion {
        id: ProposalVersionId::new(tx.ctx.new_id())?,
        proposal_id: proposal.id.clone(),
        number: last.unwrap_or(0) + 1,
        frozen_at: tx.ctx.now,
        sha256: journal::hash(&content.to_string()),
        content,
    };
    tx.insert(&version)?;
    Ok(version)
}

/// Which proposal to take under study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewProposal {
    /// The proposal.
    pub id: ProposalId,
}

/// Takes a filed proposal under study.
///
/// # Errors
/// `wrong_state`.
pub fn review(tx: &mut Tx<'_>, request: ReviewProposal) -> Result<Proposal> {
    let mut proposal: Proposal = tx.get(&request.id)?;
    let today = tx.ctx.today();
    advance(tx, &mut proposal, step(today, S::UnderReview))?;
    Ok(proposal)
}

/// A proposal and a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalReason {
    /// The proposal.
    pub id: ProposalId,
    /// Why.
    pub reason: String,
}

/// Returns a proposal to who filed it, with the reason. It leaves the agenda it was on.
///
/// # Errors
/// `invalid_input` without a reason; `wrong_state`.
pub fn send_back(tx: &mut Tx<'_>, request: ProposalReason) -> Result<Proposal> {
    let reason = typed::prose(
        "reason",
        &text!("la razón de la devolución", "The reason of the return"),
        &request.reason,
    )?;
    leave(tx, &request.id, S::Returned, reason)
}

/// Withdraws a proposal before it is decided. It leaves the agenda it was on.
///
/// # Errors
/// `invalid_input` without a reason; `wrong_state` once it was decided.
pub fn withdraw(tx: &mut Tx<'_>, request: ProposalReason) -> Result<Proposal> {
    let reason = typed::prose(
        "reason",
        &text!("la razón del retiro", "The reason of the withdrawal"),
        &request.reason,
    )?;
    leave(tx, &request.id, S::Withdrawn, reason)
}

fn leave(tx: &mut Tx<'_>, id: &ProposalId, to: ProposalStatus, reason: String) -> Result<Proposal> {
    let mut proposal: Proposal = tx.get(id)?;
    may_move(&proposal, to)?;
    if let Some(session) = proposal.target_session_id.take() {
        let session: Session = tx.get(&session)?;
        // What has been treated stays where it was treated.
        if plan::is_ahead(session.status) {
            take_off_agenda(tx, id, &session.id)?;
        }
    }
    let today = tx.ctx.today();
    advance(tx, &mut proposal, StatusChange { note: Some(reason), ..step(today, to) })?;
    Ok(proposal)
}

fn take_off_agenda(tx: &mut Tx<'_>, id: &ProposalId, session: &SessionId) -> Result<()> {
    for mut item in tx.select::<AgendaItem>("WHERE session_id = ?1", [session])? {
        if item.proposal_ids.contains(id) {
            item.proposal_ids.retain(|other| other != id);
            tx.put(&item)?;
        }
    }
    Ok(())
}

/// Where to schedule a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleProposal {
    /// The proposal.
    pub id: ProposalId,
    /// The session.
    pub session_id: SessionId,
    /// The item that will treat it; a new one of its own when not said.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
    /// Why it is added after the notice; asked for then.
    #[serde(default)]
    #[ts(optional)]
    pub late_reason: Option<String>,
}

/// Puts a proposal on the agenda of a session.
///
/// # Errors
/// `wrong_state` when it is not under study or postponed, or the session is over; those of adding an item.
pub fn schedule(tx: &mut Tx<'_>, request: ScheduleProposal) -> Result<Proposal> {
    let proposal: Proposal = tx.get(&request.id)?;
    let session: Session = tx.get(&request.session_id)?;
    plan::not_opened(&session, "agendar una propuesta en")?;
    match request.item_id {
        Some(item) => {
            let mut item: AgendaItem = tx.get(&item)?;
            if item.session_id != session.id {
                return Err(Failure::field(
                    "item_id",
                    text!("Ese punto es de otra sesión.", "That item is of another session."),
                ));
            }
            let mut proposals = item.proposal_ids.clone();
            if !proposals.contains(&proposal.id) {
                proposals.push(proposal.id.clone());
            }
            link(tx, &session, &mut item, proposals)?;
        }
        None => {
            let first_level: Vec<AgendaItem> =
                tx.select("WHERE session_id = ?1 AND parent_id IS NULL ORDER BY position", [&session.id])?;
            let other_business = first_level.iter().find(|item| item.kind == AgendaKind::OtherBusiness);
            let title = proposal.short_title.clone().unwrap_or_else(|| proposal.title.clone());
            add(
                tx,
                AddAgendaItem {
                    id: None,
                    session_id: session.id.clone(),
                    title: format!("Propuesta «{title}»"),
                    kind: AgendaKind::Proposal,
                    parent_id: None,
                    position: other_business.map(|item| item.position),
                    section: None,
                    planned_minutes: None,
                    presenter_person_id: proposal.contact_person_id.clone(),
                    presenter_text: None,
                    function_codes: None,
                    proposal_ids: Some(vec![proposal.id.clone()]),
                    minutes_ids: None,
                    late_reason: request.late_reason,
                    carried_from_item_id: None,
                    note: None,
                },
            )?;
        }
    }
    tx.get(&request.id)
}

/// The proposals meant for a session.
///
/// # Errors
/// When the archive cannot be read.
pub fn of_session(read: &Read<'_>, session: &SessionId) -> Result<Vec<Proposal>> {
    read.select("WHERE target_session_id = ?1 ORDER BY code", [session])
}

/// Marks a proposal as scheduled for a session, when an agenda item takes it. One whose session did not take place
/// is scheduled again without more.
///
/// # Errors
/// `wrong_state`; `invalid_input` for a session of another body.
pub fn put_on_agenda(tx: &mut Tx<'_>, id: &ProposalId, session: &Session) -> Result<()> {
    let mut proposal: Proposal = tx.get(id)?;
    if proposal.body_id != session.body_id {
        return Err(Failure::field(
            "proposal_ids",
            text!("Esa propuesta se presentó a otra instancia.", "That proposal was put to another body."),
        ));
    }
    let day = tx.ctx.today();
    let change = StatusChange { session_id: Some(session.id.clone()), ..step(day, S::Scheduled) };
    if proposal.status == S::Scheduled {
        let other = match &proposal.target_session_id {
            Some(other) if *other != session.id => tx.find::<Session>(other)?,
            _ => None,
        };
        if let Some(other) = other.filter(|other| plan::is_ahead(other.status)) {
            let (code, name) = (&proposal.code, plan::name(&other));
            let (es, en) = (name.es, name.en);
            return Err(Failure::new(
                Code::WrongState,
                text!(
                    "La propuesta {code} ya está agendada en la {es}. Quítela de esa sesión primero.",
                    "Proposal {code} is scheduled in the {en} already. Take it off that session first."
                ),
            )
            .with(json!({ "session_id": other.id })));
        }
        proposal.status_history.push(change);
    } else {
        may_move(&proposal, S::Scheduled)?;
        proposal.status = S::Scheduled;
        proposal.status_history.push(change);
    }
    proposal.target_session_id = Some(session.id.clone());
    proposal.updated_at = tx.ctx.now;
    tx.put(&proposal)
}

/// Takes back a scheduling that did not come to anything: the proposal is where it stood before.
///
/// # Errors
/// When the archive cannot be written.
pub fn unschedule(tx: &mut Tx<'_>, id: &ProposalId, session: &SessionId) -> Result<()> {
    let mut proposal: Proposal = tx.get(id)?;
    let last = proposal.status_history.last();
    let scheduled_here =
        last.is_some_and(|l| l.status == S::Scheduled && l.session_id.as_ref() == Some(session));
    if !scheduled_here {
        return Ok(());
    }
    proposal.status_history.pop();
    let before = proposal.status_history.last();
    proposal.status = before.map_or(S::Draft, |l| l.status);
    proposal.target_session_id =
        before.filter(|l| l.status == S::Scheduled).and_then(|l| l.session_id.clone());
    proposal.updated_at = tx.ctx.now;
    tx.put(&proposal)
}

/// A proposal that starts or ends its execution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExecuteProposal {
    /// The proposal.
    pub id: ProposalId,
    /// The day; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// The instrument that starts it.
    #[serde(default)]
    #[ts(optional)]
    pub instrument_id: Option<String>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Records that a prioritised proposal is being executed.
///
/// # Errors
/// `wrong_state`; `invalid_input` for a day before the decision or in the future.
pub fn start_execution(tx: &mut Tx<'_>, request: ExecuteProposal) -> Result<Proposal> {
    go_on(tx, request, S::InExecution)
}

/// Records that a proposal's execution ended.
///
/// # Errors
/// As [`start_execution`].
pub fn close(tx: &mut Tx<'_>, request: ExecuteProposal) -> Result<Proposal> {
    go_on(tx, request, S::Closed)
}

fn go_on(tx: &mut Tx<'_>, request: ExecuteProposal, to: ProposalStatus) -> Result<Proposal> {
    let mut proposal: Proposal = tx.get(&request.id)?;
    may_move(&proposal, to)?;
    let today = tx.ctx.today();
    let on = request.on.unwrap_or(today);
    let earliest = proposal.status_history.last().map(|l| l.date);
    if on > today || earliest.is_some_and(|first| on < first) {
        let since = earliest.map(spanish::date).unwrap_or_default();
        return Err(Failure::field(
            "on",
            text!(
                "La fecha debe estar entre el {since} y hoy.",
                "The date must be between the last step of the proposal and today."
            ),
        ));
    }
    let note = typed::optional_prose("note", request.note.as_deref())?;
    advance(tx, &mut proposal, StatusChange { instrument_id: request.instrument_id, note, ..step(on, to) })?;
    Ok(proposal)
}
