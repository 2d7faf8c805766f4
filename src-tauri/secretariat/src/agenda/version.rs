//! The agenda as it went out with each notice, and what changed between versions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::view::numbers;
use super::{AgendaItem, AgendaVersion};
use crate::course::printed_order;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, AgendaVersionId, SessionId};
use crate::journal::{Read, Tx};
use crate::person::Person;
use crate::proposal::Proposal;
use crate::session::{NoticeRecord, Session};
use crate::{spanish, text};

/// Freezes the agenda as it stands, with the notice it goes out with.
///
/// # Errors
/// `wrong_state` when the agenda is empty.
pub fn freeze(
    tx: &mut Tx<'_>,
    session: &Session,
    notice: &NoticeRecord,
    reason: Option<String>,
) -> Result<AgendaVersion> {
    let items = printed_order(tx.select("WHERE session_id = ?1", [&session.id])?);
    refuse_empty(&items)?;
    let versions: Vec<AgendaVersion> =
        tx.select("WHERE session_id = ?1 ORDER BY number DESC LIMIT 1", [&session.id])?;
    let id = AgendaVersionId::new(tx.ctx.new_id())?;
    let version = AgendaVersion {
        number: versions.first().map_or(1, |v| v.number + 1),
        session_id: session.id.clone(),
        frozen_at: tx.ctx.now,
        reason,
        items,
        notice: Some(NoticeRecord { agenda_version_id: Some(id.clone()), ..notice.clone() }),
        id,
    };
    tx.insert(&version)?;
    Ok(version)
}

/// Refuses a notice without an agenda.
pub(crate) fn refuse_empty(items: &[AgendaItem]) -> Result<()> {
    match items.is_empty() {
        true => Err(Failure::new(
            Code::WrongState,
            text!(
                "El orden del día está vacío. Agregue los puntos antes de convocar.",
                "The agenda is empty. Add its items before convening."
            ),
        )),
        false => Ok(()),
    }
}

/// The items that the notice in force went out with; `None` before there is one, or when it kept no agenda.
///
/// # Errors
/// When the archive cannot be read.
pub fn noticed(read: &Read<'_>, session: &Session) -> Result<Option<Vec<AgendaItem>>> {
    let version = session.notice.as_ref().and_then(|notice| notice.agenda_version_id.as_ref());
    Ok(match version {
        Some(id) => read.find::<AgendaVersion>(id)?.map(|version| version.items),
        None => None,
    })
}

/// What happened to an item between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgendaDifferenceKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another number.
    Moved,
    /// A field says something else.
    Changed,
}

/// A difference between two versions of an agenda.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaDifference {
    /// What happened.
    pub kind: AgendaDifferenceKind,
    /// The item.
    pub item_id: AgendaItemId,
    /// Its title, the newer one.
    pub title: String,
    /// The field that changed.
    pub field: Option<String>,
    /// What it said, or its number before.
    pub before: Option<String>,
    /// What it says, or its number now.
    pub after: Option<String>,
    /// The whole in a sentence.
    pub text: Text,
}

/// Which versions to compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareAgenda {
    /// The session.
    pub session_id: SessionId,
    /// The older version's number; the last one that went out when not said.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<i64>,
    /// The newer version's number; the agenda as it stands when not said.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<i64>,
}

/// Two versions of an agenda side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AgendaComparison {
    /// The older version.
    pub from: AgendaVersion,
    /// The newer version; `null` for the agenda as it stands.
    pub to: Option<AgendaVersion>,
    /// What changed, in the order of the newer one; removed items last.
    pub differences: Vec<AgendaDifference>,
}

/// Compares two versions of an agenda.
///
/// # Errors
/// `not_found` when there is no such version.
pub fn comparison(read: &Read<'_>, request: CompareAgenda) -> Result<AgendaComparison> {
    let session: Session = read.get(&request.session_id)?;
    let versions: Vec<AgendaVersion> = read.select("WHERE session_id = ?1 ORDER BY number", [&session.id])?;
    let version = |number: i64| {
        versions
            .iter()
            .find(|v| v.number == number)
            .cloned()
            .ok_or_else(|| Failure::not_found("agenda_version", &number.to_string()))
    };
    let from = match request.from {
        Some(number) => version(number)?,
        None => versions.last().cloned().ok_or_else(|| {
            Failure::new(
                Code::WrongState,
                text!(
                    "La sesión no se ha convocado: todavía no hay una versión con la cual comparar.",
                    "The session has not been convened: there is no version to compare with yet."
                ),
            )
        })?,
    };
    let to = request.to.map(version).transpose()?;
    let now;
    let newer = match &to {
        Some(version) => &version.items,
        None => {
            now = printed_order(read.select("WHERE session_id = ?1", [&session.id])?);
            &now
        }
    };
    let differences = compare(read, &from.items, newer)?;
    Ok(AgendaComparison { from, to, differences })
}

/// What changed from `old` to `new`, both in printed order. Only what a member reads counts: not outcomes, narratives
/// or the secretariat's remarks.
///
/// # Errors
/// When the archive cannot be read.
pub fn compare(read: &Read<'_>, old: &[AgendaItem], new: &[AgendaItem]) -> Result<Vec<AgendaDifference>> {
    let (old_numbers, new_numbers) = (numbers(old), numbers(new));
    let mut differences = Vec::new();
    for (item, number) in new.iter().zip(&new_numbers) {
        let title = &item.title;
        let mut note = |kind, field: Option<&str>, before: Option<String>, after: Option<String>, text| {
            differences.push(AgendaDifference {
                kind,
                item_id: item.id.clone(),
                title: title.clone(),
                field: field.map(str::to_owned),
                before,
                after,
                text,
            });
        };
        let Some((was, was_number)) = old.iter().zip(&old_numbers).find(|(o, _)| o.id == item.id) else {
            let text = text!("Se adicionó el punto {number}: {title}.", "Item {number} was added: {title}.");
            note(AgendaDifferenceKind::Added, None, None, Some(number.clone()), text);
            continue;
        };
        // A number that only slid because another item came or went is not a move: the order among the items that
        // are in both versions is what counts.
        let (before_it, before_it_now) = (common_before(old, new, was), common_before(new, old, item));
        if before_it != before_it_now || was.parent_id != item.parent_id {
            let text = text!(
                "«{title}» pasó del punto {was_number} al {number}.",
                "“{title}” moved from item {was_number} to {number}."
            );
            note(AgendaDifferenceKind::Moved, None, Some(was_number.clone()), Some(number.clone()), text);
        }
        for ((field, label), before, after) in FIELDS
            .iter()
            .zip(shown(read, was)?)
            .zip(shown(read, item)?)
            .map(|((field, before), after)| (*field, before, after))
            .filter(|(_, before, after)| before != after)
        {
            let (b, a) = (before.as_deref().unwrap_or("—"), after.as_deref().unwrap_or("—"));
            let text = text!(
                "{number}. {label}: antes «{b}», ahora «{a}».",
                "{number}. {field}: was “{b}”, now “{a}”."
            );
            note(AgendaDifferenceKind::Changed, Some(field), before.clone(), after.clone(), text);
        }
    }
    for (item, number) in old.iter().zip(&old_numbers).filter(|(o, _)| !new.iter().any(|n| n.id == o.id)) {
        let title = &item.title;
        differences.push(AgendaDifference {
            kind: AgendaDifferenceKind::Removed,
            item_id: item.id.clone(),
            title: title.clone(),
            field: None,
            before: Some(number.clone()),
            after: None,
            text: text!("Se retiró el punto {number}: {title}.", "Item {number} was removed: {title}."),
        });
    }
    Ok(differences)
}

/// The item right before `item` among its siblings that is in the other version too.
fn common_before<'a>(
    items: &'a [AgendaItem],
    other: &[AgendaItem],
    item: &AgendaItem,
) -> Option<&'a AgendaItemId> {
    items
        .iter()
        .filter(|i| i.parent_id == item.parent_id && i.position < item.position)
        .rfind(|i| other.iter().any(|o| o.id == i.id))
        .map(|i| &i.id)
}

/// The fields a member reads, with their Spanish words, in the order of [`shown`].
const FIELDS: [(&str, &str); 6] = [
    ("title", "Título"),
    ("section", "Sección"),
    ("planned_minutes", "Tiempo previsto"),
    ("presenter", "Presenta"),
    ("proposals", "Propuestas"),
    ("kind", "Tipo"),
];

fn shown(read: &Read<'_>, item: &AgendaItem) -> Result<[Option<String>; 6]> {
    let presenter = match &item.presenter_person_id {
        Some(id) => read.find::<Person>(id)?.map(|p| p.full_name),
        None => item.presenter_text.clone(),
    };
    let mut codes = Vec::new();
    for id in &item.proposal_ids {
        codes.extend(read.find::<Proposal>(id)?.map(|p| p.code));
    }
    Ok([
        Some(item.title.clone()),
        item.section.clone(),
        item.planned_minutes.map(|m| spanish::duration(m.unsigned_abs())),
        presenter,
        Some(codes.join(", ")).filter(|c| !c.is_empty()),
        Some(item.kind.label().to_owned()),
    ])
}
