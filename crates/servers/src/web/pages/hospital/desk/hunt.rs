use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::desk::{DeskError, FIELDS, Histogram, Hunted, QueryError, hunt as search, saved_hunts};
use serde::Deserialize;

use super::routes::parts;
use super::saved::kept;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{query_value, time};
use crate::web::ui::{
    Column, Field, Icon, Look, Row, Takes, Tone, empty, link_button, submit_with, table, tag,
};

/// Searches to begin with: what they find, and how they are written.
const EXAMPLES: [(&str, &str); 5] = [
    (
        "Who opened the most charts",
        "category = read and patient exists | stats dc(patient), count by user | top 10",
    ),
    (
        "Whose chart was opened by the most people",
        "patient exists | stats dc(user), count by patient | top 10",
    ),
    ("What was refused", "outcome != ok | stats count by user, kind, outcome | top 20"),
    ("Restricted charts", "restricted = yes | stats count by patient, user | top 20"),
    ("What changed", "category in (create, update, delete) | fields time, user, kind, type, id, patient"),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

/// `GET …/security?q=`: a search of everything that happened in this hospital.
pub(super) async fn hunt(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let query = asked.q.clone();
    let found = inside.run(&app, move |platform, access| {
        let saved = saved_hunts(access)?;
        match search(platform, access, &query) {
            Ok(found) => Ok((Ok(found), saved)),
            Err(DeskError::Query(error)) => Ok((Err(error), saved)),
            Err(error) => Err(error),
        }
    });
    let (found, saved) = found.await?;
    let wrong = found.as_ref().err().map(|error| format!("{}: {}.", error.what, error.fix));
    let field = Field::new("q", "Search").takes(Takes::Search).value(&asked.q).autocomplete("off");
    let field =
        field.hint("Conditions, then stages after |: stats … by …, top, sort, head, fields. Newest first.");
    let work = html! {
        h2 { "Security desk" }
        (parts(&inside, "Search"))
        form.search.hunt method="get" role="search" aria-label="Security desk" {
            (field.placeholder("user = mreyes and category = read").error(wrong.as_deref()))
            (submit_with(Icon::Search, "Search", Look::Primary))
        }
        @match &found {
            Err(error) => (caret(&asked.q, error)),
            Ok(found) => (answer(&inside, found)),
        }
        (kept(&inside, &saved, found.is_ok().then_some(asked.q.as_str())))
        (help(&inside))
    };
    Ok(inside.page(Tab::Security, "Security desk", &work))
}

/// The query with a mark under the place where it cannot be understood.
fn caret(query: &str, error: &QueryError) -> Markup {
    html! {
        pre.hunt-caret tabindex="0" aria-label={ "The query stops making sense at column " (error.at + 1) } role="region" {
            (query) "\n" (" ".repeat(error.at)) "^ " (error.what)
        }
    }
}

fn answer(inside: &Inside, found: &Hunted) -> Markup {
    let number = |name: &str| name.contains("count") || name.contains('(');
    let names = found.columns.iter().map(String::as_str);
    let columns: Vec<Column<'_>> =
        names.map(|name| if number(name) { Column::number(name) } else { Column::text(name) }).collect();
    let cells = |row: &Vec<String>| {
        row.iter().zip(&found.columns).map(|(text, name)| cell(inside, name, text)).collect()
    };
    let rows: Vec<Row> = found.rows.iter().map(|row| Row::new(cells(row))).collect();
    let why = "Nothing that happened fits. Take a condition away, or look at everything.";
    html! {
        p.row {
            (tag(Tone::Neutral, &format!("{} found", found.matched)))
            @if found.cut { span.quiet { "More than can be shown: narrow the search, or count with stats." } }
        }
        (histogram(&found.histogram))
        div.table-frame {
            (table("What was found", &columns, &rows, &empty(Icon::Search, "Nothing found", why, &link_button("Show everything", "?", Look::Plain))))
        }
    }
}

fn cell(inside: &Inside, name: &str, text: &str) -> Markup {
    match (name, text.strip_prefix("Patient/")) {
        ("patient", Some(id)) => html! { a href=(inside.to_chart(id, "summary")) { code { (text) } } },
        ("user" | "client" | "address", _) if !text.is_empty() => {
            let href = inside.to(&format!("security/timeline?of={name}&is={}", query_value(text)));
            html! { a href=(href) { (text) } }
        }
        ("kind" | "patient" | "id" | "query", _) => html! { code { (text) } },
        _ => html! { (text) },
    }
}

/// Bars for eyes, and the same numbers as a table for everybody.
fn histogram(found: &Histogram) -> Markup {
    let most = found.buckets.iter().map(|bucket| bucket.count).max().unwrap_or(0);
    if most == 0 {
        return html! {};
    }
    let (wide, high) = (600.0, 60.0);
    let step = wide / found.buckets.len() as f64;
    html! {
        figure.histogram {
            svg viewBox={ "0 0 " (wide) " " (high) } preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                @for (place, bucket) in found.buckets.iter().enumerate() {
                    @let tall = if bucket.count == 0 { 0.0 } else { (bucket.count as f64 / most as f64 * high).max(1.5) };
                    rect x=(format!("{:.2}", place as f64 * step)) y=(format!("{:.2}", high - tall)) width=(format!("{:.2}", step * 0.86)) height=(format!("{tall:.2}")) {}
                }
            }
            figcaption {
                details {
                    summary { "When it happened, in " (found.buckets.len()) " spans of " (span(found.width_us)) ", " (most) " at most" }
                    ul.histogram-list { @for bucket in found.buckets.iter().filter(|bucket| bucket.count > 0) { li { (time(bucket.from_us)) ": " (bucket.count) } } }
                }
            }
        }
    }
}

fn span(width_us: i64) -> String {
    let seconds = width_us / 1_000_000;
    match seconds {
        ..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

fn help(inside: &Inside) -> Markup {
    html! {
        section.card {
            header.card-head { h2 { "Searches to begin with" } }
            div.card-body {
                ul { @for (what, query) in EXAMPLES {
                    li { a href=(inside.to(&format!("security?q={}", query_value(query)))) { (what) } " " code { (query) } }
                } }
                details {
                    summary { "The language" }
                    p { "A field is compared with " code { "=" } ", " code { "!=" } ", " code { "~" } " (contains), " code { "<" } ", " code { "<=" } ", " code { ">" } ", " code { ">=" } ", " code { "in (a, b)" } " or " code { "exists" } "; " code { "*" } " stands for anything. Join with and, or, not and parentheses. A text in double quotes alone is looked for in every field. " code { "time" } " takes moments such as " code { "\"2031-03-04T06:00\"" } ", in UTC." }
                    p { code { "stats count, dc(patient) by user" } " counts; sum, min, max and avg measure numbers. " code { "top 10" } " keeps the largest, " code { "top 10 user" } " counts first." }
                    dl.facts { @for (name, about) in FIELDS { div { dt { code { (name) } } dd { (about) } } } }
                }
            }
        }
    }
}
