use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::Platform;
use platform::images::DEFAULT_IMAGE;
use platform::imaging::title_of;
use platform::people::Person;
use platform::sandboxes::{SandboxError, SandboxSummary};
use serde::Deserialize;

use super::attempt::Side;
use super::fault::Fault;
use super::form::PageForm;
use super::frame::{Place, framed};
use super::said::{Said, said};
use super::visitor::Visitor;
use super::words::{capital, instant};
use crate::state::App;
use crate::web::ui::{
    Choice, Confirm, Field, Icon, Look, Select, Tone, ago, card, confirm, csrf_field, empty, facts,
    link_button, post_form, sheet, submit, submit_with, tag,
};

const INTRO: &str = "Each is a whole hospital of your own. What you do in one changes nothing in another.";

/// `GET /sandboxes`: a person's hospitals, those of labs among them.
pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Result<Markup, Fault> {
    let person = visitor.person.clone();
    let (own, images) = app.run(move |platform| gather(platform, &person)).await?;
    let cards = html! { div.cards { @for one in &own { (sandbox_card(one)) } } };
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            h2.visually-hidden { "Those you have" }
            @if own.is_empty() {
                div.card { (empty(Icon::Hospital, "No hospital yet", "Start one to look around freely, without a lab and without checks.", &html! {})) }
            } @else { (cards) }
            (card("Start a hospital", &html! {}, &start_form(&images, &visitor.csrf)))
        }
    };
    let page = sheet(&[], "Your hospitals", Some(INTRO), &content);
    Ok(framed(&visitor, Place::Sandboxes, "Your hospitals", None, &page))
}

/// A person's sandboxes, and the images one can start from: name and title.
type Gathered = (Vec<SandboxSummary>, Vec<(String, String)>);

fn gather(platform: &Platform, person: &Person) -> Result<Gathered, SandboxError> {
    let own = platform.sandboxes_of(person)?;
    let own = own.iter().map(|one| platform.sandbox_summary(person, one.id.as_str()));
    let images = platform.images().list()?;
    Ok((own.collect::<Result<_, _>>()?, images.into_iter().map(|image| (image.name, image.title)).collect()))
}

fn sandbox_card(one: &SandboxSummary) -> Markup {
    let root = match &one.attempt {
        Some(attempt) => format!("/attempts/{attempt}"),
        None => format!("/sandboxes/{}", one.id),
    };
    let aside = if one.attempt.is_some() {
        tag(Tone::Accent, "lab")
    } else {
        html! {}
    };
    let body = html! {
        (facts(&[
            ("Hospital", html! { code { (one.id) } }),
            ("Its time", html! { (instant(&one.virtual_now)) }),
            ("Started", ago(&one.created, &instant(&one.created))),
        ]))
        div.row {
            (link_button("Enter", &format!("{root}/patients"), Look::Primary))
            (link_button("FHIR", &format!("{root}/fhir"), Look::Plain))
            (link_button("Journal", &format!("{root}/journal"), Look::Plain))
        }
    };
    card(&one.title, &aside, &body)
}

fn start_form(images: &[(String, String)], csrf: &str) -> Markup {
    let choices: Vec<Choice<'_>> = images.iter().map(|(name, title)| Choice::new(name, title)).collect();
    let fields = html! {
        div.form-grid {
            (Field::new("title", "What to call it").value("My hospital").autocomplete("off").required())
            (Select::new("image", "Which hospital", &choices).chosen(DEFAULT_IMAGE))
        }
        div.form-actions { (submit("Start", Look::Primary)) }
    };
    post_form("/sandboxes", csrf, &fields)
}

#[derive(Deserialize)]
pub(super) struct NewSandbox {
    title: String,
    image: String,
}

/// `POST /sandboxes`.
pub(super) async fn start(State(app): State<App>, form: PageForm<NewSandbox>) -> Result<Response, Fault> {
    let (person, NewSandbox { title, image }) = (form.visitor.person, form.fields);
    let title: String = title.trim().chars().filter(|c| !c.is_control()).take(80).collect();
    let title = if title.is_empty() { "My hospital".to_owned() } else { title };
    let made = app.run(move |platform| platform.start_sandbox(&person, &image, &title, None)).await?;
    Ok(Said::well("Your hospital is ready.").at(&format!("/sandboxes/{}/patients", made.id)))
}

/// What stands beside a hospital that belongs to no lab: its past, and the ways back into it.
pub(super) fn side(one: &SandboxSummary, csrf: &str) -> Side {
    let root = format!("/sandboxes/{}", one.id);
    let keep = html! {
        (Field::new("name", "Keep it as it is now, under the name").placeholder("before-the-merge").autocomplete("off").required())
        div.form-actions { (submit("Keep", Look::Plain)) }
    };
    Side {
        title: one.title.clone(),
        meta: format!("Hospital of your own · started {}", instant(&one.created)),
        progress: html! {},
        brief: html! {
            p { "Nobody checks anything here. Admit, discharge, write, break things: undo, a snapshot or a reset puts it back." }
            (facts(&[("FHIR base", html! { code { "/s/" (one.id) "/fhir" } }), ("AE title", html! { code { (title_of(&one.id)) } }), ("Made from", html! { (one.image) })]))
            section.stack.stack-tight aria-label="Snapshots" {
                h2 { "Snapshots" }
                @if one.snapshots.is_empty() { p.quiet { "None yet." } }
                @for (index, name) in one.snapshots.iter().enumerate() { (snapshot(&root, index, name, csrf)) }
                (post_form(&format!("{root}/snapshots"), csrf, &keep))
            }
        },
        actions: html! {
            form method="post" action={ (root) "/undo" } { (csrf_field(csrf)) (submit_with(Icon::Undo, "Undo", Look::Plain)) }
            (confirm(&Confirm {
                id: "reset", opens: "Reset…", icon: Some(Icon::Reset), title: "Reset this hospital?",
                body: html! { p { "It becomes what it was when you started it. Snapshots stay." } },
                action: &format!("{root}/reset"), does: "Reset", look: Look::Danger,
            }, csrf))
            (confirm(&Confirm {
                id: "delete", opens: "Delete…", icon: Some(Icon::Cross), title: "Delete this hospital?",
                body: html! { p { "Everything in it goes, with its journal and its snapshots. There is no way back." } },
                action: &format!("{root}/delete"), does: "Delete", look: Look::Danger,
            }, csrf))
        },
    }
}

fn snapshot(root: &str, index: usize, name: &str, csrf: &str) -> Markup {
    let question = Confirm {
        id: &format!("return-{index}"),
        opens: "Return…",
        icon: None,
        title: "Return to this snapshot?",
        body: html! {
            p { "The hospital becomes what it was when you kept “" (name) "”. What you did since then is gone." }
            input type="hidden" name="name" value=(name);
        },
        action: &format!("{root}/return"),
        does: "Return",
        look: Look::Danger,
    };
    html! { div.spread { span { (name) } (confirm(&question, csrf)) } }
}

#[derive(Deserialize)]
pub(super) struct Named {
    #[serde(default)]
    name: String,
}

/// What is done to a sandbox as a whole, in the words of its address.
async fn act(
    app: &App,
    sandbox: String,
    person: Person,
    words: String,
    work: impl FnOnce(&Platform, &platform::access::Access) -> Result<(), SandboxError> + Send + 'static,
) -> Result<Response, Fault> {
    let path = format!("/sandboxes/{sandbox}/patients");
    let done = app.run(move |platform| work(platform, &platform.enter(&person, &sandbox, "page")?)).await;
    match done {
        Ok(()) => Ok(Said::well(words).at(&path)),
        Err(SandboxError::Invalid(why)) => Ok(Said::badly(format!("{}.", capital(&why))).at(&path)),
        Err(SandboxError::Store(platform::StoreError::Conflict { what })) => {
            Ok(Said::badly(format!("{}.", capital(&what))).at(&path))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /sandboxes/{sandbox}/undo`.
pub(super) async fn undo(
    State(app): State<App>,
    Path(sandbox): Path<String>,
    form: PageForm<Named>,
) -> Result<Response, Fault> {
    let words = "Your last change is undone, if there was one.".to_owned();
    act(&app, sandbox, form.visitor.person, words, |platform, access| platform.undo(access).map(drop)).await
}

/// `POST /sandboxes/{sandbox}/reset`.
pub(super) async fn reset(
    State(app): State<App>,
    Path(sandbox): Path<String>,
    form: PageForm<Named>,
) -> Result<Response, Fault> {
    let words = "The hospital is as it was at the start.".to_owned();
    act(&app, sandbox, form.visitor.person, words, |platform, access| platform.reset_sandbox(access)).await
}

/// `POST /sandboxes/{sandbox}/snapshots`.
pub(super) async fn keep(
    State(app): State<App>,
    Path(sandbox): Path<String>,
    form: PageForm<Named>,
) -> Result<Response, Fault> {
    let name = form.fields.name;
    let words = format!("Kept as “{name}”.");
    let work =
        move |platform: &Platform, access: &platform::access::Access| platform.take_snapshot(access, &name);
    act(&app, sandbox, form.visitor.person, words, work).await
}

/// `POST /sandboxes/{sandbox}/return`.
pub(super) async fn return_to(
    State(app): State<App>,
    Path(sandbox): Path<String>,
    form: PageForm<Named>,
) -> Result<Response, Fault> {
    let name = form.fields.name;
    let words = format!("The hospital is as you kept it in “{name}”.");
    let work = move |platform: &Platform, access: &platform::access::Access| {
        platform.return_to_snapshot(access, &name)
    };
    act(&app, sandbox, form.visitor.person, words, work).await
}

/// `POST /sandboxes/{sandbox}/delete`.
pub(super) async fn delete(
    State(app): State<App>,
    Path(sandbox): Path<String>,
    form: PageForm<Named>,
) -> Result<Response, Fault> {
    let person = form.visitor.person;
    app.run(move |platform| platform.delete_sandbox(&person, &sandbox)).await?;
    Ok(Said::well("The hospital is deleted.").at("/sandboxes"))
}
