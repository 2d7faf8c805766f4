//! Every list as a CSV file and as an Excel workbook, read back by the crates that read them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use secretariat::{Actor, Code, Context, Language, Secretariat, api, export, load};
use serde_json::{Value, json};
use tests::office::Office as Desk;

use crate::live::{CHAIR, MEMBERS, Run};
use crate::office::{BODY, bytes_of};

/// The demonstration year at one instant.
struct Year {
    archive: Secretariat,
    _folder: tempfile::TempDir,
}

impl Year {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.actario");
        let (archive, _) = load::create_demo(&path, &Self::context(), "equipo").unwrap();
        Self { archive, _folder: folder }
    }

    fn context() -> Context {
        let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
        let now = "2026-03-02T14:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        Context::new(now, actor, [1; 32], Language::Es)
    }

    fn call(&self, name: &str, request: Value) -> Value {
        let shown = request.to_string();
        api::dispatch(&self.archive, &Self::context(), name, request)
            .unwrap_or_else(|f| panic!("{name} {shown}: {f}"))["value"]
            .take()
    }

    /// A list in both formats, each always the same at one instant.
    fn list(&self, kind: &str, filter: Value) -> (Table, Table) {
        for format in ["csv", "xlsx"] {
            let request = json!({ "list": { "kind": kind, "filter": filter }, "format": format });
            let (one, other) = (self.call("export_list", request.clone()), self.call("export_list", request));
            assert!(one == other, "{kind} as {format} differs from one time to the next");
        }
        both(|name, request| self.call(name, request), kind, filter)
    }
}

/// A list as somebody else's program reads it.
struct Table {
    name: String,
    head: Vec<String>,
    rows: Vec<Vec<Data>>,
}

impl Table {
    fn column(&self, title: &str) -> Vec<&Data> {
        let at =
            self.head.iter().position(|t| t == title).unwrap_or_else(|| panic!("{title}: {:?}", self.head));
        self.rows.iter().map(|row| &row[at]).collect()
    }

    fn texts(&self, title: &str) -> Vec<String> {
        self.column(title).into_iter().map(ToString::to_string).collect()
    }
}

/// A list in both formats.
fn both(call: impl Fn(&str, Value) -> Value, kind: &str, filter: Value) -> (Table, Table) {
    let ask = |format: &str| {
        let request = json!({ "list": { "kind": kind, "filter": filter }, "format": format });
        call("export_list", request)
    };
    let (csv, xlsx) = (ask("csv"), ask("xlsx"));
    let (csv, xlsx) = (of_csv(&csv), of_xlsx(&xlsx));
    assert_eq!(csv.head, xlsx.head, "{kind}");
    assert_eq!(csv.rows.len(), xlsx.rows.len(), "{kind}");
    (csv, xlsx)
}

fn of_csv(file: &Value) -> Table {
    assert_eq!(file["media_type"], "text/csv; charset=utf-8");
    let bytes = bytes_of(file);
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("Excel needs the mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text);
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows =
        reader.records().map(|row| row.unwrap().iter().map(|cell| Data::String(cell.to_owned())).collect());
    Table { name: file["file"].as_str().unwrap().to_owned(), head, rows: rows.collect() }
}

fn workbook(file: &Value) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes_of(file))).unwrap()
}

fn of_xlsx(file: &Value) -> Table {
    let mut book = workbook(file);
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).unwrap().is_empty(), "no cell is a formula");
    let range = book.worksheet_range(&name).unwrap();
    let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let head: Vec<String> = rows.remove(0).iter().map(ToString::to_string).collect();
    // Rows that end in empty cells are as wide as the others.
    rows.iter_mut().for_each(|row| row.resize(head.len(), Data::Empty));
    Table { name: file["file"].as_str().unwrap().to_owned(), head, rows }
}

#[test]
fn every_list_leaves_whole_in_both_formats_and_never_with_private_contact() {
    let year = Year::new();
    let contacts = year
        .archive
        .query(&Year::context(), export::export_json)
        .unwrap()["tables"]["person_contact"]["rows"]
        .clone();
    let private: Vec<&str> = contacts
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|contact| [&contact["email"], &contact["phone"]])
        .filter_map(Value::as_str)
        .collect();
    assert!(private.len() > 10, "the demonstration has contacts: {contacts}");
    let body = json!({ "body_id": BODY });
    let of_2025 = json!({ "body_id": BODY, "year": 2025 });
    let attendance = json!({ "body_id": BODY, "from": "2025-01-01", "to": "2025-12-31" });
    let session = json!({ "session_id": "ses-2025-01" });
    let votes = year.call("live_session", session.clone())["votes"].as_array().map_or(0, Vec::len);
    let journal = year.call("list_journal", json!({})).as_array().unwrap().len();
    let count = |call: &str, filter: &Value, lines: &str| {
        year.call(call, filter.clone())[lines].as_array().unwrap().len()
    };
    for (kind, filter, least) in [
        ("sessions", of_2025.clone(), count("list_sessions", &of_2025, "sessions")),
        ("proposals", json!({}), count("list_proposals", &json!({}), "proposals")),
        ("commitments", json!({}), count("list_commitments", &json!({}), "commitments")),
        ("decisions", of_2025.clone(), 10),
        ("members", body.clone(), count("list_members", &body, "seats")),
        ("people", json!({}), count("list_people", &json!({}), "people")),
        ("delegations", json!({ "since": "2020-01-01" }), 2),
        ("minutes", of_2025.clone(), count("list_minutes", &of_2025, "minutes")),
        ("attendance", attendance.clone(), count("attendance_statistics", &attendance, "seats")),
        ("work_plan", of_2025.clone(), count("get_work_plan", &of_2025, "activities")),
        ("votes", session.clone(), votes),
        ("annexes", json!({ "owner": "session", "owner_id": "ses-2025-01" }), 0),
        ("withheld_index", body, 0),
        ("journal", json!({}), journal),
    ] {
        let (csv, xlsx) = year.list(kind, filter);
        assert!(csv.rows.len() >= least, "{kind}: {} of {least}", csv.rows.len());
        assert!(
            csv.name.ends_with("-2026-03-02.csv") && xlsx.name.ends_with("-2026-03-02.xlsx"),
            "{}",
            csv.name
        );
        for (plain, typed) in csv.rows.iter().flatten().zip(xlsx.rows.iter().flatten()) {
            let (plain, typed) = (plain.to_string(), typed.clone());
            assert!(!private.iter().any(|p| plain.contains(p)), "{kind} tells a contact: {plain}");
            match typed {
                Data::Empty => assert_eq!(plain, ""),
                Data::String(text) => {
                    assert_eq!(plain.trim_start_matches('\''), text.trim_start_matches('\''), "{kind}");
                }
                Data::Float(number) if plain.ends_with('%') => {
                    assert_eq!(plain, format!("{}%", (number * 100.0).round()), "{kind}");
                }
                Data::Float(number) => assert_eq!(plain, number.to_string(), "{kind}"),
                Data::DateTime(at) => {
                    let (y, m, d, hour, minute, ..) = at.to_ymd_hms_milli();
                    let day = format!("{y:04}-{m:02}-{d:02}");
                    assert!(
                        plain == day || plain == format!("{day} {hour:02}:{minute:02}"),
                        "{kind}: {plain} {at}"
                    );
                }
                other => panic!("{kind}: {other:?}"),
            }
        }
    }
}

#[test]
fn days_and_numbers_are_what_they_are_and_the_file_says_what_it_is() {
    let year = Year::new();
    let of_2025 = json!({ "body_id": BODY, "year": 2025 });
    let (csv, xlsx) = year.list("sessions", of_2025.clone());
    let days = xlsx.column("Fecha");
    assert!(days.iter().all(|day| matches!(day, Data::DateTime(_))), "{days:?}");
    assert!(xlsx.column("Número").iter().any(|n| **n == Data::Float(1.0)));
    assert!(csv.texts("Fecha").contains(&"2025-03-27".to_owned()), "{:?}", csv.texts("Fecha"));
    assert!(csv.texts("Estado").contains(&"Levantada".to_owned()), "{:?}", csv.texts("Estado"));
    let (_, proposals) = year.list("proposals", json!({}));
    assert!(
        proposals.column("Valor solicitado (pesos)").iter().any(|v| matches!(v, Data::Float(n) if *n > 1e6)),
        "money is a number"
    );
    let (_, attendance) =
        year.list("attendance", json!({ "body_id": BODY, "from": "2025-01-01", "to": "2025-12-31" }));
    assert!(attendance.head.last().unwrap().starts_with("Sesión "), "a column for each session");
    // Every seat of a vote, with who voted and how.
    let (_, votes) = year.list("votes", json!({ "session_id": "ses-2025-01" }));
    assert!(votes.texts("Voto").contains(&"En contra".to_owned()), "{:?}", votes.texts("Voto"));
    assert!(votes.texts("Quién votó").iter().filter(|name| !name.is_empty()).count() > 9);

    let request = json!({ "list": { "kind": "sessions", "filter": of_2025 }, "format": "xlsx" });
    let mut book = workbook(&year.call("export_list", request));
    let told = book.workbook_properties().unwrap();
    let body = year.call("list_members", json!({ "body_id": BODY }))["body"].as_str().unwrap().to_owned();
    assert_eq!(told.title.as_deref(), Some("Sesiones de 2025"));
    assert_eq!(told.creator.as_deref(), Some(body.as_str()));
    assert_eq!(told.created.as_deref(), Some("2026-03-02T14:00:00Z"));
}

#[test]
fn of_a_secret_vote_only_its_totals_leave() {
    let run = Run::opened(11);
    run.begin(&run.item("proposal", 0));
    run.put_to_vote("v-1", "substantive", "Aprobar la propuesta", "secret");
    let list = || {
        both(|name, request| run.office.call(name, request), "votes", json!({ "session_id": run.session }))
    };
    let (csv, _) = list();
    let open: Vec<usize> = (0..csv.rows.len()).filter(|at| csv.texts("Estado")[*at] == "Abierta").collect();
    assert_eq!(open.len(), 1, "{:?}", csv.rows);
    assert_eq!(csv.texts("A favor")[open[0]], "", "nobody sees the tally of an open vote");
    let voters: Vec<&str> = std::iter::once(&CHAIR).chain(&MEMBERS[..10]).map(|(seat, _)| *seat).collect();
    run.office.call(
        "record_secret_vote",
        json!({ "vote_id": "v-1", "participant_seat_ids": voters, "counted": { "for": 7, "against": 3, "abstain": 1 } }),
    );
    let (csv, xlsx) = list();
    let secret: Vec<&Vec<Data>> =
        csv.rows.iter().filter(|row| row.contains(&Data::String("Secreta".into()))).collect();
    assert_eq!(secret.len(), 1, "one row for the whole vote");
    let at = csv.rows.iter().position(|row| row == secret[0]).unwrap();
    for (title, said) in [
        ("A favor", "7"),
        ("En contra", "3"),
        ("Abstenciones", "1"),
        ("Puesto", ""),
        ("Quién votó", ""),
        ("Voto", ""),
    ] {
        assert_eq!(xlsx.texts(title)[at], said, "{title}");
    }
}

#[test]
fn what_begins_like_a_formula_is_a_text_and_awkward_texts_come_back_whole() {
    let desk = Desk::open("2026-03-02");
    let hostile = [
        "=HYPERLINK(\"http://malo.example\";\"Ver\")",
        "+57 300 000 0000 Ana",
        "-2+3 Ana",
        "@SUMA(A1:A9) Ana",
        "＝1+1 Ana",
        "Ana; \"la de\" Salud, Peña",
        "<b>Ana</b> & hijos ]]>",
        "_x0041_ Ana",
        "Ana 😀 Ñungo’Óñez",
    ];
    for (n, name) in hostile.iter().enumerate() {
        desk.call("put_person", json!({ "id": format!("p-{n}"), "first_names": "Ana", "full_name": name, "sort_name": format!("{n}") }));
    }
    let (csv, xlsx) = both(|name, request| desk.call(name, request), "people", json!({}));
    let neutral = |name: &str| name.starts_with(['=', '+', '-', '@', '＝']);
    for (n, name) in hostile.iter().enumerate() {
        let plain = if neutral(name) { format!("'{name}") } else { (*name).to_owned() };
        assert_eq!(csv.texts("Nombre completo")[n], plain);
        assert_eq!(xlsx.column("Nombre completo")[n], &Data::String((*name).to_owned()));
    }
}

#[test]
fn long_lists_leave_whole_and_empty_ones_with_their_head() {
    let desk = Desk::open("2026-03-02");
    let list = |kind: &str, filter: Value| both(|name, request| desk.call(name, request), kind, filter);
    for kind in ["sessions", "proposals", "commitments", "people", "delegations", "minutes"] {
        let (csv, xlsx) = list(kind, json!({}));
        assert!(csv.rows.is_empty() && xlsx.rows.is_empty() && csv.head.len() > 5, "{kind}: {:?}", csv.head);
    }
    for n in 0..1_010 {
        desk.call(
            "put_person",
            json!({ "full_name": format!("Ana Peña {n:05}"), "confirm_duplicate": true }),
        );
    }
    assert_eq!(list("people", json!({ "limit": 3 })).0.rows.len(), 1_010, "pages do not count");
    let entries = list("journal", json!({})).1;
    assert!(entries.rows.len() > 1_010);
    let numbers = entries.texts("N.º");
    let expected: Vec<String> = (1..=entries.rows.len()).rev().map(|n| n.to_string()).collect();
    assert_eq!(numbers, expected);
    desk.refused(
        "export_list",
        json!({ "list": { "kind": "members", "filter": { "body_id": "ninguna" } }, "format": "csv" }),
        Code::NotFound,
        "ninguna",
    );
}
