//! The members of a body on a day: each seat with who holds it, who speaks for it, its delegations, and what is amiss.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Accreditation, Act, Body, BodyOnDay, Holder, Invitee, NextSession, RuleSetLine, Seat, holders_on,
    next_session, rule_set, rule_set_on, seats_on,
};
use crate::catalog::{Entity, Sector};
use crate::codes::{DelegationStatus, HolderKind, Level, SeatRole};
use crate::delegation::{self, Delegation, DelegationLine, least_level};
use crate::failure::{Result, Text};
use crate::ids::{BodyId, HolderId, SeatId};
use crate::journal::Read;
use crate::person::{self, Person, PersonLine};
use crate::{spanish, text};

/// What is missing or amiss in a body or one of its seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// No seat is the chair.
    NoChair,
    /// No rule set is in force.
    NoRuleSet,
    /// The rule set in force is not registered: it is never cited.
    RuleSetUnregistered,
    /// The creating act is not registered.
    CreatingActUnregistered,
    /// The body has no functions.
    NoFunctions,
    /// Nobody holds the seat.
    Vacant,
    /// Nobody is the seat's liaison.
    NoLiaison,
    /// A delegation ended and none took its place.
    DelegationExpired,
    /// A delegation ends before the next session.
    DelegationExpiring,
    /// A delegation has no file of its act.
    DelegationFileMissing,
    /// A delegation was signed by somebody who no longer holds the seat.
    DelegationOfFormerHolder,
    /// A delegate's level is now below the least.
    DelegateLevelLow,
    /// Whoever holds the seat ends before the next session.
    HolderEnding,
    /// An acting appointment has no act.
    ActingWithoutAct,
    /// An organisation's seat has no accreditation letter.
    AccreditationMissing,
    /// An organisation's seat has no term.
    TermMissing,
    /// An organisation's representative has not authorised the use of their data.
    DataAuthorizationMissing,
    /// An organisation's seat has no accredited alternate.
    AlternateMissing,
    /// One person holds two voting seats on the same day.
    TwoSeats,
}

/// A finding with its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MemberFinding {
    /// What it is.
    pub code: FindingCode,
    /// The sentence, which says what to do.
    pub message: Text,
}

impl MemberFinding {
    pub(super) fn new(code: FindingCode, message: Text) -> Self {
        Self { code, message }
    }
}

/// Somebody who holds a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct HolderLine {
    /// The record.
    pub id: HolderId,
    /// The person.
    pub person: PersonLine,
    /// Holder, or acting.
    pub kind: HolderKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; `null` while open.
    pub valid_to: Option<NaiveDate>,
    /// The act of appointment.
    pub act: Option<Act>,
    /// The act as cited.
    pub act_cited: Option<String>,
    /// Accreditation, for private seats.
    pub accreditation: Option<Accreditation>,
    /// Remark.
    pub note: Option<String>,
}

/// A seat with everything its row shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SeatView {
    /// The seat.
    pub seat: Seat,
    /// Full name of its entity.
    pub entity: Option<String>,
    /// Name of its entity for tables.
    pub entity_short: Option<String>,
    /// Name of its sector or component.
    pub group: Option<String>,
    /// Whether it is of an organisation, accredited instead of appointed.
    pub accredited: bool,
    /// Least level of its delegate.
    pub least_level: Option<Level>,
    /// Who holds it that day: the acting one when there is.
    pub current: Option<HolderLine>,
    /// The holder, when somebody acts for them.
    pub titular: Option<HolderLine>,
    /// Everyone who has held it, newest first.
    pub history: Vec<HolderLine>,
    /// Its liaisons.
    pub liaisons: Vec<PersonLine>,
    /// Its delegations of the last year, in force first.
    pub delegations: Vec<DelegationLine>,
    /// Whether nobody holds it.
    pub vacant: bool,
    /// What is missing or amiss.
    pub findings: Vec<MemberFinding>,
}

/// The members of a body on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MembersView {
    /// The body.
    pub body_id: BodyId,
    /// Its name.
    pub body: String,
    /// The day.
    pub on: NaiveDate,
    /// Its seats, by number.
    pub seats: Vec<SeatView>,
    /// Its permanent invitees, in order.
    pub invitees: Vec<Invitee>,
    /// How many seats vote.
    pub voting_seats: i64,
    /// How many seats have nobody.
    pub vacant_seats: i64,
    /// The decision quorum in words, by the rules in force.
    pub quorum: Option<Text>,
    /// The rule set in force.
    pub rule_set: Option<RuleSetLine>,
    /// The next session.
    pub next_session: Option<NextSession>,
    /// What is missing or amiss in the body.
    pub findings: Vec<MemberFinding>,
}

/// The members of a body on a day.
///
/// # Errors
/// `not_found` when there is no such body.
#[allow(clippy::needless_pass_by_value)]
pub fn list_members(read: &Read<'_>, request: BodyOnDay) -> Result<MembersView> {
    let body: Body = read.get(&request.body_id)?;
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    let next = next_session(read, &body.id, on)?;
    let rules = rule_set_on(read, &body.id, on)?;
    let roll = Roll::read(read, &body, on)?;
    let seats: Vec<SeatView> = seats_on(read, &body.id, on)?
        .into_iter()
        .map(|seat| roll.view(read, seat, on, next.as_ref()))
        .collect::<Result<_>>()?;
    let voting = seats.iter().filter(|s| s.seat.vote).map(|_| 1u64).sum();
    let mut findings = Vec::new();
    if seats.iter().all(|s| s.seat.role != SeatRole::Chair) {
        findings.push(MemberFinding::new(
            FindingCode::NoChair,
            text!(
                "Ningún puesto es la presidencia. Márquelo en el puesto que preside.",
                "No seat is the chair. Mark it in the seat that presides."
            ),
        ));
    }
    match &rules {
        None => findings.push(MemberFinding::new(
            FindingCode::NoRuleSet,
            text!(
                dates on;
                "No hay reglamento vigente el {on}. Regístrelo; sin él no se cuentan quórum, mayorías ni plazos.",
                "No rule set is in force on {on}. Record it; without it no quorum, majority or term is counted."
            ),
        )),
        Some(stored) if stored.rules.adopted_by.citation().is_none() => findings.push(MemberFinding::new(
            FindingCode::RuleSetUnregistered,
            text!(
                "El reglamento vigente no tiene acto registrado: no se cita y no concede voto dirimente ni sesiones escritas.",
                "The rule set in force has no registered act: it is not cited and grants no casting vote or written sessions."
            ),
        )),
        Some(_) => {}
    }
    findings.extend(two_seats(&seats));
    let quorum = rules.as_ref().map(|stored| {
        let words = stored.rules.quorum.decision.text();
        let need =
            stored.rules.quorum.decision.required(voting).map_or_else(|| "—".to_owned(), |n| n.to_string());
        let (es, en) = (spanish::capitalized(&words.es), spanish::capitalized(&words.en));
        text!("{es}: {need} de {voting}", "{en}: {need} of {voting}")
    });
    Ok(MembersView {
        on,
        voting_seats: i64::try_from(voting).unwrap_or(i64::MAX),
        vacant_seats: super::count(seats.iter().filter(|s| s.vacant)),
        invitees: read.select("WHERE body_id = ?1 ORDER BY position, name", [&body.id])?,
        rule_set: rules.map(|stored| rule_set::line(read, &stored, on)).transpose()?,
        next_session: next,
        quorum,
        seats,
        findings,
        body_id: body.id,
        body: body.name,
    })
}

/// What the seats of a body need, read at once.
struct Roll {
    components: HashMap<String, String>,
    current: Vec<Holder>,
    history: HashMap<SeatId, Vec<Holder>>,
    delegations: HashMap<SeatId, Vec<Delegation>>,
    liaisons: HashMap<SeatId, Vec<Person>>,
}

impl Roll {
    fn read(read: &Read<'_>, body: &Body, on: NaiveDate) -> Result<Self> {
        let mut history: HashMap<SeatId, Vec<Holder>> = HashMap::new();
        for holder in read.select::<Holder>(
            "JOIN seat ON seat.id = holder.seat_id WHERE seat.body_id = ?1 ORDER BY holder.valid_from DESC, holder.kind DESC",
            [&body.id],
        )? {
            history.entry(holder.seat_id.clone()).or_default().push(holder);
        }
        let mut delegations: HashMap<SeatId, Vec<Delegation>> = HashMap::new();
        for delegation in read.select::<Delegation>(
            "JOIN seat ON seat.id = delegation.seat_id WHERE seat.body_id = ?1 AND (delegation.valid_to IS NULL OR delegation.valid_to >= ?2)
             ORDER BY delegation.valid_from DESC, delegation.id",
            (&body.id, (on - Days::new(365)).to_string()),
        )? {
            delegations.entry(delegation.seat_id.clone()).or_default().push(delegation);
        }
        let mut liaisons: HashMap<SeatId, Vec<Person>> = HashMap::new();
        for person in read.select::<Person>(
            "JOIN seat ON seat.id = person.seat_id WHERE seat.body_id = ?1 AND person.role = 'liaison' ORDER BY sort_name",
            [&body.id],
        )? {
            if let Some(seat) = &person.seat_id {
                liaisons.entry(seat.clone()).or_default().push(person);
            }
        }
        Ok(Self {
            components: body.components.iter().map(|c| (c.id.clone(), c.name.clone())).collect(),
            current: holders_on(read, &body.id, on)?,
            history,
            delegations,
            liaisons,
        })
    }

    fn view(
        &self,
        read: &Read<'_>,
        seat: Seat,
        on: NaiveDate,
        next: Option<&NextSession>,
    ) -> Result<SeatView> {
        let entity = seat.entity_id.as_ref().map(|id| read.find::<Entity>(id)).transpose()?.flatten();
        let sector = seat.sector_id.as_ref().map(|id| read.find::<Sector>(id)).transpose()?.flatten();
        let component = seat.component_id.as_ref().and_then(|id| self.components.get(id)).cloned();
        let line = |holder: &Holder| -> Result<HolderLine> {
            Ok(HolderLine {
                id: holder.id.clone(),
                person: person::line(read, &holder.person_id)?,
                kind: holder.kind,
                valid_from: holder.valid_from,
                valid_to: holder.valid_to,
                act: holder.act.clone(),
                act_cited: holder.act.as_ref().map(Act::cited),
                accreditation: holder.accreditation.clone(),
                note: holder.note.clone(),
            })
        };
        let held = |kind| self.current.iter().find(|h| h.seat_id == seat.id && h.kind == kind);
        let (titular, acting) = (held(HolderKind::Holder), held(HolderKind::Acting));
        let current = acting.or(titular);
        let own = self.delegations.get(&seat.id).map(Vec::as_slice).unwrap_or_default();
        let mut delegations: Vec<DelegationLine> =
            own.iter().map(|d| delegation::line(read, d.clone(), on)).collect::<Result<_>>()?;
        delegations.sort_by_key(|d| match d.status {
            DelegationStatus::Valid => 0,
            DelegationStatus::NotYet => 1,
            _ => 2,
        });
        let least = least_level(read, &seat, on)?.map(|(level, _)| level);
        let mut view = SeatView {
            entity_short: entity.as_ref().map(|e| e.short().to_owned()),
            entity: entity.map(|e| e.name),
            group: sector.map(|s| s.name).or(component),
            accredited: seat.is_accredited(),
            least_level: least,
            vacant: current.is_none(),
            current: current.map(line).transpose()?,
            titular: acting.and(titular).map(line).transpose()?,
            history: self.history.get(&seat.id).into_iter().flatten().map(line).collect::<Result<_>>()?,
            liaisons: self
                .liaisons
                .get(&seat.id)
                .into_iter()
                .flatten()
                .map(|p| person::line(read, &p.id))
                .collect::<Result<_>>()?,
            delegations,
            seat,
            findings: Vec::new(),
        };
        view.findings = findings(&view, on, next);
        Ok(view)
    }
}

fn findings(view: &SeatView, on: NaiveDate, next: Option<&NextSession>) -> Vec<MemberFinding> {
    let mut found = Vec::new();
    let mut find = |code, message| found.push(MemberFinding::new(code, message));
    let Some(holder) = &view.current else {
        find(
            FindingCode::Vacant,
            text!(dates on;
                "Nadie ocupa el puesto el {on}. Registre a quien lo ocupa.",
                "Nobody holds the seat on {on}. Record who does."
            ),
        );
        return found;
    };
    let name = &holder.person.full_name;
    let horizon = next.map_or(on + Days::new(30), |session| session.date);
    if let Some(last) = holder.valid_to.filter(|last| *last < horizon) {
        find(
            FindingCode::HolderEnding,
            text!(dates last;
                "{name} termina el {last}, antes de la próxima sesión o de un mes. Registre quién sigue.",
                "{name} ends on {last}, before the next session or within a month. Record who follows."
            ),
        );
    }
    if holder.kind == HolderKind::Acting && holder.act.is_none() {
        find(
            FindingCode::ActingWithoutAct,
            text!(
                "El encargo de {name} no tiene acto. Regístrelo con número y fecha.",
                "{name}'s acting appointment has no act. Record it with number and date."
            ),
        );
    }
    if view.liaisons.is_empty() {
        find(
            FindingCode::NoLiaison,
            text!(
                "El puesto no tiene enlace a quién llamar. Registre a una persona como enlace.",
                "The seat has no liaison to call. Record a person as liaison."
            ),
        );
    }
    let in_force: Vec<&DelegationLine> =
        view.delegations.iter().filter(|d| d.status == DelegationStatus::Valid).collect();
    let coming = view.delegations.iter().any(|d| d.status == DelegationStatus::NotYet);
    for delegation in &in_force {
        let (cited, delegate) = (&delegation.act_cited, &delegation.delegate.full_name);
        if let Some(last) = delegation.valid_to.filter(|last| *last < horizon) {
            find(
                FindingCode::DelegationExpiring,
                text!(dates last;
                    "La delegación «{cited}» a {delegate} vence el {last}, antes de la próxima sesión o de un mes. Pida la nueva.",
                    "The delegation “{cited}” to {delegate} ends on {last}, before the next session or within a month. Ask for the new one."
                ),
            );
        }
        if delegation.blob_id.is_none() && delegation.file.is_none() {
            find(
                FindingCode::DelegationFileMissing,
                text!(
                    "Falta el documento de «{cited}». Adjúntelo antes de aprobar el acta.",
                    "The file of “{cited}” is missing. Attach it before the minutes are adopted."
                ),
            );
        }
        if delegation.principal.id != holder.person.id
            && view.titular.as_ref().is_none_or(|t| t.person.id != delegation.principal.id)
        {
            let former = &delegation.principal.full_name;
            find(
                FindingCode::DelegationOfFormerHolder,
                text!(
                    "«{cited}» la firmó {former}, que ya no ocupa el puesto. Confirme si sigue vigente o pida la de {name}.",
                    "“{cited}” was signed by {former}, who no longer holds the seat. Confirm that it stands or ask for {name}'s."
                ),
            );
        }
        if let (Some(least), Some(level)) = (view.least_level, delegation.delegate.level)
            && !delegation::reaches(level, least)
        {
            let (has, asked) = (level.label(), least.label());
            find(
                FindingCode::DelegateLevelLow,
                text!(
                    "{delegate} es de nivel {has} y se exige {asked}. Pida otro delegado o revise su ficha.",
                    "{delegate}'s level is “{has}” and “{asked}” is required. Ask for another delegate or check their file."
                ),
            );
        }
    }
    if in_force.is_empty() && !coming && !view.accredited {
        let lapsed = view.delegations.iter().find(|d| {
            matches!(d.status, DelegationStatus::Expired | DelegationStatus::Revoked)
                && d.session_ids.is_none()
        });
        if let Some(lapsed) = lapsed {
            let (cited, delegate) = (&lapsed.act_cited, &lapsed.delegate.full_name);
            find(
                FindingCode::DelegationExpired,
                text!(
                    "La delegación «{cited}» a {delegate} ya no rige y no hay otra: sin acto, quien asista no vota ni cuenta.",
                    "The delegation “{cited}” to {delegate} is over and there is no other: without an act whoever attends neither votes nor counts."
                ),
            );
        }
    }
    if view.accredited {
        let letter = holder.accreditation.as_ref();
        if letter.is_none_or(|a| a.date.is_none()) {
            find(
                FindingCode::AccreditationMissing,
                text!(
                    "Falta la carta que acredita a {name}. Regístrela con su fecha.",
                    "The letter that accredits {name} is missing. Record it with its date."
                ),
            );
        }
        if letter.is_some_and(|a| !a.data_authorization) {
            find(
                FindingCode::DataAuthorizationMissing,
                text!(
                    "{name} no ha autorizado el tratamiento de sus datos (Ley 1581 de 2012). Pida la autorización.",
                    "{name} has not authorised the use of their data (Ley 1581 de 2012). Ask for the authorisation."
                ),
            );
        }
        if holder.valid_to.is_none() {
            find(
                FindingCode::TermMissing,
                text!(
                    "La representación de {name} no tiene periodo. Registre su última fecha.",
                    "{name}'s term has no end. Record its last day."
                ),
            );
        }
        if in_force.is_empty() {
            find(
                FindingCode::AlternateMissing,
                text!(
                    "El puesto no tiene suplente acreditado. Regístrelo como delegación por carta.",
                    "The seat has no accredited alternate. Record one as a delegation by letter."
                ),
            );
        }
    }
    found
}

/// People who hold more than one voting seat that day: they cannot vote for both.
fn two_seats(seats: &[SeatView]) -> Vec<MemberFinding> {
    let mut held: HashMap<&str, Vec<&SeatView>> = HashMap::new();
    for view in seats.iter().filter(|s| s.seat.vote) {
        if let Some(holder) = &view.current {
            held.entry(holder.person.id.as_str()).or_default().push(view);
        }
    }
    let mut twice: Vec<_> = held.into_values().filter(|views| views.len() > 1).collect();
    twice.sort_by_key(|views| views[0].seat.number);
    twice
        .into_iter()
        .map(|views| {
            let name = views[0].current.as_ref().map(|h| h.person.full_name.clone()).unwrap_or_default();
            let numbers: Vec<String> = views.iter().map(|v| v.seat.number.to_string()).collect();
            let (es, en) = (spanish::list(&numbers), numbers.join(", "));
            MemberFinding::new(
                FindingCode::TwoSeats,
                text!(
                    "{name} ocupa los puestos {es}: una persona vota por uno solo. Revise el encargo o delegue uno.",
                    "{name} holds seats {en}: a person votes for one only. Check the acting appointment or delegate one."
                ),
            )
        })
        .collect()
}
