//! The rules of the house that a program can check. Each test says in its name what must hold; a failure
//! prints every place that breaks it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod code;
mod house;
mod pages;
mod sources;
