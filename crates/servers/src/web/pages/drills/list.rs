use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::drills::{Drill, HowToStart, Scenario, scenario, shelf};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::{Said, said};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, capital, iso};
use crate::web::ui::{
    Column, Field, Icon, Look, Row, Tone, card, empty, link_button, markdown_compact, moment, post_form,
    sheet, submit, submit_as, table, tag,
};

/// `GET /drills`.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let mine = app.run(move |platform| platform.drills_of(&person)).await?;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            div.cards { @for one in shelf() { (scenario_card(one, &visitor.csrf)) } }
            (card("Take part in somebody’s drill", &html! {}, &post_form("/drills/join", &visitor.csrf, &html! {
                (Field::new("code", "Its code").hint("Eight letters and digits, as whoever began it tells you.").required())
                div.form-actions { (submit("Take part", Look::Plain)) }
            })))
            (card("Your drills", &html! {}, &drills(&mine)))
        }
    };
    let intro = "A crisis in a hospital of your own, minute by minute, alone in every role or together. What you do there really happens to its systems.";
    let page = sheet(&[], "Drills", Some(intro), &content);
    Ok(framed(&visitor, Place::Drills, "Drills", None, &page))
}

fn scenario_card(one: &Scenario, csrf: &str) -> Markup {
    html! {
        section.card id=(one.id) {
            header.card-head { h2 { (one.title) } (tag(Tone::Neutral, &capital(&one.level))) }
            div.card-body {
                p { (one.summary) }
                p.quiet { (one.minutes) " minutes, " (one.lasts_min) " of the hospital’s · " (one.roles.len()) " roles" }
                details { summary { "Briefing" } div.prose { (markdown_compact(&one.briefing)) } }
                (post_form("/drills", csrf, &html! {
                    input type="hidden" name="scenario" value=(one.id);
                    div.form-actions {
                        (submit_as("Begin alone", Look::Primary, "how", "alone"))
                        (submit_as("Begin as a team", Look::Plain, "how", "team"))
                        (submit_as("Assessed", Look::Plain, "how", "assessed"))
                    }
                    p.small.quiet { "Alone you have every role, and may stop the clock. A team’s clock stands until you let it run. Assessed, it runs to the end." }
                }))
            }
        }
    }
}

fn drills(mine: &[Drill]) -> Markup {
    let columns =
        [Column::wide("Drill"), Column::text("Begun"), Column::text("Kind"), Column::text("Outcome")];
    let row = |drill: &Drill| {
        let title = scenario(&drill.scenario).map_or(drill.scenario.as_str(), |one| one.title.as_str());
        let (href, words) = match drill.ended {
            None => (format!("/drills/{}", drill.id), html! { (tag(Tone::Accent, "goes on")) }),
            Some((_, points, passed)) => (
                format!("/drills/{}/debrief", drill.id),
                html! { (tag(if passed { Tone::Good } else { Tone::Warn }, if passed { "passed" } else { "not passed" })) " " (points) " of 100" },
            ),
        };
        Row::new(vec![
            html! { a href=(href) { (title) } },
            moment(&iso(drill.began_us), &at(drill.began_us)),
            html! { @if drill.assessed { "Assessed" } @else { "Practice" } },
            words,
        ])
    };
    let rows: Vec<Row> = mine.iter().map(row).collect();
    let nothing = empty(
        Icon::Clock,
        "You have lived through none yet",
        "Begin with the one that your own hospital fears most.",
        &html! {},
    );
    table("Your drills", &columns, &rows, &nothing)
}

#[derive(Deserialize)]
pub(super) struct Begun {
    scenario: String,
    #[serde(default)]
    how: String,
}

/// `POST /drills`.
pub(super) async fn start(State(app): State<App>, form: PageForm<Begun>) -> Result<Response, Fault> {
    let Begun { scenario, how } = form.fields;
    let how = HowToStart { assessed: how == "assessed", team: how == "team", seed: None };
    let team = how.team;
    let drill = app.run(move |platform| platform.start_drill(&form.visitor.person, &scenario, how)).await?;
    let words = if team {
        "The hospital is ready. Give the code to the others, choose your roles, and let the clock run."
    } else {
        "It has begun. The clock runs."
    };
    Ok(Said::well(words).at(&format!("/drills/{}", drill.id)))
}

#[derive(Deserialize)]
pub(super) struct Joined {
    #[serde(default)]
    code: String,
}

/// `POST /drills/join`.
pub(super) async fn join(State(app): State<App>, form: PageForm<Joined>) -> Result<Response, Fault> {
    let code = form.fields.code;
    match app.run(move |platform| platform.join_drill(&form.visitor.person, &code)).await {
        Ok(drill) => Ok(Said::well("You take part. Choose your roles.").at(&format!("/drills/{}", drill.id))),
        Err(platform::drills::DrillError::Refused(why)) => {
            Ok(Said::badly(format!("{}.", capital(&why))).at("/drills"))
        }
        Err(error) => Err(error.into()),
    }
}

/// A way back to the list.
pub(super) fn to_list() -> Markup {
    link_button("All drills", "/drills", Look::Quiet)
}
