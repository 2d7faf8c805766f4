//! The embedded faces: which one has a character, how wide it is, how much two of them approach each other.
//!
//! Widths are in thousandths of the size, the unit of PDF.

use std::collections::HashMap;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{GlyphId, Tag};

use super::document::Family;

/// One of the embedded faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Face(u8);

struct Source {
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! source {
    ($name:literal) => {
        Source { name: $name, bytes: include_bytes!(concat!("../../../../assets/fonts/", $name, ".ttf")) }
    };
}

static SOURCES: [Source; FACES] = [
    source!("ActarioSerif-Regular"),
    source!("ActarioSerif-Bold"),
    source!("ActarioSerif-Italic"),
    source!("ActarioSerif-BoldItalic"),
    source!("NotoSans-Regular"),
    source!("NotoSans-Bold"),
    source!("NotoSans-Italic"),
    source!("NotoSans-BoldItalic"),
    source!("NotoSansSymbols2-Regular"),
    source!("NotoSansMath-Regular"),
];

const FACES: usize = 10;
const SYMBOLS: Face = Face(8);
const MATH: Face = Face(9);
/// Characters below this one have their metrics in flat arrays: all of Spanish is there.
const NEAR: usize = 0x180;

impl Face {
    /// The cut of a family.
    pub fn of(family: Family, bold: bool, italic: bool) -> Self {
        let first = match family {
            Family::Serif => 0,
            Family::Sans => 4,
        };
        Self(first + u8::from(bold) + 2 * u8::from(italic))
    }

    /// PostScript name, as in the file.
    pub fn name(self) -> &'static str {
        SOURCES[self.index()].name
    }

    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The font program.
    pub(super) fn bytes(self) -> &'static [u8] {
        SOURCES[self.index()].bytes
    }

    /// Where to look for a character this face lacks: the same cut of the other family, then signs.
    fn substitutes(self) -> [Self; 3] {
        let other = match self.0 {
            0..=3 => self.0 + 4,
            4..=7 => self.0 - 4,
            _ => 4,
        };
        [Self(other), SYMBOLS, MATH]
    }
}

/// A glyph and its advance width in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub id: u16,
    pub advance: i16,
}

/// The faces a rendering uses, opened when first asked for, with what was looked up in them.
pub(super) struct Fonts {
    faces: [Option<Box<Open>>; FACES],
}

struct Open {
    parsed: ttf_parser::Face<'static>,
    pairs: Vec<PairAdjustment<'static>>,
    near: [Option<Option<Glyph>>; NEAR],
    far: HashMap<char, Option<Glyph>>,
    /// Kerning of pairs of near characters, row by row; `UNKNOWN` until asked for.
    near_kern: Vec<i16>,
    far_kern: HashMap<(char, char), i16>,
}

const UNKNOWN: i16 = i16::MIN;

impl Fonts {
    pub fn new() -> Self {
        Self { faces: std::array::from_fn(|_| None) }
    }

    /// The face that prints a character when this one is wanted, or none if no face has it.
    pub fn resolve(&mut self, wanted: Face, character: char) -> Option<Face> {
        if self.glyph(wanted, character).is_some() {
            return Some(wanted);
        }
        wanted.substitutes().into_iter().find(|face| self.glyph(*face, character).is_some())
    }

    pub fn glyph(&mut self, face: Face, character: char) -> Option<Glyph> {
        let open = self.open(face)?;
        if let Some(slot) = open.near.get_mut(character as usize) {
            return *slot.get_or_insert_with(|| look_up(&open.parsed, character));
        }
        *open.far.entry(character).or_insert_with(|| look_up(&open.parsed, character))
    }

    /// What to add between two characters of a face, in thousandths; negative brings them closer.
    pub fn kern(&mut self, face: Face, left: char, right: char) -> i16 {
        let Some(open) = self.open(face) else { return 0 };
        let (l, r) = (left as usize, right as usize);
        if l < NEAR && r < NEAR {
            if open.near_kern.is_empty() {
                open.near_kern = vec![UNKNOWN; NEAR * NEAR];
            }
            let known = open.near_kern[l * NEAR + r];
            if known != UNKNOWN {
                return known;
            }
            let value = open.look_up_kern(left, right);
            open.near_kern[l * NEAR + r] = value;
            return value;
        }
        if let Some(known) = open.far_kern.get(&(left, right)) {
            return *known;
        }
        let value = open.look_up_kern(left, right);
        open.far_kern.insert((left, right), value);
        value
    }

    /// Width of a text in thousandths of the size.
    pub fn width(&mut self, face: Face, text: &str) -> i32 {
        let mut sum = 0;
        let mut before = None;
        for character in text.chars() {
            if let Some(left) = before {
                sum += i32::from(self.kern(face, left, character));
            }
            sum += self.glyph(face, character).map_or(0, |glyph| i32::from(glyph.advance));
            before = Some(character);
        }
        sum
    }

    fn open(&mut self, face: Face) -> Option<&mut Open> {
        let slot = self.faces.get_mut(face.index())?;
        if slot.is_none() {
            let parsed = ttf_parser::Face::parse(face.bytes(), 0).ok()?;
            let pairs = kerning_pairs(&parsed);
            *slot = Some(Box::new(Open {
                parsed,
                pairs,
                near: [None; NEAR],
                far: HashMap::new(),
                near_kern: Vec::new(),
                far_kern: HashMap::new(),
            }));
        }
        slot.as_deref_mut()
    }
}

impl Open {
    fn look_up_kern(&self, left: char, right: char) -> i16 {
        let (Some(left), Some(right)) = (look_up(&self.parsed, left), look_up(&self.parsed, right)) else {
            return 0;
        };
        let (left, right) = (GlyphId(left.id), GlyphId(right.id));
        // The first subtable that covers the left glyph decides, as in any shaper.
        for pair in &self.pairs {
            let Some(index) = pair.coverage().get(left) else { continue };
            match pair {
                PairAdjustment::Format1 { sets, .. } => {
                    if let Some((first, _)) = sets.get(index).and_then(|set| set.get(right)) {
                        return scale(&self.parsed, first.x_advance);
                    }
                }
                PairAdjustment::Format2 { classes, matrix, .. } => {
                    let value = matrix.get((classes.0.get(left), classes.1.get(right)));
                    return value.map_or(0, |(first, _)| scale(&self.parsed, first.x_advance));
                }
            }
        }
        0
    }
}

/// The glyph that prints a character. A soft hyphen prints as a hyphen: only those at line ends are left in a run.
fn look_up(face: &ttf_parser::Face<'static>, character: char) -> Option<Glyph> {
    let printed = match character {
        '\u{ad}' | '\u{2010}' | '\u{2011}' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' => ' ',
        other => other,
    };
    let id = face.glyph_index(printed).filter(|id| id.0 != 0)?;
    let advance = i32::from(face.glyph_hor_advance(id)?) * 1000 / i32::from(face.units_per_em());
    Some(Glyph { id: id.0, advance: i16::try_from(advance).unwrap_or(i16::MAX) })
}

fn scale(face: &ttf_parser::Face<'static>, value: i16) -> i16 {
    i16::try_from(i32::from(value) * 1000 / i32::from(face.units_per_em())).unwrap_or(0)
}

fn kerning_pairs(face: &ttf_parser::Face<'static>) -> Vec<PairAdjustment<'static>> {
    let Some(gpos) = face.tables().gpos else { return Vec::new() };
    let kern = Tag::from_bytes(b"kern");
    let mut lookups: Vec<u16> = gpos
        .features
        .into_iter()
        .filter(|feature| feature.tag == kern)
        .flat_map(|feature| feature.lookup_indices)
        .collect();
    lookups.sort_unstable();
    lookups.dedup();
    lookups
        .into_iter()
        .filter_map(|index| gpos.lookups.get(index))
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'static>>())
        .filter_map(|table| match table {
            PositioningSubtable::Pair(pair) => Some(pair),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_is_covered_and_kerned() {
        let mut fonts = Fonts::new();
        for family in [Family::Serif, Family::Sans] {
            for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
                let face = Face::of(family, bold, italic);
                for character in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»“”‘’–—…º.ªN°№§•½€$".chars()
                {
                    assert_eq!(fonts.resolve(face, character), Some(face), "{} {character}", face.name());
                }
                assert!(fonts.kern(face, 'A', 'V') < 0, "{} kerns AV", face.name());
                assert!(fonts.kern(face, 'T', 'o') < 0, "{} kerns To", face.name());
            }
        }
    }

    #[test]
    fn signs_come_from_another_face_and_the_rest_from_none() {
        let mut fonts = Fonts::new();
        let serif = Face::of(Family::Serif, false, false);
        for sign in "☐☑☒✓✗→≤■".chars() {
            assert!(fonts.resolve(serif, sign).is_some(), "{sign}");
        }
        for lacking in ['😀', '漢', 'ع', '\u{7}', '\u{10ffff}'] {
            assert_eq!(fonts.resolve(serif, lacking), None, "{lacking:?}");
        }
    }
}
