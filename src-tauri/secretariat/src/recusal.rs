//! Recusals (impedimento, recusación; CPACA art. 11-12): declared or challenged, answered, decided, who leaves and comes
//! back, the terms of the rules, the file, and who is named ad hoc.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::attendance::Event;
use crate::calendar::{self, Calendar, Direction};
use crate::codes::{
    AttendanceMode, Capacity, EventKind, Level, MotionKind, RecusalKind, RecusalOutcome, SessionMode,
    SessionStatus, VoteStatus,
};
use crate::course::{self, Course, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{AgendaItemId, EventId, PersonId, RecusalId, SeatId, SessionId, VoteId};
use crate::journal::Tx;
use crate::person::Person;
use crate::rules::{RecusalDecider, RecusalTreatment, VoteResult};
use crate::vote::{Vote, under, worded};
use crate::{catalog, live, record, text, typed};

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
    /// Who decided it.
    pub decided_by: Option<RecusalDecider>,
    /// What was decided.
    pub outcome: RecusalOutcome,
    /// The vote that accepted it, when the body decides.
    pub vote_id: Option<VoteId>,
    /// The act that decided it: a superior's, or the record of the session in which the body did.
    pub deciding_act: Option<String>,
    /// When it was decided, or, over the session, when that was known.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was decided without waiting for the challenged person's answer.
    pub unanswered: Option<String>,
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
    /// The act that decided it, when a superior does; of a written session or one that is over, the record of the session
    /// in which the body did.
    #[serde(default)]
    #[ts(optional)]
    pub deciding_act: Option<String>,
    /// Why it is decided though the challenged person has not answered and may still do it.
    #[serde(default)]
    #[ts(optional)]
    pub unanswered: Option<String>,
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

/// Who challenges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Challenger {
    /// The person, when the archive knows them.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// Their name as it is written, when it does not.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
}

/// What a challenged person answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ChallengeAnswer {
    /// Whether they accept the ground.
    pub accepts: bool,
    /// Their words.
    pub words: Option<String>,
    /// When.
    pub answered_at: DateTime<Utc>,
}

/// Who takes the place of a recused seat, for that item alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AdHoc {
    /// The person.
    pub person_id: PersonId,
    /// The act that names them.
    pub act: String,
    /// The event with which they came in.
    pub event_id: EventId,
}

/// The challenged person's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerChallenge {
    /// The recusal.
    pub recusal_id: RecusalId,
    /// Whether they accept the ground.
    pub accepts: bool,
    /// Their words.
    #[serde(default)]
    #[ts(optional)]
    pub words: Option<String>,
    /// When; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Refuses that somebody moves or speaks in an item that they left because they are recused of it (CPACA art. 12).
///
/// # Errors
/// `rule_forbids` on `field`.
pub(crate) fn refuse_taking_part(
    facts: &Facts,
    item: Option<&AgendaItemId>,
    person: &PersonId,
    field: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let out = |r: &&Recusal| {
        Some(&r.item_id) == item
            && r.person_id == *person
            && r.outcome == RecusalOutcome::Accepted
            && r.left_at.is_some_and(|left| left <= at)
    };
    if facts.recusals.iter().find(out).is_none() {
        return Ok(());
    }
    let who = facts.frame.person(person).map_or_else(String::new, |p| p.full_name.clone());
    Err(Failure::new(
        Code::RuleForbids,
        text!(
            "{who} salió por su impedimento y no participa en este punto. Indique a otra persona, o corrija la hora.",
            "{who} left for their recusal and takes no part in this item. Name somebody else, or correct the time."
        ),
    )
    .with(json!({ "field": field })))
}

/// A recusal and the file of its declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachRecusalFile {
    /// The recusal.
    pub recusal_id: RecusalId,
    /// The file.
    pub file: CarriedFile,
}

/// Names who takes the place of a recused seat in its item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NameAdHoc {
    /// The recusal that was accepted.
    pub recusal_id: RecusalId,
    /// The person.
    pub person_id: PersonId,
    /// The act by which the authority names them.
    pub act: String,
    /// When they take their place; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// A step of a recusal that has a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecusalStep {
    /// It is sent to whoever decides it.
    Send,
    /// The challenged person answers.
    Answer,
    /// It is decided.
    Decision,
}

/// The term of a step of a recusal that is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RecusalDue {
    /// The recusal.
    pub recusal_id: RecusalId,
    /// The step.
    pub step: RecusalStep,
    /// The last day of the term.
    pub due_on: NaiveDate,
    /// Whether it is past.
    pub overdue: bool,
    /// What is due, and of whom: "Se decide sobre Ana Ruiz".
    pub what: Text,
    /// That with its day and the source that the rules give.
    pub text: Text,
}

/// The terms, by the rules, of what is still to come of each recusal that is not decided. Rules without terms have none.
#[must_use]
pub fn dues(facts: &Facts, calendar: &Calendar, today: NaiveDate) -> Vec<RecusalDue> {
    let terms = &facts.frame.rule_set.recusal.terms;
    let cited = terms.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
    let after = |from: NaiveDate, days: Option<u32>| {
        days.and_then(|days| calendar.nth_business_day(from, u64::from(days), Direction::Forward))
    };
    let mut found = Vec::new();
    for recusal in facts.recusals.iter().filter(|r| r.outcome == RecusalOutcome::Pending) {
        let declared = calendar::bogota_date(recusal.declared_at);
        let who = facts.frame.person(&recusal.person_id).map_or_else(String::new, |p| p.full_name.clone());
        let answered = recusal.answer.as_ref().map(|answer| calendar::bogota_date(answer.answered_at));
        let mut due = |step, due_on: Option<NaiveDate>, es: &str, en: &str| {
            let Some(day) = due_on else { return };
            found.push(RecusalDue {
                recusal_id: recusal.id.clone(),
                step,
                due_on: day,
                overdue: day < today,
                what: text!("{es}", "{en}"),
                text: text!(dates day; "{es} hasta el {day}{cited}.", "{en} until {day}{cited}."),
            });
        };
        let decided_from = match (recusal.kind, answered) {
            (RecusalKind::Challenged, None) => {
                let until = after(declared, terms.answer_days);
                due(
                    RecusalStep::Answer,
                    until,
                    &format!("{who} responde la recusación"),
                    &format!("{who} answers the challenge"),
                );
                until
            }
            (RecusalKind::Challenged, Some(answered)) => Some(answered),
            (RecusalKind::Declared, _) => {
                let until = after(declared, terms.send_days);
                due(
                    RecusalStep::Send,
                    until,
                    &format!("El impedimento de {who} se envía a quien lo decide"),
                    &format!("{who}'s recusal is sent to whoever decides it"),
                );
                Some(declared)
            }
        };
        due(
            RecusalStep::Decision,
            decided_from.and_then(|from| after(from, terms.decision_days)),
            &format!("Se decide sobre {who}"),
            &format!("What concerns {who} is decided"),
        );
    }
    found
}

/// Records what a challenged person answered; the matter stays suspended until it is decided.
///
/// # Errors
/// `wrong_state` when nobody challenged them, it is decided or they answered already; `invalid_input` for a time before the
/// challenge, or no words where the ground is not accepted.
#[allow(clippy::needless_pass_by_value)]
pub fn answer(tx: &mut Tx<'_>, request: AnswerChallenge) -> Result<Recusal> {
    let mut recusal: Recusal = tx.get(&request.recusal_id)?;
    let facts = live::under_way(tx, &recusal.session_id)?;
    if recusal.kind != RecusalKind::Challenged
        || recusal.outcome != RecusalOutcome::Pending
        || recusal.answer.is_some()
    {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "No hay una recusación de esa persona que espere su respuesta: la declaró ella misma, ya respondió o ya se decidió.",
                "No challenge of that person waits for their answer: they declared it themselves, answered already, or it is decided."
            ),
        ));
    }
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    if at < recusal.declared_at {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "La respuesta es anterior a la recusación. Corrija la hora.",
                "The answer is before the challenge. Correct the time."
            ),
        ));
    }
    let words = typed::optional_prose("words", request.words.as_deref())?;
    if !request.accepts && words.is_none() {
        return Err(Failure::field(
            "words",
            text!(
                "Escriba qué respondió quien no acepta la causal: va en el acta.",
                "Write what was answered by whoever does not accept the ground: it goes in the minutes."
            ),
        ));
    }
    recusal.answer = Some(ChallengeAnswer { accepts: request.accepts, words, answered_at: at });
    tx.put(&recusal)?;
    Ok(recusal)
}

/// Keeps the file of a declaration or a challenge, which may arrive after the session; until its minutes are adopted.
///
/// # Errors
/// `wrong_state` when the minutes are adopted; `invalid_input` when the file is empty.
#[allow(clippy::needless_pass_by_value)]
pub fn attach_file(tx: &mut Tx<'_>, request: AttachRecusalFile) -> Result<Recusal> {
    let mut recusal: Recusal = tx.get(&request.recusal_id)?;
    live::refuse_adopted(tx, &recusal.session_id)?;
    let kept = request.file.keep(tx)?;
    (recusal.blob_id, recusal.file) = (Some(kept.blob_id), Some(kept.name));
    recusal.declared_in_writing = true;
    tx.put(&recusal)?;
    Ok(recusal)
}

/// Records who is named ad hoc for a recused seat, and that they take its place in that item.
///
/// # Errors
/// `wrong_state` when the session is in writing, the recusal was not accepted, somebody was named already or a vote is open;
/// `invalid_input` without an act, or for the recused person; `rule_forbids` for a contractor, or somebody who is in another seat.
#[allow(clippy::needless_pass_by_value)]
pub fn name_ad_hoc(tx: &mut Tx<'_>, request: NameAdHoc) -> Result<Recusal> {
    let mut recusal: Recusal = tx.get(&request.recusal_id)?;
    let facts = live::under_way(tx, &recusal.session_id)?;
    let before = course::course(&facts);
    live::refuse_open_vote(&before)?;
    if facts.session.mode == SessionMode::Written {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "En una sesión por escrito responde quien ocupa cada puesto, y no se designa a nadie ad hoc. El puesto impedido no vota en ese punto; si hace falta su voto, trátelo en otra sesión.",
                "In a written session whoever holds each seat replies, and nobody is named ad hoc. The recused seat does not vote on that item; if its vote is needed, treat it in another session."
            ),
        ));
    }
    if recusal.outcome != RecusalOutcome::Accepted || recusal.returned_at.is_some() {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Se designa ad hoc cuando el impedimento se aceptó, y mientras quien se apartó siga fuera (CPACA, art. 12). Registre primero la decisión.",
                "Somebody is named ad hoc once the recusal was accepted and while the recused person is out (CPACA art. 12). Record the decision first."
            ),
        ));
    }
    if recusal.ad_hoc.is_some() {
        return Err(Failure::new(
            Code::AlreadyExists,
            text!(
                "Ya hay una persona designada ad hoc para ese punto. Deshaga esa designación para cambiarla.",
                "Somebody is named ad hoc for that item already. Undo that to change it."
            ),
        ));
    }
    let person: Person = tx.get(&request.person_id)?;
    if person.id == recusal.person_id {
        return Err(Failure::field(
            "person_id",
            text!(
                "Esa es la persona que se apartó del punto. Elija a quien la reemplaza.",
                "That is the recused person. Choose who replaces them."
            ),
        ));
    }
    let public = facts.frame.seat(&recusal.seat_id).is_some_and(|s| !s.seat.is_accredited());
    if public && person.level == Some(Level::Contractor) {
        let name = &person.full_name;
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "{name} es contratista: se designa ad hoc a un servidor público (CPACA, art. 12).",
                "{name} is a contractor: a public servant is named ad hoc (CPACA art. 12)."
            ),
        )
        .with(json!({ "field": "person_id" })));
    }
    let act = typed::line("act", &text!("el acto que lo designa", "The act that names them"), &request.act)?;
    let at = live::instant_in(tx, &facts, request.occurred_at)?;
    if recusal.left_at.is_some_and(|left| at < left) {
        return Err(Failure::field(
            "occurred_at",
            text!(
                "Entra antes de que saliera quien se apartó. Corrija la hora.",
                "They come in before the recused person left. Correct the time."
            ),
        ));
    }
    let mut event: Event = live::new_event(tx, &facts, EventKind::Arrival, at)?;
    event.seat_id = Some(recusal.seat_id.clone());
    event.person_id = Some(person.id.clone());
    event.item_id = Some(recusal.item_id.clone());
    event.capacity = Some(Capacity::AdHoc);
    event.mode = Some(match facts.session.mode {
        SessionMode::Virtual => AttendanceMode::Virtual,
        _ => AttendanceMode::InPerson,
    });
    event.detail = Some(act.clone());
    live::remember_person(tx, &facts.session.id, &person.id)?;
    tx.insert(&event)?;
    recusal.ad_hoc = Some(AdHoc { person_id: person.id, act, event_id: event.id });
    tx.put(&recusal)?;
    live::refuse_two_seats(tx, &facts.session.id, &before)?;
    Ok(recusal)
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

/// The recusal that a motion of such a kind under an item would settle: the one it names, or the only one that waits there.
///
/// # Errors
/// `rule_forbids` where no registered norm lets the body decide; `invalid_input` when none waits in the item, several do and
/// none is named, or another kind of motion names one.
pub(crate) fn to_settle(
    facts: &Facts,
    item: &AgendaItemId,
    kind: MotionKind,
    said: Option<&RecusalId>,
) -> Result<Option<RecusalId>> {
    let field = |es: &str, en: &str| Err(Failure::field("recusal_id", text!("{es}", "{en}")));
    if kind != MotionKind::Recusal {
        return match said {
            None => Ok(None),
            Some(_) => field(
                "Solo una moción sobre un impedimento lo decide.",
                "Only a motion about a recusal settles one.",
            ),
        };
    }
    if facts.frame.rule_set.recusal_decider().0 == RecusalDecider::Superior {
        return Err(only_the_superior("kind"));
    }
    let mut waiting = facts
        .recusals
        .iter()
        .filter(|r| r.item_id == *item && r.outcome == RecusalOutcome::Pending)
        .map(|r| &r.id);
    match (said, waiting.next(), waiting.next()) {
        (Some(id), first, second) if [first, second].contains(&Some(id)) || waiting.any(|one| one == id) => {
            Ok(Some(id.clone()))
        }
        (Some(_), ..) => field(
            "Ese impedimento no es de este punto, o ya se decidió.",
            "That recusal is not of this item, or is decided already.",
        ),
        (None, Some(only), None) => Ok(Some(only.clone())),
        (None, Some(_), Some(_)) => field(
            "En este punto hay más de un impedimento por decidir: diga sobre cuál es la moción.",
            "More than one recusal of this item is undecided: say which one the motion is about.",
        ),
        (None, None, _) => field(
            "En este punto no hay ningún impedimento por decidir: declárelo antes de presentar la moción.",
            "No recusal of this item is undecided: declare it before putting the motion.",
        ),
    }
}

/// The recusals that were accepted and are not in writing, where the rules ask for it; with the norm that does.
pub(crate) fn unwritten(facts: &Facts) -> (Vec<&Recusal>, Option<String>) {
    let rules = &facts.frame.rule_set;
    let norm = rules.source(rules.recusal.article.as_deref()).map(|source| source.citation);
    let accepted = |r: &&Recusal| r.outcome == RecusalOutcome::Accepted && !r.declared_in_writing;
    let asked = facts.recusals.iter().filter(|_| rules.recusal.ground_in_writing);
    (asked.filter(accepted).collect(), norm)
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
        decided_at: None,
        unanswered: None,
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

/// Settles a recusal: by a vote where a registered norm lets the body decide, otherwise by the superior's act. It may be
/// known after the session, until its minutes are adopted: nobody leaves the room then.
///
/// # Errors
/// `rule_forbids` when the rules give the decision to the other; `invalid_input` without the vote or the act;
/// `needs_confirmation`, with `unanswered`, while a challenged person may still answer; `wrong_state` when it is decided.
pub fn decide_recusal(tx: &mut Tx<'_>, request: DecideRecusal) -> Result<Recusal> {
    let mut recusal: Recusal = tx.get(&request.recusal_id)?;
    let facts = course::facts(tx, &recusal.session_id)?;
    let meeting = matches!(facts.session.status, SessionStatus::Open | SessionStatus::Suspended);
    if !meeting {
        live::refuse_adopted(tx, &recusal.session_id)?;
    }
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
    let in_the_room = meeting && facts.session.mode != SessionMode::Written;
    let act = request.deciding_act.as_deref().map(str::trim).filter(|act| !act.is_empty());
    let decider = check_decider(tx, &facts, &recusal, &request, act.filter(|_| in_the_room).is_some())?;
    if act.is_none() && request.vote_id.is_none() {
        return Err(match decider {
            RecusalDecider::Superior => Failure::field(
                "deciding_act",
                text!(
                    "Indique el acto con que el superior o la cabeza del sector decidió el impedimento: «Resolución 8 de 2025».",
                    "Name the act by which the superior or head of sector decided the recusal: “Resolución 8 de 2025”."
                ),
            ),
            RecusalDecider::Body if in_the_room => Failure::field(
                "vote_id",
                text!(
                    "Indique la votación que decidió el impedimento.",
                    "Name the vote that decided the recusal."
                ),
            ),
            RecusalDecider::Body => Failure::field(
                "deciding_act",
                text!(
                    "Indique el acta de la sesión en que la instancia decidió el impedimento: «acta 4 de 2025».",
                    "Name the minutes of the session in which the body decided the recusal: “acta 4 de 2025”."
                ),
            ),
        });
    }
    recusal.unanswered = unanswered(tx, &facts, &recusal, request.unanswered.as_deref())?;
    recusal.decided_by = Some(decider);
    recusal.outcome = request.outcome;
    recusal.deciding_act = act.filter(|_| request.vote_id.is_none()).map(str::to_owned);
    recusal.vote_id = request.vote_id;
    let at = match meeting {
        true => live::instant_in(tx, &facts, request.occurred_at)?,
        false => tx.ctx.now,
    };
    recusal.decided_at = Some(at);
    if recusal.outcome == RecusalOutcome::Accepted && in_the_room {
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

/// Who decides a recusal by the rules, refusing what comes from the other: a vote where it is the superior's, an act in the
/// room where it is the body's, or a vote that did not decide this recusal so.
fn check_decider(
    tx: &Tx<'_>,
    facts: &Facts,
    recusal: &Recusal,
    request: &DecideRecusal,
    act_in_the_room: bool,
) -> Result<RecusalDecider> {
    let (decider, norm) = facts.frame.rule_set.recusal_decider();
    match (decider, &request.vote_id) {
        (RecusalDecider::Superior, Some(_)) => Err(only_the_superior("deciding_act")),
        (RecusalDecider::Body, None) if act_in_the_room => {
            let cited = norm.map_or_else(String::new, |norm| format!(" ({})", norm.citation));
            Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "El impedimento lo decide la instancia{cited}. Póngalo a votación e indique esa votación.",
                    "The body decides a recusal{cited}. Put it to the vote and name that vote."
                ),
            )
            .with(json!({ "field": "vote_id" })))
        }
        (RecusalDecider::Body, Some(vote)) => {
            let vote: Vote = tx.get(vote)?;
            let on_it = |m: &crate::vote::Motion| {
                Some(&m.id) == vote.motion_id.as_ref() && m.recusal_id.as_ref() == Some(&recusal.id)
            };
            let approved = vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::Approved);
            if !facts.motions.iter().any(on_it)
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
            Ok(decider)
        }
        (_, None) => Ok(decider),
    }
}

/// A recusal that no registered norm gives to the body is its superior's to decide.
fn only_the_superior(field: &str) -> Failure {
    Failure::new(
        Code::RuleForbids,
        text!(
            "El impedimento lo decide el superior o la cabeza del sector (CPACA, art. 12); ninguna norma registrada se lo da a la instancia. Indique su acto.",
            "A recusal is decided by the superior or head of sector (CPACA art. 12); no registered norm gives it to the body. Name their act."
        ),
    )
    .with(json!({ "field": field }))
}

/// Why a challenge is decided without the answer of whoever is challenged (CPACA art. 12 gives them a term to answer);
/// nothing where they answered or their term by the rules is over.
fn unanswered(tx: &Tx<'_>, facts: &Facts, recusal: &Recusal, said: Option<&str>) -> Result<Option<String>> {
    if recusal.kind != RecusalKind::Challenged || recusal.answer.is_some() {
        return Ok(None);
    }
    let dues = dues(facts, &catalog::calendar(tx)?, tx.ctx.today());
    if dues.iter().any(|due| due.recusal_id == recusal.id && due.step == RecusalStep::Answer && due.overdue) {
        return Ok(None);
    }
    match typed::optional_prose("unanswered", said)? {
        Some(reason) => Ok(Some(reason)),
        None => {
            let who =
                facts.frame.person(&recusal.person_id).map_or_else(String::new, |p| p.full_name.clone());
            Err(Failure::new(
                Code::NeedsConfirmation,
                text!(
                    "{who} no ha respondido la recusación (CPACA, art. 12). Registre su respuesta, o escriba por qué se decide sin ella: el acta imprime la razón.",
                    "{who} has not answered the challenge (CPACA art. 12). Record the answer, or write why it is decided without it: the minutes print the reason."
                ),
            )
            .with(json!({ "confirm": "unanswered", "field": "unanswered" })))
        }
    }
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
