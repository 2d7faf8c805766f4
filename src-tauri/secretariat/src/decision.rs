//! Decisions and statements for the record.

mod accord;
mod list;

pub(crate) use accord::of as accord_of;
pub use accord::{
    Accord, PublishAccord, PutAccord, RegistryPublication, publish_accord, put_accord, remove_accord,
};
pub(crate) use list::{RegisteredDecision, registered};

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::codes::{
    AgendaOutcome, BallotValue, DecisionKind, MotionKind, ProposalStatus, StatementKind, VoteStatus,
};
use crate::course::{self, Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{
    AgendaItemId, BodyId, DecisionId, MotionId, PersonId, ProposalId, SeatId, SessionId, StatementId, VoteId,
};
use crate::journal::{Read, Tx};
use crate::proposal::life::state_en;
use crate::proposal::{Proposal, decided};
use crate::rules::{Milestones, VoteResult};
use crate::session::{Session, SessionFrame};
use crate::vote::{Motion, Vote};
use crate::{catalog, live, record, text, typed};

/// A decision of the body. Substantive ones take a yearly number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The body.
    pub body_id: BodyId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// Substantive or procedural.
    pub kind: DecisionKind,
    /// Yearly number, for substantive ones.
    pub number: Option<i64>,
    /// Year of the number.
    pub year: Option<i32>,
    /// Its text.
    pub text: String,
    /// The day it was taken.
    pub decided_on: NaiveDate,
    /// The vote that took it.
    pub vote_id: Option<VoteId>,
    /// The motion it settles.
    pub motion_id: Option<MotionId>,
    /// The proposal it settles.
    pub proposal_id: Option<ProposalId>,
    /// The accord that says it.
    pub accord: Option<Accord>,
}
record!(Decision, "decision");

/// A statement or dissent for the record (constancia).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// The session.
    pub session_id: SessionId,
    /// The item.
    pub item_id: AgendaItemId,
    /// Statement or dissent.
    pub kind: StatementKind,
    /// Whose.
    pub person_id: PersonId,
    /// Who adhered to it.
    pub adhered_person_ids: Vec<PersonId>,
    /// Its words.
    pub text: String,
    /// The vote it explains.
    pub vote_id: Option<VoteId>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// Its file.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
}
record!(Statement, "statement");

/// A decision to record or edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutDecision {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DecisionId>,
    /// The item.
    pub item_id: AgendaItemId,
    /// Substantive (numbered) or procedural.
    pub kind: DecisionKind,
    /// Its text.
    pub text: String,
    /// The vote that took it.
    #[serde(default)]
    #[ts(optional)]
    pub vote_id: Option<VoteId>,
    /// The proposal it settles.
    #[serde(default)]
    #[ts(optional)]
    pub proposal_id: Option<ProposalId>,
    /// What becomes of that proposal: prioritised, with conditions or not, postponed or returned. What the vote, its
    /// motion and the item's outcome say when not said.
    #[serde(default)]
    #[ts(optional)]
    pub outcome: Option<AgendaOutcome>,
    /// The conditions, or why it is postponed or returned; asked for when it is returned.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Which decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRef {
    /// The decision.
    pub decision_id: DecisionId,
}

/// A statement for the record to take down or edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutStatement {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<StatementId>,
    /// The item.
    pub item_id: AgendaItemId,
    /// Statement or dissent.
    pub kind: StatementKind,
    /// Whose.
    pub person_id: PersonId,
    /// Who adhered to it.
    #[serde(default)]
    pub adhered_person_ids: Vec<PersonId>,
    /// Its words.
    pub text: String,
    /// The vote it explains.
    #[serde(default)]
    #[ts(optional)]
    pub vote_id: Option<VoteId>,
    /// When it was received; now, or when it was before, when not said.
    #[serde(default)]
    #[ts(optional)]
    pub received_at: Option<DateTime<Utc>>,
    /// It came after the term of the rules; the secretary has seen it and records it so.
    #[serde(default)]
    #[ts(optional)]
    pub accept_late: Option<bool>,
}

/// Which statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementRef {
    /// The statement.
    pub statement_id: StatementId,
}

/// Records or edits a decision. A substantive one takes the next number of the year when it is first recorded,
/// and keeps it. What it makes of a proposal is written in the proposal's life by the same act.
///
/// # Errors
/// `invalid_input` when the vote was not closed in that session or was on another item, or the outcome is none of a
/// proposal's; `rule_forbids` when a substantive one names no vote, or its vote had no quorum, or a proposal would be
/// prioritised and no vote approved it; `wrong_state` when the minutes are adopted, the item is put off, or the proposal is
/// not on the session's agenda or has gone on since.
pub fn put_decision(tx: &mut Tx<'_>, request: PutDecision) -> Result<Decision> {
    let item: AgendaItem = tx.get(&request.item_id)?;
    let session: Session = tx.get(&item.session_id)?;
    live::refuse_adopted(tx, &session.id)?;
    if request.text.trim().is_empty() {
        return Err(Failure::field("text", text!("Escriba la decisión.", "Write the decision.")));
    }
    let vote: Option<Vote> = match &request.vote_id {
        Some(id) => Some(tx.get(id)?),
        None => None,
    };
    if let Some(vote) = &vote
        && (vote.session_id != session.id || vote.status != VoteStatus::Closed || vote.verdict.is_none())
    {
        return Err(Failure::field(
            "vote_id",
            text!(
                "Esa votación no se ha cerrado en esta sesión.",
                "That vote was not closed in this session."
            ),
        ));
    }
    if let Some(vote) = &vote
        && !of_the_item(tx, vote, &item)?
    {
        return Err(Failure::field(
            "vote_id",
            text!(
                "Esa votación fue de otro punto del orden del día. Indique la que tomó esta decisión.",
                "That vote was on another agenda item. Name the one that took this decision."
            ),
        ));
    }
    let old: Option<Decision> = match &request.id {
        Some(id) => tx.find(id)?,
        None => None,
    };
    if let Some(old) = old.as_ref().filter(|old| old.session_id != session.id) {
        let id = &old.id;
        return Err(Failure::field(
            "id",
            text!("La decisión «{id}» es de otra sesión.", "Decision “{id}” is of another session."),
        ));
    }
    if let Some(vote) = &vote {
        refuse_undecided(tx, vote)?;
        refuse_denied(vote, &request.text)?;
    }
    let settled = settles(tx, &request, &item, &session, vote.as_ref())?;
    let puts_off = |(status, _): &(ProposalStatus, Option<String>)| {
        matches!(status, ProposalStatus::Postponed | ProposalStatus::Returned)
    };
    if request.kind == DecisionKind::Substantive {
        if vote.is_none() {
            return Err(unvoted(tx, &session)?);
        }
        if item.outcome == Some(AgendaOutcome::Postponed) && !settled.as_ref().is_some_and(puts_off) {
            return Err(Failure::new(
                Code::WrongState,
                text!(
                    "El punto está aplazado: no tiene decisión de fondo. Si se retomó y se votó, corrija antes su resultado.",
                    "The item is postponed: it has no substantive decision. If it was taken up again and voted, correct its outcome first."
                ),
            )
            .with(json!({ "field": "kind" })));
        }
    }
    if let Some(old) = old.as_ref().filter(|old| old.proposal_id != request.proposal_id) {
        decided::take_back(tx, old)?;
    }
    let (mut number, mut year) = old.as_ref().map_or((None, None), |d| (d.number, d.year));
    match request.kind {
        DecisionKind::Procedural => (number, year) = (None, None),
        DecisionKind::Substantive if number.is_none() => {
            use chrono::Datelike;
            let this_year = session.date.year();
            let taken: Vec<Decision> = tx.select(
                "WHERE body_id = ?1 AND year = ?2 ORDER BY number DESC LIMIT 1",
                (session.body_id.as_str(), this_year),
            )?;
            number = Some(taken.first().and_then(|d| d.number).unwrap_or(0) + 1);
            year = Some(this_year);
        }
        DecisionKind::Substantive => {}
    }
    let decision = Decision {
        id: match request.id {
            Some(id) => id,
            None => DecisionId::new(tx.ctx.new_id())?,
        },
        body_id: session.body_id.clone(),
        session_id: session.id.clone(),
        item_id: item.id,
        kind: request.kind,
        number,
        year,
        text: request.text.trim().to_owned(),
        decided_on: old.as_ref().map_or(session.date, |d| d.decided_on),
        motion_id: vote.as_ref().and_then(|v| v.motion_id.clone()),
        vote_id: request.vote_id,
        proposal_id: request.proposal_id,
        accord: old.and_then(|d| d.accord),
    };
    tx.put(&decision)?;
    if let (Some(proposal), Some((outcome, note))) = (&decision.proposal_id, settled) {
        decided::decide(tx, proposal, &session, &decision, outcome, note)?;
    }
    Ok(decision)
}

/// Why a substantive decision needs a vote, with the majority of the rules in force.
fn unvoted(read: &Read<'_>, session: &Session) -> Result<Failure> {
    let rules = read.find::<SessionFrame>(&session.id)?.map(|stored| stored.frame.rule_set);
    let cited = rules.as_ref().and_then(|rules| {
        let rule = rules.rule(&rules.default_rule_id)?;
        rules.source(rule.article.as_deref())
    });
    let cited = cited.map_or_else(String::new, |norm| format!(" ({})", norm.citation));
    Ok(Failure::new(
        Code::RuleForbids,
        text!(
            "Una decisión sustantiva la toma una votación{cited}. Indique la que la tomó; si nadie se opone, ábrala por consenso. Lo que nadie votó es de procedimiento, o no es decisión.",
            "A substantive decision is taken by a vote{cited}. Name the one that took it; if nobody objects, open it by consensus. What nobody voted is procedural, or no decision."
        ),
    )
    .with(json!({ "field": "vote_id" })))
}

/// Whether a decision's text says that something was denied.
pub(crate) fn says_no(text: &str) -> bool {
    let text = text.to_lowercase();
    ["no se ", "se niega", "se rechaza", "se negó"].iter().any(|no| text.contains(no))
}

/// The decisions that rest on a vote that approved nothing while their text does not say so.
pub(crate) fn without_votes<'a>(facts: &'a Facts, course: &Course) -> Vec<&'a Decision> {
    let approved = |vote: &VoteId| {
        let verdict = course.vote(vote).and_then(|counted| counted.verdict.as_ref());
        verdict.is_none_or(|verdict| verdict.count.result == VoteResult::Approved)
    };
    let contradicts =
        |d: &&Decision| d.vote_id.as_ref().is_some_and(|vote| !approved(vote)) && !says_no(&d.text);
    facts.decisions.iter().filter(contradicts).collect()
}

/// A decision as it is named: "la decisión 3 de 2025" or its words.
pub(crate) fn named(decision: &Decision) -> Text {
    match decision.number.zip(decision.year) {
        Some((number, year)) => text!("la decisión {number} de {year}", "decision {number} of {year}"),
        None => {
            let words = &decision.text;
            text!("la decisión «{words}»", "the decision “{words}”")
        }
    }
}

/// Refuses as decided what a vote did not approve: it may be written down that it was denied.
fn refuse_denied(vote: &Vote, words: &str) -> Result<()> {
    let result = vote.verdict.as_ref().map(|verdict| verdict.count.result);
    if result == Some(VoteResult::Approved) || says_no(words) {
        return Ok(());
    }
    let question = &vote.question;
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "La votación «{question}» no aprobó la moción: con ella no se decide lo contrario. Escriba que no se aprobó («No se aprueba…»), o indique la votación que tomó esta decisión.",
            "The vote “{question}” did not approve the motion: nothing to the contrary is decided by it. Write that it was not approved, or name the vote that took this decision."
        ),
    )
    .with(json!({ "field": "text", "vote_id": vote.id })))
}

/// Refuses a vote that had no quorum, or a consensus with objections: it decided nothing.
fn refuse_undecided(read: &Read<'_>, vote: &Vote) -> Result<()> {
    let facts = course::facts(read, &vote.session_id)?;
    let folded = course::course(&facts);
    let counted = folded.vote(&vote.id);
    if counted.is_some_and(course::VoteCourse::lacked_consensus) {
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "No hubo consenso y nada se decidió. Si el reglamento lo permite, la decisión la toma la votación por mayoría que sigue; si no, el asunto queda sin decisión.",
                "There was no consensus and nothing was decided. If the rules allow it, the majority vote that follows takes the decision; if not, the matter stays undecided."
            ),
        )
        .with(json!({ "field": "vote_id" })));
    }
    let verdict = counted.and_then(|counted| counted.verdict.as_ref());
    let Some(verdict) = verdict.filter(|verdict| verdict.count.quorum_met == Some(false)) else {
        return Ok(());
    };
    let why = verdict.quorum.as_ref().map(|quorum| &quorum.explanation);
    let (es, en) =
        why.map_or((String::new(), String::new()), |why| (format!(" {}.", why.es), format!(" {}.", why.en)));
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "Esa votación se cerró sin quórum y no decidió nada.{es} El asunto queda pendiente.",
            "That vote closed without a quorum and decided nothing.{en} The matter stays pending."
        ),
    )
    .with(json!({ "field": "vote_id" })))
}

/// Whether a vote was taken under an item, the one above it or one below it; or in a block that it was part of.
fn of_the_item(read: &Read<'_>, vote: &Vote, item: &AgendaItem) -> Result<bool> {
    if vote.item_id == item.id || item.parent_id.as_ref() == Some(&vote.item_id) {
        return Ok(true);
    }
    let motion: Option<Motion> = match &vote.motion_id {
        Some(id) => read.find(id)?,
        None => None,
    };
    let of_block = |id: &AgendaItemId| motion.as_ref().is_some_and(|m| m.block_item_ids.contains(id));
    if of_block(&item.id) || item.parent_id.as_ref().is_some_and(of_block) {
        return Ok(true);
    }
    let voted: AgendaItem = read.get(&vote.item_id)?;
    Ok(voted.parent_id.as_ref() == Some(&item.id))
}

/// What a decision makes of its proposal, with its conditions or reason; or nothing: it may name a proposal and settle
/// another matter of it.
fn settles(
    read: &Read<'_>,
    request: &PutDecision,
    item: &AgendaItem,
    session: &Session,
    vote: Option<&Vote>,
) -> Result<Option<(ProposalStatus, Option<String>)>> {
    let note = typed::optional_prose("note", request.note.as_deref())?;
    let Some(proposal) = &request.proposal_id else {
        return match request.outcome {
            None => Ok(None),
            Some(_) => Err(Failure::field(
                "outcome",
                text!("Diga de qué propuesta es ese resultado.", "Say which proposal has that outcome."),
            )),
        };
    };
    let proposal: Proposal = read.get(proposal)?;
    if let Some(outcome) = request.outcome {
        let approved =
            vote.and_then(|v| v.verdict.as_ref()).is_some_and(|v| v.count.result == VoteResult::Approved);
        if live::approves(outcome) && !approved {
            return Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "Una propuesta se prioriza por una votación que la aprobó. Indique esa votación, o corrija el resultado.",
                    "A proposal is prioritised by a vote that approved it. Name that vote, or correct the outcome."
                ),
            ));
        }
        return decided::status_of(outcome).map(|status| Some((status, note))).ok_or_else(|| {
            let word = outcome.label();
            Failure::field(
                "outcome",
                text!(
                    "«{word}» no decide una propuesta: es priorizada, con condiciones o no, aplazada o devuelta.",
                    "That outcome settles no proposal: it is prioritised, with conditions or not, postponed or returned."
                ),
            )
        });
    }
    // An edited decision settles what it settled, unless it says otherwise.
    let made = proposal
        .status_history
        .iter()
        .find(|s| s.decision_id.is_some() && s.decision_id.as_ref() == request.id.as_ref());
    if let Some(made) = made {
        return Ok(Some((made.status, note.or_else(|| made.note.clone()))));
    }
    let said = match vote {
        Some(vote) => {
            let motion = match &vote.motion_id {
                Some(id) => read.find::<Motion>(id)?.map(|m| m.kind),
                None => None,
            };
            by_vote(motion, vote, item)
        }
        None => item.outcome.and_then(decided::status_of),
    };
    Ok(said.filter(|_| still_to_settle(&proposal, &session.id)).map(|status| (status, note)))
}

/// What a closed vote says of the proposals of its item, by its motion and the item's outcome.
fn by_vote(motion: Option<MotionKind>, vote: &Vote, item: &AgendaItem) -> Option<ProposalStatus> {
    let result = vote.verdict.as_ref()?.count.result;
    decided::status_by_vote(motion, result, item.outcome)
}

/// Unsaid, a decision settles only what its session still had to settle.
fn still_to_settle(proposal: &Proposal, session: &SessionId) -> bool {
    proposal.target_session_id.as_ref() == Some(session)
        && matches!(proposal.status, ProposalStatus::Scheduled | ProposalStatus::Postponed)
}

/// A proposal of an item of a session, and what each vote taken on its matter would make of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ItemProposal {
    /// The item.
    pub item_id: AgendaItemId,
    /// The proposal.
    pub id: ProposalId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: ProposalStatus,
    /// What a decision that leaves its outcome to the vote would make of it, for each closed vote, in order.
    pub by_vote: Vec<ProposalByVote>,
}

/// What a vote would make of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposalByVote {
    /// The vote.
    pub vote_id: VoteId,
    /// The state it would take; `null` when the vote leaves it as it is.
    pub would_be: Option<ProposalStatus>,
    /// The same in a sentence.
    pub would_be_text: Text,
}

/// The proposals of the items of a session.
///
/// # Errors
/// When the archive cannot be read.
pub fn item_proposals(read: &Read<'_>, facts: &Facts) -> Result<Vec<ItemProposal>> {
    let mut found = Vec::new();
    for item in &facts.items {
        let votes = || {
            let closed = |v: &&Vote| {
                v.status == VoteStatus::Closed
                    && v.verdict.is_some()
                    && facts.voted_on(v, &item.id)
                    && !facts.reopened(v)
            };
            facts.votes.iter().filter(closed)
        };
        for id in &item.proposal_ids {
            let Some(proposal) = read.find::<Proposal>(id)? else { continue };
            let open = still_to_settle(&proposal, &facts.session.id);
            let by_vote = votes()
                .map(|vote| {
                    let motion = facts.motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
                    let would_be = by_vote(motion.map(|m| m.kind), vote, item).filter(|_| open);
                    let status = would_be.unwrap_or(proposal.status);
                    let (es, en) = (status.label(), state_en(status));
                    let would_be_text = match would_be {
                        Some(_) => text!("La propuesta queda {es}.", "The proposal becomes {en}."),
                        None => text!(
                            "La votación no cambia la propuesta: sigue {es}.",
                            "The vote does not change the proposal: it stays {en}."
                        ),
                    };
                    ProposalByVote { vote_id: vote.id.clone(), would_be, would_be_text }
                })
                .collect();
            found.push(ItemProposal {
                item_id: item.id.clone(),
                id: proposal.id,
                code: proposal.code,
                title: proposal.short_title.unwrap_or(proposal.title),
                status: proposal.status,
                by_vote,
            });
        }
    }
    Ok(found)
}

/// Takes back a decision recorded by mistake. Its number is free again only if it was the last.
///
/// # Errors
/// `wrong_state` when the minutes are adopted, or the proposal it settled has gone on since.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_decision(tx: &mut Tx<'_>, request: DecisionRef) -> Result<()> {
    let decision: Decision = tx.get(&request.decision_id)?;
    live::refuse_adopted(tx, &decision.session_id)?;
    decided::take_back(tx, &decision)?;
    tx.remove::<Decision>(&request.decision_id)
}

/// Takes down or edits a statement or dissent for the record; the tally does not change.
///
/// # Errors
/// `invalid_input` when it has no words, whoever makes it did not attend, or it dissents from no vote of the item;
/// or it was received in the future; `needs_confirmation` when the term of the rules was over; `wrong_state` when the minutes
/// are adopted.
pub fn put_statement(tx: &mut Tx<'_>, request: PutStatement) -> Result<Statement> {
    let item: AgendaItem = tx.get(&request.item_id)?;
    let session: Session = tx.get(&item.session_id)?;
    live::refuse_adopted(tx, &session.id)?;
    if request.text.trim().is_empty() {
        return Err(Failure::field("text", text!("Escriba la constancia.", "Write the statement.")));
    }
    if request.adhered_person_ids.contains(&request.person_id) {
        return Err(Failure::field(
            "adhered_person_ids",
            text!("Nadie adhiere a su propia constancia.", "Nobody adheres to their own statement."),
        ));
    }
    let opened = tx.find::<SessionFrame>(&session.id)?.is_some();
    if opened {
        let facts = course::facts(tx, &session.id)?;
        let course = course::course(&facts);
        live::refuse_absent(&facts, &course, "person_id", &request.person_id, None)?;
        for person in &request.adhered_person_ids {
            live::refuse_absent(&facts, &course, "adhered_person_ids", person, None)?;
        }
        if request.kind == StatementKind::Dissent {
            check_dissent(&facts, &course, &request)?;
        }
    }
    for person in std::iter::once(&request.person_id).chain(&request.adhered_person_ids) {
        if opened {
            live::remember_person(tx, &session.id, person)?;
        }
    }
    let old: Option<Statement> = match &request.id {
        Some(id) => tx.find(id)?,
        None => None,
    };
    let received = request.received_at.or(match &old {
        Some(old) => old.received_at,
        None => Some(tx.ctx.now),
    });
    let again = old.as_ref().is_some_and(|old| old.received_at == received);
    if let Some(received) = received.filter(|_| opened && !again) {
        check_received(tx, &session, received, request.accept_late == Some(true))?;
    }
    let statement = Statement {
        id: match request.id {
            Some(id) => id,
            None => StatementId::new(tx.ctx.new_id())?,
        },
        session_id: session.id,
        item_id: item.id,
        kind: request.kind,
        person_id: request.person_id,
        adhered_person_ids: request.adhered_person_ids,
        text: request.text.trim().to_owned(),
        vote_id: request.vote_id,
        received_at: received,
        blob_id: old.as_ref().and_then(|s| s.blob_id.clone()),
        file: old.and_then(|s| s.file),
    };
    tx.put(&statement)?;
    Ok(statement)
}

/// Until when a session's statements and dissents are received; `None` when its rules set no term, or count it from a day
/// that has not come. Of a session of several days, from the last one.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn statements_until(read: &Read<'_>, facts: &Facts) -> Result<Option<NaiveDate>> {
    let Some(term) = facts.frame.rule_set.deadlines.statements else { return Ok(None) };
    let milestones = Milestones { session_date: facts.last_sitting(), draft_sent: None, signed: None };
    Ok(term.date(&milestones, &catalog::calendar(read)?))
}

/// Asks before a statement is recorded that came after the term of the rules, and refuses one from the future.
fn check_received(read: &Read<'_>, session: &Session, received: DateTime<Utc>, accepted: bool) -> Result<()> {
    if received > read.ctx.now + chrono::TimeDelta::minutes(1) {
        return Err(Failure::field(
            "received_at",
            text!(
                "La fecha está en el futuro. Revise cuándo se recibió.",
                "The date is in the future. Check when it was received."
            ),
        ));
    }
    let facts = course::facts(read, &session.id)?;
    let rules = &facts.frame.rule_set;
    let until = statements_until(read, &facts)?;
    let Some(until) = until.filter(|until| crate::local(received).date() > *until && !accepted) else {
        return Ok(());
    };
    let norm = rules.source(rules.deadlines.article.as_deref());
    let cited = norm.map_or_else(String::new, |norm| format!(" ({})", norm.citation));
    Err(Failure::new(
        Code::NeedsConfirmation,
        text!(dates until;
            "El plazo para dejar constancias terminó el {until}{cited}. Corrija la fecha en que se recibió; o confirme, y el acta dirá que llegó vencido el plazo.",
            "The term for statements ended on {until}{cited}. Correct the day on which it was received; or confirm, and the minutes will say that it came after the term."
        ),
    )
    .with(json!({ "confirm": "accept_late", "until": until })))
}

/// Refuses a dissent from nothing: it is from a closed vote of the item, by somebody who sat for a seat that could vote.
fn check_dissent(facts: &Facts, course: &Course, request: &PutStatement) -> Result<()> {
    let of_item = |v: &&Vote| v.item_id == request.item_id && v.status == VoteStatus::Closed;
    let votes = facts.votes.iter().filter(of_item);
    let votes: Vec<&Vote> = votes.filter(|v| request.vote_id.as_ref().is_none_or(|id| *id == v.id)).collect();
    if votes.is_empty() {
        return Err(Failure::field(
            "vote_id",
            text!(
                "En este punto no se votó: no hay de qué disentir. Regístrelo como constancia.",
                "Nothing was voted under this item: there is nothing to dissent from. Record it as a statement."
            ),
        ));
    }
    let could_vote = |person: &PersonId, vote: &Vote| {
        let sat =
            |seat: &SeatId| course.presence.iter().any(|p| p.person_id == *person && p.seat_id == *seat);
        course.vote(&vote.id).is_some_and(|counted| counted.entitled.iter().any(sat))
    };
    if !votes.iter().any(|vote| could_vote(&request.person_id, vote)) {
        return Err(Failure::field(
            "person_id",
            text!(
                "Esa persona no podía votar en este punto. Registre sus palabras como constancia.",
                "That person could not vote under this item. Record their words as a statement."
            ),
        ));
    }
    // Whoever voted as the body decided dissents from nothing.
    let agreed = |person: &PersonId, vote: &Vote| {
        let won = match vote.verdict.as_ref().map(|verdict| verdict.count.result) {
            Some(VoteResult::Approved) => BallotValue::For,
            Some(VoteResult::Rejected) => BallotValue::Against,
            _ => return false,
        };
        facts.ballots.iter().any(|b| b.vote_id == vote.id && b.person_id == *person && b.value == won)
    };
    let mut people = std::iter::once(("person_id", &request.person_id))
        .chain(request.adhered_person_ids.iter().map(|person| ("adhered_person_ids", person)));
    let agrees = |(_, person): &(&str, &PersonId)| {
        let mut of_theirs = votes.iter().filter(|vote| could_vote(person, vote)).peekable();
        of_theirs.peek().is_some() && of_theirs.all(|vote| agreed(person, vote))
    };
    match people.find(agrees) {
        None => Ok(()),
        Some((field, person)) => {
            let who = facts.frame.person(person).map_or_else(String::new, |p| p.full_name.clone());
            Err(Failure::field(
                field,
                text!(
                    "{who} votó como se decidió: no disiente. Registre sus palabras como constancia, o corrija la votación de la que disiente.",
                    "{who} voted as it was decided: that is no dissent. Record their words as a statement, or correct the vote dissented from."
                ),
            ))
        }
    }
}

/// Takes back a statement taken down by mistake.
///
/// # Errors
/// `wrong_state` when the minutes are adopted.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_statement(tx: &mut Tx<'_>, request: StatementRef) -> Result<()> {
    let statement: Statement = tx.get(&request.statement_id)?;
    live::refuse_adopted(tx, &statement.session_id)?;
    tx.remove::<Statement>(&request.statement_id)
}
