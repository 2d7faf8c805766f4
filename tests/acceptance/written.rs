//! Sessions in writing, from the notice to the printed minutes: who replied in time and who did not, what a second reply
//! does, suspensions and extensions, what silence is. On the commission of the demonstration: sixteen seats vote, nine are a
//! quorum.

use secretariat::Code;
use secretariat::api::Op;
use secretariat::body::StoredRuleSet;
use secretariat::rules::WrittenSessions;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, Office, carried, instant};
use crate::preparation::draft;

/// The seats in roll order, the chair's first, each with its holder.
fn seats() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    std::iter::once(&CHAIR).chain(&MEMBERS)
}

/// What the rules say of written sessions in an office.
fn rules(office: &Office, say: impl Fn(&mut WrittenSessions)) {
    office
        .archive
        .transact(&office.context(), Op::Import, |tx| {
            let mut stored: StoredRuleSet = tx.get("rs-comision-2024")?;
            stored.rules.sessions.written.allowed = true;
            say(&mut stored.rules.sessions.written);
            tx.put(&stored)
        })
        .unwrap();
}

fn term(opens: &str, closes: &str) -> Value {
    json!({ "opens_at": instant(opens), "closes_at": instant(closes) })
}

/// An office whose rules allow it, with two proposals ready and a written session of 27 March programmed.
fn programmed(say: impl Fn(&mut WrittenSessions)) -> Office {
    let office = Office::at("2025-03-03T08:00");
    rules(&office, say);
    for id in ["pro-a", "pro-b"] {
        draft(&office, id);
        office.call("file_proposal", json!({ "id": id }));
        office.call("review_proposal", json!({ "id": id }));
    }
    office.call(
        "create_session",
        json!({ "id": "ses-1", "body_id": BODY, "kind": "ordinary", "mode": "written", "date": "2025-03-27",
            "replies": term("2025-03-27T08:00", "2025-03-27T17:00"), "secretary_person_id": "per-032" }),
    );
    office.call("build_agenda", json!({ "session_id": "ses-1" }));
    office
}

/// Convened with a motion on each proposal, and opened on its hour.
pub fn opened(say: impl Fn(&mut WrittenSessions)) -> Run {
    let run = Run { office: programmed(say), session: "ses-1".to_owned() };
    run.begun();
    run
}

/// Convened with a motion on each proposal.
pub fn convened(say: impl Fn(&mut WrittenSessions)) -> Run {
    let run = Run { office: programmed(say), session: "ses-1".to_owned() };
    run.announced();
    run
}

impl Run {
    /// The motions filed and the notice sent.
    fn announced(&self) {
        self.motions();
        self.office.go_to("2025-03-18T09:00");
        self.office.call("convene_session", json!({ "id": "ses-1" }));
    }

    /// Announced, and opened on its hour.
    fn begun(&self) {
        self.announced();
        self.at("08:10");
        self.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    }
}

fn at(clock: &str) -> Value {
    json!(instant(&format!("2025-03-27T{clock}")))
}

impl Run {
    fn motions(&self) {
        for (n, id) in ["m-a", "m-b"].into_iter().enumerate() {
            let text = format!("Aprobar la propuesta {}.", n + 1);
            self.call(
                "file_motion",
                json!({ "id": id, "item_id": self.item("proposal", n), "kind": "substantive", "text": text,
                    "mover_person_id": MEMBERS[3].1 }),
            );
        }
    }

    fn both(value: &str) -> Value {
        json!([{ "motion_id": "m-a", "value": value }, { "motion_id": "m-b", "value": value }])
    }

    /// A reply of a seat's holder on both motions.
    pub fn reply(&self, id: &str, seat: &str, clock: &str, value: &str) -> Value {
        self.reply_with(id, seat, clock, json!({ "answers": Self::both(value) }))
    }

    fn reply_with(&self, id: &str, seat: &str, clock: &str, more: Value) -> Value {
        let mut request =
            json!({ "id": id, "seat_id": seat, "received_at": at(clock), "means": "institutional_email" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call("record_reply", request)
    }

    /// The first `n` seats of the roll reply at nine, all alike.
    pub fn reply_all(&self, n: usize, value: &str) {
        for (i, (seat, _)) in seats().take(n).enumerate() {
            self.reply(&format!("r-{i}"), seat, "09:00", value);
        }
    }

    fn written(&self) -> Value {
        self.view()["written"].clone()
    }

    fn may(&self, act: &str) -> bool {
        let steps = self.written()["steps"].clone();
        steps.as_array().unwrap().iter().find(|s| s["act"] == act).unwrap()["blocked"].is_null()
    }

    /// What a reply comes to.
    pub fn class(&self, id: &str) -> Value {
        let view = self.written();
        let all =
            view["seats"].as_array().unwrap().iter().flat_map(|s| s["replies"].as_array().unwrap().clone());
        all.into_iter().find(|r| r["reply"]["id"] == id).unwrap()["course"]["class"].clone()
    }

    pub fn close_replies(&self, clock: &str) -> Value {
        self.at(clock);
        self.call("close_replies", json!({}))
    }

    pub fn vote_of(&self, motion: &str) -> Value {
        let view = self.view();
        let votes = view["votes"].as_array().unwrap();
        let vote = votes.iter().rfind(|v| v["motion_id"] == motion).cloned().unwrap();
        self.office.call("explain_vote", json!({ "vote_id": vote["id"] }))
    }
}

#[test]
fn a_session_in_writing_from_its_notice_to_its_votes() {
    let run = Run { office: programmed(|_| {}), session: "ses-1".to_owned() };
    let office = &run.office;
    // Before it opens: its motions, and what it lacks.
    office.go_to("2025-03-10T09:00");
    let bare = office.refused("convene_session", json!({ "id": "ses-1" }));
    assert_eq!((bare.code, &bare.details["acts"][0]), (Code::WrongState, &json!("file_motion")));
    run.motions();
    office.go_to("2025-03-18T09:00");
    office.call("convene_session", json!({ "id": "ses-1" }));
    let notice = run.view()["session"]["notice"]["announced"].clone();
    assert_eq!(notice["motions"][0]["text"], "Aprobar la propuesta 1.");
    assert_eq!(notice["replies"], term("2025-03-27T08:00", "2025-03-27T17:00"));
    assert_eq!(run.written()["state"], "before");
    // A motion reworded after the notice needs a new one.
    office.call("edit_motion", json!({ "motion_id": "m-b", "text": "Aprobar la propuesta 2 con su costo." }));
    let stale = office.call("check_notice", json!({ "session_id": "ses-1" }));
    assert_eq!(stale["new_notice_due"], true);
    run.at("08:10");
    let open = json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 });
    assert_eq!(run.refused("open_session", open.clone()).details["acts"][0], "renotify_session");
    office.call("edit_motion", json!({ "motion_id": "m-b", "text": "Aprobar la propuesta 2." }));
    // Opened by itself at the hour that was published, whenever that is recorded.
    run.call("open_session", open);
    let view = run.view();
    assert_eq!(view["course"]["opened_at"], at("08:00"));
    assert_eq!((&view["methods"], &view["written"]["state"]), (&json!(["written"]), &json!("running")));

    run.at("09:30");
    let first = run.reply("r-0", CHAIR.0, "08:40", "for");
    assert_eq!((&first["course"]["class"], &first["person"]["id"]), (&json!("counted"), &json!(CHAIR.1)));
    for (n, (seat, _)) in MEMBERS[..9].iter().enumerate() {
        let value = if n < 7 { "for" } else { "against" };
        run.reply(&format!("r-{}", n + 1), seat, "09:00", value);
    }
    let view = run.view();
    let written = &view["written"];
    assert_eq!((&written["quorum"]["have"], &written["quorum"]["met"]), (&json!(10), &json!(true)));
    assert_eq!((&view["votes"], &view["ballots"]), (&json!([]), &json!([])), "no partial tally");
    let line = view["course"]["ledger"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&line["kind"], &line["verdict"]["have"]), (&json!("reply_received"), &json!(10)));
    // Before the term ends it is not closed, nor adjourned.
    let early = run.refused("close_replies", json!({}));
    assert_eq!((early.code, &early.details["closes_at"]), (Code::RuleForbids, &at("17:00")));
    assert_eq!(run.refused("adjourn_session", json!({})).details["acts"][0], "close_replies");
    assert!(!run.may("close_replies") && run.may("term_extended"));

    run.at("17:15");
    assert_eq!(run.written()["state"], "term_over");
    run.reply("late", MEMBERS[10].0, "17:12", "against");
    assert_eq!(run.class("late"), "late");
    let closed = run.close_replies("17:20");
    assert_eq!(closed["written"]["state"], "closed");
    let vote = run.vote_of("m-a");
    assert_eq!(
        (&vote["vote"]["method"], &vote["vote"]["verdict"]["result"]),
        (&json!("written"), &json!("approved"))
    );
    assert_eq!(
        (&vote["course"]["in_favour"], &vote["course"]["against"], &vote["course"]["not_voted"]),
        (&json!(8), &json!(2), &json!([]))
    );
    assert_eq!(vote["vote"]["entitled"].as_array().unwrap().len(), 10);
    assert_eq!(run.view()["ballots"].as_array().unwrap().len(), 20);
    let entries = office.call("list_journal", json!({}));
    let entry = entries.as_array().unwrap().iter().find(|e| e["op"] == "close_replies").unwrap();
    assert_eq!(office.refused("undo", json!({ "entry": entry["seq"] })).code, Code::NotUndoable);

    // Corrected after the close: asked first, with what it would turn, then counted again.
    let mut in_time =
        json!({ "reply_id": "late", "received_at": at("16:59"), "reason": "El buzón dice 4:59." });
    let asked = office.refused("correct_reply", in_time.clone());
    assert_eq!(
        (asked.code, &asked.details["confirm"]),
        (Code::NeedsConfirmation, &json!("accept_changed_votes"))
    );
    in_time["accept_changed_votes"] = json!(true);
    office.call("correct_reply", in_time);
    assert_eq!(run.vote_of("m-a")["course"]["against"], 3);
    assert_eq!(run.vote_of("m-a")["vote"]["recounts"].as_array().unwrap().len(), 1);
    run.at("17:30");
    run.call("adjourn_session", json!({}));
    run.prints(&[
        "A las 8:00 a. m. la presidenta abrió la sesión no presencial y el plazo para responder por escrito, hasta las 5:00 p. m. (Acuerdo 001 de 2024, art. 7).",
        "Hasta las 5:00 p. m. respondieron once (11) puestos.",
        "Hubo quórum, fijado en nueve (9) de dieciséis (16) (Acuerdo 001 de 2024, art. 8).",
        "Se sometió a votación por escrito la proposición",
        "Respondieron once (11) puestos de dieciséis (16); el quórum requerido era de nueve (9)",
        "por mayoría simple: ocho (8) votos a favor, tres (3) votos en contra y cero (0) abstenciones.",
        "Contadas las respuestas, se levantó la sesión a las 5:30 p. m.",
        "Anexo. Registro de respuestas",
        "dice 4:59.",
    ]);
    for words in ["llamar a lista", "declaró instalada", "ingresó", "No asistió", "estaban presentes"] {
        run.never_prints(words);
    }
    let failed = run.minutes()["preflight"].clone();
    let failed: Vec<&Value> = failed.as_array().unwrap().iter().filter(|c| c["ok"] == false).collect();
    let checks: Vec<&str> =
        failed.iter().map(|c| c["check"].as_str().unwrap().split(':').next().unwrap()).collect();
    assert!(checks.iter().all(|c| ["decision", "outcome_votes"].contains(c)), "{failed:?}");
}

#[test]
fn its_notice_publishes_the_term_and_the_text_of_each_motion() {
    let run = Run { office: programmed(|_| {}), session: "ses-1".to_owned() };
    run.motions();
    let kinds: Vec<Value> =
        run.view()["items"].as_array().unwrap().iter().map(|i| i["kind"].clone()).collect();
    assert!(!kinds.contains(&json!("opening")) && !kinds.contains(&json!("procedure")), "{kinds:?}");
    run.office.go_to("2025-03-18T09:00");
    run.office.call("convene_session", json!({ "id": "ses-1" }));
    let preview = run.call("render_notice", json!({}));
    let pages: Vec<&str> = preview["texts"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>();
    let mail = run.call("notice_mail", json!({}))["text"].as_str().unwrap().to_owned();
    for (words, of) in [
        (
            "no presencial: se responde por escrito desde las 8:00 a. m. del jueves, 27 de marzo de 2025 hasta las 5:00 p. m. del jueves, 27 de marzo de 2025.",
            &pages.concat(),
        ),
        ("Textos que se ponen a votación", &pages.concat()),
        ("«Aprobar la propuesta 1».", &pages.concat()),
        ("el silencio no es un voto", &pages.concat()),
        ("Cierre del plazo para responder: jueves, 27 de marzo de 2025, 5:00 p. m.", &mail),
        ("«Aprobar la propuesta 2.»", &mail),
    ] {
        assert!(squeezed(of).contains(&squeezed(words)), "{words}\n{of}");
    }
}

/// What a second, different reply does under each rule: which class each gets, the votes against, and what is printed.
#[test]
fn a_changed_reply_stands_or_not_by_the_rules() {
    use secretariat::rules::ChangedReply as C;
    let (x, y) = (MEMBERS[8].0, MEMBERS[7].0);
    for (rule, first, second, against, sentence) in [
        (
            C::FirstStands,
            "counted",
            "contradictory",
            0,
            "cambió su respuesta a las 10:12 a. m.; se contó la primera (Acuerdo 001 de 2024, art. 7).",
        ),
        (
            C::LastStands,
            "superseded",
            "counted",
            1,
            "cambió su respuesta a las 10:12 a. m.; se contó la última (Acuerdo 001 de 2024, art. 7).",
        ),
        (
            C::NoneStands,
            "contradictory",
            "contradictory",
            0,
            "respondió de distinta manera a las 9:10 a. m. y a las 10:12 a. m. y no se supo cuál respuesta valía; ninguna se contó.",
        ),
    ] {
        let run = opened(|rules| rules.changed_reply = rule);
        run.at("11:00");
        run.reply_all(8, "for");
        run.reply("x-1", x, "09:10", "for");
        run.reply("x-2", x, "10:12", "against");
        run.reply("y-1", y, "09:20", "for");
        run.reply("y-2", y, "10:20", "for");
        assert_eq!((run.class("x-1"), run.class("x-2")), (json!(first), json!(second)), "{rule:?}");
        assert_eq!((run.class("y-1"), run.class("y-2")), (json!("counted"), json!("duplicate")), "{rule:?}");
        run.close_replies("17:05");
        assert_eq!(run.vote_of("m-a")["course"]["against"], against, "{rule:?}");
        run.at("17:10");
        run.call("adjourn_session", json!({}));
        run.prints(&[
            sentence,
            "respondió de nuevo lo mismo a las 10:20 a. m.; se contó la primera respuesta.",
        ]);
    }

    // Where none stands, the seat may still say which, and a reply to the rest stands with the first.
    let run = opened(|_| {});
    run.at("12:00");
    run.reply_all(8, "for");
    run.reply("x-1", x, "09:10", "for");
    run.reply("x-2", x, "10:12", "against");
    run.reply("x-3", x, "10:30", "against");
    assert_eq!(run.class("x-3"), "contradictory");
    run.reply_with("x-4", x, "11:00", json!({ "answers": Run::both("abstain"), "clarifies": true }));
    assert_eq!((run.class("x-1"), run.class("x-4")), (json!("superseded"), json!("counted")));
    let one = |motion: &str, value: &str| json!({ "answers": [{ "motion_id": motion, "value": value, "reason": "Falta el costo." }] });
    run.reply_with("y-1", y, "09:30", one("m-a", "against"));
    run.reply_with("y-2", y, "09:40", one("m-b", "for"));
    assert_eq!((run.class("y-1"), run.class("y-2")), (json!("counted"), json!("counted")));
    run.close_replies("17:05");
    let (a, b) = (run.vote_of("m-a"), run.vote_of("m-b"));
    assert_eq!((&a["course"]["against"], &a["course"]["abstain"]), (&json!(1), &json!(1)));
    assert_eq!((&b["course"]["against"], &b["course"]["not_voted"]), (&json!(0), &json!([])));
    assert_eq!(a["vote"]["explanations"][0]["text"], "Falta el costo.");
    run.prints(&[
        "aclaró a las 11:00 a. m. cuál de sus respuestas valía; se contó esa.",
        "explicó su voto: «Falta el costo».",
    ]);
    run.at("17:10");
    run.call("adjourn_session", json!({}));
    // No rule says that the last one stands: what the seat said does.
    run.prints(&["La aclaró la recibida a las", "11:00 a. m.: se contó esa."]);
    run.never_prints("Otra posterior del mismo puesto");
    run.never_prints("cambió su respuesta");
    let told = run.call("quorum_ledger", json!({}))["told"]["es"].clone();
    assert!(told.as_str().unwrap().contains("de 16 puestos con voto respondieron 10;"), "{told}");
}

#[test]
fn who_may_not_reply_is_on_record_and_does_not_count() {
    let run = Run { office: programmed(|_| {}), session: "ses-1".to_owned() };
    let office = &run.office;
    office
        .archive
        .transact(&office.context(), Op::Import, |tx| {
            let mut stored: StoredRuleSet = tx.get("rs-comision-2024")?;
            stored.rules.recusal.decided_by = secretariat::rules::RecusalDecider::Superior;
            tx.put(&stored)
        })
        .unwrap();
    run.begun();
    run.at("12:00");
    run.reply_all(9, "for");
    // A delegate without an act; one who has it; one person for two seats; one before the hour; one recused.
    run.reply_with(
        "bare",
        MEMBERS[8].0,
        "09:20",
        json!({ "person_id": "per-017", "answers": Run::both("against") }),
    );
    office.call(
        "record_delegation",
        json!({ "id": "del-1", "seat_id": MEMBERS[9].0, "principal_id": MEMBERS[9].1, "delegate_id": "per-018",
            "act": { "kind": "resolution", "number": "14", "date": "2025-02-10" }, "valid_from": "2025-02-10",
            "valid_to": "2025-12-31", "scope": "voice_and_vote" }),
    );
    let sent = run.reply_with(
        "sent",
        MEMBERS[9].0,
        "09:30",
        json!({ "person_id": "per-018", "answers": Run::both("for") }),
    );
    assert_eq!(sent["course"]["capacity"], "delegate");
    office.call(
        "record_delegation",
        json!({ "id": "del-2", "seat_id": MEMBERS[10].0, "principal_id": MEMBERS[10].1, "delegate_id": "per-018",
            "act": { "kind": "resolution", "number": "15", "date": "2025-02-10" }, "valid_from": "2025-02-10",
            "valid_to": "2025-12-31", "scope": "voice_and_vote" }),
    );
    run.reply_with(
        "two",
        MEMBERS[10].0,
        "09:40",
        json!({ "person_id": "per-018", "answers": Run::both("for") }),
    );
    run.reply("soon", MEMBERS[11].0, "07:40", "for");
    run.call(
        "declare_recusal",
        json!({ "id": "rec", "item_id": run.item("proposal", 0), "seat_id": MEMBERS[12].0, "ground": "Vínculo.", "in_writing": true }),
    );
    let ad_hoc = json!({ "recusal_id": "rec", "person_id": "per-025", "act": "Resolución 8 de 2025" });
    let refused = run.office.refused("name_ad_hoc", ad_hoc);
    assert!(refused.message.es.contains("no se designa a nadie ad hoc"), "{refused}");
    run.reply_with(
        "rec",
        MEMBERS[12].0,
        "10:00",
        json!({ "answers": [{ "motion_id": "m-a", "value": "for" }] }),
    );
    for (id, class) in [
        ("bare", "no_capacity"),
        ("sent", "counted"),
        ("two", "other_seat"),
        ("soon", "before_opening"),
        ("rec", "recused"),
    ] {
        assert_eq!(run.class(id), class, "{id}");
    }
    assert_eq!(run.written()["quorum"]["have"], 11);
    run.at("17:05");
    let waits = run.refused("close_replies", json!({}));
    assert_eq!((waits.code, &waits.details["recusals"]), (Code::NeedsConfirmation, &json!(["rec"])));
    office.call(
        "decide_recusal",
        json!({ "recusal_id": "rec", "outcome": "accepted", "deciding_act": "Resolución 8 de 2025" }),
    );
    run.close_replies("17:06");
    let a = run.vote_of("m-a");
    assert_eq!(
        (&a["course"]["in_favour"], a["vote"]["entitled"].as_array().unwrap().len()),
        (&json!(10), 10)
    );
    assert_eq!(a["vote"]["verdict"]["quorum"]["have"], 11);
    run.at("17:10");
    run.call("adjourn_session", json!({}));
    run.prints(&[
        "sin delegación vigente: su respuesta consta y no se contó.",
        "respondió como delegad",
        "respondió también por",
        "recibida a las 7:40 a. m., antes de la apertura, no se contó.",
        "en el asunto de su impedimento contó para el quórum y no como voto.",
        "No votó un puesto por impedimento.",
    ]);
}

#[test]
fn the_term_is_suspended_resumed_and_extended() {
    let run = opened(|_| {});
    run.at("10:00");
    run.reply_all(6, "for");
    run.event("session_suspended", json!({ "detail": "Falla del correo." }));
    assert_eq!(run.written()["state"], "suspended");
    run.at("10:40");
    run.reply("held", MEMBERS[6].0, "10:30", "for");
    assert_eq!((run.class("held"), &run.written()["quorum"]["have"]), (json!("on_hold"), &json!(6)));
    assert_eq!(run.refused("close_replies", json!({})).code, Code::WrongState);
    run.at("11:00");
    let bare = json!({ "kind": "session_resumed", "until": at("18:00") });
    assert_eq!(run.refused("record_event", bare).details["field"], "detail");
    run.event("session_resumed", json!({ "until": at("18:00"), "detail": "Se repone el tiempo." }));
    assert_eq!((run.class("held"), &run.written()["closes_at"]), (json!("counted"), &at("18:00")));
    run.prints(&["recibida a las 10:30 a. m., con la sesión suspendida, se contó."]);
    // Extended without a suspension: with its reason, further than it reached, and while it runs.
    run.at("16:10");
    for (request, field) in [
        (json!({ "detail": "Piden tiempo." }), "until"),
        (json!({ "until": at("19:00") }), "detail"),
        (json!({ "until": at("17:30"), "detail": "Piden tiempo." }), "until"),
    ] {
        let mut request = request;
        request["kind"] = json!("term_extended");
        assert_eq!(run.refused("record_event", request).details["field"], field);
    }
    let extended = run
        .event("term_extended", json!({ "until": at("19:00"), "detail": "Por solicitud de dos sectores." }));
    run.at("18:30");
    run.reply("m-7", MEMBERS[7].0, "18:20", "against");
    run.reply("m-8", MEMBERS[8].0, "18:21", "for");
    assert_eq!(run.class("m-7"), "counted");
    // The extension struck out, they came late; taken back, they are in time again.
    run.office.call("correct_event", json!({ "event_id": extended["id"], "strike": "No se decidió." }));
    assert_eq!(run.class("m-7"), "late");
    run.office.call("undo", json!({}));
    assert_eq!(run.class("m-7"), "counted");
    run.close_replies("19:01");
    let late = run
        .refused("record_event", json!({ "kind": "term_extended", "until": at("20:00"), "detail": "Más." }));
    assert_eq!(late.code, Code::WrongState);
    run.at("19:10");
    run.call("adjourn_session", json!({}));
    run.prints(&[
        "Se suspendió la sesión a las 10:00 a. m., por falla del correo, y se reanudó a las 11:00 a. m.; el plazo para responder se fijó hasta las 6:00 p. m. (se repone el tiempo).",
        "A las 4:10 p. m. la presidenta amplió el plazo para responder hasta las 7:00 p. m., por solicitud de dos sectores.",
        "Hasta las 7:00 p. m. respondieron nueve (9) puestos.",
    ]);
}

#[test]
fn without_enough_replies_nothing_is_decided() {
    let run = opened(|_| {});
    run.at("12:00");
    run.reply_all(8, "for");
    run.close_replies("17:05");
    assert_eq!(run.view()["votes"], json!([]));
    run.at("17:10");
    // That there was no quorum is why nothing was voted: no reason is asked of each motion.
    run.call("adjourn_session", json!({}));
    assert_eq!(run.view()["session"]["status"], "not_held_no_quorum");
    run.prints(&[
        "Hasta las 5:00 p. m. respondieron ocho (8) puestos.",
        "De los nueve (9) puestos requeridos (Acuerdo 001 de 2024, art. 8) respondieron ocho (8); la sesión no se realizó por falta de quórum.",
    ]);

    // Where all the replies are required, fifteen of sixteen decide nothing; the sixteenth closes it at once.
    let all = |rules: &mut WrittenSessions| rules.all_replies_required = true;
    let run = opened(all);
    run.at("12:00");
    run.reply_all(15, "for");
    assert_eq!(run.written()["quorum"]["need"], 16);
    assert!(!run.may("close_replies"));
    run.reply("last", MEMBERS[14].0, "11:59", "against");
    assert!(run.may("close_replies"));
    run.call("close_replies", json!({}));
    let vote = run.vote_of("m-a");
    assert_eq!(
        (&vote["vote"]["verdict"]["result"], &vote["course"]["against"]),
        (&json!("approved"), &json!(1))
    );
    run.prints(&["Hubo quórum, fijado en dieciséis (16) de dieciséis (16) (Acuerdo 001 de 2024, art. 7)."]);
    let run = opened(all);
    run.at("12:00");
    run.reply_all(15, "for");
    run.close_replies("17:05");
    assert_eq!((&run.view()["votes"], run.written()["quorum"]["met"].clone()), (&json!([]), json!(false)));
}

#[test]
fn silence_is_a_vote_only_by_a_norm_and_never_makes_the_quorum() {
    let silent = |rules: &mut WrittenSessions| rules.silence = secretariat::rules::Silence::InFavour;
    let run = opened(silent);
    run.at("12:00");
    run.reply_all(6, "against");
    for n in 6..10 {
        run.reply(&format!("r-{n}"), MEMBERS[n - 1].0, "09:00", "for");
    }
    run.close_replies("17:05");
    let vote = run.vote_of("m-a");
    assert_eq!((&vote["course"]["in_favour"], &vote["course"]["against"]), (&json!(10), &json!(6)));
    assert_eq!(vote["course"]["silent"].as_array().unwrap().len(), 6);
    assert_eq!(vote["vote"]["verdict"]["quorum"]["have"], 10);
    run.prints(&["Por su silencio (Acuerdo 001 de 2024, art. 7) se contaron a favor"]);
    let run = opened(silent);
    run.at("12:00");
    run.reply_all(8, "for");
    run.close_replies("17:05");
    assert_eq!(run.view()["votes"], json!([]), "eight replies and eight silences are no quorum");
}

#[test]
fn a_tie_is_repeated_in_a_term_of_its_own() {
    let run = Run { office: programmed(|_| {}), session: "ses-1".to_owned() };
    crate::record::second_round_on_ties(&run.office);
    run.begun();
    run.at("12:00");
    for (n, (seat, _)) in seats().take(10).enumerate() {
        let b = json!({ "motion_id": "m-b", "value": "for" });
        let a = json!({ "motion_id": "m-a", "value": if n < 5 { "for" } else { "against" } });
        run.reply_with(&format!("r-{n}"), seat, "09:00", json!({ "answers": [a, b] }));
    }
    assert_eq!(
        run.refused("record_event", json!({ "kind": "term_opened", "until": at("20:00"), "detail": "x" }))
            .code,
        Code::WrongState
    );
    run.close_replies("17:05");
    assert_eq!(run.vote_of("m-a")["second_round_due"], true);
    assert_eq!(run.vote_of("m-b")["vote"]["verdict"]["result"], "approved");
    assert!(run.may("term_opened"));
    run.at("17:30");
    run.event("term_opened", json!({ "until": at("20:00"), "detail": "La primera votación se empató." }));
    let written = run.written();
    assert_eq!((&written["motion_ids"], &written["quorum"]["have"]), (&json!(["m-a"]), &json!(0)));
    run.at("19:00");
    for (n, (seat, _)) in seats().take(9).enumerate() {
        let a = json!({ "motion_id": "m-a", "value": if n < 5 { "for" } else { "against" } });
        run.reply_with(&format!("s-{n}"), seat, "18:00", json!({ "answers": [a] }));
    }
    run.close_replies("20:01");
    let second = run.vote_of("m-a");
    assert_eq!(
        (&second["vote"]["round"], &second["vote"]["verdict"]["result"], &second["course"]["in_favour"]),
        (&json!(2), &json!("approved"), &json!(5))
    );
    run.at("20:10");
    run.call("adjourn_session", json!({}));
    run.prints(&[
        "Para repetir la votación empatada, a las 5:30 p. m. se abrió un nuevo plazo para responder, hasta las 8:00 p. m.",
        "Se sometió de nuevo a votación por escrito la proposición",
        "Hasta las 8:00 p. m. respondieron nueve (9) puestos.",
    ]);
}

/// What is refused, with its code and the field or act it points to; nothing is left of it.
#[test]
fn what_cannot_be_is_refused_and_leaves_nothing() {
    // Without a norm there is no such session.
    let office = Office::at("2025-03-03T08:00");
    let plan = json!({ "body_id": BODY, "kind": "ordinary", "mode": "written", "date": "2025-03-27",
        "replies": term("2025-03-27T08:00", "2025-03-27T17:00") });
    let refused = office.refused("create_session", plan.clone());
    assert_eq!((refused.code, &refused.details["field"]), (Code::RuleForbids, &json!("mode")));
    rules(&office, |_| {});
    let with = |field: &str, value: Value| {
        let mut plan = plan.clone();
        plan[field] = value;
        plan
    };
    for plan in [
        with("replies", term("2025-03-27T17:00", "2025-03-27T08:00")),
        with("replies", term("2025-03-28T08:00", "2025-03-28T17:00")),
        with("mode", json!("virtual")),
    ] {
        assert_eq!(office.refused("create_session", plan.clone()).details["field"], "replies", "{plan}");
    }
    // Without a term it is not convened.
    let mut bare = with("id", json!("ses-b"));
    bare.as_object_mut().unwrap().remove("replies");
    office.call("create_session", bare);
    office.call("build_agenda", json!({ "session_id": "ses-b" }));
    let unsaid = office.refused("convene_session", json!({ "id": "ses-b" }));
    assert!(unsaid.message.es.contains("el plazo para responder"), "{unsaid}");

    let run = opened(|_| {});
    run.at("12:00");
    run.reply("r-0", CHAIR.0, "09:00", "for");
    let item = run.item("proposal", 0);
    let answers = |answers: Value| json!({ "seat_id": MEMBERS[0].0, "means": "other_email", "received_at": at("09:00"), "answers": answers });
    let for_it = json!({ "motion_id": "m-a", "value": "for" });
    let before = run.office.tables();
    for (name, request, code, field) in [
        ("record_reply", answers(json!([])), Code::InvalidInput, "answers"),
        ("record_reply", answers(json!([for_it, for_it])), Code::InvalidInput, "answers"),
        ("record_reply", answers(json!([{ "motion_id": "nada", "value": "for" }])), Code::NotFound, ""),
        (
            "record_reply",
            {
                let mut r = answers(json!([for_it]));
                r["received_at"] = at("12:30");
                r
            },
            Code::InvalidInput,
            "received_at",
        ),
        (
            "record_reply",
            {
                let mut r = answers(json!([for_it]));
                r["seat_id"] = json!("nada");
                r
            },
            Code::NotFound,
            "",
        ),
        ("record_event", json!({ "kind": "arrival", "seat_id": MEMBERS[0].0 }), Code::WrongState, ""),
        ("record_event", json!({ "kind": "item_start", "item_id": item }), Code::WrongState, ""),
        ("record_event", json!({ "kind": "reply_received", "seat_id": MEMBERS[0].0 }), Code::WrongState, ""),
        (
            "record_event",
            json!({ "kind": "session_suspended", "until": at("18:00") }),
            Code::InvalidInput,
            "until",
        ),
        (
            "file_motion",
            json!({ "item_id": item, "kind": "substantive", "text": "Otra" }),
            Code::WrongState,
            "",
        ),
        ("open_vote", json!({ "motion_id": "m-a", "method": "ordinary" }), Code::WrongState, "method"),
        ("open_vote", json!({ "motion_id": "m-a", "method": "written" }), Code::WrongState, "method"),
    ] {
        let refused = run.refused(name, request.clone());
        assert_eq!(refused.code, code, "{name} {request}: {refused}");
        if !field.is_empty() {
            assert_eq!(refused.details["field"], field, "{name} {request}");
        }
    }
    assert_eq!(
        run.office.refused("edit_motion", json!({ "motion_id": "m-a", "text": "Otra" })).code,
        Code::WrongState
    );
    assert_eq!(run.office.refused("remove_motion", json!({ "motion_id": "m-a" })).code, Code::WrongState);
    assert_eq!(run.office.refused("correct_reply", json!({ "reply_id": "r-0" })).code, Code::InvalidInput);
    assert_eq!(run.office.tables(), before, "nothing was left");

    // A reply is struck out with its reason, comes back by undo, and keeps its file.
    let office = &run.office;
    let file = carried("respuesta.eml", b"From: a@b.co\r\n\r\nVoto a favor.\r\n");
    run.reply_with("r-1", MEMBERS[0].0, "09:05", json!({ "answers": Run::both("for"), "file": file }));
    office.undone_and_redone("correct_reply", json!({ "reply_id": "r-1", "strike": "Era de otra sesión." }));
    assert_eq!(run.written()["quorum"]["have"], 1);
    assert_eq!(
        office.refused("correct_reply", json!({ "reply_id": "r-1", "text": "x" })).code,
        Code::WrongState
    );
    run.prints(&["Tachada: Era de otra sesión.", "(respuesta.eml)"]);
    // In a session in a room nobody replies in writing.
    let room = Run::opened(9);
    let reply = json!({ "seat_id": CHAIR.0, "means": "other", "text": "Sí" });
    assert_eq!(room.refused("record_reply", reply).code, Code::WrongState);
    assert_eq!(room.refused("close_replies", json!({})).code, Code::WrongState);
    let extend = json!({ "kind": "term_extended", "until": at("19:00"), "detail": "Más tiempo." });
    assert_eq!(room.refused("record_event", extend).code, Code::WrongState);
}
