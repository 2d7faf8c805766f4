//! The platform's spooler: what it has, what it takes, what became of it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secretariat::{Failure, Result};
use serde::Serialize;

use crate::job::{self, Job, JobState};
use crate::order::Order;
use crate::paper::{Measure, measure};
use crate::program::{self, Said};
use crate::queue::{self, Queue, QueueState};
use crate::refusal;

/// How long a question may take: looking for printers on the network takes CUPS five seconds.
const TO_ASK: Duration = Duration::from_secs(15);

/// How long the spooler may take to take a paper.
const TO_TAKE: Duration = Duration::from_secs(60);

/// The spooler of this computer. It keeps nothing: every question is asked anew.
#[derive(Clone, Debug, Default)]
pub struct Spooler {
    /// Where it listens; wherever the computer is set to when not said.
    server: Option<PathBuf>,
}

/// What a person chooses among before a document is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The printers of this computer: one at least.
    pub printers: Vec<Queue>,
    /// What the document is made of.
    #[serde(flatten)]
    pub measure: Measure,
}

impl Spooler {
    /// The spooler that listens at a local socket, instead of the one that the computer is set to.
    #[must_use]
    pub fn at(server: PathBuf) -> Self {
        Self { server: Some(server) }
    }

    /// The printers of this computer, in the spooler's order.
    ///
    /// # Errors
    /// `printing_unavailable` without CUPS; `spooler_silent` when it is off or does not answer. That there are none is no
    /// failure.
    pub fn queues(&self) -> Result<Vec<Queue>> {
        let said = self.run("lpstat", ["-r", "-e", "-d", "-l", "-p", "-a"], TO_ASK)?;
        // It ends badly when there are no printers; what it says is what counts.
        let mut queues = queue::read(&said.out).ok_or_else(refusal::not_running)?;
        for queue in &mut queues {
            queue.refusal = refusal_of(queue).map(|failure| failure.message);
        }
        Ok(queues)
    }

    /// What a person chooses among before a document is printed.
    ///
    /// # Errors
    /// `invalid_input` of `file` when it is no PDF; `no_printer`; those of [`Spooler::queues`].
    pub fn offer(&self, bytes: &[u8]) -> Result<Offer> {
        let measure = measure(bytes)?;
        let printers = self.queues()?;
        if printers.is_empty() {
            return Err(refusal::no_printer());
        }
        Ok(Offer { printers, measure })
    }

    /// Prints a file. It is read and left as it is; once the spooler has it, it may go.
    ///
    /// # Errors
    /// `io`, `read_only` when the file cannot be read; `invalid_input` of `file`, `pages`, `copies` or `printer`;
    /// `printing_unavailable`, `spooler_silent`, `no_printer`, `unknown_printer`, `printer_stopped`, `printer_rejecting`;
    /// `print_refused` with the spooler's own words.
    pub fn print(&self, path: &Path, order: &Order) -> Result<Job> {
        let bytes = std::fs::read(path).map_err(|error| refusal::of_file(path, error))?;
        let measured = measure(&bytes)?;
        let pages = order.check(measured.pages)?;
        let queues = self.queues()?;
        let queue = chosen(&queues, order.printer.as_deref())?;
        let mut arguments: Vec<_> = order
            .arguments(&queue.name, order.paper.or(measured.paper), pages.as_ref())
            .into_iter()
            .map(std::ffi::OsString::from)
            .collect();
        arguments.extend(["--".into(), std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).into()]);
        let said = self.run("lp", arguments, TO_TAKE)?;
        job::made(&said.out).filter(|_| said.done).ok_or_else(|| {
            // Between the question and the answer the printer may have closed.
            if said.err.contains("not accepting jobs") {
                refusal::rejecting(&queue.name, None)
            } else {
                refusal::refused(&said.err)
            }
        })
    }

    /// Prints a document that is in no file: it is written to a private one, which is gone when this returns.
    ///
    /// # Errors
    /// Those of [`Spooler::print`]; `disk_full`, `read_only` when it cannot be written.
    pub fn print_bytes(&self, bytes: &[u8], order: &Order) -> Result<Job> {
        let mut file = tempfile::Builder::new().prefix("actario-").suffix(".pdf").tempfile()?;
        file.write_all(bytes)?;
        file.flush()?;
        self.print(file.path(), order)
    }

    /// How a job is going.
    ///
    /// # Errors
    /// `printing_unavailable` without CUPS; `spooler_silent` when it is off or does not answer.
    pub fn state(&self, job: &Job) -> Result<JobState> {
        let printer = job.printer();
        let said = self.run("lpstat", ["-r", "-p", printer, "-W", "not-completed", "-o", printer], TO_ASK)?;
        // Nothing is said of a spooler that is off; of one that knows no such printer, only that it runs.
        let queues = queue::read(&said.out).ok_or_else(refusal::not_running)?;
        if !job::is_listed(&said.out, job) {
            return Ok(JobState::Over);
        }
        let state = queues.into_iter().find(|queue| queue.name == printer).map(|queue| queue.state);
        Ok(match state {
            Some(QueueState::Printing { job: Some(now) }) if now == job.to_string() => JobState::Printing,
            Some(QueueState::Stopped { reason }) => JobState::Held { reason },
            _ => JobState::Waiting,
        })
    }

    /// Takes a job back, if any of it is left.
    ///
    /// # Errors
    /// `wrong_state` when it is over; `not_found` when the spooler does not know it; `print_refused` with its own words;
    /// `printing_unavailable`, `spooler_silent`.
    pub fn cancel(&self, job: &Job) -> Result<()> {
        let said = self.run("cancel", [job.to_string()], TO_ASK)?;
        if said.done {
            return Ok(());
        }
        Err(if said.err.contains("already") {
            refusal::job_over(job)
        } else if said.err.contains("does not exist") {
            refusal::no_job(job)
        } else if said.err.contains("Unable to connect") {
            refusal::not_running()
        } else {
            refusal::refused(&said.err)
        })
    }

    #[cfg(unix)]
    fn run<A: AsRef<std::ffi::OsStr>>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = A>,
        patience: Duration,
    ) -> Result<Said> {
        program::run(program, arguments, self.server.as_deref(), patience).map_err(refusal::silent)
    }

    #[cfg(not(unix))]
    fn run<A: AsRef<std::ffi::OsStr>>(
        &self,
        _program: &str,
        _arguments: impl IntoIterator<Item = A>,
        _patience: Duration,
    ) -> Result<Said> {
        Err(refusal::not_here())
    }
}

/// The printer that was asked for, else the default one, else the only one; if it takes paper.
fn chosen<'a>(queues: &'a [Queue], named: Option<&str>) -> Result<&'a Queue> {
    let names = || queues.iter().map(|queue| queue.name.as_str()).collect::<Vec<_>>();
    let queue = match (named, queues) {
        (_, []) => return Err(refusal::no_printer()),
        (Some(name), _) => {
            let found = queues.iter().find(|queue| queue.name == name);
            found.ok_or_else(|| refusal::unknown_printer(name, &names()))?
        }
        (None, [only]) => only,
        (None, _) => {
            let default = queues.iter().find(|queue| queue.is_default);
            default.ok_or_else(|| refusal::unsaid_printer(&names()))?
        }
    };
    refusal_of(queue).map_or(Ok(queue), Err)
}

/// Why a printer refuses papers.
fn refusal_of(queue: &Queue) -> Option<Failure> {
    match &queue.state {
        QueueState::Idle | QueueState::Printing { .. } | QueueState::Discovered => None,
        QueueState::Stopped { reason } => Some(refusal::stopped(&queue.name, reason.as_deref())),
        QueueState::Rejecting { reason } => Some(refusal::rejecting(&queue.name, reason.as_deref())),
    }
}
