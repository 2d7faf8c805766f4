//! Rules being written, tried on the sessions that were held: what would have come out otherwise. Nothing is kept.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Body, CheckRules};
use crate::codes::VoteStatus;
use crate::course::{self, Course, Facts, QuorumTurn};
use crate::failure::{Result, Text};
use crate::ids::{AgendaItemId, SessionId, VoteId};
use crate::journal::Read;
use crate::rules::RuleSet;
use crate::session::{Session, plan};
use crate::vote::came_to;
use crate::{local, spanish, text};

/// How many sessions rules are tried on: the newest ones.
const NEWEST: usize = 24;

/// Rules tried on past sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TriedRules {
    /// How many sessions they were tried on, the newest ones first.
    #[ts(type = "number")]
    pub tried: usize,
    /// Whether the body held older ones, which were not tried.
    pub older: bool,
    /// How many votes of theirs were counted by them.
    #[ts(type = "number")]
    pub votes: usize,
    /// The sessions in which something would have come out otherwise, the newest first.
    pub otherwise: Vec<TriedSession>,
}

/// A session in which the rules would have changed something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TriedSession {
    /// The session.
    pub session_id: SessionId,
    /// Its name.
    pub name: Text,
    /// Its day.
    pub date: NaiveDate,
    /// What would have come out otherwise, in the order of the session.
    pub differences: Vec<TriedDifference>,
}

/// Something that would have come out otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TriedDifference {
    /// The count with which it opened.
    Opening {
        /// As it was checked: "Quórum deliberatorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 12".
        was: Text,
        /// By the rules tried.
        would_be: Text,
    },
    /// When the quorum was lost or had, after the opening.
    Quorum {
        /// How it went: "no se perdió", "se perdió a las 11:01 a. m.".
        was: Text,
        /// By the rules tried.
        would_be: Text,
    },
    /// What a vote came to.
    Vote {
        /// The vote.
        vote_id: VoteId,
        /// Its item.
        item_id: AgendaItemId,
        /// What was asked.
        question: String,
        /// What it came to.
        was: Text,
        /// What it would have come to.
        would_be: Text,
        /// The arithmetic by the rules tried.
        why: Text,
    },
    /// Whether the notice was in time.
    Notice {
        /// Business days it had.
        had: i64,
        /// Business days that were asked; `null` when none were.
        asked: Option<i64>,
        /// Business days that the rules tried ask; `null` for none.
        would_ask: Option<i64>,
    },
}

/// Tries rules on the newest sessions that the body held, as if their act were registered. Nothing is kept.
///
/// # Errors
/// `not_found` when there is no such body.
#[allow(clippy::needless_pass_by_value)]
pub fn try_rules(read: &Read<'_>, request: CheckRules) -> Result<TriedRules> {
    read.get::<Body>(&request.body_id)?;
    let mut rules = request.rules;
    rules.adopted_by.registered = true;
    if rules.adopted_by.citation().is_none() {
        rules.adopted_by.name = Some("reglamento en prueba".to_owned());
    }
    let of_body = "JOIN session_frame ON session_frame.id = session.id WHERE session.body_id = ?1";
    let newest = format!("{of_body} ORDER BY session.date DESC, session.number DESC LIMIT {}", NEWEST + 1);
    let mut sessions: Vec<Session> = read.select(&newest, [&request.body_id])?;
    let older = sessions.len() > NEWEST;
    sessions.truncate(NEWEST);
    let mut tried = TriedRules { tried: 0, older, votes: 0, otherwise: Vec::new() };
    for session in sessions {
        let facts = course::facts(read, &session.id)?;
        let was = course::course(&facts);
        let retold = under(&facts, &rules);
        let would_be = course::course(&retold);
        tried.tried += 1;
        tried.votes += would_be.votes.iter().filter(|v| v.verdict.is_some()).count();
        let differences = differences(&facts, &was, &would_be, &rules);
        if !differences.is_empty() {
            tried.otherwise.push(TriedSession {
                name: plan::name(&session),
                date: session.date,
                session_id: session.id,
                differences,
            });
        }
    }
    Ok(tried)
}

/// The same facts under other rules. A vote whose rule they do not have is decided by theirs of the same matter, else by
/// the one of matters without their own.
fn under(facts: &Facts, rules: &RuleSet) -> Facts {
    let mut facts = facts.clone();
    for vote in &mut facts.votes {
        if rules.rule(&vote.rule_id).is_none() {
            let matters = facts.frame.rule_set.rule(&vote.rule_id).map_or(&[][..], |rule| &rule.applies_to);
            let same = rules.rules.iter().find(|rule| rule.applies_to.iter().any(|m| matters.contains(m)));
            vote.rule_id = same.map_or_else(|| rules.default_rule_id.clone(), |rule| rule.id.clone());
        }
    }
    facts.frame.rule_set = rules.clone();
    facts
}

fn differences(facts: &Facts, was: &Course, would_be: &Course, rules: &RuleSet) -> Vec<TriedDifference> {
    let mut found = Vec::new();
    if let Some(notice) = &facts.session.notice
        && let Some(had) = notice.business_days
    {
        let asked = notice.required_business_days;
        let would_ask = rules.notice_needed(facts.session.kind).map(|notice| i64::from(notice.business_days));
        if asked.is_none_or(|asked| had >= asked) != would_ask.is_none_or(|would| had >= would) {
            found.push(TriedDifference::Notice { had, asked, would_ask });
        }
    }
    if let (Some(then), Some(now)) = (was.opening_check(), would_be.opening_check())
        && then.verdict.met != now.verdict.met
    {
        let told = |line: &course::LedgerLine| line.verdict.explanation.clone();
        found.push(TriedDifference::Opening { was: told(then), would_be: told(now) });
    }
    let (lost, would_lose) = (losses(was), losses(would_be));
    if lost != would_lose {
        found.push(TriedDifference::Quorum { was: lost, would_be: would_lose });
    }
    let mut votes: Vec<_> = facts.votes.iter().filter(|v| v.status == VoteStatus::Closed).collect();
    votes.sort_by_key(|v| v.opened_at);
    for vote in votes {
        let (Some(then), Some(now)) = (was.vote(&vote.id), would_be.vote(&vote.id)) else { continue };
        let (Some(before), Some(after)) = (&then.verdict, &now.verdict) else { continue };
        if before.count.result != after.count.result {
            found.push(TriedDifference::Vote {
                vote_id: vote.id.clone(),
                item_id: vote.item_id.clone(),
                question: vote.question.clone(),
                was: came_to(vote, then),
                would_be: came_to(vote, now),
                why: after.explanation.clone(),
            });
        }
    }
    found
}

/// When the quorum to debate was lost, in words.
fn losses(course: &Course) -> Text {
    let clock = |line: &course::LedgerLine| spanish::clock(local(line.occurred_at).time());
    let lost: Vec<String> = course.ledger.iter().filter(|l| l.turn == QuorumTurn::Lost).map(clock).collect();
    let had = course.ledger.iter().any(|l| l.turn == QuorumTurn::Gained);
    match (had, lost.as_slice()) {
        (false, _) => text!("no hubo quórum", "there was no quorum"),
        (true, []) => text!("el quórum se mantuvo", "the quorum stood"),
        (true, lost) => {
            let (at, at_en) = (spanish::list(lost), lost.join(", "));
            text!("se perdió a las {at}", "it was lost at {at_en}")
        }
    }
}
