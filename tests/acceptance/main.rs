//! Whole jobs through the public API, told as an office does them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::type_complexity)]

mod afterwards;
mod cases;
mod commitments;
mod conduct;
mod delegations;
mod demo_year;
mod hours;
mod import;
mod informative;
mod ledger;
mod live;
mod mail;
mod members;
mod minutes;
mod office;
mod papers;
mod preflight;
mod preparation;
mod record;
mod recusals;
mod refused;
mod remote;
mod room;
mod sheets;
mod signatures;
mod taken_back;
mod tampering;
mod told;
mod truthful;
mod undo;
mod vault;
mod verdicts;
mod votes;
mod word;
mod written;
