//! Minutes (actas): assembled from the record in the official order, checked before adoption, frozen when adopted;
//! their life, remarks on the draft, signatures.

mod assembly;
mod life;
mod list;
mod material;
mod narrative;
mod preflight;
mod public_version;
mod quorum_annex;
mod reply_log;
mod scan;
pub mod sentences;
mod signing;
mod versions;
mod withheld;
mod word;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::codes::{MinutesKind, MinutesStatus};
use crate::ids::{BodyId, DocumentId, MinutesId, PersonId, RemarkId, SessionId, VoteId};
use crate::preflight::Override;
use crate::record;

pub use assembly::*;
pub use life::*;
pub(crate) use life::{
    adopted, approved_by, as_they_stand, data_sha256, draft_after, freeze_loaded, issue_loaded, renew_signers,
};
pub use list::*;
pub(crate) use list::{kept_of, said_name};
pub use material::{Material, material, seat_name};
pub use preflight::preflight;
pub use public_version::*;
pub use quorum_annex::{PresenceStep, QuorumAnnex, QuorumRow};
pub use reply_log::ReplyRow;
pub use scan::*;
pub use signing::*;
pub use versions::*;
pub use withheld::{PublicMinutes, WithheldRow};
pub use word::draft_docx;

/// A signature that is due or was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Signature {
    /// `chair` or `secretariat`.
    pub role: String,
    /// Who signs.
    pub person_id: PersonId,
    /// When it was signed.
    #[serde(default)]
    pub signed_on: Option<NaiveDate>,
    /// Why it is missing.
    #[serde(default)]
    pub missing_reason: Option<String>,
    /// Of a signature that came late: why it had been recorded as missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_missing: Option<String>,
    /// The certificate it was given with; nothing when it was given by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub electronic: Option<ElectronicSignature>,
}

/// The certificate that a signature was given with, and the file that has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ElectronicSignature {
    /// Whose, by the certificate.
    pub holder: String,
    /// Who issued it.
    pub issuer: String,
    /// Its serial number, hexadecimal.
    pub serial: String,
    /// The signed file.
    pub document_id: DocumentId,
}

impl Signature {
    /// Whether it was given, or is accounted for: missing, with its reason.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.signed_on.is_some() || self.missing_reason.is_some()
    }
}

/// Correcting minutes (acta aclaratoria), complete, before anyone lays them out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CorrectingAssembly {
    /// Name of the body.
    pub body: String,
    /// The creating act as printed.
    pub creating_act: String,
    /// Number.
    pub number: i64,
    /// Year.
    pub year: i32,
    /// Number of the minutes they correct.
    pub corrects_number: i64,
    /// Year of the minutes they correct.
    pub corrects_year: i32,
    /// Date of the session of those.
    pub corrects_date: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// "En el acta n.º 1 de 2025, donde dice…, léase…".
    pub corrections: Vec<String>,
    /// Signatures.
    pub signers: Vec<SignerRow>,
    /// The day they are signed on.
    pub signed_on: Option<NaiveDate>,
}

/// Minutes of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Minutes {
    /// Its id.
    pub id: MinutesId,
    /// The body.
    pub body_id: BodyId,
    /// The session; `null` for minutes older than the system.
    pub session_id: Option<SessionId>,
    /// Its number in the year.
    pub number: i64,
    /// The year.
    pub year: i32,
    /// Its kind.
    pub kind: MinutesKind,
    /// Where it stands.
    pub status: MinutesStatus,
    /// Its title, for imported ones.
    pub title: Option<String>,
    /// The session's date.
    pub session_date: Option<NaiveDate>,
    /// When the draft was sent to members.
    pub draft_sent_on: Option<NaiveDate>,
    /// Until when remarks were received.
    pub remarks_until: Option<NaiveDate>,
    /// When it was approved.
    pub approved_on: Option<NaiveDate>,
    /// The session that approved it.
    pub approved_in_session_id: Option<SessionId>,
    /// The vote that approved it.
    pub approved_vote_id: Option<VoteId>,
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// When it was published.
    pub published_on: Option<NaiveDate>,
    /// Whether it came as a file from before the system.
    pub imported: bool,
    /// When it was imported.
    pub imported_on: Option<NaiveDate>,
    /// Pages of the imported file.
    pub pages: Option<i64>,
    /// The minutes it corrects.
    pub corrects_minutes_id: Option<MinutesId>,
    /// Signatures due and given.
    pub signatures: Vec<Signature>,
    /// Pre-flight failures gone past, with their printed reasons.
    pub overrides: Vec<Override>,
    /// The adopted file: imported, or as issued.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Other facts, as they came.
    pub data: Option<Value>,
}
record!(Minutes, "minutes");

/// A member's remark on a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Remark {
    /// Its id.
    pub id: RemarkId,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Order, from 1.
    pub position: i64,
    /// Whose.
    pub person_id: PersonId,
    /// Its words.
    pub text: String,
    /// When it was received.
    pub received_on: Option<NaiveDate>,
    /// Whether it was accepted; `null` while unanswered.
    pub accepted: Option<bool>,
    /// Why it was not accepted, or how.
    pub reason: Option<String>,
}
record!(Remark, "remark");
