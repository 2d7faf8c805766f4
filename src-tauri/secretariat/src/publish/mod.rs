//! What leaves the archive for other programs: every list of the product as a sheet, in a CSV file or an Excel workbook.
//!
//! A list is described once, in `lists`, from the view of its concept; how a cell is written is the format's. Private
//! contact (e-mail, telephone) is in no view that a list is made from.

mod csv;
mod lists;
mod sheet;
mod xlsx;

pub use lists::ListOf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::failure::Result;
use crate::journal::Read;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SheetFormat {
    /// Text with semicolons, for any program.
    Csv,
    /// An Excel workbook, with real dates and numbers.
    Xlsx,
}

impl SheetFormat {
    /// How a file's name ends, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A list to write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportList {
    /// Which one, with the filter of its own call. It leaves whole: where a page begins and how long it is does not count.
    pub list: ListOf,
    /// As what.
    pub format: SheetFormat,
}

/// What was made to leave, as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ExportedFile {
    /// Its name: "compromisos-2026-03-02.xlsx".
    pub file: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes, standard Base64.
    pub base64: String,
}

/// A list of the record as a file. The same record at the same instant gives the same bytes.
///
/// # Errors
/// Those of the list's own call; `invalid_input` when it has more rows than a sheet takes.
pub fn export_list(read: &Read<'_>, request: ExportList) -> Result<ExportedFile> {
    let sheet = lists::sheet(read, request.list)?;
    let bytes = match request.format {
        SheetFormat::Csv => csv::write(&sheet)?,
        SheetFormat::Xlsx => xlsx::write(&sheet)?,
    };
    Ok(ExportedFile {
        file: format!("{}-{}.{}", sheet.stem, read.ctx.today(), request.format.ending()),
        media_type: request.format.media_type().to_owned(),
        base64: STANDARD.encode(bytes),
    })
}
