use super::entry::{Entry, write_refusal, write_response};
use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;
use crate::fhir::page::Page;
use crate::fhir::perform::perform;

/// Performs each entry for itself; one that fails says so in its place and disturbs no other.
pub(super) fn run(context: &Context<'_>, entries: &[Result<Entry<'_>, FhirError>]) -> Vec<u8> {
    let mut page = Page::new("batch-response", None, &[]);
    for (at, entry) in entries.iter().enumerate() {
        match entry.as_ref().map_err(Clone::clone).and_then(|entry| run_one(context, entry, at)) {
            Ok((answer, is_get)) => write_response(&mut page, context, &answer, is_get),
            Err(error) => write_refusal(&mut page, &error),
        }
    }
    page.finish()
}

fn run_one(context: &Context<'_>, entry: &Entry<'_>, at: usize) -> Result<(Answer, bool), FhirError> {
    let target = entry.request.target();
    let body = entry.resource.unwrap_or_default().as_bytes();
    let perform = |interaction| perform(context, &interaction);
    let answer = entry.interaction(&target, body).and_then(perform).map_err(|error| error.within(at))?;
    Ok((answer, entry.request.method == "GET"))
}
