//! A workbook or a text with separators as rows of cells, within bounds: what a stranger's file may cost is limited before
//! it is read.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use chrono::NaiveDate;
use encoding_rs::WINDOWS_1252;
use zip::ZipArchive;

use crate::failure::{Code, Failure, Result, Text};
use crate::text;

/// Bytes of a file.
const LARGEST: usize = 10 * 1024 * 1024;
/// Bytes of all that a workbook holds, once it is unpacked.
const UNPACKED: u64 = 128 * 1024 * 1024;
/// Files that a workbook holds.
const PARTS: usize = 2_000;
/// Rows of a sheet, its head among them.
pub(super) const ROWS: usize = 20_001;
/// Columns of a sheet.
pub(super) const COLUMNS: usize = 200;
/// Letters of a cell: what Excel takes.
const LETTERS: usize = 32_767;
/// Sheets of a workbook.
const SHEETS: usize = 50;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Seen {
    /// Nothing.
    #[default]
    Empty,
    /// Words, trimmed.
    Text(String),
    /// A number: also a day of which nothing says that it is one.
    Number(f64),
    /// A day; its hour, if it has one, is nothing to us.
    Day(NaiveDate),
    /// Yes or no.
    Flag(bool),
}

impl Seen {
    fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.to_owned()),
        }
    }

    /// As a person reads it.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
            Self::Flag(yes) => if *yes { "Sí" } else { "No" }.to_owned(),
        }
    }
}

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// Its name; the file's for a text.
    pub name: String,
    /// Its rows, each as far as it goes.
    pub rows: Vec<Vec<Seen>>,
}

impl Grid {
    fn put(&mut self, row: usize, column: usize, seen: Seen) -> Result<()> {
        if seen == Seen::Empty {
            return Ok(());
        }
        if row >= ROWS || column >= COLUMNS {
            return Err(too_big(&self.name));
        }
        if matches!(&seen, Seen::Text(text) if text.chars().count() > LETTERS) {
            let (name, cell) = (&self.name, place(row, column));
            return Err(bad(text!(
                "La celda {cell} de «{name}» tiene más de {LETTERS} caracteres. Acórtela y elija el archivo otra vez; no se importó nada.",
                "Cell {cell} of “{name}” has more than {LETTERS} characters. Shorten it and choose the file again; nothing was imported."
            )));
        }
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, Seen::Empty);
        }
        cells[column] = seen;
        Ok(())
    }
}

/// What a file held, and how it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Book {
    /// Its sheets, in order.
    pub sheets: Vec<Grid>,
    /// How it was read, in words.
    pub read_as: Text,
}

/// "C14".
pub(super) fn place(row: usize, column: usize) -> String {
    format!("{}{}", letters_of(column), row + 1)
}

/// "A", "Z", "AA".
pub(super) fn letters_of(column: usize) -> String {
    let mut left = column + 1;
    let mut name = Vec::new();
    while left > 0 {
        left -= 1;
        name.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    name.iter().rev().collect()
}

fn bad(message: Text) -> Failure {
    Failure::new(Code::BadData, message)
}

fn too_big(name: &str) -> Failure {
    let rows = ROWS - 1;
    bad(text!(
        "«{name}» tiene más de {rows} filas o más de {COLUMNS} columnas. Divídalo en varios y elija cada uno; no se importó nada.",
        "“{name}” has more than {rows} rows or {COLUMNS} columns. Divide it and choose each part; nothing was imported."
    ))
}

fn broken(name: &str) -> Failure {
    bad(text!(
        "«{name}» está dañado o incompleto: no se puede leer como hoja de cálculo. Ábralo en su programa, guárdelo de nuevo y elíjalo otra vez; no se importó nada.",
        "“{name}” is damaged or incomplete: it cannot be read as a sheet. Open it in its program, save it again and choose it again; nothing was imported."
    ))
}

/// Reads a workbook or a text with separators.
///
/// # Errors
/// `bad_data`, with what to do, for a file that is too large, protected, damaged, of another kind or empty.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Book> {
    if bytes.len() > LARGEST {
        let most = LARGEST / 1024 / 1024;
        return Err(bad(text!(
            "«{name}» pesa más de {most} MB. Divídalo en varios y elija cada uno; no se importó nada.",
            "“{name}” is larger than {most} MB. Divide it and choose each part; nothing was imported."
        )));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(bad(text!(
            "«{name}» tiene contraseña o es de una versión antigua de Excel (.xls). Ábralo en Excel, guárdelo como .xlsx sin contraseña y elíjalo otra vez.",
            "“{name}” has a password or is of an old Excel (.xls). Open it in Excel, save it as .xlsx without a password and choose it again."
        )));
    }
    let book = match bytes.starts_with(b"PK") {
        true => workbook(name, bytes)?,
        false => separated(name, bytes)?,
    };
    if book.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(bad(text!(
            "«{name}» no tiene ninguna fila. Elija el archivo que tiene los datos.",
            "“{name}” has no rows. Choose the file with the data."
        )));
    }
    Ok(book)
}

/// Refuses what would take too much memory once unpacked, whatever it says of itself.
fn refuse_bomb(name: &str, bytes: &[u8]) -> Result<()> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken(name))?;
    let mut left = UNPACKED;
    let too_much = || {
        let most = UNPACKED / 1024 / 1024;
        bad(text!(
            "«{name}» ocupa más de {most} MB al descomprimirse: no es una hoja de datos corriente y no se abre. Copie los datos a un libro nuevo.",
            "“{name}” takes more than {most} MB unpacked: it is no ordinary sheet and is not opened. Copy the data to a new workbook."
        ))
    };
    if zip.len() > PARTS {
        return Err(too_much());
    }
    for at in 0..zip.len() {
        let part = zip.by_index(at).map_err(|_| broken(name))?;
        let taken =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| broken(name))?;
        left = left.checked_sub(taken).ok_or_else(too_much)?;
    }
    Ok(())
}

fn workbook(name: &str, bytes: &[u8]) -> Result<Book> {
    refuse_bomb(name, bytes)?;
    let of_reader = |error: XlsxError| match error {
        XlsxError::Password => bad(text!(
            "«{name}» tiene contraseña. Quítesela en Excel, guárdelo y elíjalo otra vez.",
            "“{name}” has a password. Take it off in Excel, save it and choose it again."
        )),
        _ => broken(name),
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(of_reader)?;
    let mut sheets = Vec::new();
    for sheet in book.sheet_names().into_iter().take(SHEETS) {
        let mut grid = Grid { name: sheet.clone(), rows: Vec::new() };
        // Cell by cell: a single one in the last corner must not make a sheet of thousands of millions.
        let mut cells = match book.worksheet_cells_reader(&sheet) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue, // a chart
            Err(error) => return Err(of_reader(error)),
        };
        while let Some(cell) = cells.next_cell().map_err(of_reader)? {
            let (row, column) = cell.get_position();
            grid.put(row as usize, column as usize, seen(cell.get_value()))?;
        }
        sheets.push(grid);
    }
    Ok(Book { sheets, read_as: text!("Libro de Excel", "Excel workbook") })
}

fn seen(value: &DataRef<'_>) -> Seen {
    match value {
        DataRef::Empty | DataRef::Error(_) => Seen::Empty,
        DataRef::String(text) => Seen::text(text),
        DataRef::SharedString(text) => Seen::text(text),
        DataRef::Int(number) => Seen::Number(*number as f64),
        DataRef::Float(number) => Seen::Number(*number),
        DataRef::Bool(yes) => Seen::Flag(*yes),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).map_or(Seen::Empty, Seen::Day)
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Seen::text(text),
    }
}

/// Separators that are tried, the one of Excel in Spanish first.
const SEPARATORS: [(u8, &str, &str); 4] = [
    (b';', "punto y coma", "semicolons"),
    (b',', "coma", "commas"),
    (b'\t', "tabulación", "tabs"),
    (b'|', "barra", "bars"),
];

/// Rows by which a separator is guessed.
const LOOKED_AT: usize = 20;

fn separated(name: &str, bytes: &[u8]) -> Result<Book> {
    let (text, encoding) = decoded(bytes);
    if text.contains('\0') {
        return Err(bad(text!(
            "«{name}» no es una hoja de cálculo. Elija un archivo .xlsx o .csv.",
            "“{name}” is no sheet. Choose an .xlsx or .csv file."
        )));
    }
    let (separator, es, en) = guessed(&text);
    let mut grid = Grid { name: name.to_owned(), rows: Vec::new() };
    // A reader of records skips empty lines; a person who looks for a cell counts them.
    for (row, record) in filled_rows(&text, separator).into_iter().zip(records(&text, separator)) {
        let record = record.map_err(|_| broken(name))?;
        for (column, cell) in record.iter().enumerate() {
            grid.put(row, column, Seen::text(plain(cell)))?;
        }
    }
    let read_as = text!("Texto separado por {es}, {encoding}", "Text with {en}, {encoding}");
    Ok(Book { sheets: vec![grid], read_as })
}

fn records(text: &str, separator: u8) -> csv::StringRecordsIntoIter<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
}

/// The positions of the rows that are not empty lines. A line feed within quotation marks divides no rows.
fn filled_rows(text: &str, separator: u8) -> Vec<usize> {
    /// Where in a cell a letter stands.
    #[derive(Clone, Copy)]
    enum In {
        Beginning,
        Plain,
        Quoted,
        /// After a mark that closes it, unless another one follows.
        Closed,
    }
    let separator = char::from(separator);
    let (mut filled, mut row, mut within, mut empty) = (Vec::new(), 0, In::Beginning, true);
    for letter in text.replace("\r\n", "\n").chars() {
        within = match (letter, within) {
            ('"', In::Beginning | In::Closed) => In::Quoted,
            ('"', In::Quoted) => In::Closed,
            (_, In::Quoted) => In::Quoted,
            ('\n' | '\r', _) => {
                if !empty {
                    filled.push(row);
                }
                row += 1;
                empty = true;
                within = In::Beginning;
                continue;
            }
            (letter, _) if letter == separator => In::Beginning,
            _ => In::Plain,
        };
        empty = false;
    }
    if !empty {
        filled.push(row);
    }
    filled
}

/// UTF-8, or the code page of Windows in Spanish: what is not the one is the other.
fn decoded(bytes: &[u8]) -> (String, &'static str) {
    let (bytes, utf16) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (rest, None),
        [0xff, 0xfe, ..] => (bytes, Some(encoding_rs::UTF_16LE)),
        [0xfe, 0xff, ..] => (bytes, Some(encoding_rs::UTF_16BE)),
        _ => (bytes, None),
    };
    if let Some(encoding) = utf16 {
        return (encoding.decode(bytes).0.into_owned(), encoding.name());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), "UTF-8"),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), "Windows-1252"),
    }
}

/// The separator that divides the first rows into the most columns, as many in each.
fn guessed(text: &str) -> (u8, &'static str, &'static str) {
    let score = |separator: u8| {
        let widths: Vec<usize> = records(text, separator)
            .take(LOOKED_AT)
            .filter_map(|row| row.ok().map(|row| row.len()))
            .collect();
        let first = widths.first().copied().unwrap_or(0);
        if first < 2 { 0 } else { widths.iter().filter(|width| **width == first).count() * 1_000 + first }
    };
    let mut best = (SEPARATORS[0], 0);
    for separator in SEPARATORS {
        let reached = score(separator.0);
        if reached > best.1 {
            best = (separator, reached);
        }
    }
    best.0
}

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula, which lists are exported with.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn rows(text: &[u8]) -> Vec<Vec<String>> {
        let book = read("a.csv", text).unwrap();
        book.sheets[0].rows.iter().map(|row| row.iter().map(Seen::shown).collect()).collect()
    }

    #[test]
    fn separators_and_code_pages_are_guessed() {
        let expected = [["Nombre", "Cargo"], ["Peña, Ana", "Jefa"]];
        for text in [
            "Nombre;Cargo\r\nPeña, Ana;Jefa\r\n".as_bytes(),
            "Nombre,Cargo\n\"Peña, Ana\",Jefa".as_bytes(),
            "\u{feff}Nombre\tCargo\nPeña, Ana\tJefa".as_bytes(),
            "Nombre|Cargo\nPeña, Ana|Jefa".as_bytes(),
            b"Nombre;Cargo\nPe\xf1a, Ana;Jefa",
        ] {
            assert_eq!(rows(text), expected, "{}", String::from_utf8_lossy(text));
        }
        let utf16: Vec<u8> =
            "\u{feff}Nombre;Cargo\nPeña, Ana;Jefa".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&utf16), expected);
        // Empty lines count, and lines within a cell do not.
        let gaps = rows(b"\n\na;b\r\n\r\n\"x\n\"\"y\"\"\nz\";c\n\nd \"e;f");
        let shown: Vec<Vec<&str>> = gaps.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let none = Vec::new;
        assert_eq!(
            shown,
            [none(), none(), vec!["a", "b"], none(), vec!["x\n\"y\"\nz", "c"], none(), vec!["d \"e", "f"]]
        );
        assert_eq!(rows(b"a;b\n'=1+1;'hola"), [["a", "b"], ["=1+1", "'hola"]]);
        assert_eq!(
            read("a.csv", b"a;b\n\xf1;2").unwrap().read_as.es,
            "Texto separado por punto y coma, Windows-1252"
        );
    }

    #[test]
    fn columns_have_their_letters() {
        for (column, letters) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(letters_of(column), letters);
        }
        assert_eq!(place(13, 2), "C14");
    }

    fn zipped(part: &str, bytes: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_no_sheet_or_too_much_is_refused_with_what_to_do() {
        let wide = "a;".repeat(COLUMNS + 1);
        let tall = "a;b\n".repeat(ROWS + 1);
        let long = format!("a;{}", "x".repeat(LETTERS + 1));
        let bomb = zipped("xl/workbook.xml", &vec![b' '; UNPACKED as usize + 1]);
        assert!(bomb.len() < LARGEST);
        for (bytes, words) in [
            (vec![b'a'; LARGEST + 1], "10 MB"),
            (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1], "contraseña"),
            (b"PK\x03\x04 nada".to_vec(), "dañado"),
            (zipped("nota.txt", b"hola"), "dañado"),
            (bomb, "128 MB"),
            (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "no es una hoja"),
            (b"  \n \n".to_vec(), "ninguna fila"),
            (wide.into_bytes(), "200 columnas"),
            (tall.into_bytes(), "20000 filas"),
            (long.into_bytes(), "B1"),
        ] {
            let failure = read("a.xlsx", &bytes).unwrap_err();
            assert_eq!(failure.code, Code::BadData);
            assert!(failure.message.es.contains(words), "{words}: {failure}");
        }
    }

    #[test]
    fn a_workbook_gives_days_numbers_and_words_and_a_far_corner_costs_nothing() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 2).unwrap();
        let as_day = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
        page.write_string(0, 0, " Ñungo ").unwrap();
        page.write_number(0, 1, 46_083.0).unwrap();
        page.write_datetime_with_format(0, 2, &day, &as_day).unwrap();
        page.write_boolean(0, 3, true).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let read_back = read("a.xlsx", &bytes).unwrap();
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert_eq!(
            read_back.sheets[0].rows,
            [[Seen::Text("Ñungo".into()), Seen::Number(46_083.0), Seen::Day(day), Seen::Flag(true)]]
        );
        book.worksheet_from_index(0).unwrap().write_string(1_048_575, 16_383, "lejos").unwrap();
        let far = read("a.xlsx", &book.save_to_buffer().unwrap()).unwrap_err();
        assert!(far.message.es.contains("20000 filas"), "{far}");
    }
}
