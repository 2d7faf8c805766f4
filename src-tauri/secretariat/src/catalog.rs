//! Catalogs the record refers to: sectors, entities, SDGs, modalities, partners, and settings.

use std::collections::BTreeMap;

use chrono::Datelike;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::api::Nothing;
use crate::calendar::{Calendar, Holiday};
use crate::failure::{Failure, Result};
use crate::ids::{CatalogItemId, EntityId, PartnerId, SectorId};
use crate::journal::{Read, Tx};
use crate::{record, text, typed};

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

/// The setting that holds the calendar.
const CALENDAR: &str = "calendar";

/// Which days count: the calendar as set, or the product's when nobody set it.
///
/// # Errors
/// When the archive cannot be read.
pub fn calendar(read: &Read<'_>) -> Result<Calendar> {
    match read.find::<Setting>(CALENDAR)? {
        Some(setting) => serde_json::from_value(setting.value).map_err(Failure::internal),
        None => Ok(Calendar::default()),
    }
}

/// Which year's holidays to show; this one's when not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetCalendar {
    /// The year.
    #[serde(default)]
    #[ts(optional)]
    pub year: Option<i32>,
}

/// The calendar as its screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CalendarView {
    /// Which days count.
    pub calendar: Calendar,
    /// The norm or decision it comes from, when somebody set it.
    pub source: Option<String>,
    /// Whether it is the product's own, which nobody has confirmed.
    pub is_default: bool,
    /// The year shown.
    pub year: i32,
    /// Its holidays, by date.
    pub holidays: Vec<Holiday>,
}

/// Which days count, and a year's holidays.
///
/// # Errors
/// When the archive cannot be read.
pub fn get_calendar(read: &Read<'_>, request: GetCalendar) -> Result<CalendarView> {
    let setting = read.find::<Setting>(CALENDAR)?;
    let calendar = calendar(read)?;
    let year = request.year.unwrap_or_else(|| read.ctx.today().year());
    Ok(CalendarView {
        holidays: calendar.holidays(year),
        is_default: setting.is_none(),
        source: setting.and_then(|s| s.source),
        calendar,
        year,
    })
}

/// The calendar to keep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCalendar {
    /// Which days count.
    pub calendar: Calendar,
    /// The norm or decision it comes from.
    pub source: String,
}

/// Sets which days count. Terms already recorded in notices and minutes do not change.
///
/// # Errors
/// `invalid_input` when the source is empty, a closure's dates are out of order or it lasts more than a year, or a
/// closure or holiday has no reason or name.
pub fn set_calendar(tx: &mut Tx<'_>, request: SetCalendar) -> Result<CalendarView> {
    let source = typed::line(
        "source",
        &text!("la norma o decisión que lo dice", "The norm or decision it comes from"),
        &request.source,
    )?;
    let mut calendar = request.calendar;
    for closure in &mut calendar.closures {
        typed::in_order("closures", closure.from, Some(closure.to))?;
        let (from, to) = (closure.from, closure.to);
        if (to - from).num_days() > 366 {
            return Err(Failure::field(
                "closures",
                text!(dates from, to;
                    "El cierre del {from} al {to} dura más de un año. Corrija las fechas.",
                    "The closure from {from} to {to} lasts more than a year. Correct the dates."
                ),
            ));
        }
        closure.reason = typed::line(
            "closures",
            &text!("la razón del cierre", "The reason of the closure"),
            &closure.reason,
        )?;
    }
    calendar.closures.sort_by_key(|c| (c.from, c.to));
    for holiday in &mut calendar.extra {
        holiday.name =
            typed::line("extra", &text!("el nombre del festivo", "The holiday's name"), &holiday.name)?;
        holiday.norm =
            typed::line("extra", &text!("la norma del festivo", "The holiday's norm"), &holiday.norm)?;
    }
    calendar.extra.sort_by_key(|h| h.date);
    if let Some(year) = calendar.chiquinquira_from
        && !(1984..=9998).contains(&year)
    {
        return Err(Failure::field(
            "chiquinquira_from",
            text!(
                "El año {year} no es posible. Escriba desde cuál rige, o déjelo vacío.",
                "Year {year} is not possible. Type the first one, or leave it empty."
            ),
        ));
    }
    tx.put(&Setting {
        id: CALENDAR.to_owned(),
        value: serde_json::to_value(&calendar).map_err(Failure::internal)?,
        source: Some(source),
    })?;
    get_calendar(tx, GetCalendar::default())
}

/// Everything that forms choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Catalogs {
    /// Sectors, in order.
    pub sectors: Vec<Sector>,
    /// Entities, by name.
    pub entities: Vec<Entity>,
    /// Partners, by name.
    pub partners: Vec<Partner>,
    /// The other catalogs by name (`sdg`, `modality`, …), each in order.
    pub items: BTreeMap<String, Vec<CatalogItem>>,
}

/// The catalogs that forms choose from.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(read: &Read<'_>, _: Nothing) -> Result<Catalogs> {
    let mut entities: Vec<Entity> = read.all()?;
    entities.sort_by_cached_key(|e| typed::sort_key(&e.name));
    let mut partners: Vec<Partner> = read.all()?;
    partners.sort_by_cached_key(|p| typed::sort_key(&p.name));
    let mut items: BTreeMap<String, Vec<CatalogItem>> = BTreeMap::new();
    for item in read.select::<CatalogItem>("ORDER BY catalog, position, id", [])? {
        items.entry(item.catalog.clone()).or_default().push(item);
    }
    Ok(Catalogs { sectors: read.select("ORDER BY position, id", [])?, entities, partners, items })
}

/// A sector to create or edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutSector {
    /// The sector to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<SectorId>,
    /// Its name.
    pub name: String,
    /// Order in lists, from 1; the last when not said.
    #[serde(default)]
    #[ts(optional)]
    pub position: Option<i64>,
    /// The entity at its head.
    #[serde(default)]
    #[ts(optional)]
    pub head_entity_id: Option<EntityId>,
}

/// Creates or edits a sector of the administration.
///
/// # Errors
/// `invalid_input` when the name is empty or another sector's; `not_found` for an unknown entity.
pub fn put_sector(tx: &mut Tx<'_>, request: PutSector) -> Result<Sector> {
    let name = typed::line("name", &text!("el nombre del sector", "The sector's name"), &request.name)?;
    if let Some(entity) = &request.head_entity_id {
        tx.get::<Entity>(entity)?;
    }
    let id = match request.id {
        Some(id) => id,
        None => SectorId::new(tx.ctx.new_id())?,
    };
    let others: Vec<Sector> = tx.select("WHERE id <> ?1", [&id])?;
    refuse_same_name(&name, others.iter().map(|s| s.name.as_str()))?;
    let old: Option<Sector> = tx.find(&id)?;
    let last = others.iter().map(|s| s.position).max().unwrap_or(0);
    let sector = Sector {
        id,
        position: request.position.or(old.as_ref().map(|o| o.position)).unwrap_or(last + 1).max(1),
        name,
        head_entity_id: request.head_entity_id,
        data: old.and_then(|o| o.data),
    };
    tx.put(&sector)?;
    Ok(sector)
}

/// An entity to create or edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutEntity {
    /// The entity to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<EntityId>,
    /// Full official name.
    pub name: String,
    /// Name for tables.
    #[serde(default)]
    #[ts(optional)]
    pub short_name: Option<String>,
    /// The sector it belongs to.
    #[serde(default)]
    #[ts(optional)]
    pub sector_id: Option<SectorId>,
    /// `head`, `attached`, `linked`, `special_link`, `technical_support`, `office`.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<String>,
    /// Where the fact comes from.
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Creates or edits an entity. Sessions already opened keep the name it had.
///
/// # Errors
/// `invalid_input` when the name is empty or another entity's, or the kind is not one; `not_found` for an unknown sector.
pub fn put_entity(tx: &mut Tx<'_>, request: PutEntity) -> Result<Entity> {
    let name = typed::line("name", &text!("el nombre de la entidad", "The entity's name"), &request.name)?;
    if let Some(sector) = &request.sector_id {
        tx.get::<Sector>(sector)?;
    }
    if let Some(kind) = request.kind.as_deref()
        && !["head", "attached", "linked", "special_link", "technical_support", "office"].contains(&kind)
    {
        return Err(Failure::field(
            "kind",
            text!(
                "«{kind}» no es una clase de entidad. Elija una de la lista.",
                "“{kind}” is not a kind of entity. Choose one of the list."
            ),
        ));
    }
    let id = match request.id {
        Some(id) => id,
        None => EntityId::new(tx.ctx.new_id())?,
    };
    let others: Vec<Entity> = tx.select("WHERE id <> ?1", [&id])?;
    refuse_same_name(&name, others.iter().map(|e| e.name.as_str()))?;
    let entity = Entity {
        id,
        sector_id: request.sector_id,
        name,
        short_name: typed::optional_line("short_name", request.short_name.as_deref())?,
        kind: request.kind,
        source: typed::optional_line("source", request.source.as_deref())?,
        note: typed::optional_prose("note", request.note.as_deref())?,
    };
    tx.put(&entity)?;
    Ok(entity)
}

/// A partner to create or edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPartner {
    /// The partner to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<PartnerId>,
    /// Its name.
    pub name: String,
    /// Category of actor.
    #[serde(default)]
    #[ts(optional)]
    pub category_id: Option<CatalogItemId>,
    /// Kind within the category.
    #[serde(default)]
    #[ts(optional)]
    pub kind_id: Option<CatalogItemId>,
    /// Country.
    #[serde(default)]
    #[ts(optional)]
    pub country: Option<String>,
}

/// Creates or edits an international partner.
///
/// # Errors
/// `invalid_input` when the name is empty or another partner's; `not_found` for an unknown category or kind.
pub fn put_partner(tx: &mut Tx<'_>, request: PutPartner) -> Result<Partner> {
    let name = typed::line("name", &text!("el nombre del aliado", "The partner's name"), &request.name)?;
    for item in [&request.category_id, &request.kind_id].into_iter().flatten() {
        tx.get::<CatalogItem>(item)?;
    }
    let id = match request.id {
        Some(id) => id,
        None => PartnerId::new(tx.ctx.new_id())?,
    };
    let others: Vec<Partner> = tx.select("WHERE id <> ?1", [&id])?;
    refuse_same_name(&name, others.iter().map(|p| p.name.as_str()))?;
    let partner = Partner {
        data: tx.find::<Partner>(&id)?.and_then(|old| old.data),
        id,
        name,
        category_id: request.category_id,
        kind_id: request.kind_id,
        country: typed::optional_line("country", request.country.as_deref())?,
    };
    tx.put(&partner)?;
    Ok(partner)
}

fn refuse_same_name<'a>(name: &str, others: impl IntoIterator<Item = &'a str>) -> Result<()> {
    let folded = typed::folded(name);
    match others.into_iter().find(|other| typed::folded(other) == folded) {
        Some(other) => Err(Failure::field(
            "name",
            text!(
                "Ya existe «{other}». Use ese registro o escriba otro nombre.",
                "“{other}” exists already. Use that record or type another name."
            ),
        )),
        None => Ok(()),
    }
}
