//! Pages as a PDF file: printpdf writes what is on each page, lopdf the frame around them.
//!
//! printpdf would embed whole fonts, hold the operations of all pages in memory and invent identifiers. So the fonts are
//! reduced first, pages go through it a few at a time, and metadata, outline and identifiers are written here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use printpdf::{
    Color, DictItem, ExternalStream, ExternalXObject, FontId, Greyscale, Line, LinePoint, Op, PaintMode,
    ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, TextItem,
    TextMatrix, XObject, XObjectId, XObjectTransform,
};
use sha2::{Digest, Sha256};

use super::document::Document;
use super::file::{self, Written};
use super::fonts::{Face, Fonts};
use super::image::{self, Pixels};
use super::page::{Element, Field, Link, Node, Page, Run, Shape, Tag};
use super::text::is_blank;
use super::{OutlineEntry, Pages, PrintError, packed};

/// Pages that printpdf holds at a time: bounds memory, long enough that its fixed costs vanish.
const BATCH: usize = 16;
/// The program, as its files name it.
pub(super) const PRODUCER: &str = "Actario";
/// What the colours mean, also in decades (ISO 19005-2, 6.2.3).
static SRGB: &[u8] = include_bytes!("../../../../assets/icc/sRGB.icc");

/// Writes the file.
pub(super) fn write(document: &Document, laid_out: &Pages) -> Result<Vec<u8>, PrintError> {
    let mut fonts = Fonts::new();
    let used = used_characters(&laid_out.pages);
    let subsets = used
        .into_iter()
        .map(|(face, characters)| Subset::new(face, &characters, &mut fonts))
        .collect::<Result<Vec<_>, _>>()?;
    let pictures = pictures(&laid_out.pages);

    let (mut file, pages_id, resources) = skeleton(&subsets, &pictures)?;
    let press = Press { subsets: &subsets, pictures: &pictures, tagged: document.tagged };
    let (kids, tagged) = add_pages(&mut file, pages_id, resources, &laid_out.pages, &press)?;
    let pages = dictionary! {
        "Type" => "Pages",
        "Count" => count(kids.len()),
        "Kids" => kids.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>(),
    };
    file.objects.insert(pages_id, pages.into());
    describe(&mut file, document, laid_out, &kids)?;
    attach(&mut file, document)?;
    if !tagged.fields.is_empty() {
        // One field at least can be signed, and what was signed is only added to.
        let fields: Vec<Object> = tagged.fields.iter().map(|id| Object::Reference(*id)).collect();
        let form = file.add_object(dictionary! { "Fields" => fields, "SigFlags" => 3 });
        file.catalog_mut().map_err(assembly)?.set("AcroForm", form);
    }
    let mut written = Written::default();
    if document.tagged {
        write_structure(&mut file, &laid_out.structure, &tagged, &kids, &mut written)?;
    }
    file::write(file, &written).map_err(assembly)
}

// --- fonts ---

/// A face reduced to the characters in use. Every character has a code of its own, also those that share a glyph, so that
/// copied text is exact.
struct Subset {
    face: Face,
    program: Vec<u8>,
    codes: BTreeMap<u32, u16>,
    widths: BTreeMap<u16, u16>,
    /// The glyph of each code in the reduced program, two bytes each.
    glyphs: Vec<u8>,
}

impl Subset {
    fn new(face: Face, characters: &BTreeSet<char>, fonts: &mut Fonts) -> Result<Self, PrintError> {
        let failed = || PrintError::Font { face: face.name() };
        let glyphs: Vec<_> = characters.iter().filter_map(|c| Some((*c, fonts.glyph(face, *c)?))).collect();
        let mut remapper = subsetter::GlyphRemapper::new();
        let mut codes = BTreeMap::new();
        let mut widths = BTreeMap::new();
        let mut map = vec![0, 0];
        for ((character, glyph), code) in glyphs.into_iter().zip(1_u16..) {
            codes.insert(u32::from(character), code);
            widths.insert(code, u16::try_from(glyph.advance).unwrap_or(0));
            map.extend(remapper.remap(glyph.id).to_be_bytes());
        }
        let program = subsetter::subset(face.bytes(), 0, &remapper).map_err(|_| failed())?;
        Ok(Self { face, program, codes, widths, glyphs: map })
    }

    fn key(&self) -> FontId {
        FontId(format!("F{}", self.face.index()))
    }

    /// What printpdf must know of the font; the program only where it is embedded.
    fn parsed(&self, with_program: bool) -> Result<ParsedFont, PrintError> {
        let failed = || PrintError::Font { face: self.face.name() };
        let whole = ttf_parser::Face::parse(self.face.bytes(), 0).map_err(|_| failed())?;
        let program = if with_program { self.program.clone() } else { Vec::new() };
        let metrics = printpdf::FontMetrics { ascent: whole.ascender(), descent: whole.descender() };
        let mut parsed = ParsedFont::with_glyph_data(
            program,
            0,
            Some(self.tagged_name()),
            self.codes.clone(),
            self.widths.clone(),
            1000,
            metrics,
        );
        let bounds = whole.global_bounding_box();
        parsed.pdf_font_metrics.x_min = bounds.x_min;
        parsed.pdf_font_metrics.y_min = bounds.y_min;
        parsed.pdf_font_metrics.x_max = bounds.x_max;
        parsed.pdf_font_metrics.y_max = bounds.y_max;
        parsed.pdf_font_metrics.us_weight_class = whole.weight().to_number();
        if whole.is_italic() {
            parsed.pdf_font_metrics.caret_slope_rise = 1000;
            parsed.pdf_font_metrics.caret_slope_run = 176;
        }
        Ok(parsed)
    }

    /// Six letters from the content and the name, as PDF asks of reduced fonts.
    fn tagged_name(&self) -> String {
        let hash = Sha256::digest(&self.program);
        let tag: String = hash.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
        format!("{tag}+{}", self.face.name())
    }
}

fn used_characters(pages: &[Page]) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    // Most characters are near: a table of what was seen spares a search for each letter of the document.
    let mut seen: BTreeMap<Face, Vec<bool>> = BTreeMap::new();
    let texts = pages.iter().flat_map(|page| {
        let mark = page.mark.iter().map(|mark| (mark.face, mark.text.as_str()));
        page.runs.iter().map(|run| (run.face, &*run.text)).chain(mark)
    });
    for (face, text) in texts {
        let seen = seen.entry(face).or_insert_with(|| vec![false; 0x3000]);
        for character in text.chars() {
            match seen.get_mut(character as usize) {
                Some(true) => {}
                Some(slot) => {
                    *slot = true;
                    used.entry(face).or_default().insert(character);
                }
                None => {
                    used.entry(face).or_default().insert(character);
                }
            }
        }
    }
    used
}

// --- pictures ---

/// Distinct pictures with their names, in order of appearance.
fn pictures(pages: &[Page]) -> Vec<(Arc<Pixels>, XObjectId)> {
    let mut found: Vec<(Arc<Pixels>, XObjectId)> = Vec::new();
    for picture in pages.iter().flat_map(|page| &page.pictures) {
        if !found
            .iter()
            .any(|(pixels, _)| Arc::ptr_eq(pixels, &picture.pixels) || **pixels == *picture.pixels)
        {
            found.push((picture.pixels.clone(), XObjectId(format!("I{}", found.len() + 1))));
        }
    }
    found
}

fn picture_object(pixels: &Pixels) -> ExternalXObject {
    let name = |text: &str| DictItem::Name(text.into());
    let space = |components: u8| name(if components == 1 { "DeviceGray" } else { "DeviceRGB" });
    let base = |space: DictItem| {
        BTreeMap::from([
            ("Type".to_owned(), name("XObject")),
            ("Subtype".to_owned(), name("Image")),
            ("Width".to_owned(), DictItem::Int(i64::from(pixels.width))),
            ("Height".to_owned(), DictItem::Int(i64::from(pixels.height))),
            ("BitsPerComponent".to_owned(), DictItem::Int(8)),
            ("ColorSpace".to_owned(), space),
        ])
    };
    let stream = match &pixels.content {
        image::Content::Jpeg { bytes, components } => {
            let mut dict = base(space(*components));
            dict.insert("Filter".into(), name("DCTDecode"));
            ExternalStream { dict, content: bytes.clone(), compress: false }
        }
        image::Content::Raw { components, dots, alpha } => {
            let mut dict = base(space(*components));
            if let Some(alpha) = alpha {
                let mask = ExternalStream { dict: base(space(1)), content: alpha.clone(), compress: true };
                dict.insert("SMask".into(), DictItem::Stream { stream: mask });
            }
            ExternalStream { dict, content: dots.clone(), compress: true }
        }
    };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

// --- pages ---

/// A document with all fonts and pictures and one page that uses them, from printpdf; the page is then dropped. Returns
/// the root of the pages and the resources they share.
fn skeleton(
    subsets: &[Subset],
    pictures: &[(Arc<Pixels>, XObjectId)],
) -> Result<(lopdf::Document, ObjectId, ObjectId), PrintError> {
    let mut source = PdfDocument::new("");
    let mut ops = vec![Op::StartTextSection];
    for subset in subsets {
        source.resources.fonts.map.insert(subset.key(), PdfFont::new(subset.parsed(true)?));
        let all: String = subset.codes.keys().copied().filter_map(char::from_u32).collect();
        ops.push(Op::SetFont { font: PdfFontHandle::External(subset.key()), size: Pt(1.0) });
        ops.push(Op::ShowText { items: vec![TextItem::Text(all)] });
    }
    ops.push(Op::EndTextSection);
    for (pixels, id) in pictures {
        source.resources.xobjects.map.insert(id.clone(), XObject::External(picture_object(pixels)));
    }
    source.pages = vec![PdfPage { ops, ..blank_page(1.0, 1.0) }];
    let mut file = source.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());

    let page_id = *file.get_pages().values().next().ok_or_else(|| assembly("no page"))?;
    let page = file.get_dictionary(page_id).map_err(assembly)?.clone();
    let reference = |key: &[u8]| page.get(key).and_then(Object::as_reference).map_err(assembly);
    let (pages_id, content_id, resources) =
        (reference(b"Parent")?, reference(b"Contents")?, reference(b"Resources")?);
    file.objects.remove(&page_id);
    file.objects.remove(&content_id);
    let shared = file.get_dictionary_mut(resources).map_err(assembly)?;
    for unused in ["ExtGState", "Shading"] {
        shared.remove(unused.as_bytes());
    }
    if pictures.is_empty() {
        shared.remove(b"XObject");
    }
    let fonts = shared.get(b"Font").and_then(Object::as_reference).map_err(assembly)?;
    let fonts = file.get_dictionary(fonts).map_err(assembly)?.clone();
    for subset in subsets {
        // Codes are ours: this map leads them to the glyphs of the reduced program.
        let Ok(id) = fonts.get(subset.key().0.as_bytes()).and_then(Object::as_reference) else { continue };
        let map = file.add_object(Stream::new(Dictionary::new(), subset.glyphs.clone()));
        let font = file.get_dictionary_mut(id).map_err(assembly)?;
        if let Ok([Object::Dictionary(descendant)]) =
            font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).map(Vec::as_mut_slice)
        {
            descendant.set("CIDToGIDMap", map);
        }
    }
    Ok((file, pages_id, resources))
}

/// A page as printpdf wrote it.
struct Content {
    stream: Stream,
    media: Object,
    /// The element of each marked content, by its number.
    marks: Vec<Element>,
}

/// What pages are written with.
struct Press<'a> {
    subsets: &'a [Subset],
    pictures: &'a [(Arc<Pixels>, XObjectId)],
    tagged: bool,
}

impl Press<'_> {
    /// The contents of all pages, in order. The cores share the batches; what comes out does not depend on how.
    fn contents(&self, pages: &[Page]) -> Result<Vec<Content>, PrintError> {
        let batches: Vec<&[Page]> = pages.chunks(BATCH).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut fonts = Fonts::new();
            let mut source = PdfDocument::new("");
            for subset in self.subsets {
                source.resources.fonts.map.insert(subset.key(), PdfFont::new(subset.parsed(false)?));
            }
            let mut done = Vec::new();
            while let Some((at, batch)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                batches.get(at).map(|batch| (at, batch))
            } {
                done.push((at, self.batch(batch, &mut source, &mut fonts)?));
            }
            Ok(done)
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let helpers = cores.min(batches.len()).min(MOST_CORES).saturating_sub(1);
        let mut done = std::thread::scope(|scope| {
            // A thread that cannot be had is work for the others.
            let helpers: Vec<_> = (0..helpers)
                .filter_map(|_| std::thread::Builder::new().spawn_scoped(scope, work).ok())
                .collect();
            let mut done = work()?;
            for helper in helpers {
                done.append(&mut helper.join().map_err(|_| assembly("a page could not be written"))??);
            }
            Ok::<_, PrintError>(done)
        })?;
        done.sort_unstable_by_key(|(at, _)| *at);
        Ok(done.into_iter().flat_map(|(_, contents)| contents).collect())
    }

    fn batch(
        &self,
        pages: &[Page],
        source: &mut PdfDocument,
        fonts: &mut Fonts,
    ) -> Result<Vec<Content>, PrintError> {
        let mut marks = Vec::with_capacity(pages.len());
        for page in pages {
            let mut tags = self.tagged.then(Tags::default);
            let ops = page_ops(page, self.pictures, fonts, tags.as_mut());
            marks.push(tags.unwrap_or_default().marks);
            source.pages.push(PdfPage { ops, ..blank_page(page.width, page.height) });
        }
        let mut part = source.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
        source.pages.clear();
        let ids = part.get_pages();
        marks
            .into_iter()
            .zip(ids.values())
            .map(|(marks, id)| {
                let dict = part.get_dictionary(*id).map_err(assembly)?;
                let content_id = dict.get(b"Contents").and_then(Object::as_reference).map_err(assembly)?;
                let media = dict.get(b"MediaBox").map_err(assembly)?.clone();
                let Some(Object::Stream(raw)) = part.objects.remove(&content_id) else {
                    return Err(assembly("a page without content"));
                };
                // lopdf would use the strongest level: three times slower for a hundredth less.
                let packed = packed::zlib(&raw.content, 6);
                let stream =
                    Stream::new(dictionary! { "Filter" => "FlateDecode" }, packed).with_compression(false);
                Ok(Content { stream, media, marks })
            })
            .collect()
    }
}

/// Beyond this the gain is small and the memory is not.
const MOST_CORES: usize = 4;

fn add_pages(
    file: &mut lopdf::Document,
    pages_id: ObjectId,
    resources: ObjectId,
    pages: &[Page],
    press: &Press<'_>,
) -> Result<(Vec<ObjectId>, Tagged), PrintError> {
    let mut kids = Vec::with_capacity(pages.len());
    let mut tagged = Tagged { marks: Vec::with_capacity(pages.len()), links: Vec::new(), fields: Vec::new() };
    for (page, content) in pages.iter().zip(press.contents(pages)?) {
        let stream = file.add_object(content.stream);
        let mut dict = dictionary! {
            "Type" => "Page",
            "Parent" => pages_id,
            "MediaBox" => content.media,
            "Resources" => resources,
            "Contents" => stream,
        };
        let mut links: Vec<Object> = Vec::new();
        for link in &page.links {
            let mut annotation = annotation(page, link);
            if press.tagged {
                // After the keys of the pages in the tree of parents.
                annotation.set("StructParent", count(pages.len() + tagged.links.len()));
            }
            let id = file.add_object(annotation);
            tagged.links.push((link.element, kids.len(), id));
            links.push(id.into());
        }
        let page_id = file.new_object_id();
        for field in &page.fields {
            let mut widget = widget(file, page, field, page_id);
            if press.tagged {
                widget.set("StructParent", count(pages.len() + tagged.links.len()));
            }
            let id = file.add_object(widget);
            tagged.links.push((field.element, kids.len(), id));
            tagged.fields.push(id);
            links.push(id.into());
        }
        if !links.is_empty() {
            dict.set("Annots", links);
        }
        if press.tagged {
            dict.set("StructParents", count(kids.len()));
            dict.set("Tabs", "S");
        }
        file.objects.insert(page_id, dict.into());
        kids.push(page_id);
        tagged.marks.push(content.marks);
    }
    Ok((kids, tagged))
}

fn annotation(page: &Page, link: &Link) -> Dictionary {
    let [left, top, right, bottom] = link.area;
    let area = [left, page.height - bottom, right, page.height - top];
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "F" => 4,
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "Rect" => area.iter().map(|side| Object::Real(hundredths(*side))).collect::<Vec<_>>(),
        "Contents" => text_string(&link.target),
        "A" => dictionary! {
            "S" => "URI",
            "URI" => Object::String(link.target.as_bytes().to_vec(), StringFormat::Literal),
        },
    }
}

/// An empty field for a signature. It looks like nothing until it is signed; archives ask that even this be said
/// (ISO 19005-2, 6.3.3).
fn widget(file: &mut lopdf::Document, page: &Page, field: &Field, page_id: ObjectId) -> Dictionary {
    let [left, top, right, bottom] = field.area;
    let area = [left, page.height - bottom, right, page.height - top];
    let real = |side: f32| Object::Real(hundredths(side));
    let look = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), real(right - left), real(bottom - top)],
        "Resources" => Dictionary::new(),
    };
    let look = file.add_object(Stream::new(look, Vec::new()).with_compression(false));
    dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => Object::string_literal(field.name.as_str()),
        "TU" => text_string(&field.told),
        "F" => 132,
        "P" => page_id,
        "Rect" => area.map(real).to_vec(),
        "AP" => dictionary! { "N" => look },
    }
}

/// Puts the document's data inside the file, named and said to be its source (ISO 19005-3, 6.8).
fn attach(file: &mut lopdf::Document, document: &Document) -> Result<(), PrintError> {
    if document.attachments.is_empty() {
        return Ok(());
    }
    let stamp = document.date.format("D:%Y%m%d%H%M%SZ").to_string();
    let mut attached: Vec<(&str, ObjectId)> = Vec::new();
    for attachment in &document.attachments {
        let params = dictionary! {
            "Size" => count(attachment.bytes.len()),
            "ModDate" => Object::string_literal(stamp.as_str()),
        };
        let head = dictionary! {
            "Type" => "EmbeddedFile",
            "Subtype" => Object::Name(attachment.media_type.as_bytes().to_vec()),
            "Params" => params,
        };
        let stream = file.add_object(Stream::new(head, attachment.bytes.clone()));
        let specification = file.add_object(dictionary! {
            "Type" => "Filespec",
            "F" => Object::string_literal(attachment.name.as_str()),
            "UF" => text_string(&attachment.name),
            "Desc" => text_string(&attachment.description),
            "AFRelationship" => "Source",
            "EF" => dictionary! { "F" => stream, "UF" => stream },
        });
        attached.push((&attachment.name, specification));
    }
    attached.sort_unstable();
    let names = attached.iter().flat_map(|(name, id)| [Object::string_literal(*name), (*id).into()]);
    let names = dictionary! { "Names" => names.collect::<Vec<_>>() };
    let all: Vec<Object> = attached.iter().map(|(_, id)| Object::Reference(*id)).collect();
    let catalog = file.catalog_mut().map_err(assembly)?;
    catalog.set("Names", dictionary! { "EmbeddedFiles" => names });
    catalog.set("AF", all);
    Ok(())
}

fn blank_page(width: f32, height: f32) -> PdfPage {
    let sheet = Rect {
        x: Pt(0.0),
        y: Pt(0.0),
        width: Pt(width),
        height: Pt(height),
        mode: None,
        winding_order: None,
    };
    PdfPage { media_box: sheet.clone(), trim_box: sheet.clone(), crop_box: sheet, ops: Vec::new() }
}

fn page_ops(
    page: &Page,
    pictures: &[(Arc<Pixels>, XObjectId)],
    fonts: &mut Fonts,
    mut tags: Option<&mut Tags>,
) -> Vec<Op> {
    let mut ops = Vec::with_capacity(page.runs.len() * 3 + page.shapes.len() * 2 + 16);
    let mut pen = Pen::default();
    let decorated = tags.is_some() && (page.mark.is_some() || !page.shapes.is_empty());
    if decorated {
        ops.push(artifact("Layout"));
    }
    if let Some(mark) = &page.mark {
        ops.push(Op::StartTextSection);
        pen.fill(mark.grey, &mut ops);
        pen.font(mark.face, mark.size, &mut ops);
        let (sin, cos) = mark.angle.to_radians().sin_cos();
        let matrix =
            TextMatrix::Raw([cos, sin, -sin, cos, hundredths(mark.x), hundredths(page.height - mark.y)]);
        ops.push(Op::SetTextMatrix { matrix });
        ops.push(Op::ShowText { items: vec![TextItem::Text(mark.text.clone())] });
        ops.push(Op::EndTextSection);
    }
    for shape in &page.shapes {
        match *shape {
            Shape::Fill { area: [left, top, right, bottom], grey } => {
                pen.fill(grey, &mut ops);
                let rectangle = Rect {
                    x: Pt(hundredths(left)),
                    y: Pt(hundredths(page.height - bottom)),
                    width: Pt(hundredths(right - left)),
                    height: Pt(hundredths(bottom - top)),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                };
                ops.push(Op::DrawRectangle { rectangle });
            }
            Shape::Line { from, to, width, grey } => {
                pen.stroke(grey, width, &mut ops);
                let points =
                    [from, to].map(|(x, y)| LinePoint { p: point(page, x, y), bezier: false }).to_vec();
                ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
            }
        }
    }
    if decorated {
        ops.push(Op::EndMarkedContent);
    }
    for picture in &page.pictures {
        let Some((_, id)) = pictures.iter().find(|(pixels, _)| **pixels == *picture.pixels) else { continue };
        let [left, top, right, bottom] = picture.area;
        let transform = XObjectTransform {
            translate_x: Some(Pt(hundredths(left))),
            translate_y: Some(Pt(hundredths(page.height - bottom))),
            scale_x: Some(right - left),
            scale_y: Some(bottom - top),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        if let Some(tags) = &mut tags {
            ops.push(tags.mark(picture.element));
        }
        ops.push(Op::UseXobject { id: id.clone(), transform });
        if tags.is_some() {
            ops.push(Op::EndMarkedContent);
        }
    }
    ops.push(Op::StartTextSection);
    let mut element = None;
    // Td moves from where the last line started.
    let (mut last_x, mut last_y) = (0.0, 0.0);
    for run in &page.runs {
        if let Some(tags) = &mut tags
            && element != Some(run.element)
        {
            if element.replace(run.element).is_some() {
                ops.push(Op::EndMarkedContent);
            }
            ops.push(tags.mark(run.element));
        }
        pen.fill(run.grey, &mut ops);
        pen.font(run.face, run.size, &mut ops);
        let (x, y) = (hundredths(run.x), hundredths(page.height - run.y));
        let pos = Point { x: Pt(hundredths(x - last_x)), y: Pt(hundredths(y - last_y)) };
        ops.push(Op::SetTextCursor { pos });
        // The viewer adds up the rounded steps: so do we.
        last_x = hundredths(last_x + pos.x.0);
        last_y = hundredths(last_y + pos.y.0);
        ops.push(Op::ShowText { items: show(run, fonts) });
    }
    if element.is_some() {
        ops.push(Op::EndMarkedContent);
    }
    ops.push(Op::EndTextSection);
    ops
}

/// The text of a run with its kerning and its stretched blanks, which PDF counts in thousandths, backwards.
fn show(run: &Run, fonts: &mut Fonts) -> Vec<TextItem> {
    let stretch = (-run.word_space * 1000.0 / run.size).round();
    let mut items = Vec::with_capacity(16);
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in run.text.char_indices() {
        if let Some(left) = before {
            let mut offset = -f32::from(fonts.kern(run.face, left, character));
            if is_blank(left) {
                offset += stretch;
            }
            if offset != 0.0 {
                items.push(TextItem::Text(run.text[start..at].to_owned()));
                items.push(TextItem::Offset(offset));
                start = at;
            }
        }
        before = Some(character);
    }
    items.push(TextItem::Text(run.text[start..].to_owned()));
    items
}

/// What the graphics state already is, so that it is set only when it changes.
#[derive(Default)]
struct Pen {
    fill: Option<f32>,
    stroke: Option<f32>,
    width: Option<f32>,
    font: Option<(Face, f32)>,
}

impl Pen {
    fn fill(&mut self, grey: f32, ops: &mut Vec<Op>) {
        if self.fill.replace(grey) != Some(grey) {
            ops.push(Op::SetFillColor { col: Color::Greyscale(Greyscale::new(grey.clamp(0.0, 1.0), None)) });
        }
    }

    fn stroke(&mut self, grey: f32, width: f32, ops: &mut Vec<Op>) {
        if self.stroke.replace(grey) != Some(grey) {
            ops.push(Op::SetOutlineColor {
                col: Color::Greyscale(Greyscale::new(grey.clamp(0.0, 1.0), None)),
            });
        }
        if self.width.replace(width) != Some(width) {
            ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        }
    }

    fn font(&mut self, face: Face, size: f32, ops: &mut Vec<Op>) {
        if self.font.replace((face, size)) != Some((face, size)) {
            let font = PdfFontHandle::External(FontId(format!("F{}", face.index())));
            ops.push(Op::SetFont { font, size: Pt(size) });
        }
    }
}

fn point(page: &Page, x: f32, y: f32) -> Point {
    Point { x: Pt(hundredths(x)), y: Pt(hundredths(page.height - y)) }
}

/// Finer than any printer, short in the file.
fn hundredths(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

// --- structure ---

/// Which element each marked content of a page belongs to, gathered while the page is written.
#[derive(Default)]
struct Tags {
    marks: Vec<Element>,
}

impl Tags {
    /// Begins content of an element.
    fn mark(&mut self, element: Element) -> Op {
        if element == Element(0) {
            return artifact("Pagination");
        }
        self.marks.push(element);
        let number = DictItem::Int(count(self.marks.len()) - 1);
        Op::BeginMarkedContentWithProperties {
            tag: "Span".into(),
            properties: DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), number)]) },
        }
    }
}

/// What of the pages belongs to elements of the structure.
struct Tagged {
    /// By page: the element of each marked content.
    marks: Vec<Vec<Element>>,
    /// The areas of links and of signatures: the element, the index of the page and the annotation.
    links: Vec<(Element, usize, ObjectId)>,
    /// Which of those are for signatures.
    fields: Vec<ObjectId>,
}

/// Writes the elements that have content, and those around them, as the file's structure tree.
fn write_structure(
    file: &mut lopdf::Document,
    structure: &[Node],
    Tagged { marks, links, .. }: &Tagged,
    kids: &[ObjectId],
    written: &mut Written,
) -> Result<(), PrintError> {
    let parent_of = |at: usize| structure[at].parent.0 as usize;
    let mut content: Vec<Vec<(usize, usize)>> = vec![Vec::new(); structure.len()];
    for (page, marks) in marks.iter().enumerate() {
        for (number, element) in marks.iter().enumerate() {
            if let Some(list) = content.get_mut(element.0 as usize) {
                list.push((page, number));
            }
        }
    }
    // An element comes after the one around it: one pass backwards finds all that are needed.
    let mut used: Vec<bool> = content.iter().map(|content| !content.is_empty()).collect();
    for (element, ..) in links {
        used[element.0 as usize] = true;
    }
    used[DOCUMENT] = true;
    for at in (DOCUMENT + 1..structure.len()).rev() {
        if used[at] {
            used[parent_of(at)] = true;
        }
    }
    // Empty cells count: a table's rows must be equally long.
    for at in DOCUMENT + 1..structure.len() {
        let cell = matches!(structure[at].tag, Tag::Cell | Tag::HeadCell | Tag::RowHeadCell);
        used[at] |= cell && used[parent_of(at)];
    }
    let root = file.new_object_id();
    let ids: Vec<u32> = used.iter().map(|used| if *used { file.new_object_id().0 } else { 0 }).collect();
    // Children in a list each: first and next, by position.
    let mut first = vec![0; structure.len()];
    let mut next = vec![0; structure.len()];
    for at in (DOCUMENT + 1..structure.len()).rev().filter(|at| used[*at]) {
        let parent = parent_of(at);
        next[at] = std::mem::replace(&mut first[parent], at);
    }
    // Where each begins, so that what it says itself and what its children say are told in order.
    let mut begins: Vec<Option<(usize, usize)>> = content.iter().map(|own| own.first().copied()).collect();
    for at in (DOCUMENT + 1..structure.len()).rev() {
        let parent = parent_of(at);
        begins[parent] = begins[parent].into_iter().chain(begins[at]).min();
    }
    let mut pressed: Vec<Vec<(usize, ObjectId)>> = vec![Vec::new(); structure.len()];
    for (element, page, annotation) in links {
        if let Some(list) = pressed.get_mut(element.0 as usize) {
            list.push((*page, *annotation));
        }
    }
    let mut text = String::new();
    for (at, node) in structure.iter().enumerate().skip(DOCUMENT).filter(|(at, _)| used[*at]) {
        let parent = if at == DOCUMENT { root.0 } else { ids[parent_of(at)] };
        text.clear();
        let mut put = |arguments: std::fmt::Arguments<'_>| text.write_fmt(arguments).map_err(assembly);
        put(format_args!("<</S/{}/P {parent} 0 R", tag_name(node.tag)))?;
        let own_page = content[at].first().map(|(page, _)| *page);
        if let Some(page) = own_page {
            put(format_args!("/Pg {} 0 R", kids[page].0))?;
        }
        if let (None, 0, [(page, field)]) = (own_page, first[at], pressed[at].as_slice()) {
            // Alone and not in a list: where those who check signatures look for a field.
            put(format_args!("/K<</Type/OBJR/Pg {} 0 R/Obj {} 0 R>>", kids[*page].0, field.0))?;
        } else if own_page.is_some() || first[at] != 0 {
            put(format_args!("/K["))?;
            let mut own = content[at].iter().peekable();
            let mut child = first[at];
            loop {
                let before = begins.get(child).copied().flatten().filter(|_| child != 0);
                while let Some((page, number)) = own.next_if(|own| before.is_none_or(|b| **own < b)) {
                    if Some(*page) == own_page {
                        put(format_args!("{number} "))?;
                    } else {
                        put(format_args!("<</Type/MCR/Pg {} 0 R/MCID {number}>>", kids[*page].0))?;
                    }
                }
                if child == 0 {
                    break;
                }
                put(format_args!("{} 0 R ", ids[child]))?;
                child = next[child];
            }
            for (page, annotation) in &pressed[at] {
                put(format_args!("<</Type/OBJR/Pg {} 0 R/Obj {} 0 R>>", kids[*page].0, annotation.0))?;
            }
            put(format_args!("]"))?;
        }
        match node.tag {
            Tag::HeadCell => put(format_args!("/A<</O/Table/Scope/Column>>"))?,
            Tag::RowHeadCell => put(format_args!("/A<</O/Table/Scope/Row>>"))?,
            _ => {}
        }
        if let Some(alt) = &node.alt {
            let alt: String = alt.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            put(format_args!("/Alt<FEFF{alt}>"))?;
        }
        put(format_args!(">>"))?;
        written.add(ids[at], &text);
    }
    let mut numbers: Vec<Object> = Vec::with_capacity(marks.len() * 2);
    for (page, marks) in marks.iter().enumerate() {
        let elements: Vec<Object> =
            marks.iter().map(|element| Object::Reference((ids[element.0 as usize], 0))).collect();
        numbers.push(count(page).into());
        numbers.push(file.add_object(elements).into());
    }
    for (n, (element, ..)) in links.iter().enumerate() {
        numbers.push(count(marks.len() + n).into());
        numbers.push(Object::Reference((ids[element.0 as usize], 0)));
    }
    let tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => Object::Reference((ids[DOCUMENT], 0)),
        "ParentTree" => file.add_object(dictionary! { "Nums" => numbers }),
        "ParentTreeNextKey" => count(marks.len() + links.len()),
    };
    file.objects.insert(root, tree.into());
    let catalog = file.catalog_mut().map_err(assembly)?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(())
}

/// Index of the document in its structure.
const DOCUMENT: usize = 1;

fn artifact(kind: &str) -> Op {
    Op::BeginMarkedContentWithProperties {
        tag: "Artifact".into(),
        properties: DictItem::Dict {
            map: BTreeMap::from([("Type".to_owned(), DictItem::Name(kind.into()))]),
        },
    }
}

fn tag_name(tag: Tag) -> &'static str {
    match tag {
        Tag::Artifact => "NonStruct",
        Tag::Document => "Document",
        Tag::Heading(level) => match level {
            0 | 1 => "H1",
            2 => "H2",
            3 => "H3",
            4 => "H4",
            5 => "H5",
            _ => "H6",
        },
        Tag::Paragraph => "P",
        Tag::List => "L",
        Tag::ListItem => "LI",
        Tag::Label => "Lbl",
        Tag::ListBody => "LBody",
        Tag::Quote => "BlockQuote",
        Tag::Table => "Table",
        Tag::Row => "TR",
        Tag::HeadCell | Tag::RowHeadCell => "TH",
        Tag::Cell => "TD",
        Tag::Caption => "Caption",
        Tag::Figure => "Figure",
        Tag::Link => "Link",
        Tag::Form => "Form",
        Tag::Section => "Sect",
    }
}

// --- what the file says of itself ---

fn describe(
    file: &mut lopdf::Document,
    document: &Document,
    laid_out: &Pages,
    kids: &[ObjectId],
) -> Result<(), PrintError> {
    let stamp = document.date.format("D:%Y%m%d%H%M%SZ").to_string();
    let mut info = dictionary! {
        "Title" => text_string(&document.title),
        "Creator" => text_string(PRODUCER),
        "Producer" => text_string(PRODUCER),
        "CreationDate" => Object::string_literal(stamp.as_str()),
        "ModDate" => Object::string_literal(stamp.as_str()),
    };
    if !document.author.is_empty() {
        info.set("Author", text_string(&document.author));
    }
    // printpdf's own dictionary has empty entries of a printing standard.
    let info_id = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(assembly)?;
    file.objects.insert(info_id, info.into());

    let xmp = xmp(document);
    let metadata = Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp.into_bytes())
        .with_compression(false);
    let metadata = file.add_object(metadata);
    let profile = Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec());
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => file.add_object(profile),
    };
    let outline = outline(file, &laid_out.outline, &laid_out.pages, kids);
    let catalog = file.catalog_mut().map_err(assembly)?;
    catalog.remove(b"PageLayout");
    catalog.set("Lang", Object::string_literal(document.language.as_str()));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent.into()]);
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}

/// What the file says of itself for archives (ISO 19005-2, 6.6.4; part 3 when it carries files) and for readers aloud (ISO 14289-1, 5): what is tagged is
/// accessible and archival, what is not is archival with its text alone.
fn xmp(document: &Document) -> String {
    let part = if document.attachments.is_empty() { 2 } else { 3 };
    let (level, accessible) = if document.tagged { ("A", ACCESSIBLE) } else { ("U", "") };
    let archival =
        format!("<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>");
    let Document { title, author, language, date, .. } = document;
    metadata(title, author, language, *date, &archival, accessible)
}

/// What a file says of itself, as XMP; `archival` and `accessible` are the words of those standards, if it follows them.
pub(super) fn metadata(
    title: &str,
    author: &str,
    language: &str,
    date: DateTime<Utc>,
    archival: &str,
    accessible: &str,
) -> String {
    let escaped = |text: &str| {
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    };
    let date = date.format("%Y-%m-%dT%H:%M:%SZ");
    let (title, author, language) = (escaped(title), escaped(author), escaped(language));
    let creator = if author.is_empty() {
        String::new()
    } else {
        format!("<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>")
    };
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
         <dc:format>application/pdf</dc:format><dc:title><rdf:Alt>\
         <rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>{creator}<dc:language><rdf:Bag>\
         <rdf:li>{language}</rdf:li></rdf:Bag></dc:language><xmp:CreateDate>{date}</xmp:CreateDate>\
         <xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>\
         <pdf:Producer>{PRODUCER}</pdf:Producer>{archival}</rdf:Description>{accessible}</rdf:RDF></x:xmpmeta>\
         <?xpacket end=\"w\"?>"
    )
}

/// That the file is PDF/UA-1, and what that word means: archives ask that a schema which is not theirs be described.
const ACCESSIBLE: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" \
    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"><pdfuaid:part>1</pdfuaid:part>\
    <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
    <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description></rdf:li></rdf:Seq>\
    </pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>";

/// The outline as the tree its levels describe.
fn outline(
    file: &mut lopdf::Document,
    entries: &[OutlineEntry],
    pages: &[Page],
    kids: &[ObjectId],
) -> Option<ObjectId> {
    if entries.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| file.new_object_id()).collect();
    // The parent of an entry is the last one before it of a lower level.
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(entries.len());
    let mut above: Vec<usize> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        while above.last().is_some_and(|parent| entries[*parent].level >= entry.level) {
            above.pop();
        }
        parents.push(above.last().copied());
        above.push(at);
    }
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, parent) in parents.iter().enumerate() {
        children.entry(*parent).or_default().push(at);
    }
    let ends = |siblings: &[usize]| Some((ids[*siblings.first()?], ids[*siblings.last()?]));
    for (at, entry) in entries.iter().enumerate() {
        let page = entry.page.saturating_sub(1).min(kids.len().saturating_sub(1));
        let top = hundredths(pages[page].height - entry.y + 4.0);
        let mut item = dictionary! {
            "Title" => text_string(&entry.title),
            "Parent" => parents[at].map_or(root, |parent| ids[parent]),
            "Dest" => vec![kids[page].into(), "XYZ".into(), Object::Null, Object::Real(top), Object::Null],
        };
        let siblings = &children[&parents[at]];
        let place = siblings.partition_point(|sibling| *sibling < at);
        if let Some(before) = place.checked_sub(1).and_then(|before| siblings.get(before)) {
            item.set("Prev", ids[*before]);
        }
        if let Some(after) = siblings.get(place + 1) {
            item.set("Next", ids[*after]);
        }
        if let Some((inside, (first, last))) =
            children.get(&Some(at)).and_then(|inside| Some((inside, ends(inside)?)))
        {
            item.set("First", first);
            item.set("Last", last);
            // Closed at first: a negative count.
            item.set("Count", -count(inside.len()));
        }
        file.objects.insert(ids[at], item.into());
    }
    let top = children.get(&None)?;
    let (first, last) = ends(top)?;
    let tree =
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count(top.len()) };
    file.objects.insert(root, tree.into());
    Some(root)
}

pub(super) fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::String(text.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn assembly(cause: impl ToString) -> PrintError {
    PrintError::Assembly(cause.to_string())
}
