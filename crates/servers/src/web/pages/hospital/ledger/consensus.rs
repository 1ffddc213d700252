use axum::extract::{RawQuery, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::consensus::{self, Evidence, EvidenceError, Played, Said as Message, Signed, Wanted};

use super::votes::drawing;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::Fields;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::ui::{
    Choice, Column, Field, Look, Row, Select, Takes, Tone, card, csrf_field, link_button, notice, or_none,
    submit, table, tag,
};

/// What a validator can be made to do.
const CONDUCTS: [&str; 4] = ["honest", "crashed", "lagging", "lying"];

/// `GET …/ledger/consensus`: four validators at work, drawn and told.
pub(crate) async fn consensus(inside: Inside, RawQuery(query): RawQuery) -> Result<Markup, Fault> {
    let wanted = wanted(query.as_deref().unwrap_or_default())?;
    let played = consensus::play(wanted);
    let work = html! {
        div.spread { h2 { "Consensus" } (link_button("The chain", &inside.to("ledger/chain"), Look::Quiet)) }
        p.quiet { "Four validators agree on one block after the other. Three votes of four decide, so one of them may be faulty. Their network is computed from a seed: the same seed gives the same run." }
        (card("What is played", &html! {}, &form(&played, wanted.drawn.is_some())))
        (outcome(&played))
        vote-player data-steps=(played.messages.len()) {
            div.vote-controls hidden {
                button.button type="button" data-does="back" { "Back" }
                button.button type="button" data-does="step" { "Step" }
                button.button type="button" data-does="play" { "Play" }
                label { span.visually-hidden { "Up to message" } input type="range" min="0" max=(played.messages.len()) value=(played.messages.len()); }
                output {}
            }
            @for height in 1..=played.heights { (drawing(&played, height)) }
            (legend())
            (card("Every message", &html! {}, &messages(&played)))
        }
        @if let Some(liars) = wanted.drawn { (card("Accuse somebody", &html! {}, &accuse(&inside, &played, liars))) }
    };
    Ok(inside.page(Tab::Ledger, "Consensus", &work))
}

/// `POST …/ledger/consensus`: two messages, brought forward as evidence.
pub(crate) async fn evidence(
    State(app): State<App>,
    inside: Inside,
    form: Fields,
) -> Result<Response, Fault> {
    let field = |name: &str| form.fields.get(name).cloned().unwrap_or_default();
    let query = format!("seed={}&liars={}&heights={}", field("seed"), field("liars"), field("heights"));
    let played = consensus::play(wanted(&query)?);
    let message = |name: &str| {
        let text = field(name);
        let number = text.trim().parse::<usize>().ok();
        let found = number.and_then(|number| played.messages.get(number));
        found.ok_or_else(|| Fault::Refused(format!("There is no message \"{text}\" in this run.")))
    };
    let (one, other) = (message("one")?, message("other")?);
    let signed =
        |message: &Message| Signed { text: message.text.clone(), signature: message.signature.clone() };
    let (seed, validator) = (played.seed, one.from.to_owned());
    let evidence = Evidence { seed, validator: validator.clone(), one: signed(one), other: signed(other) };
    let back = inside.to(&format!("ledger/consensus?{query}"));
    let judged = inside.run(&app, move |_, access| match consensus::prove(access, &evidence) {
        Err(EvidenceError::Store(error)) => Err(error),
        judged => Ok(judged.map_err(|error| error.to_string())),
    });
    Ok(match judged.await? {
        Ok(_) => Said::well(format!("Proven: {validator} has signed two things that exclude each other."))
            .at(&back),
        Err(why) => Said::badly(format!("{why}.")).at(&back),
    })
}

fn wanted(query: &str) -> Result<Wanted, Fault> {
    Wanted::read(&pairs(query)).map_err(|what| Fault::Refused(format!("{what}.")))
}

/// The parameters, with the four selects of the form as one list.
fn pairs(query: &str) -> Vec<(String, String)> {
    let mut pairs = platform::fhir::pairs_of(query);
    let conducts: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| name.starts_with("validator-"))
        .map(|(_, word)| word.clone())
        .collect();
    if conducts.len() == 4 {
        pairs.push(("faults".to_owned(), conducts.join(",")));
    }
    pairs
}

fn form(played: &Played, is_drawn: bool) -> Markup {
    let (seed, heights) = (played.seed.to_string(), played.heights.to_string());
    let conducts = CONDUCTS.map(|word| Choice::new(word, word));
    html! {
        form.stack method="get" {
            div.row {
                (Field::new("seed", "Seed").value(&seed).takes(Takes::Number).required())
                (Field::new("heights", "Blocks").value(&heights).takes(Takes::Number).required())
                @for validator in &played.validators {
                    (Select::new(&format!("validator-{}", validator.name), validator.name, &conducts).chosen(validator.behaves.unwrap_or("honest")))
                }
            }
            (submit("Play it", Look::Primary))
        }
        p.small {
            @if is_drawn { "The seed has drawn who lies here, and the page does not say who. " }
            @else { "Or let the seed draw who lies: " a href={ "?seed=" (seed) "&liars=1" } { "one" } " or " a href={ "?seed=" (seed) "&liars=2" } { "two" } " of the four." }
        }
    }
}

fn outcome(played: &Played) -> Markup {
    match played.forks.as_deref() {
        None => html! {},
        Some([]) if played.agreed == played.heights => notice(
            Tone::Good,
            Some("Agreed"),
            &html! {
                p { "Everybody who follows the protocol has decided the same, block for block." }
            },
        ),
        Some([]) => notice(
            Tone::Warn,
            Some("It does not go on"),
            &html! {
                p { "Only " (played.agreed) " of " (played.heights) " blocks are decided by everybody who follows the protocol. Nothing wrong was decided either." }
            },
        ),
        Some(forks) => notice(
            Tone::Bad,
            Some("Two truths"),
            &html! {
                p { "Honest validators have decided differently on block " (forks.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")) ". With two of four lying, three votes no longer mean one honest majority." }
            },
        ),
    }
}

fn legend() -> Markup {
    html! {
        p.small.vote-legend {
            "A square proposes, a circle is a first vote (prevote), a diamond the second (precommit). Hollow is a vote for nothing. A double ring has decided. Lines lead to when it came."
        }
    }
}

fn messages(played: &Played) -> Markup {
    let columns = [
        Column::number("Message"),
        Column::number("Sent, ms"),
        Column::text("From"),
        Column::text("Says"),
        Column::text("Block.round"),
        Column::text("For"),
        Column::text("Comes to, ms"),
        Column::text("Signature"),
    ];
    let rows: Vec<Row> = played.messages.iter().map(row).collect();
    let none = html! {};
    html! {
        (table("Every message, in the order in which they were sent", &columns, &rows, &none))
        @if !played.decisions.is_empty() {
            h3 { "Decisions" }
            ul { @for one in &played.decisions { li { (one.at_ms) " ms: " (one.validator) " takes “" (one.value) "” for block " (one.height) } } }
        }
    }
}

fn row(message: &Message) -> Row {
    let tone = match message.kind {
        "proposal" => Tone::Info,
        "precommit" => Tone::Good,
        _ => Tone::Neutral,
    };
    let to: Vec<String> = message.to.iter().map(|to| format!("{} {}", to.validator, to.arrives_ms)).collect();
    Row::new(vec![
        html! { (message.number) },
        html! { (message.sent_ms) },
        html! { (message.from) },
        tag(tone, message.kind),
        html! { (message.height) "." (message.round) },
        or_none(message.value.as_deref()),
        html! { (to.join(", ")) },
        html! { code title=(message.signature) { (message.signature.get(..12).unwrap_or_default()) "…" } },
    ])
}

fn accuse(inside: &Inside, played: &Played, liars: usize) -> Markup {
    html! {
        p { "Two messages of one validator that differ only in what they are for, each well signed, prove that it lied. Nothing else does: who is late or silent has contradicted nothing." }
        form method="post" action=(inside.to("ledger/consensus")) {
            (csrf_field(&inside.visitor.csrf))
            input type="hidden" name="seed" value=(played.seed);
            input type="hidden" name="liars" value=(liars);
            input type="hidden" name="heights" value=(played.heights);
            div.row {
                (Field::new("one", "Message").takes(Takes::Number).required())
                (Field::new("other", "Contradicts message").takes(Takes::Number).required())
            }
            (submit("Bring it forward", Look::Primary))
        }
    }
}
