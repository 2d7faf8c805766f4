//! Who sits in a body: seats, holders, delegations, rules and people, from an empty archive, through the calls.

use secretariat::Code;
use serde_json::{Value, json};
use tests::office::Office;

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
        "30 de junio de 2026",
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
            "hasta el 31 de diciembre de 2025",
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
    office.call(
        "create_session",
        json!({ "id": "ses", "body_id": "com", "kind": "ordinary", "date": "2026-03-26" }),
    );
    let record = |more: Value| {
        let mut request = json!({ "seat_id": "s-salud", "delegate_id": "fatima", "act": act("014 de 2026", "2026-01-20"), "valid_to": "2026-12-31" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    for (more, code, words) in [
        (json!({ "delegate_id": "wilmer" }), Code::RuleForbids, "contratista"),
        (
            json!({ "delegate_id": "nestor" }),
            Code::RuleForbids,
            "nivel profesional y se exige nivel directivo (Acuerdo 001 de 2024, art. 10)",
        ),
        (json!({ "delegate_id": "libia" }), Code::RuleForbids, "nivel asesor"),
        (json!({ "delegate_id": "sofia" }), Code::RuleForbids, "No se sabe el nivel"),
        (json!({ "delegate_id": "saul" }), Code::RuleForbids, "a sí mismo"),
        (json!({ "principal_id": "ana" }), Code::RuleForbids, "no ocupaba el puesto"),
        (json!({ "seat_id": "s-hacienda" }), Code::RuleForbids, "nadie podía delegarlo"),
        (
            json!({ "act": { "kind": "resolution", "date": "2026-01-20" } }),
            Code::InvalidInput,
            "número del acto",
        ),
        (
            json!({ "act": { "kind": "resolution", "number": "014 de 2026" } }),
            Code::InvalidInput,
            "fecha del acto",
        ),
        (json!({ "act": act("1", "2026-03-03") }), Code::InvalidInput, "posterior a hoy"),
        (json!({ "valid_from": "2026-01-19" }), Code::InvalidInput, "hacia atrás"),
        (json!({ "valid_from": "2026-06-01", "valid_to": "2026-05-01" }), Code::InvalidInput, "anterior"),
        (
            json!({ "session_ids": ["ses"], "valid_to": "2026-03-25" }),
            Code::InvalidInput,
            "fuera de la vigencia",
        ),
        (json!({ "session_ids": ["ses-no"] }), Code::NotFound, "ses-no"),
        (json!({ "file": { "name": "a.pdf", "base64": "%%" } }), Code::InvalidInput, "no llegó completo"),
    ] {
        office.refused("record_delegation", record(more), code, words);
    }
    let made = office.call("record_delegation", record(json!({ "id": "d-1", "session_ids": ["ses"] })));
    assert_eq!(
        (&made["principal_id"], &made["valid_from"], &made["rejected"]),
        (&json!("saul"), &json!("2026-01-20"), &json!(false))
    );
    office.refused("record_delegation", record(json!({})), Code::AlreadyExists, "ya está registrada");
    // What a delegate signs is no delegation; received so, it is kept as rejected.
    let again = record(
        json!({ "delegate_id": "ana", "principal_id": "fatima", "act": act("20 de 2026", "2026-02-10") }),
    );
    office.refused("record_delegation", again.clone(), Code::RuleForbids, "una delegación no se delega");
    let mut kept = again;
    kept["rejected_reason"] = json!("La firma un delegado.");
    kept["id"] = json!("d-2");
    assert_eq!(office.call("record_delegation", kept)["rejected"], true);
    office.refused("accept_delegation", json!({ "id": "d-2" }), Code::RuleForbids, "no se delega");
    // The level is the body's rule, not the program's.
    let mut rules = office.call("get_rule_set", json!({ "id": "rs" }))["rules"].clone();
    rules["delegation"]["min_level"] = json!("adviser");
    office.call("edit_rule_set", json!({ "id": "rs", "effective_from": "2024-07-01", "rules": rules }));
    office.call("record_delegation", record(json!({ "id": "d-3", "delegate_id": "libia", "act": act("30 de 2026", "2026-02-20"), "valid_to": "2026-03-10" })));
    // A seat of its own level, and one that does not delegate.
    office.call("put_seat", json!({ "id": "s-salud", "body_id": "com", "role": "member", "title": "Secretaría de Salud", "entity_id": "ent-sds", "delegate_min_level": "directive" }));
    office.refused(
        "record_delegation",
        record(json!({ "delegate_id": "libia", "act": act("31 de 2026", "2026-02-21") })),
        Code::RuleForbids,
        "nivel asesor",
    );
    office.call("put_seat", json!({ "id": "s-chair", "body_id": "com", "role": "chair", "title": "Consejera o consejero", "entity_id": "ent-cdri", "delegation_allowed": false }));
    office.refused(
        "record_delegation",
        record(json!({ "seat_id": "s-chair" })),
        Code::RuleForbids,
        "no admite delegación",
    );
    // An organisation accredits its alternate by letter, without number or level.
    office.call("record_delegation", record(json!({ "id": "d-4", "seat_id": "s-camara", "delegate_id": "wilmer", "act": { "kind": "letter", "date": "2026-01-10" } })));

    let status = |day: &str| -> Vec<(String, String)> {
        let lines = office.call("list_delegations", json!({ "seat_id": "s-salud", "on": day }));
        lines
            .as_array()
            .unwrap()
            .iter()
            .map(|d| (d["id"].as_str().unwrap().to_owned(), d["status"].as_str().unwrap().to_owned()))
            .collect()
    };
    let pairs = |list: [(&str, &str); 3]| list.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec();
    office.refused(
        "revoke_delegation",
        json!({ "id": "d-1", "on": "2026-01-01" }),
        Code::InvalidInput,
        "anterior",
    );
    office.call(
        "revoke_delegation",
        json!({ "id": "d-1", "on": "2026-06-01", "note": "Cambio de funciones." }),
    );
    office.refused("revoke_delegation", json!({ "id": "d-1" }), Code::WrongState, "revocada");
    office.refused("revoke_delegation", json!({ "id": "d-2" }), Code::WrongState, "rechazada");
    office.refused("reject_delegation", json!({ "id": "d-3", "reason": "  " }), Code::InvalidInput, "razón");
    assert_eq!(status("2026-02-01"), pairs([("d-3", "not_yet"), ("d-2", "rejected"), ("d-1", "valid")]));
    assert_eq!(status("2026-06-01"), pairs([("d-3", "expired"), ("d-2", "rejected"), ("d-1", "revoked")]));

    let row = |id: &str| seat(&office.call("list_members", json!({ "body_id": "com" })), id).clone();
    let salud = row("s-salud");
    assert_eq!(salud["delegations"][0]["days_left"], 8, "{}", salud["delegations"]);
    let found = codes(&salud["findings"]);
    for code in ["delegation_expiring", "delegation_file_missing", "delegate_level_low", "no_liaison"] {
        assert!(found.contains(&code.to_owned()), "{code}: {found:?}");
    }
    assert_eq!(
        codes(&row("s-camara")["findings"]),
        ["no_liaison", "delegation_file_missing", "accreditation_missing", "term_missing"]
    );
    office.call("edit_holder", json!({ "id": "h-s-camara", "person_id": "sofia", "kind": "holder", "valid_from": "2024-01-01", "valid_to": "2026-12-31",
        "accreditation": { "kind": "letter", "date": "2024-01-01", "data_authorization": false } }));
    assert!(codes(&row("s-camara")["findings"]).contains(&"data_authorization_missing".to_owned()));
    let file = json!({ "name": "C:\\actos\\resolución 14.pdf", "base64": "JVBERi0xLjc=" });
    let kept = office.call("attach_delegation_file", json!({ "id": "d-1", "file": file }));
    assert_eq!(kept["file"], "resolución 14.pdf");
    let back = office.call("get_file", json!({ "blob_id": kept["blob_id"], "name": "copia.pdf" }));
    assert_eq!(back, json!({ "name": "copia.pdf", "base64": "JVBERi0xLjc=" }));
    // A new holder: the delegation the former one signed is pointed out, and the record of who signed cannot go.
    office.call(
        "appoint_holder",
        json!({ "seat_id": "s-salud", "person_id": "nestor", "kind": "holder", "valid_from": "2026-03-01" }),
    );
    assert!(codes(&row("s-salud")["findings"]).contains(&"delegation_of_former_holder".to_owned()));
    office.refused("remove_holder", json!({ "id": "h-s-salud" }), Code::WrongState, "firmó la delegación");
    office.verify();
}

#[test]
fn rules_are_dated_and_never_rewritten() {
    let office = commission();
    // What a version begins from is only shown: the provisional rules at first, then those in force that day, without
    // their act.
    let begun = |day: &str| {
        let begun = office.call("begin_rule_set", json!({ "body_id": "com", "effective_from": day }));
        assert_eq!(
            (&begun["line"]["effective_from"], &begun["line"]["act"], &begun["blob_id"], &begun["editable"]),
            (&json!(day), &Value::Null, &Value::Null, &json!(true))
        );
        (begun["rules"]["grace_minutes"]["value"].clone(), begun["rules"]["rules"][0]["id"].clone())
    };
    assert_eq!(office.call("list_rule_sets", json!({ "body_id": "com" })), json!([]));
    assert_eq!(begun("2024-07-01").0, 30);
    assert_eq!(office.call("list_rule_sets", json!({ "body_id": "com" })), json!([]), "nothing is kept");
    let nobody = json!({ "body_id": "com-nada" });
    office.refused("begin_rule_set", nobody, Code::NotFound, "com-nada");
    office.call("create_rule_set", json!({ "id": "rs-1", "body_id": "com", "effective_from": "2024-07-01" }));
    for day in ["2025-01-01", "2020-01-01"] {
        assert_eq!(begun(day).1, "rs-1-simple", "the one in force, else the newest: {day}");
    }
    let act = json!({ "kind": "accord", "number": 1, "year": 2026, "name": "Acuerdo 001 de 2026", "date": "2025-12-15", "registered": true });
    let made = office.call(
        "create_rule_set",
        json!({ "id": "rs-2", "body_id": "com", "effective_from": "2026-01-01", "adopted_by": act }),
    );
    assert_eq!(made["rules"]["id"], "rs-2");
    let lines = office.call("list_rule_sets", json!({ "body_id": "com" }));
    let shown: Vec<_> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|l| {
            (
                l["id"].as_str().unwrap(),
                l["effective_to"].as_str(),
                l["citation"].as_str(),
                l["in_force"] == true,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [("rs-2", None, Some("Acuerdo 001 de 2026"), true), ("rs-1", Some("2025-12-31"), None, false)]
    );
    let view = office.call("get_rule_set", json!({ "id": "rs-2" }));
    assert_eq!(
        view["explained"][0]["text"]["es"],
        "Delibera y decide con mitad más uno de los puestos con voto: 3 de 4"
    );
    assert_eq!(view["explained"][0]["source"]["citation"], "Acuerdo 001 de 2026");
    assert_eq!((&view["editable"], &view["problems"]), (&json!(true), &json!([])));

    let mut rules = view["rules"].clone();
    rules["quorum"]["decision"] = json!({ "kind": "fixed", "value": 9 });
    let checked = office.call("check_rules", json!({ "body_id": "com", "rules": rules }));
    assert_eq!(checked["problems"][0]["code"], "more_than_seats", "{}", checked["problems"]);
    let failure = office.refused(
        "edit_rule_set",
        json!({ "id": "rs-2", "effective_from": "2026-01-01", "rules": rules }),
        Code::InvalidInput,
        "no es posible",
    );
    assert_eq!(failure.details["problems"][0]["code"], "more_than_seats");
    rules["quorum"]["decision"] = json!({ "kind": "fraction", "num": 2, "den": 3 });
    rules["presiding_in_absence"]["seat_id"] = json!("s-no");
    office.refused(
        "edit_rule_set",
        json!({ "id": "rs-2", "effective_from": "2026-01-01", "rules": rules }),
        Code::NotFound,
        "s-no",
    );
    rules["presiding_in_absence"]["seat_id"] = json!("s-salud");
    for (request, code, words) in [
        (
            json!({ "id": "rs-2", "effective_from": "2025-12-31", "rules": rules }),
            Code::WrongState,
            "se cruzarían",
        ),
        (
            json!({ "id": "rs-2", "effective_from": "2026-01-01", "effective_to": "2025-01-01", "rules": rules }),
            Code::InvalidInput,
            "anterior",
        ),
    ] {
        office.refused("edit_rule_set", request, code, words);
    }
    office.call("edit_rule_set", json!({ "id": "rs-2", "effective_from": "2026-01-01", "rules": rules }));
    office.refused(
        "create_rule_set",
        json!({ "body_id": "com", "effective_from": "2025-06-01" }),
        Code::WrongState,
        "rige desde el 1 de enero de 2026",
    );
    office.refused(
        "create_rule_set",
        json!({ "body_id": "com", "effective_from": "2026-01-01" }),
        Code::WrongState,
        "se cruzarían",
    );
    // Between the two there is room only for what ends in time.
    office.call("create_rule_set", json!({ "id": "rs-0", "body_id": "com", "effective_from": "2023-01-01", "effective_to": "2024-06-30", "from_id": "rs-2" }));

    // Convened under rs-2: it is not edited any more, and a new version starts after the sessions held.
    office.call("create_session", json!({ "id": "ses", "body_id": "com", "kind": "ordinary", "date": "2026-03-26", "place": "Sala 1", "planned_start": "08:00:00" }));
    office.convene("ses");
    office.on("2026-03-26");
    office.open_session("ses", "s-chair", "ana");
    office.refused(
        "edit_rule_set",
        json!({ "id": "rs-2", "effective_from": "2026-01-01", "rules": rules }),
        Code::WrongState,
        "no se cambia",
    );
    office.refused("remove_rule_set", json!({ "id": "rs-2" }), Code::WrongState, "no se cambia");
    office.refused(
        "create_rule_set",
        json!({ "body_id": "com", "effective_from": "2026-03-26" }),
        Code::WrongState,
        "se realizó con el reglamento anterior",
    );
    office.call("create_rule_set", json!({ "id": "rs-3", "body_id": "com", "effective_from": "2026-03-27" }));
    office.call("remove_rule_set", json!({ "id": "rs-3" }));
    let lines = office.call("list_rule_sets", json!({ "body_id": "com" }));
    assert_eq!(
        (&lines[0]["id"], &lines[0]["effective_to"]),
        (&json!("rs-2"), &Value::Null),
        "removing a version opens the one before"
    );

    // Whoever opens the archive next finds the open session first.
    let today = office.call("get_today", json!({}));
    assert_eq!(today["open_sessions"][0]["session_id"], "ses");
    office.verify();
}

#[test]
fn people_keep_their_names() {
    let office = Office::open("2026-03-02");
    for (id, full, sort) in [
        (
            "p-1",
            "Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro",
            "Íñiguez-Ñungo D'Alessandro, Ana Eugenia del Pilar",
        ),
        (
            "p-2",
            "Teófilo Andrés Oñate-Landázuri y Muñoz-Feijóo",
            "Oñate-Landázuri y Muñoz-Feijóo, Teófilo Andrés",
        ),
        ("p-3", "Juan de la Cruz", "de la Cruz, Juan"),
        (
            "p-4",
            "N\u{303}usta Marcelina Quilumbaqui-Yáñez N'Goma",
            "Quilumbaqui-Yáñez N'Goma, Ñusta Marcelina",
        ),
        ("p-5", "Ingrid Tatiana Bermúdez-O'Higgins Løvås", "Bermúdez-O'Higgins Løvås, Ingrid Tatiana"),
        ("p-6", "Pelé", "Pelé"),
    ] {
        let made = office.call("put_person", json!({ "id": id, "full_name": full, "treatment": "doctora" }));
        assert_eq!(
            (made["sort_name"].as_str(), made["grammatical_gender"].as_str()),
            (Some(sort), Some("f")),
            "{full}"
        );
    }
    let given = office.call("put_person", json!({ "id": "p-7", "first_names": "María", "surnames": "de los Ríos  Ñame", "sort_name": "Ríos Ñame, María de los" }));
    assert_eq!(
        (&given["full_name"], &given["sort_name"]),
        (&json!("María de los Ríos Ñame"), &json!("Ríos Ñame, María de los"))
    );
    let names = |request: Value| -> Vec<String> {
        let view = office.call("list_people", request);
        view["people"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(json!({})), ["p-5", "p-3", "p-1", "p-2", "p-6", "p-4", "p-7"]);
    for (text, found) in [
        ("iñiguez ana", vec!["p-1"]),
        ("ONATE", vec![]),
        ("oñate", vec!["p-2"]),
        ("lovas", vec![]),
        ("d'alessandro", vec!["p-1"]),
    ] {
        assert_eq!(names(json!({ "text": text })), found, "{text}");
    }
    for (request, code, words) in [
        (json!({}), Code::InvalidInput, "Falta el nombre"),
        (json!({ "full_name": "··· 1" }), Code::InvalidInput, "ninguna letra"),
        (json!({ "full_name": "Ana", "role": "rey" }), Code::InvalidInput, "papel"),
        (json!({ "full_name": "Ana", "entity_id": "ent-no" }), Code::NotFound, "ent-no"),
        (json!({ "full_name": "juan de la CRUZ" }), Code::NeedsConfirmation, "Ya está Juan de la Cruz"),
    ] {
        office.refused("put_person", request, code, words);
    }
    office.call(
        "put_person",
        json!({ "id": "p-8", "full_name": "Juan de la Cruz", "confirm_duplicate": true }),
    );
    let view = office.call("get_person", json!({ "id": "p-8" }));
    assert_eq!(view["same_name"][0]["id"], "p-3");
    // Editing without renaming asks nothing again.
    office.call("put_person", json!({ "id": "p-8", "full_name": "Juan de la Cruz", "position": "Asesor" }));
    for (request, words) in [
        (json!({ "person_id": "p-1" }), "Falta el correo"),
        (json!({ "person_id": "p-1", "email": "ana@@x.co" }), "no es una dirección"),
        (json!({ "person_id": "p-1", "phone": "12" }), "cinco cifras"),
    ] {
        office.refused("set_contact", request, Code::InvalidInput, words);
    }
    office.verify();
}

#[test]
fn days_that_do_not_count_are_a_setting_with_its_source() {
    let office = Office::open("2026-07-01");
    let view = office.call("get_calendar", json!({}));
    assert_eq!((&view["is_default"], &view["year"]), (&json!(true), &json!(2026)));
    let has = |view: &Value, day: &str| view["holidays"].as_array().unwrap().iter().any(|h| h["date"] == day);
    assert!(has(&view, "2026-07-13"), "9 July, moved to Monday");
    let calendar = json!({ "chiquinquira_from": null, "closures": [{ "from": "2026-12-24", "to": "2026-12-31", "reason": "Vacaciones colectivas" }] });
    office.refused(
        "set_calendar",
        json!({ "calendar": calendar, "source": " " }),
        Code::InvalidInput,
        "norma o decisión",
    );
    let backwards = json!({ "closures": [{ "from": "2026-12-31", "to": "2026-12-24", "reason": "x" }] });
    office.refused(
        "set_calendar",
        json!({ "calendar": backwards, "source": "Circular 8" }),
        Code::InvalidInput,
        "anterior",
    );
    let view = office.call("set_calendar", json!({ "calendar": calendar, "source": "Circular 8 de 2026" }));
    assert_eq!((&view["is_default"], &view["source"]), (&json!(false), &json!("Circular 8 de 2026")));
    assert!(!has(&view, "2026-07-13"));
    office.verify();
}
