//! The quorum ledger: who counted, when, and what it did to the quorum; on the screen and annexed to the minutes.

use serde_json::{Value, json};

use crate::live::{MEMBERS, Run};

fn ledger(run: &Run) -> Value {
    run.call("quorum_ledger", json!({}))
}

/// Each stretch: its first minute of session, the seats present and whether they were enough.
fn stretches(ledger: &Value) -> Vec<(i64, u64, bool)> {
    let list = ledger["stretches"].as_array().unwrap().iter();
    list.map(|s| {
        (s["second"].as_i64().unwrap() / 60, s["have"].as_u64().unwrap(), s["met"].as_bool().unwrap())
    })
    .collect()
}

#[test]
fn the_ledger_shows_the_quorum_lost_and_regained_and_is_annexed() {
    let run = Run::convened();
    assert_eq!(ledger(&run), Value::Null, "nothing before it opens");
    run.open(8);
    let (seat, _) = MEMBERS[0];
    run.at("08:20");
    run.event("departure", json!({ "seat_id": seat }));
    let lost = ledger(&run);
    assert_eq!(stretches(&lost), [(0, 9, true), (15, 8, false)]);
    assert_eq!(lost["rows"][1]["turn"], "lost");
    assert_eq!(
        lost["told"]["es"],
        "De 8:05 a. m. a 8:20 a. m.: de 16 puestos con voto hubo entre 8 y 9; para deliberar se necesitaban 9, y el quórum se perdió a las 8:20 a. m."
    );
    run.at("08:40");
    run.event("arrival", json!({ "seat_id": seat }));
    run.at("08:50");
    run.begin(&run.item("proposal", 0));
    run.approve("v-1", "substantive", "Aprobar la propuesta");
    run.adjourn("09:05");

    let whole = ledger(&run);
    assert_eq!(stretches(&whole), [(0, 9, true), (15, 8, false), (35, 9, true)]);
    assert_eq!(whole["seconds"], 3600);
    let vote = &whole["votes"][0];
    assert_eq!((&vote["result"], &vote["quorum"]["need"]), (&json!("approved"), &json!(9)));
    let states: Vec<&str> =
        whole["rows"].as_array().unwrap().iter().map(|r| r["state"]["es"].as_str().unwrap()).collect();
    assert_eq!(states, ["hay quórum", "se perdió", "se recuperó", "hay quórum", "hay quórum", "hay quórum"]);
    run.prints(&[
        "Anexo. Registro de quórum",
        "Registro de quórum, al final de este documento",
        "Se retira Bartolomé Gregorio Cañizares-",
        "8 9 Deliberatorio Se perdió",
        "Se cierra la votación: «¿Aprobar la",
        "9 9 Decisorio Hay quórum",
        "9:05 a. m. Se levanta la sesión 9 9 Deliberatorio Hay quórum",
        "Quórum deliberatorio: 9 de 16, mitad más uno (Acuerdo 001 de 2024, art. 8).",
    ]);
}

#[test]
fn the_night_of_a_suspended_session_takes_no_room() {
    let run = Run::opened(9);
    run.at("08:30");
    run.event("session_suspended", json!({ "detail": "Hasta mañana." }));
    run.office.go_to("2025-03-28T09:00");
    run.event("session_resumed", json!({}));
    run.office.go_to("2025-03-28T09:20");
    run.event("departure", json!({ "seat_id": MEMBERS[0].0 }));
    run.office.go_to("2025-03-28T09:35");
    run.call("adjourn_session", json!({}));
    let ledger = ledger(&run);
    assert_eq!(ledger["seconds"], (25 + 35) * 60);
    assert_eq!(stretches(&ledger), [(0, 10, true), (45, 9, true)]);
    let pause = &ledger["pauses"][0];
    assert_eq!((&pause["second"], &pause["until_second"]), (&json!(25 * 60), &json!(25 * 60)));
    let ticks: Vec<i64> =
        ledger["ticks"].as_array().unwrap().iter().map(|t| t["second"].as_i64().unwrap() / 60).collect();
    assert_eq!(ticks, [5, 15, 25, 35, 45, 55], "8:10, 8:20; then 9:00, when it was resumed, to 9:30");
    run.prints(&["9:20 a. m. del 28 de Se retira Bartolomé"]);
}
