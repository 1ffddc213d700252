//! HTTP, one exchange at a time: redirects are answers here, and it is for the caller to follow them.

use std::io::Read as _;

use ureq::Agent;
use ureq::http::{Request as Asked, Response as Given};
use ureq::unversioned::transport::DefaultConnector;

use super::resolve::Guarded;
use super::{Limits, Trouble};

/// A request.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Where to.
    pub url: String,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// Where it came from.
    pub url: String,
    /// The status.
    pub status: u16,
    /// Headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// What came.
    pub body: Vec<u8>,
    /// The number of its exchange.
    pub number: usize,
}

impl Request {
    /// A GET.
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: "GET".to_owned(), url: url.into(), ..Self::default() }
    }

    /// A POST of a body.
    pub fn post(url: impl Into<String>, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let request =
            Self { method: "POST".to_owned(), url: url.into(), body: body.into(), ..Self::default() };
        request.with("content-type", kind)
    }

    /// The same with a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

impl Response {
    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the status is one of success.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Something that keeps connections open between requests.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    body_bytes_max: usize,
}

impl Client {
    /// A client with these limits.
    pub fn new(limits: &Limits) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.exchange))
            .allow_non_standard_methods(true)
            .user_agent("practicum-kits")
            .proxy(None)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded::new(limits.reach));
        Self { agent, body_bytes_max: limits.body_bytes_max }
    }

    /// Asks, and reads the whole answer.
    ///
    /// # Errors
    /// [`Trouble`], with what had come until then.
    pub fn ask(&self, request: &Request) -> Result<Response, (Trouble, Response)> {
        let mut asked = Asked::builder().method(request.method.as_str()).uri(&request.url);
        for (name, value) in &request.headers {
            asked = asked.header(name, value);
        }
        let nothing = || Response { url: request.url.clone(), ..Response::default() };
        let given = if request.body.is_empty() && matches!(request.method.as_str(), "GET" | "HEAD" | "DELETE")
        {
            let asked = asked.body(()).map_err(|error| (wrong(&request.url, &error), nothing()))?;
            self.agent.run(asked)
        } else {
            let asked =
                asked.body(&request.body[..]).map_err(|error| (wrong(&request.url, &error), nothing()))?;
            self.agent.run(asked)
        };
        let given = given.map_err(|error| (trouble(&request.url, error), nothing()))?;
        self.read(request, given)
    }

    fn read(&self, request: &Request, given: Given<ureq::Body>) -> Result<Response, (Trouble, Response)> {
        let status = given.status().as_u16();
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers =
            given.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        let mut response = Response { url: request.url.clone(), status, headers, ..Response::default() };
        let most = self.body_bytes_max as u64;
        let mut reader = given.into_body().into_reader().take(most + 1);
        let mut body = Vec::new();
        let read = reader.read_to_end(&mut body);
        let is_endless = body.len() as u64 > most;
        response.body = body;
        if is_endless {
            let longest = match most / 1024 {
                kib if kib < 1024 => format!("{kib} KiB"),
                kib => format!("{} MiB", kib / 1024),
            };
            let text = format!("the answer is longer than {longest}; reading stopped");
            return Err((Trouble::Endless(text), response));
        }
        match read {
            Ok(_) => Ok(response),
            Err(error) => {
                let text = format!("the answer broke off after {} bytes: {error}", response.body.len());
                let is_late = error.to_string().contains("timeout");
                let trouble = if is_late { Trouble::Late(text) } else { Trouble::Garbage(text) };
                Err((trouble, response))
            }
        }
    }
}

fn wrong(url: &str, error: &ureq::http::Error) -> Trouble {
    Trouble::Unreachable(format!("{url} is no address that can be asked: {error}"))
}

fn trouble(url: &str, error: ureq::Error) -> Trouble {
    match error {
        ureq::Error::Timeout(which) => Trouble::Late(format!("{url} did not answer in time ({which})")),
        ureq::Error::Http(_)
        | ureq::Error::BadUri(_)
        | ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed => Trouble::Unreachable(format!("{url} cannot be reached: {error}")),
        ureq::Error::Io(io) if is_absence(io.kind()) => {
            Trouble::Unreachable(format!("{url} cannot be reached: {io}"))
        }
        other => Trouble::Garbage(format!("{url} answered with something that is not HTTP: {other}")),
    }
}

fn is_absence(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkUnreachable, PermissionDenied,
    };
    // Permission is denied by [`Guarded`].
    matches!(
        kind,
        ConnectionRefused | AddrNotAvailable | HostUnreachable | NetworkUnreachable | PermissionDenied
    )
}
