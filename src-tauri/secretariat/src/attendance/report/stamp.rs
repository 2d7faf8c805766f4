//! The times of a platform's report as its cells write them: a date, a clock and sometimes a zone, in Spanish or English.

use chrono::{NaiveDate, NaiveTime};

use crate::typed;

/// Bogotá's offset from UTC in minutes: it has no summer time.
pub(super) const BOGOTA: i32 = -300;

/// "UTC-05:00", from an offset in minutes.
pub(super) fn zone_name(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
}

/// The offset that a row outside the times tells: "Time zone: UTC", "Join Time (GMT-05:00)", "Zona horaria,America/Bogota".
pub(super) fn zone_told(cells: &[String]) -> Option<i32> {
    let said = || cells.iter().take(30).filter(|cell| cell.chars().count() <= 80);
    let about = |cell: &&String| {
        let word = typed::folded(cell);
        ["zone", "zona", "huso", "join", "leave", "union", "salida", "entrada", "time", "hora"]
            .iter()
            .any(|stem| word.contains(stem))
    };
    said().any(|cell| about(&cell)).then(|| said().find_map(|cell| zone_in(cell)))?
}

/// The offset in minutes that a text names, if it does: "UTC", "GMT-5", "(UTC-05:00) Bogotá, Lima", "COT".
fn zone_in(said: &str) -> Option<i32> {
    let word = said.to_uppercase();
    if word.contains("BOGOT") || word.contains("COLOMBIA") || word.split_whitespace().any(|w| w == "COT") {
        return Some(BOGOTA);
    }
    ["UTC", "GMT"].iter().find_map(|name| {
        let (before, after) = word.split_once(name)?;
        let inside_a_word = before.ends_with(char::is_alphabetic) || after.starts_with(char::is_alphabetic);
        (!inside_a_word).then(|| signed_offset(after.trim_start()).unwrap_or(0))
    })
}

/// The offset that stands after a clock time: "-05:00", "Z", "UTC"; the error of what is no offset.
fn zone_after(after: &str) -> std::result::Result<Option<i32>, ()> {
    let after = after.trim();
    match zone_in(after).or_else(|| signed_offset(after)) {
        Some(offset) => Ok(Some(offset)),
        None if after.eq_ignore_ascii_case("z") => Ok(Some(0)),
        // The thousandths of a second; anything else with figures is no part of a time.
        None => {
            let rest = after.trim_start_matches(|c: char| c == '.' || c == ',' || c.is_ascii_digit());
            let thousandths = after.starts_with(['.', ',']);
            match rest.trim() {
                "Z" | "z" if thousandths => Ok(Some(0)),
                zone if thousandths && zone.starts_with(['+', '-']) => {
                    signed_offset(zone).map(Some).ok_or(())
                }
                rest if rest.contains(|c: char| c.is_ascii_digit()) || !thousandths && rest != after => {
                    Err(())
                }
                _ => Ok(None),
            }
        }
    }
}

/// "-5", "-05:00", "+0530" at the beginning of a text, in minutes.
fn signed_offset(text: &str) -> Option<i32> {
    let mut letters = text.chars();
    let sign = match letters.next()? {
        '+' => 1,
        '-' | '−' | '–' => -1,
        _ => return None,
    };
    let rest: String = letters.take_while(|c| c.is_ascii_digit() || *c == ':').take(6).collect();
    let (hours, minutes) = match rest.split_once(':') {
        Some((hours, minutes)) => (hours.parse::<i32>().ok()?, minutes.parse::<i32>().unwrap_or(0)),
        None if rest.len() == 4 => (rest[..2].parse().ok()?, rest[2..].parse().ok()?),
        None => (rest.parse::<i32>().ok()?, 0),
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// A time as a cell has it, before the order of its day and month is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) date: Option<DateSaid>,
    pub(super) time: NaiveTime,
    pub(super) zone: Option<i32>,
}

/// A date as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateSaid {
    /// With its year first or its month in letters: there is one way to read it.
    Certain(NaiveDate),
    /// Two numbers that are the day and the month, or the month and the day; and the year.
    Numbers(u32, u32, i32),
}

impl DateSaid {
    pub(super) fn read(self, day_first: bool) -> Option<NaiveDate> {
        match self {
            DateSaid::Certain(date) => Some(date),
            DateSaid::Numbers(day, month, year) if day_first => NaiveDate::from_ymd_opt(year, month, day),
            DateSaid::Numbers(month, day, year) => NaiveDate::from_ymd_opt(year, month, day),
        }
    }
}

/// Reads "3/27/25, 8:01:10 AM", "27/03/2025 8:01:10 a. m.", "2025-03-27T08:01:10-05:00", "27 mar 2025 8:01", "8:01 p. m.".
pub(super) fn stamp(cell: &str) -> Option<Stamp> {
    if cell.chars().count() > 80 {
        return None;
    }
    let plain: String = cell.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let clock_at = plain.find(':')?;
    let begins = plain[..clock_at]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + plain[at..].chars().next().map_or(1, char::len_utf8));
    let (before, clock) = plain.split_at(begins);
    let mut parts = clock.splitn(3, ':');
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute_part = parts.next()?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let minute: u32 = digits(minute_part).parse().ok()?;
    let seconds_part = parts.next().filter(|_| digits(minute_part).len() == minute_part.len());
    let second: u32 = seconds_part.map_or(Some(0), |part| digits(part).parse().ok())?;
    let after = match seconds_part {
        Some(part) => &part[digits(part).len()..],
        None => &clock[clock.find(':')? + 1 + digits(minute_part).len()..],
    };
    let half: String = after.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    let hour = match (hour, half.as_str()) {
        (1..=12, half) if half.starts_with("AM") => hour % 12,
        (1..=12, half) if half.starts_with("PM") => hour % 12 + 12,
        _ => hour,
    };
    Some(Stamp {
        date: date_said(before)?,
        time: NaiveTime::from_hms_opt(hour, minute, second)?,
        zone: zone_after(after).ok()?,
    })
}

/// The date before a clock time; `Some(None)` when there is none.
fn date_said(before: &str) -> Option<Option<DateSaid>> {
    let mut numbers: Vec<(u32, usize)> = Vec::new();
    let mut month = None;
    for word in before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // The T of an ISO instant stands with its day: "27T".
        let word = word.trim_end_matches(['T', 't']);
        if let Ok(number) = word.parse::<u32>() {
            numbers.push((number, word.len()));
        } else if let Some(named) = month_named(word) {
            month = Some(named);
        }
    }
    let full = |year: u32, digits: usize| match digits {
        4 => i32::try_from(year).ok(),
        2 => i32::try_from(year + 2000).ok(),
        _ => None,
    };
    match (numbers.as_slice(), month) {
        ([], None) => Some(None),
        ([(day, _), (year, digits)], Some(month)) => {
            NaiveDate::from_ymd_opt(full(*year, *digits)?, month, *day).map(|d| Some(DateSaid::Certain(d)))
        }
        ([(year, 4), (month, _), (day, _)], None) => {
            NaiveDate::from_ymd_opt(full(*year, 4)?, *month, *day).map(|d| Some(DateSaid::Certain(d)))
        }
        ([(one, _), (other, _), (year, digits)], None) => {
            Some(Some(DateSaid::Numbers(*one, *other, full(*year, *digits)?)))
        }
        _ => None,
    }
}

/// The month a word names, in Spanish or English, whole or by its first three letters.
fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [[&str; 2]; 12] = [
        ["ene", "jan"],
        ["feb", "feb"],
        ["mar", "mar"],
        ["abr", "apr"],
        ["may", "may"],
        ["jun", "jun"],
        ["jul", "jul"],
        ["ago", "aug"],
        ["sep", "sep"],
        ["oct", "oct"],
        ["nov", "nov"],
        ["dic", "dec"],
    ];
    let word = typed::folded(word);
    let place = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    u32::try_from(place + 1).ok()
}
