//! Blocks become pieces (strips that never break), pieces become pages.

mod flow;
mod paginate;
mod table;

use super::document::{Align, Document, Family};
use super::fonts::{Face, Fonts};
use super::page::{Element, Mark, Node, Page, Run, Tag};
use super::text::{Missing, is_blank};
use super::{MissingGlyph, OutlineEntry, Pages};
use paginate::{Paginator, Piece};

/// What a layout knows and gathers while it walks through the blocks.
struct Layout<'d> {
    document: &'d Document,
    fonts: Fonts,
    missing: Missing,
    language: Option<hypher::Lang>,
    structure: Vec<Node>,
    outline: Vec<OutlineEntry>,
    /// Level of the last heading in the structure; 0 before the first.
    headed: u8,
    paginator: Paginator,
}

/// Where blocks are laid out, and how their text looks there.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: f32,
    width: f32,
    family: Family,
    size: f32,
    leading: f32,
    bold: bool,
    italic: bool,
    grey: f32,
    /// What [`Align::Auto`] means here.
    align: Align,
    paragraph_gap: f32,
    element: Element,
    /// The innermost box, quote or table around, in the paginator's list.
    frame: usize,
    in_cell: bool,
    depth: u8,
    /// Greatest height of what cannot be divided.
    room: f32,
}

/// The box of the sheet that content stays in.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

const POINTS_PER_MM: f32 = 72.0 / 25.4;

impl Area {
    /// The sheet without its margins; margins that leave no room are made smaller.
    fn of(document: &Document) -> Self {
        let (width, height) = document.sheet();
        let margins = document.margins;
        let inset = |first: f32, second: f32, whole: f32| {
            let clean = |mm: f32| if mm.is_finite() { (mm * POINTS_PER_MM).max(0.0) } else { 0.0 };
            let (first, second) = (clean(first), clean(second));
            let shrink = (whole * 0.6 / (first + second).max(1.0)).min(1.0);
            (first * shrink, whole - second * shrink)
        };
        let (left, right) = inset(margins.left, margins.right, width);
        let (top, bottom) = inset(margins.top, margins.bottom, height);
        Self { left, top, right, bottom }
    }

    fn width(self) -> f32 {
        self.right - self.left
    }

    fn height(self) -> f32 {
        self.bottom - self.top
    }
}

/// Lays a document out.
pub(super) fn lay_out(document: &Document) -> Pages {
    let area = Area::of(document);
    let style = &document.style;
    let language = if !style.hyphenate {
        None
    } else if document.language.starts_with("es") {
        Some(hypher::Lang::Spanish)
    } else if document.language.starts_with("en") {
        Some(hypher::Lang::English)
    } else {
        None
    };
    let root = Node { tag: Tag::Artifact, parent: Element(0), alt: None };
    let whole = Node { tag: Tag::Document, parent: Element(1), alt: None };
    let mut layout = Layout {
        document,
        fonts: Fonts::new(),
        missing: Missing::default(),
        language,
        structure: vec![root, whole],
        outline: Vec::new(),
        headed: 0,
        paginator: Paginator::new(document.sheet(), area),
    };
    let place = Place {
        x: area.left,
        width: area.width(),
        family: style.body_family,
        size: style.body_size.max(1.0),
        leading: style.body_leading.max(1.0),
        bold: false,
        italic: false,
        grey: 0.0,
        align: if style.justify { Align::Justified } else { Align::Left },
        paragraph_gap: style.paragraph_gap,
        element: Element(1),
        frame: 0,
        in_cell: false,
        depth: 0,
        room: area.height(),
    };
    let mut spacing = flow::Spacing::default();
    if let Some(letterhead) = &document.letterhead {
        for piece in layout.letterhead(letterhead, &place, &mut spacing) {
            layout.paginator.push(piece);
        }
    }
    for (at, block) in document.blocks.iter().enumerate() {
        for piece in layout.flow(block, &document.blocks[at + 1..], &place, &mut spacing) {
            layout.paginator.push(piece);
        }
    }
    let (mut pages, placed) = layout.paginator.finish();
    for (entry, (page, y)) in layout.outline.iter_mut().zip(placed) {
        entry.page = page;
        entry.y = y;
    }
    furnish(document, area, &mut pages, &mut layout.fonts, &mut layout.missing);
    let missing = layout
        .missing
        .0
        .into_iter()
        .map(|(character, (count, context))| MissingGlyph { character, count, context })
        .collect();
    Pages { pages, structure: layout.structure, outline: layout.outline, missing }
}

/// Header, footer and mark of every page.
fn furnish(document: &Document, area: Area, pages: &mut [Page], fonts: &mut Fonts, missing: &mut Missing) {
    let style = &document.style;
    let size = style.small_size.max(1.0);
    let total = pages.len();
    let header_y = (area.top - 16.0).max(size);
    let footer_y = (area.bottom + 26.0).min(document.sheet().1 - size * 0.4);
    let header = one_line(document, &document.running_header, area, header_y, fonts, missing);
    let mark = document.draft_mark.as_deref().and_then(|text| draft_mark(text, area, fonts, missing));
    for page in pages {
        page.runs.splice(0..0, header.iter().cloned());
        let footer =
            document.footer.replace("{x}", &page.number.to_string()).replace("{y}", &total.to_string());
        page.runs.extend(one_line(document, &footer, area, footer_y, fonts, missing));
        page.mark.clone_from(&mark);
    }
}

/// A small centred line, made smaller and then cut if it is too long.
fn one_line(
    document: &Document,
    text: &str,
    area: Area,
    y: f32,
    fonts: &mut Fonts,
    missing: &mut Missing,
) -> Vec<Run> {
    let style = &document.style;
    let span = [super::document::Span::plain(text.replace('\n', " "))];
    let prepared = super::text::Prepared::new(&span, style.table_family, false, false, fonts, missing);
    let Some(line) =
        prepared.lines(i64::MAX, None, super::text::Breaking::FirstFit, fonts).into_iter().next()
    else {
        return Vec::new();
    };
    let least = style.small_size.clamp(1.0, 6.5);
    let natural = line.width.max(1) as f32 / 1000.0;
    let size = (area.width() / natural).clamp(least, style.small_size.max(least));
    let mut x = area.left + ((area.width() - natural * size) / 2.0).max(0.0);
    let mut runs = Vec::new();
    for segment in line.segments {
        let face = segment.look.face;
        let mut text = segment.text;
        let room = ((area.right - x) / size * 1000.0) as i32;
        if fonts.width(face, &text) > room {
            while !text.is_empty() && fonts.width(face, &text) + fonts.width(face, "…") > room {
                text.pop();
            }
            text.push('…');
            if fonts.width(face, &text) > room {
                break;
            }
        }
        let width = fonts.width(face, &text) as f32 * size / 1000.0;
        runs.push(Run {
            x,
            y,
            width,
            size,
            grey: 0.32,
            face,
            word_space: 0.0,
            text: text.into(),
            element: Element(0),
        });
        x += width;
    }
    runs
}

/// Big, pale, from the lower left to the upper right of the text area.
fn draft_mark(text: &str, area: Area, fonts: &mut Fonts, missing: &mut Missing) -> Option<Mark> {
    let span = [super::document::Span::plain(text.replace('\n', " "))];
    let prepared = super::text::Prepared::new(&span, Family::Sans, true, false, fonts, missing);
    let line = prepared.lines(i64::MAX, None, super::text::Breaking::FirstFit, fonts).into_iter().next()?;
    let face = Face::of(Family::Sans, true, false);
    // One face only: what it lacks already became a code point in another face or in this one.
    let text: String =
        line.segments.iter().filter(|segment| segment.look.face == face).map(|s| s.text.as_str()).collect();
    let natural = fonts.width(face, &text) as f32 / 1000.0;
    if natural <= 0.0 {
        return None;
    }
    let angle = 52.0_f32;
    let (sin, cos) = angle.to_radians().sin_cos();
    // The slanted box must stay inside the area: its corners are (length·cos + height·sin) apart across, likewise down.
    let height = 0.72;
    let size = (area.width() / (natural * cos + height * sin))
        .min(area.height() / (natural * sin + height * cos))
        .min(130.0)
        * 0.92;
    let (length, rise) = (natural * size, height * size);
    let (centre_x, centre_y) = ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0);
    Some(Mark {
        x: centre_x - (length * cos - rise * sin) / 2.0,
        y: centre_y + (length * sin + rise * cos) / 2.0,
        text,
        face,
        size,
        grey: 0.91,
        angle,
    })
}

impl Layout<'_> {
    fn element(&mut self, tag: Tag, parent: Element) -> Element {
        self.structure.push(Node { tag, parent, alt: None });
        Element(u32::try_from(self.structure.len() - 1).unwrap_or(0))
    }
}

/// Sets a line of text: where its runs start, how its blanks stretch.
fn set_line(
    line: super::text::Line,
    place: &Place,
    align: Align,
    links: &[(String, Element)],
    element: Element,
    piece: &mut Piece,
) {
    // Capitals in the middle of the line.
    let baseline = place.leading / 2.0 + 0.345 * place.size;
    let mut size = place.size;
    let natural = line.width as f32 * size / 1000.0;
    let slack = place.width - natural;
    let stretch = if line.blanks > 0 { slack / line.blanks as f32 } else { 0.0 };
    // Blanks wider than this look worse than an uneven edge.
    let loosest = size * 0.9;
    let word_space = if slack < 0.0 || (align == Align::Justified && !line.last && stretch < loosest) {
        stretch.max(-size * 0.12)
    } else {
        0.0
    };
    let mut width = natural + word_space * line.blanks as f32;
    if width > place.width && width > 0.0 {
        // Nothing left to squeeze: a column narrower than a letter.
        size *= place.width / width;
        width = place.width;
    }
    let scale = size / place.size;
    let mut x = place.x
        + match align {
            Align::Right => place.width - width,
            Align::Centre => (place.width - width) / 2.0,
            Align::Auto | Align::Left | Align::Justified => 0.0,
        };
    for segment in line.segments {
        let width = segment.width as f32 * size / 1000.0 + word_space * scale * segment.blanks as f32;
        if segment.look.struck {
            let y = baseline - size * 0.27;
            piece.shapes.push(super::page::Shape::Line {
                from: (x, y),
                to: (x + width, y),
                width: size * 0.05,
                grey: place.grey,
            });
        }
        let link = usize::from(segment.look.link).checked_sub(1).and_then(|at| links.get(at));
        if let Some((target, element)) = link {
            piece.links.push(super::page::Link {
                area: [x, baseline - size * 0.75, x + width, baseline + size * 0.25],
                target: target.clone(),
                element: *element,
            });
        }
        debug_assert!(segment.blanks <= segment.text.chars().filter(|c| is_blank(*c)).count());
        piece.runs.push(Run {
            x,
            y: baseline,
            width,
            size,
            grey: place.grey,
            face: segment.look.face,
            word_space: word_space * scale,
            text: segment.text.into(),
            element: link.map_or(element, |(_, link)| *link),
        });
        x += width;
    }
}
