use axum::extract::State;
use maud::{Markup, html};
use platform::Platform;
use platform::mentoring::{Guest, MentorSession, MentoringError, Pair, Request, Side};
use platform::people::{Person, Role};

use super::guests::{invite_form, open_hospitals};
use super::sessions::{arrange_form, session_cards};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::frame::{Place, framed};
use crate::web::pages::said::said;
use crate::web::pages::visitor::Visitor;
use crate::web::pages::words::{at, capital, day, iso};
use crate::web::ui::{
    Confirm, Icon, Look, card, confirm, empty, link_button, moment, post_form, sheet, submit_as,
};

/// What the page is about.
pub(super) struct Known {
    pub(super) pairs: Vec<Pair>,
    pub(super) requests: Vec<Request>,
    pub(super) sessions: Vec<MentorSession>,
    pub(super) open: Vec<Guest>,
    pub(super) to_show: Vec<(platform::sandboxes::SandboxRecord, Person, bool)>,
    pub(super) names: Vec<(String, String)>,
    looking_since: Option<i64>,
    has_profile: bool,
    now_us: i64,
}

impl Known {
    fn gather(platform: &Platform, person: &Person) -> Result<Self, MentoringError> {
        let (pairs, requests) = (platform.pairs_of(person)?, platform.requests_of(person)?);
        let learns = person.role == Role::Learner;
        let mentee = if learns { Some(platform.mentee_profile(person)?) } else { None };
        let sessions = platform.mentor_sessions(person)?;
        let mut names: Vec<(String, String)> = vec![(person.id.to_string(), person.name.clone())];
        names.extend(pairs.iter().map(|pair| (pair.other.id.to_string(), pair.other.name.clone())));
        Ok(Self {
            open: platform.hospitals_open_to(person)?,
            to_show: if learns { platform.hospitals_to_show(person)? } else { Vec::new() },
            looking_since: mentee.filter(|mentee| mentee.looking).map(|mentee| mentee.since_us),
            has_profile: platform.mentor_profile(&person.id)?.is_some(),
            now_us: platform.clock().now_us(),
            pairs,
            requests,
            sessions,
            names,
        })
    }

    /// What somebody is called who has a session with the one who looks.
    pub(super) fn name(&self, id: &str) -> &str {
        self.names.iter().find(|(known, _)| known == id).map_or("somebody", |(_, name)| name)
    }
}

/// `GET /mentoring`.
pub(super) async fn mine(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let known = app.run(move |platform| Known::gather(platform, &person)).await?;
    let learns = visitor.person.role == Role::Learner;
    let intro = if learns {
        "Somebody who has done the work before, and has an hour for you."
    } else {
        "Learners who asked for you, what you talk about, and the hospitals they let you look into."
    };
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (requests(&known, &visitor.csrf))
            (pairs(&known, learns, &visitor.csrf))
            @if !known.pairs.is_empty() { (card("Arrange a session", &html! {}, &arrange_form(&known.pairs, &visitor.csrf))) }
            (session_cards(&known, &visitor.csrf))
            @if !known.to_show.is_empty() { (card("Let your mentor look in", &html! {}, &invite_form(&known.to_show, &visitor.csrf))) }
            @if !known.open.is_empty() { (card("Hospitals you may look into", &html! {}, &open_hospitals(&known.open, &visitor.csrf))) }
        }
    };
    let page = sheet(&[], "Mentoring", Some(intro), &content);
    Ok(framed(&visitor, Place::Mentoring, "Mentoring", None, &page))
}

fn requests(known: &Known, csrf: &str) -> Markup {
    html! {
        @for one in &known.requests {
            (card(&match one.side {
                Side::Learner => format!("{} was asked", one.other.name),
                Side::Mentor => format!("{} looks for a mentor", one.other.name),
            }, &html! {}, &html! {
                p { (capital(&one.why)) "." }
                p.quiet { "An answer is awaited until " (moment(&iso(one.until_us), &at(one.until_us))) "; then the next one is asked." }
                @if one.side == Side::Mentor {
                    (post_form("/mentoring/answer", csrf, &html! {
                        input type="hidden" name="ask" value=(one.id);
                        div.form-actions { (submit_as("Take them on", Look::Primary, "yes", "yes")) (submit_as("Not this time", Look::Plain, "yes", "")) }
                    }))
                }
            }))
        }
    }
}

fn pairs(known: &Known, learns: bool, csrf: &str) -> Markup {
    html! {
        @for pair in &known.pairs {
            (card(&match pair.side {
                Side::Learner => format!("Your mentor is {}", pair.other.name),
                Side::Mentor => format!("You mentor {}", pair.other.name),
            }, &html! { span.quiet { "since " (day(pair.since_us)) } }, &html! {
                p { (capital(&pair.why)) "." }
                (confirm(&Confirm {
                    id: &format!("rematch-{}", pair.id), opens: "Another pair…", icon: Some(Icon::Reset), title: "End this pair?",
                    body: html! {
                        p { "No reason is asked for. The next mentor is asked at once, and you two are not paired again." }
                        input type="hidden" name="ask" value=(pair.id);
                    },
                    action: "/mentoring/rematch", does: "End it and look again", look: Look::Danger,
                }, csrf))
            }))
        }
        @if known.pairs.is_empty() && known.requests.is_empty() { h2.visually-hidden { "Pairs" } div.card { (nobody(known, learns)) } }
        @else { div.row { (link_button("Change what you said of yourself", "/mentoring/profile", Look::Quiet)) } }
    }
}

fn nobody(known: &Known, learns: bool) -> Markup {
    let say = |words: &str| link_button(words, "/mentoring/profile", Look::Primary);
    match (learns, known.looking_since, known.has_profile) {
        (true, Some(since_us), _) => {
            let days = (known.now_us - since_us) / 86_400_000_000;
            let why = format!(
                "You have been looking for {days} days. An instructor pairs everybody who looks; you are told here."
            );
            empty(Icon::Person, "You are in line for a mentor", &why, &say("Change what you want to learn"))
        }
        (true, None, _) => {
            let why = "Say what you want to learn, in which languages, and when you can talk.";
            empty(Icon::Person, "No mentor yet", why, &say("Look for a mentor"))
        }
        (false, _, true) => {
            let why = "When somebody is paired with you, you are asked here, and have 72 hours to answer.";
            empty(Icon::Person, "Nobody yet", why, &say("Change what you can teach"))
        }
        (false, _, false) => {
            let why = "Say what you can teach, how many you take, and when you can talk.";
            empty(Icon::Person, "You do not mentor yet", why, &say("Become a mentor"))
        }
    }
}
