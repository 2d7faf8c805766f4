//! Writes the UI's types from the core's: `cargo run -p tests --bin write-types -- ui/src/generated`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = std::env::args().nth(1).ok_or("usage: write-types DIR")?;
    let dir = std::path::PathBuf::from(dir);
    // Types that are no longer declared must not linger.
    if dir.is_dir() {
        for entry in std::fs::read_dir(&dir)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "ts") {
                std::fs::remove_file(path)?;
            }
        }
    }
    std::fs::create_dir_all(&dir)?;
    secretariat::api::export_types(&dir).map_err(|failure| failure.message.en)?;
    Ok(())
}
