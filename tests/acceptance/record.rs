//! What the record may not say: facts that the law makes void are refused or asked about, and nothing is left that could
//! not be mended. On the commission of the demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use secretariat::api::Op;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::instant;

impl Run {
    /// A roll-call vote of those present under the item under way: so many in favour, the rest against.
    fn divide(&self, vote: &str, in_favour: usize) -> Value {
        let view = self.view();
        let present = view["course"]["present"].as_array().unwrap();
        for (n, seat) in present.iter().enumerate() {
            self.cast(vote, seat.as_str().unwrap(), if n < in_favour { "for" } else { "against" });
        }
        self.close(vote)
    }

    fn failed_checks(&self) -> Vec<(String, bool)> {
        let minutes = self.minutes();
        let checks = minutes["preflight"].as_array().unwrap().iter().filter(|c| c["ok"] == false);
        checks.map(|c| (c["check"].as_str().unwrap().to_owned(), c["overridable"] == true)).collect()
    }

    fn time(clock: &str) -> Value {
        json!(instant(&format!("2025-03-27T{clock}")))
    }
}

#[test]
fn minutes_are_adopted_only_by_a_vote_on_them() {
    let (run, id) = Run::sent();
    let next = run.office.session("ses-2", "ordinary", "2025-06-26");
    run.office.go_to("2025-06-17T09:00");
    run.office.call("convene_session", json!({ "id": next }));
    let second = Run { office: Run::take(&run), session: next };
    second.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        second.event("roll_answer", json!({ "seat_id": seat }));
    }
    second.begin(&second.item("procedure", 0));
    second.approve("v-orden", "procedural", "Aprobar el orden del día");
    second.begin(&second.item("previous_minutes", 0));
    second.approve("v-plazo", "postponement", "Aplazar la lectura");
    second.approve("v-acta", "procedural", "Aprobar el acta n.º 1 de 2025");
    second.call("adjourn_session", json!({}));
    for wrong in ["v-orden", "v-plazo"] {
        let request =
            json!({ "minutes_id": id, "approved_in_session_id": "ses-2", "approved_vote_id": wrong });
        assert_eq!(second.office.refused("adopt_minutes", request).code, Code::RuleForbids, "{wrong}");
    }
    let adopt = json!({ "minutes_id": id, "approved_in_session_id": "ses-2" });
    assert_eq!(second.office.call("adopt_minutes", adopt)["approved_vote_id"], "v-acta");
}

/// Under rules that repeat a tied vote once, with ten present and a proposal begun.
pub fn repeating_ties() -> Run {
    let run = Run::convened();
    second_round_on_ties(&run.office);
    run.open(9);
    run.begin(&run.item("proposal", 0));
    run
}

/// Simple majorities of the votes cast, whose ties are voted again.
pub fn second_round_on_ties(office: &crate::office::Office) {
    office
        .archive
        .transact(&office.context(), Op::Import, |tx| {
            let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
            for rule in &mut stored.rules.rules {
                rule.base = secretariat::rules::Base::VotesCast;
                rule.tie = secretariat::rules::Tie::SecondRound;
            }
            tx.put(&stored)
        })
        .unwrap();
}

/// A tie under those rules: its second round is due.
fn with_second_rounds() -> Run {
    let run = repeating_ties();
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    let tied = run.divide("v-1", 5);
    assert_eq!(tied["second_round_due"], true, "{tied}");
    run
}

#[test]
fn a_tie_is_repeated_once_and_asked_about_before_the_end() {
    let run = with_second_rounds();
    let asked = run.refused("adjourn_session", json!({}));
    assert_eq!(
        (asked.code, &asked.details["checks"][0]["check"]),
        (Code::NeedsConfirmation, &json!("unresolved:second_round:v-1"))
    );
    // Opened without saying so, it is the second round by the same rule.
    let again = run.call("open_vote", json!({ "id": "v-2", "motion_id": "mot-v-1", "method": "roll_call" }));
    assert_eq!((&again["vote"]["round"], &again["vote"]["previous_vote_id"]), (&json!(2), &json!("v-1")));
    assert_eq!(run.divide("v-2", 5)["vote"]["verdict"]["result"], "rejected");
    for third in [
        json!({ "motion_id": "mot-v-1", "method": "roll_call" }),
        json!({ "question": "¿Otra vez?", "previous_vote_id": "v-1", "method": "roll_call" }),
    ] {
        assert_eq!(run.refused("open_vote", third).code, Code::WrongState);
    }
    run.adjourn("09:00");
    run.prints(&["Repetida la votación, subsistió el empate y la propuesta no fue aprobada"]);

    // Left open with eyes open, the paper says so and its minutes can be adopted with the reason.
    let run = with_second_rounds();
    run.adjourn_unresolved();
    assert_eq!(run.check("second_round")["override_reason"], "Se agotó el tiempo.", "it is not asked again");
    run.prints(&[
        "La sesión terminó sin repetirla y la propuesta no fue aprobada.",
        "quedó empatada y no se hizo la segunda vuelta. Razón: Se agotó el tiempo.",
    ]);
}

#[test]
fn a_tie_waiting_for_the_chair_and_an_unsettled_motion_are_asked_about() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    assert_eq!(run.divide("v-1", 5)["casting_vote_due"], true);
    run.call("file_motion", json!({ "id": "m-2", "kind": "procedural", "text": "Invitar a la academia" }));
    run.at("08:40");
    let asked = run.refused("adjourn_session", json!({}));
    let left: Vec<&Value> = asked.details["checks"].as_array().unwrap().iter().map(|c| &c["check"]).collect();
    assert_eq!(
        (asked.code, left),
        (
            Code::NeedsConfirmation,
            vec![&json!("unresolved:casting_vote:v-1"), &json!("unresolved:motion:m-2")]
        )
    );
    run.adjourn_unresolved();
    for check in ["casting_vote", "motion"] {
        assert_eq!(run.check(check)["override_reason"], "Se agotó el tiempo.", "{check}");
    }
    run.prints(&[
        "La votación de «Aprobar la propuesta» quedó empatada y no se ejerció el voto dirimente. La moción «Invitar a la academia» no se votó, ni se negó de plano, ni se retiró. Razón: Se agotó el tiempo.",
        "Se presentó una moción de procedimiento: «Invitar a la academia». No se sometió a votación.",
    ]);
    // The chair had cast it and nobody wrote it down.
    let cast = json!({ "vote_id": "v-1", "value": "for" });
    assert_eq!(run.office.refused("cast_casting_vote", cast.clone()).details["field"], "occurred_at");
    let mut timed = cast;
    timed["occurred_at"] = run.view()["course"]["closed_at"].clone();
    assert_eq!(run.office.call("cast_casting_vote", timed)["vote"]["verdict"]["result"], "approved");
    assert!(run.failed_checks().iter().all(|(check, _)| !check.starts_with("record")));
    run.prints(&["la presidenta votó a favor."]);
    run.never_prints("no se ejerció el voto dirimente");
}

#[test]
fn a_session_suspended_to_another_day_says_both_days() {
    let run = Run::opened(9);
    run.begin(&run.item("procedure", 0));
    run.approve("v-agenda", "procedural", "Aprobar el orden del día");
    run.at("08:50");
    run.event("session_suspended", json!({ "detail": "Hasta mañana." }));
    run.at("08:52");
    let arrival = run.refused("record_event", json!({ "kind": "arrival", "seat_id": "com-ambiente" }));
    assert_eq!(arrival.code, Code::WrongState);
    let motion =
        run.refused("file_motion", json!({ "kind": "procedural", "text": "Sesionar hasta las once" }));
    assert_eq!(motion.code, Code::WrongState);
    run.office.go_to("2025-03-28T09:00");
    run.event("session_resumed", json!({}));
    // Those of the day before are not there by that: the roll is called again, and one of them does not answer.
    let absent = MEMBERS[3].0;
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]).filter(|(seat, _)| *seat != absent) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.event("quorum_check", json!({}));
    assert_eq!(run.present(), 9);
    let meanwhile =
        json!({ "kind": "arrival", "seat_id": "com-ambiente", "occurred_at": Run::time("09:30") });
    assert_eq!(run.refused("record_event", meanwhile).code, Code::WrongState);
    run.office.go_to("2025-03-28T09:06");
    run.event("departure", json!({ "seat_id": "com-cultura" }));
    run.office.go_to("2025-03-28T09:12");
    run.call("adjourn_session", json!({}));
    run.prints(&[
        "Jueves, 27 de marzo de 2025; y viernes, 28 de marzo de 2025",
        "De 8:05 a. m. a 8:50 a. m. del 27 de marzo",
        "De 9:00 a. m. a 9:12 a. m. del 28 de marzo",
        "Se suspendió la sesión, hasta mañana, a las 8:50 a. m. del 27 de marzo de 2025 y se reanudó a las 9:00 a. m. del 28 de marzo de 2025.",
        "A las 9:00 a. m. del 28 de marzo se contaron nueve (9) puestos de dieciséis (16); se mantuvo el quórum.",
        "A las 9:06 a. m. del 28 de marzo se retiró",
        "levantó la sesión a las 9:12 a. m. del 28 de marzo.",
    ]);
    let members = run.minutes()["assembly"]["members"].to_string();
    assert!(members.contains("Hasta 9:06 a. m. del 28 de marzo"), "{members}");
    assert!(run.remarks(absent).contains("Hasta 8:50 a. m."), "{}", run.remarks(absent));
}

#[test]
fn what_a_correction_does_to_a_closed_vote_is_asked_and_printed() {
    // One who abstained had not come: the result stands and the count does not.
    let run = Run::opened(9);
    let late = run.event("arrival", json!({ "seat_id": "com-ambiente" }));
    run.begin(&run.item("procedure", 0));
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    for (n, (seat, _)) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]).enumerate() {
        run.cast("v-1", seat, if n < 8 { "for" } else { "against" });
    }
    run.cast("v-1", "com-ambiente", "abstain");
    run.close("v-1");
    let strike = json!({ "event_id": late["id"], "strike": "No vino." });
    let told = run.office.refused("correct_event", strike.clone());
    let changed = &told.details["changed_votes"][0];
    assert_eq!(
        (told.code, &changed["was"], &changed["becomes"]),
        (Code::NeedsConfirmation, &json!("approved"), &json!("approved"))
    );
    assert_eq!(
        changed["was_in_words"]["es"],
        "aprobada, con 8 votos a favor, 2 en contra, 1 abstención y 11 presentes"
    );
    let mut accepted = strike;
    accepted["accept_changed_votes"] = json!(true);
    run.office.call("correct_event", accepted);
    run.adjourn("09:00");
    let record: Vec<_> = run
        .failed_checks()
        .into_iter()
        .filter(|(c, _)| c.starts_with("record") || c.contains("changed"))
        .collect();
    assert_eq!(record, [], "the secretary was told and decided");
    run.prints(&[
        "Contada de nuevo el 27 de marzo de 2025 por una corrección: no vino. Antes: aprobada, con 8 votos a favor, 2 en contra, 1 abstención y 11 presentes. Ahora: aprobada, con 8 votos a favor, 2 en contra, 0 abstenciones y 10 presentes.",
    ]);

    // A tie that the chair settled is told even when it was none.
    let run = Run::opened(8);
    let late = run.event("arrival", json!({ "seat_id": "com-ambiente" }));
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-2", "substantive", "Aprobar la propuesta", "roll_call");
    run.divide("v-2", 5);
    run.office.call("cast_casting_vote", json!({ "vote_id": "v-2", "value": "for" }));
    run.office.call(
        "correct_event",
        json!({ "event_id": late["id"], "strike": "No vino.", "accept_changed_votes": true }),
    );
    run.prints(&[
        "La presidenta había emitido el voto dirimente a favor; contada de nuevo la votación no hubo empate y ese voto no se cuenta.",
        "Antes: aprobada por el voto dirimente a favor, con 5 votos a favor, 5 en contra",
    ]);
}

#[test]
fn nobody_decides_speaks_or_dissents_who_was_not_there() {
    let run = Run::opened(10);
    let office = &run.office;
    run.begin(&run.item("procedure", 0));
    run.approve("v-agenda", "procedural", "Aprobar el orden del día");
    let item = run.item("proposal", 0);
    run.begin(&item);
    // per-016 neither came nor is a guest.
    let absent = "per-016";
    let dissent = |person: &str, item: &str| json!({ "item_id": item, "kind": "dissent", "person_id": person, "text": "No comparto." });
    for (name, request, field) in [
        (
            "record_event",
            json!({ "session_id": "ses-1", "kind": "intervention", "person_id": absent }),
            "person_id",
        ),
        (
            "file_motion",
            json!({ "session_id": "ses-1", "kind": "procedural", "text": "Aplazar", "mover_person_id": absent }),
            "mover_person_id",
        ),
        ("put_statement", dissent(absent, &item), "person_id"),
        ("put_statement", dissent("per-004", &item), "vote_id"),
        (
            "put_decision",
            json!({ "item_id": item, "kind": "substantive", "text": "Se prioriza.", "vote_id": "v-agenda" }),
            "vote_id",
        ),
    ] {
        let refused = office.refused(name, request.clone());
        assert_eq!(
            (refused.code, &refused.details["field"]),
            (Code::InvalidInput, &json!(field)),
            "{request}"
        );
    }
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "roll_call");
    assert_eq!(run.divide("v-a", 3)["vote"]["verdict"]["result"], "rejected");
    // Three voted in favour and it was denied: they dissent, and whoever voted against does not.
    assert_eq!(office.refused("put_statement", dissent("per-004", &item)).details["field"], "person_id");
    office.call("put_statement", dissent("per-003", &item));
    let outcome = office.refused("set_outcome", json!({ "item_id": item, "outcome": "prioritized" }));
    assert_eq!(outcome.code, Code::RuleForbids);
    let prioritised = json!({ "item_id": item, "kind": "substantive", "text": "Se prioriza.", "vote_id": "v-a",
        "proposal_id": "pro-a", "outcome": "prioritized" });
    assert_eq!(office.refused("put_decision", prioritised).code, Code::RuleForbids);
    run.call("put_guest", json!({ "person_id": absent }));
    run.event("intervention", json!({ "person_id": absent, "detail": "Explicó el piloto" }));
    // What nobody voted is no substantive decision; one that an older program left is told and taken back.
    let other = run.item("other_business", 0);
    let unvoted =
        json!({ "id": "d-x", "item_id": other, "kind": "substantive", "text": "Se decide sin votar." });
    let refused = office.refused("put_decision", unvoted.clone());
    assert_eq!((refused.code, &refused.details["field"]), (Code::RuleForbids, &json!("vote_id")));
    assert!(refused.message.es.contains("(Acuerdo 001 de 2024, art. "), "the norm: {refused}");
    let mut procedural = unvoted;
    procedural["kind"] = json!("procedural");
    office.call("put_decision", procedural);
    run.adjourn("09:00");
    office
        .archive
        .transact(&office.context(), Op::Import, |tx| {
            let decision: secretariat::decision::Decision = tx.get("d-x")?;
            let (kind, number, year) = (secretariat::codes::DecisionKind::Substantive, Some(1), Some(2025));
            tx.put(&secretariat::decision::Decision { kind, number, year, ..decision })
        })
        .unwrap();
    let unvoted = ("decision_vote:d-x".to_owned(), false);
    assert!(run.failed_checks().contains(&unvoted), "{:?}", run.failed_checks());
    office.call("remove_decision", json!({ "decision_id": "d-x" }));
    assert!(!run.failed_checks().contains(&unvoted));
}

#[test]
fn a_substantive_decision_is_taken_by_a_vote_with_quorum_on_an_item_that_was_not_put_off() {
    let run = Run::opened(9);
    let office = &run.office;
    run.begin(&run.item("procedure", 0));
    run.approve("v-agenda", "procedural", "Aprobar el orden del día");
    // Put off: nothing of substance is decided until it is taken up again.
    let (a, b) = (run.item("proposal", 0), run.item("proposal", 1));
    let decision = |id: &str, item: &str, vote: &str| json!({ "id": id, "item_id": item, "kind": "substantive", "text": "Se prioriza.", "vote_id": vote });
    run.begin(&a);
    run.approve("v-a", "substantive", "Aprobar la propuesta");
    let put_off = run.event("item_postponed", json!({ "item_id": a, "detail": "falta un concepto" }));
    let refused = office.refused("put_decision", decision("d-a", &a, "v-a"));
    assert_eq!((refused.code, &refused.details["field"]), (Code::WrongState, &json!("kind")));
    let until = json!({ "id": "d-p", "item_id": a, "kind": "substantive", "text": "Se aplaza hasta junio.", "vote_id": "v-a",
        "proposal_id": "pro-a", "outcome": "postponed" });
    office.undone_and_redone("put_decision", until);
    office.call("remove_decision", json!({ "decision_id": "d-p" }));
    office.call("correct_event", json!({ "event_id": put_off["id"], "strike": "Se trató enseguida." }));
    office.call("set_outcome", json!({ "item_id": a, "outcome": "prioritized" }));
    office.undone_and_redone("put_decision", decision("d-a", &a, "v-a"));
    // Consensus is a vote.
    run.begin(&b);
    run.put_to_vote("v-b", "substantive", "Aprobar la propuesta", "consensus");
    run.close("v-b");
    office.call("put_decision", decision("d-b", &b, "v-b"));
    office.call("remove_decision", json!({ "decision_id": "d-b" }));
    // A vote that closed without its quorum decided nothing, whatever the decision is called.
    let other = run.item("other_business", 0);
    run.begin(&other);
    run.put_to_vote("v-c", "substantive", "Invitar a las organizaciones", "roll_call");
    for seat in ["com-gobierno", "com-hacienda", "com-planeacion"] {
        run.event("departure", json!({ "seat_id": seat }));
    }
    assert_eq!(run.close("v-c")["vote"]["verdict"]["result"], "no_quorum");
    for kind in ["substantive", "procedural"] {
        let mut request = decision("d-c", &other, "v-c");
        request["kind"] = json!(kind);
        let refused = office.refused("put_decision", request);
        assert_eq!(
            (refused.code, &refused.details["field"]),
            (Code::RuleForbids, &json!("vote_id")),
            "{kind}"
        );
        assert!(refused.message.es.contains("9 de 16 (Acuerdo 001 de 2024, art. 8)"), "{refused}");
    }
}

/// Rules of another recusal: who decides it, what it does to the count, the quorum to decide.
pub fn with_recusals(block: Value, decision_quorum: Option<Value>) -> Run {
    let run = Run::convened();
    run.left_so(|tx| {
        let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
        stored.rules.recusal = serde_json::from_value(block.clone()).unwrap();
        if let Some(quorum) = &decision_quorum {
            stored.rules.quorum.decision = serde_json::from_value(quorum.clone()).unwrap();
            for rule in &mut stored.rules.rules {
                rule.quorum = stored.rules.quorum.decision;
            }
        }
        tx.put(&stored)
    });
    run
}

#[test]
fn a_recusal_is_decided_by_whom_the_rules_say() {
    let superior = json!({ "decided_by": "superior", "interested_seat_votes": false, "treatment": "stay_in_base", "article": null });
    let run = with_recusals(superior, None);
    run.open(11);
    let item = run.item("proposal", 0);
    run.begin(&item);
    let view = run.view();
    assert_eq!(view["recusal_decides"]["by"], "superior");
    assert!(
        view["recusal_decides"]["text"]["es"].as_str().unwrap().contains("superior"),
        "{}",
        view["recusal_decides"]
    );
    let row = |run: &Run, seat: &str| {
        let view = run.view();
        view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == seat).unwrap()["recusal"].clone()
    };
    assert_eq!(row(&run, "com-salud"), Value::Null);
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": "com-salud", "ground": "vínculo familiar", "in_writing": true }),
    );
    let told = row(&run, "com-salud");
    assert_eq!(
        (&told["recusal_id"], &told["item_id"], &told["outcome"], &told["out_since"], &told["of_current"]),
        (&json!("rec-1"), &json!(item), &json!("pending"), &Value::Null, &json!(true))
    );
    // Without the superior's act it is not decided, and a vote of the body is none.
    let decide = |more: Value| {
        let mut request = json!({ "recusal_id": "rec-1", "outcome": "accepted" });
        for (name, value) in more.as_object().unwrap() {
            request[name] = value.clone();
        }
        request
    };
    for (more, code, field) in [
        (json!({}), Code::InvalidInput, "deciding_act"),
        (json!({ "deciding_act": "  " }), Code::InvalidInput, "deciding_act"),
        (json!({ "vote_id": "v-x" }), Code::RuleForbids, "deciding_act"),
        (
            json!({ "deciding_act": "Resolución 8 de 2025", "outcome": "pending" }),
            Code::InvalidInput,
            "outcome",
        ),
    ] {
        let refused = run.office.refused("decide_recusal", decide(more.clone()));
        assert_eq!((refused.code, &refused.details["field"]), (code, &json!(field)), "{more}");
    }
    let decided = run
        .office
        .undone_and_redone("decide_recusal", decide(json!({ "deciding_act": "Resolución 8 de 2025" })));
    assert_eq!((&decided["decided_by"], &decided["vote_id"]), (&json!("superior"), &Value::Null));
    let told = row(&run, "com-salud");
    assert_eq!((&told["outcome"], &told["of_current"]), (&json!("accepted"), &json!(true)));
    assert!(told["out_since"].is_string(), "{told}");
    // It left for that item alone; in the next one it is out of the room, and does not count, until it comes back.
    assert_eq!(run.present(), 12);
    let other = run.item("other_business", 0);
    run.begin(&other);
    assert_eq!((&row(&run, "com-salud")["of_current"], run.present()), (&json!(false), 11));
    run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
    assert_eq!((row(&run, "com-salud"), run.present()), (Value::Null, 12));
    run.begin(&item);
    assert_eq!(row(&run, "com-salud")["of_current"], true, "taken up again, it is out of the item again");

    // Given to the body by a registered norm, its vote decides, and no act of anybody.
    let run = Run::opened(11);
    run.begin(&run.item("proposal", 0));
    let view = run.view();
    assert_eq!(view["recusal_decides"]["by"], "body");
    assert!(view["recusal_decides"]["norm"].as_str().unwrap().starts_with("Acuerdo 001 de 2024, art. "));
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": "com-salud", "ground": "vínculo familiar", "in_writing": true }),
    );
    let act = run.office.refused("decide_recusal", decide(json!({ "deciding_act": "Resolución 8 de 2025" })));
    assert_eq!((act.code, &act.details["field"]), (Code::RuleForbids, &json!("vote_id")));
    run.put_to_vote("v-rec", "recusal", "Aceptar el impedimento", "ordinary");
    run.close("v-rec");
    run.office.call("decide_recusal", decide(json!({ "vote_id": "v-rec" })));
    // A vote on the matter is no decision of the next recusal.
    run.approve("v-a", "substantive", "Aprobar la propuesta");
    run.call(
        "declare_recusal",
        json!({ "id": "rec-2", "seat_id": "com-cultura", "ground": "interés directo", "in_writing": true }),
    );
    let wrong = run
        .office
        .refused("decide_recusal", json!({ "recusal_id": "rec-2", "outcome": "accepted", "vote_id": "v-a" }));
    assert_eq!(wrong.details["field"], "vote_id");
}

/// Nine sit, nine are asked for, and one that is recused leaves the count: nothing is put to the vote.
#[test]
fn a_recusal_that_breaks_the_quorum_blocks_the_vote() {
    for (treatment, opens) in [("stay_in_base", true), ("leave_base", false)] {
        let block = json!({ "decided_by": "superior", "interested_seat_votes": false, "treatment": treatment, "article": null });
        let run = with_recusals(block, Some(json!({ "kind": "fixed", "value": 9 })));
        run.open(8);
        let item = run.item("proposal", 0);
        run.begin(&item);
        run.call("declare_recusal", json!({ "id": "rec-1", "seat_id": "com-gobierno", "ground": "vínculo familiar", "in_writing": true }));
        run.office.call(
            "decide_recusal",
            json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": "Resolución 8 de 2025" }),
        );
        let open = json!({ "id": "v-a", "question": "¿Se aprueba?", "method": "ordinary" });
        if opens {
            let opened = run.call("open_vote", open);
            assert_eq!(opened["course"]["present"].as_array().unwrap().len(), 9);
            assert_eq!(
                opened["course"]["entitled"].as_array().unwrap().len(),
                8,
                "it stays in the base and does not vote"
            );
            continue;
        }
        let refused = run.refused("open_vote", open.clone());
        assert_eq!(refused.code, Code::RuleForbids);
        assert!(
            refused.message.es.contains("impedi") && refused.message.es.contains("hay 8, falta 1"),
            "{refused}"
        );
        assert!(run.view()["vote_blocked"]["es"].as_str().unwrap().contains("hay 8, falta 1"));
        // Of another item it is no impediment, once that person is back in the room.
        run.begin(&run.item("other_business", 0));
        assert!(run.view()["vote_blocked"]["es"].as_str().unwrap().contains("hay 8, falta 1"));
        run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
        assert_eq!(run.view()["vote_blocked"], Value::Null);
        run.call("open_vote", open);
    }
}

/// Sixteen seats, nine to open; from the second call on, six where a registered norm says so.
#[test]
fn a_second_call_lowers_the_quorum_only_by_a_registered_norm_and_after_the_wait() {
    let second_call = |article: Option<&str>| {
        let run = Run::convened();
        run.left_so(|tx| {
            let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
            let block =
                json!({ "allowed": true, "quorum": { "kind": "fixed", "value": 6 }, "article": article });
            stored.rules.second_call = serde_json::from_value(block).unwrap();
            tx.put(&stored)
        });
        run.open(6);
        run
    };
    // Allowed in the rules and without its article: there is none.
    let without = second_call(None);
    assert_eq!(without.view()["second_call"], Value::Null);
    without.at("08:40");
    let refused = without.refused("record_event", json!({ "kind": "second_call" }));
    assert_eq!(refused.code, Code::RuleForbids);

    let run = second_call(Some("8"));
    assert_eq!((run.present(), &run.view()["course"]["quorum"]["met"]), (7, &json!(false)));
    run.event("waiting_started", json!({}));
    let due = run.view()["second_call"].clone();
    assert_eq!((&due["quorum"]["need"], &due["quorum"]["met"]), (&json!(6), &json!(true)));
    run.at("08:20");
    let early = run.refused("record_event", json!({ "kind": "second_call" }));
    assert_eq!((early.code, &early.details["field"]), (Code::RuleForbids, &json!("occurred_at")));
    run.at("08:36");
    let call = run.of_session(json!({ "kind": "second_call" }));
    let event = run.office.undone_and_redone("record_event", call);
    let view = run.view();
    assert_eq!(view["second_call"], Value::Null);
    let line = view["course"]["ledger"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&line["kind"], &line["verdict"]["have"], &line["verdict"]["need"], &line["turn"]),
        (&json!("second_call"), &json!(7), &json!(6), &json!("gained"))
    );
    assert_eq!(line["verdict"]["source"]["citation"], "Acuerdo 001 de 2024, art. 8");
    assert_eq!((&view["deliberative_quorum"]["need"], &view["vote_blocked"]), (&json!(6), &Value::Null));
    let again = run.refused("record_event", json!({ "kind": "second_call" }));
    assert_eq!(again.code, Code::WrongState, "it is made once");
    assert_eq!(run.refused("record_event", json!({ "kind": "no_quorum_declared" })).code, Code::WrongState);
    // It decides with that quorum, until it is lost.
    run.begin(&run.item("procedure", 0));
    run.approve("v-agenda", "procedural", "Aprobar el orden del día");
    assert_eq!(run.view()["votes"][0]["verdict"]["quorum_required"], 6);
    for seat in ["com-gobierno", "com-hacienda"] {
        run.event("departure", json!({ "seat_id": seat }));
    }
    let blocked = run.refused("open_vote", json!({ "question": "¿Algo más?", "method": "ordinary" }));
    assert!(blocked.message.es.contains("6 de 16"), "{blocked}");
    run.adjourn("09:00");
    run.prints(&[
        "A las 8:36 a. m., cumplidos treinta (30) minutos de espera, la presidenta hizo la segunda convocatoria: se contaron siete (7) puestos de dieciséis (16); hubo quórum, fijado en seis (6) (Acuerdo 001 de 2024, art. 8).",
    ]);
    // Struck, the vote loses its quorum, and the secretary is asked first.
    let struck = json!({ "event_id": event["id"], "strike": "No se hizo." });
    let told = run.office.refused("correct_event", struck);
    assert_eq!(told.details["changed_votes"][0]["becomes"], "no_quorum");
}

#[test]
fn somebody_with_the_right_presides_or_the_body_chooses() {
    let run = Run::convened();
    run.at("08:05");
    let stranger = json!({ "seat_id": CHAIR.0, "person_id": "per-045" });
    assert_eq!(run.refused("open_session", stranger).code, Code::RuleForbids);
    let chosen = json!({ "seat_id": "com-hacienda", "person_id": "per-004" });
    let asked = run.refused("open_session", chosen);
    assert_eq!((asked.code, &asked.details["confirm"]), (Code::NeedsConfirmation, &json!("overrides")));
    assert_eq!(asked.details["checks"][0]["check"], "presider");
    run.open(10);
    run.begin(&run.item("procedure", 0));
    run.event("departure", json!({ "seat_id": CHAIR.0 }));
    let open = json!({ "question": "¿Se aprueba el orden del día?", "method": "ordinary" });
    assert_eq!(run.refused("open_vote", open.clone()).code, Code::RuleForbids, "nobody presides");
    let hacienda = json!({ "kind": "chair_changed", "seat_id": "com-hacienda", "person_id": "per-004" });
    assert_eq!(run.refused("record_event", hacienda.clone()).code, Code::NeedsConfirmation);
    run.event("chair_changed", json!({ "seat_id": "com-gestion-publica", "person_id": "per-002" }));
    let vote = run.call("open_vote", open)["vote"]["id"].as_str().unwrap().to_owned();
    run.event("temporary_departure", json!({ "seat_id": "com-gestion-publica" }));
    let close = json!({ "vote_id": vote });
    assert_eq!(run.office.refused("close_vote", close).code, Code::WrongState);
    let mut accepted = hacienda;
    accepted["accept_presider"] = json!(true);
    run.call("record_event", accepted);
    run.close(&vote);
    run.adjourn("09:00");
    assert!(run.failed_checks().iter().all(|(check, _)| !check.starts_with("record")));
    let view = run.view();
    let rights: Vec<&Value> =
        view["course"]["presiding"].as_array().unwrap().iter().map(|t| &t["presides_as"]).collect();
    assert_eq!(rights, [&json!("chair_holder"), &json!("substitute"), &Value::Null]);
}

#[test]
fn a_session_with_its_quorum_is_not_informative() {
    let run = Run::opened(9);
    let refused = run.refused("adjourn_session", json!({ "informative": true }));
    assert_eq!(refused.code, Code::RuleForbids);
    let run = Run::opened(7);
    run.call("adjourn_session", json!({ "informative": true }));
    run.prints(&["La reunión fue informativa"]);
}

#[test]
fn the_lack_of_quorum_is_declared_once_and_after_the_wait() {
    let run = Run::opened(7);
    let declare = json!({ "kind": "no_quorum_declared" });
    run.at("08:10");
    let early = run.refused("record_event", declare.clone());
    assert_eq!(
        (early.code, &early.details["confirm"]),
        (Code::NeedsConfirmation, &json!("accept_early_declaration"))
    );
    run.event("waiting_started", json!({}));
    run.at("08:20");
    assert!(run.refused("record_event", declare.clone()).message.es.contains("8:30 a. m."));
    run.at("08:31");
    run.call("record_event", declare.clone());
    for late in [declare.clone(), json!({ "kind": "waiting_started" })] {
        assert_eq!(run.refused("record_event", late).code, Code::WrongState);
    }
    run.adjourn("08:44");
    assert!(run.failed_checks().iter().all(|(check, _)| check != "grace" && !check.starts_with("record")));

    // Confirmed before its time, it says why, and the minutes with it.
    let run = Run::opened(7);
    run.at("08:10");
    let unexplained =
        json!({ "kind": "no_quorum_declared", "accept_early_declaration": true, "detail": " " });
    assert_eq!(run.refused("record_event", unexplained).details["field"], "detail");
    let why = "Porque nueve entidades avisaron que no venían";
    run.event("no_quorum_declared", json!({ "accept_early_declaration": true, "detail": why }));
    run.adjourn("08:12");
    assert!(run.failed_checks().iter().all(|(check, _)| check != "grace"));
    run.prints(&[
        "la sesión no se realizó por falta de quórum. Se declaró antes de las 8:30 a. m., cuando terminaba la espera (Acuerdo 001 de 2024, art. 9), porque nueve entidades avisaron que no venían.",
    ]);

    // An hour corrected afterwards, with no reason beside it, the minutes ask why.
    let run = Run::opened(7);
    run.at("08:31");
    let declared = run.event("no_quorum_declared", json!({}));
    run.adjourn("08:44");
    let early = json!({ "event_id": declared["id"], "occurred_at": "2025-03-27T13:20:00Z", "reason": "Se anotó tarde" });
    run.office.call("correct_event", early);
    assert!(run.failed_checks().contains(&("grace".into(), true)));

    // A quorum that was there and got lost does not make the session one that was not held.
    let run = Run::opened(8);
    run.at("08:50");
    run.event("departure", json!({ "seat_id": "com-salud" }));
    assert_eq!(run.refused("record_event", declare).code, Code::WrongState);
}

#[test]
fn the_end_of_the_roll_is_the_opening_check() {
    let run = Run::convened();
    run.at("08:00");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    run.at("08:02");
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    assert_eq!(run.view()["course"]["ledger"], json!([]), "the roll is being called");
    run.at("08:10");
    run.begin(&run.item("procedure", 0));
    run.approve("v-agenda", "procedural", "Aprobar el orden del día");
    run.at("08:20");
    run.event("arrival", json!({ "seat_id": "com-ambiente" }));
    run.adjourn("08:30");
    run.prints(&[
        "A las 8:00 a. m. la presidenta declaró instalada la sesión.",
        "Respondieron diez (10) puestos de dieciséis (16); hubo quórum, fijado en nueve (9) (Acuerdo 001 de 2024, art. 8).",
    ]);
    let members = run.minutes()["assembly"]["members"].to_string();
    assert!(members.contains("Desde 8:20 a. m.") && !members.contains("Desde 8:02"), "{members}");
    assert!(run.failed_checks().iter().all(|(check, _)| check != "opening_quorum"));
}

#[test]
fn what_was_sent_is_kept_and_compared() {
    let run = Run::held();
    let office = &run.office;
    let (id, item) = (run.minutes_id(), run.item("proposal", 0));
    let narrate = |text: &str| office.call("set_narrative", json!({ "item_id": item, "narrative": text }));
    assert_eq!(run.minutes()["history"][0]["kind"], "current");
    office.go_to("2025-03-31T09:00");
    narrate("La secretaría leyó la ficha.");
    office.undone_and_redone("send_draft", json!({ "minutes_id": id }));
    narrate("La secretaría leyó la ficha completa.");
    let history = run.minutes()["history"].clone();
    let kinds: Vec<&str> = history.as_array().unwrap().iter().map(|v| v["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["draft_sent", "current"]);
    let sent = &history[0];
    assert_eq!((&sent["on"], &sent["comparable"]), (&json!("2025-03-31"), &json!(true)));
    let file = office.call("get_file", json!({ "blob_id": sent["file"]["blob_id"], "name": "borrador.pdf" }));
    assert!(file["base64"].as_str().unwrap().starts_with("JVBERi"), "a PDF");
    let compare = |from: &Value, to: &Value| {
        office.call("compare_minutes", json!({ "session_id": run.session, "from": from, "to": to }))
    };
    let found = compare(&sent["id"], &history[1]["id"]);
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(crate::minutes::marked(&found), ["La secretaría leyó la ficha[+ completa]."]);
    assert_eq!(compare(&sent["id"], &sent["id"])["same"], true);
    let unknown = json!({ "session_id": run.session, "from": "nada" });
    assert_eq!(office.refused("compare_minutes", unknown).code, Code::NotFound);
}
