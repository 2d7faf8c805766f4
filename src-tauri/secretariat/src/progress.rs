//! Long work that shows how far it is and can be stopped.

use std::ops::ControlFlow;

use crate::failure::{Code, Failure, Result, Text};
use crate::text;

/// How far a long work is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub step: Text,
    /// Units done in this step: entries, rows, files.
    pub done: u64,
    /// Units of this step.
    pub total: u64,
}

/// Told of progress; breaks to stop the work, which then leaves nothing behind.
pub type Watch<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;

/// A watch that lets the work run.
pub fn unwatched(_: &Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Tells the watch every so many units, where units are many and small.
pub(crate) fn tell(watch: Watch<'_>, step: &Text, done: u64, total: u64) -> Result<()> {
    if done.is_multiple_of(256) || done == total { tell_each(watch, step, done, total) } else { Ok(()) }
}

/// Tells the watch, and fails when it says stop.
pub(crate) fn tell_each(watch: Watch<'_>, step: &Text, done: u64, total: u64) -> Result<()> {
    match watch(&Progress { step: step.clone(), done, total }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Failure::new(
            Code::Cancelled,
            text!(
                "Se detuvo a petición suya. No se cambió nada.",
                "Stopped at your request. Nothing was changed."
            ),
        )),
    }
}
