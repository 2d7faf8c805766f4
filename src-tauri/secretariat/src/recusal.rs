//! What happens around a recusal (impedimento, recusación; CPACA art. 11-12): the answer of whoever is challenged, its terms
//! by the rules, its file, and who is named ad hoc. That it is declared, decided and over is in [`crate::vote`].

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::attendance::Event;
use crate::calendar::{self, Calendar, Direction};
use crate::codes::{AttendanceMode, Capacity, EventKind, Level, RecusalKind, RecusalOutcome, SessionMode};
use crate::course::{self, Facts};
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{AgendaItemId, EventId, PersonId, RecusalId};
use crate::journal::Tx;
use crate::person::Person;
use crate::vote::Recusal;
use crate::{live, text, typed};

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
    /// In words, with the source that the rules give.
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
