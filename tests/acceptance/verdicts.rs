//! What a vote asks: its quorum, its majority, the consensus before it, the text that is voted. On the commission of the
//! demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use secretariat::api::Op;
use secretariat::body::StoredRuleSet;
use secretariat::rules::{Base, Deadline, DeadlineFrom, QuorumRule, RuleSet, Threshold};
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, Office};

/// A session convened under rules that were changed before it.
fn under(change: impl Fn(&mut RuleSet)) -> Run {
    let run = Run::convened();
    change_rules(&run.office, change);
    run
}

pub fn change_rules(office: &Office, change: impl Fn(&mut RuleSet)) {
    office
        .archive
        .transact(&office.context(), Op::Import, |tx| {
            let mut stored: StoredRuleSet = tx.get("rs-comision-2024")?;
            change(&mut stored.rules);
            tx.put(&stored)
        })
        .unwrap();
}

/// The rules of the commission as it holds them now, to be tried.
fn rules_of(office: &Office) -> RuleSet {
    let stored =
        office.archive.query(&office.context(), |read| read.get::<StoredRuleSet>("rs-comision-2024"));
    stored.unwrap().rules
}

impl Run {
    /// A vote by roll call of those present: the first so many in favour, the next against, nobody else.
    fn votes_split(&self, id: &str, (in_favour, against): (usize, usize)) -> Value {
        self.put_to_vote(id, "substantive", &format!("Aprobar {id}"), "roll_call");
        let seats = std::iter::once(&CHAIR).chain(&MEMBERS).map(|(seat, _)| *seat);
        for (n, seat) in seats.take(in_favour + against).enumerate() {
            self.cast(id, seat, if n < in_favour { "for" } else { "against" });
        }
        self.close(id)
    }
}

#[test]
fn a_majority_never_decides_with_fewer_seats_than_the_quorum_to_decide() {
    let run = under(|rules| rules.quorum.decision = QuorumRule::Fixed { value: 12 });
    run.open(11);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "roll_call");
    for (seat, _) in &MEMBERS[..10] {
        run.cast("v-1", seat, "for");
    }
    run.at("08:40");
    run.event("departure", json!({ "seat_id": MEMBERS[10].0 }));
    let closed = run.close("v-1");
    let verdict = &closed["vote"]["verdict"];
    assert_eq!((&verdict["result"], &verdict["quorum"]["need"]), (&json!("no_quorum"), &json!(12)));
    let view = run.view();
    let row = view["course"]["ledger"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&row["kind"], &row["verdict"]["need"]), (&json!("vote_close"), &json!(12)));
    let refused = run.refused("open_vote", json!({ "motion_id": "mot-v-1", "method": "roll_call" }));
    assert!(refused.message.es.contains("12 de 16"), "{refused}");
    run.adjourn_unresolved();
    run.prints(&[
        "el quórum requerido era de doce (12) (Acuerdo 001 de 2024, art. 8).",
        "No había quórum para decidir; no hubo decisión.",
    ]);
    run.never_prints("el quórum requerido era de nueve (9)");
}

#[test]
fn a_matter_that_asks_for_more_seats_is_not_opened_without_them() {
    let run = under(|rules| {
        let default = rules.default_rule_id.clone();
        let rule = rules.rules.iter_mut().find(|rule| rule.id == default).unwrap();
        rule.quorum = QuorumRule::Fixed { value: 12 };
    });
    run.open(10);
    run.begin(&run.item("proposal", 0));
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let open = json!({ "motion_id": "m-1", "method": "roll_call" });
    let refused = run.refused("open_vote", open.clone());
    let why = "Quórum decisorio: 12 de 16 (Acuerdo 001 de 2024, art. 11): hay 11, falta 1";
    assert_eq!(refused.code, Code::RuleForbids);
    assert!(refused.message.es.contains(why), "{refused}");
    let list = run.call("session_preflight", json!({ "step": "vote", "motion_id": "m-1" }));
    assert_eq!(
        (&list["ready"], &list["checks"][0]["check"]),
        (&json!(false), &json!("quorum_of_matter")),
        "{list}"
    );
    run.event("arrival", json!({ "seat_id": MEMBERS[10].0 }));
    run.call("open_vote", open);
}

#[test]
fn rules_are_tried_with_the_quorum_to_decide_that_they_set() {
    let run = Run::opened(10);
    run.begin(&run.item("proposal", 0));
    assert_eq!(run.votes_split("v-1", (7, 3))["vote"]["verdict"]["result"], "approved");
    run.adjourn_unresolved();
    let mut rules = rules_of(&run.office);
    rules.quorum.decision = QuorumRule::Fixed { value: 12 };
    let tried = run.office.call("try_rules", json!({ "body_id": BODY, "rules": rules }));
    let differences = tried["otherwise"][0]["differences"].as_array().unwrap();
    let vote = differences.iter().find(|d| d["kind"] == "vote").unwrap_or_else(|| panic!("{tried}"));
    assert!(vote["would_be"]["es"].as_str().unwrap().starts_with("sin quórum"), "{vote}");
}

#[test]
fn an_absolute_majority_is_told_over_the_members() {
    let run = under(|rules| {
        let default = rules.default_rule_id.clone();
        let rule = rules.rules.iter_mut().find(|rule| rule.id == default).unwrap();
        (rule.threshold, rule.base) = (Threshold::Absolute, Base::VotesCast);
    });
    run.open(11);
    run.begin(&run.item("proposal", 0));
    assert_eq!(run.votes_split("v-1", (9, 2))["vote"]["verdict"]["required"], 9);
    run.prints(&["Se requerían nueve (9) votos a favor de dieciséis (16) integrantes"]);
    run.never_prints("once (11) votos emitidos");
}

#[test]
fn a_motion_reworded_is_printed_as_it_was_put_too() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    let file = |id: &str, text: &str| {
        run.call("file_motion", json!({ "id": id, "kind": "substantive", "text": text }));
    };
    file("m-1", "Invitar a la academia");
    let reworded = json!({ "motion_id": "m-1", "text": "Invitar a las universidades", "reason": "La precisó quien la presentó" });
    run.office.undone_and_redone("edit_motion", reworded);
    file("m-2", "Citar al comite");
    let mended = json!({ "motion_id": "m-2", "text": "Citar al comité", "mistyped": true });
    assert_eq!(run.office.call("edit_motion", mended)["rewordings"], json!([]));
    run.call("open_vote", json!({ "id": "v-1", "motion_id": "m-1", "method": "ordinary" }));
    run.close("v-1");
    run.prints(&[
        "«Invitar a las universidades»; se había presentado así: «Invitar a la academia» (La precisó quien la presentó).",
        "«Citar al comité»",
    ]);
    run.never_prints("Citar al comite»");
}

#[test]
fn another_majority_than_the_matter_asks_for_is_gone_past_with_a_printed_reason() {
    let run = Run::opened(11);
    run.begin(&run.item("proposal", 0));
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let list = |rule: Option<&str>| {
        let mut asked = json!({ "step": "vote", "motion_id": "m-1", "method": "roll_call" });
        if let Some(rule) = rule {
            asked["rule_id"] = json!(rule);
        }
        run.call("session_preflight", asked)
    };
    assert_eq!(list(None)["told"]["es"], "Se puede votar.");
    let other = "reg-mayoria-asistentes";
    let found = list(Some(other));
    assert_eq!(
        (&found["checks"][0]["check"], &found["told"]["es"]),
        (&json!("majority:m-1"), &json!("Se puede votar, con una razón que consta."))
    );
    let open = json!({ "id": "v-1", "motion_id": "m-1", "method": "roll_call", "rule_id": other });
    run.gone_past("open_vote", open, "Lo pidió la presidencia");
    for (seat, _) in &MEMBERS[..10] {
        run.cast("v-1", seat, "for");
    }
    run.close("v-1");
    run.adjourn_unresolved();
    run.prints(&[
        "La moción «Aprobar la propuesta» se votó por mayoría simple de los asistentes; el asunto pedía mayoría simple de los votos emitidos (Acuerdo 001 de 2024, art. 11). Razón: Lo pidió la presidencia.",
    ]);
}

#[test]
fn a_majority_that_decides_failing_consensus_asks_for_the_consensus_first() {
    let run = under(|rules| {
        let default = rules.default_rule_id.clone();
        rules.rules.iter_mut().find(|rule| rule.id == default).unwrap().consensus_first = true;
    });
    run.open(10);
    run.begin(&run.item("proposal", 0));
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let beside = Run { office: run.office.beside(), session: run.session.clone() };
    beside.gone_past(
        "open_vote",
        json!({ "id": "v-1", "motion_id": "m-1", "method": "roll_call" }),
        "Se discutió antes",
    );
    for (seat, _) in &MEMBERS[..8] {
        beside.cast("v-1", seat, "for");
    }
    beside.close("v-1");
    beside.adjourn_unresolved();
    beside.prints(&[
        "se votó por mayoría sin haber buscado antes el consenso (Acuerdo 001 de 2024, art. 11). Razón: Se discutió antes.",
    ]);
    // Sought and not reached, the majority follows without asking.
    run.call("open_vote", json!({ "id": "v-1", "motion_id": "m-1", "method": "consensus" }));
    let objects = json!({ "vote_id": "v-1", "seat_id": MEMBERS[0].0, "reason": "Falta el costo" });
    run.office.call("record_objection", objects);
    run.close("v-1");
    run.call("open_vote", json!({ "id": "v-2", "motion_id": "m-1", "method": "roll_call" }));
}

#[test]
fn a_vote_that_cannot_be_won_with_those_present_is_advised_against() {
    let run = Run::opened(9);
    run.begin(&run.item("proposal", 0));
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let asked = json!({ "step": "vote", "motion_id": "m-1", "rule_id": "reg-dos-tercios-miembros" });
    let list = run.call("session_preflight", asked);
    let check =
        list["checks"].as_array().unwrap().iter().find(|c| c["check"] == "within_reach").unwrap().clone();
    assert_eq!((&check["ok"], &check["advises"]), (&json!(false), &json!(true)));
    assert_eq!(
        check["text"]["es"],
        "Pueden votar 10 y se requieren 11 votos a favor: la moción no alcanzaría la mayoría."
    );
}

#[test]
fn nothing_is_decided_by_a_vote_that_denied_it() {
    let run = Run::opened(10);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.votes_split("v-1", (3, 7));
    let decision = |text: &str| json!({ "id": "d-1", "item_id": item, "kind": "substantive", "text": text, "vote_id": "v-1" });
    let refused = run.office.refused("put_decision", decision("Se compra."));
    assert_eq!((refused.code, &refused.details["field"]), (Code::RuleForbids, &json!("text")));
    run.office.call("put_decision", decision("No se aprueba la compra."));
}

#[test]
fn a_vote_counted_again_says_why_and_its_decision_does_not_outlive_it() {
    let run = Run::opened(10);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.at("08:30");
    run.votes_split("v-1", (6, 5));
    run.office.call(
        "put_decision",
        json!({ "id": "d-1", "item_id": item, "kind": "substantive", "text": "Se compra.", "vote_id": "v-1" }),
    );
    run.at("08:40");
    let left = |more: Value| {
        let mut event = json!({ "kind": "departure", "seat_id": CHAIR.0, "occurred_at": crate::office::instant("2025-03-27T08:20") });
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        event
    };
    let asked = run.refused("record_event", left(json!({ "seat_id": MEMBERS[0].0 })));
    assert_eq!(asked.code, Code::NeedsConfirmation);
    assert!(asked.message.es.contains("Quedaría sin votos la decisión 1 de 2025"), "{asked}");
    let mut accepted = left(json!({ "seat_id": MEMBERS[0].0, "accept_changed_votes": true }));
    assert_eq!(run.refused("record_event", accepted.clone()).details["field"], "reason");
    accepted["reason"] = json!("Salió antes de votar");
    run.call("record_event", accepted);
    let list = run.call("session_preflight", json!({ "step": "adjourn" }));
    assert_eq!(
        (&list["ready"], &list["checks"][0]["check"]),
        (&json!(false), &json!("decision_without_votes"))
    );
    let stopped = run.refused("adjourn_session", json!({}));
    assert_eq!((stopped.code, &stopped.details["decision_id"]), (Code::WrongState, &json!("d-1")));
    run.office.call("remove_decision", json!({ "decision_id": "d-1" }));
    run.adjourn_unresolved();
    run.prints(&["por una corrección: salió antes de votar."]);
    let minutes = run.minutes();
    let check = minutes["preflight"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["check"] == "vote_changed")
        .unwrap()
        .clone();
    assert_eq!(check["text"]["es"], "Las votaciones que cambiaron después de cerradas se contaron de nuevo.");
}

#[test]
fn whoever_voted_as_it_was_decided_does_not_dissent() {
    let run = Run::opened(10);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.votes_split("v-1", (8, 3));
    let dissent = |person: &str, adhered: &[&str]| {
        json!({ "item_id": item, "kind": "dissent", "person_id": person, "vote_id": "v-1",
            "adhered_person_ids": adhered, "text": "El costo no está probado." })
    };
    let against = MEMBERS[8].1;
    for (person, adhered, field) in
        [(CHAIR.1, vec![], "person_id"), (against, vec![CHAIR.1], "adhered_person_ids")]
    {
        let refused = run.office.refused("put_statement", dissent(person, &adhered));
        assert_eq!((refused.code, &refused.details["field"]), (Code::InvalidInput, &json!(field)));
    }
    run.office.call("put_statement", dissent(against, &[]));
}

#[test]
fn an_item_put_off_is_not_taken_up_again_without_saying_so() {
    let run = Run::opened(10);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.call("file_motion", json!({ "id": "m-1", "kind": "substantive", "text": "Aprobar la propuesta" }));
    let put_off = json!({ "kind": "item_postponed", "item_id": item });
    assert_eq!(run.refused("record_event", put_off).details["field"], "detail");
    let event = run.event("item_postponed", json!({ "item_id": item, "detail": "faltó el concepto" }));
    let again = json!({ "kind": "item_postponed", "item_id": item, "detail": "otra vez" });
    for (name, request) in [
        ("record_event", again),
        ("record_event", json!({ "kind": "item_start", "item_id": item })),
        ("open_vote", json!({ "motion_id": "m-1", "method": "ordinary" })),
    ] {
        let refused = run.refused(name, request);
        assert_eq!((refused.code, &refused.details["event_id"]), (Code::WrongState, &event["id"]), "{name}");
    }
    run.office.call("correct_event", json!({ "event_id": event["id"], "strike": "Se trató después." }));
    run.begin(&item);
    run.call("open_vote", json!({ "motion_id": "m-1", "method": "ordinary" }));
}

#[test]
fn the_term_for_dissents_of_a_session_of_several_days_counts_from_the_last() {
    let run = under(|rules| {
        rules.deadlines.statements = Some(Deadline { business_days: 3, from: DeadlineFrom::SessionDate });
    });
    run.open(10);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.event("session_suspended", json!({ "detail": "Continúa mañana" }));
    run.office.go_to("2025-04-01T09:00");
    run.event("session_resumed", json!({}));
    run.recall(10);
    run.begin(&item);
    run.votes_split("v-1", (8, 3));
    run.office.go_to("2025-04-01T10:00");
    run.adjourn_unresolved();
    let until = |office: &Office, day: &str| {
        let dissent = json!({ "item_id": item, "kind": "statement", "person_id": CHAIR.1, "text": "Consta.",
            "received_at": crate::office::instant(&format!("{day}T09:00")) });
        office.refused("put_statement", dissent).details["until"].clone()
    };
    run.office.go_to("2025-05-30T09:00");
    assert_eq!(until(&run.office, "2025-05-30"), "2025-04-04");
}
