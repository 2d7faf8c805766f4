//! What backs the record: annexes, what is kept from the public, the journal.

use super::super::sheet::{Cell, Column, Sheet};
use super::{PAGE, begun, body_name, every_page};
use crate::annex::{self, AnnexLine, ListAnnexes};
use crate::failure::Result;
use crate::journal::{self, EntryLine, ListJournal, Read};
use crate::minutes::{ListWithheld, WithheldEntry, withheld_index};
use crate::spanish::capitalized;

pub(super) fn annexes(read: &Read<'_>, filter: ListAnnexes) -> Result<Sheet> {
    let owner = crate::names::Known::new(read).any(&filter.owner_id)?.unwrap_or_default();
    let title = format!("Anexos. {}", capitalized(&owner));
    let lines = annex::list(read, filter)?;
    let columns: &[Column<AnnexLine>] = &[
        ("N.º", |l| l.annex.number.into()),
        ("Título", |l| (&l.annex.title).into()),
        ("Clase", |l| Cell::word(&l.kind_text)),
        ("Archivo", |l| (&l.annex.file).into()),
        ("Tipo", |l| (&l.annex.media_type).into()),
        ("Bytes", |l| l.size.into()),
        ("Público", |l| l.annex.public.into()),
        ("Revisado por", |l| l.annex.review.as_ref().map(|r| &r.by).into()),
        ("Revisado el", |l| l.annex.review.as_ref().map(|r| r.on).into()),
        ("Por qué no se publica", |l| l.annex.review.as_ref().and_then(|r| r.reason.as_ref()).into()),
        ("Recibido el", |l| l.annex.received.as_ref().and_then(|r| r.sent_at).into()),
        ("SHA-256", |l| (&l.annex.blob_id).into()),
    ];
    let body = body_name(read, None)?;
    Ok(begun(read, "anexos", title.trim_end_matches([' ', '.']), &body).with(&lines, columns))
}

pub(super) fn withheld(read: &Read<'_>, filter: ListWithheld) -> Result<Sheet> {
    let body = body_name(read, Some(&filter.body_id))?;
    let lines = withheld_index(read, filter)?;
    let columns: &[Column<WithheldEntry>] = &[
        ("Acta", |l| (&l.title).into()),
        ("Fecha de la sesión", |l| l.session_date.into()),
        ("Pasaje n.º", |l| l.row.number.into()),
        ("Dónde", |l| (&l.row.place).into()),
        ("Calificación", |l| (&l.row.class).into()),
        ("Todo el punto", |l| l.whole_item.into()),
        ("Fundamento", |l| (&l.row.basis).into()),
        ("Derecho o interés que protege", |l| (&l.row.purpose).into()),
        ("Quién la decidió", |l| (&l.row.decided_by).into()),
        ("Decidida el", |l| l.row.decided_on.into()),
        ("Hasta", |l| l.row.until.into()),
        ("Vigente", |l| l.in_force.into()),
        ("Versión pública del", |l| l.issued_on.into()),
    ];
    let title = "Índice de información clasificada y reservada";
    Ok(begun(read, "informacion-clasificada", title, &body).with(&lines, columns))
}

pub(super) fn journal(read: &Read<'_>, filter: &ListJournal) -> Result<Sheet> {
    let mut before = filter.before;
    let lines = every_page(|_| {
        let page = journal::list(read, ListJournal { before, limit: Some(PAGE) })?;
        before = page.last().map(|line| line.seq);
        Ok(page)
    })?;
    let columns: &[Column<EntryLine>] = &[
        ("N.º", |l| l.seq.into()),
        ("Fecha y hora", |l| l.at.into()),
        ("Acto", |l| (&l.act).into()),
        ("Sobre", |l| l.about.clone().into()),
        ("Quién", |l| (&l.actor.name).into()),
        ("Cargo", |l| (&l.actor.role).into()),
        ("Deshace el n.º", |l| l.undoes.into()),
        ("Huella", |l| (&l.hash).into()),
    ];
    let body = body_name(read, None)?;
    Ok(begun(read, "historial", "Historial", &body).with(&lines, columns))
}
