//! A rule set told in words, block by block, each with the article it comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ApprovalRoute, Base, ChangedReply, Deadline, DeadlineFrom, DelegateLevel, Frequency, Matter,
    NotHeldApproval, RecusalDecider, RecusalTreatment, Rule, RuleSet, Signer, Silence, Source, Threshold,
    Tie, said,
};
use crate::codes::{SessionMode, VoteMethod};
use crate::{Text, spanish};

/// A matter of the rules of procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleTopic {
    /// How many seats make a quorum.
    Quorum,
    /// How long the quorum is waited for, and the second call.
    NoQuorum,
    /// How many votes decide.
    Majority,
    /// Who breaks a tie.
    CastingVote,
    /// Who presides in the chair's absence.
    Presiding,
    /// How early a session is convened.
    Notice,
    /// How often and in which modes the body sits.
    Sessions,
    /// What a delegate needs.
    Delegation,
    /// Who decides a recusal and what it does to the count.
    Recusal,
    /// How minutes are approved and signed.
    Minutes,
    /// The terms.
    Deadlines,
}

/// One rule in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ExplainedRule {
    /// What it is about.
    pub topic: RuleTopic,
    /// The rule, in a sentence.
    pub text: Text,
    /// What it cites; `None` while no registered norm stands behind it.
    pub source: Option<Source>,
}

impl RuleSet {
    /// The rule set in words for a body of `seats` voting seats; `substitute` is the title of the seat that presides in
    /// the chair's absence.
    pub fn explain(&self, seats: u64, substitute: Option<&str>) -> Vec<ExplainedRule> {
        let mut told = Vec::new();
        let mut tell = |topic, text, article: &Option<String>| {
            told.push(ExplainedRule { topic, text, source: self.source(article.as_deref()) });
        };
        tell(RuleTopic::Quorum, self.quorum_text(seats), &self.quorum.article);
        let minutes = self.grace_minutes.value;
        tell(
            RuleTopic::NoQuorum,
            said(
                format!("Si no hay quórum a la hora convocada, se esperan {minutes} minutos"),
                format!("Without a quorum at the time convened, {minutes} minutes are waited"),
            ),
            &self.grace_minutes.article,
        );
        let second = match self.second_call_quorum() {
            Some((rule, _)) => {
                let rule = rule.text();
                said(
                    format!("La segunda convocatoria sesiona con {}", rule.es),
                    format!("The second call sits with {}", rule.en),
                )
            }
            None => said(
                "La segunda convocatoria no reduce el quórum",
                "The second call does not lower the quorum",
            ),
        };
        tell(RuleTopic::NoQuorum, second, &self.second_call.article);
        for rule in &self.rules {
            tell(RuleTopic::Majority, self.majority_told(rule, seats), &rule.article);
        }
        tell(RuleTopic::CastingVote, self.casting_vote_text(), &self.casting_vote.article);
        tell(RuleTopic::Presiding, self.presiding_text(substitute), &self.presiding_in_absence.article);
        tell(RuleTopic::Notice, self.notice_text(), &self.notice.article);
        tell(RuleTopic::Sessions, self.sessions_text(), &self.sessions.article);
        tell(RuleTopic::Sessions, self.virtual_text(), &self.virtual_sessions.article);
        if self.written_session_norm().is_some() {
            let block = &self.sessions;
            let article = block.written.article.clone().or_else(|| block.article.clone());
            tell(RuleTopic::Sessions, self.written_text(), &article);
        }
        if self.sessions.extraordinary_agenda_closed {
            tell(
                RuleTopic::Sessions,
                said(
                    "Las extraordinarias solo tratan los asuntos de su convocatoria",
                    "Extraordinary sessions only treat the matters of their notice",
                ),
                &self.sessions.article,
            );
        }
        tell(RuleTopic::Delegation, self.delegation_text(), &self.delegation.article);
        tell(RuleTopic::Recusal, self.recusal_text(), &self.recusal.article);
        tell(RuleTopic::Minutes, self.minutes_text(), &self.minutes.article);
        for (es, en, term) in [
            ("Presentación de propuestas", "Filing proposals", self.deadlines.proposal_filing),
            ("Proyecto de acta", "Draft minutes", self.deadlines.minutes_draft),
            ("Observaciones al acta", "Remarks on the minutes", self.deadlines.minutes_remarks),
            ("Firma del acta", "Signature of the minutes", self.deadlines.minutes_signature),
            ("Publicación del acta", "Publication of the minutes", self.deadlines.minutes_publication),
            ("Constancias y salvamentos", "Statements and dissents", self.deadlines.statements),
        ] {
            let Some(term) = term else { continue };
            let words = term.text();
            tell(
                RuleTopic::Deadlines,
                said(format!("{es}: {}", words.es), format!("{en}: {}", words.en)),
                &self.deadlines.article,
            );
        }
        told
    }

    /// A majority with its number for the body as it is, the matters it decides, its quorum and what a tie leads to:
    /// "Mayoría absoluta de los integrantes: 9 de 16, para el reglamento interno; quórum: mitad más uno (9 de 16); …".
    fn majority_told(&self, rule: &Rule, seats: u64) -> Text {
        let (name, words) = (&rule.name, rule.text());
        let (quorum, tie) = (self.quorum_of_vote(rule, seats).0, tie_text(self.tie_rule(rule)));
        let of_seats = |n: Option<u64>| {
            let n = n.filter(|_| seats > 0);
            n.map(|n| (format!("{n} de {seats}"), format!("{n} of {seats}")))
        };
        // Of the votes cast or the attendees, the number is known once there are some.
        let needed = match (rule.threshold, rule.base) {
            (Threshold::Fixed { value }, _) => Some((value.to_string(), value.to_string())),
            (Threshold::Absolute, _) | (_, Base::Members) => {
                of_seats(Some(rule.threshold.required(seats, seats)))
            }
            _ => None,
        };
        let (needed_es, needed_en) =
            needed.map_or_else(Default::default, |(es, en)| (format!(": {es}"), format!(": {en}")));
        let (for_es, for_en) = self.decides(rule);
        let (matters_es, matters_en) = match for_es.is_empty() {
            true => Default::default(),
            false => (format!(", {}", spanish::list(&for_es)), format!(", {}", for_en.join(", "))),
        };
        let quorum_number = of_seats(quorum.required(seats));
        let (number_es, number_en) =
            quorum_number.map_or_else(Default::default, |(es, en)| (format!(" ({es})"), format!(" ({en})")));
        let quorum = quorum.text();
        // A rule is often called by its own words: they are not said twice.
        let named = name.trim().to_lowercase() != words.es.to_lowercase();
        let (rule_es, rule_en) = match named {
            true => (
                format!("«{name}»: {}", words.es.to_lowercase()),
                format!("“{name}”: {}", words.en.to_lowercase()),
            ),
            false => (words.es, words.en),
        };
        said(
            format!("{rule_es}{needed_es}{matters_es}; quórum: {}{number_es}; empate: {}", quorum.es, tie.es),
            format!("{rule_en}{needed_en}{matters_en}; quorum: {}{number_en}; tie: {}", quorum.en, tie.en),
        )
    }

    /// What a majority decides: the matters that name it, and the rest where it is the one for whatever no other names.
    fn decides(&self, rule: &Rule) -> (Vec<&'static str>, Vec<&'static str>) {
        let (mut es, mut en) = (Vec::new(), Vec::new());
        let of_matter = |matter: Matter| self.rule_for(matter).is_some_and(|due| due.id == rule.id);
        for (matter, said_es, said_en) in [
            (Matter::InternalRules, "para el reglamento interno", "for the rules of procedure"),
            (Matter::Agenda, "para el orden del día", "for the agenda"),
            (Matter::ReservedSession, "para las sesiones reservadas", "for reserved sessions"),
        ] {
            if rule.applies_to.contains(&matter) && of_matter(matter) {
                es.push(said_es);
                en.push(said_en);
            }
        }
        let of_recusals = self.recusal.vote_rule.is_some()
            && self.recusal_decider().0 == RecusalDecider::Body
            && self.recusal_rule().is_some_and(|due| due.id == rule.id);
        if of_recusals && !of_matter(Matter::Default) {
            es.push("para los impedimentos");
            en.push("for recusals");
        }
        if of_matter(Matter::Default) {
            es.push("cuando ninguna otra aplica");
            en.push("when no other applies");
        }
        (es, en)
    }

    fn quorum_text(&self, seats: u64) -> Text {
        let (debate, decide) = (self.quorum.deliberative, self.quorum.decision);
        let number =
            |rule: super::QuorumRule| rule.required(seats).map_or_else(|| "—".to_owned(), |n| n.to_string());
        let (d, v) = (number(debate), number(decide));
        if debate == decide {
            let words = decide.text();
            return said(
                format!("Delibera y decide con {} de los puestos con voto: {v} de {seats}", words.es),
                format!("Debates and decides with {} of the voting seats: {v} of {seats}", words.en),
            );
        }
        let (debate, decide) = (debate.text(), decide.text());
        said(
            format!(
                "Delibera con {} ({d} de {seats}) y decide con {} ({v} de {seats})",
                debate.es, decide.es
            ),
            format!(
                "Debates with {} ({d} of {seats}) and decides with {} ({v} of {seats})",
                debate.en, decide.en
            ),
        )
    }

    fn casting_vote_text(&self) -> Text {
        if self.casting_vote_norm().is_none() {
            return said("No hay voto dirimente", "There is no casting vote");
        }
        let block = &self.casting_vote;
        let (more_es, more_en) = match (block.chair_delegate_has_it, block.substitute_has_it) {
            (true, true) => {
                (", también por su delegación o quien presida", ", also by its delegate or whoever presides")
            }
            (true, false) => (", también por su delegación", ", also by its delegate"),
            (false, true) => (", o quien presida en su ausencia", ", or whoever presides in its absence"),
            (false, false) => {
                (", no por su delegación ni por quien la reemplace", ", not its delegate nor a substitute")
            }
        };
        said(
            format!("El empate lo dirime la presidencia{more_es}"),
            format!("The chair has the casting vote{more_en}"),
        )
    }

    fn presiding_text(&self, substitute: Option<&str>) -> Text {
        let delegate = self.presiding_in_absence.chair_delegate_presides;
        match (delegate, substitute) {
            (true, Some(seat)) => said(
                format!("En ausencia de la presidencia preside su delegación; en su defecto, «{seat}»"),
                format!("In the chair's absence its delegate presides; failing that, “{seat}”"),
            ),
            (true, None) => said(
                "En ausencia de la presidencia preside su delegación",
                "In the chair's absence its delegate presides",
            ),
            (false, Some(seat)) => said(
                format!("En ausencia de la presidencia preside «{seat}»"),
                format!("In the chair's absence “{seat}” presides"),
            ),
            (false, None) => said(
                "Nadie reemplaza a la presidencia en su ausencia",
                "Nobody presides in the chair's absence",
            ),
        }
    }

    fn notice_text(&self) -> Text {
        match (self.notice.ordinary, self.notice.extraordinary) {
            (None, None) => said("No fijan plazo para convocar", "They set no term of notice"),
            (ordinary, extraordinary) => {
                let words = |term: Option<Deadline>| {
                    term.map_or_else(
                        || said("sin plazo", "no term"),
                        |t| {
                            said(
                                spanish::BUSINESS_DAY.count_in_figures(u64::from(t.business_days)),
                                english_days(t.business_days),
                            )
                        },
                    )
                };
                let (o, e) = (words(ordinary), words(extraordinary));
                said(
                    format!("Convocatoria de las ordinarias: {}; de las extraordinarias: {}", o.es, e.es),
                    format!("Notice of ordinary sessions: {}; of extraordinary ones: {}", o.en, e.en),
                )
            }
        }
    }

    fn sessions_text(&self) -> Text {
        let (often_es, often_en) = match self.sessions.ordinary_frequency {
            Some(Frequency::Monthly) => ("cada mes", "each month"),
            Some(Frequency::TwoMonthly) => ("cada dos meses", "each two months"),
            Some(Frequency::Quarterly) => ("cada trimestre", "each three months"),
            Some(Frequency::HalfYearly) => ("cada semestre", "each six months"),
            Some(Frequency::Yearly) => ("cada año", "each year"),
            None => ("sin frecuencia fijada", "with no set frequency"),
        };
        let modes: Vec<&str> =
            self.sessions.modes.iter().filter(|m| self.allows_mode(**m)).map(|m| m.label()).collect();
        let english: Vec<&str> =
            self.sessions.modes.iter().filter(|m| self.allows_mode(**m)).map(|m| mode_en(*m)).collect();
        let (in_es, in_en) = if modes.is_empty() {
            Default::default()
        } else {
            (format!("; modos: {}", spanish::list(&modes)), format!("; modes: {}", english.join(", ")))
        };
        let (least_es, least_en) = self.sessions.minimum_per_year.map_or_else(Default::default, |least| {
            let sessions = spanish::SESSION.count_in_figures(u64::from(least));
            (format!(", con un mínimo de {sessions} al año"), format!(", at least {least} times a year"))
        });
        said(
            format!("Sesiona de manera ordinaria {often_es}{least_es}{in_es}"),
            format!("Sits in ordinary session {often_en}{least_en}{in_en}"),
        )
    }

    /// How it decides in writing: whose replies it needs, what a changed one and silence do.
    pub fn written_text(&self) -> Text {
        let block = &self.sessions.written;
        let (all_es, all_en) = match block.all_replies_required {
            true => ("si responden todos los puestos con voto", "if every voting seat replies"),
            false => {
                ("con el quórum de quienes respondan a tiempo", "with the quorum of those who reply in time")
            }
        };
        let (changed_es, changed_en) = match block.changed_reply {
            ChangedReply::FirstStands => (
                "si un puesto cambia su respuesta, vale la primera",
                "if a seat changes its reply, the first stands",
            ),
            ChangedReply::LastStands => (
                "si un puesto cambia su respuesta, vale la última",
                "if a seat changes its reply, the last stands",
            ),
            ChangedReply::NoneStands => (
                "si un puesto da respuestas distintas, no vale ninguna hasta que diga cuál",
                "if a seat gives different replies, none stands until it says which",
            ),
        };
        let (silence_es, silence_en) = match block.silence {
            Silence::NotAVote => ("el silencio no es un voto", "silence is no vote"),
            Silence::InFavour => (
                "el silencio cuenta a favor, y no hace quórum",
                "silence counts in favour, and makes no quorum",
            ),
        };
        said(
            format!("Puede decidir por escrito, {all_es}; {changed_es}; {silence_es}"),
            format!("It may decide in writing, {all_en}; {changed_en}; {silence_en}"),
        )
    }

    fn virtual_text(&self) -> Text {
        let block = &self.virtual_sessions;
        if !block.allowed {
            return said("No puede sesionar por medios virtuales", "It may not sit by virtual means");
        }
        let (mut es, mut en) = (Vec::new(), Vec::new());
        let mut add = |said_es: String, said_en: String| {
            es.push(said_es);
            en.push(said_en);
        };
        if block.identity_check {
            add(
                "se verifica la identidad de quienes asisten".to_owned(),
                "the identity of who attends is verified".to_owned(),
            );
        }
        if block.recording {
            add("la sesión se graba".to_owned(), "the session is recorded".to_owned());
        }
        if let Some(minutes) = block.disconnection_minutes {
            let long = spanish::MINUTE.count_in_figures(u64::from(minutes));
            let long_en = if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") };
            add(
                format!("una desconexión de más de {long} es retiro"),
                format!("a disconnection of more than {long_en} is a departure"),
            );
        }
        if let Some(method) = block.vote_method {
            let (how_es, how_en) = taken(method);
            add(format!("se vota {how_es}"), format!("votes are taken {how_en}"));
        }
        if es.is_empty() {
            return said("Puede sesionar por medios virtuales", "It may sit by virtual means");
        }
        said(
            format!("Puede sesionar por medios virtuales: {}", spanish::list(&es)),
            format!("It may sit by virtual means: {}", en.join(", ")),
        )
    }

    fn delegation_text(&self) -> Text {
        let block = &self.delegation;
        let (level_es, level_en) = match block.min_level {
            Some(DelegateLevel::Directive) => ("nivel directivo", "directive level"),
            Some(DelegateLevel::Adviser) => ("nivel directivo o asesor", "directive or adviser level"),
            Some(DelegateLevel::Professional) => {
                ("nivel profesional o superior", "professional level or higher")
            }
            Some(DelegateLevel::NotApplicable) => {
                ("sin nivel exigido (suplente acreditado)", "no level (an accredited alternate)")
            }
            None => ("sin nivel exigido", "no level required"),
        };
        let (act_es, act_en) =
            if block.requires_written_act { ("por acto escrito, ", "by a written act, ") } else { ("", "") };
        let (sub_es, sub_en) = if block.subdelegation {
            ("", "")
        } else {
            ("; no se puede subdelegar", "; a delegate may not delegate")
        };
        let (most_es, most_en) = match block.max_delegates_per_seat_and_session {
            Some(1) => (
                "; un delegado por puesto y sesión".to_owned(),
                "; one delegate per seat and session".to_owned(),
            ),
            Some(n) => (
                format!("; hasta {n} delegados por puesto y sesión"),
                format!("; up to {n} delegates per seat and session"),
            ),
            None => Default::default(),
        };
        said(
            format!("Se delega {act_es}{level_es}{sub_es}{most_es}"),
            format!("Delegation {act_en}{level_en}{sub_en}{most_en}"),
        )
    }

    fn recusal_text(&self) -> Text {
        let (by_es, by_en) = match self.recusal_decider().0 {
            RecusalDecider::Body => ("la instancia", "the body"),
            RecusalDecider::Superior => (
                "el superior o cabeza del sector (CPACA, art. 12)",
                "the superior or head of sector (CPACA art. 12)",
            ),
        };
        let (base_es, base_en) = match self.recusal.treatment {
            RecusalTreatment::StayInBase => {
                ("el puesto sigue en la base y no vota", "the seat stays in the base and does not vote")
            }
            RecusalTreatment::LeaveBase => ("el puesto sale de la base", "the seat leaves the base"),
        };
        let block = &self.recusal;
        let (votes_es, votes_en) =
            match (block.interested_seat_votes, block.decided_by == RecusalDecider::Body) {
                (true, true) => {
                    ("; el puesto interesado vota su impedimento", "; the seat concerned votes on it")
                }
                (false, true) => (
                    "; el puesto interesado no vota su impedimento",
                    "; the seat concerned does not vote on it",
                ),
                (_, false) => ("", ""),
            };
        let (written_es, written_en) = if block.ground_in_writing {
            ("; la causal consta por escrito", "; its ground is given in writing")
        } else {
            ("", "")
        };
        let (terms_es, terms_en) = self.recusal_terms_text();
        said(
            format!("El impedimento lo decide {by_es}; {base_es}{votes_es}{written_es}{terms_es}"),
            format!("A recusal is decided by {by_en}; {base_en}{votes_en}{written_en}{terms_en}"),
        )
    }

    /// "; se envía en 3 días hábiles, quien es recusado responde en 5 y se decide en 10 (CPACA, art. 12)".
    fn recusal_terms_text(&self) -> (String, String) {
        let terms = &self.recusal.terms;
        let (mut es, mut en) = (Vec::new(), Vec::new());
        for (days, step_es, step_en) in [
            (terms.send_days, "se envía a quien decide en", "it is sent to whoever decides within"),
            (terms.answer_days, "quien es recusado responde en", "whoever is challenged answers within"),
            (terms.decision_days, "se decide en", "it is decided within"),
        ] {
            let Some(days) = days else { continue };
            es.push(format!("{step_es} {}", spanish::BUSINESS_DAY.count_in_figures(u64::from(days))));
            en.push(format!("{step_en} {}", english_days(days)));
        }
        if es.is_empty() {
            return (String::new(), String::new());
        }
        let cited = terms.source.as_ref().map_or_else(String::new, |source| format!(" ({source})"));
        (format!("; {}{cited}", spanish::list(&es)), format!("; {}{cited}", en.join(", ")))
    }

    fn minutes_text(&self) -> Text {
        let (route_es, route_en) = match self.minutes.approval_route {
            ApprovalRoute::NextSession => {
                ("por votación en la sesión siguiente", "by vote in the next session")
            }
            ApprovalRoute::Silence => {
                ("si vence el plazo sin observaciones", "when the term ends without remarks")
            }
            ApprovalRoute::SameSession => ("por votación en la misma sesión", "by vote in the same session"),
        };
        let signers: Vec<&str> = self
            .minutes
            .signers
            .iter()
            .map(|s| match s {
                Signer::Chair => "presidencia",
                Signer::Secretariat => "secretaría técnica",
            })
            .collect();
        let english: Vec<&str> = self
            .minutes
            .signers
            .iter()
            .map(|s| match s {
                Signer::Chair => "chair",
                Signer::Secretariat => "technical secretariat",
            })
            .collect();
        let (not_held_es, not_held_en) = match self.minutes.not_held_record_approval {
            NotHeldApproval::SignatureOnly => (
                "la de una sesión no realizada, con las firmas",
                "that of a session not held, by its signatures",
            ),
            NotHeldApproval::ApprovalRoute => {
                ("también la de una sesión no realizada", "also that of a session not held")
            }
        };
        said(
            format!("El acta se aprueba {route_es}; {not_held_es}. Firman: {}", spanish::list(&signers)),
            format!("Minutes are approved {route_en}; {not_held_en}. Signed by: {}", english.join(", ")),
        )
    }
}

impl Deadline {
    /// The term in words: "5 días hábiles antes de la sesión".
    pub fn text(self) -> Text {
        let (from_es, from_en) = match self.from {
            DeadlineFrom::BeforeSession => ("antes de la sesión", "before the session"),
            DeadlineFrom::SessionDate => ("después de la sesión", "after the session"),
            DeadlineFrom::DraftSent => ("después de enviado el proyecto", "after the draft was sent"),
            DeadlineFrom::Signed => ("después de firmada", "after signature"),
        };
        let days = spanish::BUSINESS_DAY.count_in_figures(u64::from(self.business_days));
        said(format!("{days} {from_es}"), format!("{} {from_en}", english_days(self.business_days)))
    }
}

/// How votes are taken, after "se vota".
pub(crate) const fn taken(method: VoteMethod) -> (&'static str, &'static str) {
    match method {
        VoteMethod::Ordinary => ("por votación ordinaria", "by ordinary vote"),
        VoteMethod::RollCall => ("nominalmente", "by roll call"),
        VoteMethod::ShowOfHands => ("a mano alzada", "by show of hands"),
        VoteMethod::Consensus => ("por consenso", "by consensus"),
        VoteMethod::Secret => ("en secreto", "in secret"),
        VoteMethod::Written => ("por escrito", "in writing"),
    }
}

fn mode_en(mode: SessionMode) -> &'static str {
    match mode {
        SessionMode::InPerson => "in person",
        SessionMode::Virtual => "virtual",
        SessionMode::Mixed => "mixed",
        SessionMode::Written => "written",
    }
}

fn english_days(n: u32) -> String {
    if n == 1 { "1 business day".to_owned() } else { format!("{n} business days") }
}

fn tie_text(tie: Tie) -> Text {
    match tie {
        Tie::ChairCasts => said("lo dirime la presidencia", "the chair breaks it"),
        Tie::SecondRound => said(
            "se repite la votación; si subsiste, no se aprueba",
            "the vote is repeated; if it persists, not approved",
        ),
        Tie::Rejected => said("no se aprueba", "not approved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rule_set::tests::demo;

    #[test]
    fn the_demo_rules_in_words() {
        let told = demo("rs-comision-2024").explain(16, Some("Secretaria o secretario general"));
        let find =
            |topic| told.iter().filter(|t| t.topic == topic).map(|t| t.text.es.as_str()).collect::<Vec<_>>();
        assert_eq!(
            find(RuleTopic::Quorum),
            ["Delibera y decide con mitad más uno de los puestos con voto: 9 de 16"]
        );
        assert_eq!(
            find(RuleTopic::Delegation),
            [
                "Se delega por acto escrito, nivel directivo; no se puede subdelegar; un delegado por puesto y sesión"
            ]
        );
        assert_eq!(
            find(RuleTopic::Notice),
            ["Convocatoria de las ordinarias: 5 días hábiles; de las extraordinarias: 2 días hábiles"]
        );
        assert_eq!(
            find(RuleTopic::Deadlines),
            [
                "Presentación de propuestas: 10 días hábiles antes de la sesión",
                "Proyecto de acta: 5 días hábiles después de la sesión",
                "Observaciones al acta: 5 días hábiles después de enviado el proyecto",
                "Firma del acta: 15 días hábiles después de la sesión",
                "Publicación del acta: 5 días hábiles después de firmada",
            ]
        );
        let majorities = find(RuleTopic::Majority);
        assert_eq!(
            (majorities[0], majorities[2]),
            (
                "Mayoría simple de los votos emitidos, cuando ninguna otra aplica; quórum: mitad más uno (9 de 16); empate: lo dirime la presidencia",
                "Dos tercios de los integrantes: 11 de 16, para el reglamento interno; quórum: mitad más uno (9 de 16); empate: no se aprueba"
            )
        );
        assert!(find(RuleTopic::Presiding)[0].contains("Secretaria o secretario general"));
        assert_eq!(
            find(RuleTopic::Sessions)[1],
            "Puede sesionar por medios virtuales: se verifica la identidad de quienes asisten, la sesión se graba, una \
             desconexión de más de 5 minutos es retiro y se vota nominalmente"
        );
        assert!(told.iter().all(|t| {
            t.source.as_ref().is_some_and(|s| s.citation.starts_with("Acuerdo 001 de 2024, art. "))
        }));
    }

    #[test]
    fn unregistered_rules_cite_nothing_and_grant_nothing() {
        let mut rules = demo("rs-comision-2024");
        rules.adopted_by.registered = false;
        let told = rules.explain(16, None);
        assert!(told.iter().all(|t| t.source.is_none()));
        let ties: Vec<_> =
            told.iter().filter(|t| t.topic == RuleTopic::Majority).map(|t| &t.text.es).collect();
        assert!(
            ties[0].ends_with("empate: se repite la votación; si subsiste, no se aprueba"),
            "{}",
            ties[0]
        );
        assert!(told.iter().any(|t| t.text.es == "No hay voto dirimente"));
    }
}
