//! The attendance report of a meeting platform, read: who was connected, from when to when. Nothing here knows the session
//! beyond the days it sat on.
//!
//! Reports come from outside and are not trusted: their size and rows are bounded, and a row that does not read is told by
//! its line. Platforms differ in separator, encoding, language and sections; what they share is a table whose head names
//! people and the times they joined and left.

mod stamp;

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::stamp::{BOGOTA, DateSaid, stamp, zone_name, zone_told};
use crate::failure::{Failure, Result, Text};
use crate::{text, typed};

/// The largest report read, in bytes: a day of a thousand people is a tenth of it.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// The most rows read.
const MAX_ROWS: usize = 20_000;
/// The most columns read of a row.
const MAX_COLUMNS: usize = 60;
/// The most tables looked for in a file: platforms write three.
const MAX_TABLES: usize = 50;
/// The most people read.
const MAX_PEOPLE: usize = 2_000;
/// The most rows told as unreadable; the rest are counted.
const MAX_PROBLEMS: usize = 100;
/// The longest name or address taken from a cell, in characters.
const MAX_CELL: usize = 200;

/// Whose report it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportPlatform {
    /// Microsoft Teams.
    Teams,
    /// Google Meet.
    Meet,
    /// Zoom.
    Zoom,
    /// Another, with a table of names and times.
    Other,
}

/// A row that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReportProblem {
    /// Its line in the file, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub text: Text,
}

/// Somebody connected from one instant to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
pub struct Connection {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; `null` while it lasted when the report was taken.
    pub to: Option<DateTime<Utc>>,
}

/// A person of the report and when they were connected, in order, as the report says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// The name as the report has it.
    pub name: String,
    /// The address as the report has it.
    pub email: Option<String>,
    /// The stretches, overlapping ones of several devices made one.
    pub connections: Vec<Connection>,
}

/// The heads of the columns that were read, as the report writes them; `null` where it has no such column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReportColumns {
    /// The name, or the first names.
    pub name: Option<String>,
    /// The surnames, where they have a column of their own.
    pub surname: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// When somebody joined.
    pub join: Option<String>,
    /// When somebody left.
    pub leave: Option<String>,
    /// What somebody did, of a report with a row for each act.
    pub action: Option<String>,
    /// When they did it.
    pub at: Option<String>,
}

/// A report as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whose it is.
    pub platform: ReportPlatform,
    /// The zone its times are in, as printed: "UTC-05:00".
    pub zone: String,
    /// Whether the report says its zone; otherwise Bogotá's was taken.
    pub zone_said: bool,
    /// Whether its dates say the day before the month.
    pub day_first: bool,
    /// The columns of its table that were read.
    pub columns: ReportColumns,
    /// The rows of its table.
    pub rows: usize,
    /// How many of them were not read; [`Self::problems`] tells the first ones.
    pub unread: usize,
    /// Its people, by their first connection.
    pub people: Vec<Connected>,
    /// Rows that were not read.
    pub problems: Vec<ReportProblem>,
}

/// A record of the file with its line.
struct Row {
    line: u32,
    cells: Vec<String>,
}

/// What the columns of a table say.
#[derive(Clone, Copy, Debug, Default)]
struct Columns {
    name: Option<usize>,
    surname: Option<usize>,
    email: Option<usize>,
    join: Option<usize>,
    leave: Option<usize>,
    /// Only the first join and the last leave of each person.
    summary: bool,
    action: Option<usize>,
    at: Option<usize>,
}

impl Columns {
    fn is_head(&self) -> bool {
        let times = self.join.is_some() && self.leave.is_some() || self.action.is_some() && self.at.is_some();
        times && (self.name.is_some() || self.email.is_some())
    }
}

/// A table of the file: its columns and its rows.
struct Table<'a> {
    /// How many rows stand before its own, its head included.
    above: usize,
    head: &'a Row,
    columns: Columns,
    rows: Vec<&'a Row>,
}

/// Reads a report. `days` are those on which the session sat: they tell the order of day and month.
///
/// # Errors
/// `invalid_input` naming `file` when it is too large, or has no table of names with the times they joined and left.
pub fn read(bytes: &[u8], days: &[NaiveDate]) -> Result<Report> {
    if bytes.len() > MAX_BYTES {
        return Err(Failure::field(
            "file",
            text!(
                "El informe pesa más de 4 MB y no se leyó. Descargue el de esta sesión sola.",
                "The report weighs more than 4 MB and was not read. Download that of this session alone."
            ),
        ));
    }
    let content = decoded(bytes);
    let (rows, mut tables) = [b'\t', b',', b';']
        .into_iter()
        .filter_map(|separator| {
            let rows = records(&content, separator);
            let found = heads(&rows);
            (!found.is_empty()).then_some((rows, found))
        })
        .max_by_key(|(_, heads)| heads.len())
        .ok_or_else(no_table)?;
    if rows.len() > MAX_ROWS {
        return Err(Failure::field(
            "file",
            text!(
                "El informe tiene más de 20.000 filas y no se leyó. Descargue el de esta sesión sola.",
                "The report has more than 20,000 rows and was not read. Download that of this session alone."
            ),
        ));
    }
    // Each connection of its own, before the first and last of each person alone.
    tables.sort_by_key(|(_, columns)| columns.summary);
    let tables: Vec<Table<'_>> = tables.iter().filter_map(|head| table(&rows, *head, &tables)).collect();
    let first = tables.iter().position(|t| !t.rows.is_empty()).unwrap_or(0);
    let table = tables.get(first).ok_or_else(no_table)?;
    let said = rows.iter().take(table.above).find_map(|row| zone_told(&row.cells));
    let offset = said.unwrap_or(BOGOTA);
    let day_first = day_first(table, days);
    let mut reading = Reading {
        days,
        offset,
        day_first,
        problems: Vec::new(),
        people: Vec::new(),
        by_email: BTreeMap::new(),
        by_name: BTreeMap::new(),
        row_zone: false,
    };
    match table.columns.action {
        Some(action) => reading.actions(table, action),
        None => reading.stretches(table),
    }
    let Reading { mut people, mut problems, row_zone, .. } = reading;
    if people.len() > MAX_PEOPLE {
        return Err(Failure::field(
            "file",
            text!(
                "El informe tiene más de 2.000 personas y no se leyó. Descargue el de esta sesión sola.",
                "The report has more than 2,000 people and was not read. Download that of this session alone."
            ),
        ));
    }
    for person in &mut people {
        person.connections = overlaid(&person.connections);
    }
    people.sort_by(|a, b| {
        (a.connections.first(), &a.name, &a.email).cmp(&(b.connections.first(), &b.name, &b.email))
    });
    let unread = problems.len();
    let untold = unread.saturating_sub(MAX_PROBLEMS);
    problems.truncate(MAX_PROBLEMS);
    if let (true, Some(last)) = (untold > 0, problems.last().map(|p| p.line)) {
        problems.push(ReportProblem {
            line: last,
            text: text!(
                "Otras {untold} filas tampoco se leyeron.",
                "Another {untold} rows were not read either."
            ),
        });
    }
    Ok(Report {
        platform: platform(&rows, &table.columns),
        zone: zone_name(offset),
        zone_said: said.is_some() || row_zone,
        day_first,
        columns: named(table),
        rows: table.rows.len(),
        unread,
        people,
        problems,
    })
}

fn no_table() -> Failure {
    Failure::field(
        "file",
        text!(
            "No se encontró en el archivo una tabla con nombre o correo, hora de entrada y hora de salida. Descargue de la plataforma el informe de asistencia (CSV) y cárguelo sin cambiarlo.",
            "The file has no table with a name or e-mail, a join time and a leave time. Download the attendance report (CSV) from the platform and load it unchanged."
        ),
    )
}

/// The text of a file: by its byte order mark, else UTF-16 when every other byte is zero, else UTF-8, else Windows-1252.
fn decoded(bytes: &[u8]) -> String {
    let zeros = |odd: usize| {
        let half = bytes.len().min(2_000) / 2;
        half > 8 && (0..half).filter(|n| bytes[n * 2 + odd] == 0).count() > half / 2
    };
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if zeros(1) => UTF_16LE,
        None if zeros(0) => UTF_16BE,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let content = encoding.decode(bytes).0;
    // Lines are counted by their line feed, and old programs end them with a return alone.
    content.replace("\r\n", "\n").replace('\r', "\n")
}

/// The records of a text. One more than the most that are read tells that there are more.
fn records(content: &str, separator: u8) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(content.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records().take(MAX_ROWS + 1) {
        let Ok(record) = record else { continue };
        let (line, at) = record.position().map_or((0, 0), |position| (position.line(), position.byte()));
        // The reader places a record where the empty lines before it begin.
        let rest = usize::try_from(at).ok().and_then(|at| content.as_bytes().get(at..)).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| **byte == b'\n').count();
        rows.push(Row {
            line: u32::try_from(line).unwrap_or(u32::MAX).saturating_add(u32::try_from(empty).unwrap_or(0)),
            cells: record.iter().take(MAX_COLUMNS).map(|cell| cell.trim().to_owned()).collect(),
        });
    }
    rows
}

/// The heads of the tables: the row of each and what its columns say.
fn heads(rows: &[Row]) -> Vec<(usize, Columns)> {
    let head = |(n, row): (usize, &Row)| Some((n, columns(&row.cells))).filter(|(_, c)| c.is_head());
    rows.iter().enumerate().filter_map(head).take(MAX_TABLES).collect()
}

/// What the cells of a row would name as the head of a table.
fn columns(cells: &[String]) -> Columns {
    let mut found = Columns::default();
    let (mut first, mut last) = (false, false);
    for (n, cell) in cells.iter().enumerate() {
        if cell.chars().count() > 60 {
            continue;
        }
        let word = typed::folded(&cell.replace(['(', ')', '_', ':'], " "));
        let has = |stems: &[&str]| stems.iter().any(|stem| word.contains(stem));
        let begins = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
        if word.is_empty() || has(&["durac", "durat", "minut"]) {
            continue;
        }
        if has(&["email", "e mail", "correo", "mail"]) {
            found.email.get_or_insert(n);
        } else if has(&["leave", "left", "exit", "salida", "salio", "abandon", "desconex", "desconect"]) {
            last |= has(&["last", "ultim"]);
            found.leave.get_or_insert(n);
        } else if has(&["join", "union", "unio", "entrada", "ingres", "incorpora", "conexion", "conect"]) {
            first |= has(&["first", "primer"]);
            found.join.get_or_insert(n);
        } else if has(&["user action", "accion"]) || word == "action" {
            found.action.get_or_insert(n);
        } else if has(&["timestamp", "marca de tiempo", "marca temporal"])
            || matches!(word.as_str(), "hora" | "fecha y hora" | "time")
        {
            found.at.get_or_insert(n);
        } else if begins(&["last name", "apellido", "surname"]) {
            found.surname.get_or_insert(n);
        } else if begins(&[
            "name",
            "full name",
            "first name",
            "display name",
            "nombre",
            "participant",
            "asistente",
            "usuario",
        ]) && !has(&[" id", " upn"])
        {
            found.name.get_or_insert(n);
        }
    }
    found.summary = first && last;
    found
}

/// The table under a head: until the next head or the title of another section.
fn table<'a>(
    rows: &'a [Row],
    (head, columns): (usize, Columns),
    heads: &[(usize, Columns)],
) -> Option<Table<'a>> {
    let ends = heads.iter().map(|(n, _)| *n).filter(|n| *n > head).min().unwrap_or(rows.len());
    let titled = |row: &&Row| {
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
        let only = filled.next().filter(|_| filled.next().is_none());
        only.is_some_and(|title| {
            let number: String = title.chars().take_while(char::is_ascii_digit).collect();
            !number.is_empty() && title[number.len()..].starts_with(". ")
        })
    };
    let under = rows.get(head + 1..ends).unwrap_or_default();
    let blank = |row: &&Row| row.cells.iter().all(String::is_empty);
    Some(Table {
        above: head + 1,
        head: rows.get(head)?,
        columns,
        rows: under.iter().take_while(|row| !titled(row)).filter(|row| !blank(row)).collect(),
    })
}

/// The heads of a table's columns, as they are written.
fn named(table: &Table<'_>) -> ReportColumns {
    let head = |n: Option<usize>| Some(table.head.cells.get(n?)?.clone());
    let Columns { name, surname, email, join, leave, action, at, .. } = table.columns;
    ReportColumns {
        name: head(name),
        surname: head(surname),
        email: head(email),
        join: head(join),
        leave: head(leave),
        action: head(action),
        at: head(at),
    }
}

fn platform(rows: &[Row], columns: &Columns) -> ReportPlatform {
    let mut all = rows.iter().take(60).flat_map(|row| row.cells.iter().take(30));
    let told: String = all.by_ref().map(|cell| typed::folded(cell) + "\n").collect();
    let has = |words: &[&str]| words.iter().any(|word| told.contains(word));
    if columns.action.is_some()
        || columns.summary
        || has(&["participant id upn", "id de participante upn", "(upn)", "in meeting", "en la reunion"])
    {
        ReportPlatform::Teams
    } else if has(&["original name", "nombre original", "user email", "waiting room", "sala de espera"]) {
        ReportPlatform::Zoom
    } else if has(&["time joined", "time exited", "a la que se unio", "a la que salio"]) {
        ReportPlatform::Meet
    } else {
        ReportPlatform::Other
    }
}

/// Whether the dates of a table say the day first: the way in which more of them fall on the days of the session, else the
/// only one that is possible, else the custom of the country.
fn day_first(table: &Table<'_>, days: &[NaiveDate]) -> bool {
    let columns = [table.columns.join, table.columns.leave, table.columns.at];
    let cells = table.rows.iter().flat_map(|row| columns.iter().filter_map(|c| row.cells.get((*c)?)));
    let dates: Vec<DateSaid> = cells
        .filter_map(|cell| stamp(cell)?.date)
        .filter(|date| matches!(date, DateSaid::Numbers(..)))
        .collect();
    let near = |date: NaiveDate| days.iter().any(|day| (date - *day).num_days().abs() <= 1);
    let fit = |first: bool| dates.iter().filter(|date| date.read(first).is_some_and(near)).count();
    let possible = |first: bool| dates.iter().filter(|date| date.read(first).is_some()).count();
    (fit(true), possible(true)) >= (fit(false), possible(false))
}

/// The rows of a table as they are read.
struct Reading<'a> {
    days: &'a [NaiveDate],
    offset: i32,
    day_first: bool,
    problems: Vec<ReportProblem>,
    people: Vec<Connected>,
    /// Where the person of an address stands.
    by_email: BTreeMap<String, usize>,
    /// Where the first person of a name stands, by the name folded.
    by_name: BTreeMap<String, usize>,
    /// Whether a row said its own zone.
    row_zone: bool,
}

impl Reading<'_> {
    fn problem(&mut self, line: u32, text: Text) {
        self.problems.push(ReportProblem { line, text });
    }

    /// The instant a cell says, on a day of the session.
    fn instant(&mut self, line: u32, cell: &str) -> Option<DateTime<Utc>> {
        let shown: String = cell.chars().take(40).collect();
        let read = stamp(cell).and_then(|stamp| {
            let date = match stamp.date {
                Some(date) => date.read(self.day_first)?,
                None => *self.days.first()?,
            };
            let offset = stamp.zone.unwrap_or(self.offset);
            self.row_zone |= stamp.zone.is_some();
            Some((date.and_time(stamp.time) - TimeDelta::minutes(i64::from(offset))).and_utc())
        });
        let Some(at) = read else {
            self.problem(
                line,
                text!("La hora «{shown}» no se entiende.", "The time “{shown}” is not understood."),
            );
            return None;
        };
        let day = crate::local(at).date();
        let (first, last) = (self.days.iter().min(), self.days.iter().max());
        // A session may end past midnight.
        let during = first.zip(last).is_none_or(|(first, last)| *first <= day && day <= *last + Days::new(1));
        if !during {
            self.problem(
                line,
                text!(dates day;
                    "Es del {day}, que no es día de la sesión.",
                    "It is of {day}, which is no day of the session."
                ),
            );
            return None;
        }
        Some(at)
    }

    /// The person of a row, by e-mail or else by name.
    fn person(&mut self, row: &Row, columns: &Columns) -> Option<usize> {
        let cell = |n: Option<usize>| n.and_then(|n| row.cells.get(n)).map_or("", String::as_str);
        let bounded = |text: &str| {
            text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_CELL).collect::<String>()
        };
        let name = bounded(&format!("{} {}", cell(columns.name), cell(columns.surname)));
        let email = Some(bounded(cell(columns.email)).to_lowercase()).filter(|email| email.contains('@'));
        if name.is_empty() && email.is_none() {
            self.problem(
                row.line,
                text!(
                    "No dice de quién es: falta el nombre.",
                    "It does not say whose it is: the name is missing."
                ),
            );
            return None;
        }
        let folded = typed::folded(&name);
        let of_name = self.by_name.get(&folded).copied();
        let found = match &email {
            Some(email) => {
                let addressed = self.by_email.get(email).copied();
                let unaddressed = of_name.filter(|place| self.people[*place].email.is_none());
                [addressed, unaddressed].into_iter().flatten().min()
            }
            None => of_name,
        };
        let place = found.unwrap_or_else(|| {
            self.people.push(Connected { name, email: None, connections: Vec::new() });
            self.by_name.entry(folded).or_insert(self.people.len() - 1);
            self.people.len() - 1
        });
        if let Some(email) = email.filter(|_| self.people[place].email.is_none()) {
            self.by_email.entry(email.clone()).or_insert(place);
            self.people[place].email = Some(email);
        }
        Some(place)
    }

    /// A row for each connection, with when it began and ended.
    fn stretches(&mut self, table: &Table<'_>) {
        for row in &table.rows {
            let cell = |n: Option<usize>| n.and_then(|n| row.cells.get(n)).map_or("", String::as_str);
            let (join, leave) = (cell(table.columns.join), cell(table.columns.leave));
            if join.is_empty() {
                self.problem(row.line, text!("Falta la hora de entrada.", "The join time is missing."));
                continue;
            }
            let Some(from) = self.instant(row.line, join) else { continue };
            let to = match leave {
                "" | "-" | "--" => None,
                leave => match self.instant(row.line, leave) {
                    Some(to) => Some(to),
                    None => continue,
                },
            };
            if to.is_some_and(|to| to < from) {
                self.problem(
                    row.line,
                    text!("La salida es anterior a la entrada.", "The leave is before the join."),
                );
                continue;
            }
            let Some(place) = self.person(row, &table.columns) else { continue };
            self.people[place].connections.push(Connection { from, to });
        }
    }

    /// A row for each act: somebody joined, somebody left.
    fn actions(&mut self, table: &Table<'_>, action: usize) {
        let mut acts: Vec<(usize, DateTime<Utc>, bool, u32)> = Vec::new();
        for row in &table.rows {
            let cell = |n: usize| row.cells.get(n).map_or("", String::as_str);
            let word = typed::folded(cell(action));
            let joined = ["join", "unio", "unido", "entr", "ingres"].iter().any(|stem| word.contains(stem));
            let left = ["left", "leave", "abandon", "sali"].iter().any(|stem| word.contains(stem));
            if joined == left {
                let shown: String = cell(action).chars().take(40).collect();
                self.problem(
                    row.line,
                    text!("La acción «{shown}» no se entiende.", "The action “{shown}” is not understood."),
                );
                continue;
            }
            let Some(at) = table.columns.at.and_then(|n| self.instant(row.line, cell(n))) else { continue };
            let Some(place) = self.person(row, &table.columns) else { continue };
            acts.push((place, at, joined, row.line));
        }
        acts.sort_by_key(|(place, at, joined, _)| (*place, *at, !*joined));
        for (place, at, joined, line) in acts {
            let open = self.people[place].connections.last_mut().filter(|c| c.to.is_none());
            match (joined, open) {
                (true, None) => self.people[place].connections.push(Connection { from: at, to: None }),
                (true, Some(_)) => {} // joined from another device
                (false, Some(open)) => open.to = Some(at),
                (false, None) => self.problem(
                    line,
                    text!(
                        "Sale quien no consta que entró.",
                        "Somebody leaves who is not told to have joined."
                    ),
                ),
            }
        }
        self.people.retain(|person| !person.connections.is_empty());
    }
}

/// Stretches in order, those that overlap or touch made one.
fn overlaid(connections: &[Connection]) -> Vec<Connection> {
    joined(connections, TimeDelta::zero()).0
}

/// Stretches in order, those apart by no more than `drop` made one; and the drops passed over so, from when the connection
/// was lost to when it was back.
#[must_use]
pub fn joined(connections: &[Connection], drop: TimeDelta) -> (Vec<Connection>, Vec<Connection>) {
    let mut sorted = connections.to_vec();
    sorted.sort_by_key(|c| c.from);
    let mut whole: Vec<Connection> = Vec::new();
    let mut passed = Vec::new();
    for next in sorted {
        match whole.last_mut().filter(|last| last.to.is_none_or(|to| next.from - to <= drop)) {
            Some(last) => {
                let lost = last.to.filter(|to| *to < next.from);
                passed.extend(lost.map(|from| Connection { from, to: Some(next.from) }));
                last.to = last.to.zip(next.to).map(|(one, other)| one.max(other));
            }
            None => whole.push(next),
        }
    }
    (whole, passed)
}

#[cfg(test)]
mod tests;
