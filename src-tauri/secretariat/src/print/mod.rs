//! Paper: records become a [`Document`], the document becomes [`Page`]s, the pages become a PDF.
//!
//! ```
//! use secretariat::print::{self, Block, Document};
//!
//! let date = chrono::DateTime::from_timestamp(1_750_000_000, 0).unwrap_or_default();
//! let mut document = Document::new("Acta 1 de 2025", date);
//! document.blocks = vec![Block::heading(1, "Acta 1 de 2025"), Block::text("Se levantó la sesión.")];
//! let rendering = print::render(&document)?;
//! assert!(rendering.pdf.starts_with(b"%PDF-1.7"));
//! assert_eq!(rendering.pages[0].text_lines()[0], "Acta 1 de 2025");
//! # Ok::<(), print::PrintError>(())
//! ```
//!
//! Any text prints: what no embedded font has appears as its code point and is reported. The same document gives the same
//! bytes. No other folder names printpdf.

pub mod akoma_ntoso;
pub mod attendance_sheet;
pub mod chair_script;
pub mod cms;
mod document;
mod docx;
mod file;
mod fonts;
mod image;
pub mod join;
mod layout;
mod markdown;
pub mod minutes;
pub mod notice;
mod packed;
mod page;
pub(crate) mod papers;
mod pdf;
pub mod scan;
mod seal;
pub mod sign;
mod text;
pub mod time_stamp;

pub use document::{
    Align, Attachment, Block, Cell, Column, Document, Family, HeadingStyle, Image, Letterhead, Margins,
    Paper, Rules, Signer, Span, Steps, Style, Table, Width,
};
pub use docx::{MEDIA_TYPE as DOCX, docx};
pub use fonts::Face;
pub use image::Pixels;
pub use markdown::{from_markdown, spans_from_markdown};
pub use page::{Element, Field, Link, Mark, Node, Page, Picture, Run, Shape, Tag};

/// A rendered document.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// The pages it holds.
    pub pages: Vec<Page>,
    /// Characters that no embedded font has, by code point.
    pub missing: Vec<MissingGlyph>,
}

/// Finished pages before they are a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// In order; at least one.
    pub pages: Vec<Page>,
    /// The structure the runs refer to; the first is what has no meaning, the second the document.
    pub structure: Vec<Node>,
    /// Entries of the outline.
    pub outline: Vec<OutlineEntry>,
    /// Characters that no embedded font has, by code point.
    pub missing: Vec<MissingGlyph>,
}

/// A heading in the viewer's side panel.
#[derive(Debug, Clone, PartialEq)]
pub struct OutlineEntry {
    /// Level of the heading, from 1.
    pub level: u8,
    /// Its text.
    pub title: String,
    /// Number of its page, from 1.
    pub page: usize,
    /// Its top, in points from the top of the page.
    pub y: f32,
}

/// A character printed as its code point, because no embedded font has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// How often it was met.
    pub count: usize,
    /// The text around the first one.
    pub context: String,
}

/// Why a document could not be printed. Content never is a reason; only these are.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// An embedded font could not be reduced to the characters in use.
    #[error("the font {face} could not be embedded")]
    Font {
        /// PostScript name.
        face: &'static str,
    },
    /// The file could not be assembled.
    #[error("the PDF could not be assembled: {0}")]
    Assembly(String),
}

/// How many pages a PDF has; `None` when it is none that can be read.
#[must_use]
pub fn page_count(bytes: &[u8]) -> Option<i64> {
    i64::try_from(join::open(bytes).ok()?.get_pages().len()).ok()
}

/// The bytes of a file that rides inside a PDF as its source; `None` when it carries none of that name.
#[must_use]
pub fn attached(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let file = join::open(bytes).ok()?;
    let associated = file.catalog().ok()?.get(b"AF").ok()?.as_array().ok()?;
    associated.iter().find_map(|one| {
        let specification = file.dereference(one).ok()?.1.as_dict().ok()?;
        if specification.get(b"F").ok()?.as_str().ok()? != name.as_bytes() {
            return None;
        }
        let content = specification.get(b"EF").ok()?.as_dict().ok()?.get(b"F").ok()?;
        let content = file.dereference(content).ok()?.1.as_stream().ok()?;
        content.get_plain_content_with_limit(LARGEST_ATTACHED).ok()
    })
}

/// Most that a file inside a PDF may unpack to: minutes of 400 pages carry less than 4 MB.
const LARGEST_ATTACHED: usize = 64 << 20;

/// Whether a picture can be placed on a page: a PNG or JPEG that is whole, and no larger than a page needs.
#[must_use]
pub(crate) fn readable_picture(bytes: &[u8]) -> bool {
    Pixels::read(bytes).is_some()
}

/// Lays the document out and writes it as PDF.
pub fn render(document: &Document) -> Result<Rendering, PrintError> {
    let laid_out = pages(document);
    let pdf = pdf::write(document, &laid_out)?;
    Ok(Rendering { pdf, pages: laid_out.pages, missing: laid_out.missing })
}

/// Lays the document out, without writing a file.
pub fn pages(document: &Document) -> Pages {
    layout::lay_out(document)
}
