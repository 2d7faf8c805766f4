//! The archive as a whole: what is written is journaled, undone, redone, refused.
use serde_json::{Value, json};

use crate::api::Op;
use crate::{Actor, Code, Context, Language, Secretariat, api};

pub(crate) fn context(n: u8) -> Context {
    let now = format!("2026-03-02T13:{:02}:00Z", n % 60).parse().unwrap();
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new(now, actor, [n; 32], Language::Es)
}

pub(crate) fn body(name: &str) -> Value {
    json!({ "id": "body-x", "name": name, "kind": "other", "status": null, "purpose": null, "alternative_names": [],
        "minimum_meetings_per_year": null, "components": [], "creating_act": { "registered": false, "text": "por registrar" },
        "normative_references": [], "technical_secretariat": null, "numbering": { "sessions_yearly": true, "minutes_yearly": true },
        "paper": "letter", "note": null })
}

/// What a test needs to know of the sample archive.
pub(crate) struct Sample {
    /// Hash of the file kept in two chunks.
    pub blob: String,
}

/// An archive with records of several kinds, private data and kept files, written by acts at minutes 1 to 6.
pub(crate) fn sample(path: &std::path::Path) -> Sample {
    let archive = Secretariat::create(path, &context(1), "equipo").unwrap();
    api::dispatch(&archive, &context(2), "put_body", body("Comisión Intersectorial")).unwrap();
    let large: Vec<u8> = (0..1_050_000_u32).map(|i| (i % 251) as u8).collect();
    let ((), _) = archive
        .transact(&context(3), Op::PutBody, |tx| {
            tx.put(&record_of::<crate::catalog::Entity>(
                json!({ "id": "ent-1", "name": "Secretaría de Ambiente" }),
            ))?;
            tx.put(&record_of::<crate::catalog::Setting>(
                json!({ "id": "calendar", "value": { "año": 2026, "x": 0.1 } }),
            ))?;
            tx.put_blob(&large)?;
            Ok(())
        })
        .unwrap();
    let blob = archive
        .query(&context(4), |read| {
            Ok(read.conn.query_row("SELECT id FROM blob", [], |r| r.get::<_, String>(0))?)
        })
        .unwrap();
    let person = |position: &str| {
        record_of::<crate::person::Person>(
            json!({ "id": "per-1", "first_names": "Ana María", "surnames": "Núñez de la O",
            "full_name": "Ana María Núñez de la O", "sort_name": "nunez de la o ana maria", "treatment": "doctora",
            "grammatical_gender": "f", "position": position, "entity_id": "ent-1" }),
        )
    };
    archive
        .transact(&context(4), Op::PutBody, |tx| {
            tx.put(&person("Subsecretaria"))?;
            tx.put(&record_of::<crate::person::PersonContact>(json!({ "id": "per-1", "email": "ana@ejemplo.co", "phone": null, "salt": "00112233" })))?;
            for n in 1..4 {
                tx.put(&record_of::<crate::body::Seat>(json!({ "id": format!("seat-{n}"), "body_id": "body-x", "number": n, "role": "member",
                    "title": format!("Puesto {n}"), "entity_id": "ent-1", "voice": true, "vote": true, "delegation_allowed": true,
                    "eligible": null, "configurable": false })))?;
            }
            Ok(())
        })
        .unwrap();
    archive
        .transact(&context(5), Op::PutBody, |tx| {
            let small = tx.put_blob("constancia".as_bytes())?;
            tx.put(&record_of::<crate::annex::Annex>(json!({ "id": "anx-1", "owner": "body", "owner_id": "body-x", "number": 1,
                "title": "Constancia del año", "kind": "document", "file": "constancia.txt", "media_type": "text/plain",
                "blob_id": small, "public": true, "received": { "from": "ana@ejemplo.co", "subject": "Envío", "sent_at": null, "message_blob_id": blob } })))
        })
        .unwrap();
    archive.transact(&context(6), Op::PutBody, |tx| tx.put(&person("Directora de prueba"))).unwrap();
    archive.close().unwrap();
    Sample { blob }
}

/// A record from JSON that names only the fields that matter.
pub(crate) fn record_of<T: crate::record::Record>(image: Value) -> T {
    serde_json::from_value(image).unwrap_or_else(|error| panic!("{}: {error}", T::TABLE))
}

fn names(archive: &Secretariat) -> Vec<String> {
    let reply = api::dispatch(archive, &context(0), "list_bodies", json!({})).unwrap();
    reply["value"].as_array().unwrap().iter().map(|b| b["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_act_is_journaled_undone_and_redone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    let archive = Secretariat::create(&path, &context(1), "equipo").unwrap();
    let reply = api::dispatch(&archive, &context(2), "put_body", body("Comisión")).unwrap();
    assert_eq!(reply["changed"], json!([{ "concept": "body", "id": "body-x" }]));
    api::dispatch(&archive, &context(3), "put_body", body("Comisión Intersectorial")).unwrap();
    for (n, call, expected) in [
        (4, "undo", vec!["Comisión"]),
        (5, "undo", vec![]),
        (6, "redo", vec!["Comisión"]),
        (7, "redo", vec!["Comisión Intersectorial"]),
        (8, "undo", vec!["Comisión"]),
    ] {
        api::dispatch(&archive, &context(n), call, json!({})).unwrap();
        assert_eq!(names(&archive), expected, "step {n}: {call}");
    }
    api::dispatch(&archive, &context(9), "undo", json!({})).unwrap();
    let nothing = api::dispatch(&archive, &context(10), "undo", json!({})).unwrap_err();
    assert_eq!(nothing.code, Code::NotUndoable);
    archive.close().unwrap();
    assert!(!folder.path().join("a.actario-wal").exists() && !folder.path().join("a.actario-lock").exists());
}

#[test]
fn a_failed_act_leaves_nothing_and_a_second_writer_is_told_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    let archive = Secretariat::create(&path, &context(1), "portátil-7").unwrap();
    let failure = api::dispatch(&archive, &context(2), "put_body", body("  ")).unwrap_err();
    assert_eq!((failure.code, &failure.details["field"]), (Code::InvalidInput, &json!("name")));
    assert!(names(&archive).is_empty());
    let held = Secretariat::open(&path, &context(3), "otro").err().unwrap();
    assert_eq!(held.code, Code::InUse);
    assert!(
        held.message.es.contains("Gloria Peña") && held.message.es.contains("portátil-7"),
        "{}",
        held.message.es
    );
    let reader = Secretariat::open_read_only(&path).unwrap();
    let refused = api::dispatch(&reader, &context(4), "put_body", body("C")).unwrap_err();
    assert_eq!(refused.code, Code::ReadOnly);
}

#[test]
fn a_large_entry_is_listed_by_its_beginning() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Secretariat::create(&folder.path().join("a.actario"), &context(1), "equipo").unwrap();
    let many = |tx: &mut crate::Tx<'_>| {
        for n in 0..60 {
            let name = if n == 0 { "Entidad, \"changes\":[ ".repeat(15_000) } else { format!("Entidad {n}") };
            tx.put(&record_of::<crate::catalog::Entity>(json!({ "id": format!("ent-{n}"), "name": name })))?;
        }
        Ok(())
    };
    archive.transact(&context(2), Op::PutBody, many).unwrap();
    let few = |tx: &mut crate::Tx<'_>| {
        for n in 100..160 {
            tx.put(&record_of::<crate::catalog::Entity>(json!({ "id": format!("ent-{n}"), "name": "E" })))?;
        }
        Ok(())
    };
    archive.transact(&context(3), Op::PutBody, few).unwrap();
    let lines = api::dispatch(&archive, &context(4), "list_journal", json!({})).unwrap()["value"].clone();
    let shape: Vec<_> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|l| {
            (l["op"].as_str().unwrap(), l["touched"].as_array().unwrap().len(), l["more"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(shape, [("put_body", 50, true), ("put_body", 0, true), ("create_archive", 0, false)]);
    assert_eq!(lines[1]["actor"]["name"], "Gloria Peña");
    api::dispatch(&archive, &context(5), "undo", json!({ "entry": 2 })).unwrap();
}
