//! What the commands about printers do.

use std::path::Path;

use printing::{Order, Paper, QueueState, Sides, Spooler};
use secretariat::{Failure, Result, Text, text};
use serde_json::json;

use crate::commands::{say, say_json};
use crate::door::Door;

/// How to print, as the arguments say it.
#[derive(clap::Args)]
pub struct Options {
    /// The printer, as `printers` lists it; the default one when not said.
    #[arg(long, value_name = "NAME")]
    printer: Option<String>,
    /// How many copies.
    #[arg(long, value_name = "N", default_value_t = 1)]
    copies: u32,
    /// Sides of the sheet: one, long or short (both, turned over that edge); as the printer is set when not said.
    #[arg(long, value_name = "one|long|short")]
    sides: Option<Sides>,
    /// Pages such as 1-3,5; all when not said.
    #[arg(long, value_name = "PAGES")]
    pages: Option<String>,
    /// Paper: letter, oficio, legal or a4; that of the document when not said.
    #[arg(long, value_name = "PAPER")]
    paper: Option<Paper>,
    /// Print {"job"} as JSON.
    #[arg(long)]
    json: bool,
}

/// `print`.
pub fn print(door: &Door, file: &Path, options: Options) -> Result<()> {
    let title = file.file_stem().unwrap_or_default().to_string_lossy();
    let Options { printer, copies, sides, pages, paper, json } = options;
    let job = Spooler::default()
        .print(file, &Order { printer, copies, sides, pages, paper, ..Order::of(&title) })?;
    if json {
        return say_json(&json!({ "job": job }));
    }
    let printer = job.printer();
    let told = text!("Enviado a «{printer}»: impresión {job}.", "Sent to “{printer}”: print job {job}.");
    say(told.in_language(door.language))
}

/// `printers`.
pub fn printers(door: &Door, as_json: bool) -> Result<()> {
    let queues = Spooler::default().queues()?;
    if as_json {
        return say_json(&serde_json::to_value(queues).map_err(Failure::internal)?);
    }
    if queues.is_empty() {
        return say(text!("Este equipo no tiene ninguna impresora.", "This computer has no printer.")
            .in_language(door.language));
    }
    let width = queues.iter().map(|queue| queue.name.chars().count()).max().unwrap_or(0);
    for queue in queues {
        let (mark, name, state) =
            (if queue.is_default { '*' } else { ' ' }, &queue.name, in_words(&queue.state));
        let mut line = format!("{mark} {name:width$}  {}", state.in_language(door.language));
        for more in [&queue.description, &queue.location].into_iter().flatten() {
            line += &format!(" · {more}");
        }
        say(&line)?;
    }
    Ok(())
}

/// What a printer is doing, in words.
fn in_words(state: &QueueState) -> Text {
    let with = |said: Text, reason: &Option<String>| match reason {
        Some(reason) => Text::new(format!("{} ({reason})", said.es), format!("{} ({reason})", said.en)),
        None => said,
    };
    match state {
        QueueState::Idle => Text::new("lista", "ready"),
        QueueState::Printing { .. } => Text::new("imprimiendo", "printing"),
        QueueState::Discovered => Text::new("en la red", "on the network"),
        QueueState::Stopped { reason } => with(Text::new("detenida", "stopped"), reason),
        QueueState::Rejecting { reason } => {
            with(Text::new("no recibe documentos", "takes no documents"), reason)
        }
    }
}
