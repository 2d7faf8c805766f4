//! Adding, editing, ordering and removing agenda items.
//!
//! After the notice an item can still be added, flagged late and with its reason; an extraordinary session whose
//! rules close its agenda refuses it, citing the rule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use super::AgendaItem;
use crate::api::given;
use crate::body::BodyFunction;
use crate::codes::{AgendaKind, SessionKind, SessionStatus};
use crate::course::printed_order;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, MinutesId, PersonId, ProposalId, SessionId};
use crate::journal::{Read, Tx};
use crate::minutes::Minutes;
use crate::person::Person;
use crate::session::{Session, plan};
use crate::{proposal, text, typed};

/// Longest an item may be planned for: a whole day.
const LONGEST: i64 = 24 * 60;
/// How deep sub-items go: 5, 5.1, 5.1.1.
const DEEPEST: usize = 3;

/// An item to add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddAgendaItem {
    /// Its id; made when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<AgendaItemId>,
    /// The session.
    pub session_id: SessionId,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: AgendaKind,
    /// The item it is a sub-item of.
    #[serde(default)]
    #[ts(optional)]
    pub parent_id: Option<AgendaItemId>,
    /// Its place among its siblings, from 1; the last when not said.
    #[serde(default)]
    #[ts(optional)]
    pub position: Option<i64>,
    /// Section heading printed above it.
    #[serde(default)]
    #[ts(optional)]
    pub section: Option<String>,
    /// Planned minutes.
    #[serde(default)]
    #[ts(optional)]
    pub planned_minutes: Option<i64>,
    /// Who presents it.
    #[serde(default)]
    #[ts(optional)]
    pub presenter_person_id: Option<PersonId>,
    /// Who presents it, in words.
    #[serde(default)]
    #[ts(optional)]
    pub presenter_text: Option<String>,
    /// Codes of the body's functions it addresses.
    #[serde(default)]
    #[ts(optional)]
    pub function_codes: Option<Vec<String>>,
    /// Proposals it treats; they become scheduled for the session.
    #[serde(default)]
    #[ts(optional)]
    pub proposal_ids: Option<Vec<ProposalId>>,
    /// Minutes it submits.
    #[serde(default)]
    #[ts(optional)]
    pub minutes_ids: Option<Vec<MinutesId>>,
    /// Why it is added after the notice; asked for then.
    #[serde(default)]
    #[ts(optional)]
    pub late_reason: Option<String>,
    /// The item of an earlier session it carries over.
    #[serde(default)]
    #[ts(optional)]
    pub carried_from_item_id: Option<AgendaItemId>,
    /// Remark for the secretariat; never printed.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
}

/// Adds an item to the agenda.
///
/// # Errors
/// `needs_confirmation` without a reason once the notice went out; `rule_forbids` when the rules close the agenda of
/// an extraordinary session; `wrong_state` once the session has ended; `invalid_input`, `not_found`.
pub fn add(tx: &mut Tx<'_>, request: AddAgendaItem) -> Result<AgendaItem> {
    let session: Session = tx.get(&request.session_id)?;
    editable(&session)?;
    if let Some(why) = closed_agenda(tx, &session)? {
        return Err(
            Failure::new(Code::RuleForbids, why).with(json!({ "rule": "extraordinary_agenda_closed" }))
        );
    }
    let late = is_noticed(&session);
    let late_reason = typed::optional_prose("late_reason", request.late_reason.as_deref())?;
    if late && late_reason.is_none() {
        return Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "La convocatoria ya salió: el punto quedará marcado como adicionado después. Escriba por qué se adiciona.",
                "The notice has gone out: the item will be marked as added later. Write why it is added."
            ),
        )
        .with(json!({ "confirm": "late_reason" })));
    }
    let siblings = siblings(tx, &session.id, request.parent_id.as_ref())?;
    if let Some(parent) = &request.parent_id {
        let depth = depth_of(tx, &session.id, parent)? + 1;
        shallow(depth)?;
    }
    let last = siblings.len() as i64 + 1;
    let position = request.position.unwrap_or(last).clamp(1, last);
    let mut item = AgendaItem {
        id: match request.id {
            Some(id) => id,
            None => AgendaItemId::new(tx.ctx.new_id())?,
        },
        session_id: session.id.clone(),
        parent_id: request.parent_id,
        position,
        section: typed::optional_line("section", request.section.as_deref())?,
        title: typed::line("title", &text!("el título del punto", "The title of the item"), &request.title)?,
        kind: request.kind,
        outcome: None,
        planned_minutes: request.planned_minutes,
        presenter_person_id: request.presenter_person_id,
        presenter_text: typed::optional_line("presenter_text", request.presenter_text.as_deref())?,
        function_codes: request.function_codes.unwrap_or_default(),
        proposal_ids: Vec::new(),
        minutes_ids: request.minutes_ids.unwrap_or_default(),
        narrative: String::new(),
        late,
        late_reason: late_reason.filter(|_| late),
        carried_from_item_id: request.carried_from_item_id,
        note: typed::optional_prose("note", request.note.as_deref())?,
    };
    possible(tx, &session, &item)?;
    if let Some(origin) = &item.carried_from_item_id {
        tx.get::<AgendaItem>(origin)?;
    }
    for mut sibling in siblings.into_iter().filter(|s| s.position >= position).rev() {
        sibling.position += 1;
        tx.put(&sibling)?;
    }
    tx.insert(&item)?;
    let proposals = request.proposal_ids.unwrap_or_default();
    if !proposals.is_empty() {
        link(tx, &session, &mut item, proposals)?;
    }
    Ok(item)
}

/// What to change of an item. An absent field stays; `null` clears it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditAgendaItem {
    /// The item.
    pub id: AgendaItemId,
    /// Its title.
    #[serde(default)]
    #[ts(optional)]
    pub title: Option<String>,
    /// Its kind.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<AgendaKind>,
    /// Section heading printed above it.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub section: Option<Option<String>>,
    /// Planned minutes.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "number | null")]
    pub planned_minutes: Option<Option<i64>>,
    /// Who presents it.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub presenter_person_id: Option<Option<PersonId>>,
    /// Who presents it, in words.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub presenter_text: Option<Option<String>>,
    /// Codes of the functions it addresses.
    #[serde(default)]
    #[ts(optional)]
    pub function_codes: Option<Vec<String>>,
    /// Proposals it treats: new ones become scheduled, those left out go back.
    #[serde(default)]
    #[ts(optional)]
    pub proposal_ids: Option<Vec<ProposalId>>,
    /// Minutes it submits.
    #[serde(default)]
    #[ts(optional)]
    pub minutes_ids: Option<Vec<MinutesId>>,
    /// Why it was added late.
    #[serde(default)]
    #[ts(optional)]
    pub late_reason: Option<String>,
    /// Remark for the secretariat.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "string | null")]
    pub note: Option<Option<String>>,
}

/// Edits an item. What changes after the notice shows as a difference with the version that went out.
///
/// # Errors
/// `wrong_state` once the session has ended; `invalid_input`, `not_found`.
pub fn edit(tx: &mut Tx<'_>, request: EditAgendaItem) -> Result<AgendaItem> {
    let mut item: AgendaItem = tx.get(&request.id)?;
    let session: Session = tx.get(&item.session_id)?;
    editable(&session)?;
    if let Some(title) = request.title {
        item.title = typed::line("title", &text!("el título del punto", "The title of the item"), &title)?;
    }
    item.kind = request.kind.unwrap_or(item.kind);
    if let Some(section) = request.section {
        item.section = typed::optional_line("section", section.as_deref())?;
    }
    if let Some(minutes) = request.planned_minutes {
        item.planned_minutes = minutes;
    }
    if let Some(person) = request.presenter_person_id {
        item.presenter_person_id = person;
    }
    if let Some(presenter) = request.presenter_text {
        item.presenter_text = typed::optional_line("presenter_text", presenter.as_deref())?;
    }
    if let Some(codes) = request.function_codes {
        item.function_codes = codes;
    }
    if let Some(minutes) = request.minutes_ids {
        item.minutes_ids = minutes;
    }
    if let Some(reason) = request.late_reason.filter(|_| item.late) {
        item.late_reason = Some(typed::prose("late_reason", &text!("la razón", "The reason"), &reason)?);
    }
    if let Some(note) = request.note {
        item.note = typed::optional_prose("note", note.as_deref())?;
    }
    possible(tx, &session, &item)?;
    tx.put(&item)?;
    if let Some(proposals) = request.proposal_ids {
        link(tx, &session, &mut item, proposals)?;
    }
    Ok(item)
}

/// Where to move an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveAgendaItem {
    /// The item; its sub-items go with it.
    pub id: AgendaItemId,
    /// The item to hang it from; none makes it an item of the first level.
    #[serde(default)]
    #[ts(optional)]
    pub parent_id: Option<AgendaItemId>,
    /// Its place among its new siblings, from 1; the last when beyond.
    pub position: i64,
}

/// Moves an item, by drag or key. Everything after it is renumbered.
///
/// # Errors
/// `invalid_input` when it would hang from itself or too deep; `wrong_state` once the session is open.
pub fn arrange(tx: &mut Tx<'_>, request: MoveAgendaItem) -> Result<Vec<AgendaItem>> {
    let item: AgendaItem = tx.get(&request.id)?;
    place(tx, item, request.parent_id, request.position)
}

/// Which item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaItemRef {
    /// The item.
    pub id: AgendaItemId,
}

/// Makes an item the last sub-item of the one above it.
///
/// # Errors
/// `invalid_input` when there is none above it or it would be too deep; `wrong_state` once the session is open.
pub fn indent(tx: &mut Tx<'_>, request: AgendaItemRef) -> Result<Vec<AgendaItem>> {
    let item: AgendaItem = tx.get(&request.id)?;
    let above = siblings(tx, &item.session_id, item.parent_id.as_ref())?
        .into_iter()
        .rfind(|s| s.position < item.position);
    let Some(above) = above else {
        return Err(Failure::field(
            "id",
            text!(
                "Es el primero de su nivel: no hay un punto encima del que pueda depender.",
                "It is the first of its level: there is no item above it to hang from."
            ),
        ));
    };
    place(tx, item, Some(above.id), i64::MAX)
}

/// Takes an item out of the one it hangs from, right after it.
///
/// # Errors
/// `invalid_input` when it hangs from none; `wrong_state` once the session is open.
pub fn outdent(tx: &mut Tx<'_>, request: AgendaItemRef) -> Result<Vec<AgendaItem>> {
    let item: AgendaItem = tx.get(&request.id)?;
    let Some(parent) = &item.parent_id else {
        return Err(Failure::field(
            "id",
            text!("Ya es un punto principal.", "It is an item of the first level already."),
        ));
    };
    let parent: AgendaItem = tx.get(parent)?;
    place(tx, item, parent.parent_id, parent.position + 1)
}

/// Removes an item and its sub-items. Its proposals go back to where they stood.
///
/// # Errors
/// `wrong_state` once the session is open.
pub fn remove(tx: &mut Tx<'_>, request: AgendaItemRef) -> Result<()> {
    let item: AgendaItem = tx.get(&request.id)?;
    let session: Session = tx.get(&item.session_id)?;
    arrangeable(&session)?;
    let all = printed_order(tx.select("WHERE session_id = ?1", [&session.id])?);
    let mut family = vec![item.id.clone()];
    for below in &all {
        if below.parent_id.as_ref().is_some_and(|parent| family.contains(parent)) {
            family.push(below.id.clone());
        }
    }
    for id in family.iter().rev() {
        let gone: AgendaItem = tx.get(id)?;
        for proposal in &gone.proposal_ids {
            proposal::unschedule(tx, proposal, &session.id)?;
        }
        tx.remove::<AgendaItem>(id)?;
    }
    let left = siblings(tx, &session.id, item.parent_id.as_ref())?;
    renumber(tx, left)
}

/// Whether the session's notice is out and in force.
#[must_use]
pub fn is_noticed(session: &Session) -> bool {
    matches!(session.status, SessionStatus::Convened | SessionStatus::Open | SessionStatus::Suspended)
        && session.notice.is_some()
        && !session.entered_afterwards
}

/// Why nothing may be added to the agenda of an extraordinary session any more, citing the rule; `None` when it may.
///
/// # Errors
/// When the archive cannot be read.
pub fn closed_agenda(read: &Read<'_>, session: &Session) -> Result<Option<Text>> {
    if session.kind != SessionKind::Extraordinary || !is_noticed(session) {
        return Ok(None);
    }
    let Some(rules) = plan::rules_of(read, session)? else { return Ok(None) };
    if !rules.sessions.extraordinary_agenda_closed {
        return Ok(None);
    }
    let cited = rules
        .source(rules.sessions.article.as_deref())
        .map_or_else(String::new, |source| format!(" ({})", source.citation));
    Ok(Some(text!(
        "En una sesión extraordinaria solo se tratan los asuntos de la convocatoria{cited}. Deje el asunto para otra \
         sesión, o convoque de nuevo esta con el orden del día completo.",
        "An extraordinary session only treats the matters of its notice{cited}. Leave the matter for another session, \
         or convene this one again with the whole agenda."
    )))
}

fn editable(session: &Session) -> Result<()> {
    match session.status {
        SessionStatus::Open | SessionStatus::Suspended => Ok(()),
        _ => plan::not_opened(session, "cambiar el orden del día de"),
    }
}

fn arrangeable(session: &Session) -> Result<()> {
    plan::not_opened(session, "reordenar el orden del día de")
}

/// Items under `parent` in order.
fn siblings(read: &Read<'_>, session: &SessionId, parent: Option<&AgendaItemId>) -> Result<Vec<AgendaItem>> {
    read.select("WHERE session_id = ?1 AND parent_id IS ?2 ORDER BY position, id", (session, parent))
}

fn renumber(tx: &mut Tx<'_>, siblings: Vec<AgendaItem>) -> Result<()> {
    for (position, mut item) in (1..).zip(siblings) {
        item.position = position;
        tx.put(&item)?;
    }
    Ok(())
}

/// How deep an item hangs: 1 for the first level. Refuses an item of another session.
fn depth_of(read: &Read<'_>, session: &SessionId, id: &AgendaItemId) -> Result<usize> {
    let (mut depth, mut at) = (0, Some(id.clone()));
    while let Some(id) = at {
        let item: AgendaItem = read.get(&id)?;
        if item.session_id != *session {
            return Err(Failure::field(
                "parent_id",
                text!("Ese punto es de otra sesión.", "That item is of another session."),
            ));
        }
        depth += 1;
        at = item.parent_id;
    }
    Ok(depth)
}

fn shallow(depth: usize) -> Result<()> {
    if depth <= DEEPEST {
        return Ok(());
    }
    Err(Failure::field(
        "parent_id",
        text!(
            "El orden del día admite tres niveles (5, 5.1, 5.1.1). Deje el punto en un nivel anterior.",
            "The agenda has three levels (5, 5.1, 5.1.1). Leave the item on an earlier one."
        ),
    ))
}

fn place(
    tx: &mut Tx<'_>,
    mut item: AgendaItem,
    parent: Option<AgendaItemId>,
    position: i64,
) -> Result<Vec<AgendaItem>> {
    let session: Session = tx.get(&item.session_id)?;
    arrangeable(&session)?;
    let all = printed_order(tx.select("WHERE session_id = ?1", [&session.id])?);
    // How many levels hang from it, itself included.
    let mut levels = vec![(item.id.clone(), 1)];
    for below in &all {
        if let Some(parent) = &below.parent_id
            && let Some(level) = levels.iter().find(|(id, _)| id == parent).map(|(_, level)| level + 1)
        {
            levels.push((below.id.clone(), level));
        }
    }
    if let Some(parent) = &parent {
        if levels.iter().any(|(id, _)| id == parent) {
            return Err(Failure::field(
                "parent_id",
                text!("Un punto no puede depender de sí mismo.", "An item cannot hang from itself."),
            ));
        }
        let height = levels.iter().map(|(_, level)| *level).max().unwrap_or(1);
        shallow(depth_of(tx, &session.id, parent)? + height)?;
    }
    let from = item.parent_id.clone();
    item.parent_id = parent.clone();
    tx.put(&item)?;
    let mut group = siblings(tx, &session.id, parent.as_ref())?;
    group.retain(|other| other.id != item.id);
    let at = usize::try_from(position.max(1) - 1).unwrap_or(usize::MAX).min(group.len());
    group.insert(at, item);
    renumber(tx, group)?;
    if from != parent {
        let left = siblings(tx, &session.id, from.as_ref())?;
        renumber(tx, left)?;
    }
    Ok(printed_order(tx.select("WHERE session_id = ?1", [&session.id])?))
}

/// Sets the proposals of an item: new ones become scheduled for its session, those left out go back.
///
/// # Errors
/// `wrong_state` for a proposal that cannot be scheduled; `already_exists` for one that another item treats.
pub fn link(
    tx: &mut Tx<'_>,
    session: &Session,
    item: &mut AgendaItem,
    proposals: Vec<ProposalId>,
) -> Result<()> {
    let elsewhere: Vec<AgendaItem> =
        tx.select("WHERE session_id = ?1 AND id <> ?2", (&session.id, &item.id))?;
    for (n, id) in proposals.iter().enumerate() {
        let twice = proposals[..n].contains(id);
        if let Some(title) =
            elsewhere.iter().find(|other| other.proposal_ids.contains(id)).map(|other| &other.title)
        {
            return Err(Failure::new(
                Code::AlreadyExists,
                text!(
                    "La propuesta ya se trata en el punto «{title}». Quítela de ese punto primero.",
                    "The proposal is treated under “{title}” already. Take it off that item first."
                ),
            ));
        }
        if twice {
            return Err(Failure::field(
                "proposal_ids",
                text!("La propuesta está dos veces.", "The proposal is there twice."),
            ));
        }
    }
    for id in &proposals {
        if !item.proposal_ids.contains(id) {
            proposal::put_on_agenda(tx, id, session)?;
        }
    }
    for id in &item.proposal_ids {
        if !proposals.contains(id) {
            proposal::unschedule(tx, id, &session.id)?;
        }
    }
    item.proposal_ids = proposals;
    tx.put(item)
}

/// What must hold of an item whatever its fields.
fn possible(read: &Read<'_>, session: &Session, item: &AgendaItem) -> Result<()> {
    if let Some(minutes) = item.planned_minutes.filter(|m| !(0..=LONGEST).contains(m)) {
        return Err(Failure::field(
            "planned_minutes",
            text!(
                "El tiempo previsto debe estar entre 0 y {LONGEST} minutos; se recibió {minutes}.",
                "The planned time is between 0 and {LONGEST} minutes; got {minutes}."
            ),
        ));
    }
    if let Some(person) = &item.presenter_person_id {
        read.get::<Person>(person)?;
    }
    for code in &item.function_codes {
        let known: Vec<BodyFunction> =
            read.select("WHERE body_id = ?1 AND code = ?2", (&session.body_id, code))?;
        if known.is_empty() {
            return Err(Failure::field(
                "function_codes",
                text!(
                    "La instancia no tiene una función «{code}». Escójala de la lista de funciones.",
                    "The body has no function “{code}”. Choose it from the list of functions."
                ),
            ));
        }
    }
    for id in &item.minutes_ids {
        let minutes: Minutes = read.get(id)?;
        if minutes.body_id != session.body_id {
            return Err(Failure::field(
                "minutes_ids",
                text!("Esa acta es de otra instancia.", "Those minutes are of another body."),
            ));
        }
    }
    Ok(())
}
