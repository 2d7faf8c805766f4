//! Sessions: their life, and the frame of the body they were held in.

pub mod plan;
pub(crate) mod unusual;
pub mod year;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::{Body, BodyFunction, Holder, Invitee, Seat, StoredRuleSet};
use crate::catalog::{Entity, Sector};
use crate::codes::{
    AttendanceMode, Gender, HolderKind, Level, SessionKind, SessionMode, SessionStatus, Treatment,
};
use crate::delegation::Delegation;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{
    AgendaItemId, AgendaVersionId, BodyId, DelegationId, EntityId, GuestId, InviteeId, MotionId, PartnerId,
    PersonId, RuleSetId, SeatId, SessionId,
};
use crate::journal::Read;
use crate::person::Person;
use crate::preflight::StepOverride;
use crate::rules::RuleSet;
use crate::{record, text};

/// How and when a session was convened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoticeRecord {
    /// When the notice went out.
    pub convened_at: DateTime<Utc>,
    /// By which channel, such as `institutional_email`.
    #[serde(default)]
    pub channel: Option<String>,
    /// Business days of notice the rules ask for.
    #[serde(default)]
    pub required_business_days: Option<i64>,
    /// Last day on which the notice was in time.
    #[serde(default)]
    pub latest_valid_date: Option<NaiveDate>,
    /// Why the notice was short, when it was.
    #[serde(default)]
    pub short_notice_reason: Option<String>,
    /// Business days it actually had.
    #[serde(default)]
    pub business_days: Option<i64>,
    /// 0 for the first notice of the session, 1 for the next…
    #[serde(default)]
    pub sequence: i64,
    /// Why there was a new notice.
    #[serde(default)]
    pub reason: Option<String>,
    /// The agenda as it went out.
    #[serde(default)]
    pub agenda_version_id: Option<AgendaVersionId>,
    /// What it announced.
    #[serde(default)]
    pub announced: Option<Announced>,
}

/// From when until when the seats reply in a written session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyWindow {
    /// When the first reply may come.
    pub opens_at: DateTime<Utc>,
    /// When the last one may; that instant is in time.
    pub closes_at: DateTime<Utc>,
}

/// A motion of a written session as a notice published it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoticedMotion {
    /// The motion.
    pub motion_id: MotionId,
    /// The item it is under.
    pub item_id: AgendaItemId,
    /// Its text.
    pub text: String,
}

/// When and where a notice said that the session would be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Announced {
    /// The day.
    pub date: NaiveDate,
    /// The time, Bogotá.
    pub start: Option<NaiveTime>,
    /// How people meet.
    pub mode: SessionMode,
    /// Where.
    pub place: Option<String>,
    /// The meeting platform.
    pub platform: Option<String>,
    /// The papers it went with; `null` when it did not keep them.
    #[serde(default)]
    pub annexes: Option<Vec<NoticedAnnex>>,
    /// Of a written session: until when it is replied.
    #[serde(default)]
    pub replies: Option<ReplyWindow>,
    /// Of a written session: the text of each motion.
    #[serde(default)]
    pub motions: Vec<NoticedMotion>,
}

/// An annex as a notice listed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoticedAnnex {
    /// Its number in the session.
    pub number: i64,
    /// Its title.
    pub title: String,
}

/// A change of date before a session was held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Postponement {
    /// The date it had.
    pub from: NaiveDate,
    /// The date it got; `null` when still to be set.
    pub to: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
}

/// Facts of a session that was not held, beyond its events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NotHeld {
    /// `no_quorum`, `cancelled`.
    pub reason: String,
    /// Proposals whose items were not treated beyond those of the agenda.
    #[serde(default)]
    pub additional_item_proposal_ids: Vec<String>,
    /// In words.
    #[serde(default)]
    pub text: Option<String>,
    /// When it was cancelled, or the lack of quorum was declared; `null` where nobody recorded it.
    #[serde(default)]
    pub decided_at: Option<DateTime<Utc>>,
}

/// Whether a permanent invitee came to a session, as the secretary recorded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct InviteeAttendance {
    /// The invitee.
    pub invitee_id: InviteeId,
    /// Whether it came.
    pub attended: bool,
}

/// A session of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The body.
    pub body_id: BodyId,
    /// Its number in the year; an informative session has none, and the next one takes what it had.
    pub number: Option<i64>,
    /// The year it is numbered in.
    pub year: i32,
    /// Ordinary or extraordinary.
    pub kind: SessionKind,
    /// In person, virtual, mixed, written.
    pub mode: SessionMode,
    /// Where it stands.
    pub status: SessionStatus,
    /// The day it is (to be) held.
    pub date: NaiveDate,
    /// Convened time, Bogotá.
    pub planned_start: Option<NaiveTime>,
    /// Expected end, Bogotá.
    pub planned_end: Option<NaiveTime>,
    /// Of a written session: from when until when replies are received, as its notice publishes it.
    pub replies: Option<ReplyWindow>,
    /// Where.
    pub place: Option<String>,
    /// The meeting platform, for virtual and mixed ones.
    pub platform: Option<String>,
    /// The rule set it is held under; set when convened or opened.
    pub rule_set_id: Option<RuleSetId>,
    /// Who acts as secretary.
    pub secretary_person_id: Option<PersonId>,
    /// How it was convened.
    pub notice: Option<NoticeRecord>,
    /// Whether it is recorded, and people were told.
    pub recording: bool,
    /// Whether it was kept on paper and entered afterwards.
    pub entered_afterwards: bool,
    /// Why and from which paper it was entered afterwards.
    pub entered_note: Option<String>,
    /// Facts of a session not held.
    pub not_held: Option<NotHeld>,
    /// Its changes of date.
    pub postponements: Vec<Postponement>,
    /// The permanent invitees of whom it was recorded whether they came; nothing is known of the others.
    pub invitees: Vec<InviteeAttendance>,
    /// Date announced for the next session.
    pub next_session_on: Option<NaiveDate>,
    /// Conclusions, Markdown.
    pub conclusions: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Checks gone past when it was opened, at its votes and when it was adjourned, with their printed reasons; those of its notice are the notice's.
    pub overrides: Vec<StepOverride>,
}
record!(Session, "session");

impl Session {
    /// Its name inside a sentence, short: "sesión 3 de 2025"; of one without a number, "sesión informativa del 27 de marzo
    /// de 2025".
    #[must_use]
    pub fn said(&self) -> Text {
        let (date, year) = (self.date, self.year);
        match self.number {
            Some(number) => text!("sesión {number} de {year}", "session {number} of {year}"),
            None => {
                text!(dates date; "sesión informativa del {date}", "informative session of {date}")
            }
        }
    }

    /// What tells it apart in the name of a file: "2025-03", or the day of one without a number.
    #[must_use]
    pub fn stem(&self) -> String {
        self.number.map_or_else(|| self.date.to_string(), |number| format!("{}-{number:02}", self.year))
    }
}

/// A person as they were on the day of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FramePerson {
    /// Its id.
    pub id: PersonId,
    /// As printed.
    pub full_name: String,
    /// As sorted.
    pub sort_name: String,
    /// Form of address.
    pub treatment: Treatment,
    /// Gender that sentences agree with.
    pub gender: Gender,
    /// Post.
    pub position: Option<String>,
    /// Name of the entity or organisation.
    pub entity: Option<String>,
    /// The entity, when it is one of the city's.
    pub entity_id: Option<EntityId>,
    /// The partner, when it is one.
    pub partner_id: Option<PartnerId>,
    /// Hierarchical level.
    pub level: Option<Level>,
}

impl FramePerson {
    /// A person as they are now.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn now(read: &Read<'_>, person: Person) -> Result<Self> {
        let entity = find_entity(read, person.entity_id.as_ref())?.map(|entity| entity.name);
        Ok(Self {
            id: person.id,
            full_name: person.full_name,
            sort_name: person.sort_name,
            treatment: person.treatment,
            gender: person.grammatical_gender,
            position: person.position,
            entity: entity.or(person.organization),
            entity_id: person.entity_id,
            partner_id: person.partner_id,
            level: person.level,
        })
    }
}

/// A seat as it was on the day of a session, with the names that were its entity's and sector's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FrameSeat {
    /// The seat.
    pub seat: Seat,
    /// Full name of its entity.
    pub entity: Option<String>,
    /// Short name of its entity.
    pub entity_short: Option<String>,
    /// Name of its sector or component.
    pub group: Option<String>,
}

/// A permanent invitee as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FrameInvitee {
    /// Its id.
    pub id: InviteeId,
    /// Its name.
    pub name: String,
    /// The entity, when it is one of the city's.
    pub entity_id: Option<EntityId>,
    /// The partner, when it is one.
    pub partner_id: Option<PartnerId>,
}

impl FrameInvitee {
    /// Whether a person comes for it: of its entity, of its partner, or of an organisation of its name or its short one.
    #[must_use]
    pub fn sends(&self, person: &FramePerson) -> bool {
        self.entity_id.is_some() && self.entity_id == person.entity_id
            || self.partner_id.is_some() && self.partner_id == person.partner_id
            || person.entity.as_ref().is_some_and(|entity| {
                // "Agencia Presidencial de Cooperación Internacional de Colombia – APC-Colombia", by either of its names.
                *entity == self.name || self.name.split(" – ").any(|name| name == entity)
            })
    }
}

/// Everything of the body that a session depends on, frozen when it opens: editing today's seats, holders,
/// people or rules never changes an old session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Frame {
    /// Name of the body.
    pub body_name: String,
    /// The creating act as printed.
    pub creating_act: String,
    /// Name of the technical secretariat.
    pub secretariat_name: Option<String>,
    /// The rule set in force.
    pub rule_set: RuleSet,
    /// The seats, by number.
    pub seats: Vec<FrameSeat>,
    /// The holders on that day.
    pub holders: Vec<Holder>,
    /// The last holder of each seat of an organisation whose term was over on that day.
    #[serde(default)]
    pub lapsed: Vec<Holder>,
    /// The last of each seat to have ceased before that day, whoever came after.
    #[serde(default)]
    pub former: Vec<Holder>,
    /// The delegations of those seats that cover the day, valid or not.
    pub delegations: Vec<Delegation>,
    /// Everyone named in the session.
    pub people: Vec<FramePerson>,
    /// The permanent invitees.
    pub invitees: Vec<FrameInvitee>,
    /// The body's functions.
    pub functions: Vec<BodyFunction>,
}

/// A session's frame as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionFrame {
    /// The session.
    pub id: SessionId,
    /// The frame.
    pub frame: Frame,
    /// Whether the session ended and nothing may be added any more.
    pub sealed: bool,
}
record!(SessionFrame, "session_frame");

/// The session of that id, or named `BODY:YEAR/NUMBER`; `BODY:` may be left out when one session alone fits.
///
/// # Errors
/// `not_found` when there is none, `invalid_input` when several fit.
pub fn named(read: &Read<'_>, name: &str) -> Result<Session> {
    let (body, numbers) = name.rsplit_once(':').map_or((None, name), |(body, rest)| (Some(body), rest));
    let numbers = numbers.split_once('/').and_then(|(year, number)| {
        Some((year.trim().parse::<i32>().ok()?, number.trim().parse::<i64>().ok()?))
    });
    let Some((year, number)) = numbers else { return read.get(name) };
    let mut found: Vec<Session> = read.select(
        "WHERE year = ?1 AND number = ?2 AND (?3 IS NULL OR body_id = ?3) ORDER BY body_id",
        (year, number, body),
    )?;
    if found.len() > 1 {
        let names: Vec<String> = found.iter().map(|s| format!("{}:{year}/{number}", s.body_id)).collect();
        let list = names.join(", ");
        return Err(Failure::new(
            Code::InvalidInput,
            text!(
                "Varias instancias tienen la sesión {number} de {year}. Diga cuál: {list}.",
                "Several bodies have session {number} of {year}. Say which: {list}."
            ),
        )
        .with(serde_json::json!({ "sessions": names })));
    }
    found.pop().ok_or_else(|| Failure::not_found("session", name))
}

/// Who holds the seats of body `?1` on day `?2`.
const HOLDERS_ON: &str = "JOIN seat ON seat.id = holder.seat_id WHERE seat.body_id = ?1 AND holder.valid_from <= ?2
    AND (holder.valid_to IS NULL OR holder.valid_to >= ?2) ORDER BY seat.number, holder.valid_from, holder.id";

/// The last to have ceased in the seats of body `?1` before day `?2`.
const CEASED_BEFORE: &str = "JOIN seat ON seat.id = holder.seat_id WHERE seat.body_id = ?1 AND holder.valid_to < ?2 AND NOT EXISTS
    (SELECT 1 FROM holder AS later WHERE later.seat_id = holder.seat_id AND later.valid_to < ?2 AND later.valid_to > holder.valid_to)
    ORDER BY seat.number, holder.id";

/// The delegations of those seats that cover the day, valid or not.
const DELEGATIONS_ON: &str = "JOIN seat ON seat.id = delegation.seat_id WHERE seat.body_id = ?1 AND delegation.valid_from <= ?2
    AND (delegation.valid_to IS NULL OR delegation.valid_to >= ?2) ORDER BY seat.number, delegation.valid_from, delegation.id";

/// The frame of a body for a session held on `date`, from dated data as of that day: seats, holders, delegations
/// that cover it, the rule set in force, and the people of those. [`Frame::name_people`] adds the others.
///
/// # Errors
/// `not_found` when there is no such body, `wrong_state` when no rule set is in force that day.
pub fn frame_for(read: &Read<'_>, body_id: &BodyId, date: NaiveDate) -> Result<Frame> {
    let body: Body = read.get(body_id)?;
    let id = body_id.as_str();
    let rule_set = read
        .select::<StoredRuleSet>(
            "WHERE body_id = ?1 AND effective_from <= ?2 AND (effective_to IS NULL OR effective_to >= ?2)
             ORDER BY effective_from DESC LIMIT 1",
            (id, date.to_string()),
        )?
        .pop()
        .ok_or_else(|| {
            let name = &body.name;
            Failure::new(
                Code::WrongState,
                text!(
                    dates date;
                    "El {date} no había un reglamento vigente de «{name}». Registre uno en Integrantes, con su fecha de vigencia.",
                    "On {date} no rule set of “{name}” was in force. Register one under Members, with its dates."
                ),
            )
        })?;
    let mut seats = Vec::new();
    for seat in read.select::<Seat>(
        "WHERE body_id = ?1 AND (valid_from IS NULL OR valid_from <= ?2) AND (valid_to IS NULL OR valid_to >= ?2)
         ORDER BY number, id",
        (id, date.to_string()),
    )? {
        let entity = find_entity(read, seat.entity_id.as_ref())?;
        let sector = match &seat.sector_id {
            Some(id) => read.find::<Sector>(id)?.map(|sector| sector.name),
            None => None,
        };
        let component =
            body.components.iter().find(|c| Some(&c.id) == seat.component_id.as_ref()).map(|c| c.name.clone());
        seats.push(FrameSeat {
            entity_short: entity.as_ref().map(|e| e.short().to_owned()),
            entity: entity.map(|e| e.name),
            group: sector.or(component),
            seat,
        });
    }
    let holders = read.select::<Holder>(HOLDERS_ON, (id, date.to_string()))?;
    let lapsed = lapsed(read, &seats, date)?;
    let former = read.select::<Holder>(CEASED_BEFORE, (id, date.to_string()))?;
    let delegations = read.select::<Delegation>(DELEGATIONS_ON, (id, date.to_string()))?;
    let invitees = read
        .select::<Invitee>("WHERE body_id = ?1 ORDER BY position, id", [id])?
        .into_iter()
        .map(|invitee| FrameInvitee {
            id: invitee.id,
            name: invitee.name,
            entity_id: invitee.entity_id,
            partner_id: invitee.partner_id,
        })
        .collect();
    let mut frame = Frame {
        body_name: body.name,
        creating_act: body.creating_act.text,
        secretariat_name: body.technical_secretariat.map(|secretariat| secretariat.name),
        rule_set: rule_set.rules,
        seats,
        holders,
        lapsed,
        former,
        delegations,
        people: Vec::new(),
        invitees,
        functions: read.select("WHERE body_id = ?1 ORDER BY scope, position, id", [id])?,
    };
    let people: Vec<PersonId> = frame
        .holders
        .iter()
        .chain(&frame.lapsed)
        .map(|h| h.person_id.clone())
        .chain(frame.delegations.iter().flat_map(|d| [d.principal_id.clone(), d.delegate_id.clone()]))
        .collect();
    frame.name_people(read, people)?;
    Ok(frame)
}

/// The last holders of organisations' seats that nobody holds on a day: their term is over.
fn lapsed(read: &Read<'_>, seats: &[FrameSeat], day: NaiveDate) -> Result<Vec<Holder>> {
    let mut found = Vec::new();
    for seat in seats.iter().filter(|s| s.seat.is_accredited()) {
        let last: Vec<Holder> = read.select(
            "WHERE seat_id = ?1 AND valid_from <= ?2 ORDER BY valid_to IS NULL DESC, valid_to DESC, valid_from DESC LIMIT 1",
            (&seat.seat.id, day.to_string()),
        )?;
        found.extend(last.into_iter().filter(|holder| !holder.covers(day)));
    }
    Ok(found)
}

fn find_entity(read: &Read<'_>, id: Option<&EntityId>) -> Result<Option<Entity>> {
    id.map_or(Ok(None), |id| read.find(id))
}

impl Frame {
    /// Who held a seat on a day: whoever was in charge of it before its holder.
    #[must_use]
    pub fn holder_on(&self, seat: &SeatId, day: NaiveDate) -> Option<&Holder> {
        let on_day = |kind: HolderKind| {
            self.holders.iter().find(|h| {
                h.seat_id == *seat
                    && h.kind == kind
                    && h.valid_from <= day
                    && h.valid_to.is_none_or(|last| day <= last)
            })
        };
        on_day(HolderKind::Acting).or_else(|| on_day(HolderKind::Holder))
    }

    /// What somebody held a seat by until a day before this one.
    #[must_use]
    pub fn former_holder(&self, seat: &SeatId, person: &PersonId, day: NaiveDate) -> Option<&Holder> {
        let ceased = self.holders.iter().chain(&self.former).filter(|h| {
            h.seat_id == *seat && h.person_id == *person && h.valid_to.is_some_and(|last| last < day)
        });
        ceased.max_by_key(|h| h.valid_to)
    }

    /// Whether whoever stands in for the holder of a seat is an alternate, by letter, and no delegate.
    #[must_use]
    pub fn sends_alternate(&self, seat: &SeatId) -> bool {
        self.seat(seat).is_some_and(|s| s.seat.represents_organisation())
    }

    /// Adds people named in the session, as they are now. Those it has already stay as they are.
    ///
    /// # Errors
    /// `not_found` when one does not exist.
    pub fn name_people(&mut self, read: &Read<'_>, ids: impl IntoIterator<Item = PersonId>) -> Result<()> {
        let mut known: BTreeSet<PersonId> = self.people.iter().map(|p| p.id.clone()).collect();
        for id in ids {
            if !known.insert(id.clone()) {
                continue;
            }
            self.people.push(FramePerson::now(read, read.get(&id)?)?);
        }
        self.people.sort_by(|a, b| (&a.sort_name, &a.id).cmp(&(&b.sort_name, &b.id)));
        Ok(())
    }

    /// Adds whoever holds the seats, and the delegations in force, on another day on which the session sits.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn sit_on(&mut self, read: &Read<'_>, body: &BodyId, day: NaiveDate) -> Result<()> {
        let then = (body.as_str(), day.to_string());
        let holders = read.select::<Holder>(HOLDERS_ON, (then.0, &then.1))?;
        // Whoever left the seat meanwhile held it until the day before.
        for known in self.holders.iter_mut().filter(|known| known.valid_from < day) {
            if known.valid_to.is_none_or(|last| day <= last) && holders.iter().all(|h| h.id != known.id) {
                known.valid_to = day.pred_opt();
            }
        }
        for holder in holders {
            if self.seat(&holder.seat_id).is_some() && self.holders.iter().all(|known| known.id != holder.id)
            {
                self.name_people(read, [holder.person_id.clone()])?;
                self.holders.push(holder);
            }
        }
        let delegations = read.select::<Delegation>(DELEGATIONS_ON, (then.0, &then.1))?;
        let seated = delegations.into_iter().filter(|d| self.seat(&d.seat_id).is_some()).map(|d| d.id);
        let seated: Vec<DelegationId> = seated.collect();
        self.name_delegations(read, seated)
    }

    /// Adds delegations named in the session that do not cover its day, with their people.
    ///
    /// # Errors
    /// `not_found` when one does not exist.
    pub fn name_delegations(
        &mut self,
        read: &Read<'_>,
        ids: impl IntoIterator<Item = DelegationId>,
    ) -> Result<()> {
        for id in ids {
            if self.delegations.iter().any(|known| known.id == id) {
                continue;
            }
            let delegation: Delegation = read.get(&id)?;
            self.name_people(read, [delegation.principal_id.clone(), delegation.delegate_id.clone()])?;
            self.delegations.push(delegation);
        }
        Ok(())
    }
}

/// Somebody who attends without a seat: voice, no vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Guest {
    /// Its id.
    pub id: GuestId,
    /// The session.
    pub session_id: SessionId,
    /// The person.
    pub person_id: PersonId,
    /// Order, from 1.
    pub position: i64,
    /// Why they attend: "Presenta «Portafolio de ciudad»".
    pub reason: Option<String>,
    /// How they attend.
    pub mode: Option<AttendanceMode>,
    /// Whether they came; `null` while nobody said otherwise of who is on the list.
    pub attended: Option<bool>,
}

impl Guest {
    /// Whether they are told as attending: on the list, and not recorded as absent.
    #[must_use]
    pub fn came(&self) -> bool {
        self.attended != Some(false)
    }
}
record!(Guest, "guest");
