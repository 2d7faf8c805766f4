//! Whether a rule set is possible, and whether a norm stands behind what it grants.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    ApprovalRoute, DeadlineFrom, Matter, QuorumRule, RecusalDecider, RuleSet, Silence, Threshold, Tie,
    norm::matter_named, said,
};
use crate::Text;
use crate::codes::SessionMode;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Cannot be: the rule set is refused.
    Impossible,
    /// Can be, and should not: the rule set is kept and the finding shown.
    Irregular,
}

/// What is wrong with a rule set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// It ends before it begins.
    DatesOutOfOrder,
    /// It is in force before it was adopted.
    InForceBeforeAdopted,
    /// There is no majority.
    NoRules,
    /// Two majorities have one id.
    DuplicateRule,
    /// `default_rule_id` names no majority.
    UnknownDefaultRule,
    /// The majority for recusals does not exist.
    UnknownRecusalRule,
    /// Two majorities decide one matter.
    AmbiguousMatter,
    /// A fraction over zero, or of more than the whole.
    ImpossibleFraction,
    /// A quorum or threshold of zero.
    ZeroRequired,
    /// A quorum or threshold larger than the body.
    MoreThanSeats,
    /// More seats to debate than to decide.
    DebateAboveDecision,
    /// The snapshot differs from what the rule gives.
    SnapshotDiffers,
    /// A casting vote without a registered norm, or for nobody.
    CastingVoteWithoutNorm,
    /// A tie left to a casting vote that does not exist.
    TieWithoutCastingVote,
    /// A majority that decides what found no consensus, without a registered norm.
    ConsensusWithoutNorm,
    /// Silence approves the minutes and no term for remarks is set.
    SilenceWithoutTerm,
    /// A least number of sessions a year that no year can hold.
    ImpossibleMinimum,
    /// Written sessions without a registered norm.
    WrittenSessionWithoutNorm,
    /// Silence is a vote in favour without a registered norm.
    SilenceInFavourWithoutNorm,
    /// Silence is a vote in favour and every seat must reply.
    SilenceAndAllReplies,
    /// A lowered second call without a registered norm, or without its quorum.
    SecondCallWithoutNorm,
    /// The body decides recusals without a registered norm.
    RecusalByBodyWithoutNorm,
    /// Registered, but nothing to cite it by.
    ActWithoutName,
    /// An article that the rules do not have.
    UnknownArticle,
    /// Two articles with one number.
    DuplicateArticle,
    /// Terms of a recusal without where they come from.
    RecusalTermsWithoutSource,
    /// A rule whose quorum is less than the one to decide in general, which it does not lower.
    QuorumBelowGeneral,
    /// A tie left to the chair by a majority under which there are no ties.
    TieWithoutSimpleMajority,
    /// A second call that asks for more seats than the first.
    SecondCallAboveFirst,
    /// Nobody signs the minutes.
    NoSigners,
    /// Delegates that the law forbids to delegate, or delegations without a written act.
    DelegationAgainstLaw,
    /// A wait for the quorum so long that it is surely a slip.
    GraceTooLong,
    /// A mode that the rules allow and do not name among the body's, or name and do not allow.
    ModesDisagree,
    /// Whoever presides in the chair's absence is the chair.
    PresiderIsChair,
    /// A term counted from where it cannot be.
    DeadlineFromElsewhere,
    /// A term so long that it is surely a slip.
    DeadlineTooLong,
}

/// A problem of a rule set: what, where, how bad, and a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Problem {
    /// What is wrong.
    pub code: ProblemCode,
    /// How bad it is.
    pub severity: Severity,
    /// The field, as in the data: "rules.reg-1.quorum".
    pub at: String,
    /// The sentence.
    pub message: Text,
}

/// Problems as they are found.
struct Findings(Vec<Problem>);

impl Findings {
    fn add(
        &mut self,
        code: ProblemCode,
        at: impl Into<String>,
        es: impl Into<String>,
        en: impl Into<String>,
    ) {
        let severity = match code {
            ProblemCode::DatesOutOfOrder
            | ProblemCode::NoRules
            | ProblemCode::DuplicateRule
            | ProblemCode::UnknownDefaultRule
            | ProblemCode::UnknownRecusalRule
            | ProblemCode::AmbiguousMatter
            | ProblemCode::ImpossibleFraction
            | ProblemCode::ZeroRequired
            | ProblemCode::ImpossibleMinimum
            | ProblemCode::MoreThanSeats
            | ProblemCode::SilenceAndAllReplies
            | ProblemCode::DeadlineFromElsewhere => Severity::Impossible,
            ProblemCode::InForceBeforeAdopted
            | ProblemCode::DebateAboveDecision
            | ProblemCode::SnapshotDiffers
            | ProblemCode::CastingVoteWithoutNorm
            | ProblemCode::TieWithoutCastingVote
            | ProblemCode::ConsensusWithoutNorm
            | ProblemCode::SilenceWithoutTerm
            | ProblemCode::WrittenSessionWithoutNorm
            | ProblemCode::SilenceInFavourWithoutNorm
            | ProblemCode::SecondCallWithoutNorm
            | ProblemCode::RecusalByBodyWithoutNorm
            | ProblemCode::RecusalTermsWithoutSource
            | ProblemCode::ActWithoutName
            | ProblemCode::UnknownArticle
            | ProblemCode::DuplicateArticle
            | ProblemCode::QuorumBelowGeneral
            | ProblemCode::TieWithoutSimpleMajority
            | ProblemCode::SecondCallAboveFirst
            | ProblemCode::NoSigners
            | ProblemCode::DelegationAgainstLaw
            | ProblemCode::GraceTooLong
            | ProblemCode::ModesDisagree
            | ProblemCode::PresiderIsChair
            | ProblemCode::DeadlineTooLong => Severity::Irregular,
        };
        self.0.push(Problem { code, severity, at: at.into(), message: said(es, en) });
    }
}

impl RuleSet {
    /// Everything wrong with the rule set by itself; with the body's voting seats, also what does not fit them. That
    /// the rule sets of a body do not overlap is the body's to check.
    pub fn check(&self, voting_seats: Option<u64>) -> Vec<Problem> {
        let mut found = Findings(Vec::new());
        self.check_dates(&mut found);
        self.check_quorums(voting_seats, &mut found);
        self.check_rules(voting_seats, &mut found);
        self.check_grants(&mut found);
        self.check_conduct(&mut found);
        self.check_recusal_terms(&mut found);
        self.check_articles(&mut found);
        self.check_deadlines(&mut found);
        found.0
    }

    /// [`Self::check`], with what does not fit the chair's seat.
    pub fn check_with_chair(&self, voting_seats: Option<u64>, chair: Option<&str>) -> Vec<Problem> {
        let mut found = Findings(self.check(voting_seats));
        if chair.is_some() && self.presiding_in_absence.seat_id.as_deref() == chair {
            found.add(
                ProblemCode::PresiderIsChair,
                "presiding_in_absence.seat_id",
                "En ausencia de la presidencia presidiría su mismo puesto: elija otro, o deje que presida su delegado.",
                "In the chair's absence its own seat would preside: choose another, or let its delegate preside.",
            );
        }
        found.0
    }

    fn check_dates(&self, found: &mut Findings) {
        if self.effective_to.is_some_and(|last| last < self.effective_from) {
            found.add(
                ProblemCode::DatesOutOfOrder,
                "effective_to",
                "La vigencia termina antes de comenzar: corrija una de las dos fechas.",
                "The rules end before they begin: correct one of the two dates.",
            );
        }
        if self.adopted_by.date.is_some_and(|adopted| adopted > self.effective_from) {
            found.add(
                ProblemCode::InForceBeforeAdopted,
                "adopted_by.date",
                "El reglamento rige desde antes de ser adoptado: revise la fecha del acto o la vigencia.",
                "The rules are in force before they were adopted: check the act's date or the first day in force.",
            );
        }
        if self.adopted_by.registered && self.adopted_by.citation().is_none() {
            found.add(
                ProblemCode::ActWithoutName,
                "adopted_by",
                "El acto está registrado pero no tiene nombre ni número con qué citarlo.",
                "The act is registered but has no name or number to cite it by.",
            );
        }
    }

    fn check_quorums(&self, seats: Option<u64>, found: &mut Findings) {
        let block = &self.quorum;
        check_quorum_rule(block.deliberative, seats, "quorum.deliberative", found);
        check_quorum_rule(block.decision, seats, "quorum.decision", found);
        if let Some(rule) = self.second_call.quorum {
            check_quorum_rule(rule, seats, "second_call.quorum", found);
        }
        let Some(seats) = seats else { return };
        let first = block.deliberative.required(seats).max(block.decision.required(seats));
        let second = self.second_call.quorum.filter(|_| self.second_call.allowed);
        if let (Some(second), Some(first)) = (second.and_then(|rule| rule.required(seats)), first)
            && (first + 1..=seats).contains(&second)
        {
            found.add(
                ProblemCode::SecondCallAboveFirst,
                "second_call.quorum",
                format!("La segunda convocatoria pide {second} puestos y la primera {first}: no reduce el quórum, lo sube."),
                format!("The second call asks for {second} seats and the first for {first}: it raises the quorum."),
            );
        }
        let (debate, decide) = (block.deliberative.required(seats), block.decision.required(seats));
        if let (Some(debate), Some(decide)) = (debate, decide)
            && debate > decide
        {
            found.add(
                ProblemCode::DebateAboveDecision,
                "quorum",
                format!("Para deliberar se piden {debate} puestos y para decidir solo {decide}: revise el artículo."),
                format!("Debating asks for {debate} seats and deciding for only {decide}: check the article."),
            );
        }
        if let (Some(snapshot), Some(decide)) = (block.value_for_current_seats, decide)
            && snapshot != decide
        {
            found.add(
                ProblemCode::SnapshotDiffers,
                "quorum.value_for_current_seats",
                format!("El quórum anotado es {snapshot} y la regla da {decide} para {seats} puestos."),
                format!("The quorum noted is {snapshot} and the rule gives {decide} for {seats} seats."),
            );
        }
    }

    fn check_rules(&self, seats: Option<u64>, found: &mut Findings) {
        if self.rules.is_empty() {
            found.add(
                ProblemCode::NoRules,
                "rules",
                "No hay ninguna regla de mayoría: registre al menos la general.",
                "There is no majority rule: record at least the general one.",
            );
        }
        let mut ids = HashSet::new();
        let mut matters = HashSet::new();
        for rule in &self.rules {
            let at = |field: &str| format!("rules.{}.{field}", rule.id);
            if !ids.insert(&rule.id) {
                found.add(
                    ProblemCode::DuplicateRule,
                    at("id"),
                    format!("La regla «{}» está dos veces.", rule.id),
                    format!("The rule \"{}\" is there twice.", rule.id),
                );
            }
            for matter in &rule.applies_to {
                let contradicts = *matter == Matter::Default && rule.id != self.default_rule_id;
                if !matters.insert(*matter) || contradicts {
                    found.add(
                        ProblemCode::AmbiguousMatter,
                        at("applies_to"),
                        "Dos reglas deciden el mismo asunto: deje una.",
                        "Two rules decide the same matter: leave one.",
                    );
                }
            }
            check_quorum_rule(rule.quorum, seats, &at("quorum"), found);
            let needs = |quorum: QuorumRule| quorum.required(seats?).filter(|needed| Some(*needed) <= seats);
            if let (Some(own), Some(general)) = (needs(rule.quorum), needs(self.quorum.decision))
                && own < general
            {
                found.add(
                    ProblemCode::QuorumBelowGeneral,
                    at("quorum"),
                    format!("La regla pide {own} puestos y para decidir se piden {general}: no reduce el quórum y se exigirán {general}."),
                    format!("The rule asks for {own} seats and deciding for {general}: it does not lower the quorum and {general} will be required."),
                );
            }
            if let Threshold::Fixed { value } = rule.threshold {
                check_number(value, seats, &at("threshold"), found);
            }
            if rule.tie == Tie::ChairCasts && rule.threshold != Threshold::Simple {
                found.add(
                    ProblemCode::TieWithoutSimpleMajority,
                    at("tie"),
                    "El empate solo existe con mayoría simple: con esta mayoría el voto dirimente no se usará.",
                    "There is a tie only with a simple majority: with this one the casting vote will not be used.",
                );
            }
            if rule.tie == Tie::ChairCasts && self.casting_vote_norm().is_none() {
                found.add(
                    ProblemCode::TieWithoutCastingVote,
                    at("tie"),
                    "La regla deja el empate al voto dirimente, que no tiene norma registrada: se repetirá la votación.",
                    "The rule leaves a tie to the casting vote, which has no registered norm: the vote will be repeated.",
                );
            }
            if rule.consensus_first && self.majority_after_consensus(rule).is_none() {
                found.add(
                    ProblemCode::ConsensusWithoutNorm,
                    at("consensus_first"),
                    "Pasar del consenso a la mayoría no tiene norma registrada: sin consenso, el asunto quedará sin decisión. Registre el acto y el artículo.",
                    "Passing from consensus to the majority has no registered norm: without consensus the matter will stay undecided. Record the act and the article.",
                );
            }
        }
        if !self.rules.is_empty() && self.rule(&self.default_rule_id).is_none() {
            found.add(
                ProblemCode::UnknownDefaultRule,
                "default_rule_id",
                format!("La regla general «{}» no existe.", self.default_rule_id),
                format!("The general rule \"{}\" does not exist.", self.default_rule_id),
            );
        }
        if let Some(name) = self.recusal.vote_rule.as_deref()
            && self.rule(name).is_none()
            && matter_named(name).is_none()
        {
            found.add(
                ProblemCode::UnknownRecusalRule,
                "recusal.vote_rule",
                format!("La regla «{name}» para decidir impedimentos no existe."),
                format!("The rule \"{name}\" to decide recusals does not exist."),
            );
        }
    }

    fn check_grants(&self, found: &mut Findings) {
        if self.casting_vote.allowed && self.casting_vote_norm().is_none() {
            found.add(
                ProblemCode::CastingVoteWithoutNorm,
                "casting_vote",
                "El voto dirimente no tiene norma registrada y no se aplicará: registre el acto, el artículo y quién lo ejerce.",
                "The casting vote has no registered norm and will not apply: record the act, the article and who has it.",
            );
        }
        if self.sessions.written.allowed && self.written_session_norm().is_none() {
            found.add(
                ProblemCode::WrittenSessionWithoutNorm,
                "sessions.written",
                "La sesión escrita no tiene norma registrada y no se ofrecerá: registre el acto y el artículo.",
                "Written sessions have no registered norm and will not be offered: record the act and the article.",
            );
        }
        let written = &self.sessions.written;
        if written.silence == Silence::InFavour && self.silence_in_favour().is_none() {
            found.add(
                ProblemCode::SilenceInFavourWithoutNorm,
                "sessions.written.silence",
                "Contar el silencio a favor no tiene norma registrada y no se aplicará: registre el acto y el artículo.",
                "Counting silence in favour has no registered norm and will not apply: record the act and the article.",
            );
        }
        if written.silence == Silence::InFavour && written.all_replies_required {
            found.add(
                ProblemCode::SilenceAndAllReplies,
                "sessions.written.all_replies_required",
                "Si todos los puestos deben responder, nadie calla: exija todas las respuestas, o cuente el silencio a favor, no las dos.",
                "If every seat must reply nobody is silent: ask for all the replies, or count silence in favour, not both.",
            );
        }
        if self.second_call.allowed && self.second_call_quorum().is_none() {
            found.add(
                ProblemCode::SecondCallWithoutNorm,
                "second_call",
                "La segunda convocatoria no reducirá el quórum: registre el acto, el artículo y el quórum reducido.",
                "The second call will not lower the quorum: record the act, the article and the lowered quorum.",
            );
        }
        if self.recusal.decided_by == RecusalDecider::Body && self.recusal_decider().1.is_none() {
            found.add(
                ProblemCode::RecusalByBodyWithoutNorm,
                "recusal.decided_by",
                "Sin norma registrada, el impedimento lo decide el superior o cabeza del sector (CPACA, art. 12).",
                "Without a registered norm a recusal is decided by the superior or head of sector (CPACA art. 12).",
            );
        }
    }

    /// Who signs, who may be sent, how long a quorum is waited for.
    fn check_conduct(&self, found: &mut Findings) {
        if self.minutes.signers.is_empty() {
            found.add(
                ProblemCode::NoSigners,
                "minutes.signers",
                "Nadie firma el acta: indique al menos a quien presidió y a la secretaría técnica.",
                "Nobody signs the minutes: name at least whoever presided and the technical secretariat.",
            );
        }
        let block = &self.delegation;
        if block.subdelegation {
            found.add(
                ProblemCode::DelegationAgainstLaw,
                "delegation.subdelegation",
                "La delegación no se delega de nuevo (Ley 489 de 1998, art. 11): no se aplicará. Quítela.",
                "What is delegated is not delegated again (Ley 489/1998 art. 11): it will not apply. Take it out.",
            );
        }
        if !block.requires_written_act {
            found.add(
                ProblemCode::DelegationAgainstLaw,
                "delegation.requires_written_act",
                "La delegación siempre es por escrito (Ley 489 de 1998, art. 10): sin acto, quien asiste tiene solo voz. Exija el acto.",
                "Delegation is always in writing (Ley 489/1998 art. 10): without an act whoever attends has voice only. Require the act.",
            );
        }
        if block.max_delegates_per_seat_and_session == Some(0) {
            found.add(
                ProblemCode::ZeroRequired,
                "delegation.max_delegates_per_seat_and_session",
                "Con cero delegados ningún puesto puede delegar: escriba al menos uno, o cierre la delegación en cada puesto.",
                "With zero delegates no seat can delegate: write at least one, or close delegation in each seat.",
            );
        }
        self.check_modes(found);
        let minutes = self.grace_minutes.value;
        if minutes > 720 {
            found.add(
                ProblemCode::GraceTooLong,
                "grace_minutes.value",
                format!("Se espera el quórum {minutes} minutos, más de doce horas: revíselo."),
                format!("The quorum is waited for {minutes} minutes, more than twelve hours: check it."),
            );
        }
    }

    /// The modes that the rules name are those that their blocks allow. Rules that name none are silent.
    fn check_modes(&self, found: &mut Findings) {
        let named = |mode| self.sessions.modes.contains(&mode);
        if self.sessions.modes.is_empty() {
            return;
        }
        let written = self.sessions.written.allowed;
        if written && self.written_session_norm().is_some() && !named(SessionMode::Written) {
            found.add(
                ProblemCode::ModesDisagree,
                "sessions.modes",
                "La sesión escrita se permite y no está entre las modalidades: agréguela, o no la permita.",
                "Written sessions are allowed and not among the modes: add them, or do not allow them.",
            );
        }
        let virtually = named(SessionMode::Virtual) || named(SessionMode::Mixed);
        if virtually != self.virtual_sessions.allowed {
            let (es, en) = match virtually {
                true => (
                    "Las modalidades incluyen la virtual o la mixta y las sesiones por medios virtuales no se permiten: permítalas, o quite esas modalidades.",
                    "The modes include virtual or mixed ones and sessions by virtual means are not allowed: allow them, or take those modes out.",
                ),
                false => (
                    "Las sesiones por medios virtuales se permiten y no están entre las modalidades: agregue la virtual o la mixta, o no las permita.",
                    "Sessions by virtual means are allowed and not among the modes: add virtual or mixed ones, or do not allow them.",
                ),
            };
            found.add(ProblemCode::ModesDisagree, "sessions.modes", es, en);
        }
    }

    fn check_recusal_terms(&self, found: &mut Findings) {
        let terms = &self.recusal.terms;
        let all = [
            ("send_days", terms.send_days),
            ("answer_days", terms.answer_days),
            ("decision_days", terms.decision_days),
        ];
        for (field, days) in all {
            if let Some(days) = days.filter(|days| *days > 250) {
                found.add(
                    ProblemCode::DeadlineTooLong,
                    format!("recusal.terms.{field}"),
                    format!("El plazo es de {days} días hábiles, más de un año: revíselo."),
                    format!("The term is {days} business days, more than a year: check it."),
                );
            }
        }
        let said = terms.source.as_deref().is_some_and(|source| !source.trim().is_empty());
        if all.iter().any(|(_, days)| days.is_some()) && !said {
            found.add(
                ProblemCode::RecusalTermsWithoutSource,
                "recusal.terms.source",
                "Los plazos del impedimento no dicen de dónde salen: escriba la norma que los fija.",
                "The terms of a recusal do not say where they come from: write the norm that sets them.",
            );
        }
    }

    fn check_articles(&self, found: &mut Findings) {
        let mut known = HashSet::new();
        for article in &self.articles {
            if !known.insert(article.number.trim()) {
                found.add(
                    ProblemCode::DuplicateArticle,
                    format!("articles.{}", article.number),
                    format!("El artículo {} está dos veces.", article.number),
                    format!("Article {} is there twice.", article.number),
                );
            }
        }
        if known.is_empty() {
            return; // The text of the articles is not recorded: nothing to compare.
        }
        let blocks = [
            ("quorum", &self.quorum.article),
            ("grace_minutes", &self.grace_minutes.article),
            ("second_call", &self.second_call.article),
            ("casting_vote", &self.casting_vote.article),
            ("presiding_in_absence", &self.presiding_in_absence.article),
            ("notice", &self.notice.article),
            ("sessions", &self.sessions.article),
            ("sessions.written", &self.sessions.written.article),
            ("virtual_sessions", &self.virtual_sessions.article),
            ("recusal", &self.recusal.article),
            ("delegation", &self.delegation.article),
            ("minutes", &self.minutes.article),
            ("deadlines", &self.deadlines.article),
        ];
        let rules = self.rules.iter().map(|rule| (format!("rules.{}", rule.id), &rule.article));
        for (block, article) in
            blocks.map(|(block, article)| (block.to_owned(), article)).into_iter().chain(rules)
        {
            if let Some(number) = article
                && !known.contains(number.trim())
            {
                found.add(
                    ProblemCode::UnknownArticle,
                    format!("{block}.article"),
                    format!("El artículo {number} no está entre los artículos del reglamento."),
                    format!("Article {number} is not among the articles of the rules."),
                );
            }
        }
    }

    fn check_deadlines(&self, found: &mut Findings) {
        use DeadlineFrom::{BeforeSession, DraftSent, SessionDate, Signed};
        let (notice, terms) = (&self.notice, &self.deadlines);
        let all: [(&str, _, &[DeadlineFrom]); 8] = [
            ("notice.ordinary", notice.ordinary, &[BeforeSession]),
            ("notice.extraordinary", notice.extraordinary, &[BeforeSession]),
            ("deadlines.proposal_filing", terms.proposal_filing, &[BeforeSession]),
            ("deadlines.minutes_draft", terms.minutes_draft, &[SessionDate]),
            ("deadlines.minutes_remarks", terms.minutes_remarks, &[SessionDate, DraftSent]),
            ("deadlines.minutes_signature", terms.minutes_signature, &[SessionDate, DraftSent]),
            ("deadlines.minutes_publication", terms.minutes_publication, &[SessionDate, DraftSent, Signed]),
            ("deadlines.statements", terms.statements, &[SessionDate, DraftSent]),
        ];
        if self.sessions.minimum_per_year.is_some_and(|least| !(1..=366).contains(&least)) {
            found.add(
                ProblemCode::ImpossibleMinimum,
                "sessions.minimum_per_year",
                "El mínimo de sesiones al año va de 1 a 366: corríjalo, o déjelo sin fijar.",
                "The least sessions a year go from 1 to 366: correct it, or leave it unset.",
            );
        }
        if self.minutes.approval_route == ApprovalRoute::Silence && terms.minutes_remarks.is_none() {
            found.add(
                ProblemCode::SilenceWithoutTerm,
                "deadlines.minutes_remarks",
                "El acta se aprueba por silencio al vencer las observaciones: fije ese plazo, o habrá que decirlo al enviar cada borrador.",
                "Minutes are approved by silence when the remarks end: set that term, or it must be said each time a draft is sent.",
            );
        }
        for (at, term, allowed) in all {
            let Some(term) = term else { continue };
            if !allowed.contains(&term.from) {
                found.add(
                    ProblemCode::DeadlineFromElsewhere,
                    at,
                    "El plazo no puede contarse desde esa fecha.",
                    "The term cannot be counted from that date.",
                );
            }
            if term.business_days > 250 {
                found.add(
                    ProblemCode::DeadlineTooLong,
                    at,
                    format!("El plazo es de {} días hábiles, más de un año: revíselo.", term.business_days),
                    format!("The term is {} business days, more than a year: check it.", term.business_days),
                );
            }
        }
    }
}

fn check_quorum_rule(rule: QuorumRule, seats: Option<u64>, at: &str, found: &mut Findings) {
    match rule {
        QuorumRule::HalfPlusOne | QuorumRule::Any => {}
        QuorumRule::Fixed { value } => check_number(value, seats, at, found),
        QuorumRule::Fraction { num, den } => {
            if den == 0 || num == 0 || num > den {
                found.add(
                    ProblemCode::ImpossibleFraction,
                    at,
                    format!("La fracción {num}/{den} no es parte de un todo: escriba una como 2/3."),
                    format!("The fraction {num}/{den} is not part of a whole: write one such as 2/3."),
                );
            }
        }
    }
}

fn check_number(value: u64, seats: Option<u64>, at: &str, found: &mut Findings) {
    if value == 0 {
        found.add(
            ProblemCode::ZeroRequired,
            at,
            "El número requerido es cero: escriba al menos uno.",
            "The number required is zero: write at least one.",
        );
    }
    if let Some(seats) = seats.filter(|seats| value > *seats) {
        found.add(
            ProblemCode::MoreThanSeats,
            at,
            format!("Se requieren {value} y la instancia tiene {seats} puestos con voto."),
            format!("It requires {value} and the body has {seats} voting seats."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Deadline;
    use crate::rules::rule_set::tests::demo;

    #[test]
    fn the_demo_rule_sets_are_sound() {
        for (id, seats) in [("rs-comision-2024", 16), ("rs-comision-2025", 16), ("rs-grupo-2024", 15)] {
            assert_eq!(demo(id).check(Some(seats)), [], "{id}");
            assert_eq!(demo(id).check(None), [], "{id}");
        }
    }

    #[test]
    fn each_problem_is_found_and_named() {
        use ProblemCode::*;
        type Break = fn(&mut RuleSet);
        let cases: [(Break, &[(ProblemCode, &str)]); 34] = [
            (|r| r.effective_to = r.effective_from.pred_opt(), &[(DatesOutOfOrder, "effective_to")]),
            (
                |r| r.adopted_by.date = r.effective_from.succ_opt(),
                &[(InForceBeforeAdopted, "adopted_by.date")],
            ),
            (
                |r| r.quorum.decision = QuorumRule::Fixed { value: 17 },
                &[(MoreThanSeats, "quorum.decision"), (SnapshotDiffers, "quorum.value_for_current_seats")],
            ),
            (
                |r| r.quorum.deliberative = QuorumRule::Fixed { value: 0 },
                &[(ZeroRequired, "quorum.deliberative")],
            ),
            (|r| r.quorum.deliberative = QuorumRule::Fixed { value: 10 }, &[(DebateAboveDecision, "quorum")]),
            (
                |r| r.rules[0].quorum = QuorumRule::Fraction { num: 1, den: 0 },
                &[(ImpossibleFraction, "rules.reg-mayoria-simple.quorum")],
            ),
            (
                |r| r.rules[1].quorum = QuorumRule::Fraction { num: 3, den: 2 },
                &[(ImpossibleFraction, "rules.reg-mayoria-asistentes.quorum")],
            ),
            (
                |r| r.rules[0].threshold = Threshold::Fixed { value: u64::MAX },
                &[
                    (MoreThanSeats, "rules.reg-mayoria-simple.threshold"),
                    (TieWithoutSimpleMajority, "rules.reg-mayoria-simple.tie"),
                ],
            ),
            (
                |r| r.quorum.value_for_current_seats = Some(8),
                &[(SnapshotDiffers, "quorum.value_for_current_seats")],
            ),
            (|r| r.rules.clear(), &[(NoRules, "rules")]),
            (
                |r| r.default_rule_id = "nada".into(),
                &[
                    (AmbiguousMatter, "rules.reg-mayoria-simple.applies_to"),
                    (UnknownDefaultRule, "default_rule_id"),
                ],
            ),
            (|r| r.rules[1].id = r.rules[0].id.clone(), &[(DuplicateRule, "rules.reg-mayoria-simple.id")]),
            (
                |r| r.rules[1].applies_to.push(Matter::InternalRules),
                &[(AmbiguousMatter, "rules.reg-dos-tercios-miembros.applies_to")],
            ),
            (|r| r.recusal.vote_rule = Some("nada".into()), &[(UnknownRecusalRule, "recusal.vote_rule")]),
            (
                |r| r.casting_vote.article = None,
                &[
                    (TieWithoutCastingVote, "rules.reg-mayoria-simple.tie"),
                    (CastingVoteWithoutNorm, "casting_vote"),
                ],
            ),
            (
                |r| r.casting_vote.exercised_by = None,
                &[
                    (TieWithoutCastingVote, "rules.reg-mayoria-simple.tie"),
                    (CastingVoteWithoutNorm, "casting_vote"),
                ],
            ),
            (|r| r.casting_vote.allowed = false, &[(TieWithoutCastingVote, "rules.reg-mayoria-simple.tie")]),
            (
                |r| (r.rules[0].consensus_first, r.rules[0].article) = (true, None),
                &[(ConsensusWithoutNorm, "rules.reg-mayoria-simple.consensus_first")],
            ),
            (|r| r.second_call.allowed = true, &[(SecondCallWithoutNorm, "second_call")]),
            (
                |r| {
                    r.sessions.written.allowed = true;
                    r.sessions.article = None;
                },
                &[(WrittenSessionWithoutNorm, "sessions.written")],
            ),
            (
                |r| r.sessions.written.silence = Silence::InFavour,
                &[(SilenceInFavourWithoutNorm, "sessions.written.silence")],
            ),
            (
                |r| {
                    r.sessions.written.allowed = true;
                    r.sessions.written.silence = Silence::InFavour;
                    r.sessions.written.all_replies_required = true;
                },
                &[
                    (SilenceAndAllReplies, "sessions.written.all_replies_required"),
                    (ModesDisagree, "sessions.modes"),
                ],
            ),
            (|r| r.virtual_sessions.allowed = false, &[(ModesDisagree, "sessions.modes")]),
            (|r| r.sessions.modes = vec![SessionMode::InPerson], &[(ModesDisagree, "sessions.modes")]),
            (
                |r| r.presiding_in_absence.seat_id = Some("com-consejeria".into()),
                &[(PresiderIsChair, "presiding_in_absence.seat_id")],
            ),
            (|r| r.recusal.article = None, &[(RecusalByBodyWithoutNorm, "recusal.decided_by")]),
            (|r| r.quorum.article = Some("99".into()), &[(UnknownArticle, "quorum.article")]),
            (|r| r.articles.push(r.articles[0].clone()), &[(DuplicateArticle, "articles.6")]),
            (
                |r| r.notice.ordinary = Some(Deadline { business_days: 5, from: DeadlineFrom::SessionDate }),
                &[(DeadlineFromElsewhere, "notice.ordinary")],
            ),
            (
                |r| (r.recusal.terms.answer_days, r.recusal.terms.decision_days) = (Some(5), Some(900)),
                &[
                    (DeadlineTooLong, "recusal.terms.decision_days"),
                    (RecusalTermsWithoutSource, "recusal.terms.source"),
                ],
            ),
            (
                |r| {
                    r.sessions.minimum_per_year = Some(0);
                    r.deadlines.minutes_draft =
                        Some(Deadline { business_days: 900, from: DeadlineFrom::SessionDate });
                },
                &[
                    (ImpossibleMinimum, "sessions.minimum_per_year"),
                    (DeadlineTooLong, "deadlines.minutes_draft"),
                ],
            ),
            (
                |r| {
                    r.minutes.approval_route = ApprovalRoute::Silence;
                    r.deadlines.minutes_remarks = None;
                },
                &[(SilenceWithoutTerm, "deadlines.minutes_remarks")],
            ),
            (
                |r| {
                    r.second_call.allowed = true;
                    r.second_call.quorum = Some(QuorumRule::Fixed { value: 12 });
                    r.rules[0].quorum = QuorumRule::Fixed { value: 3 };
                    r.rules[2].tie = Tie::ChairCasts;
                    r.minutes.signers.clear();
                    (r.delegation.subdelegation, r.delegation.requires_written_act) = (true, false);
                    r.delegation.max_delegates_per_seat_and_session = Some(0);
                    r.grace_minutes.value = 100_000;
                },
                &[
                    (SecondCallAboveFirst, "second_call.quorum"),
                    (QuorumBelowGeneral, "rules.reg-mayoria-simple.quorum"),
                    (TieWithoutSimpleMajority, "rules.reg-dos-tercios-miembros.tie"),
                    (NoSigners, "minutes.signers"),
                    (DelegationAgainstLaw, "delegation.subdelegation"),
                    (DelegationAgainstLaw, "delegation.requires_written_act"),
                    (ZeroRequired, "delegation.max_delegates_per_seat_and_session"),
                    (GraceTooLong, "grace_minutes.value"),
                ],
            ),
            (
                |r| (r.adopted_by.name, r.adopted_by.number) = (None, None),
                &[
                    (ActWithoutName, "adopted_by"),
                    (TieWithoutCastingVote, "rules.reg-mayoria-simple.tie"),
                    (CastingVoteWithoutNorm, "casting_vote"),
                    (RecusalByBodyWithoutNorm, "recusal.decided_by"),
                ],
            ),
        ];
        let mut met = Vec::new();
        for (i, (spoil, expect)) in cases.into_iter().enumerate() {
            let mut rules = demo("rs-comision-2024");
            spoil(&mut rules);
            let problems = rules.check_with_chair(Some(16), Some("com-consejeria"));
            let found: Vec<_> = problems.iter().map(|p| (p.code, p.at.as_str())).collect();
            assert_eq!(found, expect, "case {i}");
            for Problem { code, message: Text { es, en }, .. } in problems {
                assert!(!es.is_empty() && es != en, "{code:?}: {es}");
                // What the person wrote stays as it is; the sentence around it is English.
                let around: String = en.split(['“', '”']).step_by(2).collect();
                assert!(around.is_ascii() && !around.is_empty(), "{code:?}: {en}");
                let spanish = [" el ", " la ", " los ", " las ", " que ", " una "];
                assert!(!spanish.iter().any(|word| around.contains(word)), "{code:?}: {en}");
                met.push(code);
            }
        }
        // In the order they are declared, so that a new one is met here too.
        let all = DatesOutOfOrder as usize..=DeadlineTooLong as usize;
        let missing: Vec<usize> = all.filter(|n| !met.iter().any(|code| *code as usize == *n)).collect();
        assert_eq!(missing, [0; 0], "codes that no case meets");
    }

    #[test]
    fn an_unregistered_act_grants_nothing() {
        let mut rules = demo("rs-comision-2024");
        rules.adopted_by.registered = false;
        let problems = rules.check(Some(16));
        let codes: Vec<_> = problems.iter().map(|p| p.code).collect();
        assert!(codes.contains(&ProblemCode::CastingVoteWithoutNorm));
        assert!(codes.contains(&ProblemCode::RecusalByBodyWithoutNorm));
        assert!(problems.iter().all(|p| p.severity == Severity::Irregular), "a draft may be kept");
    }
}
