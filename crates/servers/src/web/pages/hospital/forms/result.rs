use axum::response::Response;
use maud::html;
use platform::ehr::chart::Order;

use super::of_order::of_order;
use super::{ChartForm, Filled, Opened, Sent};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, Takes, link_button, submit};

/// `…/patients/{patient}/result?order=Type/ID`.
pub(crate) struct ReportResult;

impl ChartForm for ReportResult {
    const COMMAND: &'static str = "record_result";
    const THEN: &'static str = "results";

    fn fields(sent: Sent, _patient: &str) -> Sent {
        let values =
            sent.iter().filter_map(|(name, value)| Some((name.strip_prefix("test.")?, value.trim())));
        let lines: Vec<String> = values
            .filter(|(_, value)| !value.is_empty())
            .map(|(code, value)| format!("{code} {value}"))
            .collect();
        let mut fields = Sent::from([("values".to_owned(), lines.join("\n"))]);
        for name in ["order", "conclusion"] {
            fields.insert(name.to_owned(), sent.get(name).cloned().unwrap_or_default());
        }
        fields
    }

    async fn draw(app: &App, inside: &Inside, patient: &str, filled: Filled) -> Result<Response, Fault> {
        let (opened, order) = of_order(app, inside, patient, filled.value("order")).await?;
        Ok(shown(inside, &opened, &filled, &order))
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
