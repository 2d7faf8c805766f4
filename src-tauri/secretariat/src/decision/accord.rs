//! Accords (acuerdos): a decision said as an act of the body, with its own number of the year, its reasons and its articles,
//! and its publication in the Registro Distrital.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::{Decision, says_no};
use crate::codes::{DecisionKind, DocumentKind};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{DecisionId, RuleSetId};
use crate::journal::{Read, Tx};
use crate::rules::VoteResult;
use crate::vote::Vote;
use crate::{course, text, typed};

/// Most articles of an accord.
const MOST_ARTICLES: usize = 200;

/// The accord that says a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Accord {
    /// Its number in the year.
    pub number: i64,
    /// The year.
    pub year: i32,
    /// What it does: "Por el cual se adopta el reglamento interno…". Empty for one that came as a file.
    #[serde(default)]
    pub title: String,
    /// By which powers it is issued: "en ejercicio de las facultades que le confiere…".
    #[serde(default)]
    pub powers: String,
    /// Its reasons (considerando), one each.
    #[serde(default)]
    pub recitals: Vec<String>,
    /// Its articles, in order, without their numbers; Markdown.
    #[serde(default)]
    pub articles: Vec<String>,
    /// Where it was published; `null` until it is.
    #[serde(default)]
    pub publication: Option<RegistryPublication>,
    /// The rule set that it adopts.
    #[serde(default)]
    pub rule_set_id: Option<RuleSetId>,
    /// Name of its file, for one that came with it.
    #[serde(default)]
    pub file: Option<String>,
    /// Hash of that file's bytes.
    #[serde(default)]
    pub blob_id: Option<String>,
}

impl Accord {
    /// "Acuerdo 002 de 2025".
    #[must_use]
    pub fn name(&self) -> String {
        crate::spanish::act(crate::codes::ActKind::Accord, u32::try_from(self.number).unwrap_or(0), self.year)
    }
}

/// A publication in the Registro Distrital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistryPublication {
    /// Number of the issue, as it is written.
    pub number: String,
    /// Its day.
    pub published_on: NaiveDate,
}

/// An accord to write for a decision, or to edit before it is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutAccord {
    /// The decision that it says.
    pub decision_id: DecisionId,
    /// Its number in the year; the next one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<i64>,
    /// What it does: "Por el cual se adopta…".
    pub title: String,
    /// By which powers.
    pub powers: String,
    /// Its reasons, one each.
    pub recitals: Vec<String>,
    /// Its articles, in order.
    pub articles: Vec<String>,
}

/// The publication of an accord to record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishAccord {
    /// The decision that it says.
    pub decision_id: DecisionId,
    /// Where it was published.
    pub publication: RegistryPublication,
}

/// Writes the accord of a decision, or edits it before it is issued.
///
/// # Errors
/// `rule_forbids` for a decision of procedure, or one whose vote did not approve it; `invalid_input` without title, powers
/// or articles; `already_exists` for a number taken; `wrong_state` once it was issued.
pub fn put_accord(tx: &mut Tx<'_>, request: PutAccord) -> Result<Decision> {
    let mut decision: Decision = tx.get(&request.decision_id)?;
    may_be_accord(tx, &decision)?;
    let year = decision.accord.as_ref().map_or(decision.decided_on.year(), |accord| accord.year);
    if let Some(accord) = &decision.accord {
        not_issued(tx, &decision, accord)?;
    }
    let number = match (request.number, &decision.accord) {
        (Some(number), _) => free(tx, &decision, number, year)?,
        (None, Some(accord)) => accord.number,
        (None, None) => next(tx, &decision, year)?,
    };
    if request.articles.len() > MOST_ARTICLES || request.recitals.len() > MOST_ARTICLES {
        return Err(Failure::field(
            "articles",
            text!(
                "Un acuerdo lleva hasta {MOST_ARTICLES} artículos y otros tantos considerandos.",
                "An accord has up to {MOST_ARTICLES} articles and as many recitals."
            ),
        ));
    }
    let texts = |field: &str, what: &Text, typed: &[String]| -> Result<Vec<String>> {
        typed.iter().map(|text| typed::prose(field, what, text)).collect()
    };
    // In the order of the form: what is told first is what is seen first.
    let title =
        typed::line("title", &text!("qué adopta el acuerdo", "What the accord does"), &request.title)?;
    let powers = typed::prose("powers", &text!("con qué facultades", "By which powers"), &request.powers)?;
    let recitals = texts("recitals", &text!("el considerando", "The recital"), &request.recitals)?;
    let articles = texts("articles", &text!("el artículo", "The article"), &request.articles)?;
    if articles.is_empty() {
        return Err(Failure::field(
            "articles",
            text!("Escriba al menos un artículo.", "Write one article at least."),
        ));
    }
    let old = decision.accord.take();
    decision.accord = Some(Accord {
        number,
        year,
        title,
        powers,
        recitals,
        articles,
        publication: old.as_ref().and_then(|accord| accord.publication.clone()),
        rule_set_id: old.as_ref().and_then(|accord| accord.rule_set_id.clone()),
        file: old.as_ref().and_then(|accord| accord.file.clone()),
        blob_id: old.and_then(|accord| accord.blob_id),
    });
    tx.put(&decision)?;
    Ok(decision)
}

/// Takes an accord that was not issued away from its decision.
///
/// # Errors
/// `not_found` for a decision without one; `wrong_state` once it was issued, or when it came with the archive.
pub fn remove_accord(tx: &mut Tx<'_>, request: super::DecisionRef) -> Result<()> {
    let mut decision: Decision = tx.get(&request.decision_id)?;
    let accord = of(&decision)?;
    not_issued(tx, &decision, accord)?;
    if accord.blob_id.is_some() || accord.rule_set_id.is_some() {
        return Err(kept(&accord.name()));
    }
    decision.accord = None;
    tx.put(&decision)
}

/// Records where an accord was published: its own day is not before the decision's.
///
/// # Errors
/// `not_found` for a decision without an accord; `invalid_input` for a day before the decision, or still to come.
pub fn publish_accord(tx: &mut Tx<'_>, request: PublishAccord) -> Result<Decision> {
    let mut decision: Decision = tx.get(&request.decision_id)?;
    let mut accord = of(&decision)?.clone();
    let RegistryPublication { number, published_on } = request.publication;
    if published_on < decision.decided_on || tx.ctx.today() < published_on {
        let (name, from) = (accord.name(), decision.decided_on);
        return Err(Failure::field(
            "published_on",
            text!(
                dates from;
                "El {name} se adoptó el {from}: se publica ese día o después, y no en el futuro.",
                "{name} was adopted on {from}: it is published that day or later, and not in the future."
            ),
        ));
    }
    let number = typed::line(
        "number",
        &text!("el número del Registro Distrital", "The number of the register"),
        &number,
    )?;
    accord.publication = Some(RegistryPublication { number, published_on });
    decision.accord = Some(accord);
    tx.put(&decision)?;
    Ok(decision)
}

/// The accord of a decision.
///
/// # Errors
/// `not_found` when it has none.
pub(crate) fn of(decision: &Decision) -> Result<&Accord> {
    decision.accord.as_ref().ok_or_else(|| {
        let named = super::named(decision);
        let (es, en) = (named.es, named.en);
        Failure::new(
            Code::NotFound,
            text!("No hay acuerdo de {es}. Redáctelo antes.", "There is no accord of {en}. Write it first."),
        )
        .with(json!({ "field": "decision_id" }))
    })
}

/// An accord says a substantive decision that its vote approved.
fn may_be_accord(read: &Read<'_>, decision: &Decision) -> Result<()> {
    let voted = match &decision.vote_id {
        Some(id) => read.find::<Vote>(id)?,
        None => None,
    };
    let facts = course::facts(read, &decision.session_id)?;
    let course = course::course(&facts);
    let result = voted.and_then(|vote| Some(course.vote(&vote.id)?.verdict.as_ref()?.count.result));
    let approved = result == Some(VoteResult::Approved) && !says_no(&decision.text);
    if decision.kind == DecisionKind::Substantive && approved {
        return Ok(());
    }
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "Un acuerdo dice una decisión sustantiva que la votación aprobó. Esta no lo es: expida su certificación.",
            "An accord says a substantive decision that its vote approved. This one is not: certify it instead."
        ),
    )
    .with(json!({ "field": "decision_id" })))
}

/// Whether the accord was issued as an official paper.
pub(crate) fn issued(read: &Read<'_>, decision: &Decision, accord: &Accord) -> Result<bool> {
    Ok(read
        .conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM document WHERE body_id = ?1 AND kind = ?2 AND title = ?3)",
        )?
        .query_row((&decision.body_id, DocumentKind::Accord, accord.name()), |row| row.get(0))?)
}

fn not_issued(read: &Read<'_>, decision: &Decision, accord: &Accord) -> Result<()> {
    if issued(read, decision, accord)? { Err(kept(&accord.name())) } else { Ok(()) }
}

fn kept(name: &str) -> Failure {
    Failure::new(
        Code::WrongState,
        text!(
            "El {name} ya se expidió: su texto no cambia. Se corrige o se deroga con otro acuerdo.",
            "{name} was issued: its text does not change. Another accord corrects or repeals it."
        ),
    )
}

/// Numbers of accords of the year that are taken: those of decisions, and those that adopted rules.
fn taken(read: &Read<'_>, decision: &Decision, year: i32) -> Result<Vec<i64>> {
    let mut statement = read.conn.prepare_cached(
        "SELECT json_extract(accord, '$.number') FROM decision
         WHERE body_id = ?1 AND id <> ?2 AND accord IS NOT NULL AND json_extract(accord, '$.year') = ?3
         UNION SELECT json_extract(rules, '$.adopted_by.number') FROM rule_set
         WHERE body_id = ?1 AND json_extract(rules, '$.adopted_by.kind') = 'accord'
           AND json_extract(rules, '$.adopted_by.year') = ?3 AND json_extract(rules, '$.adopted_by.decision_id') IS NOT ?2",
    )?;
    let numbers = statement.query_map((&decision.body_id, &decision.id, year), |row| row.get(0))?;
    Ok(numbers.collect::<rusqlite::Result<Vec<Option<i64>>>>()?.into_iter().flatten().collect())
}

fn next(read: &Read<'_>, decision: &Decision, year: i32) -> Result<i64> {
    Ok(taken(read, decision, year)?.into_iter().max().unwrap_or(0) + 1)
}

fn free(read: &Read<'_>, decision: &Decision, number: i64, year: i32) -> Result<i64> {
    let taken = taken(read, decision, year)?;
    if number >= 1 && !taken.contains(&number) {
        return Ok(number);
    }
    let next = taken.into_iter().max().unwrap_or(0) + 1;
    Err(Failure::new(
        Code::AlreadyExists,
        text!(
            "El acuerdo {number} de {year} ya existe o no es un número. El siguiente es {next}.",
            "Accord {number} of {year} exists already or is no number. The next one is {next}."
        ),
    )
    .with(json!({ "field": "number", "next": next })))
}
