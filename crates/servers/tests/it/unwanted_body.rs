//! A client that is still sending when it is refused gets to read why, and may go on with the same connection.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::house::house;

#[tokio::test]
async fn who_is_refused_while_sending_reads_the_refusal() {
    let house = house();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let service = house.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });

    let head = "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000\r\n\r\n";
    client.write_all(head.as_bytes()).await.unwrap();
    client.write_all(&[b'['; 1_000]).await.unwrap();
    let refusal = answer(&mut client).await;
    assert!(refusal.starts_with("HTTP/1.1 405"), "{refusal}");
    assert!(!refusal.contains("connection: close"), "{refusal}");

    client.write_all(&[b'['; 399_000]).await.unwrap();
    client.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let next = answer(&mut client).await;
    assert!(next.starts_with("HTTP/1.1 200"), "{next}");
}

/// What arrives until nothing more does for a while.
async fn answer(client: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut part = [0; 4096];
    let wait = Duration::from_millis(500);
    while let Ok(Ok(length @ 1..)) = tokio::time::timeout(wait, client.read(&mut part)).await {
        text.push_str(&String::from_utf8_lossy(&part[..length]));
    }
    text
}
