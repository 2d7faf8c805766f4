//! Whether a paper that somebody brings is one of the archive's, as it was issued.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::body::Body;
use crate::document::Document;
use crate::failure::{Result, Text};
use crate::file::CarriedFile;
use crate::journal::{Read, hex};
use crate::print::cms::Verdict;
use crate::print::sign::{After, FoundSignature, signatures, title_and_author};
use crate::print::time_stamp::Stamp;
use crate::{context, spanish, text};

/// A paper to check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyDocument {
    /// The file.
    pub file: CarriedFile,
}

/// What a paper is to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperVerdict {
    /// One of its files, byte for byte.
    Issued,
    /// One of its files with signatures added, and nothing else.
    SignedSince,
    /// It says it is one of its papers and is not.
    Altered,
    /// None of its papers.
    Unknown,
}

/// An electronic signature of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PaperSignature {
    /// Whose, by the certificate; `null` when it cannot be read.
    pub holder: Option<String>,
    /// Who issued the certificate.
    pub issuer: Option<String>,
    /// When, by the clock of who signed.
    pub at: Option<DateTime<Utc>>,
    /// The instant that a time-stamp service certifies; `null` without a stamp, or when the stamp is not of this signature.
    pub stamped_at: Option<DateTime<Utc>>,
    /// Whether what it covers is as it was signed; `null` when that cannot be checked here.
    pub intact: Option<bool>,
    /// Whether anything but other signatures came after it.
    pub changed_since: bool,
    /// In a sentence.
    pub told: Text,
}

/// What is known of a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VerifiedPaper {
    /// What it is to the archive.
    pub verdict: PaperVerdict,
    /// In a sentence.
    pub told: Text,
    /// The archive's file that it is, was made from, or says it is.
    pub document: Option<Document>,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its electronic signatures, in the order in which they were made.
    pub signatures: Vec<PaperSignature>,
}

/// Whether a paper is one of the archive's, altered or unknown, and what its electronic signatures say.
///
/// # Errors
/// `invalid_input` for a file without bytes; when the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn verify_document(read: &Read<'_>, request: VerifyDocument) -> Result<VerifiedPaper> {
    let bytes = request.file.bytes()?;
    let found = signatures(&bytes);
    let sha256 = hex(&Sha256::digest(&bytes));
    let (verdict, document) = match of_hash(read, &sha256)? {
        Some(document) => (PaperVerdict::Issued, Some(document)),
        None => match made_from(read, &bytes)? {
            Some(document) => {
                let only_signed = found.last().is_some_and(|last| last.after == After::Nothing)
                    && found.iter().all(|s| s.verdict != Verdict::Altered && s.after != After::Changes);
                let verdict = if only_signed { PaperVerdict::SignedSince } else { PaperVerdict::Altered };
                (verdict, Some(document))
            }
            None => match says_it_is(read, &bytes)? {
                Some(document) => (PaperVerdict::Altered, Some(document)),
                None => (PaperVerdict::Unknown, None),
            },
        },
    };
    let signatures: Vec<PaperSignature> = found.iter().map(told_of).collect();
    Ok(VerifiedPaper { told: told(verdict, document.as_ref()), verdict, document, sha256, signatures })
}

/// What the electronic signatures of a file say, without an archive.
#[must_use]
pub fn signatures_of(pdf: &[u8]) -> Vec<PaperSignature> {
    signatures(pdf).iter().map(told_of).collect()
}

fn told(verdict: PaperVerdict, document: Option<&Document>) -> Text {
    let (title, day) = match document {
        Some(document) => (document.title.clone(), context::local(document.issued_at).date()),
        None => (String::new(), chrono::NaiveDate::default()),
    };
    match verdict {
        PaperVerdict::Issued => text!(
            dates day;
            "Es del archivo: «{title}», tal como se emitió el {day}.",
            "It is the archive's: “{title}”, just as it was issued on {day}."
        ),
        PaperVerdict::SignedSince => text!(
            dates day;
            "Es «{title}», emitido el {day}, con firmas electrónicas agregadas y nada más.",
            "It is “{title}”, issued on {day}, with electronic signatures added and nothing else."
        ),
        PaperVerdict::Altered => text!(
            dates day;
            "Dice ser «{title}», emitido el {day}, y no lo es: fue alterado. El verdadero está en el archivo.",
            "It says it is “{title}”, issued on {day}, and it is not: it was altered. The true one is in the archive."
        ),
        PaperVerdict::Unknown => {
            text!("No es un documento de este archivo.", "It is no document of this archive.")
        }
    }
}

fn told_of(signature: &FoundSignature) -> PaperSignature {
    let holder = signature.holder.as_ref();
    let who = holder.map_or_else(|| "—".to_owned(), |holder| holder.name.clone());
    let issuer = holder.map_or_else(|| "—".to_owned(), |holder| holder.issuer.clone());
    let (when_es, when_en) = match signature.at {
        Some(at) => {
            let at = context::local(at);
            (
                format!(" el {}, {} (hora del equipo)", spanish::date(at.date()), spanish::clock(at.time())),
                format!(" on {} (that computer's clock)", at.format("%-d %B %Y, %H:%M")),
            )
        }
        None => (String::new(), String::new()),
    };
    let stamp = signature.stamp.as_ref();
    let (stamp_es, stamp_en) = stamp.map_or_else(Default::default, told_stamp);
    let changed_since = signature.after == After::Changes;
    let (state_es, state_en) = match (signature.verdict, changed_since) {
        (Verdict::Intact, false) => ("lo firmado no ha cambiado", "what was signed has not changed"),
        (Verdict::Intact, true) => {
            ("el documento cambió después de esta firma", "the document changed after this signature")
        }
        (Verdict::Altered, _) => ("lo firmado fue alterado", "what was signed was altered"),
        (Verdict::Unknown, _) => {
            ("esta clase de firma no se comprueba aquí", "this kind of signature is not checked here")
        }
    };
    PaperSignature {
        holder: holder.map(|h| h.name.clone()),
        issuer: holder.map(|h| h.issuer.clone()),
        at: signature.at,
        stamped_at: stamp.filter(|stamp| stamp.verdict == Verdict::Intact).map(|stamp| stamp.at),
        intact: match signature.verdict {
            Verdict::Intact => Some(true),
            Verdict::Altered => Some(false),
            Verdict::Unknown => None,
        },
        changed_since,
        told: text!(
            "Firma electrónica de {who}{when_es}: {state_es}. Emisor del certificado: {issuer}; vigencia no consultada.{stamp_es}",
            "Electronic signature of {who}{when_en}: {state_en}. Issuer of the certificate: {issuer}; validity not consulted.{stamp_en}"
        ),
    }
}

/// What is said of a time stamp, in Spanish and in English.
fn told_stamp(stamp: &Stamp) -> (String, String) {
    let at = context::local(stamp.at);
    let (es, en) = (
        format!("{}, {}", spanish::date(at.date()), spanish::clock(at.time())),
        at.format("%-d %B %Y, %H:%M:%S").to_string(),
    );
    let who = stamp.authority.as_ref().map_or("—", |holder| holder.name.as_str());
    match stamp.verdict {
        Verdict::Intact => (
            format!(" Estampa de tiempo de {who}: {es}; vigencia no consultada."),
            format!(" Time stamp of {who}: {en}; validity not consulted."),
        ),
        Verdict::Altered => (
            " Su estampa de tiempo no es de esta firma o fue alterada.".to_owned(),
            " Its time stamp is not of this signature, or was altered.".to_owned(),
        ),
        Verdict::Unknown => (
            format!(" Estampa de tiempo de {who}: {es}; esta clase de estampa no se comprueba aquí."),
            format!(" Time stamp of {who}: {en}; this kind of stamp is not checked here."),
        ),
    }
}

fn of_hash(read: &Read<'_>, sha256: &str) -> Result<Option<Document>> {
    Ok(read.select("WHERE blob_id = ?1 ORDER BY issued_at, rowid LIMIT 1", [sha256])?.pop())
}

/// The archive's file that a paper begins with: what is added to a PDF follows the end of what it was.
fn made_from(read: &Read<'_>, bytes: &[u8]) -> Result<Option<Document>> {
    const END: &[u8] = b"%%EOF";
    /// A paper signed more often than this was not signed by hand.
    const MOST: usize = 64;
    let ends = bytes.windows(END.len()).enumerate().filter(|(_, window)| *window == END);
    for (at, _) in ends.take(MOST) {
        let end = at + END.len();
        let blanks = bytes[end..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        for end in (end..=end + blanks.min(2)).rev() {
            if let Some(document) = of_hash(read, &hex(&Sha256::digest(&bytes[..end])))? {
                return Ok(Some(document));
            }
        }
    }
    Ok(None)
}

/// The archive's file whose title a paper bears, of the body that it names: another body's minutes have the same numbers.
fn says_it_is(read: &Read<'_>, bytes: &[u8]) -> Result<Option<Document>> {
    let Some((title, author)) = title_and_author(bytes) else { return Ok(None) };
    let all: Vec<Document> = read.select("ORDER BY issued_at DESC, rowid DESC", [])?;
    let mut found: Option<Document> = None;
    // The title in a file begins with that of the document; its author is the body.
    for document in all.into_iter().filter(|document| title.starts_with(&document.title)) {
        let closer = found.as_ref().is_none_or(|found| found.title.len() < document.title.len());
        if closer && read.get::<Body>(&document.body_id)?.name == author {
            found = Some(document);
        }
    }
    Ok(found)
}
