//! Sheets read back: people, seats with their holders, proposals and commitments from an Excel workbook or a CSV file.
//!
//! Nothing is guessed in silence: a file is read and shown, what each row would do is rehearsed and told, and one act
//! records all of it or nothing. A row is recorded by the same act that a person would record it by, so it obeys the same
//! rules; what it leaves empty stays as it is.

mod fields;
mod grid;
mod rows;
mod targets;
mod value;

pub use fields::{ImportField, ImportTarget, SuggestedImport};
pub use rows::{CellProblem, FieldChanged, ImportedRow, RowFate};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::body::Body;
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::BodyId;
use crate::journal::{Read, Tx};
use crate::text;
use grid::{Book, Grid, Seen};
use rows::Row;
use targets::Known;

/// Rows of a sheet that are shown before anything is chosen.
const SHOWN: usize = 10;
/// Problems that a refusal carries along.
const TOLD: usize = 20;

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SheetColumn {
    /// Its position, from 0: what a mapping names.
    pub index: i64,
    /// Its letters: "A", "AB".
    pub letters: String,
    /// Its title; empty when it has none.
    pub title: String,
}

/// A sheet of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SheetRead {
    /// Its name.
    pub name: String,
    /// The row of its head, from 1.
    pub head_row: i64,
    /// Its columns, by the head.
    pub columns: Vec<SheetColumn>,
    /// The first rows below the head, as they are read.
    pub first_rows: Vec<Vec<String>>,
    /// How many rows are not empty below the head.
    pub row_count: i64,
    /// What it may be imported as, the likeliest first.
    pub suggestions: Vec<SuggestedImport>,
}

/// A file as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FileRead {
    /// How it was read: "Texto separado por punto y coma, Windows-1252".
    pub read_as: Text,
    /// Its sheets that are not empty.
    pub sheets: Vec<SheetRead>,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadSheet {
    /// The file.
    pub file: CarriedFile,
    /// The sheet whose head is said; the first one that is not empty when not said.
    #[serde(default)]
    #[ts(optional)]
    pub sheet: Option<String>,
    /// The row of that sheet's head, from 1; the one that looks like it when not said.
    #[serde(default)]
    #[ts(optional)]
    pub head_row: Option<i64>,
}

/// Reads a workbook or a CSV file: its sheets, columns and first rows, and what each column seems to be. Keeps nothing.
///
/// # Errors
/// `bad_data`, with what to do, for a file that is too large, protected, damaged, of another kind or empty;
/// `invalid_input` for a head that is no row.
#[allow(clippy::needless_pass_by_value)]
pub fn read_sheet(_: &Read<'_>, request: ReadSheet) -> Result<FileRead> {
    let Book { sheets, read_as } = grid::read(&request.file.name, &request.file.bytes()?)?;
    let mut filled = sheets.iter().filter(|sheet| !sheet.rows.is_empty()).peekable();
    let first = filled.peek().map(|sheet| sheet.name.clone());
    let said_of = request.sheet.or(first);
    let read = |sheet: &Grid| {
        let said = request.head_row.filter(|_| said_of.as_deref() == Some(sheet.name.as_str()));
        Ok(seen(sheet, head_at(sheet, said)?))
    };
    Ok(FileRead { read_as, sheets: filled.map(read).collect::<Result<_>>()? })
}

/// Where the head of a sheet is: the row that is said, from 1, else the one that looks like it.
fn head_at(sheet: &Grid, said: Option<i64>) -> Result<usize> {
    match said {
        Some(row) => usize::try_from(row - 1).map_err(|_| no_head()),
        None => Ok(fields::head_of(sheet)),
    }
}

fn seen(sheet: &Grid, head_at: usize) -> SheetRead {
    let head = sheet.rows.get(head_at).map(Vec::as_slice).unwrap_or_default();
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut suggestions: Vec<SuggestedImport> =
        ImportTarget::ALL.into_iter().map(|target| fields::suggested(target, head)).collect();
    suggestions.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.mapping.len()));
    let below = || sheet.rows.iter().skip(head_at + 1).filter(|row| filled(row));
    SheetRead {
        name: sheet.name.clone(),
        head_row: number(head_at),
        columns: (0..width)
            .map(|column| SheetColumn {
                index: i64::try_from(column).unwrap_or(i64::MAX),
                letters: grid::letters_of(column),
                title: head.get(column).map(Seen::shown).unwrap_or_default(),
            })
            .collect(),
        first_rows: below()
            .take(SHOWN)
            .map(|row| (0..width).map(|at| row.get(at).map(Seen::shown).unwrap_or_default()).collect())
            .collect(),
        row_count: i64::try_from(below().count()).unwrap_or(i64::MAX),
        suggestions,
    }
}

fn filled(row: &[Seen]) -> bool {
    row.iter().any(|cell| *cell != Seen::Empty)
}

/// A row's number for people, from 1.
fn number(at: usize) -> i64 {
    i64::try_from(at + 1).unwrap_or(i64::MAX)
}

/// Rows to import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewImport {
    /// What they are.
    pub target: ImportTarget,
    /// The body of seats, proposals and commitments; the archive's only one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// The file.
    pub file: CarriedFile,
    /// The sheet; the first one that is not empty when not said.
    #[serde(default)]
    #[ts(optional)]
    pub sheet: Option<String>,
    /// The row of the head, from 1; the one that `read_sheet` found when not said.
    #[serde(default)]
    #[ts(optional)]
    pub head_row: Option<i64>,
    /// Which column is which field: field → position of the column, from 0. What is not named is not imported.
    pub mapping: BTreeMap<String, i64>,
}

/// Rows to record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportRows {
    /// The rows, as they were previewed.
    pub import: PreviewImport,
    /// Leaves out the rows that are refused, instead of recording nothing.
    #[serde(default)]
    #[ts(optional)]
    pub skip_refused: Option<bool>,
}

/// What rows do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ImportOutcome {
    /// Rows that are new.
    pub new: i64,
    /// Rows that are there already, just so.
    pub same: i64,
    /// Rows that change what is there.
    pub changes: i64,
    /// Rows that are refused.
    pub refused: i64,
    /// The rows, in order.
    pub rows: Vec<ImportedRow>,
}

/// What each row would do. It is done and taken back at once, so that it says exactly what the act would; nothing is kept.
///
/// # Errors
/// Those of reading the file; `invalid_input` for a sheet, a column or a field that is not there; `not_found` for an unknown
/// body; `read_only` where nothing can be written.
#[allow(clippy::needless_pass_by_value)]
pub fn preview(tx: &mut Tx<'_>, request: PreviewImport) -> Result<ImportOutcome> {
    done(tx, &request)
}

/// Records the rows: all of them, or those that are not refused when `skip_refused` says so.
///
/// # Errors
/// Those of the preview; `needs_confirmation` (`skip_refused`) when a row is refused, with the first ones: nothing is
/// recorded then.
#[allow(clippy::needless_pass_by_value)]
pub fn import_rows(tx: &mut Tx<'_>, request: ImportRows) -> Result<ImportOutcome> {
    let outcome = done(tx, &request.import)?;
    if outcome.refused > 0 && request.skip_refused != Some(true) {
        let refused = outcome.refused;
        let first: Vec<&ImportedRow> =
            outcome.rows.iter().filter(|row| row.fate == RowFate::Refused).take(TOLD).collect();
        let (es, en) = match refused {
            1 => ("Una fila no se puede registrar".to_owned(), "One row cannot be recorded".to_owned()),
            n => (format!("{n} filas no se pueden registrar"), format!("{n} rows cannot be recorded")),
        };
        return Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "{es}; no se importó nada. Corríjalas en la hoja, o confirme que se importan las demás sin ellas.",
                "{en}; nothing was imported. Correct them in the sheet, or confirm that the others are imported without them."
            ),
        )
        .with(json!({ "confirm": "skip_refused", "refused": refused, "rows": first })));
    }
    Ok(outcome)
}

fn done(tx: &mut Tx<'_>, request: &PreviewImport) -> Result<ImportOutcome> {
    let book = grid::read(&request.file.name, &request.file.bytes()?)?;
    let sheet = chosen(&book, request)?;
    let head = head_at(sheet, request.head_row)?;
    let mapping = mapped(request, sheet)?;
    let body = match request.target {
        ImportTarget::People => None,
        ImportTarget::Seats | ImportTarget::Proposals | ImportTarget::Commitments => {
            Some(body(tx, request.body_id.as_ref())?)
        }
    };
    let mut known = Known::read(tx, body)?;
    let mut outcome = ImportOutcome { new: 0, same: 0, changes: 0, refused: 0, rows: Vec::new() };
    for (at, cells) in sheet.rows.iter().enumerate().skip(head + 1).filter(|(_, row)| filled(row)) {
        let mut row = Row::new(request.target, &mapping, cells, at);
        let write = match request.target {
            ImportTarget::People => targets::person,
            ImportTarget::Seats => targets::seat,
            ImportTarget::Proposals => targets::proposal,
            ImportTarget::Commitments => targets::commitment,
        };
        write(tx, &mut known, &mut row, number(at))?;
        let told = row.told();
        let count = match told.fate {
            RowFate::New => &mut outcome.new,
            RowFate::Same => &mut outcome.same,
            RowFate::Changes => &mut outcome.changes,
            RowFate::Refused => &mut outcome.refused,
        };
        *count += 1;
        outcome.rows.push(told);
    }
    Ok(outcome)
}

fn no_head() -> Failure {
    Failure::field(
        "head_row",
        text!(
            "Las filas se cuentan desde 1. Indique la fila de los títulos.",
            "Rows are counted from 1. Say which has the titles."
        ),
    )
}

fn chosen<'a>(book: &'a Book, request: &PreviewImport) -> Result<&'a Grid> {
    let found = match &request.sheet {
        Some(name) => book.sheets.iter().find(|sheet| sheet.name == *name),
        None => book.sheets.iter().find(|sheet| !sheet.rows.is_empty()),
    };
    found.ok_or_else(|| {
        let name = request.sheet.as_deref().unwrap_or_default();
        Failure::field(
            "sheet",
            text!(
                "El archivo no tiene una hoja «{name}». Elija una de las suyas.",
                "The file has no sheet “{name}”. Choose one of its own."
            ),
        )
    })
}

/// The columns of a request, checked: each a column of the sheet and one field alone.
fn mapped(request: &PreviewImport, sheet: &Grid) -> Result<BTreeMap<String, usize>> {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    let known = request.target.fields();
    let mut mapping = BTreeMap::new();
    for (field, column) in &request.mapping {
        if known.iter().all(|f| f.key != field) {
            let (es, en) = (request.target.name().es, request.target.name().en);
            return Err(Failure::field(
                "mapping",
                text!("«{field}» no es un campo de «{es}».", "“{field}” is no field of “{en}”."),
            ));
        }
        let column = usize::try_from(*column).ok().filter(|column| *column < width);
        let Some(column) = column else {
            return Err(Failure::field(
                "mapping",
                text!(
                    "La hoja no tiene la columna elegida para «{field}». Elija otra.",
                    "The sheet has no such column for “{field}”. Choose another."
                ),
            ));
        };
        mapping.insert(field.clone(), column);
    }
    if mapping.is_empty() {
        return Err(Failure::field(
            "mapping",
            text!(
                "No se eligió ninguna columna. Diga qué es cada una.",
                "No column was chosen. Say what each one is."
            ),
        ));
    }
    Ok(mapping)
}

fn body(read: &Read<'_>, id: Option<&BodyId>) -> Result<BodyId> {
    if let Some(id) = id {
        return Ok(read.get::<Body>(id)?.id);
    }
    let mut all: Vec<Body> = read.all()?;
    match (all.pop(), all.is_empty()) {
        (Some(only), true) => Ok(only.id),
        _ => Err(Failure::field(
            "body_id",
            text!("Diga de qué instancia son las filas.", "Say which body the rows are of."),
        )),
    }
}
