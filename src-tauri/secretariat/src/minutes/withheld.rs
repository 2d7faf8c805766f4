//! What a public version leaves out: the words of each withheld passage are found wherever the minutes say them and a
//! mark takes their place. The text is removed from the data, so that no paper made from it has ever held it.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::FreeSection;
use crate::codes::InformationClass;
use crate::spanish;

use super::assembly::{Assembly, BlockKind, ComputedBlock, MinutesItem, MinutesPiece};
use super::material::Material;
use super::public_version::Withholding;
use super::quorum_annex::QuorumAnnex;

/// A withheld passage as its public version accounts for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WithheldRow {
    /// Its number in the order of the paper, as its mark says.
    pub number: i64,
    /// Where it was: "Punto 7"; empty when it was in no item.
    pub place: String,
    /// "Clasificada (Ley 1712 de 2014, art. 18)".
    pub class: String,
    /// The norm that allows it.
    pub basis: String,
    /// The right or interest it protects.
    pub purpose: String,
    /// Who decided it.
    pub decided_by: String,
    /// When.
    pub decided_on: NaiveDate,
    /// The last day of its term; `null` when it has none.
    pub until: Option<NaiveDate>,
}

/// The minutes of a session as the public reads them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicMinutes {
    /// What they say, without what is withheld.
    pub assembly: Assembly,
    /// What was withheld, in printed order.
    pub withheld: Vec<WithheldRow>,
}

/// What one passage takes out of the minutes.
#[derive(Clone, Debug, Default)]
struct Found {
    /// How often.
    times: usize,
    /// Numbers of the items it is taken from, in printed order.
    items: Vec<String>,
    /// When it is met first, counted in texts.
    first: usize,
}

/// The law an information is kept from the public by, with its article.
pub(super) fn law(class: InformationClass) -> &'static str {
    match class {
        InformationClass::Classified => "Ley 1712 de 2014, art. 18",
        InformationClass::Reserved => "Ley 1712 de 2014, art. 19",
    }
}

/// What stands in the place of a passage.
fn mark(number: usize, class: InformationClass) -> String {
    format!("[Pasaje {number} retirado: información {} ({})]", class.label(), law(class))
}

/// The minutes without their withheld passages; and, in printed order, which of `passages` each is and how often it was
/// taken out.
pub(super) fn withhold(
    m: &Material,
    a: Assembly,
    passages: &[Withholding],
) -> (PublicMinutes, Vec<(usize, usize)>) {
    let cut = Cut::of(m, &a, passages);
    let found = cut.survey(&a);
    let mut order: Vec<usize> = (0..passages.len()).collect();
    order.sort_by_key(|&p| (found[p].times == 0, found[p].first, p));
    let mut marks = vec![String::new(); passages.len()];
    for (number, &p) in (1..).zip(&order) {
        marks[p] = mark(number, passages[p].class);
    }
    let mut withheld: Vec<WithheldRow> = (1..)
        .zip(&order)
        .map(|(number, &p)| {
            let passage = &passages[p];
            WithheldRow {
                number,
                place: match found[p].items.as_slice() {
                    [] => String::new(),
                    [one] => format!("Punto {one}"),
                    several => format!("Puntos {}", spanish::list(several)),
                },
                class: format!("{} ({})", spanish::capitalized(passage.class.label()), law(passage.class)),
                basis: passage.basis.clone(),
                purpose: passage.purpose.clone(),
                decided_by: passage.decided_by.clone(),
                decided_on: passage.decided_on,
                until: passage.until,
            }
        })
        .collect();
    let mut assembly = a;
    cut.take_items(&mut assembly, &marks);
    each_text(&mut assembly, &mut |place, text| *text = cut.replaced(text, place.markdown, &marks));
    // Who explains a passage may have repeated its words.
    for row in &mut withheld {
        for text in [&mut row.basis, &mut row.purpose, &mut row.decided_by] {
            *text = cut.replaced(text, false, &marks);
        }
    }
    (PublicMinutes { assembly, withheld }, order.into_iter().map(|p| (p, found[p].times)).collect())
}

/// The first of those texts that still says withheld words outside their marks, with the number of the passage in
/// `passages`.
pub(super) fn still_said<'a>(
    texts: &'a [String],
    m: &Material,
    a: &Assembly,
    passages: &[Withholding],
) -> Option<(usize, &'a str)> {
    let cut = Cut::of(m, a, passages);
    texts.iter().find_map(|text| {
        let mut bare = text.clone();
        for number in 1..=passages.len() {
            for class in InformationClass::ALL {
                bare = bare.replace(&mark(number, *class), "");
            }
        }
        cut.matches(&bare).first().map(|(_, passage)| (*passage, text.as_str()))
    })
}

/// Whether a text says those words.
pub(super) fn says(text: &str, words: &str) -> bool {
    let needle = Needle { passage: 0, words: plain(words), alone: false };
    places(&letters(text), &needle).next().is_some()
}

/// Whether a text can be looked for: three letters or figures at least, so that a comma never empties a paper.
pub(super) fn is_long_enough(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphanumeric()).count() >= 3
}

/// Words to take out.
struct Needle {
    passage: usize,
    words: Vec<char>,
    /// Only when it is the whole text, or stands in it between quotation marks: it is said of a withheld item elsewhere.
    alone: bool,
}

/// Everything that the passages take out.
struct Cut {
    /// How many passages.
    passages: usize,
    needles: Vec<Needle>,
    /// Of a passage that is a whole item, the numbers of the item and its parts.
    items: Vec<(usize, BTreeSet<String>)>,
}

impl Cut {
    fn of(m: &Material, a: &Assembly, passages: &[Withholding]) -> Self {
        let mut cut = Self { passages: passages.len(), needles: Vec::new(), items: Vec::new() };
        for (p, passage) in passages.iter().enumerate() {
            if let Some(words) = &passage.words {
                cut.needles.push(Needle { passage: p, words: plain(words), alone: false });
            }
            let Some(item) = &passage.item_id else { continue };
            let Some(number) =
                a.items.iter().find(|i| i.item_id.as_ref() == Some(item)).map(|i| i.number.clone())
            else {
                continue;
            };
            let part = format!("{number}.");
            let within: Vec<&MinutesItem> =
                a.items.iter().filter(|i| i.number == number || i.number.starts_with(&part)).collect();
            let ids: Vec<_> = within.iter().filter_map(|i| i.item_id.as_ref()).collect();
            let facts = &m.facts;
            let motions = facts.motions.iter().filter(|x| ids.contains(&&x.item_id)).map(|x| &x.text);
            let decisions = facts.decisions.iter().filter(|x| ids.contains(&&x.item_id)).map(|x| &x.text);
            let statements = facts.statements.iter().filter(|x| ids.contains(&&x.item_id)).map(|x| &x.text);
            let commitments = facts
                .commitments
                .iter()
                .filter(|x| x.item_id.as_ref().is_some_and(|i| ids.contains(&i)))
                .map(|x| &x.text);
            for text in motions.chain(decisions).chain(statements).chain(commitments) {
                let words = plain(text.trim().trim_end_matches('.'));
                if !words.is_empty() {
                    cut.needles.push(Needle { passage: p, words, alone: true });
                }
            }
            cut.items.push((p, within.iter().map(|i| i.number.clone()).collect()));
        }
        cut
    }

    /// Where a text says withheld words, and of which passage: in order, none inside another.
    fn matches(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let said = letters(text);
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for needle in &self.needles {
            found.extend(places(&said, needle).map(|range| (range, needle.passage)));
        }
        found.sort_by_key(|(range, passage)| (range.start, std::cmp::Reverse(range.end), *passage));
        found
    }

    /// The text with a mark in the place of what is withheld. Where passages overlap all of them go.
    fn replaced(&self, text: &str, markdown: bool, marks: &[String]) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let mut found = self.matches(text).into_iter().peekable();
        while let Some((range, passage)) = found.next() {
            let (mut end, mut passages) = (range.end, vec![passage]);
            while let Some((next, other)) = found.next_if(|(next, _)| next.start < end) {
                end = end.max(next.end);
                if !passages.contains(&other) {
                    passages.push(other);
                }
            }
            let is_mark = |c: char| markdown && "*_~`".contains(c);
            let before = text[at..range.start].trim_end_matches(is_mark);
            out.push_str(before);
            let cut = at + before.len();
            end = text.len() - text[end..].trim_start_matches(is_mark).len();
            let said: Vec<&str> = passages.iter().map(|&p| marks[p].as_str()).collect();
            let said = said.join(" ");
            if markdown {
                out.push_str(&said.replace('[', "\\[").replace(']', "\\]"));
                out.push_str(&unbalanced(&text[cut..end]));
            } else {
                out.push_str(&said);
            }
            at = end;
        }
        out.push_str(&text[at..]);
        out
    }

    /// How often each passage is met, where, and which comes first.
    fn survey(&self, a: &Assembly) -> Vec<Found> {
        let mut found = vec![Found::default(); self.passages];
        let mut seen = 0;
        let meet = |found: &mut Vec<Found>, passage: usize, item: &str, seen: usize| {
            let met = &mut found[passage];
            if met.times == 0 {
                met.first = seen;
            }
            met.times += 1;
            if !item.is_empty() && !met.items.iter().any(|met| met == item) {
                met.items.push(item.to_owned());
            }
        };
        // As typed, a narrative stands beside the pieces that print it.
        let mut printed = a.clone();
        for item in &mut printed.items {
            item.narrative.clear();
            item.unknown_keys.clear();
        }
        let mut whole: BTreeSet<(usize, String)> = BTreeSet::new();
        each_text(&mut printed, &mut |place, text| {
            seen += 1;
            for (passage, numbers) in &self.items {
                if place.development
                    && numbers.contains(&place.item)
                    && whole.insert((*passage, place.item.clone()))
                {
                    meet(&mut found, *passage, &place.item, seen);
                }
            }
            for (_, passage) in self.matches(text) {
                meet(&mut found, passage, &place.item, seen);
            }
        });
        found
    }

    /// Leaves of a withheld item what the quorum ledger tells anyway: who came and left, and the end of the session.
    fn take_items(&self, a: &mut Assembly, marks: &[String]) {
        for (passage, numbers) in &self.items {
            let said = marks[*passage].replace('[', "\\[").replace(']', "\\]");
            for item in a.items.iter_mut().filter(|i| numbers.contains(&i.number)) {
                let mut left = vec![MinutesPiece::Narrative { markdown: said.clone() }];
                left.extend(item.pieces.drain(..).filter(
                    |piece| matches!(piece, MinutesPiece::Computed { block } if is_of_the_course(block)),
                ));
                item.pieces = left;
                item.narrative.clone_from(&said);
                item.unknown_keys.clear();
                item.outcome = None;
            }
            for decision in a.decisions.iter_mut().filter(|d| numbers.contains(&d.item)) {
                decision.text.clone_from(&marks[*passage]);
            }
        }
    }
}

fn is_of_the_course(block: &ComputedBlock) -> bool {
    match block.kind {
        BlockKind::Opening
        | BlockKind::Means
        | BlockKind::Quorum
        | BlockKind::Absences
        | BlockKind::Delegation
        | BlockKind::Movement
        | BlockKind::Pause
        | BlockKind::Closing => true,
        BlockKind::Recusal
        | BlockKind::Motion
        | BlockKind::Vote
        | BlockKind::Decision
        | BlockKind::Statement
        | BlockKind::Postponed
        | BlockKind::Interventions
        | BlockKind::FollowUp => false,
    }
}

/// The letters of a text as they are compared, each with the bytes it stands for: without marks of Markdown and soft
/// hyphens, blanks as one, small letters, quotation marks and hyphens alike.
fn letters(text: &str) -> Vec<(char, Range<usize>)> {
    let mut found: Vec<(char, Range<usize>)> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        match c {
            '\u{ad}' | '*' | '_' | '~' | '`' | '\\' => {}
            c if c.is_whitespace() => match found.last_mut() {
                Some((' ', before)) => before.end = range.end,
                _ => found.push((' ', range)),
            },
            '«' | '»' | '“' | '”' | '‘' | '’' | '\'' => found.push(('"', range)),
            '‐' | '‑' | '–' | '—' => found.push(('-', range)),
            c => found.extend(c.to_lowercase().map(|small| (small, range.clone()))),
        }
    }
    found
}

fn plain(words: &str) -> Vec<char> {
    letters(words.trim()).into_iter().map(|(c, _)| c).collect()
}

/// Where the words stand as words: "Ana" is not in "Anaconda".
fn places<'a>(
    said: &'a [(char, Range<usize>)],
    needle: &'a Needle,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let words = &needle.words;
    let size = words.len();
    let within = if size == 0 || size > said.len() { 0 } else { said.len() - size + 1 };
    (0..within).filter_map(move |at| {
        let here = &said[at..at + size];
        if !here.iter().map(|(c, _)| c).eq(words.iter()) {
            return None;
        }
        let before = at.checked_sub(1).map(|i| said[i].0);
        let after = said.get(at + size).map(|(c, _)| *c);
        let goes_on = |edge: Option<&char>, beyond: Option<char>| {
            edge.is_some_and(|c| c.is_alphanumeric()) && beyond.is_some_and(char::is_alphanumeric)
        };
        if goes_on(words.first(), before) || goes_on(words.last(), after) {
            return None;
        }
        if needle.alone {
            let ends = |beyond: Option<char>| beyond.is_none_or(|c| c == '"' || c == '.');
            let whole = before.is_none() && ends(after);
            let in_quotes = before == Some('"') && ends(after);
            if !whole && !in_quotes {
                return None;
            }
        }
        Some(here[0].1.start..here[size - 1].1.end)
    })
}

/// The marks of Markdown that a cut left without their pair.
fn unbalanced(cut: &str) -> String {
    ["**", "__", "~~", "`", "*", "_"]
        .iter()
        .scan(cut.to_owned(), |left, mark| {
            let odd = left.matches(mark).count() % 2 == 1;
            *left = left.replace(mark, " ");
            Some(if odd { *mark } else { "" })
        })
        .collect()
}

/// Where a text of the minutes stands.
#[derive(Clone)]
struct Place {
    /// The number of its item; empty when it is in none.
    item: String,
    /// Whether it tells what happened in the item, and is not a row of a table elsewhere.
    development: bool,
    /// Whether it is Markdown.
    markdown: bool,
}

/// Visits every text of the minutes in printed order. Each field is named, so that a new one is not forgotten.
fn each_text(a: &mut Assembly, visit: &mut impl FnMut(&Place, &mut String)) {
    let Assembly {
        body,
        creating_act,
        fictitious: _,
        kind: _,
        number: _,
        year: _,
        session,
        date: _,
        start: _,
        end: _,
        sittings: _,
        place,
        presided,
        rules,
        entered_afterwards,
        informative: _,
        members,
        secretariat,
        invitees,
        guests,
        agenda,
        items,
        decisions,
        commitments,
        conclusions,
        next_session: _,
        overrides,
        fixed,
        signers,
        signed_on: _,
        annexes,
        quorum,
        replies,
        prepared_by,
        reviewed_by,
    } = a;
    let at = |item: &str| Place { item: item.to_owned(), development: false, markdown: false };
    let nowhere = at("");
    let mut plain = |text: &mut String| visit(&nowhere, text);
    [body, session, place, creating_act].into_iter().for_each(&mut plain);
    rules.iter_mut().chain(presided).chain(entered_afterwards).for_each(&mut plain);
    for row in members {
        [&mut row.name, &mut row.position, &mut row.entity, &mut row.remarks]
            .into_iter()
            .for_each(&mut plain);
    }
    for row in secretariat {
        [&mut row.name, &mut row.position, &mut row.entity, &mut row.reason].into_iter().for_each(&mut plain);
    }
    for row in invitees {
        [&mut row.name, &mut row.people].into_iter().for_each(&mut plain);
    }
    for row in guests {
        [&mut row.name, &mut row.position, &mut row.entity, &mut row.reason].into_iter().for_each(&mut plain);
    }
    for line in agenda {
        let place = at(&line.number);
        line.section
            .iter_mut()
            .chain([&mut line.title])
            .chain(&mut line.presenter)
            .for_each(|t| visit(&place, t));
    }
    for item in items {
        each_text_of_item(item, visit);
    }
    for row in decisions {
        visit(&at(&row.item), &mut row.text);
    }
    let mut plain = |text: &mut String| visit(&nowhere, text);
    for row in commitments {
        [&mut row.text, &mut row.person, &mut row.entity].into_iter().for_each(&mut plain);
    }
    if let Some(conclusions) = conclusions {
        visit(&Place { markdown: true, ..at("") }, conclusions);
    }
    let mut plain = |text: &mut String| visit(&nowhere, text);
    overrides.iter_mut().for_each(&mut plain);
    if let Some(fixed) = fixed {
        fixed.opening.iter_mut().chain(&mut fixed.closing).for_each(&mut plain);
        for section in &mut fixed.sections {
            match section {
                FreeSection::SecretariatNotes { title } => plain(title),
                FreeSection::Fixed { title, text } => [title, text].into_iter().for_each(&mut plain),
            }
        }
    }
    for signer in signers {
        let (name, position, entity) = (&mut signer.name, &mut signer.position, &mut signer.entity);
        [name, position, entity, &mut signer.part].into_iter().for_each(&mut plain);
        signer.missing_reason.iter_mut().for_each(&mut plain);
    }
    for annex in annexes {
        annex.section.iter_mut().chain([&mut annex.title]).chain(&mut annex.presenter).for_each(&mut plain);
    }
    prepared_by.iter_mut().chain(reviewed_by).for_each(&mut plain);
    if let Some(QuorumAnnex { told, rows, rules, .. }) = quorum {
        plain(told);
        for row in rows {
            [&mut row.movement, &mut row.rule, &mut row.state].into_iter().for_each(&mut plain);
        }
        rules.iter_mut().for_each(&mut plain);
    }
    for row in replies.iter_mut().flatten() {
        let (seat, name) = (&mut row.seat, &mut row.name);
        [seat, name, &mut row.means, &mut row.result].into_iter().for_each(&mut plain);
    }
}

fn each_text_of_item(item: &mut MinutesItem, visit: &mut impl FnMut(&Place, &mut String)) {
    let heading = Place { item: item.number.clone(), development: false, markdown: false };
    let told = Place { development: true, ..heading.clone() };
    let typed = Place { markdown: true, ..told.clone() };
    item.section.iter_mut().chain([&mut item.title]).for_each(|text| visit(&heading, text));
    for piece in &mut item.pieces {
        match piece {
            MinutesPiece::Narrative { markdown } => visit(&typed, markdown),
            MinutesPiece::Computed { block } => {
                block.heading.iter_mut().chain(&mut block.paragraphs).for_each(|text| visit(&told, text));
                for row in &mut block.roll {
                    [&mut row.seat, &mut row.name, &mut row.vote]
                        .into_iter()
                        .for_each(|text| visit(&told, text));
                }
            }
        }
    }
    visit(&typed, &mut item.narrative);
    item.unknown_keys.iter_mut().for_each(|text| visit(&heading, text));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, words: &[&str], markdown: bool) -> String {
        let needles =
            words.iter().enumerate().map(|(passage, w)| Needle { passage, words: plain(w), alone: false });
        let cut = Cut { passages: words.len(), needles: needles.collect(), items: Vec::new() };
        let marks: Vec<String> = (1..=words.len()).map(|n| format!("[{n}]")).collect();
        cut.replaced(text, markdown, &marks)
    }

    #[test]
    fn words_are_taken_out_wherever_they_stand_as_words() {
        for (text, words, expect) in [
            ("El precio es de 4.817 pesos.", "4.817 pesos", "El precio es de [1]."),
            ("Ana y Anaconda; ANA, ana.", "Ana", "[1] y Anaconda; [1], [1]."),
            ("el  precio\u{a0}alto", "precio alto", "el  [1]"),
            ("dijo «no firmar el acuerdo»", "“no firmar el acuerdo”", "dijo [1]"),
            ("el socio–gestor", "socio-gestor", "el [1]"),
            ("confi\u{ad}dencial", "confidencial", "[1]"),
            ("El ÑANDÚ", "ñandú", "El [1]"),
            ("nada de eso", "otra cosa", "nada de eso"),
        ] {
            assert_eq!(without(text, &[words], false), expect, "{text}");
            assert!(!says(&without(text, &[words], false), words), "{text}");
        }
    }

    #[test]
    fn passages_that_overlap_all_go() {
        assert_eq!(
            without("uno dos tres cuatro cinco", &["dos tres cuatro", "cuatro cinco"], false),
            "uno [1] [2]"
        );
        assert_eq!(without("uno dos tres", &["dos", "uno dos tres"], false), "[2] [1]");
    }

    #[test]
    fn markdown_keeps_its_pairs() {
        for (text, words, expect) in [
            ("de **4.817 millones** de pesos", "4.817 millones de pesos", "de \\[1\\]"),
            ("de **4.817 millones** hoy", "4.817 millones", "de \\[1\\] hoy"),
            ("un **precio alto** y *caro* hoy", "alto y caro", "un **precio \\[1\\]** hoy"),
            ("- el precio\n- otro", "precio", "- el \\[1\\]\n- otro"),
        ] {
            assert_eq!(without(text, &[words], true), expect, "{text}");
        }
    }

    #[test]
    fn what_is_said_of_a_withheld_item_elsewhere_goes_only_when_it_stands_alone() {
        let needles = vec![Needle { passage: 0, words: plain("Aprobar la propuesta"), alone: true }];
        let cut = Cut { passages: 1, needles, items: Vec::new() };
        for (text, expect) in [
            ("Se cierra la votación: «Aprobar la propuesta»", "Se cierra la votación: «[1]»"),
            ("Aprobar la propuesta.", "[1]."),
            (
                "Se resolvió aprobar la propuesta de la Secretaría",
                "Se resolvió aprobar la propuesta de la Secretaría",
            ),
        ] {
            assert_eq!(cut.replaced(text, false, &["[1]".to_owned()]), expect);
        }
    }
}
