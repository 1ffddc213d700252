use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use platform::people::PersonId;
use serde::Deserialize;

use super::fault::said_at;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::form::PageForm;

#[derive(Deserialize)]
pub(super) struct Wishes {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Wishes {
    /// The places in the order of their fields, without those that were left empty.
    fn places(&self) -> Vec<String> {
        let number = |name: &String| name.strip_prefix("wish-").and_then(|number| number.parse::<u32>().ok());
        let mut found: Vec<(u32, &String)> =
            self.fields.iter().filter_map(|(name, place)| Some((number(name)?, place))).collect();
        found.sort();
        found.into_iter().map(|(_, place)| place.clone()).filter(|place| !place.is_empty()).collect()
    }
}

/// `POST /places/wishes`.
pub(super) async fn wish(State(app): State<App>, form: PageForm<Wishes>) -> Result<Response, Fault> {
    let (person, places) = (form.visitor.person, form.fields.places());
    let done = app.run(move |platform| platform.wish(&person, &places)).await;
    said_at(done, "/places", "Your list is kept. It can be changed until the match is run.")
}

#[derive(Deserialize)]
pub(super) struct Document {
    kind: String,
    #[serde(default)]
    expires_on: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    back: String,
}

/// `POST /places/documents`.
pub(super) async fn document(State(app): State<App>, form: PageForm<Document>) -> Result<Response, Fault> {
    let (person, sent) = (form.visitor.person, form.fields);
    let done = app.run(move |platform| platform.set_document(&person, &sent.kind, &sent.expires_on)).await;
    said_at(done, "/places", "Kept. Show it to an instructor or the host, who marks it as checked.")
}

/// `POST /places/documents/check`.
pub(super) async fn check_document(
    State(app): State<App>,
    form: PageForm<Document>,
) -> Result<Response, Fault> {
    let (by, sent) = (form.visitor.person, form.fields);
    // Only back to a page of places: the field cannot lead elsewhere.
    let back =
        format!("/places/{}", sent.back.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let done =
        app.run(move |platform| platform.check_document(&by, &PersonId::from(sent.person), &sent.kind)).await;
    said_at(done, &back, "You have seen this document, and your login stands by it.")
}

#[derive(Deserialize)]
pub(super) struct Open {
    #[serde(default)]
    open: String,
}

/// `POST /places/{place}/open`.
pub(super) async fn open(
    State(app): State<App>,
    Path(place): Path<String>,
    form: PageForm<Open>,
) -> Result<Response, Fault> {
    let (path, open) = (format!("/places/{place}"), !form.fields.open.is_empty());
    let done = app.run(move |platform| platform.open_place(&form.visitor.person, &place, open)).await;
    said_at(
        done,
        &path,
        if open { "One can wish for this place." } else { "One can no longer wish for this place." },
    )
}
