use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::html;
use platform::identity::{IdentityError, NewUser};
use serde::Deserialize;
use serde_json::{Value, json};

use super::page::shown;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Tone, code_block, notice};

#[derive(Debug, Deserialize)]
pub(super) struct NewApp {
    client_name: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    launch_url: String,
    #[serde(default)]
    scope: String,
    kind: String,
    #[serde(default)]
    jwks: String,
    #[serde(default)]
    jwks_uri: String,
}

impl NewApp {
    /// The same as a program says it (RFC 7591).
    fn metadata(&self) -> Value {
        let mut said = json!({
            "client_name": self.client_name,
            "token_endpoint_auth_method": self.kind,
            "scope": self.scope,
        });
        let mut grants = vec![];
        if self.redirect_uri.trim().is_empty() {
            grants.push("client_credentials");
        } else {
            grants.extend(["authorization_code", "refresh_token"]);
            said["redirect_uris"] = json!([self.redirect_uri.trim()]);
        }
        said["grant_types"] = json!(grants);
        if !self.launch_url.trim().is_empty() {
            said["launch_url"] = json!(self.launch_url.trim());
        }
        if !self.jwks.trim().is_empty() {
            said["jwks"] = serde_json::from_str(&self.jwks).unwrap_or_else(|_| json!(self.jwks));
        }
        if !self.jwks_uri.trim().is_empty() {
            said["jwks_uri"] = json!(self.jwks_uri.trim());
        }
        said
    }
}

/// `POST …/apps`.
pub(super) async fn register(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<NewApp>,
) -> Result<Response, Fault> {
    let metadata = form.fields.metadata().to_string();
    let by = form.visitor.person.login;
    let done = inside.run(&app, move |platform, access| {
        Ok::<_, IdentityError>(platform.register_app(access, metadata.as_bytes(), Some(&by)))
    });
    match done.await? {
        Err(IdentityError::Refused(refusal)) => Ok(Said::badly(refusal.what).at(&inside.to("apps"))),
        Err(error) => Err(error.into()),
        Ok(registered) => {
            let news = html! {
                div role="status" {
                    (notice(Tone::Good, Some(&format!("{} is registered", registered.client.name)), &html! {
                        (code_block("client-id", "Its client id", &registered.client.id))
                        @if let Some(secret) = &registered.secret {
                            p { "Copy the secret now: it is shown this once and kept nowhere." }
                            (code_block("client-secret", "Its secret", secret))
                        }
                    }))
                }
            };
            Ok(shown(&app, &inside, &news).await?.into_response())
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct OldApp {
    client: String,
}

/// `POST …/apps/remove`.
pub(super) async fn remove(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<OldApp>,
) -> Result<Response, Fault> {
    let client = form.fields.client;
    inside.run(&app, move |platform, access| platform.remove_app(access, &client)).await?;
    Ok(Said::well("The app is removed, and its tokens with it.").at(&inside.to("apps")))
}

#[derive(Debug, Deserialize)]
pub(super) struct NewPerson {
    login: String,
    name: String,
    password: String,
    role: String,
    #[serde(default)]
    fhir_user: String,
    #[serde(default)]
    with_totp: String,
}

/// `POST …/apps/people`.
pub(super) async fn add_person(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<NewPerson>,
) -> Result<Response, Fault> {
    let NewPerson { login, name, password, role, fhir_user, with_totp } = form.fields;
    let fhir_user = Some(fhir_user).filter(|who| !who.is_empty());
    let new = NewUser { login, name, role, password, fhir_user, with_totp: !with_totp.is_empty() };
    let done =
        inside.run(&app, move |platform, access| Ok::<_, IdentityError>(platform.add_user(access, new)));
    match done.await? {
        Err(IdentityError::Refused(refusal)) => Ok(Said::badly(refusal.what).at(&inside.to("apps"))),
        Err(error) => Err(error.into()),
        Ok((user, secret)) => {
            let news = html! {
                div role="status" {
                    (notice(Tone::Good, Some(&format!("{} may sign in", user.subject.name)), &html! {
                        @if let Some(secret) = &secret {
                            p { "Type this into an authenticator app (by time, six digits, 30 seconds). It is shown this once." }
                            (code_block("totp", "Secret of the authenticator app", secret))
                        }
                    }))
                }
            };
            Ok(shown(&app, &inside, &news).await?.into_response())
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// `POST …/apps/key`.
pub(super) async fn rotate(
    State(app): State<App>,
    inside: Inside,
    _form: PageForm<Nothing>,
) -> Result<Response, Fault> {
    inside.run(&app, |platform, access| platform.rotate_key(access)).await?;
    Ok(Said::well("A new key signs from now on; the one before can still be looked up.")
        .at(&inside.to("apps")))
}
