//! The layout of the papers of the record: a common head and seal, and a body for each kind. What they say comes decided.

mod kit;
mod profile;
mod registers;
mod report;
mod session;

use chrono::{DateTime, Utc};

use super::document::{Align, Block, Column, Document, Margins, Paper, Signer, Span, Table, Width};
use super::minutes::{left, row};
use super::seal::{Finish, seal};
use crate::codes::DocumentKind;
use crate::paper::{Drawn, Signatory, Told};

/// From so many columns of sessions on, the attendance of a report needs the long side of the sheet.
const MANY_SESSIONS: usize = 6;

/// A paper of the record as a document. `date` is the one in the file's metadata.
pub(crate) fn document(drawn: &Drawn, finish: &Finish, paper: Paper, date: DateTime<Utc>) -> Document {
    let head = &drawn.head;
    let mut document = Document::new(format!("{}. {}", head.title, head.body), date);
    document.author.clone_from(&head.body);
    document.paper = paper;
    document.running_header = format!("{} · {}", head.body, head.title);
    // What is filled in by hand is no draft of anything, and carries no seal.
    let by_hand = drawn.kind == DocumentKind::PaperKit;
    if *finish == Finish::Draft && !by_hand {
        document.draft_mark = Some("BORRADOR".to_owned());
    }
    document.landscape = match &drawn.told {
        Told::Plan(_) | Told::Decisions(_) | Told::Commitments(_) => true,
        Told::Report(report) => report.session_marks.len() > MANY_SESSIONS,
        _ => false,
    };
    if document.landscape {
        document.margins = Margins { left: 25.0, right: 20.0, top: 25.0, bottom: 20.0 };
    }
    if by_hand {
        document.margins = Margins { left: 25.0, right: 18.0, top: 22.0, bottom: 18.0 };
    }
    let out = &mut document.blocks;
    out.push(Block::centred(vec![Span::bold(head.body.as_str())]));
    out.push(Block::Space(2.0));
    out.push(Block::heading(1, head.title.as_str()));
    if !head.subtitle.is_empty() {
        out.push(Block::centred(vec![Span::plain(head.subtitle.as_str())]));
    }
    if !head.facts.is_empty() {
        out.push(Block::KeyValue(head.facts.iter().map(|(label, said)| row(label, said)).collect()));
    }
    if head.fictitious {
        out.push(Block::Small(vec![Span::italic(
            "Datos ficticios de demostración: las personas, los actos y los hechos de este documento son inventados.",
        )]));
    }
    match &drawn.told {
        Told::Excerpt(excerpt) => session::excerpt(excerpt, out),
        Told::Decision(decision) => session::decision(decision, out),
        Told::Accord(accord) => session::accord(accord, out),
        Told::Vote(vote) => session::vote(vote, out),
        Told::Quorum(paper) => session::quorum(paper, out),
        Told::Kit(told) => kit::kit(told, out),
        Told::Letter(letter) => registers::letter(letter, out),
        Told::Decisions(told) => registers::decisions(told, out),
        Told::Commitments(told) => registers::commitments(told, out),
        Told::Plan(plan) => registers::plan(plan, out),
        Told::Profile(told) => profile::profile(told, out),
        Told::Report(told) => report::report(told, &head.body, out),
    }
    if !by_hand {
        seal(&head.title, &head.body, "del documento", finish, out);
        keep_ending(out);
    }
    document
}

/// Keeps the last paragraph, who signs and the seal on one page: a seal alone on a page seals nothing that is read.
fn keep_ending(out: &mut Vec<Block>) {
    let Some(signed) = out.iter().rposition(|block| matches!(block, Block::Signatures(_))) else { return };
    let said = matches!(signed.checked_sub(1).and_then(|at| out.get(at)), Some(Block::Paragraph { .. }));
    let ending = out.split_off(if said { signed - 1 } else { signed });
    out.push(Block::Together(ending));
}

/// Paragraphs of plain text.
fn paragraphs(told: &[String], out: &mut Vec<Block>) {
    out.extend(told.iter().map(|text| Block::text(text.as_str())));
}

/// Whoever signs, on lines to sign on.
fn signatures(who: &[&Signatory], out: &mut Vec<Block>) {
    let signers = who.iter().map(|s| Signer {
        name: s.name.clone(),
        post: s.post.clone(),
        entity: s.entity.clone(),
        note: s.part.clone(),
        field: String::new(),
    });
    out.push(Block::Signatures(signers.collect()));
}

/// A table with a head, its columns by share of the room, or by their content where the share is none.
fn table(head: &[&str], shares: &[Option<f32>], rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::plain(head.iter().copied(), rows);
    for (column, share) in table.columns.iter_mut().zip(shares) {
        *column = Column { width: share.map_or(Width::Content, Width::Share), align: Align::Left };
    }
    table
}

/// Labels and what they say.
fn facts(told: &[(String, String)]) -> Block {
    Block::KeyValue(told.iter().map(|(label, said)| row(label, said)).collect())
}

/// A bulleted list.
fn bullets(told: &[String]) -> Block {
    Block::List { start: None, items: told.iter().map(|text| vec![Block::text(text.as_str())]).collect() }
}

/// A table with ragged cells.
fn ragged(table: Table) -> Block {
    left(table)
}
