//! The pages of the index of the search, read as SQLite's FTS5 keeps them (its "shadow tables", file format 4).
//!
//! SQLite's own check reads the pages in a row and compares them with the texts. A query instead is led to a page by
//! `search_idx`, which that check sees in part: here each word of each page must be where a query would look for it,
//! and no page may be of nothing.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::failure::Result;

/// Row of `search_data` with the totals.
const AVERAGES: i64 = 1;
/// Row of `search_data` with the list of segments.
const STRUCTURE: i64 = 10;

/// A segment: pages of words in order.
struct Segment {
    id: i64,
    first: i64,
    last: i64,
}

/// Where a query goes for a word: the words that lead to each page, in order, and whether the page has a list of
/// documents of its own.
struct Lead {
    word: Vec<u8>,
    page: i64,
    listed: bool,
}

/// What is wrong with the pages, in a word each; nothing when they are sound.
///
/// # Errors
/// When the archive cannot be read.
pub(super) fn faults(conn: &Connection, reference: &Connection) -> Result<Vec<&'static str>> {
    let Some(structure) = block(conn, STRUCTURE)? else { return Ok(vec!["structure"]) };
    let mut faults = Vec::new();
    // The settings' generation: they are as they were made, so it is too.
    if block(reference, STRUCTURE)?.is_none_or(|made| made.get(..4) != structure.get(..4)) {
        faults.push("structure");
    }
    let Some(segments) = segments(&structure) else { return Ok(vec!["structure"]) };
    let mut leads = leads(conn)?;
    // Every page by its place; what is left at the end belongs to no segment.
    let mut pages: Vec<i64> = conn
        .prepare("SELECT id FROM search_data WHERE id NOT IN (?1, ?2) ORDER BY id")?
        .query_map([AVERAGES, STRUCTURE], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for segment in &segments {
        let ways = leads.remove(&segment.id).unwrap_or_default();
        if ways.first().is_none_or(|lead| !lead.word.is_empty()) {
            faults.push("first word");
        }
        if ways.iter().any(|lead| !(1..=segment.last).contains(&lead.page)) {
            faults.push("page out of place");
        }
        for page in segment.first..=segment.last {
            let place = page_at(segment.id, false, page);
            let Some(bytes) = block(conn, place)? else {
                faults.push("page missing");
                continue;
            };
            let Some(words) = words(&bytes) else {
                faults.push("page unreadable");
                continue;
            };
            for word in &words {
                // The last lead that is not after the word, as a query takes it; pages merged away lead to the first left.
                let lead = ways.partition_point(|lead| lead.word.as_slice() <= word.as_slice());
                if lead
                    .checked_sub(1)
                    .and_then(|i| ways.get(i))
                    .is_none_or(|lead| lead.page.max(segment.first) != page)
                {
                    faults.push("word out of place");
                    break;
                }
            }
            let listed = pages.binary_search(&page_at(segment.id, true, page)).is_ok();
            if ways.iter().any(|lead| lead.page == page && lead.listed != listed) {
                faults.push("list of documents");
            }
        }
        pages.retain(|id| !belongs(*id, segment));
    }
    if !pages.is_empty() || !leads.is_empty() {
        faults.push("page of nothing");
    }
    faults.dedup();
    Ok(faults)
}

fn block(conn: &Connection, id: i64) -> Result<Option<Vec<u8>>> {
    use rusqlite::OptionalExtension;
    let mut statement = conn.prepare_cached("SELECT block FROM search_data WHERE id = ?1")?;
    Ok(statement.query_row([id], |r| r.get(0)).optional()?)
}

/// The row of a page: segment, whether it is a list of documents, its number; the lists' upper levels lie between.
fn page_at(segment: i64, list: bool, page: i64) -> i64 {
    (segment << 37) + (i64::from(list) << 36) + page
}

/// Whether a row of `search_data` is of a segment's pages or of their lists.
fn belongs(id: i64, segment: &Segment) -> bool {
    let (of, list, page) = (id >> 37, id >> 36 & 1 == 1, id & ((1 << 31) - 1));
    // The lists of pages that were merged away stay behind.
    let first = if list { 1 } else { segment.first };
    of == segment.id && (first..=segment.last).contains(&page)
}

fn leads(conn: &Connection) -> Result<BTreeMap<i64, Vec<Lead>>> {
    let mut statement = conn.prepare("SELECT segid, term, pgno FROM search_idx ORDER BY segid, term")?;
    let mut rows = statement.query([])?;
    let mut leads: BTreeMap<i64, Vec<Lead>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let word = match row.get_ref(1)? {
            rusqlite::types::ValueRef::Blob(bytes) | rusqlite::types::ValueRef::Text(bytes) => bytes.to_vec(),
            _ => Vec::new(),
        };
        let place: i64 = row.get(2)?;
        leads.entry(row.get(0)?).or_default().push(Lead { word, page: place >> 1, listed: place & 1 == 1 });
    }
    Ok(leads)
}

/// A number as FTS5 writes it: seven bits a byte, most significant first, the ninth byte whole.
fn number(bytes: &[u8], at: &mut usize) -> Option<i64> {
    let mut value = 0_i64;
    for i in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if i == 8 {
            return Some((value << 8) | i64::from(byte));
        }
        value = (value << 7) | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn size(bytes: &[u8], at: &mut usize) -> Option<usize> {
    number(bytes, at).and_then(|n| usize::try_from(n).ok())
}

/// The segments that the structure lists: the settings' generation (4 bytes), how many levels, segments and writes,
/// and each level with its segments.
fn segments(structure: &[u8]) -> Option<Vec<Segment>> {
    let mut at = 4;
    // A later form of the list names itself; this archive's index never needs it.
    if structure.get(4..8) == Some(&[0xff, 0, 0, 1]) {
        return None;
    }
    let (levels, _, _) =
        (number(structure, &mut at)?, number(structure, &mut at)?, number(structure, &mut at)?);
    let mut segments = Vec::new();
    for _ in 0..levels {
        let (_, count) = (number(structure, &mut at)?, number(structure, &mut at)?);
        for _ in 0..count {
            let id = number(structure, &mut at)?;
            let (first, last) = (number(structure, &mut at)?, number(structure, &mut at)?);
            segments.push(Segment { id, first, last });
        }
    }
    Some(segments)
}

/// The words that begin on a page. Its first four bytes say where documents begin and where the list of the words'
/// places does; the first word is whole, each other one repeats the beginning of the one before.
fn words(page: &[u8]) -> Option<Vec<Vec<u8>>> {
    let places = usize::from(u16::from_be_bytes([*page.get(2)?, *page.get(3)?]));
    let mut at = places;
    let mut place = 0;
    let mut words: Vec<Vec<u8>> = Vec::new();
    while at < page.len() {
        place += size(page, &mut at)?;
        let mut from = place;
        let mut word = match words.last() {
            Some(before) => before.get(..size(page, &mut from)?)?.to_vec(),
            None => Vec::new(),
        };
        let length = size(page, &mut from)?;
        word.extend(page.get(from..from.checked_add(length)?)?);
        words.push(word);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;

    fn archive() -> Connection {
        let conn = Connection::open_in_memory().unwrap();
        store::migrate(&conn, 0).unwrap();
        conn
    }

    /// Words as a long use leaves them: segments merged in part, lists of documents of common words, rows taken away.
    #[test]
    fn an_index_long_used_is_sound() {
        let (conn, made) = (archive(), archive());
        assert_eq!(faults(&conn, &made).unwrap(), [""; 0]);
        let mut seed = 7_u64;
        let mut random = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut merged = 0;
        for round in 0..400_i64 {
            let sql = conn.unchecked_transaction().unwrap();
            for n in 0..20 {
                let id = round * 20 + n;
                let words: Vec<String> =
                    (0..25).map(|_| format!("palabra{} común", random(1 << (2 + n % 12)))).collect();
                sql.execute(
                    "INSERT INTO search (rowid, title, body) VALUES (?1, ?2, 'año')",
                    (id, words.join(" ")),
                )
                .unwrap();
                if id % 7 == 0 {
                    sql.execute(
                        "DELETE FROM search WHERE rowid = ?1",
                        [id - i64::try_from(random(50)).unwrap()],
                    )
                    .unwrap();
                }
            }
            sql.commit().unwrap();
            if round % 40 == 39 {
                // A little at a time, as the index merges by itself.
                conn.execute("INSERT INTO search (search, rank) VALUES ('merge', 60)", []).unwrap();
                assert_eq!(faults(&conn, &made).unwrap(), [""; 0], "round {round}");
                let structure = block(&conn, STRUCTURE).unwrap().unwrap();
                merged += segments(&structure).unwrap().iter().filter(|s| s.first > 1).count();
            }
        }
        assert!(merged > 0, "some segments were merged in part");
        let listed: i64 =
            conn.query_row("SELECT count(*) FROM search_idx WHERE pgno & 1", [], |r| r.get(0)).unwrap();
        assert!(listed > 0, "some pages have lists of documents");
    }
}
