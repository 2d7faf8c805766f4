//! The quorum ledger of a session as a paper of its own: the annex of its minutes.

use serde::Serialize;

use super::{Drawn, Head, Signatory, Told, fact, given, secretary};
use crate::codes::DocumentKind;
use crate::failure::{Code, Failure, Result};
use crate::ids::SessionId;
use crate::journal::Read;
use crate::minutes::{QuorumAnnex, as_they_stand, material};
use crate::spanish::{capitalized, clock, long_date};
use crate::text;

/// The ledger and who signs it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct QuorumPaper {
    /// The ledger.
    pub annex: QuorumAnnex,
    /// When it is issued.
    pub given: String,
    /// Who signs.
    pub signatory: Signatory,
}

pub(super) fn draw(read: &Read<'_>, id: &SessionId) -> Result<Drawn> {
    let m = material(read, id)?;
    let assembly = as_they_stand(read, &m)?;
    let Some(annex) = assembly.quorum else {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "El registro de quórum se expide cuando la sesión termina. Levántela antes.",
                "The quorum ledger is issued when the session has ended. Adjourn it first."
            ),
        ));
    };
    let mut facts = vec![
        fact("Sesión", assembly.session),
        fact("Fecha", capitalized(&long_date(assembly.date))),
        fact("Puestos con voto", annex.seats.to_string()),
    ];
    if let (Some(start), Some(end)) = (assembly.start, assembly.end) {
        facts.insert(2, fact("Hora", format!("De {} a {}", clock(start), clock(end))));
    }
    Ok(Drawn {
        kind: DocumentKind::QuorumLedger,
        session_id: Some(id.clone()),
        minutes_id: None,
        stem: format!("registro-de-quorum-{}", m.facts.session.stem()),
        head: Head {
            body: assembly.body,
            title: "Registro de quórum".to_owned(),
            subtitle: String::new(),
            facts,
            fictitious: assembly.fictitious,
        },
        told: Told::Quorum(QuorumPaper {
            annex,
            given: given(read),
            signatory: secretary(read, &m.body, read.ctx.today())?,
        }),
        body: m.body,
    })
}
