//! What hangs from the records: the kept files and the index of the search.

use rusqlite::Connection;
use rusqlite::types::Value;
use sha2::{Digest, Sha256};

use super::database::reference;
use super::{Findings, ProblemKind, quoted, search_pages, table_names};
use crate::failure::{Code, Result};
use crate::journal::hex;
use crate::progress::{Watch, tell};
use crate::{search, text};

impl Findings {
    /// Every kept file: its bytes hashed again, its size, its chunks without gaps; and what names one.
    pub(super) fn blobs(&mut self, conn: &Connection, watch: Watch<'_>) -> Result<()> {
        let step = text!("Revisando los archivos adjuntos", "Checking the kept files");
        let total: i64 = conn.query_row("SELECT count(*) FROM blob", [], |r| r.get(0))?;
        let mut blobs = conn.prepare("SELECT id, size FROM blob")?;
        let mut chunks = conn.prepare("SELECT n, bytes FROM blob_chunk WHERE blob_id = ?1 ORDER BY n")?;
        let mut rows = blobs.query([])?;
        while let Some(row) = rows.next()? {
            let (id, size): (String, i64) = (row.get(0)?, row.get(1)?);
            let mut hash = Sha256::new();
            let (mut length, mut next, mut gapless) = (0_u64, 0_i64, true);
            let mut parts = chunks.query([&id])?;
            while let Some(part) = parts.next()? {
                gapless &= part.get::<_, i64>(0)? == next;
                next += 1;
                let bytes = part.get_ref(1)?.as_blob().unwrap_or_default();
                length += bytes.len() as u64;
                hash.update(bytes);
            }
            self.blobs += 1;
            tell(watch, &step, self.blobs.unsigned_abs(), total.unsigned_abs())?;
            if !gapless || i64::try_from(length) != Ok(size) || hex(&hash.finalize()) != id {
                let used = users_of(conn, &id);
                self.say(
                    ProblemKind::Blob,
                    format!("blob/{id}"),
                    text!(
                        "El archivo guardado {id} no es el que dice su huella{used}.",
                        "The kept file {id} is not the one its hash says{used}."
                    ),
                );
            }
        }
        drop(rows);
        let mut orphans = conn.prepare(
            "SELECT DISTINCT blob_id FROM blob_chunk c WHERE NOT EXISTS (SELECT 1 FROM blob b WHERE b.id = c.blob_id)",
        )?;
        for id in orphans.query_map([], |r| r.get::<_, String>(0))? {
            let id = id?;
            self.say(
                ProblemKind::Blob,
                format!("blob_chunk/{id}"),
                text!(
                    "Hay bytes guardados que no son de ningún archivo: {id}.",
                    "There are kept bytes that belong to no file: {id}."
                ),
            );
        }
        // Hashes of kept files that lie inside a column's JSON, out of reach of foreign keys.
        let mut messages = conn.prepare(
            "SELECT id, received ->> 'message_blob_id' AS blob FROM annex
             WHERE blob IS NOT NULL AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.id = blob)",
        )?;
        let lost: Vec<(String, String)> =
            messages.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (id, blob) in lost {
            self.say(
                ProblemKind::Reference,
                format!("annex/{id}"),
                text!(
                    "El anexo «{id}» nombra un mensaje que no está guardado: {blob}.",
                    "The annex “{id}” names a message that is not kept: {blob}."
                ),
            );
        }
        let mut shown = conn.prepare(
            "SELECT record, blob FROM (
               SELECT 'template/' || id AS record, picture ->> 'blob_id' AS blob FROM template
               UNION ALL SELECT 'template/' || id, seal ->> 'blob_id' FROM template
               UNION ALL SELECT 'decision/' || id, accord ->> 'blob_id' FROM decision)
             WHERE blob IS NOT NULL AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.id = blob)",
        )?;
        let lost: Vec<(String, String)> =
            shown.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (record, blob) in lost {
            let told = text!(
                "«{record}» nombra un archivo que no está guardado: {blob}.",
                "“{record}” names a file that is not kept: {blob}."
            );
            self.say(ProblemKind::Reference, record, told);
        }
        Ok(())
    }

    /// What the search would find, against what the records say. An index that cannot be read is named as such.
    pub(super) fn search(&mut self, conn: &Connection, watch: Watch<'_>) -> Result<()> {
        match self.search_index(conn, watch) {
            Err(failure) if failure.code != Code::Cancelled => self.say(
                ProblemKind::Search,
                "search",
                text!(
                    "El índice de la búsqueda está dañado y no se puede leer.",
                    "The index of the search is damaged and cannot be read."
                ),
            ),
            done => done?,
        }
        Ok(())
    }

    fn search_index(&mut self, conn: &Connection, watch: Watch<'_>) -> Result<()> {
        let step = text!("Revisando el índice de búsqueda", "Checking the index of the search");
        let total: i64 = conn.query_row("SELECT count(*) FROM search_row", [], |r| r.get(0))?;
        let mut done = 0;
        let mut wrong = Vec::new();
        for table in table_names(conn)? {
            search::documents(conn, &table, &mut |id, expected| {
                let indexed = search::indexed(conn, &table, id)?;
                if expected.is_some() {
                    done += 1;
                    tell(watch, &step, done, total.unsigned_abs())?;
                }
                if indexed != expected {
                    wrong.push(format!("search/{table}/{id}"));
                }
                Ok(())
            })?;
        }
        // How the index is kept: nothing else checks it.
        let version = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        let made = reference(version)?;
        if search_settings(conn)? != search_settings(&made)? || !search_pages::faults(conn, &made)?.is_empty()
        {
            wrong.push("search".to_owned());
        }
        let documents: i64 = conn.query_row("SELECT count(*) FROM search", [], |r| r.get(0))?;
        if wrong.is_empty() && (documents.unsigned_abs() != done || total.unsigned_abs() != done) {
            wrong.push("search".to_owned());
        }
        for what in wrong {
            self.say(
                ProblemKind::Search,
                what.clone(),
                text!(
                    "La búsqueda no corresponde a los registros: {what}.",
                    "The search does not agree with the records: {what}."
                ),
            );
        }
        Ok(())
    }
}

fn search_settings(conn: &Connection) -> Result<Vec<(String, Value)>> {
    let mut statement = conn.prepare("SELECT k, v FROM search_config ORDER BY k")?;
    let settings = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(settings.collect::<rusqlite::Result<_>>()?)
}

/// The records that show a kept file, as the end of a sentence.
fn users_of(conn: &Connection, blob: &str) -> String {
    let mut users = Vec::new();
    for table in table_names(conn).unwrap_or_default() {
        let sql = format!("SELECT id FROM {} WHERE blob_id = ?1 LIMIT 3", quoted(&table));
        let Ok(mut statement) = conn.prepare(&sql) else { continue };
        let Ok(ids) = statement.query_map([blob], |r| r.get::<_, String>(0)) else { continue };
        users.extend(ids.flatten().map(|id| format!("{table}/{id}")));
    }
    if users.is_empty() { String::new() } else { format!(" ({})", users.join(", ")) }
}
