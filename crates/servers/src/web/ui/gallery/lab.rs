//! The workspace of a lab in the middle of an attempt.

use maud::{Markup, html};

use crate::web::ui::{
    Check, Choice, Column, Confirm, Field, Finding, Icon, Link, Look, Row, Rung, Step, Tone, Verdict,
    Workspace, confirm, filtered, hints, markdown, post_form, progress, radios, steps, submit, submit_with,
    table, tabs, tag, tally, workspace,
};

const BRIEF: &str = "02:10. The night desk calls again: a nurse has two wristbands for one woman, with two numbers and one birthday. It is the third \
time this week.\n\nThe day team rounds at seven. Until then, every person should have **one chart that everybody opens**.";

pub(super) fn lab() -> Markup {
    let checks = checks();
    let (done, of) = tally(&checks);
    workspace(&Workspace {
        title: "Two charts, one patient",
        meta: "Practitioner · 40 min · attempt 2",
        progress: progress("checks-passed", "Checks passed", done, of),
        brief: html! { (markdown(BRIEF)) (steps("#events", 41, &lab_steps(&checks))) (ladder()) },
        actions: html! {
            form method="post" action="#check" { (submit("Check now", Look::Primary)) }
            form method="post" action="#undo" { (submit_with(Icon::Undo, "Undo", Look::Plain)) }
            (reset())
        },
        tabs: tabs(
            "Hospital",
            &[
                Link::to("Patients", "#patients").current(true),
                Link::to("Chart", "#chart"),
                Link::to("FHIR", "#fhir"),
                Link::to("Journal", "#journal").count(128),
            ],
        ),
        work: patients(),
    })
}

fn checks() -> Vec<Check<'static>> {
    let altered = Finding {
        expected: "no change after 02:10",
        observed: "birth date 1958-07-12 is now 1958-12-07",
        place: Some(("Patient/4tq2mzk7aaab, version 2", Some("#chart"))),
        say: Some("Twins share a birthday, not a chart. She is somebody else."),
    };
    let missing = Finding {
        expected: "each duplicate is replaced by the chart that stays",
        observed: "1 of 3 links points the other way",
        place: Some(("Patient/4tq2mzk7aaac", None)),
        say: None,
    };
    vec![
        Check {
            id: "found",
            title: "Every pair, and no other",
            bonus: false,
            verdict: Verdict::Passed(Some("3 of 3 · answered 02:31")),
        },
        Check {
            id: "linked",
            title: "Each pair is linked, the right way round",
            bonus: false,
            verdict: Verdict::Failed(missing),
        },
        Check {
            id: "inactive",
            title: "The chart that goes is no longer active",
            bonus: false,
            verdict: Verdict::NotYet(Some("0 of 3")),
        },
        Check {
            id: "lookalike",
            title: "The look-alike stays as she was",
            bonus: false,
            verdict: Verdict::Tripped(altered),
        },
        Check {
            id: "one-transaction",
            title: "All of it in one transaction",
            bonus: true,
            verdict: Verdict::NotYet(None),
        },
    ]
}

fn lab_steps<'a>(checks: &'a [Check<'a>]) -> [Step<'a>; 3] {
    let answer = html! { (Field::new("pairs", "MRNs of the charts that should go").hint("Separated by spaces.").value("0052210")) div.form-actions { (submit("Answer", Look::Plain)) } };
    [
        Step {
            title: "Who is here twice?",
            checks: &checks[..1],
            form: post_form("#answer", "gallery", &answer),
        },
        Step { title: "Make it one", checks: &checks[1..3], form: html! {} },
        Step { title: "Harm nobody", checks: &checks[3..], form: html! {} },
    ]
}

fn ladder() -> Markup {
    let rungs = [
        Rung {
            name: "Nudge",
            text: Some(html! { p { "Two charts agree on more than a name." } }),
            price: "free",
        },
        Rung { name: "Pointer", text: None, price: "1 point" },
        Rung { name: "Method", text: None, price: "2 points" },
        Rung { name: "Worked step", text: None, price: "4 points" },
    ];
    let ask = post_form(
        "#hint",
        "gallery",
        &html! { div.form-actions { (submit_with(Icon::Hint, "Ask for a pointer", Look::Plain)) } },
    );
    hints("each pair is linked", &rungs, &ask)
}

fn reset() -> Markup {
    let grains = [
        Choice::new("step", "This step"),
        Choice::new("lab", "This lab"),
        Choice::new("sandbox", "The whole hospital"),
    ];
    let question = Confirm {
        id: "reset",
        opens: "Reset…",
        icon: Some(Icon::Reset),
        title: "Start again from where?",
        body: html! { (radios("grain", "Put back", &grains, "step")) p.quiet { "Hints you have opened stay open. Passed labs stay passed." } },
        action: "#reset",
        does: "Reset",
        look: Look::Danger,
    };
    confirm(&question, "gallery")
}

fn patients() -> Markup {
    let columns = ["Name", "MRN", "Born", "Address", "Where"].map(Column::text);
    let rows: Vec<Row> = [
        ("Whitcomb, Rosalyn", "0052210", "1958-07-12", "14 Harbour Lane", "–"),
        ("Whitcombe, Rosalind", "0041877", "1958-07-12", "14 Harbor Ln", "3 East, bed 12"),
        ("Whitcombe, Roswitha", "0041878", "1958-07-12", "2 Mill Street", "–"),
        ("Sørensen, Tomás", "0017003", "1990-02-28", "77 Ash Road", "ICU, bed 2"),
    ]
    .into_iter()
    .map(|(name, mrn, born, address, place)| {
        Row::new(vec![
            html! { a href="#chart" { (name) } },
            html! { code { (mrn) } },
            html! { (born) },
            html! { (address) },
            html! { @if place == "–" { (tag(Tone::Neutral, "not in hospital")) } @else { (place) } },
        ])
    })
    .collect();
    let list = table("Patients", &columns, &rows, &html! {});
    html! { div.table-frame { (filtered("filter", "Filter by name, MRN or date", rows.len(), &list)) } }
}
