//! Seats and who holds them, people, delegations, attendance.

use super::super::sheet::{Cell, Column, Sheet};
use super::{begun, body_name};
use crate::attendance::statistics::{
    AttendanceStatistics, SeatAttendance, SeatStatistics, attendance as view,
};
use crate::body::{BodyOnDay, SeatView, list_members};
use crate::delegation::{self, DelegationLine, ListDelegations};
use crate::failure::Result;
use crate::journal::Read;
use crate::person::{self, ListPeople, PersonLine};
use crate::spanish::{date, short_date};

pub(super) fn members(read: &Read<'_>, filter: BodyOnDay) -> Result<Sheet> {
    let view = list_members(read, filter)?;
    let columns: &[Column<SeatView>] = &[
        ("N.º", |l| l.seat.number.into()),
        ("Puesto", |l| (&l.seat.title).into()),
        ("Papel", |l| Cell::word(l.seat.role.label())),
        ("Entidad", |l| l.entity.clone().into()),
        ("Sigla", |l| l.entity_short.clone().into()),
        ("Sector o componente", |l| l.group.clone().into()),
        ("Voz", |l| l.seat.voice.into()),
        ("Voto", |l| l.seat.vote.into()),
        ("Puede delegar", |l| l.seat.delegation_allowed.into()),
        ("Quien lo ocupa", |l| l.current.as_ref().map(|h| &h.person.full_name).into()),
        ("Calidad", |l| l.current.as_ref().map_or(Cell::Empty, |h| Cell::word(h.kind.label()))),
        ("Cargo", |l| l.current.as_ref().and_then(|h| h.person.position.as_ref()).into()),
        ("Desde", |l| l.current.as_ref().map(|h| h.valid_from).into()),
        ("Hasta", |l| l.current.as_ref().and_then(|h| h.valid_to).into()),
        ("Acto", |l| l.current.as_ref().and_then(|h| h.act_cited.as_ref()).into()),
        ("Titular en reserva", |l| l.titular.as_ref().map(|h| &h.person.full_name).into()),
        ("Enlaces", |l| Cell::lines(&l.liaisons.iter().map(|p| p.full_name.as_str()).collect::<Vec<_>>())),
        ("Por revisar", |l| {
            Cell::lines(&l.findings.iter().map(|f| f.message.es.as_str()).collect::<Vec<_>>())
        }),
    ];
    let title = format!("Integrantes al {}", date(view.on));
    Ok(begun(read, "integrantes", title, &view.body).with(&view.seats, columns))
}

pub(super) fn people(read: &Read<'_>, filter: &ListPeople) -> Result<Sheet> {
    let lines: Vec<PersonLine> =
        person::found(read, filter)?.into_iter().map(|p| person::line_of(read, p)).collect::<Result<_>>()?;
    let columns: &[Column<PersonLine>] = &[
        ("Nombre completo", |l| (&l.full_name).into()),
        ("Apellidos y nombres", |l| (&l.sort_name).into()),
        ("Tratamiento", |l| Cell::word(l.treatment.label())),
        ("Género gramatical", |l| Cell::word(l.grammatical_gender.label())),
        ("Cargo", |l| l.position.clone().into()),
        ("Entidad u organización", |l| l.entity_name.as_ref().or(l.entity.as_ref()).into()),
        ("Sigla", |l| l.entity_name.as_ref().and(l.entity.as_ref()).into()),
        ("Nivel", |l| l.level.map_or(Cell::Empty, |level| Cell::word(level.label()))),
    ];
    let body = body_name(read, None)?;
    Ok(begun(read, "personas", "Personas", &body).with(&lines, columns))
}

pub(super) fn delegations(read: &Read<'_>, filter: ListDelegations) -> Result<Sheet> {
    let body = body_name(read, filter.body_id.as_ref())?;
    let on = filter.on.unwrap_or_else(|| read.ctx.today());
    let lines = delegation::list(read, filter)?;
    let columns: &[Column<DelegationLine>] = &[
        ("Puesto n.º", |l| l.seat_number.into()),
        ("Puesto", |l| (&l.seat).into()),
        ("Delegante", |l| (&l.principal.full_name).into()),
        ("Delegado", |l| (&l.delegate.full_name).into()),
        ("Cargo del delegado", |l| l.delegate.position.clone().into()),
        ("Nivel", |l| l.delegate.level.map_or(Cell::Empty, |level| Cell::word(level.label()))),
        ("Acto", |l| (&l.act_cited).into()),
        ("Desde", |l| l.valid_from.into()),
        ("Hasta", |l| l.valid_to.into()),
        ("Estado", |l| Cell::word(l.status.label())),
        ("Días que le quedan", |l| l.days_left.into()),
        ("Alcance", |l| Cell::word(l.scope.label())),
        ("Materias", |l| l.matters.clone().into()),
        ("Recibida", |l| l.received_at.into()),
        ("Revocada", |l| l.revoked_on.into()),
        ("Por qué se rechazó", |l| l.rejected_reason.clone().into()),
        ("Archivo", |l| l.file.clone().into()),
        ("Nota", |l| l.note.clone().into()),
    ];
    let title = format!("Delegaciones al {}", date(on));
    Ok(begun(read, "delegaciones", title, &body).with(&lines, columns))
}

/// The columns of the counts, and one for each session of the period.
pub(super) fn attendance(read: &Read<'_>, filter: AttendanceStatistics) -> Result<Sheet> {
    let view = view(read, filter)?;
    let columns: &[Column<SeatStatistics>] = &[
        ("N.º", |l| l.number.into()),
        ("Puesto", |l| (&l.title).into()),
        ("Entidad", |l| l.entity.clone().into()),
        ("Vota", |l| l.vote.into()),
        ("Quiénes lo ocuparon", |l| Cell::lines(&l.holders)),
        ("Sesiones", |l| l.due.into()),
        ("Por su titular", |l| l.holder.into()),
        ("En encargo", |l| l.acting.into()),
        ("Por delegación", |l| l.represented.into()),
        ("Con excusa", |l| l.excused.into()),
        ("Sin excusa", |l| l.absent.into()),
        ("Vacante", |l| l.vacant.into()),
        ("Asistencia", |l| l.share.map_or(Cell::Empty, Cell::Percent)),
    ];
    let title = format!("Asistencia del {} al {}", short_date(view.from), short_date(view.to));
    let mut sheet = begun(read, "asistencia", title, &view.body).with(&view.seats, columns);
    for session in &view.sessions {
        sheet.columns.push(format!("{} ({})", session.name.es, short_date(session.date)));
        for (row, seat) in sheet.rows.iter_mut().zip(&view.seats) {
            let there = seat.sessions.iter().find(|s| s.session_id == session.id);
            row.push(there.map_or(Cell::Empty, |s| said(s.attendance).into()));
        }
    }
    Ok(sheet)
}

fn said(attendance: SeatAttendance) -> &'static str {
    match attendance {
        SeatAttendance::Holder => "Titular",
        SeatAttendance::Acting => "Encargo",
        SeatAttendance::Represented => "Delegación",
        SeatAttendance::Excused => "Con excusa",
        SeatAttendance::Absent => "Sin excusa",
        SeatAttendance::Vacant => "Vacante",
    }
}
