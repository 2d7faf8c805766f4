//! The draft of the minutes as a Word document: the words of its paper, in its order.

use std::io::{Cursor, Read};

use secretariat::{Actor, Code, Context, Language, api, load};
use serde_json::json;

use crate::live::Run;
use crate::office::{bytes_of, instant};

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The text of each paragraph that has some, whether it is a heading, and whether it stands in a table.
fn paragraphs(xml: &str) -> Vec<(String, bool, bool)> {
    let mut in_table = false;
    let mut found = Vec::new();
    for paragraph in xml.split("<w:p>").skip(1) {
        let text: String = paragraph
            .split("<w:t xml:space=\"preserve\">")
            .skip(1)
            .map(|text| text.split("</w:t>").next().unwrap())
            .collect::<String>()
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&amp;", "&");
        if !text.is_empty() {
            found.push((text, paragraph.contains("w:val=\"Heading"), in_table));
        }
        let (begins, ends) = (paragraph.rfind("<w:tbl>"), paragraph.rfind("</w:tbl>"));
        in_table = match (begins, ends) {
            (Some(begin), Some(end)) => begin > end,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => in_table,
        };
    }
    found
}

/// Without what the lines of a page add: blanks and the hyphens where a word was divided.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}')).collect()
}

#[test]
fn the_draft_says_in_word_what_its_paper_says() {
    let run = Run::opened(11);
    let item = run.item("proposal", 0);
    run.begin(&item);
    run.office.call(
        "set_narrative",
        json!({ "item_id": item, "narrative": "Se leyó «A & B» <así>:\n\n1. uno\n2. dos" }),
    );
    let file = run.call("draft_docx", json!({}));
    assert!(file["file"].as_str().unwrap().ends_with("-borrador.docx"), "{}", file["file"]);
    let docx = bytes_of(&file);
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("borrador.docx"), &docx).unwrap();
    assert!(part(&docx, "word/header1.xml").contains("BORRADOR"));
    assert!(part(&docx, "docProps/core.xml").contains("<dc:language>es-CO</dc:language>"));
    let body = part(&docx, "word/document.xml");
    assert!(body.contains("<w:tblHeader/>"), "a table repeats its head");

    // The paper without what each of its pages carries.
    let header = part(&docx, "word/header1.xml");
    let header = header.split("preserve\">").nth(1).unwrap().split("</w:t>").next().unwrap().to_owned();
    let preview = run.preview();
    let pages = preview["texts"].as_array().unwrap().iter().map(|page| page.as_str().unwrap());
    let carried = |line: &&str| line.starts_with("Página ") || *line == "BORRADOR" || *line == header;
    let lines: String = pages.flat_map(str::lines).filter(|line| !carried(line)).collect();
    let paper = squeezed(&lines);
    let (mut at, mut headings) = (0, 0);
    let told = paragraphs(&body);
    for (text, heading, in_table) in &told {
        let begins: String = squeezed(text).chars().take(30).collect();
        if *heading {
            let found = paper[at..].find(&begins);
            at += found.unwrap_or_else(|| panic!("the paper does not say, in its place: {text}"))
                + begins.len();
            headings += 1;
        } else if !in_table {
            assert!(paper.contains(&begins), "the paper does not say: {text}");
        }
    }
    assert!(headings > 8 && told.len() > 60, "{headings} headings, {} paragraphs", told.len());
    assert!(told.iter().any(|(text, ..)| text == "Se leyó «A & B» <así>:"), "{told:?}");
}

#[test]
fn adopted_minutes_are_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    let ctx = Context::new(instant("2026-02-02T09:00"), actor, [1; 32], Language::Es);
    let (archive, _) = load::create_demo(&folder.path().join("demo.actario"), &ctx, "equipo").unwrap();
    let failure =
        api::dispatch(&archive, &ctx, "draft_docx", json!({ "session_id": "ses-2025-01" })).unwrap_err();
    assert_eq!(failure.code, Code::WrongState);
    assert!(failure.message.es.contains("ya no es un borrador"), "{failure}");
}
