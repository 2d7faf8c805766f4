//! An office to test in: the commission of the demonstration with its catalogs, seats, people and rules, and nothing
//! held yet. Calls are made by name, as every door makes them.

use std::cell::Cell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use secretariat::api::{Op, dispatch};
use secretariat::body::{Body, BodyFunction, Holder, Seat, StoredRuleSet};
use secretariat::catalog::{CatalogItem, Entity, Partner, Sector};
use secretariat::ids::{EntityId, SectorId};
use secretariat::person::{Person, PersonContact};
use secretariat::{Actor, Code, Context, Failure, Language, Secretariat};
use serde_json::{Map, Value, json};

/// A file of the demonstration's data, or the catalogs.
pub fn data(file: &str) -> Value {
    let folder = if file == "catalogs.json" { "catalogs" } else { "demo" };
    let path = format!("{}/../assets/{folder}/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub struct Office {
    pub archive: Secretariat,
    now: Cell<DateTime<Utc>>,
    calls: Cell<u8>,
    _folder: tempfile::TempDir,
}

impl Office {
    /// The office at a clock time of Bogotá, `2025-03-03T08:00`.
    pub fn at(clock: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = instant(clock);
        let ctx = context(now, 0);
        let archive = Secretariat::create(&folder.path().join("a.actario"), &ctx, "equipo").unwrap();
        archive.transact(&ctx, Op::Import, furnish).unwrap();
        Self { archive, now: Cell::new(now), calls: Cell::new(1), _folder: folder }
    }

    /// The office after a power cut: what the disk held at this moment, opened again on another machine's clock. The
    /// program had no chance to close anything.
    pub fn after_a_power_cut(&self, clock: &str) -> Self {
        self.copied(instant(clock))
    }

    /// The same archive beside it at the same instant, to try in it what is not to be done in this one.
    pub fn beside(&self) -> Self {
        self.copied(self.now.get())
    }

    fn copied(&self, now: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.actario");
        for ending in ["", "-wal"] {
            let from = format!("{}{ending}", self.archive.path().display());
            if std::path::Path::new(&from).exists() {
                std::fs::copy(from, format!("{}{ending}", path.display())).unwrap();
            }
        }
        let archive = Secretariat::open(&path, &context(now, 254), "equipo").unwrap();
        Self { archive, now: Cell::new(now), calls: Cell::new(100), _folder: folder }
    }

    /// Sets the clock.
    pub fn go_to(&self, clock: &str) {
        self.now.set(instant(clock));
    }

    pub fn context(&self) -> Context {
        let n = self.calls.get();
        self.calls.set(n.wrapping_add(1));
        self.now.set(self.now.get() + TimeDelta::seconds(1));
        context(self.now.get(), n)
    }

    /// Makes a call that must succeed; gives its value.
    pub fn call(&self, name: &str, request: Value) -> Value {
        match dispatch(&self.archive, &self.context(), name, request.clone()) {
            Ok(reply) => reply["value"].clone(),
            Err(failure) => panic!("{name} {request}: {failure} {:?}", failure.details),
        }
    }

    /// Makes a call that must fail, and checks that the sentence is there in both languages.
    pub fn refused(&self, name: &str, request: Value) -> Failure {
        let before = self.head();
        match dispatch(&self.archive, &self.context(), name, request.clone()) {
            Ok(reply) => panic!("{name} {request} was done: {reply}"),
            Err(failure) => {
                assert!(failure.message.es.len() > 10 && failure.message.en.len() > 10, "{failure:?}");
                assert_ne!(failure.message.es, failure.message.en);
                assert_ne!(failure.code, Code::Internal, "{failure:?}");
                assert_eq!(self.head(), before, "a refused call left a mark");
                failure
            }
        }
    }

    pub fn head(&self) -> String {
        let ctx = context(self.now.get(), 255);
        self.archive.query(&ctx, |read| read.head()).unwrap()
    }

    /// Every row of every concept as exported by the journal's tables, for comparing states.
    pub fn tables(&self) -> Value {
        let path = self.archive.path().to_owned();
        let conn = rusqlite::Connection::open(path).unwrap();
        let mut tables = Map::new();
        for table in TABLES {
            let mut statement = conn.prepare(&format!("SELECT * FROM {table} ORDER BY id")).unwrap();
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let rows = statement
                .query_map([], |row| {
                    Ok(names
                        .iter()
                        .enumerate()
                        .map(|(i, n)| format!("{n}={:?}", row.get_ref(i).unwrap()))
                        .collect())
                })
                .unwrap();
            let rows: Vec<Vec<String>> = rows.map(|r| r.unwrap()).collect();
            tables.insert((*table).to_owned(), json!(rows));
        }
        Value::Object(tables)
    }

    /// Makes a call, undoes it, and checks that every table is as it was; then redoes it and checks that it is back.
    pub fn undone_and_redone(&self, name: &str, request: Value) -> Value {
        let before = self.tables();
        let value = self.call(name, request.clone());
        let after = self.tables();
        assert_ne!(before, after, "{name} {request} changed nothing");
        self.call("undo", json!({}));
        assert_eq!(self.tables(), before, "undo of {name}");
        self.call("redo", json!({}));
        assert_eq!(self.tables(), after, "redo of {name}");
        value
    }

    /// Programmes and fills a session ready to convene; gives its id.
    pub fn session(&self, id: &str, kind: &str, date: &str) -> String {
        self.call(
            "create_session",
            json!({ "id": id, "body_id": BODY, "kind": kind, "date": date, "planned_start": "08:00:00",
                "planned_end": "11:00:00", "place": "Sala de juntas, piso 3", "secretary_person_id": "per-032" }),
        );
        self.call("build_agenda", json!({ "session_id": id }));
        id.to_owned()
    }
}

pub const BODY: &str = "body-comision";
const TABLES: &[&str] = &[
    "session",
    "agenda_item",
    "agenda_version",
    "confirmation",
    "guest",
    "proposal",
    "proposal_version",
    "annex",
    "delegation",
    "person",
    "seat",
    "holder",
    "minutes",
    "remark",
    "commitment",
    "session_frame",
    "event",
    "reply",
    "motion",
    "vote",
    "ballot",
    "recusal",
    "decision",
    "statement",
];

pub fn instant(clock: &str) -> DateTime<Utc> {
    format!("{clock}:00-05:00").parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
}

fn context(now: DateTime<Utc>, n: u8) -> Context {
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new(now, actor, [n; 32], Language::Es)
}

/// A file as it travels in a request.
pub fn carried(name: &str, bytes: &[u8]) -> Value {
    json!({ "name": name, "base64": STANDARD.encode(bytes) })
}

pub fn bytes_of(file: &Value) -> Vec<u8> {
    STANDARD.decode(file["base64"].as_str().unwrap()).unwrap()
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{e}: {value}"))
}

/// A record with the columns that the data names and null in the others.
fn furnish(tx: &mut secretariat::Tx<'_>) -> secretariat::Result<()> {
    let catalogs = data("catalogs.json");
    for (n, sector) in (1..).zip(catalogs["sectors"].as_array().unwrap()) {
        let id = SectorId::new(sector["id"].as_str().unwrap())?;
        tx.put(&Sector {
            id: id.clone(),
            position: n,
            name: sector["name"].as_str().unwrap().into(),
            head_entity_id: None,
            data: None,
        })?;
        for entity in sector["entities"].as_array().unwrap() {
            tx.put(&Entity {
                id: EntityId::new(entity["id"].as_str().unwrap())?,
                sector_id: Some(id.clone()),
                name: entity["name"].as_str().unwrap().into(),
                short_name: entity["short_name"].as_str().map(str::to_owned),
                kind: None,
                source: None,
                note: None,
            })?;
        }
    }
    let item = |catalog: &str, n: i64, value: &Value| -> CatalogItem {
        read(
            json!({ "id": value["id"], "catalog": catalog, "position": n, "parent_id": null, "name": value.get("name").or_else(|| value.get("title")).or_else(|| value.get("text")), "data": value }),
        )
    };
    for (key, catalog) in [
        ("cooperation_modalities", "modality"),
        ("sdgs", "sdg"),
        ("development_plan_objectives", "development_plan_objective"),
        ("principles", "principle"),
        ("instrument_kinds", "instrument_kind"),
        ("populations", "population"),
        ("proposal_roles", "proposal_role"),
        ("project_criteria", "criterion"),
        ("city_networks", "network"),
    ] {
        for (n, value) in (1..).zip(catalogs[key].as_array().unwrap()) {
            tx.put(&item(catalog, n, value))?;
        }
    }
    for (n, line) in (1..).zip(catalogs["strategy"]["lines"].as_array().unwrap()) {
        tx.put(&item("line", n, line))?;
        for (m, activity) in (1..).zip(line["activities"].as_array().unwrap()) {
            let mut activity = activity.clone();
            if activity["name"].is_null() {
                activity["name"] = json!(format!("Actividad {m}"));
            }
            tx.put(&item("activity", m, &activity))?;
        }
    }
    for partner in data("demo/partners.json")["partners"].as_array().unwrap() {
        let partner: Partner =
            read(json!({ "id": partner["id"], "name": partner["name"], "category_id": null,
            "kind_id": null, "country": partner["country"], "data": null }));
        tx.put(&partner)?;
    }
    let body = data("body-commission.json");
    tx.put::<Body>(&read(json!({ "id": BODY, "name": body["name"], "kind": body["kind"], "status": null, "purpose": null,
        "alternative_names": [], "minimum_meetings_per_year": 4, "components": [],
        "creating_act": { "registered": false, "text": "acto de creación: por registrar" }, "normative_references": [],
        "technical_secretariat": { "name": body["technical_secretariat"]["name"] },
        "numbering": { "sessions_yearly": true, "minutes_yearly": true }, "paper": "letter", "note": null })))?;
    for (n, function) in (1..).zip(body["functions"].as_array().unwrap()) {
        tx.put::<BodyFunction>(&read(json!({ "id": function["id"], "body_id": BODY, "code": function["id"],
            "scope": "specific", "position": n, "text": function["text"], "original_en": null, "source": null })))?;
    }
    let people = data("demo/people.json");
    let seats = body["seats"].as_array().unwrap();
    let in_seats = |id: &Value| seats.iter().any(|s| s["id"] == *id);
    for person in people["people"].as_array().unwrap() {
        let mut row = Map::new();
        for field in [
            "id",
            "first_names",
            "surnames",
            "full_name",
            "sort_name",
            "treatment",
            "grammatical_gender",
            "position",
            "entity_id",
            "organization",
            "partner_id",
            "role",
            "level",
            "note",
        ] {
            row.insert(field.into(), person[field].clone());
        }
        let seat = if in_seats(&person["seat_id"]) { person["seat_id"].clone() } else { Value::Null };
        row.insert("seat_id".into(), seat);
        tx.put::<Person>(&read(Value::Object(row)))?;
        tx.put::<PersonContact>(&read(
            json!({ "id": person["id"], "email": person["email"], "phone": person["phone"],
            "salt": "00112233445566778899aabbccddeeff" }),
        ))?;
    }
    for seat in seats {
        let mut row = Map::from_iter([("body_id".to_owned(), json!(BODY))]);
        for field in [
            "id",
            "number",
            "role",
            "title",
            "entity_id",
            "sector_id",
            "component_id",
            "voice",
            "vote",
            "delegation_allowed",
            "delegate_min_level",
            "eligible",
            "term_years",
            "configurable",
            "note",
            "source",
            "valid_from",
            "valid_to",
        ] {
            row.insert(field.into(), seat[field].clone());
        }
        tx.put::<Seat>(&read(Value::Object(row)))?;
        for (n, holder) in (1..).zip(seat["holders"].as_array().unwrap()) {
            tx.put::<Holder>(&read(json!({ "id": format!("hol-{}-{n}", seat["id"].as_str().unwrap()),
                "seat_id": seat["id"], "person_id": holder["person_id"], "kind": holder["kind"],
                "valid_from": holder["from"], "valid_to": holder["to"], "act": null, "accreditation": null })))?;
        }
    }
    for rules in body["rule_sets"].as_array().unwrap() {
        let mut rules = rules.clone();
        // The act that adopted the reform belongs to a session that this office has not held.
        rules["adopted_by"]["adopted_in_session_id"] = Value::Null;
        tx.put::<StoredRuleSet>(&read(json!({ "id": rules["id"], "body_id": BODY,
            "effective_from": rules["effective_from"], "effective_to": rules["effective_to"], "rules": rules,
            "blob_id": null, "file": null })))?;
    }
    Ok(())
}
