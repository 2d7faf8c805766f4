//! The draft of the minutes as a Word document, to circulate it and get it back with remarks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::life::{adopted, draft_document};
use super::material;
use crate::failure::{Code, Failure, Result};
use crate::journal::Read;
use crate::live::SessionRef;
use crate::print;
use crate::publish::ExportedFile;
use crate::text;

/// The draft of a session's minutes as a Word document: the same words in the same order as its paper.
///
/// # Errors
/// `not_found` for an unknown session; `wrong_state` once the minutes are adopted: their paper alone says what they are.
#[allow(clippy::needless_pass_by_value)]
pub fn draft_docx(read: &Read<'_>, request: SessionRef) -> Result<ExportedFile> {
    let m = material(read, &request.session_id)?;
    let (number, year) = (m.minutes.number, m.minutes.year);
    if adopted(m.minutes.status) {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "El acta n.º {number} de {year} está aprobada: ya no es un borrador y su texto es el del documento oficial. Circule ese PDF.",
                "Minutes no. {number} of {year} are adopted: they are no draft any more and their text is that of the official document. Circulate that PDF."
            ),
        ));
    }
    let bytes = print::docx(&draft_document(&m)).map_err(Failure::internal)?;
    Ok(ExportedFile {
        file: format!("acta-{number}-de-{year}-borrador.docx"),
        media_type: print::DOCX.to_owned(),
        base64: STANDARD.encode(bytes),
    })
}
