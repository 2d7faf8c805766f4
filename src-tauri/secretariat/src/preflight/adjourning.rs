//! Before a session is adjourned.

use crate::codes::SessionMode;
use crate::course::{Course, Facts, ItemReach};
use crate::{live, spanish, text, vote};

use super::{About, Asked, Asks};

/// What adjourning a session asks; `informative` when it would be closed as held without a quorum, to inform only.
pub(crate) fn asks(facts: &Facts, course: &Course, informative: bool) -> Vec<Asked> {
    let session = facts.session.id.as_str();
    let rules = &facts.frame.rule_set;
    let mut asks = Asks::default();
    asks.stop(
        About("under_way", None, ("session", session)),
        text!("La sesión está en curso.", "The session is under way."),
        live::refuse_over(course),
    );
    asks.stop(
        About("open_vote", None, ("vote", course.open_vote_id.as_ref().map_or(session, |id| id.as_str()))),
        text!("Ninguna votación está abierta.", "No vote is open."),
        live::refuse_open_vote(course),
    );
    if facts.session.mode == SessionMode::Written {
        asks.stop(
            About("replies", None, ("replies", session)),
            text!("Las respuestas se cerraron.", "The replies were closed."),
            live::refuse_open_term(course),
        );
    }
    let quorum = rules.source(rules.quorum.article.as_deref()).map(|source| source.citation);
    asks.stop(
        About("quorum_on_record", quorum, ("session", session)),
        text!("Consta si hubo quórum.", "It is on record whether there was a quorum."),
        live::refuse_untold_quorum(facts, course, informative),
    );
    let unresolved = left_unresolved(facts, course);
    if unresolved.is_empty() {
        let nothing = text!("No queda nada por resolver.", "Nothing is left unresolved.");
        asks.reason(About("unresolved", None, ("session", session)), nothing, None, None);
    }
    for (check, left) in unresolved {
        let screen = match left.kind.as_str() {
            "motion" => "motion",
            "recusal" => "recusal",
            "pause" => "resume",
            _ => "vote",
        };
        let id = if screen == "resume" { session } else { &left.id };
        let printed = left.text.es.trim_end_matches('.').to_owned();
        asks.reason(About(&check, None, (screen, id)), left.text.clone(), Some((left.text, printed)), None);
    }
    let pending = facts.items.iter().filter(|item| course.reach(&item.id) == ItemReach::Unreached).count();
    let points = spanish::AGENDA_ITEM.count_in_figures(pending as u64);
    asks.advise(
        About("items_treated", None, ("session", session)),
        text!("Se llegó a todos los puntos.", "Every item was reached."),
        (pending > 0).then(|| {
            text!(
                "Sin tratar: {points}. Quedan pendientes para el próximo orden del día.",
                "Not reached: {pending} items. They stay pending for the next agenda."
            )
        }),
    );
    let unwritten = vote::unwritten(facts, course);
    let of_vote = unwritten.first().map_or(session, |vote| vote.id.as_str());
    let count = unwritten.len();
    asks.advise(
        About("decisions_written", None, ("vote", of_vote)),
        text!("Lo decidido está escrito.", "What was decided is written down."),
        (count > 0).then(|| {
            text!(
                "Votaciones que aprobaron y cuya decisión no está escrita: {count}.",
                "Votes that approved and whose decision is not written down: {count}."
            )
        }),
    );
    asks.0
}

/// What the session would leave unresolved if it ended now, or left so when it ended, with the name of its check.
pub(crate) fn left_unresolved(facts: &Facts, course: &Course) -> Vec<(String, vote::Unresolved)> {
    let all = vote::unresolved(facts, course).into_iter().chain(live::unresumed(facts, course));
    all.map(|left| (format!("unresolved:{}:{}", left.kind, left.id), left)).collect()
}
