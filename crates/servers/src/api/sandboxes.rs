use axum::http::StatusCode;
use platform::images::DEFAULT_IMAGE;
use platform::sandboxes::SandboxSummary;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

/// Longer titles fit no list.
const TITLE_CHARS_MAX: usize = 100;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ImageView {
    name: String,
    title: String,
    /// SHA-256 over every resource in order.
    digest: String,
    resources: u32,
    size_bytes: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ImageList {
    images: Vec<ImageView>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSandbox {
    /// Name of the image to start from; the general hospital, if left out.
    image: Option<String>,
    /// What to call it; as its image, if left out.
    title: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SandboxItem {
    id: String,
    title: String,
    /// Name of the image it lies over.
    image: String,
    /// The attempt it belongs to, if any.
    attempt: Option<String>,
    created: String,
    /// Where its FHIR server is.
    fhir: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SandboxList {
    /// Newest first.
    sandboxes: Vec<SandboxItem>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SandboxView {
    #[serde(flatten)]
    item: SandboxItem,
    /// The hospital's own time.
    virtual_now: String,
    /// How many times as fast as real time its clock runs; 0 while it is paused.
    rate: u32,
    snapshots: Vec<String>,
}

pub(super) fn images(call: &Call<'_>) -> Result<ImageList, Problem> {
    let images = call.platform().images().list()?.into_iter().map(|image| ImageView {
        name: image.name,
        title: image.title,
        digest: image.digest,
        resources: image.resources,
        size_bytes: image.size_bytes,
    });
    Ok(ImageList { images: images.collect() })
}

pub(super) fn list(call: &Call<'_>) -> Result<SandboxList, Problem> {
    let records = call.platform().sandboxes_of(call.person()?)?;
    let sandboxes = records.into_iter().map(|record| SandboxItem {
        fhir: fhir(call, record.id.as_str()),
        id: record.id.to_string(),
        title: record.title,
        image: record.image,
        attempt: record.attempt.map(|attempt| attempt.to_string()),
        created: instant::format(record.created_us),
    });
    Ok(SandboxList { sandboxes: sandboxes.collect() })
}

pub(super) fn start(call: &Call<'_>, given: &NewSandbox) -> Result<SandboxView, Problem> {
    let image = given.image.as_deref().unwrap_or(DEFAULT_IMAGE);
    let title = match &given.title {
        Some(title) => checked(title)?.to_owned(),
        None => call.platform().images().get(image)?.title,
    };
    let record = call.platform().start_sandbox(call.person()?, image, &title, None)?;
    view(call, record.id.as_str())
}

fn checked(title: &str) -> Result<&str, Problem> {
    let title = title.trim();
    if (1..=TITLE_CHARS_MAX).contains(&title.chars().count()) && !title.contains(char::is_control) {
        return Ok(title);
    }
    let what = format!("title must be 1 to {TITLE_CHARS_MAX} characters on one line");
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what))
}

pub(super) fn read(call: &Call<'_>) -> Result<SandboxView, Problem> {
    view(call, call.part("id"))
}

pub(super) fn delete(call: &Call<'_>) -> Result<(), Problem> {
    Ok(call.platform().delete_sandbox(call.person()?, call.part("id"))?)
}

/// A sandbox as its owner sees it.
pub(super) fn view(call: &Call<'_>, id: &str) -> Result<SandboxView, Problem> {
    let rate = call.enter(id)?.clock().rate;
    let summary = call.platform().sandbox_summary(call.person()?, id)?;
    let SandboxSummary { id, title, image, attempt, created, virtual_now, snapshots } = summary;
    let item = SandboxItem { fhir: fhir(call, &id), id, title, image, attempt, created };
    Ok(SandboxView { item, virtual_now, rate, snapshots })
}

/// The address of a sandbox's FHIR server.
pub(super) fn fhir(call: &Call<'_>, sandbox: &str) -> String {
    format!("{}/s/{sandbox}/fhir", call.caller.base_url)
}
