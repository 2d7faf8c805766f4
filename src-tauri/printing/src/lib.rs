//! Papers to the computer's printers, through the platform's own spooler.
//!
//! On Linux and macOS the spooler is CUPS, asked through its own programs (`lp`, `lpstat`, `cancel`): they find
//! whichever server the computer is set to use, speak for the person, and are there wherever printing works. Each is
//! run with a list of arguments, never through a shell, in the language `C` so that what it says can be read, and is
//! ended when it does not answer in time. On Windows there is no such program that prints a PDF: [`Spooler`] says so
//! and what to do instead.
//!
//! ```no_run
//! use printing::{Order, Spooler};
//! let spooler = Spooler::default();
//! let printers = spooler.queues()?;
//! let order = Order { copies: 2, pages: Some("1-3,5".into()), ..Order::of("Acta n.º 1 de 2025") };
//! let job = spooler.print("acta.pdf".as_ref(), &order)?;
//! println!("{} of {}: {:?}", job, printers.len(), spooler.state(&job)?);
//! # Ok::<(), secretariat::Failure>(())
//! ```
//!
//! Whatever fails leaves the paper where it was: a file that is printed is read and never written.

mod job;
mod order;
mod paper;
mod program;
mod queue;
mod refusal;
mod spooler;

pub use job::{Job, JobState};
pub use order::{Order, Sides};
pub use paper::{Measure, Paper, measure};
pub use queue::{Queue, QueueState};
pub use spooler::{Offer, Spooler};
