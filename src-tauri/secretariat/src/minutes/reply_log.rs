//! The log of replies of a written session as an annex of its minutes: whose, when, by which means, and whether each was
//! counted or why not. Struck and corrected ones are in it, with why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::material::{Material, seat_name};
use super::sentences::{self as say, clock_of};
use crate::codes::EventKind;
use crate::spanish::capitalized;

/// A reply as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReplyRow {
    /// The seat.
    pub seat: String,
    /// Who sent it.
    pub name: String,
    /// "9:12 a. m."
    pub time: String,
    /// "Correo institucional (respuesta.eml)".
    pub means: String,
    /// "Se contó", or why not.
    pub result: String,
}

/// The replies of a written session that was opened, in the order in which they came.
pub(super) fn reply_log(m: &Material) -> Option<Vec<ReplyRow>> {
    let written = m.course.written.as_ref().filter(|w| !w.terms.is_empty())?;
    let mut rows = Vec::new();
    for event in m.facts.events.iter().filter(|e| e.kind == EventKind::ReplyReceived) {
        let reply = m.facts.replies.iter().find(|r| r.event_id == event.id);
        let (Some(reply), Some(seat), Some(person)) = (reply, &event.seat_id, &event.person_id) else {
            continue;
        };
        let file = reply.file.as_ref().map_or_else(String::new, |file| format!(" ({file})"));
        let course = written.of_event(&event.id);
        let mut result = match (&event.struck, course) {
            (Some(why), _) => format!("Tachada: {}.", say::inside(why)),
            (None, Some(course)) => course.text.es.clone(),
            (None, None) => String::new(),
        };
        let corrected = event.corrections.iter().filter(|c| c.field != "struck");
        let mut whys: Vec<&str> =
            corrected.clone().filter_map(|c| c.reason.as_deref()).map(say::inside).collect();
        whys.dedup();
        if corrected.clone().any(|c| c.field == "missed") {
            result.push_str(&format!(" Agregada después de la sesión: {}.", whys.join("; ")));
        } else if corrected.count() > 0 {
            let why = if whys.is_empty() { String::new() } else { format!(": {}", whys.join("; ")) };
            result.push_str(&format!(" Corregida{why}."));
        }
        rows.push(ReplyRow {
            seat: m.facts.frame.seat(seat).map_or_else(String::new, |s| seat_name(&m.facts.frame, s)),
            name: m.full_name(person),
            time: clock_of(m.moment(event.occurred_at)),
            means: format!("{}{file}", capitalized(reply.means.label())),
            result,
        });
    }
    Some(rows)
}
