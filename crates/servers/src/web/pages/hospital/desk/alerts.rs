use axum::extract::State;
use maud::{Markup, html};
use platform::desk::{Alert, DeskError, Watched, watch};

use super::quiet::quieted;
use super::routes::parts;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{query_value, time};
use crate::web::ui::{Column, Icon, Look, Row, Tone, empty, link_button, post_form, submit, table, tag};

/// `GET …/security/alerts`: what the rule pack says about this hospital's journal.
pub(super) async fn alerts(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    let watched = inside.run(&app, |_, access| watch(access, None).map_err(Fault::from)).await?;
    let work = html! {
        h2 { "Alerts" }
        (parts(&inside, "Alerts"))
        (counted(&watched))
        (listed(&inside, &watched.alerts))
        (quieted(&inside, &watched))
    };
    Ok(inside.page(Tab::Security, "Alerts", &work))
}

/// How many looked at how much.
pub(super) fn counted(watched: &Watched) -> Markup {
    let Watched { rules, entries, alerts, .. } = watched;
    html! { p.quiet { (rules) " rules and correlations looked at " (entries) " entries; " (alerts.len()) " alerts. What goes on within an hour is one alert." } }
}

/// A table of alerts, newest first.
pub(super) fn listed(inside: &Inside, alerts: &[Alert]) -> Markup {
    let columns = [
        Column::text("Rule"),
        Column::text("Level"),
        Column::text("First"),
        Column::text("Last"),
        Column::text("About"),
        Column::number("Counted"),
        Column::number("Hits"),
        Column::wide("Techniques"),
        Column::text("Case"),
    ];
    let rows: Vec<Row> = alerts.iter().map(|alert| row(inside, alert)).collect();
    let why = "No rule has spoken about what happened in this hospital.";
    let search = link_button("Search the journal", &inside.to("security"), Look::Plain);
    html! { div.table-frame { (table("Alerts, newest first", &columns, &rows, &empty(Icon::Shield, "No alerts", why, &search))) } }
}

fn row(inside: &Inside, alert: &Alert) -> Row {
    let hit = &alert.hit;
    let query: Vec<String> =
        hit.group.iter().map(|(field, value)| format!("{field} = \"{value}\"")).collect();
    let about: Vec<String> = hit.group.iter().map(|(field, value)| format!("{field} {value}")).collect();
    let (tone, severity) = match hit.level.as_str() {
        "critical" => (Tone::Bad, "critical"),
        "high" => (Tone::Bad, "high"),
        "medium" => (Tone::Warn, "medium"),
        _ => (Tone::Neutral, "low"),
    };
    Row::new(vec![
        html! { (hit.title) },
        tag(tone, &hit.level),
        time(hit.time_us),
        time(alert.last_us),
        html! { a href=(inside.to(&format!("security?q={}", query_value(&query.join(" and "))))) { (about.join(", ")) } },
        html! { (alert.value) },
        html! { (alert.hits) },
        html! { @for tag in &hit.tags { code { (tag) } " " } },
        post_form(
            &inside.to("security/cases"),
            &inside.visitor.csrf,
            &html! {
                input type="hidden" name="title" value=(format!("{}: {}", hit.title, about.join(", ")).chars().take(120).collect::<String>());
                input type="hidden" name="severity" value=(severity);
                input type="hidden" name="pins" value=(alert.seqs.iter().map(i64::to_string).collect::<Vec<_>>().join(","));
                (submit("Open a case", Look::Quiet))
            },
        ),
    ])
}

impl From<DeskError> for Fault {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::Store(error) => error.into(),
            DeskError::Missing { what } => Self::Missing(what),
            DeskError::Query(_) | DeskError::Rules(_) | DeskError::Casework(_) => {
                Self::Refused(error.to_string())
            }
        }
    }
}
