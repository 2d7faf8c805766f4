//! What a record is called, from its id: in lists of changes and in copies of what was filed nobody reads an id.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::agenda::AgendaItem;
use crate::annex::Annex;
use crate::body::{Body, BodyFunction, Holder, Invitee, Seat, StoredRuleSet};
use crate::catalog::{CatalogItem, Entity, Partner, Sector};
use crate::commitment::Commitment;
use crate::course::printed_order;
use crate::decision::{Decision, Statement};
use crate::delegation::Delegation;
use crate::document::Document;
use crate::failure::Result;
use crate::journal::{Change, Read};
use crate::live::item_numbers;
use crate::minutes::{Minutes, said_name};
use crate::person::Person;
use crate::proposal::Proposal;
use crate::session::{Session, plan};
use crate::spanish;
use crate::vote::{Motion, Vote};
use crate::work_plan::{Activity, WorkPlan};

/// Letters of a text that stands for a record's name.
const CUT: usize = 80;

/// Ids that are named at most: an import may be a whole archive, and nobody reads it row by row.
const NAMED: usize = 5000;

/// The names of every id in a value: what stands in fields that end in `_id` or `_ids`, however deep.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn named_in(read: &Read<'_>, content: &Value) -> Result<BTreeMap<String, String>> {
    let mut ids = BTreeSet::new();
    gather_ids(content, &mut ids);
    all(read, ids)
}

/// The names of every row changed and of every id found in the changes, as they are today, or as the image before says
/// when the row is gone.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn changed(read: &Read<'_>, changes: &[Change]) -> Result<BTreeMap<String, String>> {
    let mut ids = BTreeSet::new();
    for change in changes {
        if ids.len() >= NAMED {
            break;
        }
        ids.insert(change.id.clone());
        for image in [&change.before, &change.after].into_iter().flatten() {
            fields_ids(image, &mut ids);
        }
    }
    let mut names = all(read, ids)?;
    for change in changes.iter().take(NAMED) {
        if let Some(own) = change.before.as_ref().or(change.after.as_ref()).and_then(own_name) {
            names.entry(change.id.clone()).or_insert(own);
        }
    }
    Ok(names)
}

fn all(read: &Read<'_>, ids: BTreeSet<String>) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(name) = of(read, &id)? {
            names.insert(id, name);
        }
    }
    Ok(names)
}

fn gather_ids(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields_ids(fields, into),
        Value::Array(items) => items.iter().for_each(|item| gather_ids(item, into)),
        _ => {}
    }
}

fn fields_ids(fields: &Map<String, Value>, into: &mut BTreeSet<String>) {
    for (key, field) in fields {
        match field {
            Value::String(id) if key.ends_with("_id") => {
                into.insert(id.clone());
            }
            Value::Array(ids) if key.ends_with("_ids") => {
                into.extend(ids.iter().filter_map(|id| id.as_str().map(str::to_owned)));
            }
            other => gather_ids(other, into),
        }
    }
}

/// What the record with that id is called; `None` when nothing that has a name has it.
fn of(read: &Read<'_>, id: &str) -> Result<Option<String>> {
    macro_rules! named {
        ($($record:ty: $name:expr),+ $(,)?) => {
            $(if let Some(found) = read.find::<$record>(id)? {
                let name: fn($record) -> String = $name;
                return Ok(Some(name(found)));
            })+
        };
    }
    named! {
        Person: |p| p.full_name,
        Entity: |e| e.name,
        Session: |s| session(&s),
        Seat: |s| s.title,
        CatalogItem: |i| i.name,
        Partner: |p| p.name,
        Sector: |s| s.name,
        Body: |b| b.name,
        Proposal: |p| p.short_title.unwrap_or(p.title),
        Motion: |m| cut(&m.text),
        Vote: |v| cut(&v.question),
        Decision: |d| match (d.number, d.year) {
            (Some(number), Some(year)) => format!("Decisión {number} de {year}"),
            _ => cut(&d.text),
        },
        Commitment: |c| cut(&c.text),
        Statement: |s| cut(&s.text),
        Minutes: |m| said_name(&m).es,
        Annex: |a| a.title,
        Document: |d| d.title,
        StoredRuleSet: |r| {
            let act = r.rules.adopted_by.citation().or(r.rules.adopted_by.name);
            act.unwrap_or_else(|| format!("Reglas desde el {}", spanish::date(r.effective_from)))
        },
        Invitee: |i| i.name,
        BodyFunction: |f| cut(&f.text),
        WorkPlan: |w| format!("Plan de trabajo {}", w.year),
        Activity: |a| cut(&a.activity),
    }
    if let Some(item) = read.find::<AgendaItem>(id)? {
        let items = printed_order(read.select("WHERE session_id = ?1", [&item.session_id])?);
        let number = items.iter().position(|i| i.id == item.id).map(|at| item_numbers(&items)[at].clone());
        return Ok(Some(match number {
            Some(number) => format!("{number}. {}", item.title),
            None => item.title,
        }));
    }
    if let Some(delegation) = read.find::<Delegation>(id)? {
        return Ok(Some(delegation.act.cited()));
    }
    if let Some(holder) = read.find::<Holder>(id)? {
        return Ok(read.find::<Person>(&holder.person_id)?.map(|p| p.full_name));
    }
    Ok(None)
}

/// "Sesión ordinaria n.º 3 de 2025, 12 de marzo de 2025".
fn session(session: &Session) -> String {
    format!("{}, {}", plan::name(session).es, spanish::date(session.date))
}

/// What a row calls itself, from its image.
fn own_name(image: &Map<String, Value>) -> Option<String> {
    ["full_name", "short_title", "name", "title", "question", "activity", "text"]
        .into_iter()
        .find_map(|field| image.get(field)?.as_str().filter(|name| !name.trim().is_empty()))
        .map(cut)
}

fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= CUT {
        return line;
    }
    let kept: String = line.chars().take(CUT).collect();
    format!("{}…", kept.trim_end())
}
