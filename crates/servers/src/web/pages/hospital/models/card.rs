use maud::{Markup, html};
use platform::models::{Apart, Card, Finding, Judgement, Record, Subgroup, Weight};

use super::drawn::{calibration, decision};
use crate::web::ui::{Column, Icon, Mark, Row, Tone, bars, card as sheet, facts, figures, table, tag_with};

/// The card of a version.
pub(super) fn card(record: &Record) -> Markup {
    let Card { trained, unfinished, judged, apart, importance, guards, .. } = &record.card;
    let unfinished = format!("{unfinished} more are left out: their time at risk is not over");
    let auroc = &judged.auroc;
    let range = format!(" {:.3} to {:.3}", auroc.low, auroc.high);
    html! {
        (figures(&[
            ("AUROC", &format!("{:.3}", auroc.value), Some(&range)),
            ("AUPRC", &format!("{:.3}", judged.auprc), None),
            ("Brier score", &format!("{:.3}", judged.brier), None),
            ("Learnt from", &trained.0.to_string(), Some(&format!(" {} with the outcome", trained.1))),
            ("Judged on", &judged.rows.to_string(), Some(&format!(" {} with the outcome", judged.events))),
        ]))
        p.quiet { (unfinished) "." }
        (questions(guards))
        (sheet("How far it can be trusted", &html! {}, &html! {
            div.models-charts { (calibration(&judged.bins)) (decision(&judged.decision_curve, record.threshold)) }
            (agreement(judged))
        }))
        (sheet("Whom it serves", &html! {}, &groups(apart, record.threshold)))
        (sheet("What it leans on", &html! {}, &leans(importance)))
    }
}

fn questions(guards: &[Finding]) -> Markup {
    let row = |one: &Finding| {
        html! {
            li.model-guard {
                (answer(one.weight))
                div { p { (one.guard.question()) } p.quiet { (one.what) "." } }
            }
        }
    };
    sheet(
        "What was asked of the study",
        &html! {},
        &html! { ul.model-guards { @for one in guards { (row(one)) } } },
    )
}

fn answer(weight: Weight) -> Markup {
    match weight {
        Weight::Good => tag_with(Tone::Good, Icon::Check, "well"),
        Weight::Doubt => tag_with(Tone::Warn, Icon::Alert, "doubt"),
        Weight::Leak => tag_with(Tone::Bad, Icon::Cross, "leak"),
    }
}

fn agreement(judged: &Judgement) -> Markup {
    match &judged.calibration {
        Some(found) => facts(&[
            (
                "Slope",
                html! { (format!("{:.2}", found.slope)) " " span.quiet { "1 is right, less is too extreme" } },
            ),
            (
                "In the large",
                html! { (format!("{:+.2}", found.in_the_large)) " " span.quiet { "0 is right, below it foretells too much" } },
            ),
            ("Observed for each expected", html! { (format!("{:.2}", found.observed_to_expected)) }),
            ("Mean distance", html! { (format!("{:.3}", judged.expected_calibration_error)) }),
        ]),
        None => {
            html! { p { "The risks tell the outcomes apart without fail, so that there is no slope. Look for a leak." } }
        }
    }
}

fn groups(apart: &[Apart], threshold: f64) -> Markup {
    if apart.is_empty() {
        return html! { p { "The task has no column of text, by which people could be judged apart." } };
    }
    let columns = [
        Column::text("Group"),
        Column::number("People"),
        Column::number("Events"),
        Column::number("AUROC"),
        Column::number("Foretold"),
        Column::number("Observed"),
        Column::number("Missed"),
        Column::number("Needless"),
    ];
    let percent = |share: f64| html! { (format!("{:.0} %", share * 100.0)) };
    let or_dash = |share: Option<f64>| share.map_or(html! { span.quiet { "–" } }, percent);
    let row = |one: &Subgroup| {
        Row::new(vec![
            html! { (one.name) },
            html! { (one.rows) },
            html! { (one.events) },
            one.auroc.map_or(html! { span.quiet { "–" } }, |area| html! { (format!("{:.2}", area.value)) span.quiet { (format!(" ({:.2} to {:.2})", area.low, area.high)) } }),
            percent(one.predicted),
            percent(one.observed),
            or_dash(one.missed),
            or_dash(one.needless),
        ])
    };
    html! {
        p.quiet { "Missed and needless at a threshold of " (format!("{:.0} %", threshold * 100.0)) "." }
        @for one in apart {
            h3 { (one.column.replace('_', " ")) }
            (table(&one.column, &columns, &one.groups.iter().map(row).collect::<Vec<_>>(), &html! {}))
        }
    }
}

fn leans(importance: &[platform::models::Importance]) -> Markup {
    let shown: Vec<(String, String)> =
        importance.iter().map(|one| (one.feature.replace('_', " "), format!("{:.3}", one.loss))).collect();
    let marks: Vec<Mark<'_>> = importance
        .iter()
        .zip(&shown)
        .map(|(one, (label, shown))| Mark { label, value: one.loss, shown })
        .collect();
    bars("What the AUROC loses when a feature is dealt to other people", &marks)
}
