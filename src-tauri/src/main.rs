//! Actario's window: a Tauri shell around the page in `ui/` and the core in `secretariat`.
//!
//! It opens the window and that of the room, hands the pages' calls to the core off the main thread, tells every
//! window what changed, and does what only a desktop program can: dialogs, the viewer, printers, files given at start, a single
//! instance. It holds no rule of a commission and no SQL.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod calls;
mod copies;
mod files;
mod preferences;
mod printers;
mod room;
mod shell;
mod window;

use std::process::ExitCode;

use tauri::{Manager, RunEvent};

use shell::Shell;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    if let Some(ended) = window::restart_with_safe_renderer() {
        return ended;
    }
    match build() {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit) {
                    app.state::<Shell>().close_archive();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("actario: no se pudo abrir la ventana / the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> tauri::Result<tauri::App> {
    tauri::Builder::default()
        // First, so that a second start ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            files::given(app, arguments.into_iter().skip(1), folder.as_ref());
            window::show(app);
        }))
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_dialog::init())
        // The room's window goes where the second monitor is today, not where it was.
        .plugin(tauri_plugin_window_state::Builder::default().with_denylist(&[room::ROOM]).build())
        .invoke_handler(tauri::generate_handler![
            calls::call,
            shell::shell_state,
            shell::set_preferences,
            shell::remember_archive,
            shell::forget_archive,
            files::pick_file,
            files::read_picked,
            files::save_copy,
            files::save_copies,
            files::open_copy,
            files::open_path,
            files::show_in_folder,
            printers::offer_printers,
            printers::print_paper,
            printers::print_state,
            printers::cancel_print,
            window::set_title,
            window::quit,
            room::open_room,
            room::full_screen,
        ])
        .setup(|app| {
            let folder = app.path().app_config_dir()?;
            let backups = app.path().app_local_data_dir()?.join("respaldos");
            app.manage(Shell::new(&folder, &backups));
            files::clean_copies(app.handle());
            let here = std::env::current_dir().unwrap_or_default();
            let arguments = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned());
            files::given(app.handle(), arguments, &here);
            files::open_given(app.handle());
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())
}
