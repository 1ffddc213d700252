use maud::html;

use crate::web::pages::attempt::Side;
use crate::web::ui::{Field, Look, Takes, post_form, submit};

/// What stands beside a hospital that a guest looks into: whose it is, and where to leave a mark.
pub(super) fn guest_side(sandbox: &str, owner: &str, title: &str, csrf: &str) -> Side {
    let hint = "It stands in the journal, where they find it.";
    Side {
        title: title.to_owned(),
        meta: format!("Hospital of {owner}"),
        progress: html! {},
        brief: html! {
            p { "You look in as a guest. You see what they see and change nothing: what you send is refused. What you open stands in their journal." }
            (post_form(&format!("/mentoring/look/{sandbox}/mark"), csrf, &html! {
                (Field::new("words", "A mark for whose hospital it is").takes(Takes::Block).hint(hint).required())
                (Field::new("entry", "About entry number").hint("As the journal counts them; leave it empty for no one entry.").autocomplete("off"))
                div.form-actions { (submit("Leave the mark", Look::Primary)) }
            }))
        },
        actions: html! {},
    }
}
