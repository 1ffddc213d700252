//! Searches: in a type, in everything, and in a compartment (R4, 3.1.1.2); each by its address or by a form.

use axum::response::Response;
use platform::fhir::{Interaction, Scope, pairs_of};

use super::call::{Call, Instance, Type, Within};
use super::headers;
use crate::body::FhirForm;

pub(super) async fn in_type(call: Call<Type>) -> Response {
    call.perform(|request, ask| {
        let parameters = pairs_of(&request.query);
        let strict = headers::strict(&request.headers);
        ask(&Interaction::Search { kind: &request.at.kind, parameters: &parameters, strict })
    })
    .await
}

pub(super) async fn in_type_by_form(call: Call<Type>, form: FhirForm) -> Response {
    match with_form(call, form) {
        Ok(call) => in_type(call).await,
        Err(response) => response,
    }
}

pub(super) async fn in_system(call: Call<()>) -> Response {
    within(call, |()| Scope::System).await
}

pub(super) async fn in_system_by_form(call: Call<()>, form: FhirForm) -> Response {
    match with_form(call, form) {
        Ok(call) => in_system(call).await,
        Err(response) => response,
    }
}

pub(super) async fn in_compartment(call: Call<Within>) -> Response {
    within(call, |Within { kind, id, of_type }| {
        let of_type = (of_type != "*").then_some(of_type.as_str());
        Scope::Compartment { kind, id, of_type }
    })
    .await
}

pub(super) async fn in_compartment_by_form(call: Call<Within>, form: FhirForm) -> Response {
    match with_form(call, form) {
        Ok(call) => in_compartment(call).await,
        Err(response) => response,
    }
}

pub(super) async fn in_all_of_compartment_by_form(call: Call<Instance>, form: FhirForm) -> Response {
    match with_form(call, form) {
        Ok(call) => {
            within(call, |Instance { kind, id }| Scope::Compartment { kind, id, of_type: None }).await
        }
        Err(response) => response,
    }
}

async fn within<P: Send + 'static>(
    call: Call<P>,
    scope: impl FnOnce(&P) -> Scope<'_> + Send + 'static,
) -> Response {
    call.perform(|request, ask| {
        let parameters = pairs_of(&request.query);
        let strict = headers::strict(&request.headers);
        ask(&Interaction::SearchIn { scope: scope(&request.at), parameters: &parameters, strict })
    })
    .await
}

/// The parameters of the address, followed by those of the body.
#[expect(clippy::result_large_err, reason = "the response is the answer, made once")]
fn with_form<P>(mut call: Call<P>, FhirForm(form): FhirForm) -> Result<Call<P>, Response> {
    let request = &mut call.request;
    request.query = [request.query.as_str(), &form].join("&");
    headers::refuse_unless_json(&request.headers, &request.query)?;
    Ok(call)
}
