use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::mentoring::{MentoringError, Plan, Proposal, Waiting, WaitingFor};
use platform::people::Person;
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, capital, counted, day, iso, percent};
use crate::web::ui::{
    Column, Icon, Link, Look, Row, card, empty, figures, moment, post_form, sheet, submit, table,
};

const INTRO: &str = "Everybody who looks for a mentor is paired at once, so that as many as can be are served, and all together best. \
Nothing is known here of sex, age, origin or health, so nothing can be decided by them.";

/// What the page is about.
struct Known {
    plan: Plan,
    waiting: Vec<Waiting>,
    pairs: Vec<(Person, Person, String, i64)>,
    now_us: i64,
}

/// `GET /mentoring/pairing`: for instructors, the pairs that would be made now, and how long everybody has waited.
pub(super) async fn pairing(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let known = app.run(move |platform| {
        Ok::<_, MentoringError>(Known {
            waiting: platform.waiting_for_mentors(&person)?,
            plan: platform.plan_pairs(&person)?,
            pairs: platform.all_pairs(&person)?,
            now_us: platform.clock().now_us(),
        })
    });
    let known = known.await?;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (glance(&known))
            (card("Pairs that would be made now", &html! {}, &plan(&known.plan, &visitor.csrf)))
            (card("In line", &html! {}, &line(&known)))
            (card("Pairs", &html! {}, &pairs(&known.pairs)))
        }
    };
    let crumbs = [Link::to("Programme", "/programme"), Link::to("Pairing", "")];
    let page = sheet(&crumbs, "Pairing", Some(INTRO), &content);
    Ok(framed(&visitor, Place::Programme, "Pairing", None, &page))
}

fn days(known: &Known, since_us: i64) -> i64 {
    (known.now_us - since_us).max(0) / 86_400_000_000
}

fn glance(known: &Known) -> Markup {
    let mut waited: Vec<i64> = known.waiting.iter().map(|one| days(known, one.since_us)).collect();
    waited.sort_unstable();
    let told = |days: Option<&i64>| days.map_or("–".to_owned(), |days| format!("{days} d"));
    let (median, longest) = (told(waited.get(waited.len() / 2)), told(waited.last()));
    let (line, pairs) = (known.waiting.len().to_string(), known.pairs.len().to_string());
    figures(&[
        ("In line", &line, None),
        ("Median wait", &median, None),
        ("Longest wait", &longest, None),
        ("Pairs", &pairs, None),
    ])
}

fn plan(plan: &Plan, csrf: &str) -> Markup {
    let columns = [
        Column::text("Learner"),
        Column::text("Mentor"),
        Column::number("Worth"),
        Column::number("Skill"),
        Column::wide("Why"),
    ];
    let row = |one: &Proposal| {
        Row::new(vec![
            html! { (one.learner.name) },
            html! { (one.mentor.name) },
            html! { (one.fit.worth) },
            html! { (percent(f64::from(one.fit.skill) / 100.0)) },
            html! { (capital(&one.fit.to_string())) },
        ])
    };
    let rows: Vec<Row> = plan.proposals.iter().map(row).collect();
    let why = "Nobody is in line who could be paired: everybody waits for an answer, has a mentor, or there is no mentor with room.";
    html! {
        p { "What counts: what the mentor can teach of what the learner wants, " (plan.weights.skill) " of 100; hours of the day in common, up to four, "
            (plan.weights.hours) " of 100. A language in common and an hour a day must be there, and nobody is paired who does not want to be." }
        (table("Pairs that would be made", &columns, &rows, &empty(Icon::Person, "No pairs to make", why, &html! {})))
        @if !plan.without.is_empty() {
            p { "Left without: " (plan.without.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")) "." }
        }
        @if !rows.is_empty() { (post_form("/mentoring/pairing", csrf, &html! { div { (submit("Ask these mentors", Look::Primary)) } })) }
    }
}

fn line(known: &Known) -> Markup {
    let columns =
        [Column::text("Learner"), Column::text("Since"), Column::number("Days"), Column::wide("Waits for")];
    let row = |one: &Waiting| {
        Row::new(vec![
            html! { a href={ "/class/" (one.learner.id) } { (one.learner.name) } },
            moment(&iso(one.since_us), &day(one.since_us)),
            html! { (days(known, one.since_us)) },
            html! {
                @match &one.waits_for {
                    WaitingFor::Pairing => "the next pairing",
                    WaitingFor::Answer(mentor, until_us) => { (mentor.name) "’s answer, until " (moment(&iso(*until_us), &at(*until_us))) }
                    WaitingFor::Somebody => "a person to look at it: everybody who could be was asked",
                }
            },
        ])
    };
    let rows: Vec<Row> = known.waiting.iter().map(row).collect();
    table(
        "In line",
        &columns,
        &rows,
        &empty(Icon::Clock, "Nobody is in line", "Whoever looks for a mentor stands here.", &html! {}),
    )
}

fn pairs(pairs: &[(Person, Person, String, i64)]) -> Markup {
    let columns =
        [Column::text("Learner"), Column::text("Mentor"), Column::text("Since"), Column::wide("Why")];
    let row = |(learner, mentor, why, since_us): &(Person, Person, String, i64)| {
        Row::new(vec![
            html! { (learner.name) },
            html! { (mentor.name) },
            moment(&iso(*since_us), &day(*since_us)),
            html! { (capital(why)) },
        ])
    };
    let rows: Vec<Row> = pairs.iter().map(row).collect();
    table(
        "Pairs",
        &columns,
        &rows,
        &empty(Icon::Person, "No pairs yet", "Ask the mentors above; who says yes stands here.", &html! {}),
    )
}

#[derive(Deserialize)]
pub(super) struct Nothing {}

/// `POST /mentoring/pairing`: asks the mentors.
pub(super) async fn ask(State(app): State<App>, form: PageForm<Nothing>) -> Result<Response, Fault> {
    let done = app.run(move |platform| platform.ask_mentors(&form.visitor.person)).await;
    let words = done.as_ref().map_or(String::new(), |count| {
        format!("{} asked; each has 72 hours.", counted(*count, "mentor was", "mentors were"))
    });
    said_at(done, "/mentoring/pairing", &words)
}
