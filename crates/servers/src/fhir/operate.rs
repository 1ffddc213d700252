//! Operations, at the addresses that the platform's table of them makes (R4, 3.2).

use std::collections::BTreeSet;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use platform::fhir::{Interaction, OPERATIONS, Operation, Place, pairs_of};

use super::call::{Call, Instance, Request, Type};
use super::headers::{gives_table, table_form};
use crate::body::FhirBody;
use crate::state::App;

/// Adds the addresses of every operation. A name that stands for operations on several types has its address once; the
/// platform tells them apart.
pub(super) fn with_operations(router: Router<App>) -> Router<App> {
    let names: BTreeSet<&'static str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    names.into_iter().fold(router, add)
}

fn add(mut router: Router<App>, name: &'static str) -> Router<App> {
    let is_offered = |on: fn(&Operation) -> bool| OPERATIONS.iter().any(|one| one.name == name && on(one));
    if is_offered(|operation| operation.on_system) {
        let asked = move |call: Call<()>| operate(call, name, None, |()| Place::System);
        let sent = move |call: Call<()>, body| operate(call, name, Some(body), |()| Place::System);
        router = router.route(&format!("/${name}"), get(asked).post(sent));
    }
    if is_offered(|operation| operation.on_type) {
        let asked = move |call: Call<Type>| operate(call, name, None, of_type);
        let sent = move |call: Call<Type>, body| operate(call, name, Some(body), of_type);
        router = router.route(&format!("/{{kind}}/${name}"), get(asked).post(sent));
    }
    if is_offered(|operation| operation.on_instance) {
        let asked = move |call: Call<Instance>| operate(call, name, None, of_instance);
        let sent = move |call: Call<Instance>, body| operate(call, name, Some(body), of_instance);
        router = router.route(&format!("/{{kind}}/{{id}}/${name}"), get(asked).post(sent));
    }
    router
}

fn of_type(at: &Type) -> Place<'_> {
    Place::Type(&at.kind)
}

fn of_instance(at: &Instance) -> Place<'_> {
    Place::Instance(&at.kind, &at.id)
}

async fn operate<P: Send + 'static>(
    call: Call<P>,
    name: &'static str,
    body: Option<FhirBody>,
    place: impl FnOnce(&P) -> Place<'_> + Send + 'static,
) -> Response {
    call.perform(move |request: &Request<P>, ask| {
        let mut query = pairs_of(&request.query);
        if gives_table(&format!("/${name}")) && !query.iter().any(|(name, _)| name == "_format") {
            query.extend(table_form(&request.headers).map(|form| ("_format".to_owned(), form.to_owned())));
        }
        let body = body.as_ref().map(|FhirBody(body)| body.as_ref());
        ask(&Interaction::Operation { name, place: place(&request.at), query: &query, body })
    })
    .await
}
