//! Project proposals: the profile, its life up to the decision, filed versions.

pub mod decided;
pub mod life;
pub mod profile;
pub mod view;

pub use life::{of_session, put_on_agenda, unschedule};

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::codes::ProposalStatus;
use crate::ids::{
    AgendaItemId, BodyId, DecisionId, EntityId, PersonId, ProposalId, ProposalVersionId, SessionId, VoteId,
};
use crate::record;

/// A step in a proposal's life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StatusChange {
    /// The day.
    pub date: NaiveDate,
    /// The status it took.
    pub status: ProposalStatus,
    /// The session that decided it.
    #[serde(default)]
    pub session_id: Option<SessionId>,
    /// The item it was treated in.
    #[serde(default)]
    pub item_id: Option<AgendaItemId>,
    /// The decision that settled it.
    #[serde(default)]
    pub decision_id: Option<DecisionId>,
    /// The vote that decided it.
    #[serde(default)]
    pub vote_id: Option<VoteId>,
    /// The instrument that started its execution.
    #[serde(default)]
    pub instrument_id: Option<String>,
    /// `body_decision` or `no_quorum`, for postponements.
    #[serde(default)]
    pub cause: Option<String>,
    /// Reason or remark; required when returned.
    #[serde(default)]
    pub note: Option<String>,
}

/// A project proposal. Its profile (problem, objectives, budget, …) keeps the fields of the data format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The body it is put to.
    pub body_id: BodyId,
    /// Its code, such as CIIB-2025-001.
    pub code: String,
    /// Title, at most 20 words.
    pub title: String,
    /// Title for tables.
    pub short_title: Option<String>,
    /// Where it stands: the last of `status_history`, or draft.
    pub status: ProposalStatus,
    /// Its life, oldest first.
    pub status_history: Vec<StatusChange>,
    /// Internal reception number, given when filed.
    pub reception_number: Option<i64>,
    /// Year of the reception number.
    pub reception_year: Option<i32>,
    /// External filing number (radicado) of the correspondence unit.
    pub external_filing_number: Option<String>,
    /// When it was filed.
    pub filed_on: Option<NaiveDate>,
    /// The entity that proposes it.
    pub proponent_entity_id: Option<EntityId>,
    /// The session it is meant for.
    pub target_session_id: Option<SessionId>,
    /// Who answers questions about it.
    pub contact_person_id: Option<PersonId>,
    /// The rest of the profile by field name: `summary`, `problem`, `objectives`, `budget`, `risks`, …
    #[ts(type = "Record<string, unknown>")]
    pub profile: serde_json::Map<String, Value>,
    /// When it was last written.
    pub updated_at: DateTime<Utc>,
}
record!(Proposal, "proposal");

/// A proposal as it was filed: a frozen copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposalVersion {
    /// Its id.
    pub id: ProposalVersionId,
    /// The proposal.
    pub proposal_id: ProposalId,
    /// 1, 2, …
    pub number: i64,
    /// When it was filed.
    pub frozen_at: DateTime<Utc>,
    /// The proposal as it was.
    pub content: Value,
    /// SHA-256 of the content.
    pub sha256: String,
}
record!(ProposalVersion, "proposal_version");
