//! A whole server without its sockets.

use std::fs;
use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use platform::clock::{Clock, ManualClock};
use platform::entropy::SeededEntropy;
use platform::images::{DEFAULT_IMAGE, default_recipe, generate_image};
use platform::people::{NewPerson, Role};
use platform::{Limits, Platform};
use serde_json::Value;
use servers::App;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::desk::desk;

/// The time at which every test happens, microseconds since 1970 UTC.
pub(crate) const NOW_US: i64 = 1_930_370_400_000_000;
pub(crate) const PASSWORD: &str = "four plain little words";

/// A server with two learners, an instructor and a hospital of two patients.
pub(crate) struct House {
    pub(crate) router: Router,
    pub(crate) platform: Arc<Platform>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ana: String,
    pub(crate) bo: String,
    pub(crate) ida: String,
    _folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON, `null` if it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

pub(crate) fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(NOW_US));
    let entropy = Arc::new(SeededEntropy::new(3));
    let platform = Platform::open(
        &folder.path().join("data"),
        desk(&folder.path().join("content")),
        Limits::default(),
        Arc::clone(&clock) as Arc<dyn Clock>,
        entropy,
    )
    .unwrap();
    put_image(&platform);
    let token = |login: &str, role| {
        let new = NewPerson { login, name: login, role, password: None };
        let person = platform.people().add(new).unwrap();
        platform.people().add_token(&person.id, "test", None).unwrap()
    };
    let (ana, bo, ida) =
        (token("ana", Role::Learner), token("bo", Role::Learner), token("ida", Role::Instructor));
    let platform = Arc::new(platform);
    let router = servers::router(App::new(Arc::clone(&platform), "http"));
    House { router, platform, clock, ana, bo, ida, _folder: folder }
}

impl House {
    /// One request, with a bearer token if `token` is not empty, and a JSON body if `body` is not empty.
    pub(crate) async fn ask(&self, method: &str, path: &str, token: &str, body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "practicum.test");
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/json");
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// The id of a new sandbox of Ana's.
    pub(crate) async fn sandbox(&self) -> String {
        let made = self.ask("POST", "/api/sandboxes", &self.ana, "").await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// The id of a patient Ana writes into a sandbox.
    pub(crate) async fn patient(&self, sandbox: &str) -> String {
        let request = Request::post(format!("/s/{sandbox}/fhir/Patient"))
            .header("host", "practicum.test")
            .header("authorization", format!("Bearer {}", self.ana))
            .header("content-type", "application/fhir+json")
            .body(Body::from(r#"{"resourceType": "Patient", "birthDate": "1980-02-29"}"#))
            .unwrap();
        let made = self.send(request).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().unwrap().to_owned()
    }
}

/// Puts the image of two patients into the data folder. It is generated once for all tests.
fn put_image(platform: &Platform) {
    static IMAGE: OnceLock<Vec<u8>> = OnceLock::new();
    let file = platform.data().join("images").join(format!("{DEFAULT_IMAGE}.sqlite"));
    let image = IMAGE.get_or_init(|| {
        let mut recipe = default_recipe();
        recipe.patients = 2;
        let info = generate_image(
            platform.images(),
            DEFAULT_IMAGE,
            "General hospital",
            &recipe,
            &platform::content::pathways(None).unwrap(),
            &|_| {},
        )
        .unwrap();
        fs::read(info.path).unwrap()
    });
    if !file.exists() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, image).unwrap();
    }
}
