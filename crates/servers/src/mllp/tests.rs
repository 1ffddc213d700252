//! Bad and good peers over real sockets. What a sandbox makes of messages is tested in `platform`.

use std::sync::Arc;
use std::time::Duration;

use platform::Platform;
use platform::clock::SystemClock;
use platform::entropy::SeededEntropy;
use standards::hl7::message::Message;
use standards::hl7::mllp::{Decoder, Event, frame};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{Limits, SendError, Sender, serve};
use crate::App;
use crate::listen::{Clients, Tls};

const WAIT: Duration = Duration::from_secs(20);
const ADT: &str = "MSH|^~\\&|ADT|MERCY|EHR|nosuchsb|20260301081500||ADT^A08|77|P|2.5.1\rEVN||20260301\r";

struct Door {
    address: std::net::SocketAddr,
    _folder: tempfile::TempDir,
}

async fn door(tls: Option<Tls>, limits: Limits) -> Door {
    let folder = tempfile::tempdir().unwrap();
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SeededEntropy::new(1)));
    let platform =
        Platform::open(folder.path(), Default::default(), Default::default(), clock, entropy).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, tls, App::new(Arc::new(platform), "http"), limits));
    Door { address, _folder: folder }
}

/// The next acknowledgement; `None` when the connection ends first.
async fn answer(stream: &mut (impl AsyncRead + Unpin)) -> Option<Message> {
    let mut decoder = Decoder::new(1 << 16);
    let mut piece = [0; 1024];
    loop {
        match decoder.next_event() {
            Some(Event::Frame(bytes)) => return Some(Message::parse(bytes).unwrap()),
            Some(Event::Fault(fault)) => panic!("{fault}"),
            None => {}
        }
        let count = tokio::time::timeout(WAIT, stream.read(&mut piece)).await.unwrap().unwrap();
        if count == 0 {
            return None;
        }
        decoder.feed(&piece[..count]);
    }
}

fn get(message: &Message, path: &str) -> String {
    message.get(&path.parse().unwrap()).unwrap_or_default()
}

/// What a peer hears that sends these bytes.
async fn hears(bytes: &[u8]) -> (String, String, String) {
    let door = door(None, Limits::default()).await;
    let mut stream = TcpStream::connect(door.address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let answer = answer(&mut stream).await.unwrap();
    (get(&answer, "MSA-1"), get(&answer, "MSA-2"), get(&answer, "ERR-8"))
}

#[tokio::test]
async fn a_message_for_nobody_is_rejected_with_what_to_try() {
    let (code, control_id, text) = hears(&frame(ADT.as_bytes())).await;
    assert_eq!((code.as_str(), control_id.as_str()), ("AR", "77"));
    assert!(text.contains("no sandbox \"nosuchsb\"") && text.contains("MSH-6"), "{text}");
}

#[tokio::test]
async fn what_is_no_message_is_rejected_with_what_is_wrong() {
    for (bytes, what) in [
        (&b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"[..], "outside a frame"),
        (ADT.as_bytes(), "looks like a message without its frame"),
        (&frame(b"hello"), "begins with the segment MSH"),
        (&frame(b"MSH|^^\\&|A"), "for two things"),
        (&frame(b""), "begins with the segment MSH"),
        (&frame("Ünïcode".as_bytes()), "begins with the segment MSH"),
    ] {
        let (code, _, text) = hears(bytes).await;
        assert!(code == "AR" && text.contains(what), "{:?}: {code} {text}", String::from_utf8_lossy(bytes));
    }
}

#[tokio::test]
async fn many_messages_come_over_one_connection_however_they_are_cut() {
    let door = door(None, Limits::default()).await;
    let mut stream = TcpStream::connect(door.address).await.unwrap();
    let framed = frame(ADT.as_bytes());
    for piece in framed.chunks(7) {
        stream.write_all(piece).await.unwrap();
        stream.flush().await.unwrap();
    }
    assert_eq!(get(&answer(&mut stream).await.unwrap(), "MSA-2"), "77");
    // A frame that begins anew, and one without its return.
    stream.write_all(b"\x0bMSH|^~").await.unwrap();
    stream.write_all(&framed[..framed.len() - 1]).await.unwrap();
    assert_eq!(get(&answer(&mut stream).await.unwrap(), "MSA-2"), "77");
    stream.write_all(&framed).await.unwrap();
    assert_eq!(get(&answer(&mut stream).await.unwrap(), "MSA-2"), "77");
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_and_cost_nothing() {
    let door = door(None, Limits::default()).await;
    let stream = TcpStream::connect(door.address).await.unwrap();
    let (mut reading, mut writing) = stream.into_split();
    let flood = tokio::spawn(async move {
        let piece = vec![b'x'; 1 << 20];
        writing.write_all(b"\x0bMSH|^~\\&|").await.unwrap();
        for _ in 0..100 {
            // The door may close while we still send; the answer is what counts.
            if writing.write_all(&piece).await.is_err() {
                break;
            }
        }
    });
    let answer = answer(&mut reading).await.unwrap();
    assert_eq!(get(&answer, "MSA-1"), "AR");
    assert!(get(&answer, "ERR-8").contains("longer than 1048576 bytes"), "{answer:?}");
    flood.await.unwrap();
}

#[tokio::test]
async fn silent_peers_and_half_frames_are_let_go() {
    let brief = Duration::from_millis(50);
    let limits = Limits { idle_max: brief, half_frame_max: brief, ..Limits::default() };
    let door = door(None, limits).await;
    let mut silent = TcpStream::connect(door.address).await.unwrap();
    assert_eq!(answer(&mut silent).await, None);
    let mut half = TcpStream::connect(door.address).await.unwrap();
    half.write_all(b"\x0bMSH|^~\\&|ADT").await.unwrap();
    let told = answer(&mut half).await.unwrap();
    assert!(get(&told, "MSA-1") == "AR" && get(&told, "ERR-8").contains("did not go on"), "{told:?}");
    assert_eq!(answer(&mut half).await, None);
}

#[tokio::test]
async fn one_address_holds_only_so_many_connections() {
    let door = door(None, Limits { connections_max: 1, ..Limits::default() }).await;
    let mut first = TcpStream::connect(door.address).await.unwrap();
    first.write_all(&frame(ADT.as_bytes())).await.unwrap();
    assert!(answer(&mut first).await.is_some());
    let mut second = TcpStream::connect(door.address).await.unwrap();
    let told = answer(&mut second).await.unwrap();
    assert!(get(&told, "ERR-8").contains("holds 1 connections already"), "{told:?}");
    assert_eq!(answer(&mut second).await, None);
    first.write_all(&frame(ADT.as_bytes())).await.unwrap();
    assert!(answer(&mut first).await.is_some(), "the first one goes on");
}

#[tokio::test]
async fn a_sender_gets_the_acknowledgement_of_its_message() {
    let door = door(None, Limits::default()).await;
    let mut sender = Sender::connect(door.address).await.unwrap();
    let answer = sender.send(&Message::parse(ADT).unwrap(), WAIT).await.unwrap();
    assert_eq!(get(&answer, "MSA-1"), "AR");
    let quiet = ADT.replace("|2.5.1\r", "|2.5.1|||NE|NE\r");
    let late = sender.send(&Message::parse(quiet).unwrap(), Duration::from_millis(50)).await;
    assert!(matches!(late, Err(SendError::Late(_))), "who wants no answer gets none: {late:?}");
}

#[tokio::test]
async fn a_late_acknowledgement_is_not_taken_for_the_next_one() {
    let (ours, mut theirs) = tokio::io::duplex(4096);
    let answer = |id: &str| frame(format!("MSH|^~\\&|||||||ACK|1|P|2.5\rMSA|AA|{id}\r").as_bytes());
    theirs.write_all(&[answer("76"), answer("77")].concat()).await.unwrap();
    let mut sender = Sender::over(ours);
    let taken = sender.send(&Message::parse(ADT).unwrap(), WAIT).await.unwrap();
    assert_eq!(get(&taken, "MSA-2"), "77");
    drop(theirs);
    let closed = sender.send(&Message::parse(ADT).unwrap(), WAIT).await;
    assert!(matches!(closed, Err(SendError::Closed | SendError::Connection(_))), "{closed:?}");
}

/// A client's end of TLS to `door`, with a certificate of its own or without.
async fn inside_tls(
    door: &Door,
    trusted: &rcgen::CertifiedKey<rcgen::KeyPair>,
    own: Option<&rcgen::CertifiedKey<rcgen::KeyPair>>,
) -> std::io::Result<impl AsyncRead + AsyncWrite + Unpin> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.cert.der().clone()).unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let config = match own {
        None => builder.with_no_client_auth(),
        Some(own) => {
            let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
            let chain = vec![CertificateDer::from(own.cert.der().to_vec())];
            builder.with_client_auth_cert(chain, key).unwrap()
        }
    };
    let stream = TcpStream::connect(door.address).await?;
    TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
}

#[tokio::test]
async fn inside_tls_only_clients_with_a_certificate_are_heard_if_that_is_asked() {
    let made = || rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
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
    let message = Message::parse(ADT).unwrap();

    let open = door(Some(Tls::load_for_mllp(&cert, &key, None).unwrap()), Limits::default()).await;
    let mut sender = Sender::over(inside_tls(&open, &server, None).await.unwrap());
    assert_eq!(get(&sender.send(&message, WAIT).await.unwrap(), "MSA-2"), "77");

    let clients = Clients { authorities: &authorities, others_too: false };
    let mutual = Tls::load_for_mllp(&cert, &key, Some(clients)).unwrap();
    let mutual = door(Some(mutual), Limits::default()).await;
    let mut sender = Sender::over(inside_tls(&mutual, &server, Some(&client)).await.unwrap());
    assert_eq!(get(&sender.send(&message, WAIT).await.unwrap(), "MSA-2"), "77");
    for own in [None, Some(&stranger)] {
        // The handshake may look done from the client's side before the server refuses.
        if let Ok(stream) = inside_tls(&mutual, &server, own).await {
            assert!(Sender::over(stream).send(&message, WAIT).await.is_err());
        }
    }
}
