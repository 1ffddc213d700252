use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::desk::{DeskError, KeptRule, RuleProblem, Watched, detections, kept_rules, watch};
use platform::incidents::{Kept, Trial, keep_rule, turn_rule};
use serde::Deserialize;

use super::alerts::{counted, listed};
use super::routes::parts;
use super::saved::told;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::pages::words::{query_value, time};
use crate::web::ui::{
    Column, Field, Icon, Look, Row, Takes, Tone, card, csrf_field, empty, notice, post_form, submit,
    submit_as, submit_with, table, tag,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The rule to begin with.
    from: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    rules: String,
    name: String,
    note: String,
    /// `save`, or nothing for a try.
    r#do: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Switch {
    name: String,
    /// `on` or `off`.
    to: String,
}

/// `GET …/security/rules?from=`: an editor with a rule in it, one's own or of the pack.
pub(super) async fn form(
    State(app): State<App>,
    inside: Inside,
    Query(asked): Query<Asked>,
) -> Result<Markup, Fault> {
    let own = inside.run(&app, |_, access| kept_rules(access)).await?;
    let kept = own.iter().find(|rule| rule.name == asked.from).map(|rule| (rule.name.as_str(), rule.text()));
    let pack = || detections().iter().find(|rule| rule.name == asked.from).or_else(|| detections().first());
    let (name, text) =
        kept.or_else(|| pack().map(|rule| (rule.name.as_str(), rule.text.as_str()))).unwrap_or_default();
    Ok(shown(&inside, &own, &Draft { name, text, note: "" }, &html! {}))
}

/// `POST …/security/rules`: what these rules say about this hospital's journal. They are kept only if that is asked for.
pub(super) async fn attempt(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Written>,
) -> Result<Response, Fault> {
    let save = fields.r#do == "save";
    let (name, rules, note) = (fields.name.clone(), fields.rules.clone(), fields.note.clone());
    let tried = inside.run(&app, move |platform, access| {
        let own = kept_rules(access)?;
        let done = if save {
            keep_rule(platform, access, &name, &rules, &note).map(Done::Saved)
        } else {
            watch(access, Some(&rules)).map(Done::Tried)
        };
        match done {
            Err(DeskError::Store(error)) => Err(DeskError::Store(error)),
            done => Ok((done, own)),
        }
    });
    let (done, own) = tried.await?;
    let draft = Draft { name: &fields.name, text: &fields.rules, note: &fields.note };
    let result = match done {
        Ok(Done::Saved(Kept { rule, trial })) => {
            let kept = format!("{} is kept as version {} and watches.", rule.name, rule.versions.len());
            let words = format!("{kept}{}", tried_elsewhere(trial.as_ref()));
            let back = inside.to(&format!("security/rules?from={}", query_value(&rule.name)));
            return Ok(Said::well(words).at(&back));
        }
        Ok(Done::Tried(watched)) => said(&inside, &watched),
        Err(DeskError::Rules(problems)) => mistakes(&fields.rules, &problems),
        Err(error) => {
            html! { div role="alert" { (notice(Tone::Bad, Some("The rule is not kept"), &html! { (error) })) } }
        }
    };
    Ok(shown(&inside, &own, &draft, &result).into_response())
}

/// What became of the editor's text.
enum Done {
    Saved(Kept),
    Tried(Watched),
}

/// `POST …/security/rules/switch`: turns a rule on or off.
pub(super) async fn switch(
    State(app): State<App>,
    inside: Inside,
    PageForm { fields, .. }: PageForm<Switch>,
) -> Result<Response, Fault> {
    let done = inside.run(&app, move |platform, access| {
        told(turn_rule(platform, access, &fields.name, fields.to == "on"))
    });
    let back = inside.to("security/rules");
    Ok(match done.await? {
        Ok(Kept { rule, trial }) => {
            let does = if rule.on { "watches" } else { "is off" };
            Said::well(format!("{} {does}.{}", rule.name, tried_elsewhere(trial.as_ref()))).at(&back)
        }
        Err(why) => Said::badly(why).at(&back),
    })
}

/// How all rules that are kept and on did on attacks that nobody here has seen.
fn tried_elsewhere(trial: Option<&Trial>) -> String {
    let Some(trial) = trial else { return String::new() };
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let (found, true_ones) = (percent(trial.recall), percent(trial.precision));
    let here = if trial.finds_this { "and find" } else { "but do not find" };
    match trial.alerts {
        0 => " On attacks like this one elsewhere, the rules kept here raise no alert.".to_owned(),
        alerts => format!(
            " On attacks like this one elsewhere, the rules kept here find {found}, and {true_ones} of their {alerts} alerts \
             are about one; {here} the one here."
        ),
    }
}

/// What stands in the editor.
struct Draft<'a> {
    name: &'a str,
    text: &'a str,
    note: &'a str,
}

fn shown(inside: &Inside, own: &[KeptRule], draft: &Draft<'_>, result: &Markup) -> Markup {
    let hint = "Sigma rules and correlations, parted by lines of ---. Try them on everything that happened here, or keep them: kept rules watch, and under the name of a rule of the pack they stand in its place.";
    let work = html! {
        h2 { "Rules" }
        (parts(inside, "Rules"))
        (result)
        form.desk-rules method="post" action=(inside.to("security/rules")) {
            (csrf_field(&inside.visitor.csrf))
            (Field::new("rules", "Rules").takes(Takes::Block).value(draft.text).hint(hint).required())
            (Field::new("name", "Name").value(draft.name).hint("Small letters, digits and hyphens."))
            (Field::new("note", "Why it was changed").value(draft.note))
            p.row {
                (submit_with(Icon::Shield, "Try on this journal", Look::Primary))
                (submit_as("Keep as the next version", Look::Plain, "do", "save"))
            }
        }
        (card("Kept here", &html! {}, &kept(inside, own)))
        section.card {
            header.card-head { h2 { "The rule pack" } }
            div.card-body { ul.desk-pack { @for rule in detections() {
                li { a href=(inside.to(&format!("security/rules?from={}", query_value(&rule.name)))) { (rule.name) } }
            } } }
        }
    };
    inside.page(Tab::Security, "Rules", &work)
}

fn kept(inside: &Inside, own: &[KeptRule]) -> Markup {
    let columns = [
        Column::text("Rule"),
        Column::text("Watches"),
        Column::number("Version"),
        Column::wide("Last change"),
        Column::text("Switch"),
    ];
    let row = |rule: &KeptRule| {
        let (to, words) = if rule.on { ("off", "Turn off") } else { ("on", "Turn on") };
        let last = rule.versions.last();
        Row::new(vec![
            html! { a href=(inside.to(&format!("security/rules?from={}", query_value(&rule.name)))) { (rule.name) } },
            if rule.on { tag(Tone::Good, "on") } else { tag(Tone::Neutral, "off") },
            html! { (rule.versions.len()) },
            html! { @if let Some(last) = last { (last.note) " " span.quiet { (last.by) " " (time(last.saved_us)) } } },
            post_form(
                &inside.to("security/rules/switch"),
                &inside.visitor.csrf,
                &html! {
                    input type="hidden" name="name" value=(rule.name);
                    input type="hidden" name="to" value=(to);
                    (submit(words, Look::Quiet))
                },
            ),
        ])
    };
    let rows: Vec<Row> = own.iter().map(row).collect();
    let why = "The pack watches as it came. Keep a rule of your own, or a rule of the pack as you need it.";
    table("Rules kept here", &columns, &rows, &empty(Icon::Shield, "No rules of your own", why, &html! {}))
}

fn said(inside: &Inside, watched: &Watched) -> Markup {
    html! {
        (notice(Tone::Good, Some("The rules run"), &counted(watched)))
        (listed(inside, &watched.alerts))
    }
}

/// Every problem with its line, and a mark under the place.
fn mistakes(rules: &str, problems: &[RuleProblem]) -> Markup {
    let line = |problem: &RuleProblem| rules.lines().nth(problem.line - 1).unwrap_or_default().to_owned();
    let list = html! {
        ul { @for problem in problems {
            li {
                "Line " (problem.line) ", column " (problem.column) ": " (problem.what) ". " (problem.fix) "."
                pre.hunt-caret aria-hidden="true" { (line(problem)) "\n" (" ".repeat(problem.column - 1)) "^" }
            }
        } }
    };
    html! { div role="alert" { (notice(Tone::Bad, Some("The rules cannot be run"), &list)) } }
}
