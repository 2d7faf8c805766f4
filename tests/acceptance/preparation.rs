//! Preparing a session: proposals, agenda, notice, answers, annexes; each act undone, each mistake told.

use crate::live::prints;
use crate::office::{BODY, Office, bytes_of, carried, data};
use secretariat::desk::Desk;
use secretariat::{Actor, Code, Context, Language};
use serde_json::{Value, json};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

fn profile_of(proposal: &Value) -> Value {
    let mut profile = proposal.clone();
    for column in [
        "id",
        "code",
        "title",
        "short_title",
        "proponent_entity_id",
        "filed_on",
        "target_session_id",
        "contact_person_id",
        "status",
        "status_history",
        "annexes",
    ] {
        profile.as_object_mut().unwrap().remove(column);
    }
    profile
}

/// The demo's first proposal as a complete draft.
pub fn draft(office: &Office, id: &str) -> Value {
    let demo = data("demo/proposals.json")["proposals"][0].clone();
    let value = office.call(
        "create_proposal",
        json!({ "id": id, "body_id": BODY, "title": demo["title"], "short_title": demo["short_title"],
            "proponent_entity_id": demo["proponent_entity_id"], "contact_person_id": demo["contact_person_id"],
            "profile": profile_of(&demo) }),
    );
    office.call(
        "add_annex",
        json!({ "owner": "proposal", "owner_id": id, "title": "Carta de interés", "kind": "document",
            "file": carried("carta.pdf", PDF) }),
    );
    value
}

#[test]
fn a_proposal_is_drafted_filed_returned_filed_again_and_scheduled() {
    let office = Office::at("2025-03-03T08:00");
    let value = draft(&office, "pro-a");
    // Totals are computed, whatever came.
    let budget = &value["profile"]["budget"];
    assert_eq!(
        (&budget["total"], &budget["city_total"], &budget["partner_total"]),
        (&json!(12_900_000_000_i64), &json!(5_460_000_000_i64), &json!(7_440_000_000_i64))
    );
    assert_eq!(value["profile"]["evaluation"]["total"], json!(83.0));
    assert_eq!(value["code"], "PRO-2025-001");
    let detail = office.call("get_proposal", json!({ "id": "pro-a" }));
    assert_eq!(detail["completeness"]["missing"], json!([]));
    assert_eq!(detail["names"]["ent-uaesp"], "Unidad Administrativa Especial de Servicios Públicos");

    // Filing names each missing field, and accepts a reason.
    office.call(
        "edit_proposal",
        json!({ "id": "pro-a", "profile": { "problem": null, "summary": "palabra ".repeat(201) } }),
    );
    let failure = office.refused("file_proposal", json!({ "id": "pro-a" }));
    assert_eq!(
        (failure.code, &failure.details["confirm"]),
        (Code::NeedsConfirmation, &json!("incomplete_reason"))
    );
    assert!(failure.message.es.contains("resumen") && failure.message.es.contains("problema"), "{failure}");
    let missing = &failure.details["missing"];
    assert_eq!(missing[0]["field"], "summary");
    assert!(missing[0]["text"]["es"].as_str().unwrap().contains("sobra"), "{missing}");
    assert_eq!((&missing[1]["field"], &missing[1]["section"]), (&json!("problem"), &json!("purpose")));

    let filed = office.undone_and_redone(
        "file_proposal",
        json!({ "id": "pro-a", "incomplete_reason": "La entidad la completa antes de la sesión.", "external_filing_number": "2-2025-00123" }),
    );
    assert_eq!((&filed["reception_number"], &filed["reception_year"]), (&json!(1), &json!(2025)));
    draft(&office, "pro-b");
    let second = office.call("file_proposal", json!({ "id": "pro-b" }));
    assert_eq!(second["reception_number"], 2);

    // What was filed is frozen; moves are those of its life.
    for (call, request, code) in [
        ("edit_proposal", json!({ "id": "pro-a", "title": "Otro" }), Code::WrongState),
        ("edit_proposal", json!({ "id": "pro-a", "profile": { "problem": "Otro" } }), Code::WrongState),
        ("file_proposal", json!({ "id": "pro-a" }), Code::WrongState),
        ("delete_proposal", json!({ "id": "pro-a" }), Code::WrongState),
        ("execute_proposal", json!({ "id": "pro-a" }), Code::WrongState),
        ("return_proposal", json!({ "id": "pro-a", "reason": "No procede" }), Code::WrongState),
        (
            "remove_annex",
            json!({ "id": office.call("list_annexes", json!({ "owner": "proposal", "owner_id": "pro-a" }))[0]["annex"]["id"] }),
            Code::WrongState,
        ),
    ] {
        let failure = office.refused(call, request);
        assert_eq!(failure.code, code, "{call}");
    }
    let failure = office.refused("return_proposal", json!({ "id": "pro-a", "reason": "x" }));
    assert_eq!(failure.details["allowed"], json!(["under_review", "withdrawn"]));
    assert!(failure.message.es.contains("puede pasar a en estudio o retirada"), "{failure}");

    office.undone_and_redone("review_proposal", json!({ "id": "pro-a" }));
    assert_eq!(
        office.refused("return_proposal", json!({ "id": "pro-a", "reason": " " })).details["field"],
        "reason"
    );
    office.undone_and_redone("return_proposal", json!({ "id": "pro-a", "reason": "Falta el problema." }));
    office.call(
        "edit_proposal",
        json!({ "id": "pro-a", "profile": { "problem": "Los residuos.", "summary": "Breve." } }),
    );
    let again = office.call("file_proposal", json!({ "id": "pro-a" }));
    assert_eq!(again["reception_number"], 1, "a returned one keeps its number");
    let detail = office.call("get_proposal", json!({ "id": "pro-a" }));
    assert_eq!(detail["versions"].as_array().unwrap().len(), 2);
    assert_ne!(detail["versions"][0]["sha256"], detail["versions"][1]["sha256"]);
    assert_eq!(detail["changed_since_filed"], json!(false));
    let differences = office.call("compare_proposal", json!({ "id": "pro-a", "from": 1, "to": 2 }));
    let fields: Vec<&str> =
        differences.as_array().unwrap().iter().map(|d| d["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["problem", "summary"]);
    assert_eq!(
        (&differences[0]["before"], &differences[0]["after"]),
        (&Value::Null, &json!("Los residuos."))
    );
    assert_eq!(differences[0]["label"]["es"], "problema");
    // What was filed is shown whole, with its names.
    let filed = office.call("get_proposal_version", json!({ "id": "pro-a", "number": 1 }));
    assert_eq!(filed["proposal"]["profile"]["problem"], Value::Null);
    assert_eq!(filed["names"]["ent-uaesp"], "Unidad Administrativa Especial de Servicios Públicos");
    assert_eq!(filed["sha256"], detail["versions"][0]["sha256"]);
    assert_eq!(
        office.refused("get_proposal_version", json!({ "id": "pro-a", "number": 9 })).code,
        Code::NotFound
    );

    // Onto an agenda, off it again.
    office.session("ses-1", "ordinary", "2025-03-27");
    office.call("review_proposal", json!({ "id": "pro-a" }));
    let scheduled =
        office.undone_and_redone("schedule_proposal", json!({ "id": "pro-a", "session_id": "ses-1" }));
    assert_eq!(
        (&scheduled["status"], &scheduled["target_session_id"]),
        (&json!("scheduled"), &json!("ses-1"))
    );
    let agenda = office.call("get_agenda", json!({ "session_id": "ses-1" }));
    let items = agenda["items"].as_array().unwrap();
    let at = items.iter().position(|i| i["item"]["proposal_ids"] == json!(["pro-a"])).unwrap();
    assert_eq!(items[at + 1]["item"]["kind"], "other_business", "before other business");
    let item = items[at]["item"]["id"].clone();
    office.undone_and_redone("remove_agenda_item", json!({ "id": item }));
    let detail = office.call("get_proposal", json!({ "id": "pro-a" }));
    assert_eq!(
        (&detail["proposal"]["status"], &detail["proposal"]["target_session_id"]),
        (&json!("under_review"), &Value::Null)
    );
    office.undone_and_redone(
        "withdraw_proposal",
        json!({ "id": "pro-a", "reason": "La contraparte desistió." }),
    );
    assert_eq!(office.refused("review_proposal", json!({ "id": "pro-a" })).details["allowed"], json!([]));
}

#[test]
fn a_profile_may_be_incomplete_and_not_impossible() {
    let office = Office::at("2025-03-03T08:00");
    office.call("create_proposal", json!({ "id": "pro-a", "body_id": BODY, "title": "Planta piloto" }));
    for (profile, field) in [
        (json!({ "unknown": 1 }), "profile"),
        (json!({ "co_entity_ids": ["ent-nadie"] }), "co_entity_ids"),
        (json!({ "partner_ids": ["al-nadie"] }), "partner_ids"),
        (json!({ "budget": { "lines": [{ "concept": "x", "amount": -1 }] } }), "budget.lines"),
        (json!({ "budget": { "lines": [{ "concept": "x", "amount": 1.5 }] } }), "profile"),
        (
            json!({ "budget": { "lines": [{ "concept": "x", "amount": 10, "original": { "currency": "EUR", "amount": 4_000_000_000_000_i64, "rate": 4_400 } }] } }),
            "budget.lines",
        ),
        (json!({ "schedule": { "start": "2025-07-01", "end": "2025-06-30" } }), "schedule.end"),
        (json!({ "schedule": { "start": "2025-02-30" } }), "profile"),
        (json!({ "risks": { "items": [{ "risk": "x", "probability": 6 }] } }), "risks.items"),
        (
            json!({ "evaluation": { "scores": [{ "criterion_id": "cri-pdd", "score": 9 }] } }),
            "evaluation.scores",
        ),
        (json!({ "apc_endorsement": { "code": "maybe" } }), "apc_endorsement.code"),
    ] {
        let failure = office.refused("edit_proposal", json!({ "id": "pro-a", "profile": profile }));
        assert_eq!(failure.details["field"], field, "{failure}");
    }
    // A pledge in euros is worth what its rate says.
    let pledged = office.call(
        "edit_proposal",
        json!({ "id": "pro-a", "profile": { "budget": { "lines": [{ "concept": "x", "original": { "currency": "EUR", "amount": 300, "rate": 4400 } }] } } }),
    );
    assert_eq!(pledged["profile"]["budget"]["total"], json!(1_320_000));
    let list = |request: Value| office.call("list_proposals", request);
    draft(&office, "pro-b");
    office.call("file_proposal", json!({ "id": "pro-b" }));
    for (filter, expect) in [
        (json!({}), vec!["pro-a", "pro-b"]),
        (json!({ "status": ["filed"] }), vec!["pro-b"]),
        (json!({ "status": ["withdrawn"] }), vec![]),
        (json!({ "year": 2025 }), vec!["pro-b"]),
        (json!({ "year": 2024 }), vec![]),
        (json!({ "entity_id": "ent-uaesp" }), vec!["pro-b"]),
        (json!({ "sector_id": "sec-habitat" }), vec!["pro-b"]),
        (json!({ "sector_id": "sec-salud" }), vec![]),
        (json!({ "text": "biogas" }), vec!["pro-b"]),
        (json!({ "text": "BIOGÁS orgán" }), vec!["pro-b"]),
        (json!({ "text": "\"* (NEAR: zzz" }), vec![]),
        (json!({ "limit": 1 }), vec!["pro-a"]),
        (json!({ "limit": 1, "offset": 1 }), vec!["pro-b"]),
    ] {
        let found = list(filter.clone());
        let ids: Vec<&str> =
            found["proposals"].as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expect, "{filter}");
    }
    office.undone_and_redone("delete_proposal", json!({ "id": "pro-a" }));
}

#[test]
fn sessions_are_numbered_dated_and_refused_when_impossible() {
    let office = Office::at("2025-02-03T08:00");
    let create = |extra: Value| {
        let mut request = json!({ "body_id": BODY, "kind": "ordinary", "date": "2025-03-27" });
        request.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        request
    };
    for (extra, code, field) in [
        (json!({ "year": 2019, "date": "2020-12-13" }), Code::InvalidInput, "year"),
        (json!({ "date": "2025-01-15" }), Code::InvalidInput, "date"),
        (json!({ "date": "2025-02-30" }), Code::InvalidInput, ""),
        (
            json!({ "planned_start": "11:00:00", "planned_end": "08:00:00" }),
            Code::InvalidInput,
            "planned_end",
        ),
        (json!({ "entered_afterwards": true, "date": "2025-01-15" }), Code::InvalidInput, "entered_note"),
        (
            json!({ "entered_afterwards": true, "entered_note": "Del acta en papel.", "date": "2025-04-15" }),
            Code::InvalidInput,
            "date",
        ),
        (json!({ "mode": "written" }), Code::RuleForbids, "mode"),
        (json!({ "number": 0 }), Code::InvalidInput, "number"),
        (json!({ "body_id": "nada" }), Code::NotFound, ""),
        (json!({ "secretary_person_id": "nadie" }), Code::NotFound, ""),
    ] {
        let failure = office.refused("create_session", create(extra.clone()));
        assert_eq!(failure.code, code, "{extra}: {failure}");
        if !field.is_empty() {
            assert_eq!(failure.details["field"], field, "{extra}: {failure}");
        }
    }
    let wrong = office.refused("create_session", create(json!({ "year": 2019, "date": "2020-12-13" })));
    assert!(
        wrong.message.es.contains("13 de diciembre de 2020") && wrong.message.es.contains("2019"),
        "{wrong}"
    );

    let first = office.undone_and_redone("create_session", create(json!({ "id": "ses-1" })));
    assert_eq!((&first["number"], &first["year"]), (&json!(1), &json!(2025)));
    let taken = office.refused("create_session", create(json!({ "number": 1, "date": "2025-06-26" })));
    assert_eq!((taken.code, &taken.details["next"]), (Code::AlreadyExists, &json!(2)));
    office.call("create_session", create(json!({ "id": "ses-2", "date": "2025-06-26" })));
    office.call("create_session", create(json!({ "id": "ses-n", "date": "2026-03-26" })));
    let paper = json!({ "id": "ses-0", "entered_afterwards": true, "entered_note": "Transcrita del acta en papel.", "date": "2025-01-20" });
    assert_eq!(office.call("create_session", create(paper))["number"], 3);

    office.undone_and_redone(
        "edit_session",
        json!({ "id": "ses-1", "planned_start": "08:00:00", "place": "Sala 3" }),
    );
    office.undone_and_redone("edit_session", json!({ "id": "ses-1", "place": null }));
    let year = office.call("get_session_year", json!({ "body_id": BODY, "year": 2025 }));
    let dates: Vec<&str> =
        year["sessions"].as_array().unwrap().iter().map(|s| s["line"]["date"].as_str().unwrap()).collect();
    assert_eq!(dates, ["2025-01-20", "2025-03-27", "2025-06-26"]);
    assert_eq!(year["sessions"][1]["notice_until"], "2025-03-19");
    assert_eq!((&year["minimum"], &year["minimum_met"]), (&json!(4), &json!(false)));
    let off = year["days_off"].as_array().unwrap();
    assert!(
        off.iter().any(|d| d["date"] == "2025-03-24" && d["name"].as_str().unwrap().contains("José")),
        "{off:?}"
    );
    assert_eq!(office.call("list_sessions", json!({ "year": 2026 }))["sessions"][0]["id"], "ses-n");

    office.undone_and_redone("delete_session", json!({ "id": "ses-2" }));
    office.undone_and_redone("postpone_session", json!({ "id": "ses-1", "reason": "Luto distrital." }));
    let line = &office.call("get_session", json!({ "session_id": "ses-1" }))["line"];
    assert_eq!((&line["status"], &line["date_to_be_set"]), (&json!("postponed"), &json!(true)));
    for (to, reason, field) in [
        (json!("2025-03-27"), "x", "to"),
        (json!("2025-01-02"), "x", "to"),
        (json!("2026-02-02"), "x", "to"),
        (json!("2025-04-03"), " ", "reason"),
    ] {
        let failure =
            office.refused("postpone_session", json!({ "id": "ses-1", "to": to, "reason": reason }));
        assert_eq!(failure.details["field"], field, "{failure}");
    }
    office.undone_and_redone("edit_session", json!({ "id": "ses-1", "date": "2025-04-03" }));
    let session = office.call("get_session", json!({ "session_id": "ses-1" }));
    assert_eq!(session["session"]["postponements"][0]["to"], "2025-04-03");
    assert_eq!(office.refused("delete_session", json!({ "id": "ses-1" })).code, Code::WrongState);
    office.undone_and_redone("cancel_session", json!({ "id": "ses-1", "reason": "Sin asuntos por tratar." }));
    for call in ["edit_session", "convene_session"] {
        assert_eq!(office.refused(call, json!({ "id": "ses-1" })).code, Code::WrongState, "{call}");
    }
}

/// What may be a slip of the hand is told when a session is programmed and while it is prepared; nothing is refused.
#[test]
fn what_is_unusual_about_a_session_is_told() {
    let office = Office::at("2025-02-03T08:00");
    let told = |reply: &Value| -> Vec<String> {
        let warnings = reply["warnings"].as_array().unwrap();
        warnings.iter().map(|text| text["es"].as_str().unwrap().to_owned()).collect()
    };
    let create = |id: &str, date: &str, more: Value| {
        let mut request = json!({ "id": id, "body_id": BODY, "kind": "ordinary", "date": date });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        office.call("create_session", request)
    };
    let hours =
        |start: &str, end: &str| json!({ "planned_start": start, "planned_end": end, "place": "Sala 3" });
    assert_eq!(told(&create("ses-1", "2025-03-27", hours("08:00:00", "11:00:00"))), [""; 0]);
    assert_eq!(told(&create("ses-2", "2025-04-10", json!({}))), [""; 0]);
    let at_its_hour =
        ["A esa hora hay otra sesión de la instancia: Sesión ordinaria n.º 1 de 2025, a las 08:00."];
    for (id, date, more, expected) in [
        (
            "ses-9",
            "2025-05-15",
            json!({ "number": 9 }),
            vec!["El número 9 salta: la sesión anterior es la 2 y seguiría la 3."],
        ),
        (
            "ses-26",
            "2026-03-26",
            json!({ "number": 4 }),
            vec!["El número 4 salta: no hay otra sesión anterior de 2026 y la primera sería la 1."],
        ),
        (
            "ses-3",
            "2025-03-24",
            json!({ "number": 3 }),
            vec!["El 24 de marzo de 2025 es festivo: Día de San José."],
        ),
        ("ses-4", "2025-03-23", json!({ "number": 4 }), vec!["El 23 de marzo de 2025 es domingo."]),
        ("ses-5", "2025-03-22", json!({ "number": 5 }), vec!["El 22 de marzo de 2025 es sábado."]),
        // The same hour, an hour within it, one that runs into it; not the one that begins when it ends.
        ("ses-6", "2025-03-27", json!({ "number": 6, "planned_start": "08:00:00" }), at_its_hour.to_vec()),
        ("ses-7", "2025-03-27", json!({ "number": 7, "planned_start": "11:00:00" }), vec![]),
    ] {
        assert_eq!(told(&create(id, date, more)), expected, "{id}");
        let shown = office.call("get_session", json!({ "session_id": id }));
        assert_eq!(told(&shown), expected, "{id}, while it is prepared");
    }
    let edit = |change: Value| office.call("edit_session", change);
    assert_eq!(
        told(&edit(json!({ "id": "ses-7", "planned_start": "10:30:00" }))),
        at_its_hour,
        "within its hours"
    );
    let early = json!({ "id": "ses-7", "planned_start": "07:00:00", "planned_end": "08:30:00" });
    assert_eq!(told(&edit(early)).len(), 2, "it runs into both that begin at eight");
    assert_eq!(told(&edit(json!({ "id": "ses-7", "date": "2025-03-28" }))), [""; 0]);
    assert_eq!(told(&edit(json!({ "id": "ses-9", "number": 8 }))), [""; 0]);
    // One that was cancelled is in nobody's way.
    office.call("cancel_session", json!({ "id": "ses-1", "reason": "Sin asuntos." }));
    assert_eq!(told(&office.call("get_session", json!({ "session_id": "ses-6" }))), [""; 0]);
    assert_eq!(
        told(&office.call("get_session", json!({ "session_id": "ses-1" }))),
        [""; 0],
        "not ahead any more"
    );
}

#[test]
fn the_agenda_is_built_ordered_nested_and_timed() {
    let office = Office::at("2025-03-03T08:00");
    office.call(
        "create_session",
        json!({ "id": "ses-1", "body_id": BODY, "kind": "ordinary", "date": "2025-03-27",
        "planned_start": "08:00:00", "planned_end": "08:20:00", "place": "Sala 3" }),
    );
    let numbers = || -> Vec<String> {
        let agenda = office.call("get_agenda", json!({ "session_id": "ses-1" }));
        let line =
            |i: &Value| format!("{} {}", i["number"].as_str().unwrap(), i["item"]["id"].as_str().unwrap());
        agenda["items"].as_array().unwrap().iter().map(line).collect()
    };
    for id in ["a", "b", "c", "d"] {
        let request = json!({ "id": id, "session_id": "ses-1", "title": format!("Punto {id}"), "kind": "report", "planned_minutes": 10 });
        office.undone_and_redone("add_agenda_item", request);
    }
    office.undone_and_redone("indent_agenda_item", json!({ "id": "c" }));
    assert_eq!(numbers(), ["1 a", "2 b", "2.1 c", "3 d"]);
    office.undone_and_redone("move_agenda_item", json!({ "id": "d", "position": 1 }));
    assert_eq!(numbers(), ["1 d", "2 a", "3 b", "3.1 c"]);
    office.undone_and_redone("move_agenda_item", json!({ "id": "b", "parent_id": "a", "position": 1 }));
    assert_eq!(numbers(), ["1 d", "2 a", "2.1 b", "2.1.1 c"]);
    for (call, request) in [
        ("move_agenda_item", json!({ "id": "a", "parent_id": "c", "position": 1 })),
        ("move_agenda_item", json!({ "id": "d", "parent_id": "c", "position": 1 })),
        ("indent_agenda_item", json!({ "id": "d" })),
        ("outdent_agenda_item", json!({ "id": "d" })),
        ("add_agenda_item", json!({ "session_id": "ses-1", "title": " ", "kind": "report" })),
        (
            "add_agenda_item",
            json!({ "session_id": "ses-1", "title": "x", "kind": "report", "planned_minutes": -5 }),
        ),
        (
            "add_agenda_item",
            json!({ "session_id": "ses-1", "title": "x", "kind": "report", "function_codes": ["nada"] }),
        ),
    ] {
        assert_eq!(office.refused(call, request).code, Code::InvalidInput, "{call}");
    }
    office.undone_and_redone("outdent_agenda_item", json!({ "id": "c" }));
    assert_eq!(numbers(), ["1 d", "2 a", "2.1 b", "2.2 c"]);
    let agenda = office.call("get_agenda", json!({ "session_id": "ses-1" }));
    assert_eq!(
        (&agenda["planned_minutes"], &agenda["planned_end"], &agenda["overruns"]),
        (&json!(40), &json!("08:40"), &json!(true))
    );
    assert_eq!(
        (&agenda["items"][1]["minutes"], &agenda["items"][1]["planned_start"]),
        (&json!(30), &json!("08:10"))
    );
    office.undone_and_redone("edit_agenda_item", json!({ "id": "a", "title": "Informe", "presenter_person_id": "per-033", "function_codes": ["fun-01"], "section": "Temas" }));
    office.undone_and_redone("remove_agenda_item", json!({ "id": "a" }));
    assert_eq!(numbers(), ["1 d"]);

    // The template puts each standing item in its official place around what is there.
    office.undone_and_redone("build_agenda", json!({ "session_id": "ses-1" }));
    let agenda = office.call("get_agenda", json!({ "session_id": "ses-1" }));
    let kinds: Vec<&str> =
        agenda["items"].as_array().unwrap().iter().map(|i| i["item"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["opening", "procedure", "report", "other_business"]);
    let left = office.call("suggest_agenda", json!({ "session_id": "ses-1" }));
    assert!(left.as_array().unwrap().iter().all(|s| s["there"] == true), "{left}");
    assert_eq!(
        office.refused("build_agenda", json!({ "session_id": "ses-1", "keys": ["nada"] })).code,
        Code::NotFound
    );
}

#[test]
fn a_notice_is_checked_sent_once_and_sent_again_with_its_reason() {
    let office = Office::at("2025-03-17T08:00");
    office.session("ses-1", "ordinary", "2025-03-27");
    let check = |on: &str| office.call("check_notice", json!({ "session_id": "ses-1", "on": on }));
    for (on, have, in_time) in
        [("2025-03-18", 6, true), ("2025-03-19", 5, true), ("2025-03-20", 4, false), ("2025-03-26", 1, false)]
    {
        let check = check(on);
        assert_eq!((&check["verdict"]["have"], &check["in_time"]), (&json!(have), &json!(in_time)), "{on}");
        assert_eq!(check["verdict"]["latest_date"], "2025-03-19");
    }
    assert_eq!(check("2025-03-17")["business_days_left"], 2);
    let text = check("2025-03-20")["text"]["es"].as_str().unwrap().to_owned();
    assert!(text.contains("Acuerdo 001 de 2024, art. 6"), "{text}");

    office.go_to("2025-03-20T09:00");
    let short = office.refused("convene_session", json!({ "id": "ses-1" }));
    assert_eq!((short.code, &short.details["confirm"]), (Code::NeedsConfirmation, &json!("overrides")));
    let checks = &short.details["checks"];
    assert_eq!((&checks[0]["check"], checks.as_array().unwrap().len()), (&json!("short_notice"), 1));
    let future =
        office.refused("convene_session", json!({ "id": "ses-1", "convened_at": "2025-03-25T14:00:00Z" }));
    assert_eq!(future.details["field"], "convened_at");
    let convened = office.call(
        "convene_session",
        json!({ "id": "ses-1", "short_notice_reason": "Visita de la delegación sueca." }),
    );
    assert_eq!(
        (&convened["status"], &convened["rule_set_id"]),
        (&json!("convened"), &json!("rs-comision-2024"))
    );
    let notice = &convened["notice"];
    assert_eq!(
        (&notice["business_days"], &notice["required_business_days"], &notice["sequence"]),
        (&json!(4), &json!(5), &json!(0))
    );
    assert_eq!(office.refused("undo", json!({})).code, Code::NotUndoable);
    assert_eq!(office.refused("convene_session", json!({ "id": "ses-1" })).code, Code::WrongState);
    assert_eq!(
        office.refused("edit_session", json!({ "id": "ses-1", "planned_start": "09:00:00" })).code,
        Code::WrongState
    );

    // A late item is flagged and shows as a difference; a new notice freezes another version.
    let request = json!({ "id": "late", "session_id": "ses-1", "title": "Informe de riesgos", "kind": "report", "position": 3 });
    assert_eq!(office.refused("add_agenda_item", request.clone()).details["confirm"], "late_reason");
    let mut with_reason = request;
    with_reason["late_reason"] = json!("Se recibió ayer.");
    assert_eq!(office.undone_and_redone("add_agenda_item", with_reason)["late"], true);
    office.undone_and_redone("edit_agenda_item", json!({ "id": "late", "planned_minutes": 15 }));
    let printed = |office: &Office| {
        let notice = office.call("render_notice", json!({ "session_id": "ses-1" }))["texts"].to_string();
        let message = office.call("notice_mail", json!({ "session_id": "ses-1" }))["text"].to_string();
        (notice.contains("Informe de riesgos"), message.contains("Informe de riesgos"))
    };
    assert_eq!(printed(&office), (false, false), "a notice says what it said when it went out");
    let compared = office.call("compare_agenda", json!({ "session_id": "ses-1" }));
    let kinds: Vec<&str> =
        compared["differences"].as_array().unwrap().iter().map(|d| d["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["added"], "items that only slid are no difference");
    assert_eq!(office.call("check_notice", json!({ "session_id": "ses-1" }))["new_notice_due"], true);
    assert_eq!(
        office.refused("renotify_session", json!({ "id": "ses-1", "reason": "" })).details["field"],
        "reason"
    );
    let again = office.call(
        "renotify_session",
        json!({ "id": "ses-1", "reason": "Se adicionó un informe.", "short_notice_reason": "Riesgo inminente." }),
    );
    assert_eq!(again["notice"]["sequence"], 1);
    assert_eq!(printed(&office), (true, true), "the new notice has it");
    let notice = |office: &Office| office.call("render_notice", json!({ "session_id": "ses-1" }));
    prints(&notice(&office), &["reemplaza la anterior. Razón: Se adicionó un informe."]);
    let agenda = office.call("get_agenda", json!({ "session_id": "ses-1" }));
    assert_eq!(agenda["versions"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&agenda["changed_since_notice"], &agenda["versions"][1]["reason"]),
        (&json!(false), &json!("Se adicionó un informe."))
    );
    let between = office.call("compare_agenda", json!({ "session_id": "ses-1", "from": 1, "to": 2 }));
    assert_eq!(between["differences"][0]["text"]["es"], "Se adicionó el punto 3: Informe de riesgos.");

    // Postponed, it needs a new notice, which tells why.
    office.call(
        "postpone_session",
        json!({ "id": "ses-1", "to": "2025-04-10", "reason": "Alerta por lluvias." }),
    );
    assert_eq!(office.call("check_notice", json!({ "session_id": "ses-1" }))["new_notice_due"], true);
    let third = office.call("convene_session", json!({ "id": "ses-1" }));
    assert_eq!(
        (&third["notice"]["sequence"], &third["notice"]["reason"]),
        (&json!(2), &json!("Alerta por lluvias."))
    );
    prints(
        &notice(&office),
        &["La sesión prevista para el 27 de marzo de 2025 se aplazó. Razón: Alerta por lluvias."],
    );
    let late = office.call("get_agenda", json!({ "session_id": "ses-1" }));
    assert!(
        late["items"].as_array().unwrap().iter().all(|i| i["item"]["late"] == false),
        "in time: all is of the notice"
    );
}

#[test]
fn an_extraordinary_agenda_closes_with_its_notice() {
    let office = Office::at("2025-11-10T08:00");
    office.session("ses-x", "extraordinary", "2025-11-20");
    office.call("convene_session", json!({ "id": "ses-x" }));
    let failure = office.refused(
        "add_agenda_item",
        json!({ "session_id": "ses-x", "title": "Otro asunto", "kind": "report", "late_reason": "Urgente." }),
    );
    assert_eq!(
        (failure.code, &failure.details["rule"]),
        (Code::RuleForbids, &json!("extraordinary_agenda_closed"))
    );
    assert!(failure.message.es.contains("Acuerdo 001 de 2025, art. 7"), "{failure}");
    let agenda = office.call("get_agenda", json!({ "session_id": "ses-x" }));
    assert_eq!((&agenda["can_add"], &agenda["adding_is_late"]), (&json!(false), &json!(true)));
}

#[test]
fn what_is_missing_stops_the_notice() {
    let office = Office::at("2025-03-03T08:00");
    office.call(
        "create_session",
        json!({ "id": "ses-1", "body_id": BODY, "kind": "ordinary", "date": "2025-03-27" }),
    );
    let failure = office.refused("convene_session", json!({ "id": "ses-1" }));
    assert!(failure.message.es.contains("la hora y el lugar"), "{failure}");
    office.call("edit_session", json!({ "id": "ses-1", "planned_start": "08:00:00", "place": "Sala 3" }));
    let failure = office.refused("convene_session", json!({ "id": "ses-1" }));
    assert!(failure.code == Code::WrongState && failure.message.es.contains("vacío"), "{failure}");
    let steps = office.call("get_session", json!({ "session_id": "ses-1" }))["steps"].clone();
    let done: Vec<(&str, bool)> = steps
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["code"].as_str().unwrap(), s["done"].as_bool().unwrap()))
        .collect();
    assert_eq!(
        done,
        [
            ("when", true),
            ("agenda", false),
            ("previous_minutes", true),
            ("proposals", true),
            ("notice", false),
            ("answers", false)
        ]
    );
    assert_eq!(office.refused("notice_mail", json!({ "session_id": "ses-1" })).code, Code::WrongState);
}

#[test]
fn the_notice_leaves_as_messages_and_an_invitation() {
    let office = Office::at("2025-03-17T08:00");
    office.session("ses-1", "ordinary", "2025-03-27");
    office.call("convene_session", json!({ "id": "ses-1" }));
    let mail = office.call("notice_mail", json!({ "session_id": "ses-1" }));
    assert_eq!(
        mail,
        office.call("notice_mail", json!({ "session_id": "ses-1" })),
        "the same bytes each time"
    );
    assert_eq!(mail["messages"].as_array().unwrap().len(), 1);
    assert_eq!(mail["unreachable"], json!([]));
    let recipients = mail["messages"][0]["recipients"].as_array().unwrap();
    for address in ["ana.iniguez@demo.invalid", "nestor.bustacara@demo.invalid"] {
        assert!(recipients.iter().any(|r| r == address), "{address}: holders and liaisons");
    }
    let bytes = bytes_of(&mail["messages"][0]["file"]);
    assert!(bytes.windows(11).any(|w| w == b"X-Unsent: 1"));
    let read = office.call("read_mail", json!({ "file": mail["messages"][0]["file"] }));
    assert_eq!(read["subject"], mail["subject"]);
    assert!(read["text"].as_str().unwrap().contains("Proposiciones y varios"), "{read}");
    assert_eq!(read["attachments"][0]["media_type"], "text/calendar");
    let ics = String::from_utf8(bytes_of(&mail["invitation"])).unwrap();
    for line in [
        "PRODID:-//Actario//Secretaria tecnica//ES",
        "UID:ses-1@actario.invalid",
        "SEQUENCE:0",
        "DTSTART:20250327T130000Z",
        "DTEND:20250327T160000Z",
        "DTSTAMP:20250317T130",
        "STATUS:CONFIRMED",
    ] {
        assert!(ics.contains(line), "{line} in {ics}");
    }
    let each = office.call("notice_mail", json!({ "session_id": "ses-1", "each": true }));
    assert_eq!(each["messages"].as_array().unwrap().len(), 16);

    // Proof of sending comes back as an annex.
    let proof = office.undone_and_redone(
        "add_annex",
        json!({ "owner": "session", "owner_id": "ses-1", "kind": "proof_of_sending", "file": mail["messages"][0]["file"] }),
    );
    assert_eq!((&proof["media_type"], &proof["number"]), (&json!("message/rfc822"), &json!(1)));
    office.call("postpone_session", json!({ "id": "ses-1", "to": "2025-04-10", "reason": "Lluvias." }));
    office.call("convene_session", json!({ "id": "ses-1" }));
    let again = office.call("notice_mail", json!({ "session_id": "ses-1" }));
    assert!(again["subject"].as_str().unwrap().starts_with("Nueva convocatoria"), "{again}");
    let ics = String::from_utf8(bytes_of(&again["invitation"])).unwrap();
    assert!(ics.contains("UID:ses-1@actario.invalid") && ics.contains("SEQUENCE:1"), "{ics}");
}

#[test]
fn expected_quorum_on_the_eve() {
    let office = Office::at("2025-03-17T08:00");
    office.session("ses-1", "ordinary", "2025-03-27");
    office.session("ses-2", "ordinary", "2025-06-26");
    office.call("convene_session", json!({ "id": "ses-1" }));
    let eve = || office.call("expected_quorum", json!({ "session_id": "ses-1" }));
    let seat = |id: &str| -> Value {
        let eve = eve();
        eve["seats"].as_array().unwrap().iter().find(|s| s["seat_id"] == id).unwrap().clone()
    };
    let first = eve();
    assert_eq!(
        (&first["sure"], &first["possible"], &first["need"], &first["base"]),
        (&json!(0), &json!(16), &json!(9), &json!(16))
    );
    assert_eq!(first["calls"].as_array().unwrap().len(), 16);
    assert_eq!(first["calls"][0]["seat_id"], "com-consejeria", "the chair first");
    let seats: Vec<String> = first["seats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["seat_id"].as_str().unwrap().to_owned())
        .collect();
    let set = |seat: &str, answer: Value| {
        let mut request = json!({ "session_id": "ses-1", "seat_id": seat });
        request.as_object_mut().unwrap().extend(answer.as_object().unwrap().clone());
        office.undone_and_redone("set_confirmation", request)
    };
    for seat in seats.iter().filter(|s| *s != "com-gestion-publica" && *s != "com-salud").take(8) {
        set(seat, json!({ "answer": "will_attend", "channel": "telephone" }));
    }
    let eight = eve();
    assert_eq!((&eight["sure"], &eight["somebody_presides"]), (&json!(8), &json!(true)));
    assert!(eight["text"]["es"].as_str().unwrap().contains("falta 1"), "{}", eight["text"]);
    assert!(
        eight["decision"]["met"] == false
            && eight["text"]["es"].as_str().unwrap().contains("Acuerdo 001 de 2024")
    );

    // A delegate counts with an act in force that day for that session, and not otherwise.
    let failure = office.refused(
        "set_confirmation",
        json!({ "session_id": "ses-1", "seat_id": "com-salud", "answer": "excused", "in_writing": true }),
    );
    assert_eq!(failure.details["field"], "text");
    set("com-gestion-publica", json!({ "answer": "will_delegate" }));
    let line = seat("com-gestion-publica");
    assert_eq!(line["expected"], "maybe");
    assert!(line["why"]["es"].as_str().unwrap().contains("Falta el acto"), "{line}");
    assert_eq!(eve()["calls"][0]["seat_id"], "com-gestion-publica", "the call that gives most");
    let delegation = |id: &str, number: &str, extra: Value| {
        let mut request = json!({ "id": id, "seat_id": "com-gestion-publica", "delegate_id": "per-017",
            "act": { "kind": "resolution", "number": number, "date": "2025-01-20", "name": format!("Resolución {number}") } });
        request.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        office.call("record_delegation", request);
    };
    delegation("del-1", "1 de 2025", json!({ "valid_to": "2025-02-28" }));
    delegation("del-2", "2 de 2025", json!({ "session_ids": ["ses-2"] }));
    delegation("del-3", "3 de 2025", json!({ "scope": "voice" }));
    delegation("del-4", "4 de 2025", json!({}));
    for (act, expected, why) in [
        ("del-1", "no", "vence antes"),
        ("del-2", "no", "otra sesión"),
        ("del-3", "no", "voz y no voto"),
        ("del-4", "yes", "Delegación vigente: Resolución 4 de 2025"),
    ] {
        set(
            "com-gestion-publica",
            json!({ "answer": "will_delegate", "delegation_id": act, "in_writing": true }),
        );
        let line = seat("com-gestion-publica");
        assert_eq!(line["expected"], expected, "{act}");
        assert!(line["why"]["es"].as_str().unwrap().contains(why), "{act}: {}", line["why"]);
    }
    let nine = eve();
    assert_eq!((&nine["sure"], &nine["decision"]["met"]), (&json!(9), &json!(true)));
    assert!(nine["text"]["es"].as_str().unwrap().starts_with("Habrá quórum: 9"), "{}", nine["text"]);
    let wrong = office.refused("set_confirmation", json!({ "session_id": "ses-1", "seat_id": "com-salud", "answer": "will_delegate", "delegation_id": "del-4" }));
    assert_eq!(wrong.details["field"], "delegation_id");
    set("com-salud", json!({ "answer": "excused", "text": "Comisión de servicios.", "in_writing": true }));
    assert_eq!(seat("com-salud")["expected"], "no");
    office.undone_and_redone("clear_confirmation", json!({ "session_id": "ses-1", "seat_id": "com-salud" }));
    assert_eq!(
        office.refused("clear_confirmation", json!({ "session_id": "ses-1", "seat_id": "com-salud" })).code,
        Code::NotFound
    );
}

#[test]
fn annexes_are_numbered_renumbered_and_never_published_by_mistake() {
    let office = Office::at("2025-03-17T08:00");
    office.session("ses-1", "ordinary", "2025-03-27");
    let add = |id: &str, kind: &str| {
        office.undone_and_redone(
            "add_annex",
            json!({ "id": id, "owner": "session", "owner_id": "ses-1", "kind": kind, "title": id, "file": carried(&format!("{id}.pdf"), PDF) }),
        )
    };
    for (id, kind) in [("a", "document"), ("b", "attendance_list"), ("c", "presentation")] {
        add(id, kind);
    }
    let order = || -> Vec<String> {
        let list = office.call("list_annexes", json!({ "owner": "session", "owner_id": "ses-1" }));
        list.as_array()
            .unwrap()
            .iter()
            .map(|a| format!("{} {}", a["annex"]["number"], a["annex"]["id"].as_str().unwrap()))
            .collect()
    };
    office.undone_and_redone(
        "edit_annex",
        json!({ "id": "c", "number": 1, "title": "Presentación", "public": true }),
    );
    assert_eq!(order(), ["1 c", "2 a", "3 b"]);
    assert_eq!(office.refused("edit_annex", json!({ "id": "b", "public": true })).code, Code::RuleForbids);
    assert_eq!(office.refused("edit_annex", json!({ "id": "b", "number": 9 })).details["field"], "number");
    office.undone_and_redone("remove_annex", json!({ "id": "a" }));
    assert_eq!(order(), ["1 c", "2 b"]);
    let file = office.call("download_annex", json!({ "id": "c" }));
    assert_eq!((bytes_of(&file).as_slice(), &file["name"]), (PDF, &json!("c.pdf")));
    for (file, owner) in [
        (carried("virus.pdf", b"MZ\x90\0\x03"), "ses-1"),
        (carried("foto.png", PDF), "ses-1"),
        (carried("x.pdf", b""), "ses-1"),
        (carried("", PDF), "ses-1"),
        (carried("x.pdf", PDF), "nada"),
        (json!({ "name": "x.pdf", "base64": "***" }), "ses-1"),
    ] {
        office.refused(
            "add_annex",
            json!({ "owner": "session", "owner_id": owner, "kind": "document", "file": file }),
        );
    }
    // A path in the name is only a name.
    let kept = office.call("add_annex", json!({ "owner": "session", "owner_id": "ses-1", "kind": "document", "file": carried("../../etc/x.pdf", PDF) }));
    assert_eq!(kept["file"], "x.pdf");
    // A session with annexes is not deleted unseen.
    assert_eq!(office.refused("delete_session", json!({ "id": "ses-1" })).code, Code::WrongState);
}

/// Every screen of preparation reads the demonstration's year, and the record suggests the next agenda.
#[test]
fn the_demo_year_suggests_its_next_agenda() {
    let folder = tempfile::tempdir().unwrap();
    let drawn = std::cell::Cell::new(0);
    let context = || {
        drawn.set(drawn.get() + 1);
        let actor = secretariat::Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
        secretariat::Context::new(
            crate::office::instant("2026-01-13T08:00"),
            actor,
            [drawn.get(); 32],
            secretariat::Language::Es,
        )
    };
    let (archive, _) =
        secretariat::load::create_demo(&folder.path().join("demo.actario"), &context(), "equipo").unwrap();
    let call = |name: &str, request: Value| {
        secretariat::api::dispatch(&archive, &context(), name, request.clone())
            .unwrap_or_else(|failure| panic!("{name} {request}: {failure}"))["value"]
            .clone()
    };
    let sessions = call("list_sessions", json!({}));
    assert_eq!(sessions["total"], sessions["sessions"].as_array().unwrap().len());
    for session in sessions["sessions"].as_array().unwrap() {
        let id = &session["id"];
        for name in ["get_session", "get_agenda", "check_notice", "expected_quorum", "suggest_agenda"] {
            call(name, json!({ "session_id": id }));
        }
        call("list_annexes", json!({ "owner": "session", "owner_id": id }));
    }
    // Notices as the data gives them: days needed, last valid day, in time or not.
    for session in data("demo/sessions.json")["sessions"].as_array().unwrap() {
        let check = call("check_notice", json!({ "session_id": session["id"] }));
        let given = &session["convocation"];
        assert_eq!(check["verdict"]["need"], given["required_business_days"], "{}", session["id"]);
        assert_eq!(check["verdict"]["latest_date"], given["latest_valid_date"], "{}", session["id"]);
    }
    let proposals = call("list_proposals", json!({ "body_id": BODY }));
    assert_eq!(proposals["total"], data("demo/proposals.json")["proposals"].as_array().unwrap().len());
    for line in proposals["proposals"].as_array().unwrap() {
        let detail = call("get_proposal", json!({ "id": line["id"] }));
        assert_eq!(detail["completeness"]["missing"], json!([]), "{}", line["code"]);
        assert!(detail["names"].as_object().unwrap().len() > 10, "{}", line["code"]);
    }
    let year = call("get_session_year", json!({ "body_id": BODY, "year": 2025 }));
    assert_eq!((&year["held"], &year["minimum"]), (&json!(3), &json!(4)));

    call(
        "create_session",
        json!({ "id": "ses-n", "body_id": BODY, "kind": "ordinary", "date": "2026-03-26" }),
    );
    let suggested = call("suggest_agenda", json!({ "session_id": "ses-n" }));
    let of_kind = |kind: &str| suggested.as_array().unwrap().iter().filter(|s| s["kind"] == kind).count();
    assert_eq!((of_kind("opening"), of_kind("procedure"), of_kind("other_business")), (1, 1, 1));
    assert_eq!(of_kind("follow_up"), 1, "there are open commitments: {suggested}");
    let waiting = call("list_proposals", json!({ "body_id": BODY, "status": ["postponed", "under_review"] }));
    let on_it: Vec<&Value> =
        suggested.as_array().unwrap().iter().flat_map(|s| s["proposal_ids"].as_array().unwrap()).collect();
    for proposal in waiting["proposals"].as_array().unwrap() {
        assert_eq!(on_it.iter().filter(|id| ***id == proposal["id"]).count(), 1, "{}", proposal["code"]);
    }
    let built = call("build_agenda", json!({ "session_id": "ses-n" }));
    assert_eq!(built.as_array().unwrap().len(), suggested.as_array().unwrap().len());
}

#[test]
fn a_new_archive_can_hold_a_complete_proposal() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk::new("equipo");
    let calls = std::cell::Cell::new(0_u8);
    let context = || {
        calls.set(calls.get() + 1);
        let now = chrono::DateTime::from_timestamp(1_772_456_400 + i64::from(calls.get()), 0).unwrap();
        let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
        Context::new(now, actor, [calls.get(); 32], Language::Es)
    };
    let call = |name: &str, request: Value| match desk.call(&context(), name, request) {
        Ok(reply) => reply["value"].clone(),
        Err(failure) => panic!("{name}: {failure:?}"),
    };
    let made = call("create_archive", json!({ "path": folder.path().join("nuevo.actario") }));
    assert_eq!(made["loaded"]["counts"]["entity"], json!(62));
    assert_eq!(made["loaded"]["findings"], json!([]));
    assert_eq!(call("list_bodies", json!({})), json!([]));

    // Every list that a proposal chooses from is there, and says where it comes from.
    let catalogs = call("list_catalogs", json!({}));
    for name in [
        "activity",
        "criterion",
        "development_plan_objective",
        "instrument_kind",
        "line",
        "modality",
        "network",
        "population",
        "principle",
        "proposal_role",
        "sdg",
    ] {
        let items = catalogs["items"][name].as_array().unwrap_or_else(|| panic!("no {name}"));
        assert!(
            !items.is_empty() && items.iter().all(|i| i["data"]["source"].is_string()),
            "{name}: {items:?}"
        );
    }
    assert!(catalogs["entities"].as_array().unwrap().iter().all(|e| e["source"].is_string()));

    assert_eq!(call("list_journal", json!({}))[0]["op"], "load_catalogs", "they came in one act");

    call("put_body", json!({ "id": "com", "name": "Comisión", "kind": "intersectoral_commission" }));
    call("put_person", json!({ "id": "ana", "full_name": "Ana Ñungo", "level": "professional" }));
    for id in ["al-emb-suecia", "al-biometano", "al-uaa"] {
        call("put_partner", json!({ "id": id, "name": id, "category_id": "cat-nacional" }));
    }
    let demo = data("demo/proposals.json")["proposals"][0].clone();
    let mut profile = profile_of(&demo);
    profile["evaluation"]["evaluator_id"] = json!("ana");
    call(
        "create_proposal",
        json!({ "id": "pro", "body_id": "com", "title": demo["title"], "contact_person_id": "ana",
            "proponent_entity_id": demo["proponent_entity_id"], "profile": profile }),
    );
    let held = call("get_proposal", json!({ "id": "pro" }));
    assert_eq!(
        (&held["completeness"]["complete"], &held["completeness"]["missing"]),
        (&json!(true), &json!([]))
    );
    call("file_proposal", json!({ "id": "pro" }));

    // What may be in use already is not taken away.
    let failure = desk.call(&context(), "undo", json!({ "entry": 2 })).unwrap_err();
    assert_eq!(failure.code, Code::NotUndoable);
    assert!(failure.message.contains("Corrija cada registro"), "{}", failure.message);
    assert_eq!(call("verify_archive", json!({}))["problems"], json!([]));
    call("close_archive", json!({}));
}

/// A session is spoken of by its body's initials, year and number, never by an id; and its rules are those of its day.
#[test]
fn a_session_says_its_reference_and_its_rules() {
    let office = Office::at("2026-01-20T08:00");
    office.call("put_body", json!({ "id": "b-2", "name": "Comité de Seguimiento", "kind": "other" }));
    let told = |body: &str, date: &str| {
        let request = json!({ "body_id": body, "kind": "ordinary", "date": date });
        let made = office.call("create_session", request)["id"].clone();
        let shown = office.call("get_session", json!({ "session_id": made }));
        let of = |field: &str, language: &str| shown[field][language].as_str().unwrap().to_owned();
        (shown["reference"].as_str().unwrap().to_owned(), of("rules", "es"), of("rules", "en"))
    };
    let none = ("sin reglas en vigor ese día".to_owned(), "no rules in force on that day".to_owned());
    let (reference, es, en) = told("b-2", "2026-02-26");
    assert_eq!((reference.as_str(), (es, en)), ("CS-2026-01", none));
    let (reference, es, _) = told(BODY, "2026-02-26");
    assert_eq!((reference.as_str(), es.as_str()), ("CII-2026-01", "Acuerdo 001 de 2025"));
    assert_eq!(told(BODY, "2026-03-26").0, "CII-2026-02");
    // Rules without a registered act are in force all the same.
    office.call("create_rule_set", json!({ "body_id": "b-2", "effective_from": "2026-03-01" }));
    let (_, es, en) = told("b-2", "2026-03-26");
    assert!(es.contains("1 de marzo de 2026") || es.contains("sin registrar"), "{es}");
    assert!(es != en && !en.is_empty(), "{en}");
}
