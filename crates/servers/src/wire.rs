//! Hands that reach the hospital over a socket: people who are played come in through the same listener as everybody.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use platform::incidents::PlayKey;
use platform::labs::{Answered, ArchiveCall, Errand, Hands, Knock, Posting, Program, Reply, Serving};

use crate::archive_call::call_over;
use crate::hands::InHouse;
use crate::posting::post_over;
use crate::proxied::header;
use crate::state::App;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How large an answer may be.
const ANSWER_BYTES_MAX: u64 = 16 << 20;

/// Hands for people who are played. They hold one address, that of this server's own listener, and no request of theirs can
/// name another; what checks and proofs ask goes straight into the router.
pub struct Wire {
    listener: SocketAddr,
    /// Where the archive listens, if it is to be called over a socket.
    archive: Option<SocketAddr>,
    /// Where messages of HL7 v2 are taken, if they are to be sent over a socket.
    messages: Option<SocketAddr>,
    key: PlayKey,
    in_house: InHouse,
}

impl Wire {
    /// Hands for `app`, which listens at `listener`. They work while the runtime lives in which this is called.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new(app: App, listener: SocketAddr) -> Self {
        let key = app.play_key.clone();
        Self { listener: here(listener), archive: None, messages: None, key, in_house: InHouse::new(app) }
    }

    /// The same, with the archive that listens at `archive`.
    #[must_use]
    pub fn with_archive(self, archive: SocketAddr) -> Self {
        Self { archive: Some(here(archive)), ..self }
    }

    /// The same, with the door for messages that listens at `messages` and speaks no TLS.
    #[must_use]
    pub fn with_messages(self, messages: SocketAddr) -> Self {
        Self { messages: Some(here(messages)), ..self }
    }
}

/// A server that listens everywhere is reached where this program runs.
fn here(mut listener: SocketAddr) -> SocketAddr {
    if listener.ip().is_unspecified() {
        listener.set_ip(if listener.is_ipv6() {
            std::net::Ipv6Addr::LOCALHOST.into()
        } else {
            std::net::Ipv4Addr::LOCALHOST.into()
        });
    }
    listener
}

impl Hands for Wire {
    fn call(&self, errand: &Errand<'_>) -> Result<Reply, String> {
        self.in_house.call(errand)
    }

    fn knock(&self, knock: &Knock<'_>) -> Result<Answered, String> {
        let wrong = |error: std::io::Error| format!("{} {}: {error}", knock.method, knock.path);
        let request = written(knock, self.listener, &self.key)?;
        let mut socket = TcpStream::connect_timeout(&self.listener, PATIENCE).map_err(wrong)?;
        socket.set_read_timeout(Some(PATIENCE)).map_err(wrong)?;
        socket.set_write_timeout(Some(PATIENCE)).map_err(wrong)?;
        socket.write_all(&request).map_err(wrong)?;
        let mut answer = Vec::new();
        socket.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).map_err(wrong)?;
        read(&answer).ok_or_else(|| format!("{} {}: what came back is no HTTP", knock.method, knock.path))
    }

    fn call_archive(&self, call: &ArchiveCall<'_>) -> Result<Option<u16>, String> {
        match self.archive {
            Some(archive) => call_over(archive, &header(&self.key, call.came), call)
                .map_err(|error| format!("{}: {error}", call.calling)),
            None => self.in_house.call_archive(call),
        }
    }

    fn send_message(&self, posting: &Posting<'_>) -> Result<Option<String>, String> {
        match self.messages {
            Some(messages) => post_over(messages, &header(&self.key, posting.came), posting)
                .map_err(|error| format!("{}: {error}", posting.came.address)),
            None => self.in_house.send_message(posting),
        }
    }

    fn base_url(&self) -> String {
        format!("http://{}", self.listener)
    }

    fn serve(&self, program: Program) -> Result<Serving, String> {
        self.in_house.serve(program)
    }
}

/// A request as bytes. HTTP/1.0, so that the answer comes whole and the connection closes behind it.
fn written(knock: &Knock<'_>, listener: SocketAddr, key: &PlayKey) -> Result<Vec<u8>, String> {
    let whole = format!("/s/{}{}", knock.sandbox, knock.path);
    let sound = |text: &str| !text.chars().any(char::is_control);
    if !knock.path.starts_with('/') || whole.contains([' ', '\\']) || whole.contains("/..") || !sound(&whole)
    {
        return Err(format!("{} {}: this is no path below the sandbox", knock.method, knock.path));
    }
    let mut head = format!("{} {whole} HTTP/1.0\r\nhost: {listener}\r\n", knock.method);
    let media = knock.body.map(|(media, _)| ("content-type".to_owned(), media.to_owned()));
    let length = knock.body.map(|(_, body)| ("content-length".to_owned(), body.len().to_string()));
    let played = (PlayKey::HEADER.to_owned(), key.write(knock.came));
    for (name, value) in knock.headers.iter().chain(&media).chain(&length).chain([&played]) {
        if !sound(name) || !sound(value) {
            return Err(format!("{} {}: a header cannot hold control characters", knock.method, knock.path));
        }
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(knock.body.map_or(&[], |(_, body)| body));
    Ok(bytes)
}

fn read(answer: &[u8]) -> Option<Answered> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    };
    Some(Answered { status, headers: lines.filter_map(header).collect(), body: answer[end + 4..].to_vec() })
}

#[cfg(test)]
mod tests {
    use platform::access::Came;
    use platform::entropy::SeededEntropy;

    use super::*;

    /// Whatever a request says, its bytes go to a path below the sandbox and name this listener as host.
    #[test]
    fn no_request_can_name_another_address() {
        let key = PlayKey::new(&SeededEntropy::new(1));
        let listener: SocketAddr = "127.0.0.1:8080".parse().unwrap();
        let came = Came::from("203.0.113.7").at(1);
        let knock = |path, headers| {
            let body = None;
            written(
                &Knock { sandbox: "abc", method: "GET", path, headers, body, came: &came },
                listener,
                &key,
            )
        };
        for path in [
            "http://192.0.2.1/",
            "@192.0.2.1/",
            "",
            "/../other",
            "/fhir/../../s/other",
            "/ HTTP/1.1\r\nhost: 192.0.2.1",
            "/fhir\\..",
            "/fhir\nx: y",
        ] {
            assert!(knock(path, &[]).is_err(), "{path}");
        }
        let smuggled = [("x".to_owned(), "y\r\nhost: 192.0.2.1".to_owned())];
        assert!(knock("/fhir/Patient", &smuggled).is_err());
        let sound = String::from_utf8(knock("//192.0.2.1/x", &[]).unwrap()).unwrap();
        assert!(sound.starts_with("GET /s/abc//192.0.2.1/x HTTP/1.0\r\nhost: 127.0.0.1:8080\r\n"), "{sound}");
    }

    #[test]
    fn an_answer_is_read_with_its_headers() {
        let found =
            read(b"HTTP/1.0 303 See Other\r\nLocation: /x\r\nset-cookie: a=b; Path=/\r\n\r\nbody").unwrap();
        assert_eq!((found.status, found.body.as_slice()), (303, b"body".as_slice()));
        assert_eq!((found.header("location"), found.header("set-cookie")), (Some("/x"), Some("a=b; Path=/")));
        assert_eq!(read(b"nonsense"), None);
    }
}
