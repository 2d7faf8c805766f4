//! The core over loopback HTTP, so that browser tests drive the real thing. Never shipped.
//!
//! It answers what the desktop shell answers, under the same names and with the same security policy:
//!
//! | request | answers |
//! |---|---|
//! | `GET /…` | the built pages, from `ui/dist` |
//! | `POST /call/NAME` | a call of the core: `{value, changed}`, or 422 with `{code, message, details}` |
//! | `POST /shell/NAME` | a command of the shell (`shell_state`, `pick_file`, …), its arguments as one object |
//! | `GET /changes` | server-sent events: `changed`, `preferences`, `files-given`, `platform-theme`, `closing` |
//! | `POST /test/…` | what a test decides: `clock`, `pick`, `give`, `theme`, `close`, `reset`; `state` tells what was done |
//!
//! The first line it prints is its address. Time stands still and ids repeat unless a test says otherwise.

#[path = "../../src-tauri/src/copies.rs"]
mod copies;
mod doors;
mod pages;
#[path = "../../src-tauri/src/preferences.rs"]
mod preferences;

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use chrono::{DateTime, Utc};
use clap::Parser;
use tokio::net::TcpListener;

use doors::House;

#[derive(Parser)]
struct Arguments {
    /// Port to listen on; any free one when not said.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The built pages.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/dist"))]
    pages: PathBuf,
    /// What the clock says until a test sets it.
    #[arg(long, default_value = "2025-12-31T15:00:00Z")]
    now: DateTime<Utc>,
    /// Let the clock run.
    #[arg(long)]
    running: bool,
    /// Ids are drawn from this number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let house = Arc::new(House::new(arguments.now, arguments.running, arguments.seed)?);
    let pages = Arc::new(pages::Pages::new(arguments.pages)?);
    let router = Router::new()
        .route("/call/{name}", post(doors::call))
        .route("/shell/{name}", post(doors::shell))
        .route("/changes", get(doors::events))
        .route("/test/{name}", post(doors::test))
        .with_state(house)
        .fallback(move |uri| pages::page(pages, uri))
        .layer(axum::extract::DefaultBodyLimit::max(1 << 30));
    // Loopback only: this server does whatever it is told.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}
