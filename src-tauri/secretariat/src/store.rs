//! The archive's file: connection, pragmas, migrations, lock, blobs, backups.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::failure::{Code, Failure, Result};
use crate::journal::hex;
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
const CHUNK: usize = 1 << 20;

/// Who holds an archive open for writing, kept beside it while it is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The person.
    pub name: String,
    /// The machine's name.
    pub machine: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The lock of an archive open for writing; released when dropped or when the process ends.
pub(crate) struct Lock {
    file: Option<File>,
    path: PathBuf,
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.file.take());
        let _ = std::fs::remove_file(&self.path);
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    path.with_file_name(name)
}

pub(crate) fn lock(path: &Path, holder: &Holder) -> Result<Lock> {
    let lock_path = beside(path, "-lock");
    let mut file =
        File::options().create(true).read(true).append(true).open(&lock_path).map_err(Failure::from)?;
    if file.try_lock().is_err() {
        let held =
            std::fs::read_to_string(&lock_path).ok().and_then(|s| serde_json::from_str::<Holder>(&s).ok());
        let message = match &held {
            Some(Holder { name, machine, since }) => {
                let since = crate::local(*since).format("%H:%M del %Y-%m-%d").to_string();
                text!(
                    "{name} tiene abierto este archivo en el equipo «{machine}» desde las {since}. Ciérrelo allí o ábralo solo para leer.",
                    "{name} has this archive open on the machine “{machine}” since {since}. Close it there or open it read-only."
                )
            }
            None => text!(
                "Otro programa tiene abierto este archivo. Ciérrelo allí o ábralo solo para leer.",
                "Another program has this archive open. Close it there or open it read-only."
            ),
        };
        return Err(Failure::new(Code::InUse, message).with(json!({ "holder": held })));
    }
    file.set_len(0)?;
    file.write_all(&serde_json::to_vec(holder)?)?;
    file.sync_all()?;
    Ok(Lock { file: Some(file), path: lock_path })
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

/// Opens the file, without looking at what is inside yet.
pub(crate) fn connect(path: &Path, writing: bool) -> Result<Connection> {
    let flags = if writing {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI
    };
    let conn = Connection::open_with_flags(path, flags)?;
    tune(&conn)?;
    Ok(conn)
}

/// Opens a file that nobody may write (a read-only folder): SQLite then takes no locks and makes no files.
pub(crate) fn connect_immutable(path: &Path) -> Result<Connection> {
    let escaped: String = path
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

fn tune(conn: &Connection) -> Result<()> {
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    // What is erased is overwritten: private contacts leave no bytes in free pages.
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(())
}

/// What a file says of itself before it is used.
pub(crate) fn version(conn: &Connection) -> Result<i32> {
    let id: i32 = conn.query_row("PRAGMA application_id", [], |r| r.get(0))?;
    if id != APPLICATION_ID {
        return Err(Failure::new(
            Code::NotAnArchive,
            text!("El archivo no es un archivo de Actario.", "The file is not an Actario archive."),
        ));
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
    let done = usize::try_from(from).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(done) {
        conn.execute_batch(migration)?;
    }
    conn.pragma_update(None, "user_version", format_version())?;
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
    for (n, chunk) in bytes.chunks(CHUNK).enumerate() {
        let n = i64::try_from(n).map_err(Failure::internal)?;
        conn.prepare_cached("INSERT INTO blob_chunk (blob_id, n, bytes) VALUES (?1, ?2, ?3)")?
            .execute((&sha256, n, chunk))?;
    }
    Ok((sha256, true))
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

/// Copies the archive beside itself before its format changes, and checks the copy.
pub(crate) fn backup_before_migration(path: &Path, conn: &Connection, version: i32) -> Result<PathBuf> {
    let copy = beside(path, &format!(".formato-{version}.actario"));
    let mut target = Connection::open(&copy)?;
    rusqlite::backup::Backup::new(conn, &mut target)?.run_to_completion(
        1024,
        std::time::Duration::ZERO,
        None,
    )?;
    let verdict: String = target.query_row("PRAGMA integrity_check(1)", [], |r| r.get(0))?;
    if verdict != "ok" {
        return Err(Failure::new(
            Code::Damaged,
            text!(
                "La copia previa a la actualización no quedó íntegra ({verdict}). El archivo no se tocó.",
                "The copy made before updating is not sound ({verdict}). The archive was not touched."
            ),
        ));
    }
    Ok(copy)
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
