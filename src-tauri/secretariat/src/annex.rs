//! Annexes: files kept with what they belong to, numbered, with their origin.

mod media;

pub(crate) use media::{is_pdf, media_of_name};
pub use media::{media_type, sniff};

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::api::given;
use crate::body::Body;
use crate::codes::{AnnexKind, AnnexOwner, MinutesStatus, ProposalStatus};
use crate::delegation::Delegation;
use crate::failure::{Code, Failure, Result};
use crate::file::CarriedFile;
use crate::ids::AnnexId;
use crate::journal::{Read, Tx};
use crate::minutes::Minutes;
use crate::proposal::Proposal;
use crate::session::Session;
use crate::{file, record, text, typed};

/// Largest file kept, in bytes: 50 MB.
pub const LARGEST: usize = 50 * 1024 * 1024;

/// Where a file came from, when it came by e-mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Received {
    /// Sender's name or address.
    pub from: Option<String>,
    /// Subject of the message.
    pub subject: Option<String>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Hash of the message kept as evidence.
    pub message_blob_id: Option<String>,
}

/// A file kept with a session, proposal, delegation or minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Annex {
    /// Its id.
    pub id: AnnexId,
    /// What it belongs to.
    pub owner: AnnexOwner,
    /// Which one.
    pub owner_id: String,
    /// Its number there, from 1.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// What it is.
    pub kind: AnnexKind,
    /// The file's name.
    pub file: String,
    /// Its media type.
    pub media_type: String,
    /// Hash of its bytes.
    pub blob_id: String,
    /// Whether it may be published (attendance lists never are).
    pub public: bool,
    /// Where it came from.
    pub received: Option<Received>,
    /// Who looked at it before publication; `null` until somebody did.
    #[serde(default)]
    pub review: Option<AnnexReview>,
}
record!(Annex, "annex");

/// The review of an annex before publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AnnexReview {
    /// Who reviewed it.
    pub by: String,
    /// When.
    pub on: NaiveDate,
    /// Why it is not published; `null` when it is.
    pub reason: Option<String>,
}

/// A file to keep with what it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddAnnex {
    /// Its id; made when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<AnnexId>,
    /// What it belongs to.
    pub owner: AnnexOwner,
    /// Which one.
    pub owner_id: String,
    /// Its title; the file's name when not said.
    #[serde(default)]
    #[ts(optional)]
    pub title: Option<String>,
    /// What it is.
    pub kind: AnnexKind,
    /// Its number there; the next one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<i64>,
    /// The file.
    pub file: CarriedFile,
    /// Whether it may be published; not when not said. Attendance lists never are.
    #[serde(default)]
    #[ts(optional)]
    pub public: Option<bool>,
    /// Where it came from, when by e-mail.
    #[serde(default)]
    #[ts(optional)]
    pub received: Option<Received>,
}

/// Keeps a file as an annex, numbered after the last one.
///
/// # Errors
/// `not_found` for an unknown owner; `invalid_input` for a file that is empty, larger than 50 MB, a program, or
/// something else than its name says; `already_exists` for a number taken; `wrong_state` for adopted minutes.
pub fn add(tx: &mut Tx<'_>, request: AddAnnex) -> Result<Annex> {
    owner_takes_it(tx, request.owner, &request.owner_id)?;
    let bytes = request.file.bytes()?;
    let name = file_name(&request.file.name)?;
    let kept = Kept { name, bytes: &bytes };
    attach(
        tx,
        request.id,
        (request.owner, &request.owner_id),
        request.number,
        request.title.as_deref(),
        request.kind,
        &kept,
        request.public.unwrap_or(false),
        request.received,
    )
}

/// A file's name and bytes, on their way into the archive.
pub(crate) struct Kept<'a> {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Keeps bytes as an annex. The owner has been checked.
#[allow(clippy::too_many_arguments)]
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    id: Option<AnnexId>,
    (owner, owner_id): (AnnexOwner, &str),
    number: Option<i64>,
    title: Option<&str>,
    kind: AnnexKind,
    kept: &Kept<'_>,
    public: bool,
    received: Option<Received>,
) -> Result<Annex> {
    let media_type = media_type(&kept.name, kept.bytes)?;
    publishable(kind, public)?;
    let there = of_owner(tx, owner, owner_id)?;
    let next = there.last().map_or(1, |a| a.number + 1);
    let number = match number {
        None => next,
        Some(number) => free_number(&there, None, number, next)?,
    };
    let annex = Annex {
        id: match id {
            Some(id) => id,
            None => AnnexId::new(tx.ctx.new_id())?,
        },
        owner,
        owner_id: owner_id.to_owned(),
        number,
        title: typed::optional_line("title", title)?.unwrap_or_else(|| kept.name.clone()),
        kind,
        file: kept.name.clone(),
        media_type,
        blob_id: tx.put_blob(kept.bytes)?,
        public,
        received,
        review: None,
    };
    tx.insert(&annex)?;
    Ok(annex)
}

/// The last part of a file's name, fit to keep.
pub(crate) fn file_name(name: &str) -> Result<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    typed::line("file", &text!("el nombre del archivo", "The file's name"), last)
}

/// What to change of an annex. An absent field stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditAnnex {
    /// The annex.
    pub id: AnnexId,
    /// Its title.
    #[serde(default)]
    #[ts(optional)]
    pub title: Option<String>,
    /// What it is.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<AnnexKind>,
    /// Its new number; the others make room.
    #[serde(default)]
    #[ts(optional)]
    pub number: Option<i64>,
    /// Whether it may be published.
    #[serde(default)]
    #[ts(optional)]
    pub public: Option<bool>,
    /// Where it came from.
    #[serde(default, deserialize_with = "given")]
    #[ts(optional, type = "import('./Received').Received | null")]
    pub received: Option<Option<Received>>,
}

/// Edits an annex: title, kind, number, whether it may be published. Its file never changes.
///
/// # Errors
/// `invalid_input`; `wrong_state` for adopted minutes.
pub fn edit(tx: &mut Tx<'_>, request: EditAnnex) -> Result<Annex> {
    let mut annex: Annex = tx.get(&request.id)?;
    owner_takes_it(tx, annex.owner, &annex.owner_id)?;
    if let Some(title) = request.title {
        annex.title = typed::line("title", &text!("el título del anexo", "The title of the annex"), &title)?;
    }
    annex.kind = request.kind.unwrap_or(annex.kind);
    annex.public = request.public.unwrap_or(annex.public);
    publishable(annex.kind, annex.public)?;
    if let Some(received) = request.received {
        annex.received = received;
    }
    if let Some(number) = request.number.filter(|n| *n != annex.number) {
        let mut all = of_owner(tx, annex.owner, &annex.owner_id)?;
        let last = all.len() as i64;
        if !(1..=last).contains(&number) {
            return Err(Failure::field(
                "number",
                text!(
                    "Hay {last} anexos: el número va de 1 a {last}.",
                    "There are {last} annexes: the number goes from 1 to {last}."
                ),
            ));
        }
        all.retain(|other| other.id != annex.id);
        all.insert(usize::try_from(number - 1).unwrap_or(0), annex.clone());
        renumber(tx, &mut all)?;
        annex.number = number;
    }
    tx.put(&annex)?;
    Ok(annex)
}

/// What to do with an annex when the minutes are published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewAnnex {
    /// The annex.
    pub id: AnnexId,
    /// Whether it is published.
    pub public: bool,
    /// Why not, printed in the public version.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Settles, having looked at it, whether an annex is published. It can be done after adoption too: the official file
/// lists the annex either way.
///
/// # Errors
/// `rule_forbids` to publish an attendance list; `invalid_input` without the reason why it is not published.
pub fn review(tx: &mut Tx<'_>, request: ReviewAnnex) -> Result<Annex> {
    let mut annex: Annex = tx.get(&request.id)?;
    publishable(annex.kind, request.public)?;
    let reason = match request.public {
        true => None,
        false => Some(typed::line(
            "reason",
            &text!("por qué no se publica", "why it is not published"),
            request.reason.as_deref().unwrap_or_default(),
        )?),
    };
    annex.public = request.public;
    annex.review = Some(AnnexReview { by: tx.ctx.actor.name.clone(), on: tx.ctx.today(), reason });
    tx.put(&annex)?;
    Ok(annex)
}

/// Which annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnexRef {
    /// The annex.
    pub id: AnnexId,
}

/// Removes an annex; those after it close ranks. Its bytes stay in the archive, as the journal names them.
///
/// # Errors
/// `wrong_state` for adopted minutes.
pub fn remove(tx: &mut Tx<'_>, request: AnnexRef) -> Result<()> {
    let annex: Annex = tx.get(&request.id)?;
    owner_takes_it(tx, annex.owner, &annex.owner_id)?;
    tx.remove::<Annex>(&request.id)?;
    let mut left = of_owner(tx, annex.owner, &annex.owner_id)?;
    renumber(tx, &mut left)
}

/// Whose annexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAnnexes {
    /// What they belong to.
    pub owner: AnnexOwner,
    /// Which one.
    pub owner_id: String,
}

/// An annex in a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct AnnexLine {
    /// The annex.
    pub annex: Annex,
    /// Its kind in words.
    pub kind_text: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether it can ever be published.
    pub publishable: bool,
}

/// The annexes of something, by number.
///
/// # Errors
/// When the archive cannot be read.
pub fn list(read: &Read<'_>, request: ListAnnexes) -> Result<Vec<AnnexLine>> {
    let mut lines = Vec::new();
    for annex in of_owner(read, request.owner, &request.owner_id)? {
        let size = read
            .conn
            .prepare_cached("SELECT size FROM blob WHERE id = ?1")?
            .query_row([&annex.blob_id], |row| row.get(0))?;
        let publishable = annex.kind != AnnexKind::AttendanceList;
        lines.push(AnnexLine { kind_text: annex.kind.label().to_owned(), size, publishable, annex });
    }
    Ok(lines)
}

/// An annex's file, to save or open.
///
/// # Errors
/// `not_found`; `damaged` when its bytes are not those of its hash.
pub fn download(read: &Read<'_>, request: AnnexRef) -> Result<CarriedFile> {
    let annex: Annex = read.get(&request.id)?;
    file::get(read, file::GetFile { blob_id: annex.blob_id, name: annex.file })
}

fn of_owner(read: &Read<'_>, owner: AnnexOwner, id: &str) -> Result<Vec<Annex>> {
    read.select("WHERE owner = ?1 AND owner_id = ?2 ORDER BY number", (owner, id))
}

/// Numbers annexes 1, 2, … in their order.
fn renumber(tx: &mut Tx<'_>, annexes: &mut [Annex]) -> Result<()> {
    for (number, annex) in (1..).zip(annexes) {
        annex.number = number;
        tx.put(annex)?;
    }
    Ok(())
}

fn free_number(there: &[Annex], own: Option<&AnnexId>, number: i64, next: i64) -> Result<i64> {
    if !(1..=next).contains(&number) {
        return Err(Failure::field(
            "number",
            text!(
                "El número del anexo va de 1 a {next}, sin saltos; se recibió {number}.",
                "The annex's number goes from 1 to {next}, without gaps; got {number}."
            ),
        ));
    }
    match there.iter().find(|a| a.number == number && Some(&a.id) != own) {
        None => Ok(number),
        Some(other) => {
            let title = &other.title;
            Err(Failure::new(
                Code::AlreadyExists,
                text!(
                    "El anexo {number} es «{title}». El siguiente número libre es {next}.",
                    "Annex {number} is “{title}”. The next free number is {next}."
                ),
            )
            .with(json!({ "field": "number", "annex_id": other.id, "next": next })))
        }
    }
}

fn publishable(kind: AnnexKind, public: bool) -> Result<()> {
    if kind == AnnexKind::AttendanceList && public {
        return Err(Failure::new(
            Code::RuleForbids,
            text!(
                "Las listas de asistencia no se publican: llevan firmas y datos personales (Ley 1581 de 2012).",
                "Attendance lists are never published: they hold signatures and personal data (Ley 1581 de 2012)."
            ),
        )
        .with(json!({ "field": "public" })));
    }
    Ok(())
}

/// Refuses to change the annexes that adopted minutes list.
fn not_adopted(minutes: &Minutes) -> Result<()> {
    if !matches!(minutes.status, MinutesStatus::Approved | MinutesStatus::Signed | MinutesStatus::Published) {
        return Ok(());
    }
    Err(Failure::new(
        Code::WrongState,
        text!(
            "El acta ya se aprobó: sus anexos no cambian. Una corrección va en un acta aclaratoria.",
            "The minutes have been adopted: their annexes do not change. A correction goes in correcting minutes."
        ),
    )
    .with(json!({ "status": minutes.status, "acts": ["correct_minutes"] })))
}

/// Whether what an annex belongs to exists and still takes changes to its annexes.
pub(crate) fn owner_takes_it(read: &Read<'_>, owner: AnnexOwner, id: &str) -> Result<()> {
    match owner {
        AnnexOwner::Session => {
            read.get::<Session>(id)?;
            let minutes: Vec<Minutes> =
                read.select("WHERE session_id = ?1 AND kind <> 'correcting' LIMIT 1", [id])?;
            // The official file lists them.
            if let Some(minutes) = minutes.first() {
                not_adopted(minutes)?;
            }
        }
        AnnexOwner::Body => {
            read.get::<Body>(id)?;
        }
        AnnexOwner::Delegation => {
            read.get::<Delegation>(id)?;
        }
        AnnexOwner::Proposal => {
            let proposal: Proposal = read.get(id)?;
            // What was filed is frozen with its annexes; a returned one can be mended.
            if !matches!(proposal.status, ProposalStatus::Draft | ProposalStatus::Returned) {
                let (code, state) = (&proposal.code, proposal.status.label());
                return Err(Failure::new(
                    Code::WrongState,
                    text!(
                        "La propuesta {code} está {state}: sus anexos son los que se radicaron. Devuélvala para cambiarlos.",
                        "Proposal {code} has been filed: its annexes are those that were filed. Return it to change them."
                    ),
                )
                .with(json!({ "status": proposal.status, "acts": ["return_proposal"] })));
            }
        }
        AnnexOwner::Minutes => {
            let minutes: Minutes = read.get(id)?;
            not_adopted(&minutes)?;
        }
    }
    Ok(())
}
