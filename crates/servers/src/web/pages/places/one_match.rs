use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::Platform;
use platform::people::Person;
use platform::placements::{MatchView, PlacementError, Price, Wants};
use serde::Deserialize;

use super::fault::{said_at, wrong};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, counted, iso};
use crate::web::ui::{
    Choice, Column, Confirm, Field, Icon, Link, Look, Row, Select, Tone, card, confirm, empty, facts,
    figures, moment, notice, or_none, post_form, sheet, submit, submit_as, table,
};

/// A match with the names behind its ids.
struct Known {
    view: MatchView,
    people: BTreeMap<String, String>,
    places: BTreeMap<String, String>,
}

impl Known {
    fn gather(platform: &Platform, person: &Person, run: &str) -> Result<Self, PlacementError> {
        let view = platform.match_view(person, run)?;
        let people = platform.people().list().map_err(platform::programme::ProgrammeError::from)?;
        let people = people.into_iter().map(|person| (person.id.to_string(), person.name));
        let places = platform
            .places()?
            .into_iter()
            .map(|place| (place.id.clone(), format!("{}, {}", place.title, place.host)));
        Ok(Self { view, people: people.collect(), places: places.collect() })
    }

    fn person<'a>(&'a self, id: &'a str) -> &'a str {
        self.people.get(id).map_or(id, String::as_str)
    }

    fn place<'a>(&'a self, id: &'a str) -> &'a str {
        self.places.get(id).map_or(id, String::as_str)
    }

    /// A blocking party in words.
    fn wants(&self, one: &Wants) -> String {
        let who: Vec<&str> = one.applicants.iter().map(|id| self.person(id)).collect();
        let what: Vec<&str> =
            one.programs.iter().map(|id| id.as_deref().map_or("no place", |id| self.place(id))).collect();
        format!("{} and {} would rather have each other", who.join(" with "), what.join(" with "))
    }
}

/// `GET /places/match/{run}`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(run): Path<String>,
) -> Result<Markup, Fault> {
    page(&app, &visitor, run, &html! {}).await
}

async fn page(app: &App, visitor: &Visitor, run: String, told: &Markup) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let known = app.run(move |platform| Known::gather(platform, &person, &run)).await?;
    let summary = &known.view.summary;
    let title = format!("Round {}", summary.round);
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (told)
            (glance(&known))
            @if summary.published_us.is_none() { (publish(&known, &visitor.csrf)) }
            (card("Who got what", &html! {}, &matched(&known)))
            (card("Audit", &html! {}, &audit(&known)))
            (card("Why not there?", &html! {}, &why(&known)))
            @if summary.published_us.is_some() { (card("Change by hand", &html! {}, &by_hand(&known, &visitor.csrf))) }
        }
    };
    let crumbs =
        [Link::to("Places", "/places"), Link::to("The match", "/places/match"), Link::to(&title, "")];
    let intro = format!("Run on {} by {}, with the seed {}.", at(summary.at_us), summary.by, summary.seed);
    Ok(framed(visitor, Place::Places, &title, None, &sheet(&crumbs, &title, Some(&intro), &content)))
}

fn glance(known: &Known) -> Markup {
    let report = &known.view.report;
    let (matched, unmatched) = (report.matched.len().to_string(), report.unmatched.len().to_string());
    let open: u32 = report.open.iter().map(|open| open.places).sum();
    let (open, blocking) = (open.to_string(), report.audit.blocking.len().to_string());
    figures(&[
        ("Placed", &matched, None),
        ("Without a place", &unmatched, None),
        ("Places open", &open, None),
        ("Blocking", &blocking, None),
    ])
}

fn publish(known: &Known, csrf: &str) -> Markup {
    let words = html! { p { "Nobody but instructors sees it. Publishing decides the round, for good." } };
    html! {
        (notice(Tone::Info, Some("A dry run"), &words))
        (confirm(&Confirm {
            id: "publish", opens: "Publish…", icon: Some(Icon::Send), title: "Decide this round?",
            body: html! { p { "Everybody sees what it gave them, with the files and the seed. Afterwards the outcome changes only by hand, each time with its reason and its price." } },
            action: &format!("/places/match/{}/publish", known.view.summary.id), does: "Publish", look: Look::Primary,
        }, csrf))
    }
}

fn matched(known: &Known) -> Markup {
    let report = &known.view.report;
    let columns = [
        Column::text("Learner"),
        Column::wide("Place"),
        Column::number("Their wish"),
        Column::number("The host's rank"),
    ];
    let number = |rank: Option<u32>| or_none(rank.map(|rank| rank.to_string()).as_deref());
    let row = |one: &platform::placements::Matched| {
        Row::new(vec![
            html! { (known.person(&one.applicant)) },
            html! { (known.place(&one.program)) },
            number(one.rank),
            number(one.program_rank),
        ])
    };
    let rows: Vec<Row> = report.matched.iter().map(row).collect();
    let nobody = empty(Icon::Person, "Nobody was placed", "No wish met a rank.", &html! {});
    html! {
        (table("Who got what", &columns, &rows, &nobody))
        @if !report.unmatched.is_empty() { p { "Without a place: " (report.unmatched.iter().map(|id| known.person(id)).collect::<Vec<_>>().join(", ")) "." } }
        @if !report.open.is_empty() {
            p { "Open: " (report.open.iter().map(|open| format!("{} at {}", open.places, known.place(&open.program))).collect::<Vec<_>>().join("; ")) ". These, and who has no place, take part in the next round." }
        }
    }
}

fn audit(known: &Known) -> Markup {
    let audit = &known.view.report.audit;
    let files = html! {
        ul.plain { @for file in &audit.inputs { li { a href={ "/places/match/" (known.view.summary.id) "/files/" (file.file) } { (file.file) } " " code.wrap { (file.sha256) } } } }
    };
    html! {
        (facts(&[
            ("Method", html! { (audit.method) }),
            ("Frozen inputs, SHA-256", files),
            ("Proposals", html! { (audit.proposals) }),
            ("Stable", html! { @if audit.stable { "nobody blocks" } @else { (counted(audit.blocking.len(), "party blocks", "parties block")) } }),
        ]))
        @if !audit.blocking.is_empty() { ul { @for one in &audit.blocking { li { (known.wants(one)) "." } } } }
        @if !known.view.left_out.is_empty() {
            details {
                summary { "Wishes that did not take part, " (known.view.left_out.len()) }
                ul { @for one in &known.view.left_out { li { (known.person(&one.person)) ", " (known.place(&one.place)) ": " (one.why) "." } } }
            }
        }
    }
}

fn why(known: &Known) -> Markup {
    let told: Vec<_> = known.view.why.iter().filter(|(_, reasons)| !reasons.is_empty()).collect();
    html! {
        @if told.is_empty() { p { "Everybody got their first wish." } }
        @for (person, reasons) in told {
            details {
                summary { (known.person(person)) ", " (counted(reasons.len(), "wish", "wishes")) " before what they got" }
                ul { @for (rank, place, reason) in reasons { li { "Wish " (rank) ", " (known.place(place)) ": " (reason) "." } } }
            }
        }
    }
}

fn by_hand(known: &Known, csrf: &str) -> Markup {
    let report = &known.view.report;
    let everybody = report.matched.iter().map(|one| &one.applicant).chain(&report.unmatched);
    let people: Vec<Choice<'_>> = everybody.map(|id| Choice::new(id, known.person(id))).collect();
    let mut places = vec![Choice::new("", "No place")];
    places.extend(known.places.iter().map(|(id, title)| Choice::new(id, title)));
    let columns = [
        Column::text("When"),
        Column::text("Learner"),
        Column::wide("To"),
        Column::text("By"),
        Column::wide("Why"),
        Column::wide("Price"),
    ];
    let row = |one: &platform::placements::MatchOverride| {
        let price: Vec<Wants> = serde_json::from_value(one.price.clone()).unwrap_or_default();
        Row::new(vec![
            moment(&iso(one.at_us), &at(one.at_us)),
            html! { (known.person(&one.applicant)) },
            html! { (one.place.as_deref().map_or("no place", |place| known.place(place))) },
            html! { (one.by) },
            html! { (one.reason) },
            priced(known, &price),
        ])
    };
    let rows: Vec<Row> = known.view.overrides.iter().map(row).collect();
    html! {
        (table("Changes by hand", &columns, &rows, &html! { p.quiet { "None so far." } }))
        (post_form(&format!("/places/match/{}/override", known.view.summary.id), csrf, &html! {
            div.form-grid {
                (Select::new("applicant", "Learner", &people))
                (Select::new("place", "To", &places))
            }
            (Field::new("reason", "Reason").hint("It is published with the change."))
            div.form-actions { (submit_as("Show the price", Look::Plain, "look", "yes")) (submit("Change it", Look::Danger)) }
        }))
    }
}

fn priced(known: &Known, price: &[Wants]) -> Markup {
    html! {
        @if price.is_empty() { "nobody blocks who did not before" }
        @else { ul.plain { @for one in price { li { (known.wants(one)) } } } }
    }
}

#[derive(Deserialize)]
pub(super) struct Change {
    applicant: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    look: String,
}

/// `POST /places/match/{run}/override`: shows the price of a change, or makes it.
pub(super) async fn change(
    State(app): State<App>,
    Path(run): Path<String>,
    form: PageForm<Change>,
) -> Result<Response, Fault> {
    let (visitor, sent) = (form.visitor, form.fields);
    let path = format!("/places/match/{run}");
    let (person, id) = (visitor.person.clone(), run.clone());
    let place = (!sent.place.is_empty()).then_some(sent.place);
    if sent.look.is_empty() {
        let done = app.run(move |platform| {
            platform.override_match(&person, &id, (&sent.applicant, place.as_deref()), &sent.reason)
        });
        return said_at(done.await, &path, "The outcome is changed, and the change stands with its price.");
    }
    let looked = app.run(move |platform| {
        let known = Known::gather(platform, &person, &id)?;
        let price = platform.price_of_override(&person, &id, (&sent.applicant, place.as_deref()));
        Ok::<_, PlacementError>((known, price, sent.applicant))
    });
    let (known, price, applicant) = looked.await?;
    let told = match price {
        Ok(price) => preview(&known, &applicant, &price),
        Err(error) => {
            let what = wrong(&error).ok_or_else(|| Fault::from(error))?;
            html! { div role="alert" { (notice(Tone::Bad, Some("That cannot be done"), &html! { p { (what) } })) } }
        }
    };
    Ok(page(&app, &visitor, run, &told).await?.into_response())
}

fn preview(known: &Known, applicant: &str, price: &Price) -> Markup {
    let place = |id: &Option<String>| id.as_deref().map_or("no place", |id| known.place(id)).to_owned();
    let words = html! {
        p { (known.person(applicant)) ", from " (place(&price.from)) " to " (place(&price.to)) ". Nothing is changed yet." }
        p { "Its price: " (priced(known, &price.price)) }
    };
    html! { div role="status" { (notice(Tone::Warn, Some("What it would do"), &words)) } }
}
