//! Finding: what a person types becomes an expression of the index, and the newest hits of each concept are put
//! in order of how exactly they match.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::written::CONCEPTS;
use super::{CONCEPT_SPAN, ENYE, from_index, to_index};
use crate::failure::{Language, Result, Text};
use crate::journal::Read;
use crate::{spanish, text};

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Words, all of which must be there. The last one may be unfinished, as may one that ends in `*`; words in
    /// quotes must follow one another. Anything may be typed.
    pub query: String,
    /// Only these concepts, such as `decision`; all when not said.
    #[serde(default)]
    #[ts(optional)]
    pub concepts: Option<Vec<String>>,
    /// At most this many of each concept, 1 to 100; 8 when not said.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<i64>,
}

/// The hits of one concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SearchGroup {
    /// The concept, such as `decision`.
    pub concept: String,
    /// Its name in the plural.
    pub label: Text,
    /// The best hits, best first.
    pub hits: Vec<SearchHit>,
    /// Whether there are more.
    pub more: bool,
}

/// A piece of text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SearchPart {
    /// The text.
    pub text: String,
    /// Whether it matches.
    pub hit: bool,
}

/// One record that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SearchHit {
    /// The concept.
    pub concept: String,
    /// The record's id.
    pub id: String,
    /// The body it belongs to.
    pub body_id: Option<String>,
    /// The session it belongs to.
    pub session_id: Option<String>,
    /// The record of another concept it belongs to, where it is shown: `minutes`, `proposal`, `work_plan`, `seat`…
    pub owner: Option<SearchOwner>,
    /// Its title.
    pub title: Vec<SearchPart>,
    /// Where in it the words are, or how it begins.
    pub snippet: Vec<SearchPart>,
    /// Its day, where it has one: `2025-03-27`.
    pub date: Option<String>,
    /// Where it is, in the language of the call: "Sesión ordinaria 2 de 2025 · 27 de marzo de 2025".
    pub path: String,
}

/// What a hit is shown within.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SearchOwner {
    /// The concept.
    pub concept: String,
    /// The record's id.
    pub id: String,
}

/// Newest hits of a concept that are put in order of exactness.
const CANDIDATES: usize = 24;

/// Documents asked of the index at once.
const PAGE: usize = 60;

/// Longest beginning of a word that the index keeps apart, in letters (`prefix` of the table `search`).
const INDEXED_PREFIX: usize = 5;

/// Words with one beginning that are asked for one by one.
const ENDINGS: usize = 16;

/// Words of a query that are looked at.
const WORDS: usize = 12;

/// Letters of a snippet, about.
const SNIPPET: usize = 160;

/// Looks for what a person typed, in everything written. Nothing sensible gives nothing.
///
/// # Errors
/// When the archive cannot be read.
#[allow(clippy::needless_pass_by_value)]
pub fn search(read: &Read<'_>, request: Search) -> Result<Vec<SearchGroup>> {
    let terms = terms(&request.query);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let limit = usize::try_from(request.limit.unwrap_or(8).clamp(1, 100)).unwrap_or(8);
    let wanted =
        |concept: &str| request.concepts.as_ref().is_none_or(|list| list.iter().any(|c| c == concept));
    let mut places = Places { conn: read.conn, language: read.ctx.language, sessions: HashMap::new() };
    let mut found = candidates(read.conn, &terms, &wanted, limit)?;
    let mut groups = Vec::new();
    for concept in CONCEPTS {
        let Some(mut list) = found.remove(concept) else { continue };
        list.sort_by(|one, other| other.rank.cmp(&one.rank).then(other.docid.cmp(&one.docid)));
        let more = list.len() > limit;
        let mut hits = Vec::new();
        for candidate in list.into_iter().take(limit) {
            hits.push(hit(&mut places, concept, candidate.document, &terms)?);
        }
        groups.push(SearchGroup { concept: (*concept).to_owned(), label: label(concept), hits, more });
    }
    Ok(groups)
}

/// A word, the beginning of one, or words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    words: Vec<Typed>,
    prefix: bool,
}

/// A word that was typed, as words are compared with it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    /// In lower case.
    word: String,
    /// Folded, ñ apart.
    folded: String,
    /// Folded, ñ as n.
    plain: String,
    letters: usize,
}

impl Typed {
    fn new(word: &str) -> Self {
        let word = word.to_lowercase();
        let (folded, plain) = (folded(&word, false), folded(&word, true));
        Self { letters: plain.chars().count(), word, folded, plain }
    }
}

/// What was typed as terms: letters and digits make words, everything else parts them.
fn terms(query: &str) -> Vec<Term> {
    let query = from_index(to_index(&query.chars().take(300).collect::<String>()));
    let words = |text: &str| -> Vec<Typed> {
        text.split(|c: char| !is_letter(c)).filter(|w| !w.is_empty()).map(Typed::new).collect()
    };
    let mut terms = Vec::new();
    for (i, part) in query.split(['"', '“', '”', '«', '»']).enumerate() {
        if i % 2 == 1 {
            terms.push(Term { words: words(part), prefix: false });
            continue;
        }
        for typed in part.split_whitespace() {
            // "Núñez-Díaz" is two words in a row, as the index has it.
            terms.push(Term { words: words(typed), prefix: typed.ends_with('*') });
        }
    }
    // An unfinished word: the last one, with nothing after it.
    let unfinished = query.chars().last().is_some_and(is_letter);
    terms.retain(|t| !t.words.is_empty());
    terms.truncate(WORDS);
    if let Some(last) = terms.last_mut()
        && unfinished
    {
        last.prefix = true;
    }
    for term in &mut terms {
        // One letter begins too many words to be of use.
        term.prefix &= term.words.last().is_some_and(|w| w.word.chars().count() > 1);
    }
    terms
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{0300}'..='\u{036F}').contains(&c)
}

/// Makes the words of the index a table of the connection, `search_word`: which of them begin as typed is asked of it.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn know_words(conn: &Connection) -> Result<()> {
    Ok(conn.execute_batch("CREATE VIRTUAL TABLE temp.search_word USING fts5vocab (main, search, instance)")?)
}

/// The words of the index that begin so, folded as it has them; `None` when there are too many.
fn beginning_so(conn: &Connection, beginning: &str) -> Result<Option<Vec<String>>> {
    let beginning = folded(beginning, false);
    let mut next = conn.prepare_cached("SELECT term FROM search_word WHERE term >= ?1 LIMIT 1")?;
    let (mut from, mut found) = (beginning.clone(), Vec::new());
    while let Some(word) = next.query_row([&from], |r| r.get::<_, String>(0)).optional()?
        && word.starts_with(&beginning)
    {
        if found.len() == ENDINGS {
            return Ok(None);
        }
        // What comes after the word: the table would step over each of its places one by one.
        from = format!("{word}\u{1}");
        found.push(word);
    }
    Ok(Some(found))
}

/// The terms as expressions of the index.
#[derive(Debug, PartialEq, Eq)]
struct Expression {
    /// What it finds at once, newest first, however many there are: whole words, and beginnings no longer than those
    /// it keeps apart.
    quick: String,
    /// Exactly what was typed.
    whole: String,
}

/// The terms as expressions. `exact` keeps n and ñ as typed; otherwise either stands for both.
fn expression(conn: &Connection, terms: &[Term], exact: bool) -> Result<Expression> {
    let (mut quick, mut whole) = (Vec::new(), Vec::new());
    for term in terms {
        let typed = term.words.iter().map(|w| w.word.as_str()).collect::<Vec<_>>().join(" ");
        let others = if exact { BTreeSet::new() } else { other_spellings(&typed) };
        let (mut short, mut full) = (Vec::new(), Vec::new());
        for spelling in std::iter::once(&typed).chain(&others) {
            let phrase = to_index(spelling);
            let (before, last) =
                phrase.rsplit_once(' ').map_or(("", &*phrase), |(before, last)| (before, last));
            if !term.prefix || last.chars().count() <= INDEXED_PREFIX {
                let star = if term.prefix { " *" } else { "" };
                let quoted = format!("\"{phrase}\"{star}");
                short.push(quoted.clone());
                full.push(quoted);
                continue;
            }
            match beginning_so(conn, last)? {
                // A spelling that no text has; the one that was typed stays, for an expression needs one.
                Some(words) if words.is_empty() && *spelling != typed => {}
                Some(words) if !words.is_empty() => {
                    for word in words {
                        short.push(format!("\"{before} {word}\""));
                        full.push(format!("\"{before} {word}\""));
                    }
                }
                _ => {
                    let cut: String = last.chars().take(INDEXED_PREFIX).collect();
                    short.push(format!("\"{before} {cut}\" *"));
                    full.push(format!("\"{phrase}\" *"));
                }
            }
        }
        quick.push(format!("({})", short.join(" OR ")));
        whole.push(format!("({})", full.join(" OR ")));
    }
    Ok(Expression { quick: quick.join(" AND "), whole: whole.join(" AND ") })
}

/// The same letters with n for ñ or ñ for n: each one alone, and all together.
fn other_spellings(phrase: &str) -> BTreeSet<String> {
    let letters: Vec<char> = phrase.chars().collect();
    let swap = |c: char| match c {
        'n' => 'ñ',
        'ñ' => 'n',
        c => c,
    };
    let mut all: BTreeSet<String> =
        [phrase.replace('ñ', "n"), letters.iter().map(|c| swap(*c)).collect()].into();
    for i in (0..letters.len()).filter(|i| matches!(letters[*i], 'n' | 'ñ')).take(6) {
        let mut other = letters.clone();
        other[i] = swap(other[i]);
        all.insert(other.into_iter().collect());
    }
    all.remove(phrase);
    all
}

/// A document that matches, and how well.
struct Candidate {
    docid: i64,
    document: Document,
    rank: Rank,
}

/// The newest documents of each concept that match: first as typed, then with n for ñ.
///
/// The index finds whole words and short beginnings at once, newest first, however many there are; a longer
/// beginning it would gather first. So it is asked for the words that begin so; where those are too many, for the
/// short beginning, what does not begin as typed is dropped here, and it gathers only where too little is left.
fn candidates(
    conn: &Connection,
    terms: &[Term],
    wanted: &dyn Fn(&str) -> bool,
    limit: usize,
) -> Result<BTreeMap<&'static str, Vec<Candidate>>> {
    let mut found: BTreeMap<&'static str, Vec<Candidate>> = BTreeMap::new();
    let most = CANDIDATES.max(limit + 1);
    let typed = expression(conn, terms, true)?;
    let either = expression(conn, terms, false)?;
    for Expression { quick, whole } in if typed == either { vec![typed] } else { vec![typed, either] } {
        let mut top = i64::MAX;
        loop {
            let page = newest(conn, &quick, 0, top, most.max(PAGE))?;
            let Some(last) = page.last() else { break };
            let exhausted = page.len() < most.max(PAGE);
            let bottom = last / CONCEPT_SPAN * CONCEPT_SPAN;
            for docids in page.chunk_by(|one, other| one / CONCEPT_SPAN == other / CONCEPT_SPAN) {
                let place = docids[0] / CONCEPT_SPAN;
                let concept = usize::try_from(place - 1).ok().and_then(|i| CONCEPTS.get(i));
                let Some(concept) = concept.filter(|c| wanted(c)) else { continue };
                let list = found.entry(concept).or_default();
                if list.len() > limit {
                    continue;
                }
                add(conn, list, docids, terms, most)?;
                // The page ended within the concept.
                let cut = !exhausted && place * CONCEPT_SPAN == bottom;
                if cut && list.len() < most && (quick == whole || list.len() <= limit) {
                    let docids = newest(conn, &whole, bottom, docids[0] + 1, most)?;
                    add(conn, list, &docids, terms, most)?;
                }
            }
            if exhausted {
                break;
            }
            top = bottom;
        }
    }
    found.retain(|_, list| !list.is_empty());
    Ok(found)
}

/// Numbers of the newest documents between two that match an expression.
fn newest(conn: &Connection, expression: &str, above: i64, below: i64, most: usize) -> Result<Vec<i64>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(
        "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid > ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4",
    )?;
    let docids = statement.query_map((expression, above, below, most), |r| r.get(0))?;
    Ok(docids.collect::<rusqlite::Result<_>>()?)
}

/// Adds the documents that do match, up to so many.
fn add(
    conn: &Connection,
    list: &mut Vec<Candidate>,
    docids: &[i64],
    terms: &[Term],
    most: usize,
) -> Result<()> {
    for docid in docids {
        if list.len() >= most {
            break;
        }
        if list.iter().any(|c| c.docid == *docid) {
            continue;
        }
        let Some(document) = document(conn, *docid)? else { continue };
        if let Some(rank) = rank(&document, terms) {
            list.push(Candidate { docid: *docid, document, rank });
        }
    }
    Ok(())
}

/// What is indexed of a record, as typed.
struct Document {
    id: String,
    title: String,
    body: String,
}

fn document(conn: &Connection, docid: i64) -> Result<Option<Document>> {
    Ok(conn
        .prepare_cached(
            "SELECT ref_id, title, body FROM search JOIN search_row ON docid = search.rowid WHERE search.rowid = ?1",
        )?
        .query_row([docid], |r| {
            Ok(Document { id: r.get(0)?, title: from_index(r.get(1)?), body: from_index(r.get(2)?) })
        })
        .optional()?)
}

/// A word as the index folds it: lower case, no accents; ñ only when asked.
fn folded(word: &str, enye: bool) -> String {
    let lower = word.to_lowercase();
    let kept = |c: char| if c == 'ñ' && !enye { ENYE.0 } else { c };
    lower.nfc().map(kept).nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// How closely two words agree: 3 letter by letter, 2 but for accents, 1 but for ñ; 0 not at all.
fn agreement(typed: &Typed, word: &str, prefix: bool) -> u8 {
    // Most words differ in a plain letter or are too short; folding them all would be slow.
    let (mut one, mut other) = (typed.word.bytes(), word.bytes());
    loop {
        match (one.next(), other.next()) {
            (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => {
                if !a.eq_ignore_ascii_case(&b) {
                    return 0;
                }
            }
            (Some(a), None) if a.is_ascii() => return 0,
            // Plain up to here, and the rest of a plain word cannot be a mark on its last letter.
            (None, b) if word.is_ascii() => return if prefix || b.is_none() { 3 } else { 0 },
            _ => break,
        }
    }
    let same = |typed: &str, word: &str| if prefix { word.starts_with(typed) } else { word == typed };
    // Folding never adds letters.
    if word.len() < typed.letters || word.chars().count() < typed.letters {
        return 0;
    }
    if same(&typed.word, &word.to_lowercase()) {
        3
    } else if same(&typed.folded, &folded(word, false)) {
        2
    } else {
        u8::from(same(&typed.plain, &folded(word, true)))
    }
}

/// How closely the words from one on agree with a term.
fn agreement_at(words: &[(usize, &str)], start: usize, term: &Term, prefix: bool) -> u8 {
    let last = term.words.len() - 1;
    let mut least = 3;
    for (i, typed) in term.words.iter().enumerate() {
        least = least.min(agreement(typed, words[start + i].1, prefix && i == last));
        if least == 0 {
            break;
        }
    }
    least
}

/// At which words of a text a term begins, and how closely they agree.
fn agreeing(words: &[(usize, &str)], term: &Term) -> impl Iterator<Item = (usize, u8)> {
    (0..(words.len() + 1).saturating_sub(term.words.len()))
        .map(move |start| (start, agreement_at(words, start, term, term.prefix)))
        .filter(|(_, agreed)| *agreed > 0)
}

/// Where a term is among the words of a text, in bytes.
fn places_of(words: &[(usize, &str)], term: &Term) -> impl Iterator<Item = (usize, usize)> {
    agreeing(words, term).filter_map(move |(start, _)| {
        let (end, word) = words.get(start + term.words.len() - 1)?;
        Some((words[start].0, end + word.len()))
    })
}

/// The words of a text with where they begin.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices() {
        match (is_letter(c), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                words.push((from, &text[from..i]));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| (from, &text[from..])));
    words
}

/// What comes first: ñ as typed, then words in the title, then accents as typed, then whole words; then the newest.
/// `None` when it does not match after all.
fn rank(document: &Document, terms: &[Term]) -> Option<Rank> {
    let (title, body) = (words_of(&document.title), words_of(&document.body));
    let (mut exactness, mut in_title, mut whole) = (3, true, true);
    for term in terms {
        let (at_title, entire_title) = closest(&title, term);
        let (at_body, entire_body) = closest(&body, term);
        exactness = exactness.min(at_title.max(at_body));
        in_title &= at_title > 0;
        whole &= entire_title || entire_body;
    }
    (exactness > 0).then_some((exactness > 1, in_title, exactness, whole))
}

type Rank = (bool, bool, u8, bool);

/// How closely a text agrees with a term at best, and whether with whole words anywhere.
fn closest(words: &[(usize, &str)], term: &Term) -> (u8, bool) {
    let (mut best, mut entire) = (0, false);
    for (start, agreed) in agreeing(words, term) {
        best = best.max(agreed);
        entire = entire || !term.prefix || agreement_at(words, start, term, false) > 0;
    }
    (best, entire)
}

fn hit(places: &mut Places<'_>, concept: &str, document: Document, terms: &[Term]) -> Result<SearchHit> {
    let Document { id, title, body } = document;
    let origin = places.origin(concept, &id)?;
    let snippet = snippet(&body, terms);
    Ok(SearchHit {
        concept: concept.to_owned(),
        id,
        body_id: origin.body_id,
        session_id: origin.session_id,
        owner: origin.owner,
        title: parts(&title, terms),
        snippet,
        date: origin.date,
        path: origin.path,
    })
}

/// A text in parts, with what matches apart.
fn parts(text: &str, terms: &[Term]) -> Vec<SearchPart> {
    let words = words_of(text);
    let mut ranges: Vec<(usize, usize)> = terms.iter().flat_map(|term| places_of(&words, term)).collect();
    ranges.sort_unstable();
    let mut parts = Vec::new();
    let mut at = 0;
    for (start, end) in ranges {
        if end <= at {
            continue;
        }
        let start = start.max(at);
        for (from, to, hit) in [(at, start, false), (start, end, true)] {
            if from < to {
                parts.push(SearchPart { text: text[from..to].to_owned(), hit });
            }
        }
        at = end;
    }
    if at < text.len() {
        parts.push(SearchPart { text: text[at..].to_owned(), hit: false });
    }
    parts
}

/// The words around the first match of a text, or how it begins.
fn snippet(text: &str, terms: &[Term]) -> Vec<SearchPart> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words_of(&text);
    // Where the most terms are near one another.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (i, term) in terms.iter().enumerate() {
        starts.extend(places_of(&words, term).map(|(start, _)| (start, i)));
    }
    starts.sort_unstable();
    let together = |from: usize| {
        let near = starts.iter().filter(|(at, _)| (from..from + SNIPPET).contains(at));
        near.map(|(_, term)| term).collect::<BTreeSet<_>>().len()
    };
    let first = starts.iter().take(200).map(|(at, _)| *at).rev().max_by_key(|at| together(*at)).unwrap_or(0);
    let begin = words.iter().rev().find(|(at, _)| *at + SNIPPET / 3 <= first).map_or(0, |(at, _)| *at);
    let begin = if first < SNIPPET / 2 { 0 } else { begin };
    let end = words
        .iter()
        .map(|(at, word)| at + word.len())
        .take_while(|end| *end <= begin + SNIPPET)
        .last()
        .unwrap_or(begin);
    // A last word longer than a snippet is cut; the rest of the last sentence's marks stay.
    let end = if end <= first { text.len().min(floor(&text, begin + SNIPPET)) } else { end };
    let end = if text.len() - end <= 3 { text.len() } else { end };
    let mut parts = parts(&text[begin..end.max(begin)], terms);
    if begin > 0 {
        parts.insert(0, SearchPart { text: "… ".to_owned(), hit: false });
    }
    if end < text.len() {
        parts.push(SearchPart { text: " …".to_owned(), hit: false });
    }
    parts
}

/// The last place at or before `at` where a letter begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// Where hits are, with sessions read once.
struct Places<'a> {
    conn: &'a Connection,
    language: Language,
    sessions: HashMap<String, Option<(String, String, String)>>,
}

#[derive(Default)]
struct Origin {
    body_id: Option<String>,
    session_id: Option<String>,
    owner: Option<SearchOwner>,
    date: Option<String>,
    path: String,
}

/// How to know where a concept's records are: body, session, day, owner's concept and id, and words of its own.
fn origin_query(concept: &str) -> Option<&'static str> {
    Some(match concept {
        "session" => "SELECT body_id, id, date, NULL, NULL, NULL FROM session WHERE id = ?1",
        "minutes" => "SELECT body_id, session_id, session_date, NULL, NULL, title FROM minutes WHERE id = ?1",
        "decision" => "SELECT body_id, session_id, decided_on, 'agenda_item', item_id, NULL FROM decision WHERE id = ?1",
        "commitment" => "SELECT body_id, session_id, due_on, 'agenda_item', item_id, NULL FROM commitment WHERE id = ?1",
        "proposal" => "SELECT body_id, target_session_id, filed_on, NULL, NULL, code FROM proposal WHERE id = ?1",
        "agenda_item" => "SELECT NULL, session_id, NULL, NULL, NULL, NULL FROM agenda_item WHERE id = ?1",
        "person" => {
            "SELECT NULL, NULL, NULL, NULL, NULL, concat_ws(' · ', position, coalesce(organization, entity.name))
             FROM person LEFT JOIN entity ON entity.id = entity_id WHERE person.id = ?1"
        }
        "seat" => "SELECT body_id, NULL, NULL, NULL, NULL, body.name FROM seat JOIN body ON body.id = body_id WHERE seat.id = ?1",
        "holder" | "delegation" => return Some(if concept == "holder" { HOLDER } else { DELEGATION }),
        "motion" => "SELECT NULL, session_id, NULL, 'agenda_item', item_id, NULL FROM motion WHERE id = ?1",
        "vote" => "SELECT NULL, session_id, NULL, 'agenda_item', item_id, NULL FROM vote WHERE id = ?1",
        "statement" => {
            "SELECT NULL, session_id, NULL, 'agenda_item', item_id, full_name FROM statement
             LEFT JOIN person ON person.id = person_id WHERE statement.id = ?1"
        }
        "recusal" => {
            "SELECT NULL, session_id, NULL, 'agenda_item', item_id, full_name FROM recusal
             LEFT JOIN person ON person.id = person_id WHERE recusal.id = ?1"
        }
        "reply" => {
            "SELECT NULL, reply.session_id, NULL, 'seat', event.seat_id, full_name FROM reply JOIN event ON event.id = event_id
             LEFT JOIN person ON person.id = event.person_id WHERE reply.id = ?1"
        }
        "event" => "SELECT NULL, session_id, NULL, 'agenda_item', item_id, NULL FROM event WHERE id = ?1",
        "confirmation" => {
            "SELECT NULL, session_id, NULL, 'seat', seat_id, seat.title FROM confirmation
             LEFT JOIN seat ON seat.id = seat_id WHERE confirmation.id = ?1"
        }
        "guest" => {
            "SELECT NULL, session_id, NULL, 'person', person_id, full_name FROM guest
             LEFT JOIN person ON person.id = person_id WHERE guest.id = ?1"
        }
        "remark" => {
            "SELECT body_id, session_id, received_on, 'minutes', minutes_id, full_name FROM remark
             JOIN minutes ON minutes.id = minutes_id LEFT JOIN person ON person.id = person_id WHERE remark.id = ?1"
        }
        "annex" => {
            "SELECT CASE owner WHEN 'body' THEN owner_id END, CASE owner WHEN 'session' THEN owner_id
               WHEN 'minutes' THEN (SELECT session_id FROM minutes WHERE id = owner_id) END,
               NULL, owner, owner_id, file FROM annex WHERE id = ?1"
        }
        "document" => "SELECT body_id, session_id, substr(issued_at, 1, 10), NULL, NULL, file FROM document WHERE id = ?1",
        "activity" => {
            "SELECT body_id, NULL, due_on, 'work_plan', work_plan_id, 'Plan de trabajo ' || year FROM activity
             JOIN work_plan ON work_plan.id = work_plan_id WHERE activity.id = ?1"
        }
        "work_plan" => "SELECT body_id, approved_in_session_id, NULL, NULL, NULL, NULL FROM work_plan WHERE id = ?1",
        "rule_set" => "SELECT body_id, NULL, effective_from, NULL, NULL, body.name FROM rule_set JOIN body ON body.id = body_id WHERE rule_set.id = ?1",
        "body" => "SELECT id, NULL, NULL, NULL, NULL, NULL FROM body WHERE id = ?1",
        "body_function" => "SELECT body_id, NULL, NULL, NULL, NULL, body.name FROM body_function JOIN body ON body.id = body_id WHERE body_function.id = ?1",
        "invitee" => "SELECT body_id, NULL, NULL, NULL, NULL, body.name FROM invitee JOIN body ON body.id = body_id WHERE invitee.id = ?1",
        "register_entry" => "SELECT NULL, NULL, date, NULL, NULL, NULL FROM register_entry WHERE id = ?1",
        "agenda_version" => "SELECT NULL, session_id, substr(frozen_at, 1, 10), NULL, NULL, NULL FROM agenda_version WHERE id = ?1",
        _ => return None,
    })
}

const HOLDER: &str =
    "SELECT seat.body_id, NULL, holder.valid_from, 'seat', seat.id, concat_ws(' · ', full_name, seat.title)
    FROM holder JOIN seat ON seat.id = holder.seat_id JOIN person ON person.id = holder.person_id WHERE holder.id = ?1";

const DELEGATION: &str = "SELECT seat.body_id, NULL, delegation.valid_from, 'seat', seat.id, concat_ws(' · ', full_name, seat.title)
    FROM delegation JOIN seat ON seat.id = delegation.seat_id JOIN person ON person.id = delegate_id WHERE delegation.id = ?1";

impl Places<'_> {
    fn origin(&mut self, concept: &str, id: &str) -> Result<Origin> {
        let Some(query) = origin_query(concept) else { return Ok(Origin::default()) };
        type Row = [Option<String>; 6];
        let row: Option<Row> = self
            .conn
            .prepare_cached(query)?
            .query_row([id], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?]))
            .optional()?;
        let Some([mut body_id, session_id, mut date, owner, owner_id, own]) = row else {
            return Ok(Origin::default());
        };
        let mut path: Vec<String> = own.into_iter().filter(|own| !own.is_empty()).collect();
        if let Some((body, title, day)) =
            session_id.as_deref().map(|id| self.session(id)).transpose()?.flatten()
        {
            if concept != "session" {
                path.push(title);
            }
            path.extend(day.parse().map(|day| self.day(day)));
            body_id = body_id.or(Some(body));
            date = date.or(Some(day));
        } else if let Some(day) = date.as_deref().and_then(|d| d.parse().ok()) {
            path.push(self.day(day));
        }
        let owner = owner.zip(owner_id).map(|(concept, id)| SearchOwner { concept, id });
        Ok(Origin { body_id, session_id, owner, date, path: path.join(" · ") })
    }

    fn day(&self, day: chrono::NaiveDate) -> String {
        match self.language {
            Language::Es => spanish::date(day),
            Language::En => day.format("%-d %B %Y").to_string(),
        }
    }

    fn session(&mut self, id: &str) -> Result<Option<(String, String, String)>> {
        if let Some(known) = self.sessions.get(id) {
            return Ok(known.clone());
        }
        let row: Option<(String, String, i64, i64, String)> = self
            .conn
            .prepare_cached("SELECT body_id, kind, number, year, date FROM session WHERE id = ?1")?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))
            .optional()?;
        let found = row.map(|(body, kind, number, year, date)| {
            let (es, en) = if kind == "extraordinary" {
                ("extraordinaria", "Extraordinary")
            } else {
                ("ordinaria", "Ordinary")
            };
            let title = text!("Sesión {es} {number} de {year}", "{en} session {number} of {year}");
            (body, title.in_language(self.language).to_owned(), date)
        });
        self.sessions.insert(id.to_owned(), found.clone());
        Ok(found)
    }
}

/// A concept's name in the plural.
fn label(concept: &str) -> Text {
    let (es, en) = match concept {
        "session" => ("Sesiones", "Sessions"),
        "minutes" => ("Actas", "Minutes"),
        "decision" => ("Decisiones", "Decisions"),
        "commitment" => ("Compromisos", "Commitments"),
        "proposal" => ("Propuestas", "Proposals"),
        "agenda_item" => ("Puntos del orden del día", "Agenda items"),
        "person" => ("Personas", "People"),
        "seat" => ("Puestos", "Seats"),
        "delegation" => ("Delegaciones", "Delegations"),
        "motion" => ("Mociones", "Motions"),
        "vote" => ("Votaciones", "Votes"),
        "statement" => ("Constancias", "Statements for the record"),
        "recusal" => ("Impedimentos", "Recusals"),
        "event" => ("Hechos de las sesiones", "Events of sessions"),
        "confirmation" => ("Confirmaciones y excusas", "Confirmations and excuses"),
        "guest" => ("Invitados", "Guests"),
        "remark" => ("Observaciones a las actas", "Remarks on minutes"),
        "annex" => ("Anexos", "Annexes"),
        "document" => ("Documentos", "Documents"),
        "activity" => ("Actividades del plan de trabajo", "Activities of the work plan"),
        "work_plan" => ("Planes de trabajo", "Work plans"),
        "rule_set" => ("Reglamentos", "Rule sets"),
        "body" => ("Instancias", "Bodies"),
        "body_function" => ("Funciones", "Functions"),
        "entity" => ("Entidades", "Entities"),
        "sector" => ("Sectores", "Sectors"),
        "partner" => ("Aliados", "Partners"),
        "register_entry" => ("Relaciones internacionales", "International relations"),
        "catalog_item" => ("Catálogos", "Catalogs"),
        "invitee" => ("Invitados permanentes", "Permanent invitees"),
        "holder" => ("Titulares", "Holders"),
        "reply" => ("Respuestas escritas", "Written replies"),
        "agenda_version" => ("Versiones del orden del día", "Versions of the agenda"),
        _ => ("Ajustes", "Settings"),
    };
    text!("{es}", "{en}")
}

#[cfg(test)]
mod tests;
