use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get};

use super::{Fields, Filled, run};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::chart::OfPatient;
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

/// What was sent, by field.
pub(super) type Sent = BTreeMap<String, String>;

/// A form about a patient: which command it gives, and how it is drawn. All else is the same for every form: who may not
/// give the command does not see the form, what was refused comes back as it was sent, what was done is said in the chart.
pub(crate) trait ChartForm: Send + 'static {
    /// The command.
    const COMMAND: &'static str;
    /// The section of the chart that an accepted form leads to.
    const THEN: &'static str = "summary";

    /// What stands in a new form: what the address says.
    fn begin(asked: Sent) -> Filled {
        Filled { fields: asked, ..Filled::default() }
    }

    /// The command that a form gives, where it may be one of two that take the same permission.
    fn command(_sent: &Sent) -> &'static str {
        Self::COMMAND
    }

    /// The command's fields, from those of the page and the patient's id.
    fn fields(mut sent: Sent, patient: &str) -> Sent {
        sent.insert("patient".to_owned(), patient.to_owned());
        sent
    }

    /// Draws the form as it was filled in.
    fn draw(
        app: &App,
        inside: &Inside,
        patient: &str,
        filled: Filled,
    ) -> impl Future<Output = Result<Response, Fault>> + Send;
}

/// The two ways to a form: it is opened, and it is sent back to where it stands.
pub(crate) fn routes<F: ChartForm>() -> MethodRouter<App> {
    get(open::<F>).post(send::<F>)
}

/// Opens a form, for a role that may send it.
pub(crate) async fn open<F: ChartForm>(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    Query(asked): Query<Sent>,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    inside.check(F::COMMAND)?;
    F::draw(&app, &inside, &of.patient, F::begin(asked)).await
}

async fn send<F: ChartForm>(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<OfPatient>,
    form: Fields,
) -> Result<Response, Fault> {
    let inside = inside.with_chart(&of.patient);
    let sent = form.fields;
    let fields = F::fields(sent.clone(), &of.patient);
    match run(&app, &inside, F::command(&sent), fields).await? {
        Ok(done) => Ok(Said::well(done.message).at(&inside.to_chart(&of.patient, F::THEN))),
        Err(filled) => F::draw(&app, &inside, &of.patient, filled.with_sent(sent)).await,
    }
}
