//! Requests from inside the house. What a check probes, and what the proof of a lab plays, goes through the same router as
//! everybody's requests, in the name of a person who needs no token for it.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use platform::Platform;
use platform::imaging::association::Proposal;
use platform::imaging::dimse::Command;
use platform::imaging::{Served, serve, title_of};
use platform::labs::{Answered, ArchiveCall, Errand, GRADER, Hands, Knock, Posting, Program, Reply, Serving};
use platform::messages::Peer;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;
use tower::ServiceExt;

use crate::posting::said;
use crate::router::router;
use crate::signed_in::SignedIn;
use crate::state::App;

/// How long an errand may take.
const ERRAND_MAX: Duration = Duration::from_secs(10);

/// What devices that are played run, as the journal has it.
const PLAYED: &str = "PRACTICUM_PLAYED";

/// How large its answer may be.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// An identity given to a request by this process. It travels beside the request, where nothing from the network can put
/// anything.
#[derive(Debug, Clone)]
pub(crate) struct Lent(pub(crate) SignedIn);

/// Hands that reach straight into the router.
#[derive(Clone)]
pub struct InHouse {
    platform: Arc<Platform>,
    router: Router,
    runtime: Handle,
    scheme: &'static str,
}

impl InHouse {
    /// Hands for `app`. They work while the runtime lives in which this is called.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new(app: App) -> Self {
        let (platform, scheme) = (Arc::clone(&app.platform), app.scheme);
        Self { platform, router: router(app.without_gate()), runtime: Handle::current(), scheme }
    }

    async fn run(&self, request: Request<Body>) -> Result<Answered, String> {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let header = |(name, value): (&HeaderName, &HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let body = to_bytes(body, ANSWER_BYTES_MAX).await.map_err(|error| error.to_string())?;
        Ok(Answered {
            status: parts.status.as_u16(),
            headers: parts.headers.iter().map(header).collect(),
            body: body.into(),
        })
    }

    /// Makes a request and waits for what comes of it. Must be called where it may block.
    fn wait(&self, request: Request<Body>, name: &str) -> Result<Answered, String> {
        let run = async { tokio::time::timeout(ERRAND_MAX, self.run(request)).await };
        let late = |_| format!("{name} took longer than {} s", ERRAND_MAX.as_secs());
        self.runtime.block_on(run).map_err(late)?
    }
}

impl Hands for InHouse {
    /// Must be called where it may block, as every use case is.
    fn call(&self, errand: &Errand<'_>) -> Result<Reply, String> {
        let answered = self.wait(request(errand)?, &format!("{} {}", errand.method, errand.path))?;
        let body = serde_json::from_slice(&answered.body).unwrap_or(Value::Null);
        Ok(Reply { status: answered.status, body, place: place(&answered.headers) })
    }

    fn knock(&self, knock: &Knock<'_>) -> Result<Answered, String> {
        self.wait(knocking(knock)?, &format!("{} {}", knock.method, knock.path))
    }

    fn call_archive(&self, call: &ArchiveCall<'_>) -> Result<Option<u16>, String> {
        let wrong = |error: platform::StoreError| format!("{}: {error}", call.calling);
        let proposal = Proposal {
            called: title_of(call.sandbox),
            calling: call.calling.to_owned(),
            implementation: PLAYED.to_owned(),
        };
        let Ok(admitted) = self.platform.admit(&proposal, Some(call.came)).map_err(wrong)? else {
            return Ok(None);
        };
        match serve(&admitted, &admitted.access, call.message) {
            (Served::Answers(answers), None) => {
                Ok(answers.last().and_then(|last| last.command.number(Command::STATUS)))
            }
            (Served::Deliver(_), None) => Err(format!("{}: nobody takes a delivery here", call.calling)),
            (_, Some(error)) => Err(wrong(error)),
        }
    }

    fn send_message(&self, posting: &Posting<'_>) -> Result<Option<String>, String> {
        let answers = self.platform.receive(posting.message, &Peer::played(posting.came));
        if let Some(error) = answers.failure {
            return Err(format!("{}: {error}", posting.came.address));
        }
        let first = answers.messages.into_iter().next();
        first.map(said).transpose().map_err(|error| format!("{}: {error}", posting.came.address))
    }

    fn base_url(&self) -> String {
        format!("{}://localhost", self.scheme)
    }

    /// Must be called where it may block, as every use case is.
    fn serve(&self, program: Program) -> Result<Serving, String> {
        let listening = self.runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
        let listener = listening.map_err(|error| format!("no port of this machine is free: {error}"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let router =
            Router::new().fallback(move |request: Request<Body>| answer(Arc::clone(&program), request));
        let served = self.runtime.spawn(async move { axum::serve(listener, router).await });
        Ok(Serving { url: format!("http://{address}"), until: Box::new(Ends(served.abort_handle())) })
    }
}

/// Ends a server when it is dropped.
struct Ends(AbortHandle);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// One request to a program, which may block.
async fn answer(program: Program, request: Request<Body>) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let Ok(body) = to_bytes(request.into_body(), ANSWER_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let work = move || program(method.as_str(), &path, &body);
    match tokio::task::spawn_blocking(work).await {
        Ok((status, body)) => (StatusCode::from_u16(status).unwrap_or_default(), Json(body)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The request of somebody who is played. Where it comes from travels beside it.
fn knocking(knock: &Knock<'_>) -> Result<Request<Body>, String> {
    let wrong = |what: &dyn std::fmt::Display| format!("{} {}: {what}", knock.method, knock.path);
    let mut request = Request::builder()
        .method(knock.method)
        .uri(format!("/s/{}{}", knock.sandbox, knock.path))
        .header(header::HOST, "localhost")
        .body(knock.body.map_or_else(Body::empty, |(_, body)| Body::from(body.to_vec())))
        .map_err(|error| wrong(&error))?;
    if let Some((media, _)) = knock.body {
        let media = HeaderValue::try_from(media).map_err(|error| wrong(&error))?;
        request.headers_mut().insert(header::CONTENT_TYPE, media);
    }
    for (name, value) in knock.headers {
        let name = HeaderName::try_from(name).map_err(|error| wrong(&error))?;
        let value = HeaderValue::try_from(value).map_err(|error| wrong(&error))?;
        request.headers_mut().insert(name, value);
    }
    request.extensions_mut().insert(knock.came.clone());
    Ok(request)
}

/// The last part of the address that an answer names.
fn place(headers: &[(String, String)]) -> Option<String> {
    let named = |name: &str| headers.iter().find(|(own, _)| own == name).map(|(_, value)| value);
    let address = named("content-location").or_else(|| named("location"))?;
    address.rsplit('/').next().map(str::to_owned)
}

fn request(errand: &Errand<'_>) -> Result<Request<Body>, String> {
    let wrong = |what: &dyn std::fmt::Display| format!("{} {}: {what}", errand.method, errand.path);
    // What is not below the sandbox names it: /api/sandboxes/ID/…
    let address = match errand.path {
        path if path.starts_with("/api/sandboxes/") => path.to_owned(),
        path => format!("/s/{}{path}", errand.sandbox),
    };
    let mut request = Request::builder()
        .method(errand.method)
        .uri(address)
        .header(header::HOST, "localhost")
        .body(errand.body.map_or_else(Body::empty, |body| Body::from(body.to_string())))
        .map_err(|error| wrong(&error))?;
    if errand.body.is_some() {
        let media =
            if errand.path.starts_with("/fhir") { "application/fhir+json" } else { "application/json" };
        request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    }
    for (name, value) in errand.headers {
        let name = HeaderName::try_from(name).map_err(|error| wrong(&error))?;
        let value = HeaderValue::try_from(value).map_err(|error| wrong(&error))?;
        request.headers_mut().insert(name, value);
    }
    if let Some(person) = errand.person {
        let source = if errand.probing { GRADER } else { "client" };
        request.extensions_mut().insert(Lent(SignedIn { person: person.clone(), source, csrf: None }));
    }
    Ok(request)
}

#[cfg(test)]
mod tests {
    use platform::clock::ManualClock;
    use platform::entropy::SeededEntropy;
    use platform::images::{DEFAULT_IMAGE, Recipe, generate_image};
    use platform::people::{NewPerson, Person, Role};
    use platform::{Limits, Platform};
    use serde_json::json;

    use super::*;

    struct House {
        platform: Arc<Platform>,
        hands: InHouse,
        ana: Person,
        sandbox: String,
        _folder: tempfile::TempDir,
    }

    fn house() -> House {
        let folder = tempfile::tempdir().unwrap();
        let (clock, entropy) = (Arc::new(ManualClock::at(1)), Arc::new(SeededEntropy::new(1)));
        let limits = Limits::default();
        let platform = Platform::open(folder.path(), Default::default(), limits, clock, entropy).unwrap();
        let recipe = Recipe { patients: 1, ..Recipe::default() };
        generate_image(
            platform.images(),
            DEFAULT_IMAGE,
            "Hospital",
            &recipe,
            &platform::content::pathways(None).unwrap(),
            &|_| {},
        )
        .unwrap();
        let new = NewPerson { login: "ana", name: "Ana", role: Role::Learner, password: None };
        let ana = platform.people().add(new).unwrap();
        let sandbox = platform.start_sandbox(&ana, DEFAULT_IMAGE, "Hers", None).unwrap().id.to_string();
        let platform = Arc::new(platform);
        let hands = InHouse::new(App::new(platform.clone(), "http"));
        House { platform, hands, ana, sandbox, _folder: folder }
    }

    fn errand<'a>(house: &'a House, method: &'a str, path: &'a str) -> Errand<'a> {
        let person = Some(&house.ana);
        Errand { sandbox: &house.sandbox, person, method, path, headers: &[], body: None, probing: false }
    }

    /// Runs errands where they may block, as the platform does.
    async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
        tokio::task::spawn_blocking(work).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_errand_is_answered_as_its_person_would_be() {
        let house = house();
        blocking(move || {
            let found = house.hands.call(&errand(&house, "GET", "/fhir/Patient")).unwrap();
            assert_eq!((found.status, &found.body["total"]), (200, &json!(1)));
            let anonymous = Errand { person: None, ..errand(&house, "GET", "/fhir/Patient") };
            assert_eq!(house.hands.call(&anonymous).unwrap().status, 401);
            let bo = NewPerson { login: "bo", name: "Bo", role: Role::Learner, password: None };
            let bo = house.platform.people().add(bo).unwrap();
            let foreign = Errand { person: Some(&bo), ..errand(&house, "GET", "/fhir/Patient") };
            assert!(matches!(house.hands.call(&foreign).unwrap().status, 403 | 404));
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_errand_carries_body_and_headers() {
        let house = house();
        blocking(move || {
            let body = json!({"resourceType": "Patient", "birthDate": "1990-01-01"});
            let headers = [("If-None-Exist".to_owned(), "birthdate=1990-01-01".to_owned())];
            let create =
                Errand { body: Some(&body), headers: &headers, ..errand(&house, "POST", "/fhir/Patient") };
            assert_eq!(house.hands.call(&create).unwrap().status, 201);
            assert_eq!(house.hands.call(&create).unwrap().status, 200);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_probe_is_known_by_its_source_in_the_journal() {
        let house = house();
        blocking(move || {
            let probe = Errand { probing: true, ..errand(&house, "GET", "/fhir/Patient") };
            house.hands.call(&probe).unwrap();
            let access = house.platform.enter(&house.ana, &house.sandbox, "test").unwrap();
            let entries = house.platform.journal(&access, &Default::default()).unwrap();
            assert_eq!(entries.last().map(|entry| entry.event.source.as_str()), Some(GRADER));
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_errand_that_is_no_request_says_why() {
        let house = house();
        blocking(move || {
            let refused = house.hands.call(&errand(&house, "GET", "/fhir/a b")).unwrap_err();
            assert!(refused.starts_with("GET /fhir/a b: "), "{refused}");
        })
        .await;
    }
}
