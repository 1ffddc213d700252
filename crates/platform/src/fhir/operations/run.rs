use standards::fhir::outcome::IssueCode;
use store::journal::NewEntry;
use store::sandbox::View;

use super::input::Input;
use super::place::Place;
use super::table::{Ask, Content, OPERATIONS, Operation, Run, VIEW};
use crate::fhir::answer::Answer;
use crate::fhir::context::Context;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::interaction::Interaction;
use crate::fhir::perform::granted;
use crate::fhir::write::check_type;

/// The operation `name`, asked of `place` with the parameters of an address and of a body (R4, 3.2).
pub(in crate::fhir) fn run(
    context: &Context<'_>,
    view: View<'_>,
    asked: &Interaction<'_>,
    name: &str,
    place: Place<'_>,
    given: (&[(String, String)], Option<&[u8]>),
) -> Result<(Answer, NewEntry), FhirError> {
    if let Some(kind) = place.kind().filter(|kind| *kind != VIEW) {
        check_type(kind)?;
    }
    let operation = find(name, place)?;
    let (query, body) = given;
    let input = Input::read(query, body, context.limits)?;
    let patient = place.patient().or_else(|| input.patient());
    let ask = Ask { context, view, place, input };
    let (answer, about) = match operation.run {
        Run::Resource(run) => (Answer::Made(run(&ask)?.to_string().into_bytes()), Vec::new()),
        Run::Bundle(run) => (Answer::Made(run(&ask)?), Vec::new()),
        Run::Content(run) => {
            let Content { media_type, body, about } = run(&ask)?;
            (Answer::Content { media_type, body }, about)
        }
    };
    Ok((answer, granted(context, asked, patient, &about)))
}

fn find(name: &str, place: Place<'_>) -> Result<&'static Operation, FhirError> {
    let found = OPERATIONS.iter().find(|operation| operation.name == name && operation.is_offered_on(place));
    found.ok_or_else(|| {
        let at = match place {
            Place::System => "the server".to_owned(),
            Place::Type(kind) => format!("the type {kind}"),
            Place::Instance(kind, id) => format!("{kind}/{id}"),
        };
        let what = format!("the operation ${name} is not offered on {at}; see /metadata for those that are");
        FhirError::new(Refusal::NotFound, IssueCode::NotSupported, what)
    })
}
