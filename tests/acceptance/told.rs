//! What became of things, told once: the live view, the ledger and the printed minutes say the same of an item, of who
//! left and came back, and of what a notice went out with.

use secretariat::Code;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, Office, carried};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

impl Run {
    fn course_of(&self, item: &str) -> Value {
        let view = self.view();
        let items = view["course"]["items"].as_array().unwrap();
        items.iter().find(|i| i["item_id"] == item).unwrap().clone()
    }

    fn outcome_of(&self, item: &str) -> Value {
        let view = self.view();
        let items = view["items"].as_array().unwrap();
        items.iter().find(|i| i["id"] == item).unwrap()["outcome"].clone()
    }

    /// What the minutes say of an item, its paragraphs.
    fn told_of(&self, item: &str) -> Vec<String> {
        let minutes = self.minutes();
        let items = minutes["assembly"]["items"].as_array().unwrap();
        let printed = items.iter().find(|i| i["item_id"] == item).unwrap();
        let pieces = printed["pieces"].as_array().unwrap().iter();
        let paragraphs = pieces.filter_map(|p| p["block"]["paragraphs"].as_array()).flatten();
        paragraphs.map(|p| p.as_str().unwrap().to_owned()).collect()
    }

    fn remarks_of(&self, name: &str) -> String {
        let minutes = self.minutes();
        let rows = minutes["assembly"]["members"].as_array().unwrap();
        rows.iter().find(|r| r["name"] == name).unwrap()["remarks"].as_str().unwrap().to_owned()
    }

    /// The numbers of the items that the paper says were not treated.
    fn printed_untreated(&self) -> Vec<String> {
        let preview = self.preview();
        let pages: Vec<&str> =
            preview["texts"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
        let text = pages.join("\n");
        let development =
            text.split("Desarrollo de la sesión").nth(1).unwrap().split("\nDecisiones").next().unwrap();
        let mut heading = String::new();
        let mut untreated = Vec::new();
        for line in development.lines() {
            let number = line.split(". ").next().unwrap_or_default();
            if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) {
                heading = number.to_owned();
            } else if line.contains("El punto no se trató") {
                untreated.push(heading.clone());
            }
        }
        untreated
    }

    /// The numbers of the items that the live view says nobody got to.
    fn unreached(&self) -> Vec<String> {
        let view = self.view();
        let numbers = view["item_numbers"].as_array().unwrap().iter();
        let items = view["course"]["items"].as_array().unwrap().iter();
        let unreached = items.zip(numbers).filter(|(item, _)| item["reach"] == "unreached");
        unreached.map(|(_, number)| number.as_str().unwrap().to_owned()).collect()
    }
}

/// Ten answer the roll and nine are the quorum; in the first proposal two leave.
fn quorum_lost_in_an_item() -> (Run, String) {
    let run = Run::opened(9);
    let opening = run.item("opening", 0);
    run.begin(&opening);
    run.at("08:20");
    let item = run.item("proposal", 0);
    run.begin(&item);
    assert_eq!(run.course_of(&item)["reach"], "under_way");
    run.at("08:25");
    for seat in [MEMBERS[7].0, MEMBERS[8].0] {
        run.event("departure", json!({ "seat_id": seat }));
    }
    (run, item)
}

#[test]
fn an_item_in_which_the_quorum_was_lost_and_regained_was_treated() {
    let (run, item) = quorum_lost_in_an_item();
    run.at("08:30");
    run.event("arrival", json!({ "seat_id": MEMBERS[7].0 }));
    run.adjourn("08:40");
    assert_eq!(
        (&run.course_of(&item)["reach"], run.outcome_of(&item)),
        (&json!("treated"), json!("informed"))
    );
    assert_eq!(run.printed_untreated(), run.unreached());
    let number = |n: usize| run.view()["item_numbers"][n].as_str().unwrap().to_owned();
    let view = run.view();
    let at = view["items"].as_array().unwrap().iter().position(|i| i["id"] == json!(item)).unwrap();
    assert!(!run.unreached().contains(&number(at)), "{:?}", run.unreached());
    // Both left in one minute and are told once, with the quorum after both; one came back, which is no first arrival.
    let told = run.told_of(&item);
    let left = told.iter().find(|t| t.contains("se retiraron")).unwrap_or_else(|| panic!("{told:?}"));
    assert!(left.starts_with("A las 8:25 a. m. se retiraron "), "{left}");
    // It was recovered: nothing was left pending by that.
    assert!(left.ends_with("; quedaron ocho (8) puestos y se perdió el quórum."), "{left}");
    assert_eq!(told.iter().filter(|t| t.contains("8:25")).count(), 1, "{told:?}");
    let back = told.iter().find(|t| t.contains("8:30")).unwrap();
    assert!(back.starts_with("A las 8:30 a. m. se reincorporó "), "{back}");
    assert!(back.ends_with("; quedaron nueve (9) puestos y se recuperó el quórum."), "{back}");
    let view = run.view();
    let name = |seat: &str| {
        let rows = view["roll"].as_array().unwrap();
        let row = rows.iter().find(|r| r["seat_id"] == seat).unwrap();
        row["person"]["full_name"].as_str().unwrap().to_owned()
    };
    assert_eq!(run.remarks_of(&name(MEMBERS[7].0)), "Ausente de 8:25 a. m. a 8:30 a. m.");
    assert_eq!(run.remarks_of(&name(MEMBERS[8].0)), "Hasta 8:25 a. m.");
    run.never_prints("ingresó");
}

#[test]
fn an_item_that_ended_without_a_quorum_says_so_and_returns() {
    let (run, item) = quorum_lost_in_an_item();
    run.adjourn("08:40");
    assert_eq!(
        (&run.course_of(&item)["reach"], run.outcome_of(&item)),
        (&json!("without_quorum"), json!("no_quorum"))
    );
    assert_eq!(run.printed_untreated(), run.unreached());
    let told = run.told_of(&item);
    assert_eq!(told.last().unwrap(), "Al terminar el punto no había quórum: no se pudo decidir.", "{told:?}");
    let status = run.office.call("get_proposal", json!({ "id": "pro-a" }))["line"]["status"].clone();
    assert_eq!(status, "postponed", "nothing was decided of it");
    let checks = run.minutes()["preflight"].as_array().unwrap().clone();
    let stops = |c: &&Value| c["ok"] == false && c["overridable"] == false;
    assert_eq!(
        checks.iter().filter(stops).map(|c| c["check"].clone()).collect::<Vec<_>>(),
        Vec::<Value>::new()
    );
}

/// Decided before the quorum was lost, an item is treated; one only passed on the way to another was not reached.
#[test]
fn what_was_decided_stands_and_what_was_passed_was_not_reached() {
    let run = Run::opened(9);
    run.at("08:10");
    let (passed, item) = (run.item("procedure", 0), run.item("proposal", 0));
    run.begin(&passed);
    run.begin(&item);
    run.at("08:20");
    run.approve("v-a", "substantive", "Aprobar la propuesta");
    run.at("08:25");
    for seat in [MEMBERS[7].0, MEMBERS[8].0] {
        run.event("departure", json!({ "seat_id": seat }));
    }
    for reach in ["under_way", "treated"] {
        assert_eq!(run.course_of(&item)["reach"], reach);
        assert_eq!(run.course_of(&passed)["reach"], "unreached");
        if reach == "under_way" {
            run.adjourn("08:40");
        }
    }
    assert_eq!(run.printed_untreated(), run.unreached());
    assert!(!run.told_of(&item).iter().any(|t| t.contains("no se pudo decidir")));
}

/// Declares a recusal in the first proposal, accepted by the body, and begins the second with that person still out.
fn out_for_a_recusal(members: usize) -> (Run, String) {
    let run = Run::opened(members);
    run.at("08:20");
    run.begin(&run.item("proposal", 0));
    run.call(
        "declare_recusal",
        json!({ "id": "rec-1", "seat_id": MEMBERS[4].0, "in_writing": true, "ground": "vínculo familiar" }),
    );
    run.put_to_vote("v-rec", "recusal", "Aceptar el impedimento", "ordinary");
    run.close("v-rec");
    let accepted = json!({ "recusal_id": "rec-1", "outcome": "accepted", "vote_id": "v-rec" });
    run.office.call("decide_recusal", accepted);
    assert_eq!(run.present(), members + 1, "recused of the item, the seat is still of its quorum");
    run.at("08:40");
    let next = run.item("proposal", 1);
    run.begin(&next);
    (run, next)
}

#[test]
fn who_is_out_for_a_recusal_counts_no_more_in_the_next_item_until_they_return() {
    let (run, item) = out_for_a_recusal(9);
    let seat = MEMBERS[4].0;
    assert_eq!(run.present(), 9);
    let view = run.view();
    let row = view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == seat).unwrap();
    assert_eq!((&row["counts"], &row["recusal"]["of_current"]), (&json!(false), &json!(false)));
    assert!(row["recusal"]["out_since"].is_string(), "{row}");
    let line = view["course"]["ledger"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&line["kind"], &line["seat_id"], &line["verdict"]["have"], &line["turn"]),
        (&json!("item_start"), &json!(seat), &json!(9), &json!("same")),
        "the ledger says who stopped counting"
    );
    run.put_to_vote("v-b", "substantive", "Aprobar la segunda propuesta", "ordinary");
    let own = run.office.refused("cast_ballot", json!({ "vote_id": "v-b", "seat_id": seat, "value": "for" }));
    assert_eq!(own.code, secretariat::Code::RuleForbids);
    let closed = run.close("v-b");
    assert_eq!(closed["course"]["entitled"].as_array().unwrap().len(), 9);
    run.at("08:50");
    run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
    assert_eq!(run.present(), 10);
    run.adjourn("09:00");
    let told = run.told_of(&item);
    let who = "la doctora Clemencia Beatriz Ruiz-Sepúlveda D'Costa";
    assert_eq!(
        told[0],
        format!(
            "A las 8:40 a. m. no había regresado {who}, que había salido por impedimento; se mantuvo el quórum."
        )
    );
    // The return is told where the recusal was declared or where it happened, once, with the count.
    run.prints(&[&format!("A las 8:50 a. m. regresó {who}; quedaron diez (10) puestos.")]);
    assert_eq!(
        run.remarks_of("Clemencia Beatriz Ruiz-Sepúlveda D'Costa"),
        "Ausente de 8:40 a. m. a 8:50 a. m."
    );
}

#[test]
fn a_recusal_that_is_over_may_break_the_quorum_of_the_next_item() {
    let (run, item) = out_for_a_recusal(8);
    assert_eq!(run.present(), 8);
    let view = run.view();
    assert_eq!(view["course"]["ledger"].as_array().unwrap().last().unwrap()["turn"], "lost");
    assert!(
        view["vote_blocked"]["es"].as_str().unwrap().starts_with("No hay quórum"),
        "{}",
        view["vote_blocked"]
    );
    run.at("08:45");
    run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
    assert_eq!((run.present(), &run.view()["vote_blocked"]), (9, &Value::Null));
    run.adjourn("09:00");
    assert!(
        run.told_of(&item)[0]
            .contains("que había salido por impedimento; quedaron ocho (8) puestos y se perdió el quórum")
    );
    run.prints(&["quedaron nueve (9) puestos y se recuperó el quórum."]);
}

/// Four come and four go in a minute, while somebody speaks: a sentence each, the quorum after it told once.
#[test]
fn who_moves_in_one_minute_is_told_in_one_sentence() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    run.at("08:30");
    for seat in ["com-ambiente", "com-movilidad", "com-habitat"] {
        run.event("arrival", json!({ "seat_id": seat }));
    }
    run.at("08:40");
    for (n, seat) in ["com-ambiente", "com-movilidad", "com-habitat", "com-cultura"].iter().enumerate() {
        run.event("departure", json!({ "seat_id": seat }));
        if n == 1 {
            run.event("intervention", json!({ "seat_id": "com-hacienda" }));
        }
    }
    run.at("08:50");
    for seat in ["com-ambiente", "com-movilidad"] {
        run.event("return", json!({ "seat_id": seat }));
    }
    run.adjourn("09:00");
    let told = run.told_of(&run.item("proposal", 0));
    let of =
        |clock: &str| told.iter().filter(|t| t.starts_with(&format!("A las {clock}"))).collect::<Vec<_>>();
    for (clock, verb, end) in [
        ("8:30", "ingresaron", "; quedaron trece (13) puestos."),
        ("8:40", "se retiraron", "; se mantuvo el quórum."),
        ("8:50", "se reincorporaron", "; quedaron once (11) puestos."),
    ] {
        let [one] = of(clock)[..] else { panic!("{clock}: {told:?}") };
        assert!(one.contains(&format!(" {verb} ")) && one.ends_with(end), "{one}");
        assert!(one.contains(" y ") || one.contains(" e "), "{one}");
    }
}

/// What a notice lists is what it went out with, whatever comes later; a new notice lists what there is then.
#[test]
fn a_notice_lists_what_it_went_out_with() {
    let office = Office::at("2025-03-10T08:00");
    let session = office.session("ses-1", "ordinary", "2025-03-27");
    let annex = |id: &str, kind: &str| {
        office.call(
            "add_annex",
            json!({ "id": id, "owner": "session", "owner_id": session, "kind": kind, "title": format!("Papel {id}"),
                "file": carried(&format!("{id}.pdf"), PDF) }),
        );
    };
    annex("uno", "report");
    annex("excusa", "mail");
    let paper = || office.call("render_notice", json!({ "session_id": session }));
    let text = || {
        let pages = paper()["texts"].as_array().unwrap().clone();
        pages
            .iter()
            .map(|t| t.as_str().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert!(text().contains("Papel uno") && !text().contains("Papel excusa"), "{}", text());
    assert!(text().contains("al menos con cinco (5) días hábiles de antelación"), "{}", text());
    office.call("convene_session", json!({ "id": session }));
    let sent = paper()["base64"].clone();
    assert!(
        text().contains("con doce (12) días hábiles de antelación; el plazo mínimo es de cinco (5) días hábiles (Acuerdo 001 de 2024, art. 6)."),
        "what was done, and the rule beside it: {}",
        text()
    );
    annex("dos", "presentation");
    office.call("edit_annex", json!({ "id": "uno", "title": "Otro título" }));
    office.call(
        "add_agenda_item",
        json!({ "session_id": session, "title": "Asunto tardío", "kind": "report", "late_reason": "Llegó ayer." }),
    );
    assert_eq!(paper()["base64"], sent, "rendered again it is the same notice");
    let new = json!({ "id": session, "reason": "Se agrega un asunto." });
    office.call("renotify_session", new);
    let again = text();
    for words in ["Papel dos", "Otro título", "Asunto tardío"] {
        assert!(again.contains(words), "{words}: {again}");
    }
    let sent = paper()["base64"].clone();
    office.go_to("2025-03-27T08:00");
    let run = Run { office, session };
    run.open(9);
    run.office.call(
        "add_annex",
        json!({ "owner": "session", "owner_id": run.session, "kind": "report", "file": carried("tres.pdf", PDF) }),
    );
    run.adjourn("09:00");
    assert_eq!(run.call("render_notice", json!({}))["base64"], sent, "after the session too");
    let issued = run.call("issue_notice", json!({}));
    let kept = run.office.call("get_file", json!({ "blob_id": issued["blob_id"], "name": "x.pdf" }));
    assert_eq!(kept["base64"], sent);
}

/// A seat that stands for many is named after them, once.
#[test]
fn a_seat_without_an_entity_is_named_once() {
    let run = Run::convened();
    run.office.call(
        "put_seat",
        json!({ "id": "universidades", "body_id": BODY, "role": "member", "title": "Universidades públicas" }),
    );
    run.open(9);
    let minutes = run.minutes();
    let rows = minutes["assembly"]["members"].as_array().unwrap();
    for row in rows {
        assert_ne!(row["position"], row["entity"], "{row}");
        assert!(!row["position"].as_str().unwrap().is_empty() && !row["entity"].as_str().unwrap().is_empty());
    }
    let row = rows.iter().find(|row| row["entity"] == "Universidades públicas").expect("the seat");
    assert_eq!((&row["name"], &row["position"]), (&json!("Sin titular"), &json!("—")));
}

/// A session that never had its quorum, nor declared the lack of it, is not adjourned as one that was held.
#[test]
fn a_session_that_never_had_its_quorum_says_so_on_adjourning() {
    let run = Run::opened(6);
    run.at("08:30");
    let refused = run.refused("adjourn_session", json!({}));
    assert_eq!(refused.code, Code::RuleForbids);
    let view = run.call("adjourn_session", json!({ "informative": true }));
    assert_eq!(view["session"]["status"], "informative");
    run.never_prints("declaró instalada");
}

/// A delegation that reaches the secretary with the session open, its delegate in the room already.
#[test]
fn a_delegation_received_in_session_counts_unless_a_vote_was_closed_without_it() {
    let run = Run::convened();
    run.at("08:05");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[1..10]) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.event("quorum_check", json!({}));
    let (seat, delegate) = (MEMBERS[0].0, "per-017");
    run.at("08:10");
    run.event("arrival", json!({ "seat_id": seat, "person_id": delegate }));
    assert_eq!(run.present(), 10, "without a delegation nobody counts");
    let delegation = |id: &str| {
        let act = json!({ "kind": "resolution", "number": "78 de 2025", "date": "2025-03-26" });
        json!({ "id": id, "seat_id": seat, "delegate_id": delegate, "act": act })
    };
    run.office.undone_and_redone("record_delegation", delegation("d-78"));
    assert_eq!(run.present(), 11);
    run.office.call("undo", json!({}));
    run.at("08:20");
    run.begin(&run.item("proposal", 0));
    run.approve("v-a", "substantive", "Aprobar la propuesta");
    run.office.call("record_delegation", delegation("d-79"));
    assert_eq!(run.present(), 10, "the vote was closed without it: correcting the arrival asks first");
    let view = run.view();
    let arrival = view["events"].as_array().unwrap().iter().find(|e| e["person_id"] == delegate).unwrap();
    let correction = json!({ "event_id": arrival["id"], "person_id": delegate });
    let asked = run.office.refused("correct_event", correction.clone());
    assert_eq!(asked.code, Code::NeedsConfirmation, "{asked}");
    let mut accepted = correction;
    accepted["accept_changed_votes"] = json!(true);
    accepted["reason"] = json!("Llegó la delegación.");
    run.office.call("correct_event", accepted);
    assert_eq!(run.present(), 11);
}

/// A delegation in force that gives voice and no vote is cited as what it is.
#[test]
fn a_delegate_with_voice_alone_is_told_by_their_act() {
    let run = Run::convened();
    let (seat, delegate) = (MEMBERS[0].0, "per-017");
    let act = json!({ "kind": "resolution", "number": "80 de 2025", "date": "2025-03-26" });
    run.office.call(
        "record_delegation",
        json!({ "id": "d-80", "seat_id": seat, "delegate_id": delegate, "act": act, "scope": "voice" }),
    );
    run.at("08:05");
    run.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[1..10]) {
        run.event("roll_answer", json!({ "seat_id": seat }));
    }
    run.event("roll_answer", json!({ "seat_id": seat, "person_id": delegate }));
    run.event("quorum_check", json!({}));
    assert_eq!(run.present(), 10);
    run.adjourn("08:40");
    run.prints(&["con voz y sin voto, según la Resolución 80 de 2025: no votó ni se contó para el quórum."]);
    run.never_prints("sin delegación vigente");
    // Its last item says nothing, though the session ends in it.
    let last = run.view()["items"].as_array().unwrap().last().unwrap()["id"].clone();
    run.office.call("set_outcome", json!({ "item_id": last, "outcome": "informed" }));
    let checks = run.minutes()["preflight"].as_array().unwrap().clone();
    let empty = format!("empty_item:{}", last.as_str().unwrap());
    assert!(checks.iter().any(|c| c["check"] == empty.as_str() && c["ok"] == false), "{checks:?}");
}

/// A vote taken by exception shows, while it is open, what closing it now would write.
#[test]
fn an_open_vote_by_exception_counts_the_silent_in_favour() {
    let run = Run::opened(10);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "ordinary");
    let open = run.cast("v-a", MEMBERS[0].0, "against")["course"].clone();
    assert_eq!((&open["in_favour"], &open["against"]), (&json!(10), &json!(1)));
    assert_eq!(open["standing"]["es"], "Si se cierra así, se aprueba.");
    let closed = run.close("v-a")["course"].clone();
    assert_eq!((&closed["in_favour"], &closed["against"]), (&open["in_favour"], &open["against"]));
    assert_eq!(closed["standing"], Value::Null);
}

/// Suspended on Thursday and resumed on Friday: who took office in between sits by their own right.
#[test]
fn the_second_sitting_has_the_holders_of_its_day() {
    let run = Run::opened(9);
    let (seat, old) = MEMBERS[12];
    run.at("09:00");
    run.event("session_suspended", json!({ "detail": "Hasta mañana." }));
    run.office.call(
        "put_person",
        json!({ "id": "p-nueva", "full_name": "Aurora Méndez Ruiz", "grammatical_gender": "f" }),
    );
    run.office.call(
        "appoint_holder",
        json!({ "seat_id": seat, "person_id": "p-nueva", "kind": "holder", "valid_from": "2025-03-28" }),
    );
    run.office.go_to("2025-03-28T08:00");
    run.event("session_resumed", json!({}));
    run.office.go_to("2025-03-28T08:05");
    let present = run.present();
    let arrived = run.event("arrival", json!({ "seat_id": seat, "person_id": "p-nueva" }));
    assert_eq!(arrived["capacity"], "holder");
    assert_eq!(run.present(), present + 1);
    let view = run.view();
    let row = view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == seat).unwrap();
    assert!(
        row["candidates"]
            .as_array()
            .unwrap()
            .iter()
            .any(|c| c["person"]["id"] == old || c["person"]["id"] == "p-nueva")
    );
}

/// An item treated in its parts: each part tells its own, and the item nothing.
#[test]
fn an_item_is_told_in_its_parts() {
    let run = Run::convened();
    let whole = run.item("proposal", 0);
    run.office.call(
        "add_agenda_item",
        json!({ "id": "it-parte", "session_id": run.session, "parent_id": whole, "title": "La parte", "kind": "report",
            "late_reason": "Se pidió después." }),
    );
    run.open(9);
    run.begin("it-parte");
    run.event(
        "intervention",
        json!({ "seat_id": CHAIR.0, "item_id": "it-parte", "detail": "Explicó las cifras." }),
    );
    run.adjourn("09:00");
    run.never_prints("No quedó registro");
    assert_eq!(run.course_of(&whole)["reach"], "treated");
}

/// The chair leaves with the vote tied: nobody settles it from outside the room.
#[test]
fn a_casting_vote_is_cast_in_the_room() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "roll_call");
    for (n, (seat, _)) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]).enumerate() {
        run.cast("v-a", seat, if n % 2 == 0 { "for" } else { "against" });
    }
    assert_eq!(run.close("v-a")["casting_vote_due"], true);
    run.at("08:40");
    run.event("temporary_departure", json!({ "seat_id": CHAIR.0 }));
    run.at("08:45");
    let refused = run.office.refused("cast_casting_vote", json!({ "vote_id": "v-a", "value": "for" }));
    assert_eq!(refused.code, Code::RuleForbids);
    run.event("return", json!({ "seat_id": CHAIR.0 }));
    run.office.call("cast_casting_vote", json!({ "vote_id": "v-a", "value": "for" }));
}

/// Of each fact of a session its line in Historial says which it was.
#[test]
fn the_journal_tells_which_fact() {
    let run = Run::opened(9);
    run.at("08:20");
    run.event("departure", json!({ "seat_id": MEMBERS[0].0 }));
    let lines = run.office.call("list_journal", json!({ "limit": 3 }));
    let facts: Vec<&Value> = lines.as_array().unwrap().iter().map(|line| &line["fact"]).collect();
    assert_eq!(facts, [&json!("departure"), &json!("quorum_check"), &json!("roll_answer")]);
}

#[test]
fn the_journal_is_searched_by_what_its_lines_tell() {
    let run = Run::opened(9);
    run.at("08:30");
    run.event("departure", json!({ "seat_id": MEMBERS[3].0 }));
    let find = |text: &str| run.office.call("find_in_journal", json!({ "text": text }));
    let all = find("");
    let newest = &all["entries"][0];
    assert_eq!(newest["act"], json!({ "es": "Se retira", "en": "Leaves" }));
    // (what is typed, what the newest entry found says)
    let about = newest["about"].as_str().unwrap().to_lowercase();
    let half = about.split(' ').next().unwrap();
    for (typed, act) in [
        ("se retira", "Se retira"),
        ("leaves", "Se retira"),
        (half, newest["act"]["es"].as_str().unwrap()),
        ("27/03/2025 lista", "Responde a lista"),
        ("2025-03-27 instalacion", "Instalación de la sesión"),
        ("marzo verificación quórum", "Verificación de quórum"),
    ] {
        let found = find(typed);
        assert_eq!(found["entries"][0]["act"]["es"], act, "{typed}: {found}");
        assert_eq!(found["older"], Value::Null, "{typed}: the first entry was reached");
    }
    for nothing in ["retira de nunca", "etira", "28/03/2025"] {
        assert_eq!(find(nothing)["entries"], json!([]), "{nothing}");
    }
    // A number of an entry, and an act taken back.
    let seq = newest["seq"].as_i64().unwrap();
    run.office.call("undo", json!({ "entry": seq }));
    let undone = find(&format!("deshizo {seq}"));
    assert_eq!(undone["entries"][0]["undoes"], seq);
    // More than a page: the rest from where it stopped.
    for at in 0..105 {
        run.event("intervention", json!({ "person_id": CHAIR.1, "detail": format!("Intervención {at}") }));
    }
    let first = find("interviene");
    assert_eq!(first["entries"].as_array().unwrap().len(), 100);
    let rest = run.office.call("find_in_journal", json!({ "text": "interviene", "before": first["older"] }));
    assert_eq!((rest["entries"].as_array().unwrap().len(), &rest["older"]), (5, &Value::Null));
}

#[test]
fn a_motion_says_what_each_rule_asks_before_it_is_put_to_the_vote() {
    let run = Run::opened(9);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.call("file_motion", json!({ "id": "m", "kind": "substantive", "text": "Aprobar la propuesta", "mover_person_id": CHAIR.1 }));
    let asked = |run: &Run| run.view()["motions_rules"][0].clone();
    let motion = asked(&run);
    assert_eq!((&motion["motion_id"], &motion["rule_id"]), (&json!("m"), &run.view()["default_rule_id"]));
    let of_default = |motion: &Value| {
        let choices = motion["choices"].as_array().unwrap();
        choices.iter().find(|c| c["rule_id"] == motion["rule_id"]).unwrap().clone()
    };
    let text = of_default(&motion)["text"]["es"].as_str().unwrap().to_owned();
    assert!(
        text.starts_with("Mayoría simple de los votos emitidos: 6 de 10 votos a favor, si todos votan"),
        "{text}"
    );
    assert_eq!(of_default(&motion)["blocked"], Value::Null);
    // One fewer in the room, fewer votes are asked; a vote that is open waits for nothing.
    run.at("08:40");
    run.event("departure", json!({ "seat_id": MEMBERS[3].0 }));
    let text = of_default(&asked(&run))["text"]["es"].as_str().unwrap().to_owned();
    assert!(text.contains("5 de 9 votos"), "{text}");
    run.call("open_vote", json!({ "id": "v", "motion_id": "m", "method": "ordinary" }));
    assert_eq!(run.close("v")["vote"]["rule_id"], motion["rule_id"]);
    assert_eq!(run.view()["motions_rules"], json!([]));
}

#[test]
fn a_seat_answers_for_the_sessions_while_somebody_held_it() {
    let run = Run::convened();
    let holder = run.office.call("get_holder", json!({ "seat_id": "com-seguridad" }));
    run.office.call("close_holder", json!({ "id": holder["id"], "valid_to": "2025-03-20" }));
    run.call(
        "set_confirmation",
        json!({ "seat_id": "com-mujeres", "answer": "excused", "in_writing": true, "text": "Comisión de servicios" }),
    );
    run.open(9);
    let of = |run: &Run, seat: &str| {
        let view = run.office.call("attendance_statistics", json!({ "body_id": BODY }));
        let seats = view["seats"].as_array().unwrap();
        seats.iter().find(|s| s["seat_id"] == seat).cloned().unwrap_or_default()
    };
    assert_eq!(of(&run, CHAIR.0), Value::Null, "a session under way is no statistic yet");
    run.at("09:00");
    run.adjourn_unresolved();
    for (seat, attendance, due, said) in [
        (CHAIR.0, "holder", 1, "Asistió a 1 de 1 sesión: 1 por su titular."),
        ("com-seguridad", "vacant", 0, "Nadie ocupó el puesto en estas sesiones: no se le cuentan."),
        ("com-mujeres", "excused", 1, "Asistió a 0 de 1 sesión. Faltó a 1, con excusa."),
        ("com-gestion-juridica", "absent", 1, "Asistió a 0 de 1 sesión. Faltó a 1, sin excusa."),
    ] {
        let line = of(&run, seat);
        assert_eq!(line["sessions"][0]["attendance"], attendance, "{seat}");
        assert_eq!((&line["due"], &line["text"]["es"]), (&json!(due), &json!(said)), "{seat}");
    }
    // Who holds it afterwards answers for nothing of before.
    run.office.call(
        "appoint_holder",
        json!({ "seat_id": "com-seguridad", "person_id": "per-017", "kind": "holder", "valid_from": "2025-03-28" }),
    );
    assert_eq!(of(&run, "com-seguridad")["due"], 0);
    let backwards = json!({ "body_id": BODY, "from": "2025-06-01", "to": "2025-01-01" });
    run.office.refused("attendance_statistics", backwards);
}

/// The paper is read when the session is over: what was left open is told as past.
#[test]
fn a_recess_that_was_not_resumed_is_told_as_past() {
    let run = Run::opened(9);
    run.at("08:30");
    run.event("recess_start", json!({}));
    run.at("09:00");
    run.adjourn_unresolved();
    run.prints(&[
        "La sesión terminó en el receso decretado a las 8:30 a. m., que no se reanudó. Razón: Se agotó el tiempo.",
    ]);
    run.never_prints("no se ha reanudado");
}
