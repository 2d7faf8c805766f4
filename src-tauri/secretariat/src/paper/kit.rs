//! The kit for a session without power: everything the secretary ticks and writes by hand, on one file.

use serde::Serialize;

use super::{Drawn, Head, Told, fact};
use crate::body::Body;
use crate::codes::{AgendaKind, DocumentKind};
use crate::document::{SessionPaper, session_papers};
use crate::failure::Result;
use crate::ids::SessionId;
use crate::journal::Read;
use crate::minutes::{seat_name, sentences};
use crate::rules::{Base, RuleTopic};
use crate::spanish::{capitalized, clock, long_date};

/// A seat of the roll.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct KitSeat {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub seat: String,
    /// Who is expected for it.
    pub person: String,
    /// Whether it votes.
    pub vote: bool,
}

/// An item that may be voted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct KitItem {
    /// "5. Propuesta «Planta piloto»".
    pub name: String,
}

/// What the kit is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Kit {
    /// The roll.
    pub seats: Vec<KitSeat>,
    /// Permanent invitees.
    pub invitees: Vec<String>,
    /// The rules on quorum, majorities and ties, in words.
    pub rules: Vec<String>,
    /// Heads of the table of votes needed: the seats present, then each majority.
    pub needed_head: Vec<String>,
    /// For so many seats present: whether there is a quorum and the votes in favour that each majority takes.
    pub needed: Vec<Vec<String>>,
    /// What the table takes for granted.
    pub needed_note: String,
    /// The agenda.
    pub items: Vec<KitItem>,
}

pub(super) fn draw(read: &Read<'_>, id: &SessionId) -> Result<Drawn> {
    let papers = session_papers(read, id, SessionPaper::AttendanceSheet)?;
    let frame = &papers.frame;
    let rules = &frame.rule_set;
    let voting = frame.voting_seats();
    let seats = frame
        .seats
        .iter()
        .map(|seat| KitSeat {
            number: seat.seat.number,
            seat: seat_name(frame, seat),
            person: papers
                .expected(&seat.seat.id)
                .and_then(|person| frame.person(&person).map(|p| p.full_name.clone()))
                .unwrap_or_default(),
            vote: seat.seat.vote,
        })
        .collect();
    let topics = [RuleTopic::Quorum, RuleTopic::NoQuorum, RuleTopic::Majority, RuleTopic::CastingVote];
    let told = rules
        .explain(voting, None)
        .into_iter()
        .filter(|rule| topics.contains(&rule.topic))
        .map(|rule| format!("{}{}.", rule.text.es, sentences::cited(rule.source.as_ref())))
        .collect();
    let need = |rule: crate::rules::QuorumRule| rule.required(voting).unwrap_or(voting);
    let (debate, decide) = (need(rules.quorum.deliberative), need(rules.quorum.decision));
    let mut needed_head =
        vec!["Puestos presentes".to_owned(), "Para deliberar".to_owned(), "Para decidir".to_owned()];
    needed_head.extend(rules.rules.iter().map(|rule| capitalized(&rule.name)));
    let yes = |met: bool| if met { "Sí" } else { "No" }.to_owned();
    // One below the least quorum shows that there it stops.
    let first = debate.min(decide).saturating_sub(1).max(1);
    let needed = (first..=voting)
        .map(|present| {
            let mut row = vec![present.to_string(), yes(present >= debate), yes(present >= decide)];
            row.extend(rules.rules.iter().map(|rule| {
                let base = if rule.base == Base::Members { voting } else { present };
                let votes = rule.threshold.required(base, voting);
                let quorum = need(rules.quorum_of_vote(rule, voting).0);
                if present >= quorum && votes <= present { votes.to_string() } else { "—".to_owned() }
            }));
            row
        })
        .collect();
    let items = papers
        .items
        .iter()
        .zip(&papers.numbers)
        .filter(|(item, _)| item.kind != AgendaKind::Opening)
        .map(|(item, number)| KitItem { name: format!("{number}. {}", item.title) })
        .collect();
    let name = papers.session_name();
    let mut facts =
        vec![fact("Sesión", name.clone()), fact("Fecha", capitalized(&long_date(papers.session.date)))];
    if let Some(start) = papers.session.planned_start {
        facts.push(fact("Hora", clock(start)));
    }
    let place = papers.place();
    if !place.is_empty() {
        facts.push(fact("Lugar", place));
    }
    if let Some((name, _)) = &papers.secretary {
        facts.push(fact("Secretaría técnica", name.clone()));
    }
    let body: Body = read.get(&papers.session.body_id)?;
    Ok(Drawn {
        kind: DocumentKind::PaperKit,
        session_id: Some(id.clone()),
        minutes_id: None,
        stem: format!("cuaderno-de-la-sesion-{}", papers.session.stem()),
        head: Head {
            body: frame.body_name.clone(),
            title: "Cuaderno de la sesión".to_owned(),
            subtitle: "Para llevar la sesión en papel".to_owned(),
            facts,
            fictitious: rules.adopted_by.fictitious,
        },
        told: Told::Kit(Kit {
            seats,
            invitees: frame.invitees.iter().map(|invitee| invitee.name.clone()).collect(),
            rules: told,
            needed_head,
            needed,
            needed_note: format!(
                "Votos a favor que exige cada mayoría si votan todos los puestos presentes, de {voting} con voto. Una raya: \
                 con esos puestos no se puede decidir así."
            ),
            items,
        }),
        body,
    })
}
