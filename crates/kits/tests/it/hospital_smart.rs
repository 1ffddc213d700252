//! A small SMART server that is right, or wrong in one way. It lets everybody in without asking, for one patient.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use data_encoding::BASE64URL_NOPAD;
use identity::assertion::{Keys, check, claimed};
use identity::pkce::verifies;
use identity::scope::Scopes;
use identity::signing::SigningKey;
use kits::form::{decoded, fields_of, with_query};
use ring::rand::SystemRandom;
use serde_json::{Value, json};

use crate::http::{Asked, Said, serve};
use crate::proving::NOW_US;

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    OffersPlain,
    LacksGrantTypes,
    NoCors,
    ShowsPrivateKey,
    RegistersScript,
    TakesNoChallenge,
    TakesPlain,
    RedirectsAnywhere,
    RedirectsToPrefixes,
    TakesAnyAudience,
    GivesImplicit,
    ForgetsState,
    NamesAnotherIssuer,
    LetsAnswersBeKept,
    SaysNoScope,
    GrantsMore,
    NamesNoPatient,
    SignsWithAnotherKey,
    ForgetsNonce,
    NamesAnotherApp,
    OpenDoor,
    ShowsEverybody,
    IgnoresCategory,
    IgnoresTypes,
    LetsWrite,
    WidensOnRefresh,
    TakesRefreshTwice,
    KeepsFamilyAfterReuse,
    IgnoresVerifier,
    TakesCodeTwice,
    KeepsTokensAfterReplay,
    ForgetsToRevoke,
    TellsStrangers,
    GrantsServicesMore,
    OpensMoreToServices,
    KnowsNoTokens,
    TakesUnsigned,
    TakesPublicKey,
    TakesOtherKeys,
    TakesAnyMeaning,
    TakesExpired,
    TakesLongLived,
    TakesOtherNames,
    TakesAssertionTwice,
    OpensForAnotherServer,
    OpensWithoutHandle,
    TakesAnyHandle,
    ForgetsTheChart,
    ForgetsBanner,
}

/// The handle of the one launch from a chart.
const HANDLE: &str = "a-handle";

/// What the chart of a hospital with this base address adds to an app's launch address.
pub(crate) fn opened(fault: Fault, base: &str) -> BTreeMap<String, String> {
    let iss = if fault == Fault::OpensForAnotherServer { "https://another.example/fhir" } else { base };
    let handle = if fault == Fault::OpensWithoutHandle { "" } else { HANDLE };
    [("iss", iss), ("launch", handle)].map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

/// What was granted, and to which family of tokens it belongs.
#[derive(Clone)]
struct Grant {
    scope: String,
    family: usize,
    client: String,
}

/// A code, with what came with it.
struct Code {
    challenge: String,
    nonce: String,
    redirect_uri: String,
    grant: Grant,
    used: bool,
}

#[derive(Default)]
struct State {
    count: usize,
    /// Redirect addresses of apps, keys of services, by client id.
    apps: BTreeMap<String, Value>,
    codes: BTreeMap<String, Code>,
    access: BTreeMap<String, Grant>,
    /// Refresh tokens, and whether they were used.
    refresh: BTreeMap<String, (Grant, bool)>,
    ended: BTreeSet<usize>,
    assertions: BTreeSet<String>,
}

struct House {
    fault: Fault,
    url: String,
    key: SigningKey,
    state: Mutex<State>,
}

/// Starts one; returns its base address.
pub(crate) fn start(fault: Fault) -> String {
    let url = serve(|url| {
        let key = SigningKey::make("house", &SystemRandom::new()).expect("a key");
        let house = House { fault, url: url.to_owned(), key, state: Mutex::default() };
        move |asked: &Asked| house.answer(asked)
    });
    format!("{url}/fhir")
}

fn refused(word: &str) -> Said {
    Said::new(400, json!({"error": word}).to_string())
}

fn public(key: &SigningKey) -> Value {
    key.public(&SystemRandom::new()).expect("it is a key")
}

impl House {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn answer(&self, asked: &Asked) -> Said {
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        let said = match path {
            "/fhir/.well-known/smart-configuration" => self.document(),
            "/jwks" => self.jwks(),
            "/register" => self.register(&asked.body),
            "/authorize" => self.authorize(&fields_of(&asked.target)),
            "/token" => self.token(&decoded(&asked.body)),
            "/introspect" => self.introspect(&decoded(&asked.body)),
            "/revoke" => self.revoke(&decoded(&asked.body)),
            _ => self.fhir(asked, path, query),
        };
        if self.is(Fault::NoCors) { said } else { said.with("Access-Control-Allow-Origin", "*") }
    }

    fn document(&self) -> Said {
        let at = |place: &str| format!("{}/{place}", self.url);
        let mut document = json!({
            "issuer": self.url,
            "jwks_uri": at("jwks"),
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "registration_endpoint": at("register"),
            "introspection_endpoint": at("introspect"),
            "revocation_endpoint": at("revoke"),
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
            "capabilities": ["launch-standalone", "launch-ehr", "sso-openid-connect", "context-standalone-patient", "context-banner"],
        });
        if self.is(Fault::OffersPlain) {
            document["code_challenge_methods_supported"] = json!(["S256", "plain"]);
        }
        if self.is(Fault::LacksGrantTypes) {
            document.as_object_mut().expect("it is an object").remove("grant_types_supported");
        }
        Said::new(200, document.to_string())
    }

    fn jwks(&self) -> Said {
        let mut key = public(&self.key);
        if self.is(Fault::ShowsPrivateKey) {
            key["d"] = json!("c2VjcmV0");
        }
        Said::new(200, json!({"keys": [key]}).to_string())
    }

    fn register(&self, body: &str) -> Said {
        let said: Value = serde_json::from_str(body).unwrap_or_default();
        let uris = said["redirect_uris"].as_array().cloned().unwrap_or_default();
        let is_bad =
            |uri: &Value| !uri.as_str().is_some_and(|uri| uri.starts_with("http") && !uri.contains('#'));
        if uris.iter().any(is_bad) && !self.is(Fault::RegistersScript) {
            return refused("invalid_redirect_uri");
        }
        let mut state = self.state.lock().expect("no thread panicked");
        state.count += 1;
        let id = format!("app-{}", state.count);
        state.apps.insert(id.clone(), said);
        Said::new(201, json!({"client_id": id}).to_string())
    }

    fn authorize(&self, query: &BTreeMap<String, String>) -> Said {
        let get = |name: &str| query.get(name).cloned().unwrap_or_default();
        let mut state = self.state.lock().expect("no thread panicked");
        let (client, redirect_uri) = (get("client_id"), get("redirect_uri"));
        let registered = &state.apps.get(&client).cloned().unwrap_or_default()["redirect_uris"];
        let is_registered = registered.as_array().into_iter().flatten().any(|one| {
            let one = one.as_str().unwrap_or_default();
            one == redirect_uri || self.is(Fault::RedirectsToPrefixes) && redirect_uri.starts_with(one)
        });
        if !is_registered && !self.is(Fault::RedirectsAnywhere) {
            return Said::new(400, "not registered");
        }
        let back = |fields: &[(&str, String)]| {
            let fields: Vec<(String, String)> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            Said::new(302, "").with("Location", with_query(&redirect_uri, &fields))
        };
        let wrong = |word: &str| back(&[("error", word.to_owned()), ("state", get("state"))]);
        if get("response_type") != "code" && !self.is(Fault::GivesImplicit) {
            return wrong("unsupported_response_type");
        }
        match get("code_challenge_method").as_str() {
            "S256" => {}
            "" if self.is(Fault::TakesNoChallenge) => {}
            "plain" if self.is(Fault::TakesPlain) => {}
            _ => return wrong("invalid_request"),
        }
        if get("aud") != format!("{}/fhir", self.url) && !self.is(Fault::TakesAnyAudience) {
            return wrong("invalid_request");
        }
        if query.get("launch").is_some_and(|handle| handle != HANDLE) && !self.is(Fault::TakesAnyHandle) {
            return wrong("invalid_request");
        }
        state.count += 1;
        let (code, family) = (format!("code-{}", state.count), state.count);
        let mut scope = get("scope");
        if self.is(Fault::GrantsMore) {
            scope.push_str(" patient/Goal.rs");
        }
        let grant = Grant { scope, family, client };
        let kept = Code {
            challenge: get("code_challenge"),
            nonce: get("nonce"),
            redirect_uri: redirect_uri.clone(),
            grant,
            used: false,
        };
        state.codes.insert(code.clone(), kept);
        let own = if self.is(Fault::ForgetsState) { "forgotten".to_owned() } else { get("state") };
        let iss = if self.is(Fault::NamesAnotherIssuer) { "https://another.example" } else { &self.url };
        back(&[("code", code), ("state", own), ("iss", iss.to_owned())])
    }

    fn token(&self, form: &BTreeMap<String, String>) -> Said {
        let get = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        match get("grant_type") {
            "authorization_code" => self.by_code(&get),
            "refresh_token" => self.by_refresh(&get),
            "client_credentials" => self.by_key(&get),
            _ => refused("unsupported_grant_type"),
        }
    }

    fn by_code<'a>(&self, get: &dyn Fn(&str) -> &'a str) -> Said {
        let mut state = self.state.lock().expect("no thread panicked");
        let Some(code) = state.codes.get_mut(get("code")) else { return refused("invalid_grant") };
        let (grant, nonce) = (code.grant.clone(), code.nonce.clone());
        if code.used && !self.is(Fault::TakesCodeTwice) {
            if !self.is(Fault::KeepsTokensAfterReplay) {
                state.ended.insert(grant.family);
            }
            return refused("invalid_grant");
        }
        let proven = verifies(&code.challenge, get("code_verifier")) || self.is(Fault::IgnoresVerifier);
        if !proven || code.redirect_uri != get("redirect_uri") {
            return refused("invalid_grant");
        }
        code.used = true;
        let mut answer = self.issue(&mut state, &grant, true);
        let is_of_chart = grant.scope.split(' ').any(|word| word == "launch");
        let is_forgotten = self.is(Fault::NamesNoPatient) || is_of_chart && self.is(Fault::ForgetsTheChart);
        if !is_forgotten {
            answer["patient"] = json!("one");
        }
        if !self.is(Fault::ForgetsBanner) {
            answer["need_patient_banner"] = json!(true);
        }
        answer["id_token"] = json!(self.id_token(&grant.client, &nonce));
        self.given(&answer)
    }

    fn issue(&self, state: &mut State, grant: &Grant, refreshed: bool) -> Value {
        state.count += 1;
        let (access, refresh) = (format!("access-{}", state.count), format!("refresh-{}", state.count));
        state.access.insert(access.clone(), grant.clone());
        let mut answer =
            json!({"access_token": access, "token_type": "Bearer", "expires_in": 300, "scope": grant.scope});
        if refreshed {
            state.refresh.insert(refresh.clone(), (grant.clone(), false));
            answer["refresh_token"] = json!(refresh);
        }
        if self.is(Fault::SaysNoScope) {
            answer.as_object_mut().expect("it is an object").remove("scope");
        }
        answer
    }

    fn given(&self, answer: &Value) -> Said {
        let said = Said::new(200, answer.to_string());
        if self.is(Fault::LetsAnswersBeKept) { said } else { said.with("Cache-Control", "no-store") }
    }

    fn id_token(&self, client: &str, nonce: &str) -> String {
        let now_s = NOW_US / 1_000_000;
        let client = if self.is(Fault::NamesAnotherApp) { "another" } else { client };
        let mut claims = json!({
            "iss": self.url, "sub": "nora", "aud": client, "iat": now_s, "exp": now_s + 300, "nonce": nonce,
        });
        if self.is(Fault::ForgetsNonce) {
            claims["nonce"] = json!("forgotten");
        }
        let random = SystemRandom::new();
        match self.is(Fault::SignsWithAnotherKey) {
            true => SigningKey::make("house", &random).and_then(|key| key.sign(&claims, &random)),
            false => self.key.sign(&claims, &random),
        }
        .expect("it signs")
    }

    fn by_refresh<'a>(&self, get: &dyn Fn(&str) -> &'a str) -> Said {
        let mut state = self.state.lock().expect("no thread panicked");
        let Some((mut grant, used)) = state.refresh.get(get("refresh_token")).cloned() else {
            return refused("invalid_grant");
        };
        if !get("scope").is_empty() {
            if !self.is(Fault::WidensOnRefresh) {
                return refused("invalid_scope");
            }
            grant.scope = get("scope").to_owned();
        }
        if state.ended.contains(&grant.family) {
            return refused("invalid_grant");
        }
        if used && !self.is(Fault::TakesRefreshTwice) {
            if !self.is(Fault::KeepsFamilyAfterReuse) {
                state.ended.insert(grant.family);
            }
            return refused("invalid_grant");
        }
        state.refresh.insert(get("refresh_token").to_owned(), (grant.clone(), true));
        let answer = self.issue(&mut state, &grant, true);
        self.given(&answer)
    }

    fn by_key<'a>(&self, get: &dyn Fn(&str) -> &'a str) -> Said {
        let mut state = self.state.lock().expect("no thread panicked");
        let Some(client) = self.believed(&mut state, get("client_assertion")) else {
            return refused("invalid_client");
        };
        let registered = state.apps[&client]["scope"].as_str().unwrap_or_default().to_owned();
        let asked = get("scope").to_owned();
        let scope = match self.is(Fault::GrantsServicesMore) {
            true => asked,
            false => Scopes::read(&registered).0.meet(&Scopes::read(&asked).0).to_string(),
        };
        state.count += 1;
        let grant = Grant { scope, family: state.count, client };
        let answer = self.issue(&mut state, &grant, false);
        self.given(&answer)
    }

    /// The client that signed an assertion, or that a fault believes in.
    fn believed(&self, state: &mut State, assertion: &str) -> Option<String> {
        let claims =
            assertion.split('.').nth(1).and_then(|part| BASE64URL_NOPAD.decode(part.as_bytes()).ok())?;
        let header =
            assertion.split('.').next().and_then(|part| BASE64URL_NOPAD.decode(part.as_bytes()).ok())?;
        let claims: Value = serde_json::from_slice(&claims).ok()?;
        let header: Value = serde_json::from_slice(&header).ok()?;
        let client = claimed(assertion)
            .map(|claimed| claimed.client)
            .or_else(|| claims["sub"].as_str().map(str::to_owned))?;
        let keys = Keys::read(&state.apps.get(&client)?["jwks"]).ok()?;
        let (audience, now_s) = (format!("{}/token", self.url), NOW_US / 1_000_000);
        let why = check(assertion, &client, &keys, &audience, now_s).err();
        let excused =
            |word: &str, fault: Fault| self.is(fault) && why.as_ref().is_some_and(|why| why.contains(word));
        let fine = why.is_none()
            || header["alg"] == "none" && self.is(Fault::TakesUnsigned)
            || header["alg"] == "HS384" && self.is(Fault::TakesPublicKey)
            || excused("not signed", Fault::TakesOtherKeys)
            || excused("not meant", Fault::TakesAnyMeaning)
            || excused("expired", Fault::TakesExpired)
            || excused("too long", Fault::TakesLongLived)
            || excused("iss and sub", Fault::TakesOtherNames);
        let is_new =
            state.assertions.insert(claims["jti"].to_string()) || self.is(Fault::TakesAssertionTwice);
        (fine && is_new).then_some(client)
    }

    fn introspect(&self, form: &BTreeMap<String, String>) -> Said {
        let mut state = self.state.lock().expect("no thread panicked");
        let assertion = form.get("client_assertion").cloned().unwrap_or_default();
        let asker = self.believed(&mut state, &assertion);
        if asker.is_none() && !self.is(Fault::TellsStrangers) {
            return refused("invalid_client");
        }
        let found = form.get("token").and_then(|token| state.access.get(token));
        let answer = match found.filter(|_| !self.is(Fault::KnowsNoTokens)) {
            Some(grant) => {
                json!({"active": true, "scope": grant.scope, "client_id": grant.client, "exp": NOW_US / 1_000_000 + 300})
            }
            None => json!({"active": false}),
        };
        Said::new(200, answer.to_string())
    }

    fn revoke(&self, form: &BTreeMap<String, String>) -> Said {
        let mut state = self.state.lock().expect("no thread panicked");
        if !self.is(Fault::ForgetsToRevoke) {
            let token = form.get("token").cloned().unwrap_or_default();
            state.access.remove(&token);
        }
        Said::new(200, "")
    }

    fn fhir(&self, asked: &Asked, path: &str, query: &str) -> Said {
        let state = self.state.lock().expect("no thread panicked");
        let token = asked.headers.get("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let grant = token.and_then(|token| state.access.get(token));
        let grant = grant.filter(|grant| !state.ended.contains(&grant.family));
        let scopes = match grant {
            Some(grant) => Scopes::read(&grant.scope).0,
            None if self.is(Fault::OpenDoor) => Scopes::read("patient/*.rs").0,
            None => return Said::new(401, "who are you"),
        };
        let kind = path.trim_start_matches("/fhir/").split('/').next().unwrap_or_default().to_owned();
        if asked.method == "POST" {
            return Said::new(if self.is(Fault::LetsWrite) { 201 } else { 403 }, "{}");
        }
        let own = scopes.resources().find(|scope| scope.is_about(&kind));
        let is_service = scopes.has_level(identity::scope::Level::System);
        let more =
            if is_service { self.is(Fault::OpensMoreToServices) } else { self.is(Fault::IgnoresTypes) };
        if own.is_none() && !more {
            return Said::new(403, "out of reach");
        }
        if path == "/fhir/Patient/one" {
            return Said::new(200, json!({"resourceType": "Patient", "id": "one"}).to_string());
        }
        let bounded = own.is_some_and(|own| !own.filter.is_empty()) && !self.is(Fault::IgnoresCategory);
        let entries = match kind.as_str() {
            "Patient" if self.is(Fault::ShowsEverybody) && !is_service && query.contains("10") => {
                vec![
                    json!({"resourceType": "Patient", "id": "one"}),
                    json!({"resourceType": "Patient", "id": "two"}),
                ]
            }
            "Patient" => vec![json!({"resourceType": "Patient", "id": "one"})],
            "Observation" if bounded => vec![observation("pulse", "vital-signs")],
            "Observation" => vec![observation("pulse", "vital-signs"), observation("sodium", "laboratory")],
            other => vec![json!({"resourceType": other, "id": "x"})],
        };
        let entries: Vec<Value> = entries.into_iter().map(|one| json!({"resource": one})).collect();
        Said::new(200, json!({"resourceType": "Bundle", "type": "searchset", "entry": entries}).to_string())
    }
}

fn observation(id: &str, category: &str) -> Value {
    let system = "http://terminology.hl7.org/CodeSystem/observation-category";
    json!({
        "resourceType": "Observation",
        "id": id,
        "category": [{"coding": [{"system": system, "code": category}]}],
    })
}
