//! Functions of a body: agenda items say which ones they address, and reports count them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Body;
use crate::codes::FunctionScope;
use crate::failure::{Failure, Result};
use crate::ids::{BodyId, FunctionId};
use crate::journal::Tx;
use crate::{record, text, typed};

/// A function of a body. Agenda items name functions by `code`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BodyFunction {
    /// Its id.
    pub id: FunctionId,
    /// The body.
    pub body_id: BodyId,
    /// Short name, unique in the body, such as `fun-03`.
    pub code: String,
    /// Whose function it is.
    pub scope: FunctionScope,
    /// Order within its scope, from 1.
    pub position: i64,
    /// Its text.
    pub text: String,
    /// The original in English, where the text is a translation.
    pub original_en: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// First day on which it is no longer the body's; `null` while it is.
    pub retired_on: Option<NaiveDate>,
}
record!(BodyFunction, "body_function");

/// A function to add or edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutFunction {
    /// The function to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<FunctionId>,
    /// The body.
    pub body_id: BodyId,
    /// Short name, unique in the body; the next free one of its scope when not said.
    #[serde(default)]
    #[ts(optional)]
    pub code: Option<String>,
    /// Whose function it is.
    pub scope: FunctionScope,
    /// Order within its scope, from 1; the last when not said.
    #[serde(default)]
    #[ts(optional)]
    pub position: Option<i64>,
    /// Its text.
    pub text: String,
    /// The original in English, where the text is a translation.
    #[serde(default)]
    #[ts(optional)]
    pub original_en: Option<String>,
    /// Where it comes from.
    #[serde(default)]
    #[ts(optional)]
    pub source: Option<String>,
}

/// Adds a function to a body or edits one.
///
/// # Errors
/// `invalid_input` when the text is empty or the code is another function's; `not_found` for an unknown body.
pub fn put_function(tx: &mut Tx<'_>, request: PutFunction) -> Result<BodyFunction> {
    tx.get::<Body>(&request.body_id)?;
    let old = match &request.id {
        Some(id) => tx.find::<BodyFunction>(id)?,
        None => None,
    };
    refuse_move("body_id", old.as_ref().map(|o| &o.body_id), &request.body_id)?;
    let siblings: Vec<BodyFunction> = tx.select("WHERE body_id = ?1", [&request.body_id])?;
    let code = match (typed::optional_line("code", request.code.as_deref())?, &old) {
        (Some(code), _) => code,
        (None, Some(old)) => old.code.clone(),
        (None, None) => free_code(request.scope, &siblings),
    };
    if siblings.iter().any(|f| f.code == code && old.as_ref().is_none_or(|o| o.id != f.id)) {
        return Err(Failure::field(
            "code",
            text!(
                "Ya hay una función con el código «{code}» en esta instancia. Use otro.",
                "There is a function with the code “{code}” in this body. Use another."
            ),
        ));
    }
    let last = siblings.iter().filter(|f| f.scope == request.scope).map(|f| f.position).max().unwrap_or(0);
    let function = BodyFunction {
        id: match request.id {
            Some(id) => id,
            None => FunctionId::new(tx.ctx.new_id())?,
        },
        body_id: request.body_id,
        code,
        scope: request.scope,
        position: request.position.or(old.as_ref().map(|o| o.position)).unwrap_or(last + 1).max(1),
        text: typed::prose("text", &text!("el texto de la función", "The function's text"), &request.text)?,
        original_en: typed::optional_prose("original_en", request.original_en.as_deref())?,
        source: typed::optional_line("source", request.source.as_deref())?,
        retired_on: old.and_then(|o| o.retired_on),
    };
    tx.put(&function)?;
    Ok(function)
}

fn free_code(scope: FunctionScope, siblings: &[BodyFunction]) -> String {
    let prefix = match scope {
        FunctionScope::General => "gen",
        FunctionScope::Specific => "fun",
        FunctionScope::Secretariat => "tsf",
    };
    (1..)
        .map(|n| format!("{prefix}-{n:02}"))
        .find(|code| siblings.iter().all(|f| f.code != *code))
        .unwrap_or_else(|| prefix.to_owned())
}

/// Refuses to move a record to another owner: what hangs from it would move too.
pub(super) fn refuse_move<T: PartialEq + std::fmt::Display>(
    field: &str,
    old: Option<&T>,
    new: &T,
) -> Result<()> {
    match old {
        Some(old) if old != new => Err(Failure::field(
            field,
            text!(
                "El registro es de «{old}» y no puede pasar a «{new}». Cree uno nuevo allá.",
                "The record belongs to “{old}” and cannot move to “{new}”. Make a new one there."
            ),
        )),
        _ => Ok(()),
    }
}

/// A function and the day it stops being the body's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetireFunction {
    /// The function.
    pub id: FunctionId,
    /// First day on which it no longer is; today when not said; `reinstate` clears it.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// Brings a retired function back.
    #[serde(default)]
    #[ts(optional)]
    pub reinstate: Option<bool>,
}

/// Retires a function, or brings it back. Items that addressed it go on naming it.
///
/// # Errors
/// `not_found` when there is no such function.
#[allow(clippy::needless_pass_by_value)]
pub fn retire_function(tx: &mut Tx<'_>, request: RetireFunction) -> Result<BodyFunction> {
    let mut function: BodyFunction = tx.get(&request.id)?;
    function.retired_on = if request.reinstate == Some(true) {
        None
    } else {
        Some(request.on.unwrap_or_else(|| tx.ctx.today()))
    };
    tx.put(&function)?;
    Ok(function)
}
