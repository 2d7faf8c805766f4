//! The life of minutes: draft at adjournment, members' remarks, adoption by either route, signatures, publication, and
//! correction by further minutes. Adopted minutes are a file with its hash: adopting, signing and publishing are never
//! undone.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::annex::{Kept, attach, file_name};
use crate::body::{Body, Look, PaperSize, template_of};
use crate::calendar::Calendar;
use crate::codes::{
    AnnexKind, AnnexOwner, DocumentKind, MinutesKind, MinutesStatus, MotionKind, SessionStatus, VoteStatus,
};
use crate::context::instant;
use crate::course::{self, Course, Facts};
use crate::document::{Document, Issued, issue};
use crate::failure::{Code, Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{
    AgendaItemId, BodyId, DocumentId, MinutesDraftId, MinutesId, PersonId, RemarkId, SessionId, VoteId,
};
use crate::journal::{Read, Tx, hex};
use crate::live::{ApprovedMinutes, SessionRef};
use crate::person::Person;
use crate::preflight::{Override, PreflightCheck};
use crate::print::akoma_ntoso::{Work, akoma_ntoso};
use crate::print::minutes::{Finish, correcting_minutes, minutes as minutes_paper};
use crate::print::{self, Attachment, Paper, Rendering};
use crate::rules::{ApprovalRoute, Deadlines, Milestones, NotHeldApproval, VoteResult};
use crate::session::Session;
use crate::vote::{Motion, Vote};
use crate::{catalog, spanish, store, text, typed};

use super::assembly::{Assembly, SignerRow, assemble, signers};
use super::list::{SignatureLine, said_name, signature_lines};
use super::material::{Material, kind_for, material, next_number, signatures_due};
use super::preflight::preflight;
use super::public_version::publishable;
use super::versions::{
    CorrectionView, MinutesVersion, OfficialText, correction_views, history, is_open_correction, keep_sent,
};
use super::{CorrectingAssembly, Minutes, Remark, sentences};

// ── Reading ──

/// A term of the minutes' life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesDeadline {
    /// `draft`, `remarks`, `signature`, `publication`.
    pub step: String,
    /// Its last day; `null` while the day it counts from has not come.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Whether it was or still can be done in time.
    pub in_time: bool,
    /// In a sentence.
    pub text: Text,
}

/// A remark with its author's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct RemarkLine {
    /// The remark.
    pub remark: Remark,
    /// Whose.
    pub name: String,
    /// Whether it came after its term.
    pub late: bool,
}

/// The minutes of a session as their screen shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MinutesView {
    /// The minutes' record.
    pub minutes: Minutes,
    /// Whether they are a record yet; before adjournment they are only a preview.
    pub stored: bool,
    /// "Acta n.º 1 de 2025", as the list of minutes says it.
    pub title: Text,
    /// Everything they say: items with blocks and narrative, tables, signatures.
    pub assembly: Assembly,
    /// The checks before adoption.
    pub preflight: Vec<PreflightCheck>,
    /// Whether every check passed.
    pub ready: bool,
    /// How these minutes are approved.
    pub route: ApprovalRoute,
    /// Whether they only need signatures.
    pub signature_only: bool,
    /// The norm of that route, where registered.
    pub route_norm: Option<String>,
    /// Members' remarks.
    pub remarks: Vec<RemarkLine>,
    /// Terms.
    pub deadlines: Vec<MinutesDeadline>,
    /// Official files issued.
    pub versions: Vec<Document>,
    /// Correcting minutes.
    pub corrections: Vec<CorrectionView>,
    /// Drafts as they were sent, the official text and its corrections, oldest first.
    pub history: Vec<MinutesVersion>,
    /// Signatures due and given.
    pub signatures: Vec<SignatureLine>,
    /// Why adopted minutes cannot become signed: every signature is recorded as missing.
    pub unsigned: Option<Text>,
    /// Why adopted minutes are without their approval: the vote that approved them was counted again and no longer does.
    pub approval_fallen: Option<Text>,
    /// Whether the draft can be sent to the members.
    pub may_send: bool,
    /// The last day for remarks if the draft were sent today; `null` when it cannot be sent or the rules set no term.
    pub would_close_on: Option<NaiveDate>,
    /// Whether they are in a state that can be adopted.
    pub may_adopt: bool,
}

/// The minutes of a session: what they say, what is missing, where they stand.
///
/// # Errors
/// `not_found` for an unknown session, `wrong_state` for one that was never opened.
pub fn get_minutes_view(read: &Read<'_>, request: SessionRef) -> Result<MinutesView> {
    let m = material(read, &request.session_id)?;
    let assembly = as_they_stand(read, &m)?;
    let laid_out = print::pages(&minutes_paper(&assembly, &Finish::Draft, Paper::Letter, stamp(&m)));
    let checks = preflight(&m, &assembly, &laid_out.missing);
    let rules = &m.facts.frame.rule_set;
    let remarks = m
        .remarks
        .iter()
        .map(|remark| RemarkLine {
            name: m.full_name(&remark.person_id),
            late: m
                .minutes
                .remarks_until
                .is_some_and(|until| remark.received_on.is_some_and(|on| on > until)),
            remark: remark.clone(),
        })
        .collect();
    let versions =
        read.select("WHERE minutes_id = ?1 AND kind <> 'excerpt' ORDER BY issued_at, id", [&m.minutes.id])?;
    let (corrections, history) = (correction_views(read, &m)?, history(read, &m)?);
    let may_send = m.stored && may_send(&m.minutes);
    Ok(MinutesView {
        title: said_name(&m.minutes),
        ready: checks.iter().all(|c| c.ok),
        preflight: checks,
        route: rules.minutes.approval_route,
        signature_only: signature_only(&m),
        route_norm: route_norm(&m),
        remarks,
        deadlines: deadlines(read, &m)?,
        versions,
        corrections,
        history,
        signatures: signature_lines(read, &m.minutes)?,
        unsigned: unsigned(&m.minutes),
        approval_fallen: approval_fallen(&m),
        may_send,
        would_close_on: if may_send { remarks_by_rules(read, &m, read.ctx.today())? } else { None },
        may_adopt: m.stored && may_adopt(&m),
        stored: m.stored,
        minutes: m.minutes,
        assembly,
    })
}

/// Which minutes to show, and on which paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewMinutes {
    /// The session.
    pub session_id: SessionId,
    /// The paper; the body's when not said. An adopted file keeps its own.
    #[serde(default)]
    #[ts(optional)]
    pub paper: Option<PaperSize>,
}

/// A character printed as its code, because no embedded font has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MissingCharacter {
    /// The character.
    pub character: String,
    /// How often.
    pub count: i64,
    /// The text around the first one.
    pub context: String,
}

/// A paper as it prints, not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PaperPreview {
    /// The PDF, standard Base64.
    pub base64: String,
    /// Its pages.
    pub pages: i64,
    /// The text of each page, for the screen reader.
    pub texts: Vec<String>,
    /// Characters that print as their code.
    pub missing: Vec<MissingCharacter>,
    /// Whether it is an official file as issued.
    pub official: bool,
}

impl PaperPreview {
    /// The preview of a rendering.
    #[must_use]
    pub fn of(rendering: &Rendering, official: bool) -> Self {
        Self {
            base64: STANDARD.encode(&rendering.pdf),
            pages: i64::try_from(rendering.pages.len()).unwrap_or(0),
            texts: rendering.pages.iter().map(|p| p.text_lines().join("\n")).collect(),
            missing: rendering
                .missing
                .iter()
                .map(|g| MissingCharacter {
                    character: g.character.to_string(),
                    count: i64::try_from(g.count).unwrap_or(i64::MAX),
                    context: g.context.clone(),
                })
                .collect(),
            official,
        }
    }
}

/// The minutes of a session as they print now. Adopted ones are the file as issued.
///
/// # Errors
/// As [`get_minutes_view`].
pub fn preview_minutes(read: &Read<'_>, request: PreviewMinutes) -> Result<PaperPreview> {
    let m = material(read, &request.session_id)?;
    if let Some(document) = issued_document(read, &m.minutes)? {
        if document.data_sha256.is_none() {
            // It came as a file: its bytes and its pages are all that is known of it.
            let pdf = store::read_blob(read.conn, &document.blob_id)?;
            return Ok(PaperPreview {
                base64: STANDARD.encode(pdf),
                pages: document.pages.unwrap_or(0),
                texts: Vec::new(),
                missing: Vec::new(),
                official: true,
            });
        }
        let (rendering, pdf) = reprint(read, &m, &document)?;
        return Ok(PaperPreview { base64: STANDARD.encode(pdf), ..PaperPreview::of(&rendering, true) });
    }
    let paper = paper(request.paper.unwrap_or(m.body.paper));
    let (rendering, _) = render(read, &m, paper)?;
    Ok(PaperPreview::of(&rendering, false))
}

/// The bytes of an official file, and its pages as they were laid out: signatures given since are not on it.
fn reprint(read: &Read<'_>, m: &Material, document: &Document) -> Result<(Rendering, Vec<u8>)> {
    let pdf = store::read_blob(read.conn, &document.blob_id)?;
    let finish = Finish::Official {
        head: document.head.clone().unwrap_or_default(),
        data_sha256: document.data_sha256.clone().unwrap_or_default(),
    };
    let mut paper = minutes_paper(&data_inside(document, &pdf)?, &finish, paper(m.body.paper), stamp(m));
    m.look.dress(DocumentKind::Minutes, true, &mut paper);
    Ok((print::render(&paper).map_err(Failure::internal)?, pdf))
}

/// What minutes say. Adopted ones say what their file says, whatever people and entities are called since; only their
/// signatures are those of today.
pub(crate) fn as_they_stand(read: &Read<'_>, m: &Material) -> Result<Assembly> {
    let issued = match issued_document(read, &m.minutes)? {
        Some(document) if document.data_sha256.is_some() => document,
        _ => return Ok(assemble(m)),
    };
    let pdf = store::read_blob(read.conn, &issued.blob_id)?;
    let then = data_inside(&issued, &pdf)?;
    Ok(Assembly { signers: signers(m), signed_on: m.minutes.signed_on.or(then.signed_on), ..then })
}

/// The data that an official file carries, after making sure that they are those whose hash it prints.
fn data_inside(document: &Document, pdf: &[u8]) -> Result<Assembly> {
    let data = print::attached(pdf, DATA_FILE)
        .filter(|data| document.data_sha256.as_deref() == Some(hex(&Sha256::digest(data)).as_str()));
    let title = &document.title;
    let altered = || {
        Failure::new(
            Code::Damaged,
            text!(
                "El archivo de «{title}» no trae los datos con los que se expidió. Verifique el archivo y restaure una copia de seguridad.",
                "The file of “{title}” does not carry the data it was issued with. Verify the archive and restore a backup."
            ),
        )
    };
    serde_json::from_slice(&data.ok_or_else(altered)?).map_err(Failure::internal)
}

/// Prints and freezes minutes that came to the archive adopted and without their file: from then on they are bytes and
/// a hash as any others.
///
/// # Errors
/// When they cannot be printed or the archive cannot be written.
pub(crate) fn freeze_loaded(tx: &mut Tx<'_>, session: &SessionId) -> Result<()> {
    let m = material(tx, session)?;
    if !m.stored || !adopted(m.minutes.status) || m.minutes.blob_id.is_some() {
        return Ok(());
    }
    let (rendering, data) = render(tx, &m, paper(m.body.paper))?;
    file_officially(tx, None, m.minutes, data, &rendering).map(|_| ())
}

/// Files minutes that came with their own file as issued: that very file, served as it is.
///
/// # Errors
/// When the archive cannot be written.
pub(crate) fn issue_loaded(tx: &mut Tx<'_>, mut minutes: Minutes, pages: i64) -> Result<()> {
    let (Some(blob_id), Some(file)) = (minutes.blob_id.clone(), minutes.file.clone()) else { return Ok(()) };
    let document = Document {
        id: DocumentId::new(tx.ctx.new_id())?,
        kind: DocumentKind::Minutes,
        body_id: minutes.body_id.clone(),
        session_id: minutes.session_id.clone(),
        minutes_id: Some(minutes.id.clone()),
        title: name(&minutes),
        file,
        media_type: "application/pdf".to_owned(),
        blob_id,
        data_sha256: None,
        head: None,
        issued_at: tx.ctx.now,
        issued_by: tx.ctx.actor.name.clone(),
        pages: Some(pages),
        template: None,
        paper: None,
    };
    tx.insert(&document)?;
    minutes.pages = Some(pages);
    tx.put(&minutes)
}

/// Files a rendering of minutes as their official file.
fn file_officially(
    tx: &mut Tx<'_>,
    id: Option<DocumentId>,
    mut minutes: Minutes,
    data: String,
    rendering: &Rendering,
) -> Result<Minutes> {
    let template = template_of(tx, &minutes.body_id)?;
    let (number, year) = (minutes.number, minutes.year);
    let (title, file) = match minutes.kind {
        MinutesKind::Correcting => {
            (format!("{}, aclaratoria", name(&minutes)), format!("acta-{number:02}-{year}-aclaratoria.pdf"))
        }
        _ => (name(&minutes), format!("acta-{number:02}-{year}.pdf")),
    };
    let document = issue(
        tx,
        Issued {
            id,
            kind: DocumentKind::Minutes,
            body_id: minutes.body_id.clone(),
            session_id: minutes.session_id.clone(),
            minutes_id: Some(minutes.id.clone()),
            title,
            file,
            data_sha256: Some(data),
            template: Some(template),
            paper: None,
        },
        rendering,
    )?;
    minutes.blob_id = Some(document.blob_id);
    minutes.file = Some(document.file);
    minutes.pages = document.pages;
    tx.put(&minutes)?;
    Ok(minutes)
}

/// The PDF of a session's minutes: the adopted file, or the draft as it stands.
///
/// # Errors
/// As [`get_minutes_view`].
pub fn render_minutes(read: &Read<'_>, session: &SessionId) -> Result<Vec<u8>> {
    let m = material(read, session)?;
    if let Some(pdf) = issued(read, &m.minutes)? {
        return Ok(pdf);
    }
    Ok(render(read, &m, paper(m.body.paper))?.0.pdf)
}

/// The official file of minutes, if there is one.
pub(super) fn issued_document(read: &Read<'_>, minutes: &Minutes) -> Result<Option<Document>> {
    Ok(read
        .select(
            "WHERE minutes_id = ?1 AND kind = 'minutes' ORDER BY issued_at DESC, id DESC LIMIT 1",
            [&minutes.id],
        )?
        .pop())
}

/// The bytes of that file.
fn issued(read: &Read<'_>, minutes: &Minutes) -> Result<Option<Vec<u8>>> {
    issued_document(read, minutes)?.map(|d| store::read_blob(read.conn, &d.blob_id)).transpose()
}

/// A draft as it prints on the body's paper.
pub(super) fn render_draft(m: &Material) -> Result<Rendering> {
    print::render(&draft_document(m)).map_err(Failure::internal)
}

/// A draft before it is laid out.
pub(super) fn draft_document(m: &Material) -> print::Document {
    let mut document = minutes_paper(&assemble(m), &Finish::Draft, paper(m.body.paper), stamp(m));
    m.look.dress(DocumentKind::Minutes, false, &mut document);
    document
}

/// The newest minutes of a body under a look that is tried, as a draft; `None` when it has held no session yet.
pub(crate) fn under(read: &Read<'_>, body: &Body, look: &Look) -> Result<Option<PaperPreview>> {
    let held: Vec<Session> = read
        .select("WHERE body_id = ?1 AND status = 'adjourned' ORDER BY date DESC, id LIMIT 1", [&body.id])?;
    let Some(session) = held.first() else { return Ok(None) };
    let m = Material { look: look.clone(), ..material(read, &session.id)? };
    let mut document = minutes_paper(&assemble(&m), &Finish::Draft, paper(body.paper), stamp(&m));
    look.dress(DocumentKind::Minutes, true, &mut document);
    Ok(Some(PaperPreview::of(&print::render(&document).map_err(Failure::internal)?, false)))
}

/// Renders minutes: official when they are adopted, a draft else. Gives the SHA-256 of their data too.
fn render(read: &Read<'_>, m: &Material, paper: Paper) -> Result<(Rendering, String)> {
    let assembly = assemble(m);
    let data = data_sha256(&assembly)?;
    let finish = if adopted(m.minutes.status) {
        Finish::Official { head: read.head()?, data_sha256: data.clone() }
    } else {
        Finish::Draft
    };
    let mut document = minutes_paper(&assembly, &finish, paper, stamp(m));
    m.look.dress(DocumentKind::Minutes, finish != Finish::Draft, &mut document);
    if finish != Finish::Draft {
        document = with_data(document, &assembly, &work(&assembly))?;
    }
    Ok((print::render(&document).map_err(Failure::internal)?, data))
}

/// Whether minutes are adopted: their content never changes again.
pub(crate) fn adopted(status: MinutesStatus) -> bool {
    matches!(status, MinutesStatus::Approved | MinutesStatus::Signed | MinutesStatus::Published)
}

/// The canonical JSON of what is printed: keys sorted, no blanks.
fn canonical<T: Serialize>(data: &T) -> Result<String> {
    Ok(serde_json::to_value(data).map_err(Failure::internal)?.to_string())
}

/// The SHA-256 of the canonical JSON of what is printed.
pub(crate) fn data_sha256<T: Serialize>(data: &T) -> Result<String> {
    Ok(hex(&Sha256::digest(canonical(data)?.as_bytes())))
}

/// What catalogues ask of the minutes of a session.
pub(super) fn work(a: &Assembly) -> Work {
    Work { kind: "acta", number: a.number, year: a.year, date: a.date, body: a.body.clone(), public: false }
}

/// The name, inside the paper, of the data whose hash it prints.
const DATA_FILE: &str = "acta.json";

/// An official paper with its data inside: the JSON whose hash it prints, and its text as Akoma Ntoso.
pub(super) fn with_data<T: Serialize>(
    mut document: print::Document,
    data: &T,
    work: &Work,
) -> Result<print::Document> {
    let xml = akoma_ntoso(&document, work).map_err(Failure::internal)?;
    let attached = |name: &str, media_type: &str, description: &str, bytes: Vec<u8>| Attachment {
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        description: description.to_owned(),
        bytes,
    };
    document.attachments = vec![
        attached("acta.akn.xml", "application/xml", "Texto del acta en Akoma Ntoso 3.0", xml),
        attached(
            DATA_FILE,
            "application/json",
            "Datos del acta: su SHA-256 es el impreso al final",
            canonical(data)?.into_bytes(),
        ),
    ];
    Ok(document)
}

/// The date in the file's metadata: of signature or adoption, else the end of the session. Never the clock's.
pub(super) fn stamp(m: &Material) -> DateTime<Utc> {
    let noon = |day: NaiveDate| instant(day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()));
    match m.minutes.signed_on.or(m.minutes.approved_on) {
        Some(day) => noon(day),
        None => m.course.closed_at.or(m.course.opened_at).unwrap_or_else(|| noon(m.facts.session.date)),
    }
}

/// The engine's paper of a body's.
#[must_use]
pub fn paper(size: PaperSize) -> Paper {
    match size {
        PaperSize::Letter => Paper::Letter,
        PaperSize::A4 => Paper::A4,
        PaperSize::Oficio => Paper::Oficio,
    }
}

/// "Acta n.º 1 de 2025".
pub(super) fn name(minutes: &Minutes) -> String {
    spanish::minutes_name(u32::try_from(minutes.number).unwrap_or(0), minutes.year)
}

fn signature_only(m: &Material) -> bool {
    m.minutes.kind == MinutesKind::NotHeldRecord
        && m.facts.frame.rule_set.minutes.not_held_record_approval == NotHeldApproval::SignatureOnly
}

fn route_norm(m: &Material) -> Option<String> {
    let rules = &m.facts.frame.rule_set;
    rules.source(rules.minutes.article.as_deref()).filter(|s| s.article.is_some()).map(|s| s.citation)
}

fn deadlines(read: &Read<'_>, m: &Material) -> Result<Vec<MinutesDeadline>> {
    let rules = &m.facts.frame.rule_set.deadlines;
    let calendar = catalog::calendar(read)?;
    Ok(deadlines_of(&m.minutes, m.facts.session.date, rules, &calendar, read.ctx.today()))
}

/// The terms of minutes by the rules their session was held under, as they stand on a day.
pub(super) fn deadlines_of(
    minutes: &Minutes,
    session_date: NaiveDate,
    rules: &Deadlines,
    calendar: &Calendar,
    today: NaiveDate,
) -> Vec<MinutesDeadline> {
    let days = Milestones { session_date, draft_sent: minutes.draft_sent_on, signed: minutes.signed_on };
    let closed = adopted(minutes.status).then_some(minutes.approved_on).flatten();
    let mut found = Vec::new();
    for (step, term, done_on, es, en) in [
        ("draft", rules.minutes_draft, minutes.draft_sent_on, "Envío del borrador", "Draft sent"),
        ("remarks", rules.minutes_remarks, closed, "Observaciones", "Remarks"),
        ("signature", rules.minutes_signature, minutes.signed_on, "Firma", "Signature"),
        ("publication", rules.minutes_publication, minutes.published_on, "Publicación", "Publication"),
    ] {
        let Some(term) = term else { continue };
        let due_on = term.date(&days, calendar);
        // Remarks are not a task of the secretariat: their term only ends.
        let in_time = step == "remarks" || due_on.is_none_or(|due| done_on.unwrap_or(today) <= due);
        let text = match (due_on, done_on.filter(|_| step != "remarks")) {
            (None, _) => text!("{es}: el plazo aún no corre.", "{en}: the term has not begun."),
            (Some(due), Some(done)) => {
                let (verdict_es, verdict_en) =
                    if in_time { ("a tiempo", "in time") } else { ("fuera de plazo", "late") };
                text!(
                    dates done, due;
                    "{es}: el {done}, {verdict_es} (plazo: {due}).",
                    "{en}: {done}, {verdict_en} (due {due})."
                )
            }
            (Some(due), None) if step == "remarks" && today > due => {
                text!(dates due; "{es}: el plazo terminó el {due}.", "{en}: the term ended on {due}.")
            }
            (Some(due), None) => {
                let (due_es, due_en) = (spanish::long_date(due), due.format("%A, %-d %B %Y").to_string());
                let (late_es, late_en) = if in_time { ("", "") } else { (", vencido", ", past") };
                text!("{es}: hasta el {due_es}{late_es}.", "{en}: by {due_en}{late_en}.")
            }
        };
        found.push(MinutesDeadline { step: step.to_owned(), due_on, done_on, in_time, text });
    }
    found
}

// ── Draft and remarks ──

/// Leaves the draft of a session's minutes ready when it is adjourned: number, kind and signatures due.
pub(crate) fn draft_after(tx: &mut Tx<'_>, id: Option<MinutesId>, session: &Session) -> Result<()> {
    let m = material(tx, &session.id)?;
    if m.stored {
        return Ok(());
    }
    let (number, year) = next_number(tx, session)?;
    let actor = &tx.ctx.actor;
    let role = if actor.role.trim().is_empty() { String::new() } else { format!(", {}", actor.role.trim()) };
    let minutes = Minutes {
        id: MinutesId::given(id, tx.ctx)?,
        number,
        year,
        kind: kind_for(session),
        signatures: signatures_due(&m.facts, &m.course),
        data: Some(json!({ "prepared_by": format!("{}{role}", actor.name.trim()) })),
        ..m.minutes
    };
    tx.insert(&minutes)
}

/// Who signs minutes that are not adopted follows a correction of who presided or acted as secretary; `recorded` and
/// `before` are the session as it was before it.
pub(crate) fn renew_signers(tx: &mut Tx<'_>, recorded: &Facts, before: &Course) -> Result<()> {
    if before.closed_at.is_none() {
        return Ok(()); // there are no minutes yet
    }
    let facts = course::facts(tx, &recorded.session.id)?;
    let due = signatures_due(&facts, &course::course(&facts));
    if due == signatures_due(recorded, before) {
        return Ok(());
    }
    let drafts: Vec<Minutes> =
        tx.select("WHERE session_id = ?1 AND kind <> 'correcting'", [&recorded.session.id])?;
    for minutes in drafts.into_iter().filter(|m| !adopted(m.status)) {
        tx.put(&Minutes { signatures: due.clone(), ..minutes })?;
    }
    Ok(())
}

/// A draft to send to members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendDraft {
    /// The id of the draft as it is sent; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<MinutesDraftId>,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// When it was sent; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub sent_on: Option<NaiveDate>,
    /// Who reviewed it, printed at its end.
    #[serde(default)]
    #[ts(optional)]
    pub reviewed_by: Option<String>,
    /// Last day for remarks, where the rules set no term.
    #[serde(default)]
    #[ts(optional)]
    pub remarks_until: Option<NaiveDate>,
}

/// Sends a draft to members and opens the term for their remarks. Sent without a term, it can be sent again with one.
///
/// # Errors
/// `wrong_state` when they are no draft or the session is still open; `invalid_input` for a date before the session
/// or in the future, or when silence approves and neither the rules nor the request say until when remarks are heard.
pub fn send_draft(tx: &mut Tx<'_>, request: SendDraft) -> Result<Minutes> {
    let mut minutes: Minutes = tx.get(&request.minutes_id)?;
    if !may_send(&minutes) {
        in_state(&minutes, &[MinutesStatus::Draft], "enviar", "send")?;
    }
    let m = of_session(tx, &minutes)?;
    ended(&m)?;
    let sent_on = past(tx, "sent_on", request.sent_on, Some(m.facts.session.date))?;
    minutes.draft_sent_on = Some(sent_on);
    minutes.remarks_until =
        remarks_until(&m, remarks_by_rules(tx, &m, sent_on)?, request.remarks_until, sent_on)?;
    minutes.status = MinutesStatus::InReview;
    if let Some(reviewer) = typed::optional_line("reviewed_by", request.reviewed_by.as_deref())? {
        set_data(&mut minutes, "reviewed_by", json!(reviewer));
    }
    tx.put(&minutes)?;
    keep_sent(tx, request.id, &Material { minutes: minutes.clone(), ..m }, sent_on)?;
    Ok(minutes)
}

/// The last day for remarks by the rules, on a draft sent that day.
fn remarks_by_rules(read: &Read<'_>, m: &Material, sent_on: NaiveDate) -> Result<Option<NaiveDate>> {
    let days = Milestones { session_date: m.facts.session.date, draft_sent: Some(sent_on), signed: None };
    let calendar = catalog::calendar(read)?;
    Ok(m.facts.frame.rule_set.deadlines.minutes_remarks.and_then(|term| term.date(&days, &calendar)))
}

/// A draft, or one that was sent without saying until when remarks are heard.
fn may_send(minutes: &Minutes) -> bool {
    match minutes.status {
        MinutesStatus::Draft => true,
        MinutesStatus::InReview => minutes.remarks_until.is_none(),
        _ => false,
    }
}

/// Whether the route of the rules adopts them from the state they are in.
fn may_adopt(m: &Material) -> bool {
    match m.minutes.status {
        MinutesStatus::InReview | MinutesStatus::Adjusted => true,
        MinutesStatus::Draft => {
            signature_only(m) || m.facts.frame.rule_set.minutes.approval_route == ApprovalRoute::SameSession
        }
        _ => false,
    }
}

/// The last day for remarks: the rules', else the one the secretary gives. Silence approves nothing without one.
fn remarks_until(
    m: &Material,
    by_rules: Option<NaiveDate>,
    given: Option<NaiveDate>,
    sent_on: NaiveDate,
) -> Result<Option<NaiveDate>> {
    let wrong = |message| Err(Failure::field("remarks_until", message));
    match (by_rules, given) {
        (Some(day), Some(given)) if given != day => wrong(text!(
            dates day;
            "Las reglas fijan el plazo de observaciones: hasta el {day}.",
            "The rules set the term for remarks: until {day}."
        )),
        (Some(day), _) => Ok(Some(day)),
        (None, Some(given)) if given < sent_on => wrong(text!(
            dates given, sent_on;
            "Las observaciones no pueden terminar el {given}, antes de enviarse el borrador el {sent_on}.",
            "Remarks cannot end on {given}, before the draft is sent on {sent_on}."
        )),
        (None, None)
            if m.facts.frame.rule_set.minutes.approval_route == ApprovalRoute::Silence
                && !signature_only(m) =>
        {
            wrong(text!(
                "El acta se aprueba por silencio al vencer las observaciones, y las reglas no fijan ese plazo. Diga hasta qué día se reciben.",
                "These minutes are approved by silence when the remarks end, and the rules set no term. Say until which day they are heard."
            ))
        }
        (None, given) => Ok(given),
    }
}

/// A member's remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutRemark {
    /// Its id; made when not said, edited when it exists.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<RemarkId>,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Whose.
    pub person_id: PersonId,
    /// Its words.
    pub text: String,
    /// When it was received; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub received_on: Option<NaiveDate>,
}

/// A remark as it was kept, with what must be known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ReceivedRemark {
    /// The remark.
    #[serde(flatten)]
    pub remark: Remark,
    /// Whether it came after its term; it is kept and answered all the same.
    pub late: bool,
    /// The same in sentences.
    pub warnings: Vec<Text>,
}

/// Records a member's remark on a draft.
///
/// # Errors
/// `wrong_state` when the draft is not out for remarks; `invalid_input` for an empty text, a day before the draft
/// was sent, or a person who has nothing to do with the body.
pub fn put_remark(tx: &mut Tx<'_>, request: PutRemark) -> Result<ReceivedRemark> {
    let minutes: Minutes = tx.get(&request.minutes_id)?;
    in_state(&minutes, &[MinutesStatus::InReview, MinutesStatus::Adjusted], "observar", "remark on")?;
    let person: Person = tx.get(&request.person_id)?;
    let words = typed::prose("text", &text!("la observación", "the remark"), &request.text)?;
    // Nobody remarks on a draft before it is sent.
    let received_on = past(tx, "received_on", request.received_on, minutes.draft_sent_on)?;
    let old: Option<Remark> = match &request.id {
        Some(id) => tx.find(id)?,
        None => None,
    };
    // Whose it is was settled when it was recorded.
    if old.as_ref().is_none_or(|old| old.person_id != person.id)
        && !concerns(tx, &minutes.body_id, &person.id)?
    {
        let (name, body) = (&person.full_name, tx.get::<Body>(&minutes.body_id)?.name);
        return Err(Failure::field(
            "person_id",
            text!(
                "{name} no tiene puesto, delegación ni invitación en «{body}», ni asistió a sus sesiones: no puede observar su acta. Escoja a quien hizo la observación, o registre primero su puesto o su asistencia.",
                "{name} has no seat, delegation or invitation in “{body}” and attended none of its sessions: they cannot remark on its minutes. Choose whose remark it is, or record their seat or attendance first."
            ),
        ));
    }
    let until = minutes.remarks_until;
    let there: Vec<Remark> = tx.select("WHERE minutes_id = ?1", [&minutes.id])?;
    let remark = Remark {
        id: match request.id {
            Some(id) => id,
            None => RemarkId::new(tx.ctx.new_id())?,
        },
        minutes_id: minutes.id,
        position: old
            .as_ref()
            .map_or_else(|| there.iter().map(|r| r.position).max().unwrap_or(0) + 1, |r| r.position),
        person_id: request.person_id,
        text: words,
        received_on: Some(received_on),
        accepted: old.as_ref().and_then(|r| r.accepted),
        reason: old.and_then(|r| r.reason),
    };
    tx.put(&remark)?;
    let late = until.filter(|until| received_on > *until);
    let warnings = late
        .map(|until| {
            text!(
                dates received_on, until;
                "La observación llegó el {received_on}, después del término, que venció el {until}.",
                "The remark came on {received_on}, after its term, which ended on {until}."
            )
        })
        .into_iter()
        .collect();
    Ok(ReceivedRemark { remark, late: late.is_some(), warnings })
}

/// Whether a person has to do with a body: its liaison, holder or delegate of a seat, a permanent invitee, a guest or
/// secretary of a session, or named in what happened in one.
fn concerns(read: &Read<'_>, body: &BodyId, person: &PersonId) -> Result<bool> {
    for question in [
        "SELECT EXISTS (SELECT 1 FROM holder JOIN seat ON seat.id = seat_id WHERE body_id = ?1 AND person_id = ?2)",
        "SELECT EXISTS (SELECT 1 FROM delegation JOIN seat ON seat.id = seat_id WHERE body_id = ?1 AND (delegate_id = ?2 OR principal_id = ?2))",
        "SELECT EXISTS (SELECT 1 FROM person JOIN seat ON seat.id = person.seat_id WHERE body_id = ?1 AND person.id = ?2)",
        "SELECT EXISTS (SELECT 1 FROM person JOIN invitee ON invitee.entity_id = person.entity_id
           OR invitee.partner_id = person.partner_id OR invitee.name = person.organization
           WHERE body_id = ?1 AND person.id = ?2)",
        "SELECT EXISTS (SELECT 1 FROM guest JOIN session ON session.id = session_id WHERE body_id = ?1 AND person_id = ?2)",
        "SELECT EXISTS (SELECT 1 FROM session WHERE body_id = ?1 AND secretary_person_id = ?2)",
        "SELECT EXISTS (SELECT 1 FROM session JOIN event ON event.session_id = session.id
           WHERE body_id = ?1 AND person_id = ?2 AND struck IS NULL)",
    ] {
        if read.conn.prepare_cached(question)?.query_row((body, person), |r| r.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The secretariat's answer to a remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRemark {
    /// The remark.
    pub id: RemarkId,
    /// Whether it was taken in.
    pub accepted: bool,
    /// Why not, or how; asked for when it was not.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// Answers a remark.
///
/// # Errors
/// `needs_confirmation` without a reason when it is not accepted; `wrong_state` once the minutes are adopted.
pub fn answer_remark(tx: &mut Tx<'_>, request: AnswerRemark) -> Result<Remark> {
    let mut remark: Remark = tx.get(&request.id)?;
    let minutes: Minutes = tx.get(&remark.minutes_id)?;
    in_state(&minutes, &[MinutesStatus::InReview, MinutesStatus::Adjusted], "observar", "remark on")?;
    remark.reason = typed::optional_prose("reason", request.reason.as_deref())?;
    if !request.accepted && remark.reason.is_none() {
        return Err(Failure::new(
            Code::NeedsConfirmation,
            text!(
                "Diga por qué no se acoge la observación; la respuesta queda en el expediente.",
                "Say why the remark is not taken in; the answer stays on file."
            ),
        )
        .with(json!({ "confirm": "reason" })));
    }
    remark.accepted = Some(request.accepted);
    tx.put(&remark)?;
    Ok(remark)
}

/// Which minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MinutesRef {
    /// The minutes.
    pub minutes_id: MinutesId,
}

/// Closes the remarks: all are answered and the text is final.
///
/// # Errors
/// `wrong_state` when they are not out for remarks or one is unanswered.
pub fn adjust_minutes(tx: &mut Tx<'_>, request: MinutesRef) -> Result<Minutes> {
    let mut minutes: Minutes = tx.get(&request.minutes_id)?;
    in_state(&minutes, &[MinutesStatus::InReview], "ajustar", "adjust")?;
    let open: Vec<Remark> =
        tx.select("WHERE minutes_id = ?1 AND accepted IS NULL ORDER BY position", [&minutes.id])?;
    if !open.is_empty() {
        let (es, en) = match open.len() {
            1 => ("una observación".to_owned(), "One remark is".to_owned()),
            n => (format!("{n} observaciones"), format!("{n} remarks are")),
        };
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Hay {es} sin respuesta. Responda antes de ajustar el acta.",
                "{en} unanswered. Answer before adjusting the minutes."
            ),
        )
        .with(json!({ "remarks": open.iter().map(|r| r.id.as_str()).collect::<Vec<_>>() })));
    }
    minutes.status = MinutesStatus::Adjusted;
    tx.put(&minutes)?;
    Ok(minutes)
}

// ── Adoption ──

/// Minutes to adopt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptMinutes {
    /// The id of the official document that is kept; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DocumentId>,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// The session that approved them, for approval by vote.
    #[serde(default)]
    #[ts(optional)]
    pub approved_in_session_id: Option<SessionId>,
    /// The vote that approved them; found by its item when not said.
    #[serde(default)]
    #[ts(optional)]
    pub approved_vote_id: Option<VoteId>,
    /// When they were approved; the day of the vote, else today, when not said.
    #[serde(default)]
    #[ts(optional)]
    pub approved_on: Option<NaiveDate>,
    /// The day printed above the signatures; the day of approval when not said.
    #[serde(default)]
    #[ts(optional)]
    pub dated: Option<NaiveDate>,
    /// Failed checks gone past, each with the reason that is printed.
    #[serde(default)]
    #[ts(optional)]
    pub overrides: Option<Vec<Override>>,
}

/// Adopts minutes: checks them, prints the official file and freezes it with its hash. Never undone.
///
/// # Errors
/// `wrong_state` when the session is open, they are adopted already, or their route is not complete; `rule_forbids`
/// when the rules ask for another route; `needs_confirmation` with the failed checks in `details.checks`.
pub fn adopt_minutes(tx: &mut Tx<'_>, request: AdoptMinutes) -> Result<Minutes> {
    let mut minutes: Minutes = tx.get(&request.minutes_id)?;
    if adopted(minutes.status) {
        return Err(wrong_state(&minutes, "adoptar", "adopt"));
    }
    if minutes.kind == MinutesKind::Correcting {
        return adopt_correcting(tx, minutes, &request);
    }
    let before = of_session(tx, &minutes)?;
    ended(&before)?;
    approve(tx, &before, &mut minutes, &request)?;
    if let Some(dated) = request.dated {
        set_data(&mut minutes, "dated", json!(dated));
    }
    for given in request.overrides.unwrap_or_default() {
        let reason = typed::prose("overrides", &text!("la razón", "the reason"), &given.reason)?;
        minutes.overrides.retain(|o| o.check != given.check);
        minutes.overrides.push(Override { check: given.check, reason });
    }
    if minutes.signatures.is_empty() {
        minutes.signatures = signatures_due(&before.facts, &before.course);
    }
    let status = minutes.status;
    minutes.status = MinutesStatus::Approved;
    let m = Material { minutes, ..before };
    let (rendering, data) = render(tx, &m, paper(m.body.paper))?;
    let assembly = assemble(&m);
    let failed: Vec<PreflightCheck> =
        preflight(&m, &assembly, &rendering.missing).into_iter().filter(|c| !c.ok).collect();
    if let Some(first) = failed.first() {
        let (es, en) = (&first.text.es, &first.text.en);
        let (how_many, how_many_en) = match failed.len() {
            1 => ("falla una verificación".to_owned(), "one check fails".to_owned()),
            n => (format!("fallan {n} verificaciones"), format!("{n} checks fail")),
        };
        let code =
            if failed.iter().all(|c| c.overridable) { Code::NeedsConfirmation } else { Code::WrongState };
        return Err(Failure::new(
            code,
            text!(
                "El acta todavía no se puede adoptar: {how_many}. {es}",
                "The minutes cannot be adopted yet: {how_many_en}. {en}"
            ),
        )
        .with(json!({ "confirm": "overrides", "checks": failed, "status": status })));
    }
    file_officially(tx, request.id, m.minutes, data, &rendering)
}

/// Completes the approval by the route of the rules the session was held under.
fn approve(tx: &Tx<'_>, m: &Material, minutes: &mut Minutes, request: &AdoptMinutes) -> Result<()> {
    let session = &m.facts.session;
    let route = m.facts.frame.rule_set.minutes.approval_route;
    let norm = route_norm(m).map_or_else(String::new, |n| format!(" ({n})"));
    let forbids = |es: &str, en: &str| {
        Failure::new(Code::RuleForbids, Text::new(format!("{es}{norm}."), format!("{en}{norm}.")))
            .with(json!({ "route": route }))
    };
    if signature_only(m) {
        minutes.approved_on = Some(past(tx, "approved_on", request.approved_on, Some(session.date))?);
        return Ok(());
    }
    match route {
        ApprovalRoute::NextSession | ApprovalRoute::SameSession => {
            let in_review = [MinutesStatus::InReview, MinutesStatus::Adjusted];
            let approving = match route {
                ApprovalRoute::SameSession => session.id.clone(),
                _ => request.approved_in_session_id.clone().ok_or_else(|| {
                    forbids(
                        "El acta se aprueba por votación en una sesión posterior: diga en cuál",
                        "These minutes are approved by vote in a later session: say which",
                    )
                })?,
            };
            if route == ApprovalRoute::NextSession {
                in_state(minutes, &in_review, "aprobar", "approve")?;
            }
            let held: Session = tx.get(&approving)?;
            if held.body_id != session.body_id
                || (route == ApprovalRoute::NextSession
                    && (held.date < session.date || held.id == session.id))
            {
                return Err(forbids(
                    "El acta se aprueba en una sesión posterior de la misma instancia",
                    "Minutes are approved in a later session of the same body",
                ));
            }
            let vote = approving_vote(tx, minutes, &held, request.approved_vote_id.as_ref(), &forbids)?;
            if held.status != SessionStatus::Adjourned {
                return Err(Failure::new(
                    Code::WrongState,
                    text!(
                        "La sesión que aprueba el acta no ha terminado y lo votado en ella aún se puede corregir. Levántela y adopte después.",
                        "The session that approves the minutes is not over and its votes can still be corrected. Adjourn it and adopt afterwards."
                    ),
                ));
            }
            minutes.approved_vote_id = Some(vote.id.clone());
            minutes.approved_in_session_id = Some(held.id);
            minutes.approved_on = Some(request.approved_on.unwrap_or(held.date));
        }
        ApprovalRoute::Silence => {
            in_state(minutes, &[MinutesStatus::InReview, MinutesStatus::Adjusted], "aprobar", "approve")?;
            let Some(until) = minutes.remarks_until else {
                return Err(forbids(
                    "El acta se aprueba por silencio al vencer las observaciones, y no consta hasta cuándo se recibían. Envíe otra vez el borrador y dígalo",
                    "These minutes are approved by silence when the remarks end, and until when they were heard is not on record. Send the draft again and say so",
                ));
            };
            if tx.ctx.today() <= until {
                let day = spanish::long_date(until);
                return Err(forbids(
                    &format!("El plazo de observaciones corre hasta el {day}; el silencio aprueba después"),
                    &format!(
                        "The term for remarks runs until {}; silence approves after it",
                        until.format("%A, %-d %B %Y")
                    ),
                ));
            }
            let day = until.succ_opt().unwrap_or(until);
            minutes.approved_on =
                Some(past(tx, "approved_on", request.approved_on.or(Some(day)), Some(day))?);
        }
    }
    Ok(())
}

/// The adopted minutes that a vote approved, each told with where it stands.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn approved_by(read: &Read<'_>, vote: &VoteId) -> Result<Vec<ApprovedMinutes>> {
    let found: Vec<Minutes> = read.select("WHERE approved_vote_id = ?1 ORDER BY year, number, id", [vote])?;
    let told = |minutes: Minutes| {
        let (number, year) = (minutes.number, minutes.year);
        let (stands, stands_en) = match minutes.status {
            MinutesStatus::Published => (" y está publicada", " and are published"),
            MinutesStatus::Signed => (" y está firmada", " and are signed"),
            _ => ("", ""),
        };
        ApprovedMinutes {
            minutes_id: minutes.id,
            text: text!(
                "El acta {number} de {year} fue aprobada con esta votación{stands}: quedaría sin la votación que la aprobó.",
                "Minutes {number} of {year} were approved by this vote{stands_en}: they would be left without the vote that approved them."
            ),
        }
    };
    Ok(found.into_iter().filter(|minutes| adopted(minutes.status)).map(told).collect())
}

/// Why adopted minutes are without their approval, or nothing.
pub(super) fn approval_fallen(m: &Material) -> Option<Text> {
    let vote = m.approving_vote.as_ref().filter(|_| adopted(m.minutes.status))?;
    let approves = |vote: &Vote| {
        vote.status == VoteStatus::Closed
            && vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::Approved)
    };
    if approves(vote) {
        return None;
    }
    let question = &vote.question;
    let day = vote.recounts.last().map(|recount| crate::local(recount.at).date());
    let (on, on_en) = day.map_or((String::new(), String::new()), |day| {
        let said = Text::day(day);
        (format!(" el {}", said.es), format!(" on {}", said.en))
    });
    Some(text!(
        "La votación que aprobó esta acta, «{question}», se contó de nuevo{on} por una corrección y ya no la aprueba. Revise esa corrección, o lleve el asunto a la próxima sesión.",
        "The vote that approved these minutes, “{question}”, was counted again{on_en} by a correction and no longer approves them. Review that correction, or take the matter to the next session."
    ))
}

/// The vote of a session that approved minutes: of an item that lists them, or on a motion that names them.
fn approving_vote(
    tx: &Tx<'_>,
    minutes: &Minutes,
    held: &Session,
    said: Option<&VoteId>,
    forbids: &dyn Fn(&str, &str) -> Failure,
) -> Result<Vote> {
    let votes: Vec<Vote> = tx.select("WHERE session_id = ?1", [&held.id])?;
    let items: Vec<crate::agenda::AgendaItem> = tx.select("WHERE session_id = ?1", [&held.id])?;
    let motions: Vec<Motion> = tx.select("WHERE session_id = ?1", [&held.id])?;
    let treats = |vote: &Vote| {
        let motion = motions.iter().find(|m| Some(&m.id) == vote.motion_id.as_ref());
        let listed = items.iter().any(|i| i.id == vote.item_id && i.minutes_ids.contains(&minutes.id));
        let own = minutes.session_id.as_ref() == Some(&held.id);
        approves_minutes(
            minutes,
            motion.map(|m| m.kind),
            motion.map_or(&vote.question, |m| &m.text),
            listed,
            own,
        )
    };
    let approved = |vote: &&Vote| {
        vote.status == VoteStatus::Closed
            && vote.verdict.as_ref().is_some_and(|v| v.count.result == VoteResult::Approved)
    };
    let on_them = |vote: &&Vote| vote.status == VoteStatus::Closed && treats(vote);
    if let Some(last) = votes.iter().filter(on_them).max_by_key(|v| (v.closed_at, &v.id))
        && !approved(&last)
    {
        let question = &last.question;
        return Err(forbids(
            &format!("La última votación sobre esta acta, «{question}», no la aprobó"),
            &format!("The last vote on these minutes, “{question}”, did not approve them"),
        ));
    }
    let found: Vec<&Vote> = votes.iter().filter(approved).filter(|v| treats(v)).collect();
    match (said, found.as_slice()) {
        (Some(id), _) => found.iter().find(|v| v.id == *id).map(|v| (*v).clone()).ok_or_else(|| {
            forbids(
                "Esa votación no aprobó esta acta: indique la del punto que la trae, o la de una moción que la nombre",
                "That vote did not approve these minutes: name the one of their item, or of a motion that names them",
            )
        }),
        (None, [one]) => Ok((*one).clone()),
        (None, []) => Err(forbids(
            "En esa sesión no hay una votación cerrada que apruebe esta acta",
            "That session has no closed vote that approves these minutes",
        )),
        (None, several) => {
            let asked: Vec<String> = several.iter().map(|v| format!("«{}»", v.question)).collect();
            let list = spanish::list(&asked);
            let ids: Vec<&str> = several.iter().map(|v| v.id.as_str()).collect();
            Err(Failure::new(
                Code::NeedsConfirmation,
                text!(
                    "Varias votaciones pudieron aprobar esta acta: {list}. Indique cuál.",
                    "Several votes may have approved these minutes: {list}. Say which."
                ),
            )
            .with(json!({ "confirm": "approved_vote_id", "votes": ids })))
        }
    }
}

/// Whether a motion approves minutes by its kind and words. Words that name other minutes approve those; words that name
/// none approve the ones its item lists, or in their own session "el acta". Any other motion of that item approves nothing.
fn approves_minutes(
    minutes: &Minutes,
    kind: Option<MotionKind>,
    words: &str,
    listed: bool,
    own_session: bool,
) -> bool {
    if !matches!(kind, None | Some(MotionKind::Substantive | MotionKind::Procedural)) {
        return false;
    }
    let words = words.to_lowercase();
    // A vote may approve that the minutes are put off or denied.
    if ["no aprobar", "aplaz", "devolver", "negar", "improbar"].iter().any(|no| words.contains(no)) {
        return false;
    }
    let tokens: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|t| !t.is_empty()).collect();
    let mut named = Vec::new();
    let mut mentioned = false;
    for (i, _) in tokens.iter().enumerate().filter(|(_, t)| matches!(**t, "acta" | "actas")) {
        mentioned = true;
        let link = |t: &&&str| {
            matches!(**t, "n" | "º" | "no" | "num" | "núm" | "numero" | "número" | "y" | "de")
                || t.parse::<i64>().is_ok()
        };
        let numbers: Vec<i64> =
            tokens[i + 1..].iter().take_while(link).filter_map(|t| t.parse().ok()).collect();
        let year = numbers.iter().find(|n| **n >= 1000);
        named.extend(numbers.iter().filter(|n| **n < 1000).map(|n| (*n, year.copied())));
    }
    if !tokens.iter().any(|t| approves(t)) {
        return false;
    }
    if named.is_empty() {
        return mentioned && (listed || own_session) || listed && only_approves(&tokens);
    }
    let year = i64::from(minutes.year);
    named.iter().any(|(number, of)| *number == minutes.number && of.is_none_or(|of| of == year))
}

fn approves(token: &str) -> bool {
    token.starts_with("aprob") || token.starts_with("aprueb")
}

/// Words that say "aprobarla" and no more than how: "con los ajustes", "sin cambios".
fn only_approves(tokens: &[&str]) -> bool {
    let words = tokens.strip_prefix(&["se"]).unwrap_or(tokens);
    words.split_first().is_some_and(|(verb, rest)| approves(verb) && how(rest))
}

/// Nothing follows, or how it is done.
fn how(rest: &[&str]) -> bool {
    rest.first().is_none_or(|next| matches!(*next, "con" | "sin"))
}

// ── Signature and publication ──

/// A signature given, or missing with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignMinutes {
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Whose: `chair` or `secretariat`.
    pub role: String,
    /// When it was signed; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub signed_on: Option<NaiveDate>,
    /// Why it will not be signed.
    #[serde(default)]
    #[ts(optional)]
    pub missing_reason: Option<String>,
    /// The signed file or its scan, kept as an annex of the minutes.
    #[serde(default)]
    #[ts(optional)]
    pub file: Option<CarriedFile>,
}

/// Records a signature of adopted minutes, or why it is missing. When all are settled, at least one of them given, they
/// are signed. A signature that comes after it was recorded as missing takes its place, with its date, whatever has
/// become of the minutes since. Never undone.
///
/// # Errors
/// `wrong_state` when they are not adopted or that signature is settled; `invalid_input` for an unknown role or a
/// date before approval or in the future.
pub fn sign_minutes(tx: &mut Tx<'_>, request: SignMinutes) -> Result<Minutes> {
    let mut minutes: Minutes = tx.get(&request.minutes_id)?;
    if !adopted(minutes.status) {
        return Err(wrong_state(&minutes, "firmar", "sign"));
    }
    let reason = typed::optional_prose("missing_reason", request.missing_reason.as_deref())?;
    let signed_on = past(tx, "signed_on", request.signed_on, minutes.approved_on)?;
    let role = &request.role;
    let Some(signature) = minutes.signatures.iter_mut().find(|s| s.role == *role) else {
        return Err(Failure::field(
            "role",
            text!(
                "«{role}» no firma esta acta. Firman: chair, secretariat, según el reglamento.",
                "“{role}” does not sign these minutes. Who signs: chair, secretariat, by the rules."
            ),
        ));
    };
    match (signature.signed_on, signature.missing_reason.take(), reason) {
        (Some(day), _, _) => {
            return Err(Failure::new(
                Code::WrongState,
                text!(
                    dates day;
                    "Esa firma ya consta: se dio el {day}.",
                    "That signature is recorded already: it was given on {day}."
                ),
            ));
        }
        (None, Some(recorded), Some(_)) => {
            return Err(Failure::new(
                Code::WrongState,
                text!(
                    "Ya consta que falta esa firma: «{recorded}». Si llegó, regístrela con su fecha.",
                    "That signature is recorded as missing already: “{recorded}”. If it came, record it with its date."
                ),
            ));
        }
        (None, was_missing, None) => {
            signature.was_missing = was_missing;
            signature.signed_on = Some(signed_on);
        }
        (None, None, reason) => signature.missing_reason = reason,
    }
    let last = minutes.signatures.iter().filter_map(|s| s.signed_on).max();
    if minutes.status == MinutesStatus::Approved
        && minutes.signatures.iter().all(super::Signature::is_settled)
        && let Some(last) = last
    {
        minutes.status = MinutesStatus::Signed;
        minutes.signed_on = Some(last);
    }
    if let Some(file) = &request.file {
        let bytes = file.bytes()?;
        let kept = Kept { name: file_name(&file.name)?, bytes: &bytes };
        let title = format!("{} firmada", name(&minutes));
        attach(
            tx,
            None,
            (AnnexOwner::Minutes, minutes.id.as_str()),
            None,
            Some(&title),
            AnnexKind::Document,
            &kept,
            true,
            None,
        )?;
    }
    tx.put(&minutes)?;
    Ok(minutes)
}

/// Minutes to publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishMinutes {
    /// The minutes.
    pub minutes_id: MinutesId,
    /// When; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub published_on: Option<NaiveDate>,
}

/// Why adopted minutes whose signatures are all settled are not signed: nobody gave one.
pub(super) fn unsigned(minutes: &Minutes) -> Option<Text> {
    let nobody = minutes.status == MinutesStatus::Approved
        && !minutes.signatures.is_empty()
        && minutes.signatures.iter().all(|s| s.missing_reason.is_some());
    nobody.then(|| {
        text!(
            "Nadie firmó esta acta y sin una firma no se publica. Cuando llegue una, regístrela con su fecha aunque ya conste como faltante.",
            "Nobody signed these minutes, and without a signature they are not published. When one comes, record it with its date even though it is recorded as missing."
        )
    })
}

/// Records that signed minutes were published. Never undone.
///
/// # Errors
/// `wrong_state` when they are not signed, or keep passages from the public without a public version; `invalid_input` for
/// a date before the signature or in the future.
pub fn publish_minutes(tx: &mut Tx<'_>, request: PublishMinutes) -> Result<Minutes> {
    let mut minutes: Minutes = tx.get(&request.minutes_id)?;
    if let Some(why) = unsigned(&minutes) {
        return Err(Failure::new(Code::WrongState, why).with(json!({ "status": minutes.status })));
    }
    in_state(&minutes, &[MinutesStatus::Signed], "publicar", "publish")?;
    publishable(tx, &minutes)?;
    minutes.published_on = Some(past(tx, "published_on", request.published_on, minutes.signed_on)?);
    minutes.status = MinutesStatus::Published;
    tx.put(&minutes)?;
    Ok(minutes)
}

// ── Correction ──

/// One correction of a formal error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormalCorrection {
    /// What it says.
    pub says: String,
    /// How it is to be read.
    pub reads: String,
    /// The item it stands in.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
}

/// Adopted minutes to correct by further minutes (CPACA art. 45).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectMinutes {
    /// Id of the correcting minutes; made when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<MinutesId>,
    /// The minutes to correct.
    pub minutes_id: MinutesId,
    /// The corrections, at least one.
    pub corrections: Vec<FormalCorrection>,
    /// Why.
    pub reason: String,
}

/// The text of adopted minutes as printed; `None` for those that came as a file, whose words nobody knows here.
fn official_text(read: &Read<'_>, minutes: &Minutes) -> Result<Option<OfficialText>> {
    let Some(document) = issued_document(read, minutes)?.filter(|d| d.data_sha256.is_some()) else {
        return Ok(None);
    };
    let m = of_session(read, minutes)?;
    let (rendering, _) = reprint(read, &m, &document)?;
    let lines = rendering.pages.iter().flat_map(|p| p.text_lines());
    let printed = lines.collect::<Vec<_>>().join("\n");
    Ok(Some(OfficialText::of(&as_they_stand(read, &m)?, printed)))
}

/// What correcting minutes correct.
pub(super) fn corrections_of(minutes: &Minutes) -> Result<Vec<FormalCorrection>> {
    let given = minutes.data.as_ref().and_then(|d| d.get("corrections")).cloned();
    serde_json::from_value(given.unwrap_or_else(|| json!([]))).map_err(Failure::internal)
}

/// Drafts correcting minutes, linked to those they correct, which stay as they are. With the id of a draft of theirs it
/// is that draft that changes.
///
/// # Errors
/// `wrong_state` when the minutes are not adopted, or the draft is none any more; `invalid_input` without corrections,
/// for one that changes nothing, or for words that the official text does not say.
pub fn correct_minutes(tx: &mut Tx<'_>, request: CorrectMinutes) -> Result<Minutes> {
    let original: Minutes = tx.get(&request.minutes_id)?;
    if !adopted(original.status) || original.kind == MinutesKind::Correcting {
        return Err(wrong_state(&original, "aclarar", "correct"));
    }
    let editing = match &request.id {
        Some(id) => tx.find::<Minutes>(id)?,
        None => None,
    };
    if let Some(old) = &editing
        && (!is_open_correction(old) || old.corrects_minutes_id.as_ref() != Some(&original.id))
    {
        return Err(wrong_state(old, "editar como aclaratoria", "edited as correcting minutes"));
    }
    let official = official_text(tx, &original)?;
    let mut corrections = Vec::new();
    for (n, given) in request.corrections.iter().enumerate() {
        let (says_at, reads_at) = (format!("corrections.{n}.says"), format!("corrections.{n}.reads"));
        let says =
            typed::prose(&says_at, &text!("lo que dice el acta", "what the minutes say"), &given.says)?;
        let reads = typed::prose(&reads_at, &text!("cómo se lee", "how it reads"), &given.reads)?;
        if says == reads {
            return Err(Failure::field(
                &reads_at,
                text!(
                    "«{reads}» es lo mismo que dice el acta. Escriba cómo se debe leer.",
                    "“{reads}” is what the minutes say. Write how it is to be read."
                ),
            ));
        }
        if let Some(official) = official.as_ref().filter(|text| !text.says(&says, given.item_id.as_ref())) {
            let (es, en) = match official.nearest(&says, given.item_id.as_ref()) {
                Some(near) => (format!(" Lo más cercano es «{near}»."), format!(" The nearest is “{near}”.")),
                None => (
                    " Copie las palabras del texto oficial.".to_owned(),
                    " Copy the words of the official text.".to_owned(),
                ),
            };
            let (place_es, place_en) =
                if given.item_id.is_some() { (" en ese punto", " in that item") } else { ("", "") };
            return Err(Failure::field(
                &says_at,
                text!(
                    "El acta no dice «{says}»{place_es}.{es}",
                    "The minutes do not say “{says}”{place_en}.{en}"
                ),
            ));
        }
        corrections.push(json!({ "says": says, "reads": reads, "item_id": given.item_id }));
    }
    if corrections.is_empty() {
        return Err(Failure::field(
            "corrections",
            text!("Escriba al menos una corrección.", "Write at least one correction."),
        ));
    }
    let reason = typed::prose("reason", &text!("la razón", "the reason"), &request.reason)?;
    if let Some(mut minutes) = editing {
        set_data(&mut minutes, "corrections", json!(corrections));
        set_data(&mut minutes, "reason", json!(reason));
        tx.put(&minutes)?;
        return Ok(minutes);
    }
    let body: Body = tx.get(&original.body_id)?;
    let all: Vec<Minutes> = tx.select("WHERE body_id = ?1", [&original.body_id])?;
    let year = chrono::Datelike::year(&tx.ctx.today());
    let number = all
        .iter()
        .filter(|m| !body.numbering.minutes_yearly || m.year == year)
        .map(|m| m.number)
        .max()
        .unwrap_or(0)
        + 1;
    let minutes = Minutes {
        id: match request.id {
            Some(id) => id,
            None => MinutesId::new(tx.ctx.new_id())?,
        },
        number,
        year,
        kind: MinutesKind::Correcting,
        status: MinutesStatus::Draft,
        draft_sent_on: None,
        remarks_until: None,
        approved_on: None,
        approved_in_session_id: None,
        approved_vote_id: None,
        signed_on: None,
        published_on: None,
        imported: false,
        imported_on: None,
        pages: None,
        corrects_minutes_id: Some(original.id.clone()),
        signatures: original
            .signatures
            .iter()
            .map(|s| super::Signature {
                signed_on: None,
                missing_reason: None,
                was_missing: None,
                electronic: None,
                ..s.clone()
            })
            .collect(),
        overrides: Vec::new(),
        blob_id: None,
        file: None,
        note: None,
        title: None,
        data: Some(json!({ "corrections": corrections, "reason": reason })),
        ..original
    };
    tx.insert(&minutes)?;
    Ok(minutes)
}

/// Correcting minutes as they print now; those adopted are the file as issued.
///
/// # Errors
/// `not_found` for unknown minutes, `wrong_state` when they are not correcting ones.
pub fn preview_correction(read: &Read<'_>, request: MinutesRef) -> Result<PaperPreview> {
    let minutes: Minutes = read.get(&request.minutes_id)?;
    let (rendering, _) = render_correcting(read, &minutes)?;
    let mut preview = PaperPreview::of(&rendering, false);
    if let Some(pdf) = issued(read, &minutes)? {
        preview.base64 = STANDARD.encode(pdf);
        preview.official = true;
    }
    Ok(preview)
}

fn render_correcting(read: &Read<'_>, minutes: &Minutes) -> Result<(Rendering, String)> {
    let (Some(corrected), MinutesKind::Correcting) = (&minutes.corrects_minutes_id, minutes.kind) else {
        return Err(wrong_state(minutes, "aclarar", "correct"));
    };
    let original: Minutes = read.get(corrected)?;
    let body: Body = read.get(&minutes.body_id)?;
    let look = Look::of_body(read, &body.id)?;
    let data = minutes.data.clone().unwrap_or(Value::Null);
    let number = u32::try_from(original.number).unwrap_or(0);
    let corrections = corrections_of(minutes)?;
    let mut signers = Vec::new();
    for signature in &minutes.signatures {
        let person: Person = read.get(&signature.person_id)?;
        let entity = match &person.entity_id {
            Some(id) => read.find::<catalog::Entity>(id)?.map(|e| e.name),
            None => person.organization.clone(),
        };
        let gender = person.grammatical_gender;
        let part = if signature.role == "chair" {
            gender.of("Presidenta", "Presidente", "Presidencia")
        } else {
            gender.of("Secretaria técnica", "Secretario técnico", "Secretaría técnica")
        };
        signers.push(SignerRow {
            role: signature.role.clone(),
            name: person.full_name,
            position: person.position.unwrap_or_default(),
            entity: entity.unwrap_or_default(),
            part: part.to_owned(),
            signed_on: signature.signed_on,
            missing_reason: signature.missing_reason.clone(),
        });
    }
    let assembly = CorrectingAssembly {
        body: body.name,
        creating_act: body.creating_act.text,
        number: minutes.number,
        year: minutes.year,
        corrects_number: original.number,
        corrects_year: original.year,
        corrects_date: original.session_date,
        reason: data["reason"].as_str().unwrap_or_default().to_owned(),
        corrections: corrections
            .iter()
            .map(|c| sentences::correction(number, original.year, &c.says, &c.reads))
            .collect(),
        signers,
        signed_on: minutes
            .signed_on
            .or(data["dated"].as_str().and_then(|day| day.parse().ok()))
            .or(minutes.approved_on),
    };
    let sha = data_sha256(&assembly)?;
    let finish = if adopted(minutes.status) {
        Finish::Official { head: read.head()?, data_sha256: sha.clone() }
    } else {
        Finish::Draft
    };
    let day = minutes.signed_on.or(minutes.approved_on).or(original.session_date).unwrap_or_default();
    let date = instant(day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()));
    let mut document = correcting_minutes(&assembly, &finish, paper(body.paper), date);
    look.dress(DocumentKind::Minutes, finish != Finish::Draft, &mut document);
    if finish != Finish::Draft {
        let (number, year) = (assembly.number, assembly.year);
        let work = Work { kind: "acta", number, year, date: day, body: assembly.body.clone(), public: false };
        document = with_data(document, &assembly, &work)?;
    }
    Ok((print::render(&document).map_err(Failure::internal)?, sha))
}

/// Correcting minutes need their signatures only.
fn adopt_correcting(tx: &mut Tx<'_>, mut minutes: Minutes, request: &AdoptMinutes) -> Result<Minutes> {
    minutes.approved_on = Some(past(tx, "approved_on", request.approved_on, minutes.session_date)?);
    if let Some(dated) = request.dated {
        set_data(&mut minutes, "dated", json!(dated));
    }
    minutes.status = MinutesStatus::Approved;
    let (rendering, data) = render_correcting(tx, &minutes)?;
    file_officially(tx, request.id.clone(), minutes, data, &rendering)
}

// ── What several acts ask ──

/// The material of minutes that belong to a session.
pub(super) fn of_session(read: &Read<'_>, minutes: &Minutes) -> Result<Material> {
    let Some(session) = &minutes.session_id else {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "Esta acta se importó como archivo: su contenido no se vuelve a hacer.",
                "These minutes were imported as a file: their content is not made again."
            ),
        ));
    };
    material(read, session)
}

fn ended(m: &Material) -> Result<()> {
    if m.course.closed_at.is_some() {
        return Ok(());
    }
    Err(Failure::new(
        Code::WrongState,
        text!(
            "La sesión sigue abierta. Levántela primero: el acta cuenta lo que ya terminó.",
            "The session is still open. Adjourn it first: minutes tell what has ended."
        ),
    )
    .with(json!({ "status": m.course.status })))
}

fn in_state(minutes: &Minutes, states: &[MinutesStatus], es: &str, en: &str) -> Result<()> {
    if states.contains(&minutes.status) { Ok(()) } else { Err(wrong_state(minutes, es, en)) }
}

pub(super) fn wrong_state(minutes: &Minutes, es: &str, en: &str) -> Failure {
    let (name, state) = (name(minutes), minutes.status.label());
    Failure::new(
        Code::WrongState,
        text!(
            "El {name} está en estado «{state}» y así no se puede {es}.",
            "{name} is “{state}” and cannot be {en} in that state."
        ),
    )
    .with(json!({ "status": minutes.status, "kind": minutes.kind }))
}

/// A date that has come, not before `after`; today when none is given.
fn past(
    read: &Read<'_>,
    field: &str,
    given: Option<NaiveDate>,
    after: Option<NaiveDate>,
) -> Result<NaiveDate> {
    let today = read.ctx.today();
    let day = given.unwrap_or(today);
    if day > today {
        return Err(Failure::field(
            field,
            text!(dates day; "La fecha {day} aún no llega.", "The date {day} has not come yet."),
        ));
    }
    if let Some(after) = after.filter(|after| day < *after) {
        return Err(Failure::field(
            field,
            text!(dates day, after; "La fecha {day} es anterior al {after}.", "The date {day} is before {after}."),
        ));
    }
    Ok(day)
}

fn set_data(minutes: &mut Minutes, key: &str, value: Value) {
    let data = minutes.data.get_or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(fields) = data {
        fields.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_motion_approves_the_minutes_it_names_or_those_of_its_item() {
        let minutes: Minutes = serde_json::from_value(json!({
            "id": "m", "body_id": "b", "session_id": "s", "number": 4, "year": 2025, "kind": "minutes",
            "status": "in_review", "title": null, "session_date": null, "draft_sent_on": null, "remarks_until": null,
            "approved_on": null, "approved_in_session_id": null, "approved_vote_id": null, "signed_on": null,
            "published_on": null, "imported": false, "imported_on": null, "pages": null, "corrects_minutes_id": null,
            "signatures": [], "overrides": [], "blob_id": null, "file": null, "note": null, "data": null
        }))
        .unwrap();
        use MotionKind::*;
        for (kind, words, listed, own, expect) in [
            (Some(Substantive), "Aprobar el acta n.º 4 de 2025.", true, false, true),
            (Some(Procedural), "Aprobar el acta n.º 04 de 2025 con las observaciones", false, false, true),
            (None, "¿Se aprueban las actas n.º 3 y 4 de 2025?", false, false, true),
            (None, "¿Se aprueba el acta No. 4?", false, false, true),
            (Some(Substantive), "Aprobar el acta n.º 3 de 2025", true, false, false),
            (Some(Substantive), "Aprobar el acta n.º 4 de 2024", true, false, false),
            (Some(Procedural), "Aprobar el orden del día", false, false, false),
            (Some(Substantive), "Aprobarla con las observaciones", true, false, true),
            (Some(Substantive), "Se aprueban sin cambios", true, false, true),
            (Some(Procedural), "Conceder diez minutos de lectura", true, false, false),
            (Some(Substantive), "Aprobar la reforma del artículo 14", true, false, false),
            (Some(Procedural), "Leer el acta n.º 4 de 2025", true, false, false),
            (Some(Substantive), "Aprobar el acta del 27 de marzo de 2025", true, false, true),
            (Some(Substantive), "Aprobar el acta de esta sesión", false, true, true),
            (Some(Substantive), "Aprobar el acta de esta sesión", false, false, false),
            (Some(Postponement), "Aprobar el acta n.º 4 de 2025 en otra sesión", true, false, false),
            (Some(Substantive), "Aplazar la aprobación del acta n.º 4 de 2025", true, false, false),
        ] {
            assert_eq!(approves_minutes(&minutes, kind, words, listed, own), expect, "{words}");
        }
    }
}
