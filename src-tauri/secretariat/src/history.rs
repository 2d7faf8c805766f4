//! The life of one record, told from the journal's entries that touch it.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::api::{Op, Undo};
use crate::context::Actor;
use crate::failure::{Failure, Result, Text};
use crate::journal::{self, Entry, Read};
use crate::record::Record;
use crate::text;

/// The concepts whose life is told; the journal keeps the place of their entries apart.
pub(crate) const TOLD: &[&str] = &["commitment", "activity"];

/// A step in the life of a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct HistoryStep {
    /// The entry's position in the journal.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What act.
    pub op: String,
    /// In words for a person.
    pub text: Text,
    /// Whether `undo` with this entry would take it back: it is the newest and its act allows it.
    pub undoable: bool,
}

/// What an act did to a record: the name of the act, the record before and after.
pub(crate) struct Step<'a, T> {
    pub op: &'a str,
    pub before: Option<T>,
    pub after: Option<T>,
}

/// The life of a record, newest first; `tell` says in words what one act did to it.
///
/// # Errors
/// When the journal cannot be read.
pub(crate) fn of<T: Record>(
    read: &Read<'_>,
    id: &str,
    tell: impl Fn(&Step<'_, T>) -> Text,
) -> Result<Vec<HistoryStep>> {
    let entries: Vec<i64> = read
        .conn
        .prepare_cached("SELECT seq FROM journal_row WHERE concept = ?1 AND ref_id = ?2 ORDER BY seq DESC")?
        .query_map([T::TABLE, id], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut steps = Vec::new();
    for seq in entries {
        let (at, actor, op, text) = match journal::entry_or_header(read.conn, seq)? {
            // Only an import is that large: the record came with it.
            Err(header) => (header.at, header.actor, header.op, loaded()),
            Ok(entry) => {
                let text = told(read, &entry, id, &tell)?;
                (entry.at, entry.actor, entry.op, text)
            }
        };
        let undoable = steps.is_empty() && Op::undo_of(&op) == Undo::Yes;
        steps.push(HistoryStep { seq, at, actor, op, text, undoable });
    }
    Ok(steps)
}

fn loaded() -> Text {
    text!("Cargado con el archivo", "Loaded with the archive")
}

/// What an entry did to a record, in words; an undo says what it took back.
fn told<T: Record>(
    read: &Read<'_>,
    entry: &Entry,
    id: &str,
    tell: &impl Fn(&Step<'_, T>) -> Text,
) -> Result<Text> {
    let mut undone = false;
    let mut undo = None;
    let mut target = entry.undoes;
    while let Some(seq) = target {
        undone = !undone;
        let Some(earlier) = journal::entry(read.conn, seq)? else { break };
        target = earlier.undoes;
        undo = Some(earlier);
    }
    let entry = undo.as_ref().unwrap_or(entry);
    if entry.op == Op::Import.as_str() {
        return Ok(loaded());
    }
    let Some(change) = entry.changes.iter().find(|c| c.table == T::TABLE && c.id == id) else {
        return Ok(text!("Cambiado", "Changed"));
    };
    let step =
        Step { op: &entry.op, before: image(change.before.as_ref())?, after: image(change.after.as_ref())? };
    let text = tell(&step);
    if undo.is_none() {
        return Ok(text);
    }
    let (es, en) = (lower(&text.es), lower(&text.en));
    Ok(if undone { text!("Deshecho: {es}", "Undone: {en}") } else { text!("Rehecho: {es}", "Redone: {en}") })
}

fn image<T: Record>(image: Option<&Map<String, Value>>) -> Result<Option<T>> {
    let image = image.cloned().map(Value::Object);
    image.map(serde_json::from_value).transpose().map_err(Failure::internal)
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What was edited, by the names of the fields that changed: "Editado: responsable, fecha".
pub(crate) fn edited(fields: &[(bool, Text)]) -> Text {
    let changed = fields.iter().filter(|(changed, _)| *changed).map(|(_, name)| name);
    let (es, en): (Vec<&str>, Vec<&str>) = changed.map(|name| (&*name.es, &*name.en)).unzip();
    if es.is_empty() {
        return text!("Editado", "Edited");
    }
    let (es, en) = (es.join(", "), en.join(", "));
    text!("Editado: {es}", "Edited: {en}")
}
