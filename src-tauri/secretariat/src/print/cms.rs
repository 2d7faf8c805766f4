//! Signatures as certificates make and check them: CMS with the attributes of CAdES that PAdES B-B asks for (ETSI EN
//! 319 142-1). The cryptography is that of the kept crates; this only puts the parts in order.

use chrono::{DateTime, Utc};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo,
    SignerInfos,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, AnyRef, Decode, Encode, Sequence, Tagged as _};
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use rsa::pkcs1v15;
use rsa::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
use rsa::sha2::{Digest as _, Sha256, Sha384, Sha512};
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _};
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::time_stamp::{self, Stamp};

const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

/// Why something could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// The file is no PKCS #12, or its passphrase is another.
    #[error("the certificate's file could not be opened with that passphrase")]
    Closed,
    /// It holds no private key with its certificate.
    #[error("the file holds no private key with its certificate")]
    NoKey,
    /// Neither RSA nor P-256.
    #[error("the key is neither RSA nor P-256")]
    Algorithm,
    /// Something in it is not as the standards ask.
    #[error("the certificate is not as the standards ask: {0}")]
    Malformed(String),
}

fn malformed(cause: impl ToString) -> CertificateError {
    CertificateError::Malformed(cause.to_string())
}

/// What a certificate says of its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Common name of the subject.
    pub name: String,
    /// Common name of the issuer, else its organisation.
    pub issuer: String,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// The first instant at which it is valid.
    pub valid_from: DateTime<Utc>,
    /// The last one.
    pub valid_to: DateTime<Utc>,
}

impl Holder {
    fn of(certificate: &Certificate) -> Self {
        let tbs = &certificate.tbs_certificate;
        let named = |name: &x509_cert::name::Name, oid: ObjectIdentifier| {
            name.0.iter().flat_map(|part| part.0.iter()).find(|part| part.oid == oid).map(|part| {
                let text = String::from_utf8_lossy(part.value.value()).into_owned();
                // Older authorities write two bytes a letter.
                if part.value.tag() == der::Tag::BmpString {
                    let units: Vec<u16> = part
                        .value
                        .value()
                        .chunks_exact(2)
                        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                        .collect();
                    String::from_utf16_lossy(&units)
                } else {
                    text
                }
            })
        };
        let instant = |time: &x509_cert::time::Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
            DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
        };
        Self {
            name: named(&tbs.subject, COMMON_NAME)
                .or_else(|| named(&tbs.subject, ORGANIZATION))
                .unwrap_or_else(|| tbs.subject.to_string()),
            issuer: named(&tbs.issuer, COMMON_NAME)
                .or_else(|| named(&tbs.issuer, ORGANIZATION))
                .unwrap_or_else(|| tbs.issuer.to_string()),
            serial: tbs.serial_number.as_bytes().iter().map(|byte| format!("{byte:02X}")).collect(),
            valid_from: instant(&tbs.validity.not_before),
            valid_to: instant(&tbs.validity.not_after),
        }
    }
}

/// A private key with its certificate and those above it.
pub struct Identity {
    key: Key,
    chain: Vec<Certificate>,
    /// What the certificate says of its holder.
    pub holder: Holder,
}

enum Key {
    Rsa(Box<pkcs1v15::SigningKey<Sha256>>),
    P256(p256::ecdsa::SigningKey),
}

impl Identity {
    /// Opens a PKCS #12 file (.p12, .pfx).
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn open(file: &[u8], passphrase: &str) -> Result<Self, CertificateError> {
        let store =
            p12_keystore::KeyStore::from_pkcs12(file, passphrase).map_err(|_| CertificateError::Closed)?;
        let (_, found) = store.private_key_chain().ok_or(CertificateError::NoKey)?;
        let chain: Vec<Certificate> = found
            .chain()
            .iter()
            .map(|certificate| Certificate::from_der(certificate.as_der()).map_err(malformed))
            .collect::<Result<_, _>>()?;
        let own = chain.first().ok_or(CertificateError::NoKey)?;
        let algorithm = own.tbs_certificate.subject_public_key_info.algorithm.oid;
        let key = if algorithm == RSA {
            let key = rsa::RsaPrivateKey::from_pkcs8_der(found.key()).map_err(malformed)?;
            Key::Rsa(Box::new(pkcs1v15::SigningKey::new(key)))
        } else if algorithm == EC {
            let key = p256::ecdsa::SigningKey::from_pkcs8_der(found.key());
            Key::P256(key.map_err(|_| CertificateError::Algorithm)?)
        } else {
            return Err(CertificateError::Algorithm);
        };
        Ok(Self { key, holder: Holder::of(own), chain })
    }

    /// The signature of a content with this SHA-256.
    pub(super) fn signer(&self, digest: &[u8]) -> Result<SignerInfo, CertificateError> {
        let own = self.chain.first().ok_or(CertificateError::NoKey)?;
        let hash = Sha256::digest(own.to_der().map_err(malformed)?);
        let certificate = SigningCertificateV2 {
            certs: vec![EssCertIdV2 { cert_hash: OctetString::new(hash.as_slice()).map_err(malformed)? }],
        };
        let attributes = [
            (CONTENT_TYPE, Any::from(&ID_DATA)),
            (
                MESSAGE_DIGEST,
                Any::encode_from(&OctetString::new(digest).map_err(malformed)?).map_err(malformed)?,
            ),
            (SIGNING_CERTIFICATE_V2, Any::encode_from(&certificate).map_err(malformed)?),
        ];
        // No signing time: PAdES has it in the dictionary of the file.
        let attributes: Vec<Attribute> = attributes
            .into_iter()
            .map(|(oid, value)| {
                Ok(Attribute { oid, values: SetOfVec::try_from(vec![value]).map_err(malformed)? })
            })
            .collect::<Result<_, CertificateError>>()?;
        let attributes: SignedAttributes = SetOfVec::try_from(attributes).map_err(malformed)?;
        let signed = attributes.to_der().map_err(malformed)?;
        let (algorithm, signature) = match &self.key {
            Key::Rsa(key) => (
                AlgorithmIdentifierOwned { oid: RSA_SHA256, parameters: Some(AnyRef::NULL.into()) },
                key.sign_with_rng(&mut rsa::rand_core::OsRng, &signed).to_vec(),
            ),
            Key::P256(key) => {
                let signature: p256::ecdsa::DerSignature = key.sign(&signed);
                (
                    AlgorithmIdentifierOwned { oid: ECDSA_SHA256, parameters: None },
                    signature.as_bytes().to_vec(),
                )
            }
        };
        Ok(SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: own.tbs_certificate.issuer.clone(),
                serial_number: own.tbs_certificate.serial_number.clone(),
            }),
            digest_alg: sha256(),
            signed_attrs: Some(attributes),
            signature_algorithm: algorithm,
            signature: OctetString::new(signature).map_err(malformed)?,
            unsigned_attrs: None,
        })
    }

    /// A detached signature with the certificates it is checked by, in DER.
    pub(super) fn wrapped(&self, signer: SignerInfo) -> Result<Vec<u8>, CertificateError> {
        let certificates: Vec<CertificateChoices> =
            self.chain.iter().cloned().map(CertificateChoices::Certificate).collect();
        let data = SignedData {
            version: CmsVersion::V1,
            digest_algorithms: SetOfVec::try_from(vec![sha256()]).map_err(malformed)?,
            encap_content_info: EncapsulatedContentInfo { econtent_type: ID_DATA, econtent: None },
            certificates: Some(CertificateSet(SetOfVec::try_from(certificates).map_err(malformed)?)),
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![signer]).map_err(malformed)?),
        };
        let content = Any::encode_from(&data).map_err(malformed)?;
        ContentInfo { content_type: ID_SIGNED_DATA, content }.to_der().map_err(malformed)
    }
}

fn sha256() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned { oid: SHA256, parameters: None }
}

/// RFC 5035: the hash is SHA-256 when none is named.
#[derive(Sequence)]
struct EssCertIdV2 {
    cert_hash: OctetString,
}

#[derive(Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
}

/// What a signature says, and whether its content is what was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Whose certificate made it; `None` when it carries none.
    pub holder: Option<Holder>,
    /// Whether the content is what was signed.
    pub verdict: Verdict,
    /// The time stamp beside it.
    pub stamp: Option<Stamp>,
}

/// Whether a content is what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The content and the signature belong together.
    Intact,
    /// The content is another, or the signature was not made by that certificate.
    Altered,
    /// Made in a way that is not checked here.
    Unknown,
}

/// Checks a detached signature over a content.
#[must_use]
pub fn check(signature: &[u8], content: &[&[u8]]) -> Checked {
    // The room of a signature is longer than it: what follows is filling.
    match read(signature) {
        Some(data) => checked(&data, content),
        None => Checked { holder: None, verdict: Verdict::Unknown, stamp: None },
    }
}

/// Checks the signature of signed data over a content.
pub(super) fn checked(data: &SignedData, content: &[&[u8]]) -> Checked {
    let unknown = Checked { holder: None, verdict: Verdict::Unknown, stamp: None };
    let Some(signer) = data.signer_infos.0.iter().next() else { return unknown };
    let certificates =
        data.certificates.iter().flat_map(|set| set.0.iter()).filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate),
            CertificateChoices::Other(_) => None,
        });
    let Some(own) = certificates.into_iter().find(|certificate| match &signer.sid {
        SignerIdentifier::IssuerAndSerialNumber(id) => {
            id.serial_number == certificate.tbs_certificate.serial_number
                && id.issuer == certificate.tbs_certificate.issuer
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => true,
    }) else {
        return unknown;
    };
    let verdict = verify(signer, own, content).unwrap_or(Verdict::Unknown);
    let stamp = time_stamp::of(signer.unsigned_attrs.as_ref(), signer.signature.as_bytes());
    Checked { holder: Some(Holder::of(own)), verdict, stamp }
}

fn read(signature: &[u8]) -> Option<SignedData> {
    let mut reader = der::SliceReader::new(signature).ok()?;
    let info: ContentInfo = der::Reader::decode(&mut reader).ok()?;
    data_of(&info)
}

/// What a content is, when it is signed data.
pub(super) fn data_of(info: &ContentInfo) -> Option<SignedData> {
    (info.content_type == ID_SIGNED_DATA).then(|| info.content.decode_as().ok())?
}

fn verify(signer: &SignerInfo, own: &Certificate, content: &[&[u8]]) -> Option<Verdict> {
    let digest = match signer.digest_alg.oid {
        SHA256 => hashed::<Sha256>(content),
        SHA384 => hashed::<Sha384>(content),
        SHA512 => hashed::<Sha512>(content),
        _ => return None,
    };
    let attributes = signer.signed_attrs.as_ref()?;
    let said = attributes.iter().find(|attribute| attribute.oid == MESSAGE_DIGEST)?.values.iter().next()?;
    let said: OctetString = said.decode_as().ok()?;
    if said.as_bytes() != digest {
        return Some(Verdict::Altered);
    }
    let signed = attributes.to_der().ok()?;
    let key = own.tbs_certificate.subject_public_key_info.to_der().ok()?;
    let signature = signer.signature.as_bytes();
    let good = match signer.signature_algorithm.oid {
        RSA | RSA_SHA256 | RSA_SHA384 | RSA_SHA512 => {
            let key = rsa::RsaPublicKey::from_public_key_der(&key).ok()?;
            let signature = pkcs1v15::Signature::try_from(signature).ok()?;
            match signer.digest_alg.oid {
                SHA256 => pkcs1v15::VerifyingKey::<Sha256>::new(key).verify(&signed, &signature).is_ok(),
                SHA384 => pkcs1v15::VerifyingKey::<Sha384>::new(key).verify(&signed, &signature).is_ok(),
                _ => pkcs1v15::VerifyingKey::<Sha512>::new(key).verify(&signed, &signature).is_ok(),
            }
        }
        ECDSA_SHA256 => {
            let key = p256::ecdsa::VerifyingKey::from_public_key_der(&key).ok()?;
            let signature = p256::ecdsa::DerSignature::try_from(signature).ok()?;
            key.verify(&signed, &signature).is_ok()
        }
        _ => return None,
    };
    Some(if good { Verdict::Intact } else { Verdict::Altered })
}

fn hashed<D: rsa::sha2::Digest>(content: &[&[u8]]) -> Vec<u8> {
    let mut hash = D::new();
    content.iter().for_each(|part| hash.update(part));
    hash.finalize().to_vec()
}
