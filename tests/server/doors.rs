//! The three doors: the core's calls, the shell's commands, and what only a test may do.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::extract::{Json, Path as Name, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use futures_util::stream::{self, Stream};
use printing::{Order, Spooler};
use secretariat::desk::Desk;
use secretariat::file::write_whole;
use secretariat::{Actor, Code, Context, Failure, FailureReply, Language};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::sync::broadcast;

use crate::copies;
use crate::preferences::{Change, Preferences};

/// Everything the window would have: a desk, a person's choices, folders, and a clock that a test sets.
pub struct House {
    desk: Desk,
    seed: u64,
    inner: Mutex<Inner>,
    events: broadcast::Sender<(&'static str, Value)>,
}

struct Inner {
    clock: Clock,
    calls: u64,
    folder: TempDir,
    preferences: Preferences,
    given: Vec<PathBuf>,
    /// What the next dialogs answer; with none left, the person desists.
    picks: VecDeque<Vec<PathBuf>>,
    theme: String,
    /// What was opened, saved, shown or titled, in order.
    done: Vec<Value>,
}

#[derive(Clone, Copy)]
struct Clock {
    said: DateTime<Utc>,
    /// When it was set, if it runs.
    since: Option<Instant>,
}

impl Clock {
    fn now(&self) -> DateTime<Utc> {
        let passed = self.since.map(|since| since.elapsed()).unwrap_or_default();
        self.said + chrono::TimeDelta::from_std(passed).unwrap_or_default()
    }
}

impl Inner {
    fn new(clock: Clock) -> std::io::Result<Self> {
        Ok(Self {
            clock,
            calls: 0,
            folder: TempDir::new()?,
            preferences: Preferences::default(),
            given: Vec::new(),
            picks: VecDeque::new(),
            theme: "light".into(),
            done: Vec::new(),
        })
    }
}

impl House {
    /// A house with an empty desk.
    pub fn new(now: DateTime<Utc>, running: bool, seed: u64) -> std::io::Result<Self> {
        let clock = Clock { said: now, since: running.then(Instant::now) };
        let inner = Mutex::new(Inner::new(clock)?);
        Ok(Self { desk: Desk::new("equipo-de-prueba"), seed, inner, events: broadcast::channel(1024).0 })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, event: &'static str, what: Value) {
        // Nobody listening is no failure.
        let _ = self.events.send((event, what));
    }

    /// As the shell makes it, with the test's clock and bytes that repeat from run to run.
    fn context(&self) -> Context {
        let mut inner = self.inner();
        inner.calls += 1;
        let bytes =
            Sha256::new().chain_update(self.seed.to_be_bytes()).chain_update(inner.calls.to_be_bytes());
        let nobody = || Actor { name: "Sin identificar".into(), role: String::new() };
        let actor = inner.preferences.actor.clone().unwrap_or_else(nobody);
        let preferences = &inner.preferences;
        let mut context =
            Context::new(inner.clock.now(), actor, bytes.finalize().into(), preferences.language);
        context.stamping = time_stamps::at(&preferences.time_stamp_service);
        context
    }
}

type Reply = Result<Value, FailureReply>;

fn answer(reply: Reply) -> Response {
    match reply {
        Ok(value) => Json(value).into_response(),
        Err(failure) => (StatusCode::UNPROCESSABLE_ENTITY, Json(failure)).into_response(),
    }
}

fn failed(error: impl std::fmt::Display) -> FailureReply {
    FailureReply { code: Code::Io, message: error.to_string(), details: Value::Null }
}

/// A field of a request, by its name.
fn field<T: DeserializeOwned>(request: &Value, name: &str) -> Result<T, FailureReply> {
    serde_json::from_value(request[name].clone()).map_err(|error| failed(format!("{name}: {error}")))
}

/// Runs what blocks on a thread that may.
async fn off_thread(work: impl FnOnce() -> Reply + Send + 'static) -> Response {
    answer(tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(failed(error))))
}

/// `POST /call/NAME`.
pub async fn call(
    State(house): State<Arc<House>>,
    Name(name): Name<String>,
    Json(request): Json<Value>,
) -> Response {
    off_thread(move || {
        let ctx = house.context();
        let reply = house.desk.call(&ctx, &name, request)?;
        if reply["changed"].as_array().is_some_and(|changed| !changed.is_empty()) {
            house.tell("changed", reply["changed"].clone());
        }
        Ok(reply)
    })
    .await
}

/// `GET /changes`.
pub async fn events(State(house): State<Arc<House>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = house.events.subscribe();
    let stream = stream::unfold(listener, |mut listener| async {
        loop {
            match listener.recv().await {
                Ok((name, what)) => {
                    let event = Event::default().event(name).data(what.to_string());
                    return Some((Ok(event), listener));
                }
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// `POST /shell/NAME`.
pub async fn shell(
    State(house): State<Arc<House>>,
    Name(name): Name<String>,
    Json(request): Json<Value>,
) -> Response {
    off_thread(move || run_shell(&house, &name, &request)).await
}

fn run_shell(house: &House, name: &str, request: &Value) -> Reply {
    let language = house.inner().preferences.language;
    if let Some(reply) = run_printer(name, request, language) {
        return reply;
    }
    let mut inner = house.inner();
    match name {
        "shell_state" => {
            let recent: Vec<Value> = inner
                .preferences
                .recent
                .iter()
                .map(|recent| {
                    let (path, exists) = (&recent.path, recent.path.is_file());
                    json!({ "path": path, "title": recent.title, "opened_at": recent.opened_at, "exists": exists })
                })
                .collect();
            Ok(json!({
                "preferences": inner.preferences,
                "recent": recent,
                "files": std::mem::take(&mut inner.given),
                "platform": std::env::consts::OS,
                "platform_theme": inner.theme,
                "version": env!("CARGO_PKG_VERSION"),
            }))
        }
        "set_preferences" => {
            let change: Change = field(request, "change")?;
            inner.preferences.apply(change);
            house.tell("preferences", Value::Null);
            keep(&inner)
        }
        "remember_archive" => {
            let now = inner.clock.now();
            let (path, title): (PathBuf, String) = (field(request, "path")?, field(request, "title")?);
            inner.preferences.remember(&path, &title, now);
            keep(&inner)
        }
        "forget_archive" => {
            inner.preferences.forget(&field::<PathBuf>(request, "path")?);
            keep(&inner)
        }
        "pick_file" => Ok(json!(pick(&mut inner, request)?)),
        "read_picked" => {
            let path: PathBuf = field(request, "path")?;
            let bytes = std::fs::read(&path).map_err(failed)?;
            Ok(
                json!({ "name": path.file_name().map(|n| n.to_string_lossy()), "base64": STANDARD.encode(bytes) }),
            )
        }
        "save_copy" => {
            let bytes = decoded(request)?;
            let Some(path) = pick(&mut inner, request)?.into_iter().next() else { return Ok(Value::Null) };
            write_whole(&path, |out| out.write_all(&bytes)).map_err(failed)?;
            inner.done.push(json!({ "saved": path }));
            Ok(json!(path))
        }
        "save_copies" => {
            let files: Vec<copies::Copy> = field(request, "files")?;
            let files =
                files.into_iter().map(|file| Ok((file.name, STANDARD.decode(file.base64).map_err(failed)?)));
            let files: Vec<_> = files.collect::<Result<_, FailureReply>>()?;
            // Without an answer of the test, the folder is the test's.
            let folder = match inner.picks.pop_front() {
                Some(paths) => paths.into_iter().next(),
                None => Some(inner.folder.path().to_owned()),
            };
            let Some(folder) = folder else { return Ok(Value::Null) };
            for path in copies::write_all(&folder, &files).map_err(failed)? {
                inner.done.push(json!({ "saved": path }));
            }
            Ok(json!(folder))
        }
        "open_copy" => {
            let name: String = field(request, "name")?;
            let name = Path::new(&name).file_name().ok_or_else(|| failed("no name"))?.to_owned();
            let path = inner.folder.path().join(name);
            std::fs::write(&path, decoded(request)?).map_err(failed)?;
            inner.done.push(json!({ "opened": path }));
            Ok(json!(path))
        }
        "open_path" | "show_in_folder" => {
            let path: PathBuf = field(request, "path")?;
            std::fs::metadata(&path).map_err(failed)?;
            let what = if name == "open_path" { "opened" } else { "shown" };
            inner.done.push(json!({ what: path }));
            Ok(Value::Null)
        }
        "set_title" => {
            let title: String = field(request, "title")?;
            inner.done.push(json!({ "title": title }));
            Ok(Value::Null)
        }
        "quit" => {
            inner.done.push(json!("quit"));
            Ok(Value::Null)
        }
        "open_room" => {
            let session: String = field(request, "session_id")?;
            inner.done.push(json!({ "room": session }));
            // There are no windows here: the page opens a tab.
            Ok(json!(false))
        }
        "full_screen" => {
            let full: Option<bool> = field(request, "full")?;
            inner.done.push(json!({ "full_screen": full }));
            Ok(Value::Null)
        }
        _ => Err(failed(format!("no command of the shell is called {name}"))),
    }
}

/// The commands about printers, which go to the programs that this server finds. They may take long: the house stays
/// open meanwhile.
fn run_printer(name: &str, request: &Value, language: Language) -> Option<Reply> {
    let spooler = Spooler::default();
    let told = |failure: Failure| failure.reply(language);
    let reply = || match name {
        "offer_printers" => Ok(json!(spooler.offer(&decoded(request)?).map_err(told)?)),
        "print_paper" => {
            let order: Order = field(request, "order")?;
            Ok(json!(spooler.print_bytes(&decoded(request)?, &order).map_err(told)?))
        }
        "print_state" => Ok(json!(spooler.state(&field(request, "job")?).map_err(told)?)),
        _ => Ok(json!(spooler.cancel(&field(request, "job")?).map_err(told)?)),
    };
    ["offer_printers", "print_paper", "print_state", "cancel_print"].contains(&name).then(reply)
}

fn keep(inner: &Inner) -> Reply {
    inner.preferences.save(inner.folder.path()).map_err(failed)?;
    Ok(json!(Preferences::load(inner.folder.path())))
}

/// The next dialog's answer. Without one, saving goes to the test's folder and opening is desisted from.
fn pick(inner: &mut Inner, request: &Value) -> Result<Vec<PathBuf>, FailureReply> {
    if let Some(paths) = inner.picks.pop_front() {
        return Ok(paths);
    }
    let saving = request["base64"].is_string() || request["purpose"] == "save";
    let name: Option<String> = field(request, "suggested_name")?;
    Ok(if saving { vec![inner.folder.path().join(name.unwrap_or_default())] } else { Vec::new() })
}

fn decoded(request: &Value) -> Result<Vec<u8>, FailureReply> {
    STANDARD.decode(field::<String>(request, "base64")?).map_err(failed)
}

/// `POST /test/NAME`: what a test decides, and what it may ask.
pub async fn test(
    State(house): State<Arc<House>>,
    Name(name): Name<String>,
    Json(request): Json<Value>,
) -> Response {
    off_thread(move || run_test(&house, &name, &request)).await
}

fn run_test(house: &House, name: &str, request: &Value) -> Reply {
    match name {
        // {"now": "2025-03-14T13:05:00Z", "running": false}
        "clock" => {
            let running = request["running"] == true;
            let clock = Clock { said: field(request, "now")?, since: running.then(Instant::now) };
            house.inner().clock = clock;
        }
        // {"paths": ["/tmp/x/a.actario"]}: the next dialog answers this; [] is to desist.
        "pick" => {
            let paths = field(request, "paths")?;
            house.inner().picks.push_back(paths);
        }
        // {"paths": […]}: as if the program had been started with these files.
        "give" => {
            let paths: Vec<PathBuf> = field(request, "paths")?;
            house.inner().given.extend(paths);
            house.tell("files-given", Value::Null);
        }
        // {"theme": "dark"}: the platform changes its colours.
        "theme" => {
            let theme: String = field(request, "theme")?;
            house.inner().theme.clone_from(&theme);
            house.tell("platform-theme", json!(theme));
        }
        // {}: the person closes the window.
        "close" => house.tell("closing", Value::Null),
        // {}: a new person at a new computer. The clock stays as it is.
        "reset" => {
            let ctx = house.context();
            house.desk.call(&ctx, "close_archive", json!({}))?;
            let mut inner = house.inner();
            *inner = Inner::new(inner.clock).map_err(failed)?;
        }
        "state" => {}
        _ => return Err(failed(format!("no test command is called {name}"))),
    }
    let inner = house.inner();
    Ok(json!({ "now": inner.clock.now(), "folder": inner.folder.path(), "done": inner.done }))
}
