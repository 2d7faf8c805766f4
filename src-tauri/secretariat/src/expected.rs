//! The expected quorum on the eve of a session: what each seat has answered, which of them will count, and whom to
//! call first.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::attendance::Confirmation;
use crate::body::{Holder, Seat, holder_on, seats_on};
use crate::catalog::{Entity, Sector};
use crate::codes::{
    Answer, AttendanceMode, DelegationScope, DelegationStatus, HolderKind, SeatRole, SessionStatus,
};
use crate::course::Unfit;
use crate::delegation::Delegation;
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{ConfirmationId, DelegationId, PersonId, SeatId, SessionId};
use crate::journal::{Read, Tx};
use crate::person::{Person, PersonContact};
use crate::rules::{QuorumKind, Verdict};
use crate::session::{Session, plan};
use crate::{annex, spanish, text, typed};

/// What a seat announces before a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetConfirmation {
    /// The id of the seat's first answer; a new one when not said. Later answers keep it.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<ConfirmationId>,
    /// The session.
    pub session_id: SessionId,
    /// The seat.
    pub seat_id: SeatId,
    /// What is announced.
    pub answer: Answer,
    /// Who will come; the holder when not said and the answer is that they will attend.
    #[serde(default)]
    #[ts(optional)]
    pub person_id: Option<PersonId>,
    /// The delegation they will come with.
    #[serde(default)]
    #[ts(optional)]
    pub delegation_id: Option<DelegationId>,
    /// How they will attend.
    #[serde(default)]
    #[ts(optional)]
    pub mode: Option<AttendanceMode>,
    /// Whether it was in writing; an excuse is one only then. Not when not said.
    #[serde(default)]
    #[ts(optional)]
    pub in_writing: Option<bool>,
    /// Its words; an excuse needs its reason, or the paper that gives it.
    #[serde(default)]
    #[ts(optional)]
    pub text: Option<String>,
    /// When it was received; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub received_at: Option<DateTime<Utc>>,
    /// By which means: `email`, `telephone`, `letter`…
    #[serde(default)]
    #[ts(optional)]
    pub channel: Option<String>,
    /// The file that shows it.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
}

/// Records what a seat answered to the notice; a new answer takes the place of the one before.
///
/// # Errors
/// `invalid_input` for an excuse without a reason or a paper, a delegate without the seat allowing one, a delegation of another
/// seat or person; `wrong_state` once the session has ended; `not_found`.
pub fn set_confirmation(tx: &mut Tx<'_>, request: SetConfirmation) -> Result<Confirmation> {
    let session: Session = tx.get(&request.session_id)?;
    takes_answers(&session)?;
    let seat = seat_of(tx, &session, &request.seat_id)?;
    let words = typed::optional_prose("text", request.text.as_deref())?;
    let old = answer_of(tx, &session.id, &seat.id)?;
    let on_paper = request.file.is_some()
        || old.as_ref().is_some_and(|old| old.answer == Answer::Excused && old.blob_id.is_some());
    if request.answer == Answer::Excused && words.is_none() && !on_paper {
        return Err(Failure::field(
            "text",
            text!(
                "Escriba la razón de la excusa, como la dieron.",
                "Write the reason of the excuse, as it was given."
            ),
        ));
    }
    let holder = holder_on(tx, &seat.id, session.date)?;
    let delegation = request.delegation_id.as_ref().map(|id| tx.get::<Delegation>(id)).transpose()?;
    if let Some(delegation) = &delegation
        && (delegation.seat_id != seat.id
            || request.person_id.as_ref().is_some_and(|person| *person != delegation.delegate_id))
    {
        return Err(Failure::field(
            "delegation_id",
            text!(
                "Ese acto de delegación es de otro puesto o de otra persona. Escoja el que corresponde.",
                "That delegation is of another seat or another person. Choose the right one."
            ),
        ));
    }
    let person = match (request.answer, request.person_id, &delegation) {
        (_, Some(person), _) => Some(tx.get::<Person>(&person)?.id),
        (Answer::WillDelegate, None, Some(delegation)) => Some(delegation.delegate_id.clone()),
        (Answer::WillAttend, None, _) => holder.map(|h| h.person_id),
        _ => None,
    };
    if request.answer == Answer::WillDelegate && !seat.delegation_allowed {
        let title = &seat.title;
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "El puesto «{title}» no puede delegar su asistencia.",
                "The seat “{title}” may not be delegated."
            ),
        )
        .with(json!({ "field": "answer" })));
    }
    let (blob_id, file) = match &request.file {
        Some(file) => {
            let (name, bytes) = (annex::file_name(&file.name)?, file.bytes()?);
            annex::media_type(&name, &bytes)?;
            (Some(tx.put_blob(&bytes)?), Some(name))
        }
        None => (None, None),
    };
    let confirmation = Confirmation {
        id: match &old {
            Some(old) => old.id.clone(),
            None => ConfirmationId::given(request.id, tx.ctx)?,
        },
        session_id: session.id,
        seat_id: seat.id,
        answer: request.answer,
        person_id: person,
        delegation_id: request.delegation_id,
        mode: request.mode,
        in_writing: request.in_writing.unwrap_or(false),
        text: words,
        received_at: Some(request.received_at.unwrap_or(tx.ctx.now)),
        channel: typed::optional_line("channel", request.channel.as_deref())?,
        // The evidence of the same answer is kept when nothing new is attached.
        blob_id: blob_id.or_else(|| old.as_ref().filter(|o| o.answer == request.answer)?.blob_id.clone()),
        file: file.or_else(|| old.as_ref().filter(|o| o.answer == request.answer)?.file.clone()),
    };
    match old {
        Some(_) => tx.put(&confirmation)?,
        None => tx.insert(&confirmation)?,
    }
    Ok(confirmation)
}

/// Which answer to forget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearConfirmation {
    /// The session.
    pub session_id: SessionId,
    /// The seat.
    pub seat_id: SeatId,
}

/// Takes back what was recorded as a seat's answer.
///
/// # Errors
/// `not_found` when there is none; `wrong_state` once the session has ended.
pub fn clear_confirmation(tx: &mut Tx<'_>, request: ClearConfirmation) -> Result<()> {
    takes_answers(&tx.get::<Session>(&request.session_id)?)?;
    match answer_of(tx, &request.session_id, &request.seat_id)? {
        Some(confirmation) => tx.remove::<Confirmation>(&confirmation.id),
        None => Err(Failure::not_found("confirmation", request.seat_id.as_str())),
    }
}

/// An answer arrives before the session, and an excuse sometimes while it is under way.
fn takes_answers(session: &Session) -> Result<()> {
    match session.status {
        SessionStatus::Open | SessionStatus::Suspended => Ok(()),
        _ => plan::not_opened(session, "cambiar las respuestas a"),
    }
}

fn answer_of(read: &Read<'_>, session: &SessionId, seat: &SeatId) -> Result<Option<Confirmation>> {
    Ok(read.select("WHERE session_id = ?1 AND seat_id = ?2", (session, seat))?.pop())
}

fn seat_of(read: &Read<'_>, session: &Session, id: &SeatId) -> Result<Seat> {
    let seat: Seat = read.get(id)?;
    if seat.body_id != session.body_id {
        return Err(Failure::field(
            "seat_id",
            text!("Ese puesto es de otra instancia.", "That seat is of another body."),
        ));
    }
    Ok(seat)
}

/// The voting seats of a session's body on its day.
///
/// # Errors
/// When the archive cannot be read.
pub fn voting_seats(read: &Read<'_>, session: &Session) -> Result<Vec<SeatId>> {
    Ok(seats_on(read, &session.body_id, session.date)?.into_iter().filter(|s| s.vote).map(|s| s.id).collect())
}

/// Which session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetExpectedQuorum {
    /// The session.
    pub session_id: SessionId,
}

/// Whether a seat is expected to count for the quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// It will count.
    Yes,
    /// It may: something is still missing.
    Maybe,
    /// It will not.
    No,
}

/// A person and how to reach them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Reach {
    /// The person.
    pub person_id: PersonId,
    /// Name.
    pub name: String,
    /// Post.
    pub position: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// A seat on the eve of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ExpectedSeat {
    /// The seat.
    pub seat_id: SeatId,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Its part in the body.
    pub role: SeatRole,
    /// Its entity, short.
    pub entity: Option<String>,
    /// Its sector.
    pub sector: Option<String>,
    /// Whether it votes.
    pub votes: bool,
    /// Who holds it on that day; `null` when it is vacant.
    pub holder: Option<Reach>,
    /// Whether they hold it by acting appointment.
    pub acting: bool,
    /// The liaison of its sector, whom the secretariat calls.
    pub liaison: Option<Reach>,
    /// What it answered.
    pub answer: Answer,
    /// The same in words.
    pub answer_text: Text,
    /// The whole answer, when there is one.
    pub confirmation: Option<Confirmation>,
    /// Who is announced to come.
    pub coming: Option<Reach>,
    /// The delegation they would come with.
    pub delegation_id: Option<DelegationId>,
    /// Where that delegation stands on the day of the session.
    pub delegation_status: Option<DelegationStatus>,
    /// As cited: "Resolución 14 de 2025".
    pub delegation_act: Option<String>,
    /// Whether its file is kept.
    pub delegation_file: bool,
    /// Whether it is expected to count.
    pub expected: Expectation,
    /// Why, in a sentence.
    pub why: Text,
    /// In how many of the last sessions held somebody came for it.
    pub came: i64,
    /// Of how many.
    pub of: i64,
}

/// Somebody to call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WhomToCall {
    /// For which seat.
    pub seat_id: SeatId,
    /// The seat's title.
    pub title: String,
    /// Whom: the liaison when there is one, else the holder.
    pub whom: Option<Reach>,
    /// What to ask for.
    pub ask: Text,
}

/// The expected quorum of a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ExpectedQuorum {
    /// The session.
    pub session_id: SessionId,
    /// The day.
    pub date: NaiveDate,
    /// The seats, by number.
    pub seats: Vec<ExpectedSeat>,
    /// Voting seats expected to count.
    pub sure: i64,
    /// Those and the ones that may.
    pub possible: i64,
    /// Seats the decision quorum needs; `null` while the body has no rules.
    pub need: Option<i64>,
    /// Voting seats in all.
    pub base: i64,
    /// The quorum to decide as of the sure ones.
    pub decision: Option<Verdict>,
    /// The quorum to debate as of the sure ones.
    pub deliberative: Option<Verdict>,
    /// Whether the chair's seat will be there, or who presides otherwise.
    pub presiding: Text,
    /// Whether somebody is expected to preside.
    pub somebody_presides: bool,
    /// The whole in a sentence.
    pub text: Text,
    /// Whom to call, the most useful first; empty when all is settled.
    pub calls: Vec<WhomToCall>,
}

/// What each seat has answered, which will count, and whom to call.
///
/// # Errors
/// `not_found`.
pub fn expected_quorum(read: &Read<'_>, request: GetExpectedQuorum) -> Result<ExpectedQuorum> {
    let session: Session = read.get(&request.session_id)?;
    let last = last_sessions(read, &session)?;
    let mut lines = Vec::new();
    let mut worth = Vec::new();
    for seat in seats_on(read, &session.body_id, session.date)? {
        let (line, call) = expect(read, &session, &seat, &last)?;
        if let Some((rank, ask)) = call.filter(|_| seat.vote) {
            let whom = line.liaison.clone().or_else(|| line.holder.clone());
            let reachable = whom.as_ref().is_some_and(|w| w.email.is_some() || w.phone.is_some());
            let order = (
                rank,
                seat.role != SeatRole::Chair,
                !reachable,
                -(line.came * 100 / line.of.max(1)),
                seat.number,
            );
            worth
                .push((order, WhomToCall { seat_id: seat.id.clone(), title: seat.title.clone(), whom, ask }));
        }
        lines.push(line);
    }
    worth.sort_by_key(|(order, _)| *order);
    let voting = || lines.iter().filter(|l| l.votes);
    let sure = voting().filter(|l| l.expected == Expectation::Yes).count() as u64;
    let maybe = voting().filter(|l| l.expected == Expectation::Maybe).count() as u64;
    let base = voting().count() as u64;
    let rules = plan::rules_of(read, &session)?;
    let check = |kind| rules.as_ref().map(|r| r.check_quorum(kind, base, sure));
    let (decision, deliberative) = (check(QuorumKind::Decision), check(QuorumKind::Deliberative));
    let need = decision.as_ref().map(|v| v.need);
    let (somebody_presides, presiding) = presiding(&lines, rules.as_ref());
    let text = verdict(sure, maybe, base, need, decision.as_ref());
    Ok(ExpectedQuorum {
        date: session.date,
        session_id: session.id,
        sure: sure as i64,
        possible: (sure + maybe) as i64,
        need: need.map(|n| n as i64),
        base: base as i64,
        decision,
        deliberative,
        presiding,
        somebody_presides,
        text,
        calls: worth.into_iter().map(|(_, call)| call).collect(),
        seats: lines,
    })
}

fn verdict(sure: u64, maybe: u64, base: u64, need: Option<u64>, decision: Option<&Verdict>) -> Text {
    let seats = spanish::SEAT.count_in_figures(sure);
    let Some(need) = need else {
        return text!(
            "Confirmados {sure} de {base}. Registre el reglamento para saber si habrá quórum.",
            "{sure} of {base} confirmed. Register the rules to know whether there will be a quorum."
        );
    };
    let cited = decision
        .and_then(|v| v.source.as_ref())
        .map_or_else(String::new, |source| format!(" ({})", source.citation));
    let (missing, possible) = (need.saturating_sub(sure), sure + maybe);
    if sure >= need {
        text!(
            "Habrá quórum: {seats} de {base}, se necesitan {need}{cited}.",
            "There will be a quorum: {sure} of {base} seats, {need} needed{cited}."
        )
    } else if possible >= need {
        let lack = spanish::agree(missing, "falta", "faltan");
        text!(
            "Todavía no hay quórum seguro: {seats} de {need}{cited}; {lack} {missing} y {maybe} pueden darlo.",
            "No sure quorum yet: {sure} of {need} seats{cited}; {missing} missing, and {maybe} may give it."
        )
    } else {
        text!(
            "No habría quórum: {seats} y {maybe} posibles, se necesitan {need}{cited}.",
            "There would be no quorum: {sure} seats and {maybe} possible, {need} needed{cited}."
        )
    }
}

fn presiding(lines: &[ExpectedSeat], rules: Option<&crate::rules::RuleSet>) -> (bool, Text) {
    let Some(chair) = lines.iter().find(|l| l.role == SeatRole::Chair) else {
        return (
            false,
            text!("La instancia no tiene un puesto de presidencia.", "The body has no chair's seat."),
        );
    };
    let name = |line: &ExpectedSeat| {
        let who = line.coming.as_ref().or(line.holder.as_ref()).map(|r| r.name.clone());
        who.unwrap_or_else(|| line.title.clone())
    };
    let delegate_presides = rules.is_some_and(|r| r.presiding_in_absence.chair_delegate_presides);
    let delegated = chair.answer == Answer::WillDelegate;
    if chair.expected != Expectation::No && (!delegated || delegate_presides) {
        let who = name(chair);
        return match chair.expected {
            Expectation::Yes => (true, text!("Presidirá {who}.", "{who} will preside.")),
            _ => (
                false,
                text!("La presidencia no ha confirmado ({who}).", "The chair has not confirmed ({who})."),
            ),
        };
    }
    let substitute = rules
        .and_then(|r| r.presiding_in_absence.seat_id.as_deref())
        .and_then(|id| lines.iter().find(|l| l.seat_id.as_str() == id));
    let Some(substitute) = substitute else {
        return (
            false,
            text!(
                "La presidencia no asistirá y el reglamento no dice quién preside.",
                "The chair will not attend and the rules do not say who presides."
            ),
        );
    };
    let (who, yes) = (name(substitute), substitute.expected == Expectation::Yes);
    if yes {
        (
            true,
            text!(
                "En ausencia de la presidencia presidirá {who}.",
                "In the chair's absence {who} will preside."
            ),
        )
    } else {
        (
            false,
            text!(
                "La presidencia no asistirá y no ha confirmado quien la reemplaza ({who}).",
                "The chair will not attend and whoever replaces it has not confirmed ({who})."
            ),
        )
    }
}

/// The last four sessions held before this one.
fn last_sessions(read: &Read<'_>, session: &Session) -> Result<Vec<SessionId>> {
    let held: Vec<Session> = read.select(
        "WHERE body_id = ?1 AND date < ?2 AND status = 'adjourned' ORDER BY date DESC LIMIT 4",
        (&session.body_id, session.date.to_string()),
    )?;
    Ok(held.into_iter().map(|s| s.id).collect())
}

fn reach(read: &Read<'_>, id: &PersonId) -> Result<Option<Reach>> {
    let Some(person) = read.find::<Person>(id)? else { return Ok(None) };
    let contact = read.find::<PersonContact>(id)?;
    Ok(Some(Reach {
        person_id: person.id,
        name: person.full_name,
        position: person.position,
        email: contact.as_ref().and_then(|c| c.email.clone()),
        phone: contact.and_then(|c| c.phone),
    }))
}

/// A seat's line, and when a call would help: how useful it is (lower first) and what to ask for.
fn expect(
    read: &Read<'_>,
    session: &Session,
    seat: &Seat,
    last: &[SessionId],
) -> Result<(ExpectedSeat, Option<(u8, Text)>)> {
    let holder = holder_on(read, &seat.id, session.date)?;
    let confirmation = answer_of(read, &session.id, &seat.id)?;
    let answer = confirmation.as_ref().map_or(Answer::Unknown, |c| c.answer);
    let coming = confirmation.as_ref().and_then(|c| c.person_id.clone());
    let delegations: Vec<Delegation> =
        read.select("WHERE seat_id = ?1 ORDER BY valid_from DESC, id", [&seat.id])?;
    // The act named in the answer; else one in force for who is announced; else any of theirs.
    let named = confirmation.as_ref().and_then(|c| c.delegation_id.as_ref());
    let of_person = |d: &&Delegation| coming.as_ref().is_none_or(|person| d.delegate_id == *person);
    let counts = |d: &&Delegation| d.counts_in(&session.id, session.date);
    let delegation = match named {
        Some(id) => delegations.iter().find(|d| d.id == *id),
        None => delegations
            .iter()
            .find(|d| of_person(d) && counts(d))
            .or_else(|| delegations.iter().find(|d| coming.is_some() && of_person(d))),
    };
    let holds = |person: &PersonId| holder.as_ref().is_some_and(|h| h.person_id == *person);
    let delegated = match answer {
        Answer::WillDelegate => true,
        Answer::WillAttend => coming.as_ref().is_some_and(|person| !holds(person)),
        Answer::Excused | Answer::Unknown => false,
    };
    let (expected, why, call) = judge(session, seat, holder.as_ref(), answer, delegated, delegation);
    let entity = match &seat.entity_id {
        Some(id) => read.find::<Entity>(id)?.map(|e| e.short().to_owned()),
        None => None,
    };
    let sector = match &seat.sector_id {
        Some(id) => read.find::<Sector>(id)?.map(|s| s.name),
        None => None,
    };
    let liaisons: Vec<Person> =
        read.select("WHERE seat_id = ?1 AND role = 'liaison' ORDER BY sort_name LIMIT 1", [&seat.id])?;
    let liaison = match liaisons.first() {
        Some(person) => reach(read, &person.id)?,
        None => None,
    };
    let mut came = 0;
    for session in last {
        let there: bool = read
            .conn
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM event WHERE session_id = ?1 AND seat_id = ?2
                 AND kind IN ('roll_answer', 'arrival') AND struck IS NULL)",
            )?
            .query_row((session, &seat.id), |row| row.get(0))?;
        came += i64::from(there);
    }
    let shown = delegation.filter(|_| delegated);
    let (es, en) = answer_words(answer);
    let line = ExpectedSeat {
        seat_id: seat.id.clone(),
        number: seat.number,
        title: seat.title.clone(),
        role: seat.role,
        entity,
        sector,
        votes: seat.vote,
        acting: holder.as_ref().is_some_and(|h| h.kind == HolderKind::Acting),
        holder: match &holder {
            Some(h) => reach(read, &h.person_id)?,
            None => None,
        },
        liaison,
        answer,
        answer_text: text!("{es}", "{en}"),
        coming: match &coming {
            Some(person) => reach(read, person)?,
            None => None,
        },
        delegation_id: shown.map(|d| d.id.clone()),
        delegation_status: shown.map(|d| d.status_on(session.date)),
        delegation_act: shown.map(|d| d.act.cited()),
        delegation_file: shown.is_some_and(|d| d.blob_id.is_some()),
        confirmation,
        expected,
        why,
        came,
        of: last.len() as i64,
    };
    Ok((line, call))
}

fn answer_words(answer: Answer) -> (&'static str, &'static str) {
    let en = match answer {
        Answer::WillAttend => "will attend",
        Answer::WillDelegate => "will send a delegate",
        Answer::Excused => "excused",
        Answer::Unknown => "no answer",
    };
    (answer.label(), en)
}

/// Whether a seat will count, why, and what a call would get.
fn judge(
    session: &Session,
    seat: &Seat,
    holder: Option<&Holder>,
    answer: Answer,
    delegated: bool,
    delegation: Option<&Delegation>,
) -> (Expectation, Text, Option<(u8, Text)>) {
    use Expectation::{Maybe, No, Yes};
    if !seat.vote {
        let why = text!(
            "Tiene voz y no tiene voto: no cuenta para el quórum.",
            "Voice and no vote: it does not count."
        );
        return (No, why, None);
    }
    let date = session.date;
    if delegated {
        let Some(act) = delegation else {
            let why = text!(
                "Falta el acto de delegación: sin él asiste con voz y no cuenta.",
                "The delegation's act is missing: without it, voice only, and it does not count."
            );
            let ask = text!("Pedir el acto de delegación escrito.", "Ask for the written delegation.");
            return (Maybe, why, Some((0, ask)));
        };
        if act.counts_in(&session.id, session.date) {
            let name = act.act.cited();
            let why = match act.blob_id {
                Some(_) => text!("Delegación vigente: {name}.", "Delegation in force: {name}."),
                None => text!(
                    "Delegación vigente: {name}. Falta su archivo.",
                    "Delegation in force: {name}. Its file is missing."
                ),
            };
            let ask = text!("Pedir el archivo del acto.", "Ask for the act's file.");
            if act.item_ids.is_some() {
                let why = text!(
                    "Delegación vigente: {name}. Se limita a unos puntos: solo cuenta mientras se tratan.",
                    "Delegation in force: {name}. It is limited to some items: it counts only while they are treated."
                );
                return (Maybe, why, None);
            }
            return (Yes, why, if act.blob_id.is_none() { Some((4, ask)) } else { None });
        }
        let why = match act.status_on(session.date) {
            DelegationStatus::Expired => text!(dates date;
                "La delegación vence antes del {date}: no cuenta.",
                "The delegation ends before {date}: it does not count."
            ),
            DelegationStatus::NotYet => text!(dates date;
                "La delegación empieza después del {date}: no cuenta.",
                "The delegation begins after {date}: it does not count."
            ),
            DelegationStatus::Revoked => {
                text!(
                    "La delegación fue revocada: no cuenta.",
                    "The delegation was revoked: it does not count."
                )
            }
            DelegationStatus::Rejected => {
                text!(
                    "La delegación fue rechazada: no cuenta.",
                    "The delegation was rejected: it does not count."
                )
            }
            DelegationStatus::Valid if act.scope == DelegationScope::Voice => {
                text!(
                    "La delegación da voz y no voto: no cuenta.",
                    "The delegation gives voice only: it does not count."
                )
            }
            DelegationStatus::Valid => text!(
                "La delegación es para otra sesión: no cuenta.",
                "The delegation is for another session: it does not count."
            ),
        };
        let ask = text!(
            "Pedir un acto de delegación vigente para la sesión.",
            "Ask for a delegation in force for the session."
        );
        return (No, why, Some((0, ask)));
    }
    match answer {
        Answer::WillAttend if holder.is_none() => (
            No,
            text!(dates date;
                "El puesto está vacante el {date}: quien venga asiste con voz.",
                "The seat is vacant on {date}: whoever comes has voice only."
            ),
            Some((3, text!("Pedir el acto de encargo o nombramiento.", "Ask for the act of appointment."))),
        ),
        Answer::WillAttend if holder.and_then(|holder| Unfit::of(seat, holder, date)).is_some() => (
            No,
            text!(
                "Confirmó, pero le falta la carta de acreditación o su periodo venció: asiste con voz y no cuenta.",
                "Confirmed, but the accreditation letter is missing or the term is over: voice only, and it does not count."
            ),
            Some((
                0,
                text!("Pedir la carta de acreditación vigente.", "Ask for an accreditation letter in force."),
            )),
        ),
        Answer::WillAttend => (Yes, text!("Confirmó que asistirá.", "Has confirmed attendance."), None),
        Answer::Excused if seat.delegation_allowed => (
            No,
            text!("Se excusó y no anunció delegado.", "Excused, and no delegate announced."),
            Some((
                2,
                text!("Proponer que delegue con acto escrito.", "Suggest a delegate with a written act."),
            )),
        ),
        Answer::Excused => {
            (No, text!("Se excusó y no puede delegar.", "Excused, and it may not delegate."), None)
        }
        Answer::WillDelegate | Answer::Unknown => match holder {
            Some(_) => (
                Maybe,
                text!("No ha respondido.", "Has not answered."),
                Some((1, text!("Pedir que confirme o delegue.", "Ask to confirm or delegate."))),
            ),
            None => (
                No,
                text!(dates date; "El puesto está vacante el {date}.", "The seat is vacant on {date}."),
                Some((
                    3,
                    text!("Pedir el acto de encargo o nombramiento.", "Ask for the act of appointment."),
                )),
            ),
        },
    }
}
