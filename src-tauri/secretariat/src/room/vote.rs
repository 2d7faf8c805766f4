//! The vote as everybody in the room sees it: what is voted, how and by which rule while it is open, and what it came to
//! once it is closed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{BallotValue, MotionKind, VoteMethod, VoteStatus};
use crate::course::{Course, Facts, VoteCourse};
use crate::failure::Text;
use crate::ids::{AgendaItemId, MotionId};
use crate::rules::VoteResult;
use crate::text;
use crate::vote::{self, Ballot, Motion, Vote};

/// The totals of a closed vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomTally {
    /// In favour.
    #[serde(rename = "for")]
    pub in_favour: i64,
    /// Against.
    pub against: i64,
    /// Abstaining.
    pub abstain: i64,
    /// Who could and did not; `null` of a secret vote, of which the totals alone are told.
    pub not_voted: Option<i64>,
}

/// What a closed vote came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomOutcome {
    /// What it leads to.
    pub result: VoteResult,
    /// Its totals; `null` of a consensus, of which the objections alone are counted.
    pub tally: Option<RoomTally>,
    /// How many objected to a consensus; `null` of any other vote.
    #[ts(type = "number | null")]
    pub objections: Option<u64>,
    /// Votes in favour that the rule asked for.
    #[ts(type = "number | null")]
    pub required: Option<u64>,
    /// The arithmetic in a sentence, with its norm. Of a tie that waits for the chair it tells no more than the tie.
    pub sentence: Text,
    /// What is still to come of it: the casting vote, the second round; `null` when nothing is.
    pub to_come: Option<Text>,
}

/// How far a vote is. While it is open there is nothing to count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum RoomStage {
    /// It is open.
    Open {
        /// What the rule asks for, with the seats of the moment and its norm; `null` when the rule is not in the rule set.
        asks: Option<Text>,
    },
    /// It was closed.
    Closed {
        /// What it came to.
        outcome: RoomOutcome,
    },
}

/// The vote that is open, or the last one closed in the item being dealt with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RoomVote {
    /// The number of the item it is taken under; `null` where that is the one being dealt with.
    pub item: Option<String>,
    /// Which motion of its item it is, in the order in which they were put; `null` of a vote without one.
    #[ts(type = "number | null")]
    pub number: Option<u64>,
    /// Its kind; `null` of a vote without a motion.
    pub kind: Option<MotionKind>,
    /// Its text, as put to the vote; of a vote without a motion, the question. `null` of a motion on a recusal: its words
    /// may tell the ground.
    pub text: Option<String>,
    /// The number of the motion of its item that it would change.
    #[ts(type = "number | null")]
    pub amends: Option<u64>,
    /// The numbers of the other items that it settles.
    pub block: Vec<String>,
    /// How it is taken.
    pub method: VoteMethod,
    /// 1, or 2 for a second round.
    pub round: i64,
    /// How far it is.
    #[serde(flatten)]
    pub stage: RoomStage,
}

/// The vote put to the body, if there is one to see; `numbers` are those of the items as printed.
pub(super) fn put_to_vote(facts: &Facts, course: &Course, numbers: &[String]) -> Option<RoomVote> {
    found(facts, course).map(|vote| shown(facts, course, numbers, vote))
}

/// The vote that is open; else the last one closed in the item being dealt with. Those annulled are not told.
fn found<'a>(facts: &'a Facts, course: &Course) -> Option<&'a Vote> {
    let open = facts.votes.iter().find(|v| v.status == VoteStatus::Open);
    let in_item =
        |v: &&Vote| v.status == VoteStatus::Closed && Some(&v.item_id) == course.current_item_id.as_ref();
    open.or_else(|| facts.votes.iter().rev().find(in_item))
}

fn shown(facts: &Facts, course: &Course, numbers: &[String], vote: &Vote) -> RoomVote {
    let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
    let printed = |id: &AgendaItemId| {
        let n = facts.items.iter().position(|i| i.id == *id)?;
        numbers.get(n).cloned()
    };
    let stage = match course.vote(&vote.id).filter(|_| vote.status == VoteStatus::Closed) {
        Some(counted) => RoomStage::Closed { outcome: outcome(facts, vote, counted) },
        None => RoomStage::Open { asks: asks(facts, course, vote) },
    };
    RoomVote {
        item: printed(&vote.item_id).filter(|_| Some(&vote.item_id) != course.current_item_id.as_ref()),
        number: motion.and_then(|m| number_of(facts, &m.id)),
        kind: motion.map(|m| m.kind),
        text: match motion {
            Some(motion) if motion.kind == MotionKind::Recusal => None,
            Some(motion) => Some(motion.text.clone()),
            None => Some(vote.question.clone()),
        },
        amends: motion.and_then(|m| m.amends_motion_id.as_ref()).and_then(|id| number_of(facts, id)),
        block: motion.map(|m| m.block_item_ids.iter().filter_map(printed).collect()).unwrap_or_default(),
        method: vote.method,
        round: vote.round,
        stage,
    }
}

/// Which motion of its item it is, in the order in which they were put.
fn number_of(facts: &Facts, id: &MotionId) -> Option<u64> {
    let motion = facts.motions.iter().find(|m| m.id == *id)?;
    let of_item = |m: &&Motion| m.item_id == motion.item_id;
    let before = facts.motions.iter().filter(of_item).position(|m| m.id == *id)?;
    Some(before as u64 + 1)
}

/// What the rule asks of a vote with the seats of the moment: nothing of it comes from the ballots.
fn asks(facts: &Facts, course: &Course, vote: &Vote) -> Option<Text> {
    let rules = course.rules_now(&facts.frame);
    let rule = rules.rule(&vote.rule_id)?;
    Some(rules.asks(rule, &vote::before_voting(facts, course, &vote.recused_seat_ids)))
}

fn outcome(facts: &Facts, vote: &Vote, counted: &VoteCourse) -> RoomOutcome {
    let consensus = vote.method == VoteMethod::Consensus;
    let objected = |b: &&Ballot| b.vote_id == vote.id && b.value == BallotValue::Against;
    let objections = facts.ballots.iter().filter(objected).count() as u64;
    let (in_favour, against, abstain) = (counted.in_favour, counted.against, counted.abstain);
    let seats = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let not_voted = match vote.method {
        VoteMethod::Secret => None,
        VoteMethod::ShowOfHands => {
            Some((seats(counted.entitled.len()) - in_favour - against - abstain).max(0))
        }
        _ => Some(seats(counted.not_voted.len())),
    };
    let sentence = match &counted.verdict {
        Some(verdict) if counted.awaits_casting_vote => {
            let (es, en) = (&verdict.rule.es, &verdict.rule.en);
            let cited = verdict.source.as_ref().map_or_else(String::new, |s| format!(" ({})", s.citation));
            text!("{es}{cited}: empate {in_favour} a {against}", "{en}{cited}: tie {in_favour} to {against}")
        }
        Some(verdict) => verdict.explanation.clone(),
        None => vote::came_to(vote, counted),
    };
    let to_come = if counted.awaits_casting_vote {
        Some(text!(
            "Hay empate: falta el voto dirimente de la presidencia.",
            "There is a tie: the chair's casting vote is to come."
        ))
    } else if vote::second_round_due(facts, vote) {
        Some(text!("Hay empate: falta la segunda vuelta.", "There is a tie: the second round is to come."))
    } else {
        None
    };
    RoomOutcome {
        result: counted.verdict.as_ref().map_or(VoteResult::Invalid, |v| v.count.result),
        tally: (!consensus).then_some(RoomTally { in_favour, against, abstain, not_voted }),
        objections: consensus.then_some(objections),
        required: counted.verdict.as_ref().and_then(|v| v.count.required),
        sentence,
        to_come,
    }
}
