//! The management report (informe de gestión) of a quarter or a year, in the official order: everything from the record but
//! its analysis.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::plan::{self, PlanRow};
use super::{Drawn, Head, Signatory, Told, chair, fictitious, minutes_name, secretary};
use crate::attendance::statistics::{AttendanceStatistics, AttendanceView, SeatAttendance, attendance};
use crate::body::{Body, BodyFunction, Seat, StoredRuleSet};
use crate::catalog::{Entity, Sector};
use crate::codes::{
    AgendaKind, AgendaOutcome, DocumentKind, FunctionScope, MinutesKind, MinutesStatus, SeatRole,
    SessionKind, SessionStatus,
};
use crate::course::{self, Course, Facts, ItemReach};
use crate::document::Document;
use crate::failure::{Failure, Result};
use crate::ids::{BodyId, EntityId};
use crate::journal::Read;
use crate::live::invitees;
use crate::minutes::Minutes;
use crate::session::{Session, plan as session_plan};
use crate::spanish::{Form, agree, capitalized, cardinal_with_figures, date, list, short_date};
use crate::text;
use crate::work_plan::{self, GetWorkPlan};

/// A row of the attendance table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct AttendanceRow {
    /// Sector; a dash where there is none.
    pub sector: String,
    /// Entity.
    pub entity: String,
    /// Post.
    pub post: String,
    /// P, S, I, IP, O.
    pub role: String,
    /// One for each session.
    pub marks: Vec<String>,
    /// "3 de 4".
    pub total: String,
}

/// A function and when it was addressed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct FunctionRow {
    /// Its mark: "G1".
    pub mark: String,
    /// Its text.
    pub text: String,
    /// The dates; empty when it was not.
    pub dates: String,
    /// Whether it was.
    pub addressed: bool,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Report {
    /// The creating act as printed.
    pub creating_act: String,
    /// Norms.
    pub norms: Vec<String>,
    /// The marks of the sessions, heads of the columns.
    pub session_marks: Vec<String>,
    /// Attendance.
    pub attendance: Vec<AttendanceRow>,
    /// What the marks of the table mean.
    pub key: Vec<String>,
    /// Ordinary sessions held, of those programmed.
    pub ordinary: Vec<String>,
    /// Extraordinary sessions held.
    pub extraordinary: Vec<String>,
    /// What was published: the paper, and what the archive knows of it.
    pub published: Vec<(String, String)>,
    /// General functions.
    pub general: Vec<FunctionRow>,
    /// Specific functions.
    pub specific: Vec<FunctionRow>,
    /// The matters treated, by session.
    pub topics: Vec<(String, Vec<String>)>,
    /// How far the work plan is.
    pub progress: String,
    /// Its activities.
    pub plan: Vec<PlanRow>,
    /// The analysis, Markdown.
    pub analysis: Option<String>,
    /// Who signs.
    pub signatories: Vec<Signatory>,
}

/// What is said of a publication that the archive does not know of.
const UNKNOWN: &str = "Sin registro en el archivo";

fn period(year: i32, quarter: Option<u32>) -> Result<(NaiveDate, NaiveDate, String)> {
    let impossible = || {
        Failure::field(
            "quarter",
            text!(
                "El periodo no es posible: el trimestre va de 1 a 4 y el año, de 1990 a 2200.",
                "The period is not possible: the quarter goes from 1 to 4, and the year from 1990 to 2200."
            ),
        )
    };
    let (first, months, name) = match quarter {
        None => (1, 12, format!("Vigencia {year}")),
        Some(q @ 1..=4) => {
            let name = ["Primer", "Segundo", "Tercer", "Cuarto"][(q - 1) as usize];
            (q * 3 - 2, 3, format!("{name} trimestre de {year}"))
        }
        Some(_) => return Err(impossible()),
    };
    let from = NaiveDate::from_ymd_opt(year, first, 1).filter(|_| (1990..=2200).contains(&year));
    let from = from.ok_or_else(impossible)?;
    let next = from.checked_add_months(chrono::Months::new(months)).ok_or_else(impossible)?;
    Ok((from, next - Days::new(1), name))
}

pub(super) fn draw(
    read: &Read<'_>,
    id: &BodyId,
    year: i32,
    quarter: Option<u32>,
    analysis: Option<&str>,
) -> Result<Drawn> {
    let body: Body = read.get(id)?;
    let (from, to, name) = period(year, quarter)?;
    let sessions: Vec<Session> = read.select(
        "WHERE body_id = ?1 AND date BETWEEN ?2 AND ?3 ORDER BY date, number",
        (&body.id, from.to_string(), to.to_string()),
    )?;
    let asked = AttendanceStatistics { body_id: body.id.clone(), from: Some(from), to: Some(to) };
    let view = attendance(read, asked)?;
    let mut held: Vec<(Facts, Course)> = Vec::new();
    for session in &view.sessions {
        let facts = course::facts(read, &session.id)?;
        let course = course::course(&facts);
        held.push((facts, course));
    }
    let functions = plan::functions(read, &body.id)?;
    let today = read.ctx.today();
    let on = to.min(today);
    let plan_view =
        work_plan::get(read, GetWorkPlan { body_id: body.id.clone(), year: Some(year), on: Some(on) })?;
    let progress = match &plan_view.plan {
        Some(_) => plan::progress(&plan_view, on),
        None => format!("No se registró plan anual de trabajo de {year}."),
    };
    let mut norms: Vec<String> = body.normative_references.iter().map(|n| n.text.clone()).collect();
    let rules = rules_in(read, &body.id, from, to)?;
    norms.extend(rules.iter().map(|citation| format!("{citation}: reglamento interno.")));
    let report = Report {
        creating_act: match body.creating_act.registered {
            true => capitalized(&body.creating_act.text),
            false => "Por registrar".to_owned(),
        },
        norms,
        session_marks: (1..=view.sessions.len()).map(|n| format!("S{n}")).collect(),
        attendance: attendance_rows(read, &body, &view, &held)?,
        key: key(&view),
        ordinary: sessions_told(&sessions, SessionKind::Ordinary),
        extraordinary: sessions_told(&sessions, SessionKind::Extraordinary),
        published: published(read, &body, &rules, from, to)?,
        general: function_rows(&functions, FunctionScope::General, &held, from),
        specific: function_rows(&functions, FunctionScope::Specific, &held, from),
        topics: held.iter().filter_map(topics).collect(),
        progress,
        plan: plan_view.activities.iter().map(|line| plan::row(line, &functions)).collect(),
        analysis: analysis.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
        signatories: vec![chair(read, &body, today)?, secretary(read, &body, today)?],
    };
    let stem = match quarter {
        None => format!("informe-de-gestion-{year}"),
        Some(q) => format!("informe-de-gestion-{year}-trimestre-{q}"),
    };
    Ok(Drawn {
        kind: DocumentKind::ManagementReport,
        session_id: None,
        minutes_id: None,
        stem,
        head: Head {
            body: body.name.clone(),
            title: "Informe de gestión".to_owned(),
            subtitle: format!("{name}, {}", crate::spanish::date_span(from, to)),
            facts: Vec::new(),
            fictitious: fictitious(read, &body.id)?,
        },
        told: Told::Report(report),
        body,
    })
}

/// The registered rules that were in force in a period, as cited.
fn rules_in(read: &Read<'_>, body: &BodyId, from: NaiveDate, to: NaiveDate) -> Result<Vec<String>> {
    let stored: Vec<StoredRuleSet> = read.select(
        "WHERE body_id = ?1 AND effective_from <= ?3 AND (effective_to IS NULL OR effective_to >= ?2) ORDER BY effective_from",
        (body, from.to_string(), to.to_string()),
    )?;
    let mut cited: Vec<String> = Vec::new();
    for rules in stored {
        let act = &rules.rules.adopted_by;
        if let Some(citation) = act.citation().filter(|citation| !cited.contains(citation)) {
            cited.push(citation);
        }
    }
    Ok(cited)
}

/// "Gestión Pública": a sector in a column of sectors.
fn sector_name(sector: &Sector) -> String {
    sector.name.trim_start_matches("Sector ").to_owned()
}

fn attendance_rows(
    read: &Read<'_>,
    body: &Body,
    view: &AttendanceView,
    held: &[(Facts, Course)],
) -> Result<Vec<AttendanceRow>> {
    let mut rows = Vec::new();
    for line in &view.seats {
        let seat: Option<Seat> = read.find(&line.seat_id)?;
        let sector: Option<Sector> = match seat.as_ref().and_then(|seat| seat.sector_id.as_ref()) {
            Some(id) => read.find(id)?,
            None => None,
        };
        let component = seat.as_ref().and_then(|seat| {
            let id = seat.component_id.as_ref()?;
            Some(body.components.iter().find(|c| c.id == *id)?.name.clone())
        });
        let marks = view.sessions.iter().map(|session| {
            let found = line.sessions.iter().find(|mark| mark.session_id == session.id);
            match found.map(|mark| mark.attendance) {
                Some(SeatAttendance::Holder) => "T",
                Some(SeatAttendance::Acting) => "E",
                Some(SeatAttendance::Represented) => "D",
                Some(SeatAttendance::Excused) => "X",
                Some(SeatAttendance::Absent) => "A",
                Some(SeatAttendance::Vacant) => "V",
                None => "—",
            }
            .to_owned()
        });
        rows.push(AttendanceRow {
            sector: sector.as_ref().map(sector_name).or(component).unwrap_or_else(|| "—".to_owned()),
            entity: line.entity.clone().unwrap_or_else(|| "—".to_owned()),
            post: line.title.clone(),
            role: match seat.map(|seat| seat.role) {
                Some(SeatRole::Chair) => "P",
                _ => "I",
            }
            .to_owned(),
            marks: marks.collect(),
            total: format!("{} de {}", line.holder + line.acting + line.represented, line.due),
        });
    }
    // Who has no seat: by what they are, and in which of the sessions they came.
    let mut others: Vec<(AttendanceRow, Vec<Option<bool>>)> = Vec::new();
    // An entity of the city by its short name and sector; any other by the name it goes by.
    let blank =
        |role: &str, id: Option<&EntityId>, name: Option<String>, post: String| -> Result<AttendanceRow> {
            let entity: Option<Entity> = id.map_or(Ok(None), |id| read.find(id))?;
            let sector: Option<Sector> = match entity.as_ref().and_then(|entity| entity.sector_id.as_ref()) {
                Some(id) => read.find(id)?,
                None => None,
            };
            Ok(AttendanceRow {
                sector: sector.map_or_else(|| "—".to_owned(), |sector| sector_name(&sector)),
                entity: entity.map(|e| e.short().to_owned()).or(name).unwrap_or_else(|| "—".to_owned()),
                post,
                role: role.to_owned(),
                marks: Vec::new(),
                total: String::new(),
            })
        };
    let mut mark = |row: AttendanceRow, at: usize, came: bool| {
        let same = |known: &AttendanceRow| {
            (&known.role, &known.entity, &known.post) == (&row.role, &row.entity, &row.post)
        };
        let found = match others.iter().position(|(known, _)| same(known)) {
            Some(found) => found,
            None => {
                others.push((row, vec![None; held.len()]));
                others.len() - 1
            }
        };
        others[found].1[at] = Some(came || others[found].1[at] == Some(true));
    };
    for (at, (facts, course)) in held.iter().enumerate() {
        let secretaries = course.secretaries.iter().map(|turn| &turn.person_id);
        let mut acted: Vec<_> = secretaries.collect();
        if acted.is_empty() {
            acted.extend(facts.session.secretary_person_id.as_ref());
        }
        for person in acted {
            let post = facts.frame.person(person).and_then(|p| p.position.clone()).unwrap_or_default();
            let office = facts.frame.secretariat_name.clone();
            let entity = body.technical_secretariat.as_ref().and_then(|s| s.entity_id.as_ref());
            mark(blank("S", entity, office, post)?, at, true);
        }
        for (invitee, line) in facts.frame.invitees.iter().zip(invitees(facts)) {
            if let Some(came) = line.attended {
                let post = "Invitado permanente".to_owned();
                mark(blank("IP", invitee.entity_id.as_ref(), Some(line.name), post)?, at, came);
            }
        }
        let sent =
            |person: &crate::session::FramePerson| facts.frame.invitees.iter().any(|i| i.sends(person));
        for guest in facts.guests.iter().filter(|guest| guest.came()) {
            let Some(person) = facts.frame.person(&guest.person_id).filter(|person| !sent(person)) else {
                continue;
            };
            let post = person.position.clone().unwrap_or_else(|| "—".to_owned());
            mark(blank("O", person.entity_id.as_ref(), person.entity.clone(), post)?, at, true);
        }
    }
    others.sort_by_key(|(row, _)| ["S", "IP", "O"].iter().position(|role| *role == row.role));
    rows.extend(others.into_iter().map(|(row, came)| {
        let attended = came.iter().filter(|mark| **mark == Some(true)).count();
        let said = came.iter().map(|mark| match mark {
            Some(true) => "Sí",
            Some(false) => "No",
            None => "—",
        });
        let marks = said.map(str::to_owned).collect();
        AttendanceRow { marks, total: attended.to_string(), ..row }
    }));
    Ok(rows)
}

/// What the columns and the marks of the attendance table mean.
fn key(view: &AttendanceView) -> Vec<String> {
    let mut lines: Vec<String> = view
        .sessions
        .iter()
        .enumerate()
        .map(|(n, session)| {
            let state = match session.status {
                SessionStatus::Adjourned => String::new(),
                other => format!(", {}", other.label()),
            };
            format!("S{}: {}, {}{state}.", n + 1, session.name.es, date(session.date))
        })
        .collect();
    lines.push(
        "Rol: P, presidencia; S, secretaría técnica; I, integrante; IP, invitado permanente; O, otro."
            .to_owned(),
    );
    lines.push(
        "Puestos: T, asistió su titular; E, por encargo; D, por delegación; X, excusa por escrito; A, no asistió; V, vacante. \
         Total: sesiones a las que asistió, de aquellas en que alguien ocupaba el puesto."
            .to_owned(),
    );
    lines.push("Sí, asistió; No, no asistió; raya, sin registro.".to_owned());
    lines
}

/// The sessions of a kind: how many were held of those programmed, and what became of the others.
fn sessions_told(sessions: &[Session], kind: SessionKind) -> Vec<String> {
    let of_kind: Vec<&Session> = sessions.iter().filter(|s| s.kind == kind).collect();
    let all = of_kind.len() as u64;
    let names = match kind {
        SessionKind::Ordinary => ("ordinaria", "ordinarias"),
        SessionKind::Extraordinary => ("extraordinaria", "extraordinarias"),
    };
    if all == 0 {
        let done = if kind == SessionKind::Ordinary { "programaron" } else { "realizaron" };
        return vec![format!("No se {done} sesiones {} en el periodo.", names.1)];
    }
    let held: Vec<&&Session> = of_kind.iter().filter(|s| s.status == SessionStatus::Adjourned).collect();
    let count = held.len() as u64;
    let said = |n: u64| cardinal_with_figures(n, Form::Feminine);
    let mut lines = vec![format!(
        "Se {} {} de {} {} {} {}.",
        agree(count, "realizó", "realizaron"),
        said(count),
        said(all),
        agree(all, "sesión", "sesiones"),
        agree(all, names.0, names.1),
        agree(all, "programada", "programadas"),
    )];
    let named = |s: &Session| format!("{}, {}", session_plan::name(s).es, date(s.date));
    for session in &of_kind {
        lines.push(match session.status {
            SessionStatus::Adjourned => format!("{}: realizada.", named(session)),
            other => format!("{}: {}.", named(session), other.label()),
        });
    }
    lines
}

/// What the archive knows of publications; of the rest it says that it does not.
fn published(
    read: &Read<'_>,
    body: &Body,
    rules: &[String],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(String, String)>> {
    let act = match body.creating_act.registered {
        true => format!("Acto de creación: {}", body.creating_act.text),
        false => "Acto de creación".to_owned(),
    };
    let mut rows = vec![(act, UNKNOWN.to_owned())];
    match rules {
        [] => rows.push(("Reglamento interno".to_owned(), UNKNOWN.to_owned())),
        cited => rows.extend(
            cited.iter().map(|citation| (format!("Reglamento interno: {citation}"), UNKNOWN.to_owned())),
        ),
    }
    let minutes: Vec<Minutes> = read.select(
        "WHERE body_id = ?1 AND session_date BETWEEN ?2 AND ?3 ORDER BY year, number",
        (&body.id, from.to_string(), to.to_string()),
    )?;
    if minutes.is_empty() {
        rows.push(("Actas y anexos".to_owned(), "No hay actas de sesiones del periodo".to_owned()));
    }
    for minutes in minutes {
        let kind = if minutes.kind == MinutesKind::Correcting { ", aclaratoria" } else { "" };
        let told = match (minutes.published_on, minutes.status) {
            (Some(day), _) => format!("Publicada el {}", date(day)),
            (None, MinutesStatus::Published) => "Publicada, sin fecha registrada".to_owned(),
            (None, status) => format!("{}; sin registro de publicación", capitalized(status.label())),
        };
        rows.push((format!("{}{kind}", minutes_name(&minutes)), told));
    }
    let reports: Vec<Document> = read.select(
        "WHERE body_id = ?1 AND kind = ?2 ORDER BY issued_at",
        (&body.id, DocumentKind::ManagementReport),
    )?;
    let issued: Vec<String> = reports
        .iter()
        .map(|report| crate::local(report.issued_at).date())
        .filter(|day| (from..=to).contains(day))
        .map(date)
        .collect();
    let told = match issued.as_slice() {
        [] => UNKNOWN.to_owned(),
        days => format!("Emitidos el {}; sin registro de publicación", list(days)),
    };
    rows.push(("Informes de gestión".to_owned(), told));
    Ok(rows)
}

/// Whether an item was treated to an end, not only listed.
fn treated(item: &crate::agenda::AgendaItem, course: &Course) -> bool {
    let put_off = matches!(
        item.outcome,
        Some(
            AgendaOutcome::NotTreated
                | AgendaOutcome::Pending
                | AgendaOutcome::NoQuorum
                | AgendaOutcome::Postponed
        )
    );
    !put_off && (course.reach(&item.id) != ItemReach::Unreached || item.outcome.is_some())
}

fn took_place(facts: &Facts) -> bool {
    matches!(facts.session.status, SessionStatus::Adjourned | SessionStatus::Informative)
}

fn function_rows(
    functions: &BTreeMap<String, BodyFunction>,
    scope: FunctionScope,
    held: &[(Facts, Course)],
    from: NaiveDate,
) -> Vec<FunctionRow> {
    let mut of_scope: Vec<&BodyFunction> = functions
        .values()
        .filter(|f| f.scope == scope && f.retired_on.is_none_or(|retired| retired > from))
        .collect();
    of_scope.sort_by_key(|function| (function.position, &function.code));
    let rows = of_scope.into_iter().map(|function| {
        let addresses = |(facts, course): &&(Facts, Course)| {
            took_place(facts)
                && facts
                    .items
                    .iter()
                    .any(|item| item.function_codes.contains(&function.code) && treated(item, course))
        };
        let dates: Vec<String> =
            held.iter().filter(addresses).map(|(facts, _)| short_date(facts.session.date)).collect();
        FunctionRow {
            mark: plan::function_mark(function),
            text: function.text.clone(),
            addressed: !dates.is_empty(),
            dates: dates.join("\n"),
        }
    });
    rows.collect()
}

/// The matters that a session treated, without those of its own conduct.
fn topics((facts, course): &(Facts, Course)) -> Option<(String, Vec<String>)> {
    if !took_place(facts) {
        return None;
    }
    let of_conduct = |kind| matches!(kind, AgendaKind::Opening | AgendaKind::Procedure);
    let items: Vec<String> = facts
        .items
        .iter()
        .filter(|item| !of_conduct(item.kind) && treated(item, course))
        .map(|item| match item.outcome {
            Some(outcome) => format!("{} ({})", item.title, outcome.label()),
            None => item.title.clone(),
        })
        .collect();
    let session = &facts.session;
    Some((format!("{}, {}", session_plan::name(session).es, date(session.date)), items))
}
