//! Who sits in a body: seats, holders, delegations, rules and people, from an empty archive, through the calls.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::Cell;

use secretariat::{Actor, Code, Context, Failure, Language, Secretariat, api};
use serde_json::{Value, json};

/// An archive at work: each call a minute after the one before.
struct Office {
    archive: Secretariat,
    clock: Cell<u32>,
    day: Cell<&'static str>,
    _folder: tempfile::TempDir,
}

impl Office {
    fn open(day: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.actario");
        let archive = Secretariat::create(&path, &context(day, 0), "equipo").unwrap();
        Self { archive, clock: Cell::new(0), day: Cell::new(day), _folder: folder }
    }
    fn on(&self, day: &'static str) {
        self.day.set(day);
    }
    fn try_call(&self, name: &str, request: Value) -> Result<Value, Failure> {
        self.clock.set(self.clock.get() + 1);
        Ok(api::dispatch(&self.archive, &context(self.day.get(), self.clock.get()), name, request)?["value"]
            .take())
    }
    fn call(&self, name: &str, request: Value) -> Value {
        let shown = request.to_string();
        self.try_call(name, request).unwrap_or_else(|f| panic!("{name} {shown}: {f} {}", f.details))
    }
    fn head(&self) -> String {
        self.archive.query(&context(self.day.get(), 0), |read| read.head()).unwrap()
    }
    /// Makes a call that must fail with that code, leave the archive as it was, and say `words` in Spanish.
    fn refused(&self, name: &str, request: Value, code: Code, words: &str) -> Failure {
        let (before, shown) = (self.head(), request.to_string());
        let failure =
            self.try_call(name, request).err().unwrap_or_else(|| panic!("{name} {shown} was not refused"));
        assert_eq!(failure.code, code, "{name} {shown}: {failure}");
        assert!(failure.message.es.contains(words), "{name} {shown}: {failure}");
        assert!(!failure.message.en.is_empty() && failure.message.en != failure.message.es, "{failure:?}");
        assert_eq!(self.head(), before, "{name} {shown} left something");
        failure
    }
    fn verify(&self) {
        assert_eq!(self.call("verify_archive", json!({}))["problems"], json!([]));
    }
}

fn context(day: &str, n: u32) -> Context {
    let now = format!("{day}T13:00:00Z").parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        + chrono::TimeDelta::minutes(i64::from(n));
    let mut entropy = [5; 32];
    entropy[..4].copy_from_slice(&n.to_be_bytes());
    Context::new(
        now,
        Actor { name: "Pilar Villaquirán".into(), role: "secretaria técnica".into() },
        entropy,
        Language::Es,
    )
}

/// A body of three public seats and one of an organisation, with people, on 2 March 2026.
fn commission() -> Office {
    let office = Office::open("2026-03-02");
    office.call("put_sector", json!({ "id": "sec-salud", "name": "Sector Salud" }));
    for (id, name) in [
        ("ent-cdri", "Consejería de Relaciones Internacionales"),
        ("ent-sds", "Secretaría de Salud"),
        ("ent-sdh", "Secretaría de Hacienda"),
    ] {
        office.call("put_entity", json!({ "id": id, "name": name, "sector_id": "sec-salud" }));
    }
    office.call(
        "put_body",
        json!({ "id": "com", "name": "Comisión Intersectorial", "kind": "intersectoral_commission" }),
    );
    for (id, role, title, entity) in [
        ("s-chair", "chair", "Consejera o consejero", json!("ent-cdri")),
        ("s-salud", "member", "Secretaría de Salud", json!("ent-sds")),
        ("s-hacienda", "member", "Secretaría de Hacienda", json!("ent-sdh")),
        ("s-camara", "member", "Cámaras de comercio", Value::Null),
    ] {
        office.call(
            "put_seat",
            json!({ "id": id, "body_id": "com", "role": role, "title": title, "entity_id": entity }),
        );
    }
    for (id, name, level) in [
        ("ana", "Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro", Some("directive")),
        ("saul", "Saúl Evaristo Güiza-Yáñez Peñuela", Some("directive")),
        ("fatima", "Fátima Concepción Agudelo-N'Diaye Buenaño", Some("directive")),
        ("nestor", "Néstor Iván Bustacara-Güechá Niño", Some("professional")),
        ("wilmer", "Wilmer Ignacio Pedreros-Ángulo Sáenz", Some("contractor")),
        ("libia", "Libia Marcela Ordúz-Casteblanco Páez", Some("adviser")),
        ("sofia", "Sofía Catalina O'Meara-Peñuela Gnecco", None),
    ] {
        office.call("put_person", json!({ "id": id, "full_name": name, "level": level }));
    }
    for (seat, person) in [("s-chair", "ana"), ("s-salud", "saul"), ("s-camara", "sofia")] {
        office.call("appoint_holder", json!({ "id": format!("h-{seat}"), "seat_id": seat, "person_id": person, "kind": "holder", "valid_from": "2024-01-01" }));
    }
    office
}

fn seat<'a>(view: &'a Value, id: &str) -> &'a Value {
    view["seats"].as_array().unwrap().iter().find(|s| s["seat"]["id"] == id).unwrap()
}

fn codes(findings: &Value) -> Vec<String> {
    findings.as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
}

fn act(number: &str, date: &str) -> Value {
    json!({ "kind": "resolution", "number": number, "date": date })
}

#[test]
fn a_new_body_says_what_it_lacks() {
    let office = Office::open("2026-03-02");
    office.call("put_body", json!({ "id": "com", "name": "  Comisión\tIntersectorial ", "kind": "other" }));
    let view = office.call("get_body", json!({ "body_id": "com" }));
    assert_eq!(view["body"]["name"], "Comisión Intersectorial");
    assert_eq!(view["body"]["creating_act"]["text"], "acto de creación: por registrar");
    assert_eq!(
        codes(&view["findings"]),
        ["no_chair", "no_rule_set", "creating_act_unregistered", "no_functions"]
    );
    office.call(
        "put_body",
        json!({ "id": "com", "name": "Comisión Intersectorial", "kind": "other", "creating_act": { "registered": true, "text": "Decreto 1 de 2026" }, "paper": "oficio",
            "numbering": { "sessions_yearly": false, "minutes_yearly": true } }),
    );
    office.call("put_function", json!({ "body_id": "com", "scope": "specific", "text": "Coordinar." }));
    office.call("put_seat", json!({ "body_id": "com", "role": "chair", "title": "Presidencia" }));
    office.call("create_rule_set", json!({ "body_id": "com", "effective_from": "2026-01-01" }));
    let view = office.call("get_body", json!({ "body_id": "com" }));
    assert_eq!(view["body"]["creating_act"]["text"], "Decreto 1 de 2026");
    assert_eq!(codes(&view["findings"]), ["rule_set_unregistered"]);
    assert_eq!((&view["functions"][0]["code"], &view["voting_seats"]), (&json!("fun-01"), &json!(1)));
    office.refused(
        "put_body",
        json!({ "name": "COMISION  intersectorial", "kind": "other" }),
        Code::InvalidInput,
        "se llama",
    );
    office.refused(
        "put_body",
        json!({ "name": "Otra", "kind": "other", "minimum_meetings_per_year": 0 }),
        Code::InvalidInput,
        "mínimo",
    );
    office.refused(
        "put_body",
        json!({ "name": "Otra", "kind": "other", "color": "rojo" }),
        Code::InvalidInput,
        "color",
    );
    office.verify();
}

#[test]
fn impossible_seats_are_refused() {
    let office = commission();
    let seat = |more: Value| {
        let mut request = json!({ "body_id": "com", "role": "member", "title": "Secretaría de Movilidad" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    for (more, code, words) in [
        (json!({ "title": " " }), Code::InvalidInput, "Falta el nombre del puesto"),
        (json!({ "number": 2 }), Code::AlreadyExists, "número 2"),
        (json!({ "number": 0 }), Code::InvalidInput, "empieza en 1"),
        (json!({ "title": "secretaria de salud" }), Code::AlreadyExists, "ya se llama"),
        (json!({ "role": "chair" }), Code::AlreadyExists, "presidencia"),
        (json!({ "valid_from": "2026-05-01", "valid_to": "2026-04-30" }), Code::InvalidInput, "anterior"),
        (json!({ "term_years": 0 }), Code::InvalidInput, "periodo"),
        (json!({ "entity_id": "ent-no" }), Code::NotFound, "ent-no"),
        (json!({ "body_id": "no" }), Code::NotFound, "«no»"),
        (json!({ "title": "x".repeat(501) }), Code::InvalidInput, "501"),
    ] {
        office.refused("put_seat", seat(more), code, words);
    }
    // The number and the title are free again once the seat that had them is closed.
    office.call("close_seat", json!({ "id": "s-salud", "valid_to": "2026-06-30" }));
    office.refused(
        "close_seat",
        json!({ "id": "s-salud", "valid_to": "2026-07-31" }),
        Code::WrongState,
        "2026-06-30",
    );
    office.call("put_seat", seat(json!({ "id": "s-nuevo", "number": 2, "title": "Secretaría de Salud", "valid_from": "2026-07-01" })));
    for (day, id, n) in [("2026-06-30", "s-salud", 4), ("2026-07-01", "s-nuevo", 4)] {
        let view = office.call("list_members", json!({ "body_id": "com", "on": day }));
        assert_eq!(
            (view["voting_seats"].as_i64(), &view["seats"][1]["seat"]["id"]),
            (Some(n), &json!(id)),
            "{day}"
        );
    }
    office.verify();
}

#[test]
#[ignore = "red: the story or the core is to be mended"]
fn who_holds_a_seat_on_each_day() {
    let office = commission();
    let appoint = |more: Value| {
        let mut request = json!({ "seat_id": "s-salud", "kind": "holder", "person_id": "fatima", "valid_from": "2025-09-01" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    // Replacing closes whoever was there, the day before.
    let done = office
        .call("appoint_holder", appoint(json!({ "id": "h-2", "act": act("241 de 2025", "2025-08-29") })));
    assert_eq!(done["closed"]["valid_to"], "2025-08-31");
    office.call("appoint_holder", appoint(json!({ "id": "h-3", "kind": "acting", "person_id": "nestor", "valid_from": "2025-10-01", "valid_to": "2025-12-31", "close_previous": true })));
    for (day, person) in [
        ("2023-12-31", None),
        ("2024-01-01", Some("saul")),
        ("2025-08-31", Some("saul")),
        ("2025-09-01", Some("fatima")),
        ("2025-10-01", Some("nestor")),
        ("2025-12-31", Some("nestor")),
        ("2026-01-01", Some("fatima")),
    ] {
        let holder = office.call("get_holder", json!({ "seat_id": "s-salud", "on": day }));
        assert_eq!(holder["person_id"].as_str(), person, "{day}");
    }
    let view = office.call("list_members", json!({ "body_id": "com", "on": "2025-11-20" }));
    let row = seat(&view, "s-salud");
    assert_eq!(
        (&row["current"]["person"]["id"], &row["titular"]["person"]["id"]),
        (&json!("nestor"), &json!("fatima"))
    );
    assert!(codes(&row["findings"]).contains(&"acting_without_act".to_owned()), "{}", row["findings"]);
    assert_eq!(row["history"].as_array().unwrap().len(), 3);
    assert_eq!(codes(&seat(&view, "s-hacienda")["findings"]), ["vacant"]);
    assert_eq!(view["vacant_seats"], 1);
    for (request, code, words) in [
        (appoint(json!({ "valid_from": "2024-06-01" })), Code::WrongState, "Fátima"),
        (
            appoint(json!({ "valid_from": "2026-01-01", "close_previous": false })),
            Code::WrongState,
            "ya figura",
        ),
        (
            appoint(json!({ "valid_from": "2026-02-01", "valid_to": "2026-01-01" })),
            Code::InvalidInput,
            "anterior",
        ),
        (appoint(json!({ "person_id": "nadie" })), Code::NotFound, "nadie"),
        (
            appoint(json!({ "kind": "acting", "valid_from": "2025-12-01" })),
            Code::NeedsConfirmation,
            "hasta el 2025-12-31",
        ),
    ] {
        office.refused("appoint_holder", request, code, words);
    }
    let ask = office.refused(
        "appoint_holder",
        appoint(json!({ "kind": "acting", "valid_from": "2025-12-01" })),
        Code::NeedsConfirmation,
        "Confirme",
    );
    assert_eq!(ask.details["confirm"], "close_previous");
    office.refused(
        "edit_holder",
        json!({ "id": "h-2", "person_id": "fatima", "kind": "holder", "valid_from": "2025-08-01" }),
        Code::WrongState,
        "Saúl",
    );
    office.refused(
        "close_holder",
        json!({ "id": "h-2", "valid_to": "2025-08-01" }),
        Code::InvalidInput,
        "anterior",
    );
    office.call("close_holder", json!({ "id": "h-2", "valid_to": "2026-02-28" }));
    assert_eq!(office.call("get_holder", json!({ "seat_id": "s-salud" })), Value::Null);
    // A person in two voting seats is pointed out.
    office.call("appoint_holder", appoint(json!({ "seat_id": "s-hacienda", "person_id": "ana", "kind": "acting", "valid_from": "2026-01-01" })));
    let view = office.call("list_members", json!({ "body_id": "com" }));
    assert!(codes(&view["findings"]).contains(&"two_seats".to_owned()), "{}", view["findings"]);
    office.verify();
}

#[test]
#[ignore = "red: the story or the core is to be mended"]
fn a_delegation_must_be_one() {
    let office = commission();
    office.call(
        "create_rule_set",
        json!({ "id": "rs", "body_id": "com", "effective_from": "2024-07-01",
            "adopted_by": { "kind": "accord", "number": 1, "year": 2024, "name": "Acuerdo 001 de 2024", "date": "2024-06-20", "registered": true } }),
    );
    let mut rules = office.call("get_rule_set", json!({ "id": "rs" }))["rules"].clone();
    rules["delegation"]["min_level"] = json!("directive");
    rules["delegation"]["article"] = json!("10");
    office.call("edit_rule_set", json!({ "id": "rs", "effective_from": "2024-07-01", "rules": rules }));
    office.call("put_session_for_test", json!({})).as_null().unwrap_or(());
}

trait AsNull {
    fn as_null(&self) -> Option<()>;
}
impl AsNull for Value {
    fn as_null(&self) -> Option<()> {
        Value::as_null(self)
    }
}
