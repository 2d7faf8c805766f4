//! Delegations: always in writing, naming delegate, matters and validity (Ley 489/1998 art. 9-12).

use chrono::{DateTime, Days, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::body::{Act, Holder, Seat, holder_on, required_level, rule_set_on};
use crate::codes::{DelegationScope, DelegationStatus, Level};
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{AgendaItemId, BodyId, DelegationId, PersonId, SeatId, SessionId};
use crate::journal::{Read, Tx};
use crate::person::{self, Person, PersonLine};
use crate::rules::DelegateLevel;
use crate::session::Session;
use crate::{record, text, typed};

/// A written delegation of a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// The seat.
    pub seat_id: SeatId,
    /// Who delegates: the holder or acting holder on the act's date.
    pub principal_id: PersonId,
    /// To whom.
    pub delegate_id: PersonId,
    /// The act.
    pub act: Act,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force; `null` while open.
    pub valid_to: Option<NaiveDate>,
    /// Voice and vote, or voice.
    pub scope: DelegationScope,
    /// The matters it covers, in words; `null` for all.
    pub matters: Option<String>,
    /// The sessions it is limited to; `null` for any in its dates.
    pub session_ids: Option<Vec<SessionId>>,
    /// The agenda items it is limited to: its delegate counts and votes only while they are treated. `null` for all.
    pub item_ids: Option<Vec<AgendaItemId>>,
    /// Whether the secretariat rejected it; a rejected one never counts.
    pub rejected: bool,
    /// Why it was rejected.
    pub rejected_reason: Option<String>,
    /// The day it was revoked.
    pub revoked_on: Option<NaiveDate>,
    /// From when on that day it has no effect; `null` from its beginning.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When the secretariat received it.
    pub received_at: Option<DateTime<Utc>>,
    /// The act's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// Remark.
    pub note: Option<String>,
}
record!(Delegation, "delegation");

impl Delegation {
    /// Where it stands on a day: at its beginning, when it was revoked in the middle of it.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> DelegationStatus {
        let whole_day = self.revoked_at.is_none();
        if self.rejected {
            DelegationStatus::Rejected
        } else if self.revoked_on.is_some_and(|revoked| revoked < day || revoked == day && whole_day) {
            DelegationStatus::Revoked
        } else if day < self.valid_from {
            DelegationStatus::NotYet
        } else if self.valid_to.is_some_and(|last| last < day) {
            DelegationStatus::Expired
        } else {
            DelegationStatus::Valid
        }
    }

    /// Where it stands at an instant of the sitting of a day.
    #[must_use]
    pub fn status_at(&self, day: NaiveDate, at: DateTime<Utc>) -> DelegationStatus {
        match self.revoked_at {
            Some(revoked) if revoked <= at && !self.rejected => DelegationStatus::Revoked,
            _ => self.status_on(day),
        }
    }

    /// Whether it lets its delegate count and vote at an instant of a session that sits on `day`: in all of it, or in the
    /// items it is limited to.
    #[must_use]
    pub fn counts_at(&self, session: &SessionId, day: NaiveDate, at: DateTime<Utc>) -> bool {
        self.status_at(day, at) == DelegationStatus::Valid && self.counts_in(session, day)
    }

    /// Whether it lets its delegate count and vote in a session held on `day`.
    #[must_use]
    pub fn counts_in(&self, session: &SessionId, day: NaiveDate) -> bool {
        self.status_on(day) == DelegationStatus::Valid
            && self.scope == DelegationScope::VoiceAndVote
            && self.session_ids.as_ref().is_none_or(|ids| ids.contains(session))
    }
}

/// The norm behind what the rules of a body do not say themselves.
const LAW: &str = "Ley 489 de 1998, art. 9-12";

/// A delegation in a line, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct DelegationLine {
    /// Its id.
    pub id: DelegationId,
    /// The seat.
    pub seat_id: SeatId,
    /// The seat's number.
    pub seat_number: i64,
    /// The seat's title.
    pub seat: String,
    /// Who delegates.
    pub principal: PersonLine,
    /// To whom.
    pub delegate: PersonLine,
    /// The act.
    pub act: Act,
    /// The act as cited.
    pub act_cited: String,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force; `null` while open.
    pub valid_to: Option<NaiveDate>,
    /// Where it stands on the day.
    pub status: DelegationStatus,
    /// Days left in force after the day; `null` when it is not in force or has no last day.
    pub days_left: Option<i64>,
    /// Voice and vote, or voice.
    pub scope: DelegationScope,
    /// The matters it covers; `null` for all.
    pub matters: Option<String>,
    /// The sessions it is limited to; `null` for any in its dates.
    pub session_ids: Option<Vec<SessionId>>,
    /// The agenda items it is limited to; `null` for all.
    pub item_ids: Option<Vec<AgendaItemId>>,
    /// Why it was rejected.
    pub rejected_reason: Option<String>,
    /// The day it was revoked.
    pub revoked_on: Option<NaiveDate>,
    /// From when on that day.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When the secretariat received it.
    pub received_at: Option<DateTime<Utc>>,
    /// The act's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// A delegation in a line.
///
/// # Errors
/// When the archive cannot be read.
pub fn line(read: &Read<'_>, delegation: Delegation, on: NaiveDate) -> Result<DelegationLine> {
    let seat: Seat = read.get(&delegation.seat_id)?;
    let today = read.ctx.today();
    let status = match on == today {
        true => delegation.status_at(on, read.ctx.now),
        false => delegation.status_on(on),
    };
    Ok(DelegationLine {
        seat_number: seat.number,
        seat: seat.title,
        principal: person::line(read, &delegation.principal_id)?,
        delegate: person::line(read, &delegation.delegate_id)?,
        act_cited: delegation.act.cited(),
        status,
        days_left: delegation
            .valid_to
            .filter(|_| status == DelegationStatus::Valid)
            .map(|last| (last - on).num_days()),
        id: delegation.id,
        seat_id: delegation.seat_id,
        act: delegation.act,
        valid_from: delegation.valid_from,
        valid_to: delegation.valid_to,
        scope: delegation.scope,
        matters: delegation.matters,
        session_ids: delegation.session_ids,
        item_ids: delegation.item_ids,
        rejected_reason: delegation.rejected_reason,
        revoked_on: delegation.revoked_on,
        revoked_at: delegation.revoked_at,
        received_at: delegation.received_at,
        blob_id: delegation.blob_id,
        file: delegation.file,
        note: delegation.note,
    })
}

/// Which delegations to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListDelegations {
    /// Only those of a body's seats.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// Only those of a seat.
    #[serde(default)]
    #[ts(optional)]
    pub seat_id: Option<SeatId>,
    /// The day their status is for; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// Only those that stand so on that day.
    #[serde(default)]
    #[ts(optional)]
    pub status: Option<DelegationStatus>,
    /// Leaves out those whose last day is before this one; a year before `on` when not said.
    #[serde(default)]
    #[ts(optional)]
    pub since: Option<NaiveDate>,
}

/// Delegations with their status on a day: by seat, newest first.
///
/// # Errors
/// `not_found` for an unknown body or seat.
pub fn list(read: &Read<'_>, request: ListDelegations) -> Result<Vec<DelegationLine>> {
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    let since = request.since.unwrap_or(on - Days::new(365));
    if let Some(body) = &request.body_id {
        read.get::<crate::body::Body>(body)?;
    }
    if let Some(seat) = &request.seat_id {
        read.get::<Seat>(seat)?;
    }
    let found: Vec<Delegation> = read.select(
        "JOIN seat ON seat.id = delegation.seat_id
         WHERE (?1 IS NULL OR seat.body_id = ?1) AND (?2 IS NULL OR seat.id = ?2)
         AND (delegation.valid_to IS NULL OR delegation.valid_to >= ?3)
         ORDER BY seat.body_id, seat.number, delegation.valid_from DESC, delegation.id",
        (request.body_id, request.seat_id, since.to_string()),
    )?;
    found
        .into_iter()
        .filter(|d| request.status.is_none_or(|status| d.status_on(on) == status))
        .map(|d| line(read, d, on))
        .collect()
}

/// The delegation of a seat to a person that counts in a session of a day, if there is one.
///
/// # Errors
/// When the archive cannot be read.
pub fn in_force(
    read: &Read<'_>,
    seat: &SeatId,
    delegate: &PersonId,
    session: &SessionId,
    day: NaiveDate,
) -> Result<Option<Delegation>> {
    let found: Vec<Delegation> = read.select(
        "WHERE seat_id = ?1 AND delegate_id = ?2 AND valid_from <= ?3 AND (valid_to IS NULL OR valid_to >= ?3) ORDER BY valid_from DESC",
        (seat, delegate, day.to_string()),
    )?;
    Ok(found.into_iter().find(|d| d.counts_in(session, day)))
}

/// The least level of a delegate of a seat under the rules of a day, and what says so. `None` when no level is asked
/// for: seats of organisations have an accredited alternate instead.
///
/// # Errors
/// When the archive cannot be read.
pub fn least_level(read: &Read<'_>, seat: &Seat, day: NaiveDate) -> Result<Option<(Level, String)>> {
    let rules = rule_set_on(read, &seat.body_id, day)?.map(|stored| stored.rules);
    let cited = rules
        .as_ref()
        .and_then(|r| r.source(r.delegation.article.as_deref()))
        .map_or_else(|| LAW.to_owned(), |source| source.citation);
    let level = match seat.delegate_min_level.as_deref() {
        Some(own) => required_level(Some(own)),
        None if seat.is_accredited() => None,
        None => match rules.map_or(Some(DelegateLevel::Adviser), |r| r.delegation.min_level) {
            Some(DelegateLevel::Directive) => Some(Level::Directive),
            Some(DelegateLevel::Adviser) => Some(Level::Adviser),
            Some(DelegateLevel::Professional) => Some(Level::Professional),
            Some(DelegateLevel::NotApplicable) | None => None,
        },
    };
    Ok(level.map(|level| (level, cited)))
}

/// Whether a level is the least one or higher: directive, adviser, professional, contractor.
#[must_use]
pub fn reaches(level: Level, least: Level) -> bool {
    rank(level) >= rank(least)
}

fn rank(level: Level) -> u8 {
    match level {
        Level::Directive => 3,
        Level::Adviser => 2,
        Level::Professional => 1,
        Level::Contractor => 0,
    }
}

/// A written delegation, to record or to correct.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDelegation {
    /// The id of the new record, or the record to correct.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DelegationId>,
    /// The seat.
    pub seat_id: SeatId,
    /// Who delegates; whoever holds the seat on the act's date when not said.
    #[serde(default)]
    #[ts(optional)]
    pub principal_id: Option<PersonId>,
    /// To whom.
    pub delegate_id: PersonId,
    /// The act: its kind, number and date.
    pub act: Act,
    /// First day in force; the act's date when not said.
    #[serde(default)]
    #[ts(optional)]
    pub valid_from: Option<NaiveDate>,
    /// Last day in force; open when not said.
    #[serde(default)]
    #[ts(optional)]
    pub valid_to: Option<NaiveDate>,
    /// Voice and vote when not said.
    #[serde(default)]
    #[ts(optional)]
    pub scope: Option<DelegationScope>,
    /// The matters it covers; all when not said.
    #[serde(default)]
    #[ts(optional)]
    pub matters: Option<String>,
    /// The sessions it is limited to; any in its dates when not said.
    #[serde(default)]
    #[ts(optional)]
    pub session_ids: Option<Vec<SessionId>>,
    /// The agenda items it is limited to, of those sessions; all when not said.
    #[serde(default)]
    #[ts(optional)]
    pub item_ids: Option<Vec<AgendaItemId>>,
    /// When the secretariat received it; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub received_at: Option<DateTime<Utc>>,
    /// The act's file.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Why the secretariat rejects it, when it does: it is then kept as received and never counts.
    #[serde(default)]
    #[ts(optional)]
    pub rejected_reason: Option<String>,
}

/// Records a delegation received. One that the rules refuse can only be recorded as rejected.
///
/// # Errors
/// `invalid_input` when the act has no number or date, or dates are out of order; `rule_forbids`, citing the rule, for
/// a contractor, a delegate's delegate, a level below the least, a seat that does not delegate or somebody who does not
/// hold it; `already_exists` when that act is recorded; `not_found` for unknown ids.
pub fn record(tx: &mut Tx<'_>, request: RecordDelegation) -> Result<Delegation> {
    let id = match &request.id {
        Some(id) => id.clone(),
        None => DelegationId::new(tx.ctx.new_id())?,
    };
    let delegation = fit(tx, id, request, None)?;
    tx.insert(&delegation)?;
    crate::live::hear_delegation(tx, &delegation)?;
    Ok(delegation)
}

/// Corrects a recorded delegation. Sessions already opened keep what they saw.
///
/// # Errors
/// Those of recording one; `invalid_input` when `id` is not said.
pub fn edit(tx: &mut Tx<'_>, request: RecordDelegation) -> Result<Delegation> {
    let Some(id) = request.id.clone() else {
        return Err(Failure::field(
            "id",
            text!("Falta decir cuál delegación se corrige.", "Which delegation to correct is missing."),
        ));
    };
    let old: Delegation = tx.get(&id)?;
    let delegation = fit(tx, id, request, Some(old))?;
    tx.put(&delegation)?;
    Ok(delegation)
}

fn fit(
    tx: &mut Tx<'_>,
    id: DelegationId,
    request: RecordDelegation,
    old: Option<Delegation>,
) -> Result<Delegation> {
    let seat: Seat = tx.get(&request.seat_id)?;
    let delegate: Person = tx.get(&request.delegate_id)?;
    let act = request.act.fit()?;
    let signed = check_act(tx, &seat, &act)?;
    let valid_from = request.valid_from.unwrap_or(signed);
    typed::in_order("valid_to", valid_from, request.valid_to)?;
    if valid_from < signed {
        return Err(Failure::field(
            "valid_from",
            text!(dates valid_from, signed;
                "Rige desde el {valid_from}, antes de la fecha del acto ({signed}). Una delegación no vale hacia atrás: corrija una de las dos.",
                "It is in force from {valid_from}, before the act's date ({signed}). A delegation has no backward effect: correct one of the two."
            ),
        ));
    }
    let item_ids = request.item_ids.filter(|ids| !ids.is_empty());
    let session_ids = of_items(tx, item_ids.as_deref(), request.session_ids.filter(|ids| !ids.is_empty()))?;
    for session in session_ids.iter().flatten() {
        check_session(tx, &seat, session, valid_from, request.valid_to)?;
    }
    let rejected_reason = typed::optional_prose("rejected_reason", request.rejected_reason.as_deref())?
        .or_else(|| old.as_ref().and_then(|o| o.rejected_reason.clone()));
    let rejected = rejected_reason.is_some();
    let principal_id = principal(tx, &seat, signed, request.principal_id, rejected)?;
    if !rejected {
        check_delegate(tx, &seat, &principal_id, &delegate, valid_from)?;
    }
    let twins: Vec<Delegation> =
        tx.select("WHERE seat_id = ?1 AND delegate_id = ?2 AND id <> ?3", (&seat.id, &delegate.id, &id))?;
    if twins
        .iter()
        .any(|d| d.act.number == act.number && d.act.date == act.date && d.valid_from == valid_from)
    {
        let (cited, name) = (act.cited(), &delegate.full_name);
        return Err(Failure::new(
            Code::AlreadyExists,
            text!(
                "La delegación «{cited}» a {name} ya está registrada. Edite la que existe.",
                "The delegation “{cited}” to {name} is recorded already. Edit the existing one."
            ),
        ));
    }
    let kept = request.file.map(|file| file.keep(tx)).transpose()?;
    Ok(Delegation {
        id,
        seat_id: request.seat_id,
        principal_id,
        delegate_id: request.delegate_id,
        act,
        valid_from,
        valid_to: request.valid_to,
        scope: request.scope.unwrap_or(DelegationScope::VoiceAndVote),
        matters: typed::optional_prose("matters", request.matters.as_deref())?,
        session_ids,
        item_ids,
        rejected,
        rejected_reason,
        revoked_on: old.as_ref().and_then(|o| o.revoked_on),
        revoked_at: old.as_ref().and_then(|o| o.revoked_at),
        received_at: request.received_at.or(match &old {
            Some(old) => old.received_at,
            None => Some(tx.ctx.now),
        }),
        blob_id: kept
            .as_ref()
            .map(|k| k.blob_id.clone())
            .or_else(|| old.as_ref().and_then(|o| o.blob_id.clone())),
        file: kept.map(|k| k.name).or_else(|| old.and_then(|o| o.file)),
        note: typed::optional_prose("note", request.note.as_deref())?,
    })
}

/// The date of the act, checked: it is in writing, numbered and dated, and not of a day to come.
fn check_act(read: &Read<'_>, seat: &Seat, act: &Act) -> Result<NaiveDate> {
    let Some(signed) = act.date else {
        return Err(Failure::field(
            "act.date",
            text!(
                "Falta la fecha del acto de delegación. Sin acto escrito y fechado no hay delegación ({LAW}).",
                "The date of the act is missing. Without a written, dated act there is no delegation ({LAW})."
            ),
        ));
    };
    if act.number.is_none() && !seat.is_accredited() {
        return Err(Failure::field(
            "act.number",
            text!(
                "Falta el número del acto de delegación. Escríbalo como aparece: «014 de 2025».",
                "The act's number is missing. Type it as it appears: “014 de 2025”."
            ),
        ));
    }
    let today = read.ctx.today();
    if signed > today {
        return Err(Failure::field(
            "act.date",
            text!(dates signed, today;
                "El acto tiene fecha {signed}, posterior a hoy ({today}). Corrija la fecha.",
                "The act is dated {signed}, after today ({today}). Correct the date."
            ),
        ));
    }
    Ok(signed)
}

/// The sessions of a delegation: those said, or those of its items when it is limited to some.
fn of_items(
    read: &Read<'_>,
    items: Option<&[AgendaItemId]>,
    said: Option<Vec<SessionId>>,
) -> Result<Option<Vec<SessionId>>> {
    let Some(items) = items else { return Ok(said) };
    let mut sessions: Vec<SessionId> = Vec::new();
    for id in items {
        let item: AgendaItem = read.get(id)?;
        if !sessions.contains(&item.session_id) {
            sessions.push(item.session_id);
        }
    }
    let alike =
        |said: &Vec<SessionId>| said.len() == sessions.len() && said.iter().all(|id| sessions.contains(id));
    match said.as_ref().is_none_or(alike) {
        true => Ok(Some(sessions)),
        false => Err(Failure::field(
            "item_ids",
            text!(
                "La delegación se limita a unos puntos: sus sesiones son las de esos puntos, y no otras. Deje las sesiones sin indicar o agregue un punto de cada una.",
                "The delegation is limited to some items: its sessions are those of the items and no others. Leave the sessions unsaid or add an item of each."
            ),
        )),
    }
}

fn check_session(
    read: &Read<'_>,
    seat: &Seat,
    id: &SessionId,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
) -> Result<()> {
    let session: Session = read.get(id)?;
    let (Text { es, en }, date) = (session.said(), session.date);
    if session.body_id != seat.body_id {
        return Err(Failure::field(
            "session_ids",
            text!(
                "La {es} es de otra instancia. Quítela de la delegación.",
                "The {en} is another body's. Take it out of the delegation."
            ),
        ));
    }
    if date < valid_from || valid_to.is_some_and(|last| date > last) {
        return Err(Failure::field(
            "session_ids",
            text!(dates date;
                "La {es} es el {date}, fuera de la vigencia de la delegación. Corrija las fechas o quite la sesión.",
                "The {en} is on {date}, outside the delegation's dates. Correct the dates or take the session out."
            ),
        ));
    }
    Ok(())
}

/// Who delegates: whoever holds the seat on the act's date. In a rejected one, whoever it says.
fn principal(
    read: &Read<'_>,
    seat: &Seat,
    signed: NaiveDate,
    said: Option<PersonId>,
    rejected: bool,
) -> Result<PersonId> {
    let holder: Option<Holder> = holder_on(read, &seat.id, signed)?;
    let title = &seat.title;
    // Ley 489 binds public servants alone: an organisation accredits its alternate by letter.
    let law = if seat.is_accredited() { String::new() } else { format!(" ({LAW})") };
    match (said, holder) {
        (None, Some(holder)) => Ok(holder.person_id),
        (None, None) => Err(Failure::new(
            Code::RuleForbids,
            text!(
                dates signed;
                "El puesto «{title}» no tenía titular ni encargo el {signed}: nadie podía delegarlo{law}. Registre primero quién lo ocupaba.",
                "The seat “{title}” had neither holder nor acting holder on {signed}: nobody could delegate it{law}. Record first who held it."
            ),
        )
        .with(serde_json::json!({ "field": "act.date" }))),
        (Some(said), Some(holder)) if holder.person_id == said => Ok(said),
        (Some(said), _) => {
            let person: Person = read.get(&said)?;
            if rejected {
                return Ok(said);
            }
            let name = &person.full_name;
            let was_delegate = read
                .select::<Delegation>("WHERE seat_id = ?1 AND delegate_id = ?2", (&seat.id, &said))?
                .iter()
                .any(|d| d.status_on(signed) == DelegationStatus::Valid);
            let message = if was_delegate {
                text!(
                    "{name} era delegado del puesto «{title}» y una delegación no se delega{law}. Debe firmarla quien ocupa el puesto; si se recibió así, regístrela como rechazada.",
                    "{name} was a delegate of the seat “{title}”, and a delegation is not delegated{law}. Its holder must sign it; if it was received so, record it as rejected."
                )
            } else {
                text!(
                    dates signed;
                    "{name} no ocupaba el puesto «{title}» el {signed}: no podía delegarlo{law}. Corrija quién firma o la fecha; si se recibió así, regístrela como rechazada.",
                    "{name} did not hold the seat “{title}” on {signed} and could not delegate it{law}. Correct who signs or the date; if it was received so, record it as rejected."
                )
            };
            Err(Failure::new(Code::RuleForbids, message).with(serde_json::json!({ "field": "principal_id" })))
        }
    }
}

/// Whether the rules let this person be a delegate of the seat.
fn check_delegate(
    read: &Read<'_>,
    seat: &Seat,
    principal: &PersonId,
    delegate: &Person,
    day: NaiveDate,
) -> Result<()> {
    let forbid = |field: &str, message| {
        Err(Failure::new(Code::RuleForbids, message).with(serde_json::json!({ "field": field })))
    };
    let (title, name) = (&seat.title, &delegate.full_name);
    if !seat.delegation_allowed {
        return forbid(
            "seat_id",
            text!(
                "El puesto «{title}» no admite delegación. Asiste quien lo ocupa; si se recibió un acto, regístrelo como rechazado.",
                "The seat “{title}” may not be delegated. Its holder attends; if an act was received, record it as rejected."
            ),
        );
    }
    if *principal == delegate.id {
        return forbid(
            "delegate_id",
            text!(
                "{name} ocupa el puesto: nadie se delega a sí mismo. Elija a otra persona.",
                "{name} holds the seat: nobody delegates to themselves. Choose somebody else."
            ),
        );
    }
    if seat.is_accredited() {
        return Ok(()); // Ley 489 binds public servants; an organisation accredits whom it wants.
    }
    if delegate.level == Some(Level::Contractor) {
        return forbid(
            "delegate_id",
            text!(
                "{name} es contratista y no puede recibir una delegación ({LAW}). Debe ser un servidor público; si se recibió así, regístrela como rechazada.",
                "{name} is a contractor and cannot be a delegate ({LAW}). It must be a public servant; if it was received so, record it as rejected."
            ),
        );
    }
    let Some((least, cited)) = least_level(read, seat, day)? else { return Ok(()) };
    let (asked, asked_en) = (least.label(), level_en(least));
    match delegate.level {
        Some(level) if reaches(level, least) => Ok(()),
        Some(level) => {
            let (has, has_en) = (level.label(), level_en(level));
            forbid(
                "delegate_id",
                text!(
                    "El cargo de {name} es de nivel {has} y se exige nivel {asked} ({cited}). Pida otro delegado o registre el acto como rechazado.",
                    "{name}'s post is of {has_en} level and {asked_en} level is required ({cited}). Ask for another delegate or record the act as rejected."
                ),
            )
        }
        None => forbid(
            "delegate_id",
            text!(
                "No se sabe el nivel del cargo de {name} y se exige nivel {asked} ({cited}). Regístrelo en su ficha y repita.",
                "The level of {name}'s post is not known and {asked_en} level is required ({cited}). Record it in their file and repeat."
            ),
        ),
    }
}

fn level_en(level: Level) -> &'static str {
    match level {
        Level::Directive => "directive",
        Level::Adviser => "adviser",
        Level::Professional => "professional",
        Level::Contractor => "contractor",
    }
}

/// A delegation and why it is rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectDelegation {
    /// The delegation.
    pub id: DelegationId,
    /// Why.
    pub reason: String,
}

/// Rejects a delegation: its delegate never counts. Sessions already opened keep what they saw.
///
/// # Errors
/// `invalid_input` when there is no reason; `wrong_state` when it is rejected already.
#[allow(clippy::needless_pass_by_value)]
pub fn reject(tx: &mut Tx<'_>, request: RejectDelegation) -> Result<Delegation> {
    let mut delegation: Delegation = tx.get(&request.id)?;
    if delegation.rejected {
        return Err(Failure::new(
            Code::WrongState,
            text!("La delegación ya está rechazada.", "The delegation is rejected already."),
        ));
    }
    let reason = typed::prose("reason", &text!("la razón del rechazo", "The reason"), &request.reason)?;
    delegation.rejected = true;
    delegation.rejected_reason = Some(reason);
    tx.put(&delegation)?;
    Ok(delegation)
}

/// Which delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetDelegation {
    /// The delegation.
    pub id: DelegationId,
}

/// Takes back a rejection, if the rules let the delegation stand.
///
/// # Errors
/// `wrong_state` when it is not rejected; `rule_forbids` as when recording it.
#[allow(clippy::needless_pass_by_value)]
pub fn accept(tx: &mut Tx<'_>, request: GetDelegation) -> Result<Delegation> {
    let mut delegation: Delegation = tx.get(&request.id)?;
    if !delegation.rejected {
        return Err(Failure::new(
            Code::WrongState,
            text!("La delegación no está rechazada.", "The delegation is not rejected."),
        ));
    }
    let seat: Seat = tx.get(&delegation.seat_id)?;
    let signed = check_act(tx, &seat, &delegation.act)?;
    principal(tx, &seat, signed, Some(delegation.principal_id.clone()), false)?;
    let delegate: Person = tx.get(&delegation.delegate_id)?;
    check_delegate(tx, &seat, &delegation.principal_id, &delegate, delegation.valid_from)?;
    delegation.rejected = false;
    delegation.rejected_reason = None;
    tx.put(&delegation)?;
    crate::live::hear_delegation(tx, &delegation)?;
    Ok(delegation)
}

/// A delegation and the first day it is no longer in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeDelegation {
    /// The delegation.
    pub id: DelegationId,
    /// First day without effect; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// From when, when it is in the middle of a day: asked for while its delegate counts in a session under way.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<DateTime<Utc>>,
    /// Why, or the act that revokes it.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// The secretary has seen which closed votes it would change, and goes on.
    #[serde(default)]
    #[ts(optional)]
    pub accept_changed_votes: Option<bool>,
}

/// Revokes a delegation from a day on, or from an instant of it. A delegate who is counting in a session under way stops
/// from then on, with an event of that session; what was voted before stands.
///
/// # Errors
/// `invalid_input` when that day is before the act's date, the instant is of another day or in the future, or is not said
/// while its delegate counts in a session; `needs_confirmation` with `details.changed_votes`; `wrong_state` when it is
/// rejected, revoked or over.
#[allow(clippy::needless_pass_by_value)]
pub fn revoke(tx: &mut Tx<'_>, request: RevokeDelegation) -> Result<Delegation> {
    let mut delegation: Delegation = tx.get(&request.id)?;
    let of_instant = request.at.map(|at| crate::local(at).date());
    let on = request.on.or(of_instant).unwrap_or_else(|| tx.ctx.today());
    if of_instant.is_some_and(|day| day != on) || request.at.is_some_and(|at| at > tx.ctx.now) {
        return Err(Failure::field(
            "at",
            text!(
                "La hora de la revocatoria es de otro día o está en el futuro. Corríjala, o deje solo la fecha.",
                "The time of the revocation is of another day or in the future. Correct it, or leave the date alone."
            ),
        ));
    }
    let status = delegation.status_on(on);
    if delegation.revoked_on.is_some()
        || matches!(status, DelegationStatus::Rejected | DelegationStatus::Expired)
    {
        let (es, en) = match status {
            DelegationStatus::Rejected => ("rechazada", "rejected"),
            DelegationStatus::Expired => ("vencida en esa fecha", "over on that day"),
            _ => ("revocada", "revoked"),
        };
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La delegación está {es}: no hay qué revocar.",
                "The delegation is {en}: there is nothing to revoke."
            ),
        ));
    }
    if let Some(signed) = delegation.act.date {
        typed::in_order("on", signed, Some(on))?;
    }
    delegation.revoked_on = Some(on);
    delegation.revoked_at = request.at;
    let why = typed::optional_prose("note", request.note.as_deref())?;
    if let Some(note) = why.clone() {
        delegation.note = Some(match delegation.note {
            Some(old) => format!("{old}\n{note}"),
            None => note,
        });
    }
    tx.put(&delegation)?;
    let accepted = request.accept_changed_votes == Some(true);
    crate::live::hear_revocation(tx, &delegation, why.as_deref(), accepted)?;
    Ok(delegation)
}

/// A delegation and the file of its act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachDelegationFile {
    /// The delegation.
    pub id: DelegationId,
    /// The file.
    pub file: CarriedFile,
}

/// Keeps the file of a delegation's act, which may arrive after the session.
///
/// # Errors
/// `not_found`; `invalid_input` when the file is empty.
#[allow(clippy::needless_pass_by_value)]
pub fn attach_file(tx: &mut Tx<'_>, request: AttachDelegationFile) -> Result<Delegation> {
    let mut delegation: Delegation = tx.get(&request.id)?;
    let kept = request.file.keep(tx)?;
    delegation.blob_id = Some(kept.blob_id);
    delegation.file = Some(kept.name);
    tx.put(&delegation)?;
    Ok(delegation)
}
