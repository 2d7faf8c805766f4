//! What a person typed, made fit to keep: composed (NFC), trimmed, without control characters, not empty
//! where it must not be, not longer than anything a person means to write.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::failure::{Failure, Result, Text};
use crate::text;

/// Longest line: a name, a title, a post.
const LINE: usize = 500;
/// Longest running text of a field: a commitment, a function, a remark.
const PROSE: usize = 20_000;

/// A line that must not be empty: a name, a title. `what` names it in the sentence ("el nombre", "the name").
///
/// # Errors
/// `invalid_input` naming `field` when it is empty or longer than 500 characters.
pub fn line(field: &str, what: &Text, typed: &str) -> Result<String> {
    filled(field, what, one_line(typed), LINE)
}

/// A line that may be left empty; empty is `None`.
///
/// # Errors
/// `invalid_input` naming `field` when it is longer than 500 characters.
pub fn optional_line(field: &str, typed: Option<&str>) -> Result<Option<String>> {
    short(field, typed.map(one_line).filter(|t| !t.is_empty()), LINE)
}

/// Running text that must not be empty; line breaks are kept.
///
/// # Errors
/// `invalid_input` naming `field` when it is empty or longer than 20,000 characters.
pub fn prose(field: &str, what: &Text, typed: &str) -> Result<String> {
    filled(field, what, lines(typed), PROSE)
}

/// Running text that may be left empty; empty is `None`.
///
/// # Errors
/// `invalid_input` naming `field` when it is longer than 20,000 characters.
pub fn optional_prose(field: &str, typed: Option<&str>) -> Result<Option<String>> {
    short(field, typed.map(lines).filter(|t| !t.is_empty()), PROSE)
}

/// Checks that a last day, when there is one, is not before the first.
///
/// # Errors
/// `invalid_input` naming `field`.
pub fn in_order(field: &str, first: NaiveDate, last: Option<NaiveDate>) -> Result<()> {
    match last {
        Some(last) if last < first => Err(Failure::field(
            field,
            text!(dates last, first;
                "La fecha final ({last}) es anterior a la inicial ({first}). Corrija una de las dos.",
                "The last day ({last}) is before the first ({first}). Correct one of the two."
            ),
        )),
        _ => Ok(()),
    }
}

/// Whether two spans of days share one; an absent end is open.
#[must_use]
pub fn overlap(
    (a_first, a_last): (Option<NaiveDate>, Option<NaiveDate>),
    (b_first, b_last): (Option<NaiveDate>, Option<NaiveDate>),
) -> bool {
    let begins_in_time =
        |first: Option<NaiveDate>, last: Option<NaiveDate>| first.zip(last).is_none_or(|(f, l)| f <= l);
    begins_in_time(a_first, b_last) && begins_in_time(b_first, a_last)
}

/// A name as it is compared: lower case, without accents (but with ñ), punctuation or repeated spaces. Two people
/// whose names fold alike are probably one.
#[must_use]
pub fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split(|c: char| c.is_whitespace() || "-'’.,".contains(c)).filter(|w| !w.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        // Composed first, so that ñ is one letter and survives; then each other letter loses its marks.
        for letter in word.nfc().flat_map(char::to_lowercase) {
            match letter {
                'ñ' => folded.push('ñ'),
                _ => folded.extend(std::iter::once(letter).nfd().filter(|c| c.is_alphanumeric())),
            }
        }
    }
    folded
}

/// What names are sorted by: [`folded`], with ñ after n and before o.
#[must_use]
pub fn sort_key(name: &str) -> String {
    folded(name).replace('ñ', "n~")
}

fn one_line(typed: &str) -> String {
    let visible: String = typed.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(typed: &str) -> String {
    let composed: String = typed.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
    let kept: String = composed.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

fn filled(field: &str, what: &Text, text: String, limit: usize) -> Result<String> {
    if text.is_empty() {
        let (es, en) = (&what.es, &what.en);
        return Err(Failure::field(field, {
            let it = if es.starts_with("la ") { "Escríbala" } else { "Escríbalo" };
            text!("Falta {es}. {it} y guarde de nuevo.", "{en} is missing. Type it and save again.")
        }));
    }
    within(field, text, limit)
}

fn short(field: &str, text: Option<String>, limit: usize) -> Result<Option<String>> {
    text.map(|text| within(field, text, limit)).transpose()
}

fn within(field: &str, text: String, limit: usize) -> Result<String> {
    let length = text.chars().count();
    if length > limit {
        return Err(Failure::field(
            field,
            text!(
                "El texto tiene {length} caracteres y caben {limit}. Acórtelo.",
                "The text has {length} characters and {limit} fit. Shorten it."
            ),
        ));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_composed_and_trimmed() {
        for (typed, kept) in [
            ("  Ana   Íñiguez ", "Ana Íñiguez"),
            ("N\u{303}a\u{301}n\u{303}ez", "Ñáñez"),
            ("D’Alessandro\u{0}\t\nO'Byrne", "D’Alessandro O'Byrne"),
        ] {
            assert_eq!(line("name", &text!("el nombre", "The name"), typed).unwrap(), kept, "{typed:?}");
        }
        for empty in ["", " \n ", "\u{7}"] {
            let failure = line("name", &text!("el nombre", "The name"), empty).unwrap_err();
            assert_eq!(failure.details["field"], "name");
            assert_eq!(optional_line("name", Some(empty)).unwrap(), None);
        }
        assert!(optional_line("x", Some(&"a".repeat(501))).is_err());
        assert_eq!(optional_prose("x", Some(" a\r\nb ")).unwrap().as_deref(), Some("a\nb"));
    }

    #[test]
    fn names_sort_as_in_a_directory() {
        let mut names = ["Ñáñez", "Zúñiga", "Nuñez", "Íñiguez", "Ibáñez", "Oñate", "Nzoma", "D'Alessandro"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(
            names,
            ["D'Alessandro", "Ibáñez", "Íñiguez", "Nuñez", "Nzoma", "Ñáñez", "Oñate", "Zúñiga"]
        );
    }

    #[test]
    fn names_fold_alike() {
        for (a, b, alike) in [
            ("Ana Íñiguez-Ñungo D'Alessandro", "ANA IÑIGUEZ ÑUNGO D’ALESSANDRO", true),
            ("Pen\u{303}a", "Peña", true),
            ("Peña", "Pena", false),
            ("Løvås", "lovas", false),
            ("Núñez, J.", "nuñez j", true),
        ] {
            assert_eq!(folded(a) == folded(b), alike, "{a} / {b}: {} / {}", folded(a), folded(b));
        }
    }
}
