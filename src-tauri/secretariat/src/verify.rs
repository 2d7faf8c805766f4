//! Whether an archive is what its journal says: the chain, the tables, the files, the schema, the index of the
//! search, and the database's own integrity.
//!
//! Whatever is altered is named. [`verify`] never changes the archive and never stops at the first problem.
//!
//! The journal is folded into one digest a row, then each table is read once against it. Where the format was
//! updated a checkpoint holds a digest of every table: rows that no later entry changed are checked by it.

mod contents;
mod database;
mod paper;
mod search_pages;

pub use paper::*;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use schemars::JsonSchema;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::api::Op;
use crate::context::Context;
use crate::failure::{Code, Result, Text};
use crate::journal::{self, Change, Entry, Read, ZERO, hex};
use crate::progress::{Watch, tell, unwatched};
use crate::{history, record, text};

/// What to verify beyond the archive itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyArchive {
    /// A hash printed on a document of this archive: it must be in the chain. At least its first 12 digits.
    #[serde(default)]
    #[ts(optional)]
    pub expect: Option<String>,
}

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The file's pages cannot be read, or do not hold together.
    File,
    /// The file does not say that it is an archive of this format.
    Format,
    /// A table, index, trigger or view was dropped, altered or added.
    Schema,
    /// An entry of the journal was altered, removed or inserted.
    Journal,
    /// A record was altered, removed or added without an entry of the journal.
    Record,
    /// A record names another that does not exist.
    Reference,
    /// A kept file is not the one its hash says, or is missing.
    Blob,
    /// An index of a table does not agree with the table.
    Index,
    /// The index of the search does not agree with the records.
    Search,
    /// The expected hash is not in this chain.
    Expected,
}

/// One thing that is wrong, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[ts(rename = "VerifyProblem")]
#[schemars(rename = "VerifyProblem")]
pub struct Problem {
    /// What kind of thing.
    pub kind: ProblemKind,
    /// Which one: `vote/v-3`, `journal/12`, `blob/HASH`, `index/ballot_by_seat`, `trigger/…`, `file`.
    pub what: String,
    /// The columns that differ, of a record.
    pub columns: Vec<String>,
    /// In a sentence.
    pub text: Text,
}

/// The entry whose hash was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ExpectedEntry {
    /// Its position.
    pub entry: i64,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What act it was.
    pub op: String,
    /// Its whole hash.
    pub hash: String,
    /// How many entries came after.
    pub later: i64,
}

/// What verifying an archive found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VerifyReport {
    /// Whether nothing is wrong.
    pub sound: bool,
    /// The hash at the head of the chain.
    pub head: String,
    /// Entries of the journal.
    pub entries: i64,
    /// Records compared with the journal.
    pub records: i64,
    /// Kept files whose bytes were hashed.
    pub blobs: i64,
    /// The entry of the expected hash.
    pub expected: Option<ExpectedEntry>,
    /// What is wrong, at most [`MOST`] things.
    pub problems: Vec<Problem>,
    /// Problems beyond those listed.
    pub omitted: i64,
}

/// Problems listed at most; a ruined file would list every record otherwise.
pub const MOST: usize = 200;

/// Verifies the archive.
///
/// # Errors
/// Never for what is wrong with the archive: that is in the report.
#[allow(clippy::needless_pass_by_value)]
pub fn archive(read: &Read<'_>, request: VerifyArchive) -> Result<VerifyReport> {
    verify(read, request.expect.as_deref(), &mut unwatched)
}

/// Verifies the archive, and that `expect`, a hash printed on paper, belongs to it.
///
/// # Errors
/// `cancelled` when the watch stops it.
pub fn verify(read: &Read<'_>, expect: Option<&str>, watch: Watch<'_>) -> Result<VerifyReport> {
    inspect(read.conn, expect, Scope::Archive, watch)
}

/// What is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Scope {
    /// An archive.
    #[default]
    Archive,
    /// A backup's database: the same, with its files outside and no index of the search.
    Backup,
}

pub(crate) fn inspect(
    conn: &Connection,
    expect: Option<&str>,
    scope: Scope,
    watch: Watch<'_>,
) -> Result<VerifyReport> {
    let mut found = Findings { scope, ..Findings::default() };
    found.stage(|f| f.format(conn))?;
    found.stage(|f| f.schema(conn))?;
    found.stage(|f| f.integrity(conn, watch))?;
    let mut fold = Fold::default();
    found.stage(|f| f.chain(conn, &mut fold, expect, watch))?;
    found.stage(|f| f.tables(conn, &mut fold, watch))?;
    found.stage(|f| f.places(conn, &fold))?;
    found.stage(|f| f.private_images(conn, fold))?;
    if scope == Scope::Archive {
        found.stage(|f| f.blobs(conn, watch))?;
        found.stage(|f| f.search(conn, watch))?;
    }
    Ok(VerifyReport {
        sound: found.problems.is_empty(),
        head: found.head.unwrap_or_else(|| ZERO.to_owned()),
        entries: found.entries,
        records: found.records,
        blobs: found.blobs,
        expected: found.expected,
        problems: found.problems,
        omitted: found.omitted,
    })
}

#[derive(Default)]
struct Findings {
    scope: Scope,
    problems: Vec<Problem>,
    omitted: i64,
    head: Option<String>,
    entries: i64,
    records: i64,
    blobs: i64,
    expected: Option<ExpectedEntry>,
    /// The entry that was last looked into, for a large one is slow to read.
    looked_into: Option<Entry>,
}

type Digest32 = [u8; 32];

/// What the journal says a row is: which entry wrote it last, and the digest of what it wrote.
struct Kept {
    seq: i64,
    digest: Digest32,
}

/// An entry as it is scanned: of its changes only digests are kept, for an import may be a whole archive.
#[derive(Deserialize)]
struct Scanned {
    seq: i64,
    at: DateTime<Utc>,
    op: String,
    #[serde(default)]
    tables: Option<BTreeMap<String, String>>,
    #[serde(deserialize_with = "digested")]
    changes: Vec<Digested>,
    previous: String,
}

/// A change with its images digested.
struct Digested {
    table: String,
    id: String,
    before: Option<Digest32>,
    after: Option<Digest32>,
}

/// Reads changes one by one and keeps their digests.
fn digested<'de, D: Deserializer<'de>>(list: D) -> std::result::Result<Vec<Digested>, D::Error> {
    struct Changes;
    impl<'de> Visitor<'de> for Changes {
        type Value = Vec<Digested>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a list of changes")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Self::Value, A::Error> {
            let mut all = Vec::new();
            while let Some(Change { table, id, before, after }) = list.next_element()? {
                let digest = |image: Option<Map<String, Value>>| image.map(|i| kept_digest(&table, &i));
                let (before, after) = (digest(before), digest(after));
                all.push(Digested { table, id, before, after });
            }
            Ok(all)
        }
    }
    list.deserialize_seq(Changes)
}

/// The journal, folded.
#[derive(Default)]
struct Fold {
    /// Every row of each table since the start, or since the last checkpoint.
    tables: HashMap<String, HashMap<String, Kept>>,
    checkpoint: Option<Checkpoint>,
    /// Concept, id and entry of each change of a record whose life is told.
    places: BTreeSet<(String, String, i64)>,
    /// Each private record's images that the journal names and that nobody erased: concept and id → their hashes.
    private: BTreeMap<(String, String), BTreeSet<String>>,
}

struct Checkpoint {
    seq: i64,
    /// Digest of each table when it was made.
    tables: BTreeMap<String, String>,
    /// What each row that changed later was then; `None` where there was none.
    first: HashMap<String, BTreeMap<String, Option<Digest32>>>,
    /// The fold up to it: with the format of then, so only a hint of which row was altered.
    before: HashMap<String, HashMap<String, Kept>>,
}

/// Tables that the journal does not fold into.
fn is_folded(table: &str) -> bool {
    !["journal", "journal_row", "blob_chunk", "draft", "private_image"].contains(&table)
        && !table.starts_with("search")
        && !table.starts_with("sqlite_")
}

impl Findings {
    fn say(&mut self, kind: ProblemKind, what: impl Into<String>, text: Text) {
        self.say_columns(kind, what.into(), Vec::new(), text);
    }

    fn say_columns(&mut self, kind: ProblemKind, what: String, columns: Vec<String>, text: Text) {
        let problem = Problem { kind, what, columns, text };
        if self.problems.contains(&problem) {
            return;
        }
        if self.problems.len() < MOST { self.problems.push(problem) } else { self.omitted += 1 }
    }

    /// Runs one part; a file that cannot be read there is a finding, and the other parts still run.
    fn stage(&mut self, part: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        match part(self) {
            Err(failure) if failure.code == Code::Cancelled => Err(failure),
            Err(failure) => {
                let detail = ["sqlite", "defect"].iter().find_map(|key| failure.details.get(*key)?.as_str());
                let (es, en) = detail.map_or((&*failure.message.es, &*failure.message.en), |d| (d, d));
                let (es, en) = (es.trim_end_matches('.'), en.trim_end_matches('.'));
                self.say(
                    ProblemKind::File,
                    "file",
                    text!(
                        "El archivo no se puede leer entero: está dañado o incompleto ({es}).",
                        "The archive cannot be read whole: it is damaged or incomplete ({en})."
                    ),
                );
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    /// The journal: each entry's hash, its link, its position; and its fold.
    fn chain(
        &mut self,
        conn: &Connection,
        fold: &mut Fold,
        expect: Option<&str>,
        watch: Watch<'_>,
    ) -> Result<()> {
        let step = text!("Revisando el historial", "Checking the journal");
        let wanted: Option<String> = expect
            .map(|hash| hash.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase());
        let total: i64 =
            conn.query_row("SELECT coalesce(max(seq), 0) FROM journal", [], |r| r.get(0)).unwrap_or(0);
        let mut statement = conn.prepare("SELECT seq, body, hash FROM journal NOT INDEXED ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut previous = ZERO.to_owned();
        let mut next = 1;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            tell(watch, &step, seq.unsigned_abs(), total.unsigned_abs())?;
            let what = format!("journal/{seq}");
            let (Ok(body), Ok(hash)) = (row.get_ref(1)?.as_str(), row.get_ref(2)?.as_str()) else {
                self.say(ProblemKind::Journal, what, altered_entry(seq));
                next = seq + 1;
                continue;
            };
            if seq != next {
                let last = seq - 1;
                self.say(
                    ProblemKind::Journal,
                    format!("journal/{next}"),
                    text!(
                        "Faltan asientos del historial: del {next} al {last}.",
                        "Entries of the journal are missing: {next} to {last}."
                    ),
                );
            }
            next = seq + 1;
            self.entries += 1;
            let whole = journal::hash(body) == hash;
            if !whole {
                self.say(ProblemKind::Journal, what.clone(), altered_entry(seq));
            }
            match serde_json::from_str::<Scanned>(body) {
                Ok(entry) => {
                    if entry.previous != previous {
                        self.say(
                            ProblemKind::Journal,
                            what.clone(),
                            text!(
                                "El asiento {seq} del historial no continúa el anterior: uno de los dos está alterado.",
                                "Entry {seq} of the journal does not follow the one before: one of the two is altered."
                            ),
                        );
                    }
                    if entry.seq != seq {
                        self.say(
                            ProblemKind::Journal,
                            what,
                            text!(
                                "El asiento {seq} del historial dice ser otro.",
                                "Entry {seq} of the journal says it is another."
                            ),
                        );
                    }
                    if whole && wanted.as_deref().is_some_and(|w| w.len() >= 12 && hash.starts_with(w)) {
                        self.expected = Some(ExpectedEntry {
                            entry: seq,
                            at: entry.at,
                            op: entry.op.clone(),
                            hash: hash.to_owned(),
                            later: 0,
                        });
                    }
                    self.fold(fold, entry);
                }
                Err(_) => self.say(ProblemKind::Journal, what, altered_entry(seq)),
            }
            hash.clone_into(&mut previous);
            self.head = Some(previous.clone());
        }
        if self.entries == 0 {
            self.say(
                ProblemKind::Journal,
                "journal",
                text!("El historial está vacío.", "The journal is empty."),
            );
        }
        match (&mut self.expected, wanted) {
            (Some(expected), _) => expected.later = next - 1 - expected.entry,
            (None, Some(wanted)) => self.say(
                ProblemKind::Expected,
                wanted.clone(),
                text!(
                    "La huella {wanted} no está en el historial de este archivo: se quitaron asientos, se reescribieron, o es de otro archivo.",
                    "The hash {wanted} is not in this archive's journal: entries were removed or rewritten, or it is another archive's."
                ),
            ),
            (None, None) => {}
        }
        Ok(())
    }

    /// Adds an entry to the fold.
    fn fold(&mut self, fold: &mut Fold, entry: Scanned) {
        if entry.op == Op::Checkpoint.as_str()
            && let Some(tables) = entry.tables
        {
            let before = std::mem::take(&mut fold.tables);
            fold.checkpoint = Some(Checkpoint { seq: entry.seq, tables, first: HashMap::new(), before });
            return;
        }
        for change in entry.changes {
            if history::TOLD.contains(&change.table.as_str()) {
                fold.places.insert((change.table.clone(), change.id.clone(), entry.seq));
            }
            let (before, after) = (change.before, change.after);
            if journal::PRIVATE.contains(&change.table.as_str()) {
                let images = fold.private.entry((change.table.clone(), change.id.clone())).or_default();
                if entry.op == Op::EraseContact.as_str() {
                    images.clear();
                } else {
                    images.extend([before, after].into_iter().flatten().map(|digest| hex(&digest)));
                }
            }
            let rows = fold.tables.entry(change.table.clone()).or_default();
            let known = rows.get(&change.id).map(|k| k.digest);
            let first = fold.checkpoint.as_mut().map(|c| c.first.entry(change.table.clone()).or_default());
            let first_seen = match first {
                Some(first) if !first.contains_key(&change.id) => {
                    first.insert(change.id.clone(), before);
                    true
                }
                _ => false,
            };
            if !first_seen && known != before {
                let (table, id, seq) = (&change.table, &change.id, entry.seq);
                self.say(
                    ProblemKind::Journal,
                    format!("journal/{seq}"),
                    text!(
                        "El asiento {seq} del historial parte de un «{id}» ({table}) que no es el de los asientos anteriores.",
                        "Entry {seq} of the journal starts from a “{id}” ({table}) that is not that of the entries before."
                    ),
                );
            }
            match after {
                Some(digest) => {
                    rows.insert(change.id, Kept { seq: entry.seq, digest });
                }
                None => {
                    rows.remove(&change.id);
                }
            }
        }
    }

    /// Every row of every table against the fold.
    fn tables(&mut self, conn: &Connection, fold: &mut Fold, watch: Watch<'_>) -> Result<()> {
        let names = table_names(conn)?;
        for table in &names {
            // Another unreadable table must not hide this one.
            self.stage(|f| f.table(conn, table, fold, watch))?;
        }
        for (table, rows) in &fold.tables {
            if !names.contains(table) {
                for id in rows.keys() {
                    self.missing(table, id);
                }
            }
        }
        Ok(())
    }

    fn table(&mut self, conn: &Connection, table: &str, fold: &mut Fold, watch: Watch<'_>) -> Result<()> {
        let step = text!("Comparando registros: {table}", "Comparing records: {table}");
        let mut rows_kept = fold.tables.remove(table).unwrap_or_default();
        let mut first = fold.checkpoint.as_mut().map(|c| c.first.remove(table).unwrap_or_default());
        // What the table was at the checkpoint: rows that did not change since, and first images of those that did.
        let mut at_checkpoint: Vec<(String, Digest32)> = Vec::new();
        let mut unchanged = Vec::new();
        let total: i64 =
            conn.query_row(&format!("SELECT count(*) FROM {} NOT INDEXED", quoted(table)), [], |r| r.get(0))?;
        let mut statement = conn.prepare(&format!("SELECT * FROM {} NOT INDEXED", quoted(table)))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let Some(key) = names.iter().position(|n| n == "id") else { return Ok(()) };
        let mut rows = statement.query([])?;
        let mut done = 0;
        while let Some(row) = rows.next()? {
            done += 1;
            self.records += 1;
            tell(watch, &step, done, total.unsigned_abs())?;
            let mut values = Vec::with_capacity(names.len());
            for (i, name) in names.iter().enumerate() {
                values.push((name.as_str(), row.get_ref(i)?));
            }
            let id = match values[key].1 {
                ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                other => format!("{other:?}"),
            };
            let digest = record::digest(values.iter().copied());
            match rows_kept.remove(&id) {
                Some(kept) if kept.digest == digest => {}
                Some(kept) => {
                    let columns = self.differing(conn, table, &id, kept.seq, &values);
                    self.altered(table, &id, columns);
                }
                None => match &first {
                    Some(first) if !first.contains_key(&id) => {
                        at_checkpoint.push((id.clone(), digest));
                        unchanged.push(id);
                    }
                    _ => self.extra(table, &id),
                },
            }
        }
        drop(rows);
        for id in rows_kept.keys() {
            self.missing(table, id);
        }
        if let (Some(first), Some(checkpoint)) = (&mut first, &fold.checkpoint) {
            at_checkpoint.extend(
                std::mem::take(first)
                    .into_iter()
                    .filter_map(|(id, digest)| digest.map(|digest| (id, digest))),
            );
            if checkpoint.tables.get(table) != Some(&table_digest(at_checkpoint)) {
                self.since_checkpoint(conn, table, checkpoint, &unchanged)?;
            }
        }
        Ok(())
    }

    /// Names what changed in a table since a checkpoint, as well as the older format's images can tell.
    fn since_checkpoint(
        &mut self,
        conn: &Connection,
        table: &str,
        checkpoint: &Checkpoint,
        unchanged: &[String],
    ) -> Result<()> {
        let listed = self.problems.len();
        let nothing = HashMap::new();
        let older = checkpoint.before.get(table).unwrap_or(&nothing);
        let now: BTreeSet<&str> = unchanged.iter().map(String::as_str).collect();
        for id in unchanged {
            let Some(kept) = older.get(id) else {
                self.extra(table, id);
                continue;
            };
            let Some(row) = record::raw_row(conn, table, id)? else { continue };
            let values: Vec<_> = row.iter().map(|(n, v)| (n.as_str(), ValueRef::from(v))).collect();
            let columns = self.differing(conn, table, id, kept.seq, &values);
            if !columns.is_empty() {
                self.altered(table, id, columns);
            }
        }
        let changed_later = |id: &str| checkpoint.first.get(table).is_some_and(|f| f.contains_key(id));
        for id in older.keys().filter(|id| !now.contains(id.as_str()) && !changed_later(id)) {
            self.missing(table, id);
        }
        if self.problems.len() == listed && self.omitted == 0 {
            let seq = checkpoint.seq;
            self.say(
                ProblemKind::Record,
                table,
                text!(
                    "La tabla «{table}» no es la que era en el asiento {seq}, cuando se actualizó el formato.",
                    "The table “{table}” is not what it was at entry {seq}, when the format was updated."
                ),
            );
        }
        Ok(())
    }

    /// The columns in which a row is not what entry `seq` wrote.
    fn differing(
        &mut self,
        conn: &Connection,
        table: &str,
        id: &str,
        seq: i64,
        row: &[(&str, ValueRef<'_>)],
    ) -> Vec<String> {
        if journal::PRIVATE.contains(&table) {
            return vec!["sha256".to_owned()];
        }
        if self.problems.len() >= MOST {
            return Vec::new();
        }
        if self.looked_into.as_ref().is_none_or(|entry| entry.seq != seq) {
            self.looked_into = journal::entry(conn, seq).ok().flatten();
        }
        let image = self.looked_into.as_ref().and_then(|entry| {
            entry.changes.iter().find(|c| c.table == table && c.id == id).and_then(|c| c.after.as_ref())
        });
        let Some(image) = image else { return Vec::new() };
        row.iter()
            .filter(|(name, value)| {
                let expected = image.get(*name).map_or(rusqlite::types::Value::Null, record::sql);
                !record::same(ValueRef::from(&expected), *value)
            })
            .map(|(name, _)| (*name).to_owned())
            .chain(image.keys().filter(|k| !row.iter().any(|(name, _)| name == k)).cloned())
            .collect()
    }

    fn altered(&mut self, table: &str, id: &str, columns: Vec<String>) {
        let which = columns.join(", ");
        self.say_columns(
            ProblemKind::Record,
            format!("{table}/{id}"),
            columns,
            text!(
                "«{id}» ({table}) no es lo que dice el historial: {which}.",
                "“{id}” ({table}) is not what the journal says: {which}."
            ),
        );
    }

    fn extra(&mut self, table: &str, id: &str) {
        self.say(
            ProblemKind::Record,
            format!("{table}/{id}"),
            text!(
                "«{id}» ({table}) está en el archivo y no en el historial.",
                "“{id}” ({table}) is in the archive and not in the journal."
            ),
        );
    }

    fn missing(&mut self, table: &str, id: &str) {
        self.say(
            ProblemKind::Record,
            format!("{table}/{id}"),
            text!(
                "«{id}» ({table}) está en el historial y falta en el archivo.",
                "“{id}” ({table}) is in the journal and missing from the archive."
            ),
        );
    }

    /// Where the journal is said to touch the records whose life is told, against the journal.
    fn places(&mut self, conn: &Connection, fold: &Fold) -> Result<()> {
        let mut statement = conn.prepare("SELECT concept, ref_id, seq FROM journal_row")?;
        let kept = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
        let kept: BTreeSet<(String, String, i64)> = kept.collect::<rusqlite::Result<_>>()?;
        for (concept, id, seq) in kept.symmetric_difference(&fold.places) {
            self.say(
                ProblemKind::Index,
                format!("journal_row/{concept}/{id}"),
                text!(
                    "El índice del historial no corresponde a sus asientos: «{id}» ({concept}), asiento {seq}.",
                    "The index of the journal does not agree with its entries: “{id}” ({concept}), entry {seq}."
                ),
            );
        }
        Ok(())
    }

    /// Images kept for undo, against the hash they are kept under and the entries that name them: none altered, none
    /// lost, and no personal data of which the journal knows nothing.
    fn private_images(&mut self, conn: &Connection, fold: Fold) -> Result<()> {
        let mut named = fold.private;
        let mut statement = conn.prepare("SELECT id, concept, ref_id, image FROM private_image")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (hash, table, id, image): (String, String, String, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let sound = serde_json::from_str::<Map<String, Value>>(&image).is_ok_and(|image| {
                image.get("id").and_then(Value::as_str) == Some(&id)
                    && hex(&record::image_digest(&image)) == hash
            });
            let place = (table, id);
            if !named.get_mut(&place).is_some_and(|hashes| hashes.remove(&hash)) || !sound {
                self.private_image(&place.0, &place.1);
            }
        }
        for ((table, id), lost) in named {
            if !lost.is_empty() {
                self.private_image(&table, &id);
            }
        }
        Ok(())
    }

    fn private_image(&mut self, table: &str, id: &str) {
        self.say_columns(
            ProblemKind::Record,
            format!("{table}/{id}"),
            vec!["private_image".to_owned()],
            text!(
                "Los datos anteriores de «{id}» ({table}), que se guardan para deshacer, no son los que dice el historial.",
                "The earlier data of “{id}” ({table}), kept for undo, are not what the journal says."
            ),
        );
    }
}

fn altered_entry(seq: i64) -> Text {
    text!("El asiento {seq} del historial está alterado.", "Entry {seq} of the journal is altered.")
}

/// Digest of a row from what the journal keeps of it.
fn kept_digest(table: &str, image: &Map<String, Value>) -> Digest32 {
    if !journal::PRIVATE.contains(&table) {
        return record::image_digest(image);
    }
    let hash = image.get("sha256").and_then(Value::as_str).unwrap_or_default();
    let mut digest = [0; 32];
    if hash.len() == 64 && hash.is_ascii() {
        for (i, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hash[2 * i..2 * i + 2], 16).unwrap_or(0);
        }
    }
    digest
}

/// Digest of a table: of its rows' digests in order of id.
fn table_digest(mut rows: Vec<(String, Digest32)>) -> String {
    rows.sort_unstable();
    let mut hash = Sha256::new();
    for (id, digest) in rows {
        hash.update((id.len() as u64).to_be_bytes());
        hash.update(id.as_bytes());
        hash.update(digest);
    }
    hex(&hash.finalize())
}

/// The folded tables that the archive has and that can be named safely.
fn table_names(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names = statement.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(names.into_iter().filter(|name| is_folded(name)).collect())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Appends a checkpoint after a migration: the fold of the journal starts again here.
pub(crate) fn checkpoint(conn: &Connection, ctx: &Context) -> Result<()> {
    let mut tables = BTreeMap::new();
    for table in table_names(conn)? {
        let mut statement = conn.prepare(&format!("SELECT * FROM {}", quoted(&table)))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut digests = Vec::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut values = Vec::with_capacity(names.len());
            for (i, name) in names.iter().enumerate() {
                values.push((name.as_str(), row.get_ref(i)?));
            }
            digests.push((row.get::<_, String>("id")?, record::digest(values)));
        }
        tables.insert(table, table_digest(digests));
    }
    journal::append(conn, ctx, Op::Checkpoint, None, Vec::new(), Some(tables))
}

#[cfg(test)]
mod tests;
