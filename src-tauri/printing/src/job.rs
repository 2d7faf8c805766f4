//! What was sent to a printer, and how it is going.

use std::fmt;
use std::str::FromStr;

use secretariat::{Failure, Result, text};
use serde::{Deserialize, Serialize};

/// Something sent to a printer, by the number that the spooler gave it: "Secretaria-12".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Job {
    printer: String,
    number: u32,
}

/// How something sent to a printer is going.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobState {
    /// The spooler has it; others may be before it.
    Waiting,
    /// The printer is printing it.
    Printing,
    /// It waits at a printer that was stopped meanwhile.
    Held {
        /// Why, as the spooler or whoever stopped it wrote it.
        reason: Option<String>,
    },
    /// The spooler has nothing left to do with it: it was printed, or somebody took it back. CUPS tells the two apart
    /// to nobody but its administrator.
    Over,
}

impl Job {
    /// The printer it went to.
    #[must_use]
    pub fn printer(&self) -> &str {
        &self.printer
    }
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.printer, self.number)
    }
}

impl FromStr for Job {
    type Err = Failure;

    fn from_str(said: &str) -> Result<Self> {
        let read = || {
            let (printer, number) = said.rsplit_once('-')?;
            let odd = |c: char| c.is_whitespace() || c.is_control() || "/#".contains(c);
            // A name that began so would be taken for an option.
            let plain = !printer.is_empty() && !printer.starts_with('-') && !printer.contains(odd);
            let number = number.parse().ok().filter(|_| number.bytes().all(|byte| byte.is_ascii_digit()))?;
            plain.then(|| Self { printer: printer.to_owned(), number })
        };
        read().ok_or_else(|| {
            Failure::field(
                "job",
                text!(
                    "«{said}» no es el número de una impresión, como «Secretaria-12». No se hizo nada.",
                    "“{said}” is not the number of a print job, such as “Secretaria-12”. Nothing was done."
                ),
            )
        })
    }
}

impl TryFrom<String> for Job {
    type Error = Failure;

    fn try_from(said: String) -> Result<Self> {
        said.parse()
    }
}

impl From<Job> for String {
    fn from(job: Job) -> Self {
        job.to_string()
    }
}

/// The job that `lp` says it made: "request id is Secretaria-12 (1 file(s))".
pub(crate) fn made(said: &str) -> Option<Job> {
    said.lines().find_map(|line| line.strip_prefix("request id is ")?.split_whitespace().next()?.parse().ok())
}

/// Whether `lpstat -W not-completed -o` lists the job.
pub(crate) fn is_listed(said: &str, job: &Job) -> bool {
    let job = job.to_string();
    said.lines().any(|line| !line.starts_with('\t') && line.split_whitespace().next() == Some(&job))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(said: &str) -> Job {
        said.parse().unwrap()
    }

    #[test]
    fn a_job_is_read_as_the_spooler_writes_it() {
        for (said, read) in [
            ("request id is Secretaria-12 (1 file(s))\n", Some("Secretaria-12")),
            ("request id is HP-LaserJet-4-7 (1 file(s))\n", Some("HP-LaserJet-4-7")),
            ("request id is Secretaría-1 (1 file(s))\n", Some("Secretaría-1")),
            ("", None),
            ("request id is \n", None),
        ] {
            assert_eq!(made(said), read.map(job), "{said}");
        }
        assert_eq!(
            (job("HP-LaserJet-4-7").printer(), job("PDF-12").to_string()),
            ("HP-LaserJet-4", "PDF-12".into())
        );
    }

    #[test]
    fn what_is_no_job_is_refused() {
        for said in
            ["", "PDF", "PDF-", "-12", "-a-12", "PDF-+1", "PDF-1 PDF-2", "a/b-1", "PDF-99999999999", "a\n-1"]
        {
            assert_eq!(said.parse::<Job>().unwrap_err().code, secretariat::Code::InvalidInput, "{said}");
        }
        assert!(serde_json::from_str::<Job>("\"-a\"").is_err());
        assert_eq!(serde_json::to_string(&job("PDF-12")).unwrap(), "\"PDF-12\"");
    }

    #[test]
    fn a_job_is_found_whole_in_the_list() {
        let said = "scheduler is running\nprinter PDF now printing PDF-12.  enabled since Mon Nov 23 17:12:09 2026\n\
                    PDF-12                  ana             134144   Mon Nov 23 17:11:36 2026\n\tqueued for PDF\n";
        assert!(is_listed(said, &job("PDF-12")));
        for other in ["PDF-1", "PDF-2", "DF-12", "PDF-121"] {
            assert!(!is_listed(said, &job(other)), "{other}");
        }
    }
}
