use maud::{Markup, html};
use platform::projects::{Item, ItemState};

use super::drawn::Drawn;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Field, Icon, Look, Select, Tone, empty, submit, tag, tag_with};

impl Drawn<'_> {
    /// What is to be done, what is at hand, and what is done.
    pub(super) fn backlog(&self) -> Markup {
        let items = &self.view.run.items;
        html! {
            @if items.is_empty() { (empty(Icon::List, "Nothing is in it", "Cut the work into things that one of you can own, and say how you will see that each is done.", &html! {})) }
            @else {
                ol.pj-items role="list" { @for (place, item) in items.iter().enumerate() { (self.item(place + 1, item)) } }
            }
            @if self.works() { details { summary { "Put something in" } (self.item_form()) } }
        }
    }

    fn item(&self, number: usize, item: &Item) -> Markup {
        let state = match item.state {
            ItemState::Open => tag(Tone::Neutral, "open"),
            ItemState::Doing => tag(Tone::Accent, "doing"),
            ItemState::Done => tag_with(Tone::Good, Icon::Check, "done"),
        };
        let milestone = item.milestone.as_deref().and_then(|id| self.view.project.milestone(id));
        html! {
            li.pj-item {
                h3 { (number) " · " (item.title) " " (state) }
                p.small { "Done when: " (item.done_when) }
                p.small.quiet {
                    @match &item.owner { Some(owner) => { (self.view.name(owner)) " sees to it" } None => { "Nobody sees to it yet" } }
                    @if let Some(milestone) = milestone { " · for " a href={ (self.root()) "/milestones/" (milestone.id) } { (milestone.title) } }
                }
                @if !item.evidence.is_empty() {
                    p.small { "Shown by: " @for (place, evidence) in item.evidence.iter().enumerate() { @if place > 0 { ", " } (self.evidence(evidence)) } }
                }
                @if self.works() {
                    details { summary { "Change" span.visually-hidden { " item " (number) } } div.pj-change { (self.changes(number, item)) } }
                }
            }
        }
    }

    /// Evidence with the way to it. It was found to be of one of these kinds when it was linked.
    fn evidence(&self, evidence: &str) -> Markup {
        match (evidence.split_once(' '), &self.view.record.sandbox) {
            (Some(("milestone", id)), _) => {
                html! { a href={ (self.root()) "/milestones/" (id) } { (evidence) } }
            }
            (Some(("journal", _)), Some(sandbox)) if self.view.enters => {
                html! { a href={ "/sandboxes/" (sandbox) "/journal" } { (evidence) } }
            }
            _ if evidence.starts_with("https://") => {
                html! { a href=(evidence) rel="noreferrer" { (evidence) } }
            }
            _ => html! { (evidence) },
        }
    }

    fn changes(&self, number: usize, item: &Item) -> Markup {
        let id = |name: &str| format!("{name}-{number}");
        let hidden = html! { input type="hidden" name="item" value=(number); };
        let mut owners = vec![Choice::new("", "Nobody yet")];
        owners.extend(self.view.members.iter().map(|one| Choice::new(&one.id, &one.name)));
        let words = ItemState::ALL.map(|state| capital(state.word()));
        let states: Vec<Choice<'_>> =
            ItemState::ALL.iter().zip(&words).map(|(state, word)| Choice::new(state.word(), word)).collect();
        html! {
            (self.form("own-item", "#backlog", &html! {
                (hidden)
                (Select::new("owner", "Who sees to it", &owners).id(&id("owner")).chosen(item.owner.as_deref().unwrap_or_default()))
                div.form-actions { (submit("Give it to them", Look::Plain)) }
            }))
            (self.form("link-item", "#backlog", &html! {
                (hidden)
                (Field::new("evidence", "What shows it").id(&id("evidence")).hint("journal 41, milestone feed, or an address with https.").required())
                div.form-actions { (submit("Link it", Look::Plain)) }
            }))
            (self.form("move-item", "#backlog", &html! {
                (hidden)
                (Select::new("to", "How far it is", &states).id(&id("to")).chosen(item.state.word()).hint("It is done when it has an owner and something shows it."))
                div.form-actions { (submit("Move it", Look::Plain)) }
            }))
        }
    }

    fn item_form(&self) -> Markup {
        let mut milestones = vec![Choice::new("", "None in particular")];
        milestones.extend(self.view.project.milestones.iter().map(|one| Choice::new(&one.id, &one.title)));
        self.form("add-item", "#backlog", &html! {
            (Field::new("title", "What is to be done").required())
            (Field::new("done_when", "Done when").hint("What one can see then that one cannot see now.").required())
            (Select::new("milestone", "For which milestone", &milestones))
            div.form-actions { (submit("Put it in", Look::Plain)) }
        })
    }
}
