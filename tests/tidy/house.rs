//! What the project is made of: folders, dependencies, licences, the window's policy, frozen files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::sources::{none, paths, sources, top};

fn read(path: &str) -> String {
    std::fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_top_folder_holds_what_the_plan_says() {
    let planned = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "Makefile",
        "README.md",
        "assets",
        "clippy.toml",
        "deny.toml",
        "docs",
        "rustfmt.toml",
        "src-tauri",
        "tests",
        "ui",
    ];
    let found: BTreeSet<&str> = paths().iter().map(|path| path.split('/').next().unwrap_or(path)).collect();
    let unplanned: Vec<String> = found
        .iter()
        .filter(|name| !name.starts_with('.') && !planned.contains(name))
        .map(ToString::to_string)
        .collect();
    none("the top folder has only what the plan names; hidden files are for tools", &unplanned);
    for needed in
        ["Cargo.lock", "ui/package-lock.json", "LICENSE-MIT", "LICENSE-APACHE", "Makefile", ".ci/run"]
    {
        assert!(paths().iter().any(|path| path == needed), "{needed} is part of the project");
    }
}

#[test]
fn no_path_of_somebodys_machine() {
    let homes = ["/work/", "/root/", "/Users/", "C:\\Users\\"];
    let mut offences = Vec::new();
    for source in sources().iter().filter(|source| source.path != "tests/tidy/house.rs") {
        for (number, line) in source.lines() {
            for home in homes {
                for (at, _) in line.match_indices(home) {
                    // A path begins there: what stands before is no part of a longer one.
                    let before = line[..at].chars().next_back();
                    if before.is_none_or(|c| {
                        !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '}' | ')' | '*')
                    }) {
                        offences.push(format!("{}:{number}: {}", source.path, line.trim()));
                    }
                }
            }
        }
    }
    none("the project is the same on every machine", &offences);
}

/// The manifests of the workspace.
const MANIFESTS: [&str; 6] = [
    "Cargo.toml",
    "src-tauri/Cargo.toml",
    "src-tauri/cli/Cargo.toml",
    "src-tauri/printing/Cargo.toml",
    "src-tauri/secretariat/Cargo.toml",
    "tests/Cargo.toml",
];

/// Lines of a manifest that name a dependency, with whether the line says why it is there.
fn dependencies(manifest: &str) -> Vec<(String, bool)> {
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.contains("dependencies") && line.contains('=') && !line.starts_with('#') {
            let inherited = line.contains(".workspace = true") || line.contains("{ workspace = true");
            let of_ours = line.contains("path = ");
            found.push((line.to_owned(), inherited || of_ours || line.contains(" # ")));
        }
    }
    found
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let mut offences = Vec::new();
    for manifest in MANIFESTS {
        let found = dependencies(&read(manifest));
        assert!(!found.is_empty(), "{manifest} has dependencies");
        offences.extend(
            found.into_iter().filter(|(_, said)| !said).map(|(line, _)| format!("{manifest}: {line}")),
        );
    }
    none("a dependency earns its place in one sentence", &offences);
    assert_eq!(
        dependencies("[dependencies]\na = \"1\"\nb = \"2\" # for c\n").iter().filter(|d| d.1).count(),
        1
    );
}

#[test]
fn every_package_keeps_the_lints_and_the_licence() {
    for manifest in &MANIFESTS[1..] {
        let text = read(manifest);
        assert!(text.contains("[lints]\nworkspace = true"), "{manifest} takes the workspace's lints");
        assert!(text.contains("license.workspace = true"), "{manifest} has the project's licence");
    }
    let workspace = read("Cargo.toml");
    for line in [
        "unsafe_code = \"forbid\"",
        "unwrap_used = \"warn\"",
        "license = \"MIT OR Apache-2.0\"",
        "edition = \"2024\"",
    ] {
        assert!(workspace.contains(line), "Cargo.toml says {line}");
    }
    assert_eq!(json("ui/package.json")["license"], "MIT OR Apache-2.0");
}

/// What each package of the lock file depends on, by name.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let lock = read("Cargo.lock");
    for block in lock.split("[[package]]").skip(1) {
        let name =
            block.lines().find_map(|l| l.strip_prefix("name = ")).unwrap_or_default().trim_matches('"');
        let depends = block
            .split("dependencies = [")
            .nth(1)
            .and_then(|rest| rest.split(']').next())
            .unwrap_or_default();
        let names = depends.lines().filter_map(|l| l.trim().strip_prefix('"'));
        let names = names.filter_map(|l| l.split(['"', ' ']).next()).map(String::from);
        packages.entry(name.to_owned()).or_default().extend(names);
    }
    packages
}

#[test]
fn neither_core_nor_terminal_brings_a_window_or_a_network() {
    let locked = locked();
    for package in ["secretariat", "actario-cli"] {
        let mut reached = BTreeSet::from([package.to_owned()]);
        let mut next = vec![package.to_owned()];
        while let Some(name) = next.pop() {
            for needed in locked.get(&name).into_iter().flatten() {
                if reached.insert(needed.clone()) {
                    next.push(needed.clone());
                }
            }
        }
        assert!(
            reached.len() > 30,
            "{package} reaches {} packages: is the lock file read rightly?",
            reached.len()
        );
        for shell in [
            "tauri",
            "wry",
            "tao",
            "gtk",
            "webkit2gtk",
            "reqwest",
            "hyper",
            "axum",
            "rustls",
            "native-tls",
            "ureq",
        ] {
            assert!(!reached.contains(shell), "{package} must not depend on {shell}");
        }
    }
    let core = read("src-tauri/secretariat/Cargo.toml");
    let direct: Vec<String> = dependencies(core.split("[dev-dependencies]").next().unwrap_or_default())
        .into_iter()
        .map(|(line, _)| line)
        .filter(|line| ["rand", "getrandom", "tokio", "dirs", "clock"].iter().any(|word| line.contains(word)))
        .collect();
    none("the core has no clock, chance or environment of its own", &direct);
}

#[test]
fn every_font_and_profile_has_its_licence_beside_it() {
    let mut offences = Vec::new();
    for path in paths() {
        let kind = Path::new(path).extension().and_then(|e| e.to_str()).unwrap_or_default();
        if !["ttf", "otf", "woff", "woff2", "icc"].contains(&kind) {
            continue;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let beside = |file: &str| paths().contains(&format!("{folder}/{file}"));
        // A README beside it names each file (or its family) and the file that has its licence.
        let readme = top().join(folder).join("README.md");
        let readme = std::fs::read_to_string(readme).unwrap_or_default();
        let family = name.split(['-', '.']).next().unwrap_or(name);
        let said = readme.lines().any(|line| {
            line.contains(family) && line.split('`').any(|word| word.ends_with(".txt") && beside(word))
        });
        if !said {
            offences.push(path.clone());
        }
    }
    none("a README.md beside it names the file and its licence, a .txt beside it too", &offences);
}

/// SHA-256 of each migration that has been released: archives out there were made by it, so it never changes.
/// A release adds its line here.
const RELEASED: &[(&str, &str)] = &[];

#[test]
fn migrations_are_numbered_without_gaps_and_released_ones_are_frozen() {
    let folder = "src-tauri/secretariat/migrations/";
    let mut files: Vec<&String> = paths().iter().filter(|path| path.starts_with(folder)).collect();
    files.sort();
    assert!(!files.is_empty());
    for (number, file) in (1..).zip(&files) {
        assert!(file.starts_with(&format!("{folder}{number:04}")), "{file} is number {number}");
    }
    for (file, hash) in RELEASED {
        let found = Sha256::digest(read(&format!("{folder}{file}")));
        let found: String = found.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(&found, hash, "{file} was released: write a new migration instead");
    }
}

#[test]
fn the_windows_policy_is_strict() {
    let config = json("src-tauri/tauri.conf.json");
    let security = &config["app"]["security"];
    let csp = security["csp"].as_object().expect("a policy");
    for (directive, sources) in csp {
        let sources = sources.as_str().unwrap_or_default();
        for word in ["unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "https:", "http:"] {
            let inner = word == "http:" && sources == "ipc: http://ipc.localhost";
            assert!(!sources.contains(word) || inner, "{directive} must not allow {word}");
        }
    }
    assert_eq!(csp["default-src"], "'self'");
    assert_eq!(csp["script-src"], "'self'");
    for directive in ["object-src", "base-uri", "form-action", "frame-src"] {
        assert_eq!(csp[directive], "'none'", "{directive}");
    }
    assert_eq!(config["app"]["withGlobalTauri"], false);
    assert_eq!(security["dangerousDisableAssetCspModification"], false);
    assert!(security["assetProtocol"].is_null(), "the page reads no file by its path");
}

#[test]
fn permissions_are_named_one_by_one() {
    let folder = "src-tauri/capabilities/";
    let files: Vec<&String> = paths().iter().filter(|path| path.starts_with(folder)).collect();
    let windows = ["main", "room"];
    let named = windows.map(|window| format!("{folder}{window}.json"));
    assert_eq!(files, named.iter().collect::<Vec<_>>(), "each window has one capability");
    let granted_to = |window: &str| -> Vec<String> {
        let capability = json(&format!("{folder}{window}.json"));
        assert!(capability["remote"].is_null(), "no page from the network may call");
        assert_eq!(capability["windows"], serde_json::json!([window]));
        let granted = capability["permissions"].as_array().unwrap().iter().filter_map(Value::as_str);
        granted.map(String::from).collect()
    };
    let granted: Vec<String> = windows.iter().flat_map(|window| granted_to(window)).collect();
    for permission in &granted {
        let (owner, name) = permission.rsplit_once(':').unwrap_or(("", permission));
        assert!(name.starts_with("allow-") && !name.contains('*'), "{permission} is a set: name its parts");
        assert!(["", "core:event"].contains(&owner), "{permission}: the page needs no plugin");
    }
    // The room's window shows: it neither writes, nor picks a file, nor learns who works here.
    let rooms: Vec<String> = granted_to("room").into_iter().filter(|p| !p.contains(':')).collect();
    assert_eq!(rooms, ["allow-call", "allow-shell-state", "allow-full-screen"]);
    // Exactly the commands that the shell has.
    let main = read("src-tauri/src/main.rs");
    let handlers = main.split("generate_handler![").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let commands: BTreeSet<String> = handlers
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(|name| format!("allow-{}", name.replace('_', "-")))
        .collect();
    let ours: BTreeSet<String> =
        granted.iter().filter(|p| !p.contains(':')).map(ToString::to_string).collect();
    assert_eq!(commands, ours, "each command of the shell is granted, and nothing else");
    // And the test server answers all of them.
    let server = read("tests/server/doors.rs");
    for command in commands.iter().filter(|command| *command != "allow-call") {
        let name = command.trim_start_matches("allow-").replace('-', "_");
        assert!(server.contains(&format!("\"{name}\"")), "the test server has no {name}");
    }
}

#[test]
fn the_types_of_the_pages_are_what_the_core_writes() {
    let fresh = tempfile::tempdir().unwrap();
    secretariat::api::export_types(fresh.path()).unwrap();
    let kept = top().join("ui/src/generated");
    let list = |folder: &Path| -> BTreeMap<String, String> {
        let entries =
            std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let files = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        files
            .map(|path| {
                (
                    path.file_name().unwrap().to_string_lossy().into_owned(),
                    std::fs::read_to_string(path).unwrap(),
                )
            })
            .collect()
    };
    let (fresh, kept) = (list(fresh.path()), list(&kept));
    let mut differ: Vec<String> = fresh
        .iter()
        .filter(|(name, text)| kept.get(*name) != Some(*text))
        .map(|(name, _)| name.clone())
        .collect();
    differ.extend(
        kept.keys()
            .filter(|name| !fresh.contains_key(*name))
            .map(|name| format!("{name} (no longer written)")),
    );
    none("ui/src/generated is not what the core writes now: run `make types`", &differ);
}

#[test]
fn packages_of_the_pages_have_a_permissive_licence() {
    let lock = json("ui/package-lock.json");
    let allowed = [
        "MIT",
        "MIT-0",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "0BSD",
        "CC0-1.0",
        "CC-BY-4.0",
        "BlueOak-1.0.0",
        "PSF-2.0",
        "OFL-1.1",
        "MPL-2.0",
        "Python-2.0",
        "Unlicense",
        "Zlib",
        "(MIT OR CC0-1.0)",
        "(MPL-2.0 OR Apache-2.0)",
        "(MIT AND Zlib)",
        "MIT OR Apache-2.0",
        "Apache-2.0 OR MIT",
    ];
    // Packages whose manifest forgets to say it; their LICENSE file does.
    let said_elsewhere = [("node_modules/svelte-toolbelt", "MIT")];
    let packages = lock["packages"].as_object().expect("packages");
    assert!(packages.len() > 20);
    let offences: Vec<String> = packages
        .iter()
        .filter(|(path, package)| {
            let elsewhere = said_elsewhere.iter().find(|(name, _)| name == path).map(|(_, licence)| *licence);
            let licence = package["license"].as_str().or(elsewhere).unwrap_or("none");
            !path.is_empty() && !allowed.contains(&licence)
        })
        .map(|(path, package)| format!("{path}: {}", package["license"]))
        .collect();
    none("licences that a program under MIT OR Apache-2.0 can carry", &offences);
    let loose: Vec<String> = ["dependencies", "devDependencies"]
        .iter()
        .flat_map(|kind| json("ui/package.json")[*kind].as_object().cloned().unwrap_or_default())
        .filter(|(_, version)| {
            !version.as_str().unwrap_or_default().starts_with(|c: char| c.is_ascii_digit())
        })
        .map(|(name, version)| format!("{name}: {version}"))
        .collect();
    none("versions are exact: a newer one needs a reason", &loose);
}

#[test]
fn the_documentation_has_the_pictures_it_shows_and_no_others() {
    let mut shown = BTreeSet::new();
    for page in
        sources().iter().filter(|page| page.path == "README.md" || page.path.starts_with("docs/guia/"))
    {
        for (at, _) in page.text.match_indices("screens/") {
            let name: String =
                page.text[at..].chars().take_while(|c| !matches!(c, '"' | ')' | ' ' | '\n')).collect();
            if name.ends_with(".png") {
                shown.insert(format!("docs/{name}"));
            }
        }
    }
    let kept: BTreeSet<String> =
        paths().iter().filter(|path| path.starts_with("docs/screens/")).cloned().collect();
    assert!(!kept.is_empty(), "the pictures are there");
    let missing: Vec<String> = shown.difference(&kept).cloned().collect();
    none("a page of the documentation shows it, and `make screens` takes it", &missing);
    let idle: Vec<String> = kept.difference(&shown).cloned().collect();
    none("no page shows it: every picture weighs on whoever fetches the project", &idle);
}
