use maud::{Markup, html};

use super::drawn::Drawn;
use super::quiet::quiet_form;
use crate::web::ui::{Icon, Look, csrf_field, submit, submit_with};

/// What the learner can do while the attempt is open: have everything looked at, and take the last change back.
pub(super) fn acts(drawn: &Drawn<'_>) -> Markup {
    let Some(csrf) = drawn.csrf.filter(|_| drawn.view.state == "started") else { return html! {} };
    let root = drawn.root;
    html! {
        (quiet_form(&format!("{root}/check"), csrf, &submit("Check now", Look::Primary)))
        form method="post" action={ (root) "/undo" } { (csrf_field(csrf)) (submit_with(Icon::Undo, "Undo", Look::Plain)) }
    }
}
