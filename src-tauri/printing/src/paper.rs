//! What a document is made of: how many pages, and on which paper.

use std::str::FromStr;

use lopdf::{Dictionary, Document, Object};
use secretariat::{Failure, Result, text};
use serde::{Deserialize, Serialize};

/// Kinds of paper that the offices of the country use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// Carta, 8½ × 11 in.
    Letter,
    /// Oficio, 216 × 330 mm: the 8½ × 13 in sheet.
    Oficio,
    /// Legal, 8½ × 14 in.
    Legal,
    /// A4, 210 × 297 mm.
    A4,
}

impl Paper {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Letter, Self::Oficio, Self::Legal, Self::A4];

    /// Width and height, in points.
    fn size(self) -> (f32, f32) {
        match self {
            Self::Letter => (612.0, 792.0),
            Self::Oficio => (612.0, 936.0),
            Self::Legal => (612.0, 1008.0),
            Self::A4 => (595.28, 841.89),
        }
    }

    /// As the spooler calls it. Drivers know the Oficio by many names: the spooler finds its own from the size that
    /// the standard name carries (PWG 5101.1).
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            Self::Letter => "Letter",
            Self::Oficio => "na_foolscap_8.5x13in",
            Self::Legal => "Legal",
            Self::A4 => "A4",
        }
    }

    /// The paper of that size, lying or standing, within 2 mm.
    fn of_size(width: f32, height: f32) -> Option<Self> {
        let near = |a: f32, b: f32| (a - b).abs() < 5.7;
        let (short, long) = (width.min(height), width.max(height));
        Self::ALL.into_iter().find(|paper| near(paper.size().0, short) && near(paper.size().1, long))
    }
}

impl FromStr for Paper {
    type Err = String;

    fn from_str(said: &str) -> std::result::Result<Self, String> {
        match said {
            "letter" => Ok(Self::Letter),
            "oficio" => Ok(Self::Oficio),
            "legal" => Ok(Self::Legal),
            "a4" => Ok(Self::A4),
            _ => Err("letter, oficio, legal or a4".into()),
        }
    }
}

/// What a document is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// How many pages; `null` when it cannot be told.
    pub pages: Option<u32>,
    /// On which paper its first page is; `null` when it is none of those known.
    pub paper: Option<Paper>,
}

/// Measures a document. What cannot be read inside a PDF stays untold: the printer may still understand it.
///
/// # Errors
/// `invalid_input` of `file` when it is no PDF.
pub fn measure(bytes: &[u8]) -> Result<Measure> {
    // A reader looks for the mark in the first kilobyte (ISO 32000-1, annex H.3).
    if !bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return Err(Failure::field(
            "file",
            text!(
                "Lo que se quiere imprimir no es un PDF. No se imprimió nada y sigue donde estaba. Ábralo con su programa e imprímalo desde allí.",
                "What is to be printed is not a PDF. Nothing was printed and it is where it was. Open it with its program and print it from there."
            ),
        ));
    }
    let Ok(document) = Document::load_mem(bytes) else { return Ok(Measure { pages: None, paper: None }) };
    let pages = document.get_pages();
    let paper = pages.values().next().and_then(|first| {
        let [left, bottom, right, top] = media_box(&document, document.get_dictionary(*first).ok()?)?;
        Paper::of_size((right - left).abs(), (top - bottom).abs())
    });
    Ok(Measure { pages: u32::try_from(pages.len()).ok().filter(|count| *count > 0), paper })
}

/// The sheet of a page, its own or that of what it belongs to.
fn media_box(document: &Document, page: &Dictionary) -> Option<[f32; 4]> {
    let mut at = page;
    // A tree of pages that leads back into itself ends here.
    for _ in 0..64 {
        if let Ok(found) = at.get(b"MediaBox") {
            let number = |object| document.dereference(object).ok()?.1.as_float().ok();
            let sides: Option<Vec<f32>> =
                document.dereference(found).ok()?.1.as_array().ok()?.iter().map(number).collect();
            return sides?.try_into().ok();
        }
        at = document.get_dictionary(at.get(b"Parent").and_then(Object::as_reference).ok()?).ok()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// A document of so many pages; their size in the tree, as some programs write it.
    fn document(pages: u32, size: [f32; 2]) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        let kids: Vec<Object> = (0..pages)
            .map(|_| document.add_object(dictionary! { "Type" => "Page", "Parent" => tree }).into())
            .collect();
        let sheet: Vec<Object> = vec![0.into(), 0.into(), size[0].into(), size[1].into()];
        let sheet = document.add_object(sheet);
        let held = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => i64::from(pages), "MediaBox" => sheet };
        document.objects.insert(tree, held.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_document_is_measured() {
        for (pages, size, paper) in [
            (3, [612.0, 792.0], Some(Paper::Letter)),
            (1, [792.0, 612.0], Some(Paper::Letter)),
            (2, [612.28, 935.43], Some(Paper::Oficio)),
            (1, [612.0, 1008.0], Some(Paper::Legal)),
            (1, [595.276, 841.89], Some(Paper::A4)),
            (1, [300.0, 300.0], None),
        ] {
            let measured = measure(&document(pages, size)).unwrap();
            assert_eq!(measured, Measure { pages: Some(pages), paper }, "{size:?}");
        }
    }

    #[test]
    fn what_is_no_pdf_is_refused_and_a_broken_one_is_not_told() {
        for bytes in [&b""[..], b"hola", b"PK\x03\x04"] {
            assert_eq!(measure(bytes).unwrap_err().details["field"], "file");
        }
        assert_eq!(measure(b"%PDF-1.4\ngarbage").unwrap(), Measure { pages: None, paper: None });
    }

    #[test]
    fn a_tree_that_leads_back_into_itself_ends() {
        let mut looped = Document::with_version("1.7");
        let tree = looped.new_object_id();
        looped.objects.insert(tree, dictionary! { "Type" => "Pages", "Parent" => tree }.into());
        assert_eq!(media_box(&looped, looped.get_dictionary(tree).unwrap()), None);
    }

    #[test]
    fn papers_are_told_apart() {
        for paper in Paper::ALL {
            assert_eq!(Paper::of_size(paper.size().0, paper.size().1), Some(paper));
            let name = serde_json::to_value(paper).unwrap();
            assert_eq!(name.as_str().unwrap().parse(), Ok(paper));
        }
    }
}
