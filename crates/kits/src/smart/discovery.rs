//! Where everything is, and registering.

use serde_json::{Value, json};

use super::ask::{self, base, endpoint, offers, said, test};
use crate::model::{Group, Stop, Weight};
use crate::run::Step;
use crate::wire::http::Request;

/// The group.
pub(super) fn group() -> Group {
    Group {
        id: "smart/discovery".to_owned(),
        title: "Discovery and registration".to_owned(),
        about: "What an app finds out, and says of itself, before it asks for anything.".to_owned(),
        tests: vec![
            test("discovery/document", "The server says where to ask and what it can do", document)
                .of(&["smart.discovery", "smart.pkce", "smart.tls"])
                .gives(&["smart"]),
            test("discovery/cors", "Pages of other origins may read it", cors)
                .of(&["smart.cors"])
                .needs(&["smart"]),
            test("discovery/keys", "The keys of ID tokens are published", keys)
                .of(&["openid.id-token"])
                .needs(&["smart"])
                .gives(&["jwks"]),
            test("discovery/registered", "An app without a secret can be registered", registered)
                .about("Where a client id was given, that app is used.")
                .of(&["smart.discovery"])
                .needs(&["smart"])
                .gives(&["client", "opens_at"]),
            test(
                "discovery/bad-address",
                "No app is registered with an address that runs script",
                bad_address,
            )
            .of(&["oauth.redirect"])
            .needs(&["smart"]),
        ],
        ..Group::default()
    }
}

fn document(step: &mut Step<'_>) -> Result<(), Stop> {
    let url = format!("{}/.well-known/smart-configuration", base(step));
    let response = step.http(&Request::get(&url).with("accept", "application/json"))?;
    if !response.is_success() {
        return Err(Stop::Fail(format!("{url} was answered with {}", response.status)));
    }
    let found = ask::json(&response);
    if !found.is_object() {
        return Err(Stop::Fail(format!("{url} is no JSON object")));
    }
    step.give("smart", found.to_string());
    let needed = [
        "authorization_endpoint",
        "token_endpoint",
        "grant_types_supported",
        "capabilities",
        "code_challenge_methods_supported",
    ];
    let lacking: Vec<String> =
        needed.into_iter().filter(|name| found.get(*name).is_none()).map(str::to_owned).collect();
    if !lacking.is_empty() {
        let text = format!("it lacks {}", lacking.join(", "));
        step.unseen(lacking);
        return Err(Stop::Fail(text));
    }
    if offers(step, "capabilities", "sso-openid-connect") {
        let unnamed = ["issuer", "jwks_uri"].into_iter().find(|name| !found[*name].is_string());
        if let Some(name) = unnamed {
            return Err(Stop::Fail(format!("it offers sso-openid-connect and names no {name}")));
        }
    }
    if !offers(step, "code_challenge_methods_supported", "S256") {
        return Err(Stop::Fail("code_challenge_methods_supported has no S256".to_owned()));
    }
    if offers(step, "code_challenge_methods_supported", "plain") {
        return Err(Stop::Fail(
            "code_challenge_methods_supported has plain, which must not be offered".to_owned(),
        ));
    }
    if !base(step).starts_with("https://") {
        step.note(Weight::Warning, "it is reached without TLS: fine on one machine, nowhere else");
    }
    Ok(())
}

fn cors(step: &mut Step<'_>) -> Result<(), Stop> {
    let url = format!("{}/.well-known/smart-configuration", base(step));
    let response = step.http(&Request::get(url).with("origin", "https://app.example"))?;
    allows_origin(response.header("access-control-allow-origin"), "the discovery document")
}

/// Whether a page of `https://app.example` may read an answer.
pub(super) fn allows_origin(header: Option<&str>, what: &str) -> Result<(), Stop> {
    match header {
        Some("*" | "https://app.example") => Ok(()),
        Some(other) => Err(Stop::Fail(format!("{what} may be read by {other} alone"))),
        None => Err(Stop::Fail(format!("{what} comes without Access-Control-Allow-Origin"))),
    }
}

fn keys(step: &mut Step<'_>) -> Result<(), Stop> {
    if !offers(step, "capabilities", "sso-openid-connect") {
        return Err(Stop::Omit("the server does not offer sso-openid-connect".to_owned()));
    }
    let url = endpoint(step, "jwks_uri");
    let response = step.http(&Request::get(&url))?;
    let found = ask::json(&response);
    let all = found["keys"].as_array().filter(|keys| !keys.is_empty());
    let Some(all) = all.filter(|_| response.is_success()) else {
        return Err(Stop::Fail(format!("{url} holds no keys")));
    };
    if all.iter().any(|key| ["d", "p", "q", "k"].iter().any(|part| key.get(part).is_some())) {
        return Err(Stop::Fail(format!("{url} shows the private half of a key")));
    }
    step.give("jwks", found.to_string());
    Ok(())
}

/// Registers an app.
pub(super) fn register(step: &mut Step<'_>, said: &Value) -> Result<crate::wire::http::Response, Stop> {
    let url = ask::optional_endpoint(step, "registration_endpoint")?;
    let request = Request::post(url, "application/json", said.to_string()).with("accept", "application/json");
    let request = match step.value("token") {
        token if token.is_empty() => request,
        token => request.with("authorization", &format!("Bearer {token}")),
    };
    step.http(&request)
}

fn registered(step: &mut Step<'_>) -> Result<(), Stop> {
    // A chart adds iss and launch; by the rest it is known which run is meant.
    let opens_at = format!("{}?state={}", step.value("callback"), ask::secret());
    step.give("opens_at", &opens_at);
    let given = step.value("client_id");
    if !given.is_empty() {
        step.give("client", given);
        return Ok(());
    }
    let (callback, scope) = (step.value("callback"), step.value("scope"));
    let response = register(
        step,
        &json!({
            "client_name": "SMART test kit",
            "redirect_uris": [callback],
            "token_endpoint_auth_method": "none",
            "grant_types": ["authorization_code", "refresh_token"],
            "scope": format!("launch {scope}"),
            // By one name or the other; what a server does not know it leaves out (RFC 7591, 2).
            "launch_url": opens_at,
            "initiate_login_uri": opens_at,
        }),
    )?;
    let id = ask::json(&response)["client_id"].as_str().map(str::to_owned);
    match id.filter(|_| response.is_success()) {
        Some(id) => {
            step.give("client", id);
            Ok(())
        }
        None => Err(Stop::Fail(format!(
            "the app was not registered ({}); register one by hand and give its client id",
            said(&response)
        ))),
    }
}

fn bad_address(step: &mut Step<'_>) -> Result<(), Stop> {
    for address in ["javascript:alert(1)", "https://app.example/callback#fragment"] {
        let response = register(
            step,
            &json!({
                "client_name": "SMART test kit",
                "redirect_uris": [address],
                "token_endpoint_auth_method": "none",
                "grant_types": ["authorization_code"],
            }),
        )?;
        if response.is_success() {
            return Err(Stop::Fail(format!("an app was registered with {address} to come back to")));
        }
    }
    Ok(())
}
