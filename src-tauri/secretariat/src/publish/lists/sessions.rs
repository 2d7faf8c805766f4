//! Sessions, their minutes, their votes and their decisions.

use super::super::sheet::{Cell, Column, Sheet};
use super::{DecisionsOfYear, PAGE, begun, body_name, every_page, of_year};
use crate::decision::{RegisteredDecision, registered};
use crate::failure::Result;
use crate::journal::Read;
use crate::live::SessionRef;
use crate::minutes::{ListMinutes, MinutesLine, SignatureLine, list_minutes, said_name};
use crate::session::Session;
use crate::session::year::{ListSessions, SessionLine, list};
use crate::vote::{self, BallotLine, VoteLine};

pub(super) fn sessions(read: &Read<'_>, filter: ListSessions) -> Result<Sheet> {
    let body = body_name(read, filter.body_id.as_ref())?;
    let sheet = begun(read, "sesiones", of_year("Sesiones", filter.year), &body);
    let lines = every_page(|offset| {
        let filter = ListSessions { offset: Some(offset), limit: Some(PAGE), ..filter.clone() };
        Ok(list(read, filter)?.sessions)
    })?;
    let columns: &[Column<SessionLine>] = &[
        ("Sesión", |l| (&l.name).into()),
        ("Instancia", |l| (&l.body).into()),
        ("Número", |l| l.number.into()),
        ("Año", |l| l.year.into()),
        ("Clase", |l| Cell::word(l.kind.label())),
        ("Modalidad", |l| Cell::word(l.mode.label())),
        ("Estado", |l| Cell::word(&l.status_text.es)),
        // A postponed session without a new day still carries the old one.
        ("Fecha", |l| if l.date_to_be_set { Cell::Empty } else { l.date.into() }),
        ("Hora", |l| l.start.clone().into()),
        ("Lugar o plataforma", |l| l.place.clone().into()),
        ("Convocada", |l| l.convened_at.into()),
        ("Puntos", |l| l.items.into()),
        ("Ingresada después", |l| l.entered_afterwards.into()),
        ("Acta", |l| l.minutes.as_ref().map(|m| m.number).into()),
        ("Estado del acta", |l| l.minutes.as_ref().map_or(Cell::Empty, |m| Cell::word(m.status.label()))),
    ];
    Ok(sheet.with(&lines, columns))
}

pub(super) fn minutes(read: &Read<'_>, filter: ListMinutes) -> Result<Sheet> {
    let body = body_name(read, filter.body_id.as_ref())?;
    let sheet = begun(read, "actas", of_year("Actas", filter.year), &body);
    let lines = every_page(|offset| {
        let filter = ListMinutes { offset: Some(offset), limit: Some(PAGE), ..filter.clone() };
        Ok(list_minutes(read, filter)?.minutes)
    })?;
    let columns: &[Column<MinutesLine>] = &[
        ("Acta", |l| (&l.name).into()),
        ("Instancia", |l| (&l.body).into()),
        ("Número", |l| l.number.into()),
        ("Año", |l| l.year.into()),
        ("Clase", |l| Cell::word(l.kind.label())),
        ("Estado", |l| Cell::word(&l.status_text.es)),
        ("Sesión", |l| l.session.as_ref().map(|s| &s.name).into()),
        ("Fecha de la sesión", |l| l.session_date.into()),
        ("Borrador enviado", |l| l.draft_sent_on.into()),
        ("Observaciones hasta", |l| l.remarks_until.into()),
        ("Observaciones", |l| l.remarks.into()),
        ("Sin respuesta", |l| l.unanswered.into()),
        ("Aprobada", |l| l.approved_on.into()),
        ("Aprobada en", |l| l.approved_in.as_ref().map(|s| &s.name).into()),
        ("Firmas", |l| Cell::lines(&l.signatures.iter().map(signature).collect::<Vec<_>>())),
        ("Firmada", |l| l.signed_on.into()),
        ("Publicada", |l| l.published_on.into()),
        ("Próximo plazo", |l| l.next.as_ref().map(|d| &d.text).into()),
        ("Vence", |l| l.next.as_ref().and_then(|d| d.due_on).into()),
        ("Archivo", |l| l.file.as_ref().map(|f| &f.name).into()),
        ("Páginas", |l| l.file.as_ref().and_then(|f| f.pages).into()),
    ];
    Ok(sheet.with(&lines, columns))
}

/// "Presidencia: Ana Pérez, 2026-03-02".
fn signature(line: &SignatureLine) -> String {
    let (role, name) = (&line.role_text.es, &line.name);
    let state = match (line.signed_on, &line.missing_reason) {
        (Some(day), _) => crate::spanish::short_date(day),
        (None, Some(reason)) => format!("no firmó: {reason}"),
        (None, None) => "pendiente".to_owned(),
    };
    format!("{role}: {name}, {state}")
}

/// A ballot with its vote, or a vote that has none to tell.
struct VoteRow<'a> {
    line: &'a VoteLine,
    ballot: Option<&'a BallotLine>,
}

pub(super) fn votes(read: &Read<'_>, filter: &SessionRef) -> Result<Sheet> {
    let session: Session = read.get(&filter.session_id)?;
    let body = body_name(read, Some(&session.body_id))?;
    let (name, lines) = vote::of_session(read, &session.id)?;
    let mut rows = Vec::new();
    for line in &lines {
        if line.ballots.is_empty() {
            rows.push(VoteRow { line, ballot: None });
        }
        rows.extend(line.ballots.iter().map(|ballot| VoteRow { line, ballot: Some(ballot) }));
    }
    let columns: &[Column<VoteRow<'_>>] = &[
        ("Punto", |r| (&r.line.item).into()),
        ("Título del punto", |r| (&r.line.item_title).into()),
        ("Asunto", |r| (&r.line.vote.question).into()),
        ("Forma", |r| Cell::word(r.line.vote.method.label())),
        ("Vuelta", |r| r.line.vote.round.into()),
        ("Estado", |r| Cell::word(r.line.vote.status.label())),
        ("Apertura", |r| r.line.vote.opened_at.into()),
        ("Cierre", |r| r.line.vote.closed_at.into()),
        ("Resultado", |r| r.line.result.as_ref().map_or(Cell::Empty, |told| Cell::word(&told.es))),
        ("A favor", |r| r.line.tally.map(|(n, _, _)| n).into()),
        ("En contra", |r| r.line.tally.map(|(_, n, _)| n).into()),
        ("Abstenciones", |r| r.line.tally.map(|(_, _, n)| n).into()),
        ("Puesto n.º", |r| r.ballot.map(|b| b.number).into()),
        ("Puesto", |r| r.ballot.map(|b| &b.seat).into()),
        ("Entidad", |r| r.ballot.and_then(|b| b.entity.as_ref()).into()),
        ("Quién votó", |r| r.ballot.map(|b| &b.person).into()),
        ("Voto", |r| r.ballot.map_or(Cell::Empty, |b| Cell::word(b.value.label()))),
    ];
    Ok(begun(read, "votaciones", format!("Votaciones. {}", name.es), &body).with(&rows, columns))
}

pub(super) fn decisions(read: &Read<'_>, filter: &DecisionsOfYear) -> Result<Sheet> {
    let body = body_name(read, Some(&filter.body_id))?;
    let lines = registered(read, &filter.body_id, filter.year)?;
    let columns: &[Column<RegisteredDecision>] = &[
        ("Número", |l| l.decision.number.into()),
        ("Año", |l| l.decision.year.into()),
        ("Clase", |l| Cell::word(l.decision.kind.label())),
        ("Fecha", |l| l.decision.decided_on.into()),
        ("Sesión", |l| (&l.session).into()),
        ("Punto", |l| (&l.item).into()),
        ("Decisión", |l| l.decision.text.trim().into()),
        ("Votación", |l| l.result.as_ref().map_or(Cell::Empty, |told| Cell::word(&told.es))),
        ("Propuesta", |l| l.proposal.clone().into()),
        ("Acta", |l| l.minutes.as_ref().map_or(Cell::Empty, |m| (&said_name(m)).into())),
        ("Estado del acta", |l| l.minutes.as_ref().map_or(Cell::Empty, |m| Cell::word(m.status.label()))),
    ];
    Ok(begun(read, "decisiones", of_year("Decisiones", Some(filter.year)), &body).with(&lines, columns))
}
