//! Sheets read back: what a file seems to be, what each row would do, and the one act that records them.

use secretariat::{Code, Failure};
use serde_json::{Value, json};

use crate::office::{BODY, Office, carried};

const PEOPLE: &str = "people";

fn office() -> Office {
    Office::at("2026-03-02T08:00")
}

/// A sheet of text, its first row the head.
fn sheet(rows: &[&str]) -> Value {
    carried("datos.csv", rows.join("\r\n").as_bytes())
}

/// A request by what the titles of the columns seem to be.
fn import(office: &Office, target: &str, rows: &[&str]) -> Value {
    let file = sheet(rows);
    let read = office.call("read_sheet", json!({ "file": file }));
    let suggestions = read["sheets"][0]["suggestions"].as_array().unwrap();
    let mapping = &suggestions.iter().find(|s| s["target"] == target).unwrap()["mapping"];
    let body = if target == PEOPLE { Value::Null } else { json!(BODY) };
    let mut request = json!({ "target": target, "file": file, "mapping": mapping });
    if !body.is_null() {
        request["body_id"] = body;
    }
    request
}

/// What the rows would do: the fates of those that are not the same, and the counts. It leaves nothing.
fn preview(office: &Office, target: &str, rows: &[&str]) -> Value {
    let before = office.tables();
    let head = office.head();
    let outcome = office.call("preview_import", import(office, target, rows));
    assert_eq!((office.tables(), office.head()), (before, head), "a preview left something");
    outcome
}

fn counts(outcome: &Value) -> [i64; 4] {
    ["new", "same", "changes", "refused"].map(|fate| outcome[fate].as_i64().unwrap())
}

/// The first problem of the rows: its cell and its sentence.
fn problem(outcome: &Value) -> (String, String) {
    let row = outcome["rows"].as_array().unwrap().iter().find(|row| row["fate"] == "refused");
    let problem = &row.unwrap_or_else(|| panic!("nothing refused: {outcome}"))["problems"][0];
    let cell = problem["cell"].as_str().unwrap_or_default().to_owned();
    (cell, problem["message"]["es"].as_str().unwrap().to_owned())
}

fn refused(office: &Office, name: &str, request: Value) -> Failure {
    let before = office.tables();
    let failure = office.refused(name, request);
    assert_eq!(office.tables(), before, "a refused import left something");
    failure
}

#[test]
fn a_file_is_read_with_what_its_columns_seem_to_be() {
    let office = office();
    let rows = [
        "Directorio de enlaces",
        "",
        "NOMBRE COMPLETO;Tratamiento;Cargo;Entidad;Teléfono",
        "Ana Ñungo;Dra.;Asesora;SDS;300",
    ];
    let read = office.call("read_sheet", json!({ "file": sheet(&rows) }));
    let first = &read["sheets"][0];
    assert_eq!(read["read_as"]["es"], "Texto separado por punto y coma, UTF-8");
    assert_eq!((&first["head_row"], &first["row_count"]), (&json!(3), &json!(1)));
    assert_eq!(first["columns"][4], json!({ "index": 4, "letters": "E", "title": "Teléfono" }));
    assert_eq!(first["first_rows"], json!([["Ana Ñungo", "Dra.", "Asesora", "SDS", "300"]]));
    let likeliest = &first["suggestions"][0];
    assert_eq!(likeliest["target"], PEOPLE);
    assert_eq!(
        likeliest["mapping"],
        json!({ "full_name": 0, "treatment": 1, "position": 2, "entity": 3 }),
        "private contact is no field"
    );
    // Another row is the head: its columns and what lies below are told anew.
    let second = office.call("read_sheet", json!({ "file": sheet(&rows), "head_row": 4 }));
    let second = &second["sheets"][0];
    assert_eq!((&second["head_row"], &second["row_count"]), (&json!(4), &json!(0)));
    assert_eq!(second["columns"][0]["title"], "Ana Ñungo");
    let none = json!({ "file": sheet(&rows), "head_row": 0 });
    assert_eq!(refused(&office, "read_sheet", none).details["field"], "head_row");
    for (bytes, words) in [
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "contraseña"),
        (b"PK\x03\x04", "dañado"),
        (b"\n\n", "ninguna fila"),
    ] {
        let failure = refused(&office, "read_sheet", json!({ "file": carried("datos.xlsx", bytes) }));
        assert!(failure.code == Code::BadData && failure.message.es.contains(words), "{failure}");
    }
}

#[test]
fn people_come_in_once_change_what_differs_and_keep_what_is_not_said() {
    let office = office();
    let before = office.call("list_people", json!({ "limit": 5000 }))["total"].as_i64().unwrap();
    let first = [
        "Nombre completo;Tratamiento;Cargo;Entidad;Nivel",
        "Úrsula Ñungo Ibáñez;Dra.;Asesora;Secretaría Distrital de Salud;Asesor",
        "Saúl de la Hoz;Sr.;Analista;Universidad X;",
    ];
    let told = preview(&office, PEOPLE, &first);
    assert_eq!(counts(&told), [2, 0, 0, 0], "{told}");
    let done = office.call("import_rows", json!({ "import": import(&office, PEOPLE, &first) }));
    assert_eq!(done, told, "the act does what the preview said");
    let people = office.call("list_people", json!({ "text": "ursula" }));
    let ursula = &people["people"][0];
    assert_eq!(
        (&ursula["treatment"], &ursula["grammatical_gender"], &ursula["level"]),
        (&json!("doctora"), &json!("f"), &json!("adviser"))
    );
    assert!(ursula["entity_name"].as_str().unwrap().contains("Salud"), "{ursula}");
    let saul = &office.call("list_people", json!({ "text": "saul hoz" }))["people"][0];
    assert_eq!((&saul["entity"], &saul["sort_name"]), (&json!("Universidad X"), &json!("de la Hoz, Saúl")));

    let again = [
        "Nombre completo;Cargo;Nivel",
        "URSULA ÑUNGO IBAÑEZ;Jefa de oficina;",
        "Saúl de la Hoz;Analista;",
        "Nubia Nueva;;Profesional",
    ];
    let told = preview(&office, PEOPLE, &again);
    assert_eq!(counts(&told), [1, 1, 1, 0], "{told}");
    assert_eq!(
        told["rows"][0]["changes"],
        json!([{ "field": "position", "label": { "es": "Cargo", "en": "Post" }, "before": "Asesora", "after": "Jefa de oficina" }])
    );
    // Each row is told with its own words, those that are there already too.
    assert_eq!(told["rows"][1]["fate"], "same");
    assert_eq!(told["rows"][2]["cells"], json!({ "full_name": "Nubia Nueva", "level": "Profesional" }));
    office.undone_and_redone("import_rows", json!({ "import": import(&office, PEOPLE, &again) }));
    let ursula = &office.call("list_people", json!({ "text": "ursula" }))["people"][0];
    assert_eq!(
        (&ursula["full_name"], &ursula["level"]),
        (&json!("Úrsula Ñungo Ibáñez"), &json!("adviser")),
        "what is not said stays"
    );
    assert_eq!(office.call("list_people", json!({ "limit": 5000 }))["total"], before + 3);
    let entry = &office.call("list_journal", json!({ "limit": 3 }))[0];
    assert!(entry["op"] == "redo", "{entry}");
    let entries = office.call("list_journal", json!({ "limit": 9 }));
    let told = entries.as_array().unwrap().iter().find(|e| e["op"] == "import_rows").unwrap();
    assert_eq!(
        (&told["act"]["es"], &told["about"]),
        (&json!("Importación desde una hoja"), &json!("2 personas"))
    );
}

#[test]
fn rows_are_refused_at_the_cell_and_left_out_only_when_that_is_said() {
    let office = office();
    for (rows, cell, words) in [
        (&["Nombre;Nivel", "Ana Ñ;jefe"][..], "B2", "no es un valor conocido"),
        (&["Nombre;Cargo", ";Asesora"], "A2", "Falta la persona"),
        (&["Nombre;Cargo", "Ana Ñ;a", "ana ñ;b"], "A3", "Repite la fila 2"),
        (&["Nombre;Cargo", "123;a"], "A2", "ninguna letra"),
        (&["Nombre;Tratamiento", "Ana Ñ;Lic"], "B2", "no es un valor conocido"),
    ] {
        let told = preview(&office, PEOPLE, rows);
        let (at, said) = problem(&told);
        assert!(at == cell && said.contains(words), "{rows:?}: {at} {said}");
    }
    let rows = ["Nombre;Nivel", "Ana Ñungo Uno;asesor", "Ana Ñungo Dos;jefe"];
    let request = json!({ "import": import(&office, PEOPLE, &rows) });
    let failure = refused(&office, "import_rows", request.clone());
    assert_eq!(
        (failure.code, &failure.details["confirm"]),
        (Code::NeedsConfirmation, &json!("skip_refused"))
    );
    assert_eq!(failure.details["rows"][0]["row"], 3);
    let mut request = request;
    request["skip_refused"] = json!(true);
    let done = office.call("import_rows", request.clone());
    assert_eq!(counts(&done), [1, 0, 0, 1]);
    // Again, it changes nothing and leaves no entry.
    let head = office.head();
    assert_eq!(counts(&office.call("import_rows", request)), [0, 1, 0, 1]);
    assert_eq!(office.head(), head);

    let good = import(&office, PEOPLE, &["Nombre", "Ana Z"]);
    for (field, value) in [
        ("mapping", json!({ "nada": 0 })),
        ("mapping", json!({ "full_name": 7 })),
        ("mapping", json!({})),
        ("sheet", json!("Otra")),
        ("head_row", json!(0)),
    ] {
        let mut request = good.clone();
        request[field] = value;
        let failure = refused(&office, "preview_import", request);
        assert_eq!(
            (failure.code, &failure.details["field"]),
            (Code::InvalidInput, &json!(field)),
            "{failure}"
        );
    }
}

#[test]
fn seats_come_with_whoever_holds_them_by_the_rules_of_the_acts() {
    let office = office();
    // A list that was exported is there already, just so.
    let members = json!({ "list": { "kind": "members", "filter": { "body_id": BODY } }, "format": "xlsx" });
    let exported = office.call("export_list", members);
    let file = json!({ "name": exported["file"], "base64": exported["base64"] });
    let read = office.call("read_sheet", json!({ "file": file }));
    let suggestion = read["sheets"][0]["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["target"] == "seats")
        .unwrap()
        .clone();
    let request =
        json!({ "target": "seats", "body_id": BODY, "file": file, "mapping": suggestion["mapping"] });
    let told = office.call("preview_import", request);
    assert_eq!(counts(&told)[1], read["sheets"][0]["row_count"].as_i64().unwrap(), "{told}");

    office.call("put_person", json!({ "id": "nubia", "full_name": "Nubia Ñáñez" }));
    let rows = ["Puesto;Voto;Quien lo ocupa;Desde", "Veeduría Distrital;no;Nubia Ñáñez;02/03/2026"];
    assert_eq!(counts(&preview(&office, "seats", &rows)), [1, 0, 0, 0]);
    office.undone_and_redone("import_rows", json!({ "import": import(&office, "seats", &rows) }));
    let view = office.call("list_members", json!({ "body_id": BODY, "on": "2026-03-03" }));
    let made = view["seats"]
        .as_array()
        .unwrap()
        .iter()
        .find(|s| s["seat"]["title"] == "Veeduría Distrital")
        .unwrap();
    assert_eq!(
        (&made["seat"]["vote"], &made["current"]["person"]["full_name"]),
        (&json!(false), &json!("Nubia Ñáñez"))
    );
    for (rows, cell, words) in [
        (
            &["Puesto;Quien lo ocupa;Desde", "Personería;Nadie Conocido;02/03/2026"][..],
            "B2",
            "No hay una persona",
        ),
        (&["Puesto;Quien lo ocupa", "Personería;Nubia Ñáñez"], "", "Falta la fecha desde la que"),
        (&["Puesto;Quien lo ocupa;Desde", "Personería;Nubia Ñáñez;31/02/2026"], "C2", "no es una fecha"),
        (&["Puesto;Papel", "Personería;Presidencia"], "B2", "La presidencia es del puesto"),
        (&["Puesto;Entidad", "Personería;Ministerio X"], "B2", "No hay una entidad"),
        (&["Puesto;N.º", "Personería;1,5"], "B2", "número entero"),
    ] {
        let (at, said) = problem(&preview(&office, "seats", rows));
        assert!(at == cell && said.contains(words), "{rows:?}: {at} {said}");
    }
}

#[test]
fn of_a_row_that_fails_halfway_nothing_is_left() {
    let office = office();
    office.call("put_person", json!({ "id": "nubia", "full_name": "Nubia Ñáñez" }));
    // The seat of the first row could be made; whoever would hold it ends before they begin.
    let rows = [
        "Puesto;Quien lo ocupa;Desde;Hasta",
        "Personería;Nubia Ñáñez;02/03/2026;01/03/2026",
        "Veeduría Distrital;Nubia Ñáñez;02/03/2026;",
    ];
    let request = json!({ "import": import(&office, "seats", &rows), "skip_refused": true });
    let done = office.call("import_rows", request);
    assert_eq!(counts(&done), [1, 0, 0, 1], "{done}");
    assert_eq!(problem(&done).0, "D2");
    let view = office.call("list_members", json!({ "body_id": BODY }));
    let titles: Vec<&str> =
        view["seats"].as_array().unwrap().iter().map(|s| s["seat"]["title"].as_str().unwrap()).collect();
    assert!(titles.contains(&"Veeduría Distrital") && !titles.contains(&"Personería"), "{titles:?}");
    let entry = &office.call("list_journal", json!({ "limit": 1 }))[0];
    assert_eq!((&entry["op"], &entry["about"]), (&json!("import_rows"), &json!("1 puesto y 1 designación")));
    assert_eq!(office.call("verify_archive", json!({}))["problems"], json!([]));
}

#[test]
fn proposals_come_as_drafts_and_what_was_filed_is_not_rewritten() {
    let office = office();
    let rows = [
        "Código;Título;Entidad;Resumen;Valor solicitado (pesos)",
        "CIIB-2026-901;Laboratorio de datos;Secretaría Distrital de Salud;Datos abiertos;1.234.567,89",
        ";Aula viva;;;",
    ];
    assert_eq!(
        counts(&preview(&office, "proposals", &rows)),
        [2, 0, 0, 0],
        "{}",
        preview(&office, "proposals", &rows)
    );
    office.undone_and_redone("import_rows", json!({ "import": import(&office, "proposals", &rows) }));
    let list = office.call("list_proposals", json!({ "body_id": BODY }));
    let made = list["proposals"].as_array().unwrap().iter().find(|p| p["code"] == "CIIB-2026-901").unwrap();
    assert_eq!((&made["status"], &made["total"]), (&json!("draft"), &json!(1_234_568)));
    assert_eq!(counts(&preview(&office, "proposals", &rows)), [0, 2, 0, 0]);
    let changed = ["Código;Título;Problema", "CIIB-2026-901;Laboratorio de datos;Datos dispersos"];
    let told = preview(&office, "proposals", &changed);
    assert_eq!((counts(&told), &told["rows"][0]["changes"][0]["field"]), ([0, 0, 1, 0], &json!("problem")));
    let (cell, said) = problem(&preview(&office, "proposals", &["Título;Valor", "Otra;mucho"]));
    assert!(cell == "B2" && said.contains("no es un número"), "{cell} {said}");
}

#[test]
fn commitments_find_their_session_and_obey_its_rules() {
    let office = office();
    office.session("ses-1", "ordinary", "2026-03-20");
    let rows = [
        "Compromiso;Fecha de la sesión;Entidad responsable;Fecha límite;Días hábiles",
        "Enviar el informe;20/03/2026;Secretaría Distrital de Salud;2026-04-10;",
        "Convocar la mesa;20/03/2026;;;5",
    ];
    assert_eq!(
        counts(&preview(&office, "commitments", &rows)),
        [2, 0, 0, 0],
        "{}",
        preview(&office, "commitments", &rows)
    );
    office.undone_and_redone("import_rows", json!({ "import": import(&office, "commitments", &rows) }));
    let list = office.call("list_commitments", json!({ "session_id": "ses-1" }));
    assert_eq!(list["total"], 2);
    let by_days = list["commitments"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["commitment"]["text"] == "Convocar la mesa")
        .unwrap();
    assert_eq!(by_days["commitment"]["due_rule"]["business_days"], 5);
    assert_eq!(
        counts(&preview(&office, "commitments", &rows)),
        [0, 2, 0, 0],
        "{}",
        preview(&office, "commitments", &rows)
    );
    let moved = ["Compromiso;Fecha de la sesión;Fecha límite", "Enviar el informe;20/03/2026;15/04/2026"];
    let told = preview(&office, "commitments", &moved);
    assert_eq!(told["rows"][0]["changes"][0]["after"], "15/04/2026", "{told}");
    for (rows, cell, words) in [
        (
            &["Compromiso;Fecha de la sesión;Fecha límite", "Otro;20/03/2026;01/03/2026"][..],
            "C2",
            "anterior a la sesión",
        ),
        (&["Compromiso;Fecha de la sesión", "Otro;21/03/2026"], "B2", "No hay una sesión"),
        (&["Compromiso;Fecha límite", "Otro;21/03/2026"], "", "Falta la sesión"),
        (
            &["Compromiso;Fecha de la sesión;Persona responsable", "Otro;20/03/2026;Nadie"],
            "C2",
            "No hay una persona",
        ),
        (&["Compromiso;Fecha de la sesión;Días hábiles", "Otro;20/03/2026;900"], "C2", "de 1 a 400"),
    ] {
        let (at, said) = problem(&preview(&office, "commitments", rows));
        assert!(at == cell && said.contains(words), "{rows:?}: {at} {said}");
    }
}
