//! The terminal as a person or a script uses it: the real program, its output and its exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn ok(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    fn json(self) -> Value {
        serde_json::from_str(&self.ok()).unwrap()
    }

    /// The failure, which must be JSON with code, message and details and nothing else on standard error.
    fn failure(self) -> Value {
        assert_eq!(self.code, 1, "{}{}", self.out, self.err);
        let failure: Value = serde_json::from_str(self.err.trim()).unwrap_or_else(|_| panic!("{}", self.err));
        let mut fields: Vec<&String> = failure.as_object().unwrap().keys().collect();
        fields.sort();
        assert_eq!(fields, ["code", "details", "message"]);
        failure
    }
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk with the demonstration year in `a.actario`.
    fn demo() -> Self {
        let desk = Self::new();
        desk.run(&["new", "a.actario", "--demo"]).ok();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    #[allow(clippy::disallowed_methods)] // tests read the environment
    fn with_own_programs(&self) -> String {
        format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap())
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_actario-cli"))
            .args(args)
            .current_dir(self.folder.path())
            // Programs of the test's own come first.
            .env("PATH", self.with_own_programs())
            .env("LANG", "es_CO.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        Ran {
            code: status.code().unwrap(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }
}

fn assets(path: &str) -> String {
    format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_new_archive_says_what_came_in_and_verifies() {
    let desk = Desk::new();
    let out = desk.run(&["new", "a.actario", "--demo"]).ok();
    assert!(
        out.contains("session 4") && out.contains("ballot 313") && out.contains("late_signature"),
        "{out}"
    );
    let report = desk.run(&["verify", "a.actario"]).json();
    assert_eq!(report["problems"], json!([]));
    let head = out.lines().last().unwrap().strip_prefix("head ").unwrap();
    assert_eq!(report["head"], head);
    desk.run(&["verify", "a.actario", "--expect", head]).ok();
    let other = desk.run(&["verify", "a.actario", "--expect", &"0".repeat(64)]);
    assert_eq!(other.failure()["code"], "damaged");
    let again = desk.run(&["new", "a.actario"]).failure();
    assert_eq!(again["code"], "already_exists");
    let english = desk.run(&["new", "a.actario", "--lang", "en"]).failure();
    assert!(english["message"].as_str().unwrap().starts_with("There is a file"), "{english}");
    desk.run(&["new", "empty.actario"]).ok();
    assert!(!desk.path("empty.actario-wal").exists());
}

#[test]
fn a_script_is_run_whole_though_nobody_reads_what_it_prints() {
    let desk = Desk::new();
    desk.run(&["new", "a.actario"]).ok();
    let line = |n: u32| {
        let body = json!({ "id": format!("body-{n}"), "name": format!("Mesa {n}"), "kind": "other" });
        json!({ "call": "put_body", "request": body }).to_string()
    };
    let script: Vec<String> = (1..=40).map(line).collect();
    desk.write("s.jsonl", &script.join("\n"));
    desk.write("malo.jsonl", &format!("{}\n{}", line(41), r#"{"call":"nada"}"#));
    for (script, code) in [("s.jsonl", 0), ("malo.jsonl", 1)] {
        // A pipe whose other end is closed already.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_actario-cli"));
        command.args(["run", "a.actario", script]).current_dir(desk.folder.path());
        let status = command.stdout(writer.try_clone().unwrap()).stderr(writer).status().unwrap();
        assert_eq!(status.code(), Some(code), "{script}");
    }
    let bodies = desk.run(&["call", "a.actario", "list_bodies"]).json();
    assert_eq!(bodies["value"].as_array().unwrap().len(), 41);
    let mut left: Vec<_> =
        std::fs::read_dir(desk.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["a.actario", "malo.jsonl", "s.jsonl"]);
}

#[test]
fn what_is_written_over_is_written_whole() {
    let desk = Desk::demo();
    desk.write("acta.pdf", "de antes");
    // What it is written to first cannot be: it is a folder.
    std::fs::create_dir(desk.path("acta.pdf.part")).unwrap();
    let minutes = ["minutes", "a.actario", "body-comision:2025/1", "--out", "acta.pdf"];
    assert_eq!(desk.run(&minutes).failure()["code"], "io");
    assert_eq!(std::fs::read(desk.path("acta.pdf")).unwrap(), b"de antes");
    std::fs::remove_dir(desk.path("acta.pdf.part")).unwrap();
    desk.run(&minutes).ok();
    assert!(std::fs::read(desk.path("acta.pdf")).unwrap().starts_with(b"%PDF"));
    // An export that fails leaves no file of its name.
    std::fs::create_dir(desk.path("e.json.part")).unwrap();
    desk.run(&["export", "a.actario", "--json", "--out", "e.json"]).failure();
    assert!(!desk.path("e.json").exists() && !desk.path("acta.pdf.part").exists());
}

#[test]
fn wrong_usage_is_not_a_failure() {
    let desk = Desk::new();
    for args in [
        &["nada"] as &[&str],
        &["new"],
        &["new", "a.actario", "--demo", "--from", "x"],
        &["export", "a.actario"],
        &["call", "a.actario"],
        &["run", "a.actario"],
        &["minutes", "a.actario", "2025/1"],
        &["check-vectors"],
        &["verify"],
        &["backup", "a.actario"],
        &["restore", "copia"],
        &["calls", "--lang", "fr"],
    ] {
        assert_eq!(desk.run(args).code, 2, "{args:?}");
    }
    assert!(desk.run(&["--help"]).ok().contains("check-vectors"));
    assert_eq!(desk.run(&["verify", "nada.actario"]).failure()["code"], "io");
    desk.write("texto.actario", "no soy un archivo");
    assert_eq!(desk.run(&["verify", "texto.actario"]).failure()["code"], "not_an_archive");
}

#[test]
fn a_folder_comes_in_or_is_refused_whole() {
    let desk = Desk::new();
    let demo = assets("assets/demo");
    let report = desk.run(&["new", "a.actario", "--from", &demo, "--json"]).json();
    assert_eq!(report["loaded"]["counts"]["session"], 4);
    copy(Path::new(&demo), &desk.path("datos"));
    let sessions = desk.path("datos/demo/sessions.json");
    let text = std::fs::read_to_string(&sessions).unwrap();
    std::fs::write(&sessions, text.replacen("\"com-consejeria\"", "\"com-nada\"", 1)).unwrap();
    let refused = desk.run(&["new", "b.actario", "--from", "datos"]).failure();
    assert_eq!(refused["code"], "bad_data");
    let first = &refused["details"]["problems"][0];
    assert_eq!((&first["file"], &first["id"]), (&json!("sessions.json"), &json!("ses-2025-01")), "{refused}");
    assert!(first["reason"]["es"].as_str().unwrap().contains("com-nada"));
    assert!(!desk.path("b.actario").exists());
    std::fs::create_dir(desk.path("vacía")).unwrap();
    assert_eq!(desk.run(&["new", "b.actario", "--from", "vacía"]).failure()["code"], "bad_data");
    assert_eq!(desk.run(&["new", "b.actario", "--from", "nada"]).failure()["code"], "io");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn calls_are_listed_and_made() {
    let desk = Desk::demo();
    assert!(desk.run(&["calls"]).ok().contains("list_bodies"));
    let schema = desk.run(&["calls", "--schema"]).json();
    assert!(schema["calls"]["list_bodies"]["doc"].is_string());
    let bodies = desk.run(&["call", "a.actario", "list_bodies"]).json();
    assert_eq!(bodies["value"].as_array().unwrap().len(), 2);
    desk.write("pedido.json", "{\"limit\": 1}");
    let from_file = desk.run(&["call", "a.actario", "list_journal", "@pedido.json"]).json();
    let from_input = desk.run_with(&["call", "a.actario", "list_journal", "-"], "{\"limit\": 1}").json();
    assert_eq!(from_file, from_input);
    assert_eq!(from_file["value"][0]["op"], "import");
    assert_eq!(desk.run(&["call", "a.actario", "nada"]).failure()["code"], "unknown_call");
    assert_eq!(desk.run(&["call", "a.actario", "list_bodies", "{"]).failure()["code"], "invalid_input");
    assert_eq!(
        desk.run(&["call", "a.actario", "list_journal", "{\"sorpresa\": 1}"]).failure()["code"],
        "invalid_input"
    );
}

#[test]
fn a_script_stops_at_its_first_failure_and_says_the_line() {
    let desk = Desk::demo();
    let line = |call: &str, request: Value| {
        json!({ "call": call, "request": request, "at": "2026-02-03T09:00:00-05:00",
            "actor": { "name": "Gloria Peña", "role": "secretaria técnica" } })
        .to_string()
    };
    let person = |entity: &str| json!({ "id": "per-nueva", "first_names": "Ana", "surnames": "Peña-Ñungo", "treatment": "doctora", "entity_id": entity });
    desk.write(
        "jornada.jsonl",
        &format!(
            "{}\n\n{}\n{}\n{}\n",
            line("list_bodies", json!({})),
            line("put_person", person("ent-dpi")),
            line("put_person", person("ent-nada")),
            line("list_bodies", json!({})),
        ),
    );
    let ran = desk.run(&["run", "a.actario", "jornada.jsonl"]);
    assert_eq!(ran.out.lines().count(), 2, "{}{}", ran.out, ran.err);
    let failure = ran.failure();
    assert_eq!((&failure["code"], &failure["details"]["line"]), (&json!("not_found"), &json!(4)));
    let journal = desk.run(&["call", "a.actario", "list_journal", "{\"limit\": 1}"]).json();
    let newest = &journal["value"][0];
    assert_eq!(newest["op"], "put_person");
    assert_eq!(
        (&newest["at"], &newest["actor"]["name"]),
        (&json!("2026-02-03T14:00:00Z"), &json!("Gloria Peña"))
    );
    let broken = desk.run_with(&["run", "a.actario", "-"], "{\"call\": \"list_bodies\"}\n{\n").failure();
    assert_eq!((&broken["code"], &broken["details"]["line"]), (&json!("invalid_input"), &json!(2)));
}

#[test]
fn minutes_are_rendered_by_id_or_name() {
    let desk = Desk::demo();
    for name in ["ses-2025-01", "body-comision:2025/1", "2025/1"] {
        desk.run(&["minutes", "a.actario", name, "--out", "acta.pdf"]).ok();
        let pdf = std::fs::read(desk.path("acta.pdf")).unwrap();
        assert!(pdf.starts_with(b"%PDF") && pdf.len() > 5_000, "{name}: {} bytes", pdf.len());
        std::fs::remove_file(desk.path("acta.pdf")).unwrap();
    }
    // What the session decided is on the paper, word for word.
    let shown = desk.run(&["minutes", "a.actario", "2025/1", "--out", "acta.pdf"]).ok();
    assert_eq!(shown.trim(), "acta.pdf");
    let paper = text_of(&desk.path("acta.pdf"));
    let decisions = desk.run(&["export", "a.actario", "--json"]).json()["tables"]["decision"]["rows"].clone();
    let first: Vec<&Value> =
        decisions.as_array().unwrap().iter().filter(|d| d["session_id"] == "ses-2025-01").collect();
    assert!(first.len() > 6, "{decisions}");
    for decision in first {
        let text = decision["text"].as_str().unwrap();
        assert!(paper.contains(&squeezed(text)), "the paper does not say: {text}");
    }
    std::fs::remove_file(desk.path("acta.pdf")).unwrap();
    let nowhere = desk.run(&["minutes", "a.actario", "2025/1", "--out", "no/hay/acta.pdf"]).failure();
    assert!(nowhere["code"] == "io" && nowhere["message"].as_str().unwrap().contains("no/hay/acta.pdf"));
    for name in ["2025/9", "body-grupo:2025/1", "nada"] {
        let failure = desk.run(&["minutes", "a.actario", name, "--out", "acta.pdf"]).failure();
        assert_eq!(failure["code"], "not_found", "{name}");
        assert!(!desk.path("acta.pdf").exists());
    }
}

/// A text without blanks and hyphens, so that where its lines broke does not matter.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}')).collect()
}

/// What another program reads in a PDF; running heads and feet of each page left out.
fn text_of(pdf: &Path) -> String {
    let out = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-layout"])
        .arg(pdf)
        .arg("-")
        .output()
        .expect("pdftotext, of the package poppler-utils");
    assert!(out.status.success());
    let text = String::from_utf8(out.stdout).unwrap();
    let pages: Vec<String> = text
        .split('\u{c}')
        .map(|page| {
            let lines: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty()).collect();
            lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default().join("\n")
        })
        .collect();
    squeezed(&pages.join("\n"))
}

#[test]
fn an_archive_is_backed_up_and_restored() {
    let desk = Desk::demo();
    let made = desk.run(&["backup", "a.actario", "copias"]).json();
    let copy = made["path"].as_str().unwrap();
    assert!(desk.path(copy).is_file() && copy.starts_with("copias"), "{made}");
    // Work goes on, and the backup is of what was.
    desk.run(&["call", "a.actario", "put_partner", "{\"id\": \"al-x\", \"name\": \"Ciudad de Malmö\"}"]).ok();
    let report = desk.run(&["restore", copy, "b.actario"]).json();
    assert_eq!(report["sound"], true);
    assert_eq!(report["head"].as_str().unwrap()[..12], *made["head"].as_str().unwrap());
    desk.run(&["verify", "b.actario", "--expect", report["head"].as_str().unwrap()]).ok();
    let partners = |file: &str| {
        let export = desk.run(&["export", file, "--json"]).json();
        export["tables"]["partner"]["rows"].as_array().unwrap().len()
    };
    assert_eq!(partners("a.actario"), partners("b.actario") + 1);
    // The later archive goes on from what was printed then; the restored one does not hold what came after.
    desk.run(&["verify", "a.actario", "--expect", report["head"].as_str().unwrap()]).ok();
    let head = desk.run(&["verify", "a.actario"]).json()["head"].as_str().unwrap().to_owned();
    let told = desk.run(&["verify", "b.actario", "--expect", &head]).failure();
    assert_eq!(told["details"]["problems"][0]["kind"], "expected", "{told}");
    // Nothing is written over, and what is no backup is told.
    assert_eq!(desk.run(&["restore", copy, "a.actario"]).failure()["code"], "already_exists");
    assert_eq!(desk.run(&["restore", "nada", "c.actario"]).failure()["code"], "io");
    assert_eq!(desk.run(&["restore", "a.actario", "c.actario"]).failure()["code"], "not_an_archive");
    assert_eq!(desk.run(&["backup", "nada.actario", "copias"]).failure()["code"], "io");
    assert!(!desk.path("c.actario").exists());
    // A damaged backup makes no archive.
    let bytes = std::fs::read(desk.path(copy)).unwrap();
    std::fs::write(desk.path("mala"), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(desk.run(&["restore", "mala", "c.actario"]).failure()["code"], "damaged");
    assert!(!desk.path("c.actario").exists());
}

#[test]
fn an_archive_in_use_is_told_and_still_read() {
    let desk = Desk::demo();
    let actor = secretariat::Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    let now = "2026-03-02T13:00:00Z".parse().unwrap();
    let ctx = secretariat::Context::new(now, actor, [1; 32], secretariat::Language::Es);
    let held = secretariat::Secretariat::open(&desk.path("a.actario"), &ctx, "portátil").unwrap();
    let body = "{\"id\": \"b\", \"name\": \"B\", \"kind\": \"other\"}";
    let told = desk.run(&["call", "a.actario", "put_body", body]).failure();
    assert_eq!(told["code"], "in_use");
    let holder = &told["details"]["holder"];
    assert_eq!((&holder["name"], &holder["machine"]), (&json!("Gloria Peña"), &json!("portátil")), "{told}");
    for said in ["Gloria Peña", "portátil", "08:00 del 2 de marzo de 2026", "Ciérrelo"] {
        assert!(told["message"].as_str().unwrap().contains(said), "{said}: {told}");
    }
    // Reading, rendering and backing up go on beside it.
    desk.run(&["call", "a.actario", "list_bodies"]).ok();
    desk.run(&["minutes", "a.actario", "2025/1", "--out", "acta.pdf"]).ok();
    desk.run(&["verify", "a.actario"]).ok();
    desk.run(&["backup", "a.actario", "copias"]).ok();
    held.close().unwrap();
    desk.run(&["call", "a.actario", "put_body", body]).ok();
}

#[test]
fn vectors_pass_and_a_wrong_one_is_told() {
    let desk = Desk::new();
    for name in ["holidays", "business_days", "quorum"] {
        let out = desk.run(&["check-vectors", &assets(&format!("tests/vectors/{name}.json"))]).ok();
        assert!(out.ends_with(" passed, 0 failed\n"), "{name}: {out}");
    }
    desk.write(
        "malo.json",
        "[{\"id\": \"b\", \"start\": \"2025-03-27\", \"n\": 5, \"direction\": \"backward\", \"expected\": \"2025-03-20\"}]",
    );
    let ran = desk.run(&["check-vectors", "malo.json"]);
    assert!(ran.out.contains("\"b\"") && ran.out.ends_with("0 passed, 1 failed\n"), "{}", ran.out);
    assert_eq!(ran.failure()["details"]["failed"], 1);
}

#[test]
fn an_export_holds_everything() {
    let desk = Desk::demo();
    let export = desk.run(&["export", "a.actario", "--json"]).json();
    assert_eq!(export["tables"]["ballot"]["rows"].as_array().unwrap().len(), 313);
    desk.run(&["export", "a.actario", "--json", "--out", "a.json", "--files", "ficheros"]).ok();
    let written: Value = serde_json::from_slice(&std::fs::read(desk.path("a.json")).unwrap()).unwrap();
    assert_eq!(written, export);
    let blobs = export["tables"]["blob"]["rows"].as_array().unwrap();
    for blob in blobs {
        let file = desk.path("ficheros").join(blob["id"].as_str().unwrap());
        assert_eq!(std::fs::metadata(file).unwrap().len(), blob["size"].as_u64().unwrap());
    }
    assert!(blobs.len() > 40);
    let schema = desk.run(&["schema"]).json();
    assert!(schema["files"]["sessions.json"].is_object());
    assert!(desk.run(&["schema", "--export"]).json()["tables"]["vote"].is_object());
}

/// A spooler of the test's own: programs that say what CUPS says. What `lp` was given is in `lp.txt`.
#[cfg(unix)]
impl Desk {
    fn spooler(&self, printers: &str) {
        let lp = "printf '%s\\n' \"$@\" > lp.txt\necho \"request id is Secretaria-7 (1 file(s))\"\n";
        std::fs::create_dir_all(self.path("bin")).unwrap();
        for (name, script) in [("lpstat", format!("cat <<'SAID'\n{printers}SAID\n")), ("lp", lp.to_owned())] {
            use std::os::unix::fs::PermissionsExt;
            let path = self.path("bin").join(name);
            std::fs::write(&path, format!("#!/bin/sh\n{script}")).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
}

#[cfg(unix)]
const PRINTERS: &str = "scheduler is running\nOficina\nSecretaria\nsystem default destination: Secretaria\n\
    printer Oficina disabled since Mon Nov 23 17:11:34 2026 -\n\tSin papel\n\tForm mounted:\n\
    printer Secretaria is idle.  enabled since Mon Nov 23 17:11:11 2026\n\tForm mounted:\n\
    \tDescription: Impresora de la secretaría\n\tLocation: Piso 4\n";

#[cfg(unix)]
#[test]
fn printers_are_listed_with_what_they_do() {
    let desk = Desk::new();
    desk.spooler(PRINTERS);
    assert_eq!(
        desk.run(&["printers"]).ok(),
        "  Oficina     detenida (Sin papel)\n* Secretaria  lista · Impresora de la secretaría · Piso 4\n"
    );
    let listed = desk.run(&["printers", "--json"]).json();
    assert_eq!(listed[0]["state"], json!({ "kind": "stopped", "reason": "Sin papel" }));
    assert_eq!((&listed[1]["is_default"], &listed[1]["state"]["kind"]), (&json!(true), &json!("idle")));
    desk.spooler("scheduler is running\nno system default destination\n");
    assert_eq!(desk.run(&["printers"]).ok(), "Este equipo no tiene ninguna impresora.\n");
    desk.spooler("scheduler is not running\n");
    let silent = desk.run(&["printers", "--lang", "en"]).failure();
    assert_eq!(silent["code"], "spooler_silent");
    assert!(
        silent["message"].as_str().unwrap().starts_with("The print service of this computer is off."),
        "{silent}"
    );
}

#[cfg(unix)]
#[test]
fn a_paper_is_printed_as_it_is_asked_and_stays() {
    let desk = Desk::demo();
    desk.spooler(PRINTERS);
    desk.run(&["minutes", "a.actario", "2025/1", "--out", "acta 1.pdf"]).ok();
    let paper = std::fs::read(desk.path("acta 1.pdf")).unwrap();
    assert_eq!(desk.run(&["print", "acta 1.pdf"]).ok(), "Enviado a «Secretaria»: impresión Secretaria-7.\n");
    let given = std::fs::read_to_string(desk.path("lp.txt")).unwrap();
    let path = desk.path("acta 1.pdf").canonicalize().unwrap();
    assert_eq!(
        given,
        format!(
            "-d\nSecretaria\n-n\n1\n-o\ncollate=true\n-o\nmedia=Letter\n-t\nacta 1\n--\n{}\n",
            path.display()
        )
    );
    let printed = desk.run(&[
        "print",
        "acta 1.pdf",
        "--copies",
        "2",
        "--sides",
        "long",
        "--pages",
        "5,1-3",
        "--paper",
        "a4",
        "--json",
    ]);
    assert_eq!(printed.json(), json!({ "job": "Secretaria-7" }));
    let given = std::fs::read_to_string(desk.path("lp.txt")).unwrap();
    assert!(given.contains(
        "-n\n2\n-o\ncollate=true\n-o\nsides=two-sided-long-edge\n-o\nmedia=A4\n-o\npage-ranges=1-3,5\n"
    ));

    std::fs::remove_file(desk.path("lp.txt")).unwrap();
    desk.write("carta.pdf", "no es un PDF");
    for (arguments, code, details) in [
        (
            &["acta 1.pdf", "--printer", "Oficina"][..],
            "printer_stopped",
            json!({ "printer": "Oficina", "reason": "Sin papel" }),
        ),
        (
            &["acta 1.pdf", "--printer", "Nada"],
            "unknown_printer",
            json!({ "printer": "Nada", "printers": ["Oficina", "Secretaria"] }),
        ),
        (&["acta 1.pdf", "--pages", "1-900"], "invalid_input", json!({ "field": "pages" })),
        (&["acta 1.pdf", "--pages", "todas"], "invalid_input", json!({ "field": "pages" })),
        (&["acta 1.pdf", "--copies", "0"], "invalid_input", json!({ "field": "copies" })),
        (&["carta.pdf"], "invalid_input", json!({ "field": "file" })),
    ] {
        let failure = desk.run(&[&["print"], arguments].concat()).failure();
        assert_eq!((&failure["code"], &failure["details"]), (&json!(code), &details), "{arguments:?}");
    }
    assert_eq!(desk.run(&["print", "nada.pdf"]).failure()["code"], "io");
    assert_eq!(desk.run(&["print", "acta 1.pdf", "--paper", "sobre"]).code, 2);
    assert!(!desk.path("lp.txt").exists(), "nothing of that reached the spooler");
    assert_eq!(std::fs::read(desk.path("acta 1.pdf")).unwrap(), paper, "the file stays as it was");
}

#[test]
fn lists_are_written_as_sheets() {
    let desk = Desk::demo();
    let shown = desk.run(&["list", "a.actario", "people", "--out", "personas.xlsx"]).ok();
    assert_eq!(shown.trim(), "personas.xlsx");
    assert!(std::fs::read(desk.path("personas.xlsx")).unwrap().starts_with(b"PK"));
    let filter = r#"{"body_id":"body-comision","year":2025}"#;
    let args = ["list", "a.actario", "decisions", "--filter", filter, "--format", "csv", "--out", "d.csv"];
    desk.run(&args).ok();
    let text = std::fs::read_to_string(desk.path("d.csv")).unwrap();
    assert!(text.starts_with("\u{feff}Número;Año;Clase;Fecha;Sesión;"), "{text}");
    let unknown = desk.run(&["list", "a.actario", "nada", "--out", "n.xlsx"]).failure();
    assert_eq!(unknown["code"], "invalid_input");
    let lacking = desk.run(&["list", "a.actario", "decisions", "--out", "n.xlsx"]).failure();
    assert!(lacking["code"] == "invalid_input" && !desk.path("n.xlsx").exists());
}

#[test]
fn sheets_are_imported_by_the_titles_of_their_columns() {
    let desk = Desk::demo();
    desk.write("personas.csv", "Nombre completo;Cargo\nÚrsula Ñungo;Asesora\n;Nadie\n");
    let told = desk.run(&["import", "a.actario", "people", "personas.csv", "--preview"]).json();
    assert_eq!((&told["new"], &told["refused"]), (&json!(1), &json!(1)));
    let refused = desk.run(&["import", "a.actario", "people", "personas.csv"]).failure();
    assert_eq!((&refused["code"], &refused["details"]["refused"]), (&json!("needs_confirmation"), &json!(1)));
    let done = desk.run(&["import", "a.actario", "people", "personas.csv", "--skip-refused"]).json();
    assert_eq!(done["new"], 1);
    let found = desk.run(&["call", "a.actario", "list_people", r#"{"text":"ursula nungo"}"#]).json();
    assert_eq!(found["value"]["total"], 0, "ñ is a letter of its own");
    let found = desk.run(&["call", "a.actario", "list_people", r#"{"text":"ursula ñungo"}"#]).json();
    assert_eq!(found["value"]["people"][0]["position"], "Asesora");
    let unknown = desk.run(&["import", "a.actario", "nada", "personas.csv"]).failure();
    assert_eq!(unknown["code"], "invalid_input");
}

#[test]
fn a_draft_leaves_as_a_word_document_and_adopted_minutes_do_not() {
    let desk = Desk::demo();
    let adopted = desk.run(&["draft", "a.actario", "2025/1", "--out", "acta.docx"]).failure();
    assert!(adopted["code"] == "wrong_state" && !desk.path("acta.docx").exists());
    let calls = desk.run(&["calls"]).ok();
    assert!(calls.contains("draft_docx") && calls.contains("preview_import"), "{calls}");
}
