//! Ways of voting that leave more, or less, than a roll: secret votes, consensus with objections, amendments in their order,
//! several items at once, matters reopened. On the commission of the
//! demonstration: sixteen seats vote, nine are a quorum.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secretariat::Code;
use secretariat::api::Op;
use secretariat::desk::Desk;
use secretariat::rules::{Deadline, DeadlineFrom};
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, instant};

/// The first seats of the roll, the chair's first.
fn seats(n: usize) -> Vec<&'static str> {
    std::iter::once(&CHAIR).chain(&MEMBERS).map(|(seat, _)| *seat).take(n).collect()
}

impl Run {
    /// A motion under the item under way, put to a secret vote.
    fn secretly(&self, id: &str, text: &str) {
        self.put_to_vote(id, "substantive", text, "secret");
    }

    fn papers(&self, vote: &str, voters: &[&str], (in_favour, against, abstain): (u8, u8, u8)) -> Value {
        let _ = self;
        json!({ "vote_id": vote, "participant_seat_ids": voters,
            "counted": { "for": in_favour, "against": against, "abstain": abstain } })
    }
}

/// Every file of a folder, with its bytes.
fn bytes_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(bytes_in(&path)),
            false => drop(files.insert(path.clone(), std::fs::read(&path).unwrap())),
        }
    }
    files
}

/// Whether the files hold some words, and in which.
fn holding<'a>(files: &'a BTreeMap<PathBuf, Vec<u8>>, words: &str) -> Vec<&'a PathBuf> {
    let holds = |bytes: &[u8]| bytes.windows(words.len()).any(|w| w == words.as_bytes());
    files.iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path).collect()
}

#[test]
fn a_secret_vote_is_recorded_once_with_who_voted_and_its_totals() {
    let run = Run::opened(11);
    run.begin(&run.item("proposal", 0));
    assert!(run.view()["methods"].as_array().unwrap().contains(&json!("secret")));
    run.secretly("v-1", "Aprobar la propuesta");
    run.office.call("explain_vote", json!({ "vote_id": "v-1" }));
    for (name, request) in [
        ("cast_ballot", json!({ "vote_id": "v-1", "seat_id": CHAIR.0, "value": "for" })),
        ("change_ballot", json!({ "vote_id": "v-1", "seat_id": CHAIR.0, "value": "for" })),
        ("set_count", json!({ "vote_id": "v-1", "counted": { "for": 3, "against": 0, "abstain": 0 } })),
        ("close_vote", json!({ "vote_id": "v-1" })),
    ] {
        let refused = run.office.refused(name, request);
        assert_eq!(
            (refused.code, &refused.details["closed_by"]),
            (Code::WrongState, &json!("record_secret_vote")),
            "{name}"
        );
    }
    let voters = seats(11);
    for (request, code, field) in [
        (run.papers("v-1", &voters, (7, 3, 0)), Code::InvalidInput, "counted"),
        (run.papers("v-1", &voters, (9, 3, 0)), Code::InvalidInput, "counted"),
        (run.papers("v-1", &seats(13), (9, 3, 1)), Code::RuleForbids, "participant_seat_ids"),
    ] {
        let refused = run.office.refused("record_secret_vote", request);
        assert_eq!((refused.code, &refused.details["field"]), (code, &json!(field)));
        assert!(!refused.message.es.contains(char::is_numeric), "no count is told: {refused}");
    }
    let negative = json!({ "vote_id": "v-1", "participant_seat_ids": voters,
        "counted": { "for": 12, "against": -1, "abstain": 0 } });
    assert_eq!(run.office.refused("record_secret_vote", negative).details["field"], "counted");
    let closed = run.office.call("record_secret_vote", run.papers("v-1", &voters, (7, 3, 1)));
    let (vote, course) = (&closed["vote"], &closed["course"]);
    assert_eq!(
        (&vote["verdict"]["result"], &vote["status"], &course["not_voted"]),
        (&json!("approved"), &json!("closed"), &json!([MEMBERS[10].0]))
    );
    assert_eq!(vote["participant_seat_ids"].as_array().unwrap().len(), 11);
    assert_eq!(run.view()["ballots"], json!([]));
    // Undone as closed votes are: not.
    let entries = run.office.call("list_journal", json!({}));
    let entry = entries.as_array().unwrap().iter().find(|e| e["op"] == "record_secret_vote").unwrap();
    assert_eq!(run.office.refused("undo", json!({ "entry": entry["seq"] })).code, Code::NotUndoable);
    let explain = json!({ "vote_id": "v-1", "seat_id": CHAIR.0, "text": "Voté a favor." });
    assert_eq!(run.office.refused("explain_ballot", explain).code, Code::WrongState);
    run.prints(&[
        "se sometió a votación secreta la proposición de la doctora",
        "Votaron once (11) puestos; el voto de cada uno es secreto.",
        "La propuesta fue aprobada por mayoría simple: siete (7) votos a favor, tres (3) votos en contra y una (1) abstención.",
        "Quedó sin votar el Sector",
    ]);
    run.never_prints("A favor En contra");

    // One of them turns out not to have come: the totals stay, and both the question and the paper say why.
    let mut strike =
        json!({ "event_id": run.occurred("roll_answer", MEMBERS[9].0)["id"], "strike": "No vino." });
    let told = run.office.refused("correct_event", strike.clone());
    assert_eq!(
        (told.code, &told.details["changed_votes"][0]["secret"]),
        (Code::NeedsConfirmation, &json!(true))
    );
    assert!(told.message.es.contains("fue secreta: sus totales no se separan por puesto"), "{told}");
    strike["accept_changed_votes"] = json!(true);
    run.office.call("correct_event", strike);
    run.prints(&["Fue secreta: se contó con los mismos totales, que no se separan por puesto."]);
}

#[test]
fn a_secret_tie_is_repeated_in_secret_and_whoever_left_after_voting_is_told() {
    let run = crate::record::repeating_ties();
    run.secretly("v-1", "Aprobar la propuesta");
    let tied = run.office.call("record_secret_vote", run.papers("v-1", &seats(10), (5, 5, 0)));
    assert_eq!(tied["second_round_due"], true);
    let by_roll = json!({ "motion_id": "mot-v-1", "method": "roll_call" });
    assert_eq!(run.refused("open_vote", by_roll).details["field"], "method");
    run.call("open_vote", json!({ "id": "v-2", "motion_id": "mot-v-1", "method": "secret" }));
    run.event("departure", json!({ "seat_id": MEMBERS[8].0 }));
    let second = run.office.call("record_secret_vote", run.papers("v-2", &seats(10), (6, 4, 0)));
    assert_eq!(
        (&second["vote"]["round"], &second["vote"]["verdict"]["result"], &second["course"]["left"]),
        (&json!(2), &json!("approved"), &json!([MEMBERS[8].0]))
    );
    run.prints(&[
        "Se contó el voto",
        "que se retiró después de votar",
        "Repetida la votación, la propuesta fue aprobada",
    ]);
}

/// What nobody may learn is never written: neither in the archive nor its journal, nor half-way in its drafts, its
/// write-ahead log or its backups.
#[test]
fn no_file_ever_holds_a_ballot_of_a_secret_vote() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    // Of an open vote the search finds what a seat voted; so it can see.
    run.put_to_vote("v-0", "procedural", "Oír a los invitados", "roll_call");
    let ballot =
        |vote: &str, id: &str| json!({ "id": id, "vote_id": vote, "seat_id": CHAIR.0, "value": "against" });
    run.office.call("cast_ballot", ballot("v-0", "papeleta-vista"));
    let draft = |vote: &str, text: &str| json!({ "key": format!("vote/{vote}/counted"), "text": text });
    run.office.call("save_draft", draft("v-0", "borrador-visto"));
    run.close("v-0");
    run.secretly("v-1", "Aprobar la propuesta");
    run.office.refused("cast_ballot", ballot("v-1", "papeleta-oculta"));
    let partial = json!({ "vote_id": "v-1", "counted": { "for": 4, "against": 0, "abstain": 0 } });
    run.office.refused("set_count", partial);
    assert_eq!(run.office.refused("save_draft", draft("v-1", "van-cuatro-a-favor")).code, Code::RuleForbids);
    let objection = json!({ "vote_id": "v-1", "seat_id": CHAIR.0, "reason": "razon-oculta" });
    run.office.refused("record_objection", objection);
    let copy = tempfile::tempdir().unwrap();
    let keep = |to: &str| {
        std::fs::create_dir_all(copy.path().join(to)).unwrap();
        for ending in ["", "-wal"] {
            let from = format!("{}{ending}", run.office.archive.path().display());
            std::fs::copy(from, copy.path().join(to).join(format!("a.actario{ending}"))).unwrap();
        }
    };
    keep("open");
    run.office.call("record_secret_vote", run.papers("v-1", &seats(10), (6, 3, 1)));
    keep("closed");
    let desk = Desk::new("x").with_backups(copy.path().join("backups"));
    let ask = |name: &str, request: Value| {
        desk.call(&run.office.context(), name, request).unwrap()["value"].clone()
    };
    ask("open_archive", json!({ "path": copy.path().join("closed/a.actario") }));
    let backup = ask("backup_archive", json!({}))["path"].clone();
    ask("restore_backup", json!({ "backup": backup, "target": copy.path().join("restored.actario") }));
    let files = bytes_in(copy.path());
    assert!(files.len() >= 6, "archive, log, backup and what it gives back: {:?}", files.keys());
    for seen in ["papeleta-vista", "borrador-visto"] {
        assert!(holding(&files, seen).len() >= 3, "{seen}: the search can see");
    }
    for hidden in ["papeleta-oculta", "van-cuatro-a-favor", "razon-oculta"] {
        assert_eq!(holding(&files, hidden), Vec::<&PathBuf>::new(), "{hidden}");
    }
    // Nor is there a row, or an image of one in the journal, that gives a seat of that vote a value.
    let restored = rusqlite::Connection::open(copy.path().join("restored.actario")).unwrap();
    let count = |sql: &str| restored.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM ballot WHERE vote_id = 'v-0'"), 1);
    assert_eq!(count("SELECT count(*) FROM ballot WHERE vote_id = 'v-1'"), 0);
    desk.call(&run.office.context(), "close_archive", json!({})).unwrap();
}

/// The commission with rules that pass from consensus to a majority, or not.
fn seeking_consensus(first: bool) -> Run {
    let run = Run::convened();
    run.office
        .archive
        .transact(&run.office.context(), Op::Import, |tx| {
            let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
            stored.rules.rules.iter_mut().for_each(|rule| rule.consensus_first = first);
            tx.put(&stored)
        })
        .unwrap();
    run.open(9);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "consensus");
    run
}

fn objection(seat: &str, reason: Option<&str>) -> Value {
    json!({ "vote_id": "v-1", "seat_id": seat, "reason": reason })
}

#[test]
fn a_consensus_with_objections_is_followed_by_the_majority_of_the_rules() {
    let run = seeking_consensus(true);
    let office = &run.office;
    office
        .undone_and_redone("record_objection", objection(MEMBERS[3].0, Some("Falta el concepto jurídico.")));
    let taken_back = office.call("record_objection", objection(MEMBERS[3].0, None));
    assert_eq!(taken_back["course"]["reached"], true);
    let standing =
        office.call("record_objection", objection(MEMBERS[3].0, Some("Falta el concepto jurídico.")));
    assert_eq!(standing["course"]["standing"]["es"], "Hay objeciones: no hay consenso.");
    assert_eq!(
        office.refused("record_objection", objection(MEMBERS[4].0, Some(" "))).details["field"],
        "reason"
    );
    assert_eq!(
        office.refused("record_objection", objection(MEMBERS[12].0, Some("No vine."))).code,
        Code::RuleForbids
    );
    let closed = run.close("v-1");
    assert_eq!(
        (&closed["vote"]["verdict"]["result"], &closed["majority_due"], &closed["course"]["not_voted"]),
        (&json!("no_consensus"), &json!(true), &json!([]))
    );
    assert_eq!(
        closed["vote"]["verdict"]["explanation"]["es"],
        "No hay consenso: 1 objeción; se somete a votación por mayoría (Acuerdo 001 de 2024, art. 11)"
    );
    assert_eq!(run.view()["ballots"].as_array().unwrap().len(), 1, "nobody else voted");
    let decision = json!({ "item_id": run.item("proposal", 0), "kind": "substantive", "text": "Se aprueba.", "vote_id": "v-1" });
    assert_eq!(office.refused("put_decision", decision).code, Code::RuleForbids);
    let asked = run.refused("adjourn_session", json!({}));
    assert!(asked.details["checks"][0]["check"].as_str().unwrap().starts_with("unresolved:majority:"));
    let majority =
        run.call("open_vote", json!({ "id": "v-2", "motion_id": "mot-v-1", "method": "ordinary" }));
    assert_eq!(
        (&majority["vote"]["round"], &majority["vote"]["previous_vote_id"]),
        (&json!(1), &json!("v-1"))
    );
    run.cast("v-2", MEMBERS[3].0, "against");
    let majority = run.close("v-2");
    assert_eq!(majority["vote"]["verdict"]["result"], "approved");
    assert_eq!(office.call("explain_vote", json!({ "vote_id": "v-1" }))["majority_due"], false);
    run.prints(&[
        "se sometió a consenso la proposición",
        "objetó: «Falta el concepto jurídico». No hubo consenso.",
        "Como no hubo consenso (Acuerdo 001 de 2024, art. 11), a las 8:",
        "La propuesta fue aprobada por mayoría simple: nueve (9) votos a favor, un (1) voto en contra y cero (0) abstenciones.",
    ]);
    run.never_prints("Falta el concepto jurídico». Explicó");
}

#[test]
fn without_a_norm_what_found_no_consensus_stays_undecided() {
    let run = seeking_consensus(false);
    run.office.call("record_objection", objection(MEMBERS[3].0, Some("Falta el concepto jurídico.")));
    let closed = run.close("v-1");
    assert_eq!(closed["majority_due"], false);
    let by_roll = json!({ "motion_id": "mot-v-1", "method": "roll_call" });
    let refused = run.refused("open_vote", by_roll);
    assert_eq!((refused.code, &refused.details["vote_id"]), (Code::RuleForbids, &json!("v-1")));
    // It may be sought again.
    run.call("open_vote", json!({ "id": "v-2", "motion_id": "mot-v-1", "method": "consensus" }));
    run.office.call("annul_vote", json!({ "vote_id": "v-2", "reason": "Se mantuvo la objeción." }));
    run.adjourn("09:00");
    run.prints(&[
        "No hubo consenso y, sin norma registrada que permita decidir por mayoría, el asunto quedó sin decisión.",
    ]);

    // With the norm, a session that ends first says that the vote was missing.
    let run = seeking_consensus(true);
    run.cast("v-1", MEMBERS[3].0, "against");
    run.close("v-1");
    run.adjourn_unresolved();
    run.prints(&[
        "No hubo consenso y la sesión terminó sin la votación por mayoría (Acuerdo 001 de 2024, art. 11)",
    ]);
}

impl Run {
    fn file(&self, id: &str, kind: &str, text: &str, more: Value) -> Value {
        let mut request = json!({ "id": id, "kind": kind, "text": text });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call("file_motion", request)
    }

    /// Puts a filed motion to an ordinary vote that everybody but the first so many approves.
    fn vote_on(&self, vote: &str, motion: &str, against: usize) -> Value {
        self.call("open_vote", json!({ "id": vote, "motion_id": motion, "method": "ordinary" }));
        for (seat, _) in &MEMBERS[..against] {
            self.cast(vote, seat, "against");
        }
        self.close(vote)
    }
}

#[test]
fn amendments_are_voted_from_the_last_one_put_and_before_what_they_change() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    run.file("m", "substantive", "Aprobar la propuesta", json!({}));
    let first = run.file("a-1", "amendment", "Cambiar el plazo", json!({}));
    assert_eq!(first["amends_motion_id"], "m", "of the proposition put last, when not said");
    run.file("a-2", "amendment", "Cambiar el costo", json!({ "amends_motion_id": "m" }));
    run.file("a-3", "amendment", "Cambiar el costo en pesos", json!({ "amends_motion_id": "a-2" }));
    let open = |motion: &str| json!({ "motion_id": motion, "method": "ordinary" });
    for (motion, before) in [("m", "a-2"), ("a-1", "a-2"), ("a-2", "a-3")] {
        let refused = run.refused("open_vote", open(motion));
        assert_eq!(
            (refused.code, &refused.details["motion_id"]),
            (Code::WrongState, &json!(before)),
            "{motion}"
        );
    }
    let waits = run.view()["motions_rules"]
        .as_array()
        .unwrap()
        .iter()
        .find(|m| m["motion_id"] == "m")
        .unwrap()
        .clone();
    assert!(waits["choices"][0]["blocked"]["es"].as_str().unwrap().contains("Cambiar el costo"), "{waits}");
    assert_eq!(run.vote_on("v-3", "a-3", 9)["vote"]["verdict"]["result"], "rejected");
    run.vote_on("v-2", "a-2", 0);
    run.office.call("settle_motion", json!({ "motion_id": "a-1", "status": "dismissed" }));
    let late = json!({ "kind": "amendment", "text": "Cambiar el objeto", "amends_motion_id": "a-2" });
    assert_eq!(run.refused("file_motion", late).details["field"], "amends_motion_id");
    // What is voted is the text that results.
    let refused = run.refused("open_vote", open("m"));
    assert_eq!((refused.code, &refused.details["amendment_id"]), (Code::WrongState, &json!("a-2")));
    let list = run.call("session_preflight", json!({ "step": "vote", "motion_id": "m" }));
    assert_eq!((&list["ready"], &list["checks"][0]["check"]), (&json!(false), &json!("reworded")));
    run.office
        .call("edit_motion", json!({ "motion_id": "m", "text": "Aprobar la propuesta con otro costo" }));
    run.vote_on("v", "m", 0);
    run.prints(&[
        "la modificación a «Cambiar el costo»: «Cambiar el costo en pesos».",
        "La modificación fue aprobada por unanimidad",
        "la modificación a «Aprobar la propuesta»: «Cambiar el costo».",
        "la proposición: «Aprobar la propuesta con otro costo», con lo que se aprobó modificar; se había presentado así: «Aprobar la propuesta».",
    ]);
}

#[test]
fn several_items_are_voted_at_once_and_one_is_taken_out_on_request() {
    let run = Run::opened(9);
    let (a, b, other) = (run.item("proposal", 0), run.item("proposal", 1), run.item("other_business", 0));
    run.begin(&a);
    for block in [json!([a]), json!([b, b]), json!(["nada"]), json!([run.item("opening", 0)])] {
        let wrong = json!({ "kind": "substantive", "text": "Aprobar", "block_item_ids": block });
        assert_eq!(run.refused("file_motion", wrong).details["field"], "block_item_ids", "{block}");
    }
    run.file("m", "substantive", "Aprobar las propuestas", json!({ "block_item_ids": [b, other] }));
    // Whoever may not vote on an item does not vote on it in a block either.
    run.call(
        "declare_recusal",
        json!({ "id": "rec", "item_id": other, "seat_id": MEMBERS[2].0, "ground": "Vínculo." }),
    );
    let open = json!({ "id": "v", "motion_id": "m", "method": "ordinary" });
    let refused = run.refused("open_vote", open.clone());
    assert_eq!((refused.code, &refused.details["item_id"]), (Code::RuleForbids, &json!(other)));
    let out = json!({ "motion_id": "m", "item_id": other, "person_id": MEMBERS[3].1 });
    run.office.undone_and_redone("take_out_of_block", out.clone());
    assert_eq!(run.office.refused("take_out_of_block", out).details["field"], "item_id");
    run.call("open_vote", open);
    run.close("v");
    assert_eq!(run.view()["unwritten"], json!(["v"]));
    let decision = |item: &str, text: &str| json!({ "item_id": item, "kind": "substantive", "text": text, "vote_id": "v" });
    run.office.call("put_decision", decision(&a, "Se prioriza la primera."));
    assert_eq!(run.view()["unwritten"], json!(["v"]), "the other item has none yet");
    run.office.call("put_decision", decision(&b, "Se prioriza la segunda."));
    assert_eq!(run.view()["unwritten"], json!([]));
    assert_eq!(
        run.office.refused("put_decision", decision(&other, "Se acuerda.")).details["field"],
        "vote_id"
    );
    let reach = |item: &str| {
        let view = run.view();
        let items = view["course"]["items"].as_array().unwrap();
        items.iter().find(|i| i["item_id"] == item).unwrap()["reach"].clone()
    };
    assert_eq!((reach(&b), reach(&other)), (json!("treated"), json!("unreached")));
    run.at("09:00");
    run.adjourn_unresolved();
    run.prints(&[
        "el punto 5 salió del bloque para votarse aparte.",
        "se sometió a votación ordinaria en bloque para los puntos 3 y 4, la proposición",
        "Se votó en bloque con el punto 3: la proposición fue aprobada. La votación consta en el punto 3.",
        "Se prioriza la segunda.",
    ]);
    assert!(
        run.minutes()["preflight"]
            .as_array()
            .unwrap()
            .iter()
            .all(|c| { c["ok"] == true || !c["check"].as_str().unwrap().starts_with("decision_item") })
    );
}

#[test]
fn a_matter_is_reopened_only_by_a_motion() {
    let run = Run::opened(9);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.file("m", "substantive", "Aprobar la propuesta.", json!({}));
    run.vote_on("v-1", "m", 0);
    run.office.call(
        "put_decision",
        json!({ "id": "d", "item_id": item, "kind": "substantive", "text": "Se prioriza.", "vote_id": "v-1" }),
    );
    let again = json!({ "id": "v-2", "motion_id": "m", "method": "ordinary" });
    assert_eq!(run.refused("open_vote", again.clone()).code, Code::WrongState);
    // Nor by moving the same words again.
    run.file("m-2", "substantive", "aprobar la propuesta", json!({}));
    let twin = run.refused("open_vote", json!({ "motion_id": "m-2", "method": "ordinary" }));
    assert_eq!((twin.code, &twin.details["vote_id"]), (Code::WrongState, &json!("v-1")));
    run.office.call("settle_motion", json!({ "motion_id": "m-2", "status": "dismissed" }));
    for wrong in [
        json!({ "kind": "reopening", "text": "Reabrir" }),
        json!({ "kind": "procedural", "text": "Reabrir", "reopens_vote_id": "v-1" }),
    ] {
        assert_eq!(run.refused("file_motion", wrong).details["field"], "reopens_vote_id");
    }
    run.file("r-1", "reopening", "Reabrir la votación de la propuesta", json!({ "reopens_vote_id": "v-1" }));
    run.vote_on("v-r1", "r-1", 9);
    assert_eq!(run.refused("open_vote", again.clone()).code, Code::WrongState, "the body did not want it");
    run.file(
        "r-2",
        "reopening",
        "Reabrir la propuesta por un dato nuevo",
        json!({ "reopens_vote_id": "v-1" }),
    );
    run.vote_on("v-r2", "r-2", 0);
    let written = run.refused("open_vote", again.clone());
    assert_eq!((written.code, &written.details["decision_id"]), (Code::WrongState, &json!("d")));
    run.office.call("remove_decision", json!({ "decision_id": "d" }));
    let opened = run.call("open_vote", again);
    assert_eq!((&opened["vote"]["round"], &opened["vote"]["previous_vote_id"]), (&json!(1), &json!("v-1")));
    for (seat, _) in &MEMBERS[..9] {
        run.cast("v-2", seat, "against");
    }
    assert_eq!(run.close("v-2")["vote"]["verdict"]["result"], "rejected");
    let outcome = run.office.refused("set_outcome", json!({ "item_id": item, "outcome": "prioritized" }));
    assert_eq!(outcome.code, Code::RuleForbids, "what stands is the last vote");
    let third = json!({ "motion_id": "m", "method": "ordinary" });
    assert_eq!(run.refused("open_vote", third).code, Code::WrongState, "reopened once");
    run.prints(&["La moción de reapertura fue aprobada por unanimidad", "Reabierto el asunto, a las 8:"]);
}

#[test]
fn a_dissent_handed_in_after_the_term_is_asked_about_and_told_late() {
    let run = Run::convened();
    run.left_so(|tx| {
        let mut stored: secretariat::body::StoredRuleSet = tx.get("rs-comision-2024")?;
        stored.rules.deadlines.statements =
            Some(Deadline { business_days: 3, from: DeadlineFrom::SessionDate });
        stored.rules.sessions.minimum_per_year = Some(4);
        tx.put(&stored)
    });
    run.open(10);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "ordinary");
    for seat in [CHAIR.0, MEMBERS[0].0] {
        run.cast("v-1", seat, "against");
    }
    run.close("v-1");
    run.adjourn("09:30");
    let dissent = |more: Value| {
        let mut request = json!({ "item_id": item, "kind": "dissent", "person_id": CHAIR.1, "vote_id": "v-1",
            "text": "No hay presupuesto." });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    // Three business days after Thursday the 27th of March end on Tuesday the 1st of April.
    run.office.go_to("2025-04-02T10:00");
    let asked = run.office.refused("put_statement", dissent(json!({})));
    assert_eq!((asked.code, &asked.details["confirm"]), (Code::NeedsConfirmation, &json!("accept_late")));
    assert!(asked.message.es.contains("terminó el 1 de abril de 2025"), "{asked}");
    let future = json!({ "received_at": instant("2025-04-03T08:00") });
    assert_eq!(run.office.refused("put_statement", dissent(future)).details["field"], "received_at");
    let in_time = dissent(json!({ "id": "st-1", "received_at": instant("2025-04-01T16:00") }));
    run.office.call("put_statement", in_time);
    run.never_prints("vencido el plazo");
    run.office.call(
        "put_statement",
        dissent(json!({ "id": "st-2", "accept_late": true, "person_id": MEMBERS[0].1 })),
    );
    run.prints(&["Se recibió el 2 de abril de 2025, vencido el plazo, que terminó el 1 de abril de 2025"]);
    let rules = run.office.call("get_rule_set", json!({ "id": "rs-comision-2024" }));
    let told = rules["explained"].to_string();
    for words in [
        "con un mínimo de 4 sesiones al año",
        "Constancias y salvamentos: 3 días hábiles después de la sesión",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let year = run.office.call("get_session_year", json!({ "body_id": BODY, "year": 2025 }));
    assert_eq!(year["minimum"], 4);
}
