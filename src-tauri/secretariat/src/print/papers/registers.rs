//! Letters, and registers in tables: decisions, commitments, the work plan.

use super::{bullets, paragraphs, ragged, signatures, table};
use crate::paper::{CommitmentGroup, Commitments, DecisionLine, Decisions, Letter, Plan, PlanRow};
use crate::print::document::{Align, Block, Span};

pub(super) fn letter(letter: &Letter, out: &mut Vec<Block>) {
    out.push(Block::Paragraph { spans: vec![Span::plain(letter.dated.as_str())], align: Align::Left });
    out.push(Block::Space(5.0));
    out.push(Block::Paragraph { spans: vec![Span::plain(letter.addressee.join("\n"))], align: Align::Left });
    out.push(Block::paragraph(vec![Span::bold("Asunto: "), Span::plain(letter.subject.as_str())]));
    paragraphs(&letter.paragraphs, out);
    signatures(&[&letter.signatory], out);
}

fn decision_table(rows: &[DecisionLine], numbered: bool) -> Block {
    let head = if numbered { "N.º" } else { "" };
    let mut lines: Vec<Vec<String>> = rows
        .iter()
        .map(|r| [&r.number, &r.session, &r.text, &r.result, &r.item, &r.minutes].map(String::clone).to_vec())
        .collect();
    let mut heads = vec![head, "Fecha y sesión", "Decisión", "Resultado", "Punto", "Acta"];
    let mut shares = vec![None, Some(21.0), Some(40.0), Some(28.0), None, Some(19.0)];
    if !numbered {
        heads.remove(0);
        shares.remove(0);
        lines.iter_mut().for_each(|line| drop(line.remove(0)));
    }
    ragged(table(&heads, &shares, lines))
}

pub(super) fn decisions(told: &Decisions, out: &mut Vec<Block>) {
    out.push(Block::text(told.summary.as_str()));
    for (title, rows, numbered) in [
        ("Decisiones numeradas", &told.numbered, true),
        ("Decisiones de procedimiento", &told.procedural, false),
    ] {
        if !rows.is_empty() {
            out.push(Block::heading(2, title));
            out.push(decision_table(rows, numbered));
        }
    }
    signatures(&[&told.signatory], out);
}

pub(super) fn commitments(told: &Commitments, out: &mut Vec<Block>) {
    out.push(Block::text(told.summary.as_str()));
    for CommitmentGroup { name, rows } in &told.groups {
        out.push(Block::heading(2, name.as_str()));
        let lines = rows
            .iter()
            .map(|r| [&r.text, &r.session, &r.responsible, &r.due, &r.evidence].map(String::clone).to_vec())
            .collect();
        out.push(ragged(table(
            &["Compromiso", "Sesión", "Responsable", "Fecha límite", "Evidencia y notas"],
            &[Some(33.0), Some(16.0), Some(21.0), Some(18.0), Some(27.0)],
            lines,
        )));
    }
    signatures(&[&told.signatory], out);
}

/// The activities of a plan; on the short side of the sheet their functions are left out.
pub(super) fn activities(rows: &[PlanRow], wide: bool) -> Block {
    let lines = |row: &PlanRow| match wide {
        true => [
            &row.activity,
            &row.functions,
            &row.product,
            &row.responsible,
            &row.due,
            &row.status,
            &row.evidence,
        ]
        .map(String::clone)
        .to_vec(),
        false => {
            [&row.activity, &row.product, &row.due, &row.status, &row.evidence].map(String::clone).to_vec()
        }
    };
    let lines = rows.iter().map(lines).collect();
    ragged(match wide {
        true => table(
            &["Actividad", "Función", "Producto", "Responsable", "Fecha", "Estado", "Evidencia"],
            &[Some(26.0), Some(9.0), Some(16.0), Some(19.0), Some(13.0), Some(14.0), Some(25.0)],
            lines,
        ),
        false => table(
            &["Actividad", "Producto", "Fecha", "Estado", "Evidencia"],
            &[Some(30.0), Some(18.0), Some(15.0), Some(17.0), Some(28.0)],
            lines,
        ),
    })
}

pub(super) fn plan(plan: &Plan, out: &mut Vec<Block>) {
    out.push(Block::text(plan.progress.as_str()));
    out.push(Block::heading(2, "Actividades"));
    match plan.rows.is_empty() {
        true => out.push(Block::text("No se registraron actividades.")),
        false => out.push(activities(&plan.rows, true)),
    }
    if !plan.key.is_empty() {
        out.push(Block::heading(2, "Funciones que el plan atiende"));
        out.push(bullets(&plan.key));
    }
    if !plan.unserved.is_empty() {
        out.push(Block::heading(2, "Funciones sin actividad"));
        out.push(bullets(&plan.unserved));
    }
    signatures(&[&plan.signatory], out);
}
