//! A body's rule set: the rules of procedure written as data, block by block, each block naming its article.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::codes::{ActKind, SessionMode, VoteMethod};

/// The rules of procedure of a body between two dates.
///
/// A block that is absent (or `null`) is a matter on which the rules are silent: it gets the block's default,
/// which grants nothing and names no article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RuleSet {
    /// Opaque id, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// The body these rules govern.
    pub body_id: String,
    /// The act that adopts them.
    pub adopted_by: AdoptingAct,
    /// First day in force.
    pub effective_from: NaiveDate,
    /// Last day in force; `None` while open.
    #[serde(default)]
    pub effective_to: Option<NaiveDate>,
    /// The articles, as adopted.
    #[serde(default, deserialize_with = "null_is_default")]
    pub articles: Vec<Article>,
    /// How many seats must be present to debate and to decide.
    pub quorum: QuorumBlock,
    /// How long to wait for the quorum at the time convened.
    #[serde(default, deserialize_with = "null_is_default")]
    pub grace_minutes: GraceMinutes,
    /// Whether a second call lowers the quorum.
    #[serde(default, deserialize_with = "null_is_default")]
    pub second_call: SecondCall,
    /// Which of `rules` decides a matter that no other rule names.
    pub default_rule_id: String,
    /// The majorities.
    pub rules: Vec<Rule>,
    /// Who breaks a tie, if anybody does.
    #[serde(default, deserialize_with = "null_is_default")]
    pub casting_vote: CastingVoteBlock,
    /// Who presides when the chair is absent.
    #[serde(default, deserialize_with = "null_is_default")]
    pub presiding_in_absence: PresidingInAbsence,
    /// How and how early a session is convened.
    #[serde(default, deserialize_with = "null_is_default")]
    pub notice: NoticeBlock,
    /// How often the body sits and in which modes.
    #[serde(default, deserialize_with = "null_is_default")]
    pub sessions: SessionsBlock,
    /// What a session by virtual means requires (CPACA art. 63).
    #[serde(default, deserialize_with = "null_is_default")]
    pub virtual_sessions: VirtualSessions,
    /// How a recusal is decided and what it does to the count.
    #[serde(default, deserialize_with = "null_is_default")]
    pub recusal: RecusalBlock,
    /// What a delegation must have (Ley 489/1998 art. 9-12).
    #[serde(default, deserialize_with = "null_is_default")]
    pub delegation: DelegationBlock,
    /// How minutes are approved and who signs them.
    #[serde(default, deserialize_with = "null_is_default")]
    pub minutes: MinutesBlock,
    /// The terms, in business days.
    #[serde(default, deserialize_with = "null_is_default")]
    pub deadlines: Deadlines,
}

/// Reads `null` as the type's default, as the data format reads an absent field.
fn null_is_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// The act that adopts a rule set. Until it is registered it is never cited as a norm.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AdoptingAct {
    /// The kind of document; `None` while unknown.
    #[serde(default)]
    pub kind: Option<ActKind>,
    /// Its number in the year.
    #[serde(default)]
    pub number: Option<u32>,
    /// The year of its numbering.
    #[serde(default)]
    pub year: Option<i32>,
    /// How it is cited: "Acuerdo 001 de 2024".
    #[serde(default)]
    pub name: Option<String>,
    /// Its title: "Por el cual se adopta el reglamento interno…".
    #[serde(default)]
    pub title: Option<String>,
    /// The day it was adopted.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// True once the secretary has confirmed the act and its text.
    #[serde(default, deserialize_with = "null_is_default")]
    pub registered: bool,
    /// True for the acts of the demonstration.
    #[serde(default, deserialize_with = "null_is_default")]
    pub fictitious: bool,
    /// The session of the body that adopted it, when it is recorded.
    #[serde(default)]
    pub adopted_in_session_id: Option<String>,
    /// The vote that adopted it.
    #[serde(default)]
    pub vote_id: Option<String>,
    /// The decision that adopted it.
    #[serde(default)]
    pub decision_id: Option<String>,
    /// The file with its text.
    #[serde(default)]
    pub file: Option<String>,
}

/// An article of the rules of procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Article {
    /// Its number, as printed: "8", "8 bis".
    pub number: String,
    /// What it is about: `quorum`, `majority`, `notice`…
    #[serde(default)]
    pub topic: Option<String>,
    /// Its full text.
    pub text: String,
}

/// How many seats make a quorum. N is the number of voting seats, not of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QuorumRule {
    /// ⌊N/2⌋ + 1.
    HalfPlusOne,
    /// ⌈N·num/den⌉, at least one.
    Fraction {
        /// Numerator.
        #[ts(type = "number")]
        num: u64,
        /// Denominator.
        #[ts(type = "number")]
        den: u64,
    },
    /// A number of seats, whatever N is; recusals do not lower it.
    Fixed {
        /// Seats.
        #[ts(type = "number")]
        value: u64,
    },
    /// Any number of seats ("cualquier número plural").
    Any,
}

/// The two quorums: to debate and to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct QuorumBlock {
    /// To debate.
    pub deliberative: QuorumRule,
    /// To vote.
    pub decision: QuorumRule,
    /// Snapshot: the decision quorum for the seats of the day it was written. Recomputed, never trusted.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub value_for_current_seats: Option<u64>,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// How long to wait for the quorum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct GraceMinutes {
    /// Minutes after the time convened.
    pub value: u32,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

impl Default for GraceMinutes {
    /// Thirty minutes: the product's default where the rules are silent.
    fn default() -> Self {
        GraceMinutes { value: 30, article: None }
    }
}

/// Whether a second call may sit with a lower quorum.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SecondCall {
    /// True if the rules lower the quorum at the second call.
    pub allowed: bool,
    /// The lowered quorum.
    #[serde(default)]
    pub quorum: Option<QuorumRule>,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// What the majority is a majority of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// All voting seats of the body.
    Members,
    /// Seats present: abstentions, recused seats that stay and those who did not vote are in it.
    Attendees,
    /// For + against; abstentions are not in it.
    VotesCast,
}

/// How many votes in favour are enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Threshold {
    /// ⌊B/2⌋ + 1: strictly more than half of the base.
    Simple,
    /// ⌊N/2⌋ + 1 of the members, whatever the base.
    Absolute,
    /// ⌈2B/3⌉.
    TwoThirds,
    /// ⌈3B/4⌉.
    ThreeQuarters,
    /// All of the base.
    Unanimous,
    /// A number of votes.
    Fixed {
        /// Votes in favour.
        #[ts(type = "number")]
        value: u64,
    },
}

/// What a tie leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// The chair has the casting vote.
    ChairCasts,
    /// The vote is repeated; a second tie rejects the motion.
    SecondRound,
    /// The motion is rejected.
    Rejected,
}

/// A kind of matter for which the rules may ask a majority of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Whatever no other rule names.
    Default,
    /// Approving or changing the agenda.
    Agenda,
    /// Adopting or reforming the rules of procedure.
    InternalRules,
    /// Holding a reserved session.
    ReservedSession,
}

/// A majority: the quorum it needs, the base it is counted over, the threshold and what a tie leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Rule {
    /// Opaque id.
    pub id: String,
    /// Its name, in the body's words.
    pub name: String,
    /// The matters it decides.
    #[serde(default, deserialize_with = "null_is_default")]
    pub applies_to: Vec<Matter>,
    /// The seats that must be present when it is voted; fewer than the quorum to decide in general lower nothing
    /// ([`RuleSet::quorum_of_vote`]).
    pub quorum: QuorumRule,
    /// What the majority is counted over.
    pub base: Base,
    /// How many votes in favour are enough.
    pub threshold: Threshold,
    /// What a tie leads to.
    pub tie: Tie,
    /// True if consensus is sought first and this majority decides when there is none (as in Decreto 2006/2008 art. 5).
    /// Without a registered norm behind it, a matter without consensus stays undecided.
    #[serde(default, deserialize_with = "null_is_default")]
    pub consensus_first: bool,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// Who exercises the casting vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CastingVoter {
    /// The person who holds the chair, also by acting appointment.
    ChairHolder,
}

/// The casting vote. Without a registered norm behind it there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CastingVoteBlock {
    /// True if the rules grant one.
    pub allowed: bool,
    /// To whom.
    #[serde(default)]
    pub exercised_by: Option<CastingVoter>,
    /// True if the chair's delegate has it too.
    #[serde(default, deserialize_with = "null_is_default")]
    pub chair_delegate_has_it: bool,
    /// True if the seat that presides in the chair's absence has it too.
    #[serde(default, deserialize_with = "null_is_default")]
    pub substitute_has_it: bool,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// Who presides when the chair's holder is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PresidingInAbsence {
    /// The seat that presides when nobody presides for the chair's seat.
    #[serde(default)]
    pub seat_id: Option<String>,
    /// True if the chair's delegate presides.
    #[serde(default, deserialize_with = "null_is_default")]
    pub chair_delegate_presides: bool,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// Where a term in business days is counted from. The day itself is never counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineFrom {
    /// Backwards from the session's date.
    BeforeSession,
    /// Forwards from the session's date.
    SessionDate,
    /// Forwards from the day the draft minutes were sent.
    DraftSent,
    /// Forwards from the day the minutes were signed.
    Signed,
}

/// A term in business days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Deadline {
    /// How many business days.
    pub business_days: u32,
    /// Counted from where.
    pub from: DeadlineFrom,
}

/// By which means a session is convened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeChannel {
    /// Correo institucional.
    InstitutionalEmail,
}

/// What a notice must state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeContent {
    /// Place or platform.
    Place,
    /// Date and time.
    Time,
    /// The agenda.
    Topics,
    /// The papers.
    Papers,
}

/// What a notice sent too late leads to. It never blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShortNotice {
    /// A warning; the reason is asked for and recorded.
    WarnAndRecordReason,
}

/// How and how early a session is convened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoticeBlock {
    /// For ordinary sessions.
    #[serde(default)]
    pub ordinary: Option<Deadline>,
    /// For extraordinary sessions.
    #[serde(default)]
    pub extraordinary: Option<Deadline>,
    /// By which means.
    #[serde(default)]
    pub channel: Option<NoticeChannel>,
    /// What it must state.
    #[serde(default, deserialize_with = "null_is_default")]
    pub must_state: Vec<NoticeContent>,
    /// What happens when it is late.
    #[serde(default)]
    pub short_notice: Option<ShortNotice>,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// How often the body sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Each month.
    Monthly,
    /// Each two months.
    TwoMonthly,
    /// Each three months.
    Quarterly,
    /// Each six months.
    HalfYearly,
    /// Once a year.
    Yearly,
}

/// What a second, different reply of a seat does within the term of a written session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangedReply {
    /// The first one stands.
    FirstStands,
    /// The last one stands.
    LastStands,
    /// None stands until the seat says which: what silent rules give.
    #[default]
    NoneStands,
}

/// What the silence of a seat means when the term of a written session ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// It is no vote.
    #[default]
    NotAVote,
    /// It is a vote in favour, where a registered norm says so. It never makes the quorum.
    InFavour,
}

/// Whether the body may decide by written replies, and how they are counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WrittenSessions {
    /// True if the rules allow it.
    pub allowed: bool,
    /// True if nothing is decided unless every voting seat replies.
    #[serde(default, deserialize_with = "null_is_default")]
    pub all_replies_required: bool,
    /// What a second, different reply does.
    #[serde(default, deserialize_with = "null_is_default")]
    pub changed_reply: ChangedReply,
    /// What silence means.
    #[serde(default, deserialize_with = "null_is_default")]
    pub silence: Silence,
    /// The article that says so; by default, the block's.
    #[serde(default)]
    pub article: Option<String>,
}

/// How often the body sits and in which modes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionsBlock {
    /// How often, in ordinary session.
    #[serde(default)]
    pub ordinary_frequency: Option<Frequency>,
    /// The modes allowed.
    #[serde(default, deserialize_with = "null_is_default")]
    pub modes: Vec<SessionMode>,
    /// Sessions by written replies.
    #[serde(default, deserialize_with = "null_is_default")]
    pub written: WrittenSessions,
    /// The least sessions in a year.
    #[serde(default)]
    pub minimum_per_year: Option<u32>,
    /// True if an extraordinary session only treats the matters of its notice.
    #[serde(default, deserialize_with = "null_is_default")]
    pub extraordinary_agenda_closed: bool,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// What a session by virtual means requires.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VirtualSessions {
    /// True if the rules allow it.
    pub allowed: bool,
    /// True if the identity of each attendee is verified.
    #[serde(default, deserialize_with = "null_is_default")]
    pub identity_check: bool,
    /// True if the session is recorded.
    #[serde(default, deserialize_with = "null_is_default")]
    pub recording: bool,
    /// A disconnection longer than this, in minutes, is a departure.
    #[serde(default)]
    pub disconnection_minutes: Option<u32>,
    /// How votes are taken.
    #[serde(default)]
    pub vote_method: Option<VoteMethod>,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// Who decides a recusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecusalDecider {
    /// The body, where a registered norm says so.
    Body,
    /// The superior or head of the sector (CPACA art. 12).
    Superior,
}

/// What a recused seat does to the count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecusalTreatment {
    /// It does not vote and still counts among members, for the quorum and among attendees.
    #[default]
    StayInBase,
    /// It leaves members and attendees.
    LeaveBase,
}

/// How a recusal is decided and what it does to the count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RecusalBlock {
    /// Who decides it.
    pub decided_by: RecusalDecider,
    /// The rule that decides it when the body does: a matter or a rule's id.
    #[serde(default)]
    pub vote_rule: Option<String>,
    /// True if the seat concerned votes on its own recusal.
    #[serde(default, deserialize_with = "null_is_default")]
    pub interested_seat_votes: bool,
    /// What it does to the count.
    #[serde(default, deserialize_with = "null_is_default")]
    pub treatment: RecusalTreatment,
    /// True if the ground must be in writing.
    #[serde(default, deserialize_with = "null_is_default")]
    pub ground_in_writing: bool,
    /// The terms of its steps.
    #[serde(default, deserialize_with = "null_is_default")]
    pub terms: RecusalTerms,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

/// The terms of a recusal, in business days. One that is `None` does not exist: none is assumed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RecusalTerms {
    /// To send a declared recusal to whoever decides it.
    #[serde(default)]
    pub send_days: Option<u32>,
    /// For a challenged person to answer.
    #[serde(default)]
    pub answer_days: Option<u32>,
    /// To decide it.
    #[serde(default)]
    pub decision_days: Option<u32>,
    /// Where they come from: "CPACA, art. 12".
    #[serde(default)]
    pub source: Option<String>,
}

impl Default for RecusalBlock {
    /// The law's own rule: in writing, decided by the superior (CPACA art. 12); the seat stays in the base.
    fn default() -> Self {
        RecusalBlock {
            decided_by: RecusalDecider::Superior,
            vote_rule: None,
            interested_seat_votes: false,
            treatment: RecusalTreatment::StayInBase,
            ground_in_writing: true,
            terms: RecusalTerms::default(),
            article: None,
        }
    }
}

/// The lowest level of post that may be a delegate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DelegateLevel {
    /// Directivo.
    Directive,
    /// Asesor.
    Adviser,
    /// Profesional.
    Professional,
    /// Seats that are not of public servants: an accredited alternate instead.
    NotApplicable,
}

/// What a person who attends for a seat without an act in force may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithoutValidAct {
    /// Speaks, does not vote and is not counted.
    #[default]
    VoiceOnly,
}

/// What a delegation must have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct DelegationBlock {
    /// True if a written act is required.
    #[serde(default = "yes")]
    pub requires_written_act: bool,
    /// The lowest level of post.
    #[serde(default)]
    pub min_level: Option<DelegateLevel>,
    /// True if a delegate may delegate.
    #[serde(default, deserialize_with = "null_is_default")]
    pub subdelegation: bool,
    /// How many delegates a seat may send to one session.
    #[serde(default)]
    pub max_delegates_per_seat_and_session: Option<u32>,
    /// What a person without an act in force may do.
    #[serde(default, deserialize_with = "null_is_default")]
    pub without_valid_act: WithoutValidAct,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

fn yes() -> bool {
    true
}

impl Default for DelegationBlock {
    /// The law's own rule: always in writing, directive or adviser level, not re-delegated (Ley 489/1998 art. 9-11).
    fn default() -> Self {
        DelegationBlock {
            requires_written_act: true,
            min_level: Some(DelegateLevel::Adviser),
            subdelegation: false,
            max_delegates_per_seat_and_session: Some(1),
            without_valid_act: WithoutValidAct::VoiceOnly,
            article: None,
        }
    }
}

/// How minutes become approved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalRoute {
    /// By vote in the next session.
    #[default]
    NextSession,
    /// By silence when the term for observations ends.
    Silence,
    /// By vote in the same session.
    SameSession,
}

/// How the record of a session not held becomes final.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotHeldApproval {
    /// By its signatures alone.
    #[default]
    SignatureOnly,
    /// As any other minutes.
    ApprovalRoute,
}

/// Who signs the minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// Whoever presided.
    Chair,
    /// The technical secretary.
    Secretariat,
}

/// How minutes are approved and who signs them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesBlock {
    /// How minutes become approved.
    #[serde(default, deserialize_with = "null_is_default")]
    pub approval_route: ApprovalRoute,
    /// How the record of a session not held becomes final.
    #[serde(default, deserialize_with = "null_is_default")]
    pub not_held_record_approval: NotHeldApproval,
    /// Who signs, in order.
    #[serde(default = "chair_and_secretariat")]
    pub signers: Vec<Signer>,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

fn chair_and_secretariat() -> Vec<Signer> {
    vec![Signer::Chair, Signer::Secretariat]
}

impl Default for MinutesBlock {
    /// Approved in the next session and signed by chair and secretariat.
    fn default() -> Self {
        MinutesBlock {
            approval_route: ApprovalRoute::NextSession,
            not_held_record_approval: NotHeldApproval::SignatureOnly,
            signers: chair_and_secretariat(),
            article: None,
        }
    }
}

/// The terms of the rule set. A term that is `None` does not exist.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Deadlines {
    /// Last day to file a proposal for the session.
    #[serde(default)]
    pub proposal_filing: Option<Deadline>,
    /// Last day to send the draft minutes.
    #[serde(default)]
    pub minutes_draft: Option<Deadline>,
    /// Last day for the members' observations.
    #[serde(default)]
    pub minutes_remarks: Option<Deadline>,
    /// Last day to sign.
    #[serde(default)]
    pub minutes_signature: Option<Deadline>,
    /// Last day to publish.
    #[serde(default)]
    pub minutes_publication: Option<Deadline>,
    /// Last day to hand in a statement or dissent announced in the session.
    #[serde(default)]
    pub statements: Option<Deadline>,
    /// The article that says so.
    #[serde(default)]
    pub article: Option<String>,
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::Value;

    /// Every field of `given` is in `read`, with the same value.
    fn contains(read: &Value, given: &Value, at: &str) {
        match given {
            Value::Object(fields) => {
                fields.iter().for_each(|(k, v)| contains(&read[k], v, &format!("{at}.{k}")));
            }
            Value::Array(items) => {
                assert_eq!(read.as_array().map(Vec::len), Some(items.len()), "{at}");
                items.iter().enumerate().for_each(|(i, v)| contains(&read[i], v, &format!("{at}[{i}]")));
            }
            other => assert_eq!(read, other, "{at}"),
        }
    }

    /// A rule set of the demo, by its id.
    pub fn demo(id: &str) -> RuleSet {
        for body in ["body-commission.json", "body-group.json"] {
            let path = format!("{}/../../assets/demo/{body}", env!("CARGO_MANIFEST_DIR"));
            let json: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            for given in json["rule_sets"].as_array().unwrap() {
                if given["id"] == id {
                    return serde_json::from_value(given.clone()).unwrap();
                }
            }
        }
        panic!("no rule set {id} in the demo")
    }

    #[test]
    fn the_demo_rule_sets_keep_every_field() {
        for body in ["body-commission.json", "body-group.json"] {
            let path = format!("{}/../../assets/demo/{body}", env!("CARGO_MANIFEST_DIR"));
            let json: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
            for given in json["rule_sets"].as_array().unwrap() {
                let read: RuleSet = serde_json::from_value(given.clone()).unwrap();
                contains(&serde_json::to_value(&read).unwrap(), given, body);
                assert_eq!(
                    serde_json::from_value::<RuleSet>(serde_json::to_value(&read).unwrap()).unwrap(),
                    read
                );
            }
        }
    }

    #[test]
    fn silent_rules_grant_nothing() {
        let read: RuleSet = serde_json::from_value(serde_json::json!({
            "id": "rs-1", "body_id": "body-1", "adopted_by": {}, "effective_from": "2024-01-01",
            "quorum": {"deliberative": {"kind": "any"}, "decision": {"kind": "fraction", "num": 2, "den": 3}},
            "default_rule_id": "r", "rules": [], "casting_vote": null
        }))
        .unwrap();
        assert!(!read.casting_vote.allowed && !read.second_call.allowed && !read.sessions.written.allowed);
        assert!(!read.adopted_by.registered);
        assert_eq!(read.recusal.decided_by, RecusalDecider::Superior);
        assert_eq!(read.deadlines, Deadlines::default());
    }
}
