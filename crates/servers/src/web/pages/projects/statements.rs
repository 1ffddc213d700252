use maud::{Markup, html};
use platform::projects::{MemberSeen, Statement};

use super::drawn::{Drawn, recorded};
use crate::web::ui::{Field, Icon, Look, Takes, Tone, markdown_compact, submit, submit_as, tag, tag_with};

impl Drawn<'_> {
    /// Who says to have contributed what, what others say of it, and what is on record.
    pub(super) fn statements(&self) -> Markup {
        html! {
            p.quiet { "Each says it in their own words, and the others confirm it or say what is not right. What is on record stands beside it; it counts pieces of work, and not hours, words or keys." }
            div.pj-people { @for member in &self.view.members { (self.statement(member)) } }
        }
    }

    fn statement(&self, member: &MemberSeen) -> Markup {
        let is_me = member.id == self.view.me;
        let said = self.view.run.statements.get(&member.id);
        html! {
            section.pj-person aria-labelledby={ "statement-" (member.id) } {
                h3 id={ "statement-" (member.id) } { (member.name) @if is_me { " " (tag(Tone::Accent, "you")) } }
                @match said {
                    None => { p.quiet { @if is_me { "You have not said yet what you contributed." } @else { "Has not said yet what they contributed." } } }
                    Some(said) => { (self.said(said)) }
                }
                @match &member.on_record {
                    Some((did, deeds)) => { p.small { strong { "On record: " } (recorded(did, *deeds)) } @if is_me && said.is_none() { p.small.quiet { "You see this first. Others see it when you have said what you contributed." } } }
                    None => { p.small.quiet { "What is on record of them is theirs to see first." } }
                }
                @if self.works() && is_me { details { summary { @if said.is_some() { "Say it anew" } @else { "Say what you contributed" } } (self.statement_form(said)) } }
                @if self.works() && !is_me && said.is_some() { details { summary { "Confirm it, or not" span.visually-hidden { ": " (member.name) } } (self.confirm_form(member)) } }
            }
        }
    }

    fn said(&self, said: &Statement) -> Markup {
        let titles =
            said.to.iter().filter_map(|id| self.view.project.contributions.iter().find(|one| one.id == *id));
        html! {
            p { @for one in titles { (tag(Tone::Info, &one.title)) " " } }
            (markdown_compact(&said.text))
            @if !said.words.is_empty() {
                ul.pj-signed role="list" {
                    @for (who, (agrees, words)) in &said.words {
                        li {
                            @if *agrees { (tag_with(Tone::Good, Icon::Check, &format!("{} confirms", self.view.name(who)))) }
                            @else { (tag_with(Tone::Warn, Icon::Alert, &format!("{} dissents", self.view.name(who)))) }
                            @if !words.is_empty() { " " (words) }
                        }
                    }
                }
            }
        }
    }

    fn statement_form(&self, said: Option<&Statement>) -> Markup {
        self.form("contribute", "#contributions", &html! {
            fieldset.choices {
                legend { "To what" }
                @for one in &self.view.project.contributions {
                    @let id = format!("to-{}", one.id);
                    div.choice {
                        input type="checkbox" id=(id) name="to" value=(one.id) checked[said.is_some_and(|said| said.to.contains(&one.id))] aria-describedby={ (id) "-note" };
                        label for=(id) { (one.title) }
                        small id={ (id) "-note" } { (one.means) }
                    }
                }
            }
            (Field::new("text", "In your own words").id("contributed").takes(Takes::Block).value(said.map_or("", |said| said.text.as_str())).required())
            div.form-actions { (submit("Say it", Look::Plain)) }
        })
    }

    fn confirm_form(&self, member: &MemberSeen) -> Markup {
        self.form("confirm", "#contributions", &html! {
            input type="hidden" name="of" value=(member.id);
            (Field::new("words", "Your words").id(&format!("words-{}", member.id)).hint("Needed if something is not right."))
            div.form-actions {
                (submit_as("It is so", Look::Plain, "agrees", "yes"))
                (submit_as("It is not right", Look::Plain, "agrees", "no"))
            }
        })
    }
}
