//! The secretary's narrative: CommonMark with tables becomes blocks. HTML in it is printed as it was typed.

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};

use super::document::{Align, Block, Cell, Column, Span, Table};

/// Blocks of a Markdown text. Its headings start below `heading_level` (a `#` inside an agenda item of level 3 gets
/// level 4) and are not in the outline.
pub fn from_markdown(markdown: &str, heading_level: u8) -> Vec<Block> {
    let arena = comrak::Arena::new();
    let mut blocks = Vec::new();
    children(
        comrak::parse_document(&arena, markdown, &options()),
        Depth { heading: heading_level, nesting: 0 },
        &mut blocks,
    );
    blocks
}

/// The text of a Markdown fragment in one paragraph, for a cell or a sentence inside another.
pub fn spans_from_markdown(markdown: &str) -> Vec<Span> {
    let arena = comrak::Arena::new();
    let mut spans = Vec::new();
    for block in comrak::parse_document(&arena, markdown, &options()).children() {
        if !spans.is_empty() {
            spans.push(Span::plain(" "));
        }
        inlines(block, &Span::default(), 0, &mut spans);
    }
    spans
}

fn options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options
}

/// Where in the text we are. Text nested beyond reason becomes plain, so that no input exhausts the stack.
#[derive(Clone, Copy)]
struct Depth {
    heading: u8,
    nesting: u8,
}

const DEEPEST: u8 = 24;

fn children<'a>(node: &'a AstNode<'a>, depth: Depth, blocks: &mut Vec<Block>) {
    if depth.nesting > DEEPEST {
        let text = words(node);
        if !text.is_empty() {
            blocks.push(Block::text(text));
        }
        return;
    }
    for child in node.children() {
        block(child, depth, blocks);
    }
}

fn block<'a>(node: &'a AstNode<'a>, depth: Depth, blocks: &mut Vec<Block>) {
    let data = node.data.borrow();
    match &data.value {
        NodeValue::Paragraph => blocks.push(Block::paragraph(spans(node))),
        NodeValue::Heading(heading) => blocks.push(Block::Heading {
            level: depth.heading.saturating_add(heading.level),
            spans: spans(node),
            outline: false,
        }),
        NodeValue::BlockQuote => blocks.push(Block::Quote(inner(node, depth))),
        NodeValue::List(list) => blocks.push(Block::List {
            start: match list.list_type {
                ListType::Ordered => Some(u32::try_from(list.start).unwrap_or(1)),
                ListType::Bullet => None,
            },
            items: node.children().map(|item| inner(item, depth)).collect(),
        }),
        NodeValue::ThematicBreak => blocks.push(Block::Line),
        NodeValue::CodeBlock(code) => blocks.push(verbatim(&code.literal)),
        NodeValue::HtmlBlock(html) => blocks.push(verbatim(&html.literal)),
        NodeValue::Table(table) => {
            let columns = table
                .alignments
                .iter()
                .map(|alignment| Column {
                    align: match alignment {
                        TableAlignment::Left => Align::Left,
                        TableAlignment::Right => Align::Right,
                        TableAlignment::Center => Align::Centre,
                        TableAlignment::None => Align::Auto,
                    },
                    ..Column::default()
                })
                .collect();
            let mut head = Vec::new();
            let mut rows = Vec::new();
            for row in node.children() {
                let cells: Vec<Cell> = row.children().map(|cell| Cell::spans(spans(cell))).collect();
                match row.data.borrow().value {
                    NodeValue::TableRow(true) => head = cells,
                    _ => rows.push(cells),
                }
            }
            blocks.push(Block::Table(Table { columns, head, rows, ..Table::default() }));
        }
        _ => children(node, depth, blocks),
    }
}

fn inner<'a>(node: &'a AstNode<'a>, depth: Depth) -> Vec<Block> {
    let mut blocks = Vec::new();
    children(node, Depth { nesting: depth.nesting + 1, ..depth }, &mut blocks);
    blocks
}

/// All text under a node, without its looks.
fn words<'a>(node: &'a AstNode<'a>) -> String {
    let mut text = String::new();
    for inside in node.descendants() {
        match &inside.data.borrow().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak | NodeValue::Paragraph => text.push(' '),
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn verbatim(text: &str) -> Block {
    Block::Paragraph { spans: vec![Span::plain(text.trim_end())], align: Align::Left }
}

fn spans<'a>(node: &'a AstNode<'a>) -> Vec<Span> {
    let mut spans = Vec::new();
    inlines(node, &Span::default(), 0, &mut spans);
    spans
}

fn inlines<'a>(node: &'a AstNode<'a>, look: &Span, nesting: u8, spans: &mut Vec<Span>) {
    if nesting > DEEPEST {
        spans.push(Span { text: words(node), ..look.clone() });
        return;
    }
    for child in node.children() {
        let with = |text: &str| Span { text: text.to_owned(), ..look.clone() };
        let data = child.data.borrow();
        match &data.value {
            NodeValue::Text(text) => spans.push(with(text)),
            NodeValue::Code(code) => spans.push(with(&code.literal)),
            NodeValue::HtmlInline(html) | NodeValue::Raw(html) => spans.push(with(html)),
            NodeValue::SoftBreak => spans.push(with(" ")),
            NodeValue::LineBreak => spans.push(with("\n")),
            NodeValue::Emph => inlines(child, &Span { italic: true, ..look.clone() }, nesting + 1, spans),
            NodeValue::Strong => inlines(child, &Span { bold: true, ..look.clone() }, nesting + 1, spans),
            NodeValue::Strikethrough => {
                inlines(child, &Span { struck: true, ..look.clone() }, nesting + 1, spans);
            }
            NodeValue::Link(link) => {
                let safe =
                    ["https://", "http://", "mailto:"].iter().any(|scheme| link.url.starts_with(scheme));
                inlines(
                    child,
                    &Span { link: safe.then(|| link.url.clone()), ..look.clone() },
                    nesting + 1,
                    spans,
                );
            }
            _ => inlines(child, look, nesting + 1, spans),
        }
    }
}
