//! Quorum: enough seats to debate, enough to decide.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{QuorumRule, RuleSet, Source, said};
use crate::Text;

/// Which of the two quorums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuorumKind {
    /// To debate.
    Deliberative,
    /// To vote.
    Decision,
}

/// A quorum checked: what was needed, what there was, out of how many, by which rule and which article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Verdict {
    /// Which quorum was checked.
    pub kind: QuorumKind,
    /// Seats present.
    #[ts(type = "number")]
    pub have: u64,
    /// Seats needed.
    #[ts(type = "number")]
    pub need: u64,
    /// Voting seats.
    #[ts(type = "number")]
    pub base: u64,
    /// True if the quorum is met.
    pub met: bool,
    /// Seats still missing; zero when it is met.
    #[ts(type = "number")]
    pub missing: u64,
    /// The rule in words: "mitad más uno".
    pub rule: Text,
    /// What it cites, if the norm is registered.
    pub source: Option<Source>,
    /// The whole in one sentence: "Quórum decisorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 11".
    pub explanation: Text,
}

impl QuorumRule {
    /// Seats required out of `seats`, at least one. `None` when the rule cannot be computed (a fraction over zero).
    pub fn required(self, seats: u64) -> Option<u64> {
        let required = match self {
            QuorumRule::HalfPlusOne => seats / 2 + 1,
            QuorumRule::Fraction { num, den } => ceil_of(seats, num, den)?,
            QuorumRule::Fixed { value } => value,
            QuorumRule::Any => 1,
        };
        Some(required.max(1))
    }

    /// The rule in words.
    pub fn text(self) -> Text {
        match self {
            QuorumRule::HalfPlusOne => said("mitad más uno", "half plus one"),
            QuorumRule::Fraction { num, den } => match (num, den) {
                (1, 2) => said("la mitad", "one half"),
                (1, 3) => said("la tercera parte", "one third"),
                (2, 3) => said("dos tercios", "two thirds"),
                (1, 4) => said("la cuarta parte", "one quarter"),
                (3, 4) => said("tres cuartos", "three quarters"),
                _ if num == den => said("la totalidad", "all seats"),
                _ => said(format!("{num}/{den}"), format!("{num}/{den}")),
            },
            QuorumRule::Fixed { value: 1 } => said("un puesto", "one seat"),
            QuorumRule::Fixed { value } => said(format!("{value} puestos"), format!("{value} seats")),
            QuorumRule::Any => said("cualquier número de puestos", "any number of seats"),
        }
    }
}

/// ⌈n·num/den⌉ without overflow; `None` for a zero denominator.
pub(super) fn ceil_of(n: u64, num: u64, den: u64) -> Option<u64> {
    let product = u128::from(n) * u128::from(num);
    let ceiling = product.checked_add(u128::from(den))?.checked_sub(1)?.checked_div(u128::from(den))?;
    Some(u64::try_from(ceiling).unwrap_or(u64::MAX))
}

/// Checks a quorum of `seats` voting seats with `present` of them present. A rule that cannot be computed is never
/// met: it needs one seat more than there are.
pub fn check_quorum(
    kind: QuorumKind,
    rule: QuorumRule,
    seats: u64,
    present: u64,
    source: Option<Source>,
) -> Verdict {
    let need = rule.required(seats).unwrap_or(seats.saturating_add(1));
    let met = present >= need;
    let missing = need.saturating_sub(present);
    Verdict {
        kind,
        have: present,
        need,
        base: seats,
        met,
        missing,
        rule: rule.text(),
        explanation: explain(kind, (need, seats, present), source.as_ref(), 0),
        source,
    }
}

/// A quorum in one sentence; of those present, so many are recused and stay in the base.
fn explain(
    kind: QuorumKind,
    (need, seats, present): (u64, u64, u64),
    source: Option<&Source>,
    recused: u64,
) -> Text {
    let (name_es, name_en) = match kind {
        QuorumKind::Deliberative => ("Quórum deliberatorio", "Deliberative quorum"),
        QuorumKind::Decision => ("Quórum decisorio", "Decision quorum"),
    };
    let cited = source.map_or_else(String::new, |s| format!(" ({})", s.citation));
    let (lack_es, lack_en) = match need.saturating_sub(present) {
        0 => (String::new(), String::new()),
        1 => (", falta 1".to_owned(), ", 1 missing".to_owned()),
        n => (format!(", faltan {n}"), format!(", {n} missing")),
    };
    let (of_es, of_en) = match recused {
        0 => (String::new(), String::new()),
        1 => (", 1 de ellos impedido".to_owned(), ", 1 of them recused".to_owned()),
        n => (format!(", {n} de ellos impedidos"), format!(", {n} of them recused")),
    };
    said(
        format!("{name_es}: {need} de {seats}{cited}: hay {present}{of_es}{lack_es}"),
        format!("{name_en}: {need} of {seats}{cited}: {present} present{of_en}{lack_en}"),
    )
}

impl Verdict {
    /// The same, its sentence telling how many of those it counts are recused: out of the room, and still in the base.
    #[must_use]
    pub fn with_recused(self, recused: u64) -> Self {
        if recused == 0 {
            return self;
        }
        let numbers = (self.need, self.base, self.have);
        Self { explanation: explain(self.kind, numbers, self.source.as_ref(), recused), ..self }
    }
}

impl RuleSet {
    /// Checks the quorum to debate or to decide in general. A vote checks its own rule's: [`RuleSet::decide`].
    pub fn check_quorum(&self, kind: QuorumKind, seats: u64, present: u64) -> Verdict {
        let rule = match kind {
            QuorumKind::Deliberative => self.quorum.deliberative,
            QuorumKind::Decision => self.quorum.decision,
        };
        check_quorum(kind, rule, seats, present, self.source(self.quorum.article.as_deref()))
    }

    /// Checks the quorum at a second call: the lowered one where a registered norm lowers it, else the usual one.
    pub fn check_second_call_quorum(&self, kind: QuorumKind, seats: u64, present: u64) -> Verdict {
        match self.second_call_quorum() {
            Some((rule, norm)) => check_quorum(kind, rule, seats, present, Some(norm)),
            None => self.check_quorum(kind, seats, present),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rule_set::tests::demo;
    use proptest::prelude::*;

    #[test]
    fn seats_required() {
        use QuorumRule::*;
        for (rule, seats, expect) in [
            (HalfPlusOne, 16, Some(9)),
            (HalfPlusOne, 15, Some(8)),
            (HalfPlusOne, 1, Some(1)),
            (HalfPlusOne, 0, Some(1)),
            (HalfPlusOne, u64::MAX, Some(u64::MAX / 2 + 1)),
            (Fraction { num: 2, den: 3 }, 16, Some(11)),
            (Fraction { num: 1, den: 3 }, 15, Some(5)),
            (Fraction { num: 0, den: 3 }, 15, Some(1)),
            (Fraction { num: 1, den: 0 }, 15, None),
            (Fraction { num: 0, den: 0 }, 0, None),
            (Fraction { num: u64::MAX, den: 1 }, u64::MAX, Some(u64::MAX)),
            (Fraction { num: u64::MAX, den: u64::MAX }, u64::MAX, Some(u64::MAX)),
            (Fixed { value: 5 }, 16, Some(5)),
            (Fixed { value: 0 }, 16, Some(1)),
            (Any, 16, Some(1)),
        ] {
            assert_eq!(rule.required(seats), expect, "{rule:?} of {seats}");
        }
    }

    #[test]
    fn explained() {
        let rules = demo("rs-comision-2024");
        for (kind, present, es, en) in [
            (
                QuorumKind::Decision,
                11,
                "Quórum decisorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 11",
                "Decision quorum: 9 of 16 (Acuerdo 001 de 2024, art. 8): 11 present",
            ),
            (
                QuorumKind::Deliberative,
                8,
                "Quórum deliberatorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 8, falta 1",
                "Deliberative quorum: 9 of 16 (Acuerdo 001 de 2024, art. 8): 8 present, 1 missing",
            ),
            (
                QuorumKind::Decision,
                0,
                "Quórum decisorio: 9 de 16 (Acuerdo 001 de 2024, art. 8): hay 0, faltan 9",
                "Decision quorum: 9 of 16 (Acuerdo 001 de 2024, art. 8): 0 present, 9 missing",
            ),
        ] {
            let verdict = rules.check_quorum(kind, 16, present);
            assert_eq!((verdict.explanation.es.as_str(), verdict.explanation.en.as_str()), (es, en));
            assert_eq!(
                (verdict.need, verdict.base, verdict.have, verdict.met),
                (9, 16, present, present >= 9)
            );
        }
        let bare = check_quorum(QuorumKind::Decision, QuorumRule::Any, 16, 2, None);
        assert_eq!(bare.explanation.es, "Quórum decisorio: 1 de 16: hay 2");
    }

    #[test]
    fn the_two_quorums_differ() {
        // Deliberate with any plural number, decide with half plus one (Dto 1052/2014 art. 11).
        let mut rules = demo("rs-comision-2024");
        rules.quorum.deliberative = QuorumRule::Any;
        assert!(rules.check_quorum(QuorumKind::Deliberative, 16, 2).met);
        assert!(!rules.check_quorum(QuorumKind::Decision, 16, 8).met);
    }

    #[test]
    fn a_second_call_lowers_nothing_by_itself() {
        let mut rules = demo("rs-comision-2024");
        assert_eq!(rules.check_second_call_quorum(QuorumKind::Decision, 16, 8).need, 9);
        rules.second_call.allowed = true;
        rules.second_call.quorum = Some(QuorumRule::Fraction { num: 1, den: 3 });
        let lowered = rules.check_second_call_quorum(QuorumKind::Decision, 16, 8);
        assert_eq!(
            (lowered.need, lowered.met, lowered.source.unwrap().article.as_deref()),
            (6, true, Some("9"))
        );
        rules.adopted_by.registered = false;
        assert_eq!(rules.check_second_call_quorum(QuorumKind::Decision, 16, 8).need, 9);
    }

    #[test]
    fn an_impossible_rule_is_never_met() {
        let rule = QuorumRule::Fraction { num: 1, den: 0 };
        assert!(!check_quorum(QuorumKind::Decision, rule, 16, 16, None).met);
    }

    proptest! {
        /// One seat more never loses the quorum, and half plus one is more than the rest.
        #[test]
        fn presence_is_monotone(seats: u64, present in 0..u64::MAX, num: u64, den in 1u64.., value: u64) {
            for rule in [QuorumRule::HalfPlusOne, QuorumRule::Fraction { num, den }, QuorumRule::Fixed { value }, QuorumRule::Any] {
                let check = |present| check_quorum(QuorumKind::Decision, rule, seats, present, None);
                prop_assert!(!check(present).met || check(present + 1).met);
                prop_assert_eq!(check(present).met, check(present).missing == 0);
            }
            let half = QuorumRule::HalfPlusOne.required(seats).unwrap_or(0);
            prop_assert!(half > seats.saturating_sub(half));
        }
    }
}
