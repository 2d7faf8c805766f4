//! Annexes: files kept with what they belong to, numbered, with their origin.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{AnnexKind, AnnexOwner};
use crate::ids::AnnexId;
use crate::record;

/// Where a file came from, when it came by e-mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Received {
    /// Sender's name or address.
    pub from: Option<String>,
    /// Subject of the message.
    pub subject: Option<String>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Hash of the message kept as evidence.
    pub message_blob_id: Option<String>,
}

/// A file kept with a session, proposal, delegation or minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Annex {
    /// Its id.
    pub id: AnnexId,
    /// What it belongs to.
    pub owner: AnnexOwner,
    /// Which one.
    pub owner_id: String,
    /// Its number there, from 1.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: AnnexKind,
    /// The file's name.
    pub file: String,
    /// Its media type.
    pub media_type: String,
    /// Hash of its bytes.
    pub blob_id: String,
    /// Whether it may be published (attendance lists never are).
    pub public: bool,
    /// Where it came from.
    pub received: Option<Received>,
}
record!(Annex, "annex");
