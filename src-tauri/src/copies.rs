//! Copies written into the person's folders: whole or not at all, under names that every system takes.

use std::fs::File;
use std::io::{ErrorKind, Result};
use std::path::{Path, PathBuf};

use secretariat::file::write_whole;
use serde::Deserialize;

/// A file to write.
#[derive(Clone, Debug, Deserialize)]
pub struct Copy {
    /// What it should be called.
    pub name: String,
    /// Its bytes.
    pub base64: String,
}

/// Writes several files into a folder, all or none. Nothing there is written over: a name that is taken gets " (2)",
/// " (3)"… before its extension. Gives their paths.
pub fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, bytes) in files {
        let done = take_name(folder, &plain_name(name)).and_then(|path| {
            written.push(path.clone());
            write_whole(&path, |out| out.write_all(bytes))
        });
        if let Err(error) = done {
            for path in written {
                let _ = std::fs::remove_file(path);
            }
            return Err(error);
        }
    }
    Ok(written)
}

/// Makes an empty file of that name, or of the first name with a number that is free.
fn take_name(folder: &Path, name: &str) -> Result<PathBuf> {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let mut path = folder.join(name);
    let mut number = 2;
    loop {
        match File::create_new(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 10_000 => {
                path = folder.join(format!("{stem} ({number}){extension}"));
                number += 1;
            }
            Err(error) => return Err(error),
        }
    }
}

/// A name without folders, nor characters that some system refuses in names.
pub fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') {
                '-'
            } else {
                c
            }
        })
        .collect();
    let plain = plain.trim().trim_matches('.').trim();
    if plain.is_empty() { "documento".into() } else { plain.chars().take(120).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of one test, empty.
    fn empty(test: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("actario-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn names_lose_folders_and_forbidden_characters() {
        for (name, plain) in [
            ("Acta n.º 1 de 2025.pdf", "Acta n.º 1 de 2025.pdf"),
            ("../../etc/passwd", "-..-etc-passwd"),
            ("C:\\a\\b.pdf", "C--a-b.pdf"),
            ("  ", "documento"),
            ("..", "documento"),
            ("línea\nnueva.pdf", "línea-nueva.pdf"),
        ] {
            assert_eq!(plain_name(name), plain, "{name:?}");
        }
        assert_eq!(plain_name(&"ñ".repeat(500)).chars().count(), 120);
    }

    #[test]
    fn several_files_are_written_over_nothing() {
        let folder = empty("several");
        std::fs::write(folder.join("Salud.eml"), "de antes").unwrap();
        let file = |name: &str, bytes: &str| (name.to_owned(), bytes.as_bytes().to_vec());
        let files = [
            file("Salud.eml", "1"),
            file("a/b.eml", "2"),
            file("Salud.eml", "3"),
            file("sin", "4"),
            file("sin", "5"),
        ];
        let written = write_all(&folder, &files).unwrap();
        assert_eq!(
            names(&folder),
            ["Salud (2).eml", "Salud (3).eml", "Salud.eml", "a-b.eml", "sin", "sin (2)"]
        );
        assert_eq!(std::fs::read_to_string(folder.join("Salud.eml")).unwrap(), "de antes");
        for (path, (_, bytes)) in written.iter().zip(&files) {
            assert_eq!(std::fs::read(path).unwrap(), *bytes, "{}", path.display());
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn several_files_are_all_written_or_none() {
        let folder = empty("none");
        std::fs::write(folder.join("a.eml"), "de antes").unwrap();
        // What the second is written to first is a folder: it cannot be.
        std::fs::create_dir(folder.join("b.eml.part")).unwrap();
        let files = [("a.eml".to_owned(), vec![1]), ("b.eml".to_owned(), vec![2])];
        assert!(write_all(&folder, &files).is_err());
        assert_eq!(names(&folder), ["a.eml", "b.eml.part"]);
        assert!(write_all(&folder.join("no"), &files).is_err());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
