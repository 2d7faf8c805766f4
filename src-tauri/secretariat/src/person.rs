//! People: names as they are written, treatment, gender, post; private contact apart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{Gender, Level, Treatment};
use crate::ids::{EntityId, PartnerId, PersonId, SeatId};
use crate::record;

/// A person. Names keep hyphens, apostrophes, particles and compound parts exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Given names.
    pub first_names: String,
    /// Surnames.
    pub surnames: String,
    /// As printed.
    pub full_name: String,
    /// As sorted: surnames first.
    pub sort_name: String,
    /// Form of address.
    pub treatment: Treatment,
    /// Gender that sentences agree with.
    pub grammatical_gender: Gender,
    /// Post (cargo).
    pub position: Option<String>,
    /// The entity they serve.
    pub entity_id: Option<EntityId>,
    /// The organisation, when it is not an entity.
    pub organization: Option<String>,
    /// The partner they belong to.
    pub partner_id: Option<PartnerId>,
    /// `holder`, `delegate`, `liaison`, `secretariat`, `guest`, `group_member`.
    pub role: Option<String>,
    /// The seat they serve as liaison, holder or delegate.
    pub seat_id: Option<SeatId>,
    /// Hierarchical level.
    pub level: Option<Level>,
    /// Remark.
    pub note: Option<String>,
}
record!(Person, "person");

/// A person's private contact. Journaled only as a salted hash, so that it can be erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PersonContact {
    /// The person.
    pub id: PersonId,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Random bytes that make its hash unguessable, 32 hexadecimal digits.
    pub salt: String,
}
record!(PersonContact, "person_contact");
