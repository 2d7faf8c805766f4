//! Official documents as issued: bytes and SHA-256, frozen. A correction is a new one.

use chrono::{DateTime, NaiveTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agenda::{self, AgendaItem};
use crate::attendance::Confirmation;
use crate::body::{Body, Look, PaperSize, Template, place_phrases};
use crate::codes::{Answer, DocumentKind, HolderKind, MinutesKind, MinutesStatus, SessionMode};
use crate::context::instant;
use crate::course::printed_order;
use crate::failure::{Code, Failure, Result};
use crate::ids::{BodyId, DocumentId, MinutesId, PersonId, SeatId, SessionId};
use crate::journal::{Read, Tx};
use crate::live::item_numbers;
use crate::minutes::{Minutes, PaperPreview, paper};
use crate::notice;
use crate::paper::PaperOf;
use crate::person::Person;
use crate::print::{self, Paper, Rendering, attendance_sheet, chair_script};
use crate::proposal::Proposal;
use crate::record;
use crate::rules::{ApprovalRoute, NotHeldApproval, RuleSet};
use crate::session::{self, Announced, Frame, NoticedAnnex, NoticedMotion, Session, SessionFrame, frame_for};
use crate::{text, written};

/// An official file, exactly as it was issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// What it is.
    pub kind: DocumentKind,
    /// The body.
    pub body_id: BodyId,
    /// The session.
    pub session_id: Option<SessionId>,
    /// The minutes.
    pub minutes_id: Option<MinutesId>,
    /// Its title.
    pub title: String,
    /// Its file name.
    pub file: String,
    /// Its media type.
    pub media_type: String,
    /// Hash of its bytes.
    pub blob_id: String,
    /// Hash of the canonical data it was made from; printed with its QR.
    pub data_sha256: Option<String>,
    /// Head of the journal before its own entry; printed on its last page.
    pub head: Option<String>,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// By whom.
    pub issued_by: String,
    /// Its pages.
    pub pages: Option<i64>,
    /// The template it was printed under; `null` for one that came as a file.
    #[serde(default)]
    pub template: Option<Template>,
    /// Which paper of the record it is a copy of; `null` for minutes and what a session prints before it is held.
    #[serde(default)]
    pub paper: Option<PaperOf>,
}
record!(Document, "document");

/// Which official copies to list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListDocuments {
    /// Only those of a session.
    #[serde(default)]
    #[ts(optional)]
    pub session_id: Option<SessionId>,
    /// Only those of a body: of its sessions, and the registers, plans and reports that are of none.
    #[serde(default)]
    #[ts(optional)]
    pub body_id: Option<BodyId>,
    /// Only of this kind; every kind when not said, minutes too.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<DocumentKind>,
    /// Only the copies of this paper: of an extract the items in any order, of a report whatever its analysis says.
    #[serde(default)]
    #[ts(optional)]
    pub paper: Option<PaperOf>,
}

/// The official copies of a session or of a body, the newest first: open one with `get_file`.
///
/// # Errors
/// `not_found` for an unknown session or body.
#[allow(clippy::needless_pass_by_value)]
pub fn list_documents(read: &Read<'_>, request: ListDocuments) -> Result<Vec<Document>> {
    if let Some(session) = &request.session_id {
        read.get::<Session>(session)?;
    }
    if let Some(body) = &request.body_id {
        read.get::<Body>(body)?;
    }
    let mut found: Vec<Document> = read.select(
        "WHERE (?1 IS NULL OR session_id = ?1) AND (?2 IS NULL OR body_id = ?2) AND (?3 IS NULL OR kind = ?3)
         ORDER BY issued_at DESC, rowid DESC",
        (&request.session_id, &request.body_id, request.kind),
    )?;
    if let Some(paper) = request.paper.map(PaperOf::told_apart) {
        found.retain(|document| document.paper.as_ref() == Some(&paper));
    }
    Ok(found)
}

/// What is being issued.
pub(crate) struct Issued {
    /// Its id; a new one when not said.
    pub id: Option<DocumentId>,
    /// What it is.
    pub kind: DocumentKind,
    /// The body.
    pub body_id: BodyId,
    /// The session.
    pub session_id: Option<SessionId>,
    /// The minutes.
    pub minutes_id: Option<MinutesId>,
    /// Its title.
    pub title: String,
    /// Its file name.
    pub file: String,
    /// Hash of the data it was made from.
    pub data_sha256: Option<String>,
    /// The template it is printed under.
    pub template: Option<Template>,
    /// Which paper of the record it is a copy of.
    pub paper: Option<PaperOf>,
}

/// Keeps a rendering as an official file: its bytes, their hash, and the head of the archive before this entry.
///
/// # Errors
/// When the archive cannot be written.
pub(crate) fn issue(tx: &mut Tx<'_>, issued: Issued, rendering: &Rendering) -> Result<Document> {
    keep(tx, issued, &rendering.pdf, i64::try_from(rendering.pages.len()).ok())
}

/// Keeps bytes as an official file, with the head of the archive before this entry.
///
/// # Errors
/// When the archive cannot be written.
pub(crate) fn keep(tx: &mut Tx<'_>, issued: Issued, pdf: &[u8], pages: Option<i64>) -> Result<Document> {
    let head = tx.head()?;
    let document = Document {
        id: DocumentId::given(issued.id, tx.ctx)?,
        kind: issued.kind,
        body_id: issued.body_id,
        session_id: issued.session_id,
        minutes_id: issued.minutes_id,
        title: issued.title,
        file: issued.file,
        media_type: "application/pdf".to_owned(),
        blob_id: tx.put_blob(pdf)?,
        data_sha256: issued.data_sha256,
        head: Some(head),
        issued_at: tx.ctx.now,
        issued_by: tx.ctx.actor.name.clone(),
        pages,
        template: issued.template,
        paper: issued.paper,
    };
    tx.insert(&document)?;
    Ok(document)
}

/// A paper that an item treats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatedPaper {
    /// Its title: "Acta n.º 2 de 2025".
    pub title: String,
    /// What the session does with it.
    pub settled: Settled,
}

/// Whether a session votes a paper, or why it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It is put to the vote.
    ByVote,
    /// The record of a session not held: final with its signatures.
    BySignature,
    /// By the silence of the members when the term for their remarks ends.
    BySilence,
    /// In another session, or already.
    Elsewhere,
}

/// How minutes that an item names are settled, by the rules of their own session.
fn settled(read: &Read<'_>, minutes: &Minutes, session: &Session, rules: &RuleSet) -> Result<Settled> {
    let open =
        matches!(minutes.status, MinutesStatus::Draft | MinutesStatus::InReview | MinutesStatus::Adjusted);
    let held = match &minutes.session_id {
        Some(id) => read.find::<Session>(id)?,
        None => None,
    };
    let own = match &held {
        Some(held) => session::plan::rules_of(read, held)?,
        None => None,
    };
    let block = &own.as_ref().unwrap_or(rules).minutes;
    if minutes.kind == MinutesKind::NotHeldRecord
        && block.not_held_record_approval == NotHeldApproval::SignatureOnly
    {
        return Ok(Settled::BySignature);
    }
    if minutes.approved_in_session_id.as_ref() == Some(&session.id) {
        return Ok(Settled::ByVote);
    }
    // Of minutes that are adopted and name no session, the day tells whether they waited for this one.
    let elsewhere = minutes.approved_in_session_id.is_some()
        || !open && minutes.approved_on.is_none_or(|day| day != session.date);
    Ok(match block.approval_route {
        _ if elsewhere => Settled::Elsewhere,
        ApprovalRoute::NextSession => Settled::ByVote,
        ApprovalRoute::Silence => Settled::BySilence,
        ApprovalRoute::SameSession => Settled::Elsewhere,
    })
}

/// A paper of a session before it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionPaper {
    /// The notice with its agenda.
    Notice,
    /// The sheet that is signed by hand.
    AttendanceSheet,
    /// What the chair reads.
    ChairScript,
}

impl SessionPaper {
    fn kind(self) -> DocumentKind {
        match self {
            Self::Notice => DocumentKind::Notice,
            Self::AttendanceSheet => DocumentKind::AttendanceSheet,
            Self::ChairScript => DocumentKind::ChairScript,
        }
    }
}

/// What the papers of a session say before it is held: notice, attendance sheet, chair's script.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionPapers {
    /// The session.
    pub session: Session,
    /// The body: as it was, or as it is to be on the session's day.
    pub frame: Frame,
    /// The body's paper.
    pub paper: PaperSize,
    /// How the body's papers look.
    pub look: Look,
    /// The agenda in printed order.
    pub items: Vec<AgendaItem>,
    /// The items' numbers.
    pub numbers: Vec<String>,
    /// Who presents each item, in words.
    pub presenters: Vec<Option<String>>,
    /// The papers each item treats: proposals and minutes.
    pub treated: Vec<Vec<TreatedPaper>>,
    /// The annexes that its notice goes with.
    pub annexes: Vec<NoticedAnnex>,
    /// The motions of a written session.
    pub motions: Vec<NoticedMotion>,
    /// What each seat answered.
    pub confirmations: Vec<Confirmation>,
    /// Who acts as secretary: name and post.
    pub secretary: Option<(String, String)>,
}

impl SessionPapers {
    /// Who is expected for a seat: whoever was announced, else the acting holder, else the holder.
    #[must_use]
    pub fn expected(&self, seat: &SeatId) -> Option<PersonId> {
        let announced = self
            .confirmations
            .iter()
            .find(|c| c.seat_id == *seat && matches!(c.answer, Answer::WillAttend | Answer::WillDelegate))
            .and_then(|c| c.person_id.clone());
        announced.or_else(|| self.holder(seat))
    }

    /// Who holds a seat on the day: the acting holder when there is one.
    #[must_use]
    pub fn holder(&self, seat: &SeatId) -> Option<PersonId> {
        let day = self.session.date;
        let on_day = |kind: HolderKind| {
            self.frame.holders.iter().find(|h| {
                h.seat_id == *seat
                    && h.kind == kind
                    && h.valid_from <= day
                    && h.valid_to.is_none_or(|last| day <= last)
            })
        };
        on_day(HolderKind::Acting).or_else(|| on_day(HolderKind::Holder)).map(|h| h.person_id.clone())
    }

    /// "Sesión ordinaria n.º 2 de 2025".
    #[must_use]
    pub fn session_name(&self) -> String {
        crate::session::plan::name(&self.session).es
    }

    /// Where it is held, in words; empty when not said yet.
    #[must_use]
    pub fn place(&self) -> String {
        let parts: Vec<&str> =
            [&self.session.place, &self.session.platform].into_iter().flatten().map(|p| p.trim()).collect();
        parts.join("; ")
    }

    /// Date of the metadata: of the notice, else of the session. Never the clock's.
    fn stamp(&self) -> DateTime<Utc> {
        let start = self.session.planned_start.or(NaiveTime::from_hms_opt(8, 0, 0)).unwrap_or_default();
        self.session
            .notice
            .as_ref()
            .map_or_else(|| instant(self.session.date.and_time(start)), |n| n.convened_at)
    }
}

/// Reads what the papers of a session say.
///
/// # Errors
/// `not_found` for an unknown session, `wrong_state` when no rules are in force on its day.
pub fn session_papers(read: &Read<'_>, id: &SessionId, kind: SessionPaper) -> Result<SessionPapers> {
    let mut session: Session = read.get(id)?;
    let of_a_room = matches!(kind, SessionPaper::AttendanceSheet | SessionPaper::ChairScript);
    if session.mode == SessionMode::Written && of_a_room {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "En una sesión por escrito nadie se reúne: no hay lista que firmar ni guion de la presidencia.",
                "In a written session nobody meets: there is no sheet to sign, and no script for the chair."
            ),
        ));
    }
    let body: Body = read.get(&session.body_id)?;
    let mut frame = match read.find::<SessionFrame>(id)? {
        Some(stored) => stored.frame,
        None => frame_for(read, &session.body_id, session.date)?,
    };
    // A notice says what it said on the day it went out, whatever was added or moved since; a session put off has none
    // until a new one goes out.
    let mut annexes = notice::annexes_of(read, id)?;
    let mut noticed = None;
    let mut motions = match session.mode {
        SessionMode::Written => written::noticed_motions(read, id)?,
        _ => Vec::new(),
    };
    if kind == SessionPaper::Notice {
        session.notice = notice::in_force(&session).cloned();
        noticed = agenda::version::noticed(read, &session)?;
        let announced = session.notice.as_ref().map(|sent| sent.announced.clone());
        if let Some(announced) = announced {
            annexes = announced.as_ref().and_then(|a| a.annexes.clone()).unwrap_or_default();
            if let Some(announced) = announced {
                let Announced { date, start, mode, place, platform, replies, .. } = announced;
                (session.date, session.planned_start, session.mode) = (date, start, mode);
                (session.replies, motions) = (replies, announced.motions);
                (session.place, session.platform) = (place, platform);
            }
        }
    }
    let items = match noticed {
        Some(items) => items,
        None => {
            let mut items: Vec<AgendaItem> = read.select("WHERE session_id = ?1", [id])?;
            // Of a notice that kept no agenda, what was added after it is known to be none of it.
            items.retain(|item| !(item.late && kind == SessionPaper::Notice && session.notice.is_some()));
            printed_order(items)
        }
    };
    let numbers = item_numbers(&items);
    let (mut presenters, mut treated) = (Vec::new(), Vec::new());
    for item in &items {
        let person = match &item.presenter_person_id {
            Some(person) => read.find::<Person>(person)?.map(|p| p.treatment.person(&p.full_name)),
            None => None,
        };
        presenters.push(person.or_else(|| item.presenter_text.clone()));
        let mut titles = Vec::new();
        for id in &item.proposal_ids {
            if let Some(proposal) = read.find::<Proposal>(id)? {
                let title = format!("Propuesta «{}»", proposal.title);
                titles.push(TreatedPaper { title, settled: Settled::ByVote });
            }
        }
        for id in &item.minutes_ids {
            if let Some(minutes) = read.find::<Minutes>(id)? {
                let number = u32::try_from(minutes.number).unwrap_or(0);
                titles.push(TreatedPaper {
                    title: crate::spanish::minutes_name(number, minutes.year),
                    settled: settled(read, &minutes, &session, &frame.rule_set)?,
                });
            }
        }
        treated.push(titles);
    }
    let confirmations: Vec<Confirmation> = read.select("WHERE session_id = ?1 ORDER BY seat_id", [id])?;
    frame.name_people(read, confirmations.iter().filter_map(|c| c.person_id.clone()))?;
    let secretary = match &session.secretary_person_id {
        Some(person) => read.find::<Person>(person)?.map(|p| (p.full_name, p.position.unwrap_or_default())),
        None => None,
    };
    Ok(SessionPapers {
        paper: body.paper,
        look: Look::of_body(read, &session.body_id)?,
        frame,
        items,
        numbers,
        presenters,
        treated,
        annexes,
        motions,
        confirmations,
        secretary,
        session,
    })
}

/// A paper of a session to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenderPaper {
    /// The session.
    pub session_id: SessionId,
    /// The paper; the body's when not said.
    #[serde(default)]
    #[ts(optional)]
    pub paper: Option<PaperSize>,
}

fn rendered(papers: &SessionPapers, kind: SessionPaper, size: Paper, draft: bool) -> Result<Rendering> {
    let stamp = papers.stamp();
    let mut document = match kind {
        SessionPaper::AttendanceSheet => attendance_sheet::attendance_sheet(papers, size, stamp),
        SessionPaper::ChairScript => chair_script::chair_script(papers, size, stamp),
        SessionPaper::Notice => print::notice::notice(papers, draft, size, stamp),
    };
    if let Some(fixed) = papers.look.template.fixed(kind.kind()) {
        place_phrases(&fixed, &mut document.blocks);
    }
    papers.look.dress(kind.kind(), !draft, &mut document);
    print::render(&document).map_err(Failure::internal)
}

fn preview(read: &Read<'_>, request: &RenderPaper, kind: SessionPaper) -> Result<PaperPreview> {
    let papers = session_papers(read, &request.session_id, kind)?;
    let size = paper(request.paper.unwrap_or(papers.paper));
    // A notice that did not go out yet is a draft; the other papers are for work.
    let draft = papers.session.notice.is_none();
    Ok(PaperPreview::of(&rendered(&papers, kind, size, draft)?, false))
}

/// A paper of the newest session of a body that has it, under a look that is tried; `None` when there is none.
pub(crate) fn under(
    read: &Read<'_>,
    body: &Body,
    look: &Look,
    kind: DocumentKind,
) -> Result<Option<PaperPreview>> {
    let kind = match kind {
        DocumentKind::AttendanceSheet => SessionPaper::AttendanceSheet,
        DocumentKind::ChairScript => SessionPaper::ChairScript,
        _ => SessionPaper::Notice,
    };
    let newest: Vec<Session> =
        read.select("WHERE body_id = ?1 AND mode <> 'written' ORDER BY date DESC, id LIMIT 1", [&body.id])?;
    let Some(session) = newest.first() else { return Ok(None) };
    let papers = SessionPapers { look: look.clone(), ..session_papers(read, &session.id, kind)? };
    Ok(Some(PaperPreview::of(&rendered(&papers, kind, paper(body.paper), true)?, false)))
}

/// The notice of a session with its agenda, as it prints now.
///
/// # Errors
/// `not_found` for an unknown session, `wrong_state` when no rules are in force on its day.
pub fn render_notice(read: &Read<'_>, request: RenderPaper) -> Result<PaperPreview> {
    preview(read, &request, SessionPaper::Notice)
}

/// The attendance sheet of a session, to sign by hand.
///
/// # Errors
/// As [`render_notice`].
pub fn render_attendance_sheet(read: &Read<'_>, request: RenderPaper) -> Result<PaperPreview> {
    preview(read, &request, SessionPaper::AttendanceSheet)
}

/// The chair's script of a session.
///
/// # Errors
/// As [`render_notice`].
pub fn render_chair_script(read: &Read<'_>, request: RenderPaper) -> Result<PaperPreview> {
    preview(read, &request, SessionPaper::ChairScript)
}

/// A paper of a session to keep as an official file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuePaper {
    /// The document's id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DocumentId>,
    /// The session.
    pub session_id: SessionId,
}

fn issue_paper(tx: &mut Tx<'_>, request: IssuePaper, kind: SessionPaper) -> Result<Document> {
    let papers = session_papers(tx, &request.session_id, kind)?;
    let rendering = rendered(&papers, kind, paper(papers.paper), false)?;
    let (word, file) = match kind {
        SessionPaper::Notice => ("Convocatoria", "convocatoria"),
        SessionPaper::AttendanceSheet => ("Lista de asistencia", "lista-de-asistencia"),
        SessionPaper::ChairScript => ("Guion de la presidencia", "guion-de-la-presidencia"),
    };
    let s = &papers.session;
    let issued = Issued {
        id: request.id,
        kind: kind.kind(),
        body_id: s.body_id.clone(),
        session_id: Some(s.id.clone()),
        minutes_id: None,
        title: format!("{word}. {}", papers.session_name()),
        file: format!("{file}-{}.pdf", s.stem()),
        data_sha256: None,
        template: Some(papers.look.template.clone()),
        paper: None,
    };
    issue(tx, issued, &rendering)
}

/// Keeps the notice of a session as an official file, for the messages it leaves with. Never undone.
///
/// # Errors
/// As [`render_notice`].
pub fn issue_notice(tx: &mut Tx<'_>, request: IssuePaper) -> Result<Document> {
    issue_paper(tx, request, SessionPaper::Notice)
}

/// Keeps the attendance sheet of a session as an official file. Never undone.
///
/// # Errors
/// As [`render_notice`].
pub fn issue_attendance_sheet(tx: &mut Tx<'_>, request: IssuePaper) -> Result<Document> {
    issue_paper(tx, request, SessionPaper::AttendanceSheet)
}

/// Keeps the chair's script of a session as an official file. Never undone.
///
/// # Errors
/// As [`render_notice`].
pub fn issue_chair_script(tx: &mut Tx<'_>, request: IssuePaper) -> Result<Document> {
    issue_paper(tx, request, SessionPaper::ChairScript)
}
