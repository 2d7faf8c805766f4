//! Before a session is called to order.

use chrono::{DateTime, NaiveDate, Utc};

use crate::codes::{SessionMode, SessionStatus};
use crate::expected::{GetExpectedQuorum, expected_quorum};
use crate::failure::{Result, Text};
use crate::ids::{PersonId, SeatId};
use crate::journal::Read;
use crate::session::{Frame, Session, frame_for};
use crate::{live, text, written};

use super::{About, Asked, Asks, ask_mode};

/// How a session would be opened.
pub(crate) struct Opening<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// The seat and the person who would preside; not said while it is only looked at.
    pub presider: Option<(&'a SeatId, &'a PersonId)>,
}

/// What opening a session asks.
pub(crate) fn asks(read: &Read<'_>, session: &Session, opening: &Opening<'_>) -> Result<Vec<Asked>> {
    let id = session.id.as_str();
    let of_session = ("session", id);
    let of_body = session.body_id.as_str();
    let mut asks = Asks::default();
    asks.stop(
        About("state", None, of_session),
        text!("La sesión está por abrirse.", "The session has not been opened."),
        live::refuse_unopenable(session),
    );
    asks.stop(
        About("notice", None, ("notice", id)),
        match session.entered_afterwards {
            true => text!("Se registra después de realizada.", "It is entered after it was held."),
            false => text!("La sesión está convocada.", "The session has been convened."),
        },
        live::refuse_unconvened(session),
    );
    if session.mode == SessionMode::Written {
        asks.stop(
            About("written", None, of_session),
            text!("El plazo y las mociones están fijados.", "The term and the motions are set."),
            written::refuse_unheld(read, session),
        );
        asks.stop(
            About("announced", None, ("notice", id)),
            text!("Son los que publicó la convocatoria.", "They are those that the notice published."),
            live::refuse_unannounced(read, session),
        );
    }
    asks.reason(
        About("hour", None, of_session),
        text!(
            "Se abre el día convocado y hacia su hora.",
            "It is opened on the day convened, at about its hour."
        ),
        live::hour_unlike_notice(session, opening.at),
        Some("occurred_at"),
    );
    let day = crate::local(opening.at).date();
    let frame = frame_for(read, &session.body_id, day);
    let rules = frame.as_ref().ok().map(|frame| frame.rule_set.clone());
    let norm = |article: Option<&str>| rules.as_ref().and_then(|r| r.source(article)).map(|s| s.citation);
    asks.stop(
        About("rules", norm(None), ("rules", session.body_id.as_str())),
        text!("Hay reglas en vigor ese día.", "There are rules in force on that day."),
        frame.as_ref().map(|_| ()).map_err(Clone::clone),
    );
    ask_mode(&mut asks, rules.as_ref(), session);
    if let (Ok(frame), Some((seat, person))) = (&frame, opening.presider) {
        let article = frame.rule_set.presiding_in_absence.article.clone();
        let about = || About("presider", norm(article.as_deref()), ("opening", seat.as_str()));
        let passed = text!("Preside quien corresponde por el reglamento.", "Whoever the rules say presides.");
        let counts = live::refuse_presider((frame, &session.id, day, opening.at), seat, person);
        let stopped = counts.is_err();
        if stopped {
            asks.stop(about(), passed, counts.map(|_| ()));
        } else {
            let without = live::presider_without_right((frame, &session.id, day, opening.at), seat, person);
            asks.reason(about(), passed, without, Some("seat_id"));
        }
    }
    if let Ok(frame) = &frame {
        let mut organisations = frame.seats.iter().filter(|s| s.seat.represents_organisation()).peekable();
        if organisations.peek().is_some() {
            asks.advise(
                About("data_authorization", Some("Ley 1581 de 2012".to_owned()), ("members", of_body)),
                text!(
                    "Quienes representan organizaciones autorizaron el tratamiento de sus datos.",
                    "Whoever represents an organisation has authorised the use of their data."
                ),
                unauthorised(frame, day),
            );
        }
    }
    if session.status == SessionStatus::Convened
        && session.mode != SessionMode::Written
        && !session.entered_afterwards
    {
        asks.advise(
            About("expected_quorum", norm(None), of_session),
            text!("Los puestos anunciados alcanzan el quórum.", "The seats announced reach the quorum."),
            too_few(read, session)?,
        );
    }
    Ok(asks.0)
}

/// Who holds the seat of an organisation and has not authorised the use of their data.
fn unauthorised(frame: &Frame, day: NaiveDate) -> Option<Text> {
    let organisations = frame.seats.iter().filter(|s| s.seat.represents_organisation());
    let holders = organisations.filter_map(|s| frame.holder_on(&s.seat.id, day));
    let lacking = holders.filter(|h| h.accreditation.as_ref().is_none_or(|a| !a.data_authorization));
    let names: Vec<String> =
        lacking.filter_map(|h| frame.person(&h.person_id)).map(|p| p.full_name.clone()).collect();
    let (es, en) = (crate::spanish::list(&names), names.join(", "));
    (!names.is_empty()).then(|| {
        text!(
            "Falta la autorización de {es} para tratar sus datos. Pídala y anótela en Integrantes.",
            "{en}: no authorisation for the use of their data. Ask for it and record it under Members."
        )
    })
}

/// What the answers to the notice say when they do not reach the quorum.
fn too_few(read: &Read<'_>, session: &Session) -> Result<Option<Text>> {
    let expected = expected_quorum(read, GetExpectedQuorum { session_id: session.id.clone() })?;
    Ok(expected.decision.filter(|quorum| !quorum.met).map(|_| expected.text))
}
