//! Ids, references and file names, wherever in the data they are: every `id` is unique, every `…_id` and `…_ids`
//! names something of the right kind, every `file` is there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Problem, files::Files};
use crate::failure::Text;
use crate::{ids, text};

/// One parsed file: its name and contents.
pub(super) type Parsed = (String, Value);

/// What an id names, by the file and the path it is found at; `""` for anything else.
fn kind(file: &str, path: &str) -> &'static str {
    let file = if file.starts_with("body-") {
        "body"
    } else if file.starts_with("work_plan") {
        "work_plan"
    } else {
        file.trim_end_matches(".json")
    };
    match (file, path) {
        ("catalogs", "sectors") => "sector",
        ("catalogs", "sectors.entities") => "entity",
        ("catalogs", "strategy.lines") => "line",
        ("catalogs", "strategy.lines.activities") => "activity",
        ("catalogs", "strategy.lines.results") => "result",
        ("catalogs", "actor_categories") => "category",
        ("catalogs", "actor_categories.kinds" | "instrument_kinds") => "kind",
        ("catalogs", "city_networks") => "network",
        ("catalogs", "principles") => "principle",
        ("catalogs", "sdgs") => "sdg",
        ("catalogs", "development_plan_objectives") => "objective",
        ("catalogs", "cooperation_modalities") => "modality",
        ("catalogs", "populations") => "population",
        ("catalogs", "proposal_roles") => "role",
        ("catalogs", "project_criteria") => "criterion",
        ("body", "") => "body",
        ("body", "components") => "component",
        ("body", "seats") => "seat",
        ("body", "functions" | "general_functions" | "technical_secretariat.functions") => "function",
        ("body", "rule_sets") => "set",
        ("body", "rule_sets.rules") => "rule",
        ("people", "people") => "person",
        ("delegations", "delegations") => "delegation",
        ("sessions", "sessions") => "session",
        ("sessions", "sessions.agenda") => "item",
        ("sessions", "sessions.motions") => "motion",
        ("sessions", "sessions.votes") => "vote",
        ("sessions", "sessions.decisions") => "decision",
        ("sessions", "sessions.minutes") | ("past_minutes", "past_minutes") => "minutes",
        ("proposals", "proposals") => "proposal",
        ("partners", "partners") => "partner",
        ("instruments", "instruments") => "instrument",
        ("indicators", "indicators") => "indicator",
        _ => "",
    }
}

/// The kind that a field ending in `_id` or `_ids` asks for; `""` for any.
fn wanted(field: &str) -> &'static str {
    let base = field.strip_suffix("_ids").or_else(|| field.strip_suffix("_id")).unwrap_or(field);
    match base {
        "principal" | "delegate" | "evaluator" => "person",
        _ => match base.rsplit('_').next().unwrap_or(base) {
            last @ ("person" | "entity" | "sector" | "seat" | "item" | "motion" | "vote" | "session"
            | "proposal" | "minutes" | "delegation" | "set" | "rule" | "body" | "component"
            | "decision" | "instrument" | "partner" | "category" | "kind" | "role" | "modality"
            | "network" | "population" | "objective" | "sdg" | "line" | "activity" | "principle"
            | "criterion" | "result" | "indicator" | "function") => {
                KINDS.iter().find(|k| **k == last).copied().unwrap_or("")
            }
            _ => "",
        },
    }
}

const KINDS: &[&str] = &[
    "person",
    "entity",
    "sector",
    "seat",
    "item",
    "motion",
    "vote",
    "session",
    "proposal",
    "minutes",
    "delegation",
    "set",
    "rule",
    "body",
    "component",
    "decision",
    "instrument",
    "partner",
    "category",
    "kind",
    "role",
    "modality",
    "network",
    "population",
    "objective",
    "sdg",
    "line",
    "activity",
    "principle",
    "criterion",
    "result",
    "indicator",
    "function",
];

/// Every id of the data with what it names, and every file named.
#[derive(Debug, Default)]
pub(super) struct Index {
    ids: BTreeMap<String, (&'static str, String)>,
    /// Names in `file` fields.
    pub files: BTreeSet<String>,
}

/// Reads every id of the files and checks what refers to them.
pub(super) fn check(parsed: &[Parsed], files: &Files, problems: &mut Vec<Problem>) -> Index {
    let mut index = Index::default();
    for (file, value) in parsed {
        walk(file, "", "", value, &mut |at| index.declare(&at, problems));
    }
    let mut named = BTreeSet::new();
    for (file, value) in parsed {
        walk(file, "", "", value, &mut |at| {
            index.refer(&at, problems);
            named.extend(name_file(&at, files, problems));
        });
    }
    index.files = named;
    index
}

/// An object of the data: its file, its path without positions, the nearest id, its fields.
struct At<'a> {
    file: &'a str,
    path: &'a str,
    id: &'a str,
    fields: &'a Map<String, Value>,
}

impl At<'_> {
    fn problem(&self, reason: Text) -> Problem {
        Problem::new(self.file, self.id, reason)
    }
}

/// Visits every object of a file but its `meta`, with the id of the nearest object that has one.
fn walk(file: &str, path: &str, id: &str, value: &Value, visit: &mut impl FnMut(At<'_>)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(file, path, id, item, visit)),
        Value::Object(fields) => {
            let id = fields.get("id").and_then(Value::as_str).unwrap_or(id);
            visit(At { file, path, id, fields });
            for (key, inner) in fields.iter().filter(|(key, _)| !path.is_empty() || *key != "meta") {
                let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                walk(file, &below, id, inner, visit);
            }
        }
        _ => {}
    }
}

impl Index {
    fn declare(&mut self, at: &At<'_>, problems: &mut Vec<Problem>) {
        let Some(id) = at.fields.get("id") else { return };
        let Some(id) = id.as_str().filter(|id| ids::is_valid(id)) else {
            let shown: String = id.to_string().chars().take(80).collect();
            problems.push(at.problem(text!(
                "El identificador {shown} no es válido: de 1 a 64 letras minúsculas sin tilde, cifras y guiones.",
                "The identifier {shown} is not valid: 1 to 64 lower-case letters, digits and hyphens."
            )));
            return;
        };
        if let Some((kind, other)) = self.ids.get_mut(id) {
            *kind = ""; // whatever names it may mean either
            problems.push(at.problem(text!(
                "El identificador «{id}» está repetido (también en {other}).",
                "The identifier “{id}” is repeated (also in {other})."
            )));
            return;
        }
        self.ids.insert(id.to_owned(), (kind(at.file, at.path), at.file.to_owned()));
    }

    fn refer(&self, at: &At<'_>, problems: &mut Vec<Problem>) {
        for (field, value) in at.fields {
            let names: Vec<&Value> = match value {
                Value::Array(list) if field.ends_with("_ids") => list.iter().collect(),
                one if field.ends_with("_id") && !one.is_null() => vec![one],
                _ => continue,
            };
            let want = wanted(field);
            for name in names {
                let shown = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
                let shown: String = shown.chars().take(80).collect();
                match name.as_str().and_then(|name| self.ids.get(name)) {
                    None => problems.push(at.problem(text!(
                        "El campo «{field}» nombra «{shown}», que no existe.",
                        "The field “{field}” names “{shown}”, which does not exist."
                    ))),
                    Some((kind, file)) if !want.is_empty() && *kind != want => {
                        problems.push(at.problem(text!(
                            "El campo «{field}» nombra «{shown}», que es de otra clase (de {file}).",
                            "The field “{field}” names “{shown}”, which is of another kind (from {file})."
                        )));
                    }
                    Some(_) => {}
                }
            }
        }
    }
}

/// The file an object names, if its name is one and the file is there.
fn name_file(at: &At<'_>, files: &Files, problems: &mut Vec<Problem>) -> Option<String> {
    let name = at.fields.get("file").filter(|v| !v.is_null())?;
    let Some(name) = name.as_str().filter(|name| is_file_name(name)) else {
        let shown: String = name.to_string().chars().take(80).collect();
        problems.push(at.problem(text!(
            "El nombre de archivo {shown} no es un nombre simple, sin carpetas.",
            "The file name {shown} is not a plain name without folders."
        )));
        return None;
    };
    if let Err(problem) = files.check_annex(name) {
        let (es, en) = (problem.reason.es, problem.reason.en);
        problems.push(at.problem(text!("El archivo «{name}»: {es}", "The file “{name}”: {en}")));
    } else if (is_pdf_name(name) || kind(at.file, at.path) == "minutes") && !files.is_pdf(name) {
        problems.push(at.problem(text!(
            "El archivo «{name}» no es un PDF. Ponga el PDF, o dé al archivo el nombre de lo que es.",
            "The file “{name}” is no PDF. Put the PDF, or give the file the name of what it is."
        )));
    }
    Some(name.to_owned())
}

/// Whether a name promises a PDF.
fn is_pdf_name(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// Whether it names a file of the flat folder and nothing else, on any system.
fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 255
        && name != "."
        && name != ".."
        && !name.contains(['/', '\\', ':', '\0'])
        && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_files() {
        for (name, plain) in [
            ("acta-04-2024.pdf", true),
            ("Acta n.º 4 – anexo.pdf", true),
            ("../acta.pdf", false),
            ("..", false),
            ("a/b.pdf", false),
            ("a\\b.pdf", false),
            ("C:acta.pdf", false),
            ("", false),
            ("a\0b", false),
        ] {
            assert_eq!(is_file_name(name), plain, "{name:?}");
        }
    }

    #[test]
    fn a_field_says_what_it_names() {
        for (field, kind) in [
            ("person_id", "person"),
            ("responsible_person_id", "person"),
            ("delegate_id", "person"),
            ("co_entity_ids", "entity"),
            ("approved_in_session_id", "session"),
            ("additional_item_proposal_ids", "proposal"),
            ("development_plan_objective_ids", "objective"),
            ("rule_set_id", "set"),
            ("default_rule_id", "rule"),
            ("recused_seat_ids", "seat"),
            ("source_id", ""),
        ] {
            assert_eq!(wanted(field), kind, "{field}");
        }
    }
}
