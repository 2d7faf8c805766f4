//! `bench-minutes IN.json OUT.pdf`: the neutral minutes of `tests/bench/minutes-pdf` through the paper engine, with the
//! layout every tool in that comparison is asked for.

use std::process::ExitCode;

use secretariat::print::{
    self, Align, Block, Cell, Column, Document, Family, HeadingStyle, Margins, Paper, Rules, Signer, Span,
    Style, Table,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Minutes {
    titulo: String,
    encabezado: String,
    pie: String,
    secciones: Sections,
    cabecera: Vec<(String, String)>,
    columnas_asistencia: Vec<String>,
    asistencia: Vec<Attendance>,
    agenda: Vec<String>,
    columnas_votacion: Vec<String>,
    puntos: Vec<Item>,
    columnas_compromisos: Vec<String>,
    compromisos: Vec<Commitment>,
    cierre: String,
    firmas: Vec<Signature>,
}

#[derive(Deserialize)]
struct Sections {
    agenda: String,
    asistencia: String,
    desarrollo: String,
    compromisos: String,
    firmas: String,
}

#[derive(Deserialize)]
struct Attendance {
    titulo: String,
    filas: Vec<Attendee>,
}

#[derive(Deserialize)]
struct Attendee {
    nombre: String,
    cargo: String,
    entidad: String,
    asiste: String,
    observaciones: String,
}

#[derive(Deserialize)]
struct Item {
    numero: u32,
    titulo: String,
    parrafos: Vec<String>,
    votacion: Vec<Vote>,
    resumen: String,
    decision: Decision,
}

#[derive(Deserialize)]
struct Vote {
    codigo: String,
    escano: String,
    voto: String,
}

#[derive(Deserialize)]
struct Decision {
    titulo: String,
    texto: String,
}

#[derive(Deserialize)]
struct Commitment {
    numero: String,
    compromiso: String,
    responsable: String,
    plazo: String,
    estado: String,
}

#[derive(Deserialize)]
struct Signature {
    nombre: String,
    cargo: String,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, source, target] = arguments.as_slice() else {
        eprintln!("usage: bench-minutes IN.json OUT.pdf");
        return ExitCode::from(2);
    };
    match run(source, target) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(source: &str, target: &str) -> Result<(), Box<dyn std::error::Error>> {
    let minutes: Minutes = serde_json::from_slice(&std::fs::read(source)?)?;
    let rendering = print::render(&document(minutes))?;
    std::fs::write(target, rendering.pdf)?;
    Ok(())
}

fn document(minutes: Minutes) -> Document {
    let Minutes { secciones, .. } = minutes;
    let mut blocks = vec![
        Block::Heading { level: 1, spans: vec![minutes.titulo.as_str().into()], outline: true },
        Block::Table(Table {
            row_heads: true,
            ..table(
                &[22.0, 78.0],
                Vec::new(),
                minutes.cabecera.into_iter().map(|(label, value)| vec![label, value]).collect(),
            )
        }),
        Block::heading(2, secciones.asistencia),
    ];
    for part in minutes.asistencia {
        blocks.push(Block::heading(3, part.titulo));
        let rows = part
            .filas
            .into_iter()
            .map(|row| vec![row.nombre, row.cargo, row.entidad, row.asiste, row.observaciones])
            .collect();
        blocks.push(Block::Table(table(
            &[24.0, 22.0, 27.0, 9.0, 18.0],
            minutes.columnas_asistencia.clone(),
            rows,
        )));
    }
    blocks.push(Block::heading(2, secciones.agenda));
    let left = |text: String| vec![Block::Paragraph { spans: vec![text.into()], align: Align::Left }];
    blocks.push(Block::List { start: Some(1), items: minutes.agenda.into_iter().map(left).collect() });
    blocks.push(Block::heading(2, secciones.desarrollo));
    for item in minutes.puntos {
        blocks.push(Block::heading(2, format!("{}. {}", item.numero, item.titulo)));
        blocks.extend(item.parrafos.into_iter().map(Block::text));
        let rows = item.votacion.into_iter().map(|vote| vec![vote.codigo, vote.escano, vote.voto]).collect();
        blocks.push(Block::Table(table(&[18.0, 67.0, 15.0], minutes.columnas_votacion.clone(), rows)));
        blocks.push(Block::text(item.resumen));
        let decision =
            vec![Span::bold(item.decision.titulo), Span::plain("\n"), Span::plain(item.decision.texto)];
        blocks.push(Block::Framed(vec![Block::paragraph(decision)]));
    }
    blocks.push(Block::heading(2, secciones.compromisos));
    let rows = minutes
        .compromisos
        .into_iter()
        .map(|c| vec![c.numero, c.compromiso, c.responsable, c.plazo, c.estado])
        .collect();
    blocks.push(Block::Table(table(&[7.0, 40.0, 27.0, 14.0, 12.0], minutes.columnas_compromisos, rows)));
    blocks.push(Block::heading(2, secciones.firmas));
    blocks.push(Block::text(minutes.cierre));
    let signer = |s: Signature| Signer { name: s.nombre, post: s.cargo, ..Signer::default() };
    blocks.push(Block::Signatures(minutes.firmas.into_iter().map(signer).collect()));

    Document {
        paper: Paper::A4,
        margins: Margins { left: 25.0, right: 25.0, top: 25.0, bottom: 25.0 },
        style: style(),
        running_header: minutes.encabezado,
        footer: minutes.pie,
        blocks,
        ..Document::new(minutes.titulo, chrono::DateTime::UNIX_EPOCH)
    }
}

fn table(shares: &[f32], head: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    Table {
        columns: shares.iter().copied().map(Column::share).collect(),
        head: head.into_iter().map(Cell::from).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect(),
        ..Table::default()
    }
}

fn style() -> Style {
    let heading = |size, above, align| HeadingStyle {
        size,
        leading: size * 1.3,
        above,
        below: 8.0,
        bold: true,
        italic: false,
        align,
    };
    Style {
        body_family: Family::Sans,
        heading_family: Family::Sans,
        table_family: Family::Sans,
        body_size: 11.0,
        body_leading: 14.3,
        paragraph_gap: 6.0,
        hyphenate: false,
        headings: vec![
            heading(16.0, 0.0, Align::Centre),
            heading(13.0, 14.0, Align::Left),
            heading(11.0, 14.0, Align::Left),
        ],
        table_size: 9.0,
        table_leading: 11.7,
        cell_padding: (4.0, 2.0),
        table_rules: Rules::Grid,
        rule_grey: 0.47,
        head_grey: 0.88,
        block_gap: 6.0,
        small_size: 8.0,
        ..Style::default()
    }
}
