//! The management report in the official order.

use super::registers::activities;
use super::{bullets, ragged, signatures, table};
use crate::paper::{FunctionRow, Report, Signatory};
use crate::print::document::{Align, Block, Column, Span, Table, Width};
use crate::print::markdown::from_markdown;

pub(super) fn report(report: &Report, body: &str, out: &mut Vec<Block>) {
    let mut number = 0;
    let mut section = |title: &str| {
        number += 1;
        Block::heading(2, format!("{number}. {title}"))
    };
    out.push(section("Instancia"));
    out.push(Block::text(body));
    out.push(section("Acto de creación"));
    out.push(Block::text(format!("{}.", report.creating_act.trim_end_matches('.'))));
    out.push(section("Normas"));
    if report.norms.is_empty() {
        out.push(Block::text("No se registraron normas."));
    } else {
        out.push(bullets(&report.norms));
    }
    out.push(section("Asistencia"));
    attendance(report, out);
    out.push(section("Sesiones ordinarias"));
    told(&report.ordinary, out);
    out.push(section("Sesiones extraordinarias"));
    told(&report.extraordinary, out);
    out.push(section("Publicación en la página web"));
    let rows = report.published.iter().map(|(what, known)| vec![what.clone(), known.clone()]).collect();
    out.push(ragged(table(&["Documento", "Publicación"], &[Some(55.0), Some(45.0)], rows)));
    out.push(section("Funciones generales"));
    functions(&report.general, out);
    out.push(section("Funciones específicas"));
    functions(&report.specific, out);
    out.push(section("Temas tratados y seguimiento del plan de trabajo"));
    for (session, items) in &report.topics {
        out.push(Block::heading(3, session.as_str()));
        match items.is_empty() {
            true => out.push(Block::text("No se registraron temas tratados.")),
            false => out.push(bullets(items)),
        }
    }
    if report.topics.is_empty() {
        out.push(Block::text("No se realizaron sesiones en el periodo."));
    }
    out.push(Block::heading(3, "Plan anual de trabajo"));
    out.push(Block::text(report.progress.as_str()));
    if !report.plan.is_empty() {
        out.push(activities(&report.plan, false));
    }
    out.push(section("Análisis"));
    match &report.analysis {
        Some(analysis) => out.extend(from_markdown(analysis, 2)),
        None => out.push(Block::text("Por redactar.")),
    }
    out.push(section("Firmas"));
    let who: Vec<&Signatory> = report.signatories.iter().collect();
    signatures(&who, out);
}

/// The first line as a sentence, the others in a list.
fn told(lines: &[String], out: &mut Vec<Block>) {
    let Some((first, rest)) = lines.split_first() else { return };
    out.push(Block::text(first.as_str()));
    if !rest.is_empty() {
        out.push(bullets(rest));
    }
}

fn attendance(report: &Report, out: &mut Vec<Block>) {
    if report.session_marks.is_empty() {
        out.push(Block::text("No hubo sesiones con llamado a lista en el periodo."));
        return;
    }
    let mut head = vec!["Sector", "Entidad", "Cargo", "Rol"];
    head.extend(report.session_marks.iter().map(String::as_str));
    head.push("Total");
    let rows = report.attendance.iter().map(|row| {
        let mut cells = vec![row.sector.clone(), row.entity.clone(), row.post.clone(), row.role.clone()];
        cells.extend(row.marks.iter().cloned());
        cells.push(row.total.clone());
        cells
    });
    let mut table = Table::plain(head, rows);
    let shares = [26.0, 27.0, 38.0];
    for (at, column) in table.columns.iter_mut().enumerate() {
        *column = match shares.get(at) {
            Some(share) => Column { width: Width::Share(*share), align: Align::Left },
            None => Column { width: Width::Content, align: Align::Centre },
        };
    }
    table.notes = vec![Span::plain(report.key.join("\n"))];
    out.push(Block::Table(table));
}

fn functions(rows: &[FunctionRow], out: &mut Vec<Block>) {
    if rows.is_empty() {
        out.push(Block::text("No se registraron funciones."));
        return;
    }
    let lines = rows
        .iter()
        .map(|row| {
            let dates = if row.dates.is_empty() { "—" } else { row.dates.as_str() };
            let yes = if row.addressed { "Sí" } else { "No" };
            vec![row.mark.clone(), row.text.clone(), dates.to_owned(), yes.to_owned()]
        })
        .collect();
    let mut table = table(
        &["N.º", "Función", "Sesiones en que se abordó", "Sí/No"],
        &[None, Some(72.0), Some(24.0), None],
        lines,
    );
    if let Some(last) = table.columns.last_mut() {
        last.align = Align::Centre;
    }
    out.push(ragged(table));
}
