use axum::Router;
use axum::routing::{get, post};
use maud::Markup;

use super::{alerts, cases, hunt, quiet, response, restore, rules, saved, timeline};
use crate::state::App;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Link, tabs};

/// The pages below `security`.
pub(in crate::web::pages::hospital) fn routes() -> Router<App> {
    Router::new()
        .route("/security", get(hunt::hunt))
        .route("/security/hunts", post(saved::save))
        .route("/security/hunts/remove", post(saved::remove))
        .route("/security/alerts", get(alerts::alerts))
        .route("/security/alerts/quiet", post(quiet::suppress))
        .route("/security/alerts/speak", post(quiet::unsuppress))
        .route("/security/rules", get(rules::form).post(rules::attempt))
        .route("/security/response", get(response::page).post(response::take))
        .route("/security/response/lift", post(response::lift))
        .route("/security/response/restore", post(restore::send))
        .route("/security/response/over", post(response::declared))
        .route("/security/rules/switch", post(rules::switch))
        .route("/security/timeline", get(timeline::shown))
        .route("/security/cases", get(cases::list).post(cases::open))
        .route("/security/cases/{case}", get(cases::shown).post(cases::work))
}

/// The parts of the desk: where they are, and what they are called.
const PARTS: [(&str, &str); 7] = [
    ("security", "Search"),
    ("security/timeline", "Timeline"),
    ("security/alerts", "Alerts"),
    ("security/rules", "Rules"),
    ("security/response", "Response"),
    ("security/cases", "Cases"),
    ("compliance", "Compliance"),
];

/// The parts of the desk, of which `at` is open.
pub(in crate::web::pages::hospital) fn parts(inside: &Inside, at: &str) -> Markup {
    let links: Vec<(String, &str)> = PARTS.map(|(page, label)| (inside.to(page), label)).to_vec();
    let links: Vec<Link<'_>> =
        links.iter().map(|(href, label)| Link::to(label, href).current(*label == at)).collect();
    tabs("Security desk", &links)
}
