//! Every kind of paper is archival and accessible: veraPDF finds no failure of PDF/A-2a nor of PDF/UA-1, and qpdf none of
//! the file. `make test-paper` brings the checker and runs this.
#![allow(clippy::disallowed_methods)] // tests read the environment
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::DateTime;
use secretariat::ids::SessionId;
use secretariat::print::cms::Identity;
use secretariat::print::sign::{SignError, Signing, sign};
use secretariat::print::time_stamp::StampError;
use secretariat::print::{self, Block, Document, Image, Span, Table, from_markdown};
use secretariat::progress::unwatched;
use secretariat::{Actor, Context, Language, Secretariat, Stamping, Text, api, load, text};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A folder for the papers of a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Asks both checkers about every file of a folder: of archives by a flavour of PDF/A, and of readers aloud.
fn assert_conform(folder: &Path, archival: &str) {
    let tool = std::env::var("VERAPDF")
        .expect("VERAPDF: the folder with the checker's jars, as `make test-paper` says");
    let papers: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!papers.is_empty(), "no papers in {}", folder.display());
    for paper in &papers {
        let checked = Command::new("qpdf").arg("--check").arg(paper).output().unwrap();
        assert!(
            checked.status.success(),
            "{}: {}",
            paper.display(),
            String::from_utf8_lossy(&checked.stderr)
        );
    }
    for flavour in [archival, "ua1"] {
        let report = Command::new("java")
            .args(["-Djava.awt.headless=true", "-cp", &format!("{tool}/*")])
            .args(["org.verapdf.apps.GreenfieldCliWrapper", "--flavour", flavour])
            .args(["--format", "json", "--maxfailuresdisplayed", "3"])
            .args(&papers)
            .output()
            .unwrap();
        let said: Value = serde_json::from_slice(&report.stdout)
            .unwrap_or_else(|_| panic!("veraPDF said: {}", String::from_utf8_lossy(&report.stderr)));
        let jobs = said["report"]["jobs"].as_array().unwrap();
        assert_eq!(jobs.len(), papers.len(), "{said}");
        let mut failures = Vec::new();
        for job in jobs {
            let name =
                Path::new(job["itemDetails"]["name"].as_str().unwrap()).file_name().unwrap().to_owned();
            let results = job["validationResult"]
                .as_array()
                .into_iter()
                .flatten()
                .chain(job["validationResult"].as_object().map(|_| &job["validationResult"]));
            let mut read = 0;
            for result in results {
                read += 1;
                if result["compliant"] == json!(true) {
                    continue;
                }
                for rule in result["details"]["ruleSummaries"].as_array().into_iter().flatten() {
                    let (clause, number) = (&rule["clause"], &rule["testNumber"]);
                    let (what, where_) = (&rule["description"], &rule["checks"][0]["context"]);
                    failures
                        .push(format!("{}: {flavour} {clause}-{number} {what} at {where_}", name.display()));
                }
            }
            assert_eq!(read, 1, "{}: {job}", name.display());
            assert!(job["taskException"].is_null(), "{job}");
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}

/// What a program says of a file.
fn said_of(program: &str, arguments: &[&str], paper: &Path) -> String {
    let out: &[&str] = if program == "pdftotext" { &["-"] } else { &[] };
    let output = Command::new(program).args(arguments).arg(paper).args(out).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The titles of a level as who listens to the file hears them.
fn titles(paper: &Path, level: &str) -> Vec<String> {
    let told = said_of("pdfinfo", &["-struct-text"], paper);
    let mut lines = told.lines().map(str::trim);
    let mut titles = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with(level) {
            titles.extend(lines.next().map(|title| title.trim_matches('"').to_owned()));
        }
    }
    titles
}

/// The first page with some words.
fn page_of(paper: &Path, words: &str) -> usize {
    let text = said_of("pdftotext", &["-layout"], paper);
    text.split('\u{c}').position(|page| page.contains(words)).expect("a page with those words") + 1
}

/// The picture of a page, for the documentation; taken where `PICTURES` names its folder.
fn picture(paper: &Path, page: usize, name: &str) {
    let Ok(folder) = std::env::var("PICTURES") else { return };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).unwrap();
    let page = page.to_string();
    let drawn = Command::new("pdftoppm")
        .args(["-f", &page, "-l", &page, "-r", "80", "-gray", "-png", "-singlefile"])
        .arg(paper)
        .arg(folder.join(name))
        .status()
        .unwrap();
    assert!(drawn.success(), "{name}");
}

/// Each paper carries its data: the file whose SHA-256 it prints, and its text by the schema of Akoma Ntoso.
fn carries_its_data(papers: &Path) {
    let python = std::env::var("PYTHON").expect("PYTHON: with the checkers, as `make test-paper` says");
    let mut texts = Vec::new();
    let names: Vec<PathBuf> = fs::read_dir(papers).unwrap().map(|entry| entry.unwrap().path()).collect();
    for paper in names.iter().filter(|path| path.extension().is_some_and(|e| e == "pdf")) {
        let inside = paper.with_extension("files");
        fs::create_dir_all(&inside).unwrap();
        said_of("pdfdetach", &["-saveall", "-o", inside.to_str().unwrap()], paper);
        let data = fs::read(inside.join("acta.json")).unwrap();
        let sum: String = Sha256::digest(&data).iter().map(|byte| format!("{byte:02x}")).collect();
        let printed: String = said_of("pdftotext", &["-raw"], paper).split_whitespace().collect();
        assert!(printed.contains(&sum), "{}: {sum}", paper.display());
        texts.push(inside.join("acta.akn.xml"));
    }
    let checked = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/conformance/akoma_ntoso.py"))
        .args(&texts)
        .output()
        .unwrap();
    let (said, failed) = (String::from_utf8_lossy(&checked.stdout), String::from_utf8_lossy(&checked.stderr));
    assert!(checked.status.success(), "{said}{failed}");
}

/// Signed by both, minutes are still archival and accessible, and two programs of others find both signatures good.
fn signed_papers_are_trusted(minutes: &Path) {
    let folder = self::folder("signed");
    let certificates = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/certificates"));
    let mut pdf = fs::read(minutes).unwrap();
    for (role, file, name) in
        [("secretariat", "secretaria-p256.p12", "una"), ("chair", "presidencia-rsa.p12", "ambas")]
    {
        let identity =
            Identity::open(&fs::read(certificates.join(file)).unwrap(), "clave de prueba").unwrap();
        let look = ["Firmado electrónicamente por".to_owned(), identity.holder.name.clone()];
        let at = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
        let stamping = None;
        let signing = Signing { field: role, at, reason: "Acta aprobada", look: &look, stamping };
        pdf = sign(&pdf, &identity, &signing).unwrap();
        fs::write(folder.join(format!("{name}.pdf")), &pdf).unwrap();
    }
    assert_conform(&folder, "3a");
    let both = folder.join("ambas.pdf");
    let said = said_of("pdfsig", &["-nocert"], &both);
    assert_eq!(said.matches("Signature is Valid").count(), 2, "{said}");
    assert!(said.contains("ETSI.CAdES.detached") && said.contains("Total document signed"), "{said}");
    found_good(&both, "2", "0");
    let page = page_of(&both, "En constancia");
    picture(&both, page, "acta-firma-electronica");
}

/// Another program finds so many signatures in a file, with so many time stamps, and all of them good.
fn found_good(paper: &Path, signatures: &str, stamps: &str) {
    let python = std::env::var("PYTHON").expect("PYTHON: with the checkers, as `make test-paper` says");
    let checked = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/conformance/signatures.py"))
        .arg(paper)
        .args([signatures, stamps])
        .output()
        .unwrap();
    let (said, failed) = (String::from_utf8_lossy(&checked.stdout), String::from_utf8_lossy(&checked.stderr));
    assert!(checked.status.success(), "{said}{failed}");
}

/// A time-stamp service: OpenSSL's, with the files of the folder that its address names.
fn stamped_by_openssl(folder: &str, request: &[u8]) -> Result<Vec<u8>, Text> {
    let said = |cause: &dyn std::fmt::Display| text!("{cause}", "{cause}");
    let folder = Path::new(folder);
    fs::write(folder.join("question.tsq"), request).map_err(|cause| said(&cause))?;
    let arguments = "ts -reply -config tsa.cnf -section service -queryfile question.tsq -out answer.tsr";
    let answered = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output();
    let answered = answered.map_err(|cause| said(&cause))?;
    match answered.status.success() {
        true => fs::read(folder.join("answer.tsr")).map_err(|cause| said(&cause)),
        false => Err(said(&String::from_utf8_lossy(&answered.stderr))),
    }
}

/// A signature with the stamp of a service: the paper is still archival, and another program finds signature and stamp
/// good. A stamp of something else is taken for none.
fn stamped_papers_are_trusted(minutes: &Path) {
    let (service, folder) = (folder("service"), folder("stamped"));
    let settings = "[service]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\nsigner_digest = sha256\n\
        default_policy = 1.2.3.4.1\ndigests = sha256\nclock_precision_digits = 3\n";
    fs::write(service.join("tsa.cnf"), settings).unwrap();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650"])
        .args(["-keyout", "tsa.key", "-out", "tsa.pem", "-subj", "/CN=Estampa de prueba"])
        .args(["-addext", "extendedKeyUsage=critical,timeStamping"])
        .current_dir(&service)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let certificate = concat!(env!("CARGO_MANIFEST_DIR"), "/certificates/secretaria-p256.p12");
    let identity = Identity::open(&fs::read(certificate).unwrap(), "clave de prueba").unwrap();
    let look = ["Firmado electrónicamente por".to_owned(), identity.holder.name.clone()];
    let at = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
    let pdf = fs::read(minutes).unwrap();
    let signed = |stamping: &Stamping| {
        let stamping = Some((stamping, 0x0123_4567_89ab_cdef));
        sign(&pdf, &identity, &Signing { field: "secretariat", at, reason: "Acta", look: &look, stamping })
    };
    let mut stamping = Stamping { url: service.display().to_string(), ask: stamped_by_openssl };
    let stamped = signed(&stamping).unwrap();
    let paper = folder.join("estampada.pdf");
    fs::write(&paper, &stamped).unwrap();
    assert_conform(&folder, "3a");
    found_good(&paper, "1", "1");
    let found = secretariat::verify::signatures_of(&stamped);
    let told = &found[0].told.es;
    assert!(
        told.contains("lo firmado no ha cambiado")
            && told.contains("Estampa de tiempo de Estampa de prueba: "),
        "{told}"
    );
    assert!(found[0].stamped_at.unwrap() > at, "the hour is the service's, not this computer's");

    stamping.ask = |folder, request| {
        let mut other = request.to_vec();
        // The hash of another signature: the byte before the nonce's ten and the last three.
        let last = other.len() - 14;
        other[last] ^= 1;
        stamped_by_openssl(folder, &other)
    };
    assert!(matches!(signed(&stamping), Err(SignError::Stamp(StampError::NotAStamp))));
}

fn context() -> Context {
    let now = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
    Context::new(
        now,
        Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() },
        [7; 32],
        Language::Es,
    )
}

fn keep(folder: &Path, name: &str, rendered: &Value) {
    let pdf = BASE64.decode(rendered["base64"].as_str().unwrap()).unwrap();
    fs::write(folder.join(format!("{name}.pdf")), pdf).unwrap();
}

/// The binder of a session is a sound file, with every paper's words in it, and a scan of the minutes finds its record.
fn gathered_and_scanned(archive: &Secretariat, minutes: &Path) {
    let folder = folder("gathered");
    let binder = folder.join("expediente.pdf");
    let session = SessionId::new("ses-2025-01").unwrap();
    let made = secretariat::binder::make(archive, &context(), &session, &binder, &mut unwatched).unwrap();
    let checked = Command::new("qpdf").arg("--check").arg(&binder).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let words = |paper: &Path, options: &[&str]| {
        said_of("pdftotext", options, paper).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let minutes_line = made.lines.iter().find(|line| line.entry.part == "Acta").unwrap();
    let first = minutes_line.page.unwrap().to_string();
    let last = (minutes_line.page.unwrap() + minutes_line.pages - 1).to_string();
    assert_eq!(words(&binder, &["-raw", "-f", &first, "-l", &last]), words(minutes, &["-raw"]));
    // As a reader aloud hears it: the contents first, and the minutes whole.
    let told = said_of("pdfinfo", &["-struct-text"], &binder);
    assert!(
        told.contains("Expediente de la sesión 1 de 2025") && told.contains("Acta n.º 1 de 2025"),
        "{told}"
    );

    // Scanned in grey and in black and white, upright and lying, or photographed: the code of the last page is read.
    let pages = minutes_line.pages.to_string();
    let page = ["-f", &pages, "-l", &pages, "-singlefile"];
    let scan = |name: &str, options: &[&str]| {
        let stem = folder.join(name);
        let done =
            Command::new("pdftoppm").args(page).args(options).arg(minutes).arg(&stem).status().unwrap();
        assert!(done.success());
        let ending = if options.contains(&"-jpeg") { "jpg" } else { "png" };
        let bytes = fs::read(stem.with_extension(ending)).unwrap();
        json!({ "name": format!("{name}.{ending}"), "base64": BASE64.encode(bytes) })
    };
    let found = |file: &Value| {
        api::dispatch(archive, &context(), "read_scan", json!({ "file": file })).unwrap()["value"].take()
    };
    for (name, options) in [
        ("gris", vec!["-jpeg", "-r", "150", "-gray"]),
        ("negro", vec!["-png", "-r", "200", "-mono"]),
        ("fino", vec!["-png", "-r", "300"]),
    ] {
        let said = found(&scan(name, &options));
        assert_eq!(said["document"]["title"], "Acta n.º 1 de 2025", "{name}: {}", said["told"]);
        assert!(said["minutes_id"].is_string());
    }
    let empty = json!({ "name": "blanca.png", "base64": BASE64.encode(include_bytes!("transparent.png")) });
    assert_eq!(found(&empty)["code_read"], json!(false));
    // Filed from photographs, its own scan is found again by its code; another paper's code is asked about.
    let photograph = scan("foto", &["-jpeg", "-r", "150"]);
    let minutes_id = found(&photograph)["minutes_id"].take();
    let file = json!({ "minutes_id": minutes_id, "file": photograph });
    let mut filing = context();
    filing.now += chrono::TimeDelta::hours(1);
    let filed = api::dispatch(archive, &filing, "file_signed_minutes", file).unwrap()["value"].take();
    let kept = json!({ "blob_id": filed["blob_id"], "name": filed["file"] });
    let kept = api::dispatch(archive, &context(), "get_file", kept).unwrap()["value"].take();
    assert_eq!(found(&kept)["minutes_id"], minutes_id);
}

/// Every other paper of the record, as a draft and as issued.
fn papers_of_the_record(archive: &Secretariat, minutes: &Value, folder: &Path) {
    let body = "body-comision";
    let open = json!({ "body_id": body, "state": "open" });
    let mut call = {
        let mut nth = 100;
        move |name: &str, request: Value| {
            nth += 1;
            // What is issued takes an id: each call draws its own.
            let now = context().now;
            let context = Context::new(now, context().actor, [nth; 32], Language::Es);
            api::dispatch(archive, &context, name, request).unwrap()["value"].take()
        }
    };
    let commitment = call("list_commitments", open)["commitments"][0]["commitment"]["id"].take();
    let accord = json!({ "decision_id": "dec-01-04", "title": "Por el cual se adopta el portafolio",
        "powers": "en ejercicio de sus facultades", "recitals": ["Que se estudiaron las propuestas."],
        "articles": ["Adoptar el **portafolio**.", "Rige desde su publicación.\n\n- Primero.\n- Segundo."] });
    call("put_accord", accord);
    let papers = [
        json!({ "kind": "accord", "decision_id": "dec-01-04" }),
        json!({ "kind": "excerpt", "minutes_id": minutes, "item_ids": ["ses-2025-01-it-05", "ses-2025-01-it-06"] }),
        json!({ "kind": "decision_certificate", "decision_id": "dec-01-04" }),
        json!({ "kind": "vote_result", "vote_id": "vot-01-04" }),
        json!({ "kind": "quorum_ledger", "session_id": "ses-2025-01" }),
        json!({ "kind": "paper_kit", "session_id": "ses-2025-01" }),
        json!({ "kind": "absence_letter", "session_id": "ses-2025-01", "seat_id": "com-gobierno" }),
        json!({ "kind": "commitment_letter", "commitment_id": commitment }),
        json!({ "kind": "decision_register", "body_id": body, "year": 2025 }),
        json!({ "kind": "commitments", "body_id": body }),
        json!({ "kind": "work_plan", "work_plan_id": "plan-2025" }),
        json!({ "kind": "project_profile", "proposal_id": "pro-01" }),
        json!({ "kind": "management_report", "body_id": body, "year": 2025, "analysis": "Se cumplió **el plan**." }),
    ];
    for paper in papers {
        let kind = paper["kind"].as_str().unwrap().to_owned();
        let draft = call("render_paper", json!({ "paper": paper }));
        keep(folder, &format!("{kind}-draft"), &draft);
        let issued = call("issue_paper", json!({ "paper": paper }));
        let file = call("get_file", json!({ "blob_id": issued["blob_id"], "name": issued["file"] }));
        keep(folder, &kind, &file);
    }
}

#[test]
#[ignore = "asks for Java and veraPDF: make test-paper"]
fn every_paper_of_every_session_of_the_demonstration() {
    let folder = folder("demonstration");
    let desk = tempfile::tempdir().unwrap();
    let (archive, _) = load::create_demo(&desk.path().join("demo.actario"), &context(), "equipo").unwrap();
    let call = |archive: &Secretariat, name: &str, request: Value| {
        Ok::<_, secretariat::Failure>(api::dispatch(archive, &context(), name, request)?["value"].take())
    };
    let sessions = call(&archive, "list_sessions", json!({})).unwrap();
    let archived = self::folder("archived");
    let mut kinds = std::collections::BTreeMap::<&str, u32>::new();
    for session in sessions["sessions"].as_array().unwrap() {
        let id = session["id"].as_str().unwrap();
        for kind in ["preview_minutes", "render_notice", "render_attendance_sheet", "render_chair_script"] {
            // A session that was not held has no minutes; one in writing, no sheet.
            if let Ok(rendered) = call(&archive, kind, json!({ "session_id": id })) {
                // What is adopted carries its data, which PDF/A-2 does not let in.
                let folder = if rendered["official"] == json!(true) { &archived } else { &folder };
                keep(folder, &format!("{id}-{kind}"), &rendered);
                *kinds.entry(kind).or_default() += 1;
            }
        }
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    let view = call(&archive, "get_minutes_view", json!({ "session_id": "ses-2025-01" })).unwrap();
    let id = &view["minutes"]["id"];
    papers_of_the_record(&archive, id, &folder);
    let public = call(&archive, "get_public_version", json!({ "minutes_id": id })).unwrap();
    let paragraphs = public["parts"].as_array().unwrap().iter().filter(|part| part["item_id"].is_string());
    let told = paragraphs
        .flat_map(|part| part["paragraphs"].as_array().unwrap())
        .map(|paragraph| paragraph.as_str().unwrap())
        .max_by_key(|paragraph| paragraph.len())
        .unwrap();
    let words = told.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
    let passage = json!({ "minutes_id": id, "words": words, "class": "reserved", "basis": "Ley 1712 de 2014, art. 19, literal c)",
        "purpose": "Relaciones internacionales", "decided_by": "Gloria Peña", "until": "2030-12-31" });
    call(&archive, "put_withholding", passage).unwrap();
    let rendered = call(&archive, "preview_public_version", json!({ "minutes_id": id })).unwrap();
    keep(&folder, "ses-2025-01-preview_public_version", &rendered);
    let issued = call(&archive, "issue_public_version", json!({ "minutes_id": id }));
    // The annexes of the demonstration wait for their review.
    assert!(issued.is_err(), "{issued:?}");
    for line in public["annexes"].as_array().unwrap() {
        if line["publishable"] == json!(true) {
            call(&archive, "review_annex", json!({ "id": line["annex"]["id"], "public": true })).unwrap();
        }
    }
    let issued = call(&archive, "issue_public_version", json!({ "minutes_id": id })).unwrap();
    let file = json!({ "blob_id": issued["blob_id"], "name": issued["file"] });
    keep(&archived, "ses-2025-01-public_version", &call(&archive, "get_file", file).unwrap());
    assert_conform(&folder, "2a");
    assert_conform(&archived, "3a");
    carries_its_data(&archived);
    signed_papers_are_trusted(&archived.join("ses-2025-01-preview_minutes.pdf"));
    stamped_papers_are_trusted(&archived.join("ses-2025-01-preview_minutes.pdf"));
    gathered_and_scanned(&archive, &archived.join("ses-2025-01-preview_minutes.pdf"));
    let text_of = |name: &str| {
        let text = said_of("pdftotext", &["-raw"], &archived.join(format!("ses-2025-01-{name}.pdf")));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(text_of("preview_minutes").contains(&words), "{words}");
    assert!(!text_of("public_version").contains(&words), "{words}");

    // The official order, as a screen reader tells it.
    let minutes = archived.join("ses-2025-01-preview_minutes.pdf");
    assert_eq!(titles(&minutes, "H1 "), ["Acta n.º 1 de 2025"]);
    assert_eq!(
        titles(&minutes, "H2 "),
        [
            "Integrantes",
            "Secretaría técnica",
            "Otros asistentes",
            "Orden del día",
            "Desarrollo de la sesión",
            "Decisiones",
            "Compromisos",
            "Próxima sesión",
            "Anexos",
            "Anexo. Registro de quórum",
        ]
    );
    for (page, name) in [
        (1, "acta-pagina-1"),
        (page_of(&minutes, "Desarrollo de la sesión") + 1, "acta-tabla"),
        (page_of(&minutes, "En constancia"), "acta-firmas"),
    ] {
        picture(&minutes, page, name);
    }
}

#[test]
#[ignore = "asks for Java and veraPDF: make test-paper"]
fn everything_that_a_document_may_hold() {
    let folder = folder("blocks");
    let narrative = "\
## Desarrollo

La presidenta leyó [el informe](https://www.bogota.gov.co/informe) y **todos** escucharon; véase [la \
dirección de internet de la Comisión Intersectorial de Internacionalización, con todos sus anexos y sus \
soportes](https://www.bogota.gov.co/comision) antes de la sesión siguiente.

1. Primero
   - un detalle con [enlace](mailto:secretaria@example.org)
2. Segundo ~~tachado~~

> Una cita.

| Proyecto | Valor |
|---|---:|
| Uno | 1.000 |
| [Dos](https://example.org) | |
";
    let mut blocks = vec![Block::heading(1, "Acta 1 de 2025")];
    blocks.extend(from_markdown(narrative, 1));
    blocks.push(Block::heading(3, "Un título que salta un nivel"));
    let rows = (0..90).map(|n| [n.to_string(), "Fila de una tabla larga".to_owned()]);
    let long = Table {
        caption: vec![Span::plain("Una tabla de varias páginas")],
        row_heads: true,
        ..Table::plain(["N.º", "Qué"], rows)
    };
    blocks.push(Block::Table(long));
    blocks.push(Block::KeyValue(vec![("Lugar".to_owned(), vec![Span::plain("Sala de juntas")])]));
    blocks.push(Block::Framed(vec![
        Block::text("Decisión 1. Se aprueba."),
        Block::Quote(vec![Block::text("Sea.")]),
    ]));
    let pictures: [(&str, &[u8]); 2] =
        [("El escudo", include_bytes!("transparent.png")), ("", include_bytes!("four-inks.jpg"))];
    for (alt, bytes) in pictures {
        let caption = vec![Span::plain("Lo que se ve")];
        blocks.push(Block::Image(Image {
            alt: alt.into(),
            bytes: bytes.to_vec(),
            width: Some(40.0),
            caption,
        }));
    }
    blocks.push(Block::Qr { payload: "Acta 1 de 2025".into(), caption: vec![Span::plain("Huella")] });
    blocks.push(Block::Small(vec![Span::plain("Elaboró: Gloria Peña")]));
    let document = |blocks: Vec<Block>| {
        let date = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
        Document { blocks, ..Document::new("Acta 1 de 2025", date) }
    };
    let plain = document(blocks.clone());
    let draft =
        Document { draft_mark: Some("BORRADOR".into()), running_header: "Acta".into(), ..document(blocks) };
    let empty = document(Vec::new());
    for (name, document) in [("plain", plain), ("draft", draft), ("empty", empty)] {
        fs::write(folder.join(format!("{name}.pdf")), print::render(&document).unwrap().pdf).unwrap();
    }
    assert_conform(&folder, "2a");
}
