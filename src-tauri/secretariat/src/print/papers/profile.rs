//! The profile of a project.

use super::facts;
use crate::paper::{Profile, ProfilePart};
use crate::print::document::{Align, Block, Column, Table, Width};
use crate::print::markdown::from_markdown;

pub(super) fn profile(profile: &Profile, out: &mut Vec<Block>) {
    for section in &profile.sections {
        out.push(Block::heading(2, section.title.as_str()));
        for part in &section.parts {
            match part {
                ProfilePart::Text { text } => out.extend(from_markdown(text, 2)),
                ProfilePart::Facts { facts: told } => out.push(facts(told)),
                ProfilePart::List { items } => out.push(Block::List {
                    start: Some(1),
                    items: items.iter().map(|item| vec![Block::text(item.as_str())]).collect(),
                }),
                ProfilePart::Table { head, rows, shares, figures } => {
                    out.push(rows_of(head, rows, shares, figures));
                }
            }
        }
    }
}

/// A table with its columns by share of the room, or by their content, and its figures at the right.
fn rows_of(head: &[String], rows: &[Vec<String>], shares: &[f32], figures: &[usize]) -> Block {
    let mut table =
        Table::plain(head.iter().map(String::as_str), rows.iter().map(|row| row.iter().map(String::as_str)));
    for (at, (column, share)) in table.columns.iter_mut().zip(shares).enumerate() {
        let width = if *share > 0.0 { Width::Share(*share) } else { Width::Content };
        let align = if figures.contains(&at) { Align::Right } else { Align::Left };
        *column = Column { width, align };
    }
    Block::Table(table)
}
