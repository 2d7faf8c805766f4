//! A list before it has a format: columns and rows of typed cells.

use chrono::{DateTime, NaiveDate, Utc};

use crate::failure::Text;
use crate::spanish::capitalized;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A count or an ordinal.
    Number(i64),
    /// An amount of money in pesos.
    Pesos(i64),
    /// A share, in percent.
    Percent(u32),
    /// A calendar day.
    Date(NaiveDate),
    /// An instant, shown by the clock of Bogotá.
    Instant(DateTime<Utc>),
}

impl Cell {
    /// A code's word, or any other, as it begins a cell.
    pub(super) fn word(word: &str) -> Self {
        Self::from(capitalized(word))
    }

    /// Several things, one a line.
    pub(super) fn lines<S: AsRef<str>>(items: &[S]) -> Self {
        Self::from(items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("\n"))
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::from(text.clone())
    }
}

impl From<Text> for Cell {
    fn from(text: Text) -> Self {
        Self::from(text.es)
    }
}

/// The record's language is Spanish, as that of its papers.
impl From<&Text> for Cell {
    fn from(text: &Text) -> Self {
        Self::from(text.es.as_str())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::from(if yes { "Sí" } else { "No" })
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Instant(instant)
    }
}

impl<T> From<Option<T>> for Cell
where
    Self: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Self::from)
    }
}

/// A column of a list: its title, and what it says of a line.
pub(super) type Column<T> = (&'static str, fn(&T) -> Cell);

/// A list of the record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sheet {
    /// What it is: "Sesiones de 2025".
    pub title: String,
    /// The beginning of its file's name, in ASCII.
    pub stem: &'static str,
    /// The body whose list it is; empty when it is of all.
    pub body: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// The titles of its columns.
    pub columns: Vec<String>,
    /// Its rows, each as wide as the columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Adds the columns of each line to a sheet that has none yet.
    pub(super) fn with<T>(mut self, lines: &[T], columns: &[Column<T>]) -> Self {
        self.columns = columns.iter().map(|(title, _)| (*title).to_owned()).collect();
        self.rows = lines.iter().map(|line| columns.iter().map(|(_, cell)| cell(line)).collect()).collect();
        self
    }
}
