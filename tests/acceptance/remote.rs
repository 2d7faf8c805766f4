//! Attendance by a meeting platform's report: it proposes, the secretary chooses, and one act records. On the commission of
//! the demonstration: sixteen seats vote, nine are a quorum; a drop of up to five minutes is no departure.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secretariat::Code;
use secretariat::api::Op;
use secretariat::session::SessionFrame;
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::instant;
use crate::truthful::call_to_order;

/// Somebody in a report: who, under which name, and from when to when.
struct Line<'a> {
    name: String,
    email: &'a str,
    stretches: &'a [(&'a str, &'a str)],
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff_u16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// "8:01:10" as "8:01:10 AM"; nothing stays nothing.
fn morning(clock: &str) -> String {
    if clock.is_empty() { String::new() } else { format!("{clock} AM") }
}

fn teams(lines: &[Line<'_>]) -> Vec<u8> {
    let at =
        |clock: &str| if clock.is_empty() { String::new() } else { format!("4/10/25, {}", morning(clock)) };
    let mut text =
        "1. Summary\nMeeting title\tSesión ordinaria\nStart time\t4/10/25, 7:55:00 AM\n\n2. Participants\n\
        Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
            .to_owned();
    for line in lines {
        let (first, last) = (line.stretches[0].0, line.stretches[line.stretches.len() - 1].1);
        text += &format!(
            "{}\t{}\t{}\t1h\t{}\t{}\tPresenter\n",
            line.name,
            at(first),
            at(last),
            line.email,
            line.email
        );
    }
    text += "\n3. In-Meeting Activities\nName\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n";
    for line in lines {
        for (join, leave) in line.stretches {
            text += &format!("{}\t{}\t{}\t30m\t{}\tPresenter\n", line.name, at(join), at(leave), line.email);
        }
    }
    utf16(&text)
}

fn zoom(lines: &[Line<'_>]) -> Vec<u8> {
    let mut text =
        "\u{feff}Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n\
        812 3456,\"Sesión, ordinaria\",04/10/2025 07:55:00 AM,,x@x.co,120,12\n\n\
        Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
            .to_owned();
    let at = |clock: &str| {
        if clock.is_empty() { String::new() } else { format!("04/10/2025 0{}", morning(clock)) }
    };
    for line in lines {
        for (join, leave) in line.stretches {
            text += &format!("\"{}\",{},{},{},30,No,No\n", line.name, line.email, at(join), at(leave));
        }
    }
    text.into_bytes()
}

fn meet(lines: &[Line<'_>]) -> Vec<u8> {
    let mut text =
        "Nombre,Apellido,Correo electrónico,Duración,Hora a la que se unió,Hora a la que salió\n".to_owned();
    for line in lines {
        let (first, last) = line.name.split_once(' ').unwrap();
        for (join, leave) in line.stretches {
            let at = |clock: &str| if clock.is_empty() { String::new() } else { format!("{clock} a. m.") };
            text += &format!("{first},{last},{},30 min,{},{}\n", line.email, at(join), at(leave));
        }
    }
    text.into_bytes()
}

fn generic(lines: &[Line<'_>]) -> Vec<u8> {
    let mut text = "Asistente;Correo;Ingreso (UTC);Salida (UTC)\n".to_owned();
    for line in lines {
        for (join, leave) in line.stretches {
            // Five hours ahead of Bogotá.
            let at = |clock: &str| match clock.split_once(':') {
                Some((hour, rest)) => format!("2025-04-10 {}:{rest}", hour.parse::<u32>().unwrap() + 5),
                None => String::new(),
            };
            text += &format!("{};{};{};{}\n", line.name, line.email, at(join), at(leave));
        }
    }
    text.into_bytes()
}

fn time(clock: &str) -> Value {
    json!(instant(&format!("2025-04-10T{clock}")))
}

impl Run {
    /// A virtual session opened at 8:05 with the chair and nine members answering the roll.
    fn connected() -> Self {
        let run = Self::another("ordinary", "virtual");
        run.begin_at("08:05");
        run.call("open_session", call_to_order(json!({})));
        for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
            run.event("roll_answer", json!({ "seat_id": seat }));
        }
        run.event("quorum_check", json!({}));
        run.office
            .call("set_contact", json!({ "person_id": MEMBERS[9].1, "email": "Ambiente@bogota.gov.co" }));
        run
    }

    fn name_of(&self, person: &str) -> String {
        let view = self.view();
        let people = view["people"].as_array().unwrap();
        people.iter().find(|p| p["id"] == person).unwrap()["full_name"].as_str().unwrap().to_owned()
    }

    fn report(&self, bytes: &[u8]) -> Value {
        self.report_where(bytes, json!([]))
    }

    /// The report, with who some of its names are.
    fn report_where(&self, bytes: &[u8], matches: Value) -> Value {
        self.call("read_attendance_report", reading(bytes, matches))
    }

    /// What happened, as four platforms would tell it.
    fn told_by_platforms(&self) -> Vec<(&'static str, Vec<u8>)> {
        let shout = |person| self.name_of(person).to_uppercase();
        let lines = [
            Line { name: self.name_of(CHAIR.1), email: "", stretches: &[("7:58:00", "9:20:00")] },
            Line {
                name: shout(MEMBERS[0].1),
                email: "",
                stretches: &[("8:01:10", "8:40:00"), ("8:43:30", "9:20:00")],
            },
            Line {
                name: self.name_of(MEMBERS[1].1),
                email: "",
                stretches: &[("8:35:00", ""), ("8:01:00", "8:20:00")],
            },
            Line {
                name: "iPhone Ambiente".into(),
                email: "ambiente@bogota.gov.co",
                stretches: &[("8:15:00", "9:20:00")],
            },
            Line { name: self.name_of(MEMBERS[2].1), email: "", stretches: &[("8:00:00", "8:50:00")] },
            Line { name: "Nadie Conocido".into(), email: "", stretches: &[("8:10:00", "9:20:00")] },
            Line { name: self.name_of(MEMBERS[12].1), email: "", stretches: &[("7:50:00", "8:01:00")] },
        ];
        vec![
            ("teams", teams(&lines)),
            ("zoom", zoom(&lines)),
            ("meet", meet(&lines)),
            ("other", generic(&lines)),
        ]
    }
}

fn reading(bytes: &[u8], matches: Value) -> Value {
    json!({ "file": { "name": "informe.csv", "base64": STANDARD.encode(bytes) }, "matches": matches })
}

/// Who a name without an address is.
fn hand(name: &str, (seat, person): (&str, &str)) -> Value {
    json!({ "name": name, "email": null, "seat_id": seat, "person_id": person })
}

/// The row of a report of that name.
fn row_of<'a>(report: &'a Value, name: &str) -> &'a Value {
    let mut people = report["people"].as_array().unwrap().iter();
    people.find(|p| p["name"] == name).unwrap_or_else(|| panic!("{name}: {report}"))
}

/// The movements of a row: their kind, their clock in Bogotá, and whether they are recorded.
fn movements(row: &Value) -> Vec<(String, String, bool)> {
    let event = |e: &Value| {
        let kind = e["kind"].as_str().unwrap().to_owned();
        (kind, clock(&e["occurred_at"]), e["recorded"].as_bool().unwrap())
    };
    row["events"].as_array().unwrap().iter().map(event).collect()
}

fn clock(at: &Value) -> String {
    let at = at.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    (at - chrono::TimeDelta::hours(5)).format("%H:%M").to_string()
}

/// Stretches in Bogotá's clock.
fn hours(stretches: &Value) -> Vec<(String, String)> {
    stretches.as_array().unwrap().iter().map(|c| (clock(&c["from"]), clock(&c["to"]))).collect()
}

fn told(kind: &str, clock: &str, recorded: bool) -> (String, String, bool) {
    (kind.to_owned(), clock.to_owned(), recorded)
}

/// The rows that a report proposes with a seat, as they are applied.
fn chosen(report: &Value) -> Vec<Value> {
    let people = report["people"].as_array().unwrap().iter();
    let seated = people.filter(|p| p["dropped"].is_null());
    let events = |p: &Value| {
        let events = p["events"].as_array().unwrap().iter();
        events.map(|e| json!({ "kind": e["kind"], "occurred_at": e["occurred_at"] })).collect::<Vec<_>>()
    };
    seated
        .map(|p| json!({ "seat_id": p["seat_id"], "person_id": p["person"]["id"], "events": events(p) }))
        .collect()
}

#[test]
fn the_attendance_report_of_a_platform_proposes_and_one_act_records() {
    let run = Run::connected();
    run.begin_at("09:30");
    let before = run.office.tables();
    for (platform, bytes) in run.told_by_platforms() {
        let report = run.report(&bytes);
        assert_eq!((&report["platform"], &report["problems"]), (&json!(platform), &json!([])), "{platform}");
        assert_eq!(report["disconnection_minutes"], 5);
        let told: Vec<(Value, Vec<(Value, Value, Value)>)> = report["people"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["dropped"].is_null())
            .map(|p| {
                let events = p["events"].as_array().unwrap().iter();
                let events =
                    events.map(|e| (e["kind"].clone(), e["occurred_at"].clone(), e["recorded"].clone()));
                (p["seat_id"].clone(), events.collect())
            })
            .collect();
        let known = (json!("arrival"), time("08:05"), json!(true));
        for (seat, events) in [
            (CHAIR.0, vec![known.clone()]),
            (MEMBERS[0].0, vec![known.clone()]),
            (
                MEMBERS[1].0,
                vec![
                    known.clone(),
                    (json!("connection_lost"), time("08:20"), json!(false)),
                    (json!("reconnected"), time("08:35"), json!(false)),
                ],
            ),
            (MEMBERS[2].0, vec![known.clone(), (json!("departure"), time("08:50"), json!(false))]),
            (MEMBERS[9].0, vec![(json!("arrival"), time("08:15"), json!(false))]),
        ] {
            let found = told.iter().find(|(of, _)| *of == seat);
            let found = found.unwrap_or_else(|| panic!("{platform} {seat}: {report}"));
            let times: Vec<_> = found.1.iter().map(|(k, at, r)| (k.clone(), minute(at), r.clone())).collect();
            let asked: Vec<_> = events.iter().map(|(k, at, r)| (k.clone(), minute(at), r.clone())).collect();
            assert_eq!(times, asked, "{platform} {seat}");
        }
        assert_eq!(told.len(), 5);
        let why = |name: &str| {
            let people = report["people"].as_array().unwrap();
            people.iter().find(|p| p["name"] == name).unwrap()["dropped"]["es"].as_str().unwrap().to_owned()
        };
        assert_eq!(why("Nadie Conocido"), "Nadie con ese nombre o correo está en el directorio.");
        assert!(why(&run.name_of(MEMBERS[12].1)).starts_with("No estuvo en la sesión"), "{platform}");
    }
    assert_eq!(run.office.tables(), before, "a report that is read records nothing");

    let report = run.report(&run.told_by_platforms()[0].1);
    let rows = run.of_session(json!({ "rows": chosen(&report) }));
    let applied = run.office.undone_and_redone("apply_attendance", rows.clone());
    let kinds: Vec<&Value> = applied["recorded"].as_array().unwrap().iter().map(|e| &e["kind"]).collect();
    assert_eq!(kinds, ["arrival", "connection_lost", "reconnected", "departure"]);
    assert_eq!(applied["skipped"].as_array().unwrap().len(), 4, "what the roll had already");
    run.prints(&[
        "A las 8:15 a. m. se conectó",
        "; quedaron once (11) puestos.",
        "perdió la conexión; se mantuvo el quórum.",
        "recuperó la conexión; quedaron once (11) puestos.",
        "A las 8:50 a. m. se desconectó",
    ]);
    let again = run.report(&run.told_by_platforms()[1].1);
    let people = again["people"].as_array().unwrap().iter().filter(|p| p["dropped"].is_null());
    assert!(people.flat_map(|p| p["events"].as_array().unwrap()).all(|e| e["recorded"] == true), "{again}");
    let head = run.office.head();
    assert_eq!(run.office.call("apply_attendance", rows)["recorded"], json!([]));
    assert_eq!(run.office.head(), head, "nothing new, no entry");
}

fn minute(at: &Value) -> String {
    at.as_str().unwrap()[..16].to_owned()
}

#[test]
fn who_a_name_of_an_attendance_report_is_may_be_said_by_hand() {
    let run = Run::connected();
    run.begin_at("08:10");
    run.event("arrival", json!({ "seat_id": MEMBERS[10].0, "mode": "in_person" }));
    run.begin_at("09:30");
    let member = run.name_of(MEMBERS[1].1);
    let lines = [
        // A computer that fails, and the telephone that takes its place meanwhile.
        Line {
            name: member.clone(),
            email: "",
            stretches: &[("8:01:00", "8:20:00"), ("8:35:00", "8:50:00")],
        },
        Line { name: "iPhone".into(), email: "", stretches: &[("8:18:00", "8:36:00")] },
        Line { name: "Despacho".into(), email: "", stretches: &[("8:15:00", "8:30:00")] },
        Line { name: "Galaxy".into(), email: "", stretches: &[("8:33:00", "9:20:00")] },
        Line { name: "Sala".into(), email: "", stretches: &[("8:00:00", "9:20:00")] },
        Line { name: "Secretario".into(), email: "", stretches: &[("8:00:00", "8:40:00")] },
    ];
    let file = zoom(&lines);
    let unsaid = run.report(&file);
    assert_eq!(movements(row_of(&unsaid, &member)).len(), 4, "{unsaid}");
    assert_eq!(
        (&row_of(&unsaid, "iPhone")["seat_id"], &row_of(&unsaid, "iPhone")["by"]),
        (&json!(null), &json!(null))
    );
    let offered = unsaid["candidates"].as_array().unwrap();
    for (seat, person) in [MEMBERS[1], MEMBERS[9], MEMBERS[10]] {
        let pair = |c: &&Value| c["seat_id"] == seat && c["person"]["id"] == person;
        assert_eq!(offered.iter().filter(pair).count(), 1, "{seat}");
    }

    let before = run.office.tables();
    let matches = json!([
        hand("iPhone", MEMBERS[1]),
        hand("Despacho", MEMBERS[9]),
        hand("Galaxy", MEMBERS[9]),
        hand("Sala", MEMBERS[10]),
        hand("Secretario", MEMBERS[2]),
    ]);
    let report = run.report_where(&file, matches.clone());
    assert_eq!(run.office.tables(), before, "saying who a name is records nothing");
    assert_eq!(report["people"].as_array().unwrap().len(), 4, "names of one person are one row: {report}");

    // The telephone filled the gap of the computer: nothing was lost but what comes after both.
    let joined = row_of(&report, &member);
    assert_eq!(
        (&joined["by"], &joined["also"]),
        (&json!("name"), &json!([{ "name": "iPhone", "email": null, "by": "hand" }]))
    );
    assert_eq!(hours(&joined["connections"]), [("08:01".to_owned(), "08:50".to_owned())]);
    assert_eq!(movements(joined), [told("arrival", "08:05", true), told("departure", "08:50", false)]);

    // Two names said to be one person; three minutes between them are no departure, and are told.
    let two = row_of(&report, "Despacho");
    assert_eq!(
        (&two["by"], &two["seat_id"], &two["person"]["id"]),
        (&json!("hand"), &json!(MEMBERS[9].0), &json!(MEMBERS[9].1))
    );
    assert_eq!(two["also"][0]["name"], "Galaxy");
    assert_eq!(hours(&two["passed"]), [("08:30".to_owned(), "08:33".to_owned())]);
    assert_eq!(
        (movements(two), &two["dropped"], &two["candidates"]),
        (vec![told("arrival", "08:15", false)], &json!(null), &json!([]))
    );

    let in_person = row_of(&report, "Sala");
    assert_eq!((movements(in_person), &in_person["by"]), (vec![], &json!("hand")));
    assert!(in_person["dropped"]["es"].as_str().unwrap().starts_with("Consta que asistió en persona"));
    assert_eq!(
        movements(row_of(&report, "Secretario")),
        [told("arrival", "08:05", true), told("departure", "08:40", false)],
        "what the record has of whoever it is said to be"
    );

    let rows = run.of_session(json!({ "rows": chosen(&report) }));
    let applied = run.office.undone_and_redone("apply_attendance", rows);
    assert_eq!(applied["recorded"].as_array().unwrap().len(), 3, "{applied}");
    let again = run.report_where(&file, matches);
    let people = again["people"].as_array().unwrap().iter();
    assert!(people.flat_map(movements).all(|(.., recorded)| recorded), "{again}");
}

#[test]
fn who_a_name_of_an_attendance_report_cannot_be() {
    let run = Run::connected();
    run.begin_at("09:30");
    let lines = [
        Line { name: "iPhone".into(), email: "", stretches: &[("8:15:00", "9:20:00")] },
        Line { name: "Galaxy".into(), email: "g@x.co", stretches: &[("8:15:00", "9:20:00")] },
        Line { name: run.name_of(MEMBERS[9].1), email: "", stretches: &[("8:15:00", "9:20:00")] },
    ];
    let file = zoom(&lines);
    let galaxy = |email: Value| {
        let mut said = hand("Galaxy", MEMBERS[11]);
        said["email"] = email;
        said
    };
    for (matches, code, words) in [
        (json!([hand("iPhone", ("com-nada", MEMBERS[10].1))]), Code::NotFound, "«com-nada»"),
        (json!([hand("iPhone", (MEMBERS[10].0, "per-nadie"))]), Code::NotFound, "«per-nadie»"),
        (json!([hand("Otro", MEMBERS[10])]), Code::InvalidInput, "«Otro» no está en el informe"),
        (json!([galaxy(json!(null))]), Code::InvalidInput, "«Galaxy» no está en el informe"),
        (
            json!([hand("iPhone", MEMBERS[10]), hand("iPhone", MEMBERS[11])]),
            Code::InvalidInput,
            "se dice dos veces",
        ),
        (json!([hand("iPhone", (MEMBERS[10].0, MEMBERS[11].1))]), Code::InvalidInput, "no ocupa el puesto"),
    ] {
        let failure = run.refused("read_attendance_report", reading(&file, matches.clone()));
        assert_eq!((failure.code, &failure.details["field"]), (code, &json!("matches")), "{matches}");
        assert!(failure.message.es.contains(words), "{matches}: {failure}");
        assert_eq!(failure.details["name"], matches[matches.as_array().unwrap().len() - 1]["name"]);
    }
    let found = run.report_where(&file, json!([galaxy(json!("g@x.co"))]));
    assert_eq!(row_of(&found, "Galaxy")["by"], "hand");

    // Whoever is delegate of another seat that day is in one of both alone.
    run.office.call(
        "record_delegation",
        json!({ "id": "del-1", "seat_id": MEMBERS[10].0, "principal_id": MEMBERS[10].1, "delegate_id": MEMBERS[0].1,
            "act": { "kind": "resolution", "number": "14", "date": "2025-02-10" }, "valid_from": "2025-02-10",
            "valid_to": "2025-12-31", "scope": "voice_and_vote" }),
    );
    let both = json!([hand("iPhone", (MEMBERS[10].0, MEMBERS[0].1))]);
    let failure = run.refused("read_attendance_report", reading(&file, both));
    assert_eq!((failure.code, &failure.details["field"]), (Code::RuleForbids, &json!("matches")));
    assert!(failure.message.es.contains("nadie ocupa dos puestos a la vez"), "{failure}");
}

#[test]
fn whoever_came_without_an_act_in_force_is_known_in_an_attendance_report() {
    const OTHER: &str = "per-017";
    let run = Run::connected();
    run.begin_at("08:10");
    run.event("arrival", json!({ "seat_id": MEMBERS[11].0, "person_id": OTHER }));
    run.begin_at("09:30");
    let name = run.name_of(OTHER);
    let chair = || Line { name: run.name_of(CHAIR.1), email: "", stretches: &[("8:00:00", "9:20:00")] };
    let came = |name: &str| Line { name: name.to_owned(), email: "", stretches: &[("8:10:00", "8:40:00")] };
    let file = meet(&[chair(), came(&name)]);
    let report = run.report(&file);
    let row = row_of(&report, &name);
    assert_eq!((&row["seat_id"], &row["by"]), (&json!(MEMBERS[11].0), &json!("name")), "{row}");
    assert_eq!(movements(row), [told("arrival", "08:10", true), told("departure", "08:40", false)]);
    let offered = report["candidates"].as_array().unwrap().iter().find(|c| c["person"]["id"] == OTHER);
    assert_eq!(offered.unwrap()["capacity"], "no_valid_delegation");
    let phone = meet(&[chair(), came("iPhone Despacho")]);
    let said = run.report_where(&phone, json!([hand("iPhone Despacho", (MEMBERS[11].0, OTHER))]));
    assert_eq!(movements(row_of(&said, "iPhone Despacho")), movements(row));
}

#[test]
fn what_was_read_of_an_attendance_report_is_told_with_its_rule_and_its_columns() {
    let run = Run::connected();
    run.begin_at("09:30");
    let name = run.name_of(MEMBERS[0].1);
    let line = |stretches| Line { name: name.clone(), email: "", stretches };
    let mut file =
        String::from_utf8(zoom(&[line(&[("8:01:00", "8:40:00"), ("8:43:30", "9:20:00")])])).unwrap();
    file += "\"Sin hora\",,ayer,,30,No,No\n";
    let report = run.report(file.as_bytes());
    assert_eq!((&report["rows"], &report["unread"]), (&json!(3), &json!(1)));
    assert_eq!(
        report["text"]["es"],
        "Se leyeron 2 filas de 1 persona, con la hora de Bogotá; las fechas, como mes, día y año; una desconexión de hasta 5 minutos no es retiro (Acuerdo 001 de 2024, art. 13)."
    );
    assert_eq!(report["disconnection_rule"], "Acuerdo 001 de 2024, art. 13");
    assert_eq!(
        report["columns"],
        json!({ "name": "Name (Original Name)", "surname": null, "email": "User Email", "join": "Join Time",
            "leave": "Leave Time", "action": null, "at": null })
    );
    assert_eq!(hours(&report["people"][0]["passed"]), [("08:40".to_owned(), "08:43".to_owned())]);

    // What came of it before the opening or in a rule that is not registered is not told.
    let early = zoom(&[line(&[("7:40:00", "7:50:00"), ("7:53:00", "9:20:00")])]);
    assert_eq!(run.report(&early)["people"][0]["passed"], json!([]));
    let context = run.office.context();
    let unregister = |tx: &mut secretariat::Tx<'_>| {
        let mut stored: SessionFrame = tx.get(&run.session)?;
        stored.frame.rule_set.adopted_by.registered = false;
        tx.put(&stored)
    };
    run.office.archive.transact(&context, Op::Import, unregister).unwrap();
    let report = run.report(file.as_bytes());
    assert_eq!((&report["disconnection_rule"], &report["disconnection_minutes"]), (&json!(null), &json!(5)));
    assert!(report["text"]["es"].as_str().unwrap().ends_with("5 minutos no es retiro."), "{report}");
}

#[test]
fn what_an_attendance_report_may_not_do() {
    let run = Run::connected();
    run.begin_at("09:30");
    let row = |seat: &str, person: &str, kind: &str, clock: &str| {
        run.of_session(json!({ "rows": [{ "seat_id": seat, "person_id": person,
            "events": [{ "kind": kind, "occurred_at": time(clock) }] }] }))
    };
    for (request, code) in [
        (row(MEMBERS[9].0, MEMBERS[0].1, "arrival", "08:20"), Code::RuleForbids), // in two seats
        (row(MEMBERS[9].0, MEMBERS[9].1, "departure", "08:20"), Code::WrongState), // never came
        (row(MEMBERS[9].0, MEMBERS[9].1, "quorum_check", "08:20"), Code::InvalidInput),
        (row(MEMBERS[9].0, MEMBERS[9].1, "arrival", "07:20"), Code::InvalidInput), // before the opening
        (row(MEMBERS[9].0, MEMBERS[9].1, "arrival", "11:20"), Code::InvalidInput), // in the future
        (row("com-nada", MEMBERS[9].1, "arrival", "08:20"), Code::NotFound),
        (row(MEMBERS[9].0, "per-nada", "arrival", "08:20"), Code::NotFound),
        (run.of_session(json!({ "rows": [] })), Code::InvalidInput),
    ] {
        assert_eq!(run.office.refused("apply_attendance", request.clone()).code, code, "{request}");
    }
    let file = json!({ "name": "x.csv", "base64": STANDARD.encode("hola") });
    assert_eq!(run.refused("read_attendance_report", json!({ "file": file })).details["field"], "file");

    // Once it ended it is added with its reason, and a vote that it would change asks first.
    run.begin_at("08:40");
    run.begin(&run.item("procedure", 0));
    run.put_to_vote("v-1", "procedural", "Aprobar el orden del día", "roll_call");
    for (seat, _) in std::iter::once(&CHAIR).chain(&MEMBERS[..9]) {
        run.cast("v-1", seat, "for");
    }
    run.close("v-1");
    run.begin_at("09:40");
    run.adjourn_unresolved();
    let mut late = row(MEMBERS[8].0, MEMBERS[8].1, "departure", "08:30");
    assert_eq!(run.office.refused("apply_attendance", late.clone()).details["field"], "reason");
    late["reason"] = json!("Lo dice el informe de la plataforma.");
    let asked = run.office.refused("apply_attendance", late.clone());
    assert_eq!(
        (asked.code, &asked.details["confirm"]),
        (Code::NeedsConfirmation, &json!("accept_changed_votes"))
    );
    late["accept_changed_votes"] = json!(true);
    let applied = run.office.call("apply_attendance", late);
    assert_eq!(applied["recorded"][0]["corrections"][0]["field"], "missed");
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}
