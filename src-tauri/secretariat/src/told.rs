//! What an entry of the journal did, in words: the act and what it was about, as a person tells it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::api::Op;
use crate::codes::EventKind;
use crate::failure::{Result, Text};
use crate::journal::{self, Change, Entry, Read};
use crate::names::Known;
use crate::session::{Session, plan};
use crate::{local, spanish, text};

/// Each act that writes: its name, and what it leaves in Spanish and in English.
const ACTS: &[(&str, &str, &str)] = &[
    ("create_archive", "Creación del archivo", "Archive made"),
    ("import", "Carga de datos", "Data loaded"),
    ("load_catalogs", "Catálogos del programa", "Catalogs of the program"),
    ("undo", "Deshacer", "Undo"),
    ("redo", "Rehacer", "Redo"),
    ("checkpoint", "Actualización del formato", "Format updated"),
    ("send_draft", "Borrador del acta enviado", "Draft minutes sent"),
    ("put_remark", "Observación", "Remark"),
    ("answer_remark", "Respuesta a una observación", "Remark answered"),
    ("adjust_minutes", "Acta ajustada", "Minutes adjusted"),
    ("adopt_minutes", "Aprobación del acta", "Minutes adopted"),
    ("sign_minutes", "Firma del acta", "Minutes signed"),
    ("sign_electronically", "Firma electrónica del acta", "Minutes signed electronically"),
    ("file_signed_minutes", "Acta firmada archivada", "Signed minutes filed"),
    ("publish_minutes", "Publicación del acta", "Minutes published"),
    ("put_withholding", "Pasaje retirado de la versión pública", "Passage withheld"),
    ("remove_withholding", "Pasaje devuelto a la versión pública", "Passage given back"),
    ("issue_public_version", "Versión pública emitida", "Public version issued"),
    ("correct_minutes", "Acta aclaratoria", "Correcting minutes"),
    ("issue_notice", "Convocatoria emitida", "Notice issued"),
    ("issue_attendance_sheet", "Planilla de asistencia", "Attendance sheet"),
    ("issue_chair_script", "Guion de la presidencia", "Chair’s script"),
    ("issue_paper", "Documento emitido", "Paper issued"),
    ("put_body", "Instancia", "Body"),
    ("put_template", "Plantilla de documentos", "Template of papers"),
    ("put_function", "Función", "Function"),
    ("retire_function", "Función retirada", "Function retired"),
    ("put_seat", "Puesto", "Seat"),
    ("close_seat", "Puesto cerrado", "Seat closed"),
    ("appoint_holder", "Designación", "Holder appointed"),
    ("edit_holder", "Cambio de titular", "Holder edited"),
    ("close_holder", "Fin de una designación", "Holder closed"),
    ("remove_holder", "Designación retirada", "Holder removed"),
    ("put_invitee", "Invitado permanente", "Permanent invitee"),
    ("remove_invitee", "Invitado retirado", "Invitee removed"),
    ("create_rule_set", "Reglamento", "Rule set"),
    ("edit_rule_set", "Cambio del reglamento", "Rule set edited"),
    ("attach_rule_set_file", "Archivo del reglamento", "File of the rules"),
    ("remove_rule_set", "Reglamento retirado", "Rule set removed"),
    ("put_person", "Persona", "Person"),
    ("set_contact", "Datos de contacto", "Contact"),
    ("erase_contact", "Contacto borrado", "Contact erased"),
    ("record_delegation", "Delegación", "Delegation"),
    ("edit_delegation", "Cambio de delegación", "Delegation edited"),
    ("reject_delegation", "Delegación no aceptada", "Delegation rejected"),
    ("accept_delegation", "Delegación aceptada", "Delegation accepted"),
    ("revoke_delegation", "Delegación revocada", "Delegation revoked"),
    ("attach_delegation_file", "Acto de delegación", "File of a delegation"),
    ("put_commitment", "Compromiso", "Commitment"),
    ("extend_commitment", "Prórroga de compromiso", "Commitment extended"),
    ("report_commitment", "Avance de un compromiso", "Progress of a commitment"),
    ("close_commitment", "Compromiso cumplido", "Commitment closed"),
    ("cancel_commitment", "Compromiso cancelado", "Commitment cancelled"),
    ("reopen_commitment", "Compromiso reabierto", "Commitment reopened"),
    ("remove_commitment", "Compromiso retirado", "Commitment removed"),
    ("create_work_plan", "Plan de trabajo", "Work plan"),
    ("edit_work_plan", "Cambio del plan", "Work plan edited"),
    ("put_activity", "Actividad", "Activity"),
    ("report_activity", "Avance de actividad", "Activity reported"),
    ("remove_activity", "Actividad retirada", "Activity removed"),
    ("order_activities", "Orden de actividades", "Activities ordered"),
    ("set_calendar", "Calendario", "Calendar"),
    ("import_rows", "Importación desde una hoja", "Import from a sheet"),
    ("put_sector", "Sector", "Sector"),
    ("put_entity", "Entidad", "Entity"),
    ("put_partner", "Cooperante", "Partner"),
    ("open_session", "Instalación de la sesión", "Session opened"),
    ("record_event", "Hecho registrado", "Event recorded"),
    ("apply_attendance", "Informe de conexión aplicado", "Connection report applied"),
    ("correct_event", "Corrección de un hecho", "Event corrected"),
    ("adjourn_session", "Levantamiento de la sesión", "Session adjourned"),
    ("set_narrative", "Relato", "Narrative"),
    ("set_conclusions", "Conclusiones", "Conclusions"),
    ("set_outcome", "Resultado del punto", "Outcome of the item"),
    ("put_guest", "Asistente", "Guest"),
    ("mark_invitee", "Asistencia de un invitado permanente", "Attendance of a permanent invitee"),
    ("remove_guest", "Asistente retirado", "Guest removed"),
    ("file_motion", "Moción", "Motion"),
    ("remove_motion", "Moción retirada antes de la sesión", "Motion taken back"),
    ("record_reply", "Respuesta escrita", "Written reply"),
    ("correct_reply", "Corrección de una respuesta", "Reply corrected"),
    ("close_replies", "Cierre de las respuestas", "Replies closed"),
    ("edit_motion", "Cambio de la moción", "Motion edited"),
    ("take_out_of_block", "Punto votado aparte", "Item voted apart"),
    ("settle_motion", "Moción resuelta", "Motion settled"),
    ("open_vote", "Apertura de votación", "Vote opened"),
    ("cast_ballot", "Voto", "Ballot"),
    ("change_ballot", "Cambio de un voto", "Ballot changed"),
    ("set_count", "Conteo de manos", "Count of hands"),
    ("record_objection", "Objeción al consenso", "Objection to a consensus"),
    ("record_secret_vote", "Votación secreta", "Secret vote"),
    ("close_vote", "Cierre de votación", "Vote closed"),
    ("cast_casting_vote", "Voto dirimente", "Casting vote"),
    ("annul_vote", "Votación anulada", "Vote annulled"),
    ("explain_ballot", "Razones del voto", "Reasons of a ballot"),
    ("declare_recusal", "Impedimento", "Recusal"),
    ("answer_challenge", "Respuesta a la recusación", "Answer to a challenge"),
    ("attach_recusal_file", "Escrito del impedimento", "File of a recusal"),
    ("name_ad_hoc", "Designación ad hoc", "Ad hoc replacement"),
    ("decide_recusal", "Decisión del impedimento", "Recusal decided"),
    ("return_from_recusal", "Regreso tras el impedimento", "Return from recusal"),
    ("put_decision", "Decisión", "Decision"),
    ("put_accord", "Acuerdo", "Accord"),
    ("remove_accord", "Acuerdo retirado", "Accord removed"),
    ("publish_accord", "Publicación de un acuerdo", "Accord published"),
    ("remove_decision", "Decisión retirada", "Decision removed"),
    ("put_statement", "Constancia", "Statement"),
    ("remove_statement", "Constancia retirada", "Statement removed"),
    ("create_session", "Sesión programada", "Session scheduled"),
    ("edit_session", "Cambio de la sesión", "Session edited"),
    ("delete_session", "Sesión eliminada", "Session deleted"),
    ("postpone_session", "Sesión aplazada", "Session postponed"),
    ("cancel_session", "Sesión cancelada", "Session cancelled"),
    ("convene_session", "Convocatoria", "Notice sent"),
    ("renotify_session", "Nueva convocatoria", "Notice sent again"),
    ("set_confirmation", "Confirmación", "Confirmation"),
    ("clear_confirmation", "Confirmación retirada", "Confirmation cleared"),
    ("add_agenda_item", "Punto agregado", "Item added"),
    ("edit_agenda_item", "Cambio de un punto", "Item edited"),
    ("move_agenda_item", "Punto movido", "Item moved"),
    ("indent_agenda_item", "Punto convertido en subpunto", "Item indented"),
    ("outdent_agenda_item", "Subpunto convertido en punto", "Item outdented"),
    ("remove_agenda_item", "Punto retirado", "Item removed"),
    ("build_agenda", "Orden del día armado", "Agenda built"),
    ("create_proposal", "Propuesta", "Proposal"),
    ("edit_proposal", "Cambio de propuesta", "Proposal edited"),
    ("delete_proposal", "Propuesta eliminada", "Proposal deleted"),
    ("file_proposal", "Radicación de propuesta", "Proposal filed"),
    ("review_proposal", "Revisión de propuesta", "Proposal reviewed"),
    ("return_proposal", "Devolución de propuesta", "Proposal returned"),
    ("schedule_proposal", "Propuesta programada", "Proposal scheduled"),
    ("withdraw_proposal", "Retiro de propuesta", "Proposal withdrawn"),
    ("execute_proposal", "Propuesta en ejecución", "Proposal in execution"),
    ("close_proposal", "Cierre de propuesta", "Proposal closed"),
    ("file_mail", "Correo recibido", "Mail filed"),
    ("add_annex", "Anexo", "Annex"),
    ("review_annex", "Revisión de un anexo", "Annex reviewed"),
    ("edit_annex", "Cambio de anexo", "Annex edited"),
    ("remove_annex", "Anexo retirado", "Annex removed"),
];

/// What taking an entry back did.
pub(crate) struct TakenBack {
    /// The act it is about.
    pub fact: Text,
    /// The session it belongs to, when that is not what it is about.
    pub session: Option<Text>,
    /// Whether it is done again rather than undone, as when what was taken back is itself an undo.
    pub again: bool,
}

/// What taking an entry back did, told from the act that it is about.
///
/// # Errors
/// When the journal cannot be read.
pub(crate) fn taken_back(read: &Read<'_>, entry: &Entry) -> Result<TakenBack> {
    let (mut target, mut first, mut again) = (entry.undoes, None, false);
    while let Some(seq) = target {
        let Some(earlier) = journal::entry(read.conn, seq)? else { break };
        target = earlier.undoes;
        again = !again;
        first = Some(earlier);
    }
    let act = first.as_ref().unwrap_or(entry);
    let of_session = act.changes.iter().find_map(|change| field(change, "session_id"));
    let session = match of_session {
        Some(id) => read.find::<Session>(id)?.map(|session| plan::name(&session)),
        None => None,
    };
    Ok(TakenBack { fact: told(read, act)?, session, again })
}

/// An act in words, with which fact it was when it records or corrects one: "Corrección de un hecho: Llega".
pub(crate) fn act(op: &str, fact: Option<EventKind>, undoes: Option<i64>) -> Text {
    if let Some(seq) = undoes {
        return text!("Se deshizo el asiento {seq}", "Entry {seq} undone");
    }
    let (es, en) = words(op);
    match fact.map(event_words) {
        Some((fact, fact_en)) if op == Op::RecordEvent.as_str() => Text::new(fact, fact_en),
        Some((fact, fact_en)) => text!("{es}: {fact}", "{en}: {fact_en}"),
        None => Text::new(es, en),
    }
}

/// What an act leaves, in Spanish and in English; its own name for one that no version of these words knows.
fn words(op: &str) -> (&str, &str) {
    ACTS.iter().find(|act| act.0 == op).map_or((op, op), |(_, es, en)| (*es, *en))
}

/// What an act did: "Llega Ana Pérez, a las 8:12 a. m.", "Persona: Ana Pérez".
fn told(read: &Read<'_>, entry: &Entry) -> Result<Text> {
    let mut known = Known::new(read);
    let (es, en) = words(&entry.op);
    let first = |table: &str| entry.changes.iter().find(|change| change.table == table);
    let is = |op: Op| entry.op == op.as_str();
    if let Some(event) = first("event")
        && (is(Op::RecordEvent) || is(Op::CorrectEvent) || is(Op::RecordReply) || is(Op::CorrectReply))
    {
        let event = event_told(&mut known, event)?;
        if is(Op::RecordEvent) || is(Op::RecordReply) {
            return Ok(event);
        }
        let (what, what_en) = (event.es, event.en);
        return Ok(text!("{es}: {what}", "{en}: {what_en}"));
    }
    if let Some(ballot) = first("ballot")
        && (is(Op::CastBallot) || is(Op::ChangeBallot))
    {
        return ballot_told(&mut known, (es, en), ballot);
    }
    let about = match is(Op::ImportRows) {
        true => counted(entry.changes.iter().map(|change| change.table.as_str())),
        false => known.about(&entry.changes)?.map(|about| Text::new(about.clone(), about)),
    };
    Ok(match about.map(|about| (about.es, about.en)) {
        Some((about, about_en)) => text!("{es}: {about}", "{en}: {about_en}"),
        None => Text::new(es, en),
    })
}

/// How many records of each kind there are among the tables of some rows: "12 personas", "3 puestos y 2 titulares".
pub(crate) fn counted<'a>(tables: impl Iterator<Item = &'a str> + Clone) -> Option<Text> {
    let kinds = [
        ("person", "persona", "personas", "person", "people"),
        ("seat", "puesto", "puestos", "seat", "seats"),
        ("holder", "designación", "designaciones", "appointment", "appointments"),
        ("proposal", "propuesta", "propuestas", "proposal", "proposals"),
        ("commitment", "compromiso", "compromisos", "commitment", "commitments"),
    ];
    let (mut es, mut en) = (Vec::new(), Vec::new());
    for (table, one, many, one_en, many_en) in kinds {
        match tables.clone().filter(|name| *name == table).count() {
            0 => {}
            1 => {
                es.push(format!("1 {one}"));
                en.push(format!("1 {one_en}"));
            }
            n => {
                es.push(format!("{n} {many}"));
                en.push(format!("{n} {many_en}"));
            }
        }
    }
    (!es.is_empty()).then(|| Text::new(spanish::list(&es), en.join(", ")))
}

/// What a row became, or what it was when it went.
fn image(change: &Change) -> Option<&Map<String, Value>> {
    change.after.as_ref().or(change.before.as_ref())
}

fn field<'a>(change: &'a Change, name: &str) -> Option<&'a str> {
    image(change)?.get(name)?.as_str()
}

/// "Llega Ana Pérez, a las 8:12 a. m."
fn event_told(known: &mut Known<'_>, event: &Change) -> Result<Text> {
    let kind = image(event).and_then(|image| serde_json::from_value(image.get("kind")?.clone()).ok());
    let (es, en) = kind.map_or(("Hecho registrado", "Event recorded"), event_words);
    let mut who = None;
    for (name, concept) in [("person_id", "person"), ("seat_id", "seat"), ("item_id", "agenda_item")] {
        if let (None, Some(id)) = (&who, field(event, name)) {
            who = known.in_concept(concept, id)?;
        }
    }
    let who = who.map_or_else(String::new, |who| format!(" {who}"));
    let (mut at, mut at_en) = (String::new(), String::new());
    if let Some(Ok(instant)) = field(event, "occurred_at").map(str::parse::<DateTime<Utc>>) {
        let time = local(instant).time();
        at = format!(", {}", spanish::at_clock(time));
        at_en = time.format(", at %-I:%M %p").to_string();
    }
    Ok(text!("{es}{who}{at}", "{en}{who}{at_en}"))
}

/// "Voto: Sector Salud, a favor"; "Cambio de un voto: Sector Salud, a favor → en contra".
fn ballot_told(known: &mut Known<'_>, (es, en): (&str, &str), ballot: &Change) -> Result<Text> {
    let seat = match field(ballot, "seat_id") {
        Some(id) => known.in_concept("seat", id)?.unwrap_or_default(),
        None => String::new(),
    };
    let sense = |image: &Option<Map<String, Value>>| {
        Some(match image.as_ref()?.get("value")?.as_str()? {
            "for" => ("a favor", "for"),
            "against" => ("en contra", "against"),
            _ => ("abstención", "abstention"),
        })
    };
    Ok(match (sense(&ballot.before), sense(&ballot.after)) {
        (Some((was, was_en)), Some((is, is_en))) => {
            text!("{es}: {seat}, {was} → {is}", "{en}: {seat}, {was_en} → {is_en}")
        }
        (Some((was, was_en)), None) => {
            text!("Voto borrado: {seat}, {was}", "Ballot cleared: {seat}, {was_en}")
        }
        (None, is) => {
            let (is, is_en) = is.unwrap_or_default();
            text!("{es}: {seat}, {is}", "{en}: {seat}, {is_en}")
        }
    })
}

/// What happened, as the log of a session says it.
fn event_words(kind: EventKind) -> (&'static str, &'static str) {
    use EventKind as K;
    match kind {
        K::CallToOrder => ("Apertura", "Call to order"),
        K::RecordingStarted => ("Inicio de la grabación", "Recording starts"),
        K::RollAnswer => ("Responde a lista", "Answers the roll"),
        K::QuorumCheck => ("Verificación de quórum", "Quorum check"),
        K::WaitingStarted => ("Inicio de la espera", "Waiting starts"),
        K::SecondCall => ("Segunda convocatoria", "Second call"),
        K::NoQuorumDeclared => ("Se declara la falta de quórum", "Lack of quorum declared"),
        K::ContinuedInformative => ("Sigue de manera informativa", "Goes on for information only"),
        K::LateArrivalAfterDeclaration => {
            ("Llega después de la declaración", "Arrives after the declaration")
        }
        K::Arrival => ("Llega", "Arrives"),
        K::Departure => ("Se retira", "Leaves"),
        K::TemporaryDeparture => ("Sale por un momento", "Steps out"),
        K::Return => ("Regresa", "Comes back"),
        K::ConnectionLost => ("Pierde la conexión", "Loses the connection"),
        K::Reconnected => ("Recupera la conexión", "Reconnects"),
        K::InvalidDelegation => ("Asiste sin delegación vigente", "Attends without a valid delegation"),
        K::ItemStart => ("Comienza el punto", "Item begins"),
        K::ItemEnd => ("Termina el punto", "Item ends"),
        K::ItemPostponed => ("Se aplaza el punto", "Item postponed"),
        K::Presentation => ("Presenta", "Presents"),
        K::Intervention => ("Interviene", "Speaks"),
        K::MotionFiled => ("Moción", "Motion"),
        K::MotionDenied => ("Moción negada de plano", "Motion dismissed"),
        K::MotionWithdrawn => ("Moción retirada", "Motion withdrawn"),
        K::RecusalDeclared => ("Impedimento", "Recusal"),
        K::RecusalChallenged => ("Recusación", "Challenge"),
        K::DelegationRevoked => ("Se revoca la delegación", "Delegation revoked"),
        K::RecusalLeftRoom => ("Sale por impedimento", "Leaves for the recusal"),
        K::VoteOpen => ("Se abre la votación", "Vote opens"),
        K::VoteClose => ("Se cierra la votación", "Vote closes"),
        K::TieDeclared => ("Empate", "Tie"),
        K::CastingVote => ("Voto dirimente", "Casting vote"),
        K::StatementRecorded => ("Constancia", "Statement"),
        K::DissentRecorded => ("Constancia de disenso", "Dissent"),
        K::RecessStart => ("Receso", "Recess"),
        K::RecessEnd => ("Se reanuda", "Resumes"),
        K::SessionSuspended => ("Se suspende", "Suspended"),
        K::SessionResumed => ("Se reanuda", "Resumes"),
        K::ChairChanged => ("Cambia quien preside", "Chair changes"),
        K::SecretaryChanged => ("Cambia la secretaría", "Secretary changes"),
        K::ReplyReceived => ("Responde por escrito", "Replies in writing"),
        K::TermExtended => ("Se amplía el plazo", "Term extended"),
        K::TermOpened => ("Se abre un nuevo plazo", "New term opens"),
        K::TermClosed => ("Se cierran las respuestas", "Replies closed"),
        K::SessionClosed => ("Se levanta la sesión", "Adjourned"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::api::CALLS;

    #[test]
    fn every_act_has_words_in_both_languages() {
        let own = [Op::CreateArchive, Op::Import, Op::LoadCatalogs, Op::Undo, Op::Redo, Op::Checkpoint];
        let names: BTreeSet<&str> = CALLS
            .iter()
            .filter(|call| call.writes)
            .map(|call| call.name)
            .chain(own.map(Op::as_str))
            .collect();
        let told: BTreeSet<&str> = ACTS.iter().map(|act| act.0).collect();
        assert_eq!(told, names);
        for (name, es, en) in ACTS {
            assert!(!es.is_empty() && !en.is_empty() && !es.contains('_'), "{name}: {es}, {en}");
        }
    }
}
