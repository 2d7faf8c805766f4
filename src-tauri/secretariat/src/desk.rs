//! The desk of a door: which archive is open, and the calls that open, make, close and look after archives.
//! Window, terminal and test server each keep one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::context::Context;
use crate::failure::{Code, Failure, FailureReply, Result};
use crate::load::{self, Files, LoadReport};
use crate::{Secretariat, api, text};

/// Which archive is open.
#[derive(Default)]
pub struct Desk {
    machine: String,
    open: RwLock<Option<Arc<Secretariat>>>,
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

/// An archive to make.
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
    /// What was loaded into it, when anything was.
    pub loaded: Option<LoadReport>,
}

impl Desk {
    /// An empty desk on the machine of that name.
    #[must_use]
    pub fn new(machine: impl Into<String>) -> Self {
        Self { machine: machine.into(), open: RwLock::new(None) }
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

    /// Makes a call: those of the desk (`archive_state`, `create_archive`, `open_archive`, `close_archive`) and
    /// every call of the open archive. Gives `{ "value": …, "changed": […] }`.
    ///
    /// # Errors
    /// Whatever the call fails with, in the context's language.
    pub fn call(&self, ctx: &Context, name: &str, request: Value) -> Result<Value, FailureReply> {
        self.run(ctx, name, request).map_err(|failure| failure.reply(ctx.language))
    }

    fn run(&self, ctx: &Context, name: &str, request: Value) -> Result<Value> {
        let value = match name {
            "archive_state" => match self.archive() {
                Ok(archive) => json!(state(&archive, ctx)?),
                Err(_) => Value::Null,
            },
            "create_archive" => {
                let request: CreateArchive = serde_json::from_value(request)?;
                let path = PathBuf::from(request.path);
                let files = match (request.demo, request.from) {
                    (_, Some(dir)) => Some(Files::in_dir(Path::new(&dir))?),
                    (Some(true), None) => Some(Files::demo()),
                    _ => None,
                };
                let (archive, loaded) = match files {
                    None => (Secretariat::create(&path, ctx, &self.machine)?, None),
                    Some(files) => {
                        let (archive, report) = load::create(&path, &files, ctx, &self.machine)?;
                        (archive, Some(report))
                    }
                };
                self.replace(Some(archive))?;
                json!(CreatedArchive { state: state(&*self.archive()?, ctx)?, loaded })
            }
            "open_archive" => {
                let request: ArchivePath = serde_json::from_value(request)?;
                let path = PathBuf::from(request.path);
                if self.archive().is_ok_and(|open| open.path() == path && open.is_writable()) {
                    return Ok(json!({ "value": state(&*self.archive()?, ctx)?, "changed": [] }));
                }
                let archive = if request.read_only == Some(true) {
                    Secretariat::open_read_only(&path)?
                } else {
                    Secretariat::open(&path, ctx, &self.machine)?
                };
                self.replace(Some(archive))?;
                json!(state(&*self.archive()?, ctx)?)
            }
            "close_archive" => {
                self.replace(None)?;
                Value::Null
            }
            _ => return api::dispatch(&*self.archive()?, ctx, name, request),
        };
        Ok(json!({ "value": value, "changed": [] }))
    }

    fn replace(&self, archive: Option<Secretariat>) -> Result<()> {
        let old = {
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *open, archive.map(Arc::new))
        };
        match old.map(Arc::try_unwrap) {
            Some(Ok(archive)) => archive.close(),
            _ => Ok(()), // another call still reads it; it closes when that ends
        }
    }
}

fn state(archive: &Secretariat, ctx: &Context) -> Result<ArchiveState> {
    Ok(ArchiveState {
        path: archive.path().display().to_string(),
        name: archive.path().file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        writable: archive.is_writable(),
        head: archive.query(ctx, |read| read.head())?,
    })
}
