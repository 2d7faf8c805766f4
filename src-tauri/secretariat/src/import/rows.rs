//! A row as an act takes it: its cells by field, what it changes, and what is wrong with it, at the cell.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::fields::ImportTarget;
use super::grid::{Seen, place};
use super::value;
use crate::failure::{Code, Failure, Result, Text};
use crate::typed::{self, folded};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowFate {
    /// It is recorded.
    New,
    /// It is there already, just so.
    Same,
    /// It is there and something of it changes.
    Changes,
    /// It cannot be recorded.
    Refused,
}

/// A field that a row changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FieldChanged {
    /// The field.
    pub field: String,
    /// Its name.
    pub label: Text,
    /// What it says now; empty when nothing.
    pub before: String,
    /// What it will say.
    pub after: String,
}

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CellProblem {
    /// The field; `null` when it is the whole row.
    pub field: Option<String>,
    /// The cell, "C14"; `null` when it is the whole row or a field without a column.
    pub cell: Option<String>,
    /// What is wrong and what to do.
    pub message: Text,
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ImportedRow {
    /// Its number in the sheet, from 1, its head counted.
    pub row: i64,
    /// What it is about: a name, a title.
    pub name: String,
    /// What its cells say: field → as it is read. Only the fields that a column is, and that are not empty.
    pub cells: BTreeMap<String, String>,
    /// What becomes of it.
    pub fate: RowFate,
    /// The fields it changes.
    pub changes: Vec<FieldChanged>,
    /// Why it is refused.
    pub problems: Vec<CellProblem>,
}

/// A row while it is read.
pub(super) struct Row<'a> {
    target: ImportTarget,
    mapping: &'a BTreeMap<String, usize>,
    cells: &'a [Seen],
    /// Position in the sheet, from 0.
    at: usize,
    /// What it is about.
    pub name: String,
    /// Whether it is there already.
    pub known: bool,
    changes: Vec<FieldChanged>,
    problems: Vec<CellProblem>,
}

impl<'a> Row<'a> {
    pub fn new(
        target: ImportTarget,
        mapping: &'a BTreeMap<String, usize>,
        cells: &'a [Seen],
        at: usize,
    ) -> Self {
        let (name, changes, problems) = (String::new(), Vec::new(), Vec::new());
        Self { target, mapping, cells, at, name, known: false, changes, problems }
    }

    fn seen(&self, field: &str) -> Option<&'a Seen> {
        let cell = self.cells.get(*self.mapping.get(field)?)?;
        (*cell != Seen::Empty).then_some(cell)
    }

    /// What a cell shows.
    pub fn shown(&self, field: &str) -> String {
        self.seen(field).map(Seen::shown).unwrap_or_default()
    }

    /// Notes what is wrong with a cell.
    pub fn refuse(&mut self, field: &str, message: Text) {
        let cell = self.mapping.get(field).map(|column| place(self.at, *column));
        self.problems.push(CellProblem { field: Some(field.to_owned()), cell, message });
    }

    /// Whether something is wrong with it so far.
    pub fn refused(&self) -> bool {
        !self.problems.is_empty()
    }

    fn kept<T>(&mut self, field: &str, read: Result<T, Text>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(message) => {
                self.refuse(field, message);
                None
            }
        }
    }

    /// A line: a name, a title.
    pub fn line(&mut self, field: &str) -> Option<String> {
        let read = typed::optional_line(field, Some(&self.shown(field))).map_err(|failure| failure.message);
        self.kept(field, read).flatten()
    }

    /// Running text.
    pub fn prose(&mut self, field: &str) -> Option<String> {
        let read = typed::optional_prose(field, Some(&self.shown(field))).map_err(|failure| failure.message);
        self.kept(field, read).flatten()
    }

    /// A day.
    pub fn day(&mut self, field: &str) -> Option<NaiveDate> {
        let read = value::day(self.seen(field)?);
        self.kept(field, read)
    }

    /// A whole number.
    pub fn whole(&mut self, field: &str) -> Option<i64> {
        let read = value::whole(self.seen(field)?);
        self.kept(field, read)
    }

    /// An amount of pesos, to the nearest one.
    pub fn pesos(&mut self, field: &str) -> Option<i64> {
        let read = value::number(self.seen(field)?).map(|amount| amount.round() as i64);
        self.kept(field, read)
    }

    /// Yes or no.
    pub fn flag(&mut self, field: &str) -> Option<bool> {
        let read = value::flag(self.seen(field)?);
        self.kept(field, read)
    }

    /// One of some codes, by its word or another that people write, folded.
    pub fn chosen<T: Copy>(&mut self, field: &str, known: &[(&str, T)]) -> Option<T> {
        let said = self.seen(field)?.shown();
        let wanted = folded(&said);
        if let Some((_, code)) = known.iter().find(|(word, _)| folded(word) == wanted) {
            return Some(*code);
        }
        let mut words: Vec<&str> = Vec::new();
        for (word, _) in known.iter().filter(|(word, _)| word.chars().count() > 4) {
            words.push(word);
        }
        let list = crate::spanish::list_or(&words);
        self.refuse(
            field,
            crate::text!(
                "«{said}» no es un valor conocido. Escriba {list}.",
                "“{said}” is no known value. Write {list}."
            ),
        );
        None
    }

    /// What a field will say: the cell's word, else what it says already. Where they differ, the row changes it.
    pub fn over<T: PartialEq>(
        &mut self,
        field: &str,
        given: Option<T>,
        had: Option<T>,
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        let Some(given) = given else { return had };
        if self.known && had.as_ref() != Some(&given) {
            self.change(field, had.as_ref().map(show).unwrap_or_default());
        }
        Some(given)
    }

    /// Notes that the row changes a field.
    pub fn change(&mut self, field: &str, before: String) {
        let label = self.target.fields().iter().find(|f| f.key == field).map(|f| f.label());
        let after = self.shown(field);
        self.changes.push(FieldChanged {
            field: field.to_owned(),
            label: label.unwrap_or_default(),
            before,
            after,
        });
    }

    /// Whether it changes a field.
    pub fn changes(&self, field: &str) -> bool {
        self.changes.iter().any(|change| change.field == field)
    }

    /// Whether there is nothing to record: it is there, just so.
    pub fn is_same(&self) -> bool {
        self.known && self.changes.is_empty()
    }

    /// What an act says of it, at the cell of the field that it names.
    ///
    /// # Errors
    /// What is no fault of the row: a full disk, a defect.
    pub fn hear(&mut self, failure: Failure) -> Result<()> {
        let of_row = matches!(
            failure.code,
            Code::NotFound
                | Code::InvalidInput
                | Code::AlreadyExists
                | Code::WrongState
                | Code::RuleForbids
                | Code::NeedsConfirmation
        );
        if !of_row {
            return Err(failure);
        }
        let named =
            failure.details["field"].as_str().or(failure.details["confirm"].as_str()).unwrap_or_default();
        let field = match named {
            "valid_from" | "close_previous" => "holder_from",
            "valid_to" => "holder_to",
            "due_in" => "business_days",
            other => other,
        };
        if self.mapping.contains_key(field) {
            self.refuse(field, failure.message);
        } else {
            self.problems.push(CellProblem { field: None, cell: None, message: failure.message });
        }
        Ok(())
    }

    /// What became of it.
    pub fn told(self) -> ImportedRow {
        let fate = match (self.problems.is_empty(), self.known, self.changes.is_empty()) {
            (false, ..) => RowFate::Refused,
            (true, false, _) => RowFate::New,
            (true, true, true) => RowFate::Same,
            (true, true, false) => RowFate::Changes,
        };
        let cells = self.mapping.keys().map(|field| (field.clone(), self.shown(field)));
        ImportedRow {
            cells: cells.filter(|(_, said)| !said.is_empty()).collect(),
            row: i64::try_from(self.at + 1).unwrap_or(i64::MAX),
            name: self.name,
            fate,
            changes: if fate == RowFate::Changes { self.changes } else { Vec::new() },
            problems: self.problems,
        }
    }
}
