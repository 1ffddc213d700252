use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Redirect;
use axum::routing::{get, post};

use super::inside::Inside;
use super::{
    advice, apps, beds, build, chart, compliance, console, desk, engine, flow, forms, in_basket, journal,
    kits, lake, ledger, map, models, patients, refused, role, traffic, views,
};
use crate::state::App;

/// The pages of a hospital, to be nested below the address of an attempt or of a sandbox.
pub(crate) fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(begin))
        .route("/role", post(role::send))
        .route("/patients", get(patients::patients))
        .route("/beds", get(beds::beds).post(beds::send))
        .route("/in-basket", get(in_basket::in_basket))
        .merge(build::routes())
        .merge(engine::routes())
        .merge(apps::routes())
        .merge(advice::routes())
        .route("/fhir", get(console::console))
        .route("/journal", get(journal::journal))
        .merge(ledger::routes())
        .merge(desk::routes())
        .merge(compliance::routes())
        .merge(kits::routes())
        .merge(views::routes())
        .merge(lake::routes())
        .merge(models::routes())
        .merge(flow::routes())
        .merge(traffic::routes())
        .merge(map::routes())
        .route("/register", get(forms::register::form).post(forms::register::send))
        .route("/patients/{patient}", get(chart::begin))
        .route("/patients/{patient}/fhirpath", get(chart::fhirpath::bench).post(chart::fhirpath::attempt))
        .route("/patients/{patient}/{section}", get(chart::section))
        .route("/patients/{patient}/break-glass", forms::routes::<forms::break_glass::BreakGlass>())
        .route("/patients/{patient}/merge", forms::routes::<forms::merge::Merge>())
        .route("/patients/{patient}/unmerge", forms::routes::<forms::unmerge::Unmerge>())
        .route("/patients/{patient}/admit", forms::routes::<forms::admit::Admit>())
        .route("/patients/{patient}/transfer", forms::routes::<forms::transfer::Transfer>())
        .route("/patients/{patient}/discharge", forms::routes::<forms::discharge::Discharge>())
        .route("/patients/{patient}/vitals", forms::routes::<forms::vitals::Vitals>())
        .route("/patients/{patient}/order", forms::routes::<forms::order::Order>())
        .route(
            "/patients/{patient}/order-set",
            get(forms::open::<forms::order_set::OrderSet>).post(forms::order_set::send),
        )
        .route("/patients/{patient}/sign", post(forms::sign::send))
        .route("/patients/{patient}/end-order", forms::routes::<forms::end_order::EndOrder>())
        .route("/patients/{patient}/verify", forms::routes::<forms::verify::Verify>())
        .route("/patients/{patient}/return-order", forms::routes::<forms::return_order::ReturnOrder>())
        .route("/patients/{patient}/change-order", forms::routes::<forms::change_order::ChangeOrder>())
        .route("/patients/{patient}/cosign", forms::routes::<forms::cosign::Cosign>())
        .route("/patients/{patient}/sign-again", forms::routes::<forms::sign_again::SignAgain>())
        .route("/patients/{patient}/result", forms::routes::<forms::result::ReportResult>())
        .route("/patients/{patient}/acknowledge", forms::routes::<forms::acknowledge::Acknowledge>())
        .route("/patients/{patient}/give", forms::routes::<forms::give::Give>())
        .route("/patients/{patient}/reconcile", forms::routes::<forms::reconcile::Reconcile>())
        .route("/patients/{patient}/allergy", forms::routes::<forms::allergy::RecordAllergy>())
        .route("/patients/{patient}/problem", forms::routes::<forms::problem::AddProblem>())
        .route("/patients/{patient}/note", forms::routes::<forms::note::Note>())
        .layer(from_fn_with_state(app.clone(), refused::redraw))
}

async fn begin(inside: Inside) -> Redirect {
    Redirect::to(&inside.to("patients"))
}
