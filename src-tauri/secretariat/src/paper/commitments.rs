//! The commitments of a body by state: who answers for each, until when, with which evidence.

use serde::Serialize;

use super::{Drawn, Head, Signatory, Told, fact, fictitious, secretary};
use crate::body::Body;
use crate::catalog::Entity;
use crate::codes::{CommitmentStatus, DocumentKind};
use crate::commitment::{CommitmentFilter, CommitmentLine, ListCommitments, list};
use crate::failure::Result;
use crate::ids::BodyId;
use crate::journal::Read;
use crate::session::{Session, plan};
use crate::spanish::{COMMITMENT, agree, capitalized, date, figures, short_date};

/// A commitment in its table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CommitmentRow {
    /// What was promised.
    pub text: String,
    /// The session it was made in.
    pub session: String,
    /// Who answers for it.
    pub responsible: String,
    /// By when, and when it was closed.
    pub due: String,
    /// Evidence and notes.
    pub evidence: String,
}

/// The commitments in one state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct CommitmentGroup {
    /// "Vencidos".
    pub name: String,
    /// They.
    pub rows: Vec<CommitmentRow>,
}

/// The register.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Commitments {
    /// How they stand, in a sentence.
    pub summary: String,
    /// By state; states without any are left out.
    pub groups: Vec<CommitmentGroup>,
    /// Who signs.
    pub signatory: Signatory,
}

/// Most lines of the register.
const MOST: i64 = 5_000;

pub(super) fn draw(read: &Read<'_>, id: &BodyId, asked: ListCommitments) -> Result<Drawn> {
    let body: Body = read.get(id)?;
    let ListCommitments { state, session_id, entity_id, text, due_from, due_to, .. } = asked.clone();
    let found = list(read, ListCommitments { limit: Some(MOST), ..asked })?;
    let (mut groups, mut counted) = (Vec::new(), Vec::new());
    for (status, one, many) in [
        (CommitmentStatus::Overdue, "vencido", "vencidos"),
        (CommitmentStatus::InProgress, "en curso", "en curso"),
        (CommitmentStatus::Fulfilled, "cumplido", "cumplidos"),
        (CommitmentStatus::FulfilledLate, "cumplido fuera de plazo", "cumplidos fuera de plazo"),
        (CommitmentStatus::Cancelled, "retirado", "retirados"),
    ] {
        let rows: Vec<CommitmentRow> =
            found.commitments.iter().filter(|line| line.status == status).map(row).collect();
        if !rows.is_empty() {
            let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            counted.push(format!("{} {}", figures(count), agree(count, one, many)));
            groups.push(CommitmentGroup { name: capitalized(many), rows });
        }
    }
    let shown = u64::try_from(found.total).unwrap_or(0);
    let summary = match shown {
        0 => "No se registraron compromisos.".to_owned(),
        _ => format!("{}: {}.", COMMITMENT.count_in_figures(shown), crate::spanish::list(&counted)),
    };
    let mut facts = vec![fact("Corte", date(found.on))];
    if let Some(session) = &session_id {
        facts.push(fact("Sesión", plan::name(&read.get::<Session>(session)?).es));
    }
    let only = match state {
        None => None,
        Some(CommitmentFilter::Open) => Some("Abiertos"),
        Some(CommitmentFilter::Overdue) => Some("Vencidos"),
        Some(CommitmentFilter::DueSoon) => Some("Próximos a vencer"),
        Some(CommitmentFilter::Closed) => Some("Cumplidos"),
        Some(CommitmentFilter::Cancelled) => Some("Retirados"),
    };
    let mut included: Vec<String> = only.map(str::to_owned).into_iter().collect();
    if let Some(entity) = &entity_id {
        included.push(format!("De {}", read.get::<Entity>(entity)?.name));
    }
    if let Some(words) = text.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        included.push(format!("Con las palabras «{words}»"));
    }
    match (due_from, due_to) {
        (Some(from), Some(to)) if from == to => included.push(format!("Con fecha límite el {}", date(from))),
        (Some(from), Some(to)) => {
            included.push(format!("Con fecha límite del {} al {}", date(from), date(to)));
        }
        (Some(from), None) => included.push(format!("Con fecha límite desde el {}", date(from))),
        (None, Some(to)) => included.push(format!("Con fecha límite hasta el {}", date(to))),
        (None, None) => {}
    }
    if !included.is_empty() {
        facts.push(fact("Se incluyen", included.join("\n")));
    }
    Ok(Drawn {
        kind: DocumentKind::CommitmentRegister,
        session_id,
        minutes_id: None,
        stem: format!("compromisos-{}", found.on),
        head: Head {
            body: body.name.clone(),
            title: "Registro de compromisos".to_owned(),
            subtitle: String::new(),
            facts,
            fictitious: fictitious(read, &body.id)?,
        },
        told: Told::Commitments(Commitments {
            summary,
            groups,
            signatory: secretary(read, &body, found.on)?,
        }),
        body,
    })
}

fn row(line: &CommitmentLine) -> CommitmentRow {
    let c = &line.commitment;
    let responsible: Vec<&str> =
        [&line.person, &line.entity].into_iter().flatten().map(String::as_str).collect();
    let responsible = match responsible.as_slice() {
        [] => "Sin responsable".to_owned(),
        who => who.join(", "),
    };
    let mut due = c.due_on.map_or_else(|| "Sin fecha".to_owned(), short_date);
    if let Some(closed) = c.closed_on {
        due = format!("{due}\nCerrado: {}", short_date(closed));
    }
    let file = c.file.as_ref().map(|file| format!("Archivo: {file}"));
    let told: Vec<String> = [c.evidence.clone(), file, c.note.clone()]
        .into_iter()
        .flatten()
        .filter(|t| !t.trim().is_empty())
        .collect();
    let number = line.session_number.map_or_else(
        || "Sesión informativa".to_owned(),
        // The number and the year of a session are one name: no line ends inside it.
        |number| format!("Sesión\u{a0}{number} de\u{a0}{}", line.session_year),
    );
    CommitmentRow {
        text: c.text.clone(),
        session: format!("{number}\n{}", short_date(line.session_date)),
        responsible,
        due,
        evidence: if told.is_empty() { "—".to_owned() } else { told.join("\n") },
    }
}
