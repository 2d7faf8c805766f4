//! The one command that reaches the core.

use secretariat::{Code, Context, FailureReply, text};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager, WebviewWindow};

use crate::room;
use crate::shell::{Shell, broken};

/// Calls after which another archive is open, or none.
const LEAVING: [&str; 3] = ["create_archive", "open_archive", "close_archive"];

/// Makes a call of the core by name. Replies `{ value, changed }` or a failure `{ code, message, details }`;
/// every window is told what changed. The room's window makes only the call that is its own.
///
/// # Errors
/// What the core says; `unknown_call` for one that is not of that window.
#[tauri::command]
pub async fn call(
    app: AppHandle,
    window: WebviewWindow,
    name: String,
    request: Value,
) -> Result<Value, FailureReply> {
    if !room::admitted(window.label(), &name) {
        return Err(app.state::<Shell>().refused(
            Code::UnknownCall,
            text!(
                "Esta pantalla solo muestra la sesión: no hace «{name}». Nada cambió. Hágalo en la ventana principal.",
                "This screen only shows the session: it does not do “{name}”. Nothing changed. Do it in the main window."
            ),
        ));
    }
    // SQLite, printing and hashing all block: none of it on the thread that draws.
    let work = tauri::async_runtime::spawn_blocking(move || {
        let shell = app.state::<Shell>();
        let ctx = context(&shell)?;
        let reply = shell.desk.call(&ctx, &name, request)?;
        if LEAVING.contains(&name.as_str()) {
            room::close(&app);
        }
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
    let mut context = Context::new(chrono::Utc::now(), actor, entropy, preferences.language);
    context.stamping = time_stamps::at(&preferences.time_stamp_service);
    Ok(context)
}

/// Until the first run has asked, reading works and what is recorded says so.
fn nobody() -> secretariat::Actor {
    secretariat::Actor { name: "Sin identificar".into(), role: String::new() }
}
