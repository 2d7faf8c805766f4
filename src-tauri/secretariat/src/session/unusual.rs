//! What is unusual about a session that is being prepared: it may be a slip of the hand, and nothing of it is refused.

use crate::body::Body;
use crate::calendar::DayOff;
use crate::catalog;
use crate::codes::SessionStatus;
use crate::failure::{Result, Text};
use crate::journal::Read;
use crate::{spanish, text};

use super::Session;
use super::plan::name;
use super::year::date_to_be_set;

/// What is unusual about a session: a number that jumps, a day that is no business day, another session of the body at
/// the same time.
///
/// # Errors
/// When the archive cannot be read.
pub fn warnings(read: &Read<'_>, session: &Session) -> Result<Vec<Text>> {
    let mut found = Vec::new();
    found.extend(jump(read, session)?);
    if !date_to_be_set(session) {
        found.extend(day_off(read, session)?);
        found.extend(at_the_same_time(read, session)?);
    }
    Ok(found)
}

/// A number that leaves others out: 9 after 2.
fn jump(read: &Read<'_>, session: &Session) -> Result<Option<Text>> {
    let Some(number) = session.number else { return Ok(None) };
    let body: Body = read.get(&session.body_id)?;
    let yearly = body.numbering.sessions_yearly;
    let year = if yearly { "AND year = ?4" } else { "AND ?4 = ?4" };
    let last: Option<i64> = read
        .conn
        .prepare_cached(&format!(
            "SELECT max(number) FROM session WHERE body_id = ?1 AND number < ?2 AND id <> ?3 {year}"
        ))?
        .query_row((&session.body_id, number, &session.id, session.year), |r| r.get(0))?;
    let year = session.year;
    Ok(match last {
        Some(last) if last + 1 < number => {
            let next = last + 1;
            Some(text!(
                "El número {number} salta: la sesión anterior es la {last} y seguiría la {next}.",
                "Number {number} jumps: the session before is {last}, and {next} would follow."
            ))
        }
        // A body that never restarts its numbers may have begun them on paper.
        None if yearly && number > 1 => Some(text!(
            "El número {number} salta: no hay otra sesión anterior de {year} y la primera sería la 1.",
            "Number {number} jumps: there is no earlier session of {year}, and the first one would be 1."
        )),
        _ => None,
    })
}

/// A Saturday, a Sunday, a holiday or a day on which the entity is closed.
fn day_off(read: &Read<'_>, session: &Session) -> Result<Option<Text>> {
    let day = session.date;
    Ok(catalog::calendar(read)?.day_off(day).map(|off| match off {
        DayOff::Saturday => text!(dates day; "El {day} es sábado.", "{day} is a Saturday."),
        DayOff::Sunday => text!(dates day; "El {day} es domingo.", "{day} is a Sunday."),
        DayOff::Holiday { names } => {
            let names = names.join(", ");
            text!(dates day; "El {day} es festivo: {names}.", "{day} is a holiday: {names}.")
        }
        DayOff::Closed { reason } => text!(
            dates day;
            "El {day} la entidad no atiende: {reason}.",
            "On {day} the entity is closed: {reason}."
        ),
    }))
}

/// Other sessions of the body on that day whose time is this one's, or runs into it.
fn at_the_same_time(read: &Read<'_>, session: &Session) -> Result<Vec<Text>> {
    let others: Vec<Session> = read.select(
        "WHERE body_id = ?1 AND date = ?2 AND id <> ?3 AND status <> ?4 ORDER BY number",
        (&session.body_id, session.date.to_string(), &session.id, SessionStatus::Cancelled),
    )?;
    let met = |other: &Session| match (session.planned_start, other.planned_start) {
        (Some(start), Some(theirs)) => {
            start == theirs
                || session.planned_end.is_some_and(|end| start < theirs && theirs < end)
                || other.planned_end.is_some_and(|end| theirs < start && start < end)
        }
        // Without an hour it cannot be told apart.
        _ => false,
    };
    let others = others.into_iter().filter(|other| !date_to_be_set(other) && met(other));
    Ok(others
        .map(|other| {
            let Text { es, en } = name(&other);
            let at = other.planned_start.map(spanish::clock24).unwrap_or_default();
            text!(
                "A esa hora hay otra sesión de la instancia: {es}, a las {at}.",
                "At that time the body has another session: {en}, at {at}."
            )
        })
        .collect())
}
