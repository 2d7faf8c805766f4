//! Files that come with a request and go out with a reply: a name and its bytes in Base64.

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
