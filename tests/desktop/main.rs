//! The built application in a real window: that the shell, its policy and its permissions let the page do
//! its work. What the screens do is tested in a browser; here only what a browser cannot show.
//!
//! Needs a display and `tauri-driver`: run `make test-desktop`.
#![allow(clippy::disallowed_methods)] // tests read the environment
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod driver;

use driver::Window;
use serde_json::json;

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
    assert_eq!(made["value"]["name"], "año");
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

    window.invoke("open_path", json!({ "path": saved })).await.unwrap();
    assert_eq!(std::fs::read_to_string(window.picked.join("opened.txt")).unwrap(), saved.as_str().unwrap());
    let program = window.picked.join("x.desktop");
    std::fs::write(&program, "").unwrap();
    assert_eq!(window.invoke("open_path", json!({ "path": program })).await.unwrap_err()["code"], "io");

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
