//! Connections that stand when a measure is taken, and those that need a certificate.

use std::sync::Arc;
use std::time::Duration;

use platform::imaging::association::requestor::Proposed;
use platform::imaging::association::{Frames, Pdu, bytes};
use platform::imaging::dataset::IMPLICIT_LE;
use platform::imaging::dimse::sop;
use platform::imaging::title_of;
use serde_json::json;
use servers::App;
use servers::listen::{Clients, Tls};
use servers::mllp::Sender;
use standards::hl7::mllp::frame;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::range::{ATTACKER, Range, SCANNER, says};

/// Whoever is connected already, and says nothing, is cut off when the measure is taken, not with their next word.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_stands_is_cut() {
    let range = Range::open().await;
    for (number, measure, word) in [
        (1, json!({"do": "block-address", "address": "127.0.0.1"}), "blocked"),
        (2, json!({"do": "isolate-segment", "segment": "outside", "allow": ["https"]}), "isolated"),
        (3, json!({"do": "stop-interface", "interface": "adt-lis"}), "stopped"),
        (4, json!({"do": "require-certificate", "interface": "adt-lis"}), "no-certificate"),
    ] {
        let mut stands = TcpStream::connect(range.mllp).await.unwrap();
        let first = range.message(&format!("1{number}"));
        stands.write_all(&frame(first.bytes())).await.unwrap();
        let mut heard = [0; 4096];
        assert!(stands.read(&mut heard).await.unwrap() > 0, "it is acknowledged");
        // What is about others leaves it alone.
        range.take(&json!({"do": "block-address", "address": ATTACKER}));
        range.take(&json!({"do": "stop-interface", "interface": "adt-ris"}));
        let mut sender = Sender::over(stands);
        assert_eq!(says(&range, &mut sender, &format!("2{number}")).await.as_deref(), Some("AA"));
        let mut stands = TcpStream::connect(range.mllp).await.unwrap();
        stands.write_all(&frame(range.message(&format!("3{number}")).bytes())).await.unwrap();
        assert!(stands.read(&mut heard).await.unwrap() > 0);
        range.take(&measure);
        let ends = tokio::time::timeout(Duration::from_secs(20), stands.read(&mut heard)).await;
        assert_eq!(ends.expect("it is cut").unwrap_or(0), 0, "{measure}");
        assert_eq!(range.outcomes("response.cut").await.last().map(String::as_str), Some(word));
        range.lift_all();
        assert_eq!(range.sends(&format!("4{number}")).await.as_deref(), Some("AA"), "{measure}");
    }
}

/// The same for an association with the archive: it is aborted in the midst of its silence.
#[tokio::test(flavor = "multi_thread")]
async fn an_association_that_stands_is_aborted() {
    let range = Range::open().await;
    for (measure, word) in [
        (json!({"do": "block-address", "address": "127.0.0.1"}), "blocked"),
        (json!({"do": "isolate-segment", "segment": "imaging"}), "isolated"),
        (json!({"do": "allow-callers", "callers": [{"title": "CT01", "address": SCANNER}]}), "not-listed"),
    ] {
        let mut stream = TcpStream::connect(range.archive).await.unwrap();
        let proposed = Proposed::of([(sop::MODALITY_WORKLIST, IMPLICIT_LE)]);
        stream.write_all(&bytes(&proposed.pdu("CT01", &title_of(&range.sandbox)))).await.unwrap();
        let mut frames = Frames::default();
        proposed.answered(&next(&mut stream, &mut frames).await.unwrap()).expect("it is accepted");
        range.take(&json!({"do": "block-address", "address": ATTACKER}));
        range.take(&measure);
        let last = next(&mut stream, &mut frames).await;
        assert!(matches!(last, Some(Pdu::AbortRQ { .. })), "{measure}: {last:?}");
        assert!(next(&mut stream, &mut frames).await.is_none());
        assert_eq!(range.outcomes("response.cut").await.last().map(String::as_str), Some(word));
        range.lift_all();
    }
}

/// The next PDU; none when the other side has closed.
async fn next(stream: &mut TcpStream, frames: &mut Frames) -> Option<Pdu> {
    let mut piece = [0; 4096];
    loop {
        if let Some(pdu) = frames.next_pdu().unwrap() {
            return Some(pdu);
        }
        let read = tokio::time::timeout(Duration::from_secs(20), stream.read(&mut piece)).await;
        match read.expect("something comes, or it ends").unwrap_or(0) {
            0 => return None,
            count => frames.push(&piece[..count]),
        }
    }
}

type Made = rcgen::CertifiedKey<rcgen::KeyPair>;

fn made() -> Made {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

/// A client's end of TLS to a server that shows `server`, with a certificate of its own or without.
async fn inside_tls(
    address: std::net::SocketAddr,
    server: &Made,
    own: Option<&Made>,
) -> std::io::Result<Sender<TlsStream<TcpStream>>> {
    let mut roots = RootCertStore::empty();
    roots.add(server.cert.der().clone()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let config = match own {
        None => builder.with_no_client_auth(),
        Some(own) => {
            let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
            builder.with_client_auth_cert(vec![CertificateDer::from(own.cert.der().to_vec())], key).unwrap()
        }
    };
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.map(Sender::over)
}

/// Mutual TLS on one interface, over a socket: whoever shows no certificate is refused after the measure, whoever shows the
/// right one is heard all the time, one of a stranger never is, and lifting gives back what was.
#[tokio::test(flavor = "multi_thread")]
async fn an_interface_asks_for_a_certificate_and_no_more() {
    let range = Range::open().await;
    let (server, client, stranger) = (made(), made(), made());
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let cert = file("cert.pem", server.cert.pem());
    let key = file("key.pem", server.signing_key.serialize_pem());
    let authorities = file("clients.pem", client.cert.pem());
    let clients = Clients { authorities: &authorities, others_too: true };
    let tls = Tls::load_for_mllp(&cert, &key, Some(clients)).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = App::new(Arc::clone(&range.house.platform), "https");
    tokio::spawn(servers::mllp::serve(listener, Some(tls), app, Default::default()));

    let mut number = 0;
    let mut hears = async |own: Option<&Made>| {
        number += 1;
        match inside_tls(address, &server, own).await {
            Ok(mut sender) => says(&range, &mut sender, &number.to_string()).await,
            Err(_) => None,
        }
    };
    let heard = Some("AA".to_owned());
    assert_eq!([hears(None).await, hears(Some(&client)).await], [heard.clone(), heard.clone()]);
    assert_eq!(hears(Some(&stranger)).await, None, "a certificate that nobody vouched for");
    range.take(&json!({"do": "require-certificate", "interface": "adt-lis"}));
    assert_eq!([hears(None).await, hears(Some(&client)).await], [Some("AR".to_owned()), heard.clone()]);
    assert_eq!(hears(Some(&stranger)).await, None);
    range.lift_all();
    // Another interface than the one that these messages come over.
    range.take(&json!({"do": "require-certificate", "interface": "adt-ris"}));
    assert_eq!([hears(None).await, hears(Some(&client)).await], [heard.clone(), heard]);
}
