//! The pages of a binder that are its own: cover, contents, and the page of each picture.

use super::*;
use crate::context::instant;
use crate::print::{Align, Block, Cell, Column, Document as Paper, Image, Rules, Span, Table, Width};
use crate::spanish::{capitalized, long_date};

/// Cover and contents; `pages` is how many the whole binder has.
pub(super) fn draw(plan: &Plan, lines: &[BinderLine], pages: i64, today: NaiveDate) -> Paper {
    let mut paper = blank(plan, noon(today));
    let out = &mut paper.blocks;
    out.push(Block::centred(vec![Span::bold(plan.body.name.as_str())]));
    out.push(Block::Space(2.0));
    out.push(Block::heading(1, plan.title.as_str()));
    let bound = lines.iter().filter(|line| line.page.is_some()).count();
    let named = lines.len() - bound;
    let mut facts = vec![
        ("Sesión".to_owned(), session::plan::name(&plan.session).es),
        ("Fecha".to_owned(), capitalized(&long_date(plan.session.date))),
        ("Estado".to_owned(), capitalized(plan.session.status.label())),
        ("Documentos reunidos".to_owned(), format!("{bound}, en {pages} páginas")),
    ];
    if named > 0 {
        facts.push(("Solo relacionados".to_owned(), format!("{named}, al final de la tabla de contenido")));
    }
    facts.push(("Reunido".to_owned(), capitalized(&long_date(today))));
    out.push(Block::KeyValue(
        facts.into_iter().map(|(label, said)| (label, vec![Span::plain(said)])).collect(),
    ));
    out.push(Block::Small(vec![Span::italic(
        "Copia de trabajo de la secretaría técnica. Puede contener información clasificada o reservada y datos personales: \
         no se publica. Cada documento vale por su propio archivo y su propia huella.",
    )]));
    out.push(Block::heading(2, "Contenido"));
    if bound == 0 {
        out.push(Block::text("La sesión no tiene todavía documentos ni anexos que reunir."));
    }
    let mut part = "";
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (link, line) in (1..).zip(lines.iter().filter(|line| line.page.is_some())) {
        if line.entry.part != part {
            flush(part, &mut rows, out);
            part = &line.entry.part;
        }
        let title = Span { link: Some(format!("#{link}")), ..Span::plain(line.entry.title.as_str()) };
        // What the title says is not said again.
        let said = line.entry.title.to_lowercase().contains(&line.entry.kind_text);
        let kind = if said { String::new() } else { format!(" · {}", line.entry.kind_text) };
        rows.push(vec![
            Cell::from(link.to_string()),
            Cell::spans(vec![title, Span::plain(kind)]),
            Cell::from(line.page.unwrap_or_default().to_string()),
            Cell::from(line.pages.to_string()),
        ]);
    }
    flush(part, &mut rows, out);
    if named > 0 {
        out.push(Block::heading(2, "Documentos que solo se relacionan"));
        out.push(Block::text(
            "Están en el archivo y no se pueden mostrar en estas páginas; la huella SHA-256 identifica cada uno.",
        ));
        let rows = lines.iter().filter(|line| line.page.is_none()).map(|line| {
            let BinderEntry { title, file, why, blob_id, size, .. } = &line.entry;
            let hash = blob_id.as_deref().unwrap_or_default();
            vec![
                Cell::spans(vec![
                    Span::plain(title.as_str()),
                    Span::plain(format!("\n{file}, {}", sized(*size))),
                ]),
                Cell::from(why.clone().unwrap_or_default()),
                Cell::from(grouped(hash)),
            ]
        });
        let mut table = table(&["Documento", "Por qué", "SHA-256"], &[46.0, 24.0, 30.0]);
        table.rows = rows.collect();
        out.push(Block::Table(table));
    }
    paper
}

/// The page of a picture: what it is, and the picture as large as it fits.
pub(super) fn picture(plan: &Plan, entry: &BinderEntry, bytes: Vec<u8>) -> Paper {
    let mut paper = blank(plan, noon(plan.session.date));
    paper.footer = String::new();
    paper.blocks = vec![
        Block::heading(1, entry.title.as_str()),
        Block::Small(vec![Span::plain(format!("{} · {}", entry.kind_text, entry.file))]),
        Block::Image(Image {
            bytes,
            alt: format!("Imagen del archivo «{}», sin descripción.", entry.file),
            width: Some(400.0),
            caption: Vec::new(),
        }),
    ];
    paper
}

fn blank(plan: &Plan, date: DateTime<Utc>) -> Paper {
    let mut paper = Paper::new(format!("{}. {}", plan.title, plan.body.name), date);
    paper.author.clone_from(&plan.body.name);
    paper.paper = crate::minutes::paper(plan.body.paper);
    paper.running_header = format!("{} · {}", plan.body.name, plan.title);
    // The pages of the binder are counted by the viewer: these are a part of it.
    paper.footer = "Contenido, {x} de {y}".to_owned();
    paper
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_hms_opt(12, 0, 0).unwrap_or_default())
}

/// The rows of a part under its name.
fn flush(part: &str, rows: &mut Vec<Vec<Cell>>, out: &mut Vec<Block>) {
    if rows.is_empty() {
        return;
    }
    out.push(Block::heading(3, part));
    let mut table = table(&["N.º", "Documento", "Página", "Páginas"], &[8.0, 66.0, 12.0, 14.0]);
    table.rows = std::mem::take(rows);
    out.push(Block::Table(table));
}

fn table(head: &[&str], shares: &[f32]) -> Table {
    let mut table = Table::plain(head.iter().copied(), Vec::<Vec<String>>::new());
    table.columns =
        shares.iter().map(|share| Column { width: Width::Share(*share), align: Align::Left }).collect();
    table.rules = Some(Rules::Grid);
    table
}

/// A hash in groups, so that it breaks at the edge of its column.
fn grouped(hash: &str) -> String {
    hash.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}

/// A size as read aloud: "340 kB", "12 MB".
fn sized(bytes: i64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", (bytes + 999) / 1000),
        _ => format!("{} MB", (bytes + 500_000) / 1_000_000),
    }
}
