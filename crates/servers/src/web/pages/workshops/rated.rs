//! How two raters saw a team, beside each other.

use maud::{Markup, html};
use platform::workshops::{LEVELS, Mark, Rated, RatedBehaviour};

use crate::web::ui::{Column, Icon, Row, Tone, table, tag, tag_with};

/// Both ratings with what they agree in; the same for everybody who took part.
pub(super) fn compared(rated: &Rated) -> Markup {
    let agreement = &rated.agreement;
    let [first, second] = &rated.raters;
    let columns = [
        Column::wide("Behaviour"),
        Column::wide(first),
        Column::wide(second),
        Column::text("Apart"),
        Column::wide("Stands"),
    ];
    let rows: Vec<Row> = rated.behaviours.iter().map(row).collect();
    let of_both = |count: usize| html! { (count) " of " (agreement.seen_by_both) };
    html! {
        (table("Rated by two", &columns, &rows, &html! {}))
        dl.figures {
            div { dt { "Marked alike" } dd { (of_both(agreement.exact)) } }
            div { dt { "Within one level" } dd { (of_both(agreement.within_one)) } }
            div { dt { "Weighted kappa" } dd { @match agreement.kappa { Some(kappa) => { (format!("{:.2}", kappa.value)) } None => { "none" } } } }
        }
        p.small.quiet { "Levels from 1 to " (LEVELS) ". " (agreement.kappa_words()) }
    }
}

fn row(one: &RatedBehaviour) -> Row {
    let settled = one.settled.as_ref().filter(|settled| settled.agreed);
    Row::new(vec![
        html! { (one.title) },
        mark(&one.marks[0]),
        mark(&one.marks[1]),
        apart(one),
        html! {
            strong { (one.stands()) }
            @if let Some(says) = &one.says { p.small { (says) } }
            @if let Some(settled) = settled { p.small.quiet { "Because " (settled.why) } }
        },
    ])
}

/// One rater's mark, with what they saw.
pub(super) fn mark(mark: &Mark) -> Markup {
    html! {
        @match mark.level { Some(level) => { strong { (level) } } None => { (tag(Tone::Neutral, "not seen")) } }
        @if !mark.note.is_empty() { p.small { (mark.note) } }
    }
}

fn apart(one: &RatedBehaviour) -> Markup {
    match one.apart {
        None => html! { span.quiet { "–" } },
        Some(0) => tag_with(Tone::Good, Icon::Check, "alike"),
        Some(1) => tag(Tone::Info, "1 level"),
        Some(levels) => tag_with(Tone::Warn, Icon::Alert, &format!("{levels} levels")),
    }
}
