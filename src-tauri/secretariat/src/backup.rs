//! Backups: a folder keeps an archive's last ten, each a small database beside the files all of them share.
//!
//! ```text
//! FOLDER/Comisión-1a2b3c4d5e6f/                     one folder an archive: its name, and who it is
//!     2026-03-02T130000Z-9f8e7d6c5b4a.actario-backup  when, and the head of its journal
//!     blobs/ab/abcdef…                                kept files by hash, copied once
//! ```
//!
//! Every backup is read back after writing: the database's integrity, the chain, the fold and each file's hash.
//! It is written under another name and renamed when it is sound, so that a full disk or a power cut leaves the
//! earlier ones as they were. [`restore`] makes an archive of it, which equals the one that was backed up.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::context::Context;
use crate::failure::{Code, Failure, Result};
use crate::journal::{self, hex};
use crate::progress::{Watch, tell_each};
use crate::verify::{self, Scope};
use crate::{Secretariat, search, store, text};

/// Backups of an archive that are kept; the oldest goes when there are more.
pub const KEPT: usize = 10;

/// Extension of a backup's database.
const EXTENSION: &str = "actario-backup";

/// Name of the file that whoever makes a backup holds locked.
const TURN: &str = "lock";

const STAMP: &str = "%Y-%m-%dT%H%M%SZ";

/// A backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Backup {
    /// Its database; what [`restore`] takes.
    pub path: String,
    /// The archive's name when it was first backed up.
    pub name: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// First twelve digits of the head of its journal.
    pub head: String,
    /// Entries of its journal; `null` when it cannot be read any more.
    pub entries: Option<i64>,
    /// Bytes of its database, without the shared files.
    pub size: i64,
}

/// Makes a backup in `folder` and removes the oldest beyond [`KEPT`].
///
/// # Errors
/// `disk_full`, `read_only`, `io`, `cancelled`; `damaged` when the archive itself is not sound: then no backup is
/// made, so that none of the good ones goes. The archive and the earlier backups are untouched in every case.
pub fn make(archive: &Secretariat, ctx: &Context, folder: &Path, watch: Watch<'_>) -> Result<Backup> {
    archive.query(ctx, |read| make_from(read.conn, archive.path(), ctx.now, folder, watch))
}

/// Makes a backup when the newest in `folder` is of another state of the archive.
///
/// # Errors
/// Those of [`make`].
pub fn make_if_changed(
    archive: &Secretariat,
    ctx: &Context,
    folder: &Path,
    watch: Watch<'_>,
) -> Result<Option<Backup>> {
    let (identity, head) = archive.query(ctx, |read| Ok((identity(read.conn)?, read.head()?)))?;
    let newest =
        folder_of(folder, &identity)?.map(|home| in_home(&home)).transpose()?.unwrap_or_default().pop();
    if newest.is_some_and(|backup| head.starts_with(&backup.head)) {
        return Ok(None);
    }
    make(archive, ctx, folder, watch).map(Some)
}

/// The backups in `folder`, newest first; of one archive, or of all.
///
/// # Errors
/// When the folder cannot be read. A folder that does not exist has none.
pub fn list(folder: &Path, archive: Option<(&Secretariat, &Context)>) -> Result<Vec<Backup>> {
    let mut homes = Vec::new();
    match archive {
        Some((archive, ctx)) => {
            let identity = archive.query(ctx, |read| identity(read.conn))?;
            homes.extend(folder_of(folder, &identity)?);
        }
        None => homes.extend(entries(folder)?.into_iter().filter(|path| path.is_dir())),
    }
    let mut backups = Vec::new();
    for home in homes {
        backups.extend(in_home(&home)?);
    }
    for backup in &mut backups {
        let read = store::connect(Path::new(&backup.path), false).and_then(|conn| {
            store::version_of(&conn, store::BACKUP_ID)?;
            Ok(conn.query_row("SELECT max(seq) FROM journal", [], |r| r.get(0))?)
        });
        backup.entries = read.ok();
    }
    backups.sort_by(|one, other| (other.made_at, &other.path).cmp(&(one.made_at, &one.path)));
    Ok(backups)
}

/// Makes an archive of a backup at `target`, verifies it whole, and gives what verifying found.
///
/// # Errors
/// `already_exists` when a file is at `target`; `not_an_archive` when `backup` is no backup; `damaged` when it or
/// one of its files is; `disk_full`, `read_only`, `network_folder`, `cancelled`. Nothing is left at `target` then.
pub fn restore(backup: &Path, target: &Path, watch: Watch<'_>) -> Result<verify::VerifyReport> {
    if !backup.is_file() {
        return Err(store::not_found(backup));
    }
    store::refuse_folder(target)?;
    if target.exists() {
        return Err(store::exists(target));
    }
    store::refuse_network_folder(target)?;
    let source = store::connect(backup, false)?;
    let version = store::version_of(&source, store::BACKUP_ID)?;
    let blobs = backup.parent().unwrap_or(Path::new("")).join("blobs");
    // The name is taken first: two restorations at once cannot write over each other.
    let place = Partial(target.to_owned());
    File::create_new(target)?;
    let partial = Partial(store::beside(target, ".partial"));
    let _ = fs::remove_file(&partial.0);
    let copy = new_database(&partial.0, version)?;
    copy_rows(&source, &copy, watch)?;
    read_blobs(&copy, &blobs, watch)?;
    search::rebuild(&copy)?;
    copy.execute_batch("COMMIT")?;
    copy.pragma_update(None, "application_id", store::APPLICATION_ID)?;
    close(copy, &partial.0)?;
    let report = check(&partial.0, Scope::Archive, watch)?;
    fs::rename(&partial.0, target)?;
    std::mem::forget((place, partial));
    sync_folder(target);
    Ok(report)
}

/// A file under way: gone unless it is finished.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn make_from(
    source: &Connection,
    archive: &Path,
    now: DateTime<Utc>,
    folder: &Path,
    watch: Watch<'_>,
) -> Result<Backup> {
    let identity = identity(source)?;
    let was_there = folder.exists();
    let home = match folder_of(folder, &identity)? {
        Some(home) => home,
        None => {
            let name = archive.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            folder.join(format!("{name}-{identity}"))
        }
    };
    let made = make_in(source, &home, now, watch);
    // Whoever is at work there has its folders.
    if made.as_ref().is_err_and(|failure| failure.code != Code::InUse) {
        remove_empty(&home);
        if !was_there {
            let _ = fs::remove_dir(folder);
        }
    }
    made
}

/// Takes away the folders of a backup that could not be made, unless there is something in them.
fn remove_empty(home: &Path) {
    let blobs = home.join("blobs");
    for folder in entries(&blobs).unwrap_or_default() {
        let _ = fs::remove_dir(folder);
    }
    let _ = fs::remove_dir(blobs);
    if entries(home).is_ok_and(|left| left == [home.join(TURN)]) {
        let _ = fs::remove_file(home.join(TURN));
    }
    let _ = fs::remove_dir(home);
}

/// Makes a backup in the folder of its archive.
fn make_in(source: &Connection, home: &Path, now: DateTime<Utc>, watch: Watch<'_>) -> Result<Backup> {
    let version = store::version(source)?;
    let head = journal::head(source)?;
    fs::create_dir_all(home.join("blobs"))?;
    let _turn = take_turn(home)?;
    for left in entries(home)? {
        if left.extension().is_some_and(|e| e == "partial") {
            fs::remove_file(left)?;
        }
    }
    write_blobs(source, &home.join("blobs"), watch)?;

    let name = format!("{}-{}.{EXTENSION}", now.format(STAMP), &head[..12]);
    let partial = Partial(home.join(format!("{name}.partial")));
    let copy = new_database(&partial.0, version)?;
    copy.execute_batch("DROP TABLE search; DROP TABLE search_row;")?;
    copy_rows(source, &copy, watch)?;
    copy.execute_batch("COMMIT")?;
    copy.pragma_update(None, "application_id", store::BACKUP_ID)?;
    close(copy, &partial.0)?;
    let report = check(&partial.0, Scope::Backup, watch)?;
    if report.head != head {
        return Err(Failure::internal("the backup's head is not the archive's"));
    }
    let path = home.join(name);
    fs::rename(&partial.0, &path)?;
    std::mem::forget(partial);
    sync_folder(&path);

    let mut all = in_home(home)?;
    while all.len() > KEPT {
        fs::remove_file(all.remove(0).path)?;
    }
    let size = i64::try_from(fs::metadata(&path)?.len()).unwrap_or(i64::MAX);
    let mut backup = described(&path, size).ok_or_else(|| Failure::internal("the backup's name"))?;
    backup.entries = Some(report.entries);
    Ok(backup)
}

/// Who an archive is, whatever its file is called: the first entry of its journal.
fn identity(conn: &Connection) -> Result<String> {
    let hash: Option<String> =
        conn.query_row("SELECT hash FROM journal WHERE seq = 1", [], |r| r.get(0)).optional()?;
    match hash {
        Some(hash) if hash.len() == 64 && hash.is_ascii() => Ok(hash[..12].to_owned()),
        _ => Err(store::damaged("the journal has no first entry")),
    }
}

/// The folder inside `folder` of the archive with that identity.
fn folder_of(folder: &Path, identity: &str) -> Result<Option<PathBuf>> {
    let ending = format!("-{identity}");
    Ok(entries(folder)?.into_iter().find(|path| {
        path.is_dir() && path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&ending))
    }))
}

/// What a folder holds, by name; a folder that does not exist holds nothing.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = match fs::read_dir(folder) {
        Ok(read) => read,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut paths = read.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The backups of one archive, oldest first, as their names say.
fn in_home(home: &Path) -> Result<Vec<Backup>> {
    let mut backups = Vec::new();
    for path in entries(home)? {
        let Ok(file) = fs::metadata(&path) else { continue };
        backups.extend(described(&path, i64::try_from(file.len()).unwrap_or(i64::MAX)));
    }
    Ok(backups)
}

fn described(path: &Path, size: i64) -> Option<Backup> {
    let name = path.file_name()?.to_str()?.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let (stamp, head) = name.rsplit_once('-')?;
    let made_at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc();
    let home = path.parent()?.file_name()?.to_string_lossy();
    Some(Backup {
        path: path.display().to_string(),
        name: home.rsplit_once('-').map_or(home.as_ref(), |(name, _)| name).to_owned(),
        made_at,
        head: head.to_owned(),
        entries: None,
        size,
    })
}

/// One backup of an archive at a time.
fn take_turn(home: &Path) -> Result<File> {
    let file = File::options().create(true).append(true).open(home.join(TURN))?;
    if file.try_lock().is_err() {
        return Err(Failure::new(
            Code::InUse,
            text!(
                "Ya se está haciendo otra copia de seguridad de este archivo. Espere a que termine.",
                "Another backup of this archive is being made. Wait until it ends."
            ),
        ));
    }
    Ok(file)
}

/// An empty database of that format, in a transaction. Its journal is off: it is thrown away if it is not finished.
fn new_database(path: &Path, version: i32) -> Result<Connection> {
    let conn = store::connect(path, true)?;
    conn.pragma_update(None, "journal_mode", "OFF")?;
    conn.pragma_update(None, "synchronous", "OFF")?;
    conn.pragma_update(None, "foreign_keys", false)?;
    conn.execute_batch("BEGIN")?;
    store::migrate_to(&conn, 0, version)?;
    Ok(conn)
}

/// Copies every row of every table but the kept files' bytes and the index of the search.
fn copy_rows(source: &Connection, copy: &Connection, watch: Watch<'_>) -> Result<()> {
    let step = text!("Copiando los registros", "Copying the records");
    let mut tables = copy.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%'
         AND name <> 'blob_chunk' ORDER BY rowid",
    )?;
    let tables = tables.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let total = tables.len() as u64;
    for (done, table) in tables.iter().enumerate() {
        let mut rows = source.prepare(&format!("SELECT * FROM {table} NOT INDEXED"))?;
        let names = rows.column_names().collect::<Vec<_>>().join(", ");
        let width = rows.column_count();
        let marks = vec!["?"; width].join(", ");
        let mut insert = copy.prepare(&format!("INSERT INTO {table} ({names}) VALUES ({marks})"))?;
        let mut rows = rows.query([])?;
        let mut count = 0_u64;
        while let Some(row) = rows.next()? {
            for i in 0..width {
                insert.raw_bind_parameter(i + 1, rusqlite::types::ToSqlOutput::Borrowed(row.get_ref(i)?))?;
            }
            insert.raw_execute()?;
            count += 1;
            if count.is_multiple_of(512) {
                tell_each(watch, &step, done as u64, total)?;
            }
        }
    }
    tell_each(watch, &step, total, total)
}

fn blob_place(blobs: &Path, sha256: &str) -> Result<PathBuf> {
    if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(store::damaged("blob.id"));
    }
    Ok(blobs.join(&sha256[..2]).join(sha256))
}

/// Copies the kept files that `blobs` does not have yet; those it has are hashed again, and copied again if they
/// went bad.
fn write_blobs(source: &Connection, blobs: &Path, watch: Watch<'_>) -> Result<()> {
    let step = text!("Copiando los archivos adjuntos", "Copying the kept files");
    let mut ids = source.prepare("SELECT id FROM blob ORDER BY id")?;
    let ids = ids.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut chunks = source.prepare("SELECT bytes FROM blob_chunk WHERE blob_id = ?1 ORDER BY n")?;
    let total = ids.len() as u64;
    for (done, id) in ids.iter().enumerate() {
        tell_each(watch, &step, done as u64, total)?;
        let path = blob_place(blobs, id)?;
        if path.is_file() && hash_file(&path)? == *id {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap_or(blobs))?;
        let partial = Partial(store::beside(&path, ".partial"));
        let mut file = File::create(&partial.0)?;
        let mut rows = chunks.query([id])?;
        while let Some(row) = rows.next()? {
            file.write_all(row.get_ref(0)?.as_blob().map_err(Failure::internal)?)?;
        }
        file.sync_all()?;
        drop(file);
        // Read back from the disk, not from what was sent to it.
        if hash_file(&partial.0)? != *id {
            return Err(Failure::new(
                Code::Damaged,
                text!(
                    "Un archivo guardado no es el que dice su huella ({id}). No se hizo la copia; las anteriores siguen ahí. Verifique el archivo.",
                    "A kept file is not the one its hash says ({id}). No backup was made; the earlier ones are there. Verify the archive."
                ),
            )
            .with(json!({ "blob": id })));
        }
        fs::rename(&partial.0, &path)?;
        std::mem::forget(partial);
    }
    tell_each(watch, &step, total, total)
}

fn hash_file(path: &Path) -> Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

/// Puts the kept files' bytes into a database that has their rows.
fn read_blobs(copy: &Connection, blobs: &Path, watch: Watch<'_>) -> Result<()> {
    let step = text!("Devolviendo los archivos adjuntos", "Putting the kept files back");
    let mut ids = copy.prepare("SELECT id FROM blob ORDER BY id")?;
    let ids = ids.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let total = ids.len() as u64;
    for (done, id) in ids.iter().enumerate() {
        tell_each(watch, &step, done as u64, total)?;
        let path = blob_place(blobs, id)?;
        let lost = |_| {
            let shown = path.display();
            Failure::new(
                Code::Damaged,
                text!(
                    "A la copia le falta un archivo: «{shown}». Búsquelo en otra copia de la carpeta.",
                    "The backup lacks a file: “{shown}”. Look for it in another copy of the folder."
                ),
            )
            .with(json!({ "blob": id }))
        };
        let mut file = File::open(&path).map_err(lost)?;
        store::write_chunks(copy, id, &mut file)?;
    }
    tell_each(watch, &step, total, total)
}

fn close(conn: Connection, path: &Path) -> Result<()> {
    conn.close().map_err(|(_, error)| Failure::from(error))?;
    File::options().append(true).open(path)?.sync_all()?;
    Ok(())
}

/// Reads a finished copy back from the disk.
fn check(path: &Path, scope: Scope, watch: Watch<'_>) -> Result<verify::VerifyReport> {
    let conn = store::connect(path, false)?;
    let report = verify::inspect(&conn, None, scope, watch)?;
    if report.sound {
        return Ok(report);
    }
    let first = report.problems.first().map_or_else(|| text!("", ""), |p| p.text.clone());
    let (es, en) = (first.es, first.en);
    Err(Failure::new(
        Code::Damaged,
        text!(
            "La copia no quedó íntegra y se descartó; el archivo y las copias anteriores siguen como estaban. {es}",
            "The copy is not sound and was thrown away; the archive and earlier backups are as they were. {en}"
        ),
    )
    .with(json!({ "problems": report.problems })))
}

/// Makes a rename last through a power cut, where folders can be synced.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests;
