use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::ehr::roles::{Working, switch_role};
use serde::Deserialize;

use super::inside::Inside;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::ui::csrf_field;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chosen {
    role: String,
    /// The page to go on with.
    back: String,
}

/// `POST …/role`: goes on as another role, on the page that was open.
pub(crate) async fn send(
    State(app): State<App>,
    inside: Inside,
    form: PageForm<Chosen>,
) -> Result<Response, Fault> {
    let Chosen { role, back } = form.fields;
    let back = if inside.has(&back) { back } else { inside.to("patients") };
    let working = inside.run(&app, move |_, access| switch_role(access, &role));
    Ok(Said::well(format!("You work as {} now.", working.await?.display())).at(&back))
}

/// The switch itself: the role worked as, and the others.
pub(super) fn switch(action: &str, back: &str, csrf: &str, working: &Working) -> Markup {
    html! {
        form.working-as method="post" action=(action) aria-label="Role" {
            (csrf_field(csrf))
            input type="hidden" name="back" value=(back);
            label for="working-as" { "Working as" }
            select.control #working-as name="role" {
                @for role in working.matrix.roles() {
                    option value=(role.code) selected[role.code == working.role] { (role.display) }
                }
            }
            button.button.button-small type="submit" { "Switch" }
        }
    }
}
