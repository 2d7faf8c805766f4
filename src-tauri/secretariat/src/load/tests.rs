//! The demo comes in whole; every broken variant of it is refused and leaves nothing.

use serde_json::{Value, json};

use super::*;
use crate::archive_tests::context;

/// A fresh archive with these files, or why not. A refused load must leave no file.
fn try_load(files: &Files) -> Result<(Secretariat, LoadReport, tempfile::TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.actario");
    match create(&path, files, &context(1), "equipo") {
        Ok((archive, report)) => Ok((archive, report, folder)),
        Err(failure) => {
            let left: Vec<_> =
                std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
            assert!(left.is_empty(), "left on disk: {left:?}");
            Err(failure)
        }
    }
}

fn json_of(files: &Files, name: &str) -> Value {
    serde_json::from_slice(&files.read_json(name).unwrap()).unwrap()
}

/// The demo with one file changed.
fn changed(name: &str, change: impl Fn(&mut Value)) -> Files {
    let mut files = Files::demo();
    let mut value = json_of(&files, name);
    change(&mut value);
    files.set_json(name, serde_json::to_vec(&value).unwrap());
    files
}

#[test]
fn what_is_loaded_tells_that_it_came_with_the_archive() {
    let (archive, _, _folder) = try_load(&Files::demo()).map_err(|f| format!("{f:#?}")).unwrap();
    let view =
        crate::api::dispatch(&archive, &context(2), "get_commitment_view", json!({ "id": "cmp-04-01" }));
    let life = view.unwrap()["value"]["history"].clone();
    assert_eq!((life.as_array().unwrap().len(), &life[0]["op"]), (1, &json!("import")));
    assert_eq!(
        (&life[0]["text"]["es"], &life[0]["undoable"]),
        (&json!("Cargado con el archivo"), &json!(false))
    );
}

#[test]
fn the_demo_year_comes_in_whole() {
    let (archive, report, _folder) = try_load(&Files::demo()).map_err(|f| format!("{f:#?}")).unwrap();
    for (concept, count) in [
        ("body", 2),
        ("seat", 31),
        ("holder", 33),
        ("rule_set", 3),
        ("person", 61),
        ("person_contact", 61),
        ("delegation", 14),
        ("session", 4),
        ("session_frame", 4),
        ("agenda_item", 33),
        ("event", 261),
        ("vote", 24),
        ("ballot", 313),
        ("motion", 25),
        ("recusal", 1),
        ("decision", 24),
        ("commitment", 22),
        ("statement", 6),
        ("minutes", 5),
        ("remark", 5),
        ("proposal", 12),
        ("annex", 51),
        ("partner", 40),
        ("entity", 62),
        ("activity", 12),
        ("register_entry", 173),
    ] {
        assert_eq!(report.counts.get(concept), Some(&count), "{concept}");
    }
    // The seal is drawn inside other files and named by no record.
    let unknown: Vec<_> =
        report.findings.iter().filter(|f| f.code.starts_with("un")).map(|f| f.file.as_str()).collect();
    assert_eq!(unknown, ["sello-ficticio.png"]);
    archive.close().unwrap();
}

#[test]
fn loading_is_deterministic() {
    let heads: Vec<String> = (0..2)
        .map(|_| {
            let (archive, _, _folder) = try_load(&Files::demo()).unwrap();
            archive.query(&context(2), |read| read.head()).unwrap()
        })
        .collect();
    assert_eq!(heads[0], heads[1]);
}

#[test]
fn a_loaded_archive_verifies_and_is_not_loaded_twice() {
    let (archive, _, _folder) = try_load(&Files::demo()).unwrap();
    let again = load(&archive, &context(2), &Files::demo()).unwrap_err();
    assert_eq!(again.code, Code::AlreadyExists);
    let report =
        archive.query(&context(3), |read| crate::verify::verify(read, None, &mut crate::progress::unwatched));
    let report = serde_json::to_value(report.unwrap()).unwrap();
    assert_eq!(report["problems"], json!([]), "{report:#}");
}

/// A change of one file and the problem it must give: file, id, words of the reason.
type Broken = (&'static str, &'static str, fn(&mut Value), (&'static str, &'static str, &'static str));

fn session(value: &mut Value, number: usize) -> &mut Value {
    &mut value["sessions"][number - 1]
}

const SESSIONS: &str = "sessions.json";

const BROKEN: &[Broken] = &[
    (
        "a reference to nothing",
        "people.json",
        |v| v["people"][0]["entity_id"] = json!("ent-nada"),
        ("people.json", "per-001", "ent-nada"),
    ),
    (
        "a reference to something else",
        "people.json",
        |v| v["people"][0]["entity_id"] = json!("per-002"),
        ("people.json", "per-001", "otra clase"),
    ),
    (
        "a repeated id",
        "people.json",
        |v| v["people"][1]["id"] = json!("per-001"),
        ("people.json", "per-001", "repetido"),
    ),
    (
        "an id of another file",
        "delegations.json",
        |v| v["delegations"][0]["id"] = json!("per-001"),
        ("people.json", "per-001", "también en delegations.json"),
    ),
    (
        "an id that is none",
        "people.json",
        |v| v["people"][60]["id"] = json!("Per 61"),
        ("people.json", "Per 61", "no es válido"),
    ),
    (
        "a code that does not exist",
        "people.json",
        |v| v["people"][0]["treatment"] = json!("marquesa"),
        ("people.json", "per-001", "treatment"),
    ),
    (
        "a person without a name",
        "people.json",
        |v| v["people"][0]["full_name"] = json!("  "),
        ("people.json", "per-001", "nombre"),
    ),
    (
        "a session of 2020 held in 2019",
        SESSIONS,
        |v| {
            let s = session(v, 1);
            (s["year"], s["number"], s["date"]) = (json!(2020), json!(13), json!("2019-12-13"));
            s["ref"] = json!("body-comision:2020/13");
        },
        (SESSIONS, "ses-2025-01", "otro año"),
    ),
    (
        "another reference name",
        SESSIONS,
        |v| session(v, 1)["ref"] = json!("body-comision:2025/9"),
        (SESSIONS, "ses-2025-01", "se llama"),
    ),
    (
        "two sessions of one number",
        SESSIONS,
        |v| {
            session(v, 2)["number"] = json!(1);
            session(v, 2)["ref"] = json!("body-comision:2025/1");
        },
        (SESSIONS, "ses-2025-02", "ses-2025-01"),
    ),
    (
        "convened after it was held",
        SESSIONS,
        |v| session(v, 1)["convened_at"] = json!("2025-03-28T10:00:00-05:00"),
        (SESSIONS, "ses-2025-01", "después de realizarse"),
    ),
    (
        "rules not in force",
        SESSIONS,
        |v| session(v, 1)["rule_set_id"] = json!("rs-comision-2025"),
        (SESSIONS, "ses-2025-01", "no estaba vigente"),
    ),
    (
        "ballots of a secret vote",
        SESSIONS,
        |v| session(v, 1)["votes"][0]["method"] = json!("secret"),
        (SESSIONS, "vot-01-01", "solo se reciben los totales"),
    ),
    (
        "two ballots of a seat",
        SESSIONS,
        |v| {
            let ballots = session(v, 1)["votes"][0]["ballots"].as_array_mut().unwrap();
            ballots.push(ballots[0].clone());
        },
        (SESSIONS, "vot-01-01", "votó dos veces"),
    ),
    (
        "a vote before arriving",
        SESSIONS,
        |v| {
            let ballots = session(v, 1)["votes"][0]["ballots"].as_array_mut().unwrap();
            ballots.push(json!({ "seat_id": "com-movilidad", "person_id": "per-012", "value": "for" }));
        },
        (SESSIONS, "vot-01-01", "sin estar presente"),
    ),
    (
        "a vote while disconnected",
        SESSIONS,
        |v| {
            let ballots = session(v, 2)["votes"][3]["ballots"].as_array_mut().unwrap();
            ballots.push(json!({ "seat_id": "com-seguridad", "person_id": "per-028", "value": "for" }));
        },
        (SESSIONS, "vot-02-04", "sin estar presente"),
    ),
    (
        "a vote without a delegation in force",
        SESSIONS,
        |v| {
            let ballots = session(v, 1)["votes"][0]["ballots"].as_array_mut().unwrap();
            ballots.push(json!({ "seat_id": "com-gobierno", "person_id": "per-018", "value": "for" }));
        },
        (SESSIONS, "vot-01-01", "sin delegación vigente"),
    ),
    (
        "a vote of another person",
        SESSIONS,
        |v| session(v, 1)["votes"][0]["ballots"][0]["person_id"] = json!("per-002"),
        (SESSIONS, "vot-01-01", "otra persona"),
    ),
    (
        "a recused seat votes",
        SESSIONS,
        |v| {
            let ballots = session(v, 1)["votes"][5]["ballots"].as_array_mut().unwrap();
            ballots.push(
                json!({ "seat_id": "com-desarrollo-economico", "person_id": "per-006", "value": "for" }),
            );
        },
        (SESSIONS, "vot-01-06", "impedido"),
    ),
    (
        "a rule of another rule set",
        SESSIONS,
        |v| session(v, 1)["votes"][0]["rule_id"] = json!("reg-2025-mayoria-simple"),
        (SESSIONS, "vot-01-01", "no es del reglamento"),
    ),
    (
        "a vote that closes before it opens",
        SESSIONS,
        |v| session(v, 1)["votes"][0]["closed"] = json!("08:10"),
        (SESSIONS, "vot-01-01", "antes de abrirse"),
    ),
    (
        "events out of order",
        SESSIONS,
        |v| session(v, 1)["events"][24]["time"] = json!("08:10"),
        (SESSIONS, "ses-2025-01", "evento 25"),
    ),
    (
        "a gap in the sequence",
        SESSIONS,
        |v| {
            session(v, 1)["events"].as_array_mut().unwrap().remove(15);
        },
        (SESSIONS, "ses-2025-01", "evento 17"),
    ),
    (
        "a time that is none",
        SESSIONS,
        |v| session(v, 1)["events"][0]["time"] = json!("8:3"),
        (SESSIONS, "ses-2025-01", "events[0].time"),
    ),
    (
        "an event under an item of another session",
        SESSIONS,
        |v| session(v, 1)["events"][1]["item_id"] = json!("ses-2025-02-it-01"),
        (SESSIONS, "ses-2025-01", "otra sesión"),
    ),
    (
        "a seat twice in the attendance",
        SESSIONS,
        |v| {
            let rows = session(v, 1)["attendance"].as_array_mut().unwrap();
            rows.push(rows[0].clone());
        },
        (SESSIONS, "ses-2025-01", "dos filas"),
    ),
    (
        "a holder who is not",
        SESSIONS,
        |v| session(v, 1)["attendance"][1]["capacity"] = json!("holder"),
        (SESSIONS, "ses-2025-01", "titulares y delegaciones"),
    ),
    (
        "an expired delegation that counts",
        SESSIONS,
        |v| session(v, 1)["attendance"][2]["capacity"] = json!("delegate"),
        (SESSIONS, "ses-2025-01", "com-gobierno"),
    ),
    (
        "a function of another body",
        SESSIONS,
        |v| session(v, 1)["agenda"][0]["functions"] = json!(["gfu-01"]),
        (SESSIONS, "ses-2025-01-it-01", "gfu-01"),
    ),
    (
        "a decision number twice",
        SESSIONS,
        |v| session(v, 2)["decisions"][2]["number"] = json!(1),
        (SESSIONS, "dec-02-03", "repetida"),
    ),
    (
        "minutes adopted before the session",
        SESSIONS,
        |v| session(v, 2)["minutes"]["approved_in_session_id"] = json!("ses-2025-01"),
        (SESSIONS, "min-2025-02", "anterior"),
    ),
    (
        "minutes signed before the session",
        SESSIONS,
        |v| session(v, 1)["minutes"]["signed_on"] = json!("2025-03-01"),
        (SESSIONS, "min-2025-01", "signed_on"),
    ),
    (
        "minutes adopted of an open session",
        SESSIONS,
        |v| session(v, 1)["status"] = json!("open"),
        (SESSIONS, "min-2025-01", "no ha terminado"),
    ),
    (
        "minutes of a number twice",
        "past_minutes.json",
        |v| (v["past_minutes"][0]["year"], v["past_minutes"][0]["number"]) = (json!(2025), json!(1)),
        (SESSIONS, "min-2025-01", "repetida"),
    ),
    (
        "an annex number twice",
        SESSIONS,
        |v| session(v, 1)["annexes"][1]["number"] = json!(1),
        (SESSIONS, "ses-2025-01", "anexo 1"),
    ),
    (
        "a path instead of a file",
        SESSIONS,
        |v| session(v, 1)["annexes"][0]["file"] = json!("../../etc/passwd"),
        (SESSIONS, "ses-2025-01", "nombre simple"),
    ),
    (
        "a file that is not there",
        SESSIONS,
        |v| session(v, 1)["annexes"][0]["file"] = json!("otra-convocatoria.pdf"),
        (SESSIONS, "ses-2025-01", "otra-convocatoria.pdf"),
    ),
    (
        "a seat number twice",
        "body-commission.json",
        |v| v["seats"][1]["number"] = json!(1),
        ("body-commission.json", "com-gestion-publica", "repetido"),
    ),
    (
        "two holders on a day",
        "body-commission.json",
        |v| {
            let holders = v["seats"][0]["holders"].as_array_mut().unwrap();
            let mut other = holders[0].clone();
            (other["person_id"], other["from"]) = (json!("per-002"), json!("2025-01-01"));
            holders.push(other);
        },
        ("body-commission.json", "com-consejeria", "mismos días"),
    ),
    (
        "two rule sets on a day",
        "body-commission.json",
        |v| v["rule_sets"][0]["effective_to"] = json!("2025-07-01"),
        ("body-commission.json", "rs-comision-2025", "mismos días"),
    ),
    (
        "a rule that cannot be",
        "body-commission.json",
        |v| v["rule_sets"][0]["default_rule_id"] = json!("reg-2025-mayoria-simple"),
        ("body-commission.json", "rs-comision-2024", "default_rule_id"),
    ),
    (
        "an invitee who votes",
        "body-commission.json",
        |v| v["permanent_invitees"][0]["vote"] = json!(true),
        ("body-commission.json", "inv-atenea", "nunca voto"),
    ),
    (
        "a delegation of a delegate",
        "delegations.json",
        |v| {
            let list = v["delegations"].as_array_mut().unwrap();
            let mut again = list[0].clone();
            (again["id"], again["principal_id"], again["delegate_id"]) =
                (json!("del-99"), json!("per-017"), json!("per-018"));
            list.push(again);
        },
        ("delegations.json", "del-99", "no se subdelega"),
    ),
    (
        "a delegation by a stranger",
        "delegations.json",
        |v| v["delegations"][0]["principal_id"] = json!("per-040"),
        ("delegations.json", "del-01", "ni encargado"),
    ),
    (
        "a delegation that ends before it begins",
        "delegations.json",
        |v| v["delegations"][0]["valid_to"] = json!("2024-01-01"),
        ("delegations.json", "del-01", "antes de comenzar"),
    ),
    (
        "a proposal's code twice",
        "proposals.json",
        |v| v["proposals"][1]["code"] = json!("CIIB-2025-001"),
        ("proposals.json", "pro-02", "repetido"),
    ),
    (
        "a history out of order",
        "proposals.json",
        |v| v["proposals"][0]["status_history"][1]["date"] = json!("2025-01-01"),
        ("proposals.json", "pro-01", "desorden"),
    ),
    (
        "a score above the scale",
        "proposals.json",
        |v| v["proposals"][0]["evaluation"]["scores"][0]["score"] = json!(9),
        ("proposals.json", "pro-01", "entre 0 y 5"),
    ),
    ("a list that is none", "partners.json", |v| v["partners"] = json!({}), ("partners.json", "", "lista")),
];

/// What is wrong with the refusal of these files: it must name this file, id and words of the Spanish reason.
fn refusal_of(files: &Files, (file, id, words): (&str, &str, &str)) -> Result<(), String> {
    let Err(failure) = try_load(files) else { return Err("it was loaded".into()) };
    let told: Vec<Problem> = serde_json::from_value(failure.details["problems"].clone()).unwrap_or_default();
    let found = told
        .iter()
        .any(|p| p.file == file && p.id == id && p.reason.es.to_lowercase().contains(&words.to_lowercase()));
    let in_english = told.iter().all(|p| !p.reason.en.is_empty());
    if failure.code == Code::BadData && found && in_english { Ok(()) } else { Err(format!("{failure:#?}")) }
}

fn refused(name: &str, files: &Files, expected: (&str, &str, &str)) {
    refusal_of(files, expected).unwrap_or_else(|why| panic!("{name}: {why}"));
}

#[test]
fn what_cannot_be_is_refused_with_file_id_and_reason() {
    let wrong: Vec<String> = BROKEN
        .iter()
        .filter_map(|(name, file, change, expected)| {
            refusal_of(&changed(file, change), *expected).err().map(|why| format!("{name}: {why}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A snapshot of the demo made wrong: file, change, id and field that must be told.
type Wrong = (&'static str, fn(&mut Value), &'static str, &'static str);

const WRONG: &[Wrong] = &[
    ("body-commission.json", |v| v["voting_seats"] = json!(15), "body-comision", "voting_seats"),
    ("body-commission.json", |v| v["seats_total"] = json!(17), "body-comision", "seats_total"),
    (
        "body-commission.json",
        |v| v["rule_sets"][0]["quorum"]["value_for_current_seats"] = json!(8),
        "rs-comision-2024",
        "quorum.value_for_current_seats",
    ),
    ("delegations.json", |v| v["delegations"][1]["status"] = json!("valid"), "del-02", "status"),
    (SESSIONS, |v| session(v, 1)["start"] = json!("08:00"), "ses-2025-01", "start"),
    (SESSIONS, |v| session(v, 1)["end"] = json!("12:00"), "ses-2025-01", "end"),
    (SESSIONS, |v| session(v, 1)["voting_seats"] = json!(15), "ses-2025-01", "voting_seats"),
    (SESSIONS, |v| session(v, 1)["quorum_required"] = json!(8), "ses-2025-01", "quorum_required"),
    (
        SESSIONS,
        |v| session(v, 1)["recusal_treatment"] = json!("leave_base"),
        "ses-2025-01",
        "recusal_treatment",
    ),
    (
        SESSIONS,
        |v| {
            session(v, 3)["status"] = json!("adjourned");
            session(v, 3)["not_held"] = Value::Null;
        },
        "ses-2025-03",
        "status",
    ),
    (
        SESSIONS,
        |v| session(v, 3)["not_held"]["present_at_declaration"] = json!(7),
        "ses-2025-03",
        "not_held.present_at_declaration",
    ),
    (SESSIONS, |v| session(v, 3)["not_held"]["required"] = json!(8), "ses-2025-03", "not_held.required"),
    (
        SESSIONS,
        |v| session(v, 1)["convocation"]["latest_valid_date"] = json!("2025-03-20"),
        "ses-2025-01",
        "convocation.latest_valid_date",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["convocation"]["required_business_days"] = json!(4),
        "ses-2025-01",
        "convocation.required_business_days",
    ),
    (SESSIONS, |v| session(v, 1)["events"][14]["present"] = json!(13), "ses-2025-01", "events[15].present"),
    (SESSIONS, |v| session(v, 1)["events"][14]["required"] = json!(8), "ses-2025-01", "events[15].required"),
    (
        SESSIONS,
        |v| session(v, 1)["events"][14]["quorum_met"] = json!(false),
        "ses-2025-01",
        "events[15].quorum_met",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["events"][68]["result"] = json!("approved"),
        "ses-2025-01",
        "events[69].result",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["events"][70]["result"] = json!("rejected"),
        "ses-2025-01",
        "events[71].result",
    ),
    (SESSIONS, |v| session(v, 1)["votes"][0]["present"] = json!(13), "vot-01-01", "present"),
    (SESSIONS, |v| session(v, 1)["votes"][0]["quorum_required"] = json!(8), "vot-01-01", "quorum_required"),
    (SESSIONS, |v| session(v, 1)["votes"][1]["tally"]["for"] = json!(13), "vot-01-02", "tally"),
    (SESSIONS, |v| session(v, 1)["votes"][1]["base_size"] = json!(13), "vot-01-02", "base_size"),
    (SESSIONS, |v| session(v, 1)["votes"][1]["required"] = json!(6), "vot-01-02", "required"),
    (SESSIONS, |v| session(v, 1)["votes"][6]["tie"] = json!(false), "vot-01-07", "tie"),
    (SESSIONS, |v| session(v, 2)["votes"][6]["result"] = json!("approved"), "vot-02-07", "result"),
    (SESSIONS, |v| session(v, 2)["motions"][6]["status"] = json!("approved"), "mot-02-07", "status"),
    (
        SESSIONS,
        |v| session(v, 1)["attendance"][11]["arrived"] = json!("08:05"),
        "ses-2025-01",
        "attendance.com-movilidad.arrived",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["attendance"][3]["left"] = json!("10:30"),
        "ses-2025-01",
        "attendance.com-hacienda.left",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["attendance"][2]["counts_for_quorum"] = json!(true),
        "ses-2025-01",
        "attendance.com-gobierno.counts_for_quorum",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["minutes"]["draft_deadline"] = json!("2025-04-04"),
        "min-2025-01",
        "draft_deadline",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["minutes"]["remarks_until"] = json!("2025-04-10"),
        "min-2025-01",
        "remarks_until",
    ),
    (
        SESSIONS,
        |v| session(v, 1)["minutes"]["signature_deadline"] = json!("2025-04-22"),
        "min-2025-01",
        "signature_deadline",
    ),
    (SESSIONS, |v| session(v, 1)["minutes"]["status"] = json!("signed"), "min-2025-01", "status"),
    (SESSIONS, |v| session(v, 1)["commitments"][0]["due_on"] = json!("2025-05-14"), "cmp-01-01", "due_on"),
    (SESSIONS, |v| session(v, 4)["commitments"][2]["status"] = json!("in_progress"), "cmp-04-03", "status"),
    ("proposals.json", |v| v["proposals"][0]["status"] = json!("closed"), "pro-01", "status"),
    ("proposals.json", |v| v["proposals"][0]["budget"]["total"] = json!(1), "pro-01", "budget.total"),
    (
        "proposals.json",
        |v| v["proposals"][0]["budget"]["city_total"] = json!(1),
        "pro-01",
        "budget.city_total",
    ),
    (
        "proposals.json",
        |v| v["proposals"][0]["budget"]["partner_total"] = json!(1),
        "pro-01",
        "budget.partner_total",
    ),
    (
        "proposals.json",
        |v| v["proposals"][0]["budget"]["lines"][0]["original"]["rate"] = json!(4961),
        "pro-01",
        "budget.lines[0].amount",
    ),
    (
        "proposals.json",
        |v| v["proposals"][0]["evaluation"]["total"] = json!(84.0),
        "pro-01",
        "evaluation.total",
    ),
    ("work_plan.json", |v| v["activities"][2]["status"] = json!("fulfilled_late"), "wp-2025-03", "status"),
    (
        "opportunities.json",
        |v| v["opportunities"][0]["status_at_cut_off"] = json!("open"),
        "opo-01",
        "status_at_cut_off",
    ),
    (
        "indicators.json",
        |v| v["meta"]["expected_totals"]["ind-1-1"]["2025-1"] = json!(5),
        "ind-1-1",
        "expected_totals.2025-1",
    ),
];

#[test]
fn a_snapshot_that_differs_is_refused_with_both_values() {
    let wrong: Vec<String> = WRONG
        .iter()
        .filter_map(|(file, change, id, field)| {
            let name = format!("{id} {field}");
            let Err(failure) = try_load(&changed(file, change)) else {
                return Some(format!("{name}: loaded"));
            };
            let told: Vec<Problem> =
                serde_json::from_value(failure.details["problems"].clone()).unwrap_or_default();
            let found = told.iter().any(|p| {
                p.file == *file
                    && p.id == *id
                    && p.difference.as_ref().is_some_and(|d| d.field == *field && d.got != d.expected)
            });
            (failure.code != Code::BadData || !found).then(|| format!("{name}: {failure:#?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_folder_that_is_no_data_is_refused() {
    let mut files = Files::demo();
    files.drop_annex("acuerdo-001-2024.pdf");
    refused("missing file", &files, ("body-commission.json", "rs-comision-2024", "acuerdo-001-2024.pdf"));
    // A delegation's act, an annex of a session and the official file of minutes, each by its name a PDF.
    for (file, id, name) in [
        ("body-commission.json", "rs-comision-2024", "acuerdo-001-2024.pdf"),
        ("delegations.json", "del-01", "resolucion-014-2025.pdf"),
        (SESSIONS, "ses-2025-01", "convocatoria-ses-2025-01.pdf"),
        ("past_minutes.json", "min-2024-04", "acta-04-2024.pdf"),
    ] {
        let mut files = Files::demo();
        files.set_annex(name, b"Hola".to_vec());
        refused("no PDF", &files, (file, id, "no es un PDF"));
    }
    // The official file of minutes is a PDF whatever its name.
    let mut files = changed("past_minutes.json", |v| v["past_minutes"][0]["file"] = json!("acta.txt"));
    files.set_annex("acta.txt", b"Hola".to_vec());
    refused("minutes in a text", &files, ("past_minutes.json", "min-2024-04", "no es un PDF"));
    let mut files = Files::demo();
    files.set_json("people.json", b"{ \"people\": [".to_vec());
    refused("not JSON", &files, ("people.json", "", "no es JSON"));
    files.set_json("people.json", b"[]".to_vec());
    refused("not an object", &files, ("people.json", "", "objeto"));
    refused("nothing", &Files::default(), ("body-*.json", "", "instancia"));
    let empty = tempfile::tempdir().unwrap();
    refused("empty folder", &Files::in_dir(empty.path()).unwrap(), ("body-*.json", "", "instancia"));
    assert_eq!(Files::in_dir(&empty.path().join("no")).unwrap_err().code, Code::Io);
}

#[test]
fn minutes_that_bring_their_file_are_that_file() {
    let with = |file: &str| changed(SESSIONS, |v| session(v, 1)["minutes"]["file"] = json!(file));
    let files = with("acta-04-2024.pdf");
    let (archive, _, _folder) = try_load(&files).unwrap();
    let request = json!({ "session_id": "ses-2025-01" });
    let shown =
        crate::api::dispatch(&archive, &context(2), "preview_minutes", request).unwrap()["value"].take();
    let bytes = files.read_annex("acta-04-2024.pdf").unwrap();
    use base64::Engine;
    assert_eq!(shown["base64"], json!(base64::engine::general_purpose::STANDARD.encode(&bytes)));
    assert_eq!(
        (&shown["official"], &shown["pages"]),
        (&json!(true), &json!(crate::print::page_count(&bytes)))
    );
    let view = crate::api::dispatch(
        &archive,
        &context(2),
        "get_minutes_view",
        json!({ "session_id": "ses-2025-01" }),
    )
    .unwrap();
    assert_eq!(view["value"]["history"][0]["comparable"], false, "its words are not known");
    refused("no PDF", &with("matriz-compromisos-2025.xlsx"), (SESSIONS, "min-2025-01", "no es un PDF"));
}

#[test]
fn a_folder_on_disk_is_read_flat_or_with_its_demo_folder() {
    let dir = tempfile::tempdir().unwrap();
    let demo = Files::demo();
    for name in demo.json_names() {
        std::fs::write(dir.path().join(&name), demo.read_json(&name).unwrap()).unwrap();
    }
    std::fs::create_dir(dir.path().join("annexes")).unwrap();
    for name in demo.annex_names() {
        std::fs::write(dir.path().join("annexes").join(name), demo.read_annex(name).unwrap()).unwrap();
    }
    let head = |files: &Files| {
        let (archive, _, _folder) = try_load(files).unwrap();
        archive.query(&context(2), |read| read.head()).unwrap()
    };
    assert_eq!(head(&Files::in_dir(dir.path()).unwrap()), head(&demo));
    std::fs::create_dir(dir.path().join("demo")).unwrap();
    std::fs::write(dir.path().join("demo/people.json"), b"{}").unwrap();
    refused("twice", &Files::in_dir(dir.path()).unwrap(), ("people.json", "", "dos veces"));
    #[cfg(unix)]
    {
        std::fs::remove_file(dir.path().join("demo/people.json")).unwrap();
        std::fs::remove_file(dir.path().join("annexes/acta-04-2024.pdf")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", dir.path().join("annexes/acta-04-2024.pdf")).unwrap();
        refused("a link", &Files::in_dir(dir.path()).unwrap(), ("acta-04-2024.pdf", "", "enlace"));
    }
}

#[test]
fn irregular_history_comes_in_as_findings() {
    type Odd = (&'static str, fn(&mut Value), &'static str, &'static str);
    let odd: &[Odd] = &[
        (SESSIONS, |v| session(v, 1)["sorpresa"] = json!(1), "ses-2025-01", "unknown_field"),
        (
            SESSIONS,
            |v| session(v, 1)["chair"]["seat_id"] = json!("com-salud"),
            "ses-2025-01",
            "chair_of_another_seat",
        ),
        ("people.json", |v| v["sorpresa"] = json!(1), "", "unknown_field"),
        (
            SESSIONS,
            |v| session(v, 1)["annexes"][1]["public"] = json!(true),
            "ses-2025-01",
            "public_attendance_list",
        ),
        (
            "body-commission.json",
            |v| v["rule_sets"][0]["rules"][0]["article"] = Value::Null,
            "reg-mayoria-simple",
            "missing_article",
        ),
    ];
    for (file, change, id, code) in odd {
        let (_, report, _folder) = try_load(&changed(file, change)).unwrap();
        assert!(
            report.findings.iter().any(|f| f.id == *id && f.code == *code),
            "{code}: {:#?}",
            report.findings
        );
    }
}

#[test]
fn the_schema_describes_every_file() {
    let schema = schema();
    for name in Files::demo().json_names() {
        let name = if name.starts_with("body-") { "body-*.json" } else { &name };
        let name = if name == "work_plan.json" { "work_plan*.json" } else { name };
        assert!(schema["files"][name].is_object(), "{name}");
    }
    let session = &schema["$defs"]["Session"]["properties"];
    for field in ["ref", "events", "attendance", "rule_set_id", "not_held"] {
        assert!(session[field].is_object(), "{field}");
    }
}
