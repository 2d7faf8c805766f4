//! The binder of a session: every paper and annex in one file, links that lead where they say, what cannot be shown named
//! with its reason, and nothing left of one that was stopped.

use std::ops::ControlFlow;
use std::path::Path;

use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Dictionary, Document as Pdf, Object, Stream, dictionary};
use secretariat::binder::{self, BinderLine, BinderMade, BinderPlace};
use secretariat::ids::SessionId;
use secretariat::progress::{Progress, unwatched};
use secretariat::{Actor, Code, Context, Language, Secretariat, api, load};
use serde_json::{Value, json};

const SESSION: &str = "ses-2025-01";
const NEW: &str = "ses-nueva";

fn context() -> Context {
    let actor = Actor { name: "Gloria Peña".into(), role: "secretaria técnica".into() };
    Context::new("2026-02-02T14:00:00Z".parse().unwrap(), actor, [7; 32], Language::Es)
}

fn demo(folder: &Path) -> Secretariat {
    load::create_demo(&folder.join("demo.actario"), &context(), "equipo").unwrap().0
}

fn call(archive: &Secretariat, name: &str, request: Value) -> Value {
    let shown = request.to_string().chars().take(300).collect::<String>();
    let done = api::dispatch(archive, &context(), name, request);
    done.unwrap_or_else(|f| panic!("{name} {shown}: {f} {}", f.details))["value"].take()
}

/// A foreign file of so many pages, which says its name on each and does what a careless or hostile one does.
fn foreign(words: &str, pages: u32, more: impl FnOnce(&mut Pdf, &[(u32, u16)])) -> Vec<u8> {
    let mut file = Pdf::with_version("1.5");
    let tree = file.new_object_id();
    let font =
        file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let ids: Vec<_> = (1..=pages)
        .map(|n| {
            let text = format!("BT /F1 12 Tf 72 700 Td ({words} {n}) Tj ET");
            let content = file.add_object(Stream::new(Dictionary::new(), text.into_bytes()));
            file.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content })
        })
        .collect();
    let node = dictionary! {
        "Type" => "Pages",
        "Count" => i64::from(pages),
        "Kids" => ids.iter().map(|id| Object::from(*id)).collect::<Vec<_>>(),
        // What every page inherits.
        "MediaBox" => vec![0.into(), 0.into(), 420.into(), 595.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    };
    file.objects.insert(tree, node.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    more(&mut file, &ids);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

fn encrypted() -> Vec<u8> {
    let bytes = foreign("Secreto", 1, |file, _| {
        let id = Object::string_literal("0123456789abcdef");
        file.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: file,
            owner_password: "dueña",
            user_password: "clave",
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        file.encrypt(&state).unwrap();
    });
    assert!(Pdf::load_mem(&bytes).map_or(true, |file| file.is_encrypted()));
    bytes
}

fn create_session(archive: &Secretariat) {
    let body = crate::office::BODY;
    let session = json!({ "id": NEW, "body_id": body, "kind": "extraordinary", "mode": "in_person", "date": "2026-05-04" });
    call(archive, "create_session", session);
}

fn attach(archive: &Secretariat, title: &str, file: &str, bytes: &[u8]) {
    use base64::Engine;
    let carried = base64::engine::general_purpose::STANDARD.encode(bytes);
    let annex = json!({
        "id": file.replace('.', "-"), "owner": "session", "owner_id": NEW, "title": title, "kind": "document",
        "file": { "name": file, "base64": carried },
    });
    call(archive, "add_annex", annex);
}

fn made(archive: &Secretariat, session: &str, path: &Path) -> (BinderMade, Pdf) {
    let id = SessionId::new(session).unwrap();
    let made = binder::make(archive, &context(), &id, path, &mut unwatched).unwrap();
    let file = Pdf::load(path).unwrap();
    assert_eq!(file.get_pages().len(), usize::try_from(made.pages).unwrap());
    assert_eq!(made.size, i64::try_from(std::fs::metadata(path).unwrap().len()).unwrap());
    (made, file)
}

/// Where each link of the first pages leads, by page number.
fn leads(file: &Pdf) -> Vec<u32> {
    let pages = file.get_pages();
    let number = |id: lopdf::ObjectId| pages.iter().find(|(_, page)| **page == id).map(|(n, _)| *n).unwrap();
    let mut found = Vec::new();
    for id in pages.values() {
        let page = file.get_dictionary(*id).unwrap();
        let Ok(list) = page.get(b"Annots").and_then(Object::as_array) else { continue };
        for annotation in list {
            let annotation = file.get_dictionary(annotation.as_reference().unwrap()).unwrap();
            if let Ok(place) = annotation.get(b"Dest").and_then(Object::as_array) {
                found.push(number(place[0].as_reference().unwrap()));
            }
        }
    }
    found
}

fn named(lines: &[BinderLine]) -> Vec<(&str, &str)> {
    lines
        .iter()
        .filter(|line| line.entry.place == BinderPlace::Named)
        .map(|line| (line.entry.title.as_str(), line.entry.why.as_deref().unwrap()))
        .collect()
}

#[test]
fn a_binder_holds_all_papers_of_a_session_and_its_contents_lead_to_each() {
    let folder = tempfile::tempdir().unwrap();
    let archive = demo(folder.path());
    let paper = json!({ "kind": "quorum_ledger", "session_id": SESSION });
    call(&archive, "issue_paper", json!({ "paper": paper }));
    let (made, file) = made(&archive, SESSION, &folder.path().join("expediente.pdf"));
    let view = call(&archive, "get_binder", json!({ "session_id": SESSION }));
    assert_eq!(view["title"], "Expediente de la sesión 1 de 2025");
    assert_eq!(view["entries"].as_array().unwrap().len(), made.lines.len());
    let parts: Vec<&str> = made.lines.iter().map(|line| line.entry.part.as_str()).collect();
    for part in ["Actas que se tratan", "Propuestas", "Asistencia, delegaciones e impedimentos", "Acta"] {
        assert!(parts.contains(&part), "{part}: {parts:?}");
    }
    // The links of the contents lead to the page that they say, in order.
    let said: Vec<u32> =
        made.lines.iter().filter_map(|line| line.page).map(|page| u32::try_from(page).unwrap()).collect();
    assert!(said.len() > 3);
    let mut leads = leads(&file);
    leads.dedup(); // a title on two lines is a link twice
    assert_eq!(leads[..said.len()], said);
    // So does the panel of the viewer, after the cover.
    let toc = file.get_toc().unwrap();
    let panel: Vec<usize> = toc.toc.iter().map(|line| line.page).collect();
    let expected: Vec<usize> =
        std::iter::once(1).chain(said.iter().map(|page| usize::try_from(*page).unwrap())).collect();
    assert_eq!(panel, expected);
    // The papers keep what reads them aloud: every page of ours belongs to the structure.
    let pages = file.get_pages();
    let mut keys = std::collections::BTreeSet::new();
    for id in pages.values() {
        let page = file.get_dictionary(*id).unwrap();
        if let Ok(key) = page.get(b"StructParents").and_then(Object::as_i64) {
            assert!(keys.insert(key), "two pages share a place in the structure");
        }
    }
    assert!(keys.len() > 5, "{keys:?}");
}

#[test]
fn what_a_binder_cannot_show_is_named_and_what_is_hostile_stays_out() {
    let folder = tempfile::tempdir().unwrap();
    let archive = demo(folder.path());
    create_session(&archive);
    let careful = foreign("Concepto", 3, |file, pages| {
        let script = file
            .add_object(dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") });
        let kept =
            file.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"MZ programa".to_vec()));
        let file_spec = dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => kept } };
        let attached = file.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => file_spec,
            "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        });
        let link = |action: Dictionary| {
            let area = vec![72.into(), 690.into(), 200.into(), 710.into()];
            dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => area, "A" => action }
        };
        let runs =
            file.add_object(link(dictionary! { "S" => "Launch", "F" => Object::string_literal("cmd.exe") }));
        let inside =
            file.add_object(link(dictionary! { "S" => "GoTo", "D" => Object::string_literal("fin") }));
        let web = Object::string_literal("https://bogota.gov.co/");
        let outside = file.add_object(link(dictionary! { "S" => "URI", "URI" => web }));
        let page = file.get_dictionary_mut(pages[0]).unwrap();
        page.set("Annots", vec![attached.into(), runs.into(), inside.into(), outside.into()]);
        page.set("AA", dictionary! { "O" => script });
        let names = vec![Object::string_literal("fin"), vec![pages[2].into(), "Fit".into()].into()];
        let catalog = file.catalog_mut().unwrap();
        catalog.set("OpenAction", script);
        catalog.set("Names", dictionary! { "Dests" => dictionary! { "Names" => names } });
    });
    attach(&archive, "Concepto jurídico", "concepto.pdf", &careful);
    attach(&archive, "Borrador cifrado", "cifrado.pdf", &encrypted());
    attach(&archive, "Escaneo dañado", "roto.pdf", &careful[..careful.len() / 3]);
    attach(&archive, "Foto del auditorio", "foto.jpg", include_bytes!("../conformance/four-inks.jpg"));
    attach(&archive, "Presupuesto", "presupuesto.csv", b"rubro,valor\nviajes,1000\n");
    let path = folder.path().join("expediente.pdf");
    let (made, file) = made(&archive, NEW, &path);
    assert_eq!(
        named(&made.lines),
        [
            ("Anexo 2. Borrador cifrado", "Pide una contraseña para abrirse."),
            ("Anexo 3. Escaneo dañado", "El archivo está dañado o no se puede leer."),
            ("Anexo 5. Presupuesto", "Se abre con su propio programa."),
        ]
    );
    let line = |title: &str| made.lines.iter().find(|line| line.entry.title == title).unwrap();
    assert_eq!(line("Anexo 4. Foto del auditorio").pages, 1);
    let concept = line("Anexo 1. Concepto jurídico");
    let first = u32::try_from(concept.page.unwrap()).unwrap();
    assert_eq!(concept.pages, 3);
    for n in 0..3 {
        let text = file.extract_text(&[first + n]).unwrap();
        assert!(text.contains(&format!("Concepto {}", n + 1)), "{text}");
        let page = file.get_dictionary(file.get_pages()[&(first + n)]).unwrap();
        assert_eq!(page.get(b"MediaBox").unwrap().as_array().unwrap()[2].as_i64().unwrap(), 420);
    }
    // Its link inside leads to the same page of it; its address stays; what runs or carries a file does not.
    assert_eq!(leads(&file).last(), Some(&(first + 2)));
    let all: String = file.objects.values().map(|object| format!("{object:?}")).collect();
    assert!(all.contains("bogota.gov.co"));
    for hostile in ["JavaScript", "Launch", "EmbeddedFile", "cmd.exe", "app.alert"] {
        assert!(!all.contains(hostile), "{hostile}");
    }
}

#[test]
fn a_binder_that_is_stopped_or_has_no_room_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let archive = demo(folder.path());
    let path = folder.path().join("expediente.pdf");
    std::fs::write(&path, "de antes").unwrap();
    let id = SessionId::new(SESSION).unwrap();
    let mut told = Vec::new();
    let mut watch = |progress: &Progress| {
        told.push((progress.done, progress.total));
        if told.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let stopped = binder::make(&archive, &context(), &id, &path, &mut watch).unwrap_err();
    assert_eq!(stopped.code, Code::Cancelled);
    assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 == pair[1].1), "{told:?}");
    assert_eq!(std::fs::read(&path).unwrap(), b"de antes");
    let nowhere = folder.path().join("no/hay.pdf");
    assert!(binder::make(&archive, &context(), &id, &nowhere, &mut unwatched).is_err());
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{names:?}");
    let unknown = SessionId::new("ses-9").unwrap();
    let failure = binder::make(&archive, &context(), &unknown, &path, &mut unwatched).unwrap_err();
    assert_eq!(failure.code, Code::NotFound);
    assert_eq!(std::fs::read(&path).unwrap(), b"de antes");
}

#[test]
fn a_session_without_papers_has_a_binder_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let archive = demo(folder.path());
    create_session(&archive);
    let (made, file) = made(&archive, NEW, &folder.path().join("vacio.pdf"));
    assert_eq!((made.pages, made.lines.len()), (1, 0));
    assert!(file.extract_text(&[1]).is_ok());
}
