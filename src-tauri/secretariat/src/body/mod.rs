//! Bodies (instancias): what they are, and their functions, seats, holders, invitees and rule sets.

mod function;
mod holder;
mod invitee;
mod members;
mod rule_set;
mod seat;
mod template;
mod tried_rules;

pub use function::*;
pub use holder::*;
pub use invitee::*;
pub use members::*;
pub use rule_set::*;
pub use seat::*;
pub use template::*;
pub use tried_rules::*;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::api::Nothing;
use crate::codes::{ActKind, BodyKind, SessionStatus};
use crate::failure::{Failure, Result};
use crate::ids::{BodyId, EntityId, SessionId};
use crate::journal::{Read, Tx};
use crate::{record, spanish, text, typed};

/// A text with the place it was taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Sourced {
    /// The text.
    pub text: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<String>,
}

/// The act that created a body. Unknown until registered: then paper says "por registrar".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CreatingAct {
    /// Whether the secretary has confirmed it.
    pub registered: bool,
    /// As printed: "Decreto 000 de 0000", or "acto de creación: por registrar".
    pub text: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: Option<String>,
}

/// A component of a public-private body (público, privado, academia…).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Component {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many seats it has.
    pub seats: i64,
}

/// Who runs the secretariat of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TechnicalSecretariat {
    /// The entity.
    #[serde(default)]
    pub entity_id: Option<EntityId>,
    /// The office's name.
    pub name: String,
    /// Where the fact comes from.
    #[serde(default)]
    pub source: Option<String>,
}

/// How a body numbers its sessions and minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Numbering {
    /// Sessions restart each year ("sesión 3 de 2025"); otherwise they go on for ever.
    pub sessions_yearly: bool,
    /// Minutes restart each year ("Acta 3 de 2025").
    pub minutes_yearly: bool,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { sessions_yearly: true, minutes_yearly: true }
    }
}

/// Paper of a body's documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// 216 × 279 mm, the Colombian default.
    #[default]
    Letter,
    /// 210 × 297 mm.
    A4,
    /// 216 × 330 mm.
    Oficio,
}

/// A body: intersectoral commission, group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Body {
    /// Its id.
    pub id: BodyId,
    /// Its name, as printed.
    pub name: String,
    /// Its kind.
    pub kind: BodyKind,
    /// `draft` while its facts are unconfirmed.
    pub status: Option<String>,
    /// What it is for.
    pub purpose: Option<Sourced>,
    /// Other names it goes by.
    pub alternative_names: Vec<String>,
    /// Least sessions a year, where the norm says so.
    pub minimum_meetings_per_year: Option<i64>,
    /// Components, for public-private bodies.
    pub components: Vec<Component>,
    /// The act that created it.
    pub creating_act: CreatingAct,
    /// Norms its papers cite.
    pub normative_references: Vec<Sourced>,
    /// Who runs its secretariat.
    pub technical_secretariat: Option<TechnicalSecretariat>,
    /// How it numbers.
    pub numbering: Numbering,
    /// Paper of its documents.
    pub paper: PaperSize,
    /// Remark.
    pub note: Option<String>,
}
record!(Body, "body");

/// An administrative act: resolution, letter, decree, accord.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Act {
    /// Its kind.
    pub kind: ActKind,
    /// Its number as written, such as "014 de 2025".
    #[serde(default)]
    pub number: Option<String>,
    /// Its date.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// As cited: "Resolución 14 de 2025".
    #[serde(default)]
    pub name: Option<String>,
    /// Whether it exists only in a demonstration.
    #[serde(default)]
    pub fictitious: bool,
    /// Name of its file, when it came with one.
    #[serde(default)]
    pub file: Option<String>,
    /// Hash of its file's bytes.
    #[serde(default)]
    pub blob_id: Option<String>,
}

impl Act {
    /// As cited: its name, or its kind, number and year ("Resolución 014 de 2025", "Oficio 2024-331").
    #[must_use]
    pub fn cited(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let kind = spanish::capitalized(self.kind.label());
        match (&self.number, self.date) {
            // A letter's number says its year itself, and so may any other's as it was written.
            (Some(number), Some(date)) if self.kind != ActKind::Letter && !number.contains(" de ") => {
                format!("{kind} {number} de {}", chrono::Datelike::year(&date))
            }
            (Some(number), _) => format!("{kind} {number}"),
            (None, date) => {
                // A letter is known by its number; without one it is a communication, known by its day.
                let kind = if self.kind == ActKind::Letter { "Comunicación".to_owned() } else { kind };
                date.map_or_else(|| kind.clone(), |date| format!("{kind} del {}", spanish::date(date)))
            }
        }
    }

    /// As cited inside a sentence: "la Resolución 14 de 2025", "la comunicación del 3 de febrero de 2025".
    #[must_use]
    pub fn with_article(&self) -> String {
        let cited = self.cited();
        match (&self.name, &self.number, self.kind) {
            (None, None, ActKind::Letter) => {
                format!("la {}", crate::minutes::sentences::uncapitalized(&cited))
            }
            _ => format!("{} {cited}", self.kind.article()),
        }
    }

    /// The same act with its texts fit to keep.
    ///
    /// # Errors
    /// `invalid_input` when a text is too long.
    pub(crate) fn fit(self) -> Result<Self> {
        Ok(Self {
            number: typed::optional_line("act.number", self.number.as_deref())?,
            name: typed::optional_line("act.name", self.name.as_deref())?,
            file: typed::optional_line("act.file", self.file.as_deref())?,
            ..self
        })
    }
}

/// The bodies of the archive, by name.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(read: &Read<'_>, _: Nothing) -> Result<Vec<Body>> {
    read.select("ORDER BY name", [])
}

/// A body to create or edit. What is not said is left empty, also when editing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutBody {
    /// The body to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<BodyId>,
    /// Its name, as printed.
    pub name: String,
    /// Its kind.
    pub kind: BodyKind,
    /// `draft` while its facts are unconfirmed.
    #[serde(default)]
    #[ts(optional)]
    pub status: Option<String>,
    /// What it is for.
    #[serde(default)]
    #[ts(optional)]
    pub purpose: Option<Sourced>,
    /// Other names it goes by.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub alternative_names: Vec<String>,
    /// Least sessions a year, where the norm says so.
    #[serde(default)]
    #[ts(optional)]
    pub minimum_meetings_per_year: Option<i64>,
    /// Components, for public-private bodies.
    #[serde(default)]
    #[ts(as = "Option<Vec<Component>>", optional)]
    pub components: Vec<Component>,
    /// The act that created it; unregistered when not said.
    #[serde(default)]
    #[ts(optional)]
    pub creating_act: Option<CreatingAct>,
    /// Norms its papers cite.
    #[serde(default)]
    #[ts(as = "Option<Vec<Sourced>>", optional)]
    pub normative_references: Vec<Sourced>,
    /// Who runs its secretariat.
    #[serde(default)]
    #[ts(optional)]
    pub technical_secretariat: Option<TechnicalSecretariat>,
    /// How it numbers; yearly when not said.
    #[serde(default)]
    #[ts(optional)]
    pub numbering: Option<Numbering>,
    /// Paper of its documents; letter when not said.
    #[serde(default)]
    #[ts(optional)]
    pub paper: Option<PaperSize>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// What paper says of a creating act that nobody has registered. No number is ever invented.
pub const UNREGISTERED_ACT: &str = "acto de creación: por registrar";

/// Creates or edits a body.
///
/// # Errors
/// `invalid_input` when its name is empty or another body's, its registered act has no text, or its least number of
/// sessions is not from 1 to 366.
pub fn put(tx: &mut Tx<'_>, request: PutBody) -> Result<Body> {
    let name = typed::line("name", &text!("el nombre de la instancia", "The body's name"), &request.name)?;
    let id = match request.id {
        Some(id) => id,
        None => BodyId::new(tx.ctx.new_id())?,
    };
    let folded = typed::folded(&name);
    if let Some(other) =
        tx.all::<Body>()?.into_iter().find(|b| b.id != id && typed::folded(&b.name) == folded)
    {
        let other = other.name;
        return Err(Failure::field(
            "name",
            text!(
                "Ya hay una instancia que se llama «{other}». Use otro nombre o edite la que existe.",
                "There is a body named “{other}” already. Use another name or edit the existing one."
            ),
        ));
    }
    let creating_act = match request.creating_act {
        Some(act) if act.registered => CreatingAct {
            text: typed::line("creating_act", &text!("el acto de creación", "The creating act"), &act.text)?,
            source: typed::optional_line("creating_act.source", act.source.as_deref())?,
            registered: true,
        },
        act => CreatingAct {
            registered: false,
            text: UNREGISTERED_ACT.to_owned(),
            source: act.and_then(|a| a.source),
        },
    };
    if let Some(least) = request.minimum_meetings_per_year
        && !(1..=366).contains(&least)
    {
        return Err(Failure::field(
            "minimum_meetings_per_year",
            text!(
                "El mínimo de sesiones al año va de 1 a 366; se escribió {least}. Déjelo vacío si ninguna norma lo fija.",
                "The least number of sessions a year goes from 1 to 366; {least} was typed. Leave it empty if no norm sets it."
            ),
        ));
    }
    if let Some(entity) = request.technical_secretariat.as_ref().and_then(|t| t.entity_id.as_ref()) {
        tx.get::<crate::catalog::Entity>(entity)?;
    }
    let body = Body {
        id,
        name,
        kind: request.kind,
        status: typed::optional_line("status", request.status.as_deref())?,
        purpose: request.purpose,
        alternative_names: request
            .alternative_names
            .iter()
            .filter_map(|n| typed::optional_line("alternative_names", Some(n)).transpose())
            .collect::<Result<_>>()?,
        minimum_meetings_per_year: request.minimum_meetings_per_year,
        components: request.components,
        creating_act,
        normative_references: request.normative_references,
        technical_secretariat: request.technical_secretariat,
        numbering: request.numbering.unwrap_or_default(),
        paper: request.paper.unwrap_or_default(),
        note: typed::optional_prose("note", request.note.as_deref())?,
    };
    tx.put(&body)?;
    Ok(body)
}

/// Which body, on which day; today when not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BodyOnDay {
    /// The body.
    pub body_id: BodyId,
    /// The day.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// A session in a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NextSession {
    /// The session.
    pub id: SessionId,
    /// Its number in the year.
    pub number: Option<i64>,
    /// The year it is numbered in.
    pub year: i32,
    /// Its day.
    pub date: NaiveDate,
    /// Where it stands.
    pub status: SessionStatus,
}

/// A body as its screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BodyOverview {
    /// The body.
    pub body: Body,
    /// The day it is shown for.
    pub on: NaiveDate,
    /// Its functions in force, then the retired ones; each by scope and order.
    pub functions: Vec<BodyFunction>,
    /// Its permanent invitees.
    pub invitees: Vec<Invitee>,
    /// How many seats it has on that day.
    pub seats: i64,
    /// How many of them vote.
    pub voting_seats: i64,
    /// How many of them have nobody.
    pub vacant_seats: i64,
    /// The rule set in force on that day.
    pub rule_set: Option<RuleSetLine>,
    /// Name of the entity that runs its secretariat.
    pub secretariat_entity: Option<String>,
    /// Sessions of that year.
    pub sessions_in_year: i64,
    /// The next session that is programmed or convened.
    pub next_session: Option<NextSession>,
    /// What is missing or amiss.
    pub findings: Vec<MemberFinding>,
}

/// The next session of a body on or after a day that has not been held, postponed or cancelled.
///
/// # Errors
/// When the archive cannot be read.
pub fn next_session(read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<Option<NextSession>> {
    let found = read.select::<crate::session::Session>(
        "WHERE body_id = ?1 AND date >= ?2 AND status IN ('scheduled', 'convened', 'open', 'suspended') ORDER BY date, number LIMIT 1",
        (body, day.to_string()),
    )?;
    Ok(found.into_iter().next().map(|s| NextSession {
        id: s.id,
        number: s.number,
        year: s.year,
        date: s.date,
        status: s.status,
    }))
}

/// A body with its functions, invitees, rules in force and what is missing.
///
/// # Errors
/// `not_found` when there is no such body.
pub fn overview(read: &Read<'_>, request: BodyOnDay) -> Result<BodyOverview> {
    let body: Body = read.get(&request.body_id)?;
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    let members = list_members(read, request)?;
    let mut functions: Vec<BodyFunction> =
        read.select("WHERE body_id = ?1 ORDER BY scope, position, code", [&body.id])?;
    functions.sort_by_key(|f| (f.retired_on.is_some_and(|day| day <= on), f.scope, f.position));
    let secretariat_entity = match body.technical_secretariat.as_ref().and_then(|t| t.entity_id.as_ref()) {
        Some(id) => read.find::<crate::catalog::Entity>(id)?.map(|e| e.name),
        None => None,
    };
    let sessions_in_year: i64 = read
        .conn
        .prepare_cached("SELECT count(*) FROM session WHERE body_id = ?1 AND date >= ?2 AND date <= ?3")?
        .query_row((&body.id, format!("{}-01-01", on.year()), format!("{}-12-31", on.year())), |r| {
            r.get(0)
        })?;
    let mut findings = members.findings;
    if !body.creating_act.registered {
        findings.push(MemberFinding::new(
            FindingCode::CreatingActUnregistered,
            text!(
                "El acto de creación está por registrar: así se imprime. Regístrelo cuando tenga su número y su fecha.",
                "The creating act is not registered, and paper says so. Register it when its number and date are known."
            ),
        ));
    }
    if functions.is_empty() {
        findings.push(MemberFinding::new(
            FindingCode::NoFunctions,
            text!(
                "La instancia no tiene funciones registradas: sin ellas los puntos no dicen qué función atienden.",
                "The body has no functions recorded: without them items cannot say which function they address."
            ),
        ));
    }
    Ok(BodyOverview {
        invitees: members.invitees,
        seats: count(members.seats.iter()),
        voting_seats: members.voting_seats,
        vacant_seats: members.vacant_seats,
        rule_set: members.rule_set,
        next_session: members.next_session,
        body,
        on,
        functions,
        secretariat_entity,
        sessions_in_year,
        findings,
    })
}

pub(crate) fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}
