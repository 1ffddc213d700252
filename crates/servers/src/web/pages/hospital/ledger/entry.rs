use axum::extract::{Query, State};
use data_encoding::HEXLOWER;
use maud::{Markup, html};
use platform::transparency::{self, Fields, Shown};
use serde::Deserialize;

use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::words::time;
use crate::web::ui::{
    Field, Look, Tone, card, code_block, csrf_field, facts, link_button, notice, or_none, submit,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    index: u64,
}

/// `GET …/ledger/entry?index=`: an entry as the archive has it, and whether that is what was sealed.
pub(crate) async fn entry(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let shown =
        inside.run(&app, move |platform, access| transparency::show(platform, access, asked.index)).await?;
    let work = html! {
        div.spread { h2 { "Entry " (shown.index) } (link_button("All of the log", &inside.to("ledger"), Look::Quiet)) }
        (verdict(&shown))
        (card("As the archive has it", &html! {}, &html! {
            @if let Some(fields) = &shown.fields { (told(fields)) }
        }))
        (card("Proof", &html! {}, &proof(&inside, &shown)))
        (card("With the archive's own rights", &html! {}, &edit(&inside, &shown)))
    };
    Ok(inside.page(Tab::Ledger, &format!("Entry {}", shown.index), &work))
}

fn verdict(shown: &Shown) -> Markup {
    match &shown.verdict {
        Ok(accepted) => notice(
            Tone::Good,
            Some("Proven"),
            &html! {
                p { "These very bytes are entry " (shown.index) " of " (accepted.checkpoint.size) ", under the root that the operator signed." }
            },
        ),
        Err(why) => notice(
            Tone::Bad,
            Some("Not what was sealed"),
            &html! {
                p { "What the archive says here is not what the log was built from: " (why) "." }
            },
        ),
    }
}

fn told(fields: &Fields) -> Markup {
    facts(&[
        ("Journal entry", html! { (fields.seq) }),
        ("Hospital time", time(fields.virtual_us)),
        ("Who", html! { (fields.actor) ", " (fields.source) }),
        ("What", html! { code { (fields.kind) } }),
        ("Outcome", html! { (fields.outcome) }),
        ("About", or_none(fields.subject.as_deref())),
        ("Particulars", html! { code { (fields.detail) } }),
    ])
}

fn proof(inside: &Inside, shown: &Shown) -> Markup {
    let index = shown.index;
    let address = |what: &str| format!("/s/{}/log/{what}/{index}", inside.sandbox);
    html! {
        p { "Hash the entry, then combine it with these " (shown.proof.path.len()) " hashes one after the other: the result must be the root of the checkpoint below them." }
        (facts(&[("Sealed hash", html! { code { (HEXLOWER.encode(&shown.sealed)) } })]))
        (code_block("proof", "Proof", &shown.proof.to_string()))
        div.row {
            a href=(address("entries")) download={ "entry-" (index) ".bin" } { "The entry's bytes" }
            a href=(address("proofs")) download={ "entry-" (index) ".tlog-proof" } { "The proof" }
        }
    }
}

fn edit(inside: &Inside, shown: &Shown) -> Markup {
    let actor = shown.fields.as_ref().map(|fields| fields.actor.as_str()).unwrap_or_default();
    html! {
        p { "Whoever administers the archive can let this entry say that somebody else did it. The journal of this hospital stays as it is." }
        form method="post" action=(inside.to("ledger/entry")) {
            (csrf_field(&inside.visitor.csrf))
            input type="hidden" name="index" value=(shown.index);
            (Field::new("actor", "Done by").value(actor).required())
            (submit("Change the archive", Look::Plain))
        }
    }
}
