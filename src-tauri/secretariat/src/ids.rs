//! Opaque identifiers, one type per concept so that a seat cannot be passed for a person. Their text is shared: the same few
//! are repeated in every line of what is computed from them.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::context::Context;
use crate::failure::{Failure, Result, Text};
use crate::text;

/// Whether `id` is an identifier the archive accepts: 1 to 64 of `a`–`z`, `0`–`9` and `-`.
#[must_use]
pub fn is_valid(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A text that is no identifier. A reader of JSON speaks English alone and in one line: what it says of this is told in
/// both languages by [`in_words`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoId(String);

const IS_NONE: &str = " is not an identifier";

impl std::fmt::Display for NoId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown: String = self.0.chars().take(80).collect();
        write!(f, "`{shown}`{IS_NONE}")
    }
}

impl From<NoId> for Failure {
    fn from(none: NoId) -> Self {
        let (Text { es, en }, _) = in_words(&none.to_string()).unwrap_or_default();
        Self::field("id", text!("El identificador {es}.", "The identifier {en}."))
    }
}

/// What a reader of JSON says of a text that is no identifier, in both languages and inside a sentence, and what it says
/// after it; `None` when it speaks of something else.
pub(crate) fn in_words(error: &str) -> Option<(Text, &str)> {
    let (shown, rest) = error.strip_prefix('`')?.rsplit_once(&format!("`{IS_NONE}"))?;
    let text = text!(
        "«{shown}» no es válido: se admiten de 1 a 64 letras minúsculas sin tilde, cifras y guiones",
        "“{shown}” is not valid: 1 to 64 lower-case letters, digits and hyphens are allowed"
    );
    Some((text, rest))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[ts(type = "string")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and wraps an identifier.
            ///
            /// # Errors
            /// `invalid_input` when it is not 1 to 64 lower-case letters, digits and hyphens.
            pub fn new(id: impl Into<String>) -> Result<Self> {
                Ok(Self::try_from(id.into())?)
            }
            /// The identifier that was given, or a new one.
            ///
            /// # Errors
            /// Never, as long as those the context makes are valid.
            pub fn given(id: Option<Self>, ctx: &Context) -> Result<Self> {
                id.map_or_else(|| Self::new(ctx.new_id()), Ok)
            }
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl TryFrom<String> for $name {
            type Error = NoId;
            fn try_from(id: String) -> Result<Self, NoId> {
                if is_valid(&id) { Ok(Self(id.into())) } else { Err(NoId(id)) }
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String { id.0.as_ref().to_owned() }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str { &self.0 }
        }
        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> { self.as_str().to_sql() }
        }
    )* };
}

ids! {
    /// A body (instancia).
    BodyId,
    /// A function (función) of a body.
    FunctionId,
    /// A sector of the administration.
    SectorId,
    /// An entity (entidad).
    EntityId,
    /// An item of a catalog (SDG, modality, …).
    CatalogItemId,
    /// A partner (cooperante, aliado).
    PartnerId,
    /// A person.
    PersonId,
    /// A seat (puesto).
    SeatId,
    /// A dated holder of a seat.
    HolderId,
    /// A permanent invitee of a body.
    InviteeId,
    /// A delegation.
    DelegationId,
    /// A rule set (reglamento).
    RuleSetId,
    /// A session.
    SessionId,
    /// An agenda item (punto).
    AgendaItemId,
    /// A frozen version of an agenda.
    AgendaVersionId,
    /// A seat's announced answer before a session.
    ConfirmationId,
    /// A guest of a session.
    GuestId,
    /// An event of a session.
    EventId,
    /// A written reply of a seat.
    ReplyId,
    /// A motion (proposición).
    MotionId,
    /// A vote.
    VoteId,
    /// A ballot.
    BallotId,
    /// A recusal (impedimento).
    RecusalId,
    /// A decision.
    DecisionId,
    /// A statement for the record (constancia).
    StatementId,
    /// A commitment (compromiso).
    CommitmentId,
    /// Minutes (acta).
    MinutesId,
    /// A draft of minutes as it was sent.
    MinutesDraftId,
    /// A member's remark on draft minutes.
    RemarkId,
    /// A passage that public versions leave out.
    WithholdingId,
    /// An annex.
    AnnexId,
    /// A proposal.
    ProposalId,
    /// A filed version of a proposal.
    ProposalVersionId,
    /// An annual work plan.
    WorkPlanId,
    /// An activity of a work plan.
    ActivityId,
    /// An official document issued by the archive.
    DocumentId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_slugs_are_ids() {
        for (id, valid) in [
            ("com-salud", true),
            ("0", true),
            (&"a".repeat(64), true),
            ("", false),
            (&"a".repeat(65), false),
            ("Com", false),
            ("año", false),
            ("a b", false),
            ("../x", false),
        ] {
            assert_eq!(SeatId::new(id).is_ok(), valid, "{id}");
        }
        assert!(serde_json::from_str::<SeatId>("\"A\"").is_err());
    }
}
