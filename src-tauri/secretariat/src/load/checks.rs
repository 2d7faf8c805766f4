//! What cannot be (problems) and what is odd but possible (findings), record by record.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Log;
use super::data::Data;
use super::format::*;
use crate::body::Act;
use crate::codes::{
    AnnexKind, Capacity, DecisionKind, DelegationStatus, EventKind, HolderKind, MinutesStatus,
    ProposalStatus, SeatRole, SessionStatus, VoteMethod,
};
use crate::failure::Text;
use crate::ids::{PersonId, SeatId, SessionId};
use crate::rules::Severity;
use crate::text;

/// Looks at every record of the data.
pub(super) fn check(data: &Data, log: &mut Log) {
    for (file, body) in &data.bodies {
        check_body(file, body, log);
    }
    let mut at = Place { file: "people.json", log };
    for person in &data.people {
        if person.full_name.trim().is_empty() || person.sort_name.trim().is_empty() {
            at.problem(&person.id, text!("La persona no tiene nombre.", "The person has no name."));
        }
    }
    check_delegations(data, &mut Place { file: "delegations.json", log });
    check_sessions(data, &mut Place { file: "sessions.json", log });
    check_minutes_numbers(data, log);
    check_proposals(data, &mut Place { file: "proposals.json", log });
    check_work_plans(data, log);
}

/// Where one looks: the file, and where to tell.
struct Place<'a> {
    file: &'a str,
    log: &'a mut Log,
}

impl Place<'_> {
    fn problem(&mut self, id: impl AsRef<str>, reason: Text) {
        self.log.problem(self.file, id, reason);
    }

    fn finding(&mut self, id: impl AsRef<str>, code: &str, text: Text) {
        self.log.finding(self.file, id, code, text);
    }
}

/// Whether two periods share a day; `None` is an open end.
fn overlap(a: (NaiveDate, Option<NaiveDate>), b: (NaiveDate, Option<NaiveDate>)) -> bool {
    a.1.is_none_or(|end| b.0 <= end) && b.1.is_none_or(|end| a.0 <= end)
}

fn covers(from: NaiveDate, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && to.is_none_or(|last| day <= last)
}

// ── Bodies ──────────────────────────────────────────────────────────────────────────────────────────
fn check_body(file: &str, body: &BodyFile, log: &mut Log) {
    let mut at = Place { file, log };
    if body.name.trim().is_empty() {
        at.problem(&body.id, text!("La instancia no tiene nombre.", "The body has no name."));
    }
    if !body.creating_act.registered {
        at.finding(
            &body.id,
            "creating_act_missing",
            text!(
                "El acto de creación no está registrado: el papel dirá «por registrar».",
                "The creating act is not registered: paper will say “por registrar”."
            ),
        );
    }
    check_seats(body, &mut at);
    for invitee in body.permanent_invitees.iter().filter(|i| i.vote || i.counts_for_quorum) {
        at.problem(
            &invitee.id,
            text!(
                "Un invitado permanente tiene voz, nunca voto, y no cuenta para el quórum.",
                "A permanent invitee may speak, never vote, and does not count for the quorum."
            ),
        );
    }
    check_rule_sets(body, &mut at);
}

fn check_seats(body: &BodyFile, at: &mut Place<'_>) {
    let mut numbers = BTreeMap::new();
    let mut chairs = 0;
    for seat in &body.seats {
        if let Some(other) = numbers.insert(seat.number, &seat.id) {
            let number = seat.number;
            at.problem(
                &seat.id,
                text!(
                    "El puesto número {number} está repetido (también es «{other}»).",
                    "Seat number {number} is repeated (it is also “{other}”)."
                ),
            );
        }
        if seat.number < 1 || seat.title.trim().is_empty() {
            at.problem(
                &seat.id,
                text!(
                    "El puesto necesita un número desde 1 y un título.",
                    "The seat needs a number from 1 and a title."
                ),
            );
        }
        chairs += i32::from(seat.role == SeatRole::Chair);
        check_holders(seat, at);
    }
    if chairs > 1 {
        at.problem(
            &body.id,
            text!("La instancia tiene {chairs} presidencias.", "The body has {chairs} chairs."),
        );
    } else if chairs == 0 {
        at.finding(
            &body.id,
            "no_chair",
            text!(
                "Ningún puesto tiene la presidencia: regístrela antes de sesionar.",
                "No seat has the chair: register it before a session."
            ),
        );
    }
}

fn check_holders(seat: &Seat, at: &mut Place<'_>) {
    for (i, holder) in seat.holders.iter().enumerate() {
        let who = &holder.person_id;
        if holder.to.is_some_and(|to| to < holder.from) {
            at.problem(
                &seat.id,
                text!(
                    "El periodo de «{who}» en el puesto termina antes de comenzar.",
                    "The period of “{who}” in the seat ends before it begins."
                ),
            );
        }
        for other in &seat.holders[..i] {
            if other.kind == holder.kind && overlap((holder.from, holder.to), (other.from, other.to)) {
                let also = &other.person_id;
                at.problem(
                    &seat.id,
                    text!(
                        "«{also}» y «{who}» ocupan el puesto en los mismos días. Corrija las fechas.",
                        "“{also}” and “{who}” hold the seat on the same days. Correct the dates."
                    ),
                );
            }
        }
        if holder.kind == HolderKind::Acting && holder.act.is_none() {
            at.finding(
                &seat.id,
                "act_missing",
                text!(
                    "El encargo de «{who}» no tiene acto.",
                    "The acting appointment of “{who}” has no act."
                ),
            );
        }
    }
}

fn check_rule_sets(body: &BodyFile, at: &mut Place<'_>) {
    let voting = u64::try_from(body.seats.iter().filter(|seat| seat.vote).count()).ok();
    for (i, rules) in body.rule_sets.iter().enumerate() {
        if rules.body_id != body.id.as_str() {
            at.problem(
                &rules.id,
                text!("El reglamento es de otra instancia.", "The rule set is of another body."),
            );
        }
        for other in &body.rule_sets[..i] {
            if overlap((rules.effective_from, rules.effective_to), (other.effective_from, other.effective_to))
            {
                let also = &other.id;
                at.problem(
                    &rules.id,
                    text!(
                        "Rige en los mismos días que «{also}». Corrija las vigencias.",
                        "It is in force on the same days as “{also}”. Correct the dates."
                    ),
                );
            }
        }
        if !rules.adopted_by.registered {
            at.finding(
                &rules.id,
                "norm_missing",
                text!(
                    "El acto que adopta el reglamento no está registrado: sus reglas no se citan como norma.",
                    "The act that adopts the rules is not registered: they are not cited as a norm."
                ),
            );
        }
        for rule in rules.rules.iter().filter(|rule| rule.article.is_none()) {
            let name = &rule.name;
            at.finding(
                &rule.id,
                "missing_article",
                text!(
                    "La regla «{name}» no dice de qué artículo sale.",
                    "The rule “{name}” names no article."
                ),
            );
        }
        for found in rules.check(voting) {
            let (es, en, field) = (found.message.es, found.message.en, found.at);
            let text = text!("{field}: {es}", "{field}: {en}");
            match found.severity {
                Severity::Impossible => at.problem(&rules.id, text),
                Severity::Irregular => at.finding(&rules.id, "rule_set", text),
            }
        }
    }
}

// ── Delegations ─────────────────────────────────────────────────────────────────────────────────────
fn check_delegations(data: &Data, at: &mut Place<'_>) {
    for delegation in &data.delegations {
        check_delegation(data, delegation, at);
    }
}

fn check_delegation(data: &Data, delegation: &Delegation, at: &mut Place<'_>) {
    let id = &delegation.id;
    if delegation.valid_to.is_some_and(|to| to < delegation.valid_from) {
        at.problem(
            id,
            text!("La delegación termina antes de comenzar.", "The delegation ends before it begins."),
        );
    }
    if delegation.principal_id == delegation.delegate_id {
        at.problem(id, text!("Nadie delega en sí mismo.", "Nobody delegates to themselves."));
    }
    let act = act_date(&delegation.act).unwrap_or(delegation.valid_from);
    let seat = data.seat(&delegation.seat_id);
    let holds = seat.is_some_and(|seat| holds_on(seat, &delegation.principal_id, act));
    if !holds {
        let also_delegate = data.delegations.iter().any(|other| {
            other.id != *id
                && other.seat_id == delegation.seat_id
                && other.delegate_id == delegation.principal_id
                && covers(other.valid_from, other.valid_to, act)
        });
        let who = &delegation.principal_id;
        let reason = if also_delegate {
            text!(
                "«{who}» es a su vez delegado del puesto el {act}: una delegación no se subdelega (Ley 489/1998 art. 11).",
                "“{who}” is a delegate of the seat on {act}: a delegation is not delegated again (Ley 489/1998 art. 11)."
            )
        } else {
            text!(
                "«{who}» no era titular ni encargado del puesto el {act}, fecha del acto.",
                "“{who}” was neither holder nor acting holder of the seat on {act}, the date of the act."
            )
        };
        // What the secretariat rejected is history, whatever was wrong with it.
        if delegation.status == Some(DelegationStatus::Rejected) {
            at.finding(id, "rejected_delegation", reason);
        } else {
            at.problem(id, reason);
        }
    }
    if delegation.revoked_on.is_some_and(|day| day < delegation.valid_from) {
        at.problem(
            id,
            text!(
                "La delegación fue revocada antes de comenzar.",
                "The delegation was revoked before it began."
            ),
        );
    }
    if delegation.file.is_none() {
        at.finding(
            id,
            "act_file_missing",
            text!("Falta el archivo del acto de delegación.", "The file of the delegation's act is missing."),
        );
    }
    if act > delegation.valid_from {
        at.finding(
            id,
            "retroactive_delegation",
            text!(
                "El acto es posterior al primer día de la delegación: antes de su fecha no cuenta.",
                "The act is later than the delegation's first day: it does not count before its date."
            ),
        );
    }
    if seat.is_some_and(|seat| !seat.delegation_allowed) {
        at.finding(
            id,
            "delegation_not_allowed",
            text!("El puesto no admite delegación.", "The seat admits no delegation."),
        );
    }
}

fn act_date(act: &Act) -> Option<NaiveDate> {
    act.date
}

fn holds_on(seat: &Seat, person: &PersonId, day: NaiveDate) -> bool {
    seat.holders.iter().any(|holder| holder.person_id == *person && covers(holder.from, holder.to, day))
}

impl Data {
    fn seat(&self, id: &SeatId) -> Option<&Seat> {
        self.bodies.iter().flat_map(|(_, body)| &body.seats).find(|seat| seat.id == *id)
    }
}

// ── Sessions ────────────────────────────────────────────────────────────────────────────────────────
fn check_sessions(data: &Data, at: &mut Place<'_>) {
    let mut numbers = BTreeMap::new();
    let mut decisions = BTreeMap::new();
    for session in &data.sessions {
        let key = (&session.body_id, session.year, session.number);
        if let Some(other) = numbers.insert(key, &session.id) {
            at.problem(
                &session.id,
                text!("Su número y año son los de «{other}».", "Its number and year are those of “{other}”."),
            );
        }
        check_identity(data, session, at);
        check_agenda(data, session, at);
        check_attendance(data, session, at);
        check_events(session, at);
        check_votes(data, session, at);
        check_outcomes(session, at);
        for decision in &session.decisions {
            let Some(number) = decision.number else { continue };
            let year = decision.year.unwrap_or(session.year);
            if let Some(other) = decisions.insert((&session.body_id, year, number), &decision.id) {
                at.problem(
                    &decision.id,
                    text!(
                        "La decisión {number} de {year} está repetida (también es «{other}»).",
                        "Decision {number} of {year} is repeated (it is also “{other}”)."
                    ),
                );
            }
        }
        check_minutes(data, session, at);
        check_annexes(session.id.as_str(), &session.annexes, at);
    }
}

fn check_identity(data: &Data, session: &Session, at: &mut Place<'_>) {
    use chrono::Datelike;
    let id = &session.id;
    let (number, year, date) = (session.number, session.year, session.date);
    if number < 1 {
        at.problem(id, text!("El número de la sesión empieza en 1.", "A session's number starts at 1."));
    }
    if date.year() != year {
        at.problem(
            id,
            text!(dates date;
                "La sesión {number} de {year} no puede haberse realizado el {date}: es de otro año.",
                "Session {number} of {year} cannot have been held on {date}: it is another year."
            ),
        );
    }
    let named = format!("{}:{year}/{number}", session.body_id);
    if session.r#ref.as_ref().is_some_and(|given| *given != named) {
        let given = session.r#ref.clone().unwrap_or_default();
        at.problem(id, text!("Se llama «{named}», no «{given}».", "Its name is “{named}”, not “{given}”."));
    }
    check_notice(data, session, at);
    let Some(body) = data.body(&session.body_id) else { return };
    if let Some(rule_set_id) = &session.rule_set_id {
        match body.rule_sets.iter().find(|rules| rules.id == rule_set_id.as_str()) {
            None => at.problem(
                id,
                text!(
                    "El reglamento «{rule_set_id}» no es de su instancia.",
                    "The rule set “{rule_set_id}” is not of its body."
                ),
            ),
            Some(rules) if !rules.in_force_on(date) => at.problem(
                id,
                text!(dates date;
                    "El reglamento «{rule_set_id}» no estaba vigente el {date}.",
                    "The rule set “{rule_set_id}” was not in force on {date}."
                ),
            ),
            Some(_) => {}
        }
    } else if !session.events.is_empty() && !body.rule_sets.iter().any(|rules| rules.in_force_on(date)) {
        at.problem(
            id,
            text!(dates date;
                "Ningún reglamento de su instancia estaba vigente el {date}.",
                "No rule set of its body was in force on {date}."
            ),
        );
    }
    if let Some(chair) = &session.chair {
        let opening = session.events.iter().find(|event| event.kind == EventKind::CallToOrder);
        if opening.is_some_and(|e| e.person_id.as_ref().is_some_and(|who| *who != chair.person_id)) {
            at.problem(
                id,
                text!(
                    "Quien abrió la sesión no es quien la presidió según «chair».",
                    "Who opened the session is not who presided by “chair”."
                ),
            );
        }
        let elsewhere = session.events.iter().find(|event| {
            matches!(event.kind, EventKind::RollAnswer | EventKind::Arrival)
                && event.person_id.as_ref() == Some(&chair.person_id)
                && event.seat_id.as_ref().is_some_and(|seat| *seat != chair.seat_id)
        });
        if let Some(seat) = elsewhere.and_then(|event| event.seat_id.as_ref()) {
            let said = &chair.seat_id;
            at.finding(
                id,
                "chair_of_another_seat",
                text!(
                    "«chair» dice que presidió desde «{said}»; en la lista respondió por «{seat}».",
                    "“chair” says who presided sat for “{said}”; on the roll they answered for “{seat}”."
                ),
            );
        }
        if !body.seats.iter().any(|seat| seat.id == chair.seat_id) {
            at.problem(
                id,
                text!(
                    "El puesto que presidió es de otra instancia.",
                    "The seat that presided is of another body."
                ),
            );
        }
    }
}

fn check_notice(data: &Data, session: &Session, at: &mut Place<'_>) {
    let id = &session.id;
    let Some(convened_at) = session.convened_at else {
        if !session.events.is_empty() {
            at.finding(
                id,
                "no_notice",
                text!("No consta la convocatoria.", "There is no record of the notice."),
            );
        }
        return;
    };
    let sent = crate::local(convened_at.to_utc());
    let starts = session
        .events
        .first()
        .map_or(session.date.and_hms_opt(23, 59, 59), |event| Some(session.date.and_time(event.time.0)));
    if starts.is_some_and(|starts| sent > starts) {
        let (date, day, time) = (session.date, sent.date(), sent.format("%H:%M"));
        at.problem(
            id,
            text!(dates date;
                "Fue convocada el {day} a las {time}, después de realizarse ({date}).",
                "It was convened on {day} at {time}, after it was held ({date})."
            ),
        );
        return;
    }
    if let Some(given) = session.convocation.as_ref().and_then(|c| c.sent_on)
        && given != sent.date()
    {
        let sent = sent.date();
        at.problem(
            id,
            text!(dates given, sent;
                "«sent_on» dice {given} y «convened_at» dice {sent}.",
                "“sent_on” says {given} and “convened_at” says {sent}."
            ),
        );
    }
    let verdict = data.rule_set(session).and_then(|rules| {
        rules.check_notice(session.kind, session.date, sent.date(), &crate::calendar::Calendar::default())
    });
    if let Some(verdict) = verdict.filter(|verdict| !verdict.met) {
        let (es, en) = (verdict.explanation.es, verdict.explanation.en);
        at.finding(id, "short_notice", text!("{es}.", "{en}."));
    }
}

fn check_agenda(data: &Data, session: &Session, at: &mut Place<'_>) {
    let functions: BTreeSet<_> = data
        .body(&session.body_id)
        .into_iter()
        .flat_map(|body| {
            let secretariat = body.technical_secretariat.iter().flat_map(|s| &s.functions);
            body.functions.iter().chain(&body.general_functions).chain(secretariat).map(|f| &f.id)
        })
        .collect();
    let mut orders = BTreeSet::new();
    for item in &session.agenda {
        if !orders.insert(item.order) || item.order < 1 {
            let order = item.order;
            at.problem(
                &item.id,
                text!(
                    "El orden {order} del punto está repetido o no vale.",
                    "The item's order {order} is repeated or not valid."
                ),
            );
        }
        if item.title.trim().is_empty() {
            at.problem(&item.id, text!("El punto no tiene título.", "The item has no title."));
        }
        for function in item.functions.iter().filter(|function| !functions.contains(*function)) {
            at.problem(
                &item.id,
                text!(
                    "La función «{function}» no es de la instancia.",
                    "The function “{function}” is not of the body."
                ),
            );
        }
        let named: BTreeSet<_> = item.vote_ids.iter().collect();
        let taken: BTreeSet<_> =
            session.votes.iter().filter(|v| v.item_id == item.id).map(|v| &v.id).collect();
        if named != taken {
            at.problem(
                &item.id,
                text!(
                    "«vote_ids» no nombra las votaciones del punto.",
                    "“vote_ids” does not name the item's votes."
                ),
            );
        }
    }
}

fn check_attendance(data: &Data, session: &Session, at: &mut Place<'_>) {
    let Some(body) = data.body(&session.body_id) else { return };
    let id = &session.id;
    let mut seats = BTreeSet::new();
    for row in &session.attendance {
        let seat_id = &row.seat_id;
        let Some(seat) = body.seats.iter().find(|seat| seat.id == *seat_id) else {
            at.problem(
                id,
                text!(
                    "El puesto «{seat_id}» es de otra instancia.",
                    "The seat “{seat_id}” is of another body."
                ),
            );
            continue;
        };
        if !seats.insert(seat_id) {
            at.problem(
                id,
                text!(
                    "El puesto «{seat_id}» tiene dos filas de asistencia.",
                    "The seat “{seat_id}” has two rows of attendance."
                ),
            );
        }
        match &row.person_id {
            None if row.capacity != Capacity::Absent => at.problem(
                id,
                text!(
                    "La asistencia de «{seat_id}» no dice quién asistió.",
                    "The attendance of “{seat_id}” does not say who attended."
                ),
            ),
            Some(_) if row.capacity == Capacity::Absent => at.problem(
                id,
                text!(
                    "El puesto «{seat_id}» está ausente y nombra a quien asistió.",
                    "The seat “{seat_id}” is absent and names who attended."
                ),
            ),
            _ => {}
        }
        if let Some(person) = &row.person_id {
            check_capacity(data, session, seat, row, person, at);
        }
        if row.excuse && row.capacity != Capacity::Absent {
            at.finding(
                id,
                "excused_but_present",
                text!("«{seat_id}» se excusó y asistió.", "“{seat_id}” sent an excuse and attended."),
            );
        }
    }
    let mut guests = BTreeSet::new();
    for guest in session.guests.iter().filter(|guest| !guests.insert(&guest.person_id)) {
        let who = &guest.person_id;
        at.problem(
            id,
            text!("«{who}» está dos veces entre los invitados.", "“{who}” is twice among the guests."),
        );
    }
}

/// In what capacity a person attends for a seat, from holders and delegations alone.
pub(super) fn true_capacity(data: &Data, session: &Session, seat: &Seat, person: &PersonId) -> Capacity {
    let holds = |kind| {
        seat.holders
            .iter()
            .any(|h| h.kind == kind && h.person_id == *person && covers(h.from, h.to, session.date))
    };
    if holds(HolderKind::Acting) {
        Capacity::Acting
    } else if holds(HolderKind::Holder) {
        Capacity::Holder
    } else if data
        .delegations
        .iter()
        .any(|d| d.seat_id == seat.id && d.delegate_id == *person && counts_in(d, &session.id, session.date))
    {
        Capacity::Delegate
    } else {
        Capacity::NoValidDelegation
    }
}

/// Whether a delegation lets its delegate count in a session held on `day`.
fn counts_in(delegation: &Delegation, session: &SessionId, day: NaiveDate) -> bool {
    delegation.status != Some(DelegationStatus::Rejected)
        && delegation.scope == crate::codes::DelegationScope::VoiceAndVote
        && covers(delegation.valid_from, delegation.valid_to, day)
        && delegation.revoked_on.is_none_or(|revoked| day < revoked)
        && act_date(&delegation.act).is_none_or(|act| act <= day)
        && delegation.session_ids.as_ref().is_none_or(|ids| ids.contains(session))
}

fn check_capacity(
    data: &Data,
    session: &Session,
    seat: &Seat,
    row: &Attendance,
    person: &PersonId,
    at: &mut Place<'_>,
) {
    let (id, seat_id) = (&session.id, &seat.id);
    let truth = true_capacity(data, session, seat, person);
    if row.capacity != truth && row.capacity != Capacity::Absent {
        let (given, truth) = (row.capacity.label(), truth.label());
        at.problem(
            id,
            text!(
                "«{person}» asistió por «{seat_id}» como «{given}», y por sus titulares y delegaciones es «{truth}».",
                "“{person}” attended for “{seat_id}” as “{given}”, and by its holders and delegations it is “{truth}”."
            ),
        );
    }
    let Some(delegation_id) = &row.delegation_id else { return };
    let Some(delegation) = data.delegations.iter().find(|d| d.id == *delegation_id) else { return };
    if delegation.seat_id != *seat_id || delegation.delegate_id != *person {
        at.problem(
            id,
            text!(
                "La delegación «{delegation_id}» no es de «{person}» por «{seat_id}».",
                "The delegation “{delegation_id}” is not of “{person}” for “{seat_id}”."
            ),
        );
    } else if row.capacity == Capacity::Delegate && !counts_in(delegation, id, session.date) {
        at.problem(
            id,
            text!(
                "La delegación «{delegation_id}» no valía para esta sesión.",
                "The delegation “{delegation_id}” was not in force for this session."
            ),
        );
    }
}

fn check_events(session: &Session, at: &mut Place<'_>) {
    let id = &session.id;
    let items: BTreeSet<_> = session.agenda.iter().map(|item| &item.id).collect();
    let motions: BTreeSet<_> = session.motions.iter().map(|motion| &motion.id).collect();
    let votes: BTreeSet<_> = session.votes.iter().map(|vote| &vote.id).collect();
    let seats: BTreeSet<_> = session.attendance.iter().map(|row| &row.seat_id).collect();
    let mut last = None;
    let mut closed = false;
    for (i, event) in session.events.iter().enumerate() {
        let (seq, time) = (event.seq, event.time);
        if usize::try_from(seq) != Ok(i + 1) {
            let expected = i + 1;
            at.problem(
                id,
                text!(
                    "El evento {seq} debería ser el {expected}: la secuencia va de 1 en adelante, sin saltos.",
                    "Event {seq} should be {expected}: the sequence goes from 1 on, without gaps."
                ),
            );
            break;
        }
        let instant = session.instant(time);
        if last.is_some_and(|last| instant < last) {
            at.problem(
                id,
                text!(
                    "El evento {seq} es de las {time}, antes que el anterior.",
                    "Event {seq} is at {time}, before the one that precedes it."
                ),
            );
        }
        last = Some(instant);
        if closed {
            at.problem(
                id,
                text!(
                    "El evento {seq} ocurre después del cierre de la sesión.",
                    "Event {seq} happens after the session closed."
                ),
            );
        }
        closed |= event.kind == EventKind::SessionClosed;
        if event.item_id.as_ref().is_some_and(|item| !items.contains(item))
            || event.motion_id.as_ref().is_some_and(|motion| !motions.contains(motion))
            || event.vote_id.as_ref().is_some_and(|vote| !votes.contains(vote))
        {
            at.problem(
                id,
                text!(
                    "El evento {seq} nombra un punto, moción o votación de otra sesión.",
                    "Event {seq} names an item, motion or vote of another session."
                ),
            );
        }
        if event.seat_id.as_ref().is_some_and(|seat| !seats.contains(seat)) {
            at.problem(
                id,
                text!(
                    "El evento {seq} nombra un puesto sin fila de asistencia.",
                    "Event {seq} names a seat without a row of attendance."
                ),
            );
        }
    }
    let held = matches!(session.status, SessionStatus::Adjourned | SessionStatus::NotHeldNoQuorum);
    if held && session.events.is_empty() {
        at.finding(
            id,
            "no_events",
            text!(
                "La sesión se realizó y no tiene eventos: no consta quién asistió ni el quórum.",
                "The session was held and has no events: attendance and quorum are not on record."
            ),
        );
    }
    let waiting = !matches!(session.status, SessionStatus::Open | SessionStatus::Suspended) && !held;
    if waiting && session.status != SessionStatus::Informative && !session.votes.is_empty() {
        at.problem(
            id,
            text!(
                "La sesión no se ha instalado y tiene votaciones.",
                "The session has not been opened and has votes."
            ),
        );
    }
}

/// Who is present for each seat after the events up to `seq`.
fn present_after(session: &Session, seq: i64) -> BTreeMap<&SeatId, &PersonId> {
    let mut present = BTreeMap::new();
    let mut declared = false;
    for event in session.events.iter().take_while(|event| event.seq <= seq) {
        declared |= event.kind == EventKind::NoQuorumDeclared;
        let (Some(seat), Some(person)) = (&event.seat_id, &event.person_id) else { continue };
        match event.kind {
            EventKind::RollAnswer | EventKind::Arrival | EventKind::Return | EventKind::Reconnected
                if !declared =>
            {
                present.insert(seat, person);
            }
            EventKind::Departure | EventKind::TemporaryDeparture | EventKind::ConnectionLost => {
                present.remove(seat);
            }
            _ => {}
        }
    }
    present
}

fn check_votes(data: &Data, session: &Session, at: &mut Place<'_>) {
    let items: BTreeSet<_> = session.agenda.iter().map(|item| &item.id).collect();
    let body = data.body(&session.body_id);
    let foreign = text!("Su punto es de otra sesión.", "Its item is of another session.");
    for motion in &session.motions {
        if !items.contains(&motion.item_id) {
            at.problem(&motion.id, foreign.clone());
        }
        if motion.text.trim().is_empty() {
            at.problem(&motion.id, text!("La proposición no tiene texto.", "The motion has no text."));
        }
        let vote = session.votes.iter().find(|vote| Some(&vote.id) == motion.vote_id.as_ref());
        if motion.vote_id.is_some()
            && vote.is_none_or(|v| v.motion_id.as_ref().is_some_and(|m| *m != motion.id))
        {
            at.problem(
                &motion.id,
                text!(
                    "La votación que nombra es de otra proposición o sesión.",
                    "The vote it names is of another motion or session."
                ),
            );
        }
    }
    for vote in &session.votes {
        let id = &vote.id;
        if !items.contains(&vote.item_id) {
            at.problem(id, foreign.clone());
        }
        if vote.question.trim().is_empty() {
            at.problem(id, text!("La votación no tiene pregunta.", "The vote has no question."));
        }
        if vote.rule_set_id.is_some()
            && session.rule_set_id.is_some()
            && vote.rule_set_id != session.rule_set_id
        {
            at.problem(
                id,
                text!("Su reglamento no es el de la sesión.", "Its rule set is not that of the session."),
            );
        }
        if data.rule_set(session).is_some_and(|rules| rules.rule(&vote.rule_id).is_none()) {
            let rule = &vote.rule_id;
            at.problem(
                id,
                text!(
                    "La regla «{rule}» no es del reglamento de la sesión.",
                    "The rule “{rule}” is not of the session's rule set."
                ),
            );
        }
        if vote.closed.is_some_and(|closed| session.instant(closed) < session.instant(vote.opened)) {
            at.problem(id, text!("Se cerró antes de abrirse.", "It closed before it opened."));
        }
        check_ballots(session, vote, body, at);
    }
    for recusal in &session.recusals {
        let seat = &recusal.seat_id;
        if !items.contains(&recusal.item_id) {
            at.problem(&session.id, foreign.clone());
        }
        let times = [Some(recusal.declared_at), recusal.left_at, recusal.returned_at];
        if times.iter().flatten().is_sorted_by_key(|clock| session.instant(*clock)) {
            continue;
        }
        at.problem(
            &session.id,
            text!(
                "Las horas del impedimento de «{seat}» están en desorden.",
                "The times of the recusal of “{seat}” are out of order."
            ),
        );
    }
}

fn check_ballots(session: &Session, vote: &Vote, body: Option<&BodyFile>, at: &mut Place<'_>) {
    let id = &vote.id;
    let closing = session
        .events
        .iter()
        .find(|e| e.kind == EventKind::VoteClose && e.vote_id.as_ref() == Some(id))
        .or_else(|| {
            session.events.iter().find(|e| e.kind == EventKind::VoteOpen && e.vote_id.as_ref() == Some(id))
        });
    let Some(closing) = closing else {
        at.problem(
            id,
            text!("Ningún evento abre o cierra esta votación.", "No event opens or closes this vote."),
        );
        return;
    };
    if vote.method == VoteMethod::Secret && !vote.ballots.is_empty() {
        at.problem(
            id,
            text!(
                "Fue secreta y trae el voto de cada puesto: de una votación secreta solo se reciben los totales.",
                "It was secret and carries each seat's vote: of a secret vote only the totals are received."
            ),
        );
    }
    let present = present_after(session, closing.seq);
    let mut voted = BTreeSet::new();
    for ballot in &vote.ballots {
        let (seat_id, person) = (&ballot.seat_id, &ballot.person_id);
        if !voted.insert(seat_id) {
            at.problem(
                id,
                text!("El puesto «{seat_id}» votó dos veces.", "The seat “{seat_id}” voted twice."),
            );
        }
        match body.and_then(|body| body.seats.iter().find(|seat| seat.id == *seat_id)) {
            Some(seat) if seat.vote => {}
            _ => at.problem(
                id,
                text!("El puesto «{seat_id}» no tiene voto.", "The seat “{seat_id}” has no vote."),
            ),
        }
        if vote.recused_seat_ids.contains(seat_id) {
            at.problem(
                id,
                text!(
                    "El puesto «{seat_id}» votó estando impedido.",
                    "The seat “{seat_id}” voted while recused."
                ),
            );
        }
        match present.get(seat_id) {
            Some(there) if *there == person => {}
            Some(_) => at.problem(
                id,
                text!(
                    "«{person}» votó por «{seat_id}» y quien estaba presente era otra persona.",
                    "“{person}” voted for “{seat_id}” and the person present was another."
                ),
            ),
            None => at.problem(
                id,
                text!(
                    "«{person}» votó por «{seat_id}» sin estar presente.",
                    "“{person}” voted for “{seat_id}” without being present."
                ),
            ),
        }
        let row = session.attendance.iter().find(|row| row.seat_id == *seat_id);
        if row.is_some_and(|row| row.capacity == Capacity::NoValidDelegation) {
            at.problem(
                id,
                text!(
                    "«{person}» votó por «{seat_id}» sin delegación vigente.",
                    "“{person}” voted for “{seat_id}” without a delegation in force."
                ),
            );
        }
    }
    if let Some(casting) = &vote.casting_vote
        && present.get(&casting.seat_id) != Some(&&casting.person_id)
    {
        at.problem(
            id,
            text!(
                "Quien dio el voto dirimente no estaba presente.",
                "Who cast the casting vote was not present."
            ),
        );
    }
    for explanation in vote.explanations.iter().filter(|e| !voted.contains(&e.seat_id)) {
        let seat_id = &explanation.seat_id;
        at.problem(
            id,
            text!("«{seat_id}» explica un voto que no dio.", "“{seat_id}” explains a vote it did not cast."),
        );
    }
}

fn check_outcomes(session: &Session, at: &mut Place<'_>) {
    let items: BTreeSet<_> = session.agenda.iter().map(|item| &item.id).collect();
    let votes: BTreeSet<_> = session.votes.iter().map(|vote| &vote.id).collect();
    let foreign = text!("Su punto o votación es de otra sesión.", "Its item or vote is of another session.");
    for decision in &session.decisions {
        let of_vote = decision.vote_id.as_ref().is_none_or(|vote| votes.contains(vote));
        if !items.contains(&decision.item_id) || !of_vote {
            at.problem(&decision.id, foreign.clone());
        }
        if decision.decided_on < session.date {
            at.problem(
                &decision.id,
                text!("Se tomó antes de la sesión.", "It was taken before the session."),
            );
        }
        match (decision.kind, decision.number) {
            (DecisionKind::Substantive, None) => at.finding(
                &decision.id,
                "unnumbered_decision",
                text!("Es sustantiva y no tiene número.", "It is substantive and has no number."),
            ),
            (DecisionKind::Procedural, Some(_)) => at.problem(
                &decision.id,
                text!(
                    "Es de procedimiento y lleva número; solo las sustantivas lo llevan.",
                    "It is procedural and numbered; only substantive ones are."
                ),
            ),
            _ => {}
        }
    }
    for statement in &session.statements {
        if !items.contains(&statement.item_id) {
            at.problem(&statement.id, foreign.clone());
        }
    }
    for commitment in &session.commitments {
        if commitment.item_id.as_ref().is_some_and(|item| !items.contains(item)) {
            at.problem(&commitment.id, foreign.clone());
        }
        if commitment.closed_on.is_some_and(|day| day < session.date) {
            at.problem(
                &commitment.id,
                text!(
                    "El compromiso se cerró antes de la sesión en que se asumió.",
                    "The commitment was closed before the session it was made in."
                ),
            );
        }
        if commitment.due_on.is_some_and(|day| day < session.date) {
            at.finding(
                &commitment.id,
                "due_before_session",
                text!(
                    "El compromiso vencía antes de la sesión.",
                    "The commitment was due before the session."
                ),
            );
        }
    }
    if session.not_held.is_some() && session.status == SessionStatus::Adjourned {
        at.problem(
            &session.id,
            text!(
                "La sesión se levantó y a la vez no se realizó.",
                "The session was adjourned and also not held."
            ),
        );
    }
}

// ── Minutes and annexes ─────────────────────────────────────────────────────────────────────────────
fn check_minutes(data: &Data, session: &Session, at: &mut Place<'_>) {
    let Some(minutes) = &session.minutes else {
        if session.is_over() {
            at.finding(
                &session.id,
                "no_minutes",
                text!("La sesión no tiene acta.", "The session has no minutes."),
            );
        }
        return;
    };
    let id = &minutes.id;
    let adopted =
        matches!(minutes.status, MinutesStatus::Approved | MinutesStatus::Signed | MinutesStatus::Published);
    if adopted && !session.is_over() {
        at.problem(
            id,
            text!(
                "El acta es de una sesión que no ha terminado.",
                "The minutes are of a session that has not ended."
            ),
        );
    }
    for (name, day) in [
        ("draft_sent_on", minutes.draft_sent_on),
        ("signed_on", minutes.signed_on),
        ("published_on", minutes.published_on),
    ] {
        if day.is_some_and(|day| day < session.date) {
            at.problem(id, text!("«{name}» es anterior a la sesión.", "“{name}” is before the session."));
        }
    }
    if let Some(approving) = data.session_opt(minutes.approved_in_session_id.as_ref()) {
        if approving.date < session.date || approving.body_id != session.body_id {
            at.problem(
                id,
                text!(
                    "La sesión que la aprobó es anterior o de otra instancia.",
                    "The session that approved it is earlier or of another body."
                ),
            );
        }
        if minutes.signed_on.is_some_and(|signed| signed < approving.date) {
            at.finding(
                id,
                "signed_before_approval",
                text!("Se firmó antes de aprobarse.", "It was signed before it was approved."),
            );
        }
    }
    if let (Some(published), signed) = (minutes.published_on, minutes.signed_on)
        && signed.is_none_or(|signed| published < signed)
    {
        at.finding(
            id,
            "published_before_signature",
            text!("Se publicó antes de firmarse.", "It was published before it was signed."),
        );
    }
}

fn check_minutes_numbers(data: &Data, log: &mut Log) {
    let mut numbers = BTreeMap::new();
    let of_sessions = data.sessions.iter().filter_map(|session| {
        let minutes = session.minutes.as_ref()?;
        Some(("sessions.json", &session.body_id, minutes.year, minutes.number, &minutes.id))
    });
    let past = data
        .past_minutes
        .iter()
        .map(|past| ("past_minutes.json", &past.body_id, past.year, past.number, &past.id));
    for (file, body, year, number, id) in past.chain(of_sessions) {
        if number < 1 {
            log.problem(
                file,
                id,
                text!("El número de un acta empieza en 1.", "Minutes' numbers start at 1."),
            );
        }
        if let Some(other) = numbers.insert((body, year, number), id) {
            log.problem(
                file,
                id,
                text!(
                    "El acta {number} de {year} está repetida (también es «{other}»).",
                    "Minutes {number} of {year} are repeated (also “{other}”)."
                ),
            );
        }
    }
    for past in data.past_minutes.iter().filter(|past| past.file.is_none()) {
        log.finding(
            "past_minutes.json",
            &past.id,
            "file_missing",
            text!("Falta el archivo del acta.", "The file of the minutes is missing."),
        );
    }
}

fn check_annexes(owner: &str, annexes: &[Annex], at: &mut Place<'_>) {
    let mut numbers = BTreeSet::new();
    for annex in annexes {
        let number = annex.number;
        if number < 1 || !numbers.insert(number) {
            at.problem(
                owner,
                text!(
                    "El anexo {number} está repetido o no vale: van de 1 en adelante.",
                    "Annex {number} is repeated or not valid: they go from 1 on."
                ),
            );
        }
        if annex.title.trim().is_empty() {
            at.problem(owner, text!("El anexo {number} no tiene título.", "Annex {number} has no title."));
        }
        if annex.public && annex.kind == Some(AnnexKind::AttendanceList) {
            at.finding(
                owner,
                "public_attendance_list",
                text!(
                    "El anexo {number} es una lista de asistencia: se cargó como no publicable.",
                    "Annex {number} is an attendance list: it was loaded as not to be published."
                ),
            );
        }
    }
}

// ── Proposals and work plans ────────────────────────────────────────────────────────────────────────
/// Words at most of a proposal's title and summary.
const TITLE_WORDS: usize = 20;
const SUMMARY_WORDS: usize = 200;

fn check_proposals(data: &Data, at: &mut Place<'_>) {
    let mut codes = BTreeMap::new();
    for (proposal, _) in &data.proposals {
        let id = &proposal.id;
        if let Some(other) = codes.insert((data.body_of(proposal), &proposal.code), id) {
            let code = &proposal.code;
            at.problem(
                id,
                text!(
                    "El código {code} está repetido (también es «{other}»).",
                    "The code {code} is repeated (it is also “{other}”)."
                ),
            );
        }
        for (field, words, limit) in [
            ("title", &Some(proposal.title.clone()), TITLE_WORDS),
            ("summary", &proposal.summary, SUMMARY_WORDS),
        ] {
            let count = words.as_deref().unwrap_or_default().split_whitespace().count();
            if count > limit {
                at.finding(
                    id,
                    "too_long",
                    text!(
                        "«{field}» tiene {count} palabras; el máximo es {limit}.",
                        "“{field}” has {count} words; the most is {limit}."
                    ),
                );
            }
        }
        check_history(proposal, at);
        check_profile(proposal, at);
        check_annexes(id.as_str(), &proposal.annexes, at);
    }
}

fn check_history(proposal: &Proposal, at: &mut Place<'_>) {
    let id = &proposal.id;
    for pair in proposal.status_history.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        if after.date < before.date {
            let (day, earlier) = (after.date, before.date);
            at.problem(
                id,
                text!(dates day, earlier;
                    "Su historia está en desorden: {day} después de {earlier}.",
                    "Its history is out of order: {day} after {earlier}."
                ),
            );
        }
        if !may_move(before.status, after.status) {
            let (from, to) = (before.status.label(), after.status.label());
            at.finding(
                id,
                "irregular_move",
                text!("Pasó de «{from}» a «{to}».", "It went from “{from}” to “{to}”."),
            );
        }
    }
    for change in &proposal.status_history {
        if change.status == ProposalStatus::Returned && change.note.is_none() {
            at.finding(
                id,
                "no_reason",
                text!("Se devolvió sin motivo escrito.", "It was returned without a written reason."),
            );
        }
    }
}

/// Whether a proposal may go from one status to the next.
fn may_move(from: ProposalStatus, to: ProposalStatus) -> bool {
    use ProposalStatus::{
        Closed, Draft, Filed, InExecution, NotPrioritized, Postponed, Prioritized, PrioritizedWithConditions,
        Returned, Scheduled, UnderReview, Withdrawn,
    };
    matches!(
        (from, to),
        (Draft | Returned, Filed)
            | (Filed, UnderReview)
            | (UnderReview | Postponed, Scheduled)
            | (UnderReview | Scheduled, Returned)
            | (Scheduled, Prioritized | PrioritizedWithConditions | Postponed | NotPrioritized)
            | (Prioritized | PrioritizedWithConditions, InExecution)
            | (InExecution, Closed)
            | (Draft | Filed | UnderReview | Returned | Scheduled | Postponed, Withdrawn)
    )
}

fn check_profile(proposal: &Proposal, at: &mut Place<'_>) {
    let id = &proposal.id;
    for score in proposal.evaluation.iter().flat_map(|evaluation| &evaluation.scores) {
        if !(0.0..=5.0).contains(&score.score) {
            let (score, criterion) = (score.score, &score.criterion_id);
            at.problem(
                id,
                text!(
                    "El puntaje {score} de «{criterion}» no está entre 0 y 5.",
                    "The score {score} of “{criterion}” is not from 0 to 5."
                ),
            );
        }
    }
    for risk in proposal.risks.iter().flat_map(|risks| &risks.items) {
        if [risk.probability, risk.impact].into_iter().flatten().any(|n| !(1..=5).contains(&n)) {
            let name = &risk.risk;
            at.problem(
                id,
                text!(
                    "La probabilidad y el impacto de «{name}» van de 1 a 5.",
                    "Probability and impact of “{name}” go from 1 to 5."
                ),
            );
        }
    }
    for line in proposal.budget.iter().flat_map(|budget| &budget.lines) {
        if line.amount < 0 {
            let concept = &line.concept;
            at.problem(
                id,
                text!("El valor de «{concept}» es negativo.", "The amount of “{concept}” is negative."),
            );
        }
    }
    if let Some(schedule) = &proposal.schedule
        && let (Some(start), Some(end)) = (schedule.start, schedule.end)
        && end < start
    {
        at.problem(
            id,
            text!("El cronograma termina antes de comenzar.", "The schedule ends before it begins."),
        );
    }
}

fn check_work_plans(data: &Data, log: &mut Log) {
    let mut years = BTreeMap::new();
    for (file, plan) in &data.work_plans {
        let (id, year) = (&plan.id, plan.year);
        if let Some(other) = years.insert((&plan.body_id, year), id) {
            log.problem(
                file,
                id,
                text!(
                    "La instancia ya tiene el plan de {year} («{other}»).",
                    "The body has a plan of {year} already (“{other}”)."
                ),
            );
        }
        for activity in plan.activities.iter().filter(|activity| activity.activity.trim().is_empty()) {
            log.problem(
                file,
                &activity.id,
                text!("La actividad no tiene texto.", "The activity has no text."),
            );
        }
    }
}
