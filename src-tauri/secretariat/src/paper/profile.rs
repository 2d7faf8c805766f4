//! The profile of a project, field by field in the official order. What is not written yet is told so.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Drawn, Fact, Head, Told, fact, fictitious, name_of};
use crate::body::Body;
use crate::codes::DocumentKind;
use crate::failure::Result;
use crate::ids::ProposalId;
use crate::journal::Read;
use crate::proposal::profile::{Budget, Profile as Fields, Risks, read_profile};
use crate::proposal::view::{GetProposal, ProposalDetail, get};
use crate::spanish::{capitalized, date, figures, list, short_date};

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub(crate) enum ProfilePart {
    /// Prose.
    Text { text: String },
    /// Labels and what they say.
    Facts { facts: Vec<Fact> },
    /// A numbered list.
    List { items: Vec<String> },
    /// A table; `shares` of the room for each column, zero for one as wide as its content, and `figures`, the columns that
    /// hold amounts.
    Table { head: Vec<String>, rows: Vec<Vec<String>>, shares: Vec<f32>, figures: Vec<usize> },
}

/// A section of the profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ProfileSection {
    /// Its title.
    pub title: String,
    /// What it says.
    pub parts: Vec<ProfilePart>,
}

/// The profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Profile {
    /// Its sections in order.
    pub sections: Vec<ProfileSection>,
}

/// What is said of a field that is empty.
const UNSET: &str = "Por definir";

fn or_unset(text: Option<&str>) -> String {
    text.map(str::trim).filter(|text| !text.is_empty()).unwrap_or(UNSET).to_owned()
}

/// The names behind the ids of a profile.
struct Names(BTreeMap<String, String>);

impl Names {
    fn one(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn list(&self, ids: &[String]) -> String {
        if ids.is_empty() {
            return UNSET.to_owned();
        }
        list(&ids.iter().map(|id| self.one(id)).collect::<Vec<_>>())
    }

    /// One to a line: names that hold commas are read apart.
    fn lines(&self, ids: &[String]) -> String {
        if ids.is_empty() {
            return UNSET.to_owned();
        }
        ids.iter().map(|id| self.one(id)).collect::<Vec<_>>().join("\n")
    }
}

/// Collects the parts of a section; one without any says that it is to be written.
struct Section(ProfileSection);

impl Section {
    fn new(title: &str) -> Self {
        Self(ProfileSection { title: title.to_owned(), parts: Vec::new() })
    }

    fn text(mut self, text: Option<&str>) -> Self {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            self.0.parts.push(ProfilePart::Text { text: text.to_owned() });
        }
        self
    }

    fn facts(mut self, facts: Vec<Fact>) -> Self {
        if !facts.is_empty() {
            self.0.parts.push(ProfilePart::Facts { facts });
        }
        self
    }

    fn list(mut self, items: Vec<String>) -> Self {
        if !items.is_empty() {
            self.0.parts.push(ProfilePart::List { items });
        }
        self
    }

    fn table(mut self, head: &[&str], rows: Vec<Vec<String>>, shares: &[f32], figures: &[usize]) -> Self {
        if !rows.is_empty() {
            let head = head.iter().map(|label| (*label).to_owned()).collect();
            self.0.parts.push(ProfilePart::Table {
                head,
                rows,
                shares: shares.to_vec(),
                figures: figures.to_vec(),
            });
        }
        self
    }

    fn done(mut self) -> ProfileSection {
        if self.0.parts.is_empty() {
            self.0.parts.push(ProfilePart::Text { text: format!("{UNSET}.") });
        }
        self.0
    }
}

/// An amount with its currency: "COP 1.250.000.000".
fn money(amount: i64, currency: Option<&str>) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    format!("{} {sign}{}", currency.unwrap_or("COP"), figures(amount.unsigned_abs()))
}

/// A number of an indicator as people write it.
fn number(number: Option<&serde_json::Number>) -> String {
    let Some(number) = number else { return "—".to_owned() };
    match number.as_u64() {
        Some(whole) => figures(whole),
        None => number.to_string().replace('.', ","),
    }
}

pub(super) fn draw(read: &Read<'_>, id: &ProposalId) -> Result<Drawn> {
    let detail = get(read, GetProposal { id: id.clone() })?;
    let proposal = &detail.proposal;
    let body: Body = read.get(&proposal.body_id)?;
    let fields = read_profile(&proposal.profile)?;
    let names = Names(detail.names.clone());
    let contact = name_of(read, proposal.contact_person_id.as_ref())?;
    let mut facts = vec![fact("Código", proposal.code.clone())];
    facts.push(fact("Estado", capitalized(&detail.line.status_text.es)));
    if let Some(reception) = &detail.line.reception {
        facts.push(fact("Recepción", reception.clone()));
    }
    if let Some(filed) = proposal.filed_on {
        facts.push(fact("Radicada el", date(filed)));
    }
    if let Some(number) = &proposal.external_filing_number {
        facts.push(fact("Radicado externo", number.clone()));
    }
    let sections = sections(&detail, &fields, &names, contact.as_deref());
    Ok(Drawn {
        kind: DocumentKind::ProjectProfile,
        session_id: None,
        minutes_id: None,
        stem: format!("ficha-{}", proposal.code.to_lowercase().replace([' ', '/'], "-")),
        head: Head {
            body: body.name.clone(),
            title: format!("Ficha de proyecto {}", proposal.code),
            subtitle: proposal.title.clone(),
            facts,
            fictitious: fictitious(read, &body.id)?,
        },
        told: Told::Profile(Profile { sections }),
        body,
    })
}

fn sections(
    detail: &ProposalDetail,
    fields: &Fields,
    names: &Names,
    contact: Option<&str>,
) -> Vec<ProfileSection> {
    let line = &detail.line;
    let alignment = fields.alignment.clone().unwrap_or_default();
    let proposing_entity = match &detail.proposal.proponent_entity_id {
        Some(id) => names.one(id.as_str()),
        None => UNSET.to_owned(),
    };
    let proposing = vec![
        fact("Entidad proponente", proposing_entity),
        fact("Sector", or_unset(line.sector.as_deref())),
        fact("Coejecutoras", names.list(&fields.co_entity_ids)),
        fact("Rol", fields.role_id.as_deref().map_or_else(|| UNSET.to_owned(), |id| names.one(id))),
        fact("Modalidad", names.list(&fields.modality_ids)),
        fact("Aliados", names.lines(&fields.partner_ids)),
    ];
    let aligned = vec![
        fact("Línea de la Estrategia", names.lines(&alignment.line_ids)),
        fact("Actividad", names.lines(&alignment.activity_ids)),
        fact("Plan de Desarrollo", names.lines(&alignment.development_plan_objective_ids)),
        fact("ODS", names.lines(&alignment.sdg_ids)),
    ];
    let objectives = fields.objectives.clone().unwrap_or_default();
    let results = fields.expected_results.clone().unwrap_or_default();
    let indicators = results
        .indicators
        .iter()
        .map(|indicator| {
            vec![
                indicator.name.clone(),
                indicator.unit.clone().unwrap_or_default(),
                number(indicator.baseline.as_ref()),
                number(indicator.target.as_ref()),
                indicator.verification.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let people = fields.beneficiaries.clone().unwrap_or_default();
    let count = |n: i64| figures(u64::try_from(n).unwrap_or(0));
    let mut benefited = Vec::new();
    if let Some(direct) = people.direct {
        benefited.push(fact("Directas", format!("{} personas", count(direct))));
    }
    if let Some(indirect) = people.indirect {
        benefited.push(fact("Indirectas", format!("{} personas", count(indirect))));
    }
    benefited.push(fact("Enfoque diferencial", names.list(&people.population_ids)));
    if !people.localities.is_empty() {
        benefited.push(fact("Localidades", list(&people.localities)));
    }
    let place = fields.location.clone().unwrap_or_default();
    let scope = match place.scope.as_deref() {
        Some("city") => "Toda la ciudad".to_owned(),
        Some("localities") if !place.localities.is_empty() => list(&place.localities),
        Some("localities") => "Localidades".to_owned(),
        _ => UNSET.to_owned(),
    };
    let schedule = fields.schedule.clone().unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(|| UNSET.to_owned(), date);
    let milestones = schedule
        .milestones
        .iter()
        .map(|m| {
            let short = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "—".to_owned(), short_date);
            vec![m.milestone.clone(), short(m.start), short(m.end)]
        })
        .collect();
    let instrument = fields.instrument.clone().unwrap_or_default();
    let mut agreed = vec![fact(
        "Clase",
        instrument.kind_id.as_deref().map_or_else(|| UNSET.to_owned(), |id| names.one(id)),
    )];
    if let Some(name) = instrument.instrument_id.as_ref().and_then(|id| names.0.get(id)) {
        agreed.push(fact("Instrumento", name.clone()));
    }
    let endorsement = fields.apc_endorsement.clone().unwrap_or_default();
    let endorsed = match endorsement.code.as_deref() {
        Some("not_required") => "No requiere aval",
        Some("to_request") => "Por solicitar",
        Some("requested") => "Solicitado",
        Some("endorsed") => "Con aval",
        _ => UNSET,
    };
    let annexes =
        detail.annexes.iter().map(|a| fact(&format!("Anexo {}", a.number), a.title.clone())).collect();
    let life = detail
        .history
        .iter()
        .map(|step| {
            let mut told: Vec<String> = Vec::new();
            told.extend(step.session.as_ref().map(|session| session.es.clone()));
            told.extend(step.decision.as_ref().map(|decision| decision.es.clone()));
            told.extend(step.change.note.clone());
            let told = if told.is_empty() { "—".to_owned() } else { told.join(". ") };
            vec![short_date(step.change.date), capitalized(&step.text.es), told]
        })
        .collect();
    vec![
        Section::new("Resumen").text(fields.summary.as_deref()).done(),
        Section::new("Proponente y cooperación").facts(proposing).done(),
        Section::new("Alineación").facts(aligned).text(alignment.text.as_deref()).done(),
        Section::new("Problema").text(fields.problem.as_deref()).done(),
        Section::new("Objetivo general").text(objectives.general.as_deref()).done(),
        Section::new("Objetivos específicos").list(objectives.specific).done(),
        Section::new("Resultados e indicadores")
            .text(results.text.as_deref())
            .table(
                &["Indicador", "Unidad", "Línea base", "Meta", "Medio de verificación"],
                indicators,
                &[1.6, 1.1, 0.0, 0.0, 1.3],
                &[2, 3],
            )
            .done(),
        Section::new("Beneficiarios").text(people.text.as_deref()).facts(benefited).done(),
        Section::new("Ubicación").facts(vec![fact("Alcance", scope)]).text(place.text.as_deref()).done(),
        Section::new("Fechas")
            .facts(vec![fact("Inicio", day(schedule.start)), fact("Fin", day(schedule.end))])
            .text(schedule.text.as_deref())
            .table(&["Hito", "Inicio", "Fin"], milestones, &[1.0, 0.0, 0.0], &[])
            .done(),
        budget(fields.budget.clone().unwrap_or_default(), names),
        Section::new("Instrumento").facts(agreed).text(instrument.text.as_deref()).done(),
        risks(fields.risks.clone().unwrap_or_default(), names),
        Section::new("Aval de APC-Colombia")
            .facts(vec![fact("Estado", endorsed)])
            .text(endorsement.note.as_deref())
            .done(),
        Section::new("Contacto").facts(vec![fact("Persona de contacto", or_unset(contact))]).done(),
        Section::new("Anexos")
            .facts(annexes)
            .text(Some("No se registraron anexos.").filter(|_| detail.annexes.is_empty()))
            .done(),
        Section::new("Trámite")
            .table(&["Fecha", "Estado", "Sesión, decisión y observaciones"], life, &[0.0, 0.0, 1.0], &[])
            .text(Some("No se ha radicado.").filter(|_| detail.history.is_empty()))
            .done(),
    ]
}

fn budget(budget: Budget, names: &Names) -> ProfileSection {
    let currency = budget.currency.as_deref();
    let told = |amount: Option<i64>| amount.map_or_else(|| UNSET.to_owned(), |a| money(a, currency));
    let lines = budget
        .lines
        .iter()
        .map(|line| {
            let kind = match line.kind.as_deref() {
                Some("cash") => "En dinero",
                Some("in_kind") => "En especie",
                _ => "—",
            };
            let source = line.source_id.as_deref().map_or_else(|| "—".to_owned(), |id| names.one(id));
            let mut amount = money(line.amount, line.currency.as_deref().or(currency));
            if let Some(pledge) = &line.original {
                amount = format!("{amount}\n({})", money(pledge.amount, Some(&pledge.currency)));
            }
            vec![line.concept.clone(), source, kind.to_owned(), amount]
        })
        .collect();
    Section::new("Presupuesto")
        .facts(vec![
            fact("Aporte del cooperante", told(budget.partner_total)),
            fact("Contrapartida", told(budget.city_total)),
            fact("Total", told(budget.total)),
        ])
        .text(budget.text.as_deref())
        .table(&["Concepto", "Fuente", "Aporte", "Valor"], lines, &[1.5, 1.3, 0.0, 0.0], &[3])
        .done()
}

fn risks(risks: Risks, names: &Names) -> ProfileSection {
    let level = |n: Option<i64>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
    let rows = risks
        .items
        .iter()
        .map(|risk| {
            vec![
                risk.risk.clone(),
                level(risk.probability),
                level(risk.impact),
                risk.mitigation.clone().unwrap_or_default(),
                risk.owner_entity_id.as_deref().map_or_else(|| "—".to_owned(), |id| names.one(id)),
            ]
        })
        .collect();
    Section::new("Riesgos")
        .text(risks.text.as_deref())
        .table(
            &["Riesgo", "Prob.", "Impacto", "Mitigación", "Responsable"],
            rows,
            &[1.3, 0.0, 0.0, 1.5, 1.0],
            &[1, 2],
        )
        .done()
}
