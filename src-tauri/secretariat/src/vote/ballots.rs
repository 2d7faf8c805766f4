//! How each seat votes while a vote is open, its totals where they are counted, and the reasons given.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::codes::{BallotValue, Capacity, MotionKind, VoteMethod, VoteStatus};
use crate::course::Facts;
use crate::failure::{Code, Failure, Result};
use crate::ids::{BallotId, SeatId, VoteId};
use crate::journal::Tx;
use crate::rules::Voter;
use crate::{course, live, rules, text};

use super::closing::refuse_secret;
use super::motion::worded;
use super::{Ballot, Counted, Explanation, Vote, VoteExplained, VoteRef, explain_vote};

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

/// A vote that is open, with the facts of its session.
pub(super) fn open(tx: &Tx<'_>, id: &VoteId) -> Result<(Vote, Facts)> {
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

/// Whether the quorum was lost while a vote was open: of an instant, or now. Nobody votes meanwhile.
pub(super) fn halted(facts: &Facts, vote: &Vote, at: Option<DateTime<Utc>>) -> Option<Failure> {
    let then = at.map(|at| Facts {
        events: facts.events.iter().filter(|e| e.occurred_at <= at).cloned().collect(),
        ..facts.clone()
    });
    let course = course::course(then.as_ref().unwrap_or(facts));
    let quorum = course.vote(&vote.id).filter(|v| v.lacked_quorum())?.verdict.as_ref()?.quorum.as_ref()?;
    let (es, en) = (&quorum.explanation.es, &quorum.explanation.en);
    Some(
        Failure::new(
            Code::RuleForbids,
            text!(
                "Se perdió el quórum mientras se votaba y no se registran más votos. {es}. Lo registrado se conserva: registre quién regresa, corrija la hora de quien salió, o cierre la votación, que queda sin decisión.",
                "The quorum was lost during the vote and no more votes are recorded. {en}. What was recorded is kept: record who comes back, correct the time of whoever left, or close the vote, which decides nothing."
            ),
        )
        .with(json!({ "vote_id": vote.id, "closed_by": "close_vote" })),
    )
}

fn refuse_halted(facts: &Facts, vote: &Vote) -> Result<()> {
    halted(facts, vote, None).map_or(Ok(()), Err)
}

/// Records a seat's vote, or takes back a mis-keyed one, while the vote is open.
///
/// # Errors
/// `already_exists` when the seat has voted: [`change_ballot`] changes its vote; `rule_forbids` when it may not vote,
/// with the reason, or the quorum was lost meanwhile; `wrong_state` when the vote is closed.
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
                    "«{seat}» ya votó, {es}, y un puesto vota una sola vez. Si cambió de voto antes del cierre, corrija el que está registrado.",
                    "“{seat}” has voted already, {en}, and a seat votes only once. If it changed its vote before the close, correct the one recorded."
                ),
            )
            .with(json!({
                "seat_id": seat_id, "ballot_id": cast.id, "value": cast.value, "corrected_by": "change_ballot"
            })));
        }
        (Some(cast), None) => tx.remove::<Ballot>(&cast.id)?,
        (None, None) => {}
        (None, Some(value)) => {
            refuse_halted(&facts, &vote)?;
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
/// `wrong_state` when the seat has not voted, or the vote is closed; `rule_forbids` when it may not vote any more, or the
/// quorum was lost meanwhile.
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
        refuse_halted(&facts, &vote)?;
        let ballot = ballot(tx, &facts, &vote, cast.id, &seat_id, value)?;
        tx.put(&ballot)?;
    }
    explain_vote(tx, VoteRef { vote_id })
}

/// Records that a seat objects to a consensus, and why; or takes its objection back while the question is asked.
///
/// # Errors
/// `wrong_state` when the vote is closed or not by consensus; `invalid_input` without words; `rule_forbids` when the seat
/// may not vote, or the quorum was lost meanwhile.
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
            refuse_halted(&facts, &vote)?;
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
/// `invalid_input` when there are more hands than seats entitled to vote; `rule_forbids` when the quorum was lost meanwhile.
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
    refuse_halted(&facts, &vote)?;
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
