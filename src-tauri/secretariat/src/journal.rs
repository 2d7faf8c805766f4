//! One way to write. [`Tx`] records what an act changes, and each committed act is one entry of an
//! append-only chain: who, when, what act, and every row before and after.
//!
//! Each entry holds the SHA-256 of the one before, so nothing can be altered, dropped or inserted
//! without every later hash changing. Folding the entries gives exactly the tables.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::api::{Op, Undo};
use crate::codes::EventKind;
use crate::context::{Actor, Context};
use crate::failure::{Code, Failure, Result, Text};
use crate::record::{self, Record};
use crate::{history, local, names, search, spanish, store, text, told, typed};

/// A row an act touched: its concept (the table) and id. Windows refetch by this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
pub struct Touched {
    /// The concept, such as `vote`.
    pub concept: String,
    /// The record's id.
    pub id: String,
}

/// One row before and after an act; `null` where it did not exist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Change {
    /// The table.
    pub table: String,
    /// The row's id.
    pub id: String,
    /// The row's image before.
    #[ts(type = "Record<string, unknown> | null")]
    pub before: Option<Map<String, Value>>,
    /// The row's image after.
    #[ts(type = "Record<string, unknown> | null")]
    pub after: Option<Map<String, Value>>,
}

/// One entry of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Entry {
    /// Position in the chain, from 1, without gaps.
    pub seq: i64,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub actor: Actor,
    /// The act's name: a call, or `create_archive`, `import`, `load_catalogs`, `undo`, `checkpoint`.
    pub op: String,
    /// The entry this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<i64>,
    /// The rows it changed.
    pub changes: Vec<Change>,
    /// At a checkpoint, the digest of every table: the fold starts here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tables: Option<BTreeMap<String, String>>,
    /// The hash of the entry before; the first one's is 64 zeros.
    pub previous: String,
}

/// Reading: a consistent view of the archive and the circumstances of the call.
pub struct Read<'a> {
    pub(crate) conn: &'a Connection,
    /// Who asks, and when.
    pub ctx: &'a Context,
}

impl Read<'_> {
    /// The record with that id, if there is one.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn find<T: Record>(&self, id: impl AsRef<str>) -> Result<Option<T>> {
        Ok(record::select::<T>(self.conn, "WHERE id = ?1", [id.as_ref()])?.pop())
    }

    /// The record with that id.
    ///
    /// # Errors
    /// `not_found` when there is none.
    pub fn get<T: Record>(&self, id: impl AsRef<str>) -> Result<T> {
        let id = id.as_ref();
        self.find(id)?.ok_or_else(|| Failure::not_found(T::TABLE, id))
    }

    /// The records that `SELECT * FROM table` with this tail gives.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn select<T: Record>(&self, tail: &str, params: impl Params) -> Result<Vec<T>> {
        record::select(self.conn, tail, params)
    }

    /// Every record of a concept, by id.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn all<T: Record>(&self) -> Result<Vec<T>> {
        record::select(self.conn, "ORDER BY id", [])
    }

    /// The hash at the head of the chain, 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn head(&self) -> Result<String> {
        head(self.conn)
    }
}

/// The value of a key, found when it is first asked for.
pub(crate) fn once<K: Clone + Eq + Hash, V: Clone>(
    known: &mut HashMap<K, V>,
    key: &K,
    find: impl FnOnce() -> Result<V>,
) -> Result<V> {
    if let Some(value) = known.get(key) {
        return Ok(value.clone());
    }
    let value = find()?;
    known.insert(key.clone(), value.clone());
    Ok(value)
}

/// Writing: one act under way. Everything it puts or removes is journaled; nothing is kept if it fails.
pub struct Tx<'a> {
    read: Read<'a>,
    changes: BTreeMap<(String, String), usize>,
    log: Vec<Change>,
    /// Of a part under way that may fail by itself: what changes of before it said until then.
    overwritten: Option<Vec<Overwritten>>,
}

/// The place of a change in the log, and the image it had.
type Overwritten = (usize, Option<Map<String, Value>>);

impl<'a> std::ops::Deref for Tx<'a> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.read
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(conn: &'a Connection, ctx: &'a Context) -> Self {
        Self { read: Read { conn, ctx }, changes: BTreeMap::new(), log: Vec::new(), overwritten: None }
    }

    /// Writes a record, replacing the one with its id. Writing what is already there changes nothing.
    ///
    /// # Errors
    /// When a constraint of the archive forbids it.
    pub fn put<T: Record>(&mut self, record: &T) -> Result<()> {
        let after = record::image(record)?;
        let before = match self.read.find::<T>(record.key())? {
            Some(old) => Some(record::image(&old)?),
            None => None,
        };
        if before.as_ref() == Some(&after) {
            return Ok(());
        }
        record::write_row(self.conn, T::TABLE, &after)?;
        self.note(T::TABLE, record.key(), before, Some(after))
    }

    /// Writes a record whose id must be new.
    ///
    /// # Errors
    /// `already_exists` when a record has that id.
    pub fn insert<T: Record>(&mut self, record: &T) -> Result<()> {
        let (table, id) = (T::TABLE, record.key());
        if self.read.find::<T>(id)?.is_some() {
            return Err(Failure::new(
                Code::AlreadyExists,
                text!(
                    "Ya existe «{id}» ({table}). Use otro identificador o edite el registro que existe.",
                    "“{id}” ({table}) exists already. Use another identifier or edit the existing record."
                ),
            )
            .with(json!({ "concept": table, "id": id })));
        }
        let after = record::image(record)?;
        record::write_row(self.conn, T::TABLE, &after)?;
        self.note(T::TABLE, record.key(), None, Some(after))
    }

    /// Removes a record.
    ///
    /// # Errors
    /// `not_found` when there is none; `wrong_state` when others depend on it.
    pub fn remove<T: Record>(&mut self, id: impl AsRef<str>) -> Result<()> {
        let id = id.as_ref();
        let old: T = self.read.get(id)?;
        record::delete_row(self.conn, T::TABLE, id)?;
        self.note(T::TABLE, id, Some(record::image(&old)?), None)
    }

    /// Removes a record of a private table for good: the row and every earlier image of it. The journal keeps
    /// the hashes; the erasure itself is never undone.
    ///
    /// # Errors
    /// `not_found` when there is none.
    pub fn erase<T: Record>(&mut self, id: impl AsRef<str>) -> Result<()> {
        let id = id.as_ref();
        self.remove::<T>(id)?;
        self.conn
            .prepare_cached("DELETE FROM private_image WHERE concept = ?1 AND ref_id = ?2")?
            .execute([T::TABLE, id])?;
        Ok(())
    }

    /// Stores a file's bytes under their SHA-256 and gives the hash, 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn put_blob(&mut self, bytes: &[u8]) -> Result<String> {
        let (sha256, new) = store::write_blob(self.conn, bytes)?;
        if new {
            let after =
                Map::from_iter([("id".to_owned(), json!(sha256)), ("size".to_owned(), json!(bytes.len()))]);
            self.note("blob", &sha256, None, Some(after))?;
        }
        Ok(sha256)
    }

    /// Does a part of an act that may fail by itself: when it does, nothing of it is left and the rest of the act may go
    /// on.
    ///
    /// # Errors
    /// Those of the part.
    pub(crate) fn attempt<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.read.conn.execute_batch("SAVEPOINT attempt")?;
        let begun = self.log.len();
        let outer = self.overwritten.replace(Vec::new());
        let done = part(self);
        let own = std::mem::replace(&mut self.overwritten, outer).unwrap_or_default();
        match &done {
            Ok(_) => {
                if let Some(outer) = &mut self.overwritten {
                    outer.extend(own);
                }
            }
            Err(_) => {
                self.read.conn.execute_batch("ROLLBACK TO attempt")?;
                for (at, after) in own.into_iter().rev() {
                    if let Some(change) = self.log.get_mut(at) {
                        change.after = after;
                    }
                }
                for change in self.log.drain(begun..) {
                    self.changes.remove(&(change.table, change.id));
                }
            }
        }
        self.read.conn.execute_batch("RELEASE attempt")?;
        done
    }

    /// What changed so far, first change first.
    #[must_use]
    pub fn touched(&self) -> Vec<Touched> {
        self.log.iter().map(|c| Touched { concept: c.table.clone(), id: c.id.clone() }).collect()
    }

    fn note(
        &mut self,
        table: &str,
        id: &str,
        before: Option<Map<String, Value>>,
        after: Option<Map<String, Value>>,
    ) -> Result<()> {
        search::index(self.read.conn, table, id, after.as_ref())?;
        let before = before.map(|image| keep(self.read.conn, table, id, image)).transpose()?;
        let after = after.map(|image| keep(self.read.conn, table, id, image)).transpose()?;
        let key = (table.to_owned(), id.to_owned());
        if let Some(&i) = self.changes.get(&key) {
            let had = std::mem::replace(&mut self.log[i].after, after);
            if let Some(overwritten) = &mut self.overwritten {
                overwritten.push((i, had));
            }
        } else {
            self.changes.insert(key, self.log.len());
            self.log.push(Change { table: table.to_owned(), id: id.to_owned(), before, after });
        }
        Ok(())
    }

    /// Appends the entry of this act. An act that changed nothing leaves no entry.
    pub(crate) fn journal(self, op: Op, undoes: Option<i64>) -> Result<Vec<Touched>> {
        let changes: Vec<Change> = self.log.into_iter().filter(|c| c.before != c.after).collect();
        let touched =
            changes.iter().map(|c| Touched { concept: c.table.clone(), id: c.id.clone() }).collect();
        if !changes.is_empty() || matches!(op, Op::CreateArchive | Op::Checkpoint) {
            append(self.read.conn, self.read.ctx, op, undoes, changes, None)?;
        }
        Ok(touched)
    }
}

/// Tables of personal data that may have to be erased: the journal keeps only a hash of their rows.
pub(crate) const PRIVATE: &[&str] = &["person_contact"];

/// What the journal keeps of a row: its image, or for private tables the hash of it. The row's own salt makes
/// the hash unguessable once the row is erased.
pub(crate) fn kept(table: &str, image: Map<String, Value>) -> Map<String, Value> {
    if !PRIVATE.contains(&table) {
        return image;
    }
    let id = image.get("id").cloned().unwrap_or(Value::Null);
    let sha256 = hex(&record::image_digest(&image));
    Map::from_iter([("id".to_owned(), id), ("sha256".to_owned(), json!(sha256))])
}

/// [`kept`], with the image of a private row put where undo finds it and erasure forgets it.
fn keep(conn: &Connection, table: &str, id: &str, image: Map<String, Value>) -> Result<Map<String, Value>> {
    if !PRIVATE.contains(&table) {
        return Ok(image);
    }
    let text = record::canonical(&Value::Object(image.clone()));
    let kept = kept(table, image);
    conn.prepare_cached(
        "INSERT INTO private_image (id, concept, ref_id, image) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute((kept["sha256"].as_str(), table, id, text))?;
    Ok(kept)
}

/// The row's image that an entry speaks of: what it keeps, or for private tables what its hash names.
fn recalled(conn: &Connection, table: &str, kept: &Map<String, Value>) -> Result<Map<String, Value>> {
    if !PRIVATE.contains(&table) {
        return Ok(kept.clone());
    }
    let image: Option<String> = conn
        .prepare_cached("SELECT image FROM private_image WHERE id = ?1")?
        .query_row([kept.get("sha256").and_then(Value::as_str)], |r| r.get(0))
        .optional()?;
    match image {
        Some(image) => serde_json::from_str(&image).map_err(Failure::internal),
        None => Err(Failure::new(
            Code::NotUndoable,
            text!(
                "No se puede deshacer: eran datos personales y se borraron. Escríbalos de nuevo si hacen falta.",
                "It cannot be undone: it was personal data and it was erased. Enter it again if it is needed."
            ),
        )),
    }
}

pub(crate) const ZERO: &str = "0000000000000000000000000000000000000000000000000000000000000000";

pub(crate) fn hash(body: &str) -> String {
    hex(&Sha256::digest(body.as_bytes()))
}

/// Lower-case hexadecimal.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

pub(crate) fn head(conn: &Connection) -> Result<String> {
    Ok(conn
        .prepare_cached("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1")?
        .query_row([], |r| r.get(0))
        .optional()?
        .unwrap_or_else(|| ZERO.to_owned()))
}

pub(crate) fn append(
    conn: &Connection,
    ctx: &Context,
    op: Op,
    undoes: Option<i64>,
    changes: Vec<Change>,
    tables: Option<BTreeMap<String, String>>,
) -> Result<()> {
    let seq: i64 =
        conn.prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM journal")?.query_row([], |r| r.get(0))?;
    let entry = Entry {
        seq,
        at: ctx.now,
        actor: ctx.actor.clone(),
        op: op.as_str().to_owned(),
        undoes,
        changes,
        tables,
        previous: head(conn)?,
    };
    let body = serde_json::to_string(&entry).map_err(Failure::internal)?;
    conn.prepare_cached("INSERT INTO journal (seq, body, hash) VALUES (?1, ?2, ?3)")?.execute((
        seq,
        &body,
        hash(&body),
    ))?;
    for change in entry.changes.iter().filter(|c| history::TOLD.contains(&c.table.as_str())) {
        conn.prepare_cached("INSERT INTO journal_row (concept, ref_id, seq) VALUES (?1, ?2, ?3)")?
            .execute((&change.table, &change.id, seq))?;
    }
    Ok(())
}

/// The entry with that position.
pub(crate) fn entry(conn: &Connection, seq: i64) -> Result<Option<Entry>> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM journal WHERE seq = ?1")?
        .query_row([seq], |r| r.get(0))
        .optional()?;
    body.map(|body| whole(seq, &body)).transpose()
}

/// An entry from its text.
fn whole(seq: i64, body: &str) -> Result<Entry> {
    serde_json::from_str(body).map_err(|e| damaged(seq, &e.to_string()))
}

fn damaged(seq: i64, what: &str) -> Failure {
    Failure::new(
        Code::Damaged,
        text!(
            "El asiento {seq} del historial está alterado: {what}.",
            "Entry {seq} of the journal is altered: {what}."
        ),
    )
    .with(json!({ "entry": seq }))
}

/// Puts back what entry `seq` changed, as a new entry.
///
/// # Errors
/// `not_undoable` when its act is never undone, `stale` when a row has changed since.
pub(crate) fn undo(tx: &mut Tx<'_>, seq: i64) -> Result<Entry> {
    let target = entry(tx.conn, seq)?.ok_or_else(|| Failure::not_found("journal", &seq.to_string()))?;
    if let Undo::Never { corrected_by } = Op::undo_of(&target.op) {
        let (es, en) = match corrected_by {
            // No one act corrects these; what an import brought is corrected record by record.
            "—" if [Op::Import.as_str(), Op::LoadCatalogs.as_str()].contains(&&*target.op) => (
                " Corrija cada registro por separado.".to_owned(),
                " Correct each record by itself.".to_owned(),
            ),
            "—" => Default::default(),
            act => (
                format!(" Se corrige con otro acto ({act})."),
                format!(" It is corrected by another act ({act})."),
            ),
        };
        return Err(Failure::new(
            Code::NotUndoable,
            text!(
                "Este acto no se deshace: queda en el historial.{es}",
                "This act is never undone: it stays in the journal.{en}"
            ),
        )
        .with(json!({ "entry": seq, "op": target.op, "corrected_by": corrected_by })));
    }
    for change in target.changes.iter().rev() {
        if change.table == "blob" {
            continue; // bytes once kept stay kept; nothing points to them any more
        }
        let recall = |kept: &Option<Map<String, Value>>| {
            kept.as_ref().map(|kept| recalled(tx.conn, &change.table, kept)).transpose()
        };
        let (before, after) = (recall(&change.before)?, recall(&change.after)?);
        let row = record::raw_row(tx.conn, &change.table, &change.id)?;
        let unchanged = match (&row, &after) {
            (Some(row), Some(after)) => record::row_equals(row, after),
            (None, None) => true,
            _ => false,
        };
        if !unchanged {
            return Err(Failure::new(
                Code::Stale,
                text!(
                    "No se puede deshacer: lo que cambió este asiento se modificó después. Deshaga primero lo más reciente.",
                    "It cannot be undone: what this entry changed was modified later. Undo the most recent change first."
                ),
            )
            .with(json!({ "entry": seq, "table": change.table, "id": change.id })));
        }
        match &before {
            Some(before) => record::write_row(tx.conn, &change.table, before)?,
            None => record::delete_row(tx.conn, &change.table, &change.id)?,
        }
        tx.note(&change.table, &change.id, after, before)?;
    }
    Ok(target)
}

/// The newest entry that an unaimed undo (`redo` false) or redo would take, if any.
///
/// Undo walks back over what was already undone; redo takes back the newest undo when nothing was done since.
pub(crate) fn next_target(conn: &Connection, redo: bool) -> Result<Option<i64>> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, body->>'op', body->>'undoes' FROM journal ORDER BY seq DESC LIMIT 500",
    )?;
    let mut rows = statement.query([])?;
    let mut undone = Vec::new();
    while let Some(row) = rows.next()? {
        let (seq, op, undoes): (i64, String, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let is_undo = op == Op::Undo.as_str();
        if redo {
            if undone.contains(&seq) {
                continue;
            }
            return match (op == Op::Redo.as_str(), is_undo, undoes) {
                (true, _, Some(target)) => {
                    undone.push(target);
                    continue;
                }
                (_, true, Some(_)) => Ok(Some(seq)),
                _ => Ok(None),
            };
        }
        if undone.contains(&seq) {
            continue;
        }
        if is_undo {
            undone.extend(undoes);
            continue;
        }
        return Ok(Some(seq));
    }
    Ok(None)
}

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListJournal {
    /// Only entries before this position; the newest when not said.
    #[serde(default)]
    #[ts(optional)]
    pub before: Option<i64>,
    /// At most this many, 1 to 500; 100 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}

/// An entry of the journal in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct EntryLine {
    /// Position.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: Actor,
    /// What act.
    pub op: String,
    /// The act in words, with which fact it was when it records or corrects one: "Corrección de un hecho: Llega".
    pub act: Text,
    /// The entry it undoes.
    pub undoes: Option<i64>,
    /// What it is about: the name of the first record it changed, or of whom or what that record speaks; `null` when
    /// none has a name.
    pub about: Option<String>,
    /// The rows it changed, at most [`TOUCHED`].
    pub touched: Vec<Touched>,
    /// Whether it changed more.
    pub more: bool,
    /// Which fact of a session it records or corrects.
    pub fact: Option<EventKind>,
    /// Whether it can be undone, as far as its act goes and its session has come.
    pub undoable: bool,
    /// Its hash.
    pub hash: String,
}

/// Rows that a line of the journal names at most.
pub const TOUCHED: usize = 50;

/// Bytes of an entry that is read whole for its line; an import may be a whole archive.
const LARGE: i64 = 1 << 18;

/// An entry without what it changed.
#[derive(Deserialize)]
pub(crate) struct Header {
    seq: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) actor: Actor,
    pub(crate) op: String,
    #[serde(default)]
    undoes: Option<i64>,
    #[serde(default)]
    changes: Vec<Place>,
}

/// An entry: whole, or when it is large only what comes before its changes.
///
/// # Errors
/// `damaged` when there is none or it cannot be read.
pub(crate) fn entry_or_header(conn: &Connection, seq: i64) -> Result<std::result::Result<Entry, Header>> {
    let large: Option<bool> = conn
        .prepare_cached("SELECT octet_length(body) >= ?2 FROM journal WHERE seq = ?1")?
        .query_row([seq, LARGE], |r| r.get(0))
        .optional()?;
    let missing = || damaged(seq, "JSON");
    match large {
        Some(true) => Ok(Err(beginning(conn, seq)?.ok_or_else(missing)?)),
        _ => Ok(Ok(entry(conn, seq)?.ok_or_else(missing)?)),
    }
}

/// A row that changed, without its images.
#[derive(Deserialize)]
struct Place {
    table: String,
    id: String,
}

/// What comes before the changes of a large entry, read without the rest.
fn beginning(conn: &Connection, seq: i64) -> Result<Option<Header>> {
    let blob = conn.blob_open("main", "journal", "body", seq, true)?;
    let mut bytes = vec![0; 4096.min(blob.len())];
    blob.read_at_exact(&mut bytes, 0)?;
    let text = String::from_utf8_lossy(&bytes);
    let header = text.split_once(",\"changes\":[").map(|(header, _)| format!("{header}}}"));
    Ok(header.and_then(|header| serde_json::from_str(&header).ok()))
}

/// Which fact of a session an entry records or corrects: acts share them, and the kind is in the row.
fn fact_of(entry: &Entry) -> Option<EventKind> {
    if !matches!(entry.op.as_str(), "record_event" | "correct_event") {
        return None;
    }
    let event = entry.changes.iter().find(|change| change.table == "event")?;
    let kind = event.after.as_ref().or(event.before.as_ref())?.get("kind")?;
    serde_json::from_value(kind.clone()).ok()
}

/// The journal's entries, newest first.
///
/// # Errors
/// When the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn list(read: &Read<'_>, request: ListJournal) -> Result<Vec<EntryLine>> {
    let limit = request.limit.unwrap_or(100).clamp(1, 500);
    let mut lines = Vec::new();
    let mut known = names::Known::new(read);
    newest_first(read, request.before, limit, |row| {
        lines.push(row.line(read, &mut known)?);
        Ok(true)
    })?;
    Ok(lines)
}

/// What to look for among the entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindInJournal {
    /// Words, each of which may be unfinished: of the act, of what it is about, of who did it, its number, its day.
    pub text: String,
    /// Only entries before this position; the newest when not said.
    #[serde(default)]
    #[ts(optional)]
    pub before: Option<i64>,
}

/// Entries found, and how far back they were looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct JournalFound {
    /// The entries, newest first, at most [`FOUND`].
    pub entries: Vec<EntryLine>,
    /// Where to go on looking from, as `before`; `null` when the first entry was reached.
    pub older: Option<i64>,
}

/// Entries that a search gives at a time.
pub const FOUND: usize = 100;

/// Entries that a search reads at a time: what a person waits for without noticing.
const READ_AT_ONCE: i64 = 5000;

/// The entries in which every word is found, newest first.
///
/// # Errors
/// When the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn find(read: &Read<'_>, request: FindInJournal) -> Result<JournalFound> {
    // 27/03/2025 and 2025-03-27 are words of a day.
    let wanted = typed::folded(&request.text.replace('/', " "));
    let wanted: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
    let mut found = JournalFound { entries: Vec::new(), older: None };
    let mut known = names::Known::new(read);
    newest_first(read, request.before, READ_AT_ONCE, |row| {
        found.older = (row.header.seq > 1).then_some(row.header.seq);
        if row.says(&mut known, &wanted)? {
            found.entries.push(row.line(read, &mut known)?);
        }
        Ok(found.entries.len() < FOUND)
    })?;
    Ok(found)
}

/// An entry as it is listed.
struct Row {
    header: Header,
    hash: String,
    /// Its text, unless it is large.
    body: Option<String>,
}

/// Gives the entries to `each`, newest first, at most `limit` and until it says that it has enough.
fn newest_first(
    read: &Read<'_>,
    before: Option<i64>,
    limit: i64,
    mut each: impl FnMut(Row) -> Result<bool>,
) -> Result<()> {
    let mut statement = read.conn.prepare_cached(
        "SELECT seq, hash, CASE WHEN octet_length(body) < ?3 THEN body END FROM journal
         WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
    )?;
    let mut rows = statement.query((before.unwrap_or(i64::MAX), limit, LARGE))?;
    while let Some(row) = rows.next()? {
        let (seq, hash, body): (i64, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let header = match &body {
            Some(body) => serde_json::from_str(body).ok(),
            None => beginning(read.conn, seq)?,
        };
        let Some(header): Option<Header> = header else { return Err(damaged(seq, "JSON")) };
        if !each(Row { header, hash, body })? {
            break;
        }
    }
    Ok(())
}

impl Row {
    /// What it is about.
    fn about(&self, known: &mut names::Known<'_>) -> Result<Option<String>> {
        if self.header.op == Op::ImportRows.as_str() {
            return Ok(
                told::counted(self.header.changes.iter().map(|place| place.table.as_str())).map(|t| t.es)
            );
        }
        // Most rows have a name of their own; only for the others what changed is read.
        match (self.header.changes.first(), &self.body) {
            (Some(first), Some(body)) => match known.in_concept(&first.table, &first.id)? {
                None => known.about(&whole(self.header.seq, body)?.changes),
                found => Ok(found),
            },
            _ => Ok(None),
        }
    }

    /// Which fact of a session it is; only those acts are read whole.
    fn fact(&self) -> Result<Option<EventKind>> {
        match (self.header.op.as_str(), &self.body) {
            ("record_event" | "correct_event", Some(body)) => Ok(fact_of(&whole(self.header.seq, body)?)),
            _ => Ok(None),
        }
    }

    /// Whether every word begins one of what its line tells: its number, act, day, who and what about.
    fn says(&self, known: &mut names::Known<'_>, wanted: &[&str]) -> Result<bool> {
        let Header { seq, at, actor, op, undoes, .. } = &self.header;
        let act = told::act(op, self.fact()?, *undoes);
        let day = local(*at).date();
        let line = [&act.es, &act.en, &actor.name, &seq.to_string(), &spanish::date(day), &day.to_string()]
            .map(|part| format!(" {}", typed::folded(part)))
            .concat();
        let in_line = |line: &str, word: &str| line.contains(&format!(" {word}"));
        let rest: Vec<&&str> = wanted.iter().filter(|word| !in_line(&line, word)).collect();
        if rest.is_empty() {
            return Ok(true);
        }
        let about =
            self.about(known)?.map_or_else(String::new, |about| format!(" {}", typed::folded(&about)));
        Ok(rest.iter().all(|word| in_line(&about, word)))
    }

    fn line(self, read: &Read<'_>, known: &mut names::Known<'_>) -> Result<EntryLine> {
        let (about, fact) = (self.about(known)?, self.fact()?);
        let Row { header, hash, body } = self;
        let rows = header.changes.iter().map(|place| (place.table.as_str(), place.id.as_str()));
        let undoable = Op::undo_of(&header.op) == Undo::Yes
            && crate::undo::still_heard(read, &header.at, &header.op, rows.take(TOUCHED))?;
        let more = body.is_none() || header.changes.len() > TOUCHED;
        let touched = header.changes.into_iter().take(TOUCHED);
        Ok(EntryLine {
            seq: header.seq,
            at: header.at,
            act: told::act(&header.op, fact, header.undoes),
            actor: header.actor,
            undoable,
            op: header.op,
            undoes: header.undoes,
            fact,
            about,
            touched: touched.map(|place| Touched { concept: place.table, id: place.id }).collect(),
            more,
            hash,
        })
    }
}

/// Which entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetJournalEntry {
    /// Position.
    pub seq: i64,
}

/// One entry as its screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct EntryView {
    /// The entry.
    #[serde(flatten)]
    pub entry: Entry,
    /// The act in words, as its line says it.
    pub act: Text,
    /// The name of every id found in its changes, as it is today, or as it was when the row is gone.
    pub names: BTreeMap<String, String>,
}

/// One entry with its changes, and the names of what they are about.
///
/// # Errors
/// `not_found` when there is none.
pub fn get(read: &Read<'_>, request: GetJournalEntry) -> Result<EntryView> {
    let entry = entry(read.conn, request.seq)?
        .ok_or_else(|| Failure::not_found("journal", &request.seq.to_string()))?;
    let act = told::act(&entry.op, fact_of(&entry), entry.undoes);
    Ok(EntryView { names: names::changed(read, &entry.changes)?, act, entry })
}
