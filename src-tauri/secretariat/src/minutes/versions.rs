//! The versions of minutes: each draft as it was sent, the official text, the minutes that correct it; and what differs
//! between two of them, word by word.

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::assembly::{Assembly, MinutesPiece};
use super::life::{
    FormalCorrection, adopted, as_they_stand, corrections_of, issued_document, render_draft, unsigned,
};
use super::list::{MinutesFile, said_name, status_text};
use super::material::{Material, material};
use super::{Minutes, assemble};
use crate::codes::{MinutesKind, MinutesStatus};
use crate::document::Document;
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, MinutesDraftId, MinutesId, SessionId};
use crate::journal::{Read, Tx};
use crate::{record, spanish, text};

/// A draft as it was sent to members: what it said, and its file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesDraft {
    /// Its id.
    pub id: MinutesDraftId,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// 1, 2, …
    pub number: i64,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// When it was kept.
    pub kept_at: DateTime<Utc>,
    /// Who sent it.
    pub sent_by: String,
    /// Everything it said, part by part.
    pub content: Vec<MinutesPart>,
    /// Hash of its file.
    pub blob_id: String,
    /// The file's name.
    pub file: String,
    /// Its pages.
    pub pages: Option<i64>,
}
record!(MinutesDraft, "minutes_draft");

/// A part of minutes as text: an item of the agenda, or one of the tables around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesPart {
    /// The item; `null` for what is none.
    pub item_id: Option<AgendaItemId>,
    /// "7", "7.1"; empty for what is no item.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// What a version of minutes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MinutesVersionKind {
    /// A draft as it was sent to members.
    DraftSent,
    /// As adopted.
    Official,
    /// Minutes that correct the official ones.
    Correcting,
    /// As they stand now, not adopted yet.
    Current,
}

/// A version of minutes in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesVersion {
    /// Its id, for `compare_minutes`.
    pub id: String,
    /// What it is.
    pub kind: MinutesVersionKind,
    /// Its name.
    pub name: Text,
    /// Its day: sent, adopted.
    pub on: Option<NaiveDate>,
    /// Who sent or issued it.
    pub by: Option<String>,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Where they stand.
    pub status: MinutesStatus,
    /// In words.
    pub status_text: Text,
    /// Its file.
    pub file: Option<MinutesFile>,
    /// Whether its text is known, so that it can be compared.
    pub comparable: bool,
}

/// Which versions to compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareMinutes {
    /// The session.
    pub session_id: SessionId,
    /// The older version's id.
    pub from: String,
    /// The newer version's id; the minutes as they stand when not said.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<String>,
}

/// Whether a stretch of text is in both versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StretchKind {
    /// In both.
    Same,
    /// Only in the newer one.
    Added,
    /// Only in the older one.
    Removed,
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct TextStretch {
    /// In which version it stands.
    pub kind: StretchKind,
    /// Its words, with their blanks.
    pub text: String,
}

/// A part of minutes that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ComparedPart {
    /// "7", "7.1"; empty for what is no item.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The item; `null` for what is none.
    pub item_id: Option<AgendaItemId>,
    /// The paragraphs that differ, in order; those alike are left out.
    pub paragraphs: Vec<Vec<TextStretch>>,
}

/// What differs between two versions of minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesComparison {
    /// Name of the older version.
    pub from: Text,
    /// Name of the newer version.
    pub to: Text,
    /// Whether both say the same.
    pub same: bool,
    /// The parts that differ, in order.
    pub items: Vec<ComparedPart>,
}

/// Keeps a draft as it goes out: its text and its file.
pub(super) fn keep_sent(
    tx: &mut Tx<'_>,
    id: Option<MinutesDraftId>,
    m: &Material,
    sent_on: NaiveDate,
) -> Result<()> {
    let rendering = render_draft(m)?;
    let number = drafts(tx, &m.minutes.id)?.len() as i64 + 1;
    let draft = MinutesDraft {
        id: MinutesDraftId::given(id, tx.ctx)?,
        minutes_id: m.minutes.id.clone(),
        number,
        sent_on,
        kept_at: tx.ctx.now,
        sent_by: tx.ctx.actor.name.clone(),
        content: parts(&assemble(m)),
        blob_id: tx.put_blob(&rendering.pdf)?,
        file: format!("acta-{:02}-{}-borrador-{number}.pdf", m.minutes.number, m.minutes.year),
        pages: i64::try_from(rendering.pages.len()).ok(),
    };
    tx.insert(&draft)
}

fn drafts(read: &Read<'_>, minutes: &MinutesId) -> Result<Vec<MinutesDraft>> {
    read.select("WHERE minutes_id = ?1 ORDER BY number", [minutes])
}

/// The versions of a session's minutes, oldest first.
pub(super) fn history(read: &Read<'_>, m: &Material) -> Result<Vec<MinutesVersion>> {
    let minutes = &m.minutes;
    let line = |id: &str, kind, name: Text, of: &Minutes| MinutesVersion {
        id: id.to_owned(),
        kind,
        name,
        on: None,
        by: None,
        minutes_id: of.id.clone(),
        status: of.status,
        status_text: status_text(of.status),
        file: None,
        comparable: true,
    };
    let mut found = Vec::new();
    for draft in drafts(read, &minutes.id)? {
        let (n, day) = (draft.number, draft.sent_on);
        let name = text!(dates day; "Borrador {n}, enviado el {day}", "Draft {n}, sent on {day}");
        found.push(MinutesVersion {
            on: Some(draft.sent_on),
            by: Some(draft.sent_by),
            file: Some(MinutesFile { blob_id: draft.blob_id, name: draft.file, pages: draft.pages }),
            ..line(draft.id.as_str(), MinutesVersionKind::DraftSent, name, minutes)
        });
    }
    if !m.stored {
        return Ok(found);
    }
    if !adopted(minutes.status) {
        let name = text!("Como está ahora", "As it stands");
        found.push(line(minutes.id.as_str(), MinutesVersionKind::Current, name, minutes));
        return Ok(found);
    }
    let document = issued_document(read, minutes)?;
    // What came as a file says what the file says, and its words are not known here.
    let comparable = document.as_ref().is_some_and(|d| d.data_sha256.is_some());
    found.push(MinutesVersion {
        on: minutes.approved_on,
        by: document.map(|d| d.issued_by),
        file: file_of(minutes),
        comparable,
        ..line(minutes.id.as_str(), MinutesVersionKind::Official, said_name(minutes), minutes)
    });
    for correcting in correcting(read, &minutes.id)? {
        found.push(MinutesVersion {
            on: correcting.approved_on,
            by: issued_document(read, &correcting)?.map(|d| d.issued_by),
            file: file_of(&correcting),
            comparable,
            ..line(
                correcting.id.as_str(),
                MinutesVersionKind::Correcting,
                said_name(&correcting),
                &correcting,
            )
        });
    }
    Ok(found)
}

fn file_of(minutes: &Minutes) -> Option<MinutesFile> {
    minutes.blob_id.clone().map(|blob_id| MinutesFile {
        name: minutes.file.clone().unwrap_or_else(|| format!("{blob_id}.pdf")),
        blob_id,
        pages: minutes.pages,
    })
}

/// The minutes that correct others, oldest first.
pub(super) fn correcting(read: &Read<'_>, minutes: &MinutesId) -> Result<Vec<Minutes>> {
    read.select("WHERE corrects_minutes_id = ?1 ORDER BY year, number, id", [minutes])
}

/// What differs between two versions of a session's minutes, word by word.
///
/// # Errors
/// `not_found` for a version they do not have; `wrong_state` for a session that was never opened.
pub fn compare_minutes(read: &Read<'_>, request: CompareMinutes) -> Result<MinutesComparison> {
    let m = material(read, &request.session_id)?;
    let versions = history(read, &m)?;
    let of = |id: &str| {
        versions.iter().find(|v| v.id == id).ok_or_else(|| Failure::not_found("minutes_version", id))
    };
    let older = of(&request.from)?;
    let newer = of(request.to.as_deref().unwrap_or(m.minutes.id.as_str()))?;
    if let Some(version) = [older, newer].into_iter().find(|v| !v.comparable) {
        let name = &version.name;
        let (es, en) = (&name.es, &name.en);
        return Err(Failure::new(
            Code::WrongState,
            text!("De «{es}» solo se conserva el archivo.", "Of “{en}” only the file is kept."),
        ));
    }
    let now = parts(&as_they_stand(read, &m)?);
    let text_of = |version: &MinutesVersion| -> Result<(Vec<MinutesPart>, Vec<FormalCorrection>)> {
        Ok(match version.kind {
            MinutesVersionKind::Current | MinutesVersionKind::Official => (now.clone(), Vec::new()),
            MinutesVersionKind::DraftSent => (read.get::<MinutesDraft>(&version.id)?.content, Vec::new()),
            MinutesVersionKind::Correcting => {
                (now.clone(), corrections_of(&read.get::<Minutes>(&version.id)?)?)
            }
        })
    };
    let (older_parts, older_corrections) = text_of(older)?;
    let (newer_parts, newer_corrections) = text_of(newer)?;
    // Against the official text a correction stands where it stands: what it says struck, what it reads beside it.
    let items = if older.kind == MinutesVersionKind::Official && newer.kind == MinutesVersionKind::Correcting
    {
        marked(&older_parts, &newer_corrections)
    } else {
        compared(&corrected(older_parts, &older_corrections), &corrected(newer_parts, &newer_corrections))
    };
    Ok(MinutesComparison { from: older.name.clone(), to: newer.name.clone(), same: items.is_empty(), items })
}

/// Everything minutes say, part by part, in printed order.
pub(super) fn parts(a: &Assembly) -> Vec<MinutesPart> {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, spanish::date);
    let joined = |words: &[&str]| {
        words.iter().filter(|w| !w.trim().is_empty()).copied().collect::<Vec<_>>().join(", ")
    };
    let table = |title: &str, paragraphs: Vec<String>| MinutesPart {
        item_id: None,
        number: String::new(),
        title: title.to_owned(),
        paragraphs: paragraphs.into_iter().filter(|p| !p.trim().is_empty()).collect(),
    };
    let clock = |time: Option<chrono::NaiveTime>| time.map_or_else(String::new, spanish::clock);
    let mut head = vec![
        a.session.clone(),
        spanish::long_date(a.date),
        format!("{} – {}", clock(a.start), clock(a.end)),
        a.place.clone(),
    ];
    head.extend(a.presided.iter().cloned());
    head.extend(a.entered_afterwards.clone());
    let mut found = vec![
        table("Datos de la sesión", head),
        table(
            "Integrantes",
            a.members
                .iter()
                .map(|row| {
                    let came = if row.attended { "Sí" } else { "No" };
                    joined(&[&row.name, &row.position, &row.entity, came, &row.remarks])
                })
                .collect(),
        ),
        table(
            "Otros asistentes",
            a.secretariat
                .iter()
                .chain(&a.guests)
                .map(|row| joined(&[&row.name, &row.position, &row.entity, &row.reason]))
                .collect(),
        ),
        table("Orden del día", a.agenda.iter().map(|row| format!("{}. {}", row.number, row.title)).collect()),
    ];
    found.extend(a.items.iter().map(|item| {
        let mut paragraphs = Vec::new();
        for piece in &item.pieces {
            match piece {
                MinutesPiece::Narrative { markdown } => paragraphs
                    .extend(markdown.split("\n\n").map(|p| p.trim().to_owned()).filter(|p| !p.is_empty())),
                MinutesPiece::Computed { block } => {
                    paragraphs.extend(block.heading.clone());
                    paragraphs.extend(block.paragraphs.iter().cloned());
                    paragraphs
                        .extend(block.roll.iter().map(|r| format!("{}: {}, {}", r.seat, r.name, r.vote)));
                }
            }
        }
        MinutesPart {
            item_id: item.item_id.clone(),
            number: item.number.clone(),
            title: item.title.clone(),
            paragraphs,
        }
    }));
    found.push(table(
        "Compromisos",
        a.commitments.iter().map(|c| joined(&[&c.text, &c.person, &c.entity, &day(c.due_on)])).collect(),
    ));
    found.push(table(
        "Conclusiones",
        a.conclusions.iter().flat_map(|c| c.split("\n\n")).map(|p| p.trim().to_owned()).collect(),
    ));
    found.push(table(
        "Anexos",
        a.annexes.iter().map(|row| format!("{}. {}", row.number, row.title)).collect(),
    ));
    found.push(table(
        "Registro de respuestas",
        a.replies
            .iter()
            .flatten()
            .map(|row| joined(&[&row.seat, &row.name, &row.time, &row.means, &row.result]))
            .collect(),
    ));
    found.push(table(
        "Registro de quórum",
        a.quorum
            .iter()
            .flat_map(|q| &q.rows)
            .map(|row| {
                let count = format!("{} de {}", row.have, row.need);
                joined(&[&row.time, &row.movement, &count, &row.rule, &row.state])
            })
            .collect(),
    ));
    found
}

/// Whether a correction is of this part.
fn concerns(correction: &FormalCorrection, part: &MinutesPart) -> bool {
    correction.item_id.is_none() || correction.item_id == part.item_id
}

fn corrected(mut parts: Vec<MinutesPart>, corrections: &[FormalCorrection]) -> Vec<MinutesPart> {
    for part in &mut parts {
        for correction in corrections.iter().filter(|c| concerns(c, part)).cloned().collect::<Vec<_>>() {
            for paragraph in &mut part.paragraphs {
                *paragraph = paragraph.replace(&correction.says, &correction.reads);
            }
        }
    }
    parts
}

/// The paragraphs that corrections touch, with what they say struck and what they read beside it.
fn marked(parts: &[MinutesPart], corrections: &[FormalCorrection]) -> Vec<ComparedPart> {
    let mut found = Vec::new();
    for part in parts {
        let of_part: Vec<&FormalCorrection> = corrections.iter().filter(|c| concerns(c, part)).collect();
        let paragraphs: Vec<Vec<TextStretch>> = part
            .paragraphs
            .iter()
            .filter_map(|paragraph| {
                let mut stretches = vec![stretch(StretchKind::Same, paragraph)];
                for correction in &of_part {
                    stretches = stretches
                        .into_iter()
                        .flat_map(|s| match s.kind {
                            StretchKind::Same => struck(&s.text, correction),
                            _ => vec![s],
                        })
                        .collect();
                }
                (stretches.len() > 1).then_some(stretches)
            })
            .collect();
        if !paragraphs.is_empty() {
            found.push(ComparedPart {
                number: part.number.clone(),
                title: part.title.clone(),
                item_id: part.item_id.clone(),
                paragraphs,
            });
        }
    }
    found
}

fn struck(text: &str, correction: &FormalCorrection) -> Vec<TextStretch> {
    let mut found = Vec::new();
    for (i, between) in text.split(correction.says.as_str()).enumerate() {
        if i > 0 {
            found.push(stretch(StretchKind::Removed, &correction.says));
            found.push(stretch(StretchKind::Added, &correction.reads));
        }
        if !between.is_empty() {
            found.push(stretch(StretchKind::Same, between));
        }
    }
    found
}

fn stretch(kind: StretchKind, text: &str) -> TextStretch {
    TextStretch { kind, text: text.to_owned() }
}

/// What differs, part by part: parts are the same when they are of one item, or have one title.
fn compared(older: &[MinutesPart], newer: &[MinutesPart]) -> Vec<ComparedPart> {
    let same_part = |a: &&MinutesPart, b: &MinutesPart| match (&a.item_id, &b.item_id) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.title == b.title,
        _ => false,
    };
    let mut found = Vec::new();
    let mut push = |part: &MinutesPart, paragraphs: Vec<Vec<TextStretch>>| {
        if !paragraphs.is_empty() {
            found.push(ComparedPart {
                number: part.number.clone(),
                title: part.title.clone(),
                item_id: part.item_id.clone(),
                paragraphs,
            });
        }
    };
    for part in newer {
        let before = older.iter().find(|old| same_part(old, part));
        let titled = |part: &MinutesPart| format!("{} {}", part.number, part.title).trim().to_owned();
        let mut paragraphs = Vec::new();
        if let Some(before) = before.filter(|b| titled(b) != titled(part)) {
            paragraphs.push(words_compared(&titled(before), &titled(part)));
        }
        paragraphs.extend(paragraphs_compared(before.map_or(&[], |b| &b.paragraphs), &part.paragraphs));
        if before.is_none() && part.item_id.is_some() {
            paragraphs.insert(0, vec![stretch(StretchKind::Added, &titled(part))]);
        }
        push(part, paragraphs);
    }
    for part in older.iter().filter(|old| !newer.iter().any(|new| same_part(old, new))) {
        push(part, paragraphs_compared(&part.paragraphs, &[]));
    }
    found
}

/// The paragraphs that differ. What was changed and not merely added or dropped is compared word by word.
fn paragraphs_compared(older: &[String], newer: &[String]) -> Vec<Vec<TextStretch>> {
    let mut found = Vec::new();
    let (mut gone, mut come): (Vec<&String>, Vec<&String>) = (Vec::new(), Vec::new());
    let mut flush = |gone: &mut Vec<&String>, come: &mut Vec<&String>| {
        let mut left: Vec<&String> = std::mem::take(gone);
        for new in come.drain(..) {
            let alike = left.iter().position(|old| akin(old, new));
            match alike {
                Some(at) => {
                    found.extend(left.drain(..at).map(|old| vec![stretch(StretchKind::Removed, old)]));
                    let old = left.remove(0);
                    found.push(words_compared(old, new));
                }
                None => found.push(vec![stretch(StretchKind::Added, new)]),
            }
        }
        found.extend(left.into_iter().map(|old| vec![stretch(StretchKind::Removed, old)]));
    };
    for step in steps(older, newer) {
        match step {
            Step::Same(_) => flush(&mut gone, &mut come),
            Step::Gone(at) => gone.push(&older[at]),
            Step::Come(at) => come.push(&newer[at]),
        }
    }
    flush(&mut gone, &mut come);
    found
}

/// Whether two paragraphs are one that was edited: they share at least a third of their words.
fn akin(a: &str, b: &str) -> bool {
    let words: Vec<&str> = a.split_whitespace().collect();
    let others: Vec<&str> = b.split_whitespace().collect();
    let shared = words.iter().filter(|w| others.contains(w)).count();
    shared * 3 >= words.len().max(others.len())
}

/// A paragraph's words in both versions; neighbours of one kind are one stretch.
fn words_compared(older: &str, newer: &str) -> Vec<TextStretch> {
    let (old, new) = (tokens(older), tokens(newer));
    let mut found: Vec<TextStretch> = Vec::new();
    let (mut gone, mut come) = (String::new(), String::new());
    let flush = |gone: &mut String, come: &mut String, found: &mut Vec<TextStretch>| {
        for (kind, text) in [(StretchKind::Removed, gone), (StretchKind::Added, come)] {
            if !text.is_empty() {
                found.push(TextStretch { kind, text: std::mem::take(text) });
            }
        }
    };
    for step in steps(&old, &new) {
        match step {
            Step::Gone(at) => gone.push_str(old[at]),
            Step::Come(at) => come.push_str(new[at]),
            // A blank between two changed words does not cut them apart.
            Step::Same(at) if new[at].trim().is_empty() && !(gone.is_empty() && come.is_empty()) => {
                gone.push_str(new[at]);
                come.push_str(new[at]);
            }
            Step::Same(at) => {
                let blank_end = |text: &String| text.ends_with(char::is_whitespace);
                let mut before = String::new();
                if blank_end(&gone) && blank_end(&come) {
                    before = gone.split_off(gone.trim_end().len());
                    come.truncate(come.trim_end().len());
                }
                flush(&mut gone, &mut come, &mut found);
                let same = before + new[at];
                match found.last_mut().filter(|s| s.kind == StretchKind::Same) {
                    Some(last) => last.text.push_str(&same),
                    None => found.push(TextStretch { kind: StretchKind::Same, text: same }),
                }
            }
        }
    }
    flush(&mut gone, &mut come, &mut found);
    found
}

/// Words, blanks and the punctuation that ends words, one by one.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        c if c.is_whitespace() => 0,
        ',' | ';' | '.' | ':' | '«' | '»' | '(' | ')' | '¿' | '?' | '¡' | '!' => 1,
        _ => 2,
    };
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut start = 0;
    for (n, (at, c)) in letters.iter().enumerate().skip(1) {
        let (before, after) = (kind(letters[n - 1].1), kind(*c));
        // The point of "8:03" and of "1.000" is inside its word.
        let inner = |n: usize| {
            kind(letters[n].1) == 1
                && n > 0
                && letters[n - 1].1.is_ascii_digit()
                && letters.get(n + 1).is_some_and(|(_, c)| c.is_ascii_digit())
        };
        if (before == after && before != 1) || inner(n) || inner(n - 1) {
            continue;
        }
        found.push(&text[start..*at]);
        start = *at;
    }
    if start < text.len() {
        found.push(&text[start..]);
    }
    found
}

/// A step from the older list to the newer one; the position is in the list it is from (of the newer one when same).
enum Step {
    Same(usize),
    Gone(usize),
    Come(usize),
}

/// The shortest way from one list to the other: the longest common part stays.
fn steps<T: PartialEq>(older: &[T], newer: &[T]) -> Vec<Step> {
    let start = older.iter().zip(newer).take_while(|(a, b)| a == b).count();
    let (old, new) = (&older[start..], &newer[start..]);
    let width = new.len() + 1;
    let mut length = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i * width + j] = if old[i] == new[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let mut found: Vec<Step> = (0..start).map(Step::Same).collect();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            found.push(Step::Same(start + j));
            i += 1;
            j += 1;
        } else if j == new.len()
            || (i < old.len() && length[(i + 1) * width + j] >= length[i * width + j + 1])
        {
            found.push(Step::Gone(start + i));
            i += 1;
        } else {
            found.push(Step::Come(start + j));
            j += 1;
        }
    }
    found
}

/// The correcting minutes of others, as their screen shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct CorrectionView {
    /// Their record.
    pub minutes: Minutes,
    /// "Acta n.º 5 de 2025, aclaratoria".
    pub name: Text,
    /// Where they stand, in words.
    pub status_text: Text,
    /// Why.
    pub reason: String,
    /// What they correct.
    pub corrections: Vec<FormalCorrection>,
    /// Signatures due and given, with names.
    pub signatures: Vec<super::SignatureLine>,
    /// Why, once adopted, they cannot become signed: every signature is recorded as missing.
    pub unsigned: Option<Text>,
    /// Their file as issued.
    pub document: Option<Document>,
}

/// The minutes that correct those of a session.
pub(super) fn correction_views(read: &Read<'_>, m: &Material) -> Result<Vec<CorrectionView>> {
    let mut found = Vec::new();
    for minutes in correcting(read, &m.minutes.id)? {
        found.push(CorrectionView {
            name: said_name(&minutes),
            status_text: status_text(minutes.status),
            reason: minutes
                .data
                .as_ref()
                .and_then(|d| d.get("reason"))
                .and_then(|r| r.as_str())
                .unwrap_or_default()
                .to_owned(),
            corrections: corrections_of(&minutes)?,
            signatures: super::list::signature_lines(read, &minutes)?,
            unsigned: unsigned(&minutes),
            document: issued_document(read, &minutes)?,
            minutes,
        });
    }
    Ok(found)
}

/// Where minutes are kept as text: whether they say those words, and else the nearest words they do say.
pub(super) struct OfficialText {
    parts: Vec<MinutesPart>,
    /// The printed pages' text.
    printed: String,
}

impl OfficialText {
    /// The text of a session's minutes.
    pub fn of(assembly: &Assembly, printed: String) -> Self {
        Self { parts: parts(assembly), printed }
    }

    fn of_item(&self, item: Option<&AgendaItemId>) -> impl Iterator<Item = &str> {
        let parts = self.parts.iter().filter(move |p| item.is_none_or(|i| p.item_id.as_ref() == Some(i)));
        let printed = item.is_none().then_some(self.printed.as_str());
        parts
            .flat_map(|p| std::iter::once(p.title.as_str()).chain(p.paragraphs.iter().map(String::as_str)))
            .chain(printed)
    }

    /// Whether the minutes, or the item when one is given, say those words.
    pub fn says(&self, words: &str, item: Option<&AgendaItemId>) -> bool {
        let wanted = squeezed(words);
        self.of_item(item).any(|text| squeezed(text).contains(&wanted))
    }

    /// The words most like those, when any are.
    pub fn nearest(&self, words: &str, item: Option<&AgendaItemId>) -> Option<String> {
        let wanted: Vec<&str> = words.split_whitespace().collect();
        let mut best: Option<(usize, String)> = None;
        for text in self.of_item(item) {
            let there: Vec<&str> = text.split_whitespace().collect();
            if there.len() < wanted.len() || wanted.is_empty() {
                continue;
            }
            for window in there.windows(wanted.len()) {
                // Most windows have nothing in common with the words asked for: only the rest are measured.
                let shared = window.iter().zip(&wanted).filter(|(a, b)| a == b).count();
                if wanted.len() > 3 && shared * 2 < wanted.len() {
                    continue;
                }
                let said = window.join(" ");
                let far = super::narrative::distance(&said, words);
                if far * 2 <= words.chars().count() && best.as_ref().is_none_or(|(least, _)| far < *least) {
                    best = Some((far, said));
                }
            }
        }
        best.map(|(_, said)| said.trim_matches(|c: char| matches!(c, ',' | ';' | '.' | ':')).to_owned())
    }
}

/// A text without blanks and hyphens, so that where a line broke does not matter.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}')).collect()
}

/// Whether minutes are correcting ones that can still be edited.
pub(super) fn is_open_correction(minutes: &Minutes) -> bool {
    minutes.kind == MinutesKind::Correcting && minutes.status == MinutesStatus::Draft
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(stretches: &[TextStretch]) -> String {
        stretches
            .iter()
            .map(|s| match s.kind {
                StretchKind::Same => s.text.clone(),
                StretchKind::Added => format!("[+{}]", s.text),
                StretchKind::Removed => format!("[-{}]", s.text),
            })
            .collect()
    }

    #[test]
    fn words() {
        for (old, new, expect) in [
            ("A las 10:30 salió.", "A las 10:20 salió.", "A las [-10:30][+10:20] salió."),
            ("Habló la doctora X.", "Habló el doctor X.", "Habló [-la doctora][+el doctor] X."),
            ("Se aprobó", "Se aprobó.", "Se aprobó[+.]"),
            ("uno dos", "uno nuevo dos", "uno [+nuevo ]dos"),
        ] {
            assert_eq!(shown(&words_compared(old, new)), expect, "{old} → {new}");
        }
    }

    #[test]
    fn either_side_of_a_comparison_is_read_back_whole() {
        let texts = [
            "",
            "a",
            "La sesión, a las 8:03 a. m.",
            "La sesión a las 8:30.",
            "Otra cosa (1.000) «así»",
            "a a b a",
        ];
        for old in texts {
            for new in texts {
                let stretches = words_compared(old, new);
                let side = |other: StretchKind| -> String {
                    stretches.iter().filter(|s| s.kind != other).map(|s| s.text.as_str()).collect()
                };
                assert_eq!(side(StretchKind::Added), old, "{old} → {new}");
                assert_eq!(side(StretchKind::Removed), new, "{old} → {new}");
            }
        }
    }

    #[test]
    fn paragraphs() {
        let list = |of: &[&str]| of.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let old = list(&["Igual.", "Se leyó el informe anual completo.", "Se va."]);
        let new = list(&["Igual.", "Llega algo distinto.", "Se leyó el informe anual."]);
        let found: Vec<String> = paragraphs_compared(&old, &new).iter().map(|p| shown(p)).collect();
        assert_eq!(found, ["[+Llega algo distinto.]", "Se leyó el informe anual[- completo].", "[-Se va.]"]);
        assert!(paragraphs_compared(&old, &old).is_empty());
    }
}
