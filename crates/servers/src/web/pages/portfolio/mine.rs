use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::portfolio::{Credential, Next, Portfolio, PortfolioError, Shown, Standing, Step, Work};
use serde::Deserialize;

use super::work::{help, named};
use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::{Said, said};
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{capital, counted, day, iso, percent};
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, card, empty, facts, link_button, moment, post_form, sheet, submit, table,
    tag, tag_with,
};

const INTRO: &str = "What you have shown that you can do, with the work behind it. There is no single score: level, help, age and certainty \
stand apart.";

/// `GET /portfolio`.
pub(crate) async fn mine(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (portfolio, now_us) = app
        .run(move |platform| {
            Ok::<_, PortfolioError>((platform.portfolio(&person)?, platform.clock().now_us()))
        })
        .await?;
    let (shown, open): (Vec<&Shown>, Vec<&Shown>) =
        portfolio.competencies.iter().partition(|shown| shown.standing.shown > 0);
    let why = "Finish a lab, and what it showed stands here.";
    let start = link_button("See the tracks", "/tracks", Look::Primary);
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            div.row {
                (link_button("How far am I for a job?", "/readiness", Look::Plain))
                (link_button("First and last day", "/assessments", Look::Plain))
            }
            h2.visually-hidden { "Competencies" }
            @if shown.is_empty() { div.card { (empty(Icon::Shield, "Nothing shown yet", why, &start)) } }
            @for one in &shown { (competency(one, &portfolio, now_us, &visitor.csrf)) }
            (card("Your badges", &html! {}, &badges(&portfolio.badges)))
            @if !open.is_empty() { (card("Still to show", &html! {}, &to_show(&open))) }
        }
    };
    let page = sheet(&[], "Portfolio", Some(INTRO), &content);
    Ok(framed(&visitor, Place::Portfolio, "Portfolio", None, &page))
}

#[derive(Deserialize)]
pub(crate) struct NewBadge {
    competency: String,
}

/// `POST /portfolio/badges`.
pub(crate) async fn make(
    State(app): State<App>,
    BaseUrl(house): BaseUrl,
    form: PageForm<NewBadge>,
) -> Result<Response, Fault> {
    let (person, competency) = (form.visitor.person, form.fields.competency);
    let made = app.run(move |platform| platform.issue_badge(&person, &competency, &house)).await;
    match made {
        Ok(badge) => Ok(Said::well(format!("The badge “{}” is yours.", badge.title)).at("/portfolio")),
        Err(error @ (PortfolioError::NotShown(_) | PortfolioError::Made(_))) => {
            Ok(Said::badly(format!("{}.", capital(&error.to_string()))).at("/portfolio"))
        }
        Err(error) => Err(error.into()),
    }
}

fn competency(one: &Shown, portfolio: &Portfolio, now_us: i64, csrf: &str) -> Markup {
    let standing = &one.standing;
    let estimate = &standing.estimate;
    let has = |badge: &&Credential| {
        badge.competency == one.id
            && badge.withdrawn_us.is_none()
            && standing.level.is_some_and(|level| level.word() == badge.level)
    };
    let body = html! {
        (facts(&[
            ("Without help", html! { (counted(standing.unaided, "time", "times")) " of " (standing.shown) }),
            ("Last shown", when(standing.last_us)),
            ("Refresher due", when(standing.due_us)),
            ("Likely to succeed again", html! { (percent(estimate.likely)) ", nine times in ten between " (percent(estimate.low)) " and " (percent(estimate.high)) }),
        ]))
        @if let Some(next) = &one.next { p { (next_words(next)) } }
        (work(one))
        details {
            summary { "In public frameworks, " (one.alignments.len()) }
            ul.plain { @for alignment in &one.alignments { li { (alignment.framework) ": " (alignment.code) span.quiet { ", read " (alignment.read) } } } }
        }
        @if let Some(badge) = portfolio.badges.iter().find(has) {
            div.row { (link_button("Look at the badge", &format!("/credentials/{}", badge.id), Look::Plain)) }
        } @else if standing.level.is_some() {
            (post_form("/portfolio/badges", csrf, &html! {
                input type="hidden" name="competency" value=(one.id);
                div { (submit("Make a badge", Look::Primary)) }
            }))
        }
    };
    card(&one.title, &level_tag(standing, now_us), &body)
}

fn level_tag(standing: &Standing, now_us: i64) -> Markup {
    match standing.level {
        _ if standing.again => tag_with(Tone::Warn, Icon::Reset, "changed, show it again"),
        None => tag(Tone::Neutral, "shown with help"),
        Some(_) if standing.due_us.is_some_and(|due| due <= now_us) => {
            tag_with(Tone::Warn, Icon::Clock, "refresher due")
        }
        Some(level) => tag_with(Tone::Good, Icon::Check, level.word()),
    }
}

fn when(us: Option<i64>) -> Markup {
    match us {
        Some(us) => moment(&iso(us), &day(us)),
        None => html! { span.quiet { "not yet" } },
    }
}

fn next_words(next: &Next) -> Markup {
    let why = match next.step {
        Step::Show => "To show it, take ",
        Step::Unaided => "To show it without help, take ",
        Step::Again => "The work has changed since; show it again in ",
        Step::Refresh => "It was some time ago; refresh it in ",
        Step::Deepen => "Next, show it in harder work: ",
    };
    html! { (why) a href={ "/labs/" (next.lab) } { (next.title) } "." }
}

fn work(one: &Shown) -> Markup {
    let columns =
        [Column::wide("Work"), Column::text("Finished"), Column::number("Worth"), Column::text("Help")];
    let row = |work: &Work| {
        Row::new(vec![
            html! { (named(work)) @if !work.current { " " (tag(Tone::Warn, "changed since")) } },
            moment(&iso(work.at_us), &day(work.at_us)),
            html! { (percent(work.worth)) },
            html! { (help(work.help)) },
        ])
    };
    let rows: Vec<Row> = one.work.iter().map(row).collect();
    table(&format!("Work behind: {}", one.title), &columns, &rows, &html! {})
}

fn badges(badges: &[Credential]) -> Markup {
    let columns =
        [Column::wide("Badge"), Column::text("Level"), Column::text("Issued"), Column::text("State")];
    let row = |badge: &Credential| {
        Row::new(vec![
            html! { a href={ "/credentials/" (badge.id) } { (badge.title) } },
            html! { (badge.level) },
            moment(&iso(badge.issued_us), &day(badge.issued_us)),
            if badge.withdrawn_us.is_some() { tag(Tone::Bad, "withdrawn") } else { tag(Tone::Good, "valid") },
        ])
    };
    let rows: Vec<Row> = badges.iter().map(row).collect();
    let why = "What you have shown without help can become a badge, which anybody can verify.";
    table("Your badges", &columns, &rows, &empty(Icon::Shield, "No badges yet", why, &html! {}))
}

fn to_show(open: &[&Shown]) -> Markup {
    let columns = [Column::wide("Competency"), Column::wide("Begin with")];
    let row = |one: &&Shown| {
        let next = html! { @if let Some(next) = &one.next { a href={ "/labs/" (next.lab) } { (next.title) } } @else { span.quiet { "no lab yet" } } };
        Row::new(vec![html! { (one.title) }, next])
    };
    let rows: Vec<Row> = open.iter().map(row).collect();
    table("Still to show", &columns, &rows, &html! {})
}
