//! Official documents as issued: bytes and SHA-256, frozen. A correction is a new one.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::DocumentKind;
use crate::failure::Result;
use crate::ids::{BodyId, DocumentId, MinutesId, SessionId};
use crate::journal::Tx;
use crate::print::Rendering;
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

/// What is being issued.
pub(crate) struct Issued {
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
    /// Hash of the data it was made from.
    pub data_sha256: Option<String>,
}

/// Keeps a rendering as an official file: its bytes, their hash, and the head of the archive before this entry.
///
/// # Errors
/// When the archive cannot be written.
pub(crate) fn issue(tx: &mut Tx<'_>, issued: Issued, rendering: &Rendering) -> Result<Document> {
    let head = tx.head()?;
    let document = Document {
        id: DocumentId::new(tx.ctx.new_id())?,
        kind: issued.kind,
        body_id: issued.body_id,
        session_id: issued.session_id,
        minutes_id: issued.minutes_id,
        title: issued.title,
        file: issued.file,
        media_type: "application/pdf".to_owned(),
        blob_id: tx.put_blob(&rendering.pdf)?,
        data_sha256: issued.data_sha256,
        head: Some(head),
        issued_at: tx.ctx.now,
        issued_by: tx.ctx.actor.name.clone(),
        pages: i64::try_from(rendering.pages.len()).ok(),
    };
    tx.insert(&document)?;
    Ok(document)
}
