//! Minutes signed by hand, as they come back: the scan or the photographs of the signed paper, and the record that the code
//! of its last page names.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::Minutes;
use super::life::name;
use crate::codes::DocumentKind;
use crate::document::Document;
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::MinutesId;
use crate::journal::Read;
use crate::print::{self, Block, Image, Margins, scan};
use crate::{annex, text};

/// Most photographs of one paper.
const MOST: usize = 60;

/// A scan whose record is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadScan {
    /// The scan, or the photograph of any of its pages.
    pub file: CarriedFile,
    /// The other photographs.
    #[serde(default)]
    #[ts(as = "Option<Vec<CarriedFile>>", optional)]
    pub more_photographs: Vec<CarriedFile>,
}

/// What a scan says it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ScanFound {
    /// The official paper that its code names.
    pub document: Option<Document>,
    /// The minutes, when it is theirs.
    pub minutes_id: Option<MinutesId>,
    /// Whether a code was read at all.
    pub code_read: bool,
    /// In a sentence, with what to do.
    pub told: Text,
}

/// The paper that the code of a scan names.
///
/// # Errors
/// `invalid_input` for what is neither a PDF, a PNG nor a JPEG; when the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn read_scan(read: &Read<'_>, request: ReadScan) -> Result<ScanFound> {
    let mut codes = Vec::new();
    for file in std::iter::once(&request.file).chain(request.more_photographs.iter().take(MOST)) {
        let bytes = file.bytes()?;
        annex::media_type(&file.name, &bytes)?;
        codes.extend(scan::codes(&bytes));
    }
    let mut document = None;
    for hash in codes.iter().filter_map(|code| hash_in(code)) {
        document = document.or(of_data(read, hash)?);
    }
    let code_read = !codes.is_empty();
    let told = match &document {
        Some(found) => {
            let title = &found.title;
            text!("El código es de «{title}».", "The code is of “{title}”.")
        }
        None if code_read => text!(
            "El código no es de un documento de este archivo. Compruebe que sea el papel correcto.",
            "The code is of no document of this archive. Check that it is the right paper."
        ),
        None => text!(
            "No se leyó el código de la última página. Escanéela derecha y completa, o elija el acta.",
            "The code of the last page was not read. Scan it straight and whole, or choose the minutes yourself."
        ),
    };
    let minutes_id = document
        .as_ref()
        .filter(|d| matches!(d.kind, DocumentKind::Minutes | DocumentKind::SignedMinutes))
        .and_then(|d| d.minutes_id.clone());
    Ok(ScanFound { document, minutes_id, code_read, told })
}

/// A returned paper as it is filed.
pub(super) struct Scanned {
    /// Its PDF: as it came, or of its photographs.
    pub pdf: Vec<u8>,
    /// What its codes say.
    pub codes: Vec<String>,
}

/// The PDF of a returned paper: its very bytes, or a page for each of its photographs.
pub(super) fn pages_of(
    first: &CarriedFile,
    more: &[CarriedFile],
    minutes: &Minutes,
    now: DateTime<Utc>,
) -> Result<Scanned> {
    let bytes = first.bytes()?;
    annex::media_type(&first.name, &bytes)?;
    if annex::is_pdf(&bytes) {
        if print::page_count(&bytes).is_none() || !more.is_empty() {
            return Err(unreadable(&first.name));
        }
        let codes = scan::codes(&bytes);
        return Ok(Scanned { pdf: bytes, codes });
    }
    if more.len() >= MOST {
        return Err(Failure::field(
            "more_photographs",
            text!(
                "Son más de {MOST} fotografías. Escanee el acta en un solo PDF.",
                "There are more than {MOST} photographs. Scan the minutes into one PDF."
            ),
        ));
    }
    let mut codes = Vec::new();
    let mut document = print::Document::new(format!("{} firmada", name(minutes)), now);
    document.footer = String::new();
    document.margins = Margins { left: 6.0, right: 6.0, top: 6.0, bottom: 6.0 };
    let total = more.len() + 1;
    for (number, file) in (1..).zip(std::iter::once(first).chain(more)) {
        let bytes = file.bytes()?;
        annex::media_type(&file.name, &bytes)?;
        if !print::readable_picture(&bytes) {
            return Err(unreadable(&file.name));
        }
        codes.extend(scan::codes(&bytes));
        if number > 1 {
            document.blocks.push(Block::PageBreak);
        }
        document.blocks.push(Block::Image(Image {
            bytes,
            alt: format!("Fotografía de la página {number} de {total} del acta firmada."),
            width: Some(400.0),
            caption: Vec::new(),
        }));
    }
    let pdf = print::render(&document).map_err(Failure::internal)?.pdf;
    if pdf.len() > annex::LARGEST {
        return Err(Failure::field(
            "file",
            text!(
                "Las fotografías pesan más de 50 MB juntas. Tómelas con menos resolución o escanee el acta.",
                "The photographs weigh more than 50 MB together. Take them smaller, or scan the minutes."
            ),
        ));
    }
    Ok(Scanned { pdf, codes })
}

/// Refuses a paper whose code names another than `base`. One without a code that can be read is taken as it is said to be.
pub(super) fn same_code(codes: &[String], base: &Document) -> Result<()> {
    let hashes: Vec<&str> = codes.iter().filter_map(|code| hash_in(code)).collect();
    let Some(own) = &base.data_sha256 else { return Ok(()) };
    if hashes.is_empty() || hashes.contains(&own.as_str()) {
        return Ok(());
    }
    let (said, due) = (codes[0].lines().next().unwrap_or_default(), &base.title);
    Err(Failure::new(
        Code::NeedsConfirmation,
        text!(
            "El código del papel dice «{said}» y no es el de «{due}». Revise que sea el papel correcto; confirme solo si lo es.",
            "The code on the paper says “{said}” and is not that of “{due}”. Check that it is the right paper; confirm only if it is."
        ),
    )
    .with(json!({ "confirm": "confirm_code" })))
}

fn unreadable(name: &str) -> Failure {
    Failure::field(
        "file",
        text!(
            "«{name}» no se puede leer como escaneo. Archive un PDF, o fotografías en JPEG o PNG, una por página.",
            "“{name}” cannot be read as a scan. File one PDF, or photographs as JPEG or PNG, one a page."
        ),
    )
}

/// The hash that a code of ours says.
fn hash_in(code: &str) -> Option<&str> {
    let hash = code.lines().find_map(|line| line.strip_prefix("SHA-256 "))?.trim();
    (hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())).then_some(hash)
}

/// The official paper made from data of that hash: as it was issued, before its signatures.
fn of_data(read: &Read<'_>, hash: &str) -> Result<Option<Document>> {
    Ok(read.select("WHERE data_sha256 = ?1 ORDER BY issued_at, rowid LIMIT 1", [hash])?.pop())
}
