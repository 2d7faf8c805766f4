//! Attendance in a period, seat by seat. A seat answers only for the sessions that took place while somebody held it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::Body;
use crate::codes::{Answer, Capacity, SessionStatus};
use crate::course::{self, Course, Facts};
use crate::failure::{Failure, Result, Text};
use crate::ids::{BodyId, SeatId, SessionId};
use crate::journal::Read;
use crate::session::{FrameSeat, Session, plan};
use crate::text;

/// Whose attendance, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttendanceStatistics {
    /// The body.
    pub body_id: BodyId,
    /// First day; the first of this year when not said.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<NaiveDate>,
    /// Last day; the last of the year of the first one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<NaiveDate>,
}

/// How a seat stood in a session that was called to order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatAttendance {
    /// Its holder came.
    Holder,
    /// Whoever was in charge of it came (encargo).
    Acting,
    /// It was represented by a delegate.
    Represented,
    /// Nobody came who could stand for it, and an excuse was given in writing.
    Excused,
    /// Nobody came who could stand for it: nobody at all, or without a valid act.
    Absent,
    /// Nobody held it that day: it answers for nothing.
    Vacant,
}

/// A session in the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionCounted {
    /// The session.
    pub id: SessionId,
    /// Its name.
    pub name: Text,
    /// Its day.
    pub date: NaiveDate,
    /// How it ended: also one that was not held for lack of quorum was attended by those who came.
    pub status: SessionStatus,
}

/// How a seat stood in one session of the period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SeatInSession {
    /// The session.
    pub session_id: SessionId,
    /// How it stood.
    pub attendance: SeatAttendance,
}

/// A seat in the period. `due` = `holder` + `acting` + `represented` + `excused` + `absent`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SeatStatistics {
    /// The seat.
    pub seat_id: SeatId,
    /// Its number in the roll.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// Short name of its entity.
    pub entity: Option<String>,
    /// Whether it votes.
    pub vote: bool,
    /// Who held it in those sessions, the first one first.
    pub holders: Vec<String>,
    /// Sessions while it was held.
    pub due: u32,
    /// Attended by its holder.
    pub holder: u32,
    /// Attended by whoever was in charge.
    pub acting: u32,
    /// Attended by a delegate.
    pub represented: u32,
    /// Not attended, with an excuse in writing.
    pub excused: u32,
    /// Not attended, without one.
    pub absent: u32,
    /// Sessions while nobody held it; in no count.
    pub vacant: u32,
    /// Attended, in percent of `due`; `null` when it was never held.
    pub share: Option<u32>,
    /// The whole in a sentence: "Asistió a 3 de 4 sesiones: 2 por su titular y 1 por delegación. Faltó a 1, con excusa."
    pub text: Text,
    /// Session by session, as far as the seat was in the body.
    pub sessions: Vec<SeatInSession>,
}

/// The attendance of a body in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AttendanceView {
    /// The body.
    pub body_id: BodyId,
    /// Its name.
    pub body: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The sessions that were called to order and ended, by day.
    pub sessions: Vec<SessionCounted>,
    /// The seats, by number.
    pub seats: Vec<SeatStatistics>,
    /// Years with sessions, newest first.
    pub years: Vec<i32>,
}

/// How each seat of a body attended in a period.
///
/// # Errors
/// `not_found` for an unknown body, `invalid_input` when the period ends before it begins.
#[allow(clippy::needless_pass_by_value)]
pub fn attendance(read: &Read<'_>, request: AttendanceStatistics) -> Result<AttendanceView> {
    let body: Body = read.get(&request.body_id)?;
    let from = request.from.unwrap_or_else(|| first_of_year(read.ctx.today()));
    let to = request.to.unwrap_or_else(|| last_of_year(from));
    if to < from {
        return Err(Failure::field(
            "to",
            text!(
                dates from, to;
                "El periodo termina el {to}, antes de empezar el {from}. Cambie una de las dos fechas.",
                "The period ends on {to}, before it begins on {from}. Change one of the dates."
            ),
        ));
    }
    let sessions: Vec<Session> = read.select(
        "WHERE body_id = ?1 AND date BETWEEN ?2 AND ?3
         AND status IN ('adjourned', 'not_held_no_quorum', 'informative') ORDER BY date, number",
        (&body.id, from.to_string(), to.to_string()),
    )?;
    let mut counted = Vec::new();
    let mut seats: BTreeMap<SeatId, SeatStatistics> = BTreeMap::new();
    for session in sessions {
        let told = SessionCounted {
            id: session.id.clone(),
            name: plan::name(&session),
            date: session.date,
            status: session.status,
        };
        let Some(facts) = course::presence_facts(read, session)? else { continue };
        let course = course::course(&facts);
        let day = course.opened_at.map_or(told.date, |opened| facts.sitting(opened));
        for frame_seat in &facts.frame.seats {
            let seat = &frame_seat.seat;
            let holder = facts.frame.holder_on(&seat.id, day);
            let attendance = of_seat(&facts, &course, &seat.id);
            let line = seats.entry(seat.id.clone()).or_insert_with(|| SeatStatistics::new(frame_seat));
            line.count(attendance);
            line.sessions.push(SeatInSession { session_id: told.id.clone(), attendance });
            let name = holder.and_then(|h| facts.frame.person(&h.person_id)).map(|p| &p.full_name);
            if let Some(name) = name.filter(|name| !line.holders.contains(name)) {
                line.holders.push(name.clone());
            }
        }
        counted.push(told);
    }
    let mut seats: Vec<SeatStatistics> = seats.into_values().map(SeatStatistics::told).collect();
    seats.sort_by(|a, b| (a.number, &a.title).cmp(&(b.number, &b.title)));
    let years = read
        .conn
        .prepare_cached("SELECT DISTINCT year FROM session WHERE body_id = ?1 ORDER BY year DESC")?
        .query_map([&body.id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(AttendanceView { body_id: body.id, body: body.name, from, to, sessions: counted, seats, years })
}

fn first_of_year(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 1, 1).unwrap_or(day)
}

fn last_of_year(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), 12, 31).unwrap_or(day)
}

/// How a seat stood in a session that was called to order.
pub(crate) fn of_seat(facts: &Facts, course: &Course, seat: &SeatId) -> SeatAttendance {
    let day = course.opened_at.map_or(facts.session.date, |opened| facts.sitting(opened));
    let held = facts.frame.holder_on(seat, day).is_some();
    how(facts, seat, held, course.of_seat(seat).map(|presence| presence.capacity))
}

/// The best that a seat's presence was: who holds it comes before whoever stands in.
fn how(
    facts: &Facts,
    seat: &SeatId,
    held: bool,
    capacities: impl Iterator<Item = Capacity>,
) -> SeatAttendance {
    let came = capacities
        .filter_map(|capacity| match capacity {
            Capacity::Holder => Some(SeatAttendance::Holder),
            Capacity::Acting => Some(SeatAttendance::Acting),
            Capacity::Delegate | Capacity::AdHoc => Some(SeatAttendance::Represented),
            Capacity::NoValidDelegation | Capacity::NotAccredited | Capacity::Absent => None,
        })
        .min();
    let excused = |c: &crate::attendance::Confirmation| {
        c.seat_id == *seat && c.answer == Answer::Excused && c.in_writing
    };
    match came {
        Some(came) => came,
        None if !held => SeatAttendance::Vacant,
        None if facts.confirmations.iter().any(excused) => SeatAttendance::Excused,
        None => SeatAttendance::Absent,
    }
}

impl SeatStatistics {
    fn new(frame_seat: &FrameSeat) -> Self {
        let seat = &frame_seat.seat;
        Self {
            seat_id: seat.id.clone(),
            number: seat.number,
            title: seat.title.clone(),
            entity: frame_seat.entity_short.clone().or_else(|| frame_seat.entity.clone()),
            vote: seat.vote,
            holders: Vec::new(),
            due: 0,
            holder: 0,
            acting: 0,
            represented: 0,
            excused: 0,
            absent: 0,
            vacant: 0,
            share: None,
            text: Text::default(),
            sessions: Vec::new(),
        }
    }

    fn count(&mut self, attendance: SeatAttendance) {
        let count = match attendance {
            SeatAttendance::Holder => &mut self.holder,
            SeatAttendance::Acting => &mut self.acting,
            SeatAttendance::Represented => &mut self.represented,
            SeatAttendance::Excused => &mut self.excused,
            SeatAttendance::Absent => &mut self.absent,
            SeatAttendance::Vacant => &mut self.vacant,
        };
        *count += 1;
        if attendance != SeatAttendance::Vacant {
            self.due += 1;
        }
    }

    /// With its share and its sentence, once every session is counted.
    fn told(mut self) -> Self {
        let attended = self.holder + self.acting + self.represented;
        // Halves go up, as people round.
        self.share = (self.due > 0).then(|| (attended * 200 + self.due) / (self.due * 2));
        let (due, missed) = (self.due, self.excused + self.absent);
        if due == 0 {
            self.text = text!(
                "Nadie ocupó el puesto en estas sesiones: no se le cuentan.",
                "Nobody held the seat in these sessions: they are not counted for it."
            );
            return self;
        }
        let sessions = |n: u32, one: &'static str, many: &'static str| if n == 1 { one } else { many };
        let (of, of_en) = (sessions(due, "sesión", "sesiones"), sessions(due, "session", "sessions"));
        let mut by = Vec::new();
        for (n, es, en) in [
            (self.holder, "por su titular", "by its holder"),
            (self.acting, "por encargo", "by whoever was in charge"),
            (self.represented, "por delegación", "by a delegate"),
        ] {
            if n > 0 {
                by.push((format!("{n} {es}"), format!("{n} {en}")));
            }
        }
        let (by, by_en): (Vec<String>, Vec<String>) = by.into_iter().unzip();
        let how = if attended == 0 { String::new() } else { format!(": {}", crate::spanish::list(&by)) };
        let how_en = if attended == 0 { String::new() } else { format!(": {}", by_en.join(", ")) };
        let (why, why_en) = match (missed, self.excused) {
            (0, _) => (String::new(), String::new()),
            (_, 0) => (format!(" Faltó a {missed}, sin excusa."), format!(" It missed {missed}, unexcused.")),
            (_, excused) if excused == missed => {
                (format!(" Faltó a {missed}, con excusa."), format!(" It missed {missed}, excused."))
            }
            (_, excused) => (
                format!(" Faltó a {missed}: {excused} con excusa y {} sin ella.", self.absent),
                format!(" It missed {missed}: {excused} excused and {} not.", self.absent),
            ),
        };
        self.text = text!(
            "Asistió a {attended} de {due} {of}{how}.{why}",
            "It attended {attended} of {due} {of_en}{how_en}.{why_en}"
        );
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(counts: [u32; 6]) -> SeatStatistics {
        let [holder, acting, represented, excused, absent, vacant] = counts;
        let due = holder + acting + represented + excused + absent;
        let (seat_id, title) = (SeatId::new("s".to_owned()).unwrap(), "Salud".to_owned());
        SeatStatistics {
            seat_id,
            number: 1,
            title,
            entity: None,
            vote: true,
            holders: Vec::new(),
            due,
            holder,
            acting,
            represented,
            excused,
            absent,
            vacant,
            share: None,
            text: Text::default(),
            sessions: Vec::new(),
        }
        .told()
    }

    #[test]
    fn a_seat_is_told_over_the_sessions_while_it_was_held() {
        for (counts, share, told) in [
            (
                [2, 0, 1, 1, 0, 0],
                Some(75),
                "Asistió a 3 de 4 sesiones: 2 por su titular y 1 por delegación. Faltó a 1, con excusa.",
            ),
            (
                [1, 1, 1, 0, 0, 2],
                Some(100),
                "Asistió a 3 de 3 sesiones: 1 por su titular, 1 por encargo y 1 por delegación.",
            ),
            ([0, 0, 0, 1, 2, 0], Some(0), "Asistió a 0 de 3 sesiones. Faltó a 3: 1 con excusa y 2 sin ella."),
            ([1, 0, 0, 0, 0, 0], Some(100), "Asistió a 1 de 1 sesión: 1 por su titular."),
            (
                [1, 0, 0, 0, 7, 0],
                Some(13),
                "Asistió a 1 de 8 sesiones: 1 por su titular. Faltó a 7, sin excusa.",
            ),
            ([0, 0, 0, 0, 0, 3], None, "Nadie ocupó el puesto en estas sesiones: no se le cuentan."),
        ] {
            let line = seat(counts);
            assert_eq!((line.share, line.text.es.as_str()), (share, told), "{counts:?}");
        }
    }
}
