//! The cases a secretary meets, each from its notice to the official file of its minutes: adopted by the route of the
//! rules, signed and published, and read as it was printed. On the commission of the demonstration: sixteen seats vote,
//! nine are a quorum, and minutes are approved by the next session.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secretariat::Code;
use secretariat::rules::{Deadline, DeadlineFrom};
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run, prints, sha256};
use crate::record::{second_round_on_ties, with_recusals};
use crate::written;

/// The session that approves the minutes of these cases.
const NEXT: &str = "ses-junio";

impl Run {
    /// A roll-call vote on a motion under the item under way: of the seats that may vote the first are in favour, those
    /// after them against, and the rest abstain.
    fn divided(&self, vote: &str, text: &str, in_favour: usize, against: usize) -> Value {
        self.moved(vote, "substantive", text, "roll_call");
        self.roll(vote, in_favour, against)
    }

    /// A motion of the secretary of Hacienda, put to the vote.
    fn moved(&self, vote: &str, kind: &str, text: &str, method: &str) {
        let motion = format!("mot-{vote}");
        self.call(
            "file_motion",
            json!({ "id": motion, "kind": kind, "text": text, "mover_person_id": MEMBERS[2].1 }),
        );
        self.call("open_vote", json!({ "id": vote, "motion_id": motion, "method": method }));
    }

    fn roll(&self, vote: &str, in_favour: usize, against: usize) -> Value {
        let open = self.office.call("explain_vote", json!({ "vote_id": vote }));
        for (n, seat) in open["course"]["entitled"].as_array().unwrap().iter().enumerate() {
            let value = match n {
                n if n < in_favour => "for",
                n if n < in_favour + against => "against",
                _ => "abstain",
            };
            self.cast(vote, seat.as_str().unwrap(), value);
        }
        self.close(vote)
    }

    /// The agenda approved by everybody present, with its decision.
    pub fn agenda_approved(&self) {
        self.begin(&self.item("procedure", 0));
        self.put_to_vote("v-orden", "procedural", "Aprobar el orden del día", "roll_call");
        self.roll("v-orden", usize::MAX, 0);
        self.decides("v-orden", "Se aprueba el orden del día.", None);
    }

    /// The text of what a vote decided: of a proposal, or of procedure.
    fn decides(&self, vote: &str, text: &str, proposal: Option<&str>) {
        let item = self.office.call("explain_vote", json!({ "vote_id": vote }))["vote"]["item_id"].clone();
        let kind = if proposal.is_some() { "substantive" } else { "procedural" };
        let mut decision = json!({ "item_id": item, "kind": kind, "text": text, "vote_id": vote });
        if let Some(proposal) = proposal {
            decision["proposal_id"] = json!(proposal);
        }
        self.office.call("put_decision", decision);
    }

    /// What became of a proposal.
    fn proposal(&self, id: &str) -> Value {
        self.office.call("get_proposal", json!({ "id": id }))["line"]["status"].clone()
    }

    /// The draft goes to the members, and the session of 26 June votes the minutes, with whoever holds the chair then.
    fn approved(self) -> Self {
        let office = &self.office;
        office.call("send_draft", json!({ "minutes_id": self.minutes_id() }));
        office.session(NEXT, "ordinary", "2025-06-26");
        office.go_to("2025-06-17T09:00");
        office.call("convene_session", json!({ "id": NEXT }));
        let next = Self { office: self.office, session: NEXT.to_owned() };
        next.office.go_to("2025-06-26T08:05");
        let chair = next.office.call("get_holder", json!({ "seat_id": CHAIR.0 }))["person_id"].clone();
        next.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": chair }));
        for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
            next.event("roll_answer", json!({ "seat_id": seat }));
        }
        next.event("quorum_check", json!({}));
        next.begin(&next.item("previous_minutes", 0));
        let motion = json!({ "id": "mot-acta", "kind": "procedural", "text": "Aprobar el acta n.º 1 de 2025", "mover_person_id": chair });
        next.call("file_motion", motion);
        next.call("open_vote", json!({ "id": "v-acta", "motion_id": "mot-acta", "method": "ordinary" }));
        next.close("v-acta");
        next.call("adjourn_session", json!({}));
        Self { office: next.office, session: self.session }
    }

    /// Adopted by the route of the rules, with a reason for each check that asks for one; gives those checks.
    pub fn adopted(self) -> (Self, Vec<String>) {
        let (run, mut request) = match self.minutes()["signature_only"] == true {
            true => {
                self.office.go_to("2025-03-28T09:00");
                (self, json!({ "dated": "2025-03-28" }))
            }
            false => {
                let run = self.approved();
                run.office.go_to("2025-06-27T09:00");
                (run, json!({ "approved_in_session_id": NEXT, "dated": "2025-06-27" }))
            }
        };
        request["minutes_id"] = json!(run.minutes_id());
        let checks = run.minutes()["preflight"].as_array().unwrap().clone();
        let failed: Vec<&Value> = checks.iter().filter(|c| c["ok"] == false).collect();
        assert!(failed.iter().all(|c| c["overridable"] == true), "{failed:?}");
        let asked: Vec<String> = failed.iter().map(|c| c["check"].as_str().unwrap().to_owned()).collect();
        if !asked.is_empty() {
            let refused = run.office.refused("adopt_minutes", request.clone());
            assert_eq!(refused.code, Code::NeedsConfirmation, "{refused}");
            let reason = |check| json!({ "check": check, "reason": "Así consta en el expediente." });
            request["overrides"] = asked.iter().map(reason).collect();
        }
        assert_eq!(run.office.call("adopt_minutes", request)["status"], "approved");
        (run, asked)
    }

    fn signs(&self, minutes: &str, role: &str) {
        self.office.call("sign_minutes", json!({ "minutes_id": minutes, "role": role }));
    }

    /// Adopted, signed by both and published.
    fn published(self) -> Self {
        let (run, _) = self.adopted();
        let id = run.minutes_id();
        for role in ["chair", "secretariat"] {
            run.signs(&id, role);
        }
        assert_eq!(run.office.call("publish_minutes", json!({ "minutes_id": id }))["status"], "published");
        run
    }

    /// The official file, which is the one that was issued, says each sentence.
    fn officially(&self, sentences: &[&str]) {
        let issued = self.minutes()["versions"][0]["blob_id"].clone();
        assert_eq!((&self.preview()["official"], json!(sha256(&self.pdf()))), (&json!(true), issued));
        self.prints(sentences);
        assert_eq!(self.office.call("verify_archive", json!({}))["sound"], true);
    }

    /// The agenda of the next session, as it was made from what this one left.
    fn next_agenda(&self) -> String {
        self.office.call("get_agenda", json!({ "session_id": NEXT })).to_string()
    }
}

/// Eleven are there when the first proposal is decided; at nine o'clock the fourth item has not begun and eight are left.
#[test]
fn a_quorum_lost_leaves_what_was_decided_and_carries_the_rest_over() {
    let run = Run::convened();
    let excuse = json!({ "seat_id": "com-mujeres", "answer": "excused", "text": "comisión de servicios", "in_writing": true });
    run.call("set_confirmation", excuse);
    run.open(9);
    run.at("08:10");
    run.agenda_approved();
    run.at("08:17");
    run.event("arrival", json!({ "seat_id": "com-ambiente" }));
    run.at("08:20");
    run.begin(&run.item("proposal", 0));
    run.divided("v-a", "Aprobar la propuesta", 8, 2);
    run.decides("v-a", "Se prioriza la planta piloto.", Some("pro-a"));
    run.at("08:40");
    run.event("recess_start", json!({}));
    run.at("08:50");
    run.event("recess_end", json!({}));
    run.at("08:55");
    run.event("departure", json!({ "seat_id": "com-gobierno" }));
    run.at("09:01");
    for seat in ["com-hacienda", "com-planeacion"] {
        run.event("departure", json!({ "seat_id": seat }));
    }
    let blocked = run.refused("open_vote", json!({ "question": "¿Se sigue?", "method": "ordinary" }));
    assert_eq!((blocked.code, run.present()), (Code::RuleForbids, 8));
    run.adjourn("09:10");
    assert_eq!((run.proposal("pro-a"), run.proposal("pro-b")), (json!("prioritized"), json!("postponed")));

    let run = run.published();
    let next = run.next_agenda();
    assert!(next.contains("pro-b") && !next.contains("pro-a"), "{next}");
    run.officially(&[
        "A las 8:05 a. m. la presidenta declaró instalada la sesión.",
        "Respondieron diez (10) puestos de dieciséis (16); hubo quórum, fijado en nueve (9) (Acuerdo 001 de 2024, art. 8).",
        "Se excusó por escrito la doctora Yolima Esperanza Castañeda-Mondragón Aguirre-Peña; no asistieron ni se excusaron el doctor Efraín Wenceslao Muñetón-Cárdenas Villafañe, la doctora Leonor",
        "El orden del día fue aprobado por unanimidad de los diez (10) puestos presentes.",
        "A las 8:17 a. m. ingresó la doctora Xiomara de los Ángeles Suárez-Quiñones O'Byrne; quedaron once (11) puestos.",
        "La propuesta fue aprobada por mayoría simple: ocho (8) votos a favor, dos (2) votos en contra y una (1) abstención.",
        "Decisión 1 de 2025. Se prioriza la planta piloto.",
        "Se decretó un receso; al reanudar se contaron once (11) puestos.",
        "A las 8:55 a. m. se retiró el doctor Jerónimo Aurelio Sanclemente-Ibáñez Quiñónez; se mantuvo el quórum.",
        "A las 9:01 a. m. se retiraron la doctora Lucrecia Inmaculada Zúñiga-Echeverri del Castillo-Peñuela y el doctor Teófilo Andrés Oñate-Landázuri y Muñoz-Feijóo; quedaron ocho (8) puestos y se perdió el quórum; quedaron pendientes los puntos 4 y 5.",
        "Se levantó la sesión a las 9:10 a. m.",
        "En constancia firman en Bogotá, D. C., el 27 de junio de 2025.",
    ]);
}

/// Eight answer, half an hour passes, and the ninth comes when the lack has been declared.
#[test]
fn without_a_quorum_the_wait_ends_in_a_record_that_is_only_signed() {
    let run = Run::opened(7);
    run.event("waiting_started", json!({}));
    assert_eq!(run.view()["second_call"], Value::Null, "by these rules it lowers nothing");
    run.at("08:20");
    let declare = json!({ "kind": "no_quorum_declared" });
    assert_eq!(run.refused("record_event", declare.clone()).code, Code::NeedsConfirmation, "they wait");
    run.at("08:36");
    let second_call = json!({ "kind": "second_call" });
    assert_eq!(run.refused("record_event", second_call).code, Code::RuleForbids);
    run.call("record_event", declare);
    run.at("08:40");
    run.event("arrival", json!({ "seat_id": "com-ambiente" }));
    assert_eq!(run.present(), 8);
    run.adjourn("08:44");
    assert_eq!(run.minutes()["minutes"]["kind"], "not_held_record");

    let run = run.published();
    assert_eq!(run.minutes()["minutes"]["approved_vote_id"], Value::Null);
    assert_eq!((run.proposal("pro-a"), run.proposal("pro-b")), (json!("postponed"), json!("postponed")));
    run.officially(&[
        "Constancia de sesión no realizada",
        "A las 8:05 a. m. la presidenta abrió la reunión y dispuso llamar a lista.",
        "Respondieron ocho (8) puestos de dieciséis (16); no hubo quórum, fijado en nueve (9) (Acuerdo 001 de 2024, art. 8).",
        "A las 8:05 a. m. la presidenta dispuso esperar el quórum hasta las 8:30 a. m., treinta (30) minutos después de la hora convocada (Acuerdo 001 de 2024, art. 9).",
        "Transcurridos treinta (30) minutos, se contaron ocho (8) de los nueve (9) puestos requeridos; la sesión no se realizó por falta de quórum.",
        "A las 8:40 a. m., después de declarada la falta de quórum, llegó la doctora Xiomara de los Ángeles Suárez-Quiñones O'Byrne; no se contó.",
        "La reunión terminó a las 8:44 a. m.",
        "En constancia firman en Bogotá, D. C., el 28 de marzo de 2025.",
    ]);
    for never in ["declaró instalada", "se levantó la sesión"] {
        run.never_prints(never);
    }
}

/// Seven answer the first call; by a registered norm six are enough for the second.
#[test]
fn a_second_call_decides_with_the_quorum_that_a_registered_norm_lowers() {
    let run = Run::convened();
    run.left_so(|tx| {
        let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
        let block = json!({ "allowed": true, "quorum": { "kind": "fixed", "value": 6 }, "article": "9" });
        stored.rules.second_call = serde_json::from_value(block).unwrap();
        tx.put(&stored)
    });
    run.open(6);
    run.event("waiting_started", json!({}));
    run.at("08:20");
    let early = run.refused("record_event", json!({ "kind": "second_call" }));
    assert_eq!((early.code, &early.details["field"]), (Code::RuleForbids, &json!("occurred_at")));
    run.at("08:36");
    run.event("second_call", json!({}));
    run.agenda_approved();
    run.at("08:50");
    run.begin(&run.item("proposal", 0));
    run.divided("v-a", "Aprobar la propuesta", 5, 2);
    run.decides("v-a", "Se prioriza la planta piloto.", Some("pro-a"));
    run.adjourn("09:10");

    let run = run.published();
    assert_eq!(run.minutes()["minutes"]["kind"], "minutes");
    run.officially(&[
        "Respondieron siete (7) puestos de dieciséis (16); no hubo quórum, fijado en nueve (9) (Acuerdo 001 de 2024, art. 8).",
        "A las 8:36 a. m., cumplidos treinta (30) minutos de espera, la presidenta hizo la segunda convocatoria: se contaron siete (7) puestos de dieciséis (16); hubo quórum, fijado en seis (6) (Acuerdo 001 de 2024, art. 9).",
        "A las 8:36 a. m. la presidenta declaró instalada la sesión.",
        "El orden del día fue aprobado por unanimidad de los siete (7) puestos presentes.",
        "La propuesta fue aprobada por mayoría simple: cinco (5) votos a favor, dos (2) votos en contra y cero (0) abstenciones.",
    ]);
}

/// A contractor is refused; of two who come for a seat one brings a resolution, and the other's comes when the session is
/// over.
#[test]
fn a_delegate_counts_with_a_letter_and_never_for_what_went_before() {
    let run = Run::convened();
    let (seat, delegate, other) = ("com-movilidad", "per-018", "per-027");
    run.office.call(
        "put_person",
        json!({ "id": "per-contratista", "full_name": "Casimiro Ñáñez Ortiz", "level": "contractor" }),
    );
    let letter = |person: &str, by: Value| {
        json!({ "seat_id": "com-gobierno", "principal_id": by, "delegate_id": person,
            "act": { "kind": "resolution", "number": "14", "date": "2025-03-20" } })
    };
    let contractor = run.office.refused("record_delegation", letter("per-contratista", Value::Null));
    assert_eq!((contractor.code, &contractor.details["field"]), (Code::RuleForbids, &json!("delegate_id")));
    run.delegate("d-1", "com-gobierno", delegate, "14", json!({}));
    let handed_on = run.office.refused("record_delegation", letter("per-019", json!(delegate)));
    assert_eq!((handed_on.code, &handed_on.details["field"]), (Code::RuleForbids, &json!("principal_id")));
    run.opened_with(Some(delegate));
    run.at("08:10");
    run.event("arrival", json!({ "seat_id": seat, "person_id": other }));
    assert_eq!(
        (run.row("com-gobierno")["counts"].clone(), run.row(seat)["counts"].clone()),
        (json!(true), json!(false))
    );
    run.at("08:20");
    run.agenda_approved();
    assert_eq!(run.office.call("explain_vote", json!({ "vote_id": "v-orden" }))["course"]["in_favour"], 10);
    run.at("08:30");
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "roll_call");
    let ballot = json!({ "vote_id": "v-a", "seat_id": seat, "value": "for" });
    assert_eq!(run.office.refused("cast_ballot", ballot).code, Code::RuleForbids);
    run.roll("v-a", 9, 1);
    run.decides("v-a", "Se prioriza la planta piloto.", Some("pro-a"));
    run.adjourn("09:00");
    run.delegate("d-2", seat, other, "15", json!({}));
    assert_eq!(run.office.call("explain_vote", json!({ "vote_id": "v-a" }))["course"]["changed"], false);

    let (run, asked) = run.adopted();
    assert!(asked.contains(&"delegation_file:d-1".to_owned()), "{asked:?}");
    assert_eq!(run.remarks("com-gobierno"), "Delegación: Resolución 14 de 2025");
    assert_eq!(run.remarks(seat), "Se presentó una persona sin delegación vigente; no se contó");
    let others = run.minutes()["assembly"]["guests"].to_string();
    assert!(others.contains("Por Sector Movilidad, sin delegación vigente"), "{others}");
    run.officially(&[
        "El doctor Wilmer Ignacio Pedreros-Ángulo Sáenz asistió como delegado del doctor Jerónimo Aurelio Sanclemente-Ibáñez Quiñónez, según la Resolución 14 de 2025.",
        "La doctora Aura Constanza Iregui-Bolaños Sáchica asistió sin delegación vigente: tuvo voz, no votó ni se contó para el quórum.",
        "A las 8:10 a. m. ingresó la doctora Aura Constanza Iregui-Bolaños Sáchica.",
        "El orden del día fue aprobado por unanimidad de los diez (10) puestos presentes.",
        "No se anexó la Resolución 14 de 2025. Razón: Así consta en el expediente.",
    ]);
}

/// Six and six: of the first proposal the chair casts the vote that settles it; of the second the chair is recused, and
/// whoever presides then has no such vote.
#[test]
fn a_tie_is_settled_by_the_chair_and_by_nobody_in_its_place() {
    let run = Run::opened(11);
    run.at("08:10");
    run.agenda_approved();
    run.at("08:20");
    run.begin(&run.item("proposal", 0));
    assert_eq!(run.divided("v-a", "Aprobar la propuesta", 6, 6)["casting_vote_due"], true);
    let casting = |vote: &str| json!({ "vote_id": vote, "value": "for" });
    run.office.call("cast_casting_vote", casting("v-a"));
    run.decides("v-a", "Se prioriza la planta piloto.", Some("pro-a"));
    run.at("08:40");
    run.event("arrival", json!({ "seat_id": "com-habitat" }));
    run.at("08:45");
    run.begin(&run.item("proposal", 1));
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": CHAIR.0, "ground": "Interés directo.", "in_writing": true }),
    );
    run.moved("v-imp", "recusal", "Aceptar el impedimento", "ordinary");
    run.close("v-imp");
    run.office
        .call("decide_recusal", json!({ "recusal_id": "rec-1", "outcome": "accepted", "vote_id": "v-imp" }));
    run.decides("v-imp", "Se acepta el impedimento.", None);
    let headless = run.refused("open_vote", json!({ "question": "¿Se aprueba?", "method": "ordinary" }));
    assert_eq!(headless.code, Code::RuleForbids, "nobody presides");
    run.at("08:50");
    run.event("chair_changed", json!({ "seat_id": "com-gestion-publica", "person_id": "per-002" }));
    assert_eq!(run.divided("v-b", "Aprobar la otra propuesta", 6, 6)["casting_vote_due"], false);
    assert_eq!(run.office.refused("cast_casting_vote", casting("v-b")).code, Code::RuleForbids);
    run.at("09:00");
    run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
    run.event("chair_changed", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    run.adjourn("09:10");

    let run = run.published();
    run.officially(&[
        "Se declaró el empate: seis (6) votos a favor y seis (6) en contra. En ejercicio del voto dirimente (Acuerdo 001 de 2024, art. 11), la presidenta votó a favor. La propuesta fue aprobada.",
        "El impedimento fue aceptado por unanimidad de los doce (12) puestos habilitados para votar.",
        "Desde las 8:50 a. m. presidió el doctor Bartolomé Gregorio Cañizares-O'Farrill Monguí.",
        "No votó un puesto por impedimento. Se declaró el empate: seis (6) votos a favor y seis (6) en contra. No hubo voto dirimente y la propuesta no fue aprobada.",
        "Desde las 9:00 a. m. presidió la doctora Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro.",
    ]);
}

/// The chair does not come. Whoever stands in has no casting vote, and by these rules a tie is voted once more.
#[test]
fn a_tie_without_the_chair_is_voted_again_and_then_rejected() {
    let run = Run::convened();
    second_round_on_ties(&run.office);
    let (seat, person) = MEMBERS[0];
    run.at("08:05");
    run.call("open_session", json!({ "seat_id": seat, "person_id": person }));
    for (seat, _) in &MEMBERS[..10] {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.event("quorum_check", json!({}));
    run.at("08:20");
    run.begin(&run.item("proposal", 0));
    let first = run.divided("v-a", "Aprobar la propuesta", 5, 5);
    assert_eq!((&first["second_round_due"], &first["casting_vote_due"]), (&json!(true), &json!(false)));
    run.at("08:25");
    let again = json!({ "motion_id": "mot-v-a", "method": "roll_call" });
    let second = run.call("open_vote", again.clone())["vote"]["id"].as_str().unwrap().to_owned();
    assert_eq!(run.roll(&second, 5, 5)["second_round_due"], false);
    assert_eq!(run.refused("open_vote", again).code, Code::WrongState, "it is repeated once");
    run.adjourn("09:00");
    assert_eq!(run.view()["motions"][0]["status"], "rejected");

    let run = run.published();
    assert_eq!(run.minutes()["signatures"][0]["person_id"], person, "whoever presided signs");
    run.officially(&[
        "A las 8:05 a. m. quien presidía declaró instalada la sesión. Presidió el doctor Bartolomé Gregorio Cañizares-O'Farrill Monguí (Acuerdo 001 de 2024, art. 12).",
        "Se declaró el empate: cinco (5) votos a favor y cinco (5) en contra. Se dispuso repetir la votación.",
        "Repetida la votación, subsistió el empate y la propuesta no fue aprobada (Acuerdo 001 de 2024, art. 11).",
    ]);
}

/// Nine sit and nine are asked for to decide; of the first proposal one of them is recused.
#[test]
fn a_recusal_that_breaks_the_quorum_leaves_its_item_for_the_next_session() {
    let by_the_superior =
        json!({ "decided_by": "superior", "treatment": "leave_base", "ground_in_writing": true });
    let run = with_recusals(by_the_superior, Some(json!({ "kind": "fixed", "value": 9 })));
    run.open(8);
    run.at("08:10");
    run.agenda_approved();
    run.at("08:20");
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": "com-salud", "ground": "Vínculo familiar.", "in_writing": true }),
    );
    let vote = json!({ "question": "¿Se aprueba la propuesta?", "method": "ordinary" });
    assert_eq!(run.refused("open_vote", vote.clone()).code, Code::WrongState, "the matter is suspended");
    run.at("08:30");
    let accepted =
        json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": "Resolución 8 de 2025" });
    run.office.call("decide_recusal", accepted);
    let blocked = run.refused("open_vote", vote);
    assert_eq!(blocked.code, Code::RuleForbids);
    assert!(blocked.message.es.starts_with("Sin los puestos impedidos no hay quórum"), "{blocked}");
    run.event("item_postponed", json!({ "item_id": item, "detail": "Falta de quórum para decidirlo." }));
    run.at("08:40");
    run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
    run.begin(&run.item("proposal", 1));
    run.divided("v-b", "Aprobar la otra propuesta", 9, 0);
    run.decides("v-b", "Se prioriza la otra propuesta.", Some("pro-b"));
    run.adjourn("09:00");
    assert_eq!((run.proposal("pro-a"), run.proposal("pro-b")), (json!("postponed"), json!("prioritized")));

    let run = run.published();
    assert!(run.next_agenda().contains("pro-a"), "{}", run.next_agenda());
    run.officially(&[
        "El doctor Saúl Evaristo Güiza-Yáñez Peñuela se declaró impedido por vínculo familiar; el punto quedó suspendido hasta la decisión de la autoridad competente, su superior o la cabeza del sector.",
        "Aceptado el impedimento mediante la Resolución 8 de 2025, el doctor Saúl Evaristo Güiza-Yáñez Peñuela salió y no participó en el punto.",
        "Se aplazó el punto hasta la siguiente sesión, por falta de quórum para decidirlo.",
        "A las 8:40 a. m. regresó el doctor Saúl Evaristo Güiza-Yáñez Peñuela",
        "La propuesta fue aprobada por unanimidad de los nueve (9) puestos presentes.",
    ]);
}

/// The minutes are published when somebody sees a slip of the pen.
#[test]
fn a_formal_error_is_read_otherwise_by_minutes_of_its_own() {
    let run = Run::opened(10);
    run.agenda_approved();
    let item = run.item("proposal", 0);
    run.at("08:20");
    run.begin(&item);
    run.office.call(
        "set_narrative",
        json!({ "item_id": item, "narrative": "La entidad expuso el piloto de Ciudad Bolivar." }),
    );
    run.divided("v-a", "Aprobar la propuesta", 11, 0);
    run.decides("v-a", "Se prioriza la planta piloto.", Some("pro-a"));
    run.adjourn("09:00");
    let run = run.published();
    let (original, id) = (run.pdf(), run.minutes_id());

    run.office.go_to("2025-07-10T09:00");
    let narrative = json!({ "item_id": item, "narrative": "La entidad expuso el piloto de Ciudad Bolívar." });
    assert_eq!(run.office.refused("set_narrative", narrative).code, Code::WrongState);
    let slip = |says: &str| {
        json!({ "id": "min-acl", "minutes_id": id, "reason": "Error de digitación.",
            "corrections": [{ "says": says, "reads": "Ciudad Bolívar", "item_id": item }] })
    };
    let unsaid = run.office.refused("correct_minutes", slip("Cuidad Bolívar"));
    assert_eq!(unsaid.details["field"], "corrections.0.says", "the minutes do not say so");
    let correcting = run.office.call("correct_minutes", slip("Ciudad Bolivar"));
    assert_eq!((&correcting["kind"], &correcting["corrects_minutes_id"]), (&json!("correcting"), &json!(id)));
    run.office.call("adopt_minutes", json!({ "minutes_id": "min-acl" }));
    run.signs("min-acl", "chair");
    run.signs("min-acl", "secretariat");
    run.office.call("publish_minutes", json!({ "minutes_id": "min-acl" }));

    let paper = run.office.call("preview_correction", json!({ "minutes_id": "min-acl" }));
    assert_eq!(paper["official"], true);
    prints(
        &paper,
        &[
            "Acta aclaratoria",
            "Se corrige un error formal (artículo 45 de la Ley 1437 de 2011). Error de digitación.",
            "En el acta n.º 1 de 2025, donde dice «Ciudad Bolivar», léase «Ciudad Bolívar».",
        ],
    );
    let view = run.minutes();
    assert_eq!(
        (&view["minutes"]["status"], &view["corrections"][0]["minutes"]["id"]),
        (&json!("published"), &json!("min-acl"))
    );
    assert!(run.pdf() == original, "the original is as it was issued");
    run.officially(&["La entidad expuso el piloto de Ciudad Bolivar."]);
}

/// Everything that the bytes of a paper say, packed or not: as UTF-8 and as the two-byte text of its marks.
fn bytes_of(pdf: &[u8]) -> Vec<u8> {
    let file = lopdf::Document::load_mem(pdf).unwrap();
    let mut bytes = pdf.to_vec();
    for object in file.objects.values() {
        if let Ok(stream) = object.as_stream() {
            bytes.extend(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
        }
        bytes.extend(format!("{object:?}").into_bytes());
    }
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    bytes.extend(file.extract_text(&pages).unwrap().into_bytes());
    bytes
}

/// Whether a paper has the words anywhere: in its text, its metadata, its outline, or unseen.
fn holds(pdf: &[u8], words: &str) -> bool {
    let packed = |text: &[u8]| text.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect::<Vec<u8>>();
    let two_bytes: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (all, plain) = (bytes_of(pdf), packed(words.as_bytes()));
    let tight = packed(&all);
    tight.windows(plain.len()).any(|w| w == plain) || all.windows(two_bytes.len()).any(|w| w == two_bytes)
}

/// A price offered in confidence is told in the narrative, the decision and a commitment, and an item treats a matter
/// with another State: the public version has neither, says why, and the index remembers it.
#[test]
fn a_reserved_matter_is_absent_from_the_public_version_and_told_in_the_index() {
    const PRICE: &str = "4.817 millones de pesos";
    let run = Run::opened(10);
    run.agenda_approved();
    let (proposal, other) = (run.item("proposal", 0), run.item("other_business", 0));
    run.at("08:20");
    run.begin(&proposal);
    let told = "La entidad presentó el piloto.\n\nEl oferente pidió **en confianza** que su precio de **4.817 millones** de pesos no se divulgue.";
    run.office.call("set_narrative", json!({ "item_id": proposal, "narrative": told }));
    run.divided("v-a", "Aprobar la propuesta", 11, 0);
    run.decides("v-a", "Se prioriza la planta piloto por 4.817 millones de pesos.", Some("pro-a"));
    run.call(
        "put_commitment",
        json!({ "item_id": proposal, "text": "Verificar el precio de 4.817 millones de pesos.", "responsible_person_id": MEMBERS[2].1, "due_on": "2025-04-30" }),
    );
    run.at("08:50");
    run.begin(&other);
    run.office.call(
        "set_narrative",
        json!({ "item_id": other, "narrative": "La Cancillería pidió posponer el anuncio con Reikiavik." }),
    );
    run.divided("v-b", "Acompañar la negociación con Reikiavik", 11, 0);
    run.office.call(
        "add_annex",
        json!({ "id": "anx-oferta", "owner": "session", "owner_id": "ses-1", "title": "Oferta económica", "kind": "document",
            "file": { "name": "oferta.txt", "base64": "cHJlY2lv" } }),
    );
    run.adjourn("09:10");
    let (run, _) = run.adopted();
    let id = run.minutes_id();
    let official = run.pdf();

    let passage = |id: &str, more: Value| {
        let mut passage = json!({ "id": id, "minutes_id": run.minutes_id(), "decided_by": "Gloria Peña, secretaria técnica" });
        passage.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        passage
    };
    let price = passage(
        "ret-precio",
        json!({ "words": PRICE, "class": "classified", "basis": "Ley 1712 de 2014, art. 18, literal c)",
            "purpose": "Secreto comercial del oferente" }),
    );
    let matter = passage(
        "ret-punto",
        json!({ "item_id": other, "class": "reserved", "basis": "Ley 1712 de 2014, art. 19, literal c)",
            "purpose": "Relaciones internacionales" }),
    );
    let refused = |request: &Value, field: &str, value: Value| {
        let mut request = request.clone();
        request[field] = value;
        run.office.refused("put_withholding", request)
    };
    assert_eq!(
        run.office.refused("put_withholding", matter.clone()).details["field"],
        "until",
        "a reserve has a term"
    );
    assert_eq!(
        refused(&matter, "until", json!("2041-01-01")).details["field"],
        "until",
        "of fifteen years at most"
    );
    let unsaid = refused(&price, "words", json!("4.871 millones de pesos"));
    assert!(unsaid.message.es.contains(PRICE), "the nearest is told: {}", unsaid.message.es);
    assert_eq!(refused(&price, "words", json!("de")).details["field"], "words");
    run.office.call("put_withholding", price);
    let mut matter = matter;
    matter["until"] = json!("2030-03-27");
    run.office.call("put_withholding", matter);

    let view = |run: &Run| run.office.call("get_public_version", json!({ "minutes_id": run.minutes_id() }));
    let noted = view(&run);
    assert_eq!(
        (
            &noted["passages"][0]["times"],
            &noted["passages"][0]["row"]["place"],
            &noted["passages"][1]["row"]["place"]
        ),
        (&json!(4), &json!("Punto 3"), &json!("Punto 5"))
    );
    let early = run.office.refused("issue_public_version", json!({ "minutes_id": id }));
    assert_eq!(
        (early.code, early.details["needs"].as_array().unwrap().len()),
        (Code::WrongState, 2),
        "{early}"
    );
    for role in ["chair", "secretariat"] {
        run.signs(&id, role);
    }
    let kept = run.office.refused("publish_minutes", json!({ "minutes_id": id }));
    assert_eq!(kept.details["acts"], json!(["issue_public_version"]));
    let unread = json!({ "id": "anx-oferta", "public": false });
    assert_eq!(run.office.refused("review_annex", unread).details["field"], "reason");
    run.office.call(
        "review_annex",
        json!({ "id": "anx-oferta", "public": false, "reason": "Contiene la oferta económica." }),
    );
    let document = run.office.call("issue_public_version", json!({ "minutes_id": id }));
    assert_eq!(run.office.call("publish_minutes", json!({ "minutes_id": id }))["status"], "published");

    let file =
        run.office.call("get_file", json!({ "blob_id": document["blob_id"], "name": document["file"] }));
    let public = STANDARD.decode(file["base64"].as_str().unwrap()).unwrap();
    for withheld in [PRICE, "4.817", "Reikiavik", "Cancillería"] {
        assert!(holds(&official, withheld), "the search finds {withheld} where it is");
        assert!(!holds(&public, withheld), "{withheld}");
    }
    assert!(run.pdf() == official, "the official file is as it was issued");
    let paper = run.office.call("preview_public_version", json!({ "minutes_id": id }));
    prints(
        &paper,
        &[
            "Versión pública",
            "se retiraron dos pasajes.",
            "que su precio de [Pasaje 1 retirado: información clasificada (Ley 1712 de 2014, art. 18)] no se divulgue.",
            "Se prioriza la planta piloto por [Pasaje 1 retirado: información clasificada (Ley 1712 de 2014, art. 18)].",
            "[Pasaje 2 retirado: información reservada (Ley 1712 de 2014, art. 19)]",
            "Oferta económica (no se publica: contiene la oferta económica)",
            "Original firmado",
            "Información retirada de esta versión",
            "Pasaje 1, punto 3",
            "Ley 1712 de 2014, art. 18, literal c)",
            "Gloria Peña, secretaria técnica, el 27 de junio de 2025",
            "Hasta el 27 de marzo de 2030",
            "Se levantó la sesión a las 9:10 a. m.",
        ],
    );
    let index = run.office.call("withheld_index", json!({ "body_id": crate::office::BODY }));
    let entries: Vec<_> = index
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["class"].as_str().unwrap(), e["whole_item"] == true, e["in_force"] == true))
        .collect();
    assert_eq!(entries, [("classified", false, true), ("reserved", true, true)]);
    assert!(!index.to_string().contains("4.817"), "the index never says what was withheld");

    run.office.go_to("2030-03-28T09:00");
    let over = run.office.refused("issue_public_version", json!({ "minutes_id": id }));
    assert!(over.message.es.contains("su plazo terminó el 27 de marzo de 2030"), "{}", over.message.es);
    run.office.call("remove_withholding", json!({ "id": "ret-punto" }));
    assert_eq!(view(&run)["current"], false);
    run.office.call("issue_public_version", json!({ "minutes_id": id }));
    let paper = run.office.call("preview_public_version", json!({ "minutes_id": id }));
    prints(&paper, &["se retiró un pasaje.", "La Cancillería pidió posponer el anuncio con Reikiavik."]);
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}

/// Nine reply in time and alike, one of them twice; one contradicts itself, and one comes when the term is over.
#[test]
fn replies_late_repeated_and_contradictory_are_on_record_and_not_counted() {
    let run = written::opened(|_| {});
    run.at("11:00");
    run.reply_all(9, "for");
    run.reply("de-nuevo", MEMBERS[7].0, "09:20", "for");
    run.reply("dijo", MEMBERS[8].0, "09:10", "for");
    run.reply("desdijo", MEMBERS[8].0, "10:12", "against");
    run.at("17:15");
    run.reply("tarde", MEMBERS[10].0, "17:12", "against");
    for (reply, class) in [
        ("de-nuevo", "duplicate"),
        ("dijo", "contradictory"),
        ("desdijo", "contradictory"),
        ("tarde", "late"),
    ] {
        assert_eq!(run.class(reply), class, "{reply}");
    }
    run.close_replies("17:20");
    for (motion, proposal) in [("m-a", "pro-a"), ("m-b", "pro-b")] {
        let vote = run.vote_of(motion);
        assert_eq!((&vote["course"]["in_favour"], &vote["course"]["against"]), (&json!(9), &json!(0)));
        run.decides(vote["vote"]["id"].as_str().unwrap(), "Se prioriza la propuesta.", Some(proposal));
    }
    run.adjourn("17:30");

    let run = run.published();
    let log = run.minutes()["assembly"]["replies"].as_array().unwrap().clone();
    assert_eq!(log.len(), 13, "every reply is in it: {log:?}");
    run.officially(&[
        "A las 8:00 a. m. la presidenta abrió la sesión no presencial y el plazo para responder por escrito, hasta las 5:00 p. m. (Acuerdo 001 de 2024, art. 7).",
        "No respondieron la doctora Xiomara de los Ángeles Suárez-Quiñones O'Byrne, la doctora Leonor Guadalupe Peñaranda-Bohórquez Dell'Acqua, la doctora Yolima",
        "Hasta las 5:00 p. m. respondieron nueve (9) puestos; la respuesta del doctor Efraín Wenceslao Muñetón-Cárdenas Villafañe, recibida a las 5:12 p. m., no se contó.",
        "La doctora Fátima Concepción Agudelo-N'Diaye Buenaño respondió de nuevo lo mismo a las 9:20 a. m.; se contó la primera respuesta.",
        "El doctor Íñigo Sebastián Echeverría-Núñez Argüello respondió de distinta manera a las 9:10 a. m. y a las 10:12 a. m. y no se supo cuál respuesta valía; ninguna se contó.",
        "La propuesta fue aprobada por unanimidad de los nueve (9) puestos que respondieron.",
        "Contadas las respuestas, se levantó la sesión a las 5:30 p. m.",
        "Anexo. Registro de respuestas",
    ]);
}

/// Six of eleven deny it. One of the five says why in the session, and two who dissent send their text: one in the three
/// days of the rules, one after them.
#[test]
fn what_is_said_for_the_record_never_changes_the_tally() {
    let run = Run::convened();
    run.left_so(|tx| {
        let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
        let term = Deadline { business_days: 3, from: DeadlineFrom::SessionDate };
        stored.rules.deadlines.statements = Some(term);
        tx.put(&stored)
    });
    run.open(10);
    run.agenda_approved();
    let item = run.item("proposal", 0);
    run.at("08:20");
    run.begin(&item);
    run.divided("v-a", "Aprobar la propuesta", 5, 6);
    let tally = || run.office.call("explain_vote", json!({ "vote_id": "v-a" }));
    let before = tally();
    let put = |kind: &str, person: &str, text: &str, more: Value| {
        let mut said =
            json!({ "item_id": item, "kind": kind, "person_id": person, "text": text, "vote_id": "v-a" });
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        said
    };
    run.at("08:30");
    let (words, adhered) =
        ("El estudio de costos sí se conocía.", json!({ "adhered_person_ids": ["per-004"] }));
    run.office.call("put_statement", put("statement", "per-003", words, adhered));
    run.adjourn("09:00");
    run.office.go_to("2025-04-01T16:00");
    run.office.call("put_statement", put("dissent", CHAIR.1, "La ciudad pierde el piloto.", json!({})));
    // Three business days after Thursday the 27th of March end on Tuesday the 1st of April.
    run.office.go_to("2025-04-02T10:00");
    let late = put("dissent", "per-002", "Faltó oír a la entidad.", json!({}));
    let asked = run.office.refused("put_statement", late.clone());
    assert_eq!((asked.code, &asked.details["confirm"]), (Code::NeedsConfirmation, &json!("accept_late")));
    let accepted = put("dissent", "per-002", "Faltó oír a la entidad.", json!({ "accept_late": true }));
    run.office.call("put_statement", accepted);
    assert_eq!(tally(), before);

    let run = run.published();
    run.officially(&[
        "La moción fue negada: obtuvo cinco (5) de los seis (6) votos requeridos. Hubo cinco (5) votos a favor, seis (6) votos en contra y cero (0) abstenciones.",
        "A las 8:30 a. m. el doctor Jerónimo Aurelio Sanclemente-Ibáñez Quiñónez dejó constancia: «El estudio de costos sí se conocía»; adhirió la doctora Lucrecia Inmaculada Zúñiga-Echeverri del Castillo-Peñuela.",
        "En disenso, la doctora Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro dejó constancia: «La ciudad pierde el piloto». En disenso, el doctor Bartolomé",
        "dejó constancia: «Faltó oír a la entidad». Se recibió el 2 de abril de 2025, vencido el plazo, que terminó el 1 de abril de 2025 (Acuerdo 001 de 2024, art. 16).",
    ]);
}

/// It rains on the day: the session is put off and held by video two weeks later. By the time its minutes are signed the
/// chair has left office.
#[test]
fn a_session_put_off_is_convened_again_and_signed_by_who_presided() {
    let run = Run::convened();
    let office = &run.office;
    let put_off = json!({ "id": "ses-1", "to": "2025-04-10", "reason": "Emergencia por lluvias." });
    office.call("postpone_session", put_off);
    assert_eq!(
        run.refused("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 })).code,
        Code::WrongState,
        "it needs a new notice"
    );
    office.call(
        "edit_session",
        json!({ "id": "ses-1", "mode": "virtual", "platform": "Teams", "place": null, "recording": true }),
    );
    let convened = office.call("convene_session", json!({ "id": "ses-1" }));
    let history = &convened["postponements"][0];
    assert_eq!(
        (&history["from"], &history["to"], &history["reason"], &convened["notice"]["sequence"]),
        (&json!("2025-03-27"), &json!("2025-04-10"), &json!("Emergencia por lluvias."), &json!(1))
    );
    run.begin_at("08:05");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        run.event("roll_answer", json!({ "seat_id": seat, "identity_means": "cámara encendida" }));
    }
    run.event("quorum_check", json!({}));
    run.agenda_approved();
    for (n, (vote, proposal)) in [("v-a", "pro-a"), ("v-b", "pro-b")].into_iter().enumerate() {
        run.begin_at(&format!("08:{}0", n + 2));
        run.begin(&run.item("proposal", n));
        run.divided(vote, "Aprobar la propuesta", 10, 0);
        run.decides(vote, "Se prioriza la propuesta.", Some(proposal));
    }
    run.begin_at("08:50");
    run.begin(&run.item("other_business", 0));
    run.event("intervention", json!({ "seat_id": "com-salud", "detail": "Agradeció la presentación." }));
    run.begin_at("09:05");
    run.call("adjourn_session", json!({}));
    let holder = office.call("get_holder", json!({ "seat_id": CHAIR.0 }))["id"].clone();
    office.call("close_holder", json!({ "id": holder, "valid_to": "2025-04-30" }));
    office.call(
        "appoint_holder",
        json!({ "seat_id": CHAIR.0, "person_id": "per-017", "kind": "holder", "valid_from": "2025-05-01" }),
    );

    let (run, _) = run.adopted();
    let (id, issued) = (run.minutes_id(), run.pdf());
    let missing = json!({ "minutes_id": id, "role": "chair", "missing_reason": "Dejó el cargo y no firmó." });
    run.office.call("sign_minutes", missing);
    run.signs(&id, "secretariat");
    run.office.call("publish_minutes", json!({ "minutes_id": id }));
    let chair = run.minutes()["signatures"][0].clone();
    assert_eq!(
        (&chair["role"], &chair["person_id"], &chair["missing_reason"]),
        (&json!("chair"), &json!(CHAIR.1), &json!("Dejó el cargo y no firmó."))
    );
    assert!(run.pdf() == issued);
    run.officially(&[
        "Jueves, 10 de abril de 2025",
        "La sesión se realizó por Teams; se verificó la identidad de quienes asistieron y se informó de la grabación. Medio de verificación: cámara encendida.",
        "Agotado el orden del día, se levantó la sesión a las 9:05 a. m.",
        "Presidenta de la sesión",
    ]);
}
