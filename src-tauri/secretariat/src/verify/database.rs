//! The database under the records: its marks, its schema, its pages and indices.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::{Findings, ProblemKind, Scope, quoted};
use crate::failure::Result;
use crate::progress::{Watch, tell};
use crate::{store, text};

impl Findings {
    pub(super) fn format(&mut self, conn: &Connection) -> Result<()> {
        let id: i32 = conn.query_row("PRAGMA application_id", [], |r| r.get(0))?;
        let version: i32 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        let expected = match self.scope {
            Scope::Archive => store::APPLICATION_ID,
            Scope::Backup => store::BACKUP_ID,
        };
        if id != expected {
            self.say(
                ProblemKind::Format,
                "application_id",
                text!("La marca del archivo está alterada: {id}.", "The archive's mark is altered: {id}."),
            );
        }
        let page: u64 = conn.query_row("PRAGMA page_size", [], |r| r.get::<_, i64>(0))?.unsigned_abs();
        let length = conn.path().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |file| file.len());
        if !length.is_multiple_of(page) {
            self.say(
                ProblemKind::File,
                "file",
                text!(
                    "El archivo está cortado: le faltan bytes al final ({length} no es múltiplo de {page}).",
                    "The file is cut: bytes are missing at its end ({length} is not a multiple of {page})."
                ),
            );
        }
        let ours = store::format_version();
        if version < 1 || version > ours {
            self.say(
                ProblemKind::Format,
                "user_version",
                text!(
                    "El número de formato está alterado: dice {version} y el último es {ours}.",
                    "The format number is altered: it says {version} and the last is {ours}."
                ),
            );
        }
        Ok(())
    }

    /// Every object of the schema against what the migrations make.
    pub(super) fn schema(&mut self, conn: &Connection) -> Result<()> {
        let version: i32 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        let expected = schema_objects(&reference(version)?)?;
        let actual = schema_objects(conn)?;
        for ((kind, name), sql) in &expected {
            if self.scope == Scope::Backup && sql.starts_with("search") {
                continue;
            }
            let what = format!("{kind}/{name}");
            let object = kind_name(kind);
            match actual.get(&(kind.clone(), name.clone())) {
                Some(found) if found == sql => {}
                Some(_) => self.say(
                    ProblemKind::Schema,
                    what,
                    text!(
                        "En el esquema, {object} «{name}» no dice lo que debe.",
                        "In the schema, the {kind} “{name}” does not say what it should."
                    ),
                ),
                None => self.say(
                    ProblemKind::Schema,
                    what,
                    text!(
                        "En el esquema falta {object} «{name}».",
                        "The {kind} “{name}” is missing from the schema."
                    ),
                ),
            }
        }
        for (kind, name) in actual.keys().filter(|key| !expected.contains_key(*key)) {
            let object = kind_name(kind);
            self.say(
                ProblemKind::Schema,
                format!("{kind}/{name}"),
                text!(
                    "En el esquema sobra {object} «{name}».",
                    "The {kind} “{name}” does not belong to the schema."
                ),
            );
        }
        Ok(())
    }

    /// SQLite's own checks, with what they name.
    pub(super) fn integrity(&mut self, conn: &Connection, watch: Watch<'_>) -> Result<()> {
        tell(watch, &text!("Revisando las páginas del archivo", "Checking the file's pages"), 0, 1)?;
        let mut statement = conn.prepare("PRAGMA integrity_check(100)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let message: String = row.get(0)?;
            for line in message.lines().filter(|l| *l != "ok" && !l.starts_with("***")) {
                let (kind, what) = blame(conn, line);
                self.say(
                    kind,
                    what,
                    text!("La base de datos no está íntegra: {line}.", "The database is not sound: {line}."),
                );
            }
        }
        drop(rows);
        drop(statement);
        let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (table, rowid, parent): (String, Option<i64>, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let id = match rowid {
                Some(rowid) => conn
                    .query_row(&format!("SELECT id FROM {} WHERE rowid = ?1", quoted(&table)), [rowid], |r| {
                        r.get::<_, String>(0)
                    })
                    .unwrap_or_else(|_| format!("#{rowid}")),
                None => "?".to_owned(),
            };
            self.say(
                ProblemKind::Reference,
                format!("{table}/{id}"),
                text!(
                    "«{id}» ({table}) nombra un registro de «{parent}» que no existe.",
                    "“{id}” ({table}) names a record of “{parent}” that does not exist."
                ),
            );
        }
        Ok(())
    }
}

/// What the migrations up to a format make, in memory.
pub(super) fn reference(version: i32) -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    store::migrate_to(&conn, 0, version)?;
    Ok(conn)
}

/// (kind, name) → its SQL.
fn schema_objects(conn: &Connection) -> Result<BTreeMap<(String, String), String>> {
    let mut statement = conn.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    let mut objects = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (kind, name, table, sql): (String, String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        objects.insert((kind, name), format!("{table}: {sql}"));
    }
    Ok(objects)
}

fn kind_name(kind: &str) -> &'static str {
    match kind {
        "table" => "la tabla",
        "index" => "el índice",
        "trigger" => "el disparador",
        "view" => "la vista",
        _ => "el objeto",
    }
}

/// What a line of `integrity_check` speaks of.
fn blame(conn: &Connection, line: &str) -> (ProblemKind, String) {
    if let Some((_, index)) = line.rsplit_once(" index ")
        && !index.contains(' ')
    {
        return (ProblemKind::Index, format!("index/{index}"));
    }
    if line.contains("fts5") || line.contains("FTS5") {
        return (ProblemKind::Search, "search".to_owned());
    }
    for mark in ["value in ", "constraint failed in "] {
        if let Some((_, rest)) = line.split_once(mark) {
            return (ProblemKind::Record, rest.replace('.', "/"));
        }
    }
    let root = line
        .strip_prefix("Tree ")
        .and_then(|rest| rest.split(' ').next())
        .and_then(|n| n.parse::<i64>().ok());
    let owner: Option<String> = root.and_then(|root| {
        conn.query_row("SELECT type || '/' || name FROM sqlite_schema WHERE rootpage = ?1", [root], |r| {
            r.get(0)
        })
        .optional()
        .ok()
        .flatten()
    });
    (ProblemKind::File, owner.unwrap_or_else(|| "file".to_owned()))
}
