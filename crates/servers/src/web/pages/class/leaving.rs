use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use platform::erasure::{Erased, ErasureError};
use platform::people::{Person, PersonId};
use serde::Deserialize;

use super::guard::check_teaches;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;
use crate::web::pages::said::Said;
use crate::web::pages::words::{capital, counted};
use crate::web::ui::{Field, Look, post_form, submit};

/// The form that erases who leaves. The login is typed, so that nobody is erased by a slip.
pub(super) fn leaving_form(person: &Person, csrf: &str) -> Markup {
    let body = html! {
        p {
            "When " (person.name) " leaves and asks to be forgotten: their hospitals, profile, documents, sealed particulars and ways in go for good. "
            "Verdicts, grades, and records of apprenticeships stay without a name."
        }
        (Field::new("login", "Their login, to be sure").autocomplete("off").required())
        div.form-actions { (submit("Erase this person", Look::Danger)) }
    };
    post_form(&format!("/class/{}/erase", person.id), csrf, &body)
}

#[derive(Deserialize)]
pub(crate) struct Leaving {
    #[serde(default)]
    login: String,
}

/// `POST /class/{person}/erase`.
pub(crate) async fn erase(
    State(app): State<App>,
    Path(person): Path<String>,
    form: PageForm<Leaving>,
) -> Result<Response, Fault> {
    check_teaches(&form.visitor)?;
    let (instructor, typed) = (form.visitor.person, form.fields.login);
    let id = PersonId::from(person.as_str());
    let back = format!("/class/{id}");
    let done = app.run(move |platform| {
        let found = platform.people().get(&id)?.ok_or_else(|| ErasureError::Missing(id.to_string()))?;
        if !found.login.eq_ignore_ascii_case(typed.trim()) {
            return Ok(None);
        }
        platform.erase_person(&instructor, &id).map(Some)
    });
    match done.await {
        Ok(Some(Erased { hospitals, .. })) => {
            let gone = counted(hospitals, "hospital", "hospitals");
            Ok(Said::well(format!("They are forgotten, and {gone} with them.")).at("/class"))
        }
        Ok(None) => Ok(Said::badly("That is not their login; nothing was erased.").at(&back)),
        Err(error @ ErasureError::Apprenticed(_)) => {
            Ok(Said::badly(format!("{}.", capital(&error.to_string()))).at(&back))
        }
        Err(other) => Err(other.into()),
    }
}

impl From<ErasureError> for Fault {
    fn from(error: ErasureError) -> Self {
        match error {
            ErasureError::Missing(_) => Self::Missing(format!("{}.", capital(&error.to_string()))),
            ErasureError::NotYours | ErasureError::Apprenticed(_) => Self::Refused(format!("{error}.")),
            ErasureError::People(error) => error.into(),
            ErasureError::Record(error) => error.into(),
            ErasureError::Store(error) => error.into(),
        }
    }
}
