//! Electronic signatures of a PDF (PAdES B-B, and B-T with the stamp of a service): each is added after what was there, so that an earlier one stays good.

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, IncrementalDocument, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::cms::{self, CertificateError, Checked, Holder, Identity, Verdict};
use super::document::{Align, Block, Document, Margins, Paper, Span, Style};
use super::time_stamp::{self, Stamp, StampError};
use super::{PrintError, packed, render};
use crate::context::Stamping;

/// Bytes kept for a signature: certificates of authorities take a few thousand, those of its time stamp as many.
const ROOM: usize = 24 * 1024;
/// Largest file whose signatures are read, in bytes.
const LARGEST: usize = 200 * 1024 * 1024;

/// Why a file was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The file has no free field of that name.
    #[error("the file has no free field for that signature")]
    NoField,
    /// The time stamp.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// The signature does not fit its room.
    #[error("the signature needs {0} bytes, more than are kept for it")]
    TooLong(usize),
    /// The file cannot be read or written.
    #[error("the file cannot be signed: {0}")]
    File(String),
}

impl From<PrintError> for SignError {
    fn from(error: PrintError) -> Self {
        Self::File(error.to_string())
    }
}

fn of_file(cause: impl ToString) -> SignError {
    SignError::File(cause.to_string())
}

/// What a signature is made with.
pub struct Signing<'a> {
    /// The field it fills.
    pub field: &'a str,
    /// When, by this computer's clock.
    pub at: DateTime<Utc>,
    /// What for.
    pub reason: &'a str,
    /// The lines that are seen in the field.
    pub look: &'a [String],
    /// The service that stamps its time, and a number that ties its answer to the question.
    pub stamping: Option<(&'a Stamping, u64)>,
}

/// Signs a field of a file. What was there stays byte for byte; the signature follows it.
///
/// # Errors
/// [`SignError`].
pub fn sign(pdf: &[u8], identity: &Identity, signing: &Signing<'_>) -> Result<Vec<u8>, SignError> {
    let before = lopdf::Document::load_mem(pdf).map_err(of_file)?;
    let (widget, area) = free_field(&before, signing.field).ok_or(SignError::NoField)?;
    let version = before.version.clone();
    // The table of objects is an object itself, which the reader does not count: its number is taken too.
    let size = before.trailer.get(b"Size").and_then(Object::as_i64).unwrap_or_default();
    let taken = before.max_id.max(u32::try_from(size).unwrap_or_default());
    let mut file = IncrementalDocument::create_from(pdf.to_vec(), before);
    // Else a second header would be written in the middle of the file.
    file.new_document.version = version;
    file.new_document.max_id = taken;
    let look = look(&mut file.new_document, signing, area)?;
    let signature = file.new_document.add_object(dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        "SubFilter" => "ETSI.CAdES.detached",
        "M" => Object::string_literal(signing.at.format("D:%Y%m%d%H%M%SZ").to_string()),
        "Name" => super::pdf::text_string(&identity.holder.name),
        "Reason" => super::pdf::text_string(signing.reason),
        // Its numbers are known once the file is written: room for ten digits each.
        "ByteRange" => vec![0.into(), PLACE.into(), PLACE.into(), PLACE.into()],
        "Contents" => Object::String(vec![0; ROOM], StringFormat::Hexadecimal),
    });
    file.opt_clone_object_to_new_document(widget).map_err(of_file)?;
    let field = file.new_document.get_dictionary_mut(widget).map_err(of_file)?;
    field.set("V", signature);
    field.set("AP", dictionary! { "N" => look });
    let mut signed = Vec::with_capacity(pdf.len() + 2 * ROOM + 64 * 1024);
    file.save_to(&mut signed).map_err(of_file)?;

    let (range, room) = places(&signed, pdf.len()).ok_or_else(|| of_file("the signature has no place"))?;
    let said = format!("[0 {} {} {}", room.start, room.end, signed.len() - room.end);
    if said.len() > range.len() {
        return Err(of_file("the file is too large"));
    }
    signed[range.clone()].fill(b' ');
    signed[range.start..range.start + said.len()].copy_from_slice(said.as_bytes());
    let mut hash = Sha256::new();
    hash.update(&signed[..room.start]);
    hash.update(&signed[room.end..]);
    let mut signer = identity.signer(&hash.finalize())?;
    if let Some((stamping, nonce)) = signing.stamping {
        signer.unsigned_attrs = Some(time_stamp::stamped(stamping, signer.signature.as_bytes(), nonce)?);
    }
    let made = identity.wrapped(signer)?;
    if made.len() > ROOM {
        return Err(SignError::TooLong(made.len()));
    }
    let digits: String = made.iter().map(|byte| format!("{byte:02X}")).collect();
    signed[room.start + 1..room.start + 1 + digits.len()].copy_from_slice(digits.as_bytes());
    Ok(signed)
}

/// What stands in a byte range until its numbers are known.
const PLACE: i64 = 9_999_999_999;

/// Where the byte range without its closing bracket and the signature with its brackets were written, after `from`.
fn places(file: &[u8], from: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let find = |words: &[u8]| file[from..].windows(words.len()).position(|w| w == words).map(|at| from + at);
    let start = find(format!("[0 {PLACE}").as_bytes())?;
    let end = start + file[start..].iter().position(|byte| *byte == b']')?;
    let zeros = find(b"<0000000000000000")?;
    let close = zeros + 2 * ROOM + 1;
    (file.get(close) == Some(&b'>')).then_some((start..end, zeros..close + 1))
}

/// The field of that name, when nothing fills it, and its size.
fn free_field(file: &lopdf::Document, name: &str) -> Option<(ObjectId, (f32, f32))> {
    let (id, field) = fields(file).into_iter().find(|(_, f)| name_of(file, f) == name && !f.has(b"V"))?;
    let rect = field.get(b"Rect").and_then(|rect| file.dereference(rect)).ok()?.1.as_array().ok()?;
    let side = |at: usize| rect.get(at).and_then(|side| side.as_float().ok());
    Some((id, (side(2)? - side(0)?, side(3)? - side(1)?)))
}

/// The fields for signatures, those of the form first.
fn fields(file: &lopdf::Document) -> Vec<(ObjectId, &Dictionary)> {
    let form = file.catalog().and_then(|catalog| catalog.get(b"AcroForm"));
    let form = form.and_then(|form| file.dereference(form)).and_then(|(_, form)| form.as_dict());
    let listed = form.and_then(|form| form.get(b"Fields")).and_then(|list| file.dereference(list));
    let Ok(listed) = listed.and_then(|(_, list)| list.as_array()) else { return Vec::new() };
    listed
        .iter()
        .filter_map(|field| {
            let id = field.as_reference().ok()?;
            let field = file.get_dictionary(id).ok()?;
            (field.get(b"FT").and_then(Object::as_name).ok()? == b"Sig").then_some((id, field))
        })
        .collect()
}

fn name_of(file: &lopdf::Document, field: &Dictionary) -> String {
    let name = field.get(b"T").and_then(|name| file.dereference(name)).and_then(|(_, name)| name.as_str());
    String::from_utf8_lossy(name.unwrap_or_default()).into_owned()
}

/// What is seen in the field: lines set by the engine of every paper, so that their letters are in the file.
fn look(
    file: &mut lopdf::Document,
    signing: &Signing<'_>,
    (width, height): (f32, f32),
) -> Result<ObjectId, SignError> {
    const SIZE: f32 = 7.0;
    let mut document = Document::new("Firma", signing.at);
    let (sheet, _) = Paper::Letter.size();
    let millimetres = |points: f32| points / 72.0 * 25.4;
    document.margins = Margins { left: 0.0, right: millimetres(sheet - width), top: 0.0, bottom: 0.0 };
    document.style =
        Style { body_size: SIZE, body_leading: SIZE * 1.3, paragraph_gap: 0.0, ..Style::default() };
    document.footer = String::new();
    document.tagged = false;
    document.blocks =
        vec![Block::Paragraph { spans: vec![Span::plain(signing.look.join("\n"))], align: Align::Left }];
    let rendering = render(&document)?;
    let mut drawn = lopdf::Document::load_mem(&rendering.pdf).map_err(of_file)?;
    drawn.renumber_objects_with(file.max_id + 1);
    let page_id = *drawn.get_pages().values().next().ok_or_else(|| of_file("an empty look"))?;
    let page = drawn.get_dictionary(page_id).map_err(of_file)?;
    let content = drawn.get_page_content(page_id);
    let resources = page.get(b"Resources").map_err(of_file)?.clone();
    let top = Paper::Letter.size().1;
    // Only what the look is drawn with: not its page, nor what the file said of itself.
    let mut wanted: Vec<ObjectId> = Vec::new();
    reached(&drawn, &resources, &mut wanted);
    for id in wanted {
        if let Some(object) = drawn.objects.remove(&id) {
            file.objects.insert(id, object);
        }
    }
    file.max_id = file.max_id.max(drawn.max_id);
    let number = |value: f32| Object::Real((value * 100.0).round() / 100.0);
    let form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), number(top - height), number(width), number(top)],
        "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), number(height - top)],
        "Resources" => resources,
    };
    let mut stream = Stream::new(form, content);
    packed::pack(&mut stream);
    Ok(file.add_object(stream))
}

/// Every object that one leads to.
fn reached(file: &lopdf::Document, object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) if !found.contains(id) => {
            found.push(*id);
            if let Ok(object) = file.get_object(*id) {
                reached(file, object, found);
            }
        }
        Object::Array(items) => items.iter().for_each(|item| reached(file, item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, item)| reached(file, item, found)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, item)| reached(file, item, found)),
        _ => {}
    }
}

/// The title and the author that a file says it has; `None` for what is no PDF or does not say both.
#[must_use]
pub fn title_and_author(pdf: &[u8]) -> Option<(String, String)> {
    let file = (pdf.len() <= LARGEST).then(|| lopdf::Document::load_mem(pdf).ok()).flatten()?;
    let (_, info) = file.dereference(file.trailer.get(b"Info").ok()?).ok()?;
    let info = info.as_dict().ok()?;
    let said = |key: &[u8]| {
        let (_, text) = file.dereference(info.get(key).ok()?).ok()?;
        lopdf::decode_text_string(text).ok()
    };
    Some((said(b"Title")?, said(b"Author")?))
}

/// A signature found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSignature {
    /// The field it fills.
    pub field: String,
    /// Whose certificate made it; `None` when it cannot be read.
    pub holder: Option<Holder>,
    /// When, as the file says it: the clock of who signed.
    pub at: Option<DateTime<Utc>>,
    /// Whether what it covers is what was signed.
    pub verdict: Verdict,
    /// The stamp of its time by a service.
    pub stamp: Option<Stamp>,
    /// How many of the file's first bytes it covers, its own room apart.
    pub covers: usize,
    /// What came after it.
    pub after: After,
}

/// What came into a file after a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Nothing: it covers the file.
    Nothing,
    /// Other signatures alone.
    Signatures,
    /// Something else: the file is not what was signed.
    Changes,
}

/// The signatures of a file, in the order in which they were made; empty for what is no PDF.
#[must_use]
pub fn signatures(pdf: &[u8]) -> Vec<FoundSignature> {
    if pdf.len() > LARGEST {
        return Vec::new();
    }
    let Ok(file) = lopdf::Document::load_mem(pdf) else { return Vec::new() };
    let mut found: Vec<FoundSignature> = fields(&file)
        .into_iter()
        .filter_map(|(_, field)| {
            let (_, value) = file.dereference(field.get(b"V").ok()?).ok()?;
            found_in(pdf, &file, &name_of(&file, field), value.as_dict().ok()?)
        })
        .collect();
    found.sort_by_key(|signature| signature.covers);
    found
}

fn found_in(pdf: &[u8], file: &lopdf::Document, field: &str, value: &Dictionary) -> Option<FoundSignature> {
    let (_, range) = file.dereference(value.get(b"ByteRange").ok()?).ok()?;
    let range: Vec<usize> =
        range.as_array().ok()?.iter().filter_map(|n| usize::try_from(n.as_i64().ok()?).ok()).collect();
    let &[start, first, second, last] = range.as_slice() else { return None };
    let covers = second.checked_add(last)?;
    // Only its own signature may be left out, and nothing before.
    let room = pdf.get(start.checked_add(first)?..second)?;
    let alone = start == 0 && room.first() == Some(&b'<') && room.last() == Some(&b'>');
    let made = value.get(b"Contents").and_then(Object::as_str).ok()?;
    let Checked { holder, verdict, stamp } = match (pdf.get(..first), pdf.get(second..covers)) {
        (Some(before), Some(after)) if alone => cms::check(made, &[before, after]),
        _ => Checked { holder: None, verdict: Verdict::Altered, stamp: None },
    };
    let at = value.get(b"M").and_then(Object::as_str).ok().and_then(instant);
    let after = after(pdf, file, covers);
    Some(FoundSignature { field: field.to_owned(), holder, at, verdict, stamp, covers, after })
}

/// `D:20250627140000Z`, `D:20250627090000-05'00'`.
fn instant(text: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(text).ok()?.strip_prefix("D:")?;
    let local = chrono::NaiveDateTime::parse_from_str(text.get(..14)?, "%Y%m%d%H%M%S").ok()?;
    let zone = text.get(14..)?.replace('\'', "");
    let minutes = match zone.get(..1) {
        Some(sign @ ("+" | "-")) => {
            let hours: i64 = zone.get(1..3)?.parse().ok()?;
            let minutes: i64 = zone.get(3..5).unwrap_or("00").parse().ok()?;
            (hours * 60 + minutes) * if sign == "-" { -1 } else { 1 }
        }
        _ => 0,
    };
    Some((local - chrono::TimeDelta::minutes(minutes)).and_utc())
}

/// What a file got after its first `covers` bytes: every object that was there must be as it was, but for the fields of
/// signatures and what a reader keeps of them.
fn after(pdf: &[u8], now: &lopdf::Document, covers: usize) -> After {
    if pdf[covers.min(pdf.len())..].iter().all(u8::is_ascii_whitespace) {
        return After::Nothing;
    }
    let Some(Ok(then)) = pdf.get(..covers).map(lopdf::Document::load_mem) else { return After::Changes };
    let signature_fields: Vec<ObjectId> = fields(now).into_iter().map(|(id, _)| id).collect();
    let same = then.objects.iter().all(|(id, object)| match now.objects.get(id) {
        Some(new) if new == object => true,
        Some(new) => signature_fields.contains(id) && only_signed(object, new),
        None => false,
    });
    // A page or a text cannot be put in its place by a new catalogue either.
    let same_root = then.trailer.get(b"Root").ok() == now.trailer.get(b"Root").ok();
    if same && same_root { After::Signatures } else { After::Changes }
}

/// Whether a field was free and is signed now, and nothing else of it changed.
fn only_signed(then: &Object, now: &Object) -> bool {
    let (Ok(then), Ok(now)) = (then.as_dict(), now.as_dict()) else { return false };
    let apart: &[&[u8]] = &[b"V", b"AP", b"M"];
    !then.has(b"V")
        && then
            .iter()
            .filter(|(key, _)| !apart.contains(&key.as_slice()))
            .all(|(key, v)| now.get(key).ok() == Some(v))
        && now.iter().all(|(key, _)| apart.contains(&key.as_slice()) || then.has(key))
}
