//! Quorum and majority as arithmetic that explains itself.
//!
//! A body has dated [`RuleSet`]s, each adopted by an act. From a rule set and plain numbers come verdicts:
//! what was needed, what there was, out of how many, by which rule and which article. Nothing here reads the
//! archive or the clock, so the same numbers always give the same verdict, on the screen and on paper.
//!
//! - [`RuleSet::check_quorum`]: is there a quorum to debate, to decide?
//! - [`RuleSet::decide`]: what did a vote decide, and why? [`count`] is its bare arithmetic.
//! - [`RuleSet::consensus`]: did nobody object, and what follows if somebody did?
//! - [`RuleSet::who_presides`], [`may_vote`], [`counts_for_quorum`]: who may do what.
//! - [`RuleSet::check_notice`], [`Deadline::date`]: terms in business days.
//! - [`RuleSet::explain`]: the whole in words.
//! - [`RuleSet::check`]: is the rule set possible, and is there a norm behind what it grants?

mod check;
mod deadline;
mod explain;
mod norm;
mod quorum;
mod rule_set;
mod vote;
mod voter;

pub use check::*;
pub use deadline::*;
pub use explain::*;
pub use norm::*;
pub use quorum::*;
pub use rule_set::*;
pub use vote::*;
pub use voter::*;

use crate::Text;

/// A sentence in Spanish and in English.
fn said(es: impl Into<String>, en: impl Into<String>) -> Text {
    Text { es: es.into(), en: en.into() }
}
