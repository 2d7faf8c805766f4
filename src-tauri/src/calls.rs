//! The one command that reaches the core.

use secretariat::{Context, FailureReply};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager};

use crate::shell::{Shell, broken};

/// Makes a call of the core by name. Replies `{ value, changed }` or a failure `{ code, message, details }`;
/// every window is told what changed.
///
/// # Errors
/// What the core says.
#[tauri::command]
pub async fn call(app: AppHandle, name: String, request: Value) -> Result<Value, FailureReply> {
    // SQLite, printing and hashing all block: none of it on the thread that draws.
    let work = tauri::async_runtime::spawn_blocking(move || {
        let shell = app.state::<Shell>();
        let ctx = context(&shell)?;
        let reply = shell.desk.call(&ctx, &name, request)?;
        if let Some(changed) = reply["changed"].as_array()
            && !changed.is_empty()
        {
            // A window that is closing cannot be told: nothing is lost by that.
            let _ = app.emit("changed", changed);
        }
        Ok(reply)
    });
    match work.await {
        Ok(reply) => reply,
        Err(error) => Err(broken(&error)),
    }
}

/// The circumstances of a call: this computer's clock, the person it belongs to, fresh random bytes.
#[allow(clippy::disallowed_methods)] // the door has the clock that the core has not
pub fn context(shell: &Shell) -> Result<Context, FailureReply> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy).map_err(|error| broken(&error))?;
    let preferences = shell.preferences();
    let actor = preferences.actor.unwrap_or_else(nobody);
    Ok(Context::new(chrono::Utc::now(), actor, entropy, preferences.language))
}

/// Until the first run has asked, reading works and what is recorded says so.
fn nobody() -> secretariat::Actor {
    secretariat::Actor { name: "Sin identificar".into(), role: String::new() }
}
