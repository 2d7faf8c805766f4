//! The computer's printers, for the page: what there is, a paper to one of them, what becomes of it. The choices and the
//! refusals are those of the `printing` crate; the page never names a file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use printing::{Job, JobState, Offer, Order, Spooler};
use secretariat::FailureReply;
use tauri::{AppHandle, Manager};

use crate::files::off_thread;
use crate::shell::{Shell, broken};

/// Asks the spooler, and tells its failures in the person's language. It may take a while: never on the thread that draws.
async fn ask<T: Send + 'static>(
    app: AppHandle,
    work: impl FnOnce(&Spooler) -> secretariat::Result<T> + Send + 'static,
) -> Result<T, FailureReply> {
    off_thread(move || {
        let language = app.state::<Shell>().preferences().language;
        work(&Spooler::default()).map_err(|failure| failure.reply(language))
    })
    .await
}

/// What a person chooses among before a document is printed: `{ printers, pages, paper }`.
#[tauri::command(rename_all = "snake_case")]
pub async fn offer_printers(app: AppHandle, base64: String) -> Result<Offer, FailureReply> {
    let bytes = STANDARD.decode(base64).map_err(|error| broken(&error))?;
    ask(app, move |spooler| spooler.offer(&bytes)).await
}

/// Prints a document. Replies with its job, once the spooler has it.
#[tauri::command(rename_all = "snake_case")]
pub async fn print_paper(app: AppHandle, base64: String, order: Order) -> Result<Job, FailureReply> {
    let bytes = STANDARD.decode(base64).map_err(|error| broken(&error))?;
    ask(app, move |spooler| spooler.print_bytes(&bytes, &order)).await
}

/// How something sent to a printer is going.
#[tauri::command(rename_all = "snake_case")]
pub async fn print_state(app: AppHandle, job: Job) -> Result<JobState, FailureReply> {
    ask(app, move |spooler| spooler.state(&job)).await
}

/// Takes something back that was sent to a printer.
#[tauri::command(rename_all = "snake_case")]
pub async fn cancel_print(app: AppHandle, job: Job) -> Result<(), FailureReply> {
    ask(app, move |spooler| spooler.cancel(&job)).await
}
