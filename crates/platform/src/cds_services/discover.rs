use serde_json::{Map, Value, json};
use standards::cds_hooks::Offer;
use store::StoreError;

use super::services::{PREFETCH, SERVICES, Service};
use crate::access::Access;
use crate::models::offers;
use crate::platform::Platform;
use crate::response::stopped_services;

/// What services there are, as the discovery address tells it (CDS Hooks 2.0, Discovery). One that is turned off is not offered.
///
/// # Errors
/// When the store fails.
pub fn discover(platform: &Platform, access: &Access) -> Result<Map<String, Value>, StoreError> {
    let stopped = access.sandbox().view(stopped_services)?;
    let offered = SERVICES.iter().filter(|service| !stopped.contains(service.id));
    let models = offers(platform, access)?.into_iter().filter(|offer| !stopped.contains(&offer.id));
    let services: Vec<Value> = offered.map(told).chain(models.map(|offer| of_model(&offer))).collect();
    Ok(Map::from_iter([("services".to_owned(), services.into())]))
}

fn of_model(offer: &Offer) -> Value {
    json!({
        "hook": offer.hook.word(),
        "id": offer.id,
        "title": offer.title,
        "description": offer.description,
        "usageRequirements": "For teaching only; its card says whom it was tried on.",
    })
}

fn told(service: &Service) -> Value {
    let prefetch: Map<String, Value> =
        PREFETCH.iter().map(|(key, template)| ((*key).to_owned(), (*template).into())).collect();
    json!({
        "hook": service.hook.word(),
        "id": service.id,
        "title": service.title,
        "description": service.about,
        "prefetch": prefetch,
        "usageRequirements": "For teaching only; no rule of it is clinical advice.",
    })
}
