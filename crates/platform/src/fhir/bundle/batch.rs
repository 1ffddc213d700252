use super::entry::{Entry, shaped, write_refusal, write_response};
use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;
use crate::fhir::give::Give;
use crate::fhir::interaction::Interaction;
use crate::fhir::page::Page;
use crate::fhir::perform::{note_refusal, perform};

/// Performs each entry for itself; one that fails says so in its place and disturbs no other.
pub(super) fn run(context: &Context<'_>, entries: &[Result<Entry<'_>, FhirError>], give: Give) -> Vec<u8> {
    let mut page = Page::new("batch-response", None, &[]);
    for (at, entry) in entries.iter().enumerate() {
        match run_one(context, entry).map_err(|error| error.within(at)) {
            Ok((answer, is_get)) => {
                let give = if is_get { Give::Representation } else { give };
                write_response(&mut page, context, &answer, give);
            }
            Err(error) => write_refusal(&mut page, &error),
        }
    }
    page.finish()
}

fn run_one(context: &Context<'_>, entry: &Result<Entry<'_>, FhirError>) -> Result<(Answer, bool), FhirError> {
    // An entry that asks for nothing we know is journalled as part of the bundle, the others as what they are.
    let unknown = |error| match note_refusal(
        context,
        &Interaction::Bundle { body: &[], give: Give::Minimal },
        &error,
    ) {
        Ok(()) => error,
        Err(failed) => failed,
    };
    let entry = entry.as_ref().map_err(|error| unknown(error.clone()))?;
    let target = entry.request.target();
    let body = entry.resource.as_deref().unwrap_or_default().as_bytes();
    let asked = entry.interaction(&target, body).map_err(unknown)?;
    let is_get = entry.request.method == "GET";
    let answer = perform(context, &asked)?;
    Ok((if is_get { shaped(answer, &target)? } else { answer }, is_get))
}
