//! The built application in a real window: that the shell, its policy and its permissions let the page do
//! its work. What the screens do is tested in a browser; here only what a browser cannot show.
//!
//! Needs a display and `tauri-driver`: run `make test-desktop`.
#![allow(clippy::disallowed_methods)] // tests read the environment
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod driver;

use driver::Window;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: make test-desktop"]
async fn a_new_person_is_greeted_and_the_shell_answers() {
    let window = Window::open(&[]).await;
    assert!(!window.find("#app h1").await.text().await.unwrap().is_empty());

    let state = window.invoke("shell_state", json!({})).await.unwrap();
    assert_eq!(state["preferences"]["actor"], json!(null), "first run: nobody has said who they are");
    assert_eq!(state["files"], json!([]));
    let kept = window
        .invoke(
            "set_preferences",
            json!({ "change": { "actor": { "name": "Gloria Peña", "role": "secretaria" } } }),
        )
        .await
        .unwrap();
    assert_eq!(kept["actor"]["name"], "Gloria Peña");

    // An archive is made, written, read and left through the one door.
    let path = window.picked.join("año.actario");
    let call = |name: &str, request| json!({ "name": name, "request": request });
    let made = window.invoke("call", call("create_archive", json!({ "path": path }))).await.unwrap();
    assert_eq!(made["value"]["state"]["name"], "año");
    let journal = window.invoke("call", call("list_journal", json!({}))).await.unwrap();
    assert!(journal["value"].to_string().contains("Gloria Peña"), "the journal knows who made it: {journal}");
    let failure =
        window.invoke("call", call("open_archive", json!({ "path": "/no/hay.actario" }))).await.unwrap_err();
    assert_eq!(failure["code"], "io");
    assert!(failure["message"].as_str().unwrap().contains("No se encontró"));
    window.invoke("call", call("close_archive", json!({}))).await.unwrap();
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: make test-desktop"]
async fn documents_are_saved_and_viewed_and_programs_are_not() {
    let window = Window::open(&["entregado.actario"]).await;
    let state = window.invoke("shell_state", json!({})).await.unwrap();
    // The page may have asked first; whoever asks first is told.
    let given =
        state["files"].as_array().unwrap().iter().all(|f| f.as_str().unwrap().ends_with("entregado.actario"));
    assert!(given);

    let copy = json!({
        "title": "Guardar", "suggested_name": "Acta 1/2025", "base64": "JVBERi0=",
        "filters": [{ "name": "PDF", "extensions": ["pdf"] }],
    });
    let saved = window.invoke("save_copy", copy).await.unwrap();
    assert_eq!(std::fs::read(saved.as_str().unwrap()).unwrap(), b"%PDF-");
    assert!(saved.as_str().unwrap().ends_with("Acta 1-2025.pdf"), "{saved}");

    // Several at once, into a folder: over nothing.
    let file = |base64: &str| json!({ "name": "Acta 1-2025.pdf", "base64": base64 });
    let many = json!({ "title": "Guardar", "files": [file("dW5v"), file("ZG9z")] });
    let folder = window.invoke("save_copies", many).await.unwrap();
    assert_eq!(folder, json!(window.picked));
    for (name, bytes) in
        [("Acta 1-2025.pdf", "%PDF-"), ("Acta 1-2025 (2).pdf", "uno"), ("Acta 1-2025 (3).pdf", "dos")]
    {
        assert_eq!(std::fs::read_to_string(window.picked.join(name)).unwrap(), bytes, "{name}");
        if bytes != "%PDF-" {
            std::fs::remove_file(window.picked.join(name)).unwrap();
        }
    }
    let broken = json!({ "title": "Guardar", "files": [{ "name": "x", "base64": "¡" }] });
    assert!(window.invoke("save_copies", broken).await.is_err());

    window.invoke("open_path", json!({ "path": saved })).await.unwrap();
    assert_eq!(std::fs::read_to_string(window.picked.join("opened.txt")).unwrap(), saved.as_str().unwrap());
    let program = window.picked.join("x.desktop");
    std::fs::write(&program, "").unwrap();
    assert_eq!(window.invoke("open_path", json!({ "path": program })).await.unwrap_err()["code"], "io");

    // What is no document reaches no printer, and says so; whether there is a printer is this computer's affair.
    let word = "aG9sYQ==";
    let order =
        json!({ "printer": "Oficina", "copies": 1, "sides": "long", "pages": "1-3", "title": "Acta" });
    for (command, given) in [
        ("offer_printers", json!({ "base64": word })),
        ("print_paper", json!({ "base64": word, "order": order })),
    ] {
        let refused = window.invoke(command, given).await.unwrap_err();
        assert_eq!(
            (&refused["code"], &refused["details"]["field"]),
            (&json!("invalid_input"), &json!("file"))
        );
    }
    assert!(window.invoke("print_state", json!({ "job": "-a" })).await.is_err());
    assert!(window.invoke("cancel_print", json!({ "job": "-a" })).await.is_err());

    // The page reads what was picked, and nothing it thought of itself.
    let ask =
        json!({ "purpose": "open", "title": "Abrir", "filters": [{ "name": "PDF", "extensions": ["pdf"] }] });
    let picked = window.invoke("pick_file", ask).await.unwrap();
    assert_eq!(picked, json!([saved]));
    let content = window.invoke("read_picked", json!({ "path": saved })).await.unwrap();
    assert_eq!(content["base64"], "JVBERi0=");
    assert!(window.invoke("read_picked", json!({ "path": "/etc/passwd" })).await.is_err());

    // Commands that no capability grants are refused by the shell itself.
    assert!(window.invoke("plugin:dialog|open", json!({ "options": {} })).await.is_err());
    assert!(window.invoke("plugin:opener|open_url", json!({ "url": "https://example.org" })).await.is_err());
    window.close().await;
}

/// A request about the session of today.
fn of(mut request: Value) -> Value {
    request["session_id"] = json!("ses-hoy");
    request
}

/// Opens, in the demonstration, a session of today that eleven seats attend; gives the seats. The page's clock and the
/// shell's agree on the day.
async fn session_of_today(window: &Window) -> Vec<String> {
    let me =
        json!({ "change": { "actor": { "name": "Gloria Peña", "role": "secretaria" }, "language": "es" } });
    window.invoke("set_preferences", me).await.unwrap();
    let call = async |name: &str, request: Value| window.call(name, request).await;
    call("create_archive", json!({ "path": window.picked.join("demo.actario"), "demo": true })).await;
    let now: chrono::DateTime<chrono::Utc> = std::time::SystemTime::now().into();
    let today = (now - chrono::TimeDelta::hours(5)).date_naive();
    let session = json!({ "id": "ses-hoy", "body_id": "body-comision", "kind": "extraordinary", "date": today,
        "planned_start": "23:58:00", "planned_end": "23:59:00", "place": "Sala de juntas" });
    call("create_session", session).await;
    call("build_agenda", of(json!({}))).await;
    call(
        "convene_session",
        json!({ "id": "ses-hoy", "short_notice_reason": "Es una prueba de la ventana." }),
    )
    .await;
    // The clock is today's: the session begins whenever the test runs, and that is confirmed.
    let opening = json!({ "seat_id": "com-consejeria", "person_id": "per-001", "overrides": [{ "check": "hour", "reason": "Prueba." }] });
    call("open_session", of(opening)).await;
    let roll = call("live_session", of(json!({}))).await["roll"].take();
    let seats = roll.as_array().unwrap().iter().filter_map(|row| row["seat_id"].as_str().map(str::to_owned));
    let seats: Vec<String> = seats.take(11).collect();
    for seat in &seats {
        call("record_event", of(json!({ "kind": "roll_answer", "seat_id": seat }))).await;
    }
    seats
}

/// The second window: it follows what is recorded in the first, and may ask one question and do nothing.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: make test-desktop"]
async fn the_rooms_window_shows_the_session_and_may_do_nothing() {
    let window = Window::open(&[]).await;
    let seats = session_of_today(&window).await;
    let main = window.page.window().await.unwrap();
    assert_eq!(window.invoke("open_room", of(json!({}))).await, Ok(json!(true)));
    let room = window.other_than(&main).await;

    window.page.switch_to_window(room.clone()).await.unwrap();
    assert!(window.find(".room .quorum").await.text().await.unwrap().contains("11 de 16"));
    assert!(window.page.current_url().await.unwrap().as_str().ends_with("#/sala/ses-hoy"));
    let asked = window.call("room_view", of(json!({}))).await;
    assert_eq!((&asked["state"], &asked["quorum"]["have"]), (&json!("open"), &json!(11)));
    // Everything else is refused: by the shell's own word, or because nothing grants it.
    let ballot = json!({ "vote_id": "vot", "seat_id": seats[0], "value": "for" });
    for (name, request) in [
        ("live_session", of(json!({}))),
        ("cast_ballot", ballot),
        ("record_event", of(json!({ "kind": "recess_start" }))),
        ("archive_state", json!({})),
        ("close_archive", json!({})),
        ("list_drafts", json!({})),
    ] {
        let refused = window.invoke("call", json!({ "name": name, "request": request })).await.unwrap_err();
        assert_eq!(refused["code"], "unknown_call", "{name}: {refused}");
    }
    let nobody = json!({ "change": { "actor": { "name": "Nadie", "role": "" } } });
    for (command, given) in [
        ("set_preferences", nobody),
        ("pick_file", json!({ "purpose": "open", "title": "Abrir", "filters": [] })),
        ("open_path", json!({ "path": "/etc/passwd" })),
        ("offer_printers", json!({ "base64": "aG9sYQ==" })),
        ("cancel_print", json!({ "job": "Oficina-1" })),
        ("set_title", json!({ "title": "x" })),
        ("open_room", of(json!({}))),
        ("quit", json!({})),
        ("plugin:window|close", json!({})),
    ] {
        assert!(window.invoke(command, given).await.is_err(), "{command}");
    }
    let state = window.invoke("shell_state", json!({})).await.unwrap();
    assert_eq!(
        (&state["preferences"]["actor"], &state["recent"], &state["preferences"]["language"]),
        (&json!(null), &json!([]), &json!("es")),
        "how things look, and neither who works here nor with what"
    );
    window.invoke("full_screen", json!({ "full": true })).await.unwrap();
    window.invoke("full_screen", json!({ "full": false })).await.unwrap();

    // What is recorded in the first window reaches it.
    window.page.switch_to_window(main.clone()).await.unwrap();
    let item = window.call("live_session", of(json!({}))).await["items"][1].take();
    window.call("record_event", of(json!({ "kind": "item_start", "item_id": item["id"] }))).await;
    window.page.switch_to_window(room).await.unwrap();
    window.find(".room .timer").await;
    assert_eq!(window.find(".room h2").await.text().await.unwrap(), item["title"].as_str().unwrap());

    // The archive is left: nothing of it stays on the wall.
    window.page.switch_to_window(main).await.unwrap();
    window.call("close_archive", json!({})).await;
    window.alone().await;
    window.close().await;
}

/// The whole point, through the real window: the demonstration, a vote by a click, and the minutes on paper.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: make test-desktop"]
async fn the_demonstration_is_opened_a_vote_is_recorded_and_the_minutes_are_printed() {
    let window = Window::open(&[]).await;
    let seats = session_of_today(&window).await;
    let call = async |name: &str, request: Value| window.call(name, request).await;
    let item = call("live_session", of(json!({}))).await["items"][1]["id"].take();
    call("record_event", of(json!({ "kind": "item_start", "item_id": item }))).await;
    let motion = json!({ "id": "mot", "kind": "substantive", "text": "Aprobar el plan.", "mover_person_id": "per-001" });
    call("file_motion", of(motion)).await;
    call("open_vote", of(json!({ "id": "vot", "motion_id": "mot", "method": "roll_call" }))).await;

    // The vote is given in the window; the record has it.
    window.visit("/sesiones/ses-hoy/sesionar").await;
    window.find("button.choice.for:not([aria-disabled])").await.click().await.unwrap();
    window.find("button.choice.for[aria-pressed=true]").await;
    let ballots = call("live_session", of(json!({}))).await["ballots"].take();
    assert_eq!(ballots.as_array().unwrap().len(), 1, "{ballots}");
    assert_eq!(ballots[0]["value"], "for");

    let voted = &ballots[0]["seat_id"];
    for seat in seats.iter().filter(|seat| voted != *seat) {
        call("cast_ballot", json!({ "vote_id": "vot", "seat_id": seat, "value": "for" })).await;
    }
    call("close_vote", json!({ "vote_id": "vot" })).await;
    call("adjourn_session", of(json!({}))).await;

    // Meanwhile the archive was backed up by itself.
    let mut backup = call("backup_state", json!({})).await;
    while backup["running"] == true {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        backup = call("backup_state", json!({})).await;
    }
    assert!(backup["newest"].is_object(), "{backup}");

    // Its minutes are drawn page by page, and are a file.
    window.visit("/sesiones/ses-hoy/acta").await;
    window.find("canvas").await;
    let paper = call("preview_minutes", of(json!({}))).await;
    assert!(paper["texts"].to_string().contains("«Aprobar el plan»"), "{}", paper["texts"]);
    let copy = json!({ "title": "Guardar", "suggested_name": "Acta", "base64": paper["base64"],
        "filters": [{ "name": "PDF", "extensions": ["pdf"] }] });
    let saved = window.invoke("save_copy", copy).await.unwrap();
    assert!(std::fs::read(saved.as_str().unwrap()).unwrap().starts_with(b"%PDF-"));
    window.close().await;
}
