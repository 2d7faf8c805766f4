//! The desk of a door: which archive is open, and the calls that open, make, close and look after archives.
//! Window, terminal and test server each keep one.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::api::Exported;
use crate::backup::{self, Backup};
use crate::binder::{self, BinderMade};
use crate::context::Context;
use crate::failure::{Code, Failure, FailureReply, Result};
use crate::ids::SessionId;
use crate::load::{self, LoadReport};
use crate::progress::{Progress, unwatched};
use crate::{Secretariat, api, hold, text};

/// Which archive is open, and where its backups go.
#[derive(Default)]
pub struct Desk {
    machine: String,
    backups: Option<PathBuf>,
    open: RwLock<Option<Arc<Secretariat>>>,
    /// Held while an archive is opened, made or left: who asks meanwhile what is open waits for it.
    changing: Mutex<()>,
    keeper: Mutex<Option<Keeper>>,
    backup: Arc<Mutex<BackupState>>,
    binding: Mutex<Option<Keeper>>,
    binder: Arc<Mutex<BinderState>>,
}

/// Work in the background: the backup that is made by itself after opening, a binder.
struct Keeper {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// How the backup that is made by itself after opening is going.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BackupState {
    /// Whether it is being made now.
    pub running: bool,
    /// The newest backup of the open archive; `null` when there is none yet.
    pub newest: Option<Backup>,
    /// Why the last one could not be made.
    pub failure: Option<FailureReply>,
}

/// Which session's binder to make, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeBinder {
    /// The session.
    pub session_id: SessionId,
    /// The PDF to write.
    pub path: String,
}

/// How the binder under way is going, or how the last one went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BinderState {
    /// Whether it is being made now.
    pub running: bool,
    /// Of which session.
    pub session_id: Option<SessionId>,
    /// How far it is, from 0 to 1.
    pub share: f64,
    /// The binder, once made.
    pub made: Option<BinderMade>,
    /// Why it was not made; stopping it is no failure.
    pub failure: Option<FailureReply>,
}

/// Where to back up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackupFolder {
    /// A folder: another disk, a USB stick. The program's own when not said.
    #[serde(default)]
    #[ts(optional)]
    pub dir: Option<String>,
}

/// Which backup to make an archive of, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreBackup {
    /// The backup's path, as listed.
    pub backup: String,
    /// The archive to make; no file may be there.
    pub target: String,
}

/// The open archive as the frame of the window shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ArchiveState {
    /// Where it is.
    pub path: String,
    /// Its file name without extension.
    pub name: String,
    /// Whether it can be written.
    pub writable: bool,
    /// Head of its journal.
    pub head: String,
}

/// A file to open or make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchivePath {
    /// The file.
    pub path: String,
    /// Open only to read.
    #[serde(default)]
    #[ts(optional)]
    pub read_only: Option<bool>,
}

/// An archive to make: with the catalogs alone unless something else is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateArchive {
    /// The file.
    pub path: String,
    /// Fill it with the demonstration year.
    #[serde(default)]
    #[ts(optional)]
    pub demo: Option<bool>,
    /// Fill it with the data of this folder.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<String>,
}

/// An archive just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CreatedArchive {
    /// The archive, open.
    pub state: ArchiveState,
    /// What was loaded into it: the catalogs at least.
    pub loaded: LoadReport,
}

impl Desk {
    /// An empty desk on the machine of that name.
    #[must_use]
    pub fn new(machine: impl Into<String>) -> Self {
        let mut desk = Self::default();
        desk.machine = machine.into();
        desk
    }

    /// The same desk, which backs up into `folder` by itself: after opening an archive that changed since its
    /// newest backup there.
    #[must_use]
    pub fn with_backups(mut self, folder: impl Into<PathBuf>) -> Self {
        self.backups = Some(folder.into());
        self
    }

    /// The open archive.
    ///
    /// # Errors
    /// `no_archive` when none is open.
    pub fn archive(&self) -> Result<Arc<Secretariat>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(|| {
            Failure::new(
                Code::NoArchive,
                text!(
                    "No hay un archivo abierto. Abra uno o cree uno nuevo.",
                    "No archive is open. Open one or make a new one."
                ),
            )
        })
    }

    /// Makes a call: those of the desk ([`CALLS`]) and every call of the open archive. Gives
    /// `{ "value": …, "changed": […] }`.
    ///
    /// # Errors
    /// Whatever the call fails with, in the context's language.
    pub fn call(&self, ctx: &Context, name: &str, request: Value) -> Result<Value, FailureReply> {
        self.run(ctx, name, request).map_err(|failure| failure.reply(ctx.language))
    }

    fn run(&self, ctx: &Context, name: &str, request: Value) -> Result<Value> {
        let _changing = ["archive_state", "create_archive", "open_archive", "close_archive"]
            .contains(&name)
            .then(|| hold(&self.changing));
        let value = match name {
            "archive_state" => match self.archive() {
                Ok(archive) => json!(state(&archive, ctx)?),
                Err(_) => Value::Null,
            },
            "create_archive" => {
                let request: CreateArchive = api::parse(request)?;
                let path = PathBuf::from(request.path);
                let (archive, loaded) = match (request.demo, request.from) {
                    (_, Some(dir)) => load::create_from_dir(&path, Path::new(&dir), ctx, &self.machine)?,
                    (Some(true), None) => load::create_demo(&path, ctx, &self.machine)?,
                    _ => load::create_new(&path, ctx, &self.machine)?,
                };
                self.replace(ctx, Some(archive))?;
                json!(CreatedArchive { state: state(&*self.archive()?, ctx)?, loaded })
            }
            "open_archive" => {
                let request: ArchivePath = api::parse(request)?;
                let path = PathBuf::from(request.path);
                let read_only = request.read_only == Some(true);
                let is_open = self
                    .archive()
                    .is_ok_and(|open| open.is_writable() && !read_only && same_file(open.path(), &path));
                if !is_open {
                    let archive = if read_only {
                        Secretariat::open_read_only(&path)?
                    } else {
                        Secretariat::open(&path, ctx, &self.machine)?
                    };
                    self.replace(ctx, Some(archive))?;
                }
                json!(state(&*self.archive()?, ctx)?)
            }
            "close_archive" => {
                self.replace(ctx, None)?;
                Value::Null
            }
            "backup_archive" => {
                let request: BackupFolder = api::parse(request)?;
                let folder = self.folder(request)?;
                self.stop_keeper();
                let made = backup::make(&*self.archive()?, ctx, &folder, &mut unwatched)?;
                if self.backups.as_ref() == Some(&folder) {
                    *hold(&self.backup) =
                        BackupState { running: false, newest: Some(made.clone()), failure: None };
                }
                json!(made)
            }
            "backup_state" => json!(hold(&self.backup).clone()),
            "make_binder" => {
                self.start_binder(ctx, api::parse(request)?)?;
                json!(hold(&self.binder).clone())
            }
            "binder_state" => json!(hold(&self.binder).clone()),
            "stop_binder" => {
                self.stop_binder();
                json!(hold(&self.binder).clone())
            }
            "list_backups" => {
                let request: BackupFolder = api::parse(request)?;
                let folder = self.folder(request)?;
                let open = self.archive().ok();
                json!(backup::list(&folder, open.as_deref().map(|archive| (archive, ctx)))?)
            }
            "restore_backup" => {
                let request: RestoreBackup = api::parse(request)?;
                let (backup, target) = (PathBuf::from(request.backup), PathBuf::from(request.target));
                json!(backup::restore(&backup, &target, &mut unwatched)?)
            }
            _ => return api::dispatch(&*self.archive()?, ctx, name, request),
        };
        Ok(json!({ "value": value, "changed": [] }))
    }

    fn folder(&self, request: BackupFolder) -> Result<PathBuf> {
        request.dir.map(PathBuf::from).or_else(|| self.backups.clone()).ok_or_else(|| {
            Failure::field(
                "dir",
                text!(
                    "Diga en qué carpeta van las copias de seguridad.",
                    "Say in which folder the backups go."
                ),
            )
        })
    }

    fn replace(&self, ctx: &Context, archive: Option<Secretariat>) -> Result<()> {
        self.stop_keeper();
        self.stop_binder();
        let old = {
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *open, archive.map(Arc::new))
        };
        *hold(&self.backup) = BackupState::default();
        let closed = match old.map(Arc::try_unwrap) {
            Some(Ok(archive)) => archive.close(),
            _ => Ok(()), // another call still reads it; it closes when that ends
        };
        self.start_keeper(ctx);
        closed
    }

    /// Backs up in the background what changed since the newest backup. Opening never waits for it.
    fn start_keeper(&self, ctx: &Context) {
        let (Some(folder), Ok(archive)) = (self.backups.clone(), self.archive()) else { return };
        if !archive.is_writable() {
            return;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, shown, ctx) = (Arc::clone(&stop), Arc::clone(&self.backup), ctx.clone());
        hold(&shown).running = true;
        let thread = std::thread::spawn(move || {
            let mut watch = |_: &Progress| {
                if stopped.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            };
            let made = backup::make_if_changed(&archive, &ctx, &folder, &mut watch);
            let newest = match &made {
                Ok(Some(backup)) => Some(backup.clone()),
                _ => {
                    backup::list(&folder, Some((&*archive, &ctx))).ok().and_then(|all| all.into_iter().next())
                }
            };
            let failure = made.err().filter(|failure| failure.code != Code::Cancelled);
            // The archive is let go before anybody is told: it can then be closed at once.
            drop(archive);
            let failure = failure.map(|failure| failure.reply(ctx.language));
            *hold(&shown) = BackupState { running: false, newest, failure };
        });
        *hold(&self.keeper) = Some(Keeper { stop, thread });
    }

    fn stop_keeper(&self) {
        stop(&self.keeper);
    }

    /// Makes a binder in the background: one at a time.
    fn start_binder(&self, ctx: &Context, request: MakeBinder) -> Result<()> {
        let archive = self.archive()?;
        let mut binding = hold(&self.binding);
        if hold(&self.binder).running {
            return Err(Failure::new(
                Code::InUse,
                text!(
                    "Ya se está reuniendo un expediente. Espere a que termine o deténgalo.",
                    "A binder is being made already. Wait for it to end, or stop it."
                ),
            ));
        }
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, shown, ctx) = (Arc::clone(&stop), Arc::clone(&self.binder), ctx.clone());
        let session_id = Some(request.session_id.clone());
        *hold(&shown) = BinderState { running: true, session_id, ..BinderState::default() };
        let thread = std::thread::spawn(move || {
            let mut watch = |progress: &Progress| {
                hold(&shown).share = progress.done as f64 / progress.total.max(1) as f64;
                if stopped.load(Ordering::Relaxed) {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            };
            let path = Path::new(&request.path);
            let made = binder::make(&archive, &ctx, &request.session_id, path, &mut watch);
            drop(archive);
            let mut state = hold(&shown);
            state.running = false;
            match made {
                Ok(made) => state.made = Some(made),
                Err(failure) if failure.code == Code::Cancelled => {}
                Err(failure) => state.failure = Some(failure.reply(ctx.language)),
            }
        });
        *binding = Some(Keeper { stop, thread });
        Ok(())
    }

    fn stop_binder(&self) {
        stop(&self.binding);
    }
}

/// Stops work in the background and waits for its end.
fn stop(work: &Mutex<Option<Keeper>>) {
    if let Some(keeper) = hold(work).take() {
        keeper.stop.store(true, Ordering::Relaxed);
        let _ = keeper.thread.join();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop_keeper();
        self.stop_binder();
    }
}

/// The desk's own calls: their names, besides those of an archive.
pub const CALLS: &[&str] = &[
    "archive_state",
    "create_archive",
    "open_archive",
    "close_archive",
    "backup_archive",
    "backup_state",
    "list_backups",
    "restore_backup",
    "make_binder",
    "binder_state",
    "stop_binder",
];

type Line = (&'static str, &'static str, bool, (String, String));

/// The types of the desk's calls, for the UI: doc, name, whether it writes, request and reply.
pub(crate) fn exports(exported: &mut Exported<'_>) -> Result<Vec<Line>> {
    use crate::api::{Nothing, export};
    use crate::verify::VerifyReport;
    Ok(vec![
        (
            " The open archive, or nothing.",
            "archive_state",
            false,
            export::<Nothing, Option<ArchiveState>>(exported)?,
        ),
        (
            " Makes a new archive and opens it.",
            "create_archive",
            true,
            export::<CreateArchive, CreatedArchive>(exported)?,
        ),
        (" Opens an archive.", "open_archive", true, export::<ArchivePath, ArchiveState>(exported)?),
        (" Closes the open archive.", "close_archive", true, export::<Nothing, ()>(exported)?),
        (
            " Backs the open archive up and reads the backup back.",
            "backup_archive",
            true,
            export::<BackupFolder, Backup>(exported)?,
        ),
        (
            " How the backup made by itself after opening is going.",
            "backup_state",
            false,
            export::<Nothing, BackupState>(exported)?,
        ),
        (
            " The backups of the open archive, or of all, newest first.",
            "list_backups",
            false,
            export::<BackupFolder, Vec<Backup>>(exported)?,
        ),
        (
            " Makes an archive of a backup and verifies it; opens nothing.",
            "restore_backup",
            true,
            export::<RestoreBackup, VerifyReport>(exported)?,
        ),
        (
            " Starts to make the binder of a session: one PDF with all its papers and annexes.",
            "make_binder",
            false,
            export::<MakeBinder, BinderState>(exported)?,
        ),
        (
            " How the binder under way is going, or how the last one went.",
            "binder_state",
            false,
            export::<Nothing, BinderState>(exported)?,
        ),
        (
            " Stops the binder under way; nothing is left of it.",
            "stop_binder",
            false,
            export::<Nothing, BinderState>(exported)?,
        ),
    ])
}

fn same_file(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn state(archive: &Secretariat, ctx: &Context) -> Result<ArchiveState> {
    Ok(ArchiveState {
        path: archive.path().display().to_string(),
        name: archive.path().file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        writable: archive.is_writable(),
        head: archive.query(ctx, |read| read.head())?,
    })
}
