//! Full-text search over everything written. The index follows each row that is put or removed.

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};

use crate::failure::Result;

/// What of a row is searched: its title, and the rest of its words. `None` for tables that are not searched.
fn words(table: &str, image: &Map<String, Value>) -> Option<(String, String)> {
    let text = |key: &str| image.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let join =
        |keys: &[&str]| keys.iter().map(|k| text(k)).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n");
    Some(match table {
        "body" => (text("name"), String::new()),
        "person" => (text("full_name"), join(&["position", "organization", "note"])),
        "entity" => (text("name"), text("short_name")),
        "seat" => (text("title"), text("note")),
        "partner" => (text("name"), text("country")),
        "agenda_item" => (text("title"), join(&["narrative", "section", "presenter_text"])),
        "motion" => (text("text"), text("note")),
        "decision" | "commitment" => (text("text"), join(&["evidence", "note"])),
        "statement" => (text("text"), String::new()),
        "recusal" => (text("ground"), String::new()),
        "annex" | "document" => (text("title"), text("file")),
        "minutes" => (text("title"), text("note")),
        "remark" => (text("text"), text("reason")),
        "session" => (text("place"), join(&["conclusions", "note"])),
        "activity" => (text("activity"), join(&["product", "evidence"])),
        "proposal" => {
            let mut body = Vec::new();
            gather(image.get("profile").unwrap_or(&Value::Null), &mut body);
            (text("title"), format!("{}\n{}", text("code"), body.join("\n")))
        }
        _ => return None,
    })
}

/// Every string inside a value that reads as prose (ids and codes have no spaces).
fn gather(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(s) if s.contains(' ') => into.push(s.clone()),
        Value::Array(items) => items.iter().for_each(|v| gather(v, into)),
        Value::Object(map) => map.values().for_each(|v| gather(v, into)),
        _ => {}
    }
}

/// Brings the index up to date with a row: `image` is `None` when it was removed.
pub(crate) fn index(
    conn: &Connection,
    table: &str,
    id: &str,
    image: Option<&Map<String, Value>>,
) -> Result<()> {
    let found = image.and_then(|image| words(table, image));
    if found.is_none() && image.is_some() {
        return Ok(());
    }
    let old: Option<i64> = conn
        .prepare_cached("SELECT docid FROM search_row WHERE concept = ?1 AND ref_id = ?2")?
        .query_row([table, id], |r| r.get(0))
        .optional()?;
    if let Some(docid) = old {
        conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([docid])?;
        conn.prepare_cached("DELETE FROM search_row WHERE concept = ?1 AND ref_id = ?2")?
            .execute([table, id])?;
    }
    if let Some((title, body)) = found {
        conn.prepare_cached("INSERT INTO search (concept, ref_id, title, body) VALUES (?1, ?2, ?3, ?4)")?
            .execute((table, id, title, body))?;
        let docid = conn.last_insert_rowid();
        conn.prepare_cached("INSERT INTO search_row (concept, ref_id, docid) VALUES (?1, ?2, ?3)")?
            .execute((table, id, docid))?;
    }
    Ok(())
}
