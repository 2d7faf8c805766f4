//! The attendance sheet, to sign by hand: a row for each seat, and empty ones for everybody else.

use chrono::{DateTime, Utc};

use super::document::{Align, Block, Cell, Column, Document, Margins, Paper, Rules, Span, Table, Width};
use crate::document::SessionPapers;
use crate::minutes::seat_name;
use crate::spanish::{capitalized, clock, long_date};

/// Rows left empty for guests.
const GUEST_ROWS: usize = 8;

/// The attendance sheet of a session.
#[must_use]
pub fn attendance_sheet(p: &SessionPapers, paper: Paper, date: DateTime<Utc>) -> Document {
    let name = p.session_name();
    let mut document = Document::new(format!("Lista de asistencia. {name}"), date);
    document.author.clone_from(&p.frame.body_name);
    document.paper = paper;
    document.margins = Margins { left: 30.0, right: 18.0, ..Margins::default() };
    document.running_header = format!("{} · Lista de asistencia", p.frame.body_name);
    let out = &mut document.blocks;
    out.push(Block::centred(vec![Span::bold(p.frame.body_name.as_str())]));
    out.push(Block::heading(1, "Lista de asistencia"));
    let at = p.session.planned_start.map_or_else(String::new, |t| format!(", {}", clock(t)));
    out.push(Block::centred(vec![Span::plain(format!(
        "{name}. {}{at}",
        capitalized(&long_date(p.session.date))
    ))]));
    let place = p.place();
    if !place.is_empty() {
        out.push(Block::centred(vec![Span::plain(place)]));
    }
    out.push(Block::heading(2, "Integrantes"));
    let rows = p
        .frame
        .seats
        .iter()
        .map(|seat| {
            let person = p.expected(&seat.seat.id).and_then(|id| p.frame.person(&id).cloned());
            let mut who = vec![Span::plain(person.as_ref().map_or("", |p| p.full_name.as_str()))];
            if let Some(post) = person.as_ref().and_then(|p| p.position.as_deref()) {
                who.push(Span::italic(format!("\n{post}")));
            }
            let vote = if seat.seat.vote { "" } else { " (sin voto)" };
            vec![
                Cell::from(seat.seat.number.to_string()),
                Cell::from(format!("{}{vote}", seat_name(&p.frame, seat))),
                Cell::spans(who),
                Cell::default(),
                Cell::default(),
            ]
        })
        .collect();
    out.push(sheet(["N.º", "Puesto", "Nombre y cargo", "Hora", "Firma"], rows));
    out.push(Block::heading(2, "Invitados y otros asistentes"));
    let mut rows: Vec<Vec<Cell>> = p
        .frame
        .invitees
        .iter()
        .map(|invitee| {
            vec![
                Cell::default(),
                Cell::from(invitee.name.as_str()),
                Cell::default(),
                Cell::default(),
                Cell::default(),
            ]
        })
        .collect();
    rows.extend(std::iter::repeat_n(vec![Cell::default(); 5], GUEST_ROWS));
    out.push(sheet(["", "Entidad", "Nombre y cargo", "Hora", "Firma"], rows));
    out.push(Block::Small(vec![Span::plain(
        "Los datos de esta lista se usan para verificar el quórum y elaborar el acta (Ley 1581 de 2012). La lista no se \
         publica.",
    )]));
    document
}

fn sheet(head: [&str; 5], rows: Vec<Vec<Cell>>) -> Block {
    let left = |share| Column { width: Width::Share(share), align: Align::Left };
    Block::Table(Table {
        columns: vec![
            Column { width: Width::Millimetres(9.0), align: Align::Centre },
            left(27.0),
            left(32.0),
            Column { width: Width::Millimetres(16.0), align: Align::Left },
            left(33.0),
        ],
        head: head.map(Cell::from).to_vec(),
        rows,
        rules: Some(Rules::Grid),
        row_height: 34.0,
        ..Table::default()
    })
}
