//! Drafts: text being typed, kept at once and outside the journal, so that a power cut loses no word. What is
//! typed becomes record when the field is left; then its draft goes.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::VoteMethod;
use crate::context::Context;
use crate::failure::{Code, Failure, Result};
use crate::journal::Read;
use crate::text;

/// Text being typed, kept at once and not journaled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// Which field, such as `agenda_item/ses-1-it-2/narrative`; 1 to 200 letters.
    pub key: String,
    /// The text; `null` forgets it.
    pub text: Option<String>,
}

/// A text that was being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Draft {
    /// Which field.
    pub key: String,
    /// The text.
    pub text: String,
    /// When it was typed.
    pub saved_at: DateTime<Utc>,
}

/// Which drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListDrafts {
    /// Only those whose key starts so, such as `agenda_item/`; all when not said.
    #[serde(default)]
    #[ts(optional)]
    pub prefix: Option<String>,
}

/// Which draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetDraft {
    /// Which field.
    pub key: String,
}

/// Whether a field belongs to a secret vote: the vote's id is a part of its key. Each part is looked up by itself, since
/// this is asked at every key and the votes of forty years are many.
fn of_a_secret_vote(conn: &Connection, key: &str) -> Result<bool> {
    let mut statement =
        conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM vote WHERE id = ?2 AND method = ?1)")?;
    for part in key.split('/') {
        if statement.query_row((VoteMethod::Secret, part), |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Keeps or forgets a draft.
///
/// # Errors
/// `invalid_input` when the key is empty or too long; `rule_forbids` for a field of a secret vote; `read_only`, `disk_full`.
pub(crate) fn save(conn: &Connection, ctx: &Context, request: &SaveDraft) -> Result<()> {
    if !(1..=200).contains(&request.key.chars().count()) {
        return Err(Failure::field(
            "key",
            text!("El borrador no dice de qué campo es.", "The draft does not say which field it is of."),
        ));
    }
    if request.text.is_some() && of_a_secret_vote(conn, &request.key)? {
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "De una votación secreta no se guarda nada a medias: se registra al terminar, de una vez.",
                "Nothing of a secret vote is kept half-way: it is recorded when it ends, at once."
            ),
        ));
    }
    match &request.text {
        Some(text) => conn
            .prepare_cached(
                "INSERT INTO draft (id, text, saved_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at",
            )?
            .execute((&request.key, text, ctx.now.to_rfc3339()))?,
        None => conn.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([&request.key])?,
    };
    Ok(())
}

/// The drafts that were not finished, newest first.
///
/// # Errors
/// When the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn list(read: &Read<'_>, request: ListDrafts) -> Result<Vec<Draft>> {
    let prefix = request.prefix.unwrap_or_default();
    let mut statement = read
        .conn
        .prepare_cached("SELECT id, text, saved_at FROM draft WHERE substr(id, 1, length(?1)) = ?1 ORDER BY saved_at DESC, id")?;
    let mut rows = statement.query([prefix])?;
    let mut drafts = Vec::new();
    while let Some(row) = rows.next()? {
        drafts.push(from_row(row)?);
    }
    Ok(drafts)
}

/// The draft of a field, if there is one.
///
/// # Errors
/// When the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn get(read: &Read<'_>, request: GetDraft) -> Result<Option<Draft>> {
    Ok(read
        .conn
        .prepare_cached("SELECT id, text, saved_at FROM draft WHERE id = ?1")?
        .query_row([request.key], from_row)
        .optional()?)
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Draft> {
    let saved_at: String = row.get(2)?;
    // A time that cannot be read must not hide the words.
    let saved_at = saved_at.parse().unwrap_or(DateTime::<Utc>::UNIX_EPOCH);
    Ok(Draft { key: row.get(0)?, text: row.get(1)?, saved_at })
}
