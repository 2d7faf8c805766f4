//! The profile of a proposal, with the fields of the data format: what is possible, what is computed, what is missing.
//!
//! A draft may lack anything and hold too many words; it may not hold the impossible (an unknown entity, a negative
//! amount, an end before a start). What is missing to file it is [`completeness`].

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use ts_rs::TS;

use super::Proposal;
use crate::catalog::{CatalogItem, Entity, Partner};
use crate::failure::{Code, Failure, Result, Text};
use crate::journal::Read;
use crate::{text, typed};

/// Most words of a title.
pub const TITLE_WORDS: usize = 20;
/// Most words of a summary.
pub const SUMMARY_WORDS: usize = 200;
/// Highest amount of a budget line, in whole units: beyond it sums could lose exactness in the UI.
const HIGHEST_AMOUNT: i64 = 1_000_000_000_000_000;

/// The profile's fields. Ids name catalog items, entities and partners.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// Summary, at most 200 words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub summary: Option<String>,
    /// Entities that propose it too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub co_entity_ids: Vec<String>,
    /// Supply, demand or two-way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub role_id: Option<String>,
    /// Modalities of cooperation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub modality_ids: Vec<String>,
    /// Partners.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub partner_ids: Vec<String>,
    /// City networks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub network_ids: Vec<String>,
    /// Where the theme comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub theme_source: Option<String>,
    /// The problem it addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub problem: Option<String>,
    /// Its objectives.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub objectives: Option<Objectives>,
    /// What it will achieve.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expected_results: Option<ExpectedResults>,
    /// For whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub beneficiaries: Option<Beneficiaries>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub location: Option<Location>,
    /// With what money.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub budget: Option<Budget>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub schedule: Option<ProjectSchedule>,
    /// With which plans it agrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub alignment: Option<Alignment>,
    /// What may go wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub risks: Option<Risks>,
    /// The instrument it would be agreed by.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub instrument: Option<InstrumentPlan>,
    /// The secretariat's evaluation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub evaluation: Option<Evaluation>,
    /// Endorsement of the national cooperation agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub apc_endorsement: Option<Endorsement>,
}

/// General and specific objectives.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Objectives {
    /// The general one.
    pub general: Option<String>,
    /// The specific ones.
    pub specific: Vec<String>,
}

/// Results with their indicators.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExpectedResults {
    /// In words.
    pub text: Option<String>,
    /// How they are measured.
    pub indicators: Vec<ProjectIndicator>,
}

/// An indicator of a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectIndicator {
    /// Its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Option<String>,
    /// Where it starts.
    pub baseline: Option<serde_json::Number>,
    /// Where it should arrive.
    pub target: Option<serde_json::Number>,
    /// How it is verified.
    pub verification: Option<String>,
    /// The development goal it serves.
    pub sdg_id: Option<String>,
}

/// For whom a project is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Beneficiaries {
    /// In words, with the differential approach.
    pub text: Option<String>,
    /// People who benefit directly.
    pub direct: Option<i64>,
    /// People who benefit indirectly.
    pub indirect: Option<i64>,
    /// Populations of the differential approach.
    pub population_ids: Vec<String>,
    /// Localities.
    pub localities: Vec<String>,
}

/// Where a project takes place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Location {
    /// `city` or `localities`.
    pub scope: Option<String>,
    /// Localities.
    pub localities: Vec<String>,
    /// In words.
    pub text: Option<String>,
}

/// The budget. Totals are computed from the lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Budget {
    /// In words.
    pub text: Option<String>,
    /// Currency of the totals, `COP`.
    pub currency: Option<String>,
    /// Sum of the lines; computed.
    pub total: Option<i64>,
    /// What the city's entities give; computed.
    pub city_total: Option<i64>,
    /// What the partners give; computed.
    pub partner_total: Option<i64>,
    /// The lines.
    pub lines: Vec<BudgetLine>,
}

/// A line of a budget.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BudgetLine {
    /// What for.
    pub concept: String,
    /// Who gives it: `entity` or `partner`.
    pub source_kind: Option<String>,
    /// Which one.
    pub source_id: Option<String>,
    /// `cash` or `in_kind`.
    pub kind: Option<String>,
    /// How much, in whole pesos; computed for a pledge in another currency.
    pub amount: i64,
    /// Currency of the amount, `COP`.
    pub currency: Option<String>,
    /// The currency it was pledged in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub original: Option<Pledge>,
}

/// An amount in the currency it was pledged in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pledge {
    /// `EUR`, `USD`, …
    pub currency: String,
    /// How much.
    pub amount: i64,
    /// Whole pesos for a unit.
    pub rate: i64,
}

/// When a project takes place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProjectSchedule {
    /// In words.
    pub text: Option<String>,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
    /// Stages.
    pub milestones: Vec<Milestone>,
}

/// A stage of a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Milestone {
    /// What.
    pub milestone: String,
    /// First day.
    pub start: Option<NaiveDate>,
    /// Last day.
    pub end: Option<NaiveDate>,
}

/// The plans a project agrees with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Alignment {
    /// In words.
    pub text: Option<String>,
    /// Objectives of the Development Plan.
    pub development_plan_objective_ids: Vec<String>,
    /// Development goals (ODS).
    pub sdg_ids: Vec<String>,
    /// Lines of the strategy.
    pub line_ids: Vec<String>,
    /// Activities of the strategy.
    pub activity_ids: Vec<String>,
    /// Principles of the strategy.
    pub principle_ids: Vec<String>,
}

/// The risks of a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Risks {
    /// In words.
    pub text: Option<String>,
    /// One by one.
    pub items: Vec<Risk>,
}

/// A risk.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Risk {
    /// What may happen.
    pub risk: String,
    /// 1 to 5.
    pub probability: Option<i64>,
    /// 1 to 5.
    pub impact: Option<i64>,
    /// What is done about it.
    pub mitigation: Option<String>,
    /// Who answers for it.
    pub owner_entity_id: Option<String>,
}

/// The instrument a project would be agreed by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InstrumentPlan {
    /// In words.
    pub text: Option<String>,
    /// What kind.
    pub kind_id: Option<String>,
    /// The instrument, once there is one.
    pub instrument_id: Option<String>,
}

/// The secretariat's evaluation. The total is computed from the criteria's weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Evaluation {
    /// When.
    pub evaluated_on: Option<NaiveDate>,
    /// By whom.
    pub evaluator_id: Option<String>,
    /// A score for each criterion.
    pub scores: Vec<Score>,
    /// Weighted total; computed.
    pub total: Option<f64>,
    /// The highest total there is: the sum of the weights; computed.
    pub scale_max: Option<f64>,
}

/// A score for a criterion.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// The criterion.
    pub criterion_id: String,
    /// 0 to 5.
    pub score: i64,
}

/// Endorsement of the national cooperation agency (APC).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Endorsement {
    /// `not_required`, `to_request`, `requested`, `endorsed`.
    pub code: Option<String>,
    /// In words.
    pub note: Option<String>,
}

/// Words of a text, as a person counts them.
#[must_use]
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The profile as typed data.
///
/// # Errors
/// `invalid_input` when a field is unknown or has another shape.
pub fn read_profile(map: &Map<String, Value>) -> Result<Profile> {
    serde_json::from_value(Value::Object(map.clone())).map_err(|error| {
        Failure::field(
            "profile",
            text!(
                "La ficha tiene un campo con otra forma: {error}. Revise ese campo.",
                "A field of the profile has another form: {error}. Check that field."
            ),
        )
    })
}

/// A profile as it is kept: checked, cleaned and with its totals computed.
///
/// # Errors
/// `invalid_input` naming the field that is impossible, `not_found` for ids of nothing.
pub fn checked(read: &Read<'_>, mut profile: Profile) -> Result<Profile> {
    clean(&mut profile)?;
    for id in &profile.co_entity_ids {
        known::<Entity>(read, "co_entity_ids", id)?;
    }
    for id in &profile.partner_ids {
        known::<Partner>(read, "partner_ids", id)?;
    }
    let alignment = profile.alignment.clone().unwrap_or_default();
    let beneficiaries = profile.beneficiaries.clone().unwrap_or_default();
    for (field, ids) in [
        ("modality_ids", &profile.modality_ids),
        ("network_ids", &profile.network_ids),
        ("alignment.development_plan_objective_ids", &alignment.development_plan_objective_ids),
        ("alignment.sdg_ids", &alignment.sdg_ids),
        ("alignment.line_ids", &alignment.line_ids),
        ("alignment.activity_ids", &alignment.activity_ids),
        ("alignment.principle_ids", &alignment.principle_ids),
        ("beneficiaries.population_ids", &beneficiaries.population_ids),
    ] {
        for id in ids {
            known::<CatalogItem>(read, field, id)?;
        }
    }
    if let Some(id) = &profile.role_id {
        known::<CatalogItem>(read, "role_id", id)?;
    }
    if let Some(id) = profile.instrument.as_ref().and_then(|i| i.kind_id.as_ref()) {
        known::<CatalogItem>(read, "instrument.kind_id", id)?;
    }
    for (field, number) in [("direct", beneficiaries.direct), ("indirect", beneficiaries.indirect)] {
        if number.is_some_and(|n| n < 0) {
            return Err(Failure::field(
                &format!("beneficiaries.{field}"),
                text!(
                    "El número de personas no puede ser negativo.",
                    "The number of people cannot be negative."
                ),
            ));
        }
    }
    if let Some(location) = &profile.location {
        one_of("location.scope", location.scope.as_deref(), &["city", "localities"])?;
    }
    if let Some(endorsement) = &profile.apc_endorsement {
        let codes = ["not_required", "to_request", "requested", "endorsed"];
        one_of("apc_endorsement.code", endorsement.code.as_deref(), &codes)?;
    }
    if let Some(results) = &profile.expected_results {
        for indicator in &results.indicators {
            if let Some(id) = &indicator.sdg_id {
                known::<CatalogItem>(read, "expected_results.indicators", id)?;
            }
        }
    }
    if let Some(schedule) = &profile.schedule {
        in_order("schedule.end", schedule.start, schedule.end)?;
        for milestone in &schedule.milestones {
            in_order("schedule.milestones", milestone.start, milestone.end)?;
        }
    }
    if let Some(risks) = &profile.risks {
        for risk in &risks.items {
            for grade in [risk.probability, risk.impact].into_iter().flatten() {
                if !(1..=5).contains(&grade) {
                    return Err(Failure::field(
                        "risks.items",
                        text!(
                            "Probabilidad e impacto van de 1 a 5; se recibió {grade}.",
                            "Probability and impact go from 1 to 5; got {grade}."
                        ),
                    ));
                }
            }
            if let Some(id) = &risk.owner_entity_id {
                known::<Entity>(read, "risks.items", id)?;
            }
        }
    }
    if let Some(budget) = &mut profile.budget {
        add_up(read, budget)?;
    }
    if let Some(evaluation) = &mut profile.evaluation {
        weigh(read, evaluation)?;
    }
    Ok(profile)
}

/// Trims every text and composes it; empty ones become absent.
fn clean(profile: &mut Profile) -> Result<()> {
    let tidy = |field: &str, text: &mut Option<String>| -> Result<()> {
        *text = typed::optional_prose(field, text.as_deref())?;
        Ok(())
    };
    tidy("summary", &mut profile.summary)?;
    tidy("theme_source", &mut profile.theme_source)?;
    tidy("problem", &mut profile.problem)?;
    if let Some(objectives) = &mut profile.objectives {
        tidy("objectives.general", &mut objectives.general)?;
        objectives.specific.retain(|text| !text.trim().is_empty());
    }
    for (field, text) in [
        ("expected_results.text", profile.expected_results.as_mut().map(|x| &mut x.text)),
        ("beneficiaries.text", profile.beneficiaries.as_mut().map(|x| &mut x.text)),
        ("location.text", profile.location.as_mut().map(|x| &mut x.text)),
        ("budget.text", profile.budget.as_mut().map(|x| &mut x.text)),
        ("schedule.text", profile.schedule.as_mut().map(|x| &mut x.text)),
        ("alignment.text", profile.alignment.as_mut().map(|x| &mut x.text)),
        ("risks.text", profile.risks.as_mut().map(|x| &mut x.text)),
        ("instrument.text", profile.instrument.as_mut().map(|x| &mut x.text)),
        ("apc_endorsement.note", profile.apc_endorsement.as_mut().map(|x| &mut x.note)),
    ] {
        if let Some(text) = text {
            tidy(field, text)?;
        }
    }
    Ok(())
}

fn known<T: crate::record::Record>(read: &Read<'_>, field: &str, id: &str) -> Result<()> {
    if read.find::<T>(id)?.is_some() {
        return Ok(());
    }
    Err(Failure::new(
        Code::NotFound,
        text!(
            "«{id}» no está en el catálogo. Escójalo de la lista.",
            "“{id}” is not in the catalog. Choose it from the list."
        ),
    )
    .with(json!({ "field": field, "id": id })))
}

fn one_of(field: &str, code: Option<&str>, codes: &[&str]) -> Result<()> {
    match code {
        Some(code) if !codes.contains(&code) => {
            let allowed = codes.join(", ");
            Err(Failure::field(
                field,
                text!("«{code}» no es una opción: {allowed}.", "“{code}” is not an option: {allowed}."),
            ))
        }
        _ => Ok(()),
    }
}

fn in_order(field: &str, start: Option<NaiveDate>, end: Option<NaiveDate>) -> Result<()> {
    match start {
        Some(start) => typed::in_order(field, start, end),
        None => Ok(()),
    }
}

/// Checks the lines of a budget and computes its totals.
fn add_up(read: &Read<'_>, budget: &mut Budget) -> Result<()> {
    let (mut city, mut partners) = (0_i64, 0_i64);
    for (n, line) in (1..).zip(&mut budget.lines) {
        // A pledge in another currency is worth what its rate says, whatever came.
        if let Some(pledge) = &line.original {
            line.amount = pledge.amount.saturating_mul(pledge.rate);
        }
        let amount = line.amount;
        if !(0..=HIGHEST_AMOUNT).contains(&amount) {
            return Err(Failure::field(
                "budget.lines",
                text!(
                    "El valor de la línea {n} debe ser un número entero de pesos, sin signo y con hasta 15 cifras; se recibió {amount}.",
                    "The amount of line {n} is a whole number of pesos, without sign and up to 15 digits; got {amount}."
                ),
            ));
        }
        if line.currency.as_deref().is_some_and(|c| c != "COP") {
            return Err(Failure::field(
                "budget.lines",
                text!(
                    "La línea {n} va en pesos (COP); la moneda de la promesa y su tasa van aparte.",
                    "Line {n} is in pesos (COP); the pledged currency and its rate go apart."
                ),
            ));
        }
        one_of("budget.lines", line.source_kind.as_deref(), &["entity", "partner"])?;
        one_of("budget.lines", line.kind.as_deref(), &["cash", "in_kind"])?;
        match (line.source_kind.as_deref(), &line.source_id) {
            (Some("partner"), Some(id)) => known::<Partner>(read, "budget.lines", id)?,
            (Some("entity"), Some(id)) => known::<Entity>(read, "budget.lines", id)?,
            _ => {}
        }
        let sum = if line.source_kind.as_deref() == Some("partner") { &mut partners } else { &mut city };
        *sum = sum.checked_add(amount).filter(|s| *s <= HIGHEST_AMOUNT).ok_or_else(|| {
            Failure::field(
                "budget.lines",
                text!("La suma de las líneas es demasiado grande.", "The lines add up to too much."),
            )
        })?;
    }
    budget.currency = Some("COP".to_owned());
    budget.city_total = Some(city);
    budget.partner_total = Some(partners);
    budget.total = Some(city + partners);
    Ok(())
}

/// Checks an evaluation and computes its weighted total: each score over 5, times the weight of its criterion.
fn weigh(read: &Read<'_>, evaluation: &mut Evaluation) -> Result<()> {
    let (mut total, mut highest) = (0.0, 0.0);
    for (n, score) in evaluation.scores.iter().enumerate() {
        let (id, grade) = (&score.criterion_id, score.score);
        if !(0..=5).contains(&grade) {
            return Err(Failure::field(
                "evaluation.scores",
                text!(
                    "Los puntajes van de 0 a 5; se recibió {grade}.",
                    "Scores go from 0 to 5; got {grade}."
                ),
            ));
        }
        if evaluation.scores[..n].iter().any(|other| other.criterion_id == *id) {
            return Err(Failure::field(
                "evaluation.scores",
                text!("El criterio «{id}» está dos veces.", "Criterion “{id}” is there twice."),
            ));
        }
        known::<CatalogItem>(read, "evaluation.scores", id)?;
        let criterion: CatalogItem = read.get(id)?;
        let weight = criterion
            .data
            .as_ref()
            .and_then(|data| data.get("weight"))
            .and_then(Value::as_f64)
            .unwrap_or(1.0);
        total += weight * grade as f64 / 5.0;
        highest += weight;
    }
    // Two decimals, as the format keeps it.
    evaluation.total = Some((total * 100.0).round() / 100.0);
    evaluation.scale_max = Some((highest * 100.0).round() / 100.0);
    Ok(())
}

/// The part of the profile a field belongs to, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProfileSection {
    /// Title, entity, role, modality, contact.
    Identification,
    /// Problem and objectives.
    Purpose,
    /// Results and indicators.
    Results,
    /// Beneficiaries.
    Beneficiaries,
    /// Place and time.
    PlaceAndTime,
    /// Budget.
    Budget,
    /// Alignment.
    Alignment,
    /// Risks.
    Risks,
    /// Instrument and endorsement.
    Instrument,
}

/// A field that lacks something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MissingField {
    /// Its path in the profile: `objectives.general`.
    pub field: String,
    /// Its part of the form.
    pub section: ProfileSection,
    /// Its name.
    pub label: Text,
    /// What it lacks.
    pub text: Text,
}

/// How complete a proposal is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Completeness {
    /// Whether nothing is missing.
    pub complete: bool,
    /// Fields asked for.
    pub asked: i64,
    /// Fields that have what they need.
    pub have: i64,
    /// Words of the title and how many may be.
    pub title_words: WordCount,
    /// Words of the summary and how many may be.
    pub summary_words: WordCount,
    /// What is missing, in the order of the form.
    pub missing: Vec<MissingField>,
    /// The whole in a sentence.
    pub text: Text,
}

/// Words of a text against its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WordCount {
    /// How many there are.
    pub words: i64,
    /// How many may be.
    pub limit: i64,
    /// Whether it is within the limit and not empty.
    pub ok: bool,
}

/// What a proposal lacks to be filed complete, field by field. Annexes are welcome and not asked for.
#[must_use]
pub fn completeness(proposal: &Proposal) -> Completeness {
    // What came from elsewhere may hold what this form does not know; the fields it knows are looked at.
    let get = |path: &str| -> Option<Value> {
        let mut at = Value::Object(proposal.profile.clone());
        for key in path.split('.') {
            at = at.get_mut(key)?.take();
        }
        Some(at)
    };
    let filled = |path: &str| match get(path) {
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
        Some(Value::Number(_) | Value::Bool(_)) => true,
        Some(Value::Null) | None => false,
    };
    let count = |text: &str, limit: usize| {
        let words = words(text);
        WordCount { words: words as i64, limit: limit as i64, ok: (1..=limit).contains(&words) }
    };
    let title_words = count(&proposal.title, TITLE_WORDS);
    let summary = get("summary").and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let summary_words = count(&summary, SUMMARY_WORDS);

    let mut missing = Vec::new();
    let mut asked = 0;
    let mut ask = |section, field: &str, label: Text, ok: bool, lack: Option<Text>| {
        asked += 1;
        if !ok {
            let (es, en) = (&label.es, &label.en);
            let text = lack.unwrap_or_else(|| text!("Falta: {es}.", "Missing: {en}."));
            missing.push(MissingField { field: field.to_owned(), section, label, text });
        }
    };
    use ProfileSection as S;
    let over = |count: WordCount| {
        let WordCount { words, limit, .. } = count;
        (words > limit).then(|| {
            let extra = words - limit;
            text!(
                "Tiene {words} palabras y caben {limit}: sobran {extra}.",
                "It has {words} words and {limit} fit: {extra} too many."
            )
        })
    };
    ask(S::Identification, "title", text!("título", "title"), title_words.ok, over(title_words));
    ask(S::Identification, "summary", text!("resumen", "summary"), summary_words.ok, over(summary_words));
    let proponent = proposal.proponent_entity_id.is_some();
    ask(
        S::Identification,
        "proponent_entity_id",
        text!("entidad proponente", "proposing entity"),
        proponent,
        None,
    );
    let contact = proposal.contact_person_id.is_some();
    ask(
        S::Identification,
        "contact_person_id",
        text!("persona de contacto", "contact person"),
        contact,
        None,
    );
    for (section, path, es, en) in [
        (
            S::Identification,
            "role_id",
            "rol (oferta, demanda o doble vía)",
            "role (supply, demand or two-way)",
        ),
        (S::Identification, "modality_ids", "modalidad de cooperación", "modality of cooperation"),
        (S::Purpose, "problem", "problema", "problem"),
        (S::Purpose, "objectives.general", "objetivo general", "general objective"),
        (S::Purpose, "objectives.specific", "objetivos específicos", "specific objectives"),
        (S::Results, "expected_results.text", "resultados esperados", "expected results"),
        (S::Results, "expected_results.indicators", "indicadores", "indicators"),
        (S::Beneficiaries, "beneficiaries.text", "beneficiarios", "beneficiaries"),
        (S::Beneficiaries, "beneficiaries.population_ids", "enfoque diferencial", "differential approach"),
        (S::PlaceAndTime, "location.scope", "localización", "location"),
        (S::PlaceAndTime, "schedule.start", "fecha de inicio", "start date"),
        (S::PlaceAndTime, "schedule.end", "fecha de terminación", "end date"),
        (S::Budget, "budget.lines", "presupuesto", "budget"),
        (S::Alignment, "alignment.line_ids", "línea de la estrategia", "line of the strategy"),
        (S::Alignment, "alignment.activity_ids", "actividad de la estrategia", "activity of the strategy"),
        (
            S::Alignment,
            "alignment.development_plan_objective_ids",
            "objetivo del Plan de Desarrollo",
            "objective of the Development Plan",
        ),
        (
            S::Alignment,
            "alignment.sdg_ids",
            "Objetivos de Desarrollo Sostenible",
            "Sustainable Development Goals",
        ),
        (S::Risks, "risks.items", "riesgos", "risks"),
        (S::Instrument, "instrument.kind_id", "instrumento", "instrument"),
        (S::Instrument, "apc_endorsement.code", "aval de APC Colombia", "endorsement of APC Colombia"),
    ] {
        ask(section, path, text!("{es}", "{en}"), filled(path), None);
    }
    // A partner, or the network that stands for one.
    let partner = filled("partner_ids") || filled("network_ids");
    ask(S::Identification, "partner_ids", text!("aliados", "partners"), partner, None);
    // Both sides of the budget: what the partner gives and the counterpart.
    let sources: Vec<String> = get("budget.lines")
        .and_then(|lines| lines.as_array().cloned())
        .unwrap_or_default()
        .iter()
        .filter_map(|line| line.get("source_kind").and_then(Value::as_str).map(str::to_owned))
        .collect();
    for (kind, label) in [
        ("entity", text!("contrapartida de la ciudad", "counterpart of the city")),
        ("partner", text!("aporte del aliado", "contribution of the partner")),
    ] {
        ask(S::Budget, &format!("budget.lines.{kind}"), label, sources.iter().any(|s| s == kind), None);
    }

    missing.sort_by_key(|m| m.section as u8);
    let (left, have) = (missing.len(), asked - missing.len() as i64);
    Completeness {
        complete: missing.is_empty(),
        asked,
        have,
        title_words,
        summary_words,
        text: match left {
            0 => text!("La ficha está completa.", "The profile is complete."),
            1 => {
                let (es, en) = (&missing[0].label.es, &missing[0].label.en);
                text!("Falta un dato de {asked}: {es}.", "One of {asked} fields is missing: {en}.")
            }
            _ => text!("Faltan {left} datos de {asked}.", "{left} of {asked} fields are missing."),
        },
        missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_a_person_does() {
        for (text, count) in [
            ("", 0),
            ("  Planta piloto\nde biogás ", 4),
            ("Bogotá – ciudad abierta", 3),
            ("agua, suelo y aire.", 4),
            ("D'Alessandro-Ñungo", 1),
        ] {
            assert_eq!(words(text), count, "{text:?}");
        }
    }

    #[test]
    fn the_demo_profiles_are_read_whole() {
        let path = format!("{}/../../assets/demo/demo/proposals.json", env!("CARGO_MANIFEST_DIR"));
        let json: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let columns = [
            "id",
            "code",
            "title",
            "short_title",
            "proponent_entity_id",
            "filed_on",
            "target_session_id",
            "contact_person_id",
            "status",
            "status_history",
            "annexes",
        ];
        let proposals = json["proposals"].as_array().unwrap();
        assert!(!proposals.is_empty());
        for given in proposals {
            let mut map = given.as_object().unwrap().clone();
            map.retain(|key, _| !columns.contains(&key.as_str()));
            let profile = read_profile(&map).unwrap_or_else(|e| panic!("{}: {e}", given["id"]));
            let back = serde_json::to_value(&profile).unwrap();
            for (key, value) in map.iter().filter(|(_, v)| !v.as_array().is_some_and(Vec::is_empty)) {
                let kept = &back[key];
                let same = match value {
                    Value::Object(fields) => fields.iter().all(|(k, v)| {
                        kept[k] == *v
                            || kept[k].as_f64().is_some_and(|f| v.as_f64() == Some(f))
                            || v.is_array()
                    }),
                    other => kept == other,
                };
                assert!(same, "{} {key}: {value} / {kept}", given["id"]);
            }
        }
    }
}
