//! Where the data comes from: a folder, or the demo inside the program. Nothing here looks at what the data says.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Problem;
use crate::failure::{Code, Failure, Result};
use crate::{annex, text};

static DEMO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/demo");

/// Name of the file of the catalogs.
const CATALOGS: &str = "catalogs.json";

/// The catalogs that come with the program.
const OURS: &[u8] = include_bytes!("../../../../assets/catalogs/catalogs.json");

/// Largest JSON file that is read.
const JSON_LIMIT: u64 = 64 << 20;
/// Largest file that is kept as an annex.
const ANNEX_LIMIT: u64 = 256 << 20;

/// A file's bytes, or where to read them when they are needed.
#[derive(Clone, Debug)]
enum Bytes {
    Here(Cow<'static, [u8]>),
    At(PathBuf),
}

/// The files of one set of data, by name.
#[derive(Clone, Debug, Default)]
pub struct Files {
    json: BTreeMap<String, Bytes>,
    annexes: BTreeMap<String, Bytes>,
    pub(super) problems: Vec<Problem>,
}

impl Files {
    /// The demonstration year that comes with the program.
    #[must_use]
    pub fn demo() -> Self {
        let mut files = Self::catalogs();
        for folder in ["", "demo"] {
            let found =
                if folder.is_empty() { DEMO.files().collect() } else { in_folder(DEMO.get_dir(folder)) };
            for file in found.into_iter().filter(|f| f.path().extension().is_some_and(|e| e == "json")) {
                files.json.insert(file_name(file.path()), Bytes::Here(Cow::Borrowed(file.contents())));
            }
        }
        for file in in_folder(DEMO.get_dir("demo/annexes")) {
            files.annexes.insert(file_name(file.path()), Bytes::Here(Cow::Borrowed(file.contents())));
        }
        files
    }

    /// The catalogs that come with the program: the sectors and entities of the city, its strategy, and the lists that
    /// a proposal chooses from, each with its source.
    #[must_use]
    pub fn catalogs() -> Self {
        Self {
            json: BTreeMap::from([(CATALOGS.to_owned(), Bytes::Here(Cow::Borrowed(OURS)))]),
            ..Self::default()
        }
    }

    /// Whether there are catalogs and nothing else.
    pub(super) fn are_catalogs(&self) -> bool {
        self.json.keys().eq([CATALOGS])
    }

    /// The files of a folder: its JSON files and those of its `demo` folder, and the files of `annexes` in either. One
    /// that has data and no catalogs is read with those of the program.
    ///
    /// # Errors
    /// `io` when the folder cannot be read.
    pub fn in_dir(dir: &Path) -> Result<Self> {
        let mut files = Self::default();
        if !dir.is_dir() {
            let shown = dir.display();
            return Err(Failure::new(
                Code::Io,
                text!("No hay una carpeta «{shown}».", "There is no folder “{shown}”."),
            ));
        }
        for folder in [dir.to_owned(), dir.join("demo")] {
            for (name, path) in regular_files(&folder, &mut files.problems)? {
                if Path::new(&name).extension().is_some_and(|e| e == "json")
                    && files.json.insert(name.clone(), Bytes::At(path)).is_some()
                {
                    files.problems.push(Problem::of_file(
                        &name,
                        text!(
                            "Está dos veces: en la carpeta y en su carpeta «demo». Deje una sola.",
                            "It is there twice: in the folder and in its “demo” folder. Keep one."
                        ),
                    ));
                }
            }
            for (name, path) in regular_files(&folder.join("annexes"), &mut files.problems)? {
                files.annexes.insert(name, Bytes::At(path));
            }
        }
        if !files.json.is_empty() && !files.json.contains_key(CATALOGS) {
            files.json.extend(Self::catalogs().json);
        }
        Ok(files)
    }

    /// Names of the JSON files, in order.
    pub(super) fn json_names(&self) -> Vec<String> {
        self.json.keys().cloned().collect()
    }

    /// Names of the annexes, in order.
    pub(super) fn annex_names(&self) -> impl Iterator<Item = &str> {
        self.annexes.keys().map(String::as_str)
    }

    /// The JSON file's bytes, or why they cannot be had.
    pub(super) fn read_json(&self, name: &str) -> Result<Cow<'_, [u8]>, Problem> {
        read(&self.json, name, JSON_LIMIT)
    }

    /// The annex's bytes, or why they cannot be had.
    pub(super) fn read_annex(&self, name: &str) -> Result<Cow<'_, [u8]>, Problem> {
        read(&self.annexes, name, ANNEX_LIMIT)
    }

    /// Whether there is an annex of that name and it is small enough.
    pub(super) fn check_annex(&self, name: &str) -> Result<(), Problem> {
        match self.annexes.get(name) {
            None => Err(missing(name)),
            Some(Bytes::Here(_)) => Ok(()),
            Some(Bytes::At(path)) => match std::fs::metadata(path) {
                Ok(meta) if meta.len() > ANNEX_LIMIT => Err(too_large(name, ANNEX_LIMIT)),
                Ok(_) => Ok(()),
                Err(error) => Err(unreadable(name, &error)),
            },
        }
    }

    /// Whether an annex that is there begins as a PDF does.
    pub(super) fn is_pdf(&self, name: &str) -> bool {
        match self.annexes.get(name) {
            None => false,
            Some(Bytes::Here(bytes)) => annex::is_pdf(bytes),
            Some(Bytes::At(path)) => {
                let mut head = Vec::new();
                let read = std::fs::File::open(path).and_then(|file| file.take(1024).read_to_end(&mut head));
                read.is_ok() && annex::is_pdf(&head)
            }
        }
    }

    /// Puts a JSON file in place of the one of that name.
    #[cfg(test)]
    pub(super) fn set_json(&mut self, name: &str, bytes: Vec<u8>) {
        self.json.insert(name.to_owned(), Bytes::Here(Cow::Owned(bytes)));
    }

    /// Puts an annex in place of the one of that name.
    #[cfg(test)]
    pub(super) fn set_annex(&mut self, name: &str, bytes: Vec<u8>) {
        self.annexes.insert(name.to_owned(), Bytes::Here(Cow::Owned(bytes)));
    }

    /// Takes an annex away.
    #[cfg(test)]
    pub(super) fn drop_annex(&mut self, name: &str) {
        self.annexes.remove(name);
    }
}

fn read<'a>(from: &'a BTreeMap<String, Bytes>, name: &str, limit: u64) -> Result<Cow<'a, [u8]>, Problem> {
    match from.get(name) {
        None => Err(missing(name)),
        Some(Bytes::Here(bytes)) => Ok(Cow::Borrowed(bytes)),
        Some(Bytes::At(path)) => {
            let size = std::fs::metadata(path).map_err(|e| unreadable(name, &e))?.len();
            if size > limit {
                return Err(too_large(name, limit));
            }
            std::fs::read(path).map(Cow::Owned).map_err(|e| unreadable(name, &e))
        }
    }
}

fn in_folder(dir: Option<&'static Dir<'static>>) -> Vec<&'static include_dir::File<'static>> {
    dir.map(|d| d.files().collect()).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The regular files of a folder, by name; none when there is no folder. Links are refused: they could lead anywhere.
fn regular_files(folder: &Path, problems: &mut Vec<Problem>) -> Result<Vec<(String, PathBuf)>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let Ok(name) = entry.file_name().into_string() else {
            problems.push(Problem::of_file(
                &entry.file_name().to_string_lossy(),
                text!("El nombre del archivo no es UTF-8.", "The file's name is not UTF-8."),
            ));
            continue;
        };
        if kind.is_symlink() {
            problems.push(Problem::of_file(
                &name,
                text!(
                    "Es un enlace a otro lugar. Ponga el archivo mismo.",
                    "It is a link to somewhere else. Put the file itself."
                ),
            ));
        } else if kind.is_file() {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn missing(name: &str) -> Problem {
    Problem::of_file(
        name,
        text!(
            "No está en la carpeta «annexes». Póngalo ahí o retire su mención.",
            "It is not in the folder “annexes”. Put it there or remove its mention."
        ),
    )
}

fn too_large(name: &str, limit: u64) -> Problem {
    let mib = limit >> 20;
    Problem::of_file(
        name,
        text!(
            "Es demasiado grande: se admiten hasta {mib} MiB.",
            "It is too large: up to {mib} MiB is allowed."
        ),
    )
}

fn unreadable(name: &str, error: &std::io::Error) -> Problem {
    Problem::of_file(name, text!("No se pudo leer: {error}.", "It could not be read: {error}."))
}
