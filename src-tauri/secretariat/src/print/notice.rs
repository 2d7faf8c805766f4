//! The notice (convocatoria): who is called, when, where, to treat what, with which papers.

use chrono::{DateTime, Utc};

use super::document::{Align, Block, Cell, Column, Document, Paper, Signer, Span, Table, Width};
use crate::document::SessionPapers;
use crate::minutes::sentences::{cited, inside};
use crate::spanish::{
    BUSINESS_DAY, at_clock, capitalized, clock, date as date_of, duration, long_date, sentence,
};

/// The notice of a session. A draft carries a visible mark.
#[must_use]
pub fn notice(p: &SessionPapers, draft: bool, paper: Paper, date: DateTime<Utc>) -> Document {
    let session = &p.session;
    let name = p.session_name();
    let mut document = Document::new(format!("Convocatoria. {name}"), date);
    document.author.clone_from(&p.frame.body_name);
    document.paper = paper;
    document.running_header = format!("{} · Convocatoria", p.frame.body_name);
    if draft {
        document.draft_mark = Some("BORRADOR".to_owned());
    }
    let out = &mut document.blocks;
    out.push(Block::centred(vec![Span::bold(p.frame.body_name.as_str())]));
    out.push(Block::heading(1, "Convocatoria"));
    out.push(Block::centred(vec![Span::plain(name.as_str())]));
    if let Some(sent) = &session.notice {
        let day = crate::context::local(sent.convened_at).date();
        out.push(Block::Space(6.0));
        out.push(Block::text(format!("Bogotá, D. C., {}", date_of(day))));
    }
    let at = session.planned_start.map_or_else(String::new, |t| format!(", {}", at_clock(t)));
    let secretariat = p.frame.secretariat_name.as_deref().unwrap_or("La secretaría técnica");
    let who = match secretariat.split_whitespace().next() {
        Some("La" | "El") => secretariat.to_owned(),
        Some("Dirección" | "Subdirección" | "Oficina" | "Secretaría" | "Gerencia" | "Consejería") => {
            format!("La {secretariat}")
        }
        _ => format!("La secretaría técnica ({secretariat})"),
    };
    let called = name.replacen("Sesión", "sesión", 1);
    let mut facts = Vec::new();
    if let Some(term) = term(p) {
        out.push(Block::text(sentence(format!(
            "{who} convoca a quienes integran la instancia a la {called}, no presencial: se responde por escrito desde {} hasta {}",
            term.0.trim_start_matches("a "),
            term.1.trim_start_matches("a ")
        ))));
        facts.push(("Apertura", capitalized(&term.0)));
        facts.push(("Cierre", capitalized(&term.1)));
    } else {
        out.push(Block::text(sentence(format!(
            "{who} convoca a quienes integran la instancia a la {called}, que se realizará el {}{at}",
            long_date(session.date)
        ))));
        facts.push(("Fecha", capitalized(&long_date(session.date))));
    }
    if term(p).is_some() {
    } else if let Some(start) = session.planned_start {
        let end = session.planned_end.map_or_else(String::new, |end| format!(" a {}", clock(end)));
        facts.push(("Hora", format!("{}{end}", clock(start))));
    }
    facts.push(("Modalidad", capitalized(session.mode.label())));
    let place = p.place();
    if !place.is_empty() {
        facts.push(("Lugar", place));
    }
    out.push(Block::KeyValue(facts.into_iter().map(|(k, v)| (k.to_owned(), vec![Span::plain(v)])).collect()));
    for told in crate::minutes::sentences::history(session, false) {
        out.push(Block::text(told));
    }
    agenda(p, out);
    motions(p, out);
    papers(p, out);
    how_to_attend(p, out);
    if let Some((name, post)) = &p.secretary {
        out.push(Block::Space(8.0));
        out.push(Block::Signatures(vec![Signer {
            name: name.clone(),
            post: post.clone(),
            entity: p.frame.secretariat_name.clone().unwrap_or_default(),
            ..Signer::default()
        }]));
    }
    if p.frame.rule_set.adopted_by.fictitious {
        out.push(Block::Small(vec![Span::italic(
            "Datos ficticios de demostración: las personas, los actos y los hechos de este documento son inventados.",
        )]));
    }
    document
}

fn agenda(p: &SessionPapers, out: &mut Vec<Block>) {
    out.push(Block::heading(2, "Orden del día"));
    if p.items.is_empty() {
        out.push(Block::text("El orden del día está por definirse."));
        return;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for ((item, number), presenter) in p.items.iter().zip(&p.numbers).zip(&p.presenters) {
        if let Some(section) = item.section.as_deref().map(str::trim).filter(|s| !s.is_empty()) {
            rows.push(vec![Cell::default(), Cell::spans(vec![Span::bold(section)])]);
        }
        let mut title = vec![Span::plain(item.title.as_str())];
        if item.late {
            title.push(Span::italic(" (adicionado después de la convocatoria)"));
        }
        rows.push(vec![
            Cell::from(number.as_str()),
            Cell::spans(title),
            Cell::from(presenter.clone().map_or_else(String::new, |p| capitalized(&p))),
            Cell::from(item.planned_minutes.map_or_else(String::new, |m| m.to_string())),
        ]);
    }
    let left = |share| Column { width: Width::Share(share), align: Align::Left };
    let total: i64 = p.items.iter().filter_map(|i| i.planned_minutes).sum();
    let notes = match u64::try_from(total) {
        Ok(total) if total > 0 => vec![Span::plain(format!("Duración prevista: {}.", duration(total)))],
        _ => Vec::new(),
    };
    out.push(Block::Table(Table {
        columns: vec![
            Column { width: Width::Content, align: Align::Left },
            left(55.0),
            left(35.0),
            Column { width: Width::Content, align: Align::Right },
        ],
        head: ["N.º", "Asunto", "Presenta", "Minutos"].map(Cell::from).to_vec(),
        rows,
        notes,
        ..Table::default()
    }));
}

/// When the term of a written session opens and closes, in words.
fn term(p: &SessionPapers) -> Option<(String, String)> {
    let replies = p.session.replies?;
    let told = |at| {
        let at = crate::context::local(at);
        format!("{} del {}", at_clock(at.time()), long_date(at.date()))
    };
    Some((told(replies.opens_at), told(replies.closes_at)))
}

/// The texts that are replied to in a written session, each under its item.
fn motions(p: &SessionPapers, out: &mut Vec<Block>) {
    if p.motions.is_empty() {
        return;
    }
    out.push(Block::heading(2, "Textos que se ponen a votación"));
    let of_item = |id: &crate::ids::AgendaItemId| {
        p.items.iter().position(|i| i.id == *id).and_then(|at| p.numbers.get(at))
    };
    let items = p.motions.iter().map(|motion| {
        let number = of_item(&motion.item_id).map_or_else(String::new, |n| format!("Punto {n}. "));
        vec![Block::text(format!("{number}{}.", crate::minutes::sentences::quoted(&motion.text)))]
    });
    out.push(Block::List { start: Some(1), items: items.collect() });
}

fn papers(p: &SessionPapers, out: &mut Vec<Block>) {
    let mut titles: Vec<String> =
        p.annexes.iter().map(|a| format!("Anexo {}. {}", a.number, a.title)).collect();
    for ((treated, number), _) in p.treated.iter().zip(&p.numbers).zip(&p.items) {
        titles.extend(treated.iter().map(|paper| format!("Punto {number}. {}", paper.title)));
    }
    if titles.is_empty() {
        return;
    }
    out.push(Block::heading(2, "Documentos"));
    out.push(Block::List { start: None, items: titles.into_iter().map(|t| vec![Block::text(t)]).collect() });
}

fn how_to_attend(p: &SessionPapers, out: &mut Vec<Block>) {
    let rules = &p.frame.rule_set;
    let norm = |article: Option<&str>| rules.source(article).filter(|s| s.article.is_some());
    let delegation = norm(rules.delegation.article.as_deref());
    if p.session.replies.is_some() {
        out.push(Block::heading(2, "Cómo se responde"));
        let written = rules.written_session_norm();
        out.push(Block::text(format!(
            "Responda por correo institucional a la secretaría técnica y diga, de cada texto, si vota a favor, en contra o \
             en abstención. La respuesta que llegue fuera del plazo consta y no se cuenta{}. {}. Quien responda por \
             delegación debe haber entregado el acto vigente que lo designa{}: sin él su respuesta consta y no se cuenta.",
            cited(written.as_ref()),
            rules.written_text().es,
            cited(delegation.as_ref())
        )));
        return notice_term(p, out);
    }
    out.push(Block::heading(2, "Asistencia"));
    out.push(Block::text(format!(
        "Confirme su asistencia por correo. Quien asista por delegación debe entregar antes de la sesión el acto \
         vigente que lo designa{}: sin él tendrá voz, no votará ni se contará para el quórum. La excusa se presenta por \
         escrito.",
        cited(delegation.as_ref())
    )));
    notice_term(p, out);
}

/// With how many days the notice goes out, beside what the rules ask for.
fn notice_term(p: &SessionPapers, out: &mut Vec<Block>) {
    let rules = &p.frame.rule_set;
    let norm = |article: Option<&str>| rules.source(article).filter(|s| s.article.is_some());
    if let Some(term) = rules.notice_needed(p.session.kind) {
        let source = norm(rules.notice.article.as_deref());
        let days = BUSINESS_DAY.count(u64::from(term.business_days));
        let rule = cited(source.as_ref());
        let sent = p.session.notice.as_ref();
        // What was done, and beside it what the rules ask for.
        let had = sent.and_then(|n| u64::try_from(n.business_days?).ok()).map(|had| match had {
            0 => "sin días hábiles".to_owned(),
            _ => format!("con {}", BUSINESS_DAY.count(had)),
        });
        let short = sent.and_then(|n| n.short_notice_reason.as_deref());
        out.push(Block::text(match (had, short) {
            (Some(had), Some(reason)) => format!(
                "La convocatoria se hace {had} de antelación; el plazo mínimo es de {days}{rule}. Razón: {}.",
                inside(reason)
            ),
            (Some(had), None) => {
                format!("La convocatoria se hace {had} de antelación; el plazo mínimo es de {days}{rule}.")
            }
            (None, Some(reason)) => format!(
                "La convocatoria se hace con menos de {days} de antelación{rule}. Razón: {}.",
                inside(reason)
            ),
            (None, None) => format!("La convocatoria se hace al menos con {days} de antelación{rule}."),
        }));
    }
}
