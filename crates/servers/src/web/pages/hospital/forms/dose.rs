//! Amount, unit, route, how often: the same wherever a dose is asked for.

use maud::{Markup, html};
use platform::ehr::commands::{Dosing, FREQUENCIES, ROUTES, UNITS};
use serde_json::Value;

use super::Filled;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Field, Select, Takes};

/// A form filled in with the dose an orderable is offered with.
pub(in crate::web::pages::hospital) fn offered(orderable: &Value) -> Filled {
    let dosing = orderable.pointer("/dosage/0").and_then(Dosing::read);
    dosing.as_ref().map(filled_with).unwrap_or_default()
}

/// A form filled in with a dose.
pub(super) fn filled_with(dosing: &Dosing) -> Filled {
    let days = dosing.days.map(|days| days.to_string()).unwrap_or_default();
    Filled::with(&[
        ("dose", &dosing.amount.to_string()),
        ("unit", &dosing.unit),
        ("route", &dosing.route),
        ("frequency", dosing.frequency.map_or("", |often| often.code)),
        ("as_needed", dosing.as_needed.as_deref().unwrap_or_default()),
        ("days", &days),
    ])
}

/// The fields of a dose; with the number of days where one is ordered.
pub(in crate::web::pages::hospital) fn dose_fields(filled: &Filled, with_days: bool) -> Markup {
    let frequencies: Vec<(&str, String)> =
        FREQUENCIES.iter().map(|one| (one.code, capital(one.words))).collect();
    let routes = ROUTES.map(|(code, words)| (code, capital(words)));
    let often = choices(frequencies.iter().map(|(code, words)| Choice::new(code, words)));
    let route = choices(routes.iter().map(|(code, words)| Choice::new(code, words)));
    let unit = choices(UNITS.iter().map(|(unit, _)| Choice::new(unit, unit)));
    let select = |name, label, list| {
        Select::new(name, label, list).chosen(filled.value(name)).error(filled.error(name))
    };
    html! {
        div.form-grid {
            (Field::new("dose", "Dose").takes(Takes::Number).value(filled.value("dose")).error(filled.error("dose")).autocomplete("off"))
            (select("unit", "Unit", &unit))
            (select("route", "Route", &route))
            (select("frequency", "How often", &often))
            (Field::new("as_needed", "As needed for").hint("Empty: by the clock.").value(filled.value("as_needed")).error(filled.error("as_needed")).autocomplete("off"))
            @if with_days {
                (Field::new("days", "For").unit("days").takes(Takes::Number).value(filled.value("days")).error(filled.error("days")).autocomplete("off"))
            }
        }
    }
}

fn choices<'a>(rows: impl Iterator<Item = Choice<'a>>) -> Vec<Choice<'a>> {
    std::iter::once(Choice::new("", "Choose…")).chain(rows).collect()
}
