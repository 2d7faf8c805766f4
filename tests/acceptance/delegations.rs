//! Who may stand for a seat: delegations limited to items, revoked in the middle of a session, one too many, of somebody who
//! has a seat already, of a holder who comes late; and the letters and terms of the seats of organisations. On the
//! commission of the demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use secretariat::api::Op;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, instant};

const SEAT: &str = "com-gobierno";
const HOLDER: &str = "per-003";
const DELEGATE: &str = "per-018";
const OTHER: &str = "per-019";

fn time(clock: &str) -> Value {
    json!(instant(&format!("2025-03-27T{clock}")))
}

impl Run {
    /// A delegation by a resolution of 20 March, with more.
    pub fn delegate(&self, id: &str, seat: &str, person: &str, number: &str, more: Value) -> Value {
        let mut request = json!({ "id": id, "seat_id": seat, "delegate_id": person,
            "act": { "kind": "resolution", "number": number, "date": "2025-03-20" } });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.office.call("record_delegation", request)
    }

    /// Opened at 8:05 with the chair and eight members, none of them of the seat that delegates; and whoever comes for it.
    pub fn opened_with(&self, delegate: Option<&str>) {
        self.at("08:05");
        self.call("open_session", json!({ "seat_id": CHAIR.0, "person_id": CHAIR.1 }));
        for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[2..10]) {
            self.event("roll_answer", json!({ "seat_id": seat }));
        }
        if let Some(person) = delegate {
            self.event("roll_answer", json!({ "seat_id": SEAT, "person_id": person }));
        }
        self.event("quorum_check", json!({}));
    }

    pub fn row(&self, seat: &str) -> Value {
        let view = self.view();
        view["roll"].as_array().unwrap().iter().find(|r| r["seat_id"] == seat).unwrap().clone()
    }

    fn number(&self, item: &str) -> String {
        let view = self.view();
        let place = view["items"].as_array().unwrap().iter().position(|i| i["id"] == item).unwrap();
        view["item_numbers"][place].as_str().unwrap().to_owned()
    }

    pub fn remarks(&self, seat: &str) -> String {
        let number = self.row(seat)["number"].clone();
        let minutes = self.minutes();
        let members = minutes["assembly"]["members"].as_array().unwrap();
        members.iter().find(|m| m["number"] == number).unwrap()["remarks"].as_str().unwrap().to_owned()
    }

    fn may_not_vote(&self, vote: &str, seat: &str, words: &str) {
        let ballot = json!({ "vote_id": vote, "seat_id": seat, "value": "for" });
        let refused = self.office.refused("cast_ballot", ballot);
        assert_eq!(refused.code, Code::RuleForbids, "{refused}");
        assert!(refused.message.es.contains(words), "{refused}");
    }
}

#[test]
fn a_delegation_for_an_item_counts_while_it_is_treated() {
    let run = Run::convened();
    let (item, next) = (run.item("proposal", 0), run.item("proposal", 1));
    let number = run.number(&item);
    let elsewhere = run.office.session("ses-2", "ordinary", "2025-06-26");
    let mixed = json!({ "seat_id": SEAT, "delegate_id": DELEGATE, "item_ids": [item], "session_ids": [elsewhere],
        "act": { "kind": "resolution", "number": "14", "date": "2025-03-20" } });
    assert_eq!(run.office.refused("record_delegation", mixed).details["field"], "item_ids");
    let made = run.delegate("d-1", SEAT, DELEGATE, "14", json!({ "item_ids": [item] }));
    assert_eq!((&made["item_ids"], &made["session_ids"]), (&json!([item]), &json!([run.session])));
    run.opened_with(Some(DELEGATE));
    let row = run.row(SEAT);
    assert_eq!((&row["capacity"], &row["counts"], run.present()), (&json!("delegate"), &json!(false), 9));
    assert_eq!(row["delegation"], format!("Resolución 14 de 2025, punto {number}"));
    assert!(row["why"]["es"].as_str().unwrap().contains(&format!("punto {number}")), "{row}");

    run.at("08:20");
    run.begin(&item);
    assert_eq!((run.row(SEAT)["counts"].clone(), run.present()), (json!(true), 10));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[1..10]) {
        run.cast("v-1", seat, "for");
    }
    let closed = run.close("v-1");
    assert_eq!(closed["course"]["in_favour"], 10);
    assert_eq!(
        run.view()["ballots"].as_array().unwrap().iter().find(|b| b["seat_id"] == SEAT).unwrap()["delegation_id"],
        "d-1"
    );
    run.at("08:40");
    run.begin(&next);
    assert_eq!(run.present(), 9);
    run.put_to_vote("v-2", "substantive", "Aprobar la otra", "roll_call");
    run.may_not_vote("v-2", SEAT, "se limita a otros puntos");
    run.office.call("annul_vote", json!({ "vote_id": "v-2", "reason": "Se abrió por error." }));
    // In a block with another item, it does not vote either.
    run.begin(&item);
    run.call(
        "file_motion",
        json!({ "id": "m-3", "kind": "procedural", "text": "Tratar ambos", "block_item_ids": [next] }),
    );
    run.call("open_vote", json!({ "id": "v-3", "motion_id": "m-3", "method": "ordinary" }));
    run.may_not_vote("v-3", SEAT, "se limita a otros puntos");
    assert_eq!(run.close("v-3")["course"]["in_favour"], 9);
    run.prints(&[
        &format!("según la Resolución 14 de 2025, solo para el punto {number}."),
        "A las 8:20 a. m. se contó el doctor Wilmer Ignacio Pedreros-Ángulo Sáenz, por tener delegación para el punto; quedaron diez (10) puestos.",
        "A las 8:40 a. m. dejó de contarse el doctor Wilmer Ignacio Pedreros-Ángulo Sáenz, por tener delegación o designación solo para otro punto; se mantuvo el quórum.",
        "(delegación: Resolución 14 de 2025)",
    ]);
    assert_eq!(run.remarks(SEAT), format!("Delegación: Resolución 14 de 2025, punto {number}"));
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}

#[test]
fn a_delegation_revoked_in_the_middle_of_a_session_stops_counting_then() {
    let run = Run::convened();
    run.delegate("d-1", SEAT, DELEGATE, "14", json!({}));
    run.opened_with(Some(DELEGATE));
    run.at("08:10");
    run.begin(&run.item("procedure", 0));
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    run.cast("v-1", SEAT, "against");
    run.close("v-1");
    run.at("08:40");
    let whole_day = run.office.refused("revoke_delegation", json!({ "id": "d-1" }));
    assert_eq!((whole_day.code, &whole_day.details["field"]), (Code::InvalidInput, &json!("at")));
    let ahead = json!({ "id": "d-1", "at": time("09:40") });
    assert_eq!(run.office.refused("revoke_delegation", ahead).details["field"], "at");
    // Before what it voted: asked about, as any correction is.
    let earlier = json!({ "id": "d-1", "at": time("08:06") });
    assert_eq!(run.office.refused("revoke_delegation", earlier).details["confirm"], "accept_changed_votes");
    let revoke = json!({ "id": "d-1", "at": time("08:25"), "note": "Resolución 20 de 2025." });
    let revoked = run.office.undone_and_redone("revoke_delegation", revoke);
    assert_eq!(revoked["revoked_on"], "2025-03-27");
    let row = run.row(SEAT);
    assert_eq!(
        (&row["capacity"], &row["inside"], run.present()),
        (&json!("no_valid_delegation"), &json!(true), 9)
    );
    let stands = run.office.call("explain_vote", json!({ "vote_id": "v-1" }));
    assert_eq!((&stands["course"]["against"], &stands["course"]["changed"]), (&json!(1), &json!(false)));
    run.put_to_vote("v-2", "procedural", "Sesionar hasta las once", "roll_call");
    run.may_not_vote("v-2", SEAT, "no tiene delegación vigente");
    run.office.call("annul_vote", json!({ "vote_id": "v-2", "reason": "Se abrió por error." }));
    run.event("intervention", json!({ "person_id": DELEGATE, "seat_id": SEAT }));
    run.prints(&[
        "según la Resolución 14 de 2025.",
        "A las 8:25 a. m. quedó revocada la Resolución 14 de 2025, por la que asistía el doctor Wilmer Ignacio Pedreros-Ángulo Sáenz, con voz y sin voto desde entonces; se mantuvo el quórum.",
    ]);
    run.never_prints("asistió sin delegación vigente");
    assert_eq!(run.remarks(SEAT), "Delegación: Resolución 14 de 2025. Delegación revocada desde 8:25 a. m.");
    let line = run.office.call("list_delegations", json!({ "seat_id": SEAT }))[0].clone();
    assert_eq!((&line["status"], &line["revoked_at"]), (&json!("revoked"), &time("08:25")));
}

#[test]
fn a_seat_sends_as_many_delegates_as_its_rules_admit() {
    for most in [Some(1), Some(2)] {
        let run = Run::convened();
        run.office
            .archive
            .transact(&run.office.context(), Op::Import, |tx| {
                let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
                stored.rules.delegation.max_delegates_per_seat_and_session = most;
                tx.put(&stored)
            })
            .unwrap();
        run.delegate("d-1", SEAT, DELEGATE, "14", json!({}));
        run.delegate("d-2", SEAT, OTHER, "15", json!({}));
        run.opened_with(Some(DELEGATE));
        run.at("08:20");
        let second = run.office.undone_and_redone(
            "record_event",
            run.of_session(json!({ "kind": "arrival", "seat_id": SEAT, "person_id": OTHER })),
        );
        let row = run.row(SEAT);
        assert_eq!(run.present(), 10);
        if most == Some(2) {
            assert_eq!((&second["capacity"], &row["person"]["id"]), (&json!("delegate"), &json!(OTHER)));
            continue;
        }
        assert_eq!(
            (&second["capacity"], &second["delegation_id"]),
            (&json!("no_valid_delegation"), &json!("d-2"))
        );
        assert_eq!((&row["person"]["id"], &row["beside"][0]["id"]), (&json!(DELEGATE), &json!(OTHER)));
        let candidate =
            row["candidates"].as_array().unwrap().iter().find(|c| c["person"]["id"] == OTHER).unwrap();
        assert!(
            candidate["why"]["es"].as_str().unwrap().contains("no admite otro en la sesión"),
            "{candidate}"
        );
        run.event("intervention", json!({ "person_id": OTHER }));
        run.event("departure", json!({ "seat_id": SEAT, "person_id": OTHER }));
        assert_eq!((run.present(), run.row(SEAT)["beside"].clone()), (10, json!([])));
        // The first one gone, the rule is the same.
        run.event("departure", json!({ "seat_id": SEAT }));
        let again = run.event("arrival", json!({ "seat_id": SEAT, "person_id": OTHER }));
        assert_eq!((&again["capacity"], run.present()), (&json!("no_valid_delegation"), 9));
        run.prints(&[
            "La doctora Doralba Nubia Ñungo-Villamizar Colmenáres presentó la Resolución 15 de 2025, pero el doctor Wilmer Ignacio Pedreros-Ángulo Sáenz ya había asistido por delegación para ese puesto, que no admite otra en la sesión (Acuerdo 001 de 2024, art.",
            "tuvo voz, no votó ni se contó para el quórum.",
            "con voz y sin voto: el puesto ya tenía delegado",
        ]);
    }
}

#[test]
fn a_holder_who_comes_after_the_delegate_takes_the_seat_back() {
    let run = Run::convened();
    run.delegate("d-1", SEAT, DELEGATE, "14", json!({}));
    run.opened_with(Some(DELEGATE));
    run.at("08:20");
    run.event("arrival", json!({ "seat_id": SEAT, "person_id": HOLDER }));
    let row = run.row(SEAT);
    assert_eq!(
        (&row["person"]["id"], &row["capacity"], &row["beside"][0]["id"], run.present()),
        (&json!(HOLDER), &json!("holder"), &json!(DELEGATE), 10)
    );
    run.begin(&run.item("procedure", 0));
    run.event("intervention", json!({ "person_id": DELEGATE }));
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    run.cast("v-1", SEAT, "for");
    let cast = run.view()["ballots"][0].clone();
    assert_eq!((&cast["person_id"], &cast["delegation_id"]), (&json!(HOLDER), &Value::Null));
    run.close("v-1");
    run.at("08:40");
    run.event("departure", json!({ "seat_id": SEAT }));
    assert_eq!(run.present(), 9);
    run.at("08:45");
    run.event("arrival", json!({ "seat_id": SEAT, "person_id": DELEGATE }));
    let row = run.row(SEAT);
    assert_eq!((&row["capacity"], &row["beside"], run.present()), (&json!("delegate"), &json!([]), 10));
    run.prints(&[
        "asistió como delegado del doctor Jerónimo Aurelio Sanclemente-Ibáñez Quiñónez, según la Resolución 14 de 2025.",
        "A las 8:20 a. m. ingresó el doctor Jerónimo Aurelio Sanclemente-Ibáñez Quiñónez; quedaron diez (10) puestos. Ocupó su puesto; el doctor Wilmer Ignacio Pedreros-Ángulo Sáenz, que asistía por delegación, siguió con voz y sin voto.",
        "A las 8:40 a. m. se retiró el doctor Jerónimo Aurelio Sanclemente-Ibáñez Quiñónez; se mantuvo el quórum.",
        "A las 8:45 a. m. volvió a ocupar el puesto el doctor Wilmer Ignacio Pedreros-Ángulo Sáenz; quedaron diez (10) puestos.",
    ]);
}

#[test]
fn a_delegate_of_two_seats_is_refused_for_the_second_and_it_is_recorded() {
    let run = Run::convened();
    run.delegate("d-1", SEAT, DELEGATE, "14", json!({}));
    run.delegate("d-2", "com-habitat", DELEGATE, "15", json!({}));
    run.opened_with(Some(DELEGATE));
    run.at("08:20");
    let second = json!({ "kind": "arrival", "seat_id": "com-habitat", "person_id": DELEGATE });
    let refused = run.refused("record_event", second);
    assert_eq!(
        (refused.code, &refused.details["recorded_by"]),
        (Code::RuleForbids, &json!("invalid_delegation"))
    );
    run.office.undone_and_redone(
        "record_event",
        run.of_session(
            json!({ "kind": "invalid_delegation", "seat_id": "com-habitat", "person_id": DELEGATE,
            "detail": "Presentó la Resolución 15 de 2025." }),
        ),
    );
    assert_eq!((run.present(), run.row("com-habitat")["inside"].clone()), (10, json!(false)));
    run.prints(&[
        "A las 8:20 a. m. la secretaría técnica no admitió al doctor Wilmer Ignacio Pedreros-Ángulo Sáenz por el puesto «",
        "y nadie ocupa dos a la vez. Razón: Presentó la Resolución 15 de 2025.",
    ]);
}

#[test]
fn the_seat_of_an_organisation_counts_with_its_letter_and_in_its_term() {
    let run = Run::convened();
    run.office.go_to("2025-03-26T09:00");
    let letter = json!({ "kind": "letter", "date": "2024-08-20", "data_authorization": true });
    for (seat, title, person, accreditation, from, to) in [
        ("s-uni", "Universidades", "per-022", letter.clone(), "2024-09-01", json!("2026-08-31")),
        ("s-gre", "Gremios", "per-023", Value::Null, "2024-09-01", json!("2026-08-31")),
        ("s-ong", "Organizaciones sociales", "per-024", letter.clone(), "2023-01-01", json!("2024-12-31")),
        ("s-cam", "Cámaras", "per-025", letter.clone(), "2023-01-01", Value::Null), // two years, by the seat
    ] {
        run.office.call(
            "put_seat",
            json!({ "id": seat, "body_id": BODY, "role": "member", "title": title, "term_years": 2 }),
        );
        run.office.call(
            "appoint_holder",
            json!({ "seat_id": seat, "person_id": person, "kind": "holder", "valid_from": from, "valid_to": to,
                "accreditation": accreditation }),
        );
    }
    // An alternate by letter, without a number.
    run.office.call(
        "record_delegation",
        json!({ "id": "d-sup", "seat_id": "s-uni", "delegate_id": "per-026",
            "act": { "kind": "letter", "date": "2025-01-10" } }),
    );
    run.opened_with(None);
    for (seat, _) in &MEMBERS[10..12] {
        run.event("arrival", json!({ "seat_id": seat }));
    }
    run.at("08:20");
    let present = run.present();
    for (seat, capacity, words) in [
        ("s-uni", "holder", None),
        ("s-gre", "not_accredited", Some("No consta la carta")),
        ("s-ong", "not_accredited", Some("venció el 31 de diciembre de 2024")),
        ("s-cam", "not_accredited", Some("venció el 31 de diciembre de 2024")),
    ] {
        run.event("arrival", json!({ "seat_id": seat }));
        let row = run.row(seat);
        assert_eq!((&row["capacity"], row["counts"] == true), (&json!(capacity), words.is_none()), "{seat}");
        match words {
            Some(words) => assert!(row["why"]["es"].as_str().unwrap().contains(words), "{row}"),
            None => assert_eq!(row["why"], Value::Null),
        }
    }
    assert_eq!(run.present(), present + 1);
    run.begin(&run.item("procedure", 0));
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    run.may_not_vote("v-1", "s-ong", "vencido o sin acreditar");
    run.cast("v-1", "s-uni", "for");
    run.close("v-1");
    run.at("08:40");
    run.event("departure", json!({ "seat_id": "s-uni" }));
    let alternate = run.event("arrival", json!({ "seat_id": "s-uni", "person_id": "per-026" }));
    assert_eq!(alternate["capacity"], "delegate");
    run.prints(&[
        "asistió sin acreditación vigente, pues no consta la carta que acredita su representación: tuvo voz, no votó ni se contó para el quórum.",
        "asistió sin acreditación vigente, pues su periodo venció el 31 de diciembre de 2024: tuvo voz, no votó ni se contó para el quórum.",
        // Ley 489 has delegates of public offices; an organisation has an alternate, and the letter is known by its day.
        "asistió como suplente del ",
        ", según la comunicación del 10 de enero de 2025.",
        "Suplente: comunicación del 10 de enero de 2025",
    ]);
    run.never_prints("según el Oficio");
    assert_eq!(run.remarks("s-gre"), "Se presentó una persona sin acreditación vigente; no se contó");
    run.at("08:45");
    run.office.call(
        "record_delegation",
        json!({ "id": "d-ong", "seat_id": "s-ong", "principal_id": "per-024", "delegate_id": "per-028",
            "act": { "kind": "letter", "date": "2024-06-10" } }),
    );
    run.event("arrival", json!({ "seat_id": "s-ong", "person_id": "per-028" }));
    run.prints(&[", suplente según la comunicación del 10 de junio de 2024, asistió con voz: nadie ocupaba el puesto; no votó"]);
    run.event("arrival", json!({ "seat_id": "s-uni", "person_id": "per-027" }));
    run.prints(&[
        "asistió sin acreditación vigente como suplente: tuvo voz, no votó ni se contó para el quórum.",
    ]);
}

/// Whether whoever represents an organisation authorised the use of their data is asked before the roll, and stops nothing.
#[test]
fn the_authorisation_of_data_is_asked_before_the_roll() {
    let run = Run::convened();
    let check = || {
        let asked = run.call("session_preflight", json!({ "step": "open" }));
        let checks = asked["checks"].as_array().unwrap().clone();
        checks.into_iter().find(|c| c["check"].as_str().unwrap().starts_with("data_authorization"))
    };
    assert_eq!(check(), None, "no organisation has a seat");
    run.office.call(
        "put_seat",
        json!({ "id": "s-uni", "body_id": BODY, "role": "member", "title": "Universidades", "term_years": 2 }),
    );
    let mut holder = json!({ "id": "h-uni", "seat_id": "s-uni", "person_id": "per-022", "kind": "holder",
        "valid_from": "2024-09-01", "valid_to": "2026-08-31",
        "accreditation": { "kind": "letter", "date": "2024-08-20", "data_authorization": false } });
    run.office.call("appoint_holder", holder.clone());
    let asked = check().unwrap();
    assert_eq!((&asked["ok"], &asked["advises"]), (&json!(false), &json!(true)), "{asked}");
    assert_eq!((&asked["norm"], &asked["place"]["screen"]), (&json!("Ley 1581 de 2012"), &json!("members")));
    assert!(asked["text"]["es"].as_str().unwrap().starts_with("Falta la autorización de "), "{asked}");
    holder["accreditation"]["data_authorization"] = json!(true);
    holder.as_object_mut().unwrap().remove("seat_id");
    run.office.call("edit_holder", holder);
    assert_eq!(check().unwrap()["ok"], true);
    run.open(9);
}

/// Whoever ceased is told to have ceased; whoever is in charge attends by their act.
#[test]
fn whoever_ceased_and_whoever_is_in_charge_are_told_as_what_they_are() {
    let run = Run::convened();
    run.office.go_to("2025-03-20T09:00");
    let replace = json!({ "seat_id": "com-movilidad", "person_id": "per-027", "kind": "holder", "valid_from": "2025-03-21",
        "close_previous": true });
    run.office.call("appoint_holder", replace);
    let acting = json!({ "seat_id": "com-habitat", "person_id": DELEGATE, "kind": "acting", "valid_from": "2025-03-21",
        "act": { "kind": "decree", "number": "5", "date": "2025-03-19" } });
    run.office.call("appoint_holder", acting);
    run.office.go_to("2025-03-27T08:00");
    run.opened_with(None);
    run.at("08:10");
    run.event("arrival", json!({ "seat_id": "com-movilidad", "person_id": "per-012" }));
    run.event("arrival", json!({ "seat_id": "com-habitat", "person_id": DELEGATE }));
    let row = run.row("com-movilidad");
    assert_eq!(row["counts"], false);
    assert_eq!(
        row["why"]["es"],
        "Ocupó el puesto hasta el 20 de marzo de 2025: tiene voz, no vota ni se cuenta."
    );
    run.prints(&[
        ", que dejó de ser titular el 20 de marzo de 2025, asistió con voz: no votó ni se contó para el quórum.",
        "asistió como encargado del Sector Hábitat, según el Decreto 5 de 2025.",
    ]);
    assert_eq!(run.remarks("com-habitat"), "Encargo: Decreto 5 de 2025. Desde 8:10 a. m.");
    run.never_prints("sin delegación vigente");
}

#[test]
fn a_letter_that_comes_with_the_session_open_counts_from_then_and_is_told_so() {
    let run = Run::convened();
    run.opened_with(None);
    let (seat, person) = ("com-movilidad", "per-027");
    run.at("08:10");
    run.event("arrival", json!({ "seat_id": seat, "person_id": person }));
    run.begin(&run.item("procedure", 0));
    run.approve("v-orden", "procedural", "Aprobar el orden del día");
    run.at("08:30");
    run.delegate("d-2", seat, person, "15", json!({}));
    run.event("departure", json!({ "seat_id": seat }));
    run.event("arrival", json!({ "seat_id": seat, "person_id": person }));
    assert_eq!(run.row(seat)["counts"], true);
    run.at("08:40");
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-a", "substantive", "Aprobar la propuesta", "roll_call");
    for present in run.view()["course"]["present"].as_array().unwrap() {
        run.cast("v-a", present.as_str().unwrap(), "for");
    }
    run.close("v-a");
    run.adjourn("09:00");
    run.prints(&[
        "Hasta las 8:30 a. m., la doctora Aura Constanza Iregui-Bolaños Sáchica asistió sin delegación vigente: tuvo voz, no votó ni se contó para el quórum.",
        "Desde las 8:30 a. m., la doctora Aura Constanza Iregui-Bolaños Sáchica asistió como delegada del doctor",
    ]);
    run.never_prints("se presentó una persona sin delegación vigente");
    let minutes = run.minutes();
    assert!(
        !minutes["assembly"]["guests"].to_string().contains("Iregui"),
        "{}",
        minutes["assembly"]["guests"]
    );
    assert_eq!(run.remarks(seat), "Delegación: Resolución 15 de 2025. Desde 8:30 a. m.");
}

/// A seat is of one person at a time: whoever comes without a right to it does not take it from who sits there by one, and
/// their going takes nobody else out.
#[test]
fn whoever_comes_for_a_seat_without_an_act_stays_beside() {
    let run = Run::convened();
    run.opened_with(None);
    let (seat, holder) = MEMBERS[2];
    let counted = run.present();
    run.at("08:20");
    run.event("arrival", json!({ "seat_id": seat, "person_id": OTHER }));
    let row = run.row(seat);
    assert_eq!((&row["person"]["id"], &row["counts"]), (&json!(holder), &json!(true)), "{row}");
    assert_eq!((&row["beside"][0]["id"], run.present()), (&json!(OTHER), counted));
    let stranger = json!({ "kind": "departure", "seat_id": seat, "person_id": DELEGATE });
    assert_eq!(run.refused("record_event", stranger).details["field"], "person_id");
    run.at("08:30");
    run.event("departure", json!({ "seat_id": seat, "person_id": OTHER }));
    assert_eq!((run.row(seat)["counts"].clone(), run.present()), (json!(true), counted));
    // Whoever sat without counting stays when the holder comes.
    run.at("08:40");
    run.event("arrival", json!({ "seat_id": SEAT, "person_id": OTHER }));
    run.event("arrival", json!({ "seat_id": SEAT }));
    run.at("08:50");
    run.event("departure", json!({ "seat_id": SEAT, "person_id": OTHER }));
    assert_eq!((run.row(SEAT)["counts"].clone(), run.present()), (json!(true), counted + 1));
    run.prints(&["asistió con voz y sin voto", "siguió con voz y sin voto"]);
}

/// The holder who sits goes on in the seat when their delegate comes, who counts when they take it after the holder left.
#[test]
fn a_delegate_does_not_take_the_seat_of_a_holder_who_is_there() {
    let run = Run::convened();
    run.delegate("d-1", SEAT, DELEGATE, "14", json!({}));
    run.opened_with(None);
    run.at("08:15");
    run.event("arrival", json!({ "seat_id": SEAT }));
    let counted = run.present();
    run.at("08:20");
    run.event("arrival", json!({ "seat_id": SEAT, "person_id": DELEGATE }));
    let row = run.row(SEAT);
    assert_eq!(
        (&row["person"]["id"], &row["capacity"], run.present()),
        (&json!(HOLDER), &json!("holder"), counted)
    );
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    run.at("08:25");
    let ballot = json!({ "vote_id": "v-1", "seat_id": SEAT, "value": "for" });
    run.office.call("cast_ballot", ballot);
    assert_eq!(run.view()["ballots"][0]["person_id"], HOLDER);
    run.close("v-1");
    run.at("08:30");
    run.event("departure", json!({ "seat_id": SEAT, "person_id": HOLDER }));
    assert_eq!(run.present(), counted - 1, "nothing counts by itself");
    run.event("arrival", json!({ "seat_id": SEAT, "person_id": DELEGATE }));
    let row = run.row(SEAT);
    assert_eq!(
        (&row["capacity"], &row["counts"], run.present()),
        (&json!("delegate"), &json!(true), counted)
    );
    run.prints(&["El puesto lo ocupaba ", "asistió con voz y sin voto.", "ocupó el puesto"]);
}

/// Nobody comes back who never left.
#[test]
fn only_who_left_comes_back() {
    let run = Run::convened();
    run.opened_with(None);
    let seat = MEMBERS[2].0;
    run.at("08:20");
    for kind in ["return", "reconnected"] {
        assert_eq!(
            run.refused("record_event", json!({ "kind": kind, "seat_id": seat })).code,
            Code::WrongState
        );
    }
    run.event("temporary_departure", json!({ "seat_id": seat }));
    run.at("08:25");
    run.event("return", json!({ "seat_id": seat }));
    assert_eq!(
        run.refused("record_event", json!({ "kind": "return", "seat_id": seat })).code,
        Code::WrongState
    );
}
