//! A vote is closed, settled by the chair, annulled or counted again; a secret one is recorded in one operation.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::codes::{BallotValue, EventKind, MotionStatus, VoteMethod, VoteStatus};
use crate::course::{Facts, Presence, VoteCourse};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{BallotId, SeatId, VoteId};
use crate::journal::Tx;
use crate::minutes::sentences;
use crate::rules::VoteResult;
use crate::{course, live, text, written};

use super::ballots::{halted, open};
use super::motion::worded;
use super::{Ballot, CastingVote, Counted, Motion, Recount, Vote, VoteExplained, VoteRef, explain_vote};

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

/// Closes a vote: freezes who could vote, records the arithmetic, settles the motion. In an ordinary vote or a
/// consensus, whoever is present and said nothing votes in favour; a consensus with objections is not reached, and nobody
/// else votes. One whose quorum was lost closes as it stands, secret or not.
///
/// # Errors
/// `wrong_state` when it is closed, is secret or nobody presides; `needs_confirmation` never: an incomplete roll call closes with
/// seats "sin votar".
pub fn close_vote(tx: &mut Tx<'_>, request: CloseVote) -> Result<VoteExplained> {
    let (vote, facts) = open(tx, &request.vote_id)?;
    let at = closing(tx, &facts, &vote, request.occurred_at)?;
    // Without a quorum there is nothing to count: it closes as it stands, and decides nothing.
    let halted = halted(&facts, &vote, Some(at)).is_some();
    if !halted {
        refuse_secret(&vote)?;
    }
    if vote.method == VoteMethod::ShowOfHands && vote.counted.is_none() && !halted {
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
        && !halted
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
pub(super) fn refuse_secret(vote: &Vote) -> Result<()> {
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
/// recused, with `details.seat_id`, or the quorum was lost meanwhile; `invalid_input` when the totals do not add up to the seats that voted.
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
    if let Some(lost) = halted(&facts, &vote, Some(at)) {
        return Err(lost);
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
        VoteResult::SecondRound => ("empatada, a segunda vuelta", "tied, to a second round"),
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
        Some(cast) if verdict.casting_vote_source.is_some() => {
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
