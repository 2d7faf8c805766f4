//! Declares the shell's commands, so that each needs a permission of its own in `capabilities/`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    if std::env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_some() {
        let page = std::path::Path::new("../ui/dist/index.html");
        println!("cargo:rerun-if-changed=../ui/dist");
        assert!(page.exists(), "the window's pages are not built: run `make ui` first (they are embedded)");
    }
    let commands = &[
        "call",
        "shell_state",
        "set_preferences",
        "remember_archive",
        "forget_archive",
        "pick_file",
        "read_picked",
        "save_copy",
        "save_copies",
        "open_copy",
        "open_path",
        "show_in_folder",
        "offer_printers",
        "print_paper",
        "print_state",
        "cancel_print",
        "set_title",
        "quit",
        "open_room",
        "full_screen",
    ];
    let attributes =
        tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(commands));
    Ok(tauri_build::try_build(attributes)?)
}
