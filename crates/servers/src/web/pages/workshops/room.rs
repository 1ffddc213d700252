use axum::extract::{Path, State};
use maud::{Markup, html};

use super::drawn::Drawn;
use crate::state::App;
use crate::web::pages::change::Change;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Field, Icon, Link, Look, card, link_button, markdown, post_form, sheet, submit};

/// `GET /workshops/{workshop}`: the room.
pub(super) async fn room(
    State(app): State<App>,
    visitor: Visitor,
    Path(workshop): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_workshop(&person, &workshop)).await?;
    let drawn = Drawn { view: &view, csrf: &visitor.csrf };
    let root = format!("/workshops/{}", view.workshop.id);
    let number = Change { cells: drawn.cells(), say: None }.number();
    let no_aside = html! {};
    let content = html! {
        (said(visitor.said.as_ref()))
        live-checks src={ (root) "/events" } after=(number) {
            p.small.quiet data-live="waiting" hidden { (Icon::Clock) " Waiting for the hospital to answer again. What you see may be old." }
            div.stack {
                div.drill-head { div #ws-state { (drawn.state()) } div.row { (link_button("Board", &format!("{root}/board"), Look::Plain)) } }
                div #ws-console { (drawn.console()) }
                div.drill-columns {
                    div.stack {
                        (card("Your envelope", &no_aside, &html! { div.stack #ws-envelope { (drawn.envelope()) } }))
                        (card("What came", &no_aside, &html! { div #ws-happened { (drawn.happened()) } }))
                        (card("How do you see it?", &no_aside, &html! { div #ws-questions { (drawn.questions()) } }))
                        (card("The hospital, in your terms", &no_aside, &html! { div.stack #ws-house { (drawn.house()) } }))
                        (card("Who takes part", &no_aside, &html! { div.stack #ws-seats { (drawn.seats()) } (invitation(&drawn, &root)) }))
                    }
                    div.stack {
                        div #ws-wash { (drawn.hot_wash()) }
                        (card("On the table", &no_aside, &html! { div #ws-table { (drawn.table()) } }))
                        (card("Decisions", &no_aside, &html! { div.stack #ws-decisions { (drawn.decisions()) } }))
                        (card("Hand-offs", &no_aside, &html! { div.stack #ws-hand-offs { (drawn.hand_offs()) } }))
                        (card("Talk", &no_aside, &html! { div.stack #ws-talk { (drawn.talk()) } }))
                    }
                }
                @if let Some(guide) = view.guide { (card("Facilitator’s guide", &no_aside, &html! { details { summary { "Read it" } div.prose { (markdown(guide)) } } })) }
                (card("Briefing", &no_aside, &html! { div.prose { (markdown(&view.case.briefing)) } }))
                div.row { (link_button("All workshops", "/workshops", Look::Quiet)) }
            }
        }
    };
    let crumbs = [Link::to("Workshops", "/workshops")];
    let page = sheet(&crumbs, &view.case.title, Some(&view.case.summary), &content);
    Ok(framed(&visitor, Place::Workshops, &view.case.title, None, &page))
}

/// How others come: the code, the invitation, and, for who arranged it, more people.
fn invitation(drawn: &Drawn<'_>, root: &str) -> Markup {
    let view = drawn.view;
    html! {
        p { "Others take part with the code " code { (view.workshop.code) } "." }
        div.row { (link_button("Invitation for the calendar", &format!("{root}/workshop.ics"), Look::Plain)) }
        @if view.is_theirs && view.workshop.ended_us.is_none() && !view.workshop.cancelled {
            details { summary { "Invite more, or call it off" }
                (post_form(&format!("{root}/invite"), drawn.csrf, &html! {
                    (Field::new("invited", "Logins").hint("With spaces between them.").required())
                    div.form-actions { (submit("Invite", Look::Plain)) }
                }))
                @if view.workshop.sandbox.is_none() { (post_form(&format!("{root}/cancel"), drawn.csrf, &submit("Call the workshop off", Look::Danger))) }
            }
        }
    }
}
