use maud::{Markup, html};
use platform::workshops::Seat;

use super::drawn::Drawn;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Icon, Look, Select, Tone, submit, tag, tag_with};

impl Drawn<'_> {
    /// Who takes part as whom, who is there, and the seats that are free.
    pub(super) fn seats(&self) -> Markup {
        let view = self.view;
        html! {
            ul.plain.stack.stack-tight role="list" { @for seat in &view.seen.seats { li { (self.seat(seat)) } } }
            @match &view.facilitator {
                Some((name, gone)) => {
                    p { "Facilitates: " strong { (name) } " " @if *gone { (tag_with(Tone::Warn, Icon::Alert, "not there")) } }
                    @if *gone && !view.seen.facilitates { (self.button("take-over", "Take the console", "", Look::Plain, &[])) }
                }
                None => { p { "Nobody facilitates." } (self.button("take-over", "Take the console", "", Look::Plain, &[])) }
            }
            @let onlookers: Vec<&str> = self.onlookers();
            @if !onlookers.is_empty() { p.quiet { "Without a role: " (onlookers.join(", ")) "." } }
        }
    }

    /// Who has neither a role nor the console.
    fn onlookers(&self) -> Vec<&str> {
        let seated: Vec<&str> = self
            .view
            .seen
            .seats
            .iter()
            .flat_map(|seat| seat.people.iter().map(|(id, _)| id.as_str()))
            .collect();
        let people =
            self.view.people.iter().filter(|one| !seated.contains(&one.id.as_str()) && !one.facilitates);
        people.map(|one| one.name.as_str()).collect()
    }

    fn seat(&self, seat: &Seat) -> Markup {
        let seen = &self.view.seen;
        let is_mine = seen.role.as_deref() == Some(seat.role.as_str());
        let is_there = |id: &str| self.view.people.iter().any(|one| one.id == id && one.is_there);
        let may_sit = !seen.over && seat.people.is_empty() && (seen.phase.is_none() || seen.role.is_none());
        html! {
            p {
                strong { (capital(&seat.title)) } " "
                @if is_mine { (tag(Tone::Accent, "you")) " " }
                @if seat.covered { (tag(Tone::Neutral, "a scripted colleague")) }
                @for (id, name) in &seat.people { span { (name) } " " @if !is_there(id) { (tag(Tone::Warn, "away")) " " } }
                @if seat.people.is_empty() && !seat.covered { span.quiet { "nobody yet" } }
            }
            @if seen.phase.is_none() { p.small.quiet { (seat.about) } }
            div.row {
                @if may_sit { (self.button("sit", "Take this seat", &seat.title, Look::Plain, &[("role", &seat.role)])) }
                @if is_mine && seen.phase.is_none() { (self.button("sit", "Stand up", "", Look::Plain, &[("role", "")])) }
                @if seat.covered && self.is_on() && seen.role.is_some() { (self.button("ask", "Ask what they know", &seat.title, Look::Plain, &[("of", &seat.role)])) }
                @if seen.facilitates && seat.people.is_empty() && !seen.over {
                    @if seat.covered { (self.button("cover", "Cover no longer", &seat.title, Look::Plain, &[("role", &seat.role), ("covered", "no")])) }
                    @else { (self.button("cover", "Let a scripted colleague cover", &seat.title, Look::Plain, &[("role", &seat.role), ("covered", "yes")])) }
                }
            }
        }
    }

    /// Moving people, and handing the console over.
    pub(super) fn moving(&self) -> Markup {
        let view = self.view;
        let people: Vec<Choice<'_>> = view.people.iter().map(|one| Choice::new(&one.id, &one.name)).collect();
        let mut roles = vec![Choice::new("", "No role")];
        roles.extend(view.seen.seats.iter().map(|seat| Choice::new(&seat.role, &seat.title)));
        html! {
            (self.form("move", &html! {
                div.form-grid { (Select::new("who", "Move", &people).id("move-who")) (Select::new("role", "To", &roles).id("move-role")) }
                div.form-actions { (submit("Move them", Look::Plain)) }
            }))
            (self.form("hand-over", &html! {
                (Select::new("who", "Hand the console to", &people).id("hand-over-who"))
                div.form-actions { (submit("Hand it over", Look::Plain)) }
            }))
        }
    }
}
