//! Written sessions (sesión no presencial): the seats reply in writing to motions that the notice published, within a
//! term that it published too; the replies that stand when the term closes are the votes.
//!
//! A reply is an event, `reply_received`, with what it says beside it: who sent it, for which seat and when are the
//! event's alone, so that its order, correction and striking are those of every other fact. Which replies stand is folded
//! from them by [`fold`]; nothing of it is stored, and correcting a reply counts again.

mod course;
mod replying;
mod view;

pub(crate) use course::clarifies;
pub(crate) use course::explanations;
pub use course::{ReplyClass, ReplyCourse, Term, TermChange, WrittenCourse, ballots, fold};
pub(crate) use replying::file_in_preparation;
pub use replying::{
    CloseReplies, CorrectReply, RecordReply, RemoveMotion, close, correct, record, remove_motion,
};
pub(crate) use replying::{
    check_window, noticed_motions, received, refuse_other_facts, refuse_unheld, refuse_without_norm,
    term_until,
};
pub use view::{ReplyLine, ReplySeat, WrittenState, WrittenStep, WrittenView, view};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::codes::{BallotValue, ReplyMeans};
use crate::ids::{EventId, MotionId, ReplyId, SessionId};
use crate::record;

/// What a reply says of one motion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyAnswer {
    /// The motion.
    pub motion_id: MotionId,
    /// Its sense.
    pub value: BallotValue,
    /// Its reasons, if given.
    #[serde(default)]
    pub reason: Option<String>,
}

/// What a seat replied in writing. Who sent it, for which seat and when it came are its event's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
pub struct Reply {
    /// Its id.
    pub id: ReplyId,
    /// The session.
    pub session_id: SessionId,
    /// The event that received it.
    pub event_id: EventId,
    /// By which means it came.
    pub means: ReplyMeans,
    /// What it says of each motion; a motion that it does not name was not answered.
    pub answers: Vec<ReplyAnswer>,
    /// What else it says, as it came.
    pub text: Option<String>,
    /// Whether it says that it stands in place of the seat's earlier ones.
    pub clarifies: bool,
    /// The message kept as evidence.
    pub blob_id: Option<String>,
    /// The file's name.
    pub file: Option<String>,
    /// Remark.
    pub note: Option<String>,
}
record!(Reply, "reply");
