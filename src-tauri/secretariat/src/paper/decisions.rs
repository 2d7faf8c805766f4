//! The yearly register of a body's decisions.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Drawn, Head, Signatory, Told, fact, fictitious, minutes_name, minutes_of, secretary};
use crate::body::Body;
use crate::codes::{DecisionKind, DocumentKind};
use crate::course;
use crate::decision::Decision;
use crate::failure::Result;
use crate::ids::{BodyId, SessionId};
use crate::journal::Read;
use crate::live::item_numbers;
use crate::session::plan;
use crate::spanish::{DECISION, capitalized, date, short_date};
use crate::vote::came_to;

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
    let (from, to) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    let decisions: Vec<Decision> = read.select(
        "WHERE body_id = ?1 AND decided_on BETWEEN ?2 AND ?3 ORDER BY decided_on, session_id, number, id",
        (&body.id, from, to),
    )?;
    let mut sessions: BTreeMap<SessionId, Vec<Decision>> = BTreeMap::new();
    let mut order: Vec<SessionId> = Vec::new();
    for decision in decisions {
        if !order.contains(&decision.session_id) {
            order.push(decision.session_id.clone());
        }
        sessions.entry(decision.session_id.clone()).or_default().push(decision);
    }
    let (mut numbered, mut procedural) = (Vec::new(), Vec::new());
    for session in order {
        let facts = course::facts(read, &session)?;
        let folded = course::course(&facts);
        let numbers = item_numbers(&facts.items);
        let minutes = minutes_of(read, &session)?.map_or_else(
            || "Sin acta".to_owned(),
            |minutes| format!("{}, {}", minutes_name(&minutes), minutes.status.label()),
        );
        for decision in sessions.remove(&session).unwrap_or_default() {
            let vote = decision.vote_id.as_ref().and_then(|id| facts.votes.iter().find(|v| v.id == *id));
            let result = vote.and_then(|vote| Some(came_to(vote, folded.vote(&vote.id)?)));
            let item = facts.items.iter().position(|i| i.id == decision.item_id);
            let line = DecisionLine {
                number: decision.number.map_or_else(String::new, |n| n.to_string()),
                session: format!("{}\n{}", short_date(decision.decided_on), plan::name(&facts.session).es),
                text: decision.text.trim().to_owned(),
                result: result.map_or_else(|| "Sin votación".to_owned(), |told| capitalized(&told.es)),
                item: item.and_then(|at| numbers.get(at)).cloned().unwrap_or_default(),
                minutes: minutes.clone(),
            };
            match decision.kind {
                DecisionKind::Substantive => numbered.push((decision.number, line)),
                DecisionKind::Procedural => procedural.push(line),
            }
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
