//! E-mail is where papers come from: dropped messages become excuses, delegations, confirmations, proposals and annexes.

use crate::office::{BODY, Office, bytes_of, carried};
use secretariat::Code;
use serde_json::{Value, json};

/// A message as an office's mail program saves it.
fn message(from: &str, subject: &str, text: &str, attachment: Option<(&str, &str)>) -> Vec<u8> {
    let mut eml = format!(
        "From: {from}\r\nTo: secretaria@demo.invalid\r\nDate: Wed, 26 Mar 2025 10:04:05 -0500\r\nSubject: {subject}\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    );
    if let Some((name, base64)) = attachment {
        eml += &format!(
            "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{base64}\r\n"
        );
    }
    eml += "--b--\r\n";
    eml.into_bytes()
}

/// "%PDF-1.4\n"
const PDF: &str = "JVBERi0xLjQK";

fn convened() -> Office {
    let office = Office::at("2025-03-17T08:00");
    office.session("ses-1", "ordinary", "2025-03-27");
    office.call("convene_session", json!({ "id": "ses-1" }));
    office.go_to("2025-03-26T16:00");
    office
}

/// The holder of a seat, by the answer view.
fn holder(office: &Office, seat: &str) -> Value {
    let eve = office.call("expected_quorum", json!({ "session_id": "ses-1" }));
    eve["seats"].as_array().unwrap().iter().find(|s| s["seat_id"] == seat).unwrap()["holder"].clone()
}

#[test]
fn an_excuse_dropped_on_a_seat() {
    let office = convened();
    let who = holder(&office, "com-salud");
    let from = format!("\"{}\" <{}>", "Secretaría de Salud", who["email"].as_str().unwrap().to_uppercase());
    let words = "Señora secretaria:\n\nNo podré asistir por comisión de servicios.\n\nEl lun, 17 mar 2025, la secretaría escribió:\n> \
                 Por favor confirme su asistencia o envíe el acto de delegación.";
    let eml = message(&from, "RE: Convocatoria", words, None);
    let preview = office.call("read_mail", json!({ "file": carried("excusa.eml", &eml) }));
    assert_eq!((&preview["is_message"], &preview["kept_before"]), (&json!(true), &json!(false)));
    assert_eq!(preview["sent_at"], "2025-03-26T15:04:05Z");
    let suggestion = &preview["suggestion"];
    assert_eq!(suggestion["kind"], "excuse", "the quoted notice does not count: {suggestion}");
    assert_eq!(
        (&suggestion["seat"]["seat_id"], &suggestion["session_id"]),
        (&json!("com-salud"), &json!("ses-1"))
    );
    assert_eq!(suggestion["seat"]["person"], who["name"]);

    let filed = office.undone_and_redone(
        "file_mail",
        json!({ "file": carried("excusa.eml", &eml), "as": { "kind": "excuse", "session_id": "ses-1", "seat_id": "com-salud" } }),
    );
    let answer = &filed["confirmation"];
    assert_eq!(
        (&answer["answer"], &answer["in_writing"], &answer["channel"]),
        (&json!("excused"), &json!(true), &json!("email"))
    );
    assert_eq!(answer["received_at"], "2025-03-26T15:04:05Z");
    assert_eq!(answer["text"], Value::Null, "a message is not a reason to print");
    assert_eq!((&answer["blob_id"], &answer["file"]), (&filed["message_blob_id"], &json!("excusa.eml")));
    assert_eq!(office.call("read_mail", json!({ "file": carried("x.eml", &eml) }))["kept_before"], true);
    let eve = office.call("expected_quorum", json!({ "session_id": "ses-1" }));
    assert_eq!((&eve["possible"], &eve["sure"]), (&json!(15), &json!(0)));
}

#[test]
fn messages_become_what_they_say() {
    let office = convened();
    let who = holder(&office, "com-gestion-publica");
    let from = who["email"].as_str().unwrap();
    for (subject, text, kind) in [
        ("Asistencia", "Confirmo mi asistencia a la sesión.", "confirmation"),
        ("Delegación", "Adjunto la resolución de delegación.", "delegation"),
        ("Sesión", "Me excuso de asistir.", "excuse"),
        ("Propuesta de proyecto", "Enviamos la ficha.", "proposal"),
        ("Documentos", "Van los documentos.", "annex"),
    ] {
        let eml = message(from, subject, text, None);
        let preview =
            office.call("read_mail", json!({ "file": carried("m.eml", &eml), "session_id": "ses-1" }));
        assert_eq!(preview["suggestion"]["kind"], kind, "{subject}");
    }

    let eml = message(from, "Asistencia", "Confirmo mi asistencia.", None);
    let filing = json!({ "kind": "confirmation", "session_id": "ses-1", "seat_id": "com-gestion-publica", "mode": "virtual" });
    let filed =
        office.undone_and_redone("file_mail", json!({ "file": carried("si.eml", &eml), "as": filing }));
    assert_eq!(
        (&filed["confirmation"]["answer"], &filed["confirmation"]["person_id"]),
        (&json!("will_attend"), &who["person_id"])
    );

    let eml = message(from, "Delegación", "Adjunto el acto.", Some(("resolucion.pdf", PDF)));
    let filing = json!({ "kind": "delegation", "session_id": "ses-1", "delegation": { "id": "del-1", "seat_id": "com-gestion-publica",
        "delegate_id": "per-017", "act": { "kind": "resolution", "number": "014 de 2025", "date": "2025-01-20", "name": "Resolución 14 de 2025" } } });
    let filed = office
        .undone_and_redone("file_mail", json!({ "file": carried("delegacion.eml", &eml), "as": filing }));
    assert_eq!(
        (&filed["delegation"]["file"], &filed["delegation"]["received_at"]),
        (&json!("resolucion.pdf"), &json!("2025-03-26T15:04:05Z"))
    );
    assert_eq!(
        (&filed["annexes"][0]["kind"], &filed["annexes"][0]["owner"]),
        (&json!("mail"), &json!("delegation"))
    );
    let eve = office.call("expected_quorum", json!({ "session_id": "ses-1" }));
    let seat =
        eve["seats"].as_array().unwrap().iter().find(|s| s["seat_id"] == "com-gestion-publica").unwrap();
    assert_eq!((&seat["expected"], &seat["delegation_file"]), (&json!("yes"), &json!(true)));

    let eml = message(from, "RV: RE: Escuela de datos", "Radicamos la propuesta.", Some(("ficha.pdf", PDF)));
    let filing = json!({ "kind": "proposal", "id": "pro-a", "body_id": BODY });
    let filed = office
        .undone_and_redone("file_mail", json!({ "file": carried("propuesta.eml", &eml), "as": filing }));
    assert_eq!(
        (&filed["proposal"]["title"], &filed["proposal"]["status"]),
        (&json!("Escuela de datos"), &json!("draft"))
    );
    assert_eq!(filed["proposal"]["proponent_entity_id"], "ent-sgeneral", "the sender's entity");
    let names: Vec<&str> =
        filed["annexes"].as_array().unwrap().iter().map(|a| a["file"].as_str().unwrap()).collect();
    assert_eq!(names, ["propuesta.eml", "ficha.pdf"]);
    assert_eq!(filed["annexes"][1]["received"]["subject"], "RV: RE: Escuela de datos");

    let eml = message(from, "Documentos", "Van.", Some(("informe.pdf", PDF)));
    let filing = json!({ "kind": "annex", "owner": "session", "owner_id": "ses-1", "title": "Informe" });
    let filed =
        office.undone_and_redone("file_mail", json!({ "file": carried("docs.eml", &eml), "as": filing }));
    let annex = &filed["annexes"][0];
    assert_eq!((&annex["title"], &annex["media_type"]), (&json!("Informe"), &json!("application/pdf")));
    assert_eq!(annex["received"]["message_blob_id"], filed["message_blob_id"]);
    let kept = office.call("download_annex", json!({ "id": annex["id"] }));
    assert_eq!(bytes_of(&kept), b"%PDF-1.4\n");
}

#[test]
fn who_sits_in_two_bodies_answers_to_the_one_that_convened() {
    let office = convened();
    let who = holder(&office, "com-planeacion");
    office
        .call("put_body", json!({ "id": "grupo", "name": "Grupo de Internacionalización", "kind": "other" }));
    office.call(
        "put_seat",
        json!({ "id": "gru-planeacion", "body_id": "grupo", "role": "chair", "title": "Planeación" }),
    );
    office.call(
        "appoint_holder",
        json!({ "seat_id": "gru-planeacion", "person_id": who["person_id"], "kind": "holder",
        "valid_from": "2024-01-01" }),
    );
    let planned = json!({ "id": "ses-grupo", "body_id": "grupo", "kind": "ordinary", "mode": "in_person", "date": "2025-04-10" });
    office.call("create_session", planned);
    let eml = message(who["email"].as_str().unwrap(), "Asistencia", "Me excuso de asistir.", None);
    for (session, seat) in [("ses-1", "com-planeacion"), ("ses-grupo", "gru-planeacion")] {
        let preview =
            office.call("read_mail", json!({ "file": carried("m.eml", &eml), "session_id": session }));
        assert_eq!(preview["suggestion"]["seat"]["seat_id"], seat, "for {session}");
    }
    // Who holds no seat in that body is nobody there.
    let other = holder(&office, "com-salud");
    let eml = message(other["email"].as_str().unwrap(), "Asistencia", "Me excuso de asistir.", None);
    let preview =
        office.call("read_mail", json!({ "file": carried("m.eml", &eml), "session_id": "ses-grupo" }));
    assert_eq!(preview["suggestion"]["seat"], Value::Null);
}

#[test]
fn a_photo_or_a_pdf_is_a_paper_too() {
    let office = convened();
    let photo = b"\xFF\xD8\xFF\xE0foto".to_vec();
    let preview =
        office.call("read_mail", json!({ "file": carried("excusa.jpg", &photo), "session_id": "ses-1" }));
    assert_eq!(
        (&preview["is_message"], &preview["attachments"][0]["media_type"]),
        (&json!(false), &json!("image/jpeg"))
    );
    assert_eq!(preview["suggestion"]["kind"], "annex");
    let excuse = |reason: Value| json!({ "file": carried("excusa.jpg", &photo), "as": { "kind": "excuse", "session_id": "ses-1", "seat_id": "com-salud", "reason": reason } });
    let unsaid = office.undone_and_redone("file_mail", excuse(Value::Null));
    assert_eq!(unsaid["confirmation"]["text"], Value::Null, "the photo is the excuse");
    let spoken = json!({ "session_id": "ses-1", "seat_id": "com-movilidad", "answer": "excused" });
    assert_eq!(
        office.refused("set_confirmation", spoken).details["field"],
        "text",
        "by telephone, its reason"
    );
    let filed = office.undone_and_redone("file_mail", excuse(json!("Calamidad doméstica.")));
    assert_eq!(
        (&filed["confirmation"]["channel"], &filed["confirmation"]["file"]),
        (&json!("paper"), &json!("excusa.jpg"))
    );
    let filing = json!({ "kind": "annex", "owner": "session", "owner_id": "ses-1" });
    let filed = office
        .undone_and_redone("file_mail", json!({ "file": carried("plano.pdf", b"%PDF-1.7 x"), "as": filing }));
    assert_eq!(
        (&filed["annexes"][0]["kind"], &filed["annexes"][0]["received"]),
        (&json!("document"), &Value::Null)
    );
}

#[test]
fn what_cannot_be_read_or_filed_is_told() {
    let office = convened();
    let eml = message("a@b.co", "x", "y", None);
    for (file, code) in [
        (carried("a.eml", b"Hola."), Code::InvalidInput),
        (carried("a.msg", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), Code::InvalidInput),
        (carried("a.exe", b"MZ\x90\0"), Code::InvalidInput),
        (carried("a.eml", b""), Code::InvalidInput),
        (json!({ "name": "a.eml", "base64": "%%%" }), Code::InvalidInput),
    ] {
        assert_eq!(office.refused("read_mail", json!({ "file": file })).code, code, "{file}");
    }
    for (filing, code) in [
        (json!({ "kind": "excuse", "session_id": "nada", "seat_id": "com-salud" }), Code::NotFound),
        (json!({ "kind": "excuse", "session_id": "ses-1", "seat_id": "nada" }), Code::NotFound),
        (json!({ "kind": "annex", "owner": "session", "owner_id": "nada" }), Code::NotFound),
        (
            json!({ "kind": "annex", "owner": "session", "owner_id": "ses-1", "attachments": [3] }),
            Code::InvalidInput,
        ),
        (json!({ "kind": "proposal", "body_id": "nada" }), Code::NotFound),
        (json!({ "kind": "letter" }), Code::InvalidInput),
        (
            json!({ "kind": "excuse", "session_id": "ses-1", "seat_id": "com-salud", "other": 1 }),
            Code::InvalidInput,
        ),
    ] {
        let failure = office.refused("file_mail", json!({ "file": carried("a.eml", &eml), "as": filing }));
        assert_eq!(failure.code, code, "{filing}: {failure}");
    }
    // A message without a subject needs a title to be a proposal.
    let eml = b"From: a@b.co\r\n\r\nhola".to_vec();
    let filing = json!({ "kind": "proposal", "body_id": BODY });
    assert_eq!(
        office.refused("file_mail", json!({ "file": carried("a.eml", &eml), "as": filing })).details["field"],
        "title"
    );
}
