//! The printers of the computer, as the spooler knows them.

use secretariat::Text;
use serde::Serialize;

/// A printer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// The name by which it is asked for: without blanks.
    pub name: String,
    /// What people call it, when it says more than the name.
    pub description: Option<String>,
    /// Where it stands, when somebody wrote it down.
    pub location: Option<String>,
    /// Whether it is the one that prints when none is named.
    pub is_default: bool,
    /// What it is doing.
    pub state: QueueState,
    /// Why it refuses papers now, and what to do; nothing when it takes them.
    pub refusal: Option<Text>,
}

/// What a printer is doing. Only the last two refuse paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QueueState {
    /// Waiting for paper.
    Idle,
    /// Printing.
    Printing {
        /// Which job, when it is told.
        job: Option<String>,
    },
    /// Seen on the network and not used yet: the spooler connects to it when something is printed.
    Discovered,
    /// It takes jobs and keeps them until somebody starts it again.
    Stopped {
        /// Why, as the spooler or whoever stopped it wrote it.
        reason: Option<String>,
    },
    /// It takes no jobs.
    Rejecting {
        /// Why, as the spooler or whoever closed it wrote it.
        reason: Option<String>,
    },
}

/// Reads what `lpstat -r -e -d -l -p -a` says in the language `C`: whether the scheduler runs (`None` when it does not),
/// the names of all printers, which is the default, what each is doing with its description, and whether it takes jobs.
pub(crate) fn read(said: &str) -> Option<Vec<Queue>> {
    let mut lines = said.lines().peekable();
    let mut running = false;
    let mut queues: Vec<Queue> = Vec::new();
    let mut default = None;
    let mut rejecting = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with('\t') {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["scheduler", "is", "running"] => running = true,
            ["system", "default", "destination:", name] => default = Some(name.to_owned()),
            // Above what is said of each: a bare name.
            [name] => named(&mut queues, name),
            ["printer", name, ref doing @ ..] => {
                named(&mut queues, name);
                let mut told = Vec::new();
                while let Some(more) = lines.next_if(|line| line.starts_with('\t')) {
                    told.push(more.trim());
                }
                tell(&mut queues, name, doing, &told);
            }
            [name, "not", "accepting", ..] => {
                let reason = lines.next_if(|line| line.starts_with('\t')).unwrap_or_default();
                rejecting.push((name.to_owned(), reason_of(reason)));
            }
            _ => {}
        }
    }
    for (name, reason) in rejecting {
        for queue in queues.iter_mut().filter(|queue| queue.is(&name)) {
            // What is stopped as well is told as closed: starting it again would not be enough.
            queue.state = QueueState::Rejecting { reason: reason.clone() };
        }
    }
    for queue in &mut queues {
        queue.is_default = default.as_ref() == Some(&queue.name);
    }
    running.then_some(queues)
}

/// A printer that has been named and of which nothing else is known yet.
fn named(queues: &mut Vec<Queue>, name: &str) {
    if !queues.iter().any(|queue| queue.name == name) {
        let name = name.to_owned();
        queues.push(Queue {
            name,
            description: None,
            location: None,
            is_default: false,
            state: QueueState::Discovered,
            refusal: None,
        });
    }
}

/// What is said of a printer: in its line, and in the indented ones below it.
fn tell(queues: &mut [Queue], name: &str, doing: &[&str], told: &[&str]) {
    let fact = |label: &str| {
        let fact = told.iter().find_map(|line| line.strip_prefix(label))?.trim();
        (!fact.is_empty() && fact != name).then(|| fact.to_owned())
    };
    // A message comes first, before the facts, which have a label.
    let reason =
        || told.first().filter(|line| !line.starts_with("Form mounted:")).and_then(|line| reason_of(line));
    let state = match doing {
        ["is", "idle.", ..] => QueueState::Idle,
        ["now", "printing", job, ..] => {
            QueueState::Printing { job: Some(job.trim_end_matches('.').to_owned()) }
        }
        ["disabled", ..] | ["is", "holding", ..] => QueueState::Stopped { reason: reason() },
        _ => QueueState::Printing { job: None },
    };
    for queue in queues.iter_mut().filter(|queue| queue.is(name)) {
        queue.description = fact("Description:");
        queue.location = fact("Location:");
        queue.state = state.clone();
    }
}

/// A reason that says something. What CUPS writes when nobody gave one says nothing that the state does not.
fn reason_of(line: &str) -> Option<String> {
    let line = line.trim();
    (!["", "reason unknown", "Paused", "Rejecting Jobs"].contains(&line)).then(|| line.to_owned())
}

impl Queue {
    /// Whether this is the printer of that name, or one of its presets (`NAME/PRESET`).
    fn is(&self, name: &str) -> bool {
        self.name.split('/').next() == Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(name: &str, state: QueueState) -> Queue {
        Queue {
            name: name.into(),
            description: None,
            location: None,
            is_default: false,
            state,
            refusal: None,
        }
    }

    fn some(text: &str) -> Option<String> {
        Some(text.into())
    }

    /// What the facts of a printer look like below its line; CUPS 2.4 of Debian 12.
    fn facts(description: &str, location: &str) -> String {
        format!(
            "\tForm mounted:\n\tContent types: any\n\tPrinter types: unknown\n\tDescription: {description}\n\
             \tAlerts: none\n\tLocation: {location}\n\tConnection: direct\n\tInterface: /etc/cups/ppd/x.ppd\n\
             \tOn fault: no alert\n\tAfter fault: continue\n\tUsers allowed:\n\t\t(all)\n\tForms allowed:\n\t\t(none)\n\
             \tBanner required\n\tCharset sets:\n\t\t(none)\n\tDefault pitch:\n\tDefault page size:\n\
             \tDefault port settings:\n"
        )
    }

    #[test]
    fn what_each_printer_does_is_read() {
        let since = "since Mon Nov 23 17:11:11 2026";
        for (line, state) in [
            (format!("is idle.  enabled {since}"), QueueState::Idle),
            (format!("now printing PDF-12.  enabled {since}"), QueueState::Printing { job: some("PDF-12") }),
            (format!("disabled {since} -\n\tPaused"), QueueState::Stopped { reason: None }),
            (format!("disabled {since} -\n\treason unknown"), QueueState::Stopped { reason: None }),
            (
                format!("disabled {since} -\n\tSin papel en la bandeja"),
                QueueState::Stopped { reason: some("Sin papel en la bandeja") },
            ),
            (format!("is holding new jobs.  enabled {since}"), QueueState::Stopped { reason: None }),
            // A message of the past does not make an idle printer anything else.
            (format!("is idle.  enabled {since}\n\tloadFilename failed"), QueueState::Idle),
        ] {
            let said = format!(
                "scheduler is running\nPDF\nno system default destination\nprinter PDF {line}\n{}\
                 PDF accepting requests {since}\n",
                facts("PDF", "")
            );
            assert_eq!(read(&said), Some(vec![queue("PDF", state)]), "{line}");
        }
    }

    #[test]
    fn several_printers_the_default_and_what_people_call_them() {
        let said = format!(
            "scheduler is running\nHP_LaserJet\nOficina\nSecretaria\nSecretaria/borrador\n\
             system default destination: Secretaria\n\
             printer Oficina disabled since Mon Nov 23 17:11:34 2026 -\n\tEn mantenimiento\n{}\
             printer Secretaria is idle.  enabled since Mon Nov 23 17:11:11 2026\n{}\
             Oficina not accepting requests since Mon Nov 23 17:11:34 2026 -\n\tEn mantenimiento\n\
             Secretaria accepting requests since Mon Nov 23 17:11:11 2026\n",
            facts("Oficina", ""),
            facts("Impresora de la secretaría", "Piso 4"),
        );
        let described = |name: &str, is_default| Queue {
            description: some("Impresora de la secretaría"),
            location: some("Piso 4"),
            is_default,
            ..queue(name, QueueState::Idle)
        };
        assert_eq!(
            read(&said),
            Some(vec![
                queue("HP_LaserJet", QueueState::Discovered),
                queue("Oficina", QueueState::Rejecting { reason: some("En mantenimiento") }),
                described("Secretaria", true),
                described("Secretaria/borrador", false),
            ])
        );
    }

    #[test]
    fn a_spooler_that_does_not_run_and_one_without_printers_are_told_apart() {
        for (said, read_as) in [
            ("scheduler is not running\n", None),
            ("", None),
            ("scheduler is running\nno system default destination\n", Some(vec![])),
        ] {
            assert_eq!(read(said), read_as, "{said}");
        }
    }
}
