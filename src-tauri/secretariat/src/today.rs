//! Hoy: for each body, what comes next, what is due and where the year stands; an open session first.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::attendance::Event;
use crate::body::{Body, StoredRuleSet, rule_set_on};
use crate::calendar::Calendar;
use crate::catalog::{self, Entity};
use crate::codes::{
    DelegationStatus, MinutesKind, MinutesStatus, ProposalStatus, SessionKind, SessionMode, SessionStatus,
};
use crate::commitment::{self, CommitmentCounts, CommitmentLine};
use crate::delegation::{self, Delegation, DelegationLine};
use crate::failure::{Result, Text};
use crate::ids::{BodyId, MinutesId, ProposalId, RuleSetId, SessionId};
use crate::journal::Read;
use crate::minutes::Minutes;
use crate::rules::{ApprovalRoute, Deadline, Milestones, NoticeVerdict};
use crate::session::Session;
use crate::session::year::minimum_of;
use crate::work_plan::{self, GetWorkPlan, PlanProgress};
use crate::{course, expected, proposal, recusal, spanish, text};

/// How many days ahead count as near.
const NEAR: u64 = 30;

/// Overdue commitments that are told, and as many of those due soon.
const PRESSING: usize = 50;

/// Proposals that wait and are told.
const WAITING: usize = 50;

/// Which body; all when not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Today {
    /// Only this body.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// The day; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// The screen of the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TodayView {
    /// The day.
    pub on: NaiveDate,
    /// Lines told below: what is due, commitments, proposals that wait, and delegations, those that end on one day being
    /// one line.
    pub waiting: u32,
    /// The sessions under way, newest first: after a restart they are offered before anything else.
    pub open_sessions: Vec<OpenNow>,
    /// Each body.
    pub bodies: Vec<BodyToday>,
}

/// A session under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct OpenNow {
    /// The session.
    pub session_id: SessionId,
    /// The body.
    pub body_id: BodyId,
    /// Its name.
    pub body: String,
    /// Its number in the year.
    pub number: Option<i64>,
    /// The year it is numbered in.
    pub year: i32,
    /// Its day.
    pub date: NaiveDate,
    /// Open or suspended.
    pub status: SessionStatus,
    /// Suspended, when it was announced that it would go on.
    pub until: Option<DateTime<Utc>>,
}

/// A body on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BodyToday {
    /// The body.
    pub body_id: BodyId,
    /// Its name.
    pub body: String,
    /// Its sessions to come, first one first.
    pub next_sessions: Vec<SessionAhead>,
    /// What quorum the next convened session may expect; `null` while none is convened.
    pub expected: Option<ExpectedSummary>,
    /// What is due, first one first.
    pub due: Vec<DueItem>,
    /// How its commitments stand.
    pub commitment_counts: CommitmentCounts,
    /// The overdue ones and those due in five days, first one first.
    pub commitments: Vec<CommitmentLine>,
    /// Delegations that end before the next session, or within a month when there is none.
    pub delegations_expiring: Vec<DelegationLine>,
    /// Proposals that wait for the secretariat, oldest first.
    pub proposals_waiting: Vec<ProposalWaiting>,
    /// Where the year stands.
    pub year: YearState,
}

/// A session to come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SessionAhead {
    /// The session.
    pub session_id: SessionId,
    /// Its number in the year.
    pub number: Option<i64>,
    /// The year it is numbered in.
    pub year: i32,
    /// Ordinary or extraordinary.
    pub kind: SessionKind,
    /// How people meet.
    pub mode: SessionMode,
    /// Where it stands.
    pub status: SessionStatus,
    /// Its day.
    pub date: NaiveDate,
    /// Convened time, Bogotá.
    pub planned_start: Option<NaiveTime>,
    /// Where.
    pub place: Option<String>,
    /// Days left; 0 is today.
    pub days_left: i64,
    /// Business days left.
    pub business_days_left: i64,
    /// The notice it had, or would have if it were sent on the day; `null` when the rules ask for none.
    pub notice: Option<NoticeVerdict>,
    /// The rule set its terms come from.
    pub rule_set_id: Option<RuleSetId>,
}

/// The quorum that a convened session may expect, in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ExpectedSummary {
    /// The session.
    pub session_id: SessionId,
    /// Voting seats expected to count.
    pub sure: i64,
    /// Those and the ones that may.
    pub possible: i64,
    /// Seats the decision quorum needs; `null` while the body has no rules.
    pub need: Option<i64>,
    /// Voting seats in all.
    pub base: i64,
    /// In a sentence.
    pub text: Text,
    /// How many seats it is worth calling.
    pub calls: i64,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// The notice of a session.
    Notice,
    /// The last day to file proposals for a session.
    ProposalFiling,
    /// A session whose day has passed without being opened, postponed or cancelled.
    SessionPassed,
    /// The closing of the replies of a written session.
    ReplyTerm,
    /// A step of a recusal that is not decided.
    Recusal,
    /// The draft minutes of a session.
    MinutesDraft,
    /// The end of the term for remarks on draft minutes.
    MinutesRemarks,
    /// The adoption of minutes.
    MinutesApproval,
    /// The signature of minutes.
    MinutesSignature,
    /// The publication of minutes.
    MinutesPublication,
    /// The approval of the annual work plan.
    WorkPlan,
    /// The programming of the year's sessions.
    Programming,
}

/// Something due, with its day and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct DueItem {
    /// What.
    pub kind: DueKind,
    /// Its last day; `null` when the rules set none.
    pub due_on: Option<NaiveDate>,
    /// Days left, negative when past.
    pub days_left: Option<i64>,
    /// Whether it is past.
    pub overdue: bool,
    /// In a sentence.
    pub text: Text,
    /// The norm its term comes from, when it is registered.
    pub citation: Option<String>,
    /// The session it concerns.
    pub session_id: Option<SessionId>,
    /// The minutes it concerns.
    pub minutes_id: Option<MinutesId>,
}

/// A proposal that waits for the secretariat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ProposalWaiting {
    /// The proposal.
    pub id: ProposalId,
    /// Its code.
    pub code: String,
    /// Its title, the short one when there is one.
    pub title: String,
    /// Filed, under review or returned.
    pub status: ProposalStatus,
    /// Short name of the entity that proposes it.
    pub entity: Option<String>,
    /// Since when it stands so.
    pub since: Option<NaiveDate>,
    /// For how many days.
    pub days: Option<i64>,
    /// The session it is meant for.
    pub target_session_id: Option<SessionId>,
}

/// Where a body's year stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct YearState {
    /// The year.
    pub year: i32,
    /// Ordinary sessions held.
    pub ordinary_held: i64,
    /// Ordinary sessions programmed for the year, held or not.
    pub ordinary_programmed: i64,
    /// Extraordinary sessions held.
    pub extraordinary_held: i64,
    /// Sessions not held for lack of quorum.
    pub not_held: i64,
    /// Least sessions a year, by the norm or the frequency of the rules.
    pub minimum: Option<i64>,
    /// Numbered decisions taken.
    pub decisions: i64,
    /// Minutes of the year that are not signed yet.
    pub minutes_pending: i64,
    /// Minutes of the year that are published.
    pub minutes_published: i64,
    /// How far the work plan is; `null` when the year has none.
    pub plan: Option<PlanProgress>,
}

/// What comes next, what is due and where the year stands.
///
/// # Errors
/// `not_found` for an unknown body.
#[allow(clippy::needless_pass_by_value)]
pub fn today(read: &Read<'_>, request: Today) -> Result<TodayView> {
    let on = request.on.unwrap_or_else(|| read.ctx.today());
    let bodies = match &request.body_id {
        Some(id) => vec![read.get::<Body>(id)?],
        None => read.select("ORDER BY name", [])?,
    };
    let calendar = catalog::calendar(read)?;
    let open =
        read.select::<Session>("WHERE status IN ('open', 'suspended') ORDER BY date DESC, number DESC", [])?;
    let mut open_sessions = Vec::new();
    for session in open {
        if request.body_id.as_ref().is_some_and(|id| *id != session.body_id) {
            continue;
        }
        let paused = session.status == SessionStatus::Suspended;
        let suspended: Vec<Event> = read.select(
            "WHERE session_id = ?1 AND kind = 'session_suspended' AND struck IS NULL ORDER BY occurred_at DESC, seq DESC LIMIT 1",
            [&session.id],
        )?;
        open_sessions.push(OpenNow {
            until: suspended.first().filter(|_| paused).and_then(|event| event.until),
            body: read.get::<Body>(&session.body_id)?.name,
            session_id: session.id,
            body_id: session.body_id,
            number: session.number,
            year: session.year,
            date: session.date,
            status: session.status,
        });
    }
    let day = Day { read, on, calendar };
    let bodies: Vec<BodyToday> = bodies.iter().map(|b| day.body(b)).collect::<Result<_>>()?;
    let waiting = bodies.iter().map(BodyToday::lines).sum::<usize>();
    Ok(TodayView { on, waiting: u32::try_from(waiting).unwrap_or(u32::MAX), open_sessions, bodies })
}

impl BodyToday {
    fn lines(&self) -> usize {
        let ends: BTreeSet<_> = self.delegations_expiring.iter().map(|line| line.valid_to).collect();
        self.due.len() + self.commitments.len() + self.proposals_waiting.len() + ends.len()
    }
}

/// The day that everything is computed for.
struct Day<'a, 'b> {
    read: &'a Read<'b>,
    on: NaiveDate,
    calendar: Calendar,
}

impl Day<'_, '_> {
    fn body(&self, body: &Body) -> Result<BodyToday> {
        let (read, on) = (self.read, self.on);
        let ahead: Vec<Session> = read.select(
            "WHERE body_id = ?1 AND date >= ?2 AND status IN ('scheduled', 'convened') ORDER BY date, number LIMIT 12",
            (&body.id, on.to_string()),
        )?;
        let mut due = Vec::new();
        self.due_before(body, &ahead, &mut due)?;
        self.due_while_open(body, &mut due)?;
        self.due_of_recusals(body, &mut due)?;
        self.due_after(body, &ahead, &mut due)?;
        let plan = work_plan::get(
            read,
            GetWorkPlan { body_id: body.id.clone(), year: Some(on.year()), on: Some(on) },
        )?;
        self.due_in_the_year(body, &plan, &mut due)?;
        due.sort_by_key(|item| (item.due_on.unwrap_or(NaiveDate::MAX), item.session_id.clone()));
        let horizon = ahead.first().map_or(on + Days::new(NEAR), |s| s.date);
        let (commitment_counts, commitments) = commitment::pressing(read, &body.id, on, PRESSING)?;
        Ok(BodyToday {
            body_id: body.id.clone(),
            body: body.name.clone(),
            next_sessions: ahead.iter().map(|s| self.ahead(s)).collect::<Result<_>>()?,
            expected: self.expected(&ahead)?,
            due,
            commitment_counts,
            commitments,
            delegations_expiring: self.expiring(body, horizon)?,
            proposals_waiting: self.waiting(body)?,
            year: self.year(body, plan.plan.is_some().then_some(plan.progress))?,
        })
    }

    /// The rule set that a session's terms come from: its own once it has one, else the one in force on its day.
    fn rules(&self, session: &Session) -> Result<Option<StoredRuleSet>> {
        match &session.rule_set_id {
            Some(id) => self.read.find(id),
            None => rule_set_on(self.read, &session.body_id, session.date),
        }
    }

    fn ahead(&self, session: &Session) -> Result<SessionAhead> {
        let rules = self.rules(session)?;
        let sent = session.notice.as_ref().map_or(self.on, |n| crate::local(n.convened_at).date());
        Ok(SessionAhead {
            session_id: session.id.clone(),
            number: session.number,
            year: session.year,
            kind: session.kind,
            mode: session.mode,
            status: session.status,
            date: session.date,
            planned_start: session.planned_start,
            place: session.place.clone().or_else(|| session.platform.clone()),
            days_left: (session.date - self.on).num_days(),
            business_days_left: self.calendar.business_days_between(self.on, session.date),
            notice: rules
                .as_ref()
                .and_then(|r| r.rules.check_notice(session.kind, session.date, sent, &self.calendar)),
            rule_set_id: rules.map(|r| r.id),
        })
    }

    fn expected(&self, ahead: &[Session]) -> Result<Option<ExpectedSummary>> {
        let Some(session) = ahead.iter().find(|s| s.status == SessionStatus::Convened) else {
            return Ok(None);
        };
        let request = expected::GetExpectedQuorum { session_id: session.id.clone() };
        let found = expected::expected_quorum(self.read, request)?;
        Ok(Some(ExpectedSummary {
            session_id: found.session_id,
            sure: found.sure,
            possible: found.possible,
            need: found.need,
            base: found.base,
            text: found.text,
            calls: crate::body::count(found.calls.iter()),
        }))
    }

    fn item(&self, kind: DueKind, due_on: Option<NaiveDate>, text: Text) -> DueItem {
        let days_left = due_on.map(|day| (day - self.on).num_days());
        DueItem {
            kind,
            due_on,
            days_left,
            overdue: days_left.is_some_and(|left| left < 0),
            text,
            citation: None,
            session_id: None,
            minutes_id: None,
        }
    }

    /// What the sessions to come ask for, and those whose day has passed.
    fn due_before(&self, body: &Body, ahead: &[Session], due: &mut Vec<DueItem>) -> Result<()> {
        let passed: Vec<Session> = self.read.select(
            "WHERE body_id = ?1 AND date < ?2 AND status IN ('scheduled', 'convened') ORDER BY date",
            (&body.id, self.on.to_string()),
        )?;
        for session in passed {
            let name = name_es(&session);
            let (en, date) = (name_en(&session), session.date);
            due.push(DueItem {
                session_id: Some(session.id.clone()),
                ..self.item(
                    DueKind::SessionPassed,
                    Some(session.date),
                    text!(
                        dates date;
                        "La {name} era el {date} y sigue programada: registre si se realizó, se aplazó o se canceló",
                        "{en} was due on {date} and is still programmed: record whether it was held, postponed or cancelled"
                    ),
                )
            });
        }
        for session in ahead {
            let Some(stored) = self.rules(session)? else { continue };
            let rules = &stored.rules;
            let days = Milestones { session_date: session.date, draft_sent: None, signed: None };
            let (name, en) = (name_es(session), name_en(session));
            let near = self.on + Days::new(NEAR);
            if session.status == SessionStatus::Scheduled
                && let Some(last) =
                    rules.notice_needed(session.kind).and_then(|t| t.date(&days, &self.calendar))
                && last <= near
            {
                due.push(DueItem {
                    session_id: Some(session.id.clone()),
                    citation: cited(&stored, rules.notice.article.as_deref()),
                    ..self.item(DueKind::Notice, Some(last), text!("Convocar la {name}", "Convene {en}"))
                });
            }
            if let Some(last) = rules.deadlines.proposal_filing.and_then(|t| t.date(&days, &self.calendar))
                && (self.on..=near).contains(&last)
            {
                due.push(DueItem {
                    session_id: Some(session.id.clone()),
                    citation: cited(&stored, rules.deadlines.article.as_deref()),
                    ..self.item(
                        DueKind::ProposalFiling,
                        Some(last),
                        text!(
                            "Último día para radicar propuestas de la {name}",
                            "Last day to file proposals for {en}"
                        ),
                    )
                });
            }
        }
        Ok(())
    }

    /// The hour at which a written session under way closes its replies.
    fn due_while_open(&self, body: &Body, due: &mut Vec<DueItem>) -> Result<()> {
        let written: Vec<Session> = self.read.select(
            "WHERE body_id = ?1 AND mode = 'written' AND status = 'open' ORDER BY date",
            [&body.id],
        )?;
        for session in written {
            let facts = course::facts(self.read, &session.id)?;
            let course = course::course(&facts);
            let running = course.written.as_ref().and_then(|written| written.term());
            let Some(term) = running.filter(|term| term.closed_at.is_none()) else { continue };
            let closes = crate::local(term.closes_at);
            let (name, en) = (name_es(&session), name_en(&session));
            let clock = spanish::at_clock(closes.time());
            let until = clock.strip_prefix("a ").unwrap_or(&clock);
            let clock_en = spanish::clock(closes.time());
            let text = match term.closes_at <= self.read.ctx.now {
                true => text!(
                    "Cerrar las respuestas de la {name}: el plazo terminó {clock}",
                    "Close the replies of {en}: the term ended at {clock_en}"
                ),
                false => text!(
                    "La {name} recibe respuestas hasta {until}",
                    "Replies to {en} are received until {clock_en}"
                ),
            };
            due.push(DueItem {
                session_id: Some(session.id.clone()),
                ..self.item(DueKind::ReplyTerm, Some(closes.date()), text)
            });
        }
        Ok(())
    }

    /// The terms of the recusals that wait to be decided, also of sessions that are over or suspended for days.
    fn due_of_recusals(&self, body: &Body, due: &mut Vec<DueItem>) -> Result<()> {
        let waiting: Vec<Session> = self.read.select(
            "WHERE body_id = ?1 AND id IN (SELECT session_id FROM recusal WHERE outcome = 'pending') ORDER BY date",
            [&body.id],
        )?;
        for session in waiting {
            let facts = course::facts(self.read, &session.id)?;
            let source = facts.frame.rule_set.recusal.terms.source.clone();
            for term in recusal::dues(&facts, &self.calendar, self.on) {
                due.push(DueItem {
                    session_id: Some(session.id.clone()),
                    citation: source.clone(),
                    ..self.item(DueKind::Recusal, Some(term.due_on), term.what)
                });
            }
        }
        Ok(())
    }

    /// What the sessions held ask for: draft, remarks, adoption, signature, publication.
    fn due_after(&self, body: &Body, ahead: &[Session], due: &mut Vec<DueItem>) -> Result<()> {
        // Those without minutes are few: the indices alone tell which, and no other session is read.
        let without: Vec<Session> = self.read.select(
            "WHERE rowid IN (SELECT held.rowid FROM session AS held
               WHERE NOT EXISTS (SELECT 1 FROM minutes WHERE minutes.session_id = held.id))
             AND body_id = ?1 AND date <= ?2 AND status IN ('adjourned', 'informative', 'not_held_no_quorum')
             ORDER BY date",
            (&body.id, self.on.to_string()),
        )?;
        for session in &without {
            self.minutes_due(session, None, ahead, due)?;
        }
        let unfinished: Vec<Minutes> = self.read.select(
            "WHERE body_id = ?1 AND status IN ('draft', 'in_review', 'adjusted', 'approved', 'signed') AND imported = 0 ORDER BY year, number",
            [&body.id],
        )?;
        for minutes in &unfinished {
            let Some(session) = &minutes.session_id else { continue };
            let session: Session = self.read.get(session)?;
            // The draft that an open session is writing is not due yet.
            if matches!(
                session.status,
                SessionStatus::Adjourned | SessionStatus::Informative | SessionStatus::NotHeldNoQuorum
            ) {
                self.minutes_due(&session, Some(minutes), ahead, due)?;
            }
        }
        Ok(())
    }

    fn minutes_due(
        &self,
        session: &Session,
        minutes: Option<&Minutes>,
        ahead: &[Session],
        due: &mut Vec<DueItem>,
    ) -> Result<()> {
        let stored = self.rules(session)?;
        let rules = stored.as_ref().map(|s| &s.rules);
        let days = Milestones {
            session_date: session.date,
            draft_sent: minutes.and_then(|m| m.draft_sent_on),
            signed: minutes.and_then(|m| m.signed_on),
        };
        let date = |term: Option<Deadline>| term.and_then(|t| t.date(&days, &self.calendar));
        let terms = rules.map(|r| &r.deadlines);
        let (es, en) = match minutes {
            Some(m) => (minutes_es(m), minutes_en(m)),
            None => (
                format!("el acta de la {}", name_es(session)),
                format!("the minutes of {}", name_en(session)),
            ),
        };
        let capital = spanish::capitalized(&es);
        let not_held = minutes.is_some_and(|m| m.kind == MinutesKind::NotHeldRecord)
            || session.status == SessionStatus::NotHeldNoQuorum;
        let route = rules.map_or(ApprovalRoute::NextSession, |r| r.minutes.approval_route);
        // A record of a session not held goes straight to its signatures, where the rules say so.
        let signatures_only = not_held
            && rules.is_none_or(|r| {
                r.minutes.not_held_record_approval == crate::rules::NotHeldApproval::SignatureOnly
            });
        let mut push = |kind, day, text| {
            due.push(DueItem {
                session_id: Some(session.id.clone()),
                minutes_id: minutes.map(|m| m.id.clone()),
                citation: stored.as_ref().and_then(|s| cited(s, s.rules.deadlines.article.as_deref())),
                ..self.item(kind, day, text)
            });
        };
        let status = minutes.map_or(MinutesStatus::Draft, |m| m.status);
        match status {
            MinutesStatus::Draft if minutes.is_none_or(|m| m.draft_sent_on.is_none()) && !signatures_only => {
                push(
                    DueKind::MinutesDraft,
                    date(terms.and_then(|t| t.minutes_draft)),
                    text!("Enviar el proyecto: {es}", "Send the draft: {en}"),
                );
            }
            MinutesStatus::Draft | MinutesStatus::InReview | MinutesStatus::Adjusted => {
                let until = minutes
                    .and_then(|m| m.remarks_until)
                    .or_else(|| date(terms.and_then(|t| t.minutes_remarks)));
                if status == MinutesStatus::InReview {
                    push(
                        DueKind::MinutesRemarks,
                        until,
                        text!("{capital}: cierre de observaciones", "Remarks close: {en}"),
                    );
                }
                let signature = date(terms.and_then(|t| t.minutes_signature));
                if signatures_only {
                    push(DueKind::MinutesSignature, signature, text!("Firmar {es}", "Sign {en}"));
                } else if status == MinutesStatus::Adjusted || until.is_some_and(|last| last < self.on) {
                    let next = match route {
                        ApprovalRoute::NextSession => ahead.first().map(|s| s.date),
                        ApprovalRoute::Silence | ApprovalRoute::SameSession => until,
                    };
                    push(DueKind::MinutesApproval, next, text!("Aprobar {es}", "Adopt {en}"));
                }
            }
            MinutesStatus::Approved => push(
                DueKind::MinutesSignature,
                date(terms.and_then(|t| t.minutes_signature)),
                text!("Firmar {es}", "Sign {en}"),
            ),
            MinutesStatus::Signed => push(
                DueKind::MinutesPublication,
                date(terms.and_then(|t| t.minutes_publication)),
                text!("Publicar {es}", "Publish {en}"),
            ),
            MinutesStatus::Published => {}
        }
        Ok(())
    }

    /// What the year itself asks for: its programme and its work plan, in the first two months.
    fn due_in_the_year(
        &self,
        body: &Body,
        plan: &work_plan::WorkPlanView,
        due: &mut Vec<DueItem>,
    ) -> Result<()> {
        let year = self.on.year();
        let end_of_february = NaiveDate::from_ymd_opt(year, 3, 1).and_then(|d| d.pred_opt());
        let approved =
            plan.plan.as_ref().is_some_and(|p| p.approved_in_session_id.is_some() || p.decision_id.is_some());
        if !approved {
            let text = if plan.plan.is_some() {
                text!("Aprobar el plan de trabajo de {year}", "Approve the {year} work plan")
            } else {
                text!(
                    "Elaborar y aprobar el plan de trabajo de {year}",
                    "Draw up and approve the {year} work plan"
                )
            };
            due.push(self.item(DueKind::WorkPlan, end_of_february, text));
        }
        let programmed: i64 = self
            .read
            .conn
            .prepare_cached("SELECT count(*) FROM session WHERE body_id = ?1 AND date BETWEEN ?2 AND ?3 AND kind = 'ordinary'")?
            .query_row((&body.id, format!("{year}-01-01"), format!("{year}-12-31")), |r| r.get(0))?;
        if programmed == 0 {
            due.push(self.item(
                DueKind::Programming,
                end_of_february,
                text!(
                    "Programar las sesiones ordinarias de {year}",
                    "Programme the ordinary sessions of {year}"
                ),
            ));
        }
        Ok(())
    }

    fn expiring(&self, body: &Body, horizon: NaiveDate) -> Result<Vec<DelegationLine>> {
        let found: Vec<Delegation> = self.read.select(
            "JOIN seat ON seat.id = delegation.seat_id WHERE seat.body_id = ?1 AND delegation.valid_to >= ?2 AND delegation.valid_to < ?3
             AND (seat.valid_to IS NULL OR seat.valid_to >= ?3) ORDER BY delegation.valid_to, seat.number",
            (&body.id, self.on.to_string(), horizon.to_string()),
        )?;
        found
            .into_iter()
            .filter(|d| d.status_on(self.on) == DelegationStatus::Valid)
            .map(|d| delegation::line(self.read, d, self.on))
            .collect()
    }

    fn waiting(&self, body: &Body) -> Result<Vec<ProposalWaiting>> {
        let order = "ORDER BY filed_on, code";
        let waiting = format!(
            "WHERE body_id = ?1 AND status IN ('filed', 'under_review', 'returned') {order} LIMIT {WAITING}"
        );
        proposal::view::listed(self.read, &waiting, order, [&body.id])?
            .into_iter()
            .map(|proposal| {
                let entity = proposal
                    .proponent_entity_id
                    .as_ref()
                    .map(|id| self.read.find::<Entity>(id))
                    .transpose()?
                    .flatten();
                let since = proposal.since.or(proposal.filed_on);
                Ok(ProposalWaiting {
                    id: proposal.id,
                    code: proposal.code,
                    title: proposal.short_title.unwrap_or(proposal.title),
                    status: proposal.status,
                    entity: entity.map(|e| e.short().to_owned()),
                    since,
                    days: since.map(|day| (self.on - day).num_days()),
                    target_session_id: proposal.target_session_id,
                })
            })
            .collect()
    }

    fn year(&self, body: &Body, plan: Option<PlanProgress>) -> Result<YearState> {
        let year = self.on.year();
        let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
        let held = "status IN ('adjourned', 'informative')";
        let sessions = self
            .read
            .conn
            .prepare_cached(&format!(
                "SELECT coalesce(sum(kind = 'ordinary' AND {held}), 0), coalesce(sum(kind = 'ordinary'), 0),
                 coalesce(sum(kind = 'extraordinary' AND {held}), 0), coalesce(sum(status = 'not_held_no_quorum'), 0)
                 FROM session WHERE body_id = ?1 AND date BETWEEN ?2 AND ?3 AND status <> 'cancelled'"
            ))?
            .query_row((&body.id, &first, &last), |r| {
                Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, r.get::<_, i64>(2)?, r.get::<_, i64>(3)?))
            })?;
        let decisions: i64 = self
            .read
            .conn
            .prepare_cached(
                "SELECT count(*) FROM decision WHERE body_id = ?1 AND year = ?2 AND number IS NOT NULL",
            )?
            .query_row((&body.id, year), |r| r.get(0))?;
        let (minutes_pending, minutes_published): (i64, i64) = self
            .read
            .conn
            .prepare_cached(
                "SELECT coalesce(sum(status IN ('draft', 'in_review', 'adjusted', 'approved')), 0), coalesce(sum(status = 'published'), 0)
                 FROM minutes WHERE body_id = ?1 AND year = ?2 AND imported = 0",
            )?
            .query_row((&body.id, year), |r| Ok((r.get(0)?, r.get(1)?)))?;
        let minimum = minimum_of(self.read, body, self.on)?;
        Ok(YearState {
            year,
            ordinary_held: sessions.0,
            ordinary_programmed: sessions.1,
            extraordinary_held: sessions.2,
            not_held: sessions.3,
            minimum,
            decisions,
            minutes_pending,
            minutes_published,
            plan,
        })
    }
}

fn cited(stored: &StoredRuleSet, article: Option<&str>) -> Option<String> {
    stored.rules.source(article).map(|source| source.citation)
}

fn name_es(session: &Session) -> String {
    match session.number {
        Some(number) => format!("sesión {} {number} de {}", session.kind.label(), session.year),
        None => session.said().es,
    }
}

fn name_en(session: &Session) -> String {
    let kind = match session.kind {
        SessionKind::Ordinary => "ordinary",
        SessionKind::Extraordinary => "extraordinary",
    };
    match session.number {
        Some(number) => format!("{kind} session {number} of {}", session.year),
        None => session.said().en,
    }
}

fn minutes_es(minutes: &Minutes) -> String {
    let (number, year) = (minutes.number, minutes.year);
    match minutes.kind {
        MinutesKind::Minutes => format!("el acta {number} de {year}"),
        MinutesKind::NotHeldRecord => format!("la constancia {number} de {year}"),
        MinutesKind::Correcting => format!("el acta aclaratoria {number} de {year}"),
    }
}

fn minutes_en(minutes: &Minutes) -> String {
    let (number, year) = (minutes.number, minutes.year);
    match minutes.kind {
        MinutesKind::Minutes => format!("minutes {number} of {year}"),
        MinutesKind::NotHeldRecord => format!("record {number} of {year}"),
        MinutesKind::Correcting => format!("correcting minutes {number} of {year}"),
    }
}
