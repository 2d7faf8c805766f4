//! The annual work plan and its activities.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::ActivityStatus;
use crate::ids::{ActivityId, BodyId, DecisionId, EntityId, PersonId, SessionId, VoteId, WorkPlanId};
use crate::record;

/// A body's work plan for a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WorkPlan {
    /// Its id.
    pub id: WorkPlanId,
    /// The body.
    pub body_id: BodyId,
    /// The year.
    pub year: i32,
    /// The session that approved it.
    pub approved_in_session_id: Option<SessionId>,
    /// The vote that approved it.
    pub vote_id: Option<VoteId>,
    /// The decision that approved it.
    pub decision_id: Option<DecisionId>,
    /// Remark.
    pub note: Option<String>,
}
record!(WorkPlan, "work_plan");

/// An activity of a work plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// The plan.
    pub work_plan_id: WorkPlanId,
    /// Order, from 1.
    pub position: i64,
    /// What is to be done.
    pub activity: String,
    /// Codes of the functions it serves.
    pub function_codes: Vec<String>,
    /// What it yields.
    pub product: Option<String>,
    /// Which entity answers for it.
    pub responsible_entity_id: Option<EntityId>,
    /// Who answers for it.
    pub responsible_person_id: Option<PersonId>,
    /// When it is due.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Where it stands.
    pub status: Option<ActivityStatus>,
    /// Evidence.
    pub evidence: Option<String>,
    /// The evidence's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// Remark.
    pub note: Option<String>,
}
record!(Activity, "activity");
