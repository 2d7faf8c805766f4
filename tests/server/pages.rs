//! The built pages, under the policy that the window has.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// A folder of pages and the policy they are served with.
pub struct Pages {
    folder: PathBuf,
    policy: String,
}

impl Pages {
    /// The pages in `folder`, with the shell's own production policy.
    pub fn new(folder: PathBuf) -> Result<Self, Box<dyn std::error::Error>> {
        let config: Value = serde_json::from_str(include_str!("../../src-tauri/tauri.conf.json"))?;
        Ok(Self { folder, policy: policy(&config["app"]["security"]["csp"]) })
    }
}

/// The policy as one header. Only the way to the core differs: here it is this server.
fn policy(csp: &Value) -> String {
    let directives = csp.as_object().into_iter().flatten().map(|(name, sources)| {
        let sources = sources.as_str().unwrap_or_default();
        if name == "connect-src" { "connect-src 'self'".to_owned() } else { format!("{name} {sources}") }
    });
    directives.collect::<Vec<_>>().join("; ")
}

/// One file of the pages.
pub async fn page(pages: Arc<Pages>, uri: Uri) -> Response {
    let asked = uri.path().trim_start_matches('/');
    let asked = Path::new(if asked.is_empty() { "index.html" } else { asked });
    if asked.components().any(|part| !matches!(part, Component::Normal(_))) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = pages.folder.join(asked);
    match tokio::fs::read(&path).await {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, media_type(&path).to_owned()),
                (header::CONTENT_SECURITY_POLICY, pages.policy.clone()),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
