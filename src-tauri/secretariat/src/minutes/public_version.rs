//! The public version of minutes (Ley 1712/2014 art. 21): built afresh without the passages that the law keeps from the
//! public, each told with its exception, who decided it, when and until when. The official file stays as it is.

use chrono::{Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::annex::{self, Annex, AnnexLine, ListAnnexes};
use crate::body::PaperSize;
use crate::codes::{AnnexKind, AnnexOwner, DocumentKind, InformationClass, MinutesKind, MinutesStatus};
use crate::document::{Document, Issued, issue};
use crate::failure::{Code, Failure, Result, Text};
use crate::ids::{AgendaItemId, BodyId, DocumentId, MinutesId, SessionId, WithholdingId};
use crate::journal::{Read, Tx};
use crate::print::akoma_ntoso::Work;
use crate::print::minutes::{Finish, public_minutes};
use crate::print::{self, Rendering};
use crate::{record, store, text, typed};

use super::assembly::Assembly;
use super::life::{
    PaperPreview, as_they_stand, corrections_of, data_sha256, name, of_session, paper, stamp, with_data, work,
};
use super::list::said_name;
use super::material::Material;
use super::versions::{MinutesPart, OfficialText, parts};
use super::withheld::{self, PublicMinutes, WithheldRow};
use super::{Minutes, MinutesRef, sentences};

/// Longest term of reserved information, in years (Ley 1712/2014 art. 22).
const LONGEST_RESERVE: u32 = 15;

/// A passage that the public version of minutes leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Withholding {
    /// Its id.
    pub id: WithholdingId,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Order in which it was noted, from 1.
    pub position: i64,
    /// Its words, withheld wherever the minutes say them; `null` for a whole item.
    pub words: Option<String>,
    /// The item whose treatment is withheld whole; `null` for words.
    pub item_id: Option<AgendaItemId>,
    /// Classified (Ley 1712/2014 art. 18) or reserved (art. 19).
    pub class: InformationClass,
    /// The norm that allows it, with its letter or article.
    pub basis: String,
    /// The right or interest it protects.
    pub purpose: String,
    /// Who decided it.
    pub decided_by: String,
    /// When.
    pub decided_on: NaiveDate,
    /// The last day of its term; `null` when it has none.
    pub until: Option<NaiveDate>,
}
record!(Withholding, "withholding");

/// A passage to withhold, or to describe otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutWithholding {
    /// Its id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<WithholdingId>,
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Words of the minutes, withheld wherever they stand.
    #[serde(default)]
    #[ts(optional)]
    pub words: Option<String>,
    /// Or an item, with its parts, whose treatment is withheld whole: the title stays, as the agenda told it.
    #[serde(default)]
    #[ts(optional)]
    pub item_id: Option<AgendaItemId>,
    /// Classified or reserved.
    pub class: InformationClass,
    /// The norm that allows it, with its letter or article.
    pub basis: String,
    /// The right or interest it protects.
    pub purpose: String,
    /// Who decided it.
    pub decided_by: String,
    /// When; today when not said.
    #[serde(default)]
    #[ts(optional)]
    pub decided_on: Option<NaiveDate>,
    /// The last day of its term: always for reserved information, at most fifteen years after the session.
    #[serde(default)]
    #[ts(optional)]
    pub until: Option<NaiveDate>,
}

/// Which withheld passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithholdingRef {
    /// The passage.
    pub id: WithholdingId,
}

/// A withheld passage as the secretariat sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WithheldPassage {
    /// The passage.
    pub withholding: Withholding,
    /// As its public version accounts for it.
    pub row: WithheldRow,
    /// How often it is taken out; 0 when the minutes do not say it any more.
    pub times: i64,
    /// What stands in the way of withholding it.
    pub problem: Option<Text>,
}

/// The public version of some minutes: what it leaves out, what it still needs, and those issued.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct PublicVersionView {
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Their session.
    pub session_id: Option<SessionId>,
    /// "Acta n.º 1 de 2025".
    pub title: Text,
    /// Where the minutes stand.
    pub status: MinutesStatus,
    /// The session's date, from which the longest term of a reserve runs.
    pub session_date: Option<NaiveDate>,
    /// The text of the minutes, to choose passages from.
    pub parts: Vec<MinutesPart>,
    /// What is left out, in printed order.
    pub passages: Vec<WithheldPassage>,
    /// Annexes of the session, each to be reviewed before it is published.
    pub annexes: Vec<AnnexLine>,
    /// What has to be done before it can be issued.
    pub needs: Vec<Text>,
    /// Public versions issued, newest first.
    pub issued: Vec<Document>,
    /// Whether the newest one says what would be issued now.
    pub current: bool,
}

/// The minutes with what their public version is made from.
struct Standing {
    m: Material,
    passages: Vec<Withholding>,
    assembly: Assembly,
    public: PublicMinutes,
    /// In printed order, which of the passages each row of `public` is, and how often it was taken out.
    met: Vec<(usize, usize)>,
}

impl Standing {
    fn of(read: &Read<'_>, minutes: &Minutes) -> Result<Self> {
        if minutes.kind == MinutesKind::Correcting {
            return Err(Failure::new(
                Code::WrongState,
                text!(
                    "La versión pública se hace del acta de una sesión, no de una aclaratoria.",
                    "A public version is made of the minutes of a session, not of correcting minutes."
                ),
            ));
        }
        let m = of_session(read, minutes)?;
        let passages = withholdings(read, &m.minutes.id)?;
        let assembly = as_they_stand(read, &m)?;
        let mut told = assembly.clone();
        for (line, annex) in told.annexes.iter_mut().zip(&m.annexes) {
            if let Some(why) = unpublished(annex) {
                line.title = format!("{} (no se publica: {why})", line.title);
            }
        }
        let (public, met) = withheld::withhold(&m, told, &passages);
        Ok(Self { m, passages, assembly, public, met })
    }

    /// Lays the paper out, after making sure that no withheld word is on it.
    fn render(&self, finish: &Finish, size: PaperSize) -> Result<Rendering> {
        let mut document = public_minutes(&self.public, finish, paper(size), stamp(&self.m));
        let official = *finish != Finish::Draft;
        self.m.look.dress(DocumentKind::PublicVersion, official, &mut document);
        if let Some((passage, said)) =
            withheld::still_said(&document.texts(), &self.m, &self.assembly, &self.passages)
        {
            let words = self.passages[passage].words.clone().unwrap_or_default();
            let said: String = said.chars().take(200).collect();
            return Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "La versión pública no se hizo: «{words}» todavía se lee en «{said}». Retire también ese pasaje.",
                    "The public version was not made: “{words}” can still be read in “{said}”. Withhold that passage too."
                ),
            )
            .with(json!({ "withholding_id": self.passages[passage].id })));
        }
        if *finish == Finish::Draft {
            return print::render(&document).map_err(Failure::internal);
        }
        // Its data is the projection: what is withheld is in no file.
        let work = Work { public: true, ..work(&self.public.assembly) };
        print::render(&with_data(document, &self.public, &work)?).map_err(Failure::internal)
    }

    fn sha256(&self) -> Result<String> {
        data_sha256(&self.public)
    }

    /// What is left out, in printed order.
    fn withheld(&self, today: NaiveDate) -> Vec<WithheldPassage> {
        let rows = self.public.withheld.iter().zip(&self.met);
        rows.map(|(row, &(passage, times))| {
            let withholding = self.passages[passage].clone();
            WithheldPassage {
                problem: problem(&withholding, times, today),
                times: i64::try_from(times).unwrap_or(i64::MAX),
                row: row.clone(),
                withholding,
            }
        })
        .collect()
    }

    fn needs(&self, today: NaiveDate) -> Vec<Text> {
        let mut needs = Vec::new();
        if !matches!(self.m.minutes.status, MinutesStatus::Signed | MinutesStatus::Published) {
            needs.push(text!(
                "El acta se firma antes: la versión pública dice «Original firmado».",
                "The minutes are signed first: the public version says “Original firmado”."
            ));
        }
        for passage in self.withheld(today) {
            if let Some(Text { es, en }) = passage.problem {
                let number = passage.row.number;
                needs.push(text!("Pasaje {number}: {es}", "Passage {number}: {en}"));
            }
        }
        for annex in
            self.m.annexes.iter().filter(|a| a.kind != AnnexKind::AttendanceList && a.review.is_none())
        {
            let (number, title) = (annex.number, &annex.title);
            needs.push(text!(
                "Falta revisar el anexo {number}, «{title}»: se publica o se dice por qué no.",
                "Annex {number}, “{title}”, is to be reviewed: it is published, or the reason why not is told."
            ));
        }
        needs
    }
}

/// What stands in the way of withholding a passage.
fn problem(withholding: &Withholding, times: usize, today: NaiveDate) -> Option<Text> {
    if times == 0 {
        return Some(text!(
            "el acta ya no lo dice. Escriba las palabras que dice ahora o quite la anotación.",
            "the minutes no longer say it. Write the words they say now, or remove the note."
        ));
    }
    let until = withholding.until.filter(|until| *until < today)?;
    Some(text!(
        dates until;
        "su plazo terminó el {until} y ya es público. Quite la anotación o registre su nuevo plazo.",
        "its term ended on {until} and it is public now. Remove the note, or record its new term."
    ))
}

/// Why an annex is not published; `None` when it is.
fn unpublished(annex: &Annex) -> Option<String> {
    if annex.kind == AnnexKind::AttendanceList {
        return Some("lleva firmas y datos personales".to_owned());
    }
    match &annex.review {
        None => Some("sin revisar".to_owned()),
        Some(_) if annex.public => None,
        Some(review) => Some(sentences::uncapitalized(sentences::inside(
            review.reason.as_deref().unwrap_or("así se decidió al revisarlo"),
        ))),
    }
}

fn withholdings(read: &Read<'_>, minutes: &MinutesId) -> Result<Vec<Withholding>> {
    read.select("WHERE minutes_id = ?1 ORDER BY position, id", [minutes])
}

fn issued(read: &Read<'_>, minutes: &MinutesId) -> Result<Vec<Document>> {
    read.select(
        "WHERE minutes_id = ?1 AND kind = 'public_version' ORDER BY issued_at DESC, rowid DESC",
        [minutes],
    )
}

/// Whether the newest public version says what would be issued now.
fn is_current(standing: &Standing, issued: &[Document]) -> Result<bool> {
    Ok(match issued.first() {
        Some(newest) => newest.data_sha256 == Some(standing.sha256()?),
        None => false,
    })
}

/// The public version of some minutes: passages, annexes, what is missing, those issued.
///
/// # Errors
/// `not_found`; `wrong_state` for correcting minutes and for those that came as a file.
#[allow(clippy::needless_pass_by_value)]
pub fn get_public_version(read: &Read<'_>, request: MinutesRef) -> Result<PublicVersionView> {
    let standing = Standing::of(read, &read.get(&request.minutes_id)?)?;
    let today = read.ctx.today();
    let issued = issued(read, &request.minutes_id)?;
    let minutes = &standing.m.minutes;
    Ok(PublicVersionView {
        current: is_current(&standing, &issued)?,
        minutes_id: minutes.id.clone(),
        session_id: minutes.session_id.clone(),
        title: said_name(minutes),
        status: minutes.status,
        session_date: minutes.session_date,
        parts: parts(&standing.assembly),
        passages: standing.withheld(today),
        annexes: match &minutes.session_id {
            Some(id) => annex::list(
                read,
                ListAnnexes { owner: AnnexOwner::Session, owner_id: id.as_str().to_owned() },
            )?,
            None => Vec::new(),
        },
        needs: standing.needs(today),
        issued,
    })
}

/// The public version as it would print now, with the mark of a draft.
///
/// # Errors
/// As [`get_public_version`]; `rule_forbids` when withheld words could still be read.
#[allow(clippy::needless_pass_by_value)]
pub fn preview_public_version(read: &Read<'_>, request: MinutesRef) -> Result<PaperPreview> {
    let standing = Standing::of(read, &read.get(&request.minutes_id)?)?;
    Ok(PaperPreview::of(&standing.render(&Finish::Draft, standing.m.body.paper)?, false))
}

/// The bytes of the newest public version of a session's minutes.
///
/// # Errors
/// `not_found`; `wrong_state` when none was issued.
pub fn render_public_version(read: &Read<'_>, session: &SessionId) -> Result<Vec<u8>> {
    let m = super::material(read, session)?;
    match issued(read, &m.minutes.id)?.first() {
        Some(newest) => store::read_blob(read.conn, &newest.blob_id),
        None => {
            let name = name(&m.minutes);
            Err(Failure::new(
                Code::WrongState,
                text!(
                    "El {name} no tiene versión pública. Emítala primero.",
                    "{name} has no public version. Issue it first."
                ),
            )
            .with(json!({ "acts": ["issue_public_version"] })))
        }
    }
}

/// Notes a passage to leave out of the public version, or changes what was noted of it.
///
/// # Errors
/// `invalid_input` for words that the minutes do not say, or that stand in two cells or paragraphs; for a reserve without
/// term, or beyond fifteen years (Ley 1712/2014 art. 22); `wrong_state` as [`get_public_version`].
pub fn put_withholding(tx: &mut Tx<'_>, request: PutWithholding) -> Result<Withholding> {
    let minutes: Minutes = tx.get(&request.minutes_id)?;
    let old: Option<Withholding> = match &request.id {
        Some(id) => tx.find(id)?,
        None => None,
    };
    let words = typed::optional_prose("words", request.words.as_deref())?;
    let (words, item_id) = match (words, request.item_id) {
        (Some(words), None) if withheld::is_long_enough(&words) => (Some(words), None),
        (None, Some(item)) => (None, Some(item)),
        (Some(_), None) => {
            return Err(Failure::field(
                "words",
                text!(
                    "Escriba al menos tres letras o cifras: se retiran de toda el acta.",
                    "Write three letters or figures at least: they are taken out of all of the minutes."
                ),
            ));
        }
        _ => {
            return Err(Failure::field(
                "words",
                text!(
                    "Escriba las palabras que se retiran, o escoja un punto completo.",
                    "Write the words to withhold, or choose a whole item."
                ),
            ));
        }
    };
    let decided_on = request.decided_on.unwrap_or_else(|| tx.ctx.today());
    if decided_on > tx.ctx.today() {
        return Err(Failure::field(
            "decided_on",
            text!(dates decided_on;
                "La decisión no puede ser del {decided_on}: ese día no ha llegado.",
                "It cannot have been decided on {decided_on}: that day has not come."
            ),
        ));
    }
    in_term(&minutes, request.class, decided_on, request.until)?;
    let there = withholdings(tx, &minutes.id)?;
    let withholding = Withholding {
        id: WithholdingId::given(request.id, tx.ctx)?,
        minutes_id: minutes.id.clone(),
        position: old
            .as_ref()
            .map_or_else(|| there.iter().map(|w| w.position).max().unwrap_or(0) + 1, |w| w.position),
        words,
        item_id,
        class: request.class,
        basis: typed::line(
            "basis",
            &text!("la norma que lo permite", "the norm that allows it"),
            &request.basis,
        )?,
        purpose: typed::prose(
            "purpose",
            &text!("el derecho o interés que se protege", "the right or interest it protects"),
            &request.purpose,
        )?,
        decided_by: typed::line(
            "decided_by",
            &text!("quién lo decidió", "who decided it"),
            &request.decided_by,
        )?,
        decided_on,
        until: request.until,
    };
    said(tx, &minutes, &withholding)?;
    tx.put(&withholding)?;
    Ok(withholding)
}

/// Refuses a term that the law does not give: reserved information has one, of fifteen years at most, counted from the
/// session; classified information may have none (Ley 1712/2014 art. 18 par., 22).
fn in_term(
    minutes: &Minutes,
    class: InformationClass,
    decided_on: NaiveDate,
    until: Option<NaiveDate>,
) -> Result<()> {
    let Some(until) = until else {
        return match class {
            InformationClass::Classified => Ok(()),
            InformationClass::Reserved => Err(Failure::field(
                "until",
                text!(
                    "La información reservada tiene un plazo: escriba su último día (Ley 1712 de 2014, art. 22).",
                    "Reserved information has a term: write its last day (Ley 1712 de 2014, art. 22)."
                ),
            )),
        };
    };
    typed::in_order("until", decided_on, Some(until))?;
    let last = minutes
        .session_date
        .and_then(|day| day.checked_add_months(Months::new(12 * LONGEST_RESERVE)))
        .filter(|last| class == InformationClass::Reserved && until > *last);
    match last {
        None => Ok(()),
        Some(last) => Err(Failure::field(
            "until",
            text!(dates last;
                "La reserva dura quince años como máximo desde la sesión: hasta el {last} (Ley 1712 de 2014, art. 22).",
                "A reserve lasts fifteen years at most from the session: until {last} (Ley 1712 de 2014, art. 22)."
            ),
        )),
    }
}

/// Refuses a passage that the minutes do not say, or say across two cells or paragraphs.
fn said(read: &Read<'_>, minutes: &Minutes, withholding: &Withholding) -> Result<()> {
    let standing = Standing::of(read, minutes)?;
    let only = std::slice::from_ref(withholding);
    let (_, met) = withheld::withhold(&standing.m, standing.assembly.clone(), only);
    if met.iter().all(|(_, times)| *times > 0) {
        return Ok(());
    }
    let Some(words) = &withholding.words else {
        return Err(Failure::field(
            "item_id",
            text!("Ese punto no es de esta sesión.", "That item is not of this session."),
        ));
    };
    let document = print::minutes::minutes(
        &standing.assembly,
        &Finish::Draft,
        paper(standing.m.body.paper),
        stamp(&standing.m),
    );
    let official = OfficialText::of(&standing.assembly, document.texts().join("\n"));
    let text = if official.says(words, None) {
        text!(
            "El acta dice «{words}» repartido entre dos párrafos o celdas. Retire cada parte por separado.",
            "The minutes say “{words}” across two paragraphs or cells. Withhold each part by itself."
        )
    } else {
        match official.nearest(words, None) {
            Some(near) => text!(
                "El acta no dice «{words}». Lo más cercano es «{near}».",
                "The minutes do not say “{words}”. The nearest is “{near}”."
            ),
            None => text!(
                "El acta no dice «{words}». Copie las palabras de su texto.",
                "The minutes do not say “{words}”. Copy the words of their text."
            ),
        }
    };
    Err(Failure::field("words", text))
}

/// Takes back a note: the passage is public again. Public versions already issued stay as they are.
///
/// # Errors
/// `not_found`.
#[allow(clippy::needless_pass_by_value)]
pub fn remove_withholding(tx: &mut Tx<'_>, request: WithholdingRef) -> Result<()> {
    tx.get::<Withholding>(&request.id)?;
    tx.remove::<Withholding>(&request.id)
}

/// A public version to issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuePublicVersion {
    /// The document's id; a new one when not said.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<DocumentId>,
    /// The minutes.
    pub minutes_id: MinutesId,
}

/// Keeps the public version of signed minutes as an official file. Never undone: another one follows it.
///
/// # Errors
/// `wrong_state` with what is missing: a signature, a review of an annex, a passage that the minutes do not say, a term
/// that ended; `rule_forbids` when withheld words could still be read.
pub fn issue_public_version(tx: &mut Tx<'_>, request: IssuePublicVersion) -> Result<Document> {
    let minutes: Minutes = tx.get(&request.minutes_id)?;
    let standing = Standing::of(tx, &minutes)?;
    let needs = standing.needs(tx.ctx.today());
    if let Some(first) = needs.first() {
        let Text { es, en } = first.clone();
        return Err(Failure::new(
            Code::WrongState,
            text!("La versión pública no se emitió. {es}", "The public version was not issued. {en}"),
        )
        .with(json!({ "needs": needs, "status": minutes.status })));
    }
    let data_sha256 = standing.sha256()?;
    let finish = Finish::Official { head: tx.head()?, data_sha256: data_sha256.clone() };
    let rendering = standing.render(&finish, standing.m.body.paper)?;
    let (number, year) = (minutes.number, minutes.year);
    let issued = Issued {
        id: request.id,
        kind: DocumentKind::PublicVersion,
        body_id: minutes.body_id.clone(),
        session_id: minutes.session_id.clone(),
        minutes_id: Some(minutes.id.clone()),
        title: format!("{}. Versión pública", name(&minutes)),
        file: format!("acta-{number:02}-{year}-version-publica.pdf"),
        data_sha256: Some(data_sha256),
        template: Some(standing.m.look.template.clone()),
        paper: None,
    };
    issue(tx, issued, &rendering)
}

/// Refuses to publish minutes that keep passages from the public unless a public version without them was issued.
///
/// # Errors
/// `wrong_state` when it was not; `rule_forbids` for correcting minutes that repeat withheld words.
pub(super) fn publishable(read: &Read<'_>, minutes: &Minutes) -> Result<()> {
    if let (MinutesKind::Correcting, Some(corrected)) = (minutes.kind, &minutes.corrects_minutes_id) {
        let withheld = withholdings(read, corrected)?;
        let corrections = corrections_of(minutes)?;
        let repeats = withheld.iter().filter_map(|w| w.words.as_deref()).find(|words| {
            corrections.iter().any(|c| withheld::says(&c.says, words) || withheld::says(&c.reads, words))
        });
        return match repeats {
            None => Ok(()),
            Some(words) => Err(Failure::new(
                Code::RuleForbids,
                text!(
                    "Esta acta aclaratoria repite «{words}», que la versión pública del acta retira. No se publica: emita de nuevo la versión pública del acta.",
                    "These correcting minutes repeat “{words}”, which the public version of the minutes leaves out. They are not published: issue the public version of the minutes again."
                ),
            )),
        };
    }
    let passages = withholdings(read, &minutes.id)?;
    if passages.is_empty() || is_current(&Standing::of(read, minutes)?, &issued(read, &minutes.id)?)? {
        return Ok(());
    }
    Err(Failure::new(
        Code::WrongState,
        text!(
            "El acta tiene pasajes clasificados o reservados y no hay una versión pública que los retire todos como están ahora. Emítala antes de publicar.",
            "The minutes have classified or reserved passages, and no public version leaves all of them out as they stand. Issue one before publishing."
        ),
    )
    .with(json!({ "acts": ["issue_public_version"] })))
}

/// Whose index of classified and reserved information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListWithheld {
    /// The body.
    pub body_id: BodyId,
}

/// An entry of the index of classified and reserved information (Ley 1712/2014 art. 20). It never says what was withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct WithheldEntry {
    /// The minutes.
    pub minutes_id: MinutesId,
    /// Their session.
    pub session_id: Option<SessionId>,
    /// "Acta n.º 1 de 2025".
    pub title: Text,
    /// The session's date: when the information was produced.
    pub session_date: Option<NaiveDate>,
    /// The passage, as the public version accounts for it.
    pub row: WithheldRow,
    /// Classified or reserved.
    pub class: InformationClass,
    /// Whether all of the item's treatment is withheld, or part of the minutes.
    pub whole_item: bool,
    /// Whether its term goes on.
    pub in_force: bool,
    /// When the newest public version of the minutes was issued; `null` while there is none.
    pub issued_on: Option<NaiveDate>,
}

/// The index of classified and reserved information in the minutes of a body, the newest session first.
///
/// # Errors
/// `not_found` for an unknown body.
#[allow(clippy::needless_pass_by_value)]
pub fn withheld_index(read: &Read<'_>, request: ListWithheld) -> Result<Vec<WithheldEntry>> {
    read.get::<crate::body::Body>(&request.body_id)?;
    let all: Vec<Minutes> = read.select(
        "WHERE body_id = ?1 AND id IN (SELECT minutes_id FROM withholding) ORDER BY session_date DESC, year DESC, number DESC",
        [&request.body_id],
    )?;
    let today = read.ctx.today();
    let mut entries = Vec::new();
    for minutes in all {
        let standing = Standing::of(read, &minutes)?;
        let newest = issued(read, &minutes.id)?.into_iter().next();
        for passage in standing.withheld(today) {
            let Withholding { class, until, item_id, .. } = passage.withholding;
            entries.push(WithheldEntry {
                minutes_id: minutes.id.clone(),
                session_id: minutes.session_id.clone(),
                title: said_name(&minutes),
                session_date: minutes.session_date,
                row: passage.row,
                class,
                whole_item: item_id.is_some(),
                in_force: until.is_none_or(|until| until >= today),
                issued_on: newest.as_ref().map(|d| crate::context::local(d.issued_at).date()),
            });
        }
    }
    Ok(entries)
}
