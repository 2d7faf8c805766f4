//! The data format, file by file, as typed structs. Their JSON Schema is the format's definition.
//!
//! `null` and an absent field mean the same: unknown or not applicable. Clock times are Bogotá's.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::body::{Accreditation, Act, Component, CreatingAct, Sourced};
use crate::codes::{
    ActivityStatus, AgendaKind, AgendaOutcome, AnnexKind, AttendanceMode, BallotValue, BodyKind, Capacity,
    CommitmentStatus, DecisionKind, DelegationScope, DelegationStatus, EventKind, Gender, HolderKind, Level,
    MinutesKind, MinutesStatus, MotionKind, MotionStatus, ProposalStatus, SeatRole, SessionKind, SessionMode,
    SessionStatus, StatementKind, Treatment, VoteMethod,
};
use crate::commitment::DueRule;
use crate::decision::RegistryPublication;
use crate::ids::{
    ActivityId, AgendaItemId, BodyId, CatalogItemId, CommitmentId, DecisionId, DelegationId, EntityId,
    FunctionId, InviteeId, MinutesId, MotionId, PartnerId, PersonId, ProposalId, RuleSetId, SeatId, SectorId,
    SessionId, StatementId, VoteId, WorkPlanId,
};
use crate::proposal::StatusChange;
use crate::rules::{RecusalDecider, RecusalTreatment, RuleSet};

/// A clock time in Bogotá, `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct Clock(pub NaiveTime);

impl TryFrom<String> for Clock {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if text.len() != 5 {
            return Err(format!("`{text}` is not a clock time HH:MM"));
        }
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map(Self)
            .map_err(|_| format!("`{text}` is not a clock time HH:MM"))
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> String {
        clock.0.format("%H:%M").to_string()
    }
}

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%H:%M"))
    }
}

/// The structs of one file or part of it; all derive the same.
macro_rules! format_structs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct $name { $(
            #[allow(missing_docs)]
            $(#[$field_meta])*
            pub $field: $type,
        )* }
    )* };
}

/// Codes of the format that the record keeps as they came.
macro_rules! format_codes {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),* $(,)? })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)]
        pub enum $name { $($variant),* }
    )* };
}

format_codes! {
    /// Why a proposal was put off.
    PostponementCause { BodyDecision, NoQuorum }
    /// Where the endorsement of the national agency stands.
    EndorsementCode { NotRequired, ToRequest, Requested, Endorsed }
    /// Who pays a budget line.
    SourceKind { Entity, Partner }
    /// In money or in kind.
    BudgetLineKind { Cash, InKind }
    /// Whole city or some localities.
    LocationScope { City, Localities }
    /// Life of an instrument.
    InstrumentStatus { Negotiation, Signing, InForce, Expired, Ended, Suspended }
    /// Parties of an instrument.
    InstrumentScope { Bilateral, Multilateral }
    /// Kind of interaction.
    InteractionKind { Meeting, Call, TechnicalVisit, Workshop, Event, Signing, VerbalAgreement }
    /// How far a relationship has come.
    RelationshipStage { Exploration, Negotiation, Active, Strategic, Inactive }
    /// How often an indicator is measured.
    IndicatorFrequency { Once, Monthly, HalfYearly }
    /// How an indicator's measurements add up.
    IndicatorAggregation { Cumulative, Milestone, LastValue, YearSum }
    /// Which way is better.
    IndicatorDirection { Up, Down }
    /// How firm a measurement is.
    MeasurementStatus { Validated, Preliminary, Pending }
    /// Kind of opportunity.
    OpportunityKind { Funding, Training, Award, Internship }
    /// Whether an opportunity still receives applications.
    OpportunityStatus { Open, Closed }
    /// Whether a permanent invitee is national, regional or a participation body.
    InviteeScope { National, Regional, Participation }
    /// What a person is to the body.
    PersonRole { Holder, Delegate, Liaison, Secretariat, Guest, GroupMember }
    /// Why a session was not held.
    NotHeldReason { NoQuorum, Cancelled }
    /// What a vote came to.
    VoteResultCode { Approved, Rejected, SecondRound, TieUnresolved, NoConsensus, NoQuorum, Invalid }
    /// What a vote's closing came to; a tie still awaits the casting vote.
    CloseResult { Approved, Rejected, Tie, SecondRound, TieUnresolved, NoConsensus, NoQuorum, Invalid }
}

// ── catalogs.json ───────────────────────────────────────────────────────────────────────────────────
format_structs! {
    /// `catalogs.json`.
    CatalogsFile {
        #[serde(default)] meta: Map<String, Value>,
        #[serde(default)] sectors: Vec<Sector>,
        #[serde(default)] strategy: Option<Strategy>,
        #[serde(default)] actor_categories: Vec<ActorCategory>,
        #[serde(default)] city_networks: Vec<CatalogEntry>,
        #[serde(default)] principles: Vec<CatalogEntry>,
        #[serde(default)] sdgs: Vec<CatalogEntry>,
        #[serde(default)] development_plan_objectives: Vec<CatalogEntry>,
        #[serde(default)] cooperation_modalities: Vec<CatalogEntry>,
        #[serde(default)] instrument_kinds: Vec<CatalogEntry>,
        #[serde(default)] populations: Vec<CatalogEntry>,
        #[serde(default)] proposal_roles: Vec<CatalogEntry>,
        #[serde(default)] project_criteria: Vec<CatalogEntry>,
    }
    /// An administrative sector with its entities.
    Sector {
        id: SectorId,
        #[serde(default)] order: Option<i64>,
        name: String,
        #[serde(default)] head_entity_id: Option<EntityId>,
        #[serde(default)] entities: Vec<Entity>,
        #[serde(default)] source: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// An entity of a sector.
    Entity {
        id: EntityId,
        name: String,
        #[serde(default)] short_name: Option<String>,
        #[serde(default)] kind: Option<String>,
        #[serde(default)] source: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// The strategy: its lines, with activities and results, and how it is followed up.
    Strategy {
        #[serde(default)] lines: Vec<StrategyLine>,
        #[serde(default)] monitoring: Vec<CatalogEntry>,
        #[serde(default)] source: Option<String>,
        /// Title, period, vision, target and their notes.
        #[serde(flatten)] other: Map<String, Value>,
    }
    /// A line of the strategy.
    StrategyLine {
        id: CatalogItemId,
        title: String,
        #[serde(default)] number: Option<i64>,
        #[serde(default)] activities: Vec<CatalogEntry>,
        #[serde(default)] results: Vec<CatalogEntry>,
        #[serde(flatten)] other: Map<String, Value>,
    }
    /// A category of actors with its kinds.
    ActorCategory {
        id: CatalogItemId,
        name: String,
        #[serde(default)] kinds: Vec<CatalogEntry>,
        #[serde(flatten)] other: Map<String, Value>,
    }
    /// An item of a catalog: `name` or `text` says what it is; other fields are kept.
    CatalogEntry {
        id: CatalogItemId,
        #[serde(flatten)] other: Map<String, Value>,
    }
}

// ── body-*.json ─────────────────────────────────────────────────────────────────────────────────────
format_structs! {
    /// `body-*.json`: a body with its seats, invitees, functions and rule sets.
    BodyFile {
        #[serde(default)] meta: Map<String, Value>,
        id: BodyId,
        name: String,
        kind: BodyKind,
        #[serde(default)] status: Option<String>,
        #[serde(default)] alternative_names: Vec<String>,
        #[serde(default)] purpose: Option<Sourced>,
        #[serde(default)] minimum_meetings_per_year: Option<MinimumMeetings>,
        #[serde(default)] components: Vec<Component>,
        #[serde(default)] seats_total: Option<i64>,
        #[serde(default)] voting_seats: Option<i64>,
        #[serde(default)] seats: Vec<Seat>,
        #[serde(default)] permanent_invitees: Vec<Invitee>,
        #[serde(default)] technical_secretariat: Option<TechnicalSecretariat>,
        #[serde(default)] functions: Vec<Function>,
        #[serde(default)] general_functions: Vec<Function>,
        #[serde(default)] normative_references: Vec<Sourced>,
        creating_act: CreatingAct,
        #[serde(default)] rule_sets: Vec<RuleSet>,
        #[serde(default)] note: Option<String>,
    }
    /// Least meetings a year.
    MinimumMeetings { value: i64, #[serde(default)] source: Option<String> }
    /// A seat and who has held it.
    Seat {
        id: SeatId,
        number: i64,
        role: SeatRole,
        title: String,
        #[serde(default)] entity_id: Option<EntityId>,
        #[serde(default)] sector_id: Option<SectorId>,
        #[serde(default)] component_id: Option<String>,
        #[serde(default)] eligible: Option<String>,
        #[serde(default)] term_years: Option<i64>,
        voice: bool,
        vote: bool,
        /// Whether the holder may delegate; `true` when not said, as the law allows it.
        #[serde(default = "yes")] delegation_allowed: bool,
        #[serde(default)] delegate_min_level: Option<String>,
        #[serde(default)] configurable: bool,
        #[serde(default)] source: Option<String>,
        #[serde(default)] note: Option<String>,
        #[serde(default)] holders: Vec<Holder>,
    }
    /// Who holds a seat, from `from` to `to` (last day).
    Holder {
        person_id: PersonId,
        kind: HolderKind,
        from: NaiveDate,
        #[serde(default)] to: Option<NaiveDate>,
        #[serde(default)] act: Option<Act>,
        #[serde(default)] accreditation: Option<Accreditation>,
        #[serde(default)] note: Option<String>,
    }
    /// A permanent invitee: voice, never vote.
    Invitee {
        id: InviteeId,
        name: String,
        #[serde(default)] entity_id: Option<EntityId>,
        #[serde(default)] partner_id: Option<PartnerId>,
        #[serde(default)] scope: Option<InviteeScope>,
        voice: bool,
        #[serde(default)] vote: bool,
        #[serde(default)] counts_for_quorum: bool,
        #[serde(default)] source: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// Who runs the secretariat, with its functions.
    TechnicalSecretariat {
        #[serde(default)] entity_id: Option<EntityId>,
        name: String,
        #[serde(default = "yes")] voice: bool,
        #[serde(default)] vote: bool,
        #[serde(default)] configurable: bool,
        #[serde(default)] functions: Vec<Function>,
        #[serde(default)] source: Option<String>,
    }
    /// A function of a body.
    Function {
        id: FunctionId,
        text: String,
        #[serde(default)] original_en: Option<String>,
        #[serde(default)] source: Option<String>,
    }
}

fn yes() -> bool {
    true
}

// ── people.json, delegations.json, work_plan.json, past_minutes.json ────────────────────────────────
format_structs! {
    /// `people.json`.
    PeopleFile { #[serde(default)] meta: Map<String, Value>, people: Vec<Person> }
    /// A person, with private contact.
    Person {
        id: PersonId,
        first_names: String,
        surnames: String,
        full_name: String,
        sort_name: String,
        treatment: Treatment,
        grammatical_gender: Gender,
        #[serde(default)] position: Option<String>,
        #[serde(default)] entity_id: Option<EntityId>,
        #[serde(default)] organization: Option<String>,
        #[serde(default)] partner_id: Option<PartnerId>,
        #[serde(default)] role: Option<PersonRole>,
        #[serde(default)] seat_id: Option<SeatId>,
        #[serde(default)] level: Option<Level>,
        #[serde(default)] email: Option<String>,
        #[serde(default)] phone: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// `delegations.json`.
    DelegationsFile { #[serde(default)] meta: Map<String, Value>, delegations: Vec<Delegation> }
    /// A written delegation.
    Delegation {
        id: DelegationId,
        seat_id: SeatId,
        principal_id: PersonId,
        delegate_id: PersonId,
        act: Act,
        valid_from: NaiveDate,
        #[serde(default)] valid_to: Option<NaiveDate>,
        scope: DelegationScope,
        #[serde(default)] session_ids: Option<Vec<SessionId>>,
        /// On the cut-off date. `rejected` is a fact; the others are recomputed.
        #[serde(default)] status: Option<DelegationStatus>,
        #[serde(default)] revoked_on: Option<NaiveDate>,
        #[serde(default)] file: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// `work_plan*.json`: a body's plan for a year.
    WorkPlanFile {
        #[serde(default)] meta: Map<String, Value>,
        id: WorkPlanId,
        body_id: BodyId,
        year: i32,
        #[serde(default)] approved_in_session_id: Option<SessionId>,
        #[serde(default)] vote_id: Option<VoteId>,
        #[serde(default)] decision_id: Option<DecisionId>,
        #[serde(default)] activities: Vec<Activity>,
        #[serde(default)] note: Option<String>,
    }
    /// An activity of the plan.
    Activity {
        id: ActivityId,
        #[serde(default)] order: Option<i64>,
        activity: String,
        #[serde(default)] function_ids: Vec<FunctionId>,
        #[serde(default)] product: Option<String>,
        #[serde(default)] responsible_entity_id: Option<EntityId>,
        #[serde(default)] responsible_person_id: Option<PersonId>,
        #[serde(default)] due_on: Option<NaiveDate>,
        #[serde(default)] done_on: Option<NaiveDate>,
        #[serde(default)] status: Option<ActivityStatus>,
        #[serde(default)] evidence: Option<String>,
        #[serde(default)] file: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// `past_minutes.json`.
    PastMinutesFile { #[serde(default)] meta: Map<String, Value>, past_minutes: Vec<PastMinutes> }
    /// Minutes older than the system, which came as a file.
    PastMinutes {
        id: MinutesId,
        body_id: BodyId,
        number: i64,
        year: i32,
        #[serde(default)] title: Option<String>,
        #[serde(default)] session_kind: Option<SessionKind>,
        #[serde(default)] session_date: Option<NaiveDate>,
        #[serde(default)] imported: bool,
        #[serde(default)] imported_on: Option<NaiveDate>,
        status: MinutesStatus,
        #[serde(default)] draft_sent_on: Option<NaiveDate>,
        #[serde(default)] remarks_count: Option<i64>,
        #[serde(default)] approved_in_session_id: Option<SessionId>,
        #[serde(default)] approved_vote_id: Option<VoteId>,
        #[serde(default)] signed_on: Option<NaiveDate>,
        #[serde(default)] published_on: Option<NaiveDate>,
        #[serde(default)] pages: Option<i64>,
        #[serde(default)] file: Option<String>,
        #[serde(default)] note: Option<String>,
    }
}

// ── sessions.json ───────────────────────────────────────────────────────────────────────────────────
format_structs! {
    /// `sessions.json`.
    SessionsFile { #[serde(default)] meta: Map<String, Value>, sessions: Vec<Session> }
    /// A session with all that happened in it.
    Session {
        id: SessionId,
        /// `BODY:YEAR/NUMBER`.
        #[serde(default)] r#ref: Option<String>,
        body_id: BodyId,
        number: i64,
        year: i32,
        kind: SessionKind,
        mode: SessionMode,
        status: SessionStatus,
        #[serde(default)] convened_at: Option<DateTime<FixedOffset>>,
        #[serde(default)] rule_set_id: Option<RuleSetId>,
        date: NaiveDate,
        /// Snapshot of the first event; the planned time while the session has none.
        #[serde(default)] start: Option<Clock>,
        /// Snapshot of the closing; the planned time while the session has no events.
        #[serde(default)] end: Option<Clock>,
        #[serde(default)] place: Option<String>,
        #[serde(default)] convocation: Option<Convocation>,
        #[serde(default)] chair: Option<Chair>,
        #[serde(default)] secretary_person_id: Option<PersonId>,
        #[serde(default)] recording: bool,
        #[serde(default)] voting_seats: Option<i64>,
        #[serde(default)] quorum_required: Option<i64>,
        #[serde(default)] recusal_treatment: Option<RecusalTreatment>,
        #[serde(default)] agenda: Vec<AgendaItem>,
        #[serde(default)] attendance: Vec<Attendance>,
        #[serde(default)] guests: Vec<Guest>,
        #[serde(default)] events: Vec<Event>,
        #[serde(default)] recusals: Vec<Recusal>,
        #[serde(default)] motions: Vec<Motion>,
        #[serde(default)] votes: Vec<Vote>,
        #[serde(default)] decisions: Vec<Decision>,
        #[serde(default)] statements: Vec<Statement>,
        #[serde(default)] commitments: Vec<Commitment>,
        #[serde(default)] minutes: Option<Minutes>,
        #[serde(default)] annexes: Vec<Annex>,
        #[serde(default)] not_held: Option<NotHeld>,
        #[serde(default)] note: Option<String>,
    }
    /// How the session was convened.
    Convocation {
        #[serde(default)] sent_on: Option<NaiveDate>,
        #[serde(default)] required_business_days: Option<i64>,
        #[serde(default)] latest_valid_date: Option<NaiveDate>,
        #[serde(default)] channel: Option<String>,
    }
    /// Who presided.
    Chair { seat_id: SeatId, person_id: PersonId }
    /// An agenda item.
    AgendaItem {
        id: AgendaItemId,
        order: i64,
        title: String,
        kind: AgendaKind,
        #[serde(default)] outcome: Option<AgendaOutcome>,
        #[serde(default)] vote_ids: Vec<VoteId>,
        #[serde(default)] proposal_id: Option<ProposalId>,
        #[serde(default)] additional_proposal_ids: Vec<ProposalId>,
        #[serde(default)] functions: Vec<FunctionId>,
        #[serde(default)] presenter_person_id: Option<PersonId>,
        #[serde(default)] planned_minutes: Option<i64>,
        #[serde(default)] minutes_ids: Vec<MinutesId>,
        #[serde(default)] narrative: String,
        #[serde(default)] note: Option<String>,
    }
    /// A seat's row of the attendance.
    Attendance {
        seat_id: SeatId,
        #[serde(default)] person_id: Option<PersonId>,
        capacity: Capacity,
        #[serde(default)] mode: Option<AttendanceMode>,
        /// By what means the identity of whoever connected was verified, when the record says so.
        #[serde(default)] identity_means: Option<String>,
        #[serde(default)] arrived: Option<Clock>,
        #[serde(default)] left: Option<Clock>,
        #[serde(default)] counts_for_quorum: Option<bool>,
        #[serde(default)] delegation_id: Option<DelegationId>,
        /// True if the absence was excused in writing.
        #[serde(default)] excuse: bool,
        #[serde(default)] excuse_text: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// Somebody who attended without a seat.
    Guest {
        person_id: PersonId,
        #[serde(default)] reason: Option<String>,
        #[serde(default)] mode: Option<AttendanceMode>,
    }
    /// Something that happened, at a clock time.
    Event {
        seq: i64,
        time: Clock,
        kind: EventKind,
        #[serde(default)] seat_id: Option<SeatId>,
        #[serde(default)] person_id: Option<PersonId>,
        #[serde(default)] item_id: Option<AgendaItemId>,
        #[serde(default)] motion_id: Option<MotionId>,
        #[serde(default)] vote_id: Option<VoteId>,
        #[serde(default)] value: Option<BallotValue>,
        #[serde(default)] detail: Option<String>,
        #[serde(default)] present: Option<i64>,
        #[serde(default)] required: Option<i64>,
        #[serde(default)] quorum_met: Option<bool>,
        #[serde(default)] result: Option<CloseResult>,
    }
    /// A recusal.
    Recusal {
        seat_id: SeatId,
        person_id: PersonId,
        item_id: AgendaItemId,
        declared_at: Clock,
        #[serde(default)] declared_in_writing: bool,
        ground: String,
        #[serde(default)] decided_by: Option<RecusalDecider>,
        #[serde(default)] accepted_vote_id: Option<VoteId>,
        #[serde(default)] left_at: Option<Clock>,
        #[serde(default)] returned_at: Option<Clock>,
        treatment: RecusalTreatment,
        #[serde(default)] file: Option<String>,
    }
    /// A motion.
    Motion {
        id: MotionId,
        item_id: AgendaItemId,
        kind: MotionKind,
        text: String,
        #[serde(default)] mover_person_id: Option<PersonId>,
        status: MotionStatus,
        #[serde(default)] vote_id: Option<VoteId>,
        #[serde(default)] note: Option<String>,
    }
    /// A vote with its ballots.
    Vote {
        id: VoteId,
        item_id: AgendaItemId,
        #[serde(default)] motion_id: Option<MotionId>,
        question: String,
        method: VoteMethod,
        #[serde(default)] rule_set_id: Option<RuleSetId>,
        rule_id: String,
        opened: Clock,
        #[serde(default)] closed: Option<Clock>,
        #[serde(default)] recused_seat_ids: Vec<SeatId>,
        #[serde(default)] ballots: Vec<Ballot>,
        #[serde(default)] explanations: Vec<Explanation>,
        #[serde(default)] casting_vote: Option<CastingVote>,
        #[serde(default)] roll_recorded_by_exception: bool,
        #[serde(default)] present: Option<i64>,
        #[serde(default)] quorum_required: Option<i64>,
        #[serde(default)] tally: Option<Tally>,
        #[serde(default)] base_size: Option<i64>,
        #[serde(default)] required: Option<i64>,
        #[serde(default)] tie: Option<bool>,
        #[serde(default)] result: Option<VoteResultCode>,
    }
    /// A seat's vote.
    Ballot { seat_id: SeatId, person_id: PersonId, value: BallotValue }
    /// A reason given with a vote.
    Explanation { seat_id: SeatId, text: String }
    /// The vote that settles a tie.
    CastingVote {
        #[serde(default)] time: Option<Clock>,
        seat_id: SeatId,
        person_id: PersonId,
        value: BallotValue,
    }
    /// Totals of a vote.
    Tally { r#for: i64, against: i64, abstain: i64 }
    /// A decision.
    Decision {
        id: DecisionId,
        item_id: AgendaItemId,
        kind: DecisionKind,
        #[serde(default)] number: Option<i64>,
        #[serde(default)] year: Option<i32>,
        text: String,
        decided_on: NaiveDate,
        #[serde(default)] vote_id: Option<VoteId>,
        #[serde(default)] proposal_id: Option<ProposalId>,
        #[serde(default)] accord: Option<Accord>,
    }
    /// The accord a decision adopts.
    Accord {
        number: i64,
        year: i32,
        #[serde(default)] title: String,
        #[serde(default)] powers: String,
        #[serde(default)] recitals: Vec<String>,
        #[serde(default)] articles: Vec<String>,
        #[serde(default)] publication: Option<RegistryPublication>,
        #[serde(default)] file: Option<String>,
        #[serde(default)] rule_set_id: Option<RuleSetId>,
    }
    /// A statement for the record.
    Statement {
        id: StatementId,
        item_id: AgendaItemId,
        kind: StatementKind,
        person_id: PersonId,
        #[serde(default)] adhered_person_ids: Vec<PersonId>,
        text: String,
        #[serde(default)] vote_id: Option<VoteId>,
        #[serde(default)] file: Option<String>,
    }
    /// A commitment.
    Commitment {
        id: CommitmentId,
        #[serde(default)] item_id: Option<AgendaItemId>,
        text: String,
        #[serde(default)] responsible_entity_id: Option<EntityId>,
        #[serde(default)] responsible_person_id: Option<PersonId>,
        #[serde(default)] due_on: Option<NaiveDate>,
        #[serde(default)] due_rule: Option<DueRule>,
        status: CommitmentStatus,
        #[serde(default)] closed_on: Option<NaiveDate>,
        #[serde(default)] evidence: Option<String>,
        #[serde(default)] note: Option<String>,
        #[serde(default)] file: Option<String>,
    }
    /// The session's minutes.
    Minutes {
        id: MinutesId,
        number: i64,
        year: i32,
        kind: MinutesKind,
        status: MinutesStatus,
        #[serde(default)] draft_sent_on: Option<NaiveDate>,
        #[serde(default)] draft_deadline: Option<NaiveDate>,
        #[serde(default)] remarks_until: Option<NaiveDate>,
        #[serde(default)] remarks: Vec<Remark>,
        #[serde(default)] signature_deadline: Option<NaiveDate>,
        #[serde(default)] approved_in_session_id: Option<SessionId>,
        #[serde(default)] signed_on: Option<NaiveDate>,
        #[serde(default)] published_on: Option<NaiveDate>,
        #[serde(default)] file: Option<String>,
        #[serde(default)] note: Option<String>,
    }
    /// A member's remark on the draft.
    Remark {
        person_id: PersonId,
        text: String,
        #[serde(default)] accepted: Option<bool>,
        #[serde(default)] reason: Option<String>,
    }
    /// A numbered annex.
    Annex {
        number: i64,
        title: String,
        #[serde(default)] kind: Option<AnnexKind>,
        file: String,
        #[serde(default)] public: bool,
    }
    /// Facts of a session that was not held.
    NotHeld {
        reason: NotHeldReason,
        #[serde(default)] declared_at: Option<Clock>,
        #[serde(default)] present_at_declaration: Option<i64>,
        #[serde(default)] required: Option<i64>,
        #[serde(default)] additional_item_proposal_ids: Vec<ProposalId>,
    }
}

// ── proposals.json ──────────────────────────────────────────────────────────────────────────────────
format_structs! {
    /// `proposals.json`.
    ProposalsFile { #[serde(default)] meta: Map<String, Value>, proposals: Vec<Proposal> }
    /// A project proposal with its profile and history.
    Proposal {
        id: ProposalId,
        /// The body it is put to; that of its session, or the only commission, when not said.
        #[serde(default)] body_id: Option<BodyId>,
        code: String,
        title: String,
        #[serde(default)] short_title: Option<String>,
        #[serde(default)] summary: Option<String>,
        #[serde(default)] proponent_entity_id: Option<EntityId>,
        #[serde(default)] co_entity_ids: Vec<EntityId>,
        #[serde(default)] role_id: Option<CatalogItemId>,
        #[serde(default)] modality_ids: Vec<CatalogItemId>,
        #[serde(default)] partner_ids: Vec<PartnerId>,
        #[serde(default)] network_ids: Vec<CatalogItemId>,
        #[serde(default)] theme_source: Option<String>,
        #[serde(default)] filed_on: Option<NaiveDate>,
        #[serde(default)] target_session_id: Option<SessionId>,
        #[serde(default)] contact_person_id: Option<PersonId>,
        #[serde(default)] problem: Option<String>,
        #[serde(default)] objectives: Option<Objectives>,
        #[serde(default)] expected_results: Option<ExpectedResults>,
        #[serde(default)] beneficiaries: Option<Beneficiaries>,
        #[serde(default)] location: Option<Location>,
        #[serde(default)] budget: Option<Budget>,
        #[serde(default)] schedule: Option<Schedule>,
        #[serde(default)] alignment: Option<Alignment>,
        #[serde(default)] risks: Option<Risks>,
        #[serde(default)] instrument: Option<ProposedInstrument>,
        #[serde(default)] evaluation: Option<Evaluation>,
        #[serde(default)] apc_endorsement: Option<Endorsement>,
        #[serde(default)] annexes: Vec<Annex>,
        status: ProposalStatus,
        #[serde(default)] status_history: Vec<StatusChange>,
        #[serde(default)] note: Option<String>,
    }
    /// What it is for.
    Objectives { #[serde(default)] general: Option<String>, #[serde(default)] specific: Vec<String> }
    /// What it will yield.
    ExpectedResults { #[serde(default)] text: Option<String>, #[serde(default)] indicators: Vec<ResultIndicator> }
    /// How a result is measured.
    ResultIndicator {
        id: String,
        name: String,
        #[serde(default)] unit: Option<String>,
        #[serde(default)] baseline: Option<f64>,
        #[serde(default)] target: Option<f64>,
        #[serde(default)] verification: Option<String>,
        #[serde(default)] sdg_id: Option<CatalogItemId>,
    }
    /// Whom it serves.
    Beneficiaries {
        #[serde(default)] text: Option<String>,
        #[serde(default)] direct: Option<i64>,
        #[serde(default)] indirect: Option<i64>,
        #[serde(default)] population_ids: Vec<CatalogItemId>,
        #[serde(default)] localities: Vec<String>,
    }
    /// Where it happens.
    Location {
        #[serde(default)] scope: Option<LocationScope>,
        #[serde(default)] localities: Vec<String>,
        #[serde(default)] text: Option<String>,
    }
    /// What it costs; totals are snapshots of the lines.
    Budget {
        #[serde(default)] text: Option<String>,
        #[serde(default)] currency: Option<String>,
        #[serde(default)] total: Option<i64>,
        #[serde(default)] city_total: Option<i64>,
        #[serde(default)] partner_total: Option<i64>,
        #[serde(default)] lines: Vec<BudgetLine>,
    }
    /// A line of the budget, in COP.
    BudgetLine {
        concept: String,
        source_kind: SourceKind,
        source_id: String,
        kind: BudgetLineKind,
        amount: i64,
        currency: String,
        #[serde(default)] original: Option<OriginalAmount>,
    }
    /// The amount as pledged and its rate.
    OriginalAmount { currency: String, amount: i64, rate: i64 }
    /// When it happens.
    Schedule {
        #[serde(default)] text: Option<String>,
        #[serde(default)] start: Option<NaiveDate>,
        #[serde(default)] end: Option<NaiveDate>,
        #[serde(default)] milestones: Vec<Milestone>,
    }
    /// A step of the schedule.
    Milestone { milestone: String, #[serde(default)] start: Option<NaiveDate>, #[serde(default)] end: Option<NaiveDate> }
    /// What it contributes to.
    Alignment {
        #[serde(default)] text: Option<String>,
        #[serde(default)] development_plan_objective_ids: Vec<CatalogItemId>,
        #[serde(default)] sdg_ids: Vec<CatalogItemId>,
        #[serde(default)] line_ids: Vec<CatalogItemId>,
        #[serde(default)] activity_ids: Vec<CatalogItemId>,
        #[serde(default)] principle_ids: Vec<CatalogItemId>,
    }
    /// What could go wrong.
    Risks { #[serde(default)] text: Option<String>, #[serde(default)] items: Vec<Risk> }
    /// A risk; probability and impact from 1 to 5.
    Risk {
        risk: String,
        #[serde(default)] probability: Option<i64>,
        #[serde(default)] impact: Option<i64>,
        #[serde(default)] mitigation: Option<String>,
        #[serde(default)] owner_entity_id: Option<EntityId>,
    }
    /// The instrument it needs.
    ProposedInstrument {
        #[serde(default)] text: Option<String>,
        #[serde(default)] kind_id: Option<CatalogItemId>,
        #[serde(default)] instrument_id: Option<CatalogItemId>,
    }
    /// Its evaluation; the total is a snapshot of scores and weights.
    Evaluation {
        #[serde(default)] evaluated_on: Option<NaiveDate>,
        #[serde(default)] evaluator_id: Option<PersonId>,
        #[serde(default)] scores: Vec<Score>,
        #[serde(default)] total: Option<f64>,
        #[serde(default)] scale_max: Option<f64>,
    }
    /// A criterion's score, 0 to 5.
    Score { criterion_id: CatalogItemId, score: f64 }
    /// Endorsement of the national cooperation agency.
    Endorsement { code: EndorsementCode, #[serde(default)] note: Option<String> }
}

// ── partners.json, interactions.json, instruments.json, indicators.json, opportunities.json ─────────
format_structs! {
    /// `partners.json`.
    PartnersFile {
        #[serde(default)] meta: Map<String, Value>,
        #[serde(default)] stages: Vec<RelationshipStage>,
        partners: Vec<Partner>,
    }
    /// An international partner.
    Partner {
        id: PartnerId,
        name: String,
        #[serde(default)] category_id: Option<CatalogItemId>,
        #[serde(default)] kind_id: Option<CatalogItemId>,
        #[serde(default)] country: Option<String>,
        #[serde(default)] real_institution: Option<bool>,
        #[serde(default)] themes: Vec<String>,
        #[serde(default)] relationship_stage: Option<RelationshipStage>,
        #[serde(default)] known_since: Option<NaiveDate>,
        #[serde(default)] contact: Option<PartnerContact>,
        #[serde(default)] network_id: Option<CatalogItemId>,
        #[serde(default)] note: Option<String>,
    }
    /// Whom to write to.
    PartnerContact {
        #[serde(default)] name: Option<String>,
        #[serde(default)] position: Option<String>,
        #[serde(default)] email: Option<String>,
    }
    /// `interactions.json`.
    InteractionsFile { #[serde(default)] meta: Map<String, Value>, interactions: Vec<Interaction> }
    /// A contact with partners.
    Interaction {
        id: CatalogItemId,
        date: NaiveDate,
        kind: InteractionKind,
        #[serde(default)] mode: Option<AttendanceMode>,
        #[serde(default)] entity_id: Option<EntityId>,
        #[serde(default)] partner_ids: Vec<PartnerId>,
        #[serde(default)] person_ids: Vec<PersonId>,
        #[serde(default)] topics: Vec<String>,
        summary: String,
        #[serde(default)] outcome: Option<String>,
        #[serde(default)] follow_up: Option<FollowUp>,
        #[serde(default)] line_ids: Vec<CatalogItemId>,
        #[serde(default)] language: Option<String>,
        #[serde(default)] instrument_id: Option<CatalogItemId>,
        #[serde(default)] proposal_id: Option<ProposalId>,
        #[serde(default)] registered_on: Option<NaiveDate>,
    }
    /// What was left to do.
    FollowUp {
        text: String,
        #[serde(default)] due_on: Option<NaiveDate>,
        #[serde(default)] status: Option<CommitmentStatus>,
    }
    /// `instruments.json`.
    InstrumentsFile { #[serde(default)] meta: Map<String, Value>, instruments: Vec<Instrument> }
    /// A cooperation instrument.
    Instrument {
        id: CatalogItemId,
        #[serde(default)] kind_id: Option<CatalogItemId>,
        title: String,
        #[serde(default)] object: Option<String>,
        #[serde(default)] lead_entity_id: Option<EntityId>,
        #[serde(default)] co_entity_ids: Vec<EntityId>,
        #[serde(default)] partner_ids: Vec<PartnerId>,
        status: InstrumentStatus,
        #[serde(default)] signed_on: Option<NaiveDate>,
        #[serde(default)] valid_from: Option<NaiveDate>,
        #[serde(default)] valid_to: Option<NaiveDate>,
        #[serde(default)] scope: Option<InstrumentScope>,
        #[serde(default)] line_ids: Vec<CatalogItemId>,
        #[serde(default)] activity_ids: Vec<CatalogItemId>,
        #[serde(default)] proposal_id: Option<ProposalId>,
        #[serde(default)] commitments: Vec<String>,
        #[serde(default)] financial: Option<Financial>,
        #[serde(default)] languages: Vec<String>,
        #[serde(default)] renewal: Option<Renewal>,
        #[serde(default)] note: Option<String>,
    }
    /// Money an instrument moves.
    Financial {
        transfers_money: bool,
        #[serde(default)] concept: Option<String>,
        #[serde(default)] amount: Option<i64>,
        #[serde(default)] currency: Option<String>,
    }
    /// How an instrument is renewed.
    Renewal { #[serde(default)] kind: Option<String>, #[serde(default)] notice_days: Option<i64> }
    /// `indicators.json`.
    IndicatorsFile {
        /// Periods and expected totals.
        #[serde(default)] meta: Map<String, Value>,
        #[serde(default)] indicators: Vec<Indicator>,
        #[serde(default)] measurements: Vec<Measurement>,
    }
    /// An indicator of the strategy.
    Indicator {
        id: CatalogItemId,
        #[serde(default)] result_id: Option<CatalogItemId>,
        name: String,
        #[serde(default)] unit: Option<String>,
        #[serde(default)] frequency: Option<IndicatorFrequency>,
        #[serde(default)] baseline: Option<Baseline>,
        #[serde(default)] target: Option<Target>,
        #[serde(default)] aggregation: Option<IndicatorAggregation>,
        #[serde(default)] direction: Option<IndicatorDirection>,
        #[serde(default)] formula: Option<String>,
        #[serde(default)] responsible_entity_id: Option<EntityId>,
        #[serde(default)] public: bool,
        #[serde(default)] note: Option<String>,
    }
    /// Where an indicator started.
    Baseline { #[serde(default)] value: Option<f64>, #[serde(default)] at: Option<NaiveDate>, #[serde(default)] note: Option<String> }
    /// Where an indicator should get, and by when.
    Target { #[serde(default)] value: Option<f64>, #[serde(default)] by: Option<NaiveDate>, #[serde(default)] note: Option<String> }
    /// A measurement of an indicator.
    Measurement {
        id: CatalogItemId,
        indicator_id: CatalogItemId,
        #[serde(default)] entity_id: Option<EntityId>,
        period: String,
        #[serde(default)] value: Option<f64>,
        #[serde(default)] status: Option<MeasurementStatus>,
        #[serde(default)] reported_on: Option<NaiveDate>,
        #[serde(default)] components: Map<String, Value>,
        #[serde(default)] note: Option<String>,
    }
    /// `opportunities.json`.
    OpportunitiesFile { #[serde(default)] meta: Map<String, Value>, opportunities: Vec<Opportunity> }
    /// A call for applications.
    Opportunity {
        id: CatalogItemId,
        #[serde(default)] bulletin_month: Option<String>,
        title: String,
        kind: OpportunityKind,
        #[serde(default)] convener: Option<String>,
        #[serde(default)] audience: Option<String>,
        #[serde(default)] population_ids: Vec<CatalogItemId>,
        #[serde(default)] opens_on: Option<NaiveDate>,
        #[serde(default)] closes_on: Option<NaiveDate>,
        #[serde(default)] amount: Option<OpportunityAmount>,
        #[serde(default)] languages: Vec<String>,
        #[serde(default)] topics: Vec<String>,
        #[serde(default)] sdg_ids: Vec<CatalogItemId>,
        #[serde(default)] line_ids: Vec<CatalogItemId>,
        #[serde(default)] summary: Option<String>,
        #[serde(default)] how_to_apply: Option<String>,
        #[serde(default)] url: Option<String>,
        #[serde(default)] status_at_cut_off: Option<OpportunityStatus>,
    }
    /// Money an opportunity offers.
    OpportunityAmount { amount: i64, currency: String, #[serde(default)] note: Option<String> }
    /// `codes.json`: every enum, code → Spanish label.
    CodesFile {
        #[serde(default)] language: Option<String>,
        codes: std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>,
    }
}
