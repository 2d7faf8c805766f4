//! Motions, votes, ballots, recusals.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{BallotValue, MotionKind, MotionStatus, RecusalOutcome, VoteMethod, VoteStatus};
use crate::ids::{
    AgendaItemId, BallotId, DelegationId, MotionId, PersonId, RecusalId, SeatId, SessionId, VoteId,
};
use crate::record;
use crate::rules::{RecusalTreatment, VoteVerdict};

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
    /// Remark.
    pub note: Option<String>,
}
record!(Motion, "motion");

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
    /// The first round.
    pub previous_vote_id: Option<VoteId>,
    /// Open, closed, annulled.
    pub status: VoteStatus,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// When it closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Seats recused for the matter.
    pub recused_seat_ids: Vec<SeatId>,
    /// Totals, for a counted show of hands.
    pub counted: Option<Counted>,
    /// The chair's casting vote, where the rule has one.
    pub casting_vote: Option<CastingVote>,
    /// Seats entitled to vote when it closed: present, with vote, not recused. Frozen.
    pub entitled: Option<Vec<SeatId>>,
    /// Reasons given.
    pub explanations: Vec<Explanation>,
    /// The arithmetic, when it closed.
    pub verdict: Option<VoteVerdict>,
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

/// A recusal (impedimento) of a seat for an item (CPACA art. 11-12).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Recusal {
    /// Its id.
    pub id: RecusalId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// The seat.
    pub seat_id: SeatId,
    /// Who declared it.
    pub person_id: PersonId,
    /// The ground, in words.
    pub ground: String,
    /// When it was declared.
    pub declared_at: DateTime<Utc>,
    /// Whether it was in writing.
    pub declared_in_writing: bool,
    /// `body` or `superior`.
    pub decided_by: Option<String>,
    /// What was decided.
    pub outcome: RecusalOutcome,
    /// The vote that accepted it, when the body decides.
    pub vote_id: Option<VoteId>,
    /// The act that decided it, when a superior does.
    pub deciding_act: Option<String>,
    /// When the person left for the item.
    pub left_at: Option<DateTime<Utc>>,
    /// When they came back.
    pub returned_at: Option<DateTime<Utc>>,
    /// Whether the seat stays in the base.
    pub treatment: RecusalTreatment,
    /// The declaration's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(Recusal, "recusal");
