use maud::{Markup, html};
use platform::record::{Apprenticed, Done, Gap, Side, WageStep, hours_text};

use super::forms;
use super::one::Names;
use crate::web::pages::words::{capital, counted, date};
use crate::web::ui::{Column, Icon, Row, Tone, notice, progress, table, tag, tag_with};

/// Everything that is missing for completion.
pub(super) fn missing(one: &Apprenticed, names: &Names) -> Markup {
    if one.record.completed_us.is_some() {
        return notice(
            Tone::Good,
            Some("Complete"),
            &html! { p { "Everything that was asked for is signed." } },
        );
    }
    let gaps = &one.progress.missing;
    if gaps.is_empty() {
        return notice(
            Tone::Good,
            Some("Nothing is missing"),
            &html! { p { "The office can declare it complete." } },
        );
    }
    let words = |gap: &Gap| match gap {
        Gap::Entrust(id) => format!("Not entrusted yet: {}", names.competency(id)),
        other => capital(&other.to_string()),
    };
    html! {
        details {
            summary { "Missing for completion: " (counted(gaps.len(), "thing", "things")) }
            ul { @for gap in gaps { li { (words(gap)) } } }
        }
    }
}

/// Hours by process and course.
pub(super) fn far(one: &Apprenticed) -> Markup {
    let made = &one.progress;
    let columns = [
        Column::wide("Work"),
        Column::number("Signed hours"),
        Column::number("At least"),
        Column::number("Counts up to"),
    ];
    let hours = |minutes: Option<u32>| minutes.map_or("–".to_owned(), hours_text);
    let row = |done: &Done| {
        let enough = done.least.is_some_and(|least| done.counted >= least);
        Row::new(vec![
            html! { (done.title) @if enough { " " (tag_with(Tone::Good, Icon::Check, "enough")) } },
            html! { (hours_text(done.minutes)) },
            html! { (hours(done.least)) },
            html! { (hours(done.most)) },
        ])
    };
    let rows: Vec<Row> = made.processes.iter().map(row).collect();
    let courses: Vec<Row> = made.instruction.iter().map(row).collect();
    html! {
        @if let Some(term) = one.schedule.term_hours {
            (progress("term", "Hours on the job", (made.job_minutes / 60) as usize, term as usize))
        }
        @if made.waiting_minutes > 0 { p { (hours_text(made.waiting_minutes)) " hours wait for a signature and do not count yet." } }
        (table("Hours on the job", &columns, &rows, &html! {}))
        (table("Related instruction", &columns, &courses, &html! {}))
    }
}

/// The wage steps, which are reached and which are paid.
pub(super) fn wages(one: &Apprenticed, csrf: &str) -> Markup {
    let wage = &one.progress.wage;
    let columns =
        [Column::text("Step"), Column::wide("Asks for"), Column::number("An hour"), Column::text("State")];
    let row = |(number, step): (usize, &WageStep)| {
        let state = match one.record.paid.get(&number) {
            Some(from) => {
                html! { (tag_with(Tone::Good, Icon::Check, "paid")) span.quiet { " from " (date(&from.to_string())) } }
            }
            None if number == 0 => tag(Tone::Neutral, "from the first day"),
            None if number <= wage.reached => {
                tag_with(Tone::Warn, Icon::Clock, "reached, not in the pay yet")
            }
            None => tag(Tone::Neutral, "not reached"),
        };
        Row::new(vec![
            html! { (number + 1) },
            html! { (step.hours) " hours and " (counted(step.entrusted as usize, "competency", "competencies")) },
            html! { (step.cents / 100) "." (format!("{:02}", step.cents % 100)) },
            state,
        ])
    };
    let rows: Vec<Row> = one.record.agreement.wages.iter().enumerate().map(row).collect();
    html! {
        (table("Wage steps", &columns, &rows, &html! {}))
        @if let Some((minutes, competencies)) = wage.next {
            p { "The next step needs " (hours_text(minutes)) " more signed hours and " (counted(competencies as usize, "more competency", "more competencies")) ": both, not one of them." }
        }
        @if one.writes_as(Side::Office) && !one.record.is_over() {
            @for step in &wage.unpaid { (forms::pay(one, *step, csrf)) }
        }
    }
}
