use maud::{Markup, html};
use platform::ehr::support::{Fired, REPLAY_DAYS_MAX, Replay, RuleLog};

use crate::web::pages::hospital::inside::Inside;
use crate::web::pages::words::{instant, percent, time};
use crate::web::ui::{
    Column, Field, Icon, Look, Row, Takes, Tone, card, empty, figures, moment, or_none, submit, table, tag,
};

/// How often a rule spoke, what became of it, and the last times.
pub(super) fn log_card(inside: &Inside, log: &RuleLog) -> Markup {
    let columns = [
        Column::text("Hospital time"),
        Column::text("To"),
        Column::wide("Order"),
        Column::number("Version"),
        Column::text("Response"),
        Column::wide("Reason"),
    ];
    let rows: Vec<Row> = log.last.iter().map(|one| row(inside, one)).collect();
    let nothing = empty(
        Icon::Shield,
        "It has not spoken yet",
        "Each time it speaks is kept here and in the journal.",
        &html! {},
    );
    let numbers = [log.orders, log.overridden, log.blocked, log.shown].map(|count| count.to_string());
    let share = log.overridden_share().map(percent);
    let body = html! {
        @if log.orders > 0 {
            (figures(&[
                ("Orders it spoke about", &numbers[0], None),
                ("Overridden", &numbers[1], share.as_deref()),
                ("Blocked", &numbers[2], None),
                ("Not signed", &numbers[3], None),
            ]))
        }
        (table("The last times it spoke", &columns, &rows, &nothing))
    };
    card("How it was answered", &html! {}, &body)
}

fn row(inside: &Inside, one: &Fired) -> Row {
    let tone = match one.response.as_str() {
        "blocked" => Tone::Bad,
        "overridden" => Tone::Warn,
        _ => Tone::Neutral,
    };
    let ordered = html! {
        @match &one.patient {
            Some(patient) => a href=(inside.to_chart(patient, "orders")) { (one.ordered) },
            None => (one.ordered),
        }
    };
    Row::new(vec![
        time(one.at_us),
        html! { (one.actor) },
        ordered,
        html! { (one.version) },
        tag(tone, &one.response),
        or_none(one.reason.as_deref()),
    ])
}

/// A rule tried on the past.
pub(super) fn replay_card(inside: &Inside, id: &str, days: Option<i64>, replay: Option<&Replay>) -> Markup {
    let days = days.unwrap_or(30).clamp(1, REPLAY_DAYS_MAX).to_string();
    let body = html! {
        p.quiet { "Runs the rule as it is kept now over orders that were signed in the last days, each with what was known then. It changes nothing." }
        form.row method="get" action=(inside.to("build/rule")) {
            input type="hidden" name="id" value=(id);
            (Field::new("days", "Days back").takes(Takes::Number).value(&days).autocomplete("off"))
            (submit("Try it on the past", Look::Plain))
        }
        @if let Some(replay) = replay { (replayed(inside, replay)) }
    };
    card("On the past", &html! {}, &body)
}

fn replayed(inside: &Inside, replay: &Replay) -> Markup {
    let columns = [Column::wide("Order"), Column::text("Signed"), Column::text("Resource")];
    let rows: Vec<Row> = replay
        .named
        .iter()
        .map(|one| {
            Row::new(vec![
                html! { a href=(inside.to_chart(&one.patient, "orders")) { (one.ordered) } },
                moment(&one.signed, &instant(&one.signed)),
                html! { code { (one.order) } },
            ])
        })
        .collect();
    let nothing = empty(
        Icon::Shield,
        "It would have kept silent",
        "No order of that time meets its condition.",
        &html! {},
    );
    let share = (replay.orders > 0).then(|| percent(replay.fires as f64 / replay.orders as f64));
    html! {
        (figures(&[
            ("Orders looked at", &replay.orders.to_string(), None),
            ("It would have spoken", &replay.fires.to_string(), share.as_deref()),
        ]))
        @if replay.cut_short { p.quiet { "There were more orders than could be looked at; these are the newest." } }
        (table("Orders it would have spoken about", &columns, &rows, &nothing))
    }
}
