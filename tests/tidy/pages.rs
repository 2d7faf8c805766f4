//! What the pages of the window may and may not do.

use crate::sources::{Source, names, none, sources};

fn pages() -> impl Iterator<Item = &'static Source> {
    sources().iter().filter(|source| source.is_in(&["ui/src/", "ui/public/", "ui/index.html"]))
}

/// Places in `source` where a line `offends`.
fn places(source: &Source, offends: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = source.lines().into_iter().filter(|(_, line)| offends(line));
    lines.map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim())).collect()
}

#[test]
fn the_desktop_is_behind_one_folder() {
    assert!(pages().count() > 20, "the pages are there");
    // The gallery of parts is for whoever works on them; it is not in the product.
    let outside = pages().filter(|source| !source.is_in(&["ui/src/backend/", "ui/src/gallery/"]));
    let offences: Vec<String> = outside
        .flat_map(|s| places(s, |line| line.contains("@tauri-apps") || line.contains("__TAURI")))
        .collect();
    none("@tauri-apps is named only in ui/src/backend", &offences);
    let outside = pages().filter(|source| !source.is_in(&["ui/src/backend/", "ui/src/gallery/"]));
    let offences: Vec<String> = outside
        .flat_map(|s| {
            places(s, |line| {
                ["fetch(", "XMLHttpRequest", "EventSource", "WebSocket"].iter().any(|w| names(line, w))
            })
        })
        .collect();
    none("what goes out of the page goes through ui/src/backend", &offences);
}

#[test]
fn nothing_comes_from_the_network() {
    // Names of XML vocabularies look like addresses and are fetched by nobody.
    let vocabulary = ["http://www.w3.org/"];
    let offends = |line: &str| {
        let comment = line.trim_start();
        let comment = comment.starts_with("//") || comment.starts_with('*') || comment.starts_with("/*");
        !comment
            && ["http://", "https://", "src=\"//"].iter().any(|address| line.contains(address))
            && !vocabulary.iter().any(|name| line.contains(name))
    };
    // Tests write addresses in their samples; nothing of them is shipped.
    let files =
        pages().filter(|source| !source.is_in(&["ui/src/texts/"]) && !source.path.ends_with(".test.ts"));
    none("no remote content", &files.flat_map(|s| places(s, offends)).collect::<Vec<_>>());
}

#[test]
fn the_policy_meets_no_inline_style_or_script() {
    let offends = |line: &str| {
        line.contains(" style=\"")
            || line.contains("{@html")
            || line.contains(" onclick=\"")
            || line.contains("eval(")
    };
    let files = pages().filter(|source| source.has_extension(&["svelte", "html"]));
    let mut offences: Vec<String> = files.flat_map(|s| places(s, offends)).collect();
    let index = pages().find(|source| source.path == "ui/index.html").expect("ui/index.html");
    for tag in index.text.split("<script").skip(1) {
        let body = tag.split_once('>').map(|(_, rest)| rest).unwrap_or_default();
        if !body.trim_start().starts_with("</script>") {
            offences.push("ui/index.html: a script inside the page".into());
        }
    }
    offences.extend(places(index, |line| line.contains("<style")));
    none("the strict policy blocks these, in the window if not in a test", &offences);
}

/// The parts of a page that are style sheet.
fn sheet(source: &Source) -> Vec<(usize, &str)> {
    let mut inside = source.path.ends_with(".css");
    let mut lines = Vec::new();
    for (number, line) in source.lines() {
        if line.contains("<style") {
            inside = true;
        } else if line.contains("</style>") {
            inside = false;
        } else if inside {
            lines.push((number, line));
        }
    }
    lines
}

/// Whether a declaration has a colour of its own instead of a token's.
fn raw_colour(line: &str) -> bool {
    let Some((_, value)) = line.split_once(':') else { return false };
    let value = value.split("/*").next().unwrap_or_default();
    let hex = value.match_indices('#').any(|(at, _)| {
        let digits = value[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
        let ends = value[at + 1 + digits..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '-');
        matches!(digits, 3 | 4 | 6 | 8) && ends && line.trim_end().ends_with([';', ',', '}'])
    });
    let function =
        ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch("].iter().any(|function| {
            value.split_whitespace().any(|word| word.trim_start_matches('(').starts_with(function))
        });
    hex || function
}

#[test]
fn colours_come_from_the_tokens() {
    for (line, raw) in [
        ("color: #1d3f73;", true),
        ("  background: rgb(0 0 0 / 50%);", true),
        ("border: 1px solid oklch(.5 .1 20);", true),
        ("color: var(--text);", false),
        ("a:hover #abc {", false),
        ("background: color-mix(in oklch, var(--accent) 20%, transparent);", false),
    ] {
        assert_eq!(raw_colour(line), raw, "{line}");
    }
    let mut offences = Vec::new();
    for source in pages().filter(|source| !source.path.ends_with("/tokens.css")) {
        for (number, line) in sheet(source) {
            if raw_colour(line) {
                offences.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    none("a raw colour in a component is a defect: use a role of tokens.css", &offences);
}

#[test]
fn nothing_floats_on_glass() {
    let offences: Vec<String> = pages()
        .flat_map(|source| {
            let lines = sheet(source).into_iter().filter(|(_, line)| {
                let line = line.trim_start();
                line.starts_with("backdrop-filter")
                    || line.starts_with("-webkit-backdrop-filter")
                    || line.starts_with("filter: blur")
            });
            lines
                .map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none("no backdrop-filter or blur: some windows draw them black", &offences);
}
