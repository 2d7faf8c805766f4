//! What each kind of row is in the record, and the act that records it: its rules are those of the act alone.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};

use super::rows::Row;
use crate::body::{
    AppointHolder, Holder, PutSeat, Seat, appoint_holder, holders_on, put_seat, required_level, seats_on,
};
use crate::catalog::{Entity, Partner, Sector};
use crate::codes::{Gender, HolderKind, Level, SeatRole, Treatment};
use crate::commitment::{self, Commitment, DueIn, PutCommitment};
use crate::failure::{Result, Text};
use crate::ids::{BodyId, EntityId, PersonId, SectorId, SessionId};
use crate::journal::{Read, Tx};
use crate::person::{self, Person, PutPerson};
use crate::proposal::Proposal;
use crate::proposal::life::{self, CreateProposal, EditProposal};
use crate::proposal::profile::{Budget, BudgetLine, Profile};
use crate::rules::DelegateLevel;
use crate::session::Session;
use crate::typed::folded;
use crate::{spanish, text};

/// What rows are compared with, read once: each by its name as names are compared.
pub(super) struct Known {
    body: Option<BodyId>,
    people: HashMap<String, Vec<PersonId>>,
    entities: HashMap<String, EntityId>,
    sectors: HashMap<String, SectorId>,
    names: HashMap<String, String>,
    seats: Vec<Seat>,
    holders: Vec<Holder>,
    proposals: Vec<(String, String, Proposal)>,
    sessions: Vec<Session>,
    commitments: HashMap<(SessionId, String), Vec<Commitment>>,
    /// Rows of the sheet by what they are about: the second one of a thing is refused.
    rows: HashMap<String, i64>,
}

impl Known {
    /// Reads what the rows of a body may name.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn read(read: &Read<'_>, body: Option<BodyId>) -> Result<Self> {
        let (mut names, mut people) = (HashMap::new(), HashMap::new());
        for person in read.all::<Person>()? {
            let key = folded(&person.full_name);
            names.insert(person.id.to_string(), person.full_name);
            people.entry(key).or_insert_with(Vec::new).push(person.id);
        }
        let mut entities = HashMap::new();
        for entity in read.all::<Entity>()? {
            names.insert(entity.id.to_string(), entity.name.clone());
            for word in [entity.id.as_str(), entity.short(), entity.name.as_str()] {
                entities.insert(folded(word), entity.id.clone());
            }
        }
        let mut sectors = HashMap::new();
        for sector in read.all::<Sector>()? {
            names.insert(sector.id.to_string(), sector.name.clone());
            sectors.insert(folded(&sector.name), sector.id);
        }
        for partner in read.all::<Partner>()? {
            names.insert(partner.id.to_string(), partner.name);
        }
        let mut known = Self {
            people,
            entities,
            sectors,
            names,
            seats: Vec::new(),
            holders: Vec::new(),
            proposals: Vec::new(),
            sessions: Vec::new(),
            commitments: HashMap::new(),
            rows: HashMap::new(),
            body: None,
        };
        if let Some(body) = body {
            let today = read.ctx.today();
            known.seats = seats_on(read, &body, today)?;
            known.holders = holders_on(read, &body, today)?;
            let proposals: Vec<Proposal> = read.select("WHERE body_id = ?1 ORDER BY id", [&body])?;
            known.proposals = proposals.into_iter().map(|p| (folded(&p.code), folded(&p.title), p)).collect();
            known.sessions = read.select("WHERE body_id = ?1 ORDER BY date, id", [&body])?;
            let all: Vec<Commitment> = read.select("WHERE body_id = ?1 ORDER BY id", [&body])?;
            for commitment in all {
                let key = (commitment.session_id.clone(), folded(&commitment.text));
                known.commitments.entry(key).or_default().push(commitment);
            }
            known.body = Some(body);
        }
        Ok(known)
    }

    fn name(&self, id: impl AsRef<str>) -> String {
        self.names.get(id.as_ref()).cloned().unwrap_or_default()
    }

    /// Refuses the second row that is about the same.
    fn refuse_repeated(&mut self, row: &mut Row<'_>, field: &str, key: String, number: i64) {
        match self.rows.get(&key) {
            None => {
                self.rows.insert(key, number);
            }
            Some(first) => row.refuse(
                field,
                text!(
                    "Repite la fila {first}. Deje una sola de las dos.",
                    "It repeats row {first}. Leave only one of the two."
                ),
            ),
        }
    }

    fn entity(&self, row: &mut Row<'_>, field: &str) -> Option<EntityId> {
        let said = row.line(field)?;
        let found = self.entities.get(&folded(&said)).cloned();
        if found.is_none() {
            row.refuse(
                field,
                text!(
                    "No hay una entidad «{said}» en los catálogos. Escríbala como está allí o agréguela primero.",
                    "There is no entity “{said}” in the catalogs. Write it as it is there or add it first."
                ),
            );
        }
        found
    }

    fn person(&self, row: &mut Row<'_>, field: &str) -> Option<PersonId> {
        let said = row.line(field)?;
        match self.people.get(&folded(&said)).map(Vec::as_slice) {
            Some([only]) => return Some(only.clone()),
            Some(many) => row.refuse(field, several(many.len(), &said)),
            None => row.refuse(
                field,
                text!(
                    "No hay una persona «{said}». Impórtela o regístrela primero.",
                    "There is no person “{said}”. Import or record them first."
                ),
            ),
        }
        None
    }
}

fn several(many: usize, name: &str) -> Text {
    text!(
        "Hay {many} personas que se llaman «{name}». Registre esta fila a mano en la que corresponde.",
        "There are {many} people named “{name}”. Record this row by hand in the right one."
    )
}

fn missing(row: &mut Row<'_>, field: &str, es: &str, en: &str) {
    row.refuse(
        field,
        text!("Falta {es}. Complétela o quite la fila.", "{en} is missing. Fill it in or take the row out."),
    );
}

const TREATMENTS: &[(&str, Treatment)] = &[
    ("doctora", Treatment::Doctora),
    ("dra", Treatment::Doctora),
    ("doctor", Treatment::Doctor),
    ("dr", Treatment::Doctor),
    ("ingeniera", Treatment::Ingeniera),
    ("ing a", Treatment::Ingeniera),
    ("ingeniero", Treatment::Ingeniero),
    ("profesora", Treatment::Profesora),
    ("profesor", Treatment::Profesor),
    ("señora", Treatment::Senora),
    ("sra", Treatment::Senora),
    ("señor", Treatment::Senor),
    ("sr", Treatment::Senor),
    ("sin tratamiento", Treatment::None),
];

const GENDERS: &[(&str, Gender)] = &[
    ("femenino", Gender::F),
    ("f", Gender::F),
    ("mujer", Gender::F),
    ("masculino", Gender::M),
    ("m", Gender::M),
    ("hombre", Gender::M),
    ("neutro", Gender::Neutral),
];

const LEVELS: &[(&str, Level)] = &[
    ("directivo", Level::Directive),
    ("asesor", Level::Adviser),
    ("profesional", Level::Professional),
    ("contratista", Level::Contractor),
];

const ROLES: &[(&str, &str)] = &[
    ("titular", "holder"),
    ("delegado", "delegate"),
    ("delegada", "delegate"),
    ("enlace", "liaison"),
    ("secretaría técnica", "secretariat"),
    ("invitado", "guest"),
    ("invitada", "guest"),
    ("integrante de grupo", "group_member"),
];

/// A person: known by the name, but for accents, hyphens and case. Their private contact is not imported.
///
/// # Errors
/// What is no fault of the row.
pub(super) fn person(tx: &mut Tx<'_>, known: &mut Known, row: &mut Row<'_>, number: i64) -> Result<()> {
    let (first, sur, full) = (row.line("first_names"), row.line("surnames"), row.line("full_name"));
    let parts = [first.as_deref(), sur.as_deref()];
    let joined = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    row.name = full.clone().unwrap_or(joined);
    let key = folded(&row.name);
    if key.is_empty() {
        missing(row, "full_name", "la persona: su nombre", "The person's name");
        return Ok(());
    }
    known.refuse_repeated(row, "full_name", key.clone(), number);
    let had: Option<Person> = match known.people.get(&key).map(Vec::as_slice) {
        None => None,
        Some([only]) => Some(tx.get(only)?),
        Some(many) => {
            let message = several(many.len(), &row.name);
            row.refuse("full_name", message);
            None
        }
    };
    row.known = had.is_some();
    let had = had.as_ref();
    let treatment = row.chosen("treatment", TREATMENTS);
    let treatment = row.over("treatment", treatment, had.map(|p| p.treatment), |t| t.label().to_owned());
    let gender = row.chosen("gender", GENDERS);
    let gender = row.over("gender", gender, had.map(|p| p.grammatical_gender), |g| g.label().to_owned());
    let position = row.line("position");
    let position = row.over("position", position, had.and_then(|p| p.position.clone()), Clone::clone);
    let level = row.chosen("level", LEVELS);
    let level = row.over("level", level, had.and_then(|p| p.level), |l| l.label().to_owned());
    let role = row.chosen("role", ROLES).map(str::to_owned);
    let role = row.over("role", role, had.and_then(|p| p.role.clone()), |code| {
        ROLES
            .iter()
            .find(|(_, known)| *known == code.as_str())
            .map_or_else(|| code.clone(), |(word, _)| (*word).to_owned())
    });
    let note = row.prose("note");
    let note = row.over("note", note, had.and_then(|p| p.note.clone()), Clone::clone);
    let (entity_id, partner_id, organization) = serves(known, row, had);
    if row.refused() || row.is_same() {
        return Ok(());
    }
    let request = PutPerson {
        id: had.map(|p| p.id.clone()),
        first_names: had.map_or(first, |p| Some(p.first_names.clone())),
        surnames: had.map_or(sur, |p| Some(p.surnames.clone())),
        full_name: had.map_or(full, |p| Some(p.full_name.clone())),
        sort_name: had.map(|p| p.sort_name.clone()),
        treatment,
        grammatical_gender: gender,
        position,
        entity_id,
        organization,
        partner_id,
        role,
        seat_id: had.and_then(|p| p.seat_id.clone()),
        level,
        note,
        // Nobody of this name is there: it was looked up among all.
        confirm_duplicate: Some(true),
    };
    match tx.attempt(|tx| person::put(tx, request)) {
        Ok(_) => Ok(()),
        Err(failure) => row.hear(failure),
    }
}

/// Where a person serves: an entity of the catalogs, the partner they have, or an organisation in words.
fn serves(
    known: &Known,
    row: &mut Row<'_>,
    had: Option<&Person>,
) -> (Option<EntityId>, Option<crate::ids::PartnerId>, Option<String>) {
    let before = had
        .map_or((None, None, None), |p| (p.entity_id.clone(), p.partner_id.clone(), p.organization.clone()));
    let Some(said) = row.line("entity") else { return before };
    let (entity, partner, organization) = &before;
    let name = match (entity, partner, organization) {
        (Some(id), ..) => known.name(id),
        (None, Some(id), _) => known.name(id),
        (None, None, words) => words.clone().unwrap_or_default(),
    };
    let found = known.entities.get(&folded(&said)).cloned();
    let same = match (&found, entity) {
        (Some(found), Some(entity)) => found == entity,
        _ => folded(&said) == folded(&name),
    };
    if same {
        return before;
    }
    if row.known {
        row.change("entity", name);
    }
    match found {
        Some(entity) => (Some(entity), None, None),
        None => (None, None, Some(said)),
    }
}

const PARTS: &[(&str, SeatRole)] = &[
    ("presidencia", SeatRole::Chair),
    ("preside", SeatRole::Chair),
    ("integrante", SeatRole::Member),
    ("miembro", SeatRole::Member),
];

const KINDS: &[(&str, HolderKind)] = &[
    ("titular", HolderKind::Holder),
    ("encargo", HolderKind::Acting),
    ("encargado", HolderKind::Acting),
    ("encargada", HolderKind::Acting),
];

/// A seat: known by its title, else by its number. Whoever the row names holds it from its day on.
///
/// # Errors
/// What is no fault of the row.
pub(super) fn seat(tx: &mut Tx<'_>, known: &mut Known, row: &mut Row<'_>, at: i64) -> Result<()> {
    let Some(body_id) = known.body.clone() else { return Ok(()) };
    let (title, number) = (row.line("title"), row.whole("number"));
    row.name = title.clone().unwrap_or_else(|| number.map(|n| n.to_string()).unwrap_or_default());
    let by_title = title.as_ref().and_then(|t| known.seats.iter().find(|s| folded(&s.title) == folded(t)));
    let had = by_title.or_else(|| number.and_then(|n| known.seats.iter().find(|s| s.number == n))).cloned();
    if title.is_none() && had.is_none() {
        missing(row, "title", "la denominación del puesto", "The seat's title");
        return Ok(());
    }
    let key = had.as_ref().map_or_else(|| folded(&row.name), |seat| seat.id.to_string());
    known.refuse_repeated(row, "title", key, at);
    row.known = had.is_some();
    let had = had.as_ref();
    // What differs in accents and case alone is the same title.
    let title = match (title, had) {
        (Some(title), Some(seat)) if folded(&title) == folded(&seat.title) => Some(seat.title.clone()),
        (title, _) => title,
    };
    let title = row.over("title", title, had.map(|s| s.title.clone()), Clone::clone);
    let number = row.over("number", number, had.map(|s| s.number), i64::to_string);
    let role = row.chosen("role", PARTS);
    let role = row.over("role", role, had.map(|s| s.role), |r| r.label().to_owned());
    let entity = known.entity(row, "entity");
    let entity = row.over("entity", entity, had.and_then(|s| s.entity_id.clone()), |id| known.name(id));
    let sector = sector(known, row, had);
    let yes = |yes: &bool| if *yes { "Sí" } else { "No" }.to_owned();
    let voice = row.flag("voice");
    let voice = row.over("voice", voice, had.map(|s| s.voice), yes);
    let vote = row.flag("vote");
    let vote = row.over("vote", vote, had.map(|s| s.vote), yes);
    let delegation = row.flag("delegation");
    let delegation = row.over("delegation", delegation, had.map(|s| s.delegation_allowed), yes);
    let term = row.whole("term_years");
    let term = row.over("term_years", term, had.and_then(|s| s.term_years), i64::to_string);
    let note = row.prose("note");
    let note = row.over("note", note, had.and_then(|s| s.note.clone()), Clone::clone);
    let appointed = holder(known, row, had);
    if row.refused() || row.is_same() {
        return Ok(());
    }
    let level = had.and_then(|s| s.delegate_min_level.as_deref());
    let request = PutSeat {
        id: had.map(|s| s.id.clone()),
        body_id,
        number,
        role: role.unwrap_or(SeatRole::Member),
        title: title.unwrap_or_default(),
        entity_id: entity,
        sector_id: sector,
        component_id: had.and_then(|s| s.component_id.clone()),
        voice,
        vote,
        delegation_allowed: delegation,
        delegate_min_level: level.map(|level| match required_level(Some(level)) {
            Some(Level::Directive) => DelegateLevel::Directive,
            Some(Level::Adviser) => DelegateLevel::Adviser,
            Some(Level::Professional) => DelegateLevel::Professional,
            Some(Level::Contractor) | None => DelegateLevel::NotApplicable,
        }),
        eligible: had.and_then(|s| s.eligible.clone()),
        term_years: term,
        configurable: had.map(|s| s.configurable),
        note,
        source: had.and_then(|s| s.source.clone()),
        valid_from: had.and_then(|s| s.valid_from),
        valid_to: had.and_then(|s| s.valid_to),
    };
    let done = tx.attempt(|tx| {
        let seat = put_seat(tx, request)?;
        if let Some(Seated { person_id, kind, valid_from, valid_to }) = appointed {
            appoint_holder(
                tx,
                AppointHolder {
                    id: None,
                    seat_id: seat.id,
                    person_id,
                    kind,
                    valid_from,
                    valid_to,
                    act: None,
                    accreditation: None,
                    note: None,
                    close_previous: None,
                },
            )?;
        }
        Ok(())
    });
    match done {
        Ok(()) => Ok(()),
        Err(failure) => row.hear(failure),
    }
}

/// The sector of a row: its column may hold the seat's component instead, which is not imported.
fn sector(known: &Known, row: &mut Row<'_>, had: Option<&Seat>) -> Option<SectorId> {
    let before = had.and_then(|s| s.sector_id.clone());
    if had.is_some_and(|seat| seat.component_id.is_some()) {
        return before;
    }
    let given = row.line("sector").and_then(|said| {
        let found = known.sectors.get(&folded(&said)).cloned();
        if found.is_none() {
            row.refuse(
                "sector",
                text!(
                    "No hay un sector «{said}». Escríbalo como está en los catálogos.",
                    "There is no sector “{said}”. Write it as it is in the catalogs."
                ),
            );
        }
        found
    });
    row.over("sector", given, before, |id| known.name(id))
}

/// Whom a row puts in its seat, how and when.
struct Seated {
    person_id: PersonId,
    kind: HolderKind,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

/// Whom the row puts in its seat; `None` when nobody, or whoever is there.
fn holder(known: &Known, row: &mut Row<'_>, had: Option<&Seat>) -> Option<Seated> {
    let person_id = known.person(row, "holder")?;
    let kind = row.chosen("holder_kind", KINDS).unwrap_or(HolderKind::Holder);
    let (from, to) = (row.day("holder_from"), row.day("holder_to"));
    let now = had.and_then(|s| known.holders.iter().find(|h| h.seat_id == s.id && h.kind == kind));
    if now.is_some_and(|held| held.person_id == person_id) {
        return None;
    }
    let before = now.map(|held| known.name(&held.person_id)).unwrap_or_default();
    if row.known {
        row.change("holder", before);
    }
    let Some(valid_from) = from else {
        if row.shown("holder_from").is_empty() {
            missing(
                row,
                "holder_from",
                "la fecha desde la que ocupa el puesto",
                "The day from which they hold the seat",
            );
        }
        return None;
    };
    Some(Seated { person_id, kind, valid_from, valid_to: to })
}

/// A proposal: known by its code, else by its title. New ones are drafts.
///
/// # Errors
/// What is no fault of the row.
pub(super) fn proposal(tx: &mut Tx<'_>, known: &mut Known, row: &mut Row<'_>, at: i64) -> Result<()> {
    let Some(body_id) = known.body.clone() else { return Ok(()) };
    let (title, code) = (row.line("title"), row.line("code"));
    row.name = title.clone().or_else(|| code.clone()).unwrap_or_default();
    let by_code = code.as_ref().and_then(|c| known.proposals.iter().find(|(own, ..)| *own == folded(c)));
    let by_title =
        || title.as_ref().and_then(|t| known.proposals.iter().find(|(_, own, _)| *own == folded(t)));
    let had = match code {
        Some(_) => by_code,
        None => by_title(),
    }
    .map(|(.., proposal)| proposal.clone());
    if title.is_none() && had.is_none() {
        missing(row, "title", "la denominación de la propuesta: su título", "The proposal's title");
        return Ok(());
    }
    let key = had.as_ref().map_or_else(|| folded(code.as_deref().unwrap_or(&row.name)), |p| p.id.to_string());
    known.refuse_repeated(row, if code.is_some() { "code" } else { "title" }, key, at);
    row.known = had.is_some();
    let had = had.as_ref();
    let title = row.over("title", title, had.map(|p| p.title.clone()), Clone::clone);
    let short = row.line("short_title");
    let short = row.over("short_title", short, had.and_then(|p| p.short_title.clone()), Clone::clone);
    let entity = known.entity(row, "entity");
    let entity =
        row.over("entity", entity, had.and_then(|p| p.proponent_entity_id.clone()), |id| known.name(id));
    let contact = known.person(row, "contact");
    let contact =
        row.over("contact", contact, had.and_then(|p| p.contact_person_id.clone()), |id| known.name(id));
    let words = |key: &str| had.and_then(|p| p.profile.get(key)).and_then(Value::as_str).map(str::to_owned);
    let summary = row.prose("summary");
    let summary = row.over("summary", summary, words("summary"), Clone::clone);
    let problem = row.prose("problem");
    let problem = row.over("problem", problem, words("problem"), Clone::clone);
    let amount = amount(row, had);
    if row.refused() || row.is_same() {
        return Ok(());
    }
    let done = match had {
        None => {
            let profile = Profile { summary, problem, budget: amount.map(asked), ..Profile::default() };
            let request = CreateProposal {
                id: None,
                body_id,
                code,
                title: title.unwrap_or_default(),
                short_title: short,
                proponent_entity_id: entity,
                contact_person_id: contact,
                profile: Some(profile),
            };
            tx.attempt(|tx| life::create(tx, request))
        }
        Some(had) => {
            let mut profile = Map::new();
            for (key, value) in [("summary", json!(summary)), ("problem", json!(problem))] {
                if row.changes(key) {
                    profile.insert(key.to_owned(), value);
                }
            }
            if row.changes("amount") {
                profile.insert("budget".to_owned(), json!(amount.map(asked)));
            }
            // Only what changes: what was filed is not written again.
            let request = EditProposal {
                id: had.id.clone(),
                code: None,
                title: title.filter(|_| row.changes("title")),
                short_title: row.changes("short_title").then_some(short),
                proponent_entity_id: row.changes("entity").then_some(entity),
                contact_person_id: row.changes("contact").then_some(contact),
                external_filing_number: None,
                profile: (!profile.is_empty()).then_some(profile),
            };
            tx.attempt(|tx| life::edit(tx, request))
        }
    };
    match done {
        Ok(_) => Ok(()),
        Err(failure) => row.hear(failure),
    }
}

/// A budget of one line.
fn asked(amount: i64) -> Budget {
    let line = BudgetLine { concept: "Valor solicitado".to_owned(), amount, ..BudgetLine::default() };
    Budget { lines: vec![line], ..Budget::default() }
}

/// What a proposal asks for. A budget with lines of its own is not replaced by a total.
fn amount(row: &mut Row<'_>, had: Option<&Proposal>) -> Option<i64> {
    let given = row.pesos("amount");
    let budget = had.and_then(|p| p.profile.get("budget"));
    let total = budget.and_then(|b| b.get("total")).and_then(Value::as_i64);
    let lines = budget.and_then(|b| b.get("lines")).and_then(Value::as_array).map_or(0, Vec::len);
    if let (Some(given), true) = (given, lines > 1)
        && total != Some(given)
    {
        row.refuse(
            "amount",
            text!(
                "La propuesta tiene un presupuesto de {lines} renglones: su total sale de ellos. Cámbielo en la propuesta.",
                "The proposal has a budget of {lines} lines: its total comes from them. Change it in the proposal."
            ),
        );
        return total;
    }
    row.over("amount", given, total, i64::to_string)
}

/// A commitment: known by its session and its words.
///
/// # Errors
/// What is no fault of the row.
pub(super) fn commitment(tx: &mut Tx<'_>, known: &mut Known, row: &mut Row<'_>, at: i64) -> Result<()> {
    let text = row.prose("text");
    row.name = text.clone().unwrap_or_default();
    let session = session(known, row);
    let Some(text) = text else {
        missing(row, "text", "la descripción del compromiso", "What is promised");
        return Ok(());
    };
    let Some(session) = session else { return Ok(()) };
    known.refuse_repeated(row, "text", format!("{} {}", session.id, folded(&text)), at);
    let key = (session.id.clone(), folded(&text));
    let had = match known.commitments.get(&key).map(Vec::as_slice) {
        None => None,
        Some([only]) => Some(only.clone()),
        Some(_) => {
            row.refuse(
                "text",
                text!(
                    "La sesión tiene varios compromisos con ese texto. Cambie a mano el que corresponda.",
                    "The session has several commitments with those words. Change the right one by hand."
                ),
            );
            None
        }
    };
    row.known = had.is_some();
    let had = had.as_ref();
    let entity = known.entity(row, "entity");
    let entity =
        row.over("entity", entity, had.and_then(|c| c.responsible_entity_id.clone()), |id| known.name(id));
    let person = known.person(row, "person");
    let person =
        row.over("person", person, had.and_then(|c| c.responsible_person_id.clone()), |id| known.name(id));
    let due = row.day("due_on");
    let due = row.over("due_on", due, had.and_then(|c| c.due_on), |day| spanish::short_date(*day));
    let days = row.whole("business_days");
    let days = row.over(
        "business_days",
        days,
        had.and_then(|c| c.due_rule.as_ref()).map(|r| r.business_days),
        i64::to_string,
    );
    let note = row.prose("note");
    let note = row.over("note", note, had.and_then(|c| c.note.clone()), Clone::clone);
    if row.refused() || row.is_same() {
        return Ok(());
    }
    let (due_on, by_days) = if row.known && !row.changes("due_on") && !row.changes("business_days") {
        // A term in days stays one.
        if days.is_some() { (None, days) } else { (due, None) }
    } else {
        let says = |field: &str| !row.shown(field).is_empty();
        let (on, within) = (says("due_on"), says("business_days"));
        (due.filter(|_| on || !within), days.filter(|_| within))
    };
    let from = had.and_then(|c| c.due_rule.as_ref()).map(|rule| rule.from);
    let request = PutCommitment {
        id: had.map(|c| c.id.clone()),
        session_id: session.id,
        item_id: had.and_then(|c| c.item_id.clone()),
        text: had.map_or(text, |c| c.text.clone()),
        responsible_entity_id: entity,
        responsible_person_id: person,
        due_on,
        due_in: by_days.map(|business_days| DueIn { business_days, from }),
        note,
    };
    match tx.attempt(|tx| commitment::put(tx, request)) {
        Ok(_) => Ok(()),
        Err(failure) => row.hear(failure),
    }
}

/// The session of a commitment: by its number and year, its day, or both.
fn session(known: &Known, row: &mut Row<'_>) -> Option<Session> {
    let (number, year, day) =
        (row.whole("session_number"), row.whole("session_year"), row.day("session_date"));
    if row.refused() {
        return None;
    }
    if number.is_none() && day.is_none() {
        missing(
            row,
            "session_number",
            "la sesión: su número y su año, o su fecha",
            "The session, by number and year or by date",
        );
        return None;
    }
    let year = year.or_else(|| day.map(|day| i64::from(day.year())));
    let fits = |session: &&Session| {
        number.is_none_or(|n| session.number == Some(n))
            && year.is_none_or(|y| i64::from(session.year) == y)
            && day.is_none_or(|day| session.date == day)
    };
    let found: Vec<&Session> = known.sessions.iter().filter(fits).collect();
    let field = if number.is_some() { "session_number" } else { "session_date" };
    match found.as_slice() {
        [only] => return Some((*only).clone()),
        [] => row.refuse(
            field,
            text!(
                "No hay una sesión con ese número, año o fecha. Corríjalos o programe la sesión primero.",
                "There is no session with that number, year or date. Correct them or schedule the session first."
            ),
        ),
        many => {
            let many = many.len();
            row.refuse(
                field,
                text!(
                    "Hay {many} sesiones que corresponden. Agregue el año o la fecha de la sesión.",
                    "There are {many} sessions that fit. Add the year or the date of the session."
                ),
            );
        }
    }
    None
}
