use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::projects::{Act, Milestone, Version};

use super::act::settled;
use super::drawn::Drawn;
use super::fields::Fields;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::files::SentWork;
use crate::web::pages::visitor::Visitor;
use crate::web::ui::{Field, Look, Takes, optional_file, submit, upload_form};

/// The form by which a version is handed in; it begins with the text of the one before.
pub(super) fn hand_in_form(drawn: &Drawn<'_>, milestone: &Milestone, before: Option<&Version>) -> Markup {
    let others = drawn.view.members.iter().filter(|one| one.id != drawn.view.me);
    upload_form(
        &format!("{}/hand-in", drawn.root()),
        drawn.csrf,
        &html! {
            input type="hidden" name="milestone" value=(milestone.id);
            input type="hidden" name="back" value={ "/milestones/" (milestone.id) "#handed-in" };
            (Field::new("text", "The artefact, in Markdown").id("artefact").takes(Takes::Block).value(before.map_or("", |version| version.text.as_str())).hint(&milestone.artefact))
            (optional_file("file", "Or a file, or both", ".md,.txt,.csv,.json,.toml,.pdf,.png,.docx,.xlsx,.pptx", "2 MB at most."))
            fieldset.choices {
                legend { "Who wrote it with you" }
                @for one in others {
                    @let id = format!("with-{}", one.id);
                    div.choice { input type="checkbox" id=(id) name="with" value=(one.id); label for=(id) { (one.name) } }
                }
                p.small.quiet { "Who wrote any version of it cannot review it, so leave at least one of you." }
            }
            div.form-actions { (submit("Hand it in", Look::Primary)) }
        },
    )
}

/// `POST /projects/{project}/hand-in`.
pub(super) async fn hand_in(
    State(app): State<App>,
    Path(project): Path<String>,
    sent: SentWork,
) -> Result<Response, Fault> {
    let fields = Fields(sent.fields);
    let path = format!("/projects/{project}{}", fields.back());
    let (milestone, text, with) = (fields.text("milestone"), fields.text("text"), fields.all("with"));
    let (person, file) = (sent.visitor.person, sent.file);
    let done = app.run(move |platform| match file {
        Some(file) => platform.hand_in_with_file(&person, &project, (&milestone, &text, &with), &file),
        None => {
            platform.act_in_project(&person, &project, &Act::HandIn { milestone, text, with, file: None })
        }
    });
    settled(done.await, "Handed in. Now somebody who wrote none of it reviews it.", &path)
}

/// `GET /projects/{project}/milestones/{milestone}/versions/{version}/file`: always to be kept, never shown as a page.
pub(super) async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((project, milestone, version)): Path<(String, String, u32)>,
) -> Result<Response, Fault> {
    let found = app
        .run(move |platform| platform.project_file(&visitor.person, &project, &milestone, version))
        .await?;
    let name: String = found.name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, found.bytes).into_response())
}
