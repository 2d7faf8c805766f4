//! The files of the project, and how the rules look into them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A text file of the project.
pub struct Source {
    /// From the top of the project, with `/`.
    pub path: String,
    pub text: String,
}

/// The top of the project.
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every path that is in the history or would be: ignored files are not of the project.
pub fn paths() -> &'static [String] {
    static PATHS: OnceLock<Vec<String>> = OnceLock::new();
    PATHS.get_or_init(|| {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(top())
            .output()
            .expect("git is needed to list the project's files");
        assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
        let listed = String::from_utf8(listed.stdout).expect("paths are UTF-8");
        let mut paths: Vec<String> = listed.split_terminator('\0').map(String::from).collect();
        // Removed and not yet committed: listed, but no longer there.
        paths.retain(|path| top().join(path).is_file());
        assert!(paths.len() > 50, "only {} files: is this the whole project?", paths.len());
        paths
    })
}

/// Every text file of the project, without what programs write (lock files, types).
pub fn sources() -> &'static [Source] {
    static SOURCES: OnceLock<Vec<Source>> = OnceLock::new();
    SOURCES.get_or_init(|| {
        let written = |path: &str| path.ends_with(".lock") || path.ends_with("package-lock.json");
        let read = |path: &String| {
            let text = std::fs::read_to_string(top().join(path)).ok()?;
            Some(Source { path: path.clone(), text })
        };
        paths().iter().filter(|path| !written(path)).filter_map(read).collect()
    })
}

impl Source {
    /// Whether it is under one of these folders, or is one of these files.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places
            .iter()
            .any(|place| self.path == *place || (place.ends_with('/') && self.path.starts_with(place)))
    }

    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        extensions.iter().any(|extension| self.path.ends_with(&format!(".{extension}")))
    }

    /// Rust that runs in the product: no comments, no tests. Numbered from 1.
    pub fn code(&self) -> Vec<(usize, &str)> {
        if self.path.ends_with("_tests.rs") || self.path.contains("/tests/") {
            return Vec::new();
        }
        let lines = self.text.lines().enumerate().map(|(i, line)| (i + 1, line));
        lines
            .take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(i, line)| (i, line.split(" // ").next().unwrap_or(line)))
            .collect()
    }

    /// Every line, numbered from 1.
    pub fn lines(&self) -> Vec<(usize, &str)> {
        self.text.lines().enumerate().map(|(i, line)| (i + 1, line)).collect()
    }
}

/// Whether `line` names `word`: not as a part of a longer name.
pub fn names(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let opens = word.starts_with(part);
        let closes = word.ends_with(part);
        !(opens && before.is_some_and(part) || closes && after.is_some_and(part))
    })
}

/// Fails with every offence, one a line.
pub fn none(rule: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{rule}\n  {}", offences.join("\n  "));
}

/// The offences of a rule: places where a line of `lines` names one of `words`.
pub fn offences<'a>(source: &'a Source, lines: &[(usize, &'a str)], words: &[&str]) -> Vec<String> {
    lines
        .iter()
        .filter(|(_, line)| words.iter().any(|word| names(line, word)))
        .map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole() {
        for (line, word, found) in [
            ("use printpdf::Op;", "printpdf", true),
            ("use my_printpdf::Op;", "printpdf", false),
            ("let t = Utc::now();", "Utc::now", true),
            ("let t = x.unwrap();", ".unwrap()", true),
            ("let t = x.unwrap_or(1);", ".unwrap()", false),
            ("fn is_rusqlite_error()", "rusqlite", false),
        ] {
            assert_eq!(names(line, word), found, "{line}");
        }
    }

    #[test]
    fn comments_and_tests_are_not_code() {
        let text =
            "//! printpdf\nuse a::b; // printpdf\nlet x = 1;\n#[cfg(test)]\nmod tests {\nuse printpdf;\n}\n";
        let source = Source { path: "src/a.rs".into(), text: text.into() };
        assert_eq!(source.code(), [(2, "use a::b;"), (3, "let x = 1;")]);
        assert!(offences(&source, &source.code(), &["printpdf"]).is_empty());
        assert_eq!(offences(&source, &source.lines(), &["printpdf"]).len(), 3);
        let source = Source { path: "src/a_tests.rs".into(), text: text.into() };
        assert!(source.code().is_empty());
    }
}
