//! What people write in a cell, as the record keeps it: days, numbers, yes and no.

use chrono::{Days, NaiveDate};

use super::grid::Seen;
use crate::failure::Text;
use crate::text;
use crate::typed::folded;

/// Serial numbers that Excel counts days by, as far as they can be told from years and other numbers: 1927 to 2173.
const SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=100_000.0;

/// A day: one that the sheet says is one, `dd/mm/aaaa`, `aaaa-mm-dd`, or the serial number of Excel.
pub(super) fn day(seen: &Seen) -> Result<NaiveDate, Text> {
    let found = match seen {
        Seen::Day(day) => Some(*day),
        Seen::Number(serial) => of_serial(*serial),
        Seen::Text(text) => of_words(text),
        Seen::Empty | Seen::Flag(_) => None,
    };
    found.ok_or_else(|| {
        let said = seen.shown();
        text!(
            "«{said}» no es una fecha. Escríbala como 27/03/2026 o 2026-03-27.",
            "“{said}” is no date. Write it as 27/03/2026 or 2026-03-27."
        )
    })
}

fn of_serial(serial: f64) -> Option<NaiveDate> {
    // Day 1 is the first of 1900, which Excel takes for a leap year.
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (serial.fract() == 0.0 && SERIALS.contains(&serial)).then_some(())?;
    first.checked_add_days(Days::new(serial as u64))
}

fn of_words(text: &str) -> Option<NaiveDate> {
    // An hour after the day says nothing here.
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let number = |part: &str| {
        (part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok())?
    };
    match parts.as_slice() {
        [only] if only.len() == 5 => of_serial(only.parse().ok()?),
        [year, month, day] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(number(year)? as i32, number(month)?, number(day)?)
        }
        [day, month, year] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(number(year)? as i32, number(month)?, number(day)?)
        }
        _ => None,
    }
}

/// A number as it is written in Spanish, `1.234.567,89`, or plain.
pub(super) fn number(seen: &Seen) -> Result<f64, Text> {
    let found = match seen {
        Seen::Number(number) => Some(*number),
        Seen::Text(text) => of_figures(text),
        Seen::Empty | Seen::Day(_) | Seen::Flag(_) => None,
    };
    found.ok_or_else(|| {
        let said = seen.shown();
        text!(
            "«{said}» no es un número. Escríbalo con cifras, como 1.234.567,89.",
            "“{said}” is no number. Write it in figures, as 1.234.567,89."
        )
    })
}

fn of_figures(text: &str) -> Option<f64> {
    let bare = text.trim().trim_start_matches('$').replace([' ', '\u{a0}', '\u{202f}'], "");
    let (sign, bare) = match bare.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", bare.as_str()),
    };
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let in_thousands = |text: &str| {
        let mut groups = text.split('.');
        let first = groups.next().unwrap_or_default();
        figures(first) && first.len() <= 3 && groups.all(|group| group.len() == 3 && figures(group))
    };
    let (whole, decimals) = match bare.split_once(',') {
        Some((whole, decimals)) if figures(decimals) => (whole, decimals),
        Some(_) => return None,
        // A single dot that no thousands follow is the decimal one of another country.
        None if bare.matches('.').count() == 1 && !in_thousands(bare) => bare.split_once('.')?,
        None => (bare, "0"),
    };
    if !(figures(whole) || in_thousands(whole)) || !figures(decimals) {
        return None;
    }
    format!("{sign}{}.{decimals}", whole.replace('.', "")).parse().ok()
}

/// A number without decimals.
pub(super) fn whole(seen: &Seen) -> Result<i64, Text> {
    let found = number(seen)?;
    if found.fract() == 0.0 && found.abs() < 9.0e15 {
        return Ok(found as i64);
    }
    let said = seen.shown();
    Err(text!(
        "«{said}» debe ser un número entero. Quítele los decimales.",
        "“{said}” must be a whole number. Take its decimals away."
    ))
}

/// Yes or no.
pub(super) fn flag(seen: &Seen) -> Result<bool, Text> {
    let said = match seen {
        Seen::Flag(yes) => return Ok(*yes),
        Seen::Number(number) if *number == 1.0 => return Ok(true),
        Seen::Number(number) if *number == 0.0 => return Ok(false),
        other => other.shown(),
    };
    match folded(&said).as_str() {
        "si" | "s" | "x" | "verdadero" | "yes" | "true" => Ok(true),
        "no" | "n" | "falso" | "false" => Ok(false),
        _ => Err(text!(
            "«{said}» no es sí ni no. Escriba Sí o No.",
            "“{said}” is neither yes nor no. Write Sí or No."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Seen {
        Seen::Text(text.to_owned())
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let expected = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        for seen in [
            words("02/03/2026"),
            words("2/3/2026"),
            words("02-03-2026"),
            words("2026-03-02"),
            words("2026-03-02T08:00"),
            words("02/03/2026 8:00"),
            words("46083"),
            Seen::Number(46_083.0),
            Seen::Day(expected),
        ] {
            assert_eq!(day(&seen), Ok(expected), "{seen:?}");
        }
        for seen in [
            words("31/02/2026"),
            words("02/03/26"),
            words("marzo"),
            words("2026"),
            Seen::Number(2026.0),
            Seen::Number(46_083.5),
            Seen::Flag(true),
        ] {
            assert!(day(&seen).is_err(), "{seen:?}");
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_written_in_spanish() {
        for (text, expected) in [
            ("1.234.567,89", 1_234_567.89),
            ("1.234", 1_234.0),
            ("1234,5", 1_234.5),
            ("$ 1.000.000", 1_000_000.0),
            ("-3", -3.0),
            ("0.5", 0.5),
            ("12", 12.0),
            ("1234.56", 1234.56),
        ] {
            assert_eq!(number(&words(text)), Ok(expected), "{text}");
        }
        for text in ["", "doce", "1,2,3", "1.23.4", "1,234.5", "12a", ","] {
            assert!(number(&words(text)).is_err(), "{text}");
        }
        assert_eq!(whole(&words("1.234")), Ok(1_234));
        assert!(whole(&words("1,5")).unwrap_err().es.contains("entero"));
    }

    #[test]
    fn yes_and_no() {
        for (text, expected) in [("Sí", true), ("SI", true), ("x", true), ("No", false), ("falso", false)] {
            assert_eq!(flag(&words(text)), Ok(expected), "{text}");
        }
        assert!(flag(&words("quizá")).is_err());
    }
}
