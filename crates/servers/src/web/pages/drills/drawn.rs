//! A drill as cells of the page: each a piece that changes by itself.

use std::collections::BTreeMap;

use maud::{Markup, html};
use platform::drills::{Command, DrillView, MINUTE_US, WallRow, score};

use super::network::networks;
use super::told::happened;
use crate::web::pages::attempt::quiet_form;
use crate::web::pages::words::at;
use crate::web::ui::{
    Column, Icon, Look, Row, Tone, empty, link_button, notice, submit, submit_as, table, tag, tag_with,
};

/// A drill, and the token of the reader's forms.
#[derive(Clone, Copy)]
pub(super) struct Drawn<'a> {
    pub(super) view: &'a DrillView,
    pub(super) csrf: &'a str,
}

impl Drawn<'_> {
    /// Every piece, by the id of its element.
    pub(super) fn cells(&self) -> BTreeMap<String, String> {
        let mut cells = BTreeMap::from([
            ("drill-state".to_owned(), self.state().into_string()),
            ("drill-time".to_owned(), self.time().into_string()),
            ("drill-wall".to_owned(), self.wall().into_string()),
            ("drill-happened".to_owned(), happened(self.view).into_string()),
            ("drill-network".to_owned(), networks(self.view).into_string()),
            ("drill-team".to_owned(), self.team().into_string()),
            ("drill-reached".to_owned(), self.reached().into_string()),
        ]);
        for role in &self.view.scenario.roles {
            cells.insert(format!("drill-role-{}", role.id), self.role(&role.id).into_string());
        }
        cells
    }

    fn to(&self, act: &str) -> String {
        format!("/drills/{}/{act}", self.view.drill.id)
    }

    fn is_over(&self) -> bool {
        self.view.run.ended_us.is_some()
    }

    /// The hospital's time, how the drill stands, and how much of it is left.
    pub(super) fn state(&self) -> Markup {
        let view = self.view;
        let minute = (view.now_us - view.run.begun_us) / MINUTE_US;
        let clock = at(view.now_us);
        let clock = clock.rsplit(' ').next().unwrap_or_default();
        let waiting: u64 = view.wall.iter().map(|row| row.waiting).sum::<u64>() / 2;
        html! {
            @if self.is_over() {
                (notice(Tone::Info, Some("The drill is over"), &html! {
                    p { "See what happened, what each decision cost, and what to do about it." }
                    p { (link_button("Debrief", &self.to("debrief"), Look::Primary)) }
                }))
            }
            dl.figures {
                div { dt { "Hospital time" } dd { (clock) } }
                div { dt { "Minute" } dd { (minute) " of " (view.scenario.lasts_min) } }
                div { dt { "Messages waiting" } dd { (waiting) } }
                div { dt { "Clock" } dd { @if view.rate == 0 { "stands" } @else { (view.rate) "×" } } }
            }
        }
    }

    /// Letting time pass, and stopping it.
    pub(super) fn time(&self) -> Markup {
        let view = self.view;
        if self.is_over() {
            return html! {};
        }
        html! {
            (quiet_form(&self.to("pass"), self.csrf, &html! {
                div.row role="group" aria-label="Let time pass" {
                    @for minutes in ["1", "5", "15"] { (submit_as(&format!("{minutes} min later"), Look::Plain, "minutes", minutes)) }
                }
            }))
            @if view.facilitates {
                (quiet_form(&self.to("clock"), self.csrf, &html! {
                    @if view.rate == 0 { (submit_as("Let the clock run", Look::Primary, "runs", "yes")) }
                    @else { (submit_as("Stop the clock", Look::Plain, "runs", "")) }
                }))
            }
        }
    }

    /// The status wall: every system, in words and not by colour alone.
    pub(super) fn wall(&self) -> Markup {
        let columns = [
            Column::text("System"),
            Column::text("State"),
            Column::number("Interfaces closed"),
            Column::number("Waiting"),
            Column::number("Refused or lost"),
        ];
        let state = |row: &WallRow| match (&row.failed, row.closed) {
            (Some(_), _) => tag_with(Tone::Bad, Icon::Alert, "down"),
            (None, (0, _)) => tag_with(Tone::Good, Icon::Check, "up"),
            (None, (closed, all)) if closed == all => tag_with(Tone::Bad, Icon::Alert, "cut off"),
            (None, _) => tag_with(Tone::Warn, Icon::Info, "partly cut off"),
        };
        let row = |row: &WallRow| {
            Row::new(vec![
                html! { (row.title) },
                state(row),
                html! { (row.closed.0) " of " (row.closed.1) },
                html! { @if row.waiting > 0 { (tag(Tone::Warn, &row.waiting.to_string())) } @else { "0" } },
                html! { @if row.missing > 0 { (tag(Tone::Bad, &row.missing.to_string())) } @else { "0" } },
            ])
        };
        let rows: Vec<Row> = self.view.wall.iter().map(row).collect();
        let nothing = empty(Icon::Device, "No systems", "This hospital has none.", &html! {});
        table("Status wall", &columns, &rows, &nothing)
    }

    /// What a role may do: its commands, if it is the reader's, and what it is at.
    pub(super) fn role(&self, role: &str) -> Markup {
        let view = self.view;
        let busy = view.run.busy.iter().find(|busy| busy.role == role);
        let doing = busy.map(|busy| {
            let title = view.scenario.command(&busy.command).map_or("", |one| one.title.as_str());
            let until = at(busy.until_us);
            (title, until.rsplit(' ').next().unwrap_or_default().to_owned())
        });
        let mine = view.roles.iter().any(|own| own == role);
        let offers = view.offers.iter().filter(|(command, ..)| command.role == role);
        html! {
            p.small {
                @match &doing {
                    Some((title, until)) => { (tag_with(Tone::Accent, Icon::Clock, "at work")) " " (title) ", until " (until) }
                    None => { (tag(Tone::Neutral, "free")) }
                }
            }
            @if mine {
                ul.drill-commands role="list" {
                    @for (command, why_not, at_work, done) in offers {
                        li { (self.offer(command, why_not.as_deref(), (*at_work, *done), busy.is_some())) }
                    }
                }
            } @else { p.quiet { "Not yours. " (self.who(role)) } }
        }
    }

    fn offer(
        &self,
        command: &Command,
        why_not: Option<&str>,
        (at_work, done): (bool, bool),
        busy: bool,
    ) -> Markup {
        let minutes = html! { span.quiet { (command.takes_min) " min" } };
        html! {
            div.drill-command {
                div {
                    p { strong { (command.title) } " " (minutes) @if done { " " (tag_with(Tone::Good, Icon::Check, "done")) } }
                    p.quiet.small { (command.about) }
                    @if let Some(why) = why_not.filter(|_| !at_work && !busy && (!done || command.again) && !self.is_over()) {
                        p.small { (Icon::Info) " " (why) }
                    }
                }
                @if why_not.is_none() {
                    (quiet_form(&self.to("give"), self.csrf, &html! {
                        input type="hidden" name="command" value=(command.id);
                        // The number of what the reader saw: pressed twice on the same page, it counts once.
                        input type="hidden" name="key" value={ (command.id) "-" (self.view.run.seq) };
                        button.button type="submit" id={ "give-" (command.id) } { "Do it" span.visually-hidden { ": " (command.title) } }
                    }))
                }
            }
        }
    }

    fn who(&self, role: &str) -> String {
        let players = self.view.players.iter().filter(|one| one.roles.iter().any(|own| own == role));
        let names: Vec<&str> = players.map(|one| one.name.as_str()).collect();
        if names.is_empty() { "Nobody has it yet.".to_owned() } else { format!("{}.", names.join(", ")) }
    }

    /// Who takes part, the code for others, and the reader's roles.
    pub(super) fn team(&self) -> Markup {
        let view = self.view;
        html! {
            ul role="list" {
                @for player in &view.players {
                    li { strong { (player.name) } " " span.quiet { (self.titles(&player.roles)) } }
                }
            }
            p { "Others take part with the code " code { (view.drill.code) } "." }
            @if !view.to_bring.is_empty() && !self.is_over() {
                (quiet_form(&self.to("inject"), self.csrf, &html! {
                    div.row role="group" aria-label="Bring an event by hand" {
                        @for inject in &view.to_bring { (submit_as(&format!("Bring: {}", inject.title), Look::Plain, "inject", &inject.id)) }
                    }
                }))
            }
            @if view.facilitates && !self.is_over() {
                (quiet_form(&self.to("end"), self.csrf, &submit("End the drill", Look::Danger)))
            }
        }
    }

    fn titles(&self, roles: &[String]) -> String {
        let title = |role: &String| self.view.scenario.role(role).map(|role| role.title.clone());
        let titles: Vec<String> = roles.iter().filter_map(title).collect();
        if titles.is_empty() { "looks on".to_owned() } else { titles.join(", ") }
    }

    /// What has been reached; in practice only, where it helps.
    pub(super) fn reached(&self) -> Markup {
        let view = self.view;
        let score = score(view.scenario, &view.run);
        if view.drill.assessed && !self.is_over() {
            return html! { p.quiet { "You see what counted when it is over." } };
        }
        html! {
            p { strong { (score.points) } " of 100 points" @if !score.breached.is_empty() { " · " (tag_with(Tone::Bad, Icon::Alert, "something happened that must not")) } }
            ul role="list" {
                @for (standing, objective) in score.objectives.iter().zip(&view.scenario.objectives) {
                    li {
                        @match (standing.minute, standing.in_time) {
                            (Some(_), true) => { (tag_with(Tone::Good, Icon::Check, "reached")) }
                            (Some(_), false) => { (tag_with(Tone::Warn, Icon::Clock, "late")) }
                            (None, _) => { (tag(Tone::Neutral, if objective.at_end { "at the end" } else { "open" })) }
                        }
                        " " (objective.title)
                    }
                }
            }
        }
    }
}
