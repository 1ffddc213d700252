use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::Platform;
use platform::access::Access;
use platform::fhir::{Answer, Context, FhirError, Interaction, perform};
use platform::identity::{Client, Code, IdentityError, Refusal, Request, Scopes, Session, redirect};
use serde_json::Value;

use super::authorize::{CHOSEN, LOOKING};
use super::gate::Gate;
use crate::signed_in::SignedIn;
use crate::web::pages::theme_of;
use crate::web::ui::{
    Field, Look, Page, Takes, Tone, csrf_field, narrow_sheet, notice, page, submit, submit_as, tag,
};

/// The address of the pages that need no address: patients are looked for here, and nothing leaves.
const NO_BASE: &str = "";
/// Patients offered at a time.
const OFFERED: &str = "20";

/// A patient as they are offered and shown.
pub(super) struct Named {
    id: String,
    name: String,
    born: String,
}

/// What is known of the patient of a request.
pub(super) enum Patients {
    /// This one.
    Chosen(Named),
    /// One of these, found by a name.
    ToChoose(Vec<Named>, Option<String>),
}

/// The patients of a name, or some.
pub(super) fn look_for(
    platform: &Platform,
    access: &Access,
    name: Option<&str>,
) -> Result<Vec<Named>, IdentityError> {
    let mut parameters =
        vec![("_count".to_owned(), OFFERED.to_owned()), ("_sort".to_owned(), "family".to_owned())];
    parameters.extend(name.map(|name| ("name".to_owned(), name.to_owned())));
    let asked = Interaction::Search { kind: "Patient", parameters: &parameters, strict: false };
    let Answer::Made(body) = ask(platform, access, &asked)? else { return Ok(Vec::new()) };
    let bundle: Value = serde_json::from_slice(&body).unwrap_or_default();
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    Ok(entries
        .iter()
        .filter(|entry| entry["search"]["mode"] == "match")
        .map(|entry| read(&entry["resource"]))
        .collect())
}

/// The patient of an id.
pub(super) fn named(platform: &Platform, access: &Access, id: &str) -> Result<Named, IdentityError> {
    let asked = Interaction::Read { kind: "Patient", id, known_version: None };
    match ask(platform, access, &asked)? {
        Answer::Resource(stored) => Ok(read(&serde_json::from_slice(&stored.body).unwrap_or_default())),
        _ => Err(Refusal::new(Code::InvalidRequest, "there is no such patient").into()),
    }
}

fn ask(platform: &Platform, access: &Access, asked: &Interaction<'_>) -> Result<Answer, IdentityError> {
    let limits = &platform.limits().json;
    let context = Context { access, base_url: NO_BASE, entropy: platform.entropy(), limits };
    perform(&context, asked)
        .map_err(|error: FhirError| Refusal::new(Code::InvalidRequest, error.to_string()).into())
}

fn read(patient: &Value) -> Named {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let name = &patient["name"][0];
    let given: Vec<String> = name["given"].as_array().into_iter().flatten().map(text).collect();
    Named {
        id: text(&patient["id"]),
        name: format!("{} {}", given.join(" "), text(&name["family"])).trim().to_owned(),
        born: text(&patient["birthDate"]),
    }
}

/// The page where a person of the hospital signs in. Whoever is signed in to Practicum may go on as themselves.
pub(super) fn sign_in(
    gate: &Gate,
    headers: &HeaderMap,
    asked: &str,
    login: &str,
    workstation: Option<&SignedIn>,
    problem: Option<&str>,
) -> Response {
    let field = Field::new("login", "Hospital login").value(login).autocomplete("username").required();
    let password =
        Field::new("password", "Password").takes(Takes::Password).autocomplete("current-password").required();
    let code = Field::new("code", "Code")
        .hint("The six digits of your authenticator app; leave it empty if you have none.")
        .autocomplete("one-time-code");
    let content = html! {
        p { "An app asks for access to the records of hospital " code { (gate.sandbox) } ". Say who you are first." }
        @if let Some(problem) = problem { (notice(Tone::Bad, None, &html! { (problem) })) }
        form.stack method="post" action=(gate.at("sign-in")) {
            input type="hidden" name="asked" value=(asked);
            (field) (password) (code)
            div.form-actions { (submit("Sign in", Look::Primary)) }
        }
        @if let Some(own) = workstation {
            form.stack method="post" action=(gate.at("continue")) {
                input type="hidden" name="asked" value=(asked);
                (csrf_field(own.csrf.as_ref().map(|token| token.as_str()).unwrap_or_default()))
                p { "Or go on as the person who is signed in to Practicum in this browser." }
                div.form-actions { (submit(&format!("Go on as {}", own.person.name), Look::Plain)) }
            }
        }
    };
    shown(StatusCode::OK, headers, "Sign in to the hospital", &content, None)
}

/// The page where a person chooses the patient that the app is for.
pub(super) fn choose(
    client: &Client,
    headers: &HeaderMap,
    parameters: &[(String, String)],
    asked: &str,
    found: &[Named],
    looking: Option<&str>,
) -> Response {
    let kept = parameters.iter().filter(|(name, _)| name != LOOKING && name != CHOSEN);
    let content = html! {
        p { strong { (client.name) } " works with one patient at a time. Whose records is it for?" }
        form.search method="get" role="search" {
            @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
            (Field::new(LOOKING, "Name").value(looking.unwrap_or_default()).autocomplete("off"))
            (submit("Look", Look::Plain))
        }
        @if found.is_empty() { p { "Nobody of that name is in this hospital." } }
        ul.stack role="list" {
            @for patient in found {
                @let href = redirect::with_parameters(&format!("?{asked}"), &[(CHOSEN, &patient.id)]);
                li { a href=(href) { (patient.name) } " " span.muted { "born " (patient.born) } }
            }
        }
    };
    shown(StatusCode::OK, headers, "Choose a patient", &content, None)
}

/// The page where a person agrees, to all of it or a part, or does not.
#[expect(clippy::too_many_arguments, reason = "they are what the page shows")]
pub(super) fn consent(
    gate: &Gate,
    client: &Client,
    headers: &HeaderMap,
    asked: &str,
    request: &Request,
    scopes: &Scopes,
    session: &Session,
    patients: Option<Patients>,
) -> Response {
    let patient = match patients {
        Some(Patients::Chosen(patient)) => Some(patient),
        _ => None,
    };
    let content = html! {
        p { strong { (client.name) } " asks to act for " strong { (session.subject.name) } "." }
        @if client.registered_by.is_none() {
            (notice(Tone::Warn, None, &html! { "This app registered itself; nobody of the hospital has vouched for it." }))
        }
        @if let Some(patient) = &patient {
            p { "Patient: " strong { (patient.name) } ", born " (patient.born) "." }
        }
        form.stack method="post" action=(gate.at("consent")) {
            (csrf_field(session.csrf.as_str()))
            input type="hidden" name="asked" value=(asked);
            @if let Some(patient) = &patient { input type="hidden" name="patient" value=(patient.id); }
            fieldset.choices {
                legend { "It wants to" }
                @for scope in scopes.as_slice() {
                    @let word = scope.to_string();
                    div.choice {
                        input type="checkbox" id=(word) name="scope" value=(word) checked;
                        label for=(word) { (scope.explain()) }
                        small { code { (word) } }
                    }
                }
            }
            @if !session.subject.is_patient() {
                p.muted { "Whatever you allow, it does no more than your own role may do." }
            }
            p.muted { "The answer goes to " code { (redirect::origin(&request.redirect_uri)) } "." }
            div.form-actions {
                (submit_as("Allow", Look::Primary, "decision", "allow"))
                (submit_as("Do not allow", Look::Plain, "decision", "deny"))
            }
        }
    };
    shown(StatusCode::OK, headers, "Allow this app?", &content, Some(redirect::origin(&request.redirect_uri)))
}

/// The page that says why a browser is not sent anywhere.
pub(super) fn refused(headers: &HeaderMap, refusal: &Refusal) -> Response {
    let content = html! {
        (notice(Tone::Bad, None, &html! { (refusal.what) "." }))
        p { "The app's request was not answered, and your browser was not sent to it. " (tag(Tone::Neutral, refusal.code.word())) }
    };
    let status = match refusal.code {
        Code::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    shown(status, headers, "This app cannot be let in", &content, None)
}

/// The page that sends a browser on to an app, and shows what with: no form, so that any registered address may follow.
pub(crate) fn sent_on(headers: &HeaderMap, app: &str, address: &str, given: &[(&str, &str)]) -> Response {
    let content = html! {
        p { "The chart hands over to " strong { (app) } " with these two things. Who the patient is, the app learns with its token." }
        dl.facts { @for (name, value) in given { dt { code { (name) } } dd { code { (value) } } } }
        p { a.button.button-primary href=(address) rel="noopener noreferrer" { "Open " (app) } }
    };
    shown(StatusCode::OK, headers, &format!("Opening {app}"), &content, None)
}

fn shown(
    status: StatusCode,
    headers: &HeaderMap,
    title: &str,
    content: &Markup,
    sends_to: Option<&str>,
) -> Response {
    let frame = Page { title, theme: theme_of(headers), ..Page::default() };
    let mut response = (status, page(&frame, &narrow_sheet(title, content))).into_response();
    let own = response.headers_mut();
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(sends_to) = sends_to {
        // A form's answer may send the browser to the app, whose address was checked when it was registered.
        let policy = format!(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; \
             base-uri 'none'; frame-ancestors 'none'; form-action 'self' {sends_to}"
        );
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            own.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    response
}
