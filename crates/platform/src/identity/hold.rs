//! What the security desk can do to accounts and apps: inside a change, so that it is there with its entry or not at all.

use identity::client::Client;
use identity::scope::Scopes;
use identity::token::Family;
use store::StoreError;
use store::sandbox::Change;

use super::authenticator::{new_totp, sealed};
use super::keep::{Kind, all, find, forget, keep};
use super::mint::AccessToken;
use super::users::{Kept, User};
use crate::access::Access;
use crate::entropy::Entropy;

/// Ends every session, token and family of an account. Returns how many there were.
pub(crate) fn end_account(change: &Change<'_>, access: &Access, login: &str) -> Result<usize, StoreError> {
    let mut ended = 0;
    for (key, session) in all::<Kept>(change.view(), Kind::Session)? {
        if session.subject.login == login {
            forget(change, Kind::Session, &key)?;
            ended += 1;
        }
    }
    let of_account =
        |grant: &identity::grant::Grant| grant.subject.as_ref().is_some_and(|own| own.login == login);
    Ok(ended + end_grants(change, access, &of_account)?)
}

/// Ends every token and family of an app. Returns how many there were.
pub(crate) fn end_client(change: &Change<'_>, access: &Access, client: &str) -> Result<usize, StoreError> {
    end_grants(change, access, &|grant| grant.client == client)
}

fn end_grants(
    change: &Change<'_>,
    access: &Access,
    meant: &dyn Fn(&identity::grant::Grant) -> bool,
) -> Result<usize, StoreError> {
    let mut ended = 0;
    for (key, mut family) in all::<Family>(change.view(), Kind::Family)? {
        if meant(&family.grant) && !family.ended {
            family.ended = true;
            keep(change, access, Kind::Family, &key, &family)?;
            ended += 1;
        }
    }
    for (key, token) in all::<AccessToken>(change.view(), Kind::Access)? {
        if meant(&token.grant) {
            forget(change, Kind::Access, &key)?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Gives an authenticator app to every account that is meant and has none: a login, or `role:` with a role. Returns the
/// logins, and whether anybody was meant at all.
pub(crate) fn require_code(
    change: &Change<'_>,
    access: &Access,
    who: &str,
    entropy: &dyn Entropy,
) -> Result<(Vec<String>, bool), StoreError> {
    let (mut given, mut meant_any) = (Vec::new(), false);
    for (login, mut user) in all::<User>(change.view(), Kind::User)? {
        let meant = match who.strip_prefix("role:") {
            Some(role) => user.role == role,
            None => login == who,
        };
        meant_any |= meant;
        if meant && user.totp.is_none() {
            user.totp = Some(sealed(access, &login, &new_totp(entropy))?);
            keep(change, access, Kind::User, &login, &user)?;
            given.push(login);
        }
    }
    Ok((given, meant_any))
}

/// Takes the authenticator apps back that [`require_code`] gave.
pub(crate) fn drop_codes(change: &Change<'_>, access: &Access, logins: &[String]) -> Result<(), StoreError> {
    for login in logins {
        if let Some(mut user) = find::<User>(change.view(), Kind::User, login)? {
            (user.totp, user.totp_last) = (None, None);
            keep(change, access, Kind::User, login, &user)?;
        }
    }
    Ok(())
}

/// Bounds an app, and what it holds, by scopes. Returns what bounded it before; nothing, if there is no such app.
pub(crate) fn narrow(
    change: &Change<'_>,
    access: &Access,
    client: &str,
    scopes: &Scopes,
) -> Result<Option<Option<Scopes>>, StoreError> {
    let Some(mut app) = find::<Client>(change.view(), Kind::App, client)? else { return Ok(None) };
    let before = app.scopes.replace(match &app.scopes {
        Some(most) => most.meet(scopes),
        None => scopes.clone(),
    });
    keep(change, access, Kind::App, client, &app)?;
    for (key, mut family) in all::<Family>(change.view(), Kind::Family)? {
        if family.grant.client == client {
            family.grant.scopes = family.grant.scopes.meet(scopes);
            keep(change, access, Kind::Family, &key, &family)?;
        }
    }
    for (key, mut token) in all::<AccessToken>(change.view(), Kind::Access)? {
        if token.grant.client == client {
            token.grant.scopes = token.grant.scopes.meet(scopes);
            keep(change, access, Kind::Access, &key, &token)?;
        }
    }
    Ok(Some(before))
}

/// Lets an app ask for as much as before. What it holds stays narrow until people agree again.
pub(crate) fn widen(
    change: &Change<'_>,
    access: &Access,
    client: &str,
    before: Option<Scopes>,
) -> Result<(), StoreError> {
    let Some(app) = find::<Client>(change.view(), Kind::App, client)? else { return Ok(()) };
    keep(change, access, Kind::App, client, &Client { scopes: before, ..app })
}

/// Holds what is open for the patient in context to that patient, or leaves that to the app again; the tokens it has too.
/// Returns whether it was left to the app before; nothing, if there is no such app.
pub(crate) fn hold_to_patient(
    change: &Change<'_>,
    access: &Access,
    client: &str,
    hold: bool,
) -> Result<Option<bool>, StoreError> {
    let Some(app) = find::<Client>(change.view(), Kind::App, client)? else { return Ok(None) };
    let before = app.checks_itself;
    keep(change, access, Kind::App, client, &Client { checks_itself: !hold, ..app })?;
    Ok(Some(before))
}
