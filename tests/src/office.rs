//! An archive at work, for stories: the calls of an office, one after another.
#![allow(clippy::unwrap_used, clippy::panic, clippy::missing_panics_doc, clippy::must_use_candidate)]

use std::cell::Cell;

use secretariat::{Actor, Code, Context, Failure, Language, Secretariat, api};
use serde_json::{Value, json};

/// An archive at work: each call a minute after the one before.
pub struct Office {
    /// The archive.
    pub archive: Secretariat,
    clock: Cell<u32>,
    day: Cell<&'static str>,
    _folder: tempfile::TempDir,
}

impl Office {
    /// A new archive, on a day.
    pub fn open(day: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.actario");
        let archive = Secretariat::create(&path, &context(day, 0), "equipo").unwrap();
        Self { archive, clock: Cell::new(0), day: Cell::new(day), _folder: folder }
    }
    /// From now on it is that day.
    pub fn on(&self, day: &'static str) {
        self.day.set(day);
    }
    /// Makes a call; gives its value.
    pub fn try_call(&self, name: &str, request: Value) -> Result<Value, Failure> {
        self.clock.set(self.clock.get() + 1);
        Ok(api::dispatch(&self.archive, &context(self.day.get(), self.clock.get()), name, request)?["value"]
            .take())
    }
    /// Makes a call that must be done; gives its value.
    pub fn call(&self, name: &str, request: Value) -> Value {
        let shown = request.to_string();
        self.try_call(name, request).unwrap_or_else(|f| panic!("{name} {shown}: {f} {}", f.details))
    }
    /// The head of the journal.
    pub fn head(&self) -> String {
        self.archive.query(&context(self.day.get(), 0), |read| read.head()).unwrap()
    }
    /// Makes a call that must fail with that code, leave the archive as it was, and say `words` in Spanish.
    pub fn refused(&self, name: &str, request: Value, code: Code, words: &str) -> Failure {
        let (before, shown) = (self.head(), request.to_string());
        let failure =
            self.try_call(name, request).err().unwrap_or_else(|| panic!("{name} {shown} was not refused"));
        assert_eq!(failure.code, code, "{name} {shown}: {failure}");
        assert!(failure.message.es.contains(words), "{name} {shown}: {failure}");
        for said in [&failure.message.es, &failure.message.en] {
            assert!(!has_iso_date(said), "{name}: a day is said in words: {said}");
        }
        assert!(!failure.message.en.is_empty() && failure.message.en != failure.message.es, "{failure:?}");
        assert_eq!(self.head(), before, "{name} {shown} left something");
        failure
    }
    /// Convenes a session that has a place and an hour, with an agenda of one item.
    pub fn convene(&self, session: &str) {
        let item = json!({ "id": format!("{session}-1"), "session_id": session, "title": "Llamado a lista", "kind": "opening" });
        self.call("add_agenda_item", item);
        self.call("convene_session", json!({ "id": session, "short_notice_reason": "Asunto urgente." }));
    }
    /// Opens a session convened, with somebody presiding from a seat.
    pub fn open_session(&self, session: &str, seat: &str, person: &str) {
        self.call("open_session", json!({ "session_id": session, "seat_id": seat, "person_id": person }));
        self.call(
            "record_event",
            json!({ "session_id": session, "kind": "roll_answer", "seat_id": seat, "person_id": person }),
        );
    }
    /// The archive is what its journal says.
    pub fn verify(&self) {
        assert_eq!(self.call("verify_archive", json!({}))["problems"], json!([]));
    }
}

/// Whether a sentence has a day in figures, as 2026-04-30.
fn has_iso_date(said: &str) -> bool {
    let shape = |c: &u8| if c.is_ascii_digit() { b'0' } else { *c };
    let shapes: Vec<u8> = said.as_bytes().iter().map(shape).collect();
    shapes.windows(10).any(|w| w == b"0000-00-00")
}

fn context(day: &str, n: u32) -> Context {
    let now = format!("{day}T13:00:00Z").parse::<chrono::DateTime<chrono::Utc>>().unwrap()
        + chrono::TimeDelta::minutes(i64::from(n));
    let mut entropy = [5; 32];
    entropy[..4].copy_from_slice(&n.to_be_bytes());
    Context::new(
        now,
        Actor { name: "Pilar Villaquirán".into(), role: "secretaria técnica".into() },
        entropy,
        Language::Es,
    )
}
