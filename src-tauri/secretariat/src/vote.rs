//! Motions, votes, ballots, recusals.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::codes::{
    AgendaKind, BallotValue, Capacity, EventKind, MotionKind, MotionStatus, RecusalKind, RecusalOutcome,
    SessionKind, SessionMode, VoteMethod, VoteStatus,
};
use crate::course::{self, Course, Facts, Presence, VoteCourse};
use crate::decision::Decision;
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{
    AgendaItemId, BallotId, DelegationId, MotionId, PersonId, RecusalId, SeatId, SessionId, VoteId,
};
use crate::journal::{Read, Tx};
use crate::minutes::sentences;
use crate::person::Person;
use crate::recusal::{self, AdHoc, ChallengeAnswer, Challenger};
use crate::rules::{self, Matter, RecusalDecider, RecusalTreatment, VoteResult, VoteVerdict, Voter};
use crate::session::{Session, plan};
use crate::{live, record, text, written};

/// A motion (proposición) put to the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Motion {
    /// Its id.
    pub id: MotionId,
    /// The session.
    pub session_id: SessionId,
    /// The item it was put under.
    pub item_id: AgendaItemId,
    /// Its kind.
    pub kind: MotionKind,
    /// Its text, as voted.
    pub text: String,
    /// Who moved it.
    pub mover_person_id: Option<PersonId>,
    /// When it was put.
    pub filed_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub status: MotionStatus,
    /// The vote that settled it.
    pub vote_id: Option<VoteId>,
    /// The motion that this one, an amendment, would change: it is voted after it.
    pub amends_motion_id: Option<MotionId>,
    /// The closed vote whose matter this motion would reopen.
    pub reopens_vote_id: Option<VoteId>,
    /// The other items that one vote settles together with its own; empty where it is of its item alone.
    pub block_item_ids: Vec<AgendaItemId>,
    /// Items taken out of the block on request, each to be voted apart.
    pub taken_out: Vec<TakenOut>,
    /// Remark.
    pub note: Option<String>,
}
record!(Motion, "motion");

/// An item taken out of a block vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TakenOut {
    /// The item.
    pub item_id: AgendaItemId,
    /// Who asked for it.
    pub person_id: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

/// A seat that voted changes its vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeBallot {
    /// The vote.
    pub vote_id: VoteId,
    /// The seat.
    pub seat_id: SeatId,
    /// Its sense from now on.
    pub value: BallotValue,
}

/// Totals of a counted show of hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Counted {
    /// In favour.
    #[serde(rename = "for")]
    pub in_favour: i64,
    /// Against.
    pub against: i64,
    /// Abstaining.
    pub abstain: i64,
}

/// The chair's further vote that settles a tie; outside the tally.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CastingVote {
    /// The chair's seat.
    pub seat_id: SeatId,
    /// Who cast it.
    pub person_id: PersonId,
    /// Its sense.
    pub value: BallotValue,
    /// Its reasons, if given.
    #[serde(default)]
    pub explanation: Option<String>,
}

/// A reason given with a vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Explanation {
    /// Whose.
    pub person_id: PersonId,
    /// The seat.
    #[serde(default)]
    pub seat_id: Option<SeatId>,
    /// Its words.
    pub text: String,
}

/// A closed vote counted again, because a fact of its session was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Recount {
    /// When it was counted again.
    pub at: DateTime<Utc>,
    /// What it had come to, in words.
    pub was: String,
    /// What it came to, in words.
    pub becomes: String,
    /// Why the fact was corrected.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A vote on a motion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Vote {
    /// Its id.
    pub id: VoteId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// The motion.
    pub motion_id: Option<MotionId>,
    /// What is asked: "¿Se aprueba el orden del día?".
    pub question: String,
    /// How it is taken. `ordinary` is a roll recorded by exception.
    pub method: VoteMethod,
    /// The rule of the session's rule set that settles it.
    pub rule_id: String,
    /// 1, or 2 for a second round.
    pub round: i64,
    /// The tied vote that a second round repeats; of a first round, the consensus that was not reached and that this
    /// majority follows, or the vote whose matter the body reopened.
    pub previous_vote_id: Option<VoteId>,
    /// Open, closed, annulled.
    pub status: VoteStatus,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// When it closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Seats recused for the matter.
    pub recused_seat_ids: Vec<SeatId>,
    /// Totals, for a counted show of hands or a secret vote.
    pub counted: Option<Counted>,
    /// The chair's casting vote, where the rule has one.
    pub casting_vote: Option<CastingVote>,
    /// Seats entitled to vote when it closed: present, with vote, not recused. Frozen.
    pub entitled: Option<Vec<SeatId>>,
    /// Seats that voted in a secret vote, in roll order: who took part, and never how.
    pub participant_seat_ids: Vec<SeatId>,
    /// Reasons given; of a consensus, why each seat objected.
    pub explanations: Vec<Explanation>,
    /// The arithmetic, when it closed.
    pub verdict: Option<VoteVerdict>,
    /// Its counts after it closed, oldest first.
    pub recounts: Vec<Recount>,
    /// Remark.
    pub note: Option<String>,
}
record!(Vote, "vote");

/// One seat's vote: who cast it, for which seat, by which delegation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Ballot {
    /// Its id.
    pub id: BallotId,
    /// The vote.
    pub vote_id: VoteId,
    /// The seat.
    pub seat_id: SeatId,
    /// Who cast it.
    pub person_id: PersonId,
    /// The delegation they acted by.
    pub delegation_id: Option<DelegationId>,
    /// Its sense.
    pub value: BallotValue,
    /// When.
    pub cast_at: DateTime<Utc>,
}
record!(Ballot, "ballot");

/// A recusal (impedimento) of a seat for an item (CPACA art. 11-12).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Recusal {
    /// Its id.
    pub id: RecusalId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// The seat.
    pub seat_id: SeatId,
    /// Whether it was declared, or its person was challenged.
    pub kind: RecusalKind,
    /// Who declared it, or was challenged.
    pub person_id: PersonId,
    /// Who challenged them, when the archive knows them.
    pub challenger_id: Option<PersonId>,
    /// The name of who challenged them, when it does not.
    pub challenger: Option<String>,
    /// The ground, in words.
    pub ground: String,
    /// When it was declared.
    pub declared_at: DateTime<Utc>,
    /// Whether it was in writing.
    pub declared_in_writing: bool,
    /// What the challenged person answered.
    pub answer: Option<ChallengeAnswer>,
    /// `body` or `superior`.
    pub decided_by: Option<String>,
    /// What was decided.
    pub outcome: RecusalOutcome,
    /// The vote that accepted it, when the body decides.
    pub vote_id: Option<VoteId>,
    /// The act that decided it, when a superior does.
    pub deciding_act: Option<String>,
    /// When the person left for the item.
    pub left_at: Option<DateTime<Utc>>,
    /// When they came back.
    pub returned_at: Option<DateTime<Utc>>,
    /// Who takes the seat's place in the item.
    pub ad_hoc: Option<AdHoc>,
    /// Whether the seat stays in the base.
    pub treatment: RecusalTreatment,
    /// The declaration's file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(Recusal, "recusal");

/// Puts a motion under an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileMotion {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<MotionId>,
    /// The session.
    pub session_id: SessionId,
    /// The item; the one under way when not said.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
    /// Its kind.
    pub kind: MotionKind,
    /// Its text, as it will be voted.
    pub text: String,
    /// Who moves it.
    #[serde(default)]
    #[ts(optional)]
    pub mover_person_id: Option<PersonId>,
    /// The motion that an amendment would change; the proposition last put under the item and not settled, when not said.
    #[serde(default)]
    #[ts(optional)]
    pub amends_motion_id: Option<MotionId>,
    /// The closed vote that a motion to reopen is about.
    #[serde(default)]
    #[ts(optional)]
    pub reopens_vote_id: Option<VoteId>,
    /// The other items to be settled by the same vote.
    #[serde(default)]
    #[ts(optional)]
    pub block_item_ids: Option<Vec<AgendaItemId>>,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Takes an item out of a block vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOutOfBlock {
    /// The motion that names the block.
    pub motion_id: MotionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// Who asks for it.
    pub person_id: PersonId,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Rewords a motion that has not been voted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMotion {
    /// The motion.
    pub motion_id: MotionId,
    /// Its text.
    pub text: String,
    /// Its kind.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<MotionKind>,
}

/// Settles a motion without a vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleMotion {
    /// The motion.
    pub motion_id: MotionId,
    /// `dismissed` by the chair, or `withdrawn` by its mover.
    pub status: MotionStatus,
    /// Why.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Opens a vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenVote {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<VoteId>,
    /// The session.
    pub session_id: SessionId,
    /// The item; the motion's, or the one under way, when not said.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
    /// The motion voted.
    #[serde(default)]
    #[ts(optional)]
    pub motion_id: Option<MotionId>,
    /// What is asked; made from the motion when not said.
    #[serde(default)]
    #[ts(optional)]
    pub question: Option<String>,
    /// How it is taken.
    pub method: VoteMethod,
    /// The rule that settles it; the one for the matter when not said.
    #[serde(default)]
    #[ts(optional)]
    pub rule_id: Option<String>,
    /// The tied vote it repeats.
    #[serde(default)]
    #[ts(optional)]
    pub previous_vote_id: Option<VoteId>,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// A seat votes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CastBallot {
    /// The ballot's id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<BallotId>,
    /// The vote.
    pub vote_id: VoteId,
    /// The seat.
    pub seat_id: SeatId,
    /// Its sense; `null` takes a mis-keyed ballot back while the vote is open.
    pub value: Option<BallotValue>,
}

/// Totals of a counted show of hands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCount {
    /// The vote.
    pub vote_id: VoteId,
    /// The totals.
    pub counted: Counted,
}

/// Which vote, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseVote {
    /// The vote.
    pub vote_id: VoteId,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// What a secret vote came to: who voted and the totals, at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordSecretVote {
    /// The vote, opened as secret.
    pub vote_id: VoteId,
    /// The seats that voted.
    pub participant_seat_ids: Vec<SeatId>,
    /// The final totals; they add up to the seats that voted. A blank paper is an abstention.
    pub counted: Counted,
    /// When it closed; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// A seat objects to a consensus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordObjection {
    /// The ballot's id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<BallotId>,
    /// The vote, opened by consensus.
    pub vote_id: VoteId,
    /// The seat.
    pub seat_id: SeatId,
    /// Why it objects; `null` takes its objection back.
    pub reason: Option<String>,
}

/// The chair settles a tie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CastCastingVote {
    /// The tied vote.
    pub vote_id: VoteId,
    /// In favour or against.
    pub value: BallotValue,
    /// Its reasons.
    #[serde(default)]
    #[ts(optional)]
    pub explanation: Option<String>,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Annuls a vote opened by mistake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnulVote {
    /// The vote.
    pub vote_id: VoteId,
    /// Why.
    pub reason: String,
}

/// The reasons of a vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplainBallot {
    /// The vote.
    pub vote_id: VoteId,
    /// The seat.
    pub seat_id: SeatId,
    /// Its words; empty takes them back.
    pub text: String,
}

/// Which vote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteRef {
    /// The vote.
    pub vote_id: VoteId,
}

/// A vote with its arithmetic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VoteExplained {
    /// The vote.
    pub vote: Vote,
    /// Presence, tally and verdict as the facts give them.
    pub course: VoteCourse,
    /// Whether the chair may settle the tie now.
    pub casting_vote_due: bool,
    /// Whether the rules call for a second round.
    pub second_round_due: bool,
    /// Whether consensus was not reached and a registered norm calls for the majority vote that was not taken yet.
    pub majority_due: bool,
}

/// A seat declares itself recused for an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclareRecusal {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<RecusalId>,
    /// The session.
    pub session_id: SessionId,
    /// The item; the one under way when not said.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
    /// The seat.
    pub seat_id: SeatId,
    /// The ground, in words.
    pub ground: String,
    /// Who challenges the seat's person; nobody when they declare it themselves.
    #[serde(default)]
    #[ts(optional)]
    pub challenged_by: Option<Challenger>,
    /// Whether it is in writing; with its file it is.
    #[serde(default)]
    pub in_writing: bool,
    /// The file of the declaration or the challenge.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Settles a recusal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRecusal {
    /// The recusal.
    pub recusal_id: RecusalId,
    /// Accepted or rejected.
    pub outcome: RecusalOutcome,
    /// The vote that decided it, when the body decides.
    #[serde(default)]
    #[ts(optional)]
    pub vote_id: Option<VoteId>,
    /// The act that decided it, when a superior does.
    #[serde(default)]
    #[ts(optional)]
    pub deciding_act: Option<String>,
    /// When the person leaves the room, if accepted; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Which recusal, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnFromRecusal {
    /// The recusal.
    pub recusal_id: RecusalId,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

fn under(facts: &Facts, course: &Course, said: Option<AgendaItemId>) -> Result<AgendaItemId> {
    let item = said.or_else(|| course.current_item_id.clone()).ok_or_else(|| {
        Failure::field(
            "item_id",
            text!(
                "No hay un punto en curso: comience el punto o indíquelo.",
                "No item is under way: begin it or name it."
            ),
        )
    })?;
    match facts.items.iter().any(|i| i.id == item) {
        true => Ok(item),
        false => Err(Failure::not_found("agenda_item", item.as_str())),
    }
}

/// Puts a motion to the body.
///
/// # Errors
/// `invalid_input` when it has no text, its mover is not there, or the motion it amends, the vote it reopens or the items it
/// puts together are not such; `wrong_state` when the session is not under way.
pub fn file_motion(tx: &mut Tx<'_>, request: FileMotion) -> Result<Motion> {
    let session: Session = tx.get(&request.session_id)?;
    if session.mode == SessionMode::Written {
        if plan::is_ahead(session.status) {
            return written::file_in_preparation(tx, &session, request);
        }
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "En una sesión por escrito se responde a lo que publicó la convocatoria: abierta, no se presentan mociones.",
                "In a written session the seats reply to what the notice published: once open, no motion is put."
            ),
        ));
    }
    let facts = live::under_way(tx, &request.session_id)?;
    let course = course::course(&facts);
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    live::refuse_suspended(&course, at)?;
    let item_id = under(&facts, &course, request.item_id.clone())?;
    if let Some(person) = &request.mover_person_id {
        live::refuse_absent(&facts, &course, "mover_person_id", person, Some(at))?;
        recusal::refuse_taking_part(&facts, Some(&item_id), person, "mover_person_id", at)?;
    }
    let amends_motion_id = amended(&facts, &request, &item_id)?;
    check_reopening(&facts, &request)?;
    check_block(&facts, &request, &item_id)?;
    let motion = Motion {
        id: match request.id {
            Some(id) => id,
            None => MotionId::new(tx.ctx.new_id())?,
        },
        session_id: facts.session.id.clone(),
        item_id,
        kind: request.kind,
        text: worded("text", &request.text)?,
        mover_person_id: request.mover_person_id,
        filed_at: Some(at),
        status: MotionStatus::Filed,
        vote_id: None,
        amends_motion_id,
        reopens_vote_id: request.reopens_vote_id,
        block_item_ids: request.block_item_ids.unwrap_or_default(),
        taken_out: Vec::new(),
        note: None,
    };
    tx.insert(&motion)?;
    let mut event = live::new_event(tx, &facts, EventKind::MotionFiled, at)?;
    event.item_id = Some(motion.item_id.clone());
    event.motion_id = Some(motion.id.clone());
    event.person_id.clone_from(&motion.mover_person_id);
    event.seat_id = seat_of(&course, motion.mover_person_id.as_ref());
    if let Some(person) = &motion.mover_person_id {
        live::remember_person(tx, &facts.session.id, person)?;
    }
    tx.insert(&event)?;
    Ok(motion)
}

/// The motion that an amendment would change: the one it names, or the proposition last put under its item.
fn amended(facts: &Facts, request: &FileMotion, item: &AgendaItemId) -> Result<Option<MotionId>> {
    let field = |es: &str, en: &str| Failure::field("amends_motion_id", text!("{es}", "{en}"));
    let pending = |m: &&Motion| m.status == MotionStatus::Filed;
    match (request.kind, &request.amends_motion_id) {
        (MotionKind::Amendment, Some(id)) => {
            let target = facts.motions.iter().find(|m| m.id == *id);
            let Some(target) = target else { return Err(Failure::not_found("motion", id.as_str())) };
            let voting = |v: &Vote| v.motion_id.as_ref() == Some(id) && v.status == VoteStatus::Open;
            if !pending(&target) || facts.votes.iter().any(voting) {
                return Err(field(
                    "Esa moción ya se resolvió o se está votando: no se modifica. Presente otra moción.",
                    "That motion is settled or being voted: it is not amended. Put another motion.",
                ));
            }
            Ok(Some(id.clone()))
        }
        (MotionKind::Amendment, None) => {
            let own = |m: &&Motion| m.item_id == *item && m.kind == MotionKind::Substantive;
            let last = facts.motions.iter().filter(pending).filter(own).max_by_key(|m| (m.filed_at, &m.id));
            Ok(last.map(|m| m.id.clone()))
        }
        (_, Some(_)) => Err(field(
            "Solo una moción de modificación cambia otra.",
            "Only an amendment changes another motion.",
        )),
        (_, None) => Ok(None),
    }
}

/// A motion to reopen names a closed vote that decided something and was not repeated.
fn check_reopening(facts: &Facts, request: &FileMotion) -> Result<()> {
    let field = |es: &str, en: &str| Err(Failure::field("reopens_vote_id", text!("{es}", "{en}")));
    match (request.kind == MotionKind::Reopening, &request.reopens_vote_id) {
        (true, Some(id)) => match facts.votes.iter().find(|v| v.id == *id) {
            None => Err(Failure::not_found("vote", id.as_str())),
            Some(vote) if !settled(vote) || followed(facts, vote) => field(
                "Esa votación no decidió nada, o ya se repitió: no hay qué reabrir.",
                "That vote decided nothing, or was repeated already: there is nothing to reopen.",
            ),
            Some(_) => Ok(()),
        },
        (true, None) => field("Indique qué votación se reabriría.", "Say which vote would be reopened."),
        (false, Some(_)) => field(
            "Solo una moción de reapertura reabre una votación.",
            "Only a motion to reopen reopens a vote.",
        ),
        (false, None) => Ok(()),
    }
}

/// A block is of other items of the session, each once.
fn check_block(facts: &Facts, request: &FileMotion, item: &AgendaItemId) -> Result<()> {
    let block = request.block_item_ids.as_deref().unwrap_or_default();
    let known = |id: &AgendaItemId| facts.items.iter().any(|i| i.id == *id && i.kind != AgendaKind::Opening);
    let twice = |(n, id): (usize, &AgendaItemId)| id == item || block[..n].contains(id);
    if block.iter().all(known) && !block.iter().enumerate().any(twice) {
        return Ok(());
    }
    Err(Failure::field(
        "block_item_ids",
        text!(
            "Un bloque reúne otros puntos de la sesión, cada uno una vez.",
            "A block brings together other items of the session, each once."
        ),
    ))
}

/// Whether a vote closed and settled its matter, one way or the other.
fn settled(vote: &Vote) -> bool {
    let result = vote.verdict.as_ref().map(|v| v.count.result);
    vote.status == VoteStatus::Closed
        && matches!(result, Some(VoteResult::Approved | VoteResult::Rejected | VoteResult::TieUnresolved))
}

/// Takes an item out of a block before it is voted, because somebody asked to vote it apart.
///
/// # Errors
/// `wrong_state` when the motion is settled or being voted; `invalid_input` when the item is not of the block or whoever
/// asks is not there.
pub fn take_out_of_block(tx: &mut Tx<'_>, request: TakeOutOfBlock) -> Result<Motion> {
    let mut motion: Motion = tx.get(&request.motion_id)?;
    let facts = live::under_way(tx, &motion.session_id)?;
    let voted = |v: &Vote| Some(&v.id) == motion.vote_id.as_ref() && v.status != VoteStatus::Annulled;
    if motion.status != MotionStatus::Filed || facts.votes.iter().any(voted) {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La moción ya se puso a votación o se resolvió: de su bloque no sale ningún punto.",
                "The motion was put to a vote or settled: no item leaves its block."
            ),
        ));
    }
    if !motion.block_item_ids.contains(&request.item_id) {
        return Err(Failure::field(
            "item_id",
            text!("Ese punto no está en el bloque.", "That item is not in the block."),
        ));
    }
    let course = course::course(&facts);
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    live::refuse_absent(&facts, &course, "person_id", &request.person_id, Some(at))?;
    motion.block_item_ids.retain(|item| *item != request.item_id);
    motion.taken_out.push(TakenOut { item_id: request.item_id, person_id: request.person_id.clone(), at });
    tx.put(&motion)?;
    live::remember_person(tx, &facts.session.id, &request.person_id)?;
    Ok(motion)
}

fn seat_of(course: &Course, person: Option<&PersonId>) -> Option<SeatId> {
    course
        .presence
        .iter()
        .rev()
        .find(|p| Some(&p.person_id) == person && p.to.is_none())
        .map(|p| p.seat_id.clone())
}

fn worded(field: &str, words: &str) -> Result<String> {
    match words.trim() {
        "" => Err(Failure::field(field, text!("Falta el texto.", "The text is missing."))),
        words => Ok(words.to_owned()),
    }
}

/// Rewords a motion that has not been voted.
///
/// # Errors
/// `wrong_state` when it was settled or its vote is open.
pub fn edit_motion(tx: &mut Tx<'_>, request: EditMotion) -> Result<Motion> {
    let mut motion: Motion = tx.get(&request.motion_id)?;
    if motion.status != MotionStatus::Filed || motion.vote_id.is_some() {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La moción ya se puso a votación o se resolvió: su texto no cambia. Presente otra moción.",
                "The motion was put to a vote or settled: its text never changes. Put another motion."
            ),
        ));
    }
    let session: Session = tx.get(&motion.session_id)?;
    if session.mode == SessionMode::Written && !plan::is_ahead(session.status) {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La convocatoria publicó ese texto y a él se responde: no cambia.",
                "The notice published that text and the seats reply to it: it does not change."
            ),
        ));
    }
    motion.text = worded("text", &request.text)?;
    motion.kind = request.kind.unwrap_or(motion.kind);
    tx.put(&motion)?;
    Ok(motion)
}

/// Settles a motion without a vote: dismissed by the chair, or withdrawn.
///
/// # Errors
/// `wrong_state` when it is settled or its vote is open.
pub fn settle_motion(tx: &mut Tx<'_>, request: SettleMotion) -> Result<Motion> {
    let mut motion: Motion = tx.get(&request.motion_id)?;
    let facts = live::under_way(tx, &motion.session_id)?;
    let kind = match request.status {
        MotionStatus::Dismissed => EventKind::MotionDenied,
        MotionStatus::Withdrawn => EventKind::MotionWithdrawn,
        _ => {
            return Err(Failure::field(
                "status",
                text!(
                    "Sin votación, una moción se niega de plano o se retira.",
                    "Without a vote a motion is dismissed or withdrawn."
                ),
            ));
        }
    };
    let dismissed_before =
        motion.status == MotionStatus::Dismissed && request.status == MotionStatus::Withdrawn;
    let being_voted =
        facts.votes.iter().any(|v| Some(&v.id) == motion.vote_id.as_ref() && v.status == VoteStatus::Open);
    if motion.status != MotionStatus::Filed && !dismissed_before || being_voted {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La moción ya se resolvió o está en votación.",
                "The motion is settled already, or being voted."
            ),
        ));
    }
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    motion.status = request.status;
    motion.note = request.note.or(motion.note);
    tx.put(&motion)?;
    let course = course::course(&facts);
    let mut event = live::new_event(tx, &facts, kind, at)?;
    event.item_id = Some(motion.item_id.clone());
    event.motion_id = Some(motion.id.clone());
    event.person_id = match kind {
        EventKind::MotionDenied => course.presides().map(|t| t.person_id.clone()),
        _ => motion.mover_person_id.clone(),
    };
    event.seat_id = seat_of(&course, event.person_id.as_ref());
    event.detail.clone_from(&motion.note);
    tx.insert(&event)?;
    Ok(motion)
}

/// Opens a vote on a motion or a question.
///
/// # Errors
/// `rule_forbids` without quorum, without anybody presiding, or when a second round would be settled by another rule;
/// `wrong_state` in recess, with another vote open, while a recusal of the item is undecided, or when the tied vote was
/// repeated already.
pub fn open_vote(tx: &mut Tx<'_>, request: OpenVote) -> Result<VoteExplained> {
    let facts = live::under_way(tx, &request.session_id)?;
    let in_writing = facts.session.mode == SessionMode::Written;
    if in_writing || request.method == VoteMethod::Written {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Por escrito se vota solo en una sesión no presencial, y sus votaciones las hace el cierre de las respuestas.",
                "Votes in writing are only those of a written session, and closing its replies makes them."
            ),
        )
        .with(json!({ "field": "method", "acts": ["close_replies"] })));
    }
    let course = course::course(&facts);
    live::refuse_open_vote(&course)?;
    if let Some(why) = live::vote_blocked(&facts, &course) {
        return Err(Failure::new(Code::RuleForbids, why));
    }
    if let Some(why) = no_secret(&facts).filter(|_| request.method == VoteMethod::Secret) {
        return Err(Failure::new(Code::RuleForbids, why).with(json!({ "field": "method" })));
    }
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    let mut motion = match &request.motion_id {
        Some(id) => Some(tx.get::<Motion>(id)?),
        None => None,
    };
    let said = request.item_id.clone().or_else(|| motion.as_ref().map(|m| m.item_id.clone()));
    let reopened = reopening(&facts, &request, motion.as_ref(), said.as_ref(), &course)?.cloned();
    if let Some(motion) = motion.as_ref().filter(|m| m.status != MotionStatus::Filed && reopened.is_none()) {
        return Err(settled_already(motion));
    }
    if let Some(motion) = &motion {
        refuse_amended(&facts, motion)?;
        refuse_mixed_block(&facts, motion)?;
    }
    if let Some(why) = motion.as_ref().and_then(|motion| closed_to_additions(&facts, motion)) {
        return Err(Failure::new(Code::RuleForbids, why));
    }
    let failed = without_consensus(&facts, &request, motion.as_ref(), said.as_ref(), &course)?.cloned();
    let first_round = reopened.is_some() || failed.is_some();
    let previous = match reopened.or(failed) {
        Some(before) => Some(before),
        None => repeated(&facts, &request, motion.as_ref(), said.as_ref(), &course)?.cloned(),
    };
    if let Some(tied) = previous.as_ref().filter(|_| !first_round)
        && (tied.method == VoteMethod::Secret) != (request.method == VoteMethod::Secret)
    {
        return Err(Failure::field(
            "method",
            text!(
                "La segunda ronda repite la votación: es secreta si la primera lo fue, y si no, no.",
                "The second round repeats the vote: it is secret if the first one was, and otherwise not."
            ),
        ));
    }
    let item_id = match &previous {
        Some(previous) => previous.item_id.clone(),
        None => under(&facts, &course, said)?,
    };
    let about_recusal = motion.as_ref().is_some_and(|m| m.kind == MotionKind::Recusal);
    if !about_recusal {
        refuse_undecided(&facts, &item_id)?;
    }
    let recused = recused_of(&facts, &course, &item_id);
    if let (Some(previous), None) = (&previous, &motion)
        && let Some(id) = &previous.motion_id
    {
        motion = Some(tx.get::<Motion>(id)?);
    }
    let rules = &facts.frame.rule_set;
    let rule_id = match (request.rule_id, &previous) {
        (Some(id), Some(previous)) if id != previous.rule_id => {
            return Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "Esta votación sigue a otra del mismo asunto: se decide por la misma regla. Deje la regla sin indicar.",
                    "This vote follows another on the same matter: the same rule settles it. Leave the rule unsaid."
                ),
            ));
        }
        (_, Some(previous)) => previous.rule_id.clone(),
        (Some(id), None) if rules.rules.iter().any(|r| r.id == id) => id,
        (Some(id), None) => return Err(Failure::not_found("rule", &id)),
        (None, None) => rule_of_matter(&facts, &item_id, about_recusal),
    };
    let now = course.rules_now(&facts.frame);
    if let Some(why) = now.rule(&rule_id).and_then(|rule| quorum_without(&facts, &course, &recused, rule)) {
        return Err(Failure::new(Code::RuleForbids, why));
    }
    let question = match (&request.question, &motion, &previous) {
        (Some(question), ..) => worded("question", question)?,
        (None, _, Some(previous)) => previous.question.clone(),
        (None, Some(motion), None) => format!("¿{}?", motion.text.trim_end_matches('.')),
        (None, None, None) => {
            return Err(Failure::field(
                "question",
                text!("Escriba qué se pone a votación.", "Write what is put to the vote."),
            ));
        }
    };
    let asked = Asked {
        id: request.id,
        item_id,
        motion_id: motion
            .as_ref()
            .map(|m| m.id.clone())
            .or_else(|| previous.as_ref().and_then(|p| p.motion_id.clone())),
        question,
        method: request.method,
        rule_id,
        round: if previous.is_some() && !first_round { 2 } else { 1 },
        previous_vote_id: previous.map(|p| p.id),
        recused_seat_ids: recused,
    };
    let vote = put_to_vote(tx, &facts, asked, motion, at)?;
    explain_vote(tx, VoteRef { vote_id: vote.id })
}

/// What is put to the vote, and how.
pub(crate) struct Asked {
    /// The id of the vote; a new one when not said.
    pub id: Option<VoteId>,
    pub item_id: AgendaItemId,
    pub motion_id: Option<MotionId>,
    pub question: String,
    pub method: VoteMethod,
    pub rule_id: String,
    pub round: i64,
    pub previous_vote_id: Option<VoteId>,
    pub recused_seat_ids: Vec<SeatId>,
}

/// Records that a vote is opened: the vote, without a count yet, the motion that is voted in it, and the event.
pub(crate) fn put_to_vote(
    tx: &mut Tx<'_>,
    facts: &Facts,
    asked: Asked,
    motion: Option<Motion>,
    at: DateTime<Utc>,
) -> Result<Vote> {
    let vote = Vote {
        id: VoteId::given(asked.id, tx.ctx)?,
        session_id: facts.session.id.clone(),
        item_id: asked.item_id,
        motion_id: asked.motion_id,
        question: asked.question,
        method: asked.method,
        rule_id: asked.rule_id,
        round: asked.round,
        previous_vote_id: asked.previous_vote_id,
        status: VoteStatus::Open,
        opened_at: at,
        closed_at: None,
        recused_seat_ids: asked.recused_seat_ids,
        counted: None,
        casting_vote: None,
        entitled: None,
        participant_seat_ids: Vec::new(),
        explanations: Vec::new(),
        verdict: None,
        recounts: Vec::new(),
        note: None,
    };
    tx.insert(&vote)?;
    if let Some(mut motion) = motion {
        motion.vote_id = Some(vote.id.clone());
        tx.put(&motion)?;
    }
    let mut event = live::new_event(tx, facts, EventKind::VoteOpen, at)?;
    event.item_id = Some(vote.item_id.clone());
    event.vote_id = Some(vote.id.clone());
    event.motion_id.clone_from(&vote.motion_id);
    event.detail = Some(vote.question.clone());
    tx.insert(&event)?;
    Ok(vote)
}

/// Why a motion that was settled is not put to the vote again.
pub(crate) fn settled_already(motion: &Motion) -> Failure {
    Failure::new(
        Code::WrongState,
        match motion.vote_id {
            None => text!("La moción ya se resolvió.", "The motion is settled already."),
            Some(_) => text!(
                "La moción ya se votó. Se vuelve a votar si la instancia aprueba una moción de reapertura.",
                "The motion was voted already. It is voted again if the body approves a motion to reopen it."
            ),
        },
    )
}

/// Refuses to vote on an item while a recusal of it is undecided: the matter is suspended (CPACA art. 12).
pub(crate) fn refuse_undecided(facts: &Facts, item: &AgendaItemId) -> Result<()> {
    match facts.recusals.iter().any(|r| r.item_id == *item && r.outcome == RecusalOutcome::Pending) {
        true => Err(Failure::new(
            Code::WrongState,
            text!(
                "Hay un impedimento por decidir en este punto: el asunto queda suspendido hasta que se decida (CPACA, art. 12).",
                "A recusal of this item is undecided: the matter is suspended until it is (CPACA art. 12)."
            ),
        )),
        false => Ok(()),
    }
}

/// Seats that do not vote on an item: their recusals were not rejected.
pub(crate) fn recused_of(facts: &Facts, course: &Course, item: &AgendaItemId) -> Vec<SeatId> {
    let of_item =
        |r: &&Recusal| r.item_id == *item && r.outcome != RecusalOutcome::Rejected && !ad_hoc_sits(course, r);
    facts.recusals.iter().filter(of_item).map(|r| r.seat_id.clone()).collect()
}

/// Whether somebody named ad hoc sits now for the seat of a recusal.
pub(crate) fn ad_hoc_sits(course: &Course, recusal: &Recusal) -> bool {
    let named = recusal.ad_hoc.as_ref().map(|ad_hoc| &ad_hoc.person_id);
    course.now_for(&recusal.seat_id).is_some_and(|p| {
        p.capacity == Capacity::AdHoc && Some(&p.person_id) == named && p.items.contains(&recusal.item_id)
    })
}

/// The seats of a vote that would be opened now, before any vote is cast.
pub(crate) fn before_voting(facts: &Facts, course: &Course, recused: &[SeatId]) -> rules::VoteInput {
    let treatment = facts.recusals.iter().find(|r| recused.contains(&r.seat_id)).map(|r| r.treatment);
    rules::VoteInput {
        seats: facts.frame.voting_seats(),
        present: course.present.len() as u64,
        recused: recused.iter().filter(|seat| course.present.contains(seat)).count() as u64,
        recusal_treatment: treatment.unwrap_or(rules::RecusalTreatment::StayInBase),
        votes: rules::Tally::default(),
        chair: rules::ChairAtVote { present: false, recused: false, casting_vote: None },
        round: 1,
    }
}

/// The vote that a new one takes again, by a motion to reopen that was approved; nothing where the matter was not settled.
///
/// # Errors
/// `wrong_state` when the same question was settled and nobody reopened it, or a decision rests on what was voted.
fn reopening<'a>(
    facts: &'a Facts,
    request: &OpenVote,
    motion: Option<&Motion>,
    item: Option<&AgendaItemId>,
    course: &Course,
) -> Result<Option<&'a Vote>> {
    let item = item.or(course.current_item_id.as_ref());
    let plain = |words: &str| words.trim().trim_end_matches('.').to_lowercase();
    let words =
        |id: Option<&MotionId>| facts.motions.iter().find(|m| Some(&m.id) == id).map(|m| plain(&m.text));
    // The same words moved again under the same item are the same matter.
    let same = |vote: &Vote| {
        same_matter(vote, request, motion, item)
            || motion.is_some_and(|m| {
                m.kind != MotionKind::Recusal
                    && Some(&vote.item_id) == item
                    && words(vote.motion_id.as_ref()) == Some(plain(&m.text))
            })
    };
    let Some(last) = facts.votes.iter().rev().find(|v| settled(v) && !followed(facts, v) && same(v)) else {
        return Ok(None);
    };
    let reopens =
        |m: &Motion| m.reopens_vote_id.as_ref() == Some(&last.id) && m.status == MotionStatus::Approved;
    if !facts.motions.iter().any(reopens) {
        let question = &last.question;
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "«{question}» ya se votó. Se vuelve a votar si la instancia aprueba una moción de reapertura.",
                "“{question}” was voted already. It is voted again if the body approves a motion to reopen it."
            ),
        )
        .with(json!({ "vote_id": last.id })));
    }
    if motion.is_some_and(|m| last.motion_id.as_ref() != Some(&m.id)) {
        return Err(Failure::field(
            "motion_id",
            text!(
                "Lo que se reabrió es la votación de la moción anterior: ábrala sobre esa misma moción.",
                "What was reopened is the vote on the earlier motion: open it on that same motion."
            ),
        ));
    }
    if let Some(decision) = facts.decisions.iter().find(|d| d.vote_id.as_ref() == Some(&last.id)) {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Con la votación anterior se escribió una decisión. Retírela antes de votar de nuevo; la escribe otra vez lo que se decida.",
                "A decision was written from the earlier vote. Take it back before voting again; what is decided is written anew."
            ),
        )
        .with(json!({ "decision_id": decision.id })));
    }
    Ok(Some(last))
}

/// Amendments are voted before the motion they change, and among those of one motion the last one put is voted first.
pub(crate) fn refuse_amended(facts: &Facts, motion: &Motion) -> Result<()> {
    let pending = |m: &&Motion| m.status == MotionStatus::Filed && m.id != motion.id;
    let order = |m: &Motion| (m.filed_at, m.id.clone());
    let of = |target: &MotionId| {
        let amendments =
            facts.motions.iter().filter(pending).filter(|m| m.amends_motion_id.as_ref() == Some(target));
        amendments.max_by_key(|m| order(m))
    };
    if let Some(first) = of(&motion.id) {
        let words = &first.text;
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Antes se vota la modificación «{words}», o se retira, o se niega de plano.",
                "The amendment “{words}” is voted first, or withdrawn, or dismissed."
            ),
        )
        .with(json!({ "motion_id": first.id })));
    }
    let later = motion.amends_motion_id.as_ref().and_then(of).filter(|m| order(m) > order(motion));
    match later {
        Some(first) => {
            let words = &first.text;
            Err(Failure::new(
                Code::WrongState,
                text!(
                    "Las modificaciones se votan desde la última que se presentó: antes va «{words}».",
                    "Amendments are voted from the last one put: “{words}” goes first."
                ),
            )
            .with(json!({ "motion_id": first.id })))
        }
        None => Ok(()),
    }
}

/// One vote settles only what one rule decides and everybody may vote on.
pub(crate) fn refuse_mixed_block(facts: &Facts, motion: &Motion) -> Result<()> {
    let own = rule_of_matter(facts, &motion.item_id, false);
    let numbers = live::item_numbers(&facts.items);
    for item in &motion.block_item_ids {
        let recused =
            facts.recusals.iter().any(|r| r.item_id == *item && r.outcome != RecusalOutcome::Rejected);
        let other = rule_of_matter(facts, item, false) != own;
        if !recused && !other {
            continue;
        }
        let at = facts.items.iter().position(|i| i.id == *item);
        let number = at.and_then(|n| numbers.get(n)).map_or("", String::as_str);
        let (why, why_en) = if recused {
            ("hay un impedimento en él", "there is a recusal of it")
        } else {
            ("lo decide otra mayoría", "another majority decides it")
        };
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "El punto {number} no se vota en este bloque: {why}. Sáquelo del bloque y vótelo aparte.",
                "Item {number} is not voted in this block: {why_en}. Take it out of the block and vote it apart."
            ),
        )
        .with(json!({ "item_id": item })));
    }
    Ok(())
}

/// Why a vote of this session may not be secret, or `None` when it may.
pub(crate) fn no_secret(facts: &Facts) -> Option<Text> {
    let rules = &facts.frame.rule_set;
    let block = &rules.virtual_sessions;
    let open = |method: &VoteMethod| *method != VoteMethod::Secret;
    if facts.session.mode != SessionMode::Virtual || !block.vote_method.as_ref().is_some_and(open) {
        return None;
    }
    let cited = rules.source(block.article.as_deref());
    let cited = cited.map_or_else(String::new, |source| format!(" ({})", source.citation));
    Some(text!(
        "En las sesiones virtuales el reglamento fija otra manera de votar{cited}: la votación no es secreta.",
        "In virtual sessions the rules set another way of voting{cited}: the vote is not secret."
    ))
}

/// The consensus that was not reached on the matter of a new vote, which a majority follows by a registered norm. Asking
/// for consensus again follows nothing.
///
/// # Errors
/// `rule_forbids` when nothing lets the body pass from consensus to a majority.
fn without_consensus<'a>(
    facts: &'a Facts,
    request: &OpenVote,
    motion: Option<&Motion>,
    item: Option<&AgendaItemId>,
    course: &Course,
) -> Result<Option<&'a Vote>> {
    if request.method == VoteMethod::Consensus {
        return Ok(None);
    }
    let item = item.or(course.current_item_id.as_ref());
    let named = |vote: &Vote| request.previous_vote_id.as_ref() == Some(&vote.id);
    let matter = |vote: &Vote| match &request.previous_vote_id {
        Some(_) => named(vote),
        None => same_matter(vote, request, motion, item),
    };
    let Some(failed) = facts.votes.iter().rev().find(|v| unfollowed_consensus(facts, v) && matter(v)) else {
        return Ok(None);
    };
    if motion.is_some_and(|m| failed.motion_id.as_ref() != Some(&m.id)) {
        return Err(another_motion());
    }
    let rules = &facts.frame.rule_set;
    if rules.rule(&failed.rule_id).is_some_and(|rule| rules.majority_after_consensus(rule).is_some()) {
        return Ok(Some(failed));
    }
    let question = &failed.question;
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "No hubo consenso sobre «{question}» y ninguna norma registrada permite pasar a la mayoría: el asunto queda sin decisión. Puede buscarse otra vez el consenso, o presentarse otra moción.",
            "There was no consensus on “{question}” and no registered norm lets the body pass to a majority: the matter stays undecided. Consensus may be sought again, or another motion put."
        ),
    )
    .with(json!({ "vote_id": failed.id })))
}

/// Whether consensus was sought in a vote, not reached, and no other vote followed it.
fn unfollowed_consensus(facts: &Facts, vote: &Vote) -> bool {
    vote.status == VoteStatus::Closed
        && vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::NoConsensus)
        && facts
            .motions
            .iter()
            .all(|m| Some(&m.id) != vote.motion_id.as_ref() || m.status == MotionStatus::Filed)
        && !followed(facts, vote)
}

/// Whether the rules call for the majority vote that follows a consensus not reached, and it was not taken yet.
fn majority_due(facts: &Facts, vote: &Vote) -> bool {
    let rules = &facts.frame.rule_set;
    let backed = rules.rule(&vote.rule_id).and_then(|rule| rules.majority_after_consensus(rule)).is_some();
    backed && unfollowed_consensus(facts, vote)
}

/// Whether another vote, not annulled, repeats a vote or follows it.
fn followed(facts: &Facts, vote: &Vote) -> bool {
    let after = |v: &Vote| v.previous_vote_id.as_ref() == Some(&vote.id) && v.status != VoteStatus::Annulled;
    facts.votes.iter().any(after)
}

/// Whether a new vote would be on what another was on: its motion, or the same question under the item.
fn same_matter(
    vote: &Vote,
    request: &OpenVote,
    motion: Option<&Motion>,
    item: Option<&AgendaItemId>,
) -> bool {
    match motion {
        Some(motion) => vote.motion_id.as_ref() == Some(&motion.id),
        None => {
            vote.motion_id.is_none()
                && Some(&vote.item_id) == item
                && request.question.as_ref().is_some_and(|q| q.trim() == vote.question)
        }
    }
}

fn another_motion() -> Failure {
    Failure::field(
        "previous_vote_id",
        text!(
            "Esa votación fue de otra moción. Repita la votación de la moción empatada.",
            "That vote was on another motion. Repeat the vote on the motion that tied."
        ),
    )
}

/// Why a vote by that rule would have no quorum without the seats that are recused of its item, or `None` when it would.
pub(crate) fn quorum_without(
    facts: &Facts,
    course: &Course,
    recused: &[SeatId],
    rule: &rules::Rule,
) -> Option<Text> {
    let input = before_voting(facts, course, recused);
    if input.recused == 0 {
        return None;
    }
    let quorum = course.rules_now(&facts.frame).decide(rule, &input).quorum.filter(|quorum| !quorum.met)?;
    let (es, en) = (&quorum.explanation.es, &quorum.explanation.en);
    Some(text!(
        "Sin los puestos impedidos no hay quórum para decidir este punto. {es}. El punto queda pendiente.",
        "Without the recused seats there is no quorum to decide this item. {en}. The item stays pending."
    ))
}

/// What a motion would ask for if it were put to the vote now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MotionRules {
    /// The motion.
    pub motion_id: MotionId,
    /// The rule of its matter, which settles it when no other is said.
    pub rule_id: String,
    /// Each rule that may settle it.
    pub choices: Vec<RuleAsked>,
}

/// What a rule asks of a vote that would be opened now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RuleAsked {
    /// The rule.
    pub rule_id: String,
    /// Its name, in the body's words.
    pub name: String,
    /// What it asks: "Mayoría absoluta de los integrantes: 9 de 16 integrantes a favor (…)".
    pub text: Text,
    /// Why no vote could be opened under it now; `null` when one could.
    pub blocked: Option<Text>,
}

/// What each motion that waits for a vote would ask for now.
pub(crate) fn motions_rules(facts: &Facts, course: &Course) -> Vec<MotionRules> {
    let rules = course.rules_now(&facts.frame);
    let of_motion = |motion: &Motion| {
        let recused = recused_of(facts, course, &motion.item_id);
        let input = before_voting(facts, course, &recused);
        let refused = refuse_amended(facts, motion).and_then(|()| refuse_mixed_block(facts, motion)).err();
        let closed = closed_to_additions(facts, motion).or_else(|| refused.map(|why| why.message));
        let asked = |rule: &rules::Rule| RuleAsked {
            rule_id: rule.id.clone(),
            name: rule.name.clone(),
            text: rules.asks(rule, &input),
            blocked: closed.clone().or_else(|| quorum_without(facts, course, &recused, rule)),
        };
        MotionRules {
            motion_id: motion.id.clone(),
            rule_id: rule_of_matter(facts, &motion.item_id, motion.kind == MotionKind::Recusal),
            choices: rules.rules.iter().map(asked).collect(),
        }
    };
    facts.motions.iter().filter(|m| m.status == MotionStatus::Filed).map(of_motion).collect()
}

/// The tied vote that a new one repeats: the one it names, or the one of the same matter whose second round is due. A
/// tie is repeated once.
fn repeated<'a>(
    facts: &'a Facts,
    request: &OpenVote,
    motion: Option<&Motion>,
    item: Option<&AgendaItemId>,
    course: &Course,
) -> Result<Option<&'a Vote>> {
    let item = item.or(course.current_item_id.as_ref());
    let Some(id) = &request.previous_vote_id else {
        let due = |v: &&Vote| second_round_due(facts, v) && same_matter(v, request, motion, item);
        return Ok(facts.votes.iter().find(due));
    };
    let Some(previous) = facts.votes.iter().find(|v| v.id == *id) else {
        return Err(Failure::not_found("vote", id.as_str()));
    };
    if !second_round_due(facts, previous) {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Esa votación no terminó en un empate por repetir, o ya se repitió. Abra una votación nueva.",
                "That vote did not end in a tie to be repeated, or was repeated already. Open a new vote."
            ),
        ));
    }
    if motion.is_some_and(|m| previous.motion_id.as_ref() != Some(&m.id)) {
        return Err(another_motion());
    }
    Ok(Some(previous))
}

/// Whether the rules call for a second round of a vote that was not taken yet.
pub(crate) fn second_round_due(facts: &Facts, vote: &Vote) -> bool {
    let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
    vote.status == VoteStatus::Closed
        && vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::SecondRound)
        && motion.is_none_or(|m| m.status == MotionStatus::Filed)
        && !followed(facts, vote)
}

/// Something that a session would leave unresolved if it ended now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Unresolved {
    /// `casting_vote`, `second_round`, `majority`, `motion`, `recusal` or `pause`.
    pub kind: String,
    /// Id of the vote, the motion, the recusal or the event that began the pause.
    pub id: String,
    /// In words.
    pub text: Text,
}

/// What a session would leave unresolved: ties that wait for the casting vote or a second round, motions that nobody
/// settled, recusals that nobody decided.
pub(crate) fn unresolved(facts: &Facts, course: &Course) -> Vec<Unresolved> {
    let mut found = Vec::new();
    let mut find = |kind: &str, id: &str, text: Text| {
        found.push(Unresolved { kind: kind.to_owned(), id: id.to_owned(), text });
    };
    let mut told = Vec::new();
    for vote in facts.votes.iter().filter(|v| v.status == VoteStatus::Closed) {
        let question = &vote.question;
        if course.vote(&vote.id).is_some_and(|v| v.awaits_casting_vote) {
            told.extend(&vote.motion_id);
            find(
                "casting_vote",
                vote.id.as_str(),
                text!(
                    "La votación «{question}» quedó empatada y espera el voto dirimente.",
                    "The vote “{question}” is tied and waits for the casting vote."
                ),
            );
        } else if second_round_due(facts, vote) {
            told.extend(&vote.motion_id);
            find(
                "second_round",
                vote.id.as_str(),
                text!(
                    "La votación «{question}» quedó empatada y falta la segunda ronda.",
                    "The vote “{question}” is tied and its second round is missing."
                ),
            );
        } else if majority_due(facts, vote) {
            told.extend(&vote.motion_id);
            find(
                "majority",
                vote.id.as_str(),
                text!(
                    "No hubo consenso en «{question}» y falta la votación por mayoría.",
                    "There was no consensus on “{question}” and the majority vote is missing."
                ),
            );
        } else if course.vote(&vote.id).is_some_and(|v| v.lacked_quorum() || v.lacked_consensus()) {
            // It was put to the vote; that nothing was decided is told with the vote.
            told.extend(&vote.motion_id);
        }
    }
    for motion in facts.motions.iter().filter(|m| m.status == MotionStatus::Filed && !told.contains(&&m.id)) {
        let words = &motion.text;
        find(
            "motion",
            motion.id.as_str(),
            text!(
                "La moción «{words}» no se votó, ni se negó de plano, ni se retiró.",
                "The motion “{words}” was neither voted, nor dismissed, nor withdrawn."
            ),
        );
    }
    for recusal in facts.recusals.iter().filter(|r| r.outcome == RecusalOutcome::Pending) {
        let who = facts.frame.person(&recusal.person_id).map_or_else(String::new, |p| p.full_name.clone());
        find(
            "recusal",
            recusal.id.as_str(),
            text!(
                "El impedimento de {who} sigue por decidir; el punto está suspendido.",
                "The recusal of {who} is undecided; the item is suspended."
            ),
        );
    }
    found
}

/// The votes that approved a motion while nobody has written, under its matter, what it decided.
pub(crate) fn unwritten<'a>(facts: &'a Facts, course: &Course) -> Vec<&'a Vote> {
    let approved = |vote: &Vote| {
        let counted = course.vote(&vote.id).and_then(|counted| counted.verdict.as_ref());
        let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        vote.status == VoteStatus::Closed
            && counted.is_some_and(|verdict| verdict.count.result == VoteResult::Approved)
            && motion.is_some_and(|m| m.status == MotionStatus::Approved && m.kind != MotionKind::Reopening)
    };
    let written = |vote: &Vote| {
        let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        let block = motion.map_or(&[][..], |m| &m.block_item_ids);
        // Each item of a block has a decision of its own, of the same vote.
        std::iter::once(&vote.item_id).chain(block).all(|item| {
            let of_it =
                |d: &Decision| d.vote_id.as_ref() == Some(&vote.id) && facts.same_matter(&d.item_id, item);
            facts.decisions.iter().any(of_it)
        })
    };
    let stands = |vote: &Vote| approved(vote) && !facts.reopened(vote);
    facts.votes.iter().filter(|vote| stands(vote) && !written(vote)).collect()
}

/// Why an addition to the agenda is not put to the vote: the rules close that of an extraordinary session. That it was
/// moved may be recorded, and that the chair denied it.
pub(crate) fn closed_to_additions(facts: &Facts, motion: &Motion) -> Option<Text> {
    let rules = &facts.frame.rule_set;
    let closed =
        facts.session.kind == SessionKind::Extraordinary && rules.sessions.extraordinary_agenda_closed;
    if !closed || motion.kind != MotionKind::AgendaAddition {
        return None;
    }
    let cited = rules.source(rules.sessions.article.as_deref());
    let cited = cited.map_or_else(String::new, |source| format!(" ({})", source.citation));
    Some(text!(
        "En una sesión extraordinaria solo se tratan los asuntos de la convocatoria{cited}: la adición no se vota. Registre que la presidencia negó de plano la moción, o que se retiró.",
        "An extraordinary session only treats the matters of its notice{cited}: the addition is not voted. Record that the chair dismissed the motion, or that it was withdrawn."
    ))
}

/// The rule that a matter asks for: of its item, or of a recusal.
pub(crate) fn rule_of_matter(facts: &Facts, item: &AgendaItemId, about_recusal: bool) -> String {
    let rules = &facts.frame.rule_set;
    let rule = match facts.items.iter().find(|i| i.id == *item).map(|i| i.kind) {
        _ if about_recusal => rules.recusal_rule(),
        Some(AgendaKind::InternalRules) => rules.rule_for(Matter::InternalRules),
        Some(AgendaKind::Procedure) => rules.rule_for(Matter::Agenda),
        _ => rules.rule_for(Matter::Default),
    };
    rule.map_or_else(|| rules.default_rule_id.clone(), |r| r.id.clone())
}

/// A vote that is open, with the facts of its session.
fn open(tx: &Tx<'_>, id: &VoteId) -> Result<(Vote, Facts)> {
    let vote: Vote = tx.get(id)?;
    if vote.status != VoteStatus::Open {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La votación ya se cerró y no se deshace. Si hubo un error, la instancia puede reabrir el asunto con una moción.",
                "The vote is closed and is never undone. If there was an error, the body may reopen the matter by a motion."
            ),
        ));
    }
    let facts = live::under_way(tx, &vote.session_id)?;
    Ok((vote, facts))
}

/// Records a seat's vote, or takes back a mis-keyed one, while the vote is open.
///
/// # Errors
/// `already_exists` when the seat has voted: [`change_ballot`] changes its vote; `rule_forbids` when it may not vote,
/// with the reason; `wrong_state` when the vote is closed.
pub fn cast_ballot(tx: &mut Tx<'_>, request: CastBallot) -> Result<VoteExplained> {
    let CastBallot { id, vote_id, seat_id, value } = request;
    let (vote, facts) = open_by_seats(tx, &vote_id)?;
    let cast = ballot_of(tx, &facts, &vote, &seat_id)?;
    match (cast, value) {
        (Some(cast), Some(_)) => {
            let seat = facts.frame.seat(&seat_id).map_or("", |s| &s.seat.title);
            let (es, en) = match cast.value {
                BallotValue::For => ("a favor", "for"),
                BallotValue::Against => ("en contra", "against"),
                BallotValue::Abstain => ("en abstención", "abstaining"),
            };
            return Err(Failure::new(
                Code::AlreadyExists,
                text!(
                    "«{seat}» ya votó, {es}, y un puesto vota una sola vez. Si cambió de voto antes del cierre, cambie el que está registrado (change_ballot).",
                    "“{seat}” has voted already, {en}, and a seat votes only once. If it changed its vote before the close, change the one recorded (change_ballot)."
                ),
            )
            .with(json!({
                "seat_id": seat_id, "ballot_id": cast.id, "value": cast.value, "corrected_by": "change_ballot"
            })));
        }
        (Some(cast), None) => tx.remove::<Ballot>(&cast.id)?,
        (None, None) => {}
        (None, Some(value)) => {
            let id = BallotId::given(id, tx.ctx)?;
            let ballot = ballot(tx, &facts, &vote, id, &seat_id, value)?;
            tx.insert(&ballot)?;
        }
    }
    explain_vote(tx, VoteRef { vote_id })
}

/// Changes the vote that a seat cast, while the vote is open. The journal keeps what it was.
///
/// # Errors
/// `wrong_state` when the seat has not voted, or the vote is closed; `rule_forbids` when it may not vote any more.
pub fn change_ballot(tx: &mut Tx<'_>, request: ChangeBallot) -> Result<VoteExplained> {
    let ChangeBallot { vote_id, seat_id, value } = request;
    let (vote, facts) = open_by_seats(tx, &vote_id)?;
    let Some(cast) = ballot_of(tx, &facts, &vote, &seat_id)? else {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Ese puesto no ha votado: registre su voto, no hay otro que cambiar.",
                "That seat has not voted: record its vote, there is none to change."
            ),
        )
        .with(json!({ "seat_id": seat_id })));
    };
    if cast.value != value {
        let ballot = ballot(tx, &facts, &vote, cast.id, &seat_id, value)?;
        tx.put(&ballot)?;
    }
    explain_vote(tx, VoteRef { vote_id })
}

/// Records that a seat objects to a consensus, and why; or takes its objection back while the question is asked.
///
/// # Errors
/// `wrong_state` when the vote is closed or not by consensus; `invalid_input` without words; `rule_forbids` when the seat
/// may not vote.
pub fn record_objection(tx: &mut Tx<'_>, request: RecordObjection) -> Result<VoteExplained> {
    let RecordObjection { id, vote_id, seat_id, reason } = request;
    let (mut vote, facts) = open_by_seats(tx, &vote_id)?;
    if vote.method != VoteMethod::Consensus {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "No se pregunta por un consenso: registre el voto del puesto y sus razones.",
                "No consensus is being sought: record the seat's vote and its reasons."
            ),
        ));
    }
    let cast = ballot_of(tx, &facts, &vote, &seat_id)?;
    vote.explanations.retain(|e| e.seat_id.as_ref() != Some(&seat_id));
    match reason {
        Some(reason) => {
            let words = worded("reason", &reason)?;
            let id = match &cast {
                Some(cast) => cast.id.clone(),
                None => BallotId::given(id, tx.ctx)?,
            };
            let ballot = ballot(tx, &facts, &vote, id, &seat_id, BallotValue::Against)?;
            tx.put(&ballot)?;
            vote.explanations.push(Explanation {
                person_id: ballot.person_id,
                seat_id: Some(seat_id),
                text: words,
            });
        }
        None => {
            if let Some(cast) = cast.filter(|cast| cast.value == BallotValue::Against) {
                tx.remove::<Ballot>(&cast.id)?;
            }
        }
    }
    tx.put(&vote)?;
    explain_vote(tx, VoteRef { vote_id })
}

/// A vote that is open and is taken seat by seat.
fn open_by_seats(tx: &Tx<'_>, id: &VoteId) -> Result<(Vote, Facts)> {
    let (vote, facts) = open(tx, id)?;
    refuse_secret(&vote)?;
    if vote.method == VoteMethod::ShowOfHands {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La votación es a mano alzada: se registran los totales.",
                "The vote is by show of hands: totals are recorded."
            ),
        ));
    }
    Ok((vote, facts))
}

/// What a seat of the session voted.
fn ballot_of(tx: &Tx<'_>, facts: &Facts, vote: &Vote, seat: &SeatId) -> Result<Option<Ballot>> {
    if facts.frame.seat(seat).is_none() {
        return Err(Failure::not_found("seat", seat.as_str()));
    }
    Ok(tx.select("WHERE vote_id = ?1 AND seat_id = ?2", [vote.id.as_str(), seat.as_str()])?.pop())
}

/// The ballot of a seat that may vote now.
fn ballot(
    tx: &Tx<'_>,
    facts: &Facts,
    vote: &Vote,
    id: BallotId,
    seat_id: &SeatId,
    value: BallotValue,
) -> Result<Ballot> {
    let frame_seat = facts.frame.seat(seat_id).ok_or_else(|| Failure::not_found("seat", seat_id.as_str()))?;
    let course = course::course(facts);
    let inside = course.now_for(seat_id);
    let about_recusal =
        facts.motions.iter().any(|m| Some(&m.id) == vote.motion_id.as_ref() && m.kind == MotionKind::Recusal);
    let recused = vote.recused_seat_ids.contains(seat_id);
    let limits = inside.map_or(&[][..], |p| &p.items);
    let covered = std::iter::once(&vote.item_id)
        .chain(facts.block_of(vote))
        .all(|item| facts.covers(limits, Some(item)));
    let voter = Voter {
        seat_votes: frame_seat.seat.vote,
        capacity: inside.map_or(Capacity::Absent, |p| p.capacity),
        covered,
        // Whoever left for the recusal of an earlier item and has not come back is in the session and not in the room.
        present: inside.is_some_and(|p| !p.counts || !covered || course.present.contains(seat_id)),
        arrived_after_no_quorum: inside.is_some_and(|p| !p.counts && p.capacity.counts()),
        recused,
        own_recusal: recused && about_recusal,
        has_voted: false,
    };
    if let Err(why) = rules::may_vote(&facts.frame.rule_set, &voter) {
        return Err(Failure::new(Code::RuleForbids, why.text()).with(json!({ "seat_id": seat_id })));
    }
    let Some(inside) = inside else { return Err(Failure::not_found("presence", seat_id.as_str())) };
    Ok(Ballot {
        id,
        vote_id: vote.id.clone(),
        seat_id: seat_id.clone(),
        person_id: inside.person_id.clone(),
        delegation_id: inside.delegation_id.clone(),
        value,
        cast_at: tx.ctx.now.max(vote.opened_at),
    })
}

/// Records the totals of a counted show of hands.
///
/// # Errors
/// `invalid_input` when there are more hands than seats entitled to vote.
pub fn set_count(tx: &mut Tx<'_>, request: SetCount) -> Result<VoteExplained> {
    let (mut vote, facts) = open(tx, &request.vote_id)?;
    refuse_secret(&vote)?;
    let Counted { in_favour, against, abstain } = request.counted;
    let course = course::course(&facts);
    let entitled = course.vote(&vote.id).map_or(0, |v| v.entitled.len() as i64);
    if vote.method != VoteMethod::ShowOfHands {
        return Err(Failure::new(
            Code::WrongState,
            text!("La votación se toma puesto por puesto.", "The vote is taken seat by seat."),
        ));
    }
    let total = in_favour.saturating_add(against).saturating_add(abstain);
    if in_favour < 0 || against < 0 || abstain < 0 {
        return Err(Failure::field(
            "counted",
            text!(
                "Un conteo de manos no puede ser negativo. Escriba cuántas hubo, o cero.",
                "A count of hands cannot be negative. Write how many there were, or zero."
            ),
        ));
    }
    if total > entitled {
        return Err(Failure::field(
            "counted",
            text!(
                "Se contaron {total} manos y solo pueden votar {entitled} puestos. Cuente de nuevo.",
                "{total} hands were counted and only {entitled} seats may vote. Count again."
            ),
        ));
    }
    vote.counted = Some(request.counted);
    tx.put(&vote)?;
    explain_vote(tx, VoteRef { vote_id: vote.id })
}

/// Closes a vote: freezes who could vote, records the arithmetic, settles the motion. In an ordinary vote or a
/// consensus, whoever is present and said nothing votes in favour; a consensus with objections is not reached, and nobody
/// else votes.
///
/// # Errors
/// `wrong_state` when it is closed, is secret or nobody presides; `needs_confirmation` never: an incomplete roll call closes with
/// seats "sin votar".
pub fn close_vote(tx: &mut Tx<'_>, request: CloseVote) -> Result<VoteExplained> {
    let (vote, facts) = open(tx, &request.vote_id)?;
    refuse_secret(&vote)?;
    let at = closing(tx, &facts, &vote, request.occurred_at)?;
    if vote.method == VoteMethod::ShowOfHands && vote.counted.is_none() {
        return Err(Failure::field(
            "counted",
            text!("Registre el conteo de manos.", "Record the count of hands."),
        ));
    }
    let before = course::course(&facts);
    if let Some(why) = live::nobody_presides(&before) {
        return Err(Failure::new(Code::WrongState, why));
    }
    let objects = |b: &Ballot| {
        b.vote_id == vote.id && b.value == BallotValue::Against && vote.method == VoteMethod::Consensus
    };
    if matches!(vote.method, VoteMethod::Ordinary | VoteMethod::Consensus)
        && !facts.ballots.iter().any(objects)
    {
        let silent = before.vote(&vote.id).map(|v| v.not_voted.clone()).unwrap_or_default();
        for seat in silent {
            let Some(inside) = before.now_for(&seat) else { continue };
            tx.insert(&Ballot {
                id: BallotId::new(tx.ctx.new_id())?,
                vote_id: vote.id.clone(),
                person_id: inside.person_id.clone(),
                delegation_id: inside.delegation_id.clone(),
                seat_id: seat,
                value: BallotValue::For,
                cast_at: at,
            })?;
        }
    }
    close_at(tx, &facts, vote, at)
}

/// When a vote closes: not before it opened.
fn closing(tx: &Tx<'_>, facts: &Facts, vote: &Vote, said: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    let at = live::instant_in(tx, facts, said)?;
    if at < vote.opened_at {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La votación no puede cerrarse antes de abrirse.",
                "The vote cannot close before it opened."
            ),
        ));
    }
    Ok(at)
}

/// Of a secret vote nothing is recorded seat by seat, nor half-way.
fn refuse_secret(vote: &Vote) -> Result<()> {
    match vote.method {
        VoteMethod::Secret => Err(Failure::new(
            Code::WrongState,
            text!(
                "La votación es secreta: no se registra el voto de ningún puesto ni un conteo parcial. Al terminar, registre de una vez quiénes votaron y los totales.",
                "The vote is secret: no seat's vote and no partial count is recorded. When it ends, record at once who voted and the totals."
            ),
        )
        .with(json!({ "closed_by": "record_secret_vote" }))),
        _ => Ok(()),
    }
}

/// Records what a secret vote came to, and closes it: which seats voted and the final totals. How each voted is never
/// asked for nor kept, so that a later correction cannot take the totals apart.
///
/// # Errors
/// `wrong_state` when it is closed, not secret or nobody presides; `rule_forbids` when a seat that voted was not there or is
/// recused, with `details.seat_id`; `invalid_input` when the totals do not add up to the seats that voted.
pub fn record_secret_vote(tx: &mut Tx<'_>, request: RecordSecretVote) -> Result<VoteExplained> {
    let (mut vote, facts) = open(tx, &request.vote_id)?;
    if vote.method != VoteMethod::Secret {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La votación no se abrió como secreta. Ciérrela como se tomó, o anúlela y ábrala de nuevo.",
                "The vote was not opened as secret. Close it as it was taken, or annul it and open it again."
            ),
        ));
    }
    let at = closing(tx, &facts, &vote, request.occurred_at)?;
    let folded = course::course(&facts);
    if let Some(why) = live::nobody_presides(&folded) {
        return Err(Failure::new(Code::WrongState, why));
    }
    let entitled = folded.vote(&vote.id).map(|v| v.entitled.clone()).unwrap_or_default();
    let left_meanwhile = |seat: &SeatId| {
        folded.of_seat(seat).any(|p| p.counts && p.from <= at && p.to.is_some_and(|to| vote.opened_at <= to))
            && !vote.recused_seat_ids.contains(seat)
    };
    for seat in &request.participant_seat_ids {
        let Some(known) = facts.frame.seat(seat) else {
            return Err(Failure::not_found("seat", seat.as_str()));
        };
        if !entitled.contains(seat) && !left_meanwhile(seat) {
            let title = &known.seat.title;
            return Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "«{title}» no podía votar: no estaba en la sesión, no vota o tiene un impedimento. Quítelo de quienes votaron, o corrija su asistencia.",
                    "“{title}” could not vote: it was not in the session, has no vote or is recused. Take it off those who voted, or correct its attendance."
                ),
            )
            .with(json!({ "seat_id": seat, "field": "participant_seat_ids" })));
        }
    }
    let voted = |seat: &SeatId| request.participant_seat_ids.contains(seat);
    let seats = facts.frame.seats.iter().map(|s| &s.seat.id);
    vote.participant_seat_ids = seats.filter(|seat| voted(seat)).cloned().collect();
    let Counted { in_favour, against, abstain } = request.counted;
    let parts = [in_favour, against, abstain].map(|n| u64::try_from(n).ok());
    let total = parts.into_iter().try_fold(0_u64, |sum, n| sum.checked_add(n?));
    if total != Some(vote.participant_seat_ids.len() as u64) {
        return Err(Failure::field(
            "counted",
            text!(
                "Los totales no suman los puestos que votaron. Cuente de nuevo las papeletas, o revise quiénes votaron.",
                "The totals do not add up to the seats that voted. Count the papers again, or check who voted."
            ),
        ));
    }
    vote.counted = Some(request.counted);
    tx.put(&vote)?;
    close_at(tx, &facts, vote, at)
}

/// Closes a vote whose ballots or totals are recorded, and declares the tie if there is one.
pub(crate) fn close_at(
    tx: &mut Tx<'_>,
    facts: &Facts,
    vote: Vote,
    at: DateTime<Utc>,
) -> Result<VoteExplained> {
    let mut event = live::new_event(tx, facts, EventKind::VoteClose, at)?;
    event.item_id = Some(vote.item_id.clone());
    event.vote_id = Some(vote.id.clone());
    event.motion_id.clone_from(&vote.motion_id);
    tx.insert(&event)?;
    let closed = record_verdict(tx, &vote.id, Some(at))?;
    if closed.vote.verdict.as_ref().is_some_and(|v| v.count.tie == Some(true)) {
        let facts = course::facts(tx, &vote.session_id)?;
        let mut tie = live::new_event(tx, &facts, EventKind::TieDeclared, at)?;
        tie.item_id = Some(vote.item_id);
        tie.vote_id = Some(vote.id);
        tx.insert(&tie)?;
    }
    Ok(closed)
}

/// Writes on a vote what its facts give: verdict, entitled seats, and what becomes of its motion.
fn record_verdict(tx: &mut Tx<'_>, id: &VoteId, closed_at: Option<DateTime<Utc>>) -> Result<VoteExplained> {
    let mut vote: Vote = tx.get(id)?;
    let facts = course::facts(tx, &vote.session_id)?;
    let folded = course::course(&facts);
    let Some(now) = folded.vote(id) else { return Err(Failure::internal("the vote has no course")) };
    vote.status = VoteStatus::Closed;
    vote.closed_at = closed_at.or(vote.closed_at);
    vote.entitled = Some(now.entitled.clone());
    vote.verdict.clone_from(&now.verdict);
    if vote.method == VoteMethod::Written {
        vote.explanations = written::explanations(&facts, &vote);
    }
    tx.put(&vote)?;
    if let Some(motion) = &vote.motion_id {
        let mut motion: Motion = tx.get(motion)?;
        motion.vote_id = Some(vote.id.clone());
        motion.status = match vote.verdict.as_ref().map(|v| v.count.result) {
            Some(VoteResult::Approved) => MotionStatus::Approved,
            Some(VoteResult::Rejected | VoteResult::TieUnresolved) => MotionStatus::Rejected,
            _ => MotionStatus::Filed,
        };
        tx.put(&motion)?;
    }
    explain_vote(tx, VoteRef { vote_id: vote.id })
}

/// What is told of the counts of a vote after it closed: once, from the result announced to the last one, with every
/// reason. Nothing when it came out in the end as it was announced.
#[must_use]
pub(crate) fn counted_again(vote: &Vote) -> Option<String> {
    let (first, last) = (vote.recounts.first()?, vote.recounts.last()?);
    if first.was == last.becomes {
        return None;
    }
    let (mut days, mut reasons) = (Vec::new(), Vec::new());
    for recount in &vote.recounts {
        let day = crate::spanish::date(crate::local(recount.at).date());
        if !days.contains(&day) {
            days.push(day);
        }
        let reason = recount.reason.as_deref().map(sentences::inside).filter(|reason| !reason.is_empty());
        let reason = reason.map(sentences::uncapitalized);
        if let Some(reason) = reason.filter(|reason| !reasons.contains(reason)) {
            reasons.push(reason);
        }
    }
    let by = if vote.recounts.len() == 1 { "una corrección" } else { "correcciones" };
    let why = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) };
    let (was, becomes) = (&first.was, &last.becomes);
    let days: Vec<String> = days.iter().map(|day| format!("el {day}")).collect();
    let days = crate::spanish::list(&days);
    let secret = match vote.method {
        VoteMethod::Secret => " Fue secreta: se contó con los mismos totales, que no se separan por puesto.",
        _ => "",
    };
    Some(format!("Contada de nuevo {days} por {by}{why}. Antes: {was}. Ahora: {becomes}.{secret}"))
}

/// What a vote came to, in words: "aprobada, con 6 votos a favor, 2 en contra, 3 abstenciones y 11 presentes".
pub(crate) fn came_to(vote: &Vote, course: &VoteCourse) -> Text {
    use crate::spanish::{ABSTENTION, VOTE_FOR};
    let Some(verdict) = &course.verdict else { return text!("sin resultado", "no result") };
    let (word, word_en) = match verdict.count.result {
        VoteResult::Approved => ("aprobada", "approved"),
        VoteResult::Rejected => ("negada", "rejected"),
        VoteResult::SecondRound => ("empatada, a segunda ronda", "tied, to a second round"),
        VoteResult::TieUnresolved => ("empatada", "tied"),
        VoteResult::NoConsensus => ("sin consenso", "no consensus"),
        VoteResult::NoQuorum => ("sin quórum", "no quorum"),
        VoteResult::Invalid => ("inválida", "invalid"),
    };
    let unsigned = |n: i64| u64::try_from(n).unwrap_or(0);
    let in_favour = VOTE_FOR.count_in_figures(unsigned(course.in_favour));
    let abstentions = ABSTENTION.count_in_figures(unsigned(course.abstain));
    let (for_en, against, abstain) = (course.in_favour, course.against, course.abstain);
    let here = course.present.len();
    if verdict.count.result == VoteResult::NoConsensus {
        return text!("sin consenso, con {here} presentes", "no consensus, with {here} present");
    }
    let (by, by_en) = match &vote.casting_vote {
        Some(cast) if verdict.count.tie == Some(true) => {
            (format!(" por el voto dirimente {}", cast.value.label()), " by the casting vote")
        }
        _ => (String::new(), ""),
    };
    text!(
        "{word}{by}, con {in_favour}, {against} en contra, {abstentions} y {here} presentes",
        "{word_en}{by_en}, with {for_en} in favour, {against} against, {abstain} abstaining and {here} present"
    )
}

/// Counts a closed vote again from the facts as they now stand, and keeps what it had come to by `before` and why the
/// facts were corrected.
///
/// # Errors
/// `not_found` for an unknown vote.
pub(crate) fn recount(
    tx: &mut Tx<'_>,
    id: &VoteId,
    before: Option<&VoteCourse>,
    reason: Option<&str>,
) -> Result<()> {
    let recorded: Vote = tx.get(id)?;
    let counted = record_verdict(tx, id, None)?;
    let was = before.map_or_else(|| "sin resultado".to_owned(), |course| came_to(&recorded, course).es);
    let mut vote = counted.vote;
    vote.recounts.push(Recount {
        at: tx.ctx.now,
        was,
        becomes: came_to(&vote, &counted.course).es,
        reason: reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned),
    });
    tx.put(&vote)
}

/// The chair settles a tie with a further vote, where a registered norm gives it.
///
/// # Errors
/// `rule_forbids` when there is no tie to settle or whoever presided does not have it; `invalid_input` for a time before
/// the tie or after the session.
pub fn cast_casting_vote(tx: &mut Tx<'_>, request: CastCastingVote) -> Result<VoteExplained> {
    let mut vote: Vote = tx.get(&request.vote_id)?;
    let facts = course::facts(tx, &vote.session_id)?;
    let folded = course::course(&facts);
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    // The chair cast it and nobody wrote it down: it is entered afterwards with its time, until the minutes are adopted.
    if let Some(closed) = folded.closed_at {
        live::refuse_adopted(tx, &vote.session_id)?;
        if at > closed || request.occurred_at.is_none() {
            return Err(Failure::field(
                "occurred_at",
                text!(
                    "La sesión terminó: indique la hora, no posterior al cierre, en que se emitió el voto dirimente.",
                    "The session is over: say at what time, up to its close, the casting vote was cast."
                ),
            ));
        }
    }
    // Times are typed to the minute.
    if vote.closed_at.is_some_and(|closed| at + chrono::TimeDelta::minutes(1) <= closed) {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "El voto dirimente es posterior al cierre de la votación empatada. Corrija la hora.",
                "The casting vote comes after the tied vote closed. Correct the time."
            ),
        ));
    }
    let explained = explain_vote(tx, VoteRef { vote_id: vote.id.clone() })?;
    if !explained.casting_vote_due {
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "No procede el voto dirimente: no hay un empate por dirimir, o quien preside no lo tiene según el reglamento.",
                "The casting vote does not apply: there is no tie to settle, or whoever presides does not have it by the rules."
            ),
        ));
    }
    if request.value == BallotValue::Abstain {
        return Err(Failure::field(
            "value",
            text!("El voto dirimente es a favor o en contra.", "The casting vote is in favour or against."),
        ));
    }
    let presided = folded.presided_at(vote.closed_at.unwrap_or(at));
    let Some((person_id, seat_id)) = presided.and_then(|t| Some((t.person_id.clone(), t.seat_id.clone()?)))
    else {
        return Err(Failure::internal("nobody presides"));
    };
    let minute = chrono::TimeDelta::minutes(1);
    let inside = |p: &Presence| p.from < at + minute && p.to.is_none_or(|to| at < to + minute);
    if !folded.of_seat(&seat_id).any(|p| p.person_id == person_id && inside(p)) {
        let who = facts.frame.person(&person_id).map_or_else(String::new, |p| p.full_name.clone());
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "{who} presidía la votación empatada y a esa hora no está en la sesión. El voto dirimente espera a que vuelva, o la moción se vota de nuevo.",
                "{who} presided over the tied vote and is not in the session at that time. The casting vote waits for their return, or the motion is voted again."
            ),
        ));
    }
    vote.casting_vote = Some(CastingVote {
        seat_id: seat_id.clone(),
        person_id: person_id.clone(),
        value: request.value,
        explanation: request.explanation.filter(|e| !e.trim().is_empty()),
    });
    tx.put(&vote)?;
    let mut event = live::new_event(tx, &facts, EventKind::CastingVote, at)?;
    event.seat_id = Some(seat_id);
    event.person_id = Some(person_id);
    event.value = Some(request.value);
    event.item_id = Some(vote.item_id.clone());
    event.vote_id = Some(vote.id.clone());
    tx.insert(&event)?;
    record_verdict(tx, &request.vote_id, None)
}

/// Annuls a vote opened by mistake, before it is closed. It stays in the record.
///
/// # Errors
/// `wrong_state` when it is closed; `invalid_input` without a reason.
pub fn annul_vote(tx: &mut Tx<'_>, request: AnnulVote) -> Result<Vote> {
    let (mut vote, facts) = open(tx, &request.vote_id)?;
    vote.status = VoteStatus::Annulled;
    vote.note = Some(worded("reason", &request.reason)?);
    vote.closed_at = Some(tx.ctx.now);
    tx.put(&vote)?;
    if let Some(motion) = &vote.motion_id {
        let mut motion: Motion = tx.get(motion)?;
        motion.vote_id = None;
        tx.put(&motion)?;
    }
    let mut event = live::new_event(tx, &facts, EventKind::VoteClose, tx.ctx.now)?;
    event.item_id = Some(vote.item_id.clone());
    event.vote_id = Some(vote.id.clone());
    event.detail.clone_from(&vote.note);
    tx.insert(&event)?;
    Ok(vote)
}

/// Keeps the reasons a seat gives with its vote, until the minutes are adopted.
///
/// # Errors
/// `wrong_state` when the minutes are adopted.
pub fn explain_ballot(tx: &mut Tx<'_>, request: ExplainBallot) -> Result<Vote> {
    let mut vote: Vote = tx.get(&request.vote_id)?;
    live::refuse_adopted(tx, &vote.session_id)?;
    if vote.method == VoteMethod::Secret {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La votación fue secreta: nadie explica en ella su voto. Quien quiera hacerlo deja una constancia.",
                "The vote was secret: nobody explains a vote in it. Whoever wants to may make a statement."
            ),
        ));
    }
    if vote.method == VoteMethod::Written {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Las razones de un voto por escrito son las de su respuesta. Corrija la respuesta.",
                "The reasons of a vote in writing are those of its reply. Correct the reply."
            ),
        )
        .with(json!({ "corrected_by": "correct_reply" })));
    }
    let ballots: Vec<Ballot> =
        tx.select("WHERE vote_id = ?1 AND seat_id = ?2", [vote.id.as_str(), request.seat_id.as_str()])?;
    let Some(ballot) = ballots.first() else {
        return Err(Failure::new(
            Code::WrongState,
            text!("Ese puesto no votó en esta votación.", "That seat did not vote in this vote."),
        ));
    };
    vote.explanations.retain(|e| e.seat_id.as_ref() != Some(&request.seat_id));
    if !request.text.trim().is_empty() {
        vote.explanations.push(Explanation {
            person_id: ballot.person_id.clone(),
            seat_id: Some(request.seat_id),
            text: request.text.trim().to_owned(),
        });
    }
    tx.put(&vote)?;
    Ok(vote)
}

/// A vote with its arithmetic: have, need, base, rule and source.
///
/// # Errors
/// `not_found` for an unknown vote.
#[allow(clippy::needless_pass_by_value)]
pub fn explain_vote(read: &Read<'_>, request: VoteRef) -> Result<VoteExplained> {
    let vote: Vote = read.get(&request.vote_id)?;
    let facts = course::facts(read, &vote.session_id)?;
    let folded = course::course(&facts);
    let Some(course) = folded.vote(&vote.id).cloned() else {
        return Err(Failure::new(
            Code::WrongState,
            text!("La votación fue anulada: no se cuenta.", "The vote was annulled: it is not counted."),
        ));
    };
    Ok(VoteExplained {
        casting_vote_due: course.awaits_casting_vote,
        second_round_due: second_round_due(&facts, &vote),
        majority_due: majority_due(&facts, &vote),
        vote,
        course,
    })
}

/// Records that a seat declares itself recused, or that its person is challenged; the matter is suspended until it is decided.
///
/// # Errors
/// `wrong_state` when the seat is not in the session, or nobody holds one that is challenged; `invalid_input` when a
/// challenge does not say by whom.
pub fn declare_recusal(tx: &mut Tx<'_>, request: DeclareRecusal) -> Result<Recusal> {
    let facts = live::under_way(tx, &request.session_id)?;
    let folded = course::course(&facts);
    live::refuse_open_vote(&folded)?;
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    let item_id = under(&facts, &folded, request.item_id)?;
    let inside = folded.now_for(&request.seat_id).map(|p| p.person_id.clone());
    // Whoever has not come yet may be challenged; only who is there declares. In writing nobody is in a room: whoever may
    // reply for the seat does.
    let holder = || {
        let held = facts.frame.holder_on(&request.seat_id, facts.sitting(at));
        held.map(|h| h.person_id.clone()).filter(|_| request.challenged_by.is_some())
    };
    let person_id = match inside.or_else(holder) {
        Some(person) => person,
        None if folded.written.is_some() => live::expected_for(&facts, &request.seat_id)?,
        None => {
            return Err(Failure::new(
                Code::WrongState,
                text!(
                    "Nadie está en la sesión por ese puesto. Registre primero su llegada.",
                    "Nobody is in the session for that seat. Record its arrival first."
                ),
            ));
        }
    };
    let (challenger_id, challenger) = match &request.challenged_by {
        None => (None, None),
        Some(by) => challenger(tx, by, &person_id)?,
    };
    if facts.recusals.iter().any(|r| {
        r.item_id == item_id && r.seat_id == request.seat_id && r.outcome != RecusalOutcome::Rejected
    }) {
        return Err(Failure::new(
            Code::AlreadyExists,
            text!(
                "Ese puesto ya tiene un impedimento o una recusación en este punto. Decida el que está registrado.",
                "That seat has a recusal for this item already. Decide the one on record."
            ),
        ));
    }
    let rules = &facts.frame.rule_set;
    let kept = request.file.as_ref().map(|file| file.keep(tx)).transpose()?;
    let recusal = Recusal {
        id: match request.id {
            Some(id) => id,
            None => RecusalId::new(tx.ctx.new_id())?,
        },
        session_id: facts.session.id.clone(),
        item_id: item_id.clone(),
        seat_id: request.seat_id.clone(),
        kind: if request.challenged_by.is_some() { RecusalKind::Challenged } else { RecusalKind::Declared },
        person_id,
        challenger_id,
        challenger,
        ground: worded("ground", &request.ground)?,
        declared_at: at,
        declared_in_writing: request.in_writing || kept.is_some(),
        answer: None,
        decided_by: None,
        outcome: RecusalOutcome::Pending,
        vote_id: None,
        deciding_act: None,
        left_at: None,
        returned_at: None,
        ad_hoc: None,
        treatment: rules.recusal.treatment,
        blob_id: kept.as_ref().map(|kept| kept.blob_id.clone()),
        file: kept.map(|kept| kept.name),
    };
    tx.insert(&recusal)?;
    let kind = match recusal.kind {
        RecusalKind::Declared => EventKind::RecusalDeclared,
        RecusalKind::Challenged => EventKind::RecusalChallenged,
    };
    let mut event = live::new_event(tx, &facts, kind, at)?;
    event.item_id = Some(item_id);
    event.seat_id = Some(request.seat_id);
    event.person_id = Some(recusal.person_id.clone());
    event.detail = Some(recusal.ground.clone());
    tx.insert(&event)?;
    Ok(recusal)
}

/// Who challenges somebody: a person of the archive, or a name as it is written.
fn challenger(
    tx: &mut Tx<'_>,
    by: &Challenger,
    challenged: &PersonId,
) -> Result<(Option<PersonId>, Option<String>)> {
    if let Some(id) = &by.person_id {
        let _: Person = tx.get(id)?;
        if id == challenged {
            return Err(Failure::field(
                "challenged_by",
                text!(
                    "Quien se aparta por su cuenta declara su impedimento: deje sin indicar quién recusa.",
                    "Whoever steps aside declares their own recusal: leave unsaid who challenges."
                ),
            ));
        }
        return Ok((Some(id.clone()), None));
    }
    match crate::typed::optional_line("challenged_by", by.name.as_deref())? {
        Some(name) => Ok((None, Some(name))),
        None => Err(Failure::field(
            "challenged_by",
            text!(
                "Diga quién recusa: la persona o su nombre.",
                "Say who challenges: the person or their name."
            ),
        )),
    }
}

/// Settles a recusal: by a vote where a registered norm lets the body decide, otherwise by the superior's act.
///
/// # Errors
/// `rule_forbids` when the rules give the decision to the other; `invalid_input` without the vote or the act.
pub fn decide_recusal(tx: &mut Tx<'_>, request: DecideRecusal) -> Result<Recusal> {
    let mut recusal: Recusal = tx.get(&request.recusal_id)?;
    let facts = live::under_way(tx, &recusal.session_id)?;
    if recusal.outcome != RecusalOutcome::Pending {
        return Err(Failure::new(
            Code::WrongState,
            text!("El impedimento ya se decidió.", "The recusal is decided already."),
        ));
    }
    if request.outcome == RecusalOutcome::Pending {
        return Err(Failure::field(
            "outcome",
            text!("Diga si se aceptó o se negó.", "Say whether it was accepted or rejected."),
        ));
    }
    let (decider, norm) = facts.frame.rule_set.recusal_decider();
    let act = request.deciding_act.as_deref().map(str::trim).filter(|act| !act.is_empty());
    match (decider, &request.vote_id, act) {
        (RecusalDecider::Superior, Some(_), _) => {
            return Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "El impedimento lo decide el superior o la cabeza del sector (CPACA, art. 12); ninguna norma registrada se lo da a la instancia. Indique su acto.",
                    "A recusal is decided by the superior or head of sector (CPACA art. 12); no registered norm gives it to the body. Name their act."
                ),
            )
            .with(json!({ "field": "deciding_act" })));
        }
        (RecusalDecider::Body, None, Some(_)) => {
            let cited = norm.map_or_else(String::new, |norm| format!(" ({})", norm.citation));
            return Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "El impedimento lo decide la instancia{cited}. Póngalo a votación e indique esa votación.",
                    "The body decides a recusal{cited}. Put it to the vote and name that vote."
                ),
            )
            .with(json!({ "field": "vote_id" })));
        }
        (RecusalDecider::Body, Some(vote), _) => {
            let vote: Vote = tx.get(vote)?;
            let on_recusal = facts
                .motions
                .iter()
                .any(|m| Some(&m.id) == vote.motion_id.as_ref() && m.kind == MotionKind::Recusal);
            let approved = vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::Approved);
            if vote.item_id != recusal.item_id
                || !on_recusal
                || vote.status != VoteStatus::Closed
                || approved != (request.outcome == RecusalOutcome::Accepted)
            {
                return Err(Failure::field(
                    "vote_id",
                    text!(
                        "Esa votación no decidió así este impedimento.",
                        "That vote did not decide this recusal so."
                    ),
                ));
            }
            recusal.decided_by = Some("body".to_owned());
        }
        (RecusalDecider::Superior, None, Some(_)) => recusal.decided_by = Some("superior".to_owned()),
        (RecusalDecider::Superior, None, None) => {
            return Err(Failure::field(
                "deciding_act",
                text!(
                    "Indique el acto con que el superior o la cabeza del sector decidió el impedimento: «Resolución 8 de 2025».",
                    "Name the act by which the superior or head of sector decided the recusal: “Resolución 8 de 2025”."
                ),
            ));
        }
        (RecusalDecider::Body, None, None) => {
            return Err(Failure::field(
                "vote_id",
                text!(
                    "Indique la votación que decidió el impedimento.",
                    "Name the vote that decided the recusal."
                ),
            ));
        }
    }
    recusal.outcome = request.outcome;
    recusal.deciding_act = act.filter(|_| decider == RecusalDecider::Superior).map(str::to_owned);
    recusal.vote_id = request.vote_id;
    if recusal.outcome == RecusalOutcome::Accepted && facts.session.mode != SessionMode::Written {
        let at = live::instant_in(tx, &facts, request.occurred_at)?;
        recusal.left_at = Some(at);
        let mut event = live::new_event(tx, &facts, EventKind::RecusalLeftRoom, at)?;
        event.item_id = Some(recusal.item_id.clone());
        event.seat_id = Some(recusal.seat_id.clone());
        event.person_id = Some(recusal.person_id.clone());
        tx.insert(&event)?;
    }
    tx.put(&recusal)?;
    Ok(recusal)
}

/// Records that a recused person comes back to the room.
///
/// # Errors
/// `wrong_state` when they had not left.
pub fn return_from_recusal(tx: &mut Tx<'_>, request: ReturnFromRecusal) -> Result<Recusal> {
    let mut recusal: Recusal = tx.get(&request.recusal_id)?;
    let facts = live::under_way(tx, &recusal.session_id)?;
    if recusal.left_at.is_none() || recusal.returned_at.is_some() {
        return Err(Failure::new(
            Code::WrongState,
            text!("No había salido del recinto.", "They had not left the room."),
        ));
    }
    live::refuse_open_vote(&course::course(&facts))?;
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    recusal.returned_at = Some(at);
    tx.put(&recusal)?;
    let mut event = live::new_event(tx, &facts, EventKind::Return, at)?;
    event.seat_id = Some(recusal.seat_id.clone());
    event.person_id = Some(recusal.person_id.clone());
    event.item_id = Some(recusal.item_id.clone());
    tx.insert(&event)?;
    Ok(recusal)
}
