//! Every act of preparing a body, done, undone and done again: the tables come back exactly, column by column.
use rusqlite::types::Value as Sql;
use serde_json::{Value, json};

use crate::api::Undo;
use crate::{Actor, Code, Context, Language, Secretariat, api};

struct Desk {
    archive: Secretariat,
    clock: u32,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let archive = Secretariat::create(&folder.path().join("a.actario"), &context(0), "equipo").unwrap();
        Self { archive, clock: 0, _folder: folder }
    }

    fn call(&mut self, name: &str, request: Value) -> Result<Value, crate::Failure> {
        self.clock += 1;
        api::dispatch(&self.archive, &context(self.clock), name, request)
    }

    /// Every table but the journal, the search index and the kept bytes, which an undo leaves.
    fn tables(&self) -> Vec<(String, Vec<Vec<Sql>>)> {
        self.archive
            .query(&context(0), |read| {
                let mut names = read.conn.prepare(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'blob%'
                     AND name NOT LIKE 'sqlite_%' AND name NOT IN ('journal', 'journal_row') ORDER BY name",
                )?;
                let names: Vec<String> = names.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
                let mut tables = Vec::new();
                for name in names {
                    let mut rows = read.conn.prepare(&format!("SELECT * FROM {name} ORDER BY id"))?;
                    let width = rows.column_count();
                    let rows: Vec<Vec<Sql>> =
                        rows.query_map([], |r| (0..width).map(|i| r.get(i)).collect())?.collect::<Result<_, _>>()?;
                    tables.push((name, rows));
                }
                Ok(tables)
            })
            .unwrap()
    }
}

fn context(n: u32) -> Context {
    let now = "2026-03-02T13:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        + chrono::TimeDelta::seconds(i64::from(n));
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    let mut entropy = [7; 32];
    entropy[..4].copy_from_slice(&n.to_be_bytes());
    Context::new(now, actor, entropy, Language::Es)
}

/// Each act in an order in which it can be done; the request is a whole and possible one.
#[allow(clippy::too_many_lines)]
fn acts() -> Vec<(&'static str, Value)> {
    let file = json!({ "name": "acto.pdf", "base64": "JVBERi0xLjc=" });
    vec![
        ("put_sector", json!({ "id": "sec-salud", "name": "Sector Salud" })),
        (
            "put_entity",
            json!({ "id": "ent-sds", "name": "Secretaría Distrital de Salud", "short_name": "SDS", "sector_id": "sec-salud", "kind": "head" }),
        ),
        ("put_partner", json!({ "id": "al-1", "name": "Ciudad de Malmö", "country": "Suecia" })),
        (
            "set_calendar",
            json!({ "calendar": { "closures": [{ "from": "2026-12-28", "to": "2026-12-31", "reason": "Cierre de fin de año" }] }, "source": "Circular 8 de 2026" }),
        ),
        (
            "put_body",
            json!({ "id": "com", "name": "Comisión Intersectorial", "kind": "intersectoral_commission", "minimum_meetings_per_year": 4 }),
        ),
        (
            "put_function",
            json!({ "id": "f-1", "body_id": "com", "scope": "specific", "text": "Coordinar a los sectores." }),
        ),
        (
            "put_function",
            json!({ "id": "f-2", "body_id": "com", "scope": "general", "text": "Articular la gestión." }),
        ),
        ("retire_function", json!({ "id": "f-2", "on": "2026-03-01" })),
        (
            "put_seat",
            json!({ "id": "s-1", "body_id": "com", "role": "chair", "title": "Consejera o consejero", "entity_id": "ent-sds" }),
        ),
        (
            "put_seat",
            json!({ "id": "s-2", "body_id": "com", "role": "member", "title": "Secretaría de Salud", "entity_id": "ent-sds", "sector_id": "sec-salud" }),
        ),
        (
            "put_seat",
            json!({ "id": "s-3", "body_id": "com", "role": "member", "title": "Cámara de comercio", "term_years": 2 }),
        ),
        ("close_seat", json!({ "id": "s-3", "valid_to": "2026-12-31" })),
        ("put_invitee", json!({ "id": "i-1", "body_id": "com", "name": "Instituto Distrital de Turismo" })),
        (
            "put_person",
            json!({ "id": "p-1", "first_names": "Ana Eugenia del Pilar", "surnames": "Íñiguez-Ñungo D'Alessandro", "treatment": "doctora", "level": "directive" }),
        ),
        (
            "put_person",
            json!({ "id": "p-2", "full_name": "Teófilo Andrés Oñate-Landázuri y Muñoz-Feijóo", "level": "directive" }),
        ),
        (
            "import_rows",
            json!({ "import": { "target": "people", "mapping": { "full_name": 0, "position": 1 },
                "file": { "name": "p.csv", "base64": "Tm9tYnJlO0NhcmdvDQpVcnN1bGEgTnVldmE7QXNlc29yYQ0K" } } }),
        ),
        ("put_person", json!({ "id": "p-3", "full_name": "Leonor Dell'Acqua", "level": "directive" })),
        (
            "appoint_holder",
            json!({ "id": "h-1", "seat_id": "s-2", "person_id": "p-1", "kind": "holder", "valid_from": "2024-01-01" }),
        ),
        (
            "appoint_holder",
            json!({ "id": "h-2", "seat_id": "s-2", "person_id": "p-2", "kind": "holder", "valid_from": "2025-09-01" }),
        ),
        (
            "appoint_holder",
            json!({ "id": "h-3", "seat_id": "s-2", "person_id": "p-3", "kind": "acting", "valid_from": "2025-12-01" }),
        ),
        (
            "edit_holder",
            json!({ "id": "h-3", "person_id": "p-3", "kind": "acting", "valid_from": "2025-12-05", "act": { "kind": "decree", "number": "266 de 2025", "date": "2025-11-29" } }),
        ),
        ("close_holder", json!({ "id": "h-3", "valid_to": "2025-12-31" })),
        ("create_rule_set", json!({ "id": "rs-1", "body_id": "com", "effective_from": "2024-07-01" })),
        (
            "create_rule_set",
            json!({ "id": "rs-2", "body_id": "com", "effective_from": "2026-01-01", "file": file }),
        ),
        ("create_rule_set", json!({ "id": "rs-3", "body_id": "com", "effective_from": "2027-01-01" })),
        ("remove_rule_set", json!({ "id": "rs-3" })),
        (
            "record_delegation",
            json!({ "id": "d-1", "seat_id": "s-2", "delegate_id": "p-1", "act": { "kind": "resolution", "number": "014 de 2026", "date": "2026-01-20" }, "valid_to": "2026-12-31" }),
        ),
        (
            "edit_delegation",
            json!({ "id": "d-1", "seat_id": "s-2", "delegate_id": "p-1", "act": { "kind": "resolution", "number": "015 de 2026", "date": "2026-01-20" }, "valid_to": "2026-11-30" }),
        ),
        ("attach_delegation_file", json!({ "id": "d-1", "file": file })),
        ("reject_delegation", json!({ "id": "d-1", "reason": "El acto no está firmado." })),
        ("accept_delegation", json!({ "id": "d-1" })),
        ("revoke_delegation", json!({ "id": "d-1", "on": "2026-06-01", "note": "Cambio de funciones." })),
        ("create_work_plan", json!({ "id": "wp", "body_id": "com", "year": 2026 })),
        (
            "put_activity",
            json!({ "id": "a-1", "work_plan_id": "wp", "activity": "Sesionar cada trimestre", "function_codes": ["fun-01"], "due_on": "2026-12-18" }),
        ),
        (
            "put_activity",
            json!({ "id": "a-2", "work_plan_id": "wp", "activity": "Publicar el portafolio", "due_on": "2026-02-20" }),
        ),
        ("order_activities", json!({ "work_plan_id": "wp", "activity_ids": ["a-2", "a-1"] })),
        (
            "report_activity",
            json!({ "id": "a-2", "done_on": "2026-02-25", "evidence": "Publicado.", "file": file }),
        ),
        ("edit_work_plan", json!({ "id": "wp", "note": "Sin aprobar todavía." })),
        ("remove_activity", json!({ "id": "a-2" })),
        ("remove_invitee", json!({ "id": "i-1" })),
        ("remove_holder", json!({ "id": "h-3" })),
    ]
}

#[test]
fn every_act_is_undone_exactly_and_redone() {
    let mut desk = Desk::new();
    for (name, request) in acts() {
        let declared = api::CALLS.iter().find(|c| c.name == name).unwrap();
        assert_eq!(declared.undo, Undo::Yes, "{name}");
        let before = desk.tables();
        let reply = desk
            .call(name, request.clone())
            .unwrap_or_else(|f| panic!("{name} {request}: {f} {}", f.details));
        let after = desk.tables();
        assert_ne!(before, after, "{name} {request} changed nothing");
        assert!(!reply["changed"].as_array().unwrap().is_empty(), "{name} says what it changed");
        desk.call("undo", json!({})).unwrap_or_else(|f| panic!("undo {name}: {f}"));
        assert_eq!(desk.tables(), before, "undo of {name} {request}");
        desk.call("redo", json!({})).unwrap_or_else(|f| panic!("redo {name}: {f}"));
        assert_eq!(desk.tables(), after, "redo of {name} {request}");
    }
    let report = desk.call("verify_archive", json!({})).unwrap();
    assert_eq!(report["value"]["problems"], json!([]), "{report}");
}

#[test]
fn an_erased_contact_leaves_no_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    let archive = Secretariat::create(&path, &context(0), "equipo").unwrap();
    let call = |n, name: &str, request| api::dispatch(&archive, &context(n), name, request);
    call(1, "put_person", json!({ "id": "p-1", "full_name": "Ana Ñungo" })).unwrap();
    let bytes_on_disk = || {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            all.extend(std::fs::read(entry.unwrap().path()).unwrap());
        }
        all
    };
    let holds = |needle: &str| bytes_on_disk().windows(needle.len()).any(|w| w == needle.as_bytes());
    let secrets = ["secreta.ana@correo-privado.example", "+57 300 555 7788"];
    let contact = json!({ "person_id": "p-1", "email": secrets[0], "phone": secrets[1] });
    call(2, "set_contact", contact).unwrap();
    // Typed again in a form, and changed once: neither the draft nor the old row may stay.
    api::dispatch(
        &archive,
        &context(3),
        "save_draft",
        json!({ "key": "person_contact/p-1/phone", "text": secrets[1] }),
    )
    .unwrap();
    let seen = call(4, "get_person", json!({ "id": "p-1" })).unwrap();
    assert_eq!(seen["value"]["contact"]["email"], secrets[0]);
    assert!(secrets.iter().all(|s| holds(s)), "the test can see what it looks for");
    let journal = call(5, "get_journal_entry", json!({ "seq": 3 })).unwrap();
    assert!(!journal.to_string().contains("correo-privado"), "{journal}");
    assert!(journal["value"]["changes"][0]["after"]["sha256"].is_string(), "{journal}");
    {
        let never = "undo";
        let failure = call(6, never, json!({ "entry": 3 })).unwrap_err();
        assert_eq!(failure.code, Code::NotUndoable);
    }
    call(7, "erase_contact", json!({ "id": "p-1" })).unwrap();
    for secret in secrets {
        assert!(!holds(secret), "{secret} is still in the files");
    }
    let gone = call(8, "get_person", json!({ "id": "p-1" })).unwrap();
    assert_eq!(gone["value"]["contact"], Value::Null);
    assert_eq!(call(9, "erase_contact", json!({ "id": "p-1" })).unwrap_err().code, Code::NotFound);
    let report = call(10, "verify_archive", json!({})).unwrap();
    assert_eq!(report["value"]["problems"], json!([]), "{report}");
    archive.close().unwrap();
    for secret in secrets {
        assert!(!holds(secret), "{secret} came back");
    }
}
