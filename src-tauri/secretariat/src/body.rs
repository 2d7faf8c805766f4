//! Bodies (instancias), their functions, seats, holders, invitees and rule sets.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::Nothing;
use crate::codes::{ActKind, BodyKind, FunctionScope, HolderKind, Level, SeatRole};
use crate::failure::{Failure, Result};
use crate::ids::{
    BodyId, EntityId, FunctionId, HolderId, InviteeId, PartnerId, PersonId, RuleSetId, SeatId, SectorId,
};
use crate::journal::{Read, Tx};
use crate::rules::RuleSet;
use crate::{record, text};

/// A text with the place it was taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Sourced {
    /// The text.
    pub text: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<String>,
}

/// The act that created a body. Unknown until registered: then paper says "por registrar".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CreatingAct {
    /// Whether the secretary has confirmed it.
    pub registered: bool,
    /// As printed: "Decreto 000 de 0000", or "acto de creación: por registrar".
    pub text: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<String>,
}

/// A component of a public-private body (público, privado, academia…).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Component {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many seats it has.
    pub seats: i64,
}

/// Who runs the secretariat of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TechnicalSecretariat {
    /// The entity.
    #[serde(default)]
    pub entity_id: Option<EntityId>,
    /// The office's name.
    pub name: String,
    /// Where the fact comes from.
    #[serde(default)]
    pub source: Option<String>,
}

/// How a body numbers its sessions and minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Numbering {
    /// Sessions restart each year ("sesión 3 de 2025"); otherwise they go on for ever.
    pub sessions_yearly: bool,
    /// Minutes restart each year ("Acta 3 de 2025").
    pub minutes_yearly: bool,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { sessions_yearly: true, minutes_yearly: true }
    }
}

/// Paper of a body's documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// 216 × 279 mm, the Colombian default.
    #[default]
    Letter,
    /// 210 × 297 mm.
    A4,
    /// 216 × 330 mm.
    Oficio,
}

/// A body: intersectoral commission, group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Body {
    /// Its id.
    pub id: BodyId,
    /// Its name, as printed.
    pub name: String,
    /// Its kind.
    pub kind: BodyKind,
    /// `draft` while its facts are unconfirmed.
    pub status: Option<String>,
    /// What it is for.
    pub purpose: Option<Sourced>,
    /// Other names it goes by.
    pub alternative_names: Vec<String>,
    /// Least sessions a year, where the norm says so.
    pub minimum_meetings_per_year: Option<i64>,
    /// Components, for public-private bodies.
    pub components: Vec<Component>,
    /// The act that created it.
    pub creating_act: CreatingAct,
    /// Norms its papers cite.
    pub normative_references: Vec<Sourced>,
    /// Who runs its secretariat.
    pub technical_secretariat: Option<TechnicalSecretariat>,
    /// How it numbers.
    pub numbering: Numbering,
    /// Paper of its documents.
    pub paper: PaperSize,
    /// Remark.
    pub note: Option<String>,
}
record!(Body, "body");

/// A function of a body. Agenda items name functions by `code`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BodyFunction {
    /// Its id.
    pub id: FunctionId,
    /// The body.
    pub body_id: BodyId,
    /// Short name, unique in the body, such as `fun-03`.
    pub code: String,
    /// Whose function it is.
    pub scope: FunctionScope,
    /// Order within its scope, from 1.
    pub position: i64,
    /// Its text.
    pub text: String,
    /// The original in English, where the text is a translation.
    pub original_en: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
}
record!(BodyFunction, "body_function");

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

/// An administrative act: resolution, letter, decree, accord.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Act {
    /// Its kind.
    pub kind: ActKind,
    /// Its number as written, such as "014 de 2025".
    #[serde(default)]
    pub number: Option<String>,
    /// Its date.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// As cited: "Resolución 14 de 2025".
    #[serde(default)]
    pub name: Option<String>,
    /// Whether it exists only in a demonstration.
    #[serde(default)]
    pub fictitious: bool,
    /// Name of its file, when it came with one.
    #[serde(default)]
    pub file: Option<String>,
}

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
}
record!(Holder, "holder");

/// A permanent invitee of a body: voice, no vote, never counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Invitee {
    /// Its id.
    pub id: InviteeId,
    /// The body.
    pub body_id: BodyId,
    /// Order, from 1.
    pub position: i64,
    /// Name of the invited entity or organisation.
    pub name: String,
    /// The entity, when it is one of the city's.
    pub entity_id: Option<EntityId>,
    /// The partner, when it is one.
    pub partner_id: Option<PartnerId>,
    /// `national`, `regional`, `participation`.
    pub scope: Option<String>,
    /// May speak.
    pub voice: bool,
    /// Remark.
    pub note: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
}
record!(Invitee, "invitee");

/// A dated rule set as stored; the rules themselves are [`RuleSet`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StoredRuleSet {
    /// Its id.
    pub id: RuleSetId,
    /// The body.
    pub body_id: BodyId,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; `null` while open.
    pub effective_to: Option<NaiveDate>,
    /// The rules, with the articles they come from.
    pub rules: RuleSet,
    /// The act's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(StoredRuleSet, "rule_set");

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

/// The bodies of the archive, by name.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(read: &Read<'_>, _: Nothing) -> Result<Vec<Body>> {
    read.select("ORDER BY name", [])
}

/// Creates or edits a body.
///
/// # Errors
/// `invalid_input` when its name is empty.
pub fn put(tx: &mut Tx<'_>, body: Body) -> Result<Body> {
    if body.name.trim().is_empty() {
        return Err(Failure::field(
            "name",
            text!("La instancia necesita un nombre.", "The body needs a name."),
        ));
    }
    tx.put(&body)?;
    Ok(body)
}
