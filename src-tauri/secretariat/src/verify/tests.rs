//! What verifying catches: each row tampers with one thing and names what must be found.

use rusqlite::Connection;
use serde_json::json;

use super::*;
use crate::archive_tests::{context, sample};
use crate::{Secretariat, progress, store};

fn report(path: &std::path::Path) -> Result<VerifyReport> {
    let archive = Secretariat::open_read_only(path)?;
    archive.query(&context(0), |read| verify(read, None, &mut progress::unwatched))
}

fn found(report: &VerifyReport) -> Vec<(ProblemKind, &str)> {
    report.problems.iter().map(|p| (p.kind, p.what.as_str())).collect()
}

/// Rewrites an entry's body and gives it its right hash, as a careful forger would.
fn forge(conn: &Connection, seq: i64, from: &str, to: &str) {
    let body: String =
        conn.query_row("SELECT body FROM journal WHERE seq = ?1", [seq], |r| r.get(0)).unwrap();
    assert!(body.contains(from), "{body}");
    let body = body.replace(from, to);
    conn.execute(
        "UPDATE journal SET body = ?2, hash = ?3 WHERE seq = ?1",
        (seq, &body, journal::hash(&body)),
    )
    .unwrap();
}

const FREE: &str = "DROP TRIGGER journal_is_append_only_update; DROP TRIGGER journal_is_append_only_delete;
    DROP TRIGGER blob_is_frozen_update; DROP TRIGGER blob_is_frozen_delete;
    DROP TRIGGER blob_chunk_is_frozen_update; DROP TRIGGER blob_chunk_is_frozen_delete;
    DROP TRIGGER document_is_frozen_update; DROP TRIGGER document_is_frozen_delete;";

/// Puts back the triggers that a tampering took away, so that only the tampering remains.
fn bind(conn: &Connection) {
    let kept = Connection::open_in_memory().unwrap();
    crate::store::migrate(&kept, 0).unwrap();
    let mut statement = kept.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers: Vec<(String, String)> =
        statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, sql) in triggers {
        conn.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}; {sql}")).unwrap();
    }
}

#[test]
fn whatever_is_altered_is_named() {
    use ProblemKind::*;
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("año #1.actario");
    let facts = sample(&original);
    let clean = report(&original).unwrap();
    assert!(clean.sound, "{:?}", clean.problems);
    assert_eq!((clean.blobs, clean.omitted, clean.head.len()), (2, 0, 64));
    assert!(clean.records > 8 && clean.entries >= 5, "{clean:?}");

    let blob = format!("blob/{}", facts.blob);
    let sql = |statement: &'static str| move |conn: &Connection| conn.execute_batch(statement).unwrap();
    type Tamper = Box<dyn Fn(&Connection)>;
    let cases: Vec<(&str, Tamper, ProblemKind, &str)> = vec![
        // Records.
        ("a name", Box::new(sql("UPDATE body SET name = 'Otra' WHERE id = 'body-x'")), Record, "body/body-x"),
        (
            "inside JSON",
            Box::new(sql("UPDATE body SET alternative_names = '[ ]' WHERE id = 'body-x'")),
            Record,
            "body/body-x",
        ),
        (
            "a cleared column",
            Box::new(sql("UPDATE person SET position = NULL WHERE id = 'per-1'")),
            Record,
            "person/per-1",
        ),
        (
            "an added row",
            Box::new(sql("INSERT INTO entity (id, name) VALUES ('ent-falsa', 'X')")),
            Record,
            "entity/ent-falsa",
        ),
        (
            "a removed row",
            Box::new(sql("DELETE FROM setting WHERE id = 'calendar'")),
            Record,
            "setting/calendar",
        ),
        (
            "a renamed id",
            Box::new(sql("UPDATE setting SET id = 'calendario' WHERE id = 'calendar'")),
            Record,
            "setting/calendario",
        ),
        (
            "private data",
            Box::new(sql("UPDATE person_contact SET email = 'otra@x.co'")),
            Record,
            "person_contact/per-1",
        ),
        (
            "a private image",
            Box::new(sql("UPDATE private_image SET image = replace(image, '@', '.')")),
            Record,
            "person_contact/per-1",
        ),
        (
            "a broken reference",
            Box::new(sql("PRAGMA foreign_keys = OFF; DELETE FROM person WHERE id = 'per-1'")),
            Reference,
            "person_contact/per-1",
        ),
        // The journal.
        (
            "an entry's body",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("UPDATE journal SET body = replace(body, 'Gloria', 'Julia') WHERE seq = 2")
                    .unwrap();
                bind(c);
            }),
            Journal,
            "journal/2",
        ),
        (
            "an entry's hash",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch(
                    "UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'z') WHERE seq = 2",
                )
                .unwrap();
                bind(c);
            }),
            Journal,
            "journal/2",
        ),
        (
            "an entry forged with its hash",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                forge(c, 2, "Gloria", "Julia");
                bind(c);
            }),
            Journal,
            "journal/3",
        ),
        (
            "an entry that says another place",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                forge(c, 2, "\"seq\":2", "\"seq\":7");
                bind(c);
            }),
            Journal,
            "journal/2",
        ),
        (
            "an entry removed",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("DELETE FROM journal WHERE seq = 3").unwrap();
                bind(c);
            }),
            Journal,
            "journal/3",
        ),
        (
            "the last entry removed",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)").unwrap();
                bind(c);
            }),
            Record,
            "person/per-1",
        ),
        (
            "the last entry forged",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                let last: i64 = c.query_row("SELECT max(seq) FROM journal", [], |r| r.get(0)).unwrap();
                forge(c, last, "Directora de prueba", "Directora");
                bind(c);
            }),
            Record,
            "person/per-1",
        ),
        (
            "every entry removed",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("DELETE FROM journal").unwrap();
                bind(c);
            }),
            Journal,
            "journal",
        ),
        (
            "an entry that is no JSON object",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("UPDATE journal SET body = '7' WHERE seq = 2").unwrap();
                bind(c);
            }),
            Journal,
            "journal/2",
        ),
        // Kept files.
        (
            "a file's bytes",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("UPDATE blob_chunk SET bytes = zeroblob(length(bytes)) WHERE n = 1").unwrap();
                bind(c);
            }),
            Blob,
            "BLOB",
        ),
        (
            "a file's chunk removed",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("DELETE FROM blob_chunk WHERE n = 0").unwrap();
                bind(c);
            }),
            Blob,
            "BLOB",
        ),
        (
            "a file's chunks renumbered",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("UPDATE blob_chunk SET n = 5 WHERE n = 1").unwrap();
                bind(c);
            }),
            Blob,
            "BLOB",
        ),
        (
            "a file's size",
            Box::new(|c| {
                c.execute_batch(FREE).unwrap();
                c.execute_batch("UPDATE blob SET size = size + 1").unwrap();
                bind(c);
            }),
            Blob,
            "BLOB",
        ),
        (
            "bytes of no file",
            Box::new(sql("PRAGMA foreign_keys = OFF; INSERT INTO blob_chunk VALUES ('aa', 0, x'01')")),
            Blob,
            "blob_chunk/aa",
        ),
        // The schema.
        (
            "a dropped trigger",
            Box::new(sql("DROP TRIGGER document_is_frozen_update")),
            Schema,
            "trigger/document_is_frozen_update",
        ),
        (
            "an added trigger",
            Box::new(sql("CREATE TRIGGER espia AFTER INSERT ON ballot BEGIN SELECT 1; END")),
            Schema,
            "trigger/espia",
        ),
        ("a dropped index", Box::new(sql("DROP INDEX ballot_by_seat")), Schema, "index/ballot_by_seat"),
        ("an added table", Box::new(sql("CREATE TABLE extra (id TEXT)")), Schema, "table/extra"),
        ("an added view", Box::new(sql("CREATE VIEW vista AS SELECT 1")), Schema, "view/vista"),
        (
            "an altered table",
            Box::new(sql("ALTER TABLE ballot ADD COLUMN nota TEXT")),
            Schema,
            "table/ballot",
        ),
        (
            "a dropped table",
            Box::new(sql("PRAGMA foreign_keys = OFF; DROP TABLE ballot")),
            Schema,
            "table/ballot",
        ),
        ("a table with records dropped", Box::new(sql("DROP TABLE setting")), Record, "setting/calendar"),
        (
            "an altered trigger",
            Box::new(sql(
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'BEFORE UPDATE ON blob ', 'BEFORE UPDATE OF size ON blob ') WHERE sql LIKE '%BEFORE UPDATE ON blob%'; UPDATE sqlite_schema SET sql = replace(sql, 'a kept file', 'a file') WHERE name = 'blob_is_frozen_update'",
            )),
            Schema,
            "trigger/blob_is_frozen_update",
        ),
        (
            "a loosened constraint",
            Box::new(sql(
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' ON DELETE RESTRICT', '') WHERE name = 'holder'",
            )),
            Schema,
            "table/holder",
        ),
        // Indices.
        (
            "an index that lies",
            Box::new(sql(
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' WHERE 0' WHERE name = 'person_by_sort_name'; PRAGMA writable_schema = RESET; UPDATE person SET sort_name = sort_name; REINDEX person_by_sort_name; PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' WHERE 0', '') WHERE name = 'person_by_sort_name'",
            )),
            Index,
            "index/person_by_sort_name",
        ),
        // The search.
        (
            "a found text",
            Box::new(sql(
                "UPDATE search SET title = 'otra cosa' WHERE rowid = (SELECT docid FROM search_row WHERE concept = 'body')",
            )),
            Search,
            "search/body/body-x",
        ),
        (
            "a text not found any more",
            Box::new(sql("DELETE FROM search_row WHERE concept = 'body'")),
            Search,
            "search/body/body-x",
        ),
        (
            "the index behind the texts",
            Box::new(sql(
                "UPDATE search_content SET c0 = 'otra cosa' WHERE id = (SELECT docid FROM search_row WHERE concept = 'body')",
            )),
            Search,
            "search/body/body-x",
        ),
        (
            "words taken from the index",
            Box::new(sql("DELETE FROM search_data WHERE id > 10; DELETE FROM search_idx")),
            Search,
            "search",
        ),
        ("a document of nothing", Box::new(sql("INSERT INTO search (title) VALUES ('x')")), Search, "search"),
    ];
    for (i, (name, tamper, kind, what)) in cases.iter().enumerate() {
        let path = folder.path().join(format!("caso {i}.actario"));
        std::fs::copy(&original, &path).unwrap();
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch("PRAGMA synchronous = OFF").unwrap();
        tamper(&conn);
        drop(conn);
        let report = report(&path).unwrap_or_else(|failure| panic!("{name}: {failure}"));
        let what = if *what == "BLOB" { blob.as_str() } else { what };
        assert!(!report.sound && found(&report).contains(&(*kind, what)), "{name}: {:?}", report.problems);
        for problem in &report.problems {
            assert!(!problem.text.es.is_empty() && !problem.text.en.contains('{'), "{name}: {problem:?}");
        }
    }
}

#[test]
fn the_columns_that_differ_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    sample(&path);
    Connection::open(&path)
        .unwrap()
        .execute_batch("UPDATE person SET position = 'Alcaldesa', level = 'adviser' WHERE id = 'per-1'")
        .unwrap();
    let report = report(&path).unwrap();
    let problem = report.problems.iter().find(|p| p.kind == ProblemKind::Record).unwrap();
    assert_eq!(problem.columns, ["position", "level"]);
    assert!(problem.text.es.contains("position, level"), "{}", problem.text.es);
}

#[test]
fn a_printed_hash_belongs_to_its_archive_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    sample(&path);
    let printed = report(&path).unwrap().head;
    let expect = |path: &std::path::Path, hash: &str| {
        let archive = Secretariat::open_read_only(path).unwrap();
        let value =
            crate::api::dispatch(&archive, &context(0), "verify_archive", json!({ "expect": hash })).unwrap();
        serde_json::from_value::<VerifyReport>(value["value"].clone()).unwrap()
    };
    for hash in [
        printed.clone(),
        printed.to_uppercase(),
        format!(" {} {}", &printed[..8], &printed[8..]),
        printed[..16].to_owned(),
    ] {
        let report = expect(&path, &hash);
        let entry = report.expected.unwrap_or_else(|| panic!("{hash}"));
        assert_eq!(
            (report.sound, entry.entry, entry.later, entry.hash),
            (true, report.entries, 0, printed.clone())
        );
        assert_eq!(entry.at, context(6).now);
    }
    // Later work keeps it in the chain.
    let archive = Secretariat::open(&path, &context(20), "equipo").unwrap();
    crate::api::dispatch(&archive, &context(21), "undo", json!({})).unwrap();
    archive.close().unwrap();
    assert_eq!(expect(&path, &printed).expected.unwrap().later, 1);
    // A consistent archive that forgot its last entries is caught by the paper, and only by it.
    let shorter = folder.path().join("b.actario");
    drop(Secretariat::create(&shorter, &context(1), "equipo").unwrap());
    assert!(report(&shorter).unwrap().sound);
    let report = expect(&shorter, &printed);
    assert_eq!(found(&report), [(ProblemKind::Expected, printed.as_str())]);
    for nonsense in ["", "abc", "zzzzzzzzzzzzzzzz", &"0".repeat(64)] {
        assert!(!expect(&path, nonsense).sound, "{nonsense}");
    }
}

#[test]
fn after_a_checkpoint_the_fold_starts_there() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("a.actario");
    sample(&original);
    let archive = Secretariat::open(&original, &context(30), "equipo").unwrap();
    archive.write(|conn| checkpoint(conn, &context(31))).unwrap();
    let mut body = crate::archive_tests::body("Después");
    body["id"] = json!("body-y");
    crate::api::dispatch(&archive, &context(32), "put_body", body).unwrap();
    crate::api::dispatch(&archive, &context(33), "put_body", crate::archive_tests::body("Cambiada")).unwrap();
    archive.close().unwrap();
    let clean = report(&original).unwrap();
    assert!(clean.sound, "{:?}", clean.problems);
    for (sql, what) in [
        ("UPDATE person SET position = 'Alcaldesa' WHERE id = 'per-1'", "person/per-1"),
        ("DELETE FROM setting", "setting/calendar"),
        ("INSERT INTO entity (id, name) VALUES ('ent-falsa', 'X')", "entity/ent-falsa"),
        ("UPDATE body SET name = 'X' WHERE id = 'body-y'", "body/body-y"),
        ("UPDATE body SET name = 'X' WHERE id = 'body-x'", "body/body-x"),
        ("DELETE FROM body WHERE id = 'body-y'", "body/body-y"),
    ] {
        let path = folder.path().join("b.actario");
        std::fs::copy(&original, &path).unwrap();
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let report = report(&path).unwrap();
        assert!(found(&report).contains(&(ProblemKind::Record, what)), "{sql}: {:?}", report.problems);
    }
}

#[test]
fn a_ruined_file_is_told_and_never_panics() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("a.actario");
    sample(&original);
    let bytes = std::fs::read(&original).unwrap();
    let path = folder.path().join("b.actario");
    let check = |name: String, bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        match report(&path) {
            Ok(report) => report.sound,
            Err(failure) => {
                assert!(
                    matches!(
                        failure.code,
                        Code::Damaged | Code::NotAnArchive | Code::NewerFile | Code::WrongState
                    ),
                    "{name}: {failure:?}"
                );
                false
            }
        }
    };
    for keep in
        [0, 1, 50, 99, 100, 511, 512, 4096, 4097, 8192, bytes.len() / 2, bytes.len() - 4096, bytes.len() - 1]
    {
        assert!(!check(format!("kept {keep}"), &bytes[..keep]), "kept {keep} of {}", bytes.len());
    }
    // One byte flipped somewhere in every page, at places that move. Bytes of free space may be flipped unnoticed.
    let pages = bytes.len() / 4096;
    for page in (0..pages).step_by(11) {
        let mut flipped = bytes.clone();
        let place = page * 4096 + (page * 1301) % 4096;
        flipped[place] ^= 0xff;
        check(format!("flipped {place}"), &flipped);
    }
    // A page overwritten whole is always caught, unless it is a free one.
    for page in (1..pages).step_by(13) {
        let mut ruined = bytes.clone();
        ruined[page * 4096..(page + 1) * 4096].fill(0x5a);
        assert!(!check(format!("page {page}"), &ruined), "page {page} of {pages}");
    }
}

/// One thing that a person may do.
#[derive(Clone, Debug)]
enum Step {
    Body(u8),
    Entity(u8, u8),
    RemoveEntity(u8),
    Contact(u8),
    EraseContact,
    File(u8),
    Fail,
    Undo,
    UndoEntry(u8),
    Redo,
}

fn step() -> impl proptest::strategy::Strategy<Value = Step> {
    use proptest::prelude::*;
    prop_oneof![
        3 => any::<u8>().prop_map(|n| Step::Body(n % 4)),
        3 => any::<(u8, u8)>().prop_map(|(id, n)| Step::Entity(id % 3, n % 4)),
        2 => any::<u8>().prop_map(|id| Step::RemoveEntity(id % 3)),
        2 => any::<u8>().prop_map(|n| Step::Contact(n % 3)),
        1 => Just(Step::EraseContact),
        1 => any::<u8>().prop_map(|n| Step::File(n % 3)),
        1 => Just(Step::Fail),
        4 => Just(Step::Undo),
        2 => any::<u8>().prop_map(Step::UndoEntry),
        3 => Just(Step::Redo),
    ]
}

fn act(archive: &Secretariat, n: u8, step: &Step) -> Result<()> {
    use crate::archive_tests::{body, record_of};
    use crate::catalog::{Entity, Setting};
    use crate::person::{Person, PersonContact};
    let ctx = context(n);
    let put = |act: &dyn Fn(&mut journal::Tx<'_>) -> Result<()>| {
        archive.transact(&ctx, Op::PutBody, |tx| act(tx)).map(|_| ())
    };
    match step {
        Step::Body(n) => {
            crate::api::dispatch(archive, &ctx, "put_body", body(&format!("Comisión {n}"))).map(|_| ())
        }
        Step::Entity(id, n) => put(&|tx| {
            tx.put(&record_of::<Entity>(
                json!({ "id": format!("ent-{id}"), "name": format!("Entidad {n}") }),
            ))?;
            tx.put(&record_of::<Setting>(
                json!({ "id": format!("s-{id}"), "value": { "n": f64::from(*n) / 3.0 } }),
            ))
        }),
        Step::RemoveEntity(id) => put(&|tx| tx.remove::<Entity>(format!("ent-{id}"))),
        Step::Contact(n) => put(&|tx| {
            tx.put(&record_of::<Person>(
                json!({ "id": "per-1", "first_names": "Ana", "surnames": "Díaz", "full_name": "Ana Díaz",
                "sort_name": "diaz ana", "treatment": "none", "grammatical_gender": "f", "entity_id": null }),
            ))?;
            tx.put(&record_of::<PersonContact>(
                json!({ "id": "per-1", "email": format!("a{n}@x.co"), "phone": null, "salt": format!("{n}") }),
            ))
        }),
        Step::EraseContact => {
            let erase = |tx: &mut journal::Tx<'_>| tx.erase::<PersonContact>("per-1");
            archive.transact(&ctx, Op::EraseContact, erase).map(|_| ())
        }
        Step::File(n) => put(&|tx| tx.put_blob(&[*n; 40]).map(|_| ())),
        Step::Fail => put(&|tx| {
            tx.put(&record_of::<Entity>(json!({ "id": "ent-9", "name": "No queda" })))?;
            Err(store::damaged("on purpose"))
        }),
        Step::Undo => archive.undo(&ctx, None, false).map(|_| ()),
        Step::UndoEntry(seq) => archive.undo(&ctx, Some(i64::from(seq % 12)), false).map(|_| ()),
        Step::Redo => archive.undo(&ctx, None, true).map(|_| ()),
    }
}

/// Everything a person sees, row by row.
fn everything(archive: &Secretariat) -> Vec<String> {
    let dump = |read: &Read<'_>| {
        let mut rows = Vec::new();
        for table in table_names(read.conn)?.iter().filter(|t| *t != "blob") {
            let mut statement = read.conn.prepare(&format!("SELECT id FROM {table} ORDER BY id"))?;
            let ids =
                statement.query_map([], |r| r.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
            for id in ids {
                rows.push(format!("{table} {:?}", record::raw_row(read.conn, table, &id)?));
            }
        }
        Ok(rows)
    };
    archive.query(&context(0), dump).unwrap()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]
    #[test]
    fn whatever_is_done_the_journal_folds_into_the_tables(steps in proptest::collection::vec(step(), 1..20)) {
        let folder = tempfile::tempdir().unwrap();
        let archive = Secretariat::create(&folder.path().join("a.actario"), &context(0), "equipo").unwrap();
        for (n, step) in (1_u8..).zip(&steps) {
            let before = everything(&archive);
            let entries = archive.query(&context(0), |read| Ok(read.conn.query_row("SELECT count(*) FROM journal", [], |r| r.get::<_, i64>(0))?)).unwrap();
            let done = act(&archive, n, step);
            let now = archive.query(&context(0), |read| Ok(read.conn.query_row("SELECT count(*) FROM journal", [], |r| r.get::<_, i64>(0))?)).unwrap();
            let after = everything(&archive);
            if done.is_err() {
                proptest::prop_assert_eq!((&after, now), (&before, entries), "{:?} failed and left something", step);
            }
            if now > entries && !matches!(step, Step::EraseContact) && after != before {
                // Taking it back gives exactly what was there; and doing it again, exactly what came.
                archive.undo(&context(n), Some(now), false).unwrap();
                proptest::prop_assert_eq!(&everything(&archive), &before, "undo of {:?}", step);
                archive.undo(&context(n), Some(now + 1), true).unwrap();
                proptest::prop_assert_eq!(&everything(&archive), &after, "redo of {:?}", step);
            }
        }
        let report = archive.query(&context(0), |read| verify(read, None, &mut progress::unwatched)).unwrap();
        proptest::prop_assert!(report.sound, "{:?} {:?}", steps, report.problems);
    }
}
