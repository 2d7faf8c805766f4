//! A list as an Excel workbook: head in bold that stays in sight, a filter on every column, days and numbers as such.

use chrono::{Datelike, NaiveDate, Timelike};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::sheet::{Cell, Sheet};
use crate::context::local;
use crate::failure::{Failure, Result, Text};
use crate::text;

/// Rows that a sheet takes, beyond its head.
const ROWS: usize = 1_048_575;
/// UTF-16 units that a cell takes.
const UNITS: usize = 32_767;
/// Letters that a sheet's name takes.
const NAME: usize = 31;
/// Narrowest and widest column, in letters; longer texts go on in the next line.
const WIDTHS: (usize, usize) = (9, 60);

/// The file.
///
/// # Errors
/// `invalid_input` when it has more rows than a sheet takes.
pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>> {
    if sheet.rows.len() > ROWS {
        return Err(Failure::field("list", too_long(sheet.rows.len())));
    }
    workbook(sheet).map_err(Failure::internal)
}

fn too_long(rows: usize) -> Text {
    text!(
        "La lista tiene {rows} filas y una hoja de Excel admite {ROWS}. Acótela con los filtros o expórtela como CSV.",
        "The list has {rows} rows and an Excel sheet takes {ROWS}. Narrow it with the filters or export it as CSV."
    )
}

fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new()
        .set_title(&sheet.title)
        .set_author(&sheet.body)
        .set_company(&sheet.body)
        .set_subject(format!("Corte: {}", crate::spanish::date(local(sheet.at).date())));
    if let Some(made) = moment(sheet.at.naive_utc())? {
        properties = properties.set_creation_datetime(&made);
    }
    workbook.set_properties(&properties);

    let looks = Looks::new();
    let page = workbook.add_worksheet();
    page.set_name(name(&sheet.title))?;
    page.set_landscape().set_print_fit_to_pages(1, 0);
    for (column, title) in (0u16..).zip(&sheet.columns) {
        page.write_string_with_format(0, column, cut(title), &looks.head)?;
        page.set_column_width(column, width(sheet, usize::from(column)))?;
    }
    for (row, cells) in (1u32..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            put(page, row, column, cell, &looks)?;
        }
    }
    if let Some(last) = u16::try_from(sheet.columns.len()).ok().and_then(|n| n.checked_sub(1)) {
        let bottom = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        page.autofilter(0, 0, bottom, last)?;
    }
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    workbook.save_to_buffer()
}

/// The looks of cells.
struct Looks {
    head: Format,
    text: Format,
    number: Format,
    pesos: Format,
    percent: Format,
    date: Format,
    instant: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top);
        Self {
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(0x00EB_EBEB))
                .set_border_bottom(FormatBorder::Thin),
            text: cell().set_text_wrap(),
            number: cell().set_num_format("0"),
            pesos: cell().set_num_format("#,##0"),
            percent: cell().set_num_format("0%"),
            date: cell().set_num_format("yyyy-mm-dd"),
            instant: cell().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        // Always a text: what begins like a formula is none.
        Cell::Text(text) => {
            page.write_string_with_format(row, column, cut(text), &looks.text)?;
        }
        Cell::Number(number) => {
            page.write_number_with_format(row, column, *number as f64, &looks.number)?;
        }
        Cell::Pesos(amount) => {
            page.write_number_with_format(row, column, *amount as f64, &looks.pesos)?;
        }
        Cell::Percent(share) => {
            page.write_number_with_format(row, column, f64::from(*share) / 100.0, &looks.percent)?;
        }
        Cell::Date(day) => match date(*day)? {
            Some(date) => {
                page.write_datetime_with_format(row, column, &date, &looks.date)?;
            }
            None => {
                page.write_string_with_format(row, column, day.to_string(), &looks.text)?;
            }
        },
        Cell::Instant(instant) => {
            let shown = local(*instant);
            match moment(shown)? {
                Some(moment) => {
                    page.write_datetime_with_format(row, column, &moment, &looks.instant)?;
                }
                None => {
                    page.write_string_with_format(row, column, shown.to_string(), &looks.text)?;
                }
            }
        }
    }
    Ok(())
}

/// A day as Excel counts them; `None` before 1900, where it has none.
fn date(day: NaiveDate) -> Result<Option<ExcelDateTime>, XlsxError> {
    let Some(year) = u16::try_from(day.year()).ok().filter(|year| (1900..=9999).contains(year)) else {
        return Ok(None);
    };
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8).map(Some)
}

fn moment(at: chrono::NaiveDateTime) -> Result<Option<ExcelDateTime>, XlsxError> {
    let (time, hour) = (at.time(), u16::try_from(at.hour()).unwrap_or_default());
    date(at.date())?.map(|day| day.and_hms(hour, time.minute() as u8, f64::from(time.second()))).transpose()
}

/// A text as far as a cell takes it.
fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= UNITS {
        return text.to_owned();
    }
    let mut units = 1;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= UNITS
        })
        .collect();
    kept.push('…');
    kept
}

/// A sheet's name: no signs that Excel refuses, not too long.
fn name(title: &str) -> String {
    let kept: String = title.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(NAME).collect();
    if kept.trim().is_empty() { "Lista".to_owned() } else { kept.trim().to_owned() }
}

/// How wide a column is, in letters.
fn width(sheet: &Sheet, column: usize) -> f64 {
    let letters = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    // Beside the title of a column stands the arrow of its filter.
    let title = sheet.columns.get(column).map_or(0, |title| letters(title) + 4);
    let widest = sheet
        .rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(|cell| match cell {
            Cell::Empty => 0,
            Cell::Text(text) => letters(text) + 1,
            Cell::Number(number) => number.to_string().len() + 1,
            Cell::Pesos(amount) => amount.to_string().len() * 4 / 3 + 2,
            Cell::Percent(_) => 6,
            Cell::Date(_) => 12,
            Cell::Instant(_) => 18,
        })
        .max()
        .unwrap_or(0);
    widest.max(title).clamp(WIDTHS.0, WIDTHS.1) as f64
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    use chrono::{TimeZone, Utc};

    use super::*;

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet {
            title: "Actas: [borrador] de la Comisión Intersectorial 2025".into(),
            stem: "actas",
            body: "Comisión".into(),
            at: Utc.with_ymd_and_hms(2026, 3, 2, 14, 0, 0).unwrap(),
            columns: vec!["Texto".into(), "Día".into(), "Hora".into(), "Pesos".into()],
            rows,
        }
    }

    fn read(bytes: Vec<u8>) -> (String, Vec<Vec<Data>>) {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let name = book.sheet_names()[0].clone();
        let range = book.worksheet_range(&name).unwrap();
        (name, range.rows().map(<[Data]>::to_vec).collect())
    }

    #[test]
    fn ten_thousand_rows_come_back() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let rows: Vec<Vec<Cell>> = (0..10_000)
            .map(|n| {
                vec![
                    format!("Acta {n}").into(),
                    day.into(),
                    Cell::Instant(sheet(Vec::new()).at),
                    Cell::Pesos(n),
                ]
            })
            .collect();
        let (name, rows) = read(write(&sheet(rows)).unwrap());
        assert_eq!((name.as_str(), rows.len()), ("Actas borrador de la Comisión I", 10_001));
        assert_eq!(rows[10_000][0], Data::String("Acta 9999".into()));
        assert_eq!(rows[10_000][3], Data::Float(9_999.0));
        let Data::DateTime(at) = rows[10_000][2] else { panic!("{:?}", rows[10_000]) };
        assert_eq!(at.to_ymd_hms_milli(), (2026, 3, 2, 9, 0, 0, 0), "by the clock of Bogotá");
    }

    #[test]
    fn what_a_cell_does_not_take_is_cut_or_said() {
        let long = "😀".repeat(20_000);
        let before = NaiveDate::from_ymd_opt(1811, 7, 14).unwrap();
        let rows = vec![vec![long.as_str().into(), before.into(), Cell::Empty, Cell::Empty]];
        let (_, rows) = read(write(&sheet(rows)).unwrap());
        let Data::String(kept) = &rows[1][0] else { panic!("{:?}", rows[1]) };
        assert!(kept.ends_with('…') && kept.encode_utf16().count() <= UNITS, "{}", kept.len());
        assert_eq!(rows[1][1], Data::String("1811-07-14".into()));
        let many = sheet(vec![Vec::new(); ROWS + 1]);
        assert_eq!(write(&many).unwrap_err().details["field"], "list");
    }
}
