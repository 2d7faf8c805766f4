//! What the Rust of the product may and may not do.

use crate::sources::{Source, names, none, offences, sources};

const CORE: &str = "src-tauri/secretariat/src/";

fn rust() -> impl Iterator<Item = &'static Source> {
    sources().iter().filter(|source| source.has_extension(&["rs"]))
}

fn product() -> impl Iterator<Item = &'static Source> {
    rust().filter(|source| source.is_in(&["src-tauri/"]))
}

/// The offences of `words` in the code of `files`, except in `places`.
fn found(files: impl Iterator<Item = &'static Source>, places: &[&str], words: &[&str]) -> Vec<String> {
    files.filter(|s| !s.is_in(places)).flat_map(|source| offences(source, &source.code(), words)).collect()
}

#[test]
fn printpdf_is_named_in_one_folder() {
    let print = "src-tauri/secretariat/src/print/";
    none("printpdf is named only in print/", &found(product(), &[print], &["printpdf"]));
    assert!(
        product().any(|s| s.is_in(&[print]) && s.text.contains("printpdf")),
        "print/ prints with printpdf"
    );
}

#[test]
fn the_database_stays_below_rules_paper_and_doors() {
    let above = [
        "src-tauri/src/",
        "src-tauri/cli/",
        "src-tauri/printing/",
        "src-tauri/secretariat/src/print/",
        "src-tauri/secretariat/src/rules/",
        "src-tauri/secretariat/src/calendar.rs",
        "src-tauri/secretariat/src/context.rs",
        "src-tauri/secretariat/src/desk.rs",
        "src-tauri/secretariat/src/exchange/",
        "src-tauri/secretariat/src/publish/",
        "src-tauri/secretariat/src/spanish.rs",
        "src-tauri/secretariat/src/spanish/",
        "src-tauri/secretariat/src/vectors.rs",
    ];
    let files = || product().filter(|source| source.is_in(&above));
    assert!(files().count() > 5, "the list of places names what is there");
    none(
        "rusqlite is for the store, the journal, the search and a concept's own SQL",
        &found(files(), &[], &["rusqlite"]),
    );
    let sql = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "CREATE TABLE"];
    none("no SQL here", &found(files(), &[], &sql));
}

#[test]
fn the_core_has_no_clock_no_chance_and_no_environment() {
    let words = [
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
        "env::var",
        "env::var_os",
        "env::vars",
        "env::args",
        "getrandom",
        "thread_rng",
        "rand",
        "fastrand",
        "Uuid::new_v4",
        "Uuid::now_v7",
        "temp_dir",
    ];
    none("the core takes all this from its Context", &found(rust(), &EVERYWHERE_ELSE, &words));
}

/// Rust that is not the core's.
const EVERYWHERE_ELSE: [&str; 6] = [
    "src-tauri/src/",
    "src-tauri/examples/",
    "src-tauri/cli/",
    "src-tauri/printing/",
    "src-tauri/build.rs",
    "tests/",
];

#[test]
fn the_core_knows_no_shell() {
    let words =
        ["tauri", "TcpStream", "TcpListener", "UdpSocket", "reqwest", "hyper", "axum", "println", "eprintln"];
    none("the core knows no window, network or terminal", &found(rust(), &EVERYWHERE_ELSE, &words));
}

#[test]
fn lints_are_not_switched_off() {
    let lints = ["unwrap_used", "expect_used", "panic", "unsafe_code", "todo", "dbg_macro"];
    let offences: Vec<String> = product()
        .flat_map(|source| {
            let lines = source
                .code()
                .into_iter()
                .filter(|(_, line)| line.contains("allow(") || line.contains("expect("));
            let lines: Vec<_> = lines.filter(|(_, line)| line.trim_start().starts_with("#")).collect();
            offences(source, &lines, &lints)
        })
        .collect();
    none("these lints hold everywhere outside tests", &offences);
    none("unsafe", &found(product(), &[], &["unsafe"]));
}

#[test]
fn nothing_is_left_to_do() {
    let mut words: Vec<String> = ["todo!", "unimplemented!", "dbg!"].map(String::from).into();
    for mark in ["TODO", "FIXME", "XXX", "HACK"] {
        // In a comment: the product itself looks for such marks in people's texts.
        words.extend(["//", "/*", "*", "#", "--", "<!--"].map(|comment| format!("{comment} {mark}")));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let files =
        sources().iter().filter(|s| s.has_extension(&["rs", "ts", "svelte", "css", "sql", "sh", "toml"]));
    let offences: Vec<String> = files
        .filter(|source| !source.is_in(&["tests/tidy/", "Cargo.toml"]))
        .flat_map(|source| offences(source, &source.lines(), &words))
        .collect();
    none("do it or drop it", &offences);
}

#[test]
fn a_module_is_named_after_what_it_is_about() {
    let vague = [
        "utils", "util", "helpers", "helper", "manager", "service", "services", "common", "misc", "shared",
        "lib2",
    ];
    let offences: Vec<String> = sources()
        .iter()
        .filter(|source| source.has_extension(&["rs", "ts", "svelte", "css"]))
        .flat_map(|source| source.path.split('/').map(move |part| (source, part)))
        .filter(|(_, part)| {
            let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
            vague.contains(&stem.as_str())
        })
        .map(|(source, _)| source.path.clone())
        .collect();
    none("no modules for whatever fits nowhere else", &offences);
}

#[test]
fn a_file_of_the_core_says_what_it_is_for() {
    let offences: Vec<String> = product()
        .filter(|source| !source.text.starts_with("//!"))
        .map(|source| source.path.clone())
        .collect();
    none("a module opens with //! and what it is for", &offences);
}

#[test]
fn only_the_doors_have_a_clock() {
    let mut allowed = Vec::new();
    for source in product() {
        for (number, line) in source.code() {
            if line.contains("allow(clippy::disallowed_methods)") {
                allowed.push((source, number));
            }
        }
    }
    assert!(!allowed.is_empty(), "the doors have a clock");
    let offences: Vec<String> = allowed
        .iter()
        .filter(|(source, _)| source.is_in(&[CORE]))
        .map(|(source, number)| format!("{}:{number}", source.path))
        .collect();
    none("the core calls none of the methods that clippy.toml forbids", &offences);
    // Each says why, on its line.
    for (source, number) in allowed {
        let line = source.text.lines().nth(number - 1).unwrap_or_default();
        assert!(line.contains("// "), "{}:{number} says why", source.path);
    }
}

#[test]
fn the_rules_find_what_they_look_for() {
    for (line, words) in [
        ("let now = chrono::Utc::now();", &["Utc::now"][..]),
        ("use rusqlite::Connection;", &["rusqlite"]),
        ("conn.execute(\"DELETE FROM vote\")", &["DELETE FROM"]),
        ("#![allow(clippy::unwrap_used)]", &["unwrap_used"]),
        ("unsafe { x() }", &["unsafe"]),
    ] {
        assert!(words.iter().any(|word| names(line, word)), "{line}");
    }
}
