//! Files between the person's folders and the page: dialogs, copies, the system's viewer, and the files
//! that the program is started with.
//!
//! The page never reads a path it made up: it reads what was picked in a dialog or given at start.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secretariat::file::write_whole;
use secretariat::{Code, FailureReply, text};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Emitter, Manager, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_opener::OpenerExt;

use crate::copies::{Copy, plain_name, write_all};
use crate::shell::{Shell, broken};

/// The largest file the page may read: what is larger than this is no annex of a session.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Kinds of document that the system's viewer may be asked to open. An annex comes from somebody's e-mail:
/// what a click could *run* is not among them.
const DOCUMENTS: [&str; 19] = [
    "pdf", "eml", "ics", "vcf", "csv", "json", "txt", "md", "xml", "docx", "xlsx", "pptx", "odt", "ods",
    "odp", "png", "jpg", "jpeg", "webp",
];

/// Files that arrived with the program's start, and those the page may read.
#[derive(Default)]
pub struct Files {
    given: Mutex<Vec<PathBuf>>,
    readable: Mutex<HashSet<PathBuf>>,
}

impl Files {
    /// The files given and not asked for yet.
    pub fn take_given(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *hold(&self.given))
    }

    fn allow(&self, paths: &[PathBuf]) {
        hold(&self.readable).extend(paths.iter().cloned());
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the files named in a start's arguments until the page asks for them, and tells it that there are.
pub fn given(app: &AppHandle, arguments: impl IntoIterator<Item = String>, folder: &Path) {
    let paths = paths_in(arguments, folder);
    if paths.is_empty() {
        return;
    }
    let files = &app.state::<Shell>().files;
    files.allow(&paths);
    hold(&files.given).extend(paths);
    let _ = app.emit("files-given", ());
}

/// Opens the archive that the program was started with, while its window is being made. The page finds it open;
/// what fails it asks again, and tells. Without a person's name nothing is opened: the page asks for it first.
pub fn open_given(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let Some(path) = hold(&shell.files.given).last().cloned() else { return };
    if shell.preferences().actor.is_none() {
        return;
    }
    let app = app.clone();
    std::thread::spawn(move || {
        let shell = app.state::<Shell>();
        if let Ok(ctx) = crate::calls::context(&shell) {
            let _ =
                shell.desk.call(&ctx, "open_archive", serde_json::json!({ "path": path.to_string_lossy() }));
        }
    });
}

/// Arguments that are not options, as absolute paths seen from `folder`.
fn paths_in(arguments: impl IntoIterator<Item = String>, folder: &Path) -> Vec<PathBuf> {
    arguments
        .into_iter()
        .filter(|argument| !argument.starts_with('-'))
        .map(|path| folder.join(path))
        .collect()
}

/// What a dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// One file that exists.
    Open,
    /// Any number of files that exist.
    OpenMany,
    /// A file to write.
    Save,
    /// A folder.
    Folder,
}

/// A line of a dialog's list of kinds of file.
#[derive(Clone, Debug, Deserialize)]
pub struct Filter {
    name: String,
    /// Without the dot.
    extensions: Vec<String>,
}

/// Asks for files with the platform's own dialog. Replies with the paths, none when the person desists.
#[tauri::command(rename_all = "snake_case")]
pub async fn pick_file(
    window: WebviewWindow,
    purpose: Purpose,
    title: String,
    suggested_name: Option<String>,
    filters: Vec<Filter>,
) -> Result<Vec<PathBuf>, FailureReply> {
    off_thread(move || {
        let paths = ask(&window, purpose, &title, suggested_name.as_deref(), &filters);
        window.state::<Shell>().files.allow(&paths);
        Ok(paths)
    })
    .await
}

fn ask(
    window: &WebviewWindow,
    purpose: Purpose,
    title: &str,
    suggested_name: Option<&str>,
    filters: &[Filter],
) -> Vec<PathBuf> {
    if let Some(folder) = seam() {
        return answer_of_test(&folder, purpose, suggested_name, filters);
    }
    let mut dialog = window.dialog().file().set_title(title).set_parent(window);
    if let Some(name) = suggested_name {
        dialog = dialog.set_file_name(plain_name(name));
    }
    for filter in filters {
        let extensions: Vec<&str> = filter.extensions.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(&filter.name, &extensions);
    }
    let picked = match purpose {
        Purpose::Open => dialog.blocking_pick_file().into_iter().collect(),
        Purpose::OpenMany => dialog.blocking_pick_files().unwrap_or_default(),
        Purpose::Save => dialog.blocking_save_file().into_iter().collect(),
        Purpose::Folder => dialog.blocking_pick_folder().into_iter().collect(),
    };
    let mut paths: Vec<PathBuf> =
        picked.into_iter().filter_map(|path| FilePath::into_path(path).ok()).collect();
    if purpose == Purpose::Save {
        for path in &mut paths {
            complete(path, filters);
        }
    }
    paths
}

/// Some dialogs leave the extension to the person; a file without one opens with nothing.
fn complete(path: &mut PathBuf, filters: &[Filter]) {
    let wanted = filters.first().and_then(|filter| filter.extensions.first());
    if let (Some(extension), None) = (wanted, path.extension()) {
        path.set_extension(extension);
    }
}

/// A file as the page reads it.
#[derive(Serialize)]
pub struct Content {
    name: String,
    base64: String,
}

/// Reads a file that was picked in a dialog or given at start.
#[tauri::command(rename_all = "snake_case")]
pub async fn read_picked(app: AppHandle, path: PathBuf) -> Result<Content, FailureReply> {
    off_thread(move || {
        let shell = app.state::<Shell>();
        if !hold(&shell.files.readable).contains(&path) {
            let shown = path.display().to_string();
            return Err(shell.refused(
                Code::Io,
                text!(
                    "«{shown}» no se eligió en un diálogo. Elíjalo de nuevo.",
                    "“{shown}” was not chosen in a dialog. Choose it again."
                ),
            ));
        }
        let size = std::fs::metadata(&path).map_err(|error| shell.failed(&error, &path))?.len();
        if size > LARGEST {
            let (shown, limit) = (path.display().to_string(), LARGEST / 1024 / 1024);
            return Err(shell.refused(
                Code::Io,
                text!(
                    "«{shown}» pesa más de {limit} MB. Adjunte una versión más liviana.",
                    "“{shown}” is larger than {limit} MB. Attach a lighter version."
                ),
            ));
        }
        let bytes = std::fs::read(&path).map_err(|error| shell.failed(&error, &path))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Content { name, base64: STANDARD.encode(bytes) })
    })
    .await
}

/// Asks where and writes a copy there. Replies with the path, or nothing when the person desists.
#[tauri::command(rename_all = "snake_case")]
pub async fn save_copy(
    window: WebviewWindow,
    title: String,
    suggested_name: String,
    filters: Vec<Filter>,
    base64: String,
) -> Result<Option<PathBuf>, FailureReply> {
    off_thread(move || {
        let shell = window.state::<Shell>();
        let bytes = STANDARD.decode(base64).map_err(|error| broken(&error))?;
        let Some(path) =
            ask(&window, Purpose::Save, &title, Some(&suggested_name), &filters).into_iter().next()
        else {
            return Ok(None);
        };
        write_whole(&path, |out| out.write_all(&bytes)).map_err(|error| shell.failed(&error, &path))?;
        Ok(Some(path))
    })
    .await
}

/// Asks for a folder and writes several files there, all or none; a name that is taken gets a number. Replies with the
/// folder, or nothing when the person desists.
#[tauri::command(rename_all = "snake_case")]
pub async fn save_copies(
    window: WebviewWindow,
    title: String,
    files: Vec<Copy>,
) -> Result<Option<PathBuf>, FailureReply> {
    off_thread(move || {
        let shell = window.state::<Shell>();
        let files = files
            .into_iter()
            .map(|file| Ok((file.name, STANDARD.decode(file.base64).map_err(|error| broken(&error))?)))
            .collect::<Result<Vec<_>, FailureReply>>()?;
        let Some(folder) = ask(&window, Purpose::Folder, &title, None, &[]).into_iter().next() else {
            return Ok(None);
        };
        write_all(&folder, &files).map_err(|error| shell.failed(&error, &folder))?;
        Ok(Some(folder))
    })
    .await
}

/// Opens a copy of a document in the system's viewer. Replies with where the copy is.
#[tauri::command(rename_all = "snake_case")]
pub async fn open_copy(app: AppHandle, name: String, base64: String) -> Result<PathBuf, FailureReply> {
    off_thread(move || {
        let shell = app.state::<Shell>();
        let bytes = STANDARD.decode(base64).map_err(|error| broken(&error))?;
        let folder = copies(&app).map_err(|error| broken(&error))?;
        let path = folder.join(plain_name(&name));
        // A copy opened before may be read-only; it is only a copy.
        let _ = std::fs::remove_file(&path);
        write_whole(&path, |out| out.write_all(&bytes)).map_err(|error| shell.failed(&error, &path))?;
        view(&app, &path)?;
        Ok(path)
    })
    .await
}

/// Opens a document in the system's viewer.
#[tauri::command(rename_all = "snake_case")]
pub async fn open_path(app: AppHandle, path: PathBuf) -> Result<(), FailureReply> {
    off_thread(move || view(&app, &path)).await
}

/// Shows a file in the system's file manager.
#[tauri::command(rename_all = "snake_case")]
pub async fn show_in_folder(app: AppHandle, path: PathBuf) -> Result<(), FailureReply> {
    off_thread(move || {
        let shell = app.state::<Shell>();
        app.opener().reveal_item_in_dir(&path).map_err(|error| shell.failed(&error, &path))
    })
    .await
}

fn view(app: &AppHandle, path: &Path) -> Result<(), FailureReply> {
    let shell = app.state::<Shell>();
    if !is_document(path) {
        let shown = path.display().to_string();
        return Err(shell.refused(
            Code::Io,
            text!(
                "«{shown}» no es un documento que se pueda ver. Guárdelo y ábralo con el programa que corresponda.",
                "“{shown}” is not a document that can be viewed. Save it and open it with the right program."
            ),
        ));
    }
    std::fs::metadata(path).map_err(|error| shell.failed(&error, path))?;
    if let Some(folder) = seam() {
        return std::fs::write(folder.join("opened.txt"), path.display().to_string())
            .map_err(|error| shell.failed(&error, path));
    }
    app.opener().open_path(path.to_string_lossy(), None::<&str>).map_err(|error| shell.failed(&error, path))
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| DOCUMENTS.contains(&extension.as_str()))
}

/// Where copies for the viewer are kept until the next start.
fn copies(app: &AppHandle) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let folder = app.path().app_cache_dir()?.join("open");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Removes the copies opened last time: minutes in progress do not stay lying about.
pub fn clean_copies(app: &AppHandle) {
    if let Ok(cache) = app.path().app_cache_dir() {
        let _ = std::fs::remove_dir_all(cache.join("open"));
    }
}

/// Runs blocking work off the thread that draws.
pub async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FailureReply> + Send + 'static,
) -> Result<T, FailureReply> {
    tauri::async_runtime::spawn_blocking(work).await.map_err(|error| broken(&error))?
}

/// Native dialogs and viewers cannot be driven by a test. In debug builds only, `ACTARIO_TEST_PICK` names a
/// folder: saving goes there, opening takes the first file there that the dialog would show, and what would
/// have been viewed is written to `opened.txt`.
#[allow(clippy::disallowed_methods)] // the shell may read the environment
fn seam() -> Option<PathBuf> {
    if cfg!(debug_assertions) { std::env::var_os("ACTARIO_TEST_PICK").map(PathBuf::from) } else { None }
}

fn answer_of_test(
    folder: &Path,
    purpose: Purpose,
    suggested_name: Option<&str>,
    filters: &[Filter],
) -> Vec<PathBuf> {
    match purpose {
        Purpose::Folder => vec![folder.to_owned()],
        Purpose::Save => {
            let mut path = folder.join(plain_name(suggested_name.unwrap_or_default()));
            complete(&mut path, filters);
            vec![path]
        }
        Purpose::Open | Purpose::OpenMany => {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            let mut found: Vec<PathBuf> = entries
                .map(|entry| entry.path())
                .filter(|path| {
                    let extension =
                        path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_default();
                    filters.is_empty() || filters.iter().any(|f| f.extensions.contains(&extension))
                })
                .collect();
            found.sort();
            if purpose == Purpose::Open {
                found.truncate(1);
            }
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_become_absolute_paths() {
        let arguments = ["--flag", "año 2025.actario", "/abs/b.actario"].map(String::from);
        let paths = paths_in(arguments, Path::new("/home/ana"));
        assert_eq!(paths, [PathBuf::from("/home/ana/año 2025.actario"), PathBuf::from("/abs/b.actario")]);
    }

    #[test]
    fn only_documents_are_viewed() {
        for (path, viewed) in [
            ("/a/acta.pdf", true),
            ("/a/ACTA.PDF", true),
            ("/a/aviso.eml", true),
            ("/a/x.desktop", false),
            ("/a/x.exe", false),
            ("/a/x.sh", false),
            ("/a/pdf", false),
        ] {
            assert_eq!(is_document(Path::new(path)), viewed, "{path}");
        }
    }

    #[test]
    fn a_saved_file_gets_its_extension() {
        let filters = [Filter { name: "PDF".into(), extensions: vec!["pdf".into()] }];
        for (path, want) in [("/a/acta", "/a/acta.pdf"), ("/a/acta.PDF", "/a/acta.PDF")] {
            let mut path = PathBuf::from(path);
            complete(&mut path, &filters);
            assert_eq!(path, Path::new(want));
        }
    }
}
