//! Checked data written as records.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Map, Value, json};

use super::data::Data;
use super::files::Files;
use super::format::{self, Clock};
use super::{LoadReport, Problem, refusal};
use crate::agenda::AgendaItem;
use crate::annex::Annex;
use crate::attendance::{Confirmation, Event};
use crate::body::{
    Act, Body, BodyFunction, Holder, Invitee, Numbering, PaperSize, Seat, StoredRuleSet, TechnicalSecretariat,
};
use crate::calendar::Calendar;
use crate::catalog::{CatalogItem, Entity, Partner, RegisterEntry, Sector, Setting};
use crate::codes::{
    AnnexKind, AnnexOwner, Answer, BodyKind, Capacity, DelegationStatus, EventKind, FunctionScope,
    MinutesKind, RecusalKind, RecusalOutcome, SessionStatus, VoteStatus,
};
use crate::commitment::Commitment;
use crate::decision::{Accord, Decision, Statement};
use crate::delegation::Delegation;
use crate::document::Document;
use crate::failure::{Failure, Result};
use crate::ids::{BodyId, CatalogItemId, NoId, PersonId, VoteId};
use crate::journal::{Tx, hex};
use crate::minutes::{Minutes, Remark, Signature, adopted, freeze_loaded, issue_loaded};
use crate::person::{Person, PersonContact};
use crate::print::page_count;
use crate::proposal::Proposal;
use crate::record::Record;
use crate::recusal::Recusal;
use crate::rules::Signer;
use crate::session::{Guest, NotHeld, NoticeRecord, Session, SessionFrame, frame_for};
use crate::vote::{Ballot, CastingVote, Counted, Explanation, Motion, Vote};
use crate::work_plan::{Activity, WorkPlan};
use crate::{course, instant, text};

/// Writes everything; gives what was written.
pub(super) fn write(tx: &mut Tx<'_>, data: &Data, files: &Files) -> Result<LoadReport> {
    let mut writer = Writer { tx, files, data, blobs: BTreeMap::new(), report: LoadReport::default() };
    writer.catalogs()?;
    writer.partners()?;
    writer.bodies()?;
    writer.people()?;
    writer.seats()?;
    writer.delegations()?;
    for session in &data.sessions {
        writer.session(session)?;
    }
    writer.minutes()?;
    writer.proposals()?;
    writer.work_plans()?;
    writer.registers()?;
    let Writer { tx, mut report, blobs, .. } = writer;
    for session in &data.sessions {
        if session.minutes.is_some() && !session.events.is_empty() {
            freeze_loaded(tx, &session.id)?;
        }
    }
    // Minutes that brought their own file are that file.
    for minutes in tx.select::<Minutes>("WHERE blob_id IS NOT NULL ORDER BY id", [])? {
        let issued: Vec<Document> = tx.select("WHERE minutes_id = ?1 LIMIT 1", [&minutes.id])?;
        if let Some(name) = minutes.file.clone().filter(|_| issued.is_empty() && adopted(minutes.status)) {
            let bytes = files.read_annex(&name).map_err(|problem| refusal(vec![problem]))?;
            let Some(pages) = page_count(&bytes) else {
                let id = &minutes.id;
                let reason = text!(
                    "No es un PDF que se pueda leer, y es el acta «{id}». Ponga su PDF con ese nombre.",
                    "It is no PDF that can be read, and it is the minutes “{id}”. Put their PDF under that name."
                );
                return Err(refusal(vec![Problem::of_file(&name, reason)]));
            };
            issue_loaded(tx, minutes, pages)?;
        }
    }
    report.files = u32::try_from(blobs.len()).unwrap_or(u32::MAX);
    Ok(report)
}

struct Writer<'a, 'tx> {
    tx: &'a mut Tx<'tx>,
    files: &'a Files,
    data: &'a Data,
    /// File name → hash of what was kept.
    blobs: BTreeMap<String, String>,
    report: LoadReport,
}

/// Position in a list, from 1.
fn position(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX - 1) + 1
}

fn text_of(fields: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| fields.get(*key).and_then(Value::as_str)).map(str::to_owned)
}

/// What a catalog's item is called, and its other fields.
fn named(entry: &format::CatalogEntry) -> (String, Map<String, Value>) {
    let mut data = entry.other.clone();
    let name = ["name", "title", "text"]
        .iter()
        .find_map(|key| match data.get(*key) {
            Some(Value::String(_)) => data.remove(*key),
            _ => None,
        })
        .and_then(|name| name.as_str().map(str::to_owned))
        .unwrap_or_else(|| entry.id.to_string());
    (name, data)
}

fn some(data: Map<String, Value>) -> Option<Value> {
    if data.is_empty() { None } else { Some(Value::Object(data)) }
}

impl Writer<'_, '_> {
    fn insert<T: Record>(&mut self, record: &T) -> Result<()> {
        *self.report.counts.entry(T::TABLE.to_owned()).or_default() += 1;
        self.tx.insert(record)
    }

    /// An id for a record that came without one: readable when it fits, else new.
    fn id<T>(&self, owner: &str, mark: &str, n: i64) -> Result<T>
    where
        T: TryFrom<String, Error = NoId>,
    {
        let id = format!("{owner}-{mark}{n}");
        Ok(T::try_from(if crate::ids::is_valid(&id) { id } else { self.tx.ctx.new_id() })?)
    }

    /// Keeps a file named by a record and gives its hash.
    fn blob(&mut self, file: Option<&String>) -> Result<Option<String>> {
        let Some(name) = file else { return Ok(None) };
        if let Some(hash) = self.blobs.get(name) {
            return Ok(Some(hash.clone()));
        }
        let bytes = self.files.read_annex(name).map_err(|problem| refusal(vec![problem]))?;
        let hash = self.tx.put_blob(&bytes)?;
        self.blobs.insert(name.clone(), hash.clone());
        Ok(Some(hash))
    }

    fn act(&mut self, act: &Act) -> Result<Act> {
        Ok(Act { blob_id: self.blob(act.file.as_ref())?, ..act.clone() })
    }

    // ── Catalogs ────────────────────────────────────────────────────────────────────────────────────
    fn catalogs(&mut self) -> Result<()> {
        let Some(catalogs) = &self.data.catalogs else { return Ok(()) };
        for (i, sector) in catalogs.sectors.iter().enumerate() {
            let mut data = Map::new();
            for (key, value) in [("source", &sector.source), ("note", &sector.note)] {
                if let Some(value) = value {
                    data.insert(key.to_owned(), json!(value));
                }
            }
            self.insert(&Sector {
                id: sector.id.clone(),
                position: sector.order.unwrap_or(position(i)),
                name: sector.name.clone(),
                head_entity_id: sector.head_entity_id.clone(),
                data: some(data),
            })?;
            for entity in &sector.entities {
                self.insert(&Entity {
                    id: entity.id.clone(),
                    sector_id: Some(sector.id.clone()),
                    name: entity.name.clone(),
                    short_name: entity.short_name.clone(),
                    kind: entity.kind.clone(),
                    source: entity.source.clone(),
                    note: entity.note.clone(),
                })?;
            }
        }
        for (catalog, entries) in [
            ("network", &catalogs.city_networks),
            ("principle", &catalogs.principles),
            ("sdg", &catalogs.sdgs),
            ("development_plan_objective", &catalogs.development_plan_objectives),
            ("modality", &catalogs.cooperation_modalities),
            ("instrument_kind", &catalogs.instrument_kinds),
            ("population", &catalogs.populations),
            ("proposal_role", &catalogs.proposal_roles),
            ("criterion", &catalogs.project_criteria),
        ] {
            self.catalog(catalog, None, entries)?;
        }
        for (i, category) in catalogs.actor_categories.iter().enumerate() {
            self.insert(&CatalogItem {
                id: category.id.clone(),
                catalog: "actor_category".to_owned(),
                position: position(i),
                parent_id: None,
                name: category.name.clone(),
                data: some(category.other.clone()),
            })?;
            self.catalog("actor_kind", Some(&category.id), &category.kinds)?;
        }
        if let Some(strategy) = &catalogs.strategy {
            for (i, line) in strategy.lines.iter().enumerate() {
                let position = line.number.unwrap_or(position(i));
                self.insert(&CatalogItem {
                    id: line.id.clone(),
                    catalog: "line".to_owned(),
                    position,
                    parent_id: None,
                    name: line.title.clone(),
                    data: some(line.other.clone()),
                })?;
                self.catalog("activity", Some(&line.id), &line.activities)?;
                self.catalog("result", Some(&line.id), &line.results)?;
            }
            self.catalog("monitoring", None, &strategy.monitoring)?;
            self.insert(&Setting {
                id: "strategy".to_owned(),
                value: Value::Object(strategy.other.clone()),
                source: strategy.source.clone(),
            })?;
        }
        Ok(())
    }

    fn catalog(
        &mut self,
        catalog: &str,
        parent: Option<&CatalogItemId>,
        entries: &[format::CatalogEntry],
    ) -> Result<()> {
        for (i, entry) in entries.iter().enumerate() {
            let (name, data) = named(entry);
            let order = data.get("order").or_else(|| data.get("number")).and_then(Value::as_i64);
            self.insert(&CatalogItem {
                id: entry.id.clone(),
                catalog: catalog.to_owned(),
                position: order.unwrap_or(position(i)),
                parent_id: parent.cloned(),
                name,
                data: some(data),
            })?;
        }
        Ok(())
    }

    fn partners(&mut self) -> Result<()> {
        for (partner, raw) in &self.data.partners {
            let mut data = raw.as_object().cloned().unwrap_or_default();
            for key in ["id", "name", "category_id", "kind_id", "country"] {
                data.remove(key);
            }
            self.insert(&Partner {
                id: partner.id.clone(),
                name: partner.name.clone(),
                category_id: partner.category_id.clone(),
                kind_id: partner.kind_id.clone(),
                country: partner.country.clone(),
                data: some(data),
            })?;
        }
        Ok(())
    }

    // ── Bodies and people ───────────────────────────────────────────────────────────────────────────
    fn bodies(&mut self) -> Result<()> {
        for (_, body) in &self.data.bodies {
            let minimum = body.minimum_meetings_per_year.as_ref();
            // The one fact of the format without a field of its own: where the minimum comes from.
            let note = match (&body.note, minimum.and_then(|m| m.source.as_ref())) {
                (note, None) => note.clone(),
                (None, Some(source)) => Some(format!("Reuniones mínimas al año: {source}.")),
                (Some(note), Some(source)) => Some(format!("{note}\nReuniones mínimas al año: {source}.")),
            };
            self.insert(&Body {
                id: body.id.clone(),
                name: body.name.clone(),
                kind: body.kind,
                status: body.status.clone().or_else(|| text_of(&body.meta, &["status"])),
                purpose: body.purpose.clone(),
                alternative_names: body.alternative_names.clone(),
                minimum_meetings_per_year: minimum.map(|m| m.value),
                components: body.components.clone(),
                creating_act: body.creating_act.clone(),
                normative_references: body.normative_references.clone(),
                technical_secretariat: body.technical_secretariat.as_ref().map(|secretariat| {
                    TechnicalSecretariat {
                        entity_id: secretariat.entity_id.clone(),
                        name: secretariat.name.clone(),
                        source: secretariat.source.clone(),
                    }
                }),
                numbering: Numbering::default(),
                paper: PaperSize::default(),
                note,
            })?;
            let secretariat = body.technical_secretariat.iter().flat_map(|s| &s.functions);
            for (scope, functions) in [
                (FunctionScope::General, body.general_functions.iter().collect::<Vec<_>>()),
                (FunctionScope::Specific, body.functions.iter().collect()),
                (FunctionScope::Secretariat, secretariat.collect()),
            ] {
                for (i, function) in functions.into_iter().enumerate() {
                    self.insert(&BodyFunction {
                        id: function.id.clone(),
                        body_id: body.id.clone(),
                        code: function.id.to_string(),
                        scope,
                        position: position(i),
                        text: function.text.clone(),
                        original_en: function.original_en.clone(),
                        source: function.source.clone(),
                        retired_on: None,
                    })?;
                }
            }
        }
        Ok(())
    }

    fn people(&mut self) -> Result<()> {
        for person in &self.data.people {
            self.insert(&Person {
                id: person.id.clone(),
                first_names: person.first_names.clone(),
                surnames: person.surnames.clone(),
                full_name: person.full_name.clone(),
                sort_name: person.sort_name.clone(),
                treatment: person.treatment,
                grammatical_gender: person.grammatical_gender,
                position: person.position.clone(),
                entity_id: person.entity_id.clone(),
                organization: person.organization.clone(),
                partner_id: person.partner_id.clone(),
                role: code(&person.role)?,
                seat_id: person.seat_id.clone(),
                level: person.level,
                note: person.note.clone(),
            })?;
            if person.email.is_some() || person.phone.is_some() {
                let salt = hex(&self.tx.ctx.draw());
                self.insert(&PersonContact {
                    id: person.id.clone(),
                    email: person.email.clone(),
                    phone: person.phone.clone(),
                    salt,
                })?;
            }
        }
        Ok(())
    }

    fn seats(&mut self) -> Result<()> {
        for (_, body) in &self.data.bodies {
            for seat in &body.seats {
                self.insert(&Seat {
                    id: seat.id.clone(),
                    body_id: body.id.clone(),
                    number: seat.number,
                    role: seat.role,
                    title: seat.title.clone(),
                    entity_id: seat.entity_id.clone(),
                    sector_id: seat.sector_id.clone(),
                    component_id: seat.component_id.clone(),
                    voice: seat.voice,
                    vote: seat.vote,
                    delegation_allowed: seat.delegation_allowed,
                    delegate_min_level: seat.delegate_min_level.clone(),
                    eligible: seat.eligible.clone(),
                    term_years: seat.term_years,
                    configurable: seat.configurable,
                    note: seat.note.clone(),
                    source: seat.source.clone(),
                    valid_from: None,
                    valid_to: None,
                })?;
                for (i, holder) in seat.holders.iter().enumerate() {
                    let act = holder.act.as_ref().map(|act| self.act(act)).transpose()?;
                    self.insert(&Holder {
                        id: self.id(seat.id.as_str(), "h", position(i))?,
                        seat_id: seat.id.clone(),
                        person_id: holder.person_id.clone(),
                        kind: holder.kind,
                        valid_from: holder.from,
                        valid_to: holder.to,
                        act,
                        accreditation: holder.accreditation.clone(),
                        note: holder.note.clone(),
                    })?;
                }
            }
            for (i, invitee) in body.permanent_invitees.iter().enumerate() {
                self.insert(&Invitee {
                    id: invitee.id.clone(),
                    body_id: body.id.clone(),
                    position: position(i),
                    name: invitee.name.clone(),
                    entity_id: invitee.entity_id.clone(),
                    partner_id: invitee.partner_id.clone(),
                    scope: code(&invitee.scope)?,
                    voice: invitee.voice,
                    note: invitee.note.clone(),
                    source: invitee.source.clone(),
                })?;
            }
            for rules in &body.rule_sets {
                let file = rules.adopted_by.file.clone();
                let blob_id = self.blob(file.as_ref())?;
                self.insert(&StoredRuleSet {
                    id: crate::ids::RuleSetId::new(rules.id.clone())?,
                    body_id: body.id.clone(),
                    effective_from: rules.effective_from,
                    effective_to: rules.effective_to,
                    rules: rules.clone(),
                    blob_id,
                    file,
                })?;
            }
        }
        Ok(())
    }

    fn delegations(&mut self) -> Result<()> {
        for delegation in &self.data.delegations {
            let rejected = delegation.status == Some(DelegationStatus::Rejected);
            let act = self.act(&delegation.act)?;
            let blob_id = self.blob(delegation.file.as_ref())?;
            self.insert(&Delegation {
                id: delegation.id.clone(),
                seat_id: delegation.seat_id.clone(),
                principal_id: delegation.principal_id.clone(),
                delegate_id: delegation.delegate_id.clone(),
                act,
                valid_from: delegation.valid_from,
                valid_to: delegation.valid_to,
                scope: delegation.scope,
                matters: None,
                session_ids: delegation.session_ids.clone(),
                item_ids: None,
                rejected,
                rejected_reason: delegation.note.clone().filter(|_| rejected),
                revoked_on: delegation.revoked_on,
                revoked_at: None,
                received_at: None,
                blob_id,
                file: delegation.file.clone(),
                note: delegation.note.clone().filter(|_| !rejected),
            })?;
        }
        Ok(())
    }

    // ── Sessions ────────────────────────────────────────────────────────────────────────────────────
    fn session(&mut self, session: &format::Session) -> Result<()> {
        let held = !session.events.is_empty();
        self.insert(&Session {
            id: session.id.clone(),
            body_id: session.body_id.clone(),
            number: Some(session.number).filter(|_| session.status != SessionStatus::Informative),
            year: session.year,
            kind: session.kind,
            mode: session.mode,
            status: session.status,
            date: session.date,
            // Of a held session `start` and `end` say when it was held, which its events say too.
            planned_start: session.start.map(|c| c.0).filter(|_| !held),
            planned_end: session.end.map(|c| c.0).filter(|_| !held),
            replies: None,
            place: session.place.clone(),
            platform: None,
            rule_set_id: session.rule_set_id.clone(),
            secretary_person_id: session.secretary_person_id.clone(),
            notice: self.notice(session),
            recording: session.recording,
            entered_afterwards: held,
            entered_note: held
                .then(|| "Incorporada con los registros que llevaba la secretaría técnica.".to_owned()),
            not_held: session
                .not_held
                .as_ref()
                .map(|facts| -> Result<NotHeld> {
                    Ok(NotHeld {
                        reason: code(&Some(facts.reason))?.unwrap_or_default(),
                        additional_item_proposal_ids: facts
                            .additional_item_proposal_ids
                            .iter()
                            .map(ToString::to_string)
                            .collect(),
                        text: None,
                        decided_at: None,
                    })
                })
                .transpose()?,
            postponements: Vec::new(),
            invitees: Vec::new(),
            overrides: Vec::new(),
            next_session_on: None,
            conclusions: None,
            note: session.note.clone(),
        })?;
        if held {
            self.frame(session)?;
        }
        self.agenda(session)?;
        self.attendance(session)?;
        self.votes(session)?;
        if held {
            self.settle_votes(session)?;
        }
        self.outcomes(session)?;
        self.annexes(AnnexOwner::Session, session.id.as_str(), &session.annexes)
    }

    fn notice(&self, session: &format::Session) -> Option<NoticeRecord> {
        let convened_at = session.convened_at?.with_timezone(&Utc);
        let sent_on = crate::local(convened_at).date();
        let verdict = self
            .data
            .rule_set(session)
            .and_then(|rules| rules.check_notice(session.kind, session.date, sent_on, &Calendar::default()));
        Some(NoticeRecord {
            convened_at,
            channel: session.convocation.as_ref().and_then(|c| c.channel.clone()),
            required_business_days: verdict.as_ref().map(|v| i64::from(v.need)),
            latest_valid_date: verdict.as_ref().map(|v| v.latest_date),
            short_notice_reason: None,
            business_days: verdict.and_then(|v| i64::try_from(v.have).ok()),
            sequence: 0,
            reason: None,
            agenda_version_id: None,
            announced: None,
        })
    }

    /// The body as it was that day, with everybody the session names.
    fn frame(&mut self, session: &format::Session) -> Result<()> {
        let mut frame = frame_for(self.tx, &session.body_id, session.date)?;
        let mut people: BTreeSet<PersonId> = BTreeSet::new();
        people.extend(session.secretary_person_id.clone());
        people.extend(session.attendance.iter().filter_map(|row| row.person_id.clone()));
        people.extend(session.guests.iter().map(|guest| guest.person_id.clone()));
        people.extend(session.events.iter().filter_map(|event| event.person_id.clone()));
        people.extend(session.agenda.iter().filter_map(|item| item.presenter_person_id.clone()));
        people.extend(session.motions.iter().filter_map(|motion| motion.mover_person_id.clone()));
        people.extend(session.votes.iter().flat_map(|v| v.ballots.iter().map(|b| b.person_id.clone())));
        people.extend(session.statements.iter().map(|statement| statement.person_id.clone()));
        people.extend(session.statements.iter().flat_map(|s| s.adhered_person_ids.clone()));
        people.extend(session.commitments.iter().filter_map(|c| c.responsible_person_id.clone()));
        people.extend(session.minutes.iter().flat_map(|m| m.remarks.iter().map(|r| r.person_id.clone())));
        frame.name_people(self.tx, people)?;
        frame.name_delegations(
            self.tx,
            session.attendance.iter().filter_map(|row| row.delegation_id.clone()).collect::<BTreeSet<_>>(),
        )?;
        self.insert(&SessionFrame { id: session.id.clone(), frame, sealed: session.is_over() })
    }

    fn agenda(&mut self, session: &format::Session) -> Result<()> {
        for item in &session.agenda {
            self.insert(&AgendaItem {
                id: item.id.clone(),
                session_id: session.id.clone(),
                parent_id: None,
                position: item.order,
                section: None,
                title: item.title.clone(),
                kind: item.kind,
                outcome: item.outcome,
                planned_minutes: item.planned_minutes,
                presenter_person_id: item.presenter_person_id.clone(),
                presenter_text: None,
                function_codes: item.functions.iter().map(ToString::to_string).collect(),
                proposal_ids: item.proposal_id.iter().chain(&item.additional_proposal_ids).cloned().collect(),
                minutes_ids: item.minutes_ids.clone(),
                narrative: item.narrative.clone(),
                late: false,
                late_reason: None,
                carried_from_item_id: None,
                note: item.note.clone(),
            })?;
        }
        Ok(())
    }

    fn attendance(&mut self, session: &format::Session) -> Result<()> {
        for (i, guest) in session.guests.iter().enumerate() {
            self.insert(&Guest {
                id: self.id(session.id.as_str(), "g", position(i))?,
                session_id: session.id.clone(),
                person_id: guest.person_id.clone(),
                position: position(i),
                reason: guest.reason.clone(),
                mode: guest.mode,
                attended: Some(true),
            })?;
        }
        for (i, row) in session.attendance.iter().enumerate() {
            // An excuse is the seat's answer; a remark about a seat is kept beside it, as no answer.
            if !row.excuse && row.excuse_text.is_none() && row.note.is_none() {
                continue;
            }
            self.insert(&Confirmation {
                id: self.id(session.id.as_str(), "c", position(i))?,
                session_id: session.id.clone(),
                seat_id: row.seat_id.clone(),
                answer: if row.excuse { Answer::Excused } else { Answer::Unknown },
                person_id: None,
                delegation_id: None,
                mode: None,
                in_writing: row.excuse,
                text: row.excuse_text.clone().or_else(|| row.note.clone()),
                received_at: None,
                channel: None,
                blob_id: None,
                file: None,
            })?;
        }
        for event in &session.events {
            let row = session
                .attendance
                .iter()
                .find(|row| Some(&row.seat_id) == event.seat_id.as_ref() && row.person_id == event.person_id);
            let row = row.filter(|_| {
                matches!(
                    event.kind,
                    EventKind::RollAnswer
                        | EventKind::Arrival
                        | EventKind::LateArrivalAfterDeclaration
                        | EventKind::InvalidDelegation
                )
            });
            self.insert(&Event {
                id: self.id(session.id.as_str(), "e", event.seq)?,
                session_id: session.id.clone(),
                seq: event.seq,
                occurred_at: session.instant(event.time),
                recorded_at: self.tx.ctx.now,
                kind: event.kind,
                seat_id: event.seat_id.clone(),
                person_id: event.person_id.clone(),
                capacity: row.map(|row| row.capacity),
                delegation_id: row
                    .filter(|row| row.capacity != Capacity::Absent)
                    .and_then(|row| row.delegation_id.clone()),
                mode: row.and_then(|row| row.mode),
                identity_means: row.and_then(|row| row.identity_means.clone()),
                item_id: event.item_id.clone(),
                motion_id: event.motion_id.clone(),
                vote_id: event.vote_id.clone(),
                value: event.value,
                until: None,
                detail: event.detail.clone(),
                corrections: Vec::new(),
                struck: None,
            })?;
        }
        Ok(())
    }

    fn votes(&mut self, session: &format::Session) -> Result<()> {
        for motion in &session.motions {
            let filed = session
                .events
                .iter()
                .find(|e| e.kind == EventKind::MotionFiled && e.motion_id.as_ref() == Some(&motion.id));
            let recusal = session
                .recusals
                .iter()
                .position(|r| r.accepted_vote_id.is_some() && r.accepted_vote_id == motion.vote_id);
            let recusal_id = match recusal {
                Some(i) => Some(self.id(session.id.as_str(), "r", position(i))?),
                None => None,
            };
            self.insert(&Motion {
                id: motion.id.clone(),
                session_id: session.id.clone(),
                item_id: motion.item_id.clone(),
                kind: motion.kind,
                text: motion.text.clone(),
                mover_person_id: motion.mover_person_id.clone(),
                filed_at: filed.map(|event| session.instant(event.time)),
                status: motion.status,
                vote_id: motion.vote_id.clone(),
                amends_motion_id: None,
                reopens_vote_id: None,
                recusal_id,
                block_item_ids: Vec::new(),
                taken_out: Vec::new(),
                rewordings: Vec::new(),
                note: motion.note.clone(),
            })?;
        }
        for (i, vote) in session.votes.iter().enumerate() {
            let previous = first_round(&session.votes[..i], vote);
            let opened_at = session.instant(vote.opened);
            let closed_at = vote.closed.map(|clock| session.instant(clock));
            let casting_vote = vote.casting_vote.as_ref().map(|casting| CastingVote {
                seat_id: casting.seat_id.clone(),
                person_id: casting.person_id.clone(),
                value: casting.value,
                explanation: None,
            });
            let explanations = vote.explanations.iter().filter_map(|explanation| {
                let ballot = vote.ballots.iter().find(|b| b.seat_id == explanation.seat_id)?;
                Some(Explanation {
                    person_id: ballot.person_id.clone(),
                    seat_id: Some(explanation.seat_id.clone()),
                    text: explanation.text.clone(),
                })
            });
            // Without ballots (a secret vote, a counted show of hands) the totals are the truth.
            let counted = vote.tally.as_ref().filter(|_| vote.ballots.is_empty()).map(|tally| Counted {
                in_favour: tally.r#for,
                against: tally.against,
                abstain: tally.abstain,
            });
            self.insert(&Vote {
                id: vote.id.clone(),
                session_id: session.id.clone(),
                item_id: vote.item_id.clone(),
                motion_id: vote.motion_id.clone(),
                question: vote.question.clone(),
                method: vote.method,
                rule_id: vote.rule_id.clone(),
                round: if previous.is_some() { 2 } else { 1 },
                previous_vote_id: previous.cloned(),
                status: if closed_at.is_some() { VoteStatus::Closed } else { VoteStatus::Open },
                opened_at,
                closed_at,
                recused_seat_ids: vote.recused_seat_ids.clone(),
                counted,
                casting_vote,
                entitled: None,
                explanations: explanations.collect(),
                verdict: None,
                participant_seat_ids: Vec::new(),
                recounts: Vec::new(),
                note: None,
            })?;
            for (i, ballot) in vote.ballots.iter().enumerate() {
                let row = session.attendance.iter().find(|row| row.seat_id == ballot.seat_id);
                self.insert(&Ballot {
                    id: self.id(vote.id.as_str(), "b", position(i))?,
                    vote_id: vote.id.clone(),
                    seat_id: ballot.seat_id.clone(),
                    person_id: ballot.person_id.clone(),
                    delegation_id: row
                        .filter(|r| {
                            r.capacity == Capacity::Delegate
                                && r.person_id.as_ref() == Some(&ballot.person_id)
                        })
                        .and_then(|r| r.delegation_id.clone()),
                    value: ballot.value,
                    cast_at: closed_at.unwrap_or(opened_at),
                })?;
            }
        }
        for (i, recusal) in session.recusals.iter().enumerate() {
            let vote = session.votes.iter().find(|v| Some(&v.id) == recusal.accepted_vote_id.as_ref());
            let outcome = match (vote.and_then(|v| v.result), recusal.left_at) {
                (Some(format::VoteResultCode::Approved), _) | (None, Some(_)) => RecusalOutcome::Accepted,
                (Some(_), _) => RecusalOutcome::Rejected,
                (None, None) => RecusalOutcome::Pending,
            };
            let blob_id = self.blob(recusal.file.as_ref())?;
            self.insert(&Recusal {
                id: self.id(session.id.as_str(), "r", position(i))?,
                session_id: session.id.clone(),
                item_id: recusal.item_id.clone(),
                seat_id: recusal.seat_id.clone(),
                kind: RecusalKind::Declared,
                person_id: recusal.person_id.clone(),
                challenger_id: None,
                challenger: None,
                ground: recusal.ground.clone(),
                declared_at: session.instant(recusal.declared_at),
                declared_in_writing: recusal.declared_in_writing,
                answer: None,
                ad_hoc: None,
                decided_by: recusal.decided_by,
                outcome,
                vote_id: recusal.accepted_vote_id.clone(),
                deciding_act: None,
                decided_at: vote.and_then(|v| v.closed).map(|clock| session.instant(clock)),
                unanswered: None,
                left_at: recusal.left_at.map(|clock| session.instant(clock)),
                returned_at: recusal.returned_at.map(|clock| session.instant(clock)),
                treatment: recusal.treatment,
                blob_id,
                file: recusal.file.clone(),
            })?;
        }
        Ok(())
    }

    /// Gives each closed vote what presence and ballots make of it: who could vote, and the arithmetic.
    fn settle_votes(&mut self, session: &format::Session) -> Result<()> {
        let facts = course::facts(self.tx, &session.id)?;
        let course = course::course(&facts);
        for vote in facts.votes.iter().filter(|vote| vote.closed_at.is_some()) {
            let Some(now) = course.vote(&vote.id) else { continue };
            self.tx.put(&Vote {
                entitled: Some(now.entitled.clone()),
                verdict: now.verdict.clone(),
                ..vote.clone()
            })?;
        }
        Ok(())
    }

    fn outcomes(&mut self, session: &format::Session) -> Result<()> {
        for decision in &session.decisions {
            let accord = match &decision.accord {
                None => None,
                Some(format::Accord {
                    number,
                    year,
                    title,
                    powers,
                    recitals,
                    articles,
                    publication,
                    file,
                    rule_set_id,
                }) => Some(Accord {
                    number: *number,
                    year: *year,
                    title: title.clone(),
                    powers: powers.clone(),
                    recitals: recitals.clone(),
                    articles: articles.clone(),
                    publication: publication.clone(),
                    rule_set_id: rule_set_id.clone(),
                    blob_id: self.blob(file.as_ref())?,
                    file: file.clone(),
                }),
            };
            self.insert(&Decision {
                id: decision.id.clone(),
                body_id: session.body_id.clone(),
                session_id: session.id.clone(),
                item_id: decision.item_id.clone(),
                kind: decision.kind,
                number: decision.number,
                year: decision.year,
                text: decision.text.clone(),
                decided_on: decision.decided_on,
                vote_id: decision.vote_id.clone(),
                motion_id: session
                    .motions
                    .iter()
                    .find(|m| m.vote_id.is_some() && m.vote_id == decision.vote_id)
                    .map(|m| m.id.clone()),
                proposal_id: decision.proposal_id.clone(),
                accord,
            })?;
        }
        for statement in &session.statements {
            let blob_id = self.blob(statement.file.as_ref())?;
            self.insert(&Statement {
                id: statement.id.clone(),
                session_id: session.id.clone(),
                item_id: statement.item_id.clone(),
                kind: statement.kind,
                person_id: statement.person_id.clone(),
                adhered_person_ids: statement.adhered_person_ids.clone(),
                text: statement.text.clone(),
                vote_id: statement.vote_id.clone(),
                received_at: None,
                blob_id,
                file: statement.file.clone(),
            })?;
        }
        for commitment in &session.commitments {
            let blob_id = self.blob(commitment.file.as_ref())?;
            self.insert(&Commitment {
                id: commitment.id.clone(),
                body_id: session.body_id.clone(),
                session_id: session.id.clone(),
                item_id: commitment.item_id.clone(),
                text: commitment.text.clone(),
                responsible_entity_id: commitment.responsible_entity_id.clone(),
                responsible_person_id: commitment.responsible_person_id.clone(),
                due_on: commitment.due_on,
                due_rule: commitment.due_rule.clone(),
                status: commitment.status,
                closed_on: commitment.closed_on,
                evidence: commitment.evidence.clone(),
                note: commitment.note.clone(),
                blob_id,
                file: commitment.file.clone(),
            })?;
        }
        Ok(())
    }

    fn annexes(&mut self, owner: AnnexOwner, owner_id: &str, annexes: &[format::Annex]) -> Result<()> {
        for annex in annexes {
            let kind = annex.kind.unwrap_or(AnnexKind::Document);
            let blob_id = self.blob(Some(&annex.file))?.unwrap_or_default();
            self.insert(&Annex {
                id: self.id(owner_id, "a", annex.number)?,
                owner,
                owner_id: owner_id.to_owned(),
                number: annex.number,
                title: annex.title.clone(),
                kind,
                file: annex.file.clone(),
                media_type: media_type(&annex.file).to_owned(),
                blob_id,
                public: annex.public && kind != AnnexKind::AttendanceList,
                received: None,
                review: None,
            })?;
        }
        Ok(())
    }

    // ── Minutes ─────────────────────────────────────────────────────────────────────────────────────
    fn minutes(&mut self) -> Result<()> {
        for past in &self.data.past_minutes {
            let mut data = Map::new();
            if let Some(kind) = code(&past.session_kind)? {
                data.insert("session_kind".to_owned(), json!(kind));
            }
            if let Some(count) = past.remarks_count {
                data.insert("remarks_count".to_owned(), json!(count));
            }
            let approved_in = self.data.session_opt(past.approved_in_session_id.as_ref());
            let blob_id = self.blob(past.file.as_ref())?;
            self.insert(&Minutes {
                id: past.id.clone(),
                body_id: past.body_id.clone(),
                session_id: None,
                number: past.number,
                year: past.year,
                kind: MinutesKind::Minutes,
                status: past.status,
                title: past.title.clone(),
                session_date: past.session_date,
                draft_sent_on: past.draft_sent_on,
                remarks_until: None,
                approved_on: approved_in.map(|session| session.date),
                approved_in_session_id: past.approved_in_session_id.clone(),
                approved_vote_id: past.approved_vote_id.clone(),
                signed_on: past.signed_on,
                published_on: past.published_on,
                imported: true,
                imported_on: past.imported_on,
                pages: past.pages,
                corrects_minutes_id: None,
                signatures: Vec::new(),
                overrides: Vec::new(),
                blob_id,
                file: past.file.clone(),
                note: past.note.clone(),
                data: some(data),
            })?;
        }
        for session in &self.data.sessions {
            let Some(minutes) = &session.minutes else { continue };
            let approved_in = self.data.session_opt(minutes.approved_in_session_id.as_ref());
            let blob_id = self.blob(minutes.file.as_ref())?;
            self.insert(&Minutes {
                id: minutes.id.clone(),
                body_id: session.body_id.clone(),
                session_id: Some(session.id.clone()),
                number: minutes.number,
                year: minutes.year,
                kind: minutes.kind,
                status: minutes.status,
                title: None,
                session_date: Some(session.date),
                draft_sent_on: minutes.draft_sent_on,
                remarks_until: minutes.remarks_until,
                approved_on: approved_in.map(|session| session.date),
                approved_in_session_id: minutes.approved_in_session_id.clone(),
                approved_vote_id: approved_in.and_then(|session| approving_vote(session, minutes)),
                signed_on: minutes.signed_on,
                published_on: minutes.published_on,
                imported: false,
                imported_on: None,
                pages: None,
                corrects_minutes_id: None,
                signatures: self.signatures(session, minutes),
                overrides: Vec::new(),
                blob_id,
                file: minutes.file.clone(),
                note: minutes.note.clone(),
                data: None,
            })?;
            for (i, remark) in minutes.remarks.iter().enumerate() {
                self.insert(&Remark {
                    id: self.id(minutes.id.as_str(), "o", position(i))?,
                    minutes_id: minutes.id.clone(),
                    position: position(i),
                    person_id: remark.person_id.clone(),
                    text: remark.text.clone(),
                    received_on: None,
                    accepted: remark.accepted,
                    reason: remark.reason.clone(),
                })?;
            }
        }
        Ok(())
    }

    /// Who signs by the rule set, and when they did.
    fn signatures(&self, session: &format::Session, minutes: &format::Minutes) -> Vec<Signature> {
        let Some(rules) = self.data.rule_set(session) else { return Vec::new() };
        rules
            .minutes
            .signers
            .iter()
            .filter_map(|signer| {
                let (role, person) = match signer {
                    Signer::Chair => ("chair", session.chair.as_ref().map(|chair| &chair.person_id)),
                    Signer::Secretariat => ("secretariat", session.secretary_person_id.as_ref()),
                };
                Some(Signature {
                    role: role.to_owned(),
                    person_id: person?.clone(),
                    signed_on: minutes.signed_on,
                    missing_reason: None,
                    was_missing: None,
                    electronic: None,
                })
            })
            .collect()
    }

    // ── Proposals, plans, registers ─────────────────────────────────────────────────────────────────
    fn proposals(&mut self) -> Result<()> {
        for (proposal, raw) in &self.data.proposals {
            let mut profile = raw.as_object().cloned().unwrap_or_default();
            for key in [
                "id",
                "body_id",
                "code",
                "title",
                "short_title",
                "status",
                "status_history",
                "filed_on",
                "proponent_entity_id",
                "target_session_id",
                "contact_person_id",
                "annexes",
            ] {
                profile.remove(key);
            }
            let Some(body_id) = self.data.body_of(proposal) else { continue };
            self.insert(&Proposal {
                id: proposal.id.clone(),
                body_id,
                code: proposal.code.clone(),
                title: proposal.title.clone(),
                short_title: proposal.short_title.clone(),
                status: proposal.status,
                status_history: proposal.status_history.clone(),
                reception_number: None,
                reception_year: None,
                external_filing_number: None,
                filed_on: proposal.filed_on,
                proponent_entity_id: proposal.proponent_entity_id.clone(),
                target_session_id: proposal.target_session_id.clone(),
                contact_person_id: proposal.contact_person_id.clone(),
                profile,
                updated_at: self.tx.ctx.now,
            })?;
            self.annexes(AnnexOwner::Proposal, proposal.id.as_str(), &proposal.annexes)?;
        }
        Ok(())
    }

    fn work_plans(&mut self) -> Result<()> {
        for (_, plan) in &self.data.work_plans {
            self.insert(&WorkPlan {
                id: plan.id.clone(),
                body_id: plan.body_id.clone(),
                year: plan.year,
                approved_in_session_id: plan.approved_in_session_id.clone(),
                vote_id: plan.vote_id.clone(),
                decision_id: plan.decision_id.clone(),
                note: plan.note.clone(),
            })?;
            for (i, activity) in plan.activities.iter().enumerate() {
                let blob_id = self.blob(activity.file.as_ref())?;
                self.insert(&Activity {
                    id: activity.id.clone(),
                    work_plan_id: plan.id.clone(),
                    position: activity.order.unwrap_or(position(i)),
                    activity: activity.activity.clone(),
                    function_codes: activity.function_ids.iter().map(ToString::to_string).collect(),
                    product: activity.product.clone(),
                    responsible_entity_id: activity.responsible_entity_id.clone(),
                    responsible_person_id: activity.responsible_person_id.clone(),
                    due_on: activity.due_on,
                    done_on: activity.done_on,
                    status: activity.status,
                    evidence: activity.evidence.clone(),
                    blob_id,
                    file: activity.file.clone(),
                    note: activity.note.clone(),
                })?;
            }
        }
        Ok(())
    }

    fn registers(&mut self) -> Result<()> {
        let data = self.data;
        let names: BTreeMap<&CatalogItemId, &str> =
            data.indicators.iter().map(|(i, _)| (&i.id, i.name.as_str())).collect();
        let mut entries: Vec<(&str, &CatalogItemId, Option<String>, String, &Value)> = Vec::new();
        let day = |day: Option<NaiveDate>| day.map(|d| d.to_string());
        for (entry, raw) in &data.interactions {
            entries.push(("interaction", &entry.id, day(Some(entry.date)), entry.summary.clone(), raw));
        }
        for (entry, raw) in &data.instruments {
            entries.push(("instrument", &entry.id, day(entry.signed_on), entry.title.clone(), raw));
        }
        for (entry, raw) in &data.indicators {
            entries.push(("indicator", &entry.id, None, entry.name.clone(), raw));
        }
        for (entry, raw) in &data.measurements {
            let name = names.get(&entry.indicator_id).copied().unwrap_or_default();
            let title = format!("{name} · {}", entry.period);
            entries.push(("measurement", &entry.id, day(entry.reported_on), title, raw));
        }
        for (entry, raw) in &data.opportunities {
            entries.push(("opportunity", &entry.id, day(entry.opens_on), entry.title.clone(), raw));
        }
        let mut register = "";
        let mut count = 0;
        for (name, id, date, title, raw) in entries {
            count = if name == register { count + 1 } else { 1 };
            register = name;
            self.insert(&RegisterEntry {
                id: id.clone(),
                register: name.to_owned(),
                position: count,
                date,
                title,
                data: raw.clone(),
            })?;
        }
        Ok(())
    }
}

/// A code as the text the record keeps.
fn code<T: serde::Serialize>(value: &Option<T>) -> Result<Option<String>> {
    match value {
        None => Ok(None),
        Some(value) => {
            Ok(serde_json::to_value(value).map_err(Failure::internal)?.as_str().map(str::to_owned))
        }
    }
}

/// The vote this one repeats: an earlier one on the same motion that ended in a second round.
fn first_round<'a>(earlier: &'a [format::Vote], vote: &format::Vote) -> Option<&'a VoteId> {
    earlier
        .iter()
        .rev()
        .find(|v| {
            v.motion_id.is_some()
                && v.motion_id == vote.motion_id
                && v.result == Some(format::VoteResultCode::SecondRound)
        })
        .map(|v| &v.id)
}

/// The vote by which a session approved minutes: the only one of the item that submitted them.
fn approving_vote(session: &format::Session, minutes: &format::Minutes) -> Option<VoteId> {
    let item = session.agenda.iter().find(|item| item.minutes_ids.contains(&minutes.id))?;
    match item.vote_ids.as_slice() {
        [vote] => Some(vote.clone()),
        _ => None,
    }
}

/// The media type a file's extension says.
fn media_type(file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "html" => "text/html",
        "zip" => "application/zip",
        "eml" => "message/rfc822",
        "msg" => "application/vnd.ms-outlook",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

impl format::Session {
    /// The instant of a clock time of the session. One that runs past midnight ends the next day: a time more than
    /// twelve hours before its first event is of the day after.
    pub(super) fn instant(&self, clock: Clock) -> DateTime<Utc> {
        let first = self.events.first().map(|event| event.time.0);
        let next_day = first.is_some_and(|first| first - clock.0 > TimeDelta::hours(12));
        let day = if next_day { self.date.succ_opt().unwrap_or(self.date) } else { self.date };
        instant(day.and_time(clock.0))
    }

    /// Whether nothing more can happen in it.
    pub(super) fn is_over(&self) -> bool {
        use crate::codes::SessionStatus::{Adjourned, Informative, NotHeldNoQuorum};
        matches!(self.status, Adjourned | Informative | NotHeldNoQuorum)
    }
}

impl Data {
    /// The session with that id, when there is one.
    pub(super) fn session_opt(&self, id: Option<&crate::ids::SessionId>) -> Option<&format::Session> {
        id.and_then(|id| self.sessions.iter().find(|session| session.id == *id))
    }

    /// The rule set a session was held under.
    pub(super) fn rule_set(&self, session: &format::Session) -> Option<&crate::rules::RuleSet> {
        let body = self.body(&session.body_id)?;
        match &session.rule_set_id {
            Some(id) => body.rule_sets.iter().find(|rules| rules.id == id.as_str()),
            None => body.rule_sets.iter().find(|rules| rules.in_force_on(session.date)),
        }
    }

    /// The body a proposal is put to: as said, or that of its sessions, or the first commission, or the first body.
    pub(super) fn body_of(&self, proposal: &format::Proposal) -> Option<BodyId> {
        let history = proposal.status_history.iter().filter_map(|change| change.session_id.as_ref());
        let sessions = proposal.target_session_id.iter().chain(history);
        let of_session =
            || sessions.clone().find_map(|id| self.session_opt(Some(id))).map(|s| s.body_id.clone());
        let first = || {
            let commission = self.bodies.iter().find(|(_, b)| b.kind == BodyKind::IntersectoralCommission);
            commission.or_else(|| self.bodies.first()).map(|(_, body)| body.id.clone())
        };
        proposal.body_id.clone().or_else(of_session).or_else(first)
    }
}
