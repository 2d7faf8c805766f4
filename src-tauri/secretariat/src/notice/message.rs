//! The messages a notice leaves as: ready .eml files (RFC 5322, MIME) that the office's own mail program opens and
//! sends, and the .ics invitation (RFC 5545).
//!
//! By default one message goes to all in blind copy: the secretary opens it, looks it over and sends it once, and no
//! member's private address reaches the others (Ley 1581/2012). `each` makes one a seat instead, for offices that keep a
//! proof of sending by member. Messages say `X-Unsent: 1`, so that a mail program opens them as drafts. The same
//! archive gives the same bytes.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::view::numbers;
use crate::agenda::{self, AgendaItem};
use crate::attendance::Confirmation;
use crate::body::{Body, holder_on, seats_on};
use crate::codes::{DocumentKind, SessionStatus};
use crate::context::instant;
use crate::course::printed_order;
use crate::delegation::Delegation;
use crate::document::Document;
use crate::failure::{Code, Failure, Result};
use crate::file::CarriedFile;
use crate::ids::{PersonId, SeatId, SessionId};
use crate::journal::Read;
use crate::person::{Person, PersonContact};
use crate::session::{Guest, Session, plan};
use crate::{spanish, store, text};

/// Which notice to make messages of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeMailRequest {
    /// The session.
    pub session_id: SessionId,
    /// True for one message a seat; one message for all when not said.
    #[serde(default)]
    #[ts(optional)]
    pub each: Option<bool>,
}

/// A message ready to send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct OutgoingMail {
    /// The .eml file.
    pub file: CarriedFile,
    /// To whom it goes, addresses.
    pub recipients: Vec<String>,
    /// The seat, when it is of one.
    pub seat_id: Option<SeatId>,
}

/// The messages of a notice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoticeMail {
    /// The messages.
    pub messages: Vec<OutgoingMail>,
    /// The invitation, also inside each message.
    pub invitation: CarriedFile,
    /// The text of the message, to read or paste.
    pub text: String,
    /// Its subject.
    pub subject: String,
    /// Whether the printed notice is attached.
    pub with_pdf: bool,
    /// Seats with nobody to write to.
    pub unreachable: Vec<String>,
    /// Whether the sender's address is known; the mail program puts its own otherwise.
    pub sender_known: bool,
}

/// The messages of the notice in force, with the printed notice when it was issued.
///
/// # Errors
/// `wrong_state` while the session has not been convened.
pub fn mail(read: &Read<'_>, request: NoticeMailRequest) -> Result<NoticeMail> {
    let session: Session = read.get(&request.session_id)?;
    let documents: Vec<Document> = read.select(
        "WHERE session_id = ?1 AND kind = ?2 ORDER BY issued_at DESC, id DESC LIMIT 1",
        (&session.id, DocumentKind::Notice),
    )?;
    let pdf = match documents.first() {
        Some(document) => Some((document.file.clone(), store::read_blob(read.conn, &document.blob_id)?)),
        None => None,
    };
    compose(read, &session, request.each.unwrap_or(false), pdf)
}

/// Composes the messages, with this PDF attached when there is one.
///
/// # Errors
/// `wrong_state` while the session has not been convened.
pub fn compose(
    read: &Read<'_>,
    session: &Session,
    each: bool,
    pdf: Option<(String, Vec<u8>)>,
) -> Result<NoticeMail> {
    let Some(notice) = &session.notice else {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión no se ha convocado. Convóquela y prepare después los mensajes.",
                "The session has not been convened. Convene it, then prepare the messages."
            ),
        ));
    };
    let body: Body = read.get(&session.body_id)?;
    let items = match agenda::version::noticed(read, session)? {
        Some(items) => items,
        None => printed_order(read.select("WHERE session_id = ?1", [&session.id])?),
    };
    let sender = sender(read, session, &body)?;
    let (subject, words) = (subject(session, &body), words(session, &body, &items, notice.reason.as_deref()));
    let sent_at = notice.convened_at;
    let stem = format!("convocatoria-{}", session.stem());
    let invitation = invitation(session, &body, &items, sent_at, &words, sender.1.as_deref());
    let (groups, unreachable) = recipients(read, session, each)?;
    let sender_known = sender.1.is_some();
    let from = sender.1.clone().unwrap_or_else(|| "secretaria@sin-direccion.invalid".to_owned());
    let mut messages = Vec::new();
    let count = groups.len();
    for (n, group) in (1..).zip(groups) {
        let key = format!("{}.{}.{n}", session.id, notice.sequence);
        let mut message = MessageBuilder::new()
            .message_id(format!("{key}@actario.invalid"))
            .date(sent_at.timestamp())
            .header("MIME-Version", Raw::new("1.0"))
            .header("X-Unsent", Raw::new("1"))
            .from((sender.0.clone(), from.clone()))
            .subject(subject.as_str());
        let to: Vec<Address<'_>> = group
            .people
            .iter()
            .map(|(name, address)| Address::new_address(Some(name.clone()), address.clone()))
            .collect();
        message = if each {
            message.to(Address::new_list(to))
        } else {
            message.to((sender.0.clone(), from.clone())).bcc(Address::new_list(to))
        };
        let mut parts =
            vec![MimePart::new(ContentType::new("text/plain").attribute("charset", "utf-8"), words.as_str())];
        if let Some((name, bytes)) = &pdf {
            parts.push(MimePart::new("application/pdf", bytes.as_slice()).attachment(name.clone()));
        }
        let calendar =
            ContentType::new("text/calendar").attribute("charset", "utf-8").attribute("method", "PUBLISH");
        parts.push(MimePart::new(calendar, invitation.as_bytes()).attachment(format!("{stem}.ics")));
        // A boundary of its own: the library's would change with every run.
        let whole = ContentType::new("multipart/mixed").attribute("boundary", format!("=_actario_{key}"));
        let bytes = message.body(MimePart::new(whole, parts)).write_to_vec()?;
        let name = if count > 1 { format!("{stem}-{n:02}.eml") } else { format!("{stem}.eml") };
        messages.push(OutgoingMail {
            file: CarriedFile::new(name, &bytes),
            recipients: group.people.into_iter().map(|(_, address)| address).collect(),
            seat_id: group.seat_id,
        });
    }
    Ok(NoticeMail {
        messages,
        invitation: CarriedFile::new(format!("{stem}.ics"), invitation.as_bytes()),
        text: words,
        subject,
        with_pdf: pdf.is_some(),
        unreachable,
        sender_known,
    })
}

/// People written to together, by name and address.
struct Group {
    seat_id: Option<SeatId>,
    people: Vec<(String, String)>,
}

/// The holder, liaison and delegate of each seat, and the guests, who have an address; and the seats that have none.
fn recipients(read: &Read<'_>, session: &Session, each: bool) -> Result<(Vec<Group>, Vec<String>)> {
    let mut groups = Vec::new();
    let mut unreachable = Vec::new();
    let mut written = BTreeSet::new();
    for seat in seats_on(read, &session.body_id, session.date)? {
        let mut people: Vec<PersonId> = Vec::new();
        people.extend(holder_on(read, &seat.id, session.date)?.map(|h| h.person_id));
        let liaisons: Vec<Person> =
            read.select("WHERE seat_id = ?1 AND role = 'liaison' ORDER BY sort_name", [&seat.id])?;
        people.extend(liaisons.into_iter().map(|p| p.id));
        let delegations: Vec<Delegation> = read.select("WHERE seat_id = ?1 ORDER BY id", [&seat.id])?;
        let in_force = delegations.into_iter().filter(|d| d.counts_in(&session.id, session.date));
        people.extend(in_force.map(|d| d.delegate_id));
        let answers: Vec<Confirmation> =
            read.select("WHERE session_id = ?1 AND seat_id = ?2", (&session.id, &seat.id))?;
        people.extend(answers.into_iter().filter_map(|c| c.person_id));
        let found = addresses(read, people, &mut written)?;
        match (found.reached, found.people.is_empty()) {
            (false, _) => unreachable.push(seat.title),
            (true, true) => {} // written to for another seat
            (true, false) => groups.push(Group { seat_id: Some(seat.id), people: found.people }),
        }
    }
    let guests: Vec<Guest> = read.select("WHERE session_id = ?1 ORDER BY position", [&session.id])?;
    let found = addresses(read, guests.into_iter().map(|g| g.person_id).collect(), &mut written)?;
    if !found.people.is_empty() {
        groups.push(Group { seat_id: None, people: found.people });
    }
    if !each {
        let people: Vec<(String, String)> = groups.into_iter().flat_map(|g| g.people).collect();
        groups = vec![Group { seat_id: None, people }];
    }
    Ok((groups, unreachable))
}

struct Addresses {
    /// Those not written to yet.
    people: Vec<(String, String)>,
    /// Whether anybody has an address at all.
    reached: bool,
}

fn addresses(read: &Read<'_>, people: Vec<PersonId>, written: &mut BTreeSet<String>) -> Result<Addresses> {
    let mut found = Addresses { people: Vec::new(), reached: false };
    for id in people {
        let Some(email) = read.find::<PersonContact>(&id)?.and_then(|c| c.email) else { continue };
        let name = read.find::<Person>(&id)?.map(|p| p.full_name).unwrap_or_default();
        found.reached = true;
        if written.insert(email.to_lowercase()) {
            found.people.push((name, email));
        }
    }
    Ok(found)
}

/// The sender's name and address: whoever acts as secretary of the session.
fn sender(read: &Read<'_>, session: &Session, body: &Body) -> Result<(String, Option<String>)> {
    let office = body.technical_secretariat.as_ref().map_or_else(|| body.name.clone(), |s| s.name.clone());
    let Some(id) = &session.secretary_person_id else { return Ok((office, None)) };
    let name = read.find::<Person>(id)?.map_or(office, |p| p.full_name);
    Ok((name, read.find::<PersonContact>(id)?.and_then(|c| c.email)))
}

/// "sesión ordinaria n.º 3 de 2025".
fn inside_a_sentence(session: &Session) -> String {
    crate::minutes::sentences::uncapitalized(&crate::session::plan::name(session).es)
}

fn subject(session: &Session, body: &Body) -> String {
    let again = match session.notice.as_ref().map_or(0, |n| n.sequence) {
        0 => "Convocatoria",
        _ => "Nueva convocatoria",
    };
    let (name, day) = (inside_a_sentence(session), spanish::date(session.date));
    format!("{again}: {name}, {day} – {}", body.name)
}

/// The message, in the secretariat's words. Notices are written in Spanish, whatever the language of the screen.
fn words(session: &Session, body: &Body, items: &[AgendaItem], reason: Option<&str>) -> String {
    let mut text = String::from("Cordial saludo:\n\n");
    let convened = format!(
        "La secretaría técnica convoca a la {} de la instancia {}",
        inside_a_sentence(session),
        body.name
    );
    text += &spanish::sentence(convened);
    text += "\n\n";
    if let Some(replies) = session.replies {
        for (label, at) in [("Apertura", replies.opens_at), ("Cierre", replies.closes_at)] {
            let at = crate::context::local(at);
            let (day, clock) = (spanish::long_date(at.date()), spanish::clock(at.time()));
            text += &format!("{label} del plazo para responder: {day}, {clock}\n");
        }
    } else {
        text += &format!("Fecha: {}\n", spanish::long_date(session.date));
    }
    if let Some(start) = session.planned_start.filter(|_| session.replies.is_none()) {
        text += &format!("Hora: {}\n", spanish::clock(start));
    }
    text += &format!("Modalidad: {}\n", session.mode.label());
    for (label, value) in [("Lugar", &session.place), ("Plataforma", &session.platform)] {
        if let Some(value) = value {
            text += &format!("{label}: {value}\n");
        }
    }
    if let Some(reason) = reason {
        text += &format!("\nEsta convocatoria reemplaza la anterior. Razón: {reason}\n");
    }
    if let Some(short) = session.notice.as_ref().and_then(|n| n.short_notice_reason.as_deref()) {
        text += &format!("\nSe convoca con menos anticipación que la reglamentaria. Razón: {short}\n");
    }
    text += "\nOrden del día\n\n";
    for (item, number) in items.iter().zip(numbers(items)) {
        if let Some(section) = &item.section {
            text += &format!("{section}\n");
        }
        let indent = "   ".repeat(number.matches('.').count());
        let late = if item.late { " (adicionado después de la convocatoria)" } else { "" };
        text += &format!("{indent}{number}. {}{late}\n", item.title);
    }
    let motions = session.notice.as_ref().and_then(|n| n.announced.as_ref()).map(|a| a.motions.as_slice());
    if let Some(motions) = motions.filter(|_| session.replies.is_some()) {
        text += "\nTextos que se ponen a votación\n\n";
        let numbers = numbers(items);
        for motion in motions {
            let at = items.iter().position(|i| i.id == motion.item_id);
            let number = at.and_then(|at| numbers.get(at)).map_or_else(String::new, |n| format!("{n}. "));
            text += &format!("{number}«{}»\n", motion.text);
        }
        text += "\nPor favor responda este mensaje y diga, de cada texto, si vota a favor, en contra o en abstención. La \
                 respuesta que llegue fuera del plazo consta y no se cuenta. Si responde otra persona en su lugar, envíe \
                 antes el acto de delegación escrito: sin él su respuesta consta y no se cuenta.\n";
        return text;
    }
    text += "\nPor favor confirme su asistencia. Si asiste otra persona en su lugar, envíe con anticipación el acto de \
             delegación escrito: sin él asiste con voz, no vota ni se cuenta para el quórum. Si no puede asistir, \
             responda este mensaje con la razón.\n";
    text
}

/// The invitation. Its UID stays the same through new notices and its SEQUENCE grows, so that calendars replace it.
fn invitation(
    session: &Session,
    body: &Body,
    items: &[AgendaItem],
    stamp: DateTime<Utc>,
    words: &str,
    organizer: Option<&str>,
) -> String {
    let start = session.planned_start.unwrap_or(NaiveTime::MIN);
    let starts = instant(session.date.and_time(start));
    let planned: i64 = items.iter().filter_map(|i| i.planned_minutes).sum();
    let ends = match session.planned_end.filter(|_| session.replies.is_none()) {
        Some(end) => instant(session.date.and_time(end)),
        None if session.replies.is_some() => session.replies.map_or(starts, |replies| replies.closes_at),
        None => starts + TimeDelta::minutes(if planned > 0 { planned } else { 120 }),
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@actario.invalid", session.id))
        .timestamp(stamp)
        .sequence(session.notice.as_ref().map_or(0, |n| u32::try_from(n.sequence).unwrap_or(0)))
        .summary(&format!("{} – {}", plan::name(session).es, body.name))
        .description(words)
        .starts(starts)
        .ends(ends)
        .status(match session.status {
            SessionStatus::Cancelled | SessionStatus::Postponed => EventStatus::Cancelled,
            _ => EventStatus::Confirmed,
        });
    if let Some(place) = session.place.as_ref().or(session.platform.as_ref()) {
        event.location(place);
    }
    if let Some(address) = organizer {
        event.append_property(Property::new("ORGANIZER", format!("mailto:{address}")));
    }
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Actario//Secretaria tecnica//ES"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .push(event.done());
    calendar.to_string()
}
