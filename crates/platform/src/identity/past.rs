//! People and apps that a hospital had before its learner came, and what they did at its identity provider.

use identity::client::{Authentication, Client, GrantType};
use identity::grant::Subject;
use identity::totp;
use serde_json::json;
use store::StoreError;

use super::keep::{Kind, event, find, keep};
use super::users::User;
use crate::access::{Access, outcome};
use crate::entropy::Entropy;
use crate::people::PeopleError;
use crate::people::password::Passwords;

/// People who share a password, which was drawn and is nobody's to guess.
pub(crate) struct Peopled<'a> {
    pub(crate) password: &'a str,
    /// Login, name, role, and who they are in the records.
    pub(crate) people: Vec<(&'a str, &'a str, &'a str, Option<&'a str>)>,
}

/// An app that a hospital had before its learner came.
pub(crate) struct PastApp<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    /// Where browsers are sent back to.
    pub(crate) back: &'a str,
    /// Whether the app alone checks whose records somebody may see.
    pub(crate) checks_itself: bool,
}

/// Lets people and apps be known at the identity provider.
pub(crate) fn people(
    access: &Access,
    groups: &[Peopled<'_>],
    apps: &[PastApp<'_>],
    entropy: &dyn Entropy,
) -> Result<(), PeopleError> {
    let hashed = groups.iter().map(|group| Passwords::hash_drawn(group.password, entropy));
    let hashes = hashed.collect::<Result<Vec<_>, _>>()?;
    access.change("auth.user", |change| {
        for (group, password) in groups.iter().zip(&hashes) {
            for (login, name, role, record) in &group.people {
                let subject = Subject {
                    login: (*login).to_owned(),
                    name: (*name).to_owned(),
                    fhir_user: record.map(str::to_owned),
                };
                let (role, password) = ((*role).to_owned(), password.clone());
                let user = User { subject, role, password, totp: None, totp_last: None };
                keep(change, access, Kind::User, login, &user)?;
            }
        }
        for past in apps {
            let app = Client {
                id: past.id.to_owned(),
                name: past.name.to_owned(),
                redirect_uris: vec![past.back.to_owned()],
                launch_url: None,
                authentication: Authentication::None,
                grant_types: vec![GrantType::AuthorizationCode],
                scopes: None,
                checks_itself: past.checks_itself,
                jwks: None,
                jwks_uri: None,
                secret_hash: None,
                registered_by: Some(access.actor().to_owned()),
                registered_us: access.wall_us(),
            };
            keep(change, access, Kind::App, past.id, &app)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(())
}

/// Journals a sign-in that was, as [`sign_in_user`](crate::Platform::sign_in_user) does, and the token that the app got.
pub(crate) fn signed_in_before(
    access: &Access,
    login: &str,
    client: &str,
    right: bool,
) -> Result<(), StoreError> {
    let access = access.acting_as(login, "browser");
    let word = if right { outcome::OK } else { identity::Code::AccessDenied.word() };
    access.note(event(&access, "auth.login", word, json!({"login": login})))?;
    if right {
        let detail = json!({"client": client, "grant_type": "authorization_code", "login": login});
        access.note(event(&access, "auth.token", outcome::OK, detail))?;
    }
    Ok(())
}

/// The code that the authenticator app of an account shows now; nothing for one that has none.
pub(crate) fn code_of(access: &Access, login: &str) -> Result<Option<String>, StoreError> {
    let user: Option<User> = access.sandbox().view(|view| find(view, Kind::User, login))?;
    let secret = user.map(|user| user.totp_secret(access)).transpose()?.flatten();
    Ok(secret.map(|secret| totp::at(&secret, access.wall_us() / 1_000_000 / totp::STEP_S)))
}
