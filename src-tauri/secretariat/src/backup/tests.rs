//! Backups: equal when restored, small, read back, and never at the cost of what was there.

use std::ops::ControlFlow;
use std::process::Command;

use serde_json::json;

use super::*;
use crate::api;
use crate::archive_tests::{body, context, sample};
use crate::progress::unwatched;

/// Every row of every table of an archive, and what the search holds.
fn everything(path: &Path) -> Vec<String> {
    let conn = Connection::open(path).unwrap();
    let mut tables = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = tables.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    let search = "SELECT concept, ref_id, title, body FROM search JOIN search_row ON docid = search.rowid";
    for sql in tables.iter().map(|t| format!("SELECT * FROM {t}")).chain([search.to_owned()]) {
        let mut statement = conn.prepare(&sql).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut lines = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<_> = (0..width).map(|i| format!("{:?}", row.get_ref(i).unwrap())).collect();
            lines.push(format!("{sql}: {}", values.join("|")));
        }
        lines.sort();
        all.extend(lines);
    }
    all
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in entries(folder).unwrap() {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

fn open(path: &Path) -> Secretariat {
    Secretariat::open(path, &context(40), "equipo").unwrap()
}

fn change(archive: &Secretariat, n: u8) {
    api::dispatch(archive, &context(n), "put_body", body(&format!("Comisión {n}"))).unwrap();
}

#[test]
fn a_restored_archive_equals_the_one_that_was_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Comisión año #1?.actario");
    sample(&path);
    let archive = open(&path);
    api::dispatch(&archive, &context(41), "save_draft", json!({ "key": "x", "text": "a medio escribir" }))
        .unwrap();
    let place = folder.path().join("copias de año #2?");
    let backup = make(&archive, &context(42), &place, &mut unwatched).unwrap();
    let head = archive.query(&context(0), |read| read.head()).unwrap();
    archive.close().unwrap();
    assert_eq!((backup.name.as_str(), backup.made_at), ("Comisión año #1?", context(42).now));
    assert!(head.starts_with(&backup.head) && backup.entries.is_some());
    assert!(backup.size < 900_000, "the database holds the kept files: {} bytes", backup.size);

    let target = folder.path().join("restaurado.actario");
    let report = restore(Path::new(&backup.path), &target, &mut unwatched).unwrap();
    assert!(report.sound && report.head == head, "{report:?}");
    assert_eq!(everything(&target), everything(&path));
    // It is a whole archive: it opens, is written and backed up as the one it was.
    let again = open(&target);
    change(&again, 43);
    make(&again, &context(44), &place, &mut unwatched).unwrap();
    assert_eq!(list(&place, Some((&again, &context(0)))).unwrap().len(), 2);
    assert_eq!(files(folder.path()).iter().filter(|name| name.contains("partial")).count(), 0);
}

#[test]
fn only_new_files_are_copied_and_bad_ones_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    let facts = sample(&path);
    let place = folder.path().join("copias");
    let archive = open(&path);
    make(&archive, &context(41), &place, &mut unwatched).unwrap();
    let home =
        folder_of(&place, &archive.query(&context(0), |r| identity(r.conn)).unwrap()).unwrap().unwrap();
    let kept = blob_place(&home.join("blobs"), &facts.blob).unwrap();
    let before = fs::metadata(&kept).unwrap().modified().unwrap();
    assert_eq!(make_if_changed(&archive, &context(42), &place, &mut unwatched).unwrap(), None);
    change(&archive, 43);
    assert!(make_if_changed(&archive, &context(44), &place, &mut unwatched).unwrap().is_some());
    assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), before, "an old file was copied again");
    fs::write(&kept, "estropeado").unwrap();
    make(&archive, &context(45), &place, &mut unwatched).unwrap();
    assert_eq!(hash_file(&kept).unwrap(), facts.blob);
}

#[test]
fn ten_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    sample(&path);
    let archive = open(&path);
    let place = folder.path().join("copias");
    for n in 0..13 {
        change(&archive, n);
        make(&archive, &context(n), &place, &mut unwatched).unwrap();
    }
    let kept: Vec<_> =
        list(&place, None).unwrap().into_iter().map(|b| (b.made_at, b.entries.is_some())).collect();
    let expected: Vec<_> = (3..13).rev().map(|n| (context(n).now, true)).collect();
    assert_eq!(kept, expected);
    assert_eq!(list(&folder.path().join("no hay"), None).unwrap(), []);
}

#[test]
fn a_restoration_that_cannot_be_right_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    let facts = sample(&path);
    let archive = open(&path);
    let place = folder.path().join("copias");
    let backup = PathBuf::from(make(&archive, &context(41), &place, &mut unwatched).unwrap().path);
    archive.close().unwrap();
    let kept = blob_place(&backup.parent().unwrap().join("blobs"), &facts.blob).unwrap();
    let target = folder.path().join("nuevo.actario");

    assert_eq!(restore(&backup, &path, &mut unwatched).unwrap_err().code, Code::AlreadyExists);
    let (database, file) = (fs::read(&backup).unwrap(), fs::read(&kept).unwrap());
    type Spoil<'a> = Box<dyn Fn() + 'a>;
    let cases: Vec<(&str, Spoil<'_>, Code)> = vec![
        ("a file that is lost", Box::new(|| fs::remove_file(&kept).unwrap()), Code::Damaged),
        ("a file that is another", Box::new(|| fs::write(&kept, "otro").unwrap()), Code::Damaged),
        (
            "a file that is longer",
            Box::new(|| fs::write(&kept, [&file[..], b"x"].concat()).unwrap()),
            Code::Damaged,
        ),
        (
            "a database cut short",
            Box::new(|| fs::write(&backup, &database[..20_000]).unwrap()),
            Code::Damaged,
        ),
        (
            "a database that is no backup",
            Box::new(|| {
                fs::copy(&path, &backup).unwrap();
            }),
            Code::NotAnArchive,
        ),
        ("no database", Box::new(|| fs::write(&backup, "hola").unwrap()), Code::NotAnArchive),
        (
            "an altered row",
            Box::new(|| {
                Connection::open(&backup).unwrap().execute_batch("UPDATE body SET name = 'Otra'").unwrap();
            }),
            Code::Damaged,
        ),
        ("no backup", Box::new(|| fs::remove_file(&backup).unwrap()), Code::Io),
    ];
    for (name, spoil, code) in cases {
        spoil();
        let failure = restore(&backup, &target, &mut unwatched).unwrap_err();
        assert_eq!(failure.code, code, "{name}: {failure}");
        assert!(!target.exists(), "{name} left a file");
        assert!(!store::beside(&target, ".partial").exists(), "{name} left a part");
        fs::write(&backup, &database).unwrap();
        fs::write(&kept, &file).unwrap();
    }
    restore(&backup, &target, &mut unwatched).unwrap();
    let refused = Secretariat::open(&backup, &context(0), "x").err().unwrap();
    assert!(refused.code == Code::NotAnArchive && refused.message.es.contains("Restáurela"), "{refused}");
}

#[test]
fn an_unsound_archive_costs_no_good_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    sample(&path);
    let place = folder.path().join("copias");
    let archive = open(&path);
    make(&archive, &context(41), &place, &mut unwatched).unwrap();
    archive.close().unwrap();
    let before = files(&place);
    for sql in [
        "UPDATE body SET name = 'Otra'",
        "DROP TRIGGER blob_chunk_is_frozen_update; UPDATE blob_chunk SET bytes = zeroblob(length(bytes))",
    ] {
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let failure = make(&open(&path), &context(45), &place, &mut unwatched).unwrap_err();
        assert_eq!((failure.code, files(&place)), (Code::Damaged, before.clone()), "{sql}: {failure}");
    }
}

#[test]
fn stopping_anywhere_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    sample(&path);
    let place = folder.path().join("copias");
    let archive = open(&path);
    let backup = make(&archive, &context(41), &place, &mut unwatched).unwrap();
    change(&archive, 42);
    let before = files(&place);
    let target = folder.path().join("nuevo.actario");
    let stop_at = |last: usize| {
        let mut told = 0;
        move |progress: &crate::progress::Progress| {
            assert!(progress.done <= progress.total && !progress.step.es.is_empty(), "{progress:?}");
            told += 1;
            if told > last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    };
    let mut steps = 0;
    for last in 0.. {
        match make(&archive, &context(43), &place, &mut stop_at(last)) {
            Err(failure) => {
                assert_eq!((failure.code, files(&place)), (Code::Cancelled, before.clone()), "{last}");
            }
            Ok(_) => break,
        }
        steps = last;
    }
    assert!(steps > 10, "told only {steps} times");
    for last in (0..1000).step_by(9) {
        match restore(Path::new(&backup.path), &target, &mut stop_at(last)) {
            Err(failure) => assert_eq!((failure.code, target.exists()), (Code::Cancelled, false), "{last}"),
            Ok(_) => break,
        }
    }
    assert!(target.exists());
}

/// A small disk of its own, where this machine lets us make one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(folder.path()).output();
        mounted.is_ok_and(|out| out.status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_is_told_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    sample(&path);
    let archive = open(&path);
    // The kept files do not fit; then they fit and the database does not.
    for size in ["size=600k", "size=1400k"] {
        let Some(disk) = SmallDisk::new(size) else { continue };
        let failure = make(&archive, &context(41), disk.0.path(), &mut unwatched).unwrap_err();
        assert_eq!(failure.code, Code::DiskFull, "{size}: {failure}");
        assert!(failure.message.es.contains("No hay espacio en el disco"), "{failure}");
        let left = files(disk.0.path());
        assert!(!left.iter().any(|name| name.contains("partial") || name.ends_with(EXTENSION)), "{left:?}");
    }
    // Where no file fits, nothing is left: not even the folder that was asked for.
    if let Some(disk) = SmallDisk::new("nr_inodes=5") {
        let failure =
            make(&archive, &context(41), &disk.0.path().join("copias"), &mut unwatched).unwrap_err();
        let left = fs::read_dir(disk.0.path()).unwrap().count();
        assert_eq!((failure.code, left), (Code::DiskFull, 0), "{failure}");
    }
    let place = folder.path().join("copias");
    let backup = make(&archive, &context(42), &place, &mut unwatched).unwrap();
    if let Some(disk) = SmallDisk::new("size=1m") {
        let target = disk.0.path().join("a.actario");
        let failure = restore(Path::new(&backup.path), &target, &mut unwatched).unwrap_err();
        assert_eq!((failure.code, files(disk.0.path())), (Code::DiskFull, vec![]), "{failure}");
    }
}
