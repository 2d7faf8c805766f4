//! The annual work plan and its activities.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::{Body, BodyFunction};
use crate::catalog::Entity;
use crate::codes::ActivityStatus;
use crate::decision::Decision;
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::history::{self, HistoryStep, Step};
use crate::ids::{ActivityId, BodyId, DecisionId, EntityId, PersonId, SessionId, VoteId, WorkPlanId};
use crate::journal::{Read, Tx};
use crate::person::Person;
use crate::session::Session;
use crate::vote::Vote;
use crate::{record, text, typed};

/// A body's work plan for a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WorkPlan {
    /// Its id.
    pub id: WorkPlanId,
    /// The body.
    pub body_id: BodyId,
    /// The year.
    pub year: i32,
    /// The session that approved it.
    pub approved_in_session_id: Option<SessionId>,
    /// The vote that approved it.
    pub vote_id: Option<VoteId>,
    /// The decision that approved it.
    pub decision_id: Option<DecisionId>,
    /// Remark.
    pub note: Option<String>,
}
record!(WorkPlan, "work_plan");

/// An activity of a work plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// The plan.
    pub work_plan_id: WorkPlanId,
    /// Order, from 1.
    pub position: i64,
    /// What is to be done.
    pub activity: String,
    /// Codes of the functions it serves.
    pub function_codes: Vec<String>,
    /// What it yields.
    pub product: Option<String>,
    /// Which entity answers for it.
    pub responsible_entity_id: Option<EntityId>,
    /// Who answers for it.
    pub responsible_person_id: Option<PersonId>,
    /// When it is due.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Where it stands.
    pub status: Option<ActivityStatus>,
    /// Evidence.
    pub evidence: Option<String>,
    /// The evidence's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// Remark.
    pub note: Option<String>,
}
record!(Activity, "activity");

impl Activity {
    /// Where it stands on a day: done in time or late, not fulfilled as declared, else in progress.
    #[must_use]
    pub fn status_on(&self, day: NaiveDate) -> ActivityStatus {
        match (self.done_on.filter(|done| *done <= day), self.due_on) {
            (Some(done), Some(due)) if done > due => ActivityStatus::FulfilledLate,
            (Some(_), _) => ActivityStatus::Fulfilled,
            (None, _) if self.done_on.is_none() && self.status == Some(ActivityStatus::NotFulfilled) => {
                ActivityStatus::NotFulfilled
            }
            (None, _) => ActivityStatus::InProgress,
        }
    }
}

/// A year's plan to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateWorkPlan {
    /// The id of the new plan.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<WorkPlanId>,
    /// The body.
    pub body_id: BodyId,
    /// The year.
    pub year: i32,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Makes a body's work plan for a year.
///
/// # Errors
/// `already_exists` when the year has one; `invalid_input` for an impossible year; `not_found` for an unknown body.
pub fn create(tx: &mut Tx<'_>, request: CreateWorkPlan) -> Result<WorkPlan> {
    tx.get::<Body>(&request.body_id)?;
    let year = request.year;
    if !(1990..=2200).contains(&year) {
        return Err(Failure::field(
            "year",
            text!(
                "El año {year} no es posible. Escriba el de la vigencia.",
                "Year {year} is not possible. Type that of the plan."
            ),
        ));
    }
    let existing: Vec<WorkPlan> = tx.select("WHERE body_id = ?1 AND year = ?2", (&request.body_id, year))?;
    if let Some(existing) = existing.first() {
        return Err(Failure::new(
            Code::AlreadyExists,
            text!(
                "Ya hay plan de trabajo de {year}. Ábralo y agregue actividades.",
                "There is a work plan for {year} already. Open it and add activities."
            ),
        )
        .with(serde_json::json!({ "work_plan_id": existing.id })));
    }
    let plan = WorkPlan {
        id: match request.id {
            Some(id) => id,
            None => WorkPlanId::new(tx.ctx.new_id())?,
        },
        body_id: request.body_id,
        year,
        approved_in_session_id: None,
        vote_id: None,
        decision_id: None,
        note: typed::optional_prose("note", request.note.as_deref())?,
    };
    tx.insert(&plan)?;
    Ok(plan)
}

/// How a plan was approved, and its remark. What is not said is left empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditWorkPlan {
    /// The plan.
    pub id: WorkPlanId,
    /// The session that approved it.
    #[serde(default)]
    #[ts(optional)]
    pub approved_in_session_id: Option<SessionId>,
    /// The vote that approved it.
    #[serde(default)]
    #[ts(optional)]
    pub vote_id: Option<VoteId>,
    /// The decision that approved it.
    #[serde(default)]
    #[ts(optional)]
    pub decision_id: Option<DecisionId>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Records how a plan was approved.
///
/// # Errors
/// `invalid_input` when the session is another body's or the vote or decision is another session's; `not_found`.
pub fn edit(tx: &mut Tx<'_>, request: EditWorkPlan) -> Result<WorkPlan> {
    let old: WorkPlan = tx.get(&request.id)?;
    let mut sessions = Vec::new();
    if let Some(session) = &request.approved_in_session_id {
        let session: Session = tx.get(session)?;
        if session.body_id != old.body_id {
            return Err(elsewhere("approved_in_session_id"));
        }
        sessions.push(session.id);
    }
    if let Some(vote) = &request.vote_id {
        sessions.push(tx.get::<Vote>(vote)?.session_id);
    }
    if let Some(decision) = &request.decision_id {
        sessions.push(tx.get::<Decision>(decision)?.session_id);
    }
    if sessions.windows(2).any(|pair| pair[0] != pair[1])
        || (request.approved_in_session_id.is_none() && !sessions.is_empty())
    {
        return Err(elsewhere("vote_id"));
    }
    let plan = WorkPlan {
        approved_in_session_id: request.approved_in_session_id,
        vote_id: request.vote_id,
        decision_id: request.decision_id,
        note: typed::optional_prose("note", request.note.as_deref())?,
        ..old
    };
    tx.put(&plan)?;
    Ok(plan)
}

fn elsewhere(field: &str) -> Failure {
    Failure::field(
        field,
        text!(
            "La sesión, la votación y la decisión que aprueban el plan deben ser de la misma sesión de esta instancia. Corríjalas.",
            "The session, vote and decision that approve the plan must be of one session of this body. Correct them."
        ),
    )
}

/// An activity to add or edit. What is not said is left empty, also when editing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutActivity {
    /// The activity to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<ActivityId>,
    /// The plan.
    pub work_plan_id: WorkPlanId,
    /// What is to be done.
    pub activity: String,
    /// Codes of the functions it serves.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub function_codes: Vec<String>,
    /// What it yields.
    #[serde(default)]
    #[ts(optional)]
    pub product: Option<String>,
    /// Which entity answers for it.
    #[serde(default)]
    #[ts(optional)]
    pub responsible_entity_id: Option<EntityId>,
    /// Who answers for it.
    #[serde(default)]
    #[ts(optional)]
    pub responsible_person_id: Option<PersonId>,
    /// When it is due, within the plan's year.
    #[serde(default)]
    #[ts(optional)]
    pub due_on: Option<NaiveDate>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Adds an activity to a plan, at its end, or edits one. Progress is reported apart.
///
/// # Errors
/// `invalid_input` when it says nothing, is due outside the plan's year or names a function the body does not have;
/// `not_found` for unknown ids.
pub fn put_activity(tx: &mut Tx<'_>, request: PutActivity) -> Result<Activity> {
    let plan: WorkPlan = tx.get(&request.work_plan_id)?;
    let old = match &request.id {
        Some(id) => tx.find::<Activity>(id)?,
        None => None,
    };
    if old.as_ref().is_some_and(|o| o.work_plan_id != plan.id) {
        return Err(Failure::field(
            "work_plan_id",
            text!(
                "Una actividad no pasa a otro plan. Cree una nueva en ese plan.",
                "An activity does not move to another plan. Make a new one in that plan."
            ),
        ));
    }
    let year = plan.year;
    if let Some(due) = request.due_on.filter(|due| due.year() != year) {
        return Err(Failure::field(
            "due_on",
            text!(
                dates due;
                "La fecha {due} no es de {year}, el año del plan. Corríjala.",
                "{due} is not in {year}, the plan's year. Correct it."
            ),
        ));
    }
    let functions: Vec<BodyFunction> = tx.select("WHERE body_id = ?1", [&plan.body_id])?;
    let known: BTreeSet<&str> = functions.iter().map(|f| f.code.as_str()).collect();
    if let Some(code) = request.function_codes.iter().find(|code| !known.contains(code.as_str())) {
        return Err(Failure::field(
            "function_codes",
            text!(
                "La instancia no tiene una función «{code}». Elija una de la lista.",
                "The body has no function “{code}”. Choose one of the list."
            ),
        ));
    }
    if let Some(entity) = &request.responsible_entity_id {
        tx.get::<Entity>(entity)?;
    }
    if let Some(person) = &request.responsible_person_id {
        tx.get::<Person>(person)?;
    }
    let last: i64 = tx
        .conn
        .prepare_cached("SELECT coalesce(max(position), 0) FROM activity WHERE work_plan_id = ?1")?
        .query_row([&plan.id], |r| r.get(0))?;
    let activity = Activity {
        id: match request.id {
            Some(id) => id,
            None => ActivityId::new(tx.ctx.new_id())?,
        },
        work_plan_id: plan.id,
        position: old.as_ref().map_or(last + 1, |o| o.position),
        activity: typed::prose("activity", &text!("la actividad", "The activity"), &request.activity)?,
        function_codes: request.function_codes,
        product: typed::optional_prose("product", request.product.as_deref())?,
        responsible_entity_id: request.responsible_entity_id,
        responsible_person_id: request.responsible_person_id,
        due_on: request.due_on,
        note: typed::optional_prose("note", request.note.as_deref())?,
        done_on: old.as_ref().and_then(|o| o.done_on),
        status: old.as_ref().map_or(Some(ActivityStatus::InProgress), |o| o.status),
        evidence: old.as_ref().and_then(|o| o.evidence.clone()),
        blob_id: old.as_ref().and_then(|o| o.blob_id.clone()),
        file: old.and_then(|o| o.file),
    };
    tx.put(&activity)?;
    Ok(activity)
}

/// How far an activity is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportActivity {
    /// The activity.
    pub id: ActivityId,
    /// The day it was done; `null` while it is not.
    #[serde(default)]
    #[ts(optional)]
    pub done_on: Option<NaiveDate>,
    /// Declares that it will not be done; the evidence says why.
    #[serde(default)]
    #[ts(optional)]
    pub not_fulfilled: Option<bool>,
    /// Evidence, progress so far, or why it was not done.
    #[serde(default)]
    #[ts(optional)]
    pub evidence: Option<String>,
    /// The evidence's file.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
}

/// Reports an activity's progress: under way, done with its evidence, or not fulfilled and why.
///
/// # Errors
/// `invalid_input` when it is done or declared not fulfilled without evidence, both at once, or done on a day to come.
#[allow(clippy::needless_pass_by_value)]
pub fn report_activity(tx: &mut Tx<'_>, request: ReportActivity) -> Result<Activity> {
    let mut activity: Activity = tx.get(&request.id)?;
    let today = tx.ctx.today();
    let failed = request.not_fulfilled == Some(true);
    if let Some(done) = request.done_on {
        if failed {
            return Err(Failure::field(
                "not_fulfilled",
                text!(
                    "La actividad no puede estar hecha y no cumplida. Deje una de las dos.",
                    "The activity cannot be both done and not fulfilled. Leave one of the two."
                ),
            ));
        }
        if done > today {
            return Err(Failure::field(
                "done_on",
                text!(
                    dates done, today;
                "La fecha {done} es posterior a hoy ({today}). Corríjala.",
                    "{done} is after today ({today}). Correct it."
                ),
            ));
        }
    }
    if let Some(file) = request.file {
        let kept = file.keep(tx)?;
        activity.blob_id = Some(kept.blob_id);
        activity.file = Some(kept.name);
    }
    let evidence = typed::optional_prose("evidence", request.evidence.as_deref())?;
    if (request.done_on.is_some() || failed) && evidence.is_none() && activity.blob_id.is_none() {
        return Err(Failure::field(
            "evidence",
            text!(
                "Falta la evidencia o la razón. Descríbala o adjunte el documento.",
                "The evidence or the reason is missing. Describe it or attach the document."
            ),
        ));
    }
    activity.evidence = evidence;
    activity.done_on = request.done_on;
    activity.status = Some(ActivityStatus::InProgress);
    if failed {
        activity.status = Some(ActivityStatus::NotFulfilled);
    }
    activity.status = Some(activity.status_on(today));
    tx.put(&activity)?;
    Ok(activity)
}

/// Which activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetActivity {
    /// The activity.
    pub id: ActivityId,
}

/// Removes an activity from a plan; those after it move up.
///
/// # Errors
/// `not_found` when there is none.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_activity(tx: &mut Tx<'_>, request: GetActivity) -> Result<()> {
    let activity: Activity = tx.get(&request.id)?;
    tx.remove::<Activity>(&activity.id)?;
    for (n, mut rest) in activities(tx, &activity.work_plan_id)?.into_iter().enumerate() {
        rest.position = position(n);
        tx.put(&rest)?;
    }
    Ok(())
}

fn position(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX - 1) + 1
}

fn activities(read: &Read<'_>, plan: &WorkPlanId) -> Result<Vec<Activity>> {
    read.select("WHERE work_plan_id = ?1 ORDER BY position, id", [plan])
}

/// The activities of a plan in a new order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderActivities {
    /// The plan.
    pub work_plan_id: WorkPlanId,
    /// Every activity of the plan, in its new order.
    pub activity_ids: Vec<ActivityId>,
}

/// Puts the activities of a plan in a new order.
///
/// # Errors
/// `stale` when the list does not name each activity of the plan once.
#[allow(clippy::needless_pass_by_value)]
pub fn order_activities(tx: &mut Tx<'_>, request: OrderActivities) -> Result<Vec<Activity>> {
    let current = activities(tx, &request.work_plan_id)?;
    let named: BTreeSet<&ActivityId> = request.activity_ids.iter().collect();
    let have: BTreeSet<&ActivityId> = current.iter().map(|a| &a.id).collect();
    if named != have || named.len() != request.activity_ids.len() {
        return Err(Failure::new(
            Code::Stale,
            text!(
                "El plan cambió mientras se ordenaba. Actualice la pantalla y ordene de nuevo.",
                "The plan changed while it was being ordered. Refresh the screen and order it again."
            ),
        ));
    }
    let mut ordered = Vec::with_capacity(current.len());
    for (n, id) in request.activity_ids.iter().enumerate() {
        let mut activity: Activity = tx.get(id)?;
        activity.position = position(n);
        tx.put(&activity)?;
        ordered.push(activity);
    }
    Ok(ordered)
}

/// Which body's plan, of which year; this one when not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetWorkPlan {
    /// The body.
    pub body_id: BodyId,
    /// The year.
    #[serde(default)]
    #[ts(optional)]
    pub year: Option<i32>,
    /// The day its progress is for; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// An activity as the plan's screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ActivityLine {
    /// The activity.
    pub activity: Activity,
    /// Where it stands on the day.
    pub status: ActivityStatus,
    /// Whether it is in progress and past its date.
    pub overdue: bool,
    /// Short name of the entity that answers for it.
    pub entity: Option<String>,
    /// Who answers for it.
    pub person: Option<String>,
}

/// How far a plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PlanProgress {
    /// Activities in all.
    pub total: i64,
    /// Done in time.
    pub fulfilled: i64,
    /// Done late.
    pub fulfilled_late: i64,
    /// Under way and not past their date.
    pub in_progress: i64,
    /// Under way and past their date.
    pub overdue: i64,
    /// Declared not fulfilled.
    pub not_fulfilled: i64,
    /// Done, in time or late, as a percentage of all, rounded down.
    pub percent: i64,
}

/// A year's plan as its screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WorkPlanView {
    /// The year.
    pub year: i32,
    /// The years that have a plan, newest first.
    pub years: Vec<i32>,
    /// The plan; `null` when the year has none.
    pub plan: Option<WorkPlan>,
    /// The decision that approved it, as numbered: "Decisión 3 de 2025".
    pub approved_by: Option<String>,
    /// Its activities, in order.
    pub activities: Vec<ActivityLine>,
    /// How far it is.
    pub progress: PlanProgress,
    /// Codes of the functions in force that no activity serves.
    pub functions_without_activity: Vec<String>,
}

/// Which activity, and the day its status is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetActivityView {
    /// The activity.
    pub id: ActivityId,
    /// The day; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// An activity whole, with its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ActivityView {
    /// The activity as it stands on the day.
    pub line: ActivityLine,
    /// The year of its plan.
    pub year: i32,
    /// What was done with it, newest first.
    pub history: Vec<HistoryStep>,
}

/// An activity and what was done with it.
///
/// # Errors
/// `not_found` when there is none.
#[allow(clippy::needless_pass_by_value)]
pub fn activity_view(read: &Read<'_>, request: GetActivityView) -> Result<ActivityView> {
    let activity: Activity = read.get(&request.id)?;
    let year = read.get::<WorkPlan>(&activity.work_plan_id)?.year;
    let history = history::of(read, activity.id.as_ref(), told)?;
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    Ok(ActivityView { line: line(read, activity, on)?, year, history })
}

/// What an act did to an activity, in words.
fn told(step: &Step<'_, Activity>) -> Text {
    let Some(after) = &step.after else { return text!("Eliminada", "Removed") };
    let Some(before) = &step.before else { return text!("Registrada", "Recorded") };
    let evidence = after.evidence.clone().or_else(|| after.file.clone()).unwrap_or_default();
    let with = |said: Text| match evidence.as_str() {
        "" => said,
        evidence => Text::new(format!("{}: {evidence}", said.es), format!("{}: {evidence}", said.en)),
    };
    match (step.op, after.done_on, after.status) {
        ("report_activity", Some(day), _) => with(text!(dates day; "Hecha el {day}", "Done on {day}")),
        ("report_activity", None, Some(ActivityStatus::NotFulfilled)) => {
            with(text!("No se cumplirá", "It will not be done"))
        }
        ("report_activity", ..) => with(text!("Avance", "Progress")),
        _ if Activity { position: before.position, ..after.clone() } == *before => {
            text!("Cambió de lugar en el plan", "Moved within the plan")
        }
        _ => history::edited(&[
            (before.activity != after.activity, text!("actividad", "activity")),
            (before.product != after.product, text!("producto", "product")),
            (before.function_codes != after.function_codes, text!("funciones", "functions")),
            (
                (&before.responsible_entity_id, &before.responsible_person_id)
                    != (&after.responsible_entity_id, &after.responsible_person_id),
                text!("responsable", "owner"),
            ),
            (before.due_on != after.due_on, text!("fecha límite", "due date")),
            (before.note != after.note, text!("nota", "note")),
        ]),
    }
}

fn line(read: &Read<'_>, activity: Activity, on: NaiveDate) -> Result<ActivityLine> {
    let entity =
        activity.responsible_entity_id.as_ref().map(|id| read.find::<Entity>(id)).transpose()?.flatten();
    let person =
        activity.responsible_person_id.as_ref().map(|id| read.find::<Person>(id)).transpose()?.flatten();
    let status = activity.status_on(on);
    Ok(ActivityLine {
        status,
        overdue: status == ActivityStatus::InProgress && activity.due_on.is_some_and(|due| due < on),
        entity: entity.map(|e| e.short().to_owned()),
        person: person.map(|p| p.full_name),
        activity,
    })
}

/// A body's plan of a year with its progress.
///
/// # Errors
/// `not_found` when there is no such body.
#[allow(clippy::needless_pass_by_value)]
pub fn get(read: &Read<'_>, request: GetWorkPlan) -> Result<WorkPlanView> {
    read.get::<Body>(&request.body_id)?;
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    let year = request.year.unwrap_or_else(|| on.year());
    let plans: Vec<WorkPlan> = read.select("WHERE body_id = ?1 ORDER BY year DESC", [&request.body_id])?;
    let years = plans.iter().map(|p| p.year).collect();
    let plan = plans.into_iter().find(|p| p.year == year);
    let mut lines = Vec::new();
    for activity in plan.as_ref().map(|p| activities(read, &p.id)).transpose()?.unwrap_or_default() {
        lines.push(line(read, activity, on)?);
    }
    let served: BTreeSet<&str> =
        lines.iter().flat_map(|l| &l.activity.function_codes).map(String::as_str).collect();
    let functions: Vec<BodyFunction> = read.select(
        "WHERE body_id = ?1 AND (retired_on IS NULL OR retired_on > ?2) AND scope <> 'secretariat' ORDER BY scope, position",
        (&request.body_id, on.to_string()),
    )?;
    let approved_by = match plan.as_ref().and_then(|p| p.decision_id.as_ref()) {
        Some(id) => read
            .find::<Decision>(id)?
            .and_then(|d| d.number.zip(d.year))
            .map(|(number, year)| format!("Decisión {number} de {year}")),
        None => None,
    };
    Ok(WorkPlanView {
        year,
        years,
        approved_by,
        progress: progress(&lines),
        functions_without_activity: functions
            .into_iter()
            .map(|f| f.code)
            .filter(|code| plan.is_some() && !served.contains(code.as_str()))
            .collect(),
        plan,
        activities: lines,
    })
}

fn progress(lines: &[ActivityLine]) -> PlanProgress {
    let count = |keep: &dyn Fn(&ActivityLine) -> bool| crate::body::count(lines.iter().filter(|l| keep(l)));
    let status = |wanted| count(&move |l: &ActivityLine| l.status == wanted && !l.overdue);
    let (total, fulfilled, late) =
        (count(&|_| true), status(ActivityStatus::Fulfilled), status(ActivityStatus::FulfilledLate));
    PlanProgress {
        total,
        fulfilled,
        fulfilled_late: late,
        in_progress: status(ActivityStatus::InProgress),
        overdue: count(&|l| l.overdue),
        not_fulfilled: status(ActivityStatus::NotFulfilled),
        percent: if total == 0 { 0 } else { (fulfilled + late) * 100 / total },
    }
}
