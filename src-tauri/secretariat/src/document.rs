//! Official documents as issued: bytes and SHA-256, frozen. A correction is a new one.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::DocumentKind;
use crate::ids::{BodyId, DocumentId, MinutesId, SessionId};
use crate::record;

/// An official file, exactly as it was issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// The body.
    pub body_id: BodyId,
    /// The session.
    pub session_id: Option<SessionId>,
    /// The minutes.
    pub minutes_id: Option<MinutesId>,
    /// Its title.
    pub title: String,
    /// Its file name.
    pub file: String,
    /// Its media type.
    pub media_type: String,
    /// Hash of its bytes.
    pub blob_id: String,
    /// Hash of the canonical data it was made from; printed with its QR.
    pub data_sha256: Option<String>,
    /// Head of the journal before its own entry; printed on its last page.
    pub head: Option<String>,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// By whom.
    pub issued_by: String,
    /// Its pages.
    pub pages: Option<i64>,
}
record!(Document, "document");
