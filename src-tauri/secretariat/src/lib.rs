//! The core of Actario.
pub mod calendar;
pub mod print;
pub mod rules;
pub mod spanish;
pub mod vectors;
