//! The votes of a session in lines, with how each seat voted where that may be told.

use crate::codes::{BallotValue, VoteMethod, VoteStatus};
use crate::course;
use crate::failure::{Result, Text};
use crate::ids::SessionId;
use crate::journal::Read;
use crate::live::item_numbers;
use crate::session::plan;

use super::{Vote, came_to};

/// A vote in a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VoteLine {
    /// The vote.
    pub vote: Vote,
    /// Number of its item.
    pub item: String,
    /// The item's title.
    pub item_title: String,
    /// What it came to; `None` while it is open and of one annulled.
    pub result: Option<Text>,
    /// In favour, against, abstaining; `None` of one annulled, and of an open one whose tally nobody may see.
    pub tally: Option<(i64, i64, i64)>,
    /// How each seat voted, by the roll. Empty of a secret vote, and of one where only hands were counted.
    pub ballots: Vec<BallotLine>,
}

/// How a seat voted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BallotLine {
    /// The seat's number.
    pub number: i64,
    /// Its title.
    pub seat: String,
    /// Short name of its entity.
    pub entity: Option<String>,
    /// Who voted for it.
    pub person: String,
    /// How.
    pub value: BallotValue,
}

/// The votes of a session in the order they were opened, and the session's name.
///
/// # Errors
/// `not_found` for an unknown session.
pub(crate) fn of_session(read: &Read<'_>, session: &SessionId) -> Result<(Text, Vec<VoteLine>)> {
    let facts = course::facts(read, session)?;
    let folded = course::course(&facts);
    let numbers = item_numbers(&facts.items);
    let lines = facts
        .votes
        .iter()
        .map(|vote| {
            let item = facts.items.iter().position(|i| i.id == vote.item_id);
            let course = folded.vote(&vote.id).filter(|_| vote.status == VoteStatus::Closed);
            // A secret vote has totals alone, even if the record held more.
            let told = vote.method != VoteMethod::Secret && vote.status == VoteStatus::Closed;
            let mut ballots: Vec<BallotLine> = facts
                .ballots
                .iter()
                .filter(|ballot| told && ballot.vote_id == vote.id)
                .filter_map(|ballot| {
                    let seat = facts.frame.seat(&ballot.seat_id)?;
                    Some(BallotLine {
                        number: seat.seat.number,
                        seat: seat.seat.title.clone(),
                        entity: seat.entity_short.clone(),
                        person: facts
                            .frame
                            .person(&ballot.person_id)
                            .map_or_else(String::new, |person| person.full_name.clone()),
                        value: ballot.value,
                    })
                })
                .collect();
            ballots.sort_by_key(|ballot| ballot.number);
            VoteLine {
                item: item.and_then(|at| numbers.get(at)).cloned().unwrap_or_default(),
                item_title: item.map_or_else(String::new, |at| facts.items[at].title.clone()),
                result: course.map(|course| came_to(vote, course)),
                tally: course.map(|course| (course.in_favour, course.against, course.abstain)),
                ballots,
                vote: vote.clone(),
            }
        })
        .collect();
    Ok((plan::name(&facts.session), lines))
}
