//! Attendance by a meeting platform's report: it proposes, the secretary chooses, and one act records. On the commission of
//! the demonstration: sixteen seats vote, nine are a quorum; a drop of up to five minutes is no departure.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secretariat::Code;
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
        self.call(
            "read_attendance_report",
            json!({ "file": { "name": "informe.csv", "base64": STANDARD.encode(bytes) } }),
        )
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
fn the_report_of_a_platform_proposes_and_one_act_records() {
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
fn what_a_report_may_not_do() {
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
    run.approve("v-1", "procedural", "Aprobar el orden del día");
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
