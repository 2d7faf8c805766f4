//! Whatever is altered in the demonstration's archive is named: each column of each table, each row taken or added,
//! each object of the schema, each part of the index of the search.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use secretariat::verify::{self, ProblemKind, VerifyReport};
use secretariat::{Actor, Context, Language, Secretariat, load, progress};

fn context() -> Context {
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new("2026-01-20T14:00:00Z".parse().unwrap(), actor, [3; 32], Language::Es)
}

/// The demonstration's archive, and copies of it to tamper with.
struct Demo {
    folder: tempfile::TempDir,
    original: PathBuf,
}

impl Demo {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let original = folder.path().join("demo.actario");
        load::create_demo(&original, &context(), "equipo").unwrap().0.close().unwrap();
        Self { folder, original }
    }

    /// What verifying a copy says after it was tampered with behind the program's back.
    fn tampered(&self, tamper: impl FnOnce(&Connection)) -> VerifyReport {
        let path = self.folder.path().join("copia.actario");
        std::fs::copy(&self.original, &path).unwrap();
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(
            "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON",
        )
        .unwrap();
        tamper(&conn);
        conn.close().unwrap();
        verified(&path)
    }
}

fn verified(path: &Path) -> VerifyReport {
    let archive = Secretariat::open_read_only(path).unwrap();
    archive.query(&context(), |read| verify::verify(read, None, &mut progress::unwatched)).unwrap()
}

fn names(report: &VerifyReport, kind: ProblemKind) -> Vec<&str> {
    report.problems.iter().filter(|p| p.kind == kind).map(|p| p.what.as_str()).collect()
}

/// Every table of records: all but the journal, the bytes, the drafts, and what SQLite and the search keep.
fn record_tables(conn: &Connection) -> Vec<String> {
    let mut statement = conn
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%'
             AND name NOT IN ('journal', 'journal_row', 'blob', 'blob_chunk', 'draft', 'private_image') ORDER BY name",
        )
        .unwrap();
    statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Columns but the id, with their declared type and whether they may be empty.
fn columns(conn: &Connection, table: &str) -> Vec<(String, String)> {
    let mut statement =
        conn.prepare("SELECT name, type FROM pragma_table_info(?1) WHERE name <> 'id'").unwrap();
    statement.query_map([table], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect()
}

fn ids(conn: &Connection, table: &str) -> Vec<String> {
    let mut statement = conn.prepare(&format!("SELECT id FROM {table} ORDER BY id")).unwrap();
    statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Does something while the triggers that forbid it are away.
fn unbound(conn: &Connection, act: impl FnOnce()) {
    let mut statement =
        conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").unwrap();
    let triggers: Vec<(String, String)> =
        statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    act();
    for (_, sql) in &triggers {
        conn.execute_batch(sql).unwrap();
    }
}

fn another(value: &Sql, kind: &str) -> Sql {
    match (value, kind) {
        (Sql::Integer(n), _) => Sql::Integer(n + 1000),
        (Sql::Text(text), _) => Sql::Text(format!("{text} ")),
        (Sql::Real(x), _) => Sql::Real(x + 0.5),
        (_, "INTEGER") => Sql::Integer(7),
        (_, "REAL") => Sql::Real(0.5),
        _ => Sql::Text(String::new()),
    }
}

#[test]
fn each_column_of_each_table() {
    let demo = Demo::new();
    let conn = Connection::open(&demo.original).unwrap();
    // A column a round in each table, another row each time: what is named is that row and that column alone.
    let plan: BTreeMap<String, (Vec<(String, String)>, Vec<String>)> = record_tables(&conn)
        .into_iter()
        .map(|table| (table.clone(), (columns(&conn, &table), ids(&conn, &table))))
        .filter(|(_, (_, ids))| !ids.is_empty())
        .collect();
    assert!(plan.len() > 25, "{:?}", plan.keys());
    let rounds = plan.values().map(|(columns, _)| columns.len()).max().unwrap();
    for round in 0..rounds {
        let mut touched = Vec::new();
        let report = demo.tampered(|conn| {
            unbound(conn, || {
                for (table, (columns, ids)) in &plan {
                    let Some((column, kind)) = columns.get(round) else { continue };
                    let id = &ids[round * 7 % ids.len()];
                    let value: Sql = conn
                        .query_row(&format!("SELECT {column} FROM {table} WHERE id = ?1"), [id], |r| r.get(0))
                        .unwrap();
                    conn.execute(
                        &format!("UPDATE {table} SET {column} = ?2 WHERE id = ?1"),
                        (id, another(&value, kind)),
                    )
                    .unwrap_or_else(|e| panic!("{table}.{column}: {e}"));
                    touched.push((format!("{table}/{id}"), column.clone()));
                }
            });
        });
        for (what, column) in &touched {
            let named = report.problems.iter().find(|p| p.kind == ProblemKind::Record && p.what == *what);
            let named = named.unwrap_or_else(|| panic!("{what}.{column} was altered and is not named"));
            let private = what.starts_with("person_contact/");
            assert!(private || named.columns == [column.clone()], "{what}: {column} {:?}", named.columns);
        }
        assert_eq!(names(&report, ProblemKind::Record).len(), touched.len(), "and nothing else");
        assert_eq!(names(&report, ProblemKind::Schema), [""; 0]);
        assert_eq!(report.omitted, 0);
    }
}

#[test]
fn each_row_taken_away_and_each_row_added() {
    let demo = Demo::new();
    let tables = record_tables(&Connection::open(&demo.original).unwrap());
    assert!(tables.len() > 30, "{tables:?}");
    // A few tables at a time: each such row breaks references and constraints too, which are told as well.
    for few in tables.chunks(4) {
        let mut touched = Vec::new();
        let report = demo.tampered(|conn| {
            unbound(conn, || {
                for table in few {
                    if let Some(id) = ids(conn, table).pop() {
                        conn.execute(&format!("DELETE FROM {table} WHERE id = ?1"), [&id]).unwrap();
                        touched.push(format!("{table}/{id}"));
                    }
                    let (mut fields, mut values) = ("id".to_owned(), "'de-mas'".to_owned());
                    for (name, kind) in columns(conn, table) {
                        fields.push_str(&format!(", {name}"));
                        values.push_str(if kind == "INTEGER" { ", 9" } else { ", 'for'" });
                    }
                    conn.execute_batch(&format!("INSERT INTO {table} ({fields}) VALUES ({values})"))
                        .unwrap_or_else(|e| panic!("{table}: {e}"));
                    touched.push(format!("{table}/de-mas"));
                }
            });
        });
        let named = names(&report, ProblemKind::Record);
        for what in &touched {
            assert!(named.contains(&what.as_str()), "{what}: {:?}", report.problems);
        }
    }
}

#[test]
fn each_object_of_the_schema() {
    let demo = Demo::new();
    let conn = Connection::open(&demo.original).unwrap();
    let mut statement = conn
        .prepare(
            "SELECT type, name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL",
        )
        .unwrap();
    let objects: Vec<(String, String)> =
        statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert!(objects.len() > 75, "{}", objects.len());
    let report = demo.tampered(|conn| {
        for (kind, name) in &objects {
            conn.execute_batch(&format!("DROP {kind} {name}")).unwrap();
        }
    });
    let named = names(&report, ProblemKind::Schema);
    for (kind, name) in &objects {
        assert!(named.contains(&format!("{kind}/{name}").as_str()), "{kind} {name} was dropped: {named:?}");
    }
    assert_eq!(named.len(), objects.len());

    let tables = record_tables(&conn);
    let report = demo.tampered(|conn| {
        for table in &tables {
            conn.execute_batch(&format!(
                "CREATE TRIGGER t_{table} AFTER UPDATE ON {table} BEGIN SELECT 1; END;
                 CREATE INDEX i_{table} ON {table} (id, id);
                 CREATE VIEW v_{table} AS SELECT * FROM {table}; CREATE TABLE c_{table} AS SELECT * FROM {table} LIMIT 1;"
            ))
            .unwrap();
        }
    });
    let named = names(&report, ProblemKind::Schema);
    for table in &tables {
        for (kind, mark) in [("trigger", 't'), ("index", 'i'), ("view", 'v'), ("table", 'c')] {
            let what = format!("{kind}/{mark}_{table}");
            assert!(named.contains(&what.as_str()), "{what} was added: {named:?}");
        }
    }
    // One that looks the same and does less.
    let report = demo.tampered(|conn| {
        conn.execute_batch(
            "DROP TRIGGER minutes_adopted_are_kept;
             CREATE TRIGGER minutes_adopted_are_kept BEFORE DELETE ON minutes WHEN OLD.status = 'published'
             BEGIN SELECT RAISE(ABORT, 'adopted minutes are kept'); END;
             DROP INDEX proposal_by_reception; CREATE INDEX proposal_by_reception ON proposal (body_id, reception_year, reception_number)",
        )
        .unwrap();
    });
    let mut named = names(&report, ProblemKind::Schema);
    named.sort_unstable();
    assert_eq!(named, ["index/proposal_by_reception", "trigger/minutes_adopted_are_kept"]);
}

#[test]
fn each_part_of_the_search_and_of_the_kept_files() {
    let demo = Demo::new();
    let proposal = "(SELECT docid FROM search_row WHERE concept = 'proposal' AND ref_id = 'pro-01')";
    for (name, statement, kind, what) in [
        ("a place of the journal taken away", "DELETE FROM journal_row WHERE ref_id = 'cmp-04-01'".to_owned(), ProblemKind::Index, "journal_row/commitment/cmp-04-01"),
        ("a place of the journal added", "INSERT INTO journal_row VALUES ('activity', 'act-9', 1)".to_owned(), ProblemKind::Index, "journal_row/activity/act-9"),
        ("text", format!("UPDATE search SET body = 'nada' WHERE rowid = {proposal}"), ProblemKind::Search, "search/proposal/pro-01"),
        ("kept text", format!("UPDATE search_content SET c1 = 'nada' WHERE id = {proposal}"), ProblemKind::Search, "search/proposal/pro-01"),
        ("place", format!("UPDATE search_row SET ref_id = 'pro-99' WHERE docid = {proposal}"), ProblemKind::Search, "search/proposal/pro-01"),
        ("no place", format!("DELETE FROM search_row WHERE docid = {proposal}"), ProblemKind::Search, "search/proposal/pro-01"),
        ("length", format!("UPDATE search_docsize SET sz = x'0101' WHERE id = {proposal}"), ProblemKind::Search, "search"),
        ("a segment", "DELETE FROM search_data WHERE id = (SELECT max(id) FROM search_data)".to_owned(), ProblemKind::Search, "search"),
        ("segments' bytes", "UPDATE search_data SET block = zeroblob(length(block)) WHERE id = (SELECT max(id) FROM search_data)".to_owned(), ProblemKind::Search, "search"),
        ("the segments' index", "DELETE FROM search_idx WHERE (segid, term) IN (SELECT segid, term FROM search_idx ORDER BY length(term) DESC, term LIMIT 1)".to_owned(), ProblemKind::Search, "search"),
        ("the first of the segments' index", "DELETE FROM search_idx WHERE (segid, term) IN (SELECT segid, term FROM search_idx ORDER BY term LIMIT 1)".to_owned(), ProblemKind::Search, "search"),
        ("the whole of the segments' index", "DELETE FROM search_idx".to_owned(), ProblemKind::Search, "search"),
        ("a word's page", "UPDATE search_idx SET pgno = pgno + 2 WHERE (segid, term) IN (SELECT segid, term FROM search_idx ORDER BY length(term) DESC, term LIMIT 1)".to_owned(), ProblemKind::Search, "search"),
        ("a page's flag", "UPDATE search_idx SET pgno = pgno + 1 - 2 * (pgno & 1) WHERE (segid, term) IN (SELECT segid, term FROM search_idx ORDER BY length(term) DESC, term LIMIT 1)".to_owned(), ProblemKind::Search, "search"),
        ("a page's word", "UPDATE search_idx SET term = substr(term, 1, 2) WHERE (segid, term) IN (SELECT segid, term FROM search_idx ORDER BY length(term) DESC, term LIMIT 1)".to_owned(), ProblemKind::Search, "search"),
        ("a page of nothing", "INSERT INTO search_data VALUES ((1 << 37) * 1999 + 1, x'00000004')".to_owned(), ProblemKind::Search, "search"),
        ("a way to nothing", "INSERT INTO search_idx VALUES (1999, x'', 2)".to_owned(), ProblemKind::Search, "search"),
        ("the totals", "UPDATE search_data SET block = x'010203' WHERE id = 1".to_owned(), ProblemKind::Search, "search"),
        ("the structure's generation", "UPDATE search_data SET block = CAST(x'00000009' || substr(block, 5) AS BLOB) WHERE id = 10".to_owned(), ProblemKind::Search, "search"),
        ("the structure", "DELETE FROM search_data WHERE id = 10".to_owned(), ProblemKind::Search, "search"),
        ("the first page", "DELETE FROM search_data WHERE id = (SELECT min(id) FROM search_data WHERE id > 10)".to_owned(), ProblemKind::Search, "search"),
        ("a length taken away", format!("DELETE FROM search_docsize WHERE id = {proposal}"), ProblemKind::Search, "search"),
        ("a length of nothing", "INSERT INTO search_docsize VALUES (7, x'0101')".to_owned(), ProblemKind::Search, "search"),
        ("a text taken away", format!("DELETE FROM search_content WHERE id = {proposal}"), ProblemKind::Search, "search/proposal/pro-01"),
        ("a text of nothing", "INSERT INTO search_content VALUES (7, 'x', 'y')".to_owned(), ProblemKind::Search, "search"),
        ("a setting", "INSERT INTO search_config VALUES ('automerge', 0)".to_owned(), ProblemKind::Search, "search"),
        ("the version", "UPDATE search_config SET v = v + 1 WHERE k = 'version'".to_owned(), ProblemKind::Search, "search"),
        ("the whole index", "DROP TABLE search".to_owned(), ProblemKind::Schema, "table/search"),
        ("bytes", "UPDATE blob_chunk SET bytes = substr(bytes, 2) WHERE blob_id = (SELECT blob_id FROM annex WHERE id = 'ses-2025-01-a1')".to_owned(), ProblemKind::Blob, "ANNEX"),
        ("a file", "DELETE FROM blob WHERE id = (SELECT blob_id FROM annex WHERE id = 'ses-2025-01-a1')".to_owned(), ProblemKind::Reference, "annex/ses-2025-01-a1"),
    ] {
        let mut file = String::new();
        let report = demo.tampered(|conn| {
            file = conn
                .query_row("SELECT 'blob/' || blob_id FROM annex WHERE id = 'ses-2025-01-a1'", [], |r| r.get(0))
                .unwrap();
            unbound(conn, || {
                conn.execute_batch(&statement).unwrap_or_else(|e| panic!("{name}: {e}"));
            });
        });
        let what = if what == "ANNEX" { file.as_str() } else { what };
        assert!(!report.sound && names(&report, kind).contains(&what), "{name}: {:?}", report.problems);
    }
}

/// What a fault in a table that is none of records is named after, or why nothing is to be named.
fn named_after(table: &str) -> Option<&'static str> {
    Some(match table {
        "journal" => "journal",
        "journal_row" => "journal_row/",
        "blob" | "blob_chunk" => "blob",
        "private_image" => "person_contact",
        "search" | "search_row" | "search_config" | "search_content" | "search_data" | "search_docsize"
        | "search_idx" => "search",
        // Text being typed is no record until its field is left.
        "draft" => return None,
        _ => panic!("{table}: say what names a fault in it"),
    })
}

#[test]
fn each_table_that_is_none_of_records() {
    let demo = Demo::new();
    let conn = Connection::open(&demo.original).unwrap();
    let records = record_tables(&conn);
    let mut statement =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = statement.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    for table in tables.iter().filter(|table| !records.contains(table)) {
        let Some(what) = named_after(table) else { continue };
        let (first, last) = {
            let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let rows: Vec<Vec<(String, Sql)>> = statement
                .query_map([], |row| {
                    names.iter().enumerate().map(|(i, name)| Ok((name.clone(), row.get(i)?))).collect()
                })
                .unwrap()
                .map(Result::unwrap)
                .collect();
            (rows.first().unwrap_or_else(|| panic!("{table} is empty")).clone(), rows.last().unwrap().clone())
        };
        let this_row = |row: &[(String, Sql)]| {
            row.iter().map(|(name, _)| format!("{name} IS ?")).collect::<Vec<_>>().join(" AND ")
        };
        let run = |tamper: &dyn Fn(&Connection) -> rusqlite::Result<usize>, done: &str| {
            let report = demo.tampered(|conn| {
                unbound(conn, || {
                    let rows = tamper(conn).unwrap_or_else(|e| panic!("{table}, {done}: {e}"));
                    assert!(rows > 0, "{table}, {done}: nothing was done");
                });
            });
            assert!(
                !report.sound && report.problems.iter().any(|p| p.what.starts_with(what)),
                "{table}, {done}: {:?}",
                report.problems
            );
        };
        let values = |row: &[(String, Sql)]| row.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>();
        for (name, value) in &last {
            let mut all = vec![altered(value)];
            all.extend(values(&last));
            run(
                &|conn| {
                    let sql = format!("UPDATE {table} SET {name} = ? WHERE {}", this_row(&last));
                    conn.execute(&sql, rusqlite::params_from_iter(&all))
                },
                &format!("{name} of {:?} altered", last[0]),
            );
        }
        run(
            &|conn| {
                conn.execute(
                    &format!("DELETE FROM {table} WHERE {}", this_row(&first)),
                    rusqlite::params_from_iter(values(&first)),
                )
            },
            &format!("{:?} taken away", first[0]),
        );
        run(
            &|conn| {
                let more: Vec<Sql> = last.iter().map(|(_, value)| altered(value)).collect();
                let marks = vec!["?"; more.len()].join(", ");
                let names: Vec<&str> = last.iter().map(|(name, _)| name.as_str()).collect();
                conn.execute(
                    &format!("INSERT INTO {table} ({}) VALUES ({marks})", names.join(", ")),
                    rusqlite::params_from_iter(more),
                )
            },
            "a row added",
        );
        let report = demo.tampered(|conn| conn.execute_batch(&format!("DROP TABLE {table}")).unwrap());
        assert!(
            names(&report, ProblemKind::Schema).contains(&format!("table/{table}").as_str()),
            "{table} dropped: {:?}",
            report.problems
        );
    }
    let report = demo.tampered(|conn| {
        for table in &records {
            conn.execute_batch(&format!("DROP TABLE {table}")).unwrap();
        }
    });
    let named = names(&report, ProblemKind::Schema);
    for table in &records {
        assert!(named.contains(&format!("table/{table}").as_str()), "{table} dropped: {named:?}");
    }
}

/// A value that a column of that type may hold and that is another.
fn altered(value: &Sql) -> Sql {
    match value {
        Sql::Blob(bytes) => Sql::Blob(bytes.iter().map(|byte| byte ^ 1).chain([7]).collect()),
        Sql::Text(text) if text.len() == 64 => Sql::Text("0".repeat(64)),
        Sql::Text(text) if text.starts_with('{') => Sql::Text(text.replacen('{', "{\"x\":1,", 1)),
        Sql::Text(text) => Sql::Text(format!("{text}x")),
        Sql::Integer(n) => Sql::Integer(n + 1_000_000),
        Sql::Real(x) => Sql::Real(x + 0.5),
        Sql::Null => Sql::Integer(7),
    }
}

/// Nothing says what the planner's statistics should be: an archive keeps none.
#[test]
fn the_planners_statistics() {
    let demo = Demo::new();
    let report = demo.tampered(|conn| conn.execute_batch("ANALYZE").unwrap());
    assert!(names(&report, ProblemKind::Schema).contains(&"table/sqlite_stat1"), "{:?}", report.problems);
    // An archive that has them opens and loses them; work and closing make none.
    let path = demo.folder.path().join("copia.actario");
    Secretariat::open(&path, &context(), "equipo").unwrap().close().unwrap();
    assert_eq!(verified(&path).problems, []);
}
