//! What a vote came to: motion, method, quorum, majority, roll by seat. Of a secret one there are only totals.

use serde::Serialize;

use super::{Drawn, Fact, Head, Signatory, Told, fact, given, secretary};
use crate::codes::{DocumentKind, VoteMethod, VoteStatus};
use crate::course::VoteCourse;
use crate::failure::{Code, Failure, Result};
use crate::ids::VoteId;
use crate::journal::Read;
use crate::minutes::{Assembly, Material, RollRowPrinted, as_they_stand, material, sentences};
use crate::rules::Tie;
use crate::spanish::{capitalized, list, long_date};
use crate::text;
use crate::vote::{Vote, came_to};

/// A vote as certified.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct VoteTold {
    /// What was voted, in its own words.
    pub motion: String,
    /// How it was put to the vote and counted, as the minutes say it.
    pub paragraphs: Vec<String>,
    /// The numbers: votes, quorum, majority, result.
    pub counts: Vec<Fact>,
    /// Seat by seat; empty where no ballot is recorded.
    pub roll: Vec<RollRowPrinted>,
    /// What is to be known of the roll.
    pub roll_notes: Vec<String>,
    /// When it is issued.
    pub given: String,
    /// Who signs it.
    pub signatory: Signatory,
}

/// The vote that is open is not certified; one that was annulled decided nothing.
fn closed<'a>(m: &'a Material, id: &VoteId) -> Result<(&'a Vote, &'a VoteCourse)> {
    let vote =
        m.facts.votes.iter().find(|v| v.id == *id).ok_or_else(|| Failure::not_found("vote", id.as_str()))?;
    let refused = |text| Err(Failure::new(Code::WrongState, text));
    match (vote.status, m.course.vote(id)) {
        (VoteStatus::Closed, Some(course)) => Ok((vote, course)),
        (VoteStatus::Open, _) => refused(text!(
            "La votación está abierta. Ciérrela antes de expedir su resultado.",
            "The vote is open. Close it before its result is issued."
        )),
        _ => refused(text!(
            "La votación se anuló: no tiene resultado. El acta cuenta por qué.",
            "The vote was annulled: it has no result. The minutes tell why."
        )),
    }
}

/// Reads a vote as its session's minutes tell it.
pub(super) fn told(
    read: &Read<'_>,
    m: &Material,
    assembly: &Assembly,
    id: &VoteId,
) -> Result<(VoteTold, VoteMethod)> {
    let (vote, course) = closed(m, id)?;
    let keys = [format!("vote:{id}"), format!("vote_count:{id}")];
    let blocks = || assembly.blocks().filter(|block| keys.contains(&block.key));
    let roll: Vec<RollRowPrinted> = blocks().flat_map(|block| block.roll.clone()).collect();
    let mut counts = Vec::new();
    counts.push(fact("Resultado", format!("{}.", capitalized(&came_to(vote, course).es))));
    if !course.not_voted.is_empty() {
        counts.push(fact("Sin votar", course.not_voted.len().to_string()));
    }
    let recused = course.present.len().saturating_sub(course.entitled.len());
    if recused > 0 {
        counts.push(fact("Con impedimento", recused.to_string()));
    }
    if let Some(verdict) = &course.verdict {
        if let Some(quorum) = &verdict.quorum {
            let told = quorum.explanation.es.trim_start_matches("Quórum ");
            counts.push(fact("Quórum", format!("{}.", capitalized(told))));
        }
        // The explanation cites the norm, where one is registered.
        counts.push(fact("Mayoría", format!("{}.", verdict.explanation.es)));
        if verdict.source.is_none() {
            counts.push(fact("Norma", "Sin norma registrada"));
        }
        if verdict.count.tie == Some(true) {
            let rule = match verdict.tie_rule {
                Tie::ChairCasts => "Hubo empate; la regla aplicable da voto dirimente a la presidencia",
                Tie::SecondRound => "Hubo empate; la regla aplicable ordena repetir la votación",
                Tie::Rejected => "Hubo empate; según la regla aplicable no se aprueba",
            };
            let norm = verdict.casting_vote_source.as_ref().filter(|_| vote.casting_vote.is_some());
            counts.push(fact("Empate", format!("{rule}{}.", sentences::cited(norm))));
        }
        if let Some(cast) = vote.casting_vote.as_ref().filter(|_| verdict.count.tie == Some(true)) {
            let who = m.full_name(&cast.person_id);
            counts.push(fact("Voto dirimente", format!("{who}: {}", cast.value.label())));
        }
    }
    let mut roll_notes = Vec::new();
    match vote.method {
        VoteMethod::Secret => roll_notes.push(
            "La votación fue secreta: consta quiénes participaron y los totales; el sentido de cada voto no se registró."
                .to_owned(),
        ),
        VoteMethod::ShowOfHands => roll_notes.push(
            "Se contaron las manos alzadas: constan los totales y no el voto de cada puesto.".to_owned(),
        ),
        _ if roll.is_empty() => {
            roll_notes.push("No se registró el voto de cada puesto.".to_owned());
        }
        _ => {}
    }
    let frame = &m.facts.frame;
    let away: Vec<String> = frame
        .seats
        .iter()
        .filter(|s| s.seat.vote && !course.present.contains(&s.seat.id))
        .map(|s| m.seat_name(&s.seat.id))
        .collect();
    if !away.is_empty() {
        let absent =
            if vote.method == VoteMethod::Written { "No respondieron" } else { "No estaban presentes" };
        let absent = match (away.len(), vote.method) {
            (1, VoteMethod::Written) => "No respondió",
            (1, _) => "No estaba presente",
            _ => absent,
        };
        roll_notes.push(format!("{absent}: {}.", list(&away)));
    }
    let motion = vote.motion_id.as_ref().and_then(|id| m.facts.motions.iter().find(|x| x.id == *id));
    let told = VoteTold {
        motion: motion.map_or_else(|| vote.question.clone(), |motion| motion.text.clone()),
        paragraphs: blocks().flat_map(|block| block.paragraphs.clone()).collect(),
        counts,
        roll,
        roll_notes,
        given: given(read),
        signatory: secretary(read, &m.body, read.ctx.today())?,
    };
    Ok((told, vote.method))
}

/// "5. Propuesta «Planta piloto»": an item with its number as printed.
pub(super) fn item_named(assembly: &Assembly, item: &crate::ids::AgendaItemId) -> String {
    assembly
        .items
        .iter()
        .find(|i| i.item_id.as_ref() == Some(item))
        .map_or_else(String::new, |i| format!("{}. {}", i.number, i.title))
}

pub(super) fn draw(read: &Read<'_>, id: &VoteId) -> Result<Drawn> {
    let vote: Vote = read.get(id)?;
    let m = material(read, &vote.session_id)?;
    let assembly = as_they_stand(read, &m)?;
    let (told, method) = told(read, &m, &assembly, id)?;
    let round = if vote.round > 1 { " (segunda vuelta)" } else { "" };
    let facts = vec![
        fact("Sesión", assembly.session.clone()),
        fact("Fecha", capitalized(&long_date(crate::local(vote.opened_at).date()))),
        fact("Punto", item_named(&assembly, &vote.item_id)),
        fact("Votación", format!("{}{round}", capitalized(method.label()))),
    ];
    let nth = m.facts.votes.iter().position(|v| v.id == *id).unwrap_or(0) + 1;
    Ok(Drawn {
        kind: DocumentKind::VoteResult,
        session_id: Some(vote.session_id),
        minutes_id: None,
        stem: format!("votacion-{}-{nth:02}", m.facts.session.stem()),
        head: Head {
            title: format!("Resultado de la votación {}", method.label()),
            subtitle: String::new(),
            facts,
            fictitious: assembly.fictitious,
            body: assembly.body,
        },
        told: Told::Vote(told),
        body: m.body,
    })
}
