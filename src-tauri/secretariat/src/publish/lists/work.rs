//! What is to be decided and done: proposals, commitments, the work plan.

use super::super::sheet::{Cell, Column, Sheet};
use super::{PAGE, begun, body_name, every_page, of_year};
use crate::commitment::{self, CommitmentLine, ListCommitments};
use crate::failure::Result;
use crate::journal::Read;
use crate::proposal::view::{ListProposals, ProposalLine, list};
use crate::spanish::date;
use crate::work_plan::{self, ActivityLine, GetWorkPlan};

pub(super) fn proposals(read: &Read<'_>, filter: ListProposals) -> Result<Sheet> {
    let body = body_name(read, filter.body_id.as_ref())?;
    let sheet = begun(read, "propuestas", of_year("Propuestas", filter.year), &body);
    let lines = every_page(|offset| {
        let filter = ListProposals { offset: Some(offset), limit: Some(PAGE), ..filter.clone() };
        Ok(list(read, filter)?.proposals)
    })?;
    let columns: &[Column<ProposalLine>] = &[
        ("Código", |l| (&l.code).into()),
        ("Título", |l| (&l.title).into()),
        ("Título corto", |l| l.short_title.clone().into()),
        ("Estado", |l| Cell::word(&l.status_text.es)),
        ("Desde", |l| l.since.into()),
        ("Entidad", |l| l.entity.clone().into()),
        ("Sector", |l| l.sector.clone().into()),
        ("Radicado", |l| l.reception.clone().into()),
        ("Fecha de radicación", |l| l.filed_on.into()),
        ("Sesión", |l| l.session.as_ref().into()),
        ("Valor solicitado (pesos)", |l| l.total.map_or(Cell::Empty, Cell::Pesos)),
    ];
    Ok(sheet.with(&lines, columns))
}

pub(super) fn commitments(read: &Read<'_>, filter: ListCommitments) -> Result<Sheet> {
    let body = body_name(read, filter.body_id.as_ref())?;
    let view = commitment::at_most(read, filter, usize::MAX)?;
    let columns: &[Column<CommitmentLine>] = &[
        ("Compromiso", |l| (&l.commitment.text).into()),
        ("Instancia", |l| (&l.body).into()),
        ("Sesión n.º", |l| l.session_number.into()),
        ("Año", |l| l.session_year.into()),
        ("Fecha de la sesión", |l| l.session_date.into()),
        ("Entidad responsable", |l| l.entity.clone().into()),
        ("Persona responsable", |l| l.person.clone().into()),
        ("Fecha límite", |l| l.commitment.due_on.into()),
        ("Estado", |l| Cell::word(l.status.label())),
        ("Días hábiles que faltan", |l| l.days_left.into()),
        ("Cumplido el", |l| l.commitment.closed_on.into()),
        ("Evidencia", |l| l.commitment.evidence.clone().into()),
        ("Archivo de la evidencia", |l| l.commitment.file.clone().into()),
        ("Nota", |l| l.commitment.note.clone().into()),
    ];
    let title = format!("Compromisos al {}", date(view.on));
    Ok(begun(read, "compromisos", title, &body).with(&view.commitments, columns))
}

pub(super) fn work_plan(read: &Read<'_>, filter: GetWorkPlan) -> Result<Sheet> {
    let body = body_name(read, Some(&filter.body_id))?;
    let view = work_plan::get(read, filter)?;
    let columns: &[Column<ActivityLine>] = &[
        ("N.º", |l| l.activity.position.into()),
        ("Actividad", |l| (&l.activity.activity).into()),
        ("Funciones", |l| l.activity.function_codes.join(", ").into()),
        ("Producto", |l| l.activity.product.clone().into()),
        ("Entidad responsable", |l| l.entity.clone().into()),
        ("Persona responsable", |l| l.person.clone().into()),
        ("Fecha límite", |l| l.activity.due_on.into()),
        ("Cumplida el", |l| l.activity.done_on.into()),
        // In progress and past its date is said as its screen says it.
        ("Estado", |l| if l.overdue { "Vencida".into() } else { Cell::word(l.status.label()) }),
        ("Evidencia", |l| l.activity.evidence.clone().into()),
        ("Archivo de la evidencia", |l| l.activity.file.clone().into()),
        ("Nota", |l| l.activity.note.clone().into()),
    ];
    let title = format!("Plan anual de trabajo de {}", view.year);
    Ok(begun(read, "plan-de-trabajo", title, &body).with(&view.activities, columns))
}
