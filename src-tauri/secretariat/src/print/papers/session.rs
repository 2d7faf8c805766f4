//! Papers of what happened in a session: the extract, the certificate of a decision, the result of a vote, the ledger.

use super::{facts, paragraphs, signatures};
use crate::paper::{AccordTold, DecisionCertificate, Excerpt, QuorumPaper, VoteTold};
use crate::print::document::{Block, Span};
use crate::print::markdown::from_markdown;
use crate::print::minutes::{development, quorum_picture, quorum_table, roll};

pub(super) fn excerpt(excerpt: &Excerpt, out: &mut Vec<Block>) {
    out.push(Block::heading(2, "Desarrollo de la sesión"));
    for item in &excerpt.items {
        let parts = format!("{}.", item.number);
        let in_parts = excerpt.items.iter().any(|i| i.number.starts_with(&parts));
        development(item, in_parts, out);
    }
    out.push(Block::heading(2, "Certificación"));
    paragraphs(&excerpt.certified, out);
    signatures(&[&excerpt.signatory], out);
}

pub(super) fn decision(decision: &DecisionCertificate, out: &mut Vec<Block>) {
    out.push(Block::heading(2, "Certificación"));
    out.push(Block::text(decision.certified.as_str()));
    out.push(Block::Framed(vec![Block::paragraph(vec![
        Span::bold("Decisión. "),
        Span::plain(decision.text.as_str()),
    ])]));
    out.push(Block::text(decision.minutes.as_str()));
    out.push(Block::heading(2, "Cómo se tomó"));
    if let Some(without) = &decision.without_vote {
        out.push(Block::text(without.as_str()));
    }
    if let Some(vote) = &decision.vote {
        // The sentences of the minutes say the numbers too: said twice they push the signature onto another page.
        match vote.paragraphs.is_empty() {
            true => out.push(facts(&vote.counts)),
            false => paragraphs(&vote.paragraphs, out),
        }
    }
    out.push(Block::text(decision.given.as_str()));
    signatures(&[&decision.signatory], out);
}

pub(super) fn accord(accord: &AccordTold, out: &mut Vec<Block>) {
    out.push(Block::centred(vec![Span::italic(format!("«{}»", accord.title))]));
    out.push(Block::text(accord.issued_by.as_str()));
    if !accord.recitals.is_empty() {
        out.push(Block::heading(2, "Considerando"));
        paragraphs(&accord.recitals, out);
    }
    out.push(Block::heading(2, "Acuerda"));
    for (number, article) in (1..).zip(&accord.articles) {
        let mut said = from_markdown(article, 3);
        let head = Span::bold(format!("Artículo {number}.º "));
        match said.first_mut() {
            Some(Block::Paragraph { spans, .. }) => spans.insert(0, head),
            _ => said.insert(0, Block::paragraph(vec![head])),
        }
        out.extend(said);
    }
    out.push(Block::centred(vec![Span::bold("Publíquese, comuníquese y cúmplase")]));
    out.push(Block::text(accord.publication.as_str()));
    out.push(Block::text(accord.given.as_str()));
    signatures(&accord.signatories.iter().collect::<Vec<_>>(), out);
}

pub(super) fn vote(vote: &VoteTold, out: &mut Vec<Block>) {
    out.push(Block::Framed(vec![Block::paragraph(vec![
        Span::bold("Moción. "),
        Span::plain(vote.motion.as_str()),
    ])]));
    out.push(Block::heading(2, "Votación"));
    paragraphs(&vote.paragraphs, out);
    out.push(Block::heading(2, "Resultado"));
    out.push(facts(&vote.counts));
    out.push(Block::heading(2, "Votos por puesto"));
    paragraphs(&vote.roll_notes, out);
    if !vote.roll.is_empty() {
        out.push(roll(&vote.roll));
    }
    out.push(Block::text(vote.given.as_str()));
    signatures(&[&vote.signatory], out);
}

pub(super) fn quorum(paper: &QuorumPaper, out: &mut Vec<Block>) {
    out.push(quorum_picture(&paper.annex, "Presencia durante la sesión"));
    out.push(Block::heading(2, "Movimientos y verificaciones"));
    out.push(quorum_table(&paper.annex));
    out.push(Block::text(paper.given.as_str()));
    signatures(&[&paper.signatory], out);
}
