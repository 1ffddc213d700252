//! Requests from inside the house. What a check probes, and what the proof of a lab plays, goes through the same router as
//! everybody's requests, in the name of a person who needs no token for it.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Request, header};
use platform::labs::{Errand, GRADER, Hands, Reply};
use serde_json::Value;
use tokio::runtime::Handle;
use tower::ServiceExt;

use crate::router::router;
use crate::signed_in::SignedIn;
use crate::state::App;

/// How long an errand may take.
const ERRAND_MAX: Duration = Duration::from_secs(10);

/// How large its answer may be.
const ANSWER_BYTES_MAX: usize = 64 << 20;

/// An identity given to a request by this process. It travels beside the request, where nothing from the network can put
/// anything.
#[derive(Debug, Clone)]
pub(crate) struct Lent(pub(crate) SignedIn);

/// Hands that reach straight into the router.
#[derive(Clone)]
pub struct InHouse {
    router: Router,
    runtime: Handle,
}

impl InHouse {
    /// Hands for `app`. They work while the runtime lives in which this is called.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn new(app: App) -> Self {
        Self { router: router(app.without_gate()), runtime: Handle::current() }
    }

    async fn run(&self, request: Request<Body>) -> Result<Reply, String> {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let status = response.status().as_u16();
        let body =
            to_bytes(response.into_body(), ANSWER_BYTES_MAX).await.map_err(|error| error.to_string())?;
        Ok(Reply { status, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
    }
}

impl Hands for InHouse {
    /// Must be called where it may block, as every use case is.
    fn call(&self, errand: &Errand<'_>) -> Result<Reply, String> {
        let request = request(errand)?;
        let run = async { tokio::time::timeout(ERRAND_MAX, self.run(request)).await };
        let late =
            |_| format!("{} {} took longer than {} s", errand.method, errand.path, ERRAND_MAX.as_secs());
        self.runtime.block_on(run).map_err(late)?
    }
}

fn request(errand: &Errand<'_>) -> Result<Request<Body>, String> {
    let wrong = |what: &dyn std::fmt::Display| format!("{} {}: {what}", errand.method, errand.path);
    let address = format!("/s/{}{}", errand.sandbox, errand.path);
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
    use std::sync::Arc;

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
