//! What is to be printed, before anyone knows where: headings, paragraphs, tables, signatures.
//!
//! Lengths are typographic points (1/72 inch) unless a name says millimetres.

use chrono::{DateTime, Utc};

/// A whole document: what every page carries, and the blocks in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title in the file's metadata and in the viewer's window.
    pub title: String,
    /// Who issues it (metadata), usually the body's name.
    pub author: String,
    /// BCP 47 tag of the text; also chooses the hyphenation (`es…`, `en…`, none for others).
    pub language: String,
    /// Date in the metadata. Never the clock's: the same document gives the same bytes.
    pub date: DateTime<Utc>,
    /// Size of the sheet.
    pub paper: Paper,
    /// The sheet on its long side, for wide tables.
    pub landscape: bool,
    /// Empty borders of the sheet, which hold the running header and the footer.
    pub margins: Margins,
    /// Typefaces, sizes and rules.
    pub style: Style,
    /// Small line on top of every page; empty for none.
    pub running_header: String,
    /// Small line at the foot of every page, with `{x}` for its number and `{y}` for how many there are; empty for none.
    pub footer: String,
    /// Mark across every page of a document that is not official yet, such as `BORRADOR`.
    pub draft_mark: Option<String>,
    /// Carry the structure (headings, lists, tables, reading order) in the file, for who listens to it.
    pub tagged: bool,
    /// What the first page opens with, above the content; none for a plain page.
    pub letterhead: Option<Letterhead>,
    /// The content.
    pub blocks: Vec<Block>,
    /// Files carried inside: the data the document was made from.
    pub attachments: Vec<Attachment>,
}

/// A file inside the document (PDF/A-3): the data it was made from, for machines and for archives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, in ASCII.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What it is, for who opens the list of attachments.
    pub description: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Document {
    /// An empty Letter document in Spanish, with the margins of GTC 185 and `Página x de y`.
    pub fn new(title: impl Into<String>, date: DateTime<Utc>) -> Self {
        Self {
            title: title.into(),
            author: String::new(),
            language: "es-CO".into(),
            date,
            paper: Paper::Letter,
            landscape: false,
            margins: Margins::default(),
            style: Style::default(),
            running_header: String::new(),
            footer: "Página {x} de {y}".into(),
            draft_mark: None,
            tagged: true,
            letterhead: None,
            blocks: Vec::new(),
            attachments: Vec::new(),
        }
    }
}

impl Document {
    /// Width and height of its sheet in points.
    #[must_use]
    pub fn sheet(&self) -> (f32, f32) {
        let (width, height) = self.paper.size();
        if self.landscape { (height, width) } else { (width, height) }
    }

    /// Every text of the document in reading order, one for each paragraph, cell or label.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let mut found =
            vec![self.title.clone(), self.author.clone(), self.running_header.clone(), self.footer.clone()];
        found.extend(self.draft_mark.clone());
        texts_of(&self.blocks, &mut found);
        found.retain(|text| !text.is_empty());
        found
    }
}

fn text_of(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn texts_of(blocks: &[Block], found: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { spans, .. } | Block::Paragraph { spans, .. } | Block::Small(spans) => {
                found.push(text_of(spans));
                found.extend(spans.iter().filter_map(|span| span.link.clone()));
            }
            Block::List { items, .. } => items.iter().for_each(|item| texts_of(item, found)),
            Block::Quote(inner) | Block::Framed(inner) | Block::Together(inner) => texts_of(inner, found),
            Block::Table(table) => {
                found.push(text_of(&table.caption));
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    texts_of(&cell.blocks, found);
                }
                found.push(text_of(&table.notes));
            }
            Block::KeyValue(rows) => {
                for (label, spans) in rows {
                    found.extend([label.clone(), text_of(spans)]);
                }
            }
            Block::Signatures(signers) => {
                for signer in signers {
                    let Signer { name, post, entity, note, field: _ } = signer.clone();
                    found.extend([name, post, entity, note]);
                }
            }
            Block::Image(image) => found.extend([image.alt.clone(), text_of(&image.caption)]),
            Block::Steps(steps) => {
                found.push(steps.alt.clone());
                found.extend(steps.labels.iter().map(|(_, label)| label.clone()));
            }
            Block::Qr { payload, caption } => found.extend([payload.clone(), text_of(caption)]),
            Block::Line | Block::Space(_) | Block::PageBreak => {}
        }
    }
}

/// Sizes of sheet an office in Colombia uses, upright; [`Document::landscape`] turns them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// Carta, 216 × 279 mm.
    #[default]
    Letter,
    /// 210 × 297 mm.
    A4,
    /// Oficio as sold in Colombia, 216 × 330 mm.
    Oficio,
}

impl Paper {
    /// Width and height in points.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::Letter => (612.0, 792.0),
            Self::A4 => (595.276, 841.89),
            Self::Oficio => (612.0, 936.0),
        }
    }
}

/// Margins in millimetres. The default is GTC 185's: 30 on the side that is bound, 25 elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// Millimetres.
    pub left: f32,
    /// Millimetres.
    pub right: f32,
    /// Millimetres.
    pub top: f32,
    /// Millimetres.
    pub bottom: f32,
}

impl Default for Margins {
    fn default() -> Self {
        Self { left: 30.0, right: 25.0, top: 25.0, bottom: 25.0 }
    }
}

/// A typeface with its regular, bold, italic and bold italic cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Source Serif 4, under its free name here.
    Serif,
    /// Noto Sans.
    Sans,
}

/// How the document looks. Sizes and leadings in points; a leading is the distance between two baselines.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Typeface of running text.
    pub body_family: Family,
    /// Typeface of headings.
    pub heading_family: Family,
    /// Typeface of tables, captions, header and footer.
    pub table_family: Family,
    /// Size of running text.
    pub body_size: f32,
    /// Leading of running text.
    pub body_leading: f32,
    /// Space between paragraphs.
    pub paragraph_gap: f32,
    /// Justify paragraphs that do not say otherwise.
    pub justify: bool,
    /// Divide words at line ends, by the language of the document.
    pub hyphenate: bool,
    /// Each level of heading; deeper ones use the last.
    pub headings: Vec<HeadingStyle>,
    /// Size of text in tables.
    pub table_size: f32,
    /// Leading of text in tables.
    pub table_leading: f32,
    /// Space between a cell's border and its text: sides, then top and bottom.
    pub cell_padding: (f32, f32),
    /// Lines drawn in tables that do not say otherwise.
    pub table_rules: Rules,
    /// Grey of table lines, from 0 (black) to 1 (white).
    pub rule_grey: f32,
    /// Grey behind the head of a table.
    pub head_grey: f32,
    /// Space around tables, boxes, images and quotes.
    pub block_gap: f32,
    /// Size of header, footer, captions and notes.
    pub small_size: f32,
}

/// How a level of heading looks.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadingStyle {
    /// Size in points.
    pub size: f32,
    /// Leading in points.
    pub leading: f32,
    /// Space before, dropped at the top of a page.
    pub above: f32,
    /// Space after.
    pub below: f32,
    /// Bold or regular weight.
    pub bold: bool,
    /// Italic or upright.
    pub italic: bool,
    /// Left or centred.
    pub align: Align,
}

impl Default for Style {
    /// Official paper: serif 11 points on 16, justified, hyphenated.
    fn default() -> Self {
        let heading = |size: f32, above, below, italic: bool, align| HeadingStyle {
            size,
            leading: (size * 1.25).round(),
            above,
            below,
            bold: !italic,
            italic,
            align,
        };
        Self {
            body_family: Family::Serif,
            heading_family: Family::Serif,
            table_family: Family::Serif,
            body_size: 11.0,
            body_leading: 16.0,
            paragraph_gap: 7.0,
            justify: true,
            hyphenate: true,
            headings: vec![
                heading(17.0, 0.0, 10.0, false, Align::Centre),
                heading(13.0, 20.0, 7.0, false, Align::Left),
                heading(11.5, 15.0, 5.0, false, Align::Left),
                heading(11.0, 12.0, 4.0, true, Align::Left),
            ],
            table_size: 9.5,
            table_leading: 12.5,
            cell_padding: (5.0, 3.5),
            table_rules: Rules::Horizontal,
            rule_grey: 0.62,
            head_grey: 0.92,
            block_gap: 10.0,
            small_size: 8.5,
        }
    }
}

/// Lines drawn in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rules {
    /// Thin lines between rows, stronger ones around.
    Horizontal,
    /// Every cell in a box, as a form to fill in by hand needs.
    Grid,
    /// None.
    None,
}

/// Where text stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// As the style says: justified or left.
    #[default]
    Auto,
    /// Even left edge.
    Left,
    /// Even right edge.
    Right,
    /// Centred.
    Centre,
    /// Both edges even.
    Justified,
}

/// A stretch of text in one look. A line feed inside it breaks the line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// The text; any Unicode.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Struck through.
    pub struck: bool,
    /// Target of a link (`https:` or `mailto:`), if any.
    pub link: Option<String>,
}

impl Span {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Bold text.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true, ..Self::default() }
    }

    /// Italic text.
    pub fn italic(text: impl Into<String>) -> Self {
        Self { text: text.into(), italic: true, ..Self::default() }
    }
}

impl From<&str> for Span {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Span {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

/// A piece of content, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading, kept with what follows.
    Heading {
        /// 1 is the document's title.
        level: u8,
        /// Its text.
        spans: Vec<Span>,
        /// Listed in the file's outline.
        outline: bool,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        spans: Vec<Span>,
        /// Its alignment.
        align: Align,
    },
    /// A list.
    List {
        /// The number of the first item, or none for bullets.
        start: Option<u32>,
        /// What each item holds.
        items: Vec<Vec<Block>>,
    },
    /// A quotation: set in, with a line at its side.
    Quote(Vec<Block>),
    /// A table.
    Table(Table),
    /// Labels at the left, what they say at the right.
    KeyValue(Vec<(String, Vec<Span>)>),
    /// A shaded, bordered box, such as a decision.
    Framed(Vec<Block>),
    /// Who signs. Never alone on a page: it takes the end of the block before with it.
    Signatures(Vec<Signer>),
    /// A picture.
    Image(Image),
    /// How many there were of something over time, drawn as steps.
    Steps(Steps),
    /// A QR code with small text at its right.
    Qr {
        /// What it encodes.
        payload: String,
        /// The text beside it.
        caption: Vec<Span>,
    },
    /// A paragraph in the small size: notes, "Elaboró", sources.
    Small(Vec<Span>),
    /// A thin line across the column.
    Line,
    /// Empty room in points, dropped at the top of a page.
    Space(f32),
    /// What follows starts a page.
    PageBreak,
    /// Blocks kept on one page if they fit on one.
    Together(Vec<Block>),
}

/// What the first page of a paper opens with: who issues it, under its own arms.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Letterhead {
    /// The arms or the logo, at the left.
    pub picture: Option<Image>,
    /// Lines beside it, the first in bold.
    pub lines: Vec<String>,
    /// Lines at the right: code and version of the format, series of the archive.
    pub side: Vec<String>,
}

impl Block {
    /// A heading that is in the outline.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, spans: vec![Span::plain(text)], outline: true }
    }

    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::paragraph(vec![Span::plain(text)])
    }

    /// A paragraph with the style's alignment.
    pub fn paragraph(spans: Vec<Span>) -> Self {
        Self::Paragraph { spans, align: Align::Auto }
    }

    /// A centred paragraph.
    pub fn centred(spans: Vec<Span>) -> Self {
        Self::Paragraph { spans, align: Align::Centre }
    }
}

/// A table. Rows shorter than `columns` are filled with empty cells; cells beyond are dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// One for each column.
    pub columns: Vec<Column>,
    /// Repeated on every page the table reaches; empty for none.
    pub head: Vec<Cell>,
    /// The rows; none is split unless it is taller than a page.
    pub rows: Vec<Vec<Cell>>,
    /// Above the table, kept with it.
    pub caption: Vec<Span>,
    /// Below it, in the small size.
    pub notes: Vec<Span>,
    /// Lines; the style's if none are given.
    pub rules: Option<Rules>,
    /// Least height of a row in points, for what is filled in by hand.
    pub row_height: f32,
    /// The first column holds the heads of the rows: bold, and shaded when there is a grid.
    pub row_heads: bool,
}

impl Table {
    /// A table with columns as wide as their content, a head and rows of plain text.
    pub fn plain<H, R, C, T>(head: H, rows: R) -> Self
    where
        H: IntoIterator,
        H::Item: Into<String>,
        R: IntoIterator<Item = C>,
        C: IntoIterator<Item = T>,
        T: Into<String>,
    {
        let head: Vec<Cell> = head.into_iter().map(|text| Cell::from(text.into())).collect();
        let rows: Vec<Vec<Cell>> = rows
            .into_iter()
            .map(|row| row.into_iter().map(|text| Cell::from(text.into())).collect())
            .collect();
        let count = rows.iter().map(Vec::len).max().unwrap_or(0).max(head.len());
        Self { columns: vec![Column::default(); count], head, rows, ..Self::default() }
    }
}

impl Default for Table {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            head: Vec::new(),
            rows: Vec::new(),
            caption: Vec::new(),
            notes: Vec::new(),
            rules: None,
            row_height: 0.0,
            row_heads: false,
        }
    }
}

/// How wide a column is and where its text stands.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Column {
    /// Its width.
    pub width: Width,
    /// Alignment of its cells.
    pub align: Align,
}

impl Column {
    /// A column with this share of the room.
    pub fn share(share: f32) -> Self {
        Self { width: Width::Share(share), align: Align::Auto }
    }

    /// The same column with its text at the right, as figures want.
    pub fn right(mut self) -> Self {
        self.align = Align::Right;
        self
    }

    /// The same column with its text centred.
    pub fn centred(mut self) -> Self {
        self.align = Align::Centre;
        self
    }
}

/// Width of a column.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Width {
    /// By its content.
    #[default]
    Content,
    /// A share of the room, beside the other shares.
    Share(f32),
    /// Millimetres.
    Millimetres(f32),
}

/// What a cell holds. Blocks inside are laid out in the table's size; tables inside a cell print as their text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// Its content.
    pub blocks: Vec<Block>,
    /// Its own alignment, if not the column's.
    pub align: Option<Align>,
}

impl Cell {
    /// A cell of one paragraph.
    pub fn spans(spans: Vec<Span>) -> Self {
        Self { blocks: vec![Block::paragraph(spans)], align: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::spans(vec![Span::plain(text)])
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::spans(vec![Span::plain(text)])
    }
}

impl From<Vec<Span>> for Cell {
    fn from(spans: Vec<Span>) -> Self {
        Self::spans(spans)
    }
}

/// Who signs: a line to sign on, and under it what is not empty of these.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signer {
    /// Full name.
    pub name: String,
    /// Post held.
    pub post: String,
    /// Entity.
    pub entity: String,
    /// Anything else, such as "Presidenta de la sesión" or "Original firmado".
    pub note: String,
    /// The name of the field that an electronic signature fills, in ASCII; empty when it is signed by hand alone.
    pub field: String,
}

/// How many there were of something over time: a filled step line with the number that was needed as a dashed one. Places
/// across are shares of the width, from 0 to 1; heights count what is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Steps {
    /// Height of the drawing in points, without the hours under it.
    pub height: f32,
    /// The number at the top of the scale.
    pub top: u64,
    /// Stretches, side by side: from, to, how many there were and how many were needed.
    pub stretches: Vec<(f32, f32, u64, u64)>,
    /// Stretches in which nothing happened, hatched; a line where from and to are equal.
    pub breaks: Vec<(f32, f32)>,
    /// Marks on the top edge.
    pub marks: Vec<f32>,
    /// Labels under the drawing, centred on their place.
    pub labels: Vec<(f32, String)>,
    /// What it shows, for who cannot see it.
    pub alt: String,
}

/// A picture: PNG or JPEG bytes. One that cannot be read prints as its description in a box.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Image {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What it shows, for who cannot see it.
    pub alt: String,
    /// Width in millimetres; its own at 150 dots an inch if none is given. Never beyond the column or the page.
    pub width: Option<f32>,
    /// Text below, kept with it.
    pub caption: Vec<Span>,
}

impl Image {
    /// What is said of it to who cannot see it: its description, else its caption, else that it has none.
    pub(super) fn told(&self, language: Option<hypher::Lang>) -> String {
        let caption: String = self.caption.iter().map(|span| span.text.as_str()).collect();
        let said =
            [self.alt.as_str(), caption.as_str()].into_iter().map(str::trim).find(|text| !text.is_empty());
        said.map_or_else(
            || match language {
                Some(hypher::Lang::English) => "Picture without a description".to_owned(),
                _ => "Imagen sin descripción".to_owned(),
            },
            str::to_owned,
        )
    }
}
