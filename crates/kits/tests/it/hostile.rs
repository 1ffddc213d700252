//! Every kit against servers that mean it harm: each run comes to its end, and says what was wrong.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use kits::model::{Kit, Outcome, Record};
use kits::run::Run;
use kits::wire::Limits;

use crate::proving::NOW_US;

/// What a server does with whoever calls.
#[derive(Debug, Clone, Copy)]
enum Harm {
    /// Takes everything, and says nothing.
    Hangs,
    /// Hangs up at once.
    HangsUp,
    /// Says something of no protocol.
    Babbles,
    /// Says it for ever.
    BabblesForEver,
    /// Begins like a good answer, and never comes to an end.
    NeverEnds,
    /// Sends the caller back to where it came from.
    Circles,
    /// Answers everything well, with nothing in it that was asked for.
    SaysNothing,
}

impl Harm {
    const ALL: [Self; 7] = [
        Self::Hangs,
        Self::HangsUp,
        Self::Babbles,
        Self::BabblesForEver,
        Self::NeverEnds,
        Self::Circles,
        Self::SaysNothing,
    ];

    fn done_to(self, stream: &mut TcpStream, address: &str) -> std::io::Result<()> {
        let noise = b"\x0b\x05\x00MSH|\x1c\x0d\x02\x00\xff{\"";
        match self {
            Self::Hangs => thread::sleep(Duration::from_secs(60)),
            Self::HangsUp => {}
            Self::Babbles => stream.write_all(noise)?,
            Self::BabblesForEver => loop {
                stream.write_all(noise)?;
            },
            Self::NeverEnds => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\": \"")?;
                loop {
                    stream.write_all(&[b'a'; 4096])?;
                }
            }
            Self::Circles => {
                let head = format!("HTTP/1.1 302 Found\r\nLocation: http://{address}/again\r\n");
                stream
                    .write_all(format!("{head}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes())?;
            }
            Self::SaysNothing => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4\r\nConnection: close";
                stream.write_all(format!("{head}\r\n\r\nnull").as_bytes())?;
            }
        }
        Ok(())
    }

    /// Starts a server that does it; returns its address, `host:port`.
    fn start(self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address").to_string();
        let own = address.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let own = own.clone();
                thread::spawn(move || {
                    drop(stream.read(&mut [0; 4096]));
                    drop(self.done_to(&mut stream, &own));
                });
            }
        });
        address
    }
}

fn against(kit: &Kit, harm: Harm) -> Record {
    let address = harm.start();
    let url = match kit.id {
        "hl7v2-receiver" | "dicom-archive" => address,
        _ => format!("http://{address}/fhir"),
    };
    let given = BTreeMap::from([
        ("url", url),
        ("wait", "1".to_owned()),
        ("token", "t".to_owned()),
        ("called", "PACS".to_owned()),
    ]);
    let known = given.into_iter().filter(|(name, _)| kit.input(name).is_some());
    let given = known.map(|(name, value)| (name.to_owned(), value)).collect();
    let limits = Limits {
        connect: Duration::from_secs(2),
        exchange: Duration::from_millis(300),
        body_bytes_max: 32 * 1024,
        ..Limits::default()
    };
    let run = Run::new(kit, &given, limits, || NOW_US).expect("the inputs are those of the kit");
    run.go(kit, &|_| {})
}

#[test]
fn every_kit_comes_to_a_clear_result() {
    thread::scope(|scope| {
        for kit in kits::kits().iter().filter(|kit| kit.input("url").is_some()) {
            for harm in Harm::ALL {
                scope.spawn(move || {
                    let record = against(kit, harm);
                    let name = format!("{} {harm:?}", kit.id);
                    let is_bad = matches!(record.outcome(), Some(Outcome::Fail | Outcome::Error));
                    assert!(is_bad, "{name}: {:?}", record.outcome());
                    for test in record.tests() {
                        let outcome =
                            test.outcome.unwrap_or_else(|| panic!("{name}: {} never ended", test.id));
                        let is_told = outcome == Outcome::Pass || !test.message.is_empty();
                        assert!(is_told, "{name}: {} is {outcome:?} and does not say why", test.id);
                    }
                    let most = record.exchanges.iter().map(|one| one.response.bytes).max();
                    assert!(
                        most.unwrap_or_default() <= 64 * 1024,
                        "{name}: {most:?} bytes were kept of one answer"
                    );
                });
            }
        }
    });
}
