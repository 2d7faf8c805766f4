//! The agenda a session would have: the standing items of an acta, filled from the record. Minutes waiting for
//! approval, commitments that are open, items left over from the last session, proposals waiting for a decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::AgendaItem;
use super::edit::{AddAgendaItem, add};
use super::view::minutes_name;
use crate::codes::{
    AgendaKind, AgendaOutcome, MinutesKind, MinutesStatus, ProposalStatus, SessionMode, SessionStatus,
};
use crate::course::printed_order;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, MinutesId, ProposalId, SessionId};
use crate::journal::{Read, Tx};
use crate::minutes::Minutes;
use crate::proposal::Proposal;
use crate::rules::ApprovalRoute;
use crate::session::{Session, plan};
use crate::{spanish, text};

/// Which session to suggest an agenda for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetAgendaSuggestions {
    /// The session.
    pub session_id: SessionId,
}

/// An item that the record suggests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SuggestedItem {
    /// What names it in `build_agenda`: `opening`, `carried:ID`, `proposal:ID`, …
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: AgendaKind,
    /// Planned minutes, as the body's earlier items of the kind took; a round number where there are none.
    pub planned_minutes: i64,
    /// Minutes it submits.
    pub minutes_ids: Vec<MinutesId>,
    /// Proposals it treats.
    pub proposal_ids: Vec<ProposalId>,
    /// The item it carries over.
    pub carried_from_item_id: Option<AgendaItemId>,
    /// Why it is suggested.
    pub why: Text,
    /// Whether the agenda has it already.
    pub there: bool,
}

/// The items that the record suggests for a session, in the official order.
///
/// # Errors
/// `not_found`.
pub fn suggestions(read: &Read<'_>, request: GetAgendaSuggestions) -> Result<Vec<SuggestedItem>> {
    let session: Session = read.get(&request.session_id)?;
    let items: Vec<AgendaItem> = printed_order(read.select("WHERE session_id = ?1", [&session.id])?);
    let has_kind = |kind: AgendaKind| items.iter().any(|item| item.kind == kind);
    let usual = |kind: AgendaKind, otherwise: i64| usual_minutes(read, &session, kind, otherwise);
    let mut found = Vec::new();
    let standing =
        |key: &str, kind: AgendaKind, title: &str, minutes: i64, why: Text, there: bool| SuggestedItem {
            key: key.to_owned(),
            title: title.to_owned(),
            kind,
            planned_minutes: minutes,
            minutes_ids: Vec::new(),
            proposal_ids: Vec::new(),
            carried_from_item_id: None,
            why,
            there,
        };
    let official = || text!("Orden oficial del acta.", "Official order of the minutes.");
    found.push(standing(
        "opening",
        AgendaKind::Opening,
        "Llamado a lista y verificación del quórum",
        usual(AgendaKind::Opening, 10)?,
        official(),
        has_kind(AgendaKind::Opening),
    ));
    found.push(standing(
        "agenda",
        AgendaKind::Procedure,
        "Lectura y aprobación del orden del día",
        usual(AgendaKind::Procedure, 5)?,
        official(),
        has_kind(AgendaKind::Procedure),
    ));

    let minutes = minutes_to_approve(read, &session)?;
    if !minutes.is_empty() {
        let names: Vec<String> = minutes.iter().map(minutes_name).collect();
        let (listed, count) = (spanish::list(&names), minutes.len());
        let title = if count == 1 {
            format!("Aprobación del {listed}")
        } else {
            format!("Aprobación de las actas: {listed}")
        };
        let ids: Vec<MinutesId> = minutes.into_iter().map(|m| m.id).collect();
        let there = ids.iter().all(|id| items.iter().any(|item| item.minutes_ids.contains(id)));
        found.push(SuggestedItem {
            minutes_ids: ids,
            ..standing(
                "previous_minutes",
                AgendaKind::PreviousMinutes,
                &lower_act(&title),
                usual(AgendaKind::PreviousMinutes, 10)?,
                text!("Actas por aprobar: {count}.", "Minutes to approve: {count}."),
                there,
            )
        });
    }

    let (count, late): (i64, i64) = read
        .conn
        .prepare_cached(
            "SELECT count(*), coalesce(sum(due_on < ?2), 0) FROM commitment
             WHERE body_id = ?1 AND closed_on IS NULL AND status <> 'cancelled'",
        )?
        .query_row((&session.body_id, session.date.to_string()), |row| Ok((row.get(0)?, row.get(1)?)))?;
    if count > 0 {
        found.push(standing(
            "follow_up",
            AgendaKind::FollowUp,
            "Seguimiento a los compromisos",
            usual(AgendaKind::FollowUp, 10)?,
            text!(
                "Compromisos abiertos: {count}; con plazo vencido el día de la sesión: {late}.",
                "Open commitments: {count}; past their date on the day of the session: {late}."
            ),
            has_kind(AgendaKind::FollowUp),
        ));
    }

    let mut treated: Vec<ProposalId> = items.iter().flat_map(|item| item.proposal_ids.clone()).collect();
    for (origin, item, why) in left_over(read, &session)? {
        let still: Vec<ProposalId> = {
            let mut still = Vec::new();
            for id in &item.proposal_ids {
                if read.find::<Proposal>(id)?.is_some_and(|p| waits(p.status)) {
                    still.push(id.clone());
                }
            }
            still
        };
        if still.is_empty() && !item.proposal_ids.is_empty() {
            continue; // its proposals were decided, returned or withdrawn since
        }
        let name = plan::name(&origin);
        let (es, en) = (name.es, name.en);
        let there = items.iter().any(|i| i.carried_from_item_id.as_ref() == Some(&item.id))
            || (!still.is_empty() && still.iter().all(|id| treated.contains(id)));
        treated.extend(still.iter().cloned());
        let outcome = why.label();
        found.push(SuggestedItem {
            proposal_ids: still,
            carried_from_item_id: Some(item.id.clone()),
            ..standing(
                &format!("carried:{}", item.id),
                item.kind,
                &item.title,
                item.planned_minutes.unwrap_or(15),
                text!("Quedó {outcome} en la {es}.", "Left over from the {en}."),
                there,
            )
        });
    }

    let usual_proposal = usual(AgendaKind::Proposal, 20)?;
    for proposal in waiting(read, &session)? {
        let there = items.iter().any(|item| item.proposal_ids.contains(&proposal.id));
        if treated.contains(&proposal.id) && !there {
            continue; // comes with the item carried over
        }
        let status = proposal.status.label();
        let title = proposal.short_title.clone().unwrap_or_else(|| proposal.title.clone());
        let code = &proposal.code;
        found.push(SuggestedItem {
            proposal_ids: vec![proposal.id.clone()],
            ..standing(
                &format!("proposal:{}", proposal.id),
                AgendaKind::Proposal,
                &format!("Propuesta «{title}»"),
                usual_proposal,
                text!(
                    "La propuesta {code} está {status} y espera decisión.",
                    "Proposal {code} waits for a decision."
                ),
                there,
            )
        });
    }

    found.push(standing(
        "other_business",
        AgendaKind::OtherBusiness,
        "Proposiciones y varios",
        usual(AgendaKind::OtherBusiness, 10)?,
        official(),
        has_kind(AgendaKind::OtherBusiness),
    ));
    // In writing nobody is called, and what is replied to is what the notice published.
    if session.mode == SessionMode::Written {
        let meeting = [AgendaKind::Opening, AgendaKind::Procedure, AgendaKind::OtherBusiness];
        found.retain(|item| !meeting.contains(&item.kind));
    }
    Ok(found)
}

/// Which suggestions to put on the agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildAgenda {
    /// The session.
    pub session_id: SessionId,
    /// The suggestions' keys; all that are not there when not said.
    #[serde(default)]
    #[ts(optional)]
    pub keys: Option<Vec<String>>,
    /// The new items' ids, in the order of the keys; new ones when not said, and for those beyond.
    #[serde(default)]
    #[ts(optional)]
    pub ids: Option<Vec<AgendaItemId>>,
}

/// Puts suggested items on the agenda, each in its official place: standing items first, other business last.
///
/// # Errors
/// `not_found` for a key that is not suggested; `wrong_state` once the session was convened (then items are added one
/// by one, with their reason).
pub fn build(tx: &mut Tx<'_>, request: BuildAgenda) -> Result<Vec<AgendaItem>> {
    let session: Session = tx.get(&request.session_id)?;
    if super::edit::is_noticed(&session) {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "La convocatoria ya salió. Agregue los puntos uno por uno, cada uno con su razón.",
                "The notice has gone out. Add the items one by one, each with its reason."
            ),
        ));
    }
    let suggested = suggestions(tx, GetAgendaSuggestions { session_id: session.id.clone() })?;
    if let Some(unknown) = request.keys.iter().flatten().find(|key| !suggested.iter().any(|s| s.key == **key))
    {
        return Err(Failure::new(
            Code::NotFound,
            text!(
                "«{unknown}» ya no está entre los puntos sugeridos. Actualice la lista y escoja de nuevo.",
                "“{unknown}” is not among the suggested items any more. Refresh the list and choose again."
            ),
        )
        .with(json!({ "key": unknown })));
    }
    let mut added = 0;
    for item in suggested {
        let place = match &request.keys {
            Some(keys) => keys.iter().position(|key| *key == item.key),
            None if item.there => None,
            None => Some(added),
        };
        let Some(place) = place else { continue };
        added += 1;
        let first_level: Vec<AgendaItem> =
            tx.select("WHERE session_id = ?1 AND parent_id IS NULL ORDER BY position", [&session.id])?;
        let position =
            first_level.iter().find(|there| rank(there.kind) > rank(item.kind)).map(|there| there.position);
        add(
            tx,
            AddAgendaItem {
                id: request.ids.as_ref().and_then(|ids| ids.get(place).cloned()),
                session_id: session.id.clone(),
                title: item.title,
                kind: item.kind,
                parent_id: None,
                position,
                section: None,
                planned_minutes: Some(item.planned_minutes),
                presenter_person_id: None,
                presenter_text: None,
                function_codes: None,
                proposal_ids: Some(item.proposal_ids).filter(|ids| !ids.is_empty()),
                minutes_ids: Some(item.minutes_ids).filter(|ids| !ids.is_empty()),
                late_reason: None,
                carried_from_item_id: item.carried_from_item_id,
                note: None,
            },
        )?;
    }
    Ok(printed_order(tx.select("WHERE session_id = ?1", [&session.id])?))
}

/// Order of kinds in an acta: quorum, agenda, previous minutes, commitments, topics, other business.
fn rank(kind: AgendaKind) -> u8 {
    match kind {
        AgendaKind::Opening => 0,
        AgendaKind::Procedure => 1,
        AgendaKind::PreviousMinutes => 2,
        AgendaKind::FollowUp => 3,
        AgendaKind::OtherBusiness => 5,
        AgendaKind::Proposal
        | AgendaKind::Report
        | AgendaKind::ReportDecision
        | AgendaKind::InternalRules => 4,
    }
}

/// Minutes of the body that a session would approve: finished sessions', not approved yet, when the rules approve
/// them by vote in the next session.
///
/// # Errors
/// When the archive cannot be read.
pub fn minutes_to_approve(read: &Read<'_>, session: &Session) -> Result<Vec<Minutes>> {
    let by_vote = plan::rules_of(read, session)?
        .is_none_or(|rules| rules.minutes.approval_route == ApprovalRoute::NextSession);
    if !by_vote {
        return Ok(Vec::new());
    }
    let pending: Vec<Minutes> = read.select(
        "WHERE body_id = ?1 AND status IN ('draft', 'in_review', 'adjusted') ORDER BY year, number",
        [&session.body_id],
    )?;
    let mut found = Vec::new();
    for minutes in pending {
        if minutes.session_id.as_ref() == Some(&session.id)
            || minutes.kind == MinutesKind::NotHeldRecord
            || !matches!(
                minutes.status,
                MinutesStatus::Draft | MinutesStatus::InReview | MinutesStatus::Adjusted
            )
        {
            continue;
        }
        let held = match &minutes.session_id {
            Some(id) => matches!(
                read.get::<Session>(id)?.status,
                SessionStatus::Adjourned | SessionStatus::Informative
            ),
            None => true,
        };
        if held {
            found.push(minutes);
        }
    }
    Ok(found)
}

/// What was left over in the body's last session that took place or should have: pending, postponed and untreated
/// items, with the session and what they were left as.
fn left_over(read: &Read<'_>, session: &Session) -> Result<Vec<(Session, AgendaItem, AgendaOutcome)>> {
    let last: Vec<Session> = read.select(
        "WHERE body_id = ?1 AND id <> ?2 AND date <= ?3
         AND status IN ('adjourned', 'informative', 'not_held_no_quorum', 'cancelled')
         ORDER BY date DESC, number DESC LIMIT 1",
        (&session.body_id, &session.id, session.date.to_string()),
    )?;
    let Some(last) = last.into_iter().next() else { return Ok(Vec::new()) };
    let items = printed_order(read.select::<AgendaItem>("WHERE session_id = ?1", [&last.id])?);
    Ok(items
        .into_iter()
        .filter(|item| rank(item.kind) == 4)
        .filter_map(|item| {
            let outcome = match (item.outcome, last.status) {
                (
                    Some(
                        outcome @ (AgendaOutcome::Pending
                        | AgendaOutcome::Postponed
                        | AgendaOutcome::NoQuorum
                        | AgendaOutcome::NotTreated),
                    ),
                    _,
                ) => outcome,
                (None, SessionStatus::NotHeldNoQuorum | SessionStatus::Cancelled) => {
                    AgendaOutcome::NotTreated
                }
                _ => return None,
            };
            Some((last.clone(), item, outcome))
        })
        .collect())
}

fn waits(status: ProposalStatus) -> bool {
    matches!(status, ProposalStatus::UnderReview | ProposalStatus::Postponed | ProposalStatus::Scheduled)
}

/// Proposals that wait for a session: under study, postponed, meant for this one, or scheduled for one that did not
/// take place.
fn waiting(read: &Read<'_>, session: &Session) -> Result<Vec<Proposal>> {
    let candidates: Vec<Proposal> = read.select(
        "WHERE body_id = ?1 AND status IN ('under_review', 'postponed', 'scheduled') ORDER BY filed_on, code",
        [&session.body_id],
    )?;
    let mut found = Vec::new();
    for proposal in candidates {
        let target = match &proposal.target_session_id {
            Some(id) => read.find::<Session>(id)?,
            None => None,
        };
        let elsewhere = target.is_some_and(|target| {
            target.id != session.id
                && plan::is_ahead(target.status)
                && proposal.status == ProposalStatus::Scheduled
        });
        if !elsewhere {
            found.push(proposal);
        }
    }
    Ok(found)
}

/// What earlier items of the kind were planned for, at the median, or `otherwise`.
fn usual_minutes(read: &Read<'_>, session: &Session, kind: AgendaKind, otherwise: i64) -> Result<i64> {
    let mut statement = read.conn.prepare_cached(
        // The latest sessions first: a kind that the body never had does not read its whole past.
        "WITH latest AS (SELECT id, date FROM session WHERE body_id = ?1 AND id <> ?2 ORDER BY date DESC LIMIT 40)
         SELECT planned_minutes FROM latest JOIN agenda_item ON agenda_item.session_id = latest.id
         WHERE agenda_item.kind = ?3 AND planned_minutes > 0 ORDER BY latest.date DESC LIMIT 9",
    )?;
    let mut minutes: Vec<i64> = statement
        .query_map(rusqlite::params![&session.body_id, &session.id, kind], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    minutes.sort_unstable();
    Ok(minutes.get(minutes.len() / 2).copied().unwrap_or(otherwise))
}

/// "Aprobación del Acta n.º 4 de 2024" → "Aprobación del acta n.º 4 de 2024": inside a title the word is common.
fn lower_act(title: &str) -> String {
    title.replace("Acta n.º", "acta n.º")
}
