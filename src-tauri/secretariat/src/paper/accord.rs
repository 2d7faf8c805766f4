//! The accord of a decision: its powers, its reasons, its articles, who signs it, and its publication.

use serde::Serialize;

use super::{Drawn, Head, Signatory, Told};
use crate::codes::DocumentKind;
use crate::decision::{Accord, Decision, accord_of};
use crate::failure::{Failure, Result};
use crate::ids::DecisionId;
use crate::journal::Read;
use crate::minutes::{as_they_stand, material};
use crate::spanish::{date, long_date};
use crate::text;

/// An accord as printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct AccordTold {
    /// "Por el cual se adopta…".
    pub title: String,
    /// "La Comisión…, en ejercicio de…".
    pub issued_by: String,
    /// Its reasons.
    pub recitals: Vec<String>,
    /// Its articles, Markdown.
    pub articles: Vec<String>,
    /// "Dado en Bogotá, D. C., el…".
    pub given: String,
    /// "Publicado en el Registro Distrital…", or that it is not yet.
    pub publication: String,
    /// Who presided over the session, and its secretary.
    pub signatories: Vec<Signatory>,
}

pub(super) fn draw(read: &Read<'_>, id: &DecisionId) -> Result<Drawn> {
    let decision: Decision = read.get(id)?;
    let accord: &Accord = accord_of(&decision)?;
    let name = accord.name();
    if accord.articles.is_empty() {
        return Err(Failure::field(
            "decision_id",
            text!(
                "El {name} está en el archivo como un documento que se recibió, sin sus artículos. Entregue copia de ese documento, o redáctelo aquí.",
                "{name} is in the archive as a file that came, without its articles. Hand out a copy of that file, or write it here."
            ),
        ));
    }
    let m = material(read, &decision.session_id)?;
    let assembly = as_they_stand(read, &m)?;
    let day = date(decision.decided_on);
    let publication = match &accord.publication {
        Some(there) => {
            format!(
                "Publicado en el Registro Distrital n.º {} del {}.",
                there.number,
                date(there.published_on)
            )
        }
        None => "Pendiente de publicación en el Registro Distrital.".to_owned(),
    };
    let signatories = assembly.signers.iter().map(|signer| Signatory {
        name: signer.name.clone(),
        post: signer.position.clone(),
        entity: signer.entity.clone(),
        part: signer.part.clone(),
    });
    Ok(Drawn {
        kind: DocumentKind::Accord,
        session_id: Some(decision.session_id.clone()),
        minutes_id: None,
        stem: format!("acuerdo-{:03}-{}", accord.number, accord.year),
        told: Told::Accord(AccordTold {
            title: accord.title.clone(),
            issued_by: format!(
                "{}, {},",
                crate::spanish::capitalized(&super::said_body(&assembly.body)),
                accord.powers.trim_end_matches([',', '.', ' '])
            ),
            recitals: accord.recitals.clone(),
            articles: accord.articles.clone(),
            given: format!("Dado en Bogotá, D. C., el {}.", long_date(decision.decided_on)),
            publication,
            signatories: signatories.collect(),
        }),
        head: Head {
            body: assembly.body,
            title: name,
            subtitle: format!("({day})"),
            facts: Vec::new(),
            fictitious: assembly.fictitious,
        },
        body: m.body,
    })
}
