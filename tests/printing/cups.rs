//! A print service of the test's own: the real CUPS with its filters, in a folder and at a socket that nobody else uses.
//! It runs as whoever runs the test, root or not, and touches nothing of the computer's own printers.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A running CUPS. It ends with the test.
pub struct Cups {
    folder: TempDir,
    daemon: Child,
}

impl Cups {
    /// Starts one without printers.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("cups-").tempdir().unwrap();
        let at = folder.path();
        for inside in ["etc/ppd", "spool/tmp", "cache", "run/certs", "log", "printed"] {
            fs::create_dir_all(at.join(inside)).unwrap();
        }
        // Started by root, the filters run as a person without rights, who has to come in.
        fs::set_permissions(at, fs::Permissions::from_mode(0o755)).unwrap();
        let shown = at.display();
        let configuration = format!(
            "Listen {shown}/run/cups.sock\nLogLevel info\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n\
             PageLogFormat %{{job-name}}|%{{sides}}|%{{media}}\n\
             <Location />\nOrder allow,deny\nAllow all\n</Location>\n\
             <Policy default>\n<Limit All>\nOrder allow,deny\n</Limit>\n</Policy>\n"
        );
        fs::write(at.join("etc/cupsd.conf"), configuration).unwrap();
        let files = format!(
            "FileDevice Yes\nServerRoot {shown}/etc\nRequestRoot {shown}/spool\nTempDir {shown}/spool/tmp\n\
             CacheDir {shown}/cache\nStateDir {shown}/run\nAccessLog {shown}/log/access\nErrorLog {shown}/log/error\n\
             PageLog {shown}/log/page\n"
        );
        fs::write(at.join("etc/cups-files.conf"), files).unwrap();
        let daemon = Command::new("/usr/sbin/cupsd")
            .arg("-f")
            .arg("-c")
            .arg(at.join("etc/cupsd.conf"))
            .arg("-s")
            .arg(at.join("etc/cups-files.conf"))
            .stdin(Stdio::null())
            .spawn()
            .expect("cupsd: `.ci/setup.sh test` brings it");
        let cups = Self { folder, daemon };
        cups.until("it answers", || cups.said("lpstat", &["-r"]).contains("scheduler is running"));
        cups
    }

    /// Where it listens, as `CUPS_SERVER` names it.
    pub fn server(&self) -> PathBuf {
        self.folder.path().join("run/cups.sock")
    }

    /// Adds a printer that keeps what it prints.
    pub fn add(&self, name: &str) {
        let device = format!("file://{}", self.path_of(name).display());
        let driver = concat!(env!("CARGO_MANIFEST_DIR"), "/printing/keeper.ppd");
        self.said(
            "lpadmin",
            &["-p", name, "-v", &device, "-P", driver, "-D", "Impresora de la secretaría", "-E"],
        );
    }

    fn path_of(&self, printer: &str) -> PathBuf {
        self.folder.path().join("printed").join(format!("{printer}.pdf"))
    }

    /// The last thing a printer printed, once it has nothing left to do.
    pub fn printed(&self, printer: &str) -> PathBuf {
        self.until("nothing is left to print", || {
            self.said("lpstat", &["-W", "not-completed", "-o"]).is_empty()
                && self.said("lpstat", &["-p", printer]).contains("is idle")
        });
        let path = self.path_of(printer);
        assert!(
            fs::metadata(&path).is_ok_and(|file| file.len() > 0),
            "nothing was printed:\n{}",
            self.log("error")
        );
        path
    }

    /// The titles, sides and papers of what was printed.
    pub fn pages_logged(&self) -> Vec<String> {
        self.log("page").lines().map(str::to_owned).collect()
    }

    fn log(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join("log").join(name)).unwrap_or_default()
    }

    /// Runs one of its programs, which must end well; gives what it says.
    pub fn said(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.run(Path::new(program), arguments).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let nothing_yet = program == "lpstat" && err.contains("Scheduler is not running");
        assert!(output.status.success() || nothing_yet, "{program} {arguments:?}: {out}{err}");
        out.into_owned()
    }

    /// A program that asks this print service and no other.
    pub fn run(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).env("CUPS_SERVER", self.server()).env("LC_ALL", "C");
        // Whatever printer the person prefers is none of these.
        command.env_remove("PRINTER").env_remove("LPDEST").env("HOME", self.folder.path());
        command
    }

    fn until(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let limit = Instant::now() + Duration::from_secs(60);
        while !holds() {
            assert!(Instant::now() < limit, "CUPS: never came to pass that {what}\n{}", self.log("error"));
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cups {
    fn drop(&mut self) {
        // It is a process of this test, and the folder goes with it.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
