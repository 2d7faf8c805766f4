//! E-mail is where papers come from: a dropped .eml, .msg, PDF or photo becomes an excuse, a confirmation, a delegation, a
//! proposal or an annex, with its sender and time; the message itself is kept as evidence.

mod msg;
mod paper;

pub use paper::{Attachment, Paper, read};

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::annex::{self, Annex, Kept, Received};
use crate::attendance::Confirmation;
use crate::body::{Holder, Seat, holder_on};
use crate::codes::{AnnexKind, AnnexOwner, Answer, AttendanceMode};
use crate::delegation::{self, Delegation, RecordDelegation};
use crate::expected::{self, SetConfirmation};
use crate::failure::{Failure, Result, Text};
use crate::file::CarriedFile;
use crate::ids::{AnnexId, BodyId, ConfirmationId, EntityId, PersonId, ProposalId, SeatId, SessionId};
use crate::journal::{self, Read, Tx};
use crate::person::{Person, PersonContact};
use crate::proposal::Proposal;
use crate::proposal::life::{CreateProposal, create};
use crate::session::{Session, plan};
use crate::{text, typed};

/// A dropped file to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadMail {
    /// The file.
    pub file: CarriedFile,
    /// The session it was dropped on.
    #[serde(default)]
    #[ts(optional)]
    pub session_id: Option<SessionId>,
}

/// A dropped file as it will be filed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MailPreview {
    /// Whether it is a message, with sender and time.
    pub is_message: bool,
    /// The sender.
    pub from: Option<MailSender>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Its subject.
    pub subject: Option<String>,
    /// Its words.
    pub text: String,
    /// Its attachments; of a paper, the paper itself.
    pub attachments: Vec<MailAttachment>,
    /// What could not be taken out of it, in words.
    pub warnings: Vec<Text>,
    /// Whether the archive keeps this very file already.
    pub kept_before: bool,
    /// What it seems to be.
    pub suggestion: MailSuggestion,
}

/// Who sent a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MailSender {
    /// Name.
    pub name: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// An attachment in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MailAttachment {
    /// Its place in the message, from 0.
    pub index: i64,
    /// Its name.
    pub name: String,
    /// What its bytes are.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
    /// Whether it is part of the message's look (a logo); such are not filed unless chosen.
    pub inline: bool,
    /// Whether the archive can keep it.
    pub keepable: bool,
}

/// What a file can be filed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// An excuse.
    Excuse,
    /// A confirmation of attendance.
    Confirmation,
    /// A delegation.
    Delegation,
    /// A proposal.
    Proposal,
    /// An annex.
    Annex,
}

/// What a dropped file seems to be, to be confirmed by a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct MailSuggestion {
    /// As what.
    pub kind: PaperKind,
    /// Why.
    pub why: Text,
    /// The session.
    pub session_id: Option<SessionId>,
    /// The session's name.
    pub session: Option<Text>,
    /// The seat, by the sender's address.
    pub seat: Option<SeatGuess>,
}

/// A seat guessed from the sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct SeatGuess {
    /// The seat.
    pub seat_id: SeatId,
    /// Its title.
    pub title: String,
    /// The person whose address it is.
    pub person_id: PersonId,
    /// Their name.
    pub person: String,
    /// How they are tied to the seat.
    pub why: Text,
}

/// Reads a dropped file and says what it seems to be. Nothing is kept yet.
///
/// # Errors
/// `invalid_input` when it cannot be read or kept.
pub fn preview(read: &Read<'_>, request: ReadMail) -> Result<MailPreview> {
    let bytes = request.file.bytes()?;
    let paper = paper::read(&annex::file_name(&request.file.name)?, &bytes)?;
    let hash = journal::hex(&<sha2::Sha256 as sha2::Digest>::digest(&bytes));
    let kept_before = read
        .conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM blob WHERE id = ?1)")?
        .query_row([hash], |row| row.get(0))?;
    let mut warnings = Vec::new();
    if paper.left_inside > 0 {
        let n = paper.left_inside;
        warnings.push(text!(
            "Trae mensajes o adjuntos que no se pueden extraer: {n}. Ábralo en el correo y guárdelos aparte.",
            "It holds messages or attachments that cannot be taken out: {n}. Open it in the mail program and save them apart."
        ));
    }
    if paper.sent_at.is_some_and(|sent| sent > read.ctx.now) {
        warnings.push(text!(
            "El mensaje dice haberse enviado en el futuro: se registrará con la hora actual.",
            "The message says it was sent in the future: it will be recorded with the present time."
        ));
    }
    let suggestion = suggest(read, &paper, request.session_id.as_ref())?;
    let attachments = (0..)
        .zip(&paper.attachments)
        .map(|(index, a)| MailAttachment {
            index,
            name: a.name.clone(),
            media_type: a.media_type.clone(),
            size: a.bytes.len() as i64,
            inline: a.inline,
            keepable: annex::media_type(&a.name, &a.bytes).is_ok(),
        })
        .collect();
    Ok(MailPreview {
        is_message: paper.is_message,
        from: sender(&paper),
        sent_at: paper.sent_at,
        subject: paper.subject,
        text: paper.text,
        attachments,
        warnings,
        kept_before,
        suggestion,
    })
}

fn sender(paper: &Paper) -> Option<MailSender> {
    match (&paper.from_name, &paper.from_address) {
        (None, None) => None,
        (name, address) => Some(MailSender { name: name.clone(), address: address.clone() }),
    }
}

/// Words that give a message away, most telling first; without accents, as [`typed::folded`] leaves them. The rows of a
/// kind are tried before the next kind's.
const TELLING: &[(PaperKind, &[&str])] = &[
    (PaperKind::Delegation, &["delegacion", "delego en", "delegar", "delega en"]),
    (
        PaperKind::Excuse,
        &[
            "excusa",
            "excuso",
            "excusarme",
            "excusar",
            "no podre",
            "no podra",
            "no podremos",
            "no me sera posible",
            "imposibilidad de asistir",
            "no asistire",
            "no asistira",
            "no puedo asistir",
            "disculpas por no asistir",
        ],
    ),
    (
        PaperKind::Confirmation,
        &[
            "confirmo",
            "confirmamos",
            "confirma su asistencia",
            "asistire",
            "asistira",
            "confirmacion de asistencia",
        ],
    ),
    (
        PaperKind::Proposal,
        &[
            "radicar la propuesta",
            "propuesta de proyecto",
            "perfil de proyecto",
            "ficha de proyecto",
            "presentar la propuesta",
            "proyecto de cooperacion",
            "propuesta",
        ],
    ),
];

fn suggest(read: &Read<'_>, paper: &Paper, session: Option<&SessionId>) -> Result<MailSuggestion> {
    let session = match session {
        Some(id) => Some(read.get::<Session>(id)?),
        None => None,
    };
    let seat = match &paper.from_address {
        Some(address) => seat_of(read, address, session.as_ref())?,
        None => None,
    };
    let session = match session {
        None => next_session(read, seat.as_ref().map(|guess| &guess.seat_id))?,
        known => known,
    };
    // The sender's own words, not the notice quoted below them.
    let own = before_quote(&paper.text);
    let words =
        format!(" {} ", typed::folded(&format!("{} {own}", paper.subject.clone().unwrap_or_default())));
    let found = TELLING.iter().find_map(|(kind, telling)| {
        telling.iter().find(|word| words.contains(&format!(" {word}"))).map(|word| (*kind, *word))
    });
    let (kind, why) = match found {
        Some((kind, word)) if paper.is_message => {
            (kind, text!("El mensaje dice «{word}».", "The message says “{word}”."))
        }
        _ => (
            PaperKind::Annex,
            text!(
                "No dice qué es: se guardaría como anexo.",
                "It does not say what it is: it would be kept as an annex."
            ),
        ),
    };
    Ok(MailSuggestion {
        kind,
        why,
        session: session.as_ref().map(plan::name),
        session_id: session.map(|s| s.id),
        seat,
    })
}

/// A message's words up to where it quotes another.
fn before_quote(text: &str) -> String {
    let quotes = |line: &str| {
        let line = line.trim_start();
        let folded = typed::folded(line);
        line.starts_with('>')
            || line.starts_with("-----")
            || line.starts_with("_____")
            || (line.starts_with("De:") || line.starts_with("From:") || line.starts_with("*De:*"))
            || ((folded.starts_with("el ") || folded.starts_with("on "))
                && (folded.contains("escribio") || folded.contains("wrote")))
    };
    text.lines().take_while(|line| !quotes(line)).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The seat that an address belongs to: of its holder, its delegate, its liaison. Of a session's body, on its day, when
/// the paper comes for one: who sits in several bodies answers to the one that convened.
fn seat_of(read: &Read<'_>, address: &str, session: Option<&Session>) -> Result<Option<SeatGuess>> {
    let contacts: Vec<PersonContact> =
        read.select("WHERE email = ?1 COLLATE NOCASE ORDER BY id", [address])?;
    let day = session.map_or_else(|| read.ctx.today(), |session| session.date);
    let seats: Vec<Seat> = read.select("", [])?;
    let here = |id: &SeatId| {
        let seat = seats.iter().find(|seat| seat.id == *id)?;
        session.is_none_or(|session| session.body_id == seat.body_id).then_some(seat)
    };
    for contact in contacts {
        let person: Person = read.get(&contact.id)?;
        let held: Vec<Holder> = read.select("WHERE person_id = ?1 ORDER BY valid_from DESC", [&person.id])?;
        let mut tie: Option<(SeatId, Text)> = None;
        for holder in held {
            if here(&holder.seat_id).is_some()
                && holder_on(read, &holder.seat_id, day)?.is_some_and(|h| h.person_id == person.id)
            {
                tie = Some((holder.seat_id, text!("Es titular del puesto.", "Holds the seat.")));
                break;
            }
        }
        if tie.is_none() {
            let acts: Vec<Delegation> =
                read.select("WHERE delegate_id = ?1 ORDER BY valid_from DESC", [&person.id])?;
            tie = acts.into_iter().find(|act| here(&act.seat_id).is_some()).map(|act| {
                (act.seat_id, text!("Ha asistido como delegado del puesto.", "Has been the seat's delegate."))
            });
        }
        if let Some(seat) = person.seat_id.clone().filter(|id| tie.is_none() && here(id).is_some()) {
            tie = Some((seat, text!("Es enlace del puesto.", "Is the seat's liaison.")));
        }
        if let Some((seat_id, why)) = tie
            && let Some(seat) = here(&seat_id)
        {
            return Ok(Some(SeatGuess {
                title: seat.title.clone(),
                seat_id,
                person_id: person.id,
                person: person.full_name,
                why,
            }));
        }
    }
    Ok(None)
}

/// The session a message is most likely about: the next one of the seat's body, or of any when there is no seat;
/// convened ones first.
fn next_session(read: &Read<'_>, seat: Option<&SeatId>) -> Result<Option<Session>> {
    let body = match seat {
        Some(seat) => Some(read.get::<Seat>(seat)?.body_id),
        None => None,
    };
    let ahead: Vec<Session> = read.select(
        "WHERE (?1 IS NULL OR body_id = ?1) AND date >= ?2 AND status IN ('convened', 'scheduled', 'postponed', 'open')
         ORDER BY status NOT IN ('convened', 'open'), date, number LIMIT 1",
        rusqlite::params![body, read.ctx.today().to_string()],
    )?;
    Ok(ahead.into_iter().next())
}

/// A dropped file and what to file it as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileMail {
    /// The file.
    pub file: CarriedFile,
    /// As what.
    #[serde(rename = "as")]
    pub filing: MailFiling,
    /// The ids of the annexes kept, in their order; new ones when not said, and for those beyond.
    #[serde(default)]
    #[ts(optional)]
    pub annex_ids: Option<Vec<AnnexId>>,
}

/// What to file a paper as, with what the paper itself does not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum MailFiling {
    /// An excuse in writing of a seat.
    Excuse {
        /// The answer's id, when it is the seat's first; a new one when not said.
        #[serde(default)]
        #[ts(optional)]
        id: Option<ConfirmationId>,
        /// The session.
        session_id: SessionId,
        /// The seat.
        seat_id: SeatId,
        /// Its reason, as the minutes print it; none when not said, for the message itself is kept.
        #[serde(default)]
        #[ts(optional)]
        reason: Option<String>,
    },
    /// A confirmation of attendance of a seat.
    Confirmation {
        /// The answer's id, when it is the seat's first; a new one when not said.
        #[serde(default)]
        #[ts(optional)]
        id: Option<ConfirmationId>,
        /// The session.
        session_id: SessionId,
        /// The seat.
        seat_id: SeatId,
        /// Who will come, when it is not the holder.
        #[serde(default)]
        #[ts(optional)]
        person_id: Option<PersonId>,
        /// True when it announces a delegate.
        #[serde(default)]
        #[ts(optional)]
        by_delegate: Option<bool>,
        /// How they will attend.
        #[serde(default)]
        #[ts(optional)]
        mode: Option<AttendanceMode>,
    },
    /// A delegation, with its act's data; its file is the attachment.
    Delegation {
        /// The act. Its file and time of reception come from the message.
        delegation: Box<RecordDelegation>,
        /// Which attachment is the act; the first document when not said, else the message itself.
        #[serde(default)]
        #[ts(optional)]
        attachment: Option<i64>,
        /// The session for which it is announced: it becomes the seat's answer.
        #[serde(default)]
        #[ts(optional)]
        session_id: Option<SessionId>,
        /// The id of that answer, when it is the seat's first; a new one when not said.
        #[serde(default)]
        #[ts(optional)]
        confirmation_id: Option<ConfirmationId>,
    },
    /// A draft of a proposal, with the attachments as its annexes.
    Proposal {
        /// Its id; made when not said.
        #[serde(default)]
        #[ts(optional)]
        id: Option<ProposalId>,
        /// The body it is put to.
        body_id: BodyId,
        /// Its title; the subject when not said.
        #[serde(default)]
        #[ts(optional)]
        title: Option<String>,
        /// The entity that proposes it; the sender's when not said and known.
        #[serde(default)]
        #[ts(optional)]
        proponent_entity_id: Option<EntityId>,
        /// Which attachments to keep; all but logos when not said.
        #[serde(default)]
        #[ts(optional)]
        attachments: Option<Vec<i64>>,
    },
    /// An annex of something.
    Annex {
        /// What it belongs to.
        owner: AnnexOwner,
        /// Which one.
        owner_id: String,
        /// What it is; by its media type when not said.
        #[serde(default)]
        #[ts(optional)]
        annex_kind: Option<AnnexKind>,
        /// Its title, when one file is kept; the file's name when not said.
        #[serde(default)]
        #[ts(optional)]
        title: Option<String>,
        /// Which attachments to keep; all but logos when not said, the message itself when there are none.
        #[serde(default)]
        #[ts(optional)]
        attachments: Option<Vec<i64>>,
        /// Whether it may be published.
        #[serde(default)]
        #[ts(optional)]
        public: Option<bool>,
    },
}

/// What a paper became.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct FiledMail {
    /// The seat's answer.
    pub confirmation: Option<Confirmation>,
    /// The delegation.
    pub delegation: Option<Delegation>,
    /// The proposal.
    pub proposal: Option<Proposal>,
    /// The annexes kept.
    pub annexes: Vec<Annex>,
    /// Hash of the file as it was dropped, kept as evidence.
    pub message_blob_id: String,
}

/// Files a dropped paper, with its sender and time; the file itself is kept as evidence.
///
/// # Errors
/// Those of recording an answer, a delegation, a proposal or an annex; `invalid_input` when the file cannot be read or an
/// attachment chosen is not there.
pub fn file(tx: &mut Tx<'_>, request: FileMail) -> Result<FiledMail> {
    let bytes = request.file.bytes()?;
    let name = annex::file_name(&request.file.name)?;
    let paper = paper::read(&name, &bytes)?;
    let message_blob_id = tx.put_blob(&bytes)?;
    let received_at = paper.sent_at.filter(|sent| *sent <= tx.ctx.now).unwrap_or(tx.ctx.now);
    let received = Received {
        from: paper.from_name.clone().or_else(|| paper.from_address.clone()),
        subject: paper.subject.clone(),
        sent_at: paper.sent_at,
        message_blob_id: Some(message_blob_id.clone()),
    };
    let annex_ids = request.annex_ids.unwrap_or_default().into();
    let mut filing = Filing { name, bytes: &bytes, paper: &paper, received, received_at, annex_ids };
    let mut filed = FiledMail {
        confirmation: None,
        delegation: None,
        proposal: None,
        annexes: Vec::new(),
        message_blob_id,
    };
    match request.filing {
        MailFiling::Excuse { id, session_id, seat_id, reason } => {
            // The minutes print the reason: a whole message, with its greetings and telephones, is never one.
            let answer = filing.answer(session_id, seat_id, Answer::Excused, &request.file, reason);
            filed.confirmation = Some(expected::set_confirmation(tx, SetConfirmation { id, ..answer })?);
        }
        MailFiling::Confirmation { id, session_id, seat_id, person_id, by_delegate, mode } => {
            let kind = if by_delegate == Some(true) { Answer::WillDelegate } else { Answer::WillAttend };
            let words = Some(before_quote(&paper.text)).filter(|w| !w.is_empty());
            let answer = filing.answer(session_id, seat_id, kind, &request.file, words);
            filed.confirmation =
                Some(expected::set_confirmation(tx, SetConfirmation { id, person_id, mode, ..answer })?);
        }
        MailFiling::Delegation { delegation, attachment, session_id, confirmation_id } => {
            let answers = session_id.map(|session| (session, confirmation_id));
            filing.delegation(tx, &request.file, *delegation, attachment, answers, &mut filed)?;
        }
        MailFiling::Proposal { id, body_id, title, proponent_entity_id, attachments } => {
            let sender = match &paper.from_address {
                Some(address) => person_of(tx, address)?,
                None => None,
            };
            let subject = paper.subject.as_deref().map(without_prefixes).unwrap_or_default();
            let proposal = create(
                tx,
                CreateProposal {
                    id,
                    body_id,
                    code: None,
                    title: title.filter(|t| !t.trim().is_empty()).unwrap_or(subject),
                    short_title: None,
                    proponent_entity_id: proponent_entity_id
                        .or_else(|| sender.as_ref().and_then(|p| p.entity_id.clone())),
                    contact_person_id: sender.map(|p| p.id),
                    profile: None,
                },
            )?;
            let owner = (AnnexOwner::Proposal, proposal.id.as_str());
            if paper.is_message {
                let title = text!("Correo de remisión", "Covering message").es;
                filed.annexes.push(filing.keep_message(tx, owner, &title)?);
            }
            for chosen in filing.chosen(attachments)? {
                filed.annexes.push(filing.keep(tx, owner, chosen, None, None, false)?);
            }
            filed.proposal = Some(proposal);
        }
        MailFiling::Annex { owner, owner_id, annex_kind, title, attachments, public } => {
            annex::owner_takes_it(tx, owner, &owner_id)?;
            let owner = (owner, owner_id.as_str());
            let chosen = filing.chosen(attachments)?;
            let public = public.unwrap_or(false);
            if chosen.is_empty() {
                let title =
                    title.clone().or_else(|| paper.subject.clone()).unwrap_or_else(|| filing.name.clone());
                filed.annexes.push(filing.keep_message(tx, owner, &title)?);
            }
            let one = chosen.len() == 1;
            for attachment in chosen {
                let title = title.as_deref().filter(|_| one);
                filed.annexes.push(filing.keep(tx, owner, attachment, title, annex_kind, public)?);
            }
        }
    }
    Ok(filed)
}

/// A paper on its way into the archive.
struct Filing<'a> {
    name: String,
    bytes: &'a [u8],
    paper: &'a Paper,
    received: Received,
    received_at: DateTime<Utc>,
    /// Those given for the annexes and not taken yet.
    annex_ids: VecDeque<AnnexId>,
}

impl<'a> Filing<'a> {
    fn answer(
        &self,
        session_id: SessionId,
        seat_id: SeatId,
        answer: Answer,
        file: &CarriedFile,
        words: Option<String>,
    ) -> SetConfirmation {
        let channel = if self.paper.is_message { "email" } else { "paper" };
        SetConfirmation {
            id: None,
            session_id,
            seat_id,
            answer,
            person_id: None,
            delegation_id: None,
            mode: None,
            in_writing: Some(true),
            text: words.map(|w| w.chars().take(4000).collect()),
            received_at: Some(self.received_at),
            channel: Some(channel.to_owned()),
            file: Some(file.clone()),
        }
    }

    fn delegation(
        &mut self,
        tx: &mut Tx<'_>,
        file: &CarriedFile,
        mut delegation: RecordDelegation,
        attachment: Option<i64>,
        answers: Option<(SessionId, Option<ConfirmationId>)>,
        filed: &mut FiledMail,
    ) -> Result<()> {
        let act = match attachment {
            Some(index) => Some(self.attachment(index)?),
            None => self.paper.attachments.iter().find(|a| {
                !a.inline
                    && (a.media_type == "application/pdf"
                        || a.media_type.starts_with("image/")
                        || a.media_type.contains("word"))
            }),
        };
        delegation.file = Some(match act {
            Some(act) => {
                annex::media_type(&act.name, &act.bytes)?;
                CarriedFile::new(&act.name, &act.bytes)
            }
            None => file.clone(),
        });
        delegation.received_at = Some(self.received_at);
        let recorded = delegation::record(tx, delegation)?;
        if self.paper.is_message && act.is_some() {
            let owner = (AnnexOwner::Delegation, recorded.id.as_str());
            filed.annexes.push(self.keep_message(tx, owner, "Correo de remisión")?);
        }
        if let Some((session_id, id)) = answers {
            let answer = self.answer(session_id, recorded.seat_id.clone(), Answer::WillDelegate, file, None);
            let answer = SetConfirmation {
                id,
                person_id: Some(recorded.delegate_id.clone()),
                delegation_id: Some(recorded.id.clone()),
                ..answer
            };
            filed.confirmation = Some(expected::set_confirmation(tx, answer)?);
        }
        filed.delegation = Some(recorded);
        Ok(())
    }

    fn attachment(&self, index: i64) -> Result<&'a Attachment> {
        let count = self.paper.attachments.len();
        usize::try_from(index).ok().and_then(|i| self.paper.attachments.get(i)).ok_or_else(|| {
            Failure::field(
                "attachments",
                text!(
                    "El mensaje tiene {count} adjuntos y no hay uno con el índice {index}.",
                    "The message has {count} attachments and none with index {index}."
                ),
            )
        })
    }

    /// The attachments asked for; all but logos, and but what the archive does not keep, when none are named.
    fn chosen(&self, asked: Option<Vec<i64>>) -> Result<Vec<&'a Attachment>> {
        match asked {
            Some(indices) => indices.into_iter().map(|index| self.attachment(index)).collect(),
            None => Ok(self
                .paper
                .attachments
                .iter()
                .filter(|a| !a.inline && annex::media_type(&a.name, &a.bytes).is_ok())
                .collect()),
        }
    }

    fn keep(
        &mut self,
        tx: &mut Tx<'_>,
        owner: (AnnexOwner, &str),
        attachment: &Attachment,
        title: Option<&str>,
        kind: Option<AnnexKind>,
        public: bool,
    ) -> Result<Annex> {
        let kept = Kept { name: attachment.name.clone(), bytes: &attachment.bytes };
        let kind = kind.unwrap_or_else(|| kind_of(&attachment.media_type));
        let received = Some(self.received.clone()).filter(|_| self.paper.is_message);
        annex::attach(tx, self.annex_ids.pop_front(), owner, None, title, kind, &kept, public, received)
    }

    fn keep_message(&mut self, tx: &mut Tx<'_>, owner: (AnnexOwner, &str), title: &str) -> Result<Annex> {
        let kept = Kept { name: self.name.clone(), bytes: self.bytes };
        annex::attach(
            tx,
            self.annex_ids.pop_front(),
            owner,
            None,
            Some(title),
            AnnexKind::Mail,
            &kept,
            false,
            Some(self.received.clone()),
        )
    }
}

/// What an annex is when nobody says: by its media type.
fn kind_of(media_type: &str) -> AnnexKind {
    match media_type {
        m if m.starts_with("image/") => AnnexKind::Image,
        m if m.contains("spreadsheet") || m.contains("excel") || m == "text/csv" => AnnexKind::Spreadsheet,
        m if m.contains("presentation") || m.contains("powerpoint") => AnnexKind::Presentation,
        "message/rfc822" | "application/vnd.ms-outlook" => AnnexKind::Mail,
        _ => AnnexKind::Document,
    }
}

fn person_of(read: &Read<'_>, address: &str) -> Result<Option<Person>> {
    let contacts: Vec<PersonContact> =
        read.select("WHERE email = ?1 COLLATE NOCASE ORDER BY id LIMIT 1", [address])?;
    match contacts.first() {
        Some(contact) => read.find(&contact.id),
        None => Ok(None),
    }
}

/// A subject without the marks of replies and forwards.
fn without_prefixes(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((prefix, after)) = rest.split_once(':') {
        if !["re", "rv", "fw", "fwd", "res", "enc"].contains(&prefix.trim().to_lowercase().as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}
