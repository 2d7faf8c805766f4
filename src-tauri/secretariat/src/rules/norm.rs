//! The norm behind a rule, and what the rules grant only when there is one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    AdoptingAct, Base, Deadline, DeadlineFrom, Deadlines, Matter, NoticeBlock, QuorumBlock, QuorumRule,
    RecusalDecider, Rule, RuleSet, SessionsBlock, ShortNotice, Silence, Threshold, Tie, VirtualSessions,
};
use crate::codes::{SessionMode, VoteMethod};
use crate::spanish;

/// What a verdict cites. There is one only for a registered act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Source {
    /// As it is printed in parentheses: "Acuerdo 001 de 2024, art. 8".
    pub citation: String,
    /// The article's number.
    pub article: Option<String>,
    /// The article's text.
    pub text: Option<String>,
    /// True for an act of the demonstration.
    pub fictitious: bool,
}

impl AdoptingAct {
    /// How the act is cited, "Acuerdo 001 de 2024"; `None` until it is registered and can be named.
    pub fn citation(&self) -> Option<String> {
        if !self.registered {
            return None;
        }
        // The demonstration marks its acts in their name; `Source::fictitious` says so without nested parentheses.
        let name = self.name.as_deref().map(|name| name.trim().trim_end_matches("(ficticio)").trim_end());
        match (name, self.kind, self.number, self.year) {
            (Some(name), ..) if !name.is_empty() => Some(name.to_owned()),
            (_, Some(kind), Some(number), Some(year)) => Some(spanish::act(kind, number, year)),
            _ => None,
        }
    }
}

impl RuleSet {
    /// What to cite for an article of these rules; the act alone when no article is named. `None` while the act is
    /// not registered: then nothing is printed in parentheses.
    pub fn source(&self, article: Option<&str>) -> Option<Source> {
        let act = self.adopted_by.citation()?;
        let article = article.map(str::trim).filter(|number| !number.is_empty());
        Some(Source {
            citation: article.map_or_else(|| act.clone(), |number| format!("{act}, art. {number}")),
            article: article.map(str::to_owned),
            text: self.articles.iter().find(|a| Some(a.number.trim()) == article).map(|a| a.text.clone()),
            fictitious: self.adopted_by.fictitious,
        })
    }

    /// The registered norm behind a grant: the act is registered and the grant names its article.
    fn norm(&self, article: Option<&str>) -> Option<Source> {
        self.source(article).filter(|source| source.article.is_some())
    }

    /// The norm that grants a casting vote; `None` if there is no casting vote.
    pub fn casting_vote_norm(&self) -> Option<Source> {
        let block = &self.casting_vote;
        if block.allowed && block.exercised_by.is_some() { self.norm(block.article.as_deref()) } else { None }
    }

    /// The norm that allows deciding by written replies; `None` if it is not allowed.
    pub fn written_session_norm(&self) -> Option<Source> {
        let block = &self.sessions;
        if !block.written.allowed {
            return None;
        }
        self.norm(block.written.article.as_deref().or(block.article.as_deref()))
    }

    /// These rules in a written session: where all the replies are required, the quorum is every voting seat, by the norm
    /// that allows such sessions. `None` where no registered norm allows them.
    pub fn in_writing(&self) -> Option<RuleSet> {
        let norm = self.written_session_norm()?;
        let mut rules = self.clone();
        if self.sessions.written.all_replies_required {
            let every = QuorumRule::Fraction { num: 1, den: 1 };
            rules.rules.iter_mut().for_each(|rule| rule.quorum = every);
            rules.quorum = QuorumBlock {
                deliberative: every,
                decision: every,
                value_for_current_seats: None,
                article: norm.article,
            };
        }
        Some(rules)
    }

    /// The norm by which the silence of a seat is a vote in favour in a written session; `None` if it is no vote.
    pub fn silence_in_favour(&self) -> Option<Source> {
        self.written_session_norm().filter(|_| self.sessions.written.silence == Silence::InFavour)
    }

    /// The lowered quorum of a second call with its norm; `None` if the second call does not lower it.
    pub fn second_call_quorum(&self) -> Option<(QuorumRule, Source)> {
        let block = &self.second_call;
        if !block.allowed {
            return None;
        }
        Some((block.quorum?, self.norm(block.article.as_deref())?))
    }

    /// These rules from the second call on: the lowered quorum to debate and to decide, with its norm. A majority that asks
    /// for a quorum of its own keeps it. `None` if the second call does not lower it.
    pub fn at_second_call(&self) -> Option<RuleSet> {
        let (quorum, _) = self.second_call_quorum()?;
        let mut rules = self.clone();
        for rule in &mut rules.rules {
            if rule.quorum == self.quorum.decision {
                rule.quorum = quorum;
            }
        }
        rules.quorum.deliberative = quorum;
        rules.quorum.decision = quorum;
        rules.quorum.article.clone_from(&self.second_call.article);
        Some(rules)
    }

    /// Who decides a recusal: the superior or head of the sector (CPACA art. 12), or the body when a registered norm
    /// says so.
    pub fn recusal_decider(&self) -> (RecusalDecider, Option<Source>) {
        match (self.recusal.decided_by, self.norm(self.recusal.article.as_deref())) {
            (RecusalDecider::Body, Some(norm)) => (RecusalDecider::Body, Some(norm)),
            _ => (RecusalDecider::Superior, None),
        }
    }

    /// The norm by which a majority decides what found no consensus; `None` if nothing lets the body pass to it.
    pub fn majority_after_consensus(&self, rule: &Rule) -> Option<Source> {
        if rule.consensus_first { self.norm(rule.article.as_deref()) } else { None }
    }

    /// True if a session may meet in this mode. Written sessions need their own norm.
    pub fn allows_mode(&self, mode: SessionMode) -> bool {
        match mode {
            SessionMode::InPerson => true,
            SessionMode::Virtual | SessionMode::Mixed => self.virtual_sessions.allowed,
            SessionMode::Written => self.written_session_norm().is_some(),
        }
    }

    /// Why a session would not meet in a mode that these rules admit, with the article: they name other modes, or do not
    /// let the body sit by virtual means. Written sessions have conditions of their own.
    pub fn mode_left_out(&self, mode: SessionMode) -> Option<Option<&str>> {
        let virtually = matches!(mode, SessionMode::Virtual | SessionMode::Mixed);
        let others = !self.sessions.modes.is_empty() && !self.sessions.modes.contains(&mode);
        match mode {
            SessionMode::Written => None,
            _ if virtually && !self.allows_mode(mode) => Some(self.virtual_sessions.article.as_deref()),
            _ if others => Some(self.sessions.article.as_deref()),
            _ => None,
        }
    }

    /// How a session in a mode votes where these rules fix it, with the article.
    pub fn vote_method_in(&self, mode: SessionMode) -> Option<(VoteMethod, Option<&str>)> {
        let block = &self.virtual_sessions;
        let fixed = block.vote_method.filter(|method| *method != VoteMethod::Written)?;
        (mode == SessionMode::Virtual).then_some((fixed, block.article.as_deref()))
    }

    /// True if these rules are in force on a day.
    pub fn in_force_on(&self, day: chrono::NaiveDate) -> bool {
        self.effective_from <= day && self.effective_to.is_none_or(|last| day <= last)
    }

    /// A majority by its id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The majority that decides a matter: the rule that names it, else the default one.
    pub fn rule_for(&self, matter: Matter) -> Option<&Rule> {
        let named = || self.rules.iter().find(|rule| rule.applies_to.contains(&matter));
        if matter == Matter::Default {
            return self.rule(&self.default_rule_id);
        }
        named().or_else(|| self.rule(&self.default_rule_id))
    }

    /// The majority that decides a recusal when the body does.
    pub fn recusal_rule(&self) -> Option<&Rule> {
        match self.recusal.vote_rule.as_deref() {
            None => self.rule_for(Matter::Default),
            Some(name) => self.rule(name).or_else(|| self.rule_for(matter_named(name)?)),
        }
    }

    /// The rules a new body starts with until its own are registered: the product's defaults, which cite no norm and
    /// grant nothing that needs one.
    pub fn provisional(id: &str, body_id: &str, from: chrono::NaiveDate) -> Self {
        let days = |business_days, from| Some(Deadline { business_days, from });
        RuleSet {
            id: id.to_owned(),
            body_id: body_id.to_owned(),
            adopted_by: AdoptingAct::default(),
            effective_from: from,
            effective_to: None,
            articles: Vec::new(),
            quorum: QuorumBlock {
                deliberative: QuorumRule::HalfPlusOne,
                decision: QuorumRule::HalfPlusOne,
                value_for_current_seats: None,
                article: None,
            },
            grace_minutes: Default::default(),
            second_call: Default::default(),
            default_rule_id: format!("{id}-simple"),
            rules: vec![Rule {
                id: format!("{id}-simple"),
                name: "Mayoría simple de los votos emitidos".to_owned(),
                applies_to: vec![Matter::Default],
                quorum: QuorumRule::HalfPlusOne,
                base: Base::VotesCast,
                threshold: Threshold::Simple,
                tie: Tie::SecondRound,
                consensus_first: false,
                article: None,
            }],
            casting_vote: Default::default(),
            presiding_in_absence: Default::default(),
            notice: NoticeBlock {
                ordinary: days(5, DeadlineFrom::BeforeSession),
                extraordinary: days(2, DeadlineFrom::BeforeSession),
                short_notice: Some(ShortNotice::WarnAndRecordReason),
                ..NoticeBlock::default()
            },
            sessions: SessionsBlock {
                modes: vec![SessionMode::InPerson, SessionMode::Virtual, SessionMode::Mixed],
                ..SessionsBlock::default()
            },
            virtual_sessions: VirtualSessions {
                allowed: true,
                identity_check: true,
                recording: true,
                ..VirtualSessions::default()
            },
            recusal: Default::default(),
            delegation: Default::default(),
            minutes: Default::default(),
            deadlines: Deadlines {
                minutes_draft: days(5, DeadlineFrom::SessionDate),
                minutes_publication: days(20, DeadlineFrom::SessionDate),
                ..Deadlines::default()
            },
        }
    }
}

/// A matter by its code.
pub(super) fn matter_named(code: &str) -> Option<Matter> {
    match code {
        "default" => Some(Matter::Default),
        "agenda" => Some(Matter::Agenda),
        "internal_rules" => Some(Matter::InternalRules),
        "reserved_session" => Some(Matter::ReservedSession),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::ActKind;
    use crate::rules::CastingVoter;
    use crate::rules::rule_set::tests::demo;

    #[test]
    fn citations() {
        let rules = demo("rs-comision-2024");
        let source = rules.source(Some("8")).unwrap();
        assert_eq!(source.citation, "Acuerdo 001 de 2024, art. 8");
        assert!(source.fictitious && source.text.unwrap().starts_with("Habrá quórum"));
        assert_eq!(rules.source(None).unwrap().citation, "Acuerdo 001 de 2024");
        assert_eq!(
            demo("rs-grupo-2024").source(Some("11")).unwrap().citation,
            "Acuerdo 001 de 2024 del Grupo, art. 11"
        );
        let mut act = AdoptingAct { registered: true, ..AdoptingAct::default() };
        assert_eq!(act.citation(), None);
        act = AdoptingAct { kind: Some(ActKind::Decree), number: Some(546), year: Some(2007), ..act };
        assert_eq!(act.citation().as_deref(), Some("Decreto 546 de 2007"));
        act.registered = false;
        assert_eq!(act.citation(), None);
    }

    #[test]
    fn grants_need_a_registered_norm() {
        let mut rules = demo("rs-comision-2024");
        rules.sessions.written.allowed = true;
        rules.second_call.allowed = true;
        rules.second_call.quorum = Some(QuorumRule::Fraction { num: 1, den: 3 });
        let granted = |r: &RuleSet| {
            [
                r.casting_vote_norm().is_some(),
                r.written_session_norm().is_some(),
                r.second_call_quorum().is_some(),
                r.recusal_decider().0 == RecusalDecider::Body,
            ]
        };
        assert_eq!(granted(&rules), [true; 4]);
        assert!(rules.allows_mode(SessionMode::Written));
        let mut unregistered = rules.clone();
        unregistered.adopted_by.registered = false;
        assert_eq!(granted(&unregistered), [false; 4]);
        assert!(
            !unregistered.allows_mode(SessionMode::Written) && unregistered.allows_mode(SessionMode::Virtual)
        );
        let mut no_article = rules.clone();
        no_article.casting_vote.article = None;
        no_article.sessions.article = None;
        no_article.second_call.article = Some(" ".into());
        no_article.recusal.article = None;
        assert_eq!(granted(&no_article), [false; 4]);
        let mut nobody = rules.clone();
        nobody.casting_vote.exercised_by = None;
        assert_eq!(nobody.casting_vote_norm(), None);
        nobody.casting_vote = crate::rules::CastingVoteBlock {
            allowed: false,
            exercised_by: Some(CastingVoter::ChairHolder),
            ..rules.casting_vote
        };
        assert_eq!(nobody.casting_vote_norm(), None);
    }

    #[test]
    fn which_rule_decides() {
        let rules = demo("rs-comision-2024");
        for (matter, id) in [
            (Matter::Default, "reg-mayoria-simple"),
            (Matter::Agenda, "reg-mayoria-asistentes"),
            (Matter::InternalRules, "reg-dos-tercios-miembros"),
            (Matter::ReservedSession, "reg-unanimidad-emitidos"),
        ] {
            assert_eq!(rules.rule_for(matter).unwrap().id, id);
            // The Group has one rule for everything.
            assert_eq!(demo("rs-grupo-2024").rule_for(matter).unwrap().id, "reg-grupo-asistentes");
        }
        assert_eq!(rules.recusal_rule().unwrap().id, "reg-mayoria-simple");
        let mut named = rules;
        named.recusal.vote_rule = Some("reg-dos-tercios-miembros".into());
        assert_eq!(named.recusal_rule().unwrap().id, "reg-dos-tercios-miembros");
    }

    #[test]
    fn in_force() {
        let rules = demo("rs-comision-2024");
        for (day, expect) in
            [("2024-07-01", false), ("2024-07-02", true), ("2025-06-30", true), ("2025-07-01", false)]
        {
            assert_eq!(rules.in_force_on(day.parse().unwrap()), expect, "{day}");
        }
        assert!(demo("rs-comision-2025").in_force_on("2999-01-01".parse().unwrap()));
    }

    #[test]
    fn provisional_rules_claim_nothing() {
        let rules = RuleSet::provisional("rs-1", "body-1", "2025-01-01".parse().unwrap());
        assert!(rules.check(Some(16)).is_empty());
        assert!(rules.casting_vote_norm().is_none() && rules.source(None).is_none());
        assert_eq!(rules.rule_for(Matter::Agenda).unwrap().tie, Tie::SecondRound);
        assert!(!rules.allows_mode(SessionMode::Written));
    }
}
