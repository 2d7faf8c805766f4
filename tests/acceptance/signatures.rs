//! Electronic signatures of adopted minutes, and what the archive says of a paper that somebody brings.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secretariat::{Code, Stamping, api, text};
use serde_json::{Value, json};

use crate::live::Run;

const RSA: &[u8] = include_bytes!("../certificates/presidencia-rsa.p12");
const P256: &[u8] = include_bytes!("../certificates/secretaria-p256.p12");
const ANOTHER: &[u8] = include_bytes!("../certificates/otra-persona.p12");
const EXPIRED: &[u8] = include_bytes!("../certificates/vencido.p12");
const P384: &[u8] = include_bytes!("../certificates/p384.p12");
const PASSPHRASE: &str = "clave de prueba";

impl Run {
    fn minutes_to_sign() -> Self {
        let run = Self::opened(10);
        run.agenda_approved();
        run.adjourn("09:00");
        run.adopted().0
    }

    fn signing(&self, role: &str, certificate: &[u8], passphrase: &str) -> Value {
        json!({ "minutes_id": self.minutes_id(), "role": role, "passphrase": passphrase,
            "certificate": { "name": "certificado.p12", "base64": STANDARD.encode(certificate) } })
    }

    fn kept(&self, document: &Value) -> Vec<u8> {
        let file = json!({ "blob_id": document["blob_id"], "name": document["file"] });
        STANDARD.decode(self.office.call("get_file", file)["base64"].as_str().unwrap()).unwrap()
    }

    fn verified(&self, pdf: &[u8]) -> Value {
        let file = json!({ "name": "acta.pdf", "base64": STANDARD.encode(pdf) });
        self.office.call("verify_document", json!({ "file": file }))
    }
}

/// The secretary signs with a P-256 certificate and the chair, after her, with an RSA one: the second signature leaves the
/// first as it is, and the official file too.
#[test]
fn two_certificates_sign_one_after_the_other() {
    let run = Run::minutes_to_sign();
    let official = run.pdf();
    let first = run.office.call("sign_electronically", run.signing("secretariat", P256, PASSPHRASE));
    let second = run.office.call("sign_electronically", run.signing("chair", RSA, PASSPHRASE));
    assert_eq!(
        (&first["minutes"]["status"], &second["minutes"]["status"]),
        (&json!("approved"), &json!("signed"))
    );
    let (one, both) = (run.kept(&first["document"]), run.kept(&second["document"]));
    assert!(one.starts_with(&official) && both.starts_with(&one), "each is added to what was there");
    assert!(run.pdf() == official);

    let known = run.verified(&both);
    assert_eq!(known["verdict"], "issued");
    let said: Vec<(&str, bool, bool)> = known["signatures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["holder"].as_str().unwrap(), s["intact"] == true, s["changed_since"] == true))
        .collect();
    assert_eq!(
        said,
        [
            ("PILAR AMPARO VILLAQUIRÁN-ÑÚÑEZ ESCANDÓN", true, false),
            ("ANA EUGENIA DEL PILAR ÍÑIGUEZ-ÑUNGO D'ALESSANDRO", true, false)
        ]
    );
    let told = known["signatures"][0]["told"]["es"].as_str().unwrap();
    assert!(told.ends_with("Emisor del certificado: Autoridad de prueba; vigencia no consultada."), "{told}");
    let signature = &second["minutes"]["signatures"][0];
    assert_eq!(
        (&signature["electronic"]["issuer"], &signature["electronic"]["document_id"]),
        (&json!("Autoridad de prueba"), &second["document"]["id"])
    );
    assert_eq!(run.office.call("verify_archive", json!({}))["sound"], true);
}

/// What does not sign changes nothing: another passphrase, an expired certificate, a key that is not known here, somebody
/// else's certificate, a role that does not sign, a signature given already, minutes that are a draft.
#[test]
fn a_certificate_that_cannot_sign_says_why() {
    let draft = Run::opened(10);
    draft.agenda_approved();
    draft.adjourn("09:00");
    let refused = draft.office.refused("sign_electronically", draft.signing("chair", RSA, PASSPHRASE));
    assert_eq!(refused.code, Code::WrongState);

    let (run, _) = draft.adopted();
    let before = run.office.call("list_documents", json!({ "session_id": "ses-1" }));
    for (role, certificate, passphrase, field) in [
        ("secretariat", P256, "otra clave", "passphrase"),
        ("secretariat", b"%PDF-1.7" as &[u8], PASSPHRASE, "passphrase"),
        ("secretariat", EXPIRED, PASSPHRASE, "certificate"),
        ("secretariat", P384, PASSPHRASE, "certificate"),
        ("auditor", P256, PASSPHRASE, "role"),
    ] {
        let request = run.signing(role, certificate, passphrase);
        let refused = run.office.refused("sign_electronically", request);
        assert_eq!(
            (refused.code, &refused.details["field"]),
            (Code::InvalidInput, &json!(field)),
            "{refused}"
        );
    }
    let mut other = run.signing("secretariat", ANOTHER, PASSPHRASE);
    let asked = run.office.refused("sign_electronically", other.clone());
    assert_eq!((asked.code, &asked.details["confirm"]), (Code::NeedsConfirmation, &json!("confirm_holder")));
    assert_eq!(
        run.office.call("list_documents", json!({ "session_id": "ses-1" })),
        before,
        "nothing was kept"
    );
    other["confirm_holder"] = json!(true);
    run.office.call("sign_electronically", other.clone());
    let again = run.office.refused("sign_electronically", other);
    assert_eq!(again.code, Code::WrongState, "{again}");
    assert!(!run.office.call("list_journal", json!({})).to_string().contains(PASSPHRASE));
}

/// Where a time-stamp service is configured and does not give its stamp, nothing is signed until the signer says that it
/// is signed without.
#[test]
fn a_signature_waits_for_its_time_stamp_or_is_made_without() {
    let run = Run::minutes_to_sign();
    let sign = |request: Value, ask| {
        let mut context = run.office.context();
        context.stamping = Some(Stamping { url: "https://estampa.example".into(), ask });
        api::dispatch(&run.office.archive, &context, "sign_electronically", request)
    };
    let head = run.office.head();
    let mut request = run.signing("secretariat", P256, PASSPHRASE);
    let silent =
        sign(request.clone(), |url, _| Err(text!("sin red hacia {url}", "no network to {url}"))).unwrap_err();
    let told = "El servicio de estampa de tiempo no dio la estampa: sin red hacia https://estampa.example. Nada se firmó. \
                Inténtelo de nuevo, o firme sin estampa.";
    assert_eq!(silent.message.es, told);
    let other = sign(request.clone(), |_, _| Ok(b"<html>".to_vec())).unwrap_err();
    for failure in [silent, other] {
        assert_eq!(
            (failure.code, &failure.details["confirm"]),
            (Code::NeedsConfirmation, &json!("without_time_stamp"))
        );
    }
    assert_eq!(run.office.head(), head, "nothing was signed");
    request["without_time_stamp"] = json!(true);
    let signed = sign(request, |_, _| panic!("nobody is asked")).unwrap()["value"].take();
    let known = run.verified(&run.kept(&signed["document"]));
    assert_eq!(
        (&known["signatures"][0]["intact"], &known["signatures"][0]["stamped_at"]),
        (&json!(true), &Value::Null)
    );
}

/// A paper is the archive's, the archive's with signatures added, altered, or unknown.
#[test]
fn a_paper_that_somebody_brings_is_known_for_what_it_is() {
    let run = Run::minutes_to_sign();
    let official = run.pdf();
    let issued = run.verified(&official);
    assert_eq!(
        (&issued["verdict"], &issued["document"]["title"]),
        (&json!("issued"), &json!("Acta n.º 1 de 2025"))
    );

    let signed = run.office.call("sign_electronically", run.signing("secretariat", P256, PASSPHRASE));
    let signed = run.kept(&signed["document"]);
    let other = Run::minutes_to_sign();
    let brought = other.verified(&signed);
    assert_eq!(brought["verdict"], "signed_since", "{}", brought["told"]);

    let mut added = signed.clone();
    added.extend(b"\n1 0 obj\n<</Type /Catalog>>\nendobj\n");
    assert_eq!(other.verified(&added)["verdict"], "altered");
    let mut changed = signed.clone();
    let middle = official.len() / 2;
    changed[middle] ^= 1;
    let changed = other.verified(&changed);
    assert_eq!(changed["verdict"], "altered");
    assert!(changed["signatures"].as_array().unwrap().iter().all(|s| s["intact"] == false), "{changed}");

    // The minutes of another body have the same number, and nothing was done to them.
    run.office
        .call("put_body", json!({ "id": crate::office::BODY, "name": "Otra comisión", "kind": "other" }));
    let mut anothers = official.clone();
    anothers[middle] ^= 1;
    assert_eq!(run.verified(&anothers)["verdict"], "unknown");

    for (stranger, verdict) in [(b"No es un PDF".as_slice(), "unknown"), (b"%PDF-1.7\n%%EOF\n", "unknown")] {
        assert_eq!(run.verified(stranger)["verdict"], verdict);
    }
    let blob = json!({ "minutes_id": run.minutes_id(), "file": { "name": "firmada.pdf", "base64": STANDARD.encode(&signed) } });
    let twice = run.office.refused("file_signed_minutes", blob.clone());
    assert_eq!(twice.code, Code::AlreadyExists);
    let mut elsewhere = blob;
    elsewhere["minutes_id"] = json!(other.minutes_id());
    let filed = other.office.call("file_signed_minutes", elsewhere);
    assert!(other.kept(&filed) == signed, "byte for byte");
    assert_eq!(other.verified(&signed)["verdict"], "issued");
    let text = json!({ "minutes_id": other.minutes_id(), "file": { "name": "nota.txt", "base64": STANDARD.encode("hola") } });
    assert_eq!(other.office.refused("file_signed_minutes", text).code, Code::InvalidInput);
}
