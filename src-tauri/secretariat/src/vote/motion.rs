//! Motions: put, reworded, settled, taken out of a block, and by which rule each is voted.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::codes::{
    AgendaKind, EventKind, MotionKind, MotionStatus, RecusalOutcome, SessionKind, SessionMode, VoteStatus,
};
use crate::course::{Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, MotionId, PersonId, RecusalId, SeatId, SessionId, VoteId};
use crate::journal::Tx;
use crate::rules::{Matter, VoteResult};
use crate::session::{Session, plan};
use crate::{course, live, recusal, rules, text, typed, written};

use super::opening::{before_voting, no_quorum_by};
use super::pending::followed;
use super::{Motion, Rewording, TakenOut, Vote};

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
    /// The recusal that the body would settle; the one that waits in the item when not said and there is no other.
    #[serde(default)]
    #[ts(optional)]
    pub recusal_id: Option<RecusalId>,
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
    /// Why its text changes, where no approved amendment changed it.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// It was written down wrong: this is what was moved, and nothing changed.
    #[serde(default)]
    #[ts(optional)]
    pub mistyped: Option<bool>,
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

pub(crate) fn under(facts: &Facts, course: &Course, said: Option<AgendaItemId>) -> Result<AgendaItemId> {
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
/// `invalid_input` when it has no text, its mover is not there, or the motion it amends, the vote it reopens, the recusal it
/// settles or the items it puts together are not such; `wrong_state` when the session is not under way.
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
    let recusal_id = recusal::to_settle(&facts, &item_id, request.kind, request.recusal_id.as_ref())?;
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
        recusal_id,
        block_item_ids: request.block_item_ids.unwrap_or_default(),
        taken_out: Vec::new(),
        rewordings: Vec::new(),
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
pub(super) fn settled(vote: &Vote) -> bool {
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

pub(crate) fn worded(field: &str, words: &str) -> Result<String> {
    match words.trim() {
        "" => Err(Failure::field(field, text!("Falta el texto.", "The text is missing."))),
        words => Ok(words.to_owned()),
    }
}

/// Rewords a motion that has not been voted.
///
/// # Errors
/// `wrong_state` when it was settled or its vote is open; `invalid_input` when it would be about a recusal and none, or more
/// than one, waits in its item.
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
    let text = worded("text", &request.text)?;
    let facts = if plan::is_ahead(session.status) { None } else { Some(course::facts(tx, &session.id)?) };
    let unworded = facts.as_ref().is_some_and(|facts| unworded(facts, &motion).is_some());
    if facts.is_some() && (unworded || text != motion.text && request.mistyped != Some(true)) {
        motion.rewordings.push(Rewording {
            was: motion.text.clone(),
            at: tx.ctx.now,
            reason: typed::optional_prose("reason", request.reason.as_deref())?,
        });
    }
    motion.text = text;
    if let Some(kind) = request.kind.filter(|kind| *kind != motion.kind) {
        let facts = course::facts(tx, &motion.session_id)?;
        motion.recusal_id = recusal::to_settle(&facts, &motion.item_id, kind, None)?;
        motion.kind = kind;
    }
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

/// The amendment of a motion that was approved after the last change of its text; nothing when its text has it.
fn unworded<'a>(facts: &'a Facts, motion: &Motion) -> Option<&'a Motion> {
    let reworded = motion.rewordings.last().map(|change| change.at);
    facts.motions.iter().find(|amendment| {
        let vote = facts.votes.iter().find(|v| Some(&v.id) == amendment.vote_id.as_ref());
        amendment.amends_motion_id.as_ref() == Some(&motion.id)
            && amendment.status == MotionStatus::Approved
            && vote.and_then(|v| v.closed_at).is_some_and(|closed| reworded.is_none_or(|at| at < closed))
    })
}

/// What is voted is the text that resulted from the amendments approved.
pub(crate) fn refuse_unworded(facts: &Facts, motion: &Motion) -> Result<()> {
    let Some(amendment) = unworded(facts, motion) else { return Ok(()) };
    let words = &amendment.text;
    Err(Failure::new(
        Code::WrongState,
        text!(
            "Se aprobó la modificación «{words}» y el texto de la moción no la recoge. Escriba el texto que resulta; con él se vota.",
            "The amendment “{words}” was approved and the motion's text does not have it. Write the resulting text; that is what is voted."
        ),
    )
    .with(json!({ "motion_id": motion.id, "amendment_id": amendment.id })))
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

pub(super) fn another_motion() -> Failure {
    Failure::field(
        "previous_vote_id",
        text!(
            "Esa votación fue de otra moción. Repita la votación de la moción empatada.",
            "That vote was on another motion. Repeat the vote on the motion that tied."
        ),
    )
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
        let recused = recusal::recused_of(facts, course, &motion.item_id);
        let input = before_voting(facts, course, &recused);
        let refused = refuse_amended(facts, motion).and_then(|()| refuse_mixed_block(facts, motion)).err();
        let closed = closed_to_additions(facts, motion).or_else(|| refused.map(|why| why.message));
        let asked = |rule: &rules::Rule| RuleAsked {
            rule_id: rule.id.clone(),
            name: rule.name.clone(),
            text: rules.asks(rule, &input),
            blocked: closed.clone().or_else(|| no_quorum_by(facts, course, &recused, rule)),
        };
        MotionRules {
            motion_id: motion.id.clone(),
            rule_id: rule_of_matter(facts, &motion.item_id, motion.kind == MotionKind::Recusal),
            choices: rules.rules.iter().map(asked).collect(),
        }
    };
    facts.motions.iter().filter(|m| m.status == MotionStatus::Filed).map(of_motion).collect()
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
