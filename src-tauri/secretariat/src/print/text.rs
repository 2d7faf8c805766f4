//! From spans to lines: cleaning, measuring, dividing words, choosing breaks.
//!
//! Widths inside this file are whole thousandths of the size of the type, so that sums are exact.

use std::collections::BTreeMap;

use unicode_linebreak::BreakOpportunity;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::document::{Family, Span};
use super::fonts::{Face, Fonts};

/// How a stretch of a paragraph looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub face: Face,
    pub struck: bool,
    /// Index in [`Prepared::links`] plus one; 0 for none.
    pub link: u16,
}

/// The characters no face has, with how often and where.
#[derive(Debug, Default)]
pub(super) struct Missing(pub BTreeMap<char, (usize, String)>);

/// A paragraph's text, clean and with every character assigned to a face that has it.
#[derive(Debug)]
pub(super) struct Prepared {
    text: String,
    /// Ends (in bytes) of the stretches, in order.
    looks: Vec<(usize, Look)>,
    pub links: Vec<String>,
    /// For each byte, and the end: where the pen is before and after the kerning with the character before. A line that
    /// ends there uses the first, one that starts there the second.
    pen: Vec<(i64, i64)>,
}

/// A line of a paragraph.
#[derive(Debug)]
pub(super) struct Line {
    pub segments: Vec<Segment>,
    /// Width of all segments.
    pub width: i64,
    /// Blanks that can be stretched.
    pub blanks: usize,
    /// The last of its paragraph, or before a forced break: not stretched.
    pub last: bool,
}

/// A stretch of a line in one look.
#[derive(Debug)]
pub(super) struct Segment {
    pub look: Look,
    pub text: String,
    pub width: i64,
    pub blanks: usize,
}

/// How lines are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaking {
    /// As many words as fit, line by line.
    FirstFit,
    /// The whole paragraph at once, for even blanks.
    Optimal,
}

/// What may be stretched by justification.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}')
}

impl Prepared {
    /// Cleans the text (composed characters, no controls, blanks collapsed) and finds faces for it.
    pub fn new(
        spans: &[Span],
        family: Family,
        bold: bool,
        italic: bool,
        fonts: &mut Fonts,
        missing: &mut Missing,
    ) -> Self {
        let mut prepared = Self {
            text: String::with_capacity(spans.iter().map(|span| span.text.len()).sum()),
            looks: Vec::with_capacity(spans.len()),
            links: Vec::new(),
            pen: Vec::new(),
        };
        for span in spans {
            let link = span.link.as_ref().map_or(0, |target| {
                prepared.links.push(target.clone());
                u16::try_from(prepared.links.len()).unwrap_or(0)
            });
            let face = Face::of(family, bold || span.bold, italic || span.italic);
            let look = Look { face, struck: span.struck, link };
            if is_nfc_quick(span.text.chars()) == IsNormalized::Yes {
                prepared.append(span.text.chars(), &span.text, look, fonts, missing);
            } else {
                prepared.append(span.text.nfc(), &span.text, look, fonts, missing);
            }
        }
        while prepared.text.ends_with([' ', '\n']) {
            prepared.text.pop();
        }
        let length = prepared.text.len();
        for (end, _) in &mut prepared.looks {
            *end = (*end).min(length);
        }
        prepared.measure(fonts);
        prepared
    }

    fn append(
        &mut self,
        characters: impl Iterator<Item = char>,
        source: &str,
        look: Look,
        fonts: &mut Fonts,
        missing: &mut Missing,
    ) {
        for character in characters {
            let character = match character {
                '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                    while self.text.ends_with(' ') {
                        self.text.pop();
                    }
                    self.put('\n', look);
                    continue;
                }
                ' ' | '\t' | '\r' => {
                    if !(self.text.is_empty() || self.text.ends_with([' ', '\n'])) {
                        self.put(' ', look);
                    }
                    continue;
                }
                // Break here if need be, print nothing.
                '\u{200b}' | '\u{ad}' => {
                    self.put(character, look);
                    continue;
                }
                unseen if is_unseen(unseen) => continue,
                // Blanks of other widths print as the blank.
                '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}' | '\u{200a}' | '\u{205f}' | '\u{3000}' => {
                    ' '
                }
                other => other,
            };
            match fonts.resolve(look.face, character) {
                Some(face) => self.put(character, Look { face, ..look }),
                None => {
                    let entry =
                        missing.0.entry(character).or_insert_with(|| (0, surroundings(source, character)));
                    entry.0 += 1;
                    for visible in format!("[U+{:04X}]", u32::from(character)).chars() {
                        self.put(visible, look);
                    }
                }
            }
        }
    }

    fn put(&mut self, character: char, look: Look) {
        self.text.push(character);
        let end = self.text.len();
        match self.looks.last_mut() {
            Some((last, same)) if *same == look => *last = end,
            _ => self.looks.push((end, look)),
        }
    }

    fn measure(&mut self, fonts: &mut Fonts) {
        let mut pen = Vec::with_capacity(self.text.len() + 1);
        let mut sum = 0_i64;
        let mut start = 0;
        for &(end, look) in &self.looks {
            let mut before = None;
            for character in self.text[start..end].chars() {
                let unkerned = sum;
                if is_printed(character)
                    && let Some(left) = before
                {
                    sum += i64::from(fonts.kern(look.face, left, character));
                }
                pen.resize(pen.len() + character.len_utf8(), (unkerned, sum));
                if is_printed(character) {
                    sum += fonts.glyph(look.face, character).map_or(0, |glyph| i64::from(glyph.advance));
                    before = Some(character);
                }
            }
            start = end;
        }
        pen.push((sum, sum));
        self.pen = pen;
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Widest piece that is never divided, and widest line if there is all the room in the world.
    pub fn extent(&self) -> (i64, i64) {
        let pieces = self.pieces(None, i64::MAX);
        let least = pieces.iter().map(|piece| self.span_width(piece.start, piece.end)).max().unwrap_or(0);
        let mut most = 0;
        let mut start = 0;
        for piece in &pieces {
            if piece.hard {
                most = most.max(self.span_width(start, piece.end));
                start = piece.next;
            }
        }
        (least, most.max(self.span_width(start, self.text.len())))
    }

    /// Breaks the text into lines of at most `room`. Words divide by `language` if one is given; what is still wider than
    /// a line is cut where it must.
    pub fn lines(
        &self,
        room: i64,
        language: Option<hypher::Lang>,
        breaking: Breaking,
        fonts: &mut Fonts,
    ) -> Vec<Line> {
        if self.text.is_empty() {
            return Vec::new();
        }
        let pieces = self.pieces(language.map(|language| (language, breaking)), room);
        let mut lines = Vec::new();
        let mut from = 0;
        while from < pieces.len() {
            let to =
                pieces[from..].iter().position(|piece| piece.hard).map_or(pieces.len(), |at| from + at + 1);
            let chosen = match breaking {
                Breaking::FirstFit => self.first_fit(&pieces[from..to], room),
                Breaking::Optimal => self.optimal(&pieces[from..to], room),
            };
            let mut start = from;
            for end in chosen {
                let end = from + end;
                lines.push(self.line(&pieces[start..end], end == to, end == pieces.len(), fonts));
                start = end;
            }
            from = to;
        }
        lines
    }

    fn line(&self, pieces: &[Piece], last: bool, end_of_text: bool, fonts: &mut Fonts) -> Line {
        let (Some(first), Some(end)) = (pieces.first(), pieces.last()) else {
            return Line { segments: Vec::new(), width: 0, blanks: 0, last };
        };
        let mut segments: Vec<Segment> = Vec::with_capacity(1);
        let mut from = first.start;
        let at = self.looks.partition_point(|(stop, _)| *stop <= from);
        for &(stop, look) in &self.looks[at.min(self.looks.len())..] {
            let to = stop.min(end.end);
            if to <= from {
                break;
            }
            let text: String = self.text[from..to].chars().filter(|c| is_printed(*c)).collect();
            segments.push(Segment { look, text, width: 0, blanks: 0 });
            from = to;
        }
        if let Some(segment) = segments.last_mut()
            && end.hyphen
            && !last
        {
            segment.text.push('\u{ad}');
        }
        for segment in &mut segments {
            segment.width = i64::from(fonts.width(segment.look.face, &segment.text));
            segment.blanks = segment.text.chars().filter(|c| is_blank(*c)).count();
        }
        let mut line = Line {
            width: segments.iter().map(|segment| segment.width).sum(),
            blanks: segments.iter().map(|segment| segment.blanks).sum(),
            segments,
            last,
        };
        if let Some(segment) = line.segments.last_mut()
            && !end_of_text
            && !segment.text.ends_with('\u{ad}')
        {
            // Seen by who copies the text, not by who reads the page.
            segment.text.push(' ');
        }
        line
    }

    fn span_width(&self, start: usize, end: usize) -> i64 {
        self.pen[end].0 - self.pen[start].1
    }

    /// The text cut at every place where a line may end.
    fn pieces(&self, division: Option<(hypher::Lang, Breaking)>, room: i64) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.text.len() / 6 + 1);
        let mut start = 0;
        for (next, kind) in unicode_linebreak::linebreaks(&self.text) {
            if kind == BreakOpportunity::Allowed && is_glued(&self.text[start..next], &self.text[next..]) {
                continue;
            }
            let word = self.text[start..next].trim_end_matches([' ', '\n']);
            let soft = word.ends_with('\u{ad}');
            let word = word.trim_end_matches('\u{ad}');
            let end = start + word.len();
            let hard = kind == BreakOpportunity::Mandatory && next < self.text.len();
            let whole = Piece { start, end, next, hyphen: soft, hard };
            let mut from = start;
            // A ragged line divides a word only if it must.
            if let Some((language, breaking)) = division
                && (breaking == Breaking::Optimal || self.span_width(start, end) > room)
            {
                divide(word, language, |at| {
                    let part =
                        Piece { start: from, end: start + at, next: start + at, hyphen: true, hard: false };
                    self.push_within(part, room, &mut pieces);
                    from = start + at;
                });
            }
            self.push_within(Piece { start: from, ..whole }, room, &mut pieces);
            start = next;
        }
        pieces
    }

    /// Adds a piece, cut into parts no wider than a line.
    fn push_within(&self, piece: Piece, room: i64, pieces: &mut Vec<Piece>) {
        let mut start = piece.start;
        if self.span_width(start, piece.end) > room {
            let mut before = start;
            for (offset, character) in self.text[start..piece.end].char_indices() {
                let after = piece.start + offset + character.len_utf8();
                if self.span_width(start, after) > room && before > start {
                    pieces.push(Piece { start, end: before, next: before, hyphen: false, hard: false });
                    start = before;
                }
                before = after;
            }
        }
        let hyphen = piece.hyphen && self.span_width(start, piece.end) + HYPHEN <= room;
        pieces.push(Piece { start, hyphen, ..piece });
    }

    fn first_fit(&self, pieces: &[Piece], room: i64) -> Vec<usize> {
        let width = |start: usize, end: usize| self.span_width(pieces[start].start, pieces[end - 1].end);
        let mut ends = Vec::new();
        let (mut start, mut at) = (0, 1);
        while at < pieces.len() {
            if width(start, at + 1) <= room {
                at += 1;
                continue;
            }
            let mut end = at;
            while end > start + 1 && pieces[end - 1].hyphen && width(start, end) + HYPHEN > room {
                end -= 1;
            }
            ends.push(end);
            (start, at) = (end, end + 1);
        }
        ends.push(pieces.len());
        ends
    }

    /// Least total of demerits over the whole paragraph, after Knuth and Plass: a line's cost grows with the cube of how
    /// far its blanks are from their natural width; divided words cost, two in a row cost more.
    fn optimal(&self, pieces: &[Piece], room: i64) -> Vec<usize> {
        /// Beyond this many pieces no line can be that long: bounds the search on strange input.
        const REACH: usize = 400;
        let count = pieces.len();
        let mut blanks_before = Vec::with_capacity(count + 1);
        let mut blanks = 0_i64;
        for piece in pieces {
            blanks_before.push(blanks);
            blanks += i64::from(piece.next > piece.end);
        }
        let mut best: Vec<(f64, usize)> = vec![(f64::INFINITY, 0); count + 1];
        best[0].0 = 0.0;
        for end in 1..=count {
            let last_piece = pieces[end - 1];
            let hyphen = last_piece.hyphen && end < count;
            let closing = self.pen[last_piece.end].0 + if hyphen { HYPHEN } else { 0 };
            for start in (end.saturating_sub(REACH)..end).rev() {
                let natural = closing - self.pen[pieces[start].start].1;
                let blanks = blanks_before[end - 1] - blanks_before[start];
                let slack = room - natural;
                let shrink = blanks * SHRINK;
                if slack + shrink < 0 && end - start > 1 {
                    break;
                }
                let ratio = if slack < 0 {
                    if shrink > 0 { slack as f64 / shrink as f64 } else { -1.0 }
                } else if end == count {
                    0.0
                } else {
                    slack as f64 / (blanks * STRETCH).max(40) as f64
                };
                let badness = (100.0 * ratio.abs().powi(3)).min(100_000.0);
                let mut demerits = (10.0 + badness) * (10.0 + badness);
                if hyphen {
                    demerits += 9_000.0;
                    if start > 0 && pieces[start - 1].hyphen {
                        demerits += 20_000.0;
                    }
                }
                if end == count && start > 0 {
                    if natural * 8 < room {
                        demerits += 6_000.0;
                    }
                    if pieces[start - 1].hyphen {
                        demerits += 8_000.0;
                    }
                }
                let total = best[start].0 + demerits;
                if total < best[end].0 {
                    best[end] = (total, start);
                }
            }
        }
        let mut ends = Vec::new();
        let mut at = count;
        while at > 0 {
            ends.push(at);
            at = best[at].1;
        }
        ends.reverse();
        ends
    }
}

/// Width of the hyphen a divided word gets, for choosing breaks; the line is measured exactly afterwards.
const HYPHEN: i64 = 330;
/// How much a blank can grow before the line looks loose.
const STRETCH: i64 = 130;
/// How much a blank can shrink.
const SHRINK: i64 = 75;

/// A part of the text that stays on one line.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    /// Without the blank after it.
    end: usize,
    /// Where the next one starts.
    next: usize,
    /// Gets a hyphen if a line ends after it.
    hyphen: bool,
    /// The line ends after it.
    hard: bool,
}

/// Calls `at` with every offset in a word where it may be divided.
fn divide(word: &str, language: hypher::Lang, mut at: impl FnMut(usize)) {
    /// Shorter words are not divided.
    const LETTERS: usize = 7;
    const LONG_NAME: usize = 14;
    if word.len() < LETTERS || word.contains(['@', '/']) {
        return;
    }
    for letters in word.split_inclusive(|c: char| !c.is_alphabetic()) {
        let offset = letters.as_ptr().addr() - word.as_ptr().addr();
        let letters = letters.trim_end_matches(|c: char| !c.is_alphabetic());
        // A proper name is divided only if it is very long.
        let least = if letters.starts_with(char::is_uppercase) { LONG_NAME } else { LETTERS };
        if letters.chars().count() < least {
            continue;
        }
        let mut end = 0;
        for syllable in hypher::hyphenate_bounded(letters, language, 2, 3) {
            end += syllable.len();
            if end < letters.len() {
                at(offset + end);
            }
        }
    }
}

/// Whether a blank must not end a line: abbreviations with what they belong to ("a. m.", "D. C.", "n.º 5").
fn is_glued(before: &str, after: &str) -> bool {
    let Some(word) = before.strip_suffix(' ') else { return false };
    let last = word.rsplit([' ', '\u{a0}', '(', '«', '“']).next().unwrap_or(word);
    match last {
        "a." | "p." => after.starts_with("m."),
        "D." => after.starts_with("C."),
        "n.º" | "N.º" | "núm." | "No." | "art." | "arts." | "Art." | "$" => {
            after.starts_with(|c: char| c.is_ascii_digit())
        }
        "Dr." | "Dra." | "Sr." | "Sra." => after.starts_with(char::is_uppercase),
        clock if clock.ends_with(|c: char| c.is_ascii_digit()) => {
            ["a. m.", "p. m.", "%"].iter().any(|unit| after.starts_with(unit))
        }
        _ => false,
    }
}

fn is_printed(character: char) -> bool {
    !matches!(character, '\u{200b}' | '\u{ad}' | '\n')
}

/// Characters that steer layout or direction and have no look of their own.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

fn surroundings(source: &str, character: char) -> String {
    const AROUND: usize = 20;
    let composed: Vec<char> = source.nfc().collect();
    let at = composed.iter().position(|c| *c == character).unwrap_or(0);
    composed[at.saturating_sub(AROUND)..(at + AROUND).min(composed.len())].iter().collect()
}
