use maud::{Markup, html};
use platform::workshops::{DecisionSeen, Key};

use super::drawn::Drawn;
use crate::web::ui::{Choice, Column, Field, Icon, Look, Row, Select, Tone, submit, table, tag, tag_with};

/// How good something was, in a word and a tone.
pub(super) fn key_tag(key: Key) -> Markup {
    match key {
        Key::Best => tag_with(Tone::Good, Icon::Check, "best"),
        Key::Sound => tag(Tone::Info, "sound"),
        Key::Poor => tag_with(Tone::Bad, Icon::Cross, "poor"),
    }
}

impl Drawn<'_> {
    /// What is to be decided by now, and what was.
    pub(super) fn decisions(&self) -> Markup {
        let decisions = &self.view.seen.decisions;
        html! {
            @if decisions.is_empty() { p.quiet { "Nothing is to be decided yet." } }
            @for one in decisions { section.ws-decision aria-labelledby={ "decision-" (one.id) } { (self.decision(one)) } }
        }
    }

    fn decision(&self, one: &DecisionSeen) -> Markup {
        let says = |id: &str| {
            one.options.iter().find(|option| option.id == id).map_or("", |option| option.says.as_str())
        };
        html! {
            h3 id={ "decision-" (one.id) } { (one.title) }
            @match (&one.log, &one.tally) {
                (Some(log), _) => {
                    p { (tag_with(Tone::Good, Icon::Check, "decided")) " " strong { (says(&log.option)) } }
                    dl.facts {
                        @if !log.because.is_empty() { dt { "Because" } dd { (log.because) } }
                        @if !log.evidence.is_empty() { dt { "Rests on" } dd { ul { @for fact in &log.evidence { li { (fact) } } } } }
                        @if !log.journal.is_empty() { dt { "Journal" } dd { @for number in &log.journal { "entry " (number) " " } } }
                        dt { "Written by" } dd { (log.role) }
                        @if !log.owner.is_empty() { dt { "Sees to it" } dd { (log.owner) } }
                        @if !log.review.is_empty() { dt { "Looked at again" } dd { (log.review) } }
                        @for (role, text) in &log.dissent { dt { "Dissent" } dd { (role) ": " (text) } }
                    }
                    @if self.is_on() && self.view.seen.role.is_some() { details { summary { "I do not agree" span.visually-hidden { ": " (one.title) } } (self.dissent(one)) } }
                }
                (None, tally) => {
                    @if let Some(tally) = tally { (tally_table(one, tally, &says)) }
                    @else if one.ballot { (self.ballot(one)) }
                    @if self.is_on() && self.view.seen.role.is_some() && (!one.ballot || tally.is_some()) {
                        details { summary { "Write the decision down" span.visually-hidden { ": " (one.title) } } (self.log_form(one)) }
                    }
                }
            }
            @if let Some(key) = &one.key {
                details { summary { "The key" span.visually-hidden { ": " (one.title) } }
                    ul.plain.stack.stack-tight { @for verdict in key { li { (key_tag(verdict.key)) " " (says(&verdict.option)) p.small.quiet { (verdict.why) } } } }
                }
            }
        }
    }

    fn ballot(&self, one: &DecisionSeen) -> Markup {
        let choices: Vec<Choice<'_>> =
            one.options.iter().map(|option| Choice::new(&option.id, &option.says)).collect();
        html! {
            p { "A secret ballot comes first. " (one.voted) " of " (self.view.seen.seats.len()) " roles have voted." }
            @if self.is_on() && self.view.seen.role.is_some() {
                (self.form("vote", &html! {
                    input type="hidden" name="decision" value=(one.id);
                    (radios_of(&format!("vote-{}", one.id), "Your vote", &choices, one.my_vote.as_deref().unwrap_or_default()))
                    div.form-actions { (submit(if one.my_vote.is_some() { "Vote anew" } else { "Vote" }, Look::Plain)) }
                }))
            }
            @if self.is_on() && self.view.seen.facilitates && one.voted > 0 {
                (self.button("reveal", "Reveal the ballot", &one.title, Look::Plain, &[("decision", &one.id)]))
            }
        }
    }

    fn log_form(&self, one: &DecisionSeen) -> Markup {
        let seen = &self.view.seen;
        let id = |name: &str| format!("{name}-{}", one.id);
        let choices: Vec<Choice<'_>> =
            one.options.iter().map(|option| Choice::new(&option.id, &option.says)).collect();
        let mut owners = vec![Choice::new("", "Nobody yet")];
        owners.extend(seen.seats.iter().map(|seat| Choice::new(&seat.role, &seat.title)));
        let own = seen.envelope.iter().filter(|fact| !fact.on_table);
        self.form("decide", &html! {
            input type="hidden" name="decision" value=(one.id);
            (radios_of(&id("option"), "What is decided", &choices, ""))
            fieldset.choices {
                legend { "What it rests on" }
                @if seen.table.is_empty() { p.quiet { "Nothing is on the table." } }
                @for fact in &seen.table { (evidence(&one.id, &fact.id, &fact.says)) }
                @for fact in own { (evidence(&one.id, &fact.id, &format!("{} (yours; it comes on the table by this)", fact.says))) }
            }
            (Field::new("because", "Because").id(&id("because")))
            (Field::new("journal", "Entries of the hospital’s journal").id(&id("journal")).hint("By number, if it rests on any."))
            div.form-grid {
                (Select::new("owner", "Who sees to it", &owners).id(&id("owner")))
                (Field::new("review", "When it is looked at again").id(&id("review")))
            }
            div.form-actions { (submit("Write it into the log", Look::Primary)) }
        })
    }

    fn dissent(&self, one: &DecisionSeen) -> Markup {
        self.form(
            "dissent",
            &html! {
                input type="hidden" name="decision" value=(one.id);
                (Field::new("text", "Why not").id(&format!("dissent-{}", one.id)).required())
                div.form-actions { (submit("Have it written down", Look::Plain)) }
            },
        )
    }
}

fn evidence(decision: &str, fact: &str, says: &str) -> Markup {
    let id = format!("evidence-{decision}-{fact}");
    html! { div.choice { input type="checkbox" name="evidence" value=(fact) id=(id); label for=(id) { (says) } } }
}

/// Radio buttons sent as `option`, whose ids are told apart by `prefix`: several such forms stand on one page.
fn radios_of(prefix: &str, question: &str, choices: &[Choice<'_>], chosen: &str) -> Markup {
    html! {
        fieldset.choices {
            legend { (question) }
            @for choice in choices {
                @let id = format!("{prefix}-{}", choice.value);
                div.choice { input type="radio" id=(id) name="option" value=(choice.value) checked[choice.value == chosen] required; label for=(id) { (choice.label) } }
            }
        }
    }
}

fn tally_table<'a>(
    one: &DecisionSeen,
    tally: &[platform::workshops::Tally],
    says: &impl Fn(&str) -> &'a str,
) -> Markup {
    let columns = [Column::wide("Option"), Column::number("Votes")];
    let rows: Vec<Row> = tally
        .iter()
        .map(|one| Row::new(vec![html! { (says(&one.option)) }, html! { (one.votes) }]))
        .collect();
    table(&format!("Ballot: {}", one.title), &columns, &rows, &html! {})
}
