use maud::{Markup, html};

use super::frame::{Place, framed};
use super::visitor::Visitor;
use crate::web::ui::{Icon, Look, empty, link_button, sheet};

/// `GET /`.
pub(super) async fn home(visitor: Visitor) -> Markup {
    let next = link_button("See the tracks", "/tracks", Look::Primary);
    let content = html! { (empty(Icon::Hospital, "Nothing begun yet", "Pick a lab; a hospital of your own starts with it.", &next)) };
    let title = format!("Good to see you, {}", visitor.person.name);
    framed(&visitor, Place::Home, "Home", None, &sheet(&[], &title, None, &content))
}
