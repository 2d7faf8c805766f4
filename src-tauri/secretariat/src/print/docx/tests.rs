//! A document as Word's parts: well formed, named, in its order.

use std::io::Read;

use super::super::document::{Block, Document, Signer, Span, Table};
use super::*;

fn parts_of(docx: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn well_formed(name: &str, xml: &str) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            quick_xml::events::Event::Start(_) => open += 1,
            quick_xml::events::Event::End(_) => open -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{name}");
}

/// The text of each paragraph that has some.
fn paragraphs(xml: &str) -> Vec<String> {
    xml.split("<w:p>")
        .skip(1)
        .map(|paragraph| {
            paragraph
                .split("<w:t xml:space=\"preserve\">")
                .skip(1)
                .map(|text| {
                    quick_xml::escape::unescape(text.split("</w:t>").next().unwrap()).unwrap().into_owned()
                })
                .collect::<String>()
        })
        .filter(|text| !text.is_empty())
        .collect()
}

fn sample() -> Document {
    let mut document =
        Document::new("Acta 1 & <2> de 2025", chrono::DateTime::from_timestamp(1_750_000_000, 0).unwrap());
    document.author = "Comisión".into();
    document.running_header = "Comisión · Acta 1".into();
    document.draft_mark = Some("BORRADOR".into());
    let mut table = Table::plain(["N.º", "Puesto"], [["1", "Salud"], ["2", "Hábitat\u{7} <&>"]]);
    table.caption = vec!["Tabla 1".into()];
    table.notes = vec!["Nota de la tabla".into()];
    let linked =
        Span { text: "sitio".into(), link: Some("https://x.example/?a=1&b=2".into()), ..Span::default() };
    document.blocks = vec![
        Block::heading(1, "Acta 1 de 2025"),
        Block::paragraph(vec!["Se ".into(), Span::bold("aprobó"), Span::italic(" hoy\nen"), linked]),
        Block::List { start: None, items: vec![vec![Block::text("uno"), Block::text("sigue uno")]] },
        Block::List {
            start: Some(3),
            items: vec![vec![
                Block::text("tres"),
                Block::List { start: None, items: vec![vec![Block::text("dentro")]] },
            ]],
        },
        Block::Framed(vec![Block::text("Decisión 1")]),
        Block::Together(vec![Block::heading(2, "Junto"), Block::text("a esto")]),
        Block::Table(table),
        Block::KeyValue(vec![("Fecha".into(), vec!["27 de marzo".into()])]),
        Block::Signatures(vec![
            Signer { name: "Ana".into(), post: "Secretaria".into(), ..Signer::default() },
            Signer { name: "Luz".into(), note: "Presidenta".into(), ..Signer::default() },
            Signer { name: "Sol".into(), ..Signer::default() },
        ]),
    ];
    document
}

#[test]
fn every_part_is_well_formed_and_named_and_the_bytes_are_always_the_same() {
    let document = sample();
    let bytes = docx(&document).unwrap();
    assert_eq!(bytes, docx(&document).unwrap());
    let parts = parts_of(&bytes);
    let types = parts[0].1.clone();
    for (name, xml) in &parts {
        well_formed(name, xml);
        let told = name.ends_with(".rels") || types.contains(&format!("PartName=\"/{name}\""));
        assert!(told || name == "[Content_Types].xml", "{name} has a type");
    }
    let part = |name: &str| &parts.iter().find(|(n, _)| n == name).unwrap().1;
    let core = part("docProps/core.xml");
    for said in [
        "Acta 1 &amp; &lt;2&gt; de 2025",
        "<dc:creator>Comisión<",
        "<dc:language>es-CO<",
        "2025-06-15T15:06:40Z",
    ] {
        assert!(core.contains(said), "{said}: {core}");
    }
    assert!(part("word/styles.xml").contains("<w:lang w:val=\"es-CO\""));
    assert!(part("word/styles.xml").contains("<w:name w:val=\"heading 1\"/>"));
    assert!(part("word/header1.xml").contains("string=\"BORRADOR\""));
    assert_eq!(part("word/footer1.xml").matches("fldSimple w:instr").count(), 2);
    assert!(part("word/_rels/document.xml.rels").contains("https://x.example/?a=1&amp;b=2"));
    let body = part("word/document.xml");
    assert_eq!(body.matches("<w:tblHeader/>").count(), 1, "the head of the table is repeated");
    // Every relation and every list that the text names is there.
    for named in ["rId4", "rId5", "rId6"] {
        assert!(
            body.contains(named) && part("word/_rels/document.xml.rels").contains(&format!("Id=\"{named}\""))
        );
    }
    assert_eq!(part("word/numbering.xml").matches("<w:num ").count(), 3);
    assert!(part("word/numbering.xml").contains("<w:startOverride w:val=\"3\"/>"));
}

#[test]
fn the_words_are_those_of_the_document_in_its_order() {
    let document = sample();
    let parts = parts_of(&docx(&document).unwrap());
    let body = &parts.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    let told: Vec<String> = paragraphs(body);
    let expected: Vec<String> = document
        .texts()
        .into_iter()
        .skip(5) // what every page carries, and what the file says of itself
        .filter(|text| !text.starts_with("https:"))
        .map(|text| text.replace(['\n', '\u{7}'], ""))
        .collect();
    assert_eq!(told, expected);
}
