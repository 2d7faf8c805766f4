//! People: names as they are written, treatment, gender, post; private contact apart.

use std::collections::HashMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::{Body, Holder, Seat};
use crate::catalog::{Entity, Partner};
use crate::codes::{Gender, HolderKind, Level, Treatment};
use crate::delegation::{Delegation, DelegationLine};
use crate::failure::{Code, Failure, Result};
use crate::ids::{BodyId, EntityId, HolderId, PartnerId, PersonId, SeatId};
use crate::journal::{Read, Tx, hex};
use crate::{delegation, record, text, typed};

/// A person. Names keep hyphens, apostrophes, particles and compound parts exactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Given names.
    pub first_names: String,
    /// Surnames.
    pub surnames: String,
    /// As printed.
    pub full_name: String,
    /// As sorted: surnames first.
    pub sort_name: String,
    /// Form of address.
    pub treatment: Treatment,
    /// Gender that sentences agree with.
    pub grammatical_gender: Gender,
    /// Post (cargo).
    pub position: Option<String>,
    /// The entity they serve.
    pub entity_id: Option<EntityId>,
    /// The organisation, when it is not an entity.
    pub organization: Option<String>,
    /// The partner they belong to.
    pub partner_id: Option<PartnerId>,
    /// `holder`, `delegate`, `liaison`, `secretariat`, `guest`, `group_member`.
    pub role: Option<String>,
    /// The seat they serve as liaison, holder or delegate.
    pub seat_id: Option<SeatId>,
    /// Hierarchical level.
    pub level: Option<Level>,
    /// Remark.
    pub note: Option<String>,
}
record!(Person, "person");

/// A person's private contact. Journaled only as a salted hash, so that it can be erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PersonContact {
    /// The person.
    pub id: PersonId,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Random bytes that make its hash unguessable, 32 hexadecimal digits.
    pub salt: String,
}
record!(PersonContact, "person_contact");

/// Particles that belong to the word after them: "de la Hoz", "D’ Costa", "van der Berg".
const PARTICLES: &[&str] = &[
    "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "las", "le", "lo",
    "los", "mac", "mc", "san", "santa", "van", "von", "y", "e", "i",
];

/// Splits a whole name into given names and surnames: the last two words are the surnames (the last one when there are
/// only two), particles and "y" staying with them. A guess, to be corrected by whoever knows.
///
/// ```
/// use secretariat::person::split_name;
/// assert_eq!(split_name("Ana María de la Hoz Peña"), ("Ana María".to_owned(), "de la Hoz Peña".to_owned()));
/// ```
#[must_use]
pub fn split_name(full: &str) -> (String, String) {
    // Words with the particles before them.
    let mut units: Vec<String> = Vec::new();
    let mut pending = String::new();
    let mut joins = false;
    for word in full.split_whitespace() {
        let lower = word.to_lowercase();
        if PARTICLES.contains(&lower.as_str()) && !(units.is_empty() && pending.is_empty()) {
            joins |= matches!(lower.as_str(), "y" | "e" | "i");
            pending.push_str(word);
            pending.push(' ');
            continue;
        }
        let unit = format!("{pending}{word}");
        pending.clear();
        // "Oñate y Muñoz" is one surname.
        match units.last_mut().filter(|_| joins) {
            Some(last) => {
                last.push(' ');
                last.push_str(&unit);
            }
            None => units.push(unit),
        }
        joins = false;
    }
    if !pending.is_empty() {
        units.push(pending.trim_end().to_owned());
    }
    let surnames = match (units.len(), units.last()) {
        (0 | 1, _) => 0,
        (_, Some(last)) if last.contains(" y ") => 1,
        (2, _) => 1,
        _ => 2,
    };
    let at = units.len() - surnames;
    (units[..at].join(" "), units[at..].join(" "))
}

/// A person in a line of a list or a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PersonLine {
    /// The person.
    pub id: PersonId,
    /// As printed.
    pub full_name: String,
    /// As sorted.
    pub sort_name: String,
    /// Form of address.
    pub treatment: Treatment,
    /// Gender that sentences agree with.
    pub grammatical_gender: Gender,
    /// Post.
    pub position: Option<String>,
    /// Short name of their entity, or the organisation.
    pub entity: Option<String>,
    /// Full name of their entity: in a list, a person is looked for by it too.
    pub entity_name: Option<String>,
    /// Hierarchical level.
    pub level: Option<Level>,
}

/// A person in a line.
///
/// # Errors
/// `not_found` when there is none.
pub fn line(read: &Read<'_>, id: &PersonId) -> Result<PersonLine> {
    line_of(read, read.get(id)?)
}

pub(crate) fn line_of(read: &Read<'_>, person: Person) -> Result<PersonLine> {
    let (entity, entity_name) = match (&person.entity_id, &person.partner_id) {
        (Some(id), _) => read.find::<Entity>(id)?.map(|e| (e.short().to_owned(), e.name)),
        (None, Some(id)) => read.find::<Partner>(id)?.map(|p| (p.name.clone(), p.name)),
        (None, None) => None,
    }
    .unzip();
    Ok(PersonLine {
        id: person.id,
        full_name: person.full_name,
        sort_name: person.sort_name,
        treatment: person.treatment,
        grammatical_gender: person.grammatical_gender,
        position: person.position,
        entity: entity.or(person.organization),
        entity_name,
        level: person.level,
    })
}

/// Which people to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListPeople {
    /// Words of the name, post, entity or organisation, in any order, with or without accents.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Only those of an entity.
    #[serde(default)]
    #[ts(optional)]
    pub entity_id: Option<EntityId>,
    /// Only those with a role: `holder`, `delegate`, `liaison`, `secretariat`, `guest`, `group_member`.
    #[serde(default)]
    #[ts(optional)]
    pub role: Option<String>,
    /// At most this many, 1 to 5,000; 200 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}

/// People by surname, as a directory has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PeopleView {
    /// The people found, by surname.
    pub people: Vec<PersonLine>,
    /// How many there are in all, beyond the limit too.
    pub total: i64,
}

/// The people of the archive.
///
/// # Errors
/// When the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn list(read: &Read<'_>, request: ListPeople) -> Result<PeopleView> {
    let mut people = found(read, &request)?;
    let total = i64::try_from(people.len()).unwrap_or(i64::MAX);
    people.truncate(usize::try_from(request.limit.unwrap_or(200).clamp(1, 5_000)).unwrap_or(200));
    Ok(PeopleView { people: people.into_iter().map(|p| line_of(read, p)).collect::<Result<_>>()?, total })
}

/// The people that a request asks for, by surname, beyond its limit too.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn found(read: &Read<'_>, request: &ListPeople) -> Result<Vec<Person>> {
    let words: Vec<String> =
        typed::folded(request.text.as_deref().unwrap_or_default()).split(' ').map(str::to_owned).collect();
    let mut people: Vec<Person> = match &request.entity_id {
        Some(entity) => read.select("WHERE entity_id = ?1", [entity])?,
        None => read.all()?,
    };
    let entities: HashMap<EntityId, Entity> =
        read.all::<Entity>()?.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
    people.retain(|p| {
        let entity = p.entity_id.as_ref().and_then(|id| entities.get(id));
        let (entity, short) = entity.map_or(("", ""), |e| (&e.name, e.short()));
        let post = p.position.as_deref().unwrap_or_default();
        let organisation = p.organization.as_deref().unwrap_or_default();
        let all = typed::folded(&format!("{} {post} {organisation} {entity} {short}", p.full_name));
        request.role.as_ref().is_none_or(|role| p.role.as_ref() == Some(role))
            && words.iter().all(|word| all.contains(word.as_str()))
    });
    people.sort_by_cached_key(|p| typed::sort_key(&p.sort_name));
    Ok(people)
}

/// A person to create or edit. What is not said is left empty, also when editing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPerson {
    /// The person to edit, or the id of the new one.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<PersonId>,
    /// Given names.
    #[serde(default)]
    #[ts(optional)]
    pub first_names: Option<String>,
    /// Surnames.
    #[serde(default)]
    #[ts(optional)]
    pub surnames: Option<String>,
    /// As printed: names and surnames when not said. Alone, it is split into them.
    #[serde(default)]
    #[ts(optional)]
    pub full_name: Option<String>,
    /// As sorted: surnames (with their particles) first when not said.
    #[serde(default)]
    #[ts(optional)]
    pub sort_name: Option<String>,
    /// Form of address; none when not said.
    #[serde(default)]
    #[ts(optional)]
    pub treatment: Option<Treatment>,
    /// Gender that sentences agree with; that of the treatment when not said.
    #[serde(default)]
    #[ts(optional)]
    pub grammatical_gender: Option<Gender>,
    /// Post (cargo).
    #[serde(default)]
    #[ts(optional)]
    pub position: Option<String>,
    /// The entity they serve.
    #[serde(default)]
    #[ts(optional)]
    pub entity_id: Option<EntityId>,
    /// The organisation, when it is not an entity.
    #[serde(default)]
    #[ts(optional)]
    pub organization: Option<String>,
    /// The partner they belong to.
    #[serde(default)]
    #[ts(optional)]
    pub partner_id: Option<PartnerId>,
    /// `holder`, `delegate`, `liaison`, `secretariat`, `guest`, `group_member`.
    #[serde(default)]
    #[ts(optional)]
    pub role: Option<String>,
    /// The seat they serve as liaison, holder or delegate.
    #[serde(default)]
    #[ts(optional)]
    pub seat_id: Option<SeatId>,
    /// Hierarchical level.
    #[serde(default)]
    #[ts(optional)]
    pub level: Option<Level>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Confirms that somebody of the same name is another person.
    #[serde(default)]
    #[ts(optional)]
    pub confirm_duplicate: Option<bool>,
}

const ROLES: &[&str] = &["holder", "delegate", "liaison", "secretariat", "guest", "group_member"];

/// Creates a person or edits one. Sessions already opened keep the person as they were.
///
/// # Errors
/// `invalid_input` when the name is empty; `needs_confirmation` (`confirm_duplicate`) when somebody has the same name but
/// for accents, hyphens and case; `not_found` for an unknown entity, partner or seat.
pub fn put(tx: &mut Tx<'_>, request: PutPerson) -> Result<Person> {
    let (first_names, surnames, full_name) = names(&request)?;
    let sort_name = match typed::optional_line("sort_name", request.sort_name.as_deref())? {
        Some(given) => given,
        None if surnames.is_empty() => full_name.clone(),
        None if first_names.is_empty() => surnames.clone(),
        None => format!("{surnames}, {first_names}"),
    };
    if let Some(role) = request.role.as_deref()
        && !ROLES.contains(&role)
    {
        return Err(Failure::field(
            "role",
            text!(
                "«{role}» no es un papel conocido. Elija uno de la lista o déjelo vacío.",
                "“{role}” is not a known role. Choose one of the list or leave it empty."
            ),
        ));
    }
    if let Some(entity) = &request.entity_id {
        tx.get::<Entity>(entity)?;
    }
    if let Some(partner) = &request.partner_id {
        tx.get::<Partner>(partner)?;
    }
    if let Some(seat) = &request.seat_id {
        tx.get::<Seat>(seat)?;
    }
    let id = match request.id {
        Some(id) => id,
        None => PersonId::new(tx.ctx.new_id())?,
    };
    let renamed =
        tx.find::<Person>(&id)?.is_none_or(|old| typed::folded(&old.full_name) != typed::folded(&full_name));
    if renamed && request.confirm_duplicate != Some(true) {
        let alike = same_name(tx, &id, &full_name)?;
        if let Some(other) = alike.first() {
            let (name, post) = (&other.full_name, other.position.as_deref().unwrap_or("—"));
            return Err(Failure::new(
                Code::NeedsConfirmation,
                text!(
                    "Ya está {name} ({post}). Use ese registro, o confirme que es otra persona.",
                    "{name} ({post}) is there already. Use that record, or confirm that this is another person."
                ),
            )
            .with(serde_json::json!({ "confirm": "confirm_duplicate", "person_ids": alike.iter().map(|p| &p.id).collect::<Vec<_>>() })));
        }
    }
    let treatment = request.treatment.unwrap_or(Treatment::None);
    let person = Person {
        id,
        first_names,
        surnames,
        full_name,
        sort_name,
        treatment,
        grammatical_gender: request.grammatical_gender.unwrap_or_else(|| treatment.gender()),
        position: typed::optional_line("position", request.position.as_deref())?,
        entity_id: request.entity_id,
        organization: typed::optional_line("organization", request.organization.as_deref())?,
        partner_id: request.partner_id,
        role: request.role,
        seat_id: request.seat_id,
        level: request.level,
        note: typed::optional_prose("note", request.note.as_deref())?,
    };
    tx.put(&person)?;
    Ok(person)
}

/// Given names, surnames and the whole, from whatever of them was typed.
fn names(request: &PutPerson) -> Result<(String, String, String)> {
    let first = typed::optional_line("first_names", request.first_names.as_deref())?;
    let sur = typed::optional_line("surnames", request.surnames.as_deref())?;
    let full = typed::optional_line("full_name", request.full_name.as_deref())?;
    let (first, sur) = match (first, sur, &full) {
        (None, None, Some(full)) => split_name(full),
        (first, sur, _) => (first.unwrap_or_default(), sur.unwrap_or_default()),
    };
    let joined = format!("{first} {sur}");
    let full = typed::line(
        "full_name",
        &text!("el nombre de la persona", "The person's name"),
        full.as_deref().unwrap_or(&joined),
    )?;
    if !full.chars().any(char::is_alphabetic) {
        return Err(Failure::field(
            "full_name",
            text!(
                "El nombre no tiene ninguna letra. Escríbalo como se imprime.",
                "The name has no letters. Type it as it is printed."
            ),
        ));
    }
    Ok((first, sur, full))
}

/// The others whose name is the same but for accents, hyphens and case.
fn same_name(read: &Read<'_>, id: &PersonId, full_name: &str) -> Result<Vec<Person>> {
    let folded = typed::folded(full_name);
    Ok(read
        .all::<Person>()?
        .into_iter()
        .filter(|p| p.id != *id && typed::folded(&p.full_name) == folded)
        .collect())
}

/// Which person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetPerson {
    /// The person.
    pub id: PersonId,
}

/// A seat somebody has held or holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SeatHeld {
    /// The record.
    pub holder_id: HolderId,
    /// The seat.
    pub seat_id: SeatId,
    /// Its title.
    pub seat: String,
    /// The body.
    pub body_id: BodyId,
    /// Its name.
    pub body: String,
    /// Holder, or acting.
    pub kind: HolderKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; `null` while open.
    pub valid_to: Option<NaiveDate>,
}

/// A private contact, as its screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ContactView {
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// A person as their screen shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PersonView {
    /// The person.
    pub person: Person,
    /// Full name of their entity.
    pub entity: Option<String>,
    /// Their private contact, when it is kept.
    pub contact: Option<ContactView>,
    /// The seats they have held, newest first.
    pub seats: Vec<SeatHeld>,
    /// The delegations they received, newest first.
    pub delegations: Vec<DelegationLine>,
    /// Others of the same name.
    pub same_name: Vec<PersonLine>,
}

/// A person with their contact, seats and delegations.
///
/// # Errors
/// `not_found` when there is none.
#[allow(clippy::needless_pass_by_value)]
pub fn get(read: &Read<'_>, request: GetPerson) -> Result<PersonView> {
    let person: Person = read.get(&request.id)?;
    let entity = match &person.entity_id {
        Some(id) => read.find::<Entity>(id)?.map(|e| e.name),
        None => None,
    };
    let mut seats = Vec::new();
    for holder in read.select::<Holder>("WHERE person_id = ?1 ORDER BY valid_from DESC", [&person.id])? {
        let seat: Seat = read.get(&holder.seat_id)?;
        let body: Body = read.get(&seat.body_id)?;
        seats.push(SeatHeld {
            holder_id: holder.id,
            seat_id: seat.id,
            seat: seat.title,
            body_id: body.id,
            body: body.name,
            kind: holder.kind,
            valid_from: holder.valid_from,
            valid_to: holder.valid_to,
        });
    }
    let delegations = read
        .select::<Delegation>("WHERE delegate_id = ?1 ORDER BY valid_from DESC", [&person.id])?
        .into_iter()
        .map(|d| delegation::line(read, d, read.ctx.today()))
        .collect::<Result<_>>()?;
    let same_name = same_name(read, &person.id, &person.full_name)?
        .into_iter()
        .map(|p| line_of(read, p))
        .collect::<Result<_>>()?;
    let contact =
        read.find::<PersonContact>(&person.id)?.map(|c| ContactView { email: c.email, phone: c.phone });
    Ok(PersonView { person, entity, contact, seats, delegations, same_name })
}

/// A person's private contact to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetContact {
    /// The person.
    pub person_id: PersonId,
    /// E-mail.
    #[serde(default)]
    #[ts(optional)]
    pub email: Option<String>,
    /// Telephone.
    #[serde(default)]
    #[ts(optional)]
    pub phone: Option<String>,
}

/// Keeps a person's private contact (Ley 1581/2012). The journal holds only a salted hash of it.
///
/// # Errors
/// `invalid_input` when both are empty, the e-mail is not an address, or the telephone has no digits.
pub fn set_contact(tx: &mut Tx<'_>, request: SetContact) -> Result<()> {
    tx.get::<Person>(&request.person_id)?;
    let email = typed::optional_line("email", request.email.as_deref())?;
    let phone = typed::optional_line("phone", request.phone.as_deref())?;
    if email.is_none() && phone.is_none() {
        return Err(Failure::field(
            "email",
            text!(
                "Falta el correo o el teléfono. Para retirar los datos use «Borrar contacto».",
                "The e-mail or the telephone is missing. To remove the data use “Erase contact”."
            ),
        ));
    }
    if let Some(email) = &email
        && !is_address(email)
    {
        return Err(Failure::field(
            "email",
            text!(
                "«{email}» no es una dirección de correo. Revise que tenga un solo «@» y un dominio.",
                "“{email}” is not an e-mail address. Check that it has one “@” and a domain."
            ),
        ));
    }
    if let Some(phone) = &phone
        && phone.chars().filter(char::is_ascii_digit).count() < 5
    {
        return Err(Failure::field(
            "phone",
            text!(
                "«{phone}» no parece un teléfono: tiene menos de cinco cifras.",
                "“{phone}” does not look like a telephone: it has fewer than five digits."
            ),
        ));
    }
    let salt = hex(&tx.ctx.draw());
    tx.put(&PersonContact { id: request.person_id, email, phone, salt })
}

/// Whether a text is an e-mail address: one name, one domain with a dot, no spaces.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    let bad = |c: char| c.is_whitespace() || c.is_control() || "<>(),;:\\\"[]".contains(c);
    !name.is_empty()
        && !text.contains(bad)
        && domain.split('.').count() >= 2
        && domain.split('.').all(|part| !part.is_empty() && !part.contains('@'))
}

/// Erases a person's private contact for good: from the archive, its free pages and its write-ahead log. Older backups
/// keep what they had until newer ones replace them.
///
/// # Errors
/// `not_found` when no contact is kept.
#[allow(clippy::needless_pass_by_value)]
pub fn erase_contact(tx: &mut Tx<'_>, request: GetPerson) -> Result<()> {
    tx.erase::<PersonContact>(&request.id)?;
    // Text being typed in its form is not part of the record, but it is data all the same.
    tx.conn.execute("DELETE FROM draft WHERE id LIKE 'person_contact/' || ?1 || '%'", [&request.id])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_split() {
        for (full, first, surnames) in [
            (
                "Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro",
                "Ana Eugenia del Pilar",
                "Íñiguez-Ñungo D'Alessandro",
            ),
            (
                "Teófilo Andrés Oñate-Landázuri y Muñoz-Feijóo",
                "Teófilo Andrés",
                "Oñate-Landázuri y Muñoz-Feijóo",
            ),
            ("Mauricio Salvador Echandía-Núñez del Valle", "Mauricio Salvador", "Echandía-Núñez del Valle"),
            ("Juan de la Cruz", "Juan", "de la Cruz"),
            ("María de los Ángeles  Peña Ñungo", "María de los Ángeles", "Peña Ñungo"),
            ("Chiara D'Agostino-Muñoz", "Chiara", "D'Agostino-Muñoz"),
            ("Pelé", "Pelé", ""),
            ("Ana de", "Ana", "de"),
            ("", "", ""),
        ] {
            assert_eq!(split_name(full), (first.to_owned(), surnames.to_owned()), "{full}");
        }
    }

    #[test]
    fn addresses() {
        for (text, valid) in [
            ("ana.iniguez@demo.invalid", true),
            ("o'brien+actas@alcaldia.gov.co", true),
            ("sin arroba", false),
            ("a@b", false),
            ("a@@b.co", false),
            ("a@b@c.co", false),
            ("a b@c.co", false),
            ("a@.co", false),
            ("<a@b.co>", false),
            ("a@b.co\r\nBcc: x@y.co", false),
        ] {
            assert_eq!(is_address(text), valid, "{text}");
        }
    }
}
