//! Launch, keys and introspection over real sockets, as an app meets them.

use std::net::SocketAddr;

use data_encoding::{BASE64, BASE64URL_NOPAD};
use identity::assertion::Keys;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::walk::{CALLBACK, between};
use super::{App, VERIFIER, encoded};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// An app in front of a port of this machine.
struct Wire {
    app: App,
    address: SocketAddr,
    /// The secret of the app's client, where it has one.
    secret: Option<String>,
}

/// What came back.
struct Heard {
    status: u16,
    head: String,
    text: String,
}

impl Heard {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{} {}", self.head, self.text))
    }

    fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }
}

impl Wire {
    async fn open(scope: &str) -> Self {
        let app = App::new(scope).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = app.house.router.clone();
        tokio::spawn(servers::listen::serve(listener, None, router, std::future::pending()));
        Self { app, address, secret: None }
    }

    /// The same for a client that keeps a secret.
    async fn with_secret(scope: &str) -> Self {
        let mut wire = Self::open(scope).await;
        let client = wire.register(scope).await;
        (wire.app.client, wire.secret) = (client.0, Some(client.1));
        wire
    }

    async fn register(&self, scope: &str) -> (String, String) {
        let said = json!({"token_endpoint_auth_method": "client_secret_basic", "scope": scope});
        let registered = self.app.register(&said).await;
        let text = |name: &str| registered[name].as_str().unwrap().to_owned();
        (text("client_id"), text("client_secret"))
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Heard {
        let mut request = format!(
            "{method} /s/{}/{path} HTTP/1.1\r\nhost: practicum.test\r\nconnection: close\r\ncontent-length: {}\r\n",
            self.app.sandbox,
            body.len()
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(format!("{request}\r\n{body}").as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let whole = String::from_utf8(bytes).unwrap();
        let (head, text) = whole.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
        Heard { status, head: head.to_owned(), text: text.to_owned() }
    }

    /// Agrees to what is asked, as the person whose cookie the app has, and comes back with tokens.
    async fn tokens(&self, scope: &str, more: &str) -> Value {
        let asked = format!("{}{more}", self.app.asked(scope));
        let cookie = ("cookie", self.app.cookie.as_str());
        let page = self.ask("GET", &format!("auth/authorize?{asked}"), &[cookie], "").await;
        assert_eq!(page.status, 200, "{} {}", page.head, page.text);
        let csrf = between(&page.text, "name=\"csrf\" value=\"", "\"").to_owned();
        let patient = between(&page.text, "name=\"patient\" value=\"", "\"").to_owned();
        let mut fields = vec![
            ("asked", asked.as_str()),
            ("csrf", csrf.as_str()),
            ("decision", "allow"),
            ("patient", patient.as_str()),
        ];
        fields.extend(scope.split(' ').map(|word| ("scope", word)));
        let headers = [cookie, FORM, ("origin", "http://practicum.test")];
        let sent = self.ask("POST", "auth/consent", &headers, &encoded(&fields)).await;
        assert_eq!(sent.status, 303, "{}", sent.text);
        let code = between(sent.header("location"), "code=", "&").to_owned();
        let given = self
            .post(
                "token",
                &[
                    ("grant_type", "authorization_code"),
                    ("code", &code),
                    ("redirect_uri", CALLBACK),
                    ("code_verifier", VERIFIER),
                ],
            )
            .await;
        assert_eq!(given.status, 200, "{}", given.text);
        given.json()
    }

    /// A form to the identity provider, from the app's client.
    async fn post(&self, place: &str, fields: &[(&str, &str)]) -> Heard {
        let path = format!("auth/{place}");
        match &self.secret {
            Some(secret) => {
                let basic = basic(&self.app.client, secret);
                self.ask("POST", &path, &[FORM, ("authorization", &basic)], &encoded(fields)).await
            }
            None => {
                let fields = [fields, &[("client_id", self.app.client.as_str())]].concat();
                self.ask("POST", &path, &[FORM], &encoded(&fields)).await
            }
        }
    }

    async fn read(&self, path: &str, token: &str) -> u16 {
        let bearer = format!("Bearer {token}");
        self.ask("GET", &format!("fhir/{path}"), &[("authorization", &bearer)], "").await.status
    }

    async fn jwks(&self) -> Value {
        self.ask("GET", "auth/jwks", &[], "").await.json()
    }

    fn for_patient(&self) -> String {
        format!("&practicum_patient={}", self.app.patient)
    }

    fn later(&self, seconds: i64) {
        self.app.house.clock.advance(seconds * 1_000_000);
    }
}

fn basic(client: &str, secret: &str) -> String {
    format!("Basic {}", BASE64.encode(format!("{client}:{secret}").as_bytes()))
}

fn text<'a>(tokens: &'a Value, name: &str) -> &'a str {
    tokens[name].as_str().unwrap_or_else(|| panic!("{name} in {tokens}"))
}

/// The key that a JWT names, and whether one of `jwks` of that name signed it.
fn signed_by(jwt: &str, jwks: &Value) -> (String, bool) {
    let (signed, signature) = jwt.rsplit_once('.').unwrap();
    let decoded = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).unwrap();
    let header: Value = serde_json::from_slice(&decoded(signed.split('.').next().unwrap())).unwrap();
    let kid = header["kid"].as_str().unwrap().to_owned();
    let keys = Keys::read(jwks).unwrap();
    let is_good = keys.verify(&kid, "ES384", signed.as_bytes(), &decoded(signature));
    (kid, is_good)
}

fn kids(jwks: &Value) -> Vec<&str> {
    jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_launch_from_a_stay_brings_patient_and_stay_along() {
    let wire = Wire::open("launch launch/encounter offline_access patient/*.rs").await;
    let app = &wire.app;
    let stay = json!({"resourceType": "Encounter", "status": "in-progress", "class": {"code": "IMP"},
        "subject": {"reference": format!("Patient/{}", app.patient)}});
    let made = app.fhir("POST", "Encounter", &app.house.ana, &stay.to_string()).await.json();
    let stay = made["id"].as_str().unwrap();
    let platform = &app.house.platform;
    let access = platform.at_the_gate(&app.sandbox).unwrap().unwrap().acting_as("nora", "page");
    let client = platform.app(&access, &app.client).unwrap().unwrap();
    for (patient, encounter) in
        [(&app.other, stay), (&app.patient, "none"), (&app.other, app.patient.as_str())]
    {
        assert!(platform.launch_app(&access, &client, patient, Some(encounter)).is_err(), "{encounter}");
    }
    let launch = platform.launch_app(&access, &client, &app.patient, Some(stay)).unwrap();
    let scope = "launch launch/encounter offline_access patient/Encounter.rs";
    let tokens = wire.tokens(scope, &format!("&launch={launch}")).await;
    let context = |tokens: &Value| ["patient", "encounter"].map(|name| text(tokens, name).to_owned());
    assert_eq!(context(&tokens), [app.patient.as_str(), stay]);
    assert_eq!(tokens["need_patient_banner"], true);
    assert_eq!(wire.read(&format!("Encounter/{stay}"), text(&tokens, "access_token")).await, 200);
    let fields = [("grant_type", "refresh_token"), ("refresh_token", text(&tokens, "refresh_token"))];
    let next = wire.post("token", &fields).await.json();
    assert_eq!(context(&next), [app.patient.as_str(), stay], "a refreshed token is of the same stay");

    // Where no stay is, none is told.
    let launch = platform.launch_app(&access, &client, &app.other, None).unwrap();
    let tokens = wire.tokens("launch patient/Patient.rs", &format!("&launch={launch}")).await;
    assert_eq!((text(&tokens, "patient"), tokens.get("encounter")), (app.other.as_str(), None));
    // A handle is kept for a few minutes.
    let late = platform.launch_app(&access, &client, &app.patient, Some(stay)).unwrap();
    wire.later(301);
    let asked = format!("auth/authorize?{}&launch={late}", app.asked("launch patient/Patient.rs"));
    let answer = wire.ask("GET", &asked, &[("cookie", &app.cookie)], "").await;
    assert!(answer.header("location").contains("error=invalid_request"), "{}", answer.head);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_old_key_signed_is_good_while_it_lasts() {
    let wire = Wire::open("openid patient/*.rs").await;
    let scope = "openid patient/Patient.rs";
    let first = wire.tokens(scope, &wire.for_patient()).await;
    let (old, is_good) = signed_by(text(&first, "id_token"), &wire.jwks().await);
    assert!(is_good);

    wire.later(1);
    let platform = &wire.app.house.platform;
    let access = platform.at_the_gate(&wire.app.sandbox).unwrap().unwrap();
    platform::response::take(platform, &access, &platform::response::Measure::RotateKey).unwrap();
    let second = wire.tokens(scope, &wire.for_patient()).await;
    let shown = wire.jwks().await;
    let (new, is_good) = signed_by(text(&second, "id_token"), &shown);
    assert!(is_good && new != old, "{shown}");
    assert_eq!(signed_by(text(&first, "id_token"), &shown), (old.clone(), true), "both can be looked up");
    assert_eq!(kids(&shown).len(), 2);
    let patient = format!("Patient/{}", wire.app.patient);
    assert_eq!(wire.read(&patient, text(&first, "access_token")).await, 200);
    // No half of a key goes out that could sign.
    assert!(!shown.to_string().contains("\"d\""), "{shown}");

    // A day after a key has signed for thirty days nothing of its can be in use.
    wire.later(31 * 24 * 60 * 60);
    let shown = wire.jwks().await;
    assert!(!kids(&shown).contains(&old.as_str()) && kids(&shown).len() == 1, "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn introspection_tells_of_good_tokens_to_whom_they_belong() {
    let scope = "openid offline_access patient/*.rs";
    let wire = Wire::with_secret(scope).await;
    let tokens = wire.tokens("openid offline_access patient/Patient.rs", &wire.for_patient()).await;
    let token = text(&tokens, "access_token").to_owned();
    let asked = [("token", token.as_str())];
    let told = wire.post("introspect", &asked).await;
    assert_eq!((told.status, told.header("cache-control")), (200, "no-store"));
    let told = told.json();
    for (name, expected) in [
        ("active", json!(true)),
        ("client_id", json!(wire.app.client)),
        ("sub", json!("nora")),
        ("patient", json!(wire.app.patient)),
        ("scope", tokens["scope"].clone()),
        ("aud", json!(format!("http://practicum.test/s/{}/fhir", wire.app.sandbox))),
        ("exp", json!(told["iat"].as_i64().unwrap() + 3600)),
    ] {
        assert_eq!(told[name], expected, "{name}");
    }

    // Of another client's token nothing is said, nor of what is none; the owner is told of all.
    let (other, secret) = wire.register(scope).await;
    let ask = async |header: (&str, &str), token: &str| {
        let body = encoded(&[("token", token)]);
        wire.ask("POST", "auth/introspect", &[FORM, header], &body).await
    };
    let stranger = basic(&other, &secret);
    let owner = format!("Bearer {}", wire.app.house.ana);
    let inactive = json!({"active": false});
    assert_eq!(ask(("authorization", &stranger), &token).await.json(), inactive);
    assert_eq!(ask(("authorization", &owner), &token).await.json()["active"], true);
    for nothing in ["", "pat_invented", text(&tokens, "refresh_token"), text(&tokens, "id_token")] {
        assert_eq!(wire.post("introspect", &[("token", nothing)]).await.json(), inactive, "{nothing}");
    }
    // Who does not say who it is, or only says so, learns nothing.
    let wrong = basic(&wire.app.client, "guessed");
    for header in [("x", "y"), ("authorization", wrong.as_str()), ("cookie", wire.app.cookie.as_str())] {
        assert_eq!(ask(header, &token).await.status, 401, "{header:?}");
    }

    wire.later(3600);
    assert_eq!(wire.post("introspect", &asked).await.json(), inactive, "expired");
    let fields = [("grant_type", "refresh_token"), ("refresh_token", text(&tokens, "refresh_token"))];
    let next = wire.post("token", &fields).await.json();
    let next = text(&next, "access_token").to_owned();
    let asked = [("token", next.as_str())];
    assert_eq!(wire.post("introspect", &asked).await.json()["active"], true);
    // Another client takes nothing back.
    let body = encoded(&asked);
    let taken = wire.ask("POST", "auth/revoke", &[FORM, ("authorization", &stranger)], &body).await;
    assert_eq!(taken.status, 200, "and nobody learns whether there was anything");
    assert_eq!(wire.post("introspect", &asked).await.json()["active"], true);
    assert_eq!(wire.post("revoke", &asked).await.status, 200);
    assert_eq!(wire.post("introspect", &asked).await.json(), inactive, "revoked");
    assert_eq!(wire.read("Patient", &next).await, 401);
}
