//! The minutes put together from the record: computed blocks for each item, the secretary's narrative among them.
//!
//! A block says what the record says and has a stable key. A line `{{block:KEY}}` in the narrative places it; what is
//! not placed stands in the order it happened, movements and quorum before the narrative, votes and what follows
//! after it. Every block is printed once. Nothing here is stored: assembling again gives the same blocks from
//! corrected facts, and the narrative stays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::attendance::Event;
use crate::body::FixedTexts;
use crate::codes::{
    AgendaKind, AgendaOutcome, Answer, AttendanceMode, BallotValue, Capacity, CommitmentStatus, DecisionKind,
    DelegationScope, DelegationStatus, DocumentKind, EventKind, HolderKind, MinutesKind, MotionKind,
    MotionStatus, RecusalKind, RecusalOutcome, SessionMode, SessionStatus, StatementKind, VoteMethod,
    VoteStatus,
};
use crate::course::{ItemReach, Presence, QuorumTurn, Unfit, VoteCourse};
use crate::delegation::Delegation;
use crate::ids::{AgendaItemId, DecisionId, DelegationId, PersonId, SeatId, StatementId};
use crate::live::item_numbers;
use crate::preflight::{Step, StepOverride};
use crate::recusal::Recusal;
use crate::rules::{Base, ChangedReply, RecusalDecider, Tally, Threshold, VoteResult};
use crate::spanish::{self, capitalized, list};
use crate::vote::{Ballot, Vote};
use crate::written::{ReplyClass, WrittenCourse};

use super::material::{Material, seat_name};
use super::quorum_annex::{QuorumAnnex, quorum_annex};
use super::reply_log::{ReplyRow, reply_log};
use super::sentences::{self as say, Count, Subject};

/// What a computed block is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Call to order, who presides.
    Opening,
    /// Means of a virtual session, recording.
    Means,
    /// A count of the quorum.
    Quorum,
    /// Excuses and absences.
    Absences,
    /// Who attends by delegation or acting appointment.
    Delegation,
    /// Arrivals, departures, returns, connections.
    Movement,
    /// Recusal.
    Recusal,
    /// Motion.
    Motion,
    /// Vote.
    Vote,
    /// Decision.
    Decision,
    /// Statement for the record.
    Statement,
    /// Postponed item.
    Postponed,
    /// Recess or suspension.
    Pause,
    /// Who spoke.
    Interventions,
    /// Where the commitments of earlier sessions stand.
    FollowUp,
    /// End of the session.
    Closing,
}

/// One seat's vote as printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RollRowPrinted {
    /// The seat.
    pub seat: String,
    /// Who voted for it.
    pub name: String,
    /// "A favor", "En contra", "Abstención", "Impedido", "Sin votar".
    pub vote: String,
}

/// A computed block: sentences nobody edits, because the record says them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ComputedBlock {
    /// Its stable key, such as `vote:ID`; `{{block:KEY}}` places it.
    pub key: String,
    /// Other keys that place it: those of movements told in the same sentence.
    pub aliases: Vec<String>,
    /// What it is about.
    pub kind: BlockKind,
    /// When it happened.
    pub at: Option<DateTime<Utc>>,
    /// Its heading, for decisions: "Decisión 3 de 2025".
    pub heading: Option<String>,
    /// Its paragraphs, in Spanish.
    pub paragraphs: Vec<String>,
    /// The roll-call table of a vote.
    pub roll: Vec<RollRowPrinted>,
}

/// A piece of an item as printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MinutesPiece {
    /// The secretary's words, Markdown.
    Narrative {
        /// The text.
        markdown: String,
    },
    /// A computed block.
    Computed {
        /// The block.
        block: ComputedBlock,
    },
}

/// An agenda item of the minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesItem {
    /// The item; `null` for what happened in a session without agenda.
    pub item_id: Option<AgendaItemId>,
    /// "7", "7.1".
    pub number: String,
    /// Section that starts here.
    pub section: Option<String>,
    /// Its title.
    pub title: String,
    /// What came of it.
    pub outcome: Option<AgendaOutcome>,
    /// How far it was treated; `null` for what happened in a session without agenda.
    pub reach: Option<ItemReach>,
    /// The narrative as typed, with its placing lines.
    pub narrative: String,
    /// What is printed, in order.
    pub pieces: Vec<MinutesPiece>,
    /// Placing lines that name no block of this item.
    pub unknown_keys: Vec<String>,
}

/// A member's row of the attendance table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MemberRow {
    /// Number of the seat.
    pub number: i64,
    /// Name of who attended, else of the holder.
    pub name: String,
    /// Post.
    pub position: String,
    /// Entity of the seat.
    pub entity: String,
    /// Whether the seat was in the session.
    pub attended: bool,
    /// Delegation, excuse, arrival, departure.
    pub remarks: String,
}

/// A person of a list: secretariat, guests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PersonRow {
    /// Name.
    pub name: String,
    /// Post.
    pub position: String,
    /// Entity or organisation.
    pub entity: String,
    /// Why they attend, or in what part.
    pub reason: String,
}

/// A permanent invitee and whether it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct InviteeRow {
    /// Its name.
    pub name: String,
    /// Whether it came.
    pub attended: bool,
    /// Who came for it; empty when nobody did, or nobody was named.
    pub people: String,
}

/// A decision's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct DecisionRow {
    /// The decision.
    pub id: DecisionId,
    /// "3 de 2025"; empty for procedural ones.
    pub number: String,
    /// Its text.
    pub text: String,
    /// Number of its item.
    pub item: String,
    /// Whether it is substantive.
    pub substantive: bool,
}

/// A commitment's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[ts(rename = "MinutesCommitment")]
#[schemars(rename = "MinutesCommitment")]
pub struct CommitmentLine {
    /// What was promised.
    pub text: String,
    /// Who answers for it.
    pub person: String,
    /// Their entity.
    pub entity: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
}

/// Somebody who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SignerRow {
    /// `chair` or `secretariat`.
    pub role: String,
    /// Name.
    pub name: String,
    /// Post.
    pub position: String,
    /// Entity.
    pub entity: String,
    /// "Presidenta de la sesión".
    pub part: String,
    /// When they signed.
    pub signed_on: Option<NaiveDate>,
    /// Why the signature is missing.
    pub missing_reason: Option<String>,
}

/// A numbered title: agenda, annexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct NumberedTitle {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Section that starts here, for agenda items.
    pub section: Option<String>,
    /// Who presents it, for agenda items.
    pub presenter: Option<String>,
}

/// A stretch of a session that was held on several days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Sitting {
    /// The day it began.
    pub date: NaiveDate,
    /// When, Bogotá.
    pub start: NaiveTime,
    /// The day it ended.
    pub end_date: NaiveDate,
    /// When, Bogotá.
    pub end: NaiveTime,
}

/// The minutes of a session, complete: every word that is printed, before anyone lays it out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Assembly {
    /// Name of the body.
    pub body: String,
    /// The creating act as printed.
    pub creating_act: String,
    /// Whether the rules are of a demonstration.
    pub fictitious: bool,
    /// Kind of minutes.
    pub kind: MinutesKind,
    /// Number.
    pub number: i64,
    /// Year.
    pub year: i32,
    /// "Sesión ordinaria n.º 1 de 2025, presencial".
    pub session: String,
    /// Date.
    pub date: NaiveDate,
    /// When it began, Bogotá.
    pub start: Option<NaiveTime>,
    /// When it ended, Bogotá.
    pub end: Option<NaiveTime>,
    /// Its sittings, when it was held on more than one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub sittings: Option<Vec<Sitting>>,
    /// Place or platform.
    pub place: String,
    /// Who presided, and from when when several did.
    pub presided: Vec<String>,
    /// The norm the session was held under.
    pub rules: Option<String>,
    /// That the session was kept on paper and entered afterwards.
    pub entered_afterwards: Option<String>,
    /// That it was informative: held without quorum, without decisions.
    pub informative: bool,
    /// Members.
    pub members: Vec<MemberRow>,
    /// Technical secretariat.
    pub secretariat: Vec<PersonRow>,
    /// Permanent invitees.
    pub invitees: Vec<InviteeRow>,
    /// Other attendees.
    pub guests: Vec<PersonRow>,
    /// Agenda.
    pub agenda: Vec<NumberedTitle>,
    /// Development.
    pub items: Vec<MinutesItem>,
    /// Decisions.
    pub decisions: Vec<DecisionRow>,
    /// Commitments.
    pub commitments: Vec<CommitmentLine>,
    /// Conclusions, Markdown.
    pub conclusions: Option<String>,
    /// Date of the next session.
    pub next_session: Option<NaiveDate>,
    /// Facts that the secretariat went past with a reason: the printed sentences.
    pub overrides: Vec<String>,
    /// What the body's template always says, and its free sections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<FixedTexts>,
    /// Signatures.
    pub signers: Vec<SignerRow>,
    /// The day it is signed on, for "En constancia firman".
    pub signed_on: Option<NaiveDate>,
    /// Annexes.
    pub annexes: Vec<NumberedTitle>,
    /// The quorum ledger, annexed; nothing of a session that was not closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub quorum: Option<QuorumAnnex>,
    /// The replies of a written session, annexed; nothing of any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub replies: Option<Vec<ReplyRow>>,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
}

impl Assembly {
    /// Every computed block, in printed order.
    pub fn blocks(&self) -> impl Iterator<Item = &ComputedBlock> {
        self.items.iter().flat_map(|item| &item.pieces).filter_map(|piece| match piece {
            MinutesPiece::Computed { block } => Some(block),
            MinutesPiece::Narrative { .. } => None,
        })
    }
}

/// The computed blocks of a narrative: the key of a line `{{block:KEY}}`.
#[must_use]
pub fn placed_key(line: &str) -> Option<&str> {
    line.trim().strip_prefix("{{block:")?.strip_suffix("}}").map(str::trim).filter(|key| !key.is_empty())
}

/// Puts the minutes of a session together.
#[must_use]
pub fn assemble(material: &Material) -> Assembly {
    let facts = &material.facts;
    let (session, frame, minutes) = (&facts.session, &facts.frame, &material.minutes);
    let numbers = item_numbers(&facts.items);
    let number_of: BTreeMap<&AgendaItemId, &String> =
        facts.items.iter().map(|i| &i.id).zip(&numbers).collect();
    let mut placed = Blocks::of(material, &numbers).by_item;
    let mut items: Vec<MinutesItem> = facts
        .items
        .iter()
        .zip(&numbers)
        .map(|(item, number)| {
            let blocks = placed.remove(&Some(item.id.clone())).unwrap_or_default();
            let (pieces, unknown_keys) = place(&item.narrative, blocks);
            MinutesItem {
                item_id: Some(item.id.clone()),
                number: number.clone(),
                section: item.section.clone().filter(|s| !s.trim().is_empty()),
                title: item.title.clone(),
                outcome: item.outcome,
                reach: Some(material.course.reach(&item.id)),
                narrative: item.narrative.clone(),
                pieces,
                unknown_keys,
            }
        })
        .collect();
    if let Some(blocks) = placed.remove(&None) {
        let (pieces, unknown_keys) = place("", blocks);
        items.push(MinutesItem {
            item_id: None,
            number: String::new(),
            section: None,
            title: "Desarrollo de la sesión".to_owned(),
            outcome: None,
            reach: None,
            narrative: String::new(),
            pieces,
            unknown_keys,
        });
    }
    // A session that had its quorum is not called informative on paper, whatever it was adjourned as.
    let informative = never_installed(material);
    let extra = |key: &str| {
        minutes.data.as_ref().and_then(|d| d.get(key)).and_then(|v| v.as_str()).map(str::to_owned)
    };
    Assembly {
        body: frame.body_name.clone(),
        creating_act: frame.creating_act.clone(),
        fictitious: frame.rule_set.adopted_by.fictitious,
        kind: minutes.kind,
        number: minutes.number,
        year: minutes.year,
        session: session_line(material),
        date: session.date,
        start: material.course.opened_at.map(|at| material.clock(at)).or(session.planned_start),
        end: material.course.closed_at.map(|at| material.clock(at)),
        sittings: sittings(material),
        place: place_line(material),
        presided: presided(material),
        rules: frame.rule_set.adopted_by.citation(),
        entered_afterwards: session.entered_afterwards.then(|| {
            let note = session.entered_note.as_deref().map(say::inside).filter(|n| !n.is_empty());
            let from = note.map_or_else(String::new, |note| format!(": {}", say::uncapitalized(note)));
            let recorded = facts.events.iter().map(|e| e.recorded_at).min();
            let on = recorded.map_or_else(String::new, |at| {
                format!(" el {},", spanish::date(crate::context::local(at).date()))
            });
            format!("La sesión se registró en el archivo{on} después de realizada{from}.")
        }),
        informative,
        members: members(material),
        secretariat: secretariat(material),
        invitees: invitees(material),
        guests: guests(material),
        agenda: facts
            .items
            .iter()
            .zip(&numbers)
            .map(|(item, number)| NumberedTitle {
                number: number.clone(),
                title: if item.late {
                    format!("{} (adicionado después de la convocatoria)", item.title)
                } else {
                    item.title.clone()
                },
                section: item.section.clone().filter(|s| !s.trim().is_empty()),
                presenter: item
                    .presenter_person_id
                    .as_ref()
                    .map(|p| material.full_name(p))
                    .or_else(|| item.presenter_text.clone()),
            })
            .collect(),
        items,
        decisions: in_agenda_order(material)
            .into_iter()
            .map(|d| DecisionRow {
                id: d.id.clone(),
                number: match (d.number, d.year) {
                    (Some(number), Some(year)) => format!("{number} de {year}"),
                    _ => String::new(),
                },
                text: d.text.clone(),
                item: number_of.get(&d.item_id).map_or_else(String::new, |n| (*n).clone()),
                substantive: d.kind == DecisionKind::Substantive,
            })
            .collect(),
        commitments: facts
            .commitments
            .iter()
            .map(|c| CommitmentLine {
                text: c.text.clone(),
                person: c.responsible_person_id.as_ref().map_or_else(String::new, |p| material.full_name(p)),
                entity: c
                    .responsible_entity_id
                    .as_ref()
                    .and_then(|e| material.entities.get(e).cloned())
                    .or_else(|| {
                        let person = frame.person(c.responsible_person_id.as_ref()?)?;
                        person.entity.clone()
                    })
                    .unwrap_or_default(),
                due_on: c.due_on,
            })
            .collect(),
        conclusions: session.conclusions.clone().filter(|c| !c.trim().is_empty()),
        next_session: session.next_session_on,
        overrides: overrides(material),
        fixed: material.look.template.fixed(DocumentKind::Minutes),
        signers: signers(material),
        signed_on: minutes.signed_on.or(extra("dated").and_then(|d| d.parse().ok())).or(minutes.approved_on),
        annexes: material
            .annexes
            .iter()
            .map(|a| NumberedTitle {
                number: a.number.to_string(),
                title: a.title.clone(),
                section: None,
                presenter: None,
            })
            .collect(),
        quorum: quorum_annex(material),
        replies: reply_log(material),
        prepared_by: extra("prepared_by").or_else(|| {
            let secretary = minutes.signatures.iter().find(|s| s.role == "secretariat")?;
            Some(format!("{}, secretaría técnica", material.full_name(&secretary.person_id)))
        }),
        reviewed_by: extra("reviewed_by"),
    }
}

/// Whether those who came only met for information: the session was adjourned so and never had its quorum.
fn never_installed(m: &Material) -> bool {
    m.facts.session.status == SessionStatus::Informative && m.course.quorum_reached_at.is_none()
}

/// The sittings of a session held on more than one day: from one suspension that lasted to another day to the next.
fn sittings(m: &Material) -> Option<Vec<Sitting>> {
    let (opened, closed) = (m.course.opened_at?, m.course.closed_at?);
    let day = |at: DateTime<Utc>| crate::context::local(at).date();
    if day(opened) == day(closed) && day(opened) == m.facts.session.date {
        return None;
    }
    let sitting = |from: DateTime<Utc>, to: DateTime<Utc>| Sitting {
        date: day(from),
        start: m.clock(from),
        end_date: day(to),
        end: m.clock(to),
    };
    let mut found = Vec::new();
    let mut from = opened;
    let overnight = |p: &&crate::course::Pause| {
        p.kind == EventKind::SessionSuspended && day(p.from) != p.to.map_or(day(closed), day)
    };
    for pause in m.course.pauses.iter().filter(overnight) {
        found.push(sitting(from, pause.from));
        from = pause.to.unwrap_or(closed);
    }
    found.push(sitting(from, closed));
    Some(found)
}

/// The decisions in the order of the agenda, and within an item as their votes closed.
fn in_agenda_order(m: &Material) -> Vec<&crate::decision::Decision> {
    let mut decisions: Vec<_> = m.facts.decisions.iter().collect();
    decisions.sort_by_key(|d| {
        let item = m.facts.items.iter().position(|i| i.id == d.item_id);
        let vote = m.facts.votes.iter().find(|v| Some(&v.id) == d.vote_id.as_ref());
        (item, vote.and_then(|v| v.closed_at), d.number)
    });
    decisions
}

/// Places blocks in a narrative; gives the pieces and the placing lines that name no block.
fn place(narrative: &str, blocks: Vec<Draft>) -> (Vec<MinutesPiece>, Vec<String>) {
    let mut left: Vec<Option<Draft>> = blocks.into_iter().map(Some).collect();
    let mut middle = Vec::new();
    let mut unknown = Vec::new();
    let mut text = String::new();
    let flush = |text: &mut String, middle: &mut Vec<MinutesPiece>| {
        if !text.trim().is_empty() {
            middle.push(MinutesPiece::Narrative { markdown: text.trim_matches('\n').to_owned() });
        }
        text.clear();
    };
    let mut placed_at = Vec::new();
    for line in narrative.lines() {
        let Some(key) = placed_key(line) else {
            text.push_str(line);
            text.push('\n');
            continue;
        };
        let named = |slot: &&mut Option<Draft>| {
            slot.as_ref().is_some_and(|d| d.block.key == key || d.block.aliases.iter().any(|a| a == key))
        };
        if let Some(draft) = left.iter_mut().find(named).and_then(Option::take) {
            flush(&mut text, &mut middle);
            placed_at.push(draft.block.key.clone());
            placed_at.extend(draft.block.aliases.iter().cloned());
            middle.push(MinutesPiece::Computed { block: draft.block });
        } else if !placed_at.iter().any(|k| k == key) {
            unknown.push(key.to_owned());
        }
    }
    flush(&mut text, &mut middle);
    let mut pieces = Vec::new();
    let mut after = Vec::new();
    // The first vote, motion or recusal opens what follows the narrative; what came before it is told before.
    let mut acted = false;
    for draft in left.into_iter().flatten() {
        acted |= draft.acts;
        let piece = MinutesPiece::Computed { block: draft.block };
        if acted { after.push(piece) } else { pieces.push(piece) }
    }
    pieces.extend(middle);
    pieces.extend(after);
    (pieces, unknown)
}

/// A block with where it stands.
struct Draft {
    block: ComputedBlock,
    /// Whether it belongs after the narrative, and all that follows with it.
    acts: bool,
    /// Instant, rank among what happens then, order.
    order: (Option<DateTime<Utc>>, u8, i64),
}

struct Blocks<'a> {
    m: &'a Material,
    numbers: &'a [String],
    by_item: BTreeMap<Option<AgendaItemId>, Vec<Draft>>,
}

impl<'a> Blocks<'a> {
    fn of(m: &'a Material, numbers: &'a [String]) -> Self {
        let mut blocks = Blocks { m, numbers, by_item: BTreeMap::new() };
        blocks.opening();
        blocks.attendance();
        blocks.events();
        blocks.recusals();
        blocks.motions();
        blocks.votes();
        blocks.decisions();
        blocks.statements();
        blocks.interventions();
        blocks.follow_up();
        blocks.without_quorum();
        for list in blocks.by_item.values_mut() {
            // What has no clock time of its own stands at the end of its item.
            list.sort_by(|a, b| {
                let key = |d: &Draft| (d.order.0.is_none(), d.order);
                key(a).cmp(&key(b)).then_with(|| a.block.key.cmp(&b.block.key))
            });
        }
        blocks
    }

    /// The item that what happened at `at` belongs to: the one under way, else the one that ended last, else the first.
    fn item_at(&self, at: DateTime<Utc>, said: Option<&AgendaItemId>) -> Option<AgendaItemId> {
        let items = &self.m.facts.items;
        if let Some(said) = said.filter(|said| items.iter().any(|i| i.id == **said)) {
            return Some(said.clone());
        }
        let mut current = None;
        for event in self.m.facts.events.iter().filter(|e| e.struck.is_none()) {
            if event.occurred_at > at {
                break;
            }
            if event.kind == EventKind::ItemStart {
                current.clone_from(&event.item_id);
            }
        }
        current.filter(|id| items.iter().any(|i| i.id == *id)).or_else(|| items.first().map(|i| i.id.clone()))
    }

    fn known(&self, item: &AgendaItemId) -> Option<AgendaItemId> {
        let items = &self.m.facts.items;
        items.iter().find(|i| i.id == *item).or(items.first()).map(|i| i.id.clone())
    }

    fn push(&mut self, item: Option<AgendaItemId>, acts: bool, order: (u8, i64), block: ComputedBlock) {
        let order = (block.at, order.0, order.1);
        self.by_item.entry(item).or_default().push(Draft { block, acts, order });
    }

    /// When an item ended, or the session if it never did.
    fn end_of(&self, item: &AgendaItemId) -> Option<DateTime<Utc>> {
        let course = &self.m.course;
        let ended = course.items.iter().find(|i| i.item_id == *item).and_then(|i| i.ended_at);
        ended.or(course.closed_at)
    }

    fn first_item(&self) -> Option<AgendaItemId> {
        self.m.facts.items.first().map(|i| i.id.clone())
    }

    fn opening(&mut self) {
        let m = self.m;
        let Some(opened) = m.course.opened_at else { return };
        let item = self.item_at(opened, None);
        let first_check = m.course.opening_check();
        let met_at_once = match first_check {
            Some(line) => line.verdict.met,
            None => m.course.quorum_reached_at.is_none_or(|at| at <= opened),
        };
        let presiding = m.presiding(opened);
        let called = if met_at_once && m.course.no_quorum_at.is_none() {
            say::opening(m.moment(opened), presiding)
        } else {
            say::called_to_order(m.moment(opened), presiding)
        };
        let session = &m.facts.session;
        let replied = m.course.written.as_ref().and_then(|w| w.terms.first()).zip(session.replies);
        let mut paragraph = match replied {
            Some((_, published)) => {
                let norm = m.facts.frame.rule_set.written_session_norm();
                let until = m.moment(published.closes_at);
                say::opened_in_writing(m.moment(opened), presiding, until, norm.as_ref())
            }
            None => called,
        };
        if crate::live::at_another_hour(session, opened) {
            paragraph.push_str(&say::convened_for(session.date, session.planned_start));
        }
        if let Some(turn) = m.course.presiding.first()
            && turn.presides_as != Some(crate::rules::PresidesAs::ChairHolder)
        {
            // The norm is cited for what it gives: whoever the body chose presides by no article.
            let norm = turn.presides_as.and_then(|_| {
                m.facts.frame.rule_set.source(m.facts.frame.rule_set.presiding_in_absence.article.as_deref())
            });
            paragraph.push_str(&format!(
                " Presidió {}{}.",
                m.person(&turn.person_id),
                say::cited(norm.as_ref())
            ));
        }
        self.push(
            item.clone(),
            false,
            (0, 0),
            computed("opening", BlockKind::Opening, Some(opened), vec![paragraph]),
        );
        let reached = m.course.ledger.iter().find(|l| l.turn == QuorumTurn::Gained).map(|l| l.occurred_at);
        let meeting = session.mode != SessionMode::Written;
        let called_in = !met_at_once && m.course.no_quorum_at.is_none() && meeting;
        if let Some(reached) = reached.filter(|_| called_in) {
            let text = say::opening(m.moment(reached), m.presiding(reached));
            self.push(
                self.item_at(reached, None),
                false,
                (90, 0),
                computed("installed", BlockKind::Opening, Some(reached), vec![text]),
            );
        }
        let by_means = matches!(session.mode, SessionMode::Virtual | SessionMode::Mixed);
        if by_means {
            let platform = session
                .platform
                .clone()
                .or_else(|| if session.mode == SessionMode::Virtual { session.place.clone() } else { None });
            let recorded = session.recording || m.course.recording_since.is_some();
            let mut text = say::by_virtual_means(platform.as_deref().unwrap_or(""), &identity(m), recorded);
            if session.mode == SessionMode::Mixed {
                text = text.replacen("La sesión se realizó por", "La sesión se realizó en sala y por", 1);
            }
            self.push(item, false, (1, 0), computed("means", BlockKind::Means, Some(opened), vec![text]));
        }
    }

    /// Excuses, absences, delegates and people without a delegation.
    fn attendance(&mut self) {
        let m = self.m;
        let Some(opened) = m.course.opened_at else { return };
        let first_check = m.course.opening_check();
        let after_roll = first_check.map_or(opened, |l| l.occurred_at);
        let (mut excused, mut absent, mut vacant) = (Vec::new(), Vec::new(), Vec::new());
        for seat in m.facts.frame.seats.iter().filter(|s| s.seat.vote) {
            if m.course.of_seat(&seat.seat.id).next().is_some() {
                continue;
            }
            let Some(holder) = holder(m, &seat.seat.id) else {
                vacant.push(seat_name(&m.facts.frame, seat));
                continue;
            };
            // A seat whose reply did not count did reply: it is told with the replies, and why.
            if m.course.written.iter().flat_map(|w| &w.replies).any(|r| r.seat_id == seat.seat.id) {
                continue;
            }
            let named = m.person(&holder);
            let in_writing = m
                .facts
                .confirmations
                .iter()
                .any(|c| c.seat_id == seat.seat.id && c.answer == Answer::Excused && c.in_writing);
            if in_writing { excused.push(named) } else { absent.push(named) }
        }
        // While the session is under way nobody is absent for good.
        let over = m.course.closed_at.is_some() || m.course.no_quorum_at.is_some();
        let absences = match &m.course.written {
            Some(written) => {
                let closed = written.terms.iter().any(|t| t.closed_at.is_some());
                let silent: Vec<String> = excused.iter().chain(&absent).cloned().collect();
                (closed && !silent.is_empty()).then(|| say::not_replied(&silent))
            }
            None => say::absences(&excused, if over { &absent } else { &[] }),
        };
        let vacancies = (!vacant.is_empty()).then(|| say::vacant(&vacant));
        let text: Vec<String> = absences.into_iter().chain(vacancies).collect();
        if !text.is_empty() {
            let text = text.join(" ");
            self.push(
                self.item_at(after_roll, None),
                false,
                (60, 0),
                computed("absences", BlockKind::Absences, Some(after_roll), vec![text]),
            );
        }
        let mut told: BTreeSet<(SeatId, PersonId, bool)> = BTreeSet::new();
        let unadmitted = m.course.beside.iter().filter(|p| stood_aside(m, p));
        for presence in m.course.presence.iter().chain(unadmitted) {
            // Whoever counts once their act came is told of anew, from then.
            let since = uncounted_before(m, presence);
            if !told.insert((presence.seat_id.clone(), presence.person_id.clone(), since)) {
                continue;
            }
            let Some(text) = capacity_sentence(m, presence) else { continue };
            let text = match m.course.written {
                Some(_) => text.replacen(" asistió ", " respondió ", 1),
                None => text,
            };
            let at = presence.from.max(after_roll.min(presence.from.max(after_roll)));
            let at = if presence.from <= after_roll { after_roll } else { at };
            let uncounted = !presence.capacity.counts();
            let rank = if uncounted { 50 } else { 40 };
            let order = m.facts.frame.seat(&presence.seat_id).map_or(0, |s| s.seat.number);
            let first = m.course.of_seat(&presence.seat_id).find(|p| !p.capacity.counts());
            let key = if uncounted && first.is_some_and(|p| p.began == presence.began) {
                format!("no_delegation:{}", presence.seat_id)
            } else {
                format!("delegate:{}:{}", presence.seat_id, presence.person_id)
            };
            self.push(
                self.item_at(at, None),
                false,
                (rank, order),
                computed(&key, BlockKind::Delegation, Some(at), vec![text]),
            );
        }
    }

    /// Movements, counts of the quorum, pauses and the end, from the ledger.
    fn events(&mut self) {
        let m = self.m;
        let facts = &m.facts;
        let numbers = self.numbers;
        let events: Vec<&Event> = facts.events.iter().filter(|e| e.struck.is_none()).collect();
        let line_of = |e: &Event| m.course.ledger.iter().find(|l| l.event_id == e.id);
        let mut checked = false;
        let mut skip: BTreeSet<usize> = BTreeSet::new();
        for (i, event) in events.iter().enumerate() {
            if skip.contains(&i) {
                continue;
            }
            let at = event.occurred_at;
            let clock = m.moment(at);
            // Who comes back from a recusal does so in the item under way by then, as any other movement.
            let of_item = event.item_id.as_ref().filter(|_| event.kind != EventKind::Return);
            let item = self.item_at(at, of_item);
            let key = format!("event:{}", event.id);
            let mut put = |kind, acts, aliases: Vec<String>, texts: Vec<String>| {
                let mut block = computed(&key, kind, Some(at), texts);
                block.aliases = aliases;
                self.push(item.clone(), acts, (20, event.seq), block);
            };
            match event.kind {
                EventKind::QuorumCheck | EventKind::RollAnswer
                    if line_of(event).is_none_or(|l| l.kind == EventKind::QuorumCheck) =>
                {
                    let Some(line) = line_of(event) else { continue };
                    let v = &line.verdict;
                    let place = m.course.ledger.iter().position(|l| l.event_id == event.id).unwrap_or(0);
                    let lacked = place > 0 && !m.course.ledger[place - 1].verdict.met;
                    let regained = lacked && m.course.quorum_reached_at.is_some_and(|reached| reached < at);
                    let text = if checked {
                        say::quorum_again(clock, v.have, v.base, v.met, regained)
                    } else {
                        say::quorum(v.have, v.base, v.need, v.met, v.source.as_ref())
                    };
                    checked = true;
                    put(BlockKind::Quorum, false, Vec::new(), vec![text]);
                }
                EventKind::WaitingStarted => {
                    let grace = &facts.frame.rule_set.grace_minutes;
                    let norm = facts.frame.rule_set.source(grace.article.as_deref());
                    let norm = norm.filter(|n| n.article.is_some());
                    let until = crate::live::grace_end(facts, &m.course)
                        .filter(|until| *until > at && facts.session.planned_start.is_some())
                        .map(|until| (m.moment(until), u64::from(grace.value)));
                    let text = say::waiting(clock, m.presiding(at), until, norm.as_ref());
                    put(BlockKind::Quorum, false, Vec::new(), vec![text]);
                }
                EventKind::ContinuedInformative => {
                    let text = say::continued_informative(clock, m.presiding(at));
                    put(BlockKind::Quorum, false, Vec::new(), vec![text]);
                }
                EventKind::SecondCall => {
                    // Without a norm it does not count: the checks before adoption say so.
                    if m.course.second_call_at != Some(at) {
                        continue;
                    }
                    let Some(line) = line_of(event) else { continue };
                    let v = &line.verdict;
                    let grace = u64::from(facts.frame.rule_set.grace_minutes.value);
                    let counted = (v.have, v.base, v.need, v.met);
                    let text = say::second_call(clock, m.presiding(at), grace, counted, v.source.as_ref());
                    checked = true;
                    put(BlockKind::Quorum, false, Vec::new(), vec![text]);
                }
                EventKind::NoQuorumDeclared if m.course.written.is_none() => {
                    let Some(line) = line_of(event) else { continue };
                    let grace =
                        chrono::TimeDelta::minutes(i64::from(facts.frame.rule_set.grace_minutes.value));
                    let until = crate::live::grace_end(facts, &m.course);
                    let waited = until
                        .filter(|_| m.course.waiting_since.is_some())
                        .map(|until| (at - until + grace).min(grace))
                        .and_then(|waited| u64::try_from(waited.num_minutes()).ok())
                        .filter(|minutes| *minutes > 0);
                    let informative = facts.session.status == SessionStatus::Informative;
                    let counted = (line.verdict.have, line.verdict.need);
                    let mut told = vec![say::no_quorum(waited, clock, counted, informative)];
                    if let Some((until, reason)) =
                        until.filter(|until| at < *until).zip(event.detail.as_deref())
                    {
                        let rules = &facts.frame.rule_set;
                        let norm = rules.source(rules.grace_minutes.article.as_deref());
                        told.push(say::declared_early(m.moment(until), norm.as_ref(), reason));
                    }
                    put(BlockKind::Quorum, true, Vec::new(), told);
                }
                EventKind::ItemStart => {
                    // Whoever left for the recusal of an item that is over and has not come back counts no more.
                    // So does whoever a delegation limited to other items sends; and one limited to this one counts now.
                    let lines = || m.course.ledger.iter().filter(|l| l.event_id == event.id);
                    let Some(line) = lines().next() else { continue };
                    let (mut away, mut outside, mut within) = (Vec::new(), Vec::new(), Vec::new());
                    for (seat, person) in lines().filter_map(|l| l.seat_id.as_ref().zip(l.person_id.as_ref()))
                    {
                        let stretch = m.course.of_seat(seat).find(|p| {
                            p.person_id == *person && p.from <= at && p.to.is_none_or(|to| at < to)
                        });
                        let limits = stretch.map_or(&[][..], |p| &p.items);
                        match (limits.is_empty(), facts.covers(limits, event.item_id.as_ref())) {
                            (true, _) => away.push(m.person(person)),
                            (false, true) => within.push(m.person(person)),
                            (false, false) => outside.push(m.person(person)),
                        }
                    }
                    let mut clauses = Vec::new();
                    if !away.is_empty() {
                        clauses.push(say::not_back(&away));
                    }
                    if !outside.is_empty() {
                        clauses.push(say::outside_delegation(&outside));
                    }
                    if !within.is_empty() {
                        clauses.push(say::inside_delegation(&within));
                    }
                    let clause = clauses.join("; ");
                    let have = line.verdict.have;
                    let before = m.course.quorum_reached_at.is_some_and(|reached| reached < at);
                    let lost_decision = lines().filter_map(|l| l.decision.as_ref()).find(|lost| !lost.met);
                    let text = match line.turn {
                        QuorumTurn::Lost => say::quorum_lost(clock, &clause, have, &pending(m, numbers, at)),
                        _ if lost_decision.is_some() => {
                            let lost = lost_decision.unwrap_or(&line.verdict);
                            quorum_to_decide_lost(m, numbers, (&[*event], clock), &clause, lost)
                        }
                        QuorumTurn::Gained if before => say::moved(clock, &clause, Count::Regained(have)),
                        QuorumTurn::Same if line.verdict.met && within.is_empty() => {
                            say::moved(clock, &clause, Count::Kept)
                        }
                        _ => say::moved(clock, &clause, Count::Left(have)),
                    };
                    put(BlockKind::Movement, false, Vec::new(), vec![text]);
                }
                EventKind::RecusalLeftRoom => {
                    // A recusal that takes its seat out of the base may take the quorum with it.
                    let Some(line) = line_of(event) else { continue };
                    let text = match (line.turn, &line.decision) {
                        (QuorumTurn::Lost, _) => {
                            say::quorum_lost(clock, "", line.verdict.have, &pending(m, numbers, at))
                        }
                        (_, Some(lost)) if !lost.met => {
                            quorum_to_decide_lost(m, numbers, (&[*event], clock), "", lost)
                        }
                        _ => continue,
                    };
                    put(BlockKind::Movement, false, Vec::new(), vec![text]);
                }
                EventKind::DelegationRevoked => {
                    let (Some(line), Some(person)) = (line_of(event), &event.person_id) else { continue };
                    let act =
                        facts.frame.delegations.iter().find(|d| Some(&d.id) == event.delegation_id.as_ref());
                    let act = act.map_or_else(|| "la delegación".to_owned(), |d| d.act.with_article());
                    let clause = say::delegation_revoked(&m.person(person), &act);
                    let have = line.verdict.have;
                    let text = match (line.turn, &line.decision) {
                        (QuorumTurn::Lost, _) => {
                            say::quorum_lost(clock, &clause, have, &pending(m, numbers, at))
                        }
                        (_, Some(lost)) if !lost.met => {
                            quorum_to_decide_lost(m, numbers, (&[*event], clock), &clause, lost)
                        }
                        _ if line.verdict.met => say::moved(clock, &clause, Count::Kept),
                        _ => say::moved(clock, &clause, Count::Left(have)),
                    };
                    put(BlockKind::Movement, false, Vec::new(), vec![text]);
                }
                EventKind::InvalidDelegation => {
                    // Told here only when they attended for another seat; else with whoever attends without an act.
                    let (Some(seat), Some(person)) = (&event.seat_id, &event.person_id) else { continue };
                    let other = m.course.presence.iter().find(|p| {
                        p.person_id == *person
                            && p.seat_id != *seat
                            && p.from <= at
                            && p.to.is_none_or(|to| at <= to)
                    });
                    let Some(other) = other else { continue };
                    let why = event.detail.as_deref().unwrap_or_default();
                    let (seat, other) = (m.seat_name(seat), m.seat_name(&other.seat_id));
                    let text = say::second_seat_refused(clock, &m.person(person), &seat, &other, why);
                    put(BlockKind::Movement, false, Vec::new(), vec![text]);
                }
                kind if movement_verbs(m, event).is_some() => {
                    let Some(person) = &event.person_id else { continue };
                    let verbs = movement_verbs(m, event);
                    // People who move in the same minute are told in one sentence, with the count after the last.
                    let mut who = vec![m.person(person)];
                    let mut aliases = Vec::new();
                    let mut group = vec![*event];
                    for (j, next) in events.iter().enumerate().skip(i + 1) {
                        let same_minute = bogota_minute(next.occurred_at) == bogota_minute(at);
                        if same_minute && line_of(next).is_none() && spoken(next.kind) {
                            continue;
                        }
                        let alike = next.kind == kind
                            && same_minute
                            && replaced(m, event).is_none()
                            && replaced(m, next).is_none()
                            && stretch_of(m, next).is_some() == stretch_of(m, event).is_some()
                            && movement_verbs(m, next) == verbs;
                        let Some(other) = next.person_id.as_ref().filter(|_| alike) else { break };
                        who.push(m.person(other));
                        aliases.push(format!("event:{}", next.id));
                        skip.insert(j);
                        group.push(*next);
                    }
                    let mut text = movement_sentence(m, numbers, &group, clock, &who);
                    // A holder who comes after their delegate takes the seat back.
                    let stays = m.course.beside.iter().find(|p| p.began == event.id);
                    if let Some(stays) = stays {
                        let named = m.person(&stays.person_id);
                        let aside = match (stood_aside(m, stays), stays.capacity) {
                            (true, _) => {
                                let sits = m.course.of_seat(&stays.seat_id).find(|p| sits_at(p, at));
                                sits.map(|p| say::seat_taken(&m.person(&p.person_id)))
                            }
                            (false, Capacity::Delegate) => {
                                let alternate = facts.frame.sends_alternate(&stays.seat_id);
                                Some(say::delegate_stays(&named, alternate))
                            }
                            (false, _) => Some(say::stays_with_voice(&named)),
                        };
                        text.extend(aside.map(|aside| format!(" {aside}")));
                    }
                    put(BlockKind::Movement, false, aliases, vec![text]);
                }
                EventKind::LateArrivalAfterDeclaration => {
                    let Some(person) = &event.person_id else { continue };
                    put(
                        BlockKind::Movement,
                        true,
                        Vec::new(),
                        vec![say::late_after_declaration(clock, &[m.person(person)])],
                    );
                }
                EventKind::SessionSuspended if m.course.written.is_some() => {
                    let pause = m.course.pauses.iter().find(|p| p.from == at && p.kind == event.kind);
                    let to = pause.and_then(|p| p.to);
                    let changes = m.course.written.iter().flat_map(|w| &w.terms).flat_map(|t| &t.changes);
                    let change = changes.into_iter().find(|c| c.resumed && Some(c.at) == to);
                    let until = change.map(|c| (m.moment(c.until), c.reason.as_deref()));
                    let why = reason_of(event, &["se suspend", "suspensi"]);
                    let text = say::suspended_in_writing(clock, to.map(|to| m.moment(to)), why, until);
                    put(BlockKind::Pause, true, Vec::new(), vec![text]);
                }
                EventKind::TermExtended => {
                    let Some(until) = event.until else { continue };
                    let why = reason_of(event, &["se ampl", "ampli"]);
                    let text = say::term_extended(clock, m.presiding(at), m.moment(until), why);
                    put(BlockKind::Pause, true, Vec::new(), vec![text]);
                }
                EventKind::TermOpened => {
                    let Some(until) = event.until else { continue };
                    let text = say::second_term(clock, m.moment(until), event.detail.as_deref());
                    put(BlockKind::Pause, true, Vec::new(), vec![text]);
                }
                EventKind::RecessStart | EventKind::SessionSuspended => {
                    let pause = m.course.pauses.iter().find(|p| p.from == at && p.kind == event.kind);
                    let to = pause.and_then(|p| p.to);
                    let seats = to.and_then(|to| {
                        let line = m.course.ledger.iter().find(|l| {
                            l.occurred_at == to
                                && matches!(l.kind, EventKind::RecessEnd | EventKind::SessionResumed)
                        })?;
                        Some(line.verdict.have)
                    });
                    let suspension = event.kind == EventKind::SessionSuspended;
                    let why = reason_of(event, &["receso", "se decret", "se suspend", "suspensi", "pausa"]);
                    let mut text = say::pause(suspension, clock, to.map(|to| m.moment(to)), seats, why);
                    if let Some(until) = event.until {
                        text = format!("{text} {}", say::announced(m.moment(until)));
                    }
                    put(BlockKind::Pause, true, Vec::new(), vec![text]);
                }
                EventKind::ChairChanged => {
                    let Some(person) = &event.person_id else { continue };
                    let text = format!(
                        "Desde {} presidió {}.",
                        say::at_clock(clock).trim_start_matches("a "),
                        m.person(person)
                    );
                    // Of one instant, the recusal for which whoever presided left is told before.
                    let left = |e: &Event| {
                        e.kind == EventKind::RecusalLeftRoom
                            && e.struck.is_none()
                            && e.occurred_at == at
                            && e.seq < event.seq
                    };
                    let caused = facts.events.iter().any(left);
                    let order = (if caused { 33 } else { 20 }, event.seq);
                    let block = computed(&key, BlockKind::Opening, Some(at), vec![text]);
                    self.push(item.clone(), false, order, block);
                }
                EventKind::SecretaryChanged => {
                    let Some(person) = &event.person_id else { continue };
                    let text = format!(
                        "Desde {} actuó en la secretaría técnica {}.",
                        say::at_clock(clock).trim_start_matches("a "),
                        m.person(person)
                    );
                    put(BlockKind::Opening, false, Vec::new(), vec![text]);
                }
                EventKind::ItemPostponed => {
                    let reason = reason_of(event, &["se aplaz"]);
                    put(BlockKind::Postponed, true, Vec::new(), vec![say::postponed(1, reason)]);
                }
                EventKind::SessionClosed => {
                    let reason = reason_of(event, &["se levant", "cierre", "se cierr", "fin de"]);
                    let unresumed = m.course.unresumed().map(|pause| pause.kind);
                    let text = if unresumed == Some(EventKind::SessionSuspended) {
                        say::never_resumed(clock)
                    } else if m.course.written.is_some() && m.course.no_quorum_at.is_none() {
                        say::adjourned_in_writing(clock, reason)
                    } else if m.course.no_quorum_at.is_some() || never_installed(m) {
                        say::meeting_ended(clock, reason)
                    } else {
                        let pending = facts.items.iter().any(|i| {
                            matches!(
                                i.outcome,
                                Some(
                                    AgendaOutcome::Pending
                                        | AgendaOutcome::NotTreated
                                        | AgendaOutcome::NoQuorum
                                )
                            )
                        });
                        let untreated = m
                            .course
                            .items
                            .iter()
                            .zip(&facts.items)
                            .any(|(c, i)| c.reach == ItemReach::Unreached && i.outcome.is_none());
                        let exhausted = !pending && !untreated && !facts.items.is_empty();
                        say::adjourned(clock, exhausted, reason)
                    };
                    let last = facts.items.last().map(|i| i.id.clone());
                    let target = if m.course.no_quorum_at.is_some() { item.clone() } else { last };
                    self.push(
                        target,
                        true,
                        (250, event.seq),
                        computed(&key, BlockKind::Closing, Some(at), vec![text]),
                    );
                }
                _ => {}
            }
        }
        self.written();
    }

    /// The replies of each term of a written session: how many came in time, which did not count and why, and the quorum.
    fn written(&mut self) {
        let m = self.m;
        let Some(written) = &m.course.written else { return };
        for term in &written.terms {
            let round = term.round;
            let replied: BTreeSet<&SeatId> = written.standing(round).map(|r| &r.seat_id).collect();
            let of_term = || written.replies.iter().filter(move |r| r.round == round);
            let late: Vec<(String, say::Moment)> = of_term()
                .filter(|r| r.class == ReplyClass::Late)
                .map(|r| (m.person(&r.person_id), m.moment(r.received_at)))
                .collect();
            let ended = term.closed_at.map_or(term.closes_at, |closed| closed.min(term.closes_at));
            let mut texts = vec![say::written_replies(m.moment(ended), replied.len() as u64, &late)];
            texts.extend(self.uncounted_replies(written, round));
            let closing = m.facts.events.iter().find(|e| {
                e.struck.is_none() && e.kind == EventKind::TermClosed && Some(e.occurred_at) == term.closed_at
            });
            let line = closing.and_then(|e| m.course.ledger.iter().find(|l| l.event_id == e.id));
            if let Some(verdict) = line.map(|l| &l.verdict) {
                let norm = verdict.source.as_ref();
                texts.push(match verdict.met {
                    true => say::quorum_in_writing(verdict.base, verdict.need, norm),
                    false if round == 1 => say::no_quorum_in_writing(verdict.have, verdict.need, norm),
                    false => String::new(),
                });
            }
            let text = texts.join(" ").trim_end().to_owned();
            let key = if round == 1 { "replies".to_owned() } else { format!("replies:{round}") };
            let at = Some(term.closed_at.unwrap_or(term.closes_at));
            self.push(
                self.first_item(),
                false,
                (10, round),
                computed(&key, BlockKind::Quorum, at, vec![text]),
            );
        }
    }

    /// The replies of a round that did not count, other than those that came late, each with why; and those that came while
    /// the session was suspended and counted.
    fn uncounted_replies(&self, written: &WrittenCourse, round: i64) -> Vec<String> {
        let m = self.m;
        let rules = &m.facts.frame.rule_set;
        let (rule, norm) = (rules.sessions.written.changed_reply, rules.written_session_norm());
        let mut told: Vec<String> = Vec::new();
        let suspended = |at: DateTime<Utc>| {
            let mut pauses = m.course.pauses.iter().filter(|p| p.kind == EventKind::SessionSuspended);
            pauses.any(|p| p.from <= at && p.to.is_some_and(|to| at < to))
        };
        let mut differing: BTreeSet<&SeatId> = BTreeSet::new();
        for reply in written.replies.iter().filter(|r| r.round == round) {
            let (who, at) = (m.person(&reply.person_id), m.moment(reply.received_at));
            let of_seat =
                || written.replies.iter().filter(|r| r.seat_id == reply.seat_id && r.round == round);
            told.push(match reply.class {
                ReplyClass::Counted if suspended(reply.received_at) => say::reply_while_suspended(&who, at),
                ReplyClass::Counted | ReplyClass::Late => continue,
                ReplyClass::BeforeOpening => say::reply_out_of_term(&who, at, true),
                ReplyClass::OnHold => say::reply_out_of_term(&who, at, false),
                ReplyClass::Duplicate => say::replied_again(&who, at),
                ReplyClass::Contradictory if rule == ChangedReply::FirstStands => {
                    say::reply_changed(&who, at, false, norm.as_ref())
                }
                ReplyClass::Contradictory => {
                    if !differing.insert(&reply.seat_id) {
                        continue;
                    }
                    let all = || of_seat().filter(|r| r.class == ReplyClass::Contradictory);
                    let mut people: Vec<String> = all().map(|r| m.person(&r.person_id)).collect();
                    people.dedup();
                    let times: Vec<say::Moment> = all().map(|r| m.moment(r.received_at)).collect();
                    say::replies_differ(&people, &times)
                }
                ReplyClass::Superseded => {
                    let Some(next) = written.replaced_by(&m.facts, reply) else { continue };
                    let (who, at) = (m.person(&next.person_id), m.moment(next.received_at));
                    // Several that one reply replaced are told with it, once.
                    let first = of_seat().find(|r| {
                        r.class == ReplyClass::Superseded
                            && written.replaced_by(&m.facts, r).is_some_and(|by| by.event_id == next.event_id)
                    });
                    if first.is_some_and(|first| first.event_id != reply.event_id)
                        || next.class == ReplyClass::Superseded
                    {
                        continue;
                    }
                    match crate::written::clarifies(&m.facts, next) {
                        true => say::reply_clarified(&who, at),
                        false => say::reply_changed(&who, at, true, norm.as_ref()),
                    }
                }
                ReplyClass::NoCapacity => {
                    let alternate = m.facts.frame.sends_alternate(&reply.seat_id);
                    say::replied_without_delegation(&who, &m.seat_name(&reply.seat_id), alternate)
                }
                ReplyClass::NoVote => say::replied_with_voice(&who),
                ReplyClass::OtherSeat => say::replied_for_another(&who, &m.seat_name(&reply.seat_id)),
                ReplyClass::Recused => say::replied_recused(&who),
            });
        }
        told
    }

    fn recusals(&mut self) {
        let m = self.m;
        for recusal in &m.facts.recusals {
            let item = self.known(&recusal.item_id);
            let who = m.person(&recusal.person_id);
            let gender = m.gender(&recusal.person_id);
            let (decider, _) = m.facts.frame.rule_set.recusal_decider();
            let by_body = recusal.decided_by.unwrap_or(decider) == RecusalDecider::Body;
            let authority = if by_body {
                m.body_short()
            } else {
                "la autoridad competente, su superior o la cabeza del sector".to_owned()
            };
            let challenged = recusal.kind == RecusalKind::Challenged;
            let mut declared = if challenged {
                let by = recusal.challenger_id.as_ref().map(|id| m.person(id)).or(recusal.challenger.clone());
                say::recusal_challenged(&by.unwrap_or_default(), &who, &recusal.ground, &authority)
            } else {
                say::recusal_declared(&who, gender, &recusal.ground, &authority)
            };
            if let Some(answer) = &recusal.answer {
                let answered = say::challenge_answered(&who, answer.accepts, answer.words.as_deref());
                declared = format!("{declared} {answered}");
            }
            self.push(
                item.clone(),
                false,
                (30, 0),
                computed(
                    &format!("recusal:{}", recusal.id),
                    BlockKind::Recusal,
                    Some(recusal.declared_at),
                    vec![declared],
                ),
            );
            let vote = recusal.vote_id.as_ref().and_then(|id| m.facts.votes.iter().find(|v| v.id == *id));
            let act = match (&recusal.deciding_act, by_body) {
                (Some(act), _) => say::with_article(act),
                (None, true) => format!("votación {}", spanish::de(&m.body_short())),
                (None, false) => "decisión de la autoridad competente".to_owned(),
            };
            let later =
                m.course.closed_at.is_some_and(|closed| recusal.decided_at.is_some_and(|at| at > closed));
            let mut text = match recusal.outcome {
                RecusalOutcome::Pending => continue,
                outcome if later => {
                    say::recusal_decided_later(&who, &act, outcome == RecusalOutcome::Accepted, challenged)
                }
                RecusalOutcome::Accepted => {
                    say::recusal_accepted(&who, &act, recusal.left_at.is_some(), challenged)
                }
                RecusalOutcome::Rejected => say::recusal_rejected(&who, &act, challenged),
            };
            if challenged && recusal.answer.is_none() {
                let unanswered = say::challenge_unanswered(&who, recusal.unanswered.as_deref());
                text = format!("{text} {unanswered}");
            }
            if let Some(named) = &recusal.ad_hoc {
                let came = m.facts.events.iter().find(|e| e.id == named.event_id).map(|e| e.occurred_at);
                let came = came.or(recusal.left_at).unwrap_or(recusal.declared_at);
                let act = say::with_article(&named.act);
                let text = say::ad_hoc(m.moment(came), &m.person(&named.person_id), &who, &act);
                let key = format!("ad_hoc:{}", recusal.id);
                let block = computed(&key, BlockKind::Recusal, Some(came), vec![text]);
                self.push(item.clone(), false, (32, 0), block);
            }
            let decided = recusal.decided_at.filter(|_| !later);
            let at = recusal.left_at.or(vote.map(|v| v.opened_at)).or(decided).unwrap_or(recusal.declared_at);
            // The body's vote comes first and brings the rest after the narrative; an act known before does not.
            self.push(
                item,
                false,
                (31, 0),
                computed(
                    &format!("recusal_decided:{}", recusal.id),
                    BlockKind::Recusal,
                    Some(at),
                    vec![text],
                ),
            );
        }
    }

    fn motions(&mut self) {
        const TOLD_BY_ITS_VOTE: chrono::TimeDelta = chrono::TimeDelta::minutes(2);
        let m = self.m;
        for event in m.facts.events.iter().filter(|e| e.struck.is_none()) {
            let motion = event.motion_id.as_ref().and_then(|id| m.facts.motions.iter().find(|x| x.id == *id));
            let at = event.occurred_at;
            let who = event.person_id.as_ref().or(motion.and_then(|x| x.mover_person_id.as_ref()));
            let text = match event.kind {
                EventKind::MotionFiled => {
                    let Some(motion) = motion else { continue };
                    let voted = m.facts.votes.iter().find(|v| Some(&v.id) == motion.vote_id.as_ref());
                    let what = motion_name(m, motion);
                    let put = match who {
                        Some(who) => format!("{} presentó", capitalized(&m.person(who))),
                        None => "Se presentó".to_owned(),
                    };
                    // The vote prints whose it is and its text; put to it at once, nothing is left to tell here.
                    match voted {
                        Some(vote) if vote.opened_at - at < TOLD_BY_ITS_VOTE => continue,
                        Some(_) if who.is_none() => continue,
                        Some(_) => format!("{put} {what}."),
                        None => {
                            let left = left_open(m, motion);
                            let changed = reworded(m, motion);
                            format!("{put} {what}: {}{changed}.{left}", say::quoted(&motion.text))
                        }
                    }
                }
                EventKind::MotionDenied => {
                    let reason =
                        motion.and_then(|x| x.note.as_deref()).map(say::inside).filter(|r| !r.is_empty());
                    let reason = reason.map_or_else(String::new, |r| format!(". {}", capitalized(r)));
                    let what = motion.map_or_else(|| "la moción".to_owned(), |x| named_motion(m, x));
                    format!("{} negó de plano {what}{reason}.", capitalized(m.presiding(at)))
                }
                EventKind::MotionWithdrawn => {
                    let Some(who) = who else { continue };
                    let what = motion.map_or_else(|| "la moción".to_owned(), |x| named_motion(m, x));
                    format!("{} retiró {what}.", capitalized(&m.person(who)))
                }
                _ => continue,
            };
            let item = self.item_at(at, event.item_id.as_ref().or(motion.map(|x| &x.item_id)));
            self.push(
                item,
                true,
                (29, event.seq),
                computed(&format!("event:{}", event.id), BlockKind::Motion, Some(at), vec![text]),
            );
        }
        for motion in &m.facts.motions {
            for out in &motion.taken_out {
                let at = m.facts.items.iter().position(|i| i.id == out.item_id);
                let number = at.and_then(|n| self.numbers.get(n)).cloned().unwrap_or_default();
                let text = say::taken_out(&m.person(&out.person_id), &number);
                let key = format!("taken_out:{}:{}", motion.id, out.item_id);
                let block = computed(&key, BlockKind::Motion, Some(out.at), vec![text]);
                let item = self.known(&motion.item_id);
                self.push(item, true, (29, 0), block);
            }
        }
        // A motion that was put without an event of its own and never voted is told too.
        for motion in &m.facts.motions {
            let told =
                m.facts.events.iter().any(|e| e.struck.is_none() && e.motion_id.as_ref() == Some(&motion.id));
            let voted = m.facts.votes.iter().any(|v| v.motion_id.as_ref() == Some(&motion.id));
            if told || voted {
                continue;
            }
            let what = motion_name(m, motion);
            let mut text = match &motion.mover_person_id {
                Some(who) => {
                    let text = say::quoted(&motion.text);
                    format!("{} presentó {what}: {text}.", capitalized(&m.person(who)))
                }
                None => format!("Se presentó {what}: {}.", say::quoted(&motion.text)),
            };
            text.push_str(match motion.status {
                MotionStatus::Dismissed => " Fue negada de plano.",
                MotionStatus::Withdrawn => " Fue retirada.",
                _ => left_open(m, motion),
            });
            let item = self.known(&motion.item_id);
            // Of a written session it was put before, and its notice published it.
            let filed = m.course.written.as_ref().and(m.course.opened_at).or(motion.filed_at);
            self.push(
                item,
                true,
                (29, 0),
                computed(&format!("motion:{}", motion.id), BlockKind::Motion, filed, vec![text]),
            );
        }
    }

    fn votes(&mut self) {
        let m = self.m;
        for vote in &m.facts.votes {
            let item = self.known(&vote.item_id);
            let key = format!("vote:{}", vote.id);
            // It stands where its sentence begins: what happened while it was open comes after.
            let at = Some(vote.opened_at);
            let block = match m.course.vote(&vote.id) {
                Some(course) => {
                    let put = put_to_vote(m, vote);
                    let mut counted = count_paragraphs(m, vote, course);
                    let mut block = match vote.closed_at.filter(|_| course.moved) {
                        // Who came and left meanwhile is told between what was put to the vote and its count.
                        Some(closed) => {
                            let opening = computed(&key, BlockKind::Vote, at, vec![put]);
                            self.push(item.clone(), true, (30, vote.round), opening);
                            computed(
                                &format!("vote_count:{}", vote.id),
                                BlockKind::Vote,
                                Some(closed),
                                counted,
                            )
                        }
                        None => {
                            counted[0] = format!("{put} {}", counted[0]).trim_end().to_owned();
                            computed(&key, BlockKind::Vote, at, counted)
                        }
                    };
                    block.roll = roll(m, vote, course);
                    block
                }
                None => {
                    let note = vote.note.as_deref().map(say::inside).filter(|n| !n.is_empty());
                    let why = note.map_or_else(String::new, |n| format!(": {}", say::uncapitalized(n)));
                    let text = format!(
                        "La votación abierta {} se anuló{why}.",
                        say::at_clock(m.moment(vote.opened_at))
                    );
                    computed(&key, BlockKind::Vote, at, vec![text])
                }
            };
            self.push(item, true, (30, vote.round), block);
            self.block_vote(vote);
        }
    }

    /// Under each other item of a block, where its vote is told and what came of it.
    fn block_vote(&mut self, vote: &Vote) {
        let m = self.m;
        let motion = m.facts.motions.iter().find(|x| Some(&x.id) == vote.motion_id.as_ref());
        let Some(motion) = motion.filter(|_| vote.status == VoteStatus::Closed) else { return };
        let at = m.facts.items.iter().position(|i| i.id == vote.item_id);
        let number = at.and_then(|n| self.numbers.get(n)).cloned().unwrap_or_default();
        let result = m.course.vote(&vote.id).and_then(|v| v.verdict.as_ref()).map(|v| v.count.result);
        for item in &motion.block_item_ids {
            let text = say::voted_in_block(
                &block_items(m, motion, Some(item)),
                &number,
                result == Some(VoteResult::Approved),
            );
            let key = format!("vote_block:{}:{item}", vote.id);
            let block = computed(&key, BlockKind::Vote, Some(vote.opened_at), vec![text]);
            let under = self.known(item);
            self.push(under, true, (30, vote.round), block);
        }
    }

    fn decisions(&mut self) {
        let m = self.m;
        for decision in &m.facts.decisions {
            let vote = decision.vote_id.as_ref().and_then(|id| m.facts.votes.iter().find(|v| v.id == *id));
            let at = vote.map(|v| v.opened_at).or_else(|| self.end_of(&decision.item_id));
            let heading = match (decision.kind, decision.number, decision.year) {
                (DecisionKind::Substantive, Some(number), Some(year)) => {
                    format!("Decisión {number} de {year}")
                }
                (DecisionKind::Substantive, ..) => "Decisión".to_owned(),
                (DecisionKind::Procedural, ..) => "Decisión de procedimiento".to_owned(),
            };
            let item = self.known(&decision.item_id);
            let mut block = computed(
                &format!("decision:{}", decision.id),
                BlockKind::Decision,
                at,
                vec![decision.text.trim().to_owned()],
            );
            block.heading = Some(heading);
            // A decision of a vote follows what that vote led to at the same instant (the casting vote).
            self.push(item, true, (35, decision.number.unwrap_or(0)), block);
        }
    }

    fn statements(&mut self) {
        let m = self.m;
        for statement in &m.facts.statements {
            let read_at = m.facts.events.iter().find(|e| {
                e.struck.is_none()
                    && matches!(e.kind, EventKind::StatementRecorded | EventKind::DissentRecorded)
                    && e.person_id.as_ref() == Some(&statement.person_id)
                    && self.item_at(e.occurred_at, e.item_id.as_ref()).as_ref() == Some(&statement.item_id)
            });
            // Without an event of its own it follows the vote it explains, or closes its item.
            let vote = statement.vote_id.as_ref().and_then(|id| m.facts.votes.iter().find(|v| v.id == *id));
            let at = read_at
                .map(|e| e.occurred_at)
                .or_else(|| vote.and_then(|v| v.closed_at))
                .or_else(|| self.end_of(&statement.item_id));
            let who = m.person(&statement.person_id);
            let adhered: Vec<String> = statement.adhered_person_ids.iter().map(|p| m.person(p)).collect();
            let made =
                read_at.map(|e| e.occurred_at).or_else(|| taken_down(m, statement)).map(|at| m.moment(at));
            let mut text = match statement.kind {
                StatementKind::Statement => say::statement(made, &who, &statement.text, &adhered),
                StatementKind::Dissent => say::dissent(made, &who, &statement.text, &adhered),
            };
            let received = statement.received_at.map(|at| crate::local(at).date());
            if let Some((came, until)) = received.zip(m.statements_until).filter(|(came, until)| came > until)
            {
                let rules = &m.facts.frame.rule_set;
                let norm = rules.source(rules.deadlines.article.as_deref());
                text.push_str(&say::handed_in_late(came, until, norm.as_ref()));
            }
            let item = self.known(&statement.item_id);
            self.push(
                item,
                true,
                (40, 0),
                computed(&statement_key(&statement.id), BlockKind::Statement, at, vec![text]),
            );
        }
    }

    /// The commitments of earlier sessions, at the beginning of the item that follows them up.
    fn follow_up(&mut self) {
        let m = self.m;
        let Some(follow_up) = &m.follow_up else { return };
        let item = m.facts.items.iter().find(|i| i.kind == AgendaKind::FollowUp);
        let course = item.and_then(|item| m.course.items.iter().find(|c| c.item_id == item.id));
        let Some((course, began)) = course.and_then(|c| c.started_at.map(|at| (c, at))) else { return };
        let late = follow_up.pending.iter().filter(|l| l.status == CommitmentStatus::Overdue).count();
        let (pending, closed) = (follow_up.pending.len(), follow_up.closed_since.len());
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let mut paragraphs = vec![say::follow_up(count(pending), count(late), count(closed))];
        for line in follow_up.closed_since.iter().chain(&follow_up.pending) {
            let who: Vec<String> = [&line.person, &line.entity].into_iter().flatten().cloned().collect();
            let session = match line.session_number {
                Some(number) => format!("{number} de {}", line.session_year),
                None => format!("informativa del {}", spanish::date(line.session_date)),
            };
            let overdue = line.status == CommitmentStatus::Overdue;
            let c = &line.commitment;
            paragraphs.push(say::followed_up(&c.text, &who, &session, c.due_on, c.closed_on, overdue));
        }
        let block = computed("follow_up", BlockKind::FollowUp, Some(began), paragraphs);
        self.push(Some(course.item_id.clone()), false, (5, 0), block);
    }

    /// The items that ended without a quorum, where no vote of theirs says it already.
    fn without_quorum(&mut self) {
        let m = self.m;
        for course in m.course.items.iter().filter(|i| i.reach == ItemReach::WithoutQuorum) {
            let of_item = |v: &&VoteCourse| {
                m.facts.votes.iter().any(|w| w.id == v.vote_id && w.item_id == course.item_id)
            };
            if m.course.votes.iter().filter(of_item).any(VoteCourse::lacked_quorum) {
                continue;
            }
            let key = format!("without_quorum:{}", course.item_id);
            let text = say::without_quorum(began_without_quorum(m, course));
            let block = computed(&key, BlockKind::Quorum, course.ended_at, vec![text]);
            self.push(Some(course.item_id.clone()), true, (240, 0), block);
        }
    }

    /// Who spoke, when the secretary wrote nothing about the item.
    fn interventions(&mut self) {
        let m = self.m;
        for item in &m.facts.items {
            if item.narrative.lines().any(|l| placed_key(l).is_none() && !l.trim().is_empty()) {
                continue;
            }
            let of_item: Vec<_> = m
                .course
                .interventions
                .iter()
                .filter(|i| self.item_at(i.occurred_at, i.item_id.as_ref()).as_ref() == Some(&item.id))
                .collect();
            let mut paragraphs = Vec::new();
            for i in &of_item {
                let Some(person) = &i.person_id else { continue };
                let verb = if i.kind == EventKind::Presentation { "presentó el tema" } else { "intervino" };
                let detail = i.detail.as_deref().map(say::inside).filter(|d| !d.is_empty());
                let detail = detail.map_or_else(String::new, |d| format!(": {}", say::uncapitalized(d)));
                paragraphs.push(format!("{} {verb}{detail}.", capitalized(&m.person(person))));
            }
            if let (Some(first), false) = (of_item.first(), paragraphs.is_empty()) {
                let block = computed(
                    &format!("interventions:{}", item.id),
                    BlockKind::Interventions,
                    Some(first.occurred_at),
                    vec![paragraphs.join(" ")],
                );
                self.push(Some(item.id.clone()), false, (25, 0), block);
            }
        }
    }
}

/// Why something was done, in the words of its event; words that tell the event again are no reason.
fn reason_of<'a>(event: &'a Event, again: &[&str]) -> Option<&'a str> {
    let detail = event.detail.as_deref().map(str::trim)?;
    let folded = detail.to_lowercase();
    (!again.iter().any(|words| folded.starts_with(words))).then_some(detail)
}

/// When a statement was taken down in the session, if it was.
fn taken_down(m: &Material, statement: &crate::decision::Statement) -> Option<DateTime<Utc>> {
    let at = statement.received_at.filter(|_| !m.facts.session.entered_afterwards)?;
    let inside = m.course.opened_at? <= at && m.course.closed_at.is_none_or(|closed| at <= closed);
    inside.then_some(at)
}

/// Of whom of those who connected it was recorded that their identity was verified.
fn identity(m: &Material) -> say::Identity {
    let mut found =
        say::Identity { mixed: m.facts.session.mode == SessionMode::Mixed, ..say::Identity::default() };
    let (mut connected, mut verified) = (BTreeSet::new(), BTreeSet::new());
    for stretch in m.course.presence.iter().filter(|p| p.mode == Some(AttendanceMode::Virtual)) {
        connected.insert(&stretch.person_id);
        let event = m.facts.events.iter().find(|e| e.id == stretch.began);
        let Some(means) = event.and_then(|e| e.identity_means.clone()) else { continue };
        verified.insert(&stretch.person_id);
        if !found.means.contains(&means) {
            found.means.push(means);
        }
    }
    (found.connected, found.verified) = (connected.len() as u64, verified.len() as u64);
    found
}

/// The person who sat for a seat and gave it up to the one an event brings in.
fn replaced<'a>(m: &'a Material, event: &Event) -> Option<&'a Presence> {
    let began = m.course.presence.iter().any(|p| p.began == event.id);
    m.course.presence.iter().find(|p| began && p.ended.as_ref() == Some(&event.id))
}

/// When the quorum was lost for good; nothing while there is one, or when there never was.
fn quorum_lost_at(m: &Material) -> Option<DateTime<Utc>> {
    let turn = m.course.ledger.iter().rev().find(|line| line.turn != QuorumTurn::Same)?;
    (turn.turn == QuorumTurn::Lost).then_some(turn.occurred_at)
}

/// Whether an item was begun when the quorum had been lost for good.
fn began_without_quorum(m: &Material, item: &crate::course::ItemCourse) -> bool {
    item.started_at.zip(quorum_lost_at(m)).is_some_and(|(began, lost)| lost <= began)
}

fn statement_key(id: &StatementId) -> String {
    format!("statement:{id}")
}

/// The minute of Bogotá in which something happened.
fn bogota_minute(at: DateTime<Utc>) -> String {
    crate::context::local(at).format("%Y-%m-%d %H:%M").to_string()
}

fn computed(key: &str, kind: BlockKind, at: Option<DateTime<Utc>>, paragraphs: Vec<String>) -> ComputedBlock {
    ComputedBlock {
        key: key.to_owned(),
        aliases: Vec::new(),
        kind,
        at,
        heading: None,
        paragraphs,
        roll: Vec::new(),
    }
}

/// What is said of a motion that the session ended without settling.
fn left_open(m: &Material, motion: &crate::vote::Motion) -> &'static str {
    let over = m.course.closed_at.is_some();
    if over && motion.status == MotionStatus::Filed { " No se sometió a votación." } else { "" }
}

/// "la moción de aplazamiento: «…»": which one, where a session had several.
fn named_motion(m: &Material, motion: &crate::vote::Motion) -> String {
    format!("{} {}", motion_name(m, motion).replacen("una ", "la ", 1), say::quoted(&motion.text))
}

/// "una moción de aplazamiento".
fn motion_name(m: &Material, motion: &crate::vote::Motion) -> String {
    let named = match motion.kind {
        MotionKind::Substantive => "una proposición",
        MotionKind::Procedural => "una moción de procedimiento",
        MotionKind::Recusal => {
            return match recusal_of(m, motion) {
                None => "una moción sobre el impedimento".to_owned(),
                Some(recusal) => {
                    let what = if recusal.kind == RecusalKind::Challenged {
                        "la recusación"
                    } else {
                        "el impedimento"
                    };
                    format!("una moción sobre {what} {}", spanish::de(&m.person(&recusal.person_id)))
                }
            };
        }
        MotionKind::Postponement => "una moción de aplazamiento",
        MotionKind::Amendment => "una moción de modificación",
        MotionKind::AgendaAddition => "una moción de adición al orden del día",
        MotionKind::Return => "una moción de devolución",
        MotionKind::Reopening => "una moción de reapertura",
    };
    named.to_owned()
}

/// The recusal that a motion is about.
fn recusal_of<'a>(m: &'a Material, motion: &crate::vote::Motion) -> Option<&'a Recusal> {
    let id = motion.recusal_id.as_ref()?;
    m.facts.recusals.iter().find(|recusal| recusal.id == *id)
}

/// Whether the person of an event attends remotely.
fn is_remote(m: &Material, event: &Event) -> bool {
    match event.mode {
        Some(mode) => mode == AttendanceMode::Virtual,
        None => m.facts.session.mode == SessionMode::Virtual,
    }
}

/// What is said in a session moves nobody: it does not part those who come or leave in one minute.
fn spoken(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Presentation
            | EventKind::Intervention
            | EventKind::StatementRecorded
            | EventKind::DissentRecorded
            | EventKind::MotionFiled
    )
}

/// The stretch of presence that an event began or ended: the one it began, of whoever takes another's place.
fn stretch_of<'a>(m: &'a Material, event: &Event) -> Option<&'a Presence> {
    let stretches = || m.course.presence.iter();
    let began = stretches().find(|p| p.began == event.id);
    began.or_else(|| stretches().find(|p| p.ended.as_ref() == Some(&event.id)))
}

/// Whether somebody came for a seat that another kept, and stayed beside with voice from the beginning.
fn stood_aside(m: &Material, presence: &Presence) -> bool {
    let own = |e: &Event| e.id == presence.began && e.person_id.as_ref() == Some(&presence.person_id);
    let beside = |p: &Presence| p.began == presence.began && p.person_id == presence.person_id;
    m.course.beside.iter().any(beside) && m.facts.events.iter().any(own)
}

/// Whether a stretch of presence goes on at an instant.
fn sits_at(presence: &Presence, at: DateTime<Utc>) -> bool {
    presence.from <= at && presence.to.is_none_or(|to| at < to)
}

/// How the person of an event had left the session, for whoever comes back to the seat they had.
fn left_before(m: &Material, event: &Event) -> Option<EventKind> {
    let now = m.course.presence.iter().position(|p| p.began == event.id)?;
    let (earlier, rest) = m.course.presence.split_at(now);
    let now = rest.first()?;
    let before = earlier.iter().rev().find(|p| p.seat_id == now.seat_id)?;
    before.end_kind.filter(|_| before.person_id == now.person_id)
}

/// The verbs of a movement, singular and plural; `None` for what is none.
fn movement_verbs(m: &Material, event: &Event) -> Option<(&'static str, &'static str)> {
    let back = || left_before(m, event) == Some(EventKind::Departure);
    let stood_beside = || m.course.beside.iter().any(|p| p.ended.as_ref() == Some(&event.id));
    Some(match (event.kind, is_remote(m, event)) {
        (EventKind::Arrival, _) if stood_beside() => {
            let sat = |p: &Presence| {
                Some(&p.seat_id) == event.seat_id.as_ref()
                    && Some(&p.person_id) == event.person_id.as_ref()
                    && p.from < event.occurred_at
            };
            match m.course.presence.iter().any(sat) {
                true => ("volvió a ocupar el puesto", "volvieron a ocupar el puesto"),
                false => ("ocupó el puesto", "ocuparon el puesto"),
            }
        }
        (EventKind::Arrival | EventKind::RollAnswer | EventKind::Return, _) if back() => {
            ("se reincorporó", "se reincorporaron")
        }
        (EventKind::Arrival | EventKind::RollAnswer, _) if left_before(m, event).is_some() => {
            ("regresó", "regresaron")
        }
        (EventKind::Arrival | EventKind::RollAnswer, false) => ("ingresó", "ingresaron"),
        (EventKind::Arrival | EventKind::RollAnswer, true) => ("se conectó", "se conectaron"),
        (EventKind::Departure, false) => ("se retiró", "se retiraron"),
        (EventKind::Departure, true) => ("se desconectó", "se desconectaron"),
        (EventKind::TemporaryDeparture, _) => ("salió", "salieron"),
        (EventKind::Return, _) => ("regresó", "regresaron"),
        (EventKind::ConnectionLost, _) => ("perdió la conexión", "perdieron la conexión"),
        (EventKind::Reconnected, _) => ("recuperó la conexión", "recuperaron la conexión"),
        _ => return None,
    })
}

/// What movements of one sort in one minute did: told once, with the quorum after the last of them.
fn movement_sentence(
    m: &Material,
    numbers: &[String],
    group: &[&Event],
    clock: say::Moment,
    who: &[String],
) -> String {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return String::new() };
    let verbs = movement_verbs(m, first).unwrap_or(("", ""));
    let ledger = &m.course.ledger;
    let place = |event: &Event| ledger.iter().position(|l| l.event_id == event.id);
    let lines = place(first).zip(place(last));
    let had = |at: usize| match ledger[at].turn {
        QuorumTurn::Gained => false,
        QuorumTurn::Lost => true,
        QuorumTurn::Same => ledger[at].verdict.met,
    };
    // Whoever comes back from a recusal counts again only where they had stopped counting.
    let counted_again = |at: usize| at > 0 && ledger[at - 1].verdict.have < ledger[at].verdict.have;
    let inward = matches!(
        first.kind,
        EventKind::Arrival | EventKind::RollAnswer | EventKind::Return | EventKind::Reconnected
    );
    // Whoever takes the place of another may count where the other did not, and the other way about.
    let counts = match stretch_of(m, last) {
        Some(stretch) => stretch.counts || replaced(m, last).is_some_and(|other| other.counts),
        None => inward && lines.is_some_and(|(_, at)| counted_again(at)),
    };
    let first_quorum = m.course.quorum_reached_at;
    let count = match lines {
        Some((from, to)) if counts => {
            let verdict = &ledger[to].verdict;
            let verb = spanish::agree(who.len() as u64, verbs.0, verbs.1);
            let told = match first.kind {
                EventKind::ConnectionLost => format!("{} {verb}", list(who)),
                _ => format!("{verb} {}", list(who)),
            };
            // Who moves in one minute may take the quorum to decide with them and bring it back.
            let decision = || ledger[from..=to].iter().filter_map(|l| l.decision.as_ref()).next_back();
            if had(from) && !verdict.met {
                let good = quorum_lost_at(m);
                let lost = group.iter().map(|e| e.occurred_at).find(|at| good == Some(*at));
                let lost = lost.unwrap_or(last.occurred_at);
                return say::quorum_lost(clock, &told, verdict.have, &pending(m, numbers, lost));
            }
            if let Some(lost) = decision().filter(|decision| !decision.met) {
                return quorum_to_decide_lost(m, numbers, (group, clock), &told, lost);
            }
            let regained =
                !had(from) && verdict.met && first_quorum.is_some_and(|reached| reached < first.occurred_at);
            match inward {
                true if regained => Count::Regained(verdict.have),
                true if decision().is_some() && decided_before(m, first.occurred_at) => {
                    Count::RegainedToDecide(verdict.have)
                }
                false if verdict.met => Count::Kept,
                _ => Count::Left(verdict.have),
            }
        }
        _ => Count::Silent,
    };
    match first.kind {
        EventKind::ConnectionLost | EventKind::Reconnected => say::connection(clock, verbs, who, count),
        _ => say::movement(clock, verbs, who, count),
    }
}

/// What some people did took the quorum to decide, and left the one to debate.
fn quorum_to_decide_lost(
    m: &Material,
    numbers: &[String],
    (group, clock): (&[&Event], say::Moment),
    told: &str,
    lost: &crate::rules::Verdict,
) -> String {
    let good = m.course.decision_lost_at;
    let at = group.iter().map(|e| e.occurred_at).find(|at| good == Some(*at));
    let left = at.map_or_else(Vec::new, |at| pending(m, numbers, at));
    say::decision_quorum_lost(clock, told, lost.have, lost.need, &left)
}

/// Whether there had been a quorum to decide before an instant.
fn decided_before(m: &Material, at: DateTime<Utc>) -> bool {
    m.course
        .ledger
        .iter()
        .any(|l| l.occurred_at < at && l.decision.as_ref().is_some_and(|decision| !decision.met))
}

/// Numbers of the items that the loss of a quorum at an instant left pending: those not begun by then, those it left without
/// a decision, and those said to be. None when it was recovered; where the one to decide was lost first, they are told with it.
fn pending(m: &Material, numbers: &[String], lost: DateTime<Utc>) -> Vec<String> {
    if quorum_lost_at(m).into_iter().chain(m.course.decision_lost_at).min() != Some(lost) {
        return Vec::new();
    }
    let left = |item: &AgendaItem, course: &crate::course::ItemCourse| match (course.reach, item.outcome) {
        (ItemReach::Unreached, outcome) => no_outcome(outcome),
        (ItemReach::WithoutQuorum | ItemReach::UnderWay, outcome)
            if course.left_pending && course.ended_at.is_none_or(|ended| lost <= ended) =>
        {
            no_outcome(outcome)
        }
        (_, outcome) => matches!(outcome, Some(AgendaOutcome::Pending | AgendaOutcome::NotTreated)),
    };
    m.facts
        .items
        .iter()
        .zip(&m.course.items)
        .zip(numbers)
        .filter(|((item, course), _)| left(item, course))
        .map(|(_, number)| number.clone())
        .collect()
}

/// Whether nothing came of an item.
fn no_outcome(outcome: Option<AgendaOutcome>) -> bool {
    matches!(
        outcome,
        None | Some(AgendaOutcome::Pending | AgendaOutcome::NoQuorum | AgendaOutcome::NotTreated)
    )
}

/// Who holds a seat on the day of the session: the acting holder when there is one.
fn holder(m: &Material, seat: &SeatId) -> Option<PersonId> {
    let day = m.course.opened_at.map_or(m.facts.session.date, |opened| m.facts.sitting(opened));
    m.facts.frame.holder_on(seat, day).map(|h| h.person_id.clone())
}

/// How somebody attends who is not the holder.
fn capacity_sentence(m: &Material, presence: &Presence) -> Option<String> {
    let who = m.person(&presence.person_id);
    let gender = m.gender(&presence.person_id);
    let day = m.facts.sitting(presence.from);
    let alternate = m.facts.frame.sends_alternate(&presence.seat_id);
    let role = if alternate { "como suplente" } else { gender.as_delegate() };
    let delegation =
        presence.delegation_id.as_ref().and_then(|id| m.facts.frame.delegations.iter().find(|d| d.id == *id));
    let principal = || {
        delegation
            .map(|d| m.person(&d.principal_id))
            .or_else(|| holder(m, &presence.seat_id).map(|p| m.person(&p)))
            .unwrap_or_else(|| m.seat_name(&presence.seat_id))
    };
    match presence.capacity {
        Capacity::Delegate if stood_aside(m, presence) => {
            let act = delegation.map_or_else(|| without_act(alternate), |d| d.act.with_article());
            Some(say::delegate_with_voice(&who, role, &principal(), &act))
        }
        Capacity::Delegate => {
            let principal = principal();
            let act = delegation.map_or_else(|| without_act(alternate), |d| d.act.with_article());
            let only = match presence.items.as_slice() {
                [] => String::new(),
                items if items.len() == 1 => format!(", solo para el {}", m.facts.numbers_of(items)),
                items => format!(", solo para los {}", m.facts.numbers_of(items)),
            };
            let act = format!("{act}{only}");
            Some(match uncounted_before(m, presence) {
                true => say::delegate_since(m.moment(presence.from), &who, role, &principal, &act),
                false => say::delegate(&who, role, &principal, &act),
            })
        }
        Capacity::Acting => {
            let seat = say::with_article(&m.seat_name(&presence.seat_id));
            let act = m.facts.frame.holder_on(&presence.seat_id, day).and_then(|h| h.act.as_ref());
            Some(say::acting(&who, gender, &seat, act.map(crate::body::Act::with_article).as_deref()))
        }
        Capacity::NoValidDelegation => {
            if m.facts.events.iter().any(|e| e.id == presence.began && e.kind == EventKind::DelegationRevoked)
            {
                return None; // told when it was revoked
            }
            if let (Some(d), Some(first)) = (delegation, another_delegate(m, presence)) {
                let rules = &m.facts.frame.rule_set;
                let norm = rules.source(rules.delegation.article.as_deref());
                let (act, first) = (d.act.with_article(), m.person(first));
                return Some(say::another_delegate(&who, &act, &first, alternate, norm.as_ref()));
            }
            if let Some(d) = with_voice(m, presence) {
                return Some(say::delegate_with_voice(&who, role, &principal(), &d.act.with_article()));
            }
            if let Some(later) = counted_later(m, presence) {
                return Some(say::no_delegation_until(m.moment(later), &who, alternate));
            }
            if let Some((last, kind)) = ceased(m, presence).filter(|_| delegation.is_none()) {
                return Some(say::former_holder(&who, kind, last));
            }
            if let Some(letter) = of_nobody(m, presence) {
                return Some(say::alternate_of_nobody(&who, &letter.act.with_article()));
            }
            let mut text = say::no_delegation(&who, alternate);
            if let Some(d) = delegation {
                let act = capitalized(&d.act.with_article());
                match d.status_on(m.facts.session.date) {
                    DelegationStatus::Expired => {
                        if let Some(last) = d.valid_to {
                            text.push_str(&format!(" {act} venció el {}.", spanish::date(last)));
                        }
                    }
                    DelegationStatus::Revoked => text.push_str(&format!(" {act} se había revocado.")),
                    DelegationStatus::NotYet => {
                        text.push_str(&format!(" {act} rige desde el {}.", spanish::date(d.valid_from)));
                    }
                    DelegationStatus::Rejected => {
                        let why = d.rejected_reason.as_deref().map(say::inside).filter(|r| !r.is_empty());
                        let why = why.map_or_else(String::new, |r| format!(": {}", say::uncapitalized(r)));
                        text.push_str(&format!(" {act} no se admitió{why}."));
                    }
                    DelegationStatus::Valid => {
                        let other =
                            d.session_ids.as_ref().is_some_and(|ids| !ids.contains(&m.facts.session.id));
                        if other {
                            text.push_str(&format!(" {act} es para otra sesión."));
                        }
                    }
                }
            }
            Some(text)
        }
        Capacity::NotAccredited => {
            let over = match m.facts.frame.unfit(&presence.seat_id, &presence.person_id, day) {
                Some(Unfit::TermOver(last)) => Some(last),
                _ => None,
            };
            Some(say::not_accredited(&who, over))
        }
        // Whoever is named ad hoc is told with the recusal.
        Capacity::AdHoc | Capacity::Holder | Capacity::Absent => None,
    }
}

/// What somebody is said to attend by whose act is not at hand.
fn without_act(alternate: bool) -> String {
    if alternate { "la carta que acredita su suplencia" } else { "el acto de delegación" }.to_owned()
}

/// The letter in force of an alternate who came when nobody held the seat: there was nobody to stand in for.
fn of_nobody<'a>(m: &'a Material, presence: &Presence) -> Option<&'a Delegation> {
    let (frame, day) = (&m.facts.frame, m.facts.sitting(presence.from));
    let letter = frame.delegations.iter().find(|d| Some(&d.id) == presence.delegation_id.as_ref())?;
    let in_force = letter.counts_in(&m.facts.session.id, day);
    (in_force && frame.without_principal(&presence.seat_id, day)).then_some(letter)
}

/// Until when somebody held the seat for which they came without an act, and as what.
fn ceased(m: &Material, presence: &Presence) -> Option<(NaiveDate, HolderKind)> {
    let day = m.facts.sitting(presence.from);
    let held = m.facts.frame.former_holder(&presence.seat_id, &presence.person_id, day)?;
    held.valid_to.filter(|_| presence.delegation_id.is_none()).map(|last| (last, held.kind))
}

/// The delegate of the seat before somebody whose act was in force and who was one too many.
fn another_delegate<'a>(m: &'a Material, presence: &Presence) -> Option<&'a PersonId> {
    let facts = &m.facts;
    let when = (&facts.session.id, facts.sitting(presence.from), presence.from);
    let (by_act, _) = facts.frame.capacity(when, &presence.seat_id, &presence.person_id);
    let first =
        facts.other_delegates(&presence.seat_id, &presence.person_id, presence.from).into_iter().next();
    first.filter(|_| by_act == Capacity::Delegate && presence.capacity == Capacity::NoValidDelegation)
}

/// When somebody who did not count for a seat came to count for it: their act was received meanwhile.
fn counted_later(m: &Material, presence: &Presence) -> Option<DateTime<Utc>> {
    let later = |p: &&Presence| p.person_id == presence.person_id && p.from >= presence.from;
    let counts = m.course.of_seat(&presence.seat_id).filter(later).find(|p| p.capacity.counts());
    counts.map(|p| p.from)
}

/// Whether somebody who counts for a seat had not counted for it before.
fn uncounted_before(m: &Material, presence: &Presence) -> bool {
    let earlier = |p: &&Presence| p.person_id == presence.person_id && p.from < presence.from;
    presence.capacity.counts()
        && m.course.of_seat(&presence.seat_id).filter(earlier).any(|p| came_uncounted(m, p))
}

/// Whether somebody attends for a seat that does not count by it from the beginning.
fn came_uncounted(m: &Material, presence: &Presence) -> bool {
    let revoked =
        m.facts.events.iter().any(|e| e.id == presence.began && e.kind == EventKind::DelegationRevoked);
    matches!(presence.capacity, Capacity::NoValidDelegation | Capacity::NotAccredited) && !revoked
}

/// The delegation in force by which somebody attends with voice alone.
fn with_voice<'a>(m: &'a Material, presence: &Presence) -> Option<&'a Delegation> {
    let id = presence.delegation_id.as_ref()?;
    let delegation = m.facts.frame.delegations.iter().find(|d| d.id == *id)?;
    let in_force = delegation.status_on(m.facts.sitting(presence.from)) == DelegationStatus::Valid;
    (in_force && delegation.scope == DelegationScope::Voice).then_some(delegation)
}

/// What a vote is about, for its sentence.
fn subject(m: &Material, vote: &Vote) -> Subject {
    let motion = vote.motion_id.as_ref().and_then(|id| m.facts.motions.iter().find(|x| x.id == *id));
    let item = m.facts.items.iter().find(|i| i.id == vote.item_id);
    match motion.map(|x| x.kind) {
        Some(MotionKind::Recusal) => {
            let challenged =
                motion.and_then(|x| recusal_of(m, x)).is_some_and(|r| r.kind == RecusalKind::Challenged);
            return match challenged {
                true => Subject { noun: "La recusación", approved: "aceptada", rejected: "negada" },
                false => Subject { noun: "El impedimento", approved: "aceptado", rejected: "negado" },
            };
        }
        Some(MotionKind::Postponement) => return Subject::feminine("La moción de aplazamiento"),
        Some(MotionKind::Amendment) => return Subject::feminine("La modificación"),
        Some(MotionKind::AgendaAddition) => return Subject::feminine("La adición al orden del día"),
        Some(MotionKind::Return) => return Subject::feminine("La moción de devolución"),
        Some(MotionKind::Reopening) => return Subject::feminine("La moción de reapertura"),
        Some(MotionKind::Procedural | MotionKind::Substantive) | None => {}
    }
    // The matter of the item is what was approved only where the motion asks for that; any other is told as a motion.
    let words = motion.map_or(&vote.question, |x| &x.text).to_lowercase();
    let asks = |names: &[&str]| {
        ["aprob", "aprueb", "prioriz", "adopt", "acog", "aval"].iter().any(|verb| words.contains(verb))
            && (names.is_empty() || names.iter().any(|name| words.contains(name)))
    };
    match item.map(|i| i.kind) {
        Some(AgendaKind::Proposal) if asks(&[]) => Subject::feminine("La propuesta"),
        Some(AgendaKind::PreviousMinutes) if asks(&["acta"]) => Subject::feminine("El acta"),
        Some(AgendaKind::Procedure) if asks(&["orden del día"]) => Subject::masculine("El orden del día"),
        Some(AgendaKind::Report | AgendaKind::ReportDecision) if asks(&["informe"]) => {
            Subject::masculine("El informe")
        }
        Some(AgendaKind::InternalRules) if asks(&["reform", "reglamento", "modific"]) => {
            Subject::feminine("La reforma")
        }
        _ => Subject::feminine("La moción"),
    }
}

fn method_phrase(method: VoteMethod) -> &'static str {
    match method {
        VoteMethod::Ordinary => "a votación ordinaria",
        VoteMethod::RollCall => "a votación nominal",
        VoteMethod::ShowOfHands => "a votación contada a mano alzada",
        VoteMethod::Consensus => "a consenso",
        VoteMethod::Secret => "a votación secreta",
        VoteMethod::Written => "a votación por escrito",
    }
}

/// Where several items are voted at once: "en bloque para los puntos 5, 6 y 7, ".
fn in_block(m: &Material, motion: &crate::vote::Motion) -> String {
    if motion.block_item_ids.is_empty() {
        return String::new();
    }
    format!("en bloque para {}, ", block_items(m, motion, None))
}

/// "los puntos 5, 6 y 7": the items of a block in their printed order, or those other than one of them.
fn block_items(m: &Material, motion: &crate::vote::Motion, besides: Option<&AgendaItemId>) -> String {
    let numbers = crate::live::item_numbers(&m.facts.items);
    let of_it = |id: &AgendaItemId| {
        (*id == motion.item_id || motion.block_item_ids.contains(id)) && Some(id) != besides
    };
    let items: Vec<String> =
        m.facts.items.iter().zip(numbers).filter(|(i, _)| of_it(&i.id)).map(|(_, n)| n).collect();
    match items.as_slice() {
        [one] => format!("el punto {one}"),
        many => format!("los puntos {}", list(many)),
    }
}

/// What changed the text of a motion since it was put, and what that was; nothing when it is as it was put.
fn reworded(m: &Material, motion: &crate::vote::Motion) -> String {
    let Some(filed) = motion.rewordings.first().map(|change| &change.was) else { return String::new() };
    let amended = m.facts.motions.iter().any(|amendment| {
        amendment.amends_motion_id.as_ref() == Some(&motion.id) && amendment.status == MotionStatus::Approved
    });
    let by = if amended { ", con lo que se aprobó modificar" } else { "" };
    let reasons: Vec<&str> =
        motion.rewordings.iter().filter_map(|change| change.reason.as_deref()).map(say::inside).collect();
    let why = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join("; ")) };
    format!("{by}; se había presentado así: {}{why}", say::quoted(filed))
}

/// What was put to the vote, when and how.
fn put_to_vote(m: &Material, vote: &Vote) -> String {
    let motion = vote.motion_id.as_ref().and_then(|id| m.facts.motions.iter().find(|x| x.id == *id));
    let at = say::at_clock(m.moment(vote.opened_at));
    let what = match motion {
        Some(motion) => {
            let amended = |id| m.facts.motions.iter().find(|x| Some(&x.id) == id);
            let noun = match amended(motion.amends_motion_id.as_ref()) {
                Some(changed) => {
                    format!("la modificación a {}", say::quoted(changed.text_at(vote.opened_at)))
                }
                None => "la proposición".to_owned(),
            };
            let by = motion.mover_person_id.as_ref().map(|mover| spanish::de(&m.person(mover)));
            let by = match (by, &motion.amends_motion_id) {
                (Some(by), None) => format!(" {by}"),
                (Some(by), Some(_)) => format!(", {by}"),
                (None, _) => String::new(),
            };
            let block = in_block(m, motion);
            format!("{block}{noun}{by}: {}{}", say::quoted(&motion.text), reworded(m, motion))
        }
        None => format!("la pregunta: {}", say::quoted(&vote.question)),
    };
    let again = if vote.round > 1 { "de nuevo " } else { "" };
    if vote.method == VoteMethod::Written {
        return format!("Se sometió {again}{} {what}.", method_phrase(vote.method));
    }
    let rules = &m.facts.frame.rule_set;
    let follows = vote.previous_vote_id.as_ref().filter(|_| vote.round <= 1);
    let before = follows.and_then(|id| m.course.vote(id));
    let start = match before {
        Some(before) if !before.lacked_consensus() => format!("Reabierto el asunto, {at}"),
        Some(_) => {
            let norm = rules.rule(&vote.rule_id).and_then(|rule| rules.majority_after_consensus(rule));
            format!("Como no hubo consenso{}, {at}", say::cited(norm.as_ref()))
        }
        None => capitalized(&at),
    };
    format!("{start} se sometió {again}{} {what}.", method_phrase(vote.method))
}

/// How a vote was counted: with what quorum, what came of it, the reasons given. There is always a first paragraph.
fn count_paragraphs(m: &Material, vote: &Vote, course: &VoteCourse) -> Vec<String> {
    let mut first = String::new();
    let Some(verdict) = &course.verdict else {
        return vec!["La regla que la decide no está en el reglamento registrado.".to_owned()];
    };
    let closed = vote.closed_at.unwrap_or(vote.opened_at);
    let lacked = course.lacked_quorum();
    if let Some(quorum) = &verdict.quorum {
        // Those who voted and left count while the quorum stands; they were not present when it closed.
        let here = if lacked { quorum.have } else { quorum.have.saturating_sub(course.left.len() as u64) };
        let when = if course.moved && vote.status != VoteStatus::Open {
            format!("Al cerrarse la votación, {}, ", say::at_clock(m.moment(closed)))
        } else {
            String::new()
        };
        let present = match vote.method {
            VoteMethod::Written => spanish::agree(here, "respondió", "respondieron"),
            _ => spanish::agree(here, "estaba presente", "estaban presentes"),
        };
        first.push_str(&format!(
            "{} {} de {}; el quórum requerido era de {}{}.",
            capitalized(&format!("{when}{present}")),
            spanish::SEAT.count_one_in_words(here),
            spanish::cardinal_with_figures(quorum.base, spanish::Form::Alone),
            spanish::cardinal_with_figures(quorum.need, spanish::Form::Alone),
            say::cited(quorum.source.as_ref())
        ));
    }
    let left_ballots =
        m.facts.ballots.iter().filter(|b| b.vote_id == vote.id && course.left.contains(&b.seat_id));
    let left_secret = course.left.iter().filter(|seat| vote.participant_seat_ids.contains(seat));
    let sat = |seat: &SeatId| {
        m.course
            .presence
            .iter()
            .find(|p| p.seat_id == *seat && p.from <= closed && p.to.is_none_or(|to| vote.opened_at <= to))
    };
    let who_left: Vec<String> = left_ballots
        .map(|b| &b.person_id)
        .chain(left_secret.filter_map(|seat| Some(&sat(seat)?.person_id)))
        .map(|person| m.person(person))
        .collect();
    if !who_left.is_empty() {
        let n = who_left.len() as u64;
        first.push_str(&format!(
            " {} {}, que {} después de votar{}.",
            if lacked {
                spanish::agree(n, "No se contó el voto", "No se contaron los votos")
            } else {
                spanish::agree(n, "Se contó el voto", "Se contaron los votos")
            },
            spanish::de(&list(&who_left)),
            spanish::agree(n, "se retiró", "se retiraron"),
            if lacked { ": no quedó quórum" } else { "" },
        ));
    }
    let recused = course.present.len().saturating_sub(course.entitled.len()) as u64;
    if recused > 0 {
        first.push_str(&format!(
            " No {} {} por impedimento.",
            spanish::agree(recused, "votó", "votaron"),
            spanish::SEAT.count_one_in_words(recused)
        ));
    }
    if vote.status == VoteStatus::Open {
        first.push_str(" La votación está abierta.");
        return vec![first.trim_start().to_owned()];
    }
    if vote.method == VoteMethod::Secret && !vote.participant_seat_ids.is_empty() {
        first.push(' ');
        first.push_str(&say::secret(vote.participant_seat_ids.len() as u64));
    }
    let unsigned = |n: i64| u64::try_from(n).unwrap_or(0);
    let votes = Tally {
        in_favor: unsigned(course.in_favour),
        against: unsigned(course.against),
        abstain: unsigned(course.abstain),
    };
    let subject = subject(m, vote);
    let rule = m.facts.frame.rule_set.rule(&vote.rule_id);
    let threshold = rule.map_or(Threshold::Simple, |r| r.threshold);
    let again = |sentence: String| {
        if vote.round > 1 {
            format!("Repetida la votación, {}", say::uncapitalized(&sentence))
        } else {
            sentence
        }
    };
    let count = verdict.count;
    let mut second = String::new();
    let tied = count.tie == Some(true);
    if tied && vote.round <= 1 {
        second.push_str(&say::tie(votes));
        if votes.abstain > 0 {
            second.push_str(&format!(" Hubo {}.", spanish::ABSTENTION.count(votes.abstain)));
        }
        second.push(' ');
    }
    let cast = vote.casting_vote.as_ref().filter(|_| tied);
    match (count.result, cast) {
        (VoteResult::Approved | VoteResult::Rejected, Some(cast)) => {
            second.push_str(&say::casting_vote(
                verdict.casting_vote_source.as_ref(),
                m.presiding(closed),
                cast.value,
            ));
            if let Some(why) = cast.explanation.as_deref().filter(|w| !say::inside(w).is_empty()) {
                second.push_str(&format!(" Explicó su voto: {}.", say::quoted(why)));
            }
            let Subject { noun, approved, rejected } = subject;
            let came = if count.result == VoteResult::Approved { approved } else { rejected };
            second.push_str(&format!(" {noun} fue {came}."));
        }
        (VoteResult::Approved, None) => {
            let all =
                votes.in_favor == course.entitled.len() as u64 && votes.against == 0 && votes.abstain == 0;
            if all {
                let all = say::unanimous(subject, votes.in_favor, recused > 0);
                let all = match (vote.method, course.silent.is_empty()) {
                    (VoteMethod::Written, true) => all
                        .replace(" puestos presentes", " puestos que respondieron")
                        .replace(" único puesto presente", " único puesto que respondió"),
                    (VoteMethod::Written, false) => say::majority(subject, threshold, votes),
                    _ => all,
                };
                second.push_str(&again(all));
            } else {
                second.push_str(&again(say::majority(subject, threshold, votes)));
            }
        }
        (VoteResult::Rejected, None) if tied => {
            let norm = verdict.source.as_ref();
            if vote.round > 1 {
                second.push_str(&say::second_round_tied(subject, norm));
            } else {
                second.push_str(&format!(
                    "{} no fue {}{}.",
                    subject.noun,
                    subject.approved,
                    say::cited(norm)
                ));
            }
        }
        (VoteResult::Rejected, None) => {
            let required = count.required.unwrap_or(0);
            let moved = Subject::feminine("La moción");
            second.push_str(&again(say::rejected(moved, votes, required)));
            second.push_str(&format!(" Hubo {}.", say::tally(votes)));
        }
        (VoteResult::SecondRound, _) => {
            second.push_str("Se dispuso repetir la votación.");
            let again =
                m.facts.votes.iter().any(|v| {
                    v.previous_vote_id.as_ref() == Some(&vote.id) && v.status != VoteStatus::Annulled
                });
            if !again && m.course.closed_at.is_some() {
                second.push_str(&format!(
                    " La sesión terminó sin repetirla y {} no fue {}.",
                    say::uncapitalized(subject.noun),
                    subject.approved
                ));
            }
        }
        (VoteResult::TieUnresolved, _) => second.push_str(&format!(
            "No hubo voto dirimente y {} no fue {}.",
            say::uncapitalized(subject.noun),
            subject.approved
        )),
        (VoteResult::NoConsensus, _) => second.push_str(&no_consensus(m, vote)),
        (VoteResult::NoQuorum, _) => {
            second.push_str("No había quórum para decidir; no hubo decisión.");
        }
        (VoteResult::Invalid, _) => {
            second
                .push_str("Los votos registrados no corresponden a los puestos presentes; no hay decisión.");
        }
    }
    if let (Some(base), Some(required), Some(rule)) = (count.base_size, count.required, rule) {
        let of = match (rule.threshold, rule.base) {
            (Threshold::Fixed { .. }, _) => None,
            // Its number comes from the members, whatever the base.
            (Threshold::Absolute, _) => {
                verdict.quorum.as_ref().map(|quorum| spanish::MEMBER.count(quorum.base))
            }
            (_, Base::Members) => Some(spanish::MEMBER.count(base)),
            (_, Base::Attendees) => Some(spanish::ATTENDEE.count(base)),
            (_, Base::VotesCast) => Some(
                spanish::Noun { singular: "voto emitido", plural: "votos emitidos", feminine: false }
                    .count(base),
            ),
        };
        second.push_str(&format!(
            " Se {} {}{}{}.",
            spanish::agree(required, "requería", "requerían"),
            spanish::VOTE_FOR.count(required),
            of.map_or_else(String::new, |of| format!(" de {of}")),
            say::cited(verdict.source.as_ref())
        ));
    }
    if let Some(cast) = vote.casting_vote.as_ref().filter(|_| !tied) {
        second.push_str(&format!(
            " {} había emitido el voto dirimente {}; contada de nuevo la votación no hubo empate y ese voto no se cuenta.",
            capitalized(m.presiding(closed)),
            cast.value.label()
        ));
    }
    if !course.silent.is_empty() {
        let seats: Vec<String> = course.silent.iter().map(|s| m.seat_name(s)).collect();
        let norm = m.facts.frame.rule_set.silence_in_favour();
        second.push_str(&format!(" {}", say::silent_in_favour(&seats, norm.as_ref())));
    }
    if !course.not_voted.is_empty() {
        let seats: Vec<String> = course.not_voted.iter().map(|s| m.seat_name(s)).collect();
        second.push_str(&format!(" {}", say::not_voted(&seats)));
    } else if vote.method == VoteMethod::ShowOfHands {
        // Hands are counted and not named; that some were not raised is told all the same.
        let cast = votes.in_favor + votes.against + votes.abstain;
        let silent = (course.entitled.len() as u64).saturating_sub(cast);
        if silent > 0 {
            second.push_str(&format!(" {}", say::uncounted(silent)));
        }
    }
    let mut paragraphs = vec![first.trim_start().to_owned(), second.trim().to_owned()];
    paragraphs.extend(crate::vote::counted_again(vote));
    // Why a seat objected is told with its objection.
    let told = count.result == VoteResult::NoConsensus;
    for explanation in vote.explanations.iter().filter(|e| !told || !objected(m, vote, e.seat_id.as_ref())) {
        paragraphs.push(format!(
            "{} explicó su voto: {}.",
            capitalized(&m.person(&explanation.person_id)),
            say::quoted(&explanation.text)
        ));
    }
    paragraphs
}

/// Whether a seat objected to a consensus.
fn objected(m: &Material, vote: &Vote, seat: Option<&SeatId>) -> bool {
    let against = |b: &Ballot| b.vote_id == vote.id && b.value == BallotValue::Against;
    m.facts.ballots.iter().any(|b| against(b) && Some(&b.seat_id) == seat)
}

/// Who objected to a consensus and why, and what follows.
fn no_consensus(m: &Material, vote: &Vote) -> String {
    let mut told = String::new();
    for ballot in
        m.facts.ballots.iter().filter(|b| objected(m, vote, Some(&b.seat_id)) && b.vote_id == vote.id)
    {
        let reason = vote.explanations.iter().find(|e| e.seat_id.as_ref() == Some(&ballot.seat_id));
        told.push_str(&say::objection(&m.person(&ballot.person_id), reason.map(|e| e.text.as_str())));
        told.push(' ');
    }
    let rules = &m.facts.frame.rule_set;
    let norm = rules.rule(&vote.rule_id).and_then(|rule| rules.majority_after_consensus(rule));
    let followed = m
        .facts
        .votes
        .iter()
        .any(|v| v.previous_vote_id.as_ref() == Some(&vote.id) && v.status != VoteStatus::Annulled);
    told.push_str(&match norm {
        None => say::no_consensus(),
        Some(_) if followed || m.course.closed_at.is_none() => "No hubo consenso.".to_owned(),
        Some(norm) => say::no_majority_after_consensus(&norm),
    });
    told
}

/// Who voted for a seat, with the act by which they did when they do not hold it.
fn with_instrument(m: &Material, person: &PersonId, delegation: Option<&DelegationId>) -> String {
    let name = m.full_name(person);
    match m.facts.frame.delegations.iter().find(|d| Some(&d.id) == delegation) {
        Some(act) => {
            let alternate = m.facts.frame.sends_alternate(&act.seat_id);
            let by = if alternate { "suplente" } else { "delegación" };
            let cited = act.act.with_article();
            let cited = cited.split_once(' ').map_or(cited.as_str(), |(_, cited)| cited);
            format!("{name} ({by}: {cited})")
        }
        None => name,
    }
}

/// The roll-call table of a vote, in the order of the seats.
fn roll(m: &Material, vote: &Vote, course: &VoteCourse) -> Vec<RollRowPrinted> {
    if matches!(vote.method, VoteMethod::ShowOfHands | VoteMethod::Secret) || course.lacked_consensus() {
        return Vec::new();
    }
    let ballots: BTreeMap<&SeatId, _> =
        m.facts.ballots.iter().filter(|b| b.vote_id == vote.id).map(|b| (&b.seat_id, b)).collect();
    if ballots.is_empty() {
        return Vec::new();
    }
    let at = vote.closed_at.unwrap_or(vote.opened_at);
    let mut rows = Vec::new();
    for seat in &m.facts.frame.seats {
        let id = &seat.seat.id;
        let inside = course.present.contains(id);
        let sat = || {
            m.course
                .of_seat(id)
                .find(|p| p.from <= at && p.to.is_none_or(|to| at <= to))
                .map_or_else(String::new, |p| m.full_name(&p.person_id))
        };
        let (name, word) = match ballots.get(id) {
            Some(ballot) if inside && !vote.recused_seat_ids.contains(id) => {
                let word = match ballot.value {
                    BallotValue::For => "A favor",
                    BallotValue::Against => "En contra",
                    BallotValue::Abstain => "Abstención",
                };
                (with_instrument(m, &ballot.person_id, ballot.delegation_id.as_ref()), word)
            }
            _ if inside && vote.recused_seat_ids.contains(id) => (sat(), "Con impedimento"),
            _ if course.silent.contains(id) => {
                (holder(m, id).map_or_else(String::new, |p| m.full_name(&p)), "A favor, por su silencio")
            }
            _ if inside => (sat(), "Sin votar"),
            _ => continue,
        };
        rows.push(RollRowPrinted { seat: seat_name(&m.facts.frame, seat), name, vote: word.to_owned() });
    }
    rows
}

/// "Sesión ordinaria n.º 1 de 2025, presencial"; an informative session takes no session number.
fn session_line(m: &Material) -> String {
    let s = &m.facts.session;
    if s.status == SessionStatus::Informative {
        return format!("Sesión informativa, {}, sin decisiones", s.mode.label());
    }
    format!("{}, {}", crate::session::plan::name(s).es, s.mode.label())
}

fn place_line(m: &Material) -> String {
    let s = &m.facts.session;
    let place = s.place.as_deref().map_or("", say::inside);
    let platform = s.platform.as_deref().map_or("", say::inside);
    match (place.is_empty(), platform.is_empty()) {
        (false, false) if !place.contains(platform) => format!("{place}; {platform}"),
        (false, _) => place.to_owned(),
        (true, false) => platform.to_owned(),
        (true, true) if s.mode == SessionMode::Written => "No presencial, por respuestas escritas".to_owned(),
        (true, true) => "Por registrar".to_owned(),
    }
}

fn presided(m: &Material) -> Vec<String> {
    let turns = &m.course.presiding;
    turns
        .iter()
        .map(|turn| {
            let name = m.full_name(&turn.person_id);
            let post = m.facts.frame.person(&turn.person_id).and_then(|p| p.position.clone());
            let post = post.map_or_else(String::new, |p| format!(", {p}"));
            if turns.len() == 1 {
                format!("{name}{post}")
            } else {
                format!("{name}{post} (desde {})", say::clock_of(m.moment(turn.from)))
            }
        })
        .collect()
}

fn members(m: &Material) -> Vec<MemberRow> {
    let opened = m.course.opened_at;
    let roll_over = m.course.opening_check().map(|l| l.occurred_at);
    m.facts
        .frame
        .seats
        .iter()
        .map(|seat| {
            let id = &seat.seat.id;
            // Whoever came without a valid act is another attendee: the seat did not attend by that.
            let (uncounted, stretches): (Vec<&Presence>, Vec<&Presence>) =
                m.course.of_seat(id).partition(|p| came_uncounted(m, p));
            let uncounted: Vec<&Presence> =
                uncounted.into_iter().filter(|p| counted_later(m, p).is_none()).collect();
            let mut remarks: Vec<String> = Vec::new();
            let alternate = seat.seat.represents_organisation();
            let by = if alternate { "Suplente" } else { "Delegación" };
            if !seat.seat.vote {
                remarks.push("Con voz y sin voto".to_owned());
            }
            let person = stretches.first().map(|p| p.person_id.clone()).or_else(|| holder(m, id));
            let mut told: BTreeSet<&PersonId> = BTreeSet::new();
            for stretch in &stretches {
                if stretch.capacity == Capacity::NoValidDelegation {
                    remarks
                        .push(format!("Delegación revocada desde {}", say::clock_of(m.moment(stretch.from))));
                    continue;
                }
                if !told.insert(&stretch.person_id) {
                    continue;
                }
                if stretch.capacity == Capacity::AdHoc {
                    let (name, items) = (m.full_name(&stretch.person_id), m.facts.numbers_of(&stretch.items));
                    remarks.push(format!("Ad hoc, {items}: {name}"));
                    continue;
                }
                if Some(&stretch.person_id) != person.as_ref() {
                    remarks.push(format!("Después, {}", m.full_name(&stretch.person_id)));
                }
                let delegation = stretch
                    .delegation_id
                    .as_ref()
                    .and_then(|id| m.facts.frame.delegations.iter().find(|d| d.id == *id));
                match stretch.capacity {
                    Capacity::Delegate => remarks.push(delegation.map_or_else(
                        || by.to_owned(),
                        |d| {
                            let act = d.act.with_article();
                            let act = act.split_once(' ').map_or(act.as_str(), |(_, rest)| rest);
                            match stretch.items.as_slice() {
                                [] => format!("{by}: {act}"),
                                items => format!("{by}: {act}, {}", m.facts.numbers_of(items)),
                            }
                        },
                    )),
                    Capacity::Acting => {
                        let day = m.facts.sitting(stretch.from);
                        let act = m.facts.frame.holder_on(id, day).and_then(|h| h.act.as_ref());
                        let act = act.map_or_else(String::new, |act| format!(": {}", act.cited()));
                        remarks.push(format!("Encargo{act}"));
                    }
                    Capacity::NoValidDelegation
                    | Capacity::NotAccredited
                    | Capacity::AdHoc
                    | Capacity::Holder
                    | Capacity::Absent => {}
                }
            }
            if m.course.written.is_some() {
                remarks.extend(replied(m, id));
            } else if let (Some(first), Some(_)) = (stretches.first(), opened) {
                let late = roll_over
                    .map_or_else(|| opened.is_some_and(|o| first.from > o), |over| first.from > over);
                if late {
                    remarks.push(format!("Desde {}", say::clock_of(m.moment(first.from))));
                }
            }
            remarks.extend(absences_told(m, id, &stretches));
            if let Some(left) = stretches
                .last()
                .filter(|p| {
                    matches!(
                        p.end_kind,
                        Some(
                            EventKind::Departure
                                | EventKind::TemporaryDeparture
                                | EventKind::ConnectionLost
                                // Who did not answer the roll of another day was there until the suspension.
                                | EventKind::SessionResumed
                        )
                    )
                })
                .and_then(|p| p.to)
            {
                remarks.push(format!("Hasta {}", say::clock_of(m.moment(left))));
            }
            if m.facts.session.mode == SessionMode::Mixed
                && stretches.iter().any(|p| p.mode == Some(AttendanceMode::Virtual))
            {
                remarks.push("Virtual".to_owned());
            }
            if !uncounted.is_empty() {
                let voice = uncounted.iter().all(|p| with_voice(m, p).is_some());
                let unfit = uncounted.iter().all(|p| p.capacity == Capacity::NotAccredited);
                let came = if voice {
                    "Asistió una persona con voz y sin voto"
                } else if unfit {
                    "Se presentó una persona sin acreditación vigente"
                } else if uncounted.iter().all(|p| ceased(m, p).is_some()) {
                    "Asistió con voz quien ya no era titular"
                } else if uncounted.iter().all(|p| of_nobody(m, p).is_some()) {
                    "Asistió con voz un suplente sin titular"
                } else if alternate {
                    "Se presentó una persona sin acreditación vigente como suplente"
                } else {
                    "Se presentó una persona sin delegación vigente"
                };
                remarks.push(format!("{came}; no se contó"));
            }
            if stretches.is_empty() {
                let excuse = m
                    .facts
                    .confirmations
                    .iter()
                    .find(|c| c.seat_id == *id && c.answer == Answer::Excused && c.in_writing);
                match excuse.map(|c| c.text.as_deref().map_or("", say::inside).to_owned()) {
                    Some(text) if text.is_empty() => remarks.push("Excusa escrita".to_owned()),
                    Some(text) if text.to_lowercase().starts_with("excusa") => remarks.push(text),
                    Some(text) => remarks.push(format!("Excusa escrita: {}", say::uncapitalized(&text))),
                    None => {}
                }
            }
            let found = person.as_ref().and_then(|p| m.facts.frame.person(p));
            let entity = seat.entity.clone().unwrap_or_else(|| seat_name(&m.facts.frame, seat));
            // A seat that is named after whom it stands for says so once.
            let post = Some(seat.seat.title.clone()).filter(|title| *title != entity);
            let position = found.and_then(|p| p.position.clone()).or(post);
            MemberRow {
                number: seat.seat.number,
                name: found.map_or_else(|| "Sin titular".to_owned(), |p| p.full_name.clone()),
                position: position.unwrap_or_else(|| "—".to_owned()),
                entity,
                attended: !stretches.is_empty(),
                remarks: remarks.join(". ").replace(".. ", ". "),
            }
        })
        .collect()
}

/// When and by which means a seat replied in a written session, or that its reply did not count.
fn replied(m: &Material, seat: &SeatId) -> Option<String> {
    let written = m.course.written.as_ref()?;
    let mut of_seat = written.replies.iter().filter(|r| r.seat_id == *seat);
    let Some(first) = of_seat.clone().find(|r| r.counts) else {
        return of_seat.next().map(|_| "Su respuesta no se contó".to_owned());
    };
    let reply = m.facts.replies.iter().find(|r| r.id == first.reply_id)?;
    Some(format!("{}, {}", capitalized(&say::at_clock(m.moment(first.received_at))), reply.means.label()))
}

/// When a seat that attended was out of the session in between: "Ausente de 9:10 a. m. a 9:40 a. m.".
fn absences_told(m: &Material, seat: &SeatId, stretches: &[&Presence]) -> Vec<String> {
    let span = |from: DateTime<Utc>, to: DateTime<Utc>| {
        format!("de {} a {}", say::clock_of(m.moment(from)), say::clock_of(m.moment(to)))
    };
    let (mut away, mut cut_off) = (Vec::new(), Vec::new());
    for (before, after) in stretches.iter().zip(stretches.iter().skip(1)) {
        let Some(left) = before.to.filter(|left| bogota_minute(*left) != bogota_minute(after.from)) else {
            continue;
        };
        match before.end_kind {
            Some(EventKind::Departure | EventKind::TemporaryDeparture) => away.push(span(left, after.from)),
            Some(EventKind::ConnectionLost) => cut_off.push(span(left, after.from)),
            _ => {}
        }
    }
    // Out for a recusal is not away, until another item begins and they are not back.
    let of_seat = |l: &&crate::course::LedgerLine| l.seat_id.as_ref() == Some(seat);
    // Nor is whoever sits for some items alone: in the others they are in the room and do not count.
    let limited = |l: &&crate::course::LedgerLine| {
        let then = |p: &&&Presence| p.from <= l.occurred_at && p.to.is_none_or(|to| l.occurred_at < to);
        stretches.iter().find(then).is_some_and(|p| !p.items.is_empty())
    };
    for line in
        m.course.ledger.iter().filter(of_seat).filter(|l| l.kind == EventKind::ItemStart && !limited(l))
    {
        let mut later = m.course.ledger.iter().filter(of_seat).filter(|l| l.occurred_at >= line.occurred_at);
        let back = later.find(|l| l.kind == EventKind::Return).map(|l| l.occurred_at);
        if let Some(until) = back.or(m.course.closed_at) {
            away.push(span(line.occurred_at, until));
        }
    }
    let told =
        |word: &str, spans: Vec<String>| (!spans.is_empty()).then(|| format!("{word} {}", list(&spans)));
    told("Ausente", away).into_iter().chain(told("Sin conexión", cut_off)).collect()
}

fn person_row(m: &Material, id: &PersonId, reason: &str) -> PersonRow {
    let person = m.facts.frame.person(id);
    PersonRow {
        name: m.full_name(id),
        position: person.and_then(|p| p.position.clone()).unwrap_or_default(),
        entity: person.and_then(|p| p.entity.clone()).unwrap_or_default(),
        reason: reason.to_owned(),
    }
}

fn secretariat(m: &Material) -> Vec<PersonRow> {
    let mut people: Vec<&PersonId> = m.course.secretaries.iter().map(|t| &t.person_id).collect();
    if people.is_empty() {
        people.extend(m.facts.session.secretary_person_id.as_ref());
    }
    let mut seen = BTreeSet::new();
    people
        .into_iter()
        .filter(|p| seen.insert(*p))
        .map(|p| {
            let mut row = person_row(
                m,
                p,
                m.gender(p).of("Secretaria técnica", "Secretario técnico", "Secretaría técnica"),
            );
            if let Some(name) = &m.facts.frame.secretariat_name {
                row.entity.clone_from(name);
            }
            row
        })
        .collect()
}

fn invitees(m: &Material) -> Vec<InviteeRow> {
    let row = |line: crate::live::InviteeLine| {
        let people: Vec<String> = line.people.iter().map(|person| person.full_name.clone()).collect();
        // Of whom nobody recorded whether it came, nothing is said.
        line.attended.map(|attended| InviteeRow { name: line.name, attended, people: list(&people) })
    };
    crate::live::invitees(&m.facts).into_iter().filter_map(row).collect()
}

/// Guests that do not come for a permanent invitee, and whoever came for a seat without a valid act.
fn guests(m: &Material) -> Vec<PersonRow> {
    let frame = &m.facts.frame;
    let mut rows: Vec<PersonRow> = m
        .facts
        .guests
        .iter()
        .filter(|g| g.came())
        .filter(|g| {
            !frame.person(&g.person_id).is_some_and(|person| frame.invitees.iter().any(|i| i.sends(person)))
        })
        .map(|g| person_row(m, &g.person_id, g.reason.as_deref().unwrap_or("")))
        .collect();
    let mut told: BTreeSet<&PersonId> = m.facts.guests.iter().map(|g| &g.person_id).collect();
    let aside = m.course.beside.iter().filter(|p| stood_aside(m, p) && counted_later(m, p).is_none());
    let uncounted = |p: &&Presence| came_uncounted(m, p) && counted_later(m, p).is_none();
    for presence in m.course.presence.iter().filter(uncounted).chain(aside) {
        if told.insert(&presence.person_id) {
            let seat = frame.seat(&presence.seat_id).map_or_else(String::new, |seat| seat_name(frame, seat));
            let reason = match with_voice(m, presence) {
                Some(delegation) => {
                    format!("Por {seat}, con voz y sin voto según {}", delegation.act.with_article())
                }
                None if presence.capacity == Capacity::Delegate => {
                    format!("Por {seat}, con voz y sin voto: su titular ocupaba el puesto")
                }
                None if presence.capacity == Capacity::NotAccredited => {
                    format!("Por {seat}, sin acreditación vigente")
                }
                None if another_delegate(m, presence).is_some() => {
                    let alternate = frame.sends_alternate(&presence.seat_id);
                    let taken = if alternate { "suplente" } else { "delegado" };
                    format!("Por {seat}, con voz y sin voto: el puesto ya tenía {taken}")
                }
                None => match ceased(m, presence) {
                    Some((last, held)) => {
                        let was = match held {
                            HolderKind::Holder => "Fue titular",
                            HolderKind::Acting => "Tuvo el encargo",
                        };
                        let of_seat = spanish::de(&say::with_article(&seat));
                        format!("{was} {of_seat} hasta el {}", spanish::date(last))
                    }
                    None if of_nobody(m, presence).is_some() => {
                        format!("Por {seat}, suplente con voz: nadie ocupaba el puesto")
                    }
                    None if frame.sends_alternate(&presence.seat_id) => {
                        format!("Por {seat}, sin acreditación vigente como suplente")
                    }
                    None => format!("Por {seat}, sin delegación vigente"),
                },
            };
            rows.push(person_row(m, &presence.person_id, &reason));
        }
    }
    rows
}

/// Who signs, and what each has done.
pub(super) fn signers(m: &Material) -> Vec<SignerRow> {
    m.minutes
        .signatures
        .iter()
        .map(|signature| {
            let id = &signature.person_id;
            let row = person_row(m, id, "");
            let gender = m.gender(id);
            let part = if signature.role == "chair" {
                gender.of("Presidenta de la sesión", "Presidente de la sesión", "Presidencia de la sesión")
            } else {
                gender.of("Secretaria técnica", "Secretario técnico", "Secretaría técnica")
            };
            SignerRow {
                role: signature.role.clone(),
                name: row.name,
                position: row.position,
                entity: row.entity,
                part: part.to_owned(),
                signed_on: signature.signed_on,
                missing_reason: signature.missing_reason.clone(),
            }
        })
        .collect()
}

/// What the secretariat went past as it opened and adjourned the session and adopted its minutes, printed with its reasons:
/// what has one reason is told together. What was settled since, as a vote written down later, is no longer told as left.
fn overrides(m: &Material) -> Vec<String> {
    let mut told: Vec<(String, &str)> = Vec::new();
    let left = crate::preflight::left_unresolved(&m.facts, &m.course);
    let left = |check: &str| left.iter().any(|(named, _)| named == check);
    // A vote opened by mistake and annulled went past nothing.
    let voted = |check: &str| {
        let about = check.split_once(':').map_or("", |(_, id)| id);
        m.facts
            .votes
            .iter()
            .filter(|v| v.status != VoteStatus::Annulled)
            .any(|v| v.motion_id.as_ref().map_or(v.item_id.as_str(), |motion| motion.as_str()) == about)
    };
    let stands = |o: &&StepOverride| match o.step {
        Step::Vote => voted(&o.check),
        // It was convened in one mode and held in another.
        _ if o.check.starts_with("mode:") => o.check == crate::preflight::mode_check(&m.facts.session),
        _ => !o.check.starts_with("unresolved:") || left(&o.check),
    };
    let session =
        m.facts.session.overrides.iter().filter(stands).map(|o| (o.told.clone(), o.reason.as_str()));
    let minutes = m.minutes.overrides.iter().map(|o| (gone_past(m, &o.check), o.reason.as_str()));
    for (what, reason) in session.chain(minutes) {
        match told.iter_mut().find(|(_, said)| *said == reason) {
            Some((all, _)) => *all = format!("{} {what}", spanish::sentence(all.as_str())),
            None => told.push((what, reason)),
        }
    }
    let printed = |what, reason| format!("{} Razón: {}.", spanish::sentence(what), say::inside(reason));
    let gone_past = told.into_iter().map(|(what, reason)| printed(what, reason));
    say::history(&m.facts.session, true).into_iter().chain(short_notice(m)).chain(gone_past).collect()
}

/// With how few days the session was convened, and why.
fn short_notice(m: &Material) -> Option<String> {
    let rules = &m.facts.frame.rule_set;
    let notice = m.facts.session.notice.as_ref()?;
    let reason = notice.short_notice_reason.as_deref()?;
    let needed = rules.notice_needed(m.facts.session.kind)?;
    let norm = rules.source(rules.notice.article.as_deref()).filter(|norm| norm.article.is_some());
    let days = spanish::BUSINESS_DAY.count(u64::from(needed.business_days));
    let had = match notice.business_days.and_then(|had| u64::try_from(had).ok()) {
        Some(0) => "sin días hábiles".to_owned(),
        Some(had) => format!("con {}", spanish::BUSINESS_DAY.count(had)),
        None => "con menos días".to_owned(),
    };
    Some(format!(
        "La convocatoria se hizo {had} de antelación; el plazo mínimo era de {days}{}. Razón: {}.",
        say::cited(norm.as_ref()),
        say::inside(reason)
    ))
}

/// A check of the minutes that was gone past, as they print it.
fn gone_past(m: &Material, check: &str) -> String {
    match check.split_once(':') {
        Some(("delegation_file", id)) => {
            let act = m.facts.frame.delegations.iter().find(|d| d.id.as_str() == id);
            act.map_or_else(
                || "Faltaba el archivo de un acto de delegación".to_owned(),
                |d| format!("No se anexó {}", d.act.with_article()),
            )
        }
        Some(("recusal_in_writing", id)) => {
            let recusal = m.facts.recusals.iter().find(|r| r.id.as_str() == id);
            let who = recusal.map_or_else(String::new, |r| m.full_name(&r.person_id));
            let what = match recusal.map(|r| r.kind) {
                Some(RecusalKind::Challenged) => "La recusación",
                _ => "El impedimento",
            };
            format!("{what} de {who} no constaba por escrito")
        }
        Some(("narrative", _)) => "El relato difería de lo registrado y se mantuvo".to_owned(),
        Some(("commitment", _)) => "Un compromiso quedó sin responsable o sin fecha".to_owned(),
        Some(("outcome", _)) => "Un punto quedó sin resultado registrado".to_owned(),
        Some(("glyphs", _)) | None if check.starts_with("glyphs") => {
            "Hubo caracteres que se imprimieron con su código".to_owned()
        }
        _ => "Se adoptó con una verificación pendiente".to_owned(),
    }
}
