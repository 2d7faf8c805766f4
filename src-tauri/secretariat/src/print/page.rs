//! Finished pages: every run of text, line and picture with its place. What is on paper can be asserted here, without
//! reading a PDF.
//!
//! The origin is the upper left corner of the sheet; y grows downwards; lengths are points.

use std::sync::Arc;

use super::fonts::Face;

/// A finished page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// From 1.
    pub number: usize,
    /// Width of the sheet.
    pub width: f32,
    /// Height of the sheet.
    pub height: f32,
    /// The mark of a draft, under everything else.
    pub mark: Option<Mark>,
    /// Fills and lines, painted in this order, under the text.
    pub shapes: Vec<Shape>,
    /// Pictures.
    pub pictures: Vec<Picture>,
    /// Text in reading order.
    pub runs: Vec<Run>,
    /// Where a click opens an address.
    pub links: Vec<Link>,
    /// Areas that signatures fill.
    pub fields: Vec<Field>,
}

/// A stretch of text on one line, in one face and size.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Left edge.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Width of what is seen (a blank at the end of a line has none).
    pub width: f32,
    /// Size of the type.
    pub size: f32,
    /// From 0 (black) to 1 (white).
    pub grey: f32,
    /// The face.
    pub face: Face,
    /// Added to every blank, to justify the line.
    pub word_space: f32,
    /// The text. A word divided at the end of a line ends in a soft hyphen (U+00AD), printed as a hyphen; a line inside
    /// a paragraph ends in a blank, so that what copies the text does not join words.
    pub text: Box<str>,
    /// The element of the structure it belongs to.
    pub element: Element,
}

/// Index of an element in the structure of the document; 0 is what has no meaning of its own (header, footer, repeated
/// table heads).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Element(pub u32);

/// What an element of the structure is; PDF's standard types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Tag {
    Artifact,
    Document,
    Heading(u8),
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Quote,
    Table,
    Row,
    HeadCell,
    RowHeadCell,
    Cell,
    Caption,
    Figure,
    Link,
    Form,
    Section,
}

/// An element of the structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// The element around it; the document is its own.
    pub parent: Element,
    /// What a picture shows.
    pub alt: Option<String>,
}

/// A fill or a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Fill {
        /// Left, top, right, bottom.
        area: [f32; 4],
        /// From 0 (black) to 1 (white).
        grey: f32,
    },
    /// A straight line.
    Line {
        /// Its ends.
        from: (f32, f32),
        /// Its ends.
        to: (f32, f32),
        /// Thickness.
        width: f32,
        /// From 0 (black) to 1 (white).
        grey: f32,
    },
}

/// A picture with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Left, top, right, bottom.
    pub area: [f32; 4],
    /// The decoded picture, shared by all its places.
    pub pixels: Arc<super::image::Pixels>,
    /// The element of the structure it belongs to.
    pub element: Element,
}

/// Large pale text across the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it says.
    pub text: String,
    /// Its face.
    pub face: Face,
    /// Its size.
    pub size: f32,
    /// Its grey.
    pub grey: f32,
    /// Start of the baseline.
    pub x: f32,
    /// Start of the baseline.
    pub y: f32,
    /// Degrees, counter-clockwise.
    pub angle: f32,
}

/// An area that opens an address.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Left, top, right, bottom.
    pub area: [f32; 4],
    /// The address.
    pub target: String,
    /// The element of the structure it belongs to; one link on two lines has two areas.
    pub element: Element,
}

/// An area that an electronic signature fills.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Left, top, right, bottom.
    pub area: [f32; 4],
    /// Its name, no other field's.
    pub name: String,
    /// What it is for, for who listens to the page.
    pub told: String,
    /// The element of the structure it belongs to.
    pub element: Element,
}

impl Page {
    /// The text as one reads it down the page: a string for each line, columns apart by two blanks.
    pub fn text_lines(&self) -> Vec<String> {
        let mut runs: Vec<&Run> = self.runs.iter().collect();
        runs.sort_by(|a, b| {
            let (line_a, line_b) = ((a.y * 2.0).round(), (b.y * 2.0).round());
            line_a.total_cmp(&line_b).then(a.x.total_cmp(&b.x))
        });
        let mut lines: Vec<String> = Vec::new();
        let mut last: Option<&Run> = None;
        for run in runs {
            let text = run.text.replace('\u{ad}', "-");
            match (lines.last_mut(), last) {
                (Some(line), Some(before)) if (before.y - run.y).abs() < 0.75 => {
                    if run.x - (before.x + before.width) > run.size * 0.75 {
                        line.truncate(line.trim_end().len());
                        line.push_str("  ");
                    }
                    line.push_str(&text);
                }
                _ => lines.push(text),
            }
            last = Some(run);
        }
        for line in &mut lines {
            line.truncate(line.trim_end().len());
        }
        lines.retain(|line| !line.is_empty());
        lines
    }
}
