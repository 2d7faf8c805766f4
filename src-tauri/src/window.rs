//! The window: how it opens, comes to the front and closes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::{AppHandle, Emitter, Manager, Theme, WebviewUrl, WebviewWindowBuilder, WindowEvent, Wry};

/// The label of the window one works in; `capabilities/main.json` grants to it.
pub const MAIN: &str = "main";

/// How long the page may take to save what is being typed before the window closes without its word.
const PATIENCE: Duration = Duration::from_secs(2);

/// On some drivers WebKitGTK's default renderer shows an empty window. The variable that turns it off must
/// be there before the process starts (setting it from within is not safe), so the program starts itself
/// once more with it. `ACTARIO_NATIVE_RENDERER=1` keeps the default renderer, as do people's own settings.
#[cfg(target_os = "linux")]
#[allow(clippy::disallowed_methods)] // the shell may read the environment
pub fn restart_with_safe_renderer() -> Option<std::process::ExitCode> {
    use std::os::unix::process::CommandExt;
    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(RENDERER).is_some() || std::env::var_os("ACTARIO_NATIVE_RENDERER").is_some() {
        return None;
    }
    let program = std::env::current_exe().ok()?;
    // Replaces this process: the same number, so that whoever started it can still wait for it or end it.
    let error =
        std::process::Command::new(program).args(std::env::args_os().skip(1)).env(RENDERER, "1").exec();
    eprintln!("actario: {error}");
    None
}

/// What every window begins as: one that shows the program's own pages and leads nowhere else.
pub fn builder<'a>(
    app: &'a AppHandle,
    label: &str,
    page: WebviewUrl,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    WebviewWindowBuilder::new(app, label, page)
        // The page takes dropped files itself, alike on every platform.
        .disable_drag_drop_handler()
        .on_navigation(|url| is_ours(url.scheme(), url.host_str()))
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
}

/// Opens the window.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let window = builder(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Actario")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .build()?;
    let of_event = window.clone();
    let closing = AtomicBool::new(false);
    window.on_window_event(move |event| match event {
        WindowEvent::ThemeChanged(theme) => {
            let _ = of_event.emit("platform-theme", theme_name(*theme));
        }
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if closing.swap(true, Ordering::SeqCst) {
                return; // the second click on the cross does not start a second farewell
            }
            // The page saves what is being typed and answers `quit`.
            let _ = of_event.emit("closing", ());
            let app = of_event.app_handle().clone();
            std::thread::spawn(move || {
                std::thread::sleep(PATIENCE);
                app.exit(0);
            });
        }
        _ => {}
    });
    Ok(())
}

/// Only the embedded page (and Vite's server while developing) is ever shown.
fn is_ours(scheme: &str, host: Option<&str>) -> bool {
    match (scheme, host) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("localhost")) => cfg!(not(feature = "custom-protocol")),
        _ => false,
    }
}

/// Brings the window to the front, as a second start of the program does.
pub fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// The name the page knows a theme by.
#[must_use]
pub fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Dark => "dark",
        _ => "light",
    }
}

/// Says in the window's frame which archive is open.
#[tauri::command]
pub async fn set_title(window: tauri::WebviewWindow, title: String) -> Result<(), secretariat::FailureReply> {
    window.set_title(&title).map_err(|error| crate::shell::broken(&error))
}

/// Ends the program: the page has nothing left to save.
#[tauri::command]
pub async fn quit(app: AppHandle) {
    app.exit(0);
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn nothing_from_the_network_is_shown() {
        for (scheme, host, ours) in [
            ("tauri", Some("localhost"), true),
            ("http", Some("tauri.localhost"), true),
            ("https", Some("example.org"), false),
            ("http", Some("localhost"), cfg!(not(feature = "custom-protocol"))),
            ("file", None, false),
            ("data", None, false),
        ] {
            assert_eq!(is_ours(scheme, host), ours, "{scheme} {host:?}");
        }
    }
}
