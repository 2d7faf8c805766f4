//! The acts of a written session: putting its motions beforehand, receiving and correcting replies, and closing them.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::course::put_in;
use super::view::{ReplyLine, line};
use super::{Reply, ReplyAnswer, Term, WrittenCourse};
use crate::agenda::AgendaItem;
use crate::attendance::Correction;
use crate::calendar::bogota_date;
use crate::codes::{
    EventKind, MotionKind, MotionStatus, RecusalOutcome, ReplyMeans, SessionMode, VoteMethod,
};
use crate::course::{self, Course, Facts};
use crate::failure::{Code, Failure, Result};
use crate::file::CarriedFile;
use crate::ids::{MotionId, PersonId, ReplyId, SeatId, SessionId, VoteId};
use crate::journal::{Read, Tx};
use crate::live::{self, LiveView, RecordEvent, SessionRef};
use crate::person::Person;
use crate::rules::{QuorumKind, VoteResult};
use crate::session::{NoticedMotion, ReplyWindow, Session, SessionFrame, plan};
use crate::vote::{self, FileMotion, Motion};
use crate::{recusal, spanish, text, typed};

/// A seat's reply as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordReply {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<ReplyId>,
    /// The session.
    pub session_id: SessionId,
    /// The seat it is for.
    pub seat_id: SeatId,
    /// Who sent it; whoever may reply for the seat when not said.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// When it came; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub received_at: Option<DateTime<Utc>>,
    /// By which means.
    pub means: ReplyMeans,
    /// What it says of each motion.
    #[serde(default)]
    pub answers: Vec<ReplyAnswer>,
    /// What else it says.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Whether it says that it stands in place of the seat's earlier ones.
    #[serde(default)]
    pub clarifies: bool,
    /// The message, to keep.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
    /// Remark.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Why it is entered after the session ended; asked for then.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
    /// The secretary has seen which closed votes it would turn, and goes on.
    #[serde(default)]
    #[ts(optional)]
    pub accept_changed_votes: Option<bool>,
}

/// Corrects a reply, with trace: another time, seat, person or means, other answers or words, or struck out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectReply {
    /// The reply.
    pub reply_id: ReplyId,
    /// When it in fact came.
    #[serde(default)]
    #[ts(optional)]
    pub received_at: Option<DateTime<Utc>>,
    /// Its right seat.
    #[serde(default)]
    #[ts(optional)]
    pub seat_id: Option<SeatId>,
    /// Who in fact sent it.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// Its right means.
    #[serde(default)]
    #[ts(optional)]
    pub means: Option<ReplyMeans>,
    /// What it in fact says of each motion.
    #[serde(default)]
    #[ts(optional)]
    pub answers: Option<Vec<ReplyAnswer>>,
    /// What else it in fact says; empty for nothing.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// Whether it in fact stands in place of the seat's earlier ones.
    #[serde(default)]
    #[ts(optional)]
    pub clarifies: Option<bool>,
    /// The message, to keep in place of what was kept.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
    /// It did not come: why it is struck out.
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

/// Closes the term of a written session and counts its replies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseReplies {
    /// The ids of the votes it makes, in the order of the motions; new ones when not said.
    #[serde(default)]
    #[ts(optional)]
    pub ids: Option<Vec<VoteId>>,
    /// The session.
    pub session_id: SessionId,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
    /// The secretary has seen which matters wait for a recusal to be decided, and leaves them without a vote.
    #[serde(default)]
    #[ts(optional)]
    pub leave_suspended: Option<bool>,
}

/// Which motion to take back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMotion {
    /// The motion.
    pub motion_id: MotionId,
}

fn wrong(message: crate::Text) -> Failure {
    Failure::new(Code::WrongState, message)
}

fn clock_on(at: DateTime<Utc>) -> (String, String) {
    let local = crate::local(at);
    let (day, time) = (local.date(), local.time());
    (
        format!("{} del {}", spanish::at_clock(time), spanish::date(day)),
        format!("{} on {day}", spanish::clock(time)),
    )
}

/// What must hold of the term of a session that is planned: there is one only in a written session, it opens on its day,
/// and closes after it opens.
///
/// # Errors
/// `invalid_input` naming `replies`.
pub(crate) fn check_window(session: &Session) -> Result<()> {
    let Some(ReplyWindow { opens_at, closes_at }) = session.replies else { return Ok(()) };
    let field = |message| Err(Failure::field("replies", message));
    if session.mode != SessionMode::Written {
        return field(text!(
            "Solo una sesión por escrito tiene plazo para responder. Quite el plazo, o escoja esa modalidad.",
            "Only a written session has a term for replies. Take the term away, or choose that mode."
        ));
    }
    if closes_at <= opens_at {
        let ((opens, opens_en), (closes, closes_en)) = (clock_on(opens_at), clock_on(closes_at));
        return field(text!(
            "El plazo para responder se cerraría {closes}, y se abre {opens}: no hay tiempo de responder. Corrija uno de los dos.",
            "The term would close at {closes_en} and opens at {opens_en}: there is no time to reply. Correct one of the two."
        ));
    }
    let (day, date) = (bogota_date(opens_at), session.date);
    if day != date {
        return field(text!(dates day, date;
            "La sesión es del {date} y el plazo se abriría el {day}. Diga de nuevo el plazo, o corrija la fecha.",
            "The session is on {date} and the term would open on {day}. Say the term again, or correct the date."
        ));
    }
    Ok(())
}

/// Refuses a written session under rules that do not allow it, or without a registered norm behind them.
///
/// # Errors
/// `rule_forbids` naming `mode`.
pub(crate) fn refuse_without_norm(read: &Read<'_>, session: &Session) -> Result<()> {
    let rules = plan::rules_on(read, &session.body_id, session.date)?;
    if session.mode != SessionMode::Written || rules.is_none_or(|r| r.written_session_norm().is_some()) {
        return Ok(());
    }
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "El reglamento vigente no permite sesiones no presenciales por escrito. Escoja otra modalidad, o registre \
             en «Integrantes» la norma que las permite.",
            "The rules in force do not allow sessions by written replies. Choose another mode, or register in \
             “Members” the norm that allows them."
        ),
    )
    .with(json!({ "field": "mode" })))
}

/// Refuses to convene or open a written session that has no term, no motions, or whose term has begun.
///
/// # Errors
/// `invalid_input` or `wrong_state`, with what is missing.
pub(crate) fn refuse_unheld(read: &Read<'_>, session: &Session) -> Result<()> {
    if session.mode != SessionMode::Written {
        return Ok(());
    }
    refuse_without_norm(read, session)?;
    if session.replies.is_none() {
        return Err(Failure::field(
            "replies",
            text!(
                "Una sesión por escrito publica desde cuándo y hasta cuándo se responde. Fije el plazo en la sesión.",
                "A written session publishes from when until when it is replied. Set the term in the session."
            ),
        ));
    }
    if noticed_motions(read, &session.id)?.is_empty() {
        return Err(wrong(text!(
            "En una sesión por escrito se responde a mociones con su texto, y no hay ninguna. Presente al menos una en el orden del día.",
            "In a written session the seats reply to the text of motions, and there is none. Put at least one in the agenda."
        ))
        .with(json!({ "acts": ["file_motion"] })));
    }
    Ok(())
}

/// The motions of a written session as a notice publishes them, in the agenda's order.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn noticed_motions(read: &Read<'_>, session: &SessionId) -> Result<Vec<NoticedMotion>> {
    let motions: Vec<Motion> =
        read.select("WHERE session_id = ?1 AND status = 'filed' ORDER BY filed_at, id", [session])?;
    let items = course::printed_order(read.select("WHERE session_id = ?1", [session])?);
    let place = |motion: &Motion| items.iter().position(|i| i.id == motion.item_id);
    let mut noticed: Vec<(Option<usize>, Motion)> = motions.into_iter().map(|m| (place(&m), m)).collect();
    noticed.sort_by_key(|(place, _)| *place);
    let noticed = noticed.into_iter();
    Ok(noticed.map(|(_, m)| NoticedMotion { motion_id: m.id, item_id: m.item_id, text: m.text }).collect())
}

/// Puts a motion of a written session before it opens, under one of its items. Its notice publishes the text.
///
/// # Errors
/// `invalid_input` without an item or text, or for a kind of motion that has no sense in writing.
pub(crate) fn file_in_preparation(tx: &mut Tx<'_>, session: &Session, request: FileMotion) -> Result<Motion> {
    let kind = |message| Err(Failure::field("kind", message));
    match request.kind {
        MotionKind::Substantive | MotionKind::Procedural | MotionKind::Postponement | MotionKind::Return => {}
        MotionKind::Amendment | MotionKind::AgendaAddition | MotionKind::Reopening => {
            return kind(text!(
                "Por escrito se responde a cada texto como se publicó: una modificación, una adición o una reapertura no se ponen así. Escriba la moción entera.",
                "In writing each text is replied to as it was published: an amendment, an addition or a reopening is not put so. Write the whole motion."
            ));
        }
        MotionKind::Recusal => {
            return kind(text!(
                "Un impedimento no se decide por escrito: registre el acto de quien lo decide.",
                "A recusal is not decided in writing: record the act of whoever decides it."
            ));
        }
    }
    if request.block_item_ids.as_ref().is_some_and(|block| !block.is_empty()) {
        return Err(Failure::field(
            "block_item_ids",
            text!(
                "Por escrito cada punto tiene su moción: presente una por cada uno.",
                "In writing each item has its motion: put one for each."
            ),
        ));
    }
    let Some(item) = &request.item_id else {
        return Err(Failure::field(
            "item_id",
            text!("Diga bajo qué punto va la moción.", "Say under which item the motion goes."),
        ));
    };
    let item: AgendaItem = tx.get(item)?;
    if item.session_id != session.id {
        return Err(Failure::not_found("agenda_item", item.id.as_str()));
    }
    if let Some(person) = &request.mover_person_id {
        let _: Person = tx.get(person)?;
    }
    let motion = Motion {
        id: MotionId::given(request.id, tx.ctx)?,
        session_id: session.id.clone(),
        item_id: item.id,
        kind: request.kind,
        text: typed::prose("text", &text!("el texto de la moción", "The motion's text"), &request.text)?,
        mover_person_id: request.mover_person_id,
        filed_at: Some(tx.ctx.now),
        status: MotionStatus::Filed,
        vote_id: None,
        amends_motion_id: None,
        reopens_vote_id: None,
        recusal_id: None,
        block_item_ids: Vec::new(),
        taken_out: Vec::new(),
        rewordings: Vec::new(),
        note: None,
    };
    tx.insert(&motion)?;
    Ok(motion)
}

/// Takes back a motion of a written session that has not been opened.
///
/// # Errors
/// `wrong_state` once the session was opened: then it is withdrawn or dismissed, and stays on record.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_motion(tx: &mut Tx<'_>, request: RemoveMotion) -> Result<()> {
    let motion: Motion = tx.get(&request.motion_id)?;
    let session: Session = tx.get(&motion.session_id)?;
    if !plan::is_ahead(session.status) {
        return Err(wrong(text!(
            "La sesión ya se abrió: la moción consta. Registre que se retiró o que se negó de plano.",
            "The session was opened: the motion is on record. Record that it was withdrawn or dismissed."
        ))
        .with(json!({ "acts": ["settle_motion"] })));
    }
    tx.remove::<Motion>(&request.motion_id)
}

/// Refuses what cannot happen in a written session: nobody meets, so nobody arrives, speaks or takes up an item.
///
/// # Errors
/// `wrong_state`; and of what belongs to written sessions alone, in any other.
pub(crate) fn refuse_other_facts(session: &Session, kind: EventKind) -> Result<()> {
    use EventKind as K;
    let of_term = matches!(kind, K::TermExtended | K::TermOpened);
    let (written, label) = (session.mode == SessionMode::Written, kind.label());
    if of_term && !written {
        return Err(wrong(text!(
            "«{label}» es de una sesión por escrito, y esta no lo es.",
            "That belongs to a written session, and this is none."
        )));
    }
    let happens =
        matches!(kind, K::SessionSuspended | K::SessionResumed | K::ChairChanged | K::SecretaryChanged);
    if written && !of_term && !happens {
        return Err(wrong(text!(
            "La sesión es por escrito: «{label}» no ocurre en ella. Registre las respuestas que llegan.",
            "The session is in writing: that does not happen in it. Record the replies that come."
        ))
        .with(json!({ "acts": ["record_reply"] })));
    }
    Ok(())
}

/// The new closing of a term that an event gives: of an extension or a new term always, of a resumption where it gives one.
///
/// # Errors
/// `invalid_input` when it is missing, without a reason, or not after what it would change; `wrong_state` when the term
/// closed already or no second round is due.
pub(crate) fn term_until(
    facts: &Facts,
    course: &Course,
    request: &RecordEvent,
    at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    use EventKind as K;
    let resumed = matches!(request.kind, K::SessionResumed | K::RecessEnd);
    let ours = resumed || matches!(request.kind, K::TermExtended | K::TermOpened);
    let term = course.written.as_ref().and_then(WrittenCourse::term);
    if let (K::SessionSuspended, None, Some(until)) = (request.kind, &course.written, request.until) {
        return match until > at {
            true => Ok(Some(until)),
            false => Err(Failure::field(
                "until",
                text!(
                    "La sesión seguiría antes de suspenderse. Corrija el día o la hora anunciados.",
                    "The session would go on before it is suspended. Correct the day or hour announced."
                ),
            )),
        };
    }
    let (Some(term), true) = (term, ours) else {
        return match request.until {
            None => Ok(None),
            Some(_) => Err(Failure::field(
                "until",
                text!(
                    "Solo el plazo de una sesión por escrito, o una suspensión, dicen hasta cuándo.",
                    "Only the term of a written session, or a suspension, say until when."
                ),
            )),
        };
    };
    let Some(until) = request.until else {
        return match resumed {
            true => Ok(None),
            false => Err(Failure::field(
                "until",
                text!("Diga hasta cuándo se responde.", "Say until when replies are received."),
            )),
        };
    };
    if request.detail.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Failure::field(
            "detail",
            text!(
                "Escriba por qué cambia el plazo: se imprime en el acta.",
                "Write why the term changes: it is printed in the minutes."
            ),
        ));
    }
    if request.kind == K::TermOpened {
        second_term(facts, course, term)?;
    } else if term.closed_at.is_some() {
        return Err(wrong(text!(
            "Las respuestas ya se cerraron y se contaron: el plazo no cambia.",
            "The replies were closed and counted already: the term does not change."
        )));
    }
    let (closes, closes_en) = clock_on(term.closes_at);
    if request.kind == K::TermExtended && at > term.closes_at {
        return Err(wrong(text!(
            "El plazo venció {closes}: ya no se amplía. Cierre las respuestas.",
            "The term ended at {closes_en}: it is not extended any more. Close the replies."
        )));
    }
    if request.kind == K::TermExtended && until <= term.closes_at {
        return Err(Failure::field(
            "until",
            text!(
                "El plazo ya llega hasta {closes}: una ampliación lo lleva más lejos.",
                "The term reaches {closes_en} already: an extension takes it further."
            ),
        ));
    }
    if until <= at {
        return Err(Failure::field(
            "until",
            text!(
                "El cierre del plazo debe ser posterior a la hora en que se decide.",
                "The term must close after the time at which that is decided."
            ),
        ));
    }
    Ok(Some(until))
}

/// Refuses a second term where no tie is to be voted again.
fn second_term(facts: &Facts, course: &Course, term: &Term) -> Result<()> {
    let due = course.closed_at.is_none()
        && term.closed_at.is_some()
        && facts.votes.iter().any(|v| vote::second_round_due(facts, v));
    match due {
        true => Ok(()),
        false => Err(wrong(text!(
            "No hay una votación empatada por repetir: no procede un nuevo plazo.",
            "No tied vote is to be repeated: a new term does not apply."
        ))),
    }
}

/// Facts of a written session that was opened, and its course.
fn written(read: &Read<'_>, id: &SessionId) -> Result<(Facts, Course)> {
    let facts = course::facts(read, id)?;
    let course = course::course(&facts);
    match course.written {
        Some(_) => Ok((facts, course)),
        None => Err(wrong(text!(
            "La sesión no es por escrito: los votos se registran en ella.",
            "The session is not in writing: votes are recorded in it."
        ))
        .with(json!({ "mode": facts.session.mode }))),
    }
}

/// The instant a reply came: before the opening and after the close too, as it came, and never in the future.
pub(crate) fn received(ctx: &crate::Context, said: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    let at = said.unwrap_or(ctx.now);
    match at > ctx.now + chrono::TimeDelta::minutes(1) {
        true => Err(Failure::field(
            "received_at",
            text!(
                "La hora está en el futuro. Revise a qué hora llegó la respuesta.",
                "The time is in the future. Check at what time the reply came."
            ),
        )),
        false => Ok(at),
    }
}

/// The answers of a reply as they are kept: each to a motion that is replied to, once.
fn answered(facts: &Facts, round: i64, given: Vec<ReplyAnswer>) -> Result<Vec<ReplyAnswer>> {
    let put: Vec<&MotionId> = put_in(facts, round).map(|m| &m.id).collect();
    let mut kept: Vec<ReplyAnswer> = Vec::new();
    for answer in given {
        if !facts.motions.iter().any(|m| m.id == answer.motion_id) {
            return Err(Failure::not_found("motion", answer.motion_id.as_str()));
        }
        let twice = kept.iter().any(|k| k.motion_id == answer.motion_id);
        if twice || !put.contains(&&answer.motion_id) {
            return Err(Failure::field(
                "answers",
                text!(
                    "Una respuesta dice una vez su sentido en cada moción que se puso a votación, y en ninguna otra. Corrija las respuestas.",
                    "A reply gives its sense once for each motion put to the vote, and for no other. Correct the answers."
                ),
            )
            .with(json!({ "field": "answers", "motion_id": answer.motion_id })));
        }
        let reason = typed::optional_prose("answers", answer.reason.as_deref())?;
        kept.push(ReplyAnswer { reason, ..answer });
    }
    Ok(kept)
}

fn refuse_empty(reply: &Reply) -> Result<()> {
    match reply.answers.is_empty() && reply.text.is_none() {
        true => Err(Failure::field(
            "answers",
            text!(
                "La respuesta no dice nada: indique su sentido en alguna moción, o lo que dice.",
                "The reply says nothing: give its sense for some motion, or what it says."
            ),
        )),
        false => Ok(()),
    }
}

/// The round that an instant belongs to.
fn round_at(course: &Course, at: DateTime<Utc>) -> i64 {
    let terms = course.written.as_ref().map(|w| w.terms.as_slice()).unwrap_or_default();
    terms.iter().rev().find(|t| t.opens_at <= at).map_or(1, |t| t.round)
}

/// Adds to the frame whoever holds the seats, and the delegations in force, on the day a reply came.
fn know_the_day(tx: &mut Tx<'_>, facts: &Facts, at: DateTime<Utc>) -> Result<()> {
    let day = bogota_date(at);
    if day <= facts.session.date {
        return Ok(());
    }
    let mut stored: SessionFrame = tx.get(&facts.session.id)?;
    let before = stored.frame.clone();
    stored.frame.sit_on(tx, &facts.session.body_id, day)?;
    if stored.frame == before { Ok(()) } else { tx.put(&stored) }
}

/// Records a reply as it came. Whether it counts, and why not, is the session's to say: a late one, one of somebody
/// without a delegation or one that repeats another is on record all the same.
///
/// # Errors
/// `wrong_state` when the session is not in writing, was not opened or its minutes are adopted; `invalid_input` for a time
/// in the future, answers to what was not put to the vote, or no answer and no words; `needs_confirmation` with
/// `details.changed_votes` when it would turn a closed vote.
pub fn record(tx: &mut Tx<'_>, request: RecordReply) -> Result<ReplyLine> {
    live::refuse_adopted(tx, &request.session_id)?;
    let (facts, before) = written(tx, &request.session_id)?;
    let at = received(tx.ctx, request.received_at)?;
    if facts.frame.seat(&request.seat_id).is_none() {
        return Err(Failure::not_found("seat", request.seat_id.as_str()));
    }
    know_the_day(tx, &facts, at)?;
    let person = match request.person_id {
        Some(person) => person,
        None => live::expected_for(&course::facts(tx, &request.session_id)?, &request.seat_id)?,
    };
    live::remember_person(tx, &request.session_id, &person)?;
    let facts = course::facts(tx, &request.session_id)?;
    let (capacity, delegation_id) = facts.capacity(&request.seat_id, &person, at);
    let mut event = live::new_event(tx, &facts, EventKind::ReplyReceived, at)?;
    event.seat_id = Some(request.seat_id);
    event.person_id = Some(person);
    event.capacity = Some(capacity);
    event.delegation_id = delegation_id;
    let why = typed::optional_prose("reason", request.reason.as_deref())?;
    if before.closed_at.is_some() {
        if why.is_none() {
            return Err(Failure::field(
                "reason",
                text!(
                    "La sesión terminó: escriba por qué la respuesta se agrega después.",
                    "The session is over: write why the reply is added afterwards."
                ),
            ));
        }
        event.corrections.push(correction(tx, "missed", String::new(), why.clone()));
    }
    let kept = request.file.as_ref().map(|file| file.keep(tx)).transpose()?;
    let reply = Reply {
        id: ReplyId::given(request.id, tx.ctx)?,
        session_id: facts.session.id.clone(),
        event_id: event.id.clone(),
        means: request.means,
        answers: answered(&facts, round_at(&before, at), request.answers)?,
        text: typed::optional_prose("text", request.text.as_deref())?,
        clarifies: request.clarifies,
        blob_id: kept.as_ref().map(|file| file.blob_id.clone()),
        file: kept.map(|file| file.name),
        note: typed::optional_prose("note", request.note.as_deref())?,
    };
    refuse_empty(&reply)?;
    tx.insert(&event)?;
    tx.insert(&reply)?;
    let accepted = request.accept_changed_votes == Some(true);
    live::confirm_changed_votes(tx, &facts.session.id, &before, (accepted, why.as_deref()))?;
    crate::minutes::renew_signers(tx, &facts, &before)?;
    line(tx, &reply.id)
}

fn correction(tx: &Tx<'_>, field: &str, was: String, reason: Option<String>) -> Correction {
    Correction { at: tx.ctx.now, by: tx.ctx.actor.name.clone(), field: field.to_owned(), was, reason }
}

/// What a reply says, for the trace of what it said: "«Aprobar el plan»: a favor; …".
fn in_words(facts: &Facts, answers: &[ReplyAnswer]) -> String {
    let said = |a: &ReplyAnswer| {
        let motion = facts.motions.iter().find(|m| m.id == a.motion_id).map_or("", |m| &m.text);
        let reason = a.reason.as_ref().map_or_else(String::new, |reason| format!(" ({reason})"));
        format!("«{motion}»: {}{reason}", a.value.label())
    };
    answers.iter().map(said).collect::<Vec<_>>().join("; ")
}

/// Corrects a reply, with trace; what rests on it is counted again. When a closed vote would come out otherwise the
/// secretary is told first, and decides.
///
/// # Errors
/// As [`record`]; `wrong_state` when it is struck out already.
pub fn correct(tx: &mut Tx<'_>, request: CorrectReply) -> Result<ReplyLine> {
    let mut reply: Reply = tx.get(&request.reply_id)?;
    live::refuse_adopted(tx, &reply.session_id)?;
    let (facts, before) = written(tx, &reply.session_id)?;
    let mut event: crate::attendance::Event = tx.get(&reply.event_id)?;
    if event.struck.is_some() {
        return Err(wrong(text!(
            "Esa respuesta ya está tachada. Deshaga la tachadura para corregirla.",
            "That reply is struck out already. Undo the striking to correct it."
        )));
    }
    let why = typed::optional_prose("reason", request.reason.as_deref())?;
    let strike = typed::optional_prose("strike", request.strike.as_deref())?;
    let why = why.or_else(|| strike.clone());
    let mut traces: Vec<(&str, String)> = Vec::new();
    if let Some(at) = request.received_at {
        traces.push(("occurred_at", event.occurred_at.to_rfc3339()));
        event.occurred_at = received(tx.ctx, Some(at))?;
        know_the_day(tx, &facts, event.occurred_at)?;
    }
    if let Some(seat) = request.seat_id {
        if facts.frame.seat(&seat).is_none() {
            return Err(Failure::not_found("seat", seat.as_str()));
        }
        traces.push(("seat_id", event.seat_id.replace(seat).map_or_else(String::new, |s| s.to_string())));
    }
    if let Some(person) = request.person_id {
        live::remember_person(tx, &reply.session_id, &person)?;
        traces
            .push(("person_id", event.person_id.replace(person).map_or_else(String::new, |p| p.to_string())));
    }
    if let Some(means) = request.means.filter(|means| *means != reply.means) {
        traces.push(("means", reply.means.label().to_owned()));
        reply.means = means;
    }
    if let Some(answers) = request.answers {
        let answers = answered(&facts, round_at(&before, event.occurred_at), answers)?;
        traces.push(("answers", in_words(&facts, &reply.answers)));
        reply.answers = answers;
    }
    if let Some(said) = request.text {
        traces.push(("text", reply.text.clone().unwrap_or_default()));
        reply.text = typed::optional_prose("text", Some(&said))?;
    }
    if let Some(clarifies) = request.clarifies.filter(|c| *c != reply.clarifies) {
        traces.push(("clarifies", reply.clarifies.to_string()));
        reply.clarifies = clarifies;
    }
    if let Some(file) = &request.file {
        let kept = file.keep(tx)?;
        traces.push(("file", reply.file.clone().unwrap_or_default()));
        (reply.blob_id, reply.file) = (Some(kept.blob_id), Some(kept.name));
    }
    if strike.is_some() {
        traces.push(("struck", String::new()));
        event.struck = strike;
    }
    if traces.is_empty() {
        return Err(Failure::field(
            "reply_id",
            text!(
                "No hay nada que corregir: diga qué estaba mal.",
                "There is nothing to correct: say what was wrong."
            ),
        ));
    }
    refuse_empty(&reply)?;
    let who = (event.seat_id.clone(), event.person_id.clone());
    let moved = traces.iter().any(|(field, _)| ["occurred_at", "seat_id", "person_id"].contains(field));
    if let ((Some(seat), Some(person)), true) = (who, moved) {
        let now = course::facts(tx, &reply.session_id)?;
        let (capacity, delegation) = now.capacity(&seat, &person, event.occurred_at);
        (event.capacity, event.delegation_id) = (Some(capacity), delegation);
    }
    for (field, was) in traces {
        event.corrections.push(correction(tx, field, was, why.clone()));
    }
    tx.put(&event)?;
    tx.put(&reply)?;
    live::confirm_changed_votes(
        tx,
        &reply.session_id,
        &before,
        (request.accept_changed_votes, why.as_deref()),
    )?;
    crate::minutes::renew_signers(tx, &facts, &before)?;
    line(tx, &reply.id)
}

/// Whether each seat that votes replied in a round.
pub(super) fn all_replied(facts: &Facts, course: &WrittenCourse, round: i64) -> bool {
    let mut voting = facts.frame.seats.iter().filter(|s| s.seat.vote);
    voting.all(|s| course.standing(round).any(|r| r.seat_id == s.seat.id))
}

/// Closes the term and counts: who replied in time is the roll, and each motion gets its vote. Without the quorum there is
/// no vote, and its lack is declared.
///
/// # Errors
/// `rule_forbids` before the term ends unless every seat replied; `wrong_state` when the session is suspended, over, or the
/// replies were closed already; `needs_confirmation` with `details.recusals` when a matter waits for a recusal.
#[allow(clippy::needless_pass_by_value)]
pub fn close(tx: &mut Tx<'_>, request: CloseReplies) -> Result<LiveView> {
    live::under_way(tx, &request.session_id)?;
    let (facts, before) = written(tx, &request.session_id)?;
    let Some(folded) = &before.written else { return Err(Failure::internal("no written course")) };
    let Some(term) = folded.term().filter(|t| t.closed_at.is_none()).cloned() else {
        return Err(wrong(text!(
            "Las respuestas ya se cerraron y se contaron.",
            "The replies were closed and counted already."
        )));
    };
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    if before.unresumed().is_some() {
        return Err(wrong(text!(
            "La sesión está suspendida. Reanúdela para cerrar las respuestas.",
            "The session is suspended. Resume it to close the replies."
        )));
    }
    if at < term.closes_at && !all_replied(&facts, folded, term.round) {
        let (closes, closes_en) = clock_on(term.closes_at);
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "El plazo publicado termina {closes} y faltan puestos por responder: no se cierra antes.",
                "The published term ends at {closes_en} and seats have yet to reply: it is not closed before."
            ),
        )
        .with(json!({ "closes_at": term.closes_at, "field": "occurred_at" })));
    }
    if facts
        .events
        .iter()
        .any(|e| e.struck.is_none() && e.kind != EventKind::ReplyReceived && e.occurred_at > at)
    {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "Hay hechos posteriores a esa hora. Corríjalos o cierre después.",
                "There are later events. Correct them or close later."
            ),
        ));
    }
    let waits = |m: &&Motion| {
        facts.recusals.iter().any(|r| r.item_id == m.item_id && r.outcome == RecusalOutcome::Pending)
    };
    let suspended: Vec<&Motion> =
        facts.motions.iter().filter(|m| term.motion_ids.contains(&m.id)).filter(waits).collect();
    if !suspended.is_empty() && request.leave_suspended != Some(true) {
        let texts: Vec<String> = suspended.iter().map(|m| format!("«{}»", m.text)).collect();
        let (es, en) = (spanish::list(&texts), texts.join(", "));
        let recusals: Vec<_> =
            facts.recusals.iter().filter(|r| r.outcome == RecusalOutcome::Pending).map(|r| &r.id).collect();
        return Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "Hay un impedimento por decidir en {es}: el asunto queda suspendido hasta que se decida (CPACA, art. 12). Decídalo antes, o confirme que se cierra sin votar eso.",
                "A recusal is undecided in {en}: the matter is suspended until it is decided (CPACA art. 12). Decide it first, or confirm closing without a vote on that."
            ),
        )
        .with(json!({ "confirm": "leave_suspended", "recusals": recusals })));
    }
    let left: Vec<MotionId> = suspended.into_iter().map(|m| m.id.clone()).collect();
    tx.insert(&live::new_event(tx, &facts, EventKind::TermClosed, at)?)?;
    let counted = course::facts(tx, &request.session_id)?;
    let after = course::course(&counted);
    let met = after
        .rules_now(&counted.frame)
        .check_quorum(QuorumKind::Deliberative, counted.frame.voting_seats(), after.present.len() as u64)
        .met;
    if !met && term.round == 1 {
        tx.insert(&live::new_event(tx, &counted, EventKind::NoQuorumDeclared, at)?)?;
    } else {
        let mut ids = request.ids.unwrap_or_default().into_iter();
        for motion in term.motion_ids.iter().filter(|id| !left.contains(id)) {
            count(tx, (ids.next(), &request.session_id), motion, term.round, at)?;
        }
    }
    live::live_session(tx, SessionRef { session_id: request.session_id })
}

/// Makes the vote on a motion from the replies that stand, opened and closed at once.
fn count(
    tx: &mut Tx<'_>,
    (vote, session): (Option<VoteId>, &SessionId),
    id: &MotionId,
    round: i64,
    at: DateTime<Utc>,
) -> Result<()> {
    let motion: Motion = tx.get(id)?;
    let facts = course::facts(tx, session)?;
    let previous = facts.votes.iter().rev().find(|v| {
        v.motion_id.as_ref() == Some(id)
            && v.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::SecondRound)
    });
    let asked = vote::Asked {
        id: vote,
        item_id: motion.item_id.clone(),
        motion_id: Some(id.clone()),
        question: format!("¿{}?", motion.text.trim_end_matches('.')),
        method: VoteMethod::Written,
        rule_id: match previous {
            Some(previous) => previous.rule_id.clone(),
            None => vote::rule_of_matter(&facts, &motion.item_id, false),
        },
        round,
        previous_vote_id: previous.map(|v| v.id.clone()),
        recused_seat_ids: recusal::recused_of(&facts, &course::course(&facts), &motion.item_id),
    };
    let vote = vote::put_to_vote(tx, &facts, asked, Some(motion), at)?;
    let facts = course::facts(tx, session)?;
    vote::close_at(tx, &facts, vote, at).map(drop)
}
