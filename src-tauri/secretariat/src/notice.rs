//! The notice (convocatoria): whether it is in time, convening, and the messages it leaves as.
//!
//! Convening is never undone: a notice that went out is corrected by postponing, cancelling or sending a new one. A
//! short notice warns, asks a reason and records it; it does not block.

mod message;

pub use message::{NoticeMail, NoticeMailRequest, OutgoingMail, mail};

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::agenda::{self, AgendaItem};
use crate::annex::Annex;
use crate::codes::{AnnexKind, SessionMode, SessionStatus};
use crate::context::local;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{RuleSetId, SessionId};
use crate::journal::{Read, Tx};
use crate::minutes::Minutes;
use crate::preflight::{self, Override, Step};
use crate::rules::{NoticeChannel, NoticeVerdict, RuleSet};
use crate::session::year::date_to_be_set;
use crate::session::{Announced, NoticeRecord, NoticedAnnex, Session, plan};
use crate::{catalog, spanish, text, typed, written};

/// Which notice to check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckNotice {
    /// The session.
    pub session_id: SessionId,
    /// As if it were sent on this day; the day it was sent, or today, when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// A notice against the rules in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NoticeCheck {
    /// The session.
    pub session_id: SessionId,
    /// The day of the session.
    pub session_date: NaiveDate,
    /// The day it is (or was) sent.
    pub on: NaiveDate,
    /// Have, need, last day, norm; `null` when the rules ask for no notice or there are none.
    pub verdict: Option<NoticeVerdict>,
    /// Whether it is in time; true where no rule asks for one.
    pub in_time: bool,
    /// Business days left until the last valid day, counting from today; negative once it has passed.
    pub business_days_left: Option<i64>,
    /// What the notice must state and the session lacks.
    pub missing: Vec<Text>,
    /// The notice in force, once sent.
    pub sent: Option<NoticeRecord>,
    /// Whether a new notice is due: postponed, or the agenda changed since.
    pub new_notice_due: bool,
    /// The whole in a sentence.
    pub text: Text,
}

/// Checks the notice of a session, sent or to be sent.
///
/// # Errors
/// `not_found`.
pub fn check(read: &Read<'_>, request: CheckNotice) -> Result<NoticeCheck> {
    let session: Session = read.get(&request.session_id)?;
    let rules = plan::rules_of(read, &session)?;
    let calendar = catalog::calendar(read)?;
    let sent = in_force(&session).cloned();
    let today = read.ctx.today();
    let on = request.on.or(sent.as_ref().map(|n| local(n.convened_at).date())).unwrap_or(today);
    let unset = date_to_be_set(&session);
    let dated = rules.as_ref().filter(|_| !unset);
    let verdict = dated.and_then(|r| r.check_notice(session.kind, session.date, on, &calendar));
    let in_time = verdict.as_ref().is_none_or(|v| v.met);
    let business_days_left = verdict.as_ref().map(|v| calendar.business_days_between(today, v.latest_date));
    let changed = match &sent {
        Some(_) if plan::is_ahead(session.status) => {
            agenda::view::get(read, agenda::view::GetAgenda { session_id: session.id.clone() })?
                .changed_since_notice
                || motions_changed(read, &session)?
        }
        _ => false,
    };
    let postponed = session.status == SessionStatus::Postponed && session.notice.is_some();
    // A session that was held was where and when its record says.
    let missing = if plan::is_ahead(session.status) { unstated(&session) } else { Vec::new() };
    let text = match (&sent, &verdict) {
        (Some(notice), verdict) => {
            let day = local(notice.convened_at).date();
            let shown = spanish::date(day);
            let (timely_es, timely_en) = match verdict {
                None => (String::new(), String::new()),
                Some(v) => {
                    let given = spanish::BUSINESS_DAY.count_in_figures(v.have);
                    let (es, en) = if v.met { ("a tiempo", "in time") } else { ("fuera de plazo", "late") };
                    (format!(", con {given}: {es}"), format!(", {} business days ahead: {en}", v.have))
                }
            };
            let (due_es, due_en) = if changed {
                (" El orden del día cambió después.", " The agenda has changed since.")
            } else {
                ("", "")
            };
            text!("Convocada el {shown}{timely_es}.{due_es}", "Convened on {day}{timely_en}.{due_en}")
        }
        (None, _) if postponed => text!(
            "Se aplazó después de convocarse: necesita una convocatoria nueva.",
            "It was postponed after being convened: it needs a new notice."
        ),
        (None, _) if unset => text!(
            "Falta la fecha de la sesión: desde ella se cuenta la anticipación de la convocatoria.",
            "The day of the session is not set: the notice is counted back from it."
        ),
        (None, Some(v)) => v.explanation.clone(),
        (None, None) => text!(
            "No hay un reglamento vigente que fije la anticipación de la convocatoria.",
            "No rules in force say how early the notice must go out."
        ),
    };
    Ok(NoticeCheck {
        session_date: session.date,
        session_id: session.id,
        on,
        verdict,
        in_time,
        business_days_left,
        missing,
        sent,
        new_notice_due: postponed || changed,
        text,
    })
}

/// Whether the motions of a written session are others than its notice published.
fn motions_changed(read: &Read<'_>, session: &Session) -> Result<bool> {
    let announced = session.notice.as_ref().and_then(|notice| notice.announced.as_ref());
    match announced.filter(|_| session.mode == SessionMode::Written) {
        Some(announced) => Ok(announced.motions != written::noticed_motions(read, &session.id)?),
        None => Ok(false),
    }
}

/// What a notice must state and a session lacks: its day, hour, and place or platform.
#[must_use]
pub fn unstated(session: &Session) -> Vec<Text> {
    let mut missing = Vec::new();
    if date_to_be_set(session) {
        missing.push(text!("la fecha", "the day"));
    }
    if session.mode == SessionMode::Written {
        if session.replies.is_none() {
            missing.push(text!("el plazo para responder", "the term for replies"));
        }
    } else if session.planned_start.is_none() {
        missing.push(text!("la hora", "the hour"));
    }
    let (place, platform) = match session.mode {
        SessionMode::InPerson => (true, false),
        SessionMode::Virtual => (false, true),
        SessionMode::Mixed => (true, true),
        SessionMode::Written => (false, false),
    };
    if place && session.place.is_none() {
        missing.push(text!("el lugar", "the place"));
    }
    if platform && session.platform.is_none() && (place || session.place.is_none()) {
        missing.push(text!("la plataforma", "the platform"));
    }
    missing
}

/// A session to convene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConveneSession {
    /// The session.
    pub id: SessionId,
    /// When the notice went out; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub convened_at: Option<DateTime<Utc>>,
    /// By which channel; the one of the rules, or institutional e-mail, when not said.
    #[serde(default)]
    #[ts(optional)]
    pub channel: Option<String>,
    /// Why the notice is shorter than the rules ask for; asked for then, recorded and printed.
    #[serde(default)]
    #[ts(optional)]
    pub short_notice_reason: Option<String>,
    /// Other checks gone past, each with its reason, which the minutes print.
    #[serde(default)]
    #[ts(optional)]
    pub overrides: Option<Vec<Override>>,
}

/// Convenes a session, programmed or postponed: freezes its agenda as a version, fixes the rules it is held under and
/// records the notice. Never undone.
///
/// Of a session kept on paper that has been opened, it records the notice that went out then; once more, to correct it.
///
/// # Errors
/// `needs_confirmation` without a reason when the notice is short; `invalid_input` when the day, hour or place is
/// missing, or the notice is dated in the future or after the session; `wrong_state` when the agenda is empty, there are
/// no rules in force, or the session is convened (send a new notice) or over.
pub fn convene(tx: &mut Tx<'_>, request: ConveneSession) -> Result<Session> {
    let session: Session = tx.get(&request.id)?;
    if session.status == SessionStatus::Convened {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión ya está convocada. Si cambió el orden del día, envíe una convocatoria nueva con su razón.",
                "The session is convened already. If the agenda changed, send a new notice with its reason."
            ),
        )
        .with(json!({ "status": session.status, "acts": ["renotify_session"] })));
    }
    if !plan::is_ahead(session.status) && session.entered_afterwards {
        return enter(tx, session, request);
    }
    plan::not_opened(&session, "convocar")?;
    let reason = session.postponements.last().filter(|_| session.notice.is_some()).map(|p| p.reason.clone());
    send(tx, session, request, reason)
}

/// A new notice of a session that is convened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenotifySession {
    /// The session.
    pub id: SessionId,
    /// Why there is a new notice.
    pub reason: String,
    /// When it went out; now when not said.
    #[serde(default)]
    #[ts(optional)]
    pub convened_at: Option<DateTime<Utc>>,
    /// By which channel.
    #[serde(default)]
    #[ts(optional)]
    pub channel: Option<String>,
    /// Why it is shorter than the rules ask for.
    #[serde(default)]
    #[ts(optional)]
    pub short_notice_reason: Option<String>,
    /// Other checks gone past, each with its reason, which the minutes print.
    #[serde(default)]
    #[ts(optional)]
    pub overrides: Option<Vec<Override>>,
}

/// Sends a new notice of a session that is convened, with the agenda as it now stands. Never undone.
///
/// # Errors
/// As [`convene`]; `invalid_input` without a reason; `wrong_state` when it is not convened.
pub fn renotify(tx: &mut Tx<'_>, request: RenotifySession) -> Result<Session> {
    let session: Session = tx.get(&request.id)?;
    let reason = typed::prose(
        "reason",
        &text!("la razón de la convocatoria nueva", "The reason of the new notice"),
        &request.reason,
    )?;
    if session.status != SessionStatus::Convened {
        plan::not_opened(&session, "convocar de nuevo")?;
        let (es, en) = (session.status.label(), plan::state_en(session.status));
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La sesión está {es}: todavía no tiene una convocatoria vigente. Convóquela.",
                "The session is {en}: it has no notice in force yet. Convene it."
            ),
        )
        .with(json!({ "status": session.status, "acts": ["convene_session"] })));
    }
    let RenotifySession { id, convened_at, channel, short_notice_reason, overrides, .. } = request;
    let again = ConveneSession { id, convened_at, channel, short_notice_reason, overrides };
    send(tx, session, again, Some(reason))
}

/// The check that a notice goes out in time.
const SHORT: &str = "short_notice";

fn send(
    tx: &mut Tx<'_>,
    mut session: Session,
    request: ConveneSession,
    reason: Option<String>,
) -> Result<Session> {
    let convened_at = request.convened_at.unwrap_or(tx.ctx.now);
    if convened_at > tx.ctx.now {
        return Err(Failure::field(
            "convened_at",
            text!(
                "La convocatoria no puede quedar con hora futura. Regístrela cuando la haya enviado.",
                "The notice cannot be dated in the future. Record it once it was sent."
            ),
        ));
    }
    let mut given = request.overrides.clone().unwrap_or_default();
    let short = request.short_notice_reason.clone();
    given.extend(short.map(|reason| Override { check: SHORT.to_owned(), reason }));
    session.overrides.retain(|o| o.step != Step::Convene);
    let asked = preflight::before_convening(tx, &session, convened_at)?;
    let gone_past = preflight::settle(Step::Convene, asked, Some(given))?;
    // The notice itself keeps the reason of its being short.
    session.overrides.extend(gone_past.into_iter().filter(|o| o.check != SHORT));
    let rules = ruled(plan::rules_on(tx, &session.body_id, session.date)?, &session)?;
    let mut notice = measured(tx, &session, &rules, convened_at, &request)?;
    notice.sequence = session.notice.as_ref().map_or(0, |n| n.sequence + 1);
    notice.reason.clone_from(&reason);
    notice.announced = Some(Announced {
        date: session.date,
        start: session.planned_start,
        mode: session.mode,
        place: session.place.clone(),
        platform: session.platform.clone(),
        annexes: Some(annexes_of(tx, &session.id)?),
        replies: session.replies,
        motions: match session.mode {
            SessionMode::Written => written::noticed_motions(tx, &session.id)?,
            _ => Vec::new(),
        },
    });
    if notice.short_notice_reason.is_none() {
        // A new notice in time makes what it announces part of the notice.
        for mut item in tx.select::<AgendaItem>("WHERE session_id = ?1 AND late = 1", [&session.id])? {
            item.late = false;
            item.late_reason = None;
            tx.put(&item)?;
        }
    }
    let version = agenda::version::freeze(tx, &session, &notice, reason)?;
    notice.agenda_version_id = Some(version.id);
    session.notice = Some(notice);
    session.rule_set_id = Some(RuleSetId::new(rules.id)?);
    session.status = SessionStatus::Convened;
    tx.put(&session)?;
    Ok(session)
}

/// Refuses a notice that would not state what it must.
pub(crate) fn refuse_unstated(session: &Session) -> Result<()> {
    let missing = unstated(session);
    if missing.is_empty() {
        return Ok(());
    }
    let es: Vec<&str> = missing.iter().map(|t| t.es.as_str()).collect();
    let en: Vec<&str> = missing.iter().map(|t| t.en.as_str()).collect();
    let (es, en) = (spanish::list(&es), en.join(", "));
    Err(Failure::new(
        Code::InvalidInput,
        text!(
            "La convocatoria debe decir {es}. Complételo en la sesión y convoque.",
            "The notice must state {en}. Complete it in the session and convene."
        ),
    )
    .with(json!({ "missing": missing })))
}

/// Refuses a notice sent after the day of the session.
pub(crate) fn refuse_past(session: &Session, sent: DateTime<Utc>) -> Result<()> {
    let day = session.date;
    match local(sent).date() > day {
        true => Err(Failure::field(
            "convened_at",
            text!(dates day;
                "La sesión es el {day}: no se puede convocar después. Aplácela a una fecha futura.",
                "The session is on {day}: it cannot be convened afterwards. Postpone it to a future day."
            ),
        )),
        false => Ok(()),
    }
}

/// Refuses the notice of a written session that goes out once its term has opened.
pub(crate) fn refuse_open_window(session: &Session, sent: DateTime<Utc>) -> Result<()> {
    let Some(replies) = session.replies.filter(|replies| replies.opens_at <= sent) else { return Ok(()) };
    let opened = local(replies.opens_at);
    let (then, clock) = (spanish::at_clock(opened.time()), spanish::clock(opened.time()));
    Err(Failure::field(
        "convened_at",
        text!(
            "El plazo para responder se abre {then} y la convocatoria sale después: nadie lo sabría a tiempo. Cambie el plazo.",
            "The term for replies opens at {clock} and the notice goes out later: nobody would know in time. Change the term."
        ),
    ))
}

/// The rules a session is convened under.
///
/// # Errors
/// `wrong_state` when none are in force on its day.
pub(crate) fn ruled<R>(rules: Option<R>, session: &Session) -> Result<R> {
    let day = session.date;
    rules.ok_or_else(|| {
        Failure::new(
            Code::WrongState,
            text!(dates day;
                "La instancia no tiene reglamento vigente el {day}. Regístrelo en «Integrantes» antes de convocar.",
                "The body has no rules in force on {day}. Register them in “Members” before convening."
            ),
        )
    })
}

/// A notice sent at that instant, measured by the rules; `None` when they ask for none.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn measure(
    read: &Read<'_>,
    session: &Session,
    rules: &RuleSet,
    sent: DateTime<Utc>,
) -> Result<Option<NoticeVerdict>> {
    if date_to_be_set(session) {
        return Ok(None);
    }
    let calendar = catalog::calendar(read)?;
    Ok(rules.check_notice(session.kind, session.date, local(sent).date(), &calendar))
}

/// A notice that went out at a time, measured by the rules: a short one needs its reason.
fn measured(
    read: &Read<'_>,
    session: &Session,
    rules: &RuleSet,
    convened_at: DateTime<Utc>,
    request: &ConveneSession,
) -> Result<NoticeRecord> {
    let verdict = measure(read, session, rules, convened_at)?;
    let short_reason = typed::optional_prose("short_notice_reason", request.short_notice_reason.as_deref())?;
    let short = verdict.as_ref().is_some_and(|v| !v.met);
    if short && short_reason.is_none() {
        let explained = verdict.as_ref().map_or_else(|| text!("", ""), |v| v.explanation.clone());
        let (es, en) = (explained.es, explained.en);
        return Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "{es}. Puede convocar de todos modos: escriba la razón, que quedará en el registro.",
                "{en}. You may convene anyway: write the reason, which will be recorded."
            ),
        )
        .with(json!({ "confirm": "short_notice_reason", "verdict": verdict })));
    }
    Ok(NoticeRecord {
        convened_at,
        channel: typed::optional_line("channel", request.channel.as_deref())?.or_else(|| channel_of(rules)),
        required_business_days: verdict.as_ref().map(|v| i64::from(v.need)),
        latest_valid_date: verdict.as_ref().map(|v| v.latest_date),
        short_notice_reason: short_reason.filter(|_| short),
        business_days: verdict.as_ref().and_then(|v| i64::try_from(v.have).ok()),
        sequence: 0,
        reason: None,
        agenda_version_id: None,
        announced: None,
    })
}

/// Whether the notice of a session may be entered although it was opened: it was kept on paper, and nothing that
/// tells its notice is adopted.
///
/// # Errors
/// When the archive cannot be read.
pub fn entered_afterwards(read: &Read<'_>, session: &Session) -> Result<bool> {
    let over = matches!(session.status, SessionStatus::Cancelled) || plan::is_ahead(session.status);
    Ok(session.entered_afterwards && !over && adopted(read, session)?.is_none())
}

fn adopted(read: &Read<'_>, session: &Session) -> Result<Option<Minutes>> {
    let found = read.select(
        "WHERE session_id = ?1 AND status IN ('approved', 'signed', 'published') LIMIT 1",
        [&session.id],
    )?;
    Ok(found.into_iter().next())
}

/// Records the notice of a session kept on paper that has been opened: when it went out, by which channel. What it
/// announced is on paper, so no version of the agenda is frozen.
fn enter(tx: &mut Tx<'_>, mut session: Session, request: ConveneSession) -> Result<Session> {
    if let Some(minutes) = adopted(tx, &session)? {
        let (number, year) = (minutes.number, minutes.year);
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "El Acta {number} de {year} ya está aprobada y dice cómo se convocó la sesión. Lo que haya que corregir va en un acta aclaratoria.",
                "Minutes {number} of {year} are adopted and tell how the session was convened. What must be corrected goes in correcting minutes."
            ),
        )
        .with(json!({ "minutes_id": minutes.id })));
    }
    if session.status == SessionStatus::Cancelled {
        plan::not_opened(&session, "convocar")?;
    }
    let day = session.date;
    let Some(convened_at) = request.convened_at.filter(|at| local(*at).date() <= day) else {
        return Err(Failure::field(
            "convened_at",
            text!(dates day;
                "Diga cuándo se envió la convocatoria: la sesión fue el {day} y no se convoca después.",
                "Say when the notice went out: the session was on {day}, and none is sent afterwards."
            ),
        ));
    };
    let Some(rules) = plan::rules_of(tx, &session)? else {
        return Err(Failure::internal("a session that was opened has no rules"));
    };
    session.notice = Some(measured(tx, &session, &rules, convened_at, &request)?);
    tx.put(&session)?;
    Ok(session)
}

/// The notice in force of a session: none before it goes out, nor once the session was put off, until a new one does.
#[must_use]
pub fn in_force(session: &Session) -> Option<&NoticeRecord> {
    session.notice.as_ref().filter(|_| session.status != SessionStatus::Postponed)
}

/// The annexes of a session that go with its notice: what members read beforehand, not what attests who comes or what
/// happened.
///
/// # Errors
/// When the archive cannot be read.
pub fn annexes_of(read: &Read<'_>, session: &SessionId) -> Result<Vec<NoticedAnnex>> {
    let annexes: Vec<Annex> =
        read.select("WHERE owner = 'session' AND owner_id = ?1 ORDER BY number", [session])?;
    let goes = |annex: &Annex| match annex.kind {
        AnnexKind::Presentation
        | AnnexKind::Report
        | AnnexKind::PreviousMinutes
        | AnnexKind::Document
        | AnnexKind::Accord
        | AnnexKind::Spreadsheet
        | AnnexKind::Image => true,
        AnnexKind::Notice
        | AnnexKind::AttendanceList
        | AnnexKind::Delegation
        | AnnexKind::Recusal
        | AnnexKind::Statement
        | AnnexKind::Mail
        | AnnexKind::ProofOfSending => false,
    };
    let listed = |annex: Annex| NoticedAnnex { number: annex.number, title: annex.title };
    Ok(annexes.into_iter().filter(goes).map(listed).collect())
}

fn channel_of(rules: &RuleSet) -> Option<String> {
    match rules.notice.channel {
        Some(NoticeChannel::InstitutionalEmail) | None => Some("institutional_email".to_owned()),
    }
}
