//! Templates without code: a body's letterhead, seal, formats, typeface, phrases and free sections are on its papers, the
//! official order is not theirs to break, and what was issued keeps the look it was issued with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secretariat::Code;
use serde_json::{Value, json};

use crate::live::{Run, prints};
use crate::office::BODY;

fn picture() -> Value {
    json!({ "name": "escudo.png", "base64": STANDARD.encode(include_bytes!("../conformance/transparent.png")) })
}

fn template(more: Value) -> Value {
    let mut template = json!({
        "body_id": BODY,
        "lines": ["Alcaldía Mayor de Bogotá, D. C.", "Secretaría General"],
        "picture": { "file": picture(), "alt": "Escudo de Bogotá", "width": 18 },
        "seal": { "file": picture(), "alt": "Sello de la Comisión", "width": 25 },
        "typeface": "sans",
        "text_size": 10,
        "formats": [{ "kind": "minutes", "code": "FT-GE-012", "version": "03", "series": "120-05.3 Actas" }],
        "phrases": [
            { "kind": "minutes", "place": "opening", "text": "Se informó el tratamiento de los datos personales." },
            { "kind": "minutes", "place": "closing", "text": "El acta se publica en la página de la entidad." },
            { "kind": "decision_certificate", "place": "closing", "text": "Se expide a solicitud de parte." },
        ],
        "sections": [
            { "kind": "fixed", "title": "Datos personales", "text": "Se tratan según la **política** de la entidad." },
            { "kind": "secretariat_notes", "title": "Salvedades de la secretaría" },
        ],
    });
    template.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    template
}

#[test]
fn papers_wear_the_template_of_their_body_in_the_official_order() {
    let run = Run::held();
    let plain = run.preview();
    // It is tried before it is saved; nothing is written.
    let head = run.office.head();
    let tried = run.office.call("preview_template", json!({ "template": template(json!({})) }));
    for (kind, words) in [
        ("decision_certificate", "Se expide a solicitud de parte."),
        ("decision_register", "Registro de decisiones de 2025"),
        ("management_report", "Informe de gestión"),
        ("notice", "Orden del día"),
        ("attendance_sheet", "Lista de asistencia"),
    ] {
        let shown = json!({ "template": template(json!({})), "kind": kind });
        let shown = run.office.call("preview_template", shown);
        prints(&shown, &["Alcaldía Mayor de Bogotá, D. C.", words]);
    }
    let none = json!({ "template": template(json!({})), "kind": "project_profile" });
    prints(&run.office.call("preview_template", none), &["La instancia no tiene todavía de qué hacerlo"]);
    assert_eq!(run.office.head(), head);
    run.office.call("put_template", template(json!({})));
    let dressed = run.preview();
    for told in [&tried, &dressed] {
        prints(
            told,
            &[
                // Side by side: the lines of the letterhead and those of the format.
                "Alcaldía Mayor de Bogotá, D. C. Código: FT-GE-012 Secretaría General Versión: 03 Serie: 120-05.3 Actas",
                "Se informó el tratamiento de los datos personales.",
                "Datos personales Se tratan según la política de la entidad.",
                "El acta se publica en la página de la entidad. En constancia",
            ],
        );
    }
    let first = dressed["texts"][0].as_str().unwrap();
    assert!(first.contains("FT-GE-012, versión 03 · Página 1 de"), "{first}");
    // What the template adds stands between what was there: in the same order as before, nothing is missing.
    let words = |told: &Value| -> Vec<String> {
        let pages = told["texts"].as_array().unwrap().iter().map(|page| page.as_str().unwrap());
        let lines = pages.flat_map(|page| page.lines().map(str::to_owned).collect::<Vec<_>>());
        let headings =
            ["Orden del día", "Desarrollo de la sesión", "Decisiones", "Próxima sesión", "Datos personales"];
        lines.filter(|line| headings.contains(&line.trim())).map(|line| line.trim().to_owned()).collect()
    };
    let (before, after) = (words(&plain), words(&dressed));
    assert_eq!(after[..before.len()], before[..]);
    assert_eq!(after.last().map(String::as_str), Some("Datos personales"));
    let certificate = json!({ "paper": { "kind": "decision_certificate", "decision_id": "d-a" } });
    prints(&run.office.call("render_paper", certificate), &["Se expide a solicitud de parte."]);
    // A picture that is kept needs no file again; taken away, it is gone.
    let kept = json!({ "picture": { "alt": "Escudo", "width": 20 }, "seal": null });
    let saved = run.office.call("put_template", template(kept));
    assert_eq!(saved["picture"]["file"], "escudo.png");
    assert_eq!(saved["seal"], Value::Null);
    assert_eq!(run.office.call("verify_archive", json!({}))["problems"], json!([]));
}

#[test]
fn a_template_that_cannot_be_is_refused_at_its_field() {
    let run = Run::held();
    let broken = json!({ "name": "escudo.png", "base64": STANDARD.encode("\u{89}PNG roto") });
    for (more, field, words) in [
        (
            json!({ "picture": { "file": picture(), "alt": " ", "width": 18 } }),
            "picture.alt",
            "quien no la ve",
        ),
        (
            json!({ "picture": { "file": picture(), "alt": "Escudo", "width": 300 } }),
            "picture.width",
            "milímetros",
        ),
        (json!({ "seal": { "file": broken, "alt": "Sello", "width": 20 } }), "seal", "PNG o un JPEG"),
        (json!({ "seal": { "alt": "Sello", "width": 20 } }), "seal", "Elija la imagen"),
        (json!({ "text_size": 30 }), "text_size", "10 a 12"),
        (json!({ "lines": vec!["Línea"; 6] }), "lines", "caben 5"),
        (json!({ "formats": [{ "kind": "notice" }, { "kind": "notice" }] }), "formats.1.kind", "Deje uno"),
        (json!({ "lines": ["Alcaldía", " "] }), "lines.1", "línea"),
        (
            json!({ "phrases": [{ "kind": "minutes", "place": "closing", "text": "" }] }),
            "phrases.0.text",
            "frase",
        ),
        (
            json!({ "sections": [{ "kind": "fixed", "title": "Datos", "text": "" }] }),
            "sections.0.text",
            "sección",
        ),
        (
            json!({ "sections": vec![json!({ "kind": "secretariat_notes", "title": "Notas" }); 2] }),
            "sections",
            "una sola vez",
        ),
    ] {
        let failure = run.office.refused("put_template", template(more));
        assert_eq!(
            (failure.code, failure.details["field"].as_str()),
            (Code::InvalidInput, Some(field)),
            "{failure}"
        );
        assert!(failure.message.es.contains(words), "{failure}");
    }
    let unknown = template(json!({ "body_id": "body-none" }));
    assert_eq!(run.office.refused("put_template", unknown).code, Code::NotFound);
}

#[test]
fn what_was_issued_keeps_the_look_it_was_issued_with() {
    let run = Run::opened(10);
    run.agenda_approved();
    run.adjourn("09:00");
    run.office.call("put_template", template(json!({ "lines": ["Alcaldía de antes"] })));
    let (run, _) = run.adopted();
    let official = run.preview();
    assert_eq!(official["official"], true);
    prints(&official, &["Alcaldía de antes", "Se informó el tratamiento de los datos personales."]);
    run.office.call("put_template", template(json!({ "lines": ["Alcaldía de después"], "phrases": [] })));
    assert_eq!(run.preview(), official);
    let documents = run.office.call("list_documents", json!({ "body_id": BODY, "kind": "minutes" }));
    assert_eq!(documents[0]["template"]["lines"], json!(["Alcaldía de antes"]));
    let ledger = json!({ "paper": { "kind": "quorum_ledger", "session_id": run.session.clone() } });
    prints(&run.office.call("render_paper", ledger), &["Alcaldía de después"]);
}
