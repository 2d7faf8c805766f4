//! The binder of a session (expediente de la sesión): one PDF with every paper and annex of it, behind a cover and contents
//! that lead to each. It is put together anew from what the archive keeps, and is no official file itself.

mod contents;

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::AgendaItem;
use crate::annex::Annex;
use crate::body::Body;
use crate::codes::{AnnexOwner, DocumentKind};
use crate::context::Context;
use crate::course::printed_order;
use crate::delegation::Delegation;
use crate::document::Document;
use crate::failure::{Code, Failure, Result};
use crate::file::write_whole;
use crate::ids::{DelegationId, MinutesId, ProposalId, SessionId};
use crate::journal::Read;
use crate::minutes;
use crate::paper::{self, PaperOf};
use crate::print::join::{self, About, Joined, Unreadable};
use crate::progress::{Watch, tell_each};
use crate::proposal::Proposal;
use crate::recusal::Recusal;
use crate::session::{self, Session};
use crate::{Secretariat, print, store, text};

/// Largest picture that is placed on a page, in bytes: a page scanned in colour takes less.
const LARGEST_PICTURE: i64 = 20 * 1024 * 1024;

/// Which session's binder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GetBinder {
    /// The session.
    pub session_id: SessionId,
}

/// What goes into a binder and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BinderPlace {
    /// Its own pages.
    Pages,
    /// A picture, on a page of its own.
    Picture,
    /// Named in the contents alone: a binder cannot show it.
    Named,
}

/// A paper or annex of a session, as its binder takes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BinderEntry {
    /// The part of the binder: "Convocatoria y orden del día".
    pub part: String,
    /// Its title.
    pub title: String,
    /// What it is: "acta firmada", "presentación".
    pub kind_text: String,
    /// Its file's name.
    pub file: String,
    /// Its size in bytes; 0 for one that is printed for the binder.
    pub size: i64,
    /// SHA-256 of its bytes; `null` for one that is printed for the binder.
    pub blob_id: Option<String>,
    /// How it goes in.
    pub place: BinderPlace,
    /// Why it is only named.
    pub why: Option<String>,
}

/// What the binder of a session holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BinderView {
    /// Its title: "Expediente de la sesión ordinaria n.º 3 de 2025".
    pub title: String,
    /// Its file's name.
    pub file: String,
    /// What it holds, in order.
    pub entries: Vec<BinderEntry>,
    /// Bytes of the files that go in.
    pub size: i64,
}

/// A line of a binder that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BinderLine {
    /// What it is.
    pub entry: BinderEntry,
    /// Its first page in the binder, from 1; `null` when it is only named.
    pub page: Option<i64>,
    /// Its pages.
    pub pages: i64,
}

/// A binder that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct BinderMade {
    /// Where it was written.
    pub path: String,
    /// Its pages, cover and contents included.
    pub pages: i64,
    /// Its size in bytes.
    pub size: i64,
    /// What it holds, in order.
    pub lines: Vec<BinderLine>,
}

/// Where an entry's pages come from.
enum Source {
    /// A kept file, by its hash.
    Kept(String),
    /// A paper that is printed for the binder.
    Printed(PaperOf),
}

struct Planned {
    entry: BinderEntry,
    source: Source,
}

/// A binder before it is written.
struct Plan {
    session: Session,
    body: Body,
    title: String,
    file: String,
    entries: Vec<Planned>,
}

/// What the binder of a session would hold now.
///
/// # Errors
/// `not_found` for an unknown session.
#[allow(clippy::needless_pass_by_value)]
pub fn get_binder(read: &Read<'_>, request: GetBinder) -> Result<BinderView> {
    let plan = plan(read, &request.session_id)?;
    let entries: Vec<BinderEntry> = plan.entries.into_iter().map(|planned| planned.entry).collect();
    let size = entries.iter().filter(|e| e.place != BinderPlace::Named).map(|e| e.size).sum();
    Ok(BinderView { title: plan.title, file: plan.file, entries, size })
}

/// Writes the binder of a session to `path`, whole or not at all. What cannot be read is named in the contents with the
/// reason; nothing else stops it.
///
/// # Errors
/// `not_found` for an unknown session; `cancelled`; `disk_full`, `read_only`, `io`: what was at `path` is as it was.
pub fn make(
    archive: &Secretariat,
    ctx: &Context,
    session: &SessionId,
    path: &Path,
    watch: Watch<'_>,
) -> Result<BinderMade> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        let folder = folder.display();
        return Err(Failure::new(
            Code::Io,
            text!(
                "El expediente no se escribió: la carpeta «{folder}» no existe. Elija una que exista.",
                "The binder was not written: the folder “{folder}” does not exist. Choose one that does."
            ),
        ));
    }
    archive.query(ctx, |read| {
        let plan = plan(read, session)?;
        let mut made = None;
        write_whole(path, |out| {
            made = Some(write(read, &plan, out, watch)?);
            Ok::<(), Failure>(())
        })?;
        let (lines, pages) = made.ok_or_else(|| Failure::internal("the binder was not written"))?;
        let size = i64::try_from(std::fs::metadata(path)?.len()).unwrap_or(i64::MAX);
        Ok(BinderMade { path: path.display().to_string(), pages, size, lines })
    })
}

/// Joins all that goes in, then the cover and the contents that say where each begins.
fn write(
    read: &Read<'_>,
    plan: &Plan,
    out: &mut dyn Write,
    watch: Watch<'_>,
) -> Result<(Vec<BinderLine>, i64)> {
    let mut joined = Joined::new(out).map_err(failed)?;
    let step = text!("Reunir los documentos", "Gathering the documents");
    // A printed paper weighs next to nothing: each counts as one more than its bytes.
    let total = plan.entries.iter().map(|p| weight(&p.entry)).sum();
    let mut done = 0;
    let mut lines: Vec<BinderLine> = Vec::new();
    let mut after = 0;
    for planned in &plan.entries {
        tell_each(watch, &step, done, total)?;
        let mut entry = planned.entry.clone();
        let pages = match entry.place {
            BinderPlace::Named => 0,
            _ => match source(read, plan, planned)? {
                Ok(file) => {
                    let origin = join::origin(&file);
                    joined.add(file, Some(&entry.title), origin).map_err(failed)?
                }
                Err(unreadable) => {
                    entry.place = BinderPlace::Named;
                    entry.why = Some(why_unreadable(unreadable).to_owned());
                    0
                }
            },
        };
        done += weight(&entry);
        let page = (pages > 0).then_some(after + 1);
        let pages = i64::try_from(pages).unwrap_or(0);
        after += pages;
        lines.push(BinderLine { entry, page, pages });
    }
    tell_each(watch, &step, total, total)?;
    // The contents are as long as they are: where everything begins depends on it.
    let mut before = 1;
    let front = loop {
        for line in &mut lines {
            line.page = line.page.map(|page| page + before);
        }
        let drawn = contents::draw(plan, &lines, after + before, read.ctx.today());
        let rendering = print::render(&drawn).map_err(Failure::internal)?;
        let pages = i64::try_from(rendering.pages.len()).unwrap_or(1);
        if pages <= before {
            break rendering;
        }
        for line in &mut lines {
            line.page = line.page.map(|page| page - before);
        }
        before = pages;
    };
    let own = join::open(&front.pdf).map_err(|_| Failure::internal("the contents cannot be read back"))?;
    let about = About { title: &plan.title, author: &plan.body.name, date: read.ctx.now };
    joined.finish(own, &about).map_err(failed)?;
    Ok((lines, after + before))
}

fn weight(entry: &BinderEntry) -> u64 {
    u64::try_from(entry.size).unwrap_or(0) + 1
}

/// The pages of an entry, or why they cannot be had.
fn source(
    read: &Read<'_>,
    plan: &Plan,
    planned: &Planned,
) -> Result<std::result::Result<lopdf::Document, Unreadable>> {
    let bytes = match &planned.source {
        Source::Printed(paper) => paper::printed(read, paper)?,
        Source::Kept(blob) => store::read_blob(read.conn, blob)?,
    };
    if planned.entry.place != BinderPlace::Picture {
        return Ok(join::open(&bytes));
    }
    if !print::readable_picture(&bytes) {
        return Ok(Err(Unreadable::Broken));
    }
    let page = contents::picture(plan, &planned.entry, bytes);
    let rendering = print::render(&page).map_err(Failure::internal)?;
    drop(page);
    Ok(join::open(&rendering.pdf))
}

fn failed(error: lopdf::Error) -> Failure {
    match error {
        lopdf::Error::IO(error) => error.into(),
        error => Failure::internal(error),
    }
}

fn why_unreadable(unreadable: Unreadable) -> &'static str {
    match unreadable {
        Unreadable::Encrypted => "Pide una contraseña para abrirse.",
        Unreadable::Broken => "El archivo está dañado o no se puede leer.",
    }
}

/// What a binder can show of a file, by its media type.
fn place_of(media_type: &str, size: i64) -> (BinderPlace, Option<String>) {
    match media_type {
        "application/pdf" => (BinderPlace::Pages, None),
        "image/png" | "image/jpeg" if size <= LARGEST_PICTURE => (BinderPlace::Picture, None),
        "image/png" | "image/jpeg" => (BinderPlace::Named, Some("La imagen pesa más de 20 MB.".to_owned())),
        _ => (BinderPlace::Named, Some("Se abre con su propio programa.".to_owned())),
    }
}

/// The entries of a plan, as they are gathered.
struct Gathered<'a> {
    read: &'a Read<'a>,
    entries: Vec<Planned>,
    /// Files that are in already: one is bound once.
    bound: HashSet<String>,
}

impl Gathered<'_> {
    fn kept(
        &mut self,
        part: &str,
        title: String,
        kind: &str,
        file: &str,
        media: &str,
        blob: &str,
    ) -> Result<()> {
        if !self.bound.insert(blob.to_owned()) {
            return Ok(());
        }
        let size = self
            .read
            .conn
            .prepare_cached("SELECT size FROM blob WHERE id = ?1")?
            .query_row([blob], |row| row.get(0))?;
        let (place, why) = place_of(media, size);
        self.entries.push(Planned {
            entry: BinderEntry {
                part: part.to_owned(),
                title,
                kind_text: kind.to_owned(),
                file: file.to_owned(),
                size,
                blob_id: Some(blob.to_owned()),
                place,
                why,
            },
            source: Source::Kept(blob.to_owned()),
        });
        Ok(())
    }

    fn document(&mut self, part: &str, document: &Document) -> Result<()> {
        let Document { title, file, media_type, blob_id, kind, .. } = document;
        self.kept(part, title.clone(), kind.label(), file, media_type, blob_id)
    }

    fn annexes(&mut self, part: &str, owner: AnnexOwner, id: &str, of: &str) -> Result<()> {
        let annexes: Vec<Annex> =
            self.read.select("WHERE owner = ?1 AND owner_id = ?2 ORDER BY number", (owner, id))?;
        for annex in annexes {
            let title = format!("Anexo {}{of}. {}", annex.number, annex.title);
            self.kept(part, title, annex.kind.label(), &annex.file, &annex.media_type, &annex.blob_id)?;
        }
        Ok(())
    }

    /// A file of which only its name tells what it is.
    fn named(&mut self, part: &str, title: String, kind: &str, file: &str, blob: &str) -> Result<()> {
        let media = crate::annex::media_of_name(file);
        self.kept(part, title, kind, file, media, blob)
    }
}

/// The part of a binder where an official paper of a session stands.
fn part_of(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Notice => NOTICE,
        DocumentKind::AttendanceSheet | DocumentKind::QuorumLedger => ATTENDANCE,
        DocumentKind::VoteResult | DocumentKind::DecisionCertificate | DocumentKind::Accord => DECISIONS,
        DocumentKind::Minutes | DocumentKind::SignedMinutes | DocumentKind::PublicVersion => MINUTES,
        _ => OTHERS,
    }
}

const NOTICE: &str = "Convocatoria y orden del día";
const TREATED: &str = "Actas que se tratan";
const PROPOSALS: &str = "Propuestas";
const ATTENDANCE: &str = "Asistencia, delegaciones e impedimentos";
const DECISIONS: &str = "Votaciones y decisiones";
const MINUTES: &str = "Acta";
const ANNEXES: &str = "Anexos de la sesión y del acta";
const OTHERS: &str = "Otros documentos";

/// Gathers the papers and annexes of a session, part by part.
fn plan(read: &Read<'_>, id: &SessionId) -> Result<Plan> {
    let session: Session = read.get(id)?;
    let body: Body = read.get(&session.body_id)?;
    let mut documents: Vec<Document> =
        read.select("WHERE session_id = ?1 ORDER BY issued_at, rowid", [id])?;
    // The signed file holds the one that was issued, and each signature those before it.
    let mut last_signed: HashMap<MinutesId, String> = HashMap::new();
    for document in documents.iter().filter(|d| d.kind == DocumentKind::SignedMinutes) {
        if let Some(minutes) = &document.minutes_id {
            last_signed.insert(minutes.clone(), document.blob_id.clone());
        }
    }
    documents.retain(|document| {
        let signed = document.minutes_id.as_ref().and_then(|minutes| last_signed.get(minutes));
        match document.kind {
            DocumentKind::Minutes => signed.is_none(),
            DocumentKind::SignedMinutes => signed.is_none_or(|last| *last == document.blob_id),
            _ => true,
        }
    });
    let items = printed_order(read.select::<AgendaItem>("WHERE session_id = ?1", [id])?);
    let mut gathered = Gathered { read, entries: Vec::new(), bound: HashSet::new() };
    let of_part = |gathered: &mut Gathered<'_>, part: &str| -> Result<()> {
        for document in documents.iter().filter(|d| part_of(d.kind) == part) {
            gathered.document(part, document)?;
        }
        Ok(())
    };
    of_part(&mut gathered, NOTICE)?;
    let mut treated = HashSet::new();
    for minutes in items.iter().flat_map(|item| &item.minutes_ids) {
        if treated.insert(minutes.clone()) {
            let official: Vec<Document> = read.select(
                "WHERE minutes_id = ?1 AND kind IN ('minutes', 'signed_minutes') ORDER BY issued_at DESC, rowid DESC LIMIT 1",
                [minutes],
            )?;
            for document in official.iter().filter(|d| d.session_id.as_ref() != Some(id)) {
                gathered.document(TREATED, document)?;
            }
        }
    }
    let mut proposals: HashSet<&ProposalId> = HashSet::new();
    for proposal in items.iter().flat_map(|item| &item.proposal_ids) {
        if proposals.insert(proposal) {
            of_proposal(read, proposal, &mut gathered)?;
        }
    }
    of_part(&mut gathered, ATTENDANCE)?;
    acts(read, &session, &mut gathered)?;
    of_part(&mut gathered, DECISIONS)?;
    of_part(&mut gathered, MINUTES)?;
    gathered.annexes(ANNEXES, AnnexOwner::Session, id.as_str(), "")?;
    let own: Vec<minutes::Minutes> = read.select("WHERE session_id = ?1 ORDER BY year, number", [id])?;
    for minutes in own {
        gathered.annexes(ANNEXES, AnnexOwner::Minutes, minutes.id.as_str(), " del acta")?;
    }
    of_part(&mut gathered, OTHERS)?;
    let (es, number) = (session.said().es, session.number.unwrap_or(0));
    Ok(Plan {
        title: format!("Expediente de la {es}"),
        file: format!("expediente-sesion-{number:02}-{}.pdf", session.year),
        entries: gathered.entries,
        session,
        body,
    })
}

/// The profile of a proposal, as it was issued or else as it stands, and its annexes.
fn of_proposal(read: &Read<'_>, id: &ProposalId, gathered: &mut Gathered<'_>) -> Result<()> {
    let proposal: Proposal = read.get(id)?;
    gathered.entries.push(Planned {
        entry: BinderEntry {
            part: PROPOSALS.to_owned(),
            title: format!("{}. {}", proposal.code, proposal.title),
            kind_text: DocumentKind::ProjectProfile.label().to_owned(),
            file: String::new(),
            size: 0,
            blob_id: None,
            place: BinderPlace::Pages,
            why: None,
        },
        source: Source::Printed(PaperOf::ProjectProfile { proposal_id: id.clone() }),
    });
    gathered.annexes(PROPOSALS, AnnexOwner::Proposal, id.as_str(), &format!(" de {}", proposal.code))
}

/// The acts behind who sits and who steps aside: delegations in force that day or named in the session, and recusals.
fn acts(read: &Read<'_>, session: &Session, gathered: &mut Gathered<'_>) -> Result<()> {
    let named: HashSet<DelegationId> = read
        .select::<crate::attendance::Event>("WHERE session_id = ?1", [&session.id])?
        .into_iter()
        .filter_map(|event| event.delegation_id)
        .collect();
    let delegations: Vec<Delegation> = read.select(
        "JOIN seat ON seat.id = delegation.seat_id WHERE seat.body_id = ?1 ORDER BY delegation.valid_from, delegation.id",
        [&session.body_id],
    )?;
    for delegation in delegations {
        let of_session = delegation.session_ids.as_ref().is_none_or(|ids| ids.contains(&session.id));
        let in_force = !delegation.rejected
            && delegation.valid_from <= session.date
            && delegation.valid_to.is_none_or(|last| session.date <= last);
        if !(named.contains(&delegation.id) || in_force && of_session) {
            continue;
        }
        let title = crate::spanish::capitalized(&delegation.act.cited());
        if let (Some(blob), Some(file)) = (&delegation.blob_id, &delegation.file) {
            gathered.named(ATTENDANCE, title.clone(), "acto de delegación", file, blob)?;
        }
        let of = format!(" de {title}");
        gathered.annexes(ATTENDANCE, AnnexOwner::Delegation, delegation.id.as_str(), &of)?;
    }
    let recusals: Vec<Recusal> =
        read.select("WHERE session_id = ?1 ORDER BY declared_at, id", [&session.id])?;
    for recusal in recusals {
        if let (Some(blob), Some(file)) = (&recusal.blob_id, &recusal.file) {
            let title = format!("Escrito de {}", recusal.kind.label());
            gathered.named(ATTENDANCE, title, recusal.kind.label(), file, blob)?;
        }
    }
    Ok(())
}
