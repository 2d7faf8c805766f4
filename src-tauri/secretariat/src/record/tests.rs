//! The structs and the schema say the same, and the schema keeps its promises.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use schemars::JsonSchema;

use crate::recusal;

use super::*;

fn schema() -> Connection {
    let conn = Connection::open_in_memory().unwrap();
    crate::store::migrate(&conn, 0).unwrap();
    conn
}

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    conn.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Tables whose rows are no records: the journal's own, the kept files' bytes, the search.
fn is_record(table: &str) -> bool {
    !["journal", "journal_row", "blob", "blob_chunk", "draft", "private_image"].contains(&table)
        && !table.starts_with("search")
}

fn fields<T: Record + JsonSchema>() -> (&'static str, BTreeSet<String>) {
    let schema = schemars::schema_for!(T);
    let properties = schema.get("properties").and_then(Value::as_object).unwrap();
    (T::TABLE, properties.keys().cloned().collect())
}

#[test]
fn the_fields_of_a_record_are_the_columns_of_its_table() {
    use crate::{
        agenda, annex, attendance, body, catalog, commitment, decision, delegation, document, minutes,
        person, proposal, session, vote, work_plan, written,
    };
    let records: BTreeMap<&str, BTreeSet<String>> = [
        fields::<agenda::AgendaItem>(),
        fields::<agenda::AgendaVersion>(),
        fields::<annex::Annex>(),
        fields::<attendance::Confirmation>(),
        fields::<attendance::Event>(),
        fields::<body::Body>(),
        fields::<body::BodyFunction>(),
        fields::<body::Holder>(),
        fields::<body::Invitee>(),
        fields::<body::Seat>(),
        fields::<body::StoredRuleSet>(),
        fields::<catalog::CatalogItem>(),
        fields::<catalog::Entity>(),
        fields::<catalog::Partner>(),
        fields::<catalog::RegisterEntry>(),
        fields::<catalog::Sector>(),
        fields::<catalog::Setting>(),
        fields::<commitment::Commitment>(),
        fields::<decision::Decision>(),
        fields::<decision::Statement>(),
        fields::<delegation::Delegation>(),
        fields::<document::Document>(),
        fields::<body::Template>(),
        fields::<minutes::Minutes>(),
        fields::<minutes::MinutesDraft>(),
        fields::<minutes::Remark>(),
        fields::<minutes::Withholding>(),
        fields::<person::Person>(),
        fields::<person::PersonContact>(),
        fields::<proposal::Proposal>(),
        fields::<proposal::ProposalVersion>(),
        fields::<session::Guest>(),
        fields::<session::Session>(),
        fields::<session::SessionFrame>(),
        fields::<vote::Ballot>(),
        fields::<vote::Motion>(),
        fields::<recusal::Recusal>(),
        fields::<vote::Vote>(),
        fields::<work_plan::Activity>(),
        fields::<work_plan::WorkPlan>(),
        fields::<written::Reply>(),
    ]
    .into();
    let conn = schema();
    let tables = strings(
        &conn,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    );
    for table in tables.iter().filter(|t| is_record(t)) {
        let columns: BTreeSet<String> =
            strings(&conn, &format!("SELECT name FROM pragma_table_info('{table}')")).into_iter().collect();
        assert_eq!(records.get(table.as_str()), Some(&columns), "{table}: the struct and the table differ");
    }
    assert!(records.keys().all(|table| tables.iter().any(|t| t == table)));
}

#[test]
fn every_table_is_strict_and_every_reference_is_kept_and_indexed() {
    let conn = schema();
    let loose = strings(
        &conn,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'",
    );
    assert_eq!(loose, Vec::<String>::new(), "not STRICT");
    let mut references = 0;
    for table in
        strings(&conn, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%'")
    {
        let columns = strings(&conn, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let keys = format!(
            "SELECT \"from\" || '|' || on_delete || '|' || \"table\" FROM pragma_foreign_key_list('{table}')"
        );
        let keys: Vec<Vec<String>> =
            strings(&conn, &keys).iter().map(|k| k.split('|').map(str::to_owned).collect()).collect();
        for key in &keys {
            references += 1;
            assert_eq!(key[1], "RESTRICT", "{table}.{}", key[0]);
            // An index, a unique constraint or the primary key that begins with the column.
            let indexed = format!(
                "SELECT i.name FROM pragma_index_list('{table}') l JOIN pragma_index_info(l.name) i WHERE i.seqno = 0 AND i.name = '{}'",
                key[0]
            );
            assert!(!strings(&conn, &indexed).is_empty(), "{table}.{} has no index", key[0]);
        }
        for column in columns.iter().filter(|c| c.ends_with("blob_id")) {
            assert!(
                keys.iter().any(|k| k[0] == *column && k[2] == "blob"),
                "{table}.{column} names no kept file"
            );
        }
    }
    assert!(references > 50, "{references}");
}

#[test]
fn one_value_has_one_text() {
    for (text, expected) in [
        (
            r#"{"b":1,"a":{"z":[1,{"y":null,"x":0.1}],"c":"é\n\""}}"#,
            r#"{"a":{"c":"é\n\"","z":[1,{"x":0.1,"y":null}]},"b":1}"#,
        ),
        ("[]", "[]"),
        ("{}", "{}"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("12345678901234567890", "12345678901234567890"),
    ] {
        assert_eq!(canonical(&serde_json::from_str(text).unwrap()), expected);
    }
}

#[test]
fn a_digest_tells_rows_apart_and_forgets_empty_columns() {
    let image = |text: &str| image_digest(&serde_json::from_str::<Map<String, Value>>(text).unwrap());
    let row = image(r#"{"id":"a","name":"b","n":1,"on":true}"#);
    for (same, other) in [
        (true, r#"{"on":true,"n":1,"id":"a","name":"b","later":null}"#),
        (true, r#"{"id":"a","name":"b","n":"1","on":1}"#),
        (false, r#"{"id":"a","name":"","n":1,"on":true}"#),
        (false, r#"{"id":"ab","name":"","n":1,"on":true}"#),
        (false, r#"{"id":"a","name":"b","n":1}"#),
        (false, r#"{"id":"a","name":"b","n":1,"on":true,"x":""}"#),
    ] {
        assert_eq!(image(other) == row, same, "{other}");
    }
}
