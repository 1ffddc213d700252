//! A workshop as cells of the page: each a piece that changes by itself.

use std::collections::BTreeMap;

use maud::{Markup, html};
use platform::workshops::WorkshopView;

use crate::web::pages::words::at;
use crate::web::ui::{Choice, Icon, Look, Tone, csrf_field, link_button, notice, tag, tag_with};

/// A workshop, and the token of the reader's forms.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) view: &'a WorkshopView,
    pub(super) csrf: &'a str,
}

impl Drawn<'_> {
    /// Every piece, by the id of its element.
    pub(super) fn cells(&self) -> BTreeMap<String, String> {
        let pieces: [(&str, Markup); 12] = [
            ("ws-state", self.state()),
            ("ws-console", self.console()),
            ("ws-seats", self.seats()),
            ("ws-envelope", self.envelope()),
            ("ws-questions", self.questions()),
            ("ws-happened", self.happened()),
            ("ws-table", self.table()),
            ("ws-decisions", self.decisions()),
            ("ws-hand-offs", self.hand_offs()),
            ("ws-talk", self.talk()),
            ("ws-house", self.house()),
            ("ws-wash", self.hot_wash()),
        ];
        pieces.into_iter().map(|(id, piece)| (id.to_owned(), piece.into_string())).collect()
    }

    /// Where the workshop stands, and how much time is left.
    pub(super) fn state(&self) -> Markup {
        let view = self.view;
        let seen = &view.seen;
        let clock = view.now_us.map(at);
        let clock = clock.as_deref().and_then(|at| at.rsplit(' ').next()).unwrap_or("–");
        let rating = format!("/workshops/{}/rating", view.workshop.id);
        html! {
            @if seen.over {
                (notice(Tone::Info, Some("The workshop is over"), &html! {
                    p { "Everything that each of you knew, what was decided, and what to do about it stands in the report." }
                    div.row {
                        (link_button("After-action report", &format!("/workshops/{}/report", view.workshop.id), Look::Primary))
                        @if view.rating.is_some() { (link_button("Rate the team", &rating, Look::Plain)) }
                    }
                }))
            }
            @if view.workshop.cancelled { (notice(Tone::Warn, Some("This workshop was called off"), &html! {})) }
            @match &seen.phase {
                None => { p { strong { "Lobby" } " · choose your seat; whoever facilitates begins." } }
                Some(phase) => {
                    p { strong { (phase.title) } " · " (phase.place.0) " of " (phase.place.1)
                        @if seen.rewound > 0 { " · " (tag(Tone::Neutral, if seen.rewound == 1 { "stepped back once" } else { "stepped back" })) } }
                    p.quiet { (phase.about) }
                    dl.figures {
                        div { dt { "Time left" } dd { @if phase.minutes_left < 0 { (tag_with(Tone::Warn, Icon::Clock, &format!("{} min over", -phase.minutes_left))) } @else { (phase.minutes_left) " min" } } }
                        div { dt { "Hospital time" } dd { (clock) } }
                        div { dt { "Its clock" } dd { @if view.runs { (view.case.rate) "×" } @else { "stands" } } }
                    }
                }
            }
            @if view.rating.is_some() && !seen.over && !view.workshop.cancelled {
                p.small { a href=(rating) { "What the team is rated by, and who rates" } }
            }
        }
    }

    /// The hospital in the terms of the reader's discipline.
    pub(super) fn house(&self) -> Markup {
        let view = self.view;
        let Some(sandbox) = &view.workshop.sandbox else {
            return html! { p.quiet { "It opens when the workshop begins." } };
        };
        html! {
            @if !view.house.is_empty() {
                dl.figures { @for figure in &view.house { div { dt { (figure.title) } dd { (figure.count) } } } }
            }
            p { (link_button("Look into the hospital", &format!("/sandboxes/{sandbox}/patients"), Look::Plain)) }
        }
    }

    /// A form of the room, which is emptied once it was taken.
    pub(super) fn form(&self, act: &str, body: &Markup) -> Markup {
        let to = format!("/workshops/{}/act", self.view.workshop.id);
        html! {
            form.form method="post" action=(to) hx-post=(to) hx-swap="none" data-once {
                (csrf_field(self.csrf)) input type="hidden" name="do" value=(act); (body)
            }
        }
    }

    /// A button that is a form of its own; `about` is heard by screen readers after its label.
    pub(super) fn button(
        &self,
        act: &str,
        label: &str,
        about: &str,
        look: Look,
        fields: &[(&str, &str)],
    ) -> Markup {
        let class = match look {
            Look::Primary => "button button-primary",
            Look::Danger => "button button-danger",
            _ => "button",
        };
        self.form(act, &html! {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button class=(class) type="submit" { (label) @if !about.is_empty() { span.visually-hidden { ": " (about) } } }
        })
    }

    /// Every role but the reader's, to be addressed.
    pub(super) fn addressees(&self, everybody: Option<&'static str>) -> Vec<Choice<'_>> {
        let seen = &self.view.seen;
        let others = seen.seats.iter().filter(|seat| seen.role.as_deref() != Some(seat.role.as_str()));
        let all = everybody.map(|words| Choice::new("", words));
        all.into_iter().chain(others.map(|seat| Choice::new(&seat.role, &seat.title))).collect()
    }

    /// Whether anything can still be done.
    pub(super) fn is_on(&self) -> bool {
        let view = self.view;
        view.seen.phase.is_some() && !view.seen.over && !view.workshop.cancelled
    }
}
