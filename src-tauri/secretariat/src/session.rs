//! Sessions: their life, and the frame of the body they were held in.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::{BodyFunction, Holder, Seat};
use crate::codes::{AttendanceMode, Gender, Level, SessionKind, SessionMode, SessionStatus, Treatment};
use crate::delegation::Delegation;
use crate::ids::{BodyId, GuestId, InviteeId, PersonId, RuleSetId, SessionId};
use crate::record;
use crate::rules::RuleSet;

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
}

/// A session of a body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The body.
    pub body_id: BodyId,
    /// Its number in the year.
    pub number: i64,
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
    /// Date announced for the next session.
    pub next_session_on: Option<NaiveDate>,
    /// Conclusions, Markdown.
    pub conclusions: Option<String>,
    /// Remark.
    pub note: Option<String>,
}
record!(Session, "session");

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
    /// Hierarchical level.
    pub level: Option<Level>,
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
}
record!(Guest, "guest");
