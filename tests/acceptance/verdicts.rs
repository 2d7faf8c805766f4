//! What a vote asks: its quorum, its majority, the consensus before it, the text that is voted. On the commission of the
//! demonstration: sixteen seats vote, nine are a quorum.

use secretariat::Code;
use secretariat::api::Op;
use secretariat::body::StoredRuleSet;
use secretariat::rules::{Base, QuorumRule, RuleSet, Threshold};
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, Office};

/// A session convened under rules that were changed before it.
fn under(change: impl Fn(&mut RuleSet)) -> Run {
    let run = Run::convened();
    change_rules(&run.office, change);
    run
}

fn change_rules(office: &Office, change: impl Fn(&mut RuleSet)) {
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
    fn divided(&self, id: &str, (in_favour, against): (usize, usize)) -> Value {
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
    assert_eq!(run.divided("v-1", (7, 3))["vote"]["verdict"]["result"], "approved");
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
    assert_eq!(run.divided("v-1", (9, 2))["vote"]["verdict"]["required"], 9);
    run.prints(&["Se requerían nueve (9) votos a favor de dieciséis (16) integrantes"]);
    run.never_prints("once (11) votos emitidos");
}
