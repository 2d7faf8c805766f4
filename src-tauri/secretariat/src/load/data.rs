//! The files parsed into the format's structs. A record that does not parse is a problem that names it; a field
//! the format does not know is a finding.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::files::Files;
use super::format::*;
use super::references::{self, Parsed};
use super::{Log, Problem};
use crate::failure::{Text, misshapen};
use crate::text;

/// One record with its JSON as it came.
pub(super) type Raw<T> = (T, Value);

/// All the data of a folder.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub catalogs: Option<CatalogsFile>,
    pub bodies: Vec<(String, BodyFile)>,
    pub people: Vec<Person>,
    pub delegations: Vec<Delegation>,
    pub sessions: Vec<Session>,
    pub past_minutes: Vec<PastMinutes>,
    pub work_plans: Vec<(String, WorkPlanFile)>,
    pub proposals: Vec<Raw<Proposal>>,
    pub partners: Vec<Raw<Partner>>,
    pub interactions: Vec<Raw<Interaction>>,
    pub instruments: Vec<Raw<Instrument>>,
    pub indicators: Vec<Raw<Indicator>>,
    pub measurements: Vec<Raw<Measurement>>,
    pub opportunities: Vec<Raw<Opportunity>>,
    /// `meta.expected_totals` of the indicators.
    pub expected_totals: Map<String, Value>,
    /// The day the data was cut off: the latest `meta.cut_off`.
    pub cut_off: Option<NaiveDate>,
}

impl Data {
    /// The body with that id.
    pub fn body(&self, id: &crate::ids::BodyId) -> Option<&BodyFile> {
        self.bodies.iter().map(|(_, body)| body).find(|body| body.id == *id)
    }
}

/// Reads and parses every file.
pub(super) fn read(files: &Files, log: &mut Log) -> Data {
    log.problems.extend(files.problems.iter().cloned());
    let parsed = parse(files, log);
    let has_body = parsed.iter().any(|(name, _)| name.starts_with("body-"));
    // Catalogs alone are of no body.
    if !has_body && !files.are_catalogs() && log.problems.is_empty() {
        log.problems.push(Problem::of_file(
            "body-*.json",
            text!(
                "La carpeta no tiene ninguna instancia: hace falta al menos un archivo «body-….json».",
                "The folder has no body: at least one file “body-….json” is needed."
            ),
        ));
    }
    // Told after the files' own problems, which may be the reason of many of these.
    let mut references = Vec::new();
    let index = references::check(&parsed, files, &mut references);
    for name in files.annex_names().filter(|name| !index.files.contains(*name)) {
        log.finding(
            name,
            "",
            "unnamed_file",
            text!(
                "Ningún registro nombra este archivo; no se cargó.",
                "No record names this file; it was not loaded."
            ),
        );
    }
    let mut data = Data::default();
    for (file, value) in parsed {
        take(&mut data, &file, value, log);
    }
    log.problems.append(&mut references);
    data
}

/// The JSON of every file the format knows.
fn parse(files: &Files, log: &mut Log) -> Vec<Parsed> {
    let mut parsed = Vec::new();
    for name in files.json_names() {
        if !is_known(&name) {
            log.finding(
                &name,
                "",
                "unknown_file",
                text!(
                    "El formato no tiene un archivo con este nombre; no se leyó.",
                    "The format has no file of this name; it was not read."
                ),
            );
            continue;
        }
        let bytes = match files.read_json(&name) {
            Ok(bytes) => bytes,
            Err(problem) => {
                log.problems.push(problem);
                continue;
            }
        };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        match serde_json::from_slice(bytes) {
            Ok(value @ Value::Object(_)) => parsed.push((name, value)),
            Ok(_) => log.problem(
                &name,
                "",
                text!("Debe ser un objeto JSON (entre llaves).", "It must be a JSON object (in braces)."),
            ),
            Err(error) => {
                let Text { es, en } = misshapen(&error.to_string());
                let es = es.trim_start_matches("no es JSON: ");
                log.problem(&name, "", text!("No es JSON válido: {es}.", "It is not valid JSON: {en}."));
            }
        }
    }
    parsed
}

fn is_known(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "catalogs.json",
        "codes.json",
        "people.json",
        "delegations.json",
        "sessions.json",
        "past_minutes.json",
        "proposals.json",
        "partners.json",
        "interactions.json",
        "instruments.json",
        "indicators.json",
        "opportunities.json",
    ];
    NAMES.contains(&name)
        || ((name.starts_with("body-") || name.starts_with("work_plan"))
            && std::path::Path::new(name).extension().is_some_and(|e| e == "json"))
}

fn take(data: &mut Data, file: &str, value: Value, log: &mut Log) {
    let cut_off = value["meta"]["cut_off"].as_str().and_then(|day| day.parse().ok());
    data.cut_off = data.cut_off.max(cut_off);
    match file {
        "catalogs.json" => data.catalogs = one(file, value, log),
        "codes.json" => {
            if let Some(codes) = one::<CodesFile>(file, value, log) {
                unknown_codes(&codes, log);
            }
        }
        "people.json" => data.people = bare(list(file, value, &["people"], log)),
        "delegations.json" => data.delegations = bare(list(file, value, &["delegations"], log)),
        "sessions.json" => data.sessions = bare(list(file, value, &["sessions"], log)),
        "past_minutes.json" => data.past_minutes = bare(list(file, value, &["past_minutes"], log)),
        "proposals.json" => data.proposals = list(file, value, &["proposals"], log),
        "partners.json" => data.partners = list(file, value, &["partners", "stages"], log),
        "interactions.json" => data.interactions = list(file, value, &["interactions"], log),
        "instruments.json" => data.instruments = list(file, value, &["instruments"], log),
        "indicators.json" => {
            if let Some(Value::Object(totals)) = value["meta"].get("expected_totals") {
                data.expected_totals.clone_from(totals);
            }
            data.measurements = list(file, value.clone(), &["measurements", "indicators"], log);
            data.indicators = list(file, value, &["indicators", "measurements"], log);
        }
        "opportunities.json" => data.opportunities = list(file, value, &["opportunities"], log),
        _ if file.starts_with("body-") => {
            data.bodies.extend(one(file, value, log).map(|body| (file.to_owned(), body)));
        }
        _ => data.work_plans.extend(one(file, value, log).map(|plan| (file.to_owned(), plan))),
    }
}

fn bare<T>(records: Vec<Raw<T>>) -> Vec<T> {
    records.into_iter().map(|(record, _)| record).collect()
}

/// The records of the list `keys[0]` of a file; the file may hold the other keys too.
fn list<T: DeserializeOwned>(file: &str, value: Value, keys: &[&str], log: &mut Log) -> Vec<Raw<T>> {
    let Value::Object(mut fields) = value else { return Vec::new() };
    for key in fields.keys().filter(|k| *k != "meta" && !keys.contains(&k.as_str())) {
        unknown_field(file, "", key, log);
    }
    let key = keys[0];
    let items = match fields.remove(key) {
        Some(Value::Array(items)) => items,
        None | Some(Value::Null) => Vec::new(),
        Some(_) => {
            log.problem(
                file,
                "",
                text!("El campo «{key}» debe ser una lista.", "The field “{key}” must be a list."),
            );
            Vec::new()
        }
    };
    items.into_iter().filter_map(|item| record(file, item.clone(), log).map(|typed| (typed, item))).collect()
}

/// The file as one record.
fn one<T: DeserializeOwned>(file: &str, value: Value, log: &mut Log) -> Option<T> {
    record(file, value, log)
}

/// Parses a record; `null` fields count as absent.
fn record<T: DeserializeOwned>(file: &str, mut value: Value, log: &mut Log) -> Option<T> {
    let id = value["id"].as_str().unwrap_or_default().to_owned();
    drop_nulls(&mut value);
    let mut unknown = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let typed =
        serde_ignored::deserialize(serde_path_to_error::Deserializer::new(value, &mut track), |path| {
            unknown.push(path.to_string());
        });
    for field in unknown {
        unknown_field(file, &id, &field, log);
    }
    typed
        .map_err(|error: serde_json::Error| {
            let path = track.path().to_string();
            let Text { es, en } = misshapen(&error.to_string());
            if path == "." {
                // It is the record itself that lacks something.
                log.problem(file, &id, text!("No se entiende: {es}.", "It is not understood: {en}."));
                return;
            }
            log.problem(
                file,
                &id,
                text!(
                    "El campo «{path}» no se entiende: {es}.",
                    "The field “{path}” is not understood: {en}."
                ),
            );
        })
        .ok()
}

fn unknown_field(file: &str, id: &str, field: &str, log: &mut Log) {
    log.finding(
        file,
        id,
        "unknown_field",
        text!(
            "El formato no tiene el campo «{field}»; no se cargó.",
            "The format has no field “{field}”; it was not loaded."
        ),
    );
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, v| !v.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// Codes of `codes.json` that the program does not have.
fn unknown_codes(codes: &CodesFile, log: &mut Log) {
    use crate::codes as c;
    macro_rules! known {
        ($($name:literal: $type:ident),* $(,)?) => {
            match_codes(codes, &[$(($name, c::$type::ALL.iter().map(|v| serde_json::to_value(v).ok()
                .and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()).collect())),*], log)
        };
    }
    known! {
        "session_status": SessionStatus, "session_kind": SessionKind, "session_mode": SessionMode,
        "minutes_status": MinutesStatus, "minutes_kind": MinutesKind, "proposal_status": ProposalStatus,
        "agenda_kind": AgendaKind, "agenda_outcome": AgendaOutcome, "attendance_capacity": Capacity,
        "attendance_mode": AttendanceMode, "holder_kind": HolderKind, "event_kind": EventKind,
        "vote_method": VoteMethod, "vote_value": BallotValue, "motion_kind": MotionKind,
        "motion_status": MotionStatus, "decision_kind": DecisionKind, "statement_kind": StatementKind,
        "commitment_status": CommitmentStatus, "activity_status": ActivityStatus,
        "delegation_status": DelegationStatus, "delegation_scope": DelegationScope, "act_kind": ActKind,
        "annex_kind": AnnexKind, "body_kind": BodyKind, "seat_role": SeatRole, "person_level": Level,
        "treatment": Treatment, "grammatical_gender": Gender,
    }
}

fn match_codes(codes: &CodesFile, known: &[(&str, Vec<String>)], log: &mut Log) {
    for (name, values) in known {
        for code in codes.codes.get(*name).into_iter().flat_map(|found| found.keys()) {
            if !values.contains(code) {
                log.finding(
                    "codes.json",
                    "",
                    "unknown_code",
                    text!(
                        "El programa no conoce el código «{code}» de «{name}».",
                        "The program does not know the code “{code}” of “{name}”."
                    ),
                );
            }
        }
    }
}
