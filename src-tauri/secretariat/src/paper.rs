//! Official papers beyond notice, sheet, script and minutes: extracts, certificates, registers, letters, plans, reports.
//! Each is read into plain data with every word decided here; `print::papers` lays it out.

mod accord;
mod commitments;
mod decision;
mod decisions;
mod excerpt;
mod kit;
mod letter;
mod plan;
mod profile;
mod quorum;
mod report;
mod vote;

pub(crate) use accord::AccordTold;
pub(crate) use commitments::{CommitmentGroup, Commitments};
pub(crate) use decision::DecisionCertificate;
pub(crate) use decisions::{DecisionLine, Decisions};
pub(crate) use excerpt::Excerpt;
pub(crate) use kit::Kit;
pub(crate) use letter::Letter;
pub(crate) use plan::{Plan, PlanRow};
pub(crate) use profile::{Profile, ProfilePart};
pub(crate) use quorum::QuorumPaper;
pub(crate) use report::{FunctionRow, Report};
pub(crate) use vote::VoteTold;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::body::{Body, Look, PaperSize, StoredRuleSet, place_phrases};
use crate::codes::{DocumentKind, Gender, SeatRole, Treatment};
use crate::commitment::{CommitmentFilter, ListCommitments};
use crate::context::instant;
use crate::decision::Decision;
use crate::document::{Document, Issued, issue};
use crate::failure::{Failure, Result};
use crate::ids::{
    AgendaItemId, BodyId, CommitmentId, DecisionId, DocumentId, EntityId, MinutesId, PersonId, ProposalId,
    SeatId, SessionId, VoteId, WorkPlanId,
};
use crate::journal::{Read, Tx};
use crate::minutes::{self, PaperPreview, data_sha256};
use crate::person::Person;
use crate::print::minutes::Finish;
use crate::print::{self, Rendering};
use crate::session::Session;
use crate::spanish::date;
use crate::text;

/// A paper that the record holds everything for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PaperOf {
    /// Items of adopted minutes, certified as a faithful copy.
    Excerpt {
        /// The minutes.
        minutes_id: MinutesId,
        /// The items, each with its parts.
        item_ids: Vec<AgendaItemId>,
    },
    /// A decision, certified: before its minutes are adopted too, and then it says so.
    DecisionCertificate {
        /// The decision.
        decision_id: DecisionId,
    },
    /// The accord of a decision, with its publication.
    Accord {
        /// The decision.
        decision_id: DecisionId,
    },
    /// What a vote came to, seat by seat where it was not secret.
    VoteResult {
        /// The vote.
        vote_id: VoteId,
    },
    /// The quorum ledger of a session.
    QuorumLedger {
        /// The session.
        session_id: SessionId,
    },
    /// What a session is kept on by hand: roll, quorum, votes, movements, decisions, commitments.
    PaperKit {
        /// The session.
        session_id: SessionId,
    },
    /// A letter about an absence without an excuse.
    AbsenceLetter {
        /// The session.
        session_id: SessionId,
        /// The seat that was absent.
        seat_id: SeatId,
    },
    /// A letter about a commitment that is due or overdue.
    CommitmentLetter {
        /// The commitment.
        commitment_id: CommitmentId,
    },
    /// The decisions of a body in a year.
    DecisionRegister {
        /// The body.
        body_id: BodyId,
        /// The year.
        year: i32,
    },
    /// The commitments of a body by state.
    Commitments {
        /// The body.
        body_id: BodyId,
        /// Only that part; all when not said.
        #[serde(default)]
        #[ts(optional)]
        state: Option<CommitmentFilter>,
        /// Only those of a session.
        #[serde(default)]
        #[ts(optional)]
        session_id: Option<SessionId>,
        /// Only those an entity answers for.
        #[serde(default)]
        #[ts(optional)]
        entity_id: Option<EntityId>,
        /// Only those with these words, as in `list_commitments`.
        #[serde(default)]
        #[ts(optional)]
        text: Option<String>,
        /// Only those due from this day on.
        #[serde(default)]
        #[ts(optional)]
        due_from: Option<NaiveDate>,
        /// Only those due up to this day.
        #[serde(default)]
        #[ts(optional)]
        due_to: Option<NaiveDate>,
    },
    /// An annual work plan with its progress.
    WorkPlan {
        /// The plan.
        work_plan_id: WorkPlanId,
    },
    /// The profile of a project.
    ProjectProfile {
        /// The proposal.
        proposal_id: ProposalId,
    },
    /// The management report (informe de gestión) of a quarter or a year, in the official order.
    ManagementReport {
        /// The body.
        body_id: BodyId,
        /// The year.
        year: i32,
        /// The quarter, 1 to 4; the whole year when not said.
        #[serde(default)]
        #[ts(optional)]
        quarter: Option<u32>,
        /// The analysis, Markdown: the only part that is typed. A report is not issued without it.
        #[serde(default)]
        #[ts(optional)]
        analysis: Option<String>,
    },
}

impl PaperOf {
    /// The paper without what its copies differ in: the analysis of a report, the order of an extract's items.
    pub(crate) fn told_apart(mut self) -> Self {
        match &mut self {
            Self::ManagementReport { analysis, .. } => *analysis = None,
            Self::Excerpt { item_ids, .. } => item_ids.sort(),
            _ => {}
        }
        self
    }
}

/// A paper to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenderPaperOf {
    /// Which one.
    pub paper: PaperOf,
    /// The sheet; the body's when not said.
    #[serde(default)]
    #[ts(optional)]
    pub size: Option<PaperSize>,
}

/// A paper to keep as an official file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuePaperOf {
    /// The document's id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DocumentId>,
    /// Which one.
    pub paper: PaperOf,
    /// The sheet; the body's when not said.
    #[serde(default)]
    #[ts(optional)]
    pub size: Option<PaperSize>,
}

/// A paper as it would be issued now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PaperDraft {
    /// Its pages.
    #[serde(flatten)]
    pub preview: PaperPreview,
    /// What it is filed as.
    pub kind: DocumentKind,
    /// Its title.
    pub title: String,
    /// Its file's name, with its ending.
    pub file: String,
    /// Who has a line to sign on, in order; empty where nobody signs.
    pub signatories: Vec<PaperSignatory>,
}

/// Whoever signs a paper, as its line says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PaperSignatory {
    /// Full name; empty when the record does not say who.
    pub name: String,
    /// Post.
    pub post: String,
    /// "Secretaria técnica"; empty where the post says it.
    pub part: String,
}

/// What a paper opens with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Head {
    /// Name of the body.
    pub body: String,
    /// Its title.
    pub title: String,
    /// The line under it; empty for none.
    pub subtitle: String,
    /// What it is about: labels and what they say.
    pub facts: Vec<Fact>,
    /// Whether the rules of the body are of a demonstration.
    pub fictitious: bool,
}

/// A label and what it says.
pub(crate) type Fact = (String, String);

fn fact(label: &str, said: impl Into<String>) -> Fact {
    (label.to_owned(), said.into())
}

/// Who signs a paper.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Signatory {
    /// Full name; empty when the record does not say who.
    pub name: String,
    /// Post.
    pub post: String,
    /// Entity or office.
    pub entity: String,
    /// "Secretaria técnica"; empty where the post says it.
    pub part: String,
}

/// What a paper says under its head, by its kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Told {
    Excerpt(Excerpt),
    Decision(DecisionCertificate),
    Accord(AccordTold),
    Vote(VoteTold),
    Quorum(QuorumPaper),
    Kit(Kit),
    Letter(Letter),
    Decisions(Decisions),
    Commitments(Commitments),
    Plan(Plan),
    Profile(Profile),
    Report(Report),
}

impl Told {
    /// Who has a line to sign on.
    fn signatories(&self) -> Vec<PaperSignatory> {
        let who: Vec<&Signatory> = match self {
            Self::Excerpt(paper) => vec![&paper.signatory],
            Self::Decision(paper) => vec![&paper.signatory],
            Self::Accord(paper) => paper.signatories.iter().collect(),
            Self::Vote(paper) => vec![&paper.signatory],
            Self::Quorum(paper) => vec![&paper.signatory],
            Self::Letter(paper) => vec![&paper.signatory],
            Self::Decisions(paper) => vec![&paper.signatory],
            Self::Commitments(paper) => vec![&paper.signatory],
            Self::Plan(paper) => vec![&paper.signatory],
            Self::Report(paper) => paper.signatories.iter().collect(),
            Self::Kit(_) | Self::Profile(_) => Vec::new(),
        };
        let told = |s: &Signatory| PaperSignatory {
            name: s.name.clone(),
            post: s.post.clone(),
            part: s.part.clone(),
        };
        who.into_iter().map(told).collect()
    }
}

/// A paper read from the record.
pub(crate) struct Drawn {
    /// What it is filed as.
    pub kind: DocumentKind,
    /// The body.
    pub body: Body,
    /// The session it is of.
    pub session_id: Option<SessionId>,
    /// The minutes it is of.
    pub minutes_id: Option<MinutesId>,
    /// Its file's name, without the ending.
    pub stem: String,
    /// What it opens with.
    pub head: Head,
    /// What it says.
    pub told: Told,
}

impl Drawn {
    /// Lays it out and prints it.
    fn render(&self, look: &Look, finish: &Finish, size: PaperSize, day: NaiveDate) -> Result<Rendering> {
        let mut document = print::papers::document(self, finish, minutes::paper(size), noon(day));
        if let Some(fixed) = look.template.fixed(self.kind) {
            place_phrases(&fixed, &mut document.blocks);
        }
        look.dress(self.kind, *finish != Finish::Draft, &mut document);
        print::render(&document).map_err(Failure::internal)
    }

    /// The name of its file.
    fn file(&self) -> String {
        format!("{}.pdf", self.stem)
    }

    /// The SHA-256 of all that it says, and of its day.
    fn sha256(&self, look: &Look, day: NaiveDate) -> Result<String> {
        match look.template.fixed(self.kind) {
            Some(fixed) => data_sha256(&(day, &self.head, &self.told, fixed)),
            None => data_sha256(&(day, &self.head, &self.told)),
        }
    }
}

/// Noon of a day in Bogotá: the date in a file's metadata.
fn noon(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()))
}

fn drawn(read: &Read<'_>, paper: &PaperOf) -> Result<Drawn> {
    match paper {
        PaperOf::Excerpt { minutes_id, item_ids } => excerpt::draw(read, minutes_id, item_ids),
        PaperOf::DecisionCertificate { decision_id } => decision::draw(read, decision_id),
        PaperOf::Accord { decision_id } => accord::draw(read, decision_id),
        PaperOf::VoteResult { vote_id } => vote::draw(read, vote_id),
        PaperOf::QuorumLedger { session_id } => quorum::draw(read, session_id),
        PaperOf::PaperKit { session_id } => kit::draw(read, session_id),
        PaperOf::AbsenceLetter { session_id, seat_id } => letter::absence(read, session_id, seat_id),
        PaperOf::CommitmentLetter { commitment_id } => letter::commitment(read, commitment_id),
        PaperOf::DecisionRegister { body_id, year } => decisions::draw(read, body_id, *year),
        PaperOf::Commitments { body_id, state, session_id, entity_id, text, due_from, due_to } => {
            let asked = ListCommitments {
                body_id: Some(body_id.clone()),
                state: *state,
                session_id: session_id.clone(),
                entity_id: entity_id.clone(),
                text: text.clone(),
                due_from: *due_from,
                due_to: *due_to,
                ..ListCommitments::default()
            };
            commitments::draw(read, body_id, asked)
        }
        PaperOf::WorkPlan { work_plan_id } => plan::draw(read, work_plan_id),
        PaperOf::ProjectProfile { proposal_id } => profile::draw(read, proposal_id),
        PaperOf::ManagementReport { body_id, year, quarter, analysis } => {
            report::draw(read, body_id, *year, *quarter, analysis.as_deref())
        }
    }
}

/// A paper as it prints now; a draft until it is issued.
///
/// # Errors
/// `not_found` for unknown ids; `wrong_state` when the record does not hold what the paper would say.
#[allow(clippy::needless_pass_by_value)]
pub fn render_paper(read: &Read<'_>, request: RenderPaperOf) -> Result<PaperDraft> {
    let paper = drawn(read, &request.paper)?;
    let size = request.size.unwrap_or(paper.body.paper);
    let look = Look::of_body(read, &paper.body.id)?;
    let rendering = paper.render(&look, &Finish::Draft, size, read.ctx.today())?;
    Ok(PaperDraft {
        preview: PaperPreview::of(&rendering, false),
        kind: paper.kind,
        file: paper.file(),
        signatories: paper.told.signatories(),
        title: paper.head.title,
    })
}

/// The newest paper of a kind of a body under a look that is tried; `None` where the record holds nothing for one, or for a
/// kind that is not tried: certificate and register of decisions, management report.
pub(crate) fn under(
    read: &Read<'_>,
    body: &Body,
    look: &Look,
    kind: DocumentKind,
) -> Result<Option<PaperPreview>> {
    let newest: Vec<Decision> =
        read.select("WHERE body_id = ?1 ORDER BY decided_on DESC, id LIMIT 1", [&body.id])?;
    let Some(decision) = newest.into_iter().next() else { return Ok(None) };
    let (body_id, year) = (body.id.clone(), decision.decided_on.year());
    let paper = match kind {
        DocumentKind::DecisionCertificate => PaperOf::DecisionCertificate { decision_id: decision.id },
        DocumentKind::DecisionRegister => PaperOf::DecisionRegister { body_id, year },
        DocumentKind::ManagementReport => {
            PaperOf::ManagementReport { body_id, year, quarter: None, analysis: None }
        }
        _ => return Ok(None),
    };
    let drawn = drawn(read, &paper)?;
    let rendering = drawn.render(look, &Finish::Draft, body.paper, read.ctx.today())?;
    Ok(Some(PaperPreview::of(&rendering, false)))
}

/// The PDF of a paper as it stands, for a collection of papers: a draft of it.
pub(crate) fn printed(read: &Read<'_>, paper: &PaperOf) -> Result<Vec<u8>> {
    let paper = drawn(read, paper)?;
    let look = Look::of_body(read, &paper.body.id)?;
    Ok(paper.render(&look, &Finish::Draft, paper.body.paper, read.ctx.today())?.pdf)
}

/// Keeps a paper as an official file, with the hash of the archive and that of its data. Never undone: a new one follows it.
///
/// # Errors
/// As [`render_paper`]; `invalid_input` for a management report without its analysis.
pub fn issue_paper(tx: &mut Tx<'_>, request: IssuePaperOf) -> Result<Document> {
    let paper = drawn(tx, &request.paper)?;
    if let Told::Report(report) = &paper.told
        && report.analysis.is_none()
    {
        return Err(Failure::field(
            "analysis",
            text!(
                "El informe no se emitió: falta el análisis. Escríbalo; todo lo demás sale del archivo.",
                "The report was not issued: its analysis is missing. Write it; all the rest comes from the archive."
            ),
        ));
    }
    let day = tx.ctx.today();
    let look = Look::of_body(tx, &paper.body.id)?;
    let data_sha256 = paper.sha256(&look, day)?;
    let finish = Finish::Official { head: tx.head()?, data_sha256: data_sha256.clone() };
    let rendering = paper.render(&look, &finish, request.size.unwrap_or(paper.body.paper), day)?;
    let file = paper.file();
    let issued = Issued {
        id: request.id,
        kind: paper.kind,
        body_id: paper.body.id,
        session_id: paper.session_id,
        minutes_id: paper.minutes_id,
        file,
        title: paper.head.title,
        // What is kept by hand is no official paper: it carries no seal.
        data_sha256: Some(data_sha256).filter(|_| paper.kind != DocumentKind::PaperKit),
        template: Some(look.template),
        paper: Some(request.paper.told_apart()),
    };
    issue(tx, issued, &rendering)
}

/// The day of issue, as a certificate closes: "Se expide en Bogotá, D. C., el 30 de junio de 2025."
fn given(read: &Read<'_>) -> String {
    format!("Se expide en Bogotá, D. C., el {}.", date(read.ctx.today()))
}

/// A body inside a sentence: "la Comisión Intersectorial…", "el Grupo de Trabajo…".
fn said_body(name: &str) -> String {
    match name.split_whitespace().next() {
        Some("Grupo" | "Comité" | "Consejo") => format!("el {name}"),
        Some("Comisión" | "Mesa" | "Junta" | "Instancia") => format!("la {name}"),
        _ => format!("la instancia {name}"),
    }
}

/// The technical secretariat of a body inside a sentence: "la secretaría técnica de la Comisión…".
fn said_secretariat(body: &str) -> String {
    format!("la secretaría técnica {}", crate::spanish::de(&said_body(body)))
}

/// Whether the rules of a body are of a demonstration.
fn fictitious(read: &Read<'_>, body: &BodyId) -> Result<bool> {
    let rules: Vec<StoredRuleSet> =
        read.select("WHERE body_id = ?1 ORDER BY effective_from DESC LIMIT 1", [body])?;
    Ok(rules.first().is_some_and(|stored| stored.rules.adopted_by.fictitious))
}

/// The gender that what is said of a person agrees with.
fn gender(person: &Person) -> Gender {
    match person.grammatical_gender {
        Gender::Neutral if person.treatment != Treatment::None => person.treatment.gender(),
        gender => gender,
    }
}

fn signatory(
    person: Option<Person>,
    entity: Option<String>,
    part: impl FnOnce(Gender) -> &'static str,
) -> Signatory {
    match person {
        Some(person) => {
            let post = person.position.clone().unwrap_or_default();
            // A post that says it already is not said twice.
            let part = Some(part(gender(&person)))
                .filter(|part| !post.to_lowercase().contains(&part.to_lowercase()));
            Signatory {
                part: part.unwrap_or_default().to_owned(),
                entity: entity.or(person.organization).unwrap_or_default(),
                post,
                name: person.full_name,
            }
        }
        None => Signatory {
            name: String::new(),
            post: String::new(),
            entity: entity.unwrap_or_default(),
            part: part(Gender::Neutral).to_owned(),
        },
    }
}

/// Who acts as secretary of a body on a day: whoever did in its last session until then.
fn secretary(read: &Read<'_>, body: &Body, on: NaiveDate) -> Result<Signatory> {
    let last: Option<Session> = read
        .select(
            "WHERE body_id = ?1 AND date <= ?2 AND secretary_person_id IS NOT NULL ORDER BY date DESC, id LIMIT 1",
            (&body.id, on.to_string()),
        )?
        .pop();
    let person: Option<Person> = match last.and_then(|session| session.secretary_person_id) {
        Some(id) => read.find(&id)?,
        None => None,
    };
    let office = body.technical_secretariat.as_ref().map(|secretariat| secretariat.name.clone());
    Ok(signatory(person, office, |gender| {
        gender.of("Secretaria técnica", "Secretario técnico", "Secretaría técnica")
    }))
}

/// Who holds the chair of a body on a day: whoever is in charge of it before its holder.
fn chair(read: &Read<'_>, body: &Body, on: NaiveDate) -> Result<Signatory> {
    let holder: Option<crate::body::Holder> = read
        .select(
            "JOIN seat ON seat.id = holder.seat_id WHERE seat.body_id = ?1 AND seat.role = ?2 AND holder.valid_from <= ?3
             AND (holder.valid_to IS NULL OR holder.valid_to >= ?3) ORDER BY holder.kind, holder.valid_from DESC LIMIT 1",
            (&body.id, SeatRole::Chair, on.to_string()),
        )?
        .pop();
    let person: Option<Person> = match holder.map(|holder| holder.person_id) {
        Some(id) => read.find(&id)?,
        None => None,
    };
    let entity = match person.as_ref().and_then(|person| person.entity_id.as_ref()) {
        Some(id) => read.find::<crate::catalog::Entity>(id)?.map(|entity| entity.name),
        None => None,
    };
    Ok(signatory(person, entity, |gender| gender.of("Presidenta", "Presidente", "Presidencia")))
}

/// The name of a person; nothing of one the archive does not know.
fn name_of(read: &Read<'_>, id: Option<&PersonId>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(read.find::<Person>(id)?.map(|person| person.full_name))
}

/// "Acta n.º 1 de 2025".
fn minutes_name(minutes: &minutes::Minutes) -> String {
    crate::spanish::minutes_name(u32::try_from(minutes.number).unwrap_or(0), minutes.year)
}
