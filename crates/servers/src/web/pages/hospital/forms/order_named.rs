use platform::ehr::chart::{Chart, Order, Section};

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;

/// The patient's order of this name, `Type/ID`.
pub(super) async fn order_named(
    app: &App,
    inside: &Inside,
    patient: &str,
    name: Option<&String>,
) -> Result<Order, Fault> {
    let (patient, name) = (patient.to_owned(), name.cloned().unwrap_or_default());
    let find = inside.run(app, move |_, access| {
        let orders = Chart::open(access, &patient, Section::Orders)?.orders()?;
        Ok::<_, platform::fhir::FhirError>(orders.into_iter().find(|order| order.reference == name))
    });
    find.await?.ok_or_else(|| Fault::Missing("This patient has no such order.".to_owned()))
}
