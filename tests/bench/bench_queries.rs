//! What each screen asks of an archive, timed beside the same on another: `bench-queries SMALL LARGE [--json]`.
//!
//! Both are measured in one run, call by call and in turns, so that whatever else the machine does touches both alike.
//! Times are of the whole call, from its JSON to the reply's JSON. The archives come from `bench-archive`.

use std::path::Path;
use std::time::{Duration, Instant};

use secretariat::api::dispatch;
use secretariat::{Actor, Context, Language, Result, Secretariat};
use serde_json::{Value, json};

/// Times each call is made; the first ones fill the caches and are not counted.
const RUNS: usize = 15;
const WARM: usize = 3;

/// What a screen may take to answer, so that it shows in the next frame.
const FRAME: Duration = Duration::from_millis(16);

fn context(n: u64) -> Context {
    let mut entropy = [8; 32];
    entropy[..8].copy_from_slice(&n.to_be_bytes());
    let now = chrono::DateTime::from_timestamp(1_769_000_000 + i64::try_from(n).unwrap_or(0), 0)
        .unwrap_or_default();
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new(now, actor, entropy, Language::Es)
}

/// The requests of the screens. `2025x40` is a session held near the end of the archive's last year.
fn requests() -> Vec<(&'static str, Value)> {
    let (body, held) = ("body-comision", "2025x41-ses-2025-01");
    vec![
        ("get_today", json!({})),
        ("list_bodies", json!({})),
        ("list_sessions", json!({})),
        ("list_sessions", json!({ "year": 2025 })),
        ("get_session_year", json!({ "body_id": body, "year": 2025 })),
        ("get_session", json!({ "session_id": held })),
        ("get_session", json!({ "session_id": "ses-next" })),
        ("get_agenda", json!({ "session_id": held })),
        ("suggest_agenda", json!({ "session_id": "ses-next" })),
        ("check_notice", json!({ "session_id": "ses-next" })),
        ("expected_quorum", json!({ "session_id": "ses-next" })),
        ("pending_commitments", json!({ "session_id": "ses-next" })),
        ("live_session", json!({ "session_id": held })),
        ("explain_vote", json!({ "vote_id": "2025x41-vot-01-07" })),
        ("get_minutes_view", json!({ "session_id": held })),
        ("list_annexes", json!({ "owner": "session", "owner_id": held })),
        ("list_proposals", json!({})),
        ("list_proposals", json!({ "body_id": body, "status": ["in_execution"], "offset": 200 })),
        ("list_proposals", json!({ "text": "movilidad" })),
        ("get_proposal", json!({ "id": "2025x41-p3" })),
        ("list_commitments", json!({})),
        ("list_commitments", json!({ "body_id": body, "state": "open" })),
        ("list_members", json!({ "body_id": body })),
        ("get_body", json!({ "body_id": body })),
        ("list_people", json!({})),
        ("list_people", json!({ "text": "gar" })),
        ("get_person", json!({ "id": "per-001" })),
        ("list_delegations", json!({ "body_id": body })),
        ("get_work_plan", json!({ "body_id": body, "year": 2025 })),
        ("attendance_statistics", json!({ "body_id": body, "from": "2025-01-01" })),
        ("list_catalogs", json!({})),
        ("list_journal", json!({})),
        ("find_in_journal", json!({ "text": "votación 2025" })),
        ("find_in_journal", json!({ "text": "noexistetal" })),
        ("list_drafts", json!({})),
        ("search", json!({ "query": "biogás" })),
        ("search", json!({ "query": "internacionalizacion" })),
        ("search", json!({ "query": "se aprueba la propu" })),
        ("search", json!({ "query": "\"planta piloto\" resid" })),
        ("search", json!({ "query": "a" })),
        ("search", json!({ "query": "noexistetal" })),
    ]
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Runs one thing on both archives in turns; gives the median of each.
fn both(mut run: impl FnMut(usize, u64) -> Result<Duration>) -> Result<[Duration; 2]> {
    let mut times = [Vec::new(), Vec::new()];
    for n in 0..RUNS {
        for (which, times) in times.iter_mut().enumerate() {
            let time = run(which, n as u64)?;
            if n >= WARM {
                times.push(time);
            }
        }
    }
    Ok(times.map(median))
}

struct Line {
    what: String,
    times: [Duration; 2],
    query: bool,
}

fn measure(paths: [&Path; 2]) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let times = both(|which, n| {
        let start = Instant::now();
        let archive = Secretariat::open(paths[which], &context(n), "medición")?;
        dispatch(&archive, &context(n), "get_today", json!({}))?;
        let time = start.elapsed();
        archive.close()?;
        Ok(time)
    })?;
    lines.push(Line { what: "open, to the first screen".to_owned(), times, query: false });
    let archives = [
        Secretariat::open(paths[0], &context(0), "medición")?,
        Secretariat::open(paths[1], &context(0), "medición")?,
    ];
    for (name, request) in requests() {
        let times = both(|which, n| {
            let request = request.clone();
            let start = Instant::now();
            dispatch(&archives[which], &context(n), name, request)?;
            Ok(start.elapsed())
        })?;
        let what = if request == json!({}) { name.to_owned() } else { format!("{name} {request}") };
        lines.push(Line { what, times, query: true });
    }
    for (what, name, request) in [
        (
            "save a narrative",
            "set_narrative",
            json!({ "item_id": "2025x53-ses-2025-04-it-04", "narrative": "" }),
        ),
        ("save an agenda item", "edit_agenda_item", json!({ "id": "ses-next-1", "title": "" })),
        ("save a draft", "save_draft", json!({ "key": "agenda_item/ses-next-1/note", "text": "" })),
    ] {
        let times = both(|which, n| {
            let mut request = request.clone();
            for field in ["narrative", "title", "text"] {
                if request.get(field).is_some() {
                    request[field] = json!(format!("Se presentó el informe, versión {n} de {which}."));
                }
            }
            let start = Instant::now();
            dispatch(&archives[which], &context(1000 + n), name, request)?;
            Ok(start.elapsed())
        })?;
        lines.push(Line { what: what.to_owned(), times, query: false });
    }
    for archive in archives {
        archive.close()?;
    }
    Ok(lines)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let paths: Vec<&Path> = arguments.iter().filter(|a| *a != "--json").map(Path::new).collect();
    let [small, large] = paths.as_slice() else {
        eprintln!("usage: bench-queries SMALL LARGE [--json]");
        return std::process::ExitCode::from(2);
    };
    let lines = match measure([small, large]) {
        Ok(lines) => lines,
        Err(failure) => {
            eprintln!("{failure} {}", failure.details);
            return std::process::ExitCode::from(2);
        }
    };
    let slow = lines.iter().filter(|line| line.query && line.times[1] >= FRAME).count();
    if arguments.iter().any(|a| a == "--json") {
        let rows: Vec<Value> = lines
            .iter()
            .map(|l| json!({ "what": l.what, "small_ms": ms(l.times[0]), "large_ms": ms(l.times[1]), "ratio": ms(l.times[1]) / ms(l.times[0]) }))
            .collect();
        println!("{}", json!({ "frame_ms": ms(FRAME), "slow_queries": slow, "rows": rows }));
    } else {
        println!("{:<78} {:>9} {:>9} {:>7}", "median, ms", "small", "large", "ratio");
        for line in &lines {
            let [small, large] = line.times.map(ms);
            let mark = if line.query && line.times[1] >= FRAME { "  over a frame" } else { "" };
            let what: String = line.what.chars().take(78).collect();
            println!("{what:<78} {small:>9.2} {large:>9.2} {:>7.2}{mark}", large / small);
        }
        println!("{slow} queries take a frame ({} ms) or more on the large one", ms(FRAME));
    }
    if slow == 0 { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
