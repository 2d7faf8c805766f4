//! The rules at sizes no body has: the quorum over 10,000 movements, and a recount of a vote of 500 seats, beside a session of
//! the demonstration. Each is a pure function of what was recorded.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use secretariat::attendance::Event;
use secretariat::codes::{BallotValue, Capacity, EventKind, VoteMethod};
use secretariat::course::{Course, Facts, course, facts};
use secretariat::ids::{BallotId, EventId, PersonId, SeatId, SessionId};
use secretariat::session::FrameSeat;
use secretariat::vote::{Ballot, Vote};
use secretariat::{Actor, Context, Language, load};

/// What a screen may take to answer, so that it shows in the next frame.
const FRAME: Duration = Duration::from_millis(16);
const SEATS: usize = 500;
const MOVEMENTS: usize = 10_000;
const RUNS: usize = 21;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let usual = demonstration()?;
    let (moved, recounted) = (movements(&usual)?, recount(&usual)?);
    println!("{:<44} {:>10} {:>9} {:>12}", "", "median", "of 16 ms", "of the demo");
    let base = median(&usual);
    for (what, facts) in [
        ("a session of the demonstration", &usual),
        ("quorum over 10,000 movements of 500 seats", &moved),
        ("recount of a vote of 500 seats", &recounted),
    ] {
        let took = median(facts);
        println!(
            "{what:<44} {:>7.3} ms {:>8.2}× {:>11.1}×",
            took.as_secs_f64() * 1e3,
            took.as_secs_f64() / FRAME.as_secs_f64(),
            took.as_secs_f64() / base.as_secs_f64(),
        );
    }
    Ok(())
}

fn median(facts: &Facts) -> Duration {
    let mut took: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            let folded: Course = course(std::hint::black_box(facts));
            std::hint::black_box(&folded);
            begin.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[RUNS / 2]
}

/// The first session of the demonstration.
fn demonstration() -> Result<Facts, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    let now = DateTime::from_timestamp(1_769_000_000, 0).unwrap_or_default();
    let context = Context::new(now, actor, [7; 32], Language::Es);
    let (archive, _) = load::create_demo(&folder.path().join("demo.actario"), &context, "bench")?;
    let id = SessionId::new("ses-2025-01")?;
    Ok(archive.query(&context, |read| facts(read, &id))?)
}

/// A session and who sits in each of its seats.
type Seated = (Facts, Vec<(SeatId, PersonId)>);

/// The same session with as many seats, all of which answered the roll.
fn enlarged(usual: &Facts) -> Result<Seated, Box<dyn std::error::Error>> {
    let mut facts = usual.clone();
    let model = usual.frame.seats.iter().find(|s| s.seat.vote).ok_or("a seat with a vote")?;
    let mut seats = Vec::with_capacity(SEATS);
    facts.frame.seats = (0..SEATS)
        .map(|n| {
            let mut seat: FrameSeat = model.clone();
            seat.seat.id = SeatId::new(format!("seat-{n}"))?;
            seats.push((seat.seat.id.clone(), PersonId::new(format!("person-{n}"))?));
            Ok(seat)
        })
        .collect::<Result<_, secretariat::Failure>>()?;
    let opening = usual.opening().ok_or("an opening")?.clone();
    let answers = seats.iter().enumerate().map(|(n, (seat, person))| {
        event(&opening, n, EventKind::RollAnswer, opening.occurred_at, seat, person)
    });
    let answers: Vec<Event> = answers.collect::<Result<_, _>>()?;
    facts.events = std::iter::once(opening).chain(answers).collect();
    (facts.votes, facts.ballots, facts.recusals) = (Vec::new(), Vec::new(), Vec::new());
    Ok((facts, seats))
}

fn event(
    like: &Event,
    n: usize,
    kind: EventKind,
    at: DateTime<Utc>,
    seat: &SeatId,
    person: &PersonId,
) -> Result<Event, secretariat::Failure> {
    Ok(Event {
        id: EventId::new(format!("ev-{n}"))?,
        seq: i64::try_from(n).unwrap_or(0) + 2,
        occurred_at: at,
        kind,
        seat_id: Some(seat.clone()),
        person_id: Some(person.clone()),
        capacity: Some(Capacity::Holder),
        ..like.clone()
    })
}

fn movements(usual: &Facts) -> Result<Facts, Box<dyn std::error::Error>> {
    let (mut facts, seats) = enlarged(usual)?;
    let opening = facts.events[0].clone();
    for n in 0..MOVEMENTS {
        let (seat, person) = &seats[(n / 2 * 7) % SEATS];
        let kind = if n % 2 == 0 { EventKind::Departure } else { EventKind::Arrival };
        let at = opening.occurred_at + TimeDelta::seconds(i64::try_from(n).unwrap_or(0) + 60);
        facts.events.push(event(&opening, SEATS + n, kind, at, seat, person)?);
    }
    Ok(facts)
}

fn recount(usual: &Facts) -> Result<Facts, Box<dyn std::error::Error>> {
    let (mut facts, seats) = enlarged(usual)?;
    let opening = facts.events[0].clone();
    let model = usual.votes.first().ok_or("a vote")?.clone();
    let minute = |n: i64| opening.occurred_at + TimeDelta::minutes(n);
    for (n, (kind, at)) in [(EventKind::VoteOpen, 5), (EventKind::VoteClose, 7)].into_iter().enumerate() {
        let (seat, person) = &seats[0];
        let mut happened = event(&opening, SEATS + n, kind, minute(at), seat, person)?;
        (happened.seat_id, happened.person_id) = (None, None);
        happened.vote_id = Some(model.id.clone());
        facts.events.push(happened);
    }
    facts.ballots = seats
        .iter()
        .enumerate()
        .map(|(n, (seat, person))| {
            Ok(Ballot {
                id: BallotId::new(format!("b-{n}"))?,
                vote_id: model.id.clone(),
                seat_id: seat.clone(),
                person_id: person.clone(),
                delegation_id: None,
                value: BallotValue::ALL[n % 3],
                cast_at: minute(6),
            })
        })
        .collect::<Result<_, secretariat::Failure>>()?;
    facts.votes = vec![Vote { method: VoteMethod::RollCall, verdict: None, entitled: None, ..model }];
    Ok(facts)
}
