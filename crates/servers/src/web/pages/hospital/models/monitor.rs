use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::models::{Drift, Monitor, PSI_CHANGED, PSI_MOVED};

use super::drawn::calibration;
use super::one::Named;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{
    Column, Icon, Look, Mark, Row, Tone, bars, card, empty, facts, figures, line, link_button, notice, table,
    tag_with,
};

/// `GET …/models/of/{name}/monitor`: how it does in the chart.
pub(super) async fn monitor(
    State(app): State<App>,
    inside: Inside,
    Path(of): Path<Named>,
) -> Result<Markup, Fault> {
    let name = of.name.clone();
    let seen =
        inside.run_dialling(&app, move |platform, access| platform.monitor_model(access, &name)).await?;
    let title = format!("Monitor of {}", of.name);
    Ok(inside.page(Tab::Models, &title, &drawn(&inside, &of.name, &seen)))
}

fn drawn(inside: &Inside, name: &str, seen: &Monitor) -> Markup {
    html! {
        div.models-page {
            header.lake-head {
                div { h2 { "Monitor of " (name) } p.quiet { "What version " (seen.version) " says in the chart, and what came of it. The journal has every score." } }
                (link_button("The model", &inside.to(&format!("models/of/{name}")), Look::Plain))
            }
            @if seen.calls == 0 {
                (empty(Icon::Clock, "No chart has asked yet", "Deploy a version, silent at first, and open some charts.", &html! {}))
            } @else { (all(seen)) }
        }
    }
}

fn all(seen: &Monitor) -> Markup {
    let scored = seen.calls - seen.failed - seen.incomplete;
    let overridden: usize = seen.overridden.values().sum();
    let each = if scored == 0 { 0.0 } else { seen.cards as f64 / scored as f64 * 100.0 };
    let ms = |us: i64| format!("{:.0} ms", us as f64 / 1_000.0);
    let most = seen.latency_us.map(|(_, most)| format!(" 95 % within {}", ms(most)));
    html! {
        (figures(&[
            ("Scores", &scored.to_string(), None),
            ("Cards", &seen.cards.to_string(), Some(&format!(" {each:.0} for 100 scores"))),
            ("Overridden", &overridden.to_string(), None),
            ("Half of the calls", &seen.latency_us.map_or("–".to_owned(), |(half, _)| ms(half)), most.as_deref()),
            ("No score", &(seen.failed + seen.incomplete).to_string(), Some(&format!(" {} failed, {} lacked data", seen.failed, seen.incomplete))),
        ]))
        @if let Some(why) = &seen.why {
            (notice(Tone::Warn, Some("The newest failure"), &html! { p { (why) "." } p { "No care waited for it: the chart showed no card." } }))
        }
        (card("Scores over time", &html! {}, &days(seen)))
        (card("Have the people changed?", &html! {}, &drifted(&seen.drift)))
        (card("Overrides", &html! {}, &overrides(seen)))
        (card("Does it come true?", &html! {}, &outcomes(seen)))
    }
}

fn days(seen: &Monitor) -> Markup {
    let shown: Vec<String> = seen.days.iter().map(|day| format!("{:.0} %", day.mean * 100.0)).collect();
    let marks: Vec<Mark<'_>> = seen
        .days
        .iter()
        .zip(&shown)
        .map(|(day, shown)| Mark { label: &day.day, value: day.mean, shown })
        .collect();
    let columns =
        [Column::text("Day"), Column::number("Scores"), Column::number("Mean risk"), Column::number("Cards")];
    let rows: Vec<Row> = seen
        .days
        .iter()
        .zip(&shown)
        .map(|(day, shown)| {
            Row::new(vec![
                html! { (day.day) },
                html! { (day.scores) },
                html! { (shown) },
                html! { (day.cards) },
            ])
        })
        .collect();
    html! {
        @if marks.len() > 1 { (line("Mean risk by day", &marks)) }
        (table("Scores by day", &columns, &rows, &html! { p { "There is no score yet." } }))
    }
}

fn drifted(drift: &[Drift]) -> Markup {
    let columns =
        [Column::text("Feature"), Column::number("PSI"), Column::text("Says"), Column::number("Missing")];
    let row = |one: &Drift| {
        Row::new(vec![
            html! { (one.feature.replace('_', " ")) },
            html! { (format!("{:.2}", one.psi)) },
            said(one.psi),
            html! { (format!("{:.0} %", one.missing * 100.0)) },
        ])
    };
    let why = "The population stability index compares those who are scored with those the model learnt from. Few scores make it large by chance alone.";
    html! {
        p.quiet { (why) }
        (table("Drift", &columns, &drift.iter().map(row).collect::<Vec<_>>(), &html! { p { "There is no score of this version yet." } }))
    }
}

fn said(psi: f64) -> Markup {
    match psi {
        psi if psi >= PSI_CHANGED => tag_with(Tone::Bad, Icon::Alert, "others"),
        psi if psi >= PSI_MOVED => tag_with(Tone::Warn, Icon::Alert, "moved"),
        _ => tag_with(Tone::Good, Icon::Check, "the same"),
    }
}

fn overrides(seen: &Monitor) -> Markup {
    if seen.overridden.is_empty() {
        return html! { p { "Nobody has overridden a card." } };
    }
    let shown: Vec<(&String, String, f64)> =
        seen.overridden.iter().map(|(reason, count)| (reason, count.to_string(), *count as f64)).collect();
    let marks: Vec<Mark<'_>> =
        shown.iter().map(|(label, shown, value)| Mark { label, value: *value, shown }).collect();
    bars("Cards overridden, by reason", &marks)
}

fn outcomes(seen: &Monitor) -> Markup {
    match (&seen.judged, &seen.unjudged) {
        (Some(judged), _) => html! {
            (calibration(&judged.bins))
            (facts(&[
                ("People", html! { (judged.rows) ", " (judged.events) " with the outcome" }),
                ("AUROC", html! { (format!("{:.3} ({:.3} to {:.3})", judged.auroc.value, judged.auroc.low, judged.auroc.high)) }),
                ("Brier score", html! { (format!("{:.3}", judged.brier)) }),
            ]))
        },
        (None, why) => html! { p { "Not yet: " (why.as_deref().unwrap_or("there are no outcomes")) "." } },
    }
}
