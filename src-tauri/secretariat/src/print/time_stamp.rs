//! Time stamps of signatures (RFC 3161), with which they are PAdES B-T: what is asked of a service, and what its answer is
//! worth. Whether its authority is trusted is not judged, as with every certificate.

use ::cms::content_info::ContentInfo;
use chrono::{DateTime, NaiveDateTime, Utc};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Sequence, Tag, Tagged as _};
use sha2::{Digest as _, Sha256};
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::cms::{self, Holder, Verdict};
use crate::context::Stamping;
use crate::failure::Text;

const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const TIME_STAMP_TOKEN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.14");

/// Largest answer that is read, in bytes: a stamp with its certificates takes less than ten thousand.
const LARGEST: usize = 64 * 1024;

/// Why a signature got no stamp.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StampError {
    /// Nobody answered.
    #[error("the service did not answer: {}", .0.en)]
    Silent(Text),
    /// It answered that it gives none.
    #[error("the service refused: {0}")]
    Refused(String),
    /// Its answer is no stamp of this signature.
    #[error("the service's answer is no stamp of this signature")]
    NotAStamp,
}

/// What a time stamp says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The instant it certifies.
    pub at: DateTime<Utc>,
    /// Whose certificate made it; `None` when it carries none.
    pub authority: Option<Holder>,
    /// Whether it is of that signature, as its authority made it.
    pub verdict: Verdict,
}

#[derive(Sequence)]
struct Imprint {
    algorithm: AlgorithmIdentifierOwned,
    hash: OctetString,
}

/// RFC 3161 §2.4.1, with its certificate asked for.
#[derive(Sequence)]
struct TimeStampReq {
    version: u8,
    imprint: Imprint,
    nonce: u64,
    cert_req: bool,
}

/// Asks a service for the stamp of a signature: the attribute that goes beside it. `nonce` ties the answer to the question.
pub(super) fn stamped(stamping: &Stamping, signature: &[u8], nonce: u64) -> Result<Attributes, StampError> {
    let asked = request(signature, nonce).map_err(|_| StampError::NotAStamp)?;
    let answer = (stamping.ask)(&stamping.url, &asked).map_err(StampError::Silent)?;
    let token = granted(&answer)?;
    let (stamp, said) = read(&token, signature).ok_or(StampError::NotAStamp)?;
    if stamp.verdict == Verdict::Altered || said != Some(nonce) {
        return Err(StampError::NotAStamp);
    }
    attribute(&token).map_err(|_| StampError::NotAStamp)
}

fn request(signature: &[u8], nonce: u64) -> der::Result<Vec<u8>> {
    let hash = OctetString::new(Sha256::digest(signature).as_slice())?;
    let algorithm = AlgorithmIdentifierOwned { oid: SHA256, parameters: None };
    TimeStampReq { version: 1, imprint: Imprint { algorithm, hash }, nonce, cert_req: true }.to_der()
}

/// The token of an answer that grants it (RFC 3161 §2.4.2: status 0, or 1 with changes).
fn granted(answer: &[u8]) -> Result<Vec<u8>, StampError> {
    let parts = (answer.len() <= LARGEST).then(|| sequence(answer)).flatten().ok_or(StampError::NotAStamp)?;
    let status = parts.first().and_then(|status| status.to_der().ok()).and_then(|der| sequence(&der));
    let status = status.ok_or(StampError::NotAStamp)?;
    let code = status.first().and_then(|code| code.decode_as::<u8>().ok()).ok_or(StampError::NotAStamp)?;
    if code > 1 {
        let words =
            status.get(1).filter(|part| part.tag() == Tag::Sequence).and_then(|part| part.to_der().ok());
        let words = words.and_then(|der| sequence(&der)).unwrap_or_default();
        let told: Vec<String> =
            words.iter().map(|word| String::from_utf8_lossy(word.value()).into_owned()).collect();
        return Err(StampError::Refused(if told.is_empty() { code.to_string() } else { told.join("; ") }));
    }
    parts.get(1).and_then(|token| token.to_der().ok()).ok_or(StampError::NotAStamp)
}

fn attribute(token: &[u8]) -> der::Result<Attributes> {
    let values = SetOfVec::try_from(vec![Any::from_der(token)?])?;
    SetOfVec::try_from(vec![Attribute { oid: TIME_STAMP_TOKEN, values }])
}

/// The stamp among what stands beside a signature without being signed; `None` when there is none.
pub(super) fn of(beside: Option<&Attributes>, signature: &[u8]) -> Option<Stamp> {
    let attribute = beside?.iter().find(|attribute| attribute.oid == TIME_STAMP_TOKEN)?;
    let token = attribute.values.iter().next()?.to_der().ok()?;
    read(&token, signature).map(|(stamp, _)| stamp)
}

/// What a token says and the nonce it repeats.
fn read(token: &[u8], signature: &[u8]) -> Option<(Stamp, Option<u64>)> {
    let info = ContentInfo::from_der(token).ok()?;
    let data = cms::data_of(&info)?;
    if data.encap_content_info.econtent_type != TST_INFO {
        return None;
    }
    let content: OctetString = data.encap_content_info.econtent.as_ref()?.decode_as().ok()?;
    let content = content.as_bytes();
    let fields = sequence(content)?;
    // version, policy, imprint, serial number, time; then what is optional.
    let imprint: Imprint = fields.get(2)?.decode_as().ok()?;
    let at = instant(fields.get(4).filter(|time| time.tag() == Tag::GeneralizedTime)?.value())?;
    let nonce = fields.get(5..)?.iter().find(|field| field.tag() == Tag::Integer);
    let nonce = nonce.and_then(|nonce| nonce.decode_as::<u64>().ok());
    let of_this =
        imprint.algorithm.oid == SHA256 && imprint.hash.as_bytes() == Sha256::digest(signature).as_slice();
    let checked = cms::checked(&data, &[content]);
    let verdict = if of_this { checked.verdict } else { Verdict::Altered };
    Some((Stamp { at, authority: checked.holder, verdict }, nonce))
}

/// The parts of a sequence, whatever each is.
fn sequence(der: &[u8]) -> Option<Vec<Any>> {
    Vec::<Any>::from_der(der).ok()
}

/// `20250627140000Z`, `20250627140000.123Z`: services say fractions of a second too.
fn instant(text: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S%.f").ok().map(|at| at.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn told(status: &[u8], token: &[u8]) -> Vec<u8> {
        let length = u8::try_from(status.len() + token.len()).unwrap();
        [&[0x30, length], status, token].concat()
    }

    fn no_route() -> Text {
        text!("no hay red", "there is no network")
    }

    #[test]
    fn the_question_is_as_the_standard_writes_it() {
        let der = request(b"a signature", 7).unwrap();
        let hash = Sha256::digest(b"a signature");
        let head = [
            0x30, 0x3a, 0x02, 0x01, 0x01, 0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65,
            0x03, 0x04, 0x02, 0x01, 0x04, 0x20,
        ];
        assert_eq!(der, [&head[..], &hash, &[0x02, 0x01, 0x07, 0x01, 0x01, 0xff]].concat());
    }

    #[test]
    fn what_is_no_stamp_is_refused_with_its_cause() {
        let refusal = told(&[0x30, 0x09, 0x02, 0x01, 0x02, 0x30, 0x04, 0x0c, 0x02, b'n', b'o'], &[]);
        let cases: [(&[u8], StampError); 5] = [
            (b"<html>no service here</html>", StampError::NotAStamp),
            (b"", StampError::NotAStamp),
            (&refusal, StampError::Refused("no".into())),
            (&told(&[0x30, 0x03, 0x02, 0x01, 0x02], &[]), StampError::Refused("2".into())),
            (&told(&[0x30, 0x03, 0x02, 0x01, 0x00], &[]), StampError::NotAStamp),
        ];
        for (answer, error) in cases {
            assert_eq!(granted(answer), Err(error));
        }
        let empty = granted(&told(&[0x30, 0x03, 0x02, 0x01, 0x00], &[0x30, 0x00])).unwrap();
        assert_eq!(read(&empty, b"a signature"), None);
        let silent = Stamping { url: String::new(), ask: |_, _| Err(no_route()) };
        let failed = stamped(&silent, b"a signature", 7).map(|_| ());
        assert_eq!(failed, Err(StampError::Silent(no_route())));
    }

    #[test]
    fn instants_with_and_without_fractions_are_read() {
        let at = instant(b"20250627140000Z").unwrap();
        assert_eq!(at.to_rfc3339(), "2025-06-27T14:00:00+00:00");
        assert_eq!((instant(b"20250627140000.5Z").unwrap() - at).num_milliseconds(), 500);
        assert_eq!(instant(b"20250627140000"), None);
    }
}
