//! The course of a session, folded from its events: who was present when, the quorum at every movement, how
//! long each item took, what each vote came to. Nothing here is stored; correcting an event recomputes all.
//!
//! [`facts`] reads what was recorded, [`course`] folds it. The order of events is `(occurred_at, seq)`, so
//! entering them in another order gives the same course.

pub mod ledger;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Months, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::attendance::{Confirmation, Event};
use crate::body::{Holder, Seat};
use crate::calendar;
use crate::codes::{
    AgendaKind, AttendanceMode, BallotValue, Capacity, DelegationScope, DelegationStatus, EventKind,
    HolderKind, MotionKind, MotionStatus, SeatRole, SessionMode, SessionStatus, VoteMethod, VoteStatus,
};
use crate::commitment::Commitment;
use crate::decision::{Decision, Statement};
use crate::delegation::Delegation;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, DelegationId, EventId, PersonId, SeatId, SessionId, VoteId};
use crate::journal::Read;
use crate::recusal::Recusal;
use crate::rules::{
    ChairAtVote, PresidesAs, QuorumKind, RecusalTreatment, RuleSet, Tally, Tie, Verdict, VoteInput,
    VoteResult, VoteVerdict,
};
use crate::session::{Frame, FramePerson, FrameSeat, Guest, Session, SessionFrame, frame_for};
use crate::text;
use crate::vote::{Ballot, Motion, Vote};
use crate::written::{self, Reply, WrittenCourse};

/// Everything recorded of a session, as the fold needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The session.
    pub session: Session,
    /// The body as it was.
    pub frame: Frame,
    /// Agenda items in printed order: each followed by its sub-items.
    pub items: Vec<AgendaItem>,
    /// Events in order, struck ones included.
    pub events: Vec<Event>,
    /// Motions.
    pub motions: Vec<Motion>,
    /// Votes, by opening.
    pub votes: Vec<Vote>,
    /// Written replies.
    pub replies: Vec<Reply>,
    /// Ballots of all votes; of those in writing, as the replies that stand make them.
    pub ballots: Vec<Ballot>,
    /// Recusals.
    pub recusals: Vec<Recusal>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// Statements for the record.
    pub statements: Vec<Statement>,
    /// Commitments made in the session.
    pub commitments: Vec<Commitment>,
    /// Guests.
    pub guests: Vec<Guest>,
    /// Announced answers.
    pub confirmations: Vec<Confirmation>,
}

impl Facts {
    /// Whether two items treat the same matter: they are one, or one is part of the other.
    #[must_use]
    pub fn same_matter(&self, one: &AgendaItemId, other: &AgendaItemId) -> bool {
        let parent = |id: &AgendaItemId| self.items.iter().find(|i| i.id == *id)?.parent_id.as_ref();
        one == other || parent(one) == Some(other) || parent(other) == Some(one)
    }

    /// Whether a vote was on the matter of an item: taken under it, or in a block that it was part of.
    #[must_use]
    pub fn voted_on(&self, vote: &Vote, item: &AgendaItemId) -> bool {
        let motion = self.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        self.same_matter(&vote.item_id, item)
            || motion.is_some_and(|m| m.block_item_ids.iter().any(|of| self.same_matter(of, item)))
    }

    /// The items that a vote was on beside its own, when it was in a block.
    #[must_use]
    pub fn block_of(&self, vote: &Vote) -> &[AgendaItemId] {
        let motion = self.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        motion.map_or(&[][..], |m| &m.block_item_ids)
    }

    /// What was put to a vote, as it was written: the text of its motion, else its question.
    #[must_use]
    pub fn put_in_words<'a>(&'a self, vote: &'a Vote) -> &'a str {
        let motion = self.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        motion.map_or(vote.question.as_str(), |m| m.text.trim())
    }

    /// Whether a vote was taken under an item itself, or in a block that names it.
    #[must_use]
    pub fn voted_in(&self, vote: &Vote, item: &AgendaItemId) -> bool {
        let motion = self.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        vote.item_id == *item || motion.is_some_and(|m| m.block_item_ids.contains(item))
    }

    /// Whether a vote was taken again because the body reopened its matter: what it came to no longer stands.
    #[must_use]
    pub fn reopened(&self, vote: &Vote) -> bool {
        let again = |v: &Vote| {
            v.previous_vote_id.as_ref() == Some(&vote.id) && v.round <= 1 && v.status == VoteStatus::Closed
        };
        self.votes.iter().any(again)
    }

    /// The call to order.
    #[must_use]
    pub fn opening(&self) -> Option<&Event> {
        self.events.iter().find(|e| e.kind == EventKind::CallToOrder && e.struck.is_none())
    }

    /// The day of the sitting that an instant belongs to: the one it was opened on, or resumed on after a suspension.
    /// Midnight alone begins no other sitting.
    #[must_use]
    pub fn sitting(&self, at: DateTime<Utc>) -> NaiveDate {
        // A written session sits each day of its terms, and whoever holds a seat that day replies for it.
        if self.session.mode == SessionMode::Written {
            let last = self.events.iter().map(|e| e.until.unwrap_or(e.occurred_at)).max();
            let closes = self.session.replies.map(|r| r.closes_at).into_iter().chain(last).max();
            let at = closes.map_or(at, |closes| at.min(closes));
            return self
                .opening()
                .map_or(self.session.date, |opening| calendar::bogota_date(at.max(opening.occurred_at)));
        }
        let resumed =
            |e: &&Event| e.struck.is_none() && e.kind == EventKind::SessionResumed && e.occurred_at <= at;
        let began = self.events.iter().rev().find(resumed).or(self.opening());
        began.map_or(self.session.date, |e| calendar::bogota_date(e.occurred_at))
    }

    /// The day of the last sitting so far.
    #[must_use]
    pub fn last_sitting(&self) -> NaiveDate {
        self.sitting(DateTime::<Utc>::MAX_UTC)
    }

    /// In what capacity a person attends for a seat at an instant, and by which delegation: [`Frame::capacity`] on the day
    /// of that sitting, unless the seat had as many delegates already as the rules let it send to one session.
    #[must_use]
    pub fn capacity(
        &self,
        seat: &SeatId,
        person: &PersonId,
        at: DateTime<Utc>,
    ) -> (Capacity, Option<DelegationId>) {
        let (capacity, delegation) =
            self.frame.capacity((&self.session.id, self.sitting(at), at), seat, person);
        match capacity == Capacity::Delegate && self.delegates_full(seat, person, at) {
            true => (Capacity::NoValidDelegation, delegation),
            false => (capacity, delegation),
        }
    }

    /// The delegates of a seat, other than a person, that came in before an instant.
    #[must_use]
    pub fn other_delegates(&self, seat: &SeatId, person: &PersonId, at: DateTime<Utc>) -> Vec<&PersonId> {
        let came = |e: &&Event| {
            e.struck.is_none()
                && matches!(e.kind, EventKind::RollAnswer | EventKind::Arrival)
                && e.capacity == Some(Capacity::Delegate)
                && e.seat_id.as_ref() == Some(seat)
                && e.person_id.as_ref() != Some(person)
                && e.occurred_at <= at
        };
        let mut found: Vec<&PersonId> = Vec::new();
        for other in self.events.iter().filter(came).filter_map(|e| e.person_id.as_ref()) {
            if !found.contains(&other) {
                found.push(other);
            }
        }
        found
    }

    /// Whether a seat sent to the session, before an instant, as many delegates as the rules admit, a person not among them.
    #[must_use]
    pub fn delegates_full(&self, seat: &SeatId, person: &PersonId, at: DateTime<Utc>) -> bool {
        let most = self.frame.rule_set.delegation.max_delegates_per_seat_and_session;
        most.is_some_and(|most| self.other_delegates(seat, person, at).len() >= most as usize)
    }

    /// Whether somebody who attends only for some items counts while one is treated.
    #[must_use]
    pub fn covers(&self, limits: &[AgendaItemId], matter: Option<&AgendaItemId>) -> bool {
        limits.is_empty()
            || matter.is_some_and(|matter| limits.iter().any(|item| self.same_matter(item, matter)))
    }

    /// Why a person who attends for a seat at an instant does not count, or counts in some items alone.
    #[must_use]
    pub fn why_not(&self, seat: &SeatId, person: &PersonId, at: DateTime<Utc>) -> Option<Text> {
        let (capacity, delegation) = self.capacity(seat, person, at);
        let frame = &self.frame;
        let delegation = frame.delegations.iter().find(|d| Some(&d.id) == delegation.as_ref());
        let day = self.sitting(at);
        if let Capacity::Delegate = capacity {
            let limits = frame.limits((&self.session.id, day, at), seat, person);
            let numbers = self.numbers_of(&limits);
            return (!limits.is_empty()).then(|| {
                text!(
                    "Su delegación se limita a: {numbers}. Se cuenta y vota solo mientras se trata.",
                    "The delegation is limited to: {numbers}. They count and vote only while it is treated."
                )
            });
        }
        if capacity == Capacity::NotAccredited {
            return Some(match frame.unfit(seat, person, day) {
                Some(Unfit::TermOver(last)) => text!(dates last;
                    "Su periodo en el puesto venció el {last}: tiene voz, no vota ni se cuenta. Registre la nueva acreditación en Integrantes.",
                    "Their term in the seat ended on {last}: voice only, not counted. Record the new accreditation under Members."
                ),
                _ => text!(
                    "No consta la carta que acredita a esta persona en el puesto: tiene voz, no vota ni se cuenta. Regístrela con su fecha en Integrantes.",
                    "The letter that accredits this person in the seat is not on record: voice only, not counted. Record it with its date under Members."
                ),
            });
        }
        if capacity.counts() || capacity == Capacity::Absent {
            return None;
        }
        let ceased = || frame.former_holder(seat, person, day).and_then(|h| h.valid_to);
        let Some(delegation) = delegation else {
            if let Some(last) = ceased() {
                return Some(text!(dates last;
                    "Ocupó el puesto hasta el {last}: tiene voz, no vota ni se cuenta.",
                    "They held the seat until {last}: voice only, not counted."
                ));
            }
            if frame.sends_alternate(seat) {
                return Some(text!(
                    "No consta la carta que acredita a esta persona como suplente: tiene voz, no vota ni se cuenta.",
                    "The letter that accredits this person as an alternate is not on record: voice only, not counted."
                ));
            }
            return Some(text!(
                "No tiene acto de delegación: tiene voz, no vota ni se cuenta.",
                "There is no act of delegation: voice only, not counted."
            ));
        };
        let act = delegation.act.cited();
        Some(match delegation.status_at(day, at) {
            DelegationStatus::Valid if delegation.scope == DelegationScope::Voice => text!(
                "La delegación ({act}) da voz y no voto.",
                "The delegation ({act}) gives voice and no vote."
            ),
            DelegationStatus::Valid if self.delegates_full(seat, person, at) => {
                let norm = frame.rule_set.source(frame.rule_set.delegation.article.as_deref());
                let cited = norm.map_or_else(String::new, |norm| format!(" ({})", norm.citation));
                let others = self.other_delegates(seat, person, at);
                let first = others.first().and_then(|id| frame.person(id));
                let first = first.map_or_else(String::new, |p| p.full_name.clone());
                let (role, role_en) = match frame.sends_alternate(seat) {
                    true => ("suplente", "an alternate"),
                    false => ("delegado", "a delegate"),
                };
                text!(
                    "{first} ya asistió como {role} de este puesto y el reglamento no admite otro en la sesión{cited}: tiene voz, no vota ni se cuenta.",
                    "{first} attended already as {role_en} of this seat and the rules admit no other in the session{cited}: voice only, not counted."
                )
            }
            DelegationStatus::Valid if frame.without_principal(seat, day) => text!(
                "Nadie ocupa el puesto ese día: quien suple a su titular ({act}) tiene voz, no vota ni se cuenta. Registre en Integrantes a quien lo ocupa.",
                "Nobody holds the seat on that day: whoever stands in for its holder ({act}) has voice only and is not counted. Record under Members who holds it."
            ),
            DelegationStatus::Valid => text!(
                "La delegación ({act}) es para otra sesión.",
                "The delegation ({act}) is for another session."
            ),
            DelegationStatus::Expired => {
                text!("La delegación ({act}) venció.", "The delegation ({act}) expired.")
            }
            DelegationStatus::Revoked => {
                text!("La delegación ({act}) se revocó.", "The delegation ({act}) was revoked.")
            }
            DelegationStatus::NotYet => {
                text!("La delegación ({act}) aún no rige.", "The delegation ({act}) is not in force yet.")
            }
            DelegationStatus::Rejected => {
                text!("La delegación ({act}) no se admitió.", "The delegation ({act}) was not admitted.")
            }
        })
    }

    /// "item 5", "items 5, 6": as [`Self::numbers_of`].
    #[must_use]
    pub fn numbers_of_in_english(&self, items: &[AgendaItemId]) -> String {
        let numbers = crate::live::item_numbers(&self.items);
        let named = self.items.iter().zip(&numbers).filter(|(item, _)| items.contains(&item.id));
        let named: Vec<&str> = named.map(|(_, number)| number.as_str()).collect();
        format!("{} {}", if named.len() == 1 { "item" } else { "items" }, named.join(", "))
    }

    /// "punto 5", "puntos 5 y 6": the items as printed, of those the session has.
    #[must_use]
    pub fn numbers_of(&self, items: &[AgendaItemId]) -> String {
        let numbers = crate::live::item_numbers(&self.items);
        let named = self.items.iter().zip(&numbers).filter(|(item, _)| items.contains(&item.id));
        let named: Vec<&String> = named.map(|(_, number)| number).collect();
        match named.as_slice() {
            [] => "ningún punto".to_owned(),
            [one] => format!("punto {one}"),
            _ => format!("puntos {}", crate::spanish::list(&named)),
        }
    }
}

/// Why whoever represents an organisation does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// No letter, with its date, accredits them.
    NoLetter,
    /// Their term ended: on that last day.
    TermOver(NaiveDate),
}

impl Unfit {
    /// Why whoever holds the seat of an organisation on a day does not count; nothing for the seats of public entities.
    #[must_use]
    pub fn of(seat: &Seat, holder: &Holder, day: NaiveDate) -> Option<Self> {
        if !seat.is_accredited() {
            return None;
        }
        // Without a last day of its own, the term of the seat counts from the first.
        let years = seat.term_years.filter(|_| holder.valid_to.is_none());
        let months = years.and_then(|years| u32::try_from(years * 12).ok()).map(Months::new);
        let over = months.and_then(|months| holder.valid_from.checked_add_months(months));
        if let Some(over) = over.filter(|over| *over <= day) {
            return Some(Self::TermOver(over.pred_opt().unwrap_or(over)));
        }
        let letter = holder.accreditation.as_ref().and_then(|letter| letter.date);
        (seat.represents_organisation() && letter.is_none()).then_some(Self::NoLetter)
    }
}

/// Reads what was recorded of a session that has been opened.
///
/// # Errors
/// `not_found` for an unknown session, `wrong_state` for one that was never opened.
pub fn facts(read: &Read<'_>, id: &SessionId) -> Result<Facts> {
    let session: Session = read.get(id)?;
    let Some(SessionFrame { frame, .. }) = read.find::<SessionFrame>(id)? else {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión todavía no se ha instalado. Instálela para llamar a lista.",
                "The session has not been opened yet. Open it to call the roll."
            ),
        )
        .with(json!({ "status": session.status })));
    };
    read_facts(read, session, frame)
}

/// What is recorded of a session before it opens, with the body as it would be on its date.
///
/// # Errors
/// `not_found` for an unknown session, `wrong_state` when no rule set is in force on its date.
pub fn facts_before_opening(read: &Read<'_>, id: &SessionId) -> Result<Facts> {
    let session: Session = read.get(id)?;
    let mut frame = frame_for(read, &session.body_id, session.date)?;
    let guests: Vec<Guest> = read.select("WHERE session_id = ?1", [id])?;
    let announced: Vec<Confirmation> = read.select("WHERE session_id = ?1", [id])?;
    let named =
        guests.into_iter().map(|g| g.person_id).chain(announced.into_iter().filter_map(|c| c.person_id));
    frame.name_people(read, named.chain(session.secretary_person_id.clone()))?;
    read_facts(read, session, frame)
}

/// What says who was in a session that was opened, without what was decided in it; `None` when it never was.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn presence_facts(read: &Read<'_>, session: Session) -> Result<Option<Facts>> {
    let Some(SessionFrame { frame, .. }) = read.find::<SessionFrame>(&session.id)? else { return Ok(None) };
    let by = "WHERE session_id = ?1";
    let mut events: Vec<Event> = read.select(by, [&session.id])?;
    in_order(&mut events);
    Ok(Some(Facts {
        frame,
        items: Vec::new(),
        events,
        motions: Vec::new(),
        votes: Vec::new(),
        replies: read.select(by, [&session.id])?,
        ballots: Vec::new(),
        recusals: Vec::new(),
        decisions: Vec::new(),
        statements: Vec::new(),
        commitments: Vec::new(),
        guests: Vec::new(),
        confirmations: read.select(by, [&session.id])?,
        session,
    }))
}

fn read_facts(read: &Read<'_>, session: Session, frame: Frame) -> Result<Facts> {
    let id = &session.id.clone();
    let by = "WHERE session_id = ?1";
    let mut events: Vec<Event> = read.select(by, [id])?;
    in_order(&mut events);
    let mut votes: Vec<Vote> = read.select(by, [id])?;
    votes.sort_by(|a, b| (a.opened_at, &a.id).cmp(&(b.opened_at, &b.id)));
    let mut facts = Facts {
        frame,
        items: printed_order(read.select(by, [id])?),
        events,
        motions: read.select("WHERE session_id = ?1 ORDER BY filed_at, id", [id])?,
        votes,
        replies: read.select("WHERE session_id = ?1 ORDER BY id", [id])?,
        ballots: read.select(
            "JOIN vote ON vote.id = ballot.vote_id WHERE vote.session_id = ?1 ORDER BY ballot.cast_at, ballot.id",
            [id],
        )?,
        recusals: read.select("WHERE session_id = ?1 ORDER BY declared_at, id", [id])?,
        decisions: read.select("WHERE session_id = ?1 ORDER BY year, number, id", [id])?,
        statements: read.select("WHERE session_id = ?1 ORDER BY received_at, id", [id])?,
        commitments: read.select("WHERE session_id = ?1 ORDER BY id", [id])?,
        guests: read.select("WHERE session_id = ?1 ORDER BY position, id", [id])?,
        confirmations: read.select("WHERE session_id = ?1 ORDER BY seat_id", [id])?,
        session,
    };
    let in_writing = written::ballots(&facts);
    facts.ballots.extend(in_writing);
    Ok(facts)
}

/// Puts events in the order in which they happened: by instant and order within it. Two that say the same of both stand in
/// the order of their ids, whenever they were entered.
fn in_order(events: &mut [Event]) {
    events.sort_by(|a, b| (a.occurred_at, a.seq, &a.id).cmp(&(b.occurred_at, b.seq, &b.id)));
}

/// Items in the order they are printed: by position, each followed by its sub-items.
#[must_use]
pub fn printed_order(items: Vec<AgendaItem>) -> Vec<AgendaItem> {
    let mut children: BTreeMap<Option<AgendaItemId>, Vec<AgendaItem>> = BTreeMap::new();
    for item in items {
        children.entry(item.parent_id.clone()).or_default().push(item);
    }
    for list in children.values_mut() {
        list.sort_by(|a, b| (a.position, &a.id).cmp(&(b.position, &b.id)));
        list.reverse();
    }
    let mut stack = children.remove(&None).unwrap_or_default();
    let mut ordered = Vec::new();
    while let Some(item) = stack.pop() {
        let below = children.remove(&Some(item.id.clone())).unwrap_or_default();
        ordered.push(item);
        stack.extend(below);
    }
    ordered
}

impl Frame {
    /// A seat of the body as it was.
    #[must_use]
    pub fn seat(&self, id: &SeatId) -> Option<&FrameSeat> {
        self.seats.iter().find(|s| s.seat.id == *id)
    }

    /// A person as they were.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&FramePerson> {
        self.people.iter().find(|p| p.id == *id)
    }

    /// The chair's seat.
    #[must_use]
    pub fn chair(&self) -> Option<&FrameSeat> {
        self.seats.iter().find(|s| s.seat.role == SeatRole::Chair)
    }

    /// N: how many seats vote.
    #[must_use]
    pub fn voting_seats(&self) -> u64 {
        self.seats.iter().filter(|s| s.seat.vote).count() as u64
    }

    /// In what capacity a person attends for a seat at an instant of a session, on the day of its sitting, and by which
    /// delegation.
    ///
    /// An acting holder takes the holder's place while the appointment lasts. Anyone else needs a written delegation in
    /// force (Ley 489/1998 art. 9-12); without one they have voice only. Whoever represents an organisation has a letter
    /// that accredits them and a term instead: without the one, or after the other, they have voice only too.
    #[must_use]
    pub fn capacity(
        &self,
        (session, day, at): (&SessionId, NaiveDate, DateTime<Utc>),
        seat: &SeatId,
        person: &PersonId,
    ) -> (Capacity, Option<DelegationId>) {
        if let Some(holder) = self.holder_on(seat, day).filter(|h| h.person_id == *person) {
            if self.unfit(seat, person, day).is_some() {
                return (Capacity::NotAccredited, None);
            }
            let capacity = match holder.kind {
                HolderKind::Acting => Capacity::Acting,
                HolderKind::Holder => Capacity::Holder,
            };
            return (capacity, None);
        }
        let mut named = self.delegations.iter().filter(|d| d.seat_id == *seat && d.delegate_id == *person);
        let replaces_nobody = self.without_principal(seat, day);
        let in_force = || named.clone().filter(|d| !replaces_nobody && d.counts_at(session, day, at));
        // Of two acts to one person, the one for all matters.
        match in_force().find(|d| d.item_ids.is_none()).or_else(|| in_force().next()) {
            Some(delegation) => (Capacity::Delegate, Some(delegation.id.clone())),
            None if self.unfit(seat, person, day).is_some() => (Capacity::NotAccredited, None),
            None => (Capacity::NoValidDelegation, named.next().map(|d| d.id.clone())),
        }
    }

    /// Whether an organisation's seat has no holder on a day: its alternate stands in for whoever holds it, and for nobody
    /// once that term is over. The delegates of public entities act for the office.
    #[must_use]
    pub fn without_principal(&self, seat: &SeatId, day: NaiveDate) -> bool {
        self.seat(seat).is_some_and(|s| s.seat.is_accredited()) && self.holder_on(seat, day).is_none()
    }

    /// The items that a delegate's acts in force at an instant are limited to; none when one of them covers all.
    #[must_use]
    pub fn limits(
        &self,
        (session, day, at): (&SessionId, NaiveDate, DateTime<Utc>),
        seat: &SeatId,
        person: &PersonId,
    ) -> Vec<AgendaItemId> {
        let acts = self.delegations.iter().filter(|d| d.seat_id == *seat && d.delegate_id == *person);
        let mut limits = Vec::new();
        for act in acts.filter(|d| d.counts_at(session, day, at)) {
            match &act.item_ids {
                Some(items) => limits.extend(items.iter().cloned()),
                None => return Vec::new(),
            }
        }
        limits
    }

    /// Why somebody who holds, or last held, the seat of an organisation does not count on a day; nothing for the seats of
    /// public entities.
    #[must_use]
    pub fn unfit(&self, seat: &SeatId, person: &PersonId, day: NaiveDate) -> Option<Unfit> {
        let seat = self.seat(seat).map(|s| &s.seat).filter(|seat| seat.is_accredited())?;
        if let Some(holder) = self.holder_on(&seat.id, day).filter(|h| h.person_id == *person) {
            return Unfit::of(seat, holder, day);
        }
        let lapsed = self.lapsed.iter().find(|h| h.seat_id == seat.id && h.person_id == *person)?;
        lapsed.valid_to.map(Unfit::TermOver)
    }

    /// By which right somebody presides from a seat they attend for in that capacity; nothing when the rules give none.
    #[must_use]
    pub fn right_to_preside(&self, seat: &SeatId, capacity: Capacity) -> Option<PresidesAs> {
        let in_absence = &self.rule_set.presiding_in_absence;
        let chair = self.chair().is_some_and(|c| c.seat.id == *seat);
        match (chair, capacity) {
            (true, Capacity::Holder | Capacity::Acting) => Some(PresidesAs::ChairHolder),
            (true, Capacity::Delegate) if in_absence.chair_delegate_presides => {
                Some(PresidesAs::ChairDelegate)
            }
            (false, capacity)
                if capacity.counts() && in_absence.seat_id.as_deref() == Some(seat.as_str()) =>
            {
                Some(PresidesAs::Substitute)
            }
            _ => None,
        }
    }
}

/// A stretch of time in which a person was in the session for a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Presence {
    /// The seat.
    pub seat_id: SeatId,
    /// The person.
    pub person_id: PersonId,
    /// In what capacity.
    pub capacity: Capacity,
    /// By which delegation.
    pub delegation_id: Option<DelegationId>,
    /// How they attended.
    pub mode: Option<AttendanceMode>,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; `null` while it lasts.
    pub to: Option<DateTime<Utc>>,
    /// Whether the seat counts for quorum and vote meanwhile.
    pub counts: bool,
    /// The items in which alone it counts, of a delegation limited to them or of an ad hoc replacement; empty for all.
    pub items: Vec<AgendaItemId>,
    /// The event that began it.
    pub began: EventId,
    /// The event that ended it.
    pub ended: Option<EventId>,
    /// What kind of event ended it.
    pub end_kind: Option<EventKind>,
}

/// What a line of the ledger did to the quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuorumTurn {
    /// It is as it was.
    Same,
    /// It was reached here, for the first time or again.
    Gained,
    /// It was lost here.
    Lost,
}

/// A line of the quorum ledger: a movement or a check, and the quorum right after it. The beginning of an item has a line
/// for each seat that stops counting with it: of whoever left for a recusal and has not come back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LedgerLine {
    /// The event.
    pub event_id: EventId,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Its order among events of that instant.
    pub seq: i64,
    /// What happened.
    pub kind: EventKind,
    /// The seat that moved.
    pub seat_id: Option<SeatId>,
    /// The person who moved.
    pub person_id: Option<PersonId>,
    /// The item under way.
    pub item_id: Option<AgendaItemId>,
    /// The vote it belongs to.
    pub vote_id: Option<VoteId>,
    /// Have, need, base, rule and source.
    pub verdict: Arc<Verdict>,
    /// What it did to the quorum.
    pub turn: QuorumTurn,
    /// The quorum to decide, where this gained or lost it and left the one to debate as it was: the two differ.
    pub decision: Option<Verdict>,
}

/// How many seats counted from an instant on, and how many were needed to debate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Count {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Seats counted as present.
    #[ts(type = "number")]
    pub have: u64,
    /// Seats needed to debate.
    #[ts(type = "number")]
    pub need: u64,
}

/// How far an item was treated, by what was recorded of it. Screens and paper read it; neither works it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemReach {
    /// It was never begun, or only passed on the way to another.
    Unreached,
    /// It is under way.
    UnderWay,
    /// It was treated.
    Treated,
    /// It was treated as far as it went: the quorum was lost, it ended without one, and nothing had been decided in it.
    WithoutQuorum,
}

/// How an item went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ItemCourse {
    /// The item.
    pub item_id: AgendaItemId,
    /// How far it was treated.
    pub reach: ItemReach,
    /// When it began; `null` when it never did.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended; `null` while it is under way.
    pub ended_at: Option<DateTime<Utc>>,
    /// Seconds spent on it up to its last end, recesses left out.
    pub seconds: i64,
    /// When the stretch under way began, for the timer; `null` when it is not under way.
    pub running_since: Option<DateTime<Utc>>,
    /// Whether it is left pending for the next agenda, or would be if the session ended now: nobody got to it, or the
    /// quorum was lost and something of it is undecided.
    pub left_pending: bool,
}

/// A person speaking in an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Intervention {
    /// The event.
    pub event_id: EventId,
    /// When it began.
    pub occurred_at: DateTime<Utc>,
    /// Presentation or intervention.
    pub kind: EventKind,
    /// The item.
    pub item_id: Option<AgendaItemId>,
    /// The seat.
    pub seat_id: Option<SeatId>,
    /// The person.
    pub person_id: Option<PersonId>,
    /// In a few words.
    pub detail: Option<String>,
    /// Seconds until the next event of the item.
    pub seconds: Option<i64>,
}

/// A vote as recomputed from presence and ballots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VoteCourse {
    /// The vote.
    pub vote_id: VoteId,
    /// Seats counted as present, P: those present when it closed (or now), and those that voted and left before.
    pub present: Vec<SeatId>,
    /// Whether those present when it closed were others than when it was opened.
    pub moved: bool,
    /// Seats that voted and had left when it closed: their ballots count while the quorum stands without them.
    pub left: Vec<SeatId>,
    /// Seats entitled to vote: present, voting, not recused.
    pub entitled: Vec<SeatId>,
    /// Entitled seats without a ballot.
    pub not_voted: Vec<SeatId>,
    /// Entitled seats without a ballot that count in favour, by the norm on silence in a written session.
    pub silent: Vec<SeatId>,
    /// Votes in favour; while it is open and taken by exception, also those of `not_voted`, as closing it would write them.
    pub in_favour: i64,
    /// Votes against.
    pub against: i64,
    /// Abstentions.
    pub abstain: i64,
    /// The arithmetic as the facts give it now; `null` when the rule is not in the rule set.
    pub verdict: Option<VoteVerdict>,
    /// Whether what was recorded of a closed vote says otherwise (its result, its count, the seats present or entitled):
    /// an event was corrected since.
    pub changed: bool,
    /// Whether it closed in a tie that the chair, who was there, may settle and has not.
    pub awaits_casting_vote: bool,
    /// While it is open: what is missing, in a sentence; `null` once it is closed.
    pub standing: Option<Text>,
    /// While it is open: whether it would be approved however those who have not voted do.
    pub reached: bool,
}

impl VoteCourse {
    /// Whether it closed, or would close, with objections to a consensus: there is no decision.
    #[must_use]
    pub fn lacked_consensus(&self) -> bool {
        self.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::NoConsensus)
    }

    /// Whether it closed, or would close, without the quorum to decide: there is no decision.
    #[must_use]
    pub fn lacked_quorum(&self) -> bool {
        self.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::NoQuorum)
    }
}

/// Something in the record that does not fit; each can be mended by correcting an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CourseFinding {
    /// What kind: `departure_of_absent`, `answered_twice`, `ballot_of_absent`, …
    pub code: String,
    /// The event.
    pub event_id: Option<EventId>,
    /// The vote.
    pub vote_id: Option<VoteId>,
    /// In words.
    pub text: Text,
}

/// Who presided or acted as secretary, from one instant to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Turn {
    /// The person.
    pub person_id: PersonId,
    /// Their seat.
    pub seat_id: Option<SeatId>,
    /// By which right, for whoever presides.
    pub presides_as: Option<PresidesAs>,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; `null` while it lasts.
    pub to: Option<DateTime<Utc>>,
}

/// A recess or suspension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Pause {
    /// Recess or suspension.
    pub kind: EventKind,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; `null` while it lasts.
    pub to: Option<DateTime<Utc>>,
}

/// The course of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Course {
    /// Where the session stands, by its events.
    pub status: SessionStatus,
    /// When it was called to order.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it ended: when it was closed, or when it was suspended if it was never resumed.
    pub closed_at: Option<DateTime<Utc>>,
    /// When the roll first showed a quorum.
    pub quorum_reached_at: Option<DateTime<Utc>>,
    /// When the lack of quorum was declared.
    pub no_quorum_at: Option<DateTime<Utc>>,
    /// When the wait for a quorum began.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Since when, its quorum lost, the session goes on for information only; `null` once there is a quorum again.
    pub informative_since: Option<DateTime<Utc>>,
    /// When the second call was made, where a registered norm lowers its quorum: it counts from then on.
    pub second_call_at: Option<DateTime<Utc>>,
    /// Whether it is being recorded.
    pub recording_since: Option<DateTime<Utc>>,
    /// Voting seats, N.
    pub voting_seats: i64,
    /// Who was there, by seat and time.
    pub presence: Vec<Presence>,
    /// Who stayed with voice beside whoever sat for the seat: a delegate whose holder came, a delegate beyond those the
    /// rules admit.
    pub beside: Vec<Presence>,
    /// Seats counted as present now (or at the end), in roll order.
    pub present: Vec<SeatId>,
    /// The decision quorum now (or at the end).
    pub quorum: Verdict,
    /// The quorum to debate now (or at the end).
    pub deliberative: Verdict,
    /// Since when the quorum to decide is lost; `null` while there is one, or when there never was.
    pub decision_lost_at: Option<DateTime<Utc>>,
    /// The quorum ledger.
    pub ledger: Vec<LedgerLine>,
    /// The seats present over the session: a count for each instant at which it, or what was needed, changed.
    pub counts: Vec<Count>,
    /// How each item went, in agenda order.
    pub items: Vec<ItemCourse>,
    /// The item under way.
    pub current_item_id: Option<AgendaItemId>,
    /// Who spoke, in order.
    pub interventions: Vec<Intervention>,
    /// Every vote that is not annulled, recomputed.
    pub votes: Vec<VoteCourse>,
    /// The vote that is open.
    pub open_vote_id: Option<VoteId>,
    /// Who presided.
    pub presiding: Vec<Turn>,
    /// Since when whoever presides is out of the room, with nobody presiding; `null` when somebody does.
    pub chair_out_since: Option<DateTime<Utc>>,
    /// Who acted as secretary.
    pub secretaries: Vec<Turn>,
    /// Recesses and suspensions.
    pub pauses: Vec<Pause>,
    /// The terms and replies of a written session; `null` of any other.
    pub written: Option<WrittenCourse>,
    /// What does not fit.
    pub findings: Vec<CourseFinding>,
}

impl Course {
    /// The stretches of a seat, in order.
    pub fn of_seat<'a>(&'a self, seat: &'a SeatId) -> impl Iterator<Item = &'a Presence> {
        self.presence.iter().filter(move |p| p.seat_id == *seat)
    }

    /// Who is in the session for a seat now (or was at the end).
    #[must_use]
    pub fn now_for(&self, seat: &SeatId) -> Option<&Presence> {
        let ended_at_close = |p: &&Presence| p.to.is_none() || p.end_kind == Some(EventKind::SessionClosed);
        self.presence.iter().rev().find(|p| p.seat_id == *seat && ended_at_close(p))
    }

    /// The recomputed vote.
    #[must_use]
    pub fn vote(&self, id: &VoteId) -> Option<&VoteCourse> {
        self.votes.iter().find(|v| v.vote_id == *id)
    }

    /// How far an item got.
    #[must_use]
    pub fn reach(&self, item: &AgendaItemId) -> ItemReach {
        self.items.iter().find(|i| i.item_id == *item).map_or(ItemReach::Unreached, |i| i.reach)
    }

    /// Who presides now (or did at the end).
    #[must_use]
    pub fn presides(&self) -> Option<&Turn> {
        self.presiding.last()
    }

    /// Who presided at an instant.
    #[must_use]
    pub fn presided_at(&self, at: DateTime<Utc>) -> Option<&Turn> {
        self.presiding.iter().rev().find(|t| t.from <= at)
    }

    /// Whether the session was suspended at an instant. The instant of the suspension and the minute of the resumption
    /// are not: times are typed to the minute.
    #[must_use]
    pub fn suspended_at(&self, at: DateTime<Utc>) -> bool {
        let minute = chrono::TimeDelta::minutes(1);
        let around = |p: &Pause| p.from < at && p.to.is_none_or(|to| at + minute <= to);
        self.pauses.iter().any(|p| p.kind == EventKind::SessionSuspended && around(p))
    }

    /// The rules that count now: since the second call, with its quorum; of a written session, with that of its replies.
    #[must_use]
    pub fn rules_now(&self, frame: &Frame) -> RuleSet {
        if let Some(rules) = self.written.as_ref().and_then(|_| frame.rule_set.in_writing()) {
            return rules;
        }
        let lowered = self.second_call_at.and_then(|_| frame.rule_set.at_second_call());
        lowered.unwrap_or_else(|| frame.rule_set.clone())
    }

    /// The pause under way now, or in which it was closed.
    #[must_use]
    pub fn unresumed(&self) -> Option<&Pause> {
        self.pauses.last().filter(|p| p.to.is_none())
    }

    /// The count of the quorum that followed the roll.
    #[must_use]
    pub fn opening_check(&self) -> Option<&LedgerLine> {
        self.ledger.iter().find(|l| l.kind == EventKind::QuorumCheck)
    }
}

/// The stretches in which one person was in two seats at once, in pairs: the one that began first, and the other. Leaving
/// one seat and taking another at the same instant is not that.
#[must_use]
pub(crate) fn in_two_seats(presence: &[Presence]) -> Vec<(&Presence, &Presence)> {
    let at_once = |one: &Presence, other: &Presence| {
        let ends = one.to.into_iter().chain(other.to).min();
        one.person_id == other.person_id
            && one.seat_id != other.seat_id
            && ends.is_none_or(|end| one.from.max(other.from) < end)
    };
    let mut of_person: BTreeMap<&PersonId, Vec<usize>> = BTreeMap::new();
    for (n, stretch) in presence.iter().enumerate() {
        of_person.entry(&stretch.person_id).or_default().push(n);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for theirs in of_person.values() {
        for (n, &one) in theirs.iter().enumerate() {
            let others = theirs[n + 1..].iter().filter(|&&other| at_once(&presence[one], &presence[other]));
            pairs.extend(others.map(|&other| (one, other)));
        }
    }
    pairs.sort_unstable();
    pairs.into_iter().map(|(one, other)| (&presence[one], &presence[other])).collect()
}

/// Who is in two seats at once, in which and when.
pub(crate) fn two_seats_told(frame: &Frame, one: &Presence, other: &Presence) -> Text {
    let clock = |at: DateTime<Utc>| crate::spanish::clock(crate::local(at).time());
    let seat = |id: &SeatId| {
        frame.seat(id).map_or_else(|| id.to_string(), |s| format!("{} ({})", s.seat.number, s.seat.title))
    };
    let stay = |p: &Presence| match p.to {
        Some(to) => (
            format!("de las {} a las {}", clock(p.from), clock(to)),
            format!("from {} to {}", clock(p.from), clock(to)),
        ),
        None => (format!("desde las {}", clock(p.from)), format!("since {}", clock(p.from))),
    };
    let who = frame.person(&one.person_id).map_or_else(|| one.person_id.to_string(), |p| p.full_name.clone());
    let (first, second) = (seat(&one.seat_id), seat(&other.seat_id));
    let ((es_one, en_one), (es_other, en_other)) = (stay(one), stay(other));
    text!(
        "{who} consta {es_one} en el puesto {first} y {es_other} en el puesto {second}.",
        "{who} is recorded {en_one} in seat {first} and {en_other} in seat {second}."
    )
}

/// Whether an event of that kind moves people in or out, or counts them.
pub(crate) fn moves(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::RollAnswer
            | EventKind::Arrival
            | EventKind::LateArrivalAfterDeclaration
            | EventKind::InvalidDelegation
            | EventKind::Departure
            | EventKind::TemporaryDeparture
            | EventKind::Return
            | EventKind::ConnectionLost
            | EventKind::Reconnected
            | EventKind::QuorumCheck
    )
}

/// Whether two instants are of different days in Bogotá.
fn on_another_day(one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
    calendar::bogota_date(one) != calendar::bogota_date(other)
}

/// Whether whoever sits keeps the seat when another person comes for it, who then stays beside with voice: one who counts,
/// from one who does not; who sits by their own right, from a delegate. Ad hoc, somebody sits in the place of who left.
pub(crate) fn keeps_the_seat(sits: Capacity, comes: Capacity) -> bool {
    match (sits, comes) {
        (_, Capacity::AdHoc) => false,
        (Capacity::Holder | Capacity::Acting, Capacity::Delegate) => true,
        (sits, comes) => sits.counts() && !comes.counts(),
    }
}

/// Folds the facts of a session into its course.
#[must_use]
pub fn course(facts: &Facts) -> Course {
    let mut fold = Fold::new(facts);
    for event in facts.events.iter().filter(|e| e.struck.is_none()) {
        fold.step(event);
    }
    fold.finish()
}

impl Facts {
    /// Whether a person was in the session: for a seat, as a guest, presiding or as secretary; at an instant, or ever.
    #[must_use]
    pub fn attended(&self, course: &Course, person: &PersonId, at: Option<DateTime<Utc>>) -> bool {
        // Times are typed to the minute: what happened in one minute is not put in order.
        let minute = chrono::TimeDelta::minutes(1);
        let then = |from: DateTime<Utc>, to: Option<DateTime<Utc>>| {
            at.is_none_or(|at| from < at + minute && to.is_none_or(|to| at < to + minute))
        };
        let turns = course.presiding.iter().chain(&course.secretaries);
        let mut stretches = course.presence.iter().chain(&course.beside);
        stretches.any(|p| p.person_id == *person && then(p.from, p.to))
            || turns.into_iter().any(|t| t.person_id == *person && then(t.from, t.to))
            || self.guests.iter().any(|g| g.person_id == *person && g.came())
            || self.session.secretary_person_id.as_ref() == Some(person)
    }
}

/// The last answer of the roll when the session went on without a count of the quorum of its own: the count at that
/// moment is the opening's. Nothing while the roll is being called, or when the quorum was counted.
fn end_of_roll(facts: &Facts) -> Option<EventId> {
    let opens = |event: &Event| {
        let item = facts.items.iter().find(|i| Some(&i.id) == event.item_id.as_ref());
        item.is_some_and(|i| i.kind == AgendaKind::Opening)
    };
    let mut last = None;
    for event in facts.events.iter().filter(|e| e.struck.is_none()) {
        match event.kind {
            EventKind::QuorumCheck => return None,
            EventKind::RollAnswer => last = Some(event.id.clone()),
            EventKind::CallToOrder
            | EventKind::RecordingStarted
            | EventKind::SecretaryChanged
            | EventKind::InvalidDelegation => {}
            EventKind::ItemStart if opens(event) => {}
            _ if last.is_some() => return last,
            _ => {}
        }
    }
    None
}

/// Whether an item was only passed on the way to another: begun for less than a minute, and nothing belongs to it.
fn passed_over(facts: &Facts, item: &AgendaItem, course: &ItemCourse) -> bool {
    let its = |id: &AgendaItemId| *id == item.id;
    let told = facts.events.iter().any(|e| {
        e.struck.is_none()
            && e.item_id.as_ref().is_some_and(its)
            && !matches!(e.kind, EventKind::ItemStart | EventKind::ItemEnd)
    });
    course.seconds < 60
        && item.kind != AgendaKind::Opening
        && item.narrative.trim().is_empty()
        && !told
        && !facts.motions.iter().any(|m| its(&m.item_id))
        && !facts.decisions.iter().any(|d| its(&d.item_id))
        && !facts.recusals.iter().any(|r| its(&r.item_id))
        && !facts.statements.iter().any(|s| its(&s.item_id))
        && !facts.commitments.iter().any(|c| c.item_id.as_ref().is_some_and(its))
}

struct Fold<'a> {
    facts: &'a Facts,
    /// The seats that vote, N of them. Found by their id, so that an arrival costs the same among five hundred as among five.
    voting: BTreeSet<&'a SeatId>,
    /// The answer after which the opening's quorum is counted, where nobody counted it.
    end_of_roll: Option<EventId>,
    /// Index into `presence` of each seat's current stretch.
    inside: BTreeMap<SeatId, usize>,
    presence: Vec<Presence>,
    /// Who stays with voice beside whoever sits for the seat.
    beside: Vec<Presence>,
    /// Seats whose person left the room for a recusal, and of which item: still in the session, and of its quorum while
    /// that matter is treated (they are recused of it, not absent). From the next item on nobody counts who is not back.
    out_for_recusal: BTreeMap<SeatId, AgendaItemId>,
    /// The items in which a seat takes no part, its recusal accepted.
    recused_in: BTreeSet<(SeatId, AgendaItemId)>,
    /// The seats that take no part in the item under way, which was left and is taken up again.
    aside: BTreeMap<SeatId, AgendaItemId>,
    /// The item begun last: the matter that the session is at until it begins another.
    matter: Option<AgendaItemId>,
    ledger: Vec<LedgerLine>,
    counts: Vec<Count>,
    /// How many of `inside` count. Kept beside them, so that a movement costs the same with five hundred seats as with five.
    counting: u64,
    /// Those of `inside` that count in some items alone.
    limited: BTreeSet<SeatId>,
    had_quorum: bool,
    /// Whether there was a quorum to decide at the last line of the ledger.
    could_decide: bool,
    decision_lost_at: Option<DateTime<Utc>>,
    items: BTreeMap<AgendaItemId, ItemCourse>,
    current_item: Option<AgendaItemId>,
    /// Items that ended, the last time, without a quorum to debate.
    without_quorum: BTreeSet<AgendaItemId>,
    /// Items that ended, the last time, without a quorum to decide, one that there had been.
    undecidable: BTreeSet<AgendaItemId>,
    interventions: Vec<Intervention>,
    votes: Vec<VoteCourse>,
    open_vote: Option<VoteId>,
    /// Who was present when each vote was opened.
    at_opening: BTreeMap<VoteId, Vec<SeatId>>,
    presiding: Vec<Turn>,
    secretaries: Vec<Turn>,
    pauses: Vec<Pause>,
    findings: Vec<CourseFinding>,
    opened_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    quorum_reached_at: Option<DateTime<Utc>>,
    no_quorum_at: Option<DateTime<Utc>>,
    /// Quorums already put in words, by their numbers: of thousands of movements few differ.
    worded: BTreeMap<(bool, bool, u64, u64, u64), Arc<Verdict>>,
    /// The roll of another day is being called: what counts begins with its end.
    recalling: bool,
    informative_since: Option<DateTime<Utc>>,
    waiting_since: Option<DateTime<Utc>>,
    second_call_at: Option<DateTime<Utc>>,
    /// The rules since the second call, or of a written session.
    second_rules: Option<RuleSet>,
    written: Option<WrittenCourse>,
    recording_since: Option<DateTime<Utc>>,
}

impl<'a> Fold<'a> {
    fn new(facts: &'a Facts) -> Self {
        let written = written::fold(facts);
        Self {
            facts,
            voting: facts.frame.seats.iter().map(|s| &s.seat).filter(|s| s.vote).map(|s| &s.id).collect(),
            end_of_roll: end_of_roll(facts),
            inside: BTreeMap::new(),
            presence: Vec::with_capacity(facts.events.len()),
            beside: Vec::new(),
            out_for_recusal: BTreeMap::new(),
            recused_in: BTreeSet::new(),
            aside: BTreeMap::new(),
            matter: None,
            ledger: Vec::with_capacity(facts.events.len()),
            counts: Vec::new(),
            counting: 0,
            limited: BTreeSet::new(),
            had_quorum: false,
            could_decide: false,
            decision_lost_at: None,
            items: BTreeMap::new(),
            current_item: None,
            without_quorum: BTreeSet::new(),
            undecidable: BTreeSet::new(),
            interventions: Vec::new(),
            votes: Vec::new(),
            open_vote: None,
            at_opening: BTreeMap::new(),
            presiding: Vec::new(),
            secretaries: Vec::new(),
            pauses: Vec::new(),
            findings: Vec::new(),
            opened_at: None,
            closed_at: None,
            quorum_reached_at: None,
            no_quorum_at: None,
            waiting_since: None,
            informative_since: None,
            recalling: false,
            worded: BTreeMap::new(),
            second_call_at: None,
            second_rules: written.as_ref().and_then(|_| facts.frame.rule_set.in_writing()),
            written,
            recording_since: None,
        }
    }

    /// The rules that count at this moment.
    fn rules(&self) -> &RuleSet {
        self.second_rules.as_ref().unwrap_or(&self.facts.frame.rule_set)
    }

    fn step(&mut self, event: &Event) {
        let at = event.occurred_at;
        // A casting vote entered afterwards may have the very time of the close.
        let with_the_close = event.kind == EventKind::CastingVote && self.closed_at == Some(at);
        // A reply is received when it comes, also before the opening and after the close.
        let reply = event.kind == EventKind::ReplyReceived;
        if self.closed_at.is_some() && !with_the_close && !reply {
            self.find(
                event,
                "after_the_close",
                text!("Ocurre después de cerrada la sesión.", "It happens after the session closed."),
            );
        }
        if let Some(opening) =
            self.facts.opening().filter(|o| self.opened_at.is_none() && o.id != event.id && !reply)
        {
            let clock = |at: DateTime<Utc>| crate::spanish::clock(crate::local(at).time());
            let (opened, clock, what) = (clock(opening.occurred_at), clock(at), event.kind.label());
            self.find(
                event,
                "before_the_opening",
                text!(
                    "Consta «{what}» ({clock}) antes de la apertura ({opened}). Corrija su hora, o la de la apertura.",
                    "Something of the session is recorded at {clock}, before its opening ({opened}). Correct its time, or that of the opening."
                ),
            );
        }
        let suspended = self.pauses.last().is_some_and(|p| {
            p.kind == EventKind::SessionSuspended && p.to.is_none() && p.from < event.occurred_at
        });
        if suspended && moves(event.kind) {
            self.find(
                event,
                "moved_while_suspended",
                text!(
                    "Hay asistencia registrada con la sesión suspendida. Corrija su hora o táchela.",
                    "Attendance is recorded while the session was suspended. Correct its time or strike it."
                ),
            );
        }
        match event.kind {
            EventKind::CallToOrder => {
                self.opened_at.get_or_insert(at);
                self.preside(event);
                if let Some(secretary) = &self.facts.session.secretary_person_id
                    && self.secretaries.is_empty()
                {
                    self.secretaries.push(Turn {
                        person_id: secretary.clone(),
                        seat_id: None,
                        presides_as: None,
                        from: at,
                        to: None,
                    });
                }
            }
            EventKind::ChairChanged => self.preside(event),
            EventKind::SecretaryChanged => {
                if let Some(person) = &event.person_id {
                    if let Some(last) = self.secretaries.last_mut() {
                        last.to = Some(at);
                    }
                    self.secretaries.push(Turn {
                        person_id: person.clone(),
                        seat_id: event.seat_id.clone(),
                        presides_as: None,
                        from: at,
                        to: None,
                    });
                }
            }
            EventKind::RollAnswer
            | EventKind::Arrival
            | EventKind::InvalidDelegation
            | EventKind::LateArrivalAfterDeclaration => {
                self.enter(event);
            }
            EventKind::ReplyReceived => {
                // Another reply of the seat that stands with the first brings nobody else in.
                if self.stands(event) && event.seat_id.as_ref().is_some_and(|s| !self.inside.contains_key(s)) {
                    self.enter(event);
                }
            }
            EventKind::TermOpened => {
                // Who replied in the first term is not of the second until they reply again.
                for (_, i) in std::mem::take(&mut self.inside) {
                    self.end_presence(i, event);
                }
                (self.had_quorum, self.could_decide) = (false, false);
            }
            EventKind::TermExtended | EventKind::TermClosed => {}
            EventKind::Return | EventKind::Reconnected => self.come_back(event),
            EventKind::Departure | EventKind::TemporaryDeparture | EventKind::ConnectionLost => {
                self.leave(event);
            }
            EventKind::DelegationRevoked => self.revoke(event),
            EventKind::RecusalLeftRoom => {
                if let (Some(seat), Some(item)) = (&event.seat_id, event.item_id.as_ref().or(self.matter.as_ref())) {
                    self.out_for_recusal.insert(seat.clone(), item.clone());
                    self.recused_in.insert((seat.clone(), item.clone()));
                }
            }
            EventKind::QuorumCheck => {}
            EventKind::ContinuedInformative => self.informative_since = Some(at),
            EventKind::WaitingStarted => {
                if self.no_quorum_at.is_some() {
                    self.find(
                        event,
                        "waiting_after_declaration",
                        text!(
                            "La espera comienza después de declarada la falta de quórum. Corrija su hora o táchela.",
                            "The wait begins after the lack of quorum was declared. Correct its time or strike it."
                        ),
                    );
                }
                self.waiting_since.get_or_insert(at);
            }
            EventKind::SecondCall => match self.facts.frame.rule_set.at_second_call() {
                Some(_) if self.quorum_reached_at.is_some() || self.no_quorum_at.is_some() => self.find(
                    event,
                    "second_call_not_due",
                    text!(
                        "Hay una segunda convocatoria después de que hubo quórum o se declaró que faltaba. Corrija su hora o táchela.",
                        "There is a second call after there was a quorum or its lack was declared. Correct its time or strike it."
                    ),
                ),
                Some(rules) => {
                    self.second_call_at.get_or_insert(at);
                    self.second_rules = Some(rules);
                }
                None => self.find(
                    event,
                    "second_call_without_norm",
                    text!(
                        "Ninguna norma registrada reduce el quórum en segunda convocatoria: no cuenta. Táchela.",
                        "No registered norm lowers the quorum at a second call: it does not count. Strike it."
                    ),
                ),
            },
            EventKind::NoQuorumDeclared => {
                if self.no_quorum_at.is_some() {
                    self.find(
                        event,
                        "declared_twice",
                        text!(
                            "La falta de quórum se declara dos veces. Tache la declaración que sobra.",
                            "The lack of quorum is declared twice. Strike the declaration that is not needed."
                        ),
                    );
                }
                if self.quorum(QuorumKind::Deliberative).met {
                    self.find(
                        event,
                        "declared_with_quorum",
                        text!(
                            "Se declaró la falta de quórum y a esa hora lo había. Corrija las llegadas o la hora de la declaración.",
                            "The lack of quorum was declared and there was one at that time. Correct the arrivals or the time of the declaration."
                        ),
                    );
                }
                self.no_quorum_at.get_or_insert(at);
            }
            EventKind::RecordingStarted => {
                self.recording_since.get_or_insert(at);
            }
            EventKind::ItemStart => {
                self.end_item(at);
                let before = self.present();
                self.begin_item(event);
                let now = self.present();
                let gone = before.iter().filter(|seat| !now.contains(seat));
                let come = now.iter().filter(|seat| !before.contains(seat));
                for moved in gone.chain(come) {
                    let person = self.inside.get(moved).map(|&i| self.presence[i].person_id.clone());
                    let whose = Event { seat_id: Some(moved.clone()), person_id: person, ..event.clone() };
                    self.write_line(&whose, QuorumKind::Deliberative);
                }
            }
            EventKind::ItemEnd => self.end_item(at),
            EventKind::Presentation | EventKind::Intervention => self.interventions.push(Intervention {
                event_id: event.id.clone(),
                occurred_at: at,
                kind: event.kind,
                item_id: event.item_id.clone().or_else(|| self.current_item.clone()),
                seat_id: event.seat_id.clone(),
                person_id: event.person_id.clone(),
                detail: event.detail.clone(),
                seconds: None,
            }),
            EventKind::VoteOpen => {
                self.open_vote.clone_from(&event.vote_id);
                if let Some(vote) = &event.vote_id {
                    self.at_opening.insert(vote.clone(), self.present());
                }
                self.find_no_presider(event);
            }
            EventKind::VoteClose => {
                self.open_vote = None;
                self.find_no_presider(event);
                self.count(event.vote_id.as_ref(), Some(event));
            }
            EventKind::RecessStart | EventKind::SessionSuspended => {
                self.pause_timer(at);
                self.pauses.push(Pause { kind: event.kind, from: at, to: None });
            }
            EventKind::RecessEnd | EventKind::SessionResumed => {
                if let Some(pause) = self.pauses.last_mut().filter(|p| p.to.is_none()) {
                    pause.to = Some(at);
                    let from = pause.from;
                    if self.written.is_none() && on_another_day(from, at) {
                        self.empty_the_room(event, from);
                    }
                }
                self.resume_timer(at);
            }
            EventKind::SessionClosed => self.close(event),
            EventKind::ItemPostponed
            | EventKind::MotionFiled
            | EventKind::MotionDenied
            | EventKind::MotionWithdrawn
            | EventKind::RecusalDeclared
            | EventKind::RecusalChallenged
            | EventKind::TieDeclared
            | EventKind::CastingVote
            | EventKind::StatementRecorded
            | EventKind::DissentRecorded => {}
        }
        if let Some(last) = self.interventions.last_mut()
            && last.event_id != event.id
            && last.seconds.is_none()
        {
            last.seconds = Some((at - last.occurred_at).num_seconds());
        }
        let of_the_roll = matches!(
            event.kind,
            EventKind::RollAnswer
                | EventKind::InvalidDelegation
                | EventKind::SessionResumed
                | EventKind::RecordingStarted
                | EventKind::SecretaryChanged
                | EventKind::ChairChanged
        );
        self.recalling &= of_the_roll;
        if self.recalling {
            return;
        }
        self.write_ledger(event);
        self.write_count(at);
    }

    /// Whether a received reply stands.
    fn stands(&self, event: &Event) -> bool {
        self.written.as_ref().and_then(|w| w.of_event(&event.id)).is_some_and(|reply| reply.counts)
    }

    fn find(&mut self, event: &Event, code: &str, text: Text) {
        self.findings.push(CourseFinding {
            code: code.to_owned(),
            event_id: Some(event.id.clone()),
            vote_id: event.vote_id.clone(),
            text,
        });
    }

    /// A vote that counts opens or closes with nobody presiding.
    fn find_no_presider(&mut self, event: &Event) {
        let counted = |v: &Vote| Some(&v.id) == event.vote_id.as_ref() && v.status != VoteStatus::Annulled;
        if self.chair_out().is_none() || !self.facts.votes.iter().any(counted) {
            return;
        }
        self.find(
            event,
            "vote_without_presider",
            text!(
                "Se abrió o se cerró una votación sin que nadie presidiera: quien presidía había salido.",
                "A vote opened or closed with nobody presiding: whoever presided had left the room."
            ),
        );
    }

    fn preside(&mut self, event: &Event) {
        let Some(person) = &event.person_id else { return };
        if let Some(last) = self.presiding.last_mut() {
            last.to = Some(event.occurred_at);
        }
        let capacity = event.seat_id.as_ref().map(|seat| self.capacity_of(event, seat, person).0);
        if capacity.is_some_and(|capacity| !capacity.counts()) {
            self.find(
                event,
                "presides_without_right",
                text!(
                    "Preside alguien que no es titular de ese puesto ni tiene delegación vigente. Corrija quién presidió.",
                    "Somebody presides who neither holds that seat nor has a delegation in force. Correct who presided."
                ),
            );
        }
        let presides_as = event
            .seat_id
            .as_ref()
            .zip(capacity)
            .and_then(|(seat, capacity)| self.facts.frame.right_to_preside(seat, capacity));
        self.presiding.push(Turn {
            person_id: person.clone(),
            seat_id: event.seat_id.clone(),
            presides_as,
            from: event.occurred_at,
            to: None,
        });
    }

    /// Since when whoever presides is out of the room; nothing while they are in it, or never answered the roll.
    fn chair_out(&self) -> Option<DateTime<Utc>> {
        let turn = self.presiding.last()?;
        let stretch = self.presence.iter().rev().find(|p| p.person_id == turn.person_id)?;
        if let Some(left) = stretch.to {
            return Some(left.max(turn.from));
        }
        let recused =
            self.facts.recusals.iter().find(|r| r.seat_id == stretch.seat_id && r.left_at.is_some());
        self.out_for_recusal
            .contains_key(&stretch.seat_id)
            .then(|| recused.and_then(|r| r.left_at).unwrap_or(turn.from))
    }

    fn capacity_of(
        &self,
        event: &Event,
        seat: &SeatId,
        person: &PersonId,
    ) -> (Capacity, Option<DelegationId>) {
        match event.capacity {
            Some(capacity) => (capacity, event.delegation_id.clone()),
            None => self.facts.capacity(seat, person, event.occurred_at),
        }
    }

    fn enter(&mut self, event: &Event) {
        let (Some(seat), Some(person)) = (&event.seat_id, &event.person_id) else { return };
        if self.inside.get(seat).is_some_and(|&i| self.presence[i].person_id == *person) {
            self.find(
                event,
                "answered_twice",
                text!(
                    "Ese puesto ya estaba en la sesión con la misma persona.",
                    "That seat was in the session already with the same person."
                ),
            );
            return;
        }
        let (capacity, delegation_id) = match event.kind {
            EventKind::InvalidDelegation => (Capacity::NoValidDelegation, event.delegation_id.clone()),
            _ => self.capacity_of(event, seat, person),
        };
        let in_another = |(of, i): (&SeatId, &usize)| of != seat && self.presence[*i].person_id == *person;
        if event.kind == EventKind::InvalidDelegation && self.inside.iter().any(in_another) {
            return; // not admitted for a second seat: they attend for the first
        }
        self.end_beside(seat, person, event);
        let facts = self.facts;
        let when = || (&facts.session.id, facts.sitting(event.occurred_at), event.occurred_at);
        let limited = |d: &Delegation| d.item_ids.is_some() && d.seat_id == *seat && d.delegate_id == *person;
        let items = match capacity {
            Capacity::Delegate if facts.frame.delegations.iter().any(limited) => {
                facts.frame.limits(when(), seat, person)
            }
            Capacity::AdHoc => event.item_id.clone().into_iter().collect(),
            _ => Vec::new(),
        };
        let mut stretch = Presence {
            seat_id: seat.clone(),
            person_id: person.clone(),
            capacity,
            delegation_id,
            mode: event.mode,
            from: event.occurred_at,
            to: None,
            counts: false,
            items,
            began: event.id.clone(),
            ended: None,
            end_kind: None,
        };
        if let Some(&i) = self.inside.get(seat) {
            let sits = self.presence[i].capacity;
            if keeps_the_seat(sits, capacity) {
                self.beside.push(stretch);
                return;
            }
            // Another person for the seat: one at a time; the newcomer takes the place of whoever sat there. A delegate
            // whose holder comes, and whoever did not count, stay with voice.
            self.out_for_recusal.remove(seat);
            self.end_presence(i, event);
            let by_right = matches!(capacity, Capacity::Holder | Capacity::Acting);
            if sits == Capacity::Delegate && by_right || !sits.counts() {
                self.beside.push(Presence {
                    from: event.occurred_at,
                    to: None,
                    counts: false,
                    began: event.id.clone(),
                    ended: None,
                    end_kind: None,
                    ..self.presence[i].clone()
                });
            }
        }
        let votes = self.voting.contains(seat);
        let in_time = self.no_quorum_at.is_none() && event.kind != EventKind::LateArrivalAfterDeclaration;
        stretch.counts = votes && in_time && capacity.counts();
        self.begin_presence(stretch);
    }

    /// Whoever stayed with voice beside a seat does so no more.
    fn end_beside(&mut self, seat: &SeatId, person: &PersonId, event: &Event) -> bool {
        let theirs = |p: &&mut Presence| p.to.is_none() && p.seat_id == *seat && p.person_id == *person;
        let Some(stretch) = self.beside.iter_mut().find(theirs) else { return false };
        (stretch.to, stretch.ended, stretch.end_kind) =
            (Some(event.occurred_at), Some(event.id.clone()), Some(event.kind));
        true
    }

    /// A delegation that was revoked: its delegate stays, with voice.
    fn revoke(&mut self, event: &Event) {
        let Some(seat) = &event.seat_id else { return };
        let Some(&i) = self.inside.get(seat) else { return };
        if Some(&self.presence[i].person_id) != event.person_id.as_ref() {
            return;
        }
        self.out_for_recusal.remove(seat);
        self.end_presence(i, event);
        let voice = Presence {
            capacity: Capacity::NoValidDelegation,
            from: event.occurred_at,
            to: None,
            counts: false,
            items: Vec::new(),
            began: event.id.clone(),
            ended: None,
            end_kind: None,
            ..self.presence[i].clone()
        };
        self.begin_presence(voice);
    }

    fn begin_presence(&mut self, presence: Presence) {
        self.counting += u64::from(presence.counts);
        if !presence.items.is_empty() {
            self.limited.insert(presence.seat_id.clone());
        }
        self.inside.insert(presence.seat_id.clone(), self.presence.len());
        self.presence.push(presence);
    }

    fn come_back(&mut self, event: &Event) {
        let Some(seat) = &event.seat_id else { return };
        if self.out_for_recusal.remove(seat).is_some() {
            return; // came back to the room; was in the session all along
        }
        if let Some(&i) = self.inside.get(seat) {
            let sits = &self.presence[i];
            let takes_back = event.person_id.as_ref().is_some_and(|person| *person != sits.person_id);
            if !takes_back {
                return;
            }
            if sits.capacity != Capacity::AdHoc {
                self.enter(event);
                return;
            }
            // Whoever was named ad hoc leaves the seat to the person who comes back.
            self.inside.remove(seat);
            self.end_presence(i, event);
        }
        let before = self.presence.iter().rev().find(|p| p.seat_id == *seat).cloned();
        let same = |p: &Presence| event.person_id.as_ref().is_none_or(|person| *person == p.person_id);
        match before {
            Some(before) if same(&before) => {
                let counts = before.counts && self.no_quorum_at.is_none();
                self.begin_presence(Presence {
                    from: event.occurred_at,
                    to: None,
                    counts,
                    mode: event.mode.or(before.mode),
                    began: event.id.clone(),
                    ended: None,
                    end_kind: None,
                    ..before
                });
            }
            _ => self.enter(event),
        }
    }

    fn leave(&mut self, event: &Event) {
        let Some(seat) = &event.seat_id else { return };
        let sits = self.inside.get(seat).map(|&i| &self.presence[i].person_id);
        let another = event.person_id.as_ref().filter(|person| sits != Some(person));
        if let Some(person) = another
            && self.end_beside(seat, person, event)
        {
            return;
        }
        // Whoever leaves is who was there: the departure of another takes nobody's seat.
        match self.inside.get(seat).copied().filter(|_| another.is_none()) {
            Some(i) => {
                self.inside.remove(seat);
                self.out_for_recusal.remove(seat);
                self.end_presence(i, event);
            }
            None => self.find(
                event,
                "departure_of_absent",
                text!(
                    "Se retira un puesto que no estaba en la sesión.",
                    "A seat leaves that was not in the session."
                ),
            ),
        }
    }

    fn end_presence(&mut self, i: usize, event: &Event) {
        let stretch = &mut self.presence[i];
        self.counting -= u64::from(stretch.counts);
        self.limited.remove(&stretch.seat_id);
        stretch.to = Some(event.occurred_at);
        stretch.ended = Some(event.id.clone());
        stretch.end_kind = Some(event.kind);
    }

    fn begin_item(&mut self, event: &Event) {
        let Some(item) = &event.item_id else { return };
        let entry = self.items.entry(item.clone()).or_insert_with(|| ItemCourse {
            item_id: item.clone(),
            reach: ItemReach::UnderWay,
            started_at: Some(event.occurred_at),
            ended_at: None,
            seconds: 0,
            running_since: None,
            left_pending: false,
        });
        entry.running_since = Some(event.occurred_at);
        entry.ended_at = None;
        self.current_item = Some(item.clone());
        self.matter = Some(item.clone());
        let again = self.recused_in.iter().filter(|(_, left)| self.facts.same_matter(item, left));
        self.aside = again.cloned().collect();
    }

    /// Whether the person of a seat left for a recusal and has not come back, the matter over.
    fn still_out(&self, seat: &SeatId) -> bool {
        let over = |item: &AgendaItemId| {
            self.matter.as_ref().is_some_and(|matter| !self.facts.same_matter(matter, item))
        };
        self.out_for_recusal.get(seat).is_some_and(over)
    }

    /// Whether the person of a seat counts in the matter under way: not one whom a delegation limited to others sends.
    fn covered(&self, seat: &SeatId) -> bool {
        let items = self.inside.get(seat).map_or(&[][..], |&i| &self.presence[i].items);
        // In writing all matters are open at once: each vote asks for its own.
        self.facts.session.mode == SessionMode::Written || self.facts.covers(items, self.matter.as_ref())
    }

    fn end_item(&mut self, at: DateTime<Utc>) {
        self.pause_timer(at);
        let Some(item) = self.current_item.take() else { return };
        let (debates, decides) = (self.enough(), self.can_decide());
        if let Some(course) = self.items.get_mut(&item) {
            course.ended_at = Some(at);
            let keep = |of: &mut BTreeSet<AgendaItemId>, met: bool| match met {
                true => of.remove(&item),
                false => of.insert(item.clone()),
            };
            keep(&mut self.without_quorum, debates);
            keep(&mut self.undecidable, decides);
        }
    }

    /// Whether an item was settled: a vote with quorum that was about it and not about who takes part, or a decision; and
    /// nothing that was moved in it is left undecided.
    fn decided(&self, item: &AgendaItem) -> bool {
        let facts = self.facts;
        let motion_of = |vote: &Vote| facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        let settles = |vote: &Vote| {
            facts.voted_in(vote, &item.id)
                && motion_of(vote).is_none_or(|m| m.kind != MotionKind::Recusal)
                && self.had_quorum_in(vote)
        };
        (facts.votes.iter().any(settles) || facts.decisions.iter().any(|d| d.item_id == item.id))
            && !self.moved_undecided(item)
    }

    /// Whether a vote was counted with its quorum.
    fn had_quorum_in(&self, vote: &Vote) -> bool {
        let course = self.votes.iter().find(|v| v.vote_id == vote.id);
        course.and_then(|v| v.verdict.as_ref()).is_some_and(|v| v.count.quorum_met == Some(true))
    }

    /// Whether a matter that was moved in an item, or a block that it is part of, was never decided with a quorum.
    fn moved_undecided(&self, item: &AgendaItem) -> bool {
        self.facts.motions.iter().any(|m| {
            let mut votes = self.facts.votes.iter().filter(|v| v.motion_id.as_ref() == Some(&m.id));
            m.status == MotionStatus::Filed
                && m.kind == MotionKind::Substantive
                && (m.item_id == item.id || m.block_item_ids.contains(&item.id))
                && !votes.any(|vote| self.had_quorum_in(vote))
        })
    }

    /// Whether an item that ended, or would end, with a quorum to debate and none to decide is left without what it is for.
    fn asks_decision(&self, item: &AgendaItem) -> bool {
        matches!(item.kind, AgendaKind::Proposal | AgendaKind::ReportDecision | AgendaKind::InternalRules)
            || self.moved_undecided(item)
            || self.votes.iter().any(|v| {
                v.lacked_quorum()
                    && self.facts.votes.iter().any(|w| w.id == v.vote_id && self.facts.voted_in(w, &item.id))
            })
    }

    /// Whether the lack of a quorum left an item without its decision: of one to debate, or of one to decide.
    fn left_undecided(&self, item: &AgendaItem, (debates, decides): (bool, bool)) -> bool {
        self.quorum_reached_at.is_some()
            && (!debates || !decides && self.asks_decision(item))
            && !self.decided(item)
    }

    /// How far an item was treated. A session that never had its quorum treats what it treats without one.
    fn reach(&self, item: &AgendaItem, course: &ItemCourse) -> ItemReach {
        // In writing every item is treated at once, by the replies.
        if let Some(written) = &self.written {
            let counted = written.terms.iter().any(|t| t.closed_at.is_some()) && self.no_quorum_at.is_none();
            return match (counted, self.closed_at) {
                (true, _) => ItemReach::Treated,
                (false, None) if !written.terms.is_empty() && self.no_quorum_at.is_none() => {
                    ItemReach::UnderWay
                }
                (false, _) => ItemReach::Unreached,
            };
        }
        // The call to order begins the opening, whether or not its item was begun.
        let opened = item.kind == AgendaKind::Opening && (self.matter.is_some() || self.closed_at.is_some());
        // Voted in a block under another item, it was treated there.
        let treated_in_block = || {
            let in_block = |v: &Vote| v.item_id != item.id && self.facts.voted_in(v, &item.id);
            self.facts.votes.iter().any(|v| v.status == VoteStatus::Closed && in_block(v))
                && self.decided(item)
        };
        if course.started_at.is_none() {
            if opened || treated_in_block() { ItemReach::Treated } else { ItemReach::Unreached }
        } else if self.current_item.as_ref() == Some(&item.id) {
            ItemReach::UnderWay
        } else if passed_over(self.facts, item, course) && !treated_in_block() {
            ItemReach::Unreached
        } else if self.left_undecided(
            item,
            (!self.without_quorum.contains(&item.id), !self.undecidable.contains(&item.id)),
        ) {
            ItemReach::WithoutQuorum
        } else {
            ItemReach::Treated
        }
    }

    fn pause_timer(&mut self, at: DateTime<Utc>) {
        if let Some(course) = self.current_item.as_ref().and_then(|i| self.items.get_mut(i))
            && let Some(since) = course.running_since.take()
        {
            course.seconds += (at - since).num_seconds().max(0);
        }
    }

    fn resume_timer(&mut self, at: DateTime<Utc>) {
        if let Some(course) = self.current_item.as_ref().and_then(|i| self.items.get_mut(i)) {
            course.running_since.get_or_insert(at);
        }
    }

    /// The session ends: with the act that closes it, or, suspended and never resumed, at its suspension, whenever that
    /// act comes.
    fn close(&mut self, event: &Event) {
        let suspended =
            self.pauses.last().filter(|p| p.kind == EventKind::SessionSuspended && p.to.is_none());
        let ended = suspended.map_or(event.occurred_at, |pause| pause.from);
        self.end_item(ended);
        self.closed_at.get_or_insert(ended);
        for turn in self.presiding.last_mut().into_iter().chain(self.secretaries.last_mut()) {
            turn.to = Some(ended);
        }
    }

    /// Seats counted as present now, in roll order.
    fn present(&self) -> Vec<SeatId> {
        let counted = |seat: &SeatId| {
            self.inside.get(seat).is_some_and(|&i| self.presence[i].counts)
                && !self.still_out(seat)
                && self.covered(seat)
        };
        self.facts.frame.seats.iter().map(|s| &s.seat.id).filter(|s| counted(s)).cloned().collect()
    }

    /// How many seats count as present now: as many as [`Self::present`] lists.
    fn have(&self) -> u64 {
        let gone = self.out_for_recusal.keys().filter(|seat| {
            self.inside.get(*seat).is_some_and(|&i| self.presence[i].counts) && self.still_out(seat)
        });
        let outside = self.limited.iter().filter(|seat| {
            self.inside.get(*seat).is_some_and(|&i| self.presence[i].counts)
                && !self.still_out(seat)
                && !self.covered(seat)
        });
        self.counting - gone.count() as u64 - outside.count() as u64
    }

    /// Of the seats that count as present, those recused of the matter under way, whose person is out or takes no part in an
    /// item that is taken up again: how many stay in the base, and how many leave it.
    fn recused(&self) -> (u64, u64) {
        let (mut stay, mut leave) = (0, 0);
        let again = self.aside.iter().filter(|(seat, _)| !self.out_for_recusal.contains_key(*seat));
        for (seat, item) in self.out_for_recusal.iter().chain(again) {
            let sits = self.inside.get(seat).map(|&i| &self.presence[i]);
            let present = sits.is_some_and(|p| p.counts && p.capacity != Capacity::AdHoc);
            if !present || self.still_out(seat) || !self.covered(seat) {
                continue;
            }
            let recusal = self.facts.recusals.iter().find(|r| r.seat_id == *seat && r.item_id == *item);
            match recusal.map_or(self.facts.frame.rule_set.recusal.treatment, |r| r.treatment) {
                RecusalTreatment::StayInBase => stay += 1,
                RecusalTreatment::LeaveBase => leave += 1,
            }
        }
        (stay, leave)
    }

    /// The seats that the quorum is counted over now, and how many of them there are: those that a recusal takes out of the
    /// base are in neither.
    fn counted(&self) -> (u64, u64) {
        let (_, leave) = self.recused();
        ((self.voting.len() as u64).saturating_sub(leave), self.have().saturating_sub(leave))
    }

    /// Seats needed to debate out of so many; one more than there are where the rule cannot be computed.
    fn need(&self, seats: u64) -> u64 {
        self.rules().quorum.deliberative.required(seats).unwrap_or(seats + 1)
    }

    /// Whether there are enough to debate: the verdict without its words.
    fn enough(&self) -> bool {
        let (seats, have) = self.counted();
        have >= self.need(seats)
    }

    /// Whether there are enough to decide.
    fn can_decide(&self) -> bool {
        let (seats, have) = self.counted();
        self.rules().quorum.decision.required(seats).is_some_and(|need| have >= need)
    }

    fn quorum(&self, kind: QuorumKind) -> Verdict {
        let (seats, have) = self.counted();
        self.rules().check_quorum(kind, seats, have).with_recused(self.recused().0)
    }

    /// The seats that count as present in a vote. Whoever attends for some items alone votes on them; in a block, only when
    /// they are all of it.
    fn present_at(&self, vote: &Vote) -> Vec<SeatId> {
        let mut here = self.present();
        here.retain(|seat| {
            let items = self.inside.get(seat).map_or(&[][..], |&i| &self.presence[i].items);
            let mut asked = std::iter::once(&vote.item_id).chain(self.facts.block_of(vote));
            asked.all(|item| self.facts.covers(items, Some(item)))
        });
        here
    }

    /// The quorum of a vote with those present now: what its own verdict says, and the ledger with it.
    fn quorum_of(&self, vote: &Vote) -> Option<Verdict> {
        let here = self.present_at(vote);
        let recused = vote.recused_seat_ids.iter().filter(|seat| here.contains(seat)).count();
        let input = VoteInput {
            seats: self.voting.len() as u64,
            present: here.len() as u64,
            recused: recused as u64,
            recusal_treatment: self.treatment(vote),
            votes: Tally::default(),
            chair: ChairAtVote::default(),
            round: 1,
        };
        let rules = self.rules();
        rules.rule(&vote.rule_id).and_then(|rule| rules.decide(rule, &input).quorum)
    }

    /// Writes how many there are now, if they changed: of several changes at one instant, the last.
    fn write_count(&mut self, at: DateTime<Utc>) {
        let (seats, have) = self.counted();
        let count = Count { at, have, need: self.need(seats) };
        match self.counts.last_mut() {
            Some(last) if (last.have, last.need) == (count.have, count.need) => {}
            Some(last) if last.at == at => *last = count,
            _ => self.counts.push(count),
        }
    }

    fn write_ledger(&mut self, event: &Event) {
        let kind = match event.kind {
            EventKind::VoteOpen | EventKind::VoteClose => QuorumKind::Decision,
            EventKind::QuorumCheck
            | EventKind::Arrival
            | EventKind::Departure
            | EventKind::TemporaryDeparture
            | EventKind::Return
            | EventKind::ConnectionLost
            | EventKind::Reconnected
            | EventKind::InvalidDelegation
            | EventKind::DelegationRevoked
            | EventKind::LateArrivalAfterDeclaration
            | EventKind::SecondCall
            | EventKind::NoQuorumDeclared
            | EventKind::ContinuedInformative
            | EventKind::RecusalLeftRoom
            | EventKind::RecessStart
            | EventKind::RecessEnd
            | EventKind::SessionSuspended
            | EventKind::SessionResumed
            | EventKind::TermClosed
            | EventKind::SessionClosed => QuorumKind::Deliberative,
            EventKind::ReplyReceived if self.stands(event) => QuorumKind::Deliberative,
            EventKind::RollAnswer if self.end_of_roll.as_ref() == Some(&event.id) => QuorumKind::Deliberative,
            // Who answers a later roll, as when a session is resumed, comes in: a movement as any other.
            EventKind::RollAnswer if self.came_to_a_later_roll(event) => QuorumKind::Deliberative,
            _ => {
                // Roll answers change the count without a line of their own: the check after the roll is the line.
                return;
            }
        };
        self.write_line(event, kind);
    }

    /// Resumed on another day, nobody is in the room until they answer the roll that is called again: who was there left
    /// when it was suspended.
    fn empty_the_room(&mut self, resumed: &Event, suspended: DateTime<Utc>) {
        for (_, i) in std::mem::take(&mut self.inside) {
            self.end_presence(i, resumed);
            self.presence[i].to = Some(suspended.max(self.presence[i].from));
        }
        for stretch in self.beside.iter_mut().filter(|p| p.to.is_none()) {
            (stretch.to, stretch.ended, stretch.end_kind) =
                (Some(suspended.max(stretch.from)), Some(resumed.id.clone()), Some(resumed.kind));
        }
        self.out_for_recusal.clear();
        self.recalling = true;
    }

    /// Whether somebody came in by answering a roll that was called once the session had paused.
    fn came_to_a_later_roll(&self, event: &Event) -> bool {
        !self.pauses.is_empty()
            && self.ledger.iter().any(|l| l.kind == EventKind::QuorumCheck)
            && self.presence.iter().any(|p| p.began == event.id)
    }

    fn write_line(&mut self, event: &Event, kind: QuorumKind) {
        let roll = self.end_of_roll.as_ref() == Some(&event.id);
        let vote = self.facts.votes.iter().find(|v| Some(&v.id) == event.vote_id.as_ref());
        let of_vote = vote.filter(|_| kind == QuorumKind::Decision).and_then(|vote| self.quorum_of(vote));
        let verdict = of_vote.map_or_else(
            || {
                let ((seats, have), (stay, _)) = (self.counted(), self.recused());
                let numbers = (kind == QuorumKind::Decision, self.second_rules.is_some(), seats, have, stay);
                let told = self.worded.get(&numbers).cloned().unwrap_or_else(|| Arc::new(self.quorum(kind)));
                self.worded.entry(numbers).or_insert(told).clone()
            },
            Arc::new,
        );
        let (met, decides) = (self.enough(), self.can_decide());
        let turn = match (self.had_quorum, met) {
            (false, true) => QuorumTurn::Gained,
            (true, false) => QuorumTurn::Lost,
            _ => QuorumTurn::Same,
        };
        let apart = turn == QuorumTurn::Same && decides != self.could_decide;
        let decision = apart.then(|| self.quorum(QuorumKind::Decision));
        match (self.could_decide, decides) {
            (true, false) => self.decision_lost_at = Some(event.occurred_at),
            (_, true) => self.decision_lost_at = None,
            (false, false) => {}
        }
        (self.had_quorum, self.could_decide) = (met, decides);
        if met {
            self.informative_since = None;
            self.quorum_reached_at.get_or_insert(event.occurred_at);
        }
        self.ledger.push(LedgerLine {
            event_id: event.id.clone(),
            occurred_at: event.occurred_at,
            seq: event.seq,
            kind: if roll { EventKind::QuorumCheck } else { event.kind },
            seat_id: event.seat_id.clone().filter(|_| !roll),
            person_id: event.person_id.clone().filter(|_| !roll),
            item_id: event.item_id.clone().or_else(|| self.current_item.clone()),
            vote_id: event.vote_id.clone(),
            verdict,
            turn,
            decision,
        });
    }

    /// Counts a vote with the presence of this moment; `event` is its closing, `None` for one still open.
    fn count(&mut self, id: Option<&VoteId>, event: Option<&Event>) {
        let Some(vote) = id.and_then(|id| self.facts.votes.iter().find(|v| v.id == *id)) else { return };
        if vote.status == VoteStatus::Annulled {
            return;
        }
        let frame = &self.facts.frame;
        let ballots: Vec<&Ballot> = self.facts.ballots.iter().filter(|b| b.vote_id == vote.id).collect();
        let here = self.present_at(vote);
        let was_here = |seat: &SeatId, at: DateTime<Utc>| {
            self.presence
                .iter()
                .any(|p| p.seat_id == *seat && p.counts && p.from <= at && p.to.is_none_or(|to| at <= to))
        };
        // Leaving never erases a ballot, but the quorum is measured at the close: it must stand without those who left.
        let quorum_stands = self.quorum_of(vote).is_some_and(|quorum| quorum.met);
        let moved = self.at_opening.get(&vote.id).is_some_and(|then| *then != here);
        let mut left = Vec::new();
        let mut present = here.clone();
        let mut tally = Tally::default();
        // Of a secret vote it is known who voted, and until when they could have.
        let closed = event.map_or(vote.opened_at, |event| event.occurred_at);
        let was_here_meanwhile = |seat: &SeatId| {
            self.presence.iter().any(|p| {
                p.seat_id == *seat
                    && p.counts
                    && p.from <= closed
                    && p.to.is_none_or(|to| vote.opened_at <= to)
            })
        };
        for seat in &vote.participant_seat_ids {
            let inside = here.contains(seat);
            if vote.recused_seat_ids.contains(seat) || !inside && !was_here_meanwhile(seat) {
                if vote.recounts.is_empty() {
                    self.findings.push(CourseFinding {
                        code: "secret_voter_not_entitled".to_owned(),
                        event_id: event.map(|e| e.id.clone()),
                        vote_id: Some(vote.id.clone()),
                        text: text!(
                            "En una votación secreta votó un puesto ausente o impedido; sus totales no se separan por puesto.",
                            "An absent or recused seat voted in a secret vote; its totals cannot be taken apart by seat."
                        ),
                    });
                }
            } else if !inside {
                left.push(seat.clone());
                if quorum_stands {
                    present.push(seat.clone());
                }
            }
        }
        for ballot in &ballots {
            let inside = here.contains(&ballot.seat_id);
            if !inside && (self.still_out(&ballot.seat_id) || !was_here(&ballot.seat_id, ballot.cast_at))
                || vote.recused_seat_ids.contains(&ballot.seat_id)
            {
                // Counted again without it, the secretary was told and decided: nothing is left to mend.
                if vote.recounts.is_empty() {
                    self.findings.push(CourseFinding {
                        code: "ballot_not_entitled".to_owned(),
                        event_id: event.map(|e| e.id.clone()),
                        vote_id: Some(vote.id.clone()),
                        text: text!(
                            "Hay un voto de un puesto ausente o impedido; no se cuenta.",
                            "There is a ballot of an absent or recused seat; it is not counted."
                        ),
                    });
                }
                continue;
            }
            if !inside {
                left.push(ballot.seat_id.clone());
                if !quorum_stands {
                    continue;
                }
                present.push(ballot.seat_id.clone());
            }
            match ballot.value {
                BallotValue::For => tally.in_favor += 1,
                BallotValue::Against => tally.against += 1,
                BallotValue::Abstain => tally.abstain += 1,
            }
        }
        if let (VoteMethod::ShowOfHands | VoteMethod::Secret, Some(counted)) = (vote.method, vote.counted) {
            tally = Tally {
                in_favor: u64::try_from(counted.in_favour).unwrap_or(0),
                against: u64::try_from(counted.against).unwrap_or(0),
                abstain: u64::try_from(counted.abstain).unwrap_or(0),
            };
        }
        let silent_seats = self.silent_in_favour(vote, (&present, tally), &ballots);
        let by_replies = present.len();
        tally.in_favor += silent_seats.len() as u64;
        present.extend(silent_seats.iter().filter(|s| !here.contains(s)).cloned());
        let recused: Vec<&SeatId> = vote.recused_seat_ids.iter().filter(|s| present.contains(s)).collect();
        let entitled: Vec<SeatId> = present.iter().filter(|s| !recused.contains(s)).cloned().collect();
        // Who objects to a consensus is on record even if they turn out to have been absent: nobody consented then.
        let objections = match vote.method {
            VoteMethod::Consensus => {
                ballots.iter().filter(|b| b.value == BallotValue::Against).count() as u64
            }
            _ => 0,
        };
        let not_voted: Vec<SeatId> = match vote.method {
            VoteMethod::ShowOfHands => Vec::new(),
            VoteMethod::Secret if vote.participant_seat_ids.is_empty() => Vec::new(),
            VoteMethod::Secret => {
                entitled.iter().filter(|s| !vote.participant_seat_ids.contains(s)).cloned().collect()
            }
            // With an objection nobody else was asked for a vote.
            VoteMethod::Consensus if objections > 0 && vote.status != VoteStatus::Open => Vec::new(),
            _ => entitled
                .iter()
                .filter(|s| !ballots.iter().any(|b| b.seat_id == **s) && !silent_seats.contains(s))
                .cloned()
                .collect(),
        };
        // Taken by exception, who says nothing is in favour: while it is open it shows what closing it now would write.
        let open = event.is_none() && vote.status == VoteStatus::Open;
        let by_exception = matches!(vote.method, VoteMethod::Ordinary | VoteMethod::Consensus);
        let mut silent = not_voted.len() as u64;
        if open && by_exception {
            tally.in_favor += silent;
            silent = 0;
        }
        let treatment = self.treatment(vote);
        let input = VoteInput {
            seats: frame.voting_seats(),
            present: present.len() as u64,
            recused: recused.len() as u64,
            recusal_treatment: treatment,
            votes: tally,
            chair: self.chair_at(vote),
            round: u32::try_from(vote.round).unwrap_or(1),
        };
        let rules = self.rules().clone();
        let rule = rules.rule(&vote.rule_id);
        let decide = |input: &VoteInput| {
            rule.map(|rule| match vote.method {
                VoteMethod::Consensus => rules.consensus(rule, input, objections),
                _ => rules.decide(rule, input),
            })
        };
        let mut verdict = decide(&input);
        if let Some(verdict) = verdict.as_mut().filter(|_| !silent_seats.is_empty()) {
            // Silence makes no quorum: it is that of the replies.
            let replied = VoteInput { present: by_replies as u64, votes: Tally::default(), ..input };
            verdict.quorum = decide(&replied).and_then(|v| v.quorum);
        }
        let changed = match (&vote.verdict, &verdict) {
            (Some(recorded), Some(now)) => {
                let seats = |of: &[SeatId]| of.iter().cloned().collect::<BTreeSet<_>>();
                let entitled_then = vote.entitled.as_deref().map(seats);
                recorded.count != now.count
                    || recorded.have != now.have
                    || recorded.quorum.as_ref().map(|q| q.have) != now.quorum.as_ref().map(|q| q.have)
                    || entitled_then.is_some_and(|then| then != seats(&entitled))
            }
            _ => false,
        };
        let awaits_casting_vote = vote.status == VoteStatus::Closed
            && input.chair.present
            && !input.chair.recused
            && input.chair.casting_vote.is_none()
            && verdict.as_ref().is_some_and(|v| v.count.tie == Some(true) && v.tie_rule == Tie::ChairCasts);
        // Open, it has no result yet: only what would come of it if those who are silent all did one thing or the other.
        let if_all = |in_favor: u64, against: u64| {
            let votes =
                Tally { in_favor: tally.in_favor + in_favor, against: tally.against + against, ..tally };
            let verdict = decide(&VoteInput { votes, ..input });
            verdict.is_some_and(|v| v.count.result == VoteResult::Approved)
        };
        let counted_by_hand = matches!(vote.method, VoteMethod::ShowOfHands | VoteMethod::Secret);
        let reached = open && !counted_by_hand && if_all(0, silent);
        let standing = (open && !counted_by_hand && rule.is_some()).then(|| {
            match (by_exception, reached) {
                (false, true) => return text!("Mayoría alcanzada.", "Majority reached."),
                (true, true) => {
                    return text!("Si se cierra así, se aprueba.", "Closed as it is, it is approved.");
                }
                (true, false) if objections > 0 => {
                    return text!("Hay objeciones: no hay consenso.", "There are objections: no consensus.");
                }
                (true, false) => {
                    return text!("Si se cierra así, no se aprueba.", "Closed as it is, it is not approved.");
                }
                (false, false) => {}
            }
            match (1..=silent).find(|n| if_all(*n, silent - n)) {
                Some(1) => text!("Falta un voto a favor.", "One more vote in favour is needed."),
                Some(n) => text!("Faltan {n} votos a favor.", "{n} more votes in favour are needed."),
                None => text!("Ya no se alcanza la mayoría.", "The majority can no longer be reached."),
            }
        });
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.votes.push(VoteCourse {
            standing,
            reached,
            vote_id: vote.id.clone(),
            moved,
            left,
            entitled,
            not_voted,
            silent: silent_seats,
            in_favour: signed(tally.in_favor),
            against: signed(tally.against),
            abstain: signed(tally.abstain),
            present,
            verdict,
            changed,
            awaits_casting_vote,
        });
    }

    /// What recused seats do to the count of a vote.
    fn treatment(&self, vote: &Vote) -> RecusalTreatment {
        let of_item = self.facts.recusals.iter().find(|r| r.item_id == vote.item_id);
        of_item.map_or(self.facts.frame.rule_set.recusal.treatment, |r| r.treatment)
    }

    /// The seats whose silence counts in favour in a vote in writing, by a registered norm: those that somebody holds, are
    /// not recused and did not answer, once the replies made the quorum by themselves.
    fn silent_in_favour(
        &self,
        vote: &Vote,
        (present, votes): (&[SeatId], Tally),
        ballots: &[&Ballot],
    ) -> Vec<SeatId> {
        let (frame, rules) = (&self.facts.frame, self.rules());
        let applies = vote.method == VoteMethod::Written && self.written.is_some();
        let Some(rule) = rules.rule(&vote.rule_id).filter(|_| applies && rules.silence_in_favour().is_some())
        else {
            return Vec::new();
        };
        let replied = VoteInput {
            seats: frame.voting_seats(),
            present: present.len() as u64,
            recused: vote.recused_seat_ids.iter().filter(|s| present.contains(s)).count() as u64,
            recusal_treatment: self.treatment(vote),
            votes,
            chair: self.chair_at(vote),
            round: 1,
        };
        if rules.decide(rule, &replied).count.quorum_met != Some(true) {
            return Vec::new();
        }
        let day = self.facts.last_sitting();
        let silent = |seat: &&SeatId| {
            frame.holder_on(seat, day).is_some()
                && !vote.recused_seat_ids.contains(seat)
                && !ballots.iter().any(|b| b.seat_id == **seat)
        };
        let voting = frame.seats.iter().filter(|s| s.seat.vote).map(|s| &s.seat.id);
        voting.filter(silent).cloned().collect()
    }

    /// The chair at a vote: present only as somebody who has the casting vote.
    fn chair_at(&self, vote: &Vote) -> ChairAtVote {
        let frame = &self.facts.frame;
        let presides = self.presiding.last();
        let seat = presides.and_then(|t| t.seat_id.as_ref());
        let inside = seat.and_then(|s| self.inside.get(s)).is_some_and(|&i| self.presence[i].counts);
        let has_it =
            presides.and_then(|t| t.presides_as).is_some_and(|by| frame.rule_set.has_casting_vote(by));
        ChairAtVote {
            present: inside && has_it,
            recused: seat.is_some_and(|s| vote.recused_seat_ids.contains(s)),
            casting_vote: vote.casting_vote.as_ref().map(|c| c.value),
        }
    }

    fn finish(mut self) -> Course {
        if let Some(open) = self.open_vote.clone() {
            self.count(Some(&open), None);
        }
        // Votes whose closing event is missing still show what their ballots give.
        let counted: BTreeSet<VoteId> = self.votes.iter().map(|v| v.vote_id.clone()).collect();
        for vote in self.facts.votes.iter().filter(|v| !counted.contains(&v.id)) {
            self.count(Some(&vote.id), None);
        }
        let present = self.present();
        let (quorum, deliberative) =
            (self.quorum(QuorumKind::Decision), self.quorum(QuorumKind::Deliberative));
        let chair_out_since = self.chair_out().filter(|_| self.closed_at.is_none());
        if let Some(closed) = self.closed_at {
            let closing = self
                .facts
                .events
                .iter()
                .rev()
                .find(|e| e.kind == EventKind::SessionClosed && e.struck.is_none());
            for stretch in self.presence.iter_mut().chain(&mut self.beside).filter(|p| p.to.is_none()) {
                stretch.to = Some(closed);
                stretch.ended = closing.map(|e| e.id.clone());
                stretch.end_kind = Some(EventKind::SessionClosed);
            }
        }
        for (one, other) in in_two_seats(&self.presence) {
            let said = two_seats_told(&self.facts.frame, one, other);
            let (es, en) = (said.es, said.en);
            self.findings.push(CourseFinding {
                code: "in_two_seats".to_owned(),
                event_id: Some(other.began.clone()),
                vote_id: None,
                text: text!(
                    "{es} Corrija la hora, el puesto o la persona de lo que sobra, o táchelo.",
                    "{en} Correct the time, the seat or the person of what is wrong, or strike it."
                ),
            });
        }
        let paused = self.pauses.last().filter(|p| p.to.is_none()).map(|p| p.kind);
        let status = match (self.opened_at, self.closed_at, self.no_quorum_at) {
            (None, ..) => self.facts.session.status,
            (_, Some(_), Some(_)) if self.facts.session.status != SessionStatus::Informative => {
                SessionStatus::NotHeldNoQuorum
            }
            (_, Some(_), _) if self.facts.session.status == SessionStatus::Informative => {
                SessionStatus::Informative
            }
            (_, Some(_), _) => SessionStatus::Adjourned,
            _ if paused == Some(EventKind::SessionSuspended) => SessionStatus::Suspended,
            _ => SessionStatus::Open,
        };
        let mut items = Vec::with_capacity(self.facts.items.len());
        for item in &self.facts.items {
            let mut course = self.items.remove(&item.id).unwrap_or_else(|| ItemCourse {
                item_id: item.id.clone(),
                reach: ItemReach::Unreached,
                started_at: None,
                ended_at: None,
                seconds: 0,
                running_since: None,
                left_pending: false,
            });
            course.reach = self.reach(item, &course);
            items.push(course);
        }
        // An item whose parts were treated was treated in them.
        for n in 0..items.len() {
            let part = |i: &AgendaItem| i.parent_id.as_ref() == Some(&items[n].item_id);
            let mut parts = self.facts.items.iter().zip(&items).filter(|(i, _)| part(i));
            if items[n].reach == ItemReach::Unreached
                && parts.any(|(_, part)| part.reach != ItemReach::Unreached)
            {
                items[n].reach = ItemReach::Treated;
            }
        }
        for (item, course) in self.facts.items.iter().zip(&mut items) {
            course.left_pending = match course.reach {
                ItemReach::Unreached | ItemReach::WithoutQuorum => true,
                ItemReach::Treated => false,
                ItemReach::UnderWay => {
                    self.written.is_none() && self.left_undecided(item, (self.enough(), self.can_decide()))
                }
            };
        }
        Course {
            status,
            opened_at: self.opened_at,
            closed_at: self.closed_at,
            quorum_reached_at: self.quorum_reached_at,
            no_quorum_at: self.no_quorum_at,
            waiting_since: self.waiting_since,
            informative_since: self.informative_since,
            second_call_at: self.second_call_at,
            recording_since: self.recording_since,
            voting_seats: i64::try_from(self.voting.len()).unwrap_or(0),
            presence: self.presence,
            beside: self.beside,
            present,
            quorum,
            deliberative,
            decision_lost_at: self.decision_lost_at,
            ledger: self.ledger,
            counts: self.counts,
            items,
            current_item_id: self.current_item,
            interventions: self.interventions,
            votes: self.votes,
            open_vote_id: self.open_vote,
            presiding: self.presiding,
            chair_out_since,
            secretaries: self.secretaries,
            pauses: self.pauses,
            written: self.written,
            findings: self.findings,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::archive_tests::context;
    use crate::codes::EventKind as K;
    use crate::ids::BallotId;
    use crate::vote::Counted;

    /// A session of the demonstration.
    pub(crate) static SESSION: LazyLock<Facts> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.actario");
        let (archive, _) = crate::load::create_demo(&path, &context(1), "equipo").unwrap();
        let id = SessionId::new("ses-2025-01").unwrap();
        archive.query(&context(2), |read| facts(read, &id)).unwrap()
    });

    const KINDS: [K; 17] = [
        K::RollAnswer,
        K::Arrival,
        K::Departure,
        K::TemporaryDeparture,
        K::Return,
        K::ConnectionLost,
        K::Reconnected,
        K::QuorumCheck,
        K::ItemStart,
        K::ItemEnd,
        K::RecusalLeftRoom,
        K::DelegationRevoked,
        K::NoQuorumDeclared,
        K::SessionSuspended,
        K::SessionResumed,
        K::VoteOpen,
        K::VoteClose,
    ];

    /// What one thing that happens is made of: its kind, seat, person, minute, order and item.
    type Spec = (usize, usize, usize, i64, i64, usize);

    fn specs() -> impl Strategy<Value = Vec<Spec>> {
        let spec = (0..KINDS.len(), 0..16_usize, 0..20_usize, 0..40_i64, 0..4_i64, 0..3_usize);
        proptest::collection::vec(spec, 0..80)
    }

    /// How a vote was taken: what each seat said and when, by which method, the hands or papers counted.
    type Taken = (BTreeMap<usize, u8>, usize, (i64, i64, i64));

    fn taken() -> impl Strategy<Value = Taken> {
        let ballots = proptest::collection::btree_map(0..16_usize, 0..40_u8, 0..16);
        (ballots, 0..VoteMethod::ALL.len(), (0..9_i64, 0..6_i64, 0..4_i64))
    }

    /// The session with its roll answered and then all that, as it was entered; with one vote taken so.
    fn happened(specs: &[Spec], (ballots, method, hands): &Taken) -> Facts {
        let mut facts = SESSION.clone();
        let opening = facts.opening().unwrap().clone();
        let minutes = |n: i64| opening.occurred_at + chrono::TimeDelta::minutes(n);
        let vote = facts.votes[0].clone();
        let seats: Vec<SeatId> = facts.frame.seats.iter().map(|s| s.seat.id.clone()).collect();
        let holders: BTreeMap<SeatId, PersonId> =
            facts.frame.holders.iter().map(|h| (h.seat_id.clone(), h.person_id.clone())).collect();
        let seat = |n: usize| seats[n % seats.len()].clone();
        let answers = (0..12).map(|n| (0, n, 0, 0, 0, 0));
        let mut events = vec![opening.clone()];
        for (n, (kind, of, who, minute, seq, item)) in answers.chain(specs.iter().copied()).enumerate() {
            let (kind, seat) = (KINDS[kind], seat(of));
            // One in five times it is somebody else: a substitute, or a person in a second seat.
            let person = if who < 16 { holders.get(&seat) } else { holders.values().nth(who) };
            let voting = matches!(kind, K::VoteOpen | K::VoteClose);
            let theirs = moves(kind) && kind != K::QuorumCheck
                || matches!(kind, K::RecusalLeftRoom | K::DelegationRevoked);
            events.push(Event {
                id: EventId::new(format!("ev-{n}")).unwrap(),
                kind,
                seq: opening.seq + 1 + seq,
                occurred_at: minutes(minute),
                person_id: person.filter(|_| theirs).cloned(),
                seat_id: theirs.then_some(seat),
                item_id: (!theirs).then(|| facts.items[item].id.clone()),
                vote_id: voting.then(|| vote.id.clone()),
                motion_id: None,
                capacity: None,
                ..opening.clone()
            });
        }
        let method = VoteMethod::ALL[*method];
        let by_hand = matches!(method, VoteMethod::ShowOfHands | VoteMethod::Secret);
        let ballot = |(&of, &value): (&usize, &u8)| Ballot {
            id: BallotId::new(format!("b-{of}")).unwrap(),
            vote_id: vote.id.clone(),
            person_id: holders.values().next().unwrap().clone(),
            seat_id: seat(of),
            delegation_id: None,
            value: BallotValue::ALL[usize::from(value) % 3],
            cast_at: minutes(i64::from(value)),
        };
        facts.ballots = if by_hand { Vec::new() } else { ballots.iter().map(ballot).collect() };
        let (in_favour, against, abstain) = *hands;
        let voters = ballots.keys().map(|&of| seat(of));
        facts.votes = vec![Vote {
            method,
            recused_seat_ids: (ballots.len() % 3 == 2).then(|| seat(1)).into_iter().collect(),
            counted: by_hand.then_some(Counted { in_favour, against, abstain }),
            participant_seat_ids: voters.filter(|_| method == VoteMethod::Secret).collect(),
            verdict: None,
            entitled: None,
            casting_vote: None,
            ..vote.clone()
        }];
        facts.events = events;
        facts
    }

    fn opening_and(facts: &Facts, minutes: i64) -> DateTime<Utc> {
        facts.opening().unwrap().occurred_at + chrono::TimeDelta::minutes(minutes)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Whatever is recorded: nobody is in a seat twice at once, and no vote comes to more than those who could vote.
        #[test]
        fn whatever_happens_the_course_is_possible(specs in specs(), taken in taken()) {
            let mut facts = happened(&specs, &taken);
            in_order(&mut facts.events);
            let course = course(&facts);
            for frame_seat in &facts.frame.seats {
                let stretches: Vec<&Presence> = course.of_seat(&frame_seat.seat.id).collect();
                prop_assert!(stretches.iter().all(|s| s.to.is_none_or(|to| s.from <= to)), "{:?}", stretches);
                let apart = |pair: &[&Presence]| pair[0].to.is_some_and(|to| to <= pair[1].from);
                prop_assert!(stretches.windows(2).all(apart), "{:?}", stretches);
            }
            prop_assert!(course.ledger.iter().all(|line| line.verdict.have <= line.verdict.base));
            prop_assert_eq!(course.counts.last().map(|c| c.have), Some(course.present.len() as u64));
            prop_assert!(course.counts.windows(2).all(|pair| pair[0].at < pair[1].at), "{:?}", course.counts);
            let ledger = ledger::ledger(&facts, &course, opening_and(&facts, 60)).unwrap();
            let (first, last) = (ledger.stretches.first().unwrap(), ledger.stretches.last().unwrap());
            prop_assert_eq!((first.from, last.to), (ledger.from, ledger.to));
            let joined = |pair: &[ledger::Stretch]| pair[0].to == pair[1].from && pair[0].second <= pair[1].second;
            prop_assert!(ledger.stretches.windows(2).all(joined), "{:?}", ledger.stretches);
            prop_assert!(ledger.ticks.windows(2).all(|pair| pair[0].second < pair[1].second), "{:?}", ledger.ticks);
            for vote in &course.votes {
                let total = vote.in_favour + vote.against + vote.abstain;
                let result = vote.verdict.as_ref().map(|v| v.count.result);
                prop_assert!(vote.entitled.iter().all(|seat| vote.present.contains(seat)));
                prop_assert!(vote.not_voted.iter().all(|seat| vote.entitled.contains(seat)));
                // Hands and papers are counted by people: more than there are settle nothing.
                let by_hand = facts.votes[0].counted.is_some();
                let nothing = matches!(result, Some(VoteResult::Invalid | VoteResult::NoQuorum));
                prop_assert!(total <= vote.entitled.len() as i64 || by_hand && nothing, "{:?}", vote);
            }
        }

        /// Entered in any order, events of given instants and orders give one course.
        #[test]
        fn the_order_of_entry_changes_nothing(
            (specs, order) in specs().prop_flat_map(|specs| {
                let order: Vec<usize> = (0..specs.len() + 13).collect();
                (Just(specs), Just(order).prop_shuffle())
            }),
            taken in taken(),
        ) {
            let mut entered = happened(&specs, &taken);
            let mut otherwise = entered.clone();
            otherwise.events = order.iter().map(|&n| entered.events[n].clone()).collect();
            in_order(&mut entered.events);
            in_order(&mut otherwise.events);
            prop_assert_eq!(course(&entered), course(&otherwise));
        }
    }
}
