//! Every act that can be undone, on the demonstration's archive: done, undone, done again. What an undo leaves is what
//! was there, row by row and column by column. An act that is declared and not made here fails the story.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use secretariat::api::{self, CALLS, Undo};
use secretariat::{Actor, Context, Language, Secretariat, load};
use serde_json::{Value, json};

fn context(minute: u32) -> Context {
    let morning: chrono::DateTime<chrono::Utc> = "2026-02-02T13:00:00Z".parse().unwrap();
    let mut entropy = [9; 32];
    entropy[..4].copy_from_slice(&minute.to_be_bytes());
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new(morning + TimeDelta::minutes(i64::from(minute)), actor, entropy, Language::Es)
}

/// Every table of the archive but the journal, the kept bytes and images, and the index of the search, which an undo
/// leaves; table → id → row.
type Tables = BTreeMap<String, BTreeMap<String, Vec<Sql>>>;

fn tables(conn: &Connection) -> Tables {
    let mut names = conn
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%'
             AND name NOT IN ('journal', 'journal_row', 'blob', 'blob_chunk', 'private_image')",
        )
        .unwrap();
    let names: Vec<String> = names.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let mut tables = Tables::new();
    for name in names {
        let mut rows = conn.prepare(&format!("SELECT id, * FROM {name}")).unwrap();
        let width = rows.column_count();
        let rows = rows
            .query_map([], |r| Ok((r.get(0)?, (1..width).map(|i| r.get(i)).collect::<Result<_, _>>()?)))
            .unwrap();
        tables.insert(name, rows.map(Result::unwrap).collect());
    }
    tables
}

/// The rows in which two states differ, to be shown.
fn differences(one: &Tables, other: &Tables) -> Vec<String> {
    let mut all = Vec::new();
    for (table, rows) in one {
        let others = &other[table];
        let ids: BTreeSet<&String> = rows.keys().chain(others.keys()).collect();
        for id in ids.into_iter().filter(|id| rows.get(*id) != others.get(*id)) {
            all.push(format!("{table}/{id}:\n  {:?}\n  {:?}", rows.get(id), others.get(id)));
        }
    }
    all
}

/// The records that a reply says it changed, kept files left out.
fn records(reply: &Value) -> BTreeSet<String> {
    let changed = reply["changed"].as_array().unwrap().iter();
    changed.filter(|c| c["concept"] != "blob").map(Value::to_string).collect()
}

/// A year of an office in one morning: each act in an order in which it can be done.
#[allow(clippy::too_many_lines)]
fn acts() -> Vec<(&'static str, Value)> {
    let file = json!({ "name": "acto.pdf", "base64": "JVBERi0xLjc=" });
    let act = json!({ "kind": "resolution", "number": "014 de 2026", "date": "2026-01-20" });
    let message = "From: Pilar <p@x.co>\r\nTo: s@x.co\r\nSubject: Excusa\r\nDate: Mon, 2 Feb 2026 08:00:00 -0500\r\n\r\nMe excuso.\r\n";
    let message = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, message);
    let mut acts = vec![
        // ── Catalogs, bodies, seats, people ──
        ("put_sector", json!({ "id": "sec-x", "name": "Sector de prueba" })),
        (
            "put_entity",
            json!({ "id": "ent-x", "name": "Entidad de prueba", "sector_id": "sec-x", "kind": "head" }),
        ),
        ("put_partner", json!({ "id": "al-acnur", "name": "Alto Comisionado" })),
        (
            "set_calendar",
            json!({ "calendar": { "closures": [{ "from": "2026-12-28", "to": "2026-12-31", "reason": "Cierre" }] }, "source": "Circular 8" }),
        ),
        ("put_body", json!({ "id": "body-x", "name": "Comité de prueba", "kind": "other" })),
        (
            "put_template",
            json!({ "body_id": "body-x", "lines": ["Alcaldía Mayor"], "text_size": 12,
            "sections": [{ "kind": "fixed", "title": "Datos personales", "text": "Se tratan según la ley." }] }),
        ),
        (
            "put_function",
            json!({ "id": "f-x", "body_id": "body-x", "scope": "specific", "text": "Coordinar." }),
        ),
        ("retire_function", json!({ "id": "f-x", "on": "2026-03-01" })),
        ("put_seat", json!({ "id": "s-x", "body_id": "body-x", "role": "chair", "title": "Presidencia" })),
        ("put_person", json!({ "id": "per-001", "full_name": "Otro Nombre D'Alessandro-Ñungo" })),
        (
            "import_rows",
            json!({ "import": { "target": "people", "mapping": { "full_name": 0, "position": 1 },
                "file": { "name": "p.csv", "base64": "Tm9tYnJlO0NhcmdvDQpVcnN1bGEgTnVldmE7QXNlc29yYQ0K" } } }),
        ),
        (
            "put_person",
            json!({ "id": "p-x", "full_name": "Ana Íñiguez-Ñungo D'Alessandro", "level": "directive" }),
        ),
        (
            "appoint_holder",
            json!({ "id": "h-x", "seat_id": "s-x", "person_id": "p-x", "kind": "holder", "valid_from": "2026-01-01" }),
        ),
        (
            "edit_holder",
            json!({ "id": "h-x", "person_id": "p-x", "kind": "holder", "valid_from": "2026-01-05", "act": act }),
        ),
        ("close_holder", json!({ "id": "h-x", "valid_to": "2026-01-31" })),
        ("remove_holder", json!({ "id": "h-x" })),
        ("close_seat", json!({ "id": "s-x", "valid_to": "2026-12-31" })),
        ("put_invitee", json!({ "id": "i-x", "body_id": "body-comision", "name": "Cámara de comercio" })),
        ("remove_invitee", json!({ "id": "ging-medios" })),
        (
            "create_rule_set",
            json!({ "id": "rs-x", "body_id": "body-comision", "effective_from": "2027-01-01", "file": file }),
        ),
        (
            "attach_rule_set_file",
            json!({ "id": "rs-x", "file": { "name": "acuerdo.pdf", "base64": "JVBERi0xLjQ=" } }),
        ),
        ("edit_rule_set", json!({ "id": "rs-x", "effective_from": "2027-02-01", "rules": "AS THEY ARE" })),
        ("remove_rule_set", json!({ "id": "rs-x" })),
        // ── Delegations ──
        (
            "record_delegation",
            json!({ "id": "d-x", "seat_id": "com-gobierno", "delegate_id": "per-019", "act": act, "valid_to": "2026-12-31" }),
        ),
        (
            "edit_delegation",
            json!({ "id": "d-x", "seat_id": "com-gobierno", "delegate_id": "per-019", "act": act, "valid_to": "2026-11-30" }),
        ),
        ("attach_delegation_file", json!({ "id": "d-x", "file": file })),
        ("reject_delegation", json!({ "id": "d-x", "reason": "El acto no está firmado." })),
        ("accept_delegation", json!({ "id": "d-x" })),
        ("revoke_delegation", json!({ "id": "del-01", "on": "2025-12-01", "note": "Cambio." })),
        // ── Commitments, work plan ──
        (
            "put_commitment",
            json!({ "id": "cmp-x", "session_id": "ses-2025-04", "text": "Enviar el informe.", "responsible_entity_id": "ent-dpi", "due_on": "2026-03-02" }),
        ),
        (
            "extend_commitment",
            json!({ "id": "cmp-x", "due_on": "2026-04-01", "reason": "Falta un concepto." }),
        ),
        ("report_commitment", json!({ "id": "cmp-x", "text": "Van 3 de 5 entidades." })),
        ("cancel_commitment", json!({ "id": "cmp-x", "reason": "Ya no aplica." })),
        ("reopen_commitment", json!({ "id": "cmp-x", "reason": "Sí aplica." })),
        (
            "close_commitment",
            json!({ "id": "cmp-04-01", "closed_on": "2026-02-02", "evidence": "Enviado.", "file": file }),
        ),
        ("remove_commitment", json!({ "id": "cmp-x" })),
        ("create_work_plan", json!({ "id": "wp-x", "body_id": "body-comision", "year": 2026 })),
        ("edit_work_plan", json!({ "id": "plan-2025", "note": "Revisado." })),
        (
            "put_activity",
            json!({ "id": "a-1", "work_plan_id": "wp-x", "activity": "Sesionar", "due_on": "2026-12-18" }),
        ),
        (
            "put_activity",
            json!({ "id": "a-2", "work_plan_id": "wp-x", "activity": "Publicar", "due_on": "2026-02-20" }),
        ),
        ("order_activities", json!({ "work_plan_id": "wp-x", "activity_ids": ["a-2", "a-1"] })),
        (
            "report_activity",
            json!({ "id": "a-2", "done_on": "2026-02-01", "evidence": "Publicado.", "file": file }),
        ),
        ("remove_activity", json!({ "id": "a-1" })),
        // ── Minutes of the year before ──
        (
            "put_remark",
            json!({ "id": "rem-x", "minutes_id": "min-2025-04", "person_id": "per-004", "text": "Falta una constancia.", "received_on": "2025-12-01" }),
        ),
        ("answer_remark", json!({ "id": "rem-x", "accepted": false, "reason": "La constancia está." })),
        ("adjust_minutes", json!({ "minutes_id": "min-2025-04" })),
        (
            "correct_minutes",
            json!({ "id": "min-x", "minutes_id": "min-2025-01", "reason": "Digitación.", "corrections": [{ "says": "10:20", "reads": "10:21" }] }),
        ),
        (
            "put_withholding",
            json!({ "id": "ret-x", "minutes_id": "min-2025-01", "words": "10:20", "class": "classified", "basis": "Ley 1712 de 2014, art. 18, literal a)",
                "purpose": "Intimidad.", "decided_by": "Gloria Peña" }),
        ),
        (
            "put_withholding",
            json!({ "id": "ret-x", "minutes_id": "min-2025-01", "words": "10:20", "class": "reserved", "basis": "Ley 1712 de 2014, art. 19, literal b)",
                "purpose": "Seguridad pública.", "decided_by": "Gloria Peña", "until": "2035-01-01" }),
        ),
        ("remove_withholding", json!({ "id": "ret-x" })),
        // ── Proposals ──
        (
            "create_proposal",
            json!({ "id": "pro-x", "body_id": "body-comision", "title": "Intercambio de bibliotecas", "proponent_entity_id": "ent-dpi" }),
        ),
        (
            "edit_proposal",
            json!({ "id": "pro-x", "title": "Intercambio de bibliotecas públicas", "profile": { "summary": "Un resumen." } }),
        ),
        ("file_proposal", json!({ "id": "pro-x", "incomplete_reason": "Se completará." })),
        ("review_proposal", json!({ "id": "pro-x" })),
        ("return_proposal", json!({ "id": "pro-x", "reason": "Falta el presupuesto." })),
        ("file_proposal", json!({ "id": "pro-x", "incomplete_reason": "Se completará." })),
        ("review_proposal", json!({ "id": "pro-x" })),
        ("create_proposal", json!({ "id": "pro-y", "body_id": "body-comision", "title": "Otra" })),
        ("delete_proposal", json!({ "id": "pro-y" })),
        ("execute_proposal", json!({ "id": "pro-08", "on": "2026-01-15" })),
        ("close_proposal", json!({ "id": "pro-01", "on": "2026-01-30" })),
        // ── A session and its agenda ──
        (
            "create_session",
            json!({ "id": "ses-x", "body_id": "body-comision", "kind": "ordinary", "mode": "mixed", "date": "2026-02-02", "planned_start": "09:00:00", "place": "Palacio Liévano", "platform": "Teams" }),
        ),
        ("edit_session", json!({ "id": "ses-x", "planned_end": "12:00:00", "note": "Traer el informe." })),
        (
            "create_session",
            json!({ "id": "ses-y", "body_id": "body-comision", "kind": "ordinary", "date": "2026-06-25" }),
        ),
        ("delete_session", json!({ "id": "ses-y" })),
        ("build_agenda", json!({ "session_id": "ses-x", "keys": ["opening"], "ids": ["it-0"] })),
        (
            "add_agenda_item",
            json!({ "id": "it-1", "session_id": "ses-x", "title": "Informes", "kind": "report" }),
        ),
        (
            "add_agenda_item",
            json!({ "id": "it-2", "session_id": "ses-x", "title": "Informe semestral", "kind": "report" }),
        ),
        (
            "add_agenda_item",
            json!({ "id": "it-3", "session_id": "ses-x", "title": "Propuesta", "kind": "proposal" }),
        ),
        (
            "add_agenda_item",
            json!({ "id": "it-4", "session_id": "ses-x", "title": "Varios", "kind": "other_business" }),
        ),
        ("edit_agenda_item", json!({ "id": "it-2", "title": "Informe anual", "planned_minutes": 20 })),
        ("move_agenda_item", json!({ "id": "it-4", "position": 1 })),
        ("indent_agenda_item", json!({ "id": "it-2" })),
        ("outdent_agenda_item", json!({ "id": "it-2" })),
        ("remove_agenda_item", json!({ "id": "it-4" })),
        ("schedule_proposal", json!({ "id": "pro-x", "session_id": "ses-x", "item_id": "it-3" })),
        ("withdraw_proposal", json!({ "id": "pro-12", "reason": "El proponente la retira." })),
        (
            "set_confirmation",
            json!({ "id": "conf-1", "session_id": "ses-x", "seat_id": "com-salud", "answer": "will_attend", "mode": "virtual" }),
        ),
        ("clear_confirmation", json!({ "session_id": "ses-x", "seat_id": "com-salud" })),
        (
            "file_mail",
            json!({ "file": { "name": "excusa.eml", "base64": message }, "as": { "kind": "excuse", "id": "conf-2", "session_id": "ses-x", "seat_id": "com-hacienda" } }),
        ),
        (
            "add_annex",
            json!({ "id": "an-x", "owner": "session", "owner_id": "ses-x", "kind": "report", "title": "Informe", "file": file }),
        ),
        ("edit_annex", json!({ "id": "an-x", "title": "Informe anual", "public": true })),
        ("review_annex", json!({ "id": "an-x", "public": false, "reason": "Datos personales." })),
        ("remove_annex", json!({ "id": "an-x" })),
        (
            "put_guest",
            json!({ "id": "g-x", "session_id": "ses-x", "person_id": "per-044", "reason": "Presenta." }),
        ),
        ("remove_guest", json!({ "guest_id": "g-x" })),
        // ── Two that were not held ──
        (
            "create_session",
            json!({ "id": "ses-z", "body_id": "body-comision", "kind": "ordinary", "date": "2026-09-24", "planned_start": "09:00:00", "place": "Palacio Liévano" }),
        ),
        (
            "postpone_session",
            json!({ "id": "ses-z", "to": "2026-09-30", "reason": "Agenda de la Alcaldía." }),
        ),
        ("cancel_session", json!({ "id": "ses-z", "reason": "Se reúne con la siguiente." })),
        // ── Papers, private contacts ──
        ("issue_notice", json!({ "id": "doc-1", "session_id": "ses-x" })),
        ("issue_attendance_sheet", json!({ "id": "doc-2", "session_id": "ses-x" })),
        ("issue_chair_script", json!({ "id": "doc-3", "session_id": "ses-x" })),
        ("issue_paper", json!({ "id": "doc-4", "paper": { "kind": "paper_kit", "session_id": "ses-x" } })),
        ("set_contact", json!({ "person_id": "p-x", "email": "ana@x.co" })),
        ("erase_contact", json!({ "id": "p-x" })),
        // ── Live ──
        ("convene_session", json!({ "id": "ses-x", "short_notice_reason": "Asunto urgente." })),
        (
            "open_session",
            json!({ "id": "ev-0", "session_id": "ses-x", "seat_id": "com-consejeria", "person_id": "per-001",
                "overrides": [{ "check": "hour", "reason": "Se esperó a la Alcaldía." }] }),
        ),
    ];
    let present = [
        "com-consejeria",
        "com-gestion-publica",
        "com-planeacion",
        "com-desarrollo-economico",
        "com-educacion",
        "com-salud",
        "com-integracion-social",
        "com-cultura",
        "com-ambiente",
        "com-movilidad",
        "com-mujeres",
    ];
    for seat in present {
        acts.push(("record_event", json!({ "id": format!("ev-{seat}"), "session_id": "ses-x", "kind": "roll_answer", "seat_id": seat })));
    }
    acts.extend([
        ("apply_attendance", json!({ "session_id": "ses-x", "rows": [{ "seat_id": "com-seguridad", "person_id": "per-015", "events": [{ "kind": "arrival", "occurred_at": "WHEN IT OPENED" }] }] })),
        ("correct_event", json!({ "event_id": "ev-com-salud", "detail": "Llegó con su asesora.", "reason": "Aclaración." })),
        ("mark_invitee", json!({ "session_id": "ses-x", "invitee_id": "inv-idt", "attended": false })),
        ("record_event", json!({ "session_id": "ses-x", "kind": "item_start", "item_id": "it-3" })),
        ("set_conclusions", json!({ "session_id": "ses-x", "conclusions": "La comisión avanzó." })),
        ("set_narrative", json!({ "item_id": "it-3", "narrative": "Se presenta la propuesta." })),
        ("set_outcome", json!({ "item_id": "it-3", "outcome": "prioritized" })),
        ("set_outcome", json!({ "item_id": "it-3", "outcome": null })),
        ("declare_recusal", json!({ "id": "rec-x", "session_id": "ses-x", "item_id": "it-3", "seat_id": "com-cultura", "ground": "Vínculo con un aliado." })),
        ("file_motion", json!({ "id": "mo-r", "session_id": "ses-x", "item_id": "it-3", "kind": "recusal", "text": "Aceptar el impedimento." })),
        ("open_vote", json!({ "id": "vo-r", "session_id": "ses-x", "motion_id": "mo-r", "method": "ordinary" })),
        ("close_vote", json!({ "vote_id": "vo-r" })),
        ("decide_recusal", json!({ "recusal_id": "rec-x", "outcome": "accepted", "vote_id": "vo-r" })),
        ("attach_recusal_file", json!({ "recusal_id": "rec-x", "file": file })),
        ("name_ad_hoc", json!({ "recusal_id": "rec-x", "person_id": "per-026", "act": "Resolución 8 de 2026" })),
        ("return_from_recusal", json!({ "recusal_id": "rec-x" })),
        ("declare_recusal", json!({ "id": "rec-y", "session_id": "ses-x", "item_id": "it-3", "seat_id": "com-seguridad", "ground": "Interés directo.", "challenged_by": { "name": "Marta Gómez" } })),
        ("answer_challenge", json!({ "recusal_id": "rec-y", "accepts": true })),
        ("file_motion", json!({ "id": "mo-s", "session_id": "ses-x", "item_id": "it-3", "kind": "recusal", "text": "Aceptar la recusación." })),
        ("open_vote", json!({ "id": "vo-s", "session_id": "ses-x", "motion_id": "mo-s", "method": "ordinary" })),
        ("close_vote", json!({ "vote_id": "vo-s" })),
        ("decide_recusal", json!({ "recusal_id": "rec-y", "outcome": "accepted", "vote_id": "vo-s" })),
        ("return_from_recusal", json!({ "recusal_id": "rec-y" })),
        ("file_motion", json!({ "id": "mo-1", "session_id": "ses-x", "item_id": "it-3", "kind": "substantive", "text": "Priorizar.", "mover_person_id": "per-005" })),
        ("edit_motion", json!({ "motion_id": "mo-1", "text": "Priorizar la propuesta." })),
        ("file_motion", json!({ "id": "mo-2", "session_id": "ses-x", "item_id": "it-3", "kind": "procedural", "text": "Aplazar.", "mover_person_id": "per-005" })),
        ("settle_motion", json!({ "motion_id": "mo-2", "status": "withdrawn" })),
        ("file_motion", json!({ "id": "mo-b", "session_id": "ses-x", "item_id": "it-3", "kind": "procedural", "text": "Oír a los invitados.", "block_item_ids": ["it-1"] })),
        ("take_out_of_block", json!({ "motion_id": "mo-b", "item_id": "it-1", "person_id": "per-005" })),
        ("settle_motion", json!({ "motion_id": "mo-b", "status": "withdrawn" })),
        ("open_vote", json!({ "id": "vo-1", "session_id": "ses-x", "motion_id": "mo-1", "method": "show_of_hands" })),
        ("set_count", json!({ "vote_id": "vo-1", "counted": { "for": 8, "against": 1, "abstain": 1 } })),
        ("annul_vote", json!({ "vote_id": "vo-1", "reason": "Se pidió nominal." })),
        ("open_vote", json!({ "id": "vo-c", "session_id": "ses-x", "motion_id": "mo-1", "method": "consensus" })),
        ("record_objection", json!({ "vote_id": "vo-c", "seat_id": "com-salud", "reason": "Falta el presupuesto." })),
        ("annul_vote", json!({ "vote_id": "vo-c", "reason": "Se retiró la pregunta." })),
        ("open_vote", json!({ "id": "vo-2", "session_id": "ses-x", "motion_id": "mo-1", "method": "roll_call" })),
    ]);
    for seat in present.into_iter().filter(|seat| *seat != "com-cultura") {
        acts.push(("cast_ballot", json!({ "vote_id": "vo-2", "seat_id": seat, "value": "for" })));
    }
    acts.extend([
        ("change_ballot", json!({ "vote_id": "vo-2", "seat_id": "com-salud", "value": "against" })),
        ("explain_ballot", json!({ "vote_id": "vo-2", "seat_id": "com-salud", "text": "Falta el presupuesto." })),
        ("close_vote", json!({ "vote_id": "vo-2" })),
        ("put_decision", json!({ "id": "de-1", "item_id": "it-3", "kind": "substantive", "text": "Priorizar la propuesta.", "vote_id": "vo-2", "proposal_id": "pro-x" })),
        ("put_accord", json!({ "decision_id": "de-1", "title": "Por el cual se prioriza una propuesta", "powers": "en ejercicio de sus facultades", "recitals": [], "articles": ["Priorizar la propuesta."] })),
        ("publish_accord", json!({ "decision_id": "de-1", "publication": { "number": "8123", "published_on": "2026-02-02" } })),
        ("remove_accord", json!({ "decision_id": "de-1" })),
        ("put_decision", json!({ "id": "de-2", "item_id": "it-3", "kind": "procedural", "text": "Oír a los invitados." })),
        ("remove_decision", json!({ "decision_id": "de-2" })),
        ("put_statement", json!({ "id": "st-1", "item_id": "it-3", "kind": "statement", "person_id": "per-008", "text": "Dejo constancia." })),
        ("remove_statement", json!({ "statement_id": "st-1" })),
        ("adjourn_session", json!({ "id": "min-y", "session_id": "ses-x" })),
        ("send_draft", json!({ "id": "dra-1", "minutes_id": "min-y", "sent_on": "2026-02-02" })),
    ]);
    acts.extend(in_writing());
    acts
}

/// A written session that was kept on paper, of a body whose rules allow them.
fn in_writing() -> Vec<(&'static str, Value)> {
    let motion = |id: &str| json!({ "id": id, "session_id": "ses-w", "item_id": "it-w", "kind": "substantive", "text": "Aprobar el plan." });
    vec![
        ("put_body", json!({ "id": "body-w", "name": "Comité por escrito", "kind": "other" })),
        ("put_seat", json!({ "id": "s-w", "body_id": "body-w", "role": "chair", "title": "Presidencia" })),
        (
            "appoint_holder",
            json!({ "id": "h-w", "seat_id": "s-w", "person_id": "per-002", "kind": "holder", "valid_from": "2026-01-01" }),
        ),
        (
            "create_rule_set",
            json!({ "id": "rs-w", "body_id": "body-w", "effective_from": "2026-01-01", "rules": "IN WRITING" }),
        ),
        (
            "create_session",
            json!({ "id": "ses-w", "body_id": "body-w", "kind": "ordinary", "mode": "written", "date": "2026-01-20",
                "replies": { "opens_at": "2026-01-20T13:00:00Z", "closes_at": "2026-01-20T22:00:00Z" },
                "entered_afterwards": true, "entered_note": "Cuaderno." }),
        ),
        (
            "add_agenda_item",
            json!({ "id": "it-w", "session_id": "ses-w", "title": "Plan", "kind": "report_decision" }),
        ),
        ("file_motion", motion("mo-w")),
        ("file_motion", motion("mo-w2")),
        ("remove_motion", json!({ "motion_id": "mo-w2" })),
        (
            "open_session",
            json!({ "id": "ev-w", "session_id": "ses-w", "seat_id": "s-w", "person_id": "per-002" }),
        ),
        (
            "record_reply",
            json!({ "id": "rep-w", "session_id": "ses-w", "seat_id": "s-w", "received_at": "2026-01-20T14:00:00Z",
                "means": "institutional_email", "answers": [{ "motion_id": "mo-w", "value": "against" }],
                "file": { "name": "respuesta.pdf", "base64": "JVBERi0xLjc=" } }),
        ),
        (
            "correct_reply",
            json!({ "reply_id": "rep-w", "answers": [{ "motion_id": "mo-w", "value": "for" }], "reason": "Leída mal." }),
        ),
        (
            "close_replies",
            json!({ "ids": ["vo-w"], "session_id": "ses-w", "occurred_at": "2026-01-20T22:05:00Z" }),
        ),
    ]
}

#[test]
fn every_act_that_can_be_undone_is_undone_exactly_and_redone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    let (archive, _) = load::create_demo(&path, &context(0), "equipo").unwrap();
    let seen = Connection::open(&path).unwrap();
    let mut minute = 0;
    let mut call = |archive: &Secretariat, name: &str, request: &Value| {
        minute += 1;
        api::dispatch(archive, &context(minute), name, request.clone())
            .unwrap_or_else(|f| panic!("{name} {request}: {f} {}", f.details))
    };
    let mut done = BTreeSet::new();
    let mut made: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, mut request) in acts() {
        if request["rules"] == "AS THEY ARE" {
            let seen = call(&archive, "get_rule_set", &json!({ "id": request["id"] }));
            request["rules"] = seen["value"]["rules"].clone();
            request["rules"]["quorum"]["decision"]["source"] = json!("Acuerdo 7 de 2026, art. 3");
        }
        if request["rules"] == "IN WRITING" {
            let begun = call(&archive, "begin_rule_set", &json!({ "body_id": request["body_id"] }));
            request["rules"] = begun["value"]["rules"].clone();
            request["rules"]["adopted_by"] = json!({ "name": "Acuerdo 1 de 2026", "registered": true });
            request["rules"]["sessions"]["written"] = json!({ "allowed": true, "article": "4" });
        }
        if name == "apply_attendance" {
            let opened =
                "SELECT occurred_at FROM event WHERE session_id = 'ses-x' AND kind = 'call_to_order'";
            let opened: String = seen.query_row(opened, [], |row| row.get(0)).unwrap();
            request["rows"][0]["events"][0]["occurred_at"] = json!(opened);
        }
        let declared = CALLS.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("{name}?"));
        let before = tables(&seen);
        let reply = call(&archive, name, &request);
        let after = tables(&seen);
        assert!(!differences(&before, &after).is_empty(), "{name} {request} changed nothing");
        let new = after.iter().filter(|(table, rows)| rows.keys().any(|id| !before[*table].contains_key(id)));
        made.entry(name).or_default().extend(new.map(|(table, _)| table.clone()));
        assert_ne!(reply["changed"], json!([]), "{name} says what it changed");
        if declared.undo != Undo::Yes {
            continue;
        }
        done.insert(name);
        let undone = call(&archive, "undo", &json!({}));
        assert_eq!(records(&undone), records(&reply), "undo of {name} says what came back");
        let back = differences(&before, &tables(&seen));
        assert!(back.is_empty(), "undo of {name} {request}:\n{}", back.join("\n"));
        call(&archive, "redo", &json!({}));
        let again = differences(&after, &tables(&seen));
        assert!(again.is_empty(), "redo of {name} {request}:\n{}", again.join("\n"));
    }
    let report = call(&archive, "verify_archive", &json!({}));
    assert_eq!(report["value"]["problems"], json!([]));
    let declared: BTreeSet<&str> =
        CALLS.iter().filter(|c| c.writes && c.undo == Undo::Yes).map(|c| c.name).collect();
    assert_eq!(
        declared.difference(&done).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "acts without a case here"
    );
    what_is_made_takes_an_id(&made);
    for (table, id) in [
        ("agenda_item", "it-0"),
        ("confirmation", "conf-2"),
        ("document", "doc-3"),
        ("event", "ev-0"),
        ("minutes", "min-y"),
        ("minutes_draft", "dra-1"),
    ] {
        assert!(tables(&seen)[table].contains_key(id), "{table}/{id} has the id that was given");
    }
}

/// Records that an act leaves beside what it makes, and that nothing names by an id: an event tells the act, a frame has
/// its session's id, a contact its person's and a template its body's, versions are known by their number, and a silent seat's ballot by its seat.
const BESIDE: [&str; 8] = [
    "person_contact",
    "event",
    "session_frame",
    "agenda_version",
    "proposal_version",
    "ballot",
    "setting",
    "template",
];

/// Scripts need no variables: whoever makes something may say its id. Looked for in the schema of the calls, among what
/// each act was seen to make.
fn what_is_made_takes_an_id(made: &BTreeMap<&str, BTreeSet<String>>) {
    // Acts of which no case is made here, and whether they make something.
    let unseen = [
        ("adopt_minutes", true),
        ("cast_casting_vote", false),
        ("issue_public_version", true),
        ("publish_minutes", false),
        ("file_signed_minutes", true),
        ("sign_electronically", true),
        ("record_secret_vote", false),
        ("renotify_session", false),
        ("sign_minutes", false),
    ];
    let all: BTreeSet<&str> = made.keys().copied().chain(unseen.map(|(name, _)| name)).collect();
    let declared: BTreeSet<&str> = CALLS.iter().filter(|c| c.writes).map(|c| c.name).collect();
    assert_eq!(all, declared, "acts without a case here");
    let making = made
        .iter()
        .filter(|(name, tables)| {
            ["record_event", "open_session", "cast_ballot"].contains(*name)
                || tables.iter().any(|table| !BESIDE.contains(&table.as_str()))
        })
        .map(|(name, _)| *name)
        // The rows of a sheet say no ids: each is known by its name.
        .filter(|name| *name != "import_rows")
        .chain(unseen.into_iter().filter(|(_, makes)| *makes).map(|(name, _)| name));
    let schema = api::schema();
    let making: Vec<&str> = making.collect();
    assert!(making.len() > 35, "{making:?}");
    for name in making {
        let request = resolved(&schema, &schema["calls"][name]["request"]);
        // One paper becomes one of several things: each says its own.
        let ways = resolved(&schema, &request["properties"]["as"]);
        let ways = ways["oneOf"].as_array().cloned().unwrap_or_else(|| vec![request.clone()]);
        for way in ways {
            let names: Vec<&String> = way["properties"].as_object().unwrap().keys().collect();
            let takes = ["id", "ids", "annex_ids"].iter().any(|id| names.iter().any(|name| name == id))
                || request["properties"].get("annex_ids").is_some() && names.iter().any(|n| *n == "owner")
                || resolved(&schema, &way["properties"]["delegation"])["properties"].get("id").is_some();
            assert!(takes, "{name} makes {:?} and takes no id: {names:?}", made.get(name));
        }
    }
}

fn resolved(schema: &Value, part: &Value) -> Value {
    match part["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
        Some(name) => schema["$defs"][name].clone(),
        None => part.clone(),
    }
}
