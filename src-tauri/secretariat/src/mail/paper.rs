//! What a dropped file says: a message (.eml, .msg) with its sender, time, words and attachments; or a paper as it is.
//!
//! These are strangers' bytes. Reading is bounded and never panics: what cannot be read is refused with a sentence.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, Utc};
use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::msg;
use crate::annex;
use crate::failure::{Failure, Result};
use crate::text;

/// Most attachments read of a message.
pub(crate) const MOST_ATTACHMENTS: usize = 200;
/// Most characters kept of a message's words.
const MOST_TEXT: usize = 100_000;

/// A dropped file, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// Whether it is a message, with a sender of its own.
    pub is_message: bool,
    /// Sender's name.
    pub from_name: Option<String>,
    /// Sender's address.
    pub from_address: Option<String>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its words.
    pub text: String,
    /// Its attachments; of a paper, the paper itself.
    pub attachments: Vec<Attachment>,
    /// Attachments that could not be taken out.
    pub left_inside: usize,
}

/// A file inside a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type: what its bytes are, or else what the message says.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it is part of the message's look, such as a signature's logo.
    pub inline: bool,
}

/// Reads a dropped file.
///
/// # Errors
/// `invalid_input` when it is larger than 50 MB, is nothing the archive keeps, or is a message that is damaged.
pub fn read(name: &str, bytes: &[u8]) -> Result<Paper> {
    let media_type = annex::media_type(name, bytes)?;
    // The parsers are tested on garbage; should one still panic, the person loses a preview and not the session.
    let parsed = match media_type.as_str() {
        "message/rfc822" => catch_unwind(AssertUnwindSafe(|| eml(bytes))),
        "application/vnd.ms-outlook" => catch_unwind(AssertUnwindSafe(|| msg::parse(bytes))),
        _ => {
            let attachment =
                Attachment { name: name.to_owned(), media_type, bytes: bytes.to_vec(), inline: false };
            return Ok(Paper { attachments: vec![attachment], ..Paper::default() });
        }
    };
    match parsed {
        Ok(Some(mut paper)) => {
            paper.is_message = true;
            paper.text = tidy(&paper.text);
            paper.subject = paper.subject.map(|s| one_line(&s)).filter(|s| !s.is_empty());
            paper.from_name = paper.from_name.map(|s| one_line(&s)).filter(|s| !s.is_empty());
            paper.from_address = paper.from_address.map(|s| one_line(&s)).filter(|s| s.contains('@'));
            for (n, attachment) in (1..).zip(&mut paper.attachments) {
                settle(n, attachment);
            }
            Ok(paper)
        }
        Ok(None) | Err(_) => Err(Failure::field(
            "file",
            text!(
                "El mensaje «{name}» está dañado o incompleto y no se pudo leer. Ábralo en el correo y guárdelo de nuevo, o \
                 imprímalo como PDF y adjúntelo.",
                "The message “{name}” is damaged or incomplete and could not be read. Open it in the mail program and save \
                 it again, or print it as PDF and attach that."
            ),
        )),
    }
}

fn eml(bytes: &[u8]) -> Option<Paper> {
    let message = MessageParser::default().parse(bytes)?;
    let from = message.from().and_then(|a| a.first());
    // A message is something somebody sent: without sender, subject or date it is text with a colon in it.
    if from.is_none() && message.subject().is_none() && message.date().is_none() {
        return None;
    }
    let text = message.body_text(0).map(|t| t.into_owned()).unwrap_or_default();
    let mut attachments = Vec::new();
    let mut left_inside = 0;
    for part in message.attachments() {
        if attachments.len() == MOST_ATTACHMENTS {
            left_inside += 1;
            continue;
        }
        let declared = part.content_type().map(|t| match t.subtype() {
            Some(subtype) => format!("{}/{subtype}", t.ctype()),
            None => t.ctype().to_owned(),
        });
        let (name, bytes) = match &part.body {
            PartType::Message(inner) => {
                let subject = inner.subject().unwrap_or("mensaje").to_owned();
                (
                    part.attachment_name().map_or(format!("{subject}.eml"), str::to_owned),
                    inner.raw_message().to_vec(),
                )
            }
            _ => (part.attachment_name().unwrap_or_default().to_owned(), part.contents().to_vec()),
        };
        let inline = part.content_id().is_some()
            && part.content_disposition().is_none_or(|d| !d.is_attachment())
            && declared.as_deref().is_some_and(|d| d.starts_with("image/"));
        attachments.push(Attachment { name, media_type: declared.unwrap_or_default(), bytes, inline });
    }
    Some(Paper {
        is_message: true,
        from_name: from.and_then(|a| a.name()).map(str::to_owned),
        from_address: from.and_then(|a| a.address()).map(str::to_owned),
        sent_at: message
            .date()
            .filter(|d| d.is_valid())
            .and_then(|d| DateTime::from_timestamp(d.to_timestamp(), 0)),
        subject: message.subject().map(str::to_owned),
        text,
        attachments,
        left_inside,
    })
}

/// Gives an attachment a name fit to keep, and the media type that its bytes are.
fn settle(n: usize, attachment: &mut Attachment) {
    let last = attachment.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut name = one_line(last);
    name.retain(|c| !matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|'));
    if name.trim_matches('.').is_empty() {
        name = format!("adjunto-{n}");
    }
    attachment.name = name.chars().take(200).collect();
    if let Some(found) = annex::sniff(&attachment.name, &attachment.bytes) {
        attachment.media_type = found.to_owned();
    } else if attachment.media_type.is_empty() {
        attachment.media_type = "application/octet-stream".to_owned();
    }
}

fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A message's words without trailing blanks, control characters or runs of empty lines.
fn tidy(text: &str) -> String {
    let mut kept = String::new();
    let mut blank = 0;
    for line in text.replace("\r\n", "\n").replace('\r', "\n").lines() {
        let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        let line = line.trim_end();
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            kept.push_str(line);
            kept.push('\n');
        }
        if kept.len() > MOST_TEXT {
            break;
        }
    }
    kept.trim().chars().take(MOST_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::super::msg::tests::outlook;
    use super::*;
    use proptest::prelude::*;

    const EML: &str = "From: =?utf-8?Q?Jos=C3=A9_Pe=C3=B1a?= <Jose@Demo.invalid>\r\nDate: Wed, 26 Mar 2025 10:04:05 -0500\r\n\
        Subject: =?iso-8859-1?Q?Excusa_sesi=F3n?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        No podr=E9 asistir.\r\n--b\r\nContent-Type: application/pdf; name=\"../../acto.pdf\"\r\n\
        Content-Disposition: attachment; filename=\"../../acto.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        JVBERi0xLjQK\r\n--b--\r\n";

    #[test]
    fn a_message_is_read() {
        let paper = read("a.eml", EML.as_bytes()).unwrap();
        assert!(paper.is_message);
        assert_eq!(paper.from_name.as_deref(), Some("José Peña"));
        assert_eq!(paper.from_address.as_deref(), Some("Jose@Demo.invalid"));
        assert_eq!(paper.sent_at, Some("2025-03-26T15:04:05Z".parse().unwrap()));
        assert_eq!(paper.subject.as_deref(), Some("Excusa sesión"));
        assert_eq!(paper.text, "No podré asistir.");
        assert_eq!(paper.attachments[0].name, "acto.pdf", "a path in a name is only a name");
        assert_eq!(paper.attachments[0].bytes, b"%PDF-1.4\n");
        let html = "From: a@b.co\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n<p>Hola <b>mundo</b></p><script>x</script>";
        assert!(read("b.eml", html.as_bytes()).unwrap().text.starts_with("Hola mundo"));
        let paper = read("foto.jpg", b"\xFF\xD8\xFF\xE0foto").unwrap();
        assert!(!paper.is_message && paper.attachments[0].media_type == "image/jpeg");
    }

    #[test]
    fn what_is_malformed_is_refused_or_read_in_part() {
        let msg = outlook(false);
        let mut nested = String::new();
        for n in 0..500 {
            nested += &format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
        }
        for (what, name, bytes, readable) in [
            ("nothing", "a.eml", b"".to_vec(), false),
            ("only zeros", "a.eml", vec![0; 1000], false),
            ("prose", "a.eml", b"Hola, esto no es un correo.".to_vec(), false),
            ("truncated in the body", "a.eml", EML.as_bytes()[..EML.len() - 60].to_vec(), true),
            ("truncated in the head", "a.eml", b"From: a@b.co\r\nSubj".to_vec(), true),
            // A field that never ends is no field: what came whole before it is read, and alone it is nothing.
            ("a head without end", "a.eml", format!("Subject: {}", "x".repeat(200_000)).into_bytes(), false),
            (
                "a sender and a head without end",
                "a.eml",
                format!("From: a@b.co\r\nSubject: {}", "x".repeat(200_000)).into_bytes(),
                true,
            ),
            (
                "no boundary",
                "a.eml",
                b"From: a@b.co\r\nContent-Type: multipart/mixed\r\n\r\nx".to_vec(),
                true,
            ),
            ("parts within parts", "a.eml", format!("From: a@b.co\r\n{nested}").into_bytes(), true),
            (
                "a date of nowhere",
                "a.eml",
                b"From: a@b.co\r\nDate: 99 Foo 20255 88:99\r\n\r\nx".to_vec(),
                true,
            ),
            (
                "a charset of nowhere",
                "a.eml",
                b"From: a@b.co\r\nContent-Type: text/plain; charset=x-nada\r\n\r\n\xE9".to_vec(),
                true,
            ),
            ("only a signature", "a.msg", msg[..8].to_vec(), false),
            ("truncated", "a.msg", msg[..msg.len() / 2].to_vec(), false),
            (
                "a document of Word",
                "a.msg",
                {
                    let file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
                    file.into_inner().into_inner()
                },
                false,
            ),
        ] {
            let result = read(name, &bytes);
            assert_eq!(result.is_ok(), readable, "{what}: {result:?}");
            if let Err(failure) = result {
                assert_eq!(failure.code, crate::Code::InvalidInput, "{what}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Bytes changed anywhere never make it panic, nor give more than was there.
        #[test]
        fn damage_never_panics(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
            cut in any::<prop::sample::Index>(),
            outlooks in any::<bool>(),
        ) {
            let mut bytes = if outlooks { outlook(false) } else { EML.as_bytes().to_vec() };
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            // The parsers themselves, without the net below them.
            let _ = eml(&bytes);
            if let Some(paper) = msg::parse(&bytes) {
                let taken: usize = paper.attachments.iter().map(|a| a.bytes.len()).sum();
                prop_assert!(taken <= annex::LARGEST);
            }
            let _ = read("a.msg", &bytes);
        }
    }
}
