//! How a session is conducted by its rules: its mode, the way of voting by virtual means, the quorum while something is
//! voted, who is recused. On the commission of the demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use secretariat::codes::SessionMode;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, instant};
use crate::record::with_recusals;
use crate::truthful::call_to_order;
use crate::verdicts::change_rules;

const SUPERIOR: &str = "Resolución 8 de 2025";

impl Run {
    /// A virtual session opened at 8:05 with the chair and so many members.
    fn virtually(members: usize) -> Self {
        let run = Self::another("ordinary", "virtual");
        run.begin_at("08:05");
        run.call("open_session", call_to_order(json!({})));
        run.recall(members);
        run
    }

    fn failing(&self, step: &str, more: Value) -> Vec<String> {
        let mut asked = json!({ "step": step });
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let list = self.call("session_preflight", asked);
        let checks = list["checks"].as_array().unwrap().iter().filter(|c| c["ok"] == false);
        checks.map(|c| c["check"].as_str().unwrap().to_owned()).collect()
    }

    /// Three seats leave: of eleven, eight stay and the quorum is lost.
    fn three_leave(&self) {
        for (seat, _) in &MEMBERS[7..10] {
            self.event("departure", json!({ "seat_id": seat }));
        }
    }
}

#[test]
fn a_virtual_session_votes_as_its_rules_say_or_says_why_not() {
    let run = Run::virtually(10);
    assert_eq!(run.view()["methods"][0], "roll_call");
    run.begin(&run.item("other_business", 0));
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let list = |method: &str| run.failing("vote", json!({ "motion_id": "m-1", "method": method }));
    assert_eq!(list("roll_call"), Vec::<String>::new());
    assert_eq!(list("ordinary"), ["method:m-1"]);
    let open = json!({ "id": "v-1", "motion_id": "m-1", "method": "ordinary" });
    let (asked, _) = run.gone_past("open_vote", open, "Se cayó el audio");
    assert!(
        asked.message.es.starts_with(
            "En las sesiones virtuales se vota nominalmente (Acuerdo 001 de 2024, art. 13). Se eligió votar por votación ordinaria."
        ),
        "{asked}"
    );
    run.close("v-1");
    run.begin_at("09:00");
    run.adjourn_unresolved();
    run.prints(&[
        "La moción «Aprobar la propuesta» se votó por votación ordinaria; en las sesiones virtuales se vota nominalmente (Acuerdo 001 de 2024, art. 13). Razón: Se cayó el audio.",
    ]);
    // In a room anything goes.
    let run = Run::opened(10);
    run.call(
        "file_motion",
        json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar", "item_id": run.item("proposal", 0) }),
    );
    let list = run.failing("vote", json!({ "motion_id": "m-1", "method": "ordinary" }));
    assert!(!list.iter().any(|check| check.starts_with("method")), "{list:?}");
}

#[test]
fn a_session_meets_in_a_mode_that_its_rules_admit_or_says_why_not() {
    for (allowed, cited) in [(false, "art. 13"), (true, "art. 7")] {
        let run = Run::convened();
        let office = &run.office;
        change_rules(office, |rules| {
            rules.virtual_sessions.allowed = allowed;
            rules.sessions.modes = vec![SessionMode::InPerson];
        });
        office.go_to("2025-03-27T07:00");
        office.call(
            "create_session",
            json!({ "id": "ses-9", "body_id": BODY, "kind": "ordinary", "mode": "virtual", "date": "2025-04-10",
                "planned_start": "08:00:00", "planned_end": "11:00:00", "platform": "Teams",
                "secretary_person_id": "per-032" }),
        );
        office.call("build_agenda", json!({ "session_id": "ses-9" }));
        let run = Run { office: run.office, session: "ses-9".to_owned() };
        assert!(run.failing("convene", json!({})).contains(&"mode:virtual".to_owned()));
        let asked = run.office.refused("convene_session", json!({ "id": "ses-9" }));
        assert_eq!(asked.code, Code::NeedsConfirmation);
        let told = format!("El reglamento no admite sesiones virtuales (Acuerdo 001 de 2024, {cited}).");
        assert!(asked.message.es.starts_with(&told), "{asked}");
        let reason = json!([{ "check": "mode:virtual", "reason": "Hubo paro de transporte" }]);
        run.office.call("convene_session", json!({ "id": "ses-9", "overrides": reason }));
        // It was asked once.
        run.begin_at("08:05");
        assert!(!run.failing("open", json!({})).contains(&"mode:virtual".to_owned()));
        run.call("open_session", call_to_order(json!({})));
        run.recall(10);
        run.begin_at("09:00");
        run.adjourn_unresolved();
        run.prints(&[&format!(
            "La sesión fue virtual; el reglamento no admite sesiones virtuales (Acuerdo 001 de 2024, {cited}). Razón: Hubo paro de transporte."
        )]);
    }
    // The rules changed since it was convened: it is asked as it is opened.
    let run = Run::another("ordinary", "virtual");
    change_rules(&run.office, |rules| rules.sessions.modes = vec![SessionMode::InPerson]);
    run.begin_at("08:05");
    assert!(run.failing("open", json!({})).contains(&"mode:virtual".to_owned()));
    run.gone_past("open_session", call_to_order(json!({})), "Ya estaba convocada");
}

#[test]
fn nobody_votes_once_the_quorum_is_lost() {
    let run = Run::opened(10);
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    run.cast("v-1", CHAIR.0, "for");
    run.at("08:25");
    run.three_leave();
    let ballot = |value: Value| json!({ "vote_id": "v-1", "seat_id": MEMBERS[0].0, "value": value });
    let refused = run.office.refused("cast_ballot", ballot(json!("for")));
    assert_eq!(refused.code, Code::RuleForbids);
    assert!(
        refused.message.es.starts_with("Se perdió el quórum mientras se votaba y no se registran más votos.")
            && refused.message.es.contains("hay 8, falta 1")
            && refused.message.es.contains("Lo registrado se conserva"),
        "{refused}"
    );
    let mended = json!({ "vote_id": "v-1", "seat_id": CHAIR.0, "value": "against" });
    assert_eq!(run.office.refused("change_ballot", mended).code, Code::RuleForbids);
    // With whoever comes back it goes on; a ballot taken back needs nobody.
    run.event("return", json!({ "seat_id": MEMBERS[7].0 }));
    run.office.call("cast_ballot", ballot(json!("for")));
    run.event("departure", json!({ "seat_id": MEMBERS[7].0 }));
    run.office.call("cast_ballot", ballot(Value::Null));
    assert_eq!(run.close("v-1")["vote"]["verdict"]["result"], "no_quorum");

    // Whoever is silent is not counted in favour, hands are not asked for, and a secret vote closes without totals.
    for method in ["ordinary", "consensus", "show_of_hands", "secret"] {
        let run = Run::opened(10);
        run.begin(&run.item("proposal", 0));
        run.at("08:20");
        run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", method);
        run.at("08:25");
        run.three_leave();
        let counted = json!({ "for": 8, "against": 0, "abstain": 0 });
        let seats: Vec<&str> = std::iter::once(CHAIR.0).chain(MEMBERS[..7].iter().map(|m| m.0)).collect();
        let taken = match method {
            "show_of_hands" => Some(("set_count", json!({ "vote_id": "v-1", "counted": counted }))),
            "secret" => {
                let papers = json!({ "vote_id": "v-1", "participant_seat_ids": seats, "counted": counted });
                Some(("record_secret_vote", papers))
            }
            "consensus" => {
                let objection = json!({ "vote_id": "v-1", "seat_id": CHAIR.0, "reason": "No" });
                Some(("record_objection", objection))
            }
            _ => None,
        };
        if let Some((act, request)) = taken {
            let refused = run.office.refused(act, request);
            assert_eq!(
                (refused.code, &refused.details["closed_by"]),
                (Code::RuleForbids, &json!("close_vote"))
            );
        }
        let closed = run.close("v-1");
        assert_eq!(closed["vote"]["verdict"]["result"], "no_quorum", "{method}");
        assert_eq!(run.view()["ballots"], json!([]), "{method}");
        run.at("09:00");
        run.adjourn_unresolved();
        run.prints(&["No había quórum para decidir; no hubo decisión."]);
        run.never_prints("Votaron cero");
    }

    // Closed at the minute at which there was one, it counts.
    let run = Run::opened(10);
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "secret");
    run.at("08:25");
    run.three_leave();
    let seats: Vec<&str> = std::iter::once(CHAIR.0).chain(MEMBERS[..10].iter().map(|m| m.0)).collect();
    let papers = json!({ "vote_id": "v-1", "participant_seat_ids": seats,
        "counted": { "for": 11, "against": 0, "abstain": 0 }, "occurred_at": instant("2025-03-27T08:22") });
    assert_eq!(run.office.call("record_secret_vote", papers)["vote"]["verdict"]["result"], "approved");
}

#[test]
fn a_closed_vote_is_counted_again_only_with_a_reason() {
    let run = Run::opened(10);
    let late = run.event("arrival", json!({ "seat_id": MEMBERS[10].0 }));
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    run.cast("v-1", MEMBERS[10].0, "against");
    for (seat, _) in &MEMBERS[..8] {
        run.cast("v-1", seat, "for");
    }
    run.close("v-1");
    let mut correct = json!({ "event_id": late["id"], "occurred_at": instant("2025-03-27T08:30") });
    run.at("08:40");
    assert_eq!(run.office.refused("correct_event", correct.clone()).code, Code::NeedsConfirmation);
    correct["accept_changed_votes"] = json!(true);
    for blank in [Value::Null, json!("  ")] {
        correct["reason"] = blank;
        let refused = run.office.refused("correct_event", correct.clone());
        assert_eq!((refused.code, &refused.details["field"]), (Code::InvalidInput, &json!("reason")));
    }
    let mut strike = json!({ "event_id": late["id"], "strike": "", "accept_changed_votes": true });
    assert_eq!(run.office.refused("correct_event", strike.clone()).details["field"], "reason");
    strike["reason"] = json!("Nunca vino");
    run.office.call("correct_event", strike);
    run.adjourn_unresolved();
    run.prints(&["por una corrección: nunca vino."]);
}

#[test]
fn a_recusal_that_is_not_in_writing_is_asked_about_before_the_minutes_are_adopted() {
    let block = json!({ "decided_by": "superior", "treatment": "stay_in_base", "ground_in_writing": true, "article": "15" });
    let run = with_recusals(block, None);
    run.open(10);
    run.begin(&run.item("proposal", 0));
    run.call("declare_recusal", json!({ "id": "rec-1", "seat_id": "com-salud", "ground": "parentesco" }));
    run.office.call(
        "decide_recusal",
        json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": SUPERIOR }),
    );
    run.at("09:00");
    assert!(run.failing("adjourn", json!({})).contains(&"recusal_in_writing".to_owned()));
    run.adjourn_unresolved();
    let check = |run: &Run| {
        let minutes = run.minutes();
        let checks = minutes["preflight"].as_array().unwrap().clone();
        checks.into_iter().find(|c| c["check"].as_str().unwrap().starts_with("recusal_in_writing")).unwrap()
    };
    let failed = check(&run);
    assert_eq!(
        (&failed["check"], &failed["overridable"], &failed["norm"], &failed["place"]["screen"]),
        (
            &json!("recusal_in_writing:rec-1"),
            &json!(true),
            &json!("Acuerdo 001 de 2024, art. 15"),
            &json!("recusal")
        )
    );
    let file = crate::office::carried("impedimento.pdf", b"%PDF-1.7 escrito");
    run.office.call("attach_recusal_file", json!({ "recusal_id": "rec-1", "file": file }));
    assert_eq!(check(&run)["ok"], true);
}

#[test]
fn whoever_is_recused_of_an_item_is_so_when_it_is_taken_up_again() {
    for treatment in ["leave_base", "stay_in_base"] {
        let block = json!({ "decided_by": "superior", "treatment": treatment, "ground_in_writing": false });
        let run = with_recusals(block, None);
        run.open(10);
        let (item, other) = (run.item("proposal", 0), run.item("proposal", 1));
        run.begin(&item);
        run.call("declare_recusal", json!({ "id": "rec-1", "seat_id": "com-salud", "ground": "parentesco" }));
        run.office.call(
            "decide_recusal",
            json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": SUPERIOR }),
        );
        let quorum = |run: &Run| {
            let quorum = run.view()["course"]["quorum"].clone();
            (quorum["have"].clone(), quorum["base"].clone())
        };
        let out = quorum(&run);
        run.at("08:20");
        run.begin(&other);
        run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
        assert_eq!(quorum(&run), (json!(11), json!(16)));
        run.at("08:30");
        run.begin(&item);
        assert_eq!(quorum(&run), out, "{treatment}");
        run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
        run.office
            .refused("cast_ballot", json!({ "vote_id": "v-1", "seat_id": "com-salud", "value": "for" }));
        let closed = run.close("v-1");
        assert_eq!(closed["vote"]["recused_seat_ids"], json!(["com-salud"]));
        assert!(!closed["course"]["entitled"].as_array().unwrap().contains(&json!("com-salud")));
        let row = run.view()["course"]["ledger"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((row["verdict"]["have"].clone(), row["verdict"]["base"].clone()), out);
    }
}

#[test]
fn a_tie_says_who_settles_it_and_by_which_norm_before_it_is_settled() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    for (n, (seat, _)) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]).enumerate() {
        run.cast("v-1", seat, if n < 5 { "for" } else { "against" });
    }
    let tied = run.close("v-1");
    assert_eq!(tied["casting_vote_due"], true);
    let norm = &tied["course"]["verdict"]["casting_vote_source"]["citation"];
    assert_eq!(norm, "Acuerdo 001 de 2024, art. 11");
    let whose = &tied["casting_vote_of"];
    assert_eq!((&whose["person_id"], &whose["seat_id"]), (&json!(CHAIR.1), &json!(CHAIR.0)));
    assert!(whose["name"].as_str().is_some_and(|name| !name.is_empty()));
    assert!(whose["seat"].as_str().is_some_and(|seat| !seat.is_empty()));
    run.at("09:00");
    run.adjourn_unresolved();
    run.never_prints("En ejercicio del voto dirimente");
    run.office.call(
        "cast_casting_vote",
        json!({ "vote_id": "v-1", "value": "for", "occurred_at": instant("2025-03-27T08:30") }),
    );
    assert_eq!(run.office.call("explain_vote", json!({ "vote_id": "v-1" }))["casting_vote_of"], Value::Null);
}

#[test]
fn a_session_without_a_day_has_no_term_of_notice_and_may_be_set_back_on_its_day() {
    let run = Run::convened();
    let office = &run.office;
    office.go_to("2025-03-20T09:00");
    office.call("postpone_session", json!({ "id": "ses-1", "reason": "Cambió la agenda." }));
    let notice = run.call("check_notice", json!({}));
    assert_eq!(notice["verdict"], Value::Null);
    let checks = run.failing("convene", json!({}));
    assert!(
        checks.contains(&"stated".to_owned()) && !checks.contains(&"short_notice".to_owned()),
        "{checks:?}"
    );
    office.call("edit_session", json!({ "id": "ses-1", "date": "2025-03-27" }));
    assert!(!run.failing("convene", json!({})).contains(&"stated".to_owned()));

    // One that is cancelled says when.
    let cancelled =
        office.call("cancel_session", json!({ "id": "ses-1", "reason": "Cambió el calendario." }));
    let at = cancelled["not_held"]["decided_at"].as_str().unwrap();
    assert!(at.starts_with("2025-03-20T14:00:"), "{at}");
}

#[test]
fn rules_tell_their_numbers_and_matters_and_where_they_disagree() {
    let run = Run::convened();
    let rules = run.office.call("get_rule_set", json!({ "id": "rs-comision-2024" }));
    let explained = rules["explained"].as_array().unwrap().clone();
    let majorities: Vec<&str> = explained
        .iter()
        .filter(|e| e["topic"] == "majority")
        .map(|e| e["text"]["es"].as_str().unwrap())
        .collect();
    assert_eq!(
        majorities[2],
        "Dos tercios de los integrantes: 11 de 16, para el reglamento interno; quórum: mitad más uno (9 de 16); empate: no se aprueba"
    );
    assert!(majorities[0].contains(", cuando ninguna otra aplica; "), "{majorities:?}");
    let mut draft = rules["rules"].clone();
    draft["presiding_in_absence"]["seat_id"] = json!(CHAIR.0);
    draft["sessions"]["written"] = json!({ "allowed": true });
    let checked = run.office.call("check_rules", json!({ "body_id": BODY, "rules": draft }));
    let problems: Vec<&str> =
        checked["problems"].as_array().unwrap().iter().map(|p| p["code"].as_str().unwrap()).collect();
    assert_eq!(problems, ["modes_disagree", "presider_is_chair"]);
}

#[test]
fn a_suspension_tells_when_the_session_was_announced_to_go_on() {
    let run = Run::opened(9);
    run.at("08:30");
    let suspend = |until: &str| json!({ "kind": "session_suspended", "until": instant(until) });
    let refused = run.refused("record_event", suspend("2025-03-27T08:20"));
    assert_eq!((refused.code, &refused.details["field"]), (Code::InvalidInput, &json!("until")));
    run.call("record_event", suspend("2025-03-28T09:00"));
    let today = run.office.call("get_today", json!({}));
    assert_eq!(today["open_sessions"][0]["until"], json!(instant("2025-03-28T09:00")));
    run.prints(&[
        "Se suspendió la sesión a las 8:30 a. m. Se anunció que seguiría el 28 de marzo de 2025 a las 9:00 a. m.",
    ]);
    let ledger = run.call("quorum_ledger", json!({}));
    assert_eq!(
        ledger["rows"].as_array().unwrap().last().unwrap()["movement"]["es"],
        "Se suspende la sesión, que sigue el 28 de marzo de 2025 a las 9:00 a. m."
    );
}

#[test]
fn who_presides_is_told_after_the_recusal_that_took_the_chair_out() {
    let run = with_recusals(json!({ "decided_by": "superior", "ground_in_writing": false }), None);
    run.open(10);
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    run.call("declare_recusal", json!({ "id": "rec-1", "seat_id": CHAIR.0, "ground": "parentesco" }));
    run.office.call(
        "decide_recusal",
        json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": SUPERIOR }),
    );
    run.event("chair_changed", json!({ "seat_id": MEMBERS[0].0, "person_id": MEMBERS[0].1 }));
    let motion = json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta",
        "mover_person_id": MEMBERS[1].1 });
    run.call("file_motion", motion);
    run.call("open_vote", json!({ "id": "v-1", "motion_id": "m-1", "method": "ordinary" }));
    run.close("v-1");
    run.at("09:00");
    run.adjourn_unresolved();
    let told = run.minutes()["assembly"]["items"].to_string();
    let place = |words: &str| told.find(words).unwrap_or_else(|| panic!("{words}: {told}"));
    let (declared, left) = (place("se declaró impedida"), place("Aceptado el impedimento"));
    let presides = place("Desde las 8:20 a. m. presidió");
    assert!(declared < left && left < presides && presides < place("se sometió a votación"), "{told}");
}
