//! Before the notice of a session goes out.

use chrono::{DateTime, Utc};

use crate::agenda::AgendaItem;
use crate::body::Body;
use crate::codes::SessionMode;
use crate::failure::{Result, Text};
use crate::journal::Read;
use crate::session::unusual::warnings;
use crate::session::year::{self, StepCode};
use crate::session::{Session, plan};
use crate::{agenda, notice, spanish, text, written};

use super::{About, Asked, Asks, ask_mode};

/// What convening a session asks, were its notice sent at that instant.
pub(crate) fn asks(read: &Read<'_>, session: &Session, at: DateTime<Utc>) -> Result<Vec<Asked>> {
    let id = session.id.as_str();
    let rules = plan::rules_on(read, &session.body_id, session.date)?;
    let norm = |article: Option<&str>| rules.as_ref().and_then(|r| r.source(article)).map(|s| s.citation);
    let notice_norm = norm(rules.as_ref().and_then(|r| r.notice.article.as_deref()));
    let mut asks = Asks::default();
    asks.stop(
        About("state", None, ("session", id)),
        text!("La sesión está por convocarse.", "The session has not been opened."),
        plan::not_opened(session, "convocar"),
    );
    asks.stop(
        About("stated", notice_norm.clone(), ("session", id)),
        text!(
            "Constan el día, la hora y el lugar o la plataforma.",
            "Its day, hour and place or platform are set."
        ),
        notice::refuse_unstated(session),
    );
    asks.stop(
        About("ahead", None, ("session", id)),
        text!("El día de la sesión no ha pasado.", "The day of the session has not passed."),
        notice::refuse_past(session, at),
    );
    asks.stop(
        About("rules", norm(None), ("rules", session.body_id.as_str())),
        text!("Hay reglas en vigor ese día.", "There are rules in force on that day."),
        notice::ruled(rules.as_ref(), session).map(|_| ()),
    );
    ask_mode(&mut asks, rules.as_ref(), session);
    let items: Vec<AgendaItem> = read.select("WHERE session_id = ?1", [&session.id])?;
    let points = spanish::AGENDA_ITEM.count_in_figures(items.len() as u64);
    let count = items.len();
    asks.stop(
        About("agenda", None, ("agenda", id)),
        text!("El orden del día tiene {points}.", "The agenda has {count} items."),
        agenda::version::refuse_empty(&items),
    );
    if session.mode == SessionMode::Written {
        asks.stop(
            About("written", None, ("session", id)),
            text!("El plazo y las mociones están fijados.", "The term and the motions are set."),
            written::refuse_unheld(read, session).and_then(|()| notice::refuse_open_window(session, at)),
        );
    }
    let measured =
        rules.as_ref().map(|rules| notice::measure(read, session, rules, at)).transpose()?.flatten();
    if let Some(measured) = measured {
        let Text { es, en } = measured.explanation;
        let told = text!("{es}.", "{en}.");
        let short = Some((told.clone(), es)).filter(|_| !measured.met);
        asks.reason(
            About("short_notice", notice_norm, ("session", id)),
            told,
            short,
            Some("short_notice_reason"),
        );
    }
    let body: Body = read.get(&session.body_id)?;
    asks.advise(
        About("creating_act", None, ("members", session.body_id.as_str())),
        text!("El acto de creación está registrado.", "The creating act is registered."),
        (!body.creating_act.registered).then(|| {
            text!(
                "El acto de creación de la instancia no está registrado: sus documentos dicen «por registrar».",
                "The creating act of the body is not registered: its documents say “to be registered”."
            )
        }),
    );
    for (at, found) in warnings(read, session)?.into_iter().enumerate() {
        let check = format!("unusual:{at}");
        asks.advise(About(&check, None, ("session", id)), found.clone(), Some(found));
    }
    for step in year::steps(read, session)? {
        // The agenda and the day stop; here they would be said twice.
        if matches!(step.code, StepCode::When | StepCode::Agenda | StepCode::Notice | StepCode::Answers) {
            continue;
        }
        let check = if step.code == StepCode::Proposals { "proposals" } else { "previous_minutes" };
        asks.advise(
            About(check, None, ("agenda", id)),
            step.text.clone(),
            Some(step.text).filter(|_| !step.done),
        );
    }
    Ok(asks.0)
}
