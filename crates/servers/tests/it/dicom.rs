//! The DICOM port under peers that do what they should, and under peers that do not: bounded, journalled, explained.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use platform::imaging::association::{Frames, Pdu, bytes};
use platform::imaging::dimse::{Command, Field, Message, NO_DATASET, sop, status};
use platform::imaging::title_of;
use servers::App;
use servers::dicom::{Patience, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::house::{House, house};

/// The request of an association for verification, from `calling` to `called`, as a peer would send it.
fn request(called: &str, calling: &str) -> Vec<u8> {
    let item = |kind: u8, content: &[u8]| {
        let mut item = vec![kind, 0];
        item.extend((content.len() as u16).to_be_bytes());
        item.extend_from_slice(content);
        item
    };
    let context =
        [vec![1, 0, 0, 0], item(0x30, sop::VERIFICATION.as_bytes()), item(0x40, b"1.2.840.10008.1.2")];
    let mut body = vec![0, 1, 0, 0];
    body.extend(format!("{called:16}{calling:16}").into_bytes());
    body.extend([0; 32]);
    body.extend(item(0x10, b"1.2.840.10008.3.1.1.1"));
    body.extend(item(0x20, &context.concat()));
    body.extend(item(0x50, &item(0x51, &16_384_u32.to_be_bytes())));
    let mut pdu = vec![1, 0];
    pdu.extend((body.len() as u32).to_be_bytes());
    pdu.extend(body);
    pdu
}

struct Port {
    house: House,
    sandbox: String,
    address: SocketAddr,
}

async fn port() -> Port {
    let house = house();
    let sandbox = house.sandbox().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let short = Duration::from_millis(300);
    let patience = Patience { request: short, idle: short, within: short, delivery: short };
    let app = App::new(Arc::clone(&house.platform), "http");
    tokio::spawn(serve(listener, app, patience));
    Port { house, sandbox, address }
}

impl Port {
    /// Sends bytes, and takes what comes back until the other side closes.
    async fn say(&self, sent: &[u8]) -> Vec<Pdu> {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        let mut back = Vec::new();
        stream.read_to_end(&mut back).await.ok();
        let mut frames = Frames::default();
        frames.push(&back);
        std::iter::from_fn(|| frames.next_pdu().unwrap()).collect()
    }

    fn request(&self) -> Vec<u8> {
        request(&title_of(&self.sandbox), "CT01")
    }

    async fn refused(&self) -> Vec<(String, String)> {
        let path = format!("/s/{}/journal?kind=dicom.refused", self.sandbox);
        let list = self.house.ask("GET", &path, &self.house.ana, "").await.json();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let entries = list["entries"].as_array().unwrap().iter();
        entries.map(|entry| (text(&entry["outcome"]), text(&entry["detail"]["what"]))).collect()
    }
}

fn echo() -> Vec<u8> {
    let command = Command::new(Field::Echo)
        .with_uid(Command::SOP_CLASS, sop::VERIFICATION)
        .with_number(Command::MESSAGE, 5)
        .with_number(Command::DATASET_TYPE, NO_DATASET);
    let message = Message {
        context: 1,
        abstract_syntax: sop::VERIFICATION.to_owned(),
        syntax: "1.2.840.10008.1.2".to_owned(),
        command,
        dataset: Vec::new(),
    };
    message.pdus(16_384).iter().flat_map(bytes).collect()
}

#[tokio::test]
async fn an_echo_is_answered_and_the_association_released() {
    let port = port().await;
    let sent = [port.request(), echo(), bytes(&Pdu::ReleaseRQ)].concat();
    let back = port.say(&sent).await;
    let [Pdu::AssociationAC(_), Pdu::PData { data }, Pdu::ReleaseRP] = &back[..] else { panic!("{back:?}") };
    let answer = Command::decode(&data[0].data).unwrap();
    assert_eq!(answer.number(Command::STATUS), Some(status::SUCCESS));
    assert_eq!(answer.number(Command::RESPONDED), Some(5));
    assert_eq!(port.refused().await, []);
}

#[tokio::test]
async fn strangers_are_rejected_and_those_a_hospital_met_are_in_its_journal() {
    let port = port().await;
    for (called, calling) in
        [("PACS_AAAAAAAA", "CT01"), ("SOMEBODY", "CT01"), (&title_of(&port.sandbox), "ME")]
    {
        let back = port.say(&request(called, calling)).await;
        assert!(matches!(&back[..], [Pdu::AssociationRJ(_)]), "{called} {calling}: {back:?}");
    }
    let refused = port.refused().await;
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].0, "calling-ae-title");
}

#[tokio::test]
async fn peers_that_break_off_are_told_and_journalled() {
    let port = port().await;
    let huge = [4, 0, 0x7f, 0xff, 0xff, 0xff];
    let cases: [(Vec<u8>, &str); 5] = [
        ([port.request(), huge.to_vec()].concat(), "2147483647 bytes was announced"),
        ([port.request(), vec![4, 0, 0, 0, 1, 0, 1]].concat(), "fell silent in the midst of a PDU"),
        (port.request(), "fell silent between two messages"),
        ([port.request(), b"GET / HTTP/1.1\r\n\r\n".to_vec()].concat(), "type 0x47"),
        ([port.request(), echo()[..12].to_vec(), bytes(&Pdu::ReleaseRQ)].concat(), ""),
    ];
    for (number, (sent, expected)) in cases.iter().enumerate() {
        let back = port.say(sent).await;
        assert!(matches!(&back[..], [Pdu::AssociationAC(_), Pdu::AbortRQ { .. }]), "{expected}: {back:?}");
        let refused = port.refused().await;
        assert_eq!(refused.len(), number + 1, "{refused:?}");
        let (outcome, what) = refused.last().unwrap();
        assert!(outcome == "protocol" && what.contains(expected), "{expected}: {what}");
    }
}

#[tokio::test]
async fn what_never_asks_for_an_association_is_closed() {
    let port = port().await;
    for sent in [&b""[..], b"GET / HTTP/1.1\r\n\r\n", &[0x16, 3, 1, 0, 5], &[1, 0, 0xff, 0xff, 0xff, 0xff]] {
        let back = port.say(sent).await;
        assert!(matches!(&back[..], [Pdu::AbortRQ { .. }]), "{sent:?}: {back:?}");
    }
    let back = port.say(&port.request()[..40]).await;
    assert!(matches!(&back[..], [Pdu::AbortRQ { .. }]), "half a request: {back:?}");
    assert_eq!(port.refused().await, [], "no hospital was reached");
}
