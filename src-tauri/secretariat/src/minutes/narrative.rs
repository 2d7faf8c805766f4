//! What the secretary typed, compared with what was recorded: clock times, counts of votes and seats, names of people.
//!
//! A time is right when something happened then in the item, or when the session began or ended; the planned hours are
//! right only where a sentence says they were planned. A count is right when a vote or check of the item has it, of the
//! same thing: votes obtained are not votes required. An item without votes may tell those of the others, and no other.
//! What was approved, and by all, is compared too. A name is wrong when it is close to a known person's and is not it,
//! or when it is given a treatment and is nobody's the archive knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{NaiveTime, Timelike};

use crate::agenda::AgendaItem;
use crate::codes::{EventKind, Gender, Treatment};
use crate::failure::Text;
use crate::rules::VoteResult;
use crate::session::FramePerson;
use crate::spanish::{Form, cardinal, clock24};
use crate::text;
use crate::vote::Vote;

use super::assembly::placed_key;
use super::material::Material;

/// Words of a narrative that disagree with the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The words as typed.
    pub words: String,
    /// What the record says.
    pub why: Text,
}

/// The mismatches of an item's narrative, in the order they stand.
#[must_use]
pub fn mismatches(m: &Material, item: &AgendaItem) -> Vec<Mismatch> {
    let typed: String = item
        .narrative
        .lines()
        .filter(|line| placed_key(line).is_none())
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut found = times(&typed, &known_times(m, item), &planned_times(m));
    let known = known_counts(m, item);
    found.extend(counts(&typed, &known));
    found.extend(outcomes(&typed, &known));
    found.extend(names(&typed, &m.facts.frame.people, &m.directory));
    found
}

/// The hours the session was planned for.
fn planned_times(m: &Material) -> BTreeSet<u32> {
    let session = &m.facts.session;
    [session.planned_start, session.planned_end].into_iter().flatten().map(minute_of_day).collect()
}

fn minute_of_day(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

/// Minutes of the day at which something of the item happened, and the session's own.
fn known_times(m: &Material, item: &AgendaItem) -> BTreeSet<u32> {
    let minute = minute_of_day;
    let mut known: BTreeSet<u32> = BTreeSet::new();
    for at in [m.course.opened_at, m.course.closed_at, m.course.no_quorum_at].into_iter().flatten() {
        known.insert(minute(m.clock(at)));
    }
    let mut current = m.facts.items.first().map(|i| &i.id);
    for event in m.facts.events.iter().filter(|e| e.struck.is_none()) {
        if event.kind == EventKind::ItemStart {
            current = event.item_id.as_ref();
        }
        if event.item_id.as_ref().or(current) == Some(&item.id) {
            known.insert(minute(m.clock(event.occurred_at)));
        }
    }
    for vote in m.facts.votes.iter().filter(|v| v.item_id == item.id) {
        known.insert(minute(m.clock(vote.opened_at)));
        known.extend(vote.closed_at.map(|at| minute(m.clock(at))));
    }
    for recusal in m.facts.recusals.iter().filter(|r| r.item_id == item.id) {
        for at in [Some(recusal.declared_at), recusal.left_at, recusal.returned_at].into_iter().flatten() {
            known.insert(minute(m.clock(at)));
        }
    }
    known
}

/// Clock times in a text that are not among the known minutes of the day, nor told as planned and among those.
fn times(typed: &str, known: &BTreeSet<u32>, planned: &BTreeSet<u32>) -> Vec<Mismatch> {
    let bytes = typed.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit()
            || (i > 0 && (bytes[i - 1].is_ascii_alphanumeric() || matches!(bytes[i - 1], b':' | b'.' | b',')))
        {
            i += 1;
            continue;
        }
        let start = i;
        while i < bytes.len() && bytes[i].is_ascii_digit() {
            i += 1;
        }
        let hour_digits = i - start;
        let separator = bytes.get(i).copied();
        let minute_digits =
            bytes[(i + 1).min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
        let after = typed.get(i + 1 + minute_digits..).unwrap_or("");
        let half = half_of_day(after);
        let written = match separator {
            Some(b':') => true,
            // "10.30" is a time only with its half of the day.
            Some(b'.') => half.is_some(),
            _ => false,
        };
        if hour_digits > 2 || minute_digits != 2 || !written {
            continue;
        }
        let (Ok(hour), Ok(minute)) = (typed[start..i].parse::<u32>(), typed[i + 1..i + 3].parse::<u32>())
        else {
            continue;
        };
        i += 3;
        if hour > 24 || minute > 59 {
            // A scale or a proportion is no time; after "a las" it was meant as one.
            let before = words(&typed[..start]).pop().map(|w| w.folded);
            if half.is_some() || matches!(before.as_deref(), Some("las" | "la" | "hora" | "horas")) {
                found.push(Mismatch {
                    words: typed[start..i].to_owned(),
                    why: text!("no es una hora del día", "it is no time of the day"),
                });
            }
            continue;
        }
        let hours = match half {
            Some(Half::Morning) => vec![hour % 12],
            Some(Half::Afternoon) => vec![hour % 12 + 12],
            None if hour < 12 => vec![hour, hour + 12],
            None => vec![hour % 24],
        };
        let among = |of: &BTreeSet<u32>| hours.iter().any(|h| of.contains(&(h * 60 + minute)));
        if among(known) || (among(planned) && told_as_planned(&typed[..start])) {
            continue;
        }
        let told = nearest(known, hours.iter().map(|h| h * 60 + minute));
        let why = match told {
            Some(time) => text!(
                "a esa hora no consta nada de este punto; lo más cercano es a las {time}",
                "nothing of this item is recorded at that time; the nearest is at {time}"
            ),
            None => text!("no consta ninguna hora", "no time is recorded"),
        };
        found.push(Mismatch { words: typed[start..i].to_owned(), why });
    }
    found
}

/// Whether the sentence that a text ends in speaks of what was planned: "se convocó para las", "estaba prevista a las".
fn told_as_planned(before: &str) -> bool {
    const PLANNED: [&str; 6] = ["convoc", "cita", "program", "previst", "prevei", "anunci"];
    let sentence = before.rsplit(['.', '\n', ';']).next().unwrap_or_default();
    words(sentence).iter().any(|w| PLANNED.iter().any(|stem| w.folded.starts_with(stem)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// "a. m.", "a.m.", "am", "p. m.", "m." right after a time.
fn half_of_day(after: &str) -> Option<Half> {
    let squeezed: String = after
        .chars()
        .take(8)
        .filter(|c| !c.is_whitespace() && *c != '.' && *c != '\u{a0}')
        .flat_map(char::to_lowercase)
        .collect();
    if squeezed.starts_with("am") && after.starts_with(|c: char| c.is_whitespace() || c == 'a') {
        Some(Half::Morning)
    } else if squeezed.starts_with("pm") {
        Some(Half::Afternoon)
    } else {
        None
    }
}

fn nearest(known: &BTreeSet<u32>, of: impl Iterator<Item = u32> + Clone) -> Option<String> {
    let minutes = known.iter().min_by_key(|k| of.clone().map(|m| m.abs_diff(**k)).min())?;
    NaiveTime::from_hms_opt(minutes / 60 % 24, minutes % 60, 0).map(clock24)
}

/// What is counted in a narrative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    /// Votes obtained in favour.
    InFavour,
    /// Votes against.
    Against,
    /// Abstentions.
    Abstentions,
    /// Votes of some sort, or all of them.
    Votes,
    /// Votes that were needed.
    Required,
    /// Seats that were there, or did not vote.
    Present,
    /// Seats there could have been, or had to be.
    Base,
}

/// What the record says that a narrative may count or tell.
#[derive(Clone, Debug, Default)]
struct Known {
    /// Each count of the item's votes and checks; of the whole session for an item without votes.
    counts: BTreeSet<(Counted, u64)>,
    /// Whether those votes are the item's own.
    own_votes: bool,
    /// Whether one of them was approved.
    approved: bool,
    /// Whether one of them was approved by every seat that could vote.
    unanimous: bool,
    /// Whether one of them was not approved.
    denied: bool,
}

fn known_counts(m: &Material, item: &AgendaItem) -> Known {
    let own: Vec<&Vote> = m
        .facts
        .votes
        .iter()
        .filter(|v| m.facts.voted_in(v, &item.id) && m.course.vote(&v.id).is_some())
        .collect();
    let own_votes = !own.is_empty();
    let told: Vec<&Vote> = if own_votes { own } else { m.facts.votes.iter().collect() };
    let mut known = Known { own_votes, ..Known::default() };
    let unsigned = |n: i64| u64::try_from(n).unwrap_or(0);
    for vote in told {
        let Some(course) = m.course.vote(&vote.id) else { continue };
        let tally = [
            (Counted::InFavour, unsigned(course.in_favour)),
            (Counted::Against, unsigned(course.against)),
            (Counted::Abstentions, unsigned(course.abstain)),
        ];
        known.counts.extend(tally);
        known.counts.extend(tally.map(|(_, n)| (Counted::Votes, n)));
        known.counts.insert((Counted::Votes, tally.iter().map(|(_, n)| n).sum()));
        for n in [course.present.len(), course.entitled.len(), course.not_voted.len()] {
            known.counts.insert((Counted::Present, n as u64));
        }
        if let Some(verdict) = &course.verdict {
            known.counts.extend(verdict.count.required.map(|n| (Counted::Required, n)));
            known.counts.extend(verdict.count.base_size.map(|n| (Counted::Base, n)));
            if let Some(q) = &verdict.quorum {
                known.counts.insert((Counted::Present, q.have));
                known.counts.extend([q.need, q.base].map(|n| (Counted::Base, n)));
            }
            let approved = verdict.count.result == VoteResult::Approved;
            known.approved |= approved;
            known.denied |= !approved;
            known.unanimous |= approved
                && course.against == 0
                && course.abstain == 0
                && unsigned(course.in_favour) == course.entitled.len() as u64;
        }
    }
    for line in m.course.ledger.iter().filter(|l| l.item_id.as_ref() == Some(&item.id)) {
        let q = &line.verdict;
        known.counts.insert((Counted::Present, q.have));
        known.counts.extend([q.need, q.base, q.missing].map(|n| (Counted::Base, n)));
    }
    if let Some(q) = m.course.ledger.first().map(|l| &l.verdict) {
        known.counts.extend([q.need, q.base].map(|n| (Counted::Base, n)));
    }
    let came: BTreeSet<_> = m.course.presence.iter().filter(|p| p.counts).map(|p| &p.seat_id).collect();
    known.counts.insert((Counted::Present, came.len() as u64));
    known
}

/// Counts in a text that the record does not have, each of its own kind.
fn counts(typed: &str, known: &Known) -> Vec<Mismatch> {
    let words = words(typed);
    let mut found: Vec<Mismatch> = Vec::new();
    let mut judge = |what: &[Counted], number: u64, from: usize, to: usize, always: bool| {
        let of_what: BTreeSet<u64> =
            known.counts.iter().filter(|(k, _)| what.contains(k)).map(|(_, n)| *n).collect();
        if of_what.contains(&number) || (of_what.is_empty() && !always) {
            return;
        }
        let said = typed[from..to].to_owned();
        if found.iter().any(|m| m.words.contains(&said)) {
            return;
        }
        let listed = of_what.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        let why = if of_what.is_empty() {
            text!("no consta ninguna votación", "no vote is recorded")
        } else if known.own_votes || !what.contains(&Counted::Votes) {
            text!("lo registrado da {listed}", "the record gives {listed}")
        } else {
            text!(
                "en este punto no hubo votación, y las demás dan {listed}",
                "this item had no vote, and the others give {listed}"
            )
        };
        found.push(Mismatch { words: said, why });
    };
    let since = |at: usize, ends: &[char]| typed[..at].rfind(ends).map_or(0, |end| end + 1);
    let joined = |a: usize, b: usize| {
        typed[words[a].end..words[b].start].chars().all(|c| c.is_whitespace() || matches!(c, '(' | ')'))
    };
    for (i, noun) in words.iter().enumerate() {
        let next = |n: usize| words.get(i + n).map_or("", |w| w.folded.as_str());
        let clause = || {
            let start = since(noun.start, &['.', '\n', ';']);
            words.iter().filter(move |w| (start..noun.start).contains(&w.start))
        };
        let sentence = || {
            let start = since(noun.start, &['.', '\n']);
            words.iter().filter(move |w| (start..noun.start).contains(&w.start))
        };
        let side = match (noun.folded.as_str(), next(1)) {
            ("a", "favor") => Some(Counted::InFavour),
            ("en", "contra") => Some(Counted::Against),
            _ => None,
        };
        match noun.folded.as_str() {
            // "seis votos a favor", "cuatro en contra", "votaron a favor siete".
            "a" | "en" => {
                let Some(side) = side else { continue };
                let voter = |w: &Word| {
                    matches!(
                        w.folded.as_str(),
                        "voto"
                            | "votos"
                            | "puesto"
                            | "puestos"
                            | "integrante"
                            | "integrantes"
                            | "miembros"
                            | "votantes"
                    )
                };
                let counted = if i > 0 && voter(&words[i - 1]) { i - 1 } else { i };
                let direct = counted == i;
                let before = (counted > 0 && joined(counted - 1, counted))
                    .then(|| {
                        number_before(&words[..counted]).or_else(|| direct.then(|| one(&words[..counted]))?)
                    })
                    .flatten();
                let needed = || {
                    clause().any(|w| {
                        ["requer", "requier", "necesit", "exig"].iter().any(|s| w.folded.starts_with(s))
                    })
                };
                if let Some((from, number)) = before {
                    let what = if side == Counted::InFavour && needed() { Counted::Required } else { side };
                    judge(&[what], number, words[from].start, words[i + 1].end, true);
                } else if let Some((last, number)) = number_after(&words, i + 2)
                    && sentence().any(|w| w.folded.starts_with("vot"))
                    && !matches!(
                        words.get(last + 1).map_or("", |w| w.folded.as_str()),
                        "abstencion" | "abstenciones"
                    )
                {
                    judge(&[side], number, noun.start, words[last].end, true);
                }
            }
            "voto" | "votos" => {
                if matches!((next(1), next(2)), ("a", "favor") | ("en", "contra")) {
                    continue;
                }
                let Some((from, number)) = number_before(&words[..i]) else { continue };
                let needed = clause().any(|w| {
                    ["requer", "requier", "necesit", "exig"].iter().any(|s| w.folded.starts_with(s))
                });
                let what: &[Counted] =
                    if needed { &[Counted::Required, Counted::Base] } else { &[Counted::Votes] };
                judge(what, number, words[from].start, noun.end, true);
            }
            "abstencion" | "abstenciones" => {
                let Some((from, number)) = number_before(&words[..i]) else { continue };
                judge(&[Counted::Abstentions], number, words[from].start, noun.end, true);
            }
            "puesto" | "puestos" | "integrantes" | "miembros" => {
                let Some((from, number)) = number_before(&words[..i]) else { continue };
                if next(1) == "de" && next(2) == "trabajo" {
                    continue;
                }
                // "Asistieron 14 integrantes", "estaban presentes los once puestos"; a team of five members is none.
                let attending = words[from.saturating_sub(4)..from].iter().any(|w| {
                    ["asist", "particip", "concurr", "present"].iter().any(|s| w.folded.starts_with(s))
                }) || next(1).starts_with("present");
                let of_all = from > 0 && matches!(words[from - 1].folded.as_str(), "los" | "las" | "de");
                let seats = noun.folded.starts_with("puesto");
                let what: &[Counted] = match (attending && !of_all, seats) {
                    (true, _) => &[Counted::Present],
                    (false, true) => &[Counted::Present, Counted::Base],
                    (false, false) if attending => &[Counted::Present, Counted::Base],
                    (false, false) => continue,
                };
                judge(what, number, words[from].start, noun.end, false);
            }
            _ => {}
        }
    }
    found
}

/// "uno", "una" as a number right before "a favor".
fn one(words: &[Word]) -> Option<(usize, u64)> {
    let last = words.last()?;
    matches!(last.folded.as_str(), "uno" | "una").then_some((words.len() - 1, 1))
}

/// The number that words begin with at a place, and where it ends.
fn number_after(words: &[Word], at: usize) -> Option<(usize, u64)> {
    if let Ok(number) = words.get(at)?.folded.parse::<u64>() {
        return Some((at, number));
    }
    (1..=5).rev().find_map(|n| {
        let slice = words.get(at..at + n)?;
        spelled(slice).filter(|(from, _)| *from == 0).map(|(_, number)| (at + n - 1, number))
    })
}

/// What a text says was approved or denied, and by all, when no vote it can speak of was.
fn outcomes(typed: &str, known: &Known) -> Vec<Mismatch> {
    const TURNED: [&str; 8] =
        ["fue", "fueron", "quedo", "quedaron", "resulto", "resultaron", "declaro", "dio"];
    let words = words(typed);
    let mut found = Vec::new();
    let denied_before = |i: usize| {
        words[i.saturating_sub(3)..i]
            .iter()
            .any(|w| matches!(w.folded.as_str(), "no" | "ni" | "tampoco" | "sin"))
    };
    // Inside quotation marks it is somebody's words.
    let quoted = |at: usize| typed[..at].matches('«').count() > typed[..at].matches('»').count();
    for (i, word) in words.iter().enumerate() {
        if denied_before(i) || quoted(word.start) {
            continue;
        }
        let before = |n: usize| i.checked_sub(n).map_or("", |at| words[at].folded.as_str());
        let told = |stems: &[&str]| {
            stems.iter().any(|stem| {
                let ending = word.folded.strip_prefix(stem);
                match ending {
                    Some("o" | "aron") => before(1) == "se",
                    Some("ada" | "ado" | "adas" | "ados") => TURNED.contains(&before(1)),
                    _ => false,
                }
            })
        };
        let start = if i > 0 { words[i - 1].start } else { word.start };
        let said = typed[start..word.end].to_owned();
        if word.folded == "unanimidad" || word.folded == "unanime" || word.folded == "unanimemente" {
            // Votes to come or rules that ask for it are not told in the past.
            let past = words[i.saturating_sub(6)..i].iter().any(|w| {
                w.folded.starts_with("aprob")
                    || w.folded.starts_with("vot")
                    || w.folded.starts_with("acog")
                    || w.folded.starts_with("adopt")
            });
            if past && !known.unanimous {
                found.push(Mismatch {
                    words: said,
                    why: if known.own_votes {
                        text!(
                            "la votación de este punto no fue unánime",
                            "the vote of this item was not unanimous"
                        )
                    } else {
                        text!("no consta una votación unánime", "no unanimous vote is recorded")
                    },
                });
            }
        } else if known.own_votes && told(&["aprob"]) && !known.approved {
            found.push(Mismatch {
                words: said,
                why: text!(
                    "la votación de este punto no lo aprobó",
                    "the vote of this item did not approve it"
                ),
            });
        } else if known.own_votes && told(&["neg", "rechaz", "improb"]) && !known.denied {
            found.push(Mismatch {
                words: said,
                why: text!("la votación de este punto lo aprobó", "the vote of this item approved it"),
            });
        }
    }
    found
}

struct Word {
    folded: String,
    start: usize,
    end: usize,
}

/// The words of a text in lower case without accents, with where they stand.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(i);
        } else if let Some(from) = start.take() {
            words.push(Word { folded: fold(&text[from..i]), start: from, end: i });
        }
    }
    words
}

/// Lower case without accents; ñ stays.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            c => c,
        })
        .collect()
}

/// The number that ends a list of words, in words or figures, and where it begins. "Un" and "una" alone are articles.
fn number_before(words: &[Word]) -> Option<(usize, u64)> {
    let last = words.last()?;
    if let Ok(number) = last.folded.parse::<u64>() {
        // "doce (12)": the words before belong to it.
        let before = spelled(&words[..words.len() - 1]);
        return Some((
            before.filter(|(_, n)| *n == number).map_or(words.len() - 1, |(from, _)| from),
            number,
        ));
    }
    let (from, number) = spelled(words)?;
    let article = from == words.len() - 1 && matches!(last.folded.as_str(), "un" | "una" | "uno");
    (!article).then_some((from, number))
}

/// Every number up to 999 as it is spelled, without accents.
static SPELLED: LazyLock<BTreeMap<String, u64>> = LazyLock::new(|| {
    let forms = [Form::Masculine, Form::Feminine, Form::Alone];
    (0..1000).flat_map(|n| forms.map(|form| (fold(&cardinal(n, form)), n))).collect()
});

/// The longest run of words at the end that spells a number up to 999.
fn spelled(words: &[Word]) -> Option<(usize, u64)> {
    (1..=words.len().min(5)).rev().find_map(|n| {
        let from = words.len() - n;
        let said: Vec<&str> = words[from..].iter().map(|w| w.folded.as_str()).collect();
        let said = said.join(" ");
        SPELLED.get(&said).map(|number| (from, *number))
    })
}

/// Names in a text that are close to a known person's and are not it, and those given a treatment that nobody has.
/// `people` are those of the session, `directory` the full names of all that the archive knows.
fn names(typed: &str, people: &[FramePerson], directory: &[String]) -> Vec<Mismatch> {
    let known: Vec<(Vec<String>, &FramePerson)> =
        people.iter().map(|p| (name_words(&p.full_name), p)).collect();
    let mut found = Vec::new();
    for run in capitalized_runs(typed) {
        let mut run = run;
        let mut parts = name_words(&run.words);
        // "Habló Saúl Güiza": the first word of a sentence is no name, unless it is somebody's.
        let someone = |parts: &[String]| {
            known
                .iter()
                .any(|(name, _)| parts.iter().take(1).any(|first| name.iter().any(|w| close(first, w))))
        };
        if parts.len() > 2 && run.treatment.is_none() && !someone(&parts) && someone(&parts[1..]) {
            parts.remove(0);
            run.words = run.words.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
        }
        let alone = parts.len() == 1;
        if alone && run.treatment.is_none() && !parts.iter().any(|p| p.contains('-')) {
            continue;
        }
        let exact = known.iter().find(|(name, _)| fits(&parts, name, |a, b| a == b));
        if let Some((_, person)) = exact {
            if let Some(typed_gender) = run.treatment
                && person.treatment.gender() != Gender::Neutral
                && typed_gender != person.treatment.gender()
            {
                let name = person.treatment.person(&person.full_name);
                found.push(Mismatch { words: run.words.clone(), why: text!("es {name}", "it is {name}") });
            }
            continue;
        }
        if directory.iter().any(|name| fits(&parts, &name_words(name), |a, b| a == b)) {
            continue;
        }
        // Without its accents or its hyphens a name is still meant for its owner.
        let loose = |words: &[String]| -> Vec<String> {
            words.iter().flat_map(|w| w.split('-')).map(str::to_owned).collect()
        };
        let near = known.iter().find(|(name, _)| {
            fits(&parts, name, close) || (!alone && fits(&loose(&parts), &loose(name), close))
        });
        if let Some((_, person)) = near {
            let name = &person.full_name;
            found.push(Mismatch {
                words: run.words.clone(),
                why: text!("¿quiso escribir {name}?", "did you mean {name}?"),
            });
        } else if run.treatment.is_some() && !alone && !parts.iter().any(|p| is_office(p)) {
            found.push(Mismatch {
                words: run.words.clone(),
                why: text!("nadie con ese nombre está registrado", "nobody of that name is recorded"),
            });
        }
    }
    found
}

/// Whether a word names an office or an entity and not a person: "la doctora Directora de Relaciones Internacionales".
fn is_office(word: &str) -> bool {
    const OFFICES: [&str; 22] = [
        "president",
        "vicepresident",
        "secretar",
        "subsecretar",
        "director",
        "subdirector",
        "alcald",
        "jef",
        "asesor",
        "ministr",
        "viceministr",
        "gerent",
        "delegad",
        "coordinador",
        "consejer",
        "embajador",
        "rector",
        "magistrad",
        "concejal",
        "senador",
        "representante",
        "comisionad",
    ];
    let word = fold(word);
    OFFICES.iter().any(|office| word.starts_with(office))
}

/// Words of a name, with one sort of apostrophe.
fn name_words(name: &str) -> Vec<String> {
    name.split_whitespace().map(|w| w.replace(['’', 'ʼ', '`', '´'], "'")).collect()
}

/// Whether every word is, in order, one of the name's.
fn fits(parts: &[String], name: &[String], same: impl Fn(&str, &str) -> bool) -> bool {
    let mut rest = name.iter();
    parts.iter().all(|part| rest.any(|word| same(part, word)))
}

/// The same word, or one a slip of the keyboard away.
fn close(a: &str, b: &str) -> bool {
    let plain = |text: &str| fold(text).replace('ñ', "n");
    if plain(a) == plain(b) {
        return true;
    }
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let length = a.chars().count().min(b.chars().count());
    let slips = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    distance(&a, &b) <= slips
}

/// Letters to change, add, drop or swap to get from one word to the other.
pub(super) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|r| r.last()).copied().unwrap_or(0)
}

struct Run {
    words: String,
    treatment: Option<Gender>,
}

/// Runs of capitalised words joined by blanks and the particles of names, with the treatment before them.
fn capitalized_runs(typed: &str) -> Vec<Run> {
    const PARTICLES: [&str; 9] = ["de", "del", "la", "las", "los", "y", "e", "van", "von"];
    let mut runs = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    let mut treatment = None;
    let mut before = "";
    let mut end = |current: &mut Vec<&str>, treatment: &mut Option<Gender>| {
        while current.last().is_some_and(|w| PARTICLES.contains(w)) {
            current.pop();
        }
        if !current.is_empty() {
            runs.push(Run { words: current.join(" "), treatment: treatment.take() });
        }
        current.clear();
        *treatment = None;
    };
    for raw in typed.split_whitespace() {
        let opened = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
        if opened.len() != raw.len() {
            end(&mut current, &mut treatment);
        }
        let word = opened.trim_end_matches(|c: char| !c.is_alphanumeric());
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if capital || (!current.is_empty() && PARTICLES.contains(&word)) {
            if current.is_empty() {
                treatment = treatment_of(before);
            }
            current.push(word);
        } else {
            end(&mut current, &mut treatment);
        }
        if word.len() != opened.len() {
            end(&mut current, &mut treatment);
        }
        before = word;
    }
    end(&mut current, &mut treatment);
    runs
}

/// The gender of a treatment before a name.
fn treatment_of(word: &str) -> Option<Gender> {
    let word = word.to_lowercase();
    Treatment::ALL.iter().find(|t| **t != Treatment::None && t.word() == word).map(|t| t.gender())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(times: &[&str]) -> BTreeSet<u32> {
        times
            .iter()
            .map(|t| {
                let t = NaiveTime::parse_from_str(t, "%H:%M").unwrap();
                t.hour() * 60 + t.minute()
            })
            .collect()
    }

    #[test]
    fn clock_times() {
        let known = minutes(&["08:17", "10:20", "14:21"]);
        let planned = minutes(&["08:00", "11:00"]);
        for (typed, wrong) in [
            ("A las 11:00 se votó.", vec!["11:00"]),
            ("La sesión se convocó para las 8:00. Empezó a las 8:17.", vec![]),
            ("Se convocó la sesión. A las 8:00 empezó.", vec!["8:00"]),
            ("A las 25:00 habló, y a las 8:99.", vec!["25:00", "8:99"]),
            ("Se retiró a las 10:20.", vec![]),
            ("Se retiró a las 10:30.", vec!["10:30"]),
            ("a las 10:20 a. m. y a las 10:20 p. m.", vec!["10:20"]),
            ("a las 2:21 p. m., a las 14:21, a las 2:21", vec![]),
            ("a las 2:21 a. m.", vec!["2:21"]),
            ("a las 10.30 a. m.; la versión 10.30 no", vec!["10.30"]),
            ("el artículo 8:5 y la razón 1:100", vec![]),
            ("norma 1234:56", vec![]),
        ] {
            let found: Vec<_> = times(typed, &known, &planned).into_iter().map(|m| m.words).collect();
            assert_eq!(found, wrong, "{typed}");
        }
        assert!(times("a las 10:30", &known, &planned)[0].why.es.contains("10:20"));
    }

    #[test]
    fn numbers() {
        let known = Known {
            counts: BTreeSet::from([
                (Counted::InFavour, 12),
                (Counted::Against, 1),
                (Counted::Abstentions, 0),
                (Counted::Votes, 12),
                (Counted::Votes, 13),
                (Counted::Required, 9),
                (Counted::Present, 13),
                (Counted::Base, 16),
                (Counted::Base, 31),
            ]),
            own_votes: true,
            approved: true,
            ..Known::default()
        };
        for (typed, wrong) in [
            ("con once votos", vec!["once votos"]),
            ("con doce (12) votos a favor", vec![]),
            ("con once (11) votos a favor", vec!["once (11) votos a favor"]),
            ("con 11 votos a favor y 1 voto en contra", vec!["11 votos a favor"]),
            ("doce votos a favor y cuatro en contra", vec!["cuatro en contra"]),
            ("doce a favor, uno en contra, tres abstenciones", vec!["tres abstenciones"]),
            ("Votaron a favor siete.", vec!["a favor siete"]),
            ("Votaron a favor doce y en contra uno.", vec![]),
            ("A favor, 12; en contra, 2", vec![]),
            ("Se votó así: a favor, 12; en contra, 2", vec!["en contra, 2"]),
            ("Obtuvo nueve (9) votos a favor.", vec!["nueve (9) votos a favor"]),
            ("Se requerían nueve (9) votos a favor.", vec![]),
            ("Se requerían doce (12) votos a favor.", vec!["doce (12) votos a favor"]),
            ("dos argumentos a favor y tres en contra del cambio", vec!["tres en contra"]),
            ("dos votos en contra", vec!["dos votos en contra"]),
            ("tres abstenciones", vec!["tres abstenciones"]),
            ("un voto razonado y cada puesto", vec![]),
            ("treinta y un puestos", vec![]),
            ("treinta y dos puestos", vec!["treinta y dos puestos"]),
            ("Asistieron 14 integrantes.", vec!["14 integrantes"]),
            ("Asistieron trece de los dieciséis integrantes.", vec![]),
            ("un equipo de cinco integrantes", vec![]),
            ("doscientos puestos de trabajo", vec![]),
            ("los votos", vec![]),
        ] {
            let found: Vec<_> = counts(typed, &known).into_iter().map(|m| m.words).collect();
            assert_eq!(found, wrong, "{typed}");
        }
        let nothing = Known::default();
        assert_eq!(counts("Hubo veinte (20) votos a favor.", &nothing).len(), 1, "no vote was taken");
        assert!(counts("tres puestos de información", &nothing).is_empty(), "nothing to disagree with");
    }

    #[test]
    fn what_came_of_it() {
        let tied = Known { own_votes: true, denied: true, ..Known::default() };
        let approved = Known { own_votes: true, approved: true, ..Known::default() };
        let unanimous = Known { own_votes: true, approved: true, unanimous: true, ..Known::default() };
        let elsewhere = Known { approved: true, ..Known::default() };
        for (known, typed, wrong) in [
            (&tied, "El acta fue aprobada.", vec!["fue aprobada"]),
            (&tied, "El acta no fue aprobada.", vec![]),
            (&tied, "Se aprobó por unanimidad.", vec!["Se aprobó", "por unanimidad"]),
            (&tied, "Pidió «que se apruebe» la política aprobada en 2023.", vec![]),
            (&approved, "Se aprobó por unanimidad.", vec!["por unanimidad"]),
            (&approved, "La propuesta fue aprobada.", vec![]),
            (&approved, "La propuesta fue negada.", vec!["fue negada"]),
            (&unanimous, "Se aprobó por unanimidad.", vec![]),
            (&elsewhere, "El plan fue aprobado por el Concejo.", vec![]),
            (&elsewhere, "Se aprobó por unanimidad.", vec!["por unanimidad"]),
            (&elsewhere, "La reforma exige unanimidad.", vec![]),
        ] {
            let found: Vec<_> = outcomes(typed, known).into_iter().map(|m| m.words).collect();
            assert_eq!(found, wrong, "{typed}");
        }
    }

    fn person(name: &str, treatment: Treatment) -> FramePerson {
        FramePerson {
            id: crate::ids::PersonId::new("p").unwrap(),
            full_name: name.into(),
            sort_name: name.into(),
            treatment,
            gender: treatment.gender(),
            position: None,
            entity: None,
            entity_id: None,
            partner_id: None,
            level: None,
        }
    }

    #[test]
    fn people() {
        let known = [
            person("Clemencia Beatriz Ruiz-Sepúlveda D'Costa", Treatment::Doctora),
            person("Teófilo Andrés Oñate-Landázuri y Muñoz-Feijóo", Treatment::Doctor),
            person("Xiomara de los Ángeles Suárez-Quiñones O'Byrne", Treatment::Doctora),
        ];
        for (typed, wrong) in [
            ("La doctora Clemencia Beatriz Ruiz-Sepúlveda D'Costa explicó.", vec![]),
            ("La doctora Ruiz-Sepúlveda D’Costa explicó.", vec![]),
            (
                "La doctora Clemencia Ruiz-Sepulveda D'Costa explicó.",
                vec!["Clemencia Ruiz-Sepulveda D'Costa"],
            ),
            ("la doctora Ruiz-Sepúveda pidió", vec!["Ruiz-Sepúveda"]),
            (
                "El doctor Clemencia Beatriz Ruiz-Sepúlveda D'Costa",
                vec!["Clemencia Beatriz Ruiz-Sepúlveda D'Costa"],
            ),
            ("El doctor Teófilo Andrés Oñate-Landázuri y Muñoz-Feijóo pidió", vec![]),
            (
                "El doctor Teofilo Andrés Oñate-Landázuri y Muñoz-Feijóo pidió",
                vec!["Teofilo Andrés Oñate-Landázuri y Muñoz-Feijóo"],
            ),
            ("Xiomara de los Ángeles Suárez-Quiñones O'Byrne destacó", vec![]),
            ("La Secretaría de Hacienda y el Sector Gobierno en Bogotá", vec![]),
            ("la doctora Presidenta de la sesión", vec![]),
            ("El doctor Perico Pérez habló.", vec!["Perico Pérez"]),
            ("La doctora Directora de Relaciones Internacionales", vec![]),
            ("El doctor Gabriel Inscrito Ruiz no pudo venir.", vec![]),
            ("Habló Teofilo Onate Landazuri.", vec!["Teofilo Onate Landazuri"]),
        ] {
            let found: Vec<_> = names(typed, &known, &["Gabriel Inscrito Ruiz".to_owned()])
                .into_iter()
                .map(|m| m.words)
                .collect();
            assert_eq!(found, wrong, "{typed}");
        }
    }
}
