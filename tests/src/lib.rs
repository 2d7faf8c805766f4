//! Whole jobs through the public API, and the rules of the house.

pub mod office;
