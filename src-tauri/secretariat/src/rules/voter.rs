//! Who presides, who counts, who may vote.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CastingVoter, RuleSet, Source, said};
use crate::Text;
use crate::codes::Capacity;

impl Capacity {
    /// True if the seat counts for the quorum and votes.
    pub fn counts(self) -> bool {
        matches!(self, Capacity::Holder | Capacity::Acting | Capacity::Delegate | Capacity::AdHoc)
    }
}

/// By which right somebody presides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PresidesAs {
    /// Holds the chair, also by acting appointment.
    ChairHolder,
    /// The chair's delegate.
    ChairDelegate,
    /// For the seat that presides in the chair's absence.
    Substitute,
}

/// Who presides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Presiding {
    /// The seat of whoever presides.
    pub seat_id: String,
    /// By which right.
    pub presides_as: PresidesAs,
    /// True if whoever presides has the casting vote.
    pub has_casting_vote: bool,
    /// The article that says who presides in the chair's absence.
    pub source: Option<Source>,
}

impl RuleSet {
    /// Who presides, given the chair's seat and the capacity in which each seat present is attended: the chair's
    /// holder, else its delegate where the rules say so, else the substitute seat. `None` if none of them is
    /// present: then the body has nobody to preside by its rules.
    pub fn who_presides<'a>(
        &self,
        chair_seat_id: &str,
        present: impl IntoIterator<Item = (&'a str, Capacity)>,
    ) -> Option<Presiding> {
        let mut chair = Capacity::Absent;
        let mut substitute = Capacity::Absent;
        let block = &self.presiding_in_absence;
        for (seat, capacity) in present {
            if seat == chair_seat_id {
                chair = capacity;
            } else if Some(seat) == block.seat_id.as_deref() {
                substitute = capacity;
            }
        }
        let (seat_id, presides_as) = match chair {
            Capacity::Holder | Capacity::Acting => (chair_seat_id, PresidesAs::ChairHolder),
            Capacity::Delegate if block.chair_delegate_presides => (chair_seat_id, PresidesAs::ChairDelegate),
            _ if substitute.counts() => (block.seat_id.as_deref()?, PresidesAs::Substitute),
            _ => return None,
        };
        let replaces = presides_as != PresidesAs::ChairHolder;
        Some(Presiding {
            seat_id: seat_id.to_owned(),
            presides_as,
            has_casting_vote: self.has_casting_vote(presides_as),
            source: if replaces { self.source(block.article.as_deref()) } else { None },
        })
    }

    /// True if whoever presides by this right has the casting vote, with a registered norm behind it.
    pub fn has_casting_vote(&self, presides_as: PresidesAs) -> bool {
        let granted = match presides_as {
            PresidesAs::ChairHolder => self.casting_vote.exercised_by == Some(CastingVoter::ChairHolder),
            PresidesAs::ChairDelegate => self.casting_vote.chair_delegate_has_it,
            PresidesAs::Substitute => self.casting_vote.substitute_has_it,
        };
        granted && self.casting_vote_norm().is_some()
    }
}

/// A seat at the moment it is asked to vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Voter {
    /// True if the seat has a vote; invitees have voice only.
    pub seat_votes: bool,
    /// In what capacity it is attended.
    pub capacity: Capacity,
    /// True if the person is in the session at that instant.
    pub present: bool,
    /// True if the person attends for the matter: not by a delegation limited to others.
    pub covered: bool,
    /// True if the person arrived after the lack of quorum was declared.
    pub arrived_after_no_quorum: bool,
    /// True if the seat is recused for the matter.
    pub recused: bool,
    /// True if the vote decides this seat's own recusal.
    pub own_recusal: bool,
    /// True if the seat has voted already.
    pub has_voted: bool,
}

/// Why a seat may not vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CannotVote {
    /// The seat has voice and no vote.
    VoiceOnly,
    /// Nobody attends for the seat, or the person is out.
    NotPresent,
    /// Attends without a delegation in force.
    NoValidDelegation,
    /// Represents an organisation without a letter that accredits them, or after their term.
    NotAccredited,
    /// Attends by a delegation, or a designation, limited to other matters.
    OutsideDelegation,
    /// Arrived after the lack of quorum was declared.
    AfterNoQuorum,
    /// Recused for the matter.
    Recused,
    /// The vote decides its own recusal.
    OwnRecusal,
    /// Has voted already.
    AlreadyVoted,
}

impl CannotVote {
    /// The reason as a sentence that says what to do.
    pub fn text(self) -> Text {
        match self {
            CannotVote::VoiceOnly => {
                said("Este puesto tiene voz y no tiene voto.", "This seat has voice and no vote.")
            }
            CannotVote::NotPresent => said(
                "El puesto no está presente: registre primero su ingreso.",
                "The seat is not present: record its arrival first.",
            ),
            CannotVote::NoValidDelegation => said(
                "Quien asiste no tiene delegación vigente: tiene voz, no vota ni se cuenta para el quórum.",
                "Whoever attends has no delegation in force: voice only, not counted for the quorum.",
            ),
            CannotVote::NotAccredited => said(
                "El puesto está vencido o sin acreditar: quien asiste tiene voz, no vota ni se cuenta. Registre la acreditación en Integrantes.",
                "The seat's term is over or it is not accredited: voice only, not counted. Record the accreditation under Members.",
            ),
            CannotVote::OutsideDelegation => said(
                "La delegación de quien asiste se limita a otros puntos: en este no vota ni se cuenta.",
                "The delegation of whoever attends is limited to other items: in this one they neither vote nor count.",
            ),
            CannotVote::AfterNoQuorum => said(
                "Llegó después de declararse la falta de quórum: se registra y no se cuenta.",
                "Arrived after the lack of quorum was declared: recorded and not counted.",
            ),
            CannotVote::Recused => said(
                "El puesto está impedido para este asunto y no vota.",
                "The seat is recused for this matter and does not vote.",
            ),
            CannotVote::OwnRecusal => said(
                "El puesto no vota sobre su propio impedimento.",
                "The seat does not vote on its own recusal.",
            ),
            CannotVote::AlreadyVoted => said(
                "El puesto ya votó: corrija su voto en lugar de registrar otro.",
                "The seat has voted already: correct its vote instead of recording another.",
            ),
        }
    }
}

/// True if the seat counts for the quorum at that instant. Recused seats are present: they count.
pub fn counts_for_quorum(voter: &Voter) -> bool {
    voter.seat_votes
        && voter.present
        && voter.covered
        && voter.capacity.counts()
        && !voter.arrived_after_no_quorum
}

/// Whether a seat may vote now; if not, the first reason.
pub fn may_vote(rules: &RuleSet, voter: &Voter) -> Result<(), CannotVote> {
    if !voter.seat_votes {
        Err(CannotVote::VoiceOnly)
    } else if !voter.present || voter.capacity == Capacity::Absent {
        Err(CannotVote::NotPresent)
    } else if voter.capacity == Capacity::NoValidDelegation {
        Err(CannotVote::NoValidDelegation)
    } else if voter.capacity == Capacity::NotAccredited {
        Err(CannotVote::NotAccredited)
    } else if !voter.covered {
        Err(CannotVote::OutsideDelegation)
    } else if voter.arrived_after_no_quorum {
        Err(CannotVote::AfterNoQuorum)
    } else if voter.recused {
        Err(CannotVote::Recused)
    } else if voter.own_recusal && !rules.recusal.interested_seat_votes {
        Err(CannotVote::OwnRecusal)
    } else if voter.has_voted {
        Err(CannotVote::AlreadyVoted)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::rule_set::tests::demo;

    #[test]
    fn who_presides() {
        use Capacity::*;
        let (chair, deputy) = ("com-consejeria", "com-gestion-publica");
        let commission = demo("rs-comision-2024");
        for (chair_as, deputy_as, expect) in [
            (Holder, Holder, Some((chair, PresidesAs::ChairHolder, true))),
            (Acting, Absent, Some((chair, PresidesAs::ChairHolder, true))),
            (Delegate, Holder, Some((chair, PresidesAs::ChairDelegate, false))),
            (NoValidDelegation, Holder, Some((deputy, PresidesAs::Substitute, false))),
            (Absent, Delegate, Some((deputy, PresidesAs::Substitute, false))),
            (Absent, NoValidDelegation, None),
            (Absent, Absent, None),
        ] {
            let who = commission.who_presides(chair, [("x", Holder), (chair, chair_as), (deputy, deputy_as)]);
            let got = who.as_ref().map(|p| (p.seat_id.as_str(), p.presides_as, p.has_casting_vote));
            assert_eq!(got, expect, "{chair_as:?} {deputy_as:?}");
            assert_eq!(
                who.and_then(|p| p.source).map(|s| s.citation),
                expect
                    .filter(|e| e.1 != PresidesAs::ChairHolder)
                    .map(|_| "Acuerdo 001 de 2024, art. 12".to_owned())
            );
        }
        // In the Group the chair's delegate does not preside and nobody has a casting vote.
        let group = demo("rs-grupo-2024");
        let who =
            group.who_presides("gru-chair", [("gru-chair", Delegate), ("gru-desarrollo", Holder)]).unwrap();
        assert_eq!((who.seat_id.as_str(), who.has_casting_vote), ("gru-desarrollo", false));
        assert!(!group.who_presides("gru-chair", [("gru-chair", Holder)]).unwrap().has_casting_vote);
    }

    #[test]
    fn who_may_vote() {
        let rules = demo("rs-comision-2024");
        let ok = Voter {
            seat_votes: true,
            capacity: Capacity::Holder,
            present: true,
            covered: true,
            arrived_after_no_quorum: false,
            recused: false,
            own_recusal: false,
            has_voted: false,
        };
        for (voter, expect, counts) in [
            (ok, Ok(()), true),
            (Voter { capacity: Capacity::Delegate, ..ok }, Ok(()), true),
            (Voter { capacity: Capacity::Acting, ..ok }, Ok(()), true),
            (Voter { seat_votes: false, ..ok }, Err(CannotVote::VoiceOnly), false),
            (Voter { present: false, ..ok }, Err(CannotVote::NotPresent), false),
            (Voter { capacity: Capacity::Absent, ..ok }, Err(CannotVote::NotPresent), false),
            (
                Voter { capacity: Capacity::NoValidDelegation, ..ok },
                Err(CannotVote::NoValidDelegation),
                false,
            ),
            (Voter { capacity: Capacity::NotAccredited, ..ok }, Err(CannotVote::NotAccredited), false),
            (Voter { capacity: Capacity::AdHoc, ..ok }, Ok(()), true),
            (Voter { covered: false, ..ok }, Err(CannotVote::OutsideDelegation), false),
            (Voter { arrived_after_no_quorum: true, ..ok }, Err(CannotVote::AfterNoQuorum), false),
            (Voter { recused: true, ..ok }, Err(CannotVote::Recused), true),
            (Voter { own_recusal: true, ..ok }, Err(CannotVote::OwnRecusal), true),
            (Voter { has_voted: true, ..ok }, Err(CannotVote::AlreadyVoted), true),
        ] {
            assert_eq!((may_vote(&rules, &voter), counts_for_quorum(&voter)), (expect, counts), "{voter:?}");
        }
        let mut lenient = rules;
        lenient.recusal.interested_seat_votes = true;
        assert_eq!(may_vote(&lenient, &Voter { own_recusal: true, ..ok }), Ok(()));
    }
}
