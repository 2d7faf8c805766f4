//! The whole archive as JSON, so that nothing written in it depends on this program to be read.
//!
//! `tables` holds every table with what it is and its rows, in the order of their ids; lists and nested facts are
//! JSON, not text. The bytes of kept files are apart: [`files`] gives them by hash. What can be made again from
//! the rest is named in `left_out` with the reason.

use std::io::Write;

use rusqlite::types::ValueRef;
use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use crate::failure::{Failure, Result};
use crate::journal::{PRIVATE, Read};
use crate::record::{self, Record};
use crate::{
    agenda, annex, attendance, body, catalog, commitment, decision, delegation, document, minutes, person,
    proposal, recusal, session, store, vote, work_plan, written,
};

/// Reads the rows that follow an id: each with its id.
type Page = fn(&Read<'_>, &str) -> Result<Vec<(String, Value)>>;

/// A table of records: what it is, how its rows are read, and their schema.
struct Table {
    name: &'static str,
    doc: &'static str,
    page: Page,
    schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
}

/// Rows read at a time.
const PAGE: usize = 500;

fn page<T: Record>(read: &Read<'_>, after: &str) -> Result<Vec<(String, Value)>> {
    read.select::<T>(&format!("WHERE id > ?1 ORDER BY id LIMIT {PAGE}"), [after])?
        .iter()
        .map(|row| Ok((row.key().to_owned(), Value::Object(record::image(row)?))))
        .collect()
}

fn table<T: Record + JsonSchema>(doc: &'static str) -> Table {
    Table { name: T::TABLE, doc, page: page::<T>, schema: |g| g.subschema_for::<T>() }
}

/// Every table of records.
fn tables() -> Vec<Table> {
    vec![
        table::<catalog::Sector>("Administrative sectors."),
        table::<catalog::Entity>("Entities of the sectors."),
        table::<catalog::CatalogItem>("Items of the other catalogs, by `catalog`."),
        table::<catalog::Partner>("International partners."),
        table::<catalog::RegisterEntry>(
            "Interactions, instruments, indicators, measurements and opportunities.",
        ),
        table::<catalog::Setting>("Settings with their source."),
        table::<body::Body>("Bodies."),
        table::<body::BodyFunction>("Functions of the bodies."),
        table::<body::Seat>("Seats of the bodies."),
        table::<body::Holder>("Who holds each seat, by dates."),
        table::<body::Invitee>("Permanent invitees."),
        table::<body::StoredRuleSet>("Dated rule sets."),
        table::<person::Person>("People."),
        table::<person::PersonContact>("Private contact of people: personal data (Ley 1581/2012)."),
        table::<delegation::Delegation>("Written delegations."),
        table::<work_plan::WorkPlan>("Annual work plans."),
        table::<work_plan::Activity>("Activities of the work plans."),
        table::<proposal::Proposal>("Project proposals."),
        table::<proposal::ProposalVersion>("Proposals as they were filed."),
        table::<session::Session>("Sessions."),
        table::<session::SessionFrame>("The body as it was when each session opened."),
        table::<agenda::AgendaItem>("Agenda items."),
        table::<agenda::AgendaVersion>("Agendas as they stood at each notice."),
        table::<attendance::Confirmation>("What each seat announced before a session."),
        table::<session::Guest>("Guests of sessions."),
        table::<attendance::Event>("What happened in sessions, with its time; struck events included."),
        table::<written::Reply>("Written replies; who sent them, and when, are their events'."),
        table::<vote::Motion>("Motions."),
        table::<vote::Vote>("Votes, with their verdicts."),
        table::<vote::Ballot>("Each seat's vote."),
        table::<recusal::Recusal>("Recusals."),
        table::<decision::Decision>("Decisions."),
        table::<decision::Statement>("Statements for the record."),
        table::<commitment::Commitment>("Commitments."),
        table::<minutes::Minutes>("Minutes."),
        table::<minutes::MinutesDraft>("Drafts of minutes as they were sent."),
        table::<minutes::Remark>("Remarks on draft minutes."),
        table::<minutes::Withholding>("Passages that public versions of minutes leave out."),
        table::<annex::Annex>("Annexes."),
        table::<document::Document>("Official documents as issued."),
        table::<body::Template>("How the papers of each body look."),
    ]
}

/// Tables that are not records: what they are, and the order of their rows.
const PLAIN: &[(&str, &str, &str)] = &[
    ("journal", "Every act, oldest first; each entry's hash is that of its body's text.", "seq"),
    ("blob", "Kept files by SHA-256; their bytes are apart.", "id"),
    ("draft", "Text being typed, not yet part of the record.", "id"),
];

/// Tables left out, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("blob_chunk", "The bytes of kept files: they are exported as files, named by their hash."),
    ("search", "The index of the search: it is made from the records."),
    ("search_row", "The index of the search: it is made from the records."),
    ("journal_row", "Which entries of the journal touch a record: it is made from the journal."),
    ("private_image", "Earlier states of private contacts, kept for undo until they are erased."),
];

/// Writes the archive as one JSON object, a row at a time.
///
/// # Errors
/// When the archive cannot be read or `out` cannot be written.
pub fn write_json(read: &Read<'_>, out: &mut dyn Write) -> Result<()> {
    let head = json!(read.head()?);
    write!(
        out,
        "{{\"format\":{{\"name\":\"actario-archive\",\"version\":{}}},\"head\":{head},\"tables\":{{",
        store::format_version()
    )?;
    let mut first = true;
    for table in tables() {
        begin_table(out, table.name, table.doc, &mut first)?;
        let mut after = String::new();
        let mut begun = false;
        loop {
            let rows = (table.page)(read, &after)?;
            for (_, row) in &rows {
                write_row(out, row, &mut begun)?;
            }
            match rows.last() {
                Some((id, _)) if rows.len() == PAGE => after.clone_from(id),
                _ => break,
            }
        }
        write!(out, "]}}")?;
    }
    for (name, doc, order) in PLAIN {
        begin_table(out, name, doc, &mut first)?;
        plain_rows(read, name, order, out)?;
        write!(out, "]}}")?;
    }
    let left_out: Map<String, Value> =
        LEFT_OUT.iter().map(|(name, why)| ((*name).to_owned(), json!(why))).collect();
    write!(out, "}},\"left_out\":{}}}", Value::Object(left_out))?;
    Ok(())
}

fn begin_table(out: &mut dyn Write, name: &str, doc: &str, first: &mut bool) -> Result<()> {
    let comma = if std::mem::take(first) { "" } else { "," };
    let private = PRIVATE.contains(&name);
    write!(out, "{comma}{}:{{\"doc\":{},\"private\":{private},\"rows\":[", json!(name), json!(doc))?;
    Ok(())
}

fn write_row(out: &mut dyn Write, row: &Value, begun: &mut bool) -> Result<()> {
    if std::mem::replace(begun, true) {
        write!(out, ",")?;
    }
    serde_json::to_writer(&mut *out, row).map_err(|error| Failure::from(std::io::Error::from(error)))
}

/// Rows of a table that is no record, column by column. The journal's bodies stay text: their hashes are those of
/// exactly these bytes.
fn plain_rows(read: &Read<'_>, name: &str, order: &str, out: &mut dyn Write) -> Result<()> {
    let mut statement = read.conn.prepare(&format!("SELECT * FROM {name} ORDER BY {order}"))?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    let mut begun = false;
    while let Some(row) = rows.next()? {
        let mut fields = Map::new();
        for (i, column) in names.iter().enumerate() {
            let value = match row.get_ref(i)? {
                ValueRef::Null | ValueRef::Blob(_) => Value::Null,
                ValueRef::Integer(n) => json!(n),
                ValueRef::Real(n) => json!(n),
                ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
            };
            fields.insert(column.clone(), value);
        }
        write_row(out, &Value::Object(fields), &mut begun)?;
    }
    Ok(())
}

/// The archive as JSON, in memory.
///
/// # Errors
/// When the archive cannot be read.
pub fn export_json(read: &Read<'_>) -> Result<Value> {
    let mut bytes = Vec::new();
    write_json(read, &mut bytes)?;
    serde_json::from_slice(&bytes).map_err(Failure::internal)
}

/// Gives each kept file's hash and bytes to `keep`, in the order of the hashes.
///
/// # Errors
/// When a file cannot be read, and those of `keep`.
pub fn files(read: &Read<'_>, mut keep: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<u64> {
    let mut statement = read.conn.prepare("SELECT id FROM blob ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        keep(&id, &store::read_blob(read.conn, &id)?)?;
        count += 1;
    }
    Ok(count)
}

/// The JSON Schema of an export's rows, by table.
#[must_use]
pub fn schema() -> Value {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let mut rows = Map::new();
    for table in tables() {
        let schema = (table.schema)(&mut generator).to_value();
        rows.insert(table.name.to_owned(), json!({ "description": table.doc, "items": schema }));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": "The rows of each table of an export.",
        "tables": rows,
        "$defs": generator.take_definitions(true),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::archive_tests::context;

    #[test]
    fn an_export_is_complete_and_stable() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.actario");
        let (archive, report) = crate::load::create_demo(&path, &context(1), "equipo").unwrap();
        let read = |archive: &crate::Secretariat| {
            archive
                .query(&context(2), |read| {
                    let tables: BTreeSet<String> = {
                        let mut all = read
                            .conn
                            .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search\\__%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'")?;
                        let names = all.query_map([], |r| r.get(0))?;
                        names.collect::<Result<_, _>>()?
                    };
                    Ok((export_json(read)?, tables))
                })
                .unwrap()
        };
        let (export, tables) = read(&archive);
        let mut told: BTreeSet<String> = export["tables"].as_object().unwrap().keys().cloned().collect();
        told.extend(export["left_out"].as_object().unwrap().keys().filter(|k| *k != "search_row").cloned());
        assert_eq!(told, tables);
        for (concept, count) in &report.counts {
            let rows = export["tables"][concept]["rows"].as_array().unwrap();
            assert_eq!(rows.len(), *count as usize, "{concept}");
        }
        // The files that came, and the minutes that were frozen as they entered; those that brought their file are that
        // file.
        let documents = export["tables"]["document"]["rows"].as_array().unwrap();
        let frozen = documents.iter().filter(|d| d["data_sha256"].is_string()).count();
        assert_eq!((documents.len(), frozen), (4, 3));
        assert_eq!(
            export["tables"]["blob"]["rows"].as_array().unwrap().len(),
            report.files as usize + frozen
        );
        assert!(export["tables"]["vote"]["rows"][0]["verdict"].is_object());
        assert_eq!(read(&archive).0, export);
        let mut bytes = 0;
        let count = archive
            .query(&context(3), |read| {
                files(read, |_, file| {
                    bytes += file.len();
                    Ok(())
                })
            })
            .unwrap();
        assert!(
            count == u64::from(report.files) + frozen as u64 && bytes > 50_000,
            "{count} files, {bytes} bytes"
        );
        let schema = schema();
        assert!(schema["tables"]["session"].is_object());
    }
}
