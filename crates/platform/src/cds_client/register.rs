use kits::wire::http::Request;
use serde_json::json;
use standards::cds_hooks::{Offer, offers};
use store::StoreError;
use store::sandbox::{Change, View};

use super::address::Address;
use super::breaker::Standing;
use super::error::ClientError;
use super::hear::answer_of;
use super::keep::{Call, Counts, SYSTEM, Service, calls, forget_service, keep_service, service, services};
use crate::access::{Access, outcome};
use crate::dial::dial;
use crate::ehr::roles::working;
use crate::models::HERE;
use crate::platform::Platform;

/// What somebody must be permitted who changes which services are called.
const PERMISSION: &str = "build.change";
/// Services of one hospital. All that want a moment are called at once.
const SERVICES_MAX: usize = 10;

/// What came of registering.
#[derive(Debug, Clone, PartialEq)]
pub struct Registration {
    /// The services that are called from now on.
    pub services: Vec<Service>,
    /// Why others of the same address are not.
    pub problems: Vec<String>,
}

impl Platform {
    /// Looks what the server at `typed` offers, and takes its services down. One that is known already gets what it says of
    /// itself now.
    ///
    /// # Errors
    /// [`ClientError`], with every reason why nothing there can be called.
    pub fn register_services(&self, access: &Access, typed: &str) -> Result<Registration, ClientError> {
        let registered = check(access).and_then(|()| discover(typed)).and_then(|(address, found, problems)| {
            let kept = access.change("cds.register", |change| {
                let mut kept = Vec::new();
                for offer in found {
                    let service = placed(change.view(), access, &address.discovery, offer)?;
                    keep_service(change, access, &service)?;
                    kept.push(service);
                }
                let known = services(change.view())?.len();
                if known > SERVICES_MAX {
                    return Err(ClientError::because(format!(
                        "with these it would be {known} services; a hospital calls at most {SERVICES_MAX}: remove some first"
                    )));
                }
                let keys: Vec<&str> = kept.iter().map(|service| service.key.as_str()).collect();
                let detail = json!({"url": address.discovery, "services": keys, "problems": problems});
                let mut event = access.event("cds.register", None, outcome::OK, detail);
                event.target = SYSTEM.to_owned();
                change.note(&event)?;
                Ok(kept)
            })?;
            Ok(Registration { services: kept, problems })
        });
        if let Err(error) = &registered {
            let detail =
                json!({"url": typed.chars().take(300).collect::<String>(), "what": error.to_string()});
            let mut event = access.event("cds.register", None, error.word(), detail);
            event.target = SYSTEM.to_owned();
            access.note(event)?;
        }
        registered
    }

    /// The services that are called, by name.
    pub fn called_services(&self, access: &Access) -> Result<Vec<Service>, StoreError> {
        access.sandbox().view(services)
    }

    /// A service with its last calls, newest first.
    ///
    /// # Errors
    /// [`ClientError::Unknown`] if there is none of this name.
    pub fn called_service(&self, access: &Access, key: &str) -> Result<(Service, Vec<Call>), ClientError> {
        access.sandbox().view(|view| {
            let found = service(view, key)?.ok_or_else(|| unknown(key))?;
            Ok((found, calls(view, key)?))
        })
    }

    /// Calls a service no more, and forgets its calls.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn remove_service(&self, access: &Access, key: &str) -> Result<(), ClientError> {
        check(access)?;
        access.change("cds.remove", |change| {
            service(change.view(), key)?.ok_or_else(|| unknown(key))?;
            forget_service(change, key)?;
            let mut event = access.event("cds.remove", None, outcome::OK, json!({"service": key}));
            event.target = SYSTEM.to_owned();
            change.note(&event)?;
            Ok(())
        })
    }
}

/// Takes down a service of the hospital itself, to be called like the others and without a network.
pub(crate) fn call_here(change: &Change<'_>, access: &Access, offer: Offer) -> Result<(), StoreError> {
    let known = service(change.view(), &offer.id)?.filter(|known| known.discovery == HERE);
    let own = match known {
        Some(known) => Service { offer, standing: Standing::default(), ..known },
        None => Service {
            key: offer.id.clone(),
            offer,
            discovery: HERE.to_owned(),
            added_by: access.actor().to_owned(),
            standing: Standing::default(),
            counts: Counts::default(),
        },
    };
    keep_service(change, access, &own)
}

/// Calls a service of the hospital itself no more, and forgets its calls.
pub(crate) fn call_here_no_more(change: &Change<'_>, key: &str) -> Result<(), StoreError> {
    match service(change.view(), key)? {
        Some(known) if known.discovery == HERE => forget_service(change, key),
        _ => Ok(()),
    }
}

fn check(access: &Access) -> Result<(), ClientError> {
    Ok(working(access)?.check(PERMISSION)?)
}

pub(super) fn unknown(key: &str) -> ClientError {
    ClientError::Unknown(format!("this hospital calls no service '{key:.80}'"))
}

/// What the server offers, and why some of it cannot be called.
fn discover(typed: &str) -> Result<(Address, Vec<Offer>, Vec<String>), ClientError> {
    let address = Address::read(typed).map_err(ClientError::because)?;
    let came = dial(&Request::get(address.discovery.as_str()).with("accept", "application/json"));
    let answer = answer_of(&came).map_err(|unheard| {
        let asked = format!("GET {} gave no list of services", address.discovery);
        ClientError::Invalid([vec![asked], unheard.why].concat())
    })?;
    let (mut found, mut problems) = offers(&answer);
    if let Some(only) = &address.only {
        found.retain(|offer| offer.id == *only);
        if found.is_empty() {
            problems.push(format!("{} offers no service '{only:.80}' that can be called", address.discovery));
        }
    }
    if found.is_empty() {
        let nothing = || vec![format!("{} offers no service", address.discovery)];
        return Err(ClientError::Invalid(if problems.is_empty() { nothing() } else { problems }));
    }
    Ok((address, found, problems))
}

/// A service under the name it has, or under a new one.
fn placed(view: View<'_>, access: &Access, discovery: &str, offer: Offer) -> Result<Service, StoreError> {
    let known = services(view)?;
    let is_same = |one: &&Service| {
        one.discovery == discovery && one.offer.id == offer.id && one.offer.hook == offer.hook
    };
    if let Some(same) = known.iter().find(is_same) {
        // Who has mended a service need not wait until its rest is over.
        return Ok(Service { offer, standing: Standing::default(), ..same.clone() });
    }
    let taken = |key: &str| known.iter().any(|one| one.key == key);
    let mut names = (2..).map(|number| format!("{}-{number}", offer.id));
    let key = match taken(&offer.id) {
        false => offer.id.clone(),
        true => names.find(|name| !taken(name)).unwrap_or_default(),
    };
    Ok(Service {
        key,
        offer,
        discovery: discovery.to_owned(),
        added_by: access.actor().to_owned(),
        standing: Standing::default(),
        counts: Counts::default(),
    })
}
