//! A document as Word's: the same words in the same order, with real headings, lists and tables, to circulate a draft and
//! get it back with remarks. Always the same bytes for the same document.
//!
//! The parts are those of ECMA-376 (Office Open XML, transitional), written here: the crates that write them do not say the
//! language of a text, whose a file is, nor which row of a table is repeated on every page.

mod body;
mod parts;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::document::Document;
use body::Body;

/// Its media type.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Writes the document. Drawings and codes, which only stand on paper, are told in words.
///
/// # Errors
/// Never on text; only when memory cannot be written to.
pub fn docx(document: &Document) -> std::io::Result<Vec<u8>> {
    let body = Body::of(document);
    let mut package = Package::new();
    package.part("[Content_Types].xml", parts::CONTENT_TYPES)?;
    package.part("_rels/.rels", parts::RELATIONS)?;
    package.part("docProps/app.xml", parts::PROGRAM)?;
    package.part("docProps/core.xml", &parts::properties(document))?;
    package.part("word/document.xml", &body.xml)?;
    package.part("word/_rels/document.xml.rels", &parts::relations_of_body(&body.links))?;
    package.part("word/styles.xml", &parts::styles(document))?;
    package.part("word/numbering.xml", &parts::numbering(&body.lists))?;
    package.part("word/settings.xml", &parts::settings(document))?;
    package.part("word/header1.xml", &parts::header(document))?;
    package.part("word/footer1.xml", &parts::footer(document))?;
    package.finish()
}

/// The files of a Word document, packed together.
struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    options: SimpleFileOptions,
}

impl Package {
    fn new() -> Self {
        // The format's own first day: no clock gets into the bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())), options }
    }

    fn part(&mut self, name: &str, xml: &str) -> std::io::Result<()> {
        self.zip.start_file(name, self.options)?;
        self.zip.write_all(xml.as_bytes())
    }

    fn finish(self) -> std::io::Result<Vec<u8>> {
        Ok(self.zip.finish()?.into_inner())
    }
}

/// A text as XML holds it: without the control characters it has no place for.
fn escaped(text: &str) -> String {
    let clean: String =
        text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    quick_xml::escape::escape(clean).into_owned()
}

/// Twentieths of a point, in which Word measures.
fn twips(points: f32) -> i64 {
    (points * 20.0).round() as i64
}

/// Twentieths of a point of millimetres.
fn twips_of_millimetres(millimetres: f32) -> i64 {
    twips(millimetres * 72.0 / 25.4)
}

#[cfg(test)]
mod tests;
