//! Majority: what a vote decides, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Base, QuorumKind, QuorumRule, RecusalTreatment, Rule, RuleSet, Source, Threshold, Tie, Verdict,
    check_quorum, quorum::ceil_of, said,
};
use crate::Text;
use crate::codes::BallotValue;

/// Votes counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Tally {
    /// A favor.
    #[serde(rename = "for")]
    #[ts(type = "number")]
    pub in_favor: u64,
    /// En contra.
    #[ts(type = "number")]
    pub against: u64,
    /// Abstenciones.
    #[ts(type = "number")]
    pub abstain: u64,
}

impl Tally {
    /// Counts ballots.
    pub fn of(choices: impl IntoIterator<Item = BallotValue>) -> Self {
        let mut tally = Tally::default();
        for choice in choices {
            match choice {
                BallotValue::For => tally.in_favor += 1,
                BallotValue::Against => tally.against += 1,
                BallotValue::Abstain => tally.abstain += 1,
            }
        }
        tally
    }

    /// Seats that took part, abstentions included.
    pub fn total(self) -> u128 {
        u128::from(self.in_favor) + u128::from(self.against) + u128::from(self.abstain)
    }
}

/// Whoever has the casting vote, at the moment of a tie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct ChairAtVote {
    /// True if present. Whoever replaces the chair without inheriting the casting vote does not make it present.
    pub present: bool,
    /// True if recused for the matter.
    pub recused: bool,
    /// The casting vote, once exercised: a further vote, outside the tally.
    #[serde(default)]
    pub casting_vote: Option<BallotValue>,
}

/// The numbers of a vote when it closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VoteInput {
    /// Voting seats, N.
    #[ts(type = "number")]
    pub seats: u64,
    /// Voting seats present, P: recused ones included, also if they left the room for the item.
    #[ts(type = "number")]
    pub present: u64,
    /// Seats recused for the matter, R; always part of `present`.
    #[ts(type = "number")]
    pub recused: u64,
    /// What recused seats do to the count.
    pub recusal_treatment: RecusalTreatment,
    /// The votes; the chair's ordinary one is in them.
    pub votes: Tally,
    /// Who has the casting vote.
    pub chair: ChairAtVote,
    /// 1, or 2 when the vote is repeated after a tie.
    #[serde(default = "first_round")]
    pub round: u32,
}

fn first_round() -> u32 {
    1
}

/// What a vote leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoteResult {
    /// Aprobada.
    Approved,
    /// Negada.
    Rejected,
    /// The vote is to be repeated.
    SecondRound,
    /// A tie that nobody broke: not approved, undecided.
    TieUnresolved,
    /// Consensus was sought and somebody objected: there is no decision.
    NoConsensus,
    /// Without quorum there is no decision.
    NoQuorum,
    /// The numbers are impossible.
    Invalid,
}

/// The arithmetic of a vote. What could not be computed is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VoteCount {
    /// Seats required for the quorum.
    #[ts(type = "number | null")]
    pub quorum_required: Option<u64>,
    /// True if they were present.
    pub quorum_met: Option<bool>,
    /// What the majority was counted over.
    #[ts(type = "number | null")]
    pub base_size: Option<u64>,
    /// Votes in favour required.
    #[ts(type = "number | null")]
    pub required: Option<u64>,
    /// True if there was a tie.
    pub tie: Option<bool>,
    /// What it leads to.
    pub result: VoteResult,
}

impl VoteCount {
    /// What impossible numbers give: nothing computed.
    pub const INVALID: VoteCount = VoteCount {
        quorum_required: None,
        quorum_met: None,
        base_size: None,
        required: None,
        tie: None,
        result: VoteResult::Invalid,
    };
}

/// Why the numbers of a vote are impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvalidVote {
    /// The body has no voting seat.
    NoSeats,
    /// More seats present than there are.
    MorePresentThanSeats,
    /// More seats recused than present.
    MoreRecusedThanPresent,
    /// More votes than seats present and not recused.
    MoreVotesThanEntitled,
    /// The rule's quorum is a fraction over zero.
    ImpossibleRule,
}

impl InvalidVote {
    /// The reason as a sentence.
    pub fn text(self) -> Text {
        match self {
            InvalidVote::NoSeats => {
                said("La instancia no tiene puestos con voto.", "The body has no voting seats.")
            }
            InvalidVote::MorePresentThanSeats => said(
                "Hay más puestos presentes que puestos con voto.",
                "There are more seats present than voting seats.",
            ),
            InvalidVote::MoreRecusedThanPresent => said(
                "Hay más puestos impedidos que presentes.",
                "There are more recused seats than seats present.",
            ),
            InvalidVote::MoreVotesThanEntitled => said(
                "Hay más votos que puestos presentes sin impedimento.",
                "There are more votes than seats present and not recused.",
            ),
            InvalidVote::ImpossibleRule => said(
                "El quórum de la regla no se puede calcular: la fracción tiene denominador cero.",
                "The rule's quorum cannot be computed: its fraction has a zero denominator.",
            ),
        }
    }
}

impl VoteInput {
    /// Why these numbers are impossible, if they are.
    pub fn problem(&self, rule: &Rule) -> Option<InvalidVote> {
        let entitled = u128::from(self.present.saturating_sub(self.recused));
        if self.seats < 1 {
            Some(InvalidVote::NoSeats)
        } else if self.present > self.seats {
            Some(InvalidVote::MorePresentThanSeats)
        } else if self.recused > self.present {
            Some(InvalidVote::MoreRecusedThanPresent)
        } else if self.votes.total() > entitled {
            Some(InvalidVote::MoreVotesThanEntitled)
        } else if rule.quorum.required(1).is_none() {
            Some(InvalidVote::ImpossibleRule)
        } else {
            None
        }
    }

    /// N and P for the count: without the recused seats when they leave the base.
    fn counted(&self) -> (u64, u64) {
        match self.recusal_treatment {
            RecusalTreatment::StayInBase => (self.seats, self.present),
            RecusalTreatment::LeaveBase => {
                (self.seats.saturating_sub(self.recused), self.present.saturating_sub(self.recused))
            }
        }
    }
}

impl Threshold {
    /// Votes in favour required over a base, out of `members` seats; at least one.
    pub fn required(self, base: u64, members: u64) -> u64 {
        let required = match self {
            Threshold::Simple => base / 2 + 1,
            Threshold::Absolute => members / 2 + 1,
            Threshold::TwoThirds => ceil_of(base, 2, 3).unwrap_or(base),
            Threshold::ThreeQuarters => ceil_of(base, 3, 4).unwrap_or(base),
            Threshold::Unanimous => base,
            Threshold::Fixed { value } => value,
        };
        required.max(1)
    }
}

/// The arithmetic of a vote: validity, recusals, quorum, base, required votes, result and tie, in that order.
///
/// It applies the rule as written. [`RuleSet::decide`] also asks whether a norm stands behind the casting vote.
pub fn count(rule: &Rule, input: &VoteInput) -> VoteCount {
    let (members, attendees) = input.counted();
    let Some(quorum_required) = rule.quorum.required(members) else { return VoteCount::INVALID };
    if input.problem(rule).is_some() {
        return VoteCount::INVALID;
    }
    if attendees < quorum_required {
        return VoteCount {
            quorum_required: Some(quorum_required),
            quorum_met: Some(false),
            base_size: None,
            required: None,
            tie: Some(false),
            result: VoteResult::NoQuorum,
        };
    }
    let Tally { in_favor, against, .. } = input.votes;
    let base = match rule.base {
        Base::Members => members,
        Base::Attendees => attendees,
        Base::VotesCast => in_favor.saturating_add(against),
    };
    let required = rule.threshold.required(base, members);
    // A tie exists only where one vote more would have been enough.
    let tie = rule.threshold == Threshold::Simple
        && in_favor == against
        && in_favor > 0
        && in_favor < required
        && in_favor.saturating_add(1) >= required;
    let result = if in_favor >= required {
        VoteResult::Approved
    } else if tie {
        break_tie(rule.tie, input)
    } else {
        VoteResult::Rejected
    };
    VoteCount {
        quorum_required: Some(quorum_required),
        quorum_met: Some(true),
        base_size: Some(base),
        required: Some(required),
        tie: Some(tie),
        result,
    }
}

fn break_tie(tie: Tie, input: &VoteInput) -> VoteResult {
    match tie {
        Tie::ChairCasts if !input.chair.present || input.chair.recused => VoteResult::TieUnresolved,
        Tie::ChairCasts => match input.chair.casting_vote {
            Some(BallotValue::For) => VoteResult::Approved,
            Some(BallotValue::Against) => VoteResult::Rejected,
            Some(BallotValue::Abstain) | None => VoteResult::TieUnresolved,
        },
        Tie::SecondRound if input.round < 2 => VoteResult::SecondRound,
        Tie::SecondRound | Tie::Rejected => VoteResult::Rejected,
    }
}

/// What a vote decided: its arithmetic, its rule, what it cites, and the whole in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct VoteVerdict {
    /// The arithmetic: need is `required`, base is `base_size`.
    #[serde(flatten)]
    pub count: VoteCount,
    /// Votes in favour.
    #[ts(type = "number")]
    pub have: u64,
    /// The quorum at the vote; `None` when the numbers are impossible.
    pub quorum: Option<Verdict>,
    /// The rule applied.
    pub rule_id: String,
    /// Its name, in the body's words.
    pub rule_name: String,
    /// The rule in words: "Mayoría simple de los votos emitidos".
    pub rule: Text,
    /// What a tie led to, by the rules and their norm; differs from the rule's own where it grants a casting vote
    /// without a norm.
    pub tie_rule: Tie,
    /// What the majority cites, if the norm is registered.
    pub source: Option<Source>,
    /// The norm of the casting vote, when one was exercised or the tie waits for it.
    pub casting_vote_source: Option<Source>,
    /// Why the numbers are impossible, if they are.
    pub invalid: Option<InvalidVote>,
    /// The whole in one sentence: "Mayoría simple de los votos emitidos: 7 de 12 votos (…): 8 a favor, aprobada".
    pub explanation: Text,
}

impl Rule {
    /// The majority in words: "Mayoría simple de los votos emitidos", "Consenso; en su defecto, mayoría simple…".
    pub fn text(&self) -> Text {
        let majority = self.majority_text();
        if !self.consensus_first {
            return majority;
        }
        let small = |text: &str| {
            let mut letters = text.chars();
            letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect::<String>())
        };
        said(
            format!("Consenso; en su defecto, {}", small(&majority.es)),
            format!("Consensus; failing it, {}", small(&majority.en)),
        )
    }

    fn majority_text(&self) -> Text {
        let (of_es, of_en) = match self.base {
            Base::Members => ("de los integrantes", "of the members"),
            Base::Attendees => ("de los asistentes", "of the attendees"),
            Base::VotesCast => ("de los votos emitidos", "of the votes cast"),
        };
        let over = |es: &str, en: &str| said(format!("{es} {of_es}"), format!("{en} {of_en}"));
        match self.threshold {
            Threshold::Simple => over("Mayoría simple", "Simple majority"),
            Threshold::TwoThirds => over("Dos tercios", "Two thirds"),
            Threshold::ThreeQuarters => over("Tres cuartos", "Three quarters"),
            Threshold::Unanimous => over("Unanimidad", "Unanimity"),
            Threshold::Absolute => {
                said("Mayoría absoluta de los integrantes", "Absolute majority of the members")
            }
            Threshold::Fixed { .. } => {
                said("Número fijo de votos a favor", "Fixed number of votes in favour")
            }
        }
    }
}

impl RuleSet {
    /// What ties lead to under these rules: the rule's own, except that a casting vote without a registered norm is
    /// none, and then the vote is repeated once.
    pub fn tie_rule(&self, rule: &Rule) -> Tie {
        match rule.tie {
            Tie::ChairCasts if self.casting_vote_norm().is_none() => Tie::SecondRound,
            own => own,
        }
    }

    /// The quorum of a vote by one of these rules, of so many voting seats: the one to decide in general, or the rule's
    /// own where it asks for as many seats or more. A rule may ask for more than the general quorum, never for less: with
    /// fewer seats the body decides nothing. Also says whether it is the rule's own.
    pub fn quorum_of_vote(&self, rule: &Rule, seats: u64) -> (QuorumRule, bool) {
        let general = self.quorum.decision;
        // What cannot be computed is never met, and so asks for the most.
        let needs = |quorum: QuorumRule| quorum.required(seats).unwrap_or(u64::MAX);
        let own = rule.quorum != general && needs(rule.quorum) >= needs(general);
        (if own { rule.quorum } else { general }, own)
    }

    /// A rule as a vote is counted by it: with the quorum of the vote, and what a tie leads to by the norms.
    fn as_applied(&self, rule: &Rule, input: &VoteInput) -> Rule {
        let (quorum, _) = self.quorum_of_vote(rule, input.counted().0);
        Rule { tie: self.tie_rule(rule), quorum, ..rule.clone() }
    }

    /// Decides a vote by one of these rules.
    pub fn decide(&self, rule: &Rule, input: &VoteInput) -> VoteVerdict {
        let (members, attendees) = input.counted();
        let (_, own) = self.quorum_of_vote(rule, members);
        let rule = self.as_applied(rule, input);
        let count = count(&rule, input);
        let source = self.source(rule.article.as_deref());
        let invalid = input.problem(&rule);
        let quorum = invalid.is_none().then(|| {
            // The general quorum has its article; a rule with a quorum of its own, the rule's.
            let article = if own { rule.article.as_ref() } else { self.quorum.article.as_ref() };
            let source = self.source(article.map(String::as_str));
            check_quorum(QuorumKind::Decision, rule.quorum, members, attendees, source)
        });
        let chair = input.chair;
        let exercised = matches!(count.result, VoteResult::Approved | VoteResult::Rejected);
        let awaited = chair.present && !chair.recused && chair.casting_vote.is_none();
        let casting = rule.tie == Tie::ChairCasts && count.tie == Some(true) && (exercised || awaited);
        VoteVerdict {
            explanation: explain(&rule, input, &count, source.as_ref(), quorum.as_ref(), invalid),
            count,
            have: input.votes.in_favor,
            quorum,
            rule_id: rule.id.clone(),
            rule_name: rule.name.clone(),
            rule: rule.text(),
            tie_rule: rule.tie,
            source,
            casting_vote_source: if casting { self.casting_vote_norm() } else { None },
            invalid,
        }
    }
}

impl RuleSet {
    /// What a rule asks of a vote before it is opened, with the seats of the moment: "Mayoría absoluta de los
    /// integrantes: 9 de 16 integrantes a favor (Acuerdo 001 de 2024, art. 9)". Where the votes cast are the base, as
    /// many as there are if everyone entitled votes in one sense or the other.
    pub fn asks(&self, rule: &Rule, input: &VoteInput) -> Text {
        let everyone = input.present.saturating_sub(input.recused);
        let votes = Tally { in_favor: everyone, ..Tally::default() };
        let count = count(&self.as_applied(rule, input), &VoteInput { votes, ..*input });
        let words = rule.text();
        let cited =
            self.source(rule.article.as_deref()).map_or_else(String::new, |s| format!(" ({})", s.citation));
        let (Some(base), Some(required)) = (count.base_size, count.required) else {
            return said(format!("{}{cited}", words.es), format!("{}{cited}", words.en));
        };
        let need = needed(rule, required, base, input.counted().0);
        let (all, all_en) = match (rule.base, rule.threshold) {
            (_, Threshold::Absolute | Threshold::Fixed { .. }) => Default::default(),
            (Base::VotesCast, _) if base > 0 => {
                (", si todos votan a favor o en contra", ", if everyone votes for or against")
            }
            _ => Default::default(),
        };
        said(
            format!("{}: {} a favor{all}{cited}", words.es, need.es),
            format!("{}: {} in favour{all_en}{cited}", words.en, need.en),
        )
    }
}

fn explain(
    rule: &Rule,
    input: &VoteInput,
    count: &VoteCount,
    source: Option<&Source>,
    quorum: Option<&Verdict>,
    invalid: Option<InvalidVote>,
) -> Text {
    if let Some(invalid) = invalid {
        return invalid.text();
    }
    let (Some(base), Some(required)) = (count.base_size, count.required) else {
        let quorum =
            quorum.map_or_else(|| said("Sin quórum", "No quorum"), |verdict| verdict.explanation.clone());
        return said(format!("{}; no hay decisión", quorum.es), format!("{}; no decision", quorum.en));
    };
    let rule_text = rule.text();
    let need = needed(rule, required, base, input.counted().0);
    let cited = source.map_or_else(String::new, |s| format!(" ({})", s.citation));
    let outcome = outcome(rule, input, count);
    said(
        format!("{}: {}{cited}: {}", rule_text.es, need.es, outcome.es),
        format!("{}: {}{cited}: {}", rule_text.en, need.en, outcome.en),
    )
}

/// "7 de 12 votos", "9 de 16 integrantes", "6 votos".
fn needed(rule: &Rule, required: u64, base: u64, members: u64) -> Text {
    let votes_es = if required == 1 { "voto" } else { "votos" };
    let votes_en = if required == 1 { "vote" } else { "votes" };
    if base == 0 && rule.base == Base::VotesCast && !matches!(rule.threshold, Threshold::Absolute) {
        return said(
            format!("{required} {votes_es} a favor, y no se emitieron votos"),
            format!("{required} {votes_en} in favour, and no votes were cast"),
        );
    }
    let (of, one_es, many_es, one_en, many_en) = match (rule.threshold, rule.base) {
        (Threshold::Fixed { .. }, _) => {
            return said(format!("{required} {votes_es}"), format!("{required} {votes_en}"));
        }
        (Threshold::Absolute, _) | (_, Base::Members) => {
            let of = if rule.threshold == Threshold::Absolute { members } else { base };
            (of, "integrante", "integrantes", "member", "members")
        }
        (_, Base::Attendees) => (base, "asistente", "asistentes", "attendee", "attendees"),
        (_, Base::VotesCast) => (base, "voto", "votos", "vote", "votes"),
    };
    let (es, en) = if of == 1 { (one_es, one_en) } else { (many_es, many_en) };
    said(format!("{required} de {of} {es}"), format!("{required} of {of} {en}"))
}

fn outcome(rule: &Rule, input: &VoteInput, count: &VoteCount) -> Text {
    let Tally { in_favor, against, .. } = input.votes;
    if count.tie != Some(true) {
        let (es, en) = if count.result == VoteResult::Approved {
            ("aprobada", "approved")
        } else {
            ("negada", "rejected")
        };
        return said(format!("{in_favor} a favor, {es}"), format!("{in_favor} in favour, {en}"));
    }
    let (es, en) = match (rule.tie, count.result) {
        (_, VoteResult::Approved) => {
            ("el voto dirimente fue a favor, aprobada", "the casting vote was in favour, approved")
        }
        (Tie::ChairCasts, VoteResult::Rejected) => {
            ("el voto dirimente fue en contra, negada", "the casting vote was against, rejected")
        }
        (_, VoteResult::TieUnresolved) => {
            ("sin voto dirimente, queda sin decidir", "no casting vote, left undecided")
        }
        (_, VoteResult::SecondRound) => ("se repite la votación", "the vote is repeated"),
        (Tie::SecondRound, _) => {
            ("subsistió en la segunda vuelta, no aprobada", "it remained in the second round, not approved")
        }
        _ => ("el empate niega la moción", "a tie rejects the motion"),
    };
    said(format!("empate {in_favor} a {against}; {es}"), format!("tie {in_favor} to {against}; {en}"))
}

impl RuleSet {
    /// What a body comes to by consensus: everyone present and not recused is asked. With any objection there is none and
    /// nothing is decided; a majority may follow where a registered norm lets it (as in Decreto 2006/2008 art. 5). With
    /// none, those who consent are counted by the rule, so that one that asks more than those present is not met by
    /// their silence.
    pub fn consensus(&self, rule: &Rule, input: &VoteInput, objections: u64) -> VoteVerdict {
        let mut verdict = self.decide(rule, input);
        let decided = verdict.count.quorum_met == Some(true);
        if objections > 0 && decided {
            verdict.count.base_size = None;
            verdict.count.required = None;
            verdict.count.tie = Some(false);
            verdict.count.result = VoteResult::NoConsensus;
            verdict.casting_vote_source = None;
            let (es, en) =
                if objections == 1 { ("objeción", "objection") } else { ("objeciones", "objections") };
            let (then_es, then_en) = match self.majority_after_consensus(rule) {
                Some(norm) => (
                    format!("se somete a votación por mayoría ({})", norm.citation),
                    format!("it goes to a majority vote ({})", norm.citation),
                ),
                None => (
                    "ninguna norma registrada permite pasar a la mayoría y queda sin decisión".to_owned(),
                    "no registered norm lets it pass to a majority and it stays undecided".to_owned(),
                ),
            };
            verdict.explanation = said(
                format!("No hay consenso: {objections} {es}; {then_es}"),
                format!("No consensus: {objections} {en}; {then_en}"),
            );
        } else if verdict.count.result == VoteResult::Approved {
            verdict.explanation = said(
                format!("Consenso: nadie objetó. {}", verdict.explanation.es),
                format!("Consensus: nobody objected. {}", verdict.explanation.en),
            );
        }
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Matter;
    use crate::rules::rule_set::tests::demo;
    use proptest::prelude::*;

    fn input(present: u64, in_favor: u64, against: u64, abstain: u64) -> VoteInput {
        VoteInput {
            seats: 16,
            present,
            recused: 0,
            recusal_treatment: RecusalTreatment::StayInBase,
            votes: Tally { in_favor, against, abstain },
            chair: ChairAtVote { present: true, recused: false, casting_vote: None },
            round: 1,
        }
    }

    fn chair_votes(choice: BallotValue, input: VoteInput) -> VoteInput {
        VoteInput { chair: ChairAtVote { casting_vote: Some(choice), ..input.chair }, ..input }
    }

    #[test]
    fn explained() {
        let rules = demo("rs-comision-2024");
        let second = |input| VoteInput { round: 2, ..input };
        for (matter, input, es, en) in [
            (
                Matter::Default,
                input(12, 8, 4, 0),
                "Mayoría simple de los votos emitidos: 7 de 12 votos (Acuerdo 001 de 2024, art. 11): 8 a favor, aprobada",
                "Simple majority of the votes cast: 7 of 12 votes (Acuerdo 001 de 2024, art. 11): 8 in favour, approved",
            ),
            (
                Matter::Agenda,
                input(13, 6, 4, 3),
                "Mayoría simple de los asistentes: 7 de 13 asistentes (Acuerdo 001 de 2024, art. 11): 6 a favor, negada",
                "Simple majority of the attendees: 7 of 13 attendees (Acuerdo 001 de 2024, art. 11): 6 in favour, rejected",
            ),
            (
                Matter::InternalRules,
                input(14, 8, 5, 1),
                "Dos tercios de los integrantes: 11 de 16 integrantes (Acuerdo 001 de 2024, art. 11): 8 a favor, negada",
                "Two thirds of the members: 11 of 16 members (Acuerdo 001 de 2024, art. 11): 8 in favour, rejected",
            ),
            (
                Matter::ReservedSession,
                input(12, 0, 0, 12),
                "Unanimidad de los votos emitidos: 1 voto a favor, y no se emitieron votos (Acuerdo 001 de 2024, art. 11): 0 a favor, negada",
                "Unanimity of the votes cast: 1 vote in favour, and no votes were cast (Acuerdo 001 de 2024, art. 11): 0 in favour, rejected",
            ),
            (
                Matter::Default,
                chair_votes(BallotValue::For, input(13, 6, 6, 1)),
                "Mayoría simple de los votos emitidos: 7 de 12 votos (Acuerdo 001 de 2024, art. 11): empate 6 a 6; el voto dirimente fue a favor, aprobada",
                "Simple majority of the votes cast: 7 of 12 votes (Acuerdo 001 de 2024, art. 11): tie 6 to 6; the casting vote was in favour, approved",
            ),
            (
                Matter::Default,
                chair_votes(BallotValue::Against, input(13, 6, 6, 1)),
                "Mayoría simple de los votos emitidos: 7 de 12 votos (Acuerdo 001 de 2024, art. 11): empate 6 a 6; el voto dirimente fue en contra, negada",
                "Simple majority of the votes cast: 7 of 12 votes (Acuerdo 001 de 2024, art. 11): tie 6 to 6; the casting vote was against, rejected",
            ),
            (
                Matter::Default,
                input(13, 6, 6, 1),
                "Mayoría simple de los votos emitidos: 7 de 12 votos (Acuerdo 001 de 2024, art. 11): empate 6 a 6; sin voto dirimente, queda sin decidir",
                "Simple majority of the votes cast: 7 of 12 votes (Acuerdo 001 de 2024, art. 11): tie 6 to 6; no casting vote, left undecided",
            ),
            (
                Matter::Agenda,
                second(input(12, 6, 6, 0)),
                "Mayoría simple de los asistentes: 7 de 12 asistentes (Acuerdo 001 de 2024, art. 11): empate 6 a 6; el empate niega la moción",
                "Simple majority of the attendees: 7 of 12 attendees (Acuerdo 001 de 2024, art. 11): tie 6 to 6; a tie rejects the motion",
            ),
            (
                Matter::Default,
                input(8, 8, 0, 0),
                "Quórum decisorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 8, falta 1; no hay decisión",
                "Decision quorum: 9 of 16 (Acuerdo 001 de 2024, art. 8): 8 present, 1 missing; no decision",
            ),
            (
                Matter::Default,
                input(10, 8, 2, 1),
                "Hay más votos que puestos presentes sin impedimento.",
                "There are more votes than seats present and not recused.",
            ),
        ] {
            let verdict = rules.decide(rules.rule_for(matter).unwrap(), &input);
            assert_eq!((verdict.explanation.es.as_str(), verdict.explanation.en.as_str()), (es, en));
        }
    }

    #[test]
    fn a_casting_vote_needs_its_norm() {
        let mut rules = demo("rs-comision-2024");
        let tie = chair_votes(BallotValue::For, input(13, 6, 6, 1));
        let rule = rules.rule_for(Matter::Default).unwrap().clone();
        let verdict = rules.decide(&rule, &tie);
        assert_eq!(verdict.count.result, VoteResult::Approved);
        assert_eq!(verdict.casting_vote_source.unwrap().citation, "Acuerdo 001 de 2024, art. 11");
        rules.adopted_by.registered = false;
        let verdict = rules.decide(&rule, &tie);
        assert_eq!((verdict.count.result, verdict.tie_rule), (VoteResult::SecondRound, Tie::SecondRound));
        assert_eq!((verdict.casting_vote_source, verdict.source), (None, None));
        let verdict = rules.decide(&rule, &VoteInput { round: 2, ..tie });
        assert_eq!(verdict.count.result, VoteResult::Rejected);
        assert_eq!(
            verdict.explanation.es,
            "Mayoría simple de los votos emitidos: 7 de 12 votos: empate 6 a 6; subsistió en la segunda vuelta, no aprobada"
        );
    }

    #[test]
    fn a_rule_with_its_own_quorum_cites_its_own_article() {
        let rules = demo("rs-comision-2024");
        let mut rule = rules.rule_for(Matter::InternalRules).unwrap().clone();
        rule.quorum = QuorumRule::Fraction { num: 3, den: 4 };
        let verdict = rules.decide(&rule, &input(12, 12, 0, 0)).quorum.unwrap();
        assert_eq!((verdict.need, verdict.source.unwrap().article.as_deref()), (12, Some("11")));
    }

    #[test]
    fn a_rule_never_lowers_the_quorum_to_decide() {
        let mut rules = demo("rs-comision-2024");
        let mut rule = rules.rule_for(Matter::InternalRules).unwrap().clone();
        rules.quorum.decision = QuorumRule::Fixed { value: 12 };
        for own in [QuorumRule::HalfPlusOne, QuorumRule::Any, QuorumRule::Fixed { value: 11 }] {
            rule.quorum = own;
            let verdict = rules.decide(&rule, &input(11, 11, 0, 0));
            assert_eq!(verdict.count.result, VoteResult::NoQuorum);
            let quorum = verdict.quorum.unwrap();
            assert_eq!((quorum.need, quorum.source.unwrap().article.as_deref()), (12, Some("8")));
            assert_eq!(rules.decide(&rule, &input(12, 11, 1, 0)).count.result, VoteResult::Approved);
        }
        rules.quorum.decision = QuorumRule::Fraction { num: 1, den: 0 };
        assert_eq!(rules.decide(&rule, &input(16, 16, 0, 0)).invalid, Some(InvalidVote::ImpossibleRule));
    }

    #[test]
    fn consensus() {
        let mut rules = demo("rs-comision-2024");
        let ask = |rules: &RuleSet, matter, given: VoteInput, objections| {
            rules.consensus(rules.rule_for(matter).unwrap(), &given, objections)
        };
        let all = ask(&rules, Matter::Default, input(12, 12, 0, 0), 0);
        assert!(all.explanation.es.starts_with("Consenso: nadie objetó. Mayoría simple"));
        assert_eq!((all.count.result, all.have), (VoteResult::Approved, 12));
        // Nothing lets these rules pass to a majority; with their article they may, and unregistered they may not.
        let objected = |rules: &RuleSet| ask(rules, Matter::Default, input(12, 11, 1, 0), 1);
        assert_eq!(objected(&rules).count.result, VoteResult::NoConsensus);
        assert_eq!((objected(&rules).count.required, objected(&rules).count.quorum_met), (None, Some(true)));
        let undecided = "No hay consenso: 1 objeción; ninguna norma registrada permite pasar a la mayoría y queda sin decisión";
        assert_eq!(objected(&rules).explanation.es, undecided);
        let default = rules.default_rule_id.clone();
        rules.rules.iter_mut().find(|rule| rule.id == default).unwrap().consensus_first = true;
        assert_eq!(
            objected(&rules).explanation.es,
            "No hay consenso: 1 objeción; se somete a votación por mayoría (Acuerdo 001 de 2024, art. 11)"
        );
        assert_eq!(
            rules.rule_for(Matter::Default).unwrap().text().es,
            "Consenso; en su defecto, mayoría simple de los votos emitidos"
        );
        assert!(!rules.check(None).iter().any(|p| p.at.ends_with("consensus_first")));
        rules.adopted_by.registered = false;
        assert_eq!(objected(&rules).explanation.es, undecided);
        assert!(rules.check(None).iter().any(|p| p.at.ends_with("consensus_first")));
        // Ten who consent are not two thirds of sixteen; without a quorum nobody is asked.
        assert_eq!(
            ask(&rules, Matter::InternalRules, input(10, 10, 0, 0), 0).count.result,
            VoteResult::Rejected
        );
        for objections in 0..2 {
            let few = ask(&rules, Matter::Default, input(8, 8 - objections, objections, 0), objections);
            assert_eq!(few.count.result, VoteResult::NoQuorum);
        }
    }

    #[test]
    fn absurd_numbers_do_not_overflow() {
        let rules = demo("rs-comision-2024");
        for n in [u64::MAX, u64::MAX - 1, u64::MAX / 2] {
            for votes in [
                Tally { in_favor: n, against: n, abstain: n },
                Tally { in_favor: n, against: 0, abstain: 0 },
                Tally { in_favor: n / 2, against: n / 2, abstain: 0 },
            ] {
                for rule in &rules.rules {
                    rules.decide(rule, &VoteInput { seats: n, present: n, votes, ..input(0, 0, 0, 0) });
                }
            }
        }
        let rule = Rule { quorum: QuorumRule::Fraction { num: 1, den: 0 }, ..rules.rules[0].clone() };
        assert_eq!(rules.decide(&rule, &input(12, 12, 0, 0)).invalid, Some(InvalidVote::ImpossibleRule));
        assert_eq!(count(&rule, &input(12, 12, 0, 0)).result, VoteResult::Invalid);
    }

    #[test]
    fn flat_on_the_wire() {
        let rules = demo("rs-comision-2024");
        let verdict = rules.decide(&rules.rules[0], &input(12, 8, 4, 0));
        let json = serde_json::to_value(&verdict).unwrap();
        assert_eq!(
            (&json["result"], &json["required"], &json["have"]),
            (&"approved".into(), &7.into(), &8.into())
        );
        assert_eq!(serde_json::from_value::<VoteVerdict>(json).unwrap(), verdict);
    }

    fn any_rule() -> impl Strategy<Value = Rule> {
        let quorum = prop_oneof![
            Just(QuorumRule::HalfPlusOne),
            (1u64..5, 1u64..5).prop_map(|(num, den)| QuorumRule::Fraction { num, den }),
            (0u64..20).prop_map(|value| QuorumRule::Fixed { value }),
            Just(QuorumRule::Any),
        ];
        let base = prop_oneof![Just(Base::Members), Just(Base::Attendees), Just(Base::VotesCast)];
        let threshold = prop_oneof![
            Just(Threshold::Simple),
            Just(Threshold::Absolute),
            Just(Threshold::TwoThirds),
            Just(Threshold::ThreeQuarters),
            Just(Threshold::Unanimous),
            (0u64..20).prop_map(|value| Threshold::Fixed { value }),
        ];
        let tie = prop_oneof![Just(Tie::ChairCasts), Just(Tie::SecondRound), Just(Tie::Rejected)];
        (quorum, base, threshold, tie).prop_map(|(quorum, base, threshold, tie)| Rule {
            id: "r".into(),
            name: "r".into(),
            applies_to: vec![Matter::Default],
            quorum,
            base,
            threshold,
            tie,
            consensus_first: false,
            article: None,
        })
    }

    fn any_input() -> impl Strategy<Value = VoteInput> {
        let numbers = (0u64..20, 0u64..20, 0u64..6, 0u64..12, 0u64..12, 0u64..8);
        let chair = (
            any::<bool>(),
            any::<bool>(),
            prop_oneof![Just(None), Just(Some(BallotValue::For)), Just(Some(BallotValue::Against))],
        );
        (numbers, chair, any::<bool>(), 1u32..3).prop_map(
            |(
                (seats, present, recused, in_favor, against, abstain),
                (at, away, casting_vote),
                leave,
                round,
            )| VoteInput {
                seats,
                present,
                recused,
                recusal_treatment: if leave {
                    RecusalTreatment::LeaveBase
                } else {
                    RecusalTreatment::StayInBase
                },
                votes: Tally { in_favor, against, abstain },
                chair: ChairAtVote { present: at, recused: away, casting_vote },
                round,
            },
        )
    }

    /// The same input with one seat more in favour, taken from those who had not voted, abstained or voted against.
    fn one_more(input: VoteInput) -> Vec<VoteInput> {
        let with = |votes| VoteInput { votes, ..input };
        let v = input.votes;
        let mut more = vec![with(Tally { in_favor: v.in_favor + 1, ..v })];
        if v.abstain > 0 {
            more.push(with(Tally { in_favor: v.in_favor + 1, abstain: v.abstain - 1, ..v }));
        }
        if v.against > 0 {
            more.push(with(Tally { in_favor: v.in_favor + 1, against: v.against - 1, ..v }));
        }
        more
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// One vote more in favour never turns an approved motion into a rejected one, wherever it came from.
        #[test]
        fn support_is_monotone(rule in any_rule(), input in any_input()) {
            if count(&rule, &input).result == VoteResult::Approved {
                for more in one_more(input) {
                    let result = count(&rule, &more).result;
                    prop_assert!(matches!(result, VoteResult::Approved | VoteResult::Invalid), "{:?} {:?}", more, result);
                }
            }
        }

        /// Whatever is counted, the votes are of seats present and not recused, and nothing passes without a vote.
        #[test]
        fn tallies_never_exceed_entitled(rule in any_rule(), input in any_input()) {
            let counted = count(&rule, &input);
            let valid = input.seats > 0 && input.present <= input.seats && input.recused <= input.present
                && input.votes.total() <= u128::from(input.present - input.recused);
            prop_assert_eq!(counted.result != VoteResult::Invalid, valid);
            prop_assert_eq!(counted.quorum_met.is_some(), valid);
            if counted.result == VoteResult::Approved {
                prop_assert!(input.votes.in_favor > 0);
                prop_assert_eq!(counted.quorum_met, Some(true));
            }
            if counted.tie == Some(true) {
                prop_assert_eq!(input.votes.in_favor, input.votes.against);
                prop_assert_eq!(rule.threshold, Threshold::Simple);
            }
        }

        /// Every sentence has its numbers, and no input panics.
        #[test]
        fn everything_is_explained(rule in any_rule(), input in any_input(), objections in 0u64..3) {
            let rules = demo("rs-comision-2024");
            let verdict = rules.decide(&rule, &input);
            prop_assert!(!verdict.explanation.es.is_empty() && !verdict.explanation.en.is_empty());
            prop_assert_eq!(verdict.count, count(&rules.as_applied(&rule, &input), &input));
            if let Some(required) = verdict.count.required {
                prop_assert!(verdict.explanation.es.contains(&required.to_string()));
            }
            let consensus = rules.consensus(&rule, &input, objections);
            prop_assert!(consensus.count.result != VoteResult::Approved || objections == 0);
            prop_assert!(!consensus.explanation.es.is_empty() && !consensus.explanation.en.is_empty());
        }
    }
}
