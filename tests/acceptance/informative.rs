//! A meeting for information: who came had no quorum, or lost it, and went on hearing reports.

use serde_json::{Value, json};

use crate::live::{MEMBERS, Run};
use crate::office::BODY;

impl Run {
    /// Seven answer the roll of sixteen, the wait passes, its lack is declared, and reports are heard.
    fn informative() -> Self {
        let run = Run::opened(6);
        run.event("waiting_started", json!({}));
        run.at("08:36");
        run.event("no_quorum_declared", json!({}));
        run.at("08:40");
        run.begin(&run.item("proposal", 0));
        run.at("09:10");
        run.call("adjourn_session", json!({ "informative": true }));
        run
    }

    fn numbered(&self, session: &str) -> Value {
        self.office.call("get_session", json!({ "session_id": session }))["session"]["number"].clone()
    }
}

/// It takes a number of minutes and none of sessions: what it had goes to the next one, and so on while they are only
/// programmed.
#[test]
fn an_informative_session_gives_its_number_back() {
    let run = Run::convened();
    for (id, date) in [("ses-2", "2025-06-26"), ("ses-3", "2025-09-25")] {
        run.office.session(id, "ordinary", date);
    }
    assert_eq!((run.numbered("ses-1"), run.numbered("ses-2")), (json!(1), json!(2)));
    run.open(6);
    run.at("08:40");
    let view = run.call("adjourn_session", json!({ "informative": true }));
    assert_eq!(
        (&view["session"]["status"], &view["session"]["number"]),
        (&json!("informative"), &Value::Null)
    );
    assert_eq!((run.numbered("ses-2"), run.numbered("ses-3")), (json!(1), json!(2)));
    let next = run.office.session("ses-4", "extraordinary", "2025-10-02");
    assert_eq!(run.numbered(&next), json!(3));
    let minutes = run.minutes();
    assert_eq!(minutes["assembly"]["number"], json!(1), "its minutes are numbered as any others");
    let listed = run.office.call("list_sessions", json!({ "body_id": BODY }));
    let names: Vec<&Value> =
        listed["sessions"].as_array().unwrap().iter().map(|line| &line["name"]["es"]).collect();
    assert!(names.contains(&&json!("Sesión informativa del 27 de marzo de 2025")), "{names:?}");
}

/// A session convened keeps the number that its notice told.
#[test]
fn a_session_convened_keeps_its_number() {
    let run = Run::convened();
    run.office.session("ses-2", "ordinary", "2025-04-25");
    run.office.call("convene_session", json!({ "id": "ses-2" }));
    run.open(6);
    run.at("08:40");
    run.call("adjourn_session", json!({ "informative": true }));
    assert_eq!(run.numbered("ses-2"), json!(2));
}

/// Heading, development, close and ledger tell one thing.
#[test]
fn the_paper_of_an_informative_session_says_one_thing() {
    let run = Run::informative();
    run.prints(&[
        "Sesión informativa, presencial, sin decisiones",
        "La reunión fue informativa: se realizó sin quórum y en ella no se tomaron decisiones.",
        "se contaron siete (7) de los nueve (9) puestos requeridos; no hubo quórum y la reunión siguió de manera informativa.",
        "La reunión terminó a las 9:10 a. m.",
        "Termina la reunión",
    ]);
    for contradiction in
        ["no se realizó", "se levantó la sesión", "Se levanta la sesión", "declaró instalada"]
    {
        run.never_prints(contradiction);
    }
    let room = run.call("room_view", json!({}));
    assert_eq!(room["told"]["es"], "La reunión, informativa, terminó a las 9:10 a. m.", "{room}");
}

/// One that had its quorum and lost it keeps its number, and says from when it went on for information.
#[test]
fn a_session_that_goes_on_for_information_keeps_its_number() {
    let run = Run::opened(8);
    run.at("08:20");
    run.begin(&run.item("proposal", 0));
    run.at("08:25");
    run.event("departure", json!({ "seat_id": MEMBERS[7].0 }));
    run.at("08:30");
    run.event("continued_informative", json!({}));
    run.at("09:00");
    run.adjourn_unresolved();
    assert_eq!(run.numbered("ses-1"), json!(1));
    run.prints(&[
        "Sesión ordinaria n.º 1 de 2025, presencial",
        "A las 8:30 a. m. la presidenta dispuso seguir de manera informativa, sin decidir mientras faltara el quórum.",
        "Se levantó la sesión a las 9:00 a. m.",
    ]);
    run.never_prints("La reunión fue informativa");
}
