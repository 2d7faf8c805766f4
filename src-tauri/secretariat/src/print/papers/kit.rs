//! The kit for a session without power: tables to tick and write in, with room for a hand.

use super::bullets;
use crate::paper::Kit;
use crate::print::document::{Align, Block, Cell, Column, Rules, Span, Table, Width};

/// Lines for those who come and have no seat.
const GUESTS: usize = 6;
/// Lines of the table of movements.
const MOVEMENTS: usize = 23;
/// Lines of the quorum checks.
const CHECKS: usize = 6;
/// Decisions and commitments that fit on their sheet.
const ENTRIES: usize = 6;
/// Height of a line for a short entry, in points.
const LINE: f32 = 25.0;
/// Height of a line for a sentence.
const TALL: f32 = 62.0;
/// Height of a line for a decision.
const TALLEST: f32 = 92.0;
/// Height of a line for a vote.
const VOTE: f32 = 27.0;

fn grid(head: &[&str], columns: &[Width], rows: Vec<Vec<Cell>>, height: f32) -> Block {
    let columns = columns.iter().map(|width| Column { width: *width, align: Align::Left }).collect();
    Block::Table(Table {
        columns,
        head: head.iter().map(|label| Cell::from(*label)).collect(),
        rows,
        rules: Some(Rules::Grid),
        row_height: height,
        ..Table::default()
    })
}

fn blank(rows: usize, columns: usize) -> Vec<Vec<Cell>> {
    vec![vec![Cell::default(); columns]; rows]
}

/// A label with a line to write on.
fn to_fill(labels: &[&str]) -> Block {
    let rows = labels.iter().map(|label| vec![Cell::from(*label), Cell::default()]).collect();
    let mut table = Table {
        columns: vec![
            Column { width: Width::Millimetres(48.0), align: Align::Left },
            Column { width: Width::Share(1.0), align: Align::Left },
        ],
        rows,
        rules: Some(Rules::Grid),
        row_height: LINE,
        ..Table::default()
    };
    table.row_heads = true;
    Block::Table(table)
}

pub(super) fn kit(kit: &Kit, out: &mut Vec<Block>) {
    roll(kit, out);
    quorum(kit, out);
    for item in &kit.items {
        vote_sheet(&item.name, kit, out);
    }
    out.push(Block::PageBreak);
    out.push(Block::heading(2, "Movimientos"));
    out.push(Block::text(
        "Una línea por cada ingreso, retiro, desconexión, receso o reanudación, con su hora.",
    ));
    let (mm, share) = (Width::Millimetres, Width::Share);
    out.push(grid(
        &["Hora", "Quién", "Puesto", "Entra", "Sale", "Quedan"],
        &[mm(18.0), share(1.0), mm(34.0), mm(15.0), mm(15.0), mm(19.0)],
        blank(MOVEMENTS, 6),
        LINE,
    ));
    out.push(Block::PageBreak);
    out.push(Block::heading(2, "Decisiones"));
    out.push(grid(
        &["Punto", "Texto de la decisión", "A favor", "En contra", "Abst."],
        &[mm(15.0), share(1.0), mm(18.0), mm(22.0), mm(15.0)],
        blank(ENTRIES, 5),
        TALLEST,
    ));
    out.push(Block::PageBreak);
    out.push(Block::heading(2, "Compromisos"));
    out.push(grid(
        &["Compromiso", "Responsable", "Entidad", "Fecha límite"],
        &[share(1.0), mm(36.0), mm(32.0), mm(26.0)],
        blank(ENTRIES, 4),
        TALL,
    ));
    out.push(Block::Space(8.0));
    out.push(Block::Together(vec![
        Block::heading(2, "Cierre"),
        to_fill(&["Hora de cierre", "Próxima sesión", "Firma de la presidencia", "Firma de la secretaría"]),
    ]));
}

fn roll(kit: &Kit, out: &mut Vec<Block>) {
    out.push(to_fill(&["Hora de apertura", "Quién preside"]));
    out.push(Block::heading(2, "Llamado a lista"));
    let (mm, share) = (Width::Millimetres, Width::Share);
    let rows = kit
        .seats
        .iter()
        .map(|seat| {
            let vote = if seat.vote { "" } else { " (sin voto)" };
            vec![
                Cell::from(seat.number.to_string()),
                Cell::spans(vec![
                    Span::plain(format!("{}{vote}", seat.seat)),
                    Span::italic(format!("\n{}", seat.person)),
                ]),
                Cell::default(),
                Cell::default(),
                Cell::default(),
            ]
        })
        .collect();
    let columns = [mm(9.0), share(46.0), mm(19.0), mm(16.0), share(40.0)];
    out.push(grid(
        &["N.º", "Puesto y titular", "Presente", "Hora", "Delegado, acto u observación"],
        &columns,
        rows,
        30.0,
    ));
    out.push(Block::heading(2, "Invitados y otros asistentes"));
    let mut rows: Vec<Vec<Cell>> = kit
        .invitees
        .iter()
        .map(|name| vec![Cell::from(name.as_str()), Cell::default(), Cell::default()])
        .collect();
    rows.extend(blank(GUESTS, 3));
    out.push(grid(&["Entidad", "Nombre y cargo", "Hora"], &[share(45.0), share(45.0), mm(16.0)], rows, LINE));
    out.push(Block::heading(2, "Verificaciones de quórum"));
    out.push(grid(
        &["Hora", "Punto", "Presentes", "¿Hay quórum?", "Observación"],
        &[mm(18.0), mm(16.0), mm(24.0), mm(29.0), share(1.0)],
        blank(CHECKS, 5),
        LINE,
    ));
}

fn quorum(kit: &Kit, out: &mut Vec<Block>) {
    out.push(Block::PageBreak);
    out.push(Block::heading(2, "Quórum y mayorías"));
    out.push(bullets(&kit.rules));
    let mut table = Table::plain(
        kit.needed_head.iter().map(String::as_str),
        kit.needed.iter().map(|row| row.iter().map(String::as_str)),
    );
    for column in &mut table.columns {
        *column = Column { width: Width::Share(1.0), align: Align::Centre };
    }
    table.rules = Some(Rules::Grid);
    table.row_heads = true;
    table.notes = vec![Span::plain(kit.needed_note.as_str())];
    out.push(Block::Table(table));
}

/// One sheet for a vote: a line for each voting seat.
fn vote_sheet(item: &str, kit: &Kit, out: &mut Vec<Block>) {
    out.push(Block::PageBreak);
    out.push(Block::heading(2, format!("Votación del punto {item}")));
    out.push(to_fill(&["Moción", "Hora: abre y cierra"]));
    let (mm, share) = (Width::Millimetres, Width::Share);
    let mut rows: Vec<Vec<Cell>> = kit
        .seats
        .iter()
        .filter(|seat| seat.vote)
        .map(|seat| {
            let mut row = vec![Cell::from(seat.number.to_string()), Cell::from(seat.seat.as_str())];
            row.extend(vec![Cell::default(); 4]);
            row
        })
        .collect();
    let mut total = vec![Cell::default(), Cell::spans(vec![Span::bold("Total")])];
    total.extend(vec![Cell::default(); 4]);
    rows.push(total);
    out.push(grid(
        &["N.º", "Puesto", "A favor", "En contra", "Abstención", "Impedido"],
        &[mm(9.0), share(1.0), mm(18.0), mm(21.0), mm(25.0), mm(21.0)],
        rows,
        VOTE,
    ));
    out.push(to_fill(&["Presentes con voto", "Resultado"]));
}
