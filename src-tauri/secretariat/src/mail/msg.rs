//! Outlook's .msg files ([MS-OXMSG]): a compound file whose streams are MAPI properties.

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use chrono::{DateTime, TimeDelta, Utc};
use mail_parser::MessageParser;

use super::paper::{Attachment, MOST_ATTACHMENTS, Paper};
use crate::annex::LARGEST;

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

// Property tags ([MS-OXPROPS]), without their type.
const SUBJECT: u16 = 0x0037;
const SUBMIT_TIME: u16 = 0x0039;
const REPRESENTING_NAME: u16 = 0x0042;
const REPRESENTING_ADDRESS: u16 = 0x0065;
const HEADERS: u16 = 0x007D;
const SENDER_NAME: u16 = 0x0C1A;
const SENDER_ADDRESS: u16 = 0x0C1F;
const DELIVERY_TIME: u16 = 0x0E06;
const BODY: u16 = 0x1000;
const HTML: u16 = 0x1013;
const CREATION_TIME: u16 = 0x3007;
const ATTACHED_DATA: u16 = 0x3701;
const SHORT_NAME: u16 = 0x3704;
const LONG_NAME: u16 = 0x3707;
const ATTACHED_TYPE: u16 = 0x370E;
const CONTENT_ID: u16 = 0x3712;
const CODE_PAGE: u16 = 0x3FDE;
const SENDER_SMTP: u16 = 0x5D01;
const REPRESENTING_SMTP: u16 = 0x5D02;

/// Reads a message; `None` when the file is not one or is damaged.
pub(crate) fn parse(bytes: &[u8]) -> Option<Paper> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    // What is taken out can be no larger than what was put in, with room for text that grows when decoded.
    let mut left = LARGEST;
    let fixed = stream(&mut file, "/__properties_version1.0", &mut left)?;
    let page = long(&fixed, 32, CODE_PAGE).unwrap_or(1252);
    let mut root = |tag: u16| text(&mut file, "", tag, page, &mut left);
    let subject = root(SUBJECT);
    let body = root(BODY);
    let headers = root(HEADERS);
    let from_name = root(SENDER_NAME).or_else(|| root(REPRESENTING_NAME));
    let mut from_address = [SENDER_SMTP, REPRESENTING_SMTP, SENDER_ADDRESS, REPRESENTING_ADDRESS]
        .into_iter()
        .find_map(|tag| root(tag).filter(|a| a.contains('@')));
    let mut sent_at =
        [SUBMIT_TIME, DELIVERY_TIME, CREATION_TIME].into_iter().find_map(|tag| time(&fixed, tag));
    // Messages inside one organisation name people by directory entries; the headers, when kept, have the address.
    let head = headers.as_deref().and_then(|h| MessageParser::default().parse_headers(h.as_bytes()));
    if let Some(head) = &head {
        let from = head.from().and_then(|a| a.first()).and_then(|a| a.address()).map(str::to_owned);
        from_address = from_address.or(from);
        sent_at = sent_at.or_else(|| {
            head.date().filter(|d| d.is_valid()).and_then(|d| DateTime::from_timestamp(d.to_timestamp(), 0))
        });
    }
    let text = match body {
        Some(body) => body,
        None => html(&mut file, page, &mut left).unwrap_or_default(),
    };
    if subject.is_none() && from_name.is_none() && from_address.is_none() && text.is_empty() {
        return None; // a compound file of something else
    }
    let folders: Vec<String> = file
        .read_root_storage()
        .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach_version1.0_"))
        .map(|entry| format!("/{}", entry.name()))
        .take(10_000)
        .collect();
    let mut attachments = Vec::new();
    let mut left_inside = 0;
    for folder in folders {
        let data = if attachments.len() < MOST_ATTACHMENTS {
            stream(&mut file, &format!("{folder}/__substg1.0_{ATTACHED_DATA:04X}0102"), &mut left)
        } else {
            None
        };
        let Some(data) = data else {
            left_inside += 1; // a message inside the message, or one too many
            continue;
        };
        let mut own = |tag: u16| self::text(&mut file, &folder, tag, page, &mut left);
        let media_type = own(ATTACHED_TYPE).unwrap_or_default();
        attachments.push(Attachment {
            name: own(LONG_NAME).or_else(|| own(SHORT_NAME)).unwrap_or_default(),
            inline: own(CONTENT_ID).is_some() && media_type.starts_with("image/"),
            media_type,
            bytes: data,
        });
    }
    Some(Paper {
        is_message: true,
        from_name,
        from_address,
        sent_at,
        subject,
        text,
        attachments,
        left_inside,
    })
}

/// A stream's bytes, taken off what may still be read.
fn stream(file: &mut File<'_>, path: &str, left: &mut usize) -> Option<Vec<u8>> {
    if !file.is_stream(path) {
        return None;
    }
    let mut bytes = Vec::new();
    let opened = file.open_stream(path).ok()?;
    opened.take(*left as u64).read_to_end(&mut bytes).ok()?;
    *left = left.checked_sub(bytes.len())?;
    Some(bytes)
}

/// A text property: UTF-16 in new files, a code page in old ones.
fn text(file: &mut File<'_>, folder: &str, tag: u16, page: u32, left: &mut usize) -> Option<String> {
    let unicode = stream(file, &format!("{folder}/__substg1.0_{tag:04X}001F"), left);
    let text = match unicode {
        Some(bytes) => {
            let (pairs, _) = bytes.as_chunks::<2>();
            String::from_utf16_lossy(&pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect::<Vec<_>>())
        }
        None => decode(&stream(file, &format!("{folder}/__substg1.0_{tag:04X}001E"), left)?, page),
    };
    let text = text.trim_end_matches('\0').to_owned();
    if text.trim().is_empty() { None } else { Some(text) }
}

fn html(file: &mut File<'_>, page: u32, left: &mut usize) -> Option<String> {
    let bytes = stream(file, &format!("/__substg1.0_{HTML:04X}0102"), left)?;
    Some(mail_parser::decoders::html::html_to_text(&decode(&bytes, page)))
}

fn decode(bytes: &[u8], page: u32) -> String {
    let encoding = match page {
        65001 => encoding_rs::UTF_8,
        28605 => encoding_rs::ISO_8859_15,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1254 | 28599 => encoding_rs::WINDOWS_1254,
        // Western, and what does not say.
        _ => encoding_rs::WINDOWS_1252,
    };
    encoding.decode(bytes).0.into_owned()
}

/// The value of a fixed-size property: entries of 16 bytes after a header of 32, each type, tag, flags, value.
fn fixed(properties: &[u8], header: usize, kind: u16, tag: u16) -> Option<[u8; 8]> {
    let (entries, _) = properties.get(header..)?.as_chunks::<16>();
    let wanted = [kind.to_le_bytes(), tag.to_le_bytes()].concat();
    let entry = entries.iter().find(|entry| entry[..4] == wanted[..])?;
    entry[8..].try_into().ok()
}

fn long(properties: &[u8], header: usize, tag: u16) -> Option<u32> {
    let [a, b, c, d, ..] = fixed(properties, header, 0x0003, tag)?;
    Some(u32::from_le_bytes([a, b, c, d]))
}

/// A FILETIME: tenths of a microsecond since 1601.
fn time(properties: &[u8], tag: u16) -> Option<DateTime<Utc>> {
    let ticks = i64::from_le_bytes(fixed(properties, 32, 0x0040, tag)?);
    let origin: DateTime<Utc> = DateTime::from_timestamp(-11_644_473_600, 0)?;
    origin.checked_add_signed(TimeDelta::try_seconds(ticks / 10_000_000)?).filter(|_| ticks > 0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::mail::read;
    use std::io::Write;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn put(file: &mut CompoundFile<Cursor<Vec<u8>>>, path: &str, bytes: &[u8]) {
        file.create_stream(path).unwrap().write_all(bytes).unwrap();
    }

    /// A message as Outlook writes it, with an attachment; in code page 1252 when `old`.
    pub(crate) fn outlook(old: bool) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let texts = [
            (SUBJECT, "Excusa sesión ordinaria"),
            (BODY, "Señora secretaria:\r\nMe excuso de asistir.\r\n"),
            (SENDER_NAME, "Núñez-Peña, Íngrid"),
            (SENDER_SMTP, "ingrid.nunez@demo.invalid"),
        ];
        for (tag, text) in texts {
            if old {
                let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
                put(&mut file, &format!("/__substg1.0_{tag:04X}001E"), &bytes);
            } else {
                put(&mut file, &format!("/__substg1.0_{tag:04X}001F"), &utf16(text));
            }
        }
        let mut properties = vec![0; 32];
        properties.extend([0x40, 0, 0x39, 0, 6, 0, 0, 0]);
        // 2025-03-26T15:04:05Z
        properties.extend(((1_743_001_445_i64 + 11_644_473_600) * 10_000_000).to_le_bytes());
        put(&mut file, "/__properties_version1.0", &properties);
        let folder = "/__attach_version1.0_#00000000";
        file.create_storage(folder).unwrap();
        put(&mut file, &format!("{folder}/__substg1.0_{LONG_NAME:04X}001F"), &utf16("resolución 14.pdf"));
        put(&mut file, &format!("{folder}/__substg1.0_{ATTACHED_DATA:04X}0102"), b"%PDF-1.4 acto");
        file.create_storage("/__attach_version1.0_#00000001").unwrap();
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn a_message_of_outlook_is_read() {
        for old in [false, true] {
            let paper = read("excusa.msg", &outlook(old)).unwrap();
            assert_eq!(paper.subject.as_deref(), Some("Excusa sesión ordinaria"), "{old}");
            assert_eq!(paper.from_name.as_deref(), Some("Núñez-Peña, Íngrid"));
            assert_eq!(paper.from_address.as_deref(), Some("ingrid.nunez@demo.invalid"));
            assert_eq!(paper.sent_at, Some("2025-03-26T15:04:05Z".parse().unwrap()));
            assert_eq!(paper.text, "Señora secretaria:\nMe excuso de asistir.");
            assert_eq!((paper.attachments.len(), paper.left_inside), (1, 1));
            assert_eq!(paper.attachments[0].name, "resolución 14.pdf");
            assert_eq!(paper.attachments[0].media_type, "application/pdf");
        }
    }
}
