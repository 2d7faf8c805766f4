//! The agenda (orden del día): items, their order, and the versions frozen with each notice.

pub mod edit;
pub mod suggest;
pub mod version;
pub mod view;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{AgendaKind, AgendaOutcome};
use crate::ids::{AgendaItemId, AgendaVersionId, MinutesId, PersonId, ProposalId, SessionId};
use crate::record;
use crate::session::NoticeRecord;

/// An agenda item (punto).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaItem {
    /// Its id.
    pub id: AgendaItemId,
    /// The session.
    pub session_id: SessionId,
    /// The item it is a sub-item of.
    pub parent_id: Option<AgendaItemId>,
    /// Order among its siblings, from 1.
    pub position: i64,
    /// Section heading printed above it, where one starts.
    pub section: Option<String>,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: AgendaKind,
    /// What came of it.
    pub outcome: Option<AgendaOutcome>,
    /// Planned minutes.
    pub planned_minutes: Option<i64>,
    /// Who presents it.
    pub presenter_person_id: Option<PersonId>,
    /// Who presents it, in words, when not a person of the archive.
    pub presenter_text: Option<String>,
    /// Codes of the body's functions it addresses.
    pub function_codes: Vec<String>,
    /// Proposals it treats; the first is the main one.
    pub proposal_ids: Vec<ProposalId>,
    /// Minutes submitted or noted.
    pub minutes_ids: Vec<MinutesId>,
    /// The secretary's narrative, Markdown; lines `{{block:KIND:ID}}` place computed sentences.
    pub narrative: String,
    /// Whether it was added after the notice.
    pub late: bool,
    /// Why it was added late.
    pub late_reason: Option<String>,
    /// The item of an earlier session it was carried over from.
    pub carried_from_item_id: Option<AgendaItemId>,
    /// Remark for the secretariat; never printed.
    pub note: Option<String>,
}
record!(AgendaItem, "agenda_item");

/// The agenda as it stood when a notice went out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaVersion {
    /// Its id.
    pub id: AgendaVersionId,
    /// The session.
    pub session_id: SessionId,
    /// 1, 2, …
    pub number: i64,
    /// When it was frozen.
    pub frozen_at: DateTime<Utc>,
    /// Why there is a new version.
    pub reason: Option<String>,
    /// The items as they stood.
    pub items: Vec<AgendaItem>,
    /// The notice it went out with.
    pub notice: Option<NoticeRecord>,
}
record!(AgendaVersion, "agenda_version");
