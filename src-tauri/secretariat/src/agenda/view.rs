//! The agenda as the screen shows it: numbered, timed, with names resolved.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AgendaItem, AgendaVersion};
use crate::body::BodyFunction;
use crate::codes::{ProposalStatus, SessionStatus};
use crate::course::printed_order;
use crate::failure::{Result, Text};
use crate::ids::{AgendaItemId, AgendaVersionId, MinutesId, ProposalId, SessionId};
use crate::journal::Read;
use crate::minutes::Minutes;
use crate::person::Person;
use crate::proposal::Proposal;
use crate::session::Session;
use crate::session::plan;
use crate::{spanish, text};

/// Which session's agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetAgenda {
    /// The session.
    pub session_id: SessionId,
}

/// The agenda of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaView {
    /// The session.
    pub session_id: SessionId,
    /// Where the session stands.
    pub status: SessionStatus,
    /// The items in printed order: each followed by its sub-items.
    pub items: Vec<AgendaLine>,
    /// Planned minutes in all.
    pub planned_minutes: i64,
    /// The same in words.
    pub planned_text: Text,
    /// When it would end if it begins on time, Bogotá, `HH:MM`.
    pub planned_end: Option<String>,
    /// Whether that is later than the expected end.
    pub overruns: bool,
    /// Whether items can be moved and removed (before opening).
    pub arrangeable: bool,
    /// Whether items can be added now, or why not.
    pub can_add: bool,
    /// Why items cannot be added: the rule, cited.
    pub closed_by: Option<Text>,
    /// Whether an item added now is late: the notice went out.
    pub adding_is_late: bool,
    /// The versions that went out, oldest first.
    pub versions: Vec<AgendaVersionLine>,
    /// Whether the agenda differs from the last version that went out.
    pub changed_since_notice: bool,
}

/// A version of an agenda in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaVersionLine {
    /// The version.
    pub id: AgendaVersionId,
    /// 1, 2, …
    pub number: i64,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
    /// Why there was a new one.
    pub reason: Option<String>,
    /// How many items it had.
    pub items: i64,
}

/// An item in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaLine {
    /// The item.
    pub item: AgendaItem,
    /// Its number as printed: "5", "5.1".
    pub number: String,
    /// 0 for items, 1 for sub-items, …
    pub depth: i64,
    /// Who presents it.
    pub presenter: Option<String>,
    /// When it would begin, Bogotá, `HH:MM`.
    pub planned_start: Option<String>,
    /// Its planned minutes with those of its sub-items.
    pub minutes: Option<i64>,
    /// Planned minutes from the start of the session to its end.
    pub running_minutes: i64,
    /// The functions it addresses.
    pub functions: Vec<FunctionLine>,
    /// The proposals it treats.
    pub proposals: Vec<AgendaProposal>,
    /// The minutes it submits.
    pub minutes_submitted: Vec<AgendaMinutes>,
    /// The session it was carried over from, as named.
    pub carried_from: Option<Text>,
    /// Whether it can become a sub-item of the one above.
    pub can_indent: bool,
    /// Whether it can leave the item it hangs from.
    pub can_outdent: bool,
}

/// A function an item addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FunctionLine {
    /// Its short name.
    pub code: String,
    /// Its text.
    pub text: String,
}

/// A proposal an item treats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaProposal {
    /// The proposal.
    pub id: ProposalId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: ProposalStatus,
}

/// Minutes an item submits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaMinutes {
    /// The minutes.
    pub id: MinutesId,
    /// "Acta n.º 4 de 2024".
    pub name: String,
}

/// The agenda of a session, numbered and timed.
///
/// # Errors
/// `not_found`.
pub fn get(read: &Read<'_>, request: GetAgenda) -> Result<AgendaView> {
    let session: Session = read.get(&request.session_id)?;
    let items = printed_order(read.select("WHERE session_id = ?1", [&session.id])?);
    let versions: Vec<AgendaVersion> = read.select("WHERE session_id = ?1 ORDER BY number", [&session.id])?;
    let changed_since_notice = versions.last().is_some_and(|last| {
        !super::version::compare(read, &last.items, &items).unwrap_or_default().is_empty()
    });
    let functions: Vec<BodyFunction> = read.select("WHERE body_id = ?1", [&session.body_id])?;
    let numbers = numbers(&items);
    let (mut lines, mut running) = (Vec::with_capacity(items.len()), 0);
    for (at, (item, number)) in items.iter().zip(numbers).enumerate() {
        let below: i64 = within(&items, at).filter_map(|i| i.planned_minutes).sum();
        let own = item.planned_minutes;
        let starts = running;
        running += own.unwrap_or(0);
        lines.push(AgendaLine {
            presenter: presenter(read, item)?,
            planned_start: session.planned_start.map(|start| clock_after(start, starts)),
            minutes: if own.is_none() && below == 0 { None } else { Some(own.unwrap_or(0) + below) },
            running_minutes: running,
            functions: item
                .function_codes
                .iter()
                .filter_map(|code| functions.iter().find(|f| f.code == *code))
                .map(|f| FunctionLine { code: f.code.clone(), text: f.text.clone() })
                .collect(),
            proposals: proposals(read, item)?,
            minutes_submitted: minutes(read, item)?,
            carried_from: carried_from(read, item)?,
            depth: number.matches('.').count() as i64,
            can_indent: item.position > 1,
            can_outdent: item.parent_id.is_some(),
            number,
            item: item.clone(),
        });
    }
    let end = session.planned_start.map(|start| start + TimeDelta::minutes(running));
    let closed_by = super::edit::closed_agenda(read, &session)?;
    let arrangeable = plan::is_ahead(session.status);
    let planned_text = spanish::duration(running.unsigned_abs());
    Ok(AgendaView {
        planned_text: text!("{planned_text}", "{running} minutes"),
        planned_end: session.planned_start.map(|start| clock_after(start, running)),
        overruns: end.zip(session.planned_end).is_some_and(|(would, expected)| would > expected),
        can_add: closed_by.is_none()
            && (arrangeable || matches!(session.status, SessionStatus::Open | SessionStatus::Suspended)),
        arrangeable,
        closed_by,
        adding_is_late: super::edit::is_noticed(&session),
        versions: versions
            .into_iter()
            .map(|v| AgendaVersionLine {
                items: v.items.len() as i64,
                id: v.id,
                number: v.number,
                frozen_at: v.frozen_at,
                reason: v.reason,
            })
            .collect(),
        changed_since_notice,
        planned_minutes: running,
        items: lines,
        status: session.status,
        session_id: session.id,
    })
}

fn clock_after(start: NaiveTime, minutes: i64) -> String {
    spanish::clock24(start + TimeDelta::minutes(minutes))
}

/// The numbers of items in printed order: "1", "2", "2.1", …
#[must_use]
pub fn numbers(items: &[AgendaItem]) -> Vec<String> {
    let mut of: BTreeMap<&AgendaItemId, String> = BTreeMap::new();
    let mut counts: BTreeMap<Option<&AgendaItemId>, u64> = BTreeMap::new();
    items
        .iter()
        .map(|item| {
            let parent = item.parent_id.as_ref();
            let count = counts.entry(parent).or_default();
            *count += 1;
            let number = match parent.and_then(|id| of.get(id)) {
                Some(above) => format!("{above}.{count}"),
                None => count.to_string(),
            };
            of.insert(&item.id, number.clone());
            number
        })
        .collect()
}

/// The items that hang from the one at `at`, directly or not; `items` in printed order.
fn within(items: &[AgendaItem], at: usize) -> impl Iterator<Item = &AgendaItem> {
    let mut family = vec![&items[at].id];
    items[at + 1..].iter().filter(move |item| {
        let inside = item.parent_id.as_ref().is_some_and(|parent| family.contains(&parent));
        if inside {
            family.push(&item.id);
        }
        inside
    })
}

fn presenter(read: &Read<'_>, item: &AgendaItem) -> Result<Option<String>> {
    Ok(match &item.presenter_person_id {
        Some(id) => read.find::<Person>(id)?.map(|p| p.full_name),
        None => item.presenter_text.clone(),
    })
}

fn proposals(read: &Read<'_>, item: &AgendaItem) -> Result<Vec<AgendaProposal>> {
    let mut found = Vec::new();
    for id in &item.proposal_ids {
        found.extend(read.find::<Proposal>(id)?.map(|p| AgendaProposal {
            id: p.id,
            code: p.code,
            title: p.title,
            status: p.status,
        }));
    }
    Ok(found)
}

fn minutes(read: &Read<'_>, item: &AgendaItem) -> Result<Vec<AgendaMinutes>> {
    let mut found = Vec::new();
    for id in &item.minutes_ids {
        found.extend(read.find::<Minutes>(id)?.map(|m| AgendaMinutes { name: minutes_name(&m), id: m.id }));
    }
    Ok(found)
}

/// "Acta n.º 4 de 2024".
#[must_use]
pub fn minutes_name(minutes: &Minutes) -> String {
    spanish::minutes_name(u32::try_from(minutes.number).unwrap_or(0), minutes.year)
}

fn carried_from(read: &Read<'_>, item: &AgendaItem) -> Result<Option<Text>> {
    let Some(id) = &item.carried_from_item_id else { return Ok(None) };
    let Some(origin) = read.find::<AgendaItem>(id)? else { return Ok(None) };
    Ok(Some(plan::name(&read.get::<Session>(&origin.session_id)?)))
}
