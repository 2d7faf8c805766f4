//! What a session makes of the proposals on its agenda: a decision, a postponement, or nothing because the session
//! ended first. It is written in the same act as the decision or the event, so undoing one undoes the other.

use serde_json::json;

use super::life::{may_move, step};
use super::{Proposal, StatusChange};
use crate::agenda::AgendaItem;
use crate::codes::{AgendaOutcome, MotionKind, ProposalStatus};
use crate::decision::Decision;
use crate::failure::{Code, Failure, Result};
use crate::ids::{ProposalId, SessionId};
use crate::journal::Tx;
use crate::rules::VoteResult;
use crate::session::Session;
use crate::text;

use ProposalStatus as S;

/// What becomes of a proposal whose item had this outcome; `None` where an outcome says nothing about it.
#[must_use]
pub fn status_of(outcome: AgendaOutcome) -> Option<ProposalStatus> {
    match outcome {
        AgendaOutcome::Prioritized | AgendaOutcome::Approved => Some(S::Prioritized),
        AgendaOutcome::PrioritizedWithConditions => Some(S::PrioritizedWithConditions),
        AgendaOutcome::NotPrioritized | AgendaOutcome::Rejected => Some(S::NotPrioritized),
        AgendaOutcome::Postponed => Some(S::Postponed),
        AgendaOutcome::Returned => Some(S::Returned),
        AgendaOutcome::Informed
        | AgendaOutcome::Pending
        | AgendaOutcome::NoQuorum
        | AgendaOutcome::NotTreated => None,
    }
}

/// The outcome of an item whose proposal took this state.
fn outcome_of(status: ProposalStatus) -> Option<AgendaOutcome> {
    match status {
        S::Prioritized => Some(AgendaOutcome::Prioritized),
        S::PrioritizedWithConditions => Some(AgendaOutcome::PrioritizedWithConditions),
        S::NotPrioritized => Some(AgendaOutcome::NotPrioritized),
        S::Postponed => Some(AgendaOutcome::Postponed),
        S::Returned => Some(AgendaOutcome::Returned),
        _ => None,
    }
}

/// What a closed vote makes of the proposal of its item: a motion on the proposal itself prioritises it or not, one to
/// postpone or return it does so when it is approved, and any other leaves it as it was.
#[must_use]
pub fn status_by_vote(
    motion: Option<MotionKind>,
    result: VoteResult,
    item: Option<AgendaOutcome>,
) -> Option<ProposalStatus> {
    let approved = result == VoteResult::Approved;
    match motion {
        Some(MotionKind::Postponement) => approved.then_some(S::Postponed),
        Some(MotionKind::Return) => approved.then_some(S::Returned),
        None | Some(MotionKind::Substantive) => match result {
            VoteResult::Approved if item == Some(AgendaOutcome::PrioritizedWithConditions) => {
                Some(S::PrioritizedWithConditions)
            }
            VoteResult::Approved => Some(S::Prioritized),
            VoteResult::Rejected | VoteResult::TieUnresolved => Some(S::NotPrioritized),
            _ => None,
        },
        Some(_) => None,
    }
}

/// Writes on a proposal what a decision of a session made of it, dated on the session's day; what that session had
/// written before about it without a decision, or by this decision, is replaced.
///
/// # Errors
/// `wrong_state` when it is not on that session's agenda or has gone on since; `invalid_input` when it is returned
/// without a reason.
pub fn decide(
    tx: &mut Tx<'_>,
    id: &ProposalId,
    session: &Session,
    decision: &Decision,
    to: ProposalStatus,
    note: Option<String>,
) -> Result<()> {
    let mut proposal: Proposal = tx.get(id)?;
    let ours = |s: &StatusChange| s.decision_id.as_ref() == Some(&decision.id);
    // Its execution may have begun: what the decision made of it stays, and its words may still be mended.
    if proposal.status_history.iter().any(|s| ours(s) && s.status == to)
        && proposal.status_history.last().is_some_and(|s| !ours(s))
    {
        return Ok(());
    }
    let replaceable = |s: &StatusChange| {
        s.session_id.as_ref() == Some(&session.id)
            && (ours(s) || (s.decision_id.is_none() && s.status == S::Postponed))
    };
    if proposal.status_history.last().is_some_and(replaceable) {
        back(&mut proposal);
    }
    may_move(&proposal, to)?;
    if proposal.target_session_id.as_ref() != Some(&session.id) {
        let code = &proposal.code;
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La propuesta {code} está agendada para otra sesión.",
                "Proposal {code} is scheduled for another session."
            ),
        )
        .with(json!({ "session_id": proposal.target_session_id })));
    }
    if to == S::Returned && note.as_deref().is_none_or(|n| n.trim().is_empty()) {
        return Err(Failure::field(
            "note",
            text!("Escriba por qué se devuelve la propuesta.", "Write why the proposal is returned."),
        ));
    }
    proposal.status = to;
    proposal.status_history.push(StatusChange {
        session_id: Some(session.id.clone()),
        item_id: Some(decision.item_id.clone()),
        decision_id: Some(decision.id.clone()),
        vote_id: decision.vote_id.clone(),
        cause: (to == S::Postponed).then(|| BODY_DECISION.to_owned()),
        note,
        ..step(session.date, to)
    });
    proposal.updated_at = tx.ctx.now;
    tx.put(&proposal)?;
    let mut item: AgendaItem = tx.get(&decision.item_id)?;
    if item.proposal_ids.contains(id) && item.proposal_ids.len() == 1 {
        item.outcome = outcome_of(to).or(item.outcome);
        tx.put(&item)?;
    }
    Ok(())
}

/// Takes back what a decision had made of its proposal: it is on the session's agenda again, undecided.
///
/// # Errors
/// `wrong_state` when the proposal has gone on since.
pub fn take_back(tx: &mut Tx<'_>, decision: &Decision) -> Result<()> {
    let Some(id) = &decision.proposal_id else { return Ok(()) };
    let mut proposal: Proposal = tx.get(id)?;
    let ours = |s: &StatusChange| s.decision_id.as_ref() == Some(&decision.id);
    if !proposal.status_history.iter().any(ours) {
        return Ok(());
    }
    if !proposal.status_history.last().is_some_and(ours) {
        let (code, status, status_en) =
            (&proposal.code, proposal.status.label(), super::life::state_en(proposal.status));
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La propuesta {code} ya está {status} por esta decisión: la decisión no se quita ni cambia su resultado.",
                "Proposal {code} is {status_en} by this decision already: the decision is not removed and its outcome stays."
            ),
        )
        .with(json!({ "proposal_id": id, "status": proposal.status })));
    }
    let made = outcome_of(proposal.status);
    back(&mut proposal);
    proposal.updated_at = tx.ctx.now;
    tx.put(&proposal)?;
    forget_outcome(tx, &decision.item_id, made)
}

/// Postpones the proposals of an item that were still to be decided in a session.
///
/// # Errors
/// When the archive cannot be written.
pub fn postpone(
    tx: &mut Tx<'_>,
    item: &AgendaItem,
    session: &Session,
    cause: Option<&str>,
    note: Option<&str>,
) -> Result<()> {
    for id in &item.proposal_ids {
        let mut proposal: Proposal = tx.get(id)?;
        if proposal.status != S::Scheduled || proposal.target_session_id.as_ref() != Some(&session.id) {
            continue;
        }
        proposal.status = S::Postponed;
        proposal.status_history.push(StatusChange {
            session_id: Some(session.id.clone()),
            item_id: Some(item.id.clone()),
            cause: cause.map(str::to_owned),
            note: note.map(str::to_owned),
            ..step(session.date, S::Postponed)
        });
        proposal.updated_at = tx.ctx.now;
        tx.put(&proposal)?;
    }
    Ok(())
}

/// Takes back the postponement of an item that was struck out: its proposals are to be decided again.
///
/// # Errors
/// When the archive cannot be written.
pub fn resume(tx: &mut Tx<'_>, item: &AgendaItem, session: &SessionId) -> Result<()> {
    for id in &item.proposal_ids {
        let mut proposal: Proposal = tx.get(id)?;
        let postponed_here = proposal.status_history.last().is_some_and(|s| {
            s.status == S::Postponed && s.decision_id.is_none() && s.session_id.as_ref() == Some(session)
        });
        if postponed_here {
            back(&mut proposal);
            proposal.updated_at = tx.ctx.now;
            tx.put(&proposal)?;
        }
    }
    forget_outcome(tx, &item.id, Some(AgendaOutcome::Postponed))
}

/// A postponement that the body decided.
pub const BODY_DECISION: &str = "body_decision";
/// A postponement for lack of quorum.
pub const NO_QUORUM: &str = "no_quorum";

/// One step back in a proposal's life.
fn back(proposal: &mut Proposal) {
    proposal.status_history.pop();
    let before = proposal.status_history.last();
    proposal.status = before.map_or(S::Draft, |s| s.status);
}

fn forget_outcome(
    tx: &mut Tx<'_>,
    item: &crate::ids::AgendaItemId,
    made: Option<AgendaOutcome>,
) -> Result<()> {
    let mut item: AgendaItem = tx.get(item)?;
    if made.is_some() && item.outcome == made {
        item.outcome = None;
        tx.put(&item)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_vote_makes_of_a_proposal() {
        use MotionKind as M;
        use VoteResult as R;
        for (motion, result, item, expect) in [
            (None, R::Approved, None, Some(S::Prioritized)),
            (Some(M::Substantive), R::Approved, None, Some(S::Prioritized)),
            (
                Some(M::Substantive),
                R::Approved,
                Some(AgendaOutcome::PrioritizedWithConditions),
                Some(S::PrioritizedWithConditions),
            ),
            (Some(M::Substantive), R::Rejected, None, Some(S::NotPrioritized)),
            (Some(M::Substantive), R::TieUnresolved, None, Some(S::NotPrioritized)),
            (Some(M::Substantive), R::SecondRound, None, None),
            (Some(M::Postponement), R::Approved, None, Some(S::Postponed)),
            (Some(M::Postponement), R::Rejected, None, None),
            (Some(M::Return), R::Approved, None, Some(S::Returned)),
            (Some(M::Return), R::Rejected, None, None),
            (Some(M::Amendment), R::Approved, None, None),
            (Some(M::Recusal), R::Approved, None, None),
        ] {
            assert_eq!(status_by_vote(motion, result, item), expect, "{motion:?} {result:?} {item:?}");
        }
    }
}
