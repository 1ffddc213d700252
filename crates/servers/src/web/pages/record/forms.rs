//! The forms of a record. Each writes one deed.

use jiff::civil::Date;
use maud::{Markup, html};
use platform::record::{Apprenticed, Half, Line, hours_text};

use super::one::Names;
use super::told::LEVELS;
use crate::web::pages::words::date;
use crate::web::ui::{Choice, Field, Look, Select, Takes, checkbox, post_form, submit};

fn to(one: &Apprenticed, deed: &str) -> String {
    format!("/record/{}/write/{deed}", one.id)
}

/// A button that writes a deed which needs no words.
pub(super) fn simple(one: &Apprenticed, deed: &str, words: &str, look: Look, csrf: &str) -> Markup {
    post_form(&to(one, deed), csrf, &html! { div { (submit(words, look)) } })
}

/// The processes and courses to choose from.
pub(super) fn works(one: &Apprenticed) -> Vec<(String, String)> {
    let processes = one.schedule.processes.iter().map(|one| (one.id.clone(), one.title.clone()));
    let courses =
        one.schedule.instruction.iter().map(|one| (one.id.clone(), format!("Instruction: {}", one.title)));
    processes.chain(courses).collect()
}

pub(super) fn log(one: &Apprenticed, csrf: &str) -> Markup {
    let works = works(one);
    let choices: Vec<Choice<'_>> = works.iter().map(|(id, title)| Choice::new(id, title)).collect();
    let today = one.today.to_string();
    let days = one.rules.house.log_days;
    let late = format!("Today, or up to {days} days back.");
    post_form(
        &to(one, "log"),
        csrf,
        &html! {
            div.form-grid {
                (Field::new("day", "Day").takes(Takes::Date).value(&today).hint(&late).required())
                (Select::new("at", "Work process or course", &choices))
                (Field::new("hours", "Hours").hint("As 7.5 or 7:30.").autocomplete("off").required())
            }
            (Field::new("what", "What you did").takes(Takes::Block).hint("Without anything a patient could be known by.").required())
            div.form-actions { (submit("Log it", Look::Primary)) }
        },
    )
}

pub(super) fn withdraw(one: &Apprenticed, line: u64, csrf: &str) -> Markup {
    let body = html! { input type="hidden" name="line" value=(line); (submit("Take back", Look::Quiet)) };
    post_form(&to(one, "withdraw"), csrf, &body)
}

pub(super) fn sign(one: &Apprenticed, week: Date, waiting: &[&Line], csrf: &str) -> Markup {
    let said = format!("words-{week}");
    let lines: Vec<(String, String)> =
        waiting.iter().map(|line| (line.seq.to_string(), in_short(one, line))).collect();
    let choices: Vec<Choice<'_>> = lines.iter().map(|(seq, words)| Choice::new(seq, words)).collect();
    let (line_id, why_id) = (format!("return-line-{week}"), format!("why-{week}"));
    html! {
        (post_form(&to(one, "sign"), csrf, &html! {
            input type="hidden" name="week" value=(week);
            fieldset.choices {
                legend { "You stand by" }
                @for (seq, words) in &lines { (checkbox(&format!("line.{seq}"), words, true)) }
            }
            (Field::new("words", "A word on the week").id(&said).hint("What went well, what to look at. May be left out."))
            div.form-actions { (submit(&format!("Sign the week of {}", date(&week.to_string())), Look::Primary)) }
        }))
        details {
            summary { "Give a line back" }
            (post_form(&to(one, "return"), csrf, &html! {
                div.form-grid {
                    (Select::new("line", "Line", &choices).id(&line_id))
                    (Field::new("why", "Why").id(&why_id).required())
                }
                div { (submit("Give it back", Look::Plain)) }
            }))
        }
    }
}

/// A line in a few words.
fn in_short(one: &Apprenticed, line: &Line) -> String {
    let title = one.schedule.title_of(&line.at).unwrap_or(&line.at);
    format!(
        "{}, {} hours, {title} (line {})",
        line.day.strftime("%a %-d %b"),
        hours_text(line.minutes),
        line.seq
    )
}

pub(super) fn onboarded(one: &Apprenticed, csrf: &str) -> Markup {
    post_form(
        &to(one, "onboarded"),
        csrf,
        &html! {
            div.form-grid {
                (Field::new("days", "Days until they worked without somebody beside them").takes(Takes::Number).hint("From the first day of the agreement.").required())
                (Field::new("usual_days", "Days that you usually need").takes(Takes::Number).hint("With somebody new in such a job: your own baseline.").required())
            }
            div.form-actions { (submit("Report it", Look::Plain)) }
        },
    )
}

pub(super) fn entrust(one: &Apprenticed, names: &Names, csrf: &str) -> Markup {
    let choices: Vec<Choice<'_>> =
        names.competencies.iter().map(|(id, title)| Choice::new(id, title)).collect();
    let numbers: Vec<String> = (1..=LEVELS.len()).map(|number| number.to_string()).collect();
    let levels: Vec<Choice<'_>> =
        numbers.iter().zip(LEVELS).map(|(number, words)| Choice::new(number, words)).collect();
    post_form(
        &to(one, "entrust"),
        csrf,
        &html! {
            div.form-grid {
                (Select::new("competency", "Competency", &choices))
                (Select::new("level", "Level", &levels))
                (Field::new("seen", "How often you saw it done").takes(Takes::Number).value("1").required())
            }
            (Field::new("words", "What you saw").id("entrust-words").takes(Takes::Block).required())
            div.form-actions { (submit("Decide", Look::Primary)) }
        },
    )
}

pub(super) fn evaluate(one: &Apprenticed, csrf: &str) -> Markup {
    let all =
        [(Half::Mid, Choice::new("mid", "At the middle")), (Half::End, Choice::new("end", "At the end"))];
    let open = all.into_iter().filter(|(half, _)| !one.record.evaluations.contains_key(half));
    let choices: Vec<Choice<'_>> = open.map(|(_, choice)| choice).collect();
    post_form(
        &to(one, "evaluate"),
        csrf,
        &html! {
            (Select::new("half", "Evaluation", &choices))
            (Field::new("well", "What goes well").takes(Takes::Block).required())
            (Field::new("next", "What is next").takes(Takes::Block).required())
            div.form-actions { (submit("Write the evaluation", Look::Plain)) }
        },
    )
}

pub(super) fn incident(one: &Apprenticed, csrf: &str) -> Markup {
    let today = one.today.to_string();
    html! {
        details {
            summary { "Note something" }
            (post_form(&to(one, "incident"), csrf, &html! {
                (Field::new("day", "Day").id("incident-day").takes(Takes::Date).value(&today).required())
                (Field::new("what", "What happened").id("incident-what").takes(Takes::Block).required())
                div { (submit("Note it", Look::Plain)) }
            }))
        }
    }
}

pub(super) fn pay(one: &Apprenticed, step: usize, csrf: &str) -> Markup {
    let (id, today) = (format!("from-{step}"), one.today.to_string());
    post_form(
        &to(one, "pay"),
        csrf,
        &html! {
            input type="hidden" name="step" value=(step);
            (Field::new("day", "Paid from").id(&id).takes(Takes::Date).value(&today).required())
            div { (submit(&format!("Step {} is in the pay", step + 1), Look::Plain)) }
        },
    )
}

pub(super) fn look(one: &Apprenticed, csrf: &str) -> Markup {
    let body = html! {
        p { "What you have to report of " (one.apprentice.name) " is sealed. Opening it becomes an entry of this record, which they see." }
        div { (submit("Open the sealed particulars", Look::Plain)) }
    };
    post_form(&format!("/record/{}/particulars", one.id), csrf, &body)
}

pub(super) fn ending(one: &Apprenticed, csrf: &str) -> Markup {
    html! {
        @if one.progress.missing.is_empty() { (simple(one, "complete", "Declare it complete", Look::Primary, csrf)) }
        @else { p { "It can be declared complete once nothing is missing." } }
        details {
            summary { "End it before that" }
            (post_form(&to(one, "end"), csrf, &html! {
                (Field::new("why", "Why").id("end-why").required())
                div { (submit("End the apprenticeship", Look::Danger)) }
            }))
        }
    }
}
