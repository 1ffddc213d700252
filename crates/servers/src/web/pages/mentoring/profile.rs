use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use platform::mentoring::{MenteeProfile, MentorProfile, MentoringError, Talks};
use platform::people::Role;

use super::fault::said_at;
use super::sent::{OFFSETS_MIN, Sent, clock, zone};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Choice, Field, Link, Look, Select, Takes, card, checkbox, post_form, sheet, submit};

/// What the form shows.
struct Known {
    competencies: Vec<(String, String)>,
    chosen: Vec<(String, u8)>,
    talks: Talks,
    not_with: String,
    capacity: u32,
    active: bool,
}

/// `GET /mentoring/profile`: what somebody says of themselves, as a mentor or as one who looks for one.
pub(super) async fn profile(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let learns = person.role == Role::Learner;
    let known = app.run(move |platform| {
        let competencies =
            platform.catalogue().competencies.iter().map(|one| (one.id.clone(), one.title.clone())).collect();
        let (chosen, talks, capacity, active) =
            if learns {
                let MenteeProfile { wants, talks, looking, since_us } = platform.mentee_profile(&person)?;
                // Whoever opens this form for the first time does so to look for one.
                (wants, talks, 0, looking || since_us == 0)
            } else {
                let found = platform.mentor_profile(&person.id)?;
                let MentorProfile { skills, capacity, talks, active } = found.unwrap_or_else(|| {
                    MentorProfile { capacity: 2, active: true, ..MentorProfile::default() }
                });
                (skills, talks, capacity, active)
            };
        let logins = talks.not_with.iter().map(|id| platform.people().get(&id.as_str().into()));
        let logins: Vec<String> = logins.filter_map(|found| Some(found.ok()??.login)).collect();
        Ok::<_, MentoringError>(Known {
            competencies,
            chosen,
            talks,
            not_with: logins.join(", "),
            capacity,
            active,
        })
    });
    let known = known.await?;
    let (title, intro) = if learns {
        (
            "Look for a mentor",
            "Pairs are made by what you want to learn and the hours you have in common, and by nothing else. Who has waited longest comes first among equals.",
        )
    } else {
        (
            "As a mentor",
            "Learners are paired with you by what you can teach and the hours you have in common, and by nothing else.",
        )
    };
    let content = html! {
        (said(visitor.said.as_ref()))
        (card(title, &html! {}, &form(&known, learns, &visitor.csrf)))
    };
    let crumbs = [Link::to("Mentoring", "/mentoring"), Link::to(title, "")];
    Ok(framed(&visitor, Place::Mentoring, title, None, &sheet(&crumbs, title, Some(intro), &content)))
}

fn form(known: &Known, learns: bool, csrf: &str) -> Markup {
    let levels = if learns {
        [
            Choice::new("0", "No"),
            Choice::new("1", "A little"),
            Choice::new("2", "Much"),
            Choice::new("3", "Most of all"),
        ]
    } else {
        [
            Choice::new("0", "No"),
            Choice::new("1", "The basics"),
            Choice::new("2", "Well"),
            Choice::new("3", "Very well"),
        ]
    };
    let level = |id: &str| {
        known
            .chosen
            .iter()
            .find(|(chosen, _)| chosen == id)
            .map_or("0".to_owned(), |(_, how)| how.to_string())
    };
    let zones: Vec<(String, String)> =
        OFFSETS_MIN.iter().map(|offset| (offset.to_string(), zone(*offset))).collect();
    let zones: Vec<Choice<'_>> = zones.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let talks = &known.talks;
    let offset = talks.offset_min.to_string();
    let body = html! {
        fieldset.choices {
            legend { @if learns { "What do you want to learn?" } @else { "What can you teach?" } }
            div.form-grid {
                @for (id, title) in &known.competencies {
                    @let (name, chosen) = (format!("skill.{id}"), level(id));
                    (Select::new(&name, title, &levels).chosen(&chosen))
                }
            }
        }
        fieldset.choices {
            legend { "When and how can you talk?" }
            div.form-grid {
                (Field::new("languages", "Languages").value(&talks.languages.join(", ")).hint("With commas between them, the best first.").required())
                (Select::new("offset_min", "Your clock", &zones).chosen(&offset).hint("As it goes now; change it when your clocks change."))
                (Field::new("from", "Your day begins").value(&clock(talks.from_min)).placeholder("09:00").required())
                (Field::new("until", "Your day ends").value(&clock(talks.until_min)).placeholder("17:00").required())
                @if !learns { (Field::new("capacity", "How many do you take?").takes(Takes::Number).value(&known.capacity.to_string()).required()) }
            }
        }
        (Field::new("not_with", "People you will not be paired with").value(&known.not_with).hint("Their logins. Nobody sees this, and no reason is asked for.").autocomplete("off"))
        (Field::new("about", "A few words about yourself").takes(Takes::Block).value(&talks.about))
        (checkbox("active", if learns { "I am looking for a mentor" } else { "I take learners at the moment" }, known.active))
        div.form-actions { (submit("Keep this", Look::Primary)) }
    };
    post_form("/mentoring/profile", csrf, &body)
}

/// `POST /mentoring/profile`.
pub(super) async fn keep(State(app): State<App>, form: PageForm<Sent>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let learns = person.role == Role::Learner;
    let done = app.run(move |platform| {
        let talks = sent.talks(platform.people_not_wanted(&sent.not_with)?);
        let active = !sent.active.is_empty();
        if learns {
            let profile = MenteeProfile { wants: sent.skills(), talks, looking: active, since_us: 0 };
            return platform.set_mentee_profile(&person, &profile);
        }
        let capacity = sent.capacity.trim().parse().unwrap_or(u32::MAX);
        platform
            .set_mentor_profile(&person, &MentorProfile { skills: sent.skills(), capacity, talks, active })
    });
    let done = done.await;
    let path = if done.is_ok() { "/mentoring" } else { "/mentoring/profile" };
    said_at(done, path, "Kept.")
}
