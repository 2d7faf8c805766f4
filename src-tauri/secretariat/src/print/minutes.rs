//! The acta on paper, in the official order: head, attendance, agenda, development, decisions, commitments, close,
//! signatures, annexes. What it says comes assembled; this only lays it out.

use chrono::{DateTime, NaiveDate, Utc};

use super::document::{Align, Block, Cell, Column, Document, Paper, Signer, Span, Steps, Table, Width};
use super::markdown::from_markdown;
pub use super::seal::Finish;
use super::seal::seal;
use crate::body::FreeSection;
use crate::codes::{AgendaOutcome, MinutesKind};
use crate::course::ItemReach;
use crate::minutes::{
    Assembly, BlockKind, ComputedBlock, CorrectingAssembly, MinutesItem, MinutesPiece, PersonRow,
    PublicMinutes, QuorumAnnex, RollRowPrinted, SignerRow, Sitting, WithheldRow, sentences,
};
use crate::spanish::{self, Form, capitalized, clock, date as date_of, day_and_month, long_date};

/// The number of a roll from which it is printed in two columns.
const LONG_ROLL: usize = 6;

/// The minutes of a session as a document. `date` is the one in the file's metadata.
#[must_use]
pub fn minutes(a: &Assembly, finish: &Finish, paper: Paper, date: DateTime<Utc>) -> Document {
    laid_out(a, None, finish, paper, date)
}

/// The public version of minutes (Ley 1712/2014 art. 21): the same in the same order, with what was withheld told at its
/// head and at its end.
#[must_use]
pub fn public_minutes(p: &PublicMinutes, finish: &Finish, paper: Paper, date: DateTime<Utc>) -> Document {
    laid_out(&p.assembly, Some(&p.withheld), finish, paper, date)
}

/// The minutes; with `withheld`, their public version.
fn laid_out(
    a: &Assembly,
    withheld: Option<&[WithheldRow]>,
    finish: &Finish,
    paper: Paper,
    date: DateTime<Utc>,
) -> Document {
    let name = acta_name(a.number, a.year);
    let name = match withheld {
        None => name,
        Some(_) => format!("{name}. Versión pública"),
    };
    let mut document = Document::new(format!("{name}. {}", a.body), date);
    document.author.clone_from(&a.body);
    document.paper = paper;
    document.running_header = format!("{} · {name}", a.body);
    if *finish == Finish::Draft {
        document.draft_mark = Some("BORRADOR".to_owned());
    }
    let out = &mut document.blocks;
    head(a, withheld, out);
    let fixed = a.fixed.clone().unwrap_or_default();
    paragraphs(&fixed.opening, out);
    attendance(a, out);
    agenda(a, out);
    out.push(Block::heading(2, "Desarrollo de la sesión"));
    for item in &a.items {
        let parts = format!("{}.", item.number);
        let in_parts = !item.number.is_empty() && a.items.iter().any(|i| i.number.starts_with(&parts));
        development(item, in_parts, out);
    }
    results(a, out);
    if let Some(conclusions) = &a.conclusions {
        out.push(Block::heading(2, "Conclusiones"));
        out.extend(from_markdown(conclusions, 2));
    }
    out.push(Block::heading(2, "Próxima sesión"));
    out.push(Block::text(match a.next_session {
        Some(day) => format!("La próxima sesión será el {}.", long_date(day)),
        None => "La fecha de la próxima sesión se informará con la convocatoria.".to_owned(),
    }));
    let mut told = false;
    for section in &fixed.sections {
        match section {
            FreeSection::SecretariatNotes { title } => {
                notes(a, title, out);
                told = true;
            }
            FreeSection::Fixed { title, text } => {
                out.push(Block::heading(2, title.as_str()));
                out.extend(from_markdown(text, 2));
            }
        }
    }
    if !told {
        notes(a, "Constancias de la secretaría técnica", out);
    }
    paragraphs(&fixed.closing, out);
    let by_file = matches!(finish, Finish::Official { .. }) && withheld.is_none();
    signatures(&a.signers, a.signed_on, by_file, out);
    annexes(a, out);
    quorum(a, out);
    replies(a, out);
    if let Some(rows) = withheld {
        account(rows, out);
    }
    seal(&name, &a.body, "del acta", finish, out);
    document
}

fn paragraphs(said: &[String], out: &mut Vec<Block>) {
    out.extend(said.iter().map(|text| Block::text(text.as_str())));
}

/// What the secretariat went past, and why.
fn notes(a: &Assembly, title: &str, out: &mut Vec<Block>) {
    if a.overrides.is_empty() {
        return;
    }
    out.push(Block::heading(2, title));
    out.push(Block::List {
        start: None,
        items: a.overrides.iter().map(|o| vec![Block::text(o.as_str())]).collect(),
    });
}

/// What a public version leaves out, for the reader who meets a mark on a page.
fn account(rows: &[WithheldRow], out: &mut Vec<Block>) {
    if rows.is_empty() {
        return;
    }
    out.push(Block::Space(8.0));
    out.push(Block::heading(2, "Información retirada de esta versión"));
    for row in rows {
        let place = match row.place.as_str() {
            "" => String::new(),
            place => format!(", {}", sentences::uncapitalized(place)),
        };
        let term = match row.until {
            Some(day) => format!("Hasta el {}", date_of(day)),
            None => "Sin término".to_owned(),
        };
        out.push(Block::Together(vec![
            Block::heading(3, format!("Pasaje {}{place}", row.number)),
            Block::KeyValue(vec![
                self::row("Calificación", &row.class),
                self::row("Fundamento", &row.basis),
                self::row("Protege", &row.purpose),
                self::row("Decidió", &format!("{}, el {}", row.decided_by, date_of(row.decided_on))),
                self::row("Plazo", &term),
            ]),
        ]));
    }
}

/// Correcting minutes: what the earlier minutes said and how it is to be read. The original stays as it is.
#[must_use]
pub fn correcting_minutes(
    a: &CorrectingAssembly,
    finish: &Finish,
    paper: Paper,
    date: DateTime<Utc>,
) -> Document {
    let name = acta_name(a.number, a.year);
    let mut document = Document::new(format!("{name}, aclaratoria. {}", a.body), date);
    document.author.clone_from(&a.body);
    document.paper = paper;
    document.running_header = format!("{} · {name}", a.body);
    if *finish == Finish::Draft {
        document.draft_mark = Some("BORRADOR".to_owned());
    }
    let out = &mut document.blocks;
    out.push(Block::centred(vec![Span::bold(a.body.as_str())]));
    out.push(Block::heading(1, name.as_str()));
    out.push(Block::centred(vec![Span::plain("Acta aclaratoria")]));
    let corrected = acta_name(a.corrects_number, a.corrects_year);
    let mut facts = vec![row("Creación", &capitalized(&a.creating_act)), row("Aclara", &corrected)];
    if let Some(day) = a.corrects_date {
        facts.push(row("Sesión del", &long_date(day)));
    }
    out.push(Block::KeyValue(facts));
    out.push(Block::heading(2, "Aclaración"));
    out.push(Block::text(format!(
        "Se corrige un error formal (artículo 45 de la Ley 1437 de 2011). {} El {} queda como se adoptó y esta acta se \
         lee junto con ella.",
        sentence(&a.reason),
        sentences::uncapitalized(&corrected)
    )));
    let items = a.corrections.iter().map(|c| vec![Block::text(c.as_str())]).collect();
    out.push(Block::List { start: Some(1), items });
    signatures(&a.signers, a.signed_on, matches!(finish, Finish::Official { .. }), out);
    seal(&name, &a.body, "del acta", finish, out);
    document
}

fn acta_name(number: i64, year: i32) -> String {
    crate::spanish::minutes_name(u32::try_from(number).unwrap_or(0), year)
}

/// The text as a sentence of its own.
fn sentence(text: &str) -> String {
    let text = sentences::inside(text);
    if text.is_empty() { String::new() } else { format!("{}.", capitalized(text)) }
}

pub(super) fn row(label: &str, text: &str) -> (String, Vec<Span>) {
    (label.to_owned(), vec![Span::plain(text)])
}

fn head(a: &Assembly, withheld: Option<&[WithheldRow]>, out: &mut Vec<Block>) {
    out.push(Block::centred(vec![Span::bold(a.body.as_str())]));
    out.push(Block::Space(2.0));
    out.push(Block::heading(1, acta_name(a.number, a.year)));
    if withheld.is_some() {
        out.push(Block::centred(vec![Span::bold("Versión pública")]));
    }
    if a.kind == MinutesKind::NotHeldRecord {
        out.push(Block::centred(vec![Span::bold("Constancia de sesión no realizada")]));
    }
    out.push(Block::centred(vec![Span::plain(a.session.as_str())]));
    let several = a.sittings.as_deref().unwrap_or_default();
    let mut days: Vec<NaiveDate> = several.iter().flat_map(|s| [s.date, s.end_date]).collect();
    days.dedup();
    let dated = match days.as_slice() {
        [] => long_date(a.date),
        days => spanish::list(&days.iter().map(|day| long_date(*day)).collect::<Vec<_>>()),
    };
    let sitting = |s: &Sitting| {
        let began = match s.date == s.end_date {
            true => String::new(),
            false => format!(" del {}", day_and_month(s.date)),
        };
        format!("De {}{began} a {} del {}", clock(s.start), clock(s.end), day_and_month(s.end_date))
    };
    let times = match (a.start, a.end) {
        _ if !several.is_empty() => several.iter().map(sitting).collect::<Vec<_>>().join("\n"),
        (Some(start), Some(end)) => format!("De {} a {}", clock(start), clock(end)),
        (Some(start), None) => format!("Desde {}", clock(start)),
        _ => "Por registrar".to_owned(),
    };
    let mut facts = vec![
        row("Fecha", &capitalized(&dated)),
        row("Hora", &times),
        row("Lugar", &a.place),
        row("Creación", &capitalized(&a.creating_act)),
    ];
    if let Some(rules) = &a.rules {
        let mark = if a.fictitious { " (acto ficticio, de demostración)" } else { "" };
        facts.push(row("Reglamento", &format!("{rules}{mark}")));
    }
    if !a.presided.is_empty() {
        facts.push(row("Presidió", &a.presided.join("\n")));
    }
    out.push(Block::KeyValue(facts));
    if let Some(rows) = withheld {
        out.push(Block::text(match rows.len() as u64 {
            0 => "Esta versión pública dice todo lo que dice el acta original. Las listas de asistencia no se publican.".to_owned(),
            1 => "Versión pública, hecha según el artículo 21 de la Ley 1712 de 2014: se retiró un pasaje. En su lugar se dice por qué; al final, quién lo decidió, cuándo y hasta cuándo.".to_owned(),
            count => format!(
                "Versión pública, hecha según el artículo 21 de la Ley 1712 de 2014: se retiraron {} pasajes. En lugar de cada uno se dice por qué; al final, quién lo decidió, cuándo y hasta cuándo.",
                spanish::cardinal(count, Form::Masculine)
            ),
        }));
    }
    if a.informative {
        out.push(Block::text(
            "La reunión fue informativa: se realizó sin quórum y en ella no se tomaron decisiones.",
        ));
    }
    if let Some(note) = &a.entered_afterwards {
        out.push(Block::text(note.as_str()));
    }
    if a.fictitious {
        out.push(Block::Small(vec![Span::italic(
            "Datos ficticios de demostración: las personas, los actos y los hechos de este documento son inventados.",
        )]));
    }
}

fn attendance(a: &Assembly, out: &mut Vec<Block>) {
    out.push(Block::heading(2, "Integrantes"));
    let mut table = Table::plain(
        [
            "Nombre",
            "Cargo",
            "Entidad",
            if a.replies.is_some() { "Respondió" } else { "Asiste" },
            "Observaciones",
        ],
        a.members.iter().map(|m| {
            [
                m.name.clone(),
                m.position.clone(),
                m.entity.clone(),
                if m.attended { "Sí" } else { "No" }.to_owned(),
                m.remarks.clone(),
            ]
        }),
    );
    table.columns = vec![
        Column::share(25.0),
        Column::share(23.0),
        Column::share(22.0),
        Column { width: Width::Content, align: Align::Centre },
        Column::share(22.0),
    ];
    out.push(left(table));
    if !a.secretariat.is_empty() {
        out.push(Block::heading(2, "Secretaría técnica"));
        out.push(people(&a.secretariat, "En calidad de"));
    }
    if !a.invitees.is_empty() {
        out.push(Block::heading(2, "Invitados permanentes"));
        let mut table = Table::plain(
            ["Invitado permanente", "Asiste", "Nombre"],
            a.invitees
                .iter()
                .map(|i| [i.name.clone(), if i.attended { "Sí" } else { "No" }.to_owned(), i.people.clone()]),
        );
        table.columns = vec![
            Column::share(60.0),
            Column { width: Width::Content, align: Align::Centre },
            Column::share(32.0),
        ];
        out.push(left(table));
    }
    if !a.guests.is_empty() {
        out.push(Block::heading(2, "Otros asistentes"));
        out.push(people(&a.guests, "Motivo"));
    }
}

/// Ragged-right cells: justified text in a narrow column tears.
pub(super) fn left(mut table: Table) -> Block {
    for column in &mut table.columns {
        if column.align == Align::Auto {
            column.align = Align::Left;
        }
    }
    Block::Table(table)
}

fn people(rows: &[PersonRow], reason: &str) -> Block {
    let mut table = Table::plain(
        ["Nombre", "Cargo", "Entidad", reason],
        rows.iter().map(|p| [p.name.clone(), p.position.clone(), p.entity.clone(), p.reason.clone()]),
    );
    table.columns = [27.0, 24.0, 26.0, 23.0].map(Column::share).to_vec();
    left(table)
}

fn agenda(a: &Assembly, out: &mut Vec<Block>) {
    if a.agenda.is_empty() {
        return;
    }
    out.push(Block::heading(2, "Orden del día"));
    let mut lines: Vec<String> = Vec::new();
    let flush = |lines: &mut Vec<String>, out: &mut Vec<Block>| {
        if !lines.is_empty() {
            out.push(Block::Paragraph { spans: vec![Span::plain(lines.join("\n"))], align: Align::Left });
            lines.clear();
        }
    };
    for line in &a.agenda {
        if let Some(section) = &line.section {
            flush(&mut lines, out);
            out.push(Block::paragraph(vec![Span::bold(section.as_str())]));
        }
        let indent = if line.number.contains('.') { "\u{2003}" } else { "" };
        lines.push(format!("{indent}{}. {}", line.number, line.title));
    }
    flush(&mut lines, out);
}

/// An item and what happened in it; of one treated `in_parts` each part tells its own.
pub(super) fn development(item: &MinutesItem, in_parts: bool, out: &mut Vec<Block>) {
    if let Some(section) = &item.section {
        out.push(Block::Heading { level: 2, spans: vec![Span::plain(section.as_str())], outline: true });
    }
    if item.number.is_empty() {
        out.push(Block::heading(3, item.title.as_str()));
    } else {
        out.push(Block::heading(3, format!("{}. {}", item.number, item.title)));
    }
    // The end of the session stands in the last item, treated or not.
    let ends_only = |piece: &MinutesPiece| matches!(piece, MinutesPiece::Computed { block } if block.kind == BlockKind::Closing);
    let untreated = item.reach == Some(ItemReach::Unreached)
        && matches!(
            item.outcome,
            None | Some(AgendaOutcome::Pending | AgendaOutcome::NotTreated | AgendaOutcome::NoQuorum)
        );
    if !in_parts && (item.pieces.is_empty() || untreated && item.pieces.iter().all(ends_only)) {
        out.push(Block::text(if untreated {
            "El punto no se trató."
        } else {
            "No quedó registro de lo tratado en este punto."
        }));
    }
    // Sentences of one sort that follow each other are one paragraph.
    let mut run: Option<(u8, String)> = None;
    let flush = |run: &mut Option<(u8, String)>, out: &mut Vec<Block>| {
        if let Some((_, text)) = run.take() {
            out.push(Block::text(text));
        }
    };
    for piece in &item.pieces {
        match piece {
            MinutesPiece::Narrative { markdown } => {
                flush(&mut run, out);
                out.extend(from_markdown(markdown, 3));
            }
            MinutesPiece::Computed { block } => match (sort(block.kind), block.paragraphs.as_slice()) {
                (Some(sort), [text]) => match &mut run {
                    Some((of, told)) if *of == sort => {
                        told.push(' ');
                        told.push_str(text);
                    }
                    _ => {
                        flush(&mut run, out);
                        run = Some((sort, text.clone()));
                    }
                },
                _ => {
                    flush(&mut run, out);
                    computed(block, out);
                }
            },
        }
    }
    flush(&mut run, out);
}

/// Which sentences run on in one paragraph.
fn sort(kind: BlockKind) -> Option<u8> {
    match kind {
        BlockKind::Opening | BlockKind::Means | BlockKind::Quorum | BlockKind::Movement => Some(0),
        BlockKind::Absences => Some(1),
        BlockKind::Delegation => Some(2),
        BlockKind::Pause => Some(3),
        BlockKind::Recusal => Some(4),
        _ => None,
    }
}

fn computed(block: &ComputedBlock, out: &mut Vec<Block>) {
    if let Some(heading) = &block.heading {
        let mut spans = vec![Span::bold(format!("{heading}. "))];
        spans.extend(block.paragraphs.iter().map(|p| Span::plain(p.as_str())));
        out.push(Block::Framed(vec![Block::paragraph(spans)]));
        return;
    }
    out.extend(block.paragraphs.iter().map(|p| Block::text(p.as_str())));
    if !block.roll.is_empty() {
        out.push(roll(&block.roll));
    }
}

fn voter(row: &RollRowPrinted) -> Cell {
    Cell::spans(vec![Span::plain(row.seat.as_str()), Span::italic(format!("\n{}", row.name))])
}

/// The roll of a vote; a long one runs down two columns.
pub(super) fn roll(rows: &[RollRowPrinted]) -> Block {
    if rows.len() < LONG_ROLL {
        let mut table = Table::plain(
            ["Puesto", "Nombre", "Voto"],
            rows.iter().map(|r| [r.seat.clone(), r.name.clone(), r.vote.clone()]),
        );
        table.columns = vec![Column::share(38.0), Column::share(42.0), Column::share(20.0)];
        return left(table);
    }
    let half = rows.len().div_ceil(2);
    let cells = |row: Option<&RollRowPrinted>| match row {
        Some(row) => [voter(row), Cell::from(row.vote.as_str())],
        None => [Cell::default(), Cell::default()],
    };
    let lines = (0..half)
        .map(|i| cells(rows.get(i)).into_iter().chain(cells(rows.get(half + i))).collect())
        .collect();
    // As wide as its longest word: "Abstención" is never broken.
    let said = Column { width: Width::Content, align: Align::Left };
    left(Table {
        columns: vec![Column::share(1.0), said, Column::share(1.0), said],
        head: ["Puesto y nombre", "Voto", "Puesto y nombre", "Voto"].map(Cell::from).to_vec(),
        rows: lines,
        ..Table::default()
    })
}

fn results(a: &Assembly, out: &mut Vec<Block>) {
    if a.kind != MinutesKind::NotHeldRecord || !a.decisions.is_empty() {
        out.push(Block::heading(2, "Decisiones"));
        if a.decisions.is_empty() {
            out.push(Block::text("No se registraron decisiones."));
        } else {
            let mut table = Table::plain(
                ["Decisión", "Texto", "Punto"],
                a.decisions.iter().map(|d| {
                    let number = if d.number.is_empty() { "De procedimiento" } else { d.number.as_str() };
                    [number.to_owned(), d.text.clone(), d.item.clone()]
                }),
            );
            table.columns = vec![
                Column::share(20.0),
                Column::share(68.0),
                Column { width: Width::Content, align: Align::Centre },
            ];
            out.push(left(table));
        }
    }
    out.push(Block::heading(2, "Compromisos"));
    if a.commitments.is_empty() {
        out.push(Block::text("No se adquirieron compromisos."));
        return;
    }
    let mut table = Table::plain(
        ["Compromiso", "Responsable", "Entidad", "Fecha límite"],
        a.commitments.iter().map(|c| {
            let due = c.due_on.map_or_else(|| "Sin fecha".to_owned(), date_of);
            [c.text.clone(), c.person.clone(), c.entity.clone(), due]
        }),
    );
    table.columns = [40.0, 24.0, 20.0, 16.0].map(Column::share).to_vec();
    out.push(left(table));
}

/// Who signs; with `by_file`, each with a field that an electronic signature can fill.
fn signatures(signers: &[SignerRow], signed_on: Option<NaiveDate>, by_file: bool, out: &mut Vec<Block>) {
    if signers.is_empty() {
        return;
    }
    let sign = signers.iter().filter(|s| s.missing_reason.is_none()).count();
    let closing = match signed_on {
        Some(day) => sentences::closing(sign, day),
        None if sign == 1 => "En constancia se firma en Bogotá, D. C.".to_owned(),
        None => "En constancia firman en Bogotá, D. C.".to_owned(),
    };
    let block = Block::Signatures(
        signers
            .iter()
            .map(|s| Signer {
                name: s.name.clone(),
                post: s.position.clone(),
                entity: s.entity.clone(),
                field: if by_file && s.missing_reason.is_none() { s.role.clone() } else { String::new() },
                note: match (&s.missing_reason, s.signed_on) {
                    (Some(reason), _) => {
                        format!("{}. No firma: {}", s.part, sentences::uncapitalized(reason))
                    }
                    (None, Some(day)) => format!("{}. Original firmado el {}", s.part, date_of(day)),
                    (None, None) => s.part.clone(),
                },
            })
            .collect(),
    );
    out.push(Block::Space(6.0));
    out.push(Block::text(closing));
    out.push(block);
}

fn annexes(a: &Assembly, out: &mut Vec<Block>) {
    let mut lines: Vec<String> =
        a.annexes.iter().map(|x| format!("Anexo {}. {}", x.number, x.title)).collect();
    if a.quorum.is_some() {
        lines.push("Registro de quórum, al final de este documento".to_owned());
    }
    if a.replies.is_some() {
        lines.push("Registro de respuestas, al final de este documento".to_owned());
    }
    if !lines.is_empty() {
        out.push(Block::heading(2, "Anexos"));
        out.push(Block::Paragraph { spans: vec![Span::plain(lines.join("\n"))], align: Align::Left });
    }
    let mut by = Vec::new();
    if let Some(name) = &a.prepared_by {
        by.push(format!("Elaboró: {name}"));
    }
    if let Some(name) = &a.reviewed_by {
        by.push(format!("Revisó: {name}"));
    }
    if !by.is_empty() {
        out.push(Block::Space(6.0));
        out.push(Block::Small(vec![Span::plain(by.join("\n"))]));
    }
}

/// The log of the replies of a written session.
fn replies(a: &Assembly, out: &mut Vec<Block>) {
    let Some(rows) = &a.replies else { return };
    out.push(Block::Space(8.0));
    out.push(Block::heading(2, "Anexo. Registro de respuestas"));
    if rows.is_empty() {
        out.push(Block::text("No se recibió ninguna respuesta."));
        return;
    }
    let mut table = Table::plain(
        ["Puesto y nombre", "Recibida", "Medio", "Resultado"],
        rows.iter().map(|r| [String::new(), r.time.clone(), r.means.clone(), r.result.clone()]),
    );
    for (cells, row) in table.rows.iter_mut().zip(rows) {
        if let Some(cell) = cells.first_mut() {
            *cell =
                Cell::spans(vec![Span::plain(row.seat.as_str()), Span::italic(format!("\n{}", row.name))]);
        }
    }
    table.columns = vec![
        Column::share(32.0),
        Column { width: Width::Content, align: Align::Left },
        Column::share(22.0),
        Column::share(34.0),
    ];
    out.push(left(table));
}

/// The quorum ledger: how many there were over the session, and each movement.
fn quorum(a: &Assembly, out: &mut Vec<Block>) {
    let Some(annex) = &a.quorum else { return };
    out.push(Block::Space(8.0));
    out.push(quorum_picture(annex, "Anexo. Registro de quórum"));
    out.push(quorum_table(annex));
}

/// The seats present over the session, drawn, under its title.
pub(super) fn quorum_picture(annex: &QuorumAnnex, title: &str) -> Block {
    let share = |second: i64| (second as f64 / annex.seconds.max(1) as f64) as f32;
    // The heading with its picture: a title alone at the foot of a page, and its picture on the next, are read apart.
    let mut whole = vec![Block::heading(2, title), Block::text(annex.told.as_str())];
    if annex.seconds > 0 {
        whole.push(Block::Steps(Steps {
            height: 96.0,
            top: annex.seats,
            stretches: annex.steps.iter().map(|s| (share(s.from), share(s.to), s.have, s.need)).collect(),
            breaks: annex.pauses.iter().map(|&(from, to)| (share(from), share(to))).collect(),
            marks: annex.votes.iter().map(|&second| share(second)).collect(),
            labels: annex.hours.iter().map(|(second, hour)| (share(*second), hour.clone())).collect(),
            alt: annex.told.clone(),
        }));
        let mut key =
            vec!["Línea: puestos presentes; línea de trazos: los necesarios para deliberar".to_owned()];
        if !annex.votes.is_empty() {
            key.push("marcas de arriba: cierre de votaciones".to_owned());
        }
        if !annex.pauses.is_empty() {
            key.push("franjas: recesos y suspensiones".to_owned());
        }
        whole.push(Block::Small(vec![Span::plain(format!("{}.", key.join("; ")))]));
    }
    Block::Together(whole)
}

/// Each movement and each check, with what was needed and what there was.
pub(super) fn quorum_table(annex: &QuorumAnnex) -> Block {
    let mut table = Table::plain(
        ["Hora", "Movimiento", "Hay", "Exige", "Quórum", "Estado"],
        annex.rows.iter().map(|row| {
            let need = match row.base {
                Some(base) => format!("{} de {base}", row.need),
                None => row.need.to_string(),
            };
            let have = row.have.to_string();
            [row.time.clone(), row.movement.clone(), have, need, row.rule.clone(), row.state.clone()]
        }),
    );
    table.columns[1] = Column::share(1.0);
    table.columns[2].align = Align::Right;
    table.columns[3].align = Align::Right;
    table.notes = vec![Span::plain(annex.rules.join("\n"))];
    left(table)
}
