//! The text of a Word document: blocks as paragraphs and tables.

use std::fmt::Write;

use super::super::document::{Align, Block, Cell, Column, Document, Rules, Signer, Span, Table, Width};
use super::parts::{FIRST_LINK, FOOTER, HEADER, NAMES, alignment, declaration};
use super::{escaped, twips, twips_of_millimetres};

/// Letters of the widest column by its content; beyond, its text goes on in the next line.
const WIDEST: usize = 40;
/// Letters of the narrowest one.
const NARROWEST: usize = 6;

/// What the other parts need to know of the text, and the text.
pub(super) struct Body {
    /// The part.
    pub xml: String,
    /// Targets of its links, in the order of their relations.
    pub links: Vec<String>,
    /// The first number of each list, in the order of their numbers; `None` is bullets.
    pub lists: Vec<Option<u32>>,
}

impl Body {
    /// Writes the text of a document.
    pub fn of(document: &Document) -> Self {
        let (width, height) = document.sheet();
        let margins = document.margins;
        let (left, right) = (twips_of_millimetres(margins.left), twips_of_millimetres(margins.right));
        let mut writer = Writer {
            xml: format!("{}<w:document {NAMES}><w:body>", declaration()),
            links: Vec::new(),
            lists: Vec::new(),
            justify: document.style.justify,
            rules: document.style.table_rules,
            room: twips(width) - left - right,
        };
        writer.blocks(&document.blocks, Place::default());
        let turned = if document.landscape { " w:orient=\"landscape\"" } else { "" };
        let _ = write!(
            writer.xml,
            "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId{HEADER}\"/><w:footerReference w:type=\"default\" r:id=\"rId{FOOTER}\"/>\
<w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/><w:pgMar w:top=\"{}\" w:right=\"{right}\" w:bottom=\"{}\" w:left=\"{left}\" w:header=\"680\" w:footer=\"680\" w:gutter=\"0\"/>\
</w:sectPr></w:body></w:document>",
            twips(width),
            twips(height),
            twips_of_millimetres(margins.top),
            twips_of_millimetres(margins.bottom),
        );
        Self { xml: writer.xml, links: writer.links, lists: writer.lists }
    }
}

/// Where a block stands: what its paragraphs take from around it.
#[derive(Clone, Copy, Default)]
struct Place {
    /// The style of its paragraphs; Word's own when there is none.
    style: Option<&'static str>,
    /// Alignment of a cell's column.
    align: Option<Align>,
    /// The list it is an item of, how deep, and whether it is still to show its mark.
    list: Option<(usize, usize, bool)>,
    /// Whether it stays with what follows.
    kept: bool,
    /// Whether it is the head of a row or of a column.
    bold: bool,
}

struct Writer {
    xml: String,
    links: Vec<String>,
    lists: Vec<Option<u32>>,
    justify: bool,
    rules: Rules,
    /// Twentieths of a point between the margins.
    room: i64,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], place: Place) {
        let mut place = place;
        for block in blocks {
            self.block(block, place);
            // The mark of an item stands at its first paragraph.
            if let (Some((list, depth, true)), true) = (place.list, writes(block)) {
                place.list = Some((list, depth, false));
            }
        }
    }

    fn block(&mut self, block: &Block, place: Place) {
        match block {
            Block::Heading { level, spans, .. } => {
                let style = match level {
                    0 | 1 => "Heading1",
                    2 => "Heading2",
                    3 => "Heading3",
                    _ => "Heading4",
                };
                self.paragraph(spans, None, Place { style: Some(style), align: None, ..place });
            }
            Block::Paragraph { spans, align } => {
                let align = match (align, place.align) {
                    (Align::Auto, Some(of_cell)) => of_cell,
                    (own, _) => *own,
                };
                self.paragraph(spans, Some(align), place);
            }
            Block::Small(spans) => {
                let style = place.style.or(Some("Small"));
                self.paragraph(spans, Some(Align::Left), Place { style, ..place });
            }
            Block::List { start, items } => {
                self.lists.push(*start);
                let (list, depth) = (self.lists.len(), place.list.map_or(0, |(_, depth, _)| depth + 1));
                for item in items {
                    self.blocks(item, Place { list: Some((list, depth.min(8), true)), ..place });
                }
            }
            Block::Quote(inner) => {
                self.blocks(inner, Place { style: place.style.or(Some("Quote")), ..place });
            }
            Block::Framed(inner) => {
                self.blocks(inner, Place { style: place.style.or(Some("Framed")), ..place });
            }
            Block::Together(inner) => {
                if let Some((last, before)) = inner.split_last() {
                    self.blocks(before, Place { kept: true, ..place });
                    self.block(last, place);
                }
            }
            // Tables inside a cell are told as their text, as on paper.
            Block::Table(table) if place.style == Some("Cell") => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    self.blocks(&cell.blocks, place);
                }
            }
            Block::Table(table) => self.table(table),
            Block::KeyValue(rows) if place.style == Some("Cell") => {
                for (label, spans) in rows {
                    self.paragraph(&[Span::bold(label)], None, place);
                    self.paragraph(spans, None, place);
                }
            }
            Block::KeyValue(rows) => self.key_value(rows),
            Block::Signatures(signers) => self.signatures(signers),
            Block::Image(image) => {
                self.paragraph(&[Span::italic(image.alt.as_str())], None, place);
                if !image.caption.is_empty() {
                    self.paragraph(&image.caption, None, Place { style: Some("Small"), ..place });
                }
            }
            Block::Steps(steps) => {
                self.paragraph(&[Span::italic(steps.alt.as_str())], Some(Align::Left), place);
            }
            Block::Qr { payload, caption } => {
                self.paragraph(caption, Some(Align::Left), Place { style: Some("Small"), ..place });
                self.paragraph(
                    &[Span::plain(payload)],
                    Some(Align::Left),
                    Place { style: Some("Small"), ..place },
                );
            }
            Block::PageBreak => self.xml.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
            // The spaces of the styles stand for those of the paper.
            Block::Line | Block::Space(_) => {}
        }
    }

    fn paragraph(&mut self, spans: &[Span], align: Option<Align>, place: Place) {
        self.xml.push_str("<w:p><w:pPr>");
        if let Some(style) = place.style {
            let _ = write!(self.xml, "<w:pStyle w:val=\"{style}\"/>");
        }
        if place.kept {
            self.xml.push_str("<w:keepNext/>");
        }
        match place.list {
            Some((list, depth, true)) => {
                let _ = write!(
                    self.xml,
                    "<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{list}\"/></w:numPr>"
                );
            }
            Some((_, depth, false)) => {
                let _ = write!(self.xml, "<w:ind w:left=\"{}\"/>", 425 * (depth + 1));
            }
            None => {}
        }
        if let Some(align) = align {
            // Narrow columns are not justified, nor is what is set in a small size.
            let justify = self.justify && place.style != Some("Cell");
            let _ = write!(self.xml, "<w:jc w:val=\"{}\"/>", alignment(align, justify));
        }
        self.xml.push_str("</w:pPr>");
        for span in spans {
            self.span(span, place.bold);
        }
        self.xml.push_str("</w:p>");
    }

    fn span(&mut self, span: &Span, bold: bool) {
        let linked =
            span.link.as_ref().filter(|link| link.starts_with("https:") || link.starts_with("mailto:"));
        if let Some(link) = linked {
            let _ = write!(self.xml, "<w:hyperlink r:id=\"rId{}\">", self.links.len() + FIRST_LINK);
            self.links.push(link.clone());
        }
        self.xml.push_str("<w:r><w:rPr>");
        for (set, mark) in [
            (linked.is_some(), "<w:rStyle w:val=\"Hyperlink\"/>"),
            (span.bold || bold, "<w:b/>"),
            (span.italic, "<w:i/>"),
            (span.struck, "<w:strike/>"),
        ] {
            if set {
                self.xml.push_str(mark);
            }
        }
        self.xml.push_str("</w:rPr>");
        for (n, line) in span.text.split('\n').enumerate() {
            if n > 0 {
                self.xml.push_str("<w:br/>");
            }
            for (n, stretch) in line.split('\t').enumerate() {
                if n > 0 {
                    self.xml.push_str("<w:tab/>");
                }
                let _ = write!(self.xml, "<w:t xml:space=\"preserve\">{}</w:t>", escaped(stretch));
            }
        }
        self.xml.push_str("</w:r>");
        if linked.is_some() {
            self.xml.push_str("</w:hyperlink>");
        }
    }

    fn table(&mut self, table: &Table) {
        if table.columns.is_empty() || (table.head.is_empty() && table.rows.is_empty()) {
            return;
        }
        if !table.caption.is_empty() {
            self.paragraph(
                &table.caption,
                Some(Align::Left),
                Place { style: Some("Caption"), kept: true, ..Place::default() },
            );
        }
        let widths = widths(table, self.room);
        self.begin_table(&widths, table.rules.unwrap_or(self.rules));
        if !table.head.is_empty() {
            self.row(&table.head, &table.columns, &widths, Row { head: true, first: false, height: 0.0 });
        }
        for row in &table.rows {
            let kind = Row { head: false, first: table.row_heads, height: table.row_height };
            self.row(row, &table.columns, &widths, kind);
        }
        self.end_table();
        if !table.notes.is_empty() {
            self.paragraph(
                &table.notes,
                Some(Align::Left),
                Place { style: Some("Small"), ..Place::default() },
            );
        }
    }

    fn begin_table(&mut self, widths: &[i64], rules: Rules) {
        self.xml.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
        let line = |side: &str, drawn: bool| {
            let kind = if drawn { "single" } else { "none" };
            format!("<w:{side} w:val=\"{kind}\" w:sz=\"4\" w:space=\"0\" w:color=\"9E9E9E\"/>")
        };
        let (across, down) = match rules {
            Rules::Horizontal => (true, false),
            Rules::Grid => (true, true),
            Rules::None => (false, false),
        };
        for (side, drawn) in [
            ("top", across),
            ("left", down),
            ("bottom", across),
            ("right", down),
            ("insideH", across),
            ("insideV", down),
        ] {
            self.xml.push_str(&line(side, drawn));
        }
        self.xml.push_str("</w:tblBorders></w:tblPr><w:tblGrid>");
        for width in widths {
            let _ = write!(self.xml, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml.push_str("</w:tblGrid>");
    }

    /// Two tables in a row would be one: a small empty paragraph keeps them apart.
    fn end_table(&mut self) {
        self.xml.push_str("</w:tbl><w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>");
    }

    fn row(&mut self, cells: &[Cell], columns: &[Column], widths: &[i64], row: Row) {
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if row.height > 0.0 {
            let _ = write!(self.xml, "<w:trHeight w:val=\"{}\"/>", twips(row.height));
        }
        if row.head {
            self.xml.push_str("<w:tblHeader/>");
        }
        self.xml.push_str("</w:trPr>");
        let empty = Cell::default();
        for (n, column) in columns.iter().enumerate() {
            let cell = cells.get(n).unwrap_or(&empty);
            let fill =
                if row.head { "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EBEBEB\"/>" } else { "" };
            self.cell(
                &cell.blocks,
                widths.get(n).copied().unwrap_or_default(),
                fill,
                Place {
                    style: Some("Cell"),
                    align: Some(cell.align.unwrap_or(column.align)),
                    bold: row.head || (row.first && n == 0),
                    ..Place::default()
                },
            );
        }
        self.xml.push_str("</w:tr>");
    }

    fn cell(&mut self, blocks: &[Block], width: i64, properties: &str, place: Place) {
        let _ =
            write!(self.xml, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}</w:tcPr>");
        let before = self.xml.len();
        self.blocks(blocks, place);
        if self.xml.len() == before {
            self.paragraph(&[], None, place); // a cell holds one paragraph at least
        }
        self.xml.push_str("</w:tc>");
    }

    fn key_value(&mut self, rows: &[(String, Vec<Span>)]) {
        let widths = [self.room * 3 / 10, self.room * 7 / 10];
        self.begin_table(&widths, Rules::None);
        for (label, spans) in rows {
            let cells = [Cell::from(label.as_str()), Cell::spans(spans.clone())];
            self.row(&cells, &[Column::default(); 2], &widths, Row { head: false, first: true, height: 0.0 });
        }
        self.end_table();
    }

    /// Side by side, two in a row, each under the line it is signed on.
    fn signatures(&mut self, signers: &[Signer]) {
        let half = self.room / 2;
        self.begin_table(&[half, half], Rules::None);
        for pair in signers.chunks(2) {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for signer in pair {
                let _ = write!(
                    self.xml,
                    "<w:tc><w:tcPr><w:tcW w:w=\"{half}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:keepNext/><w:pBdr>\
<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"auto\"/></w:pBdr><w:spacing w:before=\"720\"/></w:pPr></w:p>",
                );
                let said = [&signer.name, &signer.post, &signer.entity, &signer.note];
                for (n, line) in said.into_iter().filter(|line| !line.is_empty()).enumerate() {
                    let place = Place { style: Some("Cell"), kept: true, bold: n == 0, ..Place::default() };
                    self.paragraph(&[Span::plain(line)], Some(Align::Left), place);
                }
                self.xml.push_str("</w:tc>");
            }
            if pair.len() == 1 {
                self.cell(&[], half, "", Place { style: Some("Cell"), ..Place::default() });
            }
            self.xml.push_str("</w:tr>");
        }
        self.end_table();
    }
}

/// What a row is.
struct Row {
    /// The head of its table, repeated on every page.
    head: bool,
    /// Whether its first cell is the head of the row.
    first: bool,
    /// Its least height in points; 0 for none.
    height: f32,
}

/// Whether a block leaves a paragraph.
fn writes(block: &Block) -> bool {
    !matches!(block, Block::Line | Block::Space(_))
}

/// The widths of a table's columns in twentieths of a point: as asked for, else by their content.
fn widths(table: &Table, room: i64) -> Vec<i64> {
    let weights: Vec<f32> = table
        .columns
        .iter()
        .enumerate()
        .map(|(n, column)| match column.width {
            Width::Share(share) => share,
            Width::Millimetres(millimetres) => twips_of_millimetres(millimetres) as f32 / room as f32,
            Width::Content => {
                let cells = table.rows.iter().map(Vec::as_slice).chain([table.head.as_slice()]);
                let letters = cells.filter_map(|row| row.get(n)).map(letters).max().unwrap_or(0);
                letters.clamp(NARROWEST, WIDEST) as f32 / 100.0
            }
        })
        .collect();
    let all: f32 = weights.iter().sum::<f32>().max(f32::EPSILON);
    weights.iter().map(|weight| (room as f32 * weight / all) as i64).collect()
}

fn letters(cell: &Cell) -> usize {
    let paragraph = |block: &Block| match block {
        Block::Paragraph { spans, .. } | Block::Small(spans) => {
            spans.iter().map(|span| span.text.chars().count()).sum()
        }
        _ => WIDEST,
    };
    cell.blocks.iter().map(paragraph).max().unwrap_or(0)
}
