//! What went wrong, as the person is told it: what happened, what was kept, what to do.
//!
//! A [`Failure`] carries a [`Code`] (the UI branches on it, never on text), a sentence in each language
//! and machine-readable details. Build one with [`Failure::new`] and the [`text!`](crate::text) macro:
//!
//! ```
//! use secretariat::{Code, Failure, Language, text};
//! let seat = "com-salud";
//! let failure = Failure::new(Code::NotFound, text!("No hay un puesto «{seat}».", "There is no seat “{seat}”."));
//! assert_eq!(failure.reply(Language::Es).message, "No hay un puesto «com-salud».");
//! ```

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;

use crate::{ids, spanish};

/// The two languages of the product; Spanish is the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Spanish of Colombia.
    #[default]
    Es,
    /// English.
    En,
}

/// One sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Text {
    /// Spanish.
    pub es: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The same sentence in Spanish and in English.
    pub fn new(es: impl Into<String>, en: impl Into<String>) -> Self {
        Self { es: es.into(), en: en.into() }
    }

    /// A day in words: "30 de abril de 2026", "30 April 2026".
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { es: spanish::date(day), en: day.format("%-d %B %Y").to_string() }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Es => &self.es,
            Language::En => &self.en,
        }
    }
}

/// A [`Text`] from two format strings, Spanish first; both may capture variables in braces. Days named after `dates` are
/// said in words in each language:
///
/// ```
/// let due = "2026-04-30".parse::<chrono::NaiveDate>().unwrap();
/// let text = secretariat::text!(dates due; "Vence el {due}.", "It is due on {due}.");
/// assert_eq!((&*text.es, &*text.en), ("Vence el 30 de abril de 2026.", "It is due on 30 April 2026."));
/// ```
#[macro_export]
macro_rules! text {
    (dates $($day:ident),+; $es:literal, $en:literal $(,)?) => {
        $crate::Text {
            es: { $(let $day = $crate::Text::day($day).es;)+ format!($es) },
            en: { $(let $day = $crate::Text::day($day).en;)+ format!($en) },
        }
    };
    ($es:literal, $en:literal $(,)?) => {
        $crate::Text { es: format!($es), en: format!($en) }
    };
}

/// What kind of failure it is. Consumers branch on this; the sentence is for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No record has that id.
    NotFound,
    /// A field of the request is missing, malformed or impossible.
    InvalidInput,
    /// The call's name is not one of the calls.
    UnknownCall,
    /// A record with that id or number exists already.
    AlreadyExists,
    /// The state of the session, vote, minutes or proposal does not allow the act.
    WrongState,
    /// A rule of the body forbids it; the sentence cites the rule.
    RuleForbids,
    /// It can be done, but something must be confirmed or explained first; `details.confirm` names the field.
    NeedsConfirmation,
    /// The record changed after it was read, or the entry can no longer be undone.
    Stale,
    /// The act is never undone; `details.corrected_by` names the act that corrects it.
    NotUndoable,
    /// No archive is open.
    NoArchive,
    /// The file is not an archive of Actario.
    NotAnArchive,
    /// The archive was made by a newer version of the program.
    NewerFile,
    /// The archive is altered, truncated or corrupt.
    Damaged,
    /// Another program or person has the archive open for writing.
    InUse,
    /// The folder or file cannot be written.
    ReadOnly,
    /// The file is on a network folder, where the archive could be damaged.
    NetworkFolder,
    /// The disk is full.
    DiskFull,
    /// A file could not be read or written.
    Io,
    /// The person stopped a long work.
    Cancelled,
    /// This computer cannot print: the platform's programs for it are missing or cannot be used.
    PrintingUnavailable,
    /// The platform's print service is off or does not answer.
    SpoolerSilent,
    /// The computer has no printer.
    NoPrinter,
    /// There is no printer of that name; `details.printers` names those there are.
    UnknownPrinter,
    /// The printer is stopped: it would keep what it is given; `details.reason` says why, if it is known.
    PrinterStopped,
    /// The printer takes no documents; `details.reason` says why, if it is known.
    PrinterRejecting,
    /// The print service did not accept it; `details.spooler` has its own words.
    PrintRefused,
    /// Imported data is broken; nothing was loaded. `details.problems` lists file, id and reason.
    BadData,
    /// A defect of the program. Nothing was changed.
    Internal,
}

/// Why a call was not done. Nothing has changed when one is returned.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The kind.
    pub code: Code,
    /// The sentence, in both languages.
    pub message: Text,
    /// Machine-readable facts (ids, numbers, lists), `null` when there are none.
    pub details: Value,
}

/// A [`Failure`] in one language, as it crosses a door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FailureReply {
    /// The kind.
    pub code: Code,
    /// The sentence for the person.
    pub message: String,
    /// Machine-readable facts.
    pub details: Value,
}

/// Short for a result that fails with a [`Failure`].
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// A failure without details.
    #[must_use]
    pub fn new(code: Code, message: Text) -> Self {
        Self { code, message, details: Value::Null }
    }

    /// A failure of a request's field: what is wrong with it.
    #[must_use]
    pub fn field(field: &str, message: Text) -> Self {
        Self { code: Code::InvalidInput, message, details: json!({ "field": field }) }
    }

    /// The same failure with facts for the consumer.
    #[must_use]
    pub fn with(mut self, details: Value) -> Self {
        self.details = details;
        self
    }

    /// A record that does not exist.
    #[must_use]
    pub fn not_found(concept: &str, id: &str) -> Self {
        Self::new(
            Code::NotFound,
            text!(
                "No existe «{id}» ({concept}). Puede haberse retirado; actualice la pantalla.",
                "There is no “{id}” ({concept}). It may have been removed; refresh the screen."
            ),
        )
        .with(json!({ "concept": concept, "id": id }))
    }

    /// A defect of the program, with what it was doing.
    #[must_use]
    pub fn internal(what: impl std::fmt::Display) -> Self {
        let what = what.to_string();
        let failure = Self::new(
            Code::Internal,
            text!(
                "El programa encontró un error propio. No se cambió nada en el archivo. Detalle: {what}",
                "The program met a defect of its own. Nothing was changed in the archive. Detail: {what}"
            ),
        );
        failure.with(json!({ "defect": what }))
    }

    /// The failure in one language.
    #[must_use]
    pub fn reply(&self, language: Language) -> FailureReply {
        FailureReply {
            code: self.code,
            message: self.message.in_language(language).to_owned(),
            details: self.details.clone(),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.message.es)
    }
}

impl std::error::Error for Failure {}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let Some(code) = error.sqlite_error_code() else { return Self::internal(error) };
        let (code, message) = match code {
            ErrorCode::DiskFull => (
                Code::DiskFull,
                text!(
                    "No hay espacio en el disco. Lo guardado antes está intacto; libere espacio e intente de nuevo.",
                    "The disk is full. What was saved before is intact; free some space and try again."
                ),
            ),
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => (
                Code::ReadOnly,
                text!(
                    "No se puede escribir en el archivo o su carpeta. Ábralo desde una carpeta donde tenga permiso de escritura.",
                    "The archive or its folder cannot be written. Open it from a folder where you may write."
                ),
            ),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => (
                Code::InUse,
                text!(
                    "Otro programa tiene abierto el archivo. Ciérrelo e intente de nuevo; no se perdió nada.",
                    "Another program has the archive open. Close it and try again; nothing was lost."
                ),
            ),
            ErrorCode::NotADatabase => (
                Code::NotAnArchive,
                text!(
                    "El archivo no es un archivo de Actario, o tiene contraseña.",
                    "The file is not an Actario archive, or it has a passphrase."
                ),
            ),
            ErrorCode::DatabaseCorrupt => (
                Code::Damaged,
                text!(
                    "El archivo está dañado o incompleto. Ábralo desde su última copia de seguridad.",
                    "The archive is damaged or incomplete. Open it from its latest backup."
                ),
            ),
            ErrorCode::SystemIoFailure => (
                Code::Io,
                text!(
                    "El disco no respondió al leer o escribir. Lo guardado antes está intacto; revise el disco y la conexión.",
                    "The disk did not answer when reading or writing. What was saved before is intact; check the disk and its connection."
                ),
            ),
            ErrorCode::ConstraintViolation => (
                Code::InvalidInput,
                text!(
                    "El dato no cabe en el archivo: contradice o repite otro registro ({error}). No se cambió nada.",
                    "The data does not fit: it contradicts or repeats another record ({error}). Nothing was changed."
                ),
            ),
            _ => return Self::internal(error),
        };
        Self::new(code, message).with(json!({ "sqlite": error.to_string() }))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let (code, message) = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
                Code::DiskFull,
                text!(
                    "No hay espacio en el disco. Libere espacio e intente de nuevo; el archivo está intacto.",
                    "The disk is full. Free some space and try again; the archive is intact."
                ),
            ),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => (
                Code::ReadOnly,
                text!(
                    "No hay permiso para escribir o leer ahí.",
                    "There is no permission to write or read there."
                ),
            ),
            ErrorKind::NotFound => (
                Code::Io,
                text!("No se encontró el archivo o la carpeta.", "The file or folder was not found."),
            ),
            _ => {
                (Code::Io, text!("No se pudo leer o escribir: {error}.", "Could not read or write: {error}."))
            }
        };
        Self::new(code, message).with(json!({ "io": error.to_string() }))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        let Text { es, en } = misshapen(&error.to_string());
        Self::new(
            Code::InvalidInput,
            text!(
                "Los datos de la solicitud no tienen la forma esperada: {es}.",
                "The request does not have the expected form: {en}."
            ),
        )
    }
}

/// What is amiss with a text that is no JSON, in Spanish, and where in it.
fn syntax(error: &str) -> Option<(&'static str, String)> {
    let (said, place) = error.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    let es = match said {
        "expected value" | "expected ident" => "no es JSON: falta un valor o no se entiende",
        "EOF while parsing a value"
        | "EOF while parsing an object"
        | "EOF while parsing a list"
        | "EOF while parsing a string" => "no es JSON: está incompleto",
        "trailing comma" => "no es JSON: sobra una coma",
        "trailing characters" => "no es JSON: sobra texto después del final",
        "key must be a string" => "no es JSON: el nombre de un campo va entre comillas",
        "invalid number" => "no es JSON: un número está mal escrito",
        "invalid escape"
        | "invalid unicode code point"
        | "lone leading surrogate in hex escape"
        | "unexpected end of hex escape" => "no es JSON: un carácter con «\\» está mal escrito",
        _ if said.starts_with("control character") => {
            "no es JSON: un texto tiene un salto de línea u otro carácter de control sin escribir con «\\»"
        }
        _ if said.starts_with("expected `") => {
            "no es JSON: falta una coma, dos puntos, una llave o un corchete"
        }
        _ => return None,
    };
    Some((es, format!(" (línea {line}, columna {column})")))
}

/// What a reader of JSON says is amiss, in both languages. It speaks English alone; what it says in no known way stays.
pub(crate) fn misshapen(error: &str) -> Text {
    // It stands inside a sentence.
    let error = error.trim_end_matches('.');
    if let Some((Text { es, en }, rest)) = ids::in_words(error) {
        let place = rest.strip_prefix(" at line ").and_then(|place| place.split_once(" column "));
        let place =
            place.map_or_else(String::new, |(line, column)| format!(" (línea {line}, columna {column})"));
        return text!("el identificador {es}{place}", "the identifier {en}{rest}");
    }
    let quoted = |prefix: &str| {
        let rest = error.strip_prefix(prefix)?.strip_prefix('`')?;
        rest.split_once('`').map(|(name, rest)| (name.to_owned(), rest.to_owned()))
    };
    // "expected one of `a`, `b`" or "expected `a`".
    let expected = |rest: &str| {
        let names: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        names.join(", ")
    };
    let es = if let Some((field, rest)) = quoted("unknown field ") {
        let known = expected(&rest);
        if known.is_empty() {
            format!("sobra el campo «{field}»")
        } else {
            format!("no hay un campo «{field}»; los que hay: {known}")
        }
    } else if let Some((field, _)) = quoted("missing field ") {
        format!("falta el campo «{field}»")
    } else if let Some((field, _)) = quoted("duplicate field ") {
        format!("el campo «{field}» está repetido")
    } else if let Some((value, rest)) = quoted("unknown variant ") {
        format!("«{value}» no es un valor posible; los que hay: {}", expected(&rest))
    } else if let Some((syntax, place)) = syntax(error) {
        syntax.to_owned() + &place
    } else if error.contains("out of range") || error.contains("premature end of input") {
        "una fecha o una hora no existe o está incompleta".to_owned()
    } else if error.contains("invalid characters") {
        "una fecha o una hora tiene caracteres que no son de ella".to_owned()
    } else if let Some(time) = error.strip_suffix(" is not a clock time HH:MM") {
        format!("«{}» no es una hora «HH:MM»", time.trim_matches('`'))
    } else if error.starts_with("invalid type") || error.starts_with("invalid value") {
        format!("un valor no es de la clase esperada ({error})")
    } else {
        error.to_owned()
    };
    Text::new(es, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_told_in_spanish() {
        for (json, es) in [
            ("hola", "falta un valor o no se entiende (línea 1, columna 1)"),
            ("{\"a\": }", "falta un valor o no se entiende (línea 1, columna 7)"),
            ("{\"a\": 1", "está incompleto (línea 1, columna 7)"),
            ("{\"a\": 1,}", "sobra una coma (línea 1, columna 9)"),
            ("{\"a\" 1}", "falta una coma, dos puntos, una llave o un corchete (línea 1, columna 6)"),
            ("{} {}", "sobra texto después del final (línea 1, columna 4)"),
            ("{a: 1}", "el nombre de un campo va entre comillas (línea 1, columna 2)"),
            ("\"a\nb\"", "un texto tiene un salto de línea"),
            ("\"\\x\"", "un carácter con «\\» está mal escrito (línea 1, columna 3)"),
        ] {
            let error = serde_json::from_str::<Value>(json).unwrap_err();
            let said = misshapen(&error.to_string());
            assert!(said.es.starts_with(&format!("no es JSON: {es}")), "{json}: {}", said.es);
            assert_eq!(said.en, error.to_string());
        }
    }

    #[test]
    fn an_identifier_that_is_none_is_told_in_each_language() {
        let allowed = "de 1 a 64 letras minúsculas sin tilde, cifras y guiones";
        let allowed_en = "1 to 64 lower-case letters, digits and hyphens are allowed";
        for (id, shown) in [("Año `1`", "Año `1`"), ("", ""), ("com salud", "com salud")] {
            let read = serde_json::from_value::<ids::SeatId>(json!(id)).map_err(Failure::from).unwrap_err();
            let made = ids::SeatId::new(id).unwrap_err();
            for (said, lead, lead_en) in [
                (
                    &read.message,
                    "Los datos de la solicitud no tienen la forma esperada: el",
                    "The request does not have the expected form: the",
                ),
                (&made.message, "El", "The"),
            ] {
                assert_eq!(
                    said.es,
                    format!("{lead} identificador «{shown}» no es válido: se admiten {allowed}.")
                );
                assert_eq!(said.en, format!("{lead_en} identifier “{shown}” is not valid: {allowed_en}."));
            }
        }
        let placed = serde_json::from_str::<Vec<ids::SeatId>>("[\n  \"Com\"]").unwrap_err();
        let said = misshapen(&placed.to_string());
        assert!(said.es.ends_with("cifras y guiones (línea 2, columna 8)"), "{}", said.es);
        assert!(said.en.ends_with("hyphens are allowed at line 2 column 8"), "{}", said.en);
    }

    #[test]
    fn what_stands_inside_a_sentence_does_not_end_it() {
        assert_eq!(misshapen("`25:00` is not a clock time HH:MM").es, "«25:00» no es una hora «HH:MM»");
        assert_eq!(misshapen("cifras y guiones.").es, "cifras y guiones");
    }
}
