use identity::Code;
use identity::client::{Authentication, Client, GrantType};
use serde_json::json;
use store::StoreError;
use store::sandbox::View;

use super::error::IdentityError;
use super::keep::{Kind, all, event, find, forget, hashed, keep};
use crate::access::{Access, outcome};
use crate::ids::new_id;
use crate::people::secret::new_secret;
use crate::platform::Platform;

/// Apps in one sandbox at most.
const APPS_MAX: usize = 200;

/// An app that was just registered.
#[derive(Debug, Clone)]
pub struct Registered {
    /// The app.
    pub client: Client,
    /// Its secret, shown this once, where it has one.
    pub secret: Option<String>,
}

/// The apps of a hospital, by id.
pub(crate) fn registered(view: View<'_>) -> Result<Vec<Client>, StoreError> {
    Ok(all::<Client>(view, Kind::App)?.into_iter().map(|(_, app)| app).collect())
}

impl Platform {
    /// Registers an app by what it says of itself (RFC 7591), as JSON. `by` is the person who vouches for it: one without
    /// such a person may ask people to sign in and agree, and may not act for itself.
    ///
    /// # Errors
    /// With the member that cannot be accepted.
    pub fn register_app(
        &self,
        access: &Access,
        metadata: &[u8],
        by: Option<&str>,
    ) -> Result<Registered, IdentityError> {
        let registered = Client::read(metadata).map_err(IdentityError::from).and_then(|said| {
            // The first acts with nobody present, the second makes this server call an address.
            if by.is_none() && (said.may(GrantType::ClientCredentials) || said.jwks_uri.is_some()) {
                let what = "an app that acts for itself, or whose keys stand at an address, must be registered by the \
                            person whose hospital this is; send their token as Authorization: Bearer, or use the page \
                            Apps";
                return Err(IdentityError::refused(Code::InvalidClientMetadata, what));
            }
            let secret = (said.authentication == Authentication::ClientSecretBasic)
                .then(|| new_secret(&*self.entropy));
            let client = Client {
                id: new_id(&*self.entropy),
                secret_hash: secret.as_deref().map(hashed),
                registered_by: by.map(str::to_owned),
                registered_us: access.wall_us(),
                ..said
            };
            access.change("auth.register", |change| {
                if all::<Client>(change.view(), Kind::App)?.len() >= APPS_MAX {
                    let what = format!("a hospital takes {APPS_MAX} apps; remove some on the page Apps");
                    return Err(IdentityError::refused(Code::InvalidClientMetadata, what));
                }
                keep(change, access, Kind::App, &client.id, &client)?;
                let detail = json!({
                    "client": client.id, "name": client.name, "by": by, "proof": client.authentication,
                    "redirect_uris": client.redirect_uris, "scope": client.scopes,
                });
                change.note(&event(access, "auth.register", outcome::OK, detail))?;
                Ok(Registered { client, secret })
            })
        });
        if let Err(error) = &registered {
            access.note(event(access, "auth.register", error.word(), json!({"why": error.to_string()})))?;
        }
        registered
    }

    /// The apps of a sandbox, by name.
    pub fn apps(&self, access: &Access) -> Result<Vec<Client>, StoreError> {
        let mut apps = access.sandbox().view(registered)?;
        apps.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
        Ok(apps)
    }

    /// An app by its id.
    pub fn app(&self, access: &Access, id: &str) -> Result<Option<Client>, StoreError> {
        access.sandbox().view(|view| find(view, Kind::App, id))
    }

    /// Removes an app. Its tokens are good no more, since whoever exchanges one must be known.
    pub fn remove_app(&self, access: &Access, id: &str) -> Result<(), StoreError> {
        access.change("auth.remove", |change| {
            for (key, mut family) in all::<identity::token::Family>(change.view(), Kind::Family)? {
                if family.grant.client == id {
                    family.ended = true;
                    keep(change, access, Kind::Family, &key, &family)?;
                }
            }
            for (key, token) in all::<super::mint::AccessToken>(change.view(), Kind::Access)? {
                if token.grant.client == id {
                    forget(change, Kind::Access, &key)?;
                }
            }
            forget(change, Kind::App, id)?;
            forget(change, Kind::KeySet, id)?;
            change.note(&event(access, "auth.remove", outcome::OK, json!({"client": id})))?;
            Ok(())
        })
    }
}
