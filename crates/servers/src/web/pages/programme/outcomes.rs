use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::assessments::{AssessmentError, Learned};
use platform::outcomes::{DrillOutcome, DrillTrends, Outcomes, Retained, Trend, WorkshopOutcome};

use super::frame::{CohortTab, cohort_page};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, counted, iso, percent};
use crate::web::ui::{Column, Icon, Row, Tone, card, empty, moment, or_none, table, tag};

const INTRO: &str = "What came of this cohort, each figure with how many it counts and how it is known. There is no single score, and few people make any figure loose.";

/// `GET /programme/cohorts/{cohort}/outcomes`.
pub(super) async fn outcomes(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, Fault> {
    let (person, wanted) = (visitor.person.clone(), id.clone());
    let (found, learned) = app
        .run(move |platform| {
            let learned = platform.cohort_learned(&person, &wanted);
            platform.cohort_outcomes(&person, &wanted).map(|found| (found, learned))
        })
        .await?;
    let learned = learned.map_err(|error: AssessmentError| Fault::from(error))?;
    let content = html! {
        h2.visually-hidden { "Outcomes" }
        (card("Learners", &html! {}, &learners(&found)))
        (card("First day and last day", &html! {}, &learned_table(&learned)))
        (card("Drills", &measured(), &drills(&found)))
        (card("Workshops", &html! {}, &workshops(&found.workshops)))
    };
    Ok(cohort_page(&visitor, (&id, &found.cohort.title), CohortTab::Outcomes, INTRO, &content))
}

fn learners(found: &Outcomes) -> Markup {
    let columns = [
        Column::wide("Figure"),
        Column::number("Value"),
        Column::number("Half of them"),
        Column::text("Counts"),
        Column::text("How it is known"),
    ];
    let days = |days: f64| format!("{days:.0} days");
    let capstone = found.capstone_days;
    let reached = capstone.map_or(0, |spread| spread.count);
    let first = Row::new(vec![
        html! { "From the first day to the first lab of the highest level, finished without a hint" },
        or_none(capstone.map(|spread| days(spread.middle)).as_deref()),
        or_none(capstone.map(|spread| format!("{:.0} to {:.0}", spread.low, spread.high)).as_deref()),
        html! { (reached) " of " (counted(found.learners, "learner", "learners")) },
        measured(),
    ]);
    let stayed = |one: &Retained| {
        let share = (one.due > 0).then(|| format!("{:.0} %", one.stayed as f64 / one.due as f64 * 100.0));
        Row::new(vec![
            html! { "Still apprenticed " (one.months) " months after the first day, or complete" },
            or_none(share.as_deref()),
            or_none(None),
            html! { (one.stayed) " of " (counted(one.due, "apprenticeship", "apprenticeships")) " that began so long ago" },
            measured(),
        ])
    };
    let onboarded = found.onboarding_days.as_ref();
    let employers = Row::new(vec![
        html! { "From the first day to work without somebody beside them, as employers report" },
        or_none(onboarded.map(|one| days(one.own.middle)).as_deref()),
        or_none(onboarded.map(|one| format!("{:.0} to {:.0}", one.own.low, one.own.high)).as_deref()),
        html! {
            @match onboarded {
                Some(one) => { (counted(one.own.count, "report", "reports")) "; usual there " (days(one.usual.middle)) "; " (one.less) " sooner" },
                None => "0 reports",
            }
        },
        tag(Tone::Neutral, "reported"),
    ]);
    let rows: Vec<Row> =
        std::iter::once(first).chain(found.retained.iter().map(stayed)).chain([employers]).collect();
    table("Learners", &columns, &rows, &html! {})
}

fn learned_table(learned: &[Learned]) -> Markup {
    let columns = [
        Column::wide("Assessment"),
        Column::number("First day"),
        Column::number("Last day"),
        Column::number("Difference"),
        Column::wide("Counts"),
        Column::text("How it is known"),
    ];
    let row = |one: &Learned| {
        let gain = one.gain.as_ref();
        let points = |share: f64| format!("{:+.0}", share * 100.0);
        let difference = gain.map(|gain| match gain.off {
            Some(off) => format!("{} (± {:.0}) points", points(gain.mean), off * 100.0),
            None => format!("{} points", points(gain.mean)),
        });
        let form =
            |at: usize| one.forms[at].as_ref().map_or("nobody".to_owned(), |form| percent(form.middle));
        Row::new(vec![
            html! { (one.assessment.title) },
            or_none(gain.map(|gain| percent(gain.first.middle)).as_deref()),
            or_none(gain.map(|gain| percent(gain.last.middle)).as_deref()),
            or_none(difference.as_deref()),
            html! { (gain.map_or(0, |gain| gain.first.count)) " took both forms of " (one.first) " who took the first; begun with form A " (form(0)) ", with form B " (form(1)) },
            measured(),
        ])
    };
    let rows: Vec<Row> = learned.iter().map(row).collect();
    html! {
        p.quiet { "Of those who took both forms, half were right in so much or more. The difference is the mean, with half of its 95 % interval." }
        (table("First day and last day", &columns, &rows, &html! {}))
    }
}

fn drills(found: &Outcomes) -> Markup {
    let columns = [
        Column::text("Over"),
        Column::wide("Drill"),
        Column::number("Of this cohort"),
        Column::number("Known"),
        Column::number("Contained"),
        Column::number("Restored"),
        Column::number("Points"),
        Column::text("Passed"),
    ];
    let minute = |at: Option<i64>| or_none(at.map(|at| format!("min {at}")).as_deref());
    let row = |one: &DrillOutcome| {
        Row::new(vec![
            moment(&iso(one.ended_us), &at(one.ended_us)),
            html! { (one.title) },
            html! { (one.people) },
            minute(one.detected_min),
            minute(one.contained_min),
            minute(one.restored_min),
            html! { (one.points) },
            if one.passed { tag(Tone::Good, "passed") } else { tag(Tone::Neutral, "not passed") },
        ])
    };
    let rows: Vec<Row> = found.drills.iter().map(row).collect();
    let nothing = empty(
        Icon::Chart,
        "No drill is over yet",
        "What a drill was worth stands here when it has ended.",
        &html! {},
    );
    html! {
        (table("Drills", &columns, &rows, &nothing))
        (drill_trends(&found.drill_trends))
    }
}

/// How drills go the second time.
fn drill_trends(trends: &DrillTrends) -> Markup {
    let all = [
        ("Points", trends.points),
        ("Minutes until it was known", trends.detected_min),
        ("Minutes until it was contained", trends.contained_min),
        ("Minutes until all was restored", trends.restored_min),
    ];
    let columns = [
        Column::wide("Median"),
        Column::number("First drill"),
        Column::number("Latest drill"),
        Column::text("Counted"),
    ];
    let row = |(title, trend): &(&str, Option<Trend>)| {
        let trend = (*trend)?;
        Some(Row::new(vec![
            html! { (title) },
            html! { (format!("{:.0}", trend.first.middle)) },
            html! { (format!("{:.0}", trend.latest.middle)) },
            html! { (trend.better) " of " (trend.first.count) " did better" },
        ]))
    };
    let rows: Vec<Row> = all.iter().filter_map(row).collect();
    html! {
        @if !rows.is_empty() {
            p.quiet { "Who was in two drills or more is compared with themselves. Minutes are compared within one scenario, and only where it came so far both times." }
            (table("The first drill and the latest", &columns, &rows, &html! {}))
        }
    }
}

fn workshops(held: &[WorkshopOutcome]) -> Markup {
    let columns = [
        Column::text("Over"),
        Column::wide("Workshop"),
        Column::number("Of this cohort"),
        Column::number("Facts on the table"),
        Column::number("Hand-offs closed"),
        Column::number("Agreed at the end"),
        Column::number("Right at the end"),
    ];
    let whole = |share: u32| format!("{share} %");
    let row = |one: &WorkshopOutcome| {
        Row::new(vec![
            moment(&iso(one.ended_us), &at(one.ended_us)),
            html! { (one.title) },
            html! { (one.people) },
            html! { (whole(one.facts)) },
            html! { (whole(one.hand_offs)) },
            or_none(one.agreement.map(whole).as_deref()),
            or_none(one.correct.map(whole).as_deref()),
        ])
    };
    let rows: Vec<Row> = held.iter().map(row).collect();
    let nothing = empty(
        Icon::Person,
        "No workshop is over yet",
        "How a team worked together stands here when its workshop has ended; nobody is measured alone.",
        &html! {},
    );
    html! {
        @if !rows.is_empty() { p { "Of the team as a whole; nobody is measured alone. " (measured()) } }
        (table("Workshops", &columns, &rows, &nothing))
    }
}

/// How every figure here is known: computed from what was recorded when it happened.
fn measured() -> Markup {
    tag(Tone::Info, "measured")
}
