//! Delegations: always in writing, naming delegate, matters and validity (Ley 489/1998 art. 9-12).

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::Act;
use crate::codes::{DelegationScope, DelegationStatus};
use crate::ids::{DelegationId, PersonId, SeatId, SessionId};
use crate::record;

/// A written delegation of a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// The seat.
    pub seat_id: SeatId,
    /// Who delegates: the holder or acting holder on the act's date.
    pub principal_id: PersonId,
    /// To whom.
    pub delegate_id: PersonId,
    /// The act.
    pub act: Act,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force; `null` while open.
    pub valid_to: Option<NaiveDate>,
    /// Voice and vote, or voice.
    pub scope: DelegationScope,
    /// The matters it covers, in words; `null` for all.
    pub matters: Option<String>,
    /// The sessions it is limited to; `null` for any in its dates.
    pub session_ids: Option<Vec<SessionId>>,
    /// Whether the secretariat rejected it; a rejected one never counts.
    pub rejected: bool,
    /// Why it was rejected.
    pub rejected_reason: Option<String>,
    /// The day it was revoked.
    pub revoked_on: Option<NaiveDate>,
    /// When the secretariat received it.
    pub received_at: Option<DateTime<Utc>>,
    /// The act's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// Remark.
    pub note: Option<String>,
}
record!(Delegation, "delegation");

impl Delegation {
    /// Where it stands on a day.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> DelegationStatus {
        if self.rejected {
            DelegationStatus::Rejected
        } else if self.revoked_on.is_some_and(|revoked| revoked <= day) {
            DelegationStatus::Revoked
        } else if day < self.valid_from {
            DelegationStatus::NotYet
        } else if self.valid_to.is_some_and(|last| last < day) {
            DelegationStatus::Expired
        } else {
            DelegationStatus::Valid
        }
    }

    /// Whether it lets its delegate count and vote in a session held on `day`.
    #[must_use]
    pub fn counts_in(&self, session: &SessionId, day: NaiveDate) -> bool {
        self.status_on(day) == DelegationStatus::Valid
            && self.scope == DelegationScope::VoiceAndVote
            && self.session_ids.as_ref().is_none_or(|ids| ids.contains(session))
    }
}
