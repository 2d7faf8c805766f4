//! Files that come with a request and go out with a reply: a name and its bytes in Base64. Files that a door writes
//! into the person's folders: [`write_whole`].

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::failure::{Code, Failure, Result};
use crate::journal::{Read, Tx};
use crate::{annex, store, text, typed};

/// A file with its bytes, on its way in or out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CarriedFile {
    /// Its name, without folders: "resolucion-014-2025.pdf".
    pub name: String,
    /// Its bytes, standard Base64.
    pub base64: String,
}

/// A file as the archive keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub blob_id: String,
    /// Its name.
    pub name: String,
}

impl CarriedFile {
    /// A file from its name and bytes.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self { name: name.into(), base64: STANDARD.encode(bytes) }
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// `invalid_input` when they are not Base64 or there are none.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        let name = &self.name;
        let bytes = STANDARD.decode(&self.base64).map_err(|error| {
            Failure::field(
                "file",
                text!(
                    "El archivo «{name}» no llegó completo ({error}). Adjúntelo de nuevo.",
                    "The file “{name}” did not arrive whole ({error}). Attach it again."
                ),
            )
        })?;
        if bytes.is_empty() {
            return Err(Failure::field(
                "file",
                text!(
                    "El archivo «{name}» está vacío. Adjunte el que tiene el contenido.",
                    "The file “{name}” is empty. Attach the one with the content."
                ),
            ));
        }
        Ok(bytes)
    }

    /// Keeps the file in the archive.
    ///
    /// # Errors
    /// `invalid_input` when it has no name or no bytes, is larger than 50 MB, a program, or something else than its name
    /// says; when the archive cannot be written.
    pub fn keep(&self, tx: &mut Tx<'_>) -> Result<KeptFile> {
        let last = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = typed::line("file", &text!("el nombre del archivo", "The file's name"), last)?;
        let bytes = self.bytes()?;
        annex::media_type(&name, &bytes)?;
        let blob_id = tx.put_blob(&bytes)?;
        Ok(KeptFile { blob_id, name })
    }
}

/// Which kept file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetFile {
    /// SHA-256 of its bytes.
    pub blob_id: String,
    /// The name to give it.
    pub name: String,
}

/// A kept file with its bytes.
///
/// # Errors
/// `not_found` when the archive keeps no such file.
pub fn get(read: &Read<'_>, request: GetFile) -> Result<CarriedFile> {
    let (name, bytes) = (&request.name, store::read_blob(read.conn, &request.blob_id)?);
    if crate::journal::hex(&<sha2::Sha256 as sha2::Digest>::digest(&bytes)) != request.blob_id {
        return Err(Failure::new(
            Code::Damaged,
            text!(
                "El archivo «{name}» no coincide con su huella: está alterado. Verifique el archivo y ábralo desde una copia.",
                "The file “{name}” does not match its hash: it is altered. Verify the archive and open it from a backup."
            ),
        ));
    }
    Ok(CarriedFile { name: request.name, base64: STANDARD.encode(bytes) })
}

/// Writes a file under another name and renames it, so that a full disk never leaves half a document under the right
/// name, nor takes the one that was there. What is no regular file (a terminal, a pipe) is written straight.
///
/// # Errors
/// Those of `write`; when the folder cannot be written. What was at `path` is as it was then.
pub fn write_whole<E: From<std::io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    // Where a link leads, so that the link stays.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let finish = |file: File| {
        let mut writer = BufWriter::new(file);
        write(&mut writer)?;
        Ok(writer.flush()?)
    };
    if fs::metadata(&path).is_ok_and(|at| !at.is_file() && !at.is_dir()) {
        return finish(File::options().write(true).open(&path)?);
    }
    let part = store::beside(&path, ".part");
    let written = File::create(&part).map_err(E::from).and_then(|file| {
        finish(file)?;
        Ok(fs::rename(&part, &path)?)
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_document_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        for bytes in [b"uno", b"dos"] {
            write_whole(&path, |out| out.write_all(bytes)).unwrap();
        }
        let full = std::io::ErrorKind::StorageFull;
        let cut = write_whole(&path, |out| {
            out.write_all(b"tres")?;
            Err(std::io::Error::from(full))
        });
        assert_eq!(cut.unwrap_err().kind(), full);
        assert_eq!(fs::read(&path).unwrap(), b"dos");
        assert!(write_whole(&folder.path().join("no/hay.pdf"), |_| std::io::Result::Ok(())).is_err());
        assert_eq!(names(folder.path()), ["a.pdf"], "no leftovers");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_written_and_the_link_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.pdf"), folder.path().join("b.pdf"));
        fs::write(&path, "uno").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write_whole(&link, |out| out.write_all(b"dos")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"dos");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        write_whole(Path::new("/dev/null"), |out| out.write_all(b"tres")).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
