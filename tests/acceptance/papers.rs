//! Official papers beyond notice, sheet, script and minutes: each kind on the demonstration year, its key sentences, what is
//! refused, and what a certificate says before and after its minutes are adopted.

use std::collections::BTreeSet;
use std::path::PathBuf;

use secretariat::{Actor, Code, Context, Failure, Language, Secretariat, api, load};
use serde_json::{Value, json};

use crate::live::{CHAIR, MEMBERS, Run, prints};
use crate::office::{BODY, bytes_of, data};

/// The demonstration year on a desk, in February 2026.
struct Year {
    archive: Secretariat,
    calls: std::cell::Cell<u8>,
    _folder: tempfile::TempDir,
}

impl Year {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.actario");
        let (archive, _) = load::create_demo(&path, &Self::context(0), "equipo").unwrap();
        Self { archive, calls: std::cell::Cell::new(1), _folder: folder }
    }

    fn context(n: u8) -> Context {
        let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
        let now = "2026-02-02T14:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        Context::new(now + chrono::TimeDelta::seconds(i64::from(n)), actor, [n; 32], Language::Es)
    }

    fn try_call(&self, name: &str, request: Value) -> Result<Value, Failure> {
        self.calls.set(self.calls.get() + 1);
        Ok(api::dispatch(&self.archive, &Self::context(self.calls.get()), name, request)?["value"].take())
    }

    fn call(&self, name: &str, request: Value) -> Value {
        let shown = request.to_string();
        self.try_call(name, request).unwrap_or_else(|f| panic!("{name} {shown}: {f} {}", f.details))
    }

    /// The paper as it prints now: a draft. Its issued copy is another file with the same words, kept, and lists itself.
    fn issues(&self, paper: &Value, kind: &str) -> Value {
        let draft = self.call("render_paper", json!({ "paper": paper }));
        assert_eq!(draft["official"], false);
        assert_eq!(draft["missing"], json!([]), "{paper}");
        let document = self.call("issue_paper", json!({ "paper": paper }));
        assert_eq!(document["kind"], kind);
        assert_eq!(document["data_sha256"].is_string(), kind != "paper_kit", "{document}");
        for told in ["kind", "title", "file"] {
            assert_eq!(draft[told], document[told], "the draft says it before");
        }
        let listed = self.call("list_documents", json!({ "body_id": document["body_id"], "kind": kind }));
        assert_eq!(listed[0]["id"], document["id"]);
        let copies = self.call("list_documents", json!({ "paper": paper }));
        assert_eq!(copies[0]["id"], document["id"], "{paper}");
        let file = self.call("get_file", json!({ "blob_id": document["blob_id"], "name": document["file"] }));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("papers");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{kind}.pdf")), bytes_of(&file)).unwrap();
        let sealed = draft["texts"].to_string().contains("SHA-256 de los datos");
        assert!(!sealed, "a draft carries no seal");
        draft
    }

    fn refused(&self, paper: Value, code: Code, words: &str) {
        let failure = self.try_call("render_paper", json!({ "paper": paper })).expect_err(words);
        assert_eq!(failure.code, code, "{paper}: {failure}");
        assert!(failure.message.es.contains(words), "{paper}: {failure}");
        assert_ne!(failure.message.es, failure.message.en);
    }

    /// Seats by how they stood in a session.
    fn seats(&self, session: &str, attendance: &str) -> Vec<String> {
        let year = json!({ "body_id": BODY, "from": "2025-01-01", "to": "2025-12-31" });
        let view = self.call("attendance_statistics", year);
        let stood = |seat: &&Value| {
            let sessions = seat["sessions"].as_array().unwrap();
            sessions.iter().any(|s| s["session_id"] == session && s["attendance"] == attendance)
        };
        let seats = view["seats"].as_array().unwrap().iter().filter(stood);
        seats.map(|seat| seat["seat_id"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn an_extract_is_a_faithful_copy_of_adopted_minutes() {
    let year = Year::new();
    let view = year.call("get_minutes_view", json!({ "session_id": "ses-2025-01" }));
    let minutes = view["minutes"]["id"].as_str().unwrap();
    let items = ["ses-2025-01-it-05", "ses-2025-01-it-06"];
    let paper = json!({ "kind": "excerpt", "minutes_id": minutes, "item_ids": items });
    let draft = year.issues(&paper, "excerpt");
    prints(
        &draft,
        &[
            "Extracto del acta n.º 1 de 2025",
            "Sesión ordinaria n.º 1 de 2025, presencial",
            "certifica que este extracto es copia fiel de los puntos 5 y 6 del acta n.º 1 de 2025, aprobada el",
            "Se aprueba la propuesta de planta piloto de biogás y se autoriza tramitar el memorando de entendimiento.",
            "Pilar Amparo Villaquirán-Ñúñez Escandón",
        ],
    );
    // What the minutes say of those items, word by word.
    for item in view["assembly"]["items"].as_array().unwrap() {
        let chosen = items.contains(&item["item_id"].as_str().unwrap());
        for piece in item["pieces"].as_array().unwrap().iter().filter(|p| p["kind"] == "computed") {
            for said in piece["block"]["paragraphs"].as_array().unwrap() {
                if chosen {
                    prints(&draft, &[said.as_str().unwrap()]);
                }
            }
        }
    }
    let unknown = json!({ "kind": "excerpt", "minutes_id": minutes, "item_ids": ["ses-2025-02-it-01"] });
    year.refused(unknown, Code::InvalidInput, "Elija uno o varios puntos");
    let none = json!({ "kind": "excerpt", "minutes_id": minutes, "item_ids": [] });
    year.refused(none, Code::InvalidInput, "Elija uno o varios puntos");

    // Of minutes that keep something from the public it says that it is no public version.
    let words = view["assembly"]["items"][4]["narrative"].as_str().unwrap();
    let words = words.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    year.call(
        "put_withholding",
        json!({ "minutes_id": minutes, "words": words, "class": "reserved", "basis": "Ley 1712 de 2014, art. 19, literal c)",
            "purpose": "Relaciones internacionales", "decided_by": "Gloria Peña", "until": "2030-12-31" }),
    );
    let told = year.call("render_paper", json!({ "paper": paper }));
    prints(&told, &["Este extracto no es una versión pública."]);

    let run = Run::held();
    let draft =
        json!({ "kind": "excerpt", "minutes_id": run.minutes_id(), "item_ids": [run.item("procedure", 0)] });
    let failure = run.office.refused("render_paper", json!({ "paper": draft }));
    assert_eq!(failure.code, Code::WrongState);
    assert!(failure.message.es.contains("no se ha aprobado"), "{failure}");
}

/// What the archive calls things today is not what adopted minutes say: they say what their file says.
#[test]
fn adopted_minutes_keep_the_names_they_were_issued_with() {
    let year = Year::new();
    let session = json!({ "session_id": "ses-2025-01" });
    let view = || year.call("get_minutes_view", session.clone())["assembly"].clone();
    let texts = || year.call("preview_minutes", session.clone())["texts"].clone();
    let (said, printed) = (view(), texts());
    let commitments = year.call("list_commitments", json!({ "body_id": BODY }));
    let of_session = commitments["commitments"].as_array().unwrap().iter().map(|row| &row["commitment"]);
    let entities: BTreeSet<&str> = of_session
        .filter(|c| c["session_id"] == "ses-2025-01")
        .filter_map(|c| c["responsible_entity_id"].as_str())
        .collect();
    assert!(!entities.is_empty());
    for entity in entities {
        year.call("put_entity", json!({ "id": entity, "name": format!("{entity} con otro nombre") }));
    }
    assert_eq!(view(), said);
    assert_eq!(texts(), printed);
    assert!(!said.to_string().contains("otro nombre"));
}

#[test]
fn an_accord_says_a_decision_in_articles_and_where_it_was_published() {
    let year = Year::new();
    let accord = |more: Value| {
        let mut accord = json!({
            "decision_id": "dec-01-04", "title": "Por el cual se adopta el portafolio de cooperación de la ciudad",
            "powers": "en ejercicio de sus facultades, en especial las que le confiere el Acuerdo 001 de 2024 (ficticio), artículo 11",
            "recitals": ["Que la Comisión estudió las propuestas radicadas."],
            "articles": ["Adoptar el **portafolio** que consta en el acta.", "El presente acuerdo rige desde su publicación."],
        });
        accord.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        accord
    };
    let paper = json!({ "kind": "accord", "decision_id": "dec-01-04" });
    year.refused(paper.clone(), Code::NotFound, "No hay acuerdo de la decisión");
    let failed = |name: &str, request: Value| year.try_call(name, request).unwrap_err();
    assert_eq!(failed("put_accord", accord(json!({ "articles": [] }))).details["field"], "articles");
    // The first of the year adopted the rules.
    let taken = failed("put_accord", accord(json!({ "number": 1 })));
    assert_eq!((taken.code, &taken.details["next"]), (Code::AlreadyExists, &json!(2)));
    let decision = year.call("put_accord", accord(json!({})));
    assert_eq!((&decision["accord"]["number"], &decision["accord"]["year"]), (&json!(2), &json!(2025)));
    prints(
        &year.call("render_paper", json!({ "paper": paper })),
        &[
            "Acuerdo 002 de 2025",
            "«Por el cual se adopta el portafolio de cooperación de la ciudad»",
            "La Comisión Intersectorial",
            "Considerando Que la Comisión estudió",
            "Acuerda Artículo 1.º Adoptar el portafolio que consta en el acta.",
            "Artículo 2.º El presente acuerdo rige",
            "Publíquese, comuníquese y cúmplase Pendiente de publicación en el Registro Distrital. Dado en Bogotá, D. C., el",
        ],
    );
    let publication = |day: &str| json!({ "decision_id": "dec-01-04", "publication": { "number": "8123", "published_on": day } });
    for day in ["2025-01-01", "2026-08-01"] {
        assert_eq!(failed("publish_accord", publication(day)).details["field"], "published_on", "{day}");
    }
    year.call("publish_accord", publication("2025-04-04"));
    prints(
        &year.issues(&paper, "accord"),
        &["Publicado en el Registro Distrital n.º 8123 del 4 de abril de 2025."],
    );
    // Issued, its text stays; another accord would follow it.
    assert_eq!(failed("put_accord", accord(json!({}))).code, Code::WrongState);
    assert_eq!(failed("remove_accord", json!({ "decision_id": "dec-01-04" })).code, Code::WrongState);
    // What was not approved, or is of procedure, is no accord.
    let refused = failed("put_accord", accord(json!({ "decision_id": "dec-01-02" })));
    assert_eq!(refused.code, Code::RuleForbids);
}

#[test]
fn a_decision_is_certified_the_same_day_and_says_when_its_minutes_are_not_adopted() {
    let run = Run::held();
    let paper = json!({ "kind": "decision_certificate", "decision_id": "d-a" });
    let told = run.office.call("render_paper", json!({ "paper": paper }));
    prints(
        &told,
        &[
            "Certificación de la decisión 1 de 2025",
            "certifica que el 27 de marzo de 2025 se tomó la decisión que aquí se transcribe.",
            "Decisión. Se prioriza la planta piloto.",
            "El acta de la sesión no se ha aprobado: el acta n.º 1 de 2025 está en estado «borrador».",
            "Estaban presentes once (11) puestos de dieciséis (16); el quórum requerido era de nueve (9)",
            "Se expide en Bogotá, D. C., el ",
        ],
    );
    run.office.call(
        "put_decision",
        json!({ "id": "d-p", "item_id": run.item("procedure", 0), "kind": "procedural",
        "text": "Oír a los invitados." }),
    );
    let without = json!({ "kind": "decision_certificate", "decision_id": "d-p" });
    let told = run.office.call("render_paper", json!({ "paper": without }));
    prints(
        &told,
        &[
            "Certificación de una decisión de procedimiento",
            "De procedimiento, sin número",
            "La decisión se registró sin votación",
        ],
    );
    let unknown = json!({ "kind": "decision_certificate", "decision_id": "d-none" });
    assert_eq!(run.office.refused("render_paper", json!({ "paper": unknown })).code, Code::NotFound);

    let year = Year::new();
    let paper = json!({ "kind": "decision_certificate", "decision_id": "dec-01-04" });
    prints(
        &year.issues(&paper, "decision_certificate"),
        &[
            "Certificación de la decisión 2 de 2025",
            "5. ",
            "La decisión consta en el acta n.º 1 de 2025, aprobada el",
            "(Acuerdo 001 de 2024, art. 11)",
            "Se expide en Bogotá, D. C., el 2 de febrero de 2026.",
        ],
    );
    let file =
        year.call("list_documents", json!({ "session_id": "ses-2025-01", "kind": "decision_certificate" }));
    assert_eq!(file[0]["file"], "certificacion-decision-02-2025.pdf");
    assert_eq!(file[0]["title"], "Certificación de la decisión 2 de 2025");
}

#[test]
fn a_vote_is_told_seat_by_seat_and_a_secret_one_never() {
    let year = Year::new();
    let roll = year.issues(&json!({ "kind": "vote_result", "vote_id": "vot-01-04" }), "vote_result");
    prints(&roll, &["Votos por puesto", "A favor", "Mayoría simple", "No estaban presentes: "]);
    let sessions = data("demo/sessions.json");
    let votes = sessions["sessions"].as_array().unwrap().iter().flat_map(|s| s["votes"].as_array().unwrap());
    let mut tied = 0;
    for vote in votes {
        let paper = json!({ "kind": "vote_result", "vote_id": vote["id"] });
        let told = year.call("render_paper", json!({ "paper": paper }));
        prints(&told, &["Resultado de la votación", "Votos por puesto"]);
        tied += usize::from(told["texts"].to_string().contains("Voto dirimente"));
    }
    assert_eq!(tied, 1, "the year has one casting vote, and it is told");

    let run = Run::opened(11);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "secret");
    let paper = json!({ "paper": { "kind": "vote_result", "vote_id": "v-1" } });
    assert_eq!(run.office.refused("render_paper", paper.clone()).code, Code::WrongState, "it is open");
    let voters: Vec<&str> = std::iter::once(&CHAIR).chain(&MEMBERS[..10]).map(|(seat, _)| *seat).collect();
    run.office.call(
        "record_secret_vote",
        json!({ "vote_id": "v-1", "participant_seat_ids": voters, "counted": { "for": 7, "against": 3, "abstain": 1 } }),
    );
    let told = run.office.call("render_paper", paper);
    prints(
        &told,
        &[
            "Resultado de la votación secreta",
            "7 votos a favor, 3 en contra, 1 abstención",
            "el sentido de cada voto no se registró.",
        ],
    );
    let all = told["texts"].to_string();
    assert!(!all.contains("Puesto y nombre"), "no ballot is listed: {all}");
}

#[test]
fn the_quorum_ledger_and_the_kit_stand_alone() {
    let year = Year::new();
    let ledger = json!({ "kind": "quorum_ledger", "session_id": "ses-2025-01" });
    prints(
        &year.issues(&ledger, "quorum_ledger"),
        &["Registro de quórum", "Presencia durante la sesión", "Movimientos y verificaciones", "Hay quórum"],
    );
    let kit = json!({ "kind": "paper_kit", "session_id": "ses-2025-01" });
    prints(
        &year.issues(&kit, "paper_kit"),
        &[
            "Cuaderno de la sesión",
            "Llamado a lista",
            "Delibera y decide con mitad más uno",
            "9 de 16",
            "Votación del punto 5. ",
            "Movimientos",
            "Decisiones",
            "Compromisos",
        ],
    );
    let run = Run::opened(11);
    let open = json!({ "paper": { "kind": "quorum_ledger", "session_id": run.session } });
    assert_eq!(run.office.refused("render_paper", open).code, Code::WrongState);
}

#[test]
fn letters_tell_facts_to_whom_they_concern() {
    let year = Year::new();
    let sessions = ["ses-2025-01", "ses-2025-02", "ses-2025-03", "ses-2025-04"];
    let letter = |session: &str, seat: &str| json!({ "kind": "absence_letter", "session_id": session, "seat_id": seat });
    let absent: Vec<(&str, String)> =
        sessions.iter().flat_map(|s| year.seats(s, "absent").into_iter().map(|seat| (*s, seat))).collect();
    let (session, seat) = absent.first().expect("an absence in the year").clone();
    let told = year.issues(&letter(session, &seat), "absence_letter");
    prints(
        &told,
        &[
            "Comunicación de inasistencia",
            "Bogotá, D. C., 2 de febrero de 2026",
            "no tuvo asistencia de su titular ni de quien lo representara.",
            "En el archivo de la sesión no hay excusa presentada por escrito.",
        ],
    );
    let all = told["texts"].to_string().to_lowercase();
    for threat in ["sanción", "disciplin", "deber legal", "incumpl"] {
        assert!(!all.contains(threat), "{threat}: {all}");
    }
    let first = |attendance: &str| {
        sessions
            .iter()
            .find_map(|s| Some((*s, year.seats(s, attendance).into_iter().next()?)))
            .unwrap_or_else(|| panic!("nobody {attendance}"))
    };
    let (session, seat) = first("holder");
    year.refused(letter(session, &seat), Code::WrongState, "asistió a esa sesión");
    let (session, seat) = first("excused");
    year.refused(letter(session, &seat), Code::WrongState, "presentó excusa por escrito");

    let open = year.call("list_commitments", json!({ "body_id": BODY, "state": "open" }));
    let commitment = &open["commitments"][0]["commitment"];
    let paper = json!({ "kind": "commitment_letter", "commitment_id": commitment["id"] });
    prints(
        &year.issues(&paper, "commitment_letter"),
        &[
            "se adquirió este compromiso:",
            commitment["text"].as_str().unwrap().trim_end_matches('.'),
            "Se solicita informar",
        ],
    );
    let closed = year.call("list_commitments", json!({ "body_id": BODY, "state": "closed" }));
    let paper =
        json!({ "kind": "commitment_letter", "commitment_id": closed["commitments"][0]["commitment"]["id"] });
    year.refused(paper, Code::WrongState, "no hay plazo que recordar");
}

#[test]
fn registers_hold_the_year() {
    let year = Year::new();
    let decisions = json!({ "kind": "decision_register", "body_id": BODY, "year": 2025 });
    prints(
        &year.issues(&decisions, "decision_register"),
        &[
            "Registro de decisiones de 2025",
            "Decisiones numeradas",
            "Se aprueba el portafolio de ciudad.",
            "Acta n.º 1 de 2025,",
            "Decisiones de procedimiento",
        ],
    );
    let none = json!({ "kind": "decision_register", "body_id": BODY, "year": 2019 });
    let told = year.call("render_paper", json!({ "paper": none }));
    prints(&told, &["No se registraron decisiones en 2019."]);

    let commitments = json!({ "kind": "commitments", "body_id": BODY });
    prints(
        &year.issues(&commitments, "commitment_register"),
        &["Registro de compromisos", "Cumplidos fuera de plazo", "Concepto radicado"],
    );
    let line = year.call("list_commitments", json!({ "body_id": BODY, "state": "closed" }))["commitments"][0]
        ["commitment"]
        .take();
    let day = &line["due_on"];
    let some = json!({ "kind": "commitments", "body_id": BODY, "entity_id": line["responsible_entity_id"],
        "due_from": day, "due_to": day });
    let told = year.issues(&some, "commitment_register");
    prints(&told, &["1 compromiso: 1 cumplido", "Se incluyen De ", "Con fecha límite el "]);
    let others = year.call("list_documents", json!({ "paper": commitments }));
    assert_eq!(others.as_array().unwrap().len(), 1, "other filters are another paper");
    let narrow = json!({ "paper": some, "size": "a4" });
    let again = year.call("issue_paper", narrow);
    for (field, value) in some.as_object().unwrap() {
        assert_eq!(&again["paper"][field], value, "a copy says what it is of");
    }
    let cancelled = json!({ "kind": "commitments", "body_id": "body-grupo" });
    if let Ok(told) = year.try_call("render_paper", json!({ "paper": cancelled })) {
        prints(&told, &["No se registraron compromisos."]);
    }

    let plan = json!({ "kind": "work_plan", "work_plan_id": "plan-2025" });
    prints(
        &year.issues(&plan, "work_plan"),
        &[
            "Plan anual de trabajo 2025",
            "Aprobación Sesión ordinaria n.º 1 de 2025, del 27 de marzo de 2025, Decisión 1 de 2025",
            "Doce fichas evaluadas.",
            "Funciones que el plan atiende",
        ],
    );

    let profile = json!({ "kind": "project_profile", "proposal_id": "pro-01" });
    prints(
        &year.issues(&profile, "project_profile"),
        &[
            "Ficha de proyecto CIIB-2025-001",
            "Planta piloto de biogás a partir de residuos orgánicos con cooperación de Suecia",
            "Entidad proponente Unidad Administrativa Especial de Servicios Públicos",
            "Objetivos específicos",
            "Residuos orgánicos tratados",
            "Enfoque diferencial",
            "Aporte del cooperante",
            "Contrapartida",
            "Aval de APC-Colombia",
            "Trámite",
        ],
    );
    year.call("create_proposal", json!({ "id": "pro-y", "body_id": BODY, "title": "Otra propuesta" }));
    let empty = json!({ "kind": "project_profile", "proposal_id": "pro-y" });
    let told = year.call("render_paper", json!({ "paper": empty }));
    prints(
        &told,
        &["Otra propuesta", "Resumen Por definir.", "No se registraron anexos.", "No se ha radicado."],
    );
}

#[test]
fn the_management_report_needs_only_its_analysis() {
    let year = Year::new();
    let report = |quarter: Value, analysis: Value| {
        json!({ "kind": "management_report", "body_id": BODY, "year": 2025,
        "quarter": quarter, "analysis": analysis })
    };
    let failure = year
        .try_call("issue_paper", json!({ "paper": report(Value::Null, Value::Null) }))
        .expect_err("without its analysis");
    assert_eq!((failure.code, &failure.details["field"]), (Code::InvalidInput, &json!("analysis")));

    let analysis = "La Comisión priorizó **cuatro** proyectos.\n\n- Falta cerrar dos compromisos.";
    let whole = year.issues(&report(Value::Null, json!(analysis)), "management_report");
    prints(
        &whole,
        &[
            "Informe de gestión",
            "Vigencia 2025",
            "1. Instancia",
            "2. Acto de creación",
            "3. Normas",
            "4. Asistencia",
            "S3: Sesión ordinaria n.º 3 de 2025, 25 de septiembre de 2025, no realizada por falta de quórum.",
            "5. Sesiones ordinarias",
            "Se realizaron dos (2) de tres (3) sesiones ordinarias programadas.",
            "6. Sesiones extraordinarias",
            "Se realizó una (1) de una (1) sesión extraordinaria programada.",
            "7. Publicación en la página web",
            "Sin registro en el archivo",
            "8. Funciones generales",
            "9. Funciones específicas",
            "27 mar 2025",
            "10. Temas tratados y seguimiento del plan de trabajo",
            "11. Análisis",
            "La Comisión priorizó cuatro proyectos.",
            "12. Firmas",
        ],
    );
    let first = year.call("render_paper", json!({ "paper": report(json!(1), Value::Null) }));
    prints(
        &first,
        &[
            "Primer trimestre de 2025",
            "Se realizó una (1) de una (1) sesión ordinaria programada.",
            "No se realizaron sesiones extraordinarias en el periodo.",
            "Por redactar.",
        ],
    );
    year.refused(report(json!(5), Value::Null), Code::InvalidInput, "trimestre va de 1 a 4");
}
