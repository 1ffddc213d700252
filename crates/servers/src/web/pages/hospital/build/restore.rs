use axum::extract::State;
use axum::response::Response;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::{Fields, run};
use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::said::Said;

/// `POST …/build/restore`: a new version with the content of an earlier one.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let mut fields = form.fields;
    let back = fields.remove("back").unwrap_or_default();
    let kept = ["orderable", "order-set", "rule"].into_iter().find(|kind| *kind == back).unwrap_or("rule");
    let id = fields.get("definition").and_then(|name| name.split_once('/')).map(|(_, id)| id.to_owned());
    let at = match back.as_str() {
        "roles" => inside.to("build/roles"),
        _ => inside.to(&format!("build/{kept}?id={}", id.unwrap_or_default())),
    };
    Ok(match run(&app, &inside, "restore_definition", fields).await? {
        Ok(done) => Said::well(done.message).at(&at),
        Err(_) => {
            Said::badly("It was changed meanwhile, or there is no such version. Look at it again.").at(&at)
        }
    })
}
