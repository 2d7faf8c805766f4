//! What the program remembers about the person at this computer: not about any archive.
//!
//! Kept as one JSON file in the platform's configuration folder. The test server includes this very file,
//! so that both doors answer the page alike.

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use printing::Sides;
use secretariat::{Actor, Language};
use serde::{Deserialize, Serialize};

/// The choices of the person at this computer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Name and role, asked at first run; until then nothing can be recorded.
    pub actor: Option<Actor>,
    /// Language of the screens and of what fails; Spanish until chosen otherwise.
    pub language: Language,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// How close the rows are.
    pub density: Density,
    /// Size of the text.
    pub text: TextSize,
    /// How the last paper was printed: proposed for the next one.
    pub print: PrintChoice,
    /// Address of the service that stamps the time of electronic signatures; empty for none.
    pub time_stamp_service: String,
    /// Archives opened lately, the latest first.
    pub recent: Vec<Recent>,
}

/// What is the same from one paper to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrintChoice {
    /// On which printer; the computer's default one when not said.
    pub printer: Option<String>,
    /// On which sides of the sheet; as the printer is set when not said.
    pub sides: Option<Sides>,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the platform says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Height of rows and controls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// The closest rows.
    Compact,
    /// The usual.
    #[default]
    Regular,
    /// More air.
    Comfortable,
}

/// Size of the text, from smaller to 200 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// A little smaller.
    Small,
    /// The usual.
    #[default]
    Normal,
    /// A little larger.
    Large,
    /// Half as large again.
    Larger,
    /// Double.
    Largest,
}

/// An archive opened lately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it is.
    pub path: PathBuf,
    /// What it calls itself, usually the body's name.
    pub title: String,
    /// When it was last opened.
    pub opened_at: DateTime<Utc>,
}

/// Some of the choices, as the page changes them: what is absent stays.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    actor: Option<Actor>,
    language: Option<Language>,
    theme: Option<Theme>,
    density: Option<Density>,
    text: Option<TextSize>,
    print: Option<PrintChoice>,
    time_stamp_service: Option<String>,
}

/// How many archives are remembered.
const REMEMBERED: usize = 10;

impl Preferences {
    /// Reads the file in `folder`. What is missing or unreadable takes its usual value: a damaged file of
    /// choices must not keep anyone from an archive.
    #[must_use]
    pub fn load(folder: &Path) -> Self {
        std::fs::read(file(folder))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Writes the file in `folder`, whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let beside = folder.join("preferences.json.new");
        let mut out = std::fs::File::create(&beside)?;
        out.write_all(&serde_json::to_vec_pretty(self)?)?;
        out.sync_all()?;
        std::fs::rename(beside, file(folder))
    }

    /// Takes over what `change` brings. Names and roles lose the blanks around them.
    pub fn apply(&mut self, change: Change) {
        if let Some(Actor { name, role }) = change.actor {
            self.actor = Some(Actor { name: name.trim().to_owned(), role: role.trim().to_owned() });
        }
        self.language = change.language.unwrap_or(self.language);
        self.theme = change.theme.unwrap_or(self.theme);
        self.density = change.density.unwrap_or(self.density);
        self.text = change.text.unwrap_or(self.text);
        if let Some(print) = change.print {
            self.print = print;
        }
        if let Some(address) = change.time_stamp_service {
            self.time_stamp_service = address.trim().to_owned();
        }
    }

    /// Puts an archive first among those opened lately.
    pub fn remember(&mut self, path: &Path, title: &str, now: DateTime<Utc>) {
        self.forget(path);
        self.recent.insert(0, Recent { path: path.to_owned(), title: title.to_owned(), opened_at: now });
        self.recent.truncate(REMEMBERED);
    }

    /// Takes an archive off the list; the file stays where it is.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|recent| recent.path != path);
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("preferences.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute)
    }

    #[test]
    fn a_change_keeps_what_it_does_not_name() {
        let mut preferences = Preferences { theme: Theme::Dark, ..Preferences::default() };
        let change =
            serde_json::from_str(r#"{"actor":{"name":" Ana Ruiz ","role":"secretaria"},"language":"en"}"#);
        preferences.apply(change.unwrap());
        preferences.apply(serde_json::from_str(r#"{"print":{"printer":"Oficina","sides":"long"}}"#).unwrap());
        preferences.apply(Change::default());
        let print = PrintChoice { printer: Some("Oficina".into()), sides: Some(Sides::Long) };
        assert_eq!(preferences.print, print);
        assert_eq!(preferences.theme, Theme::Dark);
        assert_eq!(preferences.language, Language::En);
        assert_eq!(preferences.actor.unwrap().name, "Ana Ruiz");
        assert!(serde_json::from_str::<Change>(r#"{"colour":"red"}"#).is_err());
    }

    #[test]
    fn survives_being_written_and_read_and_a_damaged_file() {
        let folder = std::env::temp_dir().join(format!("actario-preferences-{}", std::process::id()));
        let mut preferences = Preferences::load(&folder);
        assert_eq!(preferences, Preferences::default());
        preferences.remember(Path::new("/a/b.actario"), "Comisión", now(1));
        preferences.save(&folder).unwrap();
        assert_eq!(Preferences::load(&folder), preferences);
        std::fs::write(file(&folder), "{\"recent\":").unwrap();
        assert_eq!(Preferences::load(&folder), Preferences::default());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_latest_archive_comes_first_once_and_ten_are_kept() {
        let mut preferences = Preferences::default();
        for minute in 0..12 {
            preferences.remember(Path::new(&format!("/{minute}.actario")), "t", now(minute));
        }
        preferences.remember(Path::new("/5.actario"), "otra vez", now(20));
        let paths: Vec<_> = preferences.recent.iter().map(|r| r.path.display().to_string()).collect();
        assert_eq!(paths[..3], ["/5.actario", "/11.actario", "/10.actario"]);
        assert_eq!(paths.len(), 10);
        preferences.forget(Path::new("/5.actario"));
        assert_eq!(preferences.recent.len(), 9);
    }
}
