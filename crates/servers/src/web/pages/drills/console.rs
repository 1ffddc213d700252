use axum::extract::{Path, State};
use maud::{Markup, html};

use super::drawn::Drawn;
use super::list::to_list;
use super::network::networks;
use super::told::happened;
use crate::state::App;
use crate::web::pages::change::Change;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Hospital, Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{capital, local, weekday};
use crate::web::ui::{
    Clock, Icon, Link, Look, Tone, card, link_button, markdown, post_form, sheet, submit, tag,
};

/// `GET /drills/{drill}`: the console of a drill.
pub(super) async fn console(
    State(app): State<App>,
    visitor: Visitor,
    Path(drill): Path<String>,
) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let view = app.run(move |platform| platform.view_drill(&person, &drill)).await?;
    let drawn = Drawn { view: &view, csrf: &visitor.csrf };
    let root = format!("/drills/{}", view.drill.id);
    let number = Change { cells: drawn.cells(), say: None }.number();
    let scenario = view.scenario;
    let content = html! {
        (said(visitor.said.as_ref()))
        live-checks src={ (root) "/events" } after=(number) {
            p.small.quiet data-live="waiting" hidden { (Icon::Clock) " Waiting for the hospital to answer again. What you see may be old." }
            div.stack {
                div.drill-head {
                    div #drill-state { (drawn.state()) }
                    div.row #drill-time { (drawn.time()) }
                }
                div.drill-columns {
                    div.stack {
                        @for role in &scenario.roles {
                            section.card {
                                header.card-head { h2 { (capital(&role.title)) } @if view.roles.contains(&role.id) { (tag(Tone::Accent, "you")) } }
                                div.card-body { p.quiet { (role.about) } div id={ "drill-role-" (role.id) } { (drawn.role(&role.id)) } }
                            }
                        }
                    }
                    div.stack {
                        (card("What happened", &html! {}, &html! { div.drill-happened tabindex="0" role="region" aria-label="What happened" { div #drill-happened { (happened(&view)) } } }))
                        (card("Status wall", &html! {}, &html! { div #drill-wall { (drawn.wall()) } }))
                        (card("Reached so far", &html! {}, &html! { div #drill-reached { (drawn.reached()) } }))
                        (card("Who takes part", &html! {}, &html! {
                            div.stack.stack-tight #drill-team { (drawn.team()) }
                            details { summary { "Your roles" } (roles(&drawn, &root)) }
                        }))
                    }
                }
                (card("Network", &html! { p { "What the systems run on, and what goes over its cables." } }, &html! { div.stack #drill-network { (networks(&view)) } }))
                (card("Briefing", &html! {}, &html! { div.prose { (markdown(&scenario.briefing)) } }))
                div.row { (link_button("Walk through the rooms", &format!("{root}/rooms"), Look::Plain)) (to_list()) }
            }
        }
    };
    let crumbs = [Link::to("Drills", "/drills")];
    let page = sheet(&crumbs, &scenario.title, Some(&scenario.summary), &content);
    let (at, day) = (local(view.now_us), weekday(view.now_us));
    let clock = Clock { at: &at, day: &day, rate: view.rate };
    let hospital = Hospital { id: view.drill.sandbox.as_str(), clock };
    Ok(framed(&visitor, Place::Drills, &scenario.title, Some(hospital), &page))
}

/// Choosing roles. It is no live piece: a choice half made must not be taken away.
fn roles(drawn: &Drawn<'_>, root: &str) -> Markup {
    let view = drawn.view;
    post_form(
        &format!("{root}/roles"),
        drawn.csrf,
        &html! {
            fieldset.choices {
                legend { "You are" }
                @for role in &view.scenario.roles {
                    div.choice {
                        input type="checkbox" name="role" value=(role.id) id={ "role-" (role.id) } checked[view.roles.contains(&role.id)];
                        label for={ "role-" (role.id) } { (capital(&role.title)) }
                    }
                }
            }
            div.form-actions { (submit("Take these roles", Look::Plain)) }
        },
    )
}
