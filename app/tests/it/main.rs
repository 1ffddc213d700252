//! The binary as an operator meets it: one process, signals, exit codes, files left behind.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod process;

use std::fs;

use process::Process;
use serde_json::Value;

#[test]
fn it_serves_until_it_is_told_to_stop_and_leaves_nothing_running() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Process::serve(&data, &[]);
    let run: Value = serde_json::from_slice(&fs::read(data.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["pid"], server.id());
    assert!(run["demo"]["learner_token"].as_str().unwrap().starts_with("prc_"), "{run}");
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));

    let (code, said) = server.stop("TERM");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Sign in as the demo learner"), "{said}");
    for left in ["run.json", "control.sock", "platform.sqlite-wal"] {
        assert!(!data.join(left).exists(), "{left} was left behind");
    }
}

#[test]
fn ctrl_c_is_a_clean_stop_too() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = Process::serve(&folder.path().join("data"), &[]).stop("INT");
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_second_server_on_the_same_data_is_refused_and_the_first_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let first = Process::serve(&data, &[]);
    let (code, said) = process::run(&data, &["serve", "--port", "0"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("already runs") && said.contains(&first.url), "{said}");
    assert!(first.get("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_killed_server_starts_again_over_its_leavings() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (code, _) = Process::serve(&data, &[]).stop("KILL");
    assert_eq!(code, None);
    assert!(data.join("run.json").exists());
    let again = Process::serve(&data, &[]);
    assert!(again.get("/healthz").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_running_server_is_backed_up() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    let server = Process::serve(&data, &[]);
    let (code, said) = process::run(&data, &["backup", copy.to_str().unwrap(), "--json"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    let (code, said) = process::run(&data, &["restore", copy.to_str().unwrap(), "--replace"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("already runs"), "{said}");
    drop(server);
    let other = folder.path().join("other");
    let (code, said) = process::run(&other, &["restore", copy.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    assert!(other.join("images/general-hospital.sqlite").exists());
}

#[test]
fn wrong_settings_and_wrong_words_end_with_two() {
    let folder = tempfile::tempdir().unwrap();
    for words in [&["serve", "--port", "many"][..], &["--listen", "0.0.0.0"], &["serv"]] {
        let (code, said) = process::run(folder.path(), words);
        assert_eq!(code, Some(2), "{said}");
    }
}

#[test]
fn a_port_in_use_is_told_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, said) = process::run(&folder.path().join("data"), &["serve", "--port", &port]);
    assert_eq!(code, Some(1));
    assert!(said.contains(&format!("cannot listen on 127.0.0.1:{port}")), "{said}");
}
