//! The spooler's own programs: run with a list of arguments, in the language `C`, and ended when they do not answer.
#![cfg_attr(not(unix), allow(dead_code))] // nothing is run there

use std::ffi::OsStr;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// The most that is read of what a program says: a list of printers is never so long.
const LONGEST: u64 = 1 << 20;

/// What a program said.
#[derive(Debug)]
pub(crate) struct Said {
    /// Whether it ended well.
    pub done: bool,
    /// What it said.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

/// Why a program said nothing.
#[derive(Debug)]
pub(crate) enum Silence {
    /// There is no such program.
    Missing,
    /// It did not answer in time.
    Late,
    /// It could not be run.
    Broken(std::io::Error),
}

/// Runs a program and waits for it, for `patience` at most. It asks the print service that the computer is set to, or
/// the one that listens at `server`.
pub(crate) fn run<A: AsRef<OsStr>>(
    program: &str,
    arguments: impl IntoIterator<Item = A>,
    server: Option<&Path>,
    patience: Duration,
) -> Result<Said, Silence> {
    let mut child = Command::new(program)
        .args(arguments)
        .envs(server.map(|server| ("CUPS_SERVER", server)))
        // What it says is read by this program, whatever the person's language is.
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| {
            if error.kind() == ErrorKind::NotFound { Silence::Missing } else { Silence::Broken(error) }
        })?;
    let until = Instant::now() + patience;
    let (out, err) = (listen(child.stdout.take()), listen(child.stderr.take()));
    let said = wait(&mut child, until).and_then(|done| {
        let heard = |from: Receiver<String>| {
            from.recv_timeout(until.saturating_duration_since(Instant::now())).map_err(|_| Silence::Late)
        };
        Ok(Said { done, out: heard(out)?, err: heard(err)? })
    });
    if said.is_err() {
        // It may have ended meanwhile; either way nothing of it is left.
        let _ = child.kill();
        let _ = child.wait();
    }
    said
}

/// Reads to the end on a thread of its own: a full pipe would keep the program from ending.
fn listen(from: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (tell, heard) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(from) = from {
            // What was heard until it broke off is all there is.
            let _ = from.take(LONGEST).read_to_end(&mut bytes);
        }
        // Whoever asked may have lost patience.
        let _ = tell.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    heard
}

/// Waits until the program ends; gives whether it ended well.
fn wait(child: &mut Child, until: Instant) -> Result<bool, Silence> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if Instant::now() >= until => return Err(Silence::Late),
            Ok(None) => thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(Silence::Broken(error)),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, patience: Duration) -> Result<Said, Silence> {
        run("sh", ["-c", script], None, patience)
    }

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn what_is_said_is_heard_in_the_language_c() {
        let said = shell("echo uno; echo dos >&2; echo $LC_ALL; exit 3", LONG).unwrap();
        assert_eq!((said.done, &*said.out, &*said.err), (false, "uno\nC\n", "dos\n"));
        let much = shell("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2", LONG).unwrap();
        assert_eq!((much.done, much.out.len(), much.err.len()), (true, 300_000, 300_000));
    }

    #[test]
    fn one_that_does_not_answer_is_left() {
        let began = Instant::now();
        let short = Duration::from_millis(200);
        assert!(matches!(shell("exec sleep 20", short), Err(Silence::Late)));
        // It ended; another one that it started still holds the pipe.
        assert!(matches!(shell("sleep 20 & exit 0", short), Err(Silence::Late)));
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_program_that_is_not_there_is_missing() {
        let nothing = run("no-such-program-of-any-computer", ["x"], None, LONG);
        assert!(matches!(nothing, Err(Silence::Missing)));
    }
}
