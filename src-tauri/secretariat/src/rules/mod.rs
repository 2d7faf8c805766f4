//! Quorum and majority as arithmetic that explains itself.
//!
//! A body has dated [`RuleSet`]s, each adopted by an act. From a rule set and plain numbers come verdicts:
//! what was needed, what there was, out of how many, by which rule and which article. Nothing here reads the
//! archive or the clock, so the same numbers always give the same verdict, on the screen and on paper.

mod rule_set;

pub use rule_set::*;
