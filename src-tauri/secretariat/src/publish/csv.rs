//! A list as text (RFC 4180): UTF-8 with a byte-order mark, semicolons, CRLF.
//!
//! Excel in Spanish takes the comma for decimals and divides columns at semicolons; without the mark it reads accents as
//! something else. Days are ISO 8601, which it takes for dates whatever the country.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::sheet::{Cell, Sheet};
use crate::context::local;
use crate::failure::{Failure, Result};

/// What begins a formula in some spreadsheet, half width or full, and the blanks that may hide it.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The file.
///
/// # Errors
/// A defect of the program.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(sheet.columns.iter().map(|title| harmless(title))).map_err(Failure::internal)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(said)).map_err(Failure::internal)?;
    }
    writer.into_inner().map_err(Failure::internal)
}

fn said(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) | Cell::Pesos(number) => number.to_string(),
        Cell::Percent(share) => format!("{share}%"),
        Cell::Date(day) => day.to_string(),
        Cell::Instant(instant) => local(*instant).format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// A text that no spreadsheet takes for a formula: one that would begin like a formula gets an apostrophe, which they
/// show as text.
fn harmless(text: &str) -> String {
    let hidden = text.trim_start_matches([' ', '\n', '\u{a0}']);
    if hidden.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone, Utc};

    use super::*;

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet {
            title: "Prueba".into(),
            stem: "prueba",
            body: String::new(),
            at: Utc.timestamp_opt(1_750_000_000, 0).unwrap(),
            columns: vec!["Texto".into()],
            rows,
        }
    }

    #[test]
    fn cells_that_begin_like_a_formula_are_text() {
        for (given, kept) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+57 601", "'+57 601"),
            ("-1", "'-1"),
            ("@SUMA(A1)", "'@SUMA(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            (" =1", "' =1"),
            ("\n@x", "'\n@x"),
            ("＝1+1", "'＝1+1"),
            ("Acta 1", "Acta 1"),
            ("a=b", "a=b"),
            ("", ""),
            ("'=1", "'=1"),
        ] {
            assert_eq!(harmless(given), kept, "{given:?}");
        }
    }

    #[test]
    fn fields_are_quoted_where_they_must() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let rows = [
            Cell::from("Salud; Hacienda"),
            Cell::from("dijo «sí» y \"no\""),
            Cell::from("uno\ndos"),
            Cell::from("Ñungo"),
            Cell::Number(-3),
            Cell::Pesos(1_234_567),
            Cell::Percent(75),
            Cell::Date(day),
            Cell::Instant(Utc.with_ymd_and_hms(2026, 3, 3, 4, 30, 0).unwrap()),
            Cell::Empty,
        ];
        let text =
            String::from_utf8(write(&sheet(rows.into_iter().map(|c| vec![c]).collect())).unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}Texto\r\n\"Salud; Hacienda\"\r\n\"dijo «sí» y \"\"no\"\"\"\r\n\"uno\ndos\"\r\nÑungo\r\n-3\r\n1234567\r\n75%\r\n2026-03-02\r\n2026-03-02 23:30\r\n\"\"\r\n"
        );
    }
}
