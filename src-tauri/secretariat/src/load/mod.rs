//! Brings data into an archive: an office's past, or the demonstration year, in the program's JSON format.
//!
//! How to use it: [`create_new`] makes the archive of an office that begins, with the catalogs alone;
//! [`create_from_dir`] and [`create_demo`] make a new archive and fill it; [`load`] fills an archive that is open. Everything is read and checked first. A reference to nothing or an impossible record
//! refuses the whole ([`Code::BadData`](crate::Code::BadData), `details.problems` with file, id and reason) and
//! nothing is kept; irregular but possible history (a short notice, a late signature) comes in and is told as
//! a [`Finding`]. What the format calls snapshots is recomputed and must agree.
//!
//! The format's JSON Schema is [`schema`]; its structs are in [`format`].

mod checks;
mod compare;
mod data;
mod files;
pub mod format;
mod references;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use data::Data;
pub use files::Files;

use crate::api::Op;
use crate::failure::{Code, Failure, Result, Text};
use crate::{Context, Secretariat, store, text};

/// Something irregular in the data that is possible history: it was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[ts(rename = "LoadFinding")]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The record's id; empty for the file as a whole.
    pub id: String,
    /// What it is: `short_notice`, `late_signature`, `missing_article`, …
    pub code: String,
    /// In words.
    pub text: Text,
}

/// Something that cannot be: nothing was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The record's id; empty for the file as a whole.
    pub id: String,
    /// What is wrong, and what to do.
    pub reason: Text,
    /// The values, when a snapshot differs from what was recomputed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
}

/// A snapshot that is not what the facts give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What the data says.
    pub got: Value,
    /// What was recomputed.
    pub expected: Value,
}

impl Problem {
    fn new(file: &str, id: &str, reason: Text) -> Self {
        Self { file: file.to_owned(), id: id.to_owned(), reason, difference: None }
    }

    fn of_file(file: &str, reason: Text) -> Self {
        Self::new(file, "", reason)
    }
}

/// What a load brought in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LoadReport {
    /// Records written, by concept.
    pub counts: BTreeMap<String, u32>,
    /// Files kept.
    pub files: u32,
    /// What was irregular.
    pub findings: Vec<Finding>,
}

/// What was found wrong and what was found irregular, while data is looked at.
#[derive(Debug, Default)]
struct Log {
    problems: Vec<Problem>,
    findings: Vec<Finding>,
}

impl Log {
    fn problem(&mut self, file: &str, id: impl AsRef<str>, reason: Text) {
        self.problems.push(Problem::new(file, id.as_ref(), reason));
    }

    fn finding(&mut self, file: &str, id: impl AsRef<str>, code: &str, text: Text) {
        let finding =
            Finding { file: file.to_owned(), id: id.as_ref().to_owned(), code: code.to_owned(), text };
        self.findings.push(finding);
    }

    /// Fails when there is any problem.
    fn settle(&mut self) -> Result<()> {
        if self.problems.is_empty() { Ok(()) } else { Err(refusal(std::mem::take(&mut self.problems))) }
    }
}

/// At most this many problems are told at once.
const TOLD: usize = 200;

fn refusal(mut problems: Vec<Problem>) -> Failure {
    let total = problems.len();
    problems.truncate(TOLD);
    let (first_es, first_en) = problems.first().map_or_else(Default::default, |p| {
        let at = if p.id.is_empty() { p.file.clone() } else { format!("{}, {}", p.file, p.id) };
        (format!("{at}: {}", p.reason.es), format!("{at}: {}", p.reason.en))
    });
    let message = if total == 1 {
        text!("No se cargó nada. {first_es}", "Nothing was loaded. {first_en}")
    } else {
        text!(
            "No se cargó nada: hay {total} problemas. El primero: {first_es}",
            "Nothing was loaded: there are {total} problems. The first: {first_en}"
        )
    };
    Failure::new(Code::BadData, message).with(json!({ "problems": problems, "total": total }))
}

/// Reads and checks files, without an archive.
fn prepare(files: &Files, ctx: &Context) -> Result<(Data, Log)> {
    let mut log = Log::default();
    let data = data::read(files, &mut log);
    log.settle()?;
    checks::check(&data, &mut log);
    log.settle()?;
    compare::compare_data(&data, ctx.today(), &mut log);
    Ok((data, log))
}

/// Writes checked data as one act; what its events give must agree with its snapshots.
fn write_all(
    archive: &Secretariat,
    ctx: &Context,
    files: &Files,
    data: &Data,
    mut log: Log,
    op: Op,
) -> Result<LoadReport> {
    let (report, _) = archive.transact(ctx, op, |tx| {
        let mut report = write::write(tx, data, files)?;
        compare::compare_written(tx, data, &mut log)?;
        log.settle()?;
        report.findings = std::mem::take(&mut log.findings);
        Ok(report)
    })?;
    Ok(report)
}

/// Loads files into an open archive, as one act.
///
/// # Errors
/// `bad_data` with every problem found, `already_exists` when the archive has a record with an id of the data.
/// Nothing is loaded then.
pub fn load(archive: &Secretariat, ctx: &Context, files: &Files) -> Result<LoadReport> {
    let (data, log) = prepare(files, ctx)?;
    write_all(archive, ctx, files, &data, log, Op::Import)
}

/// Loads a folder in the format into an open archive.
///
/// # Errors
/// Those of [`load`], and `io` when the folder cannot be read.
pub fn load_dir(archive: &Secretariat, ctx: &Context, dir: &Path) -> Result<LoadReport> {
    load(archive, ctx, &Files::in_dir(dir)?)
}

/// Loads the demonstration year into an open archive.
///
/// # Errors
/// Those of [`load`].
pub fn load_demo(archive: &Secretariat, ctx: &Context) -> Result<LoadReport> {
    load(archive, ctx, &Files::demo())
}

/// Makes an archive at `path` and loads a folder into it. When that fails no file is left.
///
/// # Errors
/// Those of [`Secretariat::create`] and [`load_dir`].
pub fn create_from_dir(
    path: &Path,
    dir: &Path,
    ctx: &Context,
    machine: &str,
) -> Result<(Secretariat, LoadReport)> {
    create(path, &Files::in_dir(dir)?, ctx, machine)
}

/// Makes the archive of an office that begins: no body yet, and the catalogs that come with the program, as one act.
/// When that fails no file is left.
///
/// # Errors
/// Those of [`Secretariat::create`] and [`load`].
pub fn create_new(path: &Path, ctx: &Context, machine: &str) -> Result<(Secretariat, LoadReport)> {
    create_with(path, &Files::catalogs(), ctx, machine, Op::LoadCatalogs)
}

/// Makes an archive at `path` with the demonstration year. When that fails no file is left.
///
/// # Errors
/// Those of [`Secretariat::create`] and [`load`].
pub fn create_demo(path: &Path, ctx: &Context, machine: &str) -> Result<(Secretariat, LoadReport)> {
    create(path, &Files::demo(), ctx, machine)
}

/// Makes an archive at `path` and loads files into it. When that fails no file is left.
///
/// # Errors
/// Those of [`Secretariat::create`] and [`load`].
pub fn create(path: &Path, files: &Files, ctx: &Context, machine: &str) -> Result<(Secretariat, LoadReport)> {
    create_with(path, files, ctx, machine, Op::Import)
}

fn create_with(
    path: &Path,
    files: &Files,
    ctx: &Context,
    machine: &str,
    op: Op,
) -> Result<(Secretariat, LoadReport)> {
    let (data, log) = prepare(files, ctx)?;
    let archive = Secretariat::create(path, ctx, machine)?;
    match write_all(&archive, ctx, files, &data, log, op) {
        Ok(report) => Ok((archive, report)),
        Err(failure) => {
            // Ours alone and empty: made a moment ago by this very call.
            let _ = archive.close();
            store::remove(path);
            Err(failure)
        }
    }
}

/// The JSON Schema of the format: a schema for each file.
#[must_use]
pub fn schema() -> Value {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let mut files = serde_json::Map::new();
    macro_rules! file {
        ($name:literal, $type:ty) => {
            files.insert($name.to_owned(), generator.subschema_for::<$type>().to_value());
        };
    }
    file!("catalogs.json", format::CatalogsFile);
    file!("codes.json", format::CodesFile);
    file!("body-*.json", format::BodyFile);
    file!("people.json", format::PeopleFile);
    file!("delegations.json", format::DelegationsFile);
    file!("sessions.json", format::SessionsFile);
    file!("past_minutes.json", format::PastMinutesFile);
    file!("work_plan*.json", format::WorkPlanFile);
    file!("proposals.json", format::ProposalsFile);
    file!("partners.json", format::PartnersFile);
    file!("interactions.json", format::InteractionsFile);
    file!("instruments.json", format::InstrumentsFile);
    file!("indicators.json", format::IndicatorsFile);
    file!("opportunities.json", format::OpportunitiesFile);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": "The files of a folder that `new --from` loads. A field that is null is a field that is absent.",
        "files": files,
        "$defs": generator.take_definitions(true),
    })
}
