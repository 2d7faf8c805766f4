//! The minutes of every body in lines: where each stands, who signed, what falls due, whether its file is kept.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::params;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::life::{MinutesDeadline, adopted, deadlines_of, name};
use super::{Minutes, Signature};
use crate::body::{Body, StoredRuleSet};
use crate::calendar::Calendar;
use crate::catalog;
use crate::codes::{MinutesKind, MinutesStatus, SessionKind, SessionStatus};
use crate::failure::{Result, Text};
use crate::ids::{BodyId, MinutesId, PersonId, RuleSetId, SessionId};
use crate::journal::Read;
use crate::person::Person;
use crate::rules::{ApprovalRoute, RuleSet};
use crate::session::{Session, plan};
use crate::text;

/// Which minutes to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListMinutes {
    /// Only of this body.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// Only numbered in this year.
    #[serde(default)]
    #[ts(optional)]
    pub year: Option<i32>,
    /// Only in this state.
    #[serde(default)]
    #[ts(optional)]
    pub status: Option<MinutesStatus>,
    /// How many to leave out, newest first.
    #[serde(default)]
    #[ts(optional)]
    pub offset: Option<i64>,
    /// At most this many, 1 to 500; 100 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}

/// A page of the list of minutes, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesList {
    /// The lines.
    pub minutes: Vec<MinutesLine>,
    /// How many there are in all with these filters.
    pub total: i64,
    /// How many there are in each state with the body and the year asked for, every state, in the order of their life.
    pub states: Vec<MinutesCount>,
    /// The years that have minutes, newest first.
    pub years: Vec<i32>,
}

/// How many minutes are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesCount {
    /// The state.
    pub status: MinutesStatus,
    /// In words.
    pub text: Text,
    /// How many.
    pub count: i64,
}

/// Minutes in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesLine {
    /// The minutes.
    pub id: MinutesId,
    /// The body.
    pub body_id: BodyId,
    /// Its name.
    pub body: String,
    /// "Acta n.º 1 de 2025", "Acta n.º 6 de 2025, aclaratoria".
    pub name: Text,
    /// Their number.
    pub number: i64,
    /// The year of their number.
    pub year: i32,
    /// Their kind.
    pub kind: MinutesKind,
    /// Where they stand.
    pub status: MinutesStatus,
    /// The same in words.
    pub status_text: Text,
    /// The session they tell; `null` for minutes older than the archive.
    pub session: Option<MinutesSession>,
    /// The session's date.
    pub session_date: Option<NaiveDate>,
    /// How they are approved, by the rules of the session.
    pub route: Option<ApprovalRoute>,
    /// When the draft was sent to members.
    pub draft_sent_on: Option<NaiveDate>,
    /// Until when remarks are received.
    pub remarks_until: Option<NaiveDate>,
    /// Remarks received.
    pub remarks: i64,
    /// Remarks without an answer.
    pub unanswered: i64,
    /// When they were adopted.
    pub approved_on: Option<NaiveDate>,
    /// The session that approved them.
    pub approved_in: Option<NamedSession>,
    /// When they became signed: the day of the last signature of those that did not come late.
    pub signed_on: Option<NaiveDate>,
    /// When they were published.
    pub published_on: Option<NaiveDate>,
    /// Signatures due and given, in order.
    pub signatures: Vec<SignatureLine>,
    /// How many signatures are neither given nor excused.
    pub pending_signatures: i64,
    /// Their terms.
    pub deadlines: Vec<MinutesDeadline>,
    /// The first term that is still to be met; `null` once they are published.
    pub next: Option<MinutesDeadline>,
    /// The official file, frozen; `null` while there is none.
    pub file: Option<MinutesFile>,
    /// Whether they came as a file from before the archive.
    pub imported: bool,
    /// The minutes they correct.
    pub corrects: Option<NamedMinutes>,
    /// The minutes that correct them.
    pub corrected_by: Vec<NamedMinutes>,
}

/// The session that minutes tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesSession {
    /// The session.
    pub id: SessionId,
    /// "Sesión ordinaria n.º 3 de 2025".
    pub name: Text,
    /// Its number; nothing of an informative one.
    pub number: Option<i64>,
    /// The year of its number.
    pub year: i32,
    /// Ordinary or extraordinary.
    pub kind: SessionKind,
    /// Where it stands.
    pub status: SessionStatus,
    /// The day it was held.
    pub date: NaiveDate,
    /// Whether it was kept on paper and entered afterwards.
    pub entered_afterwards: bool,
}

/// A session by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NamedSession {
    /// The session.
    pub id: SessionId,
    /// "Sesión ordinaria n.º 3 de 2025".
    pub name: Text,
}

/// Minutes by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NamedMinutes {
    /// The minutes.
    pub id: MinutesId,
    /// "Acta n.º 1 de 2025".
    pub name: Text,
}

/// A signature with its signer's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SignatureLine {
    /// `chair` or `secretariat`.
    pub role: String,
    /// The same in words: "Presidencia", "Secretaría técnica".
    pub role_text: Text,
    /// Who signs.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// Why it is missing.
    pub missing_reason: Option<String>,
    /// Of one that came late: why it had been recorded as missing.
    pub was_missing: Option<String>,
    /// Whether it is neither given nor excused.
    pub pending: bool,
    /// Whether it can be recorded now: the minutes are adopted and it has not been given.
    pub recordable: bool,
}

/// The frozen file of minutes: open it with `get_file`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesFile {
    /// SHA-256 of its bytes.
    pub blob_id: String,
    /// Its name.
    pub name: String,
    /// Its pages, when known.
    pub pages: Option<i64>,
}

/// The minutes, newest first.
///
/// # Errors
/// When the archive cannot be read.
pub fn list_minutes(read: &Read<'_>, request: ListMinutes) -> Result<MinutesList> {
    let scope = "(?1 IS NULL OR body_id = ?1) AND (?2 IS NULL OR year = ?2)";
    let (body, year, status) = (&request.body_id, request.year, request.status);
    let mut count =
        read.conn.prepare_cached(&format!("SELECT count(*) FROM minutes WHERE {scope} AND status = ?3"))?;
    let mut states = Vec::with_capacity(MinutesStatus::ALL.len());
    for &status in MinutesStatus::ALL {
        let count = count.query_row(params![body, year, status], |row| row.get(0))?;
        states.push(MinutesCount { status, text: status_text(status), count });
    }
    let total = states.iter().filter(|s| status.is_none_or(|only| s.status == only)).map(|s| s.count).sum();
    let (limit, offset) = (request.limit.unwrap_or(100).clamp(1, 500), request.offset.unwrap_or(0).max(0));
    let found: Vec<Minutes> = read.select(
        &format!(
            "WHERE {scope} AND (?3 IS NULL OR status = ?3)
             ORDER BY year DESC, session_date DESC, number DESC, id LIMIT ?4 OFFSET ?5"
        ),
        params![body, year, status, limit, offset],
    )?;
    let mut statement = read.conn.prepare_cached(
        "SELECT DISTINCT year FROM minutes WHERE ?1 IS NULL OR body_id = ?1 ORDER BY year DESC",
    )?;
    let years = statement.query_map(params![body], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut names = Names {
        read,
        calendar: catalog::calendar(read)?,
        bodies: BTreeMap::new(),
        rules: BTreeMap::new(),
        people: BTreeMap::new(),
    };
    let minutes = found.into_iter().map(|minutes| names.line(minutes)).collect::<Result<_>>()?;
    Ok(MinutesList { minutes, total, states, years })
}

/// What the lines share, read once each.
struct Names<'a> {
    read: &'a Read<'a>,
    calendar: Calendar,
    bodies: BTreeMap<BodyId, String>,
    rules: BTreeMap<RuleSetId, Option<RuleSet>>,
    people: BTreeMap<PersonId, String>,
}

impl Names<'_> {
    fn line(&mut self, minutes: Minutes) -> Result<MinutesLine> {
        let session: Option<Session> = match &minutes.session_id {
            Some(id) => self.read.find(id)?,
            None => None,
        };
        // Rules that a session was held under never change, so this is what they said that day.
        let rules = match session.as_ref().and_then(|session| session.rule_set_id.clone()) {
            Some(id) => self.rules(id)?,
            None => None,
        };
        let deadlines = match (&rules, minutes.session_date) {
            (Some(rules), Some(date)) if minutes.kind != MinutesKind::Correcting => {
                deadlines_of(&minutes, date, &rules.deadlines, &self.calendar, self.read.ctx.today())
            }
            _ => Vec::new(),
        };
        let today = self.read.ctx.today();
        let next = deadlines.iter().find(|d| is_ahead(&minutes, d, today)).cloned();
        let mut signatures = Vec::with_capacity(minutes.signatures.len());
        for signature in &minutes.signatures {
            signatures.push(self.signature(&minutes, signature)?);
        }
        let pending = signatures.iter().filter(|s| s.pending).count();
        let (remarks, unanswered) = self
            .read
            .conn
            .prepare_cached("SELECT count(*), count(*) - count(accepted) FROM remark WHERE minutes_id = ?1")?
            .query_row([&minutes.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let approved_in = match &minutes.approved_in_session_id {
            Some(id) => {
                self.read.find::<Session>(id)?.map(|s| NamedSession { name: plan::name(&s), id: s.id })
            }
            None => None,
        };
        let corrects = match &minutes.corrects_minutes_id {
            Some(id) => self.read.find::<Minutes>(id)?.map(named),
            None => None,
        };
        let corrected_by: Vec<Minutes> =
            self.read.select("WHERE corrects_minutes_id = ?1 ORDER BY year, number, id", [&minutes.id])?;
        Ok(MinutesLine {
            body: self.body(&minutes.body_id)?,
            name: said_name(&minutes),
            status_text: status_text(minutes.status),
            session: session.map(|session| MinutesSession {
                name: plan::name(&session),
                number: session.number,
                year: session.year,
                kind: session.kind,
                status: session.status,
                date: session.date,
                entered_afterwards: session.entered_afterwards,
                id: session.id,
            }),
            route: rules.map(|rules| rules.minutes.approval_route),
            remarks,
            unanswered,
            approved_in,
            signatures,
            pending_signatures: i64::try_from(pending).unwrap_or(i64::MAX),
            deadlines,
            next,
            file: minutes.blob_id.clone().map(|blob_id| MinutesFile {
                name: minutes.file.clone().unwrap_or_else(|| format!("{blob_id}.pdf")),
                blob_id,
                pages: minutes.pages,
            }),
            corrects,
            corrected_by: corrected_by.into_iter().map(named).collect(),
            id: minutes.id,
            body_id: minutes.body_id,
            number: minutes.number,
            year: minutes.year,
            kind: minutes.kind,
            status: minutes.status,
            session_date: minutes.session_date,
            draft_sent_on: minutes.draft_sent_on,
            remarks_until: minutes.remarks_until,
            approved_on: minutes.approved_on,
            signed_on: minutes.signed_on,
            published_on: minutes.published_on,
            imported: minutes.imported,
        })
    }

    fn body(&mut self, id: &BodyId) -> Result<String> {
        if let Some(name) = self.bodies.get(id) {
            return Ok(name.clone());
        }
        let name = self.read.get::<Body>(id)?.name;
        self.bodies.insert(id.clone(), name.clone());
        Ok(name)
    }

    fn rules(&mut self, id: RuleSetId) -> Result<Option<RuleSet>> {
        if let Some(rules) = self.rules.get(&id) {
            return Ok(rules.clone());
        }
        let rules = self.read.find::<StoredRuleSet>(&id)?.map(|stored| stored.rules);
        self.rules.insert(id, rules.clone());
        Ok(rules)
    }

    fn signature(&mut self, minutes: &Minutes, signature: &Signature) -> Result<SignatureLine> {
        let person = &signature.person_id;
        let name = match self.people.get(person) {
            Some(name) => name.clone(),
            None => {
                let found: Option<Person> = self.read.find(person)?;
                found.map_or_else(|| person.to_string(), |p| p.full_name)
            }
        };
        self.people.insert(person.clone(), name.clone());
        Ok(signature_line(minutes, signature, name))
    }
}

fn signature_line(minutes: &Minutes, signature: &Signature, name: String) -> SignatureLine {
    SignatureLine {
        role: signature.role.clone(),
        role_text: match signature.role.as_str() {
            "chair" => text!("Presidencia", "Chair"),
            _ => text!("Secretaría técnica", "Technical secretariat"),
        },
        person_id: signature.person_id.clone(),
        name,
        signed_on: signature.signed_on,
        missing_reason: signature.missing_reason.clone(),
        was_missing: signature.was_missing.clone(),
        pending: !signature.is_settled(),
        recordable: adopted(minutes.status) && signature.signed_on.is_none(),
    }
}

/// The signatures of minutes, with names.
pub(super) fn signature_lines(read: &Read<'_>, minutes: &Minutes) -> Result<Vec<SignatureLine>> {
    let mut lines = Vec::new();
    for signature in &minutes.signatures {
        let person: Option<Person> = read.find(&signature.person_id)?;
        let name = person.map_or_else(|| signature.person_id.to_string(), |p| p.full_name);
        lines.push(signature_line(minutes, signature, name));
    }
    Ok(lines)
}

/// The minutes of a session, however they stand: those that correct others are not among them.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn kept_of(read: &Read<'_>, session: &SessionId) -> Result<Option<Minutes>> {
    let found = read
        .select("WHERE session_id = ?1 AND kind <> 'correcting' ORDER BY year, number LIMIT 1", [session]);
    Ok(found?.pop())
}

/// Whether a term is still to be met. That of remarks is the members', not a task: it ends with its day, or with adoption.
fn is_ahead(minutes: &Minutes, deadline: &MinutesDeadline, today: NaiveDate) -> bool {
    deadline.done_on.is_none()
        && match deadline.step.as_str() {
            "draft" => minutes.status == MinutesStatus::Draft,
            "remarks" => {
                matches!(minutes.status, MinutesStatus::InReview | MinutesStatus::Adjusted)
                    && deadline.due_on.is_none_or(|last| today <= last)
            }
            _ => minutes.status != MinutesStatus::Published,
        }
}

fn named(minutes: Minutes) -> NamedMinutes {
    NamedMinutes { name: said_name(&minutes), id: minutes.id }
}

/// "Acta n.º 1 de 2025"; correcting minutes and those of a session not held say so.
pub(crate) fn said_name(minutes: &Minutes) -> Text {
    let (es, number, year) = (name(minutes), minutes.number, minutes.year);
    match minutes.kind {
        MinutesKind::Minutes => text!("{es}", "Minutes no. {number} of {year}"),
        MinutesKind::Correcting => {
            text!("{es}, aclaratoria", "Correcting minutes no. {number} of {year}")
        }
        MinutesKind::NotHeldRecord => {
            text!("{es}, sesión no realizada", "Minutes no. {number} of {year}, session not held")
        }
    }
}

pub(super) fn status_text(status: MinutesStatus) -> Text {
    let en = match status {
        MinutesStatus::Draft => "draft",
        MinutesStatus::InReview => "out for remarks",
        MinutesStatus::Adjusted => "adjusted",
        MinutesStatus::Approved => "approved",
        MinutesStatus::Signed => "signed",
        MinutesStatus::Published => "published",
    };
    Text::new(status.label(), en)
}
