//! Who does what, and when: everything the core may not find out by itself.

use std::cell::Cell;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Builder;

use crate::failure::{Language, Text};

/// The clock of Bogotá: five hours behind UTC all year.
#[must_use]
pub fn local(instant: DateTime<Utc>) -> NaiveDateTime {
    crate::calendar::bogota_clock(instant)
}

/// The instant of a clock time in Bogotá.
#[must_use]
pub fn instant(local: NaiveDateTime) -> DateTime<Utc> {
    crate::calendar::bogota_instant(local)
}

/// The person at the keyboard, as the journal will name them. Asked at first run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Full name.
    pub name: String,
    /// Post or role, such as "secretaria técnica".
    pub role: String,
}

/// A time-stamp service (RFC 3161) and the way to it: the core has no network of its own.
#[derive(Clone, Debug)]
pub struct Stamping {
    /// Its address.
    pub url: String,
    /// Sends a request to an address and gives its answer, both DER; or says why there was none, after "did not give it:".
    pub ask: fn(&str, &[u8]) -> Result<Vec<u8>, Text>,
}

/// The circumstances of one call: its instant, its author, and bytes to make ids from.
///
/// The core has no clock and no randomness of its own; the same calls with the same contexts give the
/// same archive, byte for byte in its journal.
#[derive(Clone, Debug)]
pub struct Context {
    /// When the call is recorded.
    pub now: DateTime<Utc>,
    /// Who makes it.
    pub actor: Actor,
    /// Fresh random bytes: ids generated during this call derive from them.
    pub entropy: [u8; 32],
    /// The language failures are told in.
    pub language: Language,
    /// The time-stamp service that signatures ask; none when the computer has none configured.
    pub stamping: Option<Stamping>,
    drawn: Cell<u32>,
}

impl Context {
    /// A context for one call. `entropy` must not be used for another call of the same archive.
    #[must_use]
    pub fn new(now: DateTime<Utc>, actor: Actor, entropy: [u8; 32], language: Language) -> Self {
        Self { now, actor, entropy, language, stamping: None, drawn: Cell::new(0) }
    }

    /// The calendar date in Bogotá at `now`.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        local(self.now).date()
    }

    /// Sixteen bytes nobody can guess without the entropy; each call gives others.
    #[must_use]
    pub fn draw(&self) -> [u8; 16] {
        let n = self.drawn.get();
        self.drawn.set(n.wrapping_add(1));
        let digest = Sha256::new().chain_update(self.entropy).chain_update(n.to_be_bytes()).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes
    }

    /// A new opaque id: a UUIDv7 of `now`, in lower-case hyphenated form.
    #[must_use]
    pub fn new_id(&self) -> String {
        let bytes = self.draw();
        let mut ten = [0; 10];
        ten.copy_from_slice(&bytes[..10]);
        let millis = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &ten).into_uuid().to_string()
    }
}
