//! Makes an archive of so many years for the measurements: `bench-archive FILE YEARS`.
//!
//! The sessions of the demonstration year, with their agenda, events, votes, ballots, decisions, commitments and minutes,
//! are held again and again on other days, fifty a year, each with ten proposals: in forty years 2,000 sessions, 20,000
//! proposals and more than 200,000 ballots. Members change every four years. The same arguments give the same archive.

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use secretariat::agenda::AgendaItem;
use secretariat::annex::Annex;
use secretariat::api::{Op, dispatch};
use secretariat::attendance::{Confirmation, Event};
use secretariat::body::Holder;
use secretariat::commitment::Commitment;
use secretariat::decision::{Decision, Statement};
use secretariat::delegation::Delegation;
use secretariat::journal::{Read, Tx};
use secretariat::minutes::{Minutes, Remark};
use secretariat::person::Person;
use secretariat::proposal::Proposal;
use secretariat::record::Record;
use secretariat::recusal::Recusal;
use secretariat::session::{Guest, Session, SessionFrame};
use secretariat::vote::{Ballot, Motion, Vote};
use secretariat::{Actor, Context, Language, Result, Secretariat, load};
use serde_json::{Value, json};

/// Sessions a year, and proposals a session.
const SESSIONS: i32 = 50;
const PROPOSALS: usize = 10;

/// The last year; its first sessions are the demonstration's own.
const LAST: i32 = 2025;

fn context(n: u64) -> Context {
    let mut entropy = [4; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    let now = DateTime::from_timestamp(1_767_600_000 + i64::try_from(n).unwrap_or(0), 0).unwrap_or_default();
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new(now, actor, entropy, Language::Es)
}

/// Records of the demonstration as values, by table; each is written again with other ids and days.
struct Template {
    date: NaiveDate,
    rows: Vec<(&'static str, Value)>,
}

fn rows<T: Record>(
    read: &Read<'_>,
    into: &mut Vec<(&'static str, Value)>,
    tail: &str,
    id: &str,
) -> Result<()> {
    for row in read.select::<T>(tail, [id])? {
        into.push((T::TABLE, serde_json::to_value(row)?));
    }
    Ok(())
}

/// Everything of a session, in an order in which references are met.
fn template(read: &Read<'_>, id: &str) -> Result<Template> {
    let session: Session = read.get(id)?;
    let mut all = vec![(Session::TABLE, serde_json::to_value(&session)?)];
    let of = "WHERE session_id = ?1";
    rows::<SessionFrame>(read, &mut all, "WHERE id = ?1", id)?;
    rows::<AgendaItem>(read, &mut all, "WHERE session_id = ?1 ORDER BY parent_id IS NOT NULL, position", id)?;
    rows::<Confirmation>(read, &mut all, of, id)?;
    rows::<Guest>(read, &mut all, of, id)?;
    rows::<Event>(read, &mut all, of, id)?;
    rows::<Motion>(read, &mut all, of, id)?;
    rows::<Vote>(read, &mut all, "WHERE session_id = ?1 ORDER BY opened_at", id)?;
    rows::<Ballot>(read, &mut all, "JOIN vote ON vote.id = ballot.vote_id WHERE vote.session_id = ?1", id)?;
    rows::<Recusal>(read, &mut all, of, id)?;
    rows::<Decision>(read, &mut all, of, id)?;
    rows::<Statement>(read, &mut all, of, id)?;
    rows::<Commitment>(read, &mut all, of, id)?;
    rows::<Minutes>(read, &mut all, of, id)?;
    rows::<Remark>(
        read,
        &mut all,
        "WHERE minutes_id IN (SELECT m.id FROM minutes m WHERE m.session_id = ?1)",
        id,
    )?;
    rows::<Annex>(read, &mut all, "WHERE owner = 'session' AND owner_id = ?1", id)?;
    Ok(Template { date: session.date, rows: all })
}

/// Turns a record of a template into another: ids that were renamed, days and instants moved.
struct Copyist<'a> {
    ids: &'a HashMap<String, String>,
    days: i64,
}

impl Copyist<'_> {
    fn copy(&self, value: &mut Value) {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(list) => list.iter_mut().for_each(|value| self.copy(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.copy(value)),
            _ => {}
        }
    }

    fn text(&self, text: &mut String) {
        if let Some(id) = self.ids.get(text.as_str()) {
            id.clone_into(text);
        } else if let Ok(day) = text.parse::<NaiveDate>() {
            *text = moved(day, self.days).to_string();
        } else if let Ok(at) = text.parse::<DateTime<Utc>>() {
            *text = (at + TimeDelta::days(self.days)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        } else if text.contains("{{") || text.contains("](") {
            for (old, new) in self.ids {
                if text.contains(old.as_str()) {
                    *text = text.replace(old.as_str(), new);
                }
            }
        }
    }
}

fn moved(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    (if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) }).unwrap_or(day)
}

fn write<T: Record>(tx: &mut Tx<'_>, row: Value) -> Result<()> {
    tx.insert(&serde_json::from_value::<T>(row)?)
}

fn write_row(tx: &mut Tx<'_>, table: &str, row: Value) -> Result<()> {
    match table {
        "session" => write::<Session>(tx, row),
        "session_frame" => write::<SessionFrame>(tx, row),
        "agenda_item" => write::<AgendaItem>(tx, row),
        "confirmation" => write::<Confirmation>(tx, row),
        "guest" => write::<Guest>(tx, row),
        "event" => write::<Event>(tx, row),
        "motion" => write::<Motion>(tx, row),
        "vote" => write::<Vote>(tx, row),
        "ballot" => write::<Ballot>(tx, row),
        "recusal" => write::<Recusal>(tx, row),
        "decision" => write::<Decision>(tx, row),
        "statement" => write::<Statement>(tx, row),
        "commitment" => write::<Commitment>(tx, row),
        "minutes" => write::<Minutes>(tx, row),
        "remark" => write::<Remark>(tx, row),
        "annex" => write::<Annex>(tx, row),
        _ => Ok(()),
    }
}

/// Numbers that go on along a year.
#[derive(Default)]
struct Counters {
    decision: i64,
    proposal: i64,
}

/// One more session: the template's, on another day.
fn hold_again(
    tx: &mut Tx<'_>,
    template: &Template,
    mark: &str,
    (year, number): (i32, i64),
    date: NaiveDate,
    counters: &mut Counters,
) -> Result<String> {
    let ids: HashMap<String, String> = template
        .rows
        .iter()
        .filter_map(|(_, row)| row["id"].as_str())
        .map(|id| (id.to_owned(), format!("{mark}-{id}")))
        .collect();
    let copyist = Copyist { ids: &ids, days: (date - template.date).num_days() };
    for (i, (table, row)) in template.rows.iter().enumerate() {
        let mut row = row.clone();
        copyist.copy(&mut row);
        match *table {
            "session" | "minutes" => {
                row["year"] = json!(year);
                row["number"] = json!(number);
            }
            "decision" if !row["number"].is_null() => {
                counters.decision += 1;
                row["year"] = json!(year);
                row["number"] = json!(counters.decision);
            }
            // One in a hundred is still to be done.
            "commitment" if (usize::try_from(number).unwrap_or(0) * 31 + i) % 100 == 0 => {
                row["status"] = json!("in_progress");
                row["closed_on"] = Value::Null;
            }
            _ => {}
        }
        write_row(tx, table, row)?;
    }
    Ok(ids.get(template.rows[0].1["id"].as_str().unwrap_or_default()).cloned().unwrap_or_default())
}

/// The proposals of a session, like the demonstration's.
fn propose(
    tx: &mut Tx<'_>,
    models: &[Proposal],
    mark: &str,
    session: &str,
    date: NaiveDate,
    counters: &mut Counters,
) -> Result<()> {
    let none = HashMap::new();
    for n in 0..PROPOSALS {
        counters.proposal += 1;
        let model = &models[(usize::try_from(counters.proposal).unwrap_or(0) * 5 + n) % models.len()];
        let filed = model.filed_on.unwrap_or(date);
        let mut row = serde_json::to_value(model)?;
        Copyist { ids: &none, days: (date - filed).num_days() - 20 }.copy(&mut row);
        let year = moved(date, -20).year();
        row["id"] = json!(format!("{mark}-p{n}"));
        row["code"] = json!(format!("CIIB-{mark}-{n:02}"));
        row["reception_year"] = json!(year);
        row["reception_number"] = json!(10_000 + counters.proposal);
        row["target_session_id"] = json!(session);
        write::<Proposal>(tx, row)?;
    }
    Ok(())
}

/// Members who come and go: sixteen people every four years, each with a seat, and their delegates.
fn members(tx: &mut Tx<'_>, year: i32) -> Result<()> {
    let holders: Vec<Holder> =
        tx.select("WHERE valid_from = '2024-01-01' AND seat_id LIKE 'com-%' ORDER BY id", [])?;
    let delegations: Vec<Delegation> = tx.select("WHERE id LIKE 'del-__' ORDER BY id", [])?;
    let none = HashMap::new();
    let (from, to) = (format!("{year}-01-01"), format!("{}-12-31", year + 3));
    for (n, holder) in holders.iter().enumerate() {
        let mut person = serde_json::to_value(tx.get::<Person>(&holder.person_id)?)?;
        person["id"] = json!(format!("per-{year}-{n}"));
        let sort = format!("{} {year}", person["sort_name"].as_str().unwrap_or_default());
        person["sort_name"] = json!(sort);
        write::<Person>(tx, person)?;
        let mut row = serde_json::to_value(holder)?;
        row["id"] = json!(format!("hol-{year}-{n}"));
        row["person_id"] = json!(format!("per-{year}-{n}"));
        row["valid_from"] = json!(from);
        row["valid_to"] = json!(to);
        write::<Holder>(tx, row)?;
    }
    for each in year..year + 4 {
        for (n, delegation) in delegations.iter().enumerate() {
            let mut row = serde_json::to_value(delegation)?;
            Copyist { ids: &none, days: i64::from(each - LAST) * 365 }.copy(&mut row);
            row["id"] = json!(format!("del-{each}-{n}"));
            row["session_ids"] = Value::Null;
            write::<Delegation>(tx, row)?;
        }
    }
    Ok(())
}

/// A session that is being prepared: what the screens of the day before ask for.
fn prepare_next(archive: &Secretariat) -> Result<()> {
    for (n, (call, request)) in [
        (
            "create_session",
            json!({ "id": "ses-next", "body_id": "body-comision", "kind": "ordinary", "date": "2026-01-29", "planned_start": "09:00:00", "place": "Palacio Liévano" }),
        ),
        ("build_agenda", json!({ "session_id": "ses-next", "keys": ["opening"] })),
        (
            "add_agenda_item",
            json!({ "id": "ses-next-1", "session_id": "ses-next", "title": "Informe de gestión", "kind": "report", "planned_minutes": 30 }),
        ),
        (
            "set_confirmation",
            json!({ "session_id": "ses-next", "seat_id": "com-salud", "answer": "will_attend" }),
        ),
    ]
    .into_iter()
    .enumerate()
    {
        dispatch(archive, &context(100_000 + n as u64), call, request)?;
    }
    Ok(())
}

fn make(path: &Path, years: i32) -> Result<()> {
    let (archive, _) = load::create_demo(path, &context(0), "medición")?;
    let (held, not_held, last, models) = archive.query(&context(0), |read| {
        let held = [template(read, "ses-2025-01")?, template(read, "ses-2025-02")?];
        let models: Vec<Proposal> = read.select("ORDER BY id", [])?;
        Ok((held, template(read, "ses-2025-03")?, template(read, "ses-2025-04")?, models))
    })?;
    let mut n = 1;
    for year in (LAST - years + 1)..=LAST {
        let mut counters = Counters { decision: 100, proposal: 0 };
        if (LAST - year) % 4 == 0 && year < LAST - 3 {
            archive.transact(&context(n), Op::Import, |tx| members(tx, year))?;
            n += 1;
        }
        for index in 0..SESSIONS {
            let first = NaiveDate::from_ymd_opt(year, 1, 8).unwrap_or_default();
            let date = moved(first, i64::from(index) * 7);
            // The demonstration's four come first in its year.
            let number = i64::from(index) + 5;
            let template = match index {
                i if i % 20 == 19 => &not_held,
                i if year == LAST && i > SESSIONS - 4 => &last,
                i => &held[usize::try_from(i % 2).unwrap_or(0)],
            };
            let mark = format!("{year}x{number:02}");
            archive.transact(&context(n), Op::Import, |tx| {
                let session = hold_again(tx, template, &mark, (year, number), date, &mut counters)?;
                propose(tx, &models, &mark, &session, date, &mut counters)
            })?;
            n += 1;
        }
        eprintln!("{year}");
    }
    prepare_next(&archive)?;
    archive.close()
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let years =
        arguments.get(2).and_then(|years| years.parse().ok()).filter(|years| (1..=60).contains(years));
    let (Some(path), Some(years)) = (arguments.get(1), years) else {
        eprintln!("usage: bench-archive FILE YEARS (1 to 60)");
        return std::process::ExitCode::from(2);
    };
    match make(Path::new(path), years) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure} {}", failure.details);
            std::process::ExitCode::FAILURE
        }
    }
}
