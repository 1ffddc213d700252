//! The roster as a form: kinds of shift by days of the week.

use maud::{Markup, html};
use platform::flow::{DAYS, Pattern, Rota};

use super::page::{Asked, Shown};
use super::words::number;
use crate::web::pages::hospital::inside::Inside;
use crate::web::ui::{Field, Look, Takes, Tone, csrf_field, notice, submit};

/// The roster that was proposed, is saved, or is worked today, to be changed and saved.
pub(super) fn rota(inside: &Inside, shown: &Shown, asked: &Asked) -> Markup {
    let overview = &shown.overview;
    let proposed = shown.proposed.as_ref().and_then(|proposed| proposed.as_ref().ok());
    let rota = proposed.or(overview.plan.as_ref()).unwrap_or(&overview.today);
    html! {
        @match &shown.proposed {
            Some(Err(why)) => div role="alert" { (notice(Tone::Bad, Some("No such roster"), &html! { p { (why) "." } })) }
            Some(Ok(_)) => div role="status" { (notice(Tone::Info, Some("Proposed, not saved"), &html! { p { "This is the cheapest roster that does it. Change what you like, then save it." } })) }
            None if overview.plan.is_none() => p.quiet { "No roster is saved yet; below stands what is worked today, the same around the clock." }
            None => {}
        }
        (summary(rota, &overview.today))
        form.form method="post" action=(inside.to("flow")) {
            (csrf_field(&inside.visitor.csrf))
            div.table-scroll role="region" aria-label="Providers in each shift" tabindex="0" {
                table.table.flow-rota {
                    caption.visually-hidden { "Providers in each shift, by day" }
                    thead { tr { th scope="col" { "Shift" } @for day in DAYS { th scope="col" { (day) } } } }
                    tbody { @for (pattern, people) in overview.emergency.patterns.iter().zip(&rota.people) { (row(pattern, people)) } }
                }
            }
            p { (submit("Save roster", Look::Primary)) }
        }
        form.flow-wish method="get" action=(inside.to("flow")) {
            (Field::new("margin", "Margin").takes(Takes::Number).value(or(&asked.margin, "1")).hint("Roots of the load above it: 0 lets queues grow, 1 lets about one in five wait."))
            (Field::new("at_least", "Fewest in any hour").takes(Takes::Number).value(or(&asked.at_least, "1")))
            (Field::new("paid_hours", "Hours that may be paid").takes(Takes::Number).value(&asked.paid_hours).hint("No limit if empty."))
            (submit("Propose the cheapest", Look::Plain))
        }
    }
}

fn or<'a>(text: &'a str, usual: &'a str) -> &'a str {
    if text.trim().is_empty() { usual } else { text }
}

fn summary(rota: &Rota, today: &Rota) -> Markup {
    let bare = rota.hours.iter().filter(|count| **count == 0).count();
    html! {
        p.flow-sums {
            b { (rota.paid_hours) } " hours a week, today " (today.paid_hours) "; costs " b { (number(rota.cost)) } " day hours, today " (number(today.cost)) ". "
            @if bare > 0 { strong { "In " (bare) " hours nobody is there." } }
        }
    }
}

fn row(pattern: &Pattern, people: &[u32]) -> Markup {
    let ends = (pattern.start + pattern.hours) % 24;
    html! {
        tr {
            th scope="row" { (pattern.name) " " span.quiet { (format!("{:02}–{ends:02}", pattern.start)) } }
            @for (day, count) in DAYS.iter().zip(people) {
                td { input type="number" min="0" max="40" name={ (pattern.name) "-" (day) } value=(count) aria-label={ (pattern.name) " " (day) }; }
            }
        }
    }
}
