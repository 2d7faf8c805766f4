//! Proposals as the screens show them: the list with its filters, one whole, and what changed between versions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{OptionalExtension, Params, params_from_iter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::life::{moves, state_en};
use super::profile::{Completeness, completeness};
use super::{Proposal, ProposalVersion, StatusChange};
use crate::agenda::AgendaItem;
use crate::annex::Annex;
use crate::catalog::{Entity, Sector};
use crate::codes::{AnnexOwner, ProposalStatus};
use crate::decision::Decision;
use crate::failure::{Failure, Result, Text};
use crate::ids::{AgendaItemId, BodyId, EntityId, ProposalId, SectorId, SessionId};
use crate::journal::{Read, once};
use crate::names::named_in;
use crate::session::{Session, plan};
use crate::{course, live, search, text};

/// Which proposals to list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListProposals {
    /// The body they were put to.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// Only in these states.
    #[serde(default)]
    #[ts(optional)]
    pub status: Option<Vec<ProposalStatus>>,
    /// Only of this sector's entities.
    #[serde(default)]
    #[ts(optional)]
    pub sector_id: Option<SectorId>,
    /// Only of this entity.
    #[serde(default)]
    #[ts(optional)]
    pub entity_id: Option<EntityId>,
    /// Only filed in this year.
    #[serde(default)]
    #[ts(optional)]
    pub year: Option<i32>,
    /// Only with these words, anywhere in the profile.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// How many to leave out.
    #[serde(default)]
    #[ts(optional)]
    pub offset: Option<i64>,
    /// At most this many, 1 to 500; 100 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}

/// A proposal in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposalLine {
    /// The proposal.
    pub id: ProposalId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Title for tables.
    pub short_title: Option<String>,
    /// Where it stands.
    pub status: ProposalStatus,
    /// The same in words.
    pub status_text: Text,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// The entity that proposes it.
    pub entity: Option<String>,
    /// Its sector.
    pub sector: Option<String>,
    /// "12 de 2025".
    pub reception: Option<String>,
    /// When it was filed.
    pub filed_on: Option<NaiveDate>,
    /// The session it is meant for.
    pub session_id: Option<SessionId>,
    /// That session's name.
    pub session: Option<Text>,
    /// What it asks for in all, in pesos.
    pub total: Option<i64>,
}

/// How many proposals there are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StatusCount {
    /// The state.
    pub status: ProposalStatus,
    /// In words.
    pub text: Text,
    /// How many, with the other filters as they are.
    pub count: i64,
}

/// A page of the list: the newest filed first, drafts before all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposalList {
    /// The lines.
    pub proposals: Vec<ProposalLine>,
    /// How many the filters leave.
    pub total: i64,
    /// How many in each state, whatever the state asked for.
    pub by_status: Vec<StatusCount>,
    /// Years in which some was filed, newest first.
    pub years: Vec<i32>,
    /// Sectors that have some.
    pub sectors: Vec<NamedId>,
    /// Entities that have some.
    pub entities: Vec<NamedId>,
}

/// An id and its name, for a filter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
pub struct NamedId {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
}

/// The proposals that the filters leave, a page at a time.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(read: &Read<'_>, request: ListProposals) -> Result<ProposalList> {
    // Conditions and order are answered by `proposal_by_filing` and `proposal_by_body`: the profiles are only read for
    // the rows of the page.
    let mut conditions = Vec::new();
    let mut values: Vec<String> = Vec::new();
    let mut bind = |value: String| {
        values.push(value);
        format!("?{}", values.len())
    };
    if let Some(body) = &request.body_id {
        let mark = bind(body.to_string());
        conditions.push(format!("body_id = {mark}"));
    }
    if let Some(entity) = &request.entity_id {
        let mark = bind(entity.to_string());
        conditions.push(format!("proponent_entity_id = {mark}"));
    }
    if let Some(sector) = &request.sector_id {
        let mark = bind(sector.to_string());
        conditions.push(format!("proponent_entity_id IN (SELECT id FROM entity WHERE sector_id = {mark})"));
    }
    if let Some(year) = request.year {
        let (from, to) = (bind(format!("{year:04}-01-01")), bind(format!("{year:04}-12-31")));
        conditions.push(format!("filed_on BETWEEN {from} AND {to}"));
    }
    if let Some(query) = request.text.as_deref().and_then(search::every_word) {
        let mark = bind(query);
        conditions.push(format!("id IN ({})", search::found_in("proposal", &mark)));
    }
    let filter = |extra: Option<String>| {
        let all: Vec<String> = conditions.iter().cloned().chain(extra).collect();
        if all.is_empty() { String::new() } else { format!("WHERE {}", all.join(" AND ")) }
    };

    let mut counts: BTreeMap<ProposalStatus, i64> = BTreeMap::new();
    {
        let sql = format!(
            "SELECT status, sum(n) FROM (SELECT status, count(*) AS n FROM proposal {} GROUP BY body_id, status)
             GROUP BY status",
            filter(None)
        );
        let mut statement = read.conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&values))?;
        while let Some(row) = rows.next()? {
            let (status, count): (String, i64) = (row.get(0)?, row.get(1)?);
            if let Ok(status) = serde_json::from_value(Value::String(status)) {
                counts.insert(status, count);
            }
        }
    }
    let wanted = request.status.filter(|s| !s.is_empty());
    let total = match &wanted {
        Some(wanted) => {
            wanted.iter().collect::<BTreeSet<_>>().into_iter().filter_map(|s| counts.get(s)).sum()
        }
        None => counts.values().sum(),
    };
    let by_state = wanted.map(|states| {
        let codes: Vec<String> = states
            .iter()
            .filter_map(|s| serde_json::to_value(s).ok().and_then(|v| v.as_str().map(|s| format!("'{s}'"))))
            .collect();
        format!("status IN ({})", codes.join(", "))
    });
    let (limit, offset) = (request.limit.unwrap_or(100).clamp(1, 500), request.offset.unwrap_or(0).max(0));
    let order = "ORDER BY filed_on DESC NULLS FIRST, code DESC";
    let page = format!("{} {order} LIMIT {limit} OFFSET {offset}", filter(by_state));
    let mut names = Names::default();
    let mut proposals = Vec::new();
    for listed in listed(read, &page, order, params_from_iter(&values))? {
        proposals.push(line(read, &mut names, listed)?);
    }

    let body = request.body_id.as_ref();
    let years = years(read, body)?;
    let named = |sql: &str| -> Result<Vec<NamedId>> {
        let mut statement = read.conn.prepare_cached(sql)?;
        let rows = statement.query_map([body], |row| Ok(NamedId { id: row.get(0)?, name: row.get(1)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let with_some = "SELECT DISTINCT proponent_entity_id FROM proposal WHERE ?1 IS NULL OR body_id = ?1";
    let entities = named(&format!(
        "SELECT id, coalesce(short_name, name) AS n FROM entity WHERE id IN ({with_some}) ORDER BY n, id"
    ))?;
    let sectors = named(&format!(
        "SELECT id, name FROM sector WHERE id IN (SELECT sector_id FROM entity WHERE id IN ({with_some})) ORDER BY position"
    ))?;
    Ok(ProposalList {
        proposals,
        total,
        by_status: counts
            .into_iter()
            .map(|(status, count)| StatusCount { status, text: status_text(status), count })
            .collect(),
        years,
        sectors,
        entities,
    })
}

fn status_text(status: ProposalStatus) -> Text {
    Text { es: status.label().to_owned(), en: state_en(status).to_owned() }
}

/// Years in which proposals were filed, the latest first: one step of the index for each.
fn years(read: &Read<'_>, body: Option<&BodyId>) -> Result<Vec<i32>> {
    let mut statement = read.conn.prepare_cached(
        "SELECT CAST(substr(filed_on, 1, 4) AS INTEGER) FROM proposal
         WHERE filed_on < ?1 AND (?2 IS NULL OR body_id = ?2) ORDER BY filed_on DESC LIMIT 1",
    )?;
    let (mut years, mut before) = (Vec::new(), "9999-12-31".to_owned());
    while let Some(year) = statement.query_row((&before, body), |row| row.get::<_, i32>(0)).optional()? {
        before = format!("{year:04}-01-01");
        years.push(year);
    }
    Ok(years)
}

/// What a list tells of a proposal: its profile is a text of pages, and is not read for a line.
pub(crate) struct Listed {
    pub id: ProposalId,
    pub code: String,
    pub title: String,
    pub short_title: Option<String>,
    pub status: ProposalStatus,
    /// The day of its last step.
    pub since: Option<NaiveDate>,
    pub reception_number: Option<i64>,
    pub reception_year: Option<i32>,
    pub filed_on: Option<NaiveDate>,
    pub proponent_entity_id: Option<EntityId>,
    pub target_session_id: Option<SessionId>,
    /// What it asks for in all, in pesos.
    pub total: Option<i64>,
}

impl Listed {
    fn of(proposal: &Proposal) -> Self {
        Self {
            id: proposal.id.clone(),
            code: proposal.code.clone(),
            title: proposal.title.clone(),
            short_title: proposal.short_title.clone(),
            status: proposal.status,
            since: proposal.status_history.last().map(|l| l.date),
            reception_number: proposal.reception_number,
            reception_year: proposal.reception_year,
            filed_on: proposal.filed_on,
            proponent_entity_id: proposal.proponent_entity_id.clone(),
            target_session_id: proposal.target_session_id.clone(),
            total: proposal.profile.get("budget").and_then(|b| b.get("total")).and_then(Value::as_i64),
        }
    }
}

/// The proposals that a tail of SQL chooses by an index alone, in an order.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn listed(read: &Read<'_>, page: &str, order: &str, values: impl Params) -> Result<Vec<Listed>> {
    // By row number first: asking for anything that is not in the index would read every row that matches.
    let mut statement = read.conn.prepare_cached(&format!(
        "SELECT id, code, title, short_title, status, json_extract(status_history, '$[#-1].date'), reception_number,
           reception_year, filed_on, proponent_entity_id, target_session_id, json_extract(profile, '$.budget.total')
         FROM proposal WHERE rowid IN (SELECT rowid FROM proposal {page}) {order}"
    ))?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    let day = |text: Option<String>| text.map(|t| t.parse().map_err(Failure::internal)).transpose();
    while let Some(row) = rows.next()? {
        found.push(Listed {
            id: ProposalId::new(row.get::<_, String>(0)?)?,
            code: row.get(1)?,
            title: row.get(2)?,
            short_title: row.get(3)?,
            status: serde_json::from_value(Value::String(row.get(4)?)).map_err(Failure::internal)?,
            since: day(row.get(5)?)?,
            reception_number: row.get(6)?,
            reception_year: row.get(7)?,
            filed_on: day(row.get(8)?)?,
            proponent_entity_id: row.get::<_, Option<String>>(9)?.map(EntityId::new).transpose()?,
            target_session_id: row.get::<_, Option<String>>(10)?.map(SessionId::new).transpose()?,
            total: row.get_ref(11)?.as_i64().ok(),
        });
    }
    Ok(found)
}

/// Names that many lines share, each read once.
#[derive(Default)]
struct Names {
    /// Short name and sector's name.
    entities: HashMap<EntityId, Option<(String, Option<String>)>>,
    sessions: HashMap<SessionId, Option<Text>>,
}

fn line(read: &Read<'_>, names: &mut Names, proposal: Listed) -> Result<ProposalLine> {
    let entity = match &proposal.proponent_entity_id {
        Some(id) => once(&mut names.entities, id, || {
            let Some(entity) = read.find::<Entity>(id)? else { return Ok(None) };
            let sector = match &entity.sector_id {
                Some(id) => read.find::<Sector>(id)?.map(|s| s.name),
                None => None,
            };
            Ok(Some((entity.short().to_owned(), sector)))
        })?,
        None => None,
    };
    let (entity, sector) = entity.map_or((None, None), |(entity, sector)| (Some(entity), sector));
    let session = match &proposal.target_session_id {
        Some(id) => once(&mut names.sessions, id, || Ok(read.find::<Session>(id)?.map(|s| plan::name(&s))))?,
        None => None,
    };
    Ok(ProposalLine {
        id: proposal.id,
        code: proposal.code,
        title: proposal.title,
        short_title: proposal.short_title,
        status: proposal.status,
        status_text: status_text(proposal.status),
        since: proposal.since,
        entity,
        sector,
        reception: proposal
            .reception_number
            .zip(proposal.reception_year)
            .map(|(number, year)| format!("{number} de {year}")),
        filed_on: proposal.filed_on,
        session_id: proposal.target_session_id,
        session,
        total: proposal.total,
    })
}

/// Which proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetProposal {
    /// The proposal.
    pub id: ProposalId,
}

/// A proposal whole, with its names resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposalDetail {
    /// The proposal.
    pub proposal: Proposal,
    /// Its line.
    pub line: ProposalLine,
    /// The names of every id in it: entities, partners, catalog items, people, sessions.
    pub names: BTreeMap<String, String>,
    /// How complete it is.
    pub completeness: Completeness,
    /// Its life, oldest first, in words.
    pub history: Vec<HistoryLine>,
    /// The states it may go to.
    pub moves: Vec<ProposalStatus>,
    /// What can be done with it now, by call name.
    pub acts: Vec<String>,
    /// Whether its profile can be edited whole (draft or returned).
    pub editable: bool,
    /// The versions that were filed, oldest first.
    pub versions: Vec<ProposalVersionLine>,
    /// Whether it differs from the last version that was filed.
    pub changed_since_filed: bool,
    /// Its annexes, by number.
    pub annexes: Vec<Annex>,
}

/// A step of a proposal's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct HistoryLine {
    /// The step.
    pub change: StatusChange,
    /// Its state in words.
    pub text: Text,
    /// The session's name.
    pub session: Option<Text>,
    /// The item it was treated in, as printed: "5. Propuesta «Planta piloto»".
    pub item: Option<String>,
    /// The decision that settled it: "Decisión 3 de 2025", "Decisión de procedimiento".
    pub decision: Option<Text>,
    /// What the decision says.
    pub decision_text: Option<String>,
}

/// The decision behind a step: the one it names, or that of its vote in data that came without.
fn decision_of(read: &Read<'_>, proposal: &ProposalId, step: &StatusChange) -> Result<Option<Decision>> {
    if let Some(id) = &step.decision_id {
        return read.find(id);
    }
    let Some(vote) = &step.vote_id else { return Ok(None) };
    Ok(read.select("WHERE proposal_id = ?1 AND vote_id = ?2 ORDER BY id LIMIT 1", (proposal, vote))?.pop())
}

/// An agenda item with its number: "5.1. Riesgos".
fn item_named(read: &Read<'_>, id: &AgendaItemId) -> Result<Option<String>> {
    let Some(item) = read.find::<AgendaItem>(id)? else { return Ok(None) };
    let items = course::printed_order(read.select("WHERE session_id = ?1", [&item.session_id])?);
    let numbers = live::item_numbers(&items);
    let number = items.iter().position(|i| i.id == *id).and_then(|at| numbers.get(at));
    Ok(number.map(|number| format!("{number}. {}", item.title)))
}

/// A filed version in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposalVersionLine {
    /// 1, 2, …
    pub number: i64,
    /// When it was filed.
    pub frozen_at: DateTime<Utc>,
    /// SHA-256 of its content.
    pub sha256: String,
}

/// A proposal whole.
///
/// # Errors
/// `not_found`.
pub fn get(read: &Read<'_>, request: GetProposal) -> Result<ProposalDetail> {
    let proposal: Proposal = read.get(&request.id)?;
    let versions: Vec<ProposalVersion> =
        read.select("WHERE proposal_id = ?1 ORDER BY number", [&proposal.id])?;
    let annexes: Vec<Annex> = read
        .select("WHERE owner = ?1 AND owner_id = ?2 ORDER BY number", (AnnexOwner::Proposal, &proposal.id))?;
    let changed_since_filed = match versions.last() {
        Some(last) => !differences(&last.content, &content(read, &proposal)?).is_empty(),
        None => false,
    };
    let mut history = Vec::new();
    for change in &proposal.status_history {
        let session = match &change.session_id {
            Some(id) => read.find::<Session>(id)?.map(|s| plan::name(&s)),
            None => None,
        };
        let decision = decision_of(read, &proposal.id, change)?;
        let item = match decision.as_ref().map(|d| &d.item_id).or(change.item_id.as_ref()) {
            Some(id) => item_named(read, id)?,
            None => None,
        };
        history.push(HistoryLine {
            change: change.clone(),
            text: status_text(change.status),
            session,
            item,
            decision: decision.as_ref().map(|d| match (d.number, d.year) {
                (Some(number), Some(year)) => {
                    text!("Decisión {number} de {year}", "Decision {number} of {year}")
                }
                _ => text!("Decisión de procedimiento", "Procedural decision"),
            }),
            decision_text: decision.map(|d| d.text),
        });
    }
    let names = named_in(read, &Value::Object(crate::record::image(&proposal)?))?;
    let editable = matches!(proposal.status, ProposalStatus::Draft | ProposalStatus::Returned);
    let acts: &[&str] = match proposal.status {
        ProposalStatus::Draft => &["edit_proposal", "file_proposal", "delete_proposal"],
        ProposalStatus::Returned => &["edit_proposal", "file_proposal", "withdraw_proposal"],
        ProposalStatus::Filed => &["review_proposal", "withdraw_proposal"],
        ProposalStatus::UnderReview => &["schedule_proposal", "return_proposal", "withdraw_proposal"],
        ProposalStatus::Scheduled => &["return_proposal", "withdraw_proposal"],
        ProposalStatus::Postponed => &["schedule_proposal", "withdraw_proposal"],
        ProposalStatus::Prioritized | ProposalStatus::PrioritizedWithConditions => &["execute_proposal"],
        ProposalStatus::InExecution => &["close_proposal"],
        ProposalStatus::NotPrioritized | ProposalStatus::Withdrawn | ProposalStatus::Closed => &[],
    };
    Ok(ProposalDetail {
        line: line(read, &mut Names::default(), Listed::of(&proposal))?,
        names,
        completeness: completeness(&proposal),
        history,
        moves: moves(proposal.status).to_vec(),
        acts: acts.iter().map(|act| (*act).to_owned()).collect(),
        editable,
        versions: versions
            .into_iter()
            .map(|v| ProposalVersionLine { number: v.number, frozen_at: v.frozen_at, sha256: v.sha256 })
            .collect(),
        changed_since_filed,
        annexes,
        proposal,
    })
}

/// What a version of a proposal holds: all its fields, and its annexes by hash.
///
/// # Errors
/// When the archive cannot be read.
pub fn content(read: &Read<'_>, proposal: &Proposal) -> Result<Value> {
    let annexes: Vec<Annex> = read
        .select("WHERE owner = ?1 AND owner_id = ?2 ORDER BY number", (AnnexOwner::Proposal, &proposal.id))?;
    let mut content = crate::record::image(proposal)?;
    let listed: Vec<Value> = annexes
        .iter()
        .map(|a| {
            serde_json::json!({ "number": a.number, "title": a.title, "file": a.file, "sha256": a.blob_id })
        })
        .collect();
    content.insert("annexes".to_owned(), Value::Array(listed));
    Ok(Value::Object(content))
}

/// Which versions to compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareProposal {
    /// The proposal.
    pub id: ProposalId,
    /// The older version's number.
    pub from: i64,
    /// The newer version's number; the proposal as it stands when not said.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<i64>,
}

/// A field that says something else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FieldDifference {
    /// Its path: `objectives.specific.2`.
    pub field: String,
    /// Its name: "objetivos: específicos 2".
    pub label: Text,
    /// What it said, names instead of ids; `null` when it was not there.
    pub before: Option<String>,
    /// What it says, names instead of ids; `null` when it is gone.
    pub after: Option<String>,
}

/// Which filed version of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetProposalVersion {
    /// The proposal.
    pub id: ProposalId,
    /// 1, 2, …
    pub number: i64,
}

/// A proposal whole, as it was filed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FiledProposal {
    /// 1, 2, …
    pub number: i64,
    /// When it was filed.
    pub frozen_at: DateTime<Utc>,
    /// SHA-256 of what was filed.
    pub sha256: String,
    /// The proposal as it was.
    pub proposal: Proposal,
    /// Names of every id in it.
    pub names: BTreeMap<String, String>,
}

/// A version of a proposal as it was filed.
///
/// # Errors
/// `not_found` when there is no such version.
pub fn filed(read: &Read<'_>, request: GetProposalVersion) -> Result<FiledProposal> {
    let version = version(read, &request.id, request.number)?;
    Ok(FiledProposal {
        number: version.number,
        frozen_at: version.frozen_at,
        sha256: version.sha256,
        names: named_in(read, &version.content)?,
        proposal: serde_json::from_value(version.content).map_err(Failure::internal)?,
    })
}

fn version(read: &Read<'_>, id: &ProposalId, number: i64) -> Result<ProposalVersion> {
    read.select("WHERE proposal_id = ?1 AND number = ?2", rusqlite::params![id, number])?
        .pop()
        .ok_or_else(|| Failure::not_found("proposal_version", &number.to_string()))
}

/// Two versions of a proposal, field by field.
///
/// # Errors
/// `not_found` when there is no such version.
pub fn comparison(read: &Read<'_>, request: CompareProposal) -> Result<Vec<FieldDifference>> {
    let proposal: Proposal = read.get(&request.id)?;
    let newer = match request.to {
        Some(number) => version(read, &proposal.id, number)?.content,
        None => content(read, &proposal)?,
    };
    let older = version(read, &proposal.id, request.from)?.content;
    let mut names = named_in(read, &older)?;
    names.extend(named_in(read, &newer)?);
    let named = |value: Option<String>| value.map(|v| names.get(&v).cloned().unwrap_or(v));
    Ok(differences(&older, &newer)
        .into_iter()
        .map(|d| FieldDifference { before: named(d.before), after: named(d.after), ..d })
        .collect())
}

/// What belongs to the proposal's life and not to what was proposed.
const LIFE: &[&str] = &[
    "id",
    "body_id",
    "status",
    "status_history",
    "reception_number",
    "reception_year",
    "filed_on",
    "external_filing_number",
    "target_session_id",
    "updated_at",
];

fn differences(old: &Value, new: &Value) -> Vec<FieldDifference> {
    let leaves = |value: &Value| {
        let mut found = BTreeMap::new();
        if let Value::Object(fields) = value {
            for (key, field) in fields.iter().filter(|(key, _)| !LIFE.contains(&key.as_str())) {
                // The profile's fields are known by their own names.
                let path = if key == "profile" { "" } else { key };
                flatten(path, field, &mut found);
            }
        }
        found
    };
    let (old, new) = (leaves(old), leaves(new));
    let fields: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    fields
        .into_iter()
        .filter(|field| old.get(*field) != new.get(*field))
        .map(|field| FieldDifference {
            field: field.clone(),
            label: field_label(field),
            before: old.get(field).cloned(),
            after: new.get(field).cloned(),
        })
        .collect()
}

/// A field's name in words: "presupuesto: línea 1: valor".
fn field_label(path: &str) -> Text {
    let (mut es, mut en) = (String::new(), String::new());
    for key in path.split('.') {
        if key.bytes().all(|b| b.is_ascii_digit()) {
            es.push_str(&format!(" {key}"));
            en.push_str(&format!(" {key}"));
            continue;
        }
        let words = FIELDS.iter().find(|(name, ..)| *name == key);
        let (word_es, word_en) = words.map_or((key, key), |(_, es, en)| (es, en));
        if !es.is_empty() {
            es.push_str(": ");
            en.push_str(": ");
        }
        es.push_str(word_es);
        en.push_str(word_en);
    }
    Text::new(es, en)
}

/// The fields of a proposal, in words.
const FIELDS: &[(&str, &str, &str)] = &[
    ("activity_ids", "actividad", "activity"),
    ("alignment", "alineación", "alignment"),
    ("amount", "valor", "amount"),
    ("annexes", "anexos", "annexes"),
    ("apc_endorsement", "aval de APC-Colombia", "APC-Colombia endorsement"),
    ("baseline", "línea base", "baseline"),
    ("beneficiaries", "beneficiarios", "beneficiaries"),
    ("budget", "presupuesto", "budget"),
    ("city_total", "total de la ciudad", "city's total"),
    ("co_entity_ids", "entidad coejecutora", "co-executing entity"),
    ("code", "código", "code"),
    ("concept", "concepto", "concept"),
    ("contact_person_id", "contacto", "contact"),
    ("criterion_id", "criterio", "criterion"),
    ("currency", "moneda", "currency"),
    ("development_plan_objective_ids", "objetivo del plan de desarrollo", "development plan objective"),
    ("direct", "directos", "direct"),
    ("end", "fin", "end"),
    ("evaluated_on", "fecha", "date"),
    ("evaluation", "valoración", "assessment"),
    ("evaluator_id", "quien valoró", "assessor"),
    ("expected_results", "resultados esperados", "expected results"),
    ("file", "archivo", "file"),
    ("general", "general", "general"),
    ("impact", "impacto", "impact"),
    ("indicators", "indicador", "indicator"),
    ("indirect", "indirectos", "indirect"),
    ("instrument", "instrumento", "instrument"),
    ("instrument_id", "instrumento", "instrument"),
    ("items", "riesgo", "risk"),
    ("kind", "clase", "kind"),
    ("kind_id", "clase", "kind"),
    ("line_ids", "línea", "line"),
    ("lines", "línea", "line"),
    ("localities", "localidad", "locality"),
    ("location", "ubicación", "location"),
    ("milestone", "hito", "milestone"),
    ("milestones", "hito", "milestone"),
    ("mitigation", "mitigación", "mitigation"),
    ("modality_ids", "modalidad", "modality"),
    ("name", "nombre", "name"),
    ("network_ids", "red", "network"),
    ("note", "nota", "note"),
    ("number", "número", "number"),
    ("objectives", "objetivos", "objectives"),
    ("original", "promesa", "pledge"),
    ("owner_entity_id", "responsable", "owner"),
    ("partner_ids", "aliado", "partner"),
    ("partner_total", "total de los aliados", "partners' total"),
    ("population_ids", "población", "population"),
    ("principle_ids", "principio", "principle"),
    ("probability", "probabilidad", "probability"),
    ("problem", "problema", "problem"),
    ("proponent_entity_id", "entidad proponente", "proposing entity"),
    ("rate", "tasa de cambio", "exchange rate"),
    ("risk", "descripción", "description"),
    ("risks", "riesgos", "risks"),
    ("role_id", "rol", "role"),
    ("scale_max", "escala", "scale"),
    ("schedule", "cronograma", "schedule"),
    ("scope", "alcance", "scope"),
    ("score", "puntaje", "score"),
    ("scores", "puntaje", "score"),
    ("sdg_id", "ODS", "SDG"),
    ("sdg_ids", "ODS", "SDG"),
    ("sha256", "huella", "hash"),
    ("short_title", "título corto", "short title"),
    ("source_id", "fuente", "source"),
    ("source_kind", "clase de fuente", "kind of source"),
    ("specific", "específicos", "specific"),
    ("start", "inicio", "start"),
    ("summary", "resumen", "summary"),
    ("target", "meta", "target"),
    ("text", "texto", "text"),
    ("theme_source", "fuente del tema", "source of the theme"),
    ("title", "título", "title"),
    ("total", "total", "total"),
    ("unit", "unidad", "unit"),
    ("verification", "medio de verificación", "means of verification"),
];

fn flatten(path: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, field)| flatten(&under(key), field, into)),
        Value::Array(items) => {
            (1..).zip(items).for_each(|(n, item): (usize, _)| flatten(&under(&n.to_string()), item, into));
        }
        Value::Null => {}
        Value::String(text) => {
            into.insert(path.to_owned(), text.clone());
        }
        // "100" and "100.0" are one number, and it is printed as people write it.
        Value::Number(number) => {
            let whole = number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 1e15);
            into.insert(path.to_owned(), whole.map_or_else(|| number.to_string(), |n| format!("{n:.0}")));
        }
        Value::Bool(yes) => {
            into.insert(path.to_owned(), yes.to_string());
        }
    }
}
