//! A program that writes until it is killed: the power cut of the tests.
//!
//! `power-cut FILE typing` types a narrative, a draft a letter; `power-cut FILE acting` records acts;
//! `power-cut FILE inside` stops in the middle of an act and waits. Each line it prints was kept before it was told.

use std::io::Write;
use std::path::Path;

use secretariat::api::{self, Op};
use secretariat::{Actor, Context, Language, Secretariat};
use serde_json::json;

fn context(n: u32) -> Context {
    let now = chrono::DateTime::from_timestamp(1_772_456_400 + i64::from(n), 0).unwrap_or_default();
    let mut entropy = [0; 32];
    entropy[..4].copy_from_slice(&n.to_be_bytes());
    Context::new(
        now,
        Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() },
        entropy,
        Language::Es,
    )
}

fn tell(line: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, path, how] = arguments.as_slice() else { return Err("FILE typing|acting|inside".into()) };
    let archive = Secretariat::open(Path::new(path), &context(0), "portátil")?;
    if how == "inside" {
        archive.transact(&context(1), Op::PutBody, |tx| {
            let mut body: secretariat::body::Body = tx.get("body-x")?;
            body.name = "A medio escribir".into();
            tx.put(&body)?;
            tx.put_blob(&vec![7; 3_000_000])?;
            tell("inside");
            std::thread::sleep(std::time::Duration::from_secs(60));
            Ok(())
        })?;
    }
    let mut text = String::new();
    for n in 1.. {
        if how == "typing" {
            text.push(char::from(b'a' + u8::try_from(n % 26)?));
            let request = json!({ "key": "agenda_item/it-1/narrative", "text": text });
            api::dispatch(&archive, &context(n), "save_draft", request)?;
            tell(&text);
        } else {
            let request = json!({ "call": n });
            let reply = api::dispatch(&archive, &context(n), "list_bodies", json!({}))?;
            let mut body = reply["value"][0].clone();
            body["name"] = json!(format!("Comisión {request}"));
            api::dispatch(&archive, &context(n), "put_body", body.clone())?;
            tell(body["name"].as_str().unwrap_or_default());
        }
    }
    Ok(())
}
