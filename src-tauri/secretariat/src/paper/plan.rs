//! The annual work plan: activity, function, product, responsible, date, status, evidence.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Drawn, Head, Signatory, Told, fact, fictitious, secretary};
use crate::body::{Body, BodyFunction};
use crate::codes::{DocumentKind, FunctionScope};
use crate::failure::Result;
use crate::ids::{BodyId, WorkPlanId};
use crate::journal::Read;
use crate::session::{Session, plan};
use crate::spanish::{capitalized, date, short_date};
use crate::work_plan::{self, ActivityLine, GetWorkPlan, WorkPlan, WorkPlanView};

/// An activity in its table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct PlanRow {
    /// What is to be done.
    pub activity: String,
    /// The functions it serves: "G1, E3".
    pub functions: String,
    /// What it yields.
    pub product: String,
    /// Who answers for it.
    pub responsible: String,
    /// When it is due.
    pub due: String,
    /// Where it stands.
    pub status: String,
    /// Evidence and remarks.
    pub evidence: String,
}

/// A work plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Plan {
    /// How far it is, in a sentence.
    pub progress: String,
    /// The activities in order.
    pub rows: Vec<PlanRow>,
    /// The functions that the table names: "G1. Articular…".
    pub key: Vec<String>,
    /// Functions that no activity serves.
    pub unserved: Vec<String>,
    /// Who signs.
    pub signatory: Signatory,
}

/// The short name of a function on paper: its scope's letter and its number.
pub(super) fn function_mark(function: &BodyFunction) -> String {
    let letter = match function.scope {
        FunctionScope::General => "G",
        FunctionScope::Specific => "E",
        FunctionScope::Secretariat => "S",
    };
    format!("{letter}{}", function.position)
}

/// The functions of a body by code.
pub(super) fn functions(read: &Read<'_>, body: &BodyId) -> Result<BTreeMap<String, BodyFunction>> {
    let all: Vec<BodyFunction> = read.select("WHERE body_id = ?1 ORDER BY scope, position", [body])?;
    Ok(all.into_iter().map(|function| (function.code.clone(), function)).collect())
}

/// An activity as its table says it.
pub(super) fn row(line: &ActivityLine, functions: &BTreeMap<String, BodyFunction>) -> PlanRow {
    let a = &line.activity;
    let marks: Vec<String> = a
        .function_codes
        .iter()
        .map(|code| functions.get(code).map_or_else(|| code.clone(), function_mark))
        .collect();
    let responsible: Vec<&str> =
        [&line.person, &line.entity].into_iter().flatten().map(String::as_str).collect();
    let status = match (line.overdue, a.done_on) {
        (true, _) => "Vencida".to_owned(),
        (false, Some(done)) => format!("{}\n{}", capitalized(line.status.label()), short_date(done)),
        (false, None) => capitalized(line.status.label()),
    };
    let file = a.file.as_ref().map(|file| format!("Archivo: {file}"));
    let told: Vec<String> = [a.evidence.clone(), file, a.note.clone()]
        .into_iter()
        .flatten()
        .filter(|t| !t.trim().is_empty())
        .collect();
    let or_dash = |text: String| if text.trim().is_empty() { "—".to_owned() } else { text };
    PlanRow {
        activity: a.activity.clone(),
        functions: or_dash(marks.join(", ")),
        product: or_dash(a.product.clone().unwrap_or_default()),
        responsible: or_dash(responsible.join(", ")),
        due: a.due_on.map_or_else(|| "Sin fecha".to_owned(), short_date),
        status,
        evidence: or_dash(told.join("\n")),
    }
}

/// How far a plan is, in a sentence.
pub(super) fn progress(view: &WorkPlanView, on: NaiveDate) -> String {
    let p = view.progress;
    if p.total == 0 {
        return "El plan no tiene actividades registradas.".to_owned();
    }
    let mut parts = Vec::new();
    for (count, one, many) in [
        (p.fulfilled, "cumplida en plazo", "cumplidas en plazo"),
        (p.fulfilled_late, "cumplida fuera de plazo", "cumplidas fuera de plazo"),
        (p.in_progress, "en curso", "en curso"),
        (p.overdue, "vencida", "vencidas"),
        (p.not_fulfilled, "no cumplida", "no cumplidas"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    let activities = if p.total == 1 { "actividad" } else { "actividades" };
    format!(
        "Al {}, de {} {activities}: {}. Cumplimiento: {} %.",
        date(on),
        p.total,
        crate::spanish::list(&parts),
        p.percent
    )
}

pub(super) fn draw(read: &Read<'_>, id: &WorkPlanId) -> Result<Drawn> {
    let stored: WorkPlan = read.get(id)?;
    let body: Body = read.get(&stored.body_id)?;
    let today = read.ctx.today();
    let asked = GetWorkPlan { body_id: body.id.clone(), year: Some(stored.year), on: Some(today) };
    let view = work_plan::get(read, asked)?;
    let functions = functions(read, &body.id)?;
    let named: BTreeSet<&String> = view.activities.iter().flat_map(|l| &l.activity.function_codes).collect();
    let told = |function: &BodyFunction| format!("{}. {}", function_mark(function), function.text);
    let mut key: Vec<&BodyFunction> = named.into_iter().filter_map(|code| functions.get(code)).collect();
    key.sort_by_key(|function| (function.scope, function.position));
    let mut facts = vec![fact("Vigencia", stored.year.to_string())];
    let approved = match &stored.approved_in_session_id {
        Some(session) => {
            let session: Session = read.get(session)?;
            let by = view.approved_by.as_ref().map_or_else(String::new, |by| format!(", {by}"));
            format!("{}, del {}{by}", plan::name(&session).es, date(session.date))
        }
        None => "Sin registro de aprobación".to_owned(),
    };
    facts.push(fact("Aprobación", approved));
    facts.push(fact("Corte", date(today)));
    let told_plan = Plan {
        progress: progress(&view, today),
        rows: view.activities.iter().map(|line| row(line, &functions)).collect(),
        key: key.into_iter().map(told).collect(),
        unserved: view
            .functions_without_activity
            .iter()
            .filter_map(|code| functions.get(code))
            .map(told)
            .collect(),
        signatory: secretary(read, &body, today)?,
    };
    Ok(Drawn {
        kind: DocumentKind::WorkPlan,
        session_id: None,
        minutes_id: None,
        stem: format!("plan-de-trabajo-{}", stored.year),
        head: Head {
            body: body.name.clone(),
            title: format!("Plan anual de trabajo {}", stored.year),
            subtitle: String::new(),
            facts,
            fictitious: fictitious(read, &body.id)?,
        },
        told: Told::Plan(told_plan),
        body,
    })
}
