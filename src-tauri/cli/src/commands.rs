//! What each command does.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, StdoutLock, Write};
use std::path::Path;

use chrono::{DateTime, FixedOffset, Utc};
use secretariat::file::{CarriedFile, write_whole};
use secretariat::load::{self, LoadReport};
use secretariat::publish::{self, ExportList, ExportedFile, ListOf, SheetFormat};
use secretariat::{
    Actor, Code, Failure, Language, Result, Secretariat, api, backup, binder, export, session, text, vectors,
    verify,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::door::Door;

/// Standard output. Whoever reads it may have gone: what was asked is done all the same, unheard.
struct Output(StdoutLock<'static>);

impl Output {
    fn new() -> Self {
        Self(std::io::stdout().lock())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            done => done,
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            done => done,
        }
    }
}

/// Writes a line to standard output.
pub fn say(line: &str) -> Result<()> {
    let mut out = Output::new();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// Writes JSON to standard output.
pub fn say_json(value: &Value) -> Result<()> {
    say(&serde_json::to_string_pretty(value).map_err(Failure::internal)?)
}

/// A failure to use a file of the person's, which names it.
fn of_file(path: &Path, error: std::io::Error) -> Failure {
    let failure = Failure::from(error);
    let (shown, es, en) = (path.display(), failure.message.es, failure.message.en);
    Failure::new(failure.code, text!("«{shown}»: {es}", "“{shown}”: {en}")).with(failure.details)
}

fn read_text(path: &Path) -> Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(|error| of_file(path, error))
}

/// Opens for reading what only reads, so that it works beside the window.
fn open(door: &Door, file: &Path, writes: bool) -> Result<Secretariat> {
    if writes { Secretariat::open(file, &door.context()?, &door.machine) } else { open_to_read(file) }
}

fn open_to_read(file: &Path) -> Result<Secretariat> {
    if !file.is_file() {
        let shown = file.display();
        return Err(Failure::new(
            Code::Io,
            text!("No se encontró el archivo «{shown}».", "The archive “{shown}” was not found."),
        ));
    }
    Secretariat::open_read_only(file)
}

/// `new`.
pub fn new(door: &Door, file: &Path, demo: bool, from: Option<&Path>, as_json: bool) -> Result<()> {
    let ctx = door.context()?;
    let (archive, report) = match from {
        Some(dir) => load::create_from_dir(file, dir, &ctx, &door.machine)?,
        None if demo => load::create_demo(file, &ctx, &door.machine)?,
        None => load::create_new(file, &ctx, &door.machine)?,
    };
    let head = archive.query(&ctx, |read| read.head())?;
    archive.close()?;
    if as_json {
        return say_json(&json!({ "path": file, "head": head, "loaded": report }));
    }
    tell_report(door.language, file, &head, &report)
}

fn tell_report(language: Language, file: &Path, head: &str, report: &LoadReport) -> Result<()> {
    let shown = file.display();
    let made = text!("Archivo creado: {shown}", "Archive made: {shown}");
    say(made.in_language(language))?;
    if !report.counts.is_empty() {
        let counts: Vec<String> = report.counts.iter().map(|(what, n)| format!("{what} {n}")).collect();
        let (counts, files) = (counts.join(", "), report.files);
        let loaded = text!("Registros: {counts}. Ficheros: {files}.", "Records: {counts}. Files: {files}.");
        say(loaded.in_language(language))?;
        let found = report.findings.len();
        if found > 0 {
            let told = text!(
                "Irregularidades cargadas como están ({found}):",
                "Irregular, loaded as it is ({found}):"
            );
            say(told.in_language(language))?;
        }
        for finding in &report.findings {
            let id = if finding.id.is_empty() { "" } else { &finding.id };
            let sep = if id.is_empty() { "" } else { " " };
            say(&format!(
                "  {}{sep}{id} [{}]: {}",
                finding.file,
                finding.code,
                finding.text.in_language(language)
            ))?;
        }
    }
    say(&format!("head {head}"))
}

/// `calls`.
pub fn calls(schema: bool) -> Result<()> {
    if schema {
        return say_json(&api::schema());
    }
    for call in api::CALLS {
        let kind = if call.writes { "act  " } else { "query" };
        say(&format!("{kind}  {:<32} {}", call.name, call.doc.trim()))?;
    }
    for (name, doc) in [
        ("undo", "Undoes an entry of the journal; the newest when not said, unless its act is never undone."),
        ("redo", "Takes back the newest undo."),
        ("save_draft", "Keeps text being typed, without an entry."),
    ] {
        say(&format!("act    {name:<32} {doc}"))?;
    }
    Ok(())
}

fn writes(name: &str) -> bool {
    !api::CALLS.iter().any(|call| call.name == name && !call.writes && !call.rehearses)
}

/// `call`.
pub fn call(
    door: &Door,
    file: &Path,
    name: &str,
    request: &str,
    at: Option<DateTime<FixedOffset>>,
) -> Result<()> {
    let text = match request.strip_prefix('@') {
        Some(path) => read_text(Path::new(path))?,
        None if request == "-" => read_text(Path::new("-"))?,
        None => request.to_owned(),
    };
    let request: Value = serde_json::from_str(&text)?;
    let archive = open(door, file, writes(name))?;
    let ctx = door.context_at(at.map(|at| at.to_utc()), None)?;
    let reply = api::dispatch(&archive, &ctx, name, request);
    close_after(archive, reply).and_then(|reply| say_json(&reply))
}

/// Closes the archive whatever came of the work; the work's failure is the one told.
fn close_after<T>(archive: Secretariat, done: Result<T>) -> Result<T> {
    let closed = archive.close();
    let value = done?;
    closed?;
    Ok(value)
}

/// A line of a script.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    call: String,
    #[serde(default)]
    request: Option<Value>,
    #[serde(default)]
    at: Option<DateTime<Utc>>,
    #[serde(default)]
    actor: Option<Actor>,
}

/// `run`.
pub fn run(door: &Door, file: &Path, script: &Path) -> Result<()> {
    let lines: Box<dyn BufRead> = if script.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(script).map_err(|error| of_file(script, error))?))
    };
    let archive = open(door, file, true)?;
    let mut done = Ok(());
    for (i, line) in lines.lines().enumerate() {
        done = line.map_err(Failure::from).and_then(|line| run_line(door, &archive, &line));
        if let Err(failure) = done {
            done = Err(at_line(i + 1, failure));
            break;
        }
    }
    close_after(archive, done)
}

fn run_line(door: &Door, archive: &Secretariat, line: &str) -> Result<()> {
    if line.trim().is_empty() {
        return Ok(());
    }
    let line: Line = serde_json::from_str(line)?;
    let ctx = door.context_at(line.at, line.actor)?;
    let reply = api::dispatch(archive, &ctx, &line.call, line.request.unwrap_or_else(|| json!({})));
    say(&reply?.to_string())
}

/// The failure of a line, which says which.
fn at_line(number: usize, failure: Failure) -> Failure {
    let (es, en) = (failure.message.es, failure.message.en);
    let mut details = failure.details;
    match &mut details {
        Value::Object(fields) => {
            fields.insert("line".to_owned(), json!(number));
        }
        Value::Null => details = json!({ "line": number }),
        _ => details = json!({ "line": number, "cause": details }),
    }
    Failure::new(failure.code, text!("Línea {number}: {es}", "Line {number}: {en}")).with(details)
}

/// `minutes`.
pub fn minutes(door: &Door, file: &Path, name: &str, out: &Path, public: bool) -> Result<()> {
    let archive = open_to_read(file)?;
    let pdf = archive.query(&door.context()?, |read| {
        let session = session::named(read, name)?;
        match public {
            true => secretariat::minutes::render_public_version(read, &session.id),
            false => secretariat::minutes::render_minutes(read, &session.id),
        }
    })?;
    write_whole(out, |file| file.write_all(&pdf)).map_err(|error| of_file(out, error))?;
    say(&out.display().to_string())
}

/// `draft`.
pub fn draft(door: &Door, file: &Path, name: &str, out: &Path) -> Result<()> {
    let archive = open_to_read(file)?;
    let made = archive.query(&door.context()?, |read| {
        let session_id = session::named(read, name)?.id;
        secretariat::minutes::draft_docx(read, secretariat::live::SessionRef { session_id })
    })?;
    save(made, out)
}

/// Writes what was made to leave, and says where.
fn save(made: ExportedFile, out: &Path) -> Result<()> {
    let bytes = CarriedFile { name: made.file, base64: made.base64 }.bytes()?;
    write_whole(out, |file| file.write_all(&bytes)).map_err(|error| of_file(out, error))?;
    say(&out.display().to_string())
}

/// `list`.
pub fn list(
    door: &Door,
    file: &Path,
    kind: &str,
    filter: &str,
    format: SheetFormat,
    out: &Path,
) -> Result<()> {
    let filter: Value = serde_json::from_str(filter)?;
    let list: ListOf = serde_json::from_value(json!({ "kind": kind, "filter": filter }))?;
    let archive = open_to_read(file)?;
    let made =
        archive.query(&door.context()?, |read| publish::export_list(read, ExportList { list, format }))?;
    save(made, out)
}

/// `import`.
pub fn import(
    door: &Door,
    file: &Path,
    target: &str,
    sheet: &Path,
    body: Option<&str>,
    preview: bool,
    skip_refused: bool,
) -> Result<()> {
    let bytes = std::fs::read(sheet).map_err(|error| of_file(sheet, error))?;
    let name = sheet.file_name().unwrap_or_default().to_string_lossy();
    let carried = serde_json::to_value(CarriedFile::new(name, &bytes)).map_err(Failure::internal)?;
    let archive = open(door, file, true)?;
    let ctx = door.context()?;
    let made = api::dispatch(&archive, &ctx, "read_sheet", json!({ "file": carried.clone() })).and_then(
        |mut read| {
            let suggestions = read["value"]["sheets"][0]["suggestions"].take();
            let mut all = suggestions.as_array().into_iter().flatten();
            let mapping = all.find(|s| s["target"] == target).map(|s| s["mapping"].clone());
            let mut rows =
                json!({ "target": target, "file": carried, "mapping": mapping.unwrap_or_else(|| json!({})) });
            if let Some(body) = body {
                rows["body_id"] = json!(body);
            }
            let (call, request) = match preview {
                true => ("preview_import", rows),
                false => ("import_rows", json!({ "import": rows, "skip_refused": skip_refused })),
            };
            api::dispatch(&archive, &ctx, call, request)
        },
    );
    close_after(archive, made).and_then(|made| say_json(&made["value"]))
}

/// `binder`.
pub fn binder(door: &Door, file: &Path, name: &str, out: &Path) -> Result<()> {
    let archive = open_to_read(file)?;
    let ctx = door.context()?;
    let id = archive.query(&ctx, |read| Ok(session::named(read, name)?.id))?;
    let made = binder::make(&archive, &ctx, &id, out, &mut secretariat::progress::unwatched)?;
    say_json(&serde_json::to_value(made).map_err(Failure::internal)?)
}

/// `check-vectors`.
pub fn check_vectors(file: &Path) -> Result<()> {
    let report = vectors::check_vectors(&read_text(file)?)?;
    for case in &report.failed {
        say(&serde_json::to_string(case).map_err(Failure::internal)?)?;
    }
    let (passed, failed) = (report.passed, report.failed.len());
    say(&format!("{passed} passed, {failed} failed"))?;
    if failed == 0 {
        return Ok(());
    }
    Err(Failure::new(
        Code::BadData,
        text!("{failed} casos no dan lo esperado.", "{failed} cases do not give what is expected."),
    )
    .with(json!({ "passed": passed, "failed": failed })))
}

/// `verify-document`.
pub fn verify_document(door: &Door, paper: &Path, archive: Option<&Path>) -> Result<()> {
    let bytes = std::fs::read(paper).map_err(|error| of_file(paper, error))?;
    let Some(archive) = archive else {
        let signatures = verify::signatures_of(&bytes);
        return say_json(&json!({ "signatures": signatures }));
    };
    let file = CarriedFile::new(paper.display().to_string(), &bytes);
    let known = open_to_read(archive)?
        .query(&door.context()?, |read| verify::verify_document(read, verify::VerifyDocument { file }))?;
    if known.verdict == verify::PaperVerdict::Altered {
        let told = known.told.clone();
        let details = serde_json::to_value(known).map_err(Failure::internal)?;
        return Err(Failure::new(Code::Damaged, told).with(details));
    }
    say_json(&serde_json::to_value(known).map_err(Failure::internal)?)
}

/// `verify`.
pub fn verify(door: &Door, file: &Path, expect: Option<&str>) -> Result<()> {
    let archive = open_to_read(file)?;
    let ctx = door.context()?;
    let report =
        archive.query(&ctx, |read| verify::verify(read, expect, &mut secretariat::progress::unwatched))?;
    let wrong = report.problems.len();
    if wrong > 0 {
        let (es, en) = match wrong {
            1 => ("un problema".to_owned(), "one problem".to_owned()),
            n => (format!("{n} problemas"), format!("{n} problems")),
        };
        let message = text!(
            "El archivo no es lo que dice su historial: {es}. Ábralo desde su última copia.",
            "The archive is not what its journal says: {en}. Open it from its latest backup."
        );
        let details = serde_json::to_value(&report).map_err(Failure::internal)?;
        return Err(Failure::new(Code::Damaged, message).with(details));
    }
    say_json(&serde_json::to_value(&report).map_err(Failure::internal)?)
}

/// `backup`.
pub fn backup(door: &Door, file: &Path, dir: &Path) -> Result<()> {
    let archive = open_to_read(file)?;
    let made = backup::make(&archive, &door.context()?, dir, &mut secretariat::progress::unwatched)?;
    say_json(&serde_json::to_value(made).map_err(Failure::internal)?)
}

/// `restore`.
pub fn restore(from: &Path, file: &Path) -> Result<()> {
    let report = backup::restore(from, file, &mut secretariat::progress::unwatched)?;
    say_json(&serde_json::to_value(report).map_err(Failure::internal)?)
}

/// `export`.
pub fn export(door: &Door, file: &Path, out: Option<&Path>, files: Option<&Path>) -> Result<()> {
    let archive = open_to_read(file)?;
    let ctx = door.context()?;
    archive.query(&ctx, |read| {
        match out {
            Some(path) => {
                // The name is taken before anything else: nobody's file is ever written over.
                File::create_new(path).map_err(|error| of_file(path, error))?;
                let written = write_whole(path, |file| export::write_json(read, file));
                if written.is_err() {
                    let _ = std::fs::remove_file(path);
                }
                written?;
            }
            None => {
                let mut writer = BufWriter::new(Output::new());
                export::write_json(read, &mut writer)?;
                writeln!(writer)?;
                writer.flush()?;
            }
        }
        if let Some(dir) = files {
            std::fs::create_dir_all(dir).map_err(|error| of_file(dir, error))?;
            export::files(read, |hash, bytes| {
                let path = dir.join(hash);
                write_whole(&path, |file| file.write_all(bytes)).map_err(|error| of_file(&path, error))
            })?;
        }
        Ok(())
    })
}

/// `schema`.
pub fn schema(of_export: bool) -> Result<()> {
    say_json(&if of_export { export::schema() } else { load::schema() })
}
