//! Dated rule sets of a body: one in force on each day, each adopted by its act. A session keeps the one it was
//! held under, so a new version closes the old one and never rewrites it.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Body, Seat, seats_on};
use crate::codes::SeatRole;
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{BodyId, RuleSetId, SeatId};
use crate::journal::{Read, Tx};
use crate::rules::{AdoptingAct, ExplainedRule, Problem, RuleSet, Severity};
use crate::{record, text, typed};

/// A dated rule set as stored; the rules themselves are [`RuleSet`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct StoredRuleSet {
    /// Its id.
    pub id: RuleSetId,
    /// The body.
    pub body_id: BodyId,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; `null` while open.
    pub effective_to: Option<NaiveDate>,
    /// The rules, with the articles they come from.
    pub rules: RuleSet,
    /// The act's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(StoredRuleSet, "rule_set");

impl StoredRuleSet {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn in_force_on(&self, day: NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }
}

/// The rule set of a body in force on a day.
///
/// # Errors
/// When the archive cannot be read.
pub fn rule_set_on(read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<Option<StoredRuleSet>> {
    let found = read.select(
        "WHERE body_id = ?1 AND effective_from <= ?2 AND (effective_to IS NULL OR effective_to >= ?2) ORDER BY effective_from DESC LIMIT 1",
        (body, day.to_string()),
    )?;
    Ok(found.into_iter().next())
}

/// A rule set in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RuleSetLine {
    /// Its id.
    pub id: RuleSetId,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; `null` while open.
    pub effective_to: Option<NaiveDate>,
    /// Name of the act that adopts it, as registered.
    pub act: Option<String>,
    /// How it is cited; `null` until its act is registered.
    pub citation: Option<String>,
    /// Whether its act is of a demonstration.
    pub fictitious: bool,
    /// Whether it is in force on the day asked for.
    pub in_force: bool,
    /// How many sessions use it; used ones are not edited.
    pub sessions: i64,
}

pub(super) fn line(read: &Read<'_>, stored: &StoredRuleSet, on: NaiveDate) -> Result<RuleSetLine> {
    Ok(RuleSetLine {
        id: stored.id.clone(),
        effective_from: stored.effective_from,
        effective_to: stored.effective_to,
        act: stored.rules.adopted_by.name.clone(),
        citation: stored.rules.adopted_by.citation(),
        fictitious: stored.rules.adopted_by.fictitious,
        in_force: stored.in_force_on(on),
        sessions: sessions_using(read, &stored.id)?,
    })
}

fn sessions_using(read: &Read<'_>, id: &RuleSetId) -> Result<i64> {
    Ok(read
        .conn
        .prepare_cached("SELECT count(*) FROM session WHERE rule_set_id = ?1")?
        .query_row([id], |r| r.get(0))?)
}

/// The rule sets of a body, newest first.
///
/// # Errors
/// `not_found` when there is no such body.
pub fn list_rule_sets(read: &Read<'_>, request: super::BodyOnDay) -> Result<Vec<RuleSetLine>> {
    read.get::<Body>(&request.body_id)?;
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    read.select::<StoredRuleSet>("WHERE body_id = ?1 ORDER BY effective_from DESC", [&request.body_id])?
        .iter()
        .map(|stored| line(read, stored, on))
        .collect()
}

/// Which rule set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetRuleSet {
    /// The rule set.
    pub id: RuleSetId,
}

/// A rule set as its screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RuleSetView {
    /// In a line.
    pub line: RuleSetLine,
    /// The rules.
    pub rules: RuleSet,
    /// The rules in words, each with what it cites.
    pub explained: Vec<ExplainedRule>,
    /// What is amiss in them.
    pub problems: Vec<Problem>,
    /// Voting seats on the first day in force, which the numbers are computed for.
    pub voting_seats: i64,
    /// Whether they can still be edited: no session uses them.
    pub editable: bool,
    /// The act's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}

/// A rule set with its rules in words and what is amiss.
///
/// # Errors
/// `not_found` when there is none.
#[allow(clippy::needless_pass_by_value)]
pub fn get_rule_set(read: &Read<'_>, request: GetRuleSet) -> Result<RuleSetView> {
    view(read, read.get(&request.id)?)
}

fn view(read: &Read<'_>, stored: StoredRuleSet) -> Result<RuleSetView> {
    let seats = voting_seats(read, &stored.body_id, stored.effective_from)?;
    let substitute = match &stored.rules.presiding_in_absence.seat_id {
        Some(id) => read.find::<Seat>(SeatId::new(id.clone())?)?.map(|s| s.title),
        None => None,
    };
    // In words, its numbers are those of the body as it is, while it is in force.
    let today = stored.effective_to.map_or(read.ctx.today(), |last| last.min(read.ctx.today()));
    let seats_told = voting_seats(read, &stored.body_id, today.max(stored.effective_from))?;
    let line = line(read, &stored, read.ctx.today())?;
    Ok(RuleSetView {
        explained: stored.rules.explain(seats_told, substitute.as_deref()),
        problems: stored.rules.check_with_chair(Some(seats), chair(read, &stored.body_id)?.as_deref()),
        voting_seats: i64::try_from(seats).unwrap_or(i64::MAX),
        editable: line.sessions == 0,
        line,
        rules: stored.rules,
        blob_id: stored.blob_id,
        file: stored.file,
    })
}

/// A version of a body's rules to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginRuleSet {
    /// The body.
    pub body_id: BodyId,
    /// First day in force; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub effective_from: Option<NaiveDate>,
}

/// What a new version of a body's rules begins from, without its act, while nothing is kept: the rules in force that day,
/// else its newest ones, else the product's provisional rules.
///
/// # Errors
/// `not_found` when there is no such body.
pub fn begin_rule_set(read: &Read<'_>, request: BeginRuleSet) -> Result<RuleSetView> {
    read.get::<Body>(&request.body_id)?;
    let day = request.effective_from.unwrap_or_else(|| read.ctx.today());
    let newest = "WHERE body_id = ?1 ORDER BY effective_from DESC LIMIT 1";
    let from = match rule_set_on(read, &request.body_id, day)? {
        Some(stored) => Some(stored),
        None => read.select::<StoredRuleSet>(newest, [&request.body_id])?.pop(),
    };
    let id = RuleSetId::new(read.ctx.new_id())?;
    let rules = match from {
        Some(from) => RuleSet {
            id: id.to_string(),
            adopted_by: AdoptingAct::default(),
            effective_from: day,
            effective_to: None,
            ..from.rules
        },
        None => RuleSet::provisional(id.as_str(), request.body_id.as_str(), day),
    };
    let unsaved = StoredRuleSet {
        id,
        body_id: request.body_id,
        effective_from: day,
        effective_to: None,
        rules,
        blob_id: None,
        file: None,
    };
    view(read, unsaved)
}

/// Voting seats of a body on a day; a body whose seats all start later counts those.
/// The seat that holds the chair today, if the body has one.
fn chair(read: &Read<'_>, body: &BodyId) -> Result<Option<String>> {
    let seats = seats_on(read, body, read.ctx.today())?;
    Ok(seats.into_iter().find(|s| s.role == SeatRole::Chair).map(|s| s.id.to_string()))
}

fn voting_seats(read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<u64> {
    let seats = seats_on(read, body, day)?;
    let seats = if seats.is_empty() { seats_on(read, body, day.max(read.ctx.today()))? } else { seats };
    Ok(seats.iter().filter(|s| s.vote).map(|_| 1).sum())
}

/// Rules being written, to be checked before they are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckRules {
    /// The body.
    pub body_id: BodyId,
    /// The rules.
    pub rules: RuleSet,
}

/// Rules in words, and what is amiss.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CheckedRules {
    /// In words.
    pub explained: Vec<ExplainedRule>,
    /// What is amiss; impossible ones are refused when kept.
    pub problems: Vec<Problem>,
}

/// What rules being written say, and what is amiss in them.
///
/// # Errors
/// `not_found` when there is no such body.
#[allow(clippy::needless_pass_by_value)]
pub fn check_rules(read: &Read<'_>, request: CheckRules) -> Result<CheckedRules> {
    read.get::<Body>(&request.body_id)?;
    let seats = voting_seats(read, &request.body_id, request.rules.effective_from)?;
    let substitute = match &request.rules.presiding_in_absence.seat_id {
        Some(id) => read.find::<Seat>(id)?.map(|s| s.title),
        None => None,
    };
    Ok(CheckedRules {
        explained: request.rules.explain(seats, substitute.as_deref()),
        problems: request.rules.check_with_chair(Some(seats), chair(read, &request.body_id)?.as_deref()),
    })
}

/// A new dated version of a body's rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRuleSet {
    /// The id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<RuleSetId>,
    /// The body.
    pub body_id: BodyId,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; open when not said.
    #[serde(default)]
    #[ts(optional)]
    pub effective_to: Option<NaiveDate>,
    /// The act that adopts it; unregistered when not said.
    #[serde(default)]
    #[ts(optional)]
    pub adopted_by: Option<AdoptingAct>,
    /// The one it starts from; the one in force that day when not said, and the product's provisional rules when there is
    /// none.
    #[serde(default)]
    #[ts(optional)]
    pub from_id: Option<RuleSetId>,
    /// The rules, when they are not simply those it starts from. Its ids and dates are taken from this request.
    #[serde(default)]
    #[ts(optional)]
    pub rules: Option<RuleSet>,
    /// The act's file.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
}

/// Keeps a new version of a body's rules and closes the one in force the day before.
///
/// # Errors
/// `invalid_input` when the rules are impossible (`details.problems`) or the dates out of order; `wrong_state` when they
/// overlap another version that starts later, or a session of the old version was held on or after the first day.
pub fn create_rule_set(tx: &mut Tx<'_>, request: CreateRuleSet) -> Result<StoredRuleSet> {
    tx.get::<Body>(&request.body_id)?;
    typed::in_order("effective_to", request.effective_from, request.effective_to)?;
    let id = match request.id {
        Some(id) => id,
        None => RuleSetId::new(tx.ctx.new_id())?,
    };
    let from = match &request.from_id {
        Some(from) => Some(tx.get::<StoredRuleSet>(from)?),
        None => rule_set_on(tx, &request.body_id, request.effective_from)?,
    };
    if let Some(other) = from.as_ref().filter(|f| f.body_id != request.body_id) {
        let other = &other.body_id;
        return Err(Failure::field(
            "from_id",
            text!(
                "Ese reglamento es de otra instancia («{other}»). Elija uno de esta.",
                "Those rules are another body's (“{other}”). Choose one of this body."
            ),
        ));
    }
    let mut rules = match (request.rules, from) {
        (Some(rules), _) => rules,
        (None, Some(from)) => RuleSet { adopted_by: AdoptingAct::default(), ..from.rules },
        (None, None) => RuleSet::provisional(id.as_str(), request.body_id.as_str(), request.effective_from),
    };
    if let Some(act) = request.adopted_by {
        rules.adopted_by = act;
    }
    let kept = request.file.map(|file| file.keep(tx)).transpose()?;
    let stored = fit(
        tx,
        StoredRuleSet {
            id,
            body_id: request.body_id,
            effective_from: request.effective_from,
            effective_to: request.effective_to,
            rules,
            blob_id: kept.as_ref().map(|k| k.blob_id.clone()),
            file: kept.map(|k| k.name),
        },
    )?;
    for mut old in rivals(tx, &stored)? {
        if old.effective_from >= stored.effective_from {
            return Err(overlaps(&old));
        }
        let eve = stored.effective_from - Days::new(1);
        refuse_orphans(tx, &old, eve)?;
        old.effective_to = Some(eve);
        old.rules.effective_to = Some(eve);
        tx.put(&old)?;
    }
    tx.insert(&stored)?;
    Ok(stored)
}

/// A correction to rules that no session has used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRuleSet {
    /// The rule set.
    pub id: RuleSetId,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; open when not said.
    #[serde(default)]
    #[ts(optional)]
    pub effective_to: Option<NaiveDate>,
    /// The rules. Their ids and dates are taken from this request.
    pub rules: RuleSet,
    /// The act's file, when it is new.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
}

/// Corrects rules that no session has used yet.
///
/// # Errors
/// `wrong_state` when a session uses them or they would overlap another version; `invalid_input` when they are
/// impossible.
pub fn edit_rule_set(tx: &mut Tx<'_>, request: EditRuleSet) -> Result<StoredRuleSet> {
    let old: StoredRuleSet = tx.get(&request.id)?;
    refuse_used(tx, &old.id)?;
    typed::in_order("effective_to", request.effective_from, request.effective_to)?;
    let kept = request.file.map(|file| file.keep(tx)).transpose()?;
    let stored = fit(
        tx,
        StoredRuleSet {
            effective_from: request.effective_from,
            effective_to: request.effective_to,
            rules: request.rules,
            blob_id: kept.as_ref().map(|k| k.blob_id.clone()).or_else(|| old.blob_id.clone()),
            file: kept.map(|k| k.name).or_else(|| old.file.clone()),
            ..old
        },
    )?;
    if let Some(other) = rivals(tx, &stored)?.first() {
        return Err(overlaps(other));
    }
    tx.put(&stored)?;
    Ok(stored)
}

/// The file of the act that adopts rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachRuleSetFile {
    /// The rule set.
    pub id: RuleSetId,
    /// The act's file; it takes the place of the one kept before.
    pub file: CarriedFile,
}

/// Keeps the file of the act that adopts rules, also when sessions were held under them: what they say does not change.
///
/// # Errors
/// `not_found`; `invalid_input` for a file without name or bytes.
#[allow(clippy::needless_pass_by_value)]
pub fn attach_rule_set_file(tx: &mut Tx<'_>, request: AttachRuleSetFile) -> Result<StoredRuleSet> {
    let mut stored: StoredRuleSet = tx.get(&request.id)?;
    let kept = request.file.keep(tx)?;
    stored.blob_id = Some(kept.blob_id);
    stored.file = Some(kept.name);
    tx.put(&stored)?;
    Ok(stored)
}

/// Removes rules that no session has used, and opens the version before them again.
///
/// # Errors
/// `wrong_state` when a session uses them; `not_found`.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_rule_set(tx: &mut Tx<'_>, request: GetRuleSet) -> Result<()> {
    let stored: StoredRuleSet = tx.get(&request.id)?;
    refuse_used(tx, &stored.id)?;
    tx.remove::<StoredRuleSet>(&stored.id)?;
    let eve = stored.effective_from - Days::new(1);
    let before: Option<StoredRuleSet> = tx
        .select("WHERE body_id = ?1 AND effective_to = ?2", (&stored.body_id, eve.to_string()))?
        .into_iter()
        .next();
    if let Some(mut before) = before {
        before.effective_to = stored.effective_to;
        before.rules.effective_to = stored.effective_to;
        tx.put(&before)?;
    }
    Ok(())
}

fn refuse_used(read: &Read<'_>, id: &RuleSetId) -> Result<()> {
    let used = sessions_using(read, id)?;
    if used == 0 {
        return Ok(());
    }
    Err(Failure::new(
        Code::WrongState,
        text!(
            "Este reglamento rige {used} sesiones y no se cambia. Cree una versión nueva con su fecha de vigencia.",
            "These rules govern {used} sessions and are not changed. Create a new version with its own first day."
        ),
    )
    .with(serde_json::json!({ "sessions": used })))
}

/// Refuses to close rules before a session that was already held under them.
fn refuse_orphans(read: &Read<'_>, old: &StoredRuleSet, eve: NaiveDate) -> Result<()> {
    let held: Vec<crate::session::Session> = read.select(
        "WHERE rule_set_id = ?1 AND date > ?2 AND status NOT IN ('scheduled', 'convened', 'postponed', 'cancelled') ORDER BY date LIMIT 1",
        (&old.id, eve.to_string()),
    )?;
    let Some(session) = held.first() else { return Ok(()) };
    let (Text { es, en }, date) = (session.said(), session.date);
    Err(Failure::new(
        Code::WrongState,
        text!(
            dates date;
            "La {es} se realizó con el reglamento anterior, el {date}. La versión nueva debe regir después de ese día.",
            "The {en} was held under the previous rules, on {date}. The new version must start after that day."
        ),
    )
    .with(serde_json::json!({ "session_id": session.id })))
}

/// Makes ids and dates of the rules agree with their record, and refuses impossible rules.
fn fit(read: &Read<'_>, mut stored: StoredRuleSet) -> Result<StoredRuleSet> {
    stored.rules.id = stored.id.to_string();
    stored.rules.body_id = stored.body_id.to_string();
    stored.rules.effective_from = stored.effective_from;
    stored.rules.effective_to = stored.effective_to;
    let seats = voting_seats(read, &stored.body_id, stored.effective_from)?;
    // The snapshot is ours to compute, not the person's to keep up to date.
    stored.rules.quorum.value_for_current_seats = None;
    if let Some(id) = &stored.rules.presiding_in_absence.seat_id {
        let seat: Seat = read.get(id)?;
        if seat.body_id != stored.body_id {
            return Err(Failure::not_found("seat", id));
        }
    }
    // A body without seats yet has nothing to compare the numbers with.
    let problems = stored.rules.check((seats > 0).then_some(seats));
    let impossible: Vec<&Problem> = problems.iter().filter(|p| p.severity == Severity::Impossible).collect();
    if let Some(first) = impossible.first() {
        let (es, en, n) = (&first.message.es, &first.message.en, impossible.len());
        return Err(Failure::new(
            Code::InvalidInput,
            text!("El reglamento no es posible ({n}): {es}", "The rules are not possible ({n}): {en}"),
        )
        .with(serde_json::json!({ "field": first.at, "problems": impossible })));
    }
    Ok(stored)
}

fn rivals(read: &Read<'_>, stored: &StoredRuleSet) -> Result<Vec<StoredRuleSet>> {
    read.select(
        "WHERE body_id = ?1 AND id <> ?2 AND effective_from <= ?3 AND (effective_to IS NULL OR effective_to >= ?4) ORDER BY effective_from",
        (
            &stored.body_id,
            &stored.id,
            stored.effective_to.map_or_else(|| "9999-12-31".to_owned(), |d| d.to_string()),
            stored.effective_from.to_string(),
        ),
    )
}

fn overlaps(other: &StoredRuleSet) -> Failure {
    let (from, act) =
        (other.effective_from, other.rules.adopted_by.name.clone().unwrap_or_else(|| other.id.to_string()));
    Failure::new(
        Code::WrongState,
        text!(
            dates from;
            "«{act}» rige desde el {from} y las vigencias se cruzarían. Dé a esta versión una última fecha anterior, o cambie las fechas.",
            "“{act}” is in force from {from} and the two would overlap. Give this version an earlier last day, or change the dates."
        ),
    )
    .with(serde_json::json!({ "rule_set_id": other.id }))
}
