//! Decisions and statements for the record.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::codes::{DecisionKind, StatementKind};
use crate::ids::{
    AgendaItemId, BodyId, DecisionId, MotionId, PersonId, ProposalId, SessionId, StatementId, VoteId,
};
use crate::record;

/// A decision of the body. Substantive ones take a yearly number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The body.
    pub body_id: BodyId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// Substantive or procedural.
    pub kind: DecisionKind,
    /// Yearly number, for substantive ones.
    pub number: Option<i64>,
    /// Year of the number.
    pub year: Option<i32>,
    /// Its text.
    pub text: String,
    /// The day it was taken.
    pub decided_on: NaiveDate,
    /// The vote that took it.
    pub vote_id: Option<VoteId>,
    /// The motion it settles.
    pub motion_id: Option<MotionId>,
    /// The proposal it settles.
    pub proposal_id: Option<ProposalId>,
    /// The accord it adopts, as it came.
    pub accord: Option<Value>,
}
record!(Decision, "decision");

/// A statement or dissent for the record (constancia).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// Statement or dissent.
    pub kind: StatementKind,
    /// Whose.
    pub person_id: PersonId,
    /// Who adhered to it.
    pub adhered_person_ids: Vec<PersonId>,
    /// Its words.
    pub text: String,
    /// The vote it explains.
    pub vote_id: Option<VoteId>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// Its file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(Statement, "statement");
