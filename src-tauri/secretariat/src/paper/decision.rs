//! The certificate of a decision: the same day too, and then it says that the minutes are not adopted yet.

use serde::Serialize;

use super::vote::{self, VoteTold};
use super::{Drawn, Head, Signatory, Told, fact, given, minutes_name, said_secretariat, secretary};
use crate::codes::{DecisionKind, DocumentKind, SessionStatus};
use crate::decision::Decision;
use crate::failure::Result;
use crate::ids::DecisionId;
use crate::journal::Read;
use crate::minutes::{adopted, as_they_stand, material, sentences::uncapitalized};
use crate::spanish::{capitalized, date, long_date};

/// A decision as certified.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct DecisionCertificate {
    /// Its words.
    pub text: String,
    /// The vote that took it.
    pub vote: Option<VoteTold>,
    /// How it was taken, where no vote did.
    pub without_vote: Option<String>,
    /// Where the minutes stand that tell it.
    pub minutes: String,
    /// What is certified.
    pub certified: String,
    /// When it is issued.
    pub given: String,
    /// Who certifies.
    pub signatory: Signatory,
}

pub(super) fn draw(read: &Read<'_>, id: &DecisionId) -> Result<Drawn> {
    let decision: Decision = read.get(id)?;
    let m = material(read, &decision.session_id)?;
    let assembly = as_they_stand(read, &m)?;
    let vote = match &decision.vote_id {
        Some(vote) => Some(vote::told(read, &m, &assembly, vote)?.0),
        None => None,
    };
    let numbered = decision.number.zip(decision.year).filter(|_| decision.kind == DecisionKind::Substantive);
    let (title, stem) = match numbered {
        Some((number, year)) => (
            format!("Certificación de la decisión {number} de {year}"),
            format!("certificacion-decision-{number:02}-{year}"),
        ),
        None => (
            "Certificación de una decisión de procedimiento".to_owned(),
            format!("certificacion-decision-{}-{}", m.facts.session.stem(), decision.id),
        ),
    };
    let facts = vec![
        fact(
            "Decisión",
            numbered.map_or_else(
                || "De procedimiento, sin número".to_owned(),
                |(number, year)| format!("N.º {number} de {year}"),
            ),
        ),
        fact("Sesión", assembly.session.clone()),
        fact("Fecha", capitalized(&long_date(decision.decided_on))),
        fact("Punto", vote::item_named(&assembly, &decision.item_id)),
    ];
    let minutes = match crate::minutes::kept_of(read, &decision.session_id)? {
        Some(minutes) if adopted(minutes.status) => {
            let when = minutes.approved_on.map_or_else(String::new, |day| format!(" el {}", date(day)));
            format!("La decisión consta en el {}, aprobada{when}.", uncapitalized(&minutes_name(&minutes)))
        }
        Some(minutes) => format!(
            "El acta de la sesión no se ha aprobado: el {} está en estado «{}». La decisión se certifica según el registro \
             de la sesión.",
            uncapitalized(&minutes_name(&minutes)),
            minutes.status.label()
        ),
        None if matches!(m.facts.session.status, SessionStatus::Open | SessionStatus::Suspended) => {
            "La sesión no se ha levantado y su acta no se ha aprobado. La decisión se certifica según el registro de la \
             sesión."
                .to_owned()
        }
        None => {
            "El acta de la sesión no se ha aprobado. La decisión se certifica según el registro de la sesión."
                .to_owned()
        }
    };
    let without_vote = vote.is_none().then(|| {
        "La decisión se registró sin votación: en el registro de la sesión no hay conteo de votos que la sustente."
            .to_owned()
    });
    let certified = format!(
        "{} certifica que el {} se tomó la decisión que aquí se transcribe.",
        capitalized(&said_secretariat(&assembly.body)),
        date(decision.decided_on)
    );
    Ok(Drawn {
        kind: DocumentKind::DecisionCertificate,
        session_id: Some(decision.session_id),
        minutes_id: None,
        stem,
        head: Head {
            title,
            subtitle: String::new(),
            facts,
            fictitious: assembly.fictitious,
            body: assembly.body,
        },
        told: Told::Decision(DecisionCertificate {
            text: decision.text.trim().to_owned(),
            vote,
            without_vote,
            minutes,
            certified,
            given: given(read),
            signatory: secretary(read, &m.body, read.ctx.today())?,
        }),
        body: m.body,
    })
}
