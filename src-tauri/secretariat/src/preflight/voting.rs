//! Before a motion is put to the vote.

use crate::codes::{MotionKind, MotionStatus, RecusalOutcome};
use crate::course::{Course, Facts};
use crate::failure::{Code, Failure, Result};
use crate::ids::MotionId;
use crate::{live, recusal, text, vote};

use super::{About, Asked, Asks};

/// What putting a motion to the vote asks, by the rule of its matter.
///
/// # Errors
/// `not_found` when the session has no such motion.
pub(crate) fn asks(facts: &Facts, course: &Course, motion: &MotionId) -> Result<Vec<Asked>> {
    let Some(motion) = facts.motions.iter().find(|m| m.id == *motion) else {
        return Err(Failure::not_found("motion", motion.as_str()));
    };
    let (session, item) = (facts.session.id.as_str(), &motion.item_id);
    let rules = course.rules_now(&facts.frame);
    let rule_id = vote::rule_of_matter(facts, item, motion.kind == MotionKind::Recusal);
    let rule = rules.rule(&rule_id);
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
