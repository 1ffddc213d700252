use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::*;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<std::io::Result<()>>,
}

async fn start(tls: Option<Tls>) -> Running {
    let router = Router::new()
        .route("/who", get(async |ConnectInfo(from): ConnectInfo<SocketAddr>| from.ip().to_string()))
        .route("/slow", get(async || tokio::time::sleep(Duration::from_millis(300)).await))
        .route("/endless", get(async || std::future::pending::<()>().await));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let done = tokio::spawn(serve(listener, tls, router, async { drop(stopped.await) }));
    Running { address, stop, done }
}

async fn ask(mut stream: impl AsyncRead + AsyncWrite + Unpin, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    String::from_utf8(answer).unwrap()
}

async fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(running.address).await.unwrap()
}

#[tokio::test]
async fn plain_http_tells_handlers_who_asks() {
    let running = start(None).await;
    let answer = ask(connect(&running).await, "/who").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
}

#[tokio::test]
async fn a_stop_lets_a_request_in_flight_finish_and_takes_no_more() {
    let running = start(None).await;
    let stream = connect(&running).await;
    let asking = tokio::spawn(ask(stream, "/slow"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.stop.send(()).unwrap();
    let answer = asking.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    running.done.await.unwrap().unwrap();
    TcpStream::connect(running.address).await.unwrap_err();
}

#[tokio::test]
async fn a_stop_does_not_wait_for_what_never_ends() {
    let running = start(None).await;
    let asking = tokio::spawn(ask(connect(&running).await, "/endless"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(6), running.done).await.unwrap().unwrap().unwrap();
    asking.abort();
}

#[tokio::test]
async fn tls_serves_beside_clients_that_do_not_speak_it() {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let running = start(Some(Tls::load(&cert, &key).unwrap())).await;
    let _silent = connect(&running).await;
    let answer = ask(connect(&running).await, "/who").await;
    assert!(!answer.contains("200"), "{answer}");

    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let stream = TlsConnector::from(Arc::new(client)).connect(name, connect(&running).await).await.unwrap();
    let answer = ask(stream, "/who").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
    running.stop.send(()).unwrap();
    running.done.await.unwrap().unwrap();
}

#[test]
fn files_that_are_no_certificate_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    let refusal = || Tls::load(&cert, &key).err().unwrap().to_string();
    assert!(refusal().contains("cert.pem"), "{}", refusal());
    std::fs::write(&cert, "hello").unwrap();
    assert!(refusal().contains("holds no certificate"), "{}", refusal());
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&cert, made.cert.pem()).unwrap();
    std::fs::write(&key, "hello").unwrap();
    assert!(refusal().contains("key.pem"), "{}", refusal());
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&key, other.signing_key.serialize_pem()).unwrap();
    assert!(refusal().contains("do not fit together"), "{}", refusal());
}
