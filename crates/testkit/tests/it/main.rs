//! The kit itself: what tests of everything else stand on.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod models;

use std::io::{Read, Write};
use std::net::TcpStream;

use testkit::{Builder, Practicum};

fn get(practicum: &Practicum, path: &str) -> String {
    let host = practicum.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn whole_platforms_run_beside_each_other_and_leave_nothing() {
    let (first, second) = (Practicum::start().unwrap(), Builder::default().seed(2).start().unwrap());
    for practicum in [&first, &second] {
        assert!(get(practicum, "/healthz").starts_with("HTTP/1.1 200"));
    }
    assert_ne!(first.url(), second.url());
    assert_ne!(first.demo().learner_token, second.demo().learner_token);
    let folders = [first.data(), second.data()];
    first.stop().unwrap();
    drop(second);
    assert!(folders.iter().all(|folder| !folder.exists()));
}

#[test]
fn the_same_seed_gives_the_same_secrets() {
    let demo = || Builder::default().patients(2).start().unwrap().demo().clone();
    let (first, second) = (demo(), demo());
    assert_eq!(first.learner_token, second.learner_token);
}

#[tokio::test]
async fn async_tests_may_start_and_stop_it_too() {
    let practicum = Builder::default().patients(2).start().unwrap();
    assert!(get(&practicum, "/healthz").ends_with("ok"));
    practicum.stop().unwrap();
}
