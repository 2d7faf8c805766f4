//! The room's window: what everybody in the room sees of a session, from a projector. It shows and does nothing: of the
//! core it may ask one question, and of the shell how things look.

use secretariat::FailureReply;
use secretariat::ids::SessionId;
use tauri::{AppHandle, Manager, Monitor, WebviewUrl, WebviewWindow};

use crate::shell::{Shell, broken};
use crate::window::{self, MAIN};

/// The window's label; `capabilities/room.json` grants to it.
pub const ROOM: &str = "room";

/// The one call of the core that the room's window may make.
const QUESTION: &str = "room_view";

/// Whether a window may make a call of the core: the main one each of them, the room's its question, another none.
#[must_use]
pub fn admitted(label: &str, call: &str) -> bool {
    match label {
        MAIN => true,
        ROOM => call == QUESTION,
        _ => false,
    }
}

/// Shows a session in the room's window, which is opened unless it is: over the whole of a second monitor where there is
/// one, else as a plain window. Replies that there is such a window; a door without windows replies `false`.
#[tauri::command(rename_all = "snake_case")]
pub async fn open_room(app: AppHandle, session_id: SessionId) -> Result<bool, FailureReply> {
    let language = app.state::<Shell>().preferences().language;
    show(&app, &session_id, language).map_err(|error| broken(&error))?;
    Ok(true)
}

fn show(app: &AppHandle, session: &SessionId, language: secretariat::Language) -> tauri::Result<()> {
    let place = format!("/sala/{session}");
    if let Some(window) = app.get_webview_window(ROOM) {
        let mut url = window.url()?;
        url.set_fragment(Some(&place));
        window.navigate(url)?;
        window.unminimize()?;
        window.show()?;
        // On the wall already: the keys stay with whoever records.
        return if window.is_fullscreen()? { Ok(()) } else { window.set_focus() };
    }
    let title = secretariat::text!("Pantalla de la sala", "Room screen");
    let wall = second_monitor(app)?;
    let room = window::builder(app, ROOM, WebviewUrl::App(format!("index.html#{place}").into()))
        .title(title.in_language(language))
        .inner_size(1280.0, 720.0)
        .min_inner_size(800.0, 450.0)
        .focused(wall.is_none())
        .visible(false)
        .build()?;
    let Some(monitor) = wall else { return room.show() };
    // Where it stands says which monitor it fills.
    room.set_position(*monitor.position())?;
    room.show()?;
    room.set_fullscreen(true)
}

/// A monitor other than the one that the main window is on.
fn second_monitor(app: &AppHandle) -> tauri::Result<Option<Monitor>> {
    let Some(main) = app.get_webview_window(MAIN) else { return Ok(None) };
    let Some(own) = main.current_monitor()? else { return Ok(None) };
    Ok(app.available_monitors()?.into_iter().find(|monitor| monitor.position() != own.position()))
}

/// Closes the room's window, if it is open: the archive whose session it shows was left.
pub fn close(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(ROOM) {
        // One that is closing already is gone all the same.
        let _ = window.close();
    }
}

/// Takes the window to full screen or out of it; to the other of the two when not said.
#[tauri::command(rename_all = "snake_case")]
pub async fn full_screen(window: WebviewWindow, full: Option<bool>) -> Result<(), FailureReply> {
    let other = || window.is_fullscreen().map(|is| !is);
    let turned = full.map_or_else(other, Ok).and_then(|full| window.set_fullscreen(full));
    turned.map_err(|error| broken(&error))
}

#[cfg(test)]
mod tests {
    use super::admitted;

    #[test]
    fn the_rooms_window_asks_one_question() {
        for (label, call, may) in [
            ("main", "cast_ballot", true),
            ("main", "room_view", true),
            ("room", "room_view", true),
            ("room", "live_session", false),
            ("room", "explain_vote", false),
            ("room", "cast_ballot", false),
            ("room", "archive_state", false),
            ("room", "open_archive", false),
            ("other", "room_view", false),
        ] {
            assert_eq!(admitted(label, call), may, "{label} {call}");
        }
        for call in secretariat::api::CALLS {
            assert_eq!(admitted("room", call.name), call.name == "room_view", "{}", call.name);
        }
    }
}
