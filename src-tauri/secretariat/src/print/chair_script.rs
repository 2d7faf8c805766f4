//! The chair's script (guion de la presidencia): item by item, what to say, who presents, how long, and how many votes
//! it takes, in words.

use chrono::{DateTime, TimeDelta, Utc};

use super::document::{Block, Document, Paper, Span};
use crate::agenda::AgendaItem;
use crate::codes::{AgendaKind, SessionKind};
use crate::document::{SessionPapers, Settled, TreatedPaper};
use crate::minutes::sentences::{cited, inside, uncapitalized};
use crate::rules::{ApprovalRoute, Base, Matter, Rule, RuleSet, Tie};
use crate::spanish::{
    Form, MINUTE, SEAT, VOTE_FOR, agree, at_clock, capitalized, cardinal_with_figures, clock, long_date,
};

/// The chair's script of a session.
#[must_use]
pub fn chair_script(p: &SessionPapers, paper: Paper, date: DateTime<Utc>) -> Document {
    let name = p.session_name();
    let mut document = Document::new(format!("Guion de la presidencia. {name}"), date);
    document.author.clone_from(&p.frame.body_name);
    document.paper = paper;
    document.running_header = format!("{} · Guion de la presidencia", p.frame.body_name);
    let out = &mut document.blocks;
    out.push(Block::centred(vec![Span::bold(p.frame.body_name.as_str())]));
    out.push(Block::heading(1, "Guion de la presidencia"));
    let at = p.session.planned_start.map_or_else(String::new, |t| format!(", {}", at_clock(t)));
    out.push(Block::centred(vec![Span::plain(format!(
        "{name}. {}{at}",
        capitalized(&long_date(p.session.date))
    ))]));
    before(p, out);
    let mut begins = p.session.planned_start;
    for (i, item) in p.items.iter().enumerate() {
        if let Some(section) = item.section.as_deref().map(str::trim).filter(|s| !s.is_empty()) {
            out.push(Block::heading(2, section));
        }
        let number = p.numbers.get(i).map_or("", String::as_str);
        out.push(Block::heading(3, format!("{number}. {}", item.title)));
        let mut facts = Vec::new();
        if let (Some(start), Some(minutes)) = (begins, item.planned_minutes) {
            let length = MINUTE.count_in_figures(u64::try_from(minutes).unwrap_or(0));
            facts.push((
                "Hora prevista".to_owned(),
                vec![Span::plain(format!("{} ({length})", clock(start)))],
            ));
            begins = Some(start.overflowing_add_signed(TimeDelta::minutes(minutes)).0);
        }
        if let Some(presenter) = p.presenters.get(i).and_then(Option::as_ref) {
            facts.push(("Presenta".to_owned(), vec![Span::plain(capitalized(presenter))]));
        }
        if !facts.is_empty() {
            out.push(Block::KeyValue(facts));
        }
        let treated = p.treated.get(i).map_or(&[][..], Vec::as_slice);
        for line in to_say(p, item, treated) {
            out.push(Block::Quote(vec![Block::text(line)]));
        }
        if let Some(rule) = rule_of(p, item, treated) {
            out.push(Block::Framed(vec![Block::paragraph(vec![
                Span::bold("Para decidir. "),
                Span::plain(majority(&p.frame.rule_set, rule, p.frame.voting_seats())),
            ])]));
        }
    }
    out.push(Block::heading(2, "Cierre"));
    out.push(Block::Quote(vec![Block::text(
        "Agotado el orden del día, pregunto si hay otra manifestación. Se levanta la sesión; la secretaría técnica deja \
         constancia de la hora.",
    )]));
    document
}

/// What the chair needs before the first item: who presides, quorum, wait.
fn before(p: &SessionPapers, out: &mut Vec<Block>) {
    let rules = &p.frame.rule_set;
    let seats = p.frame.voting_seats();
    let norm = |article: Option<&str>| rules.source(article).filter(|s| s.article.is_some());
    out.push(Block::heading(2, "Antes de empezar"));
    let mut lines = Vec::new();
    let quorum = |rule: crate::rules::QuorumRule| rule.required(seats).unwrap_or(seats + 1);
    let (debate, decide) = (quorum(rules.quorum.deliberative), quorum(rules.quorum.decision));
    let source = cited(norm(rules.quorum.article.as_deref()).as_ref());
    let of = cardinal_with_figures(seats, Form::Alone);
    lines.push(if debate == decide {
        format!("Quórum para deliberar y decidir: {} de {of}{source}.", SEAT.count(decide))
    } else {
        format!(
            "Quórum para deliberar: {} de {of}; para decidir: {}{source}.",
            SEAT.count(debate),
            cardinal_with_figures(decide, Form::Alone)
        )
    });
    if let Some(start) = p.session.planned_start {
        let grace = &rules.grace_minutes;
        let until = start.overflowing_add_signed(TimeDelta::minutes(i64::from(grace.value))).0;
        lines.push(format!(
            "Si a la hora convocada no lo hay, espere hasta {}{}. Vencida la espera, deje constancia de sesión no realizada.",
            at_clock(until).trim_start_matches("a "),
            cited(norm(grace.article.as_deref()).as_ref())
        ));
    }
    if let Some(chair) = p.frame.chair()
        && let Some(person) = p.holder(&chair.seat.id).and_then(|id| p.frame.person(&id).cloned())
    {
        let casting = match rules.casting_vote_norm() {
            Some(norm) => {
                format!("En un empate tiene voto dirimente{}; no se delega salvo norma.", cited(Some(&norm)))
            }
            None => "No hay voto dirimente: un empate se vota otra vez.".to_owned(),
        };
        lines.push(format!("Preside {}. {casting}", person.treatment.person(&person.full_name)));
    }
    out.push(Block::List { start: None, items: lines.into_iter().map(|l| vec![Block::text(l)]).collect() });
}

/// What the chair says to lead an item.
fn to_say(p: &SessionPapers, item: &AgendaItem, treated: &[TreatedPaper]) -> Vec<String> {
    let body = &p.frame.body_name;
    match item.kind {
        AgendaKind::Opening => vec![
            format!(
                "Buenos días. Se abre la {} {}.",
                uncapitalized(&p.session_name()),
                crate::spanish::de(inside(&with_article(body)))
            ),
            "Solicito a la secretaría técnica llamar a lista y verificar el quórum.".to_owned(),
            "Con el quórum verificado, declaro instalada la sesión.".to_owned(),
        ],
        AgendaKind::Procedure => match closed_agenda(p) {
            Some(norm) => vec![format!(
                "La secretaría técnica lee los asuntos de la convocatoria. La sesión es extraordinaria: solo se tratan \
                 esos asuntos{norm}."
            )],
            None => vec![
                "La secretaría técnica lee el orden del día enviado con la convocatoria. ¿Hay observaciones?"
                    .to_owned(),
                "Se somete a votación. ¿Se aprueba el orden del día?".to_owned(),
            ],
        },
        AgendaKind::PreviousMinutes => previous_minutes(p, treated),
        AgendaKind::FollowUp => {
            vec!["La secretaría técnica informa el estado de los compromisos. ¿Hay observaciones?".to_owned()]
        }
        AgendaKind::Proposal => {
            let which = match treated {
                [] => "Se presenta la propuesta".to_owned(),
                [one] => format!("Se presenta la {}", uncapitalized(&one.title)),
                several => {
                    let named: Vec<&str> =
                        several.iter().map(|t| t.title.trim_start_matches("Propuesta ")).collect();
                    format!("Se presentan las propuestas {}", crate::spanish::list(&named))
                }
            };
            vec![
                format!("{which}. ¿Alguien debe declararse con impedimento?"),
                "Se abre la discusión.".to_owned(),
                "La secretaría técnica verifica el quórum. Se somete a votación. ¿Se aprueba la propuesta?"
                    .to_owned(),
            ]
        }
        AgendaKind::Report => vec!["Se presenta el informe. ¿Hay preguntas?".to_owned()],
        AgendaKind::ReportDecision => vec![
            "Se presenta el informe. ¿Hay preguntas?".to_owned(),
            "La secretaría técnica verifica el quórum. Se somete a votación. ¿Se aprueba?".to_owned(),
        ],
        AgendaKind::InternalRules => vec![
            "Se presenta el proyecto de norma interna. Las modificaciones se votan antes que el conjunto."
                .to_owned(),
            "La secretaría técnica verifica el quórum. Se somete a votación nominal. ¿Se adopta?".to_owned(),
        ],
        AgendaKind::OtherBusiness => vec![
            "¿Hay proposiciones?".to_owned(),
            "La secretaría técnica lee las decisiones y los compromisos, con responsables y fechas."
                .to_owned(),
        ],
    }
}

/// The norm that closes the agenda of an extraordinary session, as cited; `None` where the agenda is put to the vote.
fn closed_agenda(p: &SessionPapers) -> Option<String> {
    let rules = &p.frame.rule_set;
    let closed = p.session.kind == SessionKind::Extraordinary && rules.sessions.extraordinary_agenda_closed;
    closed.then(|| {
        cited(rules.source(rules.sessions.article.as_deref()).filter(|s| s.article.is_some()).as_ref())
    })
}

/// What the chair says of earlier minutes: those that the session votes are put to the vote; of the rest it is informed.
fn previous_minutes(p: &SessionPapers, treated: &[TreatedPaper]) -> Vec<String> {
    let (voted, told): (Vec<&TreatedPaper>, Vec<&TreatedPaper>) =
        treated.iter().partition(|paper| paper.settled == Settled::ByVote);
    let names = |papers: &[&TreatedPaper]| match papers {
        [one] => format!("el {}", uncapitalized(&one.title)),
        several => {
            let numbers: Vec<&str> = several.iter().map(|t| t.title.trim_start_matches("Acta ")).collect();
            format!("las actas {}", crate::spanish::list(&numbers))
        }
    };
    let mut lines = Vec::new();
    if !voted.is_empty() || treated.is_empty() && votes_minutes(p) {
        let which = if voted.is_empty() { "el acta anterior".to_owned() } else { names(&voted) };
        let (sent, verb, approve) = match voted.len() {
            0 | 1 => ("enviada", "Se somete", "Se aprueba"),
            _ => ("enviadas", "Se someten", "Se aprueban"),
        };
        lines
            .push(format!("{verb} a consideración {which}, {sent} con la convocatoria. ¿Hay observaciones?"));
        lines.push(format!("{verb} a votación. ¿{approve} {which}?"));
    } else if treated.is_empty() {
        lines.push("La secretaría técnica informa en qué está el acta anterior.".to_owned());
    }
    for why in [Settled::BySignature, Settled::BySilence, Settled::Elsewhere] {
        let of_kind: Vec<&TreatedPaper> = told.iter().filter(|paper| paper.settled == why).copied().collect();
        if of_kind.is_empty() {
            continue;
        }
        let one = of_kind.len() == 1;
        let of = crate::spanish::de(&names(&of_kind));
        let reason = match (why, one) {
            (Settled::BySignature, true) => {
                "constancia de una sesión que no se realizó: se firma y no se vota"
            }
            (Settled::BySignature, false) => {
                "constancias de sesiones que no se realizaron: se firman y no se votan"
            }
            (Settled::BySilence, true) => "que se aprueba al vencer el plazo de observaciones y no se vota",
            (Settled::BySilence, false) => {
                "que se aprueban al vencer el plazo de observaciones y no se votan"
            }
            (_, true) => "que no se vota en esta sesión",
            (_, false) => "que no se votan en esta sesión",
        };
        lines.push(format!("La secretaría técnica da cuenta {of}, {reason}."));
    }
    lines
}

/// Whether the rules approve minutes by the vote of a later session.
fn votes_minutes(p: &SessionPapers) -> bool {
    p.frame.rule_set.minutes.approval_route == ApprovalRoute::NextSession
}

/// "la Comisión …", "el Grupo …".
fn with_article(name: &str) -> String {
    match name.split_whitespace().next() {
        Some("Grupo" | "Comité" | "Consejo") => format!("el {name}"),
        _ => format!("la {name}"),
    }
}

/// The majority an item needs, when it is decided.
fn rule_of<'a>(p: &'a SessionPapers, item: &AgendaItem, treated: &[TreatedPaper]) -> Option<&'a Rule> {
    let rules = &p.frame.rule_set;
    let votes = |paper: &TreatedPaper| paper.settled == Settled::ByVote;
    match item.kind {
        AgendaKind::Procedure if closed_agenda(p).is_some() => None,
        AgendaKind::PreviousMinutes
            if !(treated.iter().any(votes) || treated.is_empty() && votes_minutes(p)) =>
        {
            None
        }
        AgendaKind::Procedure => rules.rule_for(Matter::Agenda),
        AgendaKind::InternalRules => rules.rule_for(Matter::InternalRules),
        AgendaKind::PreviousMinutes | AgendaKind::Proposal | AgendaKind::ReportDecision => {
            rules.rule_for(Matter::Default)
        }
        AgendaKind::Opening | AgendaKind::FollowUp | AgendaKind::Report | AgendaKind::OtherBusiness => None,
    }
}

/// The majority in words, with the votes it takes when all are present and when just the quorum is.
fn majority(rules: &RuleSet, rule: &Rule, seats: u64) -> String {
    let source = rules.source(rule.article.as_deref()).filter(|s| s.article.is_some());
    let quorum = rules.quorum_of_vote(rule, seats).0.required(seats).unwrap_or(seats);
    let all = rule.threshold.required(seats, seats);
    let least = rule.threshold.required(quorum, seats);
    let mut text = format!("{}{}. ", rule.text().es, cited(source.as_ref()));
    let needs = |n: u64| format!("{} {}", agree(n, "se requiere", "se requieren"), VOTE_FOR.count(n));
    match rule.base {
        Base::Members => text.push_str(&format!("{}, asistan quienes asistan.", capitalized(&needs(all)))),
        Base::Attendees => text.push_str(&format!(
            "Con {} presentes {}; con {}, {}. Las abstenciones pesan como negativas.",
            SEAT.count(seats),
            needs(all),
            cardinal_with_figures(quorum, Form::Alone),
            cardinal_with_figures(least, Form::Alone)
        )),
        Base::VotesCast => text.push_str(&format!(
            "Si votan los {} {}; si votan {}, {}. Las abstenciones no se cuentan.",
            SEAT.count(seats),
            needs(all),
            cardinal_with_figures(quorum, Form::Alone),
            cardinal_with_figures(least, Form::Alone)
        )),
    }
    text.push_str(match rules.tie_rule(rule) {
        Tie::ChairCasts => " En un empate decide la presidencia.",
        Tie::SecondRound => " En un empate se vota otra vez; si subsiste, no se aprueba.",
        Tie::Rejected => " En un empate no se aprueba.",
    });
    text
}
