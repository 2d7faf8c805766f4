//! What a sheet may bring: the targets, their fields, and the titles that columns go by.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::grid::{Grid, Seen};
use crate::failure::Text;
use crate::text;
use crate::typed::folded;

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportTarget {
    /// People.
    People,
    /// Seats of a body, with who holds each.
    Seats,
    /// Proposals, as drafts.
    Proposals,
    /// Commitments.
    Commitments,
}

/// A field of a target: its key, its name in both languages, whether a row cannot do without it, and the titles, folded,
/// that its column may have.
pub(super) struct Field {
    pub key: &'static str,
    es: &'static str,
    en: &'static str,
    required: bool,
    titles: &'static [&'static str],
}

const fn field(
    key: &'static str,
    es: &'static str,
    en: &'static str,
    required: bool,
    titles: &'static [&'static str],
) -> Field {
    Field { key, es, en, required, titles }
}

impl Field {
    /// Its name.
    pub fn label(&self) -> Text {
        Text::new(self.es, self.en)
    }
}

const PEOPLE: &[Field] = &[
    field(
        "full_name",
        "Nombre completo",
        "Full name",
        true,
        &["nombre completo", "nombre", "nombres y apellidos", "persona", "full name", "name"],
    ),
    field(
        "first_names",
        "Nombres",
        "Given names",
        false,
        &["nombres", "nombre s", "given names", "first names"],
    ),
    field("surnames", "Apellidos", "Surnames", false, &["apellidos", "apellido", "surnames", "last name"]),
    field(
        "treatment",
        "Tratamiento",
        "Form of address",
        false,
        &["tratamiento", "titulo", "form of address"],
    ),
    field(
        "gender",
        "Género gramatical",
        "Grammatical gender",
        false,
        &["genero gramatical", "genero", "sexo", "gender"],
    ),
    field("position", "Cargo", "Post", false, &["cargo", "puesto", "empleo", "position", "post"]),
    field(
        "entity",
        "Entidad u organización",
        "Entity or organisation",
        false,
        &["entidad u organizacion", "entidad", "organizacion", "dependencia", "entity", "organisation"],
    ),
    field("level", "Nivel", "Level", false, &["nivel", "nivel jerarquico", "level"]),
    field("role", "Papel", "Role", false, &["papel", "rol", "role"]),
    field("note", "Nota", "Note", false, &["nota", "notas", "observaciones", "note"]),
];

const SEATS: &[Field] = &[
    field(
        "title",
        "Puesto",
        "Seat",
        true,
        &["puesto", "nombre del puesto", "integrante", "silla", "seat", "title"],
    ),
    field("number", "Número", "Number", false, &["n º", "nº", "no", "numero", "n", "orden", "number"]),
    field("role", "Papel", "Part", false, &["papel", "rol", "part", "role"]),
    field("entity", "Entidad", "Entity", false, &["entidad", "entity"]),
    field("sector", "Sector", "Sector", false, &["sector", "sector o componente", "sector administrativo"]),
    field("voice", "Voz", "Voice", false, &["voz", "tiene voz", "voice"]),
    field("vote", "Voto", "Vote", false, &["voto", "tiene voto", "vota", "vote"]),
    field("delegation", "Puede delegar", "May delegate", false, &["puede delegar", "delega", "may delegate"]),
    field(
        "term_years",
        "Periodo en años",
        "Term in years",
        false,
        &["periodo", "periodo en años", "años", "term in years"],
    ),
    field("note", "Nota", "Note", false, &["nota", "notas", "observaciones", "note"]),
    field(
        "holder",
        "Quien lo ocupa",
        "Holder",
        false,
        &["quien lo ocupa", "titular", "persona", "ocupante", "nombre", "holder"],
    ),
    field("holder_kind", "Calidad", "Capacity", false, &["calidad", "forma", "capacity"]),
    field("holder_from", "Desde", "From", false, &["desde", "fecha de inicio", "inicio", "from"]),
    field("holder_to", "Hasta", "Until", false, &["hasta", "fecha final", "fin", "until"]),
];

const PROPOSALS: &[Field] = &[
    field(
        "title",
        "Título",
        "Title",
        true,
        &["titulo", "propuesta", "nombre", "proyecto", "nombre del proyecto", "title"],
    ),
    field("code", "Código", "Code", false, &["codigo", "code"]),
    field(
        "short_title",
        "Título corto",
        "Short title",
        false,
        &["titulo corto", "nombre corto", "short title"],
    ),
    field("entity", "Entidad", "Entity", false, &["entidad", "entidad proponente", "proponente", "entity"]),
    field(
        "contact",
        "Persona de contacto",
        "Contact",
        false,
        &["persona de contacto", "contacto", "responsable", "contact"],
    ),
    field("summary", "Resumen", "Summary", false, &["resumen", "descripcion", "summary"]),
    field("problem", "Problema", "Problem", false, &["problema", "necesidad", "problem"]),
    field(
        "amount",
        "Valor solicitado (pesos)",
        "Amount asked for (pesos)",
        false,
        &["valor solicitado (pesos)", "valor solicitado", "valor", "presupuesto", "monto", "amount"],
    ),
];

const COMMITMENTS: &[Field] = &[
    field("text", "Compromiso", "Commitment", true, &["compromiso", "tarea", "descripcion", "commitment"]),
    field(
        "session_number",
        "Sesión n.º",
        "Session no.",
        false,
        &["sesion n º", "sesion nº", "sesion", "numero de sesion", "n sesion", "session"],
    ),
    field("session_year", "Año", "Year", false, &["año", "ano", "vigencia", "year"]),
    field(
        "session_date",
        "Fecha de la sesión",
        "Date of the session",
        false,
        &["fecha de la sesion", "fecha sesion", "session date"],
    ),
    field(
        "entity",
        "Entidad responsable",
        "Responsible entity",
        false,
        &["entidad responsable", "entidad", "entity"],
    ),
    field(
        "person",
        "Persona responsable",
        "Responsible person",
        false,
        &["persona responsable", "responsable", "persona", "responsible"],
    ),
    field(
        "due_on",
        "Fecha límite",
        "Due date",
        false,
        &["fecha limite", "vence", "vencimiento", "plazo", "fecha de entrega", "due date", "due"],
    ),
    field(
        "business_days",
        "Plazo en días hábiles",
        "Term in business days",
        false,
        &["plazo en dias habiles", "dias habiles", "business days"],
    ),
    field("note", "Nota", "Note", false, &["nota", "notas", "observaciones", "note"]),
];

impl ImportTarget {
    /// Every target.
    pub const ALL: [Self; 4] = [Self::People, Self::Seats, Self::Proposals, Self::Commitments];

    /// Its fields.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::People => PEOPLE,
            Self::Seats => SEATS,
            Self::Proposals => PROPOSALS,
            Self::Commitments => COMMITMENTS,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> Text {
        match self {
            Self::People => text!("Personas", "People"),
            Self::Seats => text!("Puestos con quien los ocupa", "Seats with their holders"),
            Self::Proposals => text!("Propuestas, como borradores", "Proposals, as drafts"),
            Self::Commitments => text!("Compromisos", "Commitments"),
        }
    }
}

/// A field that a column may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ImportField {
    /// Its key in a mapping.
    pub field: String,
    /// Its name.
    pub label: Text,
    /// Whether a row cannot do without it. A person may come as given names and surnames instead of a full name.
    pub required: bool,
}

/// What a sheet may be imported as, and which of its columns seem to be what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SuggestedImport {
    /// The target.
    pub target: ImportTarget,
    /// Its name.
    pub name: Text,
    /// Its fields, in order.
    pub fields: Vec<ImportField>,
    /// The columns whose titles are known: field → position of the column, from 0.
    pub mapping: BTreeMap<String, i64>,
}

/// The columns of a head that are fields of a target.
pub(super) fn suggested(target: ImportTarget, head: &[Seen]) -> SuggestedImport {
    let titles: Vec<String> = head.iter().map(|cell| folded(&cell.shown())).collect();
    let mut mapping = BTreeMap::new();
    let mut taken = vec![false; titles.len()];
    // The likeliest title of every field goes before the second one of any.
    let deepest = target.fields().iter().map(|field| field.titles.len()).max().unwrap_or(0);
    for rank in 0..deepest {
        for field in target.fields() {
            let Some(wanted) = field.titles.get(rank) else { continue };
            let found = titles.iter().position(|title| title == &folded(wanted));
            if let (Some(at), false) = (found, mapping.contains_key(field.key))
                && !taken[at]
            {
                taken[at] = true;
                mapping.insert(field.key.to_owned(), i64::try_from(at).unwrap_or(i64::MAX));
            }
        }
    }
    let fields = target
        .fields()
        .iter()
        .map(|field| ImportField {
            field: field.key.to_owned(),
            label: field.label(),
            required: field.required,
        })
        .collect();
    SuggestedImport { target, name: target.name(), fields, mapping }
}

/// Rows among which the head is looked for: sheets of offices often begin with a title.
const HEAD_WITHIN: usize = 10;

/// Where the head of a sheet is: the row with the most titles that are known, else the first one that is not empty.
pub(super) fn head_of(grid: &Grid) -> usize {
    let known = |row: &[Seen]| {
        ImportTarget::ALL.into_iter().map(|target| suggested(target, row).mapping.len()).max().unwrap_or(0)
    };
    let first = grid.rows.iter().position(|row| !row.is_empty()).unwrap_or(0);
    let mut best = (first, 1);
    for (at, row) in grid.rows.iter().enumerate().take(HEAD_WITHIN) {
        let found = known(row);
        if found > best.1 {
            best = (at, found);
        }
    }
    best.0
}
