//! The archive's file in bad company: what is refused and how it is told, what survives a crash, backups by themselves.
#![allow(clippy::disallowed_methods)] // tests read the environment

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use secretariat::api::{self, Op};
use secretariat::desk::Desk;
use secretariat::load;
use secretariat::verify::VerifyReport;
use secretariat::{Actor, Code, Context, Failure, Language, Secretariat};
use serde_json::{Value, json};

fn context(n: u32) -> Context {
    let now = chrono::DateTime::from_timestamp(1_772_456_400 + i64::from(n), 0).unwrap();
    let mut entropy = [1; 32];
    entropy[..4].copy_from_slice(&n.to_be_bytes());
    Context::new(
        now,
        Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() },
        entropy,
        Language::Es,
    )
}

fn call(archive: &Secretariat, n: u32, name: &str, request: Value) -> Value {
    api::dispatch(archive, &context(n), name, request).unwrap_or_else(|f| panic!("{name}: {f}"))["value"]
        .clone()
}

fn name_body(archive: &Secretariat, n: u32, name: &str) {
    call(archive, n, "put_body", json!({ "id": "body-x", "name": name, "kind": "other" }));
}

fn new_archive(path: &Path) -> Secretariat {
    let archive = Secretariat::create(path, &context(1), "portátil").unwrap();
    name_body(&archive, 2, "Comisión");
    archive
}

fn verified(archive: &Secretariat) -> VerifyReport {
    let report =
        serde_json::from_value::<VerifyReport>(call(archive, 90, "verify_archive", json!({}))).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    report
}

fn body_name(archive: &Secretariat) -> String {
    call(archive, 91, "list_bodies", json!({}))[0]["name"].as_str().unwrap().to_owned()
}

/// The ids of what a search finds.
fn found(archive: &Secretariat, query: &str) -> Vec<String> {
    let groups = call(archive, 92, "search", json!({ "query": query }));
    let hits = groups.as_array().unwrap().iter().flat_map(|group| group["hits"].as_array().unwrap());
    hits.map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A file system of its own: full when it is small, read-only when asked.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).output();
        mount.is_ok_and(|out| out.status.success()).then_some(Self(folder))
    }

    fn read_only(&self) {
        let done = Command::new("mount").args(["-o", "remount,bind,ro"]).arg(self.0.path()).status().unwrap();
        assert!(done.success());
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes what room is left, in a file of that name.
    fn fill(&self, name: &str) {
        let mut file = fs::File::create(self.path().join(name)).unwrap();
        for size in [1 << 16, 1 << 12] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }
}

/// Says that this process has the mounts to itself, and so may make more.
const OWN_MOUNTS: &str = "ACTARIO_OWN_MOUNTS";
/// How a process with mounts to itself ends that may not make one all the same.
const NO_MOUNT: i32 = 77;

/// Tells a story on a disk of its own. Who may not mount one tells it in another process, in a namespace where anybody
/// may; where not even that can be, the story is not told and that is said aloud.
fn on_disk(story: &str, size: &str, tell: impl FnOnce(&Disk)) {
    if let Some(disk) = Disk::new(size) {
        return tell(&disk);
    }
    if std::env::var_os(OWN_MOUNTS).is_some() {
        std::process::exit(NO_MOUNT);
    }
    let told = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", story, "--nocapture"])
        .env(OWN_MOUNTS, "1")
        .output();
    match told {
        Ok(out) if out.status.success() => {
            let said = String::from_utf8_lossy(&out.stdout);
            assert!(said.contains("1 passed"), "{story} is not the name of a story: {said}");
        }
        Ok(out) if out.status.code() != Some(NO_MOUNT) && !out.stderr.starts_with(b"unshare:") => {
            let (said, failed) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
            panic!("{story}: {said}{failed}");
        }
        // Written past the harness, which hides what a test that passes prints.
        _ => {
            let said = format!("NOT TOLD: {story}: this machine lets us make no disk of our own\n");
            std::io::stderr().write_all(said.as_bytes()).unwrap();
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn what_is_no_archive_is_refused_kindly_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("buena.actario");
    new_archive(&good).close().unwrap();
    let bytes = fs::read(&good).unwrap();
    let altered = |at: usize, with: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[at..at + with.len()].copy_from_slice(with);
        bytes
    };
    // What an archive says of itself is in its first hundred bytes: the mark at 68, the format at 60.
    let cases: Vec<(&str, Vec<u8>, Code, &str)> = vec![
        ("empty", vec![], Code::NotAnArchive, "está vacío"),
        ("a text", b"hola".to_vec(), Code::NotAnArchive, "no es un archivo de Actario"),
        ("a long text", b"hola ".repeat(10_000), Code::NotAnArchive, "no es un archivo de Actario"),
        ("a PDF", b"%PDF-1.7\n".repeat(600), Code::NotAnArchive, "no es un archivo de Actario"),
        ("another program's", altered(68, &[0; 4]), Code::NotAnArchive, "no es un archivo de Actario"),
        ("a backup", altered(68, b"ACTB"), Code::NotAnArchive, "copia de seguridad"),
        ("a newer one", altered(60, &99_u32.to_be_bytes()), Code::NewerFile, "Actualice el programa"),
        ("of no format", altered(60, &[0; 4]), Code::Damaged, "dañado"),
        ("cut in half", bytes[..bytes.len() / 2].to_vec(), Code::Damaged, "copia de seguridad"),
        ("cut at its beginning", bytes[..50].to_vec(), Code::Damaged, "dañado"),
        ("cut by a byte", bytes[..bytes.len() - 1].to_vec(), Code::Damaged, "incompleto"),
        ("with another page size", altered(16, &[0, 3]), Code::Damaged, "dañado"),
    ];
    for (what, bytes, code, sentence) in cases {
        let path = folder.path().join(format!("{what}.actario"));
        fs::write(&path, &bytes).unwrap();
        let before = files(folder.path());
        for opened in [Secretariat::open(&path, &context(3), "x"), Secretariat::open_read_only(&path)] {
            let failure = opened.err().unwrap_or_else(|| panic!("{what} was opened"));
            assert_eq!(failure.code, code, "{what}: {failure}");
            assert!(failure.message.es.contains(sentence), "{what}: {failure}");
            assert!(!failure.message.en.is_empty());
        }
        assert_eq!(fs::read(&path).unwrap(), bytes, "{what} was written");
        assert_eq!(files(folder.path()), before, "{what} left files");
    }
}

#[test]
fn paths_that_lead_nowhere_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    new_archive(&path("hay.actario")).close().unwrap();
    let long = format!("{}.actario", "a".repeat(230));
    let create = |p: &Path| Secretariat::create(p, &context(3), "x").err();
    let open = |p: &Path| Secretariat::open(p, &context(3), "x").err();
    let read = |p: &Path| Secretariat::open_read_only(p).err();
    type Try<'a> = &'a dyn Fn(&Path) -> Option<Failure>;
    for (what, act, place, code, sentence) in [
        ("open nothing", &open as Try<'_>, path("no hay.actario"), Code::Io, "No se encontró el archivo"),
        ("read nothing", &read, path("no hay.actario"), Code::Io, "No se encontró el archivo"),
        ("open a folder", &open, folder.path().to_owned(), Code::NotAnArchive, "es una carpeta"),
        ("read a folder", &read, folder.path().to_owned(), Code::NotAnArchive, "es una carpeta"),
        (
            "create over a folder",
            &create,
            folder.path().to_owned(),
            Code::AlreadyExists,
            "Ya hay un archivo o una carpeta",
        ),
        ("create over an archive", &create, path("hay.actario"), Code::AlreadyExists, "Elija otro nombre"),
        ("create in no folder", &create, path("no/hay.actario"), Code::Io, "No se encontró"),
        ("create with a long name", &create, path(&long), Code::InvalidInput, "demasiado largo"),
        ("create with no name", &create, PathBuf::from("/"), Code::AlreadyExists, "Ya hay"),
        ("create with nothing", &create, PathBuf::new(), Code::InvalidInput, "no es el nombre"),
        ("open with nothing", &open, PathBuf::new(), Code::InvalidInput, "no es el nombre"),
    ] {
        let failure = act(&place).unwrap_or_else(|| panic!("{what} was done"));
        assert_eq!(failure.code, code, "{what}: {failure}");
        assert!(failure.message.es.contains(sentence), "{what}: {failure}");
    }
    assert_eq!(files(folder.path()), ["hay.actario"]);
}

#[test]
fn any_name_that_a_file_may_have_works() {
    let folder = tempfile::tempdir().unwrap();
    let long = format!("{}.actario", "ñ".repeat(105));
    for name in [
        "con espacios.actario",
        "año ñandú.actario",
        "a#1?b=2&c%20.actario",
        "file:a.actario",
        "'comilla\".actario",
        &long,
        "sin extensión",
        ".oculto",
    ] {
        let place = folder.path().join("dir año #?").join(name.chars().take(5).collect::<String>().trim());
        fs::create_dir_all(&place).unwrap();
        let path = place.join(name);
        let archive = new_archive(&path);
        call(&archive, 5, "save_draft", json!({ "key": "k", "text": "t" }));
        let reader = Secretariat::open_read_only(&path).unwrap();
        assert_eq!(body_name(&reader), "Comisión", "{name}");
        drop(reader);
        archive.close().unwrap();
        assert_eq!(files(&place), [name]);
        let desk = Desk::new("x").with_backups(folder.path().join("copias año #?").join("a"));
        desk.call(&context(6), "open_archive", json!({ "path": path })).unwrap();
        let backup = desk.call(&context(7), "backup_archive", json!({})).unwrap()["value"]["path"].clone();
        let target = place.join("restaurado #?.actario");
        desk.call(&context(8), "restore_backup", json!({ "backup": backup, "target": target })).unwrap();
        desk.call(&context(9), "close_archive", json!({})).unwrap();
        verified(&Secretariat::open_read_only(&target).unwrap());
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_read() {
    on_disk("vault::a_folder_that_cannot_be_written_is_read", "8m", |disk| {
        let folder = disk.path().join("solo lectura #1?");
        fs::create_dir(&folder).unwrap();
        let path = folder.join("a.actario");
        new_archive(&path).close().unwrap();
        // One that a crash left open: its last acts are in the log beside it.
        let crashed = folder.join("cortada.actario");
        let archive = new_archive(&crashed);
        for ending in ["", "-wal"] {
            fs::copy(
                folder.join(format!("cortada.actario{ending}")),
                folder.join(format!("copia.actario{ending}")),
            )
            .unwrap();
        }
        drop(archive);
        disk.read_only();
        let failure = Secretariat::open(&path, &context(3), "x").err().unwrap();
        assert_eq!(failure.code, Code::ReadOnly, "{failure}");
        assert!(failure.message.es.contains("Ábralo solo para leer"), "{failure}");
        let reader = Secretariat::open_read_only(&path).unwrap();
        assert_eq!((body_name(&reader), reader.is_writable()), ("Comisión".to_owned(), false));
        assert_eq!(found(&reader, "comisio"), ["body-x"]);
        verified(&reader);
        let failure =
            api::dispatch(&reader, &context(4), "put_body", json!({ "name": "X", "kind": "other" }))
                .unwrap_err();
        assert_eq!(failure.code, Code::ReadOnly);
        // Read without its log, it would hide the last acts: better not at all.
        let failure = Secretariat::open_read_only(&folder.join("copia.actario")).err().unwrap();
        assert_eq!(failure.code, Code::ReadOnly, "{failure}");
        assert!(failure.message.es.contains("-wal"), "{failure}");
        let failure = Secretariat::create(&folder.join("nueva.actario"), &context(3), "x").err().unwrap();
        assert_eq!(failure.code, Code::ReadOnly, "{failure}");
    });
}

#[test]
fn a_file_marked_read_only_is_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    new_archive(&path).close().unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let failure = Secretariat::open(&path, &context(3), "x").err().unwrap();
    assert!(failure.code == Code::ReadOnly && failure.message.es.contains("solo lectura"), "{failure}");
    let reader = Secretariat::open_read_only(&path).unwrap();
    verified(&reader);
    assert_eq!(found(&reader, "comision"), ["body-x"]);
    drop(reader);
    assert_eq!(files(folder.path()), ["a.actario"]);
}

#[test]
fn a_full_disk_loses_nothing() {
    on_disk("vault::a_full_disk_loses_nothing", "4m", |disk| {
        let path = disk.path().join("a.actario");
        new_archive(&path).close().unwrap();
        let archive = Secretariat::open(&path, &context(2), "x").unwrap();
        let before = verified(&archive);
        let failure =
            archive.transact(&context(3), Op::PutBody, |tx| tx.put_blob(&vec![9; 5_000_000])).unwrap_err();
        assert_eq!(failure.code, Code::DiskFull, "{failure}");
        assert!(failure.message.es.contains("libere espacio"), "{failure}");
        let after = verified(&archive);
        assert_eq!((after.head, after.blobs), (before.head, 0));
        // Work that fits goes on, and the archive closes and opens as ever.
        name_body(&archive, 4, "Comisión que sigue");
        archive.close().unwrap();
        let archive = Secretariat::open(&path, &context(5), "x").unwrap();
        assert_eq!(body_name(&archive), "Comisión que sigue");
        verified(&archive);
        drop(archive);
        // A new archive that fits only until it is filled leaves nothing.
        let filling = (4 << 20) - usize::try_from(fs::metadata(&path).unwrap().len()).unwrap() - (1 << 20);
        fs::write(disk.path().join("relleno"), vec![0; filling]).unwrap();
        let failure = load::create_demo(&disk.path().join("b.actario"), &context(6), "x").err().unwrap();
        assert_eq!(
            (failure.code, files(disk.path())),
            (Code::DiskFull, vec!["a.actario".to_owned(), "relleno".to_owned()])
        );
        fs::remove_file(disk.path().join("relleno")).unwrap();
        // Nor does one that does not fit at all.
        let used = fs::metadata(&path).unwrap().len();
        let filling = (4 << 20) - usize::try_from(used).unwrap() - (200 << 10);
        fs::write(disk.path().join("relleno"), vec![0; filling]).unwrap();
        let failure = Secretariat::create(&disk.path().join("b.actario"), &context(6), "x").err().unwrap();
        assert_eq!(
            (failure.code, files(disk.path())),
            (Code::DiskFull, vec!["a.actario".to_owned(), "relleno".to_owned()])
        );
    });
}

#[test]
fn closing_on_a_full_disk_loses_nothing() {
    on_disk("vault::closing_on_a_full_disk_loses_nothing", "12m", |disk| {
        let path = disk.path().join("a.actario");
        let archive = new_archive(&path);
        // While somebody reads what was, all that is written stays in the log.
        let reader = rusqlite::Connection::open(&path).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM journal;").unwrap();
        for n in 0..50_u8 {
            archive.transact(&context(3), Op::PutBody, |tx| tx.put_blob(&vec![n; 60_000])).unwrap();
        }
        name_body(&archive, 4, "Comisión de la última hora");
        let log = || fs::metadata(disk.path().join("a.actario-wal")).map(|log| log.len()).unwrap_or_default();
        assert!(log() > 3_000_000 && fs::metadata(&path).unwrap().len() < 1_000_000);
        drop(reader);
        disk.fill("relleno");
        // The archive cannot take in its log, and says so; the log stays beside it.
        let failure = archive.close().unwrap_err();
        assert_eq!(failure.code, Code::DiskFull, "{failure}");
        assert!(log() > 3_000_000, "{:?}", files(disk.path()));
        // It can be read as it is, and closed once there is room.
        let archive = Secretariat::open_read_only(&path).unwrap();
        assert_eq!(body_name(&archive), "Comisión de la última hora");
        drop(archive);
        fs::remove_file(disk.path().join("relleno")).unwrap();
        let archive = Secretariat::open(&path, &context(5), "x").unwrap();
        assert_eq!(
            (body_name(&archive).as_str(), verified(&archive).blobs),
            ("Comisión de la última hora", 50)
        );
        archive.close().unwrap();
        assert_eq!(files(disk.path()), ["a.actario"]);
    });
}

#[test]
fn a_second_writer_is_told_who_where_and_since_when() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    let archive = new_archive(&path);
    let failure = Secretariat::open(&path, &context(3), "otro").err().unwrap();
    assert_eq!(failure.code, Code::InUse);
    assert_eq!(
        failure.message.es,
        "Gloria Peña tiene abierto este archivo en el equipo «portátil» desde las 08:00 del 2 de marzo de 2026. Ciérrelo allí o ábralo solo para leer."
    );
    assert_eq!(failure.details["holder"]["machine"], "portátil");
    // Readers come and go beside the writer, and see what is committed.
    let reader = Secretariat::open_read_only(&path).unwrap();
    name_body(&archive, 4, "Comisión nueva");
    assert_eq!(body_name(&reader), "Comisión nueva");
    // The writer closes while the other still reads; then it can be opened again.
    archive.close().unwrap();
    assert_eq!(body_name(&reader), "Comisión nueva");
    let again = Secretariat::open(&path, &context(5), "otro").unwrap();
    drop(reader);
    again.close().unwrap();
    assert_eq!(files(folder.path()), ["a.actario"]);
    // What a crash left of the lock holds nobody up.
    fs::write(folder.path().join("a.actario-lock"), "").unwrap();
    fs::write(folder.path().join("a.actario-holder"), "no es JSON").unwrap();
    let after = Secretariat::open(&path, &context(6), "otro").unwrap();
    drop(after);
    assert_eq!(files(folder.path()), ["a.actario"]);
}

/// Runs the writing program until it has told something `lines` times, then cuts its power.
fn cut_power(path: &Path, how: &str, lines: usize) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_power-cut"))
        .arg(path)
        .arg(how)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = String::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines().take(lines) {
        told = line.unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!told.is_empty(), "{how} told nothing");
    told
}

#[test]
fn a_power_cut_loses_no_word_and_leaves_no_half() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    new_archive(&path).close().unwrap();
    let told = cut_power(&path, "typing", 40);
    assert!(files(folder.path()).contains(&"a.actario-lock".to_owned()), "it was closed, not cut");

    let archive = Secretariat::open(&path, &context(50), "portátil").unwrap();
    let drafts = call(&archive, 51, "list_drafts", json!({ "prefix": "agenda_item/" }));
    let text = drafts[0]["text"].as_str().unwrap();
    assert!(text.starts_with(&told), "«{told}» was told and «{text}» is there");
    assert_eq!(call(&archive, 52, "get_draft", json!({ "key": "agenda_item/it-1/narrative" }))["text"], text);
    let before = verified(&archive);
    // The text goes where it was meant to, and its draft goes.
    call(&archive, 53, "save_draft", json!({ "key": "agenda_item/it-1/narrative", "text": null }));
    assert_eq!(call(&archive, 54, "list_drafts", json!({})), json!([]));
    assert_eq!(verified(&archive).head, before.head, "drafts are not journaled");
    archive.close().unwrap();

    let told = cut_power(&path, "inside", 1);
    assert_eq!(told, "inside");
    let archive = Secretariat::open(&path, &context(60), "portátil").unwrap();
    assert_eq!(body_name(&archive), "Comisión");
    let report = verified(&archive);
    assert_eq!((report.head, report.blobs), (before.head, 0));
    archive.close().unwrap();

    let told = cut_power(&path, "acting", 12);
    let archive = Secretariat::open(&path, &context(70), "portátil").unwrap();
    let (name, report) = (body_name(&archive), verified(&archive));
    let number =
        |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>().parse::<i64>().unwrap();
    assert!(number(&name) >= number(&told), "{told} was told and {name} is there");
    assert_eq!(report.entries, before.entries + number(&name), "one entry an act, whole");
    archive.close().unwrap();
    assert_eq!(files(folder.path()), ["a.actario"]);
}

#[test]
fn the_desk_backs_up_by_itself_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    new_archive(&path).close().unwrap();
    let desk = Desk::new("portátil").with_backups(folder.path().join("copias"));
    let ask = |n, name: &str, request: Value| desk.call(&context(n), name, request).unwrap()["value"].clone();
    let settled = |n| loop {
        let state = ask(n, "backup_state", json!({}));
        if state["running"] == json!(false) {
            return state;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    };
    ask(10, "open_archive", json!({ "path": path }));
    let state = settled(10);
    assert_eq!((&state["failure"], &state["newest"]["name"]), (&Value::Null, &json!("a")), "{state}");
    // Opened again unchanged: the same one. Changed: another.
    ask(11, "close_archive", json!({}));
    ask(12, "open_archive", json!({ "path": path }));
    assert_eq!(settled(12)["newest"], state["newest"]);
    desk.call(&context(13), "put_body", json!({ "id": "body-x", "name": "Otra", "kind": "other" })).unwrap();
    ask(14, "open_archive", json!({ "path": path }));
    ask(15, "close_archive", json!({}));
    assert_eq!(ask(16, "backup_state", json!({}))["newest"], Value::Null);
    ask(17, "open_archive", json!({ "path": path }));
    let newest = settled(17)["newest"].clone();
    assert_ne!(newest, state["newest"]);
    let listed = ask(18, "list_backups", json!({}));
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[0]["head"], newest["head"]);
    // Closing while it is being made stops it and leaves one file.
    desk.call(&context(19), "put_body", json!({ "id": "body-x", "name": "Una más", "kind": "other" }))
        .unwrap();
    ask(20, "close_archive", json!({}));
    ask(21, "open_archive", json!({ "path": path }));
    ask(22, "close_archive", json!({}));
    assert_eq!(files(folder.path()), ["a.actario", "copias"]);
    // To another disk, and back; nothing is written over.
    ask(23, "open_archive", json!({ "path": path }));
    let usb = ask(24, "backup_archive", json!({ "dir": folder.path().join("usb") }));
    let refused = desk
        .call(&context(25), "restore_backup", json!({ "backup": usb["path"], "target": path }))
        .unwrap_err();
    assert_eq!(refused.code, Code::AlreadyExists);
    let target = folder.path().join("restaurado.actario");
    let report = ask(26, "restore_backup", json!({ "backup": usb["path"], "target": target }));
    assert_eq!(report["sound"], true);
    ask(27, "open_archive", json!({ "path": target }));
    assert_eq!(ask(28, "list_bodies", json!({}))[0]["name"], "Una más");
    // A folder that cannot be made is told, and the archive is open all the same.
    fs::write(folder.path().join("estorbo"), "").unwrap();
    let other = Desk::new("portátil").with_backups(folder.path().join("estorbo").join("copias"));
    other.call(&context(30), "open_archive", json!({ "path": path })).unwrap();
    let state = loop {
        let state = other.call(&context(31), "backup_state", json!({})).unwrap()["value"].clone();
        if state["running"] == json!(false) {
            break state;
        }
    };
    assert_eq!(state["failure"]["code"], "io", "{state}");
    let nowhere = Desk::new("x").call(&context(32), "list_backups", json!({})).unwrap_err();
    assert_eq!(nowhere.code, Code::InvalidInput);
}
