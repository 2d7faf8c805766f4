//! The core of Actario.
pub mod calendar;
pub mod print;
pub mod rules;
