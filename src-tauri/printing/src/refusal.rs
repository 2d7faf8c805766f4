//! What keeps a paper from being printed: what happened, what was kept, what to do.

use std::path::Path;

use secretariat::{Code, Failure, text};
use serde_json::json;

use crate::job::Job;
#[cfg(unix)]
use crate::program::Silence;

/// A program of the spooler said nothing.
#[cfg(unix)]
pub(crate) fn silent(silence: Silence) -> Failure {
    match silence {
        Silence::Missing => no_client(),
        Silence::Late => Failure::new(
            Code::SpoolerSilent,
            text!(
                "El servicio de impresión no respondió a tiempo. El documento sigue donde estaba y puede que no se haya impreso. Compruebe la impresora y la red, e intente de nuevo o guarde el PDF.",
                "The print service did not answer in time. The document is where it was and may not have been printed. Check the printer and the network, and try again or save the PDF."
            ),
        ),
        Silence::Broken(error) => Failure::new(
            Code::PrintingUnavailable,
            text!(
                "No se pudo usar el servicio de impresión de este equipo ({error}). El documento sigue donde estaba y no se imprimió. Intente de nuevo o guarde el PDF.",
                "The print service of this computer could not be used ({error}). The document is where it was and was not printed. Try again or save the PDF."
            ),
        ),
    }
}

/// This computer has no programs of CUPS.
#[cfg(unix)]
fn no_client() -> Failure {
    Failure::new(
        Code::PrintingUnavailable,
        text!(
            "Este equipo no tiene con qué imprimir: falta el cliente de CUPS. El documento sigue donde estaba. Instálelo (en Debian y Ubuntu, el paquete «cups-client»), o guarde el PDF e imprímalo en otro equipo.",
            "This computer has nothing to print with: the client of CUPS is missing. The document is where it was. Install it (on Debian and Ubuntu, the package “cups-client”), or save the PDF and print it on another computer."
        ),
    )
}

/// This platform has no program that prints a PDF.
#[cfg(not(unix))]
pub(crate) fn not_here() -> Failure {
    Failure::new(
        Code::PrintingUnavailable,
        text!(
            "En este sistema Actario no imprime por sí mismo. El documento sigue donde estaba. Ábralo con el visor del sistema e imprímalo desde allí.",
            "On this system Actario does not print by itself. The document is where it was. Open it with the system's viewer and print it from there."
        ),
    )
}

/// The scheduler of the spooler does not run.
pub(crate) fn not_running() -> Failure {
    Failure::new(
        Code::SpoolerSilent,
        text!(
            "El servicio de impresión de este equipo está apagado. El documento sigue donde estaba y no se imprimió. Enciéndalo (en Linux, «systemctl start cups») e intente de nuevo, o guarde el PDF.",
            "The print service of this computer is off. The document is where it was and was not printed. Start it (on Linux, “systemctl start cups”) and try again, or save the PDF."
        ),
    )
}

/// There is no printer at all.
pub(crate) fn no_printer() -> Failure {
    Failure::new(
        Code::NoPrinter,
        text!(
            "Este equipo no tiene ninguna impresora. El documento sigue donde estaba. Agregue una en la configuración del sistema e intente de nuevo, o guarde el PDF e imprímalo en otro equipo.",
            "This computer has no printer. The document is where it was. Add one in the system's settings and try again, or save the PDF and print it on another computer."
        ),
    )
}

/// Nobody said which of several printers, and none is the default one.
pub(crate) fn unsaid_printer(names: &[&str]) -> Failure {
    let list = names.join(", ");
    let failure = Failure::field(
        "printer",
        text!(
            "No se dijo en cuál impresora, y ninguna es la predeterminada. No se imprimió nada. Elija una: {list}.",
            "No printer was named, and none is the default one. Nothing was printed. Choose one: {list}."
        ),
    );
    failure.with(json!({ "field": "printer", "printers": names }))
}

/// There are printers, and not that one.
pub(crate) fn unknown_printer(name: &str, names: &[&str]) -> Failure {
    let list = names.join(", ");
    Failure::new(
        Code::UnknownPrinter,
        text!(
            "No hay una impresora «{name}». El documento sigue donde estaba y no se imprimió. Elija una de las que hay: {list}.",
            "There is no printer “{name}”. The document is where it was and was not printed. Choose one of those there are: {list}."
        ),
    )
    .with(json!({ "printer": name, "printers": names }))
}

/// A printer that would keep the paper until somebody starts it.
pub(crate) fn stopped(name: &str, reason: Option<&str>) -> Failure {
    let why = in_brackets(reason);
    Failure::new(
        Code::PrinterStopped,
        text!(
            "La impresora «{name}» está detenida{why}. El documento sigue donde estaba y no se imprimió. Revísela y reanúdela en la configuración de impresoras del sistema, elija otra, o guarde el PDF.",
            "The printer “{name}” is stopped{why}. The document is where it was and was not printed. Check it and resume it in the system's printer settings, choose another, or save the PDF."
        ),
    )
    .with(json!({ "printer": name, "reason": reason }))
}

/// A printer that takes no jobs.
pub(crate) fn rejecting(name: &str, reason: Option<&str>) -> Failure {
    let why = in_brackets(reason);
    Failure::new(
        Code::PrinterRejecting,
        text!(
            "La impresora «{name}» no recibe documentos{why}. El documento sigue donde estaba y no se imprimió. Ábrala en la configuración de impresoras del sistema, elija otra, o guarde el PDF.",
            "The printer “{name}” takes no documents{why}. The document is where it was and was not printed. Open it in the system's printer settings, choose another, or save the PDF."
        ),
    )
    .with(json!({ "printer": name, "reason": reason }))
}

fn in_brackets(reason: Option<&str>) -> String {
    reason.map(|reason| format!(" ({})", reason.trim_end_matches('.'))).unwrap_or_default()
}

/// The spooler did not take it, in its own words.
pub(crate) fn refused(said: &str) -> Failure {
    let said = said.trim().trim_start_matches("lp:").trim_start_matches("cancel:").trim();
    let shown = said.trim_end_matches('.');
    Failure::new(
        Code::PrintRefused,
        text!(
            "El servicio de impresión no lo aceptó: «{shown}». El documento sigue donde estaba. Elija otra impresora u otras opciones, o guarde el PDF.",
            "The print service did not accept it: “{shown}”. The document is where it was. Choose another printer or other options, or save the PDF."
        ),
    )
    .with(json!({ "spooler": said }))
}

/// A file that is not there, or that may not be read.
pub(crate) fn of_file(path: &Path, error: std::io::Error) -> Failure {
    let Failure { code, message, details } = error.into();
    let (shown, es, en) = (path.display(), message.es, message.en);
    Failure::new(
        code,
        text!(
            "«{shown}»: {es} No se imprimió nada. Compruebe el nombre y la carpeta.",
            "“{shown}”: {en} Nothing was printed. Check the name and the folder."
        ),
    )
    .with(details)
}

/// Nothing is left of a job that could be taken back.
pub(crate) fn job_over(job: &Job) -> Failure {
    Failure::new(
        Code::WrongState,
        text!(
            "La impresión {job} ya terminó: no hay qué cancelar. Lo impreso queda impreso.",
            "The print job {job} is over: there is nothing to cancel. What is printed stays printed."
        ),
    )
    .with(json!({ "job": job }))
}

/// A job that the spooler does not know.
pub(crate) fn no_job(job: &Job) -> Failure {
    Failure::new(
        Code::NotFound,
        text!(
            "El servicio de impresión no conoce la impresión {job}. No se canceló nada. Compruebe su número.",
            "The print service does not know the print job {job}. Nothing was cancelled. Check its number."
        ),
    )
    .with(json!({ "job": job }))
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn each_says_what_happened_what_was_kept_and_what_to_do() {
        let job: Job = "Oficina-7".parse().unwrap();
        let locked = Error::from(ErrorKind::PermissionDenied);
        for (failure, code) in [
            (silent(Silence::Missing), Code::PrintingUnavailable),
            (silent(Silence::Broken(Error::from(ErrorKind::OutOfMemory))), Code::PrintingUnavailable),
            (silent(Silence::Late), Code::SpoolerSilent),
            (not_running(), Code::SpoolerSilent),
            (no_printer(), Code::NoPrinter),
            (unsaid_printer(&["Oficina"]), Code::InvalidInput),
            (unknown_printer("Nada", &["Oficina"]), Code::UnknownPrinter),
            (stopped("Oficina", Some("Sin papel.")), Code::PrinterStopped),
            (rejecting("Oficina", None), Code::PrinterRejecting),
            (refused("lp: Bad number of copies.\n"), Code::PrintRefused),
            (of_file(Path::new("a.pdf"), locked), Code::ReadOnly),
            (job_over(&job), Code::WrongState),
            (no_job(&job), Code::NotFound),
        ] {
            assert_eq!(failure.code, code, "{failure}");
            for said in [&failure.message.es, &failure.message.en] {
                assert!(said.matches(['.', ':']).count() >= 2, "{said}");
                assert!(said.ends_with('.') && !said.contains(".."), "{said}");
            }
        }
        assert!(stopped("Oficina", Some("Sin papel.")).message.es.contains("detenida (Sin papel)."));
    }
}
