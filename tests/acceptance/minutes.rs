//! The minutes of the demo year, printed and read back; and their life, on archives that a test may change.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secretariat::{Actor, Code, Context, FailureReply, Language, Secretariat, api, load};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A desk: an archive with the demo year, and a clock.
struct Desk {
    archive: Secretariat,
    _dir: TempDir,
    path: PathBuf,
}

fn context(now: &str, n: u8) -> Context {
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new(now.parse().unwrap(), actor, [n; 32], Language::Es)
}

impl Desk {
    fn demo() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("demo.actario");
        let (archive, _) = load::create_demo(&path, &context("2026-01-20T14:00:00Z", 1), "prueba").unwrap();
        Self { archive, _dir: dir, path }
    }

    fn try_at(&self, now: &str, n: u8, name: &str, request: Value) -> Result<Value, FailureReply> {
        api::dispatch(&self.archive, &context(now, n), name, request)
            .map(|reply| reply["value"].clone())
            .map_err(|failure| failure.reply(Language::Es))
    }

    /// A call on 2 February 2026.
    fn call(&self, n: u8, name: &str, request: Value) -> Value {
        self.try_at("2026-02-02T14:00:00Z", n, name, request).unwrap_or_else(|f| panic!("{name}: {f:?}"))
    }

    fn refuse(&self, n: u8, name: &str, request: Value) -> FailureReply {
        self.try_at("2026-02-02T14:00:00Z", n, name, request).expect_err(name)
    }

    fn preview(&self, session: &str) -> Value {
        self.call(2, "preview_minutes", json!({ "session_id": session }))
    }

    /// The text of a session's minutes, lines joined and hyphens at line ends undone.
    fn text(&self, session: &str) -> String {
        let preview = self.preview(session);
        let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(dir.join(format!("{session}.pdf")), pdf(&preview)).unwrap();
        flowing(&preview)
    }

    fn view(&self, session: &str) -> Value {
        self.call(3, "get_minutes_view", json!({ "session_id": session }))
    }
}

fn pdf(preview: &Value) -> Vec<u8> {
    STANDARD.decode(preview["base64"].as_str().unwrap()).unwrap()
}

fn flowing(preview: &Value) -> String {
    let pages: Vec<&str> = preview["texts"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    let mut text = String::new();
    // The running header and the page number stand between the halves of a paragraph.
    let furniture = |line: &&str| line.trim().starts_with("Página ") || line.contains(" · ");
    for line in pages.join("\n").lines().filter(|line| !furniture(line)) {
        if let Some(stem) = text.strip_suffix('\u{ad}').or(text.strip_suffix('\u{2010}')) {
            text = stem.to_owned();
        } else if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line.trim());
    }
    text
}

/// The same without blanks and hyphens, so that where a line broke does not matter.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}')).collect()
}

fn assert_says(text: &str, sentences: &[&str]) {
    let squeezed_text = squeezed(text);
    for sentence in sentences {
        assert!(squeezed_text.contains(&squeezed(sentence)), "not printed: {sentence}\n\n{text}");
    }
}

/// Every computed paragraph of a session's minutes.
fn paragraphs(view: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for item in view["assembly"]["items"].as_array().unwrap() {
        for piece in item["pieces"].as_array().unwrap() {
            if piece["kind"] == "computed" {
                for p in piece["block"]["paragraphs"].as_array().unwrap() {
                    found.push(p.as_str().unwrap().to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn the_demo_year_says_what_happened() {
    let desk = Desk::demo();
    let first = desk.text("ses-2025-01");
    assert_says(
        &first,
        &[
            "Acta n.º 1 de 2025",
            "Sesión ordinaria n.º 1 de 2025, presencial",
            "Jueves, 27 de marzo de 2025",
            "De 8:03 a. m. a 11:42 a. m.",
            "Acto de creación: por registrar",
            "A las 8:03 a. m. la presidenta declaró instalada la sesión.",
            "Respondieron doce (12) puestos de dieciséis (16); hubo quórum, fijado en nueve (9) (Acuerdo 001 de 2024, art. 8).",
            "Se excusó por escrito",
            "asistió sin delegación vigente: tuvo voz, no votó ni se contó para el quórum. El Oficio 2024-331 venció el 31 de diciembre de 2024.",
            "según la Resolución 14 de 2025.",
            "A las 8:17 a. m. ingresó",
            "quedaron trece (13) puestos.",
            "A las 8:32 a. m. ingresó",
            "quedaron catorce (14) puestos.",
            "La moción fue aprobada por unanimidad de los catorce (14) puestos presentes.",
            "A las 9:02 a. m. salió",
            "Se decretó un receso; al reanudar se contaron catorce (14) puestos.",
            "se declaró impedida por vínculo familiar con integrante de la junta de una organización aliada; el punto quedó suspendido hasta la decisión de la Comisión.",
            "Aceptado el impedimento mediante votación de la Comisión, la doctora",
            "salió y no participó en el punto.",
            "La propuesta fue aprobada por mayoría simple: once (11) votos a favor, un (1) voto en contra y una (1) abstención.",
            "A las 10:20 a. m. se retiró",
            "se mantuvo el quórum.",
            "Se declaró el empate: seis (6) votos a favor y seis (6) en contra.",
            "En ejercicio del voto dirimente (Acuerdo 001 de 2024, art. 11), la presidenta votó a favor.",
            "dejó constancia: «Dejo constancia de mi voto en contra.",
            "observaciones sin respuesta»; adhirió la doctora",
            "Se aplazó el punto hasta la siguiente sesión.",
            "Agotado el orden del día, se levantó la sesión a las 11:42 a. m.",
            "Decisión 4 de 2025. Se aprueba, con tres condiciones",
            "Emitir concepto de espacio fiscal",
            "En constancia firman en Bogotá, D. C., el 27 de junio de 2025.",
            "Anexo 1. Convocatoria y orden del día",
            "ficticio",
        ],
    );
    assert_says(
        &desk.text("ses-2025-02"),
        &[
            "La sesión se realizó por videoconferencia institucional; se verificó la identidad de quienes asistieron y se informó de la grabación.",
            "A las 2:58 p. m.",
            "perdió la conexión; se mantuvo el quórum.",
            "recuperó la conexión; quedaron catorce (14) puestos.",
            "La moción fue negada: obtuvo ocho (8) de los once (11) votos requeridos.",
            "por mayoría de dos tercios: trece (13) votos a favor, un (1) voto en contra y cero (0) abstenciones.",
        ],
    );
    let second = desk.view("ses-2025-02");
    let invitees = second["assembly"]["invitees"].as_array().unwrap();
    let atenea = invitees.iter().find(|i| i["name"].as_str().unwrap().contains("ATENEA")).unwrap();
    assert_ne!(
        atenea["people"], "",
        "a permanent invitee is told by its entity, however its name is written"
    );
    let others = second["assembly"]["guests"].to_string();
    assert!(!others.contains(atenea["people"].as_str().unwrap()), "and is not among the other attendees");
    let third = desk.text("ses-2025-03");
    let assembly = desk.view("ses-2025-03")["assembly"].take();
    let attended = assembly["members"].as_array().unwrap().iter().filter(|m| m["attended"] == true).count();
    assert_eq!(attended, 9, "eight that were counted, and one that came after the declaration");
    assert!(
        assembly["guests"].to_string().contains("Sector Movilidad, sin delegación vigente"),
        "whoever came without an act is another attendee: {}",
        assembly["guests"]
    );
    assert_says(
        &third,
        &[
            "Constancia de sesión no realizada",
            "Transcurridos treinta (30) minutos, se contaron ocho (8) de los nueve (9) puestos requeridos; la sesión no se realizó por falta de quórum.",
            "Se excusaron por escrito",
            "no asistieron ni se excusaron",
            "después de declarada la falta de quórum, llegó",
            "La reunión terminó a las 8:44 a. m.",
        ],
    );
    assert!(!third.contains("declaró instalada"), "a session without quorum was never installed");
    let fourth = desk.text("ses-2025-04");
    assert_says(
        &fourth,
        &[
            "Sesión extraordinaria n.º 4 de 2025, mixta",
            "La presidenta negó de plano la moción de adición al orden del día «Adicionar un informe sobre los acuerdos de movilidad eléctrica».",
            "La moción fue negada: obtuvo cuatro (4) de los siete (7) votos requeridos.",
        ],
    );
    for text in [&first, &third, &fourth] {
        assert!(!text.contains("Siendo las"), "no opening gerund");
    }
}

#[test]
fn the_official_copies_of_a_session_are_listed_newest_first() {
    let desk = Desk::demo();
    let listed = |n: u8, more: Value| {
        let mut request = json!({ "session_id": "ses-2025-04" });
        for (name, value) in more.as_object().unwrap() {
            request[name] = value.clone();
        }
        desk.call(n, "list_documents", request).as_array().unwrap().clone()
    };
    let before = listed(60, json!({})).len();
    let mut issued = Vec::new();
    for (n, (at, call)) in (61..).zip([
        ("2026-02-03T14:00:00Z", "issue_attendance_sheet"),
        ("2026-02-03T15:00:00Z", "issue_chair_script"),
        ("2026-02-04T15:00:00Z", "issue_attendance_sheet"),
    ]) {
        issued.push(desk.try_at(at, n, call, json!({ "session_id": "ses-2025-04" })).unwrap());
    }
    issued.reverse();
    assert_eq!(listed(70, json!({}))[..3], issued[..]);
    assert_eq!(listed(71, json!({})).len(), before + 3);
    assert_eq!(listed(72, json!({ "kind": "attendance_sheet" })), [issued[0].clone(), issued[2].clone()]);
    assert!(listed(73, json!({ "kind": "minutes" })).iter().all(|d| d["kind"] == "minutes"));
    let bytes =
        desk.call(74, "get_file", json!({ "blob_id": issued[0]["blob_id"], "name": issued[0]["file"] }));
    assert!(STANDARD.decode(bytes["base64"].as_str().unwrap()).unwrap().starts_with(b"%PDF"));
    assert_eq!(desk.refuse(75, "list_documents", json!({ "session_id": "ses-nada" })).code, Code::NotFound);
}

#[test]
fn drafts_carry_neither_hash_nor_code_and_adopted_minutes_both() {
    let desk = Desk::demo();
    let (official, draft) = (desk.text("ses-2025-01"), desk.text("ses-2025-04"));
    assert!(squeezed(&official).contains("Cabezadelarchivo"), "{official}");
    assert!(!squeezed(&draft).contains("Cabezadelarchivo"));
    let pages = desk.preview("ses-2025-01");
    let pages = pages["texts"].as_array().unwrap();
    let with_head = |p: &&Value| p.as_str().unwrap().contains("Cabeza del archivo");
    assert_eq!(pages.iter().filter(with_head).count(), 1);
    assert!(with_head(&pages.last().unwrap()), "on the last page only");
}

#[test]
fn the_same_archive_prints_the_same_bytes_and_each_block_once() {
    let (one, two) = (Desk::demo(), Desk::demo());
    for session in ["ses-2025-01", "ses-2025-02", "ses-2025-03", "ses-2025-04"] {
        assert_eq!(pdf(&one.preview(session)), pdf(&two.preview(session)), "{session}");
        let view = one.view(session);
        let text = squeezed(&flowing(&one.preview(session)));
        let mut keys = std::collections::BTreeSet::new();
        for item in view["assembly"]["items"].as_array().unwrap() {
            for piece in item["pieces"].as_array().unwrap().iter().filter(|p| p["kind"] == "computed") {
                let key = piece["block"]["key"].as_str().unwrap();
                assert!(keys.insert(key.to_owned()), "{key} stands twice in {session}");
            }
        }
        for paragraph in paragraphs(&view) {
            let found = text.matches(&squeezed(&paragraph)).count();
            assert!(found >= 1, "{session}: not printed: {paragraph}");
        }
    }
}

#[test]
fn the_narratives_of_the_demo_year_agree_with_the_record() {
    let desk = Desk::demo();
    for session in ["ses-2025-01", "ses-2025-02", "ses-2025-03", "ses-2025-04"] {
        let view = desk.view(session);
        let failed: Vec<String> = view["preflight"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|c| c["ok"] == false)
            .map(|c| format!("{}: {}", c["check"], c["text"]["es"]))
            .collect();
        assert_eq!(failed, Vec::<String>::new(), "{session}");
    }
}

/// The session still in review, with its narrative changed.
fn narrate(desk: &Desk, item: &str, narrative: &str) {
    desk.call(9, "set_narrative", json!({ "item_id": item, "narrative": narrative }));
}

fn failed(desk: &Desk, session: &str) -> Vec<Value> {
    let view = desk.view(session);
    view["preflight"].as_array().unwrap().iter().filter(|c| c["ok"] == false).cloned().collect()
}

#[test]
fn typed_words_that_disagree_fail_and_placed_blocks_stand_where_they_are_placed() {
    let desk = Desk::demo();
    let item = "ses-2025-04-it-05";
    narrate(
        &desk,
        item,
        "El doctor Efraín Wenceslao Muñetón-Cardenas Villafañe opinó a las 10:30.\n\n{{block:vote:vot-04-03}}\n\nSe registraron once votos a favor.\n\n{{block:vote:vot-99}}",
    );
    let found = failed(&desk, "ses-2025-04");
    let names: Vec<&str> = found.iter().map(|c| c["check"].as_str().unwrap()).collect();
    for expect in [
        "narrative:ses-2025-04-it-05:10:30",
        "narrative:ses-2025-04-it-05:once votos a favor",
        "placed:ses-2025-04-it-05:vote:vot-99",
    ] {
        assert!(names.contains(&expect), "{expect} in {names:?}");
    }
    assert!(names.iter().any(|n| n.contains("Muñetón-Cardenas")), "{names:?}");
    assert!(found.iter().all(|c| c["place"]["id"] == item), "each names its place");
    let view = desk.view("ses-2025-04");
    let items = view["assembly"]["items"].as_array().unwrap();
    let pieces = items.iter().find(|i| i["item_id"] == item).unwrap()["pieces"].as_array().unwrap();
    let at = pieces.iter().position(|p| p["block"]["key"] == "vote:vot-04-03").unwrap();
    assert_eq!(pieces[at - 1]["kind"], "narrative");
    assert!(pieces[at + 1]["markdown"].as_str().unwrap().contains("once votos"), "{pieces:?}");
}

#[test]
fn minutes_are_adopted_signed_published_and_then_only_corrected() {
    let desk = Desk::demo();
    let id = "min-2025-04";
    let refused = desk.refuse(20, "sign_minutes", json!({ "minutes_id": id, "role": "chair" }));
    assert_eq!(refused.code, Code::WrongState);
    // The rules ask for a vote in the next session.
    let refused = desk.refuse(21, "adopt_minutes", json!({ "minutes_id": id }));
    assert_eq!(refused.code, Code::RuleForbids, "{refused:?}");
    let refused = desk.refuse(
        22,
        "adopt_minutes",
        json!({ "minutes_id": id, "approved_in_session_id": "ses-2025-02" }),
    );
    assert_eq!(refused.code, Code::RuleForbids, "an earlier session approves nothing");
    // Approved minutes go on to correction only.
    let one = "min-2025-01";
    assert_eq!(desk.refuse(23, "adopt_minutes", json!({ "minutes_id": one })).code, Code::WrongState);
    assert_eq!(desk.refuse(24, "send_draft", json!({ "minutes_id": one })).code, Code::WrongState);
    let correcting = desk.call(
        25,
        "correct_minutes",
        json!({ "id": "min-acl", "minutes_id": one, "reason": "Error de digitación.",
            "corrections": [{ "says": "10:20", "reads": "10:21" }] }),
    );
    assert_eq!(correcting["kind"], "correcting");
    assert_eq!(correcting["corrects_minutes_id"], one);
    let text = flowing(&desk.call(26, "preview_correction", json!({ "minutes_id": "min-acl" })));
    assert_says(&text, &["Acta aclaratoria", "En el acta n.º 1 de 2025, donde dice «10:20», léase «10:21»."]);
    let adopted = desk.call(27, "adopt_minutes", json!({ "minutes_id": "min-acl" }));
    assert_eq!(adopted["status"], "approved");
    let view = desk.view("ses-2025-01");
    assert_eq!(view["minutes"]["status"], "published", "the original is untouched");
    assert_eq!(view["corrections"][0]["minutes"]["id"], "min-acl");
    assert_eq!(view["corrections"][0]["corrections"][0]["reads"], "10:21");
    // Signature: the chair signs, the secretary cannot, with the reason.
    desk.call(28, "sign_minutes", json!({ "minutes_id": "min-acl", "role": "chair" }));
    assert_eq!(desk.refuse(29, "publish_minutes", json!({ "minutes_id": "min-acl" })).code, Code::WrongState);
    let signed = desk.call(
        30,
        "sign_minutes",
        json!({ "minutes_id": "min-acl", "role": "secretariat", "missing_reason": "Terminó su encargo." }),
    );
    assert_eq!(signed["status"], "signed");
    let published = desk.call(31, "publish_minutes", json!({ "minutes_id": "min-acl" }));
    assert_eq!(published["status"], "published");
    {
        let entry = "undo";
        let refused = desk.refuse(32, entry, json!({}));
        assert_eq!(refused.code, Code::NotUndoable, "publishing is never undone");
    }
    assert!(desk.path.exists());
}

#[test]
fn minutes_nobody_signed_wait_for_a_signature_and_take_it_when_it_comes() {
    let desk = Desk::demo();
    let one = "min-2025-01";
    desk.call(
        25,
        "correct_minutes",
        json!({ "id": "min-acl", "minutes_id": one, "reason": "Error de digitación.",
            "corrections": [{ "says": "10:20", "reads": "10:21" }] }),
    );
    let sign = |n: u8, role: &str, more: Value| {
        let mut request = json!({ "minutes_id": "min-acl", "role": role });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        desk.try_at("2026-02-02T14:00:00Z", n, "sign_minutes", request)
    };
    let view = || desk.view("ses-2025-01")["corrections"][0].take();
    assert_eq!(sign(26, "chair", json!({})).unwrap_err().code, Code::WrongState, "a draft is not signed");
    assert!(view()["signatures"].as_array().unwrap().iter().all(|s| s["recordable"] == false));
    desk.call(27, "adopt_minutes", json!({ "minutes_id": "min-acl", "approved_on": "2026-01-28" }));
    let official = desk.call(28, "preview_correction", json!({ "minutes_id": "min-acl" }));
    assert_says(&flowing(&official), &["en Bogotá, D. C., el 28 de enero de 2026."]);
    sign(29, "chair", json!({ "missing_reason": "Renunció." })).unwrap();
    assert_eq!(view()["unsigned"], Value::Null, "the secretariat may still sign");
    let waiting = sign(30, "secretariat", json!({ "missing_reason": "Terminó su encargo." })).unwrap();
    assert_eq!(waiting["status"], "approved");
    // The refusal says what to do, as the screen does.
    let refused = desk.refuse(31, "publish_minutes", json!({ "minutes_id": "min-acl" }));
    assert_eq!(refused.code, Code::WrongState);
    assert!(refused.message.contains("regístrela con su fecha"), "{}", refused.message);
    assert_eq!(view()["unsigned"]["es"], refused.message);
    assert!(view()["signatures"].as_array().unwrap().iter().all(|s| s["recordable"] == true));
    // The way out: the signature that came late, with its date; what was recorded before stays told.
    let again = sign(32, "chair", json!({ "missing_reason": "Está de viaje." })).unwrap_err();
    assert!(again.message.contains("«Renunció.»"), "{}", again.message);
    assert_eq!(sign(33, "chair", json!({ "signed_on": "2026-01-27" })).unwrap_err().code, Code::InvalidInput);
    let signed = sign(34, "chair", json!({ "signed_on": "2026-01-30" })).unwrap();
    assert_eq!((&signed["status"], &signed["signed_on"]), (&json!("signed"), &json!("2026-01-30")));
    let chair = view()["signatures"][0].take();
    assert_eq!(
        (&chair["signed_on"], &chair["missing_reason"], &chair["was_missing"], &chair["recordable"]),
        (&json!("2026-01-30"), &Value::Null, &json!("Renunció."), &json!(false)),
    );
    assert!(sign(35, "chair", json!({})).unwrap_err().message.contains("30 de enero de 2026"));
    desk.call(36, "publish_minutes", json!({ "minutes_id": "min-acl" }));
    // One that comes after they were published changes nothing but itself.
    let late = sign(37, "secretariat", json!({ "signed_on": "2026-02-01" })).unwrap();
    assert_eq!((&late["status"], &late["signed_on"]), (&json!("published"), &json!("2026-01-30")));
    assert_eq!(late["signatures"][1]["was_missing"], "Terminó su encargo.");
    let after = desk.call(38, "preview_correction", json!({ "minutes_id": "min-acl" }));
    assert_eq!(after["base64"], official["base64"], "the official file is as it was issued");
    assert_eq!(desk.refuse(39, "undo", json!({})).code, Code::NotUndoable);
    assert_eq!(desk.call(40, "verify_archive", json!({}))["sound"], true);
}

#[test]
fn papers_before_a_session() {
    let desk = Desk::demo();
    for (call, sentences) in [
        (
            "render_notice",
            &[
                "Convocatoria",
                "que se realizará el jueves, 27 de marzo de 2025",
                "Planta piloto de biogás",
                "días hábiles de antelación; el plazo mínimo es de cinco (5) días hábiles (Acuerdo 001 de 2024, art. 6).",
            ][..],
        ),
        ("render_attendance_sheet", &["Lista de asistencia", "Firma", "Invitados y otros asistentes"][..]),
        (
            "render_chair_script",
            &[
                "Quórum para deliberar y decidir: nueve (9) puestos de dieciséis (16) (Acuerdo 001 de 2024, art. 8).",
                "Si votan los dieciséis (16) puestos se requieren nueve (9) votos a favor",
                "En un empate decide la presidencia.",
            ][..],
        ),
    ] {
        let preview = desk.call(40, call, json!({ "session_id": "ses-2025-01" }));
        std::fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{call}.pdf")), pdf(&preview))
            .unwrap();
        let text = flowing(&preview);
        assert_says(&text, sentences);
        assert_eq!(preview["missing"], json!([]), "{call}");
    }
    let issued = desk.call(41, "issue_notice", json!({ "session_id": "ses-2025-01" }));
    assert_eq!(issued["kind"], "notice");
    let kept = desk.call(42, "get_file", json!({ "blob_id": issued["blob_id"], "name": "x.pdf" }));
    let bytes = STANDARD.decode(kept["base64"].as_str().unwrap()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
}

/// The chair is given what the session does: the agenda of an extraordinary one is read, and the record of a session not
/// held is signed; neither is put to the vote.
#[test]
fn the_script_puts_to_the_vote_only_what_is_voted() {
    let desk = Desk::demo();
    let script =
        |session: &str| flowing(&desk.call(40, "render_chair_script", json!({ "session_id": session })));
    let ordinary = script("ses-2025-02");
    assert_says(&ordinary, &["¿Se aprueba el orden del día?", "¿Se aprueba el acta n.º 1 de 2025?"]);
    let extraordinary = script("ses-2025-04");
    assert_says(
        &extraordinary,
        &[
            "La sesión es extraordinaria: solo se tratan esos asuntos",
            "Se somete a votación. ¿Se aprueba el acta n.º 2 de 2025?",
            "La secretaría técnica da cuenta del acta n.º 3 de 2025, constancia de una sesión que no se realizó: se firma y no se vota.",
        ],
    );
    for never in ["¿Se aprueba el orden del día?", "actas n.º 2 de 2025 y n.º 3"] {
        assert!(!squeezed(&extraordinary).contains(&squeezed(never)), "{never}: {extraordinary}");
    }
}

/// The item that follows commitments up tells where those of earlier sessions stand, and an acta may conclude.
#[test]
fn earlier_commitments_are_told_and_conclusions_printed() {
    let desk = Desk::demo();
    let session = json!({ "session_id": "ses-f" });
    let at = |n, name: &str, request: Value| {
        desk.try_at("2026-02-12T13:00:00Z", n, name, request).unwrap_or_else(|f| panic!("{name}: {f:?}"))
    };
    at(
        60,
        "create_session",
        json!({ "id": "ses-f", "body_id": "body-comision", "kind": "ordinary", "date": "2026-02-12",
            "planned_start": "08:00:00", "place": "Sala 2" }),
    );
    for (n, id, kind, title) in [
        (61, "it-lista", "opening", "Llamado a lista"),
        (62, "it-seguimiento", "follow_up", "Seguimiento a los compromisos"),
    ] {
        at(n, "add_agenda_item", json!({ "id": id, "session_id": "ses-f", "title": title, "kind": kind }));
    }
    at(63, "convene_session", json!({ "id": "ses-f", "short_notice_reason": "Cierre del año." }));
    at(
        64,
        "open_session",
        json!({ "session_id": "ses-f", "seat_id": "com-consejeria", "person_id": "per-001" }),
    );
    let told = |view: &Value| {
        paragraphs(view).into_iter().filter(|p| p.contains("De las sesiones anteriores")).count()
    };
    assert_eq!(told(&desk.view("ses-f")), 0, "the item has not begun");
    at(
        65,
        "record_event",
        json!({ "session_id": "ses-f", "kind": "item_start", "item_id": "it-seguimiento" }),
    );
    let view = desk.view("ses-f");
    assert_eq!(told(&view), 1);
    let pending = desk.call(66, "pending_commitments", session.clone());
    let pending = pending["pending"].as_array().unwrap();
    assert!(!pending.is_empty());
    for line in pending {
        let text = line["commitment"]["text"].as_str().unwrap().trim_end_matches('.');
        let one: Vec<String> = paragraphs(&view).into_iter().filter(|p| p.contains(text)).collect();
        assert_eq!(one.len(), 1, "{text}");
        assert!(one[0].contains("pendiente"), "{one:?}");
    }
    at(
        67,
        "set_conclusions",
        json!({ "session_id": "ses-f", "conclusions": "Los compromisos **avanzan** según el plan." }),
    );
    assert_says(
        &desk.text("ses-f"),
        &["Conclusiones", "Los compromisos avanzan según el plan.", "con plazo vencido el"],
    );
    let adopted =
        desk.refuse(68, "set_conclusions", json!({ "session_id": "ses-2025-01", "conclusions": "Tarde." }));
    assert_eq!(adopted.code, Code::WrongState);
}

/// The screen of all minutes: each state, names, terms and signatures in one query.
#[test]
fn every_minutes_in_a_list() {
    let desk = Desk::demo();
    let list = |n, request: Value| desk.call(n, "list_minutes", request);
    let all = list(50, json!({}));
    assert_eq!(all["total"], 5);
    assert_eq!(all["years"], json!([2025, 2024]));
    let lines = all["minutes"].as_array().unwrap();
    let names: Vec<&str> = lines.iter().map(|l| l["name"]["es"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "Acta n.º 4 de 2025",
            "Acta n.º 3 de 2025, sesión no realizada",
            "Acta n.º 2 de 2025",
            "Acta n.º 1 de 2025",
            "Acta n.º 4 de 2024"
        ]
    );
    let states: Vec<(String, i64)> = all["states"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["status"].as_str().unwrap().to_owned(), s["count"].as_i64().unwrap()))
        .collect();
    assert_eq!(states.len(), 6, "every state of the life, also those nobody is in: {states:?}");
    assert_eq!(states.iter().map(|(_, n)| n).sum::<i64>(), 5);

    let fourth = &lines[0];
    assert_eq!(fourth["session"]["name"]["es"], "Sesión extraordinaria n.º 4 de 2025");
    assert_eq!(fourth["status_text"]["es"], "en observaciones");
    assert_eq!((&fourth["pending_signatures"], &fourth["file"]), (&json!(2), &Value::Null));
    let today =
        desk.try_at("2025-12-01T14:00:00Z", 50, "list_minutes", json!({})).unwrap()["minutes"][0].take();
    assert_eq!(today["next"]["step"], "remarks");
    let first = &lines[3];
    assert_eq!(first["approved_in"]["name"]["es"], "Sesión ordinaria n.º 2 de 2025");
    assert_eq!((&first["pending_signatures"], &first["next"]), (&json!(0), &Value::Null));
    assert_eq!(first["signatures"][0]["name"], "Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro");
    let terms: Vec<(&str, bool)> = first["deadlines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["step"].as_str().unwrap(), d["in_time"].as_bool().unwrap()))
        .collect();
    assert!(terms.contains(&("draft", true)) && terms.contains(&("signature", false)), "{terms:?}");
    let past = &lines[4];
    assert_eq!((&past["imported"], &past["session"]), (&json!(true), &Value::Null));
    assert!(past["file"]["blob_id"].is_string(), "the imported file is kept");

    // Whether a term was missed is said alike by its mark and by its words, on any day and in both languages.
    for day in ["2025-04-10", "2025-12-20", "2026-02-02", "2026-09-01"] {
        let list = desk.try_at(&format!("{day}T14:00:00Z"), 50, "list_minutes", json!({})).unwrap();
        for line in list["minutes"].as_array().unwrap() {
            for term in line["deadlines"].as_array().unwrap() {
                let (es, en) = (term["text"]["es"].as_str().unwrap(), term["text"]["en"].as_str().unwrap());
                let missed = es.contains("vencido") || es.contains("fuera de plazo");
                assert_eq!(missed, term["in_time"] == false, "{day}: {es}");
                assert_eq!(missed, en.contains("past") || en.contains(" late"), "{day}: {en}");
                assert!(!en.contains("-0") && !en.contains("-1"), "a day in words: {en}");
            }
        }
    }
    // Once the remarks' day is past, what is due is the signature.
    let last = today["next"]["due_on"].as_str().unwrap();
    for (day, step) in [(last, "remarks"), ("2026-09-01", "signature")] {
        let list = desk.try_at(&format!("{day}T14:00:00Z"), 50, "list_minutes", json!({})).unwrap();
        let line = &list["minutes"][0];
        assert_eq!(line["next"]["step"], step, "{day}: {}", line["next"]);
        let remarks = line["deadlines"].as_array().unwrap().iter().find(|d| d["step"] == "remarks").unwrap();
        let said = remarks["text"]["es"].as_str().unwrap();
        assert_eq!(said.starts_with("Observaciones: el plazo terminó el "), step == "signature", "{said}");
    }

    for (n, filter, expect) in [
        (51, json!({ "year": 2024 }), 1),
        (52, json!({ "status": "in_review" }), 1),
        (53, json!({ "status": "draft" }), 0),
        (54, json!({ "body_id": "body-nada" }), 0),
        (55, json!({ "limit": 2, "offset": 4 }), 1),
    ] {
        let found = list(n, filter.clone());
        assert_eq!(found["minutes"].as_array().unwrap().len(), expect, "{filter}");
    }
    // Correcting minutes stand in the list, linked both ways.
    desk.call(
        56,
        "correct_minutes",
        json!({ "id": "min-acl", "minutes_id": "min-2025-01", "reason": "Error de digitación.",
            "corrections": [{ "says": "10:20", "reads": "10:21" }] }),
    );
    let all = list(57, json!({}));
    let line = |id: &str| all["minutes"].as_array().unwrap().iter().find(|l| l["id"] == id).cloned().unwrap();
    assert_eq!(line("min-acl")["corrects"]["name"]["es"], "Acta n.º 1 de 2025");
    assert_eq!(line("min-2025-01")["corrected_by"][0]["id"], "min-acl");
}

#[test]
fn any_narrative_prints() {
    let desk = Desk::demo();
    let rows: String = (1..=200).map(|n| format!("| {n} | fila {n} |\n")).collect();
    let paragraphs =
        "La secretaría técnica explicó el asunto con detalle y respondió las preguntas. ".repeat(8);
    let long = format!(
        "{}\n\n| n | texto |\n|---|---|\n{rows}\n\n😀 漢字\n\n{}",
        "x".repeat(5000),
        format!("{paragraphs}\n\n").repeat(250)
    );
    narrate(&desk, "ses-2025-04-it-05", &long);
    let preview = desk.preview("ses-2025-04");
    assert!(preview["pages"].as_i64().unwrap() > 40, "{}", preview["pages"]);
    assert!(!preview["missing"].as_array().unwrap().is_empty(), "what the font lacks is reported");
    assert!(failed(&desk, "ses-2025-04").iter().any(|c| c["check"] == "glyphs"));
}

/// The paragraphs of a comparison, with what was added and removed in brackets.
pub fn marked(comparison: &Value) -> Vec<String> {
    let items = comparison["items"].as_array().unwrap();
    let paragraphs = items.iter().flat_map(|i| i["paragraphs"].as_array().unwrap());
    let shown = |s: &Value| match s["kind"].as_str().unwrap() {
        "added" => format!("[+{}]", s["text"].as_str().unwrap()),
        "removed" => format!("[-{}]", s["text"].as_str().unwrap()),
        _ => s["text"].as_str().unwrap().to_owned(),
    };
    paragraphs.map(|p| p.as_array().unwrap().iter().map(shown).collect()).collect()
}

#[test]
fn a_correction_is_of_what_the_minutes_say() {
    let desk = Desk::demo();
    let correct = |n, id: &str, says: &str, reads: &str| {
        desk.try_at(
            "2026-02-02T14:00:00Z",
            n,
            "correct_minutes",
            json!({ "id": id, "minutes_id": "min-2025-01", "reason": "Error de digitación.",
                "corrections": [{ "says": says, "reads": reads }] }),
        )
    };
    for (n, says, reads, field, words) in [
        (10, "no existe tal texto", "z", "corrections.0.says", "El acta no dice"),
        (11, "10:20", "10:20", "corrections.0.reads", "es lo mismo"),
        (12, "doctora Clemensia Beatriz", "doctora X", "corrections.0.says", "«doctora Clemencia Beatriz»"),
    ] {
        let refused = correct(n, "min-acl", says, reads).unwrap_err();
        assert_eq!(refused.code, Code::InvalidInput);
        assert_eq!(refused.details["field"], field, "{refused:?}");
        assert!(refused.message.contains(words), "{refused:?}");
    }
    let first = correct(13, "min-acl", "10:20", "10:21").unwrap();
    let again = correct(14, "min-acl", "10:20", "10:22").unwrap();
    assert_eq!(
        (&first["number"], &again["number"]),
        (&again["number"], &first["number"]),
        "one draft, edited"
    );
    let session = "ses-2025-01";
    let found = desk.call(
        15,
        "compare_minutes",
        json!({ "session_id": session, "from": "min-2025-01", "to": "min-acl" }),
    );
    assert!(marked(&found).iter().any(|p| p.contains("[-10:20][+10:22]")), "{found}");
    desk.call(16, "adopt_minutes", json!({ "minutes_id": "min-acl" }));
    assert_eq!(correct(17, "min-acl", "10:20", "10:23").unwrap_err().code, Code::WrongState);
    // What the official file lists is not added to in silence.
    let annex = json!({ "owner": "session", "owner_id": session, "kind": "document",
        "file": { "name": "nota.txt", "base64": STANDARD.encode("nota") } });
    assert_eq!(desk.refuse(18, "add_annex", annex).code, Code::WrongState);
    // A remark comes after the draft it is on, which was sent on 27 November.
    let early = json!({ "minutes_id": "min-2025-04", "person_id": "per-016", "text": "Falta mi intervención.",
        "received_on": "2025-11-26" });
    assert_eq!(desk.refuse(20, "put_remark", early).details["field"], "received_on");
    let late = json!({ "minutes_id": "min-2025-04", "person_id": "per-016", "text": "Falta mi intervención.",
        "received_on": "2026-01-30" });
    let kept = desk.call(21, "put_remark", late);
    assert_eq!(kept["late"], true);
    assert!(kept["warnings"][0]["es"].as_str().unwrap().contains("después del término"), "{kept}");
    // Of somebody who has to do with the body: not of a stranger, and of a guest of one of its sessions.
    desk.call(22, "put_person", json!({ "id": "per-ajena", "full_name": "Úrsula Iguarán" }));
    let strange = json!({ "minutes_id": "min-2025-04", "person_id": "per-ajena", "text": "Falta mi nombre.",
        "received_on": "2025-12-01" });
    let refused = desk.refuse(23, "put_remark", strange.clone());
    assert_eq!((refused.code, &refused.details["field"]), (Code::InvalidInput, &json!("person_id")));
    assert!(refused.message.contains("Úrsula Iguarán no tiene puesto"), "{refused:?}");
    desk.call(
        24,
        "create_session",
        json!({ "id": "ses-26", "body_id": "body-comision", "kind": "ordinary", "date": "2026-03-26" }),
    );
    desk.call(25, "put_guest", json!({ "session_id": "ses-26", "person_id": "per-ajena" }));
    let kept = desk.call(26, "put_remark", strange);
    assert_eq!((&kept["late"], &kept["warnings"]), (&json!(false), &json!([])));
    desk.call(27, "undo", json!({}));
    let remarks = desk.view("ses-2025-04")["remarks"].clone();
    assert_eq!(remarks.as_array().unwrap().last().unwrap()["late"], true);
}

#[test]
fn names_of_what_changed_and_the_file_of_rules_in_force() {
    let desk = Desk::demo();
    let session = desk.call(
        10,
        "create_session",
        json!({ "body_id": "body-comision", "kind": "ordinary", "date": "2026-03-26" }),
    );
    assert!(session["secretary_person_id"].is_string(), "whoever was secretary last");
    let item =
        json!({ "id": "it-n", "session_id": session["id"], "title": "Informe de gestión", "kind": "report" });
    desk.call(11, "add_agenda_item", item);
    let newest = || desk.call(12, "list_journal", json!({ "limit": 1 }))[0]["seq"].clone();
    let entry = desk.call(13, "get_journal_entry", json!({ "seq": newest() }));
    assert_eq!(entry["names"]["it-n"], "1. Informe de gestión");
    let of = session["id"].as_str().unwrap();
    assert!(entry["names"][of].as_str().unwrap().ends_with("26 de marzo de 2026"), "{entry}");
    desk.call(14, "remove_agenda_item", json!({ "id": "it-n" }));
    let gone = desk.call(15, "get_journal_entry", json!({ "seq": newest() }));
    assert_eq!(gone["names"]["it-n"], "Informe de gestión", "as it was");
    // The list of the history says what each entry is about.
    let about = || desk.call(12, "list_journal", json!({ "limit": 1 }))[0]["about"].take();
    assert_eq!(about(), "Informe de gestión");
    for (n, call, request, expect) in [
        (
            20,
            "add_agenda_item",
            json!({ "id": "it-m", "session_id": of, "title": "Plan de acción", "kind": "report" }),
            "1. Plan de acción",
        ),
        (
            21,
            "set_confirmation",
            json!({ "session_id": of, "seat_id": "com-hacienda", "answer": "will_attend" }),
            "Lucrecia Inmaculada Zúñiga-Echeverri del Castillo-Peñuela",
        ),
        (22, "undo", json!({}), "Lucrecia Inmaculada Zúñiga-Echeverri del Castillo-Peñuela"),
        (
            23,
            "set_contact",
            json!({ "person_id": "per-001", "email": "a@b.gov.co" }),
            "Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro",
        ),
    ] {
        desk.call(n, call, request);
        assert_eq!(about(), expect, "{call}");
    }
    // The rules in force have been used, and still take the file of their act.
    let before = desk.call(19, "get_rule_set", json!({ "id": "rs-comision-2024" }));
    let file = json!({ "id": "rs-comision-2024",
        "file": { "name": "acuerdo-001-2024.pdf", "base64": STANDARD.encode("%PDF-1.4 acuerdo") } });
    let kept = desk.call(16, "attach_rule_set_file", file);
    assert_eq!(kept["file"], "acuerdo-001-2024.pdf");
    assert_ne!(kept["blob_id"], before["blob_id"]);
    // What stands inside another record has its name too.
    let entry = desk.call(24, "get_journal_entry", json!({ "seq": newest() }));
    assert_eq!(entry["names"]["reg-mayoria-simple"], "Mayoría simple de los votos emitidos");
    assert_eq!(about(), entry["names"]["rs-comision-2024"]);
    desk.call(17, "undo", json!({}));
    let rules = desk.call(18, "get_rule_set", json!({ "id": "rs-comision-2024" }));
    assert_eq!(rules["file"], before["file"]);
    assert_eq!(rules["blob_id"], before["blob_id"]);
    let seat = json!({ "body_id": "body-grupo", "role": "member", "title": "Puesto de la academia",
        "component_id": "comp-academia", "valid_from": "2026-01-01" });
    desk.call(25, "put_seat", seat);
    let entry = desk.call(26, "get_journal_entry", json!({ "seq": newest() }));
    assert_eq!(
        (about(), &entry["names"]["comp-academia"]),
        (json!("Puesto de la academia"), &json!("academia"))
    );
    // An archive that came whole is about nothing in particular.
    let first = desk.call(27, "list_journal", json!({ "before": 3 }));
    assert!(first.as_array().unwrap().iter().any(|l| l["op"] == "import" && l["about"].is_null()), "{first}");
}
