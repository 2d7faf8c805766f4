//! What the shell knows: the person's choices and the desk with the open archive.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use secretariat::desk::Desk;
use secretariat::{Code, Failure, FailureReply, text};
use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager, State, WebviewWindow};

use crate::files::Files;
use crate::preferences::{Change, Preferences, PrintChoice, Recent};
use crate::window::MAIN;

/// One for each process.
pub struct Shell {
    /// The core, with the archive that is open.
    pub desk: Desk,
    /// Files that arrived or were picked.
    pub files: Files,
    folder: PathBuf,
    preferences: Mutex<Preferences>,
}

impl Shell {
    /// The shell whose choices live in `folder`, and which keeps the archives' backups in `backups`.
    #[must_use]
    pub fn new(folder: &Path, backups: &Path) -> Self {
        Self {
            desk: Desk::new(gethostname::gethostname().to_string_lossy()).with_backups(backups),
            files: Files::default(),
            folder: folder.to_owned(),
            preferences: Mutex::new(Preferences::load(folder)),
        }
    }

    /// The choices as they are now.
    #[must_use]
    pub fn preferences(&self) -> Preferences {
        self.held().clone()
    }

    /// Changes the choices and writes them at once.
    fn change(&self, act: impl FnOnce(&mut Preferences)) -> Result<Preferences, FailureReply> {
        let mut held = self.held();
        act(&mut held);
        held.save(&self.folder).map_err(|error| self.failed(&error, &self.folder))?;
        Ok(held.clone())
    }

    fn held(&self) -> MutexGuard<'_, Preferences> {
        self.preferences.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file that could not be read or written, in the person's language.
    #[must_use]
    pub fn failed(&self, error: &dyn Display, path: &Path) -> FailureReply {
        let shown = path.display();
        let message = text!(
            "No se pudo usar «{shown}»: {error}. Compruebe que exista y que tenga permiso, o elija otro lugar.",
            "“{shown}” could not be used: {error}. Check that it exists and that you may use it, or choose another place."
        );
        self.refused(Code::Io, message)
    }

    /// A failure of `code` in the person's language.
    #[must_use]
    pub fn refused(&self, code: Code, message: secretariat::Text) -> FailureReply {
        Failure::new(code, message).reply(self.preferences().language)
    }

    /// Leaves the archive as one plain file, without the companions it has while open.
    pub fn close_archive(&self) {
        let closed = crate::calls::context(self)
            .and_then(|ctx| self.desk.call(&ctx, "close_archive", serde_json::Value::Null));
        if let Err(failure) = closed {
            eprintln!("actario: {}", failure.message);
        }
    }
}

/// A defect of the program or of the machine, not of what was asked.
pub fn broken(error: &dyn Display) -> FailureReply {
    FailureReply { code: Code::Internal, message: error.to_string(), details: serde_json::Value::Null }
}

/// What the page asks first.
#[derive(Serialize)]
pub struct ShellState {
    preferences: Preferences,
    /// Archives opened lately, each with whether it is still there.
    recent: Vec<RecentNow>,
    /// Files given at start or by a second start, each told once.
    files: Vec<PathBuf>,
    platform: &'static str,
    /// What the platform prefers: `light` or `dark`. The page's own media query is not reliable everywhere.
    platform_theme: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct RecentNow {
    #[serde(flatten)]
    recent: Recent,
    exists: bool,
}

/// The shell's state, asked by the page at start and when told of new files. The room's window is told how things look:
/// neither who works here, with which archives nor at which printer, and files given at start are not for it.
#[tauri::command]
pub async fn shell_state(shell: State<'_, Shell>, window: WebviewWindow) -> Result<ShellState, FailureReply> {
    let works = window.label() == MAIN;
    let mut preferences = shell.preferences();
    if !works {
        preferences =
            Preferences { actor: None, recent: Vec::new(), print: PrintChoice::default(), ..preferences };
    }
    let recent = preferences
        .recent
        .iter()
        .map(|recent| RecentNow { exists: recent.path.is_file(), recent: recent.clone() })
        .collect();
    Ok(ShellState {
        recent,
        preferences,
        files: if works { shell.files.take_given() } else { Vec::new() },
        platform: std::env::consts::OS,
        platform_theme: crate::window::theme_name(window.theme().unwrap_or(tauri::Theme::Light)),
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Changes some of the choices; replies with all of them. Every window is told that they changed.
#[tauri::command]
pub async fn set_preferences(app: AppHandle, change: Change) -> Result<Preferences, FailureReply> {
    let kept = app.state::<Shell>().change(|preferences| preferences.apply(change))?;
    // A window that is closing cannot be told: nothing is lost by that.
    let _ = app.emit("preferences", ());
    Ok(kept)
}

/// Puts an archive first among those opened lately.
#[tauri::command]
#[allow(clippy::disallowed_methods)] // the door has the clock that the core has not
pub async fn remember_archive(
    app: AppHandle,
    path: PathBuf,
    title: String,
) -> Result<Preferences, FailureReply> {
    app.state::<Shell>().change(|preferences| preferences.remember(&path, &title, chrono::Utc::now()))
}

/// Takes an archive off the list of those opened lately; the file stays.
#[tauri::command]
pub async fn forget_archive(app: AppHandle, path: PathBuf) -> Result<Preferences, FailureReply> {
    app.state::<Shell>().change(|preferences| preferences.forget(&path))
}
