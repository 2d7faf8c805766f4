//! Who has an archive open for writing: a lock that the system lets go when the program ends, however it ends,
//! and beside it the name of who holds it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::failure::{Code, Failure, Result};
use crate::store::beside;
use crate::text;

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
    path: PathBuf,
    holder: PathBuf,
    // Last: the files go before the lock is let go, so that nobody else's are taken away.
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.holder);
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes the lock of the archive at `path`.
///
/// # Errors
/// `in_use` with who has it, where and since when; `read_only` when the folder cannot be written.
pub(crate) fn take(path: &Path, holder: &Holder) -> Result<Lock> {
    let (lock_path, holder_path) = (beside(path, "-lock"), beside(path, "-holder"));
    loop {
        let file = File::options().create(true).append(true).open(&lock_path).map_err(cannot_write)?;
        if file.try_lock().is_err() {
            return Err(in_use(&holder_path));
        }
        // The one who held it may have taken the file away between our opening and our locking it.
        if !is_same_file(&file, &lock_path) {
            continue;
        }
        let lock = Lock { path: lock_path, holder: holder_path, _file: file };
        fs::write(&lock.holder, serde_json::to_vec(holder)?).map_err(cannot_write)?;
        return Ok(lock);
    }
}

fn in_use(holder_path: &Path) -> Failure {
    let held = fs::read(holder_path).ok().and_then(|bytes| serde_json::from_slice::<Holder>(&bytes).ok());
    let message = match &held {
        Some(Holder { name, machine, since }) => {
            let since = crate::local(*since);
            let (time, day) = (since.format("%H:%M"), since.date());
            text!(dates day;
                "{name} tiene abierto este archivo en el equipo «{machine}» desde las {time} del {day}. Ciérrelo allí o ábralo solo para leer.",
                "{name} has this archive open on the machine “{machine}” since {time} on {day}. Close it there or open it read-only."
            )
        }
        None => text!(
            "Otro programa tiene abierto este archivo. Ciérrelo allí o ábralo solo para leer.",
            "Another program has this archive open. Close it there or open it read-only."
        ),
    };
    Failure::new(Code::InUse, message).with(json!({ "holder": held }))
}

fn cannot_write(error: std::io::Error) -> Failure {
    let failure = Failure::from(error);
    if failure.code != Code::ReadOnly {
        return failure;
    }
    Failure::new(
        Code::ReadOnly,
        text!(
            "No se puede escribir en la carpeta del archivo. Ábralo solo para leer, o cópielo a una carpeta propia.",
            "The archive's folder cannot be written. Open it read-only, or copy it to a folder of your own."
        ),
    )
    .with(failure.details)
}

#[cfg(unix)]
fn is_same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

/// Elsewhere a file in use keeps its name until it is closed.
#[cfg(not(unix))]
fn is_same_file(_: &File, path: &Path) -> bool {
    path.exists()
}
