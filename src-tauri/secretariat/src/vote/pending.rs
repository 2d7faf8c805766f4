//! What a closed vote still calls for: a majority after a consensus, a second round, a decision to write.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{MotionKind, MotionStatus, RecusalOutcome, VoteStatus};
use crate::course::{Course, Facts};
use crate::decision::Decision;
use crate::failure::Text;
use crate::minutes::sentences::quoted;
use crate::rules::VoteResult;
use crate::text;

use super::{Motion, Vote};

/// Whether consensus was sought in a vote, not reached, and no other vote followed it.
pub(super) fn unfollowed_consensus(facts: &Facts, vote: &Vote) -> bool {
    vote.status == VoteStatus::Closed
        && vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::NoConsensus)
        && facts
            .motions
            .iter()
            .all(|m| Some(&m.id) != vote.motion_id.as_ref() || m.status == MotionStatus::Filed)
        && !followed(facts, vote)
}

/// Whether the rules call for the majority vote that follows a consensus not reached, and it was not taken yet.
pub(super) fn majority_due(facts: &Facts, vote: &Vote) -> bool {
    let rules = &facts.frame.rule_set;
    let backed = rules.rule(&vote.rule_id).and_then(|rule| rules.majority_after_consensus(rule)).is_some();
    backed && unfollowed_consensus(facts, vote)
}

/// Whether another vote, not annulled, repeats a vote or follows it.
pub(super) fn followed(facts: &Facts, vote: &Vote) -> bool {
    let after = |v: &Vote| v.previous_vote_id.as_ref() == Some(&vote.id) && v.status != VoteStatus::Annulled;
    facts.votes.iter().any(after)
}

/// Whether the rules call for a second round of a vote that was not taken yet.
pub(crate) fn second_round_due(facts: &Facts, vote: &Vote) -> bool {
    let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
    vote.status == VoteStatus::Closed
        && vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::SecondRound)
        && motion.is_none_or(|m| m.status == MotionStatus::Filed)
        && !followed(facts, vote)
}

/// Something that a session would leave unresolved if it ended now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Unresolved {
    /// `casting_vote`, `second_round`, `majority`, `motion`, `recusal` or `pause`.
    pub kind: String,
    /// Id of the vote, the motion, the recusal or the event that began the pause.
    pub id: String,
    /// In words.
    pub text: Text,
    /// As the minutes print it, when the session ends with it.
    pub printed: String,
}

/// What a session would leave unresolved: ties that wait for the casting vote or a second round, motions that nobody
/// settled, recusals that nobody decided.
pub(crate) fn unresolved(facts: &Facts, course: &Course) -> Vec<Unresolved> {
    let mut found = Vec::new();
    let mut find = |kind: &str, id: &str, text: Text, printed: String| {
        found.push(Unresolved { kind: kind.to_owned(), id: id.to_owned(), text, printed });
    };
    let mut told = Vec::new();
    for vote in facts.votes.iter().filter(|v| v.status == VoteStatus::Closed) {
        let (question, voted) = (&vote.question, quoted(facts.put_in_words(vote)));
        if course.vote(&vote.id).is_some_and(|v| v.awaits_casting_vote) {
            told.extend(&vote.motion_id);
            find(
                "casting_vote",
                vote.id.as_str(),
                text!(
                    "La votación «{question}» quedó empatada y espera el voto dirimente.",
                    "The vote “{question}” is tied and waits for the casting vote."
                ),
                format!("La votación de {voted} quedó empatada y no se ejerció el voto dirimente"),
            );
        } else if second_round_due(facts, vote) {
            told.extend(&vote.motion_id);
            find(
                "second_round",
                vote.id.as_str(),
                text!(
                    "La votación «{question}» quedó empatada y falta la segunda vuelta.",
                    "The vote “{question}” is tied and its second round is missing."
                ),
                format!("La votación de {voted} quedó empatada y no se hizo la segunda vuelta"),
            );
        } else if majority_due(facts, vote) {
            told.extend(&vote.motion_id);
            find(
                "majority",
                vote.id.as_str(),
                text!(
                    "No hubo consenso en «{question}» y falta la votación por mayoría.",
                    "There was no consensus on “{question}” and the majority vote is missing."
                ),
                format!("No hubo consenso en {voted} y no se hizo la votación por mayoría"),
            );
        } else if course.vote(&vote.id).is_some_and(|v| v.lacked_quorum() || v.lacked_consensus()) {
            // It was put to the vote; that nothing was decided is told with the vote.
            told.extend(&vote.motion_id);
        }
    }
    // Where the session was not held for lack of quorum, that is why nothing was voted.
    let untold = |m: &&Motion| {
        m.status == MotionStatus::Filed && !told.contains(&&m.id) && course.no_quorum_at.is_none()
    };
    for motion in facts.motions.iter().filter(untold) {
        let (words, moved) = (&motion.text, quoted(&motion.text));
        find(
            "motion",
            motion.id.as_str(),
            text!(
                "La moción «{words}» no se votó, ni se negó de plano, ni se retiró.",
                "The motion “{words}” was neither voted, nor dismissed, nor withdrawn."
            ),
            format!("La moción {moved} no se votó, ni se negó de plano, ni se retiró"),
        );
    }
    for recusal in facts.recusals.iter().filter(|r| r.outcome == RecusalOutcome::Pending) {
        let who = facts.frame.person(&recusal.person_id).map_or_else(String::new, |p| p.full_name.clone());
        find(
            "recusal",
            recusal.id.as_str(),
            text!(
                "El impedimento de {who} sigue por decidir; el punto está suspendido.",
                "The recusal of {who} is undecided; the item is suspended."
            ),
            format!("El impedimento de {who} quedó por decidir y el punto, suspendido"),
        );
    }
    found
}

/// The votes that approved a motion while nobody has written, under its matter, what it decided.
pub(crate) fn unwritten<'a>(facts: &'a Facts, course: &Course) -> Vec<&'a Vote> {
    let approved = |vote: &Vote| {
        let counted = course.vote(&vote.id).and_then(|counted| counted.verdict.as_ref());
        let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        vote.status == VoteStatus::Closed
            && counted.is_some_and(|verdict| verdict.count.result == VoteResult::Approved)
            && motion.is_some_and(|m| m.status == MotionStatus::Approved && m.kind != MotionKind::Reopening)
    };
    let written = |vote: &Vote| {
        let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        let block = motion.map_or(&[][..], |m| &m.block_item_ids);
        // Each item of a block has a decision of its own, of the same vote.
        std::iter::once(&vote.item_id).chain(block).all(|item| {
            let of_it =
                |d: &Decision| d.vote_id.as_ref() == Some(&vote.id) && facts.same_matter(&d.item_id, item);
            facts.decisions.iter().any(of_it)
        })
    };
    let stands = |vote: &Vote| approved(vote) && !facts.reopened(vote);
    facts.votes.iter().filter(|vote| stands(vote) && !written(vote)).collect()
}
