//! Seats (puestos): who sits in a body, by title, from one day to another. Quorum counts them, not people.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Body;
use super::function::refuse_move;
use crate::catalog::{Entity, Sector};
use crate::codes::{Level, SeatRole};
use crate::failure::{Code, Failure, Result};
use crate::ids::{BodyId, EntityId, SeatId, SectorId};
use crate::journal::{Read, Tx};
use crate::rules::DelegateLevel;
use crate::{record, text, typed};

/// A seat (puesto) of a body. Quorum counts seats, not people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// The body.
    pub body_id: BodyId,
    /// Order in the roll, from 1.
    pub number: i64,
    /// Chair or member.
    pub role: SeatRole,
    /// Its title: "Secretaria o secretario distrital de Salud".
    pub title: String,
    /// The entity it represents.
    pub entity_id: Option<EntityId>,
    /// The sector it represents.
    pub sector_id: Option<SectorId>,
    /// The component it belongs to.
    pub component_id: Option<String>,
    /// May speak.
    pub voice: bool,
    /// May vote; only these seats count for quorum.
    pub vote: bool,
    /// Whether its holder may delegate.
    pub delegation_allowed: bool,
    /// Least level of a delegate, or `not_applicable`.
    pub delegate_min_level: Option<String>,
    /// Who may hold it, in words.
    pub eligible: Option<String>,
    /// Term in years.
    pub term_years: Option<i64>,
    /// Whether it is a default that a norm may change.
    pub configurable: bool,
    /// Remark.
    pub note: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// First day it exists; `null` since always.
    pub valid_from: Option<NaiveDate>,
    /// Last day it exists; `null` while it does.
    pub valid_to: Option<NaiveDate>,
}
record!(Seat, "seat");

/// The level a delegate must have, when the seat or the rules ask for one.
#[must_use]
pub fn required_level(text: Option<&str>) -> Option<Level> {
    match text {
        Some("directive") => Some(Level::Directive),
        Some("adviser") => Some(Level::Adviser),
        Some("professional") => Some(Level::Professional),
        _ => None,
    }
}

impl Seat {
    /// Whether it exists on a day.
    #[must_use]
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|first| first <= day) && self.valid_to.is_none_or(|last| day <= last)
    }

    /// Whether it is of a private, academic or civil-society organisation: accredited by letter, for a term, with a data
    /// authorisation, instead of appointed (Ley 489/1998 binds public servants only).
    #[must_use]
    pub fn is_accredited(&self) -> bool {
        self.entity_id.is_none() && self.sector_id.is_none()
    }

    /// Whether it says that it represents an organisation: whoever stands in for its holder is an alternate, by letter. One of
    /// which nothing says so is a seat whose entity nobody has recorded yet.
    #[must_use]
    pub fn represents_organisation(&self) -> bool {
        self.is_accredited() && (self.component_id.is_some() || self.term_years.is_some())
    }
}

/// The seats of a body on a day, by number.
///
/// # Errors
/// When the archive cannot be read.
pub fn seats_on(read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<Vec<Seat>> {
    read.select(
        "WHERE body_id = ?1 AND (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to >= ?2) ORDER BY number, id",
        (body, day.to_string()),
    )
}

/// A seat to add or edit. What is not said is left empty, also when editing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutSeat {
    /// The seat to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<SeatId>,
    /// The body.
    pub body_id: BodyId,
    /// Order in the roll, from 1; the next free one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<i64>,
    /// Chair or member.
    pub role: SeatRole,
    /// Its title: "Secretaria o secretario distrital de Salud".
    pub title: String,
    /// The entity it represents.
    #[serde(default)]
    #[ts(optional)]
    pub entity_id: Option<EntityId>,
    /// The sector it represents.
    #[serde(default)]
    #[ts(optional)]
    pub sector_id: Option<SectorId>,
    /// The component it belongs to.
    #[serde(default)]
    #[ts(optional)]
    pub component_id: Option<String>,
    /// May speak; yes when not said.
    #[serde(default)]
    #[ts(optional)]
    pub voice: Option<bool>,
    /// May vote; yes when not said.
    #[serde(default)]
    #[ts(optional)]
    pub vote: Option<bool>,
    /// Whether its holder may delegate; yes when not said.
    #[serde(default)]
    #[ts(optional)]
    pub delegation_allowed: Option<bool>,
    /// Least level of a delegate; that of the rules when not said.
    #[serde(default)]
    #[ts(optional)]
    pub delegate_min_level: Option<DelegateLevel>,
    /// Who may hold it, in words.
    #[serde(default)]
    #[ts(optional)]
    pub eligible: Option<String>,
    /// Term in years.
    #[serde(default)]
    #[ts(optional)]
    pub term_years: Option<i64>,
    /// Whether it is a default that a norm may change; no when not said.
    #[serde(default)]
    #[ts(optional)]
    pub configurable: Option<bool>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Where the fact comes from.
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
    /// First day it exists; since always when not said.
    #[serde(default)]
    #[ts(optional)]
    pub valid_from: Option<NaiveDate>,
    /// Last day it exists; open when not said.
    #[serde(default)]
    #[ts(optional)]
    pub valid_to: Option<NaiveDate>,
}

/// Adds a seat to a body or edits one. Sessions already opened keep the seat as it was.
///
/// # Errors
/// `invalid_input` when the title is empty, the dates are out of order, the term is not from 1 to 99 years;
/// `already_exists` when the number or title is another seat's at the same time, or there would be two chairs;
/// `not_found` for an unknown body, entity, sector or component.
pub fn put_seat(tx: &mut Tx<'_>, request: PutSeat) -> Result<Seat> {
    let body: Body = tx.get(&request.body_id)?;
    let old = match &request.id {
        Some(id) => tx.find::<Seat>(id)?,
        None => None,
    };
    refuse_move("body_id", old.as_ref().map(|o| &o.body_id), &request.body_id)?;
    if let (Some(first), last) = (request.valid_from, request.valid_to) {
        typed::in_order("valid_to", first, last)?;
    }
    if let Some(years) = request.term_years
        && !(1..=99).contains(&years)
    {
        return Err(Failure::field(
            "term_years",
            text!(
                "El periodo va de 1 a 99 años; se escribió {years}. Déjelo vacío si no hay periodo.",
                "The term goes from 1 to 99 years; {years} was typed. Leave it empty if there is none."
            ),
        ));
    }
    if let Some(entity) = &request.entity_id {
        tx.get::<Entity>(entity)?;
    }
    if let Some(sector) = &request.sector_id {
        tx.get::<Sector>(sector)?;
    }
    if let Some(component) = &request.component_id
        && body.components.iter().all(|c| c.id != *component)
    {
        return Err(Failure::not_found("component", component));
    }
    let title = typed::line("title", &text!("el nombre del puesto", "The seat's title"), &request.title)?;
    let id = match request.id {
        Some(id) => id,
        None => SeatId::new(tx.ctx.new_id())?,
    };
    let others: Vec<Seat> = tx
        .select::<Seat>("WHERE body_id = ?1 AND id <> ?2", (&body.id, &id))?
        .into_iter()
        .filter(|s| typed::overlap((s.valid_from, s.valid_to), (request.valid_from, request.valid_to)))
        .collect();
    let number = match request.number.or(old.as_ref().map(|o| o.number)) {
        Some(number) => number,
        None => others.iter().map(|s| s.number).max().unwrap_or(0) + 1,
    };
    if number < 1 {
        return Err(Failure::field(
            "number",
            text!("El número del puesto empieza en 1. Corríjalo.", "Seat numbers start at 1. Correct it."),
        ));
    }
    let folded = typed::folded(&title);
    for other in &others {
        let (taken, at) = (&other.title, other.number);
        let clash = if other.number == number {
            Some((
                "number",
                text!(
                    "El número {number} es del puesto «{taken}» en las mismas fechas. Use otro número o cierre ese puesto.",
                    "Number {number} is that of the seat “{taken}” on the same dates. Use another number or close that seat."
                ),
            ))
        } else if typed::folded(&other.title) == folded {
            Some((
                "title",
                text!(
                    "El puesto {at} ya se llama «{taken}» en las mismas fechas. Use otro nombre o edite ese puesto.",
                    "Seat {at} is named “{taken}” already on the same dates. Use another title or edit that seat."
                ),
            ))
        } else if other.role == SeatRole::Chair && request.role == SeatRole::Chair {
            Some((
                "role",
                text!(
                    "La presidencia es del puesto {at}, «{taken}», en las mismas fechas. Una instancia tiene una sola: cambie primero ese puesto.",
                    "The chair is seat {at}, “{taken}”, on the same dates. A body has only one: change that seat first."
                ),
            ))
        } else {
            None
        };
        if let Some((field, message)) = clash {
            let details = serde_json::json!({ "field": field, "seat_id": other.id });
            return Err(Failure::new(Code::AlreadyExists, message).with(details));
        }
    }
    let seat = Seat {
        id,
        body_id: request.body_id,
        number,
        role: request.role,
        title,
        entity_id: request.entity_id,
        sector_id: request.sector_id,
        component_id: request.component_id,
        voice: request.voice.unwrap_or(true),
        vote: request.vote.unwrap_or(true),
        delegation_allowed: request.delegation_allowed.unwrap_or(true),
        delegate_min_level: request.delegate_min_level.map(|level| level_code(level).to_owned()),
        eligible: typed::optional_prose("eligible", request.eligible.as_deref())?,
        term_years: request.term_years,
        configurable: request.configurable.unwrap_or(false),
        note: typed::optional_prose("note", request.note.as_deref())?,
        source: typed::optional_line("source", request.source.as_deref())?,
        valid_from: request.valid_from,
        valid_to: request.valid_to,
    };
    tx.put(&seat)?;
    Ok(seat)
}

fn level_code(level: DelegateLevel) -> &'static str {
    match level {
        DelegateLevel::Directive => "directive",
        DelegateLevel::Adviser => "adviser",
        DelegateLevel::Professional => "professional",
        DelegateLevel::NotApplicable => "not_applicable",
    }
}

/// A seat and its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseSeat {
    /// The seat.
    pub id: SeatId,
    /// Its last day.
    pub valid_to: NaiveDate,
}

/// Closes a seat: from the next day it is no member. Past sessions keep it.
///
/// # Errors
/// `invalid_input` when that day is before the seat's first; `wrong_state` when it is closed already.
#[allow(clippy::needless_pass_by_value)]
pub fn close_seat(tx: &mut Tx<'_>, request: CloseSeat) -> Result<Seat> {
    let mut seat: Seat = tx.get(&request.id)?;
    if let Some(closed) = seat.valid_to {
        return Err(Failure::new(
            Code::WrongState,
            text!(dates closed;
                "El puesto ya está cerrado desde el {closed}. Edítelo para cambiar la fecha.",
                "The seat is closed already as of {closed}. Edit it to change the day."
            ),
        ));
    }
    if let Some(first) = seat.valid_from {
        typed::in_order("valid_to", first, Some(request.valid_to))?;
    }
    seat.valid_to = Some(request.valid_to);
    tx.put(&seat)?;
    Ok(seat)
}
