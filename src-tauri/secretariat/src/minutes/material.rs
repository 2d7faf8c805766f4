//! Everything the minutes of a session are made from, read once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::annex::Annex;
use crate::body::{Body, Look};
use crate::calendar::bogota_clock;
use crate::catalog::Entity;
use crate::codes::{
    AgendaKind, AnnexOwner, Gender, MinutesKind, MinutesStatus, SeatRole, SessionStatus, Treatment,
};
use crate::commitment::{self, FollowUp, PendingCommitments};
use crate::course::{Course, Facts, course, facts};
use crate::decision;
use crate::delegation::Delegation;
use crate::failure::Result;
use crate::ids::{DelegationId, EntityId, MinutesId, PersonId, SeatId, SessionId};
use crate::journal::Read;
use crate::person::Person;
use crate::rules::{PresidesAs, Signer};
use crate::session::{Frame, FramePerson, FrameSeat, Guest, Session};
use crate::vote::Vote;

use super::life::issued_document;
use super::sentences::Moment;
use super::{Minutes, Remark, Signature};

/// Facts, course and file of a session, with the minutes as they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Material {
    /// What was recorded. People named in the session but missing in its frame were added.
    pub facts: Facts,
    /// Its course.
    pub course: Course,
    /// The body, for its paper and whether its creating act is registered.
    pub body: Body,
    /// The minutes; provisional while `stored` is false.
    pub minutes: Minutes,
    /// Whether the minutes are a record of the archive yet.
    pub stored: bool,
    /// Members' remarks on the draft, in order.
    pub remarks: Vec<Remark>,
    /// Annexes of the session and of the minutes, numbered.
    pub annexes: Vec<Annex>,
    /// Delegations whose act has its file now: it may come after the session.
    pub delegation_files: BTreeSet<DelegationId>,
    /// Names of the entities that answer for commitments.
    pub entities: BTreeMap<EntityId, String>,
    /// The commitments of earlier sessions, when an item follows them up.
    pub follow_up: Option<FollowUp>,
    /// The number of minutes that are named in the session's items, by id.
    pub named_minutes: BTreeMap<MinutesId, (i64, i32)>,
    /// The vote of another session by which these minutes were approved, as it stands.
    pub approving_vote: Option<Vote>,
    /// Until when statements and dissents were received, by the rules.
    pub statements_until: Option<NaiveDate>,
    /// Full names of everybody the archive knows, for who is only spoken of.
    pub directory: Vec<String>,
    /// How the body's papers look; how they looked when these were issued.
    pub look: Look,
}

/// Reads the material of a session's minutes.
///
/// # Errors
/// `not_found` for an unknown session, `wrong_state` for one that was never opened.
pub fn material(read: &Read<'_>, session: &SessionId) -> Result<Material> {
    let mut facts = facts(read, session)?;
    add_missing(read, &mut facts)?;
    let course = course(&facts);
    let body: Body = read.get(&facts.session.body_id)?;
    let found = read
        .select::<Minutes>(
            "WHERE session_id = ?1 AND kind <> 'correcting' ORDER BY year, number, id LIMIT 1",
            [session],
        )?
        .pop();
    let stored = found.is_some();
    let mut minutes = match found {
        Some(minutes) => minutes,
        None => provisional(read, &facts.session)?,
    };
    if minutes.signatures.is_empty() {
        minutes.signatures = signatures_due(&facts, &course);
    }
    let remarks = read.select("WHERE minutes_id = ?1 ORDER BY position, id", [&minutes.id])?;
    let mut annexes: Vec<Annex> =
        read.select("WHERE owner = 'session' AND owner_id = ?1 ORDER BY number", [session])?;
    annexes.retain(|a| a.owner == AnnexOwner::Session);
    let mut delegation_files = BTreeSet::new();
    for delegation in &facts.frame.delegations {
        if read.find::<Delegation>(&delegation.id)?.is_some_and(|now| now.blob_id.is_some()) {
            delegation_files.insert(delegation.id.clone());
        }
    }
    let mut entities = BTreeMap::new();
    for id in facts.commitments.iter().filter_map(|c| c.responsible_entity_id.as_ref()) {
        if let Some(entity) = read.find::<Entity>(id)? {
            entities.insert(id.clone(), entity.name);
        }
    }
    let mut named_minutes = BTreeMap::new();
    for id in facts.items.iter().flat_map(|i| &i.minutes_ids) {
        if let Some(named) = read.find::<Minutes>(id)? {
            named_minutes.insert(id.clone(), (named.number, named.year));
        }
    }
    let approving_vote = match &minutes.approved_vote_id {
        Some(id) => read.find::<Vote>(id)?,
        None => None,
    };
    let follow_up = if facts.items.iter().any(|i| i.kind == AgendaKind::FollowUp) {
        Some(commitment::pending(read, PendingCommitments { session_id: session.clone() })?)
    } else {
        None
    };
    let statements_until = decision::statements_until(read, &facts)?;
    let look = match issued_document(read, &minutes)?.and_then(|issued| issued.template) {
        Some(then) => Look::of(read, then)?,
        None => Look::of_body(read, &body.id)?,
    };
    let directory = read
        .conn
        .prepare_cached("SELECT full_name FROM person")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Material {
        facts,
        course,
        body,
        minutes,
        stored,
        remarks,
        annexes,
        delegation_files,
        entities,
        follow_up,
        named_minutes,
        approving_vote,
        statements_until,
        directory,
        look,
    })
}

/// The minutes a session will have, before they are a record.
fn provisional(read: &Read<'_>, session: &Session) -> Result<Minutes> {
    let (number, year) = next_number(read, session)?;
    Ok(Minutes {
        id: MinutesId::new("provisional")?,
        body_id: session.body_id.clone(),
        session_id: Some(session.id.clone()),
        number,
        year,
        kind: kind_for(session),
        status: MinutesStatus::Draft,
        title: None,
        session_date: Some(session.date),
        draft_sent_on: None,
        remarks_until: None,
        approved_on: None,
        approved_in_session_id: None,
        approved_vote_id: None,
        signed_on: None,
        published_on: None,
        imported: false,
        imported_on: None,
        pages: None,
        corrects_minutes_id: None,
        signatures: Vec::new(),
        overrides: Vec::new(),
        blob_id: None,
        file: None,
        note: None,
        data: None,
    })
}

/// What kind of minutes a session has.
pub(super) fn kind_for(session: &Session) -> MinutesKind {
    if session.status == SessionStatus::NotHeldNoQuorum || session.not_held.is_some() {
        MinutesKind::NotHeldRecord
    } else {
        MinutesKind::Minutes
    }
}

/// The next number of the body's minutes: they restart each year where the body numbers so.
pub(super) fn next_number(read: &Read<'_>, session: &Session) -> Result<(i64, i32)> {
    let body: Body = read.get(&session.body_id)?;
    let year = body.numbering.minutes_yearly.then_some(session.year);
    let last: i64 = read
        .conn
        .prepare_cached(
            "SELECT coalesce(max(number), 0) FROM minutes WHERE body_id = ?1 AND (?2 IS NULL OR year = ?2)",
        )?
        .query_row((&session.body_id, year), |row| row.get(0))?;
    Ok((last + 1, session.year))
}

/// Who has to sign, by the rules: whoever presided, and who acted as secretary.
pub(super) fn signatures_due(facts: &Facts, course: &Course) -> Vec<Signature> {
    let due = |role: &str, person: &PersonId| Signature {
        role: role.to_owned(),
        person_id: person.clone(),
        signed_on: None,
        missing_reason: None,
        was_missing: None,
        electronic: None,
    };
    let chair = course.presides().map(|turn| &turn.person_id);
    let secretary =
        course.secretaries.last().map(|turn| &turn.person_id).or(facts.session.secretary_person_id.as_ref());
    facts
        .frame
        .rule_set
        .minutes
        .signers
        .iter()
        .filter_map(|signer| match signer {
            Signer::Chair => chair.map(|p| due("chair", p)),
            Signer::Secretariat => secretary.map(|p| due("secretariat", p)),
        })
        .collect()
}

/// Adds to the frame the people and delegations that the record names and the frame lacks: guests, speakers, owners of
/// commitments, and acts that were out of force.
fn add_missing(read: &Read<'_>, facts: &mut Facts) -> Result<()> {
    let known: BTreeSet<DelegationId> = facts.frame.delegations.iter().map(|d| d.id.clone()).collect();
    let used: BTreeSet<DelegationId> = facts.events.iter().filter_map(|e| e.delegation_id.clone()).collect();
    for id in used.difference(&known) {
        if let Some(delegation) = read.find::<Delegation>(id)? {
            facts.frame.delegations.push(delegation);
        }
    }
    let mut named: BTreeSet<PersonId> = facts.events.iter().filter_map(|e| e.person_id.clone()).collect();
    named.extend(facts.session.secretary_person_id.clone());
    named.extend(facts.guests.iter().map(|g: &Guest| g.person_id.clone()));
    named.extend(facts.items.iter().filter_map(|i| i.presenter_person_id.clone()));
    named.extend(facts.motions.iter().filter_map(|m| m.mover_person_id.clone()));
    named.extend(facts.ballots.iter().map(|b| b.person_id.clone()));
    named.extend(facts.recusals.iter().map(|r| r.person_id.clone()));
    named.extend(facts.votes.iter().flat_map(|v| v.explanations.iter().map(|e| e.person_id.clone())));
    named.extend(facts.commitments.iter().filter_map(|c| c.responsible_person_id.clone()));
    named.extend(facts.frame.holders.iter().map(|h| h.person_id.clone()));
    named.extend(facts.frame.delegations.iter().map(|d| d.principal_id.clone()));
    for statement in &facts.statements {
        named.insert(statement.person_id.clone());
        named.extend(statement.adhered_person_ids.iter().cloned());
    }
    for id in named {
        if facts.frame.person(&id).is_some() {
            continue;
        }
        if let Some(person) = read.find::<Person>(&id)? {
            facts.frame.people.push(FramePerson::now(read, person)?);
        }
    }
    Ok(())
}

impl Material {
    /// A person as named inside a sentence: "la doctora Ana Pérez".
    #[must_use]
    pub fn person(&self, id: &PersonId) -> String {
        self.facts.frame.person(id).map_or_else(|| id.to_string(), |p| p.treatment.person(&p.full_name))
    }

    /// A person's full name.
    #[must_use]
    pub fn full_name(&self, id: &PersonId) -> String {
        self.facts.frame.person(id).map_or_else(|| id.to_string(), |p| p.full_name.clone())
    }

    /// The gender that sentences about a person agree with.
    #[must_use]
    pub fn gender(&self, id: &PersonId) -> Gender {
        self.facts.frame.person(id).map_or(Gender::Neutral, |p| {
            if p.gender == Gender::Neutral && p.treatment != Treatment::None {
                p.treatment.gender()
            } else {
                p.gender
            }
        })
    }

    /// "la presidenta", "el presidente" or "quien presidía", at an instant.
    ///
    /// Only the chair's holder is "presidenta" or "presidente"; whoever stands in "presidía".
    #[must_use]
    pub fn presiding(&self, at: DateTime<Utc>) -> &'static str {
        let turns = &self.course.presiding;
        let turn = turns.iter().rev().find(|t| t.from <= at).or(turns.first());
        match turn {
            Some(turn) if turn.presides_as == Some(PresidesAs::ChairHolder) => {
                self.gender(&turn.person_id).presiding()
            }
            _ => Gender::Neutral.presiding(),
        }
    }

    /// The clock of Bogotá at an instant, to the minute.
    #[must_use]
    pub fn clock(&self, at: DateTime<Utc>) -> NaiveTime {
        bogota_clock(at).time()
    }

    /// An instant as sentences say it: its clock, and its day where that is not the day of the session.
    #[must_use]
    pub fn moment(&self, at: DateTime<Utc>) -> Moment {
        let local = bogota_clock(at);
        Moment { time: local.time(), day: local.date(), another_day: local.date() != self.facts.session.date }
    }

    /// A seat's name in tables and sentences; see [`seat_name`].
    #[must_use]
    pub fn seat_name(&self, id: &SeatId) -> String {
        let frame = &self.facts.frame;
        frame.seat(id).map_or_else(|| id.to_string(), |seat| seat_name(frame, seat))
    }

    /// The body inside a sentence: "la Comisión", "el Grupo".
    #[must_use]
    pub fn body_short(&self) -> String {
        let first = self.facts.frame.body_name.split_whitespace().next().unwrap_or("");
        match first {
            "Comisión" | "Mesa" | "Junta" => format!("la {first}"),
            "Comité" | "Consejo" | "Grupo" => format!("el {first}"),
            _ => "la instancia".to_owned(),
        }
    }
}

/// A seat's name in tables and sentences: its sector where no other seat has it, else its entity, else its title.
/// The chair's is its entity: it belongs to a sector and stands for none.
#[must_use]
pub fn seat_name(frame: &Frame, seat: &FrameSeat) -> String {
    let member = |s: &&FrameSeat| s.seat.role != SeatRole::Chair && s.group == seat.group;
    let sector = seat
        .group
        .clone()
        .filter(|_| seat.seat.role != SeatRole::Chair && frame.seats.iter().filter(member).count() == 1);
    sector.or_else(|| seat.entity.clone()).unwrap_or_else(|| seat.seat.title.clone())
}
