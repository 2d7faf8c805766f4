//! What of a session's record an undo may still touch. Putting rows back is the journal's; here an undo answers for what
//! the acts of a session answer for: adopted minutes never change, what was prepared stays once the session is open, and
//! a closed vote comes out otherwise only by a correction, which asks first and leaves its trace.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::types::Value as Sql;

use crate::api::{Op, Undo};
use crate::attendance::Event;
use crate::codes::VoteStatus;
use crate::course::{self, Course};
use crate::failure::{Code, Failure, Result};
use crate::ids::SessionId;
use crate::journal::{self, Entry, Read, Tx};
use crate::minutes::Minutes;
use crate::session::SessionFrame;
use crate::text;
use crate::vote::Vote;
use crate::{live, minutes};

/// The row that leads from a record to the session whose minutes tell it, and the column that names it.
enum Way {
    /// The row's own id is the session's.
    Itself,
    /// A column names the session.
    Session,
    /// A column names the vote.
    Vote,
    /// A column names the minutes.
    Minutes,
}

/// How the record of a table is reached from a session; `None` for tables that no acta tells.
fn way(table: &str) -> Option<Way> {
    Some(match table {
        "session" | "session_frame" => Way::Itself,
        "agenda_item" | "confirmation" | "guest" | "event" | "reply" | "motion" | "vote" | "recusal"
        | "decision" | "statement" => Way::Session,
        "ballot" => Way::Vote,
        "minutes_draft" | "remark" => Way::Minutes,
        _ => return None,
    })
}

/// Acts that make, reword or take back a commitment, which is told in the minutes; what becomes of it later is not.
const COMMITTING: &[&str] = &["put_commitment", "remove_commitment", "import_rows"];

/// A row that an entry touched: its table, its id, and what its columns say.
struct Row<'a> {
    table: &'a str,
    id: &'a str,
    column: &'a dyn Fn(&str) -> Option<String>,
}

/// The session that a row belongs to, if an acta tells it.
fn session_of(read: &Read<'_>, op: &str, row: &Row<'_>) -> Result<Option<SessionId>> {
    let way = match row.table {
        "commitment" if COMMITTING.contains(&op) => Some(Way::Session),
        table => way(table),
    };
    let id = match way {
        None => None,
        Some(Way::Itself) => Some(row.id.to_owned()),
        Some(Way::Session) => (row.column)("session_id"),
        Some(Way::Vote) => {
            let vote: Option<Vote> = (row.column)("vote_id").map(|id| read.find(id)).transpose()?.flatten();
            return Ok(vote.map(|vote| vote.session_id));
        }
        Some(Way::Minutes) => {
            let of: Option<Minutes> =
                (row.column)("minutes_id").map(|id| read.find(id)).transpose()?.flatten();
            // Correcting minutes are drafts of their own, of a session whose minutes are adopted.
            return Ok(of.filter(|of| minutes::adopted(of.status)).and_then(|of| of.session_id));
        }
    };
    id.map(SessionId::new).transpose()
}

/// The courses, before an undo, of the sessions it touches.
type Standing = BTreeMap<SessionId, Course>;

/// Undoes entry `seq` when the record allows it.
///
/// # Errors
/// Those of [`journal::undo`]; `wrong_state` when the minutes are adopted, or the session was opened with what it
/// would take back; `not_undoable` with `details.changed_votes` when a closed vote would come out otherwise.
pub(crate) fn undo(tx: &mut Tx<'_>, seq: i64) -> Result<Entry> {
    let mut standing = Standing::new();
    // The newest entry, or the newest undo, leaves everything as it was before it: nothing was built on it.
    let newest = [false, true]
        .into_iter()
        .map(|redo| journal::next_target(tx.conn, redo))
        .collect::<Result<Vec<_>>>()?;
    let entry = journal::entry(tx.conn, seq)?.filter(|entry| Op::undo_of(&entry.op) == Undo::Yes);
    if let Some(entry) = entry {
        let act = act_of(tx, &entry)?;
        for change in &entry.changes {
            let image = change.after.as_ref().or(change.before.as_ref());
            let column = |name: &str| image?.get(name)?.as_str().map(str::to_owned);
            let row = Row { table: &change.table, id: &change.id, column: &column };
            let Some(id) = session_of(tx, &act, &row)? else { continue };
            live::refuse_adopted(tx, &id)?;
            refuse_opened(tx, &id, &entry.at)?;
            refuse_closed_vote(tx, &row)?;
            if !newest.contains(&Some(seq)) && tx.find::<SessionFrame>(&id)?.is_some() {
                let before = course::course(&course::facts(tx, &id)?);
                standing.entry(id).or_insert(before);
            }
        }
    }
    let entry = journal::undo(tx, seq)?;
    for (id, before) in standing {
        live::refuse_undone(tx, &id, &before)?;
    }
    Ok(entry)
}

/// The act that an entry is about: of an undo, or of an undo taken back, the one it undoes.
fn act_of(read: &Read<'_>, entry: &Entry) -> Result<String> {
    let (mut act, mut target) = (entry.op.clone(), entry.undoes);
    while let Some(seq) = target {
        let Some(earlier) = journal::entry(read.conn, seq)? else { break };
        (act, target) = (earlier.op, earlier.undoes);
    }
    Ok(act)
}

/// Whether an undo of an entry of `at`, which touched these rows, would still be heard, as far as the minutes and the
/// opening of its session tell.
pub(crate) fn still_heard<'a>(
    read: &Read<'_>,
    at: &DateTime<Utc>,
    op: &str,
    rows: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<bool> {
    for (table, id) in rows {
        if way(table).is_none() && table != "commitment" {
            continue;
        }
        let Some(values) = crate::record::raw_row(read.conn, table, id)? else { continue };
        let column = |name: &str| match values.iter().find(|(column, _)| column == name) {
            Some((_, Sql::Text(text))) => Some(text.clone()),
            _ => None,
        };
        let Some(session) = session_of(read, op, &Row { table, id, column: &column })? else { continue };
        if live::refuse_adopted(read, &session).is_err() || refuse_opened(read, &session, at).is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The session was opened with its agenda, its answers and its guests as they stood: they are not taken back under it.
fn refuse_opened(read: &Read<'_>, session: &SessionId, at: &DateTime<Utc>) -> Result<()> {
    let opening = read.select::<Event>(
        "WHERE session_id = ?1 AND kind = 'call_to_order' ORDER BY recorded_at LIMIT 1",
        [session],
    )?;
    if opening.first().is_none_or(|opening| opening.recorded_at <= *at) {
        return Ok(());
    }
    Err(Failure::new(
        Code::WrongState,
        text!(
            "No se deshace: la sesión se abrió con eso y así consta. Corríjalo donde está: en el orden del día, en la asistencia o en el acta.",
            "It is not undone: the session was opened with it, and so it is on record. Correct it where it is: in the agenda, the attendance or the minutes."
        ),
    )
    .with(serde_json::json!({ "session_id": session })))
}

/// What was voted stays once the vote is closed.
fn refuse_closed_vote(read: &Read<'_>, row: &Row<'_>) -> Result<()> {
    let ("ballot", Some(vote)) = (row.table, (row.column)("vote_id")) else { return Ok(()) };
    let closed = read.find::<Vote>(vote)?.filter(|vote| vote.status == VoteStatus::Closed);
    let Some(Vote { question, .. }) = closed else { return Ok(()) };
    Err(Failure::new(
        Code::WrongState,
        text!(
            "No se deshace: la votación «{question}» está cerrada. Si el resultado está mal, la instancia puede reabrir el asunto con una moción de reapertura.",
            "It is not undone: the vote “{question}” is closed. If its result is wrong, the body may reopen the matter by a motion to reopen it."
        ),
    ))
}
