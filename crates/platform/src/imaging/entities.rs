//! The application entities a hospital knows: who may call, and where retrievals may be delivered.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use imaging::ae;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use store::journal::NewEntry;

use crate::access::{Access, outcome};

/// The fact that holds the list, once it was changed.
const FACT: &str = "dicom.entities";
/// The devices that every hospital begins with; nothing is delivered to them.
const DEVICES: [&str; 4] = ["CR01", "CT01", "MR01", "US01"];
/// More than this no hospital has.
const ENTITIES_MAX: usize = 50;

/// A node on the hospital's imaging network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its AE title.
    pub title: String,
    /// Where it listens, if anything may be delivered to it.
    pub address: Option<SocketAddr>,
}

/// Why an entity is not taken.
#[derive(Debug, thiserror::Error)]
pub enum EntityError {
    /// What was asked for is not possible.
    #[error("{0}")]
    Invalid(String),
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The entities that the hospital knows, by title.
///
/// # Errors
/// When the store fails.
pub fn entities(access: &Access) -> Result<Vec<Entity>, StoreError> {
    match access.sandbox().fact(FACT)? {
        None => Ok(DEVICES.map(|title| Entity { title: title.to_owned(), address: None }).to_vec()),
        Some(text) => serde_json::from_str(&text)
            .map_err(|_| StoreError::Damaged { what: "the list of application entities".to_owned() }),
    }
}

/// Adds an entity, or changes where it listens. Deliveries leave this machine for nobody: the address must be this
/// machine's own.
///
/// # Errors
/// [`EntityError`].
pub fn register_entity(
    access: &Access,
    title: &str,
    host: Option<&str>,
    port: Option<u16>,
) -> Result<Entity, EntityError> {
    let title = ae::checked(title).map_err(EntityError::Invalid)?.to_owned();
    let entity = Entity { title, address: address_of(host, port)? };
    let mut all = entities(access)?;
    all.retain(|one| one.title != entity.title);
    if all.len() >= ENTITIES_MAX {
        let what = format!("a hospital knows at most {ENTITIES_MAX} application entities; remove one first");
        return Err(EntityError::Invalid(what));
    }
    all.push(entity.clone());
    all.sort_by(|one, other| one.title.cmp(&other.title));
    let detail = json!({"title": entity.title, "address": entity.address});
    write(access, &all, &event(access, "dicom.entity-registered", detail))?;
    Ok(entity)
}

/// Removes an entity; it may not call any more.
///
/// # Errors
/// [`EntityError::Store`] with [`StoreError::NotFound`] if there is none of this title.
pub fn remove_entity(access: &Access, title: &str) -> Result<(), EntityError> {
    let mut all = entities(access)?;
    let before = all.len();
    all.retain(|one| one.title != title);
    if all.len() == before {
        let what = format!("an application entity '{title}'");
        return Err(StoreError::NotFound { what }.into());
    }
    write(access, &all, &event(access, "dicom.entity-removed", json!({"title": title})))?;
    Ok(())
}

fn address_of(host: Option<&str>, port: Option<u16>) -> Result<Option<SocketAddr>, EntityError> {
    let invalid = |what: String| Err(EntityError::Invalid(what));
    let (host, port) = match (host, port) {
        (None, None) => return Ok(None),
        (host, Some(port)) if port > 0 => (host.unwrap_or("127.0.0.1"), port),
        _ => return invalid("an address needs a port from 1 to 65535".to_owned()),
    };
    let ip = match host {
        "localhost" => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        other => other.parse().ok(),
    };
    match ip {
        Some(ip) if ip.is_loopback() => Ok(Some(SocketAddr::new(ip, port))),
        _ => invalid(format!(
            "'{host}' is not this machine; objects are delivered to 127.0.0.1, ::1 or localhost only"
        )),
    }
}

fn event(access: &Access, kind: &str, detail: serde_json::Value) -> NewEntry {
    NewEntry { target: "PACS".to_owned(), ..access.event(kind, None, outcome::OK, detail) }
}

fn write(access: &Access, all: &[Entity], event: &NewEntry) -> Result<(), StoreError> {
    let text = json!(all).to_string();
    access.sandbox().set_fact(FACT, &text, event)?;
    access.tell(&event.kind);
    Ok(())
}
