//! Holders (titulares) and acting appointments (encargos): who holds a seat, from one day to another.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Act, Seat};
use crate::codes::{ActKind, HolderKind};
use crate::failure::{Code, Failure, Result};
use crate::ids::{BodyId, HolderId, PersonId, SeatId};
use crate::journal::{Read, Tx};
use crate::person::Person;
use crate::{record, text, typed};

/// Accreditation of a seat that is not a public servant's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Accreditation {
    /// Its kind.
    pub kind: ActKind,
    /// Its date.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// Whether the person authorised the use of their data (Ley 1581/2012).
    #[serde(default)]
    pub data_authorization: bool,
    /// Remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// Who holds a seat, from one day to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Holder {
    /// Its id.
    pub id: HolderId,
    /// The seat.
    pub seat_id: SeatId,
    /// The person.
    pub person_id: PersonId,
    /// Holder, or acting (encargo). On a day with both, the acting one counts.
    pub kind: HolderKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; `null` while open.
    pub valid_to: Option<NaiveDate>,
    /// The act of appointment.
    pub act: Option<Act>,
    /// Accreditation, for private seats.
    pub accreditation: Option<Accreditation>,
    /// Remark.
    pub note: Option<String>,
}
record!(Holder, "holder");

impl Holder {
    /// Whether it covers a day.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// Who holds a seat on a day: the acting one when there is, else the holder, else nobody.
///
/// # Errors
/// When the archive cannot be read.
pub fn holder_on(read: &Read<'_>, seat: &SeatId, day: NaiveDate) -> Result<Option<Holder>> {
    let found = read.select::<Holder>(
        "JOIN seat ON seat.id = holder.seat_id WHERE seat_id = ?1 AND holder.valid_from <= ?2 AND (holder.valid_to IS NULL OR holder.valid_to >= ?2)
         AND (seat.valid_from IS NULL OR seat.valid_from <= ?2) AND (seat.valid_to IS NULL OR seat.valid_to >= ?2)
         ORDER BY holder.kind = 'acting' DESC, holder.valid_from DESC LIMIT 1",
        (seat, day.to_string()),
    )?;
    Ok(found.into_iter().next())
}

/// Every holder and acting holder of a body's seats on a day; a seat with both has two.
///
/// # Errors
/// When the archive cannot be read.
pub fn holders_on(read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<Vec<Holder>> {
    read.select(
        "JOIN seat ON seat.id = holder.seat_id WHERE seat.body_id = ?1 AND holder.valid_from <= ?2 AND (holder.valid_to IS NULL OR holder.valid_to >= ?2)
         AND (seat.valid_from IS NULL OR seat.valid_from <= ?2) AND (seat.valid_to IS NULL OR seat.valid_to >= ?2)
         ORDER BY seat.number, holder.kind, holder.valid_from",
        (body, day.to_string()),
    )
}

/// Which seat, on which day; today when not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatOnDay {
    /// The seat.
    pub seat_id: SeatId,
    /// The day.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// Who holds a seat on a day.
///
/// # Errors
/// `not_found` when there is no such seat.
pub fn get_holder(read: &Read<'_>, request: SeatOnDay) -> Result<Option<Holder>> {
    read.get::<Seat>(&request.seat_id)?;
    holder_on(read, &request.seat_id, request.on.unwrap_or_else(|| read.ctx.today()))
}

/// Somebody to put in a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointHolder {
    /// The id of the new record.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<HolderId>,
    /// The seat.
    pub seat_id: SeatId,
    /// The person.
    pub person_id: PersonId,
    /// Holder, or acting (encargo).
    pub kind: HolderKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; open when not said.
    #[serde(default)]
    #[ts(optional)]
    pub valid_to: Option<NaiveDate>,
    /// The act of appointment.
    #[serde(default)]
    #[ts(optional)]
    pub act: Option<Act>,
    /// Accreditation, for private seats.
    #[serde(default)]
    #[ts(optional)]
    pub accreditation: Option<Accreditation>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Whether the one of the same kind who is there that day ends the day before. When not said, only one whose last
    /// day is open does; one with a set end is refused until this says so.
    #[serde(default)]
    #[ts(optional)]
    pub close_previous: Option<bool>,
}

/// What an appointment did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Appointment {
    /// The new holder.
    pub holder: Holder,
    /// The one it replaced, as closed.
    pub closed: Option<Holder>,
}

/// Puts a person in a seat from a day on, and closes whoever was there in the same capacity.
///
/// # Errors
/// `invalid_input` for dates out of order or outside the seat's; `needs_confirmation` (`close_previous`) when the one
/// there has a set end; `wrong_state` when another one starts later in those dates; `not_found` for unknown ids.
pub fn appoint_holder(tx: &mut Tx<'_>, request: AppointHolder) -> Result<Appointment> {
    let id = match request.id {
        Some(id) => id,
        None => HolderId::new(tx.ctx.new_id())?,
    };
    let holder = fit(
        tx,
        Holder {
            id,
            seat_id: request.seat_id,
            person_id: request.person_id,
            kind: request.kind,
            valid_from: request.valid_from,
            valid_to: request.valid_to,
            act: request.act,
            accreditation: request.accreditation,
            note: request.note,
        },
    )?;
    let rivals = rivals(tx, &holder)?;
    let stays =
        |other: &&Holder| other.valid_from >= holder.valid_from || request.close_previous == Some(false);
    if let Some(other) = rivals.iter().find(stays) {
        return Err(overlaps(tx, other, &holder)?);
    }
    let mut closed = None;
    for mut other in rivals {
        if let Some(until) = other.valid_to.filter(|_| request.close_previous != Some(true)) {
            let name = name(tx, &other)?;
            let eve = holder.valid_from - Days::new(1);
            return Err(Failure::new(
                Code::NeedsConfirmation,
                text!(
                    dates until, eve;
                    "{name} figura en el puesto hasta el {until}. Confirme que termina el {eve}, o cambie las fechas.",
                    "{name} holds the seat until {until}. Confirm that it ends on {eve}, or change the dates."
                ),
            )
            .with(serde_json::json!({ "confirm": "close_previous", "holder_id": other.id })));
        }
        other.valid_to = Some(holder.valid_from - Days::new(1));
        tx.put(&other)?;
        closed = Some(other);
    }
    tx.insert(&holder)?;
    Ok(Appointment { holder, closed })
}

/// A correction to a holder's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditHolder {
    /// The record.
    pub id: HolderId,
    /// The person.
    pub person_id: PersonId,
    /// Holder, or acting (encargo).
    pub kind: HolderKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; open when not said.
    #[serde(default)]
    #[ts(optional)]
    pub valid_to: Option<NaiveDate>,
    /// The act of appointment.
    #[serde(default)]
    #[ts(optional)]
    pub act: Option<Act>,
    /// Accreditation, for private seats.
    #[serde(default)]
    #[ts(optional)]
    pub accreditation: Option<Accreditation>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Corrects who held a seat and when. Sessions already opened keep what they saw.
///
/// # Errors
/// `invalid_input` for dates out of order or outside the seat's; `wrong_state` when it would overlap another of its kind.
pub fn edit_holder(tx: &mut Tx<'_>, request: EditHolder) -> Result<Holder> {
    let old: Holder = tx.get(&request.id)?;
    let holder = fit(
        tx,
        Holder {
            id: old.id,
            seat_id: old.seat_id,
            person_id: request.person_id,
            kind: request.kind,
            valid_from: request.valid_from,
            valid_to: request.valid_to,
            act: request.act,
            accreditation: request.accreditation,
            note: request.note,
        },
    )?;
    if let Some(other) = rivals(tx, &holder)?.first() {
        return Err(overlaps(tx, other, &holder)?);
    }
    tx.put(&holder)?;
    Ok(holder)
}

/// A holder's record and its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseHolder {
    /// The record.
    pub id: HolderId,
    /// Its last day.
    pub valid_to: NaiveDate,
}

/// Ends somebody's time in a seat; the seat stays vacant from the next day unless somebody else holds it.
///
/// # Errors
/// `invalid_input` when that day is before the first.
#[allow(clippy::needless_pass_by_value)]
pub fn close_holder(tx: &mut Tx<'_>, request: CloseHolder) -> Result<Holder> {
    let mut holder: Holder = tx.get(&request.id)?;
    typed::in_order("valid_to", holder.valid_from, Some(request.valid_to))?;
    holder.valid_to = Some(request.valid_to);
    if let Some(other) = rivals(tx, &holder)?.first() {
        return Err(overlaps(tx, other, &holder)?);
    }
    tx.put(&holder)?;
    Ok(holder)
}

/// A holder's record to remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveHolder {
    /// The record.
    pub id: HolderId,
}

/// Removes a record made by mistake: that person never held the seat.
///
/// # Errors
/// `not_found`; `wrong_state` when a delegation was signed as that holder.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_holder(tx: &mut Tx<'_>, request: RemoveHolder) -> Result<()> {
    let holder: Holder = tx.get(&request.id)?;
    let signed: Vec<crate::delegation::Delegation> =
        tx.select("WHERE seat_id = ?1 AND principal_id = ?2", (&holder.seat_id, &holder.person_id))?;
    if let Some(delegation) = signed.iter().find(|d| d.act.date.is_some_and(|day| holder.covers(day))) {
        let (name, act) = (name(tx, &holder)?, delegation.act.cited());
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "{name} firmó la delegación «{act}» en ese puesto. Cierre el registro con una fecha en vez de retirarlo.",
                "{name} signed the delegation “{act}” in that seat. Close the record with a date instead of removing it."
            ),
        )
        .with(serde_json::json!({ "delegation_id": delegation.id })));
    }
    tx.remove::<Holder>(&holder.id)
}

/// Checks what a holder's record must have by itself and within its seat.
fn fit(tx: &Tx<'_>, holder: Holder) -> Result<Holder> {
    let seat: Seat = tx.get(&holder.seat_id)?;
    tx.get::<Person>(&holder.person_id)?;
    typed::in_order("valid_to", holder.valid_from, holder.valid_to)?;
    if !typed::overlap((Some(holder.valid_from), holder.valid_to), (seat.valid_from, seat.valid_to)) {
        let title = seat.title;
        return Err(Failure::field(
            "valid_from",
            text!(
                "El puesto «{title}» no existe en esas fechas. Corríjalas o edite la vigencia del puesto.",
                "The seat “{title}” does not exist on those dates. Correct them or edit the seat's dates."
            ),
        ));
    }
    Ok(Holder {
        act: holder.act.map(Act::fit).transpose()?,
        accreditation: holder
            .accreditation
            .map(|a| {
                typed::optional_prose("accreditation.note", a.note.as_deref())
                    .map(|note| Accreditation { note, ..a })
            })
            .transpose()?,
        note: typed::optional_prose("note", holder.note.as_deref())?,
        ..holder
    })
}

/// The others of the same seat and kind whose dates share a day with it, first one first.
fn rivals(read: &Read<'_>, holder: &Holder) -> Result<Vec<Holder>> {
    read.select(
        "WHERE seat_id = ?1 AND kind = ?2 AND id <> ?3 AND valid_from <= ?4 AND (valid_to IS NULL OR valid_to >= ?5) ORDER BY valid_from",
        (
            &holder.seat_id,
            match holder.kind {
                HolderKind::Holder => "holder",
                HolderKind::Acting => "acting",
            },
            &holder.id,
            holder.valid_to.map_or_else(|| "9999-12-31".to_owned(), |d| d.to_string()),
            holder.valid_from.to_string(),
        ),
    )
}

fn name(read: &Read<'_>, holder: &Holder) -> Result<String> {
    Ok(read.get::<Person>(&holder.person_id)?.full_name)
}

fn overlaps(read: &Read<'_>, other: &Holder, holder: &Holder) -> Result<Failure> {
    let (name, from) = (name(read, other)?, other.valid_from);
    let (as_es, as_en) = match holder.kind {
        HolderKind::Holder => ("titular", "holder"),
        HolderKind::Acting => ("encargo", "acting holder"),
    };
    Ok(Failure::new(
        Code::WrongState,
        text!(
            dates from;
            "{name} ya figura como {as_es} del puesto desde el {from}. Cierre ese registro o cambie las fechas.",
            "{name} is {as_en} of the seat already from {from}. Close that record or change the dates."
        ),
    )
    .with(serde_json::json!({ "holder_id": other.id })))
}
