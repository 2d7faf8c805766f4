//! A document as Akoma Ntoso 3.0 (OASIS LegalDocML): the same words in the same order, for the machines of parliaments,
//! archives and open data.

use chrono::NaiveDate;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::document::{Block, Cell, Document, Span};

/// What catalogues ask of a work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What it is, in ASCII: `acta`.
    pub kind: &'static str,
    /// Its number in the year.
    pub number: i64,
    /// The year of its number.
    pub year: i32,
    /// The day it tells.
    pub date: NaiveDate,
    /// Who issues it.
    pub body: String,
    /// Whether it is the version that leaves out what is kept from the public.
    pub public: bool,
}

/// Writes the document.
///
/// # Errors
/// Never on text; only when memory cannot be written to.
pub fn akoma_ntoso(document: &Document, work: &Work) -> std::io::Result<Vec<u8>> {
    let mut xml = Xml { out: Writer::new(Vec::new()), sections: 0 };
    xml.out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.within("akomaNtoso", &[("xmlns", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0")], |xml| {
        xml.within("doc", &[("name", work.kind)], |xml| {
            xml.meta(document, work)?;
            let (title, rest) = preface(&document.blocks);
            xml.within("preface", &[], |xml| {
                for block in title {
                    xml.within("p", &[], |xml| match block {
                        Block::Heading { spans, .. } => xml.within("docTitle", &[], |xml| xml.spans(spans)),
                        Block::Paragraph { spans, .. } => xml.spans(spans),
                        _ => Ok(()),
                    })?;
                }
                Ok(())
            })?;
            xml.within("mainBody", &[], |xml| xml.hierarchy(&unwrapped(rest), true))
        })
    })?;
    Ok(xml.out.into_inner())
}

/// The lines of the title, and what follows: a document begins with centred lines and its first heading.
fn preface(blocks: &[Block]) -> (Vec<&Block>, &[Block]) {
    let of_title = |block: &Block| {
        matches!(block, Block::Heading { level: 1, .. } | Block::Paragraph { .. } | Block::Space(_))
    };
    let (title, rest) =
        blocks.split_at(blocks.iter().position(|block| !of_title(block)).unwrap_or(blocks.len()));
    (title.iter().filter(|block| !matches!(block, Block::Space(_))).collect(), rest)
}

struct Xml {
    out: Writer<Vec<u8>>,
    /// Sections so far: each has an identifier.
    sections: usize,
}

impl Xml {
    fn within(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Self) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.out.write_event(Event::Start(start))?;
        inner(self)?;
        self.out.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> std::io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.out.write_event(Event::Empty(start))
    }

    fn text(&mut self, text: &str) -> std::io::Result<()> {
        // XML has no place for other control characters.
        let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t')).collect();
        self.out.write_event(Event::Text(BytesText::new(&clean)))
    }

    fn meta(&mut self, document: &Document, work: &Work) -> std::io::Result<()> {
        let date = work.date.to_string();
        let version = if work.public { "/publica" } else { "" };
        let uri = format!("/akn/co/doc/{}/{date}/{}-{}", work.kind, work.number, work.year);
        let expression = format!("{uri}/spa@{date}{version}");
        let issued = document.date.date_naive().to_string();
        let levels = [
            ("FRBRWork", uri.clone(), date.as_str()),
            ("FRBRExpression", expression.clone(), date.as_str()),
            ("FRBRManifestation", format!("{expression}.xml"), issued.as_str()),
        ];
        self.within("meta", &[], |xml| {
            xml.within("identification", &[("source", "#actario")], |xml| {
                for (level, uri, day) in levels {
                    xml.within(level, &[], |xml| {
                        xml.empty("FRBRthis", &[("value", &format!("{uri}/!main"))])?;
                        xml.empty("FRBRuri", &[("value", &uri)])?;
                        let (named, author) = match level {
                            "FRBRManifestation" => ("expedición", "#actario"),
                            _ => ("sesión", "#instancia"),
                        };
                        xml.empty("FRBRdate", &[("date", day), ("name", named)])?;
                        xml.empty("FRBRauthor", &[("href", author)])?;
                        match level {
                            "FRBRWork" => {
                                xml.empty("FRBRcountry", &[("value", "co")])?;
                                xml.empty("FRBRnumber", &[("value", &work.number.to_string())])?;
                                xml.empty("FRBRname", &[("value", work.kind)])
                            }
                            "FRBRExpression" => xml.empty("FRBRlanguage", &[("language", "spa")]),
                            _ => Ok(()),
                        }
                    })?;
                }
                Ok(())
            })?;
            xml.within("references", &[("source", "#actario")], |xml| {
                for (id, kind, shown) in
                    [("instancia", "instancia", work.body.as_str()), ("actario", "programa", "Actario")]
                {
                    let href = format!("/akn/ontology/organization/co/{kind}");
                    xml.empty("TLCOrganization", &[("eId", id), ("href", &href), ("showAs", shown)])?;
                }
                Ok(())
            })
        })
    }

    /// Blocks as sections by their headings: what stands before the first inner heading introduces it. `top` is not
    /// inside a section yet.
    fn hierarchy(&mut self, flat: &[&Block], top: bool) -> std::io::Result<()> {
        let level_of = |block: &Block| match block {
            Block::Heading { level, .. } => Some(*level),
            _ => None,
        };
        let highest = flat.iter().filter_map(|block| level_of(block)).min();
        let Some(highest) = highest else {
            return if top { self.blocks(flat) } else { self.within("content", &[], |xml| xml.some(flat)) };
        };
        let first = flat.iter().position(|block| level_of(block) == Some(highest)).unwrap_or(flat.len());
        let (before, mut rest) = flat.split_at(first);
        let says = before.iter().any(|block| prints(block));
        if says && top {
            self.blocks(before)?;
        } else if says {
            self.within("intro", &[], |xml| xml.blocks(before))?;
        }
        while let Some((heading, after)) = rest.split_first() {
            let end = after.iter().position(|block| level_of(block) == Some(highest)).unwrap_or(after.len());
            let (inner, next) = after.split_at(end);
            rest = next;
            let Block::Heading { level, spans, .. } = heading else { continue };
            self.sections += 1;
            let id = format!("sec_{}", self.sections);
            let name = match level {
                0..=2 => "seccion",
                3 => "punto",
                _ => "apartado",
            };
            self.within("hcontainer", &[("eId", &id), ("name", name)], |xml| {
                xml.within("heading", &[], |xml| xml.spans(spans))?;
                xml.hierarchy(inner, false)
            })?;
        }
        Ok(())
    }

    /// Blocks where one at least must stand.
    fn some(&mut self, blocks: &[&Block]) -> std::io::Result<()> {
        if blocks.iter().any(|block| prints(block)) { self.blocks(blocks) } else { self.empty("p", &[]) }
    }

    fn blocks(&mut self, blocks: &[&Block]) -> std::io::Result<()> {
        blocks.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> std::io::Result<()> {
        match block {
            Block::Heading { spans, .. } | Block::Paragraph { spans, .. } | Block::Small(spans) => {
                self.within("p", &[], |xml| xml.spans(spans))
            }
            Block::List { start, items } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                self.within(name, &[], |xml| {
                    for item in items {
                        xml.within("li", &[], |xml| xml.inside(item))?;
                    }
                    Ok(())
                })
            }
            Block::Quote(inner) | Block::Framed(inner) | Block::Together(inner) => {
                self.blocks(&unwrapped(inner))
            }
            Block::Table(table) => {
                let rows = table.head.len() + table.rows.len();
                if rows == 0 {
                    return Ok(());
                }
                self.within("table", &[], |xml| {
                    if !table.caption.is_empty() {
                        xml.within("caption", &[], |xml| xml.spans(&table.caption))?;
                    }
                    if !table.head.is_empty() {
                        xml.within("tr", &[], |xml| xml.cells("th", &table.head))?;
                    }
                    for row in &table.rows {
                        xml.within("tr", &[], |xml| match (table.row_heads, row.split_first()) {
                            (true, Some((head, rest))) => {
                                xml.cells("th", std::slice::from_ref(head))?;
                                xml.cells("td", rest)
                            }
                            _ => xml.cells("td", row),
                        })?;
                    }
                    Ok(())
                })?;
                match table.notes.is_empty() {
                    true => Ok(()),
                    false => self.within("p", &[], |xml| xml.spans(&table.notes)),
                }
            }
            Block::KeyValue(rows) => self.within("table", &[], |xml| {
                for (label, spans) in rows {
                    xml.within("tr", &[], |xml| {
                        xml.within("th", &[], |xml| xml.within("p", &[], |xml| xml.text(label)))?;
                        xml.within("td", &[], |xml| xml.within("p", &[], |xml| xml.spans(spans)))
                    })?;
                }
                Ok(())
            }),
            Block::Signatures(signers) => signers.iter().try_for_each(|signer| {
                let said = [&signer.name, &signer.post, &signer.entity, &signer.note];
                let said: Vec<&str> =
                    said.into_iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
                self.within("p", &[], |xml| xml.within("signature", &[], |xml| xml.text(&said.join(", "))))
            }),
            Block::Image(image) => self.within("p", &[], |xml| xml.text(&image.alt)),
            Block::Steps(steps) => self.within("p", &[], |xml| xml.text(&steps.alt)),
            // The seal is of the file that carries this.
            Block::Qr { .. } | Block::Line | Block::Space(_) | Block::PageBreak => Ok(()),
        }
    }

    fn cells(&mut self, name: &str, cells: &[Cell]) -> std::io::Result<()> {
        cells.iter().try_for_each(|cell| self.within(name, &[], |xml| xml.inside(&cell.blocks)))
    }

    fn inside(&mut self, blocks: &[Block]) -> std::io::Result<()> {
        let blocks = unwrapped(blocks);
        self.some(&blocks)
    }

    fn spans(&mut self, spans: &[Span]) -> std::io::Result<()> {
        spans.iter().try_for_each(|span| self.span(span))
    }

    fn span(&mut self, span: &Span) -> std::io::Result<()> {
        let plain = Span { link: None, bold: false, italic: false, struck: false, text: span.text.clone() };
        if let Some(link) = &span.link {
            let inner = Span { link: None, ..span.clone() };
            return self.within("a", &[("href", link)], |xml| xml.span(&inner));
        }
        if span.bold {
            return self.within("b", &[], |xml| xml.span(&Span { italic: span.italic, ..plain }));
        }
        if span.italic {
            return self.within("i", &[], |xml| xml.span(&plain));
        }
        for (n, line) in span.text.split('\n').enumerate() {
            if n > 0 {
                self.empty("eol", &[])?;
            }
            self.text(line)?;
        }
        Ok(())
    }
}

/// Blocks without the frames that only matter on paper.
fn unwrapped(blocks: &[Block]) -> Vec<&Block> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Together(inner) | Block::Framed(inner) | Block::Quote(inner) => {
                found.extend(unwrapped(inner));
            }
            block => found.push(block),
        }
    }
    found
}

/// Whether a block says anything here.
fn prints(block: &Block) -> bool {
    !matches!(block, Block::Qr { .. } | Block::Line | Block::Space(_) | Block::PageBreak)
}
