//! The smallest window that Tauri opens: one page, one question, one word. `make bench-window` starts Actario
//! beside it, so that what is Actario's own is told from what every such window costs.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> tauri::Result<()> {
    let context = tauri::generate_context!("examples/bare-window/tauri.conf.json");
    tauri::Builder::default().build(context)?.run(|_, _| {});
    Ok(())
}
