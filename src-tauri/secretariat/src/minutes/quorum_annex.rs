//! The quorum ledger as an annex of the minutes: the seats present over the session, and each movement with its count.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::material::Material;
use super::sentences::{Moment, clock_of};
use crate::course::ledger::{LedgerRow, QuorumLedger, Tick, ledger};
use crate::rules::QuorumKind;

/// The quorum ledger as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct QuorumAnnex {
    /// What the picture shows, in a sentence.
    pub told: String,
    /// Voting seats.
    #[ts(type = "number")]
    pub seats: u64,
    /// Seconds of session.
    #[ts(type = "number")]
    pub seconds: i64,
    /// The seats present, one stretch after the other.
    pub steps: Vec<PresenceStep>,
    /// Seconds of session at which the session broke off for a recess, and at which it went on; equal for a suspension.
    #[ts(type = "Array<[number, number]>")]
    pub pauses: Vec<(i64, i64)>,
    /// Seconds of session at which votes closed.
    #[ts(type = "Array<number>")]
    pub votes: Vec<i64>,
    /// Round hours: seconds of session and the hour.
    #[ts(type = "Array<[number, string]>")]
    pub hours: Vec<(i64, String)>,
    /// Each movement and each check.
    pub rows: Vec<QuorumRow>,
    /// The rules that the rows were checked by: "Quórum deliberatorio: 9 de 16, mitad más uno (Acuerdo 001 de 2024, art. 8)."
    pub rules: Vec<String>,
}

/// A stretch with the same seats present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PresenceStep {
    /// Seconds of session at which it begins.
    #[ts(type = "number")]
    pub from: i64,
    /// Seconds of session at which it ends.
    #[ts(type = "number")]
    pub to: i64,
    /// Seats present.
    #[ts(type = "number")]
    pub have: u64,
    /// Seats needed to debate.
    #[ts(type = "number")]
    pub need: u64,
}

/// A line of the ledger as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct QuorumRow {
    /// "8:17 a. m."
    pub time: String,
    /// "Llega Ana Pérez (puesto 4)".
    pub movement: String,
    /// Seats present.
    #[ts(type = "number")]
    pub have: u64,
    /// Seats needed.
    #[ts(type = "number")]
    pub need: u64,
    /// Out of how many, where a recusal takes seats out of the voting ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub base: Option<u64>,
    /// "Deliberatorio", "Decisorio".
    pub rule: String,
    /// "Hay quórum", "Se perdió".
    pub state: String,
}

/// The ledger of a session that ended; nothing of one that is under way or never opened.
pub(super) fn quorum_annex(m: &Material) -> Option<QuorumAnnex> {
    let ledger = ledger(&m.facts, &m.course, m.course.closed_at?)?;
    let mut rules: Vec<String> = Vec::new();
    for row in &ledger.rows {
        let (v, cited) = (&row.verdict, super::sentences::cited(row.verdict.source.as_ref()));
        let kind = kind(v.kind);
        let rule = format!("Quórum {kind}: {} de {}, {}{cited}.", v.need, v.base, v.rule.es);
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let several = m.moment(ledger.from).day != m.moment(ledger.to).day;
    Some(QuorumAnnex {
        hours: hours(m, &ledger),
        told: ledger.told.es,
        seats: ledger.seats,
        seconds: ledger.seconds,
        steps: ledger
            .stretches
            .iter()
            .map(|s| PresenceStep { from: s.second, to: s.until_second, have: s.have, need: s.need })
            .collect(),
        pauses: ledger.pauses.iter().map(|p| (p.second, p.until_second)).collect(),
        votes: ledger.votes.iter().map(|v| v.second).collect(),
        rows: ledger.rows.iter().map(|row| printed(m, row, several)).collect(),
        rules,
    })
}

/// The round hours under the picture; the first of another day says which.
fn hours(m: &Material, ledger: &QuorumLedger) -> Vec<(i64, String)> {
    let mut day = m.moment(ledger.from).day;
    let mut told = |tick: &Tick| {
        let at = m.moment(tick.at);
        let hour = at.time.format("%-I:%M").to_string();
        let said = if at.day == day { hour } else { format!("{} {hour}", crate::spanish::short_day(at.day)) };
        day = at.day;
        (tick.second, said)
    };
    ledger.ticks.iter().map(&mut told).collect()
}

fn kind(kind: QuorumKind) -> &'static str {
    match kind {
        QuorumKind::Deliberative => "deliberatorio",
        QuorumKind::Decision => "decisorio",
    }
}

/// A row; of a session of `several` days each says which.
fn printed(m: &Material, row: &LedgerRow, several: bool) -> QuorumRow {
    let at = m.moment(row.occurred_at);
    let mut movement = row.movement.es.clone();
    if let Some(who) = &row.who {
        movement = format!("{movement} {who}");
    }
    // What was voted is told where it was closed: beside the opening it would say it twice.
    if let Some(about) = row.about.as_ref().filter(|_| !row.opens) {
        movement = format!("{movement}: {}", super::sentences::quoted(about));
    }
    if let Some(number) = row.seat_number {
        movement = format!("{movement} (puesto {number})");
    }
    QuorumRow {
        time: clock_of(Moment { another_day: at.another_day || several, ..at }),
        movement,
        have: row.verdict.have,
        need: row.verdict.need,
        base: Some(row.verdict.base).filter(|base| *base != m.facts.frame.voting_seats()),
        rule: crate::spanish::capitalized(kind(row.verdict.kind)),
        state: crate::spanish::capitalized(&row.state.es),
    }
}
