use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::ehr::catalogue::{Version, definition, title_of, versions};
use platform::ehr::commands::STATES;
use platform::fhir::FhirError;
use serde_json::Value;

use super::versions::versions_card;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::{Fields, Filled, outdated, run, status};
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::pages::words::capital;
use crate::web::ui::{Choice, Field, Look, Select, Tone, card, link_button, notice, post_form, submit};

/// A kind of definition with its editor.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    /// The resource type.
    pub(super) kind: &'static str,
    /// The address below `build`.
    pub(super) address: &'static str,
    /// What it is called.
    pub(super) name: &'static str,
    /// The command that keeps it.
    pub(super) command: &'static str,
    /// What is filled in for one that exists.
    pub(super) fill: fn(&Value) -> Filled,
    /// The fields between title and state.
    pub(super) fields: fn(&Filled) -> Markup,
}

/// A definition with its versions, if there is one.
pub(super) struct Opened {
    pub(super) current: Option<Value>,
    pub(super) versions: Vec<Version>,
}

/// A form that keeps a new version; for a role that may not, what stands in it, and which role may.
pub(super) fn kept(inside: &Inside, command: &str, address: &str, fields: &Markup) -> Markup {
    if let Some(denied) = inside.denied(command) {
        let words = html! { p { (capital(&denied.to_string())) "." } };
        return html! { (notice(Tone::Info, None, &words)) fieldset.plain disabled { (fields) } };
    }
    let fields = html! {
        (fields)
        div.form-actions { (submit("Keep as a new version", Look::Primary)) (link_button("Back", &inside.to("build"), Look::Quiet)) }
    };
    post_form(&inside.to(&format!("build/{address}")), &inside.visitor.csrf, &fields)
}

impl Editor {
    /// Opens a definition of this kind; none for an empty id, which is a new one.
    pub(super) async fn open(self, app: &App, inside: &Inside, id: &str) -> Result<Opened, Fault> {
        if id.is_empty() {
            return Ok(Opened { current: None, versions: Vec::new() });
        }
        let id = id.to_owned();
        let load = inside.run(app, move |_, access| {
            let current = definition(access, self.kind, &id)?;
            Ok::<_, FhirError>(Opened { current, versions: versions(access, self.kind, &id)? })
        });
        load.await
    }

    /// Keeps what was sent, or shows the form again; `more` stands below it.
    pub(super) async fn keep(self, app: &App, inside: &Inside, form: Fields) -> Result<Response, Fault> {
        match run(app, inside, self.command, form.fields).await? {
            Ok(done) => {
                let id = done.resources.first().map(|one| one.id.clone()).unwrap_or_default();
                Ok(Said::well(done.message).at(&inside.to(&format!("build/{}?id={id}", self.address))))
            }
            Err(filled) => {
                let opened = self.open(app, inside, filled.value("id")).await?;
                Ok(self.page(inside, &opened, &filled, &html! {}))
            }
        }
    }

    /// The form of a definition as it is, with its versions.
    pub(super) fn shown(
        self,
        inside: &Inside,
        id: &str,
        opened: &Opened,
        more: &Markup,
    ) -> Result<Response, Fault> {
        let filled = match &opened.current {
            Some(current) => self.filled(current),
            None if id.is_empty() => {
                inside.check(self.command)?;
                Filled::default()
            }
            None => return Err(Fault::Missing(format!("This hospital has no {} '{id}'.", self.name))),
        };
        Ok(self.page(inside, opened, &filled, more))
    }

    fn filled(self, current: &Value) -> Filled {
        let mut filled = (self.fill)(current);
        let text = |member: &str| current[member].as_str().unwrap_or_default().to_owned();
        for (name, value) in
            [("id", text("id")), ("title", title_of(current).to_owned()), ("status", text("status"))]
        {
            filled.fields.insert(name.to_owned(), value);
        }
        filled
    }

    fn page(self, inside: &Inside, opened: &Opened, filled: &Filled, more: &Markup) -> Response {
        let version = opened.current.as_ref().and_then(|one| one.pointer("/meta/versionId")?.as_str());
        let states: Vec<Choice<'_>> = STATES.iter().map(|(code, words)| Choice::new(code, words)).collect();
        let id =
            Field::new("id", "Id").value(filled.value("id")).error(filled.error("id")).autocomplete("off");
        let title = Field::new("title", "Title").value(filled.value("title")).error(filled.error("title"));
        let fields = html! {
            (outdated(filled))
            (filled.summary())
            @if let Some(version) = version {
                input type="hidden" name="id" value=(filled.value("id"));
                input type="hidden" name="expected_version" value=(version);
            }
            div.form-grid {
                @if version.is_none() { (id.hint("Empty: one is made.")) }
                (title.autocomplete("off").required())
                (Select::new("status", "State", &states).chosen(filled.value("status")).error(filled.error("status")))
            }
            ((self.fields)(filled))
        };
        let form = kept(inside, self.command, self.address, &fields);
        let name = opened
            .current
            .as_ref()
            .map_or_else(|| format!("New {}", self.name), |one| title_of(one).to_owned());
        let work = html! {
            (card(&name, &html! {}, &form))
            (more)
            (versions_card(inside, self, filled.value("id"), &opened.versions))
        };
        (status(filled), inside.page(Tab::Build, &name, &work)).into_response()
    }
}
