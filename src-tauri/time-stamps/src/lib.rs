//! Asks time-stamp services over HTTP (RFC 3161 §3.4). It is the only network that Actario uses, and only when somebody
//! signs with a certificate on a computer where a service is configured. What goes out is the hash of a signature.

use std::time::Duration;

use secretariat::{Stamping, Text, text};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Error};

/// How long a service may take: somebody waits to sign.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer that is read, in bytes.
const LARGEST: u64 = 64 * 1024;

/// The service at an address; none when there is no address.
#[must_use]
pub fn at(address: &str) -> Option<Stamping> {
    let address = address.trim();
    (!address.is_empty()).then(|| Stamping { url: address.to_owned(), ask })
}

/// Sends a request to a service and gives its answer, both DER.
///
/// # Errors
/// Why there was none: the address, the network, the system's trust, the service.
pub fn ask(url: &str, request: &[u8]) -> Result<Vec<u8>, Text> {
    let tls =
        TlsConfig::builder().provider(TlsProvider::NativeTls).root_certs(RootCerts::PlatformVerifier).build();
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .tls_config(tls)
        .user_agent(concat!("Actario/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let answer = agent
        .post(url)
        .header("Content-Type", "application/timestamp-query")
        .header("Accept", "application/timestamp-reply")
        .send(request);
    let mut answer = answer.map_err(|error| told(&error))?;
    answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(|error| told(&error))
}

fn told(error: &Error) -> Text {
    match error {
        Error::StatusCode(code) => {
            text!("respondió con el código {code}", "it answered with the code {code}")
        }
        Error::BadUri(_) | Error::Http(_) => text!(
            "esa dirección no sirve; empieza por https://",
            "that address does not serve; it begins with https://"
        ),
        Error::HostNotFound => text!(
            "no se encontró esa dirección: revísela, y que el equipo tenga red",
            "that address was not found: check it, and that this computer has a network"
        ),
        Error::Timeout(_) => {
            let most = PATIENCE.as_secs();
            text!("tardó más de {most} segundos", "it took more than {most} seconds")
        }
        Error::Io(_) | Error::ConnectionFailed => {
            text!("no hay conexión con esa dirección", "there is no connection with that address")
        }
        Error::BodyExceedsLimit(_) => text!("respondió demasiado", "it answered too much"),
        Error::Tls(_) | Error::NativeTls(_) => text!(
            "este equipo no confía en el certificado de esa dirección",
            "this computer does not trust the certificate of that address"
        ),
        other => text!("no se entendió su respuesta ({other})", "its answer was not understood ({other})"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// A service on this computer that answers once; gives its address and what it was asked.
    fn service(answer: Vec<u8>) -> (String, thread::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/tsa", listener.local_addr().unwrap());
        let asked = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut said, mut part) = (Vec::new(), [0; 4096]);
            // The question ends with its body, which the test makes "?".
            while said.last() != Some(&b'?') {
                let read = stream.read(&mut part).unwrap();
                said.extend_from_slice(&part[..read]);
            }
            stream.write_all(&answer).unwrap();
            said
        });
        (address, asked)
    }

    fn reply(status: &str, body: &[u8]) -> Vec<u8> {
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    #[test]
    fn a_service_is_asked_with_the_request_and_gives_its_answer() {
        let (address, asked) = service(reply("200 OK", b"granted"));
        let stamping = at(&format!(" {address} ")).unwrap();
        assert_eq!((stamping.ask)(&stamping.url, b"?"), Ok(b"granted".to_vec()));
        let said = String::from_utf8(asked.join().unwrap()).unwrap();
        assert!(said.starts_with("POST /tsa HTTP/1.1\r\n"), "{said}");
        assert!(said.to_lowercase().contains("content-type: application/timestamp-query\r\n"), "{said}");
        assert!(at("  ").is_none());
    }

    #[test]
    fn what_fails_is_told() {
        let (address, asked) = service(reply("503 Service Unavailable", b""));
        assert_eq!(ask(&address, b"?").unwrap_err().es, "respondió con el código 503");
        asked.join().unwrap();
        let long = vec![b'a'; usize::try_from(LARGEST).unwrap() + 1];
        let (address, asked) = service(reply("200 OK", &long));
        assert_eq!(ask(&address, b"?").unwrap_err().es, "respondió demasiado");
        drop(asked);
        // Nobody listens where a service has just closed.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        for (nowhere, words) in [
            (format!("http://{free}/"), "no hay conexión"),
            ("no es una dirección".to_owned(), "esa dirección no sirve"),
            ("file:///etc/passwd".to_owned(), "esa dirección no sirve"),
        ] {
            let told = ask(&nowhere, b"?").unwrap_err();
            assert!(told.es.starts_with(words), "{nowhere}: {}", told.es);
        }
    }
}
