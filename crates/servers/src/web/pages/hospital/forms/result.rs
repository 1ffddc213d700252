use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::html;
use platform::ehr::chart::Order;

use super::of_order::of_order;
use super::{Fields, Filled, Opened, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;
use crate::web::ui::{Field, Look, Takes, link_button, submit};

/// `GET …/patients/{patient}/result`.
pub(crate) async fn form(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let (opened, order) = of_order(&app, &inside, &of.patient, asked.get("order")).await?;
    Ok(shown(&inside, &opened, &Filled::default(), &order))
}

/// `POST …/patients/{patient}/result`.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let sent = form.fields;
    let values = sent.iter().filter_map(|(name, value)| Some((name.strip_prefix("test.")?, value.trim())));
    let lines: Vec<String> = values
        .filter(|(_, value)| !value.is_empty())
        .map(|(code, value)| format!("{code} {value}"))
        .collect();
    let mut fields = BTreeMap::from([("values".to_owned(), lines.join("\n"))]);
    for name in ["order", "conclusion"] {
        fields.insert(name.to_owned(), sent.get(name).cloned().unwrap_or_default());
    }
    match run(&app, &inside, "record_result", fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, "results"))),
        Err(mut filled) => {
            let (opened, order) = of_order(&app, &inside, &of.patient, sent.get("order")).await?;
            filled.fields.extend(sent);
            Ok(shown(&inside, &opened, &filled, &order))
        }
    }
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled, order: &Order) -> Response {
    let back = inside.to_chart(&opened.banner.identity.id, "orders");
    let tests: Vec<(String, &str)> =
        order.tests.iter().map(|(code, name)| (format!("test.{code}"), name.as_str())).collect();
    // Problems with a value are told of the whole list: the first field carries them.
    let error =
        |at: usize| (at == 0).then(|| filled.error("values").or_else(|| filled.error("value"))).flatten();
    let fields = html! {
        p.quiet { "The laboratory's hand, or the radiologist's: what was found for " b { (order.name) } "." }
        input type="hidden" name="order" value=(order.reference);
        div.form-grid id="values" {
            @for (at, (name, label)) in tests.iter().enumerate() {
                (Field::new(name, label).value(filled.value(name)).error(error(at)).autocomplete("off"))
            }
        }
        (Field::new("conclusion", if tests.is_empty() { "What it shows" } else { "Comment" }).takes(Takes::Block).value(filled.value("conclusion")).error(filled.error("conclusion")))
        div.form-actions { (submit("Report", Look::Primary)) (link_button("Cancel", &back, Look::Quiet)) }
    };
    opened.page(inside, filled, "Report a result", "result", &fields)
}
