//! Commitments, the work plan and the screen of the day, through the calls.

use secretariat::Code;
use serde_json::{Value, json};
use tests::office::Office;

/// A body with one seat held, rules, and a session held on 26 March 2026; the day after it is.
fn after_a_session() -> Office {
    let office = Office::open("2026-02-02");
    office.call("put_entity", json!({ "id": "ent-sds", "name": "Secretaría de Salud", "short_name": "SDS" }));
    office.call("put_entity", json!({ "id": "ent-sdh", "name": "Secretaría de Hacienda" }));
    office.call("put_body", json!({ "id": "com", "name": "Comisión", "kind": "intersectoral_commission", "minimum_meetings_per_year": 4 }));
    office.call("put_function", json!({ "body_id": "com", "scope": "specific", "text": "Coordinar." }));
    office.call(
        "put_person",
        json!({ "id": "ana", "full_name": "Ana Ñungo", "treatment": "doctora", "level": "directive" }),
    );
    office.call("put_person", json!({ "id": "saul", "full_name": "Saúl Güiza", "level": "directive" }));
    office.call("put_seat", json!({ "id": "s-1", "body_id": "com", "role": "chair", "title": "Consejería", "entity_id": "ent-sds" }));
    office.call(
        "appoint_holder",
        json!({ "seat_id": "s-1", "person_id": "ana", "kind": "holder", "valid_from": "2024-01-01" }),
    );
    office.call("create_rule_set", json!({ "id": "rs", "body_id": "com", "effective_from": "2024-07-01",
        "adopted_by": { "kind": "accord", "number": 1, "year": 2024, "name": "Acuerdo 001 de 2024", "date": "2024-06-20", "registered": true } }));
    for (id, date) in [("ses-1", "2026-03-26"), ("ses-2", "2026-06-25")] {
        office.call("create_session", json!({ "id": id, "body_id": "com", "kind": "ordinary", "date": date, "place": "Sala 1", "planned_start": "08:00:00" }));
    }
    office
}

fn hold(office: &Office) {
    office.convene("ses-1");
    office.on("2026-03-26");
    office.open_session("ses-1", "s-1", "ana");
    office.call("adjourn_session", json!({ "session_id": "ses-1" }));
    office.on("2026-03-27");
}

fn put(more: Value) -> Value {
    let mut request = json!({ "session_id": "ses-1", "text": "Enviar la línea base", "responsible_entity_id": "ent-sds", "due_on": "2026-04-30" });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    request
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|line| line["commitment"]["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_commitment_from_its_session_to_its_evidence() {
    let office = after_a_session();
    hold(&office);
    for (more, code, words) in [
        (json!({ "text": "  " }), Code::InvalidInput, "Falta el compromiso"),
        (json!({ "due_on": "2026-03-25" }), Code::InvalidInput, "anterior a la sesión"),
        (json!({ "due_in": { "business_days": 5 } }), Code::InvalidInput, "no de las dos maneras"),
        (json!({ "due_on": null, "due_in": { "business_days": 0 } }), Code::InvalidInput, "de 1 a 400"),
        (json!({ "due_on": null, "due_in": { "business_days": -3 } }), Code::InvalidInput, "de 1 a 400"),
        (json!({ "session_id": "no" }), Code::NotFound, "«no»"),
        (json!({ "item_id": "no" }), Code::NotFound, "«no»"),
        (json!({ "responsible_person_id": "no" }), Code::NotFound, "«no»"),
    ] {
        office.refused("put_commitment", put(more), code, words);
    }
    office.call("put_commitment", put(json!({ "id": "c-1" })));
    // Five business days after Thursday 26 March, with Holy Thursday and Good Friday in between: Monday 6 April.
    let counted = office.call("put_commitment", put(json!({ "id": "c-2", "due_on": null, "due_in": { "business_days": 5 }, "responsible_person_id": "ana", "responsible_entity_id": null })));
    assert_eq!(
        (&counted["due_on"], &counted["due_rule"]),
        (&json!("2026-04-06"), &json!({ "business_days": 5, "from": "2026-03-26" }))
    );
    office.call(
        "put_commitment",
        put(json!({ "id": "c-3", "due_on": null, "responsible_entity_id": "ent-sdh" })),
    );

    // (day, reminder of c-2, its status, days left)
    for (day, reminder, status, left) in [
        ("2026-03-31", Value::Null, "in_progress", 6),
        ("2026-04-01", json!(5), "in_progress", 5),
        ("2026-04-04", json!(5), "in_progress", 2),
        ("2026-04-05", json!(1), "in_progress", 1),
        ("2026-04-06", json!(1), "in_progress", 0),
        ("2026-04-07", Value::Null, "overdue", -1),
    ] {
        let view = office.call("list_commitments", json!({ "person_id": "ana", "on": day }));
        let line = &view["commitments"][0];
        assert_eq!(
            (&line["reminder"], &line["status"], &line["days_left"]),
            (&reminder, &json!(status), &json!(left)),
            "{day}"
        );
    }
    office.on("2026-04-10");
    let view = office.call("list_commitments", json!({ "body_id": "com" }));
    assert_eq!(texts(&view["commitments"]), ["c-2", "c-1", "c-3"], "by due date, those without one last");
    assert_eq!(
        view["counts"],
        json!({ "open": 3, "overdue": 1, "due_soon": 0, "fulfilled": 0, "fulfilled_late": 0, "cancelled": 0 })
    );
    for (filter, ids) in [
        ("open", vec!["c-2", "c-1", "c-3"]),
        ("overdue", vec!["c-2"]),
        ("due_soon", vec![]),
        ("closed", vec![]),
        ("cancelled", vec![]),
    ] {
        assert_eq!(
            texts(&office.call("list_commitments", json!({ "state": filter }))["commitments"]),
            ids,
            "{filter}"
        );
    }
    assert_eq!(
        texts(&office.call("list_commitments", json!({ "entity_id": "ent-sdh" }))["commitments"]),
        ["c-3"]
    );
    assert_eq!(view["commitments"][2]["incomplete"], true);

    for (name, request, code, words) in [
        ("close_commitment", json!({ "id": "c-2" }), Code::InvalidInput, "evidencia"),
        (
            "close_commitment",
            json!({ "id": "c-2", "evidence": "x", "closed_on": "2026-04-11" }),
            Code::InvalidInput,
            "entre la sesión",
        ),
        (
            "close_commitment",
            json!({ "id": "c-2", "evidence": "x", "closed_on": "2026-03-25" }),
            Code::InvalidInput,
            "entre la sesión",
        ),
        ("reopen_commitment", json!({ "id": "c-2", "reason": "x" }), Code::WrongState, "abierto"),
        (
            "extend_commitment",
            json!({ "id": "c-2", "due_on": "2026-04-06", "reason": "x" }),
            Code::InvalidInput,
            "no es posterior",
        ),
        (
            "extend_commitment",
            json!({ "id": "c-2", "due_on": "2026-05-06", "reason": " " }),
            Code::InvalidInput,
            "razón",
        ),
        ("cancel_commitment", json!({ "id": "c-2", "reason": "" }), Code::InvalidInput, "razón"),
    ] {
        office.refused(name, request, code, words);
    }
    let file = json!({ "name": "radicado.pdf", "base64": "JVBERi0xLjc=" });
    let closed =
        office.call("close_commitment", json!({ "id": "c-2", "closed_on": "2026-04-08", "file": file }));
    assert_eq!((&closed["status"], &closed["file"]), (&json!("fulfilled_late"), &json!("radicado.pdf")));
    office.refused("close_commitment", json!({ "id": "c-2", "evidence": "x" }), Code::WrongState, "cerrado");
    let longer = office.call(
        "extend_commitment",
        json!({ "id": "c-1", "due_on": "2026-05-29", "reason": "Falta el dato del SENA." }),
    );
    assert_eq!(
        longer["note"],
        "10 de abril de 2026: prórroga hasta el 29 de mayo de 2026 (antes: 30 de abril de 2026): Falta el dato del SENA."
    );
    office.call("cancel_commitment", json!({ "id": "c-3", "reason": "Lo asumió otra entidad." }));
    // As of an earlier day it was still open: lists travel in time.
    let then = office.call("list_commitments", json!({ "on": "2026-04-07", "state": "overdue" }));
    assert_eq!(texts(&then["commitments"]), ["c-2"]);

    // The next session follows up what is open and what was closed since.
    let follow = office.call("pending_commitments", json!({ "session_id": "ses-2" }));
    assert_eq!(
        (texts(&follow["pending"]), texts(&follow["closed_since"])),
        (vec!["c-1".to_owned()], vec!["c-2".to_owned()])
    );
    let first = office.call("pending_commitments", json!({ "session_id": "ses-1" }));
    assert_eq!((&first["pending"], &first["closed_since"]), (&json!([]), &json!([])));
    office.call("reopen_commitment", json!({ "id": "c-2", "reason": "El radicado era de otro asunto." }));
    let follow = office.call("pending_commitments", json!({ "session_id": "ses-2" }));
    assert_eq!(texts(&follow["pending"]), ["c-2", "c-1"]);
    office.verify();
}

#[test]
fn commitments_are_undone_exactly() {
    let office = after_a_session();
    hold(&office);
    office.call("put_commitment", put(json!({ "id": "c-1" })));
    let state = || office.call("list_commitments", json!({}));
    for (name, request) in [
        (
            "put_commitment",
            put(
                json!({ "id": "c-1", "text": "Otra cosa", "due_on": null, "due_in": { "business_days": 3 } }),
            ),
        ),
        ("put_commitment", put(json!({ "id": "c-2" }))),
        ("extend_commitment", json!({ "id": "c-1", "due_on": "2026-06-01", "reason": "Sí" })),
        ("close_commitment", json!({ "id": "c-1", "evidence": "Oficio 3" })),
        ("reopen_commitment", json!({ "id": "c-1", "reason": "No era" })),
        ("report_commitment", json!({ "id": "c-1", "text": "Van 3 de 5 entidades." })),
        ("cancel_commitment", json!({ "id": "c-1", "reason": "Ya no" })),
        ("remove_commitment", json!({ "id": "c-1" })),
    ] {
        let before = state();
        office.call(name, request);
        let after = state();
        assert_ne!(before, after, "{name}");
        office.call("undo", json!({}));
        assert_eq!(state(), before, "undo of {name}");
        office.call("redo", json!({}));
        assert_eq!(state(), after, "redo of {name}");
    }
    office.verify();
}

#[test]
fn commitments_are_found_by_words_and_days() {
    let office = after_a_session();
    hold(&office);
    for (id, more) in [
        ("c-1", json!({})),
        (
            "c-2",
            json!({ "text": "Año base del campeón", "due_on": "2026-05-15", "responsible_person_id": "ana" }),
        ),
        (
            "c-3",
            json!({ "text": "Publicar el portafolio", "due_on": null, "responsible_entity_id": "ent-sdh" }),
        ),
    ] {
        office.call(
            "put_commitment",
            put(more
                .as_object()
                .map(|m| {
                    let mut m = m.clone();
                    m.insert("id".to_owned(), json!(id));
                    Value::Object(m)
                })
                .unwrap()),
        );
    }
    office.call(
        "close_commitment",
        json!({ "id": "c-3", "evidence": "Radicado número 4471, línea gratuita." }),
    );
    office.call("report_commitment", json!({ "id": "c-1", "text": "Van 3 de 5 entidades; falta Suba." }));
    for (filter, ids) in [
        (json!({ "text": "LÍNEA" }), vec!["c-1", "c-3"]),
        (json!({ "text": "linea base" }), vec!["c-1"]),
        (json!({ "text": "base línea" }), vec!["c-1"]),
        (json!({ "text": "año" }), vec!["c-2"]),
        (json!({ "text": "ano" }), vec![]),
        (json!({ "text": "suba" }), vec!["c-1"]),
        (json!({ "text": "4471" }), vec!["c-3"]),
        (json!({ "text": "sds" }), vec!["c-1", "c-2"]),
        (json!({ "text": "hacienda" }), vec!["c-3"]),
        (json!({ "text": "ñungo campeon" }), vec!["c-2"]),
        (json!({ "text": "nungo" }), vec![]),
        (json!({ "text": "base hacienda" }), vec![]),
        (json!({ "text": " \"* OR (" }), vec![]),
        (json!({ "text": " \"* ( -" }), vec!["c-1", "c-2", "c-3"]),
        (json!({ "text": "" }), vec!["c-1", "c-2", "c-3"]),
        (json!({ "due_from": "2026-05-01" }), vec!["c-2"]),
        (json!({ "due_to": "2026-04-30" }), vec!["c-1"]),
        (json!({ "due_from": "2026-04-30", "due_to": "2026-05-15" }), vec!["c-1", "c-2"]),
        (
            json!({ "text": "línea", "state": "open", "due_to": "2026-12-31", "entity_id": "ent-sds" }),
            vec!["c-1"],
        ),
    ] {
        let view = office.call("list_commitments", filter.clone());
        assert_eq!(texts(&view["commitments"]), ids, "{filter}");
        assert_eq!(view["total"], json!(ids.len()), "{filter}");
        if filter.get("entity_id").is_none() {
            assert_eq!(view["counts"]["open"], 2, "counts keep to whose they are: {filter}");
        }
    }
    let cut = office.call("list_commitments", json!({ "limit": 1 }));
    assert_eq!((texts(&cut["commitments"]).len(), &cut["total"]), (1, &json!(3)));
    let days = json!({ "due_from": "2026-05-02", "due_to": "2026-05-01" });
    office.refused("list_commitments", days, Code::InvalidInput, "anterior a la inicial");
}

/// The words of a life and which step may be undone, newest first.
fn life(view: &Value) -> Vec<(String, bool)> {
    let steps = view["history"].as_array().unwrap().iter();
    steps.map(|s| (s["text"]["es"].as_str().unwrap().to_owned(), s["undoable"] == true)).collect()
}

#[test]
fn a_commitment_tells_its_life() {
    let office = after_a_session();
    hold(&office);
    office.call("put_commitment", put(json!({ "id": "c-9" })));
    office.call("put_commitment", put(json!({ "id": "c-1", "item_id": "ses-1-1" })));
    office.call("put_commitment", put(json!({ "id": "c-1", "item_id": "ses-1-1", "responsible_person_id": "ana", "due_on": "2026-05-08" })));
    office.on("2026-04-10");
    office.call(
        "extend_commitment",
        json!({ "id": "c-1", "due_on": "2026-06-01", "reason": "Falta el dato: SENA." }),
    );
    office.call("report_commitment", json!({ "id": "c-1", "text": "Van 3 de 5 entidades.\nFalta Suba." }));
    office.refused(
        "report_commitment",
        json!({ "id": "c-1", "text": " " }),
        Code::InvalidInput,
        "Falta el avance",
    );
    office.refused("report_commitment", json!({ "id": "no", "text": "x" }), Code::NotFound, "«no»");
    let file = json!({ "name": "radicado.pdf", "base64": "JVBERi0xLjc=" });
    office.call("close_commitment", json!({ "id": "c-1", "file": file }));
    office.refused("report_commitment", json!({ "id": "c-1", "text": "x" }), Code::WrongState, "cerrado");
    office.call("undo", json!({}));
    office.call("redo", json!({}));
    office.call("reopen_commitment", json!({ "id": "c-1", "reason": "El radicado era de otro asunto." }));
    office.call("cancel_commitment", json!({ "id": "c-1", "reason": "Lo asumió otra entidad." }));
    office.call("remove_commitment", json!({ "id": "c-1" }));
    office.refused("get_commitment_view", json!({ "id": "c-1" }), Code::NotFound, "«c-1»");
    office.call("undo", json!({}));

    let view = office.call("get_commitment_view", json!({ "id": "c-1", "on": "2026-06-03" }));
    let expected = [
        "Deshecho: eliminado",
        "Eliminado",
        "Retirado: Lo asumió otra entidad.",
        "Reabierto: El radicado era de otro asunto.",
        "Rehecho: cerrado con evidencia, cumplido el 10 de abril de 2026: radicado.pdf",
        "Deshecho: cerrado con evidencia, cumplido el 10 de abril de 2026: radicado.pdf",
        "Cerrado con evidencia, cumplido el 10 de abril de 2026: radicado.pdf",
        "Avance: Van 3 de 5 entidades.\nFalta Suba.",
        "Prórroga hasta el 1 de junio de 2026: Falta el dato: SENA.",
        "Editado: responsable, fecha límite",
        "Registrado",
    ];
    let expected: Vec<_> = expected.iter().enumerate().map(|(i, t)| ((*t).to_owned(), i == 0)).collect();
    assert_eq!(life(&view), expected);
    assert_eq!(view["history"][8]["text"]["en"], "Extended to 1 June 2026: Falta el dato: SENA.");
    assert_eq!(view["history"][8]["actor"]["name"], "Pilar Villaquirán");
    assert_eq!(
        (&view["item"], &view["session"]["name"]["es"]),
        (&json!("1. Llamado a lista"), &json!("Sesión ordinaria n.º 1 de 2026"))
    );
    assert_eq!(
        (&view["line"]["status"], &view["line"]["person"]),
        (&json!("cancelled"), &json!("Ana Ñungo"))
    );
    // Each step that says it can be undone can.
    while let Some(seq) = {
        let view = office.try_call("get_commitment_view", json!({ "id": "c-9" })).ok();
        view.filter(|v| v["history"][0]["undoable"] == true).map(|v| v["history"][0]["seq"].clone())
    } {
        office.call("undo", json!({ "entry": seq }));
    }
    office.verify();
}

#[test]
fn an_activity_tells_its_life() {
    let office = after_a_session();
    office.call("create_work_plan", json!({ "id": "wp", "body_id": "com", "year": 2026 }));
    for id in ["a-1", "a-2"] {
        office.call(
            "put_activity",
            json!({ "id": id, "work_plan_id": "wp", "activity": "Publicar", "due_on": "2026-02-20" }),
        );
    }
    office.call("order_activities", json!({ "work_plan_id": "wp", "activity_ids": ["a-2", "a-1"] }));
    office.call(
        "put_activity",
        json!({ "id": "a-1", "work_plan_id": "wp", "activity": "Publicar", "product": "Portafolio" }),
    );
    office.call("report_activity", json!({ "id": "a-1", "evidence": "Van dos capítulos." }));
    office.call(
        "report_activity",
        json!({ "id": "a-1", "not_fulfilled": true, "evidence": "Sin presupuesto." }),
    );
    office.on("2026-02-26");
    office.call("report_activity", json!({ "id": "a-1", "done_on": "2026-02-25", "evidence": "Publicado." }));
    let view = office.call("get_activity_view", json!({ "id": "a-1" }));
    let told: Vec<String> = life(&view).into_iter().map(|(text, _)| text).collect();
    assert_eq!(
        told,
        [
            "Hecha el 25 de febrero de 2026: Publicado.",
            "No se cumplirá: Sin presupuesto.",
            "Avance: Van dos capítulos.",
            "Editado: producto, fecha límite",
            "Cambió de lugar en el plan",
            "Registrada",
        ]
    );
    assert_eq!((&view["line"]["status"], &view["year"]), (&json!("fulfilled"), &json!(2026)));
    office.verify();
}

#[test]
fn a_years_plan_and_its_progress() {
    let office = after_a_session();
    office.call("create_work_plan", json!({ "id": "wp", "body_id": "com", "year": 2026 }));
    office.refused(
        "create_work_plan",
        json!({ "body_id": "com", "year": 2026 }),
        Code::AlreadyExists,
        "Ya hay plan",
    );
    office.refused(
        "create_work_plan",
        json!({ "body_id": "com", "year": 20260 }),
        Code::InvalidInput,
        "no es posible",
    );
    let put = |id: &str, more: Value| {
        let mut request = json!({ "id": id, "work_plan_id": "wp", "activity": format!("Actividad {id}") });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    for (more, words) in [
        (json!({ "activity": "" }), "Falta la actividad"),
        (json!({ "due_on": "2027-01-01" }), "no es de 2026"),
        (json!({ "function_codes": ["fun-99"] }), "fun-99"),
    ] {
        office.refused("put_activity", put("a-9", more), Code::InvalidInput, words);
    }
    for (id, due) in [
        ("a-1", "2026-02-28"),
        ("a-2", "2026-03-15"),
        ("a-3", "2026-12-18"),
        ("a-4", "2026-12-18"),
        ("a-5", "2026-03-01"),
    ] {
        office.call("put_activity", put(id, json!({ "due_on": due })));
    }
    assert_eq!(
        office.call("get_work_plan", json!({ "body_id": "com" }))["functions_without_activity"],
        json!(["fun-01"])
    );
    office.call("put_activity", put("a-3", json!({ "due_on": "2026-12-18", "function_codes": ["fun-01"] })));
    office.on("2026-03-27");
    for (request, words) in [
        (json!({ "id": "a-1", "done_on": "2026-02-20" }), "evidencia"),
        (json!({ "id": "a-1", "done_on": "2026-03-28", "evidence": "x" }), "posterior a hoy"),
        (
            json!({ "id": "a-1", "done_on": "2026-02-20", "not_fulfilled": true, "evidence": "x" }),
            "hecha y no cumplida",
        ),
    ] {
        office.refused("report_activity", request, Code::InvalidInput, words);
    }
    office.call(
        "report_activity",
        json!({ "id": "a-1", "done_on": "2026-02-20", "evidence": "Acta publicada." }),
    );
    office
        .call("report_activity", json!({ "id": "a-2", "done_on": "2026-03-20", "evidence": "Portafolio." }));
    office.call(
        "report_activity",
        json!({ "id": "a-4", "not_fulfilled": true, "evidence": "Sin presupuesto." }),
    );
    let view = office.call("get_work_plan", json!({ "body_id": "com", "year": 2026 }));
    assert_eq!(
        view["progress"],
        json!({ "total": 5, "fulfilled": 1, "fulfilled_late": 1, "in_progress": 1, "overdue": 1, "not_fulfilled": 1, "percent": 40 })
    );
    office.refused(
        "order_activities",
        json!({ "work_plan_id": "wp", "activity_ids": ["a-1", "a-2"] }),
        Code::Stale,
        "cambió",
    );
    office.refused(
        "order_activities",
        json!({ "work_plan_id": "wp", "activity_ids": ["a-1", "a-1", "a-2", "a-3", "a-4", "a-5"] }),
        Code::Stale,
        "cambió",
    );
    office.call(
        "order_activities",
        json!({ "work_plan_id": "wp", "activity_ids": ["a-5", "a-4", "a-3", "a-2", "a-1"] }),
    );
    office.call("remove_activity", json!({ "id": "a-4" }));
    let view = office.call("get_work_plan", json!({ "body_id": "com", "year": 2026 }));
    let order: Vec<_> = view["activities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| (a["activity"]["id"].as_str().unwrap(), a["activity"]["position"].as_i64().unwrap()))
        .collect();
    assert_eq!(order, [("a-5", 1), ("a-3", 2), ("a-2", 3), ("a-1", 4)]);
    assert_eq!(office.call("get_work_plan", json!({ "body_id": "com", "year": 2025 }))["plan"], Value::Null);
    office.verify();
}

fn due(body: &Value) -> Vec<(String, Option<String>, bool)> {
    body["due"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| {
            (
                d["kind"].as_str().unwrap().to_owned(),
                d["due_on"].as_str().map(str::to_owned),
                d["overdue"] == true,
            )
        })
        .collect()
}

fn item(kind: &str, day: &str, overdue: bool) -> (String, Option<String>, bool) {
    (kind.to_owned(), Some(day.to_owned()), overdue)
}

#[test]
fn what_is_due_today() {
    let office = after_a_session();
    let body = || office.call("get_today", json!({ "body_id": "com" }))["bodies"][0].clone();
    // 2 February: only the year's plan is near.
    assert_eq!(due(&body()), [item("work_plan", "2026-02-28", false)]);
    // 2 March: the notice of 26 March, five business days before, with Monday 23 March a holiday.
    office.on("2026-03-02");
    assert_eq!(due(&body()), [item("work_plan", "2026-02-28", true), item("notice", "2026-03-18", false)]);
    let view = body();
    assert_eq!(view["due"][1]["text"]["es"], "Convocar la sesión ordinaria 1 de 2026");
    assert_eq!(view["due"][1]["citation"], "Acuerdo 001 de 2024");
    let next = &view["next_sessions"][0];
    assert_eq!((&next["days_left"], &next["notice"]["met"]), (&json!(24), &json!(true)));
    office.on("2026-03-20");
    assert_eq!(due(&body())[1], item("notice", "2026-03-18", true));

    // A delegation that will not reach the next session.
    office.call("record_delegation", json!({ "id": "d-1", "seat_id": "s-1", "delegate_id": "saul", "act": { "kind": "resolution", "number": "1", "date": "2026-03-20" }, "valid_to": "2026-03-25" }));
    assert_eq!(body()["delegations_expiring"][0]["id"], "d-1");

    // Convened late, with its reason: nothing more to send, and the expected quorum is told.
    assert_eq!(body()["expected"], Value::Null);
    office.convene("ses-1");
    let view = body();
    assert!(due(&view).iter().all(|d| d.0 != "notice"), "{}", view["due"]);
    assert_eq!((&view["expected"]["session_id"], &view["expected"]["base"]), (&json!("ses-1"), &json!(1)));
    assert_eq!(view["next_sessions"][0]["notice"]["met"], false);

    // While it is open it is offered first; afterwards its draft is due.
    office.on("2026-03-26");
    office.open_session("ses-1", "s-1", "ana");
    let today = office.call("get_today", json!({}));
    assert_eq!(
        (&today["open_sessions"][0]["session_id"], &today["open_sessions"][0]["status"]),
        (&json!("ses-1"), &json!("open"))
    );
    assert!(due(&today["bodies"][0]).iter().all(|d| d.0 != "minutes_draft"), "an open session owes no draft");
    office.call("adjourn_session", json!({ "session_id": "ses-1" }));
    let today = office.call("get_today", json!({}));
    assert_eq!(today["open_sessions"], json!([]));
    // Five business days after 26 March, over Holy Week.
    assert!(
        due(&today["bodies"][0]).contains(&item("minutes_draft", "2026-04-06", false)),
        "{}",
        today["bodies"][0]["due"]
    );
    let year = &today["bodies"][0]["year"];
    assert_eq!(
        (&year["ordinary_held"], &year["ordinary_programmed"], &year["minimum"]),
        (&json!(1), &json!(2), &json!(4))
    );

    office.call("put_commitment", put(json!({ "id": "c-1", "due_on": "2026-04-02" })));
    office.on("2026-04-07");
    let view = body();
    assert!(due(&view).contains(&item("minutes_draft", "2026-04-06", true)));
    assert_eq!(
        (texts(&view["commitments"]), &view["commitment_counts"]["overdue"]),
        (vec!["c-1".to_owned()], &json!(1))
    );
    // A day that passes without the session being held is not forgotten.
    office.on("2026-06-26");
    assert_eq!(due(&body())[0].0, "work_plan");
    assert!(due(&body()).contains(&item("session_passed", "2026-06-25", true)));
    office.refused("get_today", json!({ "body_id": "no" }), Code::NotFound, "«no»");
    office.verify();
}
