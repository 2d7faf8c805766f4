//! Attendance: announced answers, events with clock times, and the course of a session folded from them.

pub mod matching;
pub mod remote;
pub mod report;
pub mod statistics;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{Answer, AttendanceMode, BallotValue, Capacity, EventKind};
use crate::ids::{
    AgendaItemId, ConfirmationId, DelegationId, EventId, MotionId, PersonId, SeatId, SessionId, VoteId,
};
use crate::record;

/// What a seat announced before a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Confirmation {
    /// Its id.
    pub id: ConfirmationId,
    /// The session.
    pub session_id: SessionId,
    /// The seat.
    pub seat_id: SeatId,
    /// What was announced.
    pub answer: Answer,
    /// Who will come.
    pub person_id: Option<PersonId>,
    /// The delegation they will come with.
    pub delegation_id: Option<DelegationId>,
    /// How they will attend.
    pub mode: Option<AttendanceMode>,
    /// Whether it was in writing (an excuse counts as one only then).
    pub in_writing: bool,
    /// Its words: the excuse's reason.
    pub text: Option<String>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// By which means: `email`, `telephone`, …
    pub channel: Option<String>,
    /// The file kept as evidence.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(Confirmation, "confirmation");

/// A correction of an event, with its trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Correction {
    /// When it was corrected.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Which field: `occurred_at`, `seat_id`, `person_id`, `secretary_person_id`, `identity_means`, `detail`, `answers`, `means`, `text`, `struck`; `missed` when the
    /// event itself was entered after the session ended.
    pub field: String,
    /// What it said.
    pub was: String,
    /// Why.
    pub reason: Option<String>,
}

/// Something that happened in a session, at a clock time. Events are the truth; presence, quorum and times
/// are folded from them. Order is `(occurred_at, seq)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// The session.
    pub session_id: SessionId,
    /// Order among events of the same instant, from 1, unique in the session.
    pub seq: i64,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// What happened.
    pub kind: EventKind,
    /// The seat it concerns.
    pub seat_id: Option<SeatId>,
    /// The person it concerns.
    pub person_id: Option<PersonId>,
    /// In what capacity the person attends for the seat; on roll answers and arrivals. Settled when recorded:
    /// nothing counts retroactively.
    pub capacity: Option<Capacity>,
    /// The delegation they attend with.
    pub delegation_id: Option<DelegationId>,
    /// How they attend.
    pub mode: Option<AttendanceMode>,
    /// By what means the identity of whoever connects was verified; `null` when nobody recorded that it was.
    pub identity_means: Option<String>,
    /// The agenda item it concerns.
    pub item_id: Option<AgendaItemId>,
    /// The motion it concerns.
    pub motion_id: Option<MotionId>,
    /// The vote it concerns.
    pub vote_id: Option<VoteId>,
    /// The sense of a casting vote.
    pub value: Option<BallotValue>,
    /// Until when replies are received from then on: of an extension of the term, a new term, or a resumption that gives
    /// one. Of a suspension, when it was announced that the session would go on.
    pub until: Option<DateTime<Utc>>,
    /// In words.
    pub detail: Option<String>,
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Why it was struck; a struck event counts for nothing and stays in the record.
    pub struck: Option<String>,
}
record!(Event, "event");
