//! The extract of adopted minutes: the chosen items as the minutes print them, and who certifies that they are so.

use serde::Serialize;

use super::{Drawn, Head, Signatory, Told, fact, given, minutes_name, said_secretariat, secretary};
use crate::codes::DocumentKind;
use crate::failure::{Code, Failure, Result};
use crate::ids::{AgendaItemId, MinutesId};
use crate::journal::Read;
use crate::minutes::{
    Minutes, MinutesItem, Withholding, adopted, as_they_stand, material, sentences::uncapitalized,
};
use crate::spanish::{capitalized, clock, date, list, long_date};
use crate::text;

/// The extract of minutes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Excerpt {
    /// The items as the minutes print them.
    pub items: Vec<MinutesItem>,
    /// What is certified, and what is to be known with it.
    pub certified: Vec<String>,
    /// Who certifies.
    pub signatory: Signatory,
}

pub(super) fn draw(read: &Read<'_>, id: &MinutesId, items: &[AgendaItemId]) -> Result<Drawn> {
    let record: Minutes = read.get(id)?;
    let name = minutes_name(&record);
    if !adopted(record.status) {
        return Err(Failure::new(
            Code::WrongState,
            text!(
                "El {name} no se ha aprobado: de un proyecto no se expide extracto. Apruébela antes, o expida la certificación de una decisión.",
                "{name} is not adopted: no extract is made of a draft. Adopt it first, or certify one of its decisions."
            ),
        )
        .with(serde_json::json!({ "status": record.status })));
    }
    let session = match &record.session_id {
        Some(session) if record.kind != crate::codes::MinutesKind::Correcting && !record.imported => session,
        _ => {
            return Err(Failure::new(
                Code::WrongState,
                text!(
                    "El {name} no tiene puntos en el archivo: es un documento cargado o aclaratorio. Entregue copia de su archivo.",
                    "{name} has no items in the archive: it was loaded as a file or corrects others. Hand out a copy of its file."
                ),
            ));
        }
    };
    let m = material(read, session)?;
    let assembly = as_they_stand(read, &m)?;
    let numbers: Vec<&str> = assembly
        .items
        .iter()
        .filter(|item| item.item_id.as_ref().is_some_and(|id| items.contains(id)))
        .map(|item| item.number.as_str())
        .collect();
    if numbers.is_empty() || numbers.len() < items.len() {
        return Err(Failure::field(
            "item_ids",
            text!(
                "Elija uno o varios puntos del orden del día de esa acta.",
                "Choose one or more agenda items of those minutes."
            ),
        ));
    }
    let part_of = |number: &str| {
        numbers.iter().any(|chosen| {
            number.strip_prefix(chosen).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let chosen: Vec<MinutesItem> =
        assembly.items.iter().filter(|item| part_of(&item.number)).cloned().collect();
    let adopted_on =
        record.approved_on.map_or_else(String::new, |day| format!(", aprobada el {}", date(day)));
    let of_items = match numbers.as_slice() {
        [one] => format!("del punto {one}"),
        many => format!("de los puntos {}", list(many)),
    };
    let mut certified = vec![format!(
        "{} certifica que este extracto es copia fiel {of_items} del {}{adopted_on}, que reposa en el archivo de la \
         instancia.",
        capitalized(&said_secretariat(&assembly.body)),
        uncapitalized(&name)
    )];
    let corrections: Vec<Minutes> =
        read.select("WHERE corrects_minutes_id = ?1 ORDER BY year, number", [&record.id])?;
    for correcting in corrections.iter().filter(|c| adopted(c.status)) {
        certified.push(format!(
            "El acta fue aclarada por el {}, que se lee junto con ella.",
            uncapitalized(&minutes_name(correcting))
        ));
    }
    let withheld: Vec<Withholding> = read.select("WHERE minutes_id = ?1", [&record.id])?;
    if !withheld.is_empty() {
        certified.push(
            "El acta tiene pasajes clasificados o reservados (Ley 1712 de 2014, artículos 18 y 19). Este extracto no es \
             una versión pública."
                .to_owned(),
        );
    }
    certified.push(given(read));
    let mut facts = vec![fact("Sesión", assembly.session.clone())];
    facts.push(fact("Fecha", capitalized(&long_date(assembly.date))));
    if let (Some(start), Some(end)) = (assembly.start, assembly.end) {
        facts.push(fact("Hora", format!("De {} a {}", clock(start), clock(end))));
    }
    facts.push(fact("Lugar", assembly.place.clone()));
    if !assembly.presided.is_empty() {
        facts.push(fact("Presidió", assembly.presided.join("\n")));
    }
    facts.push(fact("Acta", format!("{name}, {}", record.status.label())));
    let stem = format!(
        "extracto-acta-{:02}-{}-punto-{}",
        record.number,
        record.year,
        numbers.join("-").replace('.', "-")
    );
    let fictitious = assembly.fictitious;
    Ok(Drawn {
        kind: DocumentKind::Excerpt,
        session_id: record.session_id.clone(),
        minutes_id: Some(record.id),
        stem,
        head: Head {
            body: assembly.body,
            title: format!("Extracto del {}", uncapitalized(&name)),
            subtitle: String::new(),
            facts,
            fictitious,
        },
        told: Told::Excerpt(Excerpt {
            items: chosen,
            certified,
            signatory: secretary(read, &m.body, read.ctx.today())?,
        }),
        body: m.body,
    })
}
