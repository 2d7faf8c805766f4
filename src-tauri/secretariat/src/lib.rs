//! The core of Actario: the rules, the record and the paper of a public collegiate body.
//!
//! How to use it: open a [`Secretariat`] and make calls by name through [`api::dispatch`], as the window,
//! the terminal and the tests do; or call the concepts' functions inside [`Secretariat::query`] and
//! [`Secretariat::transact`].
//!
//! ```
//! use secretariat::{Actor, Context, Language, Secretariat, api};
//! let folder = tempfile::tempdir().unwrap();
//! let now = "2026-03-02T13:00:00Z".parse().unwrap();
//! let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
//! let ctx = Context::new(now, actor, [7; 32], Language::Es);
//! let archive = Secretariat::create(&folder.path().join("a.actario"), &ctx, "equipo").unwrap();
//! let bodies = api::dispatch(&archive, &ctx, "list_bodies", serde_json::json!({})).unwrap();
//! assert_eq!(bodies["value"], serde_json::json!([]));
//! ```
//!
//! # Invariants
//! 1. The core knows no shell: no Tauri, network, clock, randomness or environment. See [`Context`].
//! 2. One way in: every call is declared once in [`api`].
//! 3. One way to write: [`Secretariat::transact`] writes rows and one journal entry, or nothing.
//! 4. The journal is a hash chain; folding it gives exactly the tables. See [`journal`] and [`verify`].
//! 5. Rules are pure and explain themselves. See [`rules`].
//! 6. An official file never changes. See [`document`].

pub mod agenda;
pub mod annex;
pub mod api;
pub mod attendance;
pub mod backup;
pub mod binder;
pub mod body;
pub mod calendar;
pub mod catalog;
pub mod codes;
pub mod commitment;
mod context;
pub mod course;
pub mod decision;
pub mod delegation;
pub mod desk;
pub mod document;
pub mod draft;
pub mod expected;
pub mod export;
mod failure;
pub mod file;
pub mod history;
pub mod ids;
pub mod import;
pub mod journal;
pub mod live;
pub mod load;
mod lock;
pub mod mail;
pub mod minutes;
mod names;
pub mod notice;
pub mod paper;
pub mod person;
pub mod preflight;
pub mod print;
pub mod progress;
pub mod proposal;
pub mod publish;
pub mod record;
pub mod recusal;
pub mod room;
pub mod rules;
pub mod search;
pub mod session;
pub mod spanish;
pub mod store;
pub mod today;
mod told;
pub mod typed;
mod undo;
pub mod vectors;
pub mod verify;
pub mod vote;
pub mod work_plan;
pub mod written;

#[cfg(test)]
mod archive_tests;
#[cfg(test)]
mod undo_tests;

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};

pub use context::{Actor, Context, Stamping, instant, local};
pub use failure::{Code, Failure, FailureReply, Language, Result, Text};
pub use journal::{Read, Touched, Tx};

use api::Op;
use lock::{Holder, Lock};

/// An open archive: one writer, any number of readers.
pub struct Secretariat {
    path: PathBuf,
    writer: Option<Mutex<Connection>>,
    readers: Mutex<Vec<Connection>>,
    immutable: bool,
    lock: Option<Lock>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while holding it left no half-written state: every write is a transaction.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Secretariat {
    /// Makes a new, empty archive at `path` and opens it. `machine` names this computer to whoever finds it open.
    ///
    /// # Errors
    /// `already_exists` when a file is there; `read_only`, `network_folder`, `disk_full`.
    pub fn create(path: &Path, ctx: &Context, machine: &str) -> Result<Self> {
        if path.exists() {
            return Err(store::exists(path));
        }
        store::refuse_folder(path)?;
        store::refuse_network_folder(path)?;
        // The name is taken before anything else: nobody's file is ever written over.
        match File::create_new(path) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(store::exists(path)),
            Err(error) => return Err(error.into()),
        }
        let made = lock::take(path, &holder(ctx, machine)).and_then(|lock| {
            let mut conn = store::connect(path, true)?;
            conn.pragma_update(None, "journal_mode", "WAL")?;
            let sql = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            store::migrate(&sql, 0)?;
            Tx::new(&sql, ctx).journal(Op::CreateArchive, None)?;
            sql.commit()?;
            Ok(Self::with_writer(path, conn, lock))
        });
        if made.is_err() {
            store::remove(path);
        }
        made
    }

    /// Opens an archive for reading and writing. One of an older format is updated, after a verified copy of it
    /// beside it. What a crash left half-written is undone by the database itself.
    ///
    /// # Errors
    /// `not_an_archive`, `newer_file`, `damaged`, `in_use` (with who, where and since when), `read_only`, `network_folder`.
    pub fn open(path: &Path, ctx: &Context, machine: &str) -> Result<Self> {
        // Looked at before any lock or write: a stranger's file stays as it is.
        store::look(path)?;
        let version = {
            let conn = store::connect(path, false)?;
            store::version(&conn)?
        };
        store::refuse_network_folder(path)?;
        if std::fs::metadata(path)?.permissions().readonly() {
            return Err(Failure::new(
                Code::ReadOnly,
                text!(
                    "El archivo está marcado como de solo lectura. Ábralo solo para leer, o cópielo a una carpeta propia.",
                    "The archive is marked read-only. Open it read-only, or copy it to a folder of your own."
                ),
            ));
        }
        let lock = lock::take(path, &holder(ctx, machine))?;
        let mut conn = store::connect(path, true)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        store::forget_statistics(&conn)?;
        if version < store::format_version() {
            store::backup_before_migration(path, &conn, version)?;
            let sql = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            store::migrate(&sql, version)?;
            verify::checkpoint(&sql, ctx)?;
            sql.commit()?;
        }
        Ok(Self::with_writer(path, conn, lock))
    }

    /// Opens an archive only to read it; works beside a writer and in folders that cannot be written.
    ///
    /// # Errors
    /// `not_an_archive`, `newer_file`, `damaged`; an archive of an older format must be opened for writing once.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        store::look(path)?;
        let (conn, immutable) = match reader(path, false).and_then(|c| store::version(&c).map(|v| (c, v))) {
            Ok((conn, version)) => {
                check_current(version)?;
                (conn, false)
            }
            Err(failure) if matches!(failure.code, Code::ReadOnly | Code::InUse | Code::Io) => {
                // An immutable file is read without its log, which would hide the last acts.
                if store::has_log(path) {
                    return Err(Failure::new(
                        Code::ReadOnly,
                        text!(
                            "El archivo quedó abierto por un corte y su carpeta no se puede escribir. Cópielo, junto con el que termina en «-wal» o «-journal», a una carpeta propia y ábralo allí.",
                            "The archive was left open by a power cut and its folder cannot be written. Copy it, with the one that ends in “-wal” or “-journal”, to a folder of your own and open it there."
                        ),
                    ));
                }
                let conn = reader(path, true)?;
                check_current(store::version(&conn)?)?;
                (conn, true)
            }
            Err(failure) => return Err(failure),
        };
        Ok(Self {
            path: path.to_owned(),
            writer: None,
            readers: Mutex::new(vec![conn]),
            immutable,
            lock: None,
        })
    }

    fn with_writer(path: &Path, conn: Connection, lock: Lock) -> Self {
        Self {
            path: path.to_owned(),
            writer: Some(Mutex::new(conn)),
            readers: Mutex::new(Vec::new()),
            immutable: false,
            lock: Some(lock),
        }
    }

    /// Where the archive is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it can be written through this handle.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.writer.is_some()
    }

    /// Runs a reading function on one consistent view of the archive.
    ///
    /// # Errors
    /// Those of the function, or that the archive cannot be read.
    pub fn query<T>(&self, ctx: &Context, read: impl FnOnce(&Read<'_>) -> Result<T>) -> Result<T> {
        let pooled = hold(&self.readers).pop();
        let mut conn = match pooled {
            Some(conn) => conn,
            None => reader(&self.path, self.immutable)?,
        };
        let result = (|| {
            let sql = conn.transaction()?;
            read(&Read { conn: &sql, ctx })
        })();
        hold(&self.readers).push(conn);
        result
    }

    /// Runs an act: its rows and its journal entry are written together, or nothing is.
    ///
    /// # Errors
    /// Those of the act; `read_only` when the archive is open for reading.
    pub fn transact<T>(
        &self,
        ctx: &Context,
        op: Op,
        act: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<(T, Vec<Touched>)> {
        let done = self.write(|conn| {
            let mut tx = Tx::new(conn, ctx);
            let value = act(&mut tx)?;
            let touched = tx.journal(op, None)?;
            Ok((value, touched))
        })?;
        if op == Op::EraseContact {
            self.forget_log();
        }
        Ok(done)
    }

    /// Empties the write-ahead log, which still holds pages as they were before an erasure. One that a reader keeps
    /// busy empties when the archive is closed.
    fn forget_log(&self) {
        if let Some(writer) = &self.writer {
            let _ = hold(writer).query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
    }

    /// Undoes entry `seq`, or the newest, unless its act is never undone; `redo` takes back the newest undo.
    pub(crate) fn undo(
        &self,
        ctx: &Context,
        seq: Option<i64>,
        redo: bool,
    ) -> Result<(api::Undone, Vec<Touched>)> {
        self.write(|conn| {
            let target = match seq {
                Some(seq) => Some(seq),
                None => journal::next_target(conn, redo)?,
            };
            let Some(target) = target else {
                return Err(Failure::new(
                    Code::NotUndoable,
                    if redo {
                        text!("No hay nada que rehacer.", "There is nothing to redo.")
                    } else {
                        text!("No hay nada que deshacer.", "There is nothing to undo.")
                    },
                ));
            };
            let mut tx = Tx::new(conn, ctx);
            let entry = undo::undo(&mut tx, target)?;
            let touched = tx.journal(if redo { Op::Redo } else { Op::Undo }, Some(target))?;
            let told::TakenBack { fact, session, again } = told::taken_back(&Read { conn, ctx }, &entry)?;
            let (es, en) = (&fact.es, &fact.en);
            let (of, of_en) = session.map_or_else(Default::default, |session| {
                (format!(" ({})", session.es), format!(" ({})", session.en))
            });
            let message = if again {
                text!("Se rehizo: {es}{of}", "Redone: {en}{of_en}")
            } else {
                text!("Se deshizo: {es}{of}", "Undone: {en}{of_en}")
            };
            Ok((api::Undone { entry: entry.seq, op: entry.op, fact, message }, touched))
        })
    }

    /// Runs a transaction that is not journaled: drafts of text being typed.
    pub(crate) fn write<T>(&self, write: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.within(true, write)
    }

    /// Runs a transaction of the writer, and keeps what it wrote or forgets it.
    fn within<T>(&self, kept: bool, write: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let Some(writer) = &self.writer else {
            return Err(Failure::new(
                Code::ReadOnly,
                text!(
                    "El archivo está abierto solo para leer. Ábralo para escribir y repita la acción.",
                    "The archive is open for reading only. Open it for writing and repeat the action."
                ),
            ));
        };
        let mut conn = hold(writer);
        let sql = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = write(&sql)?;
        if kept {
            sql.commit()?;
        } else {
            sql.rollback()?;
        }
        Ok(value)
    }

    /// Does an act and takes it back at once: what it gives says exactly what the act would do. Nothing is kept.
    ///
    /// # Errors
    /// Those of the act; `read_only` when the archive is open for reading.
    pub(crate) fn rehearse<T>(&self, ctx: &Context, act: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.within(false, |conn| act(&mut Tx::new(conn, ctx)))
    }

    /// Leaves the archive as one file: everything is written into it and the write-ahead log goes. Dropping the
    /// archive does the same, without telling of failures.
    ///
    /// # Errors
    /// When the last write cannot be done; the archive is intact and can be opened again.
    pub fn close(mut self) -> Result<()> {
        self.finish()
    }

    fn finish(&mut self) -> Result<()> {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        hold(&self.readers).clear();
        let closed = match self.writer.take() {
            Some(writer) => {
                let conn = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
                conn.busy_timeout(std::time::Duration::from_millis(200))?;
                match conn.pragma_update(None, "journal_mode", "DELETE") {
                    // Somebody else reads it: the log stays beside it until they end.
                    Err(error)
                        if matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked)) => {}
                    done => done?,
                }
                conn.close().map_err(|(_, error)| Failure::from(error))
            }
            None => Ok(()),
        };
        self.lock = None;
        closed
    }
}

impl Drop for Secretariat {
    fn drop(&mut self) {
        let _ = self.finish();
    }
}

/// A connection that reads, with all that a reading function asks of one.
fn reader(path: &Path, immutable: bool) -> Result<Connection> {
    let conn = if immutable { store::connect_immutable(path)? } else { store::connect(path, false)? };
    search::know_words(&conn)?;
    Ok(conn)
}

fn holder(ctx: &Context, machine: &str) -> Holder {
    Holder { name: ctx.actor.name.clone(), machine: machine.to_owned(), since: ctx.now }
}

fn check_current(version: i32) -> Result<()> {
    if version < store::format_version() {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "El archivo tiene un formato anterior. Ábralo una vez para escribir; se hará una copia y se actualizará.",
                "The archive has an older format. Open it once for writing; it will be copied and updated."
            ),
        ));
    }
    Ok(())
}
