//! `actario-cli`: the archive from a terminal. The same calls as the window, and what only a terminal needs: new
//! archives, scripts, test vectors, verification, backups, export, printing.
//!
//! Exit: 0 done; 1 failed, with `{"code", "message", "details"}` on standard error; 2 wrong usage.

mod commands;
mod door;
mod printers;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use secretariat::Language;
use secretariat::publish::SheetFormat;

/// The archive of a commission's technical secretariat, from a terminal.
#[derive(Parser)]
#[command(name = "actario-cli", version, about, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done; 1 failed, with {\"code\",\"message\",\"details\"} as JSON on standard \
error; 2 wrong usage."
)]
struct Cli {
    #[command(flatten)]
    who: Who,
    #[command(subcommand)]
    command: Command,
}

/// Who acts, and in what language failures are told.
#[derive(Args)]
struct Who {
    /// Language of messages: es or en. By default that of LANG, Spanish if it says neither.
    #[arg(long, global = true, value_parser = language)]
    lang: Option<Language>,
    /// Name the journal records. By default the user's.
    #[arg(long, global = true, value_name = "NAME")]
    actor: Option<String>,
    /// Post or role the journal records.
    #[arg(long, global = true, value_name = "ROLE")]
    role: Option<String>,
}

fn language(text: &str) -> Result<Language, String> {
    match text {
        "es" => Ok(Language::Es),
        "en" => Ok(Language::En),
        _ => Err("es or en".to_owned()),
    }
}

fn sheet_format(text: &str) -> Result<SheetFormat, String> {
    match text {
        "csv" => Ok(SheetFormat::Csv),
        "xlsx" => Ok(SheetFormat::Xlsx),
        _ => Err("csv or xlsx".to_owned()),
    }
}

#[derive(Subcommand)]
enum Command {
    /// Make an archive: with the catalogs alone, with the demonstration year, or with an office's past.
    New {
        /// The archive to make; no file may be there.
        file: PathBuf,
        /// Fill it with the demonstration year (fictitious people and acts).
        #[arg(long, conflicts_with = "from")]
        demo: bool,
        /// Fill it with the JSON files of a folder (see `schema`). What cannot be is refused with file, id and
        /// reason and nothing is loaded; irregular history comes in and is told.
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the calls of an archive.
    Calls {
        /// Print their JSON Schema instead: document, request and reply of each.
        #[arg(long)]
        schema: bool,
    },
    /// Make one call and print `{"value", "changed"}`.
    Call {
        /// The archive.
        file: PathBuf,
        /// The call, such as `list_sessions`.
        name: String,
        /// The request: JSON, `@FILE` to read it from a file, `-` to read it from standard input.
        #[arg(default_value = "{}", value_name = "JSON|@FILE|-")]
        request: String,
        /// When it is recorded, such as 2026-03-02T08:00:00-05:00; now when not said.
        #[arg(long, value_name = "INSTANT")]
        at: Option<chrono::DateTime<chrono::FixedOffset>>,
    },
    /// Make the calls of a script, one a line, until one fails.
    ///
    /// A line is {"call": NAME, "request": {…}, "at": INSTANT, "actor": {"name": …, "role": …}}; `request`, `at` and
    /// `actor` may be left out; blank lines are skipped. Each reply is printed as one line of JSON.
    Run {
        /// The archive.
        file: PathBuf,
        /// The script; `-` is standard input.
        script: PathBuf,
    },
    /// Render the minutes of a session as PDF.
    Minutes {
        /// The archive.
        file: PathBuf,
        /// The session: its id, or BODY:YEAR/NUMBER; BODY may be left out when only one fits.
        session: String,
        /// Where to write the PDF.
        #[arg(long, value_name = "FILE.pdf")]
        out: PathBuf,
        /// The public version as it was last issued, without the passages it withholds.
        #[arg(long)]
        public: bool,
    },
    /// Print a PDF on one of the computer's printers. The file stays as it is.
    Print {
        /// The paper: a PDF.
        file: PathBuf,
        #[command(flatten)]
        options: printers::Options,
    },
    /// List the computer's printers, the default one with an asterisk.
    Printers {
        /// Print them as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the draft of a session's minutes as a Word document.
    Draft {
        /// The archive.
        file: PathBuf,
        /// The session: its id, or BODY:YEAR/NUMBER; BODY may be left out when only one fits.
        session: String,
        /// Where to write it.
        #[arg(long, value_name = "FILE.docx")]
        out: PathBuf,
    },
    /// Write a list of the record as an Excel workbook or a CSV file.
    List {
        /// The archive.
        file: PathBuf,
        /// Which one: `sessions`, `proposals`, `commitments`, `decisions`, `members`, `people`, `delegations`, `minutes`,
        /// `attendance`, `work_plan`, `votes`, `annexes`, `withheld_index` or `journal`.
        #[arg(value_name = "LIST")]
        kind: String,
        /// Which of its lines, as JSON: the filter of its own call (`calls --schema`, `export_list`).
        #[arg(long, default_value = "{}", value_name = "JSON")]
        filter: String,
        /// As what: csv or xlsx.
        #[arg(long, default_value = "xlsx", value_parser = sheet_format)]
        format: SheetFormat,
        /// Where to write it.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Record the rows of an Excel workbook or a CSV file, each column by its title; prints what became of each row.
    Import {
        /// The archive.
        file: PathBuf,
        /// What the rows are: `people`, `seats`, `proposals` or `commitments`.
        #[arg(value_name = "TARGET")]
        target: String,
        /// The workbook or the CSV file.
        sheet: PathBuf,
        /// The body of seats, proposals and commitments; may be left out when there is only one.
        #[arg(long, value_name = "ID")]
        body: Option<String>,
        /// Only tell what it would do.
        #[arg(long)]
        preview: bool,
        /// Leave out the rows that are refused, instead of recording nothing.
        #[arg(long, conflicts_with = "preview")]
        skip_refused: bool,
    },
    /// Gather every paper and annex of a session in one PDF, behind a cover and contents; prints what it holds.
    Binder {
        /// The archive.
        file: PathBuf,
        /// The session: its id, or BODY:YEAR/NUMBER; BODY may be left out when only one fits.
        session: String,
        /// Where to write the PDF.
        #[arg(long, value_name = "FILE.pdf")]
        out: PathBuf,
    },
    /// Check the program against a file of test vectors.
    CheckVectors {
        /// The vectors: holidays, business days, quorum and majorities.
        file: PathBuf,
    },
    /// Say whether a paper is the archive's, altered or unknown, and what its electronic signatures say. Without an
    /// archive, its signatures alone.
    VerifyDocument {
        /// The paper: a PDF.
        paper: PathBuf,
        /// The archive that is said to have issued it.
        #[arg(long, value_name = "ARCHIVE")]
        archive: Option<PathBuf>,
    },
    /// Check that the archive is what its journal says: chain, records, files, schema, indices.
    Verify {
        /// The archive.
        file: PathBuf,
        /// A hash printed on paper: it must belong to this archive's history.
        #[arg(long, value_name = "HASH")]
        expect: Option<String>,
    },
    /// Back an archive up into a folder and read the backup back; prints what was made.
    ///
    /// Only files that the folder does not have yet are copied, and the ten newest backups are kept.
    Backup {
        /// The archive.
        file: PathBuf,
        /// The folder of the backups.
        dir: PathBuf,
    },
    /// Make an archive of a backup and verify it.
    Restore {
        /// The backup's database, as `backup` prints it.
        backup: PathBuf,
        /// The archive to make; no file may be there.
        file: PathBuf,
    },
    /// Export the archive.
    Export {
        /// The archive.
        file: PathBuf,
        /// As JSON, every table.
        #[arg(long, required = true)]
        json: bool,
        /// Where to write it; standard output when not said.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// A folder for the kept files, each named by its SHA-256.
        #[arg(long, value_name = "DIR")]
        files: Option<PathBuf>,
    },
    /// Print the JSON Schema of the data that `new --from` reads.
    Schema {
        /// That of an export's rows instead.
        #[arg(long)]
        export: bool,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let door = door::Door::new(cli.who.lang, cli.who.actor, cli.who.role);
    let done = match cli.command {
        Command::New { file, demo, from, json } => commands::new(&door, &file, demo, from.as_deref(), json),
        Command::Calls { schema } => commands::calls(schema),
        Command::Call { file, name, request, at } => commands::call(&door, &file, &name, &request, at),
        Command::Run { file, script } => commands::run(&door, &file, &script),
        Command::Minutes { file, session, out, public } => {
            commands::minutes(&door, &file, &session, &out, public)
        }
        Command::Print { file, options } => printers::print(&door, &file, options),
        Command::Printers { json } => printers::printers(&door, json),
        Command::Draft { file, session, out } => commands::draft(&door, &file, &session, &out),
        Command::List { file, kind, filter, format, out } => {
            commands::list(&door, &file, &kind, &filter, format, &out)
        }
        Command::Import { file, target, sheet, body, preview, skip_refused } => {
            commands::import(&door, &file, &target, &sheet, body.as_deref(), preview, skip_refused)
        }
        Command::Binder { file, session, out } => commands::binder(&door, &file, &session, &out),
        Command::CheckVectors { file } => commands::check_vectors(&file),
        Command::VerifyDocument { paper, archive } => {
            commands::verify_document(&door, &paper, archive.as_deref())
        }
        Command::Verify { file, expect } => commands::verify(&door, &file, expect.as_deref()),
        Command::Backup { file, dir } => commands::backup(&door, &file, &dir),
        Command::Restore { backup, file } => commands::restore(&backup, &file),
        Command::Export { file, json: _, out, files } => {
            commands::export(&door, &file, out.as_deref(), files.as_deref())
        }
        Command::Schema { export } => commands::schema(export),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let reply = failure.reply(door.language);
            let told = serde_json::to_string(&reply).unwrap_or(reply.message);
            // Nobody may be reading; the exit code says it too.
            let _ = writeln!(std::io::stderr(), "{told}");
            ExitCode::FAILURE
        }
    }
}
