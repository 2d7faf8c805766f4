//! Full-text search over everything written. The index follows each row that is put or removed.
//!
//! Accents are folded by the index; **ñ is a letter of its own**: it is kept in the index as a letter that no
//! tokenizer folds, so that `año` finds *año* before *ano*, and `ano` the other way round.

mod find;
pub(crate) mod written;

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::failure::Result;
use crate::record;
pub(crate) use find::know_words;
pub use find::{Search, SearchGroup, SearchHit, SearchOwner, SearchPart, search};
use written::{CONCEPTS, Columns, Written};

/// Numbers of documents of one concept are consecutive: a concept's newest hits are one range of the index.
const CONCEPT_SPAN: i64 = 1 << 40;

/// First number of the documents of a table.
fn base(table: &str) -> Option<i64> {
    let place = CONCEPTS.iter().position(|c| *c == table)?;
    i64::try_from(place + 1).ok().map(|place| place * CONCEPT_SPAN)
}

/// Ñ as the index knows it: a letter pair that is not folded and that no text of this archive has.
const ENYE: (char, char) = ('\u{019E}', '\u{0220}');

/// Text as it goes into the index: composed, with ñ apart.
fn to_index(text: &str) -> String {
    text.nfc()
        .map(|c| match c {
            'ñ' => ENYE.0,
            'Ñ' => ENYE.1,
            c => c,
        })
        .collect()
}

/// Text of the index as it was written.
fn from_index(text: String) -> String {
    if !text.contains([ENYE.0, ENYE.1]) {
        return text;
    }
    text.chars()
        .map(|c| match c {
            c if c == ENYE.0 => 'ñ',
            c if c == ENYE.1 => 'Ñ',
            c => c,
        })
        .collect()
}

/// What the index should hold of a row's image.
fn of_image(table: &str, image: &Map<String, Value>) -> Option<Written> {
    let column = |name: &str| match image.get(name)? {
        Value::Null => None,
        Value::String(s) => Some(s.clone()),
        other => Some(record::canonical(other)),
    };
    written::written(table, &Columns(&column)).map(to_index_form)
}

fn to_index_form(written: Written) -> Written {
    Written { title: to_index(&written.title), body: to_index(&written.body) }
}

/// Brings the index up to date with a row: `image` is `None` when it was removed.
pub(crate) fn index(
    conn: &Connection,
    table: &str,
    id: &str,
    image: Option<&Map<String, Value>>,
) -> Result<()> {
    let Some(base) = base(table) else { return Ok(()) };
    let new = image.and_then(|image| of_image(table, image));
    put(conn, base, table, id, new)
}

fn put(conn: &Connection, base: i64, table: &str, id: &str, new: Option<Written>) -> Result<()> {
    let old = document_of(conn, table, id)?;
    match (old, new) {
        (None, None) => {}
        (Some(docid), None) => {
            conn.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([docid])?;
            conn.prepare_cached("DELETE FROM search_row WHERE docid = ?1")?.execute([docid])?;
        }
        (Some(docid), Some(new)) => {
            if read_document(conn, docid)?.as_ref() != Some(&new) {
                conn.prepare_cached("UPDATE search SET title = ?2, body = ?3 WHERE rowid = ?1")?
                    .execute((docid, new.title, new.body))?;
            }
        }
        (None, Some(new)) => {
            let docid: i64 = conn
                .prepare_cached(
                    "SELECT coalesce(max(docid), ?1) + 1 FROM search_row WHERE docid > ?1 AND docid < ?2",
                )?
                .query_row((base, base + CONCEPT_SPAN), |r| r.get(0))?;
            conn.prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?
                .execute((docid, new.title, new.body))?;
            conn.prepare_cached("INSERT INTO search_row (docid, concept, ref_id) VALUES (?1, ?2, ?3)")?
                .execute((docid, table, id))?;
        }
    }
    Ok(())
}

fn document_of(conn: &Connection, table: &str, id: &str) -> Result<Option<i64>> {
    Ok(conn
        .prepare_cached("SELECT docid FROM search_row WHERE concept = ?1 AND ref_id = ?2")?
        .query_row([table, id], |r| r.get(0))
        .optional()?)
}

fn read_document(conn: &Connection, docid: i64) -> Result<Option<Written>> {
    Ok(conn
        .prepare_cached("SELECT title, body FROM search WHERE rowid = ?1")?
        .query_row([docid], |r| Ok(Written { title: r.get(0)?, body: r.get(1)? }))
        .optional()?)
}

/// What a person typed as a query of the index: every word must be there, each as a beginning. `None` when it has no
/// word.
pub(crate) fn every_word(typed: &str) -> Option<String> {
    let words: Vec<String> = words(typed).iter().map(|word| beginning(word)).collect();
    if words.is_empty() { None } else { Some(words.join(" ")) }
}

/// The words of what a person typed.
pub(crate) fn words(typed: &str) -> Vec<String> {
    let composed: String = typed.nfc().collect();
    composed.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// What begins like a word, as a query of the index.
pub(crate) fn beginning(word: &str) -> String {
    format!("\"{}\"*", to_index(word))
}

/// The ids of the rows of a concept that a query of the index finds, as SQL; `mark` is the parameter with the query.
pub(crate) fn found_in(table: &str, mark: &str) -> String {
    // A concept's documents are one range: without it the index would gather those of every concept.
    let first = base(table).unwrap_or_default();
    let end = first + CONCEPT_SPAN;
    format!(
        "SELECT ref_id FROM search JOIN search_row ON docid = search.rowid
         WHERE search MATCH {mark} AND search.rowid > {first} AND search.rowid < {end}"
    )
}

/// What the index holds of a row.
pub(crate) fn indexed(conn: &Connection, table: &str, id: &str) -> Result<Option<Written>> {
    match document_of(conn, table, id)? {
        Some(docid) => read_document(conn, docid),
        None => Ok(None),
    }
}

/// What the index should hold of every row of a table.
pub(crate) fn documents(
    conn: &Connection,
    table: &str,
    each: &mut dyn FnMut(&str, Option<Written>) -> Result<()>,
) -> Result<()> {
    if base(table).is_none() {
        return Ok(());
    }
    let mut statement = conn.prepare(&format!("SELECT * FROM {table} NOT INDEXED"))?;
    let places: HashMap<String, usize> =
        statement.column_names().enumerate().map(|(i, n)| (n.to_owned(), i)).collect();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let column = |name: &str| match row.get_ref(*places.get(name)?).ok()? {
            ValueRef::Null | ValueRef::Blob(_) => None,
            ValueRef::Integer(i) => Some(i.to_string()),
            ValueRef::Real(f) => Some(f.to_string()),
            ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        };
        let id = column("id").unwrap_or_default();
        each(&id, written::written(table, &Columns(&column)).map(to_index_form))?;
    }
    Ok(())
}

/// Makes the whole index anew from the rows, as a restored archive needs.
pub(crate) fn rebuild(conn: &Connection) -> Result<()> {
    conn.execute_batch("DELETE FROM search; DELETE FROM search_row;")?;
    for table in CONCEPTS {
        let Some(base) = base(table) else { continue };
        documents(conn, table, &mut |id, document| put(conn, base, table, id, document))?;
    }
    Ok(())
}
