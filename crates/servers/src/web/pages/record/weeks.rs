use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use platform::record::{Apprenticed, Line, LineState, Side, hours_text, monday};

use super::forms;
use super::told::line_tag;
use crate::web::pages::words::{date, day, iso};
use crate::web::ui::{Column, Icon, Row, empty, moment, table};

/// The log, week by week, the newest first.
pub(super) fn weeks(one: &Apprenticed, csrf: &str) -> Markup {
    let mut weeks: BTreeMap<Date, Vec<&Line>> = BTreeMap::new();
    for line in &one.record.lines {
        weeks.entry(monday(line.day)).or_default().push(line);
    }
    if weeks.is_empty() {
        let why =
            "A day is logged by the apprentice, and a week is signed by the supervisor once it is over.";
        return empty(Icon::Note, "Nothing logged yet", why, &html! {});
    }
    html! { @for (monday, lines) in weeks.iter_mut().rev() { (week(one, *monday, lines, csrf)) } }
}

fn week(one: &Apprenticed, monday: Date, lines: &mut [&Line], csrf: &str) -> Markup {
    lines.sort_by_key(|line| (line.day, line.seq));
    let title = format!("Week of {}", date(&monday.to_string()));
    let columns =
        [Column::text("Day"), Column::number("Hours"), Column::wide("What was done"), Column::text("State")];
    let rows: Vec<Row> = lines.iter().map(|line| row(one, line, csrf)).collect();
    let waiting: Vec<&Line> = lines.iter().copied().filter(|line| line.waits()).collect();
    let signatures = one.record.signatures.iter().filter(|signed| signed.week == monday);
    let open = !one.record.is_over();
    html! {
        h3 { (title) }
        (table(&title, &columns, &rows, &html! {}))
        @for signed in signatures {
            p { "Signed by " (one.supervisor.name) ", " (moment(&iso(signed.at_us), &day(signed.at_us))) @if !signed.words.is_empty() { ": “" (signed.words) "”" } }
        }
        @if open && one.writes_as(Side::Supervisor) && !waiting.is_empty() { (forms::sign(one, monday, &waiting, csrf)) }
    }
}

fn row(one: &Apprenticed, line: &Line, csrf: &str) -> Row {
    let title = one.schedule.title_of(&line.at).unwrap_or(&line.at);
    let writes = one.writes_as(Side::Apprentice) && !one.record.is_over();
    Row::new(vec![
        html! { span id={ "line-" (line.seq) } { (line.day.strftime("%a %-d %b")) } br; span.quiet.small { "line " (line.seq) } },
        html! { @if gone(line) { s { (hours_text(line.minutes)) } } @else { (hours_text(line.minutes)) } },
        html! {
            (line.what) br; span.quiet.small { (title) }
            @if let Some((mends, why)) = &line.corrects { br; span.quiet.small { "Corrects " a href={ "#line-" (mends) } { "line " (mends) } ": " (why) } }
            @if let LineState::Returned(why) = &line.state { br; span.small { "Given back: " (why) } }
            @if let LineState::Mended(by) = &line.state { br; span.quiet.small { "Mended by " a href={ "#line-" (by) } { "line " (by) } } }
        },
        html! {
            (line_tag(line))
            @if writes { (own_act(one, line, csrf)) }
        },
    ])
}

/// Whether a line no longer says what was done.
fn gone(line: &Line) -> bool {
    matches!(line.state, LineState::Withdrawn | LineState::Mended(_))
}

fn own_act(one: &Apprenticed, line: &Line, csrf: &str) -> Markup {
    match line.state {
        LineState::Open | LineState::Returned(_) => forms::withdraw(one, line.seq, csrf),
        LineState::Signed(_) => {
            html! { " " a href={ "/record/" (one.id) "/lines/" (line.seq) } { "Correct" span.visually-hidden { " line " (line.seq) } } }
        }
        LineState::Withdrawn | LineState::Mended(_) => html! {},
    }
}
