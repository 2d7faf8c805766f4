//! Asks time-stamp services over HTTP (RFC 3161 §3.4). It is the only network that Actario uses, and only when somebody
//! signs with a certificate on a computer where a service is configured. What goes out is the hash of a signature.

use std::time::Duration;

use secretariat::Stamping;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

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
/// Why there was none, in the words of whoever said it: the network, the system's certificates, the service.
pub fn ask(url: &str, request: &[u8]) -> Result<Vec<u8>, String> {
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
    let mut answer = answer.map_err(|error| error.to_string())?;
    answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(|error| error.to_string())
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
        assert!(ask(&address, b"?").unwrap_err().contains("503"));
        asked.join().unwrap();
        let long = vec![b'a'; usize::try_from(LARGEST).unwrap() + 1];
        let (address, asked) = service(reply("200 OK", &long));
        assert!(ask(&address, b"?").is_err(), "an answer without end is not read");
        drop(asked);
        // Nobody listens where a service has just closed.
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        for nowhere in
            [format!("http://{free}/"), "no es una dirección".to_owned(), "file:///etc/passwd".to_owned()]
        {
            assert!(ask(&nowhere, b"?").is_err(), "{nowhere}");
        }
    }
}
