use identity::Code;
use identity::client::Authentication;
use identity::grant::Grant;
use identity::token::Family;
use serde_json::json;
use store::StoreError;

use super::authenticate::{Presented, authenticate};
use super::enter::live;
use super::error::IdentityError;
use super::keep::{Kind, event, find, forget, hashed, keep};
use super::mint::AccessToken;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// What is said about a token (RFC 7662, 2.2).
#[derive(Debug, Clone)]
pub struct Introspection {
    /// What it opens.
    pub grant: Grant,
    /// When it was given out and when it ends, seconds since 1970 UTC.
    pub times_s: (i64, i64),
}

impl Platform {
    /// What is known of an access token, if it is good. An app learns of its own tokens alone; a token of the person whose
    /// hospital this is (`as_owner`) of all.
    ///
    /// # Errors
    /// When the client does not prove who it is: a token must not be enough to learn about a token.
    pub fn introspect(
        &self,
        access: &Access,
        presented: &Presented,
        as_owner: bool,
        token: &str,
        audience: &str,
    ) -> Result<Option<Introspection>, IdentityError> {
        access.change("auth.introspect", |change| {
            let asker = match as_owner {
                true => None,
                false => Some(authenticate(access, change, presented, audience)?),
            };
            if asker.as_ref().is_some_and(|client| client.authentication == Authentication::None) {
                let what = "an app without a secret cannot ask about tokens; a client with one, or the learner's own \
                            token, can";
                return Err(IdentityError::refused(Code::InvalidClient, what));
            }
            let found = live(change.view(), token, access.wall_us())?;
            let told = found.filter(|found| asker.as_ref().is_none_or(|client| client.id == found.grant.client));
            let detail = json!({"client": asker.map(|client| client.id), "active": told.is_some()});
            change.note(&event(access, "auth.introspect", outcome::OK, detail))?;
            Ok(told.map(|AccessToken { grant, issued_us, expires_us, .. }| Introspection {
                grant,
                times_s: (issued_us / 1_000_000, expires_us / 1_000_000),
            }))
        })
    }

    /// Takes a token back (RFC 7009). A refresh token takes its whole family along. What is unknown, or another client's,
    /// stays as it is, and nobody learns that.
    ///
    /// # Errors
    /// When the client does not prove who it is.
    pub fn revoke(
        &self,
        access: &Access,
        presented: &Presented,
        token: &str,
        audience: &str,
    ) -> Result<(), IdentityError> {
        access.change("auth.revoke", |change| {
            let client = authenticate(access, change, presented, audience)?;
            let key = hashed(token);
            let found: Option<AccessToken> = find(change.view(), Kind::Access, &key)?;
            if found.is_some_and(|found| found.grant.client == client.id) {
                forget(change, Kind::Access, &key)?;
            }
            let id: Option<String> = find(change.view(), Kind::Refresh, &key)?;
            let family = |id: &String| find::<Family>(change.view(), Kind::Family, id);
            let family: Option<Family> = id.as_ref().map(family).transpose()?.flatten();
            if let (Some(id), Some(mut family)) = (id, family.filter(|own| own.grant.client == client.id)) {
                family.ended = true;
                keep(change, access, Kind::Family, &id, &family)?;
            }
            change.note(&event(access, "auth.revoke", outcome::OK, json!({"client": client.id})))?;
            Ok(())
        })
    }

    /// What is granted at present, newest last: the families that have not ended, by id.
    pub fn grants(&self, access: &Access) -> Result<Vec<(String, Grant)>, StoreError> {
        let families = access.sandbox().view(|view| super::keep::all::<Family>(view, Kind::Family))?;
        Ok(families.into_iter().filter(|(_, own)| !own.ended).map(|(id, own)| (id, own.grant)).collect())
    }
}
