//! Pieces onto pages: what fits, what is kept together, which heads are repeated.

use super::super::page::{Element, Field, Link, Page, Picture, Run, Shape};
use super::Area;

/// A strip of content that stands on one page: a line, a row of a table, a picture. Positions inside are absolute across
/// and relative to its top downwards.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub height: f32,
    /// Space before it, dropped at the top of a page.
    pub gap: f32,
    /// No page ends between this piece and the next.
    pub keep: bool,
    /// Starts a page.
    pub page_break: bool,
    pub runs: Vec<Run>,
    pub shapes: Vec<Shape>,
    pub pictures: Vec<Picture>,
    pub links: Vec<Link>,
    pub fields: Vec<Field>,
    /// The innermost frame around it; 0 is none.
    pub frame: usize,
    /// The table head to repeat if it starts a page; an index into the paginator's list.
    pub head: Option<usize>,
    /// Its entry in the outline.
    pub outline: Option<usize>,
}

impl Piece {
    /// Moves what it holds down by `dy` into another piece.
    pub fn move_into(self, other: &mut Self, dy: f32) {
        other.runs.extend(self.runs.into_iter().map(|run| Run { y: run.y + dy, ..run }));
        other.shapes.extend(self.shapes.into_iter().map(|shape| lowered(shape, dy)));
        other.pictures.extend(
            self.pictures
                .into_iter()
                .map(|picture| Picture { area: lowered_area(picture.area, dy), ..picture }),
        );
        other
            .links
            .extend(self.links.into_iter().map(|link| Link { area: lowered_area(link.area, dy), ..link }));
        other.fields.extend(
            self.fields.into_iter().map(|field| Field { area: lowered_area(field.area, dy), ..field }),
        );
    }
}

fn lowered(shape: Shape, dy: f32) -> Shape {
    match shape {
        Shape::Fill { area, grey } => Shape::Fill { area: lowered_area(area, dy), grey },
        Shape::Line { from, to, width, grey } => {
            Shape::Line { from: (from.0, from.1 + dy), to: (to.0, to.1 + dy), width, grey }
        }
    }
}

fn lowered_area([left, top, right, bottom]: [f32; 4], dy: f32) -> [f32; 4] {
    [left, top + dy, right, bottom + dy]
}

/// What is drawn around pieces, once for each page they reach.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// The frame around this one; 0 is none.
    pub parent: usize,
    pub kind: FrameKind,
}

#[derive(Debug, Clone)]
pub(super) enum FrameKind {
    /// A shaded box with a border; `pad` of room is left where a page cuts it.
    Box { left: f32, right: f32, pad: f32 },
    /// A line at the side of a quotation.
    Bar { x: f32 },
    /// Lines between the rows of a table, and between its columns at `inner`.
    Table { left: f32, right: f32, inner: Vec<f32>, outer_sides: bool, grey: f32 },
}

#[derive(Debug)]
struct OpenFrame {
    id: usize,
    top: f32,
    /// Where its fill goes in the page's shapes: under whatever is inside.
    slot: usize,
    /// Tops of the pieces directly inside, but the first.
    rows: Vec<f32>,
}

/// Gathers pieces that must stay together and puts them on pages.
pub(super) struct Paginator {
    size: (f32, f32),
    area: Area,
    frames: Vec<Frame>,
    heads: Vec<Piece>,
    seen: Vec<bool>,
    open: Vec<OpenFrame>,
    chain: Vec<Piece>,
    pages: Vec<Page>,
    y: f32,
    /// Nothing but a repeated head is on the page.
    at_top: bool,
    placed: Vec<(usize, f32)>,
}

impl Paginator {
    pub fn new(size: (f32, f32), area: Area) -> Self {
        let none = Frame { parent: 0, kind: FrameKind::Bar { x: 0.0 } };
        let mut paginator = Self {
            size,
            area,
            frames: vec![none],
            heads: Vec::new(),
            seen: vec![true],
            open: Vec::new(),
            chain: Vec::new(),
            pages: Vec::new(),
            y: area.top,
            at_top: true,
            placed: Vec::new(),
        };
        paginator.start_page();
        paginator
    }

    pub fn add_frame(&mut self, frame: Frame) -> usize {
        self.frames.push(frame);
        self.seen.push(false);
        self.frames.len() - 1
    }

    /// Registers a table's head for repetition. What is repeated has no place in the structure.
    pub fn add_head(&mut self, head: &Piece) -> usize {
        let mut head = head.clone();
        for run in &mut head.runs {
            run.element = Element(0);
        }
        // Nor is it pressed: the head's own link is.
        head.links.clear();
        head.outline = None;
        self.heads.push(head);
        self.heads.len() - 1
    }

    pub fn push(&mut self, piece: Piece) {
        let more = piece.keep;
        if piece.page_break {
            self.place_chain();
        }
        self.chain.push(piece);
        if !more {
            self.place_chain();
        }
    }

    /// The pages, and where each outlined piece went.
    pub fn finish(&mut self) -> (Vec<Page>, Vec<(usize, f32)>) {
        self.place_chain();
        self.close_down_to(0);
        (std::mem::take(&mut self.pages), std::mem::take(&mut self.placed))
    }

    fn place_chain(&mut self) {
        let chain = std::mem::take(&mut self.chain);
        let Some(first) = chain.first() else { return };
        if first.page_break && !self.at_top {
            self.start_page();
        }
        let height: f32 = chain.iter().map(|piece| piece.gap + piece.height).sum();
        if !self.at_top && !self.fits(height) {
            self.start_page();
        }
        for piece in chain {
            if !self.at_top && !self.fits(piece.gap + piece.height) {
                self.start_page();
            }
            self.put(piece);
        }
    }

    fn fits(&self, height: f32) -> bool {
        // Sums of many heights are not exact.
        self.y + height <= self.area.bottom + 0.05
    }

    fn start_page(&mut self) {
        self.close_down_to(0);
        self.pages.push(Page {
            number: self.pages.len() + 1,
            width: self.size.0,
            height: self.size.1,
            mark: None,
            shapes: Vec::new(),
            pictures: Vec::new(),
            runs: Vec::new(),
            links: Vec::new(),
            fields: Vec::new(),
        });
        self.y = self.area.top;
        self.at_top = true;
    }

    fn put(&mut self, piece: Piece) {
        if self.at_top {
            if let Some(head) = piece.head.and_then(|at| self.heads.get(at)).cloned() {
                self.draw(Piece { gap: 0.0, ..head });
            }
            self.draw(Piece { gap: 0.0, ..piece });
        } else {
            self.draw(piece);
        }
        self.at_top = false;
    }

    fn draw(&mut self, mut piece: Piece) {
        self.enter(piece.frame, piece.gap);
        if let Some(open) = self.open.last_mut()
            && open.id == piece.frame
            && self.y > open.top + 0.01
        {
            open.rows.push(self.y);
        }
        if let Some(entry) = piece.outline {
            if self.placed.len() <= entry {
                self.placed.resize(entry + 1, (1, self.area.top));
            }
            self.placed[entry] = (self.pages.len(), self.y);
        }
        let (y, height) = (self.y, piece.height);
        if let Some(page) = self.pages.last_mut() {
            for run in &mut piece.runs {
                run.y += y;
            }
            page.runs.append(&mut piece.runs);
            page.shapes.extend(piece.shapes.into_iter().map(|shape| lowered(shape, y)));
            page.pictures
                .extend(piece.pictures.into_iter().map(|p| Picture { area: lowered_area(p.area, y), ..p }));
            page.links.extend(piece.links.into_iter().map(|l| Link { area: lowered_area(l.area, y), ..l }));
            page.fields
                .extend(piece.fields.into_iter().map(|f| Field { area: lowered_area(f.area, y), ..f }));
        }
        self.y += height;
    }

    /// Closes the frames that end before a piece inside `frame`, leaves its gap, opens those that start with it.
    fn enter(&mut self, frame: usize, gap: f32) {
        let mut path = Vec::new();
        let mut at = frame;
        while at != 0 {
            path.push(at);
            at = self.frames[at].parent;
        }
        path.reverse();
        let shared = self.open.iter().zip(&path).take_while(|(open, id)| open.id == **id).count();
        self.close_down_to(shared);
        self.y += gap;
        for &id in &path[shared..] {
            let Some(page) = self.pages.last_mut() else { return };
            let slot = page.shapes.len();
            let top = self.y;
            if let FrameKind::Box { left, right, pad } = self.frames[id].kind {
                page.shapes.push(Shape::Fill { area: [left, top, right, top], grey: BOX_FILL });
                if self.seen[id] {
                    self.y += pad;
                }
            }
            self.seen[id] = true;
            self.open.push(OpenFrame { id, top, slot, rows: Vec::new() });
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            let Some(page) = self.pages.last_mut() else { return };
            let (top, bottom) = (open.top, self.y);
            let mut line = |from: (f32, f32), to: (f32, f32), width: f32, grey: f32| {
                page.shapes.push(Shape::Line { from, to, width, grey });
            };
            match &self.frames[open.id].kind {
                FrameKind::Box { left, right, .. } => {
                    let corners =
                        [(*left, top), (*right, top), (*right, bottom), (*left, bottom), (*left, top)];
                    for ends in corners.windows(2) {
                        line(ends[0], ends[1], 0.7, BOX_LINE);
                    }
                    if let Some(fill) = page.shapes.get_mut(open.slot) {
                        *fill = Shape::Fill { area: [*left, top, *right, bottom], grey: BOX_FILL };
                    }
                }
                FrameKind::Bar { x } => line((*x, top), (*x, bottom), 1.5, 0.7),
                FrameKind::Table { left, right, inner, outer_sides, grey } => {
                    let strong = if *outer_sides { (0.5, *grey) } else { (0.8, 0.25) };
                    line((*left, top), (*right, top), strong.0, strong.1);
                    for y in open.rows {
                        line((*left, y), (*right, y), 0.5, *grey);
                    }
                    line((*left, bottom), (*right, bottom), strong.0, strong.1);
                    for x in inner {
                        line((*x, top), (*x, bottom), 0.5, *grey);
                    }
                    if *outer_sides {
                        line((*left, top), (*left, bottom), 0.5, *grey);
                        line((*right, top), (*right, bottom), 0.5, *grey);
                    }
                }
            }
        }
    }
}

const BOX_FILL: f32 = 0.955;
const BOX_LINE: f32 = 0.4;
