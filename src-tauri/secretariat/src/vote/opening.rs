//! A vote is opened: whether it may be, on what, by which rule, and who cannot vote in it.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::codes::{EventKind, MotionKind, MotionStatus, SessionMode, VoteMethod, VoteStatus};
use crate::course::{Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, MotionId, SeatId, SessionId, VoteId};
use crate::journal::Tx;
use crate::preflight::{Override, Step, Way};
use crate::{course, live, preflight, recusal, rules, text};

use super::motion::{
    another_motion, closed_to_additions, refuse_amended, refuse_mixed_block, refuse_unworded, rule_of_matter,
    settled, settled_already, under, worded,
};
use super::pending::{followed, second_round_due, unfollowed_consensus};
use super::{Motion, Vote, VoteExplained, VoteRef, explain_vote};

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
    /// Checks gone past, each with its reason.
    #[serde(default)]
    #[ts(optional)]
    pub overrides: Option<Vec<Override>>,
}

/// Opens a vote on a motion or a question.
///
/// # Errors
/// `rule_forbids` without quorum, without anybody presiding, or when a second round would be settled by another rule;
/// `needs_confirmation`, with the checks in `details.checks`, by another majority than the matter's, without the consensus
/// that its rule seeks first or in another way than the rules fix for virtual sessions, without the reason;
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
        refuse_unworded(&facts, motion)?;
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
                "La segunda vuelta repite la votación: es secreta si la primera lo fue, y si no, no.",
                "The second round repeats the vote: it is secret if the first one was, and otherwise not."
            ),
        ));
    }
    let item_id = match &previous {
        Some(previous) => previous.item_id.clone(),
        None => under(&facts, &course, said)?,
    };
    let about_recusal = motion.as_ref().is_some_and(|m| m.kind == MotionKind::Recusal);
    if motion.as_ref().is_none_or(|m| !matches!(m.kind, MotionKind::Recusal | MotionKind::Reopening)) {
        live::refuse_postponed(&facts, Some(&item_id), at)?;
    }
    if !about_recusal {
        recusal::refuse_undecided(&facts, &item_id)?;
    }
    let recused = recusal::recused_of(&facts, &course, &item_id);
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
    if let Some(why) = now.rule(&rule_id).and_then(|rule| no_quorum_by(&facts, &course, &recused, rule)) {
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
    let what = motion.as_ref().map_or(question.as_str(), |motion| motion.text.as_str());
    let way = Way {
        motion: motion.as_ref(),
        item: &item_id,
        what,
        rule_id: &rule_id,
        method: Some(request.method),
    };
    let asked = match previous {
        Some(_) => preflight::asks_again_of_way(&facts, &course, &way),
        None => preflight::asks_of_way(&facts, &course, &way),
    };
    let gone_past = preflight::settle(Step::Vote, asked, request.overrides)?;
    let about = format!(":{}", way.about());
    let mut session = facts.session.clone();
    session.overrides.retain(|o| previous.is_some() || o.step != Step::Vote || !o.check.ends_with(&about));
    session.overrides.extend(gone_past);
    if session.overrides != facts.session.overrides {
        tx.put(&session)?;
    }
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

/// Why a vote by that rule would have no quorum without the seats that are recused of its item, or `None` when it would.
pub(crate) fn quorum_without(
    facts: &Facts,
    course: &Course,
    recused: &[SeatId],
    rule: &rules::Rule,
) -> Option<Text> {
    match before_voting(facts, course, recused).recused {
        0 => None,
        _ => no_quorum_by(facts, course, recused, rule),
    }
}

/// Why a vote by that rule would have no quorum now, or `None` when it would.
pub(crate) fn no_quorum_by(
    facts: &Facts,
    course: &Course,
    recused: &[SeatId],
    rule: &rules::Rule,
) -> Option<Text> {
    let input = before_voting(facts, course, recused);
    let quorum = course.rules_now(&facts.frame).decide(rule, &input).quorum.filter(|quorum| !quorum.met)?;
    let (es, en) = (&quorum.explanation.es, &quorum.explanation.en);
    if input.recused == 0 {
        return Some(text!(
            "No hay quórum para decidir este asunto. {es}.",
            "There is no quorum to decide this matter. {en}."
        ));
    }
    Some(text!(
        "Sin los puestos impedidos no hay quórum para decidir este punto. {es}. El punto queda pendiente.",
        "Without the recused seats there is no quorum to decide this item. {en}. The item stays pending."
    ))
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
