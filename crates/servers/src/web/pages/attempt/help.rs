use maud::{Markup, html};
use platform::labs::{CheckView, HintOffer, Standing, StepView};

use super::drawn::Drawn;
use super::quiet::quiet_form;
use crate::web::pages::words::{capital, counted, percent};
use crate::web::ui::{Icon, Look, Rung, hints, markdown_compact, submit_with};

/// The ladders of a step: one for each check that is not so yet, or for which a hint was taken.
pub(super) fn help(drawn: &Drawn<'_>, step: &StepView) -> Markup {
    let ladders = step.checks.iter().filter(|check| !check.hints.is_empty() || check.next_hint.is_some());
    html! { @for check in ladders { (ladder(drawn, check)) } }
}

/// Whether the learner has something to read there, or a check to be stuck at.
pub(super) fn is_wanted(step: &StepView) -> bool {
    step.checks.iter().any(|check| {
        !check.hints.is_empty() || (check.standing == Standing::Failed && check.next_hint.is_some())
    })
}

fn ladder(drawn: &Drawn<'_>, check: &CheckView) -> Markup {
    let names: Vec<String> = check.hints.iter().map(|hint| capital(hint.name)).collect();
    let mut rungs: Vec<Rung<'_>> = check
        .hints
        .iter()
        .zip(&names)
        .map(|(hint, name)| Rung { name, text: Some(markdown_compact(&hint.text)), price: "" })
        .collect();
    let (name, price) =
        check.next_hint.as_ref().map(|offer| (capital(offer.name), price(offer))).unwrap_or_default();
    if check.next_hint.is_some() {
        rungs.push(Rung { name: &name, text: None, price: &price });
    }
    hints(&check.title, &rungs, &ask(drawn, check))
}

/// What the next rung costs, and how many come after it.
fn price(offer: &HintOffer) -> String {
    let price =
        if offer.free { "free".to_owned() } else { format!("{} of this check", percent(offer.price)) };
    match offer.left {
        0 | 1 => price,
        more => format!("{price}, {} after it", counted(more - 1, "more", "more")),
    }
}

fn ask(drawn: &Drawn<'_>, check: &CheckView) -> Markup {
    let (Some(csrf), Some(offer)) = (drawn.csrf, &check.next_hint) else { return html! {} };
    if drawn.view.state != "started" {
        return html! {};
    }
    let article = if offer.name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let body = html! {
        input type="hidden" name="check" value=(check.id);
        div.form-actions { (submit_with(Icon::Hint, &format!("Ask for {article} {}", offer.name), Look::Plain)) }
    };
    quiet_form(&format!("{}/hint", drawn.root), csrf, &body)
}
