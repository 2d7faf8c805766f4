//! Before a session is adjourned.

use serde_json::json;

use crate::codes::SessionMode;
use crate::course::{Course, Facts, ItemReach};
use crate::failure::{Code, Failure, Text};
use crate::ids::AgendaItemId;
use crate::{decision, live, recusal, text, vote};

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
    let contradicts = decision::without_votes(facts, course);
    let of_decision = contradicts.first().map_or(session, |decision| decision.item_id.as_str());
    asks.stop(
        About("decision_without_votes", None, ("item", of_decision)),
        text!("Lo decidido es lo que se votó.", "What was decided is what was voted."),
        contradicts.first().map_or(Ok(()), |decision| {
            let Text { es, en } = decision::named(decision);
            Err(Failure::new(
                Code::WrongState,
                text!(
                    "La votación de la que sale {es} no aprobó, y su texto no lo dice. Corríjalo, o retire la decisión.",
                    "The vote behind {en} did not approve, and its text does not say so. Correct it, or take the decision back."
                ),
            )
            .with(json!({ "decision_id": decision.id })))
        }),
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
        asks.reason(
            About(&check, None, (screen, id)),
            left.text.clone(),
            Some((left.text, left.printed)),
            None,
        );
    }
    asks.advise(
        About("items_treated", None, ("session", session)),
        text!("Se llegó a todos los puntos.", "Every item was reached."),
        left_pending(facts, course),
    );
    let (spoken, norm) = recusal::unwritten(facts);
    if let Some(one) = spoken.first() {
        let who = facts.frame.person(&one.person_id).map_or_else(String::new, |p| p.full_name.clone());
        let found = text!(
            "El impedimento de {who} no consta por escrito, como pide el reglamento: adjunte el escrito antes de adoptar el acta.",
            "The recusal of {who} is not on record in writing, as the rules ask: attach it before the minutes are adopted."
        );
        asks.advise(
            About("recusal_in_writing", norm, ("recusal", one.id.as_str())),
            found.clone(),
            Some(found),
        );
    }
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

/// The items that stay pending for the next agenda if the session ends now, by their numbers: those nobody got to, and
/// those that the lack of a quorum left undecided.
fn left_pending(facts: &Facts, course: &Course) -> Option<Text> {
    let pending = |untreated: bool| {
        let left = course.items.iter().filter(|i| i.left_pending);
        left.filter(|i| (i.reach == ItemReach::Unreached) == untreated)
            .map(|i| i.item_id.clone())
            .collect::<Vec<_>>()
    };
    let (untreated, undecided) = (pending(true), pending(false));
    let told = |items: &[AgendaItemId], es: &str, en: &str| {
        let (numbers, numbers_en) = (facts.numbers_of(items), facts.numbers_of_in_english(items));
        let said =
            (!items.is_empty()).then(|| (format!("{es}: {numbers}. "), format!("{en}: {numbers_en}. ")));
        said.unwrap_or_default()
    };
    let (untreated_es, untreated_en) = told(&untreated, "Sin tratar", "Not reached");
    let (undecided_es, undecided_en) =
        told(&undecided, "Sin decidir por falta de quórum", "Undecided for lack of quorum");
    let stay_es = match untreated.len() + undecided.len() {
        0 => return None,
        1 => "Queda pendiente",
        _ => "Quedan pendientes",
    };
    Some(text!(
        "{untreated_es}{undecided_es}{stay_es} para el próximo orden del día.",
        "{untreated_en}{undecided_en}What is pending goes to the next agenda."
    ))
}

/// What the session would leave unresolved if it ended now, or left so when it ended, with the name of its check.
pub(crate) fn left_unresolved(facts: &Facts, course: &Course) -> Vec<(String, vote::Unresolved)> {
    let all = vote::unresolved(facts, course).into_iter().chain(live::unresumed(facts, course));
    all.map(|left| (format!("unresolved:{}:{}", left.kind, left.id), left)).collect()
}
