//! What the minutes say of a session is what was recorded of it, and no more: each story plays something that a citizen
//! could check against the paper. On the commission of the demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use serde_json::{Value, json};

use crate::afterwards::time;
use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::BODY;

impl Run {
    /// Strikes a fact, going on where a vote comes out otherwise.
    fn strike(&self, event: &Value, why: &str) {
        let request = json!({ "event_id": event["id"], "strike": why, "accept_changed_votes": true });
        self.office.call("correct_event", request);
    }

    pub fn occurred(&self, kind: &str, seat: &str) -> Value {
        let view = self.view();
        let events = view["events"].as_array().unwrap();
        let found =
            events.iter().find(|e| e["kind"] == kind && e["seat_id"] == seat && e["struck"].is_null());
        found.unwrap().clone()
    }

    /// A convened session of its own body, not opened.
    pub fn another(kind: &str, mode: &str) -> Self {
        let run = Self::convened();
        let office = &run.office;
        office.go_to("2025-03-27T07:00");
        office.call(
            "create_session",
            json!({ "id": "ses-9", "body_id": BODY, "kind": kind, "mode": mode, "date": "2025-04-10",
                "planned_start": "08:00:00", "planned_end": "11:00:00", "place": "Sala de juntas",
                "platform": if mode == "in_person" { Value::Null } else { json!("Teams") },
                "secretary_person_id": "per-032" }),
        );
        office.call("build_agenda", json!({ "session_id": "ses-9" }));
        office.call("convene_session", json!({ "id": "ses-9" }));
        office.go_to("2025-04-10T08:00");
        Self { office: run.office, session: "ses-9".to_owned() }
    }

    pub fn begin_at(&self, clock: &str) {
        self.office.go_to(&format!("2025-04-10T{clock}"));
    }
}

/// Who opens it, with more.
pub fn call_to_order(more: Value) -> Value {
    let mut request = json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 });
    for (name, value) in more.as_object().unwrap() {
        request[name] = value.clone();
    }
    request
}

#[test]
fn an_approval_of_earlier_minutes_that_falls_is_asked_about_and_told() {
    let (run, id) = Run::sent();
    let next = run.office.session("ses-2", "ordinary", "2025-06-26");
    run.office.go_to("2025-06-17T09:00");
    run.office.call("convene_session", json!({ "id": next }));
    let second = Run { office: Run::take(&run), session: next };
    let first = |call: &str| second.office.call(call, json!({ "session_id": "ses-1" }));
    second.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..8]) {
        second.event("roll_answer", json!({ "seat_id": seat }));
    }
    second.begin(&second.item("previous_minutes", 0));
    second.approve("v-acta", "procedural", "Aprobar el acta n.º 1 de 2025");
    second.call("adjourn_session", json!({}));
    second.office.call("adopt_minutes", json!({ "minutes_id": id, "approved_in_session_id": "ses-2" }));
    assert_eq!(first("get_minutes_view")["approval_fallen"], Value::Null);
    // Nobody said another day: above the signatures stands that of the approval.
    crate::live::prints(&first("preview_minutes"), &["en Bogotá, D. C., el 26 de junio de 2025."]);
    // One of the nine was not there: the vote had no quorum, and the minutes it approved would lose their approval.
    let answer = second.occurred("roll_answer", MEMBERS[7].0);
    let strike = json!({ "event_id": answer["id"], "strike": "Firmó sin asistir." });
    let asked = second.office.refused("correct_event", strike);
    assert_eq!(
        (asked.code, &asked.details["confirm"]),
        (Code::NeedsConfirmation, &json!("accept_changed_votes"))
    );
    assert!(asked.message.es.contains("El acta 1 de 2025 fue aprobada con esta votación"), "{asked}");
    assert!(asked.message.en.contains("Minutes 1 of 2025 were approved by this vote"), "{asked}");
    assert_eq!(asked.details["changed_votes"][0]["minutes"][0]["minutes_id"], json!(id));
    second.strike(&answer, "Firmó sin asistir.");
    let view = first("get_minutes_view");
    let said = view["approval_fallen"]["es"].as_str().unwrap();
    assert!(
        said.contains("se contó de nuevo el 26 de junio de 2025") && said.contains("ya no la aprueba"),
        "{said}"
    );
    let check =
        view["preflight"].as_array().unwrap().iter().find(|c| c["check"] == "approval:v-acta").unwrap();
    assert_eq!((&check["ok"], &check["place"]["id"]), (&json!(false), &json!("ses-2")));
    assert_eq!(view["minutes"]["status"], "approved", "what was adopted never changes");
}

#[test]
fn a_vote_counted_again_more_than_once_is_told_once_with_every_reason() {
    let run = Run::opened(12);
    run.begin(&run.item("proposal", 0));
    run.approve("v-1", "substantive", "Aprobar la propuesta");
    run.at("09:00");
    for (seat, why) in [(MEMBERS[9].0, "Firmó sin asistir."), (MEMBERS[10].0, "Era otra persona.")] {
        run.strike(&run.occurred("roll_answer", seat), why);
    }
    run.prints(&[
        "Contada de nuevo el 27 de marzo de 2025 por correcciones: firmó sin asistir; era otra persona. Antes: aprobada, con 13 votos a favor, 0 en contra, 0 abstenciones y 13 presentes. Ahora: aprobada, con 11 votos a favor, 0 en contra, 0 abstenciones y 11 presentes.",
    ]);
    run.never_prints("y 12 presentes");
}

#[test]
fn the_reasons_of_pauses_and_of_the_close_are_printed() {
    let run = Run::opened(10);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.at("08:20");
    run.event("recess_start", json!({ "detail": "Falla del sonido." }));
    run.at("08:30");
    run.event("recess_end", json!({}));
    run.office.call(
        "put_statement",
        json!({ "item_id": item, "kind": "statement", "person_id": CHAIR.1, "text": "No recibí el anexo." }),
    );
    run.at("09:00");
    run.call("adjourn_session", json!({ "detail": "por falta de tiempo" }));
    run.prints(&[
        "Se decretó un receso, por falla del sonido; al reanudar se contaron once (11) puestos.",
        "A las 8:30 a. m. la doctora",
        "dejó constancia: «No recibí el anexo».",
        "levantó la sesión a las 9:00 a. m., por falta de tiempo.",
    ]);
}

#[test]
fn what_was_pending_is_told_as_of_the_minute_the_quorum_was_lost_for_good() {
    let run = Run::opened(8);
    let view = run.view();
    let items: Vec<String> =
        view["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()).collect();
    let (last, before, interrupted) = (items.len(), items.len() - 1, items.len() - 2);
    run.begin(&items[1]);
    run.at("08:20");
    run.event("departure", json!({ "seat_id": MEMBERS[7].0 }));
    run.at("08:25");
    run.event("arrival", json!({ "seat_id": MEMBERS[8].0 }));
    for item in &items[2..last - 2] {
        run.at("08:30");
        run.begin(item);
    }
    run.at("08:40");
    run.event("departure", json!({ "seat_id": MEMBERS[8].0 }));
    run.at("08:45");
    run.begin(&items[last - 2]);
    run.event("intervention", json!({ "seat_id": MEMBERS[0].0, "detail": "Preguntó por el plazo" }));
    run.at("09:00");
    run.adjourn_unresolved();
    run.prints(&[
        "quedaron ocho (8) puestos y se perdió el quórum.",
        &format!("quedaron ocho (8) puestos y se perdió el quórum; quedaron pendientes los puntos {interrupted}, {before} y {last}."),
        "El punto se abrió sin quórum: solo se conversó sobre él y quedó pendiente.",
    ]);
}

#[test]
fn whoever_takes_the_place_of_somebody_not_counted_is_told_with_the_count() {
    let run = Run::opened(7);
    run.at("08:10");
    run.event("arrival", json!({ "seat_id": "com-habitat", "person_id": "per-020" }));
    run.at("08:30");
    run.event("arrival", json!({ "seat_id": "com-habitat" }));
    run.at("08:40");
    let again = json!({ "kind": "arrival", "seat_id": "com-habitat", "person_id": "per-020" });
    assert_eq!(run.refused("record_event", again).code, Code::WrongState, "there already, with voice");
    run.at("09:00");
    run.adjourn_unresolved();
    run.prints(&["; quedaron nueve (9) puestos", "siguió con voz y sin voto"]);
}

#[test]
fn a_session_suspended_and_never_resumed_ended_with_its_suspension() {
    let run = Run::opened(10);
    run.begin(&run.item("proposal", 0));
    run.at("08:50");
    let suspended = run.event("session_suspended", json!({ "detail": "Falla del fluido eléctrico." }));
    run.office.go_to("2025-03-28T09:00");
    let (asked, view) = run.gone_past("adjourn_session", json!({}), "La luz no volvió.");
    assert_eq!(
        asked.details["checks"][0]["check"],
        format!("unresolved:pause:{}", suspended["id"].as_str().unwrap())
    );
    assert!(asked.message.es.contains("se suspendió a las 8:50 a. m. del 27 de marzo de 2025"), "{asked}");
    assert_eq!(view["course"]["closed_at"], suspended["occurred_at"]);
    run.prints(&[
        "De 8:05 a. m. a 8:50 a. m.",
        "Se suspendió la sesión a las 8:50 a. m., por falla del fluido eléctrico.",
        "La sesión no se reanudó: terminó cuando se suspendió. Su cierre se registró a las 9:00 a. m. del 28 de marzo de 2025.",
    ]);
    run.never_prints("se levantó la sesión");
    // It was suspended later than that: corrected, up to the act that closed it.
    let corrected =
        json!({ "event_id": suspended["id"], "occurred_at": time("08:55"), "reason": "Reloj atrasado." });
    run.office.undone_and_redone("correct_event", corrected);
    run.prints(&["De 8:05 a. m. a 8:55 a. m."]);
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}

#[test]
fn an_identity_was_verified_only_where_somebody_recorded_it() {
    let run = Run::another("ordinary", "virtual");
    run.begin_at("08:05");
    run.call("open_session", call_to_order(json!({})));
    let means = run.view()["identity_means"].clone();
    assert!(means.is_string(), "proposed where the rules ask for it");
    for (n, (seat, _)) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]).enumerate() {
        let said = if n == 0 { json!("llamada con video") } else { means.clone() };
        run.event("roll_answer", json!({ "seat_id": seat, "identity_means": said }));
    }
    let unverified = run.event("arrival", json!({ "seat_id": MEMBERS[9].0 }));
    run.prints(&["se verificó la identidad de diez (10) de las once (11) personas que se conectaron"]);
    let mended = json!({ "event_id": unverified["id"], "identity_means": "llamada con video", "reason": "Se olvidó." });
    let corrected = run.office.undone_and_redone("correct_event", mended);
    assert_eq!(corrected["corrections"][0]["field"], "identity_means");
    run.prints(&[
        "se verificó la identidad de quienes asistieron",
        "Medios de verificación: llamada con video; cámara",
    ]);
    let silent = run.refused("record_event", json!({ "kind": "quorum_check", "identity_means": "video" }));
    assert_eq!(silent.details["field"], "identity_means");

    let run = Run::another("ordinary", "virtual");
    run.begin_at("08:05");
    run.call("open_session", call_to_order(json!({})));
    run.event("roll_answer", json!({ "seat_id": CHAIR.0 }));
    run.prints(&["La sesión se realizó por Teams"]);
    run.never_prints("se verificó la identidad");
}

#[test]
fn a_session_opened_at_another_hour_than_convened_is_asked_about_and_told() {
    for (opened, said) in [
        ("2025-04-10T07:30", "Se había convocado para el 10 de abril de 2025 a las 8:00 a. m."),
        ("2025-04-10T11:30", "Se había convocado para el 10 de abril de 2025 a las 8:00 a. m."),
        ("2025-04-11T08:00", "Se había convocado para el 10 de abril de 2025 a las 8:00 a. m."),
    ] {
        let run = Run::another("ordinary", "in_person");
        run.office.go_to(opened);
        let (asked, _) = run.gone_past("open_session", call_to_order(json!({})), "Lo pidió la alcaldía.");
        assert_eq!(asked.details["checks"][0]["check"], "hour", "{opened}");
        assert!(asked.message.es.contains("10 de abril de 2025 a las 8:00 a. m."), "{asked}");
        for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
            run.event("roll_answer", json!({ "seat_id": seat }));
        }
        run.event("quorum_check", json!({}));
        run.prints(&[said, "Constancias de la secretaría técnica", "Razón: Lo pidió la alcaldía."]);
    }
    let run = Run::another("ordinary", "in_person");
    run.begin_at("07:50");
    run.call("open_session", call_to_order(json!({})));
    run.never_prints("Se había convocado para");
}

#[test]
fn an_addition_to_the_agenda_of_an_extraordinary_session_is_never_voted() {
    let run = Run::another("extraordinary", "in_person");
    run.begin_at("08:05");
    run.call("open_session", call_to_order(json!({})));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.begin(&run.item("opening", 0));
    run.call(
        "file_motion",
        json!({ "id": "mot-1", "kind": "agenda_addition", "text": "Adicionar un informe", "mover_person_id": CHAIR.1 }),
    );
    let refused = run.refused("open_vote", json!({ "motion_id": "mot-1", "method": "ordinary" }));
    assert_eq!(refused.code, Code::RuleForbids);
    assert!(
        refused.message.es.contains("solo se tratan los asuntos de la convocatoria (Acuerdo"),
        "{refused}"
    );
    run.office.call("settle_motion", json!({ "motion_id": "mot-1", "status": "dismissed" }));
}

#[test]
fn a_permanent_invitee_is_told_absent_only_when_it_was_recorded() {
    let run = Run::convened();
    for (id, name, entity) in [
        ("inv-atenea", "Agencia Atenea", json!("ent-atenea")),
        ("inv-idt", "Instituto Distrital de Turismo – IDT", Value::Null),
        ("inv-invest", "Invest in Bogotá", Value::Null),
    ] {
        let invitee = json!({ "id": id, "body_id": BODY, "name": name, "entity_id": entity });
        run.office.call("put_invitee", invitee);
    }
    run.open(10);
    let told = || -> Vec<(String, bool, String)> {
        let minutes = run.minutes();
        let rows = minutes["assembly"]["invitees"].as_array().unwrap().clone();
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        rows.iter().map(|r| (text(&r["name"]), r["attended"] == true, text(&r["people"]))).collect()
    };
    let live = |id: &str| {
        let view = run.view();
        let lines = view["invitees"].as_array().unwrap().clone();
        lines.into_iter().find(|l| l["invitee_id"] == id).unwrap()
    };
    assert_eq!(told(), [], "nobody asked about them");
    assert_eq!(live("inv-atenea")["attended"], Value::Null);
    let mark = |id: &str, attended: Value| json!({ "session_id": run.session, "invitee_id": id, "attended": attended });
    run.office.undone_and_redone("mark_invitee", mark("inv-idt", json!(false)));
    run.office.call("mark_invitee", mark("inv-invest", json!(true)));
    let guest = run.call("put_guest", json!({ "person_id": "per-039" }));
    assert_eq!(guest["attended"], true, "added in session, they are in it");
    assert_eq!(live("inv-atenea")["people"][0]["id"], "per-039");
    let rows = told();
    assert_eq!(rows.iter().map(|r| r.1).collect::<Vec<_>>(), [true, false, true], "{rows:?}");
    assert!(rows[0].2.starts_with("Delfina") && rows[1].2.is_empty() && rows[2].2.is_empty(), "{rows:?}");
    assert_eq!(
        run.office.refused("mark_invitee", mark("inv-atenea", json!(false))).code,
        Code::RuleForbids,
        "somebody came for it"
    );
    run.call("put_guest", json!({ "id": guest["id"], "person_id": "per-039", "attended": false }));
    assert!(!told()[0].1);
    assert!(!run.minutes()["assembly"]["guests"].to_string().contains("Delfina"));
    run.office.call("mark_invitee", mark("inv-idt", Value::Null));
    assert_eq!(told().len(), 2);
    let unknown = mark("inv-nadie", json!(true));
    assert_eq!(run.office.refused("mark_invitee", unknown).code, Code::NotFound);
}

/// The minutes say what became of the date of the session, and with how few days it was convened.
#[test]
fn a_postponement_and_a_short_notice_are_printed_in_the_minutes() {
    let run = Run::convened();
    run.at("07:00");
    run.office.call(
        "postpone_session",
        json!({ "id": "ses-1", "to": "2025-04-10", "reason": "Alerta por lluvias." }),
    );
    run.office.go_to("2025-04-08T09:00");
    run.office
        .call("convene_session", json!({ "id": "ses-1", "short_notice_reason": "Urgencia manifiesta." }));
    run.office.go_to("2025-04-10T08:00");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.event("quorum_check", json!({}));
    run.office.go_to("2025-04-10T09:00");
    run.adjourn_unresolved();
    run.prints(&[
        "La sesión prevista para el 27 de marzo de 2025 se aplazó. Razón: Alerta por lluvias.",
        "La convocatoria se hizo con dos (2) días hábiles de antelación; el plazo mínimo era de cinco (5) días hábiles",
        "Razón: Urgencia manifiesta.",
    ]);
}
