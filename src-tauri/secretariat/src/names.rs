//! What a record is called, from its id: in lists of changes and in copies of what was filed nobody reads an id.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
use crate::ids::{AgendaItemId, SessionId};
use crate::journal::{Change, Read, once};
use crate::live::item_numbers;
use crate::minutes::{Minutes, said_name};
use crate::person::Person;
use crate::proposal::Proposal;
use crate::record::Record;
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
    let mut known = Known::new(read);
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(name) = known.any(&id)? {
            names.insert(id, name);
        }
    }
    Ok(names)
}

/// Where a record without a name of its own says whom or what it is about, the closest first.
const ABOUT: [(&str, &str); 8] = [
    ("person_id", "person"),
    ("seat_id", "seat"),
    ("motion_id", "motion"),
    ("vote_id", "vote"),
    ("item_id", "agenda_item"),
    ("proposal_id", "proposal"),
    ("minutes_id", "minutes"),
    ("session_id", "session"),
];

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

/// Names already found: a page of the journal speaks of the same records again and again.
pub(crate) struct Known<'a> {
    read: &'a Read<'a>,
    names: HashMap<String, Option<String>>,
    /// The numbers of a session's items as printed.
    items: HashMap<SessionId, HashMap<AgendaItemId, String>>,
    /// Names of what is kept inside other records, read when first asked for.
    within: Option<HashMap<String, String>>,
}

/// Says what the rows of each concept are called, and which concepts have names.
macro_rules! concepts {
    ($($record:ty: $name:expr),+ $(,)?) => {
        /// The concepts whose records have a name.
        const NAMED_CONCEPTS: &[&str] = &[$(<$record as Record>::TABLE),+];

        impl Known<'_> {
            /// What a row of a concept is called; `None` when there is no such row, or it has no name.
            fn row(&mut self, concept: &str, id: &str) -> Result<Option<String>> {
                $(if concept == <$record as Record>::TABLE {
                    let name: fn(&mut Self, $record) -> Result<String> = $name;
                    return self.read.find::<$record>(id)?.map(|found| name(self, found)).transpose();
                })+
                Ok(None)
            }
        }
    };
}

concepts! {
    Person: |_, p| Ok(p.full_name),
    Entity: |_, e| Ok(e.name),
    Session: |_, s| Ok(session(&s)),
    Seat: |_, s| Ok(s.title),
    CatalogItem: |_, i| Ok(i.name),
    Partner: |_, p| Ok(p.name),
    Sector: |_, s| Ok(s.name),
    Body: |_, b| Ok(b.name),
    Proposal: |_, p| Ok(p.short_title.unwrap_or(p.title)),
    Motion: |_, m| Ok(cut(&m.text)),
    Vote: |_, v| Ok(cut(&v.question)),
    Decision: |_, d| Ok(match (d.number, d.year) {
        (Some(number), Some(year)) => format!("Decisión {number} de {year}"),
        _ => cut(&d.text),
    }),
    Commitment: |_, c| Ok(cut(&c.text)),
    Statement: |_, s| Ok(cut(&s.text)),
    Minutes: |_, m| Ok(said_name(&m).es),
    Annex: |_, a| Ok(a.title),
    Document: |_, d| Ok(d.title),
    StoredRuleSet: |_, r| {
        let act = r.rules.adopted_by.citation().or(r.rules.adopted_by.name);
        Ok(act.unwrap_or_else(|| format!("Reglas desde el {}", spanish::date(r.effective_from))))
    },
    Invitee: |_, i| Ok(i.name),
    BodyFunction: |_, f| Ok(cut(&f.text)),
    WorkPlan: |_, w| Ok(format!("Plan de trabajo {}", w.year)),
    Activity: |_, a| Ok(cut(&a.activity)),
    AgendaItem: |known, item| known.item(item),
    Delegation: |_, d| Ok(d.act.cited()),
    Holder: |known, holder| Ok(known.in_concept("person", holder.person_id.as_str())?.unwrap_or_default()),
}

impl<'a> Known<'a> {
    /// Nothing known yet.
    pub fn new(read: &'a Read<'a>) -> Self {
        Self { read, names: HashMap::new(), items: HashMap::new(), within: None }
    }

    /// What an entry of the journal is about: the name of the first record it changed, of whom or what that record
    /// speaks when it has none, or what it was called when it is gone; `None` when none of them says.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn about(&mut self, changes: &[Change]) -> Result<Option<String>> {
        for change in changes {
            let found = self.in_concept(&change.table, &change.id)?;
            let Some(image) = change.after.as_ref().or(change.before.as_ref()) else { continue };
            if let Some(name) = found.or_else(|| own_name(image)) {
                return Ok(Some(name));
            }
            for (field, concept) in ABOUT {
                let Some(id) = image.get(field).and_then(Value::as_str) else { continue };
                if let Some(name) = self.in_concept(concept, id)? {
                    return Ok(Some(name));
                }
            }
        }
        Ok(None)
    }

    /// What the row of a concept is called, looked up once.
    pub fn in_concept(&mut self, concept: &str, id: &str) -> Result<Option<String>> {
        // These are kept under the id of what they belong to.
        let concept = match concept {
            "person_contact" => "person",
            "session_frame" => "session",
            other => other,
        };
        if !NAMED_CONCEPTS.contains(&concept) {
            return Ok(None);
        }
        if let Some(known) = self.names.get(id) {
            return Ok(known.clone());
        }
        let name = self.row(concept, id)?.filter(|name| !name.is_empty());
        self.names.insert(id.to_owned(), name.clone());
        Ok(name)
    }

    /// What the record with that id is called, whatever it is; `None` when nothing that has a name has it.
    pub fn any(&mut self, id: &str) -> Result<Option<String>> {
        if let Some(known) = self.names.get(id) {
            return Ok(known.clone());
        }
        let mut name = None;
        for concept in NAMED_CONCEPTS {
            name = self.row(concept, id)?.filter(|name| !name.is_empty());
            if name.is_some() {
                break;
            }
        }
        let name = match name {
            None => self.within(id)?,
            found => found,
        };
        self.names.insert(id.to_owned(), name.clone());
        Ok(name)
    }

    /// What is kept inside another record: a majority of a rule set (as its newest set says it), a component of a body.
    fn within(&mut self, id: &str) -> Result<Option<String>> {
        if self.within.is_none() {
            let mut names = HashMap::new();
            for question in [
                "SELECT part.value->>'id', part.value->>'name' FROM body, json_each(body.components) AS part",
                "SELECT rule.value->>'id', rule.value->>'name'
                 FROM rule_set, json_each(rule_set.rules, '$.rules') AS rule ORDER BY effective_from",
            ] {
                let mut found = self.read.conn.prepare_cached(question)?;
                for row in found.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))? {
                    let (id, name): (String, String) = row?;
                    names.insert(id, name);
                }
            }
            self.within = Some(names);
        }
        Ok(self.within.as_ref().and_then(|names| names.get(id).cloned()))
    }

    /// "3. Informe de gestión".
    fn item(&mut self, item: AgendaItem) -> Result<String> {
        let read = self.read;
        let numbers = once(&mut self.items, &item.session_id, || {
            let items = printed_order(read.select("WHERE session_id = ?1", [&item.session_id])?);
            let numbers = item_numbers(&items);
            Ok(items.into_iter().map(|i| i.id).zip(numbers).collect())
        })?;
        Ok(match numbers.get(&item.id) {
            Some(number) => format!("{number}. {}", item.title),
            None => item.title,
        })
    }
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
