//! What is found, in which order, and shown how.

use serde_json::json;

use super::*;
use crate::api::{self, Op};
use crate::archive_tests::{body, context, record_of};
use crate::{Secretariat, journal};

/// An archive where words differ by an accent or a tilde.
fn archive(folder: &std::path::Path) -> Secretariat {
    let archive = Secretariat::create(&folder.join("a.actario"), &context(1), "equipo").unwrap();
    api::dispatch(&archive, &context(2), "put_body", body("Comisión Intersectorial")).unwrap();
    let put = |tx: &mut journal::Tx<'_>| {
        tx.put(&record_of::<crate::session::Session>(json!({ "id": "ses-2", "body_id": "body-x", "number": 2, "year": 2025,
            "kind": "ordinary", "mode": "in_person", "status": "adjourned", "date": "2025-06-12", "recording": false,
            "entered_afterwards": false, "postponements": [], "invitees": [], "overrides": [], "place": "Sala Quiñones" })))?;
        tx.put(&record_of::<crate::agenda::AgendaItem>(json!({ "id": "it-1", "session_id": "ses-2", "position": 1, "title": "Estrategia de internacionalización",
            "kind": "report", "function_codes": [], "proposal_ids": [], "minutes_ids": [], "late": false,
            "narrative": "La **secretaria** presentó el balance del año.\n{{block:vote:v-1}}\nSe habló de \"cooperación sur-sur\" y de la ñapa." })))?;
        for (id, text) in [
            ("d-ano", "Se ajusta el plano del ano anterior"),
            ("d-anio", "Se aprueba el plan del año entrante"),
            ("d-int", "Avanza la Internacionalización de la ciudad"),
            ("d-fra", "Aprobar el convenio marco de cooperación con la ciudad de Montreal"),
        ] {
            tx.put(&record_of::<crate::decision::Decision>(
                json!({ "id": id, "body_id": "body-x", "session_id": "ses-2", "item_id": "it-1",
                "kind": "procedural", "text": text, "decided_on": "2025-06-12" }),
            ))?;
        }
        for (id, first, last) in [
            ("per-1", "María José", "Núñez-Díaz"),
            ("per-2", "Ana", "O'Higgins de la Peña"),
            ("per-3", "Pedro", "Pena"),
        ] {
            let name = format!("{first} {last}");
            tx.put(&record_of::<crate::person::Person>(json!({ "id": id, "first_names": first, "surnames": last, "full_name": name,
                "sort_name": name, "treatment": "none", "grammatical_gender": "neutral", "position": "Asesora" })))?;
        }
        Ok(())
    };
    archive.transact(&context(3), Op::PutBody, put).unwrap();
    archive
}

fn look(archive: &Secretariat, request: serde_json::Value) -> Vec<SearchGroup> {
    let reply = api::dispatch(archive, &context(9), "search", request.clone())
        .unwrap_or_else(|f| panic!("{request}: {f}"));
    serde_json::from_value(reply["value"].clone()).unwrap()
}

fn ids(groups: &[SearchGroup]) -> Vec<String> {
    groups.iter().flat_map(|g| g.hits.iter().map(|h| h.id.clone())).collect()
}

#[test]
fn what_is_typed_is_found_closest_first() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    for (query, expected) in [
        // Accents and capitals do not matter.
        ("internacionalizacion", vec!["d-int", "it-1"]),
        ("INTERNACIONALIZACIÓN", vec!["d-int", "it-1"]),
        ("Internacionalizacio\u{0301}n", vec!["d-int", "it-1"]),
        // ñ is a letter: as typed first, the other after; in both directions, capitals too.
        ("año", vec!["d-anio", "d-ano", "it-1"]),
        ("AÑO", vec!["d-anio", "d-ano", "it-1"]),
        ("an\u{0303}o", vec!["d-anio", "d-ano", "it-1"]),
        ("ano", vec!["d-ano", "d-anio", "it-1"]),
        ("peña", vec!["per-2", "per-3"]),
        ("pena", vec!["per-3", "per-2"]),
        ("nunez", vec!["per-1"]),
        ("ñuñez", vec!["per-1"]),
        ("quinon", vec!["ses-2"]),
        // The last word may be unfinished; a finished one may not; a star leaves any open.
        ("interna", vec!["d-int", "it-1"]),
        ("interna ", vec![]),
        ("interna* ciudad", vec!["d-int"]),
        ("coop mont", vec![]),
        ("coop* mont", vec!["d-fra"]),
        // All words, in any order; words in quotes in a row.
        ("ciudad convenio", vec!["d-fra"]),
        ("\"convenio marco\"", vec!["d-fra"]),
        ("\"marco convenio\"", vec![]),
        ("“convenio marco” montreal", vec!["d-fra"]),
        ("\"convenio mar", vec!["d-fra"]),
        // Names as they are written, and as they are not.
        ("núñez-díaz", vec!["per-1"]),
        ("nunez diaz", vec!["per-1"]),
        ("diaz-nunez", vec![]),
        ("o'higgins", vec!["per-2"]),
        ("ohiggins", vec![]),
        // The titles of what has no title of its own.
        ("sesión ordinaria 2 de 2025", vec!["ses-2"]),
        ("sur-sur", vec!["it-1"]),
        // What the printer reads is not found.
        ("block", vec![]),
        // Anything may be typed.
        ("", vec![]),
        ("   ", vec![]),
        ("\"", vec![]),
        ("\"\"\"", vec![]),
        ("* ** -", vec![]),
        ("año*:NEAR(", vec![]),
        ("title:ano", vec![]),
        ("a AND OR NOT b", vec![]),
        ("{", vec![]),
        ("ciudad ) convenio", vec!["d-fra"]),
        ("ciudad\0 convenio", vec!["d-fra"]),
        ("'; DROP TABLE search; --", vec![]),
        ("🙂", vec![]),
        ("convenio 🙂", vec!["d-fra"]),
    ] {
        assert_eq!(ids(&look(&archive, json!({ "query": query }))), expected, "{query:?}");
    }
    look(&archive, json!({ "query": "x ".repeat(100_000) }));
    look(&archive, json!({ "query": "ñ".repeat(5_000) }));
}

#[test]
fn a_hit_says_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let groups = look(&archive, json!({ "query": "cooperacion mont" .replace(' ', "* ") }));
    let hit = &groups[0].hits[0];
    assert_eq!((groups[0].concept.as_str(), groups[0].label.es.as_str()), ("decision", "Decisiones"));
    assert_eq!(hit.path, "Sesión ordinaria 2 de 2025 · 12 de junio de 2025");
    assert_eq!(
        (hit.body_id.as_deref(), hit.session_id.as_deref(), hit.date.as_deref()),
        (Some("body-x"), Some("ses-2"), Some("2025-06-12"))
    );
    assert_eq!(hit.owner, Some(SearchOwner { concept: "agenda_item".into(), id: "it-1".into() }));
    let shown: String =
        hit.snippet.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect();
    assert_eq!(shown, "Aprobar el convenio marco de [cooperación] con la ciudad de [Montreal]");
    let groups = look(&archive, json!({ "query": "nunez" }));
    let title: Vec<_> = groups[0].hits[0].title.iter().map(|p| (p.text.as_str(), p.hit)).collect();
    assert_eq!(title, [("María José ", false), ("Núñez", true), ("-Díaz", false)]);
    let groups = look(&archive, json!({ "query": "secretaria año" }));
    let shown: String = groups[0].hits[0].snippet.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        shown,
        "La secretaria presentó el balance del año. Se habló de \"cooperación sur-sur\" y de la ñapa."
    );
}

#[test]
fn snippets_are_short_and_whole_letters() {
    let long = format!("{} aquí está la ñapa buscada {}", "palabra ".repeat(200), "después ".repeat(200));
    let shown = snippet(&long, &terms("ñapa"));
    let text: String = shown.iter().map(|p| p.text.as_str()).collect();
    assert!(text.starts_with("… ") && text.ends_with(" …") && text.contains("la ñapa buscada"), "{text}");
    assert!(text.len() < SNIPPET + 20, "{text}");
    for text in ["", "ñ", &"ñ".repeat(4000), &"🙂".repeat(400)] {
        snippet(text, &terms("ñandú"));
        snippet(text, &terms(text));
    }
}

#[test]
fn groups_are_short_and_can_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let many = |tx: &mut journal::Tx<'_>| {
        for n in 0..30 {
            tx.put(&record_of::<crate::catalog::Entity>(
                json!({ "id": format!("ent-{n}"), "name": format!("Entidad de la ciudad {n}") }),
            ))?;
        }
        Ok(())
    };
    archive.transact(&context(4), Op::PutBody, many).unwrap();
    let shape = |groups: Vec<SearchGroup>| -> Vec<_> {
        groups.into_iter().map(|g| (g.concept, g.hits.len(), g.more)).collect()
    };
    let expected = vec![("decision".to_owned(), 2, false), ("entity".to_owned(), 8, true)];
    assert_eq!(shape(look(&archive, json!({ "query": "ciudad" }))), expected);
    let expected = vec![("entity".to_owned(), 30, false)];
    assert_eq!(
        shape(look(&archive, json!({ "query": "ciudad", "concepts": ["entity", "nada"], "limit": 40 }))),
        expected
    );
}

#[test]
fn the_index_follows_undo() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let rename = |tx: &mut journal::Tx<'_>| {
        let mut entity =
            record_of::<crate::catalog::Entity>(json!({ "id": "ent-1", "name": "Secretaría de Ambiente" }));
        tx.put(&entity)?;
        entity.name = "Secretaría del Hábitat".into();
        tx.put(&entity)
    };
    let found = |query: &str| ids(&look(&archive, json!({ "query": query })));
    archive.transact(&context(4), Op::PutBody, rename).unwrap();
    assert_eq!((found("habitat"), found("ambiente")), (vec!["ent-1".to_owned()], vec![]));
    api::dispatch(&archive, &context(5), "undo", json!({})).unwrap();
    assert_eq!(found("habitat"), [""; 0]);
    api::dispatch(&archive, &context(6), "redo", json!({})).unwrap();
    assert_eq!(found("habitat"), ["ent-1"]);
}

#[test]
fn the_place_of_every_concept_can_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let ask = |read: &journal::Read<'_>| {
        let mut tables = read.conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
        let tables: Vec<String> = tables.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        let asked = tables.iter().filter_map(|table| Some((table, origin_query(table)?)));
        Ok(asked.map(|(table, query)| (table.clone(), read.conn.prepare(query).err())).collect::<Vec<_>>())
    };
    let asked = archive.query(&context(9), ask).unwrap();
    assert!(asked.len() > 20, "{asked:?}");
    for (table, refused) in asked {
        assert!(refused.is_none(), "{table}: {refused:?}");
    }
}

#[test]
fn no_concept_is_cut_by_another_and_no_ending_by_their_number() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let many = |tx: &mut journal::Tx<'_>| {
        // A page of the index ends within one of them, whichever comes first.
        for n in 0..59 {
            tx.put(&record_of::<crate::catalog::Entity>(
                json!({ "id": format!("ent-{n}"), "name": format!("Oficina {n} de páramos") }),
            ))?;
            tx.put(&record_of::<crate::person::Person>(json!({ "id": format!("per-p{n}"), "first_names": "Flor",
                "surnames": "Páramos", "full_name": "Flor Páramos", "sort_name": "Páramos", "treatment": "none",
                "grammatical_gender": "neutral" })))?;
        }
        // More words with one beginning than are asked for one by one; one of them with ñ.
        for letter in ('a'..='y').filter(|c| *c != 'n') {
            tx.put(&record_of::<crate::catalog::Sector>(
                json!({ "id": format!("sec-{letter}"), "position": 1, "name": format!("Humedales{letter}") }),
            ))?;
        }
        tx.put(&record_of::<crate::catalog::Sector>(
            json!({ "id": "sec-enye", "position": 1, "name": "Humedalesñ" }),
        ))
    };
    archive.transact(&context(4), Op::PutBody, many).unwrap();
    // A whole word, one that is not finished and is kept apart, and one too long for that.
    for query in ["páramos ", "param", "paramo", "\"páramos\""] {
        let groups = look(&archive, json!({ "query": query }));
        let shape: Vec<_> = groups.iter().map(|g| (g.concept.as_str(), g.hits.len(), g.more)).collect();
        assert_eq!(shape, [("person", 8, true), ("entity", 8, true)], "{query:?}");
    }
    let found = |query: &str| ids(&look(&archive, json!({ "query": query, "limit": 100 })));
    assert_eq!(found("humedales").len(), 25);
    assert_eq!(found("humedalesq"), ["sec-q"]);
    assert_eq!(found("humedalesn"), ["sec-enye"]);
    assert_eq!(found("humedalesñ"), ["sec-enye"]);
    assert_eq!(found("humedalesz"), [""; 0]);
}
