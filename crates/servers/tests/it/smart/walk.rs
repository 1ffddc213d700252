use axum::body::Body;
use axum::http::{Request, StatusCode};
use platform::identity::challenge_of;
use serde_json::{Value, json};

use crate::house::{Answer, House, house};

pub(crate) const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-0";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:9/callback";

/// An app with a hospital of Ana's, of whose people one, `nora`, has signed in.
pub(crate) struct App {
    pub(crate) house: House,
    pub(crate) sandbox: String,
    pub(crate) client: String,
    pub(crate) cookie: String,
    pub(crate) patient: String,
    pub(crate) other: String,
}

impl App {
    pub(crate) async fn new(scope: &str) -> Self {
        let house = house();
        let sandbox = house.sandbox().await;
        let (patient, other) = (house.patient(&sandbox).await, house.patient(&sandbox).await);
        let platform = std::sync::Arc::clone(&house.platform);
        let access = platform.at_the_gate(&sandbox).unwrap().unwrap();
        let new = json!({
            "login": "nora", "name": "Nora Lund", "role": "nurse", "password": "four plain little words",
            "fhir_user": null, "with_totp": false,
        });
        platform.add_user(&access, serde_json::from_value(new).unwrap()).unwrap();
        let app = Self { house, sandbox, client: String::new(), cookie: String::new(), patient, other };
        let registered = app.register(&json!({"scope": scope})).await;
        let client = registered["client_id"].as_str().unwrap().to_owned();
        let secret =
            platform.sign_in_user(&access, ("nora", "four plain little words", ""), "192.0.2.1").unwrap();
        Self { client, cookie: format!("practicum_hospital={secret}"), ..app }
    }

    /// Registers a public app, with some members said otherwise.
    pub(crate) async fn register(&self, more: &Value) -> Value {
        let mut said = json!({
            "client_name": "Growth Chart",
            "redirect_uris": [CALLBACK],
            "token_endpoint_auth_method": "none",
            "grant_types": ["authorization_code", "refresh_token"],
        });
        for (name, value) in more.as_object().unwrap() {
            said[name] = value.clone();
        }
        let path = format!("/s/{}/auth/register", self.sandbox);
        let answer = self.house.ask("POST", &path, &self.house.ana, &said.to_string()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.json()
    }

    /// The query of an authorization request.
    pub(crate) fn asked(&self, scope: &str) -> String {
        let fhir = format!("http://practicum.test/s/{}/fhir", self.sandbox);
        let pairs = [
            ("response_type", "code"),
            ("client_id", &self.client),
            ("redirect_uri", CALLBACK),
            ("scope", scope),
            ("state", "st"),
            ("nonce", "n"),
            ("aud", &fhir),
            ("code_challenge", &challenge_of(VERIFIER)),
            ("code_challenge_method", "S256"),
        ];
        encoded(&pairs)
    }

    pub(crate) async fn open(&self, asked: &str) -> Answer {
        let path = format!("/s/{}/auth/authorize?{asked}", self.sandbox);
        let request = Request::get(path).header("host", "practicum.test").header("cookie", &self.cookie);
        self.house.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn consent(&self, fields: &[(&str, &str)], origin: &str) -> Answer {
        let request = Request::post(format!("/s/{}/auth/consent", self.sandbox))
            .header("host", "practicum.test")
            .header("origin", origin)
            .header("cookie", &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        self.house.send(request.body(Body::from(encoded(fields))).unwrap()).await
    }

    /// A code for these scopes and Ana's first patient.
    pub(crate) async fn code(&self, scope: &str) -> String {
        let asked = format!("{}&practicum_patient={}", self.asked(scope), self.patient);
        let page = self.open(&asked).await;
        assert_eq!(page.status, StatusCode::OK, "{} {}", page.header("location"), page.text);
        let csrf = between(&page.text, "name=\"csrf\" value=\"", "\"").to_owned();
        let mut fields = vec![
            ("asked", asked.as_str()),
            ("csrf", &csrf),
            ("decision", "allow"),
            ("patient", &self.patient),
        ];
        fields.extend(scope.split(' ').map(|word| ("scope", word)));
        let sent = self.consent(&fields, "http://practicum.test").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let location = sent.header("location");
        assert!(location.starts_with(&format!("{CALLBACK}?code=")), "{location}");
        assert!(location.contains("&state=st&iss=http%3A%2F%2Fpracticum.test%2Fs%2F"), "{location}");
        between(location, "code=", "&").to_owned()
    }

    /// A request to the token endpoint, or another that takes a form.
    pub(crate) async fn post(&self, place: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(format!("/s/{}/auth/{place}", self.sandbox))
            .header("host", "practicum.test")
            .header("origin", "https://app.example")
            .header("content-type", "application/x-www-form-urlencoded");
        self.house.send(request.body(Body::from(encoded(fields))).unwrap()).await
    }

    pub(crate) async fn exchange(&self, code: &str) -> Answer {
        let fields = [
            ("grant_type", "authorization_code"),
            ("client_id", self.client.as_str()),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        self.post("token", &fields).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        let fields =
            [("grant_type", "refresh_token"), ("client_id", self.client.as_str()), ("refresh_token", token)];
        self.post("token", &fields).await
    }

    /// A FHIR request with a token.
    pub(crate) async fn fhir(&self, method: &str, path: &str, token: &str, body: &str) -> Answer {
        let path = format!("/s/{}/fhir/{path}", self.sandbox);
        self.house.ask(method, path.trim_end_matches('/'), token, body).await
    }
}

pub(crate) fn encoded(pairs: &[(&str, &str)]) -> String {
    serde_html_form::to_string(pairs).unwrap()
}

pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before} in {text}"));
    rest.split_once(after).map_or(rest, |(found, _)| found)
}

#[tokio::test]
async fn an_app_comes_to_tokens_and_reads_what_it_was_allowed() {
    let app = App::new("launch/patient openid fhirUser offline_access patient/*.rs").await;
    let code = app.code("launch/patient openid offline_access patient/Patient.rs").await;
    let given = app.exchange(&code).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text);
    assert_eq!(given.header("cache-control"), "no-store");
    assert_eq!(given.header("access-control-allow-origin"), "*");
    let tokens = given.json();
    assert_eq!(tokens["patient"], app.patient.as_str());
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["id_token"].as_str().unwrap().split('.').count(), 3);
    let token = tokens["access_token"].as_str().unwrap();
    let read = app.fhir("GET", &format!("Patient/{}", app.patient), token, "").await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.text);

    let second = app.refresh(tokens["refresh_token"].as_str().unwrap()).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text);
    let told =
        app.house.ask("GET", &format!("/s/{}/journal?kind=auth.*", app.sandbox), &app.house.ana, "").await;
    for kind in ["auth.login", "auth.register", "auth.consent", "auth.token"] {
        assert!(told.text.contains(kind), "{kind} in {}", told.text);
    }
    let minted = {
        let access = app.house.platform.at_the_gate(&app.sandbox).unwrap().unwrap();
        let grant = platform::identity::Grant {
            client: "a-service".to_owned(),
            subject: None,
            scopes: platform::identity::Scopes::read("patient/Patient.r").0,
            patient: Some(app.patient.clone()),
            encounter: None,
        };
        app.house.platform.mint_token(&access, grant, 60).unwrap()
    };
    assert_eq!(
        app.fhir("GET", &format!("Patient/{}", app.patient), &minted, "").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn documents_say_where_everything_is() {
    let app = App::new("patient/*.rs").await;
    let path = format!("/s/{}/fhir/.well-known/smart-configuration", app.sandbox);
    let smart = app.house.ask("GET", &path, "", "").await.json();
    let openid = format!("/s/{}/auth/.well-known/openid-configuration", app.sandbox);
    let openid = app.house.ask("GET", &openid, "", "").await.json();
    assert_eq!(smart["token_endpoint"], openid["token_endpoint"]);
    assert_eq!(openid["issuer"], format!("http://practicum.test/s/{}/auth", app.sandbox));
    assert!(smart["capabilities"].as_array().unwrap().contains(&json!("launch-ehr")));
    let keys = format!("/s/{}/auth/jwks", app.sandbox);
    let keys = app.house.ask("GET", &keys, "", "").await.json();
    assert_eq!(keys["keys"][0]["crv"], "P-384");
    let nobody = app.house.ask("GET", "/s/nosuchsb/auth/jwks", "", "").await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
}
