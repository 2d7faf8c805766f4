//! Electronic signatures of adopted minutes: made here with a certificate of the signer, or made elsewhere and filed. What
//! a certificate is worth is not judged: nobody asks its authority from an office without a network.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::codes::DocumentKind;
use crate::document::{Document, Issued, keep};
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{DocumentId, MinutesId};
use crate::journal::{Read, Tx};
use crate::person::Person;
use crate::print::cms::{CertificateError, Holder, Identity};
use crate::print::sign::{SignError, Signing, sign};
use crate::print::time_stamp::StampError;
use crate::{print, spanish, store, text, typed};

use super::life::{SignMinutes, adopted, name, sign_minutes, wrong_state};
use super::scan;
use super::{ElectronicSignature, Minutes};

/// Largest file of a certificate, in bytes: one holds a key and a few certificates.
const LARGEST_CERTIFICATE: usize = 1024 * 1024;

/// A signature to make with the signer's certificate. Neither the certificate's key nor its passphrase is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignElectronically {
    /// The signed file's id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DocumentId>,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Whose: `chair` or `secretariat`.
    pub role: String,
    /// The certificate with its key: a .p12 or .pfx file.
    pub certificate: CarriedFile,
    /// Its passphrase.
    pub passphrase: String,
    /// That the certificate is of who has to sign, though it names somebody otherwise.
    #[serde(default)]
    #[ts(optional)]
    pub confirm_holder: Option<bool>,
    /// That it is signed without the stamp of the computer's time-stamp service, which gave none.
    #[serde(default)]
    #[ts(optional)]
    pub without_time_stamp: Option<bool>,
}

/// Minutes after an electronic signature, and their signed file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SignedElectronically {
    /// The minutes.
    pub minutes: Minutes,
    /// The file with this signature and those before it.
    pub document: Document,
}

/// Signs adopted minutes with the signer's certificate (PAdES B-B, B-T where a time-stamp service is configured; RSA or P-256): the signature is added to the official
/// file, after those it has. Never undone.
///
/// # Errors
/// `invalid_input` for a file that is no certificate, another passphrase or one that is not valid now; `needs_confirmation`
/// when it names somebody else, or when the service gave no time stamp; `wrong_state` as [`sign_minutes`], or when the official file has no field for it.
pub fn sign_electronically(tx: &mut Tx<'_>, request: SignElectronically) -> Result<SignedElectronically> {
    let minutes: Minutes = tx.get(&request.minutes_id)?;
    if !adopted(minutes.status) {
        return Err(wrong_state(&minutes, "firmar", "sign"));
    }
    let file = request.certificate.bytes()?;
    if file.len() > LARGEST_CERTIFICATE {
        return Err(certificate(text!(
            "El archivo pesa más de 1 MB: no es un certificado. Escoja el archivo .p12 o .pfx.",
            "The file is larger than 1 MB: it is no certificate. Choose the .p12 or .pfx file."
        )));
    }
    let identity = Identity::open(&file, &request.passphrase).map_err(|error| refused(&error))?;
    let holder = identity.holder.clone();
    in_force(&holder, tx.ctx.now)?;
    // What records the signature refuses what cannot be, and the whole act is undone with it.
    let by_hand = SignMinutes {
        minutes_id: request.minutes_id.clone(),
        role: request.role.clone(),
        signed_on: None,
        missing_reason: None,
        file: None,
    };
    let mut recorded = sign_minutes(tx, by_hand)?;
    let Some(signature) = recorded.signatures.iter_mut().find(|s| s.role == request.role) else {
        return Err(Failure::internal("a signature without its line"));
    };
    let person: Person = tx.get(&signature.person_id)?;
    if request.confirm_holder != Some(true) && !same_person(&holder.name, &person.full_name) {
        let (named, due) = (&holder.name, &person.full_name);
        return Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "El certificado es de «{named}» y esta firma es de {due}. Confirme que es la misma persona.",
                "The certificate is of “{named}” and this signature is of {due}. Confirm that they are the same person."
            ),
        )
        .with(json!({ "confirm": "confirm_holder", "holder": named, "signer": due })));
    }
    let base = newest(tx, &minutes)?;
    let pdf = store::read_blob(tx.conn, &base.blob_id)?;
    let at = crate::context::local(tx.ctx.now);
    let time = format!("{}, {}", spanish::date(at.date()), spanish::clock(at.time()));
    let look = [
        "Firmado electrónicamente por".to_owned(),
        holder.name.clone(),
        format!("Emisor: {}. Vigencia no consultada.", holder.issuer),
        format!("{time} (hora del equipo)"),
    ];
    let reason = format!("{} aprobada", name(&minutes));
    let nonce = u64::from_be_bytes(tx.ctx.draw()[..8].try_into().unwrap_or_default());
    let stamping = tx.ctx.stamping.as_ref().filter(|_| request.without_time_stamp != Some(true));
    let stamping = stamping.map(|service| (service, nonce));
    let signing = Signing { field: &request.role, at: tx.ctx.now, reason: &reason, look: &look, stamping };
    let signed = sign(&pdf, &identity, &signing).map_err(|error| match &error {
        SignError::Certificate(error) => refused(error),
        SignError::NoField => Failure::new(
            Code::WrongState,
            text!(
                "El archivo oficial no tiene lugar para esa firma electrónica. Fírmelo con su programa de firma o a mano, y archive el resultado.",
                "The official file has no place for that electronic signature. Sign it with your signing program or by hand, and file the result."
            ),
        ),
        SignError::Stamp(error) => unstamped(error),
        SignError::TooLong(_) | SignError::File(_) => Failure::internal(error),
    })?;
    let document = file_signed(tx, request.id, &minutes, &base, &signed)?;
    signature.electronic = Some(ElectronicSignature {
        holder: holder.name,
        issuer: holder.issuer,
        serial: holder.serial,
        document_id: document.id.clone(),
    });
    tx.put(&recorded)?;
    Ok(SignedElectronically { minutes: recorded, document })
}

/// The service gave no time stamp: nothing was signed, and it may be signed without.
fn unstamped(error: &StampError) -> Failure {
    let (es, en) = match error {
        StampError::Silent(Text { es, en }) => (es.clone(), en.clone()),
        StampError::Refused(cause) => (format!("se negó ({cause})"), format!("it refused ({cause})")),
        StampError::NotAStamp => (
            "respondió otra cosa que una estampa de esta firma".to_owned(),
            "it answered something that is no stamp of this signature".to_owned(),
        ),
    };
    Failure::new(
        Code::NeedsConfirmation,
        text!(
            "El servicio de estampa de tiempo no dio la estampa: {es}. Nada se firmó. Inténtelo de nuevo, o firme sin estampa.",
            "The time-stamp service did not give its stamp: {en}. Nothing was signed. Try again, or sign without a stamp."
        ),
    )
    .with(json!({ "confirm": "without_time_stamp" }))
}

fn certificate(text: Text) -> Failure {
    Failure::field("certificate", text)
}

fn refused(error: &CertificateError) -> Failure {
    match error {
        CertificateError::Closed => Failure::field(
            "passphrase",
            text!(
                "El certificado no se abrió: la contraseña es otra o el archivo no es un certificado .p12 o .pfx.",
                "The certificate did not open: the passphrase is another, or the file is no .p12 or .pfx certificate."
            ),
        ),
        CertificateError::NoKey => certificate(text!(
            "El archivo no tiene la llave privada con su certificado. Expórtelo de nuevo con la llave.",
            "The file does not hold the private key with its certificate. Export it again with the key."
        )),
        CertificateError::Algorithm => certificate(text!(
            "La llave del certificado no es RSA ni P-256: con ella no se firma aquí.",
            "The certificate's key is neither RSA nor P-256: it cannot sign here."
        )),
        CertificateError::Malformed(cause) => certificate(text!(
            "El certificado no se pudo leer ({cause}).",
            "The certificate could not be read ({cause})."
        )),
    }
}

/// Refuses a certificate that is not valid at an instant.
fn in_force(holder: &Holder, now: DateTime<Utc>) -> Result<()> {
    let day = |at: DateTime<Utc>| crate::context::local(at).date();
    let (from, to) = (day(holder.valid_from), day(holder.valid_to));
    if now > holder.valid_to {
        return Err(certificate(text!(
            dates to; "El certificado venció el {to}. Use uno vigente.", "The certificate expired on {to}. Use one that is valid."
        )));
    }
    if now < holder.valid_from {
        return Err(certificate(text!(
            dates from;
            "El certificado vale desde el {from}. Revise la fecha de este equipo.",
            "The certificate is valid from {from}. Check the date of this computer."
        )));
    }
    Ok(())
}

/// Whether a certificate's name is a person's: two words in common, however either is written.
fn same_person(named: &str, person: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        typed::folded(name).split(' ').filter(|w| w.chars().count() > 2).map(str::to_owned).collect()
    };
    let named = words(named);
    words(person).iter().filter(|word| named.contains(word)).count() >= 2
}

/// The newest official file of minutes: the signed one, else as it was issued.
fn newest(read: &Read<'_>, minutes: &Minutes) -> Result<Document> {
    let found: Vec<Document> = read.select(
        "WHERE minutes_id = ?1 AND kind IN ('minutes', 'signed_minutes') ORDER BY issued_at DESC, rowid DESC LIMIT 1",
        [&minutes.id],
    )?;
    found.into_iter().next().ok_or_else(|| wrong_state(minutes, "firmar", "sign"))
}

fn file_signed(
    tx: &mut Tx<'_>,
    id: Option<DocumentId>,
    minutes: &Minutes,
    base: &Document,
    pdf: &[u8],
) -> Result<Document> {
    let (number, year) = (minutes.number, minutes.year);
    let issued = Issued {
        id,
        kind: DocumentKind::SignedMinutes,
        body_id: minutes.body_id.clone(),
        session_id: minutes.session_id.clone(),
        minutes_id: Some(minutes.id.clone()),
        title: format!("{} firmada", name(minutes)),
        file: format!("acta-{number:02}-{year}-firmada.pdf"),
        data_sha256: base.data_sha256.clone(),
        template: base.template.clone(),
        paper: None,
    };
    keep(tx, issued, pdf, print::page_count(pdf))
}

/// A signed file to keep as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileSignedMinutes {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DocumentId>,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// The file: a PDF signed with another program, the scan of the signed paper, or a photograph of its first page.
    pub file: CarriedFile,
    /// Photographs of the pages that follow, in order.
    #[serde(default)]
    #[ts(as = "Option<Vec<CarriedFile>>", optional)]
    pub more_photographs: Vec<CarriedFile>,
    /// That it is the paper of these minutes, though its code says another.
    #[serde(default)]
    #[ts(optional)]
    pub confirm_code: Option<bool>,
}

/// Files the signed original of adopted minutes byte for byte: signed with another program, or scanned. Photographs become
/// the pages of a PDF. Whose signatures they are is recorded with [`sign_minutes`]. Never undone.
///
/// # Errors
/// `wrong_state` when they are not adopted; `invalid_input` for what is neither a PDF nor photographs, or larger than 50 MB;
/// `needs_confirmation` when its code is of another paper; `already_exists` when that very file is kept.
pub fn file_signed_minutes(tx: &mut Tx<'_>, request: FileSignedMinutes) -> Result<Document> {
    let minutes: Minutes = tx.get(&request.minutes_id)?;
    if !adopted(minutes.status) {
        return Err(wrong_state(&minutes, "archivar firmada", "filed as signed"));
    }
    let scanned = scan::pages_of(&request.file, &request.more_photographs, &minutes, tx.ctx.now)?;
    let base = newest(tx, &minutes)?;
    if request.confirm_code != Some(true) {
        scan::same_code(&scanned.codes, &base)?;
    }
    let bytes = scanned.pdf;
    let document = file_signed(tx, request.id, &minutes, &base, &bytes)?;
    let same: i64 = tx
        .conn
        .prepare_cached("SELECT count(*) FROM document WHERE minutes_id = ?1 AND blob_id = ?2")?
        .query_row((&minutes.id, &document.blob_id), |row| row.get(0))?;
    if same > 1 {
        return Err(Failure::new(
            Code::AlreadyExists,
            text!("Ese mismo archivo ya está en el expediente.", "That very file is on record already."),
        ));
    }
    Ok(document)
}
