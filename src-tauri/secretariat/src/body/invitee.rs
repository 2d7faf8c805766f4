//! Permanent invitees (invitados permanentes): voice, no vote, never counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Body;
use super::function::refuse_move;
use crate::catalog::{Entity, Partner};
use crate::failure::{Failure, Result};
use crate::ids::{BodyId, EntityId, InviteeId, PartnerId};
use crate::journal::Tx;
use crate::{record, text, typed};

/// A permanent invitee of a body: voice, no vote, never counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Invitee {
    /// Its id.
    pub id: InviteeId,
    /// The body.
    pub body_id: BodyId,
    /// Order, from 1.
    pub position: i64,
    /// Name of the invited entity or organisation.
    pub name: String,
    /// The entity, when it is one of the city's.
    pub entity_id: Option<EntityId>,
    /// The partner, when it is one.
    pub partner_id: Option<PartnerId>,
    /// `national`, `regional`, `participation`.
    pub scope: Option<String>,
    /// May speak.
    pub voice: bool,
    /// Remark.
    pub note: Option<String>,
    /// Where the fact comes from.
    pub source: Option<String>,
}
record!(Invitee, "invitee");

/// A permanent invitee to add or edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutInvitee {
    /// The invitee to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<InviteeId>,
    /// The body.
    pub body_id: BodyId,
    /// Order, from 1; the last when not said.
    #[serde(default)]
    #[ts(optional)]
    pub position: Option<i64>,
    /// Name of the invited entity or organisation.
    pub name: String,
    /// The entity, when it is one of the city's.
    #[serde(default)]
    #[ts(optional)]
    pub entity_id: Option<EntityId>,
    /// The partner, when it is one.
    #[serde(default)]
    #[ts(optional)]
    pub partner_id: Option<PartnerId>,
    /// `national`, `regional`, `participation`.
    #[serde(default)]
    #[ts(optional)]
    pub scope: Option<String>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Where the fact comes from.
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
}

/// Adds a permanent invitee to a body or edits one.
///
/// # Errors
/// `invalid_input` when the name is empty or invited already; `not_found` for unknown ids.
pub fn put_invitee(tx: &mut Tx<'_>, request: PutInvitee) -> Result<Invitee> {
    tx.get::<Body>(&request.body_id)?;
    let old = match &request.id {
        Some(id) => tx.find::<Invitee>(id)?,
        None => None,
    };
    refuse_move("body_id", old.as_ref().map(|o| &o.body_id), &request.body_id)?;
    if let Some(entity) = &request.entity_id {
        tx.get::<Entity>(entity)?;
    }
    if let Some(partner) = &request.partner_id {
        tx.get::<Partner>(partner)?;
    }
    let name = typed::line("name", &text!("el nombre del invitado", "The invitee's name"), &request.name)?;
    let id = match request.id {
        Some(id) => id,
        None => InviteeId::new(tx.ctx.new_id())?,
    };
    let others: Vec<Invitee> = tx.select("WHERE body_id = ?1 AND id <> ?2", (&request.body_id, &id))?;
    let folded = typed::folded(&name);
    if others.iter().any(|i| typed::folded(&i.name) == folded) {
        return Err(Failure::field(
            "name",
            text!(
                "«{name}» ya es invitado permanente de esta instancia. Edite el registro que existe.",
                "“{name}” is a permanent invitee of this body already. Edit the existing record."
            ),
        ));
    }
    let last = others.iter().map(|i| i.position).max().unwrap_or(0);
    let invitee = Invitee {
        id,
        body_id: request.body_id,
        position: request.position.or(old.map(|o| o.position)).unwrap_or(last + 1).max(1),
        name,
        entity_id: request.entity_id,
        partner_id: request.partner_id,
        scope: typed::optional_line("scope", request.scope.as_deref())?,
        voice: true,
        note: typed::optional_prose("note", request.note.as_deref())?,
        source: typed::optional_line("source", request.source.as_deref())?,
    };
    tx.put(&invitee)?;
    Ok(invitee)
}

/// A permanent invitee to remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveInvitee {
    /// The invitee.
    pub id: InviteeId,
}

/// Removes a permanent invitee. Sessions already opened keep them.
///
/// # Errors
/// `not_found` when there is none.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_invitee(tx: &mut Tx<'_>, request: RemoveInvitee) -> Result<()> {
    tx.remove::<Invitee>(&request.id)
}
