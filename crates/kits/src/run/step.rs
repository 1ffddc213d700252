use std::time::Instant;

use serde_json::Value;

use super::bag::Bag;
use super::go::Run;
use crate::model::{Body, Exchange, Note, Protocol, Stop, Weight};
use crate::wire::http::{Request, Response};
use crate::wire::{Limits, Trouble};

/// Headers that nobody may read afterwards.
const SECRET_HEADERS: [&str; 2] = ["authorization", "cookie"];

/// One test under way: what it may use. Everything it sends and hears is recorded with it.
pub struct Step<'r> {
    pub(super) run: &'r Run,
    pub(super) id: &'r str,
    pub(super) bag: &'r mut Bag,
    pub(super) tell: &'r dyn Fn(),
}

impl<'r> Step<'r> {
    pub(super) fn new(run: &'r Run, id: &'r str, bag: &'r mut Bag, tell: &'r dyn Fn()) -> Self {
        Self { run, id, bag, tell }
    }

    /// An input or an earlier output; empty where there is none.
    pub fn value(&self, name: &str) -> String {
        self.bag.values.get(name).cloned().unwrap_or_default()
    }

    /// Gives an output to later tests.
    pub fn give(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        self.bag.values.insert(name.to_owned(), value.clone());
        self.run.lock().change(self.id, |node| drop(node.outputs.insert(name.to_owned(), value)));
    }

    /// Resources kept under a name by earlier tests.
    pub fn seen(&self, name: &str) -> Vec<Value> {
        self.bag.seen.get(name).cloned().unwrap_or_default()
    }

    /// Keeps a resource under a name, unless one with its type and id is there.
    pub fn keep(&mut self, name: &str, resource: &Value) {
        let kept = self.bag.seen.entry(name.to_owned()).or_default();
        let is_same =
            |one: &Value| one["id"] == resource["id"] && one["resourceType"] == resource["resourceType"];
        if !kept.iter().any(is_same) {
            kept.push(resource.clone());
        }
    }

    /// Says what was noticed.
    pub fn note(&mut self, weight: Weight, text: impl Into<String>) {
        let text = text.into();
        self.run.lock().change(self.id, |node| {
            if !node.notes.iter().any(|note| note.text == text) {
                node.notes.push(Note { weight, text });
            }
        });
    }

    /// Says what was looked for and never seen.
    pub fn unseen(&mut self, what: impl IntoIterator<Item = String>) {
        self.run.lock().change(self.id, |node| node.unseen.extend(what));
    }

    /// What a server may cost.
    pub fn limits(&self) -> Limits {
        self.bag.limits
    }

    /// The time, in microseconds since 1970 UTC.
    pub fn now_us(&self) -> i64 {
        (self.run.clock)()
    }

    /// Names this test's exchanges so far, so that later tests can point at them.
    pub fn name_exchanges(&mut self, name: &str) {
        let record = self.run.lock();
        let own = record.find(self.id).map(|node| node.exchanges.clone()).unwrap_or_default();
        drop(record);
        self.bag.named.entry(name.to_owned()).or_default().extend(own);
    }

    /// Says that this test rests on exchanges named before.
    pub fn rest_on(&mut self, name: &str) {
        let named = self.bag.named.get(name).cloned().unwrap_or_default();
        self.run.lock().change(self.id, |node| node.exchanges.extend(named));
    }

    /// Asks over HTTP, following redirects.
    ///
    /// # Errors
    /// [`Stop`] if no whole answer came.
    pub fn http(&mut self, request: &Request) -> Result<Response, Stop> {
        let mut request = request.clone();
        let mut visited = vec![request.url.clone()];
        loop {
            let response = self.http_once(&request)?;
            let Some(target) = redirect(&response) else { return Ok(response) };
            if visited.contains(&target) || visited.len() > self.bag.limits.redirects_max {
                let trouble = Trouble::Circle(format!(
                    "{} was redirected {} times, and at last to {target}, without an answer",
                    visited[0],
                    visited.len()
                ));
                return Err(Stop::Fail(trouble.to_string()));
            }
            // A token is for the server it was given for and not for where that one points.
            if origin(&target) != origin(&request.url) {
                let is_secret = |name: &str| SECRET_HEADERS.contains(&name.to_ascii_lowercase().as_str());
                request.headers.retain(|(name, _)| !is_secret(name));
            }
            visited.push(target.clone());
            request = match response.status {
                307 | 308 => Request { url: target, ..request },
                _ => Request { url: target, method: "GET".to_owned(), body: Vec::new(), ..request },
            };
        }
    }

    /// Asks once over HTTP; a redirect is an answer.
    ///
    /// # Errors
    /// As [`http`](Self::http).
    pub fn http_once(&mut self, request: &Request) -> Result<Response, Stop> {
        self.may_ask()?;
        let (at_us, began) = (self.now_us(), Instant::now());
        let (mut response, trouble) = match self.bag.http.ask(request) {
            Ok(response) => (response, None),
            Err((trouble, response)) => (response, Some(trouble)),
        };
        let exchange = Exchange {
            number: 0,
            protocol: Protocol::Http,
            inbound: false,
            what: format!("{} {}", request.method, request.url),
            at_us,
            took_us: micros(began),
            request_headers: shown(&request.headers),
            request: Body::of(&request.body),
            status: (response.status > 0).then(|| response.status.to_string()),
            response_headers: response.headers.clone(),
            response: Body::of(&response.body),
            trouble: trouble.as_ref().map(ToString::to_string),
        };
        response.number = self.record(exchange);
        self.hear(trouble).map(|()| response)
    }

    /// Says whether more may be asked.
    ///
    /// # Errors
    /// [`Stop`] if not.
    pub fn may_ask(&self) -> Result<(), Stop> {
        if self.run.is_stopped() {
            return Err(Stop::Cancel);
        }
        let exchanges = self.run.lock().exchanges.len();
        self.bag.exhausted(exchanges).map_or(Ok(()), |text| Err(Stop::Skip(text)))
    }

    /// Keeps an exchange; returns its number.
    pub fn record(&mut self, exchange: Exchange) -> usize {
        let mut record = self.run.lock();
        let number = record.exchanges.len() + 1;
        record.exchanges.push(Exchange { number, ..exchange });
        record.change(self.id, |node| node.exchanges.push(number));
        number
    }

    /// What trouble means for the test, and for those after it.
    ///
    /// # Errors
    /// [`Stop`], unless there was no trouble.
    pub fn hear(&mut self, trouble: Option<Trouble>) -> Result<(), Stop> {
        match &trouble {
            None => self.bag.silences = 0,
            Some(trouble) if trouble.is_silence() => self.bag.silences += 1,
            Some(_) => self.bag.silences = 0,
        }
        match trouble {
            None => Ok(()),
            Some(Trouble::Unreachable(text)) => Err(Stop::Error(text)),
            Some(trouble) => Err(Stop::Fail(trouble.to_string())),
        }
    }
}

/// Headers as they may be read afterwards.
pub(super) fn shown(headers: &[(String, String)]) -> Vec<(String, String)> {
    let mask = |name: &str, value: &str| match SECRET_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        true => "(secret)".to_owned(),
        false => value.to_owned(),
    };
    headers.iter().map(|(name, value)| (name.clone(), mask(name, value))).collect()
}

/// Microseconds since then.
pub(crate) fn micros(began: Instant) -> i64 {
    i64::try_from(began.elapsed().as_micros()).unwrap_or(i64::MAX)
}

/// Where a redirect leads; none if it is no redirect, or leads nowhere that can be asked.
fn redirect(response: &Response) -> Option<String> {
    if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let target = response.header("location")?;
    if target.contains("://") {
        return Some(target.to_owned());
    }
    let origin = origin(&response.url);
    match target.strip_prefix('/') {
        Some(rest) => Some(format!("{origin}/{rest}")),
        None => {
            let path = response.url.split(['?', '#']).next().unwrap_or(&response.url);
            let folder = path.rsplit_once('/').map_or(path, |(folder, _)| folder);
            Some(format!("{folder}/{target}"))
        }
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    &url[..end]
}
