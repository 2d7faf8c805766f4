//! One way in: every call, declared once. The window, the terminal and the tests dispatch this list, and the
//! UI's types come from it.

use std::path::Path;

use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::{Config, TS};

use crate::context::Context;
use crate::failure::{Code, Failure, Result};
use crate::journal::{Entry, Touched};
use crate::{Secretariat, agenda, attendance, body, decision, journal, live, session, text, verify, vote};

/// A request without fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
#[ts(type = "Record<string, never>")]
pub struct Nothing {}

/// Whether an act can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// By a compensating entry.
    Yes,
    /// Never; another act corrects it.
    Never {
        /// Which one.
        corrected_by: &'static str,
    },
}

/// One call as declared.
pub struct Call {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Whether it writes.
    pub writes: bool,
    /// Whether it can be undone; meaningful when it writes.
    pub undo: Undo,
    request: fn(&mut SchemaGenerator) -> schemars::Schema,
    reply: fn(&mut SchemaGenerator) -> schemars::Schema,
    export: fn(&Config) -> Result<(String, String)>,
}

macro_rules! undo_rule {
    (undo) => {
        Undo::Yes
    };
    (never $by:literal) => {
        Undo::Never { corrected_by: $by }
    };
}

macro_rules! calls {
    (
        queries { $( $(#[doc = $qdoc:literal])+ $query:ident ($qrequest:ty) -> $qreply:ty = $qhandler:path; )* }
        acts { $( $(#[doc = $adoc:literal])+ $op:ident $act:ident ($arequest:ty) -> $areply:ty = $ahandler:path, $undo:ident $($by:literal)?; )* }
    ) => {
        /// What an entry of the journal did.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Op {
            /// The archive was made.
            CreateArchive,
            /// Data was imported.
            Import,
            /// An entry was undone.
            Undo,
            /// An undo was taken back.
            Redo,
            /// The format was updated; the fold starts here.
            Checkpoint,
            $( $(#[doc = $adoc])+ $op, )*
        }

        impl Op {
            /// Its name in the journal.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::CreateArchive => "create_archive",
                    Self::Import => "import",
                    Self::Undo => "undo",
                    Self::Redo => "redo",
                    Self::Checkpoint => "checkpoint",
                    $( Self::$op => stringify!($act), )*
                }
            }

            /// Whether an entry with that name can be undone. Names of older programs are never undone.
            #[must_use]
            pub fn undo_of(name: &str) -> Undo {
                match name {
                    "undo" | "redo" => Undo::Yes,
                    $( stringify!($act) => undo_rule!($undo $($by)?), )*
                    _ => Undo::Never { corrected_by: "—" },
                }
            }
        }

        /// Every call on an archive.
        pub const CALLS: &[Call] = &[
            $( Call {
                name: stringify!($query), doc: concat!($($qdoc),+), writes: false, undo: Undo::Yes,
                request: |g| g.subschema_for::<$qrequest>(), reply: |g| g.subschema_for::<$qreply>(),
                export: export::<$qrequest, $qreply>,
            }, )*
            $( Call {
                name: stringify!($act), doc: concat!($($adoc),+), writes: true, undo: undo_rule!($undo $($by)?),
                request: |g| g.subschema_for::<$arequest>(), reply: |g| g.subschema_for::<$areply>(),
                export: export::<$arequest, $areply>,
            }, )*
        ];

        fn run(archive: &Secretariat, ctx: &Context, name: &str, request: Value) -> Result<(Value, Vec<Touched>)> {
            match name {
                $( stringify!($query) => {
                    let request: $qrequest = parse(request)?;
                    let reply: $qreply = archive.query(ctx, |read| $qhandler(read, request))?;
                    Ok((to_json(&reply)?, Vec::new()))
                } )*
                $( stringify!($act) => {
                    let request: $arequest = parse(request)?;
                    let (reply, touched): ($areply, _) = archive.transact(ctx, Op::$op, |tx| $ahandler(tx, request))?;
                    Ok((to_json(&reply)?, touched))
                } )*
                _ => Err(Failure::new(
                    Code::UnknownCall,
                    text!("No hay una llamada «{name}».", "There is no call “{name}”."),
                )),
            }
        }
    };
}

calls! {
    queries {
        /// The bodies of the archive.
        list_bodies(Nothing) -> Vec<body::Body> = body::list;
        // ── The live session ──
        /// All that the live screen shows of a session, opened or about to be.
        live_session(live::SessionRef) -> live::LiveView = live::live_session;
        /// The arithmetic of a vote: have, need, base, rule, source.
        explain_vote(vote::VoteRef) -> vote::VoteExplained = vote::explain_vote;

        // ── The journal ──
        /// The journal's newest entries, newest first.
        list_journal(journal::ListJournal) -> Vec<journal::EntryLine> = journal::list;
        /// One entry of the journal with its changes.
        get_journal_entry(journal::GetJournalEntry) -> Entry = journal::get;
        /// Whether the archive is what its journal says, naming whatever is not.
        verify_archive(verify::VerifyArchive) -> verify::VerifyReport = verify::archive;
    }
    acts {
        /// Creates or edits a body.
        PutBody put_body(body::Body) -> body::Body = body::put, undo;

        // ── The live session ──
        /// Opens a session: the chair calls it to order.
        OpenSession open_session(live::OpenSession) -> live::LiveView = live::open_session, never "correct_event";
        /// Records an arrival, a departure, an item, an intervention, a recess.
        RecordEvent record_event(live::RecordEvent) -> attendance::Event = live::record_event, undo;
        /// Corrects an event, with trace: another time, seat, person or words, or struck out.
        CorrectEvent correct_event(live::CorrectEvent) -> attendance::Event = live::correct_event, undo;
        /// Adjourns a session, or closes it for lack of quorum.
        AdjournSession adjourn_session(live::AdjournSession) -> live::LiveView = live::adjourn_session, never "correct_event";
        /// Writes the narrative of an item.
        SetNarrative set_narrative(live::SetNarrative) -> agenda::AgendaItem = live::set_narrative, undo;
        /// Says what came of an item.
        SetOutcome set_outcome(live::SetOutcome) -> agenda::AgendaItem = live::set_outcome, undo;
        /// Adds or edits a guest.
        PutGuest put_guest(live::PutGuest) -> session::Guest = live::put_guest, undo;
        /// Takes a guest off the list.
        RemoveGuest remove_guest(live::GuestRef) -> () = live::remove_guest, undo;
        /// Puts a motion to the body.
        FileMotion file_motion(vote::FileMotion) -> vote::Motion = vote::file_motion, undo;
        /// Rewords a motion that has not been voted.
        EditMotion edit_motion(vote::EditMotion) -> vote::Motion = vote::edit_motion, undo;
        /// Dismisses or withdraws a motion.
        SettleMotion settle_motion(vote::SettleMotion) -> vote::Motion = vote::settle_motion, undo;
        /// Opens a vote.
        OpenVote open_vote(vote::OpenVote) -> vote::VoteExplained = vote::open_vote, undo;
        /// Records, replaces or takes back a seat's vote while the vote is open.
        CastBallot cast_ballot(vote::CastBallot) -> vote::VoteExplained = vote::cast_ballot, undo;
        /// Records the totals of a show of hands.
        SetCount set_count(vote::SetCount) -> vote::VoteExplained = vote::set_count, undo;
        /// Closes a vote and settles its motion.
        CloseVote close_vote(vote::CloseVote) -> vote::VoteExplained = vote::close_vote, never "file_motion";
        /// The chair settles a tie.
        CastCastingVote cast_casting_vote(vote::CastCastingVote) -> vote::VoteExplained = vote::cast_casting_vote, never "file_motion";
        /// Annuls a vote opened by mistake.
        AnnulVote annul_vote(vote::AnnulVote) -> vote::Vote = vote::annul_vote, undo;
        /// Keeps the reasons a seat gives with its vote.
        ExplainBallot explain_ballot(vote::ExplainBallot) -> vote::Vote = vote::explain_ballot, undo;
        /// Records that a seat declares itself recused.
        DeclareRecusal declare_recusal(vote::DeclareRecusal) -> vote::Recusal = vote::declare_recusal, undo;
        /// Settles a recusal.
        DecideRecusal decide_recusal(vote::DecideRecusal) -> vote::Recusal = vote::decide_recusal, undo;
        /// Records that a recused person comes back.
        ReturnFromRecusal return_from_recusal(vote::ReturnFromRecusal) -> vote::Recusal = vote::return_from_recusal, undo;
        /// Records or edits a decision.
        PutDecision put_decision(decision::PutDecision) -> decision::Decision = decision::put_decision, undo;
        /// Takes back a decision recorded by mistake.
        RemoveDecision remove_decision(decision::DecisionRef) -> () = decision::remove_decision, undo;
        /// Takes down or edits a statement for the record.
        PutStatement put_statement(decision::PutStatement) -> decision::Statement = decision::put_statement, undo;
        /// Takes back a statement taken down by mistake.
        RemoveStatement remove_statement(decision::StatementRef) -> () = decision::remove_statement, undo;
    }
}

fn parse<T: serde::de::DeserializeOwned>(request: Value) -> Result<T> {
    serde_json::from_value(request).map_err(Failure::from)
}

fn to_json<T: Serialize>(reply: &T) -> Result<Value> {
    serde_json::to_value(reply).map_err(Failure::internal)
}

fn export<Q: TS + 'static, R: TS + 'static>(config: &Config) -> Result<(String, String)> {
    Q::export_all(config).map_err(Failure::internal).or_else(ignore_inline)?;
    R::export_all(config).map_err(Failure::internal).or_else(ignore_inline)?;
    Ok((Q::name(config), R::name(config)))
}

/// A type without a name of its own (a list, a string) has no file; its parts are exported by what holds them.
fn ignore_inline(failure: Failure) -> Result<()> {
    if failure.message.en.contains("cannot be exported") { Ok(()) } else { Err(failure) }
}

/// Makes the call `name` with a JSON request; gives `{ "value": …, "changed": [{concept, id}] }`.
///
/// `undo` and `redo` take `{ "entry": SEQ }` or `{}`.
///
/// # Errors
/// Whatever the call fails with; nothing has changed then.
pub fn dispatch(archive: &Secretariat, ctx: &Context, name: &str, request: Value) -> Result<Value> {
    let (value, changed) = match name {
        "undo" | "redo" => {
            let request: UndoRequest = parse(request)?;
            let (entry, touched) = archive.undo(ctx, request.entry, name == "redo")?;
            (json!({ "entry": entry.seq, "op": entry.op }), touched)
        }
        "save_draft" => {
            let request: SaveDraft = parse(request)?;
            archive.write(|conn| save_draft(conn, ctx, &request))?;
            (Value::Null, Vec::new())
        }
        _ => run(archive, ctx, name, request)?,
    };
    Ok(json!({ "value": value, "changed": changed }))
}

/// Which entry to undo; the newest one that can be when not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoRequest {
    /// Position in the journal.
    #[serde(default)]
    #[ts(optional)]
    pub entry: Option<i64>,
}

/// What was undone or redone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Undone {
    /// The entry.
    pub entry: i64,
    /// Its act.
    pub op: String,
}

/// Text being typed, kept at once and not journaled. An empty text forgets the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// Which field, such as `agenda_item/ses-1-it-2/narrative`.
    pub key: String,
    /// The text; `null` forgets it.
    pub text: Option<String>,
}

fn save_draft(conn: &rusqlite::Connection, ctx: &Context, request: &SaveDraft) -> Result<()> {
    match &request.text {
        Some(text) => conn
            .prepare_cached(
                "INSERT INTO draft (id, text, saved_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at",
            )?
            .execute((&request.key, text, ctx.now.to_rfc3339()))?,
        None => conn.prepare_cached("DELETE FROM draft WHERE id = ?1")?.execute([&request.key])?,
    };
    Ok(())
}

/// The JSON Schema of every call: name → doc, request, reply, and the shared definitions.
#[must_use]
pub fn schema() -> Value {
    let mut generator = schemars::generate::SchemaSettings::draft2020_12().into_generator();
    let mut calls = serde_json::Map::new();
    for call in CALLS {
        let undo = match call.undo {
            _ if !call.writes => Value::Null,
            Undo::Yes => json!("yes"),
            Undo::Never { corrected_by } => json!({ "never": { "corrected_by": corrected_by } }),
        };
        let (request, reply) = ((call.request)(&mut generator), (call.reply)(&mut generator));
        calls.insert(
            call.name.to_owned(),
            json!({ "doc": call.doc.trim(), "writes": call.writes, "undo": undo, "request": request, "reply": reply }),
        );
    }
    json!({ "calls": calls, "$defs": generator.take_definitions(true) })
}

/// Writes the UI's types into `dir`: one file a type, and `calls.ts` with every call's request and reply.
///
/// # Errors
/// When a file cannot be written.
pub fn export_types(dir: &Path) -> Result<()> {
    use std::fmt::Write;
    let config = Config::new().with_out_dir(dir).with_large_int("number");
    let mut lines = Vec::new();
    for call in CALLS {
        let (request, reply) = (call.export)(&config)?;
        lines.push((call.doc, call.name, request, reply, call.writes));
    }
    for (doc, name, request, reply) in [
        (" Undoes an entry of the journal.", "undo", export::<UndoRequest, Undone>(&config)?),
        (" Takes back the newest undo.", "redo", export::<UndoRequest, Undone>(&config)?),
    ]
    .map(|(doc, name, (q, r))| (doc, name, q, r))
    {
        lines.push((doc, name, request, reply, true));
    }
    let (request, _) = export::<SaveDraft, Nothing>(&config)?;
    lines.push((" Keeps text being typed.", "save_draft", request, "null".to_owned(), true));
    export::<crate::FailureReply, Touched>(&config)?;

    let mut names = std::collections::BTreeSet::new();
    let mut body = String::new();
    for (doc, name, request, reply, _) in &lines {
        for word in format!("{request} {reply}").split(|c: char| !c.is_alphanumeric() && c != '_') {
            if dir.join(format!("{word}.ts")).is_file() {
                names.insert(word.to_owned());
            }
        }
        let _ =
            writeln!(body, "  /** {} */\n  {name}: {{ request: {request}; reply: {reply} }};", doc.trim());
    }
    let mut file = String::from("// Written by the core; do not edit.\n");
    for name in &names {
        let _ = writeln!(file, "import type {{ {name} }} from './{name}';");
    }
    let writes: Vec<String> = lines.iter().filter(|l| l.4).map(|l| format!("'{}'", l.1)).collect();
    let _ = write!(
        file,
        "\n/** Every call: its request and its reply. */\nexport interface Calls {{\n{body}}}\n\n/** Calls that write. */\nexport const WRITES: ReadonlySet<keyof Calls> = new Set<keyof Calls>([{}]);\n",
        writes.join(", ")
    );
    std::fs::write(dir.join("calls.ts"), file)?;
    Ok(())
}
