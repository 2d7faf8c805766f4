//! Papers on a real print service: what reaches the printer is the paper, page by page; what cannot be printed says so
//! and stays. A CUPS of the test's own runs its real filters before a printer that keeps what it prints: the driver of
//! Debian that prints into files works for root alone, and this one for whoever runs the tests.
//!
//! Needs CUPS: `make test-printing` brings it and runs this.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cups;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use printing::{JobState, Order, QueueState, Spooler};
use secretariat::Code;
use serde_json::{Value, json};
use tempfile::TempDir;

use cups::Cups;

/// An office: its print service, and the minutes of the demonstration as a file.
struct Office {
    cups: Cups,
    folder: TempDir,
}

impl Office {
    fn open() -> Self {
        let office = Self { cups: Cups::start(), folder: tempfile::tempdir().unwrap() };
        let (archive, acta) = (office.path("demo.actario"), office.acta());
        office.done(&["new", archive.to_str().unwrap(), "--demo"]);
        office.done(&["minutes", archive.to_str().unwrap(), "2025/1", "--out", acta.to_str().unwrap()]);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn acta(&self) -> PathBuf {
        self.path("Acta n.º 1 de 2025.pdf")
    }

    /// Runs the terminal's program; gives whether it ended well and what it said, or its failure.
    fn terminal(&self, arguments: &[&str]) -> (bool, String) {
        let test = std::env::current_exe().unwrap();
        let program = test.parent().and_then(Path::parent).unwrap().join("actario-cli");
        let output =
            self.cups.run(&program, arguments).env("LANG", "es").env_remove("LC_ALL").output().unwrap();
        let said = if output.status.success() { output.stdout } else { output.stderr };
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    fn done(&self, arguments: &[&str]) -> String {
        let (done, said) = self.terminal(arguments);
        assert!(done, "{arguments:?}: {said}");
        said
    }

    /// Prints the minutes with some options.
    fn print(&self, options: &[&str]) -> (bool, String) {
        let acta = self.acta();
        self.terminal(&[&["print", acta.to_str().unwrap()], options].concat())
    }

    fn printed(&self, options: &[&str]) -> PathBuf {
        let (done, said) = self.print(options);
        assert!(done, "{options:?}: {said}");
        self.cups.printed("Secretaria")
    }

    fn refused(&self, options: &[&str]) -> Value {
        let (done, said) = self.print(options);
        assert!(!done, "{options:?}: {said}");
        serde_json::from_str(&said).unwrap()
    }
}

/// A page as it is seen: width, height and a grey of each point, at 72 to the inch.
type Seen = (usize, usize, Vec<u8>);

/// Every page of a paper, as it is seen.
fn seen(paper: &Path) -> Vec<Seen> {
    let folder = tempfile::tempdir().unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-r", "72", "-gray"])
        .arg(paper)
        .arg(folder.path().join("page"))
        .status()
        .unwrap();
    assert!(drawn.success(), "{}", paper.display());
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder.path()).unwrap().map(|page| page.unwrap().path()).collect();
    names.sort();
    names.iter().map(|name| grey(&fs::read(name).unwrap())).collect()
}

/// Reads a PGM: "P5", width, height and 255, then a byte for each point.
fn grey(bytes: &[u8]) -> Seen {
    let mut fields = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
    let number =
        |field: Option<&[u8]>| std::str::from_utf8(field.unwrap()).unwrap().parse::<usize>().unwrap();
    assert_eq!(fields.next(), Some(&b"P5"[..]));
    let (width, height) = (number(fields.next()), number(fields.next()));
    let points = fields.next().unwrap().strip_prefix(b"255\n").unwrap().to_owned();
    assert_eq!(points.len(), width * height);
    (width, height, points)
}

/// What tells two pages apart to the eye: another size, darker or lighter, or more than a few points clearly other.
fn apart(one: &Seen, other: &Seen) -> Option<String> {
    if (one.0, one.1) != (other.0, other.1) {
        return Some(format!("{} × {} and {} × {}", one.0, one.1, other.0, other.1));
    }
    let differences = || one.2.iter().zip(&other.2).map(|(a, b)| usize::from(a.abs_diff(*b)));
    let points = one.2.len();
    let clearly = differences().filter(|difference| *difference > 48).count();
    let alike = differences().sum::<usize>() <= points / 2 && clearly <= points / 1000;
    (!alike).then(|| format!("{clearly} of {points} points are other"))
}

/// What is kept of each page: `pages` of the paper, numbered from 1, in that order.
fn assert_printed(printed: &Path, paper: &[Seen], pages: &[usize]) {
    let printed = seen(printed);
    assert_eq!(printed.len(), pages.len(), "as many pages");
    for (there, page) in printed.iter().zip(pages) {
        assert_eq!(apart(there, &paper[page - 1]), None, "page {page}");
    }
}

#[test]
#[ignore = "needs CUPS: make test-printing"]
fn what_reaches_the_printer_is_the_paper() {
    let office = Office::open();
    office.cups.add("Secretaria");
    let (before, paper) = (fs::read(office.acta()).unwrap(), seen(&office.acta()));
    let all: Vec<usize> = (1..=paper.len()).collect();
    assert!(all.len() > 5);
    assert!(paper.iter().all(|page| page.2.iter().any(|point| *point < 64)), "no page is empty");
    assert!(paper.windows(2).all(|two| apart(&two[0], &two[1]).is_some()), "no two pages are alike");

    // The only printer there is, all the pages, on the paper's own size.
    let printed = office.printed(&[]);
    assert_printed(&printed, &paper, &all);
    // Some of them; several copies, each one whole; on both sides.
    let printed = office.printed(&["--pages", "5,2-3"]);
    assert_printed(&printed, &paper, &[2, 3, 5]);
    let printed = office.printed(&["--pages", "1-2", "--copies", "3", "--sides", "one"]);
    assert_printed(&printed, &paper, &[1, 2, 1, 2, 1, 2]);
    office.printed(&["--printer", "Secretaria", "--pages", "1-2", "--sides", "long"]);
    let last = office.cups.pages_logged().pop().unwrap();
    assert_eq!(last, "Acta n.º 1 de 2025|two-sided-long-edge|Letter");

    // Each paper in its size, the Oficio of the country too.
    for (name, width, height) in
        [("letter", 612, 792), ("oficio", 612, 936), ("legal", 612, 1008), ("a4", 595, 842)]
    {
        let printed = seen(&office.printed(&["--pages", "1", "--paper", name]));
        let (w, h) = (printed[0].0, printed[0].1);
        assert!(w.abs_diff(width) < 2 && h.abs_diff(height) < 2, "{name}: {w} × {h}");
    }
    assert_eq!(fs::read(office.acta()).unwrap(), before, "the file stays as it was");
}

#[test]
#[ignore = "needs CUPS: make test-printing"]
fn what_cannot_be_printed_says_so_and_stays() {
    let office = Office::open();
    let before = fs::read(office.acta()).unwrap();
    assert_eq!(office.done(&["printers"]), "Este equipo no tiene ninguna impresora.\n");
    assert_eq!(office.refused(&[])["code"], "no_printer");

    office.cups.add("Secretaria");
    office.cups.add("Oficina");
    let unsaid = office.refused(&[]);
    assert_eq!(unsaid["details"], json!({ "field": "printer", "printers": ["Oficina", "Secretaria"] }));
    office.cups.said("lpadmin", &["-d", "Secretaria"]);
    assert!(office.done(&["printers"]).contains("* Secretaria  lista · Impresora de la secretaría"));
    assert_eq!(office.refused(&["--printer", "Presidencia"])["code"], "unknown_printer");

    office.cups.said("cupsdisable", &["-r", "Sin papel en la bandeja", "Secretaria"]);
    let stopped = office.refused(&[]);
    assert_eq!(
        (&stopped["code"], &stopped["details"]["reason"]),
        (&json!("printer_stopped"), &json!("Sin papel en la bandeja"))
    );
    office.cups.said("cupsreject", &["Oficina"]);
    let rejecting = office.refused(&["--printer", "Oficina"]);
    assert_eq!(
        (&rejecting["code"], &rejecting["details"]["reason"]),
        (&json!("printer_rejecting"), &json!(null))
    );
    assert_eq!(office.refused(&["--pages", "900"])["details"]["field"], "pages");
    assert_eq!(office.cups.said("lpstat", &["-W", "all", "-o"]), "", "nothing of that reached a printer");

    let nobody = Spooler::at(office.path("nobody.sock"));
    assert_eq!(nobody.queues().unwrap_err().code, Code::SpoolerSilent);
    assert_eq!(nobody.print(&office.acta(), &Order::of("x")).unwrap_err().code, Code::SpoolerSilent);
    assert_eq!(fs::read(office.acta()).unwrap(), before, "the file stays as it was");
}

#[test]
#[ignore = "needs CUPS: make test-printing"]
fn a_job_is_followed_and_taken_back() {
    let office = Office::open();
    office.cups.add("Secretaria");
    let spooler = Spooler::at(office.cups.server());
    let bytes = fs::read(office.acta()).unwrap();

    let job = spooler.print_bytes(&bytes, &Order::of("Acta")).unwrap();
    assert_eq!((job.printer(), job.to_string()), ("Secretaria", "Secretaria-1".into()));
    let paper = seen(&office.acta());
    assert_printed(&office.cups.printed("Secretaria"), &paper, &(1..=paper.len()).collect::<Vec<_>>());
    assert_eq!(spooler.state(&job).unwrap(), JobState::Over);
    assert_eq!(spooler.cancel(&job).unwrap_err().code, Code::WrongState);

    // The printer stops after it took the next one, as when somebody opens its tray.
    office.cups.said("cupsdisable", &["-r", "Bandeja abierta", "Secretaria"]);
    let acta = office.acta();
    office.cups.said("lp", &["-d", "Secretaria", acta.to_str().unwrap()]);
    let job = "Secretaria-2".parse().unwrap();
    assert_eq!(spooler.state(&job).unwrap(), JobState::Held { reason: Some("Bandeja abierta".into()) });
    let queue = spooler.queues().unwrap().remove(0);
    assert_eq!(queue.state, QueueState::Stopped { reason: Some("Bandeja abierta".into()) });
    spooler.cancel(&job).unwrap();
    assert_eq!(spooler.state(&job).unwrap(), JobState::Over);
    assert_eq!(spooler.cancel(&"Secretaria-99".parse().unwrap()).unwrap_err().code, Code::NotFound);
    assert_eq!(spooler.state(&"Oficina-1".parse().unwrap()).unwrap(), JobState::Over);
}
