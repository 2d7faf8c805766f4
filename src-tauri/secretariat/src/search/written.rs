//! What of each row is searched: a title, and the rest of what was written in it.

use serde_json::Value;

use crate::codes::{DecisionKind, EventKind, MinutesKind, SessionKind, StatementKind};
use crate::spanish;

/// What the index holds of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub title: String,
    pub body: String,
}

/// The searched tables, in the order groups are shown. The place of a table numbers its documents in the index:
/// new ones go at the end.
pub(crate) const CONCEPTS: &[&str] = &[
    "session",
    "minutes",
    "decision",
    "commitment",
    "proposal",
    "agenda_item",
    "person",
    "seat",
    "delegation",
    "motion",
    "vote",
    "statement",
    "recusal",
    "event",
    "confirmation",
    "guest",
    "remark",
    "annex",
    "document",
    "activity",
    "work_plan",
    "rule_set",
    "body",
    "body_function",
    "entity",
    "sector",
    "partner",
    "register_entry",
    "catalog_item",
    "invitee",
    "holder",
    "agenda_version",
    "setting",
    "reply",
];

/// A row's columns as the database holds them: `None` where empty.
pub(crate) struct Columns<'a>(pub &'a dyn Fn(&str) -> Option<String>);

impl Columns<'_> {
    fn text(&self, column: &str) -> String {
        (self.0)(column).map(|t| plain(&t)).unwrap_or_default()
    }

    /// Every string that reads as prose inside a JSON column.
    fn prose(&self, column: &str) -> String {
        let Some(text) = (self.0)(column) else { return String::new() };
        let mut found = Vec::new();
        match serde_json::from_str(&text) {
            Ok(value) => gather(&value, &mut found),
            Err(_) => found.push(text),
        }
        found.join("\n")
    }

    /// The Spanish word of a code.
    fn word<T: serde::de::DeserializeOwned>(&self, column: &str, label: fn(T) -> &'static str) -> String {
        let code = (self.0)(column).unwrap_or_default();
        match serde_json::from_value::<T>(Value::String(code)) {
            Ok(code) => label(code).to_owned(),
            Err(_) => String::new(),
        }
    }

    fn day(&self, column: &str) -> String {
        let text = (self.0)(column).unwrap_or_default();
        text.parse().map(spanish::date).unwrap_or_default()
    }
}

/// Without what the secretary's narrative carries for the printer: block marks and Markdown's signs.
fn plain(text: &str) -> String {
    let kept = text.lines().filter(|line| !line.trim_start().starts_with("{{block:"));
    kept.collect::<Vec<_>>().join("\n").replace("**", "").replace("\n#", "\n")
}

/// Strings of a value that a person wrote: ids, codes, hashes and dates are lower-case ASCII without spaces.
fn gather(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(s) => {
            let written =
                s.contains(char::is_whitespace) || s.chars().any(|c| c.is_uppercase() || !c.is_ascii());
            let digits = s.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
            let instant = digits && s.as_bytes().get(4) == Some(&b'-') && s.contains('T');
            if written && !instant {
                into.push(s.clone());
            }
        }
        Value::Array(items) => items.iter().for_each(|v| gather(v, into)),
        Value::Object(map) => map.values().for_each(|v| gather(v, into)),
        _ => {}
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn joined(parts: &[String]) -> String {
    parts.iter().filter(|p| !p.trim().is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// What a row says; `None` for tables that are not searched and for rows without words of their own.
pub(crate) fn written(table: &str, row: &Columns<'_>) -> Option<Written> {
    let text = |column: &str| row.text(column);
    let prose = |column: &str| row.prose(column);
    let (title, body): (String, Vec<String>) = match table {
        "session" => {
            let kind = row.word("kind", SessionKind::label);
            let body = vec![
                row.day("date"),
                text("place"),
                text("platform"),
                prose("notice"),
                text("entered_note"),
                prose("not_held"),
                prose("postponements"),
                text("conclusions"),
                text("note"),
                prose("overrides"),
            ];
            (format!("Sesión {kind} {} de {}", text("number"), text("year")), body)
        }
        "minutes" => {
            let kind = capital(&row.word("kind", MinutesKind::label));
            let body = vec![
                text("title"),
                prose("signatures"),
                prose("overrides"),
                text("file"),
                text("note"),
                prose("data"),
            ];
            (format!("{kind} {} de {}", text("number"), text("year")), body)
        }
        "decision" => {
            let title = match (text("number"), row.word("kind", DecisionKind::label)) {
                (number, kind) if number.is_empty() => format!("Decisión {kind}"),
                (number, _) => format!("Decisión {number} de {}", text("year")),
            };
            (title, vec![text("text"), prose("accord")])
        }
        "commitment" => (text("text"), vec![text("evidence"), text("file"), text("note")]),
        "proposal" => {
            let body = vec![
                text("code"),
                text("short_title"),
                text("external_filing_number"),
                prose("profile"),
                prose("status_history"),
            ];
            (text("title"), body)
        }
        "agenda_item" => {
            let body = vec![
                text("narrative"),
                text("section"),
                text("presenter_text"),
                text("late_reason"),
                text("note"),
            ];
            (text("title"), body)
        }
        "person" => (text("full_name"), vec![text("position"), text("organization"), text("note")]),
        "seat" => (text("title"), vec![prose("eligible"), text("note"), text("source")]),
        "delegation" => {
            let body = vec![text("matters"), text("rejected_reason"), text("file"), text("note")];
            (act(row), body)
        }
        "holder" => (act(row), vec![prose("accreditation")]),
        "motion" => (text("text"), vec![text("note")]),
        "vote" => (text("question"), vec![prose("explanations"), prose("casting_vote"), text("note")]),
        "statement" => (capital(&row.word("kind", StatementKind::label)), vec![text("text"), text("file")]),
        "recusal" => (
            "Impedimento".to_owned(),
            vec![text("ground"), text("challenger"), text("deciding_act"), text("file")],
        ),
        "reply" => {
            let body = vec![text("text"), prose("answers"), text("note"), text("file")];
            if joined(&body).is_empty() {
                return None;
            }
            ("Respuesta escrita".to_owned(), body)
        }
        "event" => {
            let body = vec![text("detail"), prose("corrections"), text("struck")];
            if joined(&body).is_empty() {
                return None;
            }
            (capital(&row.word("kind", EventKind::label)), body)
        }
        "confirmation" => {
            let body = vec![text("text"), text("file")];
            if joined(&body).is_empty() {
                return None;
            }
            ("Respuesta a la convocatoria".to_owned(), body)
        }
        "guest" => ("Invitado a la sesión".to_owned(), vec![text("reason")]),
        "remark" => ("Observación al acta".to_owned(), vec![text("text"), text("reason")]),
        "annex" => (text("title"), vec![text("file"), prose("received")]),
        "document" => (text("title"), vec![text("file"), text("issued_by")]),
        "activity" => (text("activity"), vec![text("product"), text("evidence"), text("file"), text("note")]),
        "work_plan" => (format!("Plan de trabajo {}", text("year")), vec![text("note")]),
        "rule_set" => ("Reglamento".to_owned(), vec![prose("rules"), text("file")]),
        "body" => {
            let body = vec![
                prose("alternative_names"),
                prose("purpose"),
                prose("creating_act"),
                prose("normative_references"),
                prose("technical_secretariat"),
                prose("components"),
                text("note"),
            ];
            (text("name"), body)
        }
        "body_function" => (text("text"), vec![text("code"), text("original_en"), text("source")]),
        "entity" => (text("name"), vec![text("short_name"), text("source"), text("note")]),
        "sector" => (text("name"), vec![prose("data")]),
        "partner" => (text("name"), vec![text("country"), prose("data")]),
        "register_entry" => (text("title"), vec![prose("data")]),
        "catalog_item" => (text("name"), vec![prose("data")]),
        "invitee" => (text("name"), vec![text("scope"), text("note"), text("source")]),
        "agenda_version" => (format!("Orden del día, versión {}", text("number")), vec![text("reason")]),
        "setting" => (text("id"), vec![prose("value"), text("source")]),
        _ => return None,
    };
    let body = joined(&body);
    (!title.trim().is_empty() || !body.is_empty()).then_some(Written { title, body })
}

/// An act as cited, of a delegation or a holder.
fn act(row: &Columns<'_>) -> String {
    let named = row.prose("act");
    if named.is_empty() && (row.0)("act").is_some() { "Acto".to_owned() } else { named }
}
