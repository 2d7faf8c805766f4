//! Every list of the product as a sheet, from the view its own call gives.

mod members;
mod record;
mod sessions;
mod work;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::sheet::Sheet;
use crate::annex::ListAnnexes;
use crate::attendance::statistics::AttendanceStatistics;
use crate::body::{Body, BodyOnDay};
use crate::commitment::ListCommitments;
use crate::delegation::ListDelegations;
use crate::failure::Result;
use crate::ids::BodyId;
use crate::journal::{ListJournal, Read};
use crate::live::SessionRef;
use crate::minutes::{ListMinutes, ListWithheld};
use crate::person::ListPeople;
use crate::proposal::view::ListProposals;
use crate::session::year::ListSessions;
use crate::work_plan::GetWorkPlan;

/// Whose decisions, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionsOfYear {
    /// The body.
    pub body_id: BodyId,
    /// The year.
    pub year: i32,
}

/// A list, with the filter of the call that shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", content = "filter", rename_all = "snake_case")]
pub enum ListOf {
    /// Sessions, newest first.
    Sessions(ListSessions),
    /// Proposals.
    Proposals(ListProposals),
    /// Commitments with their status on a day.
    Commitments(ListCommitments),
    /// The decisions of a year.
    Decisions(DecisionsOfYear),
    /// Seats with whoever holds them on a day.
    Members(BodyOnDay),
    /// People, without their private contact.
    People(ListPeople),
    /// Delegations with their status on a day.
    Delegations(ListDelegations),
    /// Minutes, newest first.
    Minutes(ListMinutes),
    /// Attendance by seat, session by session.
    Attendance(AttendanceStatistics),
    /// The activities of a work plan.
    WorkPlan(GetWorkPlan),
    /// The votes of a session, seat by seat; of a secret one its totals alone.
    Votes(SessionRef),
    /// The annexes of something.
    Annexes(ListAnnexes),
    /// The index of classified and reserved information.
    WithheldIndex(ListWithheld),
    /// The journal, newest first.
    Journal(ListJournal),
}

/// The sheet of a list.
///
/// # Errors
/// Those of the list's own call.
pub(super) fn sheet(read: &Read<'_>, list: ListOf) -> Result<Sheet> {
    match list {
        ListOf::Sessions(filter) => sessions::sessions(read, filter),
        ListOf::Minutes(filter) => sessions::minutes(read, filter),
        ListOf::Votes(filter) => sessions::votes(read, &filter),
        ListOf::Decisions(filter) => sessions::decisions(read, &filter),
        ListOf::Attendance(filter) => members::attendance(read, filter),
        ListOf::Members(filter) => members::members(read, filter),
        ListOf::People(filter) => members::people(read, &filter),
        ListOf::Delegations(filter) => members::delegations(read, filter),
        ListOf::Proposals(filter) => work::proposals(read, filter),
        ListOf::Commitments(filter) => work::commitments(read, filter),
        ListOf::WorkPlan(filter) => work::work_plan(read, filter),
        ListOf::Annexes(filter) => record::annexes(read, filter),
        ListOf::WithheldIndex(filter) => record::withheld(read, filter),
        ListOf::Journal(filter) => record::journal(read, &filter),
    }
}

/// A sheet without columns yet.
fn begun(read: &Read<'_>, stem: &'static str, title: impl Into<String>, body: &str) -> Sheet {
    Sheet {
        title: title.into(),
        stem,
        body: body.to_owned(),
        at: read.ctx.now,
        columns: Vec::new(),
        rows: Vec::new(),
    }
}

/// The name of the body that a filter asks for; the only one of the archive when it asks for none.
fn body_name(read: &Read<'_>, id: Option<&BodyId>) -> Result<String> {
    if let Some(id) = id {
        return Ok(read.get::<Body>(id)?.name);
    }
    let mut all: Vec<Body> = read.all()?;
    Ok(match (all.pop(), all.is_empty()) {
        (Some(only), true) => only.name,
        _ => String::new(),
    })
}

/// "Sesiones de 2025", or "Sesiones" of every year.
fn of_year(what: &str, year: Option<i32>) -> String {
    year.map_or_else(|| what.to_owned(), |year| format!("{what} de {year}"))
}

/// Rows asked for at a time of a call that gives them by pages: the most that any of them gives.
const PAGE: i64 = 500;

/// Every line of a list that comes by pages.
fn every_page<T>(mut page: impl FnMut(i64) -> Result<Vec<T>>) -> Result<Vec<T>> {
    let mut all = Vec::new();
    loop {
        let lines = page(i64::try_from(all.len()).unwrap_or(i64::MAX))?;
        let last = lines.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
        all.extend(lines);
        if last {
            return Ok(all);
        }
    }
}
