//! The archive's file: connection, pragmas, migrations, blobs.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::failure::{Code, Failure, Result};
use crate::journal::{self, hex};
use crate::text;

/// `application_id` of an archive: "ACTA" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x4143_5441;

/// `application_id` of a backup's database: "ACTB". It is no archive: its files lie outside.
pub(crate) const BACKUP_ID: i32 = 0x4143_5442;

/// Every migration, oldest first. A released one never changes.
pub(crate) const MIGRATIONS: &[&str] = &[include_str!("../migrations/0001.sql")];

/// The version of the file format this program writes.
#[must_use]
pub fn format_version() -> i32 {
    i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX)
}

/// Bytes of a blob's chunk: small enough to stream, large enough to be few.
const CHUNK: u64 = 1 << 20;

/// A file of the same name with an ending.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    path.with_file_name(name)
}

/// Takes away an archive that could not be finished, with all that the database keeps beside it.
pub(crate) fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let _ = std::fs::remove_file(beside(path, ending));
    }
}

/// Longest name of a file, in bytes: the names beside it are a little longer and must fit too.
const LONGEST_NAME: usize = 220;

/// Refuses a name that no file can have.
pub(crate) fn refuse_folder(path: &Path) -> Result<()> {
    let shown = path.display();
    let Some(name) = path.file_name() else {
        return Err(Failure::field(
            "path",
            text!("«{shown}» no es el nombre de un archivo.", "“{shown}” is not the name of a file."),
        ));
    };
    if path.is_dir() {
        return Err(Failure::new(
            Code::NotAnArchive,
            text!(
                "«{shown}» es una carpeta. Elija un archivo de Actario dentro de ella.",
                "“{shown}” is a folder. Choose an Actario archive inside it."
            ),
        ));
    }
    if name.len() > LONGEST_NAME {
        return Err(Failure::field(
            "path",
            text!(
                "El nombre del archivo es demasiado largo. Use uno de menos de {LONGEST_NAME} letras.",
                "The file's name is too long. Use one of fewer than {LONGEST_NAME} letters."
            ),
        ));
    }
    Ok(())
}

pub(crate) fn exists(path: &Path) -> Failure {
    let shown = path.display();
    Failure::new(
        Code::AlreadyExists,
        text!(
            "Ya hay un archivo o una carpeta en «{shown}». Elija otro nombre, o ábralo.",
            "There is a file or folder at “{shown}” already. Choose another name, or open it."
        ),
    )
}

pub(crate) fn not_found(path: &Path) -> Failure {
    let shown = path.display();
    Failure::new(
        Code::Io,
        text!(
            "No se encontró el archivo «{shown}». Puede haberse movido o estar en otro equipo.",
            "The archive “{shown}” was not found. It may have been moved, or be on another machine."
        ),
    )
}

/// Looks at the first bytes of a file, before SQLite does: what is no database, and what is cut short.
///
/// # Errors
/// `not_an_archive`, `damaged`, `io`.
pub(crate) fn look(path: &Path) -> Result<()> {
    refuse_folder(path)?;
    if !path.is_file() {
        return Err(not_found(path));
    }
    if has_log(path) {
        return Ok(()); // the rest of the file is in the log of a writer, or of one that crashed
    }
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(Failure::new(
            Code::NotAnArchive,
            text!(
                "El archivo está vacío: no es un archivo de Actario. Si lo era, restaure su última copia de seguridad.",
                "The file is empty: it is not an Actario archive. If it was one, restore its latest backup."
            ),
        ));
    }
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(not_an_archive());
    }
    let number = |at: usize, bytes: usize| {
        head.get(at..at + bytes).map_or(0, |part| part.iter().fold(0_u64, |n, b| n << 8 | u64::from(*b)))
    };
    let page = match number(16, 2) {
        1 => 65_536,
        size => size,
    };
    let whole = page >= 512 && length.is_multiple_of(page) && number(28, 4) <= length / page;
    if whole { Ok(()) } else { Err(damaged("the file is shorter than it says")) }
}

/// Whether a writer, or one that crashed, left part of the archive in its log.
pub(crate) fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|log| std::fs::metadata(beside(path, log)).is_ok_and(|log| log.len() > 0))
}

fn not_an_archive() -> Failure {
    Failure::new(
        Code::NotAnArchive,
        text!(
            "El archivo no es un archivo de Actario, o tiene contraseña.",
            "The file is not an Actario archive, or it has a passphrase."
        ),
    )
}

/// Refuses folders on the network, where SQLite's journal can be damaged.
pub(crate) fn refuse_network_folder(path: &Path) -> Result<()> {
    if is_on_network(path) {
        return Err(Failure::new(
            Code::NetworkFolder,
            text!(
                "La carpeta está en la red y el archivo podría dañarse ahí. Cópielo a este equipo para escribir; desde la red solo se puede leer.",
                "The folder is on the network, where the archive could be damaged. Copy it to this machine to write; from the network it can only be read."
            ),
        ));
    }
    Ok(())
}

fn is_on_network(path: &Path) -> bool {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(folder) = folder.canonicalize() else { return false };
    if cfg!(windows) {
        let text = folder.to_string_lossy();
        return text.starts_with(r"\\?\UNC\") || (text.starts_with(r"\\") && !text.starts_with(r"\\?\"));
    }
    std::fs::read_to_string("/proc/self/mountinfo").is_ok_and(|mounts| network_mount(&mounts, &folder))
}

/// Whether the longest mount point that holds `folder` is of a network file system.
fn network_mount(mountinfo: &str, folder: &Path) -> bool {
    const NETWORK: &[&str] = &[
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "fuse.sshfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "davfs",
    ];
    let mut best: Option<(usize, bool)> = None;
    for line in mountinfo.lines() {
        let Some((left, right)) = line.split_once(" - ") else { continue };
        let (Some(point), Some(kind)) = (left.split(' ').nth(4), right.split(' ').next()) else { continue };
        let point = point.replace("\\040", " ");
        if folder.starts_with(&point) && best.is_none_or(|(len, _)| point.len() >= len) {
            best = Some((point.len(), NETWORK.contains(&kind)));
        }
    }
    best.is_some_and(|(_, network)| network)
}

/// Opens the file, without looking at what is inside yet. Writing makes it when it does not exist.
pub(crate) fn connect(path: &Path, writing: bool) -> Result<Connection> {
    let flags = if writing {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
    };
    // Whole, so that a file called "file:…" is not taken for a URI.
    let conn = Connection::open_with_flags(std::path::absolute(path)?, flags)?;
    tune(&conn)?;
    Ok(conn)
}

/// Opens a file that nobody may write (a read-only folder): SQLite then takes no locks and makes no files.
pub(crate) fn connect_immutable(path: &Path) -> Result<Connection> {
    let escaped: String = std::path::absolute(path)?
        .to_string_lossy()
        .bytes()
        .map(|b| match b {
            b'/' | b'.' | b'-' | b'_' | b'~' | b':' => char::from(b).to_string(),
            b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    let conn = Connection::open_with_flags(
        format!("file:{escaped}?immutable=1"),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )?;
    tune(&conn)?;
    Ok(conn)
}

/// Most of the file that a connection keeps in memory, in KiB: the indices that the screens of forty years ask.
const CACHE_KIB: i64 = 16 * 1024;

fn tune(conn: &Connection) -> Result<()> {
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    // What is erased is overwritten: private contacts leave no bytes in free pages.
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(())
}

/// Takes away the planner's statistics that another program may have left: nothing of the archive says what they should
/// be, and every query is planned well without them.
pub(crate) fn forget_statistics(conn: &Connection) -> Result<()> {
    let mut statement = conn.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'sqlite_stat[0-9]'")?;
    let names = statement.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    drop(statement);
    for name in names {
        conn.execute_batch(&format!("DROP TABLE {name}"))?;
    }
    Ok(())
}

/// What an archive says of itself before it is used: its format's version.
pub(crate) fn version(conn: &Connection) -> Result<i32> {
    version_of(conn, APPLICATION_ID)
}

/// The format's version of an archive, or of a backup, by its mark.
pub(crate) fn version_of(conn: &Connection, mark: i32) -> Result<i32> {
    let id: i32 = conn.query_row("PRAGMA application_id", [], |r| r.get(0))?;
    if id != mark {
        return Err(match id {
            BACKUP_ID => Failure::new(
                Code::NotAnArchive,
                text!(
                    "Es una copia de seguridad, no un archivo. Restáurela con otro nombre y abra el archivo restaurado.",
                    "It is a backup, not an archive. Restore it under another name and open the restored archive."
                ),
            ),
            APPLICATION_ID => Failure::new(
                Code::NotAnArchive,
                text!(
                    "Es un archivo, no una copia de seguridad: ábralo directamente.",
                    "It is an archive, not a backup: open it directly."
                ),
            ),
            _ => not_an_archive(),
        });
    }
    let version: i32 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    let ours = format_version();
    if version < 1 {
        return Err(damaged("user_version"));
    }
    if version > ours {
        return Err(Failure::new(
            Code::NewerFile,
            text!(
                "El archivo fue escrito por una versión más nueva de Actario (formato {version}; esta versión lee hasta el {ours}). Actualice el programa. El archivo no se tocó.",
                "The archive was written by a newer version of Actario (format {version}; this version reads up to {ours}). Update the program. The archive was not touched."
            ),
        )
        .with(json!({ "version": version, "supported": ours })));
    }
    Ok(version)
}

/// What an archive that cannot be used any more is told to be.
pub(crate) fn damaged(what: &str) -> Failure {
    Failure::new(
        Code::Damaged,
        text!(
            "El archivo está dañado o incompleto. Ábralo desde su última copia de seguridad.",
            "The archive is damaged or incomplete. Open it from its latest backup."
        ),
    )
    .with(json!({ "sqlite": what }))
}

/// Runs the migrations above `from` inside the caller's transaction.
pub(crate) fn migrate(conn: &Connection, from: i32) -> Result<()> {
    migrate_to(conn, from, format_version())
}

/// Runs the migrations above `from` up to `to`.
pub(crate) fn migrate_to(conn: &Connection, from: i32, to: i32) -> Result<()> {
    let (done, wanted) = (usize::try_from(from).unwrap_or(0), usize::try_from(to).unwrap_or(0));
    for migration in MIGRATIONS.iter().take(wanted).skip(done) {
        conn.execute_batch(migration)?;
    }
    conn.pragma_update(None, "user_version", to)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(())
}

/// Stores bytes by their SHA-256 in chunks; says whether they were new.
pub(crate) fn write_blob(conn: &Connection, bytes: &[u8]) -> Result<(String, bool)> {
    let sha256 = hex(&Sha256::digest(bytes));
    let known: Option<i64> = conn
        .prepare_cached("SELECT size FROM blob WHERE id = ?1")?
        .query_row([&sha256], |r| r.get(0))
        .optional()?;
    if known.is_some() {
        return Ok((sha256, false));
    }
    let size = i64::try_from(bytes.len()).map_err(Failure::internal)?;
    conn.prepare_cached("INSERT INTO blob (id, size) VALUES (?1, ?2)")?.execute((&sha256, size))?;
    write_chunks(conn, &sha256, &mut &bytes[..])?;
    Ok((sha256, true))
}

/// Stores the bytes of a kept file whose row is there.
pub(crate) fn write_chunks(conn: &Connection, sha256: &str, bytes: &mut impl Read) -> Result<()> {
    for n in 0_i64.. {
        let mut chunk = Vec::new();
        bytes.by_ref().take(CHUNK).read_to_end(&mut chunk)?;
        if chunk.is_empty() {
            break;
        }
        conn.prepare_cached("INSERT INTO blob_chunk (blob_id, n, bytes) VALUES (?1, ?2, ?3)")?
            .execute((sha256, n, chunk))?;
    }
    Ok(())
}

/// The bytes kept under a hash.
pub(crate) fn read_blob(conn: &Connection, sha256: &str) -> Result<Vec<u8>> {
    let mut statement = conn.prepare_cached("SELECT bytes FROM blob_chunk WHERE blob_id = ?1 ORDER BY n")?;
    let mut rows = statement.query([sha256])?;
    let mut bytes = Vec::new();
    let mut found = false;
    while let Some(row) = rows.next()? {
        found = true;
        bytes.extend_from_slice(row.get_ref(0)?.as_blob().map_err(Failure::internal)?);
    }
    if !found {
        let known: Option<i64> =
            conn.query_row("SELECT size FROM blob WHERE id = ?1", [sha256], |r| r.get(0)).optional()?;
        if known != Some(0) {
            return Err(Failure::not_found("blob", sha256));
        }
    }
    Ok(bytes)
}

/// Copies the archive beside itself before its format changes, and reads the copy back. It is a whole archive
/// of the older format, which the older program opens.
pub(crate) fn backup_before_migration(path: &Path, conn: &Connection, version: i32) -> Result<PathBuf> {
    let copy = beside(path, &format!(".formato-{version}.actario"));
    let partial = beside(path, ".partial");
    let done = (|| {
        let mut target = connect(&partial, true)?;
        let copying = rusqlite::backup::Backup::new(conn, &mut target)?;
        copying.run_to_completion(1024, std::time::Duration::ZERO, None)?;
        drop(copying);
        target.pragma_update(None, "journal_mode", "DELETE")?;
        target.close().map_err(|(_, error)| Failure::from(error))?;
        let written = connect(&partial, false)?;
        let verdict: String = written.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
        if verdict != "ok" || journal::head(&written)? != journal::head(conn)? {
            return Err(Failure::new(
                Code::Damaged,
                text!(
                    "La copia previa a la actualización no quedó íntegra ({verdict}). El archivo no se tocó.",
                    "The copy made before updating is not sound ({verdict}). The archive was not touched."
                ),
            ));
        }
        std::fs::rename(&partial, &copy)?;
        Ok(())
    })();
    if done.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    done.map(|()| copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_mount_decides() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda rw\n40 22 0:50 / /mnt/red rw - cifs //servidor/x rw\n41 40 0:51 / /mnt/red/local rw - ext4 /dev/sdb rw\n";
        for (folder, network) in [("/home/ana", false), ("/mnt/red/actas", true), ("/mnt/red/local/a", false)]
        {
            assert_eq!(network_mount(mounts, Path::new(folder)), network, "{folder}");
        }
    }
}
