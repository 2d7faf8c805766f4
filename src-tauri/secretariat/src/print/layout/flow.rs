//! Each kind of block as pieces.

use std::sync::Arc;

use super::super::OutlineEntry;
use super::super::document::{Align, Block, HeadingStyle, Image, Letterhead, Signer, Span, Steps};
use super::super::image::Pixels;
use super::super::page::{Element, Field, Picture, Shape, Tag};
use super::super::text::{Breaking, Prepared};
use super::paginate::{Frame, FrameKind, Piece};
use super::table::side_by_side;
use super::{Layout, POINTS_PER_MM, Place, set_line};

/// What the next block must know of the one before.
#[derive(Debug, Default)]
pub(super) struct Spacing {
    /// Space wanted after it.
    below: f32,
    /// Explicit space, added.
    extra: f32,
    page_break: bool,
    started: bool,
}

/// Deeper nesting of lists and quotes is not set in any further.
const DEEPEST: u8 = 6;

impl Layout<'_> {
    /// Pieces of a block; `rest` is what follows it in the same container.
    pub(super) fn flow(
        &mut self,
        block: &Block,
        rest: &[Block],
        place: &Place,
        spacing: &mut Spacing,
    ) -> Vec<Piece> {
        let style = &self.document.style;
        let (block_gap, paragraph_gap) = (style.block_gap, place.paragraph_gap);
        let (mut pieces, above, below) = match block {
            Block::Space(points) => {
                spacing.extra += if points.is_finite() { points.max(0.0) } else { 0.0 };
                return Vec::new();
            }
            Block::PageBreak => {
                spacing.page_break = true;
                return Vec::new();
            }
            Block::Heading { level, spans, outline } => {
                let look = heading_style(&style.headings, *level, style.body_size);
                let below = look.below;
                (self.heading(*level, spans, *outline, &look, place), look.above, below)
            }
            Block::Paragraph { spans, align } => {
                let element = self.element(Tag::Paragraph, place.element);
                (self.paragraph(spans, *align, place, element), 0.0, paragraph_gap)
            }
            Block::Small(spans) => {
                let element = self.element(Tag::Paragraph, place.element);
                (self.paragraph(spans, Align::Left, &self.small(place), element), 0.0, paragraph_gap * 0.6)
            }
            Block::List { start, items } => (self.list(*start, items, place), 0.0, paragraph_gap),
            Block::Quote(blocks) => (self.quote(blocks, place), paragraph_gap, paragraph_gap),
            Block::Framed(blocks) => (self.framed(blocks, place), block_gap, block_gap),
            Block::Table(table) => {
                let gap = if place.in_cell { 0.0 } else { block_gap };
                (self.table(table, place), gap, gap * 1.2)
            }
            Block::KeyValue(rows) => (self.key_values(rows, place), paragraph_gap * 0.5, block_gap),
            Block::Signatures(signers) => (self.signatures(signers, place), block_gap, block_gap),
            Block::Image(image) => (self.image(image, place), block_gap, block_gap),
            Block::Steps(steps) => (self.steps(steps, place), block_gap, block_gap),
            Block::Qr { payload, caption } => (self.qr(payload, caption, place), block_gap, block_gap),
            Block::Line => (vec![line_across(place)], block_gap * 0.6, block_gap * 0.6),
            Block::Together(blocks) => {
                let mut inner = Spacing { started: spacing.started, ..Spacing::default() };
                let mut pieces = self.flow_all(blocks, place, &mut inner);
                let whole: f32 = pieces.iter().map(|piece| piece.gap + piece.height).sum();
                if whole <= place.room {
                    keep_all(&mut pieces);
                }
                let above = pieces.first().map_or(0.0, |piece| piece.gap);
                (pieces, above, inner.below)
            }
        };
        if let Some(last) = pieces.last_mut()
            && (matches!(block, Block::Heading { .. }) && !rest.is_empty() || signs_next(rest))
        {
            last.keep = true;
        }
        if let Some(first) = pieces.first_mut() {
            first.gap = if spacing.started { above.max(spacing.below) } else { 0.0 } + spacing.extra;
            first.page_break |= std::mem::take(&mut spacing.page_break);
            spacing.extra = 0.0;
            spacing.below = below;
            spacing.started = true;
        }
        pieces
    }

    pub(super) fn flow_all(&mut self, blocks: &[Block], place: &Place, spacing: &mut Spacing) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            pieces.append(&mut self.flow(block, &blocks[at + 1..], place, spacing));
        }
        pieces
    }

    /// The letterhead: arms, lines and format side by side, over a line.
    pub(super) fn letterhead(
        &mut self,
        letterhead: &Letterhead,
        place: &Place,
        spacing: &mut Spacing,
    ) -> Vec<Piece> {
        /// Between the columns.
        const GUTTER: f32 = 12.0;
        /// Share of the width for the lines at the right.
        const SIDE: f32 = 0.3;
        let small = self.small(place);
        let mut columns = Vec::new();
        let (mut x, mut width) = (place.x, place.width);
        if let Some(picture) = &letterhead.picture {
            let wide = picture.width.unwrap_or(22.0) * POINTS_PER_MM;
            let wide = wide.min(place.width * 0.35);
            let column = Place { width: wide, in_cell: true, room: place.room * 0.25, ..*place };
            columns.push(self.image(picture, &column));
            x += wide + GUTTER;
            width -= wide + GUTTER;
        }
        let aside = if letterhead.side.is_empty() { 0.0 } else { place.width * SIDE };
        if !letterhead.lines.is_empty() {
            let column = Place { x, width: width - aside, align: Align::Left, in_cell: true, ..small };
            let (first, rest) = letterhead.lines.split_at(1);
            let mut spans = vec![Span::bold(first.concat())];
            spans.extend(rest.iter().map(|line| Span::plain(format!("\n{line}"))));
            let element = self.element(Tag::Paragraph, place.element);
            columns.push(self.paragraph(&spans, Align::Left, &column, element));
        }
        if aside > 0.0 {
            let x = place.x + place.width - aside + GUTTER;
            let column = Place { x, width: aside - GUTTER, align: Align::Left, in_cell: true, ..small };
            let element = self.element(Tag::Paragraph, place.element);
            let said = Span::plain(letterhead.side.join("\n"));
            columns.push(self.paragraph(&[said], Align::Left, &column, element));
        }
        // Two texts of one line are two words.
        for run in columns.iter_mut().filter_map(|column| column.last_mut()?.runs.last_mut()) {
            if !run.text.ends_with(' ') {
                run.text = format!("{} ", run.text).into();
            }
        }
        let mut pieces = side_by_side(columns, place.room, 0.0, place.frame);
        let mut line = line_across(place);
        line.gap = 6.0;
        pieces.push(line);
        keep_all(&mut pieces);
        spacing.started = true;
        spacing.below = 14.0;
        pieces
    }

    /// Pieces of the blocks inside something.
    pub(super) fn contents(&mut self, blocks: &[Block], place: &Place) -> Vec<Piece> {
        self.flow_all(blocks, place, &mut Spacing::default())
    }

    pub(super) fn small(&self, place: &Place) -> Place {
        let style = &self.document.style;
        let size = style.small_size.max(1.0).min(place.size);
        Place {
            size,
            leading: (size * 1.32).min(place.leading),
            family: style.table_family,
            grey: 0.2,
            ..*place
        }
    }

    pub(super) fn paragraph(
        &mut self,
        spans: &[Span],
        align: Align,
        place: &Place,
        element: Element,
    ) -> Vec<Piece> {
        let align = if align == Align::Auto { place.align } else { align };
        let prepared =
            Prepared::new(spans, place.family, place.bold, place.italic, &mut self.fonts, &mut self.missing);
        if prepared.is_empty() {
            return Vec::new();
        }
        let (language, breaking) = match align {
            Align::Justified => (self.language, Breaking::Optimal),
            // A narrow cell may have to divide words; a title never does.
            Align::Auto | Align::Left if place.in_cell => (self.language, Breaking::FirstFit),
            _ => (None, Breaking::FirstFit),
        };
        let room = ((place.width / place.size * 1000.0) as i64).max(1);
        let lines = prepared.lines(room, language, breaking, &mut self.fonts);
        let count = lines.len();
        let links: Vec<(String, Element)> =
            prepared.links.iter().map(|target| (target.clone(), self.element(Tag::Link, element))).collect();
        lines
            .into_iter()
            .enumerate()
            .map(|(at, line)| {
                let mut piece = Piece {
                    height: place.leading,
                    frame: place.frame,
                    // At least two lines at the foot of a page and two at the head of the next.
                    keep: at + 1 < count && (at == 0 || at + 2 == count),
                    ..Piece::default()
                };
                set_line(line, place, align, &links, element, &mut piece);
                piece
            })
            .collect()
    }

    fn heading(
        &mut self,
        level: u8,
        spans: &[Span],
        outline: bool,
        look: &HeadingStyle,
        place: &Place,
    ) -> Vec<Piece> {
        // A title may look smaller than the one before by two levels; who listens to it goes down one at a time (ISO
        // 14289-1, 7.4.2).
        let told = level.clamp(1, 6).min(self.headed + 1);
        let element = self.element(Tag::Heading(told), place.element);
        let shrink = if place.in_cell { (place.size / look.size).min(1.0) } else { 1.0 };
        let place = Place {
            family: self.document.style.heading_family,
            size: look.size * shrink,
            leading: look.leading * shrink,
            bold: look.bold,
            italic: look.italic,
            ..*place
        };
        let align = if look.align == Align::Centre { Align::Centre } else { Align::Left };
        let mut pieces = self.paragraph(spans, align, &Place { in_cell: false, ..place }, element);
        keep_all(&mut pieces);
        if !pieces.is_empty() {
            self.headed = told;
        }
        if let Some(first) = pieces.first_mut()
            && outline
        {
            first.outline = Some(self.outline.len());
            let title: String = spans.iter().map(|span| span.text.as_str()).collect();
            self.outline.push(OutlineEntry { level, title: title.replace('\n', " "), page: 1, y: 0.0 });
        }
        pieces
    }

    fn list(&mut self, start: Option<u32>, items: &[Vec<Block>], place: &Place) -> Vec<Piece> {
        let list = self.element(Tag::List, place.element);
        let tight = items.iter().all(|item| item.len() <= 1);
        let gap = if tight { place.paragraph_gap * 0.35 } else { place.paragraph_gap };
        let marker = |at: usize| match start {
            Some(first) => format!("{}.", u64::from(first) + at as u64),
            None if place.depth.is_multiple_of(2) => "•".to_owned(),
            None => "–".to_owned(),
        };
        let widest = items.iter().enumerate().map(|(at, _)| marker(at).len()).max().unwrap_or(0);
        let digits = "0".repeat(widest.saturating_sub(1));
        let face = super::super::fonts::Face::of(place.family, place.bold, place.italic);
        let wide =
            if start.is_some() { self.fonts.width(face, &digits) + self.fonts.width(face, ".") } else { 600 };
        let indent = indent(place, wide as f32 * place.size / 1000.0 + place.size * 0.55);
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let entry = self.element(Tag::ListItem, list);
            let label = self.element(Tag::Label, entry);
            let body = self.element(Tag::ListBody, entry);
            let column = Place { width: (indent - place.size * 0.45).max(0.5), ..*place };
            let align = if start.is_some() { Align::Right } else { Align::Left };
            let labels = self.paragraph(&[Span::plain(marker(at))], align, &column, label);
            let inner = Place {
                x: place.x + indent,
                width: place.width - indent,
                element: body,
                depth: place.depth.saturating_add(1),
                paragraph_gap: gap,
                ..*place
            };
            let mut content = self.contents(item, &inner);
            let mut first = match content.is_empty() {
                true => Piece { height: place.leading, frame: place.frame, ..Piece::default() },
                false => content.remove(0),
            };
            // The label stands before the text it labels, in the order of reading too.
            if let Some(mut with_label) = labels.into_iter().next() {
                with_label.runs.append(&mut first.runs);
                first.runs = with_label.runs;
                if let Some(run) = first.runs.first_mut() {
                    run.text = format!("{} ", run.text).into();
                }
            }
            first.gap = if at > 0 { gap } else { 0.0 };
            pieces.push(first);
            pieces.append(&mut content);
        }
        pieces
    }

    fn quote(&mut self, blocks: &[Block], place: &Place) -> Vec<Piece> {
        let element = self.element(Tag::Quote, place.element);
        let indent = indent(place, place.size * 1.5);
        let kind = FrameKind::Bar { x: place.x + indent * 0.35 };
        let frame = self.paginator.add_frame(Frame { parent: place.frame, kind });
        let inner = Place {
            x: place.x + indent,
            width: place.width - indent * 1.4,
            element,
            frame,
            depth: place.depth.saturating_add(1),
            ..*place
        };
        self.contents(blocks, &inner)
    }

    fn framed(&mut self, blocks: &[Block], place: &Place) -> Vec<Piece> {
        let element = self.element(Tag::Section, place.element);
        let pad = if place.in_cell { 0.0 } else { 7.0 };
        let kind = FrameKind::Box { left: place.x, right: place.x + place.width, pad };
        let frame = self.paginator.add_frame(Frame { parent: place.frame, kind });
        let side = (pad * 1.4).min(place.width * 0.1);
        let inner = Place {
            x: place.x + side,
            width: place.width - 2.0 * side,
            element,
            frame,
            paragraph_gap: place.paragraph_gap * 0.6,
            room: (place.room - 2.0 * pad).max(1.0),
            ..*place
        };
        let room = |keep| Piece { height: pad, frame, keep, ..Piece::default() };
        let mut pieces = vec![room(true)];
        pieces.append(&mut self.contents(blocks, &inner));
        let whole: f32 = pieces.iter().map(|piece| piece.gap + piece.height).sum();
        if whole <= place.room * 0.55 {
            keep_all(&mut pieces);
        }
        if let Some(last) = pieces.last_mut() {
            last.keep = true;
        }
        pieces.push(room(false));
        pieces
    }

    fn signatures(&mut self, signers: &[Signer], place: &Place) -> Vec<Piece> {
        /// Room to sign above the line.
        const TO_SIGN: f32 = 46.0;
        const GUTTER: f32 = 28.0;
        let columns: usize = if signers.len() > 1 && place.width > 240.0 { 2 } else { 1 };
        let width = (place.width - GUTTER * (columns - 1) as f32) / columns as f32;
        // One who signs alone has a line as long as a hand writes, and room for what is said of them.
        let (line, width) = if columns == 1 { (width.min(260.0), width.min(380.0)) } else { (width, width) };
        let leading = (place.size * 1.28).min(place.leading);
        let mut pieces = Vec::new();
        for pair in signers.chunks(columns) {
            let mut sides = Vec::with_capacity(columns);
            for (at, signer) in pair.iter().enumerate() {
                let element = self.element(Tag::Paragraph, place.element);
                let x = place.x + at as f32 * (width + GUTTER);
                let rule = Shape::Line { from: (x, TO_SIGN), to: (x + line, TO_SIGN), width: 0.6, grey: 0.0 };
                let mut to_sign = Piece { height: TO_SIGN + 4.0, shapes: vec![rule], ..Piece::default() };
                if !signer.field.is_empty() {
                    let told = format!("Firma electrónica de {}", signer.name);
                    let element = self.element(Tag::Form, place.element);
                    if let Some(node) = self.structure.last_mut() {
                        node.alt = Some(told.clone());
                    }
                    let area = [x, 2.0, x + line, TO_SIGN - 2.0];
                    to_sign.fields.push(Field { area, name: signer.field.clone(), told, element });
                }
                let mut side = vec![to_sign];
                let column = Place { x, width, leading, element, in_cell: false, ..*place };
                let texts = [
                    (&signer.name, true),
                    (&signer.post, false),
                    (&signer.entity, false),
                    (&signer.note, false),
                ];
                for (text, bold) in texts.into_iter().filter(|(text, _)| !text.trim().is_empty()) {
                    let span = Span { bold, ..Span::plain(text.as_str()) };
                    side.append(&mut self.paragraph(&[span], Align::Left, &column, element));
                    // Two texts of one element are two words.
                    if let Some(run) = side.last_mut().and_then(|piece| piece.runs.last_mut())
                        && !run.text.ends_with(' ')
                    {
                        run.text = format!("{} ", run.text).into();
                    }
                }
                sides.push(side);
            }
            let mut rows = side_by_side(sides, place.room, 0.0, place.frame);
            if let Some(row) = rows.last_mut() {
                row.height = (row.height + 8.0).min(place.room.max(row.height));
            }
            keep_all(&mut rows);
            pieces.append(&mut rows);
        }
        if let Some(last) = pieces.last_mut() {
            last.keep = false;
        }
        pieces
    }

    fn image(&mut self, image: &Image, place: &Place) -> Vec<Piece> {
        let element = self.element(Tag::Figure, place.element);
        if let Some(node) = self.structure.last_mut() {
            node.alt = Some(image.told(self.language));
        }
        let caption = {
            let element = self.element(Tag::Caption, element);
            let place = Place { in_cell: false, ..self.small(place) };
            self.paragraph(&image.caption, Align::Centre, &place, element)
        };
        let Some(pixels) = Pixels::read(&image.bytes) else {
            let text = if image.alt.is_empty() { "[imagen ilegible]" } else { image.alt.as_str() };
            let mut pieces = self
                .framed(&[Block::Paragraph { spans: vec![Span::italic(text)], align: Align::Left }], place);
            if !caption.is_empty() {
                keep_all(&mut pieces);
            }
            pieces.extend(caption);
            return pieces;
        };
        let (across, down) = (pixels.width as f32, pixels.height as f32);
        let wanted = match image.width {
            Some(mm) if mm.is_finite() && mm > 0.0 => mm * POINTS_PER_MM,
            _ => across / 150.0 * 72.0,
        };
        let below: f32 = caption.iter().map(|piece| piece.height).sum();
        let highest = (place.room * if place.in_cell { 0.5 } else { 0.9 } - below).max(place.room * 0.2);
        let width = wanted.min(place.width).min(highest * across / down);
        let height = width * down / across;
        let left = place.x + (place.width - width) / 2.0;
        let picture = Picture { area: [left, 0.0, left + width, height], pixels: Arc::new(pixels), element };
        let mut pieces = vec![Piece {
            height: height + if caption.is_empty() { 0.0 } else { 4.0 },
            frame: place.frame,
            pictures: vec![picture],
            ..Piece::default()
        }];
        pieces.extend(caption);
        keep_all(&mut pieces);
        if let Some(last) = pieces.last_mut() {
            last.keep = false;
        }
        pieces
    }

    fn steps(&mut self, steps: &Steps, place: &Place) -> Vec<Piece> {
        /// Room at the left for the numbers of the scale.
        const SCALE: f32 = 22.0;
        /// Width of a label under the drawing.
        const LABEL: f32 = 44.0;
        let element = self.element(Tag::Figure, place.element);
        if let Some(node) = self.structure.last_mut() {
            node.alt = Some(steps.alt.clone());
        }
        let small = self.small(place);
        let height = steps.height.clamp(24.0, place.room * 0.8);
        let (left, width) = (place.x + SCALE, (place.width - SCALE - LABEL / 2.0).max(1.0));
        let x = |share: f32| left + share.clamp(0.0, 1.0) * width;
        let above = small.leading * 0.5;
        let y = |count: u64| above + height * (1.0 - (count as f32 / steps.top.max(1) as f32).min(1.0));
        let mut piece =
            Piece { height: above + height + small.leading + 4.0, frame: place.frame, ..Piece::default() };
        let floor = y(0);
        let line =
            |from: (f32, f32), to: (f32, f32), width: f32, grey: f32| Shape::Line { from, to, width, grey };
        let filled = |from: f32, to: f32, count: u64| Shape::Fill {
            area: [x(from), y(count), x(to), floor],
            grey: 0.88,
        };
        piece.shapes.extend(steps.stretches.iter().map(|&(from, to, have, _)| filled(from, to, have)));
        piece.shapes.push(line((left, floor), (left + width, floor), 0.5, 0.4));
        for &(from, to) in &steps.breaks {
            let area = [x(from), above, x(to).max(x(from) + 0.8), floor];
            piece.shapes.push(Shape::Fill { area, grey: 0.72 });
        }
        let mut before: Option<u64> = None;
        for &(from, to, have, need) in &steps.stretches {
            if let Some(before) = before {
                piece.shapes.push(line((x(from), y(before)), (x(from), y(have)), 1.1, 0.0));
            }
            piece.shapes.push(line((x(from), y(have)), (x(to), y(have)), 1.1, 0.0));
            before = Some(have);
            let mut dash = x(from);
            while dash < x(to) {
                piece.shapes.push(line((dash, y(need)), ((dash + 3.0).min(x(to)), y(need)), 0.7, 0.3));
                dash += 5.5;
            }
        }
        for &mark in &steps.marks {
            piece.shapes.push(line((x(mark), above - 3.0), (x(mark), above + 3.0), 1.1, 0.0));
        }
        let mut write = |text: &str, column: Place, align: Align, y: f32, piece: &mut Piece| {
            // A label of two words may take two lines: "28 mar" over "8:15".
            let mut below = y;
            for line in self.paragraph(&[Span::plain(text)], align, &column, element) {
                let height = line.height;
                line.move_into(piece, below);
                below += height;
            }
            piece.height = piece.height.max(below);
        };
        let needed = steps.stretches.iter().map(|s| s.3);
        let mut scale: Vec<u64> = [0, steps.top].into_iter().chain(needed).collect();
        scale.sort_unstable();
        scale.dedup();
        let column = Place { width: SCALE - 4.0, in_cell: true, ..small };
        let mut written = f32::MAX;
        for count in scale {
            let at = y(count) - small.leading * 0.62;
            // Two numbers that would touch: the lower one is enough.
            if written - at >= small.leading * 0.9 {
                write(&count.to_string(), column, Align::Right, at, &mut piece);
                written = at;
            }
        }
        for (share, label) in &steps.labels {
            piece.shapes.push(line((x(*share), floor), (x(*share), floor + 2.5), 0.5, 0.4));
            let column = Place { x: x(*share) - LABEL / 2.0, width: LABEL, in_cell: true, ..small };
            write(label, column, Align::Centre, floor + 3.0, &mut piece);
        }
        vec![piece]
    }

    fn qr(&mut self, payload: &str, caption: &[Span], place: &Place) -> Vec<Piece> {
        /// 28 mm: read by any telephone at the density our payloads have.
        const SIDE: f32 = 79.4;
        let element = self.element(Tag::Paragraph, place.element);
        let side = SIDE.min(place.width * 0.4).min(place.room);
        let small = self.small(place);
        let Ok(code) = qrcode::QrCode::new(payload) else {
            // Too long for a code: at least it can be read.
            let spans: Vec<Span> =
                caption.iter().cloned().chain([Span::plain(format!(" {payload}"))]).collect();
            return self.paragraph(&spans, Align::Left, &small, element);
        };
        let count = code.width();
        let module = side / count as f32;
        let mut piece = Piece { height: side, frame: place.frame, ..Piece::default() };
        for (row, colors) in code.to_colors().chunks(count).enumerate() {
            let mut at = 0;
            for dark in colors.chunk_by(|a, b| a == b) {
                if dark[0] == qrcode::Color::Dark {
                    let (left, top) = (place.x + at as f32 * module, row as f32 * module);
                    // A hair taller than a module, or viewers show seams between rows.
                    let area = [left, top, left + dark.len() as f32 * module, top + module * 1.02];
                    piece.shapes.push(Shape::Fill { area, grey: 0.0 });
                }
                at += dark.len();
            }
        }
        // In a narrow cell the gap gives way too.
        let gap = (place.width * 0.1).min(12.0);
        let column = Place {
            x: place.x + side + gap,
            width: (place.width - side - gap).max(1.0),
            in_cell: true,
            ..small
        };
        let text = self.paragraph(caption, Align::Left, &column, element);
        side_by_side(vec![vec![piece], text], place.room, 0.0, place.frame)
    }
}

/// Whether signatures come next, after one paragraph at most: that one may be a single line, and never stands alone with
/// them.
fn signs_next(rest: &[Block]) -> bool {
    let mut next = rest;
    let mut between = 0;
    while let Some((block, after)) = next.split_first() {
        next = match block {
            Block::Space(_) | Block::Line | Block::Heading { .. } => after,
            Block::Paragraph { .. } | Block::Small(_) if between == 0 => {
                between += 1;
                after
            }
            Block::Signatures(_) => return true,
            Block::Together(inner) => inner,
            _ => return false,
        };
    }
    false
}

fn line_across(place: &Place) -> Piece {
    let shape = Shape::Line { from: (place.x, 0.5), to: (place.x + place.width, 0.5), width: 0.5, grey: 0.5 };
    Piece { height: 1.0, frame: place.frame, shapes: vec![shape], ..Piece::default() }
}

pub(super) fn keep_all(pieces: &mut [Piece]) {
    for piece in pieces {
        piece.keep = true;
    }
}

fn heading_style(styles: &[HeadingStyle], level: u8, body_size: f32) -> HeadingStyle {
    let at = usize::from(level.max(1)) - 1;
    styles.get(at).or(styles.last()).cloned().unwrap_or(HeadingStyle {
        size: body_size,
        leading: body_size * 1.3,
        above: body_size,
        below: body_size * 0.4,
        bold: true,
        italic: false,
        align: Align::Left,
    })
}

/// Room set in at the left, as long as a readable column is left.
fn indent(place: &Place, wanted: f32) -> f32 {
    if place.depth >= DEEPEST { (place.width * 0.05).min(wanted) } else { wanted.min(place.width * 0.3) }
}
