//! A session as it runs: opening, movements, items, interventions, recesses, adjournment, and the correction
//! of what was keyed wrong. Votes are in [`crate::vote`].
//!
//! Each act writes one event (or corrects one); everything else is recomputed by [`crate::course`].

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::attendance::{Confirmation, Correction, Event};
use crate::body::Seat;
use crate::codes::{
    AgendaOutcome, Answer, AttendanceMode, Capacity, EventKind, MinutesStatus, MotionKind, MotionStatus,
    RecusalOutcome, SessionMode, SessionStatus, VoteMethod, VoteStatus,
};
use crate::commitment::Commitment;
use crate::course::{self, Course, Facts, ItemReach, facts};
use crate::decision::{Decision, ItemProposal, Statement, item_proposals};
use crate::delegation::Delegation;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{
    AgendaItemId, DelegationId, EventId, InviteeId, MinutesId, PersonId, RecusalId, SeatId, SessionId, VoteId,
};
use crate::journal::{Read, Tx};
use crate::minutes::Minutes;
use crate::person::Person;
use crate::preflight::{self, Opening, Override, Step};
use crate::proposal::decided;
use crate::recusal::Recusal;
use crate::recusal::{self, RecusalDue};
use crate::rules::{QuorumKind, RecusalDecider, Rule, RuleSet};
use crate::session::{
    Frame, FrameInvitee, FramePerson, Guest, InviteeAttendance, NotHeld, Session, SessionFrame, frame_for,
};
use crate::text;
use crate::vote::{self, Ballot, Motion, Vote};
use crate::written::{self, WrittenView};

/// Opens a session: the chair calls it to order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSession {
    /// The id of the event that calls it to order; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<EventId>,
    /// The session.
    pub session_id: SessionId,
    /// Who presides.
    pub person_id: PersonId,
    /// The seat they preside from.
    pub seat_id: SeatId,
    /// Who acts as secretary; the session's secretary when not said.
    #[serde(default)]
    #[ts(optional)]
    pub secretary_person_id: Option<PersonId>,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
    /// Checks gone past, each with the reason that is printed; see [`crate::preflight`].
    #[serde(default)]
    #[ts(optional)]
    pub overrides: Option<Vec<Override>>,
}

/// Something that happens in a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordEvent {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<EventId>,
    /// The session.
    pub session_id: SessionId,
    /// What happens. Votes, opening, adjournment and recusals have calls of their own.
    pub kind: EventKind,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
    /// When it ended: of a recess entered after the session, whose end is entered with it.
    #[serde(default)]
    #[ts(optional)]
    pub ended_at: Option<DateTime<Utc>>,
    /// The seat it concerns.
    #[serde(default)]
    #[ts(optional)]
    pub seat_id: Option<SeatId>,
    /// The person it concerns; for an arrival, the seat's holder when not said.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// How they attend.
    #[serde(default)]
    #[ts(optional)]
    pub mode: Option<AttendanceMode>,
    /// By what means the identity of whoever connects was verified; left out when it was not.
    #[serde(default)]
    #[ts(optional)]
    pub identity_means: Option<String>,
    /// The agenda item; the one under way when not said.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
    /// Until when replies are received from then on: of a written session, when its term is extended, a new one is opened,
    /// or it is resumed with another closing; `detail` says why. Of any other that is suspended, when it was announced to
    /// go on.
    #[serde(default)]
    #[ts(optional)]
    pub until: Option<DateTime<Utc>>,
    /// In words.
    #[serde(default)]
    #[ts(optional)]
    pub detail: Option<String>,
    /// The secretary has seen which closed votes an event entered late would turn, and goes on.
    #[serde(default)]
    #[ts(optional)]
    pub accept_changed_votes: Option<bool>,
    /// The rules give that seat no right to preside; the secretary has seen it and says that the body chose who does.
    #[serde(default)]
    #[ts(optional)]
    pub accept_presider: Option<bool>,
    /// The secretary has seen that the time to wait for a quorum has not passed, and the chair declares its lack.
    #[serde(default)]
    #[ts(optional)]
    pub accept_early_declaration: Option<bool>,
    /// Why it is entered after the session ended, or late so that it turns a closed vote; asked for then, and kept.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Which session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionRef {
    /// The session.
    pub session_id: SessionId,
}

/// Closes a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjournSession {
    /// The id of the draft minutes that are left ready; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<MinutesId>,
    /// The session.
    pub session_id: SessionId,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
    /// Date announced for the next session.
    #[serde(default)]
    #[ts(optional)]
    pub next_session_on: Option<NaiveDate>,
    /// Why it is closed with a recess under way or items untreated, in words.
    #[serde(default)]
    #[ts(optional)]
    pub detail: Option<String>,
    /// It was held without a quorum, to inform only.
    #[serde(default)]
    pub informative: bool,
    /// What is left unresolved and gone past, each with the reason that is printed; see [`crate::preflight`].
    #[serde(default)]
    #[ts(optional)]
    pub overrides: Option<Vec<Override>>,
}

/// Corrects an event: another time, seat or person, other words, or struck out. The trace stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectEvent {
    /// The event.
    pub event_id: EventId,
    /// Its right time.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
    /// Its right seat.
    #[serde(default)]
    #[ts(optional)]
    pub seat_id: Option<SeatId>,
    /// Its right person.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// Who in fact acted as secretary from the call to order; of that event alone.
    #[serde(default)]
    #[ts(optional)]
    pub secretary_person_id: Option<PersonId>,
    /// Its right words.
    #[serde(default)]
    #[ts(optional)]
    pub detail: Option<String>,
    /// By what means the identity was in fact verified; empty when it was not.
    #[serde(default)]
    #[ts(optional)]
    pub identity_means: Option<String>,
    /// It did not happen: why it is struck out.
    #[serde(default)]
    #[ts(optional)]
    pub strike: Option<String>,
    /// Why it is corrected.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// The secretary has seen which closed votes would come out otherwise, and goes on.
    #[serde(default)]
    pub accept_changed_votes: bool,
}

/// The narrative of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetNarrative {
    /// The item.
    pub item_id: AgendaItemId,
    /// Markdown.
    pub narrative: String,
}

/// What a session concluded, besides its decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetConclusions {
    /// The session.
    pub session_id: SessionId,
    /// Markdown; empty for none.
    pub conclusions: String,
}

/// What came of an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOutcome {
    /// The item.
    pub item_id: AgendaItemId,
    /// What came of it; `null` while unknown.
    pub outcome: Option<AgendaOutcome>,
}

/// A guest of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutGuest {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<crate::ids::GuestId>,
    /// The session.
    pub session_id: SessionId,
    /// The person.
    pub person_id: PersonId,
    /// Why they attend.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// How they attend.
    #[serde(default)]
    #[ts(optional)]
    pub mode: Option<AttendanceMode>,
    /// Whether they came; when not said, what it was, and `true` for who is added once the session was opened.
    #[serde(default)]
    #[ts(optional)]
    pub attended: Option<bool>,
}

/// A permanent invitee and whether it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkInvitee {
    /// The session.
    pub session_id: SessionId,
    /// The invitee.
    pub invitee_id: InviteeId,
    /// Whether it came; `null` when nobody recorded it. Who comes for it is a guest of its entity.
    pub attended: Option<bool>,
}

/// A permanent invitee of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct InviteeLine {
    /// The invitee.
    pub invitee_id: InviteeId,
    /// Its name.
    pub name: String,
    /// Whether it came: because somebody came for it, or because it was recorded; `null` when nobody recorded it.
    pub attended: Option<bool>,
    /// Who came for it.
    pub people: Vec<FramePerson>,
}

/// A seat's row in the roll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RollRow {
    /// The seat.
    pub seat_id: SeatId,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Name of its entity, short.
    pub entity: Option<String>,
    /// Its sector or component.
    pub group: Option<String>,
    /// Whether it is the chair's.
    pub chair: bool,
    /// Whether it votes.
    pub vote: bool,
    /// Who is there, or would be: the person present, else the one announced, else the holder.
    pub person: Option<FramePerson>,
    /// In what capacity.
    pub capacity: Capacity,
    /// By which delegation.
    pub delegation_id: Option<DelegationId>,
    /// The delegation as cited.
    pub delegation: Option<String>,
    /// Whether somebody is in the session for the seat.
    pub inside: bool,
    /// Whether the seat counts now.
    pub counts: bool,
    /// How they attend.
    pub mode: Option<AttendanceMode>,
    /// When they came in.
    pub since: Option<DateTime<Utc>>,
    /// When they left, if they did.
    pub left_at: Option<DateTime<Utc>>,
    /// How they left.
    pub left_kind: Option<EventKind>,
    /// What was announced before the session.
    pub announced: Option<Answer>,
    /// The excuse's words.
    pub excuse: Option<String>,
    /// Whether the excuse is in writing.
    pub excuse_in_writing: bool,
    /// Why whoever is there, or would be, does not count, or counts in some items alone.
    pub why: Option<Text>,
    /// Who stays with voice beside whoever sits: a delegate whose holder came, a delegate beyond those admitted.
    pub beside: Vec<FramePerson>,
    /// Who may attend for the seat, with the capacity each would have.
    pub candidates: Vec<Candidate>,
    /// Its recusal for the item under way, else the one whose person has not come back to the room.
    pub recusal: Option<SeatRecusal>,
}

/// A second call that may be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SecondCallDue {
    /// The quorum it would have, with its norm.
    pub quorum: crate::rules::Verdict,
    /// From when it may be made: the end of the wait.
    pub from: Option<DateTime<Utc>>,
}

/// A seat's recusal as its row of the roll tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SeatRecusal {
    /// The recusal.
    pub recusal_id: RecusalId,
    /// The item it is for.
    pub item_id: AgendaItemId,
    /// Pending: the matter is suspended. Accepted: the seat is out of the item.
    pub outcome: RecusalOutcome,
    /// Since when its person is out of the room; `null` while they are in it.
    pub out_since: Option<DateTime<Utc>>,
    /// Whether its item is the one under way: then the seat does not vote.
    pub of_current: bool,
    /// Who was named ad hoc and sits for the seat in that item: then the seat votes.
    pub ad_hoc_person_id: Option<PersonId>,
}

/// Who decides a recusal, by the rules of the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RecusalDecides {
    /// The superior or head of sector, by an act; or the body, by a vote.
    pub by: RecusalDecider,
    /// The registered norm that gives it to the body.
    pub norm: Option<String>,
    /// In words.
    pub text: Text,
}

/// A person who may attend for a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Candidate {
    /// The person.
    pub person: FramePerson,
    /// The capacity they would have.
    pub capacity: Capacity,
    /// By which delegation.
    pub delegation_id: Option<DelegationId>,
    /// The delegation as cited.
    pub delegation: Option<String>,
    /// Why they would not count, or in which items alone.
    pub why: Option<Text>,
}

/// A guest with their name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct GuestRow {
    /// The guest.
    pub guest: Guest,
    /// The person.
    pub person: Option<FramePerson>,
}

/// All that the live screen shows, computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct LiveView {
    /// The session.
    pub session: Session,
    /// Name of the body.
    pub body_name: String,
    /// Whether it has been opened; until then the roll shows whom to expect and nothing is recorded.
    pub opened: bool,
    /// The instant of this view, for timers.
    pub now: DateTime<Utc>,
    /// Its course.
    pub course: Course,
    /// The roll, in order.
    pub roll: Vec<RollRow>,
    /// The agenda, in printed order.
    pub items: Vec<AgendaItem>,
    /// Numbers of the items as printed: "5", "5.1".
    pub item_numbers: Vec<String>,
    /// Everything that happened, struck events included.
    pub events: Vec<Event>,
    /// Everyone named, as they were.
    pub people: Vec<FramePerson>,
    /// Motions.
    pub motions: Vec<Motion>,
    /// Votes.
    pub votes: Vec<Vote>,
    /// Ballots.
    pub ballots: Vec<Ballot>,
    /// Recusals.
    pub recusals: Vec<Recusal>,
    /// Who decides them.
    pub recusal_decides: RecusalDecides,
    /// The terms, by the rules, of what is still to come of those that are not decided.
    pub recusal_dues: Vec<RecusalDue>,
    /// Decisions.
    pub decisions: Vec<Decision>,
    /// The proposals of its items, and what each vote would make of them.
    pub item_proposals: Vec<ItemProposal>,
    /// The votes that approved a motion while nobody has written what it decided.
    pub unwritten: Vec<VoteId>,
    /// Statements for the record.
    pub statements: Vec<Statement>,
    /// Commitments made.
    pub commitments: Vec<Commitment>,
    /// Guests.
    pub guests: Vec<GuestRow>,
    /// The permanent invitees and whether they came.
    pub invitees: Vec<InviteeLine>,
    /// The means by which the identity of whoever connects is proposed to have been verified: those recorded last; `null`
    /// where the rules ask for none or nobody connects.
    pub identity_means: Option<String>,
    /// The rules that may settle a vote.
    pub rules: Vec<Rule>,
    /// The rule of a vote without a special matter.
    pub default_rule_id: String,
    /// What each motion that waits for a vote would ask for now, by each rule.
    pub motions_rules: Vec<crate::vote::MotionRules>,
    /// Methods that may be used, the rule set's own for virtual sessions first.
    pub methods: Vec<VoteMethod>,
    /// The quorum explained: deliberative.
    pub deliberative_quorum: crate::rules::Verdict,
    /// When the grace time ends, while waiting for a quorum.
    pub grace_until: Option<DateTime<Utc>>,
    /// The second call that the rules allow while there is no quorum; `null` when no registered norm does, or it is past.
    pub second_call: Option<SecondCallDue>,
    /// What blocks a vote now, or `null`.
    pub vote_blocked: Option<Text>,
    /// The term, the replies and what may be done next, of a written session; `null` of any other.
    pub written: Option<WrittenView>,
    /// What may still be entered as missed, each with its time and a reason: once the session ended, until its minutes
    /// are adopted. Empty otherwise.
    pub missed: Vec<EventKind>,
}

/// All that the live screen shows of a session, opened or about to be.
///
/// # Errors
/// `not_found` for an unknown session.
#[allow(clippy::needless_pass_by_value)]
pub fn live_session(read: &Read<'_>, request: SessionRef) -> Result<LiveView> {
    let opened = read.find::<SessionFrame>(&request.session_id)?.is_some();
    let facts = if opened {
        facts(read, &request.session_id)?
    } else {
        course::facts_before_opening(read, &request.session_id)?
    };
    let course = course::course(&facts);
    let frame = &facts.frame;
    let roll = frame.seats.iter().map(|s| roll_row(&facts, &course, s)).collect();
    let waiting =
        course.waiting_since.is_some() && course.no_quorum_at.is_none() && course.quorum_reached_at.is_none();
    let grace_until = grace_end(&facts, &course).filter(|_| waiting);
    let guests = facts
        .guests
        .iter()
        .map(|g| GuestRow { guest: g.clone(), person: frame.person(&g.person_id).cloned() })
        .collect();
    let vote_blocked = vote_blocked(&facts, &course);
    let mendable = course.closed_at.is_some() && refuse_adopted(read, &request.session_id).is_ok();
    // In writing what was missed is a reply, which has a call of its own.
    let mendable = mendable && course.written.is_none();
    let missed = if mendable { MISSED.to_vec() } else { Vec::new() };
    let mut methods = match facts.session.mode {
        crate::codes::SessionMode::Written => vec![VoteMethod::Written],
        crate::codes::SessionMode::Virtual => {
            vec![VoteMethod::RollCall, VoteMethod::Ordinary, VoteMethod::Consensus]
        }
        _ => vec![VoteMethod::RollCall, VoteMethod::Ordinary, VoteMethod::ShowOfHands, VoteMethod::Consensus],
    };
    if facts.session.mode != SessionMode::Written && vote::no_secret(&facts).is_none() {
        methods.push(VoteMethod::Secret);
    }
    // The way that the rules fix comes first.
    let fixed = frame.rule_set.vote_method_in(facts.session.mode).map(|(method, _)| method);
    methods.sort_by_key(|method| Some(*method) != fixed);
    Ok(LiveView {
        body_name: frame.body_name.clone(),
        opened,
        now: read.ctx.now,
        roll,
        item_numbers: item_numbers(&facts.items),
        people: frame.people.clone(),
        guests,
        invitees: invitees(&facts),
        identity_means: identity_means(&facts),
        rules: frame.rule_set.rules.clone(),
        default_rule_id: frame.rule_set.default_rule_id.clone(),
        motions_rules: crate::vote::motions_rules(&facts, &course),
        methods,
        deliberative_quorum: course.deliberative.clone(),
        grace_until,
        second_call: second_call_due(&facts, &course)
            .filter(|_| course.closed_at.is_none() && course.opened_at.is_some() && course.written.is_none()),
        vote_blocked,
        written: written::view(&facts, &course, read.ctx.now),
        missed,
        item_proposals: item_proposals(read, &facts)?,
        unwritten: vote::unwritten(&facts, &course).into_iter().map(|vote| vote.id.clone()).collect(),
        recusal_decides: recusal_decides(&frame.rule_set),
        recusal_dues: match facts.recusals.iter().any(|r| r.outcome == RecusalOutcome::Pending) {
            true => recusal::dues(&facts, &crate::catalog::calendar(read)?, read.ctx.today()),
            false => Vec::new(),
        },
        session: facts.session,
        course,
        items: facts.items,
        events: facts.events,
        motions: facts.motions,
        votes: facts.votes,
        ballots: facts.ballots,
        recusals: facts.recusals,
        decisions: facts.decisions,
        statements: facts.statements,
        commitments: facts.commitments,
    })
}

/// The permanent invitees of a session, with whoever came for each.
#[must_use]
pub fn invitees(facts: &Facts) -> Vec<InviteeLine> {
    let line = |invitee: &FrameInvitee| {
        let sent = |guest: &&Guest| facts.frame.person(&guest.person_id).is_some_and(|p| invitee.sends(p));
        let came = facts.guests.iter().filter(sent).filter(|guest| guest.came());
        let people: Vec<FramePerson> =
            came.filter_map(|guest| facts.frame.person(&guest.person_id).cloned()).collect();
        let recorded = facts.session.invitees.iter().find(|mark| mark.invitee_id == invitee.id);
        let missed = facts.guests.iter().any(|guest| sent(&guest)).then_some(false);
        let attended = match people.is_empty() {
            false => Some(true),
            true => recorded.map(|mark| mark.attended).or(missed),
        };
        InviteeLine { invitee_id: invitee.id.clone(), name: invitee.name.clone(), attended, people }
    };
    facts.frame.invitees.iter().map(line).collect()
}

/// What is proposed where the rules ask for the identity to be verified and nobody has said yet by what means.
const USUAL_IDENTITY_MEANS: &str = "cámara encendida y nombre completo en pantalla";

/// The means of verifying an identity that a session proposes.
fn identity_means(facts: &Facts) -> Option<String> {
    let connects = matches!(facts.session.mode, SessionMode::Virtual | SessionMode::Mixed);
    if !connects || !facts.frame.rule_set.virtual_sessions.identity_check {
        return None;
    }
    let recorded =
        facts.events.iter().filter(|e| e.struck.is_none()).rev().find_map(|e| e.identity_means.clone());
    Some(recorded.unwrap_or_else(|| USUAL_IDENTITY_MEANS.to_owned()))
}

/// When the time to wait for a quorum ends: counted from the hour convened, whenever the wait is announced; of a session
/// without an hour, or called to order on another day, from its call to order.
#[must_use]
pub(crate) fn grace_end(facts: &Facts, course: &Course) -> Option<DateTime<Utc>> {
    let grace = chrono::TimeDelta::minutes(i64::from(facts.frame.rule_set.grace_minutes.value));
    let session = &facts.session;
    let that_day = |opened: DateTime<Utc>| crate::local(opened).date() == session.date;
    let convened = session.planned_start.map(|start| crate::instant(session.date.and_time(start)));
    convened.filter(|_| course.opened_at.is_none_or(that_day)).or(course.opened_at).map(|from| from + grace)
}

/// The second call that a registered norm allows, until there is a quorum or its lack is declared.
fn second_call_due(facts: &Facts, course: &Course) -> Option<SecondCallDue> {
    if course.quorum_reached_at.is_some() || course.no_quorum_at.is_some() || course.second_call_at.is_some()
    {
        return None;
    }
    let rules = facts.frame.rule_set.at_second_call()?;
    let present = course.present.len() as u64;
    Some(SecondCallDue {
        quorum: rules.check_quorum(QuorumKind::Deliberative, facts.frame.voting_seats(), present),
        from: grace_end(facts, course),
    })
}

/// Refuses a second call that no registered norm allows, that is not due, or that comes before the wait ended.
fn check_second_call(facts: &Facts, course: &Course, at: DateTime<Utc>) -> Result<()> {
    if facts.frame.rule_set.second_call_quorum().is_none() {
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "Ninguna norma registrada reduce el quórum en segunda convocatoria. Si el reglamento la prevé, regístrela en Integrantes con su artículo.",
                "No registered norm lowers the quorum at a second call. If the rules provide for it, register it under Members with its article."
            ),
        ));
    }
    let Some(due) = second_call_due(facts, course).filter(|_| !course.quorum.met) else {
        return Err(misfit(text!(
            "No procede la segunda convocatoria: hay o hubo quórum, ya se hizo, o ya se declaró la falta de quórum.",
            "A second call does not apply: there is or was a quorum, it was made already, or the lack of quorum was declared."
        )));
    };
    let Some(until) = due.from.filter(|until| at < *until) else { return Ok(()) };
    let minutes = facts.frame.rule_set.grace_minutes.value;
    let time = crate::local(until).time();
    let (clock, then) = (crate::spanish::clock(time), crate::spanish::at_clock(time));
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "La segunda convocatoria se hace cumplida la espera de {minutes} minutos, que termina {then}",
            "The second call is made after the wait of {minutes} minutes, which ends at {clock}"
        ),
    )
    .with(json!({ "field": "occurred_at", "grace_until": until })))
}

/// Numbers of items as printed: "5", and "5.1" for its first sub-item.
#[must_use]
pub fn item_numbers(items: &[AgendaItem]) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::with_capacity(items.len());
    let mut counts: std::collections::BTreeMap<Option<&AgendaItemId>, usize> =
        std::collections::BTreeMap::new();
    for item in items {
        let n = counts.entry(item.parent_id.as_ref()).or_insert(0);
        *n += 1;
        let above = item.parent_id.as_ref().and_then(|p| items.iter().position(|i| i.id == *p));
        numbers.push(match above.and_then(|i| numbers.get(i)) {
            Some(prefix) => format!("{prefix}.{n}"),
            None => n.to_string(),
        });
    }
    numbers
}

fn roll_row(facts: &Facts, course: &Course, frame_seat: &crate::session::FrameSeat) -> RollRow {
    let frame = &facts.frame;
    let seat = &frame_seat.seat;
    let now = course.now_for(&seat.id);
    let last = course.of_seat(&seat.id).last();
    let announced = facts.confirmations.iter().find(|c| c.seat_id == seat.id);
    let candidates = candidates(facts, &seat.id);
    let expected = announced
        .filter(|c| matches!(c.answer, Answer::WillAttend | Answer::WillDelegate))
        .and_then(|c| c.person_id.as_ref())
        .or_else(|| candidates.first().map(|c| &c.person.id));
    let shown = now.or(last);
    let person_id = shown.map(|p| &p.person_id).or(expected);
    let (capacity, delegation_id) = match (shown, person_id) {
        (Some(p), _) => (p.capacity, p.delegation_id.clone()),
        (None, Some(person)) => facts.capacity(&seat.id, person, DateTime::<Utc>::MAX_UTC),
        (None, None) => (Capacity::Absent, None),
    };
    let why = person_id.filter(|_| capacity != Capacity::AdHoc).and_then(|person| {
        facts.why_not(&seat.id, person, shown.map_or(DateTime::<Utc>::MAX_UTC, |p| p.from))
    });
    let beside = course.beside.iter().filter(|p| p.seat_id == seat.id && p.to.is_none());
    let beside = beside.filter_map(|p| frame.person(&p.person_id).cloned()).collect();
    let left = last.filter(|p| p.to.is_some() && p.end_kind != Some(EventKind::SessionClosed));
    let inside = course.closed_at.is_none() && now.is_some();
    RollRow {
        seat_id: seat.id.clone(),
        number: seat.number,
        title: seat.title.clone(),
        entity: frame_seat.entity_short.clone().or_else(|| frame_seat.entity.clone()),
        group: frame_seat.group.clone(),
        chair: seat.role == crate::codes::SeatRole::Chair,
        vote: seat.vote,
        person: person_id.and_then(|p| frame.person(p)).cloned(),
        capacity,
        delegation: cited(facts, delegation_id.as_ref()),
        delegation_id,
        inside,
        counts: course.present.contains(&seat.id),
        mode: shown.and_then(|p| p.mode),
        since: shown.map(|p| p.from),
        left_at: left.and_then(|p| p.to).filter(|_| now.is_none()),
        left_kind: left.and_then(|p| p.end_kind).filter(|_| now.is_none()),
        announced: announced.map(|c| c.answer),
        excuse: announced.filter(|c| c.answer == Answer::Excused).and_then(|c| c.text.clone()),
        excuse_in_writing: announced.is_some_and(|c| c.answer == Answer::Excused && c.in_writing),
        why,
        beside,
        candidates,
        recusal: seat_recusal(facts, course, &seat.id),
    }
}

fn recusal_decides(rules: &RuleSet) -> RecusalDecides {
    let (by, norm) = rules.recusal_decider();
    let norm = norm.map(|norm| norm.citation);
    let cited = norm.as_ref().map_or_else(String::new, |norm| format!(" ({norm})"));
    let text = match by {
        RecusalDecider::Body => {
            text!("Lo decide la instancia por votación{cited}.", "The body decides it by a vote{cited}.")
        }
        RecusalDecider::Superior => text!(
            "Lo decide el superior o la cabeza del sector, por un acto (CPACA, art. 12).",
            "The superior or head of sector decides it, by an act (CPACA art. 12)."
        ),
    };
    RecusalDecides { by, norm, text }
}

/// What a seat's row says of its recusals: the one of the item under way first.
fn seat_recusal(facts: &Facts, course: &Course, seat: &SeatId) -> Option<SeatRecusal> {
    let told = |r: &Recusal| SeatRecusal {
        recusal_id: r.id.clone(),
        item_id: r.item_id.clone(),
        outcome: r.outcome,
        out_since: r.left_at.filter(|_| r.returned_at.is_none()),
        of_current: course.current_item_id.as_ref() == Some(&r.item_id),
        ad_hoc_person_id: recusal::ad_hoc_sits(course, r)
            .then(|| r.ad_hoc.as_ref().map(|a| a.person_id.clone()))
            .flatten(),
    };
    let stands = |r: &&Recusal| r.seat_id == *seat && r.outcome != RecusalOutcome::Rejected;
    let mut all: Vec<SeatRecusal> = facts.recusals.iter().filter(stands).map(told).collect();
    all.retain(|r| course.closed_at.is_none() && (r.of_current || r.out_since.is_some()));
    all.sort_by_key(|r| !r.of_current);
    all.into_iter().next()
}

fn cited(facts: &Facts, delegation: Option<&DelegationId>) -> Option<String> {
    let delegation = facts.frame.delegations.iter().find(|d| Some(&d.id) == delegation)?;
    let act = delegation.act.cited();
    Some(match &delegation.item_ids {
        Some(items) => format!("{act}, {}", facts.numbers_of(items)),
        None => act,
    })
}

/// Who may attend for a seat: its acting holder or holder, then its delegates, those that count first.
pub(crate) fn candidates(facts: &Facts, seat: &SeatId) -> Vec<Candidate> {
    let frame = &facts.frame;
    let holders =
        frame.holders.iter().chain(&frame.lapsed).filter(|h| h.seat_id == *seat).map(|h| &h.person_id);
    let delegates = frame.delegations.iter().filter(|d| d.seat_id == *seat).map(|d| &d.delegate_id);
    let mut found: Vec<Candidate> = Vec::new();
    for person in holders.chain(delegates) {
        if found.iter().any(|c| c.person.id == *person) {
            continue;
        }
        let (capacity, delegation_id) = facts.capacity(seat, person, DateTime::<Utc>::MAX_UTC);
        if let Some(named) = frame.person(person) {
            let delegation = cited(facts, delegation_id.as_ref());
            let why = facts.why_not(seat, person, DateTime::<Utc>::MAX_UTC);
            found.push(Candidate { person: named.clone(), capacity, delegation_id, delegation, why });
        }
    }
    found.sort_by_key(|c| c.capacity);
    found
}

/// Why a vote cannot be opened now, or `None`.
#[must_use]
pub fn vote_blocked(facts: &Facts, course: &Course) -> Option<Text> {
    obstacles_to_vote(facts, course).into_iter().find_map(|(_, why)| why)
}

/// What may stand in the way of any vote now, in the order in which it is told: each by its name, and why when it does.
pub(crate) fn obstacles_to_vote(facts: &Facts, course: &Course) -> [(&'static str, Option<Text>); 4] {
    let status = course.status.label();
    let away = match course.status {
        SessionStatus::Open if course.written.is_some() => Some(text!(
            "La sesión es por escrito: sus votaciones las hace el cierre de las respuestas.",
            "The session is in writing: closing its replies makes its votes."
        )),
        SessionStatus::Open => None,
        _ => Some(text!(
            "No se puede votar: la sesión está {status}.",
            "A vote cannot be taken: the session is not under way."
        )),
    };
    let paused = course.pauses.last().is_some_and(|p| p.to.is_none()).then(|| {
        text!(
            "La sesión está en receso. Reanúdela para votar.",
            "The session is in recess. Resume it to vote."
        )
    });
    [
        ("under_way", away),
        ("pause", paused),
        ("quorum", no_quorum_to_decide(facts, course)),
        ("presides", nobody_presides(course)),
    ]
}

/// Why nothing can be decided for lack of quorum, or `None`.
fn no_quorum_to_decide(facts: &Facts, course: &Course) -> Option<Text> {
    if course.no_quorum_at.is_some() {
        return Some(text!(
            "Se declaró la falta de quórum: ya no se puede decidir.",
            "The lack of quorum was declared: nothing can be decided any more."
        ));
    }
    let of_item = |r: &&Recusal| Some(&r.item_id) == course.current_item_id.as_ref();
    let recused: Vec<SeatId> = facts
        .recusals
        .iter()
        .filter(of_item)
        .filter(|r| r.outcome == RecusalOutcome::Accepted && !recusal::ad_hoc_sits(course, r))
        .map(|r| r.seat_id.clone())
        .collect();
    let rules = course.rules_now(&facts.frame);
    let without = rules
        .rule(&rules.default_rule_id)
        .and_then(|rule| crate::vote::quorum_without(facts, course, &recused, rule));
    without.or_else(|| {
        let (es, en) = (&course.quorum.explanation.es, &course.quorum.explanation.en);
        (!course.quorum.met)
            .then(|| text!("No hay quórum para decidir. {es}.", "There is no quorum to decide. {en}."))
    })
}

/// What to do when whoever presides left the room, or `None` when somebody presides.
pub(crate) fn nobody_presides(course: &Course) -> Option<Text> {
    course.chair_out_since.map(|_| {
        text!(
            "Quien presidía salió y nadie preside. Registre quién preside desde ahora para votar.",
            "Whoever presided left and nobody presides. Record who presides from now on to vote."
        )
    })
}

/// Refuses what takes up again an item that was put off until the next session: it was not, or the body reopened it.
///
/// # Errors
/// `wrong_state` with the event that put it off.
pub(crate) fn refuse_postponed(facts: &Facts, item: Option<&AgendaItemId>, at: DateTime<Utc>) -> Result<()> {
    let put_off = |e: &&Event| {
        e.kind == EventKind::ItemPostponed
            && e.struck.is_none()
            && e.item_id.as_ref() == item
            && e.occurred_at <= at
    };
    let Some(put_off) = facts.events.iter().rev().find(put_off) else { return Ok(()) };
    let stands = |i: &AgendaItem| Some(&i.id) == item && i.outcome == Some(AgendaOutcome::Postponed);
    let reopened = |m: &Motion| {
        m.kind == MotionKind::Reopening
            && m.status == MotionStatus::Approved
            && Some(&m.item_id) == item
            && m.filed_at.is_some_and(|filed| filed >= put_off.occurred_at)
    };
    if !facts.items.iter().any(stands) || facts.motions.iter().any(reopened) {
        return Ok(());
    }
    Err(Failure::new(
        Code::WrongState,
        text!(
            "El punto se aplazó hasta la siguiente sesión. Si la instancia lo retoma en esta, tache el aplazamiento en la cronología, con su razón.",
            "The item was postponed until the next session. If the body takes it up again in this one, strike the postponement in the timeline, with its reason."
        ),
    )
    .with(json!({ "event_id": put_off.id })))
}

/// Refuses what cannot happen while a session is suspended.
pub(crate) fn refuse_suspended(course: &Course, at: DateTime<Utc>) -> Result<()> {
    match course.suspended_at(at) {
        true => Err(misfit(text!(
            "A esa hora la sesión está suspendida. Reanúdela primero, o corrija la hora.",
            "At that time the session is suspended. Resume it first, or correct the time."
        ))),
        false => Ok(()),
    }
}

/// Refuses a person who was not in the session at an instant, or ever when none is said.
pub(crate) fn refuse_absent(
    facts: &Facts,
    course: &Course,
    field: &str,
    person: &PersonId,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    if facts.attended(course, person, at) {
        return Ok(());
    }
    let who = facts.frame.person(person).map_or("Esa persona", |p| &p.full_name);
    let who_en = facts.frame.person(person).map_or("That person", |p| &p.full_name);
    Err(Failure::field(
        field,
        match at {
            Some(_) => text!(
                "{who} no está en la sesión a esa hora. Registre su llegada, o agregue a esa persona como invitada.",
                "{who_en} is not in the session at that time. Record their arrival, or add them as a guest."
            ),
            None => text!(
                "{who} no asistió a la sesión. Corrija el nombre, o agregue a esa persona como invitada.",
                "{who_en} did not attend the session. Correct the name, or add them as a guest."
            ),
        },
    ))
}

/// A body on a day and at an instant of one of its sessions.
pub(crate) type Then<'a> = (&'a Frame, &'a SessionId, NaiveDate, DateTime<Utc>);

/// The article on who presides in the chair's absence, as cited after a sentence: " (Acuerdo 001 de 2024, art. 8)".
fn presiding_norm(frame: &Frame) -> String {
    let norm = frame.rule_set.source(frame.rule_set.presiding_in_absence.article.as_deref());
    norm.map_or_else(String::new, |n| format!(" ({})", n.citation))
}

/// Refuses whoever may not preside from a seat: somebody who neither holds it nor has a delegation in force.
pub(crate) fn refuse_presider(
    (frame, session, day, at): Then<'_>,
    seat: &SeatId,
    person: &PersonId,
) -> Result<(Capacity, Option<DelegationId>)> {
    let (capacity, delegation) = frame.capacity((session, day, at), seat, person);
    if capacity.counts() {
        return Ok((capacity, delegation));
    }
    let cited = presiding_norm(frame);
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "Esa persona no puede presidir desde ese puesto: no es su titular ni tiene delegación vigente. Indique quién preside, o registre antes su acto{cited}.",
            "That person cannot preside from that seat: they neither hold it nor have a delegation in force. Say who presides, or record the act first{cited}."
        ),
    ))
}

/// What is told of whoever presides from a seat to which the rules do not give the chair, and how the minutes print it.
pub(crate) fn presider_without_right(
    (frame, session, day, at): Then<'_>,
    seat: &SeatId,
    person: &PersonId,
) -> Option<(Text, String)> {
    let (capacity, _) = frame.capacity((session, day, at), seat, person);
    if frame.right_to_preside(seat, capacity).is_some() {
        return None;
    }
    let cited = presiding_norm(frame);
    let title = frame.seat(seat).map_or_else(String::new, |s| s.seat.title.clone());
    Some((
        text!(
            "El reglamento no da a ese puesto la presidencia{cited}.",
            "The rules do not give that seat the chair{cited}."
        ),
        format!("Presidió el puesto «{title}», al que el reglamento no da la presidencia{cited}"),
    ))
}

/// Who presides from a seat from then on: asks first where the rules do not give it the chair.
fn check_presider(
    then: Then<'_>,
    seat: &SeatId,
    person: &PersonId,
    accepted: bool,
) -> Result<(Capacity, Option<DelegationId>)> {
    let presider = refuse_presider(then, seat, person)?;
    match presider_without_right(then, seat, person).filter(|_| !accepted) {
        None => Ok(presider),
        Some((Text { es, en }, _)) => Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "{es} Si la instancia designó a quien preside, confírmelo; el acta no citará norma.",
                "{en} If the body chose who presides, confirm it; the minutes will cite no norm."
            ),
        )
        .with(json!({ "confirm": "accept_presider" }))),
    }
}

/// Refuses to write in a session whose minutes are adopted.
pub(crate) fn refuse_adopted(read: &Read<'_>, session: &SessionId) -> Result<()> {
    let minutes: Vec<Minutes> = read.select("WHERE session_id = ?1", [session])?;
    let adopted = |m: &Minutes| {
        matches!(m.status, MinutesStatus::Approved | MinutesStatus::Signed | MinutesStatus::Published)
    };
    match minutes.iter().find(|m| adopted(m)) {
        Some(m) => {
            let (number, year) = (m.number, m.year);
            Err(Failure::new(
                Code::WrongState,
                text!(
                    "El acta {number} de {year} ya fue aprobada y no cambia. Un error se corrige con un acta aclaratoria.",
                    "Minutes {number} of {year} are adopted and never change. An error is corrected by correcting minutes."
                ),
            ))
        }
        None => Ok(()),
    }
}

/// Facts of a session that is under way.
pub(crate) fn under_way(read: &Read<'_>, id: &SessionId) -> Result<Facts> {
    let facts = facts(read, id)?;
    refuse_over(&course::course(&facts))?;
    Ok(facts)
}

/// Refuses what is only recorded while a session is under way.
pub(crate) fn refuse_over(course: &Course) -> Result<()> {
    match course.status {
        SessionStatus::Open | SessionStatus::Suspended => Ok(()),
        status => {
            let label = status.label();
            Err(Failure::new(
                Code::WrongState,
                text!(
                    "La sesión está {label}: ya no se registran hechos en ella. Lo que falte se corrige desde su cronología.",
                    "The session is over: nothing more is recorded in it. What is missing is corrected from its timeline."
                ),
            )
            .with(json!({ "status": status })))
        }
    }
}

/// The instant an act happened, checked against the session's date and the clock.
fn instant_of(tx: &Tx<'_>, session: &Session, said: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    // What was kept on paper did not happen now.
    if said.is_none() && session.entered_afterwards && tx.ctx.today() != session.date {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La sesión se llevó en papel: diga a qué hora ocurrió el hecho.",
                "The session was kept on paper: say at what time it happened."
            ),
        ));
    }
    let at = said.unwrap_or(tx.ctx.now);
    if at > tx.ctx.now + chrono::TimeDelta::minutes(1) {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La hora está en el futuro. Revise la hora del hecho.",
                "The time is in the future. Check the time of the event."
            ),
        ));
    }
    let day = crate::local(at).date();
    // A session may run past midnight or be suspended over several days, but never before its date.
    if day < session.date {
        let date = session.date;
        return Err(Failure::field(
            "occurred_at",
            text!(dates date;
                "La hora es anterior a la fecha de la sesión ({date}). Corrija la hora o la fecha de la sesión.",
                "The time is before the date of the session ({date}). Correct the time or the session's date."
            ),
        ));
    }
    Ok(at)
}

/// The instant something happened in a session that was opened: not before its call to order.
///
/// # Errors
/// `invalid_input` on `occurred_at` for a time in the future, before the session's date or before its opening.
pub(crate) fn instant_in(tx: &Tx<'_>, facts: &Facts, said: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    let at = instant_of(tx, &facts.session, said)?;
    let Some(opened) = facts.opening().map(|e| e.occurred_at).filter(|opened| at < *opened) else {
        return Ok(at);
    };
    // Times are typed to the minute, that of the opening too: what happens in its minute, or while an opening typed a
    // minute ahead is reached, comes with it.
    let ahead = opened - at <= chrono::TimeDelta::minutes(1);
    if ahead && (said.is_none() || at.timestamp() % 60 == 0 && same_minute(at, opened)) {
        return Ok(opened);
    }
    let time = crate::local(opened).time();
    let (then, clock) = (crate::spanish::at_clock(time), crate::spanish::clock(time));
    Err(Failure::field(
        "occurred_at",
        text!(
            "La sesión se abrió {then}: nada de ella ocurrió antes. Corrija la hora que escribió, o primero la de la apertura.",
            "The session was called to order at {clock}: nothing of it happened before. Correct the time you typed, or first that of the opening."
        ),
    ))
}

fn same_minute(one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
    one.timestamp().div_euclid(60) == other.timestamp().div_euclid(60)
}

/// An event with the next order number.
pub(crate) fn new_event(tx: &Tx<'_>, facts: &Facts, kind: EventKind, at: DateTime<Utc>) -> Result<Event> {
    Ok(Event {
        id: EventId::new(tx.ctx.new_id())?,
        session_id: facts.session.id.clone(),
        seq: facts.events.iter().map(|e| e.seq).max().unwrap_or(0) + 1,
        occurred_at: at,
        recorded_at: tx.ctx.now,
        kind,
        seat_id: None,
        person_id: None,
        capacity: None,
        delegation_id: None,
        mode: None,
        identity_means: None,
        item_id: None,
        motion_id: None,
        vote_id: None,
        value: None,
        until: None,
        detail: None,
        corrections: Vec::new(),
        struck: None,
    })
}

/// Adds a person to the frame of a session under way, as they are today.
pub(crate) fn remember_person(tx: &mut Tx<'_>, session: &SessionId, person: &PersonId) -> Result<()> {
    let mut stored: SessionFrame = tx.get(session)?;
    if stored.frame.person(person).is_some() {
        return Ok(());
    }
    stored.frame.name_people(tx, [person.clone()])?;
    tx.put(&stored)
}

/// How long before the hour convened a session is opened without asking: whoever comes at that hour misses little.
const EARLY_MINUTES: i64 = 15;

/// How long after the hour convened a session is opened without asking.
const LATE_MINUTES: i64 = 60;

/// Whether a session was opened at another time than the one convened, so that it must be asked and told: on another day,
/// before its hour, or long after it.
#[must_use]
pub(crate) fn at_another_hour(session: &Session, opened: DateTime<Utc>) -> bool {
    let local = crate::local(opened);
    if let Some(replies) = session.replies {
        return !same_minute(replies.opens_at, opened);
    }
    let minutes_late = |start| (local - session.date.and_time(start)).num_minutes();
    let near = |start| (-EARLY_MINUTES..=LATE_MINUTES).contains(&minutes_late(start));
    local.date() != session.date || !session.planned_start.is_none_or(near)
}

/// What is told of a session that would be opened at another time than the one convened, and how the minutes print it.
pub(crate) fn hour_unlike_notice(session: &Session, at: DateTime<Utc>) -> Option<(Text, String)> {
    if !at_another_hour(session, at) {
        return None;
    }
    let (date, opened) = (session.date, crate::local(at));
    let (day, clock) = (opened.date(), crate::spanish::clock(opened.time()));
    let hour =
        session.planned_start.map(|start| (crate::spanish::at_clock(start), crate::spanish::clock(start)));
    let (for_hour, at_hour) =
        hour.map_or((String::new(), String::new()), |(es, en)| (format!(" {es}"), format!(" at {en}")));
    let Text { es: then, en: then_en } = match day == date {
        true => text!("a las {clock}", "at {clock}"),
        false => text!(dates day; "el {day} a las {clock}", "on {day} at {clock}"),
    };
    let Text { es: convened, en: convened_en } = Text::day(date);
    let told = format!("La sesión se convocó para el {convened}{for_hour} y se");
    Some((
        Text::new(
            crate::spanish::sentence(format!("{told} abriría {then}")),
            crate::spanish::sentence(format!(
                "The session was convened for {convened_en}{at_hour} and would be opened {then_en}"
            )),
        ),
        format!("{told} abrió {then}"),
    ))
}

/// When the term of a written session opened by itself, at the hour that was published, whenever that is recorded.
pub(crate) fn term_opened(session: &Session, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    session.replies.map(|replies| replies.opens_at).filter(|opens| *opens <= now)
}

/// Refuses to open a session that is open, over, postponed or cancelled.
pub(crate) fn refuse_unopenable(session: &Session) -> Result<()> {
    if matches!(session.status, SessionStatus::Convened | SessionStatus::Scheduled) {
        return Ok(());
    }
    let label = session.status.label();
    Err(Failure::new(
        Code::WrongState,
        text!(
            "La sesión está {label} y no se puede instalar.",
            "The session cannot be opened in its present state."
        ),
    )
    .with(json!({ "status": session.status })))
}

/// Refuses to open a session that was not convened, unless it was kept on paper.
pub(crate) fn refuse_unconvened(session: &Session) -> Result<()> {
    if session.status != SessionStatus::Scheduled || session.entered_afterwards {
        return Ok(());
    }
    Err(Failure::new(
        Code::WrongState,
        text!(
            "La sesión no se ha convocado. Envíe la convocatoria, o indique que se registra después de realizada.",
            "The session has not been convened. Send the notice, or say that it is entered afterwards."
        ),
    ))
}

/// Opens a session: freezes the body as it is on that day and records the call to order.
///
/// # Errors
/// `wrong_state` when it is open, over or cancelled; `rule_forbids` when that person may not preside from that seat;
/// `needs_confirmation`, with the checks in `details.checks`, when the rules do not give that seat the chair, or it is opened
/// well before the hour convened or on another day, without the reason.
pub fn open_session(tx: &mut Tx<'_>, request: OpenSession) -> Result<LiveView> {
    let mut session: Session = tx.get(&request.session_id)?;
    refuse_unopenable(&session)?;
    let at = instant_of(tx, &session, request.occurred_at.or(term_opened(&session, tx.ctx.now)))?;
    let presider = Some((&request.seat_id, &request.person_id));
    let day = crate::local(at).date();
    let unknown =
        frame_for(tx, &session.body_id, day).is_ok_and(|frame| frame.seat(&request.seat_id).is_none());
    if unknown {
        return Err(Failure::not_found("seat", request.seat_id.as_str()));
    }
    let asked = preflight::before_opening(tx, &session, &Opening { at, presider })?;
    session.overrides.extend(preflight::settle(Step::Open, asked, request.overrides)?);
    let frame = frame_for(tx, &session.body_id, day)?;
    session.status = SessionStatus::Open;
    session.rule_set_id.get_or_insert(crate::ids::RuleSetId::new(frame.rule_set.id.clone())?);
    if let Some(secretary) = request.secretary_person_id {
        session.secretary_person_id = Some(secretary);
    }
    let (capacity, delegation_id) =
        refuse_presider((&frame, &session.id, day, at), &request.seat_id, &request.person_id)?;
    tx.insert(&SessionFrame { id: session.id.clone(), frame, sealed: false })?;
    tx.put(&session)?;
    remember_person(tx, &session.id, &request.person_id)?;
    for motion in tx.select::<Motion>("WHERE session_id = ?1", [&session.id])? {
        if let Some(mover) = &motion.mover_person_id {
            remember_person(tx, &session.id, mover)?;
        }
    }
    if let Some(secretary) = session.secretary_person_id.clone() {
        remember_person(tx, &session.id, &secretary)?;
    }
    let facts = facts(tx, &session.id)?;
    let mut event = new_event(tx, &facts, EventKind::CallToOrder, at)?;
    event.id = request.id.unwrap_or(event.id);
    event.seat_id = Some(request.seat_id);
    event.person_id = Some(request.person_id);
    event.capacity = Some(capacity);
    event.delegation_id = delegation_id;
    tx.insert(&event)?;
    live_session(tx, SessionRef { session_id: session.id })
}

/// Refuses to open a written session with other motions, or another term, than its notice published.
pub(crate) fn refuse_unannounced(read: &Read<'_>, session: &Session) -> Result<()> {
    let announced = session.notice.as_ref().and_then(|notice| notice.announced.as_ref());
    let Some(announced) = announced.filter(|_| session.mode == SessionMode::Written) else { return Ok(()) };
    let same = announced.replies == session.replies
        && announced.motions == written::noticed_motions(read, &session.id)?;
    match same {
        true => Ok(()),
        false => Err(misfit(text!(
            "Las mociones o el plazo no son los que publicó la convocatoria. Envíe una convocatoria nueva antes de abrir la sesión.",
            "The motions or the term are not those that the notice published. Send a new notice before opening the session."
        ))
        .with(json!({ "acts": ["renotify_session"] }))),
    }
}

/// What nobody wrote down while a session was held and may be entered once it ended. The rest have calls of their own, or
/// would put off or suspend what was not.
const MISSED: &[EventKind] = &[
    EventKind::RollAnswer,
    EventKind::QuorumCheck,
    EventKind::Arrival,
    EventKind::Departure,
    EventKind::TemporaryDeparture,
    EventKind::Return,
    EventKind::ConnectionLost,
    EventKind::Reconnected,
    EventKind::ItemStart,
    EventKind::ItemEnd,
    EventKind::Presentation,
    EventKind::Intervention,
    EventKind::RecessStart,
    EventKind::RecessEnd,
    EventKind::ChairChanged,
    EventKind::SecretaryChanged,
    EventKind::RecordingStarted,
];

/// Times are typed to the minute: what is entered or moved then comes after what is recorded of that minute.
fn after_its_minute(facts: &Facts, at: DateTime<Utc>) -> DateTime<Utc> {
    let stands = |e: &&Event| e.struck.is_none() && e.kind != EventKind::SessionClosed;
    let same = facts.events.iter().filter(stands).filter(|e| same_minute(e.occurred_at, at));
    same.map(|e| e.occurred_at).max().filter(|_| at.timestamp() % 60 == 0).unwrap_or(at)
}

/// The end of a recess entered after the session, within it and after its beginning; the recess may neither run into
/// another pause nor have a vote taken in it.
///
/// # Errors
/// `invalid_input` when it has no end or such an end, `wrong_state` when something else was going on.
fn missed_recess(
    facts: &Facts,
    whole: &Course,
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
) -> Result<DateTime<Utc>> {
    let ended = |to: &DateTime<Utc>| *to > from && whole.closed_at.is_none_or(|closed| *to <= closed);
    let Some(to) = to.filter(ended) else {
        return Err(Failure::field(
            "ended_at",
            text!(
                "Indique a qué hora terminó el receso, después de su inicio y antes del cierre de la sesión.",
                "Say at what time the recess ended, after it began and before the session closed."
            ),
        ));
    };
    if whole.pauses.iter().any(|p| p.from < to && p.to.or(whole.closed_at).is_none_or(|end| from < end)) {
        return Err(misfit(text!(
            "A esa hora la sesión ya consta en receso o suspendida. Corrija la hora de lo registrado, o la que escribió.",
            "At that time the session is in recess or suspended already. Correct the time of what was recorded, or the one you typed."
        )));
    }
    let votes = [EventKind::VoteOpen, EventKind::VoteClose, EventKind::CastingVote];
    let voted = |e: &&Event| {
        e.struck.is_none() && votes.contains(&e.kind) && from < e.occurred_at && e.occurred_at < to
    };
    if let Some(vote) = facts.events.iter().find(voted) {
        let clock = crate::spanish::clock(crate::local(vote.occurred_at).time());
        return Err(misfit(text!(
            "A las {clock} se votaba: no hubo receso. Corrija la hora del receso.",
            "At {clock} a vote was being taken: there was no recess. Correct the time of the recess."
        ))
        .with(json!({ "vote_id": vote.vote_id })));
    }
    Ok(to)
}

/// Refuses the end, entered after the session, of an item that was not under way then or of which something is recorded
/// later, before it was taken up again.
fn check_missed_end(facts: &Facts, then: &Course, event: &Event) -> Result<()> {
    if event.item_id.is_none() || then.current_item_id != event.item_id {
        return Err(Failure::field(
            "item_id",
            text!(
                "Ese punto no estaba en curso a esa hora. Corrija la hora o el punto.",
                "That item was not under way at that time. Correct the time or the item."
            ),
        ));
    }
    let aside = |kind| {
        course::moves(kind)
            || matches!(kind, EventKind::QuorumCheck | EventKind::RecessStart | EventKind::RecessEnd)
    };
    let mut later = facts.events.iter().filter(|e| e.struck.is_none() && e.occurred_at > event.occurred_at);
    let next = later.find(|e| e.kind == EventKind::ItemStart || e.item_id == event.item_id && !aside(e.kind));
    let Some(next) = next.filter(|e| e.kind != EventKind::ItemStart) else { return Ok(()) };
    let (what, clock) = (next.kind.label(), crate::spanish::clock(crate::local(next.occurred_at).time()));
    Err(Failure::field(
        "occurred_at",
        text!(
            "El punto seguía en curso: a las {clock} consta «{what}». Indique una hora posterior, o corrija lo registrado.",
            "The item was still under way: something of it is recorded at {clock}. Say a later time, or correct what was recorded."
        ),
    ))
}

/// The course of a session that ended, up to the instant of a fact that nobody wrote down then, and that instant.
///
/// # Errors
/// `wrong_state` when the minutes are adopted or that kind is not entered afterwards; `invalid_input` for a time after the
/// close or no reason.
fn missed_then(
    read: &Read<'_>,
    facts: &Facts,
    course: &Course,
    request: &RecordEvent,
) -> Result<(Course, DateTime<Utc>)> {
    refuse_adopted(read, &facts.session.id)?;
    if !MISSED.contains(&request.kind) {
        let kind = request.kind.label();
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión terminó: «{kind}» ya no se registra en ella. Corrija lo registrado desde su cronología.",
                "The session is over: that is not recorded in it any more. Correct what was recorded from its timeline."
            ),
        )
        .with(json!({ "status": course.status })));
    }
    if request.occurred_at.is_none() {
        return Err(misfit(text!(
            "La sesión terminó. Lo que faltó registrar se agrega con su hora y la razón; lo demás se corrige desde su cronología.",
            "The session is over. What was missed is added with its time and the reason; the rest is corrected from its timeline."
        ))
        .with(json!({ "status": course.status, "field": "occurred_at" })));
    }
    let before_close = |at: &DateTime<Utc>| course.closed_at.is_none_or(|closed| *at <= closed);
    let Some(at) = request.occurred_at.map(|at| after_its_minute(facts, at)).filter(before_close) else {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La sesión terminó: indique la hora, entre su apertura y su cierre, en que ocurrió el hecho.",
                "The session is over: say at what time, from its opening to its close, it happened."
            ),
        ));
    };
    if request.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Failure::field(
            "reason",
            text!(
                "Escriba por qué se agrega después de la sesión.",
                "Write why it is added after the session."
            ),
        ));
    }
    let until = |e: &&Event| e.occurred_at <= at && e.kind != EventKind::SessionClosed;
    let events = facts.events.iter().filter(until).cloned().collect();
    Ok((course::course(&Facts { events, ..facts.clone() }), at))
}

/// Records something that happens: an arrival, a departure, an item that begins, an intervention, a recess. Once the
/// session ended and until its minutes are adopted, what was missed is entered with its time and the reason.
///
/// # Errors
/// `wrong_state` when the session is not under way or the event does not fit (a departure of an absent seat, an arrival
/// while it is suspended); `invalid_input` when it comes before the opening, somebody speaks who is not there, or what was
/// missed has no time or reason; `rule_forbids` when somebody would be in two seats at once or presides who may not, or a
/// second call has no norm or comes before the wait ended;
/// `needs_confirmation` with `details.changed_votes` when it happened before a closed vote and would change
/// it, when the rules do not give a seat the chair, or when the lack of quorum is declared before its time.
pub fn record_event(tx: &mut Tx<'_>, request: RecordEvent) -> Result<Event> {
    use EventKind as K;
    let facts = facts(tx, &request.session_id)?;
    let whole = course::course(&facts);
    let over = whole.closed_at.is_some();
    let (course, said) = if over {
        let (course, at) = missed_then(tx, &facts, &whole, &request)?;
        (course, Some(at))
    } else {
        under_way(tx, &request.session_id)?;
        (whole.clone(), request.occurred_at)
    };
    written::refuse_other_facts(&facts.session, request.kind)?;
    let at = instant_in(tx, &facts, said)?;
    let mut event = new_event(tx, &facts, request.kind, at)?;
    event.until = written::term_until(&facts, &course, &request, at)?;
    let said = request.reason.clone();
    if let Some(id) = request.id {
        event.id = id;
    }
    if over {
        event.corrections.push(Correction {
            at: tx.ctx.now,
            by: tx.ctx.actor.name.clone(),
            field: "missed".to_owned(),
            was: String::new(),
            reason: request.reason.map(|reason| reason.trim().to_owned()),
        });
    }
    if request.ended_at.is_some() && !(over && request.kind == K::RecessStart) {
        return Err(Failure::field(
            "ended_at",
            text!(
                "El fin se registra cuando ocurre. Solo un receso agregado después de la sesión lleva su inicio y su fin.",
                "The end is recorded when it happens. Only a recess added after the session has its beginning and its end."
            ),
        ));
    }
    // The end of a recess, entered with it.
    let mut ends = None;
    event.seat_id = request.seat_id;
    event.person_id = request.person_id;
    event.mode = request.mode;
    event.identity_means = request.identity_means.as_deref().and_then(said_means);
    event.detail = request.detail.map(|d| d.trim().to_owned()).filter(|d| !d.is_empty());
    event.item_id = request.item_id.or_else(|| course.current_item_id.clone());
    if let Some(seat) = &event.seat_id
        && facts.frame.seat(seat).is_none()
    {
        return Err(match tx.find::<crate::body::Seat>(seat)? {
            Some(seat) => {
                let title = &seat.title;
                misfit(text!(
                    "El puesto «{title}» no hace parte de esta sesión: ese día no estaba vigente.",
                    "The seat “{title}” is not part of this session: it was not in force on that day."
                ))
            }
            None => Failure::not_found("seat", seat.as_str()),
        });
    }
    if !matches!(
        request.kind,
        K::SessionResumed | K::RecessEnd | K::RecordingStarted | K::SecretaryChanged | K::ChairChanged
    ) {
        refuse_suspended(&course, at)?;
    }
    match request.kind {
        K::RollAnswer | K::Arrival => enter(tx, &facts, &course, &mut event)?,
        K::Departure | K::TemporaryDeparture | K::ConnectionLost => {
            let seat = need_seat(&event)?;
            let beside = |p: &&course::Presence| {
                p.seat_id == seat && p.to.is_none() && event.person_id.as_ref() == Some(&p.person_id)
            };
            // Whoever stays beside the seat with voice may leave; else it is whoever sits.
            let sits = course.now_for(&seat);
            let meant =
                |p: &&course::Presence| event.person_id.as_ref().is_none_or(|who| *who == p.person_id);
            if let (None, Some(sits)) = (course.beside.iter().find(beside), sits.filter(|p| !meant(p))) {
                let who = facts.frame.person(&sits.person_id).map_or("", |p| p.full_name.as_str());
                return Err(Failure::field(
                    "person_id",
                    text!(
                        "Esa persona no está en la sesión por ese puesto: lo ocupa {who}. Diga quién sale.",
                        "That person is not in the session for that seat: {who} is. Say who leaves."
                    ),
                ));
            }
            let Some(inside) = course.beside.iter().find(beside).or(sits) else {
                return Err(misfit(text!(
                    "Ese puesto no está en la sesión. Registre primero su llegada.",
                    "That seat is not in the session. Record its arrival first."
                )));
            };
            event.person_id = Some(inside.person_id.clone());
        }
        K::Return | K::Reconnected => {
            let seat = need_seat(&event)?;
            let Some(before) = course.of_seat(&seat).last() else {
                return Err(misfit(text!(
                    "Ese puesto no había asistido. Registre su llegada.",
                    "That seat had not attended. Record its arrival."
                )));
            };
            let who = event.person_id.get_or_insert(before.person_id.clone());
            let out = |r: &&Recusal| {
                r.seat_id == seat && r.person_id == *who && r.left_at.is_some() && r.returned_at.is_none()
            };
            if facts.recusals.iter().any(|r| out(&r)) {
                return Err(misfit(text!(
                    "Salió por su impedimento: registre que regresa desde el impedimento.",
                    "They left for their recusal: record that they come back from the recusal."
                )));
            }
            if course.now_for(&seat).is_some_and(|p| p.person_id == *who) {
                return Err(misfit(text!(
                    "No había salido: está en la sesión.",
                    "They had not left: they are in the session."
                )));
            }
        }
        K::ItemStart => {
            let item = event.item_id.clone().filter(|id| facts.items.iter().any(|i| i.id == *id));
            if item.is_none() {
                return Err(Failure::field(
                    "item_id",
                    text!("Indique qué punto comienza.", "Say which item begins."),
                ));
            }
            refuse_open_vote(&course)?;
            if course.pauses.last().is_some_and(|p| p.to.is_none()) {
                return Err(misfit(text!(
                    "La sesión está en receso. Reanúdela para comenzar un punto.",
                    "The session is in recess. Resume it to begin an item."
                )));
            }
            refuse_postponed(&facts, item.as_ref(), at)?;
        }
        K::ItemEnd | K::ItemPostponed => {
            if event.item_id.is_none() {
                return Err(misfit(text!("No hay un punto en curso.", "No item is under way.")));
            }
            refuse_open_vote(&course)?;
            if request.kind == K::ItemPostponed {
                refuse_postponed(&facts, event.item_id.as_ref(), at)?;
                if event.detail.as_deref().is_none_or(|why| crate::minutes::sentences::inside(why).is_empty())
                {
                    return Err(Failure::field(
                        "detail",
                        text!(
                            "Escriba por qué se aplaza el punto: el acta lo dice.",
                            "Write why the item is postponed: the minutes say it."
                        ),
                    ));
                }
            }
            if over {
                check_missed_end(&facts, &course, &event)?;
            }
            if request.kind == K::ItemPostponed
                && let Some(item) = facts.items.iter().find(|i| Some(&i.id) == event.item_id.as_ref())
            {
                let cause = Some(decided::BODY_DECISION);
                decided::postpone(tx, item, &facts.session, cause, event.detail.as_deref())?;
                tx.put(&AgendaItem { outcome: Some(AgendaOutcome::Postponed), ..item.clone() })?;
            }
        }
        K::TermExtended | K::TermOpened => event.item_id = None,
        K::RecessStart | K::SessionSuspended => {
            refuse_open_vote(&course)?;
            refuse_closed_term(&course)?;
            if course.pauses.last().is_some_and(|p| p.to.is_none()) {
                return Err(misfit(text!(
                    "La sesión ya está en receso.",
                    "The session is in recess already."
                )));
            }
            if over {
                event.item_id = None;
                let to = missed_recess(&facts, &whole, at, request.ended_at)?;
                ends = Some(Event {
                    id: EventId::new(tx.ctx.new_id())?,
                    seq: event.seq + 1,
                    kind: K::RecessEnd,
                    occurred_at: to,
                    ..event.clone()
                });
            }
        }
        K::RecessEnd | K::SessionResumed => match course.pauses.last().filter(|p| p.to.is_none()) {
            Some(pause) => {
                // In what was recorded it may have gone on until an end that stands.
                if whole.pauses.iter().any(|p| p.from == pause.from && p.to.is_some()) {
                    return Err(misfit(text!(
                        "Ese receso ya tiene su fin. Corrija la hora del que consta.",
                        "That recess has its end already. Correct the time of the one recorded."
                    )));
                }
                event.kind = if pause.kind == K::RecessStart { K::RecessEnd } else { K::SessionResumed };
            }
            None => {
                return Err(misfit(text!("La sesión no está en receso.", "The session is not in recess.")));
            }
        },
        K::NoQuorumDeclared => {
            if course.quorum.met {
                return Err(misfit(text!(
                    "Hay quórum: no se puede declarar que falta.",
                    "There is a quorum: its lack cannot be declared."
                )));
            }
            refuse_open_vote(&course)?;
            let accepted = request.accept_early_declaration == Some(true);
            check_declaration(&facts, &course, at, (accepted, event.detail.as_deref()))?;
        }
        K::ChairChanged => {
            let Some(person) = &event.person_id else {
                return Err(Failure::field("person_id", text!("Indique la persona.", "Say which person.")));
            };
            let seat = match &event.seat_id {
                Some(seat) => seat.clone(),
                None => course
                    .presence
                    .iter()
                    .rev()
                    .find(|p| p.person_id == *person && p.to.is_none())
                    .map(|p| p.seat_id.clone())
                    .ok_or_else(|| {
                        Failure::field(
                            "seat_id",
                            text!("Indique desde qué puesto preside.", "Say from which seat they preside."),
                        )
                    })?,
            };
            refuse_absent(&facts, &course, "person_id", person, Some(at))?;
            let accepted = request.accept_presider == Some(true);
            let (capacity, delegation) = check_presider(
                (&facts.frame, &facts.session.id, facts.sitting(at), at),
                &seat,
                person,
                accepted,
            )?;
            event.seat_id = Some(seat);
            event.capacity = Some(capacity);
            event.delegation_id = delegation;
        }
        K::SecretaryChanged | K::InvalidDelegation => {
            if event.person_id.is_none() {
                return Err(Failure::field("person_id", text!("Indique la persona.", "Say which person.")));
            }
            if request.kind == K::InvalidDelegation {
                event.capacity = Some(Capacity::NoValidDelegation);
            }
        }
        K::Presentation | K::Intervention => {
            if let (Some(seat), None) = (&event.seat_id, &event.person_id) {
                event.person_id = course.now_for(seat).map(|p| p.person_id.clone());
            }
            let Some(person) = &event.person_id else {
                return Err(Failure::field("person_id", text!("Indique quién habla.", "Say who speaks.")));
            };
            refuse_absent(&facts, &course, "person_id", person, Some(at))?;
            let item = event.item_id.as_ref().or(course.current_item_id.as_ref());
            recusal::refuse_taking_part(&facts, item, person, "person_id", at)?;
        }
        K::WaitingStarted => {
            event.item_id = None;
            if course.no_quorum_at.is_some() || course.waiting_since.is_some() || course.quorum.met {
                return Err(misfit(text!(
                    "No hay qué esperar: hay quórum, la espera ya comenzó o ya se declaró la falta de quórum.",
                    "There is nothing to wait for: there is a quorum, the wait began already or its lack was declared."
                )));
            }
        }
        K::ContinuedInformative => {
            if course.quorum.met || course.quorum_reached_at.is_none() || course.informative_since.is_some() {
                return Err(misfit(text!(
                    "No procede seguir de manera informativa: hay quórum, no lo hubo nunca o ya se dispuso.",
                    "Going on for information does not apply: there is a quorum, there never was one, or it goes on so already."
                )));
            }
            refuse_open_vote(&course)?;
        }
        K::SecondCall => {
            event.item_id = None;
            check_second_call(&facts, &course, at)?;
        }
        K::QuorumCheck | K::RecordingStarted => event.item_id = None,
        K::CallToOrder
        | K::SessionClosed
        | K::VoteOpen
        | K::VoteClose
        | K::TieDeclared
        | K::CastingVote
        | K::RecusalDeclared
        | K::RecusalChallenged
        | K::DelegationRevoked
        | K::RecusalLeftRoom
        | K::MotionFiled
        | K::MotionDenied
        | K::MotionWithdrawn
        | K::StatementRecorded
        | K::DissentRecorded
        | K::ReplyReceived
        | K::TermClosed
        | K::LateArrivalAfterDeclaration => {
            let kind = request.kind.label();
            return Err(Failure::field(
                "kind",
                text!(
                    "«{kind}» se registra con su propia llamada.",
                    "That event is recorded by a call of its own."
                ),
            ));
        }
    }
    refuse_identity(&facts.session, &event)?;
    if let Some(person) = event.person_id.clone() {
        remember_person(tx, &facts.session.id, &person)?;
    }
    let mut session = facts.session.clone();
    session.status = match event.kind {
        // What is entered after the session does not open it again.
        _ if over => session.status,
        K::SessionSuspended => SessionStatus::Suspended,
        K::SessionResumed => SessionStatus::Open,
        _ => session.status,
    };
    tx.put(&session)?;
    if event.kind == K::SessionResumed {
        // Whoever took office, or received a delegation, between one sitting and the next.
        let mut stored: SessionFrame = tx.get(&session.id)?;
        stored.frame.sit_on(tx, &session.body_id, crate::calendar::bogota_date(event.occurred_at))?;
        tx.put(&stored)?;
    }
    tx.insert(&event)?;
    if let Some(end) = &ends {
        tx.insert(end)?;
    }
    refuse_two_seats(tx, &event.session_id, &whole)?;
    let accepted = request.accept_changed_votes == Some(true);
    confirm_changed_votes(tx, &event.session_id, &whole, (accepted, said.as_deref()))?;
    crate::minutes::renew_signers(tx, &facts, &whole)?;
    Ok(event)
}

/// Means of verifying an identity as they are kept; nothing when none were said.
fn said_means(said: &str) -> Option<String> {
    Some(said.trim()).filter(|means| !means.is_empty()).map(str::to_owned)
}

/// Refuses means of verifying an identity on what is no connection.
fn refuse_identity(session: &Session, event: &Event) -> Result<()> {
    use EventKind as K;
    let comes = matches!(
        event.kind,
        K::RollAnswer | K::Arrival | K::Return | K::Reconnected | K::LateArrivalAfterDeclaration
    );
    let remote = match event.mode {
        Some(mode) => mode == AttendanceMode::Virtual,
        None => matches!(session.mode, SessionMode::Virtual | SessionMode::Mixed),
    };
    match event.identity_means.is_none() || comes && remote {
        true => Ok(()),
        false => Err(Failure::field(
            "identity_means",
            text!(
                "Solo se anota cómo se verificó la identidad de quien se conecta a distancia.",
                "How an identity was verified is recorded only of whoever connects remotely."
            ),
        )),
    }
}

/// A delegation that arrives while a session is under way is heard in it. A delegate who is in the room already counts by it
/// from their arrival, with trace; unless a vote was closed since, which only correcting the arrival may change.
///
/// # Errors
/// When the archive cannot be read or written.
pub(crate) fn hear_delegation(tx: &mut Tx<'_>, delegation: &Delegation) -> Result<()> {
    let seat: Seat = tx.get(&delegation.seat_id)?;
    let sessions: Vec<Session> =
        tx.select("WHERE body_id = ?1 AND status IN ('open', 'suspended')", [&seat.body_id])?;
    for session in sessions {
        let recorded = facts(tx, &session.id)?;
        let day = recorded.last_sitting();
        let covers = delegation.valid_from <= day && delegation.valid_to.is_none_or(|last| day <= last);
        if !covers || recorded.frame.seat(&seat.id).is_none() {
            continue;
        }
        let mut stored: SessionFrame = tx.get(&session.id)?;
        stored.frame.delegations.retain(|known| known.id != delegation.id);
        stored.frame.name_delegations(tx, [delegation.id.clone()])?;
        tx.put(&stored)?;
        let course = course::course(&recorded);
        let waits = course.now_for(&seat.id).filter(|p| {
            p.person_id == delegation.delegate_id
                && p.capacity == Capacity::NoValidDelegation
                && !recorded.votes.iter().any(|v| v.closed_at.is_some_and(|closed| p.from <= closed))
        });
        let Some(presence) = waits else { continue };
        let mut event: Event = tx.get(&presence.began)?;
        let heard = Facts { frame: stored.frame.clone(), ..recorded.clone() };
        let (capacity, by) = heard.capacity(&seat.id, &delegation.delegate_id, event.occurred_at);
        if event.kind == EventKind::InvalidDelegation || !capacity.counts() {
            continue;
        }
        event.corrections.push(Correction {
            at: tx.ctx.now,
            by: tx.ctx.actor.name.clone(),
            field: "delegation_id".to_owned(),
            was: event.delegation_id.as_ref().map(ToString::to_string).unwrap_or_default(),
            reason: Some(delegation.act.cited()),
        });
        (event.capacity, event.delegation_id) = (Some(capacity), by);
        tx.put(&event)?;
    }
    Ok(())
}

/// A delegation that is revoked while a session is under way stops counting in it: from the instant said, whoever attends by
/// it stays with voice. What was voted before stands.
///
/// # Errors
/// `invalid_input` on `at` when its delegate counts in the session and no instant is said, or it is before the opening.
pub(crate) fn hear_revocation(
    tx: &mut Tx<'_>,
    delegation: &Delegation,
    why: Option<&str>,
    accepted: bool,
) -> Result<()> {
    let seat: Seat = tx.get(&delegation.seat_id)?;
    let sessions: Vec<Session> =
        tx.select("WHERE body_id = ?1 AND status IN ('open', 'suspended')", [&seat.body_id])?;
    for session in sessions {
        let recorded = facts(tx, &session.id)?;
        let day = recorded.last_sitting();
        if delegation.revoked_on.is_none_or(|revoked| day < revoked) {
            continue;
        }
        let course = course::course(&recorded);
        let sits = course
            .now_for(&seat.id)
            .filter(|p| p.delegation_id.as_ref() == Some(&delegation.id) && p.capacity == Capacity::Delegate);
        let Some(sits) = sits else {
            tell_frame(tx, delegation, &session.id)?;
            continue;
        };
        let Some(at) = delegation.revoked_at else {
            return Err(Failure::field(
                "at",
                text!(
                    "Quien asiste por esta delegación está en una sesión en curso: diga desde qué hora queda revocada. Lo votado antes se mantiene.",
                    "Whoever attends by this delegation is in a session under way: say from what time it is revoked. What was voted before stands."
                ),
            ));
        };
        refuse_open_vote(&course)?;
        let at = instant_in(tx, &recorded, Some(at.max(sits.from)))?;
        let mut event = new_event(tx, &recorded, EventKind::DelegationRevoked, at)?;
        event.seat_id = Some(seat.id.clone());
        event.person_id = Some(delegation.delegate_id.clone());
        event.capacity = Some(Capacity::NoValidDelegation);
        event.delegation_id = Some(delegation.id.clone());
        event.detail = why.map(str::to_owned);
        tell_frame(tx, delegation, &session.id)?;
        tx.insert(&event)?;
        confirm_changed_votes(tx, &session.id, &course, (accepted, why)).map_err(|failure| {
            // Its reason is the note of the revocation.
            match failure.code {
                Code::InvalidInput => Failure { details: json!({ "field": "note" }), ..failure },
                _ => failure,
            }
        })?;
        crate::minutes::renew_signers(tx, &recorded, &course)?;
    }
    Ok(())
}

/// Puts a delegation as it is now in the frame of a session under way.
fn tell_frame(tx: &mut Tx<'_>, delegation: &Delegation, session: &SessionId) -> Result<()> {
    let mut stored: SessionFrame = tx.get(session)?;
    match stored.frame.delegations.iter_mut().find(|known| known.id == delegation.id) {
        Some(known) => known.clone_from(delegation),
        None => return Ok(()),
    }
    tx.put(&stored)
}

/// Refuses a declaration of the lack of quorum that comes twice, or after the session had one; asks before one that does
/// not wait as the rules say, and for its reason, which the minutes print.
fn check_declaration(
    facts: &Facts,
    course: &Course,
    at: DateTime<Utc>,
    (accepted, why): (bool, Option<&str>),
) -> Result<()> {
    if course.no_quorum_at.is_some() {
        return Err(misfit(text!(
            "La falta de quórum ya se declaró. Cierre la reunión.",
            "The lack of quorum was declared already. Close the meeting."
        )));
    }
    if course.quorum_reached_at.is_some() {
        return Err(misfit(text!(
            "La sesión se instaló con quórum y después se perdió: no se declara no realizada. Levántela; lo pendiente pasa a la siguiente.",
            "The session had its quorum and lost it later: it was held. Adjourn it; what is pending goes to the next one."
        )));
    }
    let Some(until) = grace_end(facts, course).filter(|until| at < *until) else {
        return Ok(());
    };
    if accepted {
        return match why.map(str::trim) {
            None | Some("") => Err(Failure::field(
                "detail",
                text!(
                    "Escriba por qué no se esperó: el acta imprime la razón.",
                    "Write why it was not waited for: the minutes print the reason."
                ),
            )),
            Some(_) => Ok(()),
        };
    }
    let grace = &facts.frame.rule_set.grace_minutes;
    let time = crate::local(until).time();
    // "8:30 a. m." ends with its full stop.
    let (minutes, clock, then) = (grace.value, crate::spanish::clock(time), crate::spanish::at_clock(time));
    let cited = facts.frame.rule_set.source(grace.article.as_deref());
    let cited = cited.map_or_else(String::new, |n| format!(" ({})", n.citation));
    Err(Failure::new(
        Code::NeedsConfirmation,
        text!(
            "La espera de {minutes} minutos{cited} termina {then} Espere, o confirme que la falta de quórum se declara antes.",
            "The wait of {minutes} minutes{cited} ends at {clock} Wait, or confirm that the lack of quorum is declared before."
        ),
    )
    .with(json!({ "confirm": "accept_early_declaration", "grace_until": until })))
}

/// Refuses what would put somebody in two seats at once who was not before. What the record had already is told by the
/// course, and does not keep the rest from being mended.
pub(crate) fn refuse_two_seats(read: &Read<'_>, session: &SessionId, before: &Course) -> Result<()> {
    let facts = facts(read, session)?;
    let after = course::course(&facts);
    let key = |(one, other): (&course::Presence, &course::Presence)| (one.began.clone(), other.began.clone());
    // Beside a seat with voice they are for that seat too.
    let there = |course: &Course| -> Vec<course::Presence> {
        course.presence.iter().chain(&course.beside).cloned().collect()
    };
    let (before, after) = (there(before), there(&after));
    let had: Vec<_> = course::in_two_seats(&before).into_iter().map(key).collect();
    let mut doubled = course::in_two_seats(&after).into_iter();
    match doubled.find(|pair| !had.contains(&key(*pair))) {
        Some((one, other)) => {
            let said = course::two_seats_told(&facts.frame, one, other);
            let (es, en) = (said.es, said.en);
            Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "{es} Nadie ocupa dos puestos a la vez: corrija la hora, el puesto o la persona.",
                    "{en} Nobody fills two seats at once: correct the time, the seat or the person."
                ),
            )
            .with(json!({
                "person_id": one.person_id, "seat_ids": [one.seat_id, other.seat_id],
                "recorded_by": "invalid_delegation"
            })))
        }
        None => Ok(()),
    }
}

/// A closed vote is not counted again without saying why: the minutes print it.
fn unexplained() -> Failure {
    Failure::field(
        "reason",
        text!(
            "Escriba por qué se corrige: la votación se cuenta de nuevo y el acta imprime la razón.",
            "Write why it is corrected: the vote is counted again and the minutes print the reason."
        ),
    )
}

/// Refuses, until the secretary confirms it, what makes a closed vote come out otherwise than it did. Confirmed, with the
/// reason, the vote is counted again and keeps what it had come to.
///
/// # Errors
/// `needs_confirmation` with `details.changed_votes`; `invalid_input` on `reason` when it is confirmed without one.
pub(crate) fn confirm_changed_votes(
    tx: &mut Tx<'_>,
    session: &SessionId,
    before: &Course,
    (accepted, why): (bool, Option<&str>),
) -> Result<()> {
    let facts = facts(tx, session)?;
    let changed: Vec<ChangedVote> = course::course(&facts)
        .votes
        .iter()
        .filter(|v| v.changed && !before.vote(&v.vote_id).is_some_and(|b| b.changed))
        .map(|v| {
            let vote = facts.votes.iter().find(|w| w.id == v.vote_id);
            let approves = |verdict: Option<&crate::rules::VoteVerdict>| {
                verdict.is_some_and(|verdict| verdict.count.result == crate::rules::VoteResult::Approved)
            };
            let falls = approves(vote.and_then(|w| w.verdict.as_ref())) && !approves(v.verdict.as_ref());
            Ok(ChangedVote {
                secret: vote.is_some_and(|w| w.method == VoteMethod::Secret),
                minutes: if falls { crate::minutes::approved_by(tx, &v.vote_id)? } else { Vec::new() },
                decisions: facts
                    .decisions
                    .iter()
                    .filter(|d| falls && d.vote_id.as_ref() == Some(&v.vote_id))
                    .map(|d| {
                        let Text { es, en } = crate::decision::named(d);
                        text!(
                            "Quedaría sin votos {es}: corríjala o retírela después.",
                            "It would leave without votes {en}: correct it or take it back afterwards."
                        )
                    })
                    .collect(),
                vote_id: v.vote_id.clone(),
                question: vote.map(|w| w.question.clone()).unwrap_or_default(),
                was: vote.and_then(|w| w.verdict.as_ref()).map(|w| w.count.result),
                becomes: v.verdict.as_ref().map(|w| w.count.result),
                was_in_words: vote
                    .zip(before.vote(&v.vote_id))
                    .map_or_else(Text::default, |(vote, course)| crate::vote::came_to(vote, course)),
                becomes_in_words: vote.map_or_else(Text::default, |vote| crate::vote::came_to(vote, v)),
            })
        })
        .collect::<Result<_>>()?;
    if changed.is_empty() {
        return Ok(());
    }
    if accepted {
        let why = why.filter(|why| !why.trim().is_empty());
        if why.is_none() {
            return Err(unexplained());
        }
        return changed
            .iter()
            .try_for_each(|vote| crate::vote::recount(tx, &vote.vote_id, before.vote(&vote.vote_id), why));
    }
    let told = |word: &str, line: &dyn Fn(&ChangedVote) -> String| {
        let lines: Vec<String> = changed.iter().map(line).collect();
        format!("{word} {}.", lines.join("; "))
    };
    let details = told(if changed.len() == 1 { "Votación:" } else { "Votaciones:" }, &|v| {
        let secret = if v.secret { " (fue secreta: sus totales no se separan por puesto)" } else { "" };
        format!("«{}», {}; pasaría a {}{secret}", v.question, v.was_in_words.es, v.becomes_in_words.es)
    });
    let details_en = told(if changed.len() == 1 { "Vote:" } else { "Votes:" }, &|v| {
        let secret = if v.secret { " (it was secret: its totals cannot be taken apart by seat)" } else { "" };
        format!("“{}”, {}; it would be {}{secret}", v.question, v.was_in_words.en, v.becomes_in_words.en)
    });
    let fallen: Vec<&Text> = changed
        .iter()
        .flat_map(|vote| vote.minutes.iter().map(|one| &one.text).chain(&vote.decisions))
        .collect();
    let minutes: String = fallen.iter().map(|text| format!(" {}", text.es)).collect();
    let minutes_en: String = fallen.iter().map(|text| format!(" {}", text.en)).collect();
    let (es, en) = match changed.len() {
        1 => ("una votación ya cerrada".to_owned(), "one vote already closed".to_owned()),
        n => (format!("{n} votaciones ya cerradas"), format!("{n} votes already closed")),
    };
    Err(Failure::new(
        Code::NeedsConfirmation,
        text!(
            "Esto cambia la cuenta de {es}. {details}{minutes} Confirme si procede; hasta entonces no se cambió nada.",
            "This changes the count of {en}. {details_en}{minutes_en} Confirm if it is right; nothing has changed until then."
        ),
    )
    .with(json!({ "confirm": "accept_changed_votes", "changed_votes": changed })))
}

/// What an undo must leave as it was in a session: nobody in two seats, and every closed vote as it came out. `before` is
/// its course before the undo.
///
/// # Errors
/// `rule_forbids` for two seats; `not_undoable` with `details.changed_votes`.
pub(crate) fn refuse_undone(tx: &mut Tx<'_>, session: &SessionId, before: &Course) -> Result<()> {
    refuse_two_seats(tx, session, before)?;
    confirm_changed_votes(tx, session, before, (false, None)).map_err(|changes| match changes.code {
        Code::NeedsConfirmation => Failure::new(
            Code::NotUndoable,
            text!(
                "No se deshace: cambiaría la cuenta de una votación ya cerrada. Corrija el hecho en la cronología de la sesión, que muestra el cambio y deja constancia.",
                "It is not undone: it would change the count of a vote already closed. Correct the event in the session's timeline, which shows the change and leaves a trace."
            ),
        )
        .with(changes.details),
        _ => changes,
    })
}

fn need_seat(event: &Event) -> Result<SeatId> {
    event
        .seat_id
        .clone()
        .ok_or_else(|| Failure::field("seat_id", text!("Indique el puesto.", "Say which seat.")))
}

fn misfit(message: Text) -> Failure {
    Failure::new(Code::WrongState, message)
}

pub(crate) fn refuse_open_vote(course: &Course) -> Result<()> {
    match &course.open_vote_id {
        Some(vote) => Err(misfit(text!(
            "Hay una votación abierta. Ciérrela o anúlela primero.",
            "A vote is open. Close or annul it first."
        ))
        .with(json!({ "vote_id": vote }))),
        None => Ok(()),
    }
}

/// Settles who comes in, in what capacity, and whether it still counts.
fn enter(tx: &mut Tx<'_>, facts: &Facts, course: &Course, event: &mut Event) -> Result<()> {
    let seat = need_seat(event)?;
    let person = match (&event.person_id, candidates(facts, &seat).first()) {
        (Some(person), _) => person.clone(),
        (None, Some(first)) => first.person.id.clone(),
        (None, None) => {
            return Err(Failure::field(
                "person_id",
                text!(
                    "El puesto no tiene titular: indique quién asiste.",
                    "The seat has no holder: say who attends."
                ),
            ));
        }
    };
    if course.now_for(&seat).is_some_and(|p| p.person_id == person) {
        return Err(misfit(text!(
            "Ya está en la sesión por ese puesto.",
            "Already in the session for that seat."
        )));
    }
    let (capacity, mut delegation_id) = facts.capacity(&seat, &person, event.occurred_at);
    let stands = |p: &course::Presence| p.seat_id == seat && p.person_id == person && p.to.is_none();
    if let Some(sits) = course.now_for(&seat)
        && course.beside.iter().any(stands)
        && course::keeps_the_seat(sits.capacity, capacity)
    {
        let who = facts.frame.person(&sits.person_id).map_or("", |p| p.full_name.as_str());
        return Err(misfit(text!(
            "Ya está en la sesión, con voz y sin voto: el puesto lo ocupa {who}.",
            "Already in the session, with voice and no vote: {who} is in the seat."
        )));
    }
    if capacity == Capacity::NoValidDelegation && delegation_id.is_none() {
        delegation_id = past_delegation(tx, &facts.session.id, &seat, &person)?;
    }
    event.person_id = Some(person);
    event.capacity = Some(capacity);
    event.delegation_id = delegation_id;
    event.item_id = None;
    if event.mode.is_none() {
        event.mode = Some(match facts.session.mode {
            crate::codes::SessionMode::Virtual => AttendanceMode::Virtual,
            _ => facts
                .confirmations
                .iter()
                .find(|c: &&Confirmation| c.seat_id == seat)
                .and_then(|c| c.mode)
                .unwrap_or(AttendanceMode::InPerson),
        });
    }
    if course.no_quorum_at.is_some() {
        event.kind = EventKind::LateArrivalAfterDeclaration;
    }
    Ok(())
}

/// The last act by which a person stood for a seat on other days, put in the frame of the session so that it is told that it
/// is not in force.
fn past_delegation(
    tx: &mut Tx<'_>,
    session: &SessionId,
    seat: &SeatId,
    person: &PersonId,
) -> Result<Option<DelegationId>> {
    let last: Vec<Delegation> = tx.select(
        "WHERE seat_id = ?1 AND delegate_id = ?2 ORDER BY valid_from DESC, id LIMIT 1",
        (seat, person),
    )?;
    let Some(last) = last.into_iter().next() else { return Ok(None) };
    let mut stored: SessionFrame = tx.get(session)?;
    stored.frame.name_delegations(tx, [last.id.clone()])?;
    tx.put(&stored)?;
    Ok(Some(last.id))
}

/// Writes the narrative of an item, during the session or after it, until the minutes are adopted.
///
/// # Errors
/// `wrong_state` when the minutes are adopted.
pub fn set_narrative(tx: &mut Tx<'_>, request: SetNarrative) -> Result<AgendaItem> {
    let mut item: AgendaItem = tx.get(&request.item_id)?;
    refuse_adopted(tx, &item.session_id)?;
    item.narrative = request.narrative;
    tx.put(&item)?;
    Ok(item)
}

/// Writes the conclusions of a session (optional in an acta), until the minutes are adopted.
///
/// # Errors
/// `wrong_state` when the minutes are adopted.
pub fn set_conclusions(tx: &mut Tx<'_>, request: SetConclusions) -> Result<Session> {
    let mut session: Session = tx.get(&request.session_id)?;
    refuse_adopted(tx, &session.id)?;
    session.conclusions = Some(request.conclusions).filter(|text| !text.trim().is_empty());
    tx.put(&session)?;
    Ok(session)
}

/// Says what came of an item.
///
/// # Errors
/// `wrong_state` when the minutes are adopted; `rule_forbids` when it is called approved and no vote of it was.
pub fn set_outcome(tx: &mut Tx<'_>, request: SetOutcome) -> Result<AgendaItem> {
    let mut item: AgendaItem = tx.get(&request.item_id)?;
    refuse_adopted(tx, &item.session_id)?;
    if request.outcome.is_some_and(approves) {
        let all: Vec<Vote> = tx.select("WHERE session_id = ?1", [&item.session_id])?;
        let motions: Vec<Motion> = tx.select("WHERE session_id = ?1", [&item.session_id])?;
        let of_block = |vote: &Vote| {
            motions
                .iter()
                .any(|m| Some(&m.id) == vote.motion_id.as_ref() && m.block_item_ids.contains(&item.id))
        };
        let repeated = |vote: &Vote| {
            let again =
                |v: &Vote| v.previous_vote_id.as_ref() == Some(&vote.id) && v.status == VoteStatus::Closed;
            all.iter().any(again)
        };
        let to_reopen = |vote: &Vote| {
            motions.iter().any(|m| Some(&m.id) == vote.motion_id.as_ref() && m.kind == MotionKind::Reopening)
        };
        let of_item = |vote: &Vote| (vote.item_id == item.id || of_block(vote)) && !to_reopen(vote);
        let stands = |vote: &&Vote| of_item(vote) && !repeated(vote);
        let votes: Vec<Vote> = all.iter().filter(stands).cloned().collect();
        if votes_deny(&votes) {
            return Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "Ninguna votación de este punto aprobó: no puede quedar aprobado. Corrija el resultado del punto.",
                    "No vote of this item approved anything: it cannot be approved. Correct the item's outcome."
                ),
            ));
        }
    }
    item.outcome = request.outcome;
    tx.put(&item)?;
    Ok(item)
}

/// Whether an outcome says that the body approved.
pub(crate) fn approves(outcome: AgendaOutcome) -> bool {
    matches!(
        outcome,
        AgendaOutcome::Approved | AgendaOutcome::Prioritized | AgendaOutcome::PrioritizedWithConditions
    )
}

/// Whether votes were closed and none of them approved.
pub(crate) fn votes_deny(votes: &[Vote]) -> bool {
    let mut closed = votes.iter().filter(|v| v.status == VoteStatus::Closed).peekable();
    closed.peek().is_some()
        && closed
            .all(|v| v.verdict.as_ref().is_none_or(|v| v.count.result != crate::rules::VoteResult::Approved))
}

/// Adds or edits a guest: voice, no vote, never counted.
///
/// # Errors
/// `not_found`, or `invalid_input` when the person is a guest of that session already.
pub fn put_guest(tx: &mut Tx<'_>, request: PutGuest) -> Result<Guest> {
    let session: Session = tx.get(&request.session_id)?;
    refuse_adopted(tx, &session.id)?;
    let _: Person = tx.get(&request.person_id)?;
    let present: Vec<Guest> = tx.select("WHERE session_id = ?1", [&session.id])?;
    let id = match request.id {
        Some(id) => id,
        None => crate::ids::GuestId::new(tx.ctx.new_id())?,
    };
    if present.iter().any(|g| g.person_id == request.person_id && g.id != id) {
        return Err(Failure::field(
            "person_id",
            text!("Esa persona ya está entre los invitados.", "That person is among the guests already."),
        ));
    }
    let old = present.iter().find(|g| g.id == id);
    let opened = tx.find::<SessionFrame>(&session.id)?.is_some();
    let attended = request.attended.or(match old {
        Some(old) => old.attended,
        None => opened.then_some(true),
    });
    let guest = Guest {
        id,
        session_id: session.id.clone(),
        person_id: request.person_id,
        position: old
            .map_or_else(|| present.iter().map(|g| g.position).max().unwrap_or(0) + 1, |g| g.position),
        reason: request.reason,
        mode: request.mode,
        attended,
    };
    tx.put(&guest)?;
    if opened {
        remember_person(tx, &session.id, &guest.person_id)?;
    }
    Ok(guest)
}

/// Records whether a permanent invitee came to a session, or that it is not known.
///
/// # Errors
/// `wrong_state` when the session was not opened or its minutes are adopted; `not_found` when it is no invitee of it;
/// `rule_forbids` when it is called absent and somebody came for it.
#[allow(clippy::needless_pass_by_value)]
pub fn mark_invitee(tx: &mut Tx<'_>, request: MarkInvitee) -> Result<Session> {
    let facts = facts(tx, &request.session_id)?;
    refuse_adopted(tx, &request.session_id)?;
    let lines = invitees(&facts);
    let Some(line) = lines.iter().find(|line| line.invitee_id == request.invitee_id) else {
        return Err(Failure::not_found("invitee", request.invitee_id.as_str()));
    };
    if request.attended == Some(false) && !line.people.is_empty() {
        let (name, who) = (
            &line.name,
            crate::spanish::list(&line.people.iter().map(|p| p.full_name.clone()).collect::<Vec<_>>()),
        );
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "Por «{name}» asistió {who}. Quite a esa persona de la lista, o indique que no vino.",
                "{who} came for “{name}”. Take them off the list, or say that they did not come."
            ),
        ));
    }
    let mut session = facts.session;
    session.invitees.retain(|mark| mark.invitee_id != request.invitee_id);
    if let Some(attended) = request.attended {
        session.invitees.push(InviteeAttendance { invitee_id: request.invitee_id, attended });
    }
    tx.put(&session)?;
    Ok(session)
}

/// Which guest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuestRef {
    /// The guest.
    pub guest_id: crate::ids::GuestId,
}

/// Takes a guest off the list.
///
/// # Errors
/// `wrong_state` when the minutes are adopted.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_guest(tx: &mut Tx<'_>, request: GuestRef) -> Result<()> {
    let guest: Guest = tx.get(&request.guest_id)?;
    refuse_adopted(tx, &guest.session_id)?;
    tx.remove::<Guest>(&request.guest_id)
}

/// A closed vote that a correction would turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ChangedVote {
    /// The vote.
    pub vote_id: VoteId,
    /// What was asked.
    pub question: String,
    /// Whether it was secret: its totals cannot be taken apart by seat, and stay as they were counted.
    pub secret: bool,
    /// The result as recorded.
    pub was: Option<crate::rules::VoteResult>,
    /// The result it would have.
    pub becomes: Option<crate::rules::VoteResult>,
    /// What it came to, in words: result, votes and seats present.
    pub was_in_words: Text,
    /// What it would come to.
    pub becomes_in_words: Text,
    /// The adopted minutes that it approved and would no longer approve.
    pub minutes: Vec<ApprovedMinutes>,
    /// What it decided and would no longer decide, each told.
    pub decisions: Vec<Text>,
}

/// Adopted minutes that a vote approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ApprovedMinutes {
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Which they are and where they stand: "El acta n.º 3 de 2026 fue aprobada con esta votación y está publicada…".
    pub text: Text,
}

/// Refuses a correction that the event itself would not have taken: attendance while suspended, somebody who may not
/// preside, a speaker who was not there.
fn check_corrected(
    tx: &Tx<'_>,
    before: &Course,
    event: &Event,
    (moved, renamed): (bool, bool),
) -> Result<()> {
    if moved && course::moves(event.kind) {
        refuse_suspended(before, event.occurred_at)?;
    }
    let Some(person) = event.person_id.as_ref().filter(|_| renamed) else { return Ok(()) };
    let facts = facts(tx, &event.session_id)?;
    match (event.kind, &event.seat_id) {
        (EventKind::CallToOrder | EventKind::ChairChanged, Some(seat)) => {
            let day = facts.sitting(event.occurred_at);
            let when = (&facts.frame, &facts.session.id, day, event.occurred_at);
            check_presider(when, seat, person, true).map(|_| ())
        }
        (EventKind::Presentation | EventKind::Intervention, _) => {
            refuse_absent(&facts, before, "person_id", person, Some(event.occurred_at))
        }
        _ => Ok(()),
    }
}

/// The instant a fact of a session is moved to: the opening comes before everything else that is recorded of it, and the
/// close after.
///
/// # Errors
/// `invalid_input` when it would come before the opening or after the close, the opening after something or the close
/// before it, or in the future.
fn moved_to(
    tx: &Tx<'_>,
    recorded: &Facts,
    before: &Course,
    event: &Event,
    at: DateTime<Utc>,
) -> Result<DateTime<Utc>> {
    let kind = event.kind;
    if kind == EventKind::ReplyReceived {
        return written::received(tx.ctx, Some(at));
    }
    let at = match recorded.opening().is_some_and(|opening| opening.id == event.id) {
        true => {
            let at = instant_of(tx, &recorded.session, Some(at))?;
            refuse_opening_after(recorded, event, at)?;
            at
        }
        false => instant_in(tx, recorded, Some(at))?,
    };
    let Some(closed) = before.closed_at else { return Ok(at) };
    // Suspended and never resumed it ended with its suspension: that moves up to the act that closed it.
    let closing = recorded.events.iter().find(|e| e.struck.is_none() && e.kind == EventKind::SessionClosed);
    let closed = closing.filter(|_| kind == EventKind::SessionSuspended).map_or(closed, |e| e.occurred_at);
    if kind == EventKind::SessionClosed {
        let at = after_its_minute(recorded, at);
        let stands = |e: &&Event| {
            e.struck.is_none() && !matches!(e.kind, EventKind::SessionClosed | EventKind::ReplyReceived)
        };
        let last = recorded.events.iter().rfind(stands).filter(|last| at < last.occurred_at);
        let Some(last) = last else { return Ok(at) };
        let (what, clock) = (last.kind.label(), crate::spanish::clock(crate::local(last.occurred_at).time()));
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La sesión no terminó antes de las {clock}, cuando consta «{what}». Corrija primero lo posterior, o la hora que escribió.",
                "The session did not end before {clock}, when something of it is recorded. Correct first what is later, or the time you typed."
            ),
        ));
    }
    if at > closed {
        let clock = crate::spanish::clock(crate::local(closed).time());
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La sesión terminó a las {clock}. Corrija la hora que escribió, o primero la del cierre.",
                "The session ended at {clock}. Correct the time you typed, or first that of the close."
            ),
        ));
    }
    Ok(at)
}

/// Refuses an opening later than the first thing that is recorded of the session.
fn refuse_opening_after(recorded: &Facts, opening: &Event, at: DateTime<Utc>) -> Result<()> {
    let other = |e: &&Event| e.struck.is_none() && e.id != opening.id && e.kind != EventKind::ReplyReceived;
    let first = recorded.events.iter().find(other);
    let Some(first) = first.filter(|first| first.occurred_at < at) else { return Ok(()) };
    let (what, time) = (first.kind.label(), crate::local(first.occurred_at).time());
    let (then, clock) = (crate::spanish::at_clock(time), crate::spanish::clock(time));
    Err(Failure::field(
        "occurred_at",
        text!(
            "Consta «{what}» {then}: la sesión no se abrió después. Corrija primero lo anterior, o la hora que escribió.",
            "The session was not opened after {clock}, when something of it is recorded. Correct first what is earlier, or the time you typed."
        ),
    ))
}

/// Corrects an event; everything is recomputed. When a closed vote would come out otherwise the secretary is told
/// first, and decides.
///
/// # Errors
/// `needs_confirmation` with `details.changed_votes`; `wrong_state` when the minutes are adopted; `invalid_input` for a time
/// before the opening or after the close, an opening after the first fact or a close before the last; `rule_forbids` when
/// it would put somebody in two seats at once.
pub fn correct_event(tx: &mut Tx<'_>, request: CorrectEvent) -> Result<Event> {
    let mut event: Event = tx.get(&request.event_id)?;
    refuse_adopted(tx, &event.session_id)?;
    let recorded = facts(tx, &event.session_id)?;
    let before = course::course(&recorded);
    let mut session: Session = tx.get(&event.session_id)?;
    if event.struck.is_some() {
        return Err(misfit(text!(
            "Ese hecho ya está tachado. Deshaga la tachadura para corregirlo.",
            "That event is struck out already. Undo the striking to correct it."
        )));
    }
    let moved = request.occurred_at.is_some();
    let renamed = request.seat_id.is_some() || request.person_id.is_some();
    let why = request.reason.clone().or_else(|| request.strike.clone());
    let (kind, now, by) = (event.kind, tx.ctx.now, tx.ctx.actor.name.clone());
    let was_recorded = event.clone();
    let mut trace = |field: &str, was: String| {
        event.corrections.push(Correction {
            at: now,
            by: by.clone(),
            field: field.to_owned(),
            was,
            reason: why.clone(),
        });
    };
    if let Some(at) = request.occurred_at {
        let at = moved_to(tx, &recorded, &before, &was_recorded, at)?;
        trace("occurred_at", event.occurred_at.to_rfc3339());
        event.occurred_at = at;
    }
    if let Some(seat) = request.seat_id {
        if tx.get::<SessionFrame>(&event.session_id)?.frame.seat(&seat).is_none() {
            return Err(Failure::not_found("seat", seat.as_str()));
        }
        trace("seat_id", event.seat_id.as_ref().map(ToString::to_string).unwrap_or_default());
        event.seat_id = Some(seat);
    }
    if let Some(person) = request.person_id {
        trace("person_id", event.person_id.as_ref().map(ToString::to_string).unwrap_or_default());
        event.person_id = Some(person);
    }
    if let Some(secretary) = request.secretary_person_id {
        if kind != EventKind::CallToOrder {
            return Err(Failure::field(
                "secretary_person_id",
                text!(
                    "Quién actuó en la secretaría se corrige en la apertura, o en el hecho en que cambió.",
                    "Who acted as secretary is corrected at the opening, or at the event in which it changed."
                ),
            ));
        }
        let _: Person = tx.get(&secretary)?;
        let was = session.secretary_person_id.replace(secretary.clone());
        trace("secretary_person_id", was.as_ref().map(ToString::to_string).unwrap_or_default());
        tx.put(&session)?;
        remember_person(tx, &session.id, &secretary)?;
    }
    if let Some(detail) = request.detail {
        trace("detail", event.detail.clone().unwrap_or_default());
        event.detail = Some(detail);
    }
    if let Some(means) = request.identity_means {
        trace("identity_means", event.identity_means.clone().unwrap_or_default());
        event.identity_means = said_means(&means);
    }
    if let Some(strike) = request.strike {
        if matches!(
            event.kind,
            EventKind::CallToOrder
                | EventKind::VoteOpen
                | EventKind::VoteClose
                | EventKind::SessionClosed
                | EventKind::TermOpened
        ) || event.kind == EventKind::TermClosed && !recorded.votes.is_empty()
        {
            return Err(misfit(text!(
                "La apertura, el cierre y las votaciones no se tachan: corrija su hora.",
                "The opening, the closing and the votes are not struck out: correct their time."
            )));
        }
        trace("struck", String::new());
        event.struck = Some(strike);
        if event.kind == EventKind::ItemPostponed
            && let Some(item) = &event.item_id
        {
            decided::resume(tx, &tx.get(item)?, &event.session_id)?;
        }
    }
    if matches!(
        event.kind,
        EventKind::RollAnswer
            | EventKind::Arrival
            | EventKind::CallToOrder
            | EventKind::ChairChanged
            | EventKind::ReplyReceived
    ) && event.capacity != Some(Capacity::AdHoc)
        && let (Some(seat), Some(person)) = (&event.seat_id, &event.person_id)
    {
        let (capacity, delegation_id) = recorded.capacity(seat, person, event.occurred_at);
        event.capacity = Some(capacity);
        event.delegation_id = delegation_id;
    }
    refuse_identity(&session, &event)?;
    if let Some(person) = event.person_id.clone() {
        remember_person(tx, &event.session_id, &person)?;
    }
    if event.struck.is_none() {
        check_corrected(tx, &before, &event, (moved, renamed))?;
    }
    tx.put(&event)?;
    refuse_two_seats(tx, &event.session_id, &before)?;
    confirm_changed_votes(tx, &event.session_id, &before, (request.accept_changed_votes, why.as_deref()))?;
    crate::minutes::renew_signers(tx, &recorded, &before)?;
    Ok(event)
}

/// Refuses to adjourn a written session whose replies were not closed, unless it was suspended and is not resumed.
pub(crate) fn refuse_open_term(course: &Course) -> Result<()> {
    let term = course.written.as_ref().and_then(|w| w.term());
    match term.is_some_and(|term| term.closed_at.is_none()) && course.unresumed().is_none() {
        true => Err(misfit(text!(
            "Las respuestas no se han cerrado. Ciérrelas cuando termine el plazo, y después levante la sesión.",
            "The replies have not been closed. Close them when the term ends, then adjourn the session."
        ))
        .with(json!({ "acts": ["close_replies"] }))),
        false => Ok(()),
    }
}

/// Refuses to suspend a written session whose replies were closed: nothing is waited for.
fn refuse_closed_term(course: &Course) -> Result<()> {
    let term = course.written.as_ref().and_then(|w| w.term());
    match term.is_some_and(|term| term.closed_at.is_some()) {
        true => Err(misfit(text!(
            "Las respuestas ya se cerraron: no hay plazo que suspender.",
            "The replies were closed already: there is no term to suspend."
        ))),
        false => Ok(()),
    }
}

/// Whoever may act for a seat: the first of its candidates.
///
/// # Errors
/// `invalid_input` when nobody holds it.
pub(crate) fn expected_for(facts: &Facts, seat: &SeatId) -> Result<PersonId> {
    candidates(facts, seat).first().map(|c| c.person.id.clone()).ok_or_else(|| {
        Failure::field(
            "person_id",
            text!(
                "El puesto no tiene titular: indique la persona.",
                "The seat has no holder: say which person."
            ),
        )
    })
}

/// That a session would be closed in a pause that was not resumed.
pub(crate) fn unresumed(facts: &Facts, course: &Course) -> Option<crate::vote::Unresolved> {
    let pause = course.unresumed()?;
    let began = facts
        .events
        .iter()
        .find(|e| e.struck.is_none() && e.kind == pause.kind && e.occurred_at == pause.from)?;
    let local = crate::local(pause.from);
    let (day, then, clock) =
        (local.date(), crate::spanish::at_clock(local.time()), crate::spanish::clock(local.time()));
    let since = then.trim_start_matches("a ");
    let text = match pause.kind {
        EventKind::SessionSuspended => text!(dates day;
            "La sesión se suspendió {then} del {day} y no se ha reanudado: constará que terminó entonces, y que su cierre se registró después.",
            "The session was suspended at {clock} on {day} and has not been resumed: it will be on record that it ended then, and that its close was recorded later."
        ),
        _ => text!(
            "La sesión está en receso desde {since} y no se ha reanudado.",
            "The session has been in recess since {clock} and has not been resumed."
        ),
    };
    let printed = match pause.kind {
        EventKind::SessionSuspended => format!(
            "La sesión se suspendió {then} del {} y no se reanudó: terminó entonces, y su cierre se registró después",
            crate::spanish::date(day)
        ),
        _ => {
            let of_day = match day == facts.session.date {
                true => String::new(),
                false => format!(" del {}", crate::spanish::day_and_month(day)),
            };
            format!("La sesión terminó en el receso decretado {then}{of_day}, que no se reanudó")
        }
    };
    Some(crate::vote::Unresolved { kind: "pause".to_owned(), id: began.id.to_string(), text, printed })
}

/// Refuses to call informative a session that had its quorum or decided something.
fn refuse_informative(facts: &Facts, course: &Course) -> Result<()> {
    let decided = course.votes.iter().any(|v| {
        v.verdict.as_ref().is_some_and(|v| v.count.quorum_met == Some(true))
            && facts.votes.iter().any(|w| w.id == v.vote_id && w.status == VoteStatus::Closed)
    });
    match course.quorum_reached_at.is_some() || course.quorum.met || decided || !facts.decisions.is_empty() {
        true => Err(Failure::new(
            Code::RuleForbids,
            text!(
                "No es informativa: hubo quórum o se tomaron decisiones. Levántela como sesión realizada.",
                "It is not informative: there was a quorum or decisions were taken. Adjourn it as a session held."
            ),
        )),
        false => Ok(()),
    }
}

/// Refuses to close a session that never had its quorum while that is not on record, and to call informative one that had.
pub(crate) fn refuse_untold_quorum(facts: &Facts, course: &Course, informative: bool) -> Result<()> {
    if informative {
        return refuse_informative(facts, course);
    }
    if course.quorum_reached_at.is_some() || course.no_quorum_at.is_some() || course.quorum.met {
        return Ok(());
    }
    // An acta without an installation and without its lack told would pass for that of a session held.
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "La sesión no llegó a tener quórum y eso no consta. Declare la falta de quórum, y queda como no realizada; o levántela como informativa: se oyeron informes y nada se decidió.",
            "The session never had its quorum, and that is not on record. Declare the lack of quorum, and it is a session not held; or adjourn it as informative: reports were heard and nothing was decided."
        ),
    ))
}

/// Adjourns a session, or closes it for lack of quorum; leaves a draft of its minutes ready.
///
/// # Errors
/// `wrong_state` when a vote is open or the session is over; `rule_forbids` when it is called informative and it had a
/// quorum or decided, or it is not, and never had a quorum nor was its lack declared; `needs_confirmation` with the checks in
/// `details.checks` when a tie, a motion or a recusal is left open without its reason.
pub fn adjourn_session(tx: &mut Tx<'_>, request: AdjournSession) -> Result<LiveView> {
    let before = under_way(tx, &request.session_id)?;
    let course_before = course::course(&before);
    refuse_open_vote(&course_before)?;
    refuse_open_term(&course_before)?;
    let at = instant_of(tx, &before.session, request.occurred_at)?;
    if let Some(last) =
        before.events.iter().rev().find(|e| e.struck.is_none() && e.kind != EventKind::ReplyReceived)
        && at < last.occurred_at
    {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "Hay hechos posteriores a esa hora. Corríjalos o cierre después.",
                "There are later events. Correct them or close later."
            ),
        ));
    }
    if let Some(next) = request.next_session_on
        && next <= before.session.date
    {
        return Err(Failure::field(
            "next_session_on",
            text!("La próxima sesión debe ser posterior a esta.", "The next session must be after this one."),
        ));
    }
    let asked = preflight::before_adjourning(&before, &course_before, request.informative);
    let gone_past = preflight::settle(Step::Adjourn, asked, request.overrides)?;
    let mut event = new_event(tx, &before, EventKind::SessionClosed, at)?;
    let presiding = course_before.presides();
    event.person_id = presiding.map(|t| t.person_id.clone());
    event.seat_id = presiding.and_then(|t| t.seat_id.clone());
    event.detail = request.detail;
    tx.insert(&event)?;
    let mut session = before.session.clone();
    session.next_session_on = request.next_session_on.or(session.next_session_on);
    session.overrides.extend(gone_past);
    session.status = match (course_before.no_quorum_at, request.informative) {
        (_, true) => SessionStatus::Informative,
        (Some(_), false) => SessionStatus::NotHeldNoQuorum,
        (None, false) => SessionStatus::Adjourned,
    };
    if session.status == SessionStatus::NotHeldNoQuorum {
        session.not_held = Some(NotHeld {
            reason: "no_quorum".to_owned(),
            additional_item_proposal_ids: Vec::new(),
            text: event.detail.clone(),
            decided_at: course_before.no_quorum_at,
        });
    }
    tx.put(&session)?;
    if session.status == SessionStatus::Informative {
        crate::session::plan::give_number_back(tx, &mut session)?;
    }
    let mut stored: SessionFrame = tx.get(&session.id)?;
    stored.sealed = true;
    tx.put(&stored)?;
    // What was not treated stays pending and returns in the next agenda.
    let after = course::course(&facts(tx, &session.id)?);
    for item in &before.items {
        let reach = after.reach(&item.id);
        if item.outcome.is_none() {
            let mut item = item.clone();
            item.outcome = Some(match (reach, session.status) {
                (ItemReach::Unreached, SessionStatus::NotHeldNoQuorum) => AgendaOutcome::NotTreated,
                (ItemReach::Unreached, _) => AgendaOutcome::Pending,
                (ItemReach::WithoutQuorum, _) | (_, SessionStatus::NotHeldNoQuorum) => {
                    AgendaOutcome::NoQuorum
                }
                (ItemReach::Treated | ItemReach::UnderWay, _) => AgendaOutcome::Informed,
            });
            tx.put(&item)?;
        }
        // A proposal that nobody got to is postponed; one that was treated waits for its decision to be recorded.
        let lost = after.no_quorum_at.is_some() || !after.quorum.met || reach == ItemReach::WithoutQuorum;
        let (cause, note) = match session.status {
            SessionStatus::NotHeldNoQuorum => {
                (Some(decided::NO_QUORUM), "La sesión no se realizó por falta de quórum.")
            }
            SessionStatus::Informative => {
                (Some(decided::NO_QUORUM), "La sesión fue informativa: no hubo quórum para decidir.")
            }
            _ if lost => (Some(decided::NO_QUORUM), "El punto quedó pendiente: se perdió el quórum."),
            _ => (None, "El punto quedó pendiente al levantarse la sesión."),
        };
        let treated = matches!(reach, ItemReach::Treated | ItemReach::UnderWay);
        if !treated || session.status != SessionStatus::Adjourned {
            decided::postpone(tx, item, &session, cause, Some(note))?;
        }
    }
    crate::minutes::draft_after(tx, request.id, &session)?;
    live_session(tx, SessionRef { session_id: session.id })
}
