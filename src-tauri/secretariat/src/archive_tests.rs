//! The archive as a whole: what is written is journaled, undone, redone, refused.
use serde_json::{Value, json};

use crate::{Actor, Code, Context, Language, Secretariat, api};

pub(crate) fn context(n: u8) -> Context {
    let now = format!("2026-03-02T13:{:02}:00Z", n % 60).parse().unwrap();
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new(now, actor, [n; 32], Language::Es)
}

fn body(name: &str) -> Value {
    json!({ "id": "body-x", "name": name, "kind": "other", "status": null, "purpose": null, "alternative_names": [],
        "minimum_meetings_per_year": null, "components": [], "creating_act": { "registered": false, "text": "por registrar" },
        "normative_references": [], "technical_secretariat": null, "numbering": { "sessions_yearly": true, "minutes_yearly": true },
        "paper": "letter", "note": null })
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
