//! Who the names of a meeting platform's report are: as the secretary says, by their address, or by their words.
//!
//! [`identified`] reads alone. A name is somebody for certain or has the candidates that it may be; the names of one
//! person at one seat (a telephone, a computer) are one, with the connections of all.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::report::{Connected, Connection};
use crate::codes::Capacity;
use crate::course::{Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{PersonId, SeatId};
use crate::journal::Read;
use crate::person::{Person, PersonContact};
use crate::session::FramePerson;
use crate::{live, text, typed};

/// Who a name of a report is, as the secretary says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandMatch {
    /// The name as in the report.
    pub name: String,
    /// The address as in the report.
    pub email: Option<String>,
    /// The seat they attend for.
    pub seat_id: SeatId,
    /// The person.
    pub person_id: PersonId,
}

impl HandMatch {
    fn is_of(&self, connected: &Connected) -> bool {
        self.name == connected.name && self.email == connected.email
    }

    /// Refuses it, naming the field and the match.
    fn refused(&self, code: Code, message: Text) -> Failure {
        Failure::new(code, message).with(json!({
            "field": "matches", "name": self.name, "email": self.email,
            "seat_id": self.seat_id, "person_id": self.person_id
        }))
    }

    /// The name as it is told: the address of whoever has none.
    fn told(&self) -> &str {
        self.email.as_deref().filter(|_| self.name.is_empty()).unwrap_or(&self.name)
    }
}

/// How a name of a report was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// Its address is the person's.
    Email,
    /// Its words are those of one name alone.
    Name,
    /// The secretary says so.
    Hand,
}

/// A seat and a person that a name of a report may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReportCandidate {
    /// The seat.
    pub seat_id: SeatId,
    /// The person.
    pub person: FramePerson,
    /// In what capacity they would attend for it.
    pub capacity: Capacity,
}

/// A name of a report and how it was matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReportName {
    /// The name as in the report.
    pub name: String,
    /// The address as in the report.
    pub email: Option<String>,
    /// How it was matched.
    pub by: Option<MatchedBy>,
}

impl ReportName {
    fn of(connected: &Connected, by: Option<MatchedBy>) -> Self {
        Self { name: connected.name.clone(), email: connected.email.clone(), by }
    }
}

/// Who is behind one name of a report, or behind several.
pub(super) struct Identity {
    /// The name that tells who it is; one said by hand gives way to one that was known.
    pub(super) name: ReportName,
    /// The other names of the same person.
    pub(super) also: Vec<ReportName>,
    /// When they were connected, by each name.
    pub(super) connections: Vec<Connection>,
    /// Who it is, when that is certain.
    pub(super) person: Option<FramePerson>,
    /// The seat they attend for, when that is certain.
    pub(super) seat_id: Option<SeatId>,
    /// What it may be, while that is not certain.
    pub(super) candidates: Vec<ReportCandidate>,
}

impl Identity {
    /// A name whose seat and person are certain.
    fn certain(connected: &Connected, place: ReportCandidate, by: MatchedBy) -> Self {
        Self {
            name: ReportName::of(connected, Some(by)),
            also: Vec::new(),
            connections: connected.connections.clone(),
            person: Some(place.person),
            seat_id: Some(place.seat_id),
            candidates: Vec::new(),
        }
    }

    /// The seat and the person, when both are certain.
    pub(super) fn place(&self) -> Option<(&SeatId, &PersonId)> {
        self.seat_id.as_ref().zip(self.person.as_ref().map(|person| &person.id))
    }

    /// Takes in another name of the same person. The one that was not said by hand goes first.
    fn take_in(&mut self, other: Identity) {
        let by_hand = |name: &ReportName| name.by == Some(MatchedBy::Hand);
        let mut name = other.name;
        if by_hand(&self.name) && !by_hand(&name) {
            std::mem::swap(&mut self.name, &mut name);
        }
        self.also.push(name);
        self.connections.extend(other.connections);
    }
}

/// Everybody the archive knows, by the words of their names and by their address, and the seats each may attend for.
pub(super) struct Directory {
    people: BTreeMap<PersonId, (Person, BTreeSet<String>)>,
    by_word: BTreeMap<String, Vec<PersonId>>,
    by_email: BTreeMap<String, PersonId>,
    seats: BTreeMap<PersonId, Vec<ReportCandidate>>,
}

/// The words of a name that tell it from others, without what a platform adds to it.
fn name_words(name: &str) -> BTreeSet<String> {
    const COMMON: [&str; 8] = ["de", "del", "la", "las", "los", "y", "dr", "dra"];
    let plain: String = name.split('(').next().unwrap_or_default().replace([',', '|', '/'], " ");
    typed::folded(&plain)
        .split(' ')
        .filter(|w| !w.is_empty() && !COMMON.contains(w))
        .map(str::to_owned)
        .collect()
}

impl Directory {
    pub(super) fn new(read: &Read<'_>, facts: &Facts, course: &Course) -> Result<Self> {
        let mut directory = Self {
            people: BTreeMap::new(),
            by_word: BTreeMap::new(),
            by_email: BTreeMap::new(),
            seats: BTreeMap::new(),
        };
        for person in read.select::<Person>("ORDER BY id", [])? {
            let words = name_words(&person.full_name);
            for word in &words {
                directory.by_word.entry(word.clone()).or_default().push(person.id.clone());
            }
            directory.people.insert(person.id.clone(), (person, words));
        }
        for contact in read.select::<PersonContact>("WHERE email IS NOT NULL ORDER BY id", [])? {
            if let Some(email) = &contact.email {
                directory.by_email.entry(email.trim().to_lowercase()).or_insert(contact.id.clone());
            }
        }
        for seat in facts.frame.seats.iter().map(|seat| &seat.seat.id) {
            for live::Candidate { person, capacity, .. } in live::candidates(facts, seat) {
                directory.seat(ReportCandidate { seat_id: seat.clone(), person, capacity });
            }
        }
        // Whoever came for a seat without an act in force is recorded in it, with voice alone.
        for came in course.presence.iter().chain(&course.beside) {
            if let Some(person) = facts.frame.person(&came.person_id).cloned() {
                directory.seat(ReportCandidate {
                    seat_id: came.seat_id.clone(),
                    person,
                    capacity: came.capacity,
                });
            }
        }
        Ok(directory)
    }

    /// Adds a seat that a person may attend for, once.
    fn seat(&mut self, candidate: ReportCandidate) {
        let seats = self.seats.entry(candidate.person.id.clone()).or_default();
        if seats.iter().all(|known| known.seat_id != candidate.seat_id) {
            seats.push(candidate);
        }
    }

    /// Every seat and person that a name may be said to be, by the person's name.
    pub(super) fn candidates(&self) -> Vec<ReportCandidate> {
        let mut all: Vec<ReportCandidate> = self.seats.values().flatten().cloned().collect();
        all.sort_by(|a, b| (&a.person.sort_name, &a.person.id).cmp(&(&b.person.sort_name, &b.person.id)));
        all
    }

    /// The people a name may be, and whether it is the one of them for certain.
    fn named(&self, connected: &Connected) -> (Vec<PersonId>, Option<MatchedBy>) {
        if let Some(id) = connected.email.as_ref().and_then(|email| self.by_email.get(email)) {
            return (vec![id.clone()], Some(MatchedBy::Email));
        }
        let words = name_words(&connected.name);
        let mut shared: BTreeMap<&PersonId, usize> = BTreeMap::new();
        for id in words.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *shared.entry(id).or_default() += 1;
        }
        let of = |id: &PersonId| self.people.get(id).map_or(0, |(_, words)| words.len());
        let whole: Vec<&PersonId> =
            shared.iter().filter(|(id, n)| **n == words.len() && **n == of(id)).map(|(id, _)| *id).collect();
        let part: Vec<&PersonId> =
            shared.iter().filter(|(_, n)| **n == words.len() && **n >= 2).map(|(id, _)| *id).collect();
        let alike: Vec<&PersonId> = shared.iter().filter(|(_, n)| **n >= 2).map(|(id, _)| *id).collect();
        let found = [whole, part].into_iter().find(|ids| !ids.is_empty());
        match found {
            Some(ids) => {
                let one = (ids.len() == 1).then_some(MatchedBy::Name);
                (ids.into_iter().cloned().collect(), one)
            }
            None => (alike.into_iter().take(5).cloned().collect(), None),
        }
    }

    /// The seat and the person that a match says, when they go together.
    fn said(&self, facts: &Facts, said: &HandMatch) -> Result<ReportCandidate> {
        let not_found = |concept: &str, id: &str| {
            let missing = Failure::not_found(concept, id);
            said.refused(missing.code, missing.message)
        };
        let Some(seat) = facts.frame.seat(&said.seat_id) else {
            return Err(not_found("seat", said.seat_id.as_str()));
        };
        let Some((person, _)) = self.people.get(&said.person_id) else {
            return Err(not_found("person", said.person_id.as_str()));
        };
        let mut seats = self.seats.get(&said.person_id).into_iter().flatten();
        seats.find(|candidate| candidate.seat_id == said.seat_id).cloned().ok_or_else(|| {
            let (who, title, name) = (&person.full_name, &seat.seat.title, said.told());
            said.refused(
                Code::InvalidInput,
                text!(
                    "{who} no ocupa el puesto {title}, ni tiene delegación para él, ni consta que asistiera por él: «{name}» quedó sin identificar. Elija otra persona, o registre antes su llegada.",
                    "{who} does not hold the seat {title}, has no delegation for it and is not recorded as attending for it: “{name}” was left unidentified. Choose somebody else, or record their arrival first."
                ),
            )
        })
    }

    /// Who is behind one name. `hand` is what the secretary says of it.
    fn identity(
        &self,
        read: &Read<'_>,
        facts: &Facts,
        course: &Course,
        connected: &Connected,
        hand: Option<&HandMatch>,
    ) -> Result<Identity> {
        if let Some(hand) = hand {
            return Ok(Identity::certain(connected, self.said(facts, hand)?, MatchedBy::Hand));
        }
        let (named, by) = self.named(connected);
        let seats = named.iter().filter_map(|id| self.seats.get(id)).flatten();
        let mut candidates: Vec<ReportCandidate> = seats.cloned().collect();
        // Of two seats of one person, the one they are recorded in; else the one they count for.
        if by.is_some() && candidates.len() > 1 {
            let recorded =
                |c: &ReportCandidate| course.of_seat(&c.seat_id).any(|p| p.person_id == c.person.id);
            let counts = |c: &ReportCandidate| c.capacity.counts();
            for fit in [&recorded as &dyn Fn(&ReportCandidate) -> bool, &counts] {
                if candidates.iter().filter(|c| fit(c)).count() == 1 {
                    candidates.retain(|c| fit(c));
                }
            }
        }
        if let (Some(by), [place]) = (by, candidates.as_slice()) {
            return Ok(Identity::certain(connected, place.clone(), by));
        }
        let person = match (by, named.as_slice()) {
            (Some(_), [id]) => Some(match facts.frame.person(id) {
                Some(person) => person.clone(),
                None => FramePerson::now(read, read.get(id)?)?,
            }),
            _ => None,
        };
        Ok(Identity {
            name: ReportName::of(connected, by.filter(|_| person.is_some())),
            also: Vec::new(),
            connections: connected.connections.clone(),
            person,
            seat_id: None,
            candidates,
        })
    }
}

/// Who the people of a report are, those of one seat and person made one.
///
/// # Errors
/// Naming `matches`, and in `details` the match: `not_found` for a seat or person that does not exist; `invalid_input` for
/// a name that the report does not have, one said twice, or a person who does not attend for that seat; `rule_forbids`
/// when they would be in two seats at once.
pub(super) fn identified(
    read: &Read<'_>,
    facts: &Facts,
    course: &Course,
    directory: &Directory,
    people: &[Connected],
    matches: &[HandMatch],
) -> Result<Vec<Identity>> {
    let mut hands: BTreeMap<(&str, Option<&str>), &HandMatch> = BTreeMap::new();
    for said in matches {
        let name = said.told();
        if !people.iter().any(|connected| said.is_of(connected)) {
            return Err(said.refused(
                Code::InvalidInput,
                text!(
                    "«{name}» no está en el informe. Identifique los nombres tal como el informe los trae.",
                    "“{name}” is not in the report. Identify the names just as the report has them."
                ),
            ));
        }
        if hands.insert((said.name.as_str(), said.email.as_deref()), said).is_some() {
            return Err(said.refused(
                Code::InvalidInput,
                text!(
                    "De «{name}» se dice dos veces quién es. Deje una sola.",
                    "Who “{name}” is was said twice. Leave one alone."
                ),
            ));
        }
    }
    let mut identities: Vec<Identity> = Vec::new();
    let mut places: BTreeMap<(SeatId, PersonId), usize> = BTreeMap::new();
    for connected in people {
        let hand = hands.get(&(connected.name.as_str(), connected.email.as_deref())).copied();
        let identity = directory.identity(read, facts, course, connected, hand)?;
        let place = identity.place().map(|(seat, person)| (seat.clone(), person.clone()));
        match place.as_ref().and_then(|place| places.get(place)) {
            Some(known) => identities[*known].take_in(identity),
            None => {
                places.extend(place.map(|place| (place, identities.len())));
                identities.push(identity);
            }
        }
    }
    for said in matches {
        refuse_two_seats(facts, course, &identities, said)?;
    }
    Ok(identities)
}

/// Refuses that a match puts somebody in a seat while the record, or the same report, has them in another.
fn refuse_two_seats(facts: &Facts, course: &Course, identities: &[Identity], said: &HandMatch) -> Result<()> {
    let of = |identity: &&Identity| identity.place() == Some((&said.seat_id, &said.person_id));
    let Some(identity) = identities.iter().find(of) else { return Ok(()) };
    let meanwhile = |p: &&crate::course::Presence| {
        p.person_id == said.person_id
            && p.seat_id != said.seat_id
            && identity
                .connections
                .iter()
                .any(|c| c.to.is_none_or(|to| p.from < to) && p.to.is_none_or(|to| c.from < to))
    };
    let elsewhere = |identity: &Identity| {
        identity
            .place()
            .filter(|(seat, person)| **person == said.person_id && **seat != said.seat_id)
            .map(|(seat, _)| seat.clone())
    };
    let recorded = course.presence.iter().find(meanwhile).map(|p| p.seat_id.clone());
    let Some(other) = recorded.or_else(|| identities.iter().find_map(elsewhere)) else { return Ok(()) };
    let title = facts.frame.seat(&other).map_or(other.as_str(), |seat| seat.seat.title.as_str());
    let who = identity.person.as_ref().map_or("", |person| person.full_name.as_str());
    let name = said.told();
    Err(said.refused(
        Code::RuleForbids,
        text!(
            "{who} asiste a esas horas por el puesto {title}, y nadie ocupa dos puestos a la vez: «{name}» quedó sin identificar. Elija ese puesto, u otra persona.",
            "{who} attends at those hours for the seat {title}, and nobody fills two seats at once: “{name}” was left unidentified. Choose that seat, or somebody else."
        ),
    ))
}
