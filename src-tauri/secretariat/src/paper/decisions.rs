//! The yearly register of a body's decisions.

use serde::Serialize;

use super::{Drawn, Head, Signatory, Told, fact, fictitious, minutes_name, secretary};
use crate::body::Body;
use crate::codes::{DecisionKind, DocumentKind};
use crate::decision::registered;
use crate::failure::Result;
use crate::ids::BodyId;
use crate::journal::Read;
use crate::spanish::{DECISION, capitalized, date, short_date};

/// A decision of the register.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct DecisionLine {
    /// Its number; empty for procedural ones.
    pub number: String,
    /// The day and the session.
    pub session: String,
    /// Its words.
    pub text: String,
    /// What its vote came to.
    pub result: String,
    /// Number of its item.
    pub item: String,
    /// The minutes and how they stand.
    pub minutes: String,
}

/// The register.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Decisions {
    /// How many there are, in a sentence.
    pub summary: String,
    /// Those with a number, in order.
    pub numbered: Vec<DecisionLine>,
    /// Those of procedure, by session.
    pub procedural: Vec<DecisionLine>,
    /// Who signs.
    pub signatory: Signatory,
}

pub(super) fn draw(read: &Read<'_>, id: &BodyId, year: i32) -> Result<Drawn> {
    let body: Body = read.get(id)?;
    let (mut numbered, mut procedural) = (Vec::new(), Vec::new());
    for told in registered(read, &body.id, year)? {
        let decision = told.decision;
        let line = DecisionLine {
            number: decision.number.map_or_else(String::new, |n| n.to_string()),
            session: format!("{}\n{}", short_date(decision.decided_on), told.session.es),
            text: decision.text.trim().to_owned(),
            result: told.result.map_or_else(|| "Sin votación".to_owned(), |result| capitalized(&result.es)),
            item: told.item,
            minutes: told.minutes.map_or_else(
                || "Sin acta".to_owned(),
                |minutes| format!("{}, {}", minutes_name(&minutes), minutes.status.label()),
            ),
        };
        match decision.kind {
            DecisionKind::Substantive => numbered.push((decision.number, line)),
            DecisionKind::Procedural => procedural.push(line),
        }
    }
    numbered.sort_by_key(|(number, _)| *number);
    let numbered: Vec<DecisionLine> = numbered.into_iter().map(|(_, line)| line).collect();
    let today = read.ctx.today();
    let count = (numbered.len() + procedural.len()) as u64;
    let summary = match count {
        0 => format!("No se registraron decisiones en {year}."),
        _ => format!(
            "Se {} {}, {} con número y {} de procedimiento.",
            crate::spanish::agree(count, "registró", "registraron"),
            DECISION.count(count),
            numbered.len(),
            procedural.len()
        ),
    };
    Ok(Drawn {
        kind: DocumentKind::DecisionRegister,
        session_id: None,
        minutes_id: None,
        stem: format!("registro-de-decisiones-{year}"),
        head: Head {
            body: body.name.clone(),
            title: format!("Registro de decisiones de {year}"),
            subtitle: String::new(),
            facts: vec![fact("Corte", capitalized(&date(today)))],
            fictitious: fictitious(read, &body.id)?,
        },
        told: Told::Decisions(Decisions {
            summary,
            numbered,
            procedural,
            signatory: secretary(read, &body, today)?,
        }),
        body,
    })
}
