//! The decisions of a body in a year, each with its session, item, vote and minutes.

use std::collections::BTreeMap;

use super::Decision;
use crate::body::Body;
use crate::course;
use crate::failure::{Result, Text};
use crate::ids::{BodyId, ProposalId, SessionId};
use crate::journal::Read;
use crate::live::item_numbers;
use crate::minutes::{self, Minutes};
use crate::proposal::Proposal;
use crate::session::plan;
use crate::vote::came_to;

/// A decision with what a register says of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RegisteredDecision {
    /// The decision.
    pub decision: Decision,
    /// "Sesión ordinaria n.º 3 de 2025".
    pub session: Text,
    /// Number of its item; empty where it is none of the agenda.
    pub item: String,
    /// What its vote came to; `None` where it was not voted.
    pub result: Option<Text>,
    /// The code of the proposal it settles.
    pub proposal: Option<String>,
    /// The minutes of its session.
    pub minutes: Option<Minutes>,
}

/// The decisions of a body in a year: by day and session, in the order of their numbers.
///
/// # Errors
/// `not_found` for an unknown body.
pub(crate) fn registered(read: &Read<'_>, body: &BodyId, year: i32) -> Result<Vec<RegisteredDecision>> {
    read.get::<Body>(body)?;
    let (from, to) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
    let decisions: Vec<Decision> = read.select(
        "WHERE body_id = ?1 AND decided_on BETWEEN ?2 AND ?3 ORDER BY decided_on, session_id, number, id",
        (body, from, to),
    )?;
    let mut sessions: BTreeMap<SessionId, Vec<Decision>> = BTreeMap::new();
    let mut order: Vec<SessionId> = Vec::new();
    for decision in decisions {
        if !order.contains(&decision.session_id) {
            order.push(decision.session_id.clone());
        }
        sessions.entry(decision.session_id.clone()).or_default().push(decision);
    }
    let mut lines = Vec::new();
    for session in order {
        let facts = course::facts(read, &session)?;
        let folded = course::course(&facts);
        let numbers = item_numbers(&facts.items);
        let minutes = minutes::kept_of(read, &session)?;
        let name = plan::name(&facts.session);
        for decision in sessions.remove(&session).unwrap_or_default() {
            let vote = decision.vote_id.as_ref().and_then(|id| facts.votes.iter().find(|v| v.id == *id));
            let item = facts.items.iter().position(|i| i.id == decision.item_id);
            lines.push(RegisteredDecision {
                session: name.clone(),
                item: item.and_then(|at| numbers.get(at)).cloned().unwrap_or_default(),
                result: vote.and_then(|vote| Some(came_to(vote, folded.vote(&vote.id)?))),
                proposal: decision.proposal_id.as_ref().map(|id| code(read, id)).transpose()?.flatten(),
                minutes: minutes.clone(),
                decision,
            });
        }
    }
    Ok(lines)
}

fn code(read: &Read<'_>, id: &ProposalId) -> Result<Option<String>> {
    Ok(read.find::<Proposal>(id)?.map(|proposal| proposal.code))
}
