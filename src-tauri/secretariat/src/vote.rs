//! Motions, votes and ballots; what is done with each is in the modules below.

mod ballots;
mod closing;
mod list;
mod motion;
mod opening;
mod pending;

pub use ballots::{
    CastBallot, ChangeBallot, ExplainBallot, RecordObjection, SetCount, cast_ballot, change_ballot,
    explain_ballot, record_objection, set_count,
};
pub use closing::{
    AnnulVote, CastCastingVote, CloseVote, RecordSecretVote, annul_vote, cast_casting_vote, close_vote,
    record_secret_vote,
};
pub(crate) use closing::{came_to, close_at, counted_again, recount};
pub(crate) use list::{BallotLine, VoteLine, of_session};
pub use motion::{
    EditMotion, FileMotion, MotionRules, RuleAsked, SettleMotion, TakeOutOfBlock, edit_motion, file_motion,
    settle_motion, take_out_of_block,
};
pub(crate) use motion::{
    closed_to_additions, motions_rules, refuse_amended, refuse_mixed_block, refuse_unworded, rule_of_matter,
    settled_already, under, worded,
};
pub(crate) use opening::{Asked, before_voting, no_quorum_by, no_secret, put_to_vote, quorum_without};
pub use opening::{OpenVote, open_vote};
pub use pending::Unresolved;
pub(crate) use pending::{second_round_due, unresolved, unwritten};

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{BallotValue, MotionKind, MotionStatus, VoteMethod, VoteStatus};
use crate::course::VoteCourse;
use crate::failure::{Code, Failure, Result};
use crate::ids::{
    AgendaItemId, BallotId, DelegationId, MotionId, PersonId, RecusalId, SeatId, SessionId, VoteId,
};
use crate::journal::Read;
use crate::rules::VoteVerdict;
use crate::{course, record, text};

use pending::majority_due;

/// A motion (proposición) put to the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Motion {
    /// Its id.
    pub id: MotionId,
    /// The session.
    pub session_id: SessionId,
    /// The item it was put under.
    pub item_id: AgendaItemId,
    /// Its kind.
    pub kind: MotionKind,
    /// Its text, as voted.
    pub text: String,
    /// Who moved it.
    pub mover_person_id: Option<PersonId>,
    /// When it was put.
    pub filed_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub status: MotionStatus,
    /// The vote that settled it.
    pub vote_id: Option<VoteId>,
    /// The motion that this one, an amendment, would change: it is voted after it.
    pub amends_motion_id: Option<MotionId>,
    /// The closed vote whose matter this motion would reopen.
    pub reopens_vote_id: Option<VoteId>,
    /// The recusal that it would settle, where its kind is that.
    pub recusal_id: Option<RecusalId>,
    /// The other items that one vote settles together with its own; empty where it is of its item alone.
    pub block_item_ids: Vec<AgendaItemId>,
    /// Items taken out of the block on request, each to be voted apart.
    pub taken_out: Vec<TakenOut>,
    /// Its changes of text since it was put, oldest first.
    pub rewordings: Vec<Rewording>,
    /// Remark.
    pub note: Option<String>,
}
record!(Motion, "motion");

/// A change of the text of a motion that was put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Rewording {
    /// The text until then.
    pub was: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, where it is no approved amendment.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Motion {
    /// Its text at an instant.
    #[must_use]
    pub fn text_at(&self, at: DateTime<Utc>) -> &str {
        self.rewordings.iter().find(|change| change.at > at).map_or(&self.text, |change| &change.was)
    }
}

/// An item taken out of a block vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TakenOut {
    /// The item.
    pub item_id: AgendaItemId,
    /// Who asked for it.
    pub person_id: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Totals of a counted show of hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Counted {
    /// In favour.
    #[serde(rename = "for")]
    pub in_favour: i64,
    /// Against.
    pub against: i64,
    /// Abstaining.
    pub abstain: i64,
}

/// The chair's further vote that settles a tie; outside the tally.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CastingVote {
    /// The chair's seat.
    pub seat_id: SeatId,
    /// Who cast it.
    pub person_id: PersonId,
    /// Its sense.
    pub value: BallotValue,
    /// Its reasons, if given.
    #[serde(default)]
    pub explanation: Option<String>,
}

/// A reason given with a vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Explanation {
    /// Whose.
    pub person_id: PersonId,
    /// The seat.
    #[serde(default)]
    pub seat_id: Option<SeatId>,
    /// Its words.
    pub text: String,
}

/// A closed vote counted again, because a fact of its session was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Recount {
    /// When it was counted again.
    pub at: DateTime<Utc>,
    /// What it had come to, in words.
    pub was: String,
    /// What it came to, in words.
    pub becomes: String,
    /// Why the fact was corrected.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A vote on a motion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Vote {
    /// Its id.
    pub id: VoteId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// The motion.
    pub motion_id: Option<MotionId>,
    /// What is asked: "¿Se aprueba el orden del día?".
    pub question: String,
    /// How it is taken. `ordinary` is a roll recorded by exception.
    pub method: VoteMethod,
    /// The rule of the session's rule set that settles it.
    pub rule_id: String,
    /// 1, or 2 for a second round.
    pub round: i64,
    /// The tied vote that a second round repeats; of a first round, the consensus that was not reached and that this
    /// majority follows, or the vote whose matter the body reopened.
    pub previous_vote_id: Option<VoteId>,
    /// Open, closed, annulled.
    pub status: VoteStatus,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// When it closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Seats recused for the matter.
    pub recused_seat_ids: Vec<SeatId>,
    /// Totals, for a counted show of hands or a secret vote.
    pub counted: Option<Counted>,
    /// The chair's casting vote, where the rule has one.
    pub casting_vote: Option<CastingVote>,
    /// Seats entitled to vote when it closed: present, with vote, not recused. Frozen.
    pub entitled: Option<Vec<SeatId>>,
    /// Seats that voted in a secret vote, in roll order: who took part, and never how.
    pub participant_seat_ids: Vec<SeatId>,
    /// Reasons given; of a consensus, why each seat objected.
    pub explanations: Vec<Explanation>,
    /// The arithmetic, when it closed.
    pub verdict: Option<VoteVerdict>,
    /// Its counts after it closed, oldest first.
    pub recounts: Vec<Recount>,
    /// Remark.
    pub note: Option<String>,
}
record!(Vote, "vote");

/// One seat's vote: who cast it, for which seat, by which delegation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Ballot {
    /// Its id.
    pub id: BallotId,
    /// The vote.
    pub vote_id: VoteId,
    /// The seat.
    pub seat_id: SeatId,
    /// Who cast it.
    pub person_id: PersonId,
    /// The delegation they acted by.
    pub delegation_id: Option<DelegationId>,
    /// Its sense.
    pub value: BallotValue,
    /// When.
    pub cast_at: DateTime<Utc>,
}
record!(Ballot, "ballot");

/// Which vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteRef {
    /// The vote.
    pub vote_id: VoteId,
}

/// Whoever may settle a tie: who presided when the vote closed, and from which seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CastingVoteOf {
    /// The person.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Their seat.
    pub seat_id: SeatId,
    /// Its title.
    pub seat: String,
}

/// A vote with its arithmetic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VoteExplained {
    /// The vote.
    pub vote: Vote,
    /// Presence, tally and verdict as the facts give them.
    pub course: VoteCourse,
    /// Whether the chair may settle the tie now.
    pub casting_vote_due: bool,
    /// Whose the casting vote is, while it may settle the tie; its norm is the verdict's `casting_vote_source`.
    pub casting_vote_of: Option<CastingVoteOf>,
    /// Whether the rules call for a second round.
    pub second_round_due: bool,
    /// Whether consensus was not reached and a registered norm calls for the majority vote that was not taken yet.
    pub majority_due: bool,
}

/// A vote with its arithmetic: have, need, base, rule and source.
///
/// # Errors
/// `not_found` for an unknown vote.
#[allow(clippy::needless_pass_by_value)]
pub fn explain_vote(read: &Read<'_>, request: VoteRef) -> Result<VoteExplained> {
    let vote: Vote = read.get(&request.vote_id)?;
    let facts = course::facts(read, &vote.session_id)?;
    let folded = course::course(&facts);
    let Some(course) = folded.vote(&vote.id).cloned() else {
        return Err(Failure::new(
            Code::WrongState,
            text!("La votación fue anulada: no se cuenta.", "The vote was annulled: it is not counted."),
        ));
    };
    let presided =
        vote.closed_at.filter(|_| course.awaits_casting_vote).and_then(|at| folded.presided_at(at));
    let casting_vote_of = presided.and_then(|turn| {
        let seat = facts.frame.seat(turn.seat_id.as_ref()?)?;
        Some(CastingVoteOf {
            person_id: turn.person_id.clone(),
            name: facts.frame.person(&turn.person_id)?.full_name.clone(),
            seat_id: seat.seat.id.clone(),
            seat: seat.seat.title.clone(),
        })
    });
    Ok(VoteExplained {
        casting_vote_of,
        casting_vote_due: course.awaits_casting_vote,
        second_round_due: second_round_due(&facts, &vote),
        majority_due: majority_due(&facts, &vote),
        vote,
        course,
    })
}
