//! Sessions as they are run: from the notice to the draft of the minutes, all through the calls, on the commission of
//! the demonstration. Sixteen seats vote; nine are a quorum.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secretariat::Code;
use serde_json::{Value, json};

use crate::office::{BODY, Office, data, instant};
use crate::preparation::draft;

/// A seat and its holder.
pub const CHAIR: (&str, &str) = ("com-consejeria", "per-001");
pub const MEMBERS: [(&str, &str); 15] = [
    ("com-gestion-publica", "per-002"),
    ("com-gobierno", "per-003"),
    ("com-hacienda", "per-004"),
    ("com-planeacion", "per-005"),
    ("com-desarrollo-economico", "per-006"),
    ("com-educacion", "per-007"),
    ("com-salud", "per-008"),
    ("com-integracion-social", "per-009"),
    ("com-cultura", "per-010"),
    ("com-ambiente", "per-011"),
    ("com-movilidad", "per-012"),
    ("com-habitat", "per-013"),
    ("com-mujeres", "per-014"),
    ("com-seguridad", "per-015"),
    ("com-gestion-juridica", "per-061"),
];

/// A session of 27 March 2025 as its secretary runs it, with the clock in hand.
pub struct Run {
    pub office: Office,
    pub session: String,
}

impl Run {
    /// Prepared and convened in time, with two proposals on its agenda; the clock at eight.
    pub fn convened() -> Self {
        let office = Office::at("2025-03-03T08:00");
        for id in ["pro-a", "pro-b"] {
            draft(&office, id);
            office.call("file_proposal", json!({ "id": id }));
            office.call("review_proposal", json!({ "id": id }));
        }
        let session = office.session("ses-1", "ordinary", "2025-03-27");
        office.go_to("2025-03-18T09:00");
        office.call("convene_session", json!({ "id": session }));
        office.go_to("2025-03-27T08:00");
        Self { office, session }
    }

    /// Opened at 8:05 with the chair and the first `members` seats of the list answering the roll.
    pub fn opened(members: usize) -> Self {
        let run = Self::convened();
        run.open(members);
        run
    }

    pub fn open(&self, members: usize) {
        self.at("08:05");
        self.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
        for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..members]) {
            self.event("roll_answer", json!({ "seat_id": seat }));
        }
        self.event("quorum_check", json!({}));
    }

    /// The same archive for another of its sessions, opened again as the day after.
    pub fn take(run: &Run) -> Office {
        run.office.after_a_power_cut("2025-06-26T08:00")
    }

    pub fn at(&self, clock: &str) {
        self.office.go_to(&format!("2025-03-27T{clock}"));
    }

    /// A call on the session.
    pub fn call(&self, name: &str, request: Value) -> Value {
        self.office.call(name, self.of_session(request))
    }

    pub fn refused(&self, name: &str, request: Value) -> secretariat::Failure {
        self.office.refused(name, self.of_session(request))
    }

    /// An act that asks for reasons first; gives what it asked for, and what it did with the reason for each.
    pub fn gone_past(&self, name: &str, request: Value, reason: &str) -> (secretariat::Failure, Value) {
        let asked = self.refused(name, request.clone());
        assert_eq!((asked.code, &asked.details["confirm"]), (Code::NeedsConfirmation, &json!("overrides")));
        let checks = asked.details["checks"].as_array().unwrap();
        let given = checks.iter().map(|c| json!({ "check": c["check"], "reason": reason }));
        let mut given_reasons = request;
        given_reasons["overrides"] = given.collect();
        let done = self.call(name, given_reasons);
        (asked, done)
    }

    /// Adjourns it with what is left unresolved, and a reason for it.
    pub fn adjourn_unresolved(&self) -> Value {
        let before = self.call("session_preflight", json!({ "step": "adjourn" }));
        let asked = before["checks"].as_array().unwrap().iter().filter(|c| c["overridable"] == true);
        let given = asked.map(|c| json!({ "check": c["check"], "reason": "Se agotó el tiempo." }));
        self.call("adjourn_session", json!({ "overrides": given.collect::<Value>() }))
    }

    pub fn of_session(&self, mut request: Value) -> Value {
        request["session_id"] = json!(self.session);
        request
    }

    pub fn event(&self, kind: &str, mut request: Value) -> Value {
        request["kind"] = json!(kind);
        self.call("record_event", request)
    }

    pub fn view(&self) -> Value {
        self.call("live_session", json!({}))
    }

    /// The item of that kind, in the agenda's order.
    pub fn item(&self, kind: &str, nth: usize) -> String {
        let view = self.view();
        let items = view["items"].as_array().unwrap();
        let of_kind: Vec<&Value> = items.iter().filter(|i| i["kind"] == kind).collect();
        of_kind[nth]["id"].as_str().unwrap().to_owned()
    }

    pub fn begin(&self, item: &str) {
        self.event("item_start", json!({ "item_id": item }));
    }

    /// The roll of another day: the chair and as many members answer, and they are counted.
    pub fn recall(&self, members: usize) {
        for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..members]) {
            self.event("roll_answer", json!({ "seat_id": seat }));
        }
        self.event("quorum_check", json!({}));
    }

    pub fn present(&self) -> usize {
        self.view()["course"]["present"].as_array().unwrap().len()
    }

    /// Opens a vote on a motion.
    pub fn put_to_vote(&self, id: &str, kind: &str, text: &str, method: &str) {
        let motion = format!("mot-{id}");
        self.call(
            "file_motion",
            json!({ "id": motion, "kind": kind, "text": text, "mover_person_id": CHAIR.1 }),
        );
        self.call("open_vote", json!({ "id": id, "motion_id": motion, "method": method }));
    }

    pub fn cast(&self, vote: &str, seat: &str, value: &str) -> Value {
        self.office.call("cast_ballot", json!({ "vote_id": vote, "seat_id": seat, "value": value }))
    }

    pub fn close(&self, vote: &str) -> Value {
        self.office.call("close_vote", json!({ "vote_id": vote }))
    }

    /// A motion approved by everybody present.
    pub fn approve(&self, id: &str, kind: &str, text: &str) {
        self.put_to_vote(id, kind, text, "ordinary");
        let closed = self.close(id);
        assert_eq!(closed["vote"]["verdict"]["result"], "approved", "{closed}");
    }

    pub fn adjourn(&self, clock: &str) {
        self.at(clock);
        self.call("adjourn_session", json!({}));
    }

    pub fn minutes(&self) -> Value {
        self.call("get_minutes_view", json!({}))
    }

    pub fn pdf(&self) -> Vec<u8> {
        STANDARD.decode(self.preview()["base64"].as_str().unwrap()).unwrap()
    }

    pub fn preview(&self) -> Value {
        self.call("preview_minutes", json!({}))
    }

    /// The printed minutes say each sentence, wherever the lines broke.
    pub fn prints(&self, sentences: &[&str]) {
        prints(&self.preview(), sentences);
    }

    pub fn never_prints(&self, sentence: &str) {
        let preview = self.preview();
        assert!(!printed(&preview).contains(&squeezed(sentence)), "printed: {sentence}\n{}", plain(&preview));
    }
}

/// A paper says each sentence, wherever the lines broke.
pub fn prints(preview: &Value, sentences: &[&str]) {
    let text = printed(preview);
    for sentence in sentences {
        assert!(text.contains(&squeezed(sentence)), "not printed: {sentence}\n{}", plain(preview));
    }
}

fn plain(preview: &Value) -> String {
    let pages: Vec<&str> = preview["texts"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    // The running header and the page number stand between the halves of a paragraph.
    let furniture = |line: &&str| line.trim().starts_with("Página ") || line.contains(" · ");
    pages.join("\n").lines().filter(|line| !furniture(line)).collect::<Vec<_>>().join("\n")
}

fn printed(preview: &Value) -> String {
    squeezed(&plain(preview))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}')).collect()
}

/// The whole day: late arrival, interventions, a tie the chair settles, each way of voting, a recusal, a recess, and a
/// departure that breaks the quorum.
#[test]
fn a_session_from_its_notice_to_the_draft_of_its_minutes() {
    let run = Run::convened();
    let office = &run.office;
    for (seat, answer) in [("com-salud", "excused"), ("com-ambiente", "will_attend")] {
        run.call(
            "set_confirmation",
            json!({ "seat_id": seat, "answer": answer, "text": "jornada de vacunación", "in_writing": true }),
        );
    }
    office.call(
        "record_delegation",
        json!({ "id": "del-1", "seat_id": "com-gestion-publica", "principal_id": "per-002", "delegate_id": "per-017",
            "act": { "kind": "resolution", "number": "14", "date": "2025-02-10" }, "valid_from": "2025-02-10",
            "valid_to": "2025-12-31", "scope": "voice_and_vote" }),
    );
    // 8:05: the chair opens; eleven seats answer, one through its delegate.
    run.at("08:05");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    run.event("roll_answer", json!({ "seat_id": CHAIR.0 }));
    run.event("roll_answer", json!({ "seat_id": "com-gestion-publica", "person_id": "per-017" }));
    for seat in &MEMBERS[1..6] {
        run.event("roll_answer", json!({ "seat_id": seat.0 }));
    }
    for seat in &MEMBERS[7..11] {
        run.event("roll_answer", json!({ "seat_id": seat.0 }));
    }
    let opening = run.item("opening", 0);
    run.begin(&opening);
    run.event("quorum_check", json!({}));
    assert_eq!(run.present(), 11);
    let view = run.view();
    assert_eq!(view["course"]["quorum"]["met"], true);
    let row =
        view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == "com-gestion-publica").unwrap();
    assert_eq!((&row["capacity"], &row["counts"]), (&json!("delegate"), &json!(true)));

    // 8:12: the agenda, by consensus.
    run.at("08:12");
    run.begin(&run.item("procedure", 0));
    run.put_to_vote("v-agenda", "procedural", "Aprobar el orden del día", "consensus");
    let closed = run.close("v-agenda");
    assert_eq!(closed["course"]["in_favour"], 11, "whoever is there and says nothing consents");
    office.call(
        "put_decision",
        json!({ "item_id": run.item("procedure", 0), "kind": "procedural", "text": "Se aprueba el orden del día.",
            "vote_id": "v-agenda" }),
    );
    // 8:17: one comes late; the ledger has a line.
    run.at("08:17");
    run.event("arrival", json!({ "seat_id": "com-habitat" }));
    let view = run.view();
    let line = view["course"]["ledger"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&line["kind"], &line["verdict"]["have"]), (&json!("arrival"), &json!(12)));

    // 8:20: the first proposal: presented, argued, timed, voted by roll into a tie that the chair settles.
    run.at("08:20");
    let first = run.item("proposal", 0);
    run.begin(&first);
    let absent = run.refused("record_event", json!({ "kind": "presentation", "person_id": "per-018" }));
    assert_eq!(absent.details["field"], "person_id");
    run.call("put_guest", json!({ "person_id": "per-018", "reason": "Presenta la propuesta." }));
    run.event("presentation", json!({ "person_id": "per-018" }));
    run.at("08:30");
    let speech = run.event("intervention", json!({ "seat_id": "com-hacienda" }));
    run.at("08:34");
    let view = run.view();
    let item = |view: &Value, id: &str| {
        view["course"]["items"].as_array().unwrap().iter().find(|i| i["item_id"] == id).cloned().unwrap()
    };
    assert_eq!(
        item(&view, &first)["running_since"],
        json!(instant("2025-03-27T08:20") + seconds(&item(&view, &first)))
    );
    let speeches = view["course"]["interventions"].as_array().unwrap();
    assert!(speeches.iter().any(|s| s["event_id"] == speech["id"] && s["person_id"] == "per-004"));

    run.at("08:40");
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "roll_call");
    let voters: Vec<&str> = [
        "com-consejeria",
        "com-gestion-publica",
        "com-gobierno",
        "com-hacienda",
        "com-planeacion",
        "com-desarrollo-economico",
        "com-educacion",
        "com-integracion-social",
        "com-cultura",
        "com-ambiente",
        "com-movilidad",
        "com-habitat",
    ]
    .to_vec();
    for (n, seat) in voters.iter().enumerate() {
        run.cast("v-a", seat, if n < 6 { "for" } else { "against" });
    }
    let tied = run.close("v-a");
    assert_eq!((&tied["casting_vote_due"], &tied["course"]["in_favour"]), (&json!(true), &json!(6)));
    let settled = office.call("cast_casting_vote", json!({ "vote_id": "v-a", "value": "for" }));
    assert_eq!(settled["vote"]["verdict"]["result"], "approved");
    office.call(
        "put_decision",
        json!({ "id": "d-a", "item_id": first, "kind": "substantive", "text": "Se prioriza la planta piloto.",
            "vote_id": "v-a", "proposal_id": "pro-a" }),
    );
    office.call(
        "put_statement",
        json!({ "item_id": first, "kind": "dissent", "person_id": "per-012", "adhered_person_ids": ["per-011"],
            "text": "El estudio de costos llegó tarde.", "vote_id": "v-a" }),
    );
    run.call(
        "put_commitment",
        json!({ "item_id": first, "text": "Entregar el estudio de costos posteriores al piloto.",
            "responsible_person_id": "per-004", "due_on": "2025-04-30" }),
    );

    // 9:00: a recess; while it lasts nothing is voted.
    run.at("09:00");
    run.event("recess_start", json!({}));
    assert_eq!(
        run.refused("open_vote", json!({ "question": "¿Se vota?", "method": "ordinary" })).code,
        Code::RuleForbids
    );
    run.at("09:10");
    run.event("recess_end", json!({}));

    // 9:12: the second proposal: a recusal, decided by the body without the vote of whoever declared it.
    run.at("09:12");
    let second = run.item("proposal", 1);
    run.begin(&second);
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": "com-desarrollo-economico", "in_writing": true,
            "ground": "vínculo familiar con una persona de la junta de la organización aliada" }),
    );
    let suspended =
        run.refused("open_vote", json!({ "question": "¿Se aprueba la propuesta?", "method": "ordinary" }));
    assert_eq!(suspended.code, Code::WrongState, "the matter waits for the recusal");
    run.put_to_vote("v-rec", "recusal", "Aceptar el impedimento", "ordinary");
    let own = office.refused(
        "cast_ballot",
        json!({ "vote_id": "v-rec", "seat_id": "com-desarrollo-economico", "value": "for" }),
    );
    assert_eq!(own.code, Code::RuleForbids, "nobody votes on their own recusal");
    let closed = run.close("v-rec");
    assert_eq!(closed["course"]["in_favour"], 11);
    office
        .call("decide_recusal", json!({ "recusal_id": "rec-1", "outcome": "accepted", "vote_id": "v-rec" }));
    run.at("09:20");
    run.call(
        "open_vote",
        json!({ "id": "v-b", "item_id": second, "question": "¿Se aprueba la segunda propuesta?", "method": "ordinary" }),
    );
    // A roll by exception: only who dissents is written down.
    run.cast("v-b", "com-cultura", "abstain");
    let closed = run.close("v-b");
    assert_eq!(
        (&closed["course"]["in_favour"], &closed["course"]["abstain"]),
        (&json!(10), &json!(1)),
        "eleven may vote: the recused seat is out, and it stays in the base of members"
    );
    assert!(!closed["course"]["entitled"].as_array().unwrap().contains(&json!("com-desarrollo-economico")));
    office.call(
        "put_decision",
        json!({ "id": "d-b", "item_id": second, "kind": "substantive", "text": "Se prioriza la segunda propuesta.",
            "vote_id": "v-b", "proposal_id": "pro-b" }),
    );
    office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));

    // 9:30: hands are counted.
    run.at("09:30");
    let other = run.item("other_business", 0);
    run.begin(&other);
    run.put_to_vote(
        "v-hands",
        "substantive",
        "Invitar a la siguiente sesión a las organizaciones de migrantes",
        "show_of_hands",
    );
    let too_many = office.refused(
        "set_count",
        json!({ "vote_id": "v-hands", "counted": { "for": 12, "against": 1, "abstain": 0 } }),
    );
    assert_eq!(too_many.details["field"], "counted");
    let fewer_than_none = office.refused(
        "set_count",
        json!({ "vote_id": "v-hands", "counted": { "for": 2, "against": -1, "abstain": 0 } }),
    );
    assert!(fewer_than_none.message.es.contains("negativo"), "{fewer_than_none}");
    office.call(
        "set_count",
        json!({ "vote_id": "v-hands", "counted": { "for": 9, "against": 2, "abstain": 1 } }),
    );
    run.close("v-hands");

    // 9:40: four leave; eight stay and the quorum is gone: no vote any more.
    run.at("09:40");
    for seat in ["com-habitat", "com-movilidad", "com-ambiente", "com-cultura"] {
        run.event("departure", json!({ "seat_id": seat }));
    }
    let view = run.view();
    let last = view["course"]["ledger"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["turn"], &last["verdict"]["have"]), (&json!("lost"), &json!(8)));
    let blocked = run.refused("open_vote", json!({ "question": "¿Algo más?", "method": "ordinary" }));
    assert_eq!(blocked.code, Code::RuleForbids);
    assert!(view["vote_blocked"]["es"].as_str().unwrap().contains("8"), "{}", view["vote_blocked"]);
    run.adjourn("09:45");

    // The draft is ready, and says it all.
    let minutes = run.minutes();
    assert_eq!((&minutes["stored"], &minutes["minutes"]["status"]), (&json!(true), &json!("draft")));
    run.prints(&[
        "Acta n.º 1 de 2025",
        "De 8:05 a. m. a 9:45 a. m.",
        "A las 8:05 a. m. la presidenta declaró instalada la sesión.",
        "Respondieron once (11) puestos de dieciséis (16); hubo quórum, fijado en nueve (9) (Acuerdo 001 de 2024, art. 8).",
        "Se excusó por escrito el doctor Saúl Evaristo Güiza-Yáñez Peñuela",
        "según la Resolución 14 de 2025.",
        "El orden del día fue aprobado por unanimidad de los once (11) puestos presentes.",
        "A las 8:17 a. m. ingresó la doctora Leonor Guadalupe Peñaranda-Bohórquez Dell'Acqua; quedaron doce (12) puestos.",
        "Se declaró el empate: seis (6) votos a favor y seis (6) en contra.",
        "En ejercicio del voto dirimente (Acuerdo 001 de 2024, art. 11), la presidenta votó a favor.",
        "Decisión 1 de 2025. Se prioriza la planta piloto.",
        ", en disenso, el doctor Efraín Wenceslao Muñetón-Cárdenas Villafañe dejó constancia: «El estudio de costos llegó tarde»; adhirió la doctora Xiomara de los Ángeles Suárez-Quiñones O'Byrne.",
        "Se decretó un receso; al reanudar se contaron doce (12) puestos.",
        "La doctora Clemencia Beatriz Ruiz-Sepúlveda D'Costa se declaró impedida por vínculo familiar con una persona de la junta de la organización aliada; el punto quedó suspendido hasta la decisión de la Comisión.",
        "Aceptado el impedimento mediante votación de la Comisión, la doctora Clemencia Beatriz Ruiz-Sepúlveda D'Costa salió y no participó en el punto.",
        "por mayoría simple: diez (10) votos a favor, cero (0) votos en contra y una (1) abstención.",
        "por mayoría simple: nueve (9) votos a favor, dos (2) votos en contra y una (1) abstención.",
        "quedaron ocho (8) puestos y se perdió el quórum",
        "se levantó la sesión a las 9:45 a. m.",
    ]);
    let rows = &minutes["assembly"]["commitments"];
    assert_eq!(rows[0]["text"], "Entregar el estudio de costos posteriores al piloto.");
    for (proposal, decision) in [("pro-a", "Decisión 1 de 2025"), ("pro-b", "Decisión 2 de 2025")] {
        let detail = office.call("get_proposal", json!({ "id": proposal }));
        assert_eq!(detail["line"]["status"], "prioritized", "{proposal}");
        let last = detail["history"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last["decision"]["es"], decision);
        assert_eq!(last["session"]["es"], "Sesión ordinaria n.º 1 de 2025");
        assert!(last["item"].as_str().unwrap().contains("Propuesta"), "{last}");
    }
}

fn seconds(item: &Value) -> chrono::TimeDelta {
    // The clock of the office ticks a second for each call.
    let since: chrono::DateTime<chrono::Utc> = item["running_since"].as_str().unwrap().parse().unwrap();
    let whole = since - instant("2025-03-27T08:20");
    assert!(whole < chrono::TimeDelta::seconds(30), "{item}");
    whole
}

/// The roll was called with eleven seats; the eleventh in fact came later, after the first vote.
#[test]
fn an_arrival_re_timed_recomputes_everything_and_a_vote_it_would_turn_asks_first() {
    let run = Run::opened(9);
    run.at("08:12");
    let late = run.event("arrival", json!({ "seat_id": "com-movilidad" }));
    assert_eq!(run.present(), 11);
    run.begin(&run.item("procedure", 0));
    run.at("08:20");
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    for (seat, value) in [
        ("com-consejeria", "for"),
        ("com-gobierno", "for"),
        ("com-hacienda", "for"),
        ("com-planeacion", "for"),
        ("com-educacion", "for"),
        ("com-movilidad", "for"),
        ("com-salud", "against"),
        ("com-cultura", "against"),
        ("com-gestion-publica", "abstain"),
        ("com-integracion-social", "abstain"),
        ("com-desarrollo-economico", "abstain"),
    ] {
        run.cast("v-1", seat, value);
    }
    // Six of eleven attendees: approved by one vote.
    assert_eq!(run.close("v-1")["vote"]["verdict"]["result"], "approved");
    run.at("08:30");
    // A better time that turns nothing is corrected at once, with its trace.
    let at = |clock: &str| instant(&format!("2025-03-27T{clock}"));
    let corrected = run.office.call(
        "correct_event",
        json!({ "event_id": late["id"], "occurred_at": at("08:15"), "reason": "Lo confirmó la recepción." }),
    );
    let trace = &corrected["corrections"][0];
    assert_eq!(
        (&trace["field"], &trace["reason"]),
        (&json!("occurred_at"), &json!("Lo confirmó la recepción."))
    );
    assert_eq!(trace["was"].as_str().unwrap()[..16], at("08:12").to_rfc3339()[..16]);
    let row = |seat: &str| {
        let view = run.view();
        view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == seat).cloned().unwrap()
    };
    assert_eq!(row("com-movilidad")["since"], json!(at("08:15")));
    // Two o'clock past the vote: it was not there, its ballot does not count and the vote would fail.
    let later =
        json!({ "event_id": late["id"], "occurred_at": at("08:25"), "reason": "Llegó después de votar." });
    let told = run.office.refused("correct_event", later.clone());
    assert_eq!(told.code, Code::NeedsConfirmation);
    assert_eq!(told.details["confirm"], "accept_changed_votes");
    let changed = &told.details["changed_votes"][0];
    assert_eq!((&changed["was"], &changed["becomes"]), (&json!("approved"), &json!("rejected")));
    assert_eq!(row("com-movilidad")["since"], json!(at("08:15")), "told, and nothing changed");

    let mut accepted = later;
    accepted["accept_changed_votes"] = json!(true);
    let before = run.view();
    run.office.call("correct_event", accepted);
    let view = run.view();
    let vote = &view["votes"][0];
    assert_eq!(vote["verdict"]["result"], "rejected");
    let recount = &vote["recounts"][0];
    assert_eq!(
        (&recount["was"], &recount["reason"]),
        (
            &json!("aprobada, con 6 votos a favor, 2 en contra, 3 abstenciones y 11 presentes"),
            &json!("Llegó después de votar.")
        )
    );
    assert!(recount["becomes"].as_str().unwrap().starts_with("negada, con 5"), "{recount}");
    assert_eq!(
        (&view["motions"][0]["status"], &view["course"]["votes"][0]["changed"]),
        (&json!("rejected"), &json!(false))
    );
    // It is taken back like any correction.
    run.office.call("undo", json!({}));
    let undone = run.view();
    for part in ["votes", "motions", "events", "course"] {
        assert_eq!(undone[part], before[part], "{part}");
    }

    // An arrival entered late that would turn a closed vote asks too.
    let forgotten = json!({ "seat_id": "com-ambiente", "kind": "arrival", "occurred_at": at("08:18") });
    let told = run.refused("record_event", forgotten.clone());
    assert_eq!(told.code, Code::NeedsConfirmation, "six of twelve approve nothing");
    assert_eq!(told.details["changed_votes"][0]["becomes"], "rejected");
    let mut accepted = forgotten;
    accepted["accept_changed_votes"] = json!(true);
    assert_eq!(run.refused("record_event", accepted.clone()).details["field"], "reason");
    accepted["reason"] = json!("Nadie la anotó al llegar.");
    run.call("record_event", accepted);
    assert_eq!(run.view()["votes"][0]["verdict"]["result"], "rejected");
}

/// A roll answer keyed for the wrong seat, and a departure that never happened.
#[test]
fn an_entry_is_struck_or_seated_again_with_its_trace() {
    let run = Run::opened(9);
    let wrong = run.event("arrival", json!({ "seat_id": "com-movilidad" }));
    let id = &wrong["id"];
    let nowhere = run.office.refused("correct_event", json!({ "event_id": id, "seat_id": "com-nada" }));
    assert_eq!(nowhere.code, Code::NotFound);
    run.office.undone_and_redone(
        "correct_event",
        json!({ "event_id": id, "seat_id": "com-mujeres", "person_id": "per-014" }),
    );
    let inside = |seat: &str| {
        let view = run.view();
        let row = view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == seat).cloned().unwrap();
        row["inside"] == true && row["capacity"] == "holder"
    };
    assert!(inside("com-mujeres") && !inside("com-movilidad"));
    let left = run.event("departure", json!({ "seat_id": "com-mujeres" }));
    assert_eq!(run.present(), 10);
    run.office.undone_and_redone(
        "correct_event",
        json!({ "event_id": left["id"], "strike": "Solo contestó una llamada." }),
    );
    assert!(inside("com-mujeres"));
    let again = run.office.refused("correct_event", json!({ "event_id": left["id"], "detail": "x" }));
    assert_eq!(again.code, Code::WrongState);
    // Both stay in the record and only what stands is printed.
    let view = run.view();
    let event =
        |id: &Value| view["events"].as_array().unwrap().iter().find(|e| e["id"] == *id).cloned().unwrap();
    assert_eq!(event(&left["id"])["struck"], "Solo contestó una llamada.");
    assert_eq!(event(id)["corrections"].as_array().unwrap().len(), 2);
    let opening = view["events"].as_array().unwrap()[0].clone();
    let refused = run.office.refused("correct_event", json!({ "event_id": opening["id"], "strike": "x" }));
    assert_eq!(refused.code, Code::WrongState, "the opening is re-timed, never struck");
    run.adjourn("08:30");
    run.never_prints("se retiró la doctora Yolima");
}

/// An excuse that came by e-mail without its reason said: the acta says that it was in writing, and nothing of the message.
#[test]
fn an_excuse_by_e_mail_prints_its_reason_and_never_the_message() {
    for (reason, printed) in
        [(None, "Excusa escrita"), (Some("Comisión de servicios."), "Excusa escrita: comisión de servicios")]
    {
        let run = Run::convened();
        let eml = "From: Despacho <d@salud.gov.co>\r\nTo: secretaria@cooperacion.gov.co\r\nSubject: Excusa\r\nDate: Wed, 26 Mar 2025 10:04:05 -0500\r\n\r\nBuenas tardes, mi celular es 3001234567. No puedo asistir.";
        let mut filing = json!({ "kind": "excuse", "session_id": run.session, "seat_id": "com-salud" });
        if let Some(reason) = reason {
            filing["reason"] = json!(reason);
        }
        let file = crate::office::carried("excusa.eml", eml.as_bytes());
        let filed = run.office.call("file_mail", json!({ "file": file, "as": filing }));
        let kept =
            run.office.call("get_file", json!({ "blob_id": filed["message_blob_id"], "name": "excusa.eml" }));
        assert!(crate::office::bytes_of(&kept).ends_with(b"No puedo asistir."), "the message itself is kept");
        run.open(6);
        for (seat, _) in &MEMBERS[7..11] {
            run.event("roll_answer", json!({ "seat_id": seat }));
        }
        run.adjourn("09:00");
        run.prints(&["Se excusó por escrito"]);
        let minutes = run.minutes();
        let members = minutes["assembly"]["members"].as_array().unwrap();
        assert!(members.iter().any(|m| m["remarks"] == printed), "{members:?}");
        for words in ["3001234567", "Buenas tardes", "No puedo asistir"] {
            run.never_prints(words);
        }
    }
}

/// The power goes in mid-vote, with a timer running: what was recorded is there to the second.
#[test]
fn a_power_cut_in_the_middle_of_a_vote() {
    let run = Run::opened(11);
    run.at("08:20");
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.at("08:41");
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    for seat in ["com-consejeria", "com-gobierno", "com-hacienda"] {
        run.cast("v-1", seat, "for");
    }
    run.office.call(
        "save_draft",
        json!({ "key": format!("agenda_item/{item}/narrative"), "text": "La secretaría técnica exp" }),
    );
    let view = run.view();
    let head = run.office.head();

    let after =
        Run { office: run.office.after_a_power_cut("2025-03-27T08:55"), session: run.session.clone() };
    assert_eq!(after.office.head(), head);
    let again = after.view();
    assert_eq!(again["course"], view["course"], "open vote, ledger, timers");
    for part in ["session", "roll", "events", "votes", "ballots", "motions", "items"] {
        assert_eq!(again[part], view[part], "{part}");
    }
    assert_eq!(again["course"]["open_vote_id"], "v-1");
    let running = again["course"]["items"].as_array().unwrap().iter().find(|i| i["item_id"] == item).unwrap();
    assert!(running["running_since"].as_str().unwrap().starts_with("2025-03-27T13:20:"), "{running}");
    let drafts = after.office.call("list_drafts", json!({}));
    assert_eq!(drafts[0]["text"], "La secretaría técnica exp");
    assert_eq!(after.office.call("verify_archive", json!({}))["sound"], true);
    // And it goes on where it was.
    for (seat, _) in &MEMBERS[3..11] {
        after.cast("v-1", seat, "for");
    }
    after.cast("v-1", "com-gestion-publica", "against");
    assert_eq!(after.close("v-1")["course"]["in_favour"], 11);
    after.adjourn("09:30");
    after.prints(&["once (11) votos a favor, un (1) voto en contra"]);
}

/// A session kept on paper is entered two weeks later with the times of the paper, and says so.
#[test]
fn a_session_kept_on_paper_is_entered_afterwards_and_says_so() {
    let office = Office::at("2025-04-10T08:00");
    let request = json!({ "id": "ses-p", "body_id": BODY, "kind": "ordinary", "date": "2025-03-27",
        "planned_start": "08:00:00", "place": "Sala de juntas", "secretary_person_id": "per-032" });
    let refused = office.refused("create_session", request.clone());
    assert_eq!(refused.details["field"], "date", "a session is programmed ahead");
    let mut on_paper = request;
    on_paper["entered_afterwards"] = json!(true);
    on_paper["entered_note"] = json!("Transcrita del libro de actas, folio 12.");
    office.call("create_session", on_paper);
    office.call("build_agenda", json!({ "session_id": "ses-p" }));
    let run = Run { office, session: "ses-p".into() };
    let at = |clock: &str| json!(instant(&format!("2025-03-27T{clock}")));
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1, "occurred_at": at("08:07") }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        run.event("roll_answer", json!({ "seat_id": seat, "occurred_at": at("08:07") }));
    }
    run.event("quorum_check", json!({ "occurred_at": at("08:09") }));
    let before = json!(instant("2025-03-26T23:00"));
    let early = run.refused("record_event", json!({ "kind": "quorum_check", "occurred_at": before }));
    assert_eq!(early.details["field"], "occurred_at");
    let procedure = run.item("procedure", 0);
    run.event("item_start", json!({ "item_id": procedure, "occurred_at": at("08:10") }));
    run.call("file_motion", json!({ "id": "m", "kind": "procedural", "text": "Aprobar el orden del día", "occurred_at": at("08:11") }));
    run.call(
        "open_vote",
        json!({ "id": "v", "motion_id": "m", "method": "ordinary", "occurred_at": at("08:12") }),
    );
    run.office.call("close_vote", json!({ "vote_id": "v", "occurred_at": at("08:13") }));
    run.call("adjourn_session", json!({ "occurred_at": at("09:40") }));
    let view = run.view();
    assert_eq!(view["course"]["opened_at"], at("08:07"));
    assert!(
        view["events"][0]["recorded_at"].as_str().unwrap().starts_with("2025-04-10"),
        "recorded when it was"
    );
    run.prints(&[
        "De 8:07 a. m. a 9:40 a. m.",
        "El orden del día fue aprobado por unanimidad de los diez (10) puestos presentes.",
        "La sesión se registró en el archivo el 10 de abril de 2025, después de realizada: transcrita del libro de actas, folio 12.",
    ]);
    // Nobody entered its notice: the minutes ask for it, by the rule. It may be entered although the session is over.
    let check = || {
        let minutes = run.minutes();
        let found = minutes["preflight"].as_array().unwrap().iter().find(|c| c["check"] == "notice").cloned();
        found.expect("the notice is checked")
    };
    let missing = check();
    assert_eq!((&missing["ok"], &missing["overridable"]), (&json!(false), &json!(true)));
    assert_eq!(missing["place"], json!({ "screen": "notice", "id": "ses-p" }));
    assert!(
        missing["norm"].is_string() && missing["text"]["es"].as_str().unwrap().contains("5 días hábiles")
    );
    let enter = |more: Value| {
        let mut request = json!({ "id": "ses-p" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    assert_eq!(
        run.office.call("get_session", json!({ "session_id": "ses-p" }))["acts"],
        json!(["convene_session"])
    );
    for (more, code, key, word) in [
        (json!({}), Code::InvalidInput, "field", "convened_at"),
        (json!({ "convened_at": instant("2025-03-28T08:00") }), Code::InvalidInput, "field", "convened_at"),
        (
            json!({ "convened_at": instant("2025-03-25T08:00") }),
            Code::NeedsConfirmation,
            "confirm",
            "short_notice_reason",
        ),
    ] {
        let refused = run.office.refused("convene_session", enter(more));
        assert_eq!((refused.code, &refused.details[key]), (code, &json!(word)), "{refused}");
    }
    let sent = |clock: &str| enter(json!({ "convened_at": instant(clock), "channel": "oficio" }));
    run.office.call("convene_session", sent("2025-03-14T10:00"));
    let session = run.office.call("convene_session", sent("2025-03-17T10:00"));
    assert_eq!(session["status"], "adjourned", "only the notice changes");
    assert_eq!((&session["notice"]["business_days"], &session["notice"]["sequence"]), (&json!(7), &json!(0)));
    assert_eq!(check()["ok"], true);
    let notice = run.office.call("check_notice", json!({ "session_id": "ses-p" }));
    assert_eq!((&notice["in_time"], &notice["missing"]), (&json!(true), &json!([])));
    assert!(notice["text"]["es"].as_str().unwrap().contains("17 de marzo de 2025"), "{notice}");
}

/// Half an hour passes, eight seats are there, and the session is not held: its record needs signatures only.
#[test]
fn a_session_is_not_held_for_lack_of_quorum() {
    let run = Run::convened();
    run.at("08:05");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..7]) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.event("quorum_check", json!({}));
    run.event("waiting_started", json!({}));
    let view = run.view();
    let grace: chrono::DateTime<chrono::Utc> = view["grace_until"].as_str().unwrap().parse().unwrap();
    assert_eq!(
        (grace - instant("2025-03-27T08:30")).num_minutes(),
        0,
        "thirty minutes from the hour convened"
    );
    assert_eq!(
        run.refused("open_vote", json!({ "question": "¿Se espera?", "method": "ordinary" })).code,
        Code::RuleForbids
    );
    run.at("08:36");
    run.event("no_quorum_declared", json!({}));
    run.at("08:40");
    let late = run.event("arrival", json!({ "seat_id": "com-habitat" }));
    assert_eq!(late["kind"], "late_arrival_after_declaration");
    assert_eq!(run.present(), 8, "recorded and never counted");
    run.adjourn("08:44");
    let minutes = run.minutes();
    assert_eq!(minutes["minutes"]["kind"], "not_held_record");
    assert_eq!(minutes["signature_only"], true);
    run.prints(&[
        "Constancia de sesión no realizada",
        "Transcurridos treinta (30) minutos, se contaron ocho (8) de los nueve (9) puestos requeridos; la sesión no se realizó por falta de quórum.",
        "llegó",
    ]);
    run.never_prints("declaró instalada");
    for id in ["pro-a", "pro-b"] {
        let detail = run.office.call("get_proposal", json!({ "id": id }));
        let last = detail["history"].as_array().unwrap().last().unwrap()["change"].clone();
        assert_eq!((&last["status"], &last["cause"]), (&json!("postponed"), &json!("no_quorum")), "{id}");
    }
    let refused = run
        .office
        .refused("send_draft", json!({ "minutes_id": minutes["minutes"]["id"], "sent_on": "2025-03-26" }));
    assert_eq!(refused.code, Code::InvalidInput);
    // It is adopted without a vote, by its signatures.
    run.office.go_to("2025-03-28T09:00");
    let id = &minutes["minutes"]["id"];
    let adopted = run.office.call("adopt_minutes", json!({ "minutes_id": id }));
    assert_eq!(adopted["status"], "approved");
}

/// What a session refuses, each with its sentence.
#[test]
fn what_a_live_session_refuses() {
    let run = Run::convened();
    let office = &run.office;
    assert_eq!(
        run.refused("record_event", json!({ "kind": "quorum_check" })).code,
        Code::WrongState,
        "not opened yet"
    );
    let minutes = run.refused("get_minutes_view", json!({}));
    assert_eq!(minutes.code, Code::WrongState);
    run.open(9);
    assert_eq!(
        run.refused("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 })).code,
        Code::WrongState
    );
    run.begin(&run.item("procedure", 0));
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    let second_vote = run.refused("open_vote", json!({ "question": "¿Otra?", "method": "ordinary" }));
    assert_eq!(second_vote.code, Code::WrongState);
    // A seat votes once: a second ballot is refused, also one that says the same. What it voted is changed while the
    // vote is open, by an act of its own, and none is taken after.
    office.call(
        "cast_ballot",
        json!({ "id": "bal-1", "vote_id": "v-1", "seat_id": "com-hacienda", "value": "for" }),
    );
    for value in ["against", "for"] {
        let request = json!({ "vote_id": "v-1", "seat_id": "com-hacienda", "value": value });
        let second = office.refused("cast_ballot", request);
        assert_eq!(second.code, Code::AlreadyExists);
        assert_eq!(
            (&second.details["value"], &second.details["ballot_id"]),
            (&json!("for"), &json!("bal-1"))
        );
        assert!(second.message.es.contains("ya votó, a favor"), "{}", second.message.es);
        assert!(second.message.en.contains("has voted already, for"), "{}", second.message.en);
    }
    let change = json!({ "vote_id": "v-1", "seat_id": "com-hacienda", "value": "against" });
    let changed = office.call("change_ballot", change.clone());
    assert_eq!((&changed["course"]["in_favour"], &changed["course"]["against"]), (&json!(0), &json!(1)));
    // The trace: what it was and what it is.
    let entries = office.call("list_journal", json!({ "limit": 1 }));
    assert_eq!(entries[0]["op"], "change_ballot");
    let entry = office.call("get_journal_entry", json!({ "seq": entries[0]["seq"] }));
    let image = &entry["changes"][0];
    assert_eq!((&image["before"]["value"], &image["after"]["value"]), (&json!("for"), &json!("against")));
    assert_eq!((&image["id"], &image["after"]["id"]), (&json!("bal-1"), &json!("bal-1")));
    // One that changes nothing leaves no entry.
    office.call("change_ballot", change);
    assert_eq!(office.call("list_journal", json!({ "limit": 1 }))[0]["seq"], entries[0]["seq"]);
    let undone = office.call("undo", json!({}));
    assert!(undone["message"]["es"].as_str().unwrap().contains("a favor → en contra"), "{undone}");
    office.call("redo", json!({}));
    let none = office
        .refused("change_ballot", json!({ "vote_id": "v-1", "seat_id": "com-educacion", "value": "for" }));
    assert_eq!(none.code, Code::WrongState);
    let absent =
        office.refused("cast_ballot", json!({ "vote_id": "v-1", "seat_id": "com-habitat", "value": "for" }));
    assert_eq!(absent.code, Code::RuleForbids);
    assert_eq!(absent.details["seat_id"], "com-habitat");
    let stranger =
        office.refused("cast_ballot", json!({ "vote_id": "v-1", "seat_id": "com-nada", "value": "for" }));
    assert_eq!(stranger.code, Code::NotFound);
    assert_eq!(run.refused("adjourn_session", json!({})).code, Code::WrongState, "a vote is open");
    assert_eq!(run.refused("record_event", json!({ "kind": "recess_start" })).code, Code::WrongState);
    run.close("v-1");
    let closed =
        office.refused("cast_ballot", json!({ "vote_id": "v-1", "seat_id": "com-hacienda", "value": "for" }));
    assert_eq!(closed.code, Code::WrongState, "a second ballot after closing");
    assert_eq!(office.refused("close_vote", json!({ "vote_id": "v-1" })).code, Code::WrongState);
    // Twice in, twice out, in two seats at once, in the future.
    for (request, code) in [
        (json!({ "kind": "arrival", "seat_id": "com-hacienda" }), Code::WrongState),
        (json!({ "kind": "departure", "seat_id": "com-habitat" }), Code::WrongState),
        (json!({ "kind": "return", "seat_id": "com-habitat" }), Code::WrongState),
        (json!({ "kind": "arrival", "seat_id": "com-habitat", "person_id": "per-004" }), Code::RuleForbids),
        (json!({ "kind": "quorum_check", "occurred_at": instant("2025-03-27T18:00") }), Code::InvalidInput),
        (json!({ "kind": "no_quorum_declared" }), Code::WrongState),
        (json!({ "kind": "item_start", "item_id": "nada" }), Code::InvalidInput),
        (json!({ "kind": "vote_open" }), Code::InvalidInput),
        (json!({ "kind": "recess_end" }), Code::WrongState),
    ] {
        assert_eq!(run.refused("record_event", request.clone()).code, code, "{request}");
    }
    // Somebody without a written act has voice only.
    run.event("arrival", json!({ "seat_id": "com-habitat", "person_id": "per-020" }));
    assert_eq!(run.present(), 10);
    run.put_to_vote("v-2", "procedural", "Sesionar hasta las once", "roll_call");
    let voiceless =
        office.refused("cast_ballot", json!({ "vote_id": "v-2", "seat_id": "com-habitat", "value": "for" }));
    assert_eq!(voiceless.code, Code::RuleForbids);
    office.undone_and_redone("annul_vote", json!({ "vote_id": "v-2", "reason": "Se abrió por error." }));
    office.call("settle_motion", json!({ "motion_id": "mot-v-2", "status": "withdrawn" }));
    // Minutes of a session under way are not adopted, nor sent: they are no record yet.
    let provisional = run.minutes();
    assert_eq!(provisional["stored"], false);
    let adopt = office.refused("adopt_minutes", json!({ "minutes_id": provisional["minutes"]["id"] }));
    assert_eq!(adopt.code, Code::NotFound);
    run.at("09:00");
    let before_the_last =
        run.refused("adjourn_session", json!({ "occurred_at": instant("2025-03-27T08:05") }));
    assert_eq!(before_the_last.details["field"], "occurred_at");
    let past = run.refused("adjourn_session", json!({ "next_session_on": "2025-03-20" }));
    assert_eq!(past.details["field"], "next_session_on");
    run.adjourn("09:10");
    assert_eq!(run.refused("record_event", json!({ "kind": "quorum_check" })).code, Code::WrongState);
    assert_eq!(office.refused("undo", json!({})).code, Code::NotUndoable, "an adjournment is never undone");
    // Its minutes are adopted by the next session's vote, not before.
    let id = run.minutes()["minutes"]["id"].clone();
    let early = office.refused("adopt_minutes", json!({ "minutes_id": id }));
    assert_eq!(early.code, Code::RuleForbids);
}

impl Run {
    /// A short session held to its end: the agenda and the first proposal, approved.
    pub fn held() -> Self {
        let run = Self::opened(10);
        run.at("08:12");
        run.begin(&run.item("procedure", 0));
        run.approve("v-agenda", "procedural", "Aprobar el orden del día");
        run.at("08:20");
        let item = run.item("proposal", 0);
        run.begin(&item);
        run.approve("v-a", "substantive", "Aprobar la propuesta");
        run.office.call(
            "put_decision",
            json!({ "id": "d-a", "item_id": item, "kind": "substantive", "text": "Se prioriza la planta piloto.",
                "vote_id": "v-a", "proposal_id": "pro-a" }),
        );
        run.adjourn("09:00");
        run
    }

    /// The same, with the draft of its minutes sent on 31 March and the text of what it decided on its agenda; and its
    /// minutes.
    pub fn sent() -> (Self, String) {
        let run = Self::held();
        let id = run.minutes_id();
        run.office.go_to("2025-03-31T09:00");
        run.office.call("send_draft", json!({ "minutes_id": id }));
        run.office.call(
            "put_decision",
            json!({ "item_id": run.item("procedure", 0), "kind": "procedural", "text": "Se aprueba el orden del día.",
                "vote_id": "v-agenda" }),
        );
        (run, id)
    }

    pub fn minutes_id(&self) -> String {
        self.minutes()["minutes"]["id"].as_str().unwrap().to_owned()
    }
}

/// Everything of today's that a session stands on is edited after it; the session and its minutes do not move.
#[test]
fn editing_today_never_changes_an_old_session() {
    let run = Run::held();
    let office = &run.office;
    office.go_to("2025-09-02T09:00");
    let stable = |view: Value| {
        let mut view = view;
        view["now"] = Value::Null;
        view
    };
    let (view, pdf, minutes) = (stable(run.view()), run.pdf(), run.minutes());
    let seat = |id: &str| {
        let members = office.call("list_members", json!({ "body_id": BODY }));
        members["seats"].as_array().unwrap().iter().find(|s| s["seat"]["id"] == id).unwrap()["seat"].clone()
    };
    // Another holder, another name, another title, a seat closed and one more, other rules, another secretariat.
    office.call(
        "appoint_holder",
        json!({ "seat_id": "com-hacienda", "person_id": "per-017", "kind": "holder", "valid_from": "2025-09-01" }),
    );
    let person = office.call("get_person", json!({ "id": "per-004" }))["person"].clone();
    let mut renamed = json!({ "id": "per-004", "full_name": "Otra Persona Distinta" });
    for field in ["first_names", "surnames", "treatment", "grammatical_gender", "position"] {
        renamed[field] = person[field].clone();
    }
    renamed["treatment"] = json!("ingeniera");
    office.call("put_person", renamed);
    let hacienda = seat("com-hacienda");
    office.call(
        "put_seat",
        json!({ "id": "com-hacienda", "body_id": BODY, "number": hacienda["number"], "role": "member",
            "title": "Otro título", "vote": false, "voice": true }),
    );
    office.call("close_seat", json!({ "id": "com-salud", "valid_to": "2025-08-31" }));
    let body = office.call("get_body", json!({ "body_id": BODY }))["body"].clone();
    office.call(
        "put_body",
        json!({ "id": BODY, "kind": body["kind"], "name": "Comisión con otro nombre",
            "creating_act": { "registered": true, "text": "Decreto 1 de 2025" } }),
    );
    let mut rules = data("body-commission.json")["rule_sets"][1].clone();
    rules["id"] = json!("rs-nuevas");
    rules["effective_from"] = json!("2025-09-01");
    rules["adopted_by"]["adopted_in_session_id"] = Value::Null;
    rules["quorum"] = json!({ "deliberative": { "kind": "any" }, "decision": { "kind": "fixed", "value": 3 }, "article": "8" });
    office.call(
        "create_rule_set",
        json!({ "id": "rs-nuevas", "body_id": BODY, "effective_from": "2025-09-01", "rules": rules }),
    );

    assert_eq!(stable(run.view()), view);
    assert_eq!(run.pdf(), pdf, "the minutes print the same bytes");
    assert_eq!(run.minutes()["assembly"], minutes["assembly"]);
}

/// By the next session's vote: sent, remarked, adjusted, approved, frozen, signed, published; and printed ever after as
/// it was frozen.
#[test]
fn minutes_are_approved_by_the_next_session_and_reprinted_byte_for_byte() {
    let run = Run::held();
    let office = &run.office;
    let id = run.minutes_id();
    office.go_to("2025-03-31T09:00");
    assert_eq!(
        office.refused("send_draft", json!({ "minutes_id": id, "sent_on": "2025-03-20" })).code,
        Code::InvalidInput
    );
    let sent = office.undone_and_redone("send_draft", json!({ "minutes_id": id }));
    assert_eq!((&sent["status"], &sent["remarks_until"]), (&json!("in_review"), &json!("2025-04-07")));
    let remark = office.undone_and_redone(
        "put_remark",
        json!({ "id": "rem-1", "minutes_id": id, "person_id": "per-004", "text": "Falta el monto del piloto." }),
    );
    assert_eq!(remark["position"], 1);
    assert_eq!(
        office.refused("adjust_minutes", json!({ "minutes_id": id })).code,
        Code::WrongState,
        "unanswered"
    );
    let no_reason = office.refused("answer_remark", json!({ "id": "rem-1", "accepted": false }));
    assert_eq!(no_reason.code, Code::NeedsConfirmation);
    office.undone_and_redone("answer_remark", json!({ "id": "rem-1", "accepted": true }));
    let item = run.item("proposal", 0);
    office.call(
        "set_narrative",
        json!({ "item_id": item, "narrative": "La entidad explicó el piloto y su monto." }),
    );
    office.undone_and_redone("adjust_minutes", json!({ "minutes_id": id }));

    // The next session has them on its agenda and approves them.
    let next = office.session("ses-2", "ordinary", "2025-06-26");
    office.go_to("2025-06-17T09:00");
    office.call("convene_session", json!({ "id": next }));
    let second = Run { office: Run::take(&run), session: next };
    let office = &second.office;
    office.go_to("2025-06-26T08:05");
    second.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        second.event("roll_answer", json!({ "seat_id": seat }));
    }
    second.event("quorum_check", json!({}));
    let adopt = json!({ "minutes_id": id, "approved_in_session_id": "ses-2" });
    assert_eq!(office.refused("adopt_minutes", adopt.clone()).code, Code::RuleForbids, "not voted yet");
    second.begin(&second.item("previous_minutes", 0));
    second.approve("v-acta", "procedural", "Aprobar el acta n.º 1 de 2025");
    // While that session is open its votes can still be corrected.
    assert_eq!(office.refused("adopt_minutes", adopt.clone()).code, Code::WrongState);
    second.call("adjourn_session", json!({}));
    // A check fails: the agenda was approved and nobody wrote the decision down. It is mended, not gone past.
    let failed = office.refused("adopt_minutes", adopt.clone());
    assert_eq!(
        (failed.code, &failed.details["checks"][0]["check"]),
        (Code::NeedsConfirmation, &json!("decision:v-agenda"))
    );
    assert!(failed.message.es.contains("falla una verificación"), "{failed}");
    office.call(
        "put_decision",
        json!({ "item_id": run.item("procedure", 0), "kind": "procedural", "text": "Se aprueba el orden del día.",
            "vote_id": "v-agenda" }),
    );
    let before = office.head();
    let adopted = office.call("adopt_minutes", adopt.clone());
    assert_eq!(
        (&adopted["status"], &adopted["approved_on"], &adopted["approved_vote_id"]),
        (&json!("approved"), &json!("2025-06-26"), &json!("v-acta"))
    );
    assert_eq!(office.refused("adopt_minutes", adopt).code, Code::WrongState);
    assert_eq!(office.refused("undo", json!({})).code, Code::NotUndoable);
    // The official file: bytes and hash, with the head of the archive before it.
    let first = Run { office: Run::take(&second), session: "ses-1".into() };
    let office = &first.office;
    let view = first.minutes();
    let version = &view["versions"][0];
    assert_eq!((&version["kind"], &version["head"]), (&json!("minutes"), &json!(before)));
    let preview = first.preview();
    assert_eq!(preview["official"], true);
    let pdf = first.pdf();
    assert_eq!(sha256(&pdf), version["blob_id"].as_str().unwrap());
    assert!(printed(&preview).contains(&before), "the head is on its last page");
    // Nothing moves it: no narrative, no decision, no event; not the signatures either.
    let words = office.refused("set_narrative", json!({ "item_id": item, "narrative": "Otra cosa." }));
    assert_eq!(words.code, Code::WrongState);
    let decision = office.refused("remove_decision", json!({ "decision_id": "d-a" }));
    assert_eq!(decision.code, Code::WrongState);
    let event = first.view()["events"][3]["id"].clone();
    assert_eq!(
        office.refused("correct_event", json!({ "event_id": event, "detail": "x" })).code,
        Code::WrongState
    );
    office.go_to("2025-07-01T09:00");
    for role in ["chair", "secretariat"] {
        office.call("sign_minutes", json!({ "minutes_id": id, "role": role }));
    }
    office.call("publish_minutes", json!({ "minutes_id": id }));
    assert_eq!(first.pdf(), pdf);
    let line = office.call("list_minutes", json!({}))["minutes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["id"] == json!(id))
        .cloned()
        .unwrap();
    assert_eq!((&line["status"], &line["next"]), (&json!("published"), &Value::Null));
    assert_eq!(line["file"]["blob_id"], version["blob_id"]);
    assert_eq!(line["approved_in"]["name"]["es"], "Sesión ordinaria n.º 2 de 2025");
    assert_eq!(office.call("verify_archive", json!({}))["sound"], true);
}

impl Run {
    /// Convened under rules by which silence approves the minutes, changed further by `change`.
    pub fn approved_by_silence(change: impl Fn(&mut secretariat::rules::RuleSet)) -> Self {
        let run = Self::convened();
        run.office
            .archive
            .transact(&run.office.context(), secretariat::api::Op::Import, |tx| {
                let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
                stored.rules.minutes.approval_route = secretariat::rules::ApprovalRoute::Silence;
                change(&mut stored.rules);
                tx.put(&stored)
            })
            .unwrap();
        run
    }
}

/// Where the rules say that silence approves: nobody remarks and the term passes.
#[test]
fn minutes_are_approved_by_silence_when_the_term_for_remarks_ends() {
    let run = Run::approved_by_silence(|_| ());
    let office = &run.office;
    run.open(10);
    run.adjourn("08:40");
    let id = run.minutes_id();
    office.go_to("2025-03-31T09:00");
    assert_eq!(
        office.refused("adopt_minutes", json!({ "minutes_id": id })).code,
        Code::WrongState,
        "members have not seen it"
    );
    office.call("send_draft", json!({ "minutes_id": id }));
    office.go_to("2025-04-07T18:00");
    let early = office.refused("adopt_minutes", json!({ "minutes_id": id }));
    assert_eq!(early.code, Code::RuleForbids);
    assert!(early.message.es.contains("7 de abril de 2025"), "{early}");
    office.go_to("2025-04-08T08:00");
    let adopted = office.call("adopt_minutes", json!({ "minutes_id": id }));
    assert_eq!((&adopted["status"], &adopted["approved_on"]), (&json!("approved"), &json!("2025-04-08")));
    let (pdf, view) = (run.pdf(), run.minutes());
    assert_eq!(sha256(&pdf), view["versions"][0]["blob_id"].as_str().unwrap());
}

#[test]
fn silence_without_a_term_in_the_rules_asks_until_when_remarks_are_heard() {
    let run = Run::approved_by_silence(|rules| rules.deadlines.minutes_remarks = None);
    let office = &run.office;
    let problems = office.call("get_rule_set", json!({ "id": "rs-comision-2024" }))["problems"].to_string();
    assert!(problems.contains("silence_without_term"), "{problems}");
    run.open(10);
    run.adjourn("08:40");
    let id = run.minutes_id();
    let may = |what: &str| run.minutes()[what].clone();
    assert_eq!((may("may_send"), may("may_adopt")), (json!(true), json!(false)));
    office.go_to("2025-03-31T09:00");
    let asked = office.refused("send_draft", json!({ "minutes_id": id }));
    assert_eq!(asked.details["field"], "remarks_until");
    assert_eq!(
        office.refused("send_draft", json!({ "minutes_id": id, "remarks_until": "2025-03-30" })).details["field"],
        "remarks_until"
    );
    office.call("send_draft", json!({ "minutes_id": id, "remarks_until": "2025-04-04" }));
    assert_eq!((may("may_send"), may("may_adopt")), (json!(false), json!(true)));
    office.go_to("2025-04-05T08:00");
    assert_eq!(office.call("adopt_minutes", json!({ "minutes_id": id }))["status"], "approved");
}

#[test]
fn the_file_of_a_delegation_may_come_after_the_session() {
    let run = Run::convened();
    let (seat, delegate) = (MEMBERS[0].0, "per-017");
    let act = json!({ "kind": "resolution", "number": "77 de 2025", "date": "2025-03-26" });
    run.office.call(
        "record_delegation",
        json!({ "id": "d-77", "seat_id": seat, "delegate_id": delegate, "act": act }),
    );
    run.open(0);
    run.event("roll_answer", json!({ "seat_id": seat, "person_id": delegate }));
    for (seat, _) in &MEMBERS[1..9] {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.adjourn("08:40");
    let lacks = || {
        let checks = run.minutes()["preflight"].as_array().unwrap().clone();
        checks.iter().any(|c| c["ok"] == false && c["check"] == "delegation_file:d-77")
    };
    assert!(lacks());
    let file = json!({ "name": "resolución 77.pdf", "base64": "JVBERi0xLjc=" });
    run.office.call("attach_delegation_file", json!({ "id": "d-77", "file": file }));
    assert!(!lacks(), "it is there now");
}

pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A decision is what moves a proposal: with conditions, returned with its reason, taken back, mended.
#[test]
fn what_a_decision_makes_of_a_proposal() {
    let run = Run::opened(10);
    let office = &run.office;
    let (a, b) = (run.item("proposal", 0), run.item("proposal", 1));
    let status = |id: &str| office.call("get_proposal", json!({ "id": id }))["line"]["status"].clone();
    let steps =
        |id: &str| office.call("get_proposal", json!({ "id": id }))["history"].as_array().unwrap().len();
    run.begin(&a);
    run.approve("v-a", "substantive", "Aprobar la propuesta con condiciones");
    let (scheduled, before) = (status("pro-a"), steps("pro-a"));
    assert_eq!(scheduled, "scheduled");
    // Before it is written, the form knows what the vote would make of it, and the item that its text is missing.
    let told = |id: &str| {
        let view = run.view();
        let of = view["item_proposals"].as_array().unwrap().iter().find(|p| p["id"] == id).unwrap().clone();
        let last = of["by_vote"].as_array().unwrap().last().unwrap().clone();
        (last["would_be"].clone(), last["would_be_text"]["es"].clone(), view["unwritten"].clone())
    };
    let prioritized = json!("La propuesta queda priorizada.");
    assert_eq!(told("pro-a"), (json!("prioritized"), prioritized.clone(), json!(["v-a"])));
    let decision = json!({ "id": "d-a", "item_id": a, "kind": "substantive", "text": "Se prioriza con una condición.",
        "vote_id": "v-a", "proposal_id": "pro-a", "outcome": "prioritized_with_conditions",
        "note": "Concepto de espacio fiscal previo." });
    office.undone_and_redone("put_decision", decision);
    assert_eq!((status("pro-a"), steps("pro-a")), (json!("prioritized_with_conditions"), before + 1));
    let stays = json!("La votación no cambia la propuesta: sigue priorizada con condiciones.");
    assert_eq!(told("pro-a"), (Value::Null, stays, json!([])));
    assert_eq!(
        run.view()["items"].as_array().unwrap().iter().find(|i| i["id"] == json!(a)).unwrap()["outcome"],
        "prioritized_with_conditions"
    );
    // Its words are mended and it settles what it settled; taken back, the proposal is to be decided again.
    office.call("put_decision", json!({ "id": "d-a", "item_id": a, "kind": "substantive", "text": "Se prioriza, con una condición.", "vote_id": "v-a", "proposal_id": "pro-a" }));
    assert_eq!((status("pro-a"), steps("pro-a")), (json!("prioritized_with_conditions"), before + 1));
    office.undone_and_redone("remove_decision", json!({ "decision_id": "d-a" }));
    assert_eq!((status("pro-a"), steps("pro-a")), (json!("scheduled"), before));
    assert_eq!(
        told("pro-a"),
        (json!("prioritized"), prioritized, json!(["v-a"])),
        "its text is missing again"
    );
    // Decided by its vote when nothing else is said.
    office.call("put_decision", json!({ "id": "d-a", "item_id": a, "kind": "substantive", "text": "Se prioriza.", "vote_id": "v-a", "proposal_id": "pro-a" }));
    assert_eq!(status("pro-a"), "prioritized");
    // Once it is being executed the decision stays.
    office.call("execute_proposal", json!({ "id": "pro-a" }));
    assert_eq!(office.refused("remove_decision", json!({ "decision_id": "d-a" })).code, Code::WrongState);

    run.begin(&b);
    run.put_to_vote("v-b", "return", "Devolver la propuesta", "ordinary");
    run.close("v-b");
    assert_eq!(told("pro-b").1, "La propuesta queda devuelta.");
    let returned = json!({ "item_id": b, "kind": "procedural", "text": "Se devuelve la propuesta.", "vote_id": "v-b", "proposal_id": "pro-b" });
    assert_eq!(office.refused("put_decision", returned.clone()).details["field"], "note", "why is asked for");
    for (field, value, code) in
        [("outcome", "informed", Code::InvalidInput), ("proposal_id", "pro-nada", Code::NotFound)]
    {
        let mut wrong = returned.clone();
        wrong[field] = json!(value);
        assert_eq!(office.refused("put_decision", wrong).code, code, "{field}");
    }
    let mut with_reason = returned;
    with_reason["note"] = json!("Faltan los costos.");
    office.undone_and_redone("put_decision", with_reason);
    let detail = office.call("get_proposal", json!({ "id": "pro-b" }));
    let last = detail["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["change"]["status"], &last["change"]["note"], &last["decision"]["es"], &last["decision_text"]),
        (
            &json!("returned"),
            &json!("Faltan los costos."),
            &json!("Decisión de procedimiento"),
            &json!("Se devuelve la propuesta.")
        )
    );
}

/// An item postponed takes its proposal with it, and brings it back when the entry is struck; what nobody got to
/// returns in the next agenda.
#[test]
fn what_is_not_treated_returns() {
    let run = Run::opened(10);
    let office = &run.office;
    let status = |id: &str| office.call("get_proposal", json!({ "id": id }))["line"]["status"].clone();
    let a = run.item("proposal", 0);
    run.begin(&a);
    let put_off = office.undone_and_redone(
        "record_event",
        json!({ "session_id": "ses-1", "kind": "item_postponed", "item_id": a, "detail": "falta un concepto" }),
    );
    assert_eq!(status("pro-a"), "postponed");
    office.undone_and_redone(
        "correct_event",
        json!({ "event_id": put_off["id"], "strike": "Se trató después." }),
    );
    assert_eq!(status("pro-a"), "scheduled");
    run.event("item_postponed", json!({ "item_id": a, "detail": "falta un concepto" }));
    run.adjourn("08:50");
    // The second was never reached.
    assert_eq!((status("pro-a"), status("pro-b")), (json!("postponed"), json!("postponed")));
    let second = office.call("get_proposal", json!({ "id": "pro-b" }));
    let last = &second["history"].as_array().unwrap().last().unwrap()["change"];
    assert_eq!(
        (&last["cause"], &last["note"]),
        (&Value::Null, &json!("El punto quedó pendiente al levantarse la sesión."))
    );
    office.go_to("2025-04-01T08:00");
    let next = office.session("ses-2", "ordinary", "2025-06-26");
    let agenda = office.call("get_agenda", json!({ "session_id": next }));
    let text = agenda.to_string();
    assert!(text.contains("pro-a") && text.contains("pro-b"), "{text}");
    assert_eq!((status("pro-a"), status("pro-b")), (json!("scheduled"), json!("scheduled")));
}

#[test]
fn a_vote_that_loses_its_quorum_is_told_as_it_was_and_leaves_nothing_to_mend() {
    // Ten present; nine are the quorum.
    let run = Run::opened(9);
    let item = run.item("proposal", 0);
    run.at("08:20");
    run.begin(&item);
    run.put_to_vote("vot", "substantive", "Aprobar la planta piloto.", "roll_call");
    let seats: Vec<&str> = std::iter::once(&CHAIR).chain(&MEMBERS[..9]).map(|(seat, _)| *seat).collect();
    for seat in &seats {
        run.cast("vot", seat, "for");
    }
    run.at("08:21");
    for gone in [seats[8], seats[9]] {
        run.event("departure", json!({ "seat_id": gone }));
    }
    run.at("08:22");
    assert_eq!(run.close("vot")["vote"]["verdict"]["result"], "no_quorum");
    run.at("08:30");
    run.adjourn_unresolved();

    let view = run.call("get_minutes_view", json!({}));
    let told = view["assembly"]["items"].to_string();
    let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"));
    let put = place("A las 8:20 a. m. se sometió a votación nominal");
    let gone = place("A las 8:21 a. m. se retiraron");
    let count = place(
        "Al cerrarse la votación, a las 8:22 a. m., estaban presentes ocho (8) puestos de dieciséis (16); el quórum requerido era de nueve (9)",
    );
    assert!(put < gone && gone < count, "in the order in which it happened");
    place("No se contaron los votos de");
    place("que se retiraron después de votar: no quedó quórum.");
    place("No había quórum para decidir; no hubo decisión.");
    let wrong: Vec<&str> = view["preflight"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["ok"] == false && check["overridable"] == false)
        .map(|check| check["text"]["es"].as_str().unwrap())
        .collect();
    assert_eq!(wrong, Vec::<&str>::new(), "what happened is no fault of the record");
    assert!(!told.contains("no se votó"), "it was put to the vote");
}

#[test]
fn who_votes_and_leaves_is_counted_while_the_quorum_stands() {
    let run = Run::opened(11);
    let item = run.item("proposal", 0);
    run.at("08:20");
    run.begin(&item);
    run.put_to_vote("vot", "substantive", "Aprobar la planta piloto.", "roll_call");
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..11]) {
        run.cast("vot", seat, "for");
    }
    run.at("08:21");
    run.event("departure", json!({ "seat_id": MEMBERS[9].0 }));
    run.at("08:22");
    assert_eq!(run.close("vot")["vote"]["verdict"]["result"], "approved");
    let told = run.call("get_minutes_view", json!({}))["assembly"]["items"].to_string();
    for words in [
        "Al cerrarse la votación, a las 8:22 a. m., estaban presentes once (11) puestos de dieciséis (16)",
        "Se contó el voto de",
        "que se retiró después de votar.",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

/// The quorum lost, the chair goes on for information: it is recorded, nothing is decided, and it is over with the quorum.
#[test]
fn a_session_that_lost_its_quorum_goes_on_for_information() {
    let run = Run::opened(8);
    let go_on = json!({ "kind": "continued_informative" });
    assert_eq!(run.refused("record_event", go_on.clone()).code, Code::WrongState, "there is a quorum");
    run.begin(&run.item("proposal", 0));
    run.at("08:40");
    run.event("departure", json!({ "seat_id": MEMBERS[2].0 }));
    assert_eq!(run.view()["course"]["informative_since"], Value::Null);
    run.office.undone_and_redone("record_event", run.of_session(go_on.clone()));
    assert!(run.view()["course"]["informative_since"].is_string());
    assert_eq!(run.refused("record_event", go_on).code, Code::WrongState, "once");
    let room = run.call("room_view", json!({}));
    assert!(room["told"]["es"].as_str().unwrap().contains("sigue de manera informativa"), "{room}");
    run.at("08:50");
    run.event("arrival", json!({ "seat_id": MEMBERS[9].0 }));
    assert_eq!(run.view()["course"]["informative_since"], Value::Null, "there is a quorum again");
    run.prints(&[
        "A las 8:40 a. m. la presidenta dispuso seguir de manera informativa, sin decidir mientras faltara el quórum.",
    ]);
}
