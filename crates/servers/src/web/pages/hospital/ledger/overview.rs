use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::transparency::{self, Fields, History, LogError, Note, Summary, WitnessView};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::{counted, time};
use crate::web::ui::{
    Choice, Column, Field, Icon, Look, Row, Select, Tone, card, code_block, csrf_field, empty, link_button,
    notice, submit, submit_as, table, tag,
};

/// Entries on a page.
const PAGE: u64 = 25;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Only entries before this place.
    before: Option<u64>,
}

struct Looked {
    summary: Summary,
    checkpoint: Note,
    second: Option<Note>,
    entries: Vec<(u64, Option<Fields>)>,
}

/// `GET …/ledger`: how the log stands.
pub(crate) async fn overview(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let looked = inside.run(&app, move |platform, access| {
        let checkpoint = transparency::checkpoint(platform, access, History::First)?;
        let second = match transparency::checkpoint(platform, access, History::Second) {
            Err(LogError::OneHistory) => None,
            other => Some(other?),
        };
        let entries = transparency::recent(platform, access, asked.before, PAGE)?;
        Ok::<_, LogError>(Looked {
            summary: transparency::summary(platform, access)?,
            checkpoint,
            second,
            entries,
        })
    });
    let looked = looked.await?;
    let work = html! {
        div.spread { h2 { "Ledger" } span.row { (link_button("The chain", &inside.to("ledger/chain"), Look::Quiet)) (link_button("Consensus", &inside.to("ledger/consensus"), Look::Quiet)) } }
        p.quiet { "Everything in the journal, sealed so that somebody outside can check it: nothing can be changed or taken out without being seen." }
        (card("Checkpoint", &html! { span.quiet { (counted(looked.summary.size as usize, "entry", "entries")) } }, &checkpoint(&looked)))
        (card("Witnesses", &html! {}, &witnesses(&inside, &looked.summary)))
        (card("Operator", &html! {}, &operator(&inside, &looked.summary)))
        (card("Entries", &html! {}, &entries(&inside, &looked.entries)))
    };
    Ok(inside.page(Tab::Ledger, "Ledger", &work))
}

fn checkpoint(looked: &Looked) -> Markup {
    let signed = looked.checkpoint.signatures.len();
    html! {
        p { "The operator and " (counted(signed.saturating_sub(1), "witness", "witnesses")) " signed this." }
        (code_block("checkpoint", "Checkpoint", &looked.checkpoint.to_string()))
        @if let Some(second) = &looked.second {
            (notice(Tone::Bad, Some("The operator tells a second history"), &html! {
                p { "As many entries, another root. Each checkpoint is well signed; only who compares the two sees it." }
            }))
            (code_block("second", "Second checkpoint", &second.to_string()))
        }
        details {
            summary { "The keys, for your own verifier" }
            (code_block("keys", "Keys", &keys(&looked.summary)))
        }
    }
}

fn keys(summary: &Summary) -> String {
    let witnesses = summary.witnesses.iter().map(|witness| witness.key.as_str());
    std::iter::once(summary.key.as_str()).chain(witnesses).collect::<Vec<_>>().join("\n")
}

fn witnesses(inside: &Inside, summary: &Summary) -> Markup {
    let columns = [
        Column::text("Witness"),
        Column::text("Behaves"),
        Column::text("Is shown"),
        Column::number("Signed up to"),
        Column::wide("Refused because"),
        Column::text("Make it"),
    ];
    let rows: Vec<Row> = summary.witnesses.iter().map(witness).collect();
    html! {
        form method="post" action=(inside.to("ledger/witness")) {
            (csrf_field(&inside.visitor.csrf))
            (table("Witnesses", &columns, &rows, &html! {}))
        }
    }
}

fn witness(witness: &WitnessView) -> Row {
    let tone = match witness.conduct {
        "honest" => Tone::Good,
        "lying" => Tone::Bad,
        _ => Tone::Neutral,
    };
    let others = ["honest", "lying", "away"].into_iter().filter(|word| *word != witness.conduct);
    Row::new(vec![
        html! { (witness.name) },
        tag(tone, witness.conduct),
        html! { "the " (witness.shown) " history" },
        html! { (witness.seen_size) },
        html! { @if let Some(why) = &witness.refused { span.small { (why) } } },
        html! { span.row { @for word in others { (submit_as(word, Look::Quiet, "set", &format!("{word}.{}", witness.name))) } } },
    ])
}

fn operator(inside: &Inside, summary: &Summary) -> Markup {
    let names: Vec<Choice<'_>> =
        summary.witnesses.iter().map(|witness| Choice::new(&witness.name, &witness.name)).collect();
    html! {
        form method="post" action=(inside.to("ledger/operator")) {
            (csrf_field(&inside.visitor.csrf))
            @if let Some(index) = summary.second_at {
                p { "In the second history entry " (index) " reads otherwise." }
                (submit("Tell one history again", Look::Plain))
            } @else {
                p { "The operator tells everybody the same. Let it tell one witness that somebody else did it:" }
                div.row {
                    (Field::new("index", "Entry").required())
                    (Field::new("actor", "Done by").required())
                    (Select::new("witness", "Told to", &names))
                }
                (submit("Tell a second history", Look::Plain))
            }
        }
    }
}

fn entries(inside: &Inside, entries: &[(u64, Option<Fields>)]) -> Markup {
    let columns = [
        Column::number("Entry"),
        Column::text("Hospital time"),
        Column::text("Who"),
        Column::text("What"),
        Column::text("Outcome"),
        Column::text("About"),
    ];
    let rows: Vec<Row> = entries.iter().map(|(index, fields)| row(inside, *index, fields.as_ref())).collect();
    let none = empty(Icon::List, "No entries", "Nothing has happened in this hospital yet.", &html! {});
    let oldest = entries.last().map_or(0, |(index, _)| *index);
    html! {
        (table("Sealed entries, newest first", &columns, &rows, &none))
        @if oldest > 0 { div.spread { (link_button("Older", &format!("?before={oldest}"), Look::Plain)) } }
    }
}

fn row(inside: &Inside, index: u64, fields: Option<&Fields>) -> Row {
    let link = html! { a href=(inside.to(&format!("ledger/entry?index={index}"))) { (index) } };
    let Some(fields) = fields else { return Row::new(vec![link]) };
    Row::new(vec![
        link,
        time(fields.virtual_us),
        html! { (fields.actor) span.quiet { ", " (fields.source) } },
        html! { code { (fields.kind) } },
        tag(if fields.outcome == "ok" { Tone::Good } else { Tone::Bad }, &fields.outcome),
        html! { @if let Some(subject) = &fields.subject { code { (subject) } } },
    ])
}
