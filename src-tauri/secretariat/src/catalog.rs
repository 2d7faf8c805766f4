//! Catalogs the record refers to: sectors, entities, SDGs, modalities, partners, and settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::ids::{CatalogItemId, EntityId, PartnerId, SectorId};
use crate::record;

/// An administrative sector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Sector {
    /// Its id.
    pub id: SectorId,
    /// Order in lists, from 1.
    pub position: i64,
    /// "Sector Gestión Pública".
    pub name: String,
    /// The entity at its head.
    pub head_entity_id: Option<EntityId>,
    /// The catalog's other fields, as they came.
    pub data: Option<Value>,
}
record!(Sector, "sector");

/// An entity: secretariat, institute, office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// The sector it belongs to.
    pub sector_id: Option<SectorId>,
    /// Full official name.
    pub name: String,
    /// Name for tables.
    pub short_name: Option<String>,
    /// `head`, `attached`, `linked`, `special_link`, `technical_support`, `office`.
    pub kind: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// Remark.
    pub note: Option<String>,
}
record!(Entity, "entity");

impl Entity {
    /// The name for tables: the short one when there is one.
    #[must_use]
    pub fn short(&self) -> &str {
        self.short_name.as_deref().unwrap_or(&self.name)
    }
}

/// An item of any other catalog: `sdg`, `modality`, `line`, `activity`, `criterion`, …
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CatalogItem {
    /// Its id.
    pub id: CatalogItemId,
    /// Which catalog.
    pub catalog: String,
    /// Order, from 1.
    pub position: i64,
    /// The item it hangs from (an activity's line).
    pub parent_id: Option<CatalogItemId>,
    /// Its name.
    pub name: String,
    /// Its other fields, as they came.
    pub data: Option<Value>,
}
record!(CatalogItem, "catalog_item");

/// An international partner (cooperante, aliado).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
    /// Category of actor.
    pub category_id: Option<CatalogItemId>,
    /// Kind within the category.
    pub kind_id: Option<CatalogItemId>,
    /// Country.
    pub country: Option<String>,
    /// Its other fields, as they came.
    pub data: Option<Value>,
}
record!(Partner, "partner");

/// An entry of the register of relations, kept as it came: interaction, instrument, indicator, measurement, opportunity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RegisterEntry {
    /// Its id.
    pub id: CatalogItemId,
    /// Which register: `interaction`, `instrument`, `indicator`, `measurement`, `opportunity`.
    pub register: String,
    /// Order, from 1.
    pub position: i64,
    /// Its date, when it has one.
    pub date: Option<String>,
    /// What it is, in a line.
    pub title: String,
    /// All its fields.
    pub data: Value,
}
record!(RegisterEntry, "register_entry");

/// A setting with its source: facts that a norm may change are settings, never constants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Setting {
    /// Its name, such as `calendar`.
    pub id: String,
    /// Its value.
    pub value: Value,
    /// The norm or decision it comes from.
    pub source: Option<String>,
}
record!(Setting, "setting");
