//! What the secretary typed, compared with what was recorded: clock times, counts of votes and seats, names of people.
//!
//! A time is right when something happened then in the item (or it is the session's own). A count is right when some
//! vote or check of the item has it; an item without any is not judged. A name is wrong when it is close to a known
//! person's and is not it; a name that resembles nobody's is somebody or something else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{NaiveTime, Timelike};

use crate::agenda::AgendaItem;
use crate::codes::{EventKind, Gender, Treatment};
use crate::failure::Text;
use crate::session::FramePerson;
use crate::spanish::{Form, cardinal, clock24};
use crate::text;

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
    let mut found = times(&typed, &known_times(m, item));
    found.extend(counts(&typed, &known_counts(m, item)));
    found.extend(names(&typed, &m.facts.frame.people));
    found
}

/// Minutes of the day at which something of the item happened, and the session's own.
fn known_times(m: &Material, item: &AgendaItem) -> BTreeSet<u32> {
    let minute = |t: NaiveTime| t.hour() * 60 + t.minute();
    let mut known: BTreeSet<u32> = BTreeSet::new();
    let session = &m.facts.session;
    known.extend(session.planned_start.map(minute));
    known.extend(session.planned_end.map(minute));
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

/// Clock times in a text that are not among the known minutes of the day.
fn times(typed: &str, known: &BTreeSet<u32>) -> Vec<Mismatch> {
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
            continue;
        }
        let hours = match half {
            Some(Half::Morning) => vec![hour % 12],
            Some(Half::Afternoon) => vec![hour % 12 + 12],
            None if hour < 12 => vec![hour, hour + 12],
            None => vec![hour % 24],
        };
        if hours.iter().any(|h| known.contains(&(h * 60 + minute))) {
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
    InFavour,
    Against,
    Abstentions,
    Votes,
    Seats,
}

/// Each count that the item's votes and checks have.
fn known_counts(m: &Material, item: &AgendaItem) -> BTreeSet<(Counted, u64)> {
    let mut known = BTreeSet::new();
    let unsigned = |n: i64| u64::try_from(n).unwrap_or(0);
    for vote in m.facts.votes.iter().filter(|v| v.item_id == item.id) {
        let Some(course) = m.course.vote(&vote.id) else { continue };
        let tally = [
            (Counted::InFavour, unsigned(course.in_favour)),
            (Counted::Against, unsigned(course.against)),
            (Counted::Abstentions, unsigned(course.abstain)),
        ];
        known.extend(tally);
        known.extend(tally.map(|(_, n)| (Counted::Votes, n)));
        known.insert((Counted::Votes, tally.iter().map(|(_, n)| n).sum()));
        for n in [course.present.len(), course.entitled.len(), course.not_voted.len()] {
            known.insert((Counted::Seats, n as u64));
        }
        if let Some(verdict) = &course.verdict {
            for n in [verdict.count.required, verdict.count.base_size].into_iter().flatten() {
                known.insert((Counted::Votes, n));
                known.insert((Counted::InFavour, n));
            }
            if let Some(q) = &verdict.quorum {
                known.extend([q.have, q.need, q.base].map(|n| (Counted::Seats, n)));
            }
        }
    }
    for line in m.course.ledger.iter().filter(|l| l.item_id.as_ref() == Some(&item.id)) {
        let q = &line.verdict;
        known.extend([q.have, q.need, q.base, q.missing].map(|n| (Counted::Seats, n)));
    }
    known
}

/// Counts in a text that the record does not have. What the record says nothing of is not judged.
fn counts(typed: &str, known: &BTreeSet<(Counted, u64)>) -> Vec<Mismatch> {
    let words = words(typed);
    let mut found = Vec::new();
    for (i, noun) in words.iter().enumerate() {
        let what = match noun.folded.as_str() {
            "voto" | "votos" => {
                let next = |n: usize| words.get(i + n).map_or("", |w| w.folded.as_str());
                match (next(1), next(2)) {
                    ("a", "favor") => Counted::InFavour,
                    ("en", "contra") => Counted::Against,
                    _ => Counted::Votes,
                }
            }
            "abstencion" | "abstenciones" => Counted::Abstentions,
            "puesto" | "puestos" => Counted::Seats,
            _ => continue,
        };
        let Some((from, number)) = number_before(&words[..i]) else { continue };
        let of_what: Vec<u64> = known.iter().filter(|(k, _)| *k == what).map(|(_, n)| *n).collect();
        if of_what.is_empty() || of_what.contains(&number) {
            continue;
        }
        let said: Vec<String> = of_what.iter().map(u64::to_string).collect();
        let listed = said.join(", ");
        found.push(Mismatch {
            words: typed[words[from].start..noun.end].to_owned(),
            why: text!("lo registrado da {listed}", "the record gives {listed}"),
        });
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

/// Names in a text that are close to a known person's and are not it.
fn names(typed: &str, people: &[FramePerson]) -> Vec<Mismatch> {
    let known: Vec<(Vec<String>, &FramePerson)> =
        people.iter().map(|p| (name_words(&p.full_name), p)).collect();
    let mut found = Vec::new();
    for run in capitalized_runs(typed) {
        let parts = name_words(&run.words);
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
        if let Some((_, person)) = known.iter().find(|(name, _)| fits(&parts, name, close)) {
            let name = &person.full_name;
            found.push(Mismatch {
                words: run.words.clone(),
                why: text!("¿quiso escribir {name}?", "did you mean {name}?"),
            });
        }
    }
    found
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
        for (typed, wrong) in [
            ("Se retiró a las 10:20.", vec![]),
            ("Se retiró a las 10:30.", vec!["10:30"]),
            ("a las 10:20 a. m. y a las 10:20 p. m.", vec!["10:20"]),
            ("a las 2:21 p. m., a las 14:21, a las 2:21", vec![]),
            ("a las 2:21 a. m.", vec!["2:21"]),
            ("a las 10.30 a. m.; la versión 10.30 no", vec!["10.30"]),
            ("el artículo 8:5 y la razón 1:100", vec![]),
            ("norma 1234:56", vec![]),
        ] {
            let found: Vec<_> = times(typed, &known).into_iter().map(|m| m.words).collect();
            assert_eq!(found, wrong, "{typed}");
        }
        assert!(times("a las 10:30", &known)[0].why.es.contains("10:20"));
    }

    #[test]
    fn numbers() {
        let known = BTreeSet::from([
            (Counted::InFavour, 12),
            (Counted::Against, 1),
            (Counted::Abstentions, 0),
            (Counted::Votes, 12),
            (Counted::Votes, 13),
            (Counted::Seats, 31),
        ]);
        for (typed, wrong) in [
            ("con once votos", vec!["once votos"]),
            ("con doce (12) votos a favor", vec![]),
            ("con once (11) votos a favor", vec!["once (11) votos"]),
            ("con 11 votos a favor y 1 voto en contra", vec!["11 votos"]),
            ("dos votos en contra", vec!["dos votos"]),
            ("tres abstenciones", vec!["tres abstenciones"]),
            ("un voto razonado y cada puesto", vec![]),
            ("treinta y un puestos", vec![]),
            ("treinta y dos puestos", vec!["treinta y dos puestos"]),
            ("los votos", vec![]),
        ] {
            let found: Vec<_> = counts(typed, &known).into_iter().map(|m| m.words).collect();
            assert_eq!(found, wrong, "{typed}");
        }
        assert!(
            counts("once votos", &BTreeSet::new()).is_empty(),
            "nothing recorded, nothing to disagree with"
        );
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
        ] {
            let found: Vec<_> = names(typed, &known).into_iter().map(|m| m.words).collect();
            assert_eq!(found, wrong, "{typed}");
        }
    }
}
