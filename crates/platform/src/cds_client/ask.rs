use kits::wire::http::{Request, Response};
use serde_json::{Map, Value, json};

use super::error::ClientError;
use super::file::{Outcome, Told, file};
use super::keep::{Service, services};
use super::moment::{Context as OfMoment, Moment, context};
use super::prefetch::prefetch;
use super::send::{TOKEN_S, body, grant, issuer_of, post, shown, with_token};
use crate::access::Access;
use crate::cds_services;
use crate::dial::{Came, dial_all};
use crate::ehr::chart::still_open;
use crate::fhir::Context;
use crate::models::HERE;
use crate::platform::Platform;
use crate::response::stopped_services;

/// A call that is ready to be made.
pub(super) struct Ready {
    pub(super) service: Service,
    /// The body as it is kept.
    pub(super) shown: Value,
    request: Request,
}

impl Platform {
    /// Asks every service that wants to be called at this moment, all at once, and takes down what came. `fhir` is the address
    /// of the hospital's FHIR server, as services shall use it.
    ///
    /// It takes no longer than [`super::DEADLINE`] and a little. What services do wrong is told, and is no error.
    ///
    /// # Errors
    /// [`ClientError`] if whoever is at work may not see the chart.
    pub fn ask_services(
        &self,
        access: &Access,
        fhir: &str,
        moment: &Moment,
    ) -> Result<Vec<Told>, ClientError> {
        still_open(access, &moment.patient)?;
        let wanted = access.sandbox().view(services)?.into_iter();
        let mut wanted: Vec<Service> = wanted.filter(|service| service.offer.hook == moment.hook).collect();
        let stopped = access.sandbox().view(stopped_services)?;
        wanted.retain(|service| !stopped.contains(&service.key));
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let now_us = access.virtual_us();
        let found = access.sandbox().view(|view| context(view, moment, access.actor(), now_us))?;
        let Some(of_moment) = found else { return Ok(Vec::new()) };
        let (resting, awake): (Vec<Service>, Vec<Service>) =
            wanted.into_iter().partition(|service| service.standing.is_resting(access.wall_us()));
        let instance = hook_instance(self);
        let (own, others): (Vec<Service>, Vec<Service>) =
            awake.into_iter().partition(|service| service.discovery == HERE);
        let mut ready = Vec::with_capacity(own.len() + others.len());
        for service in others {
            ready.push(self.prepare(access, fhir, moment, &of_moment, &instance, service)?);
        }
        let requests: Vec<Request> = ready.iter().map(|call| call.request.clone()).collect();
        let mut came = dial_all(&requests);
        for service in own {
            let shown = body(moment, &instance, &of_moment.value, Map::new());
            came.push(self.ask_here(access, &service, &shown));
            ready.push(Ready { request: post(&service.url(), &shown, None), service, shown });
        }
        let mut told = file(access, moment, &instance, ready, came)?;
        told.extend(resting.into_iter().map(|service| Told {
            outcome: Outcome::Resting { until_us: service.standing.rests_until_us },
            ..Told::of(&service)
        }));
        told.sort_by(|a, b| a.service.cmp(&b.service));
        Ok(told)
    }

    /// Asks a service of the hospital itself: what would go over the wire, without one.
    fn ask_here(&self, access: &Access, service: &Service, body: &Value) -> Came {
        let began_us = self.clock.now_us();
        let (status, answer) = match cds_services::answer(self, access, &service.offer.id, body) {
            Ok(answer) => (200, Value::Object(answer)),
            Err(error) => (400, json!({"detail": error.to_string()})),
        };
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let response =
            Response { status, headers, body: answer.to_string().into_bytes(), ..Response::default() };
        Came { response, trouble: None, took_us: self.clock.now_us() - began_us }
    }

    fn prepare(
        &self,
        access: &Access,
        fhir: &str,
        moment: &Moment,
        of_moment: &OfMoment,
        instance: &str,
        service: Service,
    ) -> Result<Ready, ClientError> {
        let grant = grant(access, &service, moment, of_moment.encounter.clone());
        let reached = access.clone().within(grant.reach(None));
        let context =
            Context { access: &reached, base_url: fhir, entropy: &*self.entropy, limits: &self.limits.json };
        let fetched = access.sandbox().view(|view| {
            Ok::<_, ClientError>(prefetch(&context, view, &service.offer.prefetch, &of_moment.value))
        })?;
        let token = self.mint_token(access, grant, TOKEN_S)?;
        let jwt = self.vouch(access, &issuer_of(fhir), &service.url(), i64::from(TOKEN_S))?;
        let body = body(moment, instance, &of_moment.value, fetched);
        let body = with_token(body, &service, moment, fhir, &token);
        let request = post(&service.url(), &body, Some(&jwt));
        Ok(Ready { service, shown: shown(body), request })
    }
}

/// A name for a moment. Clients name it by a UUID (version 4, RFC 9562).
pub(super) fn hook_instance(platform: &Platform) -> String {
    let mut bytes = [0_u8; 16];
    platform.entropy().fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}
