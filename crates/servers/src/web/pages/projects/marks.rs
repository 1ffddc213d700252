use std::collections::BTreeMap;

use maud::{Markup, html};
use platform::projects::{Behaviour, Marked};

use super::fields::{BECAUSE, MARK};
use crate::web::ui::{Choice, Column, Field, Icon, Row, Tone, radios, table, tag, tag_with};

/// Marks, with what each means.
const MARKS: [(&str, &str); 3] = [("0", "Not shown"), ("1", "Partly"), ("2", "Shown")];

/// A mark in words.
pub(super) fn mark_tag(mark: u8) -> Markup {
    match mark {
        0 => tag_with(Tone::Bad, Icon::Cross, "not shown"),
        1 => tag(Tone::Warn, "partly"),
        _ => tag_with(Tone::Good, Icon::Check, "shown"),
    }
}

/// How far each behaviour was found to be shown, and why.
pub(super) fn marks_table(
    caption: &str,
    behaviours: &[Behaviour],
    marks: &BTreeMap<String, Marked>,
) -> Markup {
    let columns = [Column::wide("Behaviour"), Column::text("Mark"), Column::wide("Why")];
    let row = |one: &Behaviour| {
        let marked = marks.get(&one.id)?;
        Some(Row::new(vec![html! { (one.says) }, mark_tag(marked.mark), html! { (marked.because) }]))
    };
    let rows: Vec<Row> = behaviours.iter().filter_map(row).collect();
    table(caption, &columns, &rows, &html! {})
}

/// Fields in which every behaviour is marked with a reason.
pub(super) fn marks_fields(behaviours: &[Behaviour], given: Option<&BTreeMap<String, Marked>>) -> Markup {
    let choices = MARKS.map(|(value, label)| Choice::new(value, label));
    html! {
        @for one in behaviours {
            @let marked = given.and_then(|given| given.get(&one.id));
            @let chosen = marked.map(|marked| marked.mark.to_string()).unwrap_or_default();
            div.pj-mark {
                (radios(&format!("{MARK}{}", one.id), &one.says, &choices, &chosen))
                (Field::new(&format!("{BECAUSE}{}", one.id), "Why you think so").value(marked.map_or("", |marked| marked.because.as_str())).required())
            }
        }
    }
}
