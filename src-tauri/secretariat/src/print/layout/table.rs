//! Tables: how wide their columns are, and their rows as pieces.

use super::super::document::{Align, Block, Cell, Column, Rules, Span, Table, Width};
use super::super::page::{Element, Shape, Tag};
use super::super::text::Prepared;
use super::paginate::{Frame, FrameKind, Piece};
use super::{Layout, POINTS_PER_MM, Place};

/// A table ready to be filled: its columns measured.
struct Grid {
    /// Left edge of each column, and the right edge of the last.
    edges: Vec<f32>,
    aligns: Vec<Align>,
    padding: (f32, f32),
    row_height: f32,
    row_heads: bool,
    shade_row_heads: bool,
    element: Element,
    head_grey: f32,
}

/// Narrowest and widest a column can use, padding included.
#[derive(Clone, Copy, Default)]
struct Extent {
    least: f32,
    most: f32,
}

impl Layout<'_> {
    pub(super) fn table(&mut self, table: &Table, place: &Place) -> Vec<Piece> {
        if place.in_cell {
            return self.flattened(table, place);
        }
        let style = &self.document.style;
        let rules = table.rules.unwrap_or(style.table_rules);
        let place = Place {
            family: style.table_family,
            size: style.table_size.max(1.0),
            leading: style.table_leading.max(1.0),
            ..*place
        };
        self.table_with(table, rules, style.cell_padding, &place)
    }

    pub(super) fn key_values(&mut self, rows: &[(String, Vec<Span>)], place: &Place) -> Vec<Piece> {
        let rows = rows
            .iter()
            .map(|(label, value)| vec![Cell::from(label.as_str()), Cell::spans(value.clone())])
            .collect();
        let columns = vec![Column::default(), Column::share(1.0)];
        let table = Table { columns, rows, row_heads: true, ..Table::default() };
        if place.in_cell {
            return self.flattened(&table, place);
        }
        // The labels stand at the margin: without lines around it, a table's padding would look like an error.
        const SIDE: f32 = 5.0;
        let leading = place.leading.min(place.size * 1.35);
        let place = Place { leading, x: place.x - SIDE, width: place.width + 2.0 * SIDE, ..*place };
        self.table_with(&table, Rules::None, (SIDE, 2.0), &place)
    }

    fn table_with(&mut self, table: &Table, rules: Rules, padding: (f32, f32), place: &Place) -> Vec<Piece> {
        let count =
            table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.head.len()).max(table.columns.len());
        if count == 0 || (table.head.is_empty() && table.rows.is_empty()) {
            return Vec::new();
        }
        let element = self.element(Tag::Table, place.element);
        let mut pieces = Vec::new();
        if !table.caption.is_empty() {
            let caption = self.element(Tag::Caption, element);
            let above = Place { bold: true, in_cell: true, ..*place };
            pieces = self.paragraph(&table.caption, Align::Left, &above, caption);
            super::flow::keep_all(&mut pieces);
            if let Some(last) = pieces.last_mut() {
                last.height += 3.0;
            }
        }
        let padding = (padding.0.min(place.width / count as f32 * 0.15), padding.1);
        let (widths, shrink) = self.column_widths(table, count, padding.0, place);
        let place = &Place { size: place.size * shrink, leading: place.leading * shrink, ..*place };
        let mut edges = Vec::with_capacity(count + 1);
        let mut x = place.x;
        edges.push(x);
        for width in widths {
            x += width;
            edges.push(x.min(place.x + place.width));
        }
        let right = place.x + place.width;
        let frame = if rules == Rules::None {
            place.frame
        } else {
            let boxed = rules == Rules::Grid;
            let kind = FrameKind::Table {
                left: place.x,
                right,
                inner: if boxed { edges[1..count].to_vec() } else { Vec::new() },
                outer_sides: boxed,
                grey: self.document.style.rule_grey,
            };
            self.paginator.add_frame(Frame { parent: place.frame, kind })
        };
        let grid = Grid {
            aligns: (0..count)
                .map(|at| table.columns.get(at).map_or(Align::Auto, |column| column.align))
                .collect(),
            edges,
            padding,
            row_height: if table.row_height.is_finite() { table.row_height.max(0.0) } else { 0.0 },
            row_heads: table.row_heads,
            shade_row_heads: table.row_heads && rules == Rules::Grid,
            element,
            head_grey: self.document.style.head_grey,
        };
        let inside = Place { frame, in_cell: true, align: Align::Left, paragraph_gap: 2.0, ..*place };
        let page = place.room;
        let mut head = None;
        let mut room = page;
        if !table.head.is_empty() {
            let mut rows = self.row(&table.head, true, &grid, &inside, page * 0.9);
            super::flow::keep_all(&mut rows);
            // A head that takes a third of the page is not worth repeating.
            if let [only] = rows.as_slice()
                && only.height <= page / 3.0
            {
                room -= only.height;
                head = Some(self.paginator.add_head(only));
            }
            pieces.append(&mut rows);
        }
        let body = pieces.len();
        for row in &table.rows {
            let mut rows = self.row(row, false, &grid, &inside, room);
            for piece in &mut rows {
                piece.head = head;
            }
            pieces.append(&mut rows);
        }
        // No single row alone with its head, at either end.
        if let Some(last) = pieces.len().checked_sub(2) {
            for at in [body, last] {
                if let [one, two, ..] = &mut pieces[at.max(body)..]
                    && one.height + two.height < page / 4.0
                {
                    one.keep = true;
                }
            }
        }
        if !table.notes.is_empty() {
            if let Some(last) = pieces.last_mut() {
                last.keep = true;
            }
            let note = self.element(Tag::Paragraph, place.element);
            let below = self.small(place);
            let mut notes = self.paragraph(&table.notes, Align::Left, &below, note);
            if let Some(first) = notes.first_mut() {
                first.gap = 3.0;
            }
            pieces.append(&mut notes);
        }
        pieces
    }

    /// A row as one piece, or as several if it is taller than `room`.
    fn row(&mut self, cells: &[Cell], head: bool, grid: &Grid, place: &Place, room: f32) -> Vec<Piece> {
        let row = self.element(Tag::Row, grid.element);
        let (side, above) = grid.padding;
        let mut columns: Vec<Vec<Piece>> = Vec::with_capacity(cells.len());
        for (at, cell) in cells.iter().enumerate() {
            let heads_row = grid.row_heads && at == 0 && !head;
            let tag = match (head, heads_row) {
                (true, _) => Tag::HeadCell,
                (false, true) => Tag::RowHeadCell,
                (false, false) => Tag::Cell,
            };
            let element = self.element(tag, row);
            let (left, right) = (grid.edges[at], grid.edges[at + 1]);
            let align = match cell.align.unwrap_or(grid.aligns[at]) {
                Align::Auto => Align::Left,
                other => other,
            };
            let column = Place {
                x: left + side,
                width: (right - left - 2.0 * side).max(0.5),
                bold: head || heads_row,
                align,
                element,
                room: (room - 2.0 * above).max(1.0),
                ..*place
            };
            columns.push(match cell.blocks.as_slice() {
                // The common case needs no paragraph of its own inside the cell.
                [Block::Paragraph { spans, align }] => self.paragraph(spans, *align, &column, element),
                blocks => self.contents(blocks, &column),
            });
        }
        let rows = side_by_side(columns, room, above, place.frame);
        rows.into_iter()
            .map(|mut piece| {
                piece.height = piece.height.max(place.leading + 2.0 * above);
                let wanted = grid.row_height.min(room);
                if !head && piece.height < wanted {
                    let (natural, frame) = (piece.height, piece.frame);
                    let mut taller = Piece { height: wanted, frame, ..Piece::default() };
                    piece.move_into(&mut taller, (wanted - natural) / 2.0);
                    piece = taller;
                }
                shade(&mut piece, head, grid);
                piece
            })
            .collect()
    }

    /// Widths that fill the place, and by how much the type must shrink to get there.
    fn column_widths(&mut self, table: &Table, count: usize, side: f32, place: &Place) -> (Vec<f32>, f32) {
        let wish = |at: usize| table.columns.get(at).map(|column| column.width).unwrap_or_default();
        let mut widths = vec![0.0_f32; count];
        let mut room = place.width;
        let millimetres: f32 = (0..count)
            .map(|at| match wish(at) {
                Width::Millimetres(mm) => clean(mm) * POINTS_PER_MM,
                _ => 0.0,
            })
            .sum();
        let only_fixed = (0..count).all(|at| matches!(wish(at), Width::Millimetres(_)));
        let most = if only_fixed { place.width } else { place.width * 0.8 };
        let fit =
            if millimetres > most || (only_fixed && millimetres > 0.0) { most / millimetres } else { 1.0 };
        let mut shares = 0.0;
        let mut by_content = Vec::new();
        for (at, width) in widths.iter_mut().enumerate() {
            match wish(at) {
                Width::Millimetres(mm) => {
                    *width = clean(mm) * POINTS_PER_MM * fit;
                    room -= *width;
                }
                Width::Share(share) => shares += clean(share).max(0.001),
                Width::Content => by_content.push(at),
            }
        }
        let mut shrink = 1.0;
        if !by_content.is_empty() {
            let extents: Vec<Extent> =
                by_content.iter().map(|at| self.extent(table, *at, side, place)).collect();
            let available = if shares > 0.0 { room * 0.7 } else { room };
            let least: f32 = extents.iter().map(|extent| extent.least).sum();
            let most: f32 = extents.iter().map(|extent| extent.most).sum();
            let spread = spread(&extents, available);
            for (at, (width, extent)) in by_content.iter().zip(spread.into_iter().zip(&extents)) {
                widths[*at] = if most > available {
                    width
                } else if shares > 0.0 {
                    extent.most
                } else {
                    extent.most * available / most.max(0.001)
                };
            }
            if least > available {
                shrink = (available / least).max(0.7);
            }
            room -= by_content.iter().map(|at| widths[*at]).sum::<f32>();
        }
        if shares > 0.0 {
            for (at, width) in widths.iter_mut().enumerate() {
                if let Width::Share(share) = wish(at) {
                    *width = room * clean(share).max(0.001) / shares;
                }
            }
        }
        (widths, shrink)
    }

    fn extent(&mut self, table: &Table, at: usize, side: f32, place: &Place) -> Extent {
        let mut extent = Extent { least: place.size, most: place.size };
        let heads = [(&table.head, true)].into_iter();
        for (row, head) in heads.chain(table.rows.iter().map(|row| (row, false))) {
            let Some(cell) = row.get(at) else { continue };
            let bold = head || (table.row_heads && at == 0);
            for block in &cell.blocks {
                let owned;
                let spans = match block {
                    Block::Paragraph { spans, .. } | Block::Heading { spans, .. } | Block::Small(spans) => {
                        spans
                    }
                    Block::Image(_) | Block::Steps(_) | Block::Qr { .. } => {
                        extent.most = extent.most.max(place.width * 0.3);
                        continue;
                    }
                    other => {
                        owned = vec![Span::plain(plain_text(other))];
                        &owned
                    }
                };
                let prepared =
                    Prepared::new(spans, place.family, bold, false, &mut self.fonts, &mut Default::default());
                let (least, most) = prepared.extent();
                extent.least = extent.least.max(least as f32 * place.size / 1000.0);
                extent.most = extent.most.max(most as f32 * place.size / 1000.0);
            }
        }
        // A sliver more than needed: widths are rounded when lines are broken.
        Extent { least: extent.least + 2.0 * side + 0.1, most: extent.most + 2.0 * side + 0.1 }
    }

    /// A table inside a cell: a paragraph for each row.
    fn flattened(&mut self, table: &Table, place: &Place) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for row in std::iter::once(&table.head).chain(&table.rows).filter(|row| !row.is_empty()) {
            let texts: Vec<String> = row
                .iter()
                .map(|cell| cell.blocks.iter().map(plain_text).collect::<Vec<_>>().join(" "))
                .collect();
            let element = self.element(Tag::Paragraph, place.element);
            pieces.append(&mut self.paragraph(
                &[Span::plain(texts.join(" · "))],
                Align::Left,
                place,
                element,
            ));
        }
        pieces
    }
}

/// Room shared among columns that want more than there is: those that want little get it, the others by need.
fn spread(extents: &[Extent], available: f32) -> Vec<f32> {
    let mut widths = vec![0.0; extents.len()];
    let mut open: Vec<usize> = (0..extents.len()).collect();
    let mut room = available;
    let mut needed: f32 = extents.iter().map(|extent| extent.least).sum();
    loop {
        let fair = room / open.len().max(1) as f32;
        let before = open.len();
        open.retain(|at| {
            let Extent { least, most } = extents[*at];
            let modest = most <= fair && needed - least <= room - most;
            if modest {
                widths[*at] = most;
                room -= most;
                needed -= least;
            }
            !modest
        });
        if open.len() == before {
            break;
        }
    }
    let least: f32 = open.iter().map(|at| extents[*at].least).sum();
    let most: f32 = open.iter().map(|at| extents[*at].most).sum();
    for at in &open {
        let Extent { least: own, most: wanted } = extents[*at];
        widths[*at] = if least <= room {
            own + (room - least) * (wanted - own) / (most - least).max(0.001)
        } else {
            // Too narrow for the longest words: half alike, half by need.
            room * (0.5 / open.len() as f32 + 0.5 * own / least)
        };
    }
    widths
}

fn clean(value: f32) -> f32 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

fn shade(piece: &mut Piece, head: bool, grid: &Grid) {
    let last = grid.edges.len() - 1;
    let right = match (head, grid.shade_row_heads) {
        (true, _) => grid.edges[last],
        (false, true) => grid.edges[1],
        (false, false) => return,
    };
    piece
        .shapes
        .insert(0, Shape::Fill { area: [grid.edges[0], 0.0, right, piece.height], grey: grid.head_grey });
}

/// Columns of pieces as one piece, or as several if the tallest is taller than `room`: then each takes from every column
/// what fits.
pub(super) fn side_by_side(columns: Vec<Vec<Piece>>, room: f32, pad: f32, frame: usize) -> Vec<Piece> {
    let mut columns: Vec<_> = columns.into_iter().map(|pieces| pieces.into_iter().peekable()).collect();
    let mut rows = Vec::new();
    loop {
        let mut row = Piece { height: 2.0 * pad, frame, ..Piece::default() };
        for column in &mut columns {
            let mut y = pad;
            while let Some(piece) =
                column.next_if(|next| y == pad || y + next.gap + next.height + pad <= room + 0.01)
            {
                y += if y > pad { piece.gap } else { 0.0 };
                let height = piece.height;
                piece.move_into(&mut row, y);
                y += height;
            }
            row.height = row.height.max(y + pad);
        }
        rows.push(row);
        if columns.iter_mut().all(|column| column.peek().is_none()) {
            return rows;
        }
    }
}

/// The words of a block, for measuring and for tables inside cells.
fn plain_text(block: &Block) -> String {
    let joined = |spans: &[Span]| spans.iter().map(|span| span.text.as_str()).collect::<String>();
    let all = |blocks: &[Block]| blocks.iter().map(plain_text).collect::<Vec<_>>().join("\n");
    match block {
        Block::Heading { spans, .. } | Block::Paragraph { spans, .. } | Block::Small(spans) => joined(spans),
        Block::Qr { caption, .. } => joined(caption),
        Block::List { items, .. } => items.iter().map(|item| all(item)).collect::<Vec<_>>().join("\n"),
        Block::Quote(blocks) | Block::Framed(blocks) | Block::Together(blocks) => all(blocks),
        Block::Table(table) => std::iter::once(&table.head)
            .chain(&table.rows)
            .map(|row| row.iter().map(|cell| all(&cell.blocks)).collect::<Vec<_>>().join(" · "))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::KeyValue(rows) => rows
            .iter()
            .map(|(label, value)| format!("{label} {}", joined(value)))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Signatures(signers) => {
            signers.iter().map(|signer| signer.name.as_str()).collect::<Vec<_>>().join("\n")
        }
        Block::Image(image) => image.alt.clone(),
        Block::Steps(steps) => steps.alt.clone(),
        Block::Line | Block::Space(_) | Block::PageBreak => String::new(),
    }
}
