//! Before a motion is put to the vote.

use chrono::{DateTime, Utc};

use crate::codes::{MotionKind, MotionStatus, RecusalOutcome, VoteMethod};
use crate::course::{Course, Facts};
use crate::failure::{Code, Failure, Result};
use crate::ids::{AgendaItemId, MotionId};
use crate::minutes::sentences::{quoted, uncapitalized};
use crate::rules::{Tally, VoteInput, VoteResult, taken};
use crate::vote::Motion;
use crate::{live, recusal, text, vote};

use super::{About, Asked, Asks, Step};

/// How something would be put to the vote.
pub(crate) struct Way<'a> {
    /// The motion, where there is one.
    pub motion: Option<&'a Motion>,
    /// Its item.
    pub item: &'a AgendaItemId,
    /// What is voted, in its words.
    pub what: &'a str,
    /// The rule that would settle it.
    pub rule_id: &'a str,
    /// How the vote would be taken; nothing while nobody chose.
    pub method: Option<VoteMethod>,
}

impl Way<'_> {
    /// What its checks are about: the motion, or the item of a question without one.
    pub(crate) fn about(&self) -> &str {
        self.motion.map_or(self.item.as_str(), |motion| motion.id.as_str())
    }
}

/// What the way chosen to vote asks: the majority that the matter asks for, and the consensus that its rule seeks first.
pub(crate) fn asks_of_way(facts: &Facts, course: &Course, way: &Way<'_>) -> Vec<Asked> {
    let mut asks = Asks::default();
    ask_way(&mut asks, facts, course, way);
    asks.0
}

/// What the way chosen to vote asks of a vote that follows another on the same matter: its majority was asked about then,
/// and how it is taken is asked again where it was not gone past.
pub(crate) fn asks_again_of_way(facts: &Facts, course: &Course, way: &Way<'_>) -> Vec<Asked> {
    let mut asks = Asks::default();
    ask_method(&mut asks, facts, course, way);
    asks.0
        .retain(|one| !facts.session.overrides.iter().any(|o| o.step == Step::Vote && o.check == one.check));
    asks.0
}

/// Whether a session by virtual means votes as its rules say. Seeking the consensus that a rule puts first is no vote yet.
fn ask_method(asks: &mut Asks, facts: &Facts, course: &Course, way: &Way<'_>) {
    let rules = course.rules_now(&facts.frame);
    let Some((fixed, article)) = rules.vote_method_in(facts.session.mode) else { return };
    let norm = rules.source(article).map(|source| source.citation);
    let told = norm.as_ref().map_or_else(String::new, |norm| format!(" ({norm})"));
    let sought = rules.rule(way.rule_id).is_some_and(|rule| rule.consensus_first);
    let as_ruled = |method| method == fixed || method == VoteMethod::Consensus && sought;
    let id = way.about();
    let another = way.method.filter(|method| !as_ruled(*method)).map(|method| {
        let (how, how_en) = taken(fixed);
        let (chosen, chosen_en) = taken(method);
        let what = quoted(way.what);
        let text = text!(
            "En las sesiones virtuales se vota {how}{told}. Se eligió votar {chosen}.",
            "In virtual sessions votes are taken {how_en}{told}. The way chosen is {chosen_en}."
        );
        (text, format!("La moción {what} se votó {chosen}; en las sesiones virtuales se vota {how}{told}"))
    });
    let check = if another.is_some() { format!("method:{id}") } else { "method".to_owned() };
    asks.reason(
        About(&check, norm, (if way.motion.is_some() { "motion" } else { "item" }, id)),
        text!("Se vota como pide el reglamento.", "The vote is taken as the rules ask."),
        another,
        None,
    );
}

fn ask_way(asks: &mut Asks, facts: &Facts, course: &Course, way: &Way<'_>) {
    let rules = course.rules_now(&facts.frame);
    let about_recusal = way.motion.is_some_and(|m| m.kind == MotionKind::Recusal);
    let due = vote::rule_of_matter(facts, way.item, about_recusal);
    let (Some(chosen), Some(due)) = (rules.rule(way.rule_id), rules.rule(&due)) else { return };
    let id = way.about();
    let place = (if way.motion.is_some() { "motion" } else { "item" }, id);
    let norm = |article: Option<&str>| rules.source(article).map(|source| source.citation);
    let cited = |norm: &Option<String>| norm.as_ref().map_or_else(String::new, |n| format!(" ({n})"));
    let what = quoted(way.what);
    let (words, words_due) = (chosen.text(), due.text());
    let of_due = norm(due.article.as_deref());
    let (es, en, es_due, en_due) = (&chosen.name, &words.en, &words_due.es, &words_due.en);
    let told = cited(&of_due);
    let another = (chosen.id != due.id).then(|| {
        let (majority, asked) = (uncapitalized(&words.es), uncapitalized(&words_due.es));
        let text = text!(
            "El asunto pide otra mayoría: {es_due}{told}. Se eligió «{es}».",
            "The matter asks for another majority: {en_due}{told}. The one chosen is: {en}."
        );
        (text, format!("La moción {what} se votó por {majority}; el asunto pedía {asked}{told}"))
    });
    let name = |check: &str, failed: bool| if failed { format!("{check}:{id}") } else { check.to_owned() };
    asks.reason(
        About(&name("majority", another.is_some()), of_due, place),
        text!(
            "Se vota por la mayoría que pide el asunto.",
            "The majority is the one that the matter asks for."
        ),
        another,
        None,
    );
    if chosen.consensus_first {
        let of_chosen = norm(chosen.article.as_deref());
        let told = cited(&of_chosen);
        let passed_by = way.method.is_some_and(|method| method != VoteMethod::Consensus).then(|| {
            let text = text!(
                "La regla busca antes el consenso{told}: la mayoría decide en su defecto, y no se ha buscado.",
                "The rule seeks consensus first{told}: a majority decides failing it, and it has not been sought."
            );
            (text, format!("La moción {what} se votó por mayoría sin haber buscado antes el consenso{told}"))
        });
        asks.reason(
            About(&name("consensus", passed_by.is_some()), of_chosen, place),
            text!("Antes de la mayoría se busca el consenso.", "Consensus is sought before the majority."),
            passed_by,
            None,
        );
    }
    ask_method(asks, facts, course, way);
    let recused = recusal::recused_of(facts, course, way.item);
    let input = vote::before_voting(facts, course, &recused);
    let everyone = input.present.saturating_sub(input.recused);
    let votes = Tally { in_favor: everyone, ..Tally::default() };
    let at_most = rules.decide(chosen, &VoteInput { votes, ..input }).count;
    // Without a quorum nothing is counted, and that is said by itself.
    let Some(required) = at_most.required else { return };
    asks.advise(
        About("within_reach", norm(chosen.article.as_deref()), place),
        text!(
            "Con quienes están se alcanza la mayoría.",
            "With those present the majority is within reach."
        ),
        (at_most.result != VoteResult::Approved).then(|| {
            text!(
                "Pueden votar {everyone} y se requieren {required} votos a favor: la moción no alcanzaría la mayoría.",
                "There are {everyone} who may vote and {required} votes in favour are required: the motion would not reach the majority."
            )
        }),
    );
}

/// What putting a motion to the vote asks, by the rule and in the way chosen: the rule of its matter when none is.
///
/// # Errors
/// `not_found` when the session has no such motion.
pub(crate) fn asks(
    facts: &Facts,
    course: &Course,
    motion: &MotionId,
    (chosen, method): (Option<&str>, Option<VoteMethod>),
) -> Result<Vec<Asked>> {
    let Some(motion) = facts.motions.iter().find(|m| m.id == *motion) else {
        return Err(Failure::not_found("motion", motion.as_str()));
    };
    let (session, item) = (facts.session.id.as_str(), &motion.item_id);
    let rules = course.rules_now(&facts.frame);
    let of_matter = vote::rule_of_matter(facts, item, motion.kind == MotionKind::Recusal);
    let rule_id = chosen.unwrap_or(&of_matter);
    let rule = rules.rule(rule_id);
    let cited = |article: Option<&str>| rules.source(article).map(|source| source.citation);
    let norm = rule.and_then(|rule| cited(rule.article.as_deref()));
    let forbidden = |why| Failure::new(Code::RuleForbids, why);
    let mut asks = Asks::default();
    for (check, why) in live::obstacles_to_vote(facts, course) {
        let of_quorum = course.quorum.source.as_ref().filter(|_| check == "quorum");
        let norm = of_quorum.map(|source| source.citation.clone());
        let place = match check {
            "pause" => ("resume", session),
            "presides" => ("presiding", session),
            _ => ("session", session),
        };
        let passed = match check {
            "under_way" => text!("La sesión está en curso.", "The session is under way."),
            "pause" => text!("No hay receso.", "There is no recess."),
            "presides" => text!("Alguien preside.", "Somebody presides."),
            _ => course.quorum.explanation.clone(),
        };
        // Of a session that is over, what the act says first.
        let over = if check == "under_way" { live::refuse_over(course) } else { Ok(()) };
        asks.stop(About(check, norm, place), passed, over.and(why.map(forbidden).map_or(Ok(()), Err)));
    }
    asks.stop(
        About("open_vote", None, ("vote", course.open_vote_id.as_ref().map_or(session, |id| id.as_str()))),
        text!("Ninguna otra votación está abierta.", "No other vote is open."),
        live::refuse_open_vote(course),
    );
    let of_motion = ("motion", motion.id.as_str());
    asks.stop(
        About("filed", None, of_motion),
        text!("La moción está por resolver.", "The motion has not been settled."),
        match motion.status {
            MotionStatus::Filed => Ok(()),
            _ => Err(vote::settled_already(motion)),
        },
    );
    if motion.status == MotionStatus::Filed {
        asks.stop(
            About("amendments", None, of_motion),
            text!("Ninguna modificación espera antes.", "No amendment comes before it."),
            vote::refuse_amended(facts, motion),
        );
        asks.stop(
            About("reworded", None, of_motion),
            text!(
                "La moción recoge las modificaciones aprobadas.",
                "The motion has the amendments that were approved."
            ),
            vote::refuse_unworded(facts, motion),
        );
    }
    if !motion.block_item_ids.is_empty() {
        asks.stop(
            About("block", None, of_motion),
            text!("Una sola regla decide todo el bloque.", "One rule decides the whole block."),
            vote::refuse_mixed_block(facts, motion),
        );
    }
    if motion.kind == MotionKind::AgendaAddition {
        asks.stop(
            About("addition", cited(rules.sessions.article.as_deref()), of_motion),
            text!("El orden del día admite adiciones.", "The agenda takes additions."),
            vote::closed_to_additions(facts, motion).map(forbidden).map_or(Ok(()), Err),
        );
    }
    if motion.kind != MotionKind::Recusal {
        let pending =
            facts.recusals.iter().find(|r| r.item_id == *item && r.outcome == RecusalOutcome::Pending);
        asks.stop(
            About("recusal", None, ("recusal", pending.map_or(session, |r| r.id.as_str()))),
            text!("No hay impedimentos por decidir en el punto.", "No recusal of the item is undecided."),
            recusal::refuse_undecided(facts, item),
        );
    }
    if !matches!(motion.kind, MotionKind::Recusal | MotionKind::Reopening) {
        asks.stop(
            About("postponed", None, ("item", item.as_str())),
            text!("El punto no está aplazado.", "The item is not postponed."),
            live::refuse_postponed(facts, Some(item), DateTime::<Utc>::MAX_UTC),
        );
    }
    let recused = recusal::recused_of(facts, course, item);
    let without = rule.and_then(|rule| vote::no_quorum_by(facts, course, &recused, rule));
    // Of the item under way, what stands in the way of any vote has said it already.
    let said =
        live::obstacles_to_vote(facts, course).iter().any(|(check, why)| *check == "quorum" && why.is_some());
    let own_quorum = rule.is_some_and(|rule| rules.quorum_of_vote(rule, facts.frame.voting_seats()).1);
    if recused.is_empty() && own_quorum && !said {
        asks.stop(
            About("quorum_of_matter", norm, ("session", session)),
            text!("Hay el quórum que pide el asunto.", "There is the quorum that the matter asks for."),
            without.map(forbidden).map_or(Ok(()), Err),
        );
    } else if !recused.is_empty() && !said {
        asks.stop(
            About("quorum_without", norm, ("item", item.as_str())),
            text!("Sin los puestos impedidos hay quórum.", "Without the recused seats there is a quorum."),
            without.map(forbidden).map_or(Ok(()), Err),
        );
    }
    ask_way(
        &mut asks,
        facts,
        course,
        &Way { motion: Some(motion), item, what: &motion.text, rule_id, method },
    );
    if course.current_item_id.as_ref() != Some(item) {
        let number = facts.numbers_of(std::slice::from_ref(item));
        asks.advise(
            About("item_under_way", None, ("item", item.as_str())),
            text!("El punto está en curso.", "The item is under way."),
            Some(text!(
                "La moción es del {number}, que no está en curso: la votación constará en ese punto.",
                "The motion is of {number}, which is not under way: the vote will be on record under it."
            )),
        );
    }
    Ok(asks.0)
}
