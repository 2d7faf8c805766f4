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
        "Se cierra la votación: «Aprobar la",
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
    assert_eq!(run.present(), 0, "nobody is there until they answer");
    run.recall(9);
    run.office.go_to("2025-03-28T09:20");
    run.event("departure", json!({ "seat_id": MEMBERS[0].0 }));
    // Who comes with the second day answers its roll.
    run.event("roll_answer", json!({ "seat_id": MEMBERS[9].0 }));
    run.office.go_to("2025-03-28T09:35");
    run.call("adjourn_session", json!({}));
    let ledger = ledger(&run);
    assert_eq!(ledger["seconds"], (25 + 35) * 60);
    assert_eq!(stretches(&ledger), [(0, 10, true)], "one left and another came in that minute");
    assert_eq!(
        ledger["told"]["es"],
        "De 8:05 a. m. del 27 de marzo a 9:35 a. m. del 28 de marzo: de 16 puestos con voto hubo entre 9 y 10; para deliberar se necesitaban 9, y el quórum se mantuvo."
    );
    let moved: Vec<&str> =
        ledger["rows"].as_array().unwrap().iter().map(|r| r["movement"]["es"].as_str().unwrap()).collect();
    assert_eq!(
        moved,
        [
            "Verificación del quórum",
            "Se suspende la sesión",
            "Verificación del quórum",
            "Se retira",
            "Responde al llamado a lista",
            "Se levanta la sesión"
        ]
    );
    let pause = &ledger["pauses"][0];
    assert_eq!((&pause["second"], &pause["until_second"]), (&json!(25 * 60), &json!(25 * 60)));
    let ticks: Vec<i64> =
        ledger["ticks"].as_array().unwrap().iter().map(|t| t["second"].as_i64().unwrap() / 60).collect();
    assert_eq!(ticks, [5, 15, 25, 35, 45, 55], "8:10, 8:20; then 9:00, when it was resumed, to 9:30");
    run.prints(&[
        "9:20 a. m. del 28 de Se retira Bartolomé",
        "A las 9:20 a. m. del 28 de marzo ingresó la doctora",
        "quedaron diez (10) puestos.",
        // Each row of an annex of several days says which, also those of the first.
        "8:30 a. m. del 27 de Se suspende la sesión",
    ]);
    let hours = run.minutes()["assembly"]["quorum"]["hours"].clone();
    assert!(hours.as_array().unwrap().contains(&json!([25 * 60, "28 mar 9:00"])), "{hours}");
}

/// Have, need and base of the rows of a kind of movement.
fn counts(ledger: &Value, movement: &str) -> Vec<(u64, u64, u64)> {
    let number = |row: &Value, key: &str| row["verdict"][key].as_u64().unwrap();
    let rows = ledger["rows"].as_array().unwrap().iter().filter(|r| r["movement"]["es"] == movement);
    rows.map(|r| (number(r, "have"), number(r, "need"), number(r, "base"))).collect()
}

/// Ten of sixteen, one of them recused: nine of fifteen, and eight are asked for. The vote and the ledger say one number.
#[test]
fn a_recusal_that_leaves_the_base_is_counted_alike_by_the_vote_and_the_ledger() {
    let rules = |treatment: &str| json!({ "decided_by": "superior", "treatment": treatment });
    let seat = MEMBERS[0].0;
    let recused = |treatment: &str| {
        let run = crate::record::with_recusals(rules(treatment), None);
        run.open(9);
        run.begin(&run.item("proposal", 0));
        run.at("08:20");
        run.call(
            "declare_recusal",
            json!({ "id": "rec-1", "seat_id": seat, "ground": "amistad", "in_writing": true }),
        );
        run.office.call(
            "decide_recusal",
            json!({ "recusal_id": "rec-1", "outcome": "accepted", "deciding_act": "Decreto 3 de 2025" }),
        );
        run.at("08:30");
        run.approve("v-1", "substantive", "Aprobar la propuesta");
        run
    };
    let run = recused("leave_base");
    let view = run.view();
    assert_eq!(
        view["deliberative_quorum"]["explanation"]["es"],
        "Quórum deliberatorio: 8 de 15 (Acuerdo 001 de 2024, art. 8): hay 9"
    );
    assert_eq!(view["course"]["quorum"]["base"], 15);
    let told = ledger(&run);
    for movement in ["Sale por impedimento", "Se abre la votación", "Se cierra la votación"] {
        assert_eq!(counts(&told, movement), [(9, 8, 15)], "{movement}");
    }
    assert_eq!(told["votes"][0]["quorum"]["have"], 9);
    run.at("08:40");
    run.office.call("return_from_recusal", json!({ "recusal_id": "rec-1" }));
    assert_eq!(counts(&ledger(&run), "Regresa"), [(10, 9, 16)]);
    run.at("09:00");
    run.adjourn_unresolved();
    run.prints(&["9 8 de 15 Decisorio Hay quórum", "10 9 Deliberatorio Hay quórum"]);

    // Where it stays in the base it is counted, and the sentence says that it is.
    let run = recused("stay_in_base");
    assert_eq!(
        run.view()["course"]["quorum"]["explanation"]["es"],
        "Quórum decisorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 10, 1 de ellos impedido"
    );
    assert_eq!(counts(&ledger(&run), "Se cierra la votación"), [(10, 9, 16)]);
}

/// Any number may debate and nine decide (as in Dto 1052/2014 art. 11): the loss of the nine is told, and what waits for them.
#[test]
fn the_loss_of_the_quorum_to_decide_is_told_where_there_is_still_one_to_debate() {
    let run = Run::convened();
    run.left_so(|tx| {
        let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
        stored.rules.quorum.deliberative = secretariat::rules::QuorumRule::Any;
        tx.put(&stored)
    });
    run.open(9);
    run.begin(&run.item("proposal", 0));
    run.at("08:40");
    for (seat, _) in &MEMBERS[..2] {
        run.event("departure", json!({ "seat_id": seat }));
    }
    assert_eq!(
        run.refused("open_vote", json!({ "question": "¿Se sigue?", "method": "ordinary" })).code,
        secretariat::Code::RuleForbids
    );
    let told = ledger(&run);
    let row = told["rows"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&row["verdict"]["kind"], &row["verdict"]["have"], &row["verdict"]["need"], &row["state"]["es"]),
        (&json!("decision"), &json!(8), &json!(9), &json!("se perdió"))
    );
    run.at("09:00");
    let before = run.call("session_preflight", json!({ "step": "adjourn" }));
    let check = before["checks"].as_array().unwrap().iter().find(|c| c["check"] == "items_treated").unwrap();
    assert!(
        check["text"]["es"].as_str().unwrap().ends_with(
            "Sin decidir por falta de quórum: punto 3. Quedan pendientes para el próximo orden del día."
        ),
        "{check}"
    );
    run.adjourn_unresolved();
    let item =
        run.view()["items"].as_array().unwrap().iter().find(|i| i["id"] == run.item("proposal", 0)).cloned();
    assert_eq!(item.unwrap()["outcome"], "no_quorum");
    assert!(
        ledger(&run)["told"]["es"].as_str().unwrap().ends_with(
            "para deliberar se necesitaban 1 y para decidir 9, y el quórum se mantuvo; el quórum para decidir se perdió a las 8:40 a. m."
        ),
        "{}",
        ledger(&run)["told"]["es"]
    );
    run.prints(&[
        "quedaron ocho (8) puestos y se perdió el quórum para decidir, que es de nueve (9); quedaron pendientes los puntos 2, 3, 4 y 5.",
        "8 9 Decisorio Se perdió",
    ]);
}

/// The quorum goes while an item is voted: the item is among the pending, and its vote was annulled or had none.
#[test]
fn an_item_whose_vote_lost_its_quorum_is_pending() {
    let run = Run::opened(8);
    run.begin(&run.item("proposal", 0));
    run.at("08:20");
    run.put_to_vote("v-0", "substantive", "Aprobar otra cosa", "roll_call");
    run.office.call("annul_vote", json!({ "vote_id": "v-0", "reason": "Se abrió por error" }));
    run.office.call("settle_motion", json!({ "motion_id": "mot-v-0", "status": "withdrawn" }));
    run.at("08:30");
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    run.at("08:35");
    run.event("departure", json!({ "seat_id": MEMBERS[0].0 }));
    assert_eq!(run.close("v-1")["vote"]["verdict"]["result"], "no_quorum");
    run.at("08:40");
    run.event("recess_start", json!({}));
    let item = json!({ "kind": "item_start", "item_id": run.item("proposal", 1) });
    let refused = run.refused("record_event", item);
    assert!(refused.message.es.starts_with("La sesión está en receso"), "{refused}");
    run.event("recess_end", json!({}));
    run.at("09:00");
    run.adjourn_unresolved();
    let moved = ledger(&run)["rows"].to_string();
    assert!(moved.contains("Se anula la votación") && moved.contains("Comienza el receso"), "{moved}");
    run.prints(&[
        "quedaron ocho (8) puestos y se perdió el quórum; quedaron pendientes los puntos 2, 3, 4 y 5.",
        "retiró la proposición «Aprobar otra cosa».",
    ]);
}
