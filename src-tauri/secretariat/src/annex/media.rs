//! What a file really is, by its first bytes: a name can say anything.

use crate::annex::LARGEST;
use crate::failure::{Failure, Result};
use crate::text;

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Signatures at the start of a file. Those of containers are looked into further.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xFF\xD8\xFF", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"\xFF\xFB", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1A\x45\xDF\xA3", "video/webm"),
    (b"{\\rtf", "application/rtf"),
];

/// Endings of a name and what they promise.
const ENDINGS: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("heic", "image/heic"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("msg", "application/vnd.ms-outlook"),
    ("eml", "message/rfc822"),
    ("zip", "application/zip"),
    ("rtf", "application/rtf"),
    ("txt", "text/plain"),
    ("md", "text/plain"),
    ("csv", "text/csv"),
    ("ics", "text/calendar"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("m4a", "audio/mp4"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
];

/// Bytes among which the mark of a PDF is looked for: scanners put others before it, and readers take that.
const PDF_MARK_WITHIN: usize = 1024;

/// Whether the bytes a file begins with are a PDF's.
#[must_use]
pub(crate) fn is_pdf(head: &[u8]) -> bool {
    head[..head.len().min(PDF_MARK_WITHIN)].windows(5).any(|five| five == b"%PDF-")
}

/// The media type of a file, from its bytes, told apart further by its name where bytes alone cannot (a Word file is
/// a zip inside). `None` when it is nothing the archive keeps.
#[must_use]
pub fn sniff(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let promised = ENDINGS.iter().find(|(e, _)| *e == ending).map(|(_, media)| *media);
    if let Some((_, media)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(media);
    }
    let program = bytes.starts_with(b"MZ") || bytes.starts_with(b"\x7FELF") || bytes.starts_with(b"#!");
    if promised == Some("application/pdf") && is_pdf(bytes) && !program {
        return promised;
    }
    let has = |needle: &[u8]| {
        bytes.get(..bytes.len().min(8192)).is_some_and(|head| head.windows(needle.len()).any(|w| w == needle))
    };
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let office = promised.filter(|m| m.contains("openxmlformats") || m.contains("opendocument"));
        // An Office file begins with its list of types; an OpenDocument one says its type first.
        let inside = has(b"[Content_Types].xml") || has(b"_rels/") || has(b"mimetype");
        return Some(office.filter(|_| inside).unwrap_or("application/zip"));
    }
    if bytes.starts_with(OLE) {
        let old = ["application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"];
        return Some(promised.filter(|m| old.contains(m)).unwrap_or("application/vnd.ms-outlook"));
    }
    if bytes.starts_with(b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => Some("image/webp"),
            Some(b"WAVE") => Some("audio/wav"),
            _ => None,
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12) {
            Some(b"heic" | b"heix" | b"mif1") => "image/heic",
            Some(b"M4A ") => "audio/mp4",
            _ => "video/mp4",
        });
    }
    // What is left is text: an executable, a script with its shebang and bytes of nothing are not kept.
    if program || has(b"\0") {
        return None;
    }
    match promised {
        Some(media @ ("text/plain" | "text/csv" | "text/calendar" | "message/rfc822")) => Some(media),
        _ if looks_like_mail(bytes) => Some("message/rfc822"),
        _ => None,
    }
}

/// Whether text begins as a message does: header lines, one of them From, Received, Subject or MIME-Version.
#[must_use]
pub fn looks_like_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let headers: Vec<&str> = head.lines().take_while(|line| !line.is_empty()).take(40).collect();
    let named = |name: &str| headers.iter().any(|line| line.to_ascii_lowercase().starts_with(name));
    let first_is_header = headers.first().is_some_and(|line| {
        line.split_once(':')
            .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic()))
    });
    first_is_header && (named("from:") || named("received:") || named("mime-version:") || named("subject:"))
}

/// The media type of a file that may be kept.
///
/// # Errors
/// `invalid_input` when it is larger than 50 MB, a program, or something else than its name says.
pub fn media_type(name: &str, bytes: &[u8]) -> Result<String> {
    if bytes.len() > LARGEST {
        let megabytes = bytes.len() / (1024 * 1024);
        return Err(Failure::field(
            "file",
            text!(
                "El archivo «{name}» pesa {megabytes} MB y caben 50. Redúzcalo, o guárdelo en el repositorio de la \
                 entidad y adjunte un documento con su ubicación.",
                "The file “{name}” weighs {megabytes} MB and 50 fit. Make it smaller, or keep it in the entity's \
                 repository and attach a document that says where."
            ),
        ));
    }
    let Some(found) = sniff(name, bytes) else {
        return Err(Failure::field(
            "file",
            text!(
                "«{name}» no es un documento que el archivo guarde (PDF, imagen, Word, Excel, PowerPoint, correo, texto, \
                 audio, video o zip). Expórtelo a PDF y adjúntelo.",
                "“{name}” is not a document that the archive keeps (PDF, image, Word, Excel, PowerPoint, mail, text, \
                 audio, video or zip). Export it to PDF and attach that."
            ),
        ));
    };
    match media_of_name(name) {
        UNKNOWN => Ok(found.to_owned()),
        promised if family(promised) != family(found) => Err(Failure::field(
            "file",
            text!(
                "El nombre de «{name}» dice una cosa y su contenido es otra ({found}). Revise que sea el archivo correcto.",
                "The name of “{name}” says one thing and its content is another ({found}). Check that it is the right file."
            ),
        )),
        _ => Ok(found.to_owned()),
    }
}

/// The media type that a kept file's name promises; that of unknown bytes when it promises none.
pub fn media_of_name(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    ENDINGS.iter().find(|(e, _)| *e == ending).map_or(UNKNOWN, |(_, media)| *media)
}

/// What nothing is known of.
const UNKNOWN: &str = "application/octet-stream";

/// Types that pass for one another: a .zip may hold a Word file, an .mp4 only sound.
fn family(media: &str) -> &str {
    match media {
        "audio/mp4" | "video/mp4" => "mp4",
        "text/plain" | "text/csv" | "text/calendar" | "message/rfc822" => "text",
        "audio/ogg" | "video/webm" | "audio/mpeg" | "audio/wav" => "audio",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_says_what_a_file_is() {
        let zip_with = |inside: &str| [b"PK\x03\x04 ".as_slice(), inside.as_bytes()].concat();
        for (name, bytes, expect) in [
            ("acta.pdf", b"%PDF-1.7 ...".to_vec(), Some("application/pdf")),
            ("foto.JPG", b"\xFF\xD8\xFF\xE0".to_vec(), Some("image/jpeg")),
            ("foto.jpeg", b"\x89PNG\r\n\x1a\n".to_vec(), None),
            ("acta.pdf", b"MZ\x90\0".to_vec(), None),
            ("acta.pdf", b"MZ\x90\0 %PDF-1.7".to_vec(), None),
            // What scanners put before the mark does not make it another thing.
            ("acta.pdf", b"\0\0\r\n%PDF-1.4 ...".to_vec(), Some("application/pdf")),
            ("acta.pdf", b"\x89PNG\r\n\x1a\n".to_vec(), None),
            ("acta.txt", b"dice %PDF-".to_vec(), Some("text/plain")),
            ("acta.pdf", b"hola".to_vec(), None),
            ("nota.txt", "año".as_bytes().to_vec(), Some("text/plain")),
            ("nota.txt", b"a\0b".to_vec(), None),
            ("guion.sh", b"#!/bin/sh\n".to_vec(), None),
            ("programa.exe", b"MZ\x90\0".to_vec(), None),
            (
                "x.docx",
                zip_with("[Content_Types].xml"),
                Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ),
            ("x.docx", zip_with("virus.js"), None),
            ("x.odt", zip_with("mimetypeapplication/vnd"), Some("application/vnd.oasis.opendocument.text")),
            ("x.zip", zip_with("a.txt"), Some("application/zip")),
            ("correo.msg", OLE.to_vec(), Some("application/vnd.ms-outlook")),
            ("informe.doc", OLE.to_vec(), Some("application/msword")),
            ("correo.eml", b"From: a@b.co\r\nSubject: x\r\n\r\nhola".to_vec(), Some("message/rfc822")),
            ("correo", b"From: a@b.co\r\nSubject: x\r\n\r\nhola".to_vec(), Some("message/rfc822")),
            ("sin-nada", b"hola".to_vec(), None),
        ] {
            assert_eq!(media_type(name, &bytes).ok().as_deref(), expect, "{name} {bytes:?}");
        }
        let large = vec![b'a'; LARGEST + 1];
        assert!(media_type("x.txt", &large).unwrap_err().message.es.contains("50"));
    }

    #[test]
    fn every_file_of_the_demo_is_kept() {
        let folder = format!("{}/../../assets/demo/demo/annexes", env!("CARGO_MANIFEST_DIR"));
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            media_type(&name, &std::fs::read(&path).unwrap()).unwrap();
            seen += 1;
        }
        assert!(seen > 30);
    }
}
