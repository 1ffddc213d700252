use platform::ehr::chart::{Order, Section};

use super::{Opened, about_part};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;

/// Opens what a form about one order of a patient shows, the order by its name, `Type/ID`.
pub(super) async fn of_order(
    app: &App,
    inside: &Inside,
    patient: &str,
    name: &str,
) -> Result<(Opened, Order), Fault> {
    let name = name.to_owned();
    let find = about_part(app, inside, patient, Section::Orders, move |chart| {
        Ok(chart.orders()?.into_iter().find(|order| order.reference == name))
    });
    let (opened, order) = find.await?;
    Ok((opened, order.ok_or_else(|| Fault::Missing("This patient has no such order.".to_owned()))?))
}
