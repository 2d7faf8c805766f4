//! Commitments: owner, due date, status, evidence; pending ones return in the next agenda.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::CommitmentStatus;
use crate::ids::{AgendaItemId, BodyId, CommitmentId, EntityId, PersonId, SessionId};
use crate::record;

/// A due date as a number of business days after a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct DueRule {
    /// How many business days.
    pub business_days: i64,
    /// After which date.
    pub from: NaiveDate,
}

/// A commitment (compromiso) made in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// The body.
    pub body_id: BodyId,
    /// The session.
    pub session_id: SessionId,
    /// The item it was made under.
    pub item_id: Option<AgendaItemId>,
    /// What was promised.
    pub text: String,
    /// Which entity answers for it.
    pub responsible_entity_id: Option<EntityId>,
    /// Who answers for it.
    pub responsible_person_id: Option<PersonId>,
    /// When it is due.
    pub due_on: Option<NaiveDate>,
    /// How the due date was computed.
    pub due_rule: Option<DueRule>,
    /// Where it stands, as last recorded; overdue is computed from the date of reading.
    pub status: CommitmentStatus,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Evidence of fulfilment.
    pub evidence: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// The evidence's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(Commitment, "commitment");

impl Commitment {
    /// Where it stands on a day: an unfinished one past its date is overdue, a finished one is late or not.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> CommitmentStatus {
        match (self.status, self.closed_on, self.due_on) {
            (CommitmentStatus::Cancelled, ..) => CommitmentStatus::Cancelled,
            (_, Some(closed), Some(due)) if closed > due => CommitmentStatus::FulfilledLate,
            (_, Some(_), _) => CommitmentStatus::Fulfilled,
            (_, None, Some(due)) if due < day => CommitmentStatus::Overdue,
            (_, None, _) => CommitmentStatus::InProgress,
        }
    }
}
