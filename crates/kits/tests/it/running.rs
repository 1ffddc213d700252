//! Runs as such: bad servers, waiting, stopping, and two at a time.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use kits::model::{Group, Kit, Outcome, Stop, Test};
use kits::run::{Inbound, InputProblem, Run};
use kits::wire::Limits;
use kits::wire::http::Request;

use crate::hospital_v2::{Fault, start};
use crate::proving::{NOW_US, limits, run};

/// A server that answers every request with what this function writes; returns its address.
fn server(answer: fn(&mut TcpStream, &str)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it has an address"));
    let own = url.clone();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let own = own.clone();
            thread::spawn(move || {
                drop(stream.read(&mut [0; 4096]));
                answer(&mut stream, &own);
            });
        }
    });
    url
}

/// A kit of one input and these tests.
fn kit_of(tests: Vec<Test>) -> Kit {
    let input = kits::model::Input {
        name: "url",
        title: "",
        about: "where",
        default: "",
        optional: false,
        secret: false,
    };
    Kit {
        id: "tried",
        title: "Tried",
        about: "",
        standard: "",
        prerequisites: &[],
        inputs: vec![input],
        presets: vec![],
        sample: None,
        requirements: &[],
        groups: vec![Group { id: "tried/all".to_owned(), tests, ..Group::default() }],
    }
}

fn get(id: &str) -> Test {
    Test::new(format!("tried/all/{id}"), id, |step| {
        let url = step.value("url");
        step.http(&Request::get(url)).map(drop)
    })
}

#[test]
fn bad_servers_end_in_a_clear_result() {
    let cases: [(&str, String, Outcome, &str); 6] = [
        (
            "hangs",
            server(|_, _| thread::sleep(Duration::from_secs(60))),
            Outcome::Fail,
            "did not answer in time",
        ),
        ("never ends", server(endless), Outcome::Fail, "longer than 16 MiB"),
        ("drips", server(dripping), Outcome::Fail, "broke off"),
        ("circles", server(circle), Outcome::Fail, "was redirected"),
        (
            "garbage",
            server(|stream, _| drop(stream.write_all(b"\x00\x01\x02 nothing of HTTP\r\n\r\n"))),
            Outcome::Fail,
            "not HTTP",
        ),
        ("nobody", "http://127.0.0.1:1".to_owned(), Outcome::Error, "cannot be reached"),
    ];
    for (name, url, outcome, words) in cases {
        let record = run(&kit_of(vec![get("one")]), &[("url", &url)]);
        let test = record.find("tried/all/one").expect("the test is there");
        assert_eq!(test.outcome, Some(outcome), "{name}: {}", test.message);
        assert!(test.message.contains(words), "{name}: {}", test.message);
        assert!(!test.exchanges.is_empty(), "{name} leaves its exchange");
    }
}

fn endless(stream: &mut TcpStream, _: &str) {
    drop(stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n"));
    while stream.write_all(&[b'a'; 65_536]).is_ok() {}
}

fn dripping(stream: &mut TcpStream, _: &str) {
    drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
    while stream.write_all(b"a").is_ok() {
        thread::sleep(Duration::from_millis(50));
    }
}

fn circle(stream: &mut TcpStream, own: &str) {
    drop(write!(stream, "HTTP/1.1 302 Found\r\nLocation: {own}/again\r\nContent-Length: 0\r\n\r\n"));
}

#[test]
fn a_silent_server_is_not_asked_for_ever() {
    let url = server(|_, _| thread::sleep(Duration::from_secs(60)));
    let record = run(&kit_of(["a", "b", "c", "d", "e"].map(get).to_vec()), &[("url", &url)]);
    let outcomes: Vec<_> = record.tests().iter().map(|test| test.outcome.expect("all are done")).collect();
    assert_eq!(outcomes, [Outcome::Fail, Outcome::Fail, Outcome::Fail, Outcome::Skip, Outcome::Skip]);
    assert_eq!(record.exchanges.len(), 3);
}

#[test]
fn a_skip_names_the_test_that_was_to_give() {
    let giver = Test::new("tried/all/giver", "It finds a patient", |_| Err(Stop::Fail("none".to_owned())))
        .gives(&["patient"]);
    let taker = Test::new("tried/all/taker", "It reads the patient", |_| Ok(())).needs(&["patient"]);
    let record = run(&kit_of(vec![giver, taker]), &[("url", "x")]);
    let taker = record.find("tried/all/taker").expect("the test is there");
    assert_eq!(taker.outcome, Some(Outcome::Skip));
    assert!(taker.message.contains("tried/all/giver"), "{}", taker.message);
}

#[test]
fn a_run_waits_for_a_call_and_goes_on() {
    let waiting = Test::new("tried/all/waits", "It waits", |step| {
        let call = step.wait("state-7", "open the page", Duration::from_secs(10))?;
        step.give("code", call.fields.get("code").cloned().unwrap_or_default());
        Ok(())
    });
    let kit = Arc::new(kit_of(vec![waiting]));
    let run = Arc::new(new(&kit));
    let going = {
        let (run, kit) = (Arc::clone(&run), Arc::clone(&kit));
        thread::spawn(move || run.go(&kit, &|_| {}))
    };
    while run.record().outcome() != Some(Outcome::Wait) {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(run.record().find("tried/all/waits").expect("it is there").message, "open the page");
    assert!(!run.deliver("another", Inbound::default()), "only what is waited for is taken");
    let fields = BTreeMap::from([("code".to_owned(), "abc".to_owned())]);
    // The record says that it waits a moment before it does.
    while !run.deliver(
        "state-7",
        Inbound { what: "GET /back".to_owned(), fields: fields.clone(), ..Inbound::default() },
    ) {
        thread::sleep(Duration::from_millis(5));
    }
    let record = going.join().expect("the run ends");
    assert_eq!(record.outcome(), Some(Outcome::Pass));
    assert_eq!(record.tests()[0].outputs["code"], "abc");
    assert!(record.exchanges[0].inbound);
}

#[test]
fn a_stopped_run_cancels_what_is_left() {
    let waiting = Test::new("tried/all/waits", "It waits", |step| {
        step.wait("never", "do nothing", Duration::from_secs(60)).map(drop)
    });
    let kit = Arc::new(kit_of(vec![waiting, get("after")]));
    let run = Arc::new(new(&kit));
    let going = {
        let (run, kit) = (Arc::clone(&run), Arc::clone(&kit));
        thread::spawn(move || run.go(&kit, &|_| {}))
    };
    while run.record().outcome() != Some(Outcome::Wait) {
        thread::sleep(Duration::from_millis(5));
    }
    run.stop();
    let record = going.join().expect("the run ends");
    assert!(record.tests().iter().all(|test| test.outcome == Some(Outcome::Cancel)));
}

fn new(kit: &Kit) -> Run {
    let given = BTreeMap::from([("url".to_owned(), "x".to_owned())]);
    Run::new(kit, &given, limits(), || NOW_US).expect("the inputs are those of the kit")
}

#[test]
fn inputs_are_checked_all_at_once() {
    let kit = kit_of(vec![]);
    let given = BTreeMap::from([("ulr".to_owned(), "x".to_owned())]);
    let problems = Run::new(&kit, &given, Limits::default(), || NOW_US).err().expect("they are refused");
    assert_eq!(
        problems,
        [InputProblem::Unknown("ulr".to_owned(), "url".to_owned()), InputProblem::Missing("url", "where")]
    );
}

#[test]
fn two_runs_at_a_time_give_the_same_verdicts() {
    let kit = kits::kit("hl7v2-receiver").expect("the kit is there");
    let address = start(Fault::RefusesUtf8);
    let verdicts = || {
        let record = run(kit, &[("url", &address)]);
        record.tests().iter().map(|test| (test.id.clone(), test.outcome)).collect::<Vec<_>>()
    };
    let (one, two) = thread::scope(|scope| {
        let (one, two) = (scope.spawn(verdicts), scope.spawn(verdicts));
        (one.join().expect("it ends"), two.join().expect("it ends"))
    });
    assert_eq!(one, two);
}
