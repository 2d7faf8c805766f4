//! How the papers of a body look and what they always say: letterhead, seal, formats of its quality system, typeface, fixed
//! phrases and free sections. The official order and its words are not among them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Body;
use crate::codes::{DocumentKind, PhrasePlace, Typeface};
use crate::failure::{Failure, Result};
use crate::file::CarriedFile;
use crate::ids::BodyId;
use crate::journal::{Read, Tx};
use crate::minutes::PaperPreview;
use crate::print::{self, Block, Family, Image, Letterhead};
use crate::{record, store, text, typed};

/// Most lines of a letterhead: it is no page of its own.
const MOST_LINES: usize = 5;
/// Most phrases, sections or formats.
const MOST: usize = 60;
/// Largest picture, in bytes: it is on the first page of every paper.
const LARGEST_PICTURE: usize = 1024 * 1024;
/// Widths of a picture, in millimetres.
const WIDTHS: std::ops::RangeInclusive<i64> = 10..=60;
/// Sizes of running text, in points.
const SIZES: std::ops::RangeInclusive<i64> = 10..=12;
/// The size when nothing else was said.
const USUAL_SIZE: i64 = 11;

/// A picture of the letterhead, or the seal of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TemplatePicture {
    /// Hash of its bytes.
    pub blob_id: String,
    /// Its file's name.
    pub file: String,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// Its width on paper, in millimetres.
    pub width: i64,
}

/// The format that the quality system of the entity has for a kind of paper, and the series it is filed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperFormat {
    /// The kind of paper.
    pub kind: DocumentKind,
    /// Code of the format: "FT-GE-012".
    #[serde(default)]
    pub code: Option<String>,
    /// Version of the format: "03".
    #[serde(default)]
    pub version: Option<String>,
    /// Series and subseries of the retention schedule (TRD): "120-05.3 Actas de comisiones intersectoriales".
    #[serde(default)]
    pub series: Option<String>,
}

/// A phrase that a kind of paper always says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedPhrase {
    /// The kind of paper.
    pub kind: DocumentKind,
    /// Under its head, or before it is signed.
    pub place: PhrasePlace,
    /// The phrase.
    pub text: String,
}

/// A section of the minutes that the official order leaves free, after the next session and before the signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FreeSection {
    /// The notes of the secretariat, when there are any: under this title, in this place.
    SecretariatNotes {
        /// Its title.
        title: String,
    },
    /// A section that always says the same.
    Fixed {
        /// Its title.
        title: String,
        /// What it says, Markdown.
        text: String,
    },
}

/// How the papers of a body look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Template {
    /// The body.
    pub id: BodyId,
    /// Lines of the letterhead: the city, the entity, the office.
    pub lines: Vec<String>,
    /// The arms or the logo beside them.
    pub picture: Option<TemplatePicture>,
    /// The seal of the body, on what is issued.
    pub seal: Option<TemplatePicture>,
    /// Typeface of running text.
    pub typeface: Typeface,
    /// Size of running text, in points.
    pub text_size: i64,
    /// Formats by kind of paper.
    pub formats: Vec<PaperFormat>,
    /// Phrases that are always said.
    pub phrases: Vec<FixedPhrase>,
    /// Free sections of the minutes, in order.
    pub sections: Vec<FreeSection>,
}
record!(Template, "template");

/// What a template adds to the words of minutes: part of their data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FixedTexts {
    /// Phrases under the head.
    pub opening: Vec<String>,
    /// Phrases before the signatures.
    pub closing: Vec<String>,
    /// Free sections, in order.
    pub sections: Vec<FreeSection>,
}

impl Template {
    /// That of a body that has none of its own.
    #[must_use]
    pub fn plain(body: BodyId) -> Self {
        Self {
            id: body,
            lines: Vec::new(),
            picture: None,
            seal: None,
            typeface: Typeface::Serif,
            text_size: USUAL_SIZE,
            formats: Vec::new(),
            phrases: Vec::new(),
            sections: Vec::new(),
        }
    }

    fn phrases_of(&self, kind: DocumentKind, place: PhrasePlace) -> Vec<String> {
        self.phrases.iter().filter(|p| (p.kind, p.place) == (kind, place)).map(|p| p.text.clone()).collect()
    }

    /// What it adds to the words of a kind of paper; `None` when nothing. Only minutes have free sections.
    #[must_use]
    pub fn fixed(&self, kind: DocumentKind) -> Option<FixedTexts> {
        let texts = FixedTexts {
            opening: self.phrases_of(kind, PhrasePlace::Opening),
            closing: self.phrases_of(kind, PhrasePlace::Closing),
            sections: if kind == DocumentKind::Minutes { self.sections.clone() } else { Vec::new() },
        };
        (texts != FixedTexts::default()).then_some(texts)
    }
}

/// The template of a body as it stands now.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn template_of(read: &Read<'_>, body: &BodyId) -> Result<Template> {
    Ok(read.find::<Template>(body)?.unwrap_or_else(|| Template::plain(body.clone())))
}

/// A template with its pictures, ready to dress papers.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The template.
    pub template: Template,
    picture: Option<Image>,
    seal: Option<Image>,
}

impl Look {
    /// The look that a body's papers have now.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(crate) fn of_body(read: &Read<'_>, body: &BodyId) -> Result<Self> {
        Self::of(read, template_of(read, body)?)
    }

    /// The look of a template.
    ///
    /// # Errors
    /// When a picture cannot be read.
    pub(crate) fn of(read: &Read<'_>, template: Template) -> Result<Self> {
        let image = |picture: &TemplatePicture| -> Result<Image> {
            Ok(placed(picture, store::read_blob(read.conn, &picture.blob_id)?))
        };
        Ok(Self {
            picture: template.picture.as_ref().map(image).transpose()?,
            seal: template.seal.as_ref().map(image).transpose()?,
            template,
        })
    }

    /// Puts a paper under its body's letterhead and into its typeface; with `official`, under its seal. What it says stays
    /// as it was, but for the page's own footer.
    pub(crate) fn dress(&self, kind: DocumentKind, official: bool, paper: &mut print::Document) {
        let Self { template, picture, seal } = self;
        if template.typeface == Typeface::Sans {
            let style = &mut paper.style;
            (style.body_family, style.heading_family, style.table_family) =
                (Family::Sans, Family::Sans, Family::Sans);
        }
        if template.text_size != USUAL_SIZE {
            let scale = template.text_size as f32 / USUAL_SIZE as f32;
            paper.style.body_size *= scale;
            paper.style.body_leading *= scale;
        }
        let format = template.formats.iter().find(|format| format.kind == kind);
        let mut side = Vec::new();
        if let Some(PaperFormat { code, version, series, .. }) = format {
            side.extend(code.as_ref().map(|code| format!("Código: {code}")));
            side.extend(version.as_ref().map(|version| format!("Versión: {version}")));
            side.extend(series.as_ref().map(|series| format!("Serie: {series}")));
            if let Some(code) = code {
                let version = version.as_ref().map_or_else(String::new, |v| format!(", versión {v}"));
                paper.footer = format!("{code}{version} · {}", paper.footer);
            }
        }
        if picture.is_some() || !template.lines.is_empty() || !side.is_empty() {
            paper.letterhead =
                Some(Letterhead { picture: picture.clone(), lines: template.lines.clone(), side });
        }
        if let (Some(seal), true) = (seal, official)
            && let Some(at) = paper.blocks.iter().rposition(signed)
        {
            paper.blocks.insert(at + 1, Block::Image(seal.clone()));
        }
    }
}

fn placed(picture: &TemplatePicture, bytes: Vec<u8>) -> Image {
    Image { bytes, alt: picture.alt.clone(), width: Some(picture.width as f32), caption: Vec::new() }
}

/// Puts phrases into a paper that does not place them itself: under its head, and before it is signed.
pub(crate) fn place_phrases(texts: &FixedTexts, blocks: &mut Vec<Block>) {
    let closing: Vec<Block> = texts.closing.iter().map(|text| Block::text(text.as_str())).collect();
    match blocks.iter().rposition(signed) {
        Some(at) => before_signatures(closing, at, blocks),
        None => blocks.extend(closing),
    }
    let head = blocks.iter().position(|block| matches!(block, Block::Heading { level: 2.., .. }));
    let opening = texts.opening.iter().map(|text| Block::text(text.as_str()));
    let at = head.unwrap_or(blocks.len());
    blocks.splice(at..at, opening);
}

/// Whether a block is signed, or holds what is.
fn signed(block: &Block) -> bool {
    match block {
        Block::Signatures(_) => true,
        Block::Together(inner) => inner.iter().any(signed),
        _ => false,
    }
}

fn before_signatures(closing: Vec<Block>, at: usize, blocks: &mut Vec<Block>) {
    if let Some(Block::Together(inner)) = blocks.get_mut(at)
        && let Some(inside) = inner.iter().position(signed)
    {
        return before_signatures(closing, inside, inner);
    }
    // The sentence that closes a paper stays beside its signatures.
    let after = matches!(at.checked_sub(1).and_then(|at| blocks.get(at)), Some(Block::Paragraph { .. }));
    let at = if after { at - 1 } else { at };
    blocks.splice(at..at, closing);
}

/// Which body's template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetTemplate {
    /// The body.
    pub body_id: BodyId,
}

/// The template of a body; the plain one while it has none.
///
/// # Errors
/// `not_found` for an unknown body.
#[allow(clippy::needless_pass_by_value)]
pub fn get_template(read: &Read<'_>, request: GetTemplate) -> Result<Template> {
    read.get::<Body>(&request.body_id)?;
    template_of(read, &request.body_id)
}

/// A picture to put into a template: a new file, or the one that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenPicture {
    /// A new file: PNG or JPEG.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
    /// What it shows.
    pub alt: String,
    /// Its width in millimetres.
    pub width: i64,
}

/// A template to save. What is not said is left plain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutTemplate {
    /// The body.
    pub body_id: BodyId,
    /// Lines of the letterhead.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub lines: Vec<String>,
    /// The arms or the logo; without a file, the one that is kept.
    #[serde(default)]
    #[ts(optional)]
    pub picture: Option<GivenPicture>,
    /// The seal; without a file, the one that is kept.
    #[serde(default)]
    #[ts(optional)]
    pub seal: Option<GivenPicture>,
    /// Typeface of running text; serif when not said.
    #[serde(default)]
    #[ts(optional)]
    pub typeface: Option<Typeface>,
    /// Size of running text in points, 10 to 12; 11 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub text_size: Option<i64>,
    /// Formats by kind of paper.
    #[serde(default)]
    #[ts(as = "Option<Vec<PaperFormat>>", optional)]
    pub formats: Vec<PaperFormat>,
    /// Phrases that are always said.
    #[serde(default)]
    #[ts(as = "Option<Vec<FixedPhrase>>", optional)]
    pub phrases: Vec<FixedPhrase>,
    /// Free sections of the minutes, in order.
    #[serde(default)]
    #[ts(as = "Option<Vec<FreeSection>>", optional)]
    pub sections: Vec<FreeSection>,
}

/// Saves the template of a body: what is printed from then on looks so. What was issued stays as it is.
///
/// # Errors
/// `not_found` for an unknown body; `invalid_input` for a picture that cannot be read, is larger than 1 MB or has no words
/// for who cannot see it, for sizes out of their range, and for two formats of one kind.
pub fn put_template(tx: &mut Tx<'_>, request: PutTemplate) -> Result<Template> {
    tx.get::<Body>(&request.body_id)?;
    let old = tx.find::<Template>(&request.body_id)?;
    let picture = |given: Option<&GivenPicture>, field: &str, kept: Option<&TemplatePicture>| {
        given.map(|given| checked_picture(given, field, kept)).transpose()
    };
    let was = |kept: fn(&Template) -> Option<&TemplatePicture>| old.as_ref().and_then(kept);
    let arms = picture(request.picture.as_ref(), "picture", was(|t| t.picture.as_ref()))?;
    let seal = picture(request.seal.as_ref(), "seal", was(|t| t.seal.as_ref()))?;
    let mut template = checked(&request)?;
    template.picture = arms.map(|(picture, bytes)| kept(tx, picture, bytes)).transpose()?;
    template.seal = seal.map(|(picture, bytes)| kept(tx, picture, bytes)).transpose()?;
    tx.put(&template)?;
    Ok(template)
}

fn kept(tx: &mut Tx<'_>, mut picture: TemplatePicture, bytes: Option<Vec<u8>>) -> Result<TemplatePicture> {
    if let Some(bytes) = bytes {
        picture.blob_id = tx.put_blob(&bytes)?;
    }
    Ok(picture)
}

/// A picture as it would be kept, with its bytes when they are new.
fn checked_picture(
    given: &GivenPicture,
    field: &str,
    kept: Option<&TemplatePicture>,
) -> Result<(TemplatePicture, Option<Vec<u8>>)> {
    let alt = typed::line(
        &format!("{field}.alt"),
        &text!("qué muestra la imagen, para quien no la ve", "What the picture shows, for who cannot see it"),
        &given.alt,
    )?;
    if !WIDTHS.contains(&given.width) {
        let (from, to) = (WIDTHS.start(), WIDTHS.end());
        return Err(Failure::field(
            &format!("{field}.width"),
            text!(
                "El ancho va de {from} a {to} milímetros.",
                "The width goes from {from} to {to} millimetres."
            ),
        ));
    }
    let width = given.width;
    let Some(file) = &given.file else {
        let kept = kept.ok_or_else(|| {
            Failure::field(
                field,
                text!("Elija la imagen: un PNG o un JPEG.", "Choose the picture: a PNG or a JPEG."),
            )
        })?;
        return Ok((TemplatePicture { alt, width, ..kept.clone() }, None));
    };
    let bytes = file.bytes()?;
    if bytes.len() > LARGEST_PICTURE || !print::readable_picture(&bytes) {
        return Err(Failure::field(
            field,
            text!(
                "La imagen no se puede usar: debe ser un PNG o un JPEG completo de 1 MB o menos. Va en cada documento.",
                "The picture cannot be used: it has to be a whole PNG or JPEG of 1 MB or less. It is on every paper."
            ),
        ));
    }
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    Ok((TemplatePicture { blob_id: String::new(), file: name, alt, width }, Some(bytes)))
}

/// A template without its pictures, its texts fit to keep.
fn checked(request: &PutTemplate) -> Result<Template> {
    let too_many = |field: &str, most: usize| {
        Failure::field(field, text!("Son demasiados: caben {most}.", "There are too many: {most} fit."))
    };
    if request.lines.len() > MOST_LINES {
        return Err(too_many("lines", MOST_LINES));
    }
    for (field, count) in [
        ("formats", request.formats.len()),
        ("phrases", request.phrases.len()),
        ("sections", request.sections.len()),
    ] {
        if count > MOST {
            return Err(too_many(field, MOST));
        }
    }
    let text_size = request.text_size.unwrap_or(USUAL_SIZE);
    if !SIZES.contains(&text_size) {
        return Err(Failure::field(
            "text_size",
            text!("El tamaño va de 10 a 12 puntos.", "The size goes from 10 to 12 points."),
        ));
    }
    let line = text!("la línea del membrete", "The line of the letterhead");
    let lines = request
        .lines
        .iter()
        .enumerate()
        .map(|(at, said)| typed::line(&format!("lines.{at}"), &line, said))
        .collect::<Result<_>>()?;
    let mut formats: Vec<PaperFormat> = Vec::new();
    for (at, format) in request.formats.iter().enumerate() {
        if formats.iter().any(|other| other.kind == format.kind) {
            let kind = format.kind.label();
            return Err(Failure::field(
                &format!("formats.{at}.kind"),
                text!(
                    "Hay dos formatos para «{kind}». Deje uno.",
                    "There are two formats for one kind of paper. Leave one."
                ),
            ));
        }
        formats.push(PaperFormat {
            kind: format.kind,
            code: typed::optional_line(&format!("formats.{at}.code"), format.code.as_deref())?,
            version: typed::optional_line(&format!("formats.{at}.version"), format.version.as_deref())?,
            series: typed::optional_line(&format!("formats.{at}.series"), format.series.as_deref())?,
        });
    }
    let phrase = text!("la frase", "The phrase");
    let phrases = request
        .phrases
        .iter()
        .enumerate()
        .map(|(at, said)| {
            let text = typed::prose(&format!("phrases.{at}.text"), &phrase, &said.text)?;
            Ok(FixedPhrase { text, ..said.clone() })
        })
        .collect::<Result<_>>()?;
    Ok(Template {
        id: request.body_id.clone(),
        lines,
        picture: None,
        seal: None,
        typeface: request.typeface.unwrap_or(Typeface::Serif),
        text_size,
        formats,
        phrases,
        sections: checked_sections(&request.sections)?,
    })
}

fn checked_sections(sections: &[FreeSection]) -> Result<Vec<FreeSection>> {
    let (name, said) =
        (text!("el título", "The title"), text!("el texto de la sección", "The section's text"));
    let notes = sections.iter().filter(|section| matches!(section, FreeSection::SecretariatNotes { .. }));
    if notes.count() > 1 {
        return Err(Failure::field(
            "sections",
            text!(
                "Las constancias de la secretaría técnica van una sola vez.",
                "The notes of the secretariat are there once."
            ),
        ));
    }
    sections
        .iter()
        .enumerate()
        .map(|(at, section)| {
            let titled = |title: &str| typed::line(&format!("sections.{at}.title"), &name, title);
            Ok(match section {
                FreeSection::SecretariatNotes { title } => {
                    FreeSection::SecretariatNotes { title: titled(title)? }
                }
                FreeSection::Fixed { title, text } => FreeSection::Fixed {
                    title: titled(title)?,
                    text: typed::prose(&format!("sections.{at}.text"), &said, text)?,
                },
            })
        })
        .collect()
}

/// A template to try before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewTemplate {
    /// The template as it would be saved.
    pub template: PutTemplate,
    /// Which kind of paper is shown under it; minutes when not said.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<DocumentKind>,
}

/// A paper of the body under a template that is not saved: the newest of its kind that the record holds, else an empty
/// sheet under its letterhead.
///
/// # Errors
/// As [`put_template`].
#[allow(clippy::needless_pass_by_value)]
pub fn preview_template(read: &Read<'_>, request: PreviewTemplate) -> Result<PaperPreview> {
    let kind = request.kind.unwrap_or(DocumentKind::Minutes);
    let request = request.template;
    let body: Body = read.get(&request.body_id)?;
    let old = read.find::<Template>(&body.id)?;
    let picture = |given: &Option<GivenPicture>, field: &str, kept: Option<&TemplatePicture>| {
        let Some(given) = given else { return Ok(None) };
        let (picture, bytes) = checked_picture(given, field, kept)?;
        let bytes = match bytes {
            Some(bytes) => bytes,
            None => store::read_blob(read.conn, &picture.blob_id)?,
        };
        Ok::<_, Failure>(Some(placed(&picture, bytes)))
    };
    let look = Look {
        template: checked(&request)?,
        picture: picture(&request.picture, "picture", old.as_ref().and_then(|t| t.picture.as_ref()))?,
        seal: picture(&request.seal, "seal", old.as_ref().and_then(|t| t.seal.as_ref()))?,
    };
    let newest = match kind {
        DocumentKind::Minutes => crate::minutes::under(read, &body, &look)?,
        DocumentKind::Notice | DocumentKind::AttendanceSheet | DocumentKind::ChairScript => {
            crate::document::under(read, &body, &look, kind)?
        }
        kind => crate::paper::under(read, &body, &look, kind)?,
    };
    newest.map_or_else(|| empty_sheet(read, &body, &look, kind), Ok)
}

/// What a body that has no paper of a kind yet sees of it: its letterhead.
fn empty_sheet(read: &Read<'_>, body: &Body, look: &Look, kind: DocumentKind) -> Result<PaperPreview> {
    let label = kind.label();
    let mut document = print::Document::new(body.name.clone(), read.ctx.now);
    document.paper = crate::minutes::paper(body.paper);
    document.blocks = vec![
        print::Block::heading(1, crate::spanish::capitalized(label)),
        print::Block::text("La instancia no tiene todavía de qué hacerlo: aquí se verá con este membrete."),
    ];
    look.dress(kind, true, &mut document);
    Ok(PaperPreview::of(&print::render(&document).map_err(Failure::internal)?, false))
}
